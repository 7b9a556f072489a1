"""The address of a photo -> addresses of the same photo about 640 pixels wide, as far as the address itself tells how to ask for a size.

Nothing is certain before it is fetched: a caller tries the addresses in order, and the one that the page stated comes last.
"""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from catalog.images import usable_photo
from fashflix.errors import FetchError, PhotoError, ShopBlocked, ShopUnavailable

WIDTH = 640
WIDTHS = ("width", "w", "wid", "imwidth", "imgwidth", "sw", "maxwidth", "max-w", "max-width")
HEIGHTS = {"width": "height", "w": "h", "wid": "hei", "imwidth": "imheight", "imgwidth": "imgheight", "sw": "sh", "maxwidth": "maxheight",
           "max-w": "max-h", "max-width": "max-height"}
SHOPIFY_SIZE = re.compile(r"_(?:pico|icon|thumb|small|compact|medium|large|grande|original|master|\d+x\d*|x\d+)(?:_crop_\w+)?(?:@[23]x)?"
                          r"(?=(?:\.progressive)?\.\w+$)")
AMAZON_SIZE = re.compile(r"\._[A-Z]{2}[A-Z0-9_,]*_(?=\.\w+$)")


def variants(url, srcset="", width=WIDTH):
    """Addresses to try for one photo.

    url: absolute. srcset: of the same photo, as HTML writes it, or "". width: pixels wanted.
    Returns a list of str, best first, the given url last, each once.
    """
    wanted = [_from_srcset(srcset, width)] if srcset else [_sized(url, width)]
    return list(dict.fromkeys(one for one in (*wanted, url) if one))


def fetch_photo(urls, get):
    """The first of some photos that is one.

    urls: addresses of photos, each of which is tried in its best size first. get: url -> bytes, or raises FetchError.
    Returns bytes that open as a photo. Raises PhotoError with the reason of the last try.
    """
    reason = "no address of a photo is given"
    for url in urls:
        for one in variants(url):
            try:
                return usable_photo(get(one))
            except (ShopBlocked, ShopUnavailable) as error:         # never a second try at a wall
                raise PhotoError(str(error)) from error
            except (FetchError, PhotoError) as error:
                reason = str(error)
    raise PhotoError(reason)


def _sized(url, width):
    """The address that asks for so many pixels, or None when this one has no such place."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host, path = (parts.hostname or "").lower(), parts.path
    if host == "cdn.shopify.com" or "/cdn/shop/" in path:
        query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name not in ("width", "height", "crop")])
        sized = re.sub(r"((?:\.progressive)?\.\w+)$", rf"_{width}x\1", SHOPIFY_SIZE.sub("", path))
        return parts._replace(path=sized, query=query).geturl() if sized != path or query != parts.query else None
    if host.endswith(("media-amazon.com", "ssl-images-amazon.com")) and AMAZON_SIZE.search(path):
        return parts._replace(path=AMAZON_SIZE.sub(f"._AC_UX{width}_", path)).geturl()
    if re.search(r"/upload/(?:[^/]*,)?w_\d+", path):
        return parts._replace(path=_cloudinary(path, width)).geturl()
    if "/wp-content/uploads/" in path and re.search(r"-\d+x\d+\.\w+$", path):
        return parts._replace(path=re.sub(r"-\d+x\d+(?=\.\w+$)", "", path)).geturl()        # WordPress: the photo as it was uploaded
    return _with_query(parts, width)


def _with_query(parts, width):
    """Widths in the query, such as ?width=200&height=300, set to the one wanted; heights follow in proportion."""
    values = dict(parse_qsl(parts.query, keep_blank_values=True))
    names = {name.lower(): name for name in values}
    found = next((names[one] for one in WIDTHS if one in names and values[names[one]].isdigit() and int(values[names[one]]) > 0), None)
    if not found:
        return None
    height = names.get(HEIGHTS[found.lower()])
    new = {found: str(width)}
    if height and values[height].isdigit():
        new[height] = str(round(int(values[height]) * width / int(values[found])))
    query = "&".join(f"{name}={new[unquote(name)]}" if unquote(name) in new else piece for piece in parts.query.split("&")
                     for name in [piece.partition("=")[0]])
    return parts._replace(query=query).geturl()


def _cloudinary(path, width):
    before = int(re.search(r"/upload/(?:[^/]*,)?w_(\d+)", path)[1]) or width
    path = re.sub(r"(?<=[/,])h_(\d+)", lambda found: f"h_{round(int(found[1]) * width / before)}", path, count=1)
    return re.sub(r"(?<=[/,])w_\d+", f"w_{width}", path, count=1)


def _from_srcset(srcset, width):
    """The narrowest picture of a srcset that is wide enough, or its widest; None when it states no widths."""
    stated = [(int(found[2]), found[1]) for found in re.finditer(r"(\S+)\s+(\d+)w\s*(?:,|$)", srcset)]
    enough = [pair for pair in stated if pair[0] >= width]
    return min(enough)[1] if enough else max(stated, default=(0, None))[1]
