"""A passphrase that many people share, behind a limit on guesses."""

import hashlib
import hmac
import threading
import time

FREE_GUESSES = 5
SECONDS_PER_GUESS = 30      # from then on


class Gate:
    """One per process, so that opening more tabs gives nobody more guesses. Safe for threads."""

    def __init__(self, passphrase, clock=time.monotonic):
        self._right, self._clock, self._lock = _digest(passphrase), clock, threading.Lock()
        self._guesses, self._since = float(FREE_GUESSES), clock()

    def tries(self, passphrase):
        """Whether this is the passphrase: True, False, or None when there were too many wrong ones and it was not even looked at."""
        with self._lock:
            now = self._clock()
            self._guesses, self._since = min(FREE_GUESSES, self._guesses + (now - self._since) / SECONDS_PER_GUESS), now
            if self._guesses < 1:
                return None
            is_right = hmac.compare_digest(_digest(passphrase), self._right)     # of digests: equal lengths, so constant time
            self._guesses -= not is_right
            return is_right


def _digest(passphrase):
    return hashlib.sha256(passphrase.encode("utf-8", "backslashreplace")).digest()
