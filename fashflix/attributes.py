"""How likely it is that a product is what a word says: stated by its shop, or else seen in its photo by the model.

A shop's word counts before the model's eye. A word that neither of them knows is looked for through a wider one: a hoodie is a
sweatshirt of some kind. So words work in a catalogue that states nothing at all.
"""

from functools import cached_property

import numpy as np

from fashflix.vocabulary import ATTRIBUTES, CATEGORIES, COLOURS, FACETS, GENDERS, PATTERNS, facet_of

WORDS = (*GENDERS[:2], *CATEGORIES, *COLOURS, *PATTERNS, *ATTRIBUTES)
STATED, NOT_STATED = 0.97, 0.02     # a shop that states navy says that it is not red
NEAR = 0.6                          # of a stated word that comes near: sneakers for shoes
FAMILY = 0.15                       # of a stated word of the same family: a cardigan for a hoodie
UNSEEN = 0.1                        # a word nobody says anything about
EXCLUSIVE = {"category", "gender", "pattern", "colour", "neckline", "collar", "sleeve", "length", "fit", "closure"}
SAMPLE = 2000                       # products that say how frequent a word is

# word -> words that together come near it, for a model that does not know the word itself
THROUGH = {
    "tank top": ("top", "sleeveless"), "blouse": ("top",), "polo shirt": ("t-shirt",), "cardigan": ("sweater",), "hoodie": ("sweatshirt",),
    "denim jacket": ("jacket", "denim"), "bomber jacket": ("jacket",), "puffer jacket": ("jacket",),
    "blazer": ("jacket",), "coat": ("jacket",),
    "jumpsuit": ("dress",), "saree": ("kurta",), "leggings": ("joggers",), "boots": ("shoes",), "nightwear": ("underwear",),
    "swimwear": ("underwear",), "charcoal": ("grey",), "camel": ("beige",), "sky": ("blue",), "teal": ("green",), "sage": ("green",),
    "mint": ("green",), "mustard": ("yellow",), "rust": ("orange",), "blush": ("pink",), "fuchsia": ("pink",), "lavender": ("purple",),
    "denim wash": ("denim",), "scoop neck": ("crew neck",), "half sleeve": ("short sleeve",), "wool": ("knit",), "cable knit": ("knit",),
    "rib knit": ("knit",), "tote": ("bag",), "shoulder bag": ("bag",), "crossbody": ("bag",), "cap": ("hat",), "beanie": ("hat",),
    "bucket hat": ("hat",), "runner": ("sneakers",), "chelsea": ("shoes",), "ankle boot": ("shoes",), "chino": ("trousers",),
}

NEARBY = {"shirt": ("blouse",), "blouse": ("shirt",), "top": ("blouse", "tank top", "t-shirt"), "sweater": ("cardigan",),
          "sweatshirt": ("hoodie",), "jacket": ("blazer",), "trousers": ("leggings", "joggers")}      # stated kinds that come near a kind


class Attributes:
    """The words of one catalogue. Read-only; threads may share it."""

    def __init__(self, catalogue):
        """catalogue: fashflix.catalogue.Catalogue."""
        self._catalogue = catalogue
        self._seen = {word: place for place, word in enumerate(catalogue.seen_words)}
        self._columns = {}

    def of(self, word):
        """Probability that each product is what the word says. Returns float32 (n,). Raises KeyError for no vocabulary word."""
        if word not in self._columns:
            self._columns[word] = self._column(word)
        return self._columns[word]

    def through(self, word):
        """How a word can be told here: itself as a tuple, or the wider words it is looked for through, or () when it cannot be told."""
        if word in self._seen or self._catalogue.stated(word)[0].any():
            return (word,)
        wider = THROUGH.get(word, ())
        return wider if wider and all(one in self._seen for one in wider) else ()

    def table(self, rows):
        """Probability of each of WORDS for some products. rows: int (m,). Returns float32 (m, len(WORDS))."""
        return np.stack([self.of(word)[rows] for word in WORDS], axis=1) if len(rows) else np.zeros((0, len(WORDS)), np.float32)

    @cached_property
    def usual(self):
        """How frequent each of WORDS is in the catalogue. float32 (len(WORDS),)."""
        count = len(self._catalogue)
        return self.table(np.linspace(0, count - 1, min(count, SAMPLE)).astype(int)).mean(axis=0)

    def _column(self, word):
        facet = facet_of(word)
        if facet is None:
            raise KeyError(word)
        has, states = self._catalogue.stated(word)
        guess = self._sight(word)
        likely = np.where(states, np.float32(NOT_STATED) if facet in EXCLUSIVE else np.minimum(guess, 0.5), guess)
        if facet == "category":
            likely[self._any_stated(one for one in CATEGORIES if CATEGORIES[one] == CATEGORIES[word])] = FAMILY
        near = self._near(word)
        likely[near] = np.maximum(likely[near], NEAR)
        likely[has] = STATED
        return likely

    def _near(self, word):
        """Products that state something which is a kind of this, bool (n,): a denim jacket is a jacket, unisex is for women."""
        if word in GENDERS:
            return self._catalogue.stated("unisex")[0]
        kinds = [one for one in CATEGORIES if one != word and (one.endswith(" " + word) or CATEGORIES[one] == word)]
        wider = THROUGH.get(word, ())
        return self._any_stated([*kinds, *NEARBY.get(word, ()), *(wider if len(wider) == 1 else ())])

    def _any_stated(self, words):
        found = np.zeros(len(self._catalogue), bool)
        for word in words:
            found |= self._catalogue.stated(word)[0]
        return found

    def _sight(self, word):
        """What the model sees, float32 (n,): the word, any kind of it, or the words that come near it together."""
        if word in self._seen or word not in THROUGH:
            kinds = [one for one in (word, *(one for one in CATEGORIES if CATEGORIES[one] == word)) if one in self._seen]
            return self._probabilities(kinds).max(axis=1) if kinds else np.full(len(self._catalogue), UNSEEN, np.float32)
        wider = [one for one in THROUGH[word] if one in self._seen]
        together = self._probabilities(wider).prod(axis=1) if len(wider) == len(THROUGH[word]) else np.float32(UNSEEN)
        return np.full(len(self._catalogue), 1, np.float32) * together

    def _probabilities(self, words):
        return np.asarray(self._catalogue.seen[:, [self._seen[word] for word in words]], np.float32)


def telling(words, likely, usual, at_least=0.5):
    """The words that tell a group of products from the catalogue, strongest first.

    words: tuple of w. likely: float (w,), how likely each is in the group. usual: float (w,), in the catalogue. at_least: of likely.
    Returns list of words, at most one of each exclusive facet; "solid", "regular fit" and genders tell nobody anything.
    """
    gain = likely * np.log(np.maximum(likely, 1e-3) / np.maximum(usual, 1e-3))
    chosen, facets = [], set()
    for place in np.argsort(-gain, kind="stable"):
        word, facet = words[place], facet_of(words[place])
        if likely[place] >= at_least and gain[place] > 0.05 and word not in DULL and facet not in facets:
            chosen.append(word)
            facets |= {facet} & EXCLUSIVE
    return chosen


DULL = {"solid", "regular fit", "hip length", "full length", *GENDERS}
FACET_ORDER = ("colour", "pattern", *FACETS, "category")     # as words stand before a noun


def phrase(words):
    """Words in the order people say them: "navy striped shirt". words: iterable of vocabulary words."""
    return " ".join(sorted(words, key=lambda word: FACET_ORDER.index(facet_of(word))))


def plural(word):
    """The plural of a category: "dress" -> "dresses", "jeans" -> "jeans"."""
    if word in ("knitwear", "underwear", "nightwear", "swimwear", "jewellery") or (word.endswith("s") and not word.endswith("ss")):
        return word
    if word == "scarf":
        return "scarves"
    return word + ("es" if word.endswith(("ss", "ch", "sh", "x")) else "s")
