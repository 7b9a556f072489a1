"""A product in a shopper's words, as plain text for the deck and the gallery."""

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥"}
SAMPLE_TAG = "Sample product"
SAMPLE_NOTE = "Sample product; photo, price and rating are generated."


def card(product, **extra):
    """What a component needs to draw a product. product: catalogue.Product. extra: further fields. Returns a JSON-able dict.

    Absent data stays absent: no price, no price line.
    """
    photos = product.image_files
    fields = {
        "id": product.product_id,
        "name": product.name,
        "photo": photos[0],
        "other": photos[1] if len(photos) > 1 else None,
        "price": money(product.price, product.currency),
        "was": money(product.list_price, product.currency) if _reduced(product) else None,
        "rating": stars(product.rating, product.review_count),
        "tag": SAMPLE_TAG if product.is_sample else None,
        "note": SAMPLE_NOTE if product.is_sample else None,
        "url": product.url if str(product.url or "").startswith(("https://", "http://")) else None,
        **extra,
    }
    return {name: value for name, value in fields.items() if value is not None}


def money(amount, currency):
    """A price as people write it, such as "$24.50" or "24.50 CHF"; None when there is no price."""
    if amount is None:
        return None
    plain = f"{amount:,.2f}"
    if currency in SYMBOLS:
        return SYMBOLS[currency] + plain
    return f"{plain} {currency}" if currency else plain


def stars(rating, review_count):
    """A rating as people write it, such as "★ 4.3 (128)"; None when there is no rating."""
    if rating is None:
        return None
    return f"★ {rating:.1f} ({review_count:,})" if review_count else f"★ {rating:.1f}"


def _reduced(product):
    return product.price is not None and product.list_price is not None and product.list_price > product.price
