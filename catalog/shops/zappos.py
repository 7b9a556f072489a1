"""Zappos: listings put a product's words into one label, "BL585. By Blundstone. $239.95. Style: Rustic Brown. Rated 4.6 out of 5 stars."

Unverified: only listings' labels were seen in other people's notes; product pages were reconstructed and are read by the general modules.
"""

import re

from catalog.shops import prices
from catalog.shops.numbers import rating
from catalog.shops.page import clean

_LABEL = re.compile(r"(?P<name>.{2,160}?)\. By (?P<brand>.{2,80}?)\. (?P<rest>.{0,400})", re.S)


def label(tile):
    """What the label of a tile says. tile: its element. Returns a product dict, {} where there is no such label."""
    for tag in [tile, *tile.find_all(attrs={"aria-label": True}, limit=20)]:
        found = _LABEL.match(str(tag.get("aria-label") or "")[:700])
        if found:
            amount, full, code = prices.told(found["rest"])
            style = re.search(r"Style: ([^.]{2,60})\.", found["rest"])
            stars = re.search(r"Rated (\d(?:\.\d+)?) out of 5", found["rest"])
            return {"name": clean(found["name"]), "brand": clean(found["brand"]), "price": amount, "list_price": full, "currency": code,
                    "colours": [clean(style[1])] if style else [], "rating": rating(stars[1]) if stars else None}
    return {}
