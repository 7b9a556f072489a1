"""Skirts: a-line, skater, pencil, pleated, gathered, tiered, slip and denim."""

import numpy as np

from catalog.studio import denim as d
from catalog.studio.chance import maybe, pick, seed
from catalog.studio.cloth import Cloth
from catalog.studio.curves import box, curve, line
from catalog.studio.fabrics import Fabric
from catalog.studio.fluted import Folds
from catalog.studio.garment import Design
from catalog.studio.mesh import FRONT
from catalog.studio.palette import linear, luminance
from catalog.studio.prints import choose
from catalog.studio.recipe import Recipe
from catalog.studio.regions import Region
from catalog.studio.render import Camera
from catalog.studio.skirts import Skirt, cut_skirt, draw_gathers, draw_pleats
from catalog.studio.trims import BRASS, HORN, STEEL, placket
from catalog.studio.truth import Truth
from catalog.studio.waist import band, elastic, facing, fly, loops, topstitch

STYLES = {"a-line": 4, "skater": 3, "pencil": 3, "pleated": 3, "gathered": 3, "tiered": 2, "slip": 2.5, "denim": 2.5, "buttoned": 2}
HEMS = {"mini": (61, 67), "knee length": (47, 54), "midi": (28, 38), "maxi": (10, 16)}
FALL = Cloth(bending=1.5e-6, damping=0.988, friction=0.1, steps=360, weight=0.8)
STIFF = Cloth(bending=1e-6, damping=0.985, friction=0.15, steps=220)


def _skirt(rng, style, length):
    """The geometry of a style at a length."""
    waist, hem = rng.uniform(102.5, 106.5), rng.uniform(*HEMS[length])
    long = (waist - hem) / 50
    girth = 18.9 + (106 - waist) * 0.28 + rng.uniform(-0.3, 0.4)
    count, folds_seed = int(rng.integers(7, 12)), seed(rng)
    common = dict(waist=waist, hem=hem, waist_girth=girth, dip=rng.uniform(0.8, 1.6), band=rng.uniform(2.6, 3.8))
    if style == "a-line" or style == "buttoned":
        return Skirt(**common, hem_width=rng.uniform(27, 32) + 4 * (long - 1), hem_depth=rng.uniform(20, 24) + 3 * (long - 1), fullness=rng.uniform(1.10, 1.28), bow=rng.uniform(0.95, 1.2),
                     folds=Folds(int(rng.integers(6, 10)), "soft", 0.45, 0.5, folds_seed))
    if style == "skater":
        return Skirt(**common, hem_width=rng.uniform(36, 42), hem_depth=rng.uniform(28, 32), fullness=rng.uniform(1.25, 1.45), gather=rng.uniform(1.02, 1.12), bow=rng.uniform(0.85, 1.0),
                     folds=Folds(count, "soft", 0.4, 0.4, folds_seed))
    if style == "pencil":
        return Skirt(**common, hem_width=rng.uniform(17.5, 19.5), hem_depth=rng.uniform(11.0, 12.5), fullness=1.0, folds=Folds(3, "soft", 0.4, 0.5, folds_seed))
    if style == "pleated":
        kind = pick(rng, ("knife", "box"))
        return Skirt(**common, hem_width=rng.uniform(25, 29) + 2 * (long - 1), hem_depth=rng.uniform(19, 21), gather=rng.uniform(1.15, 1.3), fullness=rng.uniform(1.4, 1.6),
                     folds=Folds(int(rng.integers(20, 29)) if kind == "knife" else int(rng.integers(11, 16)), kind, 0.05, 0.04, folds_seed))
    if style == "gathered":
        return Skirt(**common, hem_width=rng.uniform(28, 32) + 4 * (long - 1), hem_depth=rng.uniform(21, 24) + 3 * (long - 1), gather=rng.uniform(1.25, 1.4), fullness=rng.uniform(1.5, 1.7), bow=0.8,
                     folds=Folds(int(rng.integers(11, 16)), "soft", 0.45, 0.6, folds_seed))
    if style == "tiered":
        count = 2 if length != "maxi" else 3
        seams = tuple(np.linspace(waist, hem, count + 1)[1:-1] + rng.uniform(0, 5))
        return Skirt(**common, hem_width=rng.uniform(31, 35) + 6 * (long - 1), hem_depth=rng.uniform(23, 26) + 5 * (long - 1), gather=1.22, fullness=rng.uniform(1.5, 1.65), bow=0.85, tiers=seams,
                     folds=Folds(count + 8, "soft", 0.4, 0.3, folds_seed))
    if style == "slip":
        return Skirt(**common, hem_width=rng.uniform(25, 28) + 4 * (long - 1), hem_depth=rng.uniform(18, 20) + 4 * (long - 1), fullness=rng.uniform(1.15, 1.3), bow=rng.uniform(1.4, 1.9),
                     folds=Folds(int(rng.integers(6, 9)), "soft", 0.5, 0.8, folds_seed))
    return Skirt(**common, hem_width=rng.uniform(22.5, 25.5), hem_depth=rng.uniform(15, 17), fullness=1.02, folds=Folds(5, "soft", 0.5, 0.4, folds_seed))


def cut_skirt_recipe(rng, gender):
    style = pick(rng, STYLES, STYLES.values())
    length = pick(rng, {"a-line": ("mini", "knee length", "midi"), "skater": ("mini", "mini", "knee length"), "pencil": ("knee length", "knee length", "midi", "mini"),
                        "pleated": ("mini", "knee length", "midi", "midi"), "gathered": ("mini", "knee length", "midi"), "tiered": ("midi", "maxi", "maxi"),
                        "slip": ("midi", "midi", "maxi"), "denim": ("mini", "mini", "knee length"), "buttoned": ("mini", "knee length", "midi")}[style])
    skirt = _skirt(rng, style, length)
    stiff = style in ("denim", "pencil", "pleated", "buttoned")
    garment = cut_skirt(skirt, STIFF if stiff else FALL, 1.0 if style == "pleated" else 1.4, seed(rng))
    layers, marks, top = garment.layers, garment.marks, skirt.waist - skirt.band
    band(layers, skirt.waist, skirt.band)
    pulled = style in ("gathered", "tiered") and maybe(rng, 0.6)
    if pulled or style == "slip":
        elastic(layers, skirt.waist, skirt.band, 2 if style == "slip" else 3, 0.7, rng)
    if style == "pleated":
        draw_pleats(layers, skirt)
    if style in ("gathered", "tiered"):
        for seam, long in [(top, 12.0), *[(v, 9.0) for v in skirt.tiers]]:
            draw_gathers(layers, skirt, seam, long, 1.3 if seam == top else 1.9, rng)
    for seam in skirt.tiers:
        for panel in (0, 1):
            layers.groove(panel, line((-70, seam), (70, seam)), 0.25, 0.15, 0.35)
    marks |= dict(gender=gender, style=style, length=length, pulled=pulled, slit=style == "pencil" and maybe(rng, 0.3), pockets=style in ("a-line", "buttoned") and maybe(rng, 0.4))
    return garment


def _denim_details(layers, marks, thread):
    top, height = marks["waist"], marks["band"]
    topstitch(layers, top, height, thread)
    d.scoop_pockets(layers, marks, thread, True, d.COPPER)
    d.back_pockets(layers, marks, thread)
    loops(layers, top, height, (8.2, 16.5, -9), thread)
    wide = float(marks["side"][-1, 0])
    for panel in (0, 1):
        layers.stitch(panel, line((-wide, marks["hem"] + 1.8), (wide, marks["hem"] + 1.8)), thread)


def _darts(layers, marks):
    for panel in (0, 1):
        for side in (-1, 1):
            layers.groove(panel, line((side * 8.2, marks["waist"] - marks["band"]), (side * 8.8, marks["waist"] - marks["band"] - 9)), 0.14, 0.08, 0.22)


def _buttons(layers, marks, colour, metal, radius):
    placket(layers, marks["waist"], marks["hem"], int((marks["waist"] - marks["hem"]) / 6.5), colour, 1.8, radius, metal, last=marks["hem"] + 7)


PRINTS = {
    "a-line": ("solid", "solid", "floral", "polka", "plaid", "hounds", "gingham"), "skater": ("solid", "floral", "polka", "gingham", "ditsy", "plaid", "geometric"),
    "pencil": ("solid", "solid", "hounds", "glen", "window", "plaid", "leopard"), "pleated": ("solid", "solid", "plaid", "plaid", "glen", "ombre"),
    "gathered": ("floral", "ditsy", "solid", "gingham", "polka", "stripes"), "tiered": ("floral", "ditsy", "solid", "tropical", "polka"),
    "slip": ("solid", "solid", "solid", "leopard", "floral", "ombre"), "denim": ("denim",), "buttoned": ("solid", "solid", "plaid", "gingham", "polka"),
}
SHADES = ("black", "navy", "camel", "burgundy", "sage", "olive", "ivory", "rust", "blush", "red", "teal", "mustard", "lavender", "beige", "grey", "green", "brown")
CLOTHS = {
    "a-line": Fabric("poplin", relief=0.6, crumple=0.08), "skater": Fabric("jersey", relief=0.7, crumple=0.06), "pencil": Fabric("wool", relief=0.4, crumple=0.04),
    "pleated": Fabric("poplin", relief=0.5, crumple=0.03), "gathered": Fabric("poplin", relief=0.5, crumple=0.09), "tiered": Fabric("poplin", relief=0.4, crumple=0.10),
    "slip": Fabric("satin", specular=0.25, gloss=10, crumple=0.10), "denim": Fabric("denim", crumple=0.10), "buttoned": Fabric("cord", crumple=0.06),
}
WORDS = {"a-line": "cotton", "skater": "cotton", "pencil": "wool", "pleated": "cotton", "gathered": "cotton", "tiered": "chiffon", "slip": "satin", "denim": "denim",
         "buttoned": "corduroy"}


def dress_skirt(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    style = marks["style"]
    kind = pick(rng, PRINTS[style])
    cloth, colours, pattern = choose([kind], rng, pick(rng, SHADES) if kind in ("solid", "polka", "ombre", "window") else None)
    fabric, word = CLOTHS[style], WORDS[style]
    if style == "buttoned" and pattern != "solid":
        fabric, word = Fabric("poplin", relief=0.6, crumple=0.08), "cotton"
    facing(layers, marks["waist"], marks["band"], linear(colours[0]) * 0.85 + 0.03)
    buttoned = style == "buttoned"
    if style == "denim":
        thread = linear("#c08a4e") if colours[0] in ("navy", "blue", "sky") else linear(colours[0]) * (0.6 if luminance(colours[0]) > 0.2 else 2.5) + 0.02
        _denim_details(layers, marks, thread)
        buttoned = maybe(rng, 0.5)
        if buttoned:
            _buttons(layers, marks, BRASS if maybe(rng, 0.6) else STEEL, 0.8, 0.8)
        else:
            fly(layers, marks["waist"], marks["band"], marks["waist"] - 20, 1, thread)
    elif style == "buttoned":
        _buttons(layers, marks, pick(rng, (HORN, linear("brown") * 0.6, linear(colours[0]) * 0.8 + 0.05)), 0.0, 0.7)
    elif style == "pencil":
        _darts(layers, marks)
    if marks["pockets"]:
        for side in (-1, 1):
            points = box(side * 12.5 - 6, marks["waist"] - 12, side * 12.5 + 6, marks["waist"] - 26)
            layers.lift(FRONT, layers.mask(points), 0.16, 0.08, 0.5)
            layers.mark(FRONT, layers.mask(points), Region.POCKET)
    if marks["slit"]:
        layers.groove(FRONT, curve((9, marks["hem"] + 18), (9.2, marks["hem"] + 9), (9.4, marks["hem"] - 1)), 0.35, 0.3, 0.6)
    words = {"skater": "flared", "slip": "a-line", "denim": None, "buttoned": "a-line"}.get(style, style)
    truth = Truth("skirt", marks["gender"], colours, pattern, length=marks["length"], fit="slim fit" if style == "pencil" else "regular fit",
                  closure="button front" if buttoned else None, pockets=("patch pockets",) if marks["pockets"] else (), fabric=word, style=words)
    return Design(garment, layers, {None: cloth}, fabric, truth, None, Camera(pitch=6))


RECIPES = (Recipe("skirt", "skirt", ("women",), cut_skirt_recipe, dress_skirt, 8.0),)
