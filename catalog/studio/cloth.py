"""Cloth that hangs on a body or lies on a table: what holds it together, how it falls, how it comes to rest."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from catalog.studio.body import ORIGIN
from catalog.studio.mesh import FRONT, edges_of, gather
from catalog.studio.solver import simulate

GRAVITY = 981.0                     # cm / s2


@dataclass(frozen=True)
class Cloth:
    """How a cloth hangs. Compliances in the solver's units: smaller is stiffer."""

    bending: float = 5e-6           # 2e-7 coat, 1e-6 denim, 5e-6 jersey, 2e-5 chiffon
    stretch: float = 1e-7
    thickness: float = 0.5          # cm kept from the body
    friction: float = 0.15
    damping: float = 0.992          # of the speed, per step
    pressure: float = 0.0           # outwards, keeps sleeves round
    weight: float = 1.0             # share of gravity: long cloth would stretch under all of it, for the solver takes few steps
    steps: int = 1000


@dataclass
class Springs:
    """What holds a mesh together: edges and bends int32 (k, 2) with their rest lengths (k,), cm."""

    edges: np.ndarray
    edge_rest: np.ndarray
    bends: np.ndarray
    bend_rest: np.ndarray


def springs(mesh, shape=None):
    """Edges, and across each edge inside a panel the two opposite corners.

    shape: (middle (k, 2), direction (k, 2)) -> factor (k,) of the rest length: ribs pull in, gathers and flares let out. None: as cut.
    """
    edges, inverse, counts = edges_of(mesh.triangles)
    opposite = np.r_[mesh.triangles[:, 2], mesh.triangles[:, 0], mesh.triangles[:, 1]]
    panels = np.tile(mesh.panel, 3)
    order = np.argsort(inverse, kind="stable")
    starts = np.r_[0, np.cumsum(counts)[:-1]][counts == 2]
    first, second = order[starts], order[starts + 1]
    same = panels[first] == panels[second]
    bends = np.stack([opposite[first], opposite[second]], axis=1)[same].astype(np.int32)
    return Springs(edges, _rest(mesh.uv, edges, shape), bends, _rest(mesh.uv, bends, shape))


def _rest(uv, pairs, shape):
    across = uv[pairs[:, 1]] - uv[pairs[:, 0]]
    rest = np.linalg.norm(across, axis=1)
    return rest if shape is None else rest * shape(uv[pairs].mean(axis=1), across / (rest[:, None] + 1e-9))


class Drape:
    """One cloth on its way from the cutting table to the body.

    mesh: sewn Mesh. cloth: Cloth. body: Mannequin, or None to lay it flat. shape: as in springs(). points: start, float64 (n, 3).
    """

    def __init__(self, mesh, cloth, body, points, shape=None, seed=0):
        self.mesh, self.cloth, self.body = mesh, cloth, body
        self.points, self.speed = np.ascontiguousarray(points, float), np.zeros(points.shape)
        self.pinned = np.zeros(len(points), bool)
        self.inflated = mesh.triangles              # where the cloth's pressure acts
        self._springs(springs(mesh, shape), np.random.default_rng(seed))
        self._low, self._high = _table(mesh) if body is None else (np.zeros(0), np.zeros(0))

    def _springs(self, held, rng):
        """Welds join as edges of length 0; a random order keeps the solver from favouring one side."""
        self.plain_edges = held.edges
        edges = np.vstack([held.edges, np.repeat(self.mesh.welds, 3, axis=0)]).astype(np.int32)
        rest = np.r_[held.edge_rest, np.zeros(3 * len(self.mesh.welds))]
        order, bend_order = rng.permutation(len(edges)), rng.permutation(len(held.bends))
        self.held = Springs(edges[order], rest[order], held.bends[bend_order], held.bend_rest[bend_order])

    def pin(self, vertices, at=None):
        """Hold vertices where they are, or at given points (k, 3)."""
        self.pinned[vertices] = True
        self.speed[vertices] = 0
        if at is not None:
            self.points[vertices] = at

    def run(self, share, gravity=1.0, stiffer=1.0, damping=None, friction=None):
        """Let it fall for a share of the cloth's steps. gravity, stiffer: factors of weight and bending compliance."""
        cloth, gravity = self.cloth, gravity * self.cloth.weight
        field = np.zeros((2, 2, 2), np.float32) if self.body is None else self.body.field
        pull = np.array([0, -GRAVITY * gravity, 0.0]) if self.body is None else np.array([0, 0, -GRAVITY * gravity])
        simulate(self.points, self.speed, self.held.edges, self.held.edge_rest, self.held.bends, self.held.bend_rest, field, ORIGIN,
                  self._low, self._high, self.pinned, self.inflated, max(1, int(cloth.steps * share)), pull, cloth.stretch,
                  cloth.bending * 20 * stiffer, cloth.thickness, friction or cloth.friction, damping or cloth.damping, cloth.pressure)

    def rest(self, rounds=2):
        """Calm the cloth and give it to the mesh: vertex jitter and ragged rims go, folds and seams stay."""
        points = _calmed(self.mesh, self.points, self.plain_edges, rounds)
        points = _rims_rounded(self.mesh, points)
        self.mesh.points = _welded(points, self.mesh.welds)
        return self.mesh


def _table(mesh):
    """The range of heights over a table for the front, the back beneath it, and the seams between. Returns low, high (n,)."""
    seam = mesh.seam
    low = np.where(seam, -0.2, np.where(mesh.side == FRONT, 0.25, -0.5))
    high = np.where(seam, 0.9, np.where(mesh.side == FRONT, 9.0, -0.05))
    return low, high


def started(mesh, body, rng, noise=0.15):
    """Panels stood before and behind the body, just outside it. Returns float64 (n, 3)."""
    x, z = mesh.start.T
    y = body.surface(x, z, mesh.side) + np.where(mesh.side == FRONT, 1.0, -1.0)
    y = np.where(np.isnan(y), np.where(mesh.side == FRONT, 0.8, -0.8), y)
    y[mesh.seam] = 0
    return np.stack([x, y, z], axis=1) + rng.normal(0, noise, (len(x), 3))


def laid(mesh, rng, noise=0.12):
    """Panels spread on a table, the front above the back. Returns float64 (n, 3)."""
    x, z = mesh.start.T
    y = np.where(mesh.seam, 0.0, np.where(mesh.side == FRONT, 0.6, -0.3))
    return np.stack([x, y, z], axis=1) + rng.normal(0, noise, (len(x), 3))


def _calmed(mesh, points, edges, rounds):
    """Smooth the displacement, not the shape, away from seams: prints stay straight and tubes do not flatten."""
    n, flat = len(points), np.stack([mesh.start[:, 0], np.zeros(len(points)), mesh.start[:, 1]], axis=1)
    moved, degree = points - flat, np.bincount(edges.ravel(), minlength=n)[:, None]
    sewn = mesh.seam.copy()
    sewn[mesh.welds.ravel()] = True
    weight = np.clip(cKDTree(mesh.uv[sewn]).query(mesh.uv)[0] / 7, 0, 1)[:, None] if sewn.any() else np.ones((n, 1))
    for turn in range(rounds * 3):
        around = gather(edges[:, 0], moved[edges[:, 1]], n) + gather(edges[:, 1], moved[edges[:, 0]], n)
        wanted = 0.45 * moved + 0.55 * around / np.maximum(degree, 1)
        if turn >= rounds:
            wanted[:, 1] = moved[:, 1]
        moved = moved + (wanted - moved) * (weight if turn else np.maximum(weight, 0.5))
    return flat + moved


def _rims_rounded(mesh, points):
    """Taubin smoothing (1995) along open rims."""
    n = len(points)
    edges, _, counts = edges_of(mesh.triangles)
    rim = edges[counts == 1]
    smooth = np.bincount(rim.ravel(), minlength=n) == 2
    smooth[mesh.welds.ravel()] = False
    points = points.copy()
    for turn in range(8):
        around = gather(rim[:, 0], points[rim[:, 1]], n) + gather(rim[:, 1], points[rim[:, 0]], n)
        points[smooth] += (0.55 if turn % 2 == 0 else -0.57) * (around[smooth] / 2 - points[smooth])
    return points


def _welded(points, welds):
    """Welded vertices at their common mean."""
    if not len(welds):
        return points
    group = np.arange(len(points))
    for one, other in welds:
        one, other = group[one], group[other]
        if one != other:
            group[group == other] = one
    return (gather(group, points, len(points)) / np.maximum(np.bincount(group, minlength=len(points)), 1)[:, None])[group]
