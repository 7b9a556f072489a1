"""What keeps a broken garment out of the shop."""

import numpy as np
import pytest

pytest.importorskip("cv2", reason="the studio needs requirements-studio.txt")

from catalog.studio.checks import BORDER, RANGES, geometry_faults, picture_faults       # noqa: E402
from catalog.studio.recipes import RECIPES                                              # noqa: E402
from catalog.studio.render import Picture                                               # noqa: E402
from tests.studio.toys import CUSHION                                                   # noqa: E402


@pytest.fixture
def garment():
    return CUSHION.cut(np.random.default_rng(0), "women")


def photo(top, bottom, left, right, size=(128, 96)):
    """A photo of a rectangle: shares of the height and width."""
    mask = np.zeros(size, np.float32)
    mask[round(top * size[0]):round(bottom * size[0]), round(left * size[1]):round(right * size[1])] = 1
    return Picture(np.zeros((*size, 3), np.uint8), mask, np.full(size, 255, np.uint8))


def test_every_recipe_has_ranges():
    assert {recipe.category for recipe in RECIPES.values()} <= set(RANGES)
    assert all(low < high for three in RANGES.values() for low, high in three)


def test_a_vertex_that_no_triangle_holds_is_a_fault(garment):
    corner = garment.mesh.triangles[0, 0]
    garment.mesh.triangles = garment.mesh.triangles[(garment.mesh.triangles != corner).all(axis=1)]
    assert geometry_faults(garment, "t-shirt") == ["1 vertices belong to no triangle"]


def test_a_vertex_that_fell_away_is_a_fault(garment):
    garment.mesh.points[3, 2] -= 400
    assert [fault for fault in geometry_faults(garment, "t-shirt") if "cm high" in fault]


def test_sizes_are_judged_by_the_category(garment):
    assert geometry_faults(garment, "t-shirt") == []
    assert len(geometry_faults(garment, "hat")) == 2


def test_a_garment_in_the_middle_of_its_photo_is_sound():
    assert picture_faults(photo(.2, .8, .2, .8), "t-shirt") == []


@pytest.mark.parametrize("edges, says", [
    ((.45, .55, .45, .55), "covers 1%"), ((.02, .98, .03, .97), "covers 89%"), ((0, .7, .2, .8), "edge"), ((.2, .8, .4, 1), "edge"),
    ((0, 0, 0, 0), "covers 0%")])
def test_a_garment_too_small_too_large_or_cut_off_is_a_fault(edges, says):
    assert says in " ".join(picture_faults(photo(*edges), "t-shirt"))


def test_a_garment_just_inside_the_border_is_sound():
    picture = photo(.2, .8, 0, .6)
    picture.mask[:, :BORDER] = 0
    assert picture_faults(picture, "t-shirt") == []


def test_a_garment_in_many_scraps_is_a_fault():
    picture = photo(.2, .8, .2, .8)
    picture.mask[::8] = picture.mask[:, ::8] = 0
    assert "it is in scattered pieces" in picture_faults(picture, "t-shirt")
