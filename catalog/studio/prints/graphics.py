"""Chest graphics: small abstract pictures printed on a plain front. No lettering, no faces, no marks.

Each drawing works in its own units, -1..1 across the picture, and paints through `layers` (catalog.studio.layers.PanelLayers): mask(points)
and stroke(points, width) give soft-edged shapes, colour(panel, shape, rgb) prints them. Shapes know union (|) and cut-out (-).
"""

import numpy as np

from catalog.studio.palette import contrast, linear

FRONT = 0
REACH = 10.5        # cm from the middle of a graphic to its edge at size 1
INK = .97           # screen-print ink lets a little of the cloth through

INKS = (      # colours that make a picture together, main one first
    ("rust", "mustard", "ivory", "teal"), ("navy", "sky", "ivory", "rust"), ("sage", "olive", "blush", "ivory"),
    ("teal", "mustard", "ivory", "rust"),
    ("ivory", "blush", "rust", "mustard"), ("black", "ivory", "red", "grey"), ("white", "sky", "navy", "blush"),
    ("orange", "pink", "yellow", "burgundy"),
    ("green", "sage", "ivory", "mustard"), ("burgundy", "pink", "blush", "ivory"), ("blue", "white", "yellow", "red"),
    ("lavender", "ivory", "purple", "mint"),
    ("brown", "camel", "ivory", "olive"), ("white", "silver", "grey", "charcoal"), ("black", "charcoal", "grey", "white"),
    ("mint", "teal", "white", "orange"),
)


class _Picture:
    """A drawing surface of -1..1 about a centre on the front panel; inks are numbered, the main one is 0."""

    def __init__(self, layers, inks, centre, reach):
        self.layers, self.inks, self.centre, self.reach = layers, inks, np.asarray(centre, float), reach
        self.used = []

    def shape(self, points):
        return self.layers.mask(self.centre + np.asarray(points, float) * self.reach)

    def line(self, points, width):
        return self.layers.stroke(self.centre + np.asarray(points, float) * self.reach, width * self.reach)

    def print(self, shape, number):
        word = self.inks[number % len(self.inks)]
        self.used += [word] if word not in self.used else []
        self.layers.colour(FRONT, shape * INK, linear(word))


def circle(x=0., y=0., radius=1., start=0., turn=2 * np.pi, count=72):
    """Points (count, 2) on a circle, or on an arc of `turn` radians from `start`."""
    angle = start + np.linspace(0, turn, count)
    return np.c_[x + radius * np.cos(angle), y + radius * np.sin(angle)]


def box(left, bottom, right, top):
    """The corners (4, 2) of a rectangle."""
    return np.array([(left, bottom), (right, bottom), (right, top), (left, top)])


def within(shape, frame):
    """The part of a shape that lies inside a frame."""
    return shape - (shape - frame)


def _sunset(picture, rng):
    """A setting sun sliced by widening gaps, three bands of colour."""
    sun = picture.shape(circle(0, .1, .92))
    gaps = picture.shape(box(-1, -1.2, 1, -1.1))
    for number, height in enumerate(np.linspace(.12, -.74, 6)):
        gaps = gaps | picture.shape(box(-1, height - .02 - .016 * number, 1, height + .02 + .012 * number))
    for number, (low, high) in enumerate(((-.9, -.28), (-.28, .22), (.22, 1.1))):
        picture.print(within(sun, picture.shape(box(-1, low, 1, high))) - gaps, number)


def _ridge(rng, height, rough, count=9):
    """A mountain skyline, closed at the bottom."""
    x = np.linspace(-1.1, 1.1, count)
    y = height + rough * rng.uniform(-.5, 1, count) * (1 - .3 * np.abs(x))
    return np.vstack([np.c_[x, y], [(1.1, -1.3), (-1.1, -1.3)]])


def _mountains(picture, rng):
    """Ranges of hills under a sun, inside a round or arched frame."""
    if rng.random() < .5:
        frame = picture.shape(circle(0, 0, .95))
    else:
        frame = picture.shape(np.vstack([circle(0, .2, .72, 0, np.pi), [(-.72, -1), (.72, -1)]]))
    picture.print(frame, 2)
    picture.print(within(picture.shape(circle(rng.uniform(-.3, .3), .36, .25)), frame), 1)
    for number, (height, rough) in enumerate(((.02, .42), (-.26, .30), (-.56, .2))):
        picture.print(within(picture.shape(_ridge(rng, height, rough)), frame), (3, 0, 1)[number])


def _waves(picture, rng):
    """Rolling bands of sea inside a circle, a low sun above."""
    frame = picture.shape(circle(0, 0, .95))
    picture.print(frame, 2)
    picture.print(picture.shape(circle(.2, .38, .27)), 1)
    x = np.linspace(-1.1, 1.1, 60)
    phase = rng.random() * 6
    for number, height in enumerate((.04, -.2, -.44, -.68)):
        crest = height + .09 * np.sin(x * 5.2 + phase + number * 1.7)
        picture.print(within(picture.shape(np.vstack([np.c_[x, crest], [(1.1, -1.3), (-1.1, -1.3)]])), frame), (0, 3, 0, 1)[number])
        picture.print(within(picture.line(np.c_[x, crest], .025), frame), 2)


def _arches(picture, rng):
    """A rainbow of concentric arches."""
    for number, radius in enumerate((.95, .74, .53, .32)):
        outer = picture.shape(np.vstack([circle(0, -.15, radius, 0, np.pi), [(-radius, -.62), (radius, -.62)]]))
        inner = radius - .16
        hole = picture.shape(np.vstack([circle(0, -.15, inner, 0, np.pi), [(-inner, -.7), (inner, -.7)]]))
        picture.print(outer - hole, number)


def _leaf(x, y, angle, length, width):
    """A pointed leaf outline from its root."""
    t = np.linspace(0, 1, 24)
    side = width * np.sin(np.pi * t ** .85)
    along = np.r_[t, t[::-1]] * length
    across = np.r_[side, -side[::-1]]
    return np.c_[x + along * np.cos(angle) - across * np.sin(angle), y + along * np.sin(angle) + across * np.cos(angle)]


def _botanical(picture, rng):
    """Two or three stems with leaves in pairs, a disc behind."""
    if rng.random() < .6:
        picture.print(picture.shape(circle(.12, .18, .58)), 1)
    for number, lean in enumerate((-.30, .34, .02)[:rng.integers(2, 4)]):
        t = np.linspace(0, 1, 30)
        stem = np.c_[lean * 1.6 * t ** 1.6 + .06 * (number - 1), -1 + 1.75 * t * (1 - .12 * number)]
        picture.print(picture.line(stem, .03), (0, 3, 0)[number])
        for where in np.linspace(.25, .92, 6):
            x, y = stem[int(where * 29)]
            for side in (-1, 1):
                leaf = _leaf(x, y, np.pi / 2 - lean - side * (.95 - .25 * where), .42 * (1.25 - where), .10 * (1.3 - .6 * where))
                picture.print(picture.shape(leaf), (0, 3, 0)[number])
        picture.print(picture.shape(_leaf(*stem[-1], np.pi / 2 - lean, .24, .06)), (0, 3, 0)[number])


def _still_life(picture, rng):
    """Mid-century shapes: overlapping discs, a half moon and a few lines."""
    big, small = picture.shape(circle(-.22, .18, .62)), picture.shape(circle(.38, -.22, .50))
    picture.print(big, 0)
    picture.print(small, 1)
    picture.print(within(big, small), 3)
    picture.print(picture.shape(circle(.42, .52, .34, rng.uniform(0, 3), np.pi)), 2)
    for number in range(4):
        picture.print(picture.line([(-.8, -.52 - .11 * number), (.02 + .1 * number, -.52 - .11 * number)], .035), 0)


def _horizon(picture, rng):
    """A thin ring, a horizon and a small sun with its reflection: a quiet line drawing."""
    picture.print(picture.line(circle(0, 0, .92), .035), 0)
    sun = picture.shape(circle(0, .12, .36)) - picture.shape(box(-1, -.6, 1, -.06))
    picture.print(sun, 1)
    for number, width in enumerate((.78, .6, .44, .3, .16)):
        picture.print(picture.line([(-width, -.12 - .14 * number), (width, -.12 - .14 * number)], .035), 0)


def _flower(picture, rng):
    """One large flat flower, its petals in turn two colours."""
    count = int(rng.integers(6, 9))
    turn = rng.random()
    second = 3 if count % 2 == 0 else 0
    for number in range(count):
        angle = turn + number * 2 * np.pi / count
        petal = _leaf(.12 * np.cos(angle), .12 * np.sin(angle), angle, .80, 1.56 / count)
        picture.print(picture.shape(petal), second if number % 2 else 0)
    picture.print(picture.shape(circle(0, 0, .26)), 1)
    picture.print(picture.shape(circle(0, 0, .12)), 2)


def _moons(picture, rng):
    """The phases of the moon in a row over fine arcs."""
    for number, x in enumerate((-.84, -.44, 0, .44, .84)):
        radius = (.14, .18, .24, .18, .14)[number]
        moon = picture.shape(circle(x, .22, radius))
        cut = (-.10, -.13, 0, .13, .10)[number]
        picture.print(moon - picture.shape(circle(x - cut, .22, radius * .95)) if cut else moon, 1 if number == 2 else 0)
    for number in range(4):
        arc = circle(0, -1.16 - .10 * number, 1.05, np.pi * .27, np.pi * .46)
        picture.print(picture.line(arc, .022), 0)


def _cut_outs(picture, rng):
    """Paper cut-outs: seaweed shapes on four tilted cards."""
    for number, (x, y) in enumerate(((-.46, .46), (.46, .46), (-.46, -.46), (.46, -.46))):
        picture.print(picture.shape(box(x - .44, y - .44, x + .44, y + .44)), (0, 1, 3, 0)[number])
        angle = rng.uniform(0, 6.28)
        frond = None
        for step in range(7):
            lobe = _leaf(x, y, angle + step * 2 * np.pi / 7, .36, .075)
            frond = picture.shape(lobe) if frond is None else frond | picture.shape(lobe)
        picture.print(frond, 2)


DRAWINGS = (_sunset, _mountains, _waves, _arches, _botanical, _still_life, _horizon, _flower, _moons, _cut_outs)


def graphic(layers, rng, ground, centre=(0., 122.), size=1.):
    """Print one abstract picture on the front panel.

    layers: PanelLayers. ground: the cloth's colour (word, hex or linear RGB), from which the inks must stand out. centre: (u, v) cm;
    at size 1 the picture is about 21 cm across. Returns the colour words printed, most important first.
    """
    sets = [inks for inks in ([word for word in inks if contrast(ground, word) >= 16] for inks in INKS) if len(inks) >= 3]
    inks = sets[rng.integers(len(sets))]
    picture = _Picture(layers, inks, centre, REACH * size)
    DRAWINGS[rng.integers(len(DRAWINGS))](picture, rng)
    return tuple(picture.used)
