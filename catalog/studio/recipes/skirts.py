"""Skirts: a-line, skater, pencil, pleated, gathered, tiered, slip, denim and buttoned."""

from dataclasses import dataclass

from catalog.studio import denim
from catalog.studio.camera import Camera
from catalog.studio.chance import maybe, pick, seed
from catalog.studio.cloth import Cloth
from catalog.studio.curves import box, curve, line
from catalog.studio.fabrics import Fabric
from catalog.studio.garment import Design
from catalog.studio.mesh import BACK, FRONT
from catalog.studio.palette import linear, luminance
from catalog.studio.prints import choose
from catalog.studio.recipe import Recipe
from catalog.studio.recipes.silhouettes import Silhouette
from catalog.studio.skirts import Skirt, cut_skirt, draw_gathers, draw_pleats, draw_seams
from catalog.studio.trims import BRASS, HORN, STEEL, placket, pocket
from catalog.studio.truth import Truth
from catalog.studio.waist import band, elastic, facing, fly, loops, topstitch

HEMS = {"mini": (61, 67), "knee length": (47, 54), "midi": (28, 38), "maxi": (10, 16)}
FALL = Cloth(bending=1.5e-6, damping=0.988, friction=0.1, steps=360, weight=0.8)
STIFF = Cloth(bending=1e-6, damping=0.985, friction=0.15, steps=220)
SHADES = ("black", "navy", "camel", "burgundy", "sage", "olive", "ivory", "rust", "blush", "red", "teal", "mustard", "lavender", "beige",
          "grey", "green", "brown")


@dataclass(frozen=True)
class Style:
    """One kind of skirt. share: how often. prints: kinds of `choose`. word: of the fabric. style: words of the truth."""

    share: float
    lengths: tuple
    silhouette: Silhouette
    prints: tuple
    fabric: Fabric
    word: str
    style: tuple
    cloth: Cloth = FALL


POPLIN, COTTON = Fabric("poplin", relief=0.5, crumple=0.09), Fabric("poplin", relief=0.6, crumple=0.08)
FLAT, WOOL = Fabric("poplin", relief=0.5, crumple=0.03), Fabric("wool", relief=0.4, crumple=0.04)
JERSEY, SATIN = Fabric("jersey", relief=0.7, crumple=0.06), Fabric("satin", specular=0.25, gloss=10, crumple=0.10)
A_LINE = Silhouette((27, 32), (20, 24), (1.10, 1.28), bow=(0.95, 1.2), folds=(6, 10), uneven=0.45, grow=(4, 3))
STYLES = {
    "a-line": Style(4, ("mini", "knee length", "midi"), A_LINE,
                    ("solid", "solid", "floral", "polka", "plaid", "hounds", "gingham"), COTTON, "cotton", ("a-line",)),
    "skater": Style(3, ("mini", "mini", "knee length"),
                    Silhouette((35, 42), (27, 32), (1.18, 1.34), (1.0, 1.08), (0.95, 1.1), (8, 13), wander=0.4),
                    ("solid", "floral", "polka", "gingham", "ditsy", "plaid", "geometric"), JERSEY, "cotton", ("flared",)),
    "pencil": Style(3, ("knee length", "knee length", "midi", "mini"), Silhouette((17.5, 19.5), (11.0, 12.5)),
                    ("solid", "solid", "hounds", "glen", "window", "plaid", "leopard"), WOOL, "wool", ("pencil",), STIFF),
    "pleated": Style(3, ("mini", "knee length", "midi", "midi"),
                     Silhouette((25, 29), (19, 21), (1.4, 1.6), (1.15, 1.3), (1, 1), (11, 16), 0.05, 0.04, (2, 1), ("knife", "box")),
                     ("solid", "solid", "plaid", "plaid", "glen", "ombre"), FLAT, "cotton", ("pleated",), STIFF),
    "gathered": Style(3, ("mini", "knee length", "midi"),
                      Silhouette((28, 32), (21, 24), (1.35, 1.52), (1.2, 1.32), (0.85, 0.85), (12, 18), 0.45, 0.6, (4, 3)),
                      ("floral", "ditsy", "solid", "gingham", "polka", "stripes"), POPLIN, "cotton", ("gathered",)),
    "tiered": Style(2, ("midi", "maxi", "maxi"),
                    Silhouette((31, 35), (23, 26), (1.38, 1.52), (1.2, 1.2), (0.9, 0.9), (11, 15), wander=0.3, grow=(6, 5), tiered=True),
                    ("floral", "ditsy", "solid", "tropical", "polka"), POPLIN, "chiffon", ("tiered", "gathered")),
    "slip": Style(2.5, ("midi", "midi", "maxi"),
                  Silhouette((25, 28), (18, 20), (1.15, 1.3), (1, 1), (1.4, 1.9), (6, 9), 0.5, 0.8, (4, 4)),
                  ("solid", "solid", "solid", "leopard", "floral", "ombre"), SATIN, "satin", ()),
    "denim": Style(2.5, ("mini", "mini", "knee length"), Silhouette((22.5, 25.5), (15, 17), (1.02, 1.02), folds=(5, 6), uneven=0.5),
                   ("denim",), Fabric("denim", crumple=0.10), "denim", (), STIFF),
    "buttoned": Style(2, ("mini", "knee length", "midi"), A_LINE,
                      ("solid", "solid", "plaid", "gingham", "polka"), Fabric("cord", crumple=0.06), "corduroy", ("a-line",), STIFF),
}


def cut(rng, gender):
    name = pick(rng, STYLES, [style.share for style in STYLES.values()])
    style, length = STYLES[name], pick(rng, STYLES[name].lengths)
    waist, hem = rng.uniform(102.5, 106.5), rng.uniform(*HEMS[length])
    girth = 18.9 + (106 - waist) * 0.28 + rng.uniform(-0.3, 0.4)
    skirt = Skirt(waist, girth, hem, dip=rng.uniform(0.8, 1.6), band=rng.uniform(2.6, 3.8), **style.silhouette.measures(rng, waist, hem))
    garment = cut_skirt(skirt, style.cloth, 1.0 if name == "pleated" else 1.4, seed(rng))
    garment.marks |= dict(gender=gender, style=name, length=length, slit=name == "pencil" and maybe(rng, 0.3),
                          pockets=name in ("a-line", "buttoned") and maybe(rng, 0.4))
    _draw_style(garment.layers, skirt, name, rng)
    return garment


def _draw_style(layers, skirt, style, rng):
    """Band, pleats, gathers: what every colourway has."""
    band(layers, skirt.waist, skirt.band)
    if style == "slip" or style in ("gathered", "tiered") and maybe(rng, 0.6):
        elastic(layers, skirt.waist, skirt.band, 2 if style == "slip" else 3, 0.7, rng)
    if style == "pleated":
        draw_pleats(layers, skirt)
    if style in ("gathered", "tiered"):
        draw_gathers(layers, skirt, skirt.waist - skirt.band, 12.0, 1.3, rng)
    draw_seams(layers, skirt, rng)


def _denim_details(layers, marks, colours):
    blue = colours[0] in ("navy", "blue", "sky")
    thread = denim.THREAD if blue else linear(colours[0]) * (0.6 if luminance(colours[0]) > 0.2 else 2.5) + 0.02
    topstitch(layers, marks["waist"], marks["band"], thread)
    denim.scoop_pockets(layers, marks, thread)
    denim.back_pockets(layers, marks, thread)
    loops(layers, marks["waist"], marks["band"], (8.2, 16.5, -9), thread)
    wide = marks["side"][-1, 0]
    for panel in (FRONT, BACK):
        layers.stitch(panel, line((-wide, marks["hem"] + 1.8), (wide, marks["hem"] + 1.8)), thread)
    return thread


def _buttons(layers, marks, colour, metal=0.0, radius=0.7):
    placket(layers, marks["waist"], marks["hem"], int((marks["waist"] - marks["hem"]) / 6.5), colour, 1.8, radius, metal,
            last=marks["hem"] + 7)


def _draw_front(layers, marks, colours, rng):
    """Closures, darts and pockets. Returns whether the skirt buttons."""
    style, top = marks["style"], marks["waist"] - marks["band"]
    facing(layers, marks["waist"], marks["band"], linear(colours[0]) * 0.85 + 0.03)
    buttoned = style == "buttoned" or style == "denim" and maybe(rng, 0.5)
    if style == "denim":
        thread = _denim_details(layers, marks, colours)
        if buttoned:
            _buttons(layers, marks, pick(rng, (BRASS, STEEL)), 0.8, 0.8)
        else:
            fly(layers, marks["waist"], marks["band"], marks["waist"] - 20, 1, thread)
    elif buttoned:
        _buttons(layers, marks, pick(rng, (HORN, linear("brown") * 0.6, linear(colours[0]) * 0.8 + 0.05)))
    for side in (-1, 1):
        if style == "pencil":
            for panel in (FRONT, BACK):
                layers.groove(panel, line((side * 8.2, top), (side * 8.8, top - 9)), 0.14, 0.08, 0.22)
        if marks["pockets"]:
            pocket(layers, box(side * 12.5 - 6, top - 8, side * 12.5 + 6, top - 22))
    if marks["slit"]:
        layers.groove(FRONT, curve((9, marks["hem"] + 18), (9.2, marks["hem"] + 9), (9.4, marks["hem"] - 1)), 0.35, 0.3, 0.6)
    return buttoned


def dress(garment, rng):
    marks, layers = garment.marks, garment.layers.copy()
    style = STYLES[marks["style"]]
    kind = pick(rng, style.prints)
    cloth, colours, pattern = choose([kind], rng, pick(rng, SHADES) if kind in ("solid", "polka", "ombre", "window") else None)
    fabric, word = (POPLIN, "cotton") if style.word == "corduroy" and pattern != "solid" else (style.fabric, style.word)
    buttoned = _draw_front(layers, marks, colours, rng)
    truth = Truth("skirt", marks["gender"], colours, pattern, length=marks["length"],
                  fit="slim fit" if marks["style"] == "pencil" else "regular fit",
                  closure="button front" if buttoned else None, pockets=("patch pockets",) if marks["pockets"] else (), fabric=word,
                  style=style.style)
    return Design(garment, layers, {None: cloth}, fabric, truth, camera=Camera(pitch=6))


RECIPES = (Recipe("skirt", "skirt", ("women",), cut, dress, 8.0),)
