"""Sneakers and boots."""

import numpy as np

from catalog.studio.chance import maybe, pick
from catalog.studio.curves import circle, curve, line
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.lasts import Last, as_pair, heel_block, on_surface, shaft, shoe, sole_part, upper
from catalog.studio.mesh import BACK, FRONT
from catalog.studio.palette import COMPANIONS, linear, luminance
from catalog.studio.prints import solid
from catalog.studio.recipe import Recipe
from catalog.studio.regions import Region
from catalog.studio.render import Camera
from catalog.studio.surfaces import cord, strip
from catalog.studio.truth import Truth

PANELS = (FRONT, BACK)
UPPERS = ("white", "white", "black", "navy", "grey", "ivory", "burgundy", "sage", "blush", "beige", "olive", "red", "sky", "brown")
LEATHERS = ("black", "brown", "camel", "burgundy", "charcoal", "olive", "beige", "navy")


def _camera(rng):
    return Camera(yaw=-16 + rng.uniform(-4, 4), pitch=13 + rng.uniform(-2, 2), margin=0.07, life_size=False)


def cut_sneaker(rng, gender):
    style = pick(rng, ("court", "runner", "high-top"), (4, 3, 2.5))
    high = style == "high-top"
    last = Last(0.0, 1.5 if style == "runner" else 0.9, (3.1, 2.4) if style == "runner" else (2.5, 2.3), 0.94 if gender == "women" else 1.0)
    ankle = 15.5 if high else rng.uniform(8.6, 9.6)
    throat = (11.6, 15.8) if high else (12.6, 11.0)
    toe = 28.2
    ridge = [(toe, last.top(np.array([toe]))[0] + 0.15), (27.6, 4.4), (25.2, 5.9), (21.2, 7.1), (16.8, 9.1),
             ((throat[0] + 15.2) / 2 + 0.6, (throat[1] + 10.0) / 2), throat]
    collar = [(throat[0], 0.6, throat[1]), (10.2, 2.9, ankle + (0.5 if high else 0.4)), (6.6, 3.05, ankle - 0.5),
              (2.6, 2.3, ankle + 0.7), (0.9, 0, ankle + 1.6)]
    halves = upper(last, ridge, collar, (2.9, 1.35))
    parts = [sole_part(last, ridges=0.5 if style == "runner" else 0.12)]
    if style != "runner":
        parts.append(sole_part(last, Region.TRIM, 0.40, low=0.62, high=0.72))
    parts += _tongue(throat) + _collar_roll(collar) + _laces(halves, 7 if high else 6, high)
    garment = as_pair(shoe(halves, parts))
    garment.marks |= dict(style=style, gender=gender, camera=_camera(rng), ankle=ankle, throat=throat, last=last,
                          side_mark=int(rng.integers(4)), toe_cap=maybe(rng, 0.6))
    return garment


def _tongue(throat):
    """A padded tongue that rises out of the throat."""
    s, across = np.linspace(0, 1, 16)[:, None], np.linspace(-1, 1, 13)[None, :]
    x = throat[0] + 2.6 - 4.4 * s + 0 * across
    z = throat[1] - 1.6 + 3.6 * s - 0.35 * across**2
    y = (2.1 + 0.3 * s) * across
    grid = np.stack(np.broadcast_arrays(x, y, z), axis=-1)
    return [strip(grid, Region.YOKE), strip(grid - [0.5, 0, 0.1], Region.YOKE, flip=True)]


def _collar_roll(collar):
    """A padded edge round the opening."""
    half = curve(np.asarray(collar, float))
    both = np.vstack([half, (half * [1, -1, 1])[::-1]])
    return [cord(both, 0.38, Region.CUFF)]


def _laces(halves, count, high):
    """Laces that cross the tongue, and eyelets."""
    parts = []
    for place in np.linspace(0, 1, count):
        x = 19.0 - place * (5.4 if not high else 5.9)
        outer, inner = on_surface(halves, x, 0.16, 0.10)
        arch = np.linspace(0, 1, 14)[:, None]
        path = outer * (1 - arch) + inner * arch + np.array([-0.25, 0, 1.0]) * (np.sin(np.pi * arch) * 0.75)
        parts.append(cord(path, 0.27, Region.CORD))
    if high:
        for z in (12.6, 14.2):
            arch = np.linspace(0, 1, 14)[:, None]
            parts.append(cord(np.array([12.6 - (z - 12.6) * 0.2, 1.7, z]) * (1 - arch) + np.array([12.6 - (z - 12.6) * 0.2, -1.7, z]) * arch
                              + np.array([1.0, 0, 0.4]) * np.sin(np.pi * arch), 0.27, Region.CORD))
    return parts


def dress_sneaker(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    word = pick(rng, UPPERS)
    other = pick(rng, COMPANIONS[word][:6])
    accented = maybe(rng, 0.75)
    accent, thread = linear(other if accented else word), linear(word) * 0.6 + 0.02
    tone = linear(word) * 0.84 if luminance(word) > 0.2 else linear(word) * 1.5 + 0.01
    _draw_sneaker(layers, marks, accent, thread)
    gum = maybe(rng, 0.2)
    sole = "#caa06c" if gum else pick(rng, ("#f1f0ea", "#f1f0ea", "#e9e4d6", "#222224"), (4, 4, 1.5, 1 if luminance(word) < 0.5 else 0))
    laces = pick(rng, ("#f1f0ea", word), (2, 1))
    prints = {None: solid(word), Region.SOLE: solid(sole), Region.TRIM: solid(other if accented and maybe(rng, 0.5) else sole),
              Region.CORD: solid(laces), Region.YOKE: solid(tone),
              Region.POCKET: solid(accent if accented and maybe(rng, 0.35) else tone), Region.CUFF: solid(tone)}
    if marks["style"] == "runner":
        fabric, material = Fabric("jersey", relief=1.2, crumple=0.02), "knit"
    elif maybe(rng, 0.6):
        fabric, material = Fabric("leather", relief=0.25, specular=0.08, gloss=12, crumple=0.02), "leather"
    else:
        fabric, material = Fabric("twill", relief=0.6, crumple=0.02), "canvas"
    truth = Truth("sneakers", marks["gender"], (word, other) if accented else (word,), "solid", closure=None,
                  fabric=material, style=marks["style"])
    return Design(garment, layers, prints, fabric, truth, None, marks["camera"])


def _draw_sneaker(layers, marks, accent, thread):
    """Toe cap, eyestay, heel counter and a plain side shape, drawn in side view."""
    ankle, (x, z) = marks["ankle"], marks["throat"]
    toe = np.vstack([curve((22.0, 1), (22.6, 4.0), (23.6, 5.6), (24.6, 6.6)), [(31, 8), (31, 0)]])
    counter = np.vstack([curve((7.4, 1), (6.2, 4.2), (3.8, 7.2), (3.2, ankle + 2)), [(-3, ankle + 2), (-3, 0)]])
    stay = np.vstack([curve((x - 1.0, z + 0.5), (x + 0.4, min(8.2, z - 3)), (14.8, 6.4), (19.0, 5.2)), [(20.8, 6.0), (20.6, 8.4)],
                      curve((20.4, 8.2), (17, 10.4), (x + 1.4, z + 1))])
    for panel in PANELS:
        for outline, region, drawn in ((toe, Region.POCKET, marks["toe_cap"]), (counter, Region.POCKET, True), (stay, Region.YOKE, True)):
            if drawn:
                patch = layers.mask(outline)
                layers.mark(panel, patch, region)
                layers.lift(panel, patch, 0.09, 0.05, 0.4)
        for seam, drawn in ((curve((22.4, 1), (23.0, 4.0), (24.0, 5.6)), marks["toe_cap"]), (curve((7.0, 1), (5.8, 4.2), (3.5, 7.0)), True),
                            (curve((x - 0.6, z), (x + 0.8, min(8.2, z - 3)), (14.9, 6.8), (18.9, 5.6)), True)):
            if drawn:
                layers.stitch(panel, seam, thread, 0.3, 0.2, 0.09)
        shape = _side_shape(layers, marks["side_mark"])
        if shape is not None:
            layers.colour(panel, shape, accent)
            layers.lift(panel, shape, 0.06, 0.05, 0.3)
        if marks["style"] == "runner":
            for height in np.arange(3.6, 8.6, 0.5):
                layers.groove(panel, line((8, height), (22, height - 0.5)), 0.08, 0.03, 0.06)
        for number in range(5):
            layers.button(panel, (18.6 - number * 1.2, 6.6 + number * 0.72), 0.2, (0.3, 0.3, 0.31), 0.5)


def _side_shape(layers, kind):
    """A plain shape on the side: a bar, two bars, a dotted panel, or nothing."""
    if kind == 0:
        return layers.stroke(curve((7.6, 5.2), (11, 3.8), (16, 3.6), (20.5, 3.4)), 0.7)
    if kind == 1:
        return layers.stroke(line((10.4, 3.0), (12.6, 6.0)), 0.6) | layers.stroke(line((12.2, 3.0), (14.4, 5.8)), 0.6)
    if kind == 2:
        dots = [layers.mask(circle((9.5 + 1.1 * column, 4.2 + 0.9 * row), 0.16, 12)) for column in range(5) for row in range(2)]
        together = dots[0]
        for dot in dots[1:]:
            together = together | dot
        return together
    return None


def cut_boot(rng, gender):
    women = gender == "women"
    style = pick(rng, ("chelsea", "ankle boot", "tall shaft"), (4, 3, 2)) if women else pick(rng, ("chelsea", "ankle boot"), (3, 2))
    heel = pick(rng, (2.6, 4.6, 6.0)) if women else 2.6
    high = {"chelsea": 17.0, "ankle boot": 18.5, "tall shaft": 37.0}[style] + heel * 0.8
    last = Last(heel, 0.8, (1.1, 0.9), 0.9 if women else 0.98, 0.9 if women and maybe(rng, 0.5) else 0.2)
    lift = heel * 0.75
    toe = 28.3 + last.point
    ridge = [(toe, last.top(np.array([toe]))[0] + 0.2), (27.4, 3.6), (24.5, 4.9), (20.5, 6.4 + lift * 0.15),
             (16.5, 8.8 + lift * 0.45), (13.4, 11.6 + lift * 0.8)]
    ankle = [(13.4, 0, 11.6 + lift * 0.8), (12.2, 2.0, 11.3 + lift * 0.9), (8.0, 3.1, 10.6 + lift),
             (3.6, 2.5, 10.4 + lift), (1.9, 0, 10.4 + lift)]
    wide = 1.25 if style == "tall shaft" else 1.0
    rim = [(12.8 + 0.6 * (wide - 1) * 4, 0, high + 0.4), (11.4, 2.6 * wide, high + 0.3), (7.2, 4.0 * wide, high),
           (2.6, 2.9 * wide, high - 0.1), (0.6 - 2.4 * (wide - 1), 0, high)]
    foot = upper(last, ridge, ankle, (2.2, 1.25))
    parts = [sole_part(last, Region.SOLE, 0.28), heel_block(last)]
    garment = as_pair(shoe([*foot, *shaft(ankle, rim)], parts), 12.5, -3.5, -6)
    garment.marks |= dict(style=style, gender=gender, high=high, heel=heel, camera=_camera(rng), lift=lift)
    return garment


def dress_boot(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    word = pick(rng, LEATHERS)
    thread, high, lift = linear(word) * 0.5 + 0.02, marks["high"], marks["lift"]
    for panel in PANELS:
        layers.stitch(panel, line((-2, high - 0.6), (16, high - 0.4)), thread, 0.3, 0.2, 0.09)
        layers.groove(panel, curve((13.6, 11.4 + lift), (13.2, 7.5 + lift * 0.6), (16.2, 3.0)), 0.12, 0.06, 0.22)
        if marks["style"] == "chelsea":
            gore = layers.mask(np.vstack([curve((4.6, high + 2), (5.0, 11 + lift), (7.3, 7.4 + lift), (9.4, 11 + lift), (9.6, high + 2))]))
            layers.mark(panel, gore, Region.RIB)
            layers.lift(panel, gore, -0.08, 0.05, 0.0)
            seam = curve((4.1, high), (4.5, 11 + lift), (7.3, 6.9 + lift), (9.9, 11 + lift), (10.1, high))
            layers.stitch(panel, seam, thread, 0.3, 0.2, 0.09)
            tab = layers.mask([(0.2, high + 1.2), (2.0, high + 1.2), (2.0, high - 3), (0.2, high - 3)])
            layers.colour(panel, tab, thread)
        elif marks["style"] == "ankle boot":
            zip_ = curve((9.6, high + 1), (9.6, 10 + lift), (8.6, 4.5 + lift))
            layers.groove(panel, zip_, 0.3, 0.15, 0.4)
            teeth = layers.stroke(zip_, 0.25)
            layers.colour(panel, teeth, (0.5, 0.45, 0.35))
            layers.polish(panel, teeth)
        else:
            strap = layers.stroke(curve((-1, 12.4 + lift), (7, 11.6 + lift), (15, 11.9 + lift)), 1.2)
            layers.lift(panel, strap, 0.22, 0.05, 0.5)
            layers.button(panel, (7.6, 11.7 + lift), 0.8, (0.40, 0.27, 0.11), 0.9)
    suede = maybe(rng, 0.35)
    stack = pick(rng, ("#2a211b", "#1d1b1a", "#5a3d28"))
    fabric = (Fabric("suede", crumple=0.05, sheen=0.18, lining="beige") if suede
              else Fabric("leather", relief=0.5, specular=0.16, gloss=16, crumple=0.06, lining="beige"))
    truth = Truth("boots", marks["gender"], (word,), "solid", fabric="suede" if suede else "leather", style=marks["style"])
    prints = {None: solid(word), Region.RIB: solid("black"), Region.SOLE: solid(stack)}
    return Design(garment, layers, prints, fabric, truth, None, marks["camera"])


RECIPES = (
    Recipe("sneakers", "sneakers", ("women", "men"), cut_sneaker, dress_sneaker, 6.0),
    Recipe("boots", "boots", ("women", "men"), cut_boot, dress_boot, 4.0),
)
