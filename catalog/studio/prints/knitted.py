"""Cloth coloured in the yarn or the knitting: heather, marl, argyle, fair isle."""

import cv2
import numpy as np

from catalog.studio.palette import linear, mix
from catalog.studio.prints.tile import Tile, edge, grid, noise

HEATHER_SIZE = (24., 24.)


def heather(colour, rng, strength=.16, light="white"):
    """Melange jersey: undyed fibres lie along the knit as short pale and dark streaks. strength: share of contrast, 0 to .4."""
    shape = (384, 384)
    streaks = noise(shape, (230, 90), rng) * .7 + noise(shape, (70, 24), rng) * .3
    pale = np.clip(streaks, 0, 2.5) * strength
    dark = np.clip(-streaks, 0, 2.5) * strength * .8
    return Tile(mix(colour, light, pale * .45) * (1 - dark)[..., None], HEATHER_SIZE)


def marl(one, other, rng, stitch=.32):
    """Two yarns twisted together: each row of stitches shows a speckle of both. stitch: cm of one row."""
    rows = round(14 / stitch)
    density = 24
    size = (14., rows * stitch)
    u, v = grid(size, density)
    wander = noise(u.shape, (36, 50), rng) * .8
    lean = np.where(np.floor(v / stitch) % 2 == 0, 1, -1)
    ply = np.sin(2 * np.pi * (u / (stitch * .8) + lean * v / stitch * .5) + wander * 1.6)
    share = np.clip(.5 + ply * .32 + .2 * noise(u.shape, (70, 90), rng), 0, 1)
    return Tile(mix(one, other, share), size)


def argyle(ground, diamond, other, line, width=9., height=13.):
    """Diamonds in two colours on a ground, crossed by thin diagonal lines."""
    size, density = (width * 2, height), 20
    u, v = grid(size, density)
    x, y = u / width, v / height
    inside = .5 - np.abs(x % 1 - .5) - np.abs(y % 1 - .5)
    scale = width * height / np.hypot(width, height)      # from diamond units to cm, across an edge
    image = mix(ground, np.where((np.floor(x) % 2 == 0)[..., None], linear(diamond), linear(other)), edge(inside * scale, density))
    across = np.abs((x + y + .5) % 1 - .5), np.abs((x - y + .5) % 1 - .5)
    for distance in across:
        image = mix(image, line, edge(.09 - distance * scale, density) * _stitched(v))
    return Tile(image, size)


def _stitched(v):
    """Diagonal lines of argyle are drawn stitch by stitch: coverage (h, w), alternating every knitted row (.25 cm)."""
    return .75 + .25 * np.sin(2 * np.pi * v / .5)


FIGURES = {      # fair isle bands, stitch by stitch from the top: digits are the yarns, 0 the ground
    "stars": ("0001000", "1001001", "0101010", "0011100", "1111111", "0011100", "0101010", "1001001", "0001000"),
    "diamonds": ("0001000", "0011100", "0110110", "1100011", "0110110", "0011100", "0001000"),
    "peaks": ("0001000", "0011100", "0111110", "1110111"),
    "seeds": ("1000", "0010"),
    "crosses": ("01010", "00100", "11011", "00100", "01010"),
    "line": ("1",),
    "dashes": ("1100",),
    "zigzag": ("1000001", "0100010", "0010100", "0001000"),
}
BANDS = (
    ("line", "seeds", "line", "stars", "line", "seeds", "line", "diamonds"),
    ("dashes", "zigzag", "dashes", "diamonds", "dashes", "zigzag", "dashes"),
    ("line", "peaks", "line", "crosses", "line", "stars", "line", "crosses"),
    ("seeds", "stars", "seeds", "zigzag", "line", "crosses", "line"),
)


def fair_isle(ground, yarns, rng, stitch=(.42, .34)):
    """Bands of small knitted figures over the whole cloth. yarns: colours used in turn; stitch: (width, height) cm of one stitch."""
    rows = []
    for number, name in enumerate(BANDS[rng.integers(len(BANDS))]):
        figure = FIGURES[name]
        yarn = 1 + number // 2 % len(yarns)
        rows += [[yarn if digit == "1" else 0 for digit in _tiled(line)] for line in figure] + [[0] * 140]
    chart = np.array(rows)
    colours = np.array([linear(colour) for colour in (ground, *yarns)])[chart]
    return Tile(_stitches(colours), (140 * stitch[0], len(rows) * stitch[1]))


def _tiled(line, width=140):
    """One row of a figure repeated to the chart's width (a multiple of 4, 5 and 7)."""
    return (line * (width // len(line)))[:width]


def _stitches(chart, px=8):
    """A chart (rows, columns, 3) drawn with V-shaped knit stitches, px pixels each: neighbouring colours interlock, gaps are darker."""
    rows, columns = chart.shape[:2]
    y, x = np.mgrid[0:px, 0:px] / px + .5 / px
    arm = np.abs(x - .5) * 2
    lean = (y < .45 * (1 - arm)).astype(int)      # the V: the middle of a stitch hangs into the row below
    row = (np.arange(rows)[:, None] * np.ones(px, int)).reshape(-1)
    wide = np.tile(lean, (rows, columns))
    take = (row[:, None] - wide) % rows
    column = np.repeat(np.arange(columns), px)[None, :]
    image = chart[take, column]
    valley = 1 - .16 * np.tile(np.clip(1 - 4 * np.minimum(arm, 1 - arm), 0, 1), (rows, columns))
    wrapped = np.pad((image * valley[..., None]).astype(np.float32), ((4, 4), (4, 4), (0, 0)), mode="wrap")
    return cv2.GaussianBlur(wrapped, (0, 0), .7)[4:-4, 4:-4]
