"""Products with what is true of them, as far as tastes are made of it. No learner ever sees any of this but the vectors."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from fashflix.catalogue import COLUMNS, DIMENSION, Catalogue, Filter
from fashflix.errors import SourceError
from fashflix.vocabulary import CATEGORIES, facet_of

GONE_BY = ("fabric", "style", "neckline", "sleeve", "length")       # facets people go by, beside category, main colour and pattern


@dataclass(frozen=True)
class World:
    """A catalogue and its truth.

    words: bool (n, w), what is said of each product, gender left out. look: float32 (n, f), unit rows, the products as a model sees them that
    made none of the catalogue's vectors; None where it is not known. occasions: str (n,), such as "Formal, Summer"; None as well.
    """

    name: str
    catalogue: Catalogue
    words: np.ndarray
    look: np.ndarray | None = None
    occasions: np.ndarray | None = None

    @cached_property
    def ids(self):
        """The product id of each row, list of str."""
        return [self.catalogue.product(row).product_id for row in range(len(self.catalogue))]

    def allowed(self, gender):
        """What a person of that gender has the filters let through. Returns bool (n,)."""
        return Filter(gender=gender).mask(self.catalogue)

    @property
    def kinds(self):
        """The kinds of taste that can be drawn here: words, and look and occasion where they are known."""
        return ("words", *(kind for kind, known in (("look", self.look), ("occasion", self.occasions)) if known is not None))


def of_catalogue(catalogue, name="shop", look=None):
    """The world of a catalogue whose products state what they are. look: float (n, f) or None."""
    products = [catalogue.product(row) for row in range(len(catalogue))]
    words = ["|".join([product.category or "", CATEGORIES.get(product.category, ""), product.pattern or "", *product.colours[:1],
                       *(word for word in product.attributes if facet_of(word) in GONE_BY)]) for product in products]
    return World(name, catalogue, _table(words), None if look is None else centred(look))


def open_world(path, most=None, name=None):
    """Read a world that `python -m training.taste` prepared.

    path: .npz file with vectors (n, 512), gender (n,), words (n,) as "shirt|blue", and perhaps look (n, f) and occasions (n,).
    most: take so many products, spread over the file. name: default, the
    file's. Returns World. Raises SourceError when the file is not such a one.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            fields = {name: file[name] for name in file.files}
        count = len(fields["vectors"])
        rows = np.linspace(0, count - 1, min(count, most or count)).astype(int)
        fields = {name: values[rows] for name, values in fields.items()}
        if fields["vectors"].shape[1] != DIMENSION:
            raise ValueError(f"vectors of shape {fields['vectors'].shape}")
        return World(name or path.stem, _catalogue(fields), _table(fields["words"]),
                     centred(fields["look"]) if "look" in fields else None, fields.get("occasions"))
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise SourceError(f"{path} is not a world to simulate in ({error}). Prepare one: python -m training.taste --worlds FOLDER") from error


def centred(vectors):
    """Vectors seen from their middle, at length 1: float32 (n, f)."""
    vectors = np.asarray(vectors, np.float32)
    vectors = vectors - vectors.mean(axis=0)
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-12)


def _catalogue(fields):
    """A catalogue in memory that states nothing but for whom a product is."""
    rows = [{"product_id": f"world:{row}", "name": f"{row}", "gender": str(gender), "status": "active", "is_sample": True, "image_files": [""]}
            for row, gender in enumerate(fields["gender"])]
    return Catalogue(None, {}, pa.Table.from_pylist(rows, schema=COLUMNS), np.asarray(fields["vectors"], np.float16))


def _table(words):
    """"shirt|blue", "shirt|red" -> bool (n, words)."""
    parts = [str(one).split("|") for one in words]
    places = {word: place for place, word in enumerate(sorted({word for one in parts for word in one if word}))}
    table = np.zeros((len(parts), len(places)), bool)
    for row, one in enumerate(parts):
        table[row, [places[word] for word in one if word]] = True
    return table
