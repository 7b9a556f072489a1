"""T-shirts and tank tops."""

from catalog.studio.chance import maybe, pick, seed
from catalog.studio.cloth import Cloth
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.palette import linear
from catalog.studio.prints import choose, graphic, solid
from catalog.studio.recipe import Recipe
from catalog.studio.regions import Region
from catalog.studio.tops import Sleeve, Top, cut_top, laid_flat
from catalog.studio.trims import chest_pocket, label, neckband
from catalog.studio.truth import Truth

EASE = {"slim fit": 5.2, "regular fit": 6.5, "loose fit": 10.0}
DEPTH = {"crew neck": 8.5, "v-neck": 14.0, "scoop neck": 12.5, "boat neck": 6.0, "square neck": 12.0}


def cut_tee(rng, gender):
    women = gender == "women"
    fit = pick(rng, EASE, (3, 5, 3) if women else (1, 5, 3))
    neckline = (pick(rng, ("crew neck", "v-neck", "scoop neck", "boat neck"), (5, 2, 2, 1)) if women
                else pick(rng, ("crew neck", "v-neck"), (4, 1)))
    long = maybe(rng, 0.25)
    cropped = women and not long and fit != "slim fit" and maybe(rng, 0.3)
    ease = EASE[fit] + rng.uniform(-0.5, 0.5)
    sleeve = Sleeve(56, 11.5 + (fit == "loose fit"), fill=0.86) if long else Sleeve(
        rng.uniform(17, 22) + 3 * (fit == "loose fit"), (15 if women else 17.5) + 2.5 * (fit == "loose fit"))
    top = Top(gender, neckline, DEPTH[neckline] + rng.uniform(-0.8, 0.8), 9.6 if neckline in ("scoop neck", "boat neck") else 8.6,
              sleeve=sleeve, ease=ease, drop=2.5 if fit == "loose fit" else 0.0, hem_width=(22.0 if women else 25) + ease - 6,
              hem=rng.uniform(90, 94) if cropped else rng.uniform(79, 84) - (0 if women else 3.5),
              waist_in=0.8 if women and fit == "slim fit" else 0.0, pose=pick(rng, ("worn", "flat"), (3, 1)), arm_angle=rng.uniform(9, 22),
              cloth=Cloth(bending=10 ** rng.uniform(-5.5, -4.9), pressure=120), seed=seed(rng))
    garment = cut_top(top if top.pose == "worn" else laid_flat(top, rng))
    neckband(garment, garment.layers, 1.6 if neckline != "boat neck" else 1.1)
    label(garment.layers, garment.marks["back_neck"][0, 1] - 1.2)
    garment.marks |= dict(neckline=neckline, fit=fit, long=long, cropped=cropped, gender=gender)
    return garment


def dress_tee(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    kind = pick(rng, ("solid", "heather", "pocket", "breton", "stripes", "graphic", "block", "tiedye", "camo", "leopard"),
                (4, 3, 1.5, 3, 2, 3.5, 1, 0.5, 0.3, 0.3))
    kind = "solid" if marks["long"] and kind == "graphic" and maybe(rng, 0.5) else kind
    prints, pockets = {}, ()
    if kind == "graphic":
        cloth, colours, pattern = choose(["solid", "heather"], rng)
        accents = graphic(layers, rng, colours[0], (0, 122), 1.0 if marks["gender"] == "women" else 1.12)
        colours, pattern = (*colours[:1], *[word for word in accents if word != colours[0]][:2]), "graphic"
    else:
        cloth, colours, pattern = choose(["solid", "heather"] if kind == "pocket" else [kind], rng)
    if kind == "pocket":
        chest_pocket(layers, 9, 127, stitch=linear(colours[0]) * 0.5, depth=11)
        pockets = ("chest pocket",)
    if pattern in ("striped", "colour-block", "tie-dye") and maybe(rng, 0.6):
        prints[Region.NECK] = solid(colours[-1] if pattern == "striped" and maybe(rng, 0.4) else colours[0])
    truth = Truth("t-shirt", marks["gender"], colours, pattern, neckline=marks["neckline"],
                  sleeve="long sleeve" if marks["long"] else "short sleeve", length="cropped" if marks["cropped"] else "hip length",
                  fit=marks["fit"], closure="pullover", pockets=pockets, fabric="cotton")
    return Design(garment, layers, {None: cloth, **prints}, Fabric("jersey"), truth)


def cut_tank(rng, gender):
    women = gender == "women"
    neckline = pick(rng, ("scoop neck", "crew neck", "v-neck", "square neck"), (4, 2, 2, 2 if women else 0.01))
    fit = pick(rng, ("slim fit", "regular fit"), (1, 1) if women else (0.2, 1))
    cropped = women and maybe(rng, 0.3)
    ease = 3.6 if fit == "slim fit" else 5.2
    depth = {"crew neck": 9, "v-neck": 15, "scoop neck": 14, "square neck": 12}[neckline]
    top = Top(gender, neckline, depth, 9.5, back_neck_depth=5, sleeve=None, strap=rng.uniform(12.8, 14.2) if women else 16.0, ease=ease,
              hem_width=(20.5 if women else 23.5) + ease - 3, waist_in=0.8 if women and fit == "slim fit" else 0,
              hem=rng.uniform(93, 97) if cropped else rng.uniform(81, 86) - (0 if women else 3),
              cloth=Cloth(bending=10 ** rng.uniform(-5.5, -5), pressure=20), seed=seed(rng))
    garment = cut_top(top)
    neckband(garment, garment.layers, 1.2)
    label(garment.layers, garment.marks["back_neck"][0, 1] - 1.2)
    garment.marks |= dict(neckline=neckline, fit=fit, cropped=cropped, gender=gender)
    return garment


def dress_tank(garment, rng):
    marks = garment.marks
    rib = marks["fit"] == "slim fit" and maybe(rng, 0.5)
    kinds = ["solid", "heather"] if rib else ["solid", "heather", "stripes", "floral", "polka", "breton", "leopard"]
    cloth, colours, pattern = choose(kinds, rng)
    truth = Truth("tank top", marks["gender"], colours, pattern, neckline=marks["neckline"], sleeve="sleeveless",
                  length="cropped" if marks["cropped"] else "hip length", fit=marks["fit"], closure="pullover", fabric="cotton")
    return Design(garment, garment.layers.copy(), {None: cloth}, Fabric("rib" if rib else "jersey", relief=0.8 if rib else 1.0), truth)


RECIPES = (
    Recipe("tee", "t-shirt", ("women", "men"), cut_tee, dress_tee, 9.0),
    Recipe("tank", "tank top", ("women", "men"), cut_tank, dress_tank, 3.0),
)
