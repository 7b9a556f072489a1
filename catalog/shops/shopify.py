"""Shopify: /products.json and /products/NAME.json (prices as text), and the product object in its pages (prices in cents)."""

import json
import re

from catalog.shops.numbers import currency, price
from catalog.shops.page import clean, path_of, plain
from catalog.shops.schema import listed
from catalog.shops.state import objects

_ACTIVE = re.compile(r"Shopify\.currency\s*=\s*\{\s*[\"']active[\"']\s*:\s*[\"']([A-Z]{3})[\"']")
COLOUR_OPTION = re.compile(r"colou?r|farbe|couleur|color|kleur|colore|färg", re.I)


def answer(page):
    """Products of a Shopify JSON answer, one per product. None for anything else. The answer names no currency, so there is none."""
    text = page.text.lstrip()
    if not text.startswith("{") or not re.match(r"\{\s*\"products?\"\s*:\s*[\[{]", text):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    some = listed(value.get("products") or value.get("product"))
    return [_product(one, 1) for one in some if isinstance(one, dict) and isinstance(one.get("title"), str) and clean(one["title"])]


def product(page, states):
    """The product object in a Shopify page, prices in cents. {} where there is none of the page's own."""
    if "shopify" not in page.text[:3_000_000].lower():
        return {}
    best, handle = {}, path_of(page.own_address or page.url).rsplit("/", 1)[-1]
    for one, _ in objects(states):
        variants = one.get("variants")
        if not isinstance(variants, list) or not any(isinstance(each, dict) and isinstance(each.get("price"), int) for each in variants[:1]):
            continue
        name = clean(one.get("title")) or _common_name(page, variants)
        own = (isinstance(one.get("handle"), str) and one["handle"] == handle) or (name and plain(name) in page.names[:4])
        if own and name:
            found = _product(one | {"title": name}, 100)
            best = found if not best else best | {key: found[key] for key, value in best.items() if value in (None, []) and found.get(key)}
    active = _ACTIVE.search(page.text)
    return best | {"currency": currency(active[1]) if active else page.currency, "url": None} if best else {}


def _common_name(page, variants):
    """The page's own name where every variant's begins with it: analytics objects state variants only."""
    named = [plain(one.get("name")) for one in variants if isinstance(one, dict)]
    heading = next((clean(tag.get_text(" ")) for tag in page.headings[:2] if named and all(name.startswith(plain(tag.get_text(" "))) for name in named)), None)
    return heading


def _product(one, cents):
    """One of Shopify's product objects as a product dict: the lowest price of its variants. cents: what its prices are counted in."""
    variants = [variant for variant in listed(one.get("variants")) if isinstance(variant, dict)]
    priced = [(price(variant.get("price")), price(variant.get("compare_at_price")) or price(one.get("compare_at_price"))) for variant in variants if price(variant.get("price"))]
    amount, full = min(priced, default=(None, None), key=lambda pair: pair[0])
    images = [image.get("src") if isinstance(image, dict) else image for image in [*listed(one.get("images")), one.get("image"), one.get("featured_image")] if image]
    said = [variant.get("available") for variant in variants if isinstance(variant.get("available"), bool)]
    tags = one.get("tags")
    handle = one.get("handle") if isinstance(one.get("handle"), str) else None
    return {"name": clean(one.get("title")), "brand": clean(one.get("vendor")), "price": amount / cents if amount else None,
            "list_price": full / cents if full and amount and full > amount else None, "currency": None, "rating": None, "review_count": None,
            "url": f"/products/{handle}" if handle else None, "image_urls": [image for image in images if isinstance(image, str)],
            "category": clean(one.get("product_type") or one.get("type")), "product_key": clean(one.get("id")), "group_key": clean(one.get("id")),
            "availability": ("in stock" if any(said) else "out of stock") if said else None, "colours": _colours(one, variants),
            "state": " | ".join(map(str, tags))[:600] if isinstance(tags, list) else clean(tags)}


def _colours(one, variants):
    """Values of the option that names colours, in order, each once."""
    for at, option in enumerate(listed(one.get("options"))[:3]):
        if COLOUR_OPTION.search(str(option.get("name") if isinstance(option, dict) else option)):
            return list(dict.fromkeys(clean(variant.get(f"option{at + 1}")) for variant in variants if clean(variant.get(f"option{at + 1}"))))[:12]
    return []
