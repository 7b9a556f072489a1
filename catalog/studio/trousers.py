"""The cut of everything with two legs: laid round a mannequin's legs, hung from a waistband, left to settle."""

from dataclasses import dataclass, field

import numpy as np

from catalog.studio.body import Mannequin
from catalog.studio.cloth import Cloth, Drape, laid
from catalog.studio.curves import curve, line
from catalog.studio.fluted import quarter
from catalog.studio.garment import Garment
from catalog.studio.layers import PanelLayers
from catalog.studio.mesh import BACK, FRONT, SEAM, Edge, Piece, mirrored, sew
from catalog.studio.regions import Region
from catalog.studio.waist import ellipse_of, rim, ring_points, share_of

KNEE = 46.0
HIP = 91.0
GRAVITY_SHARE = 0.4                 # long legs would stretch under their whole weight: the solver takes few steps


@dataclass(frozen=True)
class Trousers:
    """Trousers or shorts. Heights are above the ground; widths of legs are half of what goes round one; all in cm.

    rise: height of the crotch. hip: quarter girth at the hips. thigh, knee, leg: widths right below the crotch, at the knee, at the hem.
    stack: cm of leg that pile up on the shoe. cuff, cuff_pull: height of a ribbed end and its factor of width. crease: how far a pressed
    crease stands out. elastic: the waist is gathered by this share.
    """

    gender: str
    waist: float = 104.0
    rise: float = 74.0
    hem: float = 8.0
    hip: float = 24.4
    thigh: float = 25.4
    knee: float = 21.0
    leg: float = 19.0
    band: float = 3.8
    dip: float = 1.4
    stance: float = 9.6             # half distance of the feet
    spread: float = 1.0             # how far the flat legs lean outwards
    ease: float = 0.05              # more cloth round the upper thigh than the panel shows
    stack: float = 0.0
    cuff: float = 0.0
    cuff_pull: float = 0.7
    crease: float = 0.0
    elastic: float = 0.0
    pose: str = "worn"              # or "flat"
    cloth: Cloth = field(default_factory=lambda: Cloth(bending=2e-6, friction=0.2, damping=0.985, steps=520))
    spacing: float = 1.35
    seed: int = 0


class _Draft:
    """The pattern: outer and inner leg of the right half, and where each point of it starts out."""

    def __init__(self, cut):
        self.cut = cut
        self.body = Mannequin(cut.gender, True, cut.stance)
        wide, deep = self.body.ring(cut.waist - cut.band / 2)
        self.waist_width = quarter(wide, deep) + 0.4
        self.long = cut.hem < KNEE - 6
        self.outer, self.inner = self._outlines()

    def middle(self, v):
        """x and y of the leg's axis at heights v."""
        heights, stance = [8.0, KNEE, 84.0], self.cut.stance
        return np.interp(v, heights, [stance, (8.6 + stance) / 2, 8.6]), np.interp(v, heights, [-1.0, 1.0, 0.0])

    def _outlines(self):
        cut = self.cut
        hips = [(self.waist_width, cut.waist), (self.waist_width + (cut.hip - self.waist_width) * 0.66, (cut.waist + HIP) / 2 + 1.5),
                (cut.hip, HIP)]
        self.centre = 0.5 + cut.thigh / 2
        knots = [(cut.rise - 3, cut.thigh), *([(KNEE, cut.knee)] if self.long else []), (cut.hem, cut.leg)]
        centre = np.interp([height for height, _ in knots], [8.0, cut.rise - 3], [self.centre + self.cut.spread, self.centre])
        outer = curve(*hips, *[(c + width / 2, height) for c, (height, width) in zip(centre, knots)])
        inner = curve(*[(c - width / 2, height) for c, (height, width) in list(zip(centre, knots))[::-1]], (0, cut.rise))
        inner[:, 0] = np.maximum(inner[:, 0], np.minimum(0.25, (cut.rise - inner[:, 1]) * 0.2))     # never across the centre line
        return outer, inner

    def width(self, v):
        """From the centre line, or below the crotch from the inner leg, to the outer leg: left and right end at heights v."""
        right = np.interp(-v, -self.outer[:, 1], self.outer[:, 0])
        left = np.where(v < self.cut.rise, np.interp(v, self.inner[:, 1], self.inner[:, 0]), 0.0)
        return left, right

    def piece(self):
        cut = self.cut
        half = [Edge("waist", line((0, cut.waist), (self.waist_width, cut.waist))), Edge(SEAM, self.outer),
                Edge("hem", line(self.outer[-1], self.inner[0])), Edge(SEAM, self.inner)]
        return Piece(mirrored(half), mirrored(half))

    def shape(self, middle, direction):
        """Rest lengths as factors: as cut, evenly long all round the leg, more cloth at the crotch; elastic and cuffs pull in."""
        cut = self.cut
        u, v = np.abs(middle[:, 0]), middle[:, 1]
        across, up = np.sign(middle[:, 0]) * direction[:, 0], np.abs(direction[:, 1])
        pull = np.ones(len(v))
        if cut.elastic:
            pull *= 1 - cut.elastic * np.clip(v - (cut.waist - cut.band), 0, 1)
        if cut.cuff:
            pull *= 1 - (1 - cut.cuff_pull) * np.clip((cut.hem + cut.cuff - v) / 1.2, 0, 1)
        if cut.pose == "flat":
            return np.hypot(across * pull, up)
        across = across - self._lean(u, v) * direction[:, 1]
        fork = np.exp(-(u / 7) ** 2) * np.exp(-((v - cut.rise - 3) / 8) ** 2)
        thigh = np.exp(-((v - cut.rise + 6) / 16) ** 2)
        return np.hypot(across * pull * (1 + 0.10 * fork + cut.ease * thigh), up * (1 + 0.30 * fork))

    def _lean(self, u, v):
        """How far sideways the lines run that go down the leg at a constant share of its width: du / dv at (u, v)."""
        (left, right), (left_above, right_above) = self.width(v - 0.5), self.width(v + 0.5)
        share = np.clip((u - left) / (right - left), 0, 1)
        return np.clip((left_above - left) * (1 - share) + (right_above - right) * share, -0.7, 0.7)

    def start(self, mesh, rng):
        """Round the legs and the hips: (n, 3)."""
        cut = self.cut
        u, v = mesh.uv[:, 0], mesh.uv[:, 1]
        side, facing = np.where(u < 0, -1.0, 1.0), np.where(mesh.side == FRONT, 1.0, -1.0)
        left, right = self.width(v)
        t = np.clip((np.abs(u) - left) / (right - left), 0, 1)
        legs = self._leg(t, v, right - left, facing) * np.stack([side, np.ones_like(u), np.ones_like(u)], axis=1)
        hips = self._hips(mesh, v)
        part = np.clip((v - cut.rise + 1.5) / 13, 0, 1)
        part = (part * part * (3 - 2 * part))[:, None]
        points = hips * part + legs * (1 - part)
        points[mesh.seam & (np.abs(u) < 0.01), 1] = 0
        return points + rng.normal(0, 0.06, points.shape)

    def _leg(self, t, v, width, facing):
        cut = self.cut
        x, y = self.middle(v)
        down = np.clip((cut.rise - v) / (cut.rise - cut.hem), 0, 1)
        pull = np.where(v < cut.hem + cut.cuff, cut.cuff_pull, 1.0) if cut.cuff else 1.0
        mean = width * pull * (1 + cut.ease * np.exp(-((v - cut.rise + 6) / 16) ** 2)) / np.pi
        half = np.minimum(mean * (1.04 + (0.0 if cut.stack else 0.08) * down), x - 0.15)
        deep = np.sqrt(np.maximum(2 * mean**2 - half**2, (0.6 * mean) ** 2))
        angle = np.pi * t
        ridge = cut.crease * np.exp(-((t - 0.5) / 0.06) ** 2) * np.clip((cut.waist - 12 - v) / 14, 0, 1)
        points = np.stack([x - half * np.cos(angle), y + facing * (deep * np.sin(angle) + ridge), v], axis=1)
        return self._stacked(points, x, y, angle * facing) if cut.stack else points

    def _stacked(self, points, x, y, angle):
        """The end of the leg pushed up into folds: as if it stood on a shoe."""
        cut = self.cut
        reach = cut.stack * 5
        low = np.clip((cut.hem + reach - points[:, 2]) / reach, 0, 1)
        wave = np.sin(2 * np.pi * (points[:, 2] / 6.2 + 0.18 * np.sin(angle + cut.seed) + 0.1 * np.sin(2 * angle + 2 * cut.seed)))
        out = np.stack([points[:, 0] - x, points[:, 1] - y], axis=1)
        out /= np.linalg.norm(out, axis=1, keepdims=True) + 1e-9
        points[:, :2] += out * (wave * 0.6 * low ** 0.7 - 0.7 * low ** 4)[:, None]
        points[:, 2] += cut.stack * low ** 2
        return points

    def _hips(self, mesh, v):
        share = share_of(mesh, lambda height: self.width(height)[1])
        levels = np.linspace(self.cut.rise - 4, self.cut.waist, 24)
        axes = np.array([ellipse_of(max(self.width(np.array([height]))[1][0], 5.0), self.body, max(height, 78)) for height in levels])
        half_width, half_depth = (np.interp(v, levels, axis) for axis in axes.T)
        return ring_points(share, v, half_width, half_depth)


def cut_trousers(cut):
    """Cut, sew and drape trousers or shorts.

    Returns a Garment with marks: trousers, waist, band, hem, rise (v), waist_width, outer, inner (n, 2) of the right leg, crease (n, 2).
    """
    draft = _Draft(cut)
    mesh = sew([draft.piece()], cut.spacing, cut.seed)
    rng = np.random.default_rng(cut.seed)
    garment = Garment(mesh, PanelLayers(mesh.uv), marks=_marks(draft), body=draft.body)
    if cut.pose == "flat":
        drape = Drape(mesh, cut.cloth, None, laid(mesh, rng), draft.shape, cut.seed)
        drape.run(0.5, gravity=0.05, stiffer=2)
        drape.run(0.6, gravity=0.3, damping=0.96)
        drape.rest()
    else:
        _hang(draft, mesh, rng)
        garment.parts.append(rim(mesh))
    _draw_seams(draft, garment.layers)
    return garment


def _hang(draft, mesh, rng):
    cut = draft.cut
    points = draft.start(mesh, rng)
    share = share_of(mesh, lambda height: draft.width(height)[1])
    points[:, 2] -= cut.dip * (0.5 + 0.5 * np.cos(2 * np.pi * share)) * np.clip((mesh.uv[:, 1] - HIP) / (cut.waist - HIP), 0, 1)
    drape = Drape(mesh, cut.cloth, draft.body, points, draft.shape, cut.seed)
    drape.pin(mesh.uv[:, 1] > cut.waist - cut.band)
    drape.run(0.25, gravity=0.2, stiffer=3, damping=0.95)
    if cut.stack:
        ends = mesh.loop("hem")
        drape.pin(ends, drape.points[ends])
    drape.run(0.75, gravity=GRAVITY_SHARE)
    drape.rest(1)


def _marks(draft):
    cut = draft.cut
    left, right = draft.width(draft.outer[:, 1])
    crease = np.stack([(left + right) / 2, draft.outer[:, 1]], axis=1)
    return dict(trousers=cut, waist=cut.waist, band=cut.band, hem=cut.hem, rise=cut.rise, waist_width=draft.waist_width, outer=draft.outer,
                inner=draft.inner, crease=crease[crease[:, 1] < cut.waist - 14])


def _draw_seams(draft, layers):
    """The seam up the centre, hems or cuffs."""
    cut = draft.cut
    for panel in (FRONT, BACK):
        layers.groove(panel, line((0, cut.waist - cut.band), (0, cut.rise - 1)), 0.2, 0.1, 0.3)
        for side in (-1, 1):
            outer, inner = draft.outer[-1] * [side, 1], draft.inner[0] * [side, 1]
            edge = cut.hem + (cut.cuff or (2.0 if draft.long else 2.6))
            outer, inner = np.array([outer[0] + 4 * side, edge]), np.array([inner[0] - 0.6 * side, edge])
            if cut.cuff:
                layers.mark(panel, layers.mask([outer, inner, inner - [0, cut.cuff + 3], outer - [0, cut.cuff + 3]]), Region.CUFF)
                layers.groove(panel, line(outer, inner), 0.22, 0.1, 0.3)
            else:
                layers.groove(panel, line(outer, inner), 0.12, 0.06, 0.18)
