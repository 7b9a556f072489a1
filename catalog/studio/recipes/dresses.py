"""Dresses: fit-and-flare, shirt, wrap, shift, slip, bodycon, tiered and knitted."""

import numpy as np

from catalog.studio.chance import maybe, pick, seed
from catalog.studio.cloth import Cloth
from catalog.studio.curves import box, curve, line
from catalog.studio.fabrics import Fabric
from catalog.studio.fluted import Folds
from catalog.studio.garment import Design
from catalog.studio.mesh import BACK, FRONT
from catalog.studio.palette import linear, luminance
from catalog.studio.parts import shirt_collar, tube_collar
from catalog.studio.prints import choose, solid
from catalog.studio.recipe import Recipe
from catalog.studio.regions import Region
from catalog.studio.render import Camera
from catalog.studio.skirts import Skirt, draw_gathers
from catalog.studio.tops import Sleeve, Top, cut_top
from catalog.studio.trims import BRASS, DARK_HORN, HORN, belt, label, neckband, placket, waist_seam
from catalog.studio.truth import Truth
from catalog.studio.waist import bow

STYLES = {"flare": 5, "shirt": 3, "wrap": 3, "shift": 3, "slip": 2.5, "bodycon": 2, "tiered": 3, "knit": 2}
HEMS = {"mini": (58, 65), "knee length": (46, 53), "midi": (27, 38), "maxi": (10, 15)}
LENGTHS = {"flare": ("mini", "mini", "knee length", "midi"), "shirt": ("knee length", "midi", "midi"), "wrap": ("knee length", "midi", "midi", "mini"),
           "shift": ("mini", "knee length"), "slip": ("mini", "midi", "midi"), "bodycon": ("mini", "knee length", "midi"),
           "tiered": ("midi", "maxi", "maxi", "mini"), "knit": ("mini", "knee length", "midi")}
DEPTH = {"crew neck": 8.5, "v-neck": 16.0, "scoop neck": 13.0, "boat neck": 6.0, "square neck": 12.5}
SOFT = dict(friction=0.12, pressure=60.0)


def _sleeve(rng, options):
    """A sleeve of a kind: None, "short", "half" or "long"."""
    kind = pick(rng, options)
    puff = rng.uniform(1.0, 2.6) if kind is not None and maybe(rng, 0.35) else 0.0
    if kind is None:
        return None, None, False
    sleeve = {"short": Sleeve(rng.uniform(17, 22), 15.0, puff=puff, cuff=2.0 if puff else 0, cuff_pull=0.72),
              "half": Sleeve(rng.uniform(30, 36), 13.5, puff=puff, cuff=2.5 if puff else 0, cuff_pull=0.72),
              "long": Sleeve(57, 13.5 if not puff else 15.5, puff=puff, cuff=3.5 if puff else 0, cuff_pull=0.6, fill=0.86)}[kind]
    return sleeve, {"short": "short sleeve", "half": "half sleeve", "long": "long sleeve"}[kind], puff > 0


def _skirt(rng, style, length):
    waist, hem = rng.uniform(106, 109), rng.uniform(*HEMS[length])
    long, folds_seed = (waist - hem) / 50, seed(rng)
    common = dict(hem=hem, band=0.0, seamed=style in ("flare", "wrap", "shirt", "tiered"))
    if style == "flare":
        return Skirt(waist, rng.uniform(18.8, 19.6), hem_width=rng.uniform(33, 40) + 4 * (long - 1), hem_depth=rng.uniform(26, 30) + 3 * (long - 1), fullness=rng.uniform(1.25, 1.45), gather=rng.uniform(1.0, 1.2),
                     bow=rng.uniform(0.85, 1.05), folds=Folds(int(rng.integers(7, 12)), "soft", 0.4, 0.5, folds_seed), **common)
    if style in ("shirt", "wrap"):
        return Skirt(waist, rng.uniform(20, 21) if style == "shirt" else 19.2, hem_width=rng.uniform(28, 33) + 5 * (long - 1), hem_depth=rng.uniform(20, 24) + 4 * (long - 1),
                     fullness=rng.uniform(1.15, 1.35), gather=rng.uniform(1.0, 1.1), bow=1.0, folds=Folds(int(rng.integers(6, 10)), "soft", 0.45, 0.6, folds_seed), **common)
    if style == "tiered":
        count = {"mini": 2}.get(length, 3)
        high = rng.uniform(0, 5)
        seams = tuple(np.linspace(waist, hem, count + 1)[1:-1] + high)
        return Skirt(waist + 3, rng.uniform(19.5, 20.5), hem_width=rng.uniform(31, 35) + 7 * (long - 1), hem_depth=rng.uniform(23, 26) + 6 * (long - 1), gather=1.2, fullness=rng.uniform(1.45, 1.6), bow=0.85,
                     tiers=seams, folds=Folds(9, "soft", 0.4, 0.3, folds_seed), **common)
    if style == "shift":
        return Skirt(waist, rng.uniform(21, 22.5), hem_width=rng.uniform(22.5, 25), hem_depth=rng.uniform(15, 17), fullness=1.05, ease=1.2, folds=Folds(5, "soft", 0.5, 0.5, folds_seed),
                     **common)
    if style == "slip":
        return Skirt(waist, rng.uniform(19.2, 20.4), hem_width=rng.uniform(25, 28) + 3 * (long - 1), hem_depth=rng.uniform(18, 21) + 3 * (long - 1), fullness=rng.uniform(1.12, 1.28), bow=rng.uniform(1.3, 1.8),
                     folds=Folds(int(rng.integers(6, 9)), "soft", 0.5, 0.8, folds_seed), **common)
    loose = style == "knit" and maybe(rng, 0.4)
    return Skirt(waist, 20.5 if loose else 18.6, hem_width=20.5 if loose else rng.uniform(17.3, 18.6), hem_depth=13 if loose else 11.3, fullness=1.0, ease=1.0 if loose else 0.0,
                 folds=Folds(3, "soft", 0.4, 0.5, folds_seed), **common)


def _top(rng, style, skirt):
    """The bodice of a style: Top, sleeve word, whether the sleeves puff."""
    sleeves = {"flare": (None, "short", "short", "half", "long"), "shirt": ("short", "long", "long"), "wrap": ("short", "half", "long"), "shift": (None, "short", "half", "long"),
               "slip": (None,), "bodycon": (None, None, "short", "long"), "tiered": (None, "short", "half", "long"), "knit": ("long", "long", "short")}[style]
    sleeve, word, puffed = _sleeve(rng, sleeves)
    necks = {"shirt": ("crew neck",), "wrap": ("v-neck",), "slip": ("v-neck", "scoop neck"), "knit": ("crew neck", "turtleneck", "v-neck"),
             "shift": ("crew neck", "boat neck", "square neck", "scoop neck")}.get(style, ("v-neck", "scoop neck", "crew neck", "square neck", "boat neck"))
    neck = pick(rng, necks)
    cut = "crew neck" if neck == "turtleneck" else neck
    depth = DEPTH[cut] + rng.uniform(-1, 1) + (6 if style == "wrap" else 0) + (3 if style == "slip" else 0)
    width = 11.8 if neck == "boat neck" or style == "slip" else 9.6 if sleeve is None or neck in ("scoop neck", "square neck") else 8.9
    if style == "shirt" or neck == "turtleneck":
        depth, width = 8.0, 8.3
    ease = {"shirt": 7.0, "shift": 6.0, "tiered": 6.0, "knit": 5.0, "bodycon": 4.2}.get(style, 5.2)
    strap = rng.uniform(13.0, 13.4) if style == "slip" else rng.uniform(12.5, 15.5)
    bending, weight = {"flare": (rng.uniform(1, 3) * 1e-6, 0.75), "tiered": (7e-7, 0.6), "shirt": (1.5e-6, 0.5), "wrap": (2e-6, 0.6), "slip": (3e-6, 0.4),
                       "bodycon": (6e-6, 0.4)}.get(style, (2e-6, 0.4))
    cloth = Cloth(bending=bending, weight=weight, **SOFT)
    top = Top("women", cut, depth, width, 1.5 if style == "shirt" else (9 if style == "slip" else 4 if sleeve is None else 2), sleeve, strap=strap, ease=ease if sleeve else ease - 1.2,
              hem=skirt.hem, hem_width=float(skirt.form.ellipse[-1]), arm_angle=rng.uniform(10, 18), legs=False, cloth=cloth, spacing=1.5, seed=seed(rng))
    return top, neck, word or "sleeveless", puffed


def cut_dress(rng, gender):
    style = pick(rng, STYLES, STYLES.values())
    length = pick(rng, LENGTHS[style])
    skirt = _skirt(rng, style, length)
    top, neck, sleeve, puffed = _top(rng, style, skirt)
    garment = cut_top(top, skirt)
    layers, marks = garment.layers, garment.marks
    marks |= dict(skirt=skirt, gender=gender, style=style, length=length, neckline=neck, sleeve=sleeve, puffed=puffed, belted=style in ("shirt", "flare", "shift") and maybe(rng, 0.4))
    marks["tied"] = not marks["belted"] and style in ("flare", "shirt") and maybe(rng, 0.25)
    if style == "shirt":
        shirt_collar(garment, spread=rng.uniform(0.4, 0.7))
    elif neck == "turtleneck":
        tube_collar(garment, rng.uniform(7, 9), seed=seed(rng))
    else:
        neckband(garment, layers, 0.7 if style == "slip" else 1.0)
    label(layers, marks["back_neck"][0, 1] - 1.2)
    _draw_waist(layers, marks, rng)
    if style == "wrap" or marks["tied"]:
        side = -float(skirt.form.half_width_at(skirt.waist)) * 0.55 if style == "wrap" else 0.0
        bow(garment, side, skirt.waist, rng.uniform(0.8, 1.1), rng.uniform(13, 24), rng)
    return garment


def _draw_waist(layers, marks, rng):
    style, skirt = marks["style"], marks["skirt"]
    if style in ("flare", "wrap", "shirt", "tiered"):
        waist_seam(layers, skirt.waist)
    for seam in skirt.tiers:
        for panel in (FRONT, BACK):
            layers.groove(panel, line((-70, seam), (70, seam)), 0.25, 0.15, 0.35)
        draw_gathers(layers, skirt, seam, 9.0, 1.9, rng)
    if style == "tiered" or (style == "flare" and skirt.gather > 1.1):
        draw_gathers(layers, skirt, skirt.waist, 10.0, 1.4, rng)
    if style in ("shift", "bodycon", "flare"):
        for side in (-1, 1):
            layers.groove(FRONT, line((side * 14.5, 119), (side * 9.5, 122.5)), 0.14, 0.07, 0.2)
    if style == "wrap":
        _draw_wrap(layers, marks)


def _draw_wrap(layers, marks):
    """One front laid over the other, down to the hem, tied at the side."""
    waist, hem, neck = marks["skirt"].waist, marks["hem"], marks["neck"][0, 1]
    wide = float(marks["skirt"].form.width(waist))
    over = curve((1.5, neck + 2.0), (-4.5, neck - 6), (-wide * 0.72, waist + 1))
    layers.groove(FRONT, over, 0.3, 0.25, 0.5)
    edge = curve((-wide * 0.66, waist), (-wide * 0.5, (waist * 2 + hem) / 3), (-wide * 0.28, hem - 1))
    cover = layers.mask(np.vstack([edge, [(90, hem - 2), (90, waist)]]))
    layers.lift(FRONT, cover, 0.2, 0.1, 0.6)
    layers.groove(FRONT, edge, 0.2, 0.15, 0.4)


PRINTS = {
    "flare": ("floral", "floral", "polka", "solid", "gingham", "ditsy", "geometric", "plaid"), "shirt": ("solid", "solid", "vstripes", "stripes", "gingham", "plaid", "denim", "ditsy"),
    "wrap": ("floral", "floral", "solid", "polka", "leopard", "ditsy", "geometric", "zebra"), "shift": ("solid", "solid", "hounds", "geometric", "gingham", "glen", "block", "floral"),
    "slip": ("solid", "solid", "solid", "floral", "leopard", "ombre"), "bodycon": ("solid", "solid", "solid", "stripes", "leopard", "snake"),
    "tiered": ("floral", "ditsy", "solid", "solid", "tropical", "polka", "gingham"), "knit": ("solid", "heather", "stripes", "marl", "solid"),
}
SHADES = ("black", "navy", "red", "burgundy", "teal", "sage", "blush", "green", "rust", "mustard", "lavender", "ivory", "white", "olive", "camel", "sky", "pink", "brown")


def _fabric(rng, style, pattern):
    """Fabric and its word."""
    if style == "knit":
        return Fabric(pick(rng, ("rib", "knit")), ribbed=True, sheen=0.12, crumple=0.04), "rib knit"
    if style == "slip":
        return Fabric("satin", specular=0.22, gloss=10, crumple=0.10), "satin"
    if style == "shirt":
        return (Fabric("denim", crumple=0.10), "denim") if pattern == "denim wash" else (Fabric(pick(rng, ("poplin", "linen")), relief=0.6, crumple=0.11), "cotton")
    if style == "bodycon":
        return Fabric("jersey", relief=0.5, crumple=0.04), "cotton"
    if style in ("wrap", "tiered") or maybe(rng, 0.4):
        return Fabric("poplin", relief=0.35, crumple=0.09), "chiffon"
    return Fabric("poplin", relief=0.6, crumple=0.08), "cotton"


def dress_dress(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    style, skirt = marks["style"], marks["skirt"]
    kind = pick(rng, PRINTS[style])
    cloth, colours, pattern = choose([kind], rng, pick(rng, SHADES) if kind in ("solid", "polka", "ombre", "heather") else None)
    fabric, word = _fabric(rng, style, pattern)
    fabric = fabric if word != "rib knit" or fabric.kind == "rib" else fabric
    prints = {None: cloth}
    if style == "shirt":
        button = DARK_HORN if luminance(colours[0]) > 0.4 and maybe(rng, 0.4) else HORN
        placket(layers, marks["neck"][0, 1], skirt.hem, 11, button, 1.6, 0.55, last=skirt.hem + 14)
    if marks["belted"]:
        buckle = pick(rng, (BRASS, None, tuple(linear("brown") * 0.6)))
        belt(layers, skirt.waist, rng.uniform(2.6, 4.2), buckle)
        if buckle is not None and maybe(rng, 0.6):
            prints[Region.BAND] = solid(pick(rng, ("black", "brown", "camel")))
        elif pattern != "solid":
            prints[Region.BAND] = solid(colours[0])
    if style == "wrap" or marks["tied"]:
        belt(layers, skirt.waist, 3.2)
    words = {"flare": ("flared",), "shirt": ("a-line",), "wrap": ("wrap",), "shift": ("shift",), "slip": (), "bodycon": ("bodycon",), "tiered": ("tiered", "gathered"), "knit": ()}[style]
    high = marks["neckline"]
    truth = Truth("dress", marks["gender"], colours, pattern, neckline=None if style == "shirt" else high, collar="shirt collar" if style == "shirt" else None,
                  sleeve=marks["sleeve"], length=marks["length"], fit={"bodycon": "slim fit", "shift": "regular fit"}.get(style, "regular fit"),
                  closure="button front" if style == "shirt" else None, fabric="knit" if style == "knit" and fabric.kind == "knit" else word,
                  style=words + (("puff sleeves",) if marks["puffed"] else ()))
    return Design(garment, layers, prints, fabric, truth, None, Camera(pitch=6))


RECIPES = (Recipe("dress", "dress", ("women",), cut_dress, dress_dress, 12.0),)
