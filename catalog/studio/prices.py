"""Prices from category, fabric and detail; ratings and reviews that have nothing to do with the looks. All of them are generated."""

import math

CURRENCY = "USD"
BASE = {"t-shirt": 24, "tank top": 19, "shirt": 49, "blouse": 54, "sweater": 64, "cardigan": 68, "hoodie": 58, "sweatshirt": 52,
        "denim jacket": 89, "bomber jacket": 110, "puffer jacket": 139, "blazer": 129, "coat": 189, "dress": 84, "skirt": 58,
        "jeans": 72, "trousers": 68, "joggers": 54, "leggings": 39, "shorts": 42,
        "sneakers": 84, "boots": 139, "bag": 98, "backpack": 89, "hat": 29}
FABRIC_FACTOR = {"wool": 1.18, "cable knit": 1.15, "leather": 1.5, "suede": 1.35, "satin": 1.15, "linen": 1.1, "boucle": 1.2,
                 "corduroy": 1.08, "chiffon": 1.05}
LENGTH_FACTOR = {"maxi": 1.25, "midi": 1.1, "mini": 0.92, "cropped": 0.94, "knee length": 1.06}
ON_SALE, UNRATED = 0.18, 0.10
CUTS = (0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


def full_price(truth, rng):
    """What a product costs when it is not on sale, US dollars. Colourways of one garment get the same level from generators of one seed."""
    worth = BASE[truth.category] * FABRIC_FACTOR.get(truth.fabric, 1.0) * LENGTH_FACTOR.get(truth.length, 1.0)
    worth *= 1 + 0.03 * len(truth.pockets) + (0.06 if truth.pattern not in ("solid", "denim wash") else 0.0)
    return _tidy(worth * math.exp(rng.normal(0, 0.16)), rng)


def reduced(full, rng):
    """The price of a product on sale, or None when it is not. full: its full price."""
    if rng.random() >= ON_SALE:
        return None
    return _tidy(full * (1 - CUTS[rng.integers(len(CUTS))]), rng)


def _tidy(amount, rng):
    """An amount that ends as prices end."""
    endings = (0.0, 0.0, -0.1, -0.1, 0.5)
    return round(max(5, round(amount)) + endings[rng.integers(len(endings))], 2)


def rating(rng):
    """A mean rating and its number of reviews, or (None, None). Few reviews spread wider; the number has a heavy tail."""
    if rng.random() < UNRATED:
        return None, None
    reviews = int(math.exp(rng.normal(3.6, 1.35))) + 1
    spread = 0.28 + 0.5 / math.sqrt(reviews)
    stars = min(5.0, max(1.5, rng.normal(4.25, spread)))
    return round(stars, 1), reviews
