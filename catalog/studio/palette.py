"""The colours of cloth: one dyed shade for every colour word, and which of them a stylist would put together.

All light is computed in linear RGB (0..1); shades are written as sRGB hex because that is what a person can judge. The swatches of
`fashflix.vocabulary` are what buttons show; cloth is a little duller, because dyed cotton never reaches the corners of the screen.
"""

import numpy as np

from fashflix.errors import StudioError

CLOTH = {
    "black": "#1f1e20", "charcoal": "#41444a", "grey": "#93959a", "silver": "#c4c6c8", "white": "#f4f3ef",
    "ivory": "#ece3d0", "beige": "#d3c2a4", "camel": "#b78d5d", "brown": "#664733", "navy": "#242e4b", "blue": "#38629f",
    "sky": "#a6c3dd", "teal": "#27696b", "green": "#32694c", "olive": "#686843", "sage": "#a4b199", "mint": "#b9d9ca",
    "yellow": "#ecd06c", "mustard": "#c59536", "gold": "#c0995a", "orange": "#d9763f", "rust": "#a35333", "red": "#b52f36",
    "burgundy": "#6b2533", "pink": "#dc90a3", "blush": "#e8cbc3", "fuchsia": "#bb3a78", "lavender": "#b8abd0", "purple": "#644784",
}

EARTHS = ("olive", "rust", "mustard", "camel", "brown", "burgundy", "beige", "sage", "gold")

# how much of each colour hangs on a well-bought rail; what `popular` draws from
RAIL = {
    "black": 10, "white": 8, "navy": 8, "ivory": 6, "grey": 5, "beige": 5, "camel": 5, "charcoal": 4, "sky": 4, "olive": 4,
    "sage": 4, "burgundy": 4, "blush": 4, "brown": 3, "blue": 3, "rust": 3, "green": 3, "red": 3, "teal": 3, "pink": 2.5,
    "lavender": 2.5, "mustard": 2.5, "mint": 1.5, "silver": 1, "orange": 1, "yellow": 1, "purple": 1, "fuchsia": 1, "gold": .3,
}

# ground -> what looks well on it, best first; every one differs enough in lightness to be read as a pattern
COMPANIONS = {
    "black": ("ivory", "white", "camel", "grey", "blush", "red", "mustard", "sage"),
    "charcoal": ("ivory", "white", "silver", "sky", "blush", "mustard", "lavender"),
    "grey": ("white", "navy", "black", "ivory", "burgundy", "charcoal"),
    "silver": ("navy", "charcoal", "black", "white", "burgundy", "teal"),
    "white": ("navy", "black", "blue", "sky", "red", "sage", "camel", "green", "pink", "rust"),
    "ivory": ("navy", "black", "camel", "rust", "olive", "burgundy", "green", "blue", "brown", "mustard", "red"),
    "beige": ("brown", "black", "navy", "white", "olive", "rust", "burgundy", "charcoal"),
    "camel": ("ivory", "black", "white", "navy", "brown", "burgundy"),
    "brown": ("ivory", "beige", "camel", "blush", "sky", "sage", "mustard"),
    "navy": ("white", "ivory", "sky", "camel", "red", "blush", "mustard", "sage", "grey"),
    "blue": ("white", "ivory", "sky", "navy", "blush"),
    "sky": ("white", "navy", "blue", "ivory", "brown", "burgundy", "rust"),
    "teal": ("ivory", "white", "blush", "mustard", "mint", "navy"),
    "green": ("ivory", "white", "blush", "sage", "navy", "camel", "sky"),
    "olive": ("ivory", "black", "beige", "white", "blush", "sage"),
    "sage": ("white", "ivory", "olive", "green", "navy", "brown", "black"),
    "mint": ("white", "navy", "green", "teal", "charcoal", "brown"),
    "yellow": ("white", "navy", "grey", "black", "ivory", "brown"),
    "mustard": ("ivory", "navy", "black", "white", "brown", "burgundy"),
    "gold": ("ivory", "black", "navy", "brown"),
    "orange": ("ivory", "white", "navy", "blush", "brown"),
    "rust": ("ivory", "blush", "navy", "camel", "white", "sky", "black"),
    "red": ("white", "ivory", "navy", "black", "blush", "pink"),
    "burgundy": ("ivory", "blush", "pink", "camel", "white", "navy", "sky", "grey"),
    "pink": ("white", "ivory", "red", "burgundy", "navy", "green", "black"),
    "blush": ("white", "burgundy", "rust", "black", "navy", "green", "brown", "olive", "grey"),
    "fuchsia": ("white", "ivory", "blush", "navy", "black"),
    "lavender": ("white", "ivory", "purple", "navy", "charcoal", "green"),
    "purple": ("ivory", "lavender", "white", "blush", "black"),
}

# three colours in the order of their areas
TRIOS = (
    ("navy", "ivory", "red"), ("navy", "white", "sky"), ("ivory", "camel", "brown"), ("ivory", "navy", "rust"), ("black", "ivory", "camel"),
    ("white", "sky", "navy"), ("sage", "ivory", "olive"), ("burgundy", "blush", "ivory"), ("camel", "ivory", "black"),
    ("charcoal", "grey", "ivory"),
    ("rust", "ivory", "navy"), ("olive", "beige", "black"), ("blush", "ivory", "burgundy"), ("teal", "ivory", "mustard"),
    ("green", "ivory", "navy"), ("brown", "beige", "sky"), ("ivory", "green", "blush"), ("mustard", "ivory", "brown"),
    ("grey", "white", "navy"),
    ("sky", "white", "brown"), ("lavender", "ivory", "green"), ("navy", "camel", "ivory"), ("ivory", "sage", "rust"),
    ("pink", "ivory", "red"),
    ("beige", "white", "black"), ("blue", "white", "navy"), ("mint", "white", "green"), ("red", "ivory", "navy"),
    ("black", "grey", "white"),
)


def linear(colour):
    """Linear RGB of a colour word, an sRGB hex string, or something already linear.

    Returns (3,) float32 in 0..1. Raises StudioError for an unknown word. Transfer curve: IEC 61966-2-1 (sRGB).
    """
    if not isinstance(colour, str):
        return np.asarray(colour, np.float32)
    text = CLOTH.get(colour, colour)
    if not (len(text) == 7 and text.startswith("#")):
        raise StudioError(f"no cloth colour {colour!r}; the words are: {', '.join(CLOTH)} (or a hex such as #1f2a4d)")
    srgb = np.array([int(text[i:i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(srgb <= .04045, srgb / 12.92, ((srgb + .055) / 1.055) ** 2.4).astype(np.float32)


def encode(rgb):
    """sRGB values (0..1, same shape) of linear RGB: the inverse of `linear`, for showing a picture."""
    rgb = np.clip(rgb, 0, 1)
    return np.where(rgb <= .0031308, rgb * 12.92, 1.055 * rgb ** (1 / 2.4) - .055)


def lab(colour):
    """CIELAB (3,) of a colour word, hex or linear RGB, under D65: equal distances look about equally far."""
    to_xyz = np.array([[.4124, .3576, .1805], [.2126, .7152, .0722], [.0193, .1192, .9505]])
    x = to_xyz @ linear(colour).astype(float) / (.95047, 1., 1.08883)
    f = np.where(x > .008856, np.cbrt(x), 7.787 * x + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def luminance(colour):
    """Relative luminance, 0 black to 1 white, of a colour word, hex or linear RGB."""
    return float(linear(colour) @ (.2126, .7152, .0722))


def contrast(one, other):
    """Difference in lightness (CIELAB L, 0..100): below 15 two colours melt into one another in a small photo."""
    return abs(lab(one)[0] - lab(other)[0])


def nearest_word(colour):
    """The colour word whose cloth looks nearest to a colour (word, hex or linear RGB)."""
    seen = lab(colour)
    return min(CLOTH, key=lambda word: np.linalg.norm(lab(word) - seen))


def shade(word, rng, spread=2.5):
    """One dye lot of a colour word: linear RGB (3,) a little lighter, duller or warmer, still nearest to its own word.

    spread: standard deviation of lightness in CIELAB units; hue and chroma move less.
    """
    base = linear(word)
    for _ in range(8):
        gain = 1 + .02 * spread * rng.standard_normal() * np.ones(3) + .008 * spread * rng.standard_normal(3)
        lot = np.clip(base * gain, 0, .93).astype(np.float32)
        if nearest_word(lot) == word:
            return lot
    return base


def mix(one, other, share):
    """Linear blend of two colours: share 0 gives one, 1 gives other. share: number or array (...,); returns (..., 3) float32."""
    one, other = linear(one), linear(other)
    return one + (other - one) * np.asarray(share, np.float32)[..., None]


def popular(rng, words=None):
    """A colour word drawn as often as it hangs on a well-bought rail, out of `words` (default: all)."""
    words = tuple(words or RAIL)
    weights = np.array([RAIL[word] for word in words], float)
    return words[rng.choice(len(words), p=weights / weights.sum())]


def pair(rng, ground=None, least=22):
    """Two colour words that suit each other, ground first; `least` is the contrast they must have (CIELAB lightness)."""
    ground = ground or popular(rng)
    fitting = [word for word in COMPANIONS[ground] if contrast(ground, word) >= least] or list(COMPANIONS[ground][:1])
    weights = 1 / (2. + np.arange(len(fitting)))
    return ground, fitting[rng.choice(len(fitting), p=weights / weights.sum())]


def trio(rng, ground=None):
    """Three colour words that suit each other, ground first; an unlisted ground gets two of its companions."""
    listed = [three for three in TRIOS if ground in (None, three[0])]
    if listed:
        return listed[rng.integers(len(listed))]
    return (ground, *COMPANIONS[ground][:2])
