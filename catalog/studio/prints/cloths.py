"""Cloth coloured in the yarn, in colours that suit it: plain, striped, checked, knitted.

Each function named after a kind maps (rng, base) to (print, colour words, pattern word of the vocabulary); base is the colour word asked
for, or None. The words are the product's ground truth, the main colour first.
"""

import numpy as np

from catalog.studio.chance import maybe, pick
from catalog.studio.palette import COMPANIONS, contrast, luminance, mix, pair, popular, shade, trio
from catalog.studio.prints import colourways, knitted, woven

HEATHERS = ("grey", "charcoal", "silver", "navy", "beige", "ivory", "sage", "olive", "burgundy", "blue", "brown", "camel", "rust", "blush")
MARLS = ("grey", "charcoal", "navy", "brown", "olive", "camel", "beige")
PINSTRIPES = ("navy", "charcoal", "black", "grey", "brown")


def distinct(*words):
    """The first three different colour words."""
    return tuple(dict.fromkeys(words))[:3]


def grounded(rng, sets, base):
    """One of the colour sets whose first word is base; without such a set, base and what suits it."""
    fitting = [colours for colours in sets if base in (None, colours[0])]
    return pick(rng, fitting) if fitting else (base, *COMPANIONS[base][:len(sets[0]) - 1])


def best_first(rng, options):
    """One of the options, the earlier ones more often."""
    return pick(rng, options, 1 / (1. + np.arange(len(options))))


def solid(rng, base):
    word = base or popular(rng)
    return woven.solid(shade(word, rng)), (word,), "solid"


def heather(rng, base):
    word = base or popular(rng, HEATHERS)
    strength = .10 if luminance(word) > .6 else pick(rng, (.14, .18, .22))
    return knitted.heather(shade(word, rng), rng, strength), (word,), "solid"


def marl(rng, base):
    word = base or popular(rng, MARLS)
    other = "ivory" if luminance(word) < .45 else pick(rng, ("camel", "grey", "brown"))
    return knitted.marl(shade(word, rng), mix(word, other, .6), rng), (word,), "solid"


def breton(rng, base):
    ground, line = grounded(rng, colourways.BRETONS, base)
    wide = pick(rng, (.9, 1.1, 1.4))
    return woven.banded(((shade(ground, rng), wide * 1.6), (shade(line, rng), wide))), (ground, line), "striped"


def stripes(rng, base):
    style = pick(rng, ("even", "fine", "multi", "wide"), (3, 2, 2.5, 2))
    if style == "multi":
        one, two, three = trio(rng, base)
        unit = pick(rng, (.7, 1., 1.4))
        bands = ((one, 3 * unit), (two, unit), (three, .5 * unit), (two, unit), (one, 3 * unit), (three, unit))
        return woven.banded(bands), distinct(one, two, three), "striped"
    ground, colour = pair(rng, base)
    period = pick(rng, {"even": (2.4, 3.2, 4.), "fine": (1.2, 1.6), "wide": (6., 8.)}[style])
    return woven.stripes(shade(ground, rng), shade(colour, rng), period, .46), (ground, colour), "striped"


def rugby(rng, base):
    one, two, three = trio(rng, base)
    bands = ((one, 6.), (two, 5.4)) if maybe(rng, .5) else ((one, 6.4), (two, .9), (three, 4.2), (two, .9))
    return woven.banded(bands), distinct(*(colour for colour, _ in bands)), "striped"


def vertical(rng, base):
    if base and luminance(base) < .45 or base is None and maybe(rng, .25):
        ground, colour = pair(rng, base)
    else:
        ground = base or pick(rng, ("white", "white", "ivory"))
        colour = pick(rng, [word for word in colourways.SHIRTING_LINES if contrast(ground, word) > 14])
    return woven.banded(pick(rng, (
        ((ground, .56), (colour, .54)),
        ((ground, .75), (colour, .22)),
        ((ground, 1.5), (colour, .3), (ground, .4), (colour, .3)),
        ((ground, 1.6), (colour, 1.4)),
    ), (3, 2, 1.5, 1.2)), vertical=True), (ground, colour), "striped"


def bengal(rng, base):
    ground, colour = grounded(rng, colourways.BENGALS, base)
    return woven.stripes(ground, colour, 1.1, .49, vertical=True), (ground, colour), "striped"


def awning(rng, base):
    ground, colour = pair(rng, base or pick(rng, ("white", "ivory")))
    return woven.stripes(ground, colour, pick(rng, (3., 4.4)), .48, vertical=True), (ground, colour), "striped"


def pinstripe(rng, base):
    ground = base or pick(rng, PINSTRIPES)
    line = "white" if luminance(ground) < .4 else pick(rng, ("navy", "charcoal"))
    return woven.pinstripe(shade(ground, rng), line, pick(rng, (1.2, 1.8, 2.4))), (ground,), "striped"


def gingham(rng, base):
    if base in (None, "white", "ivory"):
        ground, colour = pick(rng, [two for two in colourways.GINGHAMS if base in (None, two[0])])
    else:
        ground, colour = "white", base
    cloth = woven.gingham(ground, shade(colour, rng), rng, pick(rng, (.6, .8, 1.4, 2.2)))
    return cloth, (ground, colour) if base == ground else (colour, ground), "gingham"


def plaid(rng, base):
    colours = grounded(rng, colourways.PLAIDS, base)
    name = pick(rng, colourways.SETTS, (1, 2.5, 3, 1.5, 1.5, .7))
    sett = colourways.SETTS[name]
    broadest_first = [colours[number] for number, _ in sorted(sett, key=lambda band: -band[1])]
    cloth = woven.check([(colours[number], width) for number, width in sett], rng, pick(rng, (.35, .55)), name in colourways.MIRRORED)
    return cloth, distinct(colours[0], *broadest_first), "plaid"


def tattersall(rng, base):
    ground, one, two = grounded(rng, colourways.TATTERSALLS, base)
    return woven.check(((ground, 1.4), (one, .2), (ground, 1.4), (two, .2)), rng, .3, mirrored=False), distinct(ground, one, two), "plaid"


def window(rng, base):
    ground, line = pair(rng, base or pick(rng, colourways.WINDOW_GROUNDS))
    return woven.windowpane(shade(ground, rng), line, rng, pick(rng, (4.2, 5.4, 6.6))), (ground, line), "plaid"


def glen(rng, base):
    light, dark, over, looks = pick(rng, [four for four in colourways.GLENS if base in (None, four[3])] or colourways.GLENS)
    return woven.glen_check(light, dark, rng, over), distinct(looks, *([over] if over else []), dark), "plaid"


def hounds(rng, base):
    fitting = [two for two in colourways.TEETH if base in (None, *two)] or [(base, COMPANIONS[base][0])]
    light, dark = sorted(pick(rng, fitting), key=luminance, reverse=True)
    words = (light, dark) if base == light else (dark, light)
    return woven.houndstooth(light, dark, pick(rng, (1.2, 2., 3.2), (2, 2, 1))), words, "houndstooth"


def argyle(rng, base):
    ground, one, two, line = grounded(rng, colourways.ARGYLES, base)
    return knitted.argyle(ground, one, two, line, *pick(rng, ((9., 13.), (7., 10.)))), distinct(ground, one, two), "argyle"


def fair_isle(rng, base):
    ground, *yarns = grounded(rng, colourways.FAIR_ISLES, base)
    yarns = yarns[:rng.integers(1, 4)]
    return knitted.fair_isle(shade(ground, rng), yarns, rng), distinct(ground, *yarns), "geometric"
