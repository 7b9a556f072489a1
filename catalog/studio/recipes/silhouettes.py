"""Silhouettes of skirts, as ranges that each geometry is drawn from."""

from dataclasses import dataclass

import numpy as np

from catalog.studio.chance import pick, seed
from catalog.studio.fluted import Folds


@dataclass(frozen=True)
class Silhouette:
    """Ranges of a Skirt's measures at knee length, and how much width and depth (cm) grow for every 50 cm more of length.

    folds: range of their count. kinds: of folds. girth: quarter girth of the waist, where the style sets it. tiered: with seams between.
    """

    width: tuple
    depth: tuple
    fullness: tuple = (1.0, 1.0)
    gather: tuple = (1.0, 1.0)
    bow: tuple = (1.0, 1.0)
    folds: tuple = (3, 4)
    uneven: float = 0.4
    wander: float = 0.5
    grow: tuple = (0.0, 0.0)
    kinds: tuple = ("soft",)
    girth: tuple | None = None
    ease: float = 0.0
    tiered: bool = False

    def measures(self, rng, waist, hem):
        """Keyword arguments of a Skirt from waist to hem (heights)."""
        more, kind = (waist - hem) / 50 - 1, pick(rng, self.kinds)
        few, many = self.folds if kind != "knife" else (20, 29)
        drawn = dict(hem_width=rng.uniform(*self.width) + self.grow[0] * more, hem_depth=rng.uniform(*self.depth) + self.grow[1] * more,
                     fullness=rng.uniform(*self.fullness), gather=rng.uniform(*self.gather), bow=rng.uniform(*self.bow), ease=self.ease,
                     folds=Folds(int(rng.integers(few, many)), kind, self.uneven, self.wander, seed(rng)))
        if self.girth:
            drawn["waist_girth"] = rng.uniform(*self.girth)
        if self.tiered:
            count = 3 if more > 0.4 else 2
            drawn["tiers"] = tuple(waist - (waist - hem) * (np.arange(1, count) / count - rng.uniform(0, 0.08)))
        return drawn
