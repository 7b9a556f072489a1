"""One feed step after fifty swipes (fit, score, choose twelve cards), beside the least one could do: EMA, one product with every vector,
the best twelve. CPU time of one thread, median of 20, on made-up products."""

import statistics
import time

import numpy as np
import pyarrow as pa

from fashflix.catalogue import COLUMNS, Catalogue
from fashflix.index import Index
from fashflix.people import Swipe
from fashflix.preference import LEARNERS
from fashflix.recommend import Recommender
from fashflix.settings import Settings

SIZES, SWIPES, CARDS, RUNS = (1_500, 50_000), 50, 12, 20


def made_up(count):
    """A catalogue in memory: products of 60 kinds. Returns Catalogue."""
    rng = np.random.default_rng(0)
    kinds = rng.normal(size=(60, 512))
    vectors = kinds[rng.integers(0, 60, count)] + 1.2 * rng.normal(size=(count, 512))
    rows = [{"product_id": f"p:{row}", "name": "x", "status": "active", "is_sample": True, "image_files": [""]} for row in range(count)]
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)
    return Catalogue(None, {}, pa.Table.from_pylist(rows, schema=COLUMNS), vectors)


def steps(count):
    """Milliseconds of CPU of a feed step of the default learner, and of the least one. Returns two floats."""
    catalogue, rng = made_up(count), np.random.default_rng(1)
    chooser, everything = Recommender(catalogue, Index(catalogue.vectors), LEARNERS[Settings().learner]), np.ones(count, bool)
    rows, liked = rng.permutation(count)[:SWIPES], rng.random(SWIPES) < 0.3
    log = [Swipe(f"p:{row}", bool(like), float(place), place // 5) for place, (row, like) in enumerate(zip(rows, liked))]
    vectors = np.asarray(catalogue.vectors, np.float32)

    def least():
        worth = vectors @ LEARNERS["ema"].fit(vectors[rows], liked).vector
        worth[rows] = -np.inf
        return np.argpartition(-worth, CARDS)[:CARDS]

    return timed(lambda: chooser.next_cards(log, everything, CARDS, rng=rng)), timed(least)


def timed(function):
    function()
    times = []
    for _ in range(RUNS):
        began = time.process_time()
        function()
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times)
