"""Fifty swipes of one person on the real deck, with the real for-you list looked at on the way."""

import numpy as np

from fashflix.people import Swipe
from fashflix.recommend import SWIPES_PER_BATCH
from fashflix.simulate.persona import FLIPPED

SWIPES = 50
LOOKS = (5, 10, 20, 30, 50)     # swipes after which the for-you list is looked at
LISTED = 10
IN_VIEW = 3                     # cards that lie face up already and do not change
EARLY, DIVERSE = 30, 10


class Chance:
    """Stands in for a recommender: any product not seen yet."""

    evidence = None

    def __init__(self, catalogue):
        self._groups = catalogue.groups

    def next_cards(self, swipes, allowed, k, keep=(), rng=None, seen=()):
        return [*keep, *self._any(seen, allowed, k - len(keep), rng, keep)]

    def list_rows(self, swipes, allowed, k, rng, seen):
        return self._any(seen, allowed, k, rng)

    def _any(self, seen, allowed, k, rng, keep=()):
        rows = np.flatnonzero(allowed & ~np.isin(self._groups, self._groups[[*seen, *keep]]))
        rows = rng.permutation(rows)
        _, first = np.unique(self._groups[rows], return_index=True)
        return [int(row) for row in rows[np.sort(first)[:k]]]


class Chosen:
    """What a Recommender shows a person, as the app asks it."""

    def __init__(self, recommender):
        self._recommender = recommender

    def evidence(self, swipes, rows):
        return self._recommender.evidence(swipes, rows)

    def next_cards(self, swipes, allowed, k, keep=(), rng=None, seen=()):
        return self._recommender.next_cards(swipes, allowed, k, keep, rng)

    def list_rows(self, swipes, allowed, k, rng, seen):
        return [one.row for one in self._recommender.for_you(swipes, allowed, k)]


def play(world, persona, shows, seed, watch=None):
    """Let a person swipe.

    shows: Chance or Chosen. seed: int; the same person and seed flip the same swipes for every learner. watch: function that is told
    of each list looked at, as (evidence (m, e), liked bool (m,)), or None. Returns dict of figure -> float, NaN where it cannot be told.
    """
    flips, rng = np.random.default_rng([seed, 1]).random(SWIPES) < FLIPPED, np.random.default_rng([seed, 2])
    swipes, seen, meant, deck, figures = [], [], [], [], {}
    for number in range(SWIPES):
        deck = shows.next_cards(swipes, persona.allowed, IN_VIEW + 1, deck[:IN_VIEW], rng, seen)
        if not deck:
            break
        row, deck = deck[0], deck[1:]
        meant.append(bool(persona.likes_at(number)[row]))
        seen.append(row)
        swipes.append(Swipe(world.ids[row], meant[-1] != flips[number], float(number), number // SWIPES_PER_BATCH))
        if number + 1 in LOOKS:
            rows = shows.list_rows(swipes, persona.allowed, LISTED, rng, seen)
            figures |= _look(world.catalogue, persona, rows, seen, number + 1)
            if watch and shows.evidence and rows:
                watch((shows.evidence(swipes, rows), persona.likes_at(number + 1)[rows]))
    return figures | _cards(meant, persona, seen)


def _look(catalogue, persona, rows, seen, swipes):
    """What a list is worth. Precision is of what can be reached: a person who likes but six more products can be shown but six."""
    liked, groups = persona.likes_at(swipes), catalogue.groups
    left = len(np.unique(groups[liked & ~np.isin(groups, groups[seen])]))
    vectors = np.asarray(catalogue.vectors[rows], np.float32)
    count = len(rows)
    return {
        f"precision@10 after {swipes}": liked[rows].sum() / min(LISTED, left) if left else np.nan,
        f"tastes covered after {swipes}": persona.tastes_at(swipes)[:, rows].any(axis=1).mean() if count else 0.0,
        f"likeness within the list after {swipes}": ((vectors @ vectors.T).sum() - count) / (count * (count - 1)) if count > 1 else np.nan,
    }


def _cards(meant, persona, seen):
    meant = np.array(meant, bool)
    return {
        "likes among 30 cards": meant[:EARLY].sum(),
        "dislikes shown": (~meant).sum(),
        "dislikes shown after the first ten": (~meant[DIVERSE:]).sum(),
        "swipes to first like": (int(meant.argmax()) if meant.any() else len(meant)) + 1,
        "tastes met in 30 cards": persona.tastes[:, seen[:EARLY]].any(axis=1).mean(),
    }
