"""Where a garment is seen from, and how large."""

from dataclasses import dataclass

import numpy as np

FRAME = 62.0        # cm of cloth that fill a frame's height, at life size


@dataclass(frozen=True)
class Camera:
    """An orthographic view. yaw, pitch, roll: degrees the garment turns, the camera looks down, the picture tilts.

    The garment fills the frame but for `margin` (share of it); at life size it is never larger than 62 cm per frame height. zoom
    magnifies; shift moves the centre of view by (right, up) cm.
    """

    yaw: float = 0.0
    pitch: float = 2.0
    margin: float = 0.055
    life_size: bool = True
    zoom: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    roll: float = 0.0

    def turn(self):
        """World -> camera: rows right, towards the camera, up; float64 (3, 3)."""
        a, p, r = np.radians([self.yaw, self.pitch, self.roll])
        yaw = np.array([[np.cos(a), np.sin(a), 0], [-np.sin(a), np.cos(a), 0], [0, 0, 1]])
        pitch = np.array([[1, 0, 0], [0, np.cos(p), np.sin(p)], [0, -np.sin(p), np.cos(p)]])
        roll = np.array([[np.cos(r), 0, -np.sin(r)], [0, 1, 0], [np.sin(r), 0, np.cos(r)]])
        return roll @ pitch @ yaw

    def project(self, points, width, height):
        """Pixel x, pixel y and depth of points (n, 3), float32 (n, 3), in a frame of width x height; and pixels per cm."""
        seen = points @ self.turn().T.astype(np.float32)
        low, high = seen.min(axis=0), seen.max(axis=0)
        room = 1 - 2 * self.margin
        scale = min(width * room / (high[0] - low[0] + 1e-6), height * room / (high[2] - low[2] + 1e-6))
        scale = (min(scale, height / FRAME) if self.life_size else scale) * self.zoom
        middle = (low + high) / 2
        x = (seen[:, 0] - middle[0] - self.shift[0]) * scale + width / 2
        y = height / 2 - (seen[:, 2] - middle[2] - self.shift[1]) * scale
        return np.stack([x, y, seen[:, 1]], axis=1).astype(np.float32), float(scale)


def random_camera(rng, view="front"):
    """A view for the benchmark, crop and tilt included. view: front, side, back, full or zoom (In-Shop's names)."""
    yaw = {"side": rng.choice([-1, 1]) * rng.uniform(35, 80), "back": 180 + rng.normal(0, 8)}.get(view, rng.normal(0, 10))
    zoom, shift = rng.uniform(0.8, 1.15), rng.normal(0, 2.0, 2)
    if view == "zoom":
        zoom, shift = rng.uniform(1.6, 2.4), np.array([rng.uniform(-8, 8), rng.uniform(-12, 16)])
    return Camera(float(yaw), float(rng.uniform(-2, 14)), float(rng.uniform(0.04, 0.14)), False, float(zoom),
                  (float(shift[0]), float(shift[1])), float(rng.normal(0, 4)))
