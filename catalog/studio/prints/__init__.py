"""Cloth patterns: callables (u, v) -> linear RGB over a flat bolt of cloth measured in centimetres.

    tile         the repeating picture and its anti-aliased lookup; noise
    woven        plain cloth, stripes, checks, tartans, houndstooth
    knitted      heather, marl, argyle, fair isle
    shapes       dots, zigzags, geometry, colour blocks
    motifs       single flowers and leaves; florals sets them out on cloth
    skins        leopard, zebra, snake, camouflage
    dyes         denim washes, tie-dye, ombre
    graphics     pictures printed on a chest
    colourways   the colours each kind is sold in; cloths and choice draw one
"""

from catalog.studio.prints.choice import KINDS, choose
from catalog.studio.prints.dyes import denim
from catalog.studio.prints.graphics import graphic
from catalog.studio.prints.knitted import heather, marl
from catalog.studio.prints.shapes import Blocks
from catalog.studio.prints.tile import PIXEL, Tile, noise
from catalog.studio.prints.woven import banded, solid, stripes

__all__ = ["KINDS", "PIXEL", "Blocks", "Tile", "banded", "choose", "denim", "graphic", "heather", "marl", "noise", "solid", "stripes"]
