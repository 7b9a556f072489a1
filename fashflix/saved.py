"""What a person keeps: the products they like now, the history of all swipes and how it is edited, and both as a table."""

import csv
import io
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from fashflix.people import Swipe

FORMULA = ("=", "+", "-", "@", "\t", "\r")      # how a cell begins that spreadsheets take for a formula (OWASP, CSV injection)
COLUMNS = ("When (UTC)", "Product", "Brand", "Type", "Colours", "Liked", "Where", "Price then", "Price now", "Currency", "Link",
           "Product id")
UNKNOWN = ("No longer in the catalogue", None, None, None)      # product, brand, type and colours


@dataclass(frozen=True)
class Kept:
    """A product that is liked now. change: price now minus price at the swipe, in the swipe's currency; None where either is not known."""

    row: int
    swipe: Swipe
    change: float | None


def liked(swipes, catalogue):
    """What a log likes, newest first. Returns (list of Kept, how many more the catalogue no longer has)."""
    now = _last(swipes)
    likes = [one for one in reversed(swipes) if one is now.get(one.product_id) and one.liked]
    rows = [(catalogue.row(one.product_id), one) for one in likes]
    kept = [Kept(row, one, _change(one, catalogue.product(row))) for row, one in rows if row is not None]
    return kept, len(likes) - len(kept)


def history(swipes):
    """The opinions of a log, newest first; notes on them are left out. Returns list of Swipe."""
    return [one for one in reversed(swipes) if one.liked is not None]


def find(swipes, product_id, time):
    """The opinion on a product made at a time (float, seconds), or None."""
    return next((one for one in swipes if one.product_id == product_id and one.time == time and one.liked is not None), None)


def removal(swipes, swipe):
    """The records that go when an opinion is removed: itself, and the notes on it. Returns list of Swipe."""
    same = [one for one in swipes[swipes.index(swipe) + 1:] if one.product_id == swipe.product_id]
    until = next((place for place, one in enumerate(same) if one.liked is not None), len(same))
    return [swipe, *same[:until]]


def edited(swipes, gone, added):
    """A log without some records and with others, each at its time; so (added, gone) takes back (gone, added). Returns list of Swipe."""
    left = [one for one in swipes if one not in gone]
    return sorted([*left, *added], key=lambda one: one.time)


def flipped(swipe):
    """The same swipe with a yes made a no, or a no made a yes."""
    return replace(swipe, liked=not swipe.liked)


def as_csv(swipes, catalogue):
    """The history as a table for spreadsheets, newest first; no cell is ever a formula. Returns str."""
    text = io.StringIO()
    table = csv.writer(text, quoting=csv.QUOTE_ALL)
    table.writerow(COLUMNS)
    for one in history(swipes):
        row = catalogue.row(one.product_id)
        product = None if row is None else catalogue.product(row)
        when = datetime.fromtimestamp(one.time, timezone.utc).strftime("%Y-%m-%d %H:%M")
        known = (product.name, product.brand, product.category, ", ".join(product.colours)) if product else UNKNOWN
        now = product.price if product and product.currency == (one.currency or product.currency) else None
        currency, url = one.currency or (product and product.currency), product and product.url
        cells = (when, *known, "yes" if one.liked else "no", one.place, one.price, now, currency, url, one.product_id)
        table.writerow([_plain(cell) for cell in cells])
    return text.getvalue()


def _last(swipes):
    return {one.product_id: one for one in swipes if one.liked is not None}


def _change(swipe, product):
    if swipe.price is None or product.price is None or swipe.currency != product.currency:
        return None
    return round(product.price - swipe.price, 2)


def _plain(cell):
    text = "" if cell is None else str(cell)
    return "'" + text if text.lstrip(" ").startswith(FORMULA) else text
