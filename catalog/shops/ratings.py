"""Stars and numbers of reviews as a person reads them, of a product page and of a tile. Reviews of single people and of the shop do not count."""

import re

from catalog.shops.numbers import count, rating
from catalog.shops.page import around, clean, marks, words
from catalog.shops.zones import ELSEWHERE, OUTSIDE

_N = r"(?<![\d.,/])(?<!of )(?<!von )(?<!sur )(?<!/ )(?<! de )(?<! su )(?<!van )(?<!из )(\d{1,3}(?:[.,\u00a0\u202f' ]\d{3})+|\d{1,7})"
_REVIEWS = (r"(?:ratings?|reviews?|avis|(?:sterne|kunden)?bewertung(?:en)?|rezension(?:en)?|évaluations?|commentaires|reseñas?|opinione?s?|opiniões|valoraciones|calificaciones|recensioni|valutazioni|avaliações|"
            r"beoordelingen|omdömen|recensioner|anmeldelser|arvostelu[a-z]*|opinii|hodnocení|отзыв\w*|оценок|レビュー|评论|评价|件のレビュー)")
STARS = re.compile(r"(?<![\d.,/])([0-5](?:[.,]\d{1,3})?)\s*(?:stars?\s*)?(?:/|out of|of|von|sur|de|su|van(?: de)?|av|af|из|z|/ ?sur)\s*(?:a maximum of\s*)?5(?![\d.,]\d)(?!\d)", re.I)
COUNTED = re.compile(rf"{_N}\s*(?:customer|verified|global|product|kunden|clients?)?[\s-]*{_REVIEWS}|(?:reviews|ratings|avis|(?:kunden)?bewertungen|reseñas|opiniones|recensioni|beoordelingen|отзывы)\s*(?:[:(]\s*){{1,2}}{_N}(?![.,]?\d)\s*\)?(?!\s*(?:/|out of|von|sur))", re.I)
SINGLE_REVIEW = re.compile(r"(?:^|[\s_-])(?:review|comment|testimonial|histogram|breakdown|distribution)(?=$|[\s_\-\d])(?![-_]?(?:summary|count|link|stars|rating|snippet|button|average|total|overview|header|score))|"
                           r"comment-?list|review-?(?:list|item|body|text|card|content|author|entry)|reviewer|trust|feefo|ekomi|seller|merchant|shop-?rating|store-?rating", re.I)


def of_product(page, scopes, is_other):
    """(rating, number of reviews) that the page names for the product: the first outside single reviews, tiles and shop ratings."""
    seen = set()
    for scope in [*scopes, page.tree.body or page.tree]:
        for tag in scope.find_all(True, limit=6000):
            if id(tag) in seen:
                continue
            seen.add(id(tag))
            texts = _texts(tag)
            found = next((match for match in map(STARS.search, texts) if match and rating(match[1])), None)
            attribute = rating(tag.get("data-rating") or tag.get("data-average-rating") or tag.get("data-score") or tag.get("data-rating-value"))
            if (found or attribute) and _is_own(tag, is_other):
                number = _count_near(tag)
                if number or (scope.name != "body" and scope is not page.tree and scopes):
                    return rating(found[1]) if found else attribute, number
    return _percent_or_none(page, is_other)


def _percent_or_none(page, is_other):
    """Stars drawn as a share of their width, and a number of reviews in words, where a page names no mean."""
    for tag in page.tree.find_all(True, limit=20_000):
        found = next((match for match in map(COUNTED.fullmatch, (text.strip(" ()[]") for text in _texts(tag))) if match), None)
        if found and count(found[1] or found[2]) and _is_own(tag, is_other):
            share = next((re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s?%", str(one.get("title")).strip()) for near in list(around(tag, 4)) for one in near.find_all(title=True, limit=20)
                          if re.fullmatch(r"\d{1,3}(?:\.\d+)?\s?%", str(one.get("title")).strip())), None)
            return (rating(share[1], 100), count(found[1] or found[2])) if share else (None, None)
    return None, None


def _texts(tag):
    """What an element itself says: labels, and its own words where it holds few elements."""
    said = [str(tag.get(name))[:120] for name in ("aria-label", "title", "alt") if tag.get(name)]
    own = "".join(str(one) for one in tag.children if isinstance(one, str))
    if re.search(r"\d", own):
        said.append(words(tag, 120) if len(tag.contents) < 8 else own[:120])
        said += [words(tag.parent, 120)] if tag.parent is not None and len(tag.parent.contents) < 8 and len(own) < 20 else []
    return [text for text in said if text]


def _is_own(tag, is_other):
    return not is_other(tag) and not any(SINGLE_REVIEW.search(marks(one)) or ELSEWHERE.search(marks(one)) or one.name in OUTSIDE for one in around(tag, 12))


def _count_near(tag):
    """The number of reviews named in the element or within four ancestors."""
    for one in list(around(tag, 5)):
        texts = [words(one, 300), *(str(inner.get("aria-label"))[:120] for inner in one.find_all(attrs={"aria-label": True}, limit=10))]
        found = next((match for match in map(COUNTED.search, filter(None, texts)) if match), None)
        if found:
            return count(found[1] or found[2])
        bare = re.search(rf"\d\s*\(\s*{_N}\s*\)|^\s*\(\s*{_N}\s*\)\s*$", clean(words(one, 60)) or "")
        if bare:
            return count(bare[1] or bare[2])
    return None


def of_tile(tile):
    """(rating, number of reviews) of a tile, where it names them in words or as a percentage."""
    texts = [str(one.get(name)) for one in tile.find_all(True, limit=300) for name in ("aria-label", "title", "alt") if one.get(name)] + [words(tile, 600) or ""]
    stars = next((rating(found[1]) for found in map(STARS.search, texts) if found and rating(found[1])), None)
    number = next((count(found[1] or found[2]) for found in map(COUNTED.search, texts) if found and count(found[1] or found[2])), None)
    if stars is None and number:
        share = next((re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s?%", text.strip()) for text in texts if re.fullmatch(r"\d{1,3}(?:\.\d+)?\s?%", text.strip())), None)
        stars = rating(share[1], 100) if share else None
    return stars, number
