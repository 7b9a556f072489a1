"""A design and a camera -> a photo, its mask and its part map."""

import inspect
from dataclasses import dataclass

import numpy as np

from catalog.studio.backdrop import Background, random_background
from catalog.studio.camera import Camera, random_camera
from catalog.studio.develop import develop
from catalog.studio.fabrics import Fabric
from catalog.studio.light import Light, random_light
from catalog.studio.mesh import BACK, FRONT, PART
from catalog.studio.palette import linear
from catalog.studio.raster import Model, freeze, rasterise
from catalog.studio.regions import BACKGROUND
from catalog.studio.shade import cloth_of, lamps_of, shade
from catalog.studio.surface import BLANK, drawings_of, locate, surface_of

__all__ = ["Background", "Camera", "Fabric", "Light", "Model", "Picture", "freeze", "random_background", "random_camera", "random_light",
           "render"]

SAMPLES = 2         # per pixel and axis
WORN = "#d5dfe9"    # what faded cloth fades to


@dataclass
class Picture:
    """A photo and its truth.

    rgb uint8 (h, w, 3); mask float32 (h, w), coverage 0..1; parts uint8 (h, w), Region, or 255 where the mask is below a half.
    """

    rgb: np.ndarray
    mask: np.ndarray
    parts: np.ndarray


def render(model, design, size=(480, 640), camera=None, light=Light(), background=Background(), seed=0, samples=SAMPLES):
    """Photograph a design.

    model: of `freeze(design.garment)`. size: (width, height) pixels. camera: None takes the design's own, or the usual one. seed: of the
    folds and the film noise. samples: per pixel and axis. Returns a Picture; the same arguments give the same picture.
    """
    camera = camera or design.camera or Camera()
    width, height = size[0] * samples, size[1] * samples
    flat, scale = camera.project(model.points, width, height)
    triangle, weight = rasterise(flat, model.triangles, height, width)
    triangle, weight = triangle.ravel(), weight.reshape(-1, 2)
    surface = surface_of(model, design.fabric, light, camera.turn())
    front, back = drawings_of(design.layers, design.garment.grain)
    at = np.flatnonzero(triangle >= 0)
    u, v, region, outside, panel = locate(at, triangle, weight, surface, front, back)
    on_panel = panel != PART
    grain_u, grain_v = u.copy(), v.copy()
    grain_u[on_panel], grain_v[on_panel] = design.garment.grain(u[on_panel], v[on_panel], region[on_panel])
    albedo = _albedo(design, u, v, grain_u, grain_v, region, outside, on_panel, 1 / scale)
    canvas, regions = np.empty((height * width, 3), np.float32), np.full(height * width, BACKGROUND, np.uint8)
    regions[at] = region
    cloth, lamps = cloth_of(design.fabric, 1 / scale, seed), lamps_of(light, camera.turn())
    for wanted, drawing in ((FRONT, front), (BACK, back), (PART, BLANK)):
        shade(wanted, at, triangle, weight, surface, drawing, cloth, lamps, albedo, u, v, grain_u, grain_v, region, outside, panel, canvas)
    shape = (height, width)
    covered = triangle.reshape(shape) >= 0
    return Picture(*develop(canvas.reshape(*shape, 3), regions.reshape(shape), covered, light, background, samples, seed))


def _albedo(design, u, v, grain_u, grain_v, region, outside, on_panel, pixel):
    """Colour of the cloth at each sample: linear RGB float32 (n, 3)."""
    albedo = np.empty((len(u), 3), np.float32)
    own = [one for one in np.unique(region) if one in design.prints]
    for choose, printed in [(region == one, design.prints[one]) for one in own] + [(~np.isin(region, own), design.prints.get(None))]:
        if choose.any():
            albedo[choose] = _printed(printed, grain_u[choose], grain_v[choose], pixel)
    if design.fade is not None:
        worn = on_panel & outside
        amount = np.asarray(design.fade(u[worn], v[worn]), np.float32)[:, None]
        albedo[worn] += (linear(WORN) - albedo[worn]) * amount
    if design.fabric.lining is not None:
        albedo[~outside] = linear(design.fabric.lining)
    return albedo


def _printed(printed, u, v, pixel):
    """Ask a print; those that take a third argument are told the size of a sample in cm."""
    return printed(u, v, pixel) if len(inspect.signature(printed).parameters) > 2 else printed(u, v)
