"""Pages of many products: tiles of the same shape, each with a link, a picture, a name and a price."""

import re
from collections import defaultdict

from catalog.shops import prices, ratings, zappos
from catalog.shops.numbers import CODES, PRICE, SYMBOLS
from catalog.shops.page import around, clean, marks, path_of, place, plain, words
from catalog.shops.photos import is_small, of_image
from catalog.shops.zones import is_elsewhere

MOST_PRICES, MOST_TILES, HIGHEST_CLIMB, MOST_LINKS = 1500, 500, 10, 12
GENERIC = re.compile(r"^(?:quick ?(?:view|shop|buy|add)|add to (?:cart|bag|basket|wish ?list).*|shop now|buy now|view (?:product|details|more)|more colou?rs?.*|\d+ colou?rs?.*|select options|new|sale!?|sold out|"
                     r"new in|best ?sellers?|product image|image|details|choose options|read more|learn more|save|reviews?|favou?rite|in den warenkorb|merken|neu)$", re.I)
_SIGNED = re.compile("|".join(map(re.escape, [*SYMBOLS, *CODES])))
_LABEL_END = re.compile(r"\W*\b(?:price|preis|prijs|prix|precio|prezzo|pris|cena|from|ab|vanaf|on sale(?: for)?|now|sale price|regular price|original price|was|current price|for)?\W*$", re.I)
NAME_CLASS = re.compile(r"(?:^|[\s_-])(?:(?:product|item|card|tile|link|goods|prod)?[-_]{0,2}(?:name|title|heading))(?=$|[\s_\-\d])|(?:product|item|card|tile)(?:Name|Title)", re.I)
BRAND_CLASS = re.compile(r"(?:^|[\s_-])(?:brand|designer|vendor|manufacturer)(?:[-_]?name)?(?=$|[\s_\-\d])", re.I)


def tiles(page):
    """Tiles of a page in order: list of (element, product dict, whether they stand among recommendations or in a menu)."""
    found, taken, judged = [], set(), {}
    for tag in _priced(page):
        tile = _tile_around(page, tag, judged)
        if tile is not None and id(tile) not in taken:
            taken.add(id(tile))
            found.append(tile)
    found = [tile for tile in found if not any(id(above) in taken for above in list(tile.parents)[:3])][:MOST_TILES]
    return [(tile, product, is_elsewhere(tile)) for tile, product in ((tile, _product(page, tile)) for tile in found) if product]


def products(some):
    """The listing among the tiles of a page: the largest group of one shape outside menus and recommendations, each address once.

    some: as tiles gives. Returns list of product dicts, [] where fewer than two stand together.
    """
    groups = defaultdict(list)
    for tile, product, elsewhere in some:
        if not elsewhere:
            above = tile.parent
            for key in ((id(above), tile.name), (id(above.parent) if above is not None else 0, tile.name, "grand"), (tile.name, _shape(tile))):
                groups[key].append(product)
    best = max((list({place(one["url"]): one for one in group}.values()) for group in groups.values()), key=len, default=[])
    return best if len(best) >= 2 else []


def _priced(page):
    """Elements that hold the text of a price, or name one in a label. In page order, up to MOST_PRICES."""
    found = []
    for text in page.tree.find_all(string=lambda text: text and len(text) < 400 and bool(_SIGNED.search(text))):
        if text.parent.name not in ("script", "style", "noscript", "template", "title", "option", "textarea") and len(found) < MOST_PRICES:
            found.append(text.parent)
    if not found:
        for tag in page.tree.find_all(attrs={"aria-label": True}, limit=4000):
            if len(found) < MOST_PRICES and PRICE.search(str(tag["aria-label"])[:400]):
                found.append(tag)
    bare = [tag for tag in prices.priced(page.tree, MOST_PRICES) if re.search(r"\d[.,]\d{2}", words(tag, 60) or "")] if len(found) < 40 else []
    if len(bare) > 2 * len(found):
        found += bare
    labelled = [tag for tag in page.tree.find_all("a", attrs={"aria-label": True}, limit=3000) if PRICE.search(str(tag["aria-label"])[:400])]
    return found + labelled[:MOST_PRICES]


def _tile_around(page, tag, judged):
    """The smallest element around a price that has a link, a picture and a name, and few links. None where there is none.

    judged: id of element -> True for a tile, False for none yet, None where nothing above can be one; filled here.
    """
    for one in around(tag, HIGHEST_CLIMB):
        if id(one) not in judged:
            judged[id(one)] = _is_tile(page, one)
        if judged[id(one)] is None:
            return None
        if judged[id(one)]:
            return one
    return None


def _is_tile(page, one):
    links = [link for link in [one, *one.find_all("a", href=True, limit=60)] if link.get("href")]
    if len(links) >= 60 or len({place(page.absolute(link["href"])) for link in links}) > MOST_LINKS:
        return None
    pictured = one.find(["img", "picture"]) is not None or "background-image" in str(one.get("style"))
    return bool(links and pictured and _name(page, one, _main_link(page, one)))


def _product(page, tile):
    """One tile as a product dict, or None where it lacks a link, a name or a price."""
    link = _main_link(page, tile)
    address = page.absolute(link["href"]) if link is not None else None
    label = zappos.label(tile)
    priced = prices.priced(tile)
    amount, full, code = next((found for found in (prices.read(some, page.here, page.currency) for some in (priced, [tile]) if some) if found[0]), (None, None, None))
    if amount is None:
        amount, full, code = _labelled_price(page, tile)
    name = _name(page, tile, link)
    if not (address and name and amount):
        return None
    stars, number = ratings.of_tile(tile)
    brand = tile.find(attrs={"itemprop": "brand"}) or next((one for one in tile.find_all(class_=True, limit=80) if BRAND_CLASS.search(marks(one))), None)
    images = [one for one in (of_image(image) for image in tile.find_all("img", limit=12) if not is_small(image)) if one]
    return {"name": name, "brand": words(brand, 80) if brand is not None else None, "price": amount, "list_price": full, "currency": code, "url": address, "image_urls": images[:4] or _sources(tile),
            "rating": stars, "review_count": number} | {key: value for key, value in label.items() if value is not None}


def _sources(tile):
    found = re.search(r"background-image\s*:\s*url\([\"']?([^\"')]{4,1000})", " ".join(str(one.get("style")) for one in tile.find_all(style=True, limit=30)))
    return [found[1]] if found else []


def _main_link(page, tile):
    """The link of a tile that most other links of it repeat, else the first; the tile itself where it is one."""
    if tile.name == "a" and tile.get("href"):
        return tile
    links = [one for one in tile.find_all("a", href=True, limit=40) if page.absolute(one["href"]) and len(path_of(page.absolute(one["href"]))) > 1]
    counted = defaultdict(int)
    for link in links:
        counted[place(page.absolute(link["href"]))] += 1 + (link.find("img") is not None) + (link.find(["h2", "h3", "h4"]) is not None)
    if not links:
        return tile.find_parent("a", href=True)
    best = max(counted, key=counted.get)
    return next(link for link in links if place(page.absolute(link["href"])) == best)


def _name(page, tile, link):
    """The name in a tile: a property, a heading, what calls itself name or title, the link's words or label, the picture's text."""
    stated = tile.find(attrs={"itemprop": "name"})
    options = [stated.get("content") or words(stated, 200) if stated is not None else None]
    options += [words(one, 200) for one in tile.find_all(["h1", "h2", "h3", "h4", "h5", "h6"], limit=6)]
    options += [words(one, 200) for one in tile.find_all(["a", "div", "span", "p", "strong", "b", "dt"], class_=True, limit=120) if NAME_CLASS.search(" ".join(one.get("class") or []))]
    labels = [str(one.get("aria-label") or "")[:300] for one in (tile, link) if one is not None]
    options += [words(link, 200) if link is not None else None, *map(_before_price, labels), link.get("title") if link is not None else None]
    options += [words(one, 200) for one in tile.find_all("a", href=True, limit=12) if link is None or place(page.absolute(one["href"])) == place(page.absolute(link["href"]))]
    options += [one.get("alt") for one in tile.find_all("img", limit=6)] + [words(one, 200) for one in tile.find_all("a", href=True, limit=12)]
    for option in options:
        text = clean(option)
        if text and 2 < len(text) < 220 and not PRICE.search(text) and not GENERIC.match(text) and re.search(r"[^\W\d_]{2}", text):
            return text
    return None


def _before_price(label):
    """The words of a label up to its price: "Wool coat, price £40" -> "Wool coat"."""
    found = PRICE.search(label)
    return _LABEL_END.sub("", label[:found.start()]) if found else label


def _labelled_price(page, tile):
    """(price, list price, code) from the labels of a tile."""
    for tag in [tile, *tile.find_all(attrs={"aria-label": True}, limit=20)]:
        found = prices.told(str(tag.get("aria-label") or "")[:400], page.here)
        if found[0]:
            return found
    return None, None, None


def _shape(tag):
    """What tiles of one listing have in common: classes without numbers and without states of the single product."""
    shapes = [re.sub(r"\d+", "#", word) for word in tag.get("class") or []]
    own = r"first|last|active|even|odd|post-#|(?:product[-_])?(?:cat|tag)[-_].*|instock|outofstock|onbackorder|on-?sale|sale|shipping-taxable|taxable|purchasable|has-.*|product-type-.*|featured|status-.*"
    return " ".join(sorted(word for word in shapes if not re.fullmatch(own, word))) + plain(tag.get("data-testid") or tag.get("itemtype") or "")
