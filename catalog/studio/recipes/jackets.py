"""Denim jackets, bombers and puffers."""

import numpy as np
from scipy.spatial import cKDTree

from catalog.studio.chance import maybe, pick, seed
from catalog.studio.cloth import Cloth
from catalog.studio.curves import line
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.mesh import BACK, FRONT, vertex_normals
from catalog.studio.palette import linear, luminance
from catalog.studio.parts import shirt_collar, tube_collar
from catalog.studio.prints import choose, solid, stripes
from catalog.studio.recipe import Recipe
from catalog.studio.regions import Region
from catalog.studio.tops import Sleeve, Top, cut_top
from catalog.studio.trims import BRASS, STEEL, label, neckband, placket, pocket, slant_pockets, zipper
from catalog.studio.truth import Truth

TOPSTITCH = "#b98545"
SHELLS = ("olive", "black", "navy", "burgundy", "rust", "blush", "sage", "camel", "charcoal")
DOWNS = ("black", "navy", "olive", "red", "mustard", "ivory", "teal", "lavender", "burgundy", "sage", "silver", "rust", "beige")
QUILT = 6.6                         # cm between the seams of a puffer


def cut_denim_jacket(rng, gender):
    women = gender == "women"
    fit = pick(rng, ("regular fit", "loose fit"))
    ease = 8.0 if fit == "regular fit" else 11.0
    cropped = women and maybe(rng, 0.35)
    top = Top(gender, "crew neck", 9, 8.8, sleeve=Sleeve(58, 14.2, cuff=5, cuff_pull=0.84, fill=0.76), ease=ease,
              hem_width=(23.5 if women else 26.5) + ease - 9, hem=rng.uniform(90, 93) if cropped else rng.uniform(83, 87),
              rib=4.5, rib_pull=0.94, arm_angle=rng.uniform(9, 17), drop=1.5,
              cloth=Cloth(bending=8e-7, friction=0.12, pressure=120), seed=seed(rng))
    garment = cut_top(top)
    shirt_collar(garment, point=7.5, fall=5.2, spread=0.6, lift=1.5)
    label(garment.layers, garment.marks["back_neck"][0, 1] - 1.2)
    garment.marks |= dict(fit=fit, cropped=cropped, gender=gender, side_pockets=maybe(rng, 0.6))
    return garment


def _draw_trucker(layers, marks, thread):
    """The seams and pockets of a denim jacket."""
    for side in (-1, 1):
        u = side * 11
        pocket(layers, [(u - 6, 125), (u + 6, 125), (u + 4.5, 113), (u - 4.5, 113)], stitch=thread,
               flap=[(u - 6.3, 126), (u + 6.3, 126), (u + 6.3, 122.5), (u, 120.6), (u - 6.3, 122.5)])
        layers.button(FRONT, (u, 121.9), 0.65, BRASS, 0.8)
        for top in (6.4, 15.6):
            seam = line((side * top, 126), (side * top * 0.72, marks["hem"] + 5))
            layers.groove(FRONT, seam, 0.15, 0.06, 0.2)
            layers.stitch(FRONT, seam + [0.35, 0], thread)
        if marks["side_pockets"]:
            pocket(layers, [(side * 12.5, 104), (side * 14.2, 104.4), (side * 17.4, 96), (side * 15.7, 95.6)], stitch=thread)
    for panel in (FRONT, BACK):
        layers.groove(panel, line((-24, 126.5), (24, 126.5)), 0.18, 0.1, 0.28)
        layers.stitch(panel, line((-24, 127), (24, 127)), thread)
        layers.stitch(panel, line((-32, marks["hem"] + 4), (32, marks["hem"] + 4)), thread)


def dress_denim_jacket(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    cloth, colours, pattern = choose(["denim"], rng)
    placket(layers, marks["neck"][0, 1], marks["hem"] - 2, 6, BRASS, 2.1, 0.8, 0.8, last=marks["hem"] + 2.2)
    _draw_trucker(layers, marks, linear(TOPSTITCH) if luminance(colours[0]) < 0.5 else linear("beige"))
    truth = Truth("denim jacket", marks["gender"], colours, pattern, collar="shirt collar", sleeve="long sleeve",
                  length="cropped" if marks["cropped"] else "hip length", fit=marks["fit"], closure="button front",
                  pockets=("chest pocket", "flap pockets"), fabric="denim")
    return Design(garment, layers, {None: cloth}, Fabric("denim", crumple=0.14), truth)


def cut_bomber(rng, gender):
    women = gender == "women"
    top = Top(gender, "crew neck", 8.5, 9, sleeve=Sleeve(59, 16.5, cuff=6, cuff_pull=0.58, fill=0.84), ease=10.5,
              hem_width=25.5 if women else 28.5, hem=rng.uniform(78, 84), rib=6, rib_pull=0.84, arm_angle=rng.uniform(9, 16), drop=2,
              cloth=Cloth(bending=1.2e-6, friction=0.12, pressure=150), seed=seed(rng))
    garment = cut_top(top)
    neckband(garment, garment.layers, 3.2)
    label(garment.layers, garment.marks["back_neck"][0, 1] - 3.3)
    garment.marks |= dict(gender=gender, flaps=maybe(rng, 0.3), fit="regular fit")
    return garment


def dress_bomber(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    cloth, colours, pattern = choose(["solid"], rng, pick(rng, SHELLS))
    zipper(layers, marks["neck"][0, 1] + 1, marks["hem"] - 3, width=0.7, colour=pick(rng, (STEEL, BRASS)))
    if marks["flaps"]:
        for side in (-1, 1):
            u = side * 14
            pocket(layers, [(u - 6, 100), (u + 6, 100), (u + 6, 88), (u - 6, 88)], lift=0.2,
                   flap=[(u - 6.3, 101), (u + 6.3, 101), (u + 6.3, 96.6), (u - 6.3, 96.6)])
    else:
        slant_pockets(layers, (12, 102), (17.5, 90))
    prints = {None: cloth}
    if maybe(rng, 0.4):
        tipping = stripes(colours[0], "white" if luminance(colours[0]) < 0.3 else "navy", 2.1, 0.25)
        prints |= {edge: tipping for edge in (Region.RIB, Region.CUFF)}
    suede = maybe(rng, 0.25)
    fabric = Fabric("suede", ribbed=True, crumple=0.16) if suede else Fabric("nylon", ribbed=True, crumple=0.12, specular=0.10, gloss=9)
    truth = Truth("bomber jacket", marks["gender"], colours, pattern, collar="ribbed collar", sleeve="long sleeve", length="hip length",
                  fit=marks["fit"], closure="zip front", pockets=("flap pockets",) if marks["flaps"] else (),
                  fabric="suede" if suede else "nylon")
    return Design(garment, layers, prints, fabric, truth)


def cut_puffer(rng, gender):
    women = gender == "women"
    long, apart = maybe(rng, 0.3), pick(rng, (QUILT, 5.2, 9.0))
    top = Top(gender, "crew neck", 7, 9.5, sleeve=Sleeve(58, 17.5, fill=0.98), ease=12.5, hem_width=29 if women else 32,
              hem=52 if long else rng.uniform(76, 82), arm_angle=rng.uniform(12, 18), legs=False,
              cloth=Cloth(bending=3e-7, friction=0.1, pressure=140), seed=seed(rng))
    garment = cut_top(top)
    tube_collar(garment, rng.uniform(5.5, 7.5), False, lean=0.02, seed=seed(rng))
    _quilt(garment, apart)
    label(garment.layers, garment.marks["back_neck"][0, 1] - 1.2)
    garment.marks |= dict(gender=gender, long=long, fit="regular fit")
    return garment


def _quilt(garment, apart):
    """Chambers across the body and along the sleeves: round welts between tight seams, in the mesh and in the drawing."""
    mesh, layers, marks = garment.mesh, garment.layers, garment.marks

    def from_middle(u, v, sleeve):
        along = (np.abs(u) - marks["sleeve_origin"][0]) * marks["along"][0] + (v - marks["sleeve_origin"][1]) * marks["along"][1]
        return np.abs((np.where(sleeve, -along, v) / apart) % 1 - 0.5) * 2

    puff = np.sqrt(np.clip(1 - from_middle(*mesh.uv.T, mesh.piece > 0) ** 2, 0, 1)) - 0.3
    puff *= np.clip(cKDTree(mesh.uv[mesh.welds.ravel()]).query(mesh.uv)[0] / 4, 0, 1)      # armholes stay sewn
    mesh.points = mesh.points + vertex_normals(mesh.points, mesh.triangles) * (0.24 * apart * puff)[:, None]
    u, v = layers.coordinates()
    for panel in (FRONT, BACK):
        edge = from_middle(u, v, layers.region[panel] == Region.SLEEVE)
        layers.height[panel] += (0.5 * np.sqrt(np.clip(1 - edge**2.4, 0, 1))).astype(np.float32)
        layers.shade[panel] *= (1 - 0.35 * np.clip((edge - 0.86) / 0.14, 0, 1)).astype(np.float32)


def dress_puffer(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    cloth, colours, pattern = choose(["solid"], rng, pick(rng, DOWNS)) if maybe(rng, 0.85) else choose(["block"], rng)
    zipper(layers, 147.5, marks["hem"] - 3, width=0.8, colour=(0.03, 0.03, 0.035) if maybe(rng, 0.5) else STEEL)
    slant_pockets(layers, (13, 101), (18, 89))
    truth = Truth("puffer jacket", marks["gender"], colours, pattern, collar="stand collar", sleeve="long sleeve",
                  length="knee length" if marks["long"] else "hip length", fit=marks["fit"], closure="zip front", fabric="quilted")
    fabric = Fabric("quilt", relief=0.4, specular=0.10, gloss=9, crumple=0.2)
    return Design(garment, layers, {None: cloth, Region.COLLAR: solid(colours[0])}, fabric, truth)


RECIPES = (
    Recipe("denim jacket", "denim jacket", ("women", "men"), cut_denim_jacket, dress_denim_jacket, 4.0),
    Recipe("bomber", "bomber jacket", ("women", "men"), cut_bomber, dress_bomber, 3.0),
    Recipe("puffer", "puffer jacket", ("women", "men"), cut_puffer, dress_puffer, 3.5),
)
