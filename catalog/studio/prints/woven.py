"""Cloth coloured in the weaving: plain, striped, checked. Threads of a warp and a weft cross, and the weave says which one shows."""

import cv2
import numpy as np

from catalog.studio.palette import linear, mix
from catalog.studio.prints.tile import Tile, mottled

THREAD = .05        # cm between two threads of a drawn weave
TWILL = np.array([[(column + row) % 4 < 2 for column in range(4)] for row in range(4)], np.float32)      # 2/2 twill: 1 where the warp shows


def solid(colour):
    """One even colour."""
    return Tile(linear(colour)[None, None], (1., 1.))


def threads(bands, density):
    """Colour of every thread across one repeat of `bands` = ((colour, cm), ...): (n, 3) float32 at `density` threads per cm, and the cm.

    Band edges falling inside a thread mix the two colours, so that widths stay exact.
    """
    ends = np.cumsum([width for _, width in bands])
    count = max(2, round(ends[-1] * density))
    fine = (np.arange(count * 16) + .5) / (count * 16) * ends[-1]
    colours = np.array([linear(colour) for colour, _ in bands])
    return colours[np.searchsorted(ends, fine)].reshape(count, 16, 3).mean(1).astype(np.float32), float(ends[-1])


def stripes(ground, colour, period=3., share=.5, vertical=False):
    """Two-colour stripes: `share` of every `period` cm is `colour`; horizontal, or vertical."""
    return banded(((ground, period * (1 - share)), (colour, period * share)), vertical)


def banded(bands, vertical=False):
    """Stripes of any sequence: bands ((colour, cm), ...) from the top down, or from left to right when vertical."""
    colours, repeat = threads(bands, 40)
    return Tile(colours[None], (repeat, 1.)) if vertical else Tile(colours[:, None], (1., repeat))


def pinstripe(ground, line, gap=1.6, width=.11):
    """Suiting with fine vertical lines, each broken up by the weave as a real pinstripe is."""
    colours, repeat = threads(((ground, gap), (mix(ground, line, .6), width)), 40)
    lines = np.repeat(colours[None], 16, 0)
    dots = .82 + .18 * np.sin(2 * np.pi * (np.arange(16) + .5) / 8)
    return Tile(linear(ground) + (lines - linear(ground)) * dots[:, None, None], (repeat, .4))


def weave(warp, weft, repeat, rng, twill=.55):
    """Cloth of warp (w, 3) and weft (h, 3) threads, `repeat` = (width, height) cm.

    twill: 0 blends the crossing threads evenly, as fine shirting does from a step away; 1 shows the diagonal of a 2/2 twill in full.
    """
    over = np.tile(TWILL, (-(-len(weft) // 4), -(-len(warp) // 4)))[:len(weft), :len(warp)]
    share = .5 + twill * (over - .5)
    return Tile(mottled(mix_threads(warp, weft, share), rng, repeat, .03), repeat)


def mix_threads(warp, weft, share):
    """Each crossing's colour: warp (w, 3) where share (h, w) is 1, weft (h, 3) where it is 0."""
    return weft[:, None] + (warp[None] - weft[:, None]) * share[..., None].astype(np.float32)


def check(bands, rng, twill=.55, mirrored=True):
    """A check or tartan: the sett `bands` ((colour, cm), ...) in both directions, mirrored about its ends as tartans are."""
    sett = (*bands, *bands[-2:0:-1]) if mirrored else bands
    sett = [(colour, _whole_twill(width)) for colour, width in sett]
    colours, repeat = threads(sett, 1 / THREAD)
    return weave(colours, colours[::-1], (repeat, repeat), rng, twill)


def _whole_twill(width):
    """The band width (cm) rounded to whole repeats of the twill, so that the diagonal runs on across tiles."""
    return max(1, round(width / (4 * THREAD))) * 4 * THREAD


def gingham(ground, colour, rng, square=.8):
    """Gingham: equal bands both ways in a plain weave; single crossings look half-toned."""
    return check(((colour, square), (ground, square)), rng, .12, mirrored=False)


def windowpane(ground, line, rng, pane=5., width=.18):
    """Thin lines both ways, far apart, on suiting."""
    return check(((ground, pane), (mix(ground, line, .85), width)), rng, .35, mirrored=False)


def glen_check(light, dark, rng, line=None, thread=.065):
    """Prince of Wales check: groups of 4 dark and 4 light threads meet groups of 2 and 2 in a 2/2 twill; `line`: an overcheck colour."""
    pattern = np.array([0, 0, 0, 0, 1, 1, 1, 1] * 6 + [0, 0, 1, 1] * 12)
    colours = np.where(pattern[:, None] == 0, linear(dark), mix(dark, light, .8)).astype(np.float32)
    if line is not None:
        colours[[23, 24]] = mix(dark, line, .9)
    over = np.tile(TWILL, (len(pattern) // 4, len(pattern) // 4))
    image = np.repeat(np.repeat(mix_threads(colours, colours, over), 2, 0), 2, 1)
    side = thread * len(pattern)
    return Tile(mottled(image, rng, (side, side), .03), (side, side))


def houndstooth(light, dark, tooth=2.):
    """Houndstooth: 4 dark and 4 light threads both ways in a 2/2 twill, which is what gives the broken check its shape.

    tooth: cm of one repeat. The threads' steps are drawn as the straight edges that they make from a step away.
    """
    place = (np.arange(256) + .5) / 256 * 4           # in units of two threads: 0..2 dark, 2..4 light
    warp, weft = np.meshgrid(place, place)
    over = (warp + weft + .5) % 2 < 1
    teeth = np.where(over, warp < 2, weft < 2).astype(np.float32)
    return Tile(mix(light, dark, cv2.resize(teeth, (64, 64), interpolation=cv2.INTER_AREA)), (tooth, tooth))
