"""Products in a page's own state: `__NEXT_DATA__`, `self.__next_f` flight chunks, and other JSON that frameworks leave behind."""

import json
import re

from catalog.shops.jsonld import PRODUCTS, loads, nodes
from catalog.shops.numbers import currency, price
from catalog.shops.page import clean

_NEXT_DATA = re.compile(r"<script\b[^>]*id\s*=\s*[\"']__NEXT_DATA__[\"'][^>]*>(.*?)</script\s*>", re.S | re.I)
_FLIGHT = re.compile(r"self\.__next_f\.push\(\s*(\[.*?\])\s*\)\s*(?:;|</script)", re.S)
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.S)
LONGEST = 6_000_000
MOST = 60_000


def flight_text(text):
    """The flight data of a Next.js page, its chunks joined. "" where there is none."""
    pieces = []
    for chunk in _FLIGHT.findall(text[:LONGEST * 2]):
        value = loads(chunk)
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
            pieces.append(value[1])
    return "".join(pieces)[:LONGEST]


def flight_nodes(text):
    """schema.org nodes inside flight data: written out there as objects, or as strings of JSON. Returns list of dicts."""
    joined, found, decoder = flight_text(text), [], json.JSONDecoder(strict=False)
    for source in (joined, *[inner for inner in _quoted(joined)]):
        at = 0
        while len(found) < 400 and (at := source.find('"@type"', at)) >= 0:
            start = source.rfind("{", max(0, at - 400), at)
            value = None
            while start >= 0 and value is None:
                try:
                    value, end = decoder.raw_decode(source, start)
                except (ValueError, RecursionError):
                    start = source.rfind("{", max(0, at - 400), start)
            if value is None:
                at += 7
                continue
            found += nodes(value)
            at = max(end, at + 7)
    return found


def _quoted(text):
    """Strings inside a text that hold JSON-LD themselves."""
    if '\\"@type\\"' not in text:
        return
    for match in _JSON_STRING.finditer(text):
        if '\\"@type\\"' in match[0]:
            try:
                yield json.loads(match[0], strict=False)
            except ValueError:
                continue


def next_data(text):
    """The value of __NEXT_DATA__, or None."""
    found = _NEXT_DATA.search(text)
    return loads(found[1]) if found and len(found[1]) < LONGEST * 2 else None


def objects(value):
    """Every dict in a JSON value, outermost first, up to MOST. Yields (dict, path of keys)."""
    waiting, seen = [(value, ())], 0
    while waiting and seen < MOST:
        one, path = waiting.pop()
        seen += 1
        if isinstance(one, dict):
            yield one, path
            waiting += [(item, (*path, key)) for key, item in one.items() if isinstance(item, (dict, list)) and len(path) < 30]
        elif isinstance(one, list):
            waiting += [(item, path) for item in one if isinstance(item, (dict, list)) and len(path) < 30]


def from_next(page):
    """What __NEXT_DATA__ says of the product whose name is the page's heading: women/men, and a price where nothing else states one."""
    value = next_data(page.text)
    if value is None or not page.heading:
        return {}
    wanted = page.heading.casefold()
    for one, _ in objects(value):
        name = clean(one.get("name") or one.get("title") or one.get("productName")) if isinstance(one.get("name") or one.get("title") or one.get("productName"), str) else None
        if name and name.casefold() == wanted:
            stated = {key: item for key, item in one.items() if re.search(r"gender|categor|department|audience", str(key), re.I) and item}
            amount = next((price(one.get(key)) for key in ("price", "currentPrice", "salePrice", "finalPrice") if not isinstance(one.get(key), (dict, list)) and price(one.get(key))), None)
            return {"state_gender": json.dumps(stated, ensure_ascii=False)[:400] if stated else None, "price": amount,
                    "currency": currency(one.get("currency") or one.get("currencyCode"))}
    return {}


def product_nodes(found):
    return [node for node in found if {str(one).rsplit("/", 1)[-1].lower() for one in (node["@type"] if isinstance(node["@type"], list) else [node["@type"]])} & PRODUCTS]
