"""Animal skins and camouflage."""

import cv2
import numpy as np
from scipy.spatial import cKDTree

from catalog.studio.palette import linear, mix
from catalog.studio.prints.tile import Tile, edge, grid, noise

DENSITY = 20


def _spread(count, rng, rounds=14):
    """Places (count, 2) in a repeating unit square, evenly spread but not in rows (Lloyd's relaxation over random samples)."""
    places = rng.random((count, 2))
    samples = rng.random((6000, 2))
    for _ in range(rounds):
        owner = cKDTree(places, boxsize=1).query(samples)[1]
        offset = (samples - places[owner] + .5) % 1 - .5
        total = np.stack([np.bincount(owner, offset[:, axis], count) for axis in (0, 1)], 1)
        places = (places + total / np.maximum(np.bincount(owner, minlength=count), 1)[:, None]) % 1
    return places


def leopard(ground, centre, spot, rng, size=18., count=90):
    """Rosettes: broken, uneven dark rings round a tawny middle, small solid spots between them; the ground is lighter in places."""
    u, v = grid((size, size), DENSITY)
    places = _spread(count, rng)
    small = rng.random(count) < .3
    wobble = [.055 * size / np.sqrt(count) * 2.6 * noise(u.shape, (26, 26), rng, 2.4) for _ in range(2)]
    points = np.stack([(u + wobble[0]).ravel(), (v * 1.12 + wobble[1]).ravel()], 1) / (size, size * 1.12) % 1
    away, owner = cKDTree(places, boxsize=1).query(points)
    offset = (points - places[owner] + .5) % 1 - .5
    angle = np.arctan2(offset[:, 1], offset[:, 0])
    away, owner = (away * size).reshape(u.shape), owner.reshape(u.shape)
    turn, radius = rng.random(count) * 6.28, size / np.sqrt(count) * rng.uniform(.27, .38, count)
    turned = angle.reshape(u.shape) + turn[owner]
    pieces = rng.integers(2, 4, count)[owner]
    thick = size / np.sqrt(count) * (.085 + .12 * np.cos(pieces * turned) + .03 * np.cos(5 * turned))
    ring = edge(thick - np.abs(away - radius[owner]), DENSITY)
    dot = edge(.22 * size / np.sqrt(count) * (.8 + .2 * np.cos(2 * turned)) - away, DENSITY)
    image = mix(ground, "ivory", np.clip(.10 + .10 * noise(u.shape, (5, 5), rng), 0, .4))
    image = mix(image, centre, edge(radius[owner] * .95 - away, DENSITY) * ~small[owner] * .9)
    return Tile(mix(image, spot, np.where(small[owner], dot, ring)), (size, size))


def zebra(ground, stripe, rng, size=22.):
    """Zebra: forked, tapering bands. They are the zero lines of waves bent by slow noise, the texture a reaction-diffusion skin grows."""
    shape = (round(size * DENSITY),) * 2
    field = rng.standard_normal(shape).astype(np.float32)
    fx, fy = np.fft.rfftfreq(shape[1], 1 / shape[1]), np.fft.fftfreq(shape[0], 1 / shape[0])
    radius, angle = np.hypot(fx[None], fy[:, None]), np.arctan2(np.abs(fy[:, None]), fx[None] + 1e-9)
    band = np.exp(-((radius - 9.5) / 1.9) ** 2 - ((angle - 1.42) / .42) ** 2)
    waves = np.fft.irfft2(np.fft.rfft2(field) * band, shape)
    for _ in range(2):      # sharpen the crossings into whole stripes: what diffusion does to a skin
        waves = np.tanh(waves / waves.std() * 1.4)
        waves = np.fft.irfft2(np.fft.rfft2(waves) * np.exp(-((radius - 10) / 6) ** 2), shape)
    waves = waves / waves.std() + .18 * noise(shape, (40, 40), rng) - .05
    slope = np.hypot(*np.gradient(cv2.GaussianBlur(waves.astype(np.float32), (0, 0), 2))) + .02
    return Tile(mix(ground, stripe, np.clip(waves / slope * .9 + .5, 0, 1)), (size, size))


def snake(ground, scale, dark, rng, size=20.):
    """Python: small overlapping scales in tones of two colours, with a chain of large dark saddles."""
    u, v = grid((size, size), DENSITY)
    width, height = size / 34, size / 24
    row = np.floor(v / height * 2)
    x = u / width + .5 * (row % 2)
    local_u, local_v = x % 1 - .5, v / height * 2 % 1 - .5
    gap = np.abs(local_u) * 2 + np.abs(local_v) * .9
    cell_u, cell_v = (np.floor(x) - .5 * (row % 2) + .5) * width, (row + .5) * height / 2
    warp = 1.1 * noise(u.shape, (5, 5), rng, 2.5)
    saddle = np.cos(2 * np.pi * cell_u / size * 2) + .9 * np.cos(2 * np.pi * cell_v / size * 3) * 1. + .35 * warp
    shade = .12 * np.sin(12.9 * np.floor(x) + 78.2 * row)
    image = mix(ground, scale, np.clip(.5 + .8 * saddle + shade, 0, 1))
    image = mix(image, dark, np.clip((np.abs(saddle - .75) < .32) * .8 + (saddle > 1.45) * .6 + shade, 0, .95))
    edge_dark = np.clip((gap - .78) * 3, 0, 1)
    return Tile(mix(image, mix(dark, "black", .3), edge_dark * .55), (size, size))


def camouflage(colours, rng, size=44.):
    """Woodland camouflage: overlapping flat patches with ragged edges, drawn out sideways; colours from the ground up."""
    density = 12
    shape = (round(size * density),) * 2
    image = np.broadcast_to(linear(colours[0]), shape + (3,))
    for colour, share in zip(colours[1:], (.42, .36, .2)):
        field = noise(shape, (4.5, 7), rng, 2.1) + .10 * noise(shape, (40, 40), rng)
        level = np.quantile(field, 1 - share)
        slope = np.hypot(*np.gradient(cv2.GaussianBlur(field, (0, 0), 1.5))) + 1e-3
        image = mix(image, colour, np.clip((field - level) / slope + .5, 0, 1))
    return Tile(image, (size, size))
