"""Dresses: fit-and-flare, shirt, wrap, shift, slip, bodycon, tiered and knitted."""

from dataclasses import dataclass

import numpy as np

from catalog.studio.camera import Camera
from catalog.studio.chance import maybe, pick, seed
from catalog.studio.cloth import Cloth
from catalog.studio.curves import curve, line
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.mesh import FRONT
from catalog.studio.palette import linear, luminance
from catalog.studio.parts import shirt_collar, tube_collar
from catalog.studio.prints import choose, solid
from catalog.studio.recipe import Recipe
from catalog.studio.recipes.silhouettes import Silhouette
from catalog.studio.regions import Region
from catalog.studio.skirts import Skirt, draw_gathers, draw_seams
from catalog.studio.tops import Sleeve, Top, cut_top
from catalog.studio.trims import BRASS, DARK_HORN, HORN, belt, label, neckband, placket, waist_seam
from catalog.studio.truth import Truth
from catalog.studio.waist import bow

HEMS = {"mini": (58, 65), "knee length": (46, 53), "midi": (27, 38), "maxi": (10, 15)}
DEPTH = {"crew neck": 8.5, "v-neck": 16.0, "scoop neck": 13.0, "boat neck": 6.0, "square neck": 12.5, "turtleneck": 8.0}
ANY_NECK = ("v-neck", "scoop neck", "crew neck", "square neck", "boat neck")
SHADES = ("black", "navy", "red", "burgundy", "teal", "sage", "blush", "green", "rust", "mustard", "lavender", "ivory", "white", "olive",
          "camel", "sky", "pink", "brown")


@dataclass(frozen=True)
class Style:
    """One kind of dress. share: how often. sleeves: of "short", "half", "long" or None. prints: kinds of `choose`.

    style: words of the truth. ease: of the bodice. bending, weight: of its Cloth. seamed: sewn at the waist.
    """

    share: float
    lengths: tuple
    silhouette: Silhouette
    sleeves: tuple
    necks: tuple
    prints: tuple
    style: tuple
    ease: float = 5.2
    bending: float = 2e-6
    weight: float = 0.4
    seamed: bool = False


FLARE = Silhouette((33, 40), (26, 30), (1.18, 1.36), (1.0, 1.16), (0.95, 1.1), (8, 13), grow=(4, 3), girth=(18.8, 19.6))
MIDI = Silhouette((28, 33), (20, 24), (1.15, 1.35), (1.0, 1.1), folds=(6, 10), uneven=0.45, grow=(5, 4), girth=(19.2, 20.6))
TIERED = Silhouette((31, 35), (23, 26), (1.36, 1.5), (1.2, 1.2), (0.9, 0.9), (9, 13), 0.4, 0.3, (7, 6),
                    girth=(19.5, 20.5), tiered=True)
SHIFT = Silhouette((22.5, 25), (15, 17), (1.05, 1.05), folds=(5, 6), uneven=0.5, girth=(21, 22.5), ease=1.2)
SLIP = Silhouette((25, 28), (18, 21), (1.12, 1.28), bow=(1.3, 1.8), folds=(6, 9), uneven=0.5, wander=0.8, grow=(3, 3), girth=(19.2, 20.4))
NARROW = Silhouette((17.3, 18.6), (11.3, 11.3), girth=(18.4, 18.8))
KNIT = Silhouette((17.5, 20.5), (11.3, 13), girth=(18.6, 20.5), ease=0.5)
STYLES = {
    "flare": Style(5, ("mini", "mini", "knee length", "midi"), FLARE, (None, "short", "short", "half", "long"), ANY_NECK,
                   ("floral", "floral", "polka", "solid", "gingham", "ditsy", "geometric", "plaid"), ("flared",), weight=0.75, seamed=True),
    "shirt": Style(3, ("knee length", "midi", "midi"), MIDI, ("short", "long", "long"), ("crew neck",),
                   ("solid", "solid", "vstripes", "stripes", "gingham", "plaid", "denim", "ditsy"), ("a-line",), 7.0, 1.5e-6, 0.5, True),
    "wrap": Style(3, ("knee length", "midi", "midi", "mini"), MIDI, ("short", "half", "long"), ("v-neck",),
                  ("floral", "floral", "solid", "solid", "polka", "leopard", "ditsy", "geometric"), ("wrap",), weight=0.6, seamed=True),
    "shift": Style(3, ("mini", "knee length"), SHIFT, (None, "short", "half", "long"), ANY_NECK[1:],
                   ("solid", "solid", "hounds", "geometric", "gingham", "glen", "block", "floral"), ("shift",), 6.0),
    "slip": Style(2.5, ("mini", "midi", "midi"), SLIP, (None,), ("v-neck", "scoop neck"),
                  ("solid", "solid", "solid", "floral", "leopard", "ombre"), (), bending=3e-6),
    "bodycon": Style(2, ("mini", "knee length", "midi"), NARROW, (None, None, "short", "long"), ANY_NECK,
                     ("solid", "solid", "solid", "stripes", "leopard", "snake"), ("bodycon",), 4.2, 6e-6),
    "tiered": Style(3, ("midi", "maxi", "maxi", "mini"), TIERED, (None, "short", "half", "long"), ANY_NECK,
                    ("floral", "ditsy", "solid", "solid", "tropical", "polka", "gingham"), ("tiered", "gathered"), 6.0, 7e-7, 0.6, True),
    "knit": Style(2, ("mini", "knee length", "midi"), KNIT, ("long", "long", "short"), ("crew neck", "turtleneck", "v-neck"),
                  ("solid", "solid", "heather", "stripes", "marl"), (), 5.0),
}


def _sleeve(rng, kind, puff):
    if kind == "short":
        return Sleeve(rng.uniform(17, 22), 15.0, puff=puff, cuff=2.0 if puff else 0, cuff_pull=0.72)
    if kind == "half":
        return Sleeve(rng.uniform(30, 36), 13.5, puff=puff, cuff=2.5 if puff else 0, cuff_pull=0.72)
    return Sleeve(57, 15.5 if puff else 13.5, puff=puff, cuff=3.5 if puff else 0, cuff_pull=0.6, fill=0.86) if kind else None


def _bodice(rng, name, skirt):
    """The Top of a style, and the marks that say what it is."""
    style = STYLES[name]
    kind, neck = pick(rng, style.sleeves), pick(rng, style.necks)
    puff = rng.uniform(1.0, 2.6) if kind and name != "bodycon" and maybe(rng, 0.35) else 0.0
    depth, width = DEPTH[neck] + rng.uniform(-1, 1) + {"wrap": 6, "slip": 3}.get(name, 0), 9.6
    if neck == "boat neck" or name == "slip":
        width = 11.8
    elif kind and neck not in ("scoop neck", "square neck"):
        width = 8.9
    if name == "shirt" or neck == "turtleneck":
        depth, width = 8.0, 8.3
    back = {"shirt": 1.5, "slip": 9.0}.get(name, 2.0 if kind else 4.0)
    strap = rng.uniform(13.0, 13.4) if name == "slip" else rng.uniform(12.5, 15.5)
    cloth = Cloth(bending=style.bending * rng.uniform(0.6, 1.5), weight=style.weight, friction=0.12, pressure=60.0)
    top = Top("women", "crew neck" if neck == "turtleneck" else neck, depth, width, back, _sleeve(rng, kind, puff), strap,
              style.ease - (0.0 if kind else 1.2), hem=skirt.hem, hem_width=float(skirt.form.ellipse[-1]), arm_angle=rng.uniform(10, 18),
              cloth=cloth,
              spacing=1.5, legs=False, seed=seed(rng))
    return top, dict(neckline=neck, sleeve=f"{kind} sleeve" if kind else "sleeveless", puffed=puff > 0)


def cut(rng, gender):
    name = pick(rng, STYLES, [style.share for style in STYLES.values()])
    style, length = STYLES[name], pick(rng, STYLES[name].lengths)
    waist, hem = rng.uniform(106, 109) + 3 * (name == "tiered"), rng.uniform(*HEMS[length])
    skirt = Skirt(waist, hem=hem, band=0.0, seamed=style.seamed, **style.silhouette.measures(rng, waist, hem))
    top, words = _bodice(rng, name, skirt)
    garment = cut_top(top, skirt)
    belted = name in ("shirt", "flare", "shift") and maybe(rng, 0.4)
    tied = name == "wrap" or name in ("flare", "shirt") and not belted and maybe(rng, 0.3)
    garment.marks |= dict(words, skirt=skirt, gender=gender, style=name, length=length, belted=belted, tied=tied)
    _finish_neck(garment, rng)
    _draw_waist(garment.layers, garment.marks, rng)
    if tied:
        side = -0.55 * skirt.form.half_width_at(waist) if name == "wrap" else 0.0
        bow(garment, side, waist, rng.uniform(0.8, 1.1), rng.uniform(13, 24), rng)
    return garment


def _finish_neck(garment, rng):
    layers, marks = garment.layers, garment.marks
    if marks["style"] == "shirt":
        shirt_collar(garment, spread=rng.uniform(0.4, 0.7))
    elif marks["neckline"] == "turtleneck":
        tube_collar(garment, rng.uniform(7, 9), seed=seed(rng))
    else:
        neckband(garment, layers, 0.7 if marks["style"] == "slip" else 1.0)
    label(layers, marks["back_neck"][0, 1] - 1.2)


def _draw_waist(layers, marks, rng):
    """Waist seam, tiers, darts, the overlap of a wrap."""
    style, skirt = marks["style"], marks["skirt"]
    if skirt.seamed:
        waist_seam(layers, skirt.waist)
    draw_seams(layers, skirt, rng)
    if skirt.gather > 1.1:
        draw_gathers(layers, skirt, skirt.waist, 10.0, 1.4, rng)
    if style in ("shift", "bodycon", "flare"):
        for side in (-1, 1):
            layers.groove(FRONT, line((side * 14.5, 119), (side * 9.5, 122.5)), 0.14, 0.07, 0.2)
    if style == "wrap":
        _draw_wrap(layers, marks)


def _draw_wrap(layers, marks):
    """One front laid over the other, from the neck to the side of the waist and down to the hem."""
    waist, hem, neck = marks["skirt"].waist, marks["hem"], marks["neck"][0, 1]
    wide = float(marks["skirt"].form.width(waist))
    layers.groove(FRONT, curve((1.5, neck + 2.0), (-4.5, neck - 6), (-wide * 0.72, waist + 1)), 0.3, 0.25, 0.5)
    edge = curve((-wide * 0.66, waist), (-wide * 0.5, (waist * 2 + hem) / 3), (-wide * 0.28, hem - 1))
    layers.lift(FRONT, layers.mask(np.vstack([edge, [(90, hem - 2), (90, waist)]])), 0.2, 0.1, 0.6)
    layers.groove(FRONT, edge, 0.2, 0.15, 0.4)


def _fabric(rng, style, pattern):
    """Fabric and its word."""
    if style == "knit":
        ribbed = maybe(rng, 0.6)
        return Fabric("rib" if ribbed else "knit", ribbed=True, sheen=0.12, crumple=0.04), "rib knit" if ribbed else "knit"
    if style == "slip":
        return Fabric("satin", specular=0.22, gloss=10, crumple=0.10), "satin"
    if style == "shirt":
        linen = maybe(rng, 0.4)
        return (Fabric("denim", crumple=0.10), "denim") if pattern == "denim wash" else (
            Fabric("linen" if linen else "poplin", relief=0.6, crumple=0.11), "linen" if linen else "cotton")
    if style == "bodycon":
        return Fabric("jersey", relief=0.5, crumple=0.04), "cotton"
    if style in ("wrap", "tiered") or maybe(rng, 0.4):
        return Fabric("poplin", relief=0.35, crumple=0.09), "chiffon"
    return Fabric("poplin", relief=0.6, crumple=0.08), "cotton"


def _draw_belt(layers, marks, colours, pattern, rng):
    """A belt with a buckle, or the band that a bow is tied in. Returns the prints of its region."""
    waist = marks["skirt"].waist
    if marks["tied"]:
        belt(layers, waist, 3.2)
        return {}
    buckle = pick(rng, (BRASS, None, tuple(linear("brown") * 0.6)))
    belt(layers, waist, rng.uniform(2.6, 4.2), buckle)
    if buckle is not None and maybe(rng, 0.6):
        return {Region.BAND: solid(pick(rng, ("black", "brown", "camel")))}
    return {Region.BAND: solid(colours[0])} if pattern != "solid" else {}


def dress(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    name, skirt = marks["style"], marks["skirt"]
    kind = pick(rng, STYLES[name].prints)
    cloth, colours, pattern = choose([kind], rng, pick(rng, SHADES) if kind in ("solid", "polka", "ombre", "heather") else None)
    fabric, word = _fabric(rng, name, pattern)
    shirt = name == "shirt"
    if shirt:
        button = DARK_HORN if luminance(colours[0]) > 0.4 and maybe(rng, 0.4) else HORN
        placket(layers, marks["neck"][0, 1], skirt.hem, 11, button, 1.6, 0.55, last=skirt.hem + 14)
    prints = _draw_belt(layers, marks, colours, pattern, rng) if marks["belted"] or marks["tied"] else {}
    truth = Truth("dress", marks["gender"], colours, pattern, neckline=None if shirt else marks["neckline"],
                  collar="shirt collar" if shirt else None, sleeve=marks["sleeve"], length=marks["length"],
                  fit="slim fit" if name == "bodycon" else "regular fit", closure="button front" if shirt else None, fabric=word,
                  style=STYLES[name].style + (("puff sleeves",) if marks["puffed"] else ()))
    return Design(garment, layers, {None: cloth, **prints}, fabric, truth, camera=Camera(pitch=6))


RECIPES = (Recipe("dress", "dress", ("women",), cut, dress, 12.0),)
