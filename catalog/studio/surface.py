"""Garment and layers in the form that compiled code reads, and where on the cloth each sample of a picture lies."""

from typing import NamedTuple

import cv2
import numba
import numpy as np

from catalog.studio.lookup import inlined
from catalog.studio.mesh import BACK, FRONT
from catalog.studio.visibility import DIRECTIONS

TURN_SCALE = 2.0        # grain cells per cm
SEAM_STEP = 4           # layer pixels per cell of near_seam


class Surface(NamedTuple):
    """A Model under one light, seen by one camera."""

    triangles: np.ndarray       # int32 (m, 3)
    facing: np.ndarray          # bool (m,): the outside faces the camera
    panel: np.ndarray           # int8 (m,)
    part: np.ndarray            # int16 (m,), region of parts
    uv: np.ndarray              # float32 (n, 2)
    normals: np.ndarray         # float32 (n, 3)
    tangent_u: np.ndarray       # float32 (n, 3)
    tangent_v: np.ndarray       # float32 (n, 3)
    light: np.ndarray           # float32 (n, 12): outside, then inside, see `irradiance`


class Drawing(NamedTuple):
    """One panel of PanelLayers."""

    scale: float
    left: float
    top: float
    region: np.ndarray          # uint8 (h, w)
    height: np.ndarray          # float32 (h, w)
    paint: np.ndarray           # float32 (h, w, 4)
    inside: np.ndarray          # float32 (h, w, 4)
    shade: np.ndarray           # float32 (h, w)
    metal: np.ndarray           # float32 (h, w)
    near_seam: np.ndarray       # float32 (h / SEAM_STEP, w / SEAM_STEP), 0..1
    turn: np.ndarray            # float32 (rows, columns, 4): how the grain turns, at TURN_SCALE cells per cm


def surface_of(model, fabric, light, turn):
    """The Surface of a Model. turn: of the camera, which carries the lights with it."""
    normals = model.soft_normals if fabric.kind == "satin" else model.normals
    received = irradiance(normals, model.seen, light.radiance(DIRECTIONS @ turn.T))
    return Surface(model.triangles, model.faces @ turn[1].astype(np.float32) > 0, model.panel, model.region, model.uv, normals,
                   model.tangent_u, model.tangent_v, received)


def drawings_of(layers, grain):
    """The Drawings of front and back, blank ones for None. grain: (u, v, region) -> (u, v) on the bolt of cloth."""
    if layers is None:
        return BLANK, BLANK
    bare = np.zeros((2, 2, 4), np.float32)
    return tuple(Drawing(float(layers.scale), float(layers.origin[0]), float(layers.origin[1]), layers.region[panel], layers.height[panel],
                         layers.paint[panel], layers.inside if panel == BACK else bare, layers.shade[panel], layers.metal[panel],
                         _near_seam(layers.shade[panel], layers.scale), _turns(grain, layers, panel)) for panel in (FRONT, BACK))


def _near_seam(shade_plane, scale):
    """How close to a seam each cell lies, 0..1: the drawn shadows of seams, spread by about a centimetre."""
    height, width = shade_plane.shape
    small = cv2.resize(shade_plane, (max(2, width // SEAM_STEP), max(2, height // SEAM_STEP)), interpolation=cv2.INTER_AREA)
    return np.clip(cv2.GaussianBlur(1 - small, (0, 0), 0.45 * scale / SEAM_STEP) * 7, 0, 1).astype(np.float32)


def _turns(grain, layers, panel):
    """Derivatives of the grain by panel coordinates, per cell: float32 (rows, columns, 4): du/du, du/dv, dv/du, dv/dv."""
    height, width = layers.region[panel].shape
    rows, columns = int(height / layers.scale * TURN_SCALE) + 1, int(width / layers.scale * TURN_SCALE) + 1
    right, down = (np.arange(columns) + 0.5) / TURN_SCALE, (np.arange(rows) + 0.5) / TURN_SCALE
    u, v = (axis.ravel() for axis in np.meshgrid(layers.origin[0] + right, layers.origin[1] - down))
    x, y = np.minimum((right * layers.scale).astype(int), width - 1), np.minimum((down * layers.scale).astype(int), height - 1)
    region, step = layers.region[panel][np.ix_(y, x)].ravel(), 0.05
    here, beside, above = grain(u, v, region), grain(u + step, v, region), grain(u, v + step, region)
    turn = np.stack([beside[0] - here[0], above[0] - here[0], beside[1] - here[1], above[1] - here[1]], axis=1) / step
    return turn.astype(np.float32).reshape(rows, columns, 4)


_PLANE, _COLOURS = np.zeros((2, 2), np.float32), np.zeros((2, 2, 4), np.float32)
BLANK = Drawing(1.0, 0.0, 0.0, np.zeros((2, 2), np.uint8), _PLANE, _COLOURS, _COLOURS, _PLANE, _PLANE, _PLANE, _COLOURS)


def irradiance(normals, seen, light):
    """Light that reaches each vertex. normals float32 (n, 3), seen uint8 (n, 96); light: (96, 3) linear RGB from each of DIRECTIONS.

    Returns float32 (n, 12). Outside: received RGB, and the vector whose product with a normal is its luminance; inside: the same. That
    vector says from where the light comes, so that relief in a shadow is lit by what reaches the shadow.
    """
    received = np.zeros((len(normals), 12), np.float32)
    _add_light(normals, seen, DIRECTIONS.astype(np.float32), light.astype(np.float32), received)
    return received


@numba.njit(cache=True, fastmath=True)
def _add_light(normals, seen, directions, light, received):
    for i in range(len(normals)):
        nx, ny, nz = normals[i]
        for k in range(len(directions)):
            if seen[i, k] == 0:
                continue
            dx, dy, dz = directions[k]
            cosine = nx * dx + ny * dy + nz * dz
            side = 0 if cosine > 0 else 6
            weight = seen[i, k] * np.float32(1 / 255)
            bright = (np.float32(0.3) * light[k, 0] + np.float32(0.6) * light[k, 1] + np.float32(0.1) * light[k, 2]) * weight
            weight *= abs(cosine)
            for channel in range(3):
                received[i, side + channel] += weight * light[k, channel]
            received[i, side + 3] += bright * dx
            received[i, side + 4] += bright * dy
            received[i, side + 5] += bright * dz


@inlined
def between(values, i, j, k, b1, b2, channel):
    """A vertex value inside the triangle of vertices i, j and k. b1, b2: weights of the second and third."""
    first = values[i, channel]
    return first + b1 * (values[j, channel] - first) + b2 * (values[k, channel] - first)


@numba.njit(cache=True, fastmath=True)
def locate(at, triangle, weight, surface, front, back):
    """Where on the cloth each sample lies.

    at: int64 (n,), numbers of the covered samples; triangle (samples,), weight (samples, 2) of `rasterise`; front, back: Drawing. Returns
    u, v float32 (n,), region uint8 (n,), outside bool (n,), panel int8 (n,).
    """
    n = len(at)
    u, v = np.empty(n, np.float32), np.empty(n, np.float32)
    region, outside, panel = np.empty(n, np.uint8), np.empty(n, np.bool_), np.empty(n, np.int8)
    for s in range(n):
        t = triangle[at[s]]
        i, j, k = surface.triangles[t, 0], surface.triangles[t, 1], surface.triangles[t, 2]
        u[s] = between(surface.uv, i, j, k, weight[at[s], 0], weight[at[s], 1], 0)
        v[s] = between(surface.uv, i, j, k, weight[at[s], 0], weight[at[s], 1], 1)
        outside[s] = surface.facing[t]
        panel[s] = surface.panel[t]
        if panel[s] == FRONT:
            region[s] = _nearest(front, u[s], v[s])
        elif panel[s] == BACK:
            region[s] = _nearest(back, u[s], v[s])
        else:
            region[s] = surface.part[t]
    return u, v, region, outside, panel


@inlined
def _nearest(drawing, u, v):
    x, y = int((u - drawing.left) * drawing.scale + 0.5), int((drawing.top - v) * drawing.scale + 0.5)
    return drawing.region[min(max(y, 0), drawing.region.shape[0] - 1), min(max(x, 0), drawing.region.shape[1] - 1)]
