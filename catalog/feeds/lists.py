"""JSON feeds -> rows: Shopify's product list, and any list of objects."""

import json

from catalog.feeds.tables import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from fashflix.errors import FeedError

SHOPIFY = ("handle", "variants", "title")
COLOUR_OPTIONS = ("color", "colour", "farbe", "couleur", "colore")


def read_list(text):
    """Rows of a JSON feed. Returns (columns, list of (number, {column: text}), kind, notes). Raises FeedError."""
    try:
        value = json.loads(text, parse_constant=lambda name: None)
    except (ValueError, RecursionError) as error:
        value = _json_lines(text)
        if value is None:
            raise FeedError(f"The file looks like JSON but is damaged: {error}. Write it anew, or send the products as CSV.") from error
    some = _longest_list(value)
    if not some:
        raise FeedError("The JSON file holds no list of products. Send a list of objects, or Shopify's products.json.")
    is_shopify = all(name in some[0] for name in SHOPIFY)
    rows = [row for one in some[:MOST_ROWS] for row in (_shopify(one) if is_shopify else [_flat(one)])]
    columns = list(dict.fromkeys(column for row in rows for column in row))[:MOST_COLUMNS]
    notes = [f"The file has {len(some):,} products; only the first {MOST_ROWS:,} are read."] if len(some) > MOST_ROWS else []
    return columns, [(number, row) for number, row in enumerate(rows, start=1) if row], "Shopify JSON" if is_shopify else "JSON", notes


def _json_lines(text):
    try:
        return [json.loads(line, parse_constant=lambda name: None) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def _longest_list(value):
    """The longest list of objects: the file itself, or what one of its keys holds."""
    lists = [value] if isinstance(value, list) else [*value.values()] if isinstance(value, dict) else []
    return max(([one for one in some if isinstance(one, dict)] for some in lists if isinstance(some, list)), key=len, default=[])


def _shopify(one):
    """A Shopify product as one row per colour, or as one row when it has no colours."""
    variants = [variant for variant in one.get("variants") or [] if isinstance(variant, dict)]
    images = [image for image in one.get("images") or [] if isinstance(image, dict) and image.get("src")]
    place = _colour_place(one.get("options"))
    kinds = {}
    for variant in variants or [{}]:
        kinds.setdefault(variant.get(f"option{place}") if place else None, []).append(variant)
    rows = []
    for colour, some in kinds.items():
        cheapest = min(some, key=lambda variant: _amount(variant.get("price")))
        own = [image for image in images if set(image.get("variant_ids") or []) & {variant.get("id") for variant in some}]
        row = {"id": f"{one.get('id')}-{colour}" if len(kinds) > 1 else one.get("id"), "title": one.get("title"),
               "vendor": one.get("vendor"), "product_type": one.get("product_type"), "tags": one.get("tags"),
               "handle": one.get("handle") and f"/products/{one['handle']}", "price": cheapest.get("price"),
               "compare_at_price": cheapest.get("compare_at_price"), "colour": colour, "image": (own or images or [{}])[0].get("src"),
               "images": [image["src"] for image in own or images], "product": one.get("id"), "availability": _availability(some)}
        rows.append(_flat(row))
    return rows


def _colour_place(options):
    for place, option in enumerate(options or [], start=1):
        name = option.get("name") if isinstance(option, dict) else option
        if str(name).strip().lower() in COLOUR_OPTIONS:
            return place
    return None


def _amount(price):
    try:
        return float(price)
    except (TypeError, ValueError):
        return float("inf")


def _availability(variants):
    """What the variants say about being in stock; None when they say nothing."""
    stated = [variant["available"] for variant in variants if isinstance(variant.get("available"), bool)]
    return ("in stock" if any(stated) else "out of stock") if stated else None


def _flat(one, prefix=""):
    """An object as {column: text}: inner objects as "outer.inner", lists of plain values joined by "|"."""
    row = {}
    for name, value in one.items():
        column = f"{prefix}{name}"[:100]
        if isinstance(value, dict) and prefix.count(".") < 3:
            row |= _flat(value, f"{column}.")
        elif isinstance(value, list):
            plain = [str(part) for part in value if isinstance(part, (str, int, float)) and str(part).strip()]
            if plain:
                row[column] = "|".join(plain)[:LONGEST_CELL]
        elif isinstance(value, (str, int, float)) and str(value).strip():
            row[column] = str(value).strip()[:LONGEST_CELL]
    return row
