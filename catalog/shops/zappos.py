"""Zappos: listings put a product's words into one label, "BL585. By Blundstone. $239.95. Style: Rustic Brown. Rated 4.6 out of 5 stars."

Listings were seen; product pages were only reconstructed and are unverified: they are read by the general modules.
"""

import re

from catalog.shops.numbers import prices_in, written_number
from catalog.shops.page import clean

_LABEL = re.compile(r"^(?P<name>.{2,120}?)\. By (?P<brand>.{2,80}?)\. (?P<rest>.*)$", re.S)


def tile(scope):
    """What the label of a tile says. scope: the tile's element. Returns a product dict, or {} where there is no such label."""
    for tag in [scope, *scope.find_all(attrs={"aria-label": True})]:
        found = _LABEL.match(str(tag.get("aria-label") or ""))
        if not found:
            continue
        amounts = [one for one in prices_in(found["rest"]) if one[0] > 0]
        style = re.search(r"Style: ([^.]{2,60})\.", found["rest"])
        stars = re.search(r"Rated (\d(?:\.\d+)?) out of 5", found["rest"])
        current = min(amounts, default=None)
        former = max(amounts, default=None)
        return {"name": clean(found["name"]), "brand": clean(found["brand"]), "price": current[0] if current else None, "currency": current[1] if current else None,
                "list_price": former[0] if current and former[0] > current[0] else None, "colours": clean(style[1]) if style else None,
                "rating": written_number(stars[1]) if stars else None, "review_count": None}
    return {}
