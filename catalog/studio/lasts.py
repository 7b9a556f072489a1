"""Shoes, lofted over a last: a sole of the foot's outline, an upper that closes along the instep, a shaft.

cm; x from heel to toe, y outward, z up.
"""

from dataclasses import dataclass

import numpy as np

from catalog.studio.curves import curve, resample
from catalog.studio.garment import Garment
from catalog.studio.layers import PanelLayers
from catalog.studio.mesh import BACK, FRONT, Mesh
from catalog.studio.regions import Region
from catalog.studio.surfaces import strip

LONG = 28.4             # of the sole
ALONG, UP = 110, 26     # samples of half an upper
FINE = 22               # pixels per cm of what is drawn
SIDES = ((FRONT, 1), (BACK, -1))

OUTER = ((0, 0), (0.25, 1.7), (1.6, 3.0), (5, 3.55), (10, 3.75), (15, 4.35), (20, 5.0), (23.5, 4.75), (26.3, 3.5), (27.9, 1.7), (LONG, 0))
INNER = ((0, 0), (0.25, 1.7), (1.6, 2.9), (5, 3.2), (10, 3.1), (15, 3.6), (20, 4.5), (23.5, 4.6), (26.3, 3.6), (27.9, 1.8), (LONG, 0))


@dataclass(frozen=True)
class Last:
    """The form a shoe is made on.

    heel: height of the heel; spring: how far the toe rises; sole: (thickness at the heel, at the ball); width: factor.
    """

    heel: float = 0.0
    spring: float = 1.1
    sole: tuple = (2.8, 2.3)
    width: float = 1.0
    point: float = 0.0              # how pointed the toe is, cm longer

    def ground(self, x):
        """Height of the sole's underside over the floor. x: (n,)."""
        lift = np.clip((13.5 - x) / 7.5, 0, 1)
        heel = self.heel * lift * lift * (3 - 2 * lift)
        toe = self.spring * np.clip((x - 21) / 7.4, 0, 1.3) ** 2
        rim = 0.35 * np.clip((2 - x) / 2, 0, 1) ** 2
        return heel + toe + rim

    def top(self, x):
        """Height of the sole's upper edge, where the upper begins."""
        return self.ground(x) + np.interp(x, [0, 6, 18, LONG], [self.sole[0], self.sole[0], self.sole[1], self.sole[1] * 1.02])

    def outline(self, side, count=ALONG, grow=0.0):
        """Half of the sole's outline from the toe to the heel. side: 1 outer, -1 inner. grow: cm further out. Returns (x, y) (count, 2)."""
        half = resample(curve(np.array(OUTER if side > 0 else INNER) * [1, self.width]), count=count - 1)[::-1]
        x = half[:, 0] + self.point * np.clip((half[:, 0] - 20) / 8.4, 0, 1) ** 2
        narrow = 1 - 0.06 * self.point * np.clip((half[:, 0] - 20) / 8.4, 0, 1)
        out = half - [13, 0]
        out /= np.linalg.norm(out, axis=1, keepdims=True) + 1e-9
        return np.stack([x + out[:, 0] * grow, side * np.maximum(half[:, 1] * narrow + np.abs(out[:, 1]) * grow, 0)], axis=1)


def sole_part(last, region=Region.SOLE, grow=0.35, ridges=0.0, low=0.0, high=1.0, count=ALONG):
    """The side and underside of a sole. low, high: which share of its height. ridges: depth of grooves round it, cm. Returns a Part."""
    ring = np.vstack([last.outline(1, count, grow), last.outline(-1, count, grow)[::-1][1:]])
    ground, top = last.ground(ring[:, 0]), last.top(ring[:, 0])
    centre = np.array([13.0, 0])
    rows = []
    for t in [0.0, *np.linspace(0.02, 1, 18), 1.02]:
        at = low + (high - low) * min(t, 1)
        bulge = 1 - 0.020 * (1 - np.sin(np.pi * np.clip(at, 0.08, 0.9))) - ridges * 0.09 * (0.5 + 0.5 * np.cos(at * 2 * np.pi * 5))
        inward = 0.0 if 0 < t <= 1 else 1.0
        flat = centre + (ring - centre) * (bulge if not inward else 0.55)
        rows.append(np.c_[flat, ground + (top - ground) * at])
    return strip(np.stack(rows, axis=1), region, flip=True)


def heel_block(last, front=7.6):
    """A stacked heel under the rear of the sole. Returns a Part."""
    rows = []
    half = last.outline(1, 60, 0.2), last.outline(-1, 60, 0.2)
    ring = np.vstack([half[0][half[0][:, 0] < front], half[1][half[1][:, 0] < front][::-1]])
    ring = np.vstack([ring, np.c_[np.full(9, ring[-1, 0]), np.linspace(ring[-1, 1], ring[0, 1], 9)]])
    for t in (0, 0.001, 0.5, 1.0):
        taper = 0.90 + 0.10 * t
        shape = np.array([3.8, 0]) + (ring - [3.8, 0]) * (taper if t else 0.3)
        rows.append(np.c_[shape, (last.ground(ring[:, 0]) + 0.1) * max(t, 0)])
    return strip(np.stack(rows, axis=1), Region.SOLE, flip=True)


def upper(last, ridge, collar, roundness=(2.3, 1.35)):
    """Both halves of an upper.

    ridge: (x, z) points of the instep from the toe up to the throat.
    collar: (x, half width, z) points of the opening from the throat to the heel.
    roundness: of the cross-section at the toe and at the heel; larger is boxier. Returns list of (panel, grid (ALONG, UP, 3)).
    """
    ridge, collar = curve(np.asarray(ridge, float)), curve(np.asarray(collar, float))
    forefoot = int(ALONG * 0.62)
    line = np.vstack([np.c_[np.insert(resample(ridge, count=forefoot - 1), 1, 0, axis=1)], resample(collar, count=ALONG - forefoot)[1:]])
    halves = []
    for panel, side in SIDES:
        edge = last.outline(side)
        foot = np.c_[edge, last.top(edge[:, 0])]
        head = line * [1, side, 1]
        t = np.linspace(0, 1, UP)[None, :, None]
        boxy = [roundness[0], roundness[0] * 0.95, 1.6, roundness[1]]
        power = np.interp(np.arange(ALONG), [0, forefoot * 0.5, forefoot, ALONG], boxy)[:, None, None]
        grid = foot[:, None] + (head - foot)[:, None] * t**power
        grid[..., 2] = (foot[:, None, 2] + (head - foot)[:, None, 2] * (1 - (1 - t[..., 0]) ** power[..., 0]))
        full = np.interp(np.arange(ALONG), [0, 12, 60, ALONG], [0.2, 1, 0.8, 0.5])[:, None]
        swell = 0.28 * np.sin(np.pi * np.clip(t[..., 0] * 1.6, 0, 1)) * full
        grid[..., 1] += side * swell * np.sign(np.abs(edge[:, 1]))[:, None]
        halves.append((panel, grid))
    return halves


def shaft(collar, top, rows=22):
    """A boot's shaft from the ankle (collar as in `upper`) to its opening (top: the same kind of curve). Returns list of (panel, grid)."""
    low, high = (resample(curve(np.asarray(one, float)), count=50) for one in (collar, top))
    t = np.linspace(0, 1, rows)[None, :, None]
    ease = t**1.15
    half = low[:, None] + (high - low)[:, None] * np.concatenate([ease, ease, t], axis=2)
    return [(panel, half * [1, side, 1]) for panel, side in SIDES]


def shoe(halves, parts, scale=FINE):
    """A garment of lofted halves: drawn on in side view, panel space = (x, z). halves: list of (panel, grid). parts: further Parts."""
    points, triangles, panels, count = [], [], [], 0
    for panel, grid in halves:
        piece = strip(grid, Region.BODY, flip=panel == FRONT)
        points.append(piece.points)
        triangles.append(piece.triangles + count)
        panels.append(np.full(len(piece.triangles), panel, np.int8))
        count += len(piece.points)
    points, triangles, panels = np.vstack(points), np.vstack(triangles).astype(np.int32), np.concatenate(panels)
    uv = points[:, [0, 2]].copy()
    side = np.zeros(len(points), np.int8)
    side[np.unique(triangles[panels == BACK])] = BACK
    mesh = Mesh(uv, triangles, panels, side, np.zeros(len(points), int), np.zeros(len(points), bool), uv, {}, points=points)
    return Garment(mesh, PanelLayers(uv, scale), list(parts))


def as_pair(garment, apart=11.5, ahead=-3.0, turn=-7.0):
    """The shoe with its fellow behind it, a mirror image, set back and a little turned. Returns the same garment."""
    angle = np.radians(turn)
    rotate = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
    mesh, n = garment.mesh, len(garment.mesh.points)

    def fellow(points):
        return (points * [1, -1, 1] - [14, 0, 0]) @ rotate.T + [14 + ahead, -apart, 0]

    mesh.points = np.vstack([mesh.points, fellow(mesh.points)])
    mesh.triangles = np.vstack([mesh.triangles, mesh.triangles[:, ::-1] + n]).astype(np.int32)
    mesh.uv, mesh.start = np.vstack([mesh.uv] * 2), np.vstack([mesh.start] * 2)
    mesh.panel, mesh.side, mesh.piece = (np.concatenate([one, one]) for one in (mesh.panel, mesh.side, mesh.piece))
    mesh.seam = np.concatenate([mesh.seam, mesh.seam])
    for part in list(garment.parts):
        garment.parts.append(type(part)(fellow(part.points), np.ascontiguousarray(part.triangles[:, ::-1]), part.uv, part.region))
    return garment


def on_surface(halves, x, along_ridge, lift=0.15):
    """Points on the outer and inner half near the ridge: for eyelets.

    x: position; along_ridge: share of the way down from the ridge, 0..1.
    """
    found = []
    for _, grid in halves:
        column = grid[:, int(round((1 - along_ridge) * (grid.shape[1] - 1)))]
        found.append(column[np.argmin(np.abs(column[:, 0] - x))] + [0, 0, lift])
    return found
