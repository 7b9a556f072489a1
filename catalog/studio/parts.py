"""Collars, hoods and drawstrings: pieces made in three dimensions on a draped garment's neckline."""

import numpy as np

from catalog.studio.curves import smoothed
from catalog.studio.mesh import FRONT
from catalog.studio.regions import Region
from catalog.studio.surfaces import cord, strip

UP = np.array([0, 0, 1.0])
NECK_POINTS = 140


class NeckLoop:
    """The neckline of a draped garment as a closed curve, from the front centre round the back to the front centre.

    points (n, 3); around (n,): -1 and 1 at the front centre, 0 at the back; outward (n, 3): unit, level, away from the neck.
    """

    def __init__(self, garment, smooth=13):
        mesh, neck_point = garment.mesh, garment.marks["neck_point"]
        at_shoulder = np.flatnonzero(mesh.seam & (np.hypot(np.abs(mesh.uv[:, 0]) - neck_point[0], mesh.uv[:, 1] - neck_point[1]) < 0.05))
        loop = mesh.points[np.union1d(mesh.loop("neck"), at_shoulder)]
        centre = loop.mean(axis=0)
        angle = np.arctan2(loop[:, 0] - centre[0], centre[1] - loop[:, 1])          # 0 at the back
        order = np.argsort(angle)
        at = np.linspace(-np.pi, np.pi, NECK_POINTS)
        points = np.stack([np.interp(at, angle[order], loop[order, axis], period=2 * np.pi) for axis in range(3)], axis=1)
        self.points, self.around = smoothed(points, smooth, closed=True), at / np.pi
        self.outward = (self.points - centre) * [1, 1, 0]
        self.outward /= np.linalg.norm(self.outward, axis=1, keepdims=True)


def _rows(*rows):
    return np.stack(rows, axis=1)


def shirt_collar(garment, stand=3.0, fall=4.6, point=7.2, spread=0.55, lift=1.3):
    """A collar that stands and falls.

    stand: height at the back; fall, point: its width at the back and at the points; spread: of the points.
    lift: cm kept from the body. Adds the part to the garment.
    """
    loop = NeckLoop(garment, smooth=9)
    base, outward, side = loop.points, loop.outward, np.sign(loop.around)
    share = np.abs(loop.around)
    front = np.clip((share - 0.55) / 0.45, 0, 1)[:, None] ** 1.3
    fold = base + UP * stand * (1 - 0.45 * front) - outward * 0.5 * (1 - front)
    long = (fall + (point - fall) * np.clip((share - 0.5) / 0.5, 0, 1) ** 2)[:, None]
    down = -UP + outward * 0.55 * (1 - front) + side[:, None] * [spread, 0, 0] * front + np.array([0, 0.25, 0]) * front
    down /= np.linalg.norm(down, axis=1, keepdims=True)
    leaf = np.stack([fold + outward * 0.75 + down * long * t for t in np.linspace(0.12, 1, 8)], axis=1)
    leaf = garment.body.push_out(leaf.reshape(-1, 3), lift).reshape(leaf.shape) if garment.body.arm_angle is not None else leaf
    stem = _rows(base + outward * 0.2, base * 0.5 + fold * 0.5 + outward * 0.05, fold, fold + outward * 0.45 + UP * 0.12)
    garment.parts.append(strip(np.concatenate([stem, leaf], axis=1), Region.COLLAR))


def tailored_collar(garment, stand=3.0, fall=4.6, lift=0.6):
    """The back of a notched collar: it stands behind the neck, falls over the shoulders and ends on the drawn lapels."""
    loop = NeckLoop(garment, smooth=9)
    share = np.abs(loop.around)
    keep = share <= 0.60
    base, outward, share = loop.points[keep], loop.outward[keep], share[keep]
    rise = (stand * (1 - np.clip((share - 0.28) / 0.32, 0, 1) ** 1.5))[:, None]
    fold = base + UP * (rise + 0.25) - outward * 0.10 * rise
    long = (fall + rise[:, 0] * 0.55)[:, None] * (1 - 0.15 * np.clip((share - 0.45) / 0.15, 0, 1))[:, None]
    down = -UP + outward * (0.30 + 0.55 * np.clip((share - 0.25) / 0.25, 0, 1))[:, None]
    down /= np.linalg.norm(down, axis=1, keepdims=True)
    leaf = np.stack([fold + outward * 0.5 + down * long * t for t in np.linspace(0.08, 1, 8)], axis=1)
    leaf = garment.body.push_out(leaf.reshape(-1, 3), 0.5 + lift).reshape(leaf.shape)
    stem = _rows(base, base * 0.4 + fold * 0.6, fold, fold + outward * 0.3 + UP * 0.10)
    garment.parts.append(strip(np.concatenate([stem, leaf], axis=1), Region.COLLAR))


def tube_collar(garment, height=7.0, folded=True, lean=0.12, seed=0):
    """A turtleneck, mock neck or stand collar. height: cm. folded: turned over. lean: towards the neck."""
    loop, phase = NeckLoop(garment), np.random.default_rng(seed).random(2) * 6
    angle = loop.around * np.pi

    def wave(t):
        return (0.25 * np.sin(3 * angle + phase[0] + t * 3) + 0.18 * np.sin(5 * angle + phase[1] - t * 4))[:, None] * loop.outward

    rise = (148.3 + height * 0.62 - loop.points[:, 2])[:, None]
    rows = [loop.points + UP * rise * t - loop.outward * lean * height * np.sin(t * 1.4) * 0.8 + wave(t) * 0.6 * t
            for t in np.linspace(0, 1, 9)]
    if folded:
        top = rows[-1]
        rows += [top + loop.outward * (0.5 + 0.75 * np.sin(min(t * 3, 1.57))) - UP * height * 0.62 * t + wave(1 - t)
                 + UP * 0.35 * np.sin(t * np.pi)
                 for t in np.linspace(0.05, 1, 9)]
    garment.parts.append(strip(_rows(*rows), Region.COLLAR))


def hood(garment, size=1.0, seed=0):
    """A hood that stands as if worn: two cheeks meet in a crown seam, the face opening shows the inside. size: factor."""
    loop, phase = NeckLoop(garment), np.random.default_rng(seed).random(4) * 6
    share, side = np.abs(loop.around)[:, None], np.sign(loop.around)[:, None]
    base = loop.points
    crown = _crown(share[:, 0], size)
    bulge = size * (11.5 - 1.6 * share**3)
    rows = []
    for t in np.linspace(0, 1, 34):
        low, high = (1 - t) ** 2 * (1 + 2 * t), t * t * (3 - 2 * t)
        out = np.sin(np.pi * min(t * 0.5 + 0.5 * t**3, 1.0)) ** 0.62 if 0 < t < 1 else 0.0
        ripple = 1 + 0.035 * np.sin(5 * t + 4 * share + phase[0]) + 0.03 * np.sin(9 * t - 5 * share + phase[1])
        width = np.abs(base[:, :1]) * (1 - t) ** 1.6 + bulge * out * ripple * (1 - (1 - t) ** 1.6 * 0.35)
        row = base * low + crown * high
        row[:, :1] = side * width * (1 - t**7)
        row[:, 1:2] += 0.5 * np.sin(6 * t + phase[2]) * share * out
        rows.append(row)
    grid = _rows(*rows)
    garment.parts.append(strip(grid, Region.HOOD))
    garment.parts += [cord(smoothed(grid[0], 5), 0.45, Region.HOOD), cord(smoothed(grid[-1], 5), 0.45, Region.HOOD)]
    garment.marks["hood_rim"] = np.vstack([grid[0], grid[-1][::-1]])


def _crown(share, size):
    """The seam over the head, from the nape (share 0) to the top of the face opening (share 1): (n, 3)."""
    knots = np.array([0, 0.25, 0.5, 0.75, 1.0])
    depth = np.interp(share, knots, np.array([-7.5, -11.5, -10.5, -4.5, 3.2]) * size)
    height = 148.3 + size * np.interp(share, knots, np.array([1.5, 9.0, 16.5, 20.5, 19.5]))
    return np.stack([np.zeros(len(share)), smoothed(depth[:, None], 25)[:, 0], smoothed(height[:, None], 25)[:, 0]], axis=1)


def surface_depth(garment, x, z, gap=0.5):
    """y of the front of the cloth at (x, z), plus a gap: where something lies on it. Plain numbers, cm."""
    front = garment.mesh.points[garment.mesh.side == FRONT]
    near = np.argsort((front[:, 0] - x) ** 2 + (front[:, 2] - z) ** 2)[:4]
    return front[near, 1].mean() + gap


def drawstrings(garment, long=17.0, apart=3.0):
    """Two cords that hang from the neckline. long: cm."""
    top = garment.mesh.points[garment.mesh.loop("neck")]
    start = top[np.abs(top[:, 0]) < 6][:, 2].min() + 0.8
    for side in (-1, 1):
        points = []
        for t in np.linspace(0, 1, 24):
            x, z = side * (apart + 1.0 * t + 0.5 * np.sin(t * 4 + side)), start - long * t * (1 + 0.05 * side)
            points.append((x, surface_depth(garment, x, z, 0.45 + 0.9 * (1 - t) ** 3), z))
        line = smoothed(points, 5)
        garment.parts += [cord(line, 0.30, Region.CORD), cord(line[-3:] - [0, 0, 0.4], 0.42, Region.TRIM)]
