"""WooCommerce: variations lie as JSON in the add-to-cart form, large photos in the gallery; the first price of a page is often the empty cart's."""

import json

from catalog.shops.numbers import currency, price
from catalog.shops.photos import from_srcset


def product(page):
    """What a WooCommerce product page states beyond its markup: lowest variation, gallery photos. Returns a product dict, or None on other pages."""
    block = page.tree.find(class_=lambda kind: kind and "type-product" in kind.split()) or page.tree.find(class_="single-product")
    if block is None or page.tree.find(class_="woocommerce-product-gallery") is None and block.find(class_="variations_form") is None:
        return None
    sign = block.find(class_="woocommerce-Price-currencySymbol")
    amount, full = _lowest(block.find(class_="variations_form"))
    photos = []
    for image in block.select(".woocommerce-product-gallery img"):
        link = image.find_parent("a", href=True)
        photos += [one for one in (image.get("data-large_image"), link["href"] if link is not None else None, from_srcset(image.get("srcset")), image.get("src")) if one][:1]
    return {"price": amount, "list_price": full, "currency": currency(sign.get_text(strip=True)) if amount and sign is not None else None, "image_urls": photos}


def _lowest(form):
    """(price, former price) of the cheapest variation, or (None, None)."""
    try:
        variations = json.loads(form.get("data-product_variations") or "[]") if form is not None else []
    except ValueError:
        variations = []
    found = [(price(one.get("display_price")), price(one.get("display_regular_price"))) for one in variations if isinstance(one, dict) and price(one.get("display_price"))] \
        if isinstance(variations, list) else []
    amount, full = min(found, default=(None, None), key=lambda pair: pair[0])
    return amount, full if full and amount and full > amount else None
