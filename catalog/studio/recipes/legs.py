"""What jeans, trousers, joggers and shorts share: shapes of legs, cloths, colours."""

from dataclasses import replace
from typing import NamedTuple

from catalog.studio.camera import Camera
from catalog.studio.chance import maybe, seed
from catalog.studio.cloth import Cloth
from catalog.studio.palette import linear, luminance
from catalog.studio.trousers import Trousers

DENIM = Cloth(bending=1e-6, friction=0.2, damping=0.984, steps=520)
SOFT = Cloth(bending=6e-6, friction=0.15, damping=0.988, steps=520)
WOOL = Cloth(bending=2.5e-6, friction=0.15, damping=0.986, steps=520)
CHINOS = ("beige", "camel", "navy", "olive", "black", "brown", "ivory", "rust", "sage", "burgundy", "charcoal")
SWEATS = ("grey", "charcoal", "navy", "black", "sage", "blush", "beige", "burgundy", "olive", "lavender", "silver")


class Leg(NamedTuple):
    """A shape: half of what goes round at the thigh, the knee and the hem, cm; and the words for it."""

    thigh: float
    knee: float
    hem: float
    fit: str
    style: tuple = ()


LEGS = {
    "slim": Leg(24.2, 18.8, 15.6, "slim fit"), "straight": Leg(25.4, 21.4, 20.2, "straight leg"), "wide": Leg(26.6, 26.5, 28.5, "wide leg"),
    "flare": Leg(24.6, 19.4, 27.0, "slim fit", ("flared",)), "tapered": Leg(26.6, 22.0, 16.8, "tapered leg"),
    "loose": Leg(27.0, 24.6, 23.0, "loose fit"),
}


def trousers(rng, gender, name, cropped=False, **changes):
    """Trousers with a leg of LEGS, their measures varied a little; `changes` has the last word."""
    leg, women = LEGS[name], gender == "women"
    grow = (0.0 if women else 0.8) + rng.uniform(-0.5, 0.5)
    long = rng.uniform(18, 25) if cropped else rng.uniform(6.5, 9.5) - 1.5 * (name in ("wide", "flare"))
    cut = Trousers(gender, waist=rng.uniform(103.5, 107.5) if women else rng.uniform(102, 104.5), rise=rng.uniform(73, 75.5), hem=long,
                   hip=24.6 if women else 24.9, thigh=leg.thigh + grow, knee=leg.knee + grow + rng.uniform(-0.4, 0.8),
                   leg=leg.hem + grow * 0.7 + rng.uniform(-0.8, 1.0), dip=rng.uniform(1.0, 1.8), seed=seed(rng))
    return replace(cut, **changes)


def sometimes_flat(rng, cut, chance):
    """The same trousers, now and then laid on a table."""
    if not maybe(rng, chance):
        return cut
    return replace(cut, pose="flat", stack=0.0, spread=rng.uniform(0.8, 2.6), cloth=replace(cut.cloth, friction=0.3, steps=700))


def camera(garment):
    """Hung trousers are seen a little from above, so that the back of the waist shows."""
    return None if garment.marks["trousers"].pose == "flat" else Camera(pitch=5)


def tone_on_tone(colour):
    """Thread or shadow of a cloth's own colour: linear RGB."""
    return linear(colour) * (0.6 if luminance(colour) > 0.2 else 1.6) + 0.01
