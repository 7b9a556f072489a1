"""Choosing a print: printed and dyed cloth in colours that suit it, and the list of every kind of cloth.

Functions named after a kind are as in catalog.studio.prints.cloths: (rng, base) -> (print, colour words, pattern word).
"""

from catalog.studio.chance import maybe, pick
from catalog.studio.palette import EARTHS, contrast, luminance, mix, pair, shade, trio
from catalog.studio.prints import cloths, colourways, dyes, florals, shapes, skins, woven
from catalog.studio.prints.cloths import best_first, distinct, grounded


def polka(rng, base):
    ground, colour = pair(rng, base, 30)
    spacing, share = pick(rng, ((2., .15), (3., .16), (4.2, .17), (5.4, .2)), (2, 3, 2, 1))
    return shapes.dots(shade(ground, rng), shade(colour, rng), spacing, spacing * share), (ground, colour), "polka dot"


def pin_dot(rng, base):
    ground, colour = pair(rng, base or pick(rng, colourways.PIN_DOT_GROUNDS), 35)
    return shapes.dots(shade(ground, rng), colour, 1.5, .16), (ground, colour), "polka dot"


def confetti(rng, base):
    ground, *others = trio(rng, base)
    others = [word for word in others if contrast(ground, word) > 12] or [pair(rng, ground)[1]]
    return shapes.scattered_dots(ground, others, rng), distinct(ground, *others), "polka dot"


def chevron(rng, base):
    one, two, three = trio(rng, base)
    colours = (one, two) if maybe(rng, .5) else (one, two, three, two)
    return shapes.chevron(colours, pick(rng, (4., 6.)), pick(rng, (1.2, 1.8))), distinct(*colours), "geometric"


def geometric(rng, base):
    ground, *others = grounded(rng, colourways.GEOMETRICS, base)
    others = [word for word in others if contrast(ground, word) > 10] or others
    draw = pick(rng, (shapes.arcs, shapes.half_moons, shapes.triangles, shapes.lattice))
    others = others[:2] if draw is shapes.lattice else others
    return draw(ground, others, rng), distinct(ground, *others), "geometric"


def _bouquet(rng, base):
    fitting = [bouquet for bouquet in colourways.BOUQUETS if base in (None, bouquet.words[0])]
    if fitting:
        return pick(rng, fitting)
    bouquet = max(colourways.BOUQUETS, key=lambda one: min(contrast(base, colour) for colour in one.flowers[:2]) + 12 * rng.random())
    return colourways.Bouquet(base, bouquet.flowers, bouquet.leaves, bouquet.centres, distinct(base, *bouquet.words[1:]))


def floral(*layouts):
    """A kind that sets a bouquet out in one of the given layouts of florals.py."""
    def kind(rng, base):
        bouquet = _bouquet(rng, base)
        return pick(rng, layouts)(bouquet, rng), bouquet.words, "floral"
    return kind


def tropical(rng, base):
    plain = (base, colourways.TROPICS[0][1], (), distinct(base, "green"))
    ground, leaves, flowers, words = pick(rng, [tropic for tropic in colourways.TROPICS if base in (None, tropic[3][0])] or [plain])
    return florals.tropical(ground, leaves, flowers, rng, *pick(rng, ((34., 6.5), (26., 4.6)))), words, "floral"


def camp(rng, base):
    return pick(rng, (tropical, floral(florals.painterly), geometric), (3, 2, 1.5))(rng, base)


def leopard(rng, base):
    fitting = [skin for skin in colourways.LEOPARDS if base in (None, skin[3][0])]
    if fitting:
        ground, centre, spot, words = best_first(rng, fitting)
    else:
        other = "grey" if luminance(base) < .05 else "black"
        ground, centre, spot, words = base, mix(base, other, .45), other, (base, other)
    return skins.leopard(ground, centre, spot, rng, pick(rng, (14., 18., 22.))), words, "animal"


def zebra(rng, base):
    ground, stripe = grounded(rng, colourways.ZEBRAS, base)
    return skins.zebra(ground, stripe, rng, pick(rng, (20., 28.))), (ground, stripe), "animal"


def snake(rng, base):
    ground, scale, dark, words = pick(rng, [one for one in colourways.SNAKES if base in (None, one[3][0])] or colourways.SNAKES)
    return skins.snake(ground, scale, dark, rng), words, "animal"


def camouflage(rng, base):
    colours, words = best_first(rng, [one for one in colourways.CAMOUFLAGES if base in (None, one[1][0])] or colourways.CAMOUFLAGES)
    return skins.camouflage(colours, rng, pick(rng, (36., 48.))), words, "camouflage"


def tie_dye(rng, base):
    style = pick(rng, ("spiral", "cloud", "bands"), (2, 2, 1))
    if style == "cloud" or base:
        word = base or pick(rng, colourways.CLOUD_DYES)
        pale = "ivory" if word in EARTHS else "white"
        return dyes.cloud_dye(word if contrast(word, pale) > 12 else "sky", rng, pale), distinct(word, pale), "tie-dye"
    inks = pick(rng, colourways.TIE_DYES)
    if style == "bands":
        return dyes.dyed_bands((*inks, "white"), rng), distinct(*inks, "white"), "tie-dye"
    return dyes.TieDye(inks, rng, (rng.uniform(-7, 7), rng.uniform(108, 122))), distinct(*inks, "white"), "tie-dye"


def ombre(rng, base):
    top, bottom = pair(rng, base) if base else pick(rng, colourways.OMBRES)
    return dyes.Ombre(top, bottom, 72., 132., rng), (top, bottom), "ombre"


def block(rng, base):
    one, two, three = trio(rng, base)
    style = pick(rng, ("thirds", "chest", "diagonal"), (2, 3, 1))
    if style == "chest":
        cuts = (122 + rng.uniform(-2, 2), 111 + rng.uniform(-2, 2))
        return shapes.Blocks([woven.solid(word) for word in (one, two, one)], cuts), (one, two), "colour-block"
    cuts = (123 + rng.uniform(-2, 2), 104 + rng.uniform(-3, 3))
    lean = pick(rng, (-.45, .45)) if style == "diagonal" else 0.
    return shapes.Blocks([woven.solid(word) for word in (one, two, three)], cuts, lean), (one, two, three), "colour-block"


def denim(rng, base):
    fitting = [wash for wash in dyes.WASHES.values() if wash.word == base] or list(dyes.WASHES.values())
    wash = pick(rng, fitting, [wash.common for wash in fitting])
    return dyes.denim(wash.name, rng), (wash.word,), "denim wash"


KINDS = {
    "solid": cloths.solid, "heather": cloths.heather, "marl": cloths.marl,
    "breton": cloths.breton, "stripes": cloths.stripes, "rugby": cloths.rugby,
    "vstripes": cloths.vertical, "bengal": cloths.bengal, "awning": cloths.awning, "pinstripe": cloths.pinstripe,
    "gingham": cloths.gingham, "plaid": cloths.plaid, "tattersall": cloths.tattersall, "window": cloths.window,
    "glen": cloths.glen, "hounds": cloths.hounds, "argyle": cloths.argyle, "fairisle": cloths.fair_isle,
    "polka": polka, "pindot": pin_dot, "confetti": confetti, "chevron": chevron, "geometric": geometric,
    "floral": floral(florals.liberty, florals.ditsy, florals.sprigged, florals.liberty), "ditsy": floral(florals.ditsy, florals.sprigged),
    "liberty": floral(florals.liberty), "painterly": floral(florals.painterly), "tropical": tropical, "camp": camp,
    "leopard": leopard, "zebra": zebra, "snake": snake, "camo": camouflage,
    "tiedye": tie_dye, "ombre": ombre, "block": block, "denim": denim,
}


def choose(kinds, rng, base=None):
    """Draw one cloth.

    kinds: names in KINDS, repeated to be likelier, or a dict name -> weight. rng: numpy Generator. base: the colour word that must come
    first; denim, glen checks, camouflage and snake, which have colours of their own, take another when they cannot be had in it.
    Returns (print, colour words with the main one first, pattern word of fashflix.vocabulary.PATTERNS).
    """
    return KINDS[pick(rng, kinds, list(kinds.values()) if isinstance(kinds, dict) else None)](rng, base)
