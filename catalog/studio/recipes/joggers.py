"""Joggers and leggings."""

from dataclasses import replace

from catalog.studio import denim
from catalog.studio.chance import maybe, pick, seed
from catalog.studio.cloth import Cloth
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.palette import linear
from catalog.studio.prints import choose, solid
from catalog.studio.recipe import Recipe
from catalog.studio.recipes.legs import LEGS, SOFT, SWEATS, camera, sometimes_flat, trousers
from catalog.studio.regions import Region
from catalog.studio.trousers import Trousers, cut_trousers
from catalog.studio.truth import Truth
from catalog.studio.waist import band, cords, elastic, eyelets, facing

TIGHTS = ("black", "navy", "charcoal", "olive", "burgundy", "teal", "sage", "brown", "purple", "grey")


def cut_joggers(rng, gender):
    leg = pick(rng, ("tapered", "loose"), (3, 1))
    cut = trousers(rng, gender, leg, cloth=SOFT, elastic=0.10, band=rng.uniform(4.2, 5.4), dip=1.2)
    cut = replace(cut, thigh=cut.thigh + 0.5, stack=1.0, hem=cut.hem - 2) if leg == "loose" else replace(
        cut, thigh=cut.thigh + 0.5, hem=cut.hem + 1, cuff=rng.uniform(5, 7), cuff_pull=rng.uniform(0.6, 0.72))
    garment = cut_trousers(sometimes_flat(rng, cut, 0.25))
    layers, marks = garment.layers, garment.marks
    band(layers, cut.waist, cut.band)
    elastic(layers, cut.waist, cut.band, 3, rng.uniform(0.6, 0.9), rng)
    denim.slant_openings(layers, marks, 0.72, 13)
    denim.creases_of_wear(layers, marks, rng, 1.1)
    if maybe(rng, 0.85):
        eyelets(layers, cut.waist, cut.band, 1.9)
        cords(garment, cut.waist, cut.band, rng.uniform(9, 14), 1.9)
    marks |= dict(gender=gender, leg=leg, cargo=maybe(rng, 0.18), seam=maybe(rng, 0.3))
    return garment


def dress_joggers(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    facing(layers, marks["waist"], marks["band"], linear("grey"))
    cloth, colours, pattern = choose([pick(rng, ("solid", "heather", "camo", "tiedye"), (5, 4, 0.5, 0.5))], rng, pick(rng, SWEATS))
    if marks["cargo"]:
        denim.cargo_pockets(layers, marks, marks["rise"] - 8)
    if marks["seam"]:
        denim.pressed_creases(layers, marks, marks["rise"] + 12)
    cord = solid(pick(rng, ("ivory", "white", colours[0]), (2, 2, 1)))
    truth = Truth("joggers", marks["gender"], colours, pattern, length="full length", fit=LEGS[marks["leg"]].fit,
                  pockets=("cargo pockets",) if marks["cargo"] else (), fabric="fleece")
    fabric = Fabric("fleece", ribbed=True, sheen=0.12, crumple=0.09)
    return Design(garment, layers, {None: cloth, Region.CORD: cord, Region.TRIM: cord}, fabric, truth, None, camera(garment))


def cut_leggings(rng, gender):
    cropped = maybe(rng, 0.35)
    cloth = Cloth(bending=1e-5, friction=0.25, damping=0.98, thickness=0.35, steps=520)
    cut = Trousers(gender, waist=rng.uniform(105, 109), rise=75.5, hip=22.6, thigh=20.4, knee=15.6, leg=13.0 if cropped else 11.5,
                   ease=0.02, band=rng.uniform(5, 9), dip=1.0, hem=rng.uniform(22, 30) if cropped else rng.uniform(8, 11), elastic=0.06,
                   stance=rng.uniform(9.5, 11), cloth=cloth, seed=seed(rng))
    garment = cut_trousers(cut)
    band(garment.layers, cut.waist, cut.band, 0.1)
    garment.marks |= dict(gender=gender, cropped=cropped, panels=maybe(rng, 0.5))
    return garment


def dress_leggings(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    kind = pick(rng, ("solid", "heather", "leopard", "camo", "tiedye", "geometric"), (7, 2, 0.7, 0.5, 0.6, 0.6))
    cloth, colours, pattern = choose([kind], rng, pick(rng, TIGHTS))
    if marks["panels"]:
        denim.side_seams(layers, marks)
    prints = {None: cloth} if pattern == "solid" else {None: cloth, Region.BAND: solid(colours[0])}
    truth = Truth("leggings", marks["gender"], colours, pattern, length="cropped" if marks["cropped"] else "full length", fit="slim fit",
                  fabric="cotton")
    fabric = Fabric("jersey", relief=0.5, sheen=0.1, specular=0.05, gloss=8, crumple=0.03)
    return Design(garment, layers, prints, fabric, truth, None, camera(garment))


RECIPES = (
    Recipe("joggers", "joggers", ("women", "men"), cut_joggers, dress_joggers, 3.0),
    Recipe("leggings", "leggings", ("women",), cut_leggings, dress_leggings, 2.0),
)
