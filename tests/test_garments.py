"""Garments in a photo: from a class map to boxes, crops and kinds."""

import numpy as np
import pytest
from PIL import Image

from fashflix.garments import GarmentFinder, garments_of
from fashflix.vocabulary import CATEGORIES, GARMENTS

KINDS = ("background", *GARMENTS)


def class_map(*areas, height=80, width=56, sure=0.9):
    """Probabilities (C, h, w) with a rectangle (kind, top, bottom, left, right) per area."""
    best = np.zeros((height, width), int)
    for kind, top, bottom, left, right in areas:
        best[top:bottom, left:right] = KINDS.index(kind)
    rest = (1 - sure) / (len(KINDS) - 1)
    return np.where(np.arange(len(KINDS))[:, None, None] == best, sure, rest)


def test_each_kind_becomes_one_garment_largest_first_with_a_box_in_pixels_of_the_photo():
    found = garments_of(class_map(("top", 10, 30, 14, 42), ("bottom", 30, 70, 14, 42)), KINDS, (560, 800))
    assert [one.kind for one in found] == ["bottom", "top"]
    assert found[1].box == (140, 100, 420, 300) and found[1].confidence == pytest.approx(0.9)
    assert found[0].share == pytest.approx(40 * 28 / (80 * 56))


def test_specks_and_unsure_areas_are_no_garments():
    assert garments_of(class_map(("top", 10, 13, 14, 17)), KINDS, (560, 800)) == []
    assert garments_of(class_map(("top", 10, 40, 14, 42), sure=0.4), KINDS, (560, 800)) == []


def test_a_pair_of_shoes_is_smaller_than_any_coat_and_still_found():
    found = garments_of(class_map(("shoes", 70, 74, 20, 25), ("shoes", 70, 74, 32, 37)), KINDS, (560, 800))
    assert [one.kind for one in found] == ["shoes"] and found[0].box == (200, 700, 370, 740)


def test_a_stray_stripe_does_not_stretch_the_box():
    stretched = class_map(("dress", 20, 60, 10, 46), ("dress", 5, 8, 30, 31))
    assert garments_of(stretched, KINDS, (56, 80))[0].box == (10, 20, 46, 60)


def test_a_crop_keeps_to_the_photo_and_on_white_hides_what_is_around():
    photo = Image.new("RGB", (56, 80), (10, 120, 30))
    one = garments_of(class_map(("top", 0, 40, 0, 28)), KINDS, photo.size)[0]
    assert one.crop(photo).size == (30, 42)
    white = np.asarray(one.on_white(photo))
    assert tuple(white[5, 5]) == (10, 120, 30) and tuple(white[-1, -1]) == (255, 255, 255)


def test_every_garment_stands_for_categories_of_the_vocabulary():
    assert all(set(words) <= set(CATEGORIES) and words for words in GARMENTS.values())


def test_the_released_model_finds_garments_of_any_photo_size_and_nothing_on_an_empty_wall():
    finder = GarmentFinder.load()
    assert finder.kinds == KINDS
    for size in ((300, 900), (900, 300), (40, 40)):
        seen = finder.probabilities(Image.new("RGB", size, (200, 200, 200)))
        assert seen.shape[0] == len(KINDS) and np.allclose(seen.sum(axis=0), 1, atol=1e-2)
    assert finder.find(Image.new("RGB", (600, 800), (205, 203, 200))) == []
