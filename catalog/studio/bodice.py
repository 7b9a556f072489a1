"""The pattern of a garment with shoulders: every named point and curve, in panel space."""

import numpy as np

from catalog.studio.body import SHOULDER
from catalog.studio.curves import curve, length, line
from catalog.studio.mesh import SEAM, Edge, Piece, mirrored

NECK_HEIGHT = 148.3                 # of the points where neck and shoulder meet
SLEEVE_ANGLE = np.radians(75)       # of the sleeves in panel space: beside the bodice
ALONG = np.array([np.sin(SLEEVE_ANGLE), -np.cos(SLEEVE_ANGLE)])
ACROSS = np.array([-ALONG[1], ALONG[0]])


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


class Draft:
    """The right half of a tops.Top, flat; and what hangs from its waist, if anything does."""

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
        corner = (top.hem_width, top.hem)
        side = curve(self.armpit, waist, corner) if waist[1] > top.hem + 6 else line(self.armpit, corner)
        if top.tail > 0.5:
            return side, curve(corner, (top.hem_width * 0.6, top.hem - top.tail * 0.75), (0, top.hem - top.tail))
        return side, line(corner, (0, top.hem))

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
        self.armhole = curve(end, (end[0] - 1.5, (end[1] + self.armpit[1]) / 2 - 2), (self.armpit[0] - 3.2, self.armpit[1] + 1.8),
                             self.armpit)
        self.shoulder_edges = [Edge(SEAM, line(self.neck_point, end)), Edge("armhole", self.armhole)]

    def _sleeve(self, sleeve):
        """The sleeve in its own space: along the arm, across it (outer edge 0, inner edge negative)."""
        base = 14.8 if self.top.gender == "women" else 17.0
        bicep = (sleeve.bicep or max(sleeve.width + 0.8, base + (self.top.ease - 6) * 0.35)) + sleeve.puff * 1.2
        self.bicep = bicep

        def cap(height):
            return curve((0, 0), (height * 0.10, -bicep * 0.30), (height * 0.5, -bicep * 0.68),
                         (height * 0.86, -bicep * 0.9), (height, -bicep))

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
        pieces = [Piece(front, back)]
        for side in (1, -1) if self.top.sleeve else ():
            edges = self.sleeve_edges(side)
            pieces.append(Piece(edges, edges, self.placed(side, angle)))
        return pieces

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
                pull = (1 - sleeve.cuff_pull) * np.clip((sleeve.cuff - from_end) / 1.2 + 0.5, 0, 1)
                rim = 0.07 * np.clip(1 - from_end / 1.8, 0, 1)           # the last rim a little more, or it flares
                factor *= 1 - (pull + rim) * on_sleeve * over
        return factor
