"""What is true of a product: words of the one vocabulary, known because the studio made the garment."""

from dataclasses import dataclass

from fashflix.errors import StudioError
from fashflix.vocabulary import FACETS, facet_of

ONE_WORD = ("neckline", "sleeve", "length", "fit", "closure", "collar", "fabric")     # facets that a garment has one word of
ORDER = ("neckline", "collar", "sleeve", "length", "fit", "closure", "pockets", "fabric", "style")


@dataclass(frozen=True)
class Truth:
    """The facts of one product. A facet that the garment does not have is None, () or False.

    category, gender, pattern and the facets in ONE_WORD: one word. colours: main colour first. pockets, style: a word or a tuple of words.
    hood: whether there is one; its word, though of the facet "collar", is said by this alone.
    Raises StudioError when a word is not in fashflix.vocabulary, or belongs to another facet.
    """

    category: str
    gender: str
    colours: tuple
    pattern: str = "solid"
    neckline: str | None = None
    sleeve: str | None = None
    length: str | None = None
    fit: str | None = None
    closure: str | None = None
    pockets: tuple = ()
    collar: str | None = None
    hood: bool = False
    fabric: str | None = None
    style: tuple = ()

    def __post_init__(self):
        for name in ("colours", "pockets", "style"):
            object.__setattr__(self, name, _words(getattr(self, name)))
        object.__setattr__(self, "hood", bool(self.hood))
        for name, facet in [("category", "category"), ("gender", "gender"), ("pattern", "pattern")]:
            _check(name, getattr(self, name), facet)
        for name in ONE_WORD:
            if getattr(self, name) is not None:
                _check(name, getattr(self, name), name)
        for name, facet in [("colours", "colour"), ("pockets", "pockets"), ("style", "style")]:
            for word in getattr(self, name):
                _check(name, word, facet)
        if not self.colours or len(set(self.colours)) < len(self.colours):
            raise StudioError(f"A product needs one colour or several different ones; this {self.category} has {self.colours!r}.")
        if self.collar == "hood":
            raise StudioError(f"Say hood=True instead of collar='hood' for this {self.category}.")

    @property
    def attributes(self):
        """Every word beyond category, gender, colours and pattern, as a tuple in the order of the facets: the catalogue's column."""
        words = []
        for facet in ORDER:
            value = getattr(self, facet)
            words += value if isinstance(value, tuple) else [value] if value else []
            if facet == "collar" and self.hood:
                words.append("hood")
        return tuple(words)


def _words(value):
    """None, a word or several words -> a tuple."""
    if isinstance(value, str):
        return (value,)
    return tuple(value or ())


def _check(name, word, facet):
    if facet_of(word) != facet:
        known = ", ".join(FACETS[facet]) if facet in FACETS else f"see fashflix/vocabulary.py, {facet}"
        raise StudioError(f"{name}={word!r} is not a word of the facet {facet} ({known}). "
                          "Use one of these, or add it to fashflix/vocabulary.py.")
