"""Bytes of a feed -> text, in whatever encoding a vendor's program wrote it."""

import codecs
import re

from charset_normalizer import from_bytes

from fashflix.errors import FeedError

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))       # UTF-32 before UTF-16: its little-endian mark begins with the other's
LOOKED_AT = 100_000
MOSTLY_FOREIGN = 0.5            # share of letters outside ASCII, in the cells that have any, from which a text is not western


def decode(data, encoding=None):
    """Decode a text file.

    data: bytes. encoding: a name that a person chose; default: its byte order mark, UTF-8, or the best guess.
    Returns (text without byte order mark, name of the encoding). Raises FeedError when a chosen encoding does not fit.
    """
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), encoding
        except (LookupError, UnicodeError) as error:
            raise FeedError(f"The file cannot be read as {encoding!r}: {error}. Leave the encoding out, or choose another one.") from error
    for name in _candidates(data):
        try:
            return data.decode(name).removeprefix("\ufeff"), name
        except UnicodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def _candidates(data):
    for mark, name in MARKS:
        if data.startswith(mark):
            yield name
    head = data[:LOOKED_AT]
    if head.count(0) > len(head) // 8:          # text in UTF-16 without a mark: every second byte of Latin letters is 0
        yield "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    yield "utf-8"
    cells = [cell for cell in re.split(rb"[\r\n\t,;|<>\"]+", head) if not cell.isascii()]
    foreign = sum(byte > 127 for cell in cells for byte in cell)
    letters = sum(len(re.findall(rb"[A-Za-z]", cell)) for cell in cells)
    if foreign > MOSTLY_FOREIGN * (foreign + letters):
        best = from_bytes(b"\n".join(cells)).best()
        if best:
            yield best.encoding
    yield "cp1252"
