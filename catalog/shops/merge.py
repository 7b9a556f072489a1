"""One product from several sources of different trust: what the first states stands, later ones fill gaps."""

KEYS = ("name", "brand", "price", "list_price", "currency", "rating", "review_count", "url", "image_url", "image_urls", "gender", "category", "colours",
        "product_key", "group_key", "availability")
TOGETHER = ("price", "list_price", "currency")      # an amount keeps the currency of its own source


def merged(sources):
    """sources: product dicts, most trusted first. Returns one product dict with all KEYS."""
    result = {key: None for key in KEYS} | {"image_urls": []}
    for source in sources:
        if not source:
            continue
        if result["price"] is None and source.get("price") is not None:
            result.update({key: source.get(key) for key in TOGETHER})
        elif result["price"] == source.get("price") is not None:
            result["currency"] = result["currency"] or source.get("currency")
            result["list_price"] = result["list_price"] or source.get("list_price")
        if result["rating"] is None and result["review_count"] is None:
            result["rating"], result["review_count"] = source.get("rating"), source.get("review_count")
        elif source.get("rating") and result["rating"] is None and source.get("review_count") in (None, result["review_count"]):
            result["rating"] = source["rating"]
        for key in ("name", "brand", "url", "category", "colours", "product_key", "group_key", "availability"):
            result[key] = result[key] or source.get(key)
        result["image_urls"] += [one for one in source.get("image_urls") or [] if one not in result["image_urls"]]
    return result
