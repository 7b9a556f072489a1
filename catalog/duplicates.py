"""Find products that are the same thing, so that a person meets it once: they come to share a group_id.

Four signs, each measured on 3,000 shop photos and copies of them (compressed again, made smaller, cropped):
a group the shop states; a front photo with the same bytes; a front photo that is a copy, by its difference hash and its embedding together;
in one shop, the same name but for colours and sizes with a photo of the same outline (the other colours of one product).
A shop that groups several products by itself knows best: photos that merely look alike never join two such groups of its.
"""

import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops

from fashflix.vocabulary import facet_of, word_for

SIDE = 16                       # a hash has 16 x 16 bits
COPY_BITS, COPY_COSINE = 24, 0.95
VARIANT_BITS, VARIANT_COSINE = 40, 0.75
FLAT = 4.0                      # grey levels of spread; a photo with less has no outline to compare
BORDER = 24                     # grey levels that a border may differ from its corner
PLACEHOLDER = 12                # differently named products on one photo: a picture that stands for "no photo"
BLOCK = 1024
SIZES = {"xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "small", "medium", "large", "petite", "tall", "plus", "size"}


def share_groups(rows, vectors, folder):
    """Set the group_id of products that are the same thing.

    rows: list of n dicts with the catalogue's columns, changed in place. vectors: (n, 512) unit rows.
    folder: that image_files are relative to.
    A product that is like no other keeps the group its shop states. Returns how many products joined another one.
    """
    groups, hashes = _Groups(_stated(rows)), _Hashes(rows, folder)
    _join_all(groups, _by(rows, lambda row: row["group_id"] or None))
    before = groups.count()
    for same in _by(rows, lambda row: row["image_files"][0]):
        if len({_bare(rows[place]["name"]) for place in same}) < PLACEHOLDER:
            _join_all(groups, [same])
    for one, other in _near(vectors, COPY_COSINE):
        if hashes.differ(one, other) <= COPY_BITS:
            groups.join_alike(one, other)
    for same in _by(rows, lambda row: (row["shop"], row["brand"], bare) if (bare := _bare(row["name"])) else None):
        for one, other in zip(same, same[1:]):
            if hashes.differ(one, other) <= VARIANT_BITS and float(vectors[one] @ vectors[other]) >= VARIANT_COSINE:
                groups.join_alike(one, other)
    for members in groups.all():
        stated = next((rows[place]["group_id"] for place in members if rows[place]["group_id"]), None)
        for place in members:
            rows[place]["group_id"] = stated or (rows[members[0]]["product_id"] if len(members) > 1 else None)
    return before - groups.count()


def difference_hash(image):
    """Which of its cells are brighter than their left neighbours, after the plain border is cut off.

    image: PIL RGB. Returns bool (256,), or None for a picture without any structure. Copies in another size or quality differ in few bits.
    """
    plain = Image.new("RGB", image.size, image.getpixel((0, 0)))
    box = ImageChops.difference(image, plain).convert("L").point(lambda level: 255 * (level > BORDER)).getbbox()
    cells = np.asarray((image.crop(box) if box else image).convert("L").resize((SIDE + 1, SIDE), Image.Resampling.BOX), np.int16)
    return None if cells.std() < FLAT else (cells[:, 1:] > cells[:, :-1]).ravel()


class _Hashes:
    """Difference hashes of front photos, made when they are asked for: few pairs come so far."""

    def __init__(self, rows, folder):
        self._rows, self._folder, self._known = rows, Path(folder), {}

    def differ(self, one, other):
        """Bits in which two photos' hashes differ; infinite when one of them has none."""
        first, second = self._of(one), self._of(other)
        return float("inf") if first is None or second is None else int((first != second).sum())

    def _of(self, place):
        name = self._rows[place]["image_files"][0]
        if name not in self._known:
            with Image.open(self._folder / name) as image:
                self._known[name] = difference_hash(image.convert("RGB"))
        return self._known[name]


def _stated(rows):
    """For each row the groups of several products that its shop states, as a set of at most one (shop, group)."""
    sizes = Counter((row["shop"], row["group_id"]) for row in rows)
    return [{(row["shop"], row["group_id"])} if row["group_id"] and sizes[row["shop"], row["group_id"]] > 1 else set() for row in rows]


class _Groups:
    """Disjoint sets of places. stated: for each place, the (shop, group) pairs that its shop vouches for."""

    def __init__(self, stated):
        self._above, self._stated = list(range(len(stated))), list(stated)

    def join(self, one, other):
        first, second = sorted((self._root(one), self._root(other)))
        if first != second:
            self._above[second] = first
            self._stated[first] = self._stated[first] | self._stated[second]

    def join_alike(self, one, other):
        """Join, unless that would put two groups of one shop together."""
        both = self._stated[self._root(one)] | self._stated[self._root(other)]
        if len({shop for shop, _ in both}) == len(both):
            self.join(one, other)

    def count(self):
        return sum(place == above for place, above in enumerate(self._above))

    def all(self):
        """Lists of places, each in order."""
        found = defaultdict(list)
        for place in range(len(self._above)):
            found[self._root(place)].append(place)
        return list(found.values())

    def _root(self, place):
        while self._above[place] != place:
            self._above[place] = place = self._above[self._above[place]]
        return place


def _by(rows, key):
    """Places of rows with equal keys, for keys that are not None."""
    found = defaultdict(list)
    for place, row in enumerate(rows):
        if key(row) is not None:
            found[key(row)].append(place)
    return [places for places in found.values() if len(places) > 1]


def _join_all(groups, some):
    for places in some:
        for other in places[1:]:
            groups.join(places[0], other)


def _near(vectors, least):
    """Pairs of places whose vectors have at least this cosine."""
    vectors = np.asarray(vectors, np.float32)
    for start in range(0, len(vectors), BLOCK):
        for one, other in zip(*np.nonzero(vectors[start:start + BLOCK] @ vectors[start:].T >= least)):
            if one < other:
                yield start + int(one), start + int(other)


def _bare(name):
    """A name without colours and sizes: what the variants of a product have in common."""
    words = re.findall(r"[^\W_]+", name.lower())
    return " ".join(word for word in words if word not in SIZES and not word.isdigit() and facet_of(word_for(word) or "") != "colour")
