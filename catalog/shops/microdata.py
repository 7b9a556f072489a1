"""Microdata -> the same nodes that JSON-LD gives (itemscope, itemtype, itemprop; HTML Living Standard, section 5), and RDFa Lite by other attributes."""

import re

from catalog.shops.page import words
from catalog.shops.photos import of_image
from catalog.shops.prices import read

MOST_ITEMS = 3000
NODE_TEXT = {"name", "brand", "description", "category", "color", "price", "title"}        # read as text even on a link: shops mean the words
KEPT = "element"                # key under which a node remembers its element


def nodes(page, kind="itemtype", prop="itemprop"):
    """The outermost items of a page as nodes: dict of "@type", properties (lists), and the element. Runs once over the tree.

    kind, prop: attributes that name the type and the property.
    """
    owner, top, made = {}, [], 0
    for tag in page.tree.find_all(True):
        above = owner.get(id(tag.parent))
        owner[id(tag)] = above
        names, types = _words(tag.get(prop)), _types(tag.get(kind))
        if not (names or types) or made > MOST_ITEMS:
            continue
        node = {"@type": types, KEPT: tag} if types else None
        made += 1
        for name in names:
            if above is not None:
                above.setdefault(name, []).append(node if node is not None else _value(tag, name))
        if node is not None:
            owner[id(tag)] = node
            if above is None or not names:
                top.append(node)
    _fill(page, top)
    return top


def _fill(page, top):
    """An offer without a price property gets the price that a person reads in it; a former price beside the stated one becomes its list price."""
    waiting = list(top)
    while waiting:
        node = waiting.pop()
        waiting += [one for value in node.values() if isinstance(value, list) for one in value if isinstance(one, dict)]
        if any("offer" in one.lower() for one in node["@type"]) and not node.get("price") and not node.get("lowPrice"):
            amount, _, code = read([node[KEPT]], page.here, page.currency)
            if amount is not None:
                node["price"] = [amount]
                node.setdefault("priceCurrency", [code])


def _types(value):
    return [re.split(r"[/#:]", word)[-1] for word in _words(value, split_prefix=False)]


def _words(value, split_prefix=True):
    """The words of an attribute; schema: prefixes go, other prefixes (og:title) are no property of ours."""
    parts = value.split() if isinstance(value, str) else list(value or [])
    if not split_prefix:
        return parts
    return [part.rsplit("/", 1)[-1].removeprefix("schema:") for part in parts if ":" not in part.rsplit("/", 1)[-1].removeprefix("schema:")]


def _value(tag, name):
    """What an element states: its content attribute, its address, or its words."""
    if tag.get("content"):
        return tag["content"]
    if name.lower() not in NODE_TEXT:
        if name.lower() == "image":
            picture = tag if tag.name == "img" else tag.find("img")
            return tag.get("href") or (of_image(picture) if picture is not None else tag.get("src") or words(tag))
        for attribute in ("href", "src", "data", "datetime", "value"):
            if tag.get(attribute):
                return tag[attribute]
    return tag.get("value") if tag.name in ("data", "meter", "input") and tag.get("value") else words(tag)
