"""XML feeds (Google Merchant RSS and Atom, and plain lists of <product>) -> rows. Whatever declares entities is refused."""

import io
import re
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from catalog.feeds.encoding import decode
from catalog.feeds.tables import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from fashflix.errors import FeedError

ITEMS = ("item", "entry", "product", "offer", "article", "row")
DEEPEST = 50


def read_markup(data, encoding=None):
    """Rows of an XML feed.

    data: bytes. Returns (columns, list of (item number, {column: text, several joined by "|"}), kind, encoding, notes). Raises FeedError.
    """
    text, name = decode(data, encoding or _declared(data))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)          # its encoding no longer holds
    try:
        kind, rows = _items(text)
    except DefusedXmlException as error:
        raise FeedError("The XML file declares a document type or entities, which can be made to read other files or to fill the memory; "
                        "it was not read. A product feed needs neither: remove <!DOCTYPE ...> and send it again.") from error
    except (ParseError, ValueError, RecursionError) as error:
        raise FeedError(f"The XML file is damaged: {error}. Write it anew, or send the products as CSV.") from error
    if not rows:
        raise FeedError(f"The XML file holds no product; it should have one of <{'>, <'.join(ITEMS)}> for each.")
    columns = list(dict.fromkeys(column for _, row in rows for column in row))[:MOST_COLUMNS]
    notes = [f"Only the first {MOST_ROWS:,} items are read."] if len(rows) >= MOST_ROWS else []
    return columns, rows, kind, name, notes


def _declared(data):
    """The encoding an XML declaration names, unless a byte order mark or UTF-16 speaks against it."""
    found = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)[\"']", data[:300])
    name = found and found[1].decode().lower()
    if not name or name.startswith(("utf", "ucs")):
        return None
    try:
        data.decode(name)
    except (LookupError, UnicodeError):
        return None
    return name


def _items(text):
    """(kind, rows) of the feed. Each item is dropped once it is read, so that the tree never grows."""
    rows, kind, path, items, above = [], "XML", [], None, []
    for event, element in iterparse(io.BytesIO(text.encode("utf-8", "replace")), events=("start", "end"), forbid_dtd=True):
        name = _local(element.tag)
        if event == "start":
            if not path and name in ("rss", "feed"):
                kind = {"rss": "RSS", "feed": "Atom"}[name]
            if items is None and name in ITEMS and path:
                items = len(path)
            path.append(name)
            above.append(element)
            if len(path) > DEEPEST:
                raise ValueError(f"more than {DEEPEST} elements inside each other")
            if "base.google.com" in element.tag and not kind.startswith("Google"):
                kind = f"Google Merchant {kind}"
            continue
        path.pop()
        above.pop()
        if items is not None and len(path) == items and name in ITEMS and len(rows) < MOST_ROWS:
            rows.append((len(rows) + 1, _row(element)))
        if items is None or len(path) <= items:
            element.clear()
            if above:
                above[-1].remove(element)
    return kind, [(number, row) for number, row in rows if row]


def _row(element):
    row = {name: value.strip()[:LONGEST_CELL] for name, value in element.attrib.items() if value.strip()}
    for child in element:
        text = (child.text or "").strip() or (child.get("href") or "").strip()
        if len(child) == 0 and text:
            name = _local(child.tag)
            row[name] = f"{row[name]}|{text}"[:LONGEST_CELL] if name in row else text[:LONGEST_CELL]
    return row


def _local(tag):
    return tag.rpartition("}")[2]
