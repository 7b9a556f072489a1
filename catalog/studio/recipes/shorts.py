"""Shorts: denim, chino, sweat and linen."""

from catalog.studio import denim
from catalog.studio.chance import maybe, pick, seed
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.palette import linear, luminance
from catalog.studio.prints import choose, solid
from catalog.studio.recipe import Recipe
from catalog.studio.recipes.jeans import five_pockets
from catalog.studio.recipes.legs import CHINOS, DENIM, SOFT, SWEATS, camera, sometimes_flat, tone_on_tone
from catalog.studio.regions import Region
from catalog.studio.trims import DARK_HORN, HORN
from catalog.studio.trousers import Trousers, cut_trousers
from catalog.studio.truth import Truth
from catalog.studio.waist import band, cords, elastic, eyelets, facing, fly, loops

STYLES = {"denim": 3, "chino": 3, "sweat": 3, "linen": 2}
PRINTS = {"denim": ("denim",), "chino": ("solid", "solid", "plaid", "floral"), "sweat": ("heather", "solid"),
          "linen": ("solid", "vstripes", "gingham", "tropical")}
FABRICS = {"denim": (Fabric("denim", crumple=0.12), "denim"), "chino": (Fabric("twill", crumple=0.12), "cotton"),
           "sweat": (Fabric("fleece", sheen=0.12, crumple=0.09), "fleece"), "linen": (Fabric("linen", crumple=0.15), "linen")}


def cut(rng, gender):
    women = gender == "women"
    style = pick(rng, STYLES, STYLES.values())
    hem = rng.uniform(60, 65) if women and maybe(rng, 0.6) else rng.uniform(50, 58)
    leg, pulled = rng.uniform(26.0, 28.0) + (0 if women else 0.8), style in ("sweat", "linen")
    shape = Trousers(gender, waist=rng.uniform(103.5, 107) if women else rng.uniform(102, 104.5), rise=rng.uniform(73, 75), hem=hem,
                     hip=24.8, thigh=leg + 0.2, leg=leg, elastic=0.09 if pulled else 0.0, band=rng.uniform(3.6, 4.8),
                     spread=rng.uniform(0.2, 0.8), ease=0.06, cloth=SOFT if pulled else DENIM, seed=seed(rng))
    garment = cut_trousers(sometimes_flat(rng, shape, 0.3))
    denim.creases_of_wear(garment.layers, garment.marks, rng, 0.9)
    if pulled:
        eyelets(garment.layers, shape.waist, shape.band, 1.9)
        cords(garment, shape.waist, shape.band, rng.uniform(9, 13), 1.9)
    garment.marks |= dict(gender=gender, style=style, length="knee length" if hem < 55 else "mini")
    return garment


def _draw(layers, marks, colours, rng):
    style, top, height, tone = marks["style"], marks["waist"], marks["band"], tone_on_tone(colours[0])
    if style == "denim":
        five_pockets(layers, marks, colours[0], arc=maybe(rng, 0.6))
        return
    band(layers, top, height)
    facing(layers, top, height, linear("silver"))
    denim.slant_openings(layers, marks, 0.66, 13, tone if style == "chino" else None)
    if style != "chino":
        elastic(layers, top, height, 3, 0.75, rng)
        return
    button = DARK_HORN if luminance(colours[0]) > 0.15 else HORN
    fly(layers, top, height, marks["rise"] + 8, 1, tone, button, 0.0, 3.2)
    loops(layers, top, height, (marks["waist_width"] * 0.42, marks["waist_width"] * 0.92, -marks["waist_width"] * 0.5))
    denim.back_welts(layers, marks, button)
    denim.hem_stitch(layers, marks, tone)


def dress(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    style = marks["style"]
    kind, (fabric, word) = pick(rng, PRINTS[style]), FABRICS[style]
    cloth, colours, pattern = choose([kind], rng, pick(rng, SWEATS if style == "sweat" else CHINOS) if kind in ("solid",
                                                                                                                "heather") else None)
    _draw(layers, marks, colours, rng)
    fade = denim.Fade(marks, rng, rng.uniform(0.1, 0.3), 4, 0.0) if style == "denim" and colours[0] in ("blue", "sky") else None
    cord = solid("ivory" if maybe(rng, 0.6) else colours[0])
    truth = Truth("shorts", marks["gender"], colours, pattern, length=marks["length"], fit="regular fit",
                  closure="zip front" if style in ("denim", "chino") else None, fabric=word, style=("chino",) if style == "chino" else ())
    return Design(garment, layers, {None: cloth, Region.CORD: cord, Region.TRIM: cord}, fabric, truth, fade, camera(garment))


RECIPES = (Recipe("shorts", "shorts", ("women", "men"), cut, dress, 4.0),)
