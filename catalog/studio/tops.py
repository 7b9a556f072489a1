"""The cut of everything with shoulders: bodice, set-in sleeves, ribs and cuffs, and how it is draped."""

from dataclasses import dataclass, field, replace

import numpy as np

from catalog.studio.body import SHOULDER, Mannequin
from catalog.studio.cloth import Cloth, Drape, laid, started
from catalog.studio.curves import both_sides, curve, length, line
from catalog.studio.garment import Garment, Grain
from catalog.studio.layers import PanelLayers
from catalog.studio.mesh import BACK, FRONT, SEAM, Edge, Piece, mirrored, sew
from catalog.studio.regions import Region

NECK_HEIGHT = 148.3                 # of the points where neck and shoulder meet
CUT_ANGLE = 56.0                    # degrees the arms stand away while the cloth falls
SLEEVE_ANGLE = np.radians(75)       # of the sleeves in panel space: beside the bodice
ALONG = np.array([np.sin(SLEEVE_ANGLE), -np.cos(SLEEVE_ANGLE)])
ACROSS = np.array([-ALONG[1], ALONG[0]])
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
    return replace(top, pose="flat", arm_angle=rng.uniform(16, 32), cloth=cloth)


def neck_curve(kind, width, depth, height=NECK_HEIGHT):
    """The right half of a neckline from the centre up to the shoulder. Returns (n, 2)."""
    if kind == "square neck":
        return line((0, height - depth), (width * 0.96, height - depth), (width, height))
    knots = {
        "v-neck": ((0, 1), (0.46, 0.5), (0.86, 0.1)),
        "boat neck": ((0, 1), (0.6, 0.9), (0.93, 0.35)),
        "scoop neck": ((0, 1), (0.5, 0.92), (0.88, 0.5)),
    }.get(kind, ((0, 1), (0.55, 0.86), (0.93, 0.38)))
    return curve(*[(width * across, height - depth * down) for across, down in knots], (width, height))


class _Draft:
    """The pattern of a Top: every named point and curve of its right half, in panel space."""

    def __init__(self, top, skirt=None):
        self.top, self.skirt = top, skirt
        half, height = SHOULDER[top.gender]
        sleeve = top.sleeve
        self.neck_point = np.array([top.neck_width, NECK_HEIGHT])
        self.shoulder = np.array([half + 1.6 + top.drop, height + 4.0 - top.drop * 0.45])
        armpit = top.armpit or (125.5 if sleeve else 122.5) - max(0, top.ease - 6) * 0.55
        self.armpit = np.array([half + top.ease, armpit])
        self.neck = neck_curve(top.neckline, top.neck_width, top.neck_depth)
        self.back_neck = neck_curve("crew neck", top.neck_width, top.back_neck_depth)
        self.side, self.hem = skirt.outline(self.armpit) if skirt else self._side_and_hem()
        self.front_hem = self._cutaway() if top.cutaway else self.hem
        if sleeve:
            self._armhole()
            self._sleeve(sleeve)
        else:
            self._sleeveless(half)

    def _side_and_hem(self):
        top = self.top
        waist = np.array([(self.armpit[0] + top.hem_width) / 2 - top.waist_in, 107 if top.gender == "women" else 106])
        side = curve(self.armpit, waist, (top.hem_width, top.hem)) if waist[1] > top.hem + 6 else line(self.armpit, (top.hem_width, top.hem))
        if top.tail > 0.5:
            return side, curve((top.hem_width, top.hem), (top.hem_width * 0.6, top.hem - top.tail * 0.75), (0, top.hem - top.tail))
        return side, line((top.hem_width, top.hem), (0, top.hem))

    def _cutaway(self):
        wide, hem, up = self.top.hem_width, self.top.hem, self.top.cutaway
        return curve((wide, hem), (wide * 0.55, hem), (wide * 0.22, hem + up * 0.12), (wide * 0.07, hem + up * 0.5), (0, hem + up))

    def _armhole(self):
        shoulder, armpit = self.shoulder, self.armpit
        self.armhole = curve(shoulder, (shoulder[0] - 2.0, (shoulder[1] + armpit[1]) / 2 + 1.5), (shoulder[0] - 0.8, armpit[1] + 5.5),
                             (armpit[0] - 2.6, armpit[1] + 1.2), armpit)
        self.stitches = max(6, int(round(length(self.armhole) / self.top.spacing)))
        self.shoulder_edges = [Edge(SEAM, curve(self.neck_point, (self.neck_point + shoulder) / 2 + [0, 0.3], shoulder)),
                               Edge("armhole", self.armhole, self.stitches)]

    def _sleeveless(self, half):
        end = np.array([self.top.strap or half - 2.5, 0.0])
        share = (end[0] - self.neck_point[0]) / (self.shoulder[0] - self.neck_point[0])
        end[1] = self.neck_point[1] + (self.shoulder[1] - self.neck_point[1]) * share
        self.armhole = curve(end, (end[0] - 1.5, (end[1] + self.armpit[1]) / 2 - 2), (self.armpit[0] - 3.2, self.armpit[1] + 1.8), self.armpit)
        self.shoulder_edges = [Edge(SEAM, line(self.neck_point, end)), Edge("armhole", self.armhole)]

    def _sleeve(self, sleeve):
        """The sleeve in its own space: along the arm, across it (outer edge 0, inner edge negative)."""
        base = 14.8 if self.top.gender == "women" else 17.0
        bicep = (sleeve.bicep or max(sleeve.width + 0.8, base + (self.top.ease - 6) * 0.35)) + sleeve.puff * 1.2
        self.bicep = bicep

        def cap(height):
            return curve((0, 0), (height * 0.10, -bicep * 0.30), (height * 0.5, -bicep * 0.68), (height * 0.86, -bicep * 0.9), (height, -bicep))

        low, high, wanted = 1.0, 30.0, length(self.armhole) * (1.05 if sleeve.puff > 1.5 else 1.0)
        for _ in range(30):                         # the head is as long as the armhole
            middle = (low + high) / 2
            low, high = (middle, high) if length(cap(middle)) < wanted else (low, middle)
        self.cap = cap(middle)
        self.sleeve_length = long = max(sleeve.length, middle + 4.0)
        width, puff = sleeve.width, sleeve.puff
        waist = -(width * 0.62 + bicep * 0.38) - puff * 0.8
        self.underarm = (curve((long, -width), (middle + (long - middle) * 0.55, waist), (middle, -bicep)) if long - middle > 8
                         else line((long, -width), (middle, -bicep)))
        self.overarm = curve((0, 0), (long * 0.5, 0.4 + puff * 0.5), (long, 0))
        self.origin = np.array([self.shoulder[0] + 15, self.shoulder[1] + 2])

    def sleeve_points(self, points):
        """Sleeve space -> panel space, right sleeve."""
        points = np.asarray(points, float)
        return self.origin + np.outer(points[:, 0], ALONG) + np.outer(points[:, 1], ACROSS)

    def sleeve_edges(self, side):
        """The closed outline of one sleeve. side: 1 right, -1 left."""
        long, width = self.sleeve_length, self.top.sleeve.width
        edges = [(SEAM, self.overarm, None), ("cuff", line((long, 0), (long, -width)), None), (SEAM, self.underarm, None),
                 ("cap", self.cap[::-1], self.stitches)]
        return [Edge(name, self.sleeve_points(points) * [side, 1], count) for name, points, count in edges]

    def placed(self, side, angle):
        """Where a sleeve starts out: panel space -> (x, z), along an arm at an angle in radians from vertical."""
        arm = np.array([np.sin(angle), -np.cos(angle)])
        over = np.array([-arm[1], arm[0]])

        def place(uv):
            local = uv * [side, 1] - self.origin
            return (self.shoulder + np.outer(local @ ALONG, arm) + np.outer(local @ ACROSS, over) + arm) * [side, 1]

        return place

    def pieces(self, angle):
        half = [*self.shoulder_edges, Edge(SEAM, self.side)]
        front = mirrored([Edge("neck", self.neck), *half, Edge("hem", self.front_hem)])
        back = mirrored([Edge("neck", self.back_neck), *half, Edge("hem", self.hem)])
        sleeves = [Piece(edges, edges, self.placed(side, angle)) for side in (1, -1) for edges in [self.sleeve_edges(side)]] if self.top.sleeve else []
        return [Piece(front, back), *sleeves]

    def shape(self, middle, direction):
        """Rest lengths as factors: ribs and cuffs pull in across, a skirt lets out."""
        top, sleeve = self.top, self.top.sleeve
        across, factor = np.abs(direction[:, 0]), np.ones(len(middle))
        if top.rib:
            factor *= 1 - (1 - top.rib_pull) * np.clip((top.hem + top.rib - middle[:, 1]) / 1.5, 0, 1) * across
        if self.skirt:
            factor *= self.skirt.shape(middle, direction)
        if sleeve and sleeve.cuff:
            for side in (-1, 1):
                local = middle * [side, 1] - self.origin
                over = np.abs(direction @ (ACROSS * [side, 1]))
                on_sleeve = (local[:, 0] > -9) & (np.abs(local @ ACROSS) < 40) & (middle[:, 1] > top.hem + 8)
                from_end = self.sleeve_length - local @ ALONG
                pull = (1 - sleeve.cuff_pull) * np.clip((sleeve.cuff - from_end) / 1.2 + 0.5, 0, 1) + 0.07 * np.clip(1 - from_end / 1.8, 0, 1)
                factor *= 1 - pull * on_sleeve * over                    # the last rim a little more, or it flares
        return factor


def cut_top(top, skirt=None):
    """Cut, sew and drape a garment with shoulders.

    top: Top. skirt: what hangs from its waist (skirts.Skirt), or None. Returns a Garment with marks:
    neck, back_neck, side, hem_curve, front_hem (n, 2) right halves; neck_point, shoulder, armpit (2,); hem, tail, hem_width, half_width (cm);
    with sleeves also sleeve_origin, along, across, cuff_outer, cuff_inner (2,), sleeve_length.
    """
    draft = _Draft(top, skirt)
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
