"""Painted motifs: single flowers, leaves and sprigs as small RGBA pictures, shaded petal by petal."""

import cv2
import numpy as np

from catalog.studio.palette import linear, mix

RADIUS = 72         # px from the middle of a motif to its tip
SIDE = 2 * RADIUS + 16


class Motif:
    """A motif in the making: premultiplied linear RGBA (SIDE, SIDE, 4) float32; things painted later lie on top."""

    def __init__(self):
        self.rgba = np.zeros((SIDE, SIDE, 4), np.float32)
        axis = (np.arange(SIDE, dtype=np.float32) - SIDE / 2 + .5) / RADIUS
        self.x, self.y = np.meshgrid(axis, -axis)       # tip of the motif at distance 1; y up

    def cast(self, cover, depth):
        """Darken what lies below, softly, just outside a new piece."""
        soft = cv2.GaussianBlur(cover.astype(np.float32), (0, 0), RADIUS * .05)
        self.rgba[..., :3] *= 1 - depth * soft[..., None] * np.float32([.8, 1., 1.05])     # shadows on petals are warm

    def paint(self, cover, colour):
        """Lay colour, (3,) or (SIDE, SIDE, 3), where cover (SIDE, SIDE) is 1."""
        cover = np.clip(cover, 0, 1).astype(np.float32)[..., None]
        self.rgba *= 1 - cover
        self.rgba[..., :3] += np.broadcast_to(colour, self.rgba.shape[:2] + (3,)) * cover
        self.rgba[..., 3:] += cover

    def along(self, angle, origin=(0., 0.)):
        """Coordinates (along, across) of every pixel relative to a direction, in motif radii."""
        x, y = self.x - origin[0], self.y - origin[1]
        return x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)

    def petal(self, angle, colours, length=1., width=.4, bulge=1.5, notch=0., start=.05, veins=.10, shadow=.24, bend=0.):
        """One petal from the middle outwards. colours: (deep at the root, body, light at the rim). width: its half width.

        bulge: above 1 the widest place lies beyond the middle. notch: depth of the dent in the tip. bend: sideways curve.
        """
        along, across = self.along(angle)
        across = across - bend * along ** 2
        place = (along - start) / (length - start)
        side = np.abs(across) / width
        tip = 1 - notch * np.exp(-(across / (width * .35)) ** 2)
        inside = np.clip(place / tip, 0, 1)
        outline = np.sqrt(np.clip(np.sin(np.pi * inside ** bulge), 0, 1)) * (place > 0) * (place < tip)
        cover = np.clip((outline - side) * width * RADIUS + .5, 0, 1) * (outline > 0)
        if not cover.any():
            return
        deep, body, light = (linear(colour) for colour in colours)
        tone = mix(mix(deep, body, np.clip(inside * 2.2, 0, 1)), light, np.clip(inside * 1.5 - .55, 0, 1) * .8)
        ribs = np.cos(across / np.maximum(width * (.25 + inside), .02) * 9) * np.clip(1 - inside, 0, 1)
        tone = tone * (1 - veins * (.5 + .5 * ribs) - .07 * np.clip(across / width, -1, 1))[..., None]
        tone = tone * (1 - .15 * np.clip(1 - (outline - side) * 6, 0, 1))[..., None]     # the rim turns away
        self.cast(cover, shadow)
        self.paint(cover, tone)

    def ring(self, count, turn, colours, rng, **shape):
        """A ring of petals, each a little different, laid round from a random start."""
        for number in rng.permutation(count):
            angle = turn + number * 2 * np.pi / count + rng.normal(0, .06)
            length = shape.get("length", 1.) * rng.uniform(.92, 1.)
            tint = rng.uniform(.88, 1.08)
            self.petal(angle, [np.clip(linear(c) * tint, 0, 1) for c in colours], **{**shape, "length": length})

    def disc(self, radius, colour, rim=None, at=(0., 0.)):
        """A domed round: lighter at the upper left, `rim` colour towards the edge."""
        away = np.hypot(self.x - at[0], self.y - at[1])
        tone = mix(colour, rim if rim is not None else linear(colour) * .55, np.clip(away / radius, 0, 1) ** 2)
        light = 1 + .35 * np.clip((self.y - at[1] - self.x + at[0]) / radius, -1, 1)
        self.paint(np.clip((radius - away) * RADIUS + .5, 0, 1), np.clip(tone * light[..., None], 0, 1))

    def seeds(self, count, inner, outer, size, colour, rng):
        """Stamens: small dots between two radii."""
        for angle in np.arange(count) * 2 * np.pi / count + rng.random():
            reach = rng.uniform(inner, outer)
            self.disc(size, colour, at=(reach * np.cos(angle), reach * np.sin(angle)))

    def line(self, points, width, colour):
        """A tapering brush line through points (n, 2) in motif radii."""
        cover = np.zeros((SIDE, SIDE), np.uint8)
        pixels = np.c_[points[:, 0] * RADIUS + SIDE / 2, SIDE / 2 - points[:, 1] * RADIUS]
        pixels = np.round(pixels * 16).astype(int).tolist()         # cv2's sixteenths of a pixel
        for number, (one, other) in enumerate(zip(pixels[:-1], pixels[1:])):
            thick = max(1, round(width * RADIUS * (1 - .6 * number / len(pixels))))
            cv2.line(cover, one, other, 255, thick, cv2.LINE_AA, 4)
        self.paint(cover / 255., linear(colour))

    def leaf(self, root, angle, length, width, colours, bend=0., shadow=.25):
        """A pointed leaf from root (x, y): one half lighter than the other, pale midrib, side veins. colours: (dark, light)."""
        along, across = self.along(angle, root)
        place = along / length
        across = across - bend * length * (place ** 2 - place)
        outline = np.sin(np.pi * np.clip(place, 0, 1) ** .82) ** .9 * (place > 0) * (place < 1)
        side = across / width
        cover = np.clip((outline - np.abs(side)) * width * RADIUS + .5, 0, 1) * (outline > 0)
        dark, light = (linear(colour) for colour in colours)
        half = np.clip(side * 8 + .5, 0, 1)
        tone = mix(dark, light, .25 + .5 * half + .25 * place)
        veins = np.clip(np.cos((place - np.abs(side) * .18) * 34) * 3 - 2.1, 0, 1) * .3
        rib = np.clip(1 - np.abs(across) * RADIUS / 1.6, 0, 1) * .55 * (place < .92)
        self.cast(cover, shadow)
        self.paint(cover, mix(tone, np.clip(light * 1.35 + .04, 0, 1), np.maximum(veins, rib)))


def tones(colour, depth=1.):
    """(deep, body, light) for a petal of a colour: the shadow is richer, not just darker; the light is paler."""
    body = linear(colour)
    deep = body ** (1 + .45 * depth) * (.85 - .1 * depth)
    return deep, body, body + (np.float32([1, .98, .94]) - body) * .42 * depth


def blossom(colour, centre, rng):
    """A wild rose: five notched petals, a ring of stamens."""
    motif = Motif()
    motif.ring(5, rng.random() * 6, tones(colour), rng, length=1., width=.46, bulge=1.75, notch=.12)
    motif.disc(.15, linear(centre) * .75)
    motif.seeds(11, .17, .34, .042, centre, rng)
    return motif.rgba


def daisy(colour, centre, rng):
    """A daisy: two rings of narrow petals round a domed eye."""
    motif = Motif()
    count, turn = int(rng.integers(9, 13)), rng.random() * 6
    motif.ring(count, turn + .3, tones(linear(colour) * .85), rng, length=.95, width=.17, bulge=1.35)
    motif.ring(count, turn, tones(colour), rng, length=.92, width=.16, bulge=1.35)
    motif.disc(.27, centre)
    motif.seeds(10, .05, .2, .035, np.clip(linear(centre) * 1.5 + .03, 0, 1), rng)
    return motif.rgba


def anemone(colour, centre, rng):
    """An anemone: broad petals in two rings, a dark eye and a halo of stamens."""
    motif = Motif()
    turn = rng.random() * 6
    motif.ring(6, turn + .5, tones(linear(colour) * .9), rng, length=1., width=.46, bulge=1.5)
    motif.ring(5, turn, tones(colour), rng, length=.84, width=.42, bulge=1.55)
    motif.disc(.24, mix(centre, "ivory", np.float32(.2)))
    motif.disc(.16, centre)
    motif.seeds(16, .26, .37, .03, centre, rng)
    return motif.rgba


def peony(colour, centre, rng):
    """A full rose or peony: rings of cupped petals that deepen towards a folded heart."""
    motif = Motif()
    turn = rng.random() * 6
    rings = ((7, 1., .44, 1.), (6, .80, .40, .93), (5, .61, .34, .85), (4, .43, .27, .76), (3, .27, .19, .66))
    for number, (count, length, width, gain) in enumerate(rings):
        deep, body, light = tones(np.clip(linear(colour) ** (1 + .10 * number) * gain, 0, 1))
        shape = dict(length=length, width=width, bulge=1.6, notch=.07, shadow=.36, veins=.08)
        motif.ring(count, turn + .55 * number, (deep, body, light), rng, **shape)
    motif.disc(.09, linear(centre) * .8)
    return motif.rgba


def bud(colour, leaf, rng):
    """A half-open flower from the side, on a short stem with two sepals."""
    motif = Motif()
    motif.line(np.array([(0., -1.), (.05, -.6), (0., -.1)]), .09, linear(leaf) * .9)
    for angle, width in ((2.15, .30), (1., .30), (1.57, .34)):
        motif.petal(angle, tones(colour), length=.92, width=width, bulge=1.15, shadow=.4)
    for angle in (2.4, .75):
        motif.leaf((0., -.12), angle, .55, .12, (linear(leaf) * .7, leaf), bend=.3)
    return motif.rgba


def berries(colour, leaf, rng):
    """A twig of round berries."""
    motif = Motif()
    twig = np.array([(0., -1.), (.08, -.5), (0., 0.), (.05, .5)])
    motif.line(twig, .07, linear(leaf) * .8)
    for height, side in zip(np.linspace(-.55, .75, 7), (1, -1, 1, -1, 1, -1, 0)):
        spot = (side * rng.uniform(.28, .42), height + .12)
        motif.line(np.array([(.04, height - .12), spot]), .05, linear(leaf) * .8)
        motif.disc(.15, np.clip(linear(colour) * 1.15, 0, 1), rim=linear(colour) * .45, at=spot)
    return motif.rgba


def leaf(dark, light, rng, width=.26):
    """One leaf, root at the lower end, tip up."""
    motif = Motif()
    motif.leaf((0., -.98), np.pi / 2, 1.96, width, (dark, light), bend=rng.uniform(-.35, .35))
    return motif.rgba


def sprig(dark, light, rng, pairs=5, width=.13):
    """A curved stem with leaves left and right that grow smaller towards the tip."""
    motif = Motif()
    t = np.linspace(0, 1, 24)
    curve = rng.uniform(-.35, .35)
    stem = np.c_[curve * (t ** 2 - t) * 2, -1 + 1.85 * t]
    motif.line(stem, .06, linear(dark))
    for number, where in enumerate(np.linspace(.12, .92, pairs)):
        root = stem[int(where * 23)]
        for side in (1, -1):
            reach = .62 * (1 - .55 * where) * rng.uniform(.9, 1.1)
            angle = np.pi / 2 - side * rng.uniform(.7, .95)
            motif.leaf(root, angle, reach, width * (1.15 - .5 * where), (dark, light), bend=.25 * side, shadow=.1)
    motif.leaf(stem[-2], np.pi / 2, .3, width * .7, (dark, light), shadow=.1)
    return motif.rgba


def monstera(dark, light, rng):
    """A split tropical leaf: heart-shaped, cut from the rim between its ribs."""
    motif = Motif()
    x, y = np.abs(motif.x), motif.y + .04 * np.sin(3 * motif.x)
    height = np.clip((y + .3) / np.where(y > -.3, 1.28, .52), -1, 1)
    half = .80 * np.sqrt(1 - height ** 2) ** np.where(y > -.3, 1.25, 1.)
    heart = np.minimum(half - x, (x - .05 - .35 * np.clip(-.45 - y, 0, 1)) + 9 * (y > -.55))
    rib = (y - .55 * x + .11 * x ** 2) * 5.2 + .35        # ribs climb outwards; whole numbers lie between two of them
    reach = np.clip(x / np.maximum(half, .05) - .42, 0, 1)
    slit = (.5 - np.abs((rib + .5) % 1 - .5)) > .5 - .26 * reach
    cover = np.clip(heart * RADIUS + .5, 0, 1) * (1 - cv2.GaussianBlur((slit & (reach > 0)).astype(np.float32), (0, 0), .7))
    tone = mix(dark, light, np.clip(.35 + .28 * np.sign(motif.x) + .25 * x + .1 * y, 0, 1))
    veins = np.maximum(np.clip(1 - x * RADIUS / 2.2, 0, 1), np.clip(1 - np.abs(rib % 1 - .5) * 14, 0, 1) * .5)
    motif.line(np.array([(0., -.55), (.05, -.98)]), .06, dark)
    motif.paint(cover, mix(tone, np.clip(linear(light) * 1.4 + .03, 0, 1), veins * .6))
    return motif.rgba


def palm(dark, light, rng):
    """A feather palm: long narrow leaflets on an arching rib."""
    motif = Motif()
    t = np.linspace(0, 1, 40)
    arch = rng.uniform(.15, .4)
    rib = np.c_[arch * (2 * t - 1) ** 2 - arch * .6, -1 + 1.9 * t]
    for where in np.linspace(.16, .97, 15):
        root = rib[int(where * 39)]
        for side in (1, -1):
            length = .78 * np.sin(np.pi * (.18 + .74 * where)) + .06
            motif.leaf(root, np.pi / 2 - side * (1.15 - .65 * where), length, .055, (dark, light), bend=.22 * side, shadow=.12)
    motif.line(rib, .055, linear(light))
    return motif.rgba
