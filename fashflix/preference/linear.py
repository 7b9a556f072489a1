"""Learners whose taste is one direction in embedding space: a weighted sum of the swiped products."""

from dataclasses import dataclass

import numpy as np

from fashflix.preference.taste import LinearTaste, checked_log, unit


@dataclass(frozen=True)
class ExponentialMovingAverage:
    """FashFlix's first rule: per batch of swipes, v <- (1 - rate) v + rate (sum of liked - sum of disliked), from v = 0."""

    rate: float = 0.3

    def fit(self, vectors, liked, times=None, batches=None):
        """Learn from a swipe log.

        vectors: (n, d), the swiped products. liked: bool (n,). times: unused by this rule.
        batches: int (n,), swipes of one batch share a number, later batches have larger ones; default: each swipe is a batch.
        Returns LinearTaste. Raises PreferenceError when the lengths differ or a vector is not finite.
        """
        vectors, liked, batches = checked_log(vectors, liked, batches)
        _, step = np.unique(batches, return_inverse=True)
        last = step.max(initial=0)
        decay = self.rate * (1 - self.rate) ** (last - step)
        return LinearTaste(vectors, np.where(liked, decay, -decay).astype(np.float32))


@dataclass(frozen=True)
class Rocchio:
    """The middle of what was liked, minus a share of the middle of what was not (Rocchio 1971)."""

    against: float = 0.75

    def fit(self, vectors, liked, times=None, batches=None):
        """Learn from a swipe log, as ExponentialMovingAverage.fit; the order does not matter."""
        vectors, liked, _ = checked_log(vectors, liked, batches)
        weights = np.where(liked, 1 / max(liked.sum(), 1), -self.against / max((~liked).sum(), 1))
        return LinearTaste(vectors, weights.astype(np.float32))


@dataclass(frozen=True)
class Logistic:
    """Regularised logistic regression, likes and dislikes weighing alike; solved in the span of the swipes by Newton's method."""

    ridge: float = 1.0
    steps: int = 12

    def fit(self, vectors, liked, times=None, batches=None):
        """Learn from a swipe log, as ExponentialMovingAverage.fit; the order does not matter."""
        vectors, liked, _ = checked_log(vectors, liked, batches)
        if not len(liked):
            return LinearTaste(vectors, np.zeros(0, np.float32))
        swiped = unit(vectors).astype(np.float64)
        likeness, target = swiped @ swiped.T, np.where(liked, 1.0, -1.0)
        importance = np.where(liked, 0.5 / max(liked.mean(), 1 / len(liked)), 0.5 / max((~liked).mean(), 1 / len(liked)))
        weights = np.zeros(len(liked))
        for _ in range(self.steps):
            margin = likeness @ weights
            wrong = 1 / (1 + np.exp(np.clip(target * margin, -30, 30)))
            curve = np.maximum(importance * wrong * (1 - wrong), 1e-6)
            weights = np.linalg.solve(likeness + np.diag(self.ridge / curve), margin + importance * wrong * target / curve)
        return LinearTaste(swiped.astype(np.float32), weights.astype(np.float32))


@dataclass(frozen=True)
class BayesianTaste(LinearTaste):
    """A LinearTaste that knows how sure it is: a normal posterior over directions."""

    gain: np.ndarray = None             # float64 (n, n), inverse of the swipes' covariance
    learner: object = None              # the Bayes that made it

    def draw(self, rng):
        """A direction drawn from the posterior (Thompson 1933; Matheron's rule): its middle is `vector`, however the weights were set."""
        if not len(self.weights):
            return self.vector
        loose = rng.normal(0, np.sqrt(self.learner.prior), self.swiped.shape[1])
        error = rng.normal(0, np.sqrt(self.learner.noise), len(self.weights))
        apart = loose - self.learner.prior * (self.gain @ (self.swiped @ loose + error)) @ self.swiped
        return (self.vector + self.learner.width * apart).astype(np.float32)


@dataclass(frozen=True)
class Bayes:
    """Bayesian linear regression on likes (1) and dislikes: the posterior mean for lists, a draw for the next card.

    prior, noise: variances of a score and of a swipe. dislike: what a dislike aims at. width: of the draws, 1 being the posterior's own; in
    512 dimensions that would drown fifty swipes.
    """

    prior: float = 1.0
    noise: float = 0.5
    dislike: float = -0.6
    width: float = 0.2

    def fit(self, vectors, liked, times=None, batches=None):
        """Learn from a swipe log, as ExponentialMovingAverage.fit; the order does not matter. Returns BayesianTaste."""
        vectors, liked, _ = checked_log(vectors, liked, batches)
        swiped, target = unit(vectors), np.where(liked, 1.0, self.dislike)
        gain = np.linalg.inv(self.prior * (swiped @ swiped.T).astype(np.float64) + self.noise * np.eye(len(liked)))
        return BayesianTaste(swiped, (self.prior * gain @ target).astype(np.float32), gain, self)
