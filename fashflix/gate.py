"""Limits on guesses, and a passphrase that many people share behind one."""

import hashlib
import hmac
import threading
import time

FREE_GUESSES = 5
SECONDS_PER_GUESS = 30      # from then on
MOST_KEYS = 10_000          # remembered at once; the longest untouched are forgotten first


class Limit:
    """A few guesses at once for each key, then one every half a minute. Holds no key in clear. Safe for threads."""

    def __init__(self, clock=time.monotonic):
        self._clock, self._lock, self._left = clock, threading.Lock(), {}

    def take(self, key):
        """Use up one guess on a key (str). Returns whether there was one; when not, the guess must not even be looked at."""
        with self._lock:
            now, digest = self._clock(), _digest(key)
            left, since = self._left.pop(digest, (FREE_GUESSES, now))
            left = min(FREE_GUESSES, left + (now - since) / SECONDS_PER_GUESS)
            self._left[digest] = left - (left >= 1), now
            if len(self._left) > MOST_KEYS:
                del self._left[next(iter(self._left))]
            return left >= 1

    def give_back(self, key):
        """Return the guess taken last on a key: it was right."""
        with self._lock:
            left, since = self._left.pop(_digest(key), (FREE_GUESSES - 1, self._clock()))
            self._left[_digest(key)] = left + 1, since


class Gate:
    """One per process, so that opening more tabs gives nobody more guesses. Safe for threads."""

    def __init__(self, passphrase, clock=time.monotonic):
        self._right, self._limit, self._lock = _digest(passphrase), Limit(clock), threading.Lock()

    def tries(self, passphrase):
        """Whether this is the passphrase: True, False, or None when there were too many wrong ones and it was not even looked at."""
        with self._lock:
            if not self._limit.take(""):
                return None
            is_right = hmac.compare_digest(_digest(passphrase), self._right)     # of digests: equal lengths, so constant time
            if is_right:
                self._limit.give_back("")
            return is_right


def _digest(passphrase):
    return hashlib.sha256(passphrase.encode("utf-8", "backslashreplace")).digest()
