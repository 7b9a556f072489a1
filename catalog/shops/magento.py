"""Magento / Adobe Commerce: prices stand in data-price-amount beside data-price-type, in the product's own block."""

from catalog.shops.numbers import currency, price
from catalog.shops.page import clean


def product(page):
    """What a Magento product page states in its price box. Returns a product dict, or None on other pages."""
    block = page.tree.find(class_="product-info-main") or page.tree.find(class_="product-info-price")
    if block is None:
        return None
    final, old = (next((price(tag["data-price-amount"]) for tag in block.find_all(attrs={"data-price-type": kind, "data-price-amount": True})
                        if price(tag["data-price-amount"])), None) for kind in ("finalPrice", "oldPrice"))
    if final is None:
        return None
    code = block.find(attrs={"itemprop": "priceCurrency"})
    sku = block.find(attrs={"itemprop": "sku"})
    return {"price": final, "list_price": old if old and old > final else None, "currency": currency(code.get("content")) if code is not None else None,
            "product_key": clean(sku.get_text()) if sku is not None else None}
