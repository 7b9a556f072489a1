"""The colour of every sample of the picture: folds, weave, light and gloss in one pass over the samples."""

from typing import NamedTuple

import numba
import numpy as np

from catalog.studio.fabrics import KINDS
from catalog.studio.folds import PUCKER_SIZE, SIZE, VARIANTS, folds, puckers
from catalog.studio.light import unit
from catalog.studio.lookup import colour_at, inlined, tile, value
from catalog.studio.mesh import PART
from catalog.studio.regions import Region
from catalog.studio.surface import SEAM_STEP, TURN_SCALE, between
from catalog.studio.weaves import weave

FOLD_SLOPE = 1.6        # slope (deviation) of folds at crumple 1
PUCKER_SLOPE = 0.22     # slope of the ripples beside a seam, at full pucker
STEP = 0.7              # layer pixels to either side over which relief is differentiated


class Cloth(NamedTuple):
    """A Fabric as compiled code reads it: tiles float32 (h, w, 3) with their sizes in cm, and numbers."""

    weave: np.ndarray
    weave_size: tuple
    rib: np.ndarray
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
    lined: bool


class Lamps(NamedTuple):
    """Unit vectors in the world: to the camera; and halfway from there to the key light, to the fill, to the room behind the camera."""

    eye: tuple
    key: tuple
    fill: tuple
    room: tuple


def cloth_of(fabric, pixel, seed):
    """The Cloth of a Fabric. pixel: cm that a sample covers; seed: of where its folds lie."""
    rng = np.random.default_rng([seed, 7])
    name, fold, pucker, satin, wear = KINDS[fabric.kind]
    ribbed, bare = np.zeros(256, bool), np.zeros(256, bool)
    ribbed[[Region.RIB, Region.CUFF, Region.NECK]] = fabric.ribbed
    bare[[Region.CORD, Region.SOLE, Region.TRIM, Region.LINING]] = True
    return Cloth(weave(name).level(pixel), weave(name).size, weave("rib").level(pixel), weave("rib").size, ribbed, bare,
                 folds(fold, int(rng.integers(VARIANTS))), SIZE, puckers(), PUCKER_SIZE, tuple(rng.uniform(0, SIZE[0], 2)),
                 float(fabric.relief), FOLD_SLOPE * fabric.crumple, PUCKER_SLOPE * pucker, float(fabric.sheen), float(fabric.specular),
                 float(fabric.gloss), satin, wear, fabric.lining is not None)


def lamps_of(light, turn):
    """The Lamps of a Light that stands with the camera. turn: of the camera."""
    eye = np.array([0, 1.0, 0])
    halfway = [unit(unit(direction) + eye) for direction in (light.key, light.fill, (-0.12, 1.0, 0.25))]
    return Lamps(*(tuple((direction @ turn).astype(np.float32)) for direction in (eye, *halfway)))


@numba.njit(cache=True, fastmath=True, error_model="numpy")
def shade(wanted, at, triangle, weight, surface, drawing, cloth, lamps, albedo, u, v, grain_u, grain_v, region, outside, panel, canvas):
    """Write the linear RGB of the samples of one panel (FRONT, BACK or PART) into canvas float32 (samples, 3).

    wanted: the panel; drawing: its Drawing; at, triangle, weight, u, v, region, outside, panel: as `locate` takes and gives them;
    grain_u, grain_v float32 (n,): (u, v) on the bolt of cloth; albedo float32 (n, 3).
    """
    for s in range(len(at)):
        if panel[s] != wanted:
            continue
        pixel, out = at[s], outside[s]
        t = triangle[pixel]
        i, j, k = surface.triangles[t, 0], surface.triangles[t, 1], surface.triangles[t, 2]
        b1, b2 = weight[pixel, 0], weight[pixel, 1]
        colour = albedo[s, 0], albedo[s, 1], albedo[s, 2]
        draw_u, draw_v, shadow, metal, near_seam = np.float32(0), np.float32(0), np.float32(1), np.float32(0), np.float32(0)
        if wanted != PART:
            x, y = (u[s] - drawing.left) * drawing.scale, (drawing.top - v[s]) * drawing.scale
            draw_u, draw_v, shadow, metal, near_seam = _drawn(drawing, x, y)
            if out:
                colour = _painted(drawing.paint, x, y, colour)
            else:
                metal, shadow = np.float32(0), np.sqrt(max(shadow, np.float32(0)))
                colour = _painted(drawing.inside, x, y, colour)
        slope_u, slope_v, tone, raised = _relief(cloth, grain_u[s], grain_v[s], region[s], near_seam, cloth.lined and not out, metal)
        if wanted != PART:
            slope_u, slope_v = _turned(drawing.turn, x / drawing.scale, y / drawing.scale, slope_u, slope_v)
        if out:
            colour = _worn(colour, min(cloth.wear * max(raised, np.float32(0)) * np.float32(0.08), np.float32(0.22)))
        across, along = _vector(surface.tangent_u, i, j, k, b1, b2, 0), _vector(surface.tangent_v, i, j, k, b1, b2, 0)
        flat, bent = _bent(_vector(surface.normals, i, j, k, b1, b2, 0), across, along, out, slope_u + np.float32(0.6) * draw_u,
                           slope_v + np.float32(0.6) * draw_v)
        side = 0 if out else 6
        received, flow = _vector(surface.light, i, j, k, b1, b2, side), _vector(surface.light, i, j, k, b1, b2, side + 3)
        lit = _scaled(received, _gain(flow, flat, bent) * shadow)
        shown = _reflected(cloth, lamps, _scaled(colour, tone), lit, bent, across, along, metal)
        canvas[pixel, 0], canvas[pixel, 1], canvas[pixel, 2] = shown


@inlined
def _drawn(drawing, x, y):
    """Slopes along u and v, shade, metal and closeness to a seam of what is drawn at pixel (x, y) of a panel."""
    per_cm = drawing.scale / np.float32(2 * STEP)
    slope_u = (value(drawing.height, x + STEP, y) - value(drawing.height, x - STEP, y)) * per_cm
    slope_v = (value(drawing.height, x, y - STEP) - value(drawing.height, x, y + STEP)) * per_cm
    near_seam = value(drawing.near_seam, x / SEAM_STEP - 0.375, y / SEAM_STEP - 0.375)
    return slope_u, slope_v, value(drawing.shade, x, y), value(drawing.metal, x, y), near_seam


@inlined
def _painted(plane, x, y, under):
    red, green, blue, alpha = colour_at(plane, x, y)
    return under[0] * (1 - alpha) + red, under[1] * (1 - alpha) + green, under[2] * (1 - alpha) + blue


@inlined
def _worn(colour, share):
    """Indigo that has rubbed off: paler and greyer."""
    return (colour[0] + share * (np.float32(0.55) - colour[0] * np.float32(0.6)), colour[1] + share * (
        np.float32(0.60) - colour[1] * np.float32(0.6)), colour[2] + share * (np.float32(0.66) - colour[2] * np.float32(0.6)))


@inlined
def _relief(cloth, u, v, region, near_seam, lining, metal):
    """Slopes along the grain, tone of the colour, and how far a seam's ripple stands out, at a point of the bolt of cloth."""
    slope_u, slope_v, tone = np.float32(0), np.float32(0), np.float32(1)
    if cloth.ribbed[region] and not lining:
        slope_u, slope_v, tone = tile(cloth.rib, cloth.rib_size, u, v)
    elif not cloth.bare[region] and not lining:
        slope_u, slope_v, tone = tile(cloth.weave, cloth.weave_size, u, v)
        slope_u, slope_v, tone = slope_u * cloth.relief, slope_v * cloth.relief, 1 + (tone - 1) * cloth.relief
    fold_u, fold_v, hollow = tile(cloth.folds, cloth.folds_size, u + cloth.shift[0], v + cloth.shift[1])
    slope_u, slope_v = slope_u + cloth.crumple * fold_u, slope_v + cloth.crumple * fold_v
    tone *= 1 + (hollow - 1) * min(cloth.crumple * 5, 1)
    tone *= 1 - np.float32(0.2) * cloth.satin             # what satin mirrors it does not scatter
    raised = np.float32(0)
    if near_seam > 0.01 and cloth.pucker > 0:
        ripple_u, ripple_v, ripple = tile(cloth.puckers, cloth.pucker_size, u, v)
        strength = cloth.pucker * near_seam
        slope_u, slope_v, raised = slope_u + strength * ripple_u, slope_v + strength * ripple_v, ripple * near_seam
    cloth_share = 1 - min(metal * 2, np.float32(1))
    return slope_u * cloth_share, slope_v * cloth_share, tone, raised


@inlined
def _turned(turn, right, down, slope_u, slope_v):
    """Slopes along the grain -> slopes along the panel, at (right, down) cm of it."""
    row = max(min(int(down * TURN_SCALE), turn.shape[0] - 1), 0)
    column = max(min(int(right * TURN_SCALE), turn.shape[1] - 1), 0)
    return (slope_u * turn[row, column, 0] + slope_v * turn[row, column, 2],
            slope_u * turn[row, column, 1] + slope_v * turn[row, column, 3])


@inlined
def _vector(values, i, j, k, b1, b2, first):
    return (between(values, i, j, k, b1, b2, first), between(values, i, j, k, b1, b2, first + 1),
            between(values, i, j, k, b1, b2, first + 2))


@inlined
def _dot(one, other):
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


@inlined
def _scaled(vector, factor):
    return vector[0] * factor, vector[1] * factor, vector[2] * factor


@inlined
def _bent(normal, across, along, outside, slope_u, slope_v):
    """The unit normal on the viewer's side of the cloth, smooth and bent by the slopes."""
    length = np.float32(1) / (np.sqrt(_dot(normal, normal)) + np.float32(1e-6))
    flat = _scaled(normal, length if outside else -length)
    depth = np.float32(1) if outside else np.float32(-0.35)      # the back of relief is flatter, and the other way round
    lean_u, lean_v = depth * slope_u, depth * slope_v
    bent = (flat[0] - lean_u * across[0] - lean_v * along[0], flat[1] - lean_u * across[1] - lean_v * along[1],
            flat[2] - lean_u * across[2] - lean_v * along[2])
    return flat, _scaled(bent, np.float32(1) / (np.sqrt(_dot(bent, bent)) + np.float32(1e-6)))


@inlined
def _gain(flow, flat, bent):
    """What bending the normal gains or loses of the light that flows in."""
    ratio = (_dot(flow, bent) + np.float32(0.02)) / (max(_dot(flow, flat), np.float32(0)) + np.float32(0.02))
    return min(max(ratio, np.float32(0.25)), np.float32(1.9))


@inlined
def _gloss(normal, half, across, along, tight_u, tight_v):
    """Ward's (1992) lobe without its scale: 1 where the normal points halfway, falling off by its own width along either thread."""
    facing = _dot(half, normal)
    if facing <= 0.05:
        return np.float32(0)
    a, b = _dot(half, across) * tight_u, _dot(half, along) * tight_v
    # the tangents lie in the smooth surface: take out what the bent normal already leans that way
    a -= _dot(normal, across) * facing * tight_u
    b -= _dot(normal, along) * facing * tight_v
    near = max(1 - (a * a + b * b) / (16 * facing * facing), np.float32(0))       # exp(-x) as (1 - x / 16) ** 16: no call in the loop
    near *= near
    near *= near
    near *= near
    return near * near


@inlined
def _reflected(cloth, lamps, colour, lit, normal, across, along, metal):
    """Linear RGB that reaches the camera: scattered light, nap at grazing angles, gloss, metal."""
    red, green, blue = colour
    bright = (lit[0] + lit[1] + lit[2]) / 3
    capped = min(bright, np.float32(1.2))
    nap = cloth.sheen * (1 - max(_dot(normal, lamps.eye), np.float32(0))) ** 3 * min(bright * np.float32(1.2), np.float32(1.2))
    grey = (red + green + blue) * np.float32(0.0833)
    bounce = np.float32(0.35) * max(np.float32(0.35) - bright, np.float32(0))     # folds light each other with their own colour
    fibre = np.float32(0.015) * bright * bright           # what the surface of any fibre reflects: it shapes black cloth
    r = red * (lit[0] + red * bounce) + nap * (red * np.float32(0.6) + grey) + fibre
    g = green * (lit[1] + green * bounce) + nap * (green * np.float32(0.6) + grey) + fibre
    b = blue * (lit[2] + blue * bounce) + nap * (blue * np.float32(0.6) + grey) + fibre
    if cloth.specular > 0:
        tight = np.sqrt(cloth.gloss / 2)
        tight_u, tight_v = tight * (1 + np.float32(0.5) * cloth.satin), tight / (1 + np.float32(0.9) * cloth.satin)
        lobe = (_gloss(normal, lamps.key, across, along, tight_u, tight_v) + np.float32(0.35) * _gloss(
            normal, lamps.fill, across, along, tight_u, tight_v) + (np.float32(0.12) + np.float32(0.5) * cloth.satin) * _gloss(
            normal, lamps.room, across, along, tight_u, tight_v))
        shine = cloth.specular * (1 + np.float32(0.5) * cloth.satin) * lobe * capped
        own = np.float32(0.6) * cloth.satin               # satin's gloss has the colour of its thread
        top = max(red, green, blue) + np.float32(0.05)
        r += shine * (1 - own + own * (red + np.float32(0.05)) / top)
        g += shine * (1 - own + own * (green + np.float32(0.05)) / top)
        b += shine * (1 - own + own * (blue + np.float32(0.05)) / top)
    if metal > 0:
        glint = metal * (_gloss(normal, lamps.key, across, along, 2.4, 2.4) * np.float32(1.2) + np.float32(0.12)) * capped
        keep = 1 - np.float32(0.4) * metal
        r, g, b = r * keep + glint, g * keep + glint, b * keep + glint
    return r, g, b
