"""The bolt of cloth: a picture that repeats, sampled at any point without aliasing. Every repeating print is a Tile.

A print is any callable (u, v) -> linear RGB: u to the right and v up along the cloth, in centimetres, float arrays of n points; the answer
is (n, 3) float32. The prints made here take a third, optional argument: the cm of cloth in one photo pixel, one number or n of them.
"""

import cv2
import numpy as np
from numba import njit
from scipy.spatial import cKDTree

PIXEL = .1      # cm of cloth in one photo pixel when nobody says otherwise: about 10 px per cm, a top that fills its photo
SHARPEN = .4    # levels finer than the pixel asks for: the photo's own filter blurs too


class Tile:
    """A repeating print: `image` (h, w, 3) linear RGB float32, top row first, covers `size` = (width, height) cm and repeats for ever.

    Sampled bilinearly between two levels of an image pyramid (Williams, Pyramidal Parametrics, 1983), chosen by the pixel size.
    """

    def __init__(self, image, size):
        self.image, self.size = np.ascontiguousarray(image, np.float32), (float(size[0]), float(size[1]))
        levels = [self.image]
        while max(levels[-1].shape[:2]) > 1:
            height, width = levels[-1].shape[:2]
            levels.append(cv2.resize(levels[-1], (max(1, width // 2), max(1, height // 2)), interpolation=cv2.INTER_AREA))
        shapes = np.array([level.shape[:2] for level in levels])
        self._texels = np.concatenate([level.reshape(-1, 3) for level in levels])
        self._heights, self._widths = shapes.T.copy()
        self._starts = np.concatenate([[0], np.cumsum(shapes.prod(1))[:-1]])
        self._texel = np.max([side / count for side, count in zip(self.size, self.image.shape[1::-1]) if count > 1] or [np.inf])

    def __call__(self, u, v, pixel=PIXEL):
        u, v = np.asarray(u, np.float32), np.asarray(v, np.float32)
        pixel = np.broadcast_to(np.asarray(pixel, np.float32), u.shape)
        level = np.clip(np.log2(np.maximum(pixel / self._texel, 1e-6)) - SHARPEN, 0, len(self._starts) - 1).astype(np.float32)
        rgb = _sample(self._texels, self._starts, self._heights, self._widths,
                      (u / np.float32(self.size[0])).ravel(), (-v / np.float32(self.size[1])).ravel(), level.ravel())
        return rgb.reshape(u.shape + (3,))


@njit(cache=True, fastmath=True)
def _sample(texels, starts, heights, widths, across, down, level):
    """Trilinear lookup: across, down (n,) in tiles, level (n,) of the pyramid; returns (n, 3) float32."""
    out = np.zeros((across.size, 3), np.float32)
    for n in range(across.size):
        fine = int(level[n])
        coarse_share = level[n] - fine
        for step in range(2):
            share = coarse_share if step else np.float32(1) - coarse_share
            if share <= 0:
                continue
            start, height, width = starts[fine + step], heights[fine + step], widths[fine + step]
            x = (across[n] - np.floor(across[n])) * width - np.float32(.5)
            y = (down[n] - np.floor(down[n])) * height - np.float32(.5)
            left, top = int(np.floor(x)), int(np.floor(y))
            fx, fy = x - left, y - top
            left, right = left % width, (left + 1) % width
            above, below = start + top % height * width, start + (top + 1) % height * width
            for channel in range(3):
                upper = texels[above + left, channel] * (1 - fx) + texels[above + right, channel] * fx
                lower = texels[below + left, channel] * (1 - fx) + texels[below + right, channel] * fx
                out[n, channel] += share * (upper * (1 - fy) + lower * fy)
    return out


def grid(size, density):
    """Cloth coordinates of a tile's pixel centres: u, v (h, w) float32 in cm, for `size` = (width, height) cm at `density` px per cm."""
    width, height = (max(1, round(side * density)) for side in size)
    u = (np.arange(width, dtype=np.float32) + .5) * size[0] / width
    v = size[1] - (np.arange(height, dtype=np.float32) + .5) * size[1] / height
    return np.meshgrid(u, v)


def edge(distance, density):
    """Anti-aliased inside (1) and outside (0) of a signed distance in cm, positive inside, for a tile of `density` px per cm."""
    return np.clip(distance * density + .5, 0, 1)


def noise(shape, cells, rng, roughness=1.8):
    """Smooth random relief that repeats: (h, w) float32 with mean 0 and standard deviation 1.

    cells: how many blobs fit across and down the tile (a pair makes streaks). roughness: how fast detail finer than the blobs fades;
    1 is cloud-like, 3 is one size of blob only.
    """
    across, down = np.broadcast_to(cells, 2)
    fx = np.fft.rfftfreq(shape[1], 1 / shape[1]) / across
    fy = np.fft.fftfreq(shape[0], 1 / shape[0]) / down
    radius = np.hypot(fx[None, :], fy[:, None])
    spectrum = np.fft.rfft2(rng.standard_normal(shape)) / (1 + radius ** 2) ** (roughness / 1.2)
    spectrum[0, 0] = 0
    field = np.fft.irfft2(spectrum, shape)
    return (field / (field.std() + 1e-9)).astype(np.float32)


def mottled(image, rng, size, amount=.02):
    """The same tile with the faint unevenness of real dye: multiplies (h, w, 3) by 1 +- amount in patches of about 3 cm."""
    cells = (max(2, size[0] / 3), max(2, size[1] / 3))
    return image * (1 + amount * np.clip(noise(image.shape[:2], cells, rng), -2, 2))[..., None]


def spread(count, rng, rounds=6):
    """Places (count, 2) in a repeating unit square, evenly spread but not in rows.

    A shifted R2 sequence (Roberts, 2018), jittered, then evened out by Lloyd's relaxation over random samples.
    """
    places = (np.arange(count)[:, None] * (.7548777, .5698403) + rng.random(2) + rng.normal(0, .22 / np.sqrt(count), (count, 2))) % 1
    samples = rng.random((6000, 2))
    for _ in range(rounds):
        owner = cKDTree(places, boxsize=1).query(samples)[1]
        offset = (samples - places[owner] + .5) % 1 - .5
        total = np.stack([np.bincount(owner, offset[:, axis], count) for axis in (0, 1)], 1)
        places = (places + total / np.maximum(np.bincount(owner, minlength=count), 1)[:, None]) % 1
    return places
