"""Animal skins and camouflage."""

import cv2
import numpy as np
from scipy.spatial import cKDTree

from catalog.studio.palette import linear, mix
from catalog.studio.prints.tile import Tile, edge, grid, noise, spread

DENSITY = 20


def leopard(ground, centre, spot, rng, size=18., count=90):
    """Rosettes: broken, uneven dark rings round a tawny middle, small solid spots between them; the ground is lighter in places."""
    u, v = grid((size, size), DENSITY)
    places = spread(count, rng)
    small = rng.random(count) < .25
    wobble = [.06 * size / np.sqrt(count) * noise(u.shape, 22, rng, 2.4) for _ in range(2)]
    points = np.stack([(u + wobble[0]).ravel(), (v * 1.12 + wobble[1]).ravel()], 1) / (size, size * 1.12) % 1
    away, owner = cKDTree(places, boxsize=1).query(points)
    offset = (points - places[owner] + .5) % 1 - .5
    angle = np.arctan2(offset[:, 1], offset[:, 0])
    away, owner = (away * size).reshape(u.shape), owner.reshape(u.shape)
    turn, radius = rng.random(count) * 6.28, size / np.sqrt(count) * rng.uniform(.25, .34, count)
    turned = angle.reshape(u.shape) + turn[owner]
    pieces = rng.integers(2, 4, count)[owner]
    thick = size / np.sqrt(count) * (.085 + .075 * np.cos(pieces * turned) + .03 * np.cos(5 * turned))
    ring = edge(thick - np.abs(away - radius[owner]), DENSITY)
    dot = edge(.22 * size / np.sqrt(count) * (.8 + .2 * np.cos(2 * turned)) - away, DENSITY)
    image = mix(ground, np.clip(linear(ground) * 1.2 + .03, 0, 1), np.clip(.35 + .3 * noise(u.shape, 5, rng, 2.5), 0, 1))
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
    waves = waves / waves.std() + .32 * noise(shape, (7, 7), rng, 2.5) + .05 * noise(shape, (60, 60), rng, 2.5)
    slope = np.hypot(*np.gradient(cv2.GaussianBlur(waves.astype(np.float32), (0, 0), 2))) + .02
    return Tile(mix(ground, stripe, np.clip(waves / slope * .7 + .5, 0, 1)), (size, size))


def snake(ground, scale, dark, rng, size=20.):
    """Python: small pointed scales, pale on the belly side of a net of irregular dark diamonds."""
    u, v = grid((size, size), DENSITY)
    width, height = size / 30, size / 30
    row = np.floor(v / height * 2)
    x = u / width + .5 * (row % 2)
    column = np.floor(x)
    cell_u, cell_v = ((column - .5 * (row % 2) + .5) * width) % size, (row + .5) * height / 2
    at = (((size - cell_v) * DENSITY).astype(int) % len(u), (cell_u * DENSITY).astype(int) % len(u))     # one tone for each scale
    bend, patchy, grain = noise(u.shape, 4, rng, 2.)[at], noise(u.shape, 6, rng, 2.)[at], noise(u.shape, 60, rng)[at]
    net = np.cos(2 * np.pi * 2 * cell_u / size + .5 * bend) + np.cos(2 * np.pi * 3 * cell_v / size + .5 * patchy)
    image = mix(ground, scale, np.clip(.42 + .42 * net + .08 * grain, 0, 1))
    image = mix(image, dark, np.clip(1.25 - 1.7 * np.abs(net + .15 + .3 * patchy) + .10 * grain, 0, .9))
    rhombus = np.abs(x % 1 - .5) + np.abs(v / height * 2 % 1 - .5) * .55
    return Tile(image * (1.06 - .5 * np.clip((rhombus - .38) * 3.2, 0, 1))[..., None], (size, size))


def camouflage(colours, rng, size=44.):
    """Woodland camouflage: overlapping flat patches with ragged edges, drawn out sideways; colours from the ground up."""
    density = 12
    shape = (round(size * density),) * 2
    image = np.broadcast_to(linear(colours[0]), shape + (3,))
    for colour, share in zip(colours[1:], (.42, .36, .2)):
        field = noise(shape, (6, 9), rng, 2.1) + .08 * noise(shape, (40, 40), rng)
        level = np.quantile(field, 1 - share)
        slope = np.hypot(*np.gradient(cv2.GaussianBlur(field, (0, 0), 1.5))) + 1e-3
        image = mix(image, colour, np.clip((field - level) / slope + .5, 0, 1))
    return Tile(image, (size, size))
