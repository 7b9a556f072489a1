"""Which of a page's pictures is the product's photo: a real one, in the largest size that the page names."""

import json
import re
from urllib.parse import unquote

PLACEHOLDERS = re.compile(r"no[-_]?(?:image|photo|img|pic(?:ture)?)(?![a-z])|placeholder|(?:^|[/_-])blank(?=[._-])|spacer|transparent\.|(?:^|[/_-])pixel[._]|1x1|loading\.|loader\.|"
                          r"default[-_]?(?:image|product|photo)|coming[-_ ]?soon|image[-_]?(?:not[-_]?available|unavailable|missing|placeholder)|missing[-_]?image|favicon|sprite|"
                          r"\.svg(?:$|[?#])|^data:|/(?:tr|collect|beacon|pixel)\?|facebook\.com/tr", re.I)
LOGO = re.compile(r"^(?:[\w.-]*[-_.])?logos?(?:[-_@.]?(?:\d+x?\d*|x|white|black|dark|light|small|large|social|og|header|footer|main|share|full|color|colour|rgb|new|v\d+))*\.\w{3,4}$", re.I)
WIDE = ("data-zoom-image", "data-zoom-src", "data-zoom", "data-large_image", "data-large-image", "data-old-hires", "data-hires", "data-full", "data-full-src", "data-image-large")
LATE = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-image", "src")
_SIZED = re.compile(r"[_-](?:\d{2,4}x\d{0,4}|x\d{2,4}|grande|large|medium|small|compact|thumb|pico|master)(?:_crop_\w+)?(?:@\dx)?(?=\.\w{3,5}$)|\._[A-Z0-9_,]{3,60}_(?=\.\w{3,4}$)", re.I)
_WIDTH = re.compile(r"[?&;,](?:width|w|wid|sw|imwidth|imw|mw|size|sz)[=_-](\d{2,5})(?!\d)|[_-](\d{2,5})x\d{0,5}(?:_crop_\w+)?(?:@\dx)?\.\w{3,5}$|\._[A-Z_]*?(?:SX|UX|UL|SL|SR|SS|UY|SY|AC_)(\d{2,5})", re.I)
MOST = 30


def real(address):
    """Whether an address may be a photo of a product."""
    text = unquote(str(address or ""))
    return bool(text) and not PLACEHOLDERS.search(text) and not LOGO.match(text.split("?")[0].rsplit("/", 1)[-1])


def usable(page, addresses):
    """Absolute addresses of real photos in order; of several sizes of one picture the largest, in the place of the first."""
    best = {}
    for address in addresses:
        whole = page.absolute(address) if real(address) else None
        if whole and real(whole):
            key = _picture(whole)
            if key not in best or _width(whole) > _width(best[key]):
                best[key] = whole
        if len(best) >= MOST:
            break
    return list(best.values())


def _picture(address):
    """What all sizes of one picture have in common. Query parts that name another picture (Scene7, H&M) are kept."""
    path, _, query = re.sub(r"^https?:", "", address).partition("?")
    return _SIZED.sub("", path), re.sub(r"(?:^|&)(?:v|width|w|wid|hei|height|h|sw|sh|sm|imwidth|quality|q|qlt|fmt|format|fm|auto|fit|crop|dpr|bg|op_sharpen|resmode|sfrm|strip)=[^&]*", "", query)


def _width(address):
    """The width an address names in pixels; an address that names none is the original, the largest."""
    found = _WIDTH.search(address)
    named = next((int(one) for one in found.groups() if one), None) if found else None
    return named or (600 if re.search(r"_(?:grande|large|medium|small|compact|thumb|pico)\.\w+$", address.split("?")[0]) else 100_000)


def from_srcset(text):
    """The address of the widest picture in a srcset, or None."""
    best, width, address = None, -1.0, None
    for piece in str(text or "")[:20_000].split():
        size = re.match(r"(\d+(?:\.\d+)?)[wx](?:,|$)", piece)
        rest = piece[size.end():] if size else piece
        if size and address:
            best, width = (address, float(size[1])) if float(size[1]) > width else (best, width)
            address = None
        if rest and (not size or rest != piece):
            best, width = (address, 0.0) if address and width < 0 else (best, width)
            address = rest.rstrip(",")
    return address if address and width < 0 else best


def of_image(tag):
    """The best address an <img> (or the <picture> around it) states, or None."""
    candidates = [tag.get(name) for name in WIDE] + [_dynamic(tag)] + [from_srcset(tag.get(name)) for name in ("data-srcset", "srcset", "data-lazy-srcset")]
    if tag.parent is not None and tag.parent.name == "picture":
        candidates += [from_srcset(source.get(name)) for source in tag.parent.find_all("source") for name in ("srcset", "data-srcset")]
    candidates += [tag.get(name) for name in LATE]
    return next((one.strip() for one in candidates if isinstance(one, str) and one.strip() and real(one.strip())), None)


def _dynamic(tag):
    """The largest of a map from address to [width, height], as some shops leave it on their main photo."""
    try:
        sizes = json.loads(tag.get("data-a-dynamic-image") or "{}")
        return max(sizes, key=lambda address: sizes[address][0]) if isinstance(sizes, dict) and sizes else None
    except (ValueError, TypeError, LookupError, RecursionError):
        return None


def is_small(tag):
    """Whether an image says itself that it is an icon or a pixel."""
    return any(re.fullmatch(r"\d{1,2}(?:px)?", str(tag.get(side) or "").strip()) for side in ("width", "height"))
