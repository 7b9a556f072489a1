"""The next cards of the deck: first what shows a newcomer the whole range, then best guesses mixed with questions."""

import numpy as np

from fashflix.shortlist import Distinct

FIRST_CARDS = 10        # so many diverse cards before the taste chooses
EXPLORE_EVERY = 4       # from then on, every fourth card looks where nobody has looked yet,
LATELY, PLEASED = 5, 2  # unless so many of the latest swipes were likes: then the taste is on the right track
NEWCOMER = 30           # so many cards come from the catalogue's showcase, if it has one
COVER = 240             # rows that stand for what is allowed when diverse cards are chosen
CANDIDATES = 200        # rows the diverse cards are chosen from


class Feed:
    """Chooses cards for one catalogue. Holds no person."""

    def __init__(self, catalogue, groups, shortlist, twin):
        """catalogue: with showcase. groups: shortlist.Groups. shortlist: shortlist.Shortlist. twin: cosine of a near-twin."""
        self._catalogue, self._groups, self._shortlist, self._twin = catalogue, groups, shortlist, twin

    def next_cards(self, seen, ranked, allowed, k, keep=(), pleased=False):
        """Choose cards.

        seen: rows swiped so far, oldest first. ranked: function of bool (n,) to rows, most worth showing first; may give none.
        allowed: bool (n,). k: cards wanted. keep: rows on top of the deck that stay there, if allowed and not seen.
        pleased: whether the latest guesses were liked; then no card is spent on looking elsewhere.
        Returns rows, list of int: k of them, or all that are left.
        """
        free = allowed & ~self._groups.variants(seen)
        new = Distinct(self._groups, self._shortlist, self._twin, seen)
        cards = [row for row in dict.fromkeys(keep) if free[row] and new.take(row)][:k]
        best = self._best(free, k) if len(seen) < NEWCOMER else free
        diverse = self._once(lambda: self._diverse(best, k, seen + cards))
        guesses = self._once(lambda: ranked(best) if len(seen) + k > FIRST_CARDS else ())
        rest = self._once(lambda: np.flatnonzero(free))
        while len(cards) < k:
            position = len(seen) + len(cards)
            first = diverse if position < FIRST_CARDS or (position % EXPLORE_EVERY == 0 and not pleased) else guesses
            sources = (first, guesses if first is diverse else diverse, rest)
            row = next((int(row) for source in sources for row in source if new.take(row)), None)
            if row is None:
                break
            cards.append(row)
        return cards

    @staticmethod
    def _once(rows):
        """An iterator over the rows a function gives, which is asked for them only when the first one is wanted."""
        yield from rows()

    def _best(self, free, k):
        """The showcase's part of what is free; all that is free where the showcase has fewer than k product groups left."""
        best = free & self._catalogue.showcase
        return best if best.any() and self._groups.count(best) >= k else free

    def _diverse(self, free, k, shown):
        """Medoids by greedy facility location, each adding most to how well the cards cover what is free.

        free: bool (n,), candidates and what is to be covered. shown: rows that cover already. Returns up to k rows.
        """
        rows = np.flatnonzero(free)
        if not len(rows):
            return []
        cover = self._shortlist.vectors(rows[np.linspace(0, len(rows) - 1, min(COVER, len(rows))).astype(int)])
        rows = rows[np.linspace(0, len(rows) - 1, min(CANDIDATES, len(rows))).astype(int)]
        likeness = cover @ self._shortlist.vectors(rows).T                                          # (cover, candidates)
        covered = (cover @ self._shortlist.vectors(shown).T).max(axis=1, initial=-1.0)              # (cover,)
        chosen = []
        for _ in range(min(k, len(rows))):
            best = int(np.maximum(likeness, covered[:, None]).sum(axis=0).argmax())
            chosen.append(int(rows[best]))
            covered = np.maximum(covered, likeness[:, best])
            likeness[:, self._groups.codes[rows] == self._groups.codes[rows[best]]] = -1.0
        return chosen
