"""Magento / Adobe Commerce: amounts stand in data-price-amount beside data-price-type, stars as a percentage, large photos in the gallery's JSON."""

from catalog.shops import prices
from catalog.shops.numbers import price
from catalog.shops.page import words
from catalog.shops.state import objects


def product(page, states):
    """What a Magento product page states in its own block. Returns a product dict, {} on other pages."""
    block = page.tree.find(class_="product-info-main") or page.tree.find(class_="product-info-price")
    if block is None:
        return {}
    final, old = (next((price(tag["data-price-amount"]) for tag in block.find_all(attrs={"data-price-type": kind, "data-price-amount": True})
                        if price(tag["data-price-amount"])), None) for kind in ("finalPrice", "oldPrice"))
    code = block.find(attrs={"itemprop": "priceCurrency"})
    shown = prices.read(prices.priced(block, 6), page.here)
    sku = block.find(attrs={"itemprop": "sku"})
    photos = sorted((one for one, path in objects(states) if isinstance(one.get("full"), str) and isinstance(one.get("thumb"), str)), key=lambda one: not one.get("isMain"))
    return {"price": final, "list_price": old if old and final and old > final else None, "currency": (code.get("content") if code is not None else shown[2]) if final else None,
            "product_key": words(sku, 60) if sku is not None else None, "image_urls": [one["full"] for one in photos]}
