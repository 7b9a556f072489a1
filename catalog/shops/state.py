"""What frameworks leave in a page: `__NEXT_DATA__`, `self.__next_f` flight chunks, application/json scripts and assigned objects."""

import json
import re

from catalog.shops.jsonld import loads
from catalog.shops.numbers import count, currency, machine_number, price, prices_in, rating
from catalog.shops.page import clean, plain

LONGEST, MOST_OBJECTS, MOST_TRIES = 8_000_000, 80_000, 60
_ASSIGNED = re.compile(r"(?:^|[;\s,(])(?:window\.|self\.|globalThis\.|var |let |const )?[\w$.]*(?:state|data|product|meta|initial|preload|props|config|item|__)[\w$.]*"
                       r"(?:\[[\"'][\w-]{1,40}[\"']\])?\s{0,4}=\s{0,4}(?:JSON\.parse\(\s{0,4})?(?=[{\[\"'])", re.I)
_ROW = re.compile(r"(?:^|(?<=[\n}\]\"]))[0-9a-f]{1,6}:(?:[A-Z]{1,2}[0-9a-f]{0,8},?)?(?=[\[{\"])", re.M)
NAMES = ("name", "title", "productName", "product_name", "displayName", "productTitle", "display_name")
PRICES = ("salePrice", "sale_price", "currentPrice", "current_price", "finalPrice", "final_price", "discountedPrice", "priceCurrent", "nowPrice", "offerPrice", "sellingPrice",
          "price", "prices", "pricing", "minPrice", "lowPrice", "priceInfo", "priceRange", "priceV2")
FULL_PRICES = ("listPrice", "list_price", "originalPrice", "original_price", "regularPrice", "regular_price", "compareAtPrice", "compare_at_price", "wasPrice", "previousPrice", "msrp",
               "fullPrice", "oldPrice", "basePrice", "rrp", "priceBeforeDiscount")
IN_PRICE = ("current", "sale", "now", "final", "selling", "discounted", "min", "minimum", "minVariantPrice", "minPrice", "lowest", "from", "amount", "value", "price", "centAmount", "raw", "formatted", "text", "regular")
IN_FULL = ("previous", "was", "original", "list", "old", "regular", "base", "rrp", "msrp", "full")
CURRENCIES = ("currency", "currencyCode", "currency_code", "priceCurrency", "currencyIso", "isoCode", "currencyISO")
IMAGES = ("images", "image", "media", "gallery", "imageUrl", "image_url", "mainImage", "primaryImage", "featuredImage", "heroImage", "thumbnail", "photos", "pictures", "imageURL", "img")
STARS = ("average", "averageRating", "average_rating", "ratingValue", "avgRating", "ratingAverage", "rating", "score", "stars", "averageOverallRating", "productRating", "starRating", "avg")
COUNTS = ("reviewCount", "review_count", "numberOfReviews", "totalReviews", "reviewsCount", "numReviews", "totalReviewCount", "count", "ratingCount", "rating_count", "numberOfRatings", "total")
RATED = ("rating", "ratings", "reviews", "reviewSummary", "review_summary", "reviewRatings", "aggregateRating", "reviewStatistics", "ratingSummary", "reviewData", "reviewStats")
AUDIENCE = re.compile(r"^(?:gender|genders|targetGender|target_gender|sex|audience|department|departmentName|departments|categoryName|categoryPath|tags|web_product_type|productGender)$", re.I)
ADDRESSES = ("url", "productUrl", "product_url", "pdpUrl", "canonicalUrl", "link", "href", "seoUrl", "path", "productPageUrl")
KEYS = ("sku", "productId", "product_id", "id", "styleId", "productID", "code", "articleNumber")


def values(page):
    """Every JSON value that the scripts of a page hold. Returns list of dicts and lists."""
    found, left, flight = [], LONGEST, []
    for tag in page.tree.find_all("script", limit=1500):
        text = "".join(tag.strings)
        kind, left = str(tag.get("type") or "").lower(), left - len(text)
        if left < 0 or not text.strip() or "ld+json" in kind:
            continue
        if "json" in kind or "magento" in kind:
            found += loads(text)
        elif "__next_f" in text:
            flight += _chunks(text)
        else:
            found += _assigned(text)
    return [one for one in found + _rows("".join(flight)) if isinstance(one, (dict, list))]


def _assigned(text):
    """Objects that a script assigns to what calls itself state, data, product or the like."""
    found, decoder = [], json.JSONDecoder(strict=False)
    at = 0
    for _ in range(MOST_TRIES):
        match = _ASSIGNED.search(text, at)
        if match is None:
            break
        at = match.end()
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        found += loads(value) if isinstance(value, str) and value[:1] in "{[" else [value]
    return found


def _chunks(text):
    """The strings that a script pushes into the flight data."""
    found, decoder, at, failed = [], json.JSONDecoder(strict=False), 0, 0
    while failed < MOST_TRIES and (at := text.find(".push(", at)) >= 0:
        at += 6
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            failed += 1
            continue
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
            found.append(value[1])
    return found


def _rows(text):
    """The JSON rows of flight data ("2a:{...}"); text rows are named with their length, and some hold JSON too."""
    found, decoder, at, failed = [], json.JSONDecoder(strict=False), 0, 0
    while failed < MOST_TRIES:
        match = _ROW.search(text, at)
        if match is None:
            break
        at = match.end()
        try:
            value, at = decoder.raw_decode(text, at)
            found.append(value)
        except (ValueError, RecursionError):
            failed += 1
    return found


def objects(some):
    """Every dict in JSON values with the keys that lead to it, outermost first; strings that hold JSON-LD are opened. Yields (dict, tuple of keys)."""
    waiting, seen = [(value, ()) for value in reversed(some)], 0
    while waiting and seen < MOST_OBJECTS:
        one, path = waiting.pop()
        seen += 1
        if isinstance(one, dict):
            yield one, path
        inner = list(one.items()) if isinstance(one, dict) else [("", item) for item in one]
        for key, item in reversed(inner):
            if isinstance(item, str) and "@type" in item and item[:1] in "{[" and len(item) < LONGEST:
                item = loads(item)
            if isinstance(item, (dict, list)) and len(path) < 40:
                waiting.append((item, (*path, key)))


def typed(some):
    """The outermost schema.org nodes inside JSON values."""
    return [one for one, _ in objects(some) if "@type" in one and ("@context" in one or "schema.org" in str(one.get("@type")))]


def product(page, some):
    """The object whose name is the page's own, as a product dict with `state`, words that may name women or men. {} where there is none."""
    best = {}
    for one, _ in objects(some):
        name = _name(one)
        if name and any(plain(name) == own for own in page.names[:4]) and "@type" not in one:
            found = read(page, one)
            if _weight(found) > _weight(best):
                state = best.get("state")
                best = found | {"state": found["state"] or state}
            elif best and not best["state"]:
                best["state"] = found["state"]
    return best


def listing(page, some):
    """The longest list of objects that each have a name, a price and an address, as product dicts."""
    lists, best = {}, []
    for one, path in objects(some):
        lists.setdefault(path, []).append(one)
    for group in sorted((group for group in lists.values() if len(group) > 1), key=len, reverse=True)[:60]:
        if len(group) <= len(best):
            break
        if not any(_name(one) for one in group[:3]):
            continue
        found = [read(page, one) for one in group[:400] if _name(one)]
        found = [one for one in found if one["price"] and one["url"] and one["image_urls"]]
        best = found if len(found) > len(best) and len(found) >= 0.5 * len(group) else best
    return best


def read(page, one):
    """What an object says of a product, by the names that shops give such facts. Returns a product dict."""
    code = next((currency(one[key]) for key in CURRENCIES if isinstance(one.get(key), str) and currency(one[key])), None)
    amount, full, found_code = None, None, None
    if not _is_in_cents(one):
        amount, full, found_code = _money(one, PRICES, IN_PRICE, code)
        full = full or _money(one, FULL_PRICES, IN_PRICE, code)[0]
    stars, number = _rated(one)
    brand = one.get("brand") or one.get("brandName") or one.get("vendor")
    return {"name": _name(one), "brand": clean(brand.get("name") if isinstance(brand, dict) else brand), "price": amount, "list_price": full if amount and full and full > amount else None,
            "currency": code or found_code, "rating": stars, "review_count": number, "url": next((one[key] for key in ADDRESSES if isinstance(one.get(key), str)), None),
            "image_urls": _pictures(one), "product_key": next((clean(one[key]) for key in KEYS if clean(one.get(key))), None), "state": _audience(one)}


def _weight(found):
    return sum(bool(found.get(key)) for key in ("price", "image_urls", "rating", "brand", "state", "product_key")) + 2 * bool(found.get("price"))


def _name(one):
    return next((clean(one[key]) for key in NAMES if isinstance(one.get(key), str) and clean(one[key]) and len(one[key]) < 300), None)


def _is_in_cents(one):
    """Shopify's own product object counts in cents; catalog.shops.shopify reads it."""
    return isinstance(one.get("variants"), list) and any(key in one for key in ("handle", "vendor", "compare_at_price", "gid"))


def _money(one, names, inner_names, code, deep=0):
    """(amount, former amount, code) from the first of the named values that holds an amount: a number, a text, or an object of such."""
    for key in names:
        value = one.get(key)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = value[0]
        if isinstance(value, dict) and deep < 3:
            code_here = next((currency(value[name]) for name in CURRENCIES if isinstance(value.get(name), str) and currency(value[name])), None) or code
            amount, _, found = _money(value, inner_names, inner_names, code_here, deep + 1)
            if amount and "centAmount" in value and amount == price(value["centAmount"]):
                amount = amount / 10 ** (machine_number(value.get("fractionDigits")) or 2)
            if amount:
                return amount, _money(value, IN_FULL, inner_names, code_here, deep + 1)[0], found or code_here
        elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
            signed = prices_in(value) if isinstance(value, str) else []
            amount = signed[0][0] if signed else price(value, code)
            if amount and (signed or not isinstance(value, str) or re.fullmatch(r"[\d.,\s]+", value)):
                return amount, None, signed[0][1] if signed else code
    return None, None, code


def _rated(one):
    """(rating, number of reviews) of an object or of the rating object inside it."""
    for part in (*(one[key] for key in RATED if isinstance(one.get(key), dict)), one):
        inner = part is not one
        stars = next((rating(part[key], 5) for key in STARS if (inner or "rating" in key.lower()) and isinstance(part.get(key), (str, int, float)) and rating(part[key], 5)), None)
        number = next((count(part[key]) for key in COUNTS if (inner or "re" in key.lower() and key != "count") and isinstance(part.get(key), (str, int, float)) and count(part[key])), None)
        if number:
            return stars, number
    return None, None


def _pictures(one):
    """Addresses of the object's images, first the first. Objects and lists are looked into two levels deep."""
    found, waiting = [], [(one[key], 0) for key in IMAGES if one.get(key)]
    while waiting and len(found) < 20:
        value, deep = waiting.pop(0)
        if isinstance(value, str) and (re.match(r"(?:https?:)?//|/", value) or re.search(r"\.(?:jpe?g|png|webp|avif)\b", value, re.I)) and len(value) < 2000:
            found.append(value)
        elif isinstance(value, list) and deep < 4:
            waiting += [(item, deep + 1) for item in value[:20]]
        elif isinstance(value, dict) and deep < 4:
            waiting += [(item, deep + 1) for key, item in value.items() if re.search(r"url|src|href|image|large|full|original|zoom|default|desktop|main|front", str(key), re.I)][:8]
    return list(dict.fromkeys(found))


def _audience(one):
    """Words of the keys that name for whom a product is, or None."""
    said = []
    for key, value in one.items():
        if AUDIENCE.match(str(key)):
            said += [str(text) for text in (value if isinstance(value, list) else [value])[:6] if isinstance(text, str)]
            said += [str(value["name"])] if isinstance(value, dict) and isinstance(value.get("name"), str) else []
    return " | ".join(said)[:300] or None
