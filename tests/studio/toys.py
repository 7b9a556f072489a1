"""A tiny recipe that needs no falling cloth: a flat cushion in plain colours, quick enough for every test."""

import numpy as np

from catalog.studio.chance import pick
from catalog.studio.curves import line
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design, Garment
from catalog.studio.layers import PanelLayers
from catalog.studio.mesh import FRONT, SEAM, Edge, Piece, mirrored, sew
from catalog.studio.prints import solid
from catalog.studio.recipe import Recipe
from catalog.studio.regions import Region
from catalog.studio.truth import Truth


def cut_cushion(rng, gender):
    half, high = 26 + rng.uniform(0, 6), 60 + rng.uniform(0, 8)
    edges = mirrored([Edge("hem", line((0, high), (half, high))), Edge(SEAM, line((half, high), (half, 0), (0, 0)))])
    mesh = sew([Piece(edges, edges)], 4.0, int(rng.integers(100)))
    puff = np.where(mesh.seam, 0, np.where(mesh.side == FRONT, 4.0, -4.0))
    mesh.points = np.stack([mesh.uv[:, 0], puff, mesh.uv[:, 1] + 80], axis=1)
    layers = PanelLayers(mesh.uv)
    layers.mark(FRONT, layers.mask([(-5, 40), (5, 40), (5, 30), (-5, 30)]), Region.POCKET)
    return Garment(mesh, layers, marks=dict(gender=gender))


def dress_cushion(garment, rng):
    word = pick(rng, ("red", "navy", "sage", "ivory", "black", "camel"))
    truth = Truth("t-shirt", garment.marks["gender"], (word,), "solid", neckline="crew neck", sleeve="short sleeve", fit="regular fit",
                  fabric="cotton")
    return Design(garment, garment.layers.copy(), {None: solid(word)}, Fabric("jersey"), truth)


def cut_crooked(rng, gender):
    """Sound only by luck: most seeds give a garment far too small."""
    garment = cut_cushion(rng, gender)
    garment.mesh.points *= 1.0 if rng.random() < 0.35 else 0.2
    return garment


CUSHION = Recipe("cushion", "t-shirt", ("women", "men"), cut_cushion, dress_cushion, 3.0)
WOMENS = Recipe("womens", "t-shirt", ("women",), cut_cushion, dress_cushion, 1.0)
CROOKED = Recipe("crooked", "t-shirt", ("women", "men"), cut_crooked, dress_cushion, 1.0)
RECIPES = {recipe.name: recipe for recipe in (CUSHION, WOMENS)}
