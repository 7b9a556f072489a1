"""From a draped garment to its photo, mask and part map."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("numba", reason="the studio needs requirements-studio.txt")
pytest.importorskip("cv2", reason="the studio needs requirements-studio.txt")

from catalog.studio.camera import Camera, random_camera                                 # noqa: E402
from catalog.studio.curves import box, line                                             # noqa: E402
from catalog.studio.fabrics import KINDS, Fabric                                        # noqa: E402
from catalog.studio.folds import folds                                                  # noqa: E402
from catalog.studio.garment import Design, Garment                                      # noqa: E402
from catalog.studio.layers import PanelLayers                                           # noqa: E402
from catalog.studio.light import Background, Light, random_background, random_light     # noqa: E402
from catalog.studio.mesh import SEAM, Edge, Piece, empty_mesh, mirrored, sew            # noqa: E402
from catalog.studio.palette import linear                                               # noqa: E402
from catalog.studio.raster import freeze, rasterise                                     # noqa: E402
from catalog.studio.regions import Region                                               # noqa: E402
from catalog.studio.render import render                                                # noqa: E402
from catalog.studio.surfaces import revolve                                             # noqa: E402
from catalog.studio.visibility import DIRECTIONS, visibility                            # noqa: E402
from catalog.studio.weaves import weave                                                 # noqa: E402
from fashflix.errors import StudioError                                                 # noqa: E402

SIZE = (120, 160)
FRONT, BACK = 0, 1
QUIET = Fabric("jersey", relief=0.0, crumple=0.0, sheen=0.0)


def dyed(word):
    colour = linear(word)
    return lambda u, v: np.broadcast_to(colour, (len(u), 3))


def bag(bulge=4.0):
    """A pillow 30 cm wide and 40 high, open above, blown up to +-bulge cm at its middle."""
    edges = mirrored([Edge("top", line((0, 20), (15, 20))), Edge(SEAM, line((15, 20), (15, -20))), Edge(SEAM, line((15, -20), (0, -20)))])
    mesh = sew([Piece(edges, edges)], 1.5)
    u, v = mesh.uv.T
    depth = bulge * np.clip(1 - (u / 15) ** 2, 0, 1) ** 0.5 * np.clip((v + 20) / 10, 0, 1) ** 0.5
    mesh.points = np.stack([u, np.where(mesh.side == FRONT, depth, -depth), v], axis=1)
    return Garment(mesh, PanelLayers(mesh.uv))


def dressed(garment, prints=None, fabric=QUIET, **more):
    return Design(garment, garment.layers, {None: dyed("grey")} if prints is None else prints, fabric, None, **more)


@pytest.fixture(scope="module")
def frozen():
    return freeze(bag())


def photo(model, design=None, **options):
    return render(model, design or dressed(model.garment), SIZE, **options)


def middle(picture, half=4):
    """Mean colour around the middle of the frame."""
    height, width = picture.mask.shape
    return picture.rgb[height // 2 - half:height // 2 + half, width // 2 - half:width // 2 + half].mean((0, 1))


def test_a_picture_has_the_size_asked_for_and_nothing_undefined(frozen):
    picture = photo(frozen)
    assert picture.rgb.shape == (160, 120, 3) and picture.mask.shape == picture.parts.shape == (160, 120)
    assert picture.rgb.dtype == picture.parts.dtype == np.uint8 and 0 <= picture.mask.min() < picture.mask.max() == 1


def test_the_mask_measures_the_garment_in_centimetres(frozen):
    picture = photo(frozen, camera=Camera(pitch=0))
    per_cm = 160 / 62
    assert picture.mask.sum() == pytest.approx(30 * 40 * per_cm**2, rel=0.05)


def test_the_part_map_covers_exactly_what_the_mask_covers(frozen):
    picture = photo(frozen)
    assert ((picture.parts != 255) == (picture.mask >= 0.5)).all()


def test_the_part_map_shows_the_regions_drawn_on_the_panel_that_is_seen():
    garment = bag()
    garment.layers.mark(FRONT, garment.layers.mask(box(-5, 5, 5, -5)), Region.POCKET)
    model = freeze(garment)
    front, back = (photo(model, camera=Camera(yaw=yaw)) for yaw in (0, 180))
    assert front.parts[80, 60] == Region.POCKET and back.parts[80, 60] == Region.BODY


def test_a_print_of_a_region_covers_that_region_only():
    garment = bag()
    garment.layers.mark(FRONT, garment.layers.mask(box(-15, 20, 15, 0)), Region.YOKE)
    picture = photo(freeze(garment), dressed(garment, {None: dyed("blue"), Region.YOKE: dyed("red")}))
    yoke, rest = (picture.rgb[picture.parts == region].mean(0) for region in (Region.YOKE, Region.BODY))
    assert yoke[0] > yoke[2] and rest[2] > rest[0]


def test_paint_is_seen_on_the_outside_and_a_label_on_the_inside_of_the_back():
    garment = bag()
    garment.layers.colour(FRONT, garment.layers.mask(box(-6, 6, 6, -6)), linear("red"))
    garment.layers.colour_inside(garment.layers.mask(box(-6, 20, 6, 14)), linear("green"))
    model = freeze(garment)
    red = middle(photo(model))
    from_above = photo(model, camera=Camera(pitch=55, life_size=False))
    greenness = from_above.rgb[..., 1].astype(int) - from_above.rgb[..., 0]
    assert red[0] > 2 * red[1]
    assert greenness.max() > 25 and photo(model, camera=Camera(yaw=180)).rgb.astype(int)[..., 0].max() < 250


def test_a_lining_is_seen_inside_and_not_outside(frozen):
    design = dressed(frozen.garment, fabric=replace(QUIET, lining="red"))
    inside = photo(frozen, design, camera=Camera(pitch=55, life_size=False)).rgb.astype(int)
    outside = photo(frozen, design, camera=Camera(pitch=0)).rgb.astype(int)
    assert (inside[..., 0] - inside[..., 1]).max() > 40 > 15 > (outside[..., 0] - outside[..., 1]).max()


def test_fading_lightens_where_it_says(frozen):
    design = dressed(frozen.garment, {None: dyed("navy")}, fade=lambda u, v: np.where(v > 0, 0.5, 0.0))
    picture = photo(frozen, design)
    assert picture.rgb[60, 60].mean() > picture.rgb[100, 60].mean() + 40


def test_the_same_arguments_give_the_same_picture_and_another_seed_other_folds(frozen):
    design = dressed(frozen.garment, fabric=Fabric("poplin"))
    one, again, other = (photo(frozen, design, seed=seed).rgb for seed in (3, 3, 4))
    assert (one == again).all() and (one != other).any()


@pytest.mark.parametrize("kind", KINDS)
def test_every_fabric_shows_its_surface_and_keeps_the_colour_of_its_dye(frozen, kind):
    design = dressed(frozen.garment, {None: dyed("blue")}, Fabric(kind, specular=0.1))
    ironed = dressed(frozen.garment, {None: dyed("blue")})
    cloth, flat = (photo(frozen, one, samples=3).rgb[50:110, 40:80].astype(float) for one in (design, ironed))
    surface = (cloth - flat).mean(axis=2)
    assert surface.std() > 1
    assert np.abs(cloth.mean((0, 1)) - flat.mean((0, 1))).max() < 40


def test_an_unknown_fabric_is_refused_with_the_names_that_exist():
    with pytest.raises(StudioError, match="moleskin.*denim"):
        Fabric("moleskin")


def test_ribs_run_along_the_grain_even_where_it_is_turned():
    """Vertical ribs vary across and not along; turned by 90 degrees it is the other way round."""
    def variation(grain):
        garment = bag(0.5)
        garment.grain = grain
        rgb = photo(freeze(garment), dressed(garment, fabric=Fabric("widerib", crumple=0.0)), camera=Camera(pitch=0), samples=3).rgb
        patch = rgb[50:110, 40:80].astype(float).mean(2)
        return patch.mean(0).std(), patch.mean(1).std()
    across, along = variation(lambda u, v, region: (u, v))
    assert across > 2 * along
    across, along = variation(lambda u, v, region: (v, -u))
    assert along > 2 * across


def test_light_from_the_left_lights_the_left_side(frozen):
    left, right = (photo(frozen, light=Light(key=(side, 0.3, 0.2))).rgb.astype(float) for side in (-1, 1))
    assert left[80, 38].mean() > left[80, 82].mean() and right[80, 38].mean() < right[80, 82].mean()


def test_lights_stay_with_the_camera_when_the_garment_turns(frozen):
    front, back = (middle(photo(frozen, camera=Camera(yaw=yaw))) for yaw in (0, 180))
    assert np.abs(front - back).max() < 6


def test_a_colour_cast_tints_the_whole_picture_and_leaves_the_mask(frozen):
    plain, warm = photo(frozen), photo(frozen, light=Light(cast=(1.15, 1.0, 0.85)))
    assert (warm.rgb.mean((0, 1)) - plain.rgb.mean((0, 1)))[[0, 2]] @ (1, -1) > 8 and (warm.mask == plain.mask).all()


def test_the_garment_throws_a_shadow_on_its_background(frozen):
    shaded, bare = (photo(frozen, background=Background(shadow=shadow)) for shadow in (1.0, 0.0))
    outside = (shaded.mask == 0)
    darker = (bare.rgb.astype(int) - shaded.rgb)[outside].mean(axis=1)
    assert darker.max() > 12 and darker.min() >= 0 and np.median(darker) < 3


def test_zoom_shift_and_roll_move_the_picture(frozen):
    upright, far = photo(frozen), photo(frozen, camera=Camera(zoom=0.5))
    assert far.mask.sum() == pytest.approx(upright.mask.sum() / 4, rel=0.03)
    centre = lambda picture: np.argwhere(picture.mask > 0.5).mean(0)            # noqa: E731
    moved = centre(photo(frozen, camera=Camera(shift=(5, 0)))) - centre(upright)
    assert moved[1] == pytest.approx(-5 * 160 / 62, abs=0.5) and abs(moved[0]) < 0.5
    tilted = photo(frozen, camera=Camera(roll=90))
    rows, columns = (np.ptp(axis) for axis in np.nonzero(tilted.mask > 0.5))
    assert columns > rows


def test_a_garment_of_parts_alone_is_rendered():
    hat = revolve([(0.01, 12), (6, 11), (9, 6), (9.5, 0)], Region.BODY)
    garment = Garment(empty_mesh(), None, [hat])
    picture = photo(freeze(garment), dressed(garment, {None: dyed("red")}), camera=Camera(life_size=False))
    assert 0.3 < picture.mask.mean() < 0.9 and set(np.unique(picture.parts)) == {Region.BODY, 255}


def test_prints_that_ask_are_told_how_much_cloth_a_sample_covers(frozen):
    told = []

    def curious(u, v, pixel):
        told.append(pixel)
        return np.full((len(u), 3), 0.5, np.float32)
    photo(frozen, dressed(frozen.garment, {None: curious}), samples=2)
    assert told == [pytest.approx(62 / 320)]


def test_directions_come_in_opposite_pairs_of_unit_length():
    half = len(DIRECTIONS) // 2
    assert np.allclose(DIRECTIONS[:half], -DIRECTIONS[half:]) and np.allclose(np.linalg.norm(DIRECTIONS, axis=1), 1)
    assert np.abs(DIRECTIONS.mean(0)).max() < 1e-9


def test_a_wall_hides_the_half_of_the_sky_behind_it():
    y, z = (axis.ravel() for axis in np.meshgrid(np.arange(-30, 31, 3.0), np.arange(-30, 31, 3.0)))
    wall = np.stack([np.zeros_like(y), y, z], axis=1)
    number = np.arange(21 * 21).reshape(21, 21)
    corner = np.stack([number[:-1, :-1], number[1:, :-1], number[1:, 1:], number[:-1, 1:]], axis=-1).reshape(-1, 4)
    triangles = np.vstack([corner[:, [0, 1, 2]], corner[:, [0, 2, 3]]]).astype(np.int32)
    seen = visibility(np.vstack([wall, [(-3.0, 0, 0)]]), triangles)[-1]
    steep = np.abs(DIRECTIONS[:, 0]) > 0.4
    assert (seen[steep & (DIRECTIONS[:, 0] > 0)] == 0).all() and (seen[steep & (DIRECTIONS[:, 0] < 0)] == 255).all()


def test_the_nearer_triangle_hides_the_farther_one():
    square = np.array([(0, 0), (10, 0), (0, 10)])
    flat = np.vstack([np.c_[square, np.full(3, 1.0)], np.c_[square, np.full(3, 2.0)]]).astype(np.float32)
    triangle, weight = rasterise(flat, np.array([[0, 1, 2], [3, 4, 5]], np.int32), 10, 10)
    assert set(np.unique(triangle)) == {-1, 1}
    assert weight[2, 3] == pytest.approx((0.35, 0.25), abs=0.08)            # corner weights of the point (3.5, 2.5)


def test_fine_weaves_fade_with_distance_instead_of_aliasing():
    near, far = (weave("poplin").level(pixel)[..., :2].std() for pixel in (0.02, 0.4))
    assert far < 0.3 * near


@pytest.mark.parametrize("kind", sorted({row[1] for row in KINDS.values()}))
def test_folds_repeat_without_a_break(kind):
    tile = folds(kind, 0)
    inner, wrapped = np.abs(np.diff(tile[..., 0], axis=1)).mean(0), np.abs(tile[:, 0, 0] - tile[:, -1, 0]).mean()
    assert wrapped < 2 * inner.max()


def test_random_views_lights_and_backgrounds_are_repeatable_and_different():
    draws = [(random_camera(rng, "side"), random_light(rng), random_background(rng, SIZE).paint(SIZE).mean())
             for rng in map(np.random.default_rng, (1, 1, 2))]
    assert draws[0] == draws[1] != draws[2]


def test_every_random_background_is_a_picture_of_the_size_asked_for():
    rng = np.random.default_rng(0)
    for _ in range(40):
        paint = random_background(rng, SIZE).paint(SIZE)
        assert paint.shape == (160, 120, 3) and np.isfinite(paint).all() and 0 < paint.mean() < 1 and paint.max() <= 1


def test_the_camera_keeps_the_garment_inside_the_frame_from_every_side(frozen):
    for yaw, pitch, roll in ((0, 0, 0), (40, 10, 5), (90, 0, 0), (180, 20, -8)):
        flat, scale = Camera(yaw, pitch, life_size=False, roll=roll).project(frozen.points, *SIZE)
        assert scale > 0 and flat[:, 0].min() >= 0 and flat[:, 0].max() <= 120 and flat[:, 1].min() >= 0 and flat[:, 1].max() <= 160


def test_the_design_s_own_camera_is_used_unless_another_is_given(frozen):
    own = dressed(frozen.garment, camera=Camera(zoom=0.5))
    assert photo(frozen, own).mask.sum() < 0.5 * photo(frozen, own, camera=Camera()).mask.sum()



def test_a_straight_seam_has_a_straight_outline_and_stripes_across_it_stay_level():
    garment = bag()
    stripes = lambda u, v: np.repeat((np.sin(v * 2) > 0).astype(np.float32)[:, None], 3, axis=1)            # noqa: E731
    picture = photo(freeze(garment), dressed(garment, {None: stripes}), camera=Camera(pitch=0, life_size=False))
    widths = picture.mask[30:130].sum(axis=1)
    assert np.ptp(widths) < 0.6
    row_spread = picture.rgb[40:120, 30:90].astype(float).mean(2).std(axis=1)
    assert np.median(row_spread) < 20 < picture.rgb[40:120, 60].astype(float).mean(1).std()
