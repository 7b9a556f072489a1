"""What a garment is photographed on: plain tints, soft gradients, and floors, walls and cloths made of noise."""

from dataclasses import dataclass

import cv2
import numpy as np

from catalog.studio.palette import linear


@dataclass(frozen=True)
class Background:
    """A backdrop. bottom, top: sRGB 0..1 of a soft gradient; texture: linear RGB float32 (h, w, 3) that replaces it, or None.

    shadow: strength of the shadow that the garment casts, 1 as in a studio; contact: how close it lies, 0 hanging before a wall, 1 lying.
    """

    bottom: tuple[float, float, float] = (0.915, 0.915, 0.91)
    top: tuple[float, float, float] = (0.965, 0.965, 0.965)
    texture: np.ndarray | None = None
    shadow: float = 1.0
    contact: float = 0.5

    def paint(self, size):
        """The bare backdrop: linear RGB float32 (height, width, 3) for size = (width, height) pixels."""
        width, height = size
        if self.texture is not None:
            return cv2.resize(self.texture, (width, height), interpolation=cv2.INTER_AREA).reshape(height, width, 3)
        down = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
        across = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None]
        tint = np.asarray(self.top, np.float32) * (1 - down) + np.asarray(self.bottom, np.float32) * down
        return _decoded(tint * (1 - 0.03 * across**2 - 0.03 * (2 * down - 1) ** 2))


def shadowed(backdrop, mask, background, towards):
    """The backdrop under the garment's soft shadow: one wide, one close.

    backdrop: linear (h, w, 3); mask: coverage float32 (h, w); towards: (x, down) where the shadow falls, from the key light. Works on a
    quarter of the resolution, as nothing in it is sharp.
    """
    height, width = mask.shape
    small = cv2.resize(mask, (-(-width // 4), -(-height // 4)), interpolation=cv2.INTER_AREA)
    unit = small.shape[1]
    wide = _moved(small, towards, unit * 0.022, unit * 0.026)
    near = _moved(small, towards, unit * 0.006, unit * 0.008)
    dark = background.shadow * ((0.26 - 0.06 * background.contact) * wide + (0.10 + 0.16 * background.contact) * near)
    return backdrop * (1 - cv2.resize(dark, (width, height), interpolation=cv2.INTER_LINEAR))[..., None]


def _moved(mask, towards, distance, blur):
    matrix = np.float32([[1, 0, towards[0] * distance], [0, 1, towards[1] * distance]])
    return cv2.GaussianBlur(cv2.warpAffine(mask, matrix, mask.shape[::-1]), (0, 0), max(blur, 0.6))


def _decoded(srgb):
    srgb = np.clip(srgb, 0, 1)
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4).astype(np.float32)


def random_background(rng, size):
    """A plain, graded, plaster, concrete, wood, linen or bed-sheet backdrop, from a numpy Generator. size: (width, height) pixels."""
    kind = rng.choice(list(_BACKDROPS), p=[0.28, 0.22, 0.12, 0.1, 0.12, 0.08, 0.08])
    return _BACKDROPS[kind](rng, size)


def _tint(rng, dark=0.35, light=0.97):
    """A tint that a wall might have: sRGB (3,), mostly pale and slightly coloured."""
    level = light - (light - dark) * rng.beta(1.1, 2.2)
    return np.clip(level + rng.normal(0, 0.028) * np.array([1, 0, -1]) + rng.normal(0, 0.012, 3), 0, 1)


def _plain(rng, size):
    tint = _tint(rng)
    return Background(tuple(tint), tuple(tint), shadow=rng.uniform(0.3, 1.0), contact=rng.uniform(0, 1))


def _gradient(rng, size):
    tint = _tint(rng)
    floor = np.clip(tint * rng.uniform(0.8, 0.98), 0, 1)
    return Background(tuple(floor), tuple(tint), shadow=rng.uniform(0.5, 1.2), contact=rng.uniform(0, 1))


def _clouds(rng, size, cells, octaves=5, fade=0.55):
    """Smooth noise of mean 0 and deviation 1, float32 (h, w). cells: (across, down) of the coarsest octave."""
    width, height = size
    total = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        shape = (max(2, int(cells[1] * 2**octave)), max(2, int(cells[0] * 2**octave)))
        if max(shape) > 2 * max(size):
            break
        coarse = rng.standard_normal(shape).astype(np.float32)
        total += fade**octave * cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return (total - total.mean()) / (total.std() + 1e-6)


def _textured(tint, tone, rng, contact):
    texture = np.clip(_decoded(tint) * tone[..., None], 0, 1).astype(np.float32)
    return Background(texture=texture, shadow=rng.uniform(0.8, 1.6), contact=contact)


def _plaster(rng, size):
    tone = 1 + 0.03 * _clouds(rng, size, (3, 4)) + 0.02 * _clouds(rng, size, (60, 80), 3)
    return _textured(_tint(rng, 0.5), tone, rng, rng.uniform(0, 0.6))


def _concrete(rng, size):
    tone = 1 + 0.08 * _clouds(rng, size, (3, 3), 7, 0.62) + 0.03 * _clouds(rng, size, (120, 160), 2)
    pits = _clouds(rng, size, (90, 120), 2) > 2.6
    tint = np.full(3, rng.uniform(0.45, 0.75)) + rng.normal(0, 0.01, 3)
    return _textured(tint, tone * np.where(pits, 0.75, 1), rng, rng.uniform(0.3, 1))


def _wood(rng, size):
    width, height = size
    planks = int(rng.integers(3, 8))
    across = np.linspace(0, planks, width, endpoint=False, dtype=np.float32)
    plank = across.astype(int)
    rings = _clouds(rng, size, (planks * 1.5, 1.2), 2)
    fibre = _clouds(rng, size, (width / 3, 3), 2)
    tone = rng.normal(1, 0.10, planks)[plank][None, :] * (1 + 0.09 * np.sin(rings * 7 + rng.uniform(0, 6, planks)[plank][None, :])
                                                          + 0.05 * fibre)
    gap = np.abs(across - np.round(across)) < 0.02
    tone = np.where(gap[None, :], tone * 0.35, tone)
    tint = linear(str(rng.choice(["#b98d5e", "#8a6242", "#d8bd96", "#6a4a34", "#cfc6b8"])))
    if rng.random() < 0.5:
        tone = cv2.resize(np.ascontiguousarray(tone.T), (width, height), interpolation=cv2.INTER_LINEAR)
    texture = np.clip(tint * tone[..., None], 0, 1).astype(np.float32)
    return Background(texture=texture, shadow=rng.uniform(0.9, 1.6), contact=rng.uniform(0.5, 1))


def _linen(rng, size):
    width, height = size
    threads = 0.05 * _clouds(rng, size, (width / 2, 8), 1) + 0.05 * _clouds(rng, size, (8, height / 2), 1)
    return _textured(_tint(rng, 0.4), 1 + threads + 0.02 * _clouds(rng, size, (3, 3)), rng, rng.uniform(0.5, 1))


def _sheet(rng, size):
    """A bed sheet: long soft folds, lit from one side."""
    folds = _clouds(rng, size, (4, 2.5), 4, 0.6)
    bent = np.gradient(cv2.GaussianBlur(folds, (0, 0), size[0] / 100))
    light = bent[1] * rng.choice([-1, 1]) + 0.6 * bent[0]
    return _textured(_tint(rng, 0.6), 1 + 0.07 * np.clip(light / (light.std() + 1e-6), -2.5, 2.5), rng, 1.0)


_BACKDROPS = {"plain": _plain, "gradient": _gradient, "plaster": _plaster, "concrete": _concrete, "wood": _wood, "linen": _linen,
              "sheet": _sheet}
