"""What a person reads on a product page: heading, current and former price, stars, reviews. Used where structured data is silent."""

import re

from catalog.shops.numbers import count, prices_in, written_number
from catalog.shops.photos import of_image

OLD = re.compile(r"old|was|regular|original|list|standard|compare|strike|crossed|before|msrp|rrp|ehemalig|statt|ancien|barr|<del|retail", re.I)
NOW = re.compile(r"sale|special|current|now|final|reduced|offer|actual|prixpromo|angebot|new-price|topay", re.I)
ELSEWHERE = re.compile(r"cart|basket|minicart|bag-|related|recommend|upsell|cross-?sell|carousel|similar|also|shipping|recently|wishlist|review|menu|header|footer|nav|promo|banner|"
                       r"subscri|installment|klarna|afterpay|gift|member|newsletter|per-?unit|carrossel", re.I)
RATED = re.compile(r"review|rating|star|feedback|bewertung|avis", re.I)
ELSEWHERE_RATED = re.compile(r"related|recommend|upsell|carousel|similar|also|recently|footer|menu|sponsored|histogram|pd_rd|sims|bought-?together|compar|review-?(?:list|body|item|text)|comment", re.I)
STARS = re.compile(r"(\d(?:[.,]\d{1,2})?)\s*(?:/|out of|of|von|sur|de|su|av|из)\s*5(?:\s*(?:stars|sternen|étoiles|estrellas|stelle))?", re.I)
REVIEWS = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,\u00a0\u202f]\d{3})+|\d+)\s*(?:customer\s+)?(?:global\s+)?(?:ratings?|reviews?|avis|bewertungen|évaluations|reseñas|opiniones|recensioni|отзыв\w*|beoordelingen|"
                     r"sternebewertungen)", re.I)
NEARBY = 6              # ancestors of the heading within which the product's own block is looked for


def marks_of(tag, levels=4):
    """Classes, ids and test names of an element and its nearest ancestors, as one text."""
    words = []
    for one in [tag, *list(tag.parents)[:levels]]:
        if one.name in (None, "body", "html", "[document]"):
            break
        words += [one.name, str(one.get("id") or ""), " ".join(one.get("class") or []), str(one.get("data-testid") or ""), str(one.get("aria-label") or "")[:60],
                  str(one.get("data-component") or "")]
    return " ".join(words)


def heading_tag(page, name=None):
    """The element of the product's name: the h1, or what calls itself the product's title."""
    named = page.tree.find(id=re.compile(r"^(?:productTitle|product[-_]?(?:title|name))$", re.I))
    if named is not None and named.get_text(strip=True) and (not name or named.get_text(" ", strip=True).casefold() == name.casefold()):
        return named
    tags = [tag for tag in page.tree.find_all("h1") if tag.get_text(strip=True)]
    if name:
        tags.sort(key=lambda tag: tag.get_text(" ", strip=True).casefold() != name.casefold())
    if not tags and name:
        tags = [tag for tag in page.tree.find_all(["h2", "h3"]) if tag.get_text(" ", strip=True).casefold() == name.casefold()]
    return tags[0] if tags else named


def current_price(page, name=None):
    """The price a person would pay, from elements near the heading that look like prices. Returns (price, list price, currency)."""
    heading = heading_tag(page, name)
    if heading is None:
        return None, None, None
    for scope in _scopes(heading):
        amounts = _amounts(scope)
        if amounts:
            now = [one for one in amounts if not one[2]] or amounts
            marked = [one for one in now if one[3]]
            amount, code, *_ = (marked or now)[0]
            former = [one[0] for one in amounts if one[2] and one[0] > amount and one[1] == code]
            return amount, former[0] if former else None, code
    return None, None, None


def _scopes(heading):
    """Blocks around the heading, the smallest first."""
    for parent in list(heading.parents)[:NEARBY + 6]:
        if parent.name in (None, "[document]"):
            return
        yield parent


def _amounts(scope):
    """Prices in a block: list of (amount, currency, is former, is marked as current)."""
    found, taken = [], set()
    for tag in scope.find_all(["span", "div", "p", "bdi", "ins", "del", "s", "strong", "b", "em", "data", "strike", "h2", "h3", "h4"]):
        text = tag.get_text(" ", strip=True)
        if not text or len(text) > 60 or not re.search(r"\d", text):
            continue
        prices = prices_in(text)
        if not prices or any(id(parent) in taken for parent in tag.parents):
            continue
        marks = marks_of(tag, 3)
        if ELSEWHERE.search(marks_of(tag, 8)) and not re.search(r"product[-_]?(?:info|detail|summary|price|main)|pdp|summary entry", marks_of(tag, 8), re.I):
            continue
        taken.add(id(tag))
        struck = tag.name in ("del", "s", "strike") or any(parent.name in ("del", "s", "strike") for parent in list(tag.parents)[:4])
        inner_old = [prices_in(one.get_text(" ", strip=True)) for one in tag.find_all(["del", "s", "strike"])]
        former = {amounts[0][0] for amounts in inner_old if amounts}
        for amount, code, _ in prices:
            if amount > 0:
                old = struck or amount in former or (bool(OLD.search(marks)) and not NOW.search(marks))
                found.append((amount, code, old, bool(NOW.search(marks)) or "price" in marks.lower()))
    return found


def stars_and_reviews(page, name=None):
    """Mean rating and number of reviews beside the heading. Returns (rating or None, count or None)."""
    heading = heading_tag(page, name)
    if heading is None:
        return None, None
    for scope in list(_scopes(heading))[:5]:
        stars = number = None
        for tag in scope.find_all(["span", "div", "a", "p", "button", "i", "li", "h2", "h3"], limit=1500):
            text = " ".join([tag.get_text(" ", strip=True), str(tag.get("aria-label") or ""), str(tag.get("title") or "")])
            if not 0 < len(text) < 90 or ELSEWHERE_RATED.search(marks_of(tag, 6)):
                continue
            mean, amount = STARS.search(text), REVIEWS.search(text)
            stars = stars or (written_number(mean[1]) if mean else None)
            if amount and (mean or RATED.search(marks_of(tag, 3))):
                number = number or count(amount[1])
        if stars and 0 < stars <= 5:
            return stars, number
        if number:
            return None, number
    return None, None


def main_image(page, name=None):
    """The first picture that calls itself the product's, else the first one in the block of the heading. Returns an address or None."""
    for tag in page.tree.find_all("img", limit=400):
        marks = marks_of(tag, 5)
        if re.search(r"gallery|product[-_ ]?(?:image|photo|media)|main[-_]?image|landingimage|primary|pdp|wp-post-image|zoom", marks, re.I) and not ELSEWHERE.search(marks):
            address = of_image(tag)
            if address:
                return address
    heading = heading_tag(page, name)
    for scope in list(_scopes(heading))[:8] if heading is not None else []:
        for tag in scope.find_all("img", limit=20):
            address = of_image(tag) if not ELSEWHERE.search(marks_of(tag, 4)) else None
            if address:
                return address
    return None
