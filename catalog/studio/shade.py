"""The colour of every sample of the picture: folds, weave, light and gloss in one pass over the pixels."""

from typing import NamedTuple

import numba
import numpy as np

from catalog.studio.visibility import DIRECTIONS


class Surface(NamedTuple):
    """A Model as the kernels read it. corner, facing: per triangle; light_out, light_in: per vertex (see `irradiance`)."""

    triangles: np.ndarray       # int32 (m, 3)
    facing: np.ndarray          # bool (m,): the outside faces the camera
    panel: np.ndarray           # int8 (m,)
    uv: np.ndarray              # float32 (n, 2)
    normals: np.ndarray         # float32 (n, 3)
    tangent_u: np.ndarray       # float32 (n, 3)
    tangent_v: np.ndarray       # float32 (n, 3)
    light_out: np.ndarray       # float32 (n, 6)
    light_in: np.ndarray        # float32 (n, 6)


class Drawing(NamedTuple):
    """PanelLayers as the kernels read them: front and back stacked, (2, h, w)."""

    scale: float
    left: float
    top: float
    region: tuple               # uint8 (h, w), front and back
    height: tuple
    paint: tuple                # float32 (h, w, 4)
    shade: tuple
    metal: tuple
    inside: np.ndarray          # float32 (h, w, 4)
    near_seam: tuple            # float32 (h / 4, w / 4)
    turn: np.ndarray            # float32 (2, rows, columns, 4): how the grain turns, at TURN_SCALE px per cm


class Cloth(NamedTuple):
    """A Fabric as the kernels read it."""

    weave: np.ndarray           # float32 (h, w, 3)
    weave_size: tuple
    rib: np.ndarray             # float32 (h, w, 3), for the regions in ribbed
    rib_size: tuple
    ribbed: np.ndarray          # bool (256,), by region
    bare: np.ndarray            # bool (256,), by region: no weave
    folds: np.ndarray
    folds_size: tuple
    puckers: np.ndarray
    pucker_size: tuple
    shift: tuple                # where on the folds tile this garment begins, cm
    relief: float
    crumple: float
    pucker: float
    sheen: float
    specular: float
    gloss: float
    satin: float
    wear: float


class Lamps(NamedTuple):
    """Directions in world space: to the camera, halfway to the key light, to the fill, to the room in front."""

    eye: np.ndarray
    key: np.ndarray
    fill: np.ndarray
    front: np.ndarray


TURN_SCALE = 2.0        # grain cells per cm
SEAM_STEP = 4           # layer pixels per cell of near_seam


@numba.njit(cache=True, fastmath=True)
def _irradiance(normals, seen, directions, light, out, inside):
    """out, inside float32 (n, 6): received linear RGB, and the vector whose product with a normal is its luminance, of either side."""
    for i in range(len(normals)):
        nx, ny, nz = normals[i]
        out[i] = 0
        inside[i] = 0
        for k in range(len(directions)):
            if seen[i, k] == 0:
                continue
            dx, dy, dz = directions[k]
            cosine = nx * dx + ny * dy + nz * dz
            open_ = seen[i, k] * np.float32(1 / 255)
            red, green, blue = light[k, 0] * open_, light[k, 1] * open_, light[k, 2] * open_
            bright = np.float32(0.3) * red + np.float32(0.6) * green + np.float32(0.1) * blue
            side = out if cosine > 0 else inside
            cosine = abs(cosine)
            side[i, 0] += cosine * red
            side[i, 1] += cosine * green
            side[i, 2] += cosine * blue
            side[i, 3] += bright * dx
            side[i, 4] += bright * dy
            side[i, 5] += bright * dz


def irradiance(model, light):
    """Light that reaches each vertex. light: (96, 3) linear RGB from each of DIRECTIONS. Returns two float32 (n, 6), outside and inside."""
    out, inside = np.empty((len(model.points), 6), np.float32), np.empty((len(model.points), 6), np.float32)
    _irradiance(model.normals, model.seen, DIRECTIONS.astype(np.float32), light.astype(np.float32), out, inside)
    return out, inside


@numba.njit(cache=True, fastmath=True, inline="always")
def _mix(values, i, j, k, b1, b2, channel):
    return values[i, channel] + b1 * (values[j, channel] - values[i, channel]) + b2 * (values[k, channel] - values[i, channel])


@numba.njit(cache=True, fastmath=True)
def locate(at, triangle, weight, surface, drawing, part_region):
    """Where on the cloth each sample lies.

    at: int64 (n,) flat pixel numbers; triangle (h w,), weight (h w, 2) of `rasterise`. Returns u, v float32 (n,), region uint8 (n,),
    outside bool (n,), on_panel bool (n,).
    """
    n = len(at)
    u, v = np.empty(n, np.float32), np.empty(n, np.float32)
    region, outside, on_panel = np.empty(n, np.uint8), np.empty(n, np.bool_), np.empty(n, np.bool_)
    for s in range(n):
        t = triangle[at[s]]
        i, j, k = surface.triangles[t]
        b1, b2 = weight[at[s], 0], weight[at[s], 1]
        u[s] = _mix(surface.uv, i, j, k, b1, b2, 0)
        v[s] = _mix(surface.uv, i, j, k, b1, b2, 1)
        outside[s] = surface.facing[t]
        on_panel[s] = surface.panel[t] < 2
        if on_panel[s]:
            plane = drawing.region[1] if surface.panel[t] == 1 else drawing.region[0]
            x = min(max(int((u[s] - drawing.left) * drawing.scale + 0.5), 0), plane.shape[1] - 1)
            y = min(max(int((drawing.top - v[s]) * drawing.scale + 0.5), 0), plane.shape[0] - 1)
            region[s] = plane[y, x]
        else:
            region[s] = part_region[t]
    return u, v, region, outside, on_panel


@numba.njit(cache=True, fastmath=True, inline="always")
def _corners(x, y, height, width):
    """The four texels around a point inside a plane, and its place between them."""
    x, y = min(max(x, np.float32(0)), np.float32(width - 1.001)), min(max(y, np.float32(0)), np.float32(height - 1.001))
    column, row = int(x), int(y)
    return column, row, np.float32(x - column), np.float32(y - row)


@numba.njit(cache=True, fastmath=True, inline="always")
def _plane(plane, x, y):
    column, row, fx, fy = _corners(x, y, plane.shape[0], plane.shape[1])
    upper = plane[row, column] * (1 - fx) + plane[row, column + 1] * fx
    lower = plane[row + 1, column] * (1 - fx) + plane[row + 1, column + 1] * fx
    return upper * (1 - fy) + lower * fy


@numba.njit(cache=True, fastmath=True, inline="always")
def _colour(plane, x, y):
    column, row, fx, fy = _corners(x, y, plane.shape[0], plane.shape[1])
    a, b, c, d = (1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy
    one, two, three, four = plane[row, column], plane[row, column + 1], plane[row + 1, column], plane[row + 1, column + 1]
    return (a * one[0] + b * two[0] + c * three[0] + d * four[0], a * one[1] + b * two[1] + c * three[1] + d * four[1],
            a * one[2] + b * two[2] + c * three[2] + d * four[2], a * one[3] + b * two[3] + c * three[3] + d * four[3])


@numba.njit(cache=True, fastmath=True, inline="always")
def _tile(tile, size, u, v):
    """Three channels of a repeating tile at a point in cm."""
    height, width = tile.shape[0], tile.shape[1]
    x, y = u / size[0], v / size[1]
    x, y = (x - np.floor(x)) * width, (y - np.floor(y)) * height
    column, row = int(x), int(y)
    fx, fy = np.float32(x - column), np.float32(y - row)
    column, row = column % width, row % height
    right, below = (column + 1) % width, (row + 1) % height
    a, b, c, d = (1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy
    one, two, three, four = tile[row, column], tile[row, right], tile[below, column], tile[below, right]
    return (a * one[0] + b * two[0] + c * three[0] + d * four[0], a * one[1] + b * two[1] + c * three[1] + d * four[1],
            a * one[2] + b * two[2] + c * three[2] + d * four[2])


@numba.njit(cache=True, fastmath=True, inline="always")
def _relief(cloth, u, v, region, near_seam):
    """Slopes along the grain, tone, and how far out of the surface (for wear), of the cloth at a point of its bolt."""
    weave_u = weave_v = np.float32(0)
    tone = np.float32(1)
    if cloth.ribbed[region]:
        weave_u, weave_v, tone = _tile(cloth.rib, cloth.rib_size, u, v)
    elif not cloth.bare[region]:
        weave_u, weave_v, tone = _tile(cloth.weave, cloth.weave_size, u, v)
        tone = 1 + (tone - 1) * cloth.relief
        weave_u, weave_v = weave_u * cloth.relief, weave_v * cloth.relief
    fold_u, fold_v, hollow = _tile(cloth.folds, cloth.folds_size, u + cloth.shift[0], v + cloth.shift[1])
    fold_u, fold_v = fold_u * cloth.crumple, fold_v * cloth.crumple
    out = np.float32(0)
    if near_seam > 0.01 and cloth.pucker > 0:
        ripple_u, ripple_v, out = _tile(cloth.puckers, cloth.pucker_size, u, v)
        strength = cloth.pucker * near_seam
        fold_u, fold_v, out = fold_u + strength * ripple_u, fold_v + strength * ripple_v, out * near_seam
    return weave_u, weave_v, fold_u, fold_v, tone * (1 + (hollow - 1) * min(cloth.crumple * 8, 1.5)), out


@numba.njit(cache=True, fastmath=True, inline="always")
def _gloss(nx, ny, nz, half, across, along, tight_u, tight_v):
    """Ward's (1992) lobe without its scale: 1 where the normal points halfway, falling off by its own width along either thread."""
    facing = half[0] * nx + half[1] * ny + half[2] * nz
    if facing <= 0.05:
        return np.float32(0)
    a = (half[0] * across[0] + half[1] * across[1] + half[2] * across[2]) * tight_u
    b = (half[0] * along[0] + half[1] * along[1] + half[2] * along[2]) * tight_v
    return np.exp(-(a * a + b * b) / (facing * facing))


@numba.njit(cache=True, fastmath=True, error_model="numpy")
def shade(at, triangle, weight, surface, drawing, cloth, lamps, albedo, u, v, grain_u, grain_v, region, outside, on_panel, canvas):
    """Write the linear RGB of every sample into canvas float32 (pixels, 3). albedo float32 (n, 3); the rest as `locate` gave it."""
    across, along = np.empty(3, np.float32), np.empty(3, np.float32)
    tight = np.sqrt(cloth.gloss / 2)
    tight_u, tight_v = tight * (1 + 0.5 * cloth.satin), tight / (1 + 0.9 * cloth.satin)
    for s in range(len(at)):
        pixel = at[s]
        t = triangle[pixel]
        i, j, k = surface.triangles[t]
        b1, b2 = weight[pixel, 0], weight[pixel, 1]
        out = outside[s]
        sign = np.float32(1) if out else np.float32(-1)
        red, green, blue = albedo[s, 0], albedo[s, 1], albedo[s, 2]
        shadow, metal, near_seam = np.float32(1), np.float32(0), np.float32(0)
        draw_u = draw_v = np.float32(0)
        turn_uu, turn_uv, turn_vu, turn_vv = np.float32(1), np.float32(0), np.float32(0), np.float32(1)
        if on_panel[s]:
            back = surface.panel[t] == 1
            x, y = (u[s] - drawing.left) * drawing.scale, (drawing.top - v[s]) * drawing.scale
            height = drawing.height[1] if back else drawing.height[0]
            draw_u = (_plane(height, x + 0.7, y) - _plane(height, x - 0.7, y)) * drawing.scale / 1.4
            draw_v = (_plane(height, x, y - 0.7) - _plane(height, x, y + 0.7)) * drawing.scale / 1.4
            shadow = _plane(drawing.shade[1] if back else drawing.shade[0], x, y)
            seams = drawing.near_seam[1] if back else drawing.near_seam[0]
            near_seam = _plane(seams, x / SEAM_STEP - 0.375, y / SEAM_STEP - 0.375)
            row = min(int(y / drawing.scale * TURN_SCALE), drawing.turn.shape[1] - 1)
            column = min(int(x / drawing.scale * TURN_SCALE), drawing.turn.shape[2] - 1)
            turn_uu, turn_uv, turn_vu, turn_vv = drawing.turn[1 if back else 0, max(row, 0), max(column, 0)]
            if out:
                pr, pg, pb, alpha = _colour(drawing.paint[1] if back else drawing.paint[0], x, y)
                metal = _plane(drawing.metal[1] if back else drawing.metal[0], x, y)
                red, green, blue = red * (1 - alpha) + pr, green * (1 - alpha) + pg, blue * (1 - alpha) + pb
            else:
                shadow = np.sqrt(max(shadow, np.float32(0)))
                if back:
                    pr, pg, pb, alpha = _colour(drawing.inside, x, y)
                    red, green, blue = red * (1 - alpha) + pr, green * (1 - alpha) + pg, blue * (1 - alpha) + pb
        weave_u, weave_v, fold_u, fold_v, tone, raised = _relief(cloth, grain_u[s], grain_v[s], region[s], near_seam)
        if cloth.wear > 0 and out and raised > 0:
            worn = min(cloth.wear * raised * np.float32(0.08), np.float32(0.22))
            red, green, blue = red + worn * (0.55 - red * 0.6), green + worn * (0.60 - green * 0.6), blue + worn * (0.66 - blue * 0.6)
        flat = 1 - min(metal * 2, np.float32(1))
        grain_slope_u, grain_slope_v = (weave_u + fold_u) * flat, (weave_v + fold_v) * flat
        slope_u = (grain_slope_u * turn_uu + grain_slope_v * turn_vu) + draw_u * np.float32(0.6)
        slope_v = (grain_slope_u * turn_uv + grain_slope_v * turn_vv) + draw_v * np.float32(0.6)
        if not out:
            slope_u, slope_v = -slope_u * np.float32(0.35), -slope_v * np.float32(0.35)
        nx = sign * _mix(surface.normals, i, j, k, b1, b2, 0)
        ny = sign * _mix(surface.normals, i, j, k, b1, b2, 1)
        nz = sign * _mix(surface.normals, i, j, k, b1, b2, 2)
        scale = 1 / (np.sqrt(nx * nx + ny * ny + nz * nz) + np.float32(1e-6))
        nx, ny, nz = nx * scale, ny * scale, nz * scale
        for axis in range(3):
            across[axis] = _mix(surface.tangent_u, i, j, k, b1, b2, axis)
            along[axis] = _mix(surface.tangent_v, i, j, k, b1, b2, axis)
        bx = nx - slope_u * across[0] - slope_v * along[0]
        by = ny - slope_u * across[1] - slope_v * along[1]
        bz = nz - slope_u * across[2] - slope_v * along[2]
        scale = 1 / (np.sqrt(bx * bx + by * by + bz * bz) + np.float32(1e-6))
        bx, by, bz = bx * scale, by * scale, bz * scale
        lit = surface.light_out if out else surface.light_in
        gx, gy, gz = _mix(lit, i, j, k, b1, b2, 3), _mix(lit, i, j, k, b1, b2, 4), _mix(lit, i, j, k, b1, b2, 5)
        level = gx * nx + gy * ny + gz * nz
        turned = gx * bx + gy * by + gz * bz
        ratio = min(max((turned + np.float32(0.02)) / (max(level, np.float32(0)) + np.float32(0.02)), np.float32(0.25)), np.float32(1.9))
        ratio *= shadow
        er = _mix(lit, i, j, k, b1, b2, 0) * ratio
        eg = _mix(lit, i, j, k, b1, b2, 1) * ratio
        eb = _mix(lit, i, j, k, b1, b2, 2) * ratio
        red, green, blue = red * tone, green * tone, blue * tone
        bright = (er + eg + eb) / 3
        facing = max(bx * lamps.eye[0] + by * lamps.eye[1] + bz * lamps.eye[2], np.float32(0))
        rim = cloth.sheen * (1 - facing) ** 3 * min(bright * np.float32(1.2), np.float32(1.2))
        grey = (red + green + blue) * np.float32(0.0833)
        bounce = np.float32(0.35) * max(np.float32(0.35) - bright, np.float32(0))
        r = red * (er + red * bounce) + rim * (red * 0.6 + grey)
        g = green * (eg + green * bounce) + rim * (green * 0.6 + grey)
        b = blue * (eb + blue * bounce) + rim * (blue * 0.6 + grey)
        if cloth.specular > 0 or metal > 0:
            lobe = _gloss(bx, by, bz, lamps.key, across, along, tight_u, tight_v)
            lobe += np.float32(0.35) * _gloss(bx, by, bz, lamps.fill, across, along, tight_u, tight_v)
            lobe += (np.float32(0.12) + np.float32(0.5) * cloth.satin) * _gloss(bx, by, bz, lamps.front, across, along, tight_u, tight_v)
            shine = cloth.specular * (1 + cloth.satin) * lobe * min(bright, np.float32(1.2))
            own = np.float32(0.8) * cloth.satin
            top = max(red, green, blue) + np.float32(0.05)
            r = r * (1 - 0.4 * metal) + shine * (1 - own + own * (red + 0.05) / top)
            g = g * (1 - 0.4 * metal) + shine * (1 - own + own * (green + 0.05) / top)
            b = b * (1 - 0.4 * metal) + shine * (1 - own + own * (blue + 0.05) / top)
            glint = metal * (_gloss(bx, by, bz, lamps.key, across, along, 2.4, 2.4) * 1.2 + 0.12) * min(bright, np.float32(1.2))
            r, g, b = r + glint, g + glint, b + glint
        canvas[pixel, 0], canvas[pixel, 1], canvas[pixel, 2] = r, g, b


@numba.njit(cache=True, fastmath=True)
def resolve(canvas, region, triangle, backdrop, step, gain, grain):
    """Average step x step samples per pixel over the backdrop.

    canvas float32 (h, w, 3) linear; region uint8 (h, w); triangle int32 (h, w); backdrop float32 (H, W, 3) linear; gain float32 (3,);
    grain float32 (H, W), film noise in sRGB. Returns sRGB uint8 (H, W, 3), coverage float32 (H, W), regions uint8 (H, W).
    """
    rows, columns = backdrop.shape[0], backdrop.shape[1]
    picture, mask = np.empty((rows, columns, 3), np.uint8), np.empty((rows, columns), np.float32)
    parts = np.empty((rows, columns), np.uint8)
    total = np.empty(3, np.float32)
    for y in range(rows):
        for x in range(columns):
            total[:] = 0
            covered, part = 0, 255
            for sy in range(y * step, (y + 1) * step):
                for sx in range(x * step, (x + 1) * step):
                    if triangle[sy, sx] < 0:
                        continue
                    covered += 1
                    part = region[sy, sx]
                    for channel in range(3):
                        value = canvas[sy, sx, channel] * gain[channel]
                        if value > 0.75:
                            value = 0.75 + 0.25 * (1 - np.exp(-(value - 0.75) / 0.25))
                        total[channel] += value
            share = np.float32(covered) / (step * step)
            mask[y, x] = share
            parts[y, x] = part if share >= 0.5 else 255
            for channel in range(3):
                value = total[channel] / (step * step) + (1 - share) * min(backdrop[y, x, channel] * gain[channel], np.float32(1))
                value = min(max(value, np.float32(0)), np.float32(1))
                value = value * 12.92 if value <= 0.0031308 else 1.055 * value ** np.float32(1 / 2.4) - 0.055
                picture[y, x, channel] = np.uint8(min(max(value + grain[y, x], np.float32(0)), np.float32(1)) * 255 + 0.5)
    return picture, mask, parts
