"""Cloth: what a fabric is called, how it is lit, and which weave and folds it shows."""

from dataclasses import dataclass

from fashflix.errors import StudioError

# kind -> (weave tile, folds, how much seams pucker, satin-like thread direction 0..1, wear on raised edges 0..1)
KINDS: dict[str, tuple[str, str, float, float, float]] = {
    "jersey": ("jersey", "soft", 0.35, 0.0, 0.0),
    "knit": ("knit", "soft", 0.0, 0.0, 0.0),
    "cable": ("cable", "soft", 0.0, 0.0, 0.0),
    "rib": ("rib", "soft", 0.0, 0.0, 0.0),
    "widerib": ("widerib", "soft", 0.0, 0.0, 0.0),
    "wool": ("wool", "soft", 0.15, 0.0, 0.0),
    "tweed": ("tweed", "soft", 0.15, 0.0, 0.0),
    "fleece": ("fleece", "soft", 0.3, 0.0, 0.0),
    "boucle": ("boucle", "soft", 0.0, 0.0, 0.0),
    "denim": ("denim", "crisp", 1.0, 0.0, 1.0),
    "twill": ("twill", "crisp", 0.5, 0.0, 0.15),
    "cord": ("cord", "crisp", 0.4, 0.0, 0.2),
    "poplin": ("poplin", "crisp", 0.6, 0.0, 0.0),
    "linen": ("linen", "crisp", 0.6, 0.0, 0.0),
    "leather": ("leather", "hide", 0.6, 0.0, 0.15),
    "suede": ("suede", "hide", 0.3, 0.0, 0.0),
    "satin": ("satin", "silk", 0.25, 1.0, 0.0),
    "nylon": ("nylon", "nylon", 1.0, 0.35, 0.0),
    "quilt": ("quilt", "padded", 0.6, 0.3, 0.0),
}


@dataclass(frozen=True)
class Fabric:
    """One cloth. Raises StudioError for an unknown `kind`.

    relief scales the weave, crumple the folds (0 = ironed flat); sheen is light at grazing angles (nap, fuzz), specular a highlight of
    exponent `gloss` (higher = tighter); ribbed knits RIB, CUFF and NECK as ribs; lining is the colour name seen inside, None for the
    cloth's own back.
    """

    kind: str = "jersey"
    relief: float = 1.0
    sheen: float = 0.06
    specular: float = 0.0
    gloss: float = 20.0
    crumple: float = 0.10
    ribbed: bool = False
    lining: str | None = None

    def __post_init__(self):
        if self.kind not in KINDS:
            raise StudioError(f"no fabric is called {self.kind!r}; choose one of {', '.join(KINDS)}")
