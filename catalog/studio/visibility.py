"""How much of the sky each point of a garment sees: shadow maps from directions all around it."""

import numba
import numpy as np

DIRECTION_COUNT = 96
RESOLUTION = 224        # pixels across a shadow map
BIAS = 0.6              # cm that a surface may lie behind its own shadow map


def sphere_directions(count=DIRECTION_COUNT):
    """Evenly spread unit vectors, float64 (count, 3): half a Fibonacci sphere, then its mirror image."""
    half = count // 2
    place = np.arange(half) + 0.5
    polar, turn = np.arccos(1 - place / half), np.pi * (1 + 5**0.5) * place
    upper = np.stack([np.cos(turn) * np.sin(polar), np.sin(turn) * np.sin(polar), np.cos(polar)], axis=1)
    return np.vstack([upper, -upper])


DIRECTIONS = sphere_directions()


def visibility(points, triangles):
    """Whether light from each of DIRECTIONS reaches each point, 0 to 255: uint8 (n, DIRECTION_COUNT).

    points: (n, 3) cm; triangles: int32 (m, 3) that cast the shadow. One pair of depth maps serves a direction and its opposite.
    """
    if len(points) == 0:
        return np.zeros((0, DIRECTION_COUNT), np.uint8)
    centred = (points - (points.max(axis=0) + points.min(axis=0)) / 2).astype(np.float32)
    radius = float(np.linalg.norm(centred, axis=1).max()) + 1
    half = DIRECTIONS[:DIRECTION_COUNT // 2]
    up = np.where(np.abs(half[:, 2:]) < 0.9, [[0, 0, 1.0]], [[1.0, 0, 0]])
    right = np.cross(up, half)
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    frames = np.stack([right, np.cross(half, right), half], axis=1).astype(np.float32)
    return _seen(centred, np.ascontiguousarray(triangles), frames, np.float32(RESOLUTION / 2 / radius), RESOLUTION, np.float32(BIAS))


@numba.njit(cache=True, fastmath=True)
def _seen(points, triangles, frames, scale, size, bias):
    n, half = len(points), len(frames)
    seen = np.zeros((n, 2 * half), np.uint8)
    near, far = np.empty((size, size), np.float32), np.empty((size, size), np.float32)
    flat = np.empty((n, 3), np.float32)
    for view in range(half):
        frame = frames[view]
        for i in range(n):
            x, y, z = points[i]
            flat[i, 0] = (x * frame[0, 0] + y * frame[0, 1] + z * frame[0, 2]) * scale + size / 2
            flat[i, 1] = (x * frame[1, 0] + y * frame[1, 1] + z * frame[1, 2]) * scale + size / 2
            flat[i, 2] = x * frame[2, 0] + y * frame[2, 1] + z * frame[2, 2]
        near[:] = -1e9
        far[:] = 1e9
        _depths(flat, triangles, near, far)
        for i in range(n):
            seen[i, view], seen[i, half + view] = _lookup(near, far, flat[i, 0], flat[i, 1], flat[i, 2], bias)
    return seen


@numba.njit(cache=True, fastmath=True)
def _depths(flat, triangles, near, far):
    """Largest and smallest depth in every pixel."""
    height, width = near.shape
    for t in range(len(triangles)):
        i, j, k = triangles[t]
        x0, y0, z0 = flat[i]
        x1, y1, z1 = flat[j]
        x2, y2, z2 = flat[k]
        area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        if abs(area) < 1e-9:
            continue
        left, right = max(0, int(np.ceil(min(x0, x1, x2) - 0.5))), min(width - 1, int(np.floor(max(x0, x1, x2) - 0.5)))
        top, bottom = max(0, int(np.ceil(min(y0, y1, y2) - 0.5))), min(height - 1, int(np.floor(max(y0, y1, y2) - 0.5)))
        inverse = np.float32(1) / area
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                px, py = x + np.float32(0.5) - x0, y + np.float32(0.5) - y0
                b1 = (px * (y2 - y0) - (x2 - x0) * py) * inverse
                b2 = ((x1 - x0) * py - px * (y1 - y0)) * inverse
                if b1 >= -1e-5 and b2 >= -1e-5 and b1 + b2 <= np.float32(1.00001):
                    depth = z0 + b1 * (z1 - z0) + b2 * (z2 - z0)
                    near[y, x] = max(near[y, x], depth)
                    far[y, x] = min(far[y, x], depth)


@numba.njit(cache=True, fastmath=True)
def _lookup(near, far, x, y, depth, bias):
    """Share of the four pixels around (x, y) that nothing covers in front of, and behind, a depth: 0..255 each."""
    size = near.shape[0]
    x, y = min(max(x - 0.5, 0), size - 1.001), min(max(y - 0.5, 0), size - 1.001)
    column, row = int(x), int(y)
    fx, fy = x - column, y - row
    front = back = 0.0
    for dy in range(2):
        for dx in range(2):
            weight = (fx if dx else 1 - fx) * (fy if dy else 1 - fy)
            if near[row + dy, column + dx] <= depth + bias:
                front += weight
            if far[row + dy, column + dx] >= depth - bias:
                back += weight
    return np.uint8(front * 255 + 0.5), np.uint8(back * 255 + 0.5)
