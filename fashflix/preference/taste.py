"""What a learner makes of a swipe log, and the log it is made of."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from fashflix.errors import PreferenceError


class Taste(Protocol):
    """What a learner made of n swipes."""

    vector: np.ndarray          # (d,) float32, the preference vector in embedding space

    def score(self, vectors):
        """How much the person would like each product. vectors: (m, d). Returns float32 (m,), higher is better."""

    def draw(self, rng):
        """A plausible preference vector, for choosing the next card. Returns float32 (d,)."""

    def wish(self, vectors, rng):
        """How much each product is worth showing next: liking and, where the learner knows it, ignorance. Returns float32 (m,)."""

    def contributions(self, vectors):
        """Which swipe moved which score. vectors: (m, d). Returns float32 (m, n); rows sum to `score(vectors)`."""


@dataclass(frozen=True)
class LinearTaste:
    """A preference vector that is a weighted sum of the swiped products' vectors.

    swiped: float32 (n, d). weights: float32 (n,), positive for liked products.
    """

    swiped: np.ndarray
    weights: np.ndarray

    @property
    def vector(self):
        return self.weights @ self.swiped

    def score(self, vectors):
        return np.asarray(vectors, np.float32) @ self.vector

    def draw(self, rng):
        return self.vector

    def wish(self, vectors, rng):
        return np.asarray(vectors, np.float32) @ self.draw(rng)

    def contributions(self, vectors):
        return np.asarray(vectors, np.float32) @ self.swiped.T * self.weights


def checked_log(vectors, liked, batches=None):
    """The log as float32 (n, d), bool (n,) and int64 (n,). Raises PreferenceError when they do not fit together."""
    vectors, liked = np.asarray(vectors, np.float32), np.asarray(liked, bool)
    batches = np.arange(len(liked)) if batches is None else np.asarray(batches, np.int64)
    if vectors.ndim != 2 or liked.shape != (len(vectors),) or batches.shape != liked.shape:
        raise PreferenceError(f"A swipe log needs vectors (n, d), liked (n,) and batches (n,); "
                              f"got {vectors.shape}, {liked.shape}, {batches.shape}.")
    if not np.isfinite(vectors).all():
        raise PreferenceError("A swiped product's vector is not finite. Check the catalogue: python -m fashflix.catalogue verify")
    return vectors, liked, batches


def unit(vectors):
    """Rows at length 1: float32 (n, d); a row of zeros stays."""
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-12)
