"""The products worth scoring one by one, and their vectors as seen from the middle of the catalogue.

Up to SCORED products that is all of them. Of more, a sketch (the vectors' main directions) finds those near the taste and near each group
of likes, so that a feed step costs the same at 50,000 products as at a few thousand.
"""

from functools import cached_property

import numpy as np

SCORED = 2000           # products scored one by one
EVERYWHERE = 300        # of them from all over the catalogue, so that a new taste can still be found
SKETCH = 48             # main directions kept
SAMPLE = 4096           # products that the main directions are found from
PIECE = 8192


class Shortlist:
    """The candidates of one catalogue. Read-only; threads may share it."""

    def __init__(self, vectors, scored=SCORED):
        """vectors: float16 or float32 (n, d), unit rows. scored: products scored one by one."""
        self._vectors, self._scored = vectors, scored
        self.middle = np.zeros(vectors.shape[1], np.float32)
        for start in range(0, len(vectors), PIECE):
            self.middle += np.asarray(vectors[start:start + PIECE], np.float32).sum(axis=0) / len(vectors)
        if len(vectors) <= 2 * scored:
            self._vectors = np.asarray(vectors, np.float32)         # a small catalogue is widened once
        self._all = self._vectors - self.middle if len(vectors) <= 2 * scored else None

    def vectors(self, rows):
        """float32 (m, d), unit rows as the embedder made them. rows: int (m,)."""
        return np.asarray(self._vectors[np.asarray(rows, np.int64)], np.float32)

    def centred(self, rows):
        """Vectors as seen from the middle of the catalogue, float32 (m, d): what all products share says nothing about a person, and many
        dislikes of it would drown a few likes. Ranks by a linear taste are the same for plain and for centred products."""
        rows = np.asarray(rows, np.int64)
        return self.vectors(rows) - self.middle if self._all is None else self._all[rows]

    def apply(self, function, rows):
        """function(centred vectors) for some rows. function: float32 (m, d) to (m, ...), each row on its own. rows: int (m,)."""
        if self._all is None or len(rows) < len(self._all) / 2:
            return function(self.centred(rows))
        return function(self._all)[rows]            # a copy of the vectors costs more than the rows that are not needed

    def candidates(self, directions, allowed):
        """Rows to score.

        directions: function that gives float (c, d), seen from the middle; asked only where there are many products. allowed: bool (n,).
        Returns int (m,), in order of the catalogue.

        All that are allowed, or of many those nearest to the directions and some from everywhere.
        """
        rows = np.flatnonzero(allowed)
        if len(rows) <= self._scored:
            return rows
        flat, basis = self._sketch
        directions = directions()
        wanted = (self._scored - EVERYWHERE) // len(directions)
        likeness = np.asarray(directions, np.float32) @ basis @ flat.T                     # (c, n)
        likeness[:, ~allowed] = -np.inf
        chosen = np.zeros(len(allowed), bool)
        for one in likeness:
            chosen[np.argpartition(one, len(one) - wanted)[-wanted:]] = True
        chosen[rows[np.linspace(0, len(rows) - 1, EVERYWHERE).astype(int)]] = True
        return np.flatnonzero(chosen & allowed)

    @cached_property
    def _sketch(self):
        """All vectors along their main directions, float32 (n, SKETCH), each at its share of length 1; and the directions (d, SKETCH)."""
        count = len(self._vectors)
        some = self.centred(np.linspace(0, count - 1, min(count, SAMPLE)).astype(int))
        _, basis = np.linalg.eigh(some.T @ some)
        basis = np.ascontiguousarray(basis[:, -SKETCH:], np.float32)
        flat = np.empty((count, basis.shape[1]), np.float32)
        for start in range(0, count, PIECE):
            piece = self.centred(np.arange(start, min(start + PIECE, count)))
            flat[start:start + PIECE] = piece @ basis / (np.linalg.norm(piece, axis=1, keepdims=True) + 1e-12)
        return flat, basis


class Groups:
    """Which rows are variants of one product. codes: int (n,), equal for variants."""

    def __init__(self, codes):
        _, self.codes = np.unique(codes, return_inverse=True)
        self._order = np.argsort(self.codes, kind="stable")
        self._starts = np.searchsorted(self.codes[self._order], np.arange(self.codes.max(initial=-1) + 2))

    def variants(self, rows):
        """The rows of some products and of all their variants. rows: ints. Returns bool (n,)."""
        found = np.zeros(len(self.codes), bool)
        for row in rows:
            found[self.of(row)] = True
        return found

    def of(self, row):
        """A row and its variants, int (m,), in order of the catalogue."""
        code = self.codes[row]
        return self._order[self._starts[code]:self._starts[code + 1]]

    def count(self, allowed):
        """How many groups have an allowed row."""
        found = np.zeros(len(self._starts), bool)
        found[self.codes[allowed]] = True
        return int(found.sum())


class Distinct:
    """Takes products one by one and refuses any that was taken before: itself, a variant, or a near-twin."""

    def __init__(self, groups, shortlist, twin, rows=()):
        """twin: cosine from which two products count as one. rows: taken from the start."""
        self._groups, self._shortlist, self._twin = groups, shortlist, twin
        self._taken = np.zeros(len(groups.codes), bool)
        self._vectors = shortlist.vectors(list(rows))
        for row in rows:
            self._taken[groups.of(row)] = True

    def take(self, row):
        """Take a row. Returns whether it was new."""
        if self._taken[row] or self.is_twin([row])[0]:
            return False
        self._taken[self._groups.of(row)] = True
        self._vectors = np.concatenate([self._vectors, self._shortlist.vectors([row])])
        return True

    def is_new_group(self, row):
        """Whether no variant of a row was taken or asked for before."""
        if self._taken[row]:
            return False
        self._taken[self._groups.of(row)] = True
        return True

    def is_twin(self, rows):
        """Whether each row looks like one that was taken. Returns bool (m,)."""
        if not len(self._vectors):
            return np.zeros(len(rows), bool)
        return (self._shortlist.vectors(rows) @ self._vectors.T).max(axis=1) >= self._twin
