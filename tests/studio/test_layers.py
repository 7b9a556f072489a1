"""What is drawn on the flat panels."""

import numpy as np
import pytest

pytest.importorskip("cv2", reason="the studio needs requirements-studio.txt")

from catalog.studio.curves import box, circle, line         # noqa: E402
from catalog.studio.layers import PanelLayers               # noqa: E402
from catalog.studio.regions import Region                   # noqa: E402

FRONT, BACK = 0, 1
RED = (0.8, 0.05, 0.05)


@pytest.fixture
def layers():
    return PanelLayers(np.array([(-20.0, 0.0), (20.0, 60.0)]))


def at(layers, u, v):
    x, y = np.round(layers.pixels([(u, v)])[0]).astype(int)
    return y, x


def test_a_polygon_is_painted_where_it_lies_and_only_there(layers):
    layers.colour(FRONT, layers.mask(box(-5, 40, 5, 30)), RED)
    assert layers.paint[FRONT][at(layers, 0, 35)] == pytest.approx([*RED, 1])
    assert not layers.paint[FRONT][at(layers, 7, 35)].any() and not layers.paint[BACK].any()


def test_coordinates_are_the_inverse_of_pixels(layers):
    u, v = layers.coordinates()
    y, x = at(layers, 3.0, 41.0)
    assert (u[y, x], v[y, x]) == (pytest.approx(3, abs=0.1), pytest.approx(41, abs=0.1))


def test_a_patch_beyond_the_panel_is_cut_off(layers):
    layers.mark(FRONT, layers.mask(box(-90, 90, 90, 50)), Region.YOKE)
    assert layers.region[FRONT][at(layers, 0, 55)] == Region.YOKE and layers.region[FRONT][at(layers, 0, 45)] == Region.BODY


def test_union_and_difference_of_patches(layers):
    ring = layers.mask(circle((0, 30), 6)) - layers.mask(circle((0, 30), 3))
    pair = layers.mask(circle((-10, 30), 2)) | layers.mask(circle((10, 30), 2))
    layers.colour(FRONT, ring, RED)
    layers.colour(BACK, pair, RED)
    assert layers.paint[FRONT][at(layers, 0, 30)][3] == 0 and layers.paint[FRONT][at(layers, 4.5, 30)][3] == 1
    assert [layers.paint[BACK][at(layers, u, 30)][3] for u in (-10, 0, 10)] == [1, 0, 1]


def test_half_coverage_mixes_with_what_was_painted_before(layers):
    patch = layers.mask(box(-5, 40, 5, 30))
    layers.colour(FRONT, patch, (1, 1, 1))
    layers.colour(FRONT, patch * 0.5, (0, 0, 0))
    assert layers.paint[FRONT][at(layers, 0, 35)] == pytest.approx([0.5, 0.5, 0.5, 1])


def test_a_lifted_pocket_is_higher_and_casts_a_shadow_around_it(layers):
    layers.lift(FRONT, layers.mask(box(-5, 40, 5, 30)), 0.2)
    assert layers.height[FRONT][at(layers, 0, 35)] == pytest.approx(0.2, abs=0.01)
    assert layers.shade[FRONT][at(layers, 0, 40.3)] < 0.95 and layers.shade[FRONT][at(layers, 0, 50)] == 1


def test_a_groove_is_dark_and_low_along_its_line(layers):
    layers.groove(FRONT, line((-10, 20), (10, 20)), 0.3, 0.2, 0.4)
    assert layers.height[FRONT][at(layers, 0, 20)] < layers.height[FRONT][at(layers, 0, 20.5)]
    assert layers.shade[FRONT][at(layers, 0, 20)] < 0.9


def test_stitches_are_dashes(layers):
    layers.stitch(FRONT, line((-15, 20), (15, 20)), RED)
    row = layers.paint[FRONT][at(layers, 0, 20)[0]][:, 3] > 0.2
    assert 20 < (np.diff(row.astype(int)) == 1).sum() < 60


def test_a_metal_button_shines_and_a_plain_one_has_holes(layers):
    layers.button(FRONT, (0, 30), 1.0, RED, metal=0.8)
    layers.button(FRONT, (0, 20), 1.0, RED)
    assert layers.metal[FRONT][at(layers, 0, 30)] == pytest.approx(0.8) and layers.metal[FRONT][at(layers, 0, 20)] == 0
    assert layers.paint[FRONT][at(layers, 0.3, 20.3)][0] < layers.paint[FRONT][at(layers, 0, 20)][0]


def test_drawing_on_a_copy_leaves_the_original_alone(layers):
    copy = layers.copy()
    copy.button(FRONT, (0, 30), 1.0, RED)
    assert not layers.paint[FRONT].any() and copy.paint[FRONT].any()
