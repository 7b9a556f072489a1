"""Where people are kept: one contract, a local TinyDB file or memory behind it. Every write is durable before it returns.

TinyDB's own table rewrites the whole file for each change and hands out shared documents; the table here does neither.
"""

import base64
import re
import threading
from dataclasses import asdict, replace
from typing import Protocol

import numpy as np

from fashflix.documents import Document, JournalDB, JournalStorage
from fashflix.errors import NameTaken, StoreError
from fashflix.people import Person, Preference, Swipe, name_key

ACCEPTED = "Accepted are tinydb:///absolute/path/people.json and memory:// (forgets everyone when FashFlix stops)."


class PersonStore(Protocol):
    """Keeps people by id. Safe for threads. What goes in or comes out shares nothing that can change with what is kept.

    All methods raise StoreError; one that raises has changed nothing.
    """

    def get(self, person_id):
        """The Person, or None."""

    def by_name(self, name):
        """The Person with this account name, in any letter case, or None."""

    def by_key(self, key):
        """The Person with this among their keys, or None."""

    def save(self, person, instead_of=None):
        """Keep a whole person as they are now. instead_of: id of another person, who is forgotten in the same write. Raises NameTaken."""

    def save_swipe(self, person, swipe, preference):
        """Add a swipe behind those kept, and replace the preference (or None). A person not kept yet is saved first."""

    def remove_last_swipe(self, person, preference):
        """Take the last swipe kept away, if there is one, and replace the preference (or None)."""

    def delete(self, person_id):
        """Forget a person, if kept, without a trace."""

    def close(self):
        """Release what is held, such as the file. Harmless when repeated."""


class MemoryStore:
    """A PersonStore that forgets everyone at the end of the process."""

    def __init__(self):
        self._people, self._ids, self._keys, self._lock = {}, {}, {}, threading.RLock()

    def get(self, person_id):
        with self._lock:
            return _copy(self._people.get(person_id))

    def by_name(self, name):
        with self._lock:
            return self.get(self._ids.get(name_key(name)))

    def by_key(self, key):
        with self._lock:
            return self.get(self._keys.get(key))

    def save(self, person, instead_of=None):
        with self._lock:
            if person.name and self._ids.get(name_key(person.name), person.id) != person.id:
                raise _name_taken(person.name)
            for former in (person.id, instead_of):
                self.delete(former)
            self._people[person.id] = _copy(person)
            self._keys |= dict.fromkeys(person.keys, person.id)
            if person.name:
                self._ids[name_key(person.name)] = person.id

    def save_swipe(self, person, swipe, preference):
        with self._lock:
            if person.id not in self._people:
                self.save(person)
            kept = self._people[person.id]
            kept.swipes.append(swipe)
            kept.preference = preference

    def remove_last_swipe(self, person, preference):
        with self._lock:
            kept = self._people.get(person.id)
            if kept and kept.swipes:
                kept.swipes.pop()
                kept.preference = preference

    def delete(self, person_id):
        with self._lock:
            self._people.pop(person_id, None)
            self._ids = {key: owner for key, owner in self._ids.items() if owner != person_id}
            self._keys = {key: owner for key, owner in self._keys.items() if owner != person_id}

    def close(self):
        pass


class TinyDBStore:
    """A PersonStore in one local file. Raises StoreBusy, StoreDamaged, StoreError when it cannot be opened.

    Four tables: people by id, swipes by "id/number", names by name_key, keys by key. A swipe writes itself and its person's document
    (2.9 kB).
    """

    def __init__(self, path):
        self._db = JournalDB(path, storage=JournalStorage)
        self._people, self._swipes, self._names, self._keys = (self._db.table(name) for name in ("people", "swipes", "names", "keys"))

    def get(self, person_id):
        with self._db.storage.together():
            kept = self._people.get(doc_id=person_id)
            if kept is None:
                return None
            swipes = self._swipes.get(doc_ids=_swipe_ids(person_id, kept["swipes"]))
            return Person(person_id, kept["name"], [Swipe(**swipe) for swipe in swipes], _preference(kept["preference"]),
                          kept["created"], kept["secret"], kept.get("keys", []), kept.get("learner"))     # older files lack the last two

    def by_name(self, name):
        with self._db.storage.together():
            entry = self._names.get(doc_id=name_key(name))
            return entry and self.get(entry["person"])

    def by_key(self, key):
        with self._db.storage.together():
            entry = self._keys.get(doc_id=key)
            return entry and self.get(entry["person"])

    def save(self, person, instead_of=None):
        with self._db.storage.together():
            kept = self._people.get(doc_id=person.id) or {"name": None, "swipes": 0}
            self._claim_name(person, kept["name"])
            self._keys.remove(doc_ids=[key for key in kept.get("keys", []) if key not in person.keys])
            for key in person.keys:
                self._keys.upsert(Document({"person": person.id}, key))
            self._put(person, person.preference, len(person.swipes))
            ids = _swipe_ids(person.id, len(person.swipes))
            for swipe_id, swipe in zip(ids, person.swipes):
                self._swipes.upsert(Document(asdict(swipe), swipe_id))
            self._swipes.remove(doc_ids=_swipe_ids(person.id, kept["swipes"])[len(ids):])
            if instead_of not in (None, person.id):
                self._forget(instead_of)

    def save_swipe(self, person, swipe, preference):
        with self._db.storage.together():
            if not self._people.contains(doc_id=person.id):
                self.save(person)
            kept = self._people.get(doc_id=person.id)
            self._swipes.insert(Document(asdict(swipe), f"{person.id}/{kept['swipes']}"))
            self._update(kept, preference, kept["swipes"] + 1)

    def remove_last_swipe(self, person, preference):
        with self._db.storage.together():
            kept = self._people.get(doc_id=person.id)
            if kept and kept["swipes"]:
                self._swipes.remove(doc_ids=[f"{person.id}/{kept['swipes'] - 1}"])
                self._update(kept, preference, kept["swipes"] - 1)

    def delete(self, person_id):
        with self._db.storage.together(erase=True):
            self._forget(person_id)

    def close(self):
        self._db.close()

    def _forget(self, person_id):
        kept = self._people.get(doc_id=person_id)
        if kept:
            self._swipes.remove(doc_ids=_swipe_ids(person_id, kept["swipes"]))
            self._names.remove(doc_ids=[name_key(kept["name"] or "")])
            self._keys.remove(doc_ids=kept.get("keys", []))
            self._people.remove(doc_ids=[person_id])

    def _claim_name(self, person, former):
        key = person.name and name_key(person.name)
        if key and (self._names.get(doc_id=key) or {}).get("person", person.id) != person.id:
            raise _name_taken(person.name)
        if former:
            self._names.remove(doc_ids=[name_key(former)])
        if key:
            self._names.upsert(Document({"person": person.id}, key))

    def _put(self, person, preference, swipes):
        kept = {"name": person.name, "secret": person.secret, "created": person.created, "keys": person.keys, "learner": person.learner}
        self._update(Document(kept, person.id), preference, swipes)

    def _update(self, kept, preference, swipes):
        self._people.upsert(Document(kept | {"preference": _stored(preference), "swipes": swipes}, kept.doc_id))


def open_store(url):
    """The PersonStore at an address: tinydb:///absolute/path/people.json or memory://. Raises StoreError naming what is accepted."""
    if url == "memory://":
        return MemoryStore()
    if url.startswith("mongodb://") or url.startswith("mongodb+srv://"):
        raise StoreError("MongoDB support is not in this version of FashFlix. Use FASHFLIX_PEOPLE=tinydb:///absolute/path/people.json "
                         "with one process.")
    path = re.fullmatch(r"tinydb:///+(?P<path>[^/].*[^/\\])", url)
    if not path:
        raise StoreError(f"People cannot be kept at {url!r}. {ACCEPTED}")
    is_drive = re.match(r"[A-Za-z]:[/\\]", path["path"])    # C:/... on Windows is absolute without a slash
    return TinyDBStore(path["path"] if is_drive else "/" + path["path"])


def _swipe_ids(person_id, count):
    return [f"{person_id}/{number}" for number in range(count)]


def _stored(preference):
    if preference is None:
        return None
    vector = base64.b64encode(preference.vector.astype("<f4").tobytes()).decode("ascii")
    return {"vector": vector, "learner": preference.learner, "model_sha256": preference.model_sha256, "swipes": preference.swipes}


def _preference(kept):
    return kept and Preference(**kept | {"vector": np.frombuffer(base64.b64decode(kept["vector"]), "<f4")})


def _copy(person):
    return person and replace(person, swipes=list(person.swipes), keys=list(person.keys))


def _name_taken(name):
    return NameTaken(f"The name {name!r} is taken. Choose another one.")
