"""Catalogues in memory whose products look exactly as a test says: several kinds far apart, products of a kind close together."""

import numpy as np
import pyarrow as pa

from fashflix.catalogue import COLUMNS, DIMENSION, Catalogue
from fashflix.index import Index
from fashflix.people import Swipe
from fashflix.preference import LEARNERS
from fashflix.recommend import Recommender

KINDS = {"jacket": {"category": "denim jacket", "colours": ["blue"]}, "dress": {"category": "dress", "pattern": "floral"},
         "boots": {"category": "boots", "colours": ["black"]}, "shirt": {"category": "shirt", "pattern": "striped"}}


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def kinds(each=12, spread=0.6, seed=0, names=tuple(KINDS)):
    """Vectors and facts of `each` products of every kind, the kinds in turn. Returns float32 (n, 512), list of dicts with `kind`."""
    rng = np.random.default_rng(seed)
    centres = unit(rng.normal(size=(len(names), DIMENSION)))
    noise = unit(rng.normal(size=(each, len(names), DIMENSION)))
    facts = [{"kind": name, **KINDS[name]} for _ in range(each) for name in names]
    return unit(centres + spread * noise).reshape(-1, DIMENSION).astype(np.float32), facts


def world(vectors, facts=None, seen=None, words=(), showcase=()):
    """A Catalogue of the products "shop:0", "shop:1", ... facts: list of dicts of columns. seen: float (n, len(words)), probabilities."""
    facts = facts or [{} for _ in vectors]
    rows = [{"product_id": f"shop:{row}", "name": f"thing {row}", "status": "active", "is_sample": True, "image_files": ["photos/a.webp"],
             "price": 10.0 + row, "currency": "USD"} | {key: value for key, value in fact.items() if key in COLUMNS.names}
            for row, fact in enumerate(facts)]
    manifest = {"attributes": list(words), "showcase": list(showcase)}
    return Catalogue(None, manifest, pa.Table.from_pylist(rows, schema=COLUMNS), np.asarray(vectors, np.float16),
                     None if seen is None else np.asarray(seen, np.float16))


def recommender(catalogue, learner="kernel", **settings):
    return Recommender(catalogue, Index(catalogue.vectors), LEARNERS[learner], **settings)


def everything(catalogue):
    return np.ones(len(catalogue), bool)


def swipe(row, liked, number=0):
    return Swipe(f"shop:{row}", liked, float(number), number // 5)


def note(row, weight):
    return Swipe(f"shop:{row}", None, 99.0, 0, weight=weight)


def swipes_of(facts, rows, likes):
    """A log of the rows in order, liking those whose kind is in `likes`."""
    return [swipe(row, facts[row]["kind"] in likes, number) for number, row in enumerate(rows)]
