"""A taste and a catalogue -> the next cards, the for-you list, similar products, and why each is there.

Variants of one product (colourways, duplicates) share a group: once one of them was swiped, the others are seen as well, and a list
shows only the best of them.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np

FIRST_CARDS = 10        # so many diverse cards before the taste chooses
NEWCOMER = 30           # so many cards come from the catalogue's showcase, if it has one
SCORED = 4000           # products scored one by one; of a larger catalogue, those nearest to the taste
SWIPES_PER_BATCH = 5    # the learner's batches: five swipes of the log
COVER = 400             # rows that stand for the catalogue when diverse cards are chosen
CANDIDATES = 200        # diverse cards come from the best-ranked rows


@dataclass(frozen=True)
class Recommendation:
    """One product of a list. row: of the catalogue. score: float. because: product_id of the like that moved it most, or None."""

    row: int
    score: float
    because: str | None = None


class Recommender:
    """Chooses products for one catalogue. Holds no person; threads may share it."""

    def __init__(self, catalogue, index, learner):
        """catalogue: fashflix.catalogue.Catalogue. index: fashflix.index.Index over its vectors. learner: of preference.LEARNERS."""
        self.catalogue, self.index, self.learner = catalogue, index, learner
        self._middle = np.asarray(catalogue.vectors, np.float32).mean(axis=0)

    def taste(self, swipes):
        """Learn from a log. swipes: list of people.Swipe. Returns a Taste; of an empty log, one that scores everything 0.

        A later swipe on the same product replaces the earlier one. Products that left the catalogue are passed over.
        """
        swipes = self._standing(swipes)
        rows = [self.catalogue.row(swipe.product_id) for swipe in swipes]
        return self.learner.fit(self._centred(rows), [swipe.liked for swipe in swipes],
                                times=[swipe.time for swipe in swipes], batches=[swipe.batch for swipe in swipes])

    def next_cards(self, swipes, allowed, k, keep=(), rng=None):
        """Choose cards for the deck.

        swipes: the log. allowed: bool (n,), what the filters let through. k: cards wanted.
        keep: rows already lying on top of the deck; they stay there, in order, as far as they are still allowed and unseen.
        Returns rows, list of int: k of them, or all that are left.
        """
        free = allowed & ~self.seen(swipes)
        cards = [row for row in keep if free[row]][:k]
        for row in cards:
            free &= ~self._variants([row])
        taste = self.taste(swipes)
        rng = rng or np.random.default_rng()
        shown = [row for row in map(self.catalogue.row, (swipe.product_id for swipe in swipes)) if row is not None]
        best = self._best(free, k) if len(swipes) < NEWCOMER else free
        guesses = iter(self._ranked(taste, best, k, lambda vectors: taste.wish(vectors, rng))[0] if np.any(taste.vector) else ())
        explorers = iter(self._diverse(best, k, shown + cards))
        while len(cards) < k:
            explore = len(swipes) + len(cards) < FIRST_CARDS
            row = self._take(explorers if explore else guesses, free)
            row = self._take(guesses if explore else explorers, free) if row is None else row
            if row is None:
                return cards + self._rest(free, k - len(cards))
            cards.append(row)
            free &= ~self._variants([row])
        return cards

    def for_you(self, swipes, allowed, k):
        """Choose the products a person most likely wants, best first. Seen and disliked ones are left out.

        allowed: bool (n,). Returns list of Recommendation: exactly k of them where k product groups exist.
        """
        taste = self.taste(swipes)
        if not np.any(taste.vector):
            return []
        rows, _ = self._ranked(taste, allowed & ~self.seen(swipes), k, taste.score)
        parts = taste.contributions(self._centred(rows))
        standing = self._standing(swipes)
        return [Recommendation(int(row), float(part.sum()), self._because(part, standing)) for row, part in zip(rows, parts)]

    def similar(self, vector, k, allowed):
        """Find products near a photo's or a product's vector, one per group.

        vector: (d,). allowed: bool (n,). Returns list of Recommendation, score = cosine, best first.
        """
        rows, scores = self._nearest(vector, k, allowed)
        return [Recommendation(int(row), float(score)) for row, score in zip(rows, scores)]

    def words_liked(self, swipes, k=6):
        """Vocabulary words that likes have more often than dislikes, strongest first. Returns up to k words."""
        balance = Counter()
        for swipe in self._standing(swipes):
            product = self.catalogue.product(self.catalogue.row(swipe.product_id))
            for word in {product.category, product.pattern, *product.colours[:1], *product.attributes} - {None}:
                balance[word] += 1 if swipe.liked else -1
        return [word for word, lead in balance.most_common(k) if lead > 0]

    def seen(self, swipes):
        """The rows of all swiped products and their variants. Returns bool (n,)."""
        rows = [self.catalogue.row(swipe.product_id) for swipe in swipes]
        return self._variants([row for row in rows if row is not None])

    def _standing(self, swipes):
        """The last opinion on each product that is still in the catalogue, in order of the log."""
        last = {swipe.product_id: swipe for swipe in swipes}
        return [swipe for swipe in swipes
                if last[swipe.product_id] is swipe and self.catalogue.row(swipe.product_id) is not None]

    def _vectors(self, rows):
        return np.asarray(self.catalogue.vectors[np.asarray(rows, np.int64)], np.float32)

    def _centred(self, rows):
        """Vectors as seen from the middle of the catalogue: what all products share says nothing about a person, and many dislikes of it
        would drown a few likes. Ranks by such a taste are the same for plain and for centred products."""
        return self._vectors(rows) - self._middle

    def _variants(self, rows):
        return np.isin(self.catalogue.groups, self.catalogue.groups[rows])

    def _ranked(self, taste, allowed, k, worth):
        """The k allowed products worth most, one per group, best first.

        worth: centred vectors (m, d) -> (m,). Returns rows int64 (j,) and their worth, j = k or all groups there are.
        """
        rows = self._candidates(taste, allowed, k)
        value = worth(self._centred(rows))
        order = np.argsort(-value, kind="stable")
        _, first = np.unique(self.catalogue.groups[rows[order]], return_index=True)
        order = order[np.sort(first)[:k]]
        return rows[order], value[order]

    def _candidates(self, taste, allowed, k):
        """Rows to be scored: all that are allowed, or of many those nearest to the taste. Raises nothing; may be empty."""
        rows = np.flatnonzero(allowed)
        if len(rows) <= SCORED:
            return rows
        near, _ = self._nearest(taste.vector, SCORED, allowed)
        return near if len(near) >= k else rows

    def _nearest(self, query, k, allowed):
        """Like Index.search, with one row per group: looks further until k groups are found or nothing is left."""
        wanted = min(k, len(np.unique(self.catalogue.groups[allowed])))
        fetch = 2 * k
        while True:
            rows, scores = self.index.search(query, fetch, allowed)
            _, first = np.unique(self.catalogue.groups[rows], return_index=True)
            if len(first) >= wanted or len(rows) < fetch:
                first = np.sort(first)[:k]
                return rows[first], scores[first]
            fetch *= 2

    def _best(self, free, k):
        """The showcase's part of what is free; all that is free where the showcase has fewer than k product groups left."""
        best = free & self.catalogue.showcase
        return best if len(np.unique(self.catalogue.groups[best])) >= k else free

    def _diverse(self, free, k, shown):
        """Medoids by greedy facility location, each adding most to how well the cards cover the catalogue.

        free: bool (n,), candidates and what is to be covered. shown: rows that cover already. Returns up to k rows.
        """
        rows = np.flatnonzero(free)
        if not len(rows):
            return []
        cover = rows[np.linspace(0, len(rows) - 1, min(COVER, len(rows))).astype(int)]
        rows = rows[:CANDIDATES]
        likeness = self._vectors(cover) @ self._vectors(rows).T                                # (cover, candidates)
        covered = (self._vectors(cover) @ self._vectors(shown).T).max(axis=1, initial=-1.0)    # (cover,)
        chosen = []
        for _ in range(min(k, len(rows))):
            best = int(np.maximum(likeness, covered[:, None]).sum(axis=0).argmax())
            chosen.append(int(rows[best]))
            covered = np.maximum(covered, likeness[:, best])
            likeness[:, np.isin(self.catalogue.groups[rows], self.catalogue.groups[rows[best]])] = -1.0
        return chosen

    def _rest(self, free, k):
        """Whatever is left, in catalogue order, one row per group."""
        rows = np.flatnonzero(free)
        _, first = np.unique(self.catalogue.groups[rows], return_index=True)
        return [int(row) for row in rows[np.sort(first)][:k]]

    @staticmethod
    def _take(rows, free):
        return next((int(row) for row in rows if free[row]), None)

    @staticmethod
    def _because(part, swipes):
        """The like with the largest share of one score. part: float32 (n,), aligned with swipes."""
        best = int(part.argmax())
        return swipes[best].product_id if swipes[best].liked and part[best] > 0 else None
