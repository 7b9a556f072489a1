"""Every recipe: sound geometry, facts that fit, pictures with parts; and a few facts that can be seen."""

import numpy as np
import pytest

pytest.importorskip("numba", reason="the studio needs requirements-studio.txt")

from catalog.studio.checks import RANGES, geometry_faults           # noqa: E402
from catalog.studio.palette import CLOTH, nearest_word              # noqa: E402
from catalog.studio.raster import freeze                            # noqa: E402
from catalog.studio.recipes import RECIPES                          # noqa: E402
from catalog.studio.regions import BACKGROUND, Region               # noqa: E402
from catalog.studio.render import render                            # noqa: E402
from catalog.studio.shop import cut_sound                           # noqa: E402
from catalog.studio.lasts import Last                               # noqa: E402

SIZE = (120, 160)


@pytest.fixture(scope="module", params=RECIPES, ids=lambda name: name.replace(" ", "-"))
def made(request):
    recipe = RECIPES[request.param]
    gender = recipe.genders[-1]
    garment, faults = cut_sound(recipe, gender, 5)
    designs = [recipe.dress(garment, np.random.default_rng(seed)) for seed in range(3)]
    return recipe, gender, garment, faults, designs, render(freeze(garment), designs[0], SIZE)


def test_the_geometry_is_sound(made):
    recipe, _, garment, faults, _, _ = made
    assert faults == [] and geometry_faults(garment, recipe.category) == [] and recipe.category in RANGES


def test_the_facts_are_of_this_garment(made):
    recipe, gender, _, _, designs, _ = made
    for design in designs:
        assert (design.truth.category, design.truth.gender) == (recipe.category, gender)
        assert len(design.truth.attributes) >= 1 and design.truth.colours[0] in CLOTH


def test_dressing_leaves_the_garment_as_it_was_and_repeats_itself(made):
    recipe, _, garment, _, designs, _ = made
    before = None if garment.layers is None else garment.layers.paint[0].copy()
    again = recipe.dress(garment, np.random.default_rng(0))
    assert again.truth == designs[0].truth
    assert before is None or np.array_equal(garment.layers.paint[0], before)


def test_the_picture_shows_one_garment_with_known_parts(made):
    _, _, _, _, _, picture = made
    seen = picture.mask > 0.5
    assert 0.05 < seen.mean() < 0.8 and not seen[:1].any() and not seen[-1:].any()
    parts = set(np.unique(picture.parts[seen]).tolist())
    assert parts <= {int(region) for region in Region} and (picture.parts[picture.mask < 0.1] == BACKGROUND).all()
    assert picture.rgb[seen].std() > 2 or picture.rgb[seen].mean() < 60


def test_a_plain_garment_looks_like_its_colour():
    recipe = RECIPES["tank"]
    garment, _ = cut_sound(recipe, "women", 5)
    model, right = freeze(garment), 0
    plain = [design for seed in range(40) if (design := recipe.dress(garment, np.random.default_rng(seed))).truth.pattern == "solid"][:8]
    for design in plain:
        picture = render(model, design, SIZE)
        pixels = picture.rgb[picture.mask > 0.9].astype(float) / 255
        linear = np.where(pixels <= 0.04045, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4)
        bright = linear[linear.sum(axis=1) >= np.median(linear.sum(axis=1))].mean(axis=0)
        family = {nearest_word(bright), nearest_word(bright * 1.12), nearest_word(bright * 0.88)}
        right += design.truth.colours[0] in family
    assert len(plain) == 8 and right >= 6


def test_a_sole_lies_on_the_floor_and_its_toe_rises():
    last = Last(heel=0.0, spring=1.2)
    x = np.linspace(3, 28, 60)
    assert last.ground(x).min() == pytest.approx(0, abs=0.01) and last.ground(np.array([28.0]))[0] > 0.8
    assert (last.top(x) > last.ground(x) + 1).all()
    high = Last(heel=6.0)
    assert high.ground(np.array([2.5]))[0] == pytest.approx(6, abs=0.1) and high.ground(np.array([18.0]))[0] < 0.1


def test_women_s_and_men_s_outlines_of_a_sole_close_at_heel_and_toe():
    outer, inner = Last().outline(1), Last().outline(-1)
    assert np.allclose(outer[[0, -1]], inner[[0, -1]], atol=0.05) and outer[:, 1].max() > -inner[:, 1].min()
