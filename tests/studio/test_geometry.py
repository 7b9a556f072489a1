"""Curves, meshes, the mannequin and falling cloth."""

import numpy as np
import pytest

pytest.importorskip("numba", reason="the studio needs requirements-studio.txt")

from catalog.studio.body import SKIN, Mannequin                                                     # noqa: E402
from catalog.studio.cloth import Cloth, Drape, laid, springs, started                                # noqa: E402
from catalog.studio.curves import box, curve, length, line, resample                                # noqa: E402
from catalog.studio.mesh import BACK, FRONT, SEAM, Edge, Piece, edges_of, mirrored, sew, subdivide, vertex_normals     # noqa: E402


def pillow(half_width=10.0, half_height=10.0, spacing=1.5):
    """A square bag: sewn on both sides and below, open above."""
    edges = mirrored([Edge("top", line((0, half_height), (half_width, half_height))),
                      Edge(SEAM, line((half_width, half_height), (half_width, -half_height))),
                      Edge(SEAM, line((half_width, -half_height), (0, -half_height)))])
    return sew([Piece(edges, edges)], spacing)


def test_a_curve_passes_through_its_points():
    knots = [(0, 0), (3, 4), (8, 1), (9, 9)]
    smooth = curve(*knots)
    assert all(np.abs(smooth - knot).sum(axis=1).min() < 1e-9 for knot in knots)


def test_resampling_keeps_the_ends_and_spaces_evenly():
    points = resample(curve((0, 0), (5, 9), (20, 0)), spacing=0.5)
    gaps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    assert np.allclose(points[[0, -1]], [(0, 0), (20, 0)]) and gaps.std() < 0.01


def test_a_sewn_bag_has_one_rim_and_the_area_of_its_panels():
    mesh = pillow()
    edges, _, counts = edges_of(mesh.triangles)
    rim = edges[counts == 1]
    assert np.allclose(mesh.uv[np.unique(rim)][:, 1], 10, atol=0.1)         # only the open top
    corners = mesh.uv[mesh.triangles]
    (first_u, first_v), (second_u, second_v) = (corners[:, 1] - corners[:, 0]).T, (corners[:, 2] - corners[:, 0]).T
    area = np.abs(first_u * second_v - first_v * second_u).sum() / 2
    assert area == pytest.approx(2 * 20 * 20, rel=0.01)


def test_front_and_back_share_the_seam_and_nothing_else():
    mesh = pillow()
    front, back = (set(mesh.triangles[mesh.panel == panel].ravel()) for panel in (FRONT, BACK))
    assert front & back == set(np.flatnonzero(mesh.seam))


def test_normals_of_the_front_face_the_camera():
    mesh = pillow()
    points = np.stack([mesh.uv[:, 0], np.where(mesh.side == FRONT, 1.0, -1.0) * ~mesh.seam, mesh.uv[:, 1]], axis=1)
    normals = vertex_normals(points, mesh.triangles)
    inner = ~mesh.seam & (np.abs(mesh.uv) < 6).all(axis=1)
    assert (normals[inner & (mesh.side == FRONT)][:, 1] > 0.9).all() and (normals[inner & (mesh.side == BACK)][:, 1] < -0.9).all()


def test_subdividing_makes_four_triangles_of_one_and_keeps_the_outline():
    mesh = pillow()
    points = np.stack([mesh.uv[:, 0], np.zeros(len(mesh.uv)), mesh.uv[:, 1]], axis=1)
    finer, uv, triangles, panel = subdivide(points, mesh.uv, mesh.triangles, mesh.panel)
    assert len(triangles) == len(panel) == 4 * len(mesh.triangles) and len(uv) == len(finer)
    assert np.allclose(finer.max(axis=0), points.max(axis=0), atol=0.5)


@pytest.mark.parametrize("gender", ["women", "men"])
def test_the_mannequin_is_symmetric_and_its_arm_follows_the_angle(gender):
    body = Mannequin(gender).pose(40)
    assert np.allclose(body.field, body.field[::-1], atol=1e-4)
    inside = np.argwhere(body.field < SKIN) + [-86, -30, 0]
    hand = inside[inside[:, 0].argmax()]
    half, height = body.shoulder
    assert np.degrees(np.arctan2(hand[0] - half, height - hand[2])) == pytest.approx(40, abs=6)


def test_a_wider_arm_fills_a_wider_sleeve():
    assert (Mannequin("women").pose(30, (6, 5, 4)).field < 0).sum() > (Mannequin("women").pose(30, (4, 3, 2.5)).field < 0).sum()


def test_shaped_rest_lengths_scale_across_only():
    mesh = pillow()
    plain, narrow = springs(mesh), springs(mesh, lambda middle, direction: 1 - 0.2 * np.abs(direction[:, 0]))
    across = np.abs(mesh.uv[plain.edges[:, 0]] - mesh.uv[plain.edges[:, 1]])
    level, upright = across[:, 1] < 1e-6, across[:, 0] < 1e-6
    assert level.any() and upright.any()
    assert np.allclose(narrow.edge_rest[level], 0.8 * plain.edge_rest[level])
    assert np.allclose(narrow.edge_rest[upright], plain.edge_rest[upright])


def test_falling_cloth_keeps_its_lengths_and_stays_outside_the_body():
    mesh = pillow(30, 12, 2.0)
    mesh.start[:, 1] += 118
    body = Mannequin("women").pose(50)
    drape = Drape(mesh, Cloth(steps=300), body, started(mesh, body, np.random.default_rng(0)))
    drape.pin(np.flatnonzero(mesh.uv[:, 1] > 11.9))
    drape.run(1.0)
    held = springs(mesh)
    long = np.linalg.norm(drape.points[held.edges[:, 0]] - drape.points[held.edges[:, 1]], axis=1)
    assert np.isfinite(drape.points).all() and np.median(np.abs(long / held.edge_rest - 1)) < 0.05
    at = np.round(drape.points - [-86, -30, 0]).astype(int)
    assert np.percentile(body.field[tuple(at.T)], 5) > -1.0


def test_cloth_laid_flat_keeps_the_front_above_the_back():
    mesh = pillow()
    drape = Drape(mesh, Cloth(steps=200), None, laid(mesh, np.random.default_rng(0)))
    drape.run(1.0, gravity=0.2)
    points = drape.rest().points
    inner = ~mesh.seam
    assert points[inner & (mesh.side == FRONT)][:, 1].min() > points[inner & (mesh.side == BACK)][:, 1].max()
    assert np.ptp(points[:, 0]) == pytest.approx(20, abs=1.5)


def test_pinned_points_do_not_move():
    mesh = pillow()
    drape = Drape(mesh, Cloth(steps=50), None, laid(mesh, np.random.default_rng(0)))
    drape.pin([0, 5], [(1.0, 2.0, 3.0), (4.0, 5.0, 6.0)])
    drape.run(1.0)
    assert np.allclose(drape.points[[0, 5]], [(1, 2, 3), (4, 5, 6)])


def test_a_box_is_four_corners():
    assert length(np.vstack([box(0, 4, 3, 0), box(0, 4, 3, 0)[:1]])) == 14
