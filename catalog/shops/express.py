"""Express: unverified. No page was ever seen; it renders in the browser, so that a plain fetch is expected to give an empty shell, which gives nothing.

Where structured data is served, the general modules read it. Assumed here from addresses alone: /clothing/men/NAME/pro/NUMBER/... names women or
men and the product.
"""

import re

from catalog.shops.page import path_of, site


def product(page):
    """What the address of an Express page says. Returns a product dict, or {} on other shops' pages."""
    if site(page.url) != "express.com":
        return {}
    found = re.search(r"/pro/(\w+)", path_of(page.url))
    return {"product_key": found[1] if found else None}
