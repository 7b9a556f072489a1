"""Waistbands of skirts and trousers: the ring they hang from, the band, and what closes it."""

import numpy as np

from catalog.studio.curves import box, circle, line, smoothed
from catalog.studio.mesh import BACK, FRONT
from catalog.studio.regions import Region
from catalog.studio.surfaces import cord
from catalog.studio.trims import BRASS, INK, LABEL

WIDE = 80               # cm: wider than any panel


def ellipse_of(quarter_girth, body, height, slack=0.0):
    """Half axes of the waist's ring: the body's proportions there, as long as the cloth. Returns (half width, half depth)."""
    wide, deep = body.ring(height)
    angle = np.linspace(0, np.pi / 2, 60)
    girth = np.linalg.norm(np.diff(np.stack([wide * np.cos(angle), deep * np.sin(angle)]), axis=1), axis=0).sum()
    factor = (quarter_girth + slack) / girth
    return wide * factor, deep * factor


def ring_points(share, v, half_width, half_depth, top, dip):
    """Where the band lies: share of the ring (0 the front centre), v. It dips in front. Returns (n, 3)."""
    fine = np.linspace(0, 2 * np.pi, 721)
    along = np.r_[0, np.cumsum(np.hypot(np.diff(half_width * np.sin(fine)), np.diff(half_depth * np.cos(fine))))]
    angle = np.interp(share % 1, along / along[-1], fine)
    return np.stack([half_width * np.sin(angle), half_depth * np.cos(angle), v - dip * (0.5 + 0.5 * np.cos(angle)) + 0 * top], axis=1)


def share_of(mesh, half_width):
    """Share of the ring of every vertex, from its place on the panel. half_width: v -> half width of the panel (n,). Returns (n,)."""
    across = np.clip(mesh.uv[:, 0] / half_width(mesh.uv[:, 1]), -1, 1) / 4
    return np.where(mesh.side == FRONT, across, 0.5 - across)


def rim(mesh, thick=0.16):
    """A rounded edge along the waist, so that the band is seen to have two layers. Returns a Part."""
    top = mesh.uv[:, 1].max()
    loop = np.flatnonzero(mesh.uv[:, 1] > top - 1e-3)
    points = mesh.points[loop]
    order = np.argsort(np.arctan2(points[:, 0], points[:, 1]))
    points = np.vstack([points[order], points[order[:1]]])
    return cord(points, thick, Region.BAND)


def band(layers, top, height, lift=0.16, region=Region.BAND):
    """The waistband itself, with its lower seam and a facing inside."""
    for panel in (FRONT, BACK):
        patch = layers.mask(box(-WIDE, top + 3, WIDE, top - height))
        layers.mark(panel, patch, region)
        layers.lift(panel, patch, lift, 0.08, 0.5)
        layers.groove(panel, line((-WIDE, top - height), (WIDE, top - height)), 0.16, 0.06, 0.25)


def facing(layers, top, height, rgb, label=True):
    """What is seen inside the back waist: the band's lining and a label. rgb: linear, of the lining."""
    layers.colour_inside(layers.mask(box(-WIDE, top + 3, WIDE, top - height)), rgb)
    if label:
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
            layers.lift(panel, patch, 0.22, 0.06, 0.6)
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
        for inset in (0.0, 0.45):
            layers.stitch(FRONT, turn * [1 - inset / width, 1] + [0, inset * 0.4], colour)
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
        points[0] = (points[0][0] - 0.0, points[0][1] - 0.7, points[0][2] + 0.5)
        line_ = smoothed(points, 5)
        garment.parts += [cord(line_, radius, Region.CORD), cord(line_[-3:] - [0, 0, 0.4], radius * 1.4, Region.TRIM)]
