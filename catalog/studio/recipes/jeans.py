"""Jeans: five pockets in many washes and legs."""

import numpy as np

from catalog.studio import denim
from catalog.studio.chance import maybe, pick
from catalog.studio.curves import curve, line
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.mesh import FRONT
from catalog.studio.palette import linear
from catalog.studio.prints import choose
from catalog.studio.recipe import Recipe
from catalog.studio.recipes.legs import DENIM, LEGS, camera, sometimes_flat, trousers
from catalog.studio.trims import STEEL
from catalog.studio.trousers import cut_trousers
from catalog.studio.truth import Truth
from catalog.studio.waist import band, facing, fly, loops, topstitch

FACING = (0.72, 0.70, 0.64)         # linear RGB of the twill inside the band
THREADS = {"black": "charcoal", "white": "silver", "ivory": "beige", "grey": "silver"}
TORN, DARK = (0.75, 0.77, 0.78), (0.10, 0.10, 0.11)


def five_pockets(layers, marks, colour, coin=True, arc=True):
    """Everything that is drawn on jeans and denim shorts. colour: word of the wash. coin, arc: a coin pocket, a bow on the back pockets."""
    thread = linear(THREADS[colour]) if colour in THREADS else denim.THREAD
    metal = STEEL if colour in THREADS else denim.COPPER
    top, height = marks["waist"], marks["band"]
    band(layers, top, height)
    facing(layers, top, height, FACING)
    topstitch(layers, top, height, thread)
    fly(layers, top, height, marks["rise"] + 9, 1, thread, metal)
    denim.scoop_pockets(layers, marks, thread, coin, metal)
    denim.back_pockets(layers, marks, thread, arc)
    denim.side_seams(layers, marks, thread)
    denim.hem_stitch(layers, marks, thread)
    loops(layers, top, height, (marks["waist_width"] * 0.44, marks["waist_width"] * 0.93, -marks["waist_width"] * 0.5), thread)


def cut(rng, gender):
    women = gender == "women"
    leg = pick(rng, LEGS, (3, 4, 3, 1.5, 2, 1.5) if women else (3, 4, 0.7, 0.01, 2.5, 2))
    cropped = women and leg in ("straight", "wide", "flare") and maybe(rng, 0.25)
    stack = 0.0 if cropped or leg in ("wide", "flare") else rng.uniform(0.6, 2.2)
    garment = cut_trousers(sometimes_flat(rng, trousers(rng, gender, leg, cropped, cloth=DENIM, stack=stack, band=4.0), 0.2))
    denim.creases_of_wear(garment.layers, garment.marks, rng)
    garment.marks |= dict(gender=gender, leg=leg, cropped=cropped, coin=maybe(rng, 0.9), arc=maybe(rng, 0.7))
    return garment


def _tears(layers, marks, rng):
    """Ripped knees: pale threads across a dark slit."""
    crease = marks["crease"][::-1]
    for side in (-1, 1):
        for height in rng.uniform(42, 62, int(rng.integers(1, 3))):
            u = side * (rng.normal(0, 1.2) + np.interp(height, crease[:, 1], crease[:, 0]))
            half, tall = rng.uniform(2.5, 4.5), rng.uniform(0.6, 1.5)
            slit = np.vstack([curve((u - half, height), (u, height + tall), (u + half, height)),
                              curve((u + half, height), (u, height - tall * 0.8), (u - half, height))])
            layers.lift(FRONT, layers.mask(slit), -0.25, 0.08, 0)
            layers.colour(FRONT, layers.mask(slit) * 0.8, DARK)
            for v in np.arange(height - tall * 0.7, height + tall * 0.9, 0.28):
                reach = half * (1 - abs(v - height) / tall * 0.7)
                layers.colour(FRONT, layers.stroke(line((u - reach, v), (u + reach, v + rng.normal(0, 0.1))), 0.13) * 0.9, TORN)


def dress(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    cloth, colours, pattern = choose(["denim"], rng)
    five_pockets(layers, marks, colours[0], marks["coin"], marks["arc"])
    torn = maybe(rng, 0.16)
    if torn:
        _tears(layers, marks, rng)
    strength = {"white": 0.0, "ivory": 0.0, "navy": 0.10, "black": 0.14, "grey": 0.16}.get(colours[0], rng.uniform(0.14, 0.40))
    fade = denim.Fade(marks, rng, strength, int(rng.integers(3, 6)), rng.uniform(0.2, 0.8)) if strength else None
    leg = LEGS[marks["leg"]]
    truth = Truth("jeans", marks["gender"], colours, pattern, length="cropped" if marks["cropped"] else "full length", fit=leg.fit,
                  closure="zip front", fabric="denim", style=leg.style + (("distressed",) if torn else ()))
    return Design(garment, layers, {None: cloth}, Fabric("denim", crumple=0.12), truth, fade, camera(garment))


RECIPES = (Recipe("jeans", "jeans", ("women", "men"), cut, dress, 7.0),)
