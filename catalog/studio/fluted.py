"""The form that a skirt is laid on: an ellipse at every height, pushed out into folds that grow towards the hem.

Along the cloth, `share` says where on the ring a point lies (0 the front centre, 0.25 the right side, 0.5 the back), `v` how high in
panel space. Rings are as long as the cloth that lies on them, so that cloth laid here is neither stretched nor slack.
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import map_coordinates

LEVELS = 64             # rings of a form
STEPS = 960             # points of a ring
EDGE = 0.78             # where in a knife pleat its outer edge lies
WIDEST = 14.0           # cm that a fold may stand out


@dataclass(frozen=True)
class Folds:
    """How cloth falls in folds round a ring.

    count: folds in a ring. kind: "soft", "box" (pressed box pleats) or "knife" (pleats that all lie one way). uneven: 0 = all alike.
    wander: how far a fold drifts sideways on its way down, in folds.
    """

    count: int = 9
    kind: str = "soft"
    uneven: float = 0.4
    wander: float = 0.5
    seed: int = 0


class Waves:
    """The outline of folds in cross-section: where on the ring and how far down -> how far out, 0 (in a valley) to about 1."""

    def __init__(self, folds):
        rng = np.random.default_rng(folds.seed)
        self.folds = folds
        count, uneven = folds.count, folds.uneven
        widths = np.exp(rng.normal(0, 0.55 * uneven, count))
        self.starts = np.r_[0, np.cumsum(widths)] / widths.sum()
        self.turn = rng.random()
        self.heights = 1 + uneven * rng.uniform(-0.75, 0.45, count)
        self.late = np.clip(rng.uniform(-0.3, 0.55, count) * uneven * 2, 0, 0.6)        # folds that begin further down
        self.sway = rng.uniform(-1, 1, (3, 2)) * [0.5 * folds.wander / count, np.pi]

    def __call__(self, share, down):
        """share: (n,). down: 0 at the waist, 1 at the hem. Returns (n,)."""
        drift = sum(far * np.sin(2 * np.pi * (k + 1) * share + phase) for k, (far, phase) in enumerate(self.sway)) * down ** 1.5
        at = (share + self.turn + drift) % 1
        fold = np.clip(np.searchsorted(self.starts, at, side="right") - 1, 0, self.folds.count - 1)
        across = (at - self.starts[fold]) / (self.starts[fold + 1] - self.starts[fold])
        grown = np.clip((down - self.late[fold]) / (1 - self.late[fold]), 0, 1) ** 0.8
        return self._profile(across) * self.heights[fold] * grown

    def _profile(self, across):
        if self.folds.kind == "knife":
            return np.where(across < EDGE, across / EDGE, (1 - across) / (1 - EDGE))
        if self.folds.kind == "box":
            return np.clip(np.minimum(across, 1 - across) / 0.14 - 0.6, 0, 1)
        return ((1 - np.cos(2 * np.pi * across)) / 2) ** 0.8

    def creases(self):
        """Where pressed pleats have their edges: shares of the ring, in order."""
        starts, widths = self.starts[:-1], np.diff(self.starts)
        edges = {"knife": (EDGE,), "box": (0.16, 0.84)}.get(self.folds.kind, ())
        return np.sort(np.concatenate([(starts + widths * edge - self.turn) % 1 for edge in edges])) if edges else np.zeros(0)


def quarter(half_width, half_depth):
    """A quarter of the way round an ellipse (Ramanujan 1914)."""
    a, b = half_width, half_depth
    return np.pi / 4 * (3 * (a + b) - np.sqrt((3 * a + b) * (a + 3 * b)))


class Form:
    """A fluted form.

    v: (LEVELS,) panel heights from the waist down. half_width, half_depth, fullness: (LEVELS,) of the ellipses, cm, and the cloth on
    each as a factor of the ellipse. waves: Waves, or a list of (Waves, from v, to v) for tiers. top: z of the first ring.
    """

    def __init__(self, v, half_width, half_depth, fullness, waves, top):
        self.v = v
        self.ellipse = quarter(half_width, half_depth)
        self.cloth = self.ellipse * fullness                # a quarter of each ring's cloth
        down = (v[0] - v) / (v[0] - v[-1])
        rings = np.stack([self._ring(*row) for row in zip(down, v, half_width, half_depth, self.cloth, [waves] * len(v))])
        out = np.linalg.norm(np.diff(rings, axis=0), axis=2) ** 2
        drop = np.sqrt(np.maximum(np.diff(v) ** 2 - np.median(out, axis=1), 0.3 * np.diff(v) ** 2))
        self.z = top - np.r_[0, np.cumsum(drop)]
        self.rings = rings

    @staticmethod
    def _ring(down, v, half_width, half_depth, cloth, waves):
        """One ring at equal steps along its cloth: (STEPS + 1, 2)."""
        angle = np.linspace(0, 2 * np.pi, STEPS + 1)
        ellipse = np.stack([half_width * np.sin(angle), half_depth * np.cos(angle)], axis=1)
        along = _lengths(ellipse)
        share = np.linspace(0, 1, STEPS + 1)
        ellipse = np.stack([np.interp(share * along[-1], along, column) for column in ellipse.T], axis=1)
        outward = ellipse / np.array([half_width, half_depth]) ** 2
        outward /= np.linalg.norm(outward, axis=1, keepdims=True)
        wave = _wave_at(waves, share, down, v)
        wave = (wave - wave.mean())[:, None] * outward
        low, high = 0.0, WIDEST
        for _ in range(18):                                 # as deep as takes up the cloth
            middle = (low + high) / 2
            low, high = (middle, high) if _lengths(ellipse + wave * middle)[-1] < 4 * cloth else (low, middle)
        ring = ellipse + wave * low
        along = _lengths(ring)
        return np.stack([np.interp(share * along[-1], along, column) for column in ring.T], axis=1)

    def at(self, share, v):
        """Points of the form: share, v (n,) -> (n, 3)."""
        level = np.interp(-v, -self.v, np.arange(len(self.v)))
        where = np.stack([level, share % 1 * STEPS])
        x, y = (map_coordinates(self.rings[:, :, axis], where, order=1, mode="nearest") for axis in (0, 1))
        return np.stack([x, y, np.interp(level, np.arange(len(self.v)), self.z)], axis=1)

    def half_width_at(self, v):
        """How far the ring at a height reaches sideways."""
        return np.interp(-v, -self.v, np.abs(self.rings[:, :, 0]).max(axis=1))

    def width(self, v):
        """Half width of the panel at heights v: the ellipse's quarter."""
        return np.interp(-np.asarray(v, float), -self.v, self.ellipse)

    def stretch(self, v):
        """Cloth per width of the panel, at heights v."""
        return np.interp(-np.asarray(v, float), -self.v, self.cloth / self.ellipse)

    def shape(self, middle, direction):
        """Rest lengths as factors: the cloth of a ring is spread evenly over the panel, and lines down the skirt keep their length."""
        u, v = middle.T
        slope = (self.width(v + 0.5) - self.width(v - 0.5)) / self.width(v)
        across = self.stretch(v) * (direction[:, 0] - u * slope * direction[:, 1])
        return np.where(v < self.v[0], np.hypot(across, direction[:, 1]), 1.0)


def _lengths(ring):
    return np.r_[0, np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))]


def _wave_at(waves, share, down, v):
    if isinstance(waves, Waves):
        return waves(share, down)
    tier, upper, lower = next((one for one in waves if v >= one[2]), waves[-1])
    return tier(share, np.clip((upper - v) / (upper - lower), 0, 1) * 0.6 + 0.4)
