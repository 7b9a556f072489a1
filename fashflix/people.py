"""Who swipes: guests and accounts, their swipe logs and the preference learnt from each. What is stored speaks of product ids.

A browser carries a random token. The store knows a person by the token's sha256, so the people file opens nobody's session.
"""

import hashlib
import hmac
import secrets
import threading
import time
import unicodedata
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timezone
from weakref import WeakValueDictionary

import numpy as np

from fashflix.errors import AccountError

SCRYPT = {"n": 2 ** 14, "r": 8, "p": 5}     # 16 MB a time; of the settings that OWASP's password storage cheat sheet lists
LONGEST_NAME = 40
SHORTEST_PASSPHRASE = 8


@dataclass(frozen=True)
class Swipe:
    """One like or dislike, with what was shown. Price and currency are None where the shop stated none.

    With `liked` None it is a note: the opinion on this product counts `weight` times from now on (fashflix.opinions).
    """

    product_id: str
    liked: bool | None
    time: float                     # seconds since 1970
    batch: int                      # swipes are learnt from in batches, counted from 0
    price: float | None = None
    currency: str | None = None
    place: str = "deck"             # deck, for-you, search
    weight: float = 1.0             # of a note: 0 leaves the opinion out, 2 counts it twice


@dataclass(frozen=True, eq=False)
class Preference:
    """The vector learnt from a swipe log, and what it was learnt by and from, so that a reader can tell when it is out of date."""

    vector: np.ndarray              # (512,) float32, read-only
    learner: str                    # a name in fashflix.preference.LEARNERS
    model_sha256: str
    swipes: int                     # how long the log was

    def __post_init__(self):
        vector = np.array(self.vector, dtype=np.float32)
        vector.flags.writeable = False
        object.__setattr__(self, "vector", vector)


@dataclass(eq=False)
class Person:
    """A guest, or an account once it has a name."""

    id: str                         # sha256 of the token, hex
    name: str | None = None
    swipes: list[Swipe] = field(default_factory=list)      # oldest first
    preference: Preference | None = None
    created: float = field(default_factory=time.time)      # seconds since 1970
    secret: str | None = field(default=None, repr=False)   # salted hash of the passphrase


def new_token():
    """A random 128-bit token in hex, for a cookie."""
    return secrets.token_hex(16)


def name_key(name):
    """The form in which two names count as the same: "Zoë " and "ZOË" do."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).strip().casefold())


class People:
    """The people of a PersonStore. Safe for threads; whoever asks for a person gets the same living Person as all others do."""

    def __init__(self, store):
        self._store, self._lock, self._living = store, threading.RLock(), WeakValueDictionary()

    def by_token(self, token):
        """The Person whose browser carries this token, or None."""
        return self._known(_id(token))

    def guest(self, token):
        """The Person of this token, made if new. One who never swipes is never stored."""
        with self._lock:
            person = self._known(_id(token)) or Person(_id(token))
            return self._living.setdefault(person.id, person)

    def swipe(self, person, swipe, preference):
        """Add a swipe and the preference that follows from it; durable on return. Raises StoreError, with nothing changed."""
        with self._lock:
            self._store.save_swipe(person, swipe, preference)
            person.swipes.append(swipe)
            person.preference = preference

    def undo(self, person, preference):
        """Take back the last swipe, if there is one. preference: what follows from the rest, or None. Raises StoreError."""
        with self._lock:
            if person.swipes:
                self._store.remove_last_swipe(person, preference)
                person.swipes.pop()
                person.preference = preference

    def sign_up(self, person, name, passphrase):
        """Make a guest an account that keeps everything. Raises NameTaken, AccountError, StoreError, with nothing changed."""
        name = _checked_name(name)
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise AccountError(f"The passphrase has {len(passphrase)} characters; give it {SHORTEST_PASSPHRASE} or more. "
                               "Four unrelated words are easy to remember.")
        secret = _hash(passphrase)
        with self._lock:
            if person.name is not None:
                raise AccountError(f"You already have the account {person.name!r}. Sign out to make another.")
            self._store.save(replace(person, name=name, secret=secret))
            person.name, person.secret = name, secret

    def sign_in(self, name, passphrase):
        """The Person with this name and passphrase, or None. An unknown name takes as long as a wrong passphrase."""
        found = self._store.by_name(name)
        secret = found and found.secret
        is_right = _matches(passphrase, secret or _secret_of(bytes(16), bytes(64)))
        return self._known(found.id) if secret and is_right else None

    def export(self, person):
        """Everything stored about a person except hashes, as a dict for JSON. Times are ISO 8601, UTC."""
        with self._lock:
            learnt = person.preference
            return {
                "name": person.name,
                "created": _iso(person.created),
                "swipes": [asdict(swipe) | {"time": _iso(swipe.time)} for swipe in person.swipes],
                "preference": learnt and {"vector": learnt.vector.tolist(), "learner": learnt.learner,
                                          "model_sha256": learnt.model_sha256, "swipes": learnt.swipes},
            }

    def delete(self, person):
        """Forget a person wholly; the browser goes on as a new guest. Raises StoreError, with nothing changed."""
        with self._lock:
            self._store.delete(person.id)
            person.swipes.clear()
            person.name = person.preference = person.secret = None
            person.created = time.time()

    def close(self):
        """Release the store, so that another process may open it."""
        self._store.close()

    def _known(self, person_id):
        with self._lock:
            person = self._living.get(person_id) or self._store.get(person_id)
            return person and self._living.setdefault(person_id, person)


def _id(token):
    return hashlib.sha256(token.encode("utf-8", "backslashreplace")).hexdigest()


def _checked_name(name):
    name = unicodedata.normalize("NFKC", name).strip()
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        raise AccountError(f"A name has 1 to {LONGEST_NAME} printable characters, not {name[:60]!r}. Choose another one.")
    return name


def _hash(passphrase):
    salt = secrets.token_bytes(16)
    return _secret_of(salt, _scrypt(passphrase, salt, **SCRYPT))


def _secret_of(salt, key):
    return "scrypt${n}${r}${p}${salt}${key}".format(**SCRYPT, salt=salt.hex(), key=key.hex())


def _matches(passphrase, secret):
    """Whether a passphrase is the one hashed. The cost is read from the hash, so that new hashes may cost more."""
    _, n, r, p, salt, key = secret.split("$")
    tried = _scrypt(passphrase, bytes.fromhex(salt), n=int(n), r=int(r), p=int(p))
    return hmac.compare_digest(tried, bytes.fromhex(key))


def _scrypt(passphrase, salt, **cost):
    text = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "backslashreplace")
    return hashlib.scrypt(text, salt=salt, dklen=64, maxmem=64 << 20, **cost)


def _iso(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat()
