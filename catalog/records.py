"""Product dicts of many pages -> one record per product, each with an id that stays the same from crawl to crawl."""

import hashlib
import re
from urllib.parse import urlsplit


def product_id(record):
    """"shop:key": the key the shop states, or else one made of the product's address, or of its name and photo."""
    key = re.sub(r"\s+", "-", str(record.get("product_key") or "").strip())
    if not key:
        known = plain_address(record.get("url")) or f"{record.get('name')} {record.get('image_url')}"
        key = hashlib.sha256(known.encode()).hexdigest()[:12]
    return f"{record.get('shop') or 'shop'}:{key}"


def photo_urls(record, most):
    """The first `most` addresses of a product's photos, the main one first."""
    urls = [record.get("image_url"), *(record.get("image_urls") or [])]
    return list(dict.fromkeys(url for url in urls if isinstance(url, str) and url.startswith("http")))[:most]


def merged(found):
    """One record per product.

    found: iterable of (record, detailed): detailed ones come from a product's own page or a full list, the others are tiles of a listing.
    A tile fills what its product's own page left out, and stands alone, marked `partial`, only where that page was not seen.
    """
    detailed, tiles, own = {}, {}, {}
    for record, full in found:
        if not full:
            tiles.setdefault(plain_address(record.get("url")) or product_id(record), dict(record))
            continue
        kept = detailed.setdefault(product_id(record), dict(record))
        for url in (record.get("url"), record.get("source_url")):
            own.setdefault(plain_address(url), {})[product_id(record)] = kept
    alone = {}
    for address, tile in tiles.items():
        variants = list(own.get(address, {}).values())
        if len(variants) == 1:
            _fill(variants[0], tile)
        elif not variants and product_id(tile) not in detailed:
            alone[product_id(tile)] = tile | {"partial": True}
    return [record | {"product_id": key} for key, record in (detailed | alone).items()]


def _fill(record, tile):
    """Put into a record what only the tile states. List price and currency come with the price they belong to, or not at all."""
    same_price = record.get("price") in (None, tile.get("price"))
    for name, value in tile.items():
        if record.get(name) in (None, []) and (same_price or name not in ("price", "list_price", "currency")):
            record[name] = value


def plain_address(url):
    """A url without what changes from link to link: scheme, www, query parts of campaigns, and the fragment."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    query = "&".join(part for part in parts.query.split("&") if part and not re.match(r"(?:utm_|gclid|fbclid|ref=|_pos|_sid|_ss)", part))
    host = (parts.hostname or "").removeprefix("www.") + (f":{port}" if port else "")
    return f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")
