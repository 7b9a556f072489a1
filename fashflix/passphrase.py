"""Passphrases as salted scrypt hashes. What is stored names its own cost, so that new hashes may cost more than old ones."""

import hashlib
import hmac
import secrets
import threading
import unicodedata

from fashflix.errors import AccountError

SCRYPT = {"n": 2 ** 14, "r": 8, "p": 5}     # 16 MB a time; of the settings that OWASP's password storage cheat sheet lists
SHORTEST, LONGEST = 8, 200
AT_ONCE = 2                                 # hashes computed side by side, so that a rush of guesses leaves the processor to others

_turns = threading.BoundedSemaphore(AT_ONCE)


def hashed(passphrase):
    """The form in which a passphrase is kept. Raises AccountError when it is too short or too long."""
    if len(passphrase) < SHORTEST:
        raise AccountError(f"The passphrase has {len(passphrase)} characters; give it {SHORTEST} or more. "
                           "Four unrelated words are easy to remember.")
    if len(passphrase) > LONGEST:
        raise AccountError(f"The passphrase has {len(passphrase)} characters; give it at most {LONGEST}.")
    salt = secrets.token_bytes(16)
    return _secret_of(salt, _scrypt(passphrase, salt, **SCRYPT))


def matches(passphrase, secret):
    """Whether a passphrase is the one hashed. secret: as `hashed` gave it, or None, which takes as long and never matches."""
    _, n, r, p, salt, key = (secret or _secret_of(bytes(16), bytes(64))).split("$")
    tried = _scrypt(passphrase, bytes.fromhex(salt), n=int(n), r=int(r), p=int(p))
    return hmac.compare_digest(tried, bytes.fromhex(key)) and secret is not None


def _secret_of(salt, key):
    return "scrypt${n}${r}${p}${salt}${key}".format(**SCRYPT, salt=salt.hex(), key=key.hex())


def _scrypt(passphrase, salt, **cost):
    text = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "backslashreplace")
    with _turns:
        return hashlib.scrypt(text, salt=salt, dklen=64, maxmem=64 << 20, **cost)
