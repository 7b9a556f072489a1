"""schema.org data in JSON-LD blocks: each block on its own, broken ones as far as they can be read."""

import json
import re
from html import unescape

from catalog.shops.numbers import count, currency, machine_number, price, rating
from catalog.shops.page import clean

_BLOCK = re.compile(r"<script\b[^>]*type\s*=\s*[\"']?application/ld\+json[^>]*>(.*?)</script\s*>", re.S | re.I)
DEEPEST = 40
MOST_NODES = 20_000


def blocks(text):
    """The JSON of every readable block. text: the page. Returns list of dicts or lists."""
    return [value for value in map(loads, _BLOCK.findall(text)) if value is not None]


def loads(text):
    """JSON as shops write it: comments, CDATA, trailing commas, raw line ends and entities forgiven. Returns a value, or None."""
    text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*$", "", text.strip())
    for attempt in (lambda t: t, _mended, lambda t: _mended(unescape(t))):
        try:
            return json.loads(attempt(text), strict=False)
        except (ValueError, RecursionError):
            continue
    try:
        return json.JSONDecoder(strict=False).raw_decode(_mended(text).lstrip())[0]
    except (ValueError, RecursionError):
        return None


def _mended(text):
    text = re.sub(r"(?<![:\"'\w])//[^\n\"]*$", "", text, flags=re.M)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r",\s*([}\]])", r"\1", text)
    return text.strip().rstrip(";")


def nodes(value, kinds=None):
    """Every dict inside a JSON value that has a type, outermost first. kinds: types wanted, in lower case. Returns list of dicts."""
    found, waiting, seen = [], [(value, 0)], 0
    while waiting and seen < MOST_NODES:
        one, depth = waiting.pop(0)
        seen += 1
        if isinstance(one, dict):
            if one.get("@type") and (kinds is None or types(one) & kinds):
                found.append(one)
            inner = [item for key, item in one.items() if key not in ("isSimilarTo", "isRelatedTo", "isAccessoryOrSparePartFor", "isConsumableFor")]
        else:
            inner = one if isinstance(one, list) else []
        if depth < DEEPEST:
            waiting += [(item, depth + 1) for item in inner if isinstance(item, (dict, list))]
    return found


def types(node):
    """The types of a node, lower case, without address."""
    return {str(one).rsplit("/", 1)[-1].rsplit("#", 1)[-1].lower() for one in listed(node.get("@type"))}


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def first(value):
    """A plain text from a value that may be a list or a node with name or @value."""
    for one in listed(value):
        if isinstance(one, dict):
            one = first(one.get("name") or one.get("@value") or one.get("value"))
        if one not in (None, "") and not isinstance(one, (dict, list)):
            return clean(one)
    return None


PRODUCTS = {"product", "productgroup", "individualproduct", "productmodel", "someproducts", "vehicle", "clothing"}


def product(node, siblings=()):
    """One Product or ProductGroup node -> a product dict with what it states. siblings: nodes of the same page, for a rating that stands beside it."""
    variants = [one for one in listed(node.get("hasVariant")) if isinstance(one, dict)]
    offers = [one for one in listed(node.get("offers")) if isinstance(one, dict)]
    for variant in variants if not offers else []:
        offers += [one for one in listed(variant.get("offers")) if isinstance(one, dict)]
    amount, full, code = best_offer(offers)
    stars, number = _rating(node, siblings)
    images = [image for one in (node, *variants[:1], *offers[:1]) for image in pictures(one.get("image"))]
    audience = node.get("audience") or node.get("gender") or node.get("suggestedGender")
    return {"name": first(node.get("name")), "brand": first(node.get("brand")), "price": amount, "list_price": full, "currency": code, "rating": stars,
            "review_count": number, "url": first(node.get("url") or (offers[0].get("url") if offers else None)) or _id(node), "image_urls": images,
            "audience": json.dumps(audience) if audience else None, "category": first(node.get("category")), "colours": first(node.get("color")),
            "product_key": first(node.get("sku") or node.get("productID") or node.get("mpn") or node.get("productGroupID")),
            "group_key": first(node.get("productGroupID") or (node.get("isVariantOf") or {}).get("productGroupID") if isinstance(node.get("isVariantOf"), dict)
                               else node.get("productGroupID")),
            "availability": first(offers[0].get("availability")) if offers else None}


def _id(node):
    return str(node["@id"]) if str(node.get("@id", "")).startswith("http") else None


def pictures(value):
    """Addresses in an image value: text, list, ImageObject."""
    found = []
    for one in listed(value):
        if isinstance(one, dict):
            found += pictures(one.get("contentUrl") or one.get("url") or one.get("image") or one.get("thumbnailUrl"))
        elif isinstance(one, str) and one.strip():
            found.append(one.strip())
    return found


def best_offer(offers):
    """The lowest price stated by any offer, the list price beside it, and their currency. Returns (price, list price, code)."""
    found = []
    for offer in offers:
        details = [one for one in listed(offer.get("priceSpecification")) if isinstance(one, dict)]
        full = [price(one.get("price")) for one in details if "listprice" in str(one.get("priceType", "")).lower() or "strikethrough" in str(one.get("priceType", "")).lower()]
        current = [one for one in details if "list" not in str(one.get("priceType", "")).lower() and "strike" not in str(one.get("priceType", "")).lower()]
        amount = price(offer.get("price")) or price(offer.get("lowPrice")) or next((price(one.get("price")) for one in current if price(one.get("price"))), None)
        code = currency(offer.get("priceCurrency")) or next((currency(one.get("priceCurrency")) for one in details if currency(one.get("priceCurrency"))), None)
        if amount is None and offer.get("offers"):
            amount, _, code = best_offer([one for one in listed(offer["offers"]) if isinstance(one, dict)])
        if amount is not None:
            found.append((amount, next((one for one in full if one and one > amount), None), code))
    return min(found, key=lambda one: one[0]) if found else (None, None, None)


def _rating(node, siblings):
    for one in [*listed(node.get("aggregateRating")), *[other for other in siblings if "aggregaterating" in types(other) and _about(other, node)]]:
        if isinstance(one, dict):
            number = count(one.get("reviewCount")) or count(one.get("ratingCount"))
            stars = rating(one.get("ratingValue"), one.get("bestRating"))
            if number or (stars and machine_number(one.get("reviewCount") or one.get("ratingCount")) is None):
                return stars, number
    return None, None


def _about(rating_node, node):
    """Whether a rating that stands by itself is about this product."""
    item = rating_node.get("itemReviewed")
    if isinstance(item, dict):
        return first(item.get("name")) == first(node.get("name")) or (item.get("@id") is not None and item.get("@id") == node.get("@id"))
    return False
