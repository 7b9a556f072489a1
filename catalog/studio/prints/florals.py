"""Flower prints: the ways painted motifs are set out on the cloth."""

import cv2
import numpy as np

from catalog.studio.chance import pick
from catalog.studio.palette import linear, mix
from catalog.studio.prints import motifs
from catalog.studio.prints.motifs import SIDE, RADIUS
from catalog.studio.prints.tile import Tile, noise, spread


def stamp(image, motif, x, y, length, angle, fade=1.):
    """Lay a motif on a repeating image (h, w, 3), its middle at pixel (x, y), `length` px from middle to tip, turned by angle (rad)."""
    scale = length / RADIUS
    while scale < .5:       # shrink by halves first: a single bilinear step would drop fine lines
        motif, scale = cv2.resize(motif, None, fx=.5, fy=.5, interpolation=cv2.INTER_AREA), scale * 2
    half = int(np.ceil(length * SIDE / 2 / RADIUS * 1.42)) + 1
    left, top = int(np.floor(x)), int(np.floor(y))
    middle = (np.array(motif.shape[:2]) - 1) / 2
    turn = scale * np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    shift = np.array([x - left + half, y - top + half]) - turn @ middle
    patch = cv2.warpAffine(motif, np.c_[turn, shift], (2 * half, 2 * half), flags=cv2.INTER_LINEAR) * fade
    rows = np.arange(top - half, top + half) % image.shape[0]
    columns = np.arange(left - half, left + half) % image.shape[1]
    where = np.ix_(rows, columns)
    image[where] = image[where] * (1 - patch[..., 3:]) + patch[..., :3]


def scatter(side, radii, rng, gap=1., tries=60):
    """Throw discs of the given radii (largest first) on a repeating square so that none touch: list of (x, y, radius)."""
    placed = np.zeros((0, 3))
    for radius in sorted(radii, reverse=True):
        spots = rng.random((tries, 2)) * side
        if len(placed):
            apart = np.abs(spots[:, None] - placed[None, :, :2])
            apart = np.minimum(apart, side - apart)
            free = np.hypot(*apart.transpose(2, 0, 1)) - (placed[:, 2] + radius) * gap
            room = free.min(1)
            if room.max() < 0:
                continue
            spots = spots[[np.argmin(np.where(room >= 0, room, np.inf))]]      # the tightest fit leaves even gaps
        placed = np.vstack([placed, [*spots[0], radius]])
    return placed


def _flower_stock(bouquet, rng, kinds, count=6):
    """A few differently coloured flowers to stamp: the main colour about half of them."""
    weights = (3, 2, 1.5, 1)[:len(bouquet.flowers)]
    stock = []
    for number in range(count):
        colour = bouquet.flowers[number] if number < len(bouquet.flowers) else pick(rng, bouquet.flowers, weights)
        stock.append(pick(rng, kinds)(colour, pick(rng, bouquet.centres), rng))
    return stock


def _green_stock(bouquet, rng):
    """Leaves and sprigs in the bouquet's greens."""
    dark, light = bouquet.leaves[0], bouquet.leaves[-1]
    return [motifs.leaf(dark, light, rng), motifs.leaf(linear(dark) * .8, dark, rng, .3), motifs.sprig(dark, light, rng),
            motifs.sprig(dark, light, rng, 4, .16)]


def _ground(bouquet, side, rng):
    """Plain dyed ground with a breath of unevenness: (side, side, 3)."""
    return linear(bouquet.ground) * (1 + .012 * noise((side, side), 9, rng))[..., None]


def ditsy(bouquet, rng, size=13., reach=.75, count=34):
    """Small flowers tossed apart from one another on a plain ground, with a leaf or two each; reach: cm from middle to tip."""
    density = 32
    side = round(size * density)
    image = _ground(bouquet, side, rng)
    flowers = _flower_stock(bouquet, rng, (motifs.blossom, motifs.daisy), 5)
    greens = _green_stock(bouquet, rng)[:2]
    for x, y in spread(count, rng) * side:
        radius = reach * density * rng.choice((.7, .85, 1.))
        turn = rng.random() * 6.28
        for number in range(rng.integers(1, 4)):
            angle = turn + number * 2.2 + rng.normal(0, .2)
            stamp(image, greens[number % 2], x - np.sin(angle) * radius * 1.15, y - np.cos(angle) * radius * 1.15, radius * .72, angle)
        stamp(image, flowers[rng.integers(len(flowers))], x, y, radius, rng.random() * 6.28)
    for x, y, _ in scatter(side, np.full(30, reach * density * .9), rng, 1.2):
        if np.abs(image[int(y), int(x)] - linear(bouquet.ground)).sum() < .05:
            _speck(image, x, y, .13 * density, bouquet.flowers[rng.integers(len(bouquet.flowers))])
    return Tile(_halved(image), (size, size))


def _speck(image, x, y, radius, colour):
    """One filling dot on a repeating image."""
    dot = np.zeros((SIDE, SIDE, 4), np.float32)
    cv2.circle(dot, (SIDE // 2, SIDE // 2), RADIUS, tuple(float(value) for value in linear(colour)) + (1.,), -1, cv2.LINE_AA)
    stamp(image, dot, x, y, radius, 0.)


def liberty(bouquet, rng, size=17., reach=1.9):
    """A dense garden in the manner of lawn-cotton prints: greenery everywhere, flowers of three sizes fitted closely over it."""
    density = 28
    side = round(size * density)
    image = _ground(bouquet, side, rng)
    greens = _green_stock(bouquet, rng)
    for x, y, radius in scatter(side, np.full(90, reach * density * .62), rng, .82):
        stamp(image, greens[rng.integers(len(greens))], x, y, reach * density * rng.uniform(.7, 1.1), rng.random() * 6.28)
    large = _flower_stock(bouquet, rng, (motifs.peony, motifs.anemone), 4)
    small = _flower_stock(bouquet, rng, (motifs.blossom, motifs.daisy), 5)
    twigs = [motifs.bud(bouquet.flowers[-1], bouquet.leaves[-1], rng), motifs.berries(bouquet.flowers[0], bouquet.leaves[-1], rng)]
    radii = reach * density * np.concatenate([np.full(9, 1.), np.full(16, .62), np.full(40, .36)])
    for x, y, radius in scatter(side, radii * 1.12, rng, 1.):
        radius = radius / 1.12
        share = radius / (reach * density)
        if share > .5 and rng.random() < .2:
            stamp(image, twigs[rng.integers(2)], x, y, radius * 1.1, rng.normal(0, .7))
        else:
            stock = large if share > .5 else small
            stamp(image, stock[rng.integers(len(stock))], x, y, radius, rng.random() * 6.28)
    return Tile(_halved(image), (size, size))


def sprigged(bouquet, rng, size=7.6, reach=1.9):
    """Little bouquets set out in a half-drop on a plain ground: an old-fashioned, orderly print."""
    density = 32
    side = round(size * density)
    image = _ground(bouquet, side, rng)
    greens, flowers = _green_stock(bouquet, rng), _flower_stock(bouquet, rng, (motifs.blossom, motifs.anemone, motifs.peony), 4)
    small = motifs.bud(bouquet.flowers[-1], bouquet.leaves[-1], rng)
    unit = reach * density
    for x, y, mirror in ((.25, .25, 1), (.75, .75, -1)):
        x, y = x * side, y * side
        lean = mirror * rng.uniform(.2, .5)
        stamp(image, greens[2], x, y, unit * 1.25, lean)
        for angle in (lean + 1.3, lean - 1.3, lean + 2.6):
            stamp(image, greens[0], x - np.sin(angle) * unit * .75, y - np.cos(angle) * unit * .75, unit * .62, angle)
        for angle in (lean + .75, lean - .8):
            stamp(image, small, x - np.sin(angle) * unit * .85, y - np.cos(angle) * unit * .85, unit * .5, angle)
        stamp(image, flowers[0 if mirror > 0 else 1], x, y, unit * .72, rng.random() * 6)
        stamp(image, flowers[2], x + mirror * unit * .62, y + unit * .5, unit * .42, rng.random() * 6)
    return Tile(_halved(image), (size, size))


def painterly(bouquet, rng, size=30., reach=4.8):
    """Large loose flowers on open ground, with pale shadow leaves behind and a wash of brush texture over all."""
    density = 18
    side = round(size * density)
    image = _ground(bouquet, side, rng)
    greens = _green_stock(bouquet, rng)
    unit = reach * density
    for x, y, _ in scatter(side, np.full(16, unit * .6), rng, .9):
        stamp(image, greens[rng.integers(len(greens))], x, y, unit * rng.uniform(.6, .9), rng.random() * 6.28, .35)
    large = _flower_stock(bouquet, rng, (motifs.peony, motifs.anemone, motifs.peony), 5)
    small = _flower_stock(bouquet, rng, (motifs.blossom,), 3)
    bud = motifs.bud(bouquet.flowers[0], bouquet.leaves[-1], rng)
    for x, y, radius in scatter(side, unit * np.concatenate([np.full(7, 1.), np.full(9, .6), np.full(10, .3)]) * 1.15, rng, 1.02):
        radius = radius / 1.15
        turn = rng.random() * 6.28
        for number in range(3 if radius > .5 * unit else 1):
            angle = turn + number * 2.1 + rng.normal(0, .25)
            stamp(image, greens[number % len(greens)], x - np.sin(angle) * radius, y - np.cos(angle) * radius, radius * .72, angle)
        if .5 * unit < radius < .7 * unit and rng.random() < .3:
            stamp(image, bud, x, y, radius, rng.normal(0, .6))
        else:
            stock = large if radius > .5 * unit else small
            stamp(image, stock[rng.integers(len(stock))], x, y, radius, rng.random() * 6.28)
    brush = 1 + .035 * noise((side, side), (40, 14), rng)
    return Tile(np.clip(image * brush[..., None], 0, 1), (size, size))


def tropical(ground, leaves, accents, rng, size=34., reach=6.5):
    """Overlapping monstera and palm leaves, dark ones behind; accents: flower colours, may be empty. leaves: ((dark, light), ...)."""
    density = 16
    side = round(size * density)
    image = np.broadcast_to(linear(ground), (side, side, 3)).copy()
    unit = reach * density
    stock = [paint(dark, light, rng) for dark, light in leaves for paint in (motifs.palm, motifs.monstera, motifs.palm)]
    for depth, (count, tint) in enumerate(((9, .28), (9, 1.))):
        for x, y in spread(count, rng) * side:
            motif = stock[rng.integers(len(stock))].copy()
            motif[..., :3] = motif[..., :3] * tint + motif[..., 3:] * linear(ground) * (1 - tint)
            stamp(image, motif, x, y, unit * rng.uniform(.75, 1.1), rng.random() * 6.28)
    for number, (x, y, radius) in enumerate(scatter(side, np.full(4 if accents else 0, unit * .5), rng, 1.2)):
        colour = accents[number % len(accents)]
        stamp(image, motifs.anemone(colour, mix(colour, "black", np.float32(.6)), rng), x, y, radius * .7, rng.random() * 6.28)
    return Tile(image, (size, size))


def _halved(image):
    """The drawn tile at half its size: drawing large and shrinking is what makes the outlines smooth."""
    return cv2.resize(image.astype(np.float32), None, fx=.5, fy=.5, interpolation=cv2.INTER_AREA)
