"""Garments with shoulders: the cut, the drape and what stands on the neckline."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("numba", reason="the studio needs requirements-studio.txt")

from catalog.studio.bodice import ACROSS, ALONG, Draft                               # noqa: E402
from catalog.studio.cloth import Cloth                                              # noqa: E402
from catalog.studio.curves import length                                            # noqa: E402
from catalog.studio.mesh import FRONT                                               # noqa: E402
from catalog.studio.parts import NeckLoop, drawstrings, hood, shirt_collar, tailored_collar, tube_collar       # noqa: E402
from catalog.studio.regions import Region                                           # noqa: E402
from catalog.studio.tops import Sleeve, Top, cut_top, laid_flat                    # noqa: E402

QUICK = Cloth(pressure=120, steps=400)


@pytest.fixture(scope="module")
def sweater():
    return cut_top(Top("women", sleeve=Sleeve(58, 14, cuff=6, cuff_pull=0.7), rib=5.5, ease=8, cloth=QUICK, spacing=2.0))


@pytest.fixture(scope="module")
def tee():
    return cut_top(Top("men", sleeve=Sleeve(20, 18), hem=76, hem_width=26, cloth=QUICK, spacing=2.0))


def test_the_sleeve_head_is_as_long_as_the_armhole():
    draft = Draft(Top("women"))
    assert length(draft.cap) == pytest.approx(length(draft.armhole), rel=0.01)


def test_a_sleeve_is_sewn_in_without_a_gap(sweater):
    one, other = sweater.mesh.welds.T
    assert len(one) > 40 and np.allclose(sweater.mesh.points[one], sweater.mesh.points[other])


def test_sleeves_hang_as_smooth_tubes_without_a_step_at_the_elbow(sweater):
    mesh = sweater.mesh
    arm = mesh.piece == 1
    along = (mesh.uv[arm] - sweater.marks["sleeve_origin"]) @ ALONG
    angle = np.radians(14)
    sideways = (mesh.points[arm][:, [0, 2]] - sweater.body.shoulder) @ [np.cos(angle), np.sin(angle)]
    inner = [sideways[(along >= start) & (along < start + 5)].min() for start in range(16, 50, 5)]
    assert np.abs(np.diff(inner)).max() < 2.0
    widths = [np.ptp(sideways[(along >= start) & (along < start + 5)]) for start in range(16, 50, 5)]
    assert min(widths) > 0.5 * max(widths)


def test_ribs_and_cuffs_pull_in(sweater):
    mesh = sweater.mesh
    body = mesh.piece == 0
    hem, above = (body & (np.abs(mesh.uv[:, 1] - height) < 1.5) for height in (79, 88))
    assert np.ptp(mesh.points[hem][:, 0]) < np.ptp(mesh.points[above][:, 0])


def test_the_neckline_is_held_and_the_hem_hangs_where_it_was_cut(tee):
    points = tee.mesh.points
    assert points[:, 2].max() == pytest.approx(148, abs=2) and points[:, 2].min() == pytest.approx(76, abs=5)
    assert np.abs(points[:, 0].max() + points[:, 0].min()) < 3                       # nearly symmetric


def test_part_maps_know_sleeves_cuffs_and_ribs(sweater):
    layers, marks = sweater.layers, sweater.marks

    def region(point):
        x, y = layers.pixels([point])[0].astype(int)
        return layers.region[FRONT][y, x]

    middle = marks["sleeve_origin"] + ALONG * 30 - ACROSS * 7
    assert region((0, 110)) == Region.BODY and region((0, 80)) == Region.RIB and region(middle) == Region.SLEEVE
    assert region((marks["cuff_outer"] + marks["cuff_inner"]) / 2 - ALONG * 2) == Region.CUFF


def test_grain_runs_along_the_sleeve(sweater):
    points = np.stack([sweater.marks["sleeve_origin"] + ALONG * along - ACROSS * 5 for along in (10, 30)])
    u, v = sweater.grain(*points.T, np.full(2, Region.SLEEVE))
    assert u[0] == pytest.approx(u[1]) and v[0] - v[1] == pytest.approx(20)


def test_a_garment_laid_flat_is_flat():
    flat = cut_top(laid_flat(Top("women", sleeve=Sleeve(20, 16), spacing=2.0), np.random.default_rng(1)))
    assert np.ptp(flat.mesh.points[:, 1]) < 12 and np.isfinite(flat.mesh.points).all()


def test_the_same_seed_drapes_the_same_garment():
    top = Top("women", sleeve=None, cloth=replace(QUICK, steps=150), spacing=2.5, seed=7)
    assert np.array_equal(cut_top(top).mesh.points, cut_top(top).mesh.points)


def test_the_neck_loop_is_closed_and_faces_outward(tee):
    loop = NeckLoop(tee)
    assert np.linalg.norm(loop.points[0] - loop.points[-1]) < 1.5
    back = np.abs(loop.around) < 0.1
    assert loop.outward[back][:, 1].max() < -0.9


@pytest.mark.parametrize("add, region", [(lambda g: shirt_collar(g), Region.COLLAR), (lambda g: tube_collar(g, 9), Region.COLLAR),
                                         (lambda g: tailored_collar(g), Region.COLLAR), (lambda g: hood(g), Region.HOOD),
                                         (lambda g: drawstrings(g), Region.CORD)],
                         ids=["shirt", "turtleneck", "notched", "hood", "drawstrings"])
def test_what_stands_on_the_neckline_starts_there_and_is_finite(tee, add, region):
    garment = replace(tee, parts=[], marks=dict(tee.marks))
    add(garment)
    points = np.vstack([part.points for part in garment.parts if part.region == region])
    neck = NeckLoop(tee).points
    assert np.isfinite(points).all()
    assert min(np.linalg.norm(neck - point, axis=1).min() for point in points) < 2.5
    assert (points[:, 2].max() > neck[:, 2].max()) == (region != Region.CORD)


def test_a_hood_opens_to_the_front_and_closes_over_the_head(tee):
    garment = replace(tee, parts=[], marks=dict(tee.marks))
    hood(garment)
    points = garment.parts[0].points
    assert points[:, 2].max() > 160 and np.ptp(points[:, 0]) > 15
    high = points[points[:, 2] > points[:, 2].max() - 2]
    assert np.abs(high[:, 0]).max() < 9                                              # a crown, not a funnel
