"""The surface of cloth at arm's length: tiles of the folds, creases and puckers that a drape simulation is too coarse to show."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from catalog.studio.prints.tile import noise
from catalog.studio.weaves import slopes

SIZE = (84.0, 112.0)        # cm; larger than what repeats in one picture
DENSITY = 4                 # texels per cm
VARIANTS = 4
PUCKER_SIZE = (32.0, 32.0)


@lru_cache(maxsize=None)
def folds(name, variant):
    """Folds of a cloth: (h, w, 3) float32 tile of SIZE cm: slopes along u and v (standard deviation 1 over both) and tone."""
    rng = np.random.default_rng([variant, len(name)])
    return _packed(_drawn(_FOLDS[name], rng), SIZE)


@lru_cache(maxsize=None)
def puckers():
    """The ripples that stitching leaves beside a seam: (h, w, 3) float32 tile of PUCKER_SIZE cm: slopes and height, each of deviation 1."""
    rng = np.random.default_rng(5)
    shape = (320, 320)
    height = noise(shape, (30, 26), rng, 3.0)
    along_u, along_v = slopes(height, PUCKER_SIZE)
    return np.dstack([along_u / along_u.std(), along_v / along_v.std(), height]).astype(np.float32)


def _packed(height, size):
    along_u, along_v = slopes(height, size)
    scale = np.sqrt((along_u**2 + along_v**2).mean())
    hollow = cv2.GaussianBlur(np.pad(height, 16, mode="wrap").astype(np.float32), (0, 0), 6)[16:-16, 16:-16] - height
    tone = 1 - 0.06 * np.clip(hollow / (hollow.std() + 1e-9), -2, 2)
    return np.dstack([np.clip(along_u / scale, -4, 4), np.clip(along_v / scale, -4, 4), tone]).astype(np.float32)


def _field(rng, width, height, roughness=2.6):
    """Noise of blobs width x height cm over the tile: (h, w), deviation 1."""
    shape = (int(SIZE[1] * DENSITY), int(SIZE[0] * DENSITY))
    return noise(shape, (SIZE[0] / width, SIZE[1] / height), rng, roughness)


def _warped(field, rng, distance, width=14.0, height=18.0):
    """The field with its lines bent by up to about `distance` cm."""
    rows, columns = field.shape
    dx, dy = (_field(rng, width, height, 3.0) * distance * DENSITY for _ in range(2))
    y, x = np.mgrid[0:rows, 0:columns]
    wide = np.pad(field, ((0, 1), (0, 1)), mode="wrap").astype(np.float32)
    return cv2.remap(wide, ((x + dx) % columns).astype(np.float32), ((y + dy) % rows).astype(np.float32), cv2.INTER_LINEAR)


@dataclass(frozen=True)
class _Strokes:
    """How the folds of a kind of cloth run. count: per tile; length, width: cm, ranges; slant: degrees from upright, deviation; sharp: 0
    round to 1 creased; billow: share of broad unevenness between them."""

    count: int
    length: tuple[float, float]
    width: tuple[float, float]
    slant: float
    sharp: float
    billow: float


_FOLDS = {
    "soft": _Strokes(46, (12, 34), (1.3, 3.0), 24, 0.0, 0.8),
    "crisp": _Strokes(110, (5, 20), (0.6, 1.8), 45, 0.55, 0.6),
    "silk": _Strokes(46, (30, 90), (1.5, 3.6), 9, 0.0, 0.7),
    "hide": _Strokes(60, (6, 18), (1.0, 2.6), 60, 0.35, 0.8),
    "nylon": _Strokes(120, (4, 15), (0.8, 2.2), 65, 0.4, 0.8),
    "padded": _Strokes(420, (5, 10), (0.5, 1.0), 14, 0.0, 0.5),
}


def _drawn(kind, rng):
    """A height map of single folds, each a ridge that starts and ends somewhere: (h, w), of slope about 1."""
    height = np.zeros((int(SIZE[1] * DENSITY), int(SIZE[0] * DENSITY)))
    for _ in range(kind.count):
        _add_fold(height, kind, rng)
    billows = _field(rng, 9, 16, 3.0)
    return _warped(height + kind.billow * 1.3 * billows, rng, 1.2)


def _add_fold(height, kind, rng):
    """Add one ridge to a repeating height map: bent, tapered at both ends, steeper on one side."""
    length, width = rng.uniform(*kind.length) / 2, rng.uniform(*kind.width)
    reach = int(length * DENSITY) + 1
    y, x = np.mgrid[-reach:reach + 1, -reach:reach + 1] / DENSITY
    angle = np.radians(rng.normal(0, kind.slant))
    along, across = x * np.sin(angle) + y * np.cos(angle), x * np.cos(angle) - y * np.sin(angle)
    across = across + rng.normal(0, 0.12) * along**2 / length + rng.normal(0, 0.3) * np.sin(along * 2.5 / length)
    across = across * (1 + 0.35 * rng.choice([-1, 1]) * np.tanh(across / width))
    taper = np.clip(1 - (along / length) ** 2, 0, 1) ** 1.5
    spread = np.abs(across) / (width * (0.6 + 0.4 * taper))
    profile = (1 - kind.sharp) * np.exp(-spread**2) + kind.sharp * np.exp(-np.sqrt(spread**2 + 0.04) * 1.4)
    rows = (rng.integers(height.shape[0]) + np.arange(2 * reach + 1)) % height.shape[0]
    columns = (rng.integers(height.shape[1]) + np.arange(2 * reach + 1)) % height.shape[1]
    np.add.at(height, np.ix_(rows, columns), width * rng.choice([-1, 1], p=[0.35, 0.65]) * rng.uniform(0.4, 1.1) * taper * profile)
