"""WooCommerce: variations lie as JSON in the add-to-cart form, full photos behind the gallery, the first price of a page is often the empty cart's."""

import json

from catalog.shops import prices
from catalog.shops.numbers import currency, price
from catalog.shops.page import words


def product(page):
    """What a WooCommerce product page states beyond its markup. Returns a product dict, {} on other pages. Of variations the lowest price."""
    gallery = page.tree.find(class_="woocommerce-product-gallery")
    form = page.tree.find("form", class_="variations_form")
    block = page.tree.find(class_="summary") or (form.parent if form is not None else None)
    body = " ".join((page.tree.body or {}).get("class") or [])
    if (gallery is None and form is None) or not ("type-product" in page.text or "single-product" in body):
        return {}
    amount, full, code = _lowest(page, form)
    shown = next((tag for tag in (block.find_all(["p", "span", "div"], class_="price", limit=3) if block is not None else []) if tag.name == "p" or tag.find(class_="amount")), None)
    if shown is not None and not amount:
        amount, full, code = prices.read([shown], page.here)
    sku = page.tree.find(class_="sku")
    stated = words(sku, 60) if sku is not None else None
    return {"price": amount, "list_price": full, "currency": code, "image_urls": _photos(gallery), "product_key": stated if stated and stated.lower() != "n/a" else None}


def _photos(gallery):
    found = []
    for image in gallery.find_all("img", limit=30) if gallery is not None else []:
        link = image.find_parent("a", href=True)
        found += [one for one in (image.get("data-large_image"), link["href"] if link is not None else None, image.get("data-src"), image.get("src")) if one][:1]
    return found


def _lowest(page, form):
    """(price, former price, code) of the cheapest variation, or Nones."""
    try:
        variations = json.loads(form.get("data-product_variations") or "[]") if form is not None else []
    except (ValueError, RecursionError):
        variations = []
    found = [(price(one.get("display_price")), price(one.get("display_regular_price"))) for one in (variations if isinstance(variations, list) else [])
             if isinstance(one, dict) and price(one.get("display_price"))]
    amount, full = min(found, default=(None, None), key=lambda pair: pair[0])
    sign = page.tree.find(class_="woocommerce-Price-currencySymbol")
    shown = prices.told(f"{words(sign, 10)}1", page.here)[2] if sign is not None else None
    return amount, full if full and amount and full > amount else None, (shown or currency(words(sign, 10))) if amount and sign is not None else None
