"""A list or a taste as a short code in a link: no account, no server that keeps it, nothing about who made it.

    code    base64url without padding of: version (1 byte), kind (1), number of likes (1), number of passes (1),
            6 bytes for each product (the start of its id's sha256), crc32 of all that (4)

Times, prices, names and ids of people are not in it. A list or taste of any size fits into LONGEST characters.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from fashflix.errors import LinkError
from fashflix.opinions import SWIPES_PER_BATCH
from fashflix.people import Swipe

VERSION, KINDS = 1, ("list", "taste")
MOST_IN_LIST, MOST_LIKES, MOST_PASSES = 60, 40, 20
SHORT = 6                   # bytes of a product; among a million others, one of them is taken for another once in 280 million
LONGEST = (4 + SHORT * 60 + 4) * 4 // 3 + 2
BROKEN = "This link is broken: a part of it is missing or was changed. Ask for it again, and copy it whole."


@dataclass(frozen=True)
class Shared:
    """What a link carries. kind: "list" or "taste". likes, passes: product ids in this catalogue. missing: how many are not in it."""

    kind: str
    likes: tuple
    passes: tuple = ()
    missing: int = 0

    def swipes(self):
        """The taste as a swipe log. Returns list of people.Swipe, passes first."""
        opinions = [(one, False) for one in self.passes] + [(one, True) for one in reversed(self.likes)]
        return [Swipe(one, liked, float(place), place // SWIPES_PER_BATCH, place="shared") for place, (one, liked) in enumerate(opinions)]


def list_code(likes):
    """The code of a list. likes: product ids, the most important first; the first 60 are carried. Returns str."""
    return _code("list", likes[:MOST_IN_LIST], [])


def taste_code(opinions):
    """The code of a taste: its latest 40 likes and 20 passes. opinions: list of opinions.Opinion, oldest first. Returns str."""
    ids = {liked: [one.product_id for one in reversed(opinions) if one.liked == liked] for liked in (True, False)}
    return _code("taste", ids[True][:MOST_LIKES], ids[False][:MOST_PASSES])


def read_code(code, catalogue):
    """What a code carries, in terms of a catalogue. code: str from anywhere. Raises LinkError with a sentence to show."""
    body = _checked(code)
    version, kind, likes, passes = body[:4]
    if version != VERSION:
        raise LinkError("This link was made by a newer FashFlix. Ask whoever runs this one to update it.")
    if kind >= len(KINDS) or len(body) != 4 + SHORT * (likes + passes) or not likes:
        raise LinkError(BROKEN)
    shorts = [body[start:start + SHORT] for start in range(4, len(body), SHORT)]
    known = _by_short(catalogue)
    found = [tuple(dict.fromkeys(known[one] for one in some if one in known)) for some in (shorts[:likes], shorts[likes:])]
    if not found[0]:
        raise LinkError("Nothing that this link carries is in this catalogue: its products were replaced, or it was made on another site.")
    return Shared(KINDS[kind], *found, missing=likes - len(found[0]))


def _code(kind, likes, passes):
    body = bytes([VERSION, KINDS.index(kind), len(likes), len(passes)]) + b"".join(map(_short, [*likes, *passes]))
    return base64.urlsafe_b64encode(body + crc32(body).to_bytes(4, "big")).decode("ascii").rstrip("=")


def _checked(code):
    """The bytes of a code without their checksum."""
    if len(code) > LONGEST or not re.fullmatch(r"[A-Za-z0-9_-]+", code, re.ASCII):
        raise LinkError(BROKEN)
    try:
        whole = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except (binascii.Error, ValueError) as error:
        raise LinkError(BROKEN) from error
    body, check = whole[:-4], whole[-4:]
    if len(body) < 4 or crc32(body).to_bytes(4, "big") != check:
        raise LinkError(BROKEN)
    return body


def _short(product_id):
    return hashlib.sha256(product_id.encode()).digest()[:SHORT]


@lru_cache(2)
def _by_short(catalogue):
    return {_short(product_id): product_id for product_id in catalogue.column("product_id")}
