"""Shirts with a collar, and blouses."""

from catalog.studio.chance import maybe, pick, seed
from catalog.studio.cloth import Cloth
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.palette import linear, luminance
from catalog.studio.parts import shirt_collar
from catalog.studio.prints import choose
from catalog.studio.recipe import Recipe
from catalog.studio.tops import Sleeve, Top, cut_top, laid_flat
from catalog.studio.trims import DARK_HORN, HORN, chest_pocket, cuff_button, label, neckband, placket, yoke
from catalog.studio.truth import Truth

EASE = {"slim fit": 5.0, "regular fit": 7.5, "loose fit": 10.5}
DRESSY = ["solid", "vstripes", "pinstripe", "gingham", "plaid", "window", "floral", "denim"]
CALM = ("white", "sky", "navy", "blush", "black", "sage", "ivory", "olive", "beige", "lavender")
SOFT = ("blush", "ivory", "black", "burgundy", "teal", "lavender", "rust", "sage", "white", "navy", "green")


def cut_shirt(rng, gender):
    women = gender == "women"
    fit = pick(rng, EASE, (2, 4, 3))
    short = maybe(rng, 0.28)
    ease = EASE[fit]
    sleeve = Sleeve(rng.uniform(20, 25), 16.5 if women else 19) if short else Sleeve(58, 13.2, cuff=5.5, cuff_pull=0.84, fill=0.78)
    top = Top(gender, "crew neck", 8, 8.2, 1.5, sleeve, ease=ease, drop=2.0 if fit == "loose fit" else 0,
              hem_width=(22.8 if women else 25.5) + ease - 6, hem=rng.uniform(76, 80) - (0 if women else 2.5),
              tail=pick(rng, (0.0, 3.5, 4.5)), arm_angle=rng.uniform(8, 18), waist_in=1.2 if women and fit == "slim fit" else 0,
              cloth=Cloth(bending=10 ** rng.uniform(-6, -5.3), friction=0.12, pressure=120), seed=seed(rng))
    garment = cut_top(laid_flat(top, rng, 2e-6) if maybe(rng, 0.2) else top)
    layers, marks = garment.layers, garment.marks
    shirt_collar(garment, spread=rng.uniform(0.3, 0.7), point=rng.uniform(6.2, 7.6))
    label(layers, marks["back_neck"][0, 1] - 1.2)
    yoke(layers, [(8, 144), (24, 139)], 138)
    marks |= dict(fit=fit, short=short, gender=gender, pockets=pick(rng, (0, 1, 2), (3, 3, 2)))
    return garment


def dress_shirt(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    kinds = DRESSY + (["tropical", "camp", "floral"] if marks["short"] else [])
    kind = pick(rng, [one for one in kinds if one != "camp"])
    base = pick(rng, CALM) if kind in ("solid", "vstripes", "pinstripe") else None
    cloth, colours, pattern = choose([kind], rng, base)
    denim = pattern == "denim wash"
    button = linear("camel") if denim else DARK_HORN if luminance(colours[0]) > 0.5 and maybe(rng, 0.25) else HORN
    placket(layers, marks["neck"][0, 1], marks["hem"] - marks["tail"] - 1, 7, button, last=marks["hem"] + 7)
    stitch = linear("camel") if denim else None
    for side in ((1,), (1, -1))[marks["pockets"] - 1] if marks["pockets"] else ():
        chest_pocket(layers, 10 * side, 127, stitch=stitch)
    if not marks["short"]:
        cuff_button(garment, layers, button)
    fabric = Fabric("denim", crumple=0.12) if denim else Fabric(pick(rng, ("poplin", "linen"), (3, 1)), relief=0.6, crumple=0.13)
    truth = Truth("shirt", marks["gender"], colours, pattern, collar="shirt collar",
                  sleeve="short sleeve" if marks["short"] else "long sleeve", length="hip length", fit=marks["fit"],
                  closure="button front", pockets=("chest pocket",) if marks["pockets"] else (),
                  fabric="denim" if denim else "linen" if fabric.kind == "linen" else "cotton")
    return Design(garment, layers, {None: cloth}, fabric, truth)


def cut_blouse(rng, gender):
    neckline = pick(rng, ("v-neck", "boat neck", "crew neck"), (3, 1, 2))
    long = maybe(rng, 0.65)
    puff = rng.uniform(1.2, 3.2)
    sleeve = Sleeve(56 if long else rng.uniform(27, 33), 16.5 if long else 15.0, puff=puff, cuff=4 if long else 2.5,
                    cuff_pull=0.5 if long else 0.62, fill=0.9)
    peplum = maybe(rng, 0.3)
    depth = {"v-neck": rng.uniform(13, 17), "boat neck": 6, "crew neck": 8}[neckline]
    top = Top(gender, neckline, depth, 12 if neckline == "boat neck" else 9.5, 2.0, sleeve, ease=8.5, hem_width=26,
              hem=rng.uniform(76, 82), rib=2.5 if peplum else 0, rib_pull=0.74, arm_angle=rng.uniform(10, 20),
              cloth=Cloth(bending=rng.uniform(1, 3) * 1e-6, friction=0.12, pressure=140), seed=seed(rng))
    garment = cut_top(top)
    neckband(garment, garment.layers, 1.0)
    label(garment.layers, garment.marks["back_neck"][0, 1] - 1.2)
    garment.marks |= dict(neckline=neckline, long=long, gender=gender)
    return garment


def dress_blouse(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    satin = maybe(rng, 0.4)
    kinds = ["solid"] if satin and maybe(rng, 0.6) else ["floral", "floral", "polka", "solid", "leopard", "stripes", "ditsy"]
    cloth, colours, pattern = choose(kinds, rng, pick(rng, SOFT))
    buttons = marks["neckline"] == "crew neck" or maybe(rng, 0.3)
    if buttons:
        placket(layers, marks["neck"][0, 1], marks["hem"], 9, linear(colours[0]) * 0.8 + 0.1, 1.1, 0.42)
    fabric = (Fabric("satin", crumple=0.13, specular=0.10 + 0.14 * luminance(colours[0]), gloss=11) if satin
              else Fabric("poplin", relief=0.4, crumple=0.14))
    truth = Truth("blouse", marks["gender"], colours, pattern, neckline=marks["neckline"],
                  sleeve="long sleeve" if marks["long"] else "half sleeve", length="hip length", fit="regular fit",
                  closure="button front" if buttons else "pullover", fabric="satin" if satin else "chiffon")
    return Design(garment, layers, {None: cloth}, fabric, truth)


RECIPES = (
    Recipe("shirt", "shirt", ("women", "men"), cut_shirt, dress_shirt, 7.0),
    Recipe("blouse", "blouse", ("women",), cut_blouse, dress_blouse, 5.0),
)
