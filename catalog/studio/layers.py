"""What is drawn on the flat panels: regions, relief, paint, shadow and metal, before the cloth is draped or bent."""

import copy

import cv2
import numpy as np

from catalog.studio.curves import circle, resample
from catalog.studio.regions import Region

SCALE = 8               # pixels per cm
MARGIN = 3              # cm around the panels
SUBPIXEL = 4            # bits of cv2's fixed-point coordinates


class Patch:
    """A soft-edged shape on a panel: a window (rows, columns) and its coverage float32 0..1.

    Supports * number, | (union) and - (cut out).
    """

    def __init__(self, top, left, values):
        self.top, self.left, self.values = top, left, values

    @property
    def window(self):
        height, width = self.values.shape
        return slice(self.top, self.top + height), slice(self.left, self.left + width)

    def __mul__(self, factor):
        return Patch(self.top, self.left, self.values * np.float32(factor))

    __rmul__ = __mul__

    def __or__(self, other):
        return self._with(other, np.maximum)

    def __sub__(self, other):
        return self._with(other, lambda mine, its: np.clip(mine - its, 0, 1))

    def _with(self, other, combine):
        top, left = min(self.top, other.top), min(self.left, other.left)
        bottom = max(patch.top + patch.values.shape[0] for patch in (self, other))
        right = max(patch.left + patch.values.shape[1] for patch in (self, other))
        planes = np.zeros((2, bottom - top, right - left), np.float32)
        for plane, patch in zip(planes, (self, other)):
            plane[patch.top - top:, patch.left - left:][:patch.values.shape[0], :patch.values.shape[1]] = patch.values
        return Patch(top, left, combine(*planes))


class PanelLayers:
    """Rasters of front (0) and back (1) in panel space: pixel x = (u - origin[0]) * scale, y = (origin[1] - v) * scale.

    region[p] uint8 (h, w) of Region; height[p] float32 (h, w), relief in mm or so; paint[p] float32 (h, w, 4), premultiplied linear RGBA;
    shade[p] float32 (h, w), 1 = unshaded; metal[p] float32 (h, w), 0..1;
    inside float32 (h, w, 4): what is painted on the inside of the back.
    """

    def __init__(self, uv, scale=SCALE):
        """uv: (n, 2), panel points that must lie on the rasters."""
        self.scale = scale
        low, high = uv.min(axis=0) - MARGIN, uv.max(axis=0) + MARGIN
        self.origin = (low[0], high[1])
        self.width, self.height_px = ((high - low) * scale).astype(int) + 1
        shape = self.shape = (self.height_px, self.width)
        self.region = [np.zeros(shape, np.uint8) for _ in range(2)]
        self.height = [np.zeros(shape, np.float32) for _ in range(2)]
        self.paint = [np.zeros((*shape, 4), np.float32) for _ in range(2)]
        self.shade = [np.ones(shape, np.float32) for _ in range(2)]
        self.metal = [np.zeros(shape, np.float32) for _ in range(2)]
        self.inside = np.zeros((*shape, 4), np.float32)

    def copy(self):
        """The same drawing, to draw on further."""
        return copy.deepcopy(self)

    def coordinates(self):
        """Panel coordinates of every pixel: u, v float32 (h, w)."""
        u = self.origin[0] + np.arange(self.width, dtype=np.float32) / self.scale
        v = self.origin[1] - np.arange(self.height_px, dtype=np.float32) / self.scale
        return np.meshgrid(u, v)

    def pixels(self, points):
        points = np.atleast_2d(np.asarray(points, float))
        return np.stack([(points[:, 0] - self.origin[0]) * self.scale, (self.origin[1] - points[:, 1]) * self.scale], axis=1)

    def mask(self, points):
        """The inside of a polygon. points: (n, 2) cm. Returns a Patch."""
        return self._drawn([self.pixels(points)], 1, lambda plane, lines: cv2.fillPoly(plane, lines, 255, cv2.LINE_AA, SUBPIXEL))

    def stroke(self, points, width, closed=False):
        """A line of a width in cm along points. Returns a Patch."""
        thick = max(1, int(round(width * self.scale)))
        return self._drawn([self.pixels(points)], thick + 1,
                           lambda plane, lines: cv2.polylines(plane, lines, closed, 255, thick, cv2.LINE_AA, SUBPIXEL))

    def _drawn(self, lines, margin, draw):
        together = np.vstack(lines)
        left, top = np.clip(np.floor(together.min(axis=0)).astype(int) - margin, 0, (self.width - 1, self.height_px - 1))
        right, bottom = np.clip(np.ceil(together.max(axis=0)).astype(int) + margin + 1, (left + 1, top + 1), (self.width, self.height_px))
        plane = np.zeros((bottom - top, right - left), np.uint8)
        draw(plane, [np.round((points - (left, top)) * 2**SUBPIXEL).astype(np.int32) for points in lines])
        return Patch(top, left, plane.astype(np.float32) / 255)

    def _softened(self, patch, sigma):
        """The patch blurred by sigma pixels, on a window that holds the blur."""
        pad = int(np.ceil(3 * sigma))
        top, left = max(0, patch.top - pad), max(0, patch.left - pad)
        bottom = min(self.height_px, patch.top + patch.values.shape[0] + pad)
        right = min(self.width, patch.left + patch.values.shape[1] + pad)
        grown = Patch(top, left, np.zeros((bottom - top, right - left), np.float32))
        grown.values[patch.top - top:, patch.left - left:][:patch.values.shape[0], :patch.values.shape[1]] = patch.values
        return Patch(top, left, cv2.GaussianBlur(grown.values, (0, 0), sigma)), grown

    def mark(self, panel, patch, region):
        """Say which part of the garment a shape is."""
        self.region[panel][patch.window][patch.values > 0.5] = region

    def lift(self, panel, patch, height, soft=0.12, shadow=0.35):
        """Raise a shape as a second layer of cloth, with a soft shadow around it. soft: cm of the edge's rounding."""
        blurred, _ = self._softened(patch, max(0.4, soft * self.scale))
        self.height[panel][blurred.window] += height * blurred.values
        if shadow:
            around, sharp = self._softened(patch, 0.55 * self.scale)
            self.shade[panel][around.window] *= 1 - shadow * np.clip(around.values - sharp.values, 0, 1)

    def groove(self, panel, points, width=0.22, depth=0.1, dark=0.25):
        """A seam line: a dark valley between two soft welts."""
        valley, _ = self._softened(self.stroke(points, width), 0.6)
        self.height[panel][valley.window] -= depth * valley.values
        self.shade[panel][valley.window] *= 1 - dark * valley.values
        welts, _ = self._softened(self.stroke(points, width * 4), 0.35 * self.scale)
        self.height[panel][welts.window] += depth * 0.6 * welts.values

    def stitch(self, panel, points, colour, dash=0.55, gap=0.3, width=0.14, alpha=0.6):
        """A row of stitches. colour: linear RGB."""
        step = 0.05
        path = self.pixels(resample(points, step))
        long, period = int(dash / step), int((dash + gap) / step)
        dashes = [path[start:start + long] for start in range(0, len(path) - long, period)]
        if not dashes:
            return
        thick = max(1, int(round(width * self.scale)))
        patch = self._drawn(dashes, thick + 1, lambda plane, lines: cv2.polylines(plane, lines, False, 255, thick, cv2.LINE_AA, SUBPIXEL))
        self.colour(panel, patch * alpha, colour)
        self.height[panel][patch.window] += 0.04 * patch.values

    def colour(self, panel, patch, rgb):
        """Paint a shape. rgb: linear (3,)."""
        self._paint(self.paint[panel], patch, rgb)

    def colour_inside(self, patch, rgb):
        """Paint a shape on the inside of the back."""
        self._paint(self.inside, patch, rgb)

    @staticmethod
    def _paint(plane, patch, rgb):
        alpha = patch.values[..., None]
        window = plane[patch.window]
        window *= 1 - alpha
        window += alpha * np.append(np.asarray(rgb, np.float32), np.float32(1))

    def polish(self, panel, patch, amount=0.8):
        """Make a shape shine like metal."""
        window = self.metal[panel][patch.window]
        np.maximum(window, patch.values * amount, out=window)

    def button(self, panel, centre, radius, rgb, metal=0.0):
        """A button: four holes, or a metal stud. radius: cm."""
        rim = self.mask(circle(centre, radius))
        self.mark(panel, rim, Region.PLACKET)
        self.colour(panel, rim, rgb)
        self.lift(panel, rim, 0.16, 0.1, 0.6)
        dip = self.mask(circle(centre, radius * 0.62))
        self.height[panel][dip.window] -= 0.05 * dip.values
        if metal:
            self.polish(panel, rim, metal)
            return
        for across in (-0.3, 0.3):
            for up in (-0.3, 0.3):
                hole = self.mask(circle(np.asarray(centre) + np.array([across, up]) * radius, radius * 0.16, 8))
                self.colour(panel, hole * 0.8, np.asarray(rgb) * 0.25)
