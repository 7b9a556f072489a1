"""The learner that keeps several tastes apart: Gaussian process regression on the swipes.

A product is as good as the likes near it and as bad as the dislikes near it, so a taste for boots does not blur one for floral dresses.
Where no swipe is near, the learner knows that it does not know, and the next card may go and look (Rasmussen and Williams 2006; upper confidence
bound, Srinivas et al. 2010). Tastes change: the older a swipe, the less it is trusted where a later one says otherwise.

The settings are the best of those tried in the simulator: python -m training.taste.
"""

from dataclasses import dataclass

import numpy as np

from fashflix.preference.taste import checked_log, unit


@dataclass(frozen=True)
class Kernel:
    """Gaussian process regression on cosines.

    linear, near: weights of the two parts of the kernel, a plain cosine and one that only reaches nearby products. reach: of the latter.
    noise: variance of the latest swipe. half_life: number of later swipes that double a swipe's variance.
    like, dislike: what swipes aim at, measured from how much an average product is liked.
    curiosity: standard deviations added when the next card is chosen.
    """

    linear: float = 0.3
    near: float = 1.0
    reach: float = 1.0
    noise: float = 0.6
    half_life: float = 15.0
    like: float = 1.15
    dislike: float = -0.45
    curiosity: float = 1.5

    def __call__(self, cosines):
        """The kernel of products at these cosines, any shape."""
        return self.linear * cosines + self.near * np.exp((cosines - 1) / self.reach**2)

    def fit(self, vectors, liked, times=None, batches=None):
        """Learn from a swipe log.

        vectors: (n, d), the swiped products, seen from the middle of the catalogue. liked: bool (n,). times, batches: unused; only the order
        of the swipes matters, so that a log without one gives exactly the taste of a log that never had it.
        Returns KernelTaste. Raises PreferenceError when the lengths differ or a vector is not finite.
        """
        vectors, liked, _ = checked_log(vectors, liked, batches)
        swiped = unit(vectors)
        noise = self.noise * 2 ** (np.arange(len(liked))[::-1] / self.half_life)
        gain = np.linalg.inv(self((swiped @ swiped.T).astype(np.float64)) + np.diag(noise))
        weights = gain @ np.where(liked, self.like, self.dislike)
        return KernelTaste(self, swiped, weights.astype(np.float32), gain.astype(np.float32), noise.astype(np.float32))


@dataclass(frozen=True)
class KernelTaste:
    """A taste as a function over the products. swiped: float32 (n, d), unit rows. weights: float32 (n,). gain: float32 (n, n).
    noise: float32 (n,), variance of each swipe."""

    kernel: Kernel
    swiped: np.ndarray
    weights: np.ndarray
    gain: np.ndarray
    noise: np.ndarray

    @property
    def vector(self):
        """The direction in which liking grows fastest, (d,): what an index is asked for candidates with."""
        return self.weights @ self.swiped

    def _likeness(self, vectors):
        vectors = np.asarray(vectors, np.float32)
        length = np.sqrt(np.einsum("md,md->m", vectors, vectors)) + 1e-12         # to divide cosines is cheaper than to divide vectors
        return self.kernel(vectors @ self.swiped.T / length[:, None])

    def score(self, vectors):
        return self._likeness(vectors) @ self.weights

    def contributions(self, vectors):
        return self._likeness(vectors) * self.weights

    def wish(self, vectors, rng=None):
        likeness = self._likeness(vectors)
        explained = np.einsum("mi,mi->m", likeness @ self.gain, likeness)
        doubt = np.sqrt(np.maximum(self.kernel.linear + self.kernel.near - explained, 0))
        return likeness @ self.weights + self.kernel.curiosity * doubt

    def draw(self, rng):
        """A plausible direction: the weights of the swipes shaken as far as the noise allows."""
        return (self.weights + self.gain @ rng.normal(0, np.sqrt(self.noise)).astype(np.float32)) @ self.swiped
