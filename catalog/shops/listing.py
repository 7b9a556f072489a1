"""Pages of many products: tiles of the same shape, each with a link, a name and a price."""

import re
from collections import defaultdict

from catalog.shops.numbers import prices_in, written_number
from catalog.shops.page import clean
from catalog.shops.photos import of_image
from catalog.shops.visible import NOW, OLD, marks_of

FEWEST = 2
MOST = 400
_BARE = re.compile(r"^\s*(?:from\s+|ab\s+|vanaf\s+)?\d{1,3}(?:[.,\s]\d{3})*[.,]\d{2}\s*$", re.I)


def tiles(page, code=None):
    """Products of a listing. code: currency where tiles state bare numbers. Returns list of product dicts, [] when the page is no listing."""
    groups = defaultdict(list)
    for tag in page.tree.find_all(["li", "article", "div", "product-tile", "section"]):
        groups[("children of", id(tag.parent), tag.name)].append(tag)
        shape = _shape(tag)
        if shape:
            groups[shape].append(tag)
    best = []
    for same in sorted(groups.values(), key=len, reverse=True)[:150]:
        if len(same) < FEWEST:
            continue
        if not any(tag.find("a", href=True) and re.search(r"\d", tag.get_text()) or tag.find("a", attrs={"aria-label": re.compile(r"\d")}) for tag in same[:6]):
            continue
        found = [one for one in (_tile(page, tag, code) for tag in same[:MOST]) if one]
        unique = {one["url"]: one for one in found}
        if len(unique) >= FEWEST and len(unique) > len(best) and len(unique) >= 0.5 * len(same):
            best = list(unique.values())
    return best


def _shape(tag):
    """What tiles of one listing have in common: name and classes without numbers. None for what cannot be a tile."""
    words = [re.sub(r"\d+", "#", word) for word in tag.get("class") or []]
    words = [word for word in words if word not in ("first", "last", "active", "even", "odd")]
    state = [word for word in words if not re.match(r"(?:post|cat|tag|product[-_]cat|product[-_]tag|instock|sale|shipping|purchasable|has-)", word)]
    if not state and not tag.get("itemtype") and not tag.get("data-testid"):
        return None
    return tag.name, tuple(sorted(state)[:6]), str(tag.get("data-testid") or tag.get("itemtype") or "")[:40]


def _tile(page, tag, code):
    """One tile -> product dict, or None when it lacks a link, a name or a price, or holds several products."""
    links = [link for link in tag.find_all("a", href=True) if page.absolute(link["href"])]
    if not links or len({_plain(page.absolute(link["href"])) for link in links}) > 8:
        return None
    amount, full, found_code = _tile_price(tag, code)
    if amount is None:
        return None
    link = max(links, key=lambda one: (len(one.get_text(" ", strip=True)) > 2, len(page.absolute(one["href"]))))
    name = _tile_name(tag, link)
    if not name:
        return None
    photos = [one for one in map(of_image, tag.find_all("img")) if one]
    return {"name": name, "price": amount, "list_price": full, "currency": found_code, "url": page.absolute(_main_link(page, tag, links)), "image_urls": photos[:3]}


def _plain(address):
    return str(address).split("#")[0].split("?")[0]


def _main_link(page, tag, links):
    """The link most often repeated in a tile, else the first."""
    counted = defaultdict(int)
    for link in links:
        counted[_plain(page.absolute(link["href"]))] += 1
    best = max(counted, key=lambda address: counted[address])
    return next(link["href"] for link in links if _plain(page.absolute(link["href"])) == best)


def _tile_name(tag, link):
    stated = tag.find(attrs={"itemprop": "name"})
    options = [stated.get("content") or stated.get_text(" ") if stated else None]
    options += [one.get_text(" ") for one in tag.find_all(["h2", "h3", "h4", "h5"])]
    options += [one.get_text(" ") for one in tag.find_all(class_=re.compile("name|title", re.I)) if one.name in ("a", "div", "span", "p")]
    options += [re.split(r",\s*(?:price|preis|prix)", str(link.get("aria-label") or ""), flags=re.I)[0], link.get("title"), link.get_text(" ")]
    options += [image.get("alt") for image in tag.find_all("img")]
    for option in options:
        text = clean(option)
        if text and 2 < len(text) < 200 and not prices_in(text) and not re.fullmatch(r"[\d\W]+", text):
            return text
    return None


def _tile_price(tag, code):
    """(current price, former price, currency) of a tile: struck and old ones are former, the last of the others is current, of a range the lower."""
    now, old = [], []
    pieces = [text for text in tag.find_all(string=re.compile(r"\d")) if len(text) < 80]
    for text in pieces:
        parent = text.parent
        marks = marks_of(parent, 3)
        found = _whole(prices_in(str(text)), parent) or _bare(str(text), marks, code)
        joined = [one for one in found if one[1]] or (_around(parent) if re.fullmatch(r"[\s\d.,\u00a0]+", text) else []) or found
        struck = any(one.name in ("del", "s", "strike") for one in [parent, *list(parent.parents)[:3]])
        for amount, its_code, _ in joined:
            if amount > 0:
                (old if struck or (OLD.search(marks) and not NOW.search(marks)) else now).append((amount, its_code))
    if not now and not old:
        labels = " ".join(str(one.get("aria-label")) for one in tag.find_all(attrs={"aria-label": True}))
        now = [(amount, its_code) for amount, its_code, _ in prices_in(labels) if amount > 0]
    if not now:
        return (min(old)[0], None, min(old)[1]) if len(old) == 1 else (None, None, None)
    distinct = list(dict.fromkeys(now))
    current = min(distinct) if _is_range(tag) or len(distinct) == 1 else distinct[-1] if not old else min(distinct)
    former = [amount for amount, _ in old if amount > current[0]]
    return current[0], (max(former) if former else None), current[1]


def _around(parent):
    """Prices in the elements around a bare number: its currency often stands beside it."""
    for one in (parent, parent.parent):
        if one is not None and len(one.get_text(strip=True)) < 40 and prices_in(one.get_text("", strip=True)):
            return prices_in(one.get_text("", strip=True))
    return []


def _whole(found, parent):
    """Prices of a text whose cents stand in an element of their own, as "$23" and ".60" do."""
    around = parent.parent.get_text("", strip=True) if found and parent.parent is not None else ""
    longer = prices_in(around) if len(around) < 40 else []
    return [next((other for other in longer if one[0] == int(one[0]) == int(other[0]) != other[0]), one) for one in found]


def _is_range(tag):
    return bool(re.search(r"\d\s*[–—-]\s*(?:[^\s\d]{1,3}\s?)?\d", tag.get_text(" ", strip=True)[:600]))


def _bare(text, marks, code):
    """A number without currency inside an element that calls itself a price."""
    return [(written_number(text), code, 0)] if "pri" in marks.lower() and _BARE.match(text) else []
