"""Printed geometry: dots, chevrons, tiles, and blocks of colour."""

import cv2
import numpy as np

from catalog.studio.palette import linear, mix
from catalog.studio.prints.tile import PIXEL, Tile, edge, grid

DENSITY = 24      # px per cm of the drawn tiles


def dots(ground, colour, spacing=3., radius=.5):
    """Polka dots in a half-drop: rows `spacing` / 2 apart, every other one shifted; radius in cm."""
    size = (spacing, spacing)
    u, v = grid(size, DENSITY)
    nearest = np.full(u.shape, np.inf)
    for shift in (0., .5):
        x, y = ((w / spacing + shift + .25) % 1 - .5 for w in (u, v))
        nearest = np.minimum(nearest, np.hypot(x, y) * spacing)
    return Tile(mix(ground, colour, edge(radius - nearest, DENSITY)), size)


def scattered_dots(ground, colours, rng, size=9., count=46):
    """Hand-painted confetti: roundish spots of 3 sizes thrown so that none touch."""
    side = round(size * DENSITY) * 2
    image = np.broadcast_to(linear(ground), (side, side, 3)).copy()
    placed = np.zeros((0, 3))
    for radius in sorted(rng.choice((.17, .26, .38), count), reverse=True):
        spots = rng.random((40, 2)) * size
        room = np.hypot(*_shortest(spots[:, None] - placed[None, :, :2], size).transpose(2, 0, 1)) - placed[:, 2] - radius
        free = np.flatnonzero(room.min(1, initial=9) > .25)
        if len(free):
            x, y = spots[free[0]]
            placed = np.vstack([placed, (x, y, radius)])
            _spot(image, x, y, radius * rng.uniform(.86, 1.1), radius, rng.random() * 180, colours[len(placed) % len(colours)])
    return Tile(cv2.resize(image, None, fx=.5, fy=.5, interpolation=cv2.INTER_AREA), (size, size))


def _spot(image, x, y, long, short, turn, colour):
    """An ellipse on a repeating image of 2 * DENSITY px per cm; turn in degrees."""
    side, scale, ink = len(image), 2 * DENSITY, tuple(map(float, linear(colour)))
    axes = (int(long * scale * 16), int(short * scale * 16))        # cv2's sixteenths of a pixel
    for across in (-side, 0, side):
        for down in (-side, 0, side):
            middle = tuple(int((place * scale + offset) * 16) for place, offset in ((x, across), (y, down)))
            cv2.ellipse(image, middle, axes, turn, 0, 360, ink, -1, cv2.LINE_AA, 4)


def _shortest(difference, size):
    """A difference of places on a tile that repeats every `size`, taken the short way round."""
    return (difference + size / 2) % size - size / 2


def chevron(colours, width=4., bands=1.6, rise=1.1):
    """Zigzag bands: `width` cm from peak to peak, each band `bands` cm high, `rise` the height of a peak over half its width."""
    size = (width, bands * len(colours))
    u, v = grid(size, DENSITY)
    height = v + rise * np.abs(u - width / 2)
    image = linear(colours[0])
    slope = np.hypot(1, rise)
    for number, colour in enumerate(colours[1:], 1):
        away = np.abs(_shortest(height - (number + .5) * bands, size[1]))
        image = mix(image, colour, edge((bands / 2 - away) / slope, DENSITY))
    return Tile(image, size)


def _cell(size, columns=2):
    """A tile of repeating cells, `columns` across and down: local u, v (cm, 0 in the middle of a cell), column and row number."""
    u, v = grid((size * columns, size * columns), DENSITY)
    column, row = np.floor(u / size).astype(int), np.floor(v / size).astype(int)
    return u - (column + .5) * size, v - (row + .5) * size, column, row


def arcs(ground, colours, rng, size=4.):
    """Quarter circles turned at random: a modernist print that joins into waves and rings."""
    columns = 6
    u, v, column, row = _cell(size, columns)
    turn = rng.integers(0, 4, (columns, columns))[row, column]
    corner_u, corner_v = np.where(turn % 2 == 0, -1, 1), np.where(turn < 2, -1, 1)
    away = np.hypot(u - corner_u * size / 2, v - corner_v * size / 2)
    image = linear(ground)
    for radius, colour in zip((.86, .62, .36), (colours * 3)[:3]):
        image = mix(image, colour, edge(radius * size - away, DENSITY))
        image = mix(image, ground, edge((radius - .12) * size - away, DENSITY))
    return Tile(image, (size * columns, size * columns))


def half_moons(ground, colours, rng, size=3.4):
    """Half discs in rows, facing up, down, left or right by turns."""
    columns = 4
    u, v, column, row = _cell(size, columns)
    disc = edge(.40 * size - np.hypot(u, v), DENSITY)
    side = np.choose((column + 2 * row) % 4, (u, -v, -u, v))
    half = disc * edge(side, DENSITY)
    tone = rng.permutation(columns * columns).reshape(columns, columns)[row, column] % len(colours)
    shades = np.array([linear(colour) for colour in colours])[tone]
    return Tile(mix(ground, shades, half), (size * columns, size * columns))


def lattice(ground, colours, rng):
    """An ogee trellis of fine lines with a small diamond in every opening: a classic tie and blouse print."""
    size = rng.choice((2.4, 3.4))
    u, v = grid((size, size * 1.25), DENSITY)
    x, y = u / size * 2 * np.pi, v / (size * 1.25) * 2 * np.pi
    wave = np.cos(x) + np.cos(y)
    slope = np.hypot(np.sin(x), np.sin(y)) * 2 * np.pi / size + .35
    image = mix(ground, colours[0], edge(.10 - np.abs(wave) / slope, DENSITY))
    for middle in (0., .5):
        du, dv = _shortest(u - middle * size, size), _shortest(v - middle * size * 1.25, size * 1.25)
        image = mix(image, colours[-1], edge(.34 - np.abs(du) - np.abs(dv) / 1.25, DENSITY))
    return Tile(image, (size, size * 1.25))


def triangles(ground, colours, rng, size=2.6):
    """Small triangles in rows, half of them turned over, tones shuffled."""
    columns = 6
    u, v, column, row = _cell(size, columns)
    flip = np.where((column + row) % 2 == 0, 1, -1)
    inside = np.minimum(v * flip + .26 * size, (.30 * size - np.abs(u) * 1.6 - v * flip * .8) / 1.8)
    tone = rng.integers(0, len(colours), (columns, columns))[row, column]
    shades = np.array([linear(colour) for colour in colours])[tone]
    return Tile(mix(ground, shades, edge(inside, DENSITY)), (size * columns, size * columns))


class Blocks:
    """Blocks of prints by height: parts from the top down, cuts the v (cm) between them, lean how much v drops per cm of u (diagonals)."""

    def __init__(self, parts, cuts, lean=0.):
        self.parts, self.cuts, self.lean = tuple(parts), tuple(cuts), lean

    def __call__(self, u, v, pixel=PIXEL):
        u, v = np.asarray(u, np.float32), np.asarray(v, np.float32)
        rgb = self.parts[0](u, v)
        height = (v + self.lean * u) / np.hypot(1, self.lean)
        for part, cut in zip(self.parts[1:], self.cuts):
            share = np.clip((cut / np.hypot(1, self.lean) - height) / np.maximum(pixel, 1e-3) + .5, 0, 1).astype(np.float32)
            rgb = rgb + (part(u, v) - rgb) * share[..., None]
        return rgb
