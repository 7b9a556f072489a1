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


def detail(product):
    """All that is known of a product, for its details: the card's fields, all photos, and what else is stated."""
    stated = (("Brand", product.brand), ("For", product.gender), ("Type", product.category), ("Colour", ", ".join(product.colours)),
              ("Pattern", product.pattern), ("Details", ", ".join(product.attributes)), ("Sold by", product.shop if product.url else None))
    reviews = f"{product.review_count:,} review{'s' * (product.review_count != 1)}" if product.review_count else None
    return card(product, photos=list(product.image_files), facts=[[label, str(value)] for label, value in stated if value],
                stars=None if product.rating is None else stars(product.rating, None), reviews=reviews,
                gone="No longer sold" if product.status == "gone" else None)


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
