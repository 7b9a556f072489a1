"""Gap Inc. (Gap, Banana Republic, Old Navy, Athleta): data in flight chunks is read by catalog.shops.state; ratings of 0 mean unrated.

The product page was seen as saved from Banana Republic in 2026. gap.com's own page was reconstructed after it: unverified.
"""

import re


def product(page):
    """What only Gap's own state says: web_product_type names women or men. Returns a product dict, or None on other shops' pages."""
    if not re.search(r"//(?:www\.)?(?:gap|bananarepublic|oldnavy|athleta)(?:\.gap)?\.(?:com|ca|co\.uk)/", page.url + "/", re.I):
        return None
    found = re.search(r'\\?"web_product_type\\?"\s*:\s*\\?"([^"\\]{1,80})', page.text)
    return {"audience": found[1]} if found else None
