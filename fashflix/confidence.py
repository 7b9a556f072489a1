"""How likely a person likes what is picked for them: said honestly, from how the picks stand among their own swipes.

The weights in fashflix/weights/confidence.json are fitted in the simulator, one row a learner: python -m training.taste.
"""

import json
from dataclasses import dataclass

import numpy as np

from fashflix.errors import ModelError
from fashflix.settings import ROOT

FILE = ROOT / "fashflix" / "weights" / "confidence.json"
EVIDENCE = ("constant", "place", "place when pleased", "pleased lately", "likes", "swipes")
LATELY = 12         # swipes that say how pleased a person is these days
RIDGE, STEPS = 1.0, 30


def evidence(scores, own, liked):
    """What speaks for each pick.

    scores: float (m,), of the picks. own: float (n,), the same learner's scores of what was swiped. liked: bool (n,), in the order of the log.
    Returns float (m, len(EVIDENCE)): a constant; where the pick stands between the scores of the passes (0) and of the likes (1); that times
    the next; the share of likes among the last LATELY swipes, drawn towards a tenth; the numbers of likes and of swipes, as logarithms.
    """
    scores, own, liked = np.asarray(scores, float), np.asarray(own, float), np.asarray(liked, bool)
    place = np.zeros(len(scores))
    if liked.any() and not liked.all():
        low, high = own[~liked].mean(), own[liked].mean()
        place = np.clip((scores - low) / max(high - low, 1e-6), -1, 2)
    pleased = (liked[-LATELY:].sum() + 0.2) / (min(len(liked), LATELY) + 2)
    rest = np.broadcast_to([pleased, np.log1p(liked.sum()), np.log1p(len(liked))], (len(scores), 3))
    return np.column_stack([np.ones(len(scores)), place, place * pleased, rest])


@dataclass(frozen=True)
class Confidence:
    """A logistic regression on the evidence. weights: float (len(EVIDENCE),)."""

    weights: np.ndarray

    @classmethod
    def load(cls, learner, path=FILE):
        """The one fitted for a learner, or None when none was. learner: name in preference.LEARNERS. Raises ModelError on a damaged file."""
        try:
            known = json.loads(path.read_text(encoding="utf-8"))
            fits = known["evidence"] == list(EVIDENCE)
            weights = known["weights"].get(learner) if fits else None
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"{path} is damaged ({error}). Restore it: git checkout -- fashflix/weights") from error
        return None if weights is None else cls(np.asarray(weights, float))

    @classmethod
    def fit(cls, evidence, liked):
        """Fit by Newton's method with a small ridge. evidence: float (m, len(EVIDENCE)). liked: bool (m,)."""
        evidence, liked = np.asarray(evidence, float), np.asarray(liked, float)
        weights = np.zeros(evidence.shape[1])
        for _ in range(STEPS):
            likely = _logistic(evidence @ weights)
            slope = evidence.T @ (likely - liked) + RIDGE * weights
            curve = (evidence * (likely * (1 - likely))[:, None]).T @ evidence + RIDGE * np.eye(len(weights))
            weights = weights - np.linalg.solve(curve, slope)
        return cls(weights)

    def chances(self, evidence):
        """Probability that each pick is liked. evidence: float (m, len(EVIDENCE)). Returns float (m,)."""
        return _logistic(np.asarray(evidence, float) @ self.weights)


def _logistic(values):
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))
