"""A person who knows what they like, which is what no learner is told."""

from dataclasses import dataclass

import numpy as np

from fashflix.errors import SourceError

SHARE = 0.03, 0.10      # of the products a person looks at, liked by one taste
MOST_WORDS = 3          # that a taste is made of: navy, striped shirts
TURN = 15               # swipes after which a taste that drifts is another one
FLIPPED = 0.05          # swipes that say the opposite of what is meant
TRIES = 2000


@dataclass(frozen=True)
class Persona:
    """tastes: bool (tastes, n), the products each taste likes. later: the same after TURN swipes. gender: whose products they look at."""

    gender: str
    allowed: np.ndarray
    tastes: np.ndarray
    later: np.ndarray

    def tastes_at(self, swipes):
        """bool (tastes, n), after so many swipes."""
        return self.tastes if swipes < TURN else self.later

    def likes_at(self, swipes):
        """bool (n,), what is liked after so many swipes."""
        return self.tastes_at(swipes).any(axis=0)


def draw_persona(world, kind, tastes, drifts, gender, rng):
    """Make up a person.

    kind: of world.kinds, what tastes are made of: words ("navy shirts"), look (near one product, for a model that the learners do not use),
    or occasion ("Formal, Summer"). tastes: how many. drifts: whether one of them turns into another one. gender: "women" or "men".
    """
    allowed = world.allowed(gender)
    drawn = [_taste(world, kind, allowed, rng) for _ in range(tastes + drifts)]
    now = np.stack(drawn[:tastes])
    return Persona(gender, allowed, now, np.stack([drawn[-1], *now[1:]]) if drifts else now)


def _taste(world, kind, allowed, rng):
    rows = np.flatnonzero(allowed)
    for _ in range(TRIES):
        liked = {"words": _by_words, "look": _by_look, "occasion": _by_occasion}[kind](world, rows, rng) & allowed
        if SHARE[0] <= liked.sum() / len(rows) <= SHARE[1]:
            return liked
    raise SourceError(f"In the world {world.name} no {kind} are shared by {SHARE[0]:.0%} to {SHARE[1]:.0%} of what a person looks at. "
                      "Simulate in a larger or more varied one: python -m fashflix.simulate --world FILE")


def _by_words(world, rows, rng):
    """All products that share some words of one of them."""
    said = np.flatnonzero(world.words[rng.choice(rows)])
    if not len(said):
        return np.zeros(len(world.words), bool)
    chosen = rng.permutation(said)[:rng.integers(1, MOST_WORDS + 1)]
    return world.words[:, chosen].all(axis=1)


def _by_look(world, rows, rng):
    """The products that another model finds most like one of them."""
    likeness = world.look @ world.look[rng.choice(rows)]
    return likeness >= np.quantile(likeness[rows], 1 - rng.uniform(*SHARE))


def _by_occasion(world, rows, rng):
    """What is for the occasion of one of them; where that is too much for a taste (half a shop is casual), what also shares a word."""
    one = rng.choice(rows)
    same = world.occasions == world.occasions[one]
    said = np.flatnonzero(world.words[one])
    return same & world.words[:, rng.choice(said)] if len(said) and same[rows].mean() > SHARE[1] else same
