"""Cloth dyed after the weaving: denim and its washes, tie-dye, ombre."""

from dataclasses import dataclass

import numpy as np

from catalog.studio.palette import linear, mix
from catalog.studio.prints.tile import PIXEL, Tile, grid, noise


@dataclass(frozen=True)
class Wash:
    """One finish of denim: the dyed warp, the weft, how much weft shows (0..1), how slubby it looks, its colour word, how common it is."""

    name: str
    warp: str
    weft: str
    wear: float
    slub: float
    word: str
    common: float


WASHES = {wash.name: wash for wash in (
    Wash("raw", "#20293d", "#55607a", .10, .5, "navy", 2), Wash("rinse", "#2a3751", "#6d7c97", .22, .7, "navy", 3),
    Wash("stone", "#385a8d", "#9cb4d3", .22, .9, "blue", 4), Wash("mid", "#45699c", "#a9c0da", .27, .9, "blue", 4),
    Wash("light", "#7fa2c7", "#cfdeea", .45, .9, "sky", 3), Wash("bleached", "#9dbad6", "#dfe8f0", .45, .7, "sky", 1),
    Wash("black", "#222225", "#54555a", .12, .6, "black", 2.5), Wash("grey", "#6a6d72", "#b4b6b9", .35, .9, "grey", 1),
    Wash("white", "#efede6", "#f8f7f4", .2, .5, "white", 1), Wash("ecru", "#e3d8c2", "#f2ebdc", .25, .8, "ivory", 1),
)}


def denim(wash, rng, size=(32., 40.)):
    """Denim of a wash in WASHES: dyed warp over pale weft in a steep twill, slubby threads running down, and cloudy wear.

    Fades that belong to a place on the garment (knees, seams) are not the cloth's and are drawn on the panels.
    """
    finish = WASHES[wash]
    density = 16
    u, v = grid(size, density)
    shape = u.shape
    twill = np.sin(2 * np.pi * (u / .25 + np.round(size[1] / .25 * .55) * v / size[1]))
    threads = noise(shape, (260, 9), rng, 1.6)
    nep = noise(shape, (150, 70), rng, 1.6)
    cloud = noise(shape, (5, 4), rng, 1.5)
    share = finish.wear + finish.slub * (.06 * threads + .055 * nep + .05 * twill) + .06 * cloud * finish.slub
    return Tile(mix(finish.warp, finish.weft, np.clip(share, 0, 1)), size)


class Ombre:
    """Dip dye: `top` above v = `high` cm runs into `bottom` below v = `low`, with a softly uneven edge."""

    def __init__(self, top, bottom, low, high, rng):
        self.top, self.bottom, self.low, self.high = linear(top), linear(bottom), low, high
        drift = noise((128, 128), (6, 6), rng)
        self.drift = Tile(np.repeat(drift[..., None], 3, 2), (60., 60.))

    def __call__(self, u, v, pixel=PIXEL):
        height = (v + self.drift(u, v)[..., 0] * .014 * (self.high - self.low) - self.low) / (self.high - self.low)
        share = np.clip(height, 0, 1)
        share = (share * share * (3 - 2 * share)).astype(np.float32)
        return mix_perceived(self.bottom, self.top, share)


def mix_perceived(one, other, share):
    """Blend through the cube root of light, so that the middle of a gradient looks like the middle; share (n,) -> (n, 3)."""
    one, other = np.cbrt(linear(one)), np.cbrt(linear(other))
    return (one + (other - one) * share[..., None]) ** 3


class TieDye:
    """Spiral tie-dye: dye in `colours` runs out from the twist at `centre` = (u, v) cm, feathered along the folds, `white` between."""

    def __init__(self, colours, rng, centre=(0., 118.), white="white", arms=2.):
        self.colours = np.array([np.cbrt(linear(colour)) for colour in colours], np.float32)
        self.white, self.centre, self.arms = np.cbrt(linear(white)), centre, arms
        self.turn, self.wind = rng.random() * 6.28, rng.choice((-1, 1)) * rng.uniform(.10, .15)
        fields = [noise((512, 512), 9, rng, 1.1), noise((512, 512), 26, rng, 1.2), noise((512, 512), 7, rng, 1.3)]
        self.fields = Tile(np.stack(fields, -1), (60., 60.))

    def __call__(self, u, v, pixel=PIXEL):
        du, dv = np.asarray(u, np.float32) - self.centre[0], np.asarray(v, np.float32) - self.centre[1]
        radius, angle = np.hypot(du, dv), np.arctan2(dv, du)
        folds = self.fields(angle / 6.2832 * 60 * 3, radius * .22)      # fine across the folds, drawn out along the radius
        soft = self.fields(u, v)
        turns = (angle + self.turn) / 6.2832 * self.arms + self.wind * radius + .07 * soft[..., 0] + .035 * folds[..., 1]
        place = turns % self.arms / self.arms * len(self.colours)
        number = np.floor(place).astype(int) % len(self.colours)
        inside = place - np.floor(place)
        cover = np.clip(2.6 * (1 - np.abs(2 * inside - 1)) - .25 + .28 * soft[..., 2] + .12 * folds[..., 0], 0, 1)
        depth = np.clip(.82 + .12 * soft[..., 1] + .1 * folds[..., 2], .4, 1) * cover
        tone = self.white + (self.colours[number] - self.white) * depth[..., None]
        return (tone ** 3).astype(np.float32)


def cloud_dye(colour, rng, pale="white", size=46.):
    """Crumple dye: one colour in drifting clouds, hard on one side as dye dries at a fold."""
    shape = (384, 384)
    field = noise(shape, 4.5, rng, 1.6) + .5 * np.abs(noise(shape, 6, rng, 1.7)) - .4
    share = np.clip(.62 + .34 * field, 0, 1)
    return Tile(mix_perceived(pale, colour, share), (size, size))


def dyed_bands(colours, rng, size=40.):
    """Soft dyed bands that run into each other, lightest at their middles; colours from the top down."""
    shape = (480, 480)
    u, v = grid((size, size), 12)
    place = (v / size + .03 * noise(shape, (4, 3), rng, 1.3) + .008 * noise(shape, (60, 14), rng)) % 1 * len(colours)
    tones = np.cbrt(np.array([linear(colour) for colour in colours]))
    number = np.floor(place).astype(int) % len(colours)
    share = np.clip((place - np.floor(place) - .5) * 1.8 + .5, 0, 1)[..., None]
    return Tile((tones[number] * (1 - share) + tones[(number + 1) % len(colours)] * share) ** 3, (size, size))
