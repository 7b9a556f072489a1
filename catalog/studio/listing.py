"""Rendered products -> the rows of products.csv: names, prices, ratings, and the order a newcomer sees.

It needs no picture, so every run does it anew, also over photos of an earlier one.
"""

import csv
import json
from collections import Counter

import numpy as np

from catalog.studio.names import OPENERS, name
from catalog.studio.prices import CURRENCY, full_price, rating, reduced
from catalog.studio.truth import Truth
from fashflix.errors import StudioError

COLUMNS = ("product_id", "shop", "brand", "name", "price", "list_price", "currency", "gender", "category", "colours", "pattern",
           "attributes", "rating", "review_count", "group_id", "photos", "is_sample", "rank", "showcase")
NAMING, PRICING, RATING = 78, 79, 80            # streams of draws, independent of each other
PLAIN_ATTEMPTS = 4                              # names drawn before an opener is tried


def listed(records):
    """All rows, in the plan's order. records: dicts with `group` and `products`, as shop.render_group writes them.

    Colourways of one garment share its words and its price level; no name is given to two garments while the words allow it.
    """
    given, rows = Counter(), []
    for record in records:
        truths = [Truth(**product["truth"]) for product in record["products"]]
        names = _names(truths, record["group"]["seed"], given)
        given.update(names)
        rows += [product | {"name": words} | _offer(truth, record["group"], product["product_id"])
                 for product, truth, words in zip(record["products"], truths, names)]
    return rows


def _names(truths, seed, given):
    """One name per colourway, from the draw that clashes least with each other and with names already given."""
    best, fewest = None, None
    for attempt, opener in enumerate(("",) * PLAIN_ATTEMPTS + OPENERS):
        names = [name(truth, np.random.default_rng([seed, NAMING, attempt]), opener) for truth in truths]
        clashes = len(names) - len(set(names)) + sum(given[one] > 0 for one in names)
        if fewest is None or clashes < fewest:
            best, fewest = names, clashes
        if not fewest:
            break
    return best


def _offer(truth, group, product_id):
    """Price, sale and rating of a colourway."""
    own = next(colourway["seed"] for colourway in group["colourways"] if colourway["product_id"] == product_id)
    full = full_price(truth, np.random.default_rng([group["seed"], PRICING]))
    amount = reduced(full, np.random.default_rng([own, PRICING]))
    stars, reviews = rating(np.random.default_rng([own, RATING]))
    return {"price": full if amount is None else amount, "list_price": None if amount is None else full, "currency": CURRENCY,
            "rating": stars, "review_count": reviews}


def ranked(out, rows):
    """Rows in the order a newcomer sees them: those of rank.json first, the others dealt out so that neighbours differ."""
    path = out / "rank.json"
    first = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    known = {row["product_id"]: row for row in rows}
    if strangers := [one for one in first if one not in known]:
        raise StudioError(f"{path} names {strangers[0]}, which is not a product of {out / 'plan.json'}.")
    order = {product_id: number for number, product_id in enumerate(first)}
    dealt = [rows[number] for number in np.random.default_rng(0).permutation(len(rows))]
    rows = sorted(dealt, key=lambda row: order.get(row["product_id"], len(order)))
    return [row | {"rank": number, "showcase": "true" if row["product_id"] in order else ""} for number, row in enumerate(rows, start=1)]


def write_csv(file, rows):
    writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({key: "" if value is None else value for key, value in row.items()} for row in rows)
