"""Choosing a print: every kind of cloth with colours that suit it. The words returned are the product's ground truth."""

import numpy as np

from catalog.studio.palette import COMPANIONS, EARTHS, NEUTRALS, PASTELS, RAIL, contrast, linear, luminance, mix, pair, popular, shade, trio
from catalog.studio.prints import dyes, florals, knitted, shapes, skins, woven


def _pick(rng, options, weights=None):
    options = tuple(options)
    share = None if weights is None else np.array(weights, float) / sum(weights)
    return options[rng.choice(len(options), p=share)]


def _words(*words):
    """Distinct colour words, the first three."""
    return tuple(dict.fromkeys(words))[:3]


def _grounded(rng, sets, base):
    """One of the colour sets whose first word is base; without such a set, one of pairing colours."""
    fitting = [colours for colours in sets if base in (None, colours[0])]
    if fitting:
        return _pick(rng, fitting)
    return (base, *COMPANIONS[base][:len(sets[0]) - 1])


def _solid(rng, base):
    word = base or popular(rng)
    return woven.solid(shade(word, rng)), (word,), "solid"


def _heather(rng, base):
    word = base or popular(rng, ("grey", "charcoal", "silver", "navy", "beige", "ivory", "sage", "olive", "burgundy", "blue", "brown", "camel", "rust", "blush"))
    return knitted.heather(shade(word, rng), rng, .10 if luminance(word) > .6 else _pick(rng, (.14, .18, .22))), (word,), "solid"


def _marl(rng, base):
    word = base or popular(rng, ("grey", "charcoal", "navy", "brown", "olive", "camel", "beige"))
    other = "ivory" if luminance(word) < .45 else _pick(rng, ("camel", "grey", "brown"))
    return knitted.marl(shade(word, rng), mix(word, other, np.float32(.75)), rng), (word,), "solid"


def _breton(rng, base):
    ground, line = _grounded(rng, (("ivory", "navy"), ("white", "navy"), ("white", "black"), ("navy", "ivory"), ("ivory", "red"), ("ivory", "black"), ("white", "blue"),
                                   ("black", "white"), ("ivory", "olive"), ("ivory", "rust"), ("navy", "white"), ("ivory", "burgundy")), base)
    wide = _pick(rng, (.9, 1.1, 1.4))
    return woven.banded(((shade(ground, rng), wide * 1.6), (shade(line, rng), wide))), (ground, line), "striped"


def _stripes(rng, base):
    style = _pick(rng, ("even", "fine", "multi", "wide"), (3, 2, 2.5, 2))
    if style == "multi":
        one, two, three = trio(rng, base)
        unit = _pick(rng, (.7, 1., 1.4))
        bands = ((one, 3 * unit), (two, unit), (three, .5 * unit), (two, unit), (one, 3 * unit), (three, unit))
        return woven.banded(bands), _words(one, two, three), "striped"
    ground, colour = pair(rng, base)
    period, share = {"even": (_pick(rng, (2.4, 3.2, 4.)), .5), "fine": (_pick(rng, (1.2, 1.6)), .42), "wide": (_pick(rng, (6., 8.)), .5)}[style]
    return woven.stripes(shade(ground, rng), shade(colour, rng), period, share), (ground, colour), "striped"


def _rugby(rng, base):
    one, two, three = trio(rng, base)
    bands = ((one, 6.), (two, 5.4)) if rng.random() < .5 else ((one, 6.4), (two, .9), (three, 4.2), (two, .9))
    return woven.banded(bands), _words(*(colour for colour, _ in bands)), "striped"


def _vertical(rng, base):
    style = _pick(rng, ("bengal", "awning", "fine", "double"), (3, 1.2, 2, 1.5))
    if base and luminance(base) < .45 or (base is None and rng.random() < .25):
        ground, colour = pair(rng, base)
    else:
        ground, colour = base or _pick(rng, ("white", "white", "ivory")), _pick(rng, ("sky", "navy", "blue", "sage", "camel", "burgundy", "pink", "green", "black", "rust"))
        colour = colour if contrast(ground, colour) > 14 else "navy"
    width = {"bengal": .55, "awning": 1.5, "fine": .22, "double": .3}[style]
    bands = ((ground, 1.5), (colour, width), (ground, .4), (colour, width)) if style == "double" else ((ground, width), (colour, width))
    bands = ((ground, .75), (colour, width)) if style == "fine" else bands
    return woven.banded(bands, vertical=True), (ground, colour), "striped"


def _bengal(rng, base):
    ground, colour = _grounded(rng, (("white", "sky"), ("white", "blue"), ("white", "navy"), ("white", "pink"), ("white", "sage"), ("ivory", "camel")), base)
    return woven.stripes(ground, colour, 1.1, .5, vertical=True), (ground, colour), "striped"


def _awning(rng, base):
    ground, colour = pair(rng, base or _pick(rng, ("white", "ivory")))
    return woven.stripes(ground, colour, _pick(rng, (3., 4.4)), .5, vertical=True), (ground, colour), "striped"


def _pinstripe(rng, base):
    ground = base or _pick(rng, ("navy", "charcoal", "black", "grey", "brown"))
    line = "white" if luminance(ground) < .4 else _pick(rng, ("navy", "charcoal"))
    return woven.pinstripe(shade(ground, rng), line, _pick(rng, (1.2, 1.8, 2.4))), (ground,), "striped"


GINGHAMS = tuple((ground, colour) for ground in ("white", "ivory") for colour in
                 ("navy", "black", "red", "sky", "green", "pink", "blue", "sage", "lavender", "rust", "mustard", "brown"))


def _gingham(rng, base):
    if base in ("white", "ivory", None):
        ground, colour = _grounded(rng, GINGHAMS, base)
    else:
        ground, colour = "white", base
    square = _pick(rng, (.6, .8, 1.4, 2.2))
    return woven.gingham(ground, shade(colour, rng), rng, square), (colour, ground), "gingham"


PLAIDS = (      # ground, second, accent, fine line
    ("red", "black", "black", "ivory"), ("navy", "green", "mustard", "sky"), ("green", "navy", "red", "ivory"), ("grey", "charcoal", "burgundy", "white"),
    ("camel", "brown", "ivory", "navy"), ("olive", "black", "rust", "beige"), ("ivory", "navy", "rust", "sky"), ("burgundy", "navy", "mustard", "ivory"),
    ("blue", "navy", "white", "sky"), ("rust", "brown", "ivory", "mustard"), ("sage", "olive", "ivory", "blush"), ("blush", "burgundy", "ivory", "grey"),
    ("brown", "olive", "mustard", "beige"), ("teal", "navy", "ivory", "mustard"), ("black", "charcoal", "white", "red"), ("ivory", "green", "navy", "mustard"),
    ("beige", "brown", "sky", "ivory"), ("mustard", "brown", "ivory", "navy"), ("white", "sky", "navy", "blue"), ("lavender", "grey", "ivory", "purple"),
    ("charcoal", "black", "sky", "ivory"), ("navy", "black", "ivory", "red"), ("sky", "blue", "white", "navy"), ("pink", "burgundy", "ivory", "red"),
)
SETTS = {       # name -> bands: which of the four colours, cm
    "buffalo": ((0, 3.6), (1, 3.6)),
    "flannel": ((0, 3.2), (1, 1.8), (0, .6), (3, .2), (0, .6), (1, 1.8)),
    "tartan": ((1, 1.2), (0, .4), (1, .4), (0, .4), (1, 1.6), (0, 3.), (2, .2), (0, 1.2)),
    "shawl": ((0, 5.), (1, 2.6), (0, .4), (2, .4), (0, .4), (1, 1.), (3, .2), (1, .6)),
    "madras": ((0, 2.), (1, .8), (2, .4), (0, .8), (3, 1.2), (1, .4), (0, 1.2), (2, .8)),
    "lumber": ((0, 2.), (1, 2.)),
}
MIRRORED = ("tartan", "shawl", "madras")


def _plaid(rng, base):
    colours = _grounded(rng, PLAIDS, base)
    name = _pick(rng, SETTS, (1, 2.5, 3, 1.5, 1.5, .7))
    bands = [(linear(colours[number]), width) for number, width in SETTS[name]]
    used = _words(*(colours[number] for number in dict.fromkeys(number for number, _ in sorted(SETTS[name], key=lambda band: -band[1]))))
    return woven.check(bands, rng, _pick(rng, (.35, .55)), name in MIRRORED), _words(colours[0], *used), "plaid"


def _tattersall(rng, base):
    ground, one, two = _grounded(rng, (("white", "navy", "burgundy"), ("ivory", "olive", "rust"), ("white", "blue", "sky"), ("ivory", "navy", "camel"),
                                       ("sky", "navy", "white")), base)
    bands = ((ground, 1.4), (one, .2), (ground, 1.4), (two, .2))
    return woven.check(bands, rng, .3, mirrored=False), _words(ground, one, two), "plaid"


def _window(rng, base):
    ground, line = pair(rng, base or _pick(rng, ("navy", "charcoal", "grey", "camel", "beige", "black", "ivory", "brown", "sky", "green")))
    return woven.windowpane(shade(ground, rng), line, rng, _pick(rng, (4.2, 5.4, 6.6))), (ground, line), "plaid"


def _glen(rng, base):
    light, dark, over = _pick(rng, (("white", "black", None), ("white", "charcoal", "sky"), ("ivory", "brown", "rust"), ("silver", "navy", None), ("ivory", "charcoal", "burgundy"),
                                    ("beige", "brown", "sky")))
    main = {"black": "grey", "charcoal": "grey", "brown": "brown", "navy": "blue"}[dark]
    return woven.glen_check(light, dark, rng, over), _words(main, *([over] if over else []), dark), "plaid"


def _hounds(rng, base):
    light, dark = _grounded(rng, (("ivory", "black"), ("white", "black"), ("ivory", "navy"), ("ivory", "brown"), ("beige", "charcoal"), ("blush", "burgundy")), base)
    return woven.houndstooth(light, dark, _pick(rng, (1.2, 2., 3.2), (2, 2, 1))), (dark, light), "houndstooth"


def _polka(rng, base):
    ground, colour = pair(rng, base, 30)
    spacing, share = _pick(rng, ((2., .15), (3., .16), (4.2, .17), (5.4, .2)), (2, 3, 2, 1))
    return shapes.dots(shade(ground, rng), shade(colour, rng), spacing, spacing * share), (ground, colour), "polka dot"


def _pin_dot(rng, base):
    ground, colour = pair(rng, base or _pick(rng, ("navy", "black", "burgundy", "white", "ivory", "green", "rust", "sky")), 35)
    return shapes.dots(shade(ground, rng), colour, 1.5, .16), (ground, colour), "polka dot"


def _confetti(rng, base):
    ground, one, two = trio(rng, base)
    return shapes.scattered_dots(ground, [word for word in (one, two) if contrast(ground, word) > 12] or ["white"], rng), _words(ground, one, two), "polka dot"


def _chevron(rng, base):
    one, two, three = trio(rng, base)
    colours = (one, two) if rng.random() < .5 else (one, two, three, two)
    return shapes.chevron(colours, _pick(rng, (4., 6.)), _pick(rng, (1.2, 1.8))), _words(*colours), "geometric"


def _argyle(rng, base):
    ground, one, two, line = _grounded(rng, (("navy", "grey", "burgundy", "ivory"), ("camel", "brown", "ivory", "navy"), ("grey", "charcoal", "sky", "white"),
                                             ("sage", "green", "ivory", "mustard"), ("burgundy", "navy", "blush", "ivory"), ("black", "grey", "ivory", "red"),
                                             ("ivory", "camel", "navy", "rust"), ("green", "navy", "camel", "ivory"), ("blush", "pink", "ivory", "burgundy")), base)
    return knitted.argyle(ground, one, two, line, *_pick(rng, ((9., 13.), (7., 10.)))), _words(ground, one, two), "argyle"


def _fair_isle(rng, base):
    ground, *yarns = _grounded(rng, (("navy", "ivory", "red", "sky"), ("ivory", "navy", "rust", "sage"), ("charcoal", "ivory", "sky", "grey"), ("green", "ivory", "red", "mustard"),
                                     ("burgundy", "ivory", "blush", "camel"), ("camel", "ivory", "brown", "teal"), ("grey", "white", "navy", "burgundy"),
                                     ("ivory", "green", "red", "camel"), ("brown", "ivory", "sky", "mustard"), ("beige", "white", "brown", "rust")), base)
    return knitted.fair_isle(shade(ground, rng), yarns[:rng.integers(1, 4)], rng), _words(ground, *yarns[:2]), "geometric"


GEOMETRICS = (
    ("navy", "ivory", "sky", "rust"), ("ivory", "rust", "mustard", "teal"), ("black", "ivory", "camel", "grey"), ("teal", "ivory", "mustard", "mint"),
    ("sage", "ivory", "olive", "blush"), ("burgundy", "blush", "ivory", "pink"), ("white", "blue", "sky", "navy"), ("camel", "ivory", "brown", "black"),
    ("green", "ivory", "sage", "blush"), ("rust", "ivory", "blush", "brown"), ("blush", "burgundy", "ivory", "rust"), ("ivory", "black", "camel", "grey"),
)


def _geometric(rng, base):
    ground, *others = _grounded(rng, GEOMETRICS, base)
    others = [word for word in others if contrast(ground, word) > 10] or others
    style = _pick(rng, ("arcs", "moons", "lattice", "triangles"))
    if style == "lattice":
        return shapes.lattice(ground, others[:2], _pick(rng, (2.4, 3.4))), _words(ground, *others[:2]), "geometric"
    draw = {"arcs": shapes.arcs, "moons": shapes.half_moons, "triangles": shapes.triangles}[style]
    return draw(ground, others[:3], rng), _words(ground, *others), "geometric"


def _bouquet(rng, base):
    fitting = [bouquet for bouquet in florals.BOUQUETS if base in (None, bouquet.words[0])]
    if fitting:
        return _pick(rng, fitting)
    fitting = [bouquet for bouquet in florals.BOUQUETS if min(contrast(base, colour) for colour in bouquet.flowers[:2]) > 22]
    bouquet = _pick(rng, fitting)
    return florals.Bouquet(base, bouquet.flowers, bouquet.leaves, bouquet.centres, _words(base, *(word for word in bouquet.words[1:])))


def _floral_kind(*layouts):
    """A kind that draws one of the layouts of florals.py."""
    def floral(rng, base):
        bouquet = _bouquet(rng, base)
        return getattr(florals, _pick(rng, layouts))(bouquet, rng), bouquet.words, "floral"
    return floral


TROPICS = (
    ("white", (("#1f5a41", "#4f8f62"), ("#2f6f63", "#74a892")), (), ("white", "green")),
    ("ivory", (("#50633f", "#8c9c66"), ("#3d5a4a", "#7a9a80")), ("#d9806a",), ("ivory", "olive", "sage")),
    ("#1a2233", (("#20574f", "#4f9080"), ("#2f6a4a", "#86ab74")), ("#e2857c",), ("navy", "green", "teal")),
    ("#1b1c1c", (("#2a5a40", "#5f9266"), ("#5f7040", "#a2a86c")), (), ("black", "green", "olive")),
    ("#e8c9c0", (("#2f5d55", "#6f9a86"), ("#5a7350", "#96a97c")), ("#b54a4f",), ("blush", "green", "teal")),
    ("#9fc0db", (("#234a75", "#5f88b4"), ("#f0f2ef", "#ffffff")), (), ("sky", "blue", "white")),
    ("#2b5c45", (("#1a3d2e", "#5c8f63"), ("#45785a", "#a0bd85")), ("#ecd9c2",), ("green", "sage", "ivory")),
)


def _tropical(rng, base):
    fitting = [tropic for tropic in TROPICS if base in (None, tropic[3][0])]
    ground, leaves, accents, words = _pick(rng, range(len(fitting))) and fitting[-1] if len(fitting) == 1 else fitting[rng.integers(len(fitting))] if fitting else (
        linear(base), TROPICS[0][1], (), _words(base, "green"))
    return florals.tropical(ground, leaves, accents, rng, *_pick(rng, ((34., 6.5), (26., 4.6)))), words, "floral"


def _camp(rng, base):
    return _pick(rng, (_tropical, _painterly, _geometric), (3, 2, 1.5))(rng, base)


_painterly = _floral_kind("painterly")

LEOPARDS = (("#c49a68", "#9a6a3c", "#211a17", ("camel", "black", "brown")), ("#d9c4a2", "#b08350", "#2a1e18", ("beige", "brown", "black")), ("#e6ded2", "#a99f94", "#242325", ("ivory", "grey", "black")),
            ("#dcb8ae", "#b47f76", "#4a2028", ("blush", "burgundy", "pink")), ("#8d9098", "#5d6068", "#1d1c1e", ("grey", "charcoal", "black")), ("#a0522f", "#76381f", "#1f1614", ("rust", "black", "brown")))


def _leopard(rng, base):
    skins_of = [skin for skin in LEOPARDS if base in (None, skin[3][0])]
    if skins_of:
        ground, centre, spot, words = skins_of[rng.choice(len(skins_of), p=_weights(len(skins_of)))]
    else:
        ground, spot = linear(base), linear("black") if luminance(base) > .05 else linear("grey")
        centre, words = mix(ground, spot, np.float32(.45)), _words(base, "black" if base != "black" else "grey")
    return skins.leopard(ground, centre, spot, rng, _pick(rng, (14., 18., 22.))), words, "animal"


def _weights(count):
    """Falling shares for a list ordered best first."""
    shares = 1 / (1. + np.arange(count))
    return shares / shares.sum()


def _zebra(rng, base):
    ground, stripe = _grounded(rng, (("ivory", "black"), ("white", "black"), ("beige", "brown"), ("camel", "black"), ("blush", "burgundy"), ("silver", "charcoal")), base)
    return skins.zebra(ground, stripe, rng, _pick(rng, (20., 28.))), (ground, stripe), "animal"


def _snake(rng, base):
    ground, scale, dark, words = _pick(rng, (("#e7dfd0", "#b9ad9b", "#38332f", ("ivory", "grey", "black")), ("#cdb48d", "#98754b", "#33251b", ("camel", "brown", "black")),
                                             ("#b9bcb8", "#83877f", "#2c2e2d", ("silver", "grey", "black")), ("#a9ad8b", "#70764f", "#2b2c20", ("sage", "olive", "black"))))
    return skins.snake(ground, scale, dark, rng), words, "animal"


CAMOUFLAGES = ((("#757455", "#4c5239", "#57412f", "#262723"), ("olive", "brown", "black")), (("#b9a883", "#8c7d58", "#6a5640", "#4d4a37"), ("beige", "olive", "brown")),
               (("#8f9396", "#63676b", "#b7babb", "#3b3e42"), ("grey", "charcoal", "silver")), (("#3f5069", "#27324a", "#71829a", "#191f2d"), ("navy", "blue", "black")),
               (("#9ea88f", "#72805f", "#c5bfa6", "#525c48"), ("sage", "olive", "beige")))


def _camouflage(rng, base):
    fitting = [camo for camo in CAMOUFLAGES if camo[1][0] == base] or CAMOUFLAGES
    colours, words = fitting[rng.choice(len(fitting), p=_weights(len(fitting)))]
    return skins.camouflage(colours, rng, _pick(rng, (36., 48.))), words, "camouflage"


def _tie_dye(rng, base):
    inks = _pick(rng, (("navy", "sky"), ("pink", "orange", "yellow"), ("teal", "sky", "lavender"), ("black", "grey"), ("purple", "pink", "sky"), ("green", "sage", "yellow"),
                       ("rust", "mustard"), ("blue", "teal"), ("blush", "lavender", "sky"), ("burgundy", "pink")))
    style = _pick(rng, ("spiral", "cloud", "bands"), (2, 2, 1))
    if style == "cloud":
        word = base or _pick(rng, ("navy", "blue", "sage", "lavender", "pink", "grey", "teal", "rust", "sky", "olive", "charcoal"))
        return dyes.cloud_dye(word, rng, "ivory" if word in EARTHS else "white"), _words(word, "white"), "tie-dye"
    if style == "bands":
        return dyes.acid_bands((*inks, "white"), rng), _words(*inks, "white"), "tie-dye"
    return dyes.TieDye(inks, rng, (rng.uniform(-7, 7), rng.uniform(108, 122))), _words(*inks, "white"), "tie-dye"


def _ombre(rng, base):
    top, bottom = _pick(rng, (("white", "sky"), ("sky", "navy"), ("ivory", "blush"), ("blush", "burgundy"), ("ivory", "rust"), ("white", "teal"), ("lavender", "purple"), ("ivory", "camel"),
                              ("mint", "teal"), ("silver", "charcoal"), ("white", "pink"), ("sage", "green")))
    if base:
        top, bottom = pair(rng, base)
    return dyes.Ombre(top, bottom, 72., 132., rng), (top, bottom), "ombre"


def _block(rng, base):
    one, two, three = trio(rng, base)
    style = _pick(rng, ("thirds", "chest", "diagonal"), (2, 3, 1))
    if style == "chest":
        return shapes.Blocks([woven.solid(word) for word in (one, two, one)], (122 + rng.uniform(-2, 2), 111 + rng.uniform(-2, 2))), _words(one, two), "colour-block"
    cuts = (123 + rng.uniform(-2, 2), 104 + rng.uniform(-3, 3))
    lean = rng.choice((-.45, .45)) if style == "diagonal" else 0.
    return shapes.Blocks([woven.solid(word) for word in (one, two, three)], cuts, lean), _words(one, two, three), "colour-block"


def _denim(rng, base):
    washes = [wash for wash, recipe in dyes.WASHES.items() if recipe[4] == base] or list(dyes.WASHES)
    common = {"raw": 2, "rinse": 3, "stone": 4, "mid": 4, "light": 3, "bleached": 1, "black": 2.5, "grey": 1, "white": 1, "ecru": 1}
    wash = _pick(rng, washes, [common[name] for name in washes])
    return dyes.denim(wash, rng), (dyes.WASHES[wash][4],), "denim wash"


KINDS = {
    "solid": _solid, "heather": _heather, "marl": _marl, "breton": _breton, "stripes": _stripes, "rugby": _rugby, "vstripes": _vertical, "bengal": _bengal, "awning": _awning,
    "pinstripe": _pinstripe, "gingham": _gingham, "plaid": _plaid, "tattersall": _tattersall, "window": _window, "glen": _glen, "hounds": _hounds, "polka": _polka,
    "pindot": _pin_dot, "confetti": _confetti, "chevron": _chevron, "argyle": _argyle, "fairisle": _fair_isle, "geometric": _geometric,
    "floral": _floral_kind("liberty", "ditsy", "sprigged", "liberty"), "ditsy": _floral_kind("ditsy", "sprigged"), "liberty": _floral_kind("liberty"), "painterly": _painterly,
    "tropical": _tropical, "camp": _camp, "leopard": _leopard, "zebra": _zebra, "snake": _snake, "camo": _camouflage, "tiedye": _tie_dye, "ombre": _ombre, "block": _block,
    "denim": _denim,
}


def choose(kinds, rng, base=None):
    """Draw one cloth.

    kinds: names in KINDS, repeated to be likelier, or a dict name -> weight. base: the colour word that must come first, where the kind can be had
    in it (denim, camouflage and animal skins have their own colours and take the nearest choice).
    Returns (print, colour words with the main one first, pattern word of fashflix.vocabulary.PATTERNS).
    """
    names, weights = (list(kinds), list(kinds.values())) if isinstance(kinds, dict) else (list(kinds), None)
    return KINDS[_pick(rng, names, weights)](rng, base)
