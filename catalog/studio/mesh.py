"""Flat pattern pieces -> one triangle mesh, sewn along its seams."""

from dataclasses import dataclass, field
from typing import NamedTuple

import cv2
import numpy as np
from scipy.spatial import Delaunay

from catalog.studio.curves import flipped, resample

SEAM = "seam"
FRONT, BACK, PART = 0, 1, 2


class Edge(NamedTuple):
    """One stretch of a pattern piece's outline. name: SEAM sews front to back there. count: segments, where two edges must match."""

    name: str
    points: np.ndarray
    count: int | None = None


class Piece(NamedTuple):
    """A front and a back cut alike.

    front, back: closed lists of Edge. place: panel space -> where the piece starts out, (n, 2) -> (n, 2).
    """

    front: list
    back: list
    place: object = None


@dataclass
class Mesh:
    """Panels in panel space (`uv`), and where the cloth hangs (`points`, cm, x right, y to the camera, z up).

    uv float64 (n, 2); triangles int32 (m, 3), outside counter-clockwise seen from the camera on the front; panel int8 (m,) FRONT or BACK;
    side int8 (n,), the panel of each vertex (seam vertices: the back's); piece int (n,); seam bool (n,);
    start float64 (n, 2): (x, z) before draping;
    loops: (piece, panel, edge name) -> vertex numbers in order; (piece, panel, "outline") -> the whole outline;
    welds int32 (k, 2): pairs of vertices sewn together after cutting.
    """

    uv: np.ndarray
    triangles: np.ndarray
    panel: np.ndarray
    side: np.ndarray
    piece: np.ndarray
    seam: np.ndarray
    start: np.ndarray
    loops: dict
    welds: np.ndarray = field(default_factory=lambda: np.zeros((0, 2), np.int32))
    points: np.ndarray | None = None

    def loop(self, name, piece=0):
        """Vertex numbers of an edge on front and back together, int (k,)."""
        return np.unique([one for panel in (FRONT, BACK) for one in self.loops.get((piece, panel, name), [])]).astype(int)


def mirrored(edges):
    """The outline of a symmetric piece from its right half, which starts and ends on the centre line."""
    return edges + [Edge(name, flipped(points)[::-1], count) for name, points, count in reversed(edges)]


def empty_mesh():
    """A mesh of nothing, for garments that are made of parts only."""
    return Mesh(uv=np.zeros((0, 2)), triangles=np.zeros((0, 3), np.int32), panel=np.zeros(0, np.int8), side=np.zeros(0, np.int8),
                piece=np.zeros(0, int), seam=np.zeros(0, bool), start=np.zeros((0, 2)), loops={}, points=np.zeros((0, 3)))


def sew(pieces, spacing, seed=0):
    """Cut pieces into triangles and sew each front to its back.

    pieces: list of Piece. spacing: cm between vertices. seed: of the slight disorder of the inner points.
    Returns a Mesh that is not draped yet.
    """
    builder = _Builder(spacing, np.random.default_rng(seed))
    for number, piece in enumerate(pieces):
        seam_vertices = {}
        for panel, edges in ((FRONT, piece.front), (BACK, piece.back)):
            builder.add(number, panel, edges, seam_vertices)
    return builder.mesh(pieces)


class _Builder:
    def __init__(self, spacing, rng):
        self.spacing, self.rng = spacing, rng
        self.uv, self.piece, self.seams, self.loops, self.triangles, self.panel = [], [], set(), {}, [], []

    def add(self, number, panel, edges, seam_vertices):
        outline, ids = self._outline(number, panel, edges, seam_vertices)
        self.loops[(number, panel, "outline")] = list(ids)
        inner = self._inner(outline)
        points = np.vstack([outline, inner])
        vertices = np.array(ids + list(range(len(self.uv), len(self.uv) + len(inner))))
        self.uv.extend(inner)
        self.piece.extend([number] * len(inner))
        triangles, area = _inside(Delaunay(points).simplices, points, outline)
        turn = (area < 0) ^ (panel == BACK)
        triangles[turn] = triangles[turn][:, ::-1]
        self.triangles.append(vertices[triangles])
        self.panel.append(np.full(len(triangles), panel, np.int8))

    def _outline(self, number, panel, edges, seam_vertices):
        ids, points = [], []
        for place, (name, curve, count) in enumerate(edges):
            after_seam = edges[place - 1].name == SEAM
            for step, point in enumerate(resample(curve, self.spacing, count)[:-1]):
                shared = name == SEAM or (step == 0 and after_seam)
                key = tuple(np.round(point, 2))
                if shared and key in seam_vertices:
                    vertex = seam_vertices[key]
                else:
                    vertex = len(self.uv)
                    self.uv.append(point)
                    self.piece.append(number)
                    if shared:
                        seam_vertices[key] = vertex
                        self.seams.add(vertex)
                ids.append(vertex)
                points.append(point)
                self.loops.setdefault((number, panel, name), []).append(vertex)
        return np.array(points), ids

    def _inner(self, outline):
        """A slightly disordered triangular grid inside the outline, (k, 2)."""
        low, high = outline.min(axis=0), outline.max(axis=0)
        rows = [np.stack(np.broadcast_arrays(np.arange(low[0] + row % 2 * self.spacing / 2, high[0], self.spacing), height), axis=1)
                for row, height in enumerate(np.arange(low[1], high[1], self.spacing * 0.866))]
        grid = np.vstack(rows)
        grid += self.rng.normal(0, self.spacing * 0.1, grid.shape)
        return grid[_distances(grid, outline) > self.spacing * 0.55]

    def mesh(self, pieces):
        uv, triangles, panel = np.array(self.uv), np.vstack(self.triangles).astype(np.int32), np.concatenate(self.panel)
        piece, seam = np.array(self.piece), np.zeros(len(uv), bool)
        seam[list(self.seams)] = True
        start = uv.copy()
        for number, one in enumerate(pieces):
            if one.place is not None:
                start[piece == number] = one.place(uv[piece == number])
        side = np.zeros(len(uv), np.int8)
        side[np.unique(triangles[panel == BACK])] = BACK
        return Mesh(uv, triangles, panel, side, piece, seam, start, self.loops)


def _distances(points, outline):
    """Distance to the outline, positive inside: float (n,)."""
    contour = outline.astype(np.float32)[:, None]
    return np.array([cv2.pointPolygonTest(contour, (float(x), float(y)), True) for x, y in points])


def _inside(triangles, points, outline):
    """Triangles that lie inside the outline and are not slivers, with their signed double area."""
    triangles = triangles[_distances(points[triangles].mean(axis=1), outline) > 1e-3]
    first, second, third = (points[triangles[:, corner]] for corner in range(3))
    area = np.cross(np.c_[second - first, np.zeros(len(first))], np.c_[third - first, np.zeros(len(first))])[:, 2]
    return triangles[np.abs(area) > 0.02], area[np.abs(area) > 0.02]


def edges_of(triangles):
    """Each edge of a triangle list once. Returns (edges int32 (e, 2) with the smaller vertex first, inverse int (3 m,), counts (e,))."""
    pairs = np.sort(np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1)
    codes, inverse, counts = np.unique(pairs[:, 0].astype(np.int64) << 32 | pairs[:, 1], return_inverse=True, return_counts=True)
    return np.stack([codes >> 32, codes & 0xFFFFFFFF], axis=1).astype(np.int32), inverse.reshape(-1), counts


def gather(index, values, n):
    """Sum rows of values into n bins: float64 (n, d)."""
    return np.stack([np.bincount(index, column, n) for column in np.asarray(values).T], axis=1)


def vertex_normals(points, triangles):
    """Unit normals that face outward for this house's winding: float64 (n, 3)."""
    first, second, third = (points[triangles[:, corner]] for corner in range(3))
    normal = -np.cross(second - first, third - first)
    summed = sum(gather(triangles[:, corner], normal, len(points)) for corner in range(3))
    return summed / (np.linalg.norm(summed, axis=1, keepdims=True) + 1e-9)


def subdivide(points, uv, triangles, panel):
    """Split each triangle in four and round the surface lightly (after Loop 1987). Returns the same four, finer."""
    n, m = len(points), len(triangles)
    edges, inverse, counts = edges_of(triangles)
    opposite = gather(inverse, points[np.r_[triangles[:, 2], triangles[:, 0], triangles[:, 1]]], len(edges))
    middle = points[edges].mean(axis=1)
    inner = counts == 2
    middle[inner] = 0.375 * points[edges[inner]].sum(axis=1) + 0.125 * opposite[inner]
    even = _rounded(points, edges, counts)
    a, b, c = n + inverse[:m], n + inverse[m:2 * m], n + inverse[2 * m:]
    split = np.vstack([np.c_[triangles[:, 0], a, c], np.c_[a, triangles[:, 1], b], np.c_[c, b, triangles[:, 2]], np.c_[a, b, c]])
    return np.vstack([even, middle]), np.vstack([uv, uv[edges].mean(axis=1)]), split.astype(np.int32), np.tile(panel, 4)


def _rounded(points, edges, counts):
    n = len(points)
    around = gather(edges[:, 0], points[edges[:, 1]], n) + gather(edges[:, 1], points[edges[:, 0]], n)
    even = points * 0.625 + 0.375 * around / np.maximum(np.bincount(edges.ravel(), minlength=n), 1)[:, None]
    rim = edges[counts == 1]
    on_rim = np.bincount(rim.ravel(), minlength=n)
    along = gather(rim[:, 0], points[rim[:, 1]], n) + gather(rim[:, 1], points[rim[:, 0]], n)
    even[on_rim > 0] = points[on_rim > 0]
    smooth = on_rim == 2
    even[smooth] = 0.75 * points[smooth] + 0.125 * along[smooth]
    return even
