"""Waistbands of skirts and trousers: the ring they hang from, the band, and what closes it."""

import numpy as np
from scipy.spatial import cKDTree

from catalog.studio.curves import box, circle, line, smoothed
from catalog.studio.mesh import BACK, FRONT
from catalog.studio.regions import Region
from catalog.studio.surfaces import cord, strip
from catalog.studio.trims import BRASS, INK, LABEL

WIDE = 80               # cm: wider than any panel


def ellipse_of(quarter_girth, body, height):
    """Half axes of the waist's ring: the body's proportions there, as long as the cloth. Returns (half width, half depth)."""
    wide, deep = body.ring(height)
    angle = np.linspace(0, np.pi / 2, 60)
    girth = np.linalg.norm(np.diff(np.stack([wide * np.cos(angle), deep * np.sin(angle)]), axis=1), axis=0).sum()
    factor = quarter_girth / girth
    return wide * factor, deep * factor


def ring_points(share, z, half_width, half_depth):
    """Points on ellipses at heights z; share of the ring, 0 the front centre, 0.25 the right side. All (n,). Returns (n, 3)."""
    angle = np.linspace(0, 2 * np.pi, 721)
    typical = 1.55                                          # the ratio of the axes: near enough for all of them
    along = np.r_[0, np.cumsum(np.hypot(np.diff(typical * np.sin(angle)), np.diff(np.cos(angle))))]
    angle = np.interp(share % 1, along / along[-1], angle)
    return np.stack([half_width * np.sin(angle), half_depth * np.cos(angle), z], axis=1)


def share_of(mesh, half_width):
    """Share of the ring of every vertex, from its place on the panel. half_width: v -> half width of the panel (n,). Returns (n,)."""
    across = np.clip(mesh.uv[:, 0] / half_width(mesh.uv[:, 1]), -1, 1) / 4
    return np.where(mesh.side == FRONT, across, 0.5 - across)


def rim(mesh, thick=0.16):
    """A rounded edge along the waist, so that the band is seen to have two layers. Returns a Part."""
    top = mesh.uv[:, 1].max()
    loop = np.flatnonzero(mesh.uv[:, 1] > top - 1e-3)
    order = np.argsort(np.arctan2(mesh.points[loop, 0], mesh.points[loop, 1]))
    loop = np.append(loop[order], loop[order[0]])
    part = cord(mesh.points[loop], thick, Region.BAND)
    part.uv = np.repeat(mesh.uv[loop], len(part.points) // len(loop), axis=0)       # printed like the band below it
    return part


def band(layers, top, height, lift=0.16):
    """The waistband itself, with its lower seam and a facing inside."""
    for panel in (FRONT, BACK):
        patch = layers.mask(box(-WIDE, top + 3, WIDE, top - height))
        layers.mark(panel, patch, Region.BAND)
        layers.lift(panel, patch, lift, 0.08, 0.5)
        layers.groove(panel, line((-WIDE, top - height), (WIDE, top - height)), 0.16, 0.06, 0.25)


def facing(layers, top, height, rgb):
    """What is seen inside the back waist: the band's lining and a label. rgb: linear, of the lining."""
    layers.colour_inside(layers.mask(box(-WIDE, top + 3, WIDE, top - height)), rgb)
    layers.colour_inside(layers.mask(box(-2.2, top - 0.4, 2.2, top - 2.4)), LABEL)
    layers.colour_inside(layers.mask(box(-1.3, top - 1.2, 1.3, top - 1.55)) * 0.8, INK)


def topstitch(layers, top, height, colour, inset=0.35):
    """Rows of stitches along both edges of the band."""
    for panel in (FRONT, BACK):
        for v in (top - inset, top - height + inset):
            layers.stitch(panel, line((-WIDE / 2, v), (WIDE / 2, v)), colour)


def loops(layers, top, height, at, colour=None, width=1.1):
    """Belt loops. at: u of the right half's front loops and, negative, of the back's. colour: of their stitching."""
    for u in at:
        panel = FRONT if u > 0 else BACK
        for side in ((-1, 1) if u != 0 else (1,)):
            middle = abs(u) * side
            patch = layers.mask(box(middle - width / 2, top + 0.1, middle + width / 2, top - height - 0.7))
            layers.mark(panel, patch, Region.BAND)
            layers.lift(panel, patch, 0.34, 0.06, 0.75)
            if colour is not None:
                for edge in (-0.32, 0.32):
                    layers.stitch(panel, line((middle + edge, top), (middle + edge, top - height - 0.5)), colour, 0.35, 0.25, 0.1)


def fly(layers, top, height, bottom, side=1, colour=None, button=BRASS, metal=0.8, width=3.6):
    """A button on the band and the flap of a zip fly below it. colour: of its topstitching, or None."""
    layers.groove(FRONT, line((0, top - height), (0, bottom)), 0.16, 0.1, 0.35)
    turn = np.array([(width, top - height), (width, bottom + 6), (width * 0.8, bottom + 2.6), (width * 0.3, bottom + 0.6), (0, bottom)])
    turn = smoothed(turn, 3) * [side, 1]
    if colour is None:
        layers.groove(FRONT, turn, 0.1, 0.04, 0.14)
    else:
        for inset in (0.0, 0.55):
            layers.stitch(FRONT, turn * [1 - inset / width, 1] + [0, inset], colour)
    if button is not None:
        layers.button(FRONT, (0.2 * side, top - height / 2), min(0.85, height * 0.24), button, metal)
    layers.groove(FRONT, line((-1.6 * side, top), (-1.6 * side, top - height)), 0.1, 0.06, 0.25)


def elastic(layers, top, height, rows=3, gap=0.75, rng=None):
    """Gathered elastic: fine upright ripples across the band, and rows of stitching round it."""
    u, v = layers.coordinates()
    within = np.clip((v - (top - height)) / 0.5, 0, 1)
    phase = (rng or np.random.default_rng(0)).random(3) * 6
    ripple = np.sin(u * 2 * np.pi / gap + 1.3 * np.sin(u * 0.9 + phase[0]) + 0.7 * np.sin(u * 2.3 + phase[1]))
    below = np.exp(-np.clip(top - height - v, 0, None) / 2.2) * (v <= top - height)
    swell = (0.07 * within + 0.05 * below * np.sin(u * 2.1 + phase[2])) * ripple
    for panel in (FRONT, BACK):
        layers.height[panel] += swell.astype(np.float32)
        layers.shade[panel] *= (1 - 0.10 * within * (ripple < -0.4)).astype(np.float32)
        for row in range(1, rows):
            layers.groove(panel, line((-WIDE, top - height * row / rows), (WIDE, top - height * row / rows)), 0.1, 0.04, 0.14)


def eyelets(layers, top, height, apart=2.6, rgb=(0.5, 0.5, 0.52)):
    """Two metal eyelets that a drawstring comes out of."""
    for side in (-1, 1):
        centre = (apart * side, top - height / 2)
        ring = layers.mask(circle(centre, 0.42, 20)) - layers.mask(circle(centre, 0.2, 14))
        layers.colour(FRONT, ring, rgb)
        layers.polish(FRONT, ring)


def ribbon(garment, path, width, lift):
    """A strip of cloth lying on the front. path: (k, 2) x and z. width: cm, one number or k. lift: cm off the cloth, one number or k."""
    path = np.asarray(path, float)
    front = garment.mesh.points[garment.mesh.side == FRONT]
    near = cKDTree(front[:, [0, 2]]).query(path, 6)[1]
    y = smoothed(front[near, 1].max(axis=1)[:, None], 5)[:, 0] + lift
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-9
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) * np.broadcast_to(np.asarray(width, float) / 2, len(path))[:, None]
    rows = []
    for t in np.linspace(-1, 1, 7):
        edge = path + across * t
        rows.append(np.stack([edge[:, 0], y + 0.22 * (1 - t * t), edge[:, 1]], axis=1))
    return strip(np.stack(rows, axis=1), Region.BAND, flip=True)


def bow(garment, x, z, size=1.0, long=17.0, rng=None):
    """A tied bow on the front of the waist: two loops, two ends, a knot. size: factor. long: cm of the ends."""
    rng = rng or np.random.default_rng(0)
    t = np.linspace(0, 1, 22)
    parts = []
    for side in (-1, 1):
        droop = rng.uniform(0.5, 1.6)
        spread = 0.7 + rng.uniform(1.6, 3.0) * t + 0.5 * np.sin(3.5 * t)
        end = np.stack([x + side * spread, z - 0.6 - long * (1 + 0.12 * side) * t], axis=1)
        parts.append(ribbon(garment, end, 2.3 * size * (0.7 + 0.5 * t), 0.35 + 0.25 * np.sin(5 * t)))
        rise = size * (1.5 * np.sin(2 * np.pi * t) + 0.3) - droop * np.sin(np.pi * t)
        loop = np.stack([x + side * 6.0 * size * np.sin(np.pi * t * 0.94) ** 0.8, z + rise], axis=1)
        parts.append(ribbon(garment, loop, 2.0 * size * (0.55 + 0.45 * np.sin(np.pi * t)), 0.7 + 1.1 * np.sin(np.pi * t) + 0.4 * t))
    knot = np.stack([x + 0 * t, z + 1.4 * size * (1 - 2 * t)], axis=1)
    garment.parts += [*parts, ribbon(garment, knot, 2.4 * size, 0.5 + 1.1 * np.sin(np.pi * t) ** 0.5)]


def cords(garment, top, height, long=13.0, apart=2.6, radius=0.27, lean=0.4):
    """The two ends of a drawstring, hanging from the band. long: cm. Adds parts to the garment."""
    mesh = garment.mesh
    front = mesh.points[mesh.side == FRONT]
    for side in (-1, 1):
        points = []
        for t in np.linspace(0, 1, 20):
            x, z = side * (apart + lean * np.sin(3.2 * t) + 0.5 * t), top - height / 2 - 1.1 - long * t * (1 + 0.07 * side)
            near = np.argsort((front[:, 0] - x) ** 2 + (front[:, 2] - z) ** 2)[:5]
            points.append((x, front[near, 1].mean() + 0.35 + 0.35 * (t > 0.1), z))
        points[0] = (points[0][0], points[0][1] - 0.7, points[0][2] + 0.5)        # out of the eyelet
        path = smoothed(points, 5)
        garment.parts += [cord(path, radius, Region.CORD), cord(path[-3:] - [0, 0, 0.4], radius * 1.4, Region.TRIM)]
