"""Colourways: the sets of colours that each kind of cloth is sold in, the main colour first.

Colour words are those of the vocabulary; hex shades stand where a word's own shade would look flat or loud.
"""

from dataclasses import dataclass

BRETONS = (
    ("ivory", "navy"), ("white", "navy"), ("white", "black"), ("navy", "ivory"), ("ivory", "red"), ("ivory", "black"), ("white", "blue"),
    ("black", "white"), ("ivory", "olive"), ("ivory", "rust"), ("navy", "white"), ("ivory", "burgundy"), ("ivory", "green"),
)
BENGALS = (("white", "sky"), ("white", "blue"), ("white", "navy"), ("white", "pink"), ("white", "sage"), ("ivory", "camel"))
SHIRTING_LINES = ("sky", "navy", "blue", "sage", "camel", "burgundy", "pink", "green", "black", "rust")
GINGHAMS = tuple((ground, colour) for ground in ("white", "ivory") for colour in (
    "navy", "black", "red", "sky", "green", "pink", "blue", "sage", "lavender", "rust", "mustard", "brown"))
TATTERSALLS = (
    ("white", "navy", "burgundy"), ("ivory", "olive", "rust"), ("white", "blue", "sky"), ("ivory", "navy", "camel"),
    ("sky", "navy", "white"),
)
WINDOW_GROUNDS = ("navy", "charcoal", "grey", "camel", "beige", "black", "ivory", "brown", "sky", "green")
GLENS = (       # light thread, dark thread, overcheck or None, the colour it looks from a step away
    ("white", "black", None, "grey"), ("white", "charcoal", "sky", "grey"), ("ivory", "brown", "rust", "brown"),
    ("silver", "navy", None, "navy"),
    ("ivory", "charcoal", "burgundy", "grey"), ("beige", "brown", "sky", "brown"),
)
TEETH = (("ivory", "black"), ("white", "black"), ("ivory", "navy"), ("ivory", "brown"), ("beige", "charcoal"), ("blush", "burgundy"))
PIN_DOT_GROUNDS = ("navy", "black", "burgundy", "white", "ivory", "green", "rust", "sky")

PLAIDS = (      # ground, second, accent, fine line
    ("red", "black", "black", "ivory"), ("navy", "green", "mustard", "sky"), ("green", "navy", "red", "ivory"),
    ("grey", "charcoal", "burgundy", "white"),
    ("camel", "brown", "ivory", "navy"), ("olive", "black", "rust", "beige"), ("ivory", "navy", "rust", "sky"),
    ("burgundy", "navy", "mustard", "ivory"),
    ("blue", "navy", "white", "sky"), ("rust", "brown", "ivory", "mustard"), ("sage", "olive", "ivory", "blush"),
    ("blush", "burgundy", "ivory", "grey"),
    ("brown", "olive", "mustard", "beige"), ("teal", "navy", "ivory", "mustard"), ("black", "charcoal", "white", "red"),
    ("ivory", "green", "navy", "mustard"),
    ("beige", "brown", "sky", "ivory"), ("mustard", "brown", "ivory", "navy"), ("white", "sky", "navy", "blue"),
    ("lavender", "grey", "ivory", "purple"),
    ("charcoal", "black", "sky", "ivory"), ("navy", "black", "ivory", "red"), ("sky", "blue", "white", "navy"),
    ("pink", "burgundy", "ivory", "red"),
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

ARGYLES = (     # ground, diamonds, other diamonds, lines
    ("navy", "grey", "burgundy", "ivory"), ("camel", "brown", "ivory", "navy"), ("grey", "charcoal", "sky", "white"),
    ("sage", "green", "ivory", "mustard"),
    ("burgundy", "navy", "blush", "ivory"), ("black", "grey", "ivory", "red"), ("ivory", "camel", "navy", "rust"),
    ("green", "navy", "camel", "ivory"),
    ("blush", "pink", "ivory", "burgundy"),
)
FAIR_ISLES = (      # ground, yarns
    ("navy", "ivory", "red", "sky"), ("ivory", "navy", "rust", "sage"), ("charcoal", "ivory", "sky", "grey"),
    ("green", "ivory", "red", "mustard"),
    ("burgundy", "ivory", "blush", "camel"), ("camel", "ivory", "brown", "teal"), ("grey", "white", "navy", "burgundy"),
    ("ivory", "green", "red", "camel"), ("brown", "ivory", "sky", "mustard"), ("beige", "white", "brown", "rust"),
)
GEOMETRICS = (
    ("navy", "ivory", "sky", "rust"), ("ivory", "rust", "mustard", "teal"), ("black", "ivory", "camel", "grey"),
    ("teal", "ivory", "mustard", "mint"),
    ("sage", "ivory", "olive", "blush"), ("burgundy", "blush", "ivory", "pink"), ("white", "blue", "sky", "navy"),
    ("camel", "ivory", "brown", "black"),
    ("green", "ivory", "sage", "blush"), ("rust", "ivory", "blush", "brown"), ("blush", "burgundy", "ivory", "rust"),
    ("ivory", "black", "camel", "grey"),
)

TROPICS = (     # ground, leaf tones (dark, light), flowers, words
    ("white", (("#1f5a41", "#4f8f62"), ("#2f6f63", "#74a892")), (), ("white", "green")),
    ("ivory", (("#50633f", "#8c9c66"), ("#3d5a4a", "#7a9a80")), ("#d9806a",), ("ivory", "olive", "sage")),
    ("#1a2233", (("#20574f", "#4f9080"), ("#2f6a4a", "#86ab74")), ("#e2857c",), ("navy", "green", "teal")),
    ("#1b1c1c", (("#2a5a40", "#5f9266"), ("#5f7040", "#a2a86c")), (), ("black", "green", "olive")),
    ("#e8c9c0", (("#2f5d55", "#6f9a86"), ("#5a7350", "#96a97c")), ("#b54a4f",), ("blush", "green", "teal")),
    ("#b4cfe4", (("#234a75", "#5f88b4"), ("#5d86b0", "#dfe9f0")), (), ("sky", "blue", "navy")),
    ("#2b5c45", (("#1a3d2e", "#5c8f63"), ("#45785a", "#a0bd85")), ("#ecd9c2",), ("green", "sage", "ivory")),
)
LEOPARDS = (    # ground, middle of a rosette, spot, words; commonest first
    ("#c49a68", "#9a6a3c", "#211a17", ("camel", "black", "brown")), ("#d9c4a2", "#b08350", "#2a1e18", ("beige", "brown", "black")),
    ("#e6ded2", "#a99f94", "#242325", ("ivory", "grey", "black")), ("#dcb8ae", "#b47f76", "#4a2028", ("blush", "burgundy", "pink")),
    ("#8d9098", "#5d6068", "#1d1c1e", ("grey", "charcoal", "black")), ("#a0522f", "#76381f", "#1f1614", ("rust", "black", "brown")),
)
ZEBRAS = (("ivory", "black"), ("white", "black"), ("beige", "brown"), ("camel", "black"), ("blush", "burgundy"), ("silver", "charcoal"))
SNAKES = (      # ground, scale, dark, words
    ("#e7dfd0", "#b9ad9b", "#38332f", ("ivory", "grey", "black")), ("#cdb48d", "#98754b", "#33251b", ("camel", "brown", "black")),
    ("#b9bcb8", "#83877f", "#2c2e2d", ("silver", "grey", "black")), ("#a9ad8b", "#70764f", "#2b2c20", ("sage", "olive", "black")),
)
CAMOUFLAGES = (     # patches from the ground up, words; commonest first
    (("#757455", "#4c5239", "#57412f", "#262723"), ("olive", "brown", "black")), (("#b9a883", "#8c7d58", "#6a5640", "#4d4a37"),
    ("beige", "brown", "olive")),
    (("#8f9396", "#63676b", "#b7babb", "#3b3e42"), ("grey", "charcoal", "silver")), (("#3f5069", "#27324a", "#71829a", "#191f2d"),
    ("navy", "blue", "black")),
    (("#9ea88f", "#72805f", "#c5bfa6", "#525c48"), ("sage", "olive", "beige")),
)
TIE_DYES = (
    ("navy", "sky"), ("pink", "orange", "yellow"), ("teal", "sky", "lavender"), ("black", "grey"), ("purple", "pink", "sky"),
    ("green", "sage", "yellow"), ("rust", "mustard"), ("blue", "teal"), ("blush", "lavender", "sky"), ("burgundy", "pink"),
)
CLOUD_DYES = ("navy", "blue", "sage", "lavender", "pink", "grey", "teal", "rust", "sky", "olive", "charcoal")
OMBRES = (      # top, bottom
    ("white", "sky"), ("sky", "navy"), ("ivory", "blush"), ("blush", "burgundy"), ("ivory", "rust"), ("white", "teal"),
    ("lavender", "purple"),
    ("ivory", "camel"), ("mint", "teal"), ("silver", "charcoal"), ("white", "pink"), ("sage", "green"),
)


@dataclass(frozen=True)
class Bouquet:
    """The colours of one floral: ground, flowers (main first), leaf tones from dark to light, flower centres; words: colour words."""

    ground: str
    flowers: tuple
    leaves: tuple
    centres: tuple
    words: tuple


BOUQUETS = (
    Bouquet("navy", ("#e3a9b0", "#f0dcd0", "#c2576a", "#8fb0d6"), ("#3f5f55", "#6f927a"), ("#d9ae4f",), ("navy", "blush", "pink")),
    Bouquet("#1b1a1d", ("#c9573f", "#efd9c8", "#d99a8b"), ("#4a5a3a", "#83915e"), ("#d8a545", "#2a1a1a"), ("black", "rust", "ivory")),
    Bouquet("#232024", ("#f1ece0", "#e4ddcc"), ("#5e6a58", "#98a38a"), ("#cfa24a",), ("black", "ivory")),
    Bouquet("#ede4d2", ("#c86f7d", "#e5b0a8", "#7c2f42"), ("#5a6b48", "#94a377"), ("#d5a346",), ("ivory", "pink", "burgundy")),
    Bouquet("#eee5d3", ("#b4563a", "#dc9a6c", "#e8c58d"), ("#68683f", "#a09d68"), ("#6b3a25",), ("ivory", "rust", "mustard")),
    Bouquet("#f3f3f0", ("#4f78b4", "#9dbbdd", "#2d4473"), ("#5f7f72", "#97b3a4"), ("#e6c65a",), ("white", "blue", "sky")),
    Bouquet("#f4f2ec", ("#d2435a", "#eb96a0", "#f0b9b0"), ("#3e7150", "#86ac80"), ("#ecc850",), ("white", "red", "pink")),
    Bouquet("#ecd3ca", ("#8c2f44", "#c56a6f", "#f5ece2"), ("#6a7150", "#9ea27c"), ("#d8a548",), ("blush", "burgundy", "ivory")),
    Bouquet("#a9b59d", ("#f4ede0", "#e2b5a6", "#f0d9b5"), ("#55684f", "#7d9272"), ("#cf9e48",), ("sage", "ivory", "blush")),
    Bouquet("#652434", ("#e8b6b1", "#f0dfd0", "#c8596b"), ("#4c5b4a", "#8a9779"), ("#d9a94c",), ("burgundy", "blush", "ivory")),
    Bouquet("#235c60", ("#f0e3cf", "#e39a78", "#d8b45a"), ("#173f40", "#5c9587"), ("#b5532f",), ("teal", "ivory", "mustard")),
    Bouquet("#c6953a", ("#f3e8d2", "#8d3f27", "#f0cf86"), ("#5d5730", "#8f8347"), ("#5b3020",), ("mustard", "ivory", "rust")),
    Bouquet("#abc8e0", ("#f8f6f0", "#f1d588", "#6f8fc0"), ("#587d70", "#8dad98"), ("#dca83e",), ("sky", "white", "blue")),
    Bouquet("#b53237", ("#f6ece0", "#efb9ab", "#2b2a35"), ("#5a1c22", "#d98a72"), ("#e2b04c",), ("red", "ivory", "blush")),
    Bouquet("#beb2d6", ("#f6f1ea", "#7d62a5", "#e2c4d8"), ("#66806b", "#97ad94"), ("#e0bd58",), ("lavender", "purple", "white")),
    Bouquet("#2d5f46", ("#f2e6d6", "#e5a3a0", "#e7c56f"), ("#1d4632", "#6d9a6c"), ("#b9572f",), ("green", "ivory", "pink")),
    Bouquet("#a05030", ("#f3e4d0", "#e9b7a0", "#552a1e"), ("#6a2f1c", "#c98d58"), ("#e0ae50",), ("rust", "ivory", "blush")),
    Bouquet("#e7a4b2", ("#fbf3ec", "#c83d5a", "#f3cbc4"), ("#5b7a55", "#92ab7f"), ("#e4b94e",), ("pink", "white", "red")),
    Bouquet("#61604a", ("#efe3cd", "#d89c7a", "#c7b574"), ("#45452e", "#8a8b63"), ("#7a3f28",), ("olive", "ivory", "beige")),
    Bouquet("#d8c9ae", ("#9b5a40", "#f7f1e6", "#6b4632"), ("#7a7350", "#a49d74"), ("#c08f3e",), ("beige", "white", "brown")),
    Bouquet("#bfdccd", ("#e59a9a", "#f9f7f0", "#f0cf78"), ("#4c8069", "#7fae93"), ("#d6a23c",), ("mint", "white", "pink")),
    Bouquet("#2c508c", ("#f5f1e8", "#a9c6e6", "#e8b8b4"), ("#223a63", "#7d9fc4"), ("#e6c25c",), ("blue", "white", "sky")),
    Bouquet("#4a352b", ("#e6b99a", "#f0e1cc", "#b3583a"), ("#5a5b3c", "#8c8a5c"), ("#d8a54a",), ("brown", "blush", "ivory")),
    Bouquet("#5a3d77", ("#e6cfe2", "#f4ead9", "#a98ac8"), ("#3e4f48", "#7f9a86"), ("#e0b754",), ("purple", "lavender", "ivory")),
    Bouquet("#f0d783", ("#fbf8ef", "#e08a52", "#c8574a"), ("#66803f", "#9aaa62"), ("#8a4a24",), ("yellow", "white", "orange")),
)
