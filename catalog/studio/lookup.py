"""Bilinear lookups for compiled code: one value or four of a plane, three channels of a tile that repeats."""

import numba
import numpy as np

# without inlining, or with branches inside, every call counts references to the arrays of its arguments: twice the time of a picture
inlined = numba.njit(cache=True, fastmath=True, inline="always")


@inlined
def _corner(x, y, height, width):
    """Column and row of the texel up and left of a point kept inside a plane, and the point's place between texels."""
    x, y = min(max(x, np.float32(0)), np.float32(width - 1.001)), min(max(y, np.float32(0)), np.float32(height - 1.001))
    column, row = int(x), int(y)
    return column, row, np.float32(x - column), np.float32(y - row)


@inlined
def value(plane, x, y):
    """plane (h, w) at pixel (x, y)."""
    column, row, fx, fy = _corner(x, y, plane.shape[0], plane.shape[1])
    upper = plane[row, column] * (1 - fx) + plane[row, column + 1] * fx
    lower = plane[row + 1, column] * (1 - fx) + plane[row + 1, column + 1] * fx
    return upper * (1 - fy) + lower * fy


@inlined
def _blend(plane, row, below, column, right, fx, fy, channel):
    upper = plane[row, column, channel] * (1 - fx) + plane[row, right, channel] * fx
    lower = plane[below, column, channel] * (1 - fx) + plane[below, right, channel] * fx
    return upper * (1 - fy) + lower * fy


@inlined
def colour_at(plane, x, y):
    """plane (h, w, 4) at pixel (x, y): four values."""
    column, row, fx, fy = _corner(x, y, plane.shape[0], plane.shape[1])
    return (_blend(plane, row, row + 1, column, column + 1, fx, fy, 0), _blend(plane, row, row + 1, column, column + 1, fx, fy, 1),
            _blend(plane, row, row + 1, column, column + 1, fx, fy, 2), _blend(plane, row, row + 1, column, column + 1, fx, fy, 3))


@inlined
def tile(plane, size, u, v):
    """plane (h, w, 3) that repeats every size = (width, height) cm, at (u, v) cm; row 0 is v = 0. Three values."""
    height, width = plane.shape[0], plane.shape[1]
    x, y = u / size[0], v / size[1]
    x, y = (x - np.floor(x)) * width, (y - np.floor(y)) * height
    column, row = min(int(x), width - 1), min(int(y), height - 1)
    fx, fy = np.float32(x - column), np.float32(y - row)
    right, above = (column + 1) * (column + 1 < width), (row + 1) * (row + 1 < height)
    return (_blend(plane, row, above, column, right, fx, fy, 0), _blend(plane, row, above, column, right, fx, fy, 1),
            _blend(plane, row, above, column, right, fx, fy, 2))
