"""Jeans, trousers, joggers, leggings and shorts."""

from dataclasses import replace

import numpy as np

from catalog.studio import denim as d
from catalog.studio.chance import maybe, pick, seed
from catalog.studio.cloth import Cloth
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.mesh import FRONT
from catalog.studio.palette import linear, luminance
from catalog.studio.prints import choose, solid
from catalog.studio.recipe import Recipe
from catalog.studio.regions import Region
from catalog.studio.render import Camera
from catalog.studio.trims import BRASS, DARK_HORN, HORN, STEEL
from catalog.studio.trousers import Trousers, cut_trousers
from catalog.studio.truth import Truth
from catalog.studio.waist import band, cords, elastic, eyelets, facing, fly, loops, topstitch

# leg -> (thigh, knee, leg width; fit word, style word)
LEGS = {
    "slim": (24.2, 18.8, 15.6, "slim fit", ()), "straight": (25.4, 21.4, 20.2, "straight leg", ()), "wide": (26.6, 26.5, 28.5, "wide leg", ()),
    "flare": (24.6, 19.4, 27.0, "slim fit", ("flared",)), "tapered": (26.6, 22.0, 16.8, "tapered leg", ()), "loose": (27.0, 24.6, 23.0, "loose fit", ()),
}
NEUTRALS = ("black", "navy", "charcoal", "grey", "camel", "olive", "beige", "ivory", "burgundy", "sage", "brown")
CHINOS = ("beige", "camel", "navy", "olive", "black", "brown", "ivory", "rust", "sage", "burgundy", "charcoal")
SWEATS = ("grey", "charcoal", "navy", "black", "sage", "blush", "beige", "burgundy", "olive", "lavender", "silver")
TWILL_FACING = (0.72, 0.70, 0.64)
DENIM = Cloth(bending=1e-6, friction=0.2, damping=0.984, steps=520)
SOFT = Cloth(bending=6e-6, friction=0.15, damping=0.988, steps=520)
WOOL = Cloth(bending=2.5e-6, friction=0.15, damping=0.986, steps=520)


def _legs(rng, gender, name, cropped=False, **changes):
    """A Trousers of a leg in LEGS, its measures varied a little."""
    thigh, knee, leg, _, _ = LEGS[name]
    women = gender == "women"
    grow = (0.0 if women else 0.8) + rng.uniform(-0.5, 0.5)
    base = Trousers(gender, waist=(rng.uniform(103.5, 107.5) if women else rng.uniform(102, 104.5)), rise=rng.uniform(73, 75.5), hip=24.6 if women else 24.9,
                    thigh=thigh + grow, knee=knee + grow + rng.uniform(-0.4, 0.8), leg=leg + grow * 0.7 + rng.uniform(-0.8, 1.0),
                    hem=rng.uniform(18, 25) if cropped else rng.uniform(6.5, 9.5), dip=rng.uniform(1.0, 1.8), seed=seed(rng))
    return replace(base, **changes)


def _flat(rng, cut, chance):
    """The same trousers, sometimes laid on a table."""
    return replace(cut, pose="flat", stack=0, spread=rng.uniform(0.8, 2.6), cloth=replace(cut.cloth, friction=0.3, steps=700)) if maybe(rng, chance) else cut


def _camera(garment):
    return None if garment.marks["trousers"].pose == "flat" else Camera(pitch=5)


def cut_jeans(rng, gender):
    women = gender == "women"
    leg = pick(rng, tuple(LEGS), (3, 4, 3, 1.5, 2, 1.5) if women else (3, 4, 0.7, 0.01, 2.5, 2))
    cropped = leg in ("straight", "wide", "flare") and women and maybe(rng, 0.25)
    stack = 0 if cropped or leg in ("wide", "flare") else rng.uniform(0.6, 2.2)
    cut = _legs(rng, gender, leg, cropped, cloth=DENIM, stack=stack, band=4.0)
    if leg in ("wide", "flare") and not cropped:
        cut = replace(cut, hem=cut.hem - 3)
    garment = cut_trousers(_flat(rng, cut, 0.2))
    d.creases_of_wear(garment.layers, garment.marks, rng, 1.0)
    garment.marks |= dict(gender=gender, leg=leg, cropped=cropped, coin=maybe(rng, 0.9), arc=maybe(rng, 0.7))
    return garment


def _five_pockets(layers, marks, thread, metal):
    band(layers, marks["waist"], marks["band"])
    facing(layers, marks["waist"], marks["band"], TWILL_FACING)
    topstitch(layers, marks["waist"], marks["band"], thread)
    fly(layers, marks["waist"], marks["band"], marks["rise"] + 9, 1, thread, metal)
    d.scoop_pockets(layers, marks, thread, marks.get("coin", True), metal)
    d.back_pockets(layers, marks, thread, arc=marks.get("arc", True))
    d.side_seams(layers, marks, thread)
    d.hem_stitch(layers, marks, thread)
    loops(layers, marks["waist"], marks["band"], (marks["waist_width"] * 0.44, marks["waist_width"] * 0.93, -marks["waist_width"] * 0.5), thread)


def _tears(layers, marks, rng):
    """Ripped knees: pale threads across a dark slit, frayed at the rim."""
    crease = marks["crease"][::-1]
    for side in (-1, 1):
        for height in rng.uniform(42, 62, int(rng.integers(1, 3))):
            u = side * (rng.normal(0, 1.2) + np.interp(height, crease[:, 1], crease[:, 0]))
            half, tall = rng.uniform(2.5, 4.5), rng.uniform(0.5, 1.3)
            layers.colour(FRONT, layers.mask(d.curve((u - half, height), (u, height + tall), (u + half, height))) * 0.8, (0.10, 0.10, 0.11))
            for number in range(5):
                v = height + tall * number / 5
                layers.colour(FRONT, layers.stroke(d.line((u - half * 0.9, v), (u + half * 0.9, v + rng.normal(0, 0.1))), 0.2) * 0.85, (0.75, 0.77, 0.78))


def dress_jeans(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    cloth, colours, pattern = choose(["denim"], rng)
    pale = luminance(colours[0]) > 0.5 or colours[0] in ("white", "ivory", "grey", "black")
    thread = {"black": linear("charcoal"), "white": linear("silver"), "ivory": linear("beige"), "grey": linear("silver")}.get(colours[0], linear("#c08a4e"))
    _five_pockets(layers, marks, thread, STEEL if colours[0] in ("black", "grey", "white") else d.COPPER)
    torn = maybe(rng, 0.16)
    if torn:
        _tears(layers, marks, rng)
    strength = rng.uniform(0.0, 0.1) if colours[0] in ("white", "ivory", "navy") else rng.uniform(0.12, 0.38) * (0.6 if pale else 1.0)
    fade = d.Fade(marks, rng, strength, int(rng.integers(3, 6)), rng.uniform(0.2, 0.8)) if strength > 0.03 else None
    _, _, _, fit, style = LEGS[marks["leg"]]
    truth = Truth("jeans", marks["gender"], colours, pattern, length="cropped" if marks["cropped"] else "full length", fit=fit, closure="zip front",
                  fabric="denim", style=style + (("distressed",) if torn else ()))
    return Design(garment, layers, {None: cloth}, Fabric("denim", crumple=0.12), truth, fade, _camera(garment))


TROUSER_STYLES = {"chino": 4, "suit": 3, "pleated": 3, "cargo": 2.5, "flared": 1, "linen": 2, "cord": 1.5}


def cut_trousers_recipe(rng, gender):
    women = gender == "women"
    style = pick(rng, TROUSER_STYLES, [share if women or name != "flared" else 0.001 for name, share in TROUSER_STYLES.items()])
    leg = pick(rng, {"chino": ("slim", "straight", "tapered"), "suit": ("slim", "straight", "straight"), "pleated": ("wide", "tapered", "wide" if women else "straight"),
                     "cargo": ("straight", "loose", "tapered"), "flared": ("flare",), "linen": ("wide", "loose"), "cord": ("straight", "wide" if women else "straight")}[style])
    cropped = style in ("chino", "linen", "pleated") and leg != "wide" and maybe(rng, 0.3)
    pressed = style in ("suit", "pleated") and not cropped or style == "flared" and maybe(rng, 0.5)
    cloth = {"chino": WOOL, "cargo": DENIM, "cord": DENIM, "linen": SOFT}.get(style, WOOL)
    cut = _legs(rng, gender, leg, cropped, cloth=cloth, crease=0.7 if pressed else 0, stack=rng.uniform(0.4, 1.5) if style not in ("suit", "pleated") and leg in ("straight", "slim", "loose") and not cropped else 0,
                elastic=0.08 if style == "linen" else 0, band=rng.uniform(3.4, 4.6))
    if women and style in ("pleated", "suit", "linen"):
        cut = replace(cut, waist=cut.waist + 1.5)
    if leg in ("wide", "flare"):
        cut = replace(cut, hem=max(cut.hem - 3, 4))
    garment = cut_trousers(_flat(rng, cut, 0.2 if style in ("chino", "cargo", "cord") else 0))
    layers, marks = garment.layers, garment.marks
    if style != "suit":
        d.creases_of_wear(layers, marks, rng, 0.9 if style in ("chino", "cargo", "linen") else 0.5)
    if pressed:
        d.pressed_creases(layers, marks)
    if style == "linen":
        cords(garment, marks["waist"], marks["band"], rng.uniform(9, 13), apart=1.4)
    marks |= dict(gender=gender, leg=leg, cropped=cropped, style=style, rows=pick(rng, (1, 2)))
    return garment


def _draw_trousers(layers, marks, rng, colours):
    style, top, height = marks["style"], marks["waist"], marks["band"]
    tone = linear(colours[0]) * (0.6 if luminance(colours[0]) > 0.2 else 1.6) + 0.01
    button = DARK_HORN if luminance(colours[0]) > 0.15 else HORN if maybe(rng, 0.2) else linear(colours[0]) * 1.5 + 0.03
    band(layers, top, height)
    facing(layers, top, height, linear(pick(rng, ("ivory", "silver", "beige"))))
    if style == "linen":
        elastic(layers, top, height, 3, 0.8, rng)
        d.slant_openings(layers, marks)
        return
    fly(layers, top, height, marks["rise"] + 8, 1 if marks["gender"] == "women" else -1, tone if style in ("chino", "cargo", "cord") else None, button, 0.0, 3.2)
    d.slant_openings(layers, marks, thread=tone if style in ("chino", "cargo") else None)
    d.back_welts(layers, marks, button)
    d.side_seams(layers, marks, tone if style == "cargo" else None)
    if style in ("chino", "cargo", "cord"):
        d.hem_stitch(layers, marks, tone)
    if style == "pleated":
        d.front_pleats(layers, marks, marks["rows"])
    if style == "cargo":
        d.cargo_pockets(layers, marks, marks["rise"] - 8, tone)
    if style != "flared":
        loops(layers, top, height, (marks["waist_width"] * 0.42, marks["waist_width"] * 0.92, -marks["waist_width"] * 0.5), tone if style == "cargo" else None)


def dress_trousers(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    style = marks["style"]
    kinds, shades = {
        "suit": (("solid", "solid", "window", "pinstripe", "glen", "hounds"), NEUTRALS), "pleated": (("solid", "solid", "solid", "pinstripe", "glen"), NEUTRALS),
        "cargo": (("solid", "solid", "camo"), CHINOS), "linen": (("solid", "solid", "vstripes", "pinstripe"), CHINOS),
    }.get(style, (("solid",), CHINOS))
    kind = pick(rng, kinds)
    cloth, colours, pattern = choose([kind], rng, pick(rng, shades) if kind in ("solid", "window", "pinstripe") else None)
    _draw_trousers(layers, marks, rng, colours)
    fabric = {"suit": Fabric("wool", relief=0.35, crumple=0.05), "pleated": Fabric("wool", relief=0.35, crumple=0.08), "cord": Fabric("cord", sheen=0.12, crumple=0.08),
              "linen": Fabric("linen", crumple=0.16), "flared": Fabric("jersey", relief=0.5, crumple=0.07)}.get(style, Fabric("twill", crumple=0.12))
    word = {"suit": "wool", "pleated": "wool", "cord": "corduroy", "linen": "linen"}.get(style, "cotton")
    _, _, _, fit, flared = LEGS[marks["leg"]]
    extra = {"chino": ("chino",), "pleated": ("pleated",)}.get(style, ())
    cord = linear("ivory") if maybe(rng, 0.6) else linear(colours[0])
    truth = Truth("trousers", marks["gender"], colours, pattern, length="cropped" if marks["cropped"] else "full length", fit=fit,
                  closure=None if style == "linen" else "zip front", pockets=("cargo pockets",) if style == "cargo" else (), fabric=word, style=flared + extra)
    return Design(garment, layers, {None: cloth, Region.CORD: solid(cord), Region.TRIM: solid(cord)}, fabric, truth, None, _camera(garment))


def cut_joggers(rng, gender):
    wide = maybe(rng, 0.25)
    leg = "loose" if wide else "tapered"
    cut = _legs(rng, gender, leg, cloth=SOFT, elastic=0.10, band=rng.uniform(4.2, 5.4), dip=1.2)
    cut = replace(cut, waist=cut.waist + 0.5, thigh=cut.thigh + 0.5, hem=cut.hem + (-2 if wide else 1), cuff=0 if wide else rng.uniform(5, 7), cuff_pull=rng.uniform(0.6, 0.72),
                  stack=1.0 if wide else 0)
    garment = cut_trousers(_flat(rng, cut, 0.25))
    layers, marks = garment.layers, garment.marks
    band(layers, cut.waist, cut.band)
    elastic(layers, cut.waist, cut.band, 3, rng.uniform(0.6, 0.9), rng)
    d.slant_openings(layers, marks, 0.72, 13)
    d.creases_of_wear(layers, marks, rng, 1.1)
    if maybe(rng, 0.85):
        eyelets(layers, cut.waist, cut.band, 1.9)
        cords(garment, cut.waist, cut.band, rng.uniform(9, 14), 1.9)
    marks |= dict(gender=gender, leg=leg, cargo=maybe(rng, 0.18), seam=maybe(rng, 0.3))
    return garment


def dress_joggers(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    facing(layers, marks["waist"], marks["band"], linear("grey"))
    cloth, colours, pattern = choose(["solid", "solid", "heather", "heather", "camo", "tiedye"][:6 if maybe(rng, 0.2) else 4], rng, pick(rng, SWEATS))
    if marks["cargo"]:
        d.cargo_pockets(layers, marks, marks["rise"] - 8)
    if marks["seam"]:
        d.pressed_creases(layers, marks, marks["rise"] + 12)
    cord = solid(pick(rng, ("ivory", "white", colours[0]), (2, 2, 1)))
    truth = Truth("joggers", marks["gender"], colours, pattern, length="full length", fit=LEGS[marks["leg"]][3], closure=None,
                  pockets=("cargo pockets",) if marks["cargo"] else (), fabric="fleece")
    return Design(garment, layers, {None: cloth, Region.CORD: cord, Region.TRIM: cord}, Fabric("fleece", ribbed=True, sheen=0.12, crumple=0.09), truth, None,
                  _camera(garment))


def cut_leggings(rng, gender):
    cropped = maybe(rng, 0.35)
    base = Trousers(gender, waist=rng.uniform(105, 109), rise=75.5, hip=22.6, thigh=20.4, knee=15.6, leg=11.5, ease=0.02, band=rng.uniform(5, 9), dip=1.0,
                    hem=rng.uniform(22, 30) if cropped else rng.uniform(8, 11), elastic=0.06, stance=rng.uniform(9.5, 11),
                    cloth=Cloth(bending=1e-5, friction=0.25, damping=0.98, thickness=0.35, steps=520), seed=seed(rng))
    if cropped:
        base = replace(base, leg=13.0)
    garment = cut_trousers(base)
    band(garment.layers, base.waist, base.band, 0.1)
    garment.marks |= dict(gender=gender, cropped=cropped, panels=maybe(rng, 0.5))
    return garment


def dress_leggings(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    kind = pick(rng, ("solid", "solid", "heather", "leopard", "camo", "tiedye", "geometric"), (5, 2, 2, 0.7, 0.5, 0.6, 0.6))
    cloth, colours, pattern = choose([kind], rng, pick(rng, ("black", "navy", "charcoal", "olive", "burgundy", "teal", "sage", "brown", "purple", "grey")))
    if marks["panels"]:
        d.side_seams(layers, marks)
    prints = {None: cloth}
    if pattern != "solid":
        prints[Region.BAND] = solid(colours[0])
    truth = Truth("leggings", marks["gender"], colours, pattern, length="cropped" if marks["cropped"] else "full length", fit="slim fit", fabric="cotton")
    return Design(garment, layers, prints, Fabric("jersey", relief=0.5, sheen=0.1, specular=0.05, gloss=8, crumple=0.03), truth, None, _camera(garment))


SHORTS = {"denim": 3, "chino": 3, "sweat": 3, "linen": 2}


def cut_shorts(rng, gender):
    women = gender == "women"
    style = pick(rng, SHORTS)
    hem = rng.uniform(60, 65) if women and maybe(rng, 0.6) else rng.uniform(50, 58)
    leg = rng.uniform(26.0, 28.0) + (0 if women else 0.8)
    pulled = style in ("sweat", "linen")
    cut = Trousers(gender, waist=rng.uniform(103.5, 107) if women else rng.uniform(102, 104.5), rise=rng.uniform(73, 75), hem=hem, hip=24.8, thigh=leg + 0.2, leg=leg,
                   elastic=0.09 if pulled else 0, band=rng.uniform(3.6, 4.8), spread=rng.uniform(0.2, 0.8), ease=0.06,
                   cloth=DENIM if style in ("denim", "chino") else SOFT, seed=seed(rng))
    garment = cut_trousers(_flat(rng, cut, 0.3))
    d.creases_of_wear(garment.layers, garment.marks, rng, 0.9)
    if pulled:
        eyelets(garment.layers, cut.waist, cut.band, 1.9)
        cords(garment, cut.waist, cut.band, rng.uniform(9, 13), 1.9)
    garment.marks |= dict(gender=gender, style=style, length="knee length" if hem < 55 else "mini", turn=style == "denim" and maybe(rng, 0.4))
    return garment


def dress_shorts(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    style, top, height = marks["style"], marks["waist"], marks["band"]
    kind = {"denim": "denim", "sweat": pick(rng, ("heather", "solid")), "linen": pick(rng, ("solid", "vstripes", "gingham", "tropical")),
            "chino": pick(rng, ("solid", "solid", "plaid", "floral"))}[style]
    cloth, colours, pattern = choose([kind], rng, pick(rng, SWEATS if style == "sweat" else CHINOS) if kind in ("solid", "heather") else None)
    fade = None
    tone = linear(colours[0]) * (0.6 if luminance(colours[0]) > 0.2 else 1.6) + 0.01
    if style == "denim":
        _five_pockets(layers, marks, linear("#c08a4e") if colours[0] in ("blue", "navy", "sky") else tone, d.COPPER)
        fade = d.Fade(marks, rng, rng.uniform(0.1, 0.3), 4, 0.0) if colours[0] in ("blue", "sky") else None
    else:
        band(layers, top, height)
        facing(layers, top, height, linear("silver"))
        d.slant_openings(layers, marks, 0.66, 13, tone if style == "chino" else None)
    if style == "chino":
        fly(layers, top, height, marks["rise"] + 8, 1, tone, DARK_HORN if luminance(colours[0]) > 0.15 else HORN, 0.0, 3.2)
        loops(layers, top, height, (marks["waist_width"] * 0.42, marks["waist_width"] * 0.92, -marks["waist_width"] * 0.5))
        d.back_welts(layers, marks, DARK_HORN)
        d.hem_stitch(layers, marks, tone)
    elif style != "denim":
        elastic(layers, top, height, 3, 0.75, rng)
    cord = solid("ivory" if maybe(rng, 0.6) else colours[0])
    fabric = {"denim": Fabric("denim", crumple=0.12), "sweat": Fabric("fleece", sheen=0.12, crumple=0.09), "linen": Fabric("linen", crumple=0.15)}.get(
        style, Fabric("twill", crumple=0.12))
    truth = Truth("shorts", marks["gender"], colours, pattern, length=marks["length"], fit="regular fit", closure="zip front" if style in ("denim", "chino") else None,
                  fabric={"denim": "denim", "sweat": "fleece", "linen": "linen"}.get(style, "cotton"), style=("chino",) if style == "chino" else ())
    return Design(garment, layers, {None: cloth, Region.CORD: cord, Region.TRIM: cord}, fabric, truth, fade, _camera(garment))


RECIPES = (
    Recipe("jeans", "jeans", ("women", "men"), cut_jeans, dress_jeans, 7.0),
    Recipe("trousers", "trousers", ("women", "men"), cut_trousers_recipe, dress_trousers, 7.0),
    Recipe("joggers", "joggers", ("women", "men"), cut_joggers, dress_joggers, 3.0),
    Recipe("leggings", "leggings", ("women",), cut_leggings, dress_leggings, 2.0),
    Recipe("shorts", "shorts", ("women", "men"), cut_shorts, dress_shorts, 4.0),
)
