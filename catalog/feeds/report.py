"""Every row's fate as one JSON value, before anything is written."""

from collections import Counter

NO_PHOTOS = ("No column holds photos, and a product without a photo cannot be shown. Choose the column with their addresses, or ask the "
             "vendor for one; a shop's own pages can be visited with python -m catalog.crawl.")
HIDDEN = ("image_urls", "shop", "product_key")
COUNTED = ("price", "currency", "rating", "gender", "url", "category", "colours", "brand")


def report_on(feed, mapping, rows, most=None):
    """What would become of a feed.

    rows: list of catalog.feeds.products.Row. most: at most so many rows in `details`.
    Returns a dict for JSON: counts, how many usable rows lack which value, the reasons to leave rows out by frequency, and `details`, one
    entry for each row that is left out or has a remark, in the file's order.
    """
    used = [row for row in rows if row.left_out is None]
    details = [{"row": row.number, "product_id": row.product["product_id"], "name": row.product["name"], "used": row.left_out is None,
                "remarks": [*([f"left out: {row.left_out}"] if row.left_out else []), *row.remarks]}
               for row in rows if row.left_out or row.remarks]
    return {
        "file": feed.name, "kind": feed.kind, "encoding": feed.encoding, "notes": list(feed.notes), "mapping": mapping,
        "rows": len(rows), "usable": len(used), "left_out": len(rows) - len(used), "with_remarks": sum(bool(row.remarks) for row in used),
        "photos": len({row.product["image_url"] for row in used if row.product["image_url"]}),
        "out_of_stock": sum(row.product["availability"] == "out of stock" for row in used),
        "missing": {field: sum(row.product[field] in (None, []) for row in used) for field in COUNTED},
        "hint": None if mapping.keys() & {"image_url", "image_urls"} else NO_PHOTOS,
        "reasons": dict(Counter(_kind(row.left_out) for row in rows if row.left_out).most_common()),
        "details": details[:most], "details_left_out": max(0, len(details) - most) if most is not None else 0,
        "first": [shown(row.product) for row in used[:5]],
    }


def shown(product):
    """A product without what is empty, for a preview."""
    return {name: value for name, value in product.items() if value not in (None, [], "") and name not in HIDDEN}


def _kind(reason):
    """A reason without what differs from row to row."""
    return "its product number appears twice" if reason.startswith("its product number") else reason
