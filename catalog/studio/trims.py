"""Details drawn on the flat panels: neckbands, labels, plackets, zips, pockets, lapels, belts."""

import numpy as np

from catalog.studio.curves import both_sides, box, curve, flipped, line
from catalog.studio.mesh import BACK, FRONT
from catalog.studio.regions import Region

HORN = (0.80, 0.79, 0.76)           # linear RGB of plain shirt buttons
DARK_HORN = (0.09, 0.06, 0.04)
STEEL = (0.52, 0.52, 0.54)
BRASS = (0.40, 0.27, 0.11)
LABEL, INK = (0.80, 0.80, 0.78), (0.2, 0.2, 0.2)


def neckband(garment, layers, width=1.9):
    """A band round the neckline. width: cm."""
    for panel, name in ((FRONT, "neck"), (BACK, "back_neck")):
        band = layers.stroke(both_sides(garment.marks[name]), 2 * width)
        layers.mark(panel, band, Region.NECK)
        layers.lift(panel, band, 0.12, 0.1, 0.3)


def label(layers, height):
    """A blank woven label inside the back. height: v of its upper edge."""
    layers.colour_inside(layers.mask(box(-2, height, 2, height - 2.2)), LABEL)
    layers.colour_inside(layers.mask(box(-1.2, height - 0.9, 1.2, height - 1.3)) * 0.8, INK)


def placket(layers, top, bottom, buttons, colour=HORN, half_width=1.6, radius=0.55, metal=0.0, last=None):
    """A strip with buttons down the centre front. top, bottom: v. last: v of the lowest button."""
    strip = layers.mask(box(-half_width, top + 2, half_width, bottom))
    layers.mark(FRONT, strip, Region.PLACKET)
    layers.lift(FRONT, strip, 0.14, 0.08, 0.45)
    layers.groove(FRONT, line((half_width - 0.35, top), (half_width - 0.35, bottom)), 0.1, 0.04, 0.12)
    for height in np.linspace(top - 1.6, bottom + 7 if last is None else last, buttons):
        layers.button(FRONT, (0, height), radius, colour, metal)


def zipper(layers, top, bottom, width=0.55, colour=STEEL):
    """A zip from top to bottom (v), its slider closed at the top."""
    track = line((0, top), (0, bottom))
    layers.lift(FRONT, layers.stroke(track, width * 2.6), 0.1, 0.1, 0.4)
    teeth = layers.stroke(track, width)
    layers.mark(FRONT, layers.stroke(track, width * 3), Region.PLACKET)
    layers.colour(FRONT, teeth, colour)
    layers.polish(FRONT, teeth)
    layers.stitch(FRONT, track, (0.08, 0.08, 0.09), 0.12, 0.16, width * 0.7, 0.8)
    slider = layers.mask([(-0.4, top - 1), (0.4, top - 1), (0.5, top - 4), (-0.5, top - 4)])
    layers.colour(FRONT, slider, colour)
    layers.lift(FRONT, slider, 0.2, 0.08, 0.6)
    layers.polish(FRONT, slider)


def pocket(layers, points, panel=FRONT, lift=0.16, stitch=None, flap=None):
    """A patch pocket. points, flap: outlines (n, 2). stitch: colour of its stitching, or None."""
    points = np.asarray(points, float)
    patch = layers.mask(points)
    layers.mark(panel, patch, Region.POCKET)
    layers.lift(panel, patch, lift, 0.08, 0.5)
    if stitch is not None:
        middle = points.mean(axis=0)
        inner = middle + (points - middle) * 0.93
        layers.stitch(panel, np.vstack([inner, inner[:1]]), stitch)
    if flap is not None:
        cover = layers.mask(flap)
        layers.mark(panel, cover, Region.POCKET)
        layers.lift(panel, cover, 0.2, 0.08, 0.6)


def welt_pocket(layers, start, end, width=1.1):
    """A slit with a welt: jackets, coats, trousers. start, end: (2,)."""
    start, end = np.asarray(start, float), np.asarray(end, float)
    layers.groove(FRONT, line(start, end), 0.25, 0.22, 0.5)
    welt = layers.stroke(line(start, end) + [0, -width / 2], width)
    layers.lift(FRONT, welt, 0.12, 0.06, 0.3)


def chest_pocket(layers, u, top, half_width=5.0, depth=12.0, **options):
    """A shirt's pocket. u, top: its middle and upper edge."""
    bottom = top - depth
    points = [(u - half_width, top), (u + half_width, top), (u + half_width, bottom + 2), (u, bottom),
              (u - half_width, bottom + 2)]
    pocket(layers, points, **options)


def cuff_button(garment, layers, colour, count=1, radius=0.5, from_end=2.6, apart=2.0):
    """Buttons on both cuffs. from_end: cm from the sleeve's end to the first."""
    marks = garment.marks
    middle = (marks["cuff_outer"] + marks["cuff_inner"]) / 2
    for number in range(count):
        at = middle - marks["along"] * (from_end + apart * number) + marks["across"] * 2
        for side in (-1, 1):
            layers.button(FRONT, at * [side, 1], radius, colour)


def lapels(garment, layers, gorge, width=1.0, overlap=1.6):
    """Lapels and a notched collar folded out of a deep v-neck.

    gorge: v where the lapels meet. width: factor. overlap: of the fronts, cm.
    """
    neck = garment.marks["neck"]

    def opening(height):
        return np.interp(height, neck[:, 1], neck[:, 0])

    rise = np.linspace(gorge, 138, 20)
    lapel = np.vstack([np.c_[opening(rise) - 1, rise],
                       [(opening(138.5) + 0.5, 138.5), (9.2 + 3.2 * width, 136.5), (12.2 + 3.4 * width, 134.6)],
                       curve((12.2 + 3.4 * width, 134.6), (8 + 2.2 * width, 122), (1.2, gorge - 1.5))])
    rise = np.linspace(138.8, 149, 12)
    collar = np.vstack([np.c_[opening(np.minimum(rise, 148.2)) - 1.2, rise],
                        [(12.4, 150), (11.8 + 1.0 * width, 142), (9.6 + 2.6 * width, 137.6)]])
    for side in (-1, 1):
        for outline, region, lift in ((lapel, Region.LAPEL, 0.55), (collar, Region.COLLAR, 0.6)):
            patch = layers.mask(outline * [side, 1])
            layers.mark(FRONT, patch, region)
            layers.lift(FRONT, patch, lift, 0.1, 0.78)
    layers.lift(FRONT, layers.mask([(-overlap, gorge + 1), (60, gorge + 1), (60, 30), (-overlap, 30)]), 0.18, 0.07, 0.6)


def belt(layers, height, width=4.0, buckle=None):
    """A belt round the waist. height: v of its middle. buckle: colour, or None for a tie."""
    for panel in (FRONT, BACK):
        band = layers.mask(box(-70, height + width / 2, 70, height - width / 2))
        layers.mark(panel, band, Region.BAND)
        layers.lift(panel, band, 0.45, 0.1, 0.7)
    if buckle is not None:
        half = width / 2 + 0.5
        hole = box(-half + 0.9, height + half - 0.9, half - 0.9, height - half + 0.9)
        frame = layers.mask(box(-half, height + half, half, height - half)) - layers.mask(hole)
        layers.mark(FRONT, frame, Region.TRIM)
        layers.colour(FRONT, frame, buckle)
        layers.lift(FRONT, frame, 0.25, 0.06, 0.6)


def yoke(layers, front, back):
    """Seams across the shoulders: front as points of the right side, back as a height."""
    for side in (-1, 1):
        layers.groove(FRONT, np.asarray(front, float) * [side, 1], 0.15, 0.05, 0.15)
    layers.groove(BACK, line((-30, back), (30, back)), 0.15, 0.05, 0.15)


def waist_seam(layers, height):
    for panel in (FRONT, BACK):
        layers.groove(panel, line((-45, height), (45, height)), 0.25, 0.15, 0.35)


def slant_pockets(layers, top, bottom, **options):
    """Two slanted side pockets from (u, v) top to bottom of the right side."""
    for side in (-1, 1):
        welt_pocket(layers, np.asarray(top) * [side, 1], np.asarray(bottom) * [side, 1], **options)


def kangaroo_pocket(layers, top=99.0, bottom=82.0, narrow=9.0, wide=14.5):
    """A hoodie's front pocket with slanted openings."""
    points = [(-narrow, top), (narrow, top), (wide, top - 11), (wide, bottom), (-wide, bottom), (-wide, top - 11)]
    pocket(layers, points, lift=0.3)
    opening = line((narrow, top), (wide, top - 11))
    layers.groove(FRONT, opening, 0.3, 0.25, 0.45)
    layers.groove(FRONT, flipped(opening), 0.3, 0.25, 0.45)
