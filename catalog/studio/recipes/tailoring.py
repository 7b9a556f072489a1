"""Blazers and coats."""

import numpy as np

from catalog.studio.bodice import NECK_HEIGHT
from catalog.studio.chance import maybe, pick, seed
from catalog.studio.cloth import Cloth
from catalog.studio.curves import box, line
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.mesh import FRONT
from catalog.studio.palette import linear, luminance
from catalog.studio.parts import tailored_collar
from catalog.studio.prints import choose
from catalog.studio.recipe import Recipe
from catalog.studio.tops import Sleeve, Top, cut_top
from catalog.studio.trims import belt, cuff_button, label, lapels, pocket, welt_pocket
from catalog.studio.truth import Truth

SUITINGS = ("black", "navy", "charcoal", "camel", "grey", "beige", "burgundy", "olive", "ivory", "brown", "sage", "blush")
COATINGS = ("camel", "black", "charcoal", "navy", "beige", "olive", "burgundy", "grey", "brown", "ivory")
LININGS = ("burgundy", "charcoal", "camel", "navy", "grey")


def cut_blazer(rng, gender):
    women = gender == "women"
    gorge, double = pick(rng, (104, 108, 112)), maybe(rng, 0.2)
    fit = pick(rng, ("slim fit", "regular fit", "loose fit"), (2, 4, 2 if women else 0.5))
    ease = {"slim fit": 6.5, "regular fit": 7.5, "loose fit": 10}[fit]
    top = Top(gender, "v-neck", NECK_HEIGHT - gorge, 8.8, 1.0, Sleeve(58, 13.8, fill=0.82), ease=ease,
              hem_width=(25 if women else 27) + ease - 7.5, hem=rng.uniform(72, 79) - (0 if women else 3),
              waist_in={"slim fit": 1.8, "regular fit": 1.2}.get(fit, 0.2), cutaway=0 if double else 6, arm_angle=rng.uniform(9, 15),
              cloth=Cloth(bending=3e-7, friction=0.1, pressure=120), seed=seed(rng))
    garment = cut_top(top)
    layers = garment.layers
    tailored_collar(garment)
    lapels(garment, layers, gorge, rng.uniform(0.8, 1.3), overlap=6 if double else 1.6)
    label(layers, garment.marks["back_neck"][0, 1] - 1.2)
    patch = maybe(rng, 0.25)
    for side in (-1, 1):
        u = side * 14
        if patch:
            pocket(layers, [(u - 6.5, 95), (u + 6.5, 95.6), (u + 6.5, 80), (u - 6.5, 79.5)], lift=0.2)
        else:
            pocket(layers, [(u - 6, 95), (u + 6, 95.8), (u + 6, 90.5), (u - 6, 89.7)], lift=0.2)
        layers.groove(FRONT, line((side * 11.5, 119), (side * 10.5, 97)), 0.15, 0.08, 0.22)
    welt = layers.mask([(8, 123.5), (16.5, 125), (16.5, 122.6), (8, 121)])
    layers.lift(FRONT, welt, 0.2, 0.08, 0.6)
    garment.marks |= dict(gender=gender, fit=fit, gorge=gorge, double=double, patch=patch, one_button=women and maybe(rng, 0.4))
    return garment


def dress_blazer(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    kind = pick(rng, ("solid", "window", "glen", "hounds", "pinstripe", "heather"), (5, 1, 1.2, 1, 1, 1))
    cloth, colours, pattern = choose([kind], rng, pick(rng, SUITINGS) if kind in ("solid", "window", "pinstripe", "heather") else None)
    button = linear("brown") * 0.6 if luminance(colours[0]) > 0.08 else linear("black") * 1.5
    rows = (marks["gorge"] - 2,) if marks["one_button"] else (marks["gorge"] - 2, marks["gorge"] - 13)
    for height in rows:
        for u in (-5, 5) if marks["double"] else (0,):
            layers.button(FRONT, (u, height), 0.95, button)
    cuff_button(garment, layers, button, 3, 0.55)
    cord = kind == "solid" and maybe(rng, 0.15)
    fabric = Fabric("cord" if cord else "wool", relief=0.35, crumple=0.06, lining=pick(rng, LININGS))
    truth = Truth("blazer", marks["gender"], colours, pattern, collar="lapels", sleeve="long sleeve", length="hip length",
                  fit=marks["fit"], closure="button front", pockets=("patch pockets",) if marks["patch"] else ("flap pockets",),
                  fabric="corduroy" if cord else "wool")
    return Design(garment, layers, {None: cloth}, fabric, truth)


def cut_coat(rng, gender):
    women = gender == "women"
    double = maybe(rng, 0.5)
    gorge = 118 if double else 110
    belted = women and maybe(rng, 0.45)
    length = pick(rng, ("knee length", "midi", "hip length"), (4, 2, 2))
    top = Top(gender, "v-neck", NECK_HEIGHT - gorge, 9, 1, Sleeve(59, 15.8, fill=0.86), ease=10, hem_width=rng.uniform(29, 32),
              hem={"knee length": rng.uniform(46, 54), "midi": 34, "hip length": 66}[length],
              waist_in=2.5 if belted else (1.2 if women else 0), arm_angle=rng.uniform(9, 14), legs=False,
              cloth=Cloth(bending=2e-7, friction=0.1, pressure=130), spacing=1.45, seed=seed(rng))
    garment = cut_top(top)
    layers = garment.layers
    tailored_collar(garment, 3.4, 5.6)
    lapels(garment, layers, gorge, 1.5, overlap=7 if double else 2.4)
    label(layers, garment.marks["back_neck"][0, 1] - 1.2)
    for side in (-1, 1):
        welt_pocket(layers, (side * 12, 96), (side * 18, 83), 2.0)
    if belted:
        belt(layers, 107, 4.5)
    garment.marks |= dict(gender=gender, double=double, gorge=gorge, belted=belted, length=length)
    return garment


def dress_coat(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    kind = pick(rng, ("solid", "heather", "hounds", "glen", "plaid"), (6, 3, 0.7, 0.7, 0.8))
    cloth, colours, pattern = choose([kind], rng, pick(rng, COATINGS) if kind in ("solid", "heather") else None)
    button = linear("brown") * 0.5 if luminance(colours[0]) > 0.05 else linear("black") * 1.6
    for height in np.arange(marks["gorge"] - 4, marks["gorge"] - 42, -12):
        if marks["belted"] and abs(height - 107) < 4:
            continue
        for u in (-5.5, 5.5) if marks["double"] else (0,):
            layers.button(FRONT, (u, height), 1.25, button)
    if marks["belted"]:
        frame = layers.mask(box(-4, 110, 3.6, 103.8)) - layers.mask(box(-2.6, 108.6, 2.2, 105.2))
        layers.colour(FRONT, frame, button)
        layers.lift(FRONT, frame, 0.3, 0.1, 0.6)
    boucle = kind == "solid" and marks["gender"] == "women" and maybe(rng, 0.2)
    fabric = Fabric("boucle" if boucle else "wool", relief=0.6, sheen=0.14, crumple=0.07, lining=pick(rng, LININGS))
    truth = Truth("coat", marks["gender"], colours, pattern, collar="lapels", sleeve="long sleeve", length=marks["length"],
                  fit="regular fit", closure="button front", fabric="boucle" if boucle else "wool")
    return Design(garment, layers, {None: cloth}, fabric, truth)


RECIPES = (
    Recipe("blazer", "blazer", ("women", "men"), cut_blazer, dress_blazer, 5.5),
    Recipe("coat", "coat", ("women", "men"), cut_coat, dress_coat, 5.5),
)
