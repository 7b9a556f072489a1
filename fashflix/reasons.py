"""Why a product is in a list: which swipes moved its score, exactly, and what it has in common with the likes, in words."""

from dataclasses import dataclass

import numpy as np

from fashflix.attributes import WORDS, telling

MOST_LIKES = 2


@dataclass(frozen=True)
class Part:
    """What one swipe gave to a score. share: float, negative when it took from it."""

    product_id: str
    liked: bool
    share: float


@dataclass(frozen=True)
class Recommendation:
    """One product of a list.

    row: of the catalogue. score: float, what the list is ordered by. likes: up to two Parts, the likes that raised it most.
    dislike: the Part of the dislike that lowered it most, or None. rest: float, all other swipes together; likes, dislike and rest sum to
    the score. words: what it shares with what was liked. also: rows folded into this card, its colourways and near-twins.
    """

    row: int
    score: float
    likes: tuple = ()
    dislike: Part | None = None
    rest: float = 0.0
    words: tuple = ()
    also: tuple = ()

    @property
    def because(self):
        """Product id of the like that raised the score most, or None."""
        return self.likes[0].product_id if self.likes else None


def explain(row, parts, opinions, words=(), also=()):
    """A Recommendation from the learner's own contributions. parts: float (n,), aligned with opinions (list of opinions.Opinion)."""
    order = np.argsort(-parts, kind="stable")
    likes = [int(place) for place in order if opinions[place].liked and parts[place] > 0][:MOST_LIKES]
    against = next((int(place) for place in order[::-1] if not opinions[place].liked and parts[place] < 0), None)
    named = likes + ([] if against is None else [against])
    rest = float(np.delete(parts, named).sum())
    made = {place: Part(opinions[place].product_id, opinions[place].liked, float(parts[place])) for place in named}
    return Recommendation(int(row), sum(part.share for part in made.values()) + rest, tuple(made[place] for place in likes),
                          made.get(against), rest, tuple(words), tuple(also))


def shared_words(rows, liked, attributes, most=3):
    """What each product has in common with the likes that brought it.

    rows: int (m,). liked: list of m lists of rows. attributes: attributes.Attributes. Returns list of m tuples of words.
    """
    table, found = attributes.table(rows), []
    for product, likes in zip(table, liked):
        both = np.minimum(product, attributes.table(likes).mean(axis=0)) if likes else np.zeros_like(product)
        words = telling(WORDS, both, attributes.usual)
        found.append(tuple(words[:most]))
    return found
