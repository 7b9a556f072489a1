"""The words for clothes, once. Studio, training, catalogue, word search and reasons all speak these.

A product has one `category`, `gender` and `pattern`, any number of `colours` (main colour first), and `attributes`: words of the
remaining facets. Every word belongs to exactly one facet, so a list of words needs no keys.
"""

import re

GENDERS = ("women", "men", "unisex")

# category -> the family it is shown under; order is the order people see
CATEGORIES = {
    "t-shirt": "tops", "tank top": "tops", "top": "tops", "shirt": "tops", "blouse": "tops", "polo shirt": "tops",
    "sweater": "knitwear", "cardigan": "knitwear", "hoodie": "knitwear", "sweatshirt": "knitwear",
    "denim jacket": "jackets and coats", "bomber jacket": "jackets and coats", "puffer jacket": "jackets and coats",
    "jacket": "jackets and coats", "blazer": "jackets and coats", "coat": "jackets and coats",
    "dress": "dresses and skirts", "jumpsuit": "dresses and skirts", "skirt": "dresses and skirts",
    "kurta": "dresses and skirts", "saree": "dresses and skirts",
    "jeans": "trousers", "trousers": "trousers", "joggers": "trousers", "leggings": "trousers", "shorts": "trousers",
    "sneakers": "shoes", "boots": "shoes", "shoes": "shoes", "heels": "shoes", "flats": "shoes", "sandals": "shoes",
    "formal shoes": "shoes", "flip-flops": "shoes",
    "bag": "accessories", "backpack": "accessories", "hat": "accessories", "belt": "accessories", "scarf": "accessories", "tie": "accessories",
    "sunglasses": "accessories", "watch": "accessories", "wallet": "accessories", "jewellery": "accessories",
    "socks": "underwear", "underwear": "underwear", "nightwear": "underwear", "swimwear": "underwear",
}

# colour -> the swatch shown for it (sRGB)
COLOURS = {
    "black": "#1b1b1d", "charcoal": "#3c3f44", "grey": "#8b8e93", "silver": "#c0c3c7", "white": "#fafafa",
    "ivory": "#f3ecdc", "beige": "#d9c7a8", "camel": "#b98a54", "brown": "#6b4a32", "navy": "#1f2a4d", "blue": "#2f5fb3",
    "sky": "#9cc3e6", "teal": "#1f7a7a", "green": "#2f7d46", "olive": "#6a6b3a", "sage": "#a3b39a", "mint": "#b5e0cd",
    "yellow": "#f2d544", "mustard": "#c9982b", "gold": "#c9a45c", "orange": "#e8772e", "rust": "#a8502d", "red": "#c3272b",
    "burgundy": "#6d1f2f", "pink": "#e58aa6", "blush": "#efcdc8", "fuchsia": "#c8277f", "lavender": "#b9a7d8",
    "purple": "#6b3f8f", "multicolour": "#999999",
}

PATTERNS = (
    "solid", "striped", "plaid", "gingham", "polka dot", "houndstooth", "geometric", "argyle", "floral", "animal", "camouflage",
    "tie-dye", "ombre", "colour-block", "graphic", "denim wash", "embroidered",
)

# facet -> its words; `attributes` of a product holds words of these
FACETS = {
    "neckline": ("crew neck", "v-neck", "scoop neck", "boat neck", "square neck", "turtleneck", "mock neck"),
    "collar": ("shirt collar", "stand collar", "lapels", "ribbed collar", "hood"),
    "sleeve": ("sleeveless", "short sleeve", "half sleeve", "long sleeve"),
    "length": ("cropped", "hip length", "mini", "knee length", "midi", "maxi", "full length"),
    "fit": ("slim fit", "regular fit", "loose fit", "wide leg", "straight leg", "tapered leg"),
    "closure": ("button front", "zip front", "pullover"),
    "pockets": ("chest pocket", "kangaroo pocket", "patch pockets", "flap pockets", "cargo pockets"),
    "fabric": ("cotton", "denim", "knit", "cable knit", "wool", "leather", "suede", "linen", "satin", "fleece", "quilted", "chiffon",
               "faux fur", "corduroy", "boucle", "rib knit", "nylon", "canvas"),
    "style": ("pleated", "gathered", "a-line", "pencil", "flared", "shift", "bodycon", "court", "runner", "high-top",
              "chelsea", "tall shaft", "ankle boot", "tote", "shoulder bag", "crossbody", "cap", "beanie", "bucket hat", "chino",
              "distressed", "wrap", "tiered", "puff sleeves"),
}

ATTRIBUTES = tuple(word for words in FACETS.values() for word in words)

# shop words -> ours, where the plain word is not already in the vocabulary
SYNONYMS = {
    "tshirt": "t-shirt", "tee": "t-shirt", "tank": "tank top", "vest top": "tank top", "polo": "polo shirt", "jumper": "sweater",
    "pullover sweater": "sweater", "trainers": "sneakers", "trainer": "sneakers", "pants": "trousers",
    "chinos": "trousers", "sweatpants": "joggers", "gown": "dress", "handbag": "bag", "rucksack": "backpack", "clutch": "bag",
    "cap hat": "hat", "short pants": "shorts",
    "parka": "coat", "overcoat": "coat", "anorak": "jacket", "kurti": "kurta", "sari": "saree",
    "track pants": "joggers", "casual shoes": "shoes", "sports shoes": "sneakers", "clutches": "bag", "tops": "top",
    "laptop bag": "bag", "messenger bag": "bag", "duffel bag": "bag", "stole": "scarf", "dupatta": "scarf", "gray": "grey", "navy blue": "navy", "off white": "ivory", "cream": "ivory", "ecru": "ivory", "tan": "camel",
    "khaki": "beige", "maroon": "burgundy", "wine": "burgundy", "light blue": "sky", "turquoise": "teal", "lilac": "lavender",
    "magenta": "fuchsia", "peach": "blush", "multi": "multicolour", "multicolor": "multicolour", "multicoloured": "multicolour",
    "stripes": "striped", "stripe": "striped", "checked": "plaid", "check": "plaid", "tartan": "plaid", "polka": "polka dot",
    "dotted": "polka dot", "flower": "floral", "flowers": "floral", "leopard": "animal", "camo": "camouflage",
    "woman": "women", "female": "women", "ladies": "women", "womens": "women", "man": "men", "male": "men", "mens": "men",
}

_FACET_OF = {
    **{word: "gender" for word in GENDERS},
    **{word: "category" for word in CATEGORIES},
    **{word: "colour" for word in COLOURS},
    **{word: "pattern" for word in PATTERNS},
    **{word: facet for facet, words in FACETS.items() for word in words},
}


def facet_of(word):
    """The facet a vocabulary word belongs to, such as "colour" or "sleeve"; None for any other word."""
    return _FACET_OF.get(word)


def word_for(text):
    """The vocabulary word for a shop's word, ignoring case, plurals and punctuation; None if there is none.

    >>> word_for("T-Shirts"), word_for("Navy Blue"), word_for("spoon")
    ('t-shirt', 'navy', None)
    """
    plain = re.sub(r"[\s_]+", " ", str(text).strip().lower().replace("’", "'").replace("'s", "s"))
    for candidate in (plain, plain.removesuffix("s"), plain.removesuffix("es"), plain + "s"):
        for spelling in (candidate, candidate.replace("-", " "), candidate.replace(" ", "-")):
            if spelling in _FACET_OF:
                return spelling
            if spelling in SYNONYMS:
                return SYNONYMS[spelling]
    return None
