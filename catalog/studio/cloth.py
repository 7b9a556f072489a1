"""Cloth that hangs: extended position-based dynamics (XPBD, Macklin, Mueller and Chentanez 2016) over a distance field or a table."""

from dataclasses import dataclass

import numba
import numpy as np
from scipy.spatial import cKDTree

from catalog.studio.body import ORIGIN
from catalog.studio.mesh import FRONT, edges_of, gather

STEP = 1 / 400                      # seconds
GRAVITY = 981.0                     # cm / s2
TOP_SPEED = 300.0                   # cm / s


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


@numba.njit(cache=True, fastmath=True)
def _sample(field, x, y, z):
    """Trilinear; far away outside the grid."""
    i, j, k = int(x), int(y), int(z)
    if i < 0 or j < 0 or k < 0 or i >= field.shape[0] - 1 or j >= field.shape[1] - 1 or k >= field.shape[2] - 1:
        return 9.0
    u, v, w = x - i, y - j, z - k
    near = (field[i, j, k] * (1 - u) + field[i + 1, j, k] * u) * (1 - v) + (field[i, j + 1, k] * (1 - u) + field[i + 1, j + 1, k] * u) * v
    far = ((field[i, j, k + 1] * (1 - u) + field[i + 1, j, k + 1] * u) * (1 - v)
           + (field[i, j + 1, k + 1] * (1 - u) + field[i + 1, j + 1, k + 1] * u) * v)
    return near * (1 - w) + far * w


@numba.njit(cache=True, fastmath=True)
def _project(points, pairs, rest, compliance):
    for q in range(pairs.shape[0]):
        i, j = pairs[q, 0], pairs[q, 1]
        dx, dy, dz = points[i, 0] - points[j, 0], points[i, 1] - points[j, 1], points[i, 2] - points[j, 2]
        long = np.sqrt(dx * dx + dy * dy + dz * dz) + 1e-9
        f = (long - rest[q]) / (2 + compliance) / long
        points[i, 0] -= f * dx
        points[i, 1] -= f * dy
        points[i, 2] -= f * dz
        points[j, 0] += f * dx
        points[j, 1] += f * dy
        points[j, 2] += f * dz


@numba.njit(cache=True, fastmath=True)
def _inflate(points, speed, triangles, push):
    for t in range(triangles.shape[0]):
        i, j, k = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ax, ay, az = points[j, 0] - points[i, 0], points[j, 1] - points[i, 1], points[j, 2] - points[i, 2]
        bx, by, bz = points[k, 0] - points[i, 0], points[k, 1] - points[i, 1], points[k, 2] - points[i, 2]
        nx, ny, nz = -(ay * bz - az * by), -(az * bx - ax * bz), -(ax * by - ay * bx)
        for q in (i, j, k):
            speed[q, 0] += push * nx
            speed[q, 1] += push * ny
            speed[q, 2] += push * nz


@numba.njit(cache=True, fastmath=True)
def _keep_out(points, before, i, field, origin, thickness, friction):
    """Push one point out of the body, and slow it along the skin."""
    x, y, z = points[i, 0] - origin[0], points[i, 1] - origin[1], points[i, 2] - origin[2]
    depth = _sample(field, x, y, z) - thickness
    if depth >= 0:
        return
    gx = _sample(field, x + 0.5, y, z) - _sample(field, x - 0.5, y, z)
    gy = _sample(field, x, y + 0.5, z) - _sample(field, x, y - 0.5, z)
    gz = _sample(field, x, y, z + 0.5) - _sample(field, x, y, z - 0.5)
    g = np.sqrt(gx * gx + gy * gy + gz * gz) + 1e-6
    gx, gy, gz = gx / g, gy / g, gz / g
    depth = max(depth, -1.0)
    points[i, 0] -= depth * gx
    points[i, 1] -= depth * gy
    points[i, 2] -= depth * gz
    mx, my, mz = points[i, 0] - before[i, 0], points[i, 1] - before[i, 1], points[i, 2] - before[i, 2]
    along = mx * gx + my * gy + mz * gz
    points[i, 0] -= friction * (mx - along * gx)
    points[i, 1] -= friction * (my - along * gy)
    points[i, 2] -= friction * (mz - along * gz)


@numba.njit(cache=True, fastmath=True)
def _keep_between(points, before, i, low, high, friction):
    """Keep one point of a garment laid flat between its neighbours, and slow it along the table."""
    y = points[i, 1]
    if low[i] <= y <= high[i]:
        return
    points[i, 1] = min(max(y, low[i]), high[i])
    points[i, 0] -= friction * (points[i, 0] - before[i, 0])
    points[i, 2] -= friction * (points[i, 2] - before[i, 2])


@numba.njit(cache=True, fastmath=True)
def _simulate(points, speed, edges, edge_rest, bends, bend_rest, field, origin, low, high, pinned, triangles, steps, pull, stretch, bending,
              thickness, friction, damping, pressure):
    """Advance the cloth by `steps` steps, in place. low, high: empty = a body, else the range of y that each vertex may take on a table."""
    before = np.empty_like(points)
    flat = low.shape[0] > 0
    for step in range(steps):
        if pressure != 0.0 and step % 5 == 0:
            _inflate(points, speed, triangles, pressure * STEP * 5)
        for i in range(points.shape[0]):
            for c in range(3):
                before[i, c] = points[i, c]
                if not pinned[i]:
                    speed[i, c] = (speed[i, c] + pull[c] * STEP) * damping
                    points[i, c] += speed[i, c] * STEP
        _project(points, edges, edge_rest, stretch / STEP**2)
        _project(points, bends, bend_rest, bending / STEP**2)
        for i in range(points.shape[0]):
            if pinned[i]:
                for c in range(3):
                    points[i, c] = before[i, c]
                continue
            if flat:
                _keep_between(points, before, i, low, high, friction)
            else:
                _keep_out(points, before, i, field, origin, thickness, friction)
            total = 0.0
            for c in range(3):
                speed[i, c] = (points[i, c] - before[i, c]) / STEP
                total += speed[i, c]**2
            if total > TOP_SPEED**2:
                for c in range(3):
                    speed[i, c] *= TOP_SPEED / np.sqrt(total)


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
        cloth, field, gravity = self.cloth, np.zeros((2, 2, 2), np.float32) if self.body is None else self.body.field, gravity * self.cloth.weight
        pull = np.array([0, -GRAVITY * gravity, 0.0]) if self.body is None else np.array([0, 0, -GRAVITY * gravity])
        _simulate(self.points, self.speed, self.held.edges, self.held.edge_rest, self.held.bends, self.held.bend_rest, field, ORIGIN,
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
