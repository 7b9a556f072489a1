"""The invisible mannequin that clothes hang on, as a distance field (cm, x right, y to the camera, z up)."""

from functools import cache

import numba
import numpy as np
from scipy.ndimage import map_coordinates

from catalog.studio.mesh import FRONT

ORIGIN = np.array([-86.0, -30.0, 0.0])
SHAPE = (173, 60, 172)              # one sample a centimetre
ARM_FROM = 84                       # arms never reach below this height
SKIN = 0.6                          # cloth rests at this distance

# height, half width, half depth of the torso
TORSO = {
    "women": ((76, 15.5, 9), (84, 17.6, 11), (92, 17.8, 11.5), (99, 15.6, 10), (106, 13.2, 8.8), (112, 13.2, 8.8), (120, 14.3, 10),
              (126, 15.2, 11), (132, 15.8, 10), (138, 15.8, 8), (142, 12.5, 6.5), (146, 7, 5.5)),
    "men": ((76, 15, 9), (84, 16.6, 10.5), (92, 17, 11), (99, 16.2, 10.2), (106, 15.4, 10), (112, 15.6, 10.2), (120, 17, 11),
            (126, 18, 11.5), (132, 18.4, 11), (138, 18.2, 9), (143, 14, 7), (147, 7.5, 6)),
}
SHOULDER = {"women": (16.5, 139.5), "men": (19.0, 140.5)}           # half width, height
SHOULDER_RADIUS = {"women": 4.6, "men": 5.6}
ARM_RADII = {"women": (4.3, 3.5, 2.8), "men": (5.0, 4.1, 3.2)}      # shoulder, elbow, wrist
UPPER_ARM, FOREARM = 29.0, 38.0


@cache
def _grid():
    return np.meshgrid(*[(origin + np.arange(count)).astype(np.float32) for origin, count in zip(ORIGIN, SHAPE)], indexing="ij")


def _capsule(start, end, from_radius, to_radius):
    x, y, z = _grid()
    start, along = np.asarray(start, np.float32), np.asarray(end, np.float32) - np.asarray(start, np.float32)
    t = np.clip(((x - start[0]) * along[0] + (y - start[1]) * along[1] + (z - start[2]) * along[2]) / (along @ along), 0, 1)
    distance = np.sqrt((x - start[0] - t * along[0])**2 + (y - start[1] - t * along[1])**2 + (z - start[2] - t * along[2])**2)
    return distance - (from_radius + (to_radius - from_radius) * t)


def _blend(one, other, width):
    """Smooth minimum (after Quilez)."""
    h = np.clip(0.5 + 0.5 * (other - one) / width, 0, 1)
    return other + (one - other) * h - width * h * (1 - h)


@cache
def _trunk(gender, legs, stance):
    """Torso, neck and perhaps legs: float32 SHAPE."""
    x, y, z = _grid()
    heights, widths, depths = np.array(TORSO[gender], np.float32).T
    width, depth = np.interp(z, heights, widths).astype(np.float32), np.interp(z, heights, depths).astype(np.float32)
    radius = np.sqrt((x / width)**2 + (y / depth)**2) + 1e-6
    slope = np.sqrt((x / width**2)**2 + (y / depth**2)**2) / radius + 1e-6
    field = np.maximum((radius - 1) / slope * 0.9, np.maximum(heights[0] - z, z - heights[-1]))
    if gender == "women":
        for side in (-1, 1):
            field = _blend(field, np.sqrt((x - side * 7.3)**2 + (y - 6.2)**2 + (z - 125.5)**2) - 6.2, 3)
    field = _blend(field, _capsule((0, -1, 140), (0, 0, 158), 5.6, 5.2), 2.5)
    half, height = SHOULDER[gender]
    for side in (-1, 1):
        field = _blend(field, _capsule((side * 4, -1, 145.5), (side * half, 0, height - 3.2), 3.2, SHOULDER_RADIUS[gender]), 2.5)
    if legs:
        for side in (-1, 1):
            hip, knee, foot = (side * 8.6, 0, 84.0), (side * (8.6 + stance) / 2, 1, 46.0), (side * stance, -1, 8.0)
            field = _blend(field, _capsule(hip, knee, 8.6, 5.6), 2.0)
            field = _blend(field, _capsule(knee, foot, 5.6, 3.6), 1.0)
    return ((field + field[::-1]) / 2).astype(np.float32)


@numba.njit(cache=True, fastmath=True)
def _add_arm(field, trunk, low, joints, radii, origin):
    """Blend the right arm (two cones) and its mirror image into the field, from height `low` up."""
    last = field.shape[0] - 1
    for i in range(field.shape[0] // 2, field.shape[0]):
        for j in range(field.shape[1]):
            for k in range(low, field.shape[2]):
                x, y, z = i + origin[0], j + origin[1], k + origin[2]
                value = trunk[i, j, k]
                for bone in range(2):
                    ax, ay, az = joints[bone, 0], joints[bone, 1], joints[bone, 2]
                    dx, dy, dz = joints[bone + 1, 0] - ax, joints[bone + 1, 1] - ay, joints[bone + 1, 2] - az
                    t = ((x - ax) * dx + (y - ay) * dy + (z - az) * dz) / (dx * dx + dy * dy + dz * dz)
                    t = min(max(t, 0.0), 1.0)
                    distance = np.sqrt((x - ax - t * dx)**2 + (y - ay - t * dy)**2 + (z - az - t * dz)**2)
                    distance -= radii[bone] + (radii[bone + 1] - radii[bone]) * t
                    h = min(max(0.5 + 0.5 * (distance - value) / 2.0, 0.0), 1.0)
                    value = distance + (value - distance) * h - 2.0 * h * (1 - h)
                field[i, j, k] = value
                field[last - i, j, k] = value


class Mannequin:
    """A body for clothes to hang on.

    gender: "women" or "men". legs: False leaves room for skirts. stance: half distance of the feet, cm.
    Attributes: field float32 SHAPE, distance to the skin; shoulder (half width, height); arm_angle, degrees from vertical.
    """

    def __init__(self, gender, legs=True, stance=10.5):
        self.gender, self.shoulder = gender, SHOULDER[gender]
        self._trunk = _trunk(gender, legs, stance)
        self.field = self._trunk.copy()
        self.arm_angle = None

    def pose(self, arm_angle, radii=None):
        """Move both arms. arm_angle: degrees from vertical. radii: of shoulder, elbow and wrist; wider ones fill a sleeve."""
        self.arm_angle = arm_angle
        angle, (half, height) = np.radians(arm_angle), self.shoulder
        down = np.array([np.sin(angle), 0.03, -np.cos(angle)])
        start = np.array([half, 0, height - 3])
        elbow = start + down * UPPER_ARM
        joints = np.stack([start, elbow, elbow + (down + [0, 0.07, 0]) * FOREARM])
        _add_arm(self.field, self._trunk, ARM_FROM, joints, np.array(radii or ARM_RADII[self.gender], float), ORIGIN)
        return self

    def surface(self, x, z, side):
        """Height of the skin in front of (or behind) points.

        x, z: (n,) cm. side: (n,) FRONT or BACK. Returns y (n,), NaN beside the body.
        """
        inside = self.field < SKIN
        i = np.clip(np.round(x - ORIGIN[0]).astype(int), 0, SHAPE[0] - 1)
        k = np.clip(np.round(z - ORIGIN[2]).astype(int), 0, SHAPE[2] - 1)
        columns, depth = inside[i, :, k], ORIGIN[1] + np.arange(SHAPE[1])
        front = np.where(columns, depth, -np.inf).max(axis=1)
        back = np.where(columns, depth, np.inf).min(axis=1)
        y = np.where(side == FRONT, front, back)
        return np.where(np.isfinite(y), y, np.nan)

    def ring(self, height):
        """Half width and half depth of the body at a height, cm."""
        k = int(round(height))
        x = ORIGIN[0] + np.flatnonzero(self.field[:, SHAPE[1] // 2, k] < SKIN)
        y = ORIGIN[1] + np.flatnonzero(self.field[SHAPE[0] // 2, :, k] < SKIN)
        return np.abs(x[np.abs(x) < 24]).max() + SKIN, np.abs(y).max() + SKIN

    def push_out(self, points, distance):
        """Points moved away from the body until they keep a distance. points: (n, 3). Returns (n, 3)."""
        def sample(at):
            return map_coordinates(self.field, (at - ORIGIN).T, order=1, mode="nearest")

        for _ in range(4):
            slope = np.stack([sample(points + step) - sample(points - step) for step in np.eye(3) * 0.5], axis=1)
            slope /= np.linalg.norm(slope, axis=1, keepdims=True) + 1e-6
            points = points + slope * np.clip(distance - sample(points), 0, 3)[:, None]
        return points

