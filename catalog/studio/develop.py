"""Samples -> picture: averaging, backdrop and shadow, exposure, film noise, sRGB."""

import cv2
import numba
import numpy as np

from catalog.studio.backdrop import shadowed
from catalog.studio.light import unit
from catalog.studio.regions import BACKGROUND

FILM_NOISE = 0.006      # deviation, sRGB


def develop(canvas, region, covered, light, background, samples, seed):
    """Average samples x samples into each pixel and put the garment before its background.

    canvas float32 (h, w, 3) linear RGB; region uint8 (h, w); covered bool (h, w). Returns rgb uint8 (H, W, 3), mask float32 (H, W), parts
    uint8 (H, W).
    """
    rows, columns = covered.shape[0] // samples, covered.shape[1] // samples
    mask = cv2.resize(covered.astype(np.float32), (columns, rows), interpolation=cv2.INTER_AREA)
    key = unit(light.key)
    backdrop = shadowed(background.paint((columns, rows)), mask, background, (-key[0], key[2] * 0.7 + 0.4))
    noise = np.random.default_rng([seed, 11]).standard_normal((rows, columns), dtype=np.float32) * np.float32(FILM_NOISE)
    gain = (np.asarray(light.cast) * light.exposure).astype(np.float32)
    return _averaged(canvas, region, covered, backdrop.astype(np.float32), samples, gain, noise)


@numba.njit(cache=True, fastmath=True)
def _averaged(canvas, region, covered, backdrop, step, gain, noise):
    rows, columns = backdrop.shape[0], backdrop.shape[1]
    picture, mask = np.empty((rows, columns, 3), np.uint8), np.empty((rows, columns), np.float32)
    parts = np.empty((rows, columns), np.uint8)
    total = np.empty(3, np.float32)
    for y in range(rows):
        for x in range(columns):
            total[:] = 0
            count, part = 0, BACKGROUND
            for sy in range(y * step, (y + 1) * step):
                for sx in range(x * step, (x + 1) * step):
                    if covered[sy, sx]:
                        count += 1
                        part = region[sy, sx]
                        for channel in range(3):
                            total[channel] += _rolled(canvas[sy, sx, channel] * gain[channel])
            share = np.float32(count) / (step * step)
            mask[y, x] = share
            parts[y, x] = part if share >= 0.5 else BACKGROUND
            for channel in range(3):
                behind = min(backdrop[y, x, channel] * gain[channel], np.float32(1))
                shown = _encoded(total[channel] / (step * step) + (1 - share) * behind) + noise[y, x]
                picture[y, x, channel] = np.uint8(min(max(shown, np.float32(0)), np.float32(1)) * 255 + np.float32(0.5))
    return picture, mask, parts


@numba.njit(cache=True, fastmath=True)
def _rolled(light):
    """Film's shoulder: highlights approach white instead of clipping."""
    return light if light < 0.75 else 0.75 + 0.25 * (1 - np.exp(-(light - 0.75) / 0.25))


@numba.njit(cache=True, fastmath=True)
def _encoded(light):
    """Linear 0..1 -> sRGB (IEC 61966-2-1)."""
    light = min(max(light, np.float32(0)), np.float32(1))
    return light * np.float32(12.92) if light <= 0.0031308 else np.float32(1.055) * light ** np.float32(1 / 2.4) - np.float32(0.055)
