"""Shopify: /products.json and /products/NAME.json, the shop's own list of what it sells."""

import json
import re

from catalog.shops.jsonld import listed
from catalog.shops.numbers import price
from catalog.shops.page import clean


def products(page):
    """Products of a Shopify JSON answer, one per product, the lowest price of its variants. None for any other page."""
    if not page.text.lstrip().startswith("{") or not re.search(r"\"(?:products|product)\"\s*:", page.text[:2000]):
        return None
    try:
        value = json.loads(page.text)
    except ValueError:
        return None
    some = listed(value.get("products") or value.get("product"))
    return [_product(one, page) for one in some if isinstance(one, dict) and isinstance(one.get("title"), str) and clean(one["title"])]


def _product(one, page):
    variants = [variant for variant in listed(one.get("variants")) if isinstance(variant, dict)]
    priced = [(price(variant.get("price")), price(variant.get("compare_at_price"))) for variant in variants if price(variant.get("price"))]
    amount, full = min(priced, default=(None, None), key=lambda pair: pair[0])
    tags = one.get("tags")
    return {"name": clean(one["title"]), "brand": clean(one.get("vendor")), "price": amount, "list_price": full if full and amount and full > amount else None,
            "currency": None, "rating": None, "review_count": None, "url": f"/products/{one['handle']}" if one.get("handle") else None,
            "image_urls": [image.get("src") for image in listed(one.get("images")) if isinstance(image, dict) and image.get("src")],
            "category": clean(one.get("product_type")), "product_key": str(one["id"]) if one.get("id") else None, "group_key": str(one["id"]) if one.get("id") else None,
            "availability": None if not variants else "in stock" if any(variant.get("available", True) for variant in variants) else "out of stock",
            "audience": " ".join(map(str, tags)) if isinstance(tags, list) else str(tags or ""), "colours": None}
