"""A design and a camera -> a photo, its mask and its part map."""

import inspect
from dataclasses import dataclass

import cv2
import numpy as np

from catalog.studio.backdrop import Background, random_background, shadowed
from catalog.studio.fabrics import KINDS, Fabric
from catalog.studio.folds import PUCKER_SIZE, SIZE, VARIANTS, folds, puckers
from catalog.studio.light import Light, random_light, unit
from catalog.studio.palette import linear
from catalog.studio.raster import Model, freeze, rasterise
from catalog.studio.regions import BACKGROUND, Region
from catalog.studio.shade import SEAM_STEP, TURN_SCALE, Cloth, Drawing, Lamps, Surface, irradiance, locate, resolve, shade
from catalog.studio.visibility import DIRECTIONS
from catalog.studio.weaves import weave

__all__ = ["Background", "Camera", "Fabric", "Light", "Model", "Picture", "freeze", "random_background", "random_camera", "random_light",
           "render"]

FRAME = 62.0        # cm of cloth that fill a frame's height, at life size
SAMPLES = 2         # per pixel and axis
FILM_NOISE = 0.006


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
    return Camera(float(yaw), float(rng.uniform(-2, 14)), float(rng.uniform(0.04, 0.14)), False, float(zoom), tuple(map(float, shift)),
                  float(rng.normal(0, 4)))


@dataclass
class Picture:
    """A photo and its truth: rgb uint8 (h, w, 3); mask float32 (h, w), coverage 0..1; parts uint8 (h, w), Region or 255 where mask < 0.5."""

    rgb: np.ndarray
    mask: np.ndarray
    parts: np.ndarray


def render(model, design, size=(480, 640), camera=None, light=Light(), background=Background(), seed=0, samples=SAMPLES):
    """Photograph a design.

    model: of `freeze(design.garment)`. size: (width, height) pixels. camera: None takes the design's own, or the usual one. seed: of the
    folds and the film noise. samples: per pixel and axis. Returns a Picture; the same arguments give the same picture.
    """
    camera = camera or design.camera or Camera()
    width, height = size
    flat, scale = camera.project(model.points, width * samples, height * samples)
    triangle, weight = rasterise(flat, model.triangles, height * samples, width * samples)
    turn = camera.turn()
    surface = _surface(model, turn, light)
    drawing = _drawing(design)
    at = np.flatnonzero(triangle.ravel() >= 0)
    triangle, weight = triangle.ravel(), weight.reshape(-1, 2)
    u, v, region, outside, on_panel = locate(at, triangle, weight, surface, drawing, model.region)
    grain_u, grain_v = u.copy(), v.copy()
    grain_u[on_panel], grain_v[on_panel] = design.garment.grain(u[on_panel], v[on_panel], region[on_panel])
    albedo = _albedo(design, u, v, grain_u, grain_v, region, outside, on_panel, 1 / scale)
    canvas = np.empty((len(triangle), 3), np.float32)
    shade(at, triangle, weight, surface, drawing, _cloth(design.fabric, seed, 1 / scale), _lamps(turn, light), albedo, u, v,
          grain_u, grain_v, region, outside, on_panel, canvas)
    regions = np.full(len(triangle), BACKGROUND, np.uint8)
    regions[at] = region
    shape = (height * samples, width * samples)
    return _developed(canvas.reshape(*shape, 3), regions.reshape(shape), triangle.reshape(shape), light, background, samples, seed)


def _surface(model, turn, light):
    # lights stand with the camera: turn the sky's directions into its frame
    out, inside = irradiance(model, light.radiance(DIRECTIONS @ turn.T))
    return Surface(model.triangles, model.faces @ turn[1].astype(np.float32) > 0, model.panel, model.uv, model.normals, model.tangent_u,
                   model.tangent_v, out, inside)


def _lamps(turn, light):
    view = np.array([0, 1.0, 0])
    halves = [unit(unit(direction) + view) @ turn for direction in (light.key, light.fill, (-0.12, 1.0, 0.25))]
    return Lamps(*(direction.astype(np.float32) for direction in (turn[1], *halves)))


def _drawing(design):
    layers = design.layers
    if layers is None:
        blank, four = np.zeros((2, 2), np.float32), np.zeros((2, 2, 4), np.float32)
        none = np.zeros((2, 2), np.uint8)
        return Drawing(1.0, 0.0, 0.0, (none, none), (blank, blank), (four, four), (blank, blank), (blank, blank), four, (blank, blank),
                       np.zeros((2, 1, 1, 4), np.float32))
    return Drawing(float(layers.scale), float(layers.origin[0]), float(layers.origin[1]), tuple(layers.region), tuple(layers.height),
                   tuple(layers.paint), tuple(layers.shade), tuple(layers.metal), layers.inside,
                   tuple(_near_seam(plane, layers.scale) for plane in layers.shade), _turns(design.garment.grain, layers))


def _near_seam(shade_plane, scale):
    """How close to a seam each cell lies, 0..1: the drawn shadows of seams, spread by about a centimetre."""
    height, width = shade_plane.shape
    cells = (max(2, width // SEAM_STEP), max(2, height // SEAM_STEP))
    small = cv2.resize(shade_plane, cells, interpolation=cv2.INTER_AREA)
    return np.clip(cv2.GaussianBlur(1 - small, (0, 0), 0.45 * scale / SEAM_STEP) * 7, 0, 1).astype(np.float32)


def _turns(grain, layers):
    """Derivatives of the grain by panel coordinates, per cell: float32 (2, rows, columns, 4): du/du, du/dv, dv/du, dv/dv."""
    height, width = layers.region[0].shape
    rows, columns = int(height / layers.scale * TURN_SCALE) + 1, int(width / layers.scale * TURN_SCALE) + 1
    u, v = np.meshgrid(layers.origin[0] + (np.arange(columns) + 0.5) / TURN_SCALE, layers.origin[1] - (np.arange(rows) + 0.5) / TURN_SCALE)
    u, v = u.ravel(), v.ravel()
    x = np.clip(((u - layers.origin[0]) * layers.scale).astype(int), 0, width - 1)
    y = np.clip(((layers.origin[1] - v) * layers.scale).astype(int), 0, height - 1)
    turns, step = [], 0.05
    for plane in layers.region:
        region = plane[y, x]
        here, right, up = grain(u, v, region), grain(u + step, v, region), grain(u, v + step, region)
        turns.append(np.stack([right[0] - here[0], up[0] - here[0], right[1] - here[1], up[1] - here[1]], axis=1) / step)
    return np.array(turns, np.float32).reshape(2, rows, columns, 4)


def _albedo(design, u, v, grain_u, grain_v, region, outside, on_panel, pixel):
    """Colour of the cloth at each sample: linear RGB float32 (n, 3)."""
    albedo = np.empty((len(u), 3), np.float32)
    own = [one for one in np.unique(region) if one in design.prints]
    rest = ~np.isin(region, own)
    for choose, printed in [(region == one, design.prints[one]) for one in own] + [(rest, design.prints.get(None))]:
        if choose.any():
            albedo[choose] = _printed(printed, grain_u[choose], grain_v[choose], pixel)
    if design.fade is not None:
        worn = on_panel & outside
        amount = np.asarray(design.fade(u[worn], v[worn]), np.float32)[:, None]
        albedo[worn] += (linear("#d5dfe9") - albedo[worn]) * amount
    if design.fabric.lining is not None:
        albedo[~outside] = linear(design.fabric.lining)
    return albedo


def _printed(printed, u, v, pixel):
    """Ask a print; those that take a third argument are told the size of a sample in cm."""
    return printed(u, v, pixel) if len(inspect.signature(printed).parameters) > 2 else printed(u, v)


def _cloth(fabric, seed, pixel):
    rng = np.random.default_rng([seed, 7])
    name, fold, pucker, satin, wear = KINDS[fabric.kind]
    ribbed, bare = np.zeros(256, bool), np.zeros(256, bool)
    ribbed[[Region.RIB, Region.CUFF, Region.NECK]] = fabric.ribbed
    bare[[Region.CORD, Region.SOLE, Region.TRIM, Region.LINING]] = True
    rib = weave("rib")
    crumple = fabric.crumple * 1.6
    return Cloth(weave(name).level(pixel), weave(name).size, rib.level(pixel), rib.size, ribbed, bare, folds(fold, int(rng.integers(VARIANTS))),
                 SIZE, puckers(), PUCKER_SIZE, tuple(rng.uniform(0, 84, 2)), float(fabric.relief), crumple, 0.22 * pucker,
                 float(fabric.sheen), float(fabric.specular), float(fabric.gloss), satin, wear)


def _developed(canvas, regions, triangle, light, background, samples, seed):
    rows, columns = triangle.shape[0] // samples, triangle.shape[1] // samples
    mask = cv2.resize((triangle >= 0).astype(np.float32), (columns, rows), interpolation=cv2.INTER_AREA)
    key = unit(light.key)
    backdrop = shadowed(background.paint((columns, rows)), mask, background, (-key[0], key[2] * 0.7 + 0.4))
    grain = np.random.default_rng([seed, 11]).normal(0, FILM_NOISE, (rows, columns)).astype(np.float32)
    gain = (np.asarray(light.cast) * light.exposure).astype(np.float32)
    return Picture(*resolve(canvas, regions, triangle, backdrop.astype(np.float32), samples, gain, grain))
