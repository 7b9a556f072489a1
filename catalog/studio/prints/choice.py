"""Drawing a print by its kind, with colours a stylist would choose, and the words that describe it."""

from catalog.studio.chance import maybe, pick
from catalog.studio.palette import COMPANIONS, contrast, pair, popular, shade, trio
from catalog.studio.prints.dyes import WASHES, Ombre, TieDye, cloud_dye, denim
from catalog.studio.prints.florals import BOUQUETS, ditsy, liberty, painterly, sprigged, tropical
from catalog.studio.prints.knitted import argyle, fair_isle, heather, marl
from catalog.studio.prints.shapes import arcs, chevron, dots, half_moons, lattice, scattered_dots, triangles
from catalog.studio.prints.skins import camouflage, leopard, snake, zebra
from catalog.studio.prints.woven import check, gingham, glen_check, houndstooth, pinstripe, solid, stripes, windowpane
from fashflix.errors import StudioError

CHECKS = (("red", "navy", "ivory"), ("navy", "green", "yellow"), ("grey", "charcoal", "red"), ("camel", "brown", "ivory"), ("olive", "black", "rust"),
          ("ivory", "camel", "black"), ("blue", "navy", "white"), ("burgundy", "navy", "mustard"), ("green", "navy", "ivory"), ("beige", "navy", "rust"),
          ("sage", "ivory", "brown"), ("sky", "white", "navy"), ("charcoal", "black", "ivory"), ("rust", "navy", "ivory"), ("brown", "ivory", "sky"))
WASH_SHARES = {"raw": 2, "rinse": 3, "stone": 4, "mid": 3, "light": 3, "bleached": 1, "black": 2.5, "grey": 1.5, "white": 1, "ecru": 1}
JUNGLES = ((("#16302b", "#2f6a50"), ("#1d4038", "#6c9a72")), (("#2c4a3a", "#7fa27a"), ("#48624a", "#a8b98c")))


class Block:
    """Blocks of prints from the top down, parted at heights of v; one more print than heights."""

    def __init__(self, prints, heights):
        self.prints, self.heights = prints, heights

    def __call__(self, u, v, pixel=0.1):
        rgb = self.prints[0](u, v)
        for cloth, height in zip(self.prints[1:], self.heights):
            below = v < height
            rgb[below] = cloth(u[below], v[below])
        return rgb


def _solid(rng, base):
    word = base or popular(rng)
    return solid(shade(word, rng)), (word,), "solid"


def _heather(rng, base):
    word = base or popular(rng, ("grey", "charcoal", "navy", "silver", "beige", "sage", "burgundy", "olive", "blue", "camel", "blush", "teal"))
    return heather(word, rng), (word,), "solid"


def _marl(rng, base):
    ground, other = pair(rng, base)
    return marl(ground, other, rng), (ground, other), "solid"


def _breton(rng, base):
    ground, line = base or pick(rng, ("white", "ivory", "white", "navy", "grey")), None
    line = pick(rng, [word for word in COMPANIONS[ground] if contrast(ground, word) > 30])
    return stripes(((ground, rng.uniform(1.4, 2.4)), (line, rng.uniform(0.7, 1.1)))), (ground, line), "striped"


def _stripes(rng, base):
    if maybe(rng, 0.3):
        first, second, third = trio(rng, base)
        wide = rng.uniform(2.5, 4)
        return stripes(((first, wide), (second, wide * 0.5), (third, wide * 0.35), (second, wide * 0.5))), (first, second, third), "striped"
    ground, other = pair(rng, base)
    wide = pick(rng, (0.8, 1.5, 2.4, 4.0))
    return stripes(((ground, wide), (other, wide * pick(rng, (1, 1, 0.5))))), (ground, other), "striped"


def _vertical(rng, base):
    ground, other = pair(rng, base or pick(rng, ("white", "sky", "ivory", "navy", "blue")))
    wide = pick(rng, (0.35, 0.6, 1.0))
    return stripes(((ground, wide * 1.3), (other, wide * 0.8)), vertical=True), (ground, other), "striped"


def _pinstripe(rng, base):
    ground = base or pick(rng, ("navy", "charcoal", "black", "grey", "brown"))
    line = pick(rng, [word for word in COMPANIONS[ground][:3]])
    return pinstripe(ground, line, rng.uniform(1.2, 2.0)), (ground, line), "striped"


def _gingham(rng, base):
    colour = pick(rng, ("navy", "red", "green", "sky", "pink", "black", "sage", "lavender", "brown", "blue"))
    return gingham("white", colour, rng, pick(rng, (0.6, 0.9, 1.4))), ("white", colour), "gingham"


def _plaid(rng, base):
    ground, second, line = pick(rng, CHECKS)
    wide = rng.uniform(2.2, 4.0)
    bands = ((ground, wide), (second, wide * 0.7), (ground, wide * 0.4), (line, wide * 0.12), (ground, wide * 0.4), (second, wide * 0.5))
    return check(bands, rng), (ground, second, line), "plaid"


def _window(rng, base):
    ground, line = pair(rng, base)
    return windowpane(ground, line, rng, rng.uniform(3.5, 6.0)), (ground, line), "plaid"


def _glen(rng, base):
    light, dark = pick(rng, (("ivory", "charcoal"), ("white", "grey"), ("beige", "brown"), ("silver", "navy"), ("ivory", "black")))
    return glen_check(light, dark, rng, pick(rng, (None, "sky", "rust"))), (dark, light), "plaid"


def _hounds(rng, base):
    light, dark = pick(rng, (("ivory", "black"), ("white", "navy"), ("beige", "brown"), ("ivory", "camel"), ("white", "charcoal")))
    return houndstooth(light, dark, rng.uniform(1.6, 3.4)), (dark, light), "houndstooth"


def _polka(rng, base):
    ground, colour = pair(rng, base)
    if maybe(rng, 0.2):
        return scattered_dots(ground, (colour,), rng), (ground, colour), "polka dot"
    spacing = rng.uniform(1.6, 4.2)
    return dots(ground, colour, spacing, spacing * rng.uniform(0.13, 0.24)), (ground, colour), "polka dot"


def _chevron(rng, base):
    return chevron(colours := trio(rng, base), rng.uniform(4, 7), rng.uniform(1.5, 2.6)), tuple(colours), "geometric"


def _geometric(rng, base):
    ground, *others = trio(rng, base)
    paint = pick(rng, (arcs, half_moons, triangles, lattice))
    cloth = lattice(ground, others, rng.uniform(3, 4.5)) if paint is lattice else paint(ground, others, rng, rng.uniform(3, 4.5))
    return cloth, (ground, *others), "geometric"


def _argyle(rng, base):
    ground, diamond, other = trio(rng, base)
    return argyle(ground, diamond, other, pick(rng, ("ivory", "white", diamond))), (ground, diamond, other), "argyle"


def _fair_isle(rng, base):
    ground, *yarns = trio(rng, base)
    return fair_isle(ground, yarns, rng), (ground, *yarns), "geometric"


def _floral(rng, base, paints=(ditsy, liberty, sprigged, painterly)):
    fitting = [bouquet for bouquet in BOUQUETS if bouquet.words[0] == base] or BOUQUETS
    bouquet = pick(rng, fitting)
    return pick(rng, paints)(bouquet, rng), bouquet.words, "floral"


def _tropical(rng, base):
    ground = base or pick(rng, ("ivory", "navy", "black", "white", "blush", "sage"))
    accents = pick(rng, ((), ("#d9775f", "#e8b9a0"), ("#e0b04a",)))
    return tropical(ground, pick(rng, JUNGLES), accents, rng), (ground, "green"), "floral"


def _leopard(rng, base):
    ground, centre, spot, words = pick(rng, (("#d2ab78", "#a06f3c", "#241c18", ("camel", "black")), ("#d9cdb8", "#b59b78", "#33291f", ("beige", "brown")),
                                             ("#b9babb", "#8b8c90", "#202022", ("grey", "black"))))
    return leopard(ground, centre, spot, rng), words, "animal"


def _zebra(rng, base):
    ground, stripe = pick(rng, (("ivory", "black"), ("white", "charcoal"), ("beige", "brown")))
    return zebra(ground, stripe, rng), (ground, stripe), "animal"


def _snake(rng, base):
    return snake("beige", "grey", "charcoal", rng), ("beige", "grey", "charcoal"), "animal"


def _camo(rng, base):
    colours = pick(rng, (("olive", "brown", "beige", "black"), ("sage", "olive", "beige", "charcoal"), ("grey", "charcoal", "silver", "black")))
    return camouflage(colours, rng), colours[:3], "camouflage"


def _tiedye(rng, base):
    colours = pick(rng, (("blue", "sky"), ("fuchsia", "orange"), ("teal", "navy"), ("lavender", "pink"), ("rust", "mustard"), ("sage", "teal")))
    if maybe(rng, 0.4):
        return cloud_dye(colours[0], rng), (colours[0], "white"), "tie-dye"
    return TieDye(colours, rng), (*colours, "white"), "tie-dye"


def _ombre(rng, base):
    top, bottom = pair(rng, base)
    return Ombre(top, bottom, 85, 130, rng), (top, bottom), "ombre"


def _block(rng, base):
    colours = trio(rng, base)
    return Block([solid(word) for word in colours], (124 + rng.uniform(-3, 3), 104 + rng.uniform(-4, 4))), tuple(colours), "colour-block"


def _denim(rng, base):
    washes = [wash for wash in WASHES if base is None or WASHES[wash][4] == base] or list(WASHES)
    wash = pick(rng, washes, [WASH_SHARES[one] for one in washes])
    return denim(wash, rng), (WASHES[wash][4],), "denim wash"


KINDS = {
    "solid": _solid, "heather": _heather, "marl": _marl, "breton": _breton, "stripes": _stripes, "vstripes": _vertical, "pinstripe": _pinstripe,
    "gingham": _gingham, "plaid": _plaid, "window": _window, "glen": _glen, "hounds": _hounds, "polka": _polka, "chevron": _chevron,
    "geometric": _geometric, "argyle": _argyle, "fairisle": _fair_isle, "floral": _floral, "ditsy": lambda rng, base: _floral(rng, base, (ditsy, sprigged)),
    "tropical": _tropical, "leopard": _leopard, "zebra": _zebra, "snake": _snake, "camo": _camo, "tiedye": _tiedye, "ombre": _ombre, "block": _block,
    "denim": _denim,
}


def choose(kinds, rng, base=None):
    """Draw a print.

    kinds: names of KINDS, one is picked. rng: numpy Generator. base: colour word of the ground, where the kind leaves it open.
    Returns (print, colour words with the main one first, pattern word). Raises StudioError for an unknown kind.
    """
    kind = pick(rng, kinds)
    if kind not in KINDS:
        raise StudioError(f"No print is called {kind!r}; the kinds are {', '.join(KINDS)}.")
    cloth, colours, pattern = KINDS[kind](rng, base)
    return cloth, tuple(dict.fromkeys(colours)), pattern
