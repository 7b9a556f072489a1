"""Stiff things: a front and a back outline, blown up to a given depth. Bags, and parts of shoes."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from catalog.studio.garment import Garment
from catalog.studio.layers import PanelLayers
from catalog.studio.mesh import FRONT, Edge, Piece, empty_mesh, sew

FINE = 20               # pixels per cm of what is drawn on small things


@dataclass(frozen=True)
class Shell:
    """One blown-up piece.

    outline: closed list of mesh.Edge, seams where front and back meet, other names where it stays open. depth: (x, z) -> half depth, cm.
    rounding: cm from the seam to the full depth. power: of the rounding, 2 an ellipse, larger a box. offset: its place in panel space.
    """

    outline: list
    depth: object
    rounding: float = 4.0
    power: float = 2.4
    offset: tuple = (0.0, 0.0)


def inflate(shells, spacing=0.6, seed=0, scale=FINE):
    """Make a garment of shells. Returns a Garment whose panel space is (x, z) of each shell, moved by its offset."""
    moved = [[Edge(edge.name, np.asarray(edge.points, float) + shell.offset, edge.count) for edge in shell.outline] for shell in shells]
    mesh = sew([Piece(outline, outline) for outline in moved], spacing, seed)
    points = np.stack([mesh.uv[:, 0], np.zeros(len(mesh.uv)), mesh.uv[:, 1]], axis=1)
    for number, shell in enumerate(shells):
        own = mesh.piece == number
        points[own, 0] -= shell.offset[0]
        points[own, 2] -= shell.offset[1]
        distance = cKDTree(mesh.uv[own & mesh.seam]).query(mesh.uv[own])[0]
        inward = np.clip(distance / shell.rounding, 0, 1)
        depth = shell.depth(points[own, 0], points[own, 2]) * (1 - (1 - inward) ** shell.power) ** (1 / shell.power)
        points[own, 1] = np.where(mesh.seam[own], 0, np.where(mesh.side[own] == FRONT, depth, -depth))
    mesh.points = points
    return Garment(mesh, PanelLayers(mesh.uv, scale))


def of_parts(parts, **marks):
    """A garment that has no panels. parts: list of Part."""
    return Garment(empty_mesh(), None, list(parts), marks=marks)
