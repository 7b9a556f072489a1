"""Sweaters, cardigans, sweatshirts and hoodies."""

import numpy as np

from catalog.studio.chance import maybe, pick, seed
from catalog.studio.cloth import Cloth
from catalog.studio.curves import box
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.mesh import FRONT
from catalog.studio.palette import linear, luminance
from catalog.studio.parts import drawstrings, hood, tube_collar
from catalog.studio.prints import choose, graphic, solid
from catalog.studio.recipe import Recipe
from catalog.studio.regions import Region
from catalog.studio.tops import Sleeve, Top, cut_top, laid_flat
from catalog.studio.trims import kangaroo_pocket, label, neckband, pocket, zipper
from catalog.studio.truth import Truth

YARNS = ("ivory", "camel", "grey", "navy", "burgundy", "sage", "rust", "mustard", "blush", "green", "charcoal", "beige", "brown", "black",
         "teal")
SWEATS = ("grey", "black", "navy", "sage", "burgundy", "silver", "mustard", "lavender", "olive", "rust", "ivory", "green", "blush", "sky")
YARN_WORDS = {"cable": "cable knit", "wool": "wool", "boucle": "boucle", "rib": "rib knit", "widerib": "rib knit"}
EDGES = (Region.RIB, Region.CUFF, Region.NECK, Region.COLLAR)


def _knit_top(rng, gender, fit, neckline, depth, ease, rib=5.5, cuff=6.0, **changes):
    women = gender == "women"
    given = dict(neck_width=8.8, sleeve=Sleeve(58, 14.2 + 0.15 * ease, cuff=cuff, cuff_pull=0.70, fill=0.80), ease=ease,
                 hem_width=(24 if women else 27) + ease - 9, hem=rng.uniform(79, 83) - (0 if women else 3), rib=rib, rib_pull=0.87,
                 arm_angle=rng.uniform(8, 17), drop=3.0 if fit == "loose fit" else 0.5,
                 cloth=Cloth(bending=10 ** rng.uniform(-6.4, -5.8), friction=0.12, pressure=130), seed=seed(rng))
    return Top(gender, neckline, depth, **(given | changes))


def cut_sweater(rng, gender):
    fit = pick(rng, ("regular fit", "loose fit"))
    neckline = pick(rng, ("crew neck", "v-neck", "turtleneck", "mock neck"), (4, 2, 2, 1))
    cropped = gender == "women" and maybe(rng, 0.25)
    tube = neckline in ("turtleneck", "mock neck")
    depth = {"crew neck": 8.5, "v-neck": 17}.get(neckline, 7)
    shorter = dict(hem=rng.uniform(87, 91)) if cropped else {}
    top = _knit_top(rng, gender, fit, "crew neck" if tube else neckline, depth, 8 if fit == "regular fit" else 12, **shorter)
    garment = cut_top(laid_flat(top, rng, 2e-6) if not tube and maybe(rng, 0.22) else top)
    if tube:
        tube_collar(garment, 9 if neckline == "turtleneck" else 5.5, neckline == "turtleneck", seed=seed(rng))
    else:
        neckband(garment, garment.layers, 2.3)
    label(garment.layers, garment.marks["back_neck"][0, 1] - 2.4)
    yarn = pick(rng, ("knit", "wool", "cable", "widerib", "boucle"), (4, 3, 3, 1.5, 1))
    garment.marks |= dict(neckline=neckline, fit=fit, cropped=cropped, gender=gender, yarn=yarn)
    return garment


def dress_sweater(garment, rng):
    marks = garment.marks
    if marks["yarn"] in ("cable", "widerib", "boucle"):
        kind = pick(rng, ("solid", "heather"), (2, 1))
    else:
        kind = pick(rng, ("solid", "heather", "stripes", "argyle", "chevron", "fairisle", "block", "breton"), (3, 2, 3, 1, 1, 1.2, 1, 1))
    cloth, colours, pattern = choose([kind], rng, pick(rng, YARNS) if pattern_is_free(kind) else None)
    prints = {None: cloth}
    if kind in ("stripes", "argyle", "chevron", "fairisle", "breton"):
        prints |= {edge: solid(colours[0]) for edge in EDGES}
    fabric = Fabric(marks["yarn"], sheen=0.14, ribbed=True, crumple=0.06)
    truth = Truth("sweater", marks["gender"], colours, pattern, neckline=marks["neckline"], sleeve="long sleeve",
                  length="cropped" if marks["cropped"] else "hip length", fit=marks["fit"], closure="pullover",
                  fabric=YARN_WORDS.get(marks["yarn"], "knit"))
    return Design(garment, garment.layers.copy(), prints, fabric, truth)


def pattern_is_free(kind):
    """Whether a print takes any ground colour."""
    return kind in ("solid", "heather")


def cut_cardigan(rng, gender):
    fit = pick(rng, ("regular fit", "loose fit"), (3, 2))
    deep = rng.uniform(18, 30)
    cropped = gender == "women" and maybe(rng, 0.3)
    shorter = dict(hem=rng.uniform(86, 90)) if cropped else {}
    top = _knit_top(rng, gender, fit, "v-neck", deep, 7.5 if fit == "regular fit" else 10.5, rib=5, **shorter)
    garment = cut_top(top)
    neckband(garment, garment.layers, 1.8)
    label(garment.layers, garment.marks["back_neck"][0, 1] - 2)
    edge = garment.marks["neck"][0, 1]
    strip = garment.layers.mask(box(-1.8, edge + 3, 1.8, 55))
    garment.layers.mark(FRONT, strip, Region.NECK)
    garment.layers.lift(FRONT, strip, 0.16, 0.1, 0.45)
    garment.marks |= dict(fit=fit, cropped=cropped, gender=gender, yarn=pick(rng, ("knit", "wool", "cable", "rib"), (4, 2, 2, 1)),
                          pockets=not cropped and maybe(rng, 0.5))
    return garment


def dress_cardigan(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    cloth, colours, pattern = choose(["solid", "solid", "heather"], rng, pick(rng, YARNS))
    button = linear("brown") * 0.7 if luminance(colours[0]) > 0.1 else (0.5, 0.45, 0.36)
    for height in np.linspace(marks["neck"][0, 1] - 1.5, marks["hem"] + 2.5, 5 if marks["cropped"] else 6):
        layers.button(FRONT, (0, height), 0.75, button)
    if marks["pockets"]:
        for side in (-1, 1):
            pocket(layers, box(side * 10.5 - 5.5, 97, side * 10.5 + 5.5, 85), lift=0.12)
    fabric = Fabric(marks["yarn"], sheen=0.14, ribbed=True, crumple=0.06)
    truth = Truth("cardigan", marks["gender"], colours, pattern, neckline="v-neck", sleeve="long sleeve",
                  length="cropped" if marks["cropped"] else "hip length", fit=marks["fit"], closure="button front",
                  pockets=("patch pockets",) if marks["pockets"] else (), fabric=YARN_WORDS.get(marks["yarn"], "knit"))
    return Design(garment, layers, {None: cloth}, fabric, truth)


def _sweat(rng, gender, neckline, depth, fit, **changes):
    return _knit_top(rng, gender, fit, neckline, depth, 9.5 if fit == "regular fit" else 12.5, rib=6, cuff=6.5, **changes)


def cut_sweatshirt(rng, gender):
    fit = pick(rng, ("regular fit", "loose fit"))
    cropped = gender == "women" and maybe(rng, 0.25)
    top = _sweat(rng, gender, "crew neck", 8.5, fit, **(dict(hem=rng.uniform(86, 90)) if cropped else {}))
    garment = cut_top(laid_flat(top, rng, 3e-6) if maybe(rng, 0.25) else top)
    neckband(garment, garment.layers, 2.1)
    label(garment.layers, garment.marks["back_neck"][0, 1] - 2.2)
    neck = garment.marks["neck"][0, 1]
    garment.layers.groove(FRONT, [(-2.4, neck - 1.6), (0, neck - 5), (2.4, neck - 1.6)], 0.15, 0.06, 0.2)
    garment.marks |= dict(fit=fit, cropped=cropped, gender=gender)
    return garment


def dress_sweatshirt(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    kind = pick(rng, ("solid", "heather", "graphic", "block", "tiedye"), (3, 3, 3, 1.5, 0.7))
    base = pick(rng, SWEATS) if kind in ("solid", "heather", "graphic") else None
    cloth, colours, pattern = choose(["solid", "heather"] if kind == "graphic" else [kind], rng, base)
    if kind == "graphic":
        accents = graphic(layers, rng, colours[0], (0, 120), 1.05)
        colours, pattern = (colours[0], *[word for word in accents if word != colours[0]][:2]), "graphic"
    truth = Truth("sweatshirt", marks["gender"], colours, pattern, neckline="crew neck", sleeve="long sleeve",
                  length="cropped" if marks["cropped"] else "hip length", fit=marks["fit"], closure="pullover", fabric="fleece")
    return Design(garment, layers, {None: cloth}, Fabric("fleece", ribbed=True, sheen=0.12, crumple=0.08), truth)


def cut_hoodie(rng, gender):
    zipped = maybe(rng, 0.4)
    fit = pick(rng, ("regular fit", "loose fit"))
    top = _sweat(rng, gender, "v-neck" if zipped else "crew neck", 11 if zipped else 9.5, fit, neck_width=9.2)
    garment = cut_top(top)
    hood(garment, rng.uniform(0.94, 1.06), seed(rng))
    drawstrings(garment, rng.uniform(13, 19))
    kangaroo_pocket(garment.layers)
    label(garment.layers, garment.marks["back_neck"][0, 1] - 1.2)
    garment.marks |= dict(fit=fit, zipped=zipped, gender=gender)
    return garment


def dress_hoodie(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    if marks["zipped"]:
        zipper(layers, marks["neck"][0, 1] - 0.3, marks["hem"] - 2)
    kind = pick(rng, ("heather", "solid", "camo", "tiedye", "block"), (4, 5, 0.5, 0.7, 1))
    cloth, colours, pattern = choose([kind], rng, pick(rng, SWEATS) if pattern_is_free(kind) else None)
    cords = solid(pick(rng, ("ivory", colours[0]), (2, 1)))
    prints = {None: cloth, Region.CORD: cords, Region.TRIM: cords}
    truth = Truth("hoodie", marks["gender"], colours, pattern, hood=True, sleeve="long sleeve", length="hip length", fit=marks["fit"],
                  closure="zip front" if marks["zipped"] else "pullover", pockets=("kangaroo pocket",), fabric="fleece")
    return Design(garment, layers, prints, Fabric("fleece", ribbed=True, sheen=0.12, crumple=0.08), truth)


RECIPES = (
    Recipe("sweater", "sweater", ("women", "men"), cut_sweater, dress_sweater, 9.0),
    Recipe("cardigan", "cardigan", ("women", "men"), cut_cardigan, dress_cardigan, 4.5),
    Recipe("sweatshirt", "sweatshirt", ("women", "men"), cut_sweatshirt, dress_sweatshirt, 4.0),
    Recipe("hoodie", "hoodie", ("women", "men"), cut_hoodie, dress_hoodie, 5.0),
)
