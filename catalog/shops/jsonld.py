"""JSON-LD: each block on its own, so that a broken one does not cost the others; broken ones as far as they can be read."""

import json
import re
from html import unescape

LONGEST = 4_000_000             # characters of one block
_WRAPPED = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)+|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)+\s*;?\s*$")
# strings (kept), words for nothing (null), comments and trailing commas (dropped); possessive, so that no text makes it look back
_UNTIDY = re.compile(r'''("(?:[^"\\]++|\\.)*+"?)|(?<=[:\[,\s])(undefined|NaN|-?Infinity)(?=\s{0,20}+[,}\]])|'''
                     r'''/\*(?:[^*]++|\*(?!/))*+(?:\*/)?|//[^\n]*+|,(?=\s{0,200}+[}\]])''', re.S)

_QUOTE = re.compile(r'\\u[0-9a-fA-F]{4}|\\[^u]|\\|"', re.S)
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_GOES_ON = re.compile(r'\s{0,200}(?:[:}\]]|$|,\s{0,200}(?:["{\[}\]\d-]|true|false|null))')
_MARK = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[{}\[\],]', re.S)
MOST_CUTS = 12


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
    for attempt in (lambda: text, lambda: mended(text), lambda: mended(unescape(text)) if "&" in text else ""):
        try:
            value = json.loads(attempt(), strict=False)
        except (ValueError, RecursionError):
            continue
        return loads(value) if isinstance(value, str) and value[:1] in "{[" else [value]
    return _one_after_another(mended(text)) or _one_after_another(completed(mended(requoted(text))))


def mended(text):
    """JSON without comments, trailing commas and JavaScript's words for nothing. Runs in time linear in the text."""
    for _ in range(2):              # a comma may stand before a comment before a bracket
        text = _UNTIDY.sub(lambda found: found[1] or ("null" if found[2] else ""), text)
    return text.strip().rstrip(";")


def requoted(text):
    """JSON whose strings hold bare quotes and backslashes ("a 5" hem"): a quote ends a string only where JSON goes on after it."""
    parts, inside, at = [], False, 0
    for found in _QUOTE.finditer(text):
        parts.append(text[at:found.start()])
        at = found.end()
        if found[0] != '"':
            parts.append(found[0] if inside and _ESCAPE.fullmatch(found[0]) else found[0][1:])
        elif not inside or _GOES_ON.match(text, at):
            parts.append('"')
            inside = not inside
        else:
            parts.append('\\"')
    return "".join(parts) + text[at:]


def completed(text):
    """JSON that was cut off, up to its last whole value, with the brackets that are missing."""
    still_open, ends = [], []
    for found in _MARK.finditer(text):
        mark = found[0]
        if mark in "{[":
            still_open.append("}" if mark == "{" else "]")
        elif mark in "}]":
            if not still_open or still_open.pop() != mark:
                return text
        elif mark == ",":
            ends.append((found.start(), "".join(reversed(still_open))))
    if not still_open:
        return text
    for end, closing in [(len(text), "".join(reversed(still_open))), *ends[:-MOST_CUTS:-1]]:
        try:
            json.loads(text[:end] + closing, strict=False)
            return text[:end] + closing
        except (ValueError, RecursionError):
            continue
    return text


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
