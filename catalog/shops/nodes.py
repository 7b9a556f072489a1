"""A node of structured data: a dict with "@type" whose properties are texts, numbers, nodes or lists of these, under names in any case."""

import re

from catalog.shops.text import clean


def types(node):
    """The types of a node, lower case, without address."""
    return {re.split(r"[/#:]", str(one))[-1].lower() for one in listed(node.get("@type"))}


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def get(node, name):
    """A property by name, whatever its case or schema: prefix."""
    if name in node:
        return node[name]
    wanted = name.lower()
    return next((value for key, value in node.items() if isinstance(key, str) and key.lower().removeprefix("schema:") == wanted), None)


def first(value, deep=0):
    """A plain text from a value that may be a number, a list, or a node with a name or value; None where there is none."""
    for one in listed(value)[:20]:
        if isinstance(one, dict) and deep < 4:
            one = first(next((one[key] for key in ("name", "@value", "value", "title") if one.get(key)), None), deep + 1)
        if isinstance(one, list) and deep < 4:
            one = first(one, deep + 1)
        text = clean(one)
        if text and text.lower() not in ("null", "undefined", "none", "n/a", "nan"):
            return text
    return None
