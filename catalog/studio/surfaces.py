"""Surfaces made in three dimensions: strips between curves, cords along a line, turned shapes."""

import numpy as np

from catalog.studio.curves import curve, lengths, resample
from catalog.studio.garment import Part


def strip(grid, region, uv=None, flip=False):
    """The surface through a grid of points.

    grid: (rows, columns, 3) cm. uv: (rows, columns, 2) or None: lengths along the grid. flip: turn the outside in. Returns a Part.
    """
    rows, columns, _ = grid.shape
    number = np.arange(rows * columns).reshape(rows, columns)
    corners = np.stack([number[:-1, :-1], number[1:, :-1], number[1:, 1:], number[:-1, 1:]], axis=-1).reshape(-1, 4)
    triangles = np.vstack([corners[:, [0, 1, 2]], corners[:, [0, 2, 3]]]).astype(np.int32)
    if flip:
        triangles = triangles[:, ::-1]
    if uv is None:
        u = np.r_[0, np.cumsum(np.linalg.norm(np.diff(grid, axis=0), axis=2).mean(axis=1))]
        v = np.r_[0, np.cumsum(np.linalg.norm(np.diff(grid, axis=1), axis=2).mean(axis=0))]
        uv = np.stack(np.meshgrid(u - u[-1] / 2, v, indexing="ij"), axis=-1)
    return Part(grid.reshape(-1, 3), np.ascontiguousarray(triangles), np.asarray(uv, float).reshape(-1, 2), region)


def cord(points, radius, region, sides=8):
    """A round cord along points (n, 3): drawstrings, laces, handles. radius: cm. Returns a Part."""
    points = np.asarray(points, float)
    along = np.gradient(points, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-9
    across = np.cross(along, [0, 1.0, 0])
    weak = np.linalg.norm(across, axis=1) < 1e-3
    across[weak] = np.cross(along[weak], [1.0, 0, 0])
    across /= np.linalg.norm(across, axis=1, keepdims=True) + 1e-9
    third = np.cross(along, across)
    angle = np.linspace(0, 2 * np.pi, sides)
    ring = np.cos(angle)[None, :, None] * across[:, None] + np.sin(angle)[None, :, None] * third[:, None]
    return strip(points[:, None] + radius * ring, region)


def revolve(profile, region, steps=120, wobble=None, stretch=(1.0, 1.0), spacing=0.35):
    """A turned shape around the z axis, seam at the back.

    profile: (radius, height) pairs from the top down, smoothed by a curve. wobble: (angle (n, 1), length (1, m)) -> radius and height to
    add, so that nothing is perfectly round. stretch: factors of x and y. Returns a Part with uv = (around, minus the length down).
    """
    profile = resample(curve(np.asarray(profile, float)), spacing)
    angle, down = np.linspace(0, 2 * np.pi, steps)[:, None], lengths(profile)[None, :]
    radius, height = np.broadcast_to(profile[:, 0], (steps, len(profile))), np.broadcast_to(profile[:, 1], (steps, len(profile)))
    if wobble is not None:
        more_radius, more_height = wobble(angle, down)
        radius, height = radius + more_radius, height + more_height
    grid = np.stack([radius * np.sin(angle) * stretch[0], -radius * np.cos(angle) * stretch[1], height], axis=-1)
    uv = np.stack(np.broadcast_arrays((angle - np.pi) * profile[:, 0].max(), -down), axis=-1)
    return strip(grid, region, uv)
