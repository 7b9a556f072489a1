"""The cut of everything with shoulders: bodice, set-in sleeves, ribs and cuffs, and how it is draped."""

from dataclasses import dataclass, field, replace

import numpy as np

from catalog.studio.bodice import ACROSS, ALONG, NECK_HEIGHT, Draft
from catalog.studio.body import Mannequin
from catalog.studio.cloth import Cloth, Drape, laid, started
from catalog.studio.curves import both_sides, line
from catalog.studio.garment import Garment, Grain
from catalog.studio.layers import PanelLayers
from catalog.studio.mesh import BACK, FRONT, sew
from catalog.studio.regions import Region

CUT_ANGLE = 56.0                    # degrees the arms stand away while the cloth falls
SWING_STEPS = 24                    # few enough degrees each that no arm overtakes its sleeve


@dataclass(frozen=True)
class Sleeve:
    """A set-in sleeve, flat: lengths in cm, widths are half of what goes round the arm."""

    length: float = 57.0            # from the shoulder
    width: float = 14.0             # at its end
    bicep: float | None = None      # at the armhole; None: from the garment's ease
    puff: float = 0.0               # extra height and width of the head
    cuff: float = 0.0               # height of the cuff
    cuff_pull: float = 0.8          # width of the cuff, as a factor
    fill: float = 0.80              # how much of the sleeve the arm inside fills


@dataclass(frozen=True)
class Top:
    """A garment with shoulders. Heights are above the ground, widths are half of the front, all in cm."""

    gender: str
    neckline: str = "crew neck"     # crew neck, v-neck, scoop neck, boat neck, square neck
    neck_depth: float = 8.5
    neck_width: float = 8.3
    back_neck_depth: float = 2.0
    sleeve: Sleeve | None = field(default_factory=Sleeve)
    strap: float | None = None      # where a sleeveless shoulder ends; None: near the shoulder's end
    ease: float = 6.5               # beyond the body at the armpit
    armpit: float | None = None
    drop: float = 0.0               # the shoulder seam falls down the arm
    waist_in: float = 0.0
    hem: float = 78.0
    hem_width: float = 24.0
    tail: float = 0.0               # a curved hem, lower in the middle
    cutaway: float = 0.0            # a front that rounds away to the opening
    rib: float = 0.0                # height of a knitted hem
    rib_pull: float = 0.86
    pose: str = "worn"              # or "flat"
    arm_angle: float = 14.0         # degrees from vertical, at the end
    cloth: Cloth = field(default_factory=lambda: Cloth(pressure=120.0))
    spacing: float = 1.35
    legs: bool = True
    seed: int = 0


def laid_flat(top, rng, bending=None):
    """The same garment to be laid on a table, arms at an easy angle. bending: compliance, where the worn one folds too little."""
    cloth = replace(top.cloth, pressure=4.0, friction=0.3, steps=700, bending=bending or top.cloth.bending)
    short = top.sleeve is not None and top.sleeve.length < 35
    return replace(top, pose="flat", arm_angle=rng.uniform(48, 58) if short else rng.uniform(20, 29), cloth=cloth)


def cut_top(top, skirt=None):
    """Cut, sew and drape a garment with shoulders.

    top: Top. skirt: what hangs from its waist (skirts.Skirt), or None. Returns a Garment with marks:
    neck, back_neck, side, hem_curve, front_hem (n, 2) right halves; neck_point, shoulder, armpit (2,);
    hem, tail, hem_width, half_width (cm);
    with sleeves also sleeve_origin, along, across, cuff_outer, cuff_inner (2,), sleeve_length.
    """
    draft = Draft(top, skirt)
    flat = top.pose == "flat"
    mesh = sew(draft.pieces(np.radians(top.arm_angle if flat else CUT_ANGLE)), top.spacing, top.seed)
    if top.sleeve:
        mesh.welds = _sleeve_welds(mesh)
    body = Mannequin(top.gender, top.legs)
    _drape(top, draft, mesh, None if flat else body, np.random.default_rng(top.seed))
    garment = Garment(mesh, PanelLayers(mesh.uv), grain=_grain(draft), marks=_marks(draft), body=body)
    _draw_seams(draft, garment.layers)
    return garment


def _sleeve_welds(mesh):
    """Pairs of vertices along each armhole and sleeve head, under the arm up to the shoulder."""
    pairs = []
    for piece, right in ((1, True), (2, False)):
        for panel in (FRONT, BACK):
            head = list(mesh.loops[(piece, panel, "cap")]) + [mesh.loops[(piece, panel, "outline")][0]]
            both, outline = mesh.loops[(0, panel, "armhole")], mesh.loops[(0, panel, "outline")]
            hole = both[:len(both) // 2] if right else both[len(both) // 2:]
            hole = list(hole) + [outline[(outline.index(hole[-1]) + 1) % len(outline)]]
            pairs += zip(head, hole[::-1] if right else hole)
    return np.array(pairs, np.int32)


def _drape(top, draft, mesh, body, rng):
    if body is None:
        drape = Drape(mesh, top.cloth, None, laid(mesh, rng), draft.shape, top.seed)
        drape.run(0.5, gravity=0.05, stiffer=2)
        drape.run(0.5, gravity=0.3, damping=0.96)
        return drape.rest()
    radii = _arm_radii(top, draft)
    body.pose(CUT_ANGLE if top.sleeve else 45, radii)
    points = started(mesh, body, rng)
    if draft.skirt:
        points = draft.skirt.start(mesh, points, rng)
    drape = Drape(mesh, top.cloth, body, points, draft.shape, top.seed)
    if draft.skirt:
        draft.skirt.hold(drape)
    drape.run(1 / 3, gravity=0.35, stiffer=4, damping=0.97, friction=max(top.cloth.friction, 0.5))
    at_neck = (np.abs(np.abs(mesh.start[:, 0]) - top.neck_width - 0.6) < 2.6) & (np.abs(mesh.start[:, 1] - NECK_HEIGHT + 0.3) < 2.6)
    drape.pin(at_neck & (mesh.piece == 0))
    start, end = body.arm_angle, top.arm_angle if top.sleeve else 30
    for step in range(SWING_STEPS):
        body.pose(start + (end - start) * (step + 1) / SWING_STEPS, radii)
        drape.run(2 / 3 / SWING_STEPS)
    drape.speed *= 0.3
    drape.run(1 / 3, damping=0.95)
    return drape.rest()


def _arm_radii(top, draft):
    """An arm that fills the sleeve, so that it hangs round: shoulder, elbow, wrist."""
    if not top.sleeve:
        return None
    end = top.sleeve.width * (top.sleeve.cuff_pull if top.sleeve.cuff else 1.0)
    wrist = end + (draft.bicep - end) * max(0, (draft.sleeve_length - 57) / 57) if top.sleeve.length > 40 else top.sleeve.width * 0.8
    shoulder, wrist = (top.sleeve.fill * 2 * half / (2 * np.pi) for half in (draft.bicep, wrist))
    limit = 5.2 if top.gender == "women" else 6.0
    return min(shoulder, limit), min((shoulder * 0.45 + wrist * 0.55) * 1.02, limit), max(2.2, min(wrist * 0.95, limit))


def _grain(draft):
    grain = Grain(stretch=draft.skirt.stretch if draft.skirt else None)
    if draft.top.sleeve:
        grain.sleeve_origin, grain.sleeve_along, grain.sleeve_across = draft.origin, ALONG, ACROSS
    return grain


def _marks(draft):
    top = draft.top
    marks = dict(neck=draft.neck, back_neck=draft.back_neck, side=draft.side, hem_curve=draft.hem, front_hem=draft.front_hem,
                 neck_point=draft.neck_point, shoulder=draft.shoulder, armpit=draft.armpit, hem=top.hem, tail=top.tail,
                 hem_width=top.hem_width, half_width=draft.armpit[0], top=top)
    if top.sleeve:
        ends = draft.sleeve_points([(draft.sleeve_length, 0), (draft.sleeve_length, -top.sleeve.width)])
        marks |= dict(sleeve_origin=draft.origin, along=ALONG, across=ACROSS, cuff_outer=ends[0], cuff_inner=ends[1],
                      sleeve_length=draft.sleeve_length)
    return marks


def _draw_seams(draft, layers):
    """Regions of sleeves, cuffs and ribs; seams and hems."""
    top = draft.top
    for panel in (FRONT, BACK):
        if top.sleeve:
            for side in (1, -1):
                _draw_sleeve(draft, layers, panel, side)
        if top.rib:
            wide, edge = draft.shoulder[0] + 35, top.hem + top.rib
            layers.mark(panel, layers.mask([(-wide, edge), (wide, edge), (wide, top.hem - 20), (-wide, top.hem - 20)]), Region.RIB)
            layers.groove(panel, line((-wide, edge), (wide, edge)), 0.2, 0.1, 0.3)
        else:
            hem = draft.front_hem if panel == FRONT else draft.hem
            layers.groove(panel, both_sides(hem[::-1]) + [0, 2.2], 0.12, 0.06, 0.18)


def _draw_sleeve(draft, layers, panel, side):
    sleeve, flip = draft.top.sleeve, [side, 1]
    outline = np.vstack([edge.points for edge in draft.sleeve_edges(1)]) * flip
    layers.mark(panel, layers.mask(outline) | layers.stroke(outline, 3, closed=True), Region.SLEEVE)
    for seam in (draft.armhole, draft.sleeve_points(draft.cap)):
        layers.groove(panel, seam * flip, 0.3, 0.1, 0.3)
    band = sleeve.cuff or 2.2
    at = draft.sleeve_length - band
    across = draft.sleeve_points([(at, 2.0), (at, -sleeve.width - 2.0)]) * flip
    if sleeve.cuff:
        end = draft.sleeve_length + 3
        layers.mark(panel, layers.mask(draft.sleeve_points([(at, 3), (at, -sleeve.width - 3), (end, -sleeve.width - 3), (end, 3)]) * flip),
                    Region.CUFF)
        layers.groove(panel, across, 0.2, 0.1, 0.3)
    else:
        layers.groove(panel, across, 0.12, 0.06, 0.18)
