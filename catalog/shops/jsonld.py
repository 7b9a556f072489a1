"""JSON-LD: each block on its own, so that a broken one does not cost the others; broken ones as far as they can be read."""

import json
import re
from html import unescape

LONGEST = 4_000_000             # characters of one block
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.S)
_WRAPPED = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)+|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)+\s*;?\s*$")
_KEYWORDS = re.compile(r"(?<=[:\[,\s])(?:undefined|NaN|-?Infinity)(?=\s*[,}\]])")


def values(page):
    """The JSON of every readable ld+json script of a page. Returns list of dicts or lists."""
    found = []
    for tag in page.tree.find_all("script", type=re.compile(r"ld\+json", re.I), limit=200):
        found += loads("".join(one for one in tag.strings)[:LONGEST])
    return found


def loads(text):
    """JSON as shops write it: comments, CDATA, trailing commas, raw line ends, entities and several values in a row forgiven.

    Returns the list of values that could be read; [] when none could.
    """
    text = _WRAPPED.sub("", text.strip().lstrip("\ufeff"))
    if not text:
        return []
    for attempt in (lambda: text, lambda: mended(text), lambda: mended(unescape(text))):
        try:
            return [json.loads(attempt(), strict=False)]
        except (ValueError, RecursionError):
            continue
    return _one_after_another(mended(text))


def mended(text):
    """JSON without comments, trailing commas and JavaScript's words for nothing. Runs in time linear in the text."""
    kept, at = [], 0
    for piece in _outside_strings(text):
        if piece.startswith('"'):
            kept.append(piece)
            continue
        piece = _KEYWORDS.sub("null", re.sub(r"(?m)//[^\n]*$", "", piece))
        kept.append(piece)
    text = _STRING.sub(lambda found: found[0], "".join(kept))
    return re.sub(r",(?=\s{0,200}[}\]])", "", text).strip().rstrip(";")


def _outside_strings(text):
    """The text cut into strings and what stands between them, block comments left out."""
    at = 0
    while at < len(text):
        quote, comment = text.find('"', at), text.find("/*", at)
        if comment >= 0 and (quote < 0 or comment < quote):
            yield text[at:comment]
            end = text.find("*/", comment + 2)
            at = end + 2 if end >= 0 else len(text)
        elif quote >= 0:
            yield text[at:quote]
            end = _end_of_string(text, quote)
            yield text[quote:end]
            at = end
        else:
            yield text[at:]
            at = len(text)


def _end_of_string(text, start):
    at = start + 1
    while True:
        at = text.find('"', at)
        if at < 0:
            return len(text)
        back = at - 1
        while text[back] == "\\":
            back -= 1
        if (at - back) % 2:
            return at + 1
        at += 1


def _one_after_another(text):
    """Values that stand in a row, or the first of a block that ends in rubbish."""
    decoder, found, at = json.JSONDecoder(strict=False), [], 0
    while at < len(text) and len(found) < 50:
        start = re.compile(r"[\[{]").search(text, at)
        if start is None:
            break
        try:
            value, at = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            break
        found.append(value)
    return found
