"""Who swipes: guests and accounts, their swipe logs and the preference learnt from each. What is stored speaks of product ids.

A browser carries a random token. The store knows only its sha256, so the people file opens nobody's session: it is a guest's id, or one of
an account's keys. Signing up, in or out gives the browser a new token, so that one seen before opens nothing.
"""

import hashlib
import secrets
import threading
import time
import unicodedata
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timezone
from weakref import WeakValueDictionary

import numpy as np

from fashflix.errors import AccountError, PersonGone, TooManyGuesses
from fashflix.gate import Limit
from fashflix.opinions import merged
from fashflix.passphrase import hashed, matches

LONGEST_NAME = 40
MOST_BROWSERS = 20          # signed in to one account; the earliest is signed out when there are more


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
    place: str = "deck"             # deck, for-you, search, details, saved, shared
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

    id: str                         # of a guest, the sha256 of the token, hex; of an account, random
    name: str | None = None
    swipes: list[Swipe] = field(default_factory=list)      # oldest first
    preference: Preference | None = None
    created: float = field(default_factory=time.time)      # seconds since 1970
    secret: str | None = field(default=None, repr=False)   # salted hash of the passphrase
    keys: list[str] = field(default_factory=list, repr=False)      # of an account: sha256 of each signed-in browser's token, oldest first
    learner: str | None = None      # a name in fashflix.preference.LEARNERS; None: what FashFlix is set to
    is_over: bool = False           # deleted, or gone on under another identity; never stored


def new_token():
    """A random 128-bit token in hex, for a cookie."""
    return secrets.token_hex(16)


def name_key(name):
    """The form in which two names count as the same: "Zoë " and "ZOË" do."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).strip().casefold())


class People:
    """The people of a PersonStore. Safe for threads; whoever asks for a person gets the same living Person as all others do."""

    def __init__(self, store):
        self._store, self._lock, self._living, self._guesses = store, threading.RLock(), WeakValueDictionary(), Limit()

    def by_token(self, token):
        """The Person whose browser carries this token, or None."""
        with self._lock:
            key = _key(token)
            kept = self._living.get(key) or self._store.get(key) or self._store.by_key(key)
            someone = kept and self._living.setdefault(kept.id, kept)
            return someone if someone and self.admits(someone, token) else None

    def guest(self, token):
        """The Person of this token, made if new. One who never swipes is never stored."""
        with self._lock:
            return self.by_token(token) or self._living.setdefault(_key(token), Person(_key(token)))

    @staticmethod
    def admits(person, token):
        """Whether a browser that carries this token may still go on as a person: not after signing in or out, or deleting, elsewhere."""
        return not person.is_over and _key(token) in (person.keys if person.name else [person.id])

    def swipe(self, person, swipe, preference):
        """Add a swipe and the preference that follows from it; durable on return. Raises StoreError, with nothing changed."""
        with self._lock:
            _check_is_there(person)
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

    def change(self, person, **fields):
        """Replace fields: swipes, preference, learner, keys, secret. Durable on return. Raises StoreError, with nothing changed."""
        with self._lock:
            _check_is_there(person)
            self._store.save(replace(person, **fields))
            _take_over(person, fields)

    def sign_up(self, guest, name, passphrase):
        """Make an account that keeps everything of a guest, under a new identity: neither the guest's token nor their id opens it.

        Returns (Person, token for the browser's cookie). Raises NameTaken, AccountError, StoreError, with nothing changed.
        """
        name = _checked_name(name)
        if guest.name is not None:
            raise AccountError(f"You already have the account {guest.name!r}. Sign out to make another.")
        secret, token = hashed(passphrase), new_token()
        with self._lock:
            _check_is_there(guest)
            account = replace(guest, id=secrets.token_hex(32), name=name, secret=secret, swipes=list(guest.swipes), keys=[_key(token)])
            self._store.save(account, instead_of=guest.id)
            self._living[account.id] = account
            self._end(guest)
        return account, token

    def sign_in(self, name, passphrase):
        """The Person with this name and passphrase, or None. An unknown name takes as long as a wrong passphrase.

        Raises TooManyGuesses when wrong ones came too fast, for names that exist and others alike.
        """
        if not self._guesses.take(name_key(name)):
            raise TooManyGuesses("Too many wrong passphrases for this name. Wait half a minute, then try again.")
        found = self._store.by_name(name)
        if not matches(passphrase, found and found.secret):
            return None
        self._guesses.give_back(name_key(name))
        with self._lock:
            kept = self._living.get(found.id) or self._store.get(found.id)
            return kept and self._living.setdefault(found.id, kept)

    def enter(self, account, guest, learn):
        """Let a guest's browser go on as an account, with the guest's swipes merged into it.

        learn: function of a swipe log to its Preference. Returns the browser's new token. Raises StoreError, with nothing changed.
        """
        token = new_token()
        with self._lock:
            _check_is_there(account)
            fields = {"keys": [*account.keys, _key(token)][-MOST_BROWSERS:]}
            if guest.swipes:
                log = merged(account.swipes, guest.swipes)
                fields |= {"swipes": log, "preference": learn(log)}
            self._store.save(replace(account, **fields), instead_of=guest.id)
            _take_over(account, fields)
            self._end(guest)
        return token

    def change_passphrase(self, account, former, passphrase):
        """Replace the passphrase. Returns whether the former one was right. Raises AccountError, TooManyGuesses, StoreError."""
        if self.sign_in(account.name, former) is not account:
            return False
        self.change(account, secret=hashed(passphrase))
        return True

    def leave(self, account, token):
        """Sign a browser out: its token opens nothing any more. Raises StoreError, with nothing changed."""
        self.change(account, keys=[key for key in account.keys if key != _key(token)])

    def leave_others(self, account, token):
        """Sign out every browser but the one with this token. Raises StoreError, with nothing changed."""
        self.change(account, keys=[key for key in account.keys if key == _key(token)])

    def export(self, person):
        """Everything stored about a person except hashes, as a dict for JSON. Times are ISO 8601, UTC."""
        with self._lock:
            learnt = person.preference
            return {
                "name": person.name,
                "created": _iso(person.created),
                "learner": person.learner,
                "browsers_signed_in": len(person.keys),
                "swipes": [asdict(swipe) | {"time": _iso(swipe.time)} for swipe in person.swipes],
                "preference": learnt and {"vector": learnt.vector.tolist(), "learner": learnt.learner,
                                          "model_sha256": learnt.model_sha256, "swipes": learnt.swipes},
            }

    def delete(self, person):
        """Forget a person wholly; whoever still holds them must begin anew. Raises StoreError, with nothing changed."""
        with self._lock:
            self._store.delete(person.id)
            self._end(person)

    def close(self):
        """Release the store, so that another process may open it."""
        self._store.close()

    def _end(self, person):
        self._living.pop(person.id, None)
        person.is_over = True
        _take_over(person, {"swipes": [], "keys": [], "name": None, "preference": None, "secret": None})


def _take_over(person, fields):
    """Set fields of a living Person; the log stays the same list, which tabs may be holding."""
    for name, value in fields.items():
        if name == "swipes":
            person.swipes[:] = value
        else:
            setattr(person, name, value)


def _check_is_there(person):
    if person.is_over:
        raise PersonGone("You signed in or out, or deleted your data, in another tab. Reload this page to go on.")


def _key(token):
    return hashlib.sha256(token.encode("utf-8", "backslashreplace")).hexdigest()


def _checked_name(name):
    name = unicodedata.normalize("NFKC", name).strip()
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        raise AccountError(f"A name has 1 to {LONGEST_NAME} printable characters, not {name[:60]!r}. Choose another one.")
    return name


def _iso(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat()
