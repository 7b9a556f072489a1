"""Trousers: chinos, suit trousers, pleated, cargo, flared, linen and corduroy."""

from dataclasses import dataclass, replace

from catalog.studio import denim
from catalog.studio.chance import maybe, pick
from catalog.studio.cloth import Cloth
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.palette import linear, luminance
from catalog.studio.prints import choose, solid
from catalog.studio.recipe import Recipe
from catalog.studio.recipes.legs import CHINOS, DENIM, LEGS, SOFT, WOOL, camera, sometimes_flat, tone_on_tone, trousers
from catalog.studio.regions import Region
from catalog.studio.trims import DARK_HORN, HORN
from catalog.studio.trousers import cut_trousers
from catalog.studio.truth import Truth
from catalog.studio.waist import band, cords, elastic, facing, fly, loops

SUITINGS = ("black", "navy", "charcoal", "grey", "camel", "olive", "beige", "ivory", "burgundy", "sage", "brown")


@dataclass(frozen=True)
class Style:
    """One kind of trousers. share: how often. legs: of LEGS, for women and for men. crease: how often ironed. wear: of wrinkles."""

    share: float
    legs: tuple
    mens_legs: tuple
    prints: tuple
    shades: tuple
    fabric: Fabric
    word: str
    style: tuple = ()
    cloth: Cloth = WOOL
    crease: float = 0.0
    wear: float = 0.5
    stitched: bool = False


COTTON, WOOLLEN, LINEN = Fabric("twill", crumple=0.12), Fabric("wool", relief=0.35, crumple=0.06), Fabric("linen", crumple=0.16)
STYLES = {
    "chino": Style(4, ("slim", "straight", "tapered"), ("slim", "straight", "tapered"),
                   ("solid",), CHINOS, COTTON, "cotton", ("chino",), wear=0.9, stitched=True),
    "suit": Style(3, ("slim", "straight"), ("slim", "straight", "straight"),
                  ("solid", "solid", "window", "pinstripe", "glen", "hounds"), SUITINGS, WOOLLEN, "wool", crease=1.0, wear=0.0),
    "pleated": Style(3, ("wide", "wide", "tapered"), ("tapered", "straight"),
                     ("solid", "solid", "solid", "pinstripe", "glen"), SUITINGS, WOOLLEN, "wool", ("pleated",), crease=1.0),
    "cargo": Style(2.5, ("straight", "loose", "wide"), ("straight", "loose", "tapered"),
                   ("solid", "solid", "camo"), CHINOS, COTTON, "cotton", cloth=DENIM, wear=0.9, stitched=True),
    "flared": Style(1, ("flare",), (), ("solid",), CHINOS, Fabric("jersey", relief=0.5, crumple=0.07), "cotton", crease=0.5),
    "linen": Style(2, ("wide", "loose"), ("loose", "straight"),
                   ("solid", "solid", "vstripes", "pinstripe"), CHINOS, LINEN, "linen", cloth=SOFT, wear=0.9),
    "cord": Style(1.5, ("straight", "wide", "flare"), ("straight", "tapered"),
                  ("solid",), CHINOS, Fabric("cord", sheen=0.12, crumple=0.08), "corduroy", cloth=DENIM, stitched=True),
}


def cut(rng, gender):
    women = gender == "women"
    known = {name: style for name, style in STYLES.items() if women or style.mens_legs}
    name = pick(rng, known, [style.share for style in known.values()])
    style = known[name]
    leg = pick(rng, style.legs if women else style.mens_legs)
    cropped = name in ("chino", "linen", "pleated") and leg not in ("wide", "flare") and maybe(rng, 0.3)
    creased = not cropped and maybe(rng, style.crease)
    stacked = name not in ("suit", "pleated", "linen") and leg in ("straight", "slim", "loose") and not cropped
    shape = trousers(rng, gender, leg, cropped, cloth=style.cloth, band=rng.uniform(3.4, 4.6), crease=0.7 if creased else 0.0,
                     stack=rng.uniform(0.4, 1.5) if stacked else 0.0, elastic=0.08 if name == "linen" else 0.0)
    if women and name in ("pleated", "suit", "linen"):
        shape = replace(shape, waist=shape.waist + 1.5)
    garment = cut_trousers(sometimes_flat(rng, shape, 0.2 if style.stitched else 0.0))
    layers, marks = garment.layers, garment.marks
    if style.wear:
        denim.creases_of_wear(layers, marks, rng, style.wear)
    if creased:
        denim.pressed_creases(layers, marks)
    if name == "linen":
        cords(garment, marks["waist"], marks["band"], rng.uniform(9, 13), apart=1.4)
    marks |= dict(gender=gender, leg=leg, cropped=cropped, style=name, pleats=pick(rng, (1, 2)))
    return garment


def _draw(layers, marks, colours, rng):
    """Band, fly, pockets: what a colourway's own thread and buttons are on."""
    name, top, height = marks["style"], marks["waist"], marks["band"]
    band(layers, top, height)
    facing(layers, top, height, linear(pick(rng, ("ivory", "silver", "beige"))))
    if name == "linen":
        elastic(layers, top, height, 3, 0.8, rng)
        denim.slant_openings(layers, marks)
        return
    button = DARK_HORN if luminance(colours[0]) > 0.15 else pick(rng, (HORN, linear(colours[0]) * 1.5 + 0.03), (1, 4))
    thread = tone_on_tone(colours[0]) if STYLES[name].stitched else None
    fly(layers, top, height, marks["rise"] + 8, 1 if marks["gender"] == "women" else -1, thread, button, 0.0, 3.2)
    denim.slant_openings(layers, marks, thread=thread)
    denim.back_welts(layers, marks, button)
    denim.side_seams(layers, marks, thread if name == "cargo" else None)
    if thread is not None:
        denim.hem_stitch(layers, marks, thread)
    if name == "pleated":
        denim.front_pleats(layers, marks, marks["pleats"])
    if name == "cargo":
        denim.cargo_pockets(layers, marks, marks["rise"] - 8, thread)
    if name != "flared":
        loops(layers, top, height, (marks["waist_width"] * 0.42, marks["waist_width"] * 0.92, -marks["waist_width"] * 0.5), thread)


def dress(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    name = marks["style"]
    style, leg = STYLES[name], LEGS[marks["leg"]]
    kind = pick(rng, style.prints)
    cloth, colours, pattern = choose([kind], rng, pick(rng, style.shades) if kind in ("solid", "window", "pinstripe") else None)
    _draw(layers, marks, colours, rng)
    cord = solid("ivory" if maybe(rng, 0.6) else colours[0])
    truth = Truth("trousers", marks["gender"], colours, pattern, length="cropped" if marks["cropped"] else "full length", fit=leg.fit,
                  closure=None if name == "linen" else "zip front", pockets=("cargo pockets",) if name == "cargo" else (),
                  fabric=style.word,
                  style=leg.style + style.style)
    return Design(garment, layers, {None: cloth, Region.CORD: cord, Region.TRIM: cord}, style.fabric, truth, None, camera(garment))


RECIPES = (Recipe("trousers", "trousers", ("women", "men"), cut, dress, 7.0),)
