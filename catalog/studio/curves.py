"""Plane curves: arrays (n, 2) of centimetres."""

import numpy as np


def curve(*points, steps=24):
    """A smooth curve through points (Catmull-Rom).

    points: (x, y) pairs, or one array (k, 2). steps: points per span.
    Returns float64 (n, 2); fewer than three points come back as they are.
    """
    knots = np.asarray(points[0] if len(points) == 1 else points, float)
    if len(knots) < 3:
        return knots
    ends = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    spans = []
    for before, start, stop, after in zip(ends, ends[1:], ends[2:], ends[3:]):
        spans.append(0.5 * (2 * start + (stop - before) * t + (2 * before - 5 * start + 4 * stop - after) * t**2
                            + (3 * start - before - 3 * stop + after) * t**3))
    return np.vstack([*spans, knots[-1:]])


def line(*points):
    """A polyline through points: float64 (n, 2)."""
    return np.asarray(points, float)


def lengths(points):
    """Length from the start to each point: float64 (n,), the first 0."""
    return np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]


def length(points):
    return float(lengths(points)[-1])


def resample(points, spacing=None, count=None):
    """Points at equal distances along a curve, both ends kept. Give the spacing or the number of segments. Returns (n, d)."""
    points = np.asarray(points, float)
    along = lengths(points)
    count = count or max(1, int(round(along[-1] / spacing)))
    at = np.linspace(0, along[-1], count + 1)
    return np.stack([np.interp(at, along, values) for values in points.T], axis=1)


def offset(points, distance):
    """The curve moved sideways, to the left of its direction. distance: cm."""
    points = np.asarray(points, float)
    along = np.gradient(points, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-9
    return points + np.stack([-along[:, 1], along[:, 0]], axis=1) * distance


def flipped(points):
    """Mirrored at the centre line (u -> -u)."""
    return np.asarray(points, float) * [-1, 1]


def both_sides(points):
    """A curve that starts at the centre line, with its mirror image, as one curve from left to right."""
    return np.vstack([flipped(points)[::-1], points])


def circle(centre, radius, steps=32):
    """A circle; radius may be a pair (horizontal, vertical)."""
    angle = np.linspace(0, 2 * np.pi, steps, endpoint=False)
    return np.asarray(centre, float) + np.stack([np.cos(angle), np.sin(angle)], axis=1) * radius


def box(left, top, right, bottom):
    return line((left, top), (right, top), (right, bottom), (left, bottom))


def smoothed(points, width=5, closed=False):
    """A 3-D or 2-D polyline smoothed by a Hann window of `width` points."""
    points = np.asarray(points, float)
    window = np.hanning(width + 2)[1:-1]
    window /= window.sum()
    if closed:
        padded = np.vstack([points[-width - 1:-1], points, points[1:width + 1]])
    else:
        padded = np.pad(points, ((width, width), (0, 0)), mode="edge")
    return np.stack([np.convolve(values, window, "same") for values in padded.T], axis=1)[width:-width]
