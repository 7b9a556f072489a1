"""Skirts, dresses and everything with two legs: the cut, the drape, and what recipes say of them."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("numba", reason="the studio needs requirements-studio.txt")

from catalog.studio.checks import geometry_faults                                   # noqa: E402
from catalog.studio.denim import Fade                                               # noqa: E402
from catalog.studio.fluted import Folds                                             # noqa: E402
from catalog.studio.mesh import BACK, FRONT, edges_of                               # noqa: E402
from catalog.studio.recipes import dresses, jeans, joggers, shorts, skirts, trousers                # noqa: E402
from catalog.studio.regions import Region                                           # noqa: E402
from catalog.studio.skirts import Skirt, cut_skirt, draw_pleats, pleat_edges        # noqa: E402
from catalog.studio.tops import Top, cut_top                                        # noqa: E402
from catalog.studio.trousers import Trousers, cut_trousers                          # noqa: E402
from catalog.studio.waist import bow, share_of                                      # noqa: E402

RECIPES = {recipe.name: recipe for module in (skirts, dresses, jeans, trousers, joggers, shorts) for recipe in module.RECIPES}
CIRCLE = Skirt(hem=60, hem_width=38, hem_depth=30, fullness=1.4, folds=Folds(8, seed=3))


def depth_of_folds(garment, height):
    """How far the cloth swings in and out round the ring at a height of the panel, cm."""
    mesh = garment.mesh
    ring = np.flatnonzero(np.abs(mesh.uv[:, 1] - height) < 1.0)
    around = share_of(mesh, garment.marks["skirt"].form.width)[ring] * 2 * np.pi
    out = np.hypot(mesh.points[ring, 0], mesh.points[ring, 1])
    smooth = np.stack([np.ones_like(around), *[f(k * around) for k in (1, 2, 3) for f in (np.sin, np.cos)]], axis=1)
    return np.std(out - smooth @ np.linalg.lstsq(smooth, out, rcond=None)[0])


@pytest.fixture(scope="module")
def circle():
    return cut_skirt(CIRCLE)


@pytest.fixture(scope="module")
def straight():
    return cut_trousers(Trousers("women", crease=0.7))


def test_cloth_laid_on_the_form_is_neither_stretched_nor_slack(circle):
    mesh, skirt = circle.mesh, CIRCLE
    laid = skirt.form.at(share_of(mesh, skirt.form.width), mesh.uv[:, 1])
    pairs, _, _ = edges_of(mesh.triangles)
    across = mesh.uv[pairs[:, 1]] - mesh.uv[pairs[:, 0]]
    flat = np.linalg.norm(across, axis=1)
    rest = flat * skirt.shape(mesh.uv[pairs].mean(axis=1), across / flat[:, None])
    ratio = np.linalg.norm(laid[pairs[:, 1]] - laid[pairs[:, 0]], axis=1) / rest
    assert abs(np.median(ratio) - 1) < 0.04 and np.quantile(np.abs(ratio - 1), 0.9) < 0.2


def test_a_skirt_hangs_in_folds_that_grow_to_the_hem(circle):
    assert depth_of_folds(circle, 62) > 0.8
    assert depth_of_folds(circle, 62) > 2.5 * depth_of_folds(circle, 92)


def test_a_pencil_skirt_has_no_folds():
    pencil = cut_skirt(Skirt(hem=54, hem_width=18, hem_depth=12, fullness=1.0, folds=Folds(3)))
    assert depth_of_folds(pencil, 58) < 0.6


def test_the_waistband_stays_where_it_is_worn_and_dips_in_front(circle):
    mesh = circle.mesh
    top = np.flatnonzero(mesh.uv[:, 1] > CIRCLE.waist - 0.1)
    front = mesh.points[top[np.argmin(np.abs(mesh.uv[top, 0]) + 99 * (mesh.side[top] == BACK))]]
    back = mesh.points[top[np.argmin(np.abs(mesh.uv[top, 0]) + 99 * (mesh.side[top] == FRONT))]]
    assert back[2] == pytest.approx(CIRCLE.waist, abs=0.5) and front[2] == pytest.approx(CIRCLE.waist - CIRCLE.dip, abs=0.5)
    assert np.any([part.region == Region.BAND for part in circle.parts])


def test_the_same_seed_gives_the_same_folds_and_another_seed_others():
    one, same, other = (cut_skirt(replace(CIRCLE, folds=Folds(8, seed=seed)), spacing=2.5).mesh.points for seed in (1, 1, 2))
    assert np.array_equal(one, same) and np.abs(one - other).max() > 1


@pytest.mark.parametrize("kind, edges", [("knife", 20), ("box", 24)])
def test_pressed_pleats_are_drawn_where_the_cloth_is_folded(kind, edges):
    skirt = Skirt(hem=55, gather=1.2, fullness=1.5, folds=Folds(20 if kind == "knife" else 12, kind, 0.05, 0.04))
    garment = cut_skirt(skirt, spacing=2.0)
    before = garment.layers.height[FRONT].copy()
    draw_pleats(garment.layers, skirt)
    assert len(pleat_edges(skirt)) == edges
    assert np.abs(garment.layers.height[FRONT] - before).max() > 0.3


def test_a_print_is_even_within_a_tier_and_breaks_at_its_seam():
    skirt = Skirt(hem=14, hem_width=34, hem_depth=26, gather=1.2, fullness=1.5, tiers=(75.0, 45.0))
    first, second = skirt.stretch(np.array([76.0, 98.0])), skirt.stretch(np.array([74.0, 46.0]))
    assert first[0] == first[1] and second[0] == second[1] and second[0] > first[0]


def test_a_dress_hangs_from_its_shoulders_with_the_waist_held_and_folds_below():
    skirt = Skirt(107, 19.2, 58, 36, 28, fullness=1.4, band=0.0, seamed=True, folds=Folds(8, seed=3))
    top = Top("women", "scoop neck", 13, 9.6, 4, None, ease=4, hem=skirt.hem, hem_width=30, legs=False, spacing=2.0)
    dress = cut_top(replace(top, cloth=replace(top.cloth, bending=2e-6, weight=0.75, steps=500, pressure=40)), skirt)
    dress.marks["skirt"] = skirt
    mesh = dress.mesh
    waist = np.abs(mesh.uv[:, 1] - 107) < 0.8
    assert np.abs(mesh.points[waist, 2] - 107).max() < 1.5
    assert 135 < mesh.points[:, 2].max() < 152 and depth_of_folds(dress, 61) > 0.8
    bow(dress, 0.0, 107.0)
    ends = np.vstack([part.points for part in dress.parts])
    assert ends[:, 1].min() > 4 and ends[:, 2].min() < 95                # in front of the dress, hanging down


def test_trousers_are_two_legs_that_do_not_cross_and_are_as_long_as_cut(straight):
    mesh = straight.mesh
    below = mesh.uv[:, 1] < 60
    assert np.all(np.sign(mesh.points[below, 0]) == np.sign(mesh.uv[below, 0]))
    for height in (20, 46, 60):
        right = (np.abs(mesh.uv[:, 1] - height) < 1) & (mesh.uv[:, 0] > 0)
        assert np.ptp(mesh.points[right, 0]) > 8 and np.ptp(mesh.points[right, 1]) > 8           # round, not flat
    assert abs(mesh.points[:, 2].min() - straight.marks["hem"]) < 9


def test_a_crease_is_pressed_into_the_middle_of_each_leg(straight):
    crease = straight.marks["crease"]
    assert crease[:, 1].max() < straight.marks["waist"] - 10
    at_knee = np.interp(46, crease[::-1, 1], crease[::-1, 0])
    assert straight.marks["inner"][0, 0] < at_knee < straight.marks["outer"][-1, 0]


def test_cuffs_pull_in_and_piled_up_legs_end_higher():
    plain, cuffed = (cut_trousers(Trousers("men", leg=18, spacing=2.0, cuff=cuff)) for cuff in (0.0, 6.0))

    def width(garment):
        ends = (garment.mesh.uv[:, 1] < 10) & (garment.mesh.uv[:, 0] > 0)
        return np.ptp(garment.mesh.points[ends, 0])

    assert width(cuffed) < 0.9 * width(plain)
    stacked = cut_trousers(Trousers("men", leg=18, spacing=2.0, stack=2.0))
    assert stacked.mesh.points[:, 2].min() > plain.mesh.points[:, 2].min() + 1.0


def test_trousers_laid_flat_are_flat_and_keep_their_outline():
    flat = cut_trousers(Trousers("women", pose="flat", spacing=2.0))
    assert np.ptp(flat.mesh.points[:, 1]) < 12 < np.ptp(flat.mesh.points[:, 0])
    assert np.abs(flat.mesh.points[:, [0, 2]] - flat.mesh.uv).max() < 6


def test_denim_fades_on_the_thighs_and_not_at_the_hem(straight):
    fade = Fade(straight.marks, np.random.default_rng(0), 0.4)
    thigh, hem = fade(np.array([12.0, 12.0]), np.array([66.0, 12.0]))
    assert thigh > 0.2 > 0.02 > hem


@pytest.mark.parametrize("name", RECIPES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_recipe_gives_sound_garments_with_true_words(name, seed):
    recipe = RECIPES[name]
    garment = recipe.cut(np.random.default_rng([seed, 1]), recipe.genders[seed % len(recipe.genders)])
    assert geometry_faults(garment, recipe.category) == []
    before = [plane.copy() for plane in garment.layers.paint]
    one, other = (recipe.dress(garment, np.random.default_rng([seed, colourway])) for colourway in (2, 3))
    assert all(np.array_equal(plane, kept) for plane, kept in zip(garment.layers.paint, before))     # colourways leave the geometry alone
    for design in (one, other):
        truth = design.truth
        assert truth.category == recipe.category and truth.gender in recipe.genders and truth.length and truth.fabric
        rgb = design.prints[None](np.array([0.0, 5.0]), np.array([50.0, 60.0]))
        assert rgb.shape == (2, 3) and np.isfinite(rgb).all()
    if recipe.category != "dress":
        assert (one.layers.region[FRONT] == Region.BAND).any()
