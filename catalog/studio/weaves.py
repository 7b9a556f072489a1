"""The surface of cloth close by: small tiles of relief and tone that repeat, one per weave."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from catalog.studio.prints.tile import noise

DENSITY = 24        # texels per cm of the finest level


@dataclass(frozen=True)
class Weave:
    """A repeating patch of cloth at falling fineness.

    levels: float32 (h, w, 3) each: slope along u, slope along v (both rise over run), and tone (factor of the colour); row 0 is v = 0.
    size: (width, height) cm of the patch.
    """

    levels: tuple
    size: tuple[float, float]

    def level(self, pixel):
        """The level whose texels are about as large as a sample of `pixel` cm, so that fine weaves fade instead of aliasing."""
        wanted = int(np.clip(np.round(np.log2(max(pixel, 1e-6) * self.levels[0].shape[1] / self.size[0])), 0, len(self.levels) - 1))
        return self.levels[wanted]


@lru_cache(maxsize=None)
def weave(name):
    """The Weave called `name` in `_WEAVES`; drawn once per process."""
    size, draw = _WEAVES[name]
    shape = (round(size[1] * DENSITY), round(size[0] * DENSITY))
    u, v = np.meshgrid((np.arange(shape[1]) + 0.5) * size[0] / shape[1], (np.arange(shape[0]) + 0.5) * size[1] / shape[0])
    height, tone = draw(u, v, np.random.default_rng(len(name)))
    top = np.dstack([*slopes(height, size), tone]).astype(np.float32)
    levels = [np.ascontiguousarray(top)]
    while min(levels[-1].shape[:2]) > 8:
        rows, columns = levels[-1].shape[:2]
        levels.append(cv2.resize(levels[-1], (columns // 2, rows // 2), interpolation=cv2.INTER_AREA))
    return Weave(tuple(levels), size)


def slopes(height, size):
    """Slopes along columns and rows of a repeating height map (h, w) cm that covers `size` cm; two arrays (h, w)."""
    along_u = (np.roll(height, -1, 1) - np.roll(height, 1, 1)) * (height.shape[1] / size[0] / 2)
    along_v = (np.roll(height, -1, 0) - np.roll(height, 1, 0)) * (height.shape[0] / size[1] / 2)
    return along_u, along_v


def _cavities(height, depth, radius=0.25):
    """Tone of a relief: hollows darker than what surrounds them. depth: cm that darken to the full."""
    around = cv2.GaussianBlur(np.pad(height, 24, mode="wrap").astype(np.float32), (0, 0), radius * DENSITY)[24:-24, 24:-24]
    return np.clip(1 + 0.5 * (height - around) / depth, 0.55, 1.15)


def _speck(u, rng, size, width, height, roughness=2.2):
    """Noise whose blobs measure width x height cm."""
    return noise(u.shape, (size[0] / width, size[1] / height), rng, roughness)


def _stitches(u, v, rng, wale, course, size, disorder=0.05):
    """Stockinette: columns of V-shaped stitches, each leg a round yarn. Returns a height 0..1."""
    wander = _speck(u, rng, size, 1.2, 1.2)
    across = np.abs((u / wale + disorder * 0.35 * wander) % 1 - 0.5) * 2
    leg = v / course - 0.85 * across + disorder * _speck(u, rng, size, 0.8, 0.5)
    yarn = np.abs(np.sin(np.pi * leg)) ** 0.7
    round_leg = np.sqrt(np.clip(1 - (2 * across - 1) ** 2, 0, 1))
    return round_leg * (0.3 + 0.7 * yarn)


def _knit(u, v, rng):
    size = (21.6, 21.6)
    height = 0.13 * _stitches(u, v, rng, 0.80, 0.60, size) + 0.007 * _speck(u, rng, size, 0.12, 0.12)
    return height, _cavities(height, 0.09, 0.3)


def _cable(u, v, rng):
    size = (21.6, 21.6)
    place = u % 7.2 - 3.6
    turn = 2 * np.pi * v / 5.4
    height = 0.05 + 0.05 * np.abs(np.sin(np.pi * v / 0.45)) * np.abs(np.sin(np.pi * u / 0.6)) ** 0.5          # purl ground
    for phase in (0.0, np.pi):
        centre, above = 0.85 * np.sin(turn + phase), np.cos(turn + phase)
        across = (place - centre) / 0.92
        strand = np.sqrt(np.clip(1 - across**2, 0, 1))
        legs = np.abs(np.sin(np.pi * (v / 0.48 - 0.9 * np.abs(across) + 0.3 * above * across)))
        height = np.maximum(height, np.where(strand > 0, 0.1 + (0.26 + 0.1 * above) * strand + 0.05 * legs * strand, 0))
    side = np.abs(np.abs(place) - 2.55) / 0.42
    leg = np.abs(np.sin(np.pi * (v / 0.48 - 0.8 * side)))
    height = np.maximum(height, np.where(side < 1, 0.1 + np.sqrt(np.clip(1 - side**2, 0, 1)) * (0.1 + 0.05 * leg), 0))
    height += 0.006 * _speck(u, rng, size, 0.15, 0.15)
    return height, _cavities(height, 0.16, 0.5)


def _ribs(width, depth):
    def draw(u, v, rng):
        size = (21.6, 21.6)
        wave = np.cos(2 * np.pi * u / width)
        ridge = np.sign(wave) * np.abs(wave) ** 0.7
        across = np.abs((u / width + 0.5) % 1 - 0.5) * 2
        legs = np.abs(np.sin(np.pi * (v / 0.4 - 0.5 * across + 0.04 * _speck(u, rng, size, 0.8, 0.5))))
        height = depth * (ridge + 0.22 * legs * (wave > -0.3)) + 0.004 * _speck(u, rng, size, 0.12, 0.12)
        return height, np.clip(1 + 0.14 * ridge + 0.05 * (legs - 0.6), 0.6, 1.15)
    return draw


def _felt(fine, coarse, depth, contrast):
    """Fulled wool, fleece, suede: a nap of short fibres. fine, coarse: cm of its grain; contrast: of its tone."""
    def draw(u, v, rng):
        size = (21.6, 21.6)
        grain, cloud = _speck(u, rng, size, fine, fine * 1.3, 2.6), _speck(u, rng, size, coarse, coarse * 1.2, 2.6)
        height = depth * (grain + 0.8 * cloud)
        return height, np.clip(1 + contrast * (0.75 * grain + 0.45 * cloud), 0.6, 1.3)
    return draw


def _tweed(u, v, rng):
    size = (21.6, 21.6)
    lift = np.cos(2 * np.pi * u / 0.24) * np.cos(2 * np.pi * v / 0.24)
    slub = _speck(u, rng, size, 0.25, 0.14, 2.4)
    height = 0.012 * lift + 0.012 * slub
    return height, np.clip(1 + 0.10 * lift + 0.14 * slub, 0.55, 1.45)


def _boucle(u, v, rng):
    size = (21.6, 21.6)
    height = np.zeros((u.shape[0] + 80, u.shape[1] + 80), np.float32)
    for x, y in rng.random((3600, 2)) * (u.shape[1], u.shape[0]):
        for dx in (-u.shape[1], 0, u.shape[1]):
            for dy in (-u.shape[0], 0, u.shape[0]):
                place = int(x + dx + 40), int(y + dy + 40)
                if 0 <= place[0] < height.shape[1] and 0 <= place[1] < height.shape[0]:
                    axes, level = (int(4 + x % 4), int(3 + y % 3)), float(0.5 + (x * 13 % 1) * 0.5)
                    cv2.ellipse(height, place, axes, x * 7 % 180, 0, 290, level, 2, cv2.LINE_AA)
    loops = cv2.GaussianBlur(height, (0, 0), 1.2)[40:-40, 40:-40].astype(float)
    height = 0.11 * loops + 0.05 * _speck(u, rng, size, 0.9, 0.9)
    return height, _cavities(height, 0.07, 0.3)


def _denim(u, v, rng):
    size = (21.6, 21.6)
    diagonal = np.sin(2 * np.pi * (u / 0.22 + v / 0.33) + 0.35 * _speck(u, rng, size, 0.6, 0.6))
    slub = _speck(u, rng, size, 0.09, 2.4, 2.0)
    fleck = _speck(u, rng, size, 0.09, 0.14, 2.0)
    height = 0.014 * diagonal + 0.004 * slub
    return height, np.clip(1 + 0.17 * diagonal + 0.05 * slub + 0.08 * fleck, 0.6, 1.5)


def _twill(u, v, rng):
    size = (21.6, 21.6)
    diagonal = np.sin(2 * np.pi * (u / 0.16 + v / 0.24))
    thread = _speck(u, rng, size, 0.08, 0.9, 2.0)
    return 0.006 * diagonal + 0.003 * thread, np.clip(1 + 0.045 * diagonal + 0.03 * thread, 0.8, 1.2)


def _cord(u, v, rng):
    size = (21.6, 21.6)
    wander = 0.05 * _speck(u, rng, size, 2.0, 3.0)
    wale = np.abs(np.cos(np.pi * (u / 0.40 + wander))) ** 0.55
    nap = _speck(u, rng, size, 0.12, 0.35, 2.4)
    return 0.075 * wale + 0.006 * nap, np.clip(0.62 + 0.48 * wale + 0.06 * nap, 0.45, 1.2)


def _plain(thread, depth, contrast, slubs):
    """Plain weave. thread: cm between threads; slubs: how uneven the yarn is."""
    def draw(u, v, rng):
        size = (21.6, 21.6)
        check = np.cos(2 * np.pi * u / thread) * np.cos(2 * np.pi * v / thread)
        slub = _speck(u, rng, size, 0.07, 1.8, 2.0) + _speck(u, rng, size, 1.8, 0.07, 2.0)
        return depth * (check + slubs * slub), np.clip(1 + contrast * (0.7 * check + slubs * slub), 0.7, 1.3)
    return draw


def _leather(u, v, rng):
    size = (21.6, 21.6)
    grain = np.abs(_speck(u, rng, size, 0.34, 0.30, 3.0))
    pores = _speck(u, rng, size, 0.10, 0.10, 2.6)
    cells = np.clip(grain * 1.6, 0, 1) ** 0.6
    height = 0.018 * cells + 0.003 * pores
    return height, np.clip(0.90 + 0.13 * cells, 0.8, 1.05)


def _satin(u, v, rng):
    size = (21.6, 21.6)
    thread = _speck(u, rng, size, 0.08, 3.0, 2.0)
    return 0.0012 * thread, np.clip(1 + 0.012 * thread, 0.9, 1.1)


def _quilt(u, v, rng):
    """The shell of a padded jacket: dents of the filling; the quilting itself is cut and drawn with the garment."""
    size = (21.6, 21.6)
    dents, puckers = _speck(u, rng, size, 2.6, 2.2, 3.0), _speck(u, rng, size, 0.7, 2.2, 2.8)
    return 0.10 * dents + 0.035 * puckers, np.clip(1 + 0.02 * dents, 0.9, 1.1)


_WEAVES = {
    "jersey": ((21.6, 21.6), _plain(0.11, 0.0028, 0.022, 0.25)),
    "knit": ((21.6, 21.6), _knit),
    "cable": ((21.6, 21.6), _cable),
    "rib": ((21.6, 21.6), _ribs(0.60, 0.055)),
    "widerib": ((21.6, 21.6), _ribs(1.20, 0.10)),
    "wool": ((21.6, 21.6), _felt(0.10, 0.45, 0.0045, 0.045)),
    "tweed": ((21.6, 21.6), _tweed),
    "fleece": ((21.6, 21.6), _felt(0.12, 0.7, 0.006, 0.028)),
    "boucle": ((21.6, 21.6), _boucle),
    "denim": ((21.6, 21.6), _denim),
    "twill": ((21.6, 21.6), _twill),
    "cord": ((21.6, 21.6), _cord),
    "poplin": ((21.6, 21.6), _plain(0.09, 0.0015, 0.012, 0.3)),
    "linen": ((21.6, 21.6), _plain(0.13, 0.005, 0.045, 0.9)),
    "leather": ((21.6, 21.6), _leather),
    "suede": ((21.6, 21.6), _felt(0.09, 1.6, 0.003, 0.045)),
    "satin": ((21.6, 21.6), _satin),
    "nylon": ((21.6, 21.6), _plain(0.10, 0.0008, 0.01, 0.2)),
    "quilt": ((21.6, 21.6), _quilt),
}
