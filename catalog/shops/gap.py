"""Gap Inc. (Gap, Banana Republic, Old Navy, Athleta): data lies in flight chunks, ratings by style number, women or men in web_product_type.

Seen: a saved Banana Republic product page. gap.com's, Old Navy's and Athleta's own pages are assumed alike: unverified.
"""

import re
from urllib.parse import parse_qs, urlsplit

from catalog.shops.numbers import count, rating
from catalog.shops.page import site
from catalog.shops.state import objects

SITES = re.compile(r"(?:^|\.)(?:gap|gapfactory|bananarepublic|bananarepublicfactory|oldnavy|athleta)(?:\.gap)?\.(?:com|ca|co\.uk|eu)$")


def product(page, states):
    """What only Gap's own state says. Returns a product dict, or {} on other shops' pages. Ratings of 0 mean that nobody rated."""
    if not SITES.search(site(page.url)):
        return {}
    pid = "".join(parse_qs(urlsplit(page.url).query).get("pid", []))[:20]
    kind, stars, number = None, None, None
    for one, path in objects(states):
        rated = one.get("reviewRatings")
        if isinstance(rated, dict) and number is None and any(key and len(str(key)) >= 5 and pid.startswith(str(key)) for key in path[-2:]):
            number = count(rated.get("review_count")) or count(rated.get("rating_count"))
            stars = rating(rated.get("average_rating")) if number else None
        kind = kind or (one.get("web_product_type") if isinstance(one.get("web_product_type"), str) else None)
    return {"audience": kind, "rating": stars, "review_count": number, "product_key": pid or None}


def address(page):
    """A Gap product's address is product.do with its pid alone, or None where there is no pid."""
    parts = urlsplit(page.url)
    pid = parse_qs(parts.query).get("pid")
    return f"https://{parts.netloc}{parts.path}?pid={pid[0]}" if SITES.search(site(page.url)) and pid and parts.path.endswith("product.do") else None
