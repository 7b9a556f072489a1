"""JSON-LD: each block on its own, so that a broken one does not cost the others; broken ones as far as they can be read."""

import json
import re
from html import unescape

LONGEST = 4_000_000             # characters of one block
_WRAPPED = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)+|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)+\s*;?\s*$")
# strings (kept), words for nothing (null), comments and trailing commas (dropped); possessive, so that no text makes it look back
_UNTIDY = re.compile(r"""("(?:[^"\\]++|\\.)*+"?)|(?<=[:\[,\s])(undefined|NaN|-?Infinity)(?=\s{0,20}+[,}\]])|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?|//[^\n]*+|,(?=\s{0,200}+[}\]])""", re.S)


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
    tidy = ""
    for attempt in (lambda: text, lambda: mended(text), lambda: mended(unescape(text)) if "&" in text else ""):
        try:
            return [json.loads(tidy := attempt(), strict=False)]
        except (ValueError, RecursionError):
            continue
    return _one_after_another(tidy or mended(text))


def mended(text):
    """JSON without comments, trailing commas and JavaScript's words for nothing. Runs in time linear in the text."""
    for _ in range(2):              # a comma may stand before a comment before a bracket
        text = _UNTIDY.sub(lambda found: found[1] or ("null" if found[2] else ""), text)
    return text.strip().rstrip(";")


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
