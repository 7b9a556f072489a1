"""Abstract prints for a chest: suns, hills, waves, leaves. No lettering, no marks, no faces."""

import numpy as np

from catalog.studio.chance import pick
from catalog.studio.curves import box, circle, curve
from catalog.studio.palette import COMPANIONS, contrast, linear

FRONT = 0


def graphic(layers, rng, ground, centre=(0.0, 122.0), size=1.0):
    """Paint a picture on the front.

    ground: colour word of the garment. centre: (u, v) cm. size: 1 is about 19 cm wide. Returns the colour words used, tuple.
    """
    fitting = [word for word in COMPANIONS[ground] if contrast(ground, word) > 18] or list(COMPANIONS[ground])
    words = list(rng.permutation(fitting)[:4])
    while len(words) < 3:
        words.append(words[0])
    draw = _Pen(layers, np.asarray(centre, float), size, [linear(str(word)) for word in words])
    pick(rng, (_sunset, _rings, _waves, _hills, _flower, _arches, _leaves, _quarters))(draw, rng)
    return tuple(dict.fromkeys(str(word) for word in words[:draw.used]))


class _Pen:
    """Paints in units of cm around a centre; colours by number."""

    def __init__(self, layers, centre, size, colours):
        self.layers, self.centre, self.size, self.colours, self.used = layers, centre, size, colours, 0

    def at(self, points):
        return self.centre + np.asarray(points, float) * self.size

    def fill(self, points, number, within=None):
        patch = self.layers.mask(self.at(points))
        if within is not None:
            patch = patch - (patch - self.layers.mask(self.at(within)))
        self._paint(patch, number)

    def line(self, points, width, number):
        self._paint(self.layers.stroke(self.at(points), width * self.size), number)

    def _paint(self, patch, number):
        self.used = max(self.used, number % len(self.colours) + 1)
        self.layers.colour(FRONT, patch, self.colours[number % len(self.colours)])


def _sunset(pen, rng):
    frame = circle((0, 0), 9, 80)
    pen.fill(frame, 0)
    pen.fill(circle((rng.uniform(-2, 2), 1.5), 4.2, 60), 1)
    for number, height in enumerate((-1.5, -4.0, -6.3)):
        shore = curve((-10, height), (-5, height + rng.uniform(-0.5, 1)), (0, height), (5, height + rng.uniform(-0.5, 1)), (10, height))
        pen.fill(np.vstack([shore, [(10, -10), (-10, -10)]]), 2 + number % 2, frame)


def _rings(pen, rng):
    for number, radius in enumerate((9, 7.2, 5.4, 3.6, 1.8)):
        pen.fill(circle((0, 0), radius, 80), number % 3)


def _waves(pen, rng):
    phase, width = rng.random() * 6, np.linspace(-9, 9, 80)
    for number in range(6):
        pen.line(np.c_[width, 6.5 - number * 2.6 + 1.1 * np.sin(width / 2.2 + phase)], 1.0, number % 3)


def _hills(pen, rng):
    pen.fill(box(-9, 9, 9, -8), 0)
    pen.fill(circle((rng.uniform(-4, 4), 4.5), 2.6, 50), 1)
    for number, height in enumerate((1.5, -1.5, -4.5)):
        ridge = curve((-9, height - 2), (-5, height + rng.uniform(0, 3)), (0, height - rng.uniform(0, 2)), (4, height + rng.uniform(0, 3)), (9, height - 1))
        pen.fill(np.vstack([ridge, [(9, -8), (-9, -8)]]), 2 + number % 2, box(-9, 9, 9, -8))


def _flower(pen, rng):
    turn = rng.random()
    for petal in range(8):
        angle = petal * np.pi / 4 + turn
        along = np.array([np.cos(angle), np.sin(angle)])
        oval = circle((0, 0), (4.0, 1.9), 40) + [4.6, 0]
        pen.fill(np.outer(oval[:, 0], along) + np.outer(oval[:, 1], [-along[1], along[0]]), petal % 2)
    pen.fill(circle((0, 0), 2.1, 40), 2)


def _arches(pen, rng):
    angle = np.linspace(0, np.pi, 60)
    for number, radius in enumerate((8.5, 6.5, 4.5, 2.5)):
        pen.line(np.vstack([[(radius, -7)], np.c_[np.cos(angle), np.sin(angle)] * radius, [(-radius, -7)]]), 1.3, number % 3)


def _leaves(pen, rng):
    stem = curve((rng.uniform(-1, 1), -9), (0.8, -3), (-0.6, 3), (0.3, 9))
    pen.line(stem, 0.35, 0)
    for number, at in enumerate(np.linspace(0.12, 0.95, 9)):
        base, side = stem[int(at * (len(stem) - 1))], 1 if number % 2 else -1
        long, angle = 5.4 * (1 - 0.45 * at), np.radians(rng.uniform(25, 42))
        along = np.array([side * np.cos(angle), np.sin(angle)])
        t = np.linspace(0, 1, 20)
        half = np.sin(t * np.pi) ** 0.8 * long * 0.2
        leaf = np.vstack([np.c_[t * long, half], np.c_[t * long, -half][::-1]])
        pen.fill(base + np.outer(leaf[:, 0], along) + np.outer(leaf[:, 1], [-along[1], along[0]]), number % 3)


def _quarters(pen, rng):
    angle = np.linspace(0, np.pi / 2, 40)
    for number, (x, y) in enumerate(((-4.2, 4.2), (4.2, 4.2), (-4.2, -4.2), (4.2, -4.2))):
        pen.fill(box(x - 4, y + 4, x + 4, y - 4), number % 2)
        corner, turn = rng.integers(4), np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
        sign = turn[corner]
        arc = np.c_[np.cos(angle), np.sin(angle)] * 7.6 * sign + [x - 4 * sign[0], y - 4 * sign[1]]
        pen.fill(np.vstack([arc, [(x - 4 * sign[0], y - 4 * sign[1])]]), 2 + number % 2)
