"""DeepFashion In-Shop Clothes Retrieval in its own file layout -> tables (Liu et al., DeepFashion, CVPR 2016).

Reads the original set and anything that is written the same way, such as `python -m catalog.studio benchmark`. Newer releases keep the
attribute files in Anno/attributes/ and the partition in Eval/, older ones keep all of them directly in Anno/: both are read.

    img/WOMEN/Dresses/id_00000001/01_1_front.jpg
    list_eval_partition.txt     count, header, then: image name, item id, train | query | gallery
    list_attr_items.txt         count, header, then: item id and one 1 / -1 / 0 (unknown) per attribute
    list_attr_cloth.txt         count, header, then: one attribute name a line
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from fashflix.errors import SourceError

FOLDERS = ("Eval", "Anno/attributes", "Anno", "")
STATUSES = ("train", "query", "gallery")
YES, NO, UNKNOWN = 1, -1, 0


@dataclass
class InShop:
    """One set. photos: DataFrame with path (relative), item, status, gender, category, view, one row a photo.

    items: list of I item ids. attributes: list of A names. labels: int8 (I, A), 1 yes, -1 no, 0 unknown.
    """

    folder: Path
    photos: pd.DataFrame
    items: list
    attributes: list
    labels: np.ndarray


def read_inshop(folder):
    """Read a set. folder: the one that holds img/. Returns InShop. Raises SourceError naming the file and the line that do not fit."""
    folder = Path(folder)
    items, labels = _labels(folder)
    names = _rows(folder, "list_attr_cloth.txt")
    attributes = [" ".join(line.split()[:-1]) if line.split()[-1].isdigit() and len(line.split()) > 1 else line for line in names]
    if labels.shape[1] != len(attributes):
        raise SourceError(f"{folder}: list_attr_items.txt has {labels.shape[1]} labels an item, list_attr_cloth.txt names {len(attributes)} attributes. "
                          "One of the two files is cut short; fetch it again.")
    photos = _partition(folder)
    unlabelled = sorted(set(photos.item) - set(items))
    if unlabelled:
        raise SourceError(f"{folder}: {len(unlabelled)} items of the partition have no labels, the first is {unlabelled[0]}. Fetch list_attr_items.txt again.")
    return InShop(folder, photos, items, attributes, labels)


def _find(folder, name):
    for place in FOLDERS:
        if (folder / place / name).is_file():
            return folder / place / name
    raise SourceError(f"No {name} in {folder} (looked in {', '.join(place or 'the folder itself' for place in FOLDERS)}). Give the folder that holds img/.")


def _rows(folder, name):
    """The lines below count and header; their number must be the count."""
    path = _find(folder, name)
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if len(lines) < 2 or not lines[0].isdigit():
        raise SourceError(f"{path} must start with a count and a header; it starts with {lines[0][:40]!r}." if lines else f"{path} is empty. Fetch it again.")
    if int(lines[0]) != len(lines) - 2:
        raise SourceError(f"{path} announces {int(lines[0]):,} rows and has {len(lines) - 2:,}. It is cut short; fetch it again.")
    return lines[2:]


def _labels(folder):
    """Items and labels; an item that is listed twice with equal labels counts once, with different ones is an error."""
    table = {}
    for line in _rows(folder, "list_attr_items.txt"):
        item, *values = line.split()
        try:
            row = np.array(values, np.int8)
        except ValueError as error:
            raise SourceError(f"list_attr_items.txt, item {item}: {error}. Labels are 1, -1 or 0.") from error
        if np.any(np.abs(row) > 1):
            raise SourceError(f"list_attr_items.txt, item {item}: {row[np.abs(row) > 1][0]} is no label. Labels are 1, -1 or 0.")
        if item in table and not np.array_equal(table[item], row):
            raise SourceError(f"list_attr_items.txt lists {item} twice with different labels. Keep one of the rows.")
        table[item] = row
    widths = {len(row) for row in table.values()}
    if len(widths) != 1:
        raise SourceError(f"list_attr_items.txt has rows of {min(widths)} to {max(widths)} labels. It is damaged; fetch it again.")
    return list(table), np.stack(list(table.values()))


def _partition(folder):
    rows = [line.split() for line in dict.fromkeys(_rows(folder, "list_eval_partition.txt"))]
    for row in rows:
        if len(row) != 3 or row[2] not in STATUSES:
            raise SourceError(f"list_eval_partition.txt: {' '.join(row)[:80]!r} is not `image item train|query|gallery`.")
    photos = pd.DataFrame(rows, columns=["path", "item", "status"])
    parts = photos.path.str.split("/")
    photos["gender"], photos["category"] = parts.str[1].str.lower(), parts.str[2]
    photos["view"] = parts.str[-1].str.rsplit("_", n=1).str[-1].str.rsplit(".", n=1).str[0]
    return photos


def rank_by_balance(labels):
    """Attributes that are ever true, the most balanced first: nearest to one yes for every no.

    labels: int8 (I, A). Unknown ones do not count. Returns column numbers, int (B,), B <= A.
    """
    yes, no = (labels == YES).sum(axis=0), (labels == NO).sum(axis=0)
    usable = np.flatnonzero(yes)
    share = yes[usable] / (yes[usable] + no[usable])
    return usable[np.argsort(np.abs(share - 0.5), kind="stable")]


def choose_attributes(shop, count):
    """The names of the `count` most balanced attributes, judged on training items alone."""
    train = set(shop.photos.item[shop.photos.status == "train"])
    rows = [number for number, item in enumerate(shop.items) if item in train]
    return [shop.attributes[column] for column in rank_by_balance(shop.labels[rows])[:count]]
