"""Totes, shoulder bags and crossbody bags."""

import numpy as np

from catalog.studio.chance import maybe, pick, seed
from catalog.studio.curves import box, curve, line, offset
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.mesh import BACK, FRONT, SEAM, Edge, mirrored
from catalog.studio.palette import linear
from catalog.studio.prints import choose, solid
from catalog.studio.recipe import Recipe
from catalog.studio.regions import Region
from catalog.studio.render import Camera
from catalog.studio.shells import Shell, inflate
from catalog.studio.surfaces import cord
from catalog.studio.truth import Truth

LEATHERS = ("black", "camel", "brown", "burgundy", "navy", "olive", "blush", "ivory", "red", "teal", "sage", "beige", "green", "rust")
GOLD = (0.56, 0.38, 0.12)


def _camera(rng):
    return Camera(yaw=pick(rng, (-16, 14, -10, 18)) + rng.uniform(-3, 3), pitch=rng.uniform(8, 12), margin=0.10, life_size=False)


def cut_tote(rng, gender):
    top, bottom, high = rng.uniform(17, 21), rng.uniform(14, 17), rng.uniform(25, 31)
    outline = mirrored([Edge("top", curve((0, high - 0.5), (top * 0.5, high - 0.2), (top, high))),
                        Edge(SEAM, curve((top, high), ((top + bottom) / 2 + 0.3, high * 0.5), (bottom + 0.3, 1.5), (bottom - 1.5, 0))),
                        Edge(SEAM, line((bottom - 1.5, 0), (0, -0.3)))])
    garment = inflate([Shell(outline, lambda x, z: np.interp(z, [0, 3, high * 0.6, high], [5.5, 6.2, 5.2, 3.4]))], 0.9, seed(rng), 14)
    drop = rng.uniform(10, 20)
    angle = np.linspace(0, np.pi, 50)
    for side in (1, -1):
        handle = np.stack([7 * np.cos(angle) * (1 + 0.12 * np.sin(angle)), side * (3.6 - 1.2 * np.sin(angle)),
                           high - 3.5 + (drop + 3.5) * np.sin(angle) ** 0.75], axis=1)
        garment.parts.append(cord(handle, 0.62, Region.BAND, 10))
    garment.marks |= dict(style="tote", high=high, gender=gender, camera=_camera(rng), base=maybe(rng, 0.5))
    return garment


def dress_tote(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    canvas = maybe(rng, 0.4)
    kinds = ["solid", "awning", "gingham", "floral", "plaid"] if canvas else ["solid"]
    cloth, colours, pattern = choose(kinds, rng, None if canvas else pick(rng, LEATHERS))
    trim = pick(rng, ("brown", "black", "camel")) if canvas else colours[0]
    thread = linear(trim) * 0.55 + 0.05
    high = marks["high"]
    for panel in (FRONT, BACK):
        layers.stitch(panel, line((-30, high - 1.4), (30, high - 1.4)), thread, 0.5, 0.3, 0.12)
        layers.groove(panel, line((-30, 4.2), (30, 4.2)), 0.2, 0.1, 0.3)
        if marks["base"]:
            layers.mark(panel, layers.mask(box(-40, 4.2, 40, -5)), Region.BAND)
        for side in (-1, 1):
            u = side * 7
            tab = layers.mask([(u - 1.5, high + 1), (u + 1.5, high + 1), (u + 1.5, high - 5.5), (u, high - 6.4), (u - 1.5, high - 5.5)])
            layers.mark(panel, tab, Region.BAND)
            layers.lift(panel, tab, 0.25, 0.05, 0.5)
            _stud(layers, panel, (u, high - 4.4))
    return _design(garment, layers, {None: cloth, Region.BAND: solid(trim)}, colours, pattern, canvas)


def _stud(layers, panel, at, radius=0.42):
    layers.button(panel, at, radius, GOLD, 0.9)


def _flap_bag(rng, gender, style, wide, high, drop, link):
    round_ = rng.uniform(1.5, 4.5)
    outline = mirrored([Edge(SEAM, line((0, high), (wide - round_ * 0.6, high))),
                        Edge(SEAM, curve((wide - round_ * 0.6, high), (wide - 0.15, high - round_ * 0.5), (wide, high - round_),
                                         (wide + 0.3, round_), (wide - 0.3, round_ * 0.4), (wide - round_, 0))),
                        Edge(SEAM, line((wide - round_, 0), (0, 0)))])
    garment = inflate([Shell(outline, lambda x, z: 3.6 + 0 * x, 2.2, 2.6)], 0.42, seed(rng))
    angle = np.linspace(0, np.pi, 80)
    strap = np.stack([(wide - 0.8) * np.cos(angle), 0.2 * np.sin(5 * angle), high - 1.2 + drop * np.sin(angle) ** 0.8], axis=1)
    garment.parts.append(cord(strap, 0.38 if link else 0.45, Region.TRIM if link else Region.BAND, 10))
    circle = np.linspace(0, 2 * np.pi, 30)
    for side in (-1, 1):
        ring = np.stack([side * (wide - 0.7) + 0.9 * np.cos(circle), np.full(30, 0.3), high - 0.4 + np.sin(circle)], axis=1)
        garment.parts.append(cord(ring, 0.2, Region.TRIM))
    garment.marks |= dict(style=style, wide=wide, high=high, gender=gender, camera=_camera(rng), flap=rng.uniform(0.3, 0.5),
                          quilted=maybe(rng, 0.3), metal=pick(rng, ("#c9a45c", "#c0c3c7")))
    return garment


def cut_shoulder(rng, gender):
    return _flap_bag(rng, gender, "shoulder bag", rng.uniform(12, 14.5), rng.uniform(14.5, 18), rng.uniform(15, 22), maybe(rng, 0.35))


def cut_crossbody(rng, gender):
    return _flap_bag(rng, gender, "crossbody", rng.uniform(9.5, 11.5), rng.uniform(12.5, 15), rng.uniform(20, 26), maybe(rng, 0.5))


def dress_flap_bag(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    cloth, colours, pattern = choose(["solid"], rng, pick(rng, LEATHERS))
    wide, high, fall = marks["wide"], marks["high"], marks["flap"]
    edge = curve((-wide - 1, high * (fall + 0.2)), (-wide * 0.7, high * (fall + 0.06)), (0, high * fall),
                 (wide * 0.7, high * (fall + 0.06)), (wide + 1, high * (fall + 0.2)))
    flap = layers.mask(np.vstack([[(-wide - 1, high + 2)], edge, [(wide + 1, high + 2)]]))
    if marks["quilted"]:
        u, v = layers.coordinates()
        for slope in (1, -1):
            layers.height[FRONT] += (0.10 * np.cos((u * slope + v) * 2 * np.pi / 2.8)).astype(np.float32)
    layers.mark(FRONT, flap, Region.YOKE)
    layers.lift(FRONT, flap, 0.3, 0.06, 0.7)
    layers.stitch(FRONT, offset(edge, 0.5), linear(colours[0]) * 0.55 + 0.05, 0.45, 0.25, 0.1)
    clasp = layers.mask(box(-1.4, high * (fall + 0.08), 1.4, high * (fall - 0.07)))
    layers.colour(FRONT, clasp, linear(marks["metal"]))
    layers.lift(FRONT, clasp, 0.3, 0.06, 0.6)
    layers.polish(FRONT, clasp)
    layers.colour(FRONT, layers.stroke(line((0, high * (fall + 0.04)), (0, high * (fall - 0.03))), 0.5), linear(marks["metal"]) * 0.4)
    prints = {None: cloth, Region.BAND: solid(colours[0]), Region.TRIM: solid(marks["metal"])}
    return _design(garment, layers, prints, colours, pattern, False)


def _design(garment, layers, prints, colours, pattern, canvas):
    marks = garment.marks
    fabric = (Fabric("linen", relief=0.5, crumple=0.05, lining="beige") if canvas
              else Fabric("leather", relief=0.7, specular=0.16, gloss=14, crumple=0.04, lining="charcoal"))
    truth = Truth("bag", marks["gender"], colours, pattern, fabric="canvas" if canvas else "leather", style=marks["style"])
    return Design(garment, layers, prints, fabric, truth, None, marks["camera"])


RECIPES = (
    Recipe("tote", "bag", ("women",), cut_tote, dress_tote, 1.8),
    Recipe("shoulder bag", "bag", ("women",), cut_shoulder, dress_flap_bag, 1.6),
    Recipe("crossbody", "bag", ("women",), cut_crossbody, dress_flap_bag, 1.6),
)
