"""What the studio passes from cut to picture."""

from dataclasses import dataclass, field

import numpy as np

from catalog.studio.layers import PanelLayers
from catalog.studio.mesh import Mesh
from catalog.studio.regions import Region


@dataclass
class Part:
    """A piece made in three dimensions: a collar, a hood, a cord.

    points (n, 3) cm, triangles int32 (m, 3), uv (n, 2) cm along its surface.
    """

    points: np.ndarray
    triangles: np.ndarray
    uv: np.ndarray
    region: Region


@dataclass
class Grain:
    """How the cloth of a garment lies: sleeves run along the arm, flared skirts are wider than their panels.

    sleeve_origin, sleeve_along, sleeve_across: (2,), in panel space, of the right sleeve. stretch: v (n,) -> factor of u, or None.
    """

    sleeve_origin: np.ndarray | None = None
    sleeve_along: np.ndarray | None = None
    sleeve_across: np.ndarray | None = None
    stretch: object = None

    def __call__(self, u, v, region):
        """Panel points -> points on the bolt of cloth. u, v, region: (n,). Returns u, v (n,)."""
        across, along = u.copy(), v.copy()
        if self.stretch is not None:
            across *= self.stretch(v)
        if self.sleeve_along is not None:
            arm = (region == Region.SLEEVE) | (region == Region.CUFF)
            side = np.sign(u[arm])
            local = np.stack([u[arm] * side, v[arm]], axis=1) - self.sleeve_origin
            along[arm] = self.sleeve_origin[1] - local @ self.sleeve_along
            across[arm] = local @ self.sleeve_across * side
        turned = np.isin(region, (Region.LAPEL, Region.COLLAR))         # collars are cut on the slant
        angle = np.sign(u[turned]) * 0.38
        across[turned], along[turned] = (u[turned] * np.cos(angle) - v[turned] * np.sin(angle),
                                         u[turned] * np.sin(angle) + v[turned] * np.cos(angle))
        patch = np.isin(region, (Region.POCKET, Region.PLACKET))        # patterns never match at patched-on pieces
        across[patch] += 0.8
        along[patch] += 1.1
        return across, along


@dataclass
class Garment:
    """The geometry that colourways share: draped cloth, parts, and what is drawn on every one of them.

    layers: None where there are no panels. marks: named points (cm, panel space), lengths and words that trims and recipes read.
    """

    mesh: Mesh
    layers: PanelLayers | None
    parts: list[Part] = field(default_factory=list)
    grain: Grain = field(default_factory=Grain)
    marks: dict = field(default_factory=dict)
    body: object = None


@dataclass
class Design:
    """One product: a garment in its cloth.

    layers: the garment's, drawn further. prints: Region or None (everywhere else) -> print (u, v) (n,) -> linear RGB (n, 3).
    fade: (u, v) -> how worn, (n,) 0..1, or None. truth: what can be said of it. camera: where the usual one does not serve.
    """

    garment: Garment
    layers: PanelLayers | None
    prints: dict
    fabric: object
    truth: object
    fade: object = None
    camera: object = None
