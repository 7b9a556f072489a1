"""A swipe log -> the opinions that stand, and how much each of them counts.

A record of the log with `liked` None is no opinion but a note on an earlier one: from then on it counts `weight` times, 0 being not at all
("Not because of this"). Notes are appended like swipes, so they are kept, undone and overruled like them.
"""

from dataclasses import dataclass, replace

SWIPES_PER_BATCH = 5    # the learner's batches: five swipes of the log


@dataclass(frozen=True)
class Opinion:
    """What a person thinks of one product. row: of the catalogue. weight: float, how many times it counts. time, batch: of its swipe."""

    row: int
    product_id: str
    liked: bool
    weight: float
    time: float
    batch: int


def standing(swipes, catalogue):
    """The last opinion on each product that is still in the catalogue and counts, in the order of the log.

    swipes: list of people.Swipe. Returns list of Opinion. A log in which an opinion counts 0 times gives what one without it gives.
    """
    last, weights = {}, weights_of(swipes)
    for place, swipe in enumerate(swipes):
        if swipe.liked is not None:
            last[swipe.product_id] = place
    rows = {product_id: catalogue.row(product_id) for product_id in last}
    return [Opinion(rows[one.product_id], one.product_id, one.liked, weights[one.product_id], one.time, one.batch)
            for one in map(swipes.__getitem__, sorted(last.values()))
            if rows[one.product_id] is not None and weights[one.product_id] > 0]


def weights_of(swipes):
    """How many times the opinion on each product counts: product_id -> float. A new opinion on a product counts once again."""
    return {swipe.product_id: 1.0 if swipe.liked is not None else swipe.weight for swipe in swipes}


def left_out(swipes):
    """The product ids whose opinion counts 0 times, latest first."""
    return [product_id for product_id, weight in reversed(weights_of(swipes).items()) if weight == 0]


def count(swipes):
    """How many opinions a log holds; notes are none."""
    return sum(swipe.liked is not None for swipe in swipes)


def merged(first, second):
    """Two logs as one, in the order of time, its batches counted anew. first, second: lists of people.Swipe. Returns list of Swipe."""
    log, seen = [], 0
    for swipe in sorted([*first, *second], key=lambda one: one.time):
        log.append(replace(swipe, batch=seen // SWIPES_PER_BATCH))
        seen += swipe.liked is not None
    return log
