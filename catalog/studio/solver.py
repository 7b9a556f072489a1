"""The cloth solver: extended position-based dynamics (XPBD, Macklin, Mueller and Chentanez 2016), compiled by numba."""

import numba
import numpy as np

STEP = 1 / 400                      # seconds
TOP_SPEED = 300.0                   # cm / s


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
def simulate(points, speed, edges, edge_rest, bends, bend_rest, field, origin, low, high, pinned, triangles, steps, pull, stretch, bending,
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
