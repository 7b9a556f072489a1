"""Small worlds with known answers: plain-coloured products, and an embedder that sees their mean colour."""

import csv
import io

import numpy as np
from PIL import Image

from catalog.build import build
from fashflix.catalogue import DIMENSION, Catalogue

COLOURS = {"red": (200, 30, 30), "green": (30, 160, 60), "blue": (40, 60, 200), "yellow": (230, 210, 40)}


class ToyEmbedder:
    """A vector is the mean colour, and nothing else. version: changes the sha256, as another model would."""

    def __init__(self, version=1):
        self.version, self.sha256, self.attributes = version, f"{version:064x}", ()

    def embed(self, images):
        vectors = np.zeros((len(images), DIMENSION), np.float32)
        for vector, image in zip(vectors, images):
            vector[:3] = np.asarray(image, np.float32).mean((0, 1)) + self.version
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def photo(colour=(200, 30, 30), size=(90, 120), kind="PNG"):
    """Bytes of a plain photo."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


def toy_csv(folder, each=5, **changes):
    """A CSV of `each` products per colour, women and men in turn, prices 10, 20, 30 ...; changes: column -> value of every row."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for place, (name, rgb) in enumerate((name, rgb) for _ in range(each) for name, rgb in COLOURS.items()):
        shade = tuple(max(0, channel - place) for channel in rgb)
        (folder / f"{place}.png").write_bytes(photo(shade))
        rows.append({"product_id": f"toy:{place}", "name": f"{name} thing {place}", "price": 10 * (place + 1), "currency": "USD",
                     "gender": ("women", "men")[place // 4 % 2], "category": ("t-shirt", "dress")[place % 2], "colours": name,
                     "rating": "" if place % 5 == 4 else 3 + place % 3, "photos": f"{place}.png", "is_sample": "true"} | changes)
    with open(folder / "products.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return folder / "products.csv"


def toy_catalogue(folder, each=5, version=1, **changes):
    """A built catalogue folder of 4 * each products. Returns its path."""
    build(toy_csv(folder / "source", each, **changes), folder / "catalogue", ToyEmbedder(version), progress=False)
    return folder / "catalogue"


def open_toy(folder, each=5, **changes):
    return Catalogue.open(toy_catalogue(folder, each, **changes))
