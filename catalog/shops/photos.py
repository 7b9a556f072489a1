"""Which of a page's pictures is the product's photo: a real one, the largest."""

import re

PLACEHOLDERS = re.compile(r"no[-_]?(?:image|photo|img)|placeholder|blank\.|spacer|transparent\.|pixel\.|1x1|loading\.|default[-_]?(?:image|product)|coming[-_ ]?soon|"
                          r"image[-_]?not[-_]?available|missing[-_]?image|logo|favicon|sprite|\.svg(?:\?|$)|data:", re.I)


def real(address):
    """Whether an address may be a photo of a product."""
    return bool(address) and not PLACEHOLDERS.search(str(address))


def usable(page, addresses):
    """Absolute addresses of real photos, in order, each once."""
    whole = [page.absolute(one) for one in addresses if real(one)]
    return list(dict.fromkeys(one for one in whole if one and real(one)))


def from_srcset(text):
    """The address of the widest picture in a srcset, or None."""
    best, width = None, -1.0
    for part in re.split(r",\s+(?=\S)", str(text or "")):
        pieces = part.strip().rstrip(",").split()
        if pieces:
            stated = re.fullmatch(r"(\d+(?:\.\d+)?)[wx]", pieces[-1]) if len(pieces) > 1 else None
            size = float(stated[1]) if stated else 0.0
            if size > width:
                best, width = pieces[0], size
    return best


def of_image(tag):
    """The best address an <img> (or a <picture> around it) states, or None."""
    candidates = [from_srcset(tag.get(name)) for name in ("data-srcset", "srcset")]
    candidates += [tag.get(name) for name in ("data-zoom-image", "data-large_image", "data-old-hires", "data-src", "data-original", "data-lazy-src", "src")]
    picture = tag.parent if tag.parent is not None and tag.parent.name == "picture" else None
    if picture is not None:
        candidates += [from_srcset(source.get("srcset") or source.get("data-srcset")) for source in picture.find_all("source")]
    return next((one for one in candidates if one and real(one)), None)
