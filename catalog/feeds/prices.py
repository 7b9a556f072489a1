"""A price as a feed writes it -> amount, amount before, currency: "79.00 EUR", "1.299,00 €", "Original price: $69.95 Current: $34.00"."""

import re
from dataclasses import dataclass

from catalog.shops.numbers import price, prices_in

NOW = re.compile(r"\b(?:current|now|sale|special|final|reduced|offer|today|jetzt|nur|aktuell|maintenant|ahora|ora)\b", re.I)
BEFORE = re.compile(r"\b(?:original|regular|was|list|msrp|rrp|uvp|compare|before|full|old|statt|vorher|bisher|avant|antes|prima)\b", re.I)
NEGATIVE = re.compile(r"\s*[^\d\s]{0,3}\s*[-−]\s*\d")
RANGE = re.compile(r"^\s*(?:-|–|—|to|bis)\s*$")


@dataclass(frozen=True)
class Price:
    """amount and before: float or None. currency: ISO code or None. problem: why there is no amount."""

    amount: float | None = None
    before: float | None = None
    currency: str | None = None
    problem: str | None = None


def read_price(text, currency=None):
    """Read a price.

    text: plain text. currency: ISO code of amounts that state none; it also tells which dollar a bare "$" means.
    Returns a Price; a range counts as its lower end, and two amounts of which nothing says which one holds count as none.
    """
    if not text:
        return Price()
    if NEGATIVE.match(text):
        return Price(problem="it is below zero")
    found = prices_in(text, currency)
    if not found:
        amount = price(text, currency) if re.fullmatch(r"[\d\s.,'’\u00a0\u202f]+", text) else None
        return Price(amount, None, currency if amount else None, None if amount else "no price can be read")
    codes = {code for _, code, _ in found}
    if len(codes) > 1:
        return Price(problem="it names several currencies")
    amount, before = _now_and_before(text, found)
    if amount is None or not price(amount):
        return Price(problem="several amounts, and nothing says which one holds" if len(found) > 1 else "no price can be read")
    return Price(amount, before, codes.pop())


def _now_and_before(text, found):
    if len(found) == 1:
        return found[0][0], None
    cues = [text[end:start] for end, start in zip([0, *(start for _, _, start in found[:-1])], (start for _, _, start in found))]
    now = [amount for (amount, _, _), cue in zip(found, cues) if NOW.search(cue) and not BEFORE.search(cue)]
    before = [amount for (amount, _, _), cue in zip(found, cues) if BEFORE.search(cue)]
    bare = [amount for (amount, _, _), cue in zip(found, cues) if not NOW.search(cue) and not BEFORE.search(cue)]
    if len(now) == 1 or (not now and len(bare) == 1 and before):
        return (now or bare)[0], max(before, default=None)
    between = re.sub(r"[\d.,\s$€£¥₹]|[A-Z]{3}", "", text)
    if len(found) == 2 and RANGE.match(between):
        return min(amount for amount, _, _ in found), None
    return None, None

