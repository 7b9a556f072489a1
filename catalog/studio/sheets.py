"""Contact sheets: every front photo small, with its id, so that a person can look at all of them."""

import csv
from pathlib import Path

from PIL import Image, ImageDraw
from tqdm import tqdm

from fashflix.errors import StudioError

COLUMNS, ROWS = 8, 6
CELL = (192, 256)
CAPTION = 14            # pixels


def write_sheets(folder, out=None, by_category=False, progress=True):
    """Lay out a shop's front photos.

    folder: of `python -m catalog.studio shop`. out: folder for the sheets, default FOLDER/sheets.
    by_category: each category begins a new sheet.
    Returns the sheets' paths. Raises StudioError when the shop is not finished.
    """
    folder = Path(folder)
    path = folder / "products.csv"
    if not path.exists():
        raise StudioError(f"No {path}. Render the shop first: python -m catalog.studio shop --out {folder}")
    with open(path, encoding="utf-8", newline="") as file:
        products = list(csv.DictReader(file))
    out = Path(out or folder / "sheets")
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for title, some in tqdm(_pages(products, by_category), unit=" sheets", disable=not progress):
        paths.append(out / f"{title}.png")
        _sheet(folder, some).save(paths[-1])
    return paths


def _pages(products, by_category):
    """(title, up to 48 products) per sheet."""
    size = COLUMNS * ROWS
    if not by_category:
        return [(f"sheet-{start // size + 1:02d}", products[start:start + size]) for start in range(0, len(products), size)]
    kinds = {}
    for product in products:
        kinds.setdefault(product["category"], []).append(product)
    return [(f"{kind.replace(' ', '-')}-{start // size + 1:02d}", some[start:start + size])
            for kind, some in sorted(kinds.items()) for some in [sorted(some, key=lambda product: product["product_id"])]
            for start in range(0, len(some), size)]


def _sheet(folder, products):
    width, height = CELL
    sheet = Image.new("RGB", (COLUMNS * width, -(-len(products) // COLUMNS) * (height + CAPTION)), "white")
    draw = ImageDraw.Draw(sheet)
    for place, product in enumerate(products):
        left, top = place % COLUMNS * width, place // COLUMNS * (height + CAPTION)
        with Image.open(folder / product["photos"].split("|")[0]) as photo:
            sheet.paste(photo.convert("RGB").resize(CELL, Image.Resampling.LANCZOS), (left, top))
        draw.text((left + 3, top + height + 1), product["product_id"].split(":")[1], fill="black")
    return sheet
