"""A feed's file -> columns and rows of text, whatever its format. The format is read from the bytes, never from the file name."""

import zlib
from dataclasses import dataclass
from pathlib import Path

from catalog.feeds.encoding import decode
from catalog.feeds.fields import known_columns
from catalog.feeds.lists import read_list
from catalog.feeds.markup import read_markup
from catalog.feeds.tables import as_table, read_separated
from catalog.feeds.workbook import read_workbook
from fashflix.errors import FeedError

MOST_BYTES = 64_000_000


@dataclass(frozen=True)
class Feed:
    """What a file holds, unjudged. rows: (number in the file, {column: text}) pairs; an absent cell has no key."""

    name: str
    kind: str               # such as "Google Merchant TSV", "Facebook CSV", "Shopify JSON", "XLSX"
    encoding: str | None    # None where the format has its own
    columns: tuple
    rows: tuple
    notes: tuple = ()


def read_feed(path, encoding=None):
    """Read a feed. path: of the file. encoding: name, or None for a guess. Returns a Feed. Raises FeedError."""
    path = Path(path)
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise FeedError(f"{path} cannot be read: {error.strerror}. Give the path of a CSV, TSV, XLSX, XML or JSON file.") from error
    return parse_feed(data, path.name, encoding)


def parse_feed(data, name="feed", encoding=None):
    """As read_feed, from bytes."""
    data = _unpacked(data)
    if len(data) > MOST_BYTES:
        raise FeedError(f"The file has more than {MOST_BYTES / 1e6:.0f} MB. Send it in parts.")
    if not data.strip(b" \t\r\n\0"):
        raise FeedError("The file is empty. Send one with a header row and a row for each product.")
    if data.startswith(b"PK\x03\x04"):
        rows, notes = read_workbook(data)
        return _table(name, "XLSX", None, rows, notes)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FeedError("The file is an old Excel workbook (.xls) or another Office document. Save it as .xlsx or as CSV.")
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8")):
        raise FeedError("The file is a document or a picture, not a product list. Send a CSV, TSV, XLSX, XML or JSON file.")
    text, encoding_found = decode(data, encoding)
    start = text.lstrip()[:1]
    if start == "<":
        columns, rows, kind, encoding_found, notes = read_markup(data, encoding)
        return _feed(name, kind, encoding_found, columns, rows, notes)
    if start in ("{", "["):
        columns, rows, kind, notes = read_list(text)
        return _feed(name, kind, encoding_found, columns, rows, notes)
    rows, separator, notes = read_separated(text)
    return _table(name, "TSV" if separator == "tab" else "CSV", encoding_found, rows, notes)


def _unpacked(data):
    """What a gzip file holds; other bytes as they are. Unpacking ends at the limit."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        unpacking = zlib.decompressobj(wbits=31)
        return unpacking.decompress(data, MOST_BYTES + 1)
    except zlib.error as error:
        raise FeedError(f"The file is a damaged gzip file: {error}. Send it unpacked.") from error


def _table(name, kind, encoding, rows, notes):
    columns, rows, more = as_table(rows)
    return _feed(name, f"{_dialect(columns)} {kind}".strip(), encoding, columns, rows, [*notes, *more])


def _feed(name, kind, encoding, columns, rows, notes):
    if len(known_columns(columns)) < 2 and not rows:
        raise FeedError("The file holds no product. Send one with a header row and a row for each product.")
    return Feed(name, kind, encoding, tuple(columns), tuple(rows), tuple(notes))


def _dialect(columns):
    """Whose column names these are."""
    plain = {column.strip().lower().removeprefix("g:").replace(" ", "_") for column in columns}
    if {"id", "title", "image_link"} <= plain:
        return "Google Merchant" if plain & {"gtin", "product_type", "google_product_category", "mpn", "identifier_exists"} else "Facebook"
    return ""
