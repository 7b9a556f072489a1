"""How far a catalogue's photos are from those the model learnt from. The farther, the less its picks can be trusted.

    python -m fashflix.freshness [FOLDER]

Two measures, both from embeddings (n, 512), against `reference.npz` beside the weights (mean and covariance, no single photo's vector):
distance    squared maximum mean discrepancy with the kernel ((x.y + 1) / 2)^2, unbiased (the kernel distance of Binkowski et al. 2018, of
            degree 2); 0 for two samples of the same photos
told apart  how often a linear classifier, shown one photo of each side, picks out the catalogue's; 0.5 is guessing. Each product is
            judged by a classifier fitted without it.
A distance says little by itself, so the reference holds yardsticks: distances measured in the same way when it was made.
"""

import argparse
import math
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fashflix.catalogue import Catalogue
from fashflix.errors import FashFlixError, ModelError
from fashflix.settings import Settings

FEWEST, MOST, FOLDS = 50, 20_000, 5
HELD_OUT = "held-out photos of the same shops and people"
ONE_KIND = "the kind of training photo that is least like the rest"
STREET = "street photos, never trained on"
ALIKE = 4               # times the distance of held-out photos; below it nobody could tell
RIDGE = 0.1             # of the mean variance, added to every direction before a classifier is fitted


@dataclass(frozen=True)
class Reference:
    """What is kept of the training photos' embeddings.

    mean: (512,). factor: (k, 512), whose factor.T @ factor is their covariance as far as k directions hold it. count: photos.
    yardsticks: dict of words to distance.
    """

    model_sha256: str
    count: int
    mean: np.ndarray
    factor: np.ndarray
    yardsticks: dict

    @classmethod
    def of(cls, vectors, model_sha256, yardsticks=None, directions=96):
        """Make one. vectors: (n, 512) unit rows."""
        mean = vectors.mean(0)
        values, axes = np.linalg.eigh(np.cov(vectors.T))
        factor = (axes[:, -directions:] * np.sqrt(np.maximum(values[-directions:], 0))).T
        return cls(model_sha256, len(vectors), mean, factor, yardsticks or {})

    @classmethod
    def load(cls, path=None):
        """Read one. Raises ModelError when it is missing or damaged."""
        path = Path(path or Settings().model.with_name("reference.npz"))
        try:
            with np.load(path, allow_pickle=False) as file:
                yardsticks = dict(zip(file["yardstick_names"].tolist(), file["yardsticks"].tolist()))
                mean, factor = file["mean"].astype(np.float64), file["factor"].astype(np.float64)
                return cls(str(file["model_sha256"]), int(file["count"]), mean, factor, yardsticks)
        except (OSError, KeyError, ValueError) as error:
            raise ModelError(f"There is no usable reference of the training photos at {path}. "
                             "Make it: python -m training.reference --data FOLDER") from error

    def save(self, path):
        """Write it as a small npz file."""
        np.savez_compressed(path, model_sha256=self.model_sha256, count=self.count, mean=self.mean.astype(np.float32),
                            factor=self.factor.astype(np.float16), yardstick_names=list(self.yardsticks),
                            yardsticks=list(self.yardsticks.values()))

    def distance(self, vectors):
        """Distance of embeddings (n, 512), n > 1, from the training photos'. About 0, also a little below, when they are alike."""
        n, mean, moment = len(vectors), vectors.mean(0), vectors.T @ vectors / len(vectors)
        own_moment = self.factor.T @ self.factor + np.outer(self.mean, self.mean)
        within, own = _kernel(moment, moment, mean, mean), _kernel(own_moment, own_moment, self.mean, self.mean)
        within, own = (n * within - 1) / (n - 1), (self.count * own - 1) / (self.count - 1)        # without each photo beside itself
        return float(within + own - 2 * _kernel(moment, own_moment, mean, self.mean))

    def told_apart(self, vectors):
        """How often a classifier picks out a photo of `vectors` (n, 512) beside a training photo. 0.5 to 1, or a little less than 0.5."""
        order, covariance = np.random.default_rng(0).permutation(len(vectors)), self.factor.T @ self.factor
        ridge = RIDGE * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
        wins = []
        for fold in range(FOLDS):
            judged, fitted = order[fold::FOLDS], np.delete(order, np.s_[fold::FOLDS])
            mean = vectors[fitted].mean(0)
            direction = np.linalg.solve((covariance + np.cov(vectors[fitted].T)) / 2 + ridge, mean - self.mean)
            scores = (vectors[judged] - self.mean) @ direction / math.sqrt(direction @ covariance @ direction)
            wins += [0.5 * math.erfc(-score / math.sqrt(2)) for score in scores]    # a training photo's score is taken as normal
        return float(np.mean(wins))


@dataclass(frozen=True)
class Freshness:
    """distance and told_apart: see above. verdict: in plain words. yardsticks: dict of words to distance, near ones first."""

    distance: float
    told_apart: float
    verdict: str
    yardsticks: dict
    products: int


def measure(vectors, model_sha256, reference=None):
    """Compare a catalogue with the training photos.

    vectors: (n, 512). model_sha256: of the model that made them. reference: Reference; default, the released one.
    Returns Freshness. Raises ModelError where there is nothing to compare with, or too little.
    """
    reference = reference or Reference.load()
    if reference.model_sha256 != model_sha256:
        raise ModelError(f"The reference of the training photos belongs to model {reference.model_sha256[:12]}, the catalogue to "
                         f"{model_sha256[:12]}. Make a new one: python -m training.reference --data FOLDER")
    if len(vectors) < FEWEST:
        raise ModelError(f"The catalogue has {len(vectors)} products; from {FEWEST} on it can be compared with the training photos.")
    some = np.asarray(vectors[::max(1, len(vectors) // MOST)], np.float64)
    distance, told_apart = reference.distance(some), reference.told_apart(some)
    near_first = dict(sorted(reference.yardsticks.items(), key=lambda pair: pair[1]))
    return Freshness(distance, told_apart, _verdict(distance, reference.yardsticks), near_first, len(vectors))


def _verdict(distance, yardsticks):
    if distance <= ALIKE * yardsticks.get(HELD_OUT, 0):
        return "These photos look like the ones the model learnt from, so its picks can be trusted as far as the model card says."
    if distance <= yardsticks.get(ONE_KIND, 0):
        return ("These photos differ from the ones the model learnt from, but no more than one kind of those differs from the rest. "
                "Picks should hold.")
    if distance <= yardsticks.get(STREET, math.inf):
        return ("These photos differ clearly from the ones the model learnt from, though less than street photos do. Expect weaker picks; "
                "training on photos like these would help.")
    return ("These photos are further from the ones the model learnt from than street photos are. Expect poor picks until a model is "
            "trained on photos like these.")


def _kernel(moment, other_moment, mean, other_mean):
    """Mean of ((x.y + 1) / 2)^2 over all pairs, from second moments (512, 512) and means (512,)."""
    return ((moment * other_moment).sum() + 2 * mean @ other_mean + 1) / 4


def main():
    parser = argparse.ArgumentParser(prog="python -m fashflix.freshness",
                                     description="Compare a catalogue with the photos the model learnt from.")
    parser.add_argument("folder", nargs="?", default=Settings().catalogue, type=Path)
    given = parser.parse_args()
    try:
        catalogue = Catalogue.open(given.folder)
        found = measure(catalogue.vectors, catalogue.manifest["model_sha256"])
    except FashFlixError as error:
        sys.exit(str(error))
    print(f"{given.folder}: {found.verdict}\n\n{'distance':>9}\n{found.distance:9.4f}  this catalogue, {found.products:,} products")
    print("".join(f"{distance:9.4f}  {words}\n" for words, distance in found.yardsticks.items()))
    print(f"A classifier tells its photos from training photos in {found.told_apart:.0%} of pairs (50%: not at all).")


if __name__ == "__main__":
    main()
