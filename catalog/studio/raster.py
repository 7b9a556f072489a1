"""From a draped garment to the surface a camera sees: subdivision, normals, sky visibility once; depth and triangle per pixel per view."""

from dataclasses import dataclass
from functools import cached_property

import numba
import numpy as np
from scipy.sparse import csr_array

from catalog.studio.garment import Garment
from catalog.studio.mesh import PART, edges_of, gather, subdivide, vertex_normals
from catalog.studio.visibility import visibility

TOUCH = 0.05        # cm within which two surfaces touch


@dataclass
class Model:
    """A garment frozen for rendering: panels and parts in one triangle list.

    points, normals, tangent_u, tangent_v float32 (n, 3); uv float32 (n, 2); triangles int32 (m, 3); faces float32 (m, 3), outward;
    panel int8 (m,) FRONT, BACK or PART; region int16 (m,), of parts, -1 for panels (their layers know); seen uint8 (n, 96).
    """

    garment: Garment
    points: np.ndarray
    normals: np.ndarray
    tangent_u: np.ndarray
    tangent_v: np.ndarray
    uv: np.ndarray
    triangles: np.ndarray
    faces: np.ndarray
    panel: np.ndarray
    region: np.ndarray
    seen: np.ndarray

    @cached_property
    def soft_normals(self):
        """Normals without the unevenness of the drape, which satin would show as dents: float32 (n, 3)."""
        return _calmed(self.normals, self.triangles, _welded(self.points), 24).astype(np.float32)


def freeze(garment):
    """Everything of a garment that no colour, light or camera changes. Returns a Model."""
    points, uv, triangles, panel, region, casters = _merged(garment)
    weld = _welded(points)
    normals = _calmed(vertex_normals(points, triangles), triangles, weld, 3)
    tangent_u, tangent_v = _tangents(points, uv, triangles)
    first, second, third = (points[triangles[:, corner]] for corner in range(3))
    as_float32 = [array.astype(np.float32) for array in (points, normals, tangent_u, tangent_v, uv)]
    return Model(garment, *as_float32, triangles, -np.cross(second - first, third - first).astype(np.float32), panel, region,
                 visibility(points, casters))


def _merged(garment):
    """All panels and parts: points, uv, triangles, panel, region, and coarser triangles of the same points, to cast shadows."""
    points, uv, triangles, panel, coarse = _refined(garment.mesh)
    pieces = [(points, uv, triangles, panel, np.full(len(triangles), -1, np.int16), coarse)]
    count = len(points)
    for part in garment.parts:
        size = len(part.triangles)
        region = np.full(size, int(part.region), np.int16)
        pieces.append((part.points, part.uv, part.triangles + count, np.full(size, PART, np.int8), region,
                       part.triangles + count))
        count += len(part.points)
    points, uv, triangles, panel, region, casters = (np.concatenate(column) for column in zip(*pieces))
    return points, uv, np.ascontiguousarray(triangles, np.int32), panel, region, np.ascontiguousarray(casters, np.int32)


def _refined(mesh):
    """The panels with each triangle split in four: points, uv, triangles, panel; and the triangles before.

    Panels are taken apart first, so that seams stay sharp edges and do not fray into teeth; uv is rounded just as the surface is, as
    stripes would waver where only one of the two moved.
    """
    if len(mesh.triangles) == 0:
        return mesh.points, mesh.uv, mesh.triangles, mesh.panel, mesh.triangles
    own, apart = np.unique(mesh.triangles + mesh.panel[:, None].astype(np.int64) * len(mesh.uv), return_inverse=True)
    own, apart = own % len(mesh.uv), apart.reshape(-1, 3).astype(np.int32)
    points, _, triangles, panel = subdivide(mesh.points[own], mesh.uv[own], apart, mesh.panel)
    uv, _, _, _ = subdivide(np.c_[mesh.uv[own], np.zeros(len(own))], mesh.uv[own], apart, mesh.panel)
    copies = np.bincount(own, minlength=len(mesh.uv))
    points[:len(own)] = (gather(own, points[:len(own)], len(mesh.uv)) / np.maximum(copies, 1)[:, None])[own]     # hem ends of a seam meet
    return points, uv[:, :2], triangles, panel, apart


def _welded(points):
    """Number of the place of each point, int (n,): points within 0.02 cm are sewn together and share one."""
    if len(points) == 0:
        return np.zeros(0, int)
    grid = np.round(points / 0.02).astype(np.int64)
    return np.unique((grid[:, 0] * 1000003 + grid[:, 1]) * 1000003 + grid[:, 2], return_inverse=True)[1].reshape(-1)


def _calmed(normals, triangles, weld, passes):
    """Normals joined across seams and averaged with their neighbours', so that light follows the folds and not the single triangles."""
    if len(triangles) == 0:
        return normals
    edges, _, _ = edges_of(weld[triangles])
    count = int(weld.max()) + 1
    ends, others = np.r_[edges[:, 0], edges[:, 1]], np.r_[edges[:, 1], edges[:, 0]]
    around = csr_array((np.full(len(ends), 1 / 6), (ends, others)), shape=(count, count))
    joined = gather(weld, normals, count)
    joined /= np.linalg.norm(joined, axis=1, keepdims=True) + 1e-9
    for _ in range(passes):
        joined = joined + around @ joined
        joined /= np.linalg.norm(joined, axis=1, keepdims=True) + 1e-9
    return np.where(np.linalg.norm(joined, axis=1, keepdims=True)[weld] > 0.5, joined[weld], normals)


def _tangents(points, uv, triangles):
    """Directions in which u and v grow along the surface, unit length: two float64 (n, 3)."""
    edge_a, edge_b = points[triangles[:, 1]] - points[triangles[:, 0]], points[triangles[:, 2]] - points[triangles[:, 0]]
    flat_a, flat_b = uv[triangles[:, 1]] - uv[triangles[:, 0]], uv[triangles[:, 2]] - uv[triangles[:, 0]]
    turn = np.sign(flat_a[:, :1] * flat_b[:, 1:] - flat_a[:, 1:] * flat_b[:, :1])
    along_u = (edge_a * flat_b[:, 1:] - edge_b * flat_a[:, 1:]) * turn
    along_v = (edge_b * flat_a[:, :1] - edge_a * flat_b[:, :1]) * turn
    summed = [sum(gather(triangles[:, corner], along, len(points)) for corner in range(3)) for along in (along_u, along_v)]
    return [tangent / (np.linalg.norm(tangent, axis=1, keepdims=True) + 1e-9) for tangent in summed]


@numba.njit(cache=True, fastmath=True)
def rasterise(flat, triangles, height, width):
    """Which triangle each sample shows. Samples sit on a rotated grid, so that steep edges get as many steps as slanted ones.

    flat: float32 (n, 3): pixel x, pixel y, and depth (larger = nearer). Where surfaces touch, as at seams, the one seen from outside wins.
    Returns triangle int32 (height, width), -1 for none, and the
    weights of its second and third corner, float32 (height, width, 2).
    """
    depth = np.full((height, width), np.float32(-1e9), np.float32)
    triangle = np.full((height, width), np.int32(-1), np.int32)
    weight = np.empty((height, width, 2), np.float32)
    for t in range(len(triangles)):
        i, j, k = triangles[t]
        x0, y0, z0 = flat[i]
        x1, y1, z1 = flat[j]
        x2, y2, z2 = flat[k]
        area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        if abs(area) < 1e-9:
            continue
        left, right = max(0, int(np.ceil(min(x0, x1, x2) - 0.75))), min(width - 1, int(np.floor(max(x0, x1, x2) - 0.25)))
        top, bottom = max(0, int(np.ceil(min(y0, y1, y2) - 0.75))), min(height - 1, int(np.floor(max(y0, y1, y2) - 0.25)))
        inverse = np.float32(1) / area
        lift = np.float32(TOUCH) if area < 0 else np.float32(0)
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                px = x + np.float32(0.75 if y & 1 else 0.25) - x0
                py = y + np.float32(0.25 if x & 1 else 0.75) - y0
                b1 = (px * (y2 - y0) - (x2 - x0) * py) * inverse
                b2 = ((x1 - x0) * py - px * (y1 - y0)) * inverse
                if b1 >= -1e-5 and b2 >= -1e-5 and b1 + b2 <= np.float32(1.00001):
                    z = lift + z0 + b1 * (z1 - z0) + b2 * (z2 - z0)
                    if z > depth[y, x]:
                        depth[y, x] = z
                        triangle[y, x] = t
                        weight[y, x, 0] = b1
                        weight[y, x, 1] = b2
    return triangle, weight
