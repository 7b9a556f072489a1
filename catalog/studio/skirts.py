"""The cut of skirts, alone or below the waist of a dress: laid on a fluted form, then left to settle."""

from dataclasses import dataclass, field

import cv2
import numpy as np

from catalog.studio.body import Mannequin
from catalog.studio.cloth import Cloth, Drape
from catalog.studio.curves import curve, line
from catalog.studio.fluted import LEVELS, STEPS, Folds, Form, Waves
from catalog.studio.garment import Garment, Grain
from catalog.studio.layers import PanelLayers
from catalog.studio.mesh import BACK, FRONT, SEAM, Edge, Piece, mirrored, sew
from catalog.studio.waist import ellipse_of, rim, share_of

HIP, HIP_WIDTH, HIP_DEPTH = 88.0, 18.4, 12.3        # height and half axes of the hips, cloth included
NARROW = 22.0           # half width of a hem that does not flare


@dataclass(frozen=True)
class Skirt:
    """A skirt: heights above the ground, half widths and half depths, cm.

    waist, waist_girth: height and quarter girth of the top. hem, hem_width, hem_depth: of the ellipse at the hem. bow: how the outline
    runs, 1 a cone, above 1 close to the hips and flared low, below 1 full from the waist. fullness: cloth at the hem as a factor of
    that ellipse; gather: of the ring right below the band. tiers: heights of seams where more cloth is gathered in.
    """

    waist: float = 106.0
    waist_girth: float = 18.2
    hem: float = 62.0
    hem_width: float = 27.0
    hem_depth: float = 18.0
    bow: float = 1.0
    fullness: float = 1.2
    gather: float = 1.0
    band: float = 3.0
    dip: float = 1.2
    ease: float = 0.0               # beyond the hips
    tiers: tuple = ()
    seamed: bool = False            # below a bodice: sewn to it at a waist that stays where it is
    folds: Folds = field(default_factory=Folds)

    @property
    def form(self):
        if "_form" not in self.__dict__:
            object.__setattr__(self, "_form", self._laid_out())
        return self._form

    def _laid_out(self):
        v = np.linspace(self.waist, self.hem, LEVELS)
        down = (self.waist - v) / (self.waist - self.hem)
        wide, deep = ellipse_of(self.waist_girth, Mannequin("women", False), self.waist)
        width, depth = wide + (self.hem_width - wide) * down ** self.bow, deep + (self.hem_depth - deep) * down ** self.bow
        width, depth = self._over_hips(v, width, wide, HIP_WIDTH), self._over_hips(v, depth, deep, HIP_DEPTH)
        top = self.waist - self.band
        below = np.clip((top - v) / (top - self.hem), 0, 1)
        fullness = 1 + (self.gather - 1) * np.clip((top - v) / 2.5, 0, 1) + (self.fullness - self.gather) * below
        seams = [self.waist, *self.tiers, self.hem]
        if self.tiers:
            fullness = self._tiered(v, seams)
            waves = [(Waves(Folds(self.folds.count + 4 * number, "soft", self.folds.uneven, 0.3, self.folds.seed + number)), upper, lower)
                     for number, (upper, lower) in enumerate(zip(seams, seams[1:]))]
        else:
            waves = Waves(self.folds)
        return Form(v, width, depth, np.maximum(fullness, 1.0), waves, self.waist)

    def _over_hips(self, v, outline, at_waist, at_hips):
        """The outline kept outside the hips, joined softly."""
        down = np.sin(np.pi / 2 * np.clip((self.waist - v) / (self.waist - HIP), 0, 1))
        hips = at_waist + (at_hips + self.ease - at_waist) * down - 0.12 * np.clip(HIP - 6 - v, 0, None)
        if self.hem_width <= NARROW:
            return np.maximum(hips, outline)
        return hips + np.hypot(np.maximum(outline - hips, 0), 1.0) - 1.0

    def _tiered(self, v, seams):
        fullness = np.ones(len(v))
        for number, (upper, lower) in enumerate(zip(seams, seams[1:])):
            inside = (v <= upper) & (v >= lower)
            share = (upper - v) / (upper - lower)
            most = self.gather + (self.fullness - self.gather) * (number + 1) / (len(seams) - 1)
            fullness[inside] = (1 + (most - 1) * (0.55 + 0.45 * share) * np.clip((upper - v) / 4 + 0.25, 0, 1))[inside]
        return fullness

    def outline(self, armpit):
        """Side seam from the armpit (2,), or from the waist (None), down to the hem; and the hem to the centre. Each (n, 2)."""
        form = self.form
        side = np.stack([form.ellipse, form.v], axis=1)
        if armpit is not None:
            bodice = curve(armpit, ((armpit[0] + side[0, 0]) / 2 - 0.4, (armpit[1] + self.waist) / 2), side[0])
            side = np.vstack([bodice[:-1], side])
        return side, line((form.ellipse[-1], self.hem), (0, self.hem))

    def shape(self, middle, direction):
        return self.form.shape(middle, direction)

    def stretch(self, v):
        """Cloth per width of the panel for the print: even within a tier and from the gathers on, so that a print is not sheared there."""
        v, seams = np.asarray(v, float), [self.waist - self.band, *self.tiers]
        if not self.tiers and self.gather <= 1.02:
            return self.form.stretch(v)
        if not self.tiers:
            return np.where(v > seams[0], 1.0, self.form.stretch(np.minimum(v, seams[0] - 3.5)))
        tiers = [float(np.mean(self.form.stretch(np.linspace(upper, lower, 12)))) for upper, lower in zip(seams, [*self.tiers, self.hem])]
        return np.select([v > seam for seam in seams], [1.0, *tiers[:-1]], tiers[-1])

    def laid(self, mesh, rng):
        """Every vertex on the form, slightly disordered: (n, 3)."""
        points = self.form.at(share_of(mesh, self.form.width), mesh.uv[:, 1])
        return points + rng.normal(0, 0.05, points.shape)

    def start(self, mesh, points, rng):
        """Vertices below the waist laid on the form. points (n, 3): where the rest starts."""
        laid = self.laid(mesh, rng)
        skirt = np.clip((self.waist + 1.5 - mesh.uv[:, 1]) / 3, 0, 1)[:, None] * (mesh.piece == 0)[:, None]
        return points + (laid - points) * skirt

    def remember(self, drape):
        """Let the cloth below the waist keep the folds that it lies in: its rest shape in bending is where it starts."""
        first, second = drape.held.bends.T
        below = (drape.mesh.uv[drape.held.bends, 1].max(axis=1) < self.waist) & (drape.mesh.piece[first] == 0)
        lying = np.linalg.norm(drape.points[first] - drape.points[second], axis=1)
        drape.held.bend_rest = np.where(below, lying, drape.held.bend_rest)

    def hold(self, drape):
        """Keep the folds, and a waist with a seam where it is, while a dress settles."""
        self.remember(drape)
        mesh = drape.mesh
        drape.inflated = np.ascontiguousarray(mesh.triangles[mesh.piece[mesh.triangles[:, 0]] != 0])     # sleeves only: a skirt would open
        if self.seamed:
            at_waist = (np.abs(mesh.uv[:, 1] - self.waist) < 0.8) & (mesh.piece == 0)
            drape.pin(at_waist, self.form.at(share_of(mesh, self.form.width), mesh.uv[:, 1])[at_waist])


def cut_skirt(skirt, cloth=Cloth(bending=5e-6, damping=0.988, friction=0.1, steps=320), spacing=1.4, seed=0):
    """Cut, sew and drape a skirt of its own.

    Returns a Garment with marks: skirt, waist, band, hem (v), side, hem_curve (n, 2), share (u, v) -> share of the ring.
    """
    side, hem = skirt.outline(None)
    half = [Edge("waist", line((0, skirt.waist), side[0])), Edge(SEAM, side), Edge("hem", hem)]
    outline = mirrored(half)
    mesh = sew([Piece(outline, outline)], spacing, seed)
    body = Mannequin("women", False)
    rng = np.random.default_rng(seed)
    points = skirt.laid(mesh, rng)
    share = share_of(mesh, skirt.form.width)
    top = mesh.uv[:, 1] > skirt.waist - skirt.band
    points[:, 2] -= skirt.dip * (0.5 + 0.5 * np.cos(2 * np.pi * share)) * np.clip((mesh.uv[:, 1] - HIP) / (skirt.waist - HIP), 0, 1)
    mesh.start = mesh.uv.copy()
    drape = Drape(mesh, cloth, body, points, skirt.shape, seed)
    skirt.remember(drape)
    drape.pin(top)
    drape.run(1.0)
    drape.rest(1)
    garment = Garment(mesh, PanelLayers(mesh.uv), [rim(mesh)], Grain(stretch=skirt.stretch),
                      dict(skirt=skirt, waist=skirt.waist, band=skirt.band, hem=skirt.hem, side=side, hem_curve=hem,
                           waist_width=float(side[0, 0]), rise=74.0), body)
    draw_hem(garment.layers, skirt)
    return garment


def draw_hem(layers, skirt, height=2.2):
    wide = skirt.form.ellipse[-1] + 3
    for panel in (FRONT, BACK):
        layers.groove(panel, line((-wide, skirt.hem + height), (wide, skirt.hem + height)), 0.12, 0.05, 0.16)


def draw_pleats(layers, skirt, height=0.9, dark=0.16):
    """Pressed pleats, each lying over the next: relief that rises to every edge and falls off behind it."""
    creases, u, v = pleat_edges(skirt), *layers.coordinates()
    across = np.clip(u / np.maximum(skirt.form.width(v), 1.0), -1, 1) / 4
    within = np.clip((skirt.waist - skirt.band - v) / 1.5, 0, 1)
    for panel, share in ((FRONT, across), (BACK, 0.5 - across)):
        place = np.interp(share % 1, np.r_[creases[-1] - 1, creases, creases[0] + 1], np.arange(-1, len(creases) + 1)) % 1
        if skirt.folds.kind == "knife":
            raised, shadow = place, np.exp(-place / 0.10)
        else:                                               # box: two edges a pleat, the space between them raised
            between = np.searchsorted(creases, share % 1) % 2 == 1
            edge = np.minimum(place, 1 - place)
            raised, shadow = between * np.clip(edge / 0.03, 0, 1), ~between * np.exp(-edge / 0.12)
        layers.height[panel] += cv2.GaussianBlur((height * raised * within).astype(np.float32), (0, 0), 1.2)
        layers.shade[panel] *= cv2.GaussianBlur((1 - dark * shadow * within).astype(np.float32), (0, 0), 1.0)


def pleat_edges(skirt):
    """Shares of cloth at which the pleats' edges lie: the waves are laid out on the ellipse, the cloth on the folded ring."""
    form, share = skirt.form, np.linspace(0, 1, STEPS + 1)
    waves = Waves(skirt.folds)
    ring = form.rings[-1]
    angle = np.unwrap(np.arctan2(ring[:, 0] / skirt.hem_width, ring[:, 1] / skirt.hem_depth)) / (2 * np.pi)
    ellipse = np.linspace(0, 2 * np.pi, 721)
    along = np.r_[0, np.cumsum(np.hypot(np.diff(skirt.hem_width * np.sin(ellipse)), np.diff(skirt.hem_depth * np.cos(ellipse))))]
    return np.sort(np.interp(np.interp(waves.creases(), along / along[-1], ellipse / (2 * np.pi)), angle, share))


def draw_gathers(layers, skirt, top, long, apart, rng, depth=0.22, dark=0.30):
    """Fine folds that run down from a gathered seam. top: v of the seam. long: cm of the longest. apart: cm between them, on the panel."""
    half = float(skirt.form.width(top))
    for panel in (FRONT, BACK):
        for u in np.arange(-half, half, apart):
            u, reach = u + rng.uniform(-0.4, 0.4) * apart, long * rng.uniform(0.25, 1.0)
            slope = u / half * (float(skirt.form.width(top - reach)) - half)
            for share, strength in ((1.0, 0.35), (0.65, 0.35), (0.35, 0.3)):
                path = line((u, top), (u + slope * share + rng.normal(0, 0.15), top - reach * share))
                layers.groove(panel, path, 0.22, depth * strength, dark * strength)


def draw_seams(layers, skirt, rng):
    """The seams between tiers, with their gathers."""
    wide = skirt.form.ellipse.max() + 3
    for seam in skirt.tiers:
        for panel in (FRONT, BACK):
            layers.groove(panel, line((-wide, seam), (wide, seam)), 0.25, 0.15, 0.35)
        draw_gathers(layers, skirt, seam, 9.0, 1.9, rng)
