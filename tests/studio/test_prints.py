"""Colours and cloth patterns: the right words, the right shapes, no seams, no shimmer."""

import inspect

import numpy as np
import pytest

pytest.importorskip("numba")
pytest.importorskip("cv2")

from catalog.studio import palette                                                              # noqa: E402
from catalog.studio.layers import PanelLayers                                                   # noqa: E402
from catalog.studio.prints import KINDS, Blocks, Tile, banded, choose, denim, graphic, noise, solid, stripes     # noqa: E402
from catalog.studio.prints import colourways, florals, graphics, woven                          # noqa: E402
from catalog.studio.prints.dyes import WASHES, Ombre                                            # noqa: E402
from catalog.studio.prints.tile import spread                                                   # noqa: E402
from fashflix.errors import StudioError                                                         # noqa: E402
from fashflix.vocabulary import COLOURS, PATTERNS                                               # noqa: E402

OWN_COLOURS = {"denim", "glen", "camo", "snake"}        # kinds that cannot be had in every colour


def cloth(seed=0):
    return np.random.default_rng(seed)


def across(width, height, density=10):
    u, v = np.meshgrid(np.arange(width * density) / density, 130 - np.arange(height * density) / density)
    return u.astype(np.float32), v.astype(np.float32)


def test_every_colour_of_the_vocabulary_has_a_cloth_shade_that_is_nearest_to_its_own_word():
    assert set(palette.CLOTH) == set(COLOURS) - {"multicolour"}
    assert all(palette.nearest_word(word) == word for word in palette.CLOTH)


def test_a_dye_lot_differs_but_keeps_its_word():
    lots = [palette.shade("sage", cloth(seed)) for seed in range(20)]
    assert {palette.nearest_word(lot) for lot in lots} == {"sage"}
    assert len({tuple(lot) for lot in lots}) == 20


def test_light_comes_back_as_the_colour_it_was():
    assert np.allclose(palette.encode(palette.linear("#1f804c")) * 255, (0x1F, 0x80, 0x4C), atol=.01)
    assert palette.luminance("#ffffff") == pytest.approx(1)


def test_an_unknown_colour_is_refused_with_the_words_that_exist():
    with pytest.raises(StudioError, match="'khaki'.*olive"):
        palette.linear("khaki")


def test_a_stylist_pairs_only_different_colours_that_can_be_told_apart():
    for ground in palette.CLOTH:
        for seed in range(5):
            one, other = palette.pair(cloth(seed), ground)
            assert one == ground and other != ground
            assert palette.contrast(one, other) > 15, (one, other)
    assert all(len({*three}) == 3 and {*three} <= {*palette.CLOTH} for three in palette.TRIOS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_cloth_says_its_colours_and_pattern_in_the_vocabulary(kind):
    u, v = across(12, 12, 6)
    for seed in range(2):
        printed, colours, pattern = choose([kind], cloth(seed))
        assert pattern in PATTERNS
        assert 1 <= len(colours) <= 4 and len(set(colours)) == len(colours) and set(colours) <= set(COLOURS)
        rgb = printed(u, v)
        assert rgb.shape == (72, 72, 3) and rgb.dtype == np.float32
        assert np.isfinite(rgb).all() and rgb.min() >= 0 and rgb.max() <= 1.001
        assert np.array_equal(printed(u.ravel(), v.ravel()), rgb.reshape(-1, 3))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_cloth(kind):
    u, v = across(8, 8, 4)
    (first, words, _), (second, again, _) = choose([kind], cloth(5)), choose([kind], cloth(5))
    assert words == again and np.array_equal(first(u, v), second(u, v))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - OWN_COLOURS))
@pytest.mark.parametrize("base", ["navy", "orange", "ivory", "silver"])
def test_the_colour_asked_for_comes_first(kind, base):
    assert choose([kind], cloth(1), base)[1][0] == base


def test_every_colour_can_be_the_ground_of_a_ditsy_print():
    for base in palette.CLOTH:
        printed, words, _ = choose(["ditsy"], cloth(2), base)
        ground = np.median(printed.image.reshape(-1, 3), axis=0)
        assert words[0] == base and palette.nearest_word(ground) == base, base


def test_weights_decide_what_is_chosen():
    assert {choose({"solid": 1, "leopard": 0}, cloth(seed))[2] for seed in range(8)} == {"solid"}


@pytest.mark.parametrize("kind", [
    "liberty", "ditsy", "painterly", "tropical", "leopard", "zebra", "plaid", "heather", "fairisle", "denim", "camo", "argyle"])
def test_a_repeat_does_not_show_where_it_meets_itself(kind):
    image = choose([kind], cloth(3))[0].image
    for axis in (0, 1):
        steps = np.abs(np.diff(image, axis=axis)).mean(axis=(1 - axis, 2))
        seam = np.abs(np.take(image, 0, axis) - np.take(image, -1, axis)).mean()
        assert seam <= steps.max() * 1.1 + 1e-4, (kind, axis)


def test_a_tile_repeats_in_both_directions():
    u, v = across(5, 5)
    printed = Tile(cloth().random((64, 48, 3)), (3., 4.))
    assert np.allclose(printed(u + 6, v - 8), printed(u, v), atol=1e-3)


def test_stripes_run_across_or_down_and_keep_their_share():
    u, v = across(12, 12, 20)
    level, upright = stripes("white", "black", 3., .25), stripes("white", "black", 3., .25, vertical=True)
    assert np.ptp(level(u, v), axis=1).max() < 1e-6 < np.ptp(level(u, v), axis=0).max()
    assert np.ptp(upright(u, v), axis=0).max() < 1e-6 < np.ptp(upright(u, v), axis=1).max()
    dark = (level(u, v)[..., 0] < palette.linear("white")[0] / 2).mean()
    assert dark == pytest.approx(.25, abs=.02)


def test_bands_lie_in_order_from_the_top_down():
    printed = banded((("red", 2.), ("white", 1.), ("navy", 1.)))
    seen = [palette.nearest_word(printed(np.zeros(1), np.array([height]))[0]) for height in (7.2, 5.5, 4.5)]
    assert seen == ["red", "white", "navy"]


def test_stripes_too_fine_for_the_photo_melt_into_their_mean_instead_of_shimmering():
    u, v = across(20, 20, 2)
    rgb = stripes("white", "black", .4, .5, vertical=True)(u * 1.01, v, .5)
    mean = (palette.linear("white") + palette.linear("black")) / 2
    assert np.abs(rgb - mean).max() < .12
    assert np.abs(stripes("white", "black", .4, .5, vertical=True)(u * 1.01, v, .01) - mean).max() > .35


def test_gingham_shows_its_two_colours_and_the_tone_between_in_quarters():
    image = woven.gingham("white", "black", cloth(), 1.).image[..., 0]
    light, dark = palette.linear("white")[0], palette.linear("black")[0]
    near = [(np.abs(image - tone) < .15).mean() for tone in (light, (light + dark) / 2, dark)]
    assert near == pytest.approx([.25, .5, .25], abs=.04)


def test_houndstooth_is_half_dark_and_looks_the_same_with_its_colours_swapped():
    teeth = woven.houndstooth("white", "black").image[..., 0] < .4
    assert teeth.mean() == pytest.approx(.5, abs=.03)
    swapped = np.roll(~teeth, (32, 32), (0, 1))
    assert (swapped == teeth).mean() > .97


def test_a_tartan_is_the_same_both_ways():
    image = woven.check((("red", 2.), ("navy", 1.2), ("white", .4)), cloth(), twill=0.).image
    turned = image.transpose(1, 0, 2)[::-1, ::-1]
    assert np.corrcoef(image.ravel(), turned.ravel())[0, 1] > .97


def test_colour_blocks_change_at_their_height():
    blocks = Blocks([solid("red"), solid("white")], [100.])
    rgb = blocks(np.zeros(2), np.array([100.5, 99.5]))
    assert [palette.nearest_word(one) for one in rgb] == ["red", "white"]


def test_an_ombre_runs_from_its_top_colour_to_its_bottom_colour():
    printed = Ombre("white", "navy", 80., 120., cloth())
    heights = np.linspace(125, 75, 11)
    light = printed(np.zeros(11), heights).mean(axis=1)
    assert np.allclose(printed(np.zeros(2), np.array([130., 70.])), [palette.linear("white"), palette.linear("navy")], atol=1e-3)
    assert (np.diff(light) <= .02).all()


@pytest.mark.parametrize("wash", WASHES)
def test_a_denim_wash_looks_nearest_to_its_own_word_among_the_words_of_denim(wash):
    seen = palette.lab(denim(wash, cloth()).image.mean(axis=(0, 1)))
    words = {finish.word for finish in WASHES.values()}
    assert min(words, key=lambda word: np.linalg.norm(palette.lab(word) - seen)) == WASHES[wash].word


@pytest.mark.parametrize("bouquet", colourways.BOUQUETS, ids=lambda bouquet: bouquet.words[0])
def test_a_bouquet_names_the_colour_of_its_ground_and_its_main_flower_stands_out_from_it(bouquet):
    assert palette.nearest_word(bouquet.ground) == bouquet.words[0]
    assert np.linalg.norm(palette.lab(bouquet.flowers[0]) - palette.lab(bouquet.ground)) > 22


def test_a_liberty_print_covers_more_of_its_ground_than_a_ditsy_one():
    bouquet = colourways.BOUQUETS[0]
    ground = palette.linear(bouquet.ground)
    bare = [(np.abs(draw(bouquet, cloth()).image - ground).sum(axis=2) < .03).mean() for draw in (florals.liberty, florals.ditsy)]
    assert bare[0] < bare[1] - .15


def test_places_are_spread_evenly():
    places = spread(60, cloth())
    apart = np.abs(places[:, None] - places[None])
    apart = np.hypot(*np.minimum(apart, 1 - apart).transpose(2, 0, 1)) + 9 * np.eye(60)
    assert apart.min(axis=1).min() > .4 / np.sqrt(60)


def test_noise_repeats_and_has_the_size_asked_for():
    coarse, fine = noise((128, 128), 3, cloth()), noise((128, 128), 30, cloth())
    steps = [np.abs(np.diff(field, axis=1)).mean() for field in (coarse, fine)]
    assert steps[0] < steps[1] / 2
    assert np.abs(coarse[:, 0] - coarse[:, -1]).mean() < 3 * steps[0]


@pytest.mark.parametrize("ground", ["white", "black", "camel", "sky"])
def test_a_graphic_is_printed_on_the_front_in_colours_that_stand_out(ground):
    layers = PanelLayers(np.array([(-25., 80.), (25., 140.)]))
    words = graphic(layers, cloth(4), ground, (0., 122.))
    assert words and all(palette.contrast(ground, word) >= 16 for word in words)
    u, v = layers.coordinates()
    printed = layers.paint[0][..., 3] > .5
    assert printed.sum() > 1000 and not layers.paint[1].any()
    assert np.hypot(u, v - 122)[printed].max() < graphics.REACH * 1.5


@pytest.mark.parametrize("draw", graphics.DRAWINGS, ids=lambda draw: draw.__name__.strip("_"))
def test_every_graphic_uses_two_colours_or_more(draw):
    layers = PanelLayers(np.array([(-25., 80.), (25., 140.)]))
    picture = graphics._Picture(layers, ("navy", "sky", "ivory", "rust"), (0., 122.), graphics.REACH)
    draw(picture, cloth(6))
    assert len(picture.used) >= 2


def test_prints_take_the_size_of_a_photo_pixel():
    for kind in KINDS:
        assert "pixel" in inspect.signature(choose([kind], cloth(7))[0]).parameters, kind
