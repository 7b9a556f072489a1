"""Product dicts of many pages -> one record per product, each with an id that stays the same from crawl to crawl."""

import hashlib
import re
from urllib.parse import urlsplit


def product_id(record):
    """"shop:key": the key the shop states, or else one made of the product's address, or of its name and photo."""
    key = re.sub(r"\s+", "-", str(record.get("product_key") or "").strip())
    if not key:
        known = _address(record.get("url")) or f"{record.get('name')} {record.get('image_url')}"
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
        address = _address(record.get("url"))
        if full:
            own.setdefault(address, []).append(detailed.setdefault(product_id(record), dict(record)))
            own.setdefault(_address(record.get("source_url")), []).append(detailed[product_id(record)])
        else:
            tiles.setdefault(address or product_id(record), dict(record))
    alone = {}
    for address, tile in tiles.items():
        variants = {id(record): record for record in own.get(address, [])}
        for record in variants.values():
            if len(variants) == 1:
                record.update({name: value for name, value in tile.items() if record.get(name) in (None, [])
                               and name not in ("list_price", "currency") or _belongs_to_price(name, record, tile)})
        if not variants and product_id(tile) not in detailed:
            alone[product_id(tile)] = tile | {"partial": True}
    return [record | {"product_id": key} for key, record in (detailed | alone).items()]


def _belongs_to_price(name, record, tile):
    """List price and currency are taken from a tile only with, or for, the price they belong to."""
    return (name in ("list_price", "currency") and record.get(name) is None
            and (record.get("price") is None or record.get("price") == tile.get("price")))


def _address(url):
    """A url without what changes from link to link: scheme, www, query parts of campaigns, and the fragment."""
    if not url:
        return None
    parts = urlsplit(url)
    query = "&".join(part for part in parts.query.split("&") if part and not re.match(r"(?:utm_|gclid|fbclid|ref=|_pos|_sid|_ss)", part))
    host = (parts.hostname or "").removeprefix("www.") + (f":{parts.port}" if parts.port else "")
    return f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")
