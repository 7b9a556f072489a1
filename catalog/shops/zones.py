"""Parts of a page that are not about its own product or listing: menus, carts, recommendations."""

import re

from catalog.shops.page import around, marks, words

ELSEWHERE = re.compile(r"recommend|related|up-?sell|cross-?sell|(?:^|[\s_-])similar|recently|also[-_ ]?(?:like|viewed|bought)|you[-_ ]?may|complete[-_ ]?the|(?:mini|menu|shopping|header)[-_]?(?:cart|bag|basket)|"
                       r"(?:cart|bag|basket)[-_](?:item|drawer|total|summary|count|content|line)|mega-?menu|wish-?list|sponsored|trending|frequently|people[-_ ]also|suggestion|newsletter|"
                       r"installment|afterpay|klarna|affirm|financ", re.I)
HEADED_ELSEWHERE = re.compile(r"you (?:may|might)|also (?:like|viewed|bought)|recommended|related|similar|recently viewed|complete the look|customers (?:who|also)|trending|"
                              r"das könnte|ähnliche|kunden kauften|vous aimerez|similaires|te puede|también|potrebbe|misschien|vergelijkbare|popular right now|pairs well", re.I)
OUTSIDE = {"nav", "footer", "aside", "dialog"}


def is_elsewhere(tag):
    """Whether an element stands in a menu, a cart, or among recommendations."""
    for one in around(tag, 14):
        if one.name in OUTSIDE or ELSEWHERE.search(marks(one)):
            return True
        if one.name in ("section", "div", "aside"):
            heading = next((child for child in one.find_all(["h2", "h3", "h4"], recursive=False, limit=2)), None)
            if heading is not None and HEADED_ELSEWHERE.search(words(heading, 80) or ""):
                return True
    return False
