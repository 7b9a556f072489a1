"""The catalogue: what is known of each product, and its vector. A folder of files, opened whole and never written by the app.

    products.parquet    the columns below, no vectors
    vectors.npy         float16 (n, 512), row-aligned, memory-mapped
    attributes.npy      float16 (n, words), what the model sees in the photos; may be absent. The manifest names the words
    photos/             WebP, 3:4; the name is the start of the content's sha256
    manifest.json       schema version, rows, model sha256, build date, sources, size and sha256 of every file

`python -m fashflix.catalogue verify [FOLDER]` checks every byte; opening checks the manifest and the sizes.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as parquet

from fashflix.errors import CatalogueError, CatalogueMismatch
from fashflix.settings import Settings
from fashflix.vocabulary import CATEGORIES, FACETS, facet_of

SCHEMA_VERSION = 1
DIMENSION = 512
TABLE, VECTORS, SEEN, MANIFEST = "products.parquet", "vectors.npy", "attributes.npy", "manifest.json"
STATED = {"category": "category", "gender": "gender", "pattern": "pattern", "colour": "colours"}     # facet -> column; others: attributes
WORDS = pa.list_(pa.string())
MOMENT = pa.timestamp("s", tz="UTC")
COLUMNS = pa.schema([
    ("product_id", pa.string()), ("shop", pa.string()), ("brand", pa.string()), ("name", pa.string()), ("price", pa.float64()),
    ("list_price", pa.float64()), ("currency", pa.string()), ("gender", pa.string()), ("category", pa.string()), ("colours", WORDS),
    ("pattern", pa.string()), ("attributes", WORDS), ("rating", pa.float64()), ("review_count", pa.int64()), ("url", pa.string()),
    ("image_url", pa.string()), ("image_files", WORDS), ("group_id", pa.string()), ("first_seen", MOMENT), ("last_seen", MOMENT),
    ("status", pa.string()), ("source", pa.string()), ("is_sample", pa.bool_()),
])


@dataclass(frozen=True)
class Product:
    """One row, as plain Python values. Absent is None, or () for lists. image_files are relative to the catalogue's folder."""

    product_id: str
    shop: str | None
    brand: str | None
    name: str
    price: float | None
    list_price: float | None
    currency: str | None
    gender: str | None
    category: str | None
    colours: tuple
    pattern: str | None
    attributes: tuple
    rating: float | None
    review_count: int | None
    url: str | None
    image_url: str | None
    image_files: tuple
    group_id: str | None
    first_seen: object
    last_seen: object
    status: str
    source: str | None
    is_sample: bool


class Catalogue:
    """An opened catalogue of n products. Read-only; threads may share it.

    Attributes: folder (Path), manifest (dict), vectors (float16 (n, 512)), seen_words (tuple of vocabulary words the model looks for),
    seen (float16 (n, len(seen_words)), their probabilities), groups (int64 (n,), equal for variants of one product),
    categories (those present, in the vocabulary's order), currency (the most frequent one, or None), price_range (lowest and highest
    price in it, or (0, 0)), has_samples (bool), showcase (bool (n,), the best-looking products, which a newcomer sees first; the manifest
    may name them).
    """

    def __init__(self, folder, manifest, table, vectors, seen=None):
        self.seen = np.empty((len(table), 0), np.float16) if seen is None else seen
        self.seen_words = tuple(manifest.get("attributes", ())) if seen is not None else ()
        self._spoken = {}
        self.folder, self.manifest, self._table, self.vectors = folder, manifest, table, vectors
        self._rows = {product_id: row for row, product_id in enumerate(table["product_id"].to_pylist())}
        self.groups = self._group_codes()
        self._words = {name: table[name].to_numpy(zero_copy_only=False) for name in ("gender", "category", "currency", "status")}
        self._numbers = {name: table[name].to_numpy(zero_copy_only=False).astype(float) for name in ("price", "list_price", "rating")}
        present = set(self._words["category"])
        self.categories = [word for word in CATEGORIES if word in present]
        currencies = Counter(word for word in self._words["currency"] if word is not None)
        self.currency = currencies.most_common(1)[0][0] if currencies else None
        prices = self._numbers["price"][self._words["currency"] == self.currency]
        prices = prices[~np.isnan(prices)]
        self.price_range = (float(prices.min()), float(prices.max())) if len(prices) else (0.0, 0.0)
        self.showcase = np.isin(table["product_id"].to_numpy(zero_copy_only=False), manifest.get("showcase", []))
        self.has_samples = bool(np.any(table["is_sample"].to_numpy(zero_copy_only=False)))

    @classmethod
    def open(cls, folder=None, model_sha256=None):
        """Open a catalogue folder.

        folder: default, the bundled demo. model_sha256: of the model that queries come from; None opens any.
        Raises CatalogueError when the folder is missing or damaged, CatalogueMismatch when another model made its vectors.
        """
        folder = Path(folder or Settings().catalogue)
        manifest = read_manifest(folder)
        if model_sha256 and manifest["model_sha256"] != model_sha256:
            raise CatalogueMismatch(
                f"The catalogue in {folder} was made with model {manifest['model_sha256'][:12]}, but this is model {model_sha256[:12]}. "
                f"Rebuild its vectors: python -m catalog.build {folder} --out {folder}")
        try:
            table = parquet.read_table(folder / TABLE, columns=COLUMNS.names).cast(COLUMNS)
            vectors = np.load(folder / VECTORS, mmap_mode="r", allow_pickle=False)
            seen = np.load(folder / SEEN, mmap_mode="r", allow_pickle=False) if SEEN in manifest["files"] else None
        except (OSError, ValueError, pa.ArrowException) as error:
            raise CatalogueError(f"The catalogue in {folder} cannot be read: {error}. {_how_to_restore(folder)}") from error
        if vectors.shape != (len(table), DIMENSION) or len(table) != manifest["rows"]:
            raise CatalogueError(f"The catalogue in {folder} does not fit together: {len(table)} products, vectors {vectors.shape}, "
                                 f"{manifest['rows']} rows in the manifest. {_how_to_restore(folder)}")
        if seen is not None and seen.shape != (len(table), len(manifest.get("attributes", ()))):
            raise CatalogueError(f"The catalogue in {folder} does not fit together: {len(table)} products, attributes {seen.shape}. "
                                 f"{_how_to_restore(folder)}")
        return cls(folder, manifest, table, vectors, seen)

    def __len__(self):
        return len(self._table)

    def product(self, row):
        """The Product of a row. row: int, 0 to n - 1."""
        values = self._table.slice(int(row), 1).to_pylist()[0]
        return Product(**{name: tuple(value or ()) if COLUMNS.field(name).type == WORDS else value for name, value in values.items()})

    def column(self, name):
        """A column of the table as a list of n Python values."""
        return self._table[name].to_pylist()

    def row(self, product_id):
        """The row of a product id, or None when the catalogue has no such product."""
        return self._rows.get(product_id)

    def stated(self, word):
        """Which products state a vocabulary word, and which state any word of its facet. Returns two bool (n,)."""
        facet = facet_of(word)
        column = STATED.get(facet, "attributes")
        if column not in self._spoken:
            values = self._table[column].combine_chunks()
            parents = pa.compute.list_parent_indices(values).to_numpy() if pa.types.is_list(values.type) else np.arange(len(self))
            words = (values.flatten() if pa.types.is_list(values.type) else values).to_numpy(zero_copy_only=False)
            self._spoken[column] = parents, words.astype(str)
        parents, words = self._spoken[column]
        has, states = np.zeros(len(self), bool), np.zeros(len(self), bool)
        has[parents[words == word]] = True
        states[parents[np.isin(words, FACETS[facet]) if column == "attributes" else words != "None"]] = True
        return has, states

    def _group_codes(self):
        codes = {}
        keys = zip(self._table["group_id"].to_pylist(), self._table["product_id"].to_pylist())
        return np.array([codes.setdefault(("group", group) if group else ("product", own), len(codes)) for group, own in keys], np.int64)


@dataclass(frozen=True)
class Filter:
    """What a person lets through. None leaves a side open. A product that does not state a thing fails every filter on it."""

    gender: str | None = None               # "women" or "men"; unisex passes both
    categories: tuple | None = None
    price: tuple | None = None              # (lowest, highest), both included
    currency: str | None = None             # of `price`; prices in others fail
    rating: float | None = None             # at least
    on_sale: bool = False                   # below its list price

    def mask(self, catalogue):
        """Which products pass. Returns bool (n,). Products that left their shop never do."""
        words, numbers = catalogue._words, catalogue._numbers
        passes = words["status"] != "gone"          # a shop that refuses visits for a while ("blocked") still sells
        if self.gender:
            passes &= (words["gender"] == self.gender) | (words["gender"] == "unisex")
        if self.categories:
            passes &= np.isin(words["category"].astype(str), self.categories)
        if self.price:
            passes &= (numbers["price"] >= self.price[0]) & (numbers["price"] <= self.price[1])     # NaN compares false
        if self.price and self.currency:
            passes &= words["currency"] == self.currency
        if self.rating:
            passes &= numbers["rating"] >= self.rating
        if self.on_sale:
            passes &= numbers["price"] < numbers["list_price"]
        return passes


def read_manifest(folder):
    """The manifest of a catalogue folder, with every file it names present at its size. Raises CatalogueError."""
    try:
        manifest = json.loads((Path(folder) / MANIFEST).read_text(encoding="utf-8"))
        files = {name: entry["bytes"] for name, entry in manifest["files"].items()}
        version, _, _ = manifest["schema_version"], manifest["rows"], manifest["model_sha256"]
    except FileNotFoundError as error:
        raise CatalogueError(f"No catalogue in {folder}. {_how_to_restore(folder)}") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{Path(folder) / MANIFEST} is not a catalogue's manifest. {_how_to_restore(folder)}") from error
    if version != SCHEMA_VERSION:
        raise CatalogueError(f"The catalogue in {folder} has schema version {version}; this FashFlix reads {SCHEMA_VERSION}. "
                             "Build it again from its source: python -m catalog.build SOURCE --out FOLDER")
    for name, size in files.items():
        path = Path(folder) / name
        if not path.is_file() or path.stat().st_size != size:
            raise CatalogueError(f"{path} is missing or does not have the {size:,} bytes it should. {_how_to_restore(folder)}")
    return manifest


def verify(folder):
    """Compare every file with the manifest's sha256. Raises CatalogueError naming the first that differs. Returns the file count."""
    folder = Path(folder)
    manifest = read_manifest(folder)
    for name, entry in manifest["files"].items():
        if sha256_of(folder / name) != entry["sha256"]:
            raise CatalogueError(f"{folder / name} was changed or damaged since the catalogue was built. {_how_to_restore(folder)}")
    return len(manifest["files"])


def sha256_of(path):
    """Hex sha256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _how_to_restore(folder):
    if Path(folder).resolve() == Settings().catalogue.resolve():
        return "Restore the bundled demo: git checkout -- catalog/data"
    return f"Build it: python -m catalog.build SOURCE --out {folder}"


def main():
    parser = argparse.ArgumentParser(prog="python -m fashflix.catalogue", description="Check a catalogue folder.")
    parser.add_argument("command", choices=["verify"])
    parser.add_argument("folder", nargs="?", default=Settings().catalogue, type=Path)
    given = parser.parse_args()
    try:
        print(f"{given.folder}: all {verify(given.folder)} files are as they were built.")
    except CatalogueError as error:
        sys.exit(str(error))


assert COLUMNS.names == [field.name for field in fields(Product)]

if __name__ == "__main__":
    main()
