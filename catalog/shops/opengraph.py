"""OpenGraph and the product meta tags of Facebook, Pinterest and Twitter."""

import re

from catalog.shops.numbers import currency, price, prices_in
from catalog.shops.schema import availability

SALE = ("product:sale_price:amount",)
PRICES = ("product:price:amount", "og:price:amount", "og:product:price:amount", "product:price", "price")
FULL = ("product:original_price:amount", "og:price:standard_amount", "og:original_price:amount", "product:price:standard_amount")
CURRENCIES = ("product:sale_price:currency", "product:price:currency", "og:price:currency", "og:product:price:currency", "pricecurrency", "product:original_price:currency")
NOT_ONE = re.compile(r"group|collection|category|list", re.I)


def product(page):
    """What meta tags state, as a product dict; is_product says whether the page calls itself one."""
    code = currency(page.first(*CURRENCIES))
    amounts = {name: next((price(page.first(key), code) for key in keys if price(page.first(key), code)), None)
               for name, keys in (("sale", SALE), ("price", PRICES), ("full", FULL))}
    label = _labelled(page, code)
    amount = amounts["sale"] or amounts["price"] or label[0]
    full = max((one for one in (amounts["full"], amounts["price"]) if one and amount and one > amount), default=None)
    kind = page.first("og:type") or ""
    return {
        "name": page.first("og:title", "twitter:title"), "brand": page.first("product:brand", "og:brand"), "price": amount, "list_price": full,
        "currency": (code or label[1]) if amount else None, "url": page.first("og:url"),
        "image_urls": [one for key in ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src") for one in page.meta.get(key, [])],
        "audience": page.first("product:target_gender", "product:gender", "og:gender"), "category": page.first("product:category"),
        "product_key": page.first("product:retailer_item_id", "product:sku"), "availability": availability(page.first("product:availability", "og:availability")),
        "colours": page.meta.get("product:color", []), "is_product": "product" in kind.lower() and not NOT_ONE.search(kind),
    }


def _labelled(page, code):
    """(amount, currency) of Twitter's label "Price", or Nones."""
    for at in ("1", "2"):
        if re.search(r"pri[cx]|preis|precio|prezzo|prijs", page.first(f"twitter:label{at}") or "", re.I):
            return next(((amount, found) for amount, found, _ in prices_in(page.first(f"twitter:data{at}") or "", code or page.here) if amount > 0), (None, None))
    return None, None
