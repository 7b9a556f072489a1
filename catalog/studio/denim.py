"""What makes jeans: pockets, yoke, rivets, topstitching, and where the blue wears off. Also the pockets and pleats of other trousers."""

import numpy as np

from catalog.studio.curves import box, curve, line, offset
from catalog.studio.mesh import BACK, FRONT
from catalog.studio.palette import linear
from catalog.studio.trims import pocket

COPPER = (0.36, 0.19, 0.10)
THREAD = linear("#c08a4e")      # the yellow topstitching of blue denim
ROW = 0.45              # cm between two rows of topstitching


def _both(points):
    """The points of the right side, and mirrored: two arrays."""
    points = np.asarray(points, float)
    return points, points * [-1, 1]


def _rows(layers, panel, path, colour, rows=2):
    for row in range(rows):
        layers.stitch(panel, offset(path, -ROW * row), colour)


def outer_at(marks, v):
    """u of the outer leg at a height, or of a skirt's side."""
    side = marks["outer"] if "outer" in marks else marks["side"]
    return float(np.interp(-v, -side[:, 1], side[:, 0]))


def scoop_pockets(layers, marks, thread, coin=True, rivets=COPPER):
    """Curved front pockets that show their bag, with a coin pocket in the right one. thread, rivets: linear RGB."""
    top = marks["waist"] - marks["band"]
    start, side = marks["waist_width"] * 0.52, top - 8.0
    reach = outer_at(marks, side)
    path = curve((start, top), (start + 0.9, top - 3.6), (start + 4.4, top - 6.8), (reach + 0.5, side))
    for points in _both(path):
        sign = np.sign(points[0, 0])
        bag = layers.mask(np.vstack([points, [(sign * 60, side), (sign * 60, top)]]))
        layers.lift(FRONT, bag, -0.22, 0.08, 0)
        layers.groove(FRONT, points, 0.2, 0.12, 0.4)
        layers.stitch(FRONT, points + [-0.45 * sign, -0.25], thread)
        layers.stitch(FRONT, points + [-0.9 * sign, -0.55], thread)
        if rivets is not None:
            for at in (points[0] + [sign * -0.55, -0.7], points[-1] + [sign * -1.6, -0.6]):
                layers.button(FRONT, at, 0.36, rivets, 0.8)
    if coin:
        edge = np.interp([start + 3.0, start + 8.2], path[:, 0], path[:, 1])
        points = line((-start - 2.6, top - 2.2), (-start - 8.4, top - 2.7), (-start - 8.6, edge[1] - 0.2), (-start - 3.0, edge[0] - 0.1))
        layers.lift(FRONT, layers.mask(points), 0.12, 0.06, 0.3)
        for row in (0.3, 0.7):
            layers.stitch(FRONT, points[:2] + [0, -row], thread)


def back_pockets(layers, marks, thread, arc=True, size=1.0):
    """Yoke and two patch pockets on the seat. arc: a stitched bow on each. size: factor."""
    top = marks["waist"] - marks["band"]
    for points in _both(line((0, top - 6.0), (outer_at(marks, top - 3.6) + 2, top - 3.4))):
        layers.groove(BACK, points, 0.15, 0.08, 0.25)
        _rows(layers, BACK, points, thread)
    for side in (-1, 1):
        u, v, half = side * 10.5, top - 8.5, 6.6 * size
        points = np.array([(u - half, v), (u + half, v + 0.6), (u + half * 0.86, v - 11 * size), (u, v - 13.4 * size),
                           (u - half * 0.86, v - 11 * size)])
        pocket(layers, points, BACK, 0.14, thread)
        if arc:
            wave = curve((0.6 - half, -4.5), (-half * 0.4, -6.2), (0, -4.6), (half * 0.4, -6.0), (half - 0.6, -4.2))
            _rows(layers, BACK, wave + [u, v], thread)


def side_seams(layers, marks, thread=None, rows=1):
    """The outer seam, topstitched from the pocket down over the hip or, without thread, only pressed."""
    for panel in (FRONT, BACK):
        for points, sign in zip(_both(marks["outer"]), (1, -1)):
            inside = points + [-0.5 * sign, 0]
            layers.groove(panel, inside, 0.14, 0.05, 0.16)
            if thread is not None:
                upper = inside[inside[:, 1] > marks["rise"] + 2]
                _rows(layers, panel, upper + [-0.4 * sign, 0], thread, rows)
        for points, sign in zip(_both(marks["inner"][marks["inner"][:, 1] < marks["rise"] - 1.5]), (1, -1)):
            if thread is not None:
                layers.stitch(panel, points + [0.7 * sign, 0], thread)


def hem_stitch(layers, marks, thread):
    for panel in (FRONT, BACK):
        for side in (-1, 1):
            inner, outer = marks["inner"][0] * [side, 1], marks["outer"][-1] * [side, 1]
            layers.stitch(panel, line(inner + [0, 1.5], outer + [0, 1.5]), thread)


def slant_openings(layers, marks, start=0.62, drop=15.0, thread=None):
    """Slanted side pockets of trousers, from the band to the side seam."""
    top = marks["waist"] - marks["band"]
    for side in (-1, 1):
        path = line((side * marks["waist_width"] * start, top), (side * (outer_at(marks, top - drop) - 0.3), top - drop))
        layers.groove(FRONT, path, 0.28, 0.2, 0.5)
        layers.groove(FRONT, path + [-0.7 * side, -0.1], 0.1, 0.04, 0.12)
        if thread is not None:
            layers.stitch(FRONT, path + [-0.7 * side, -0.1], thread)


def back_welts(layers, marks, button=None):
    """One or two slit pockets on the seat."""
    top = marks["waist"] - marks["band"] - 7.5
    for side in (-1, 1):
        patch = layers.mask(box(side * 10.5 - 6, top, side * 10.5 + 6, top - 1.2))
        layers.lift(BACK, patch, 0.14, 0.06, 0.4)
        layers.groove(BACK, line((side * 10.5 - 6, top - 0.6), (side * 10.5 + 6, top - 0.6)), 0.12, 0.1, 0.4)
        if button is not None:
            layers.button(BACK, (side * 10.5, top - 2.2), 0.5, button)


def cargo_pockets(layers, marks, height, thread=None, size=1.0):
    """Big pockets with flaps on the outer thighs. height: v of their upper edge."""
    half, deep = 6.8 * size, 18.0 * size
    for panel in (FRONT, BACK):
        for side in (-1, 1):
            u = side * (outer_at(marks, height - 6) - half * 0.52)
            points = np.array([(u - half, height), (u + half, height), (u + half, height - deep), (u - half, height - deep)])
            flap = np.array([(-half - 0.5, 1.4), (half + 0.5, 1.4), (half + 0.5, -4.2), (half * 0.8, -5.2), (-half * 0.8, -5.2),
                             (-half - 0.5, -4.2)])
            flap += [u, height]
            pocket(layers, points, panel, 0.3, thread, flap)
            layers.groove(panel, line((u, height - 5), (u, height - deep)), 0.3, 0.1, 0.25)
            if thread is not None:
                layers.stitch(panel, flap[1:] + [0, 0.4], thread)
            layers.button(panel, (u, height - 3.6), 0.5, (0.2, 0.19, 0.17))


def front_pleats(layers, marks, rows=1):
    """Folded pleats below the waistband that run out into the crease."""
    top = marks["waist"] - marks["band"]
    for side in (-1, 1):
        for row in range(rows):
            u = side * (marks["waist_width"] * 0.40 + 3.2 * row)
            low = top - (16 - 7 * row)
            layers.groove(FRONT, line((u, top), (u + side * 0.5, low)), 0.3, 0.22, 0.5)
            layers.lift(FRONT, layers.mask([(u, top), (u + side * 3, top), (u + side * 0.8, low)]), 0.22, 0.2, 0.25)


def pressed_creases(layers, marks, start=0.0):
    """The ironed line down the front of each leg. start: v from which it runs; 0 = from below the waistband."""
    crease = marks["crease"]
    path = crease[crease[:, 1] < (start or marks["waist"])]
    for panel in (FRONT, BACK):
        for points in _both(path):
            ridge = layers.stroke(points, 0.5)
            layers.lift(panel, ridge, 0.22, 0.12, 0)
            layers.shade[panel][ridge.window] *= 1 - 0.06 * ridge.values


def creases_of_wear(layers, marks, rng, strength=1.0):
    """Soft wrinkles where a body bends cloth: fanning out from the crotch, across the knees, above the hems. strength: factor of relief."""
    rise, hem = marks["rise"], marks["hem"]
    for side in (-1, 1):
        for number in range(5):
            slope = rng.uniform(-0.5, 0.25) - 0.18 * number + 0.5
            start = np.array([side * rng.uniform(0.6, 2.5), rise + 1.5 - 2.0 * number + rng.uniform(-0.8, 0.8)])
            long = rng.uniform(6, 13)
            end = start + [side * long, long * slope * 0.55]
            middle = (start + end) / 2 + [0, rng.uniform(0.3, 1.2)]
            _wrinkle(layers, FRONT, curve(start, middle, end), rng.uniform(0.9, 1.5), 0.30 * strength)
        if hem < 30:
            inner = marks["inner"]
            for height in (*rng.uniform(37, 50, 4), *rng.uniform(hem + 4, hem + 17, 3)):
                left, right = np.interp(height, inner[:, 1], inner[:, 0]), outer_at(marks, height)
                tilt = rng.uniform(-3.5, 3.5)
                at = rng.uniform(0.0, 0.35), rng.uniform(0.65, 1.0)
                a, b = (left + (right - left) * share for share in at)
                path = curve((a * side, height - tilt), ((a + b) / 2 * side, height + rng.uniform(-0.8, 0.8)), (b * side, height + tilt))
                _wrinkle(layers, FRONT if rng.random() < 0.7 else BACK, path, rng.uniform(0.9, 1.6), 0.24 * strength)


def _wrinkle(layers, panel, path, width, height):
    """One soft ridge that runs out at both ends."""
    for share in (1.0, 0.7, 0.4):
        middle = len(path) // 2
        part = path[int(middle - middle * share):int(middle + middle * share) + 1]
        if len(part) > 2:
            layers.lift(panel, layers.stroke(part, width * (0.5 + 0.5 * share)), height / 3, 0.35, 0)


class Fade:
    """Where denim is worn: thighs, knees, whiskers at the crotch, and along the seams.

    Callable (u, v) -> 0..1. marks: of the garment. strength: of the thighs' fade. whiskers: how many on each side.
    """

    def __init__(self, marks, rng, strength=0.5, whiskers=5, knees=0.5):
        self.rise, self.hem, self.strength, self.knees = marks["rise"], marks["hem"], strength, knees
        self.crease = marks["crease"][::-1]
        self.lines = [(rng.uniform(0.8, 2.2), self.rise + 7 - 3.2 * k + rng.uniform(-0.6, 0.6), rng.uniform(0.18, 0.5) - 0.13 * k,
                       rng.uniform(7, 12), rng.uniform(0.10, 0.22)) for k in range(whiskers)]
        self.knee = 47 + rng.uniform(-0.8, 0.8)

    def __call__(self, u, v):
        across = np.abs(u)
        middle = np.interp(v, self.crease[:, 1], self.crease[:, 0])
        away = ((across - middle) / 6.5) ** 2
        thigh = self.strength * np.exp(-away - ((v - (self.rise - 9)) / 17) ** 2)
        knee = self.strength * self.knees * np.exp(-((across - middle) / 5.5) ** 2 - ((v - self.knee) / 9) ** 2)
        worn = thigh + knee
        for start, height, slope, long, amount in self.lines:
            along = (across - start) / long
            off = v - height - slope * (across - start)
            ends = np.clip(along * 4, 0, 1) * np.clip((1 - along) * 2.5, 0, 1)
            worn = worn + 2 * amount * self.strength * np.exp(-(off / 0.55) ** 2) * ends
        return np.clip(worn, 0, 0.85).astype(np.float32)
