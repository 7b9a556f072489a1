"""What every geometry and every front photo must pass before a shopper may see it."""

import cv2
import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

# category -> range of height and of width of the garment in cm, and of the share of the photo it covers
RANGES = {
    "t-shirt": ((38, 85), (45, 130), (0.08, 0.66)), "tank top": ((38, 85), (34, 75), (0.15, 0.66)),
    "shirt": ((50, 92), (50, 130), (0.12, 0.66)), "blouse": ((45, 92), (50, 130), (0.12, 0.66)),
    "sweater": ((45, 100), (55, 130), (0.12, 0.66)), "cardigan": ((45, 92), (55, 130), (0.12, 0.66)),
    "sweatshirt": ((45, 92), (55, 135), (0.12, 0.66)), "hoodie": ((60, 115), (55, 130), (0.15, 0.66)),
    "denim jacket": ((45, 85), (55, 125), (0.15, 0.66)), "bomber jacket": ((55, 92), (58, 125), (0.15, 0.66)),
    "puffer jacket": ((55, 115), (58, 140), (0.15, 0.66)),
    "blazer": ((60, 95), (52, 115), (0.15, 0.66)), "coat": ((75, 130), (52, 120), (0.15, 0.66)),
    "dress": ((65, 145), (34, 130), (0.1, 0.66)), "skirt": ((26, 110), (34, 130), (0.12, 0.75)),
    "jeans": ((70, 112), (34, 100), (0.1, 0.66)), "trousers": ((70, 112), (34, 100), (0.1, 0.66)),
    "joggers": ((70, 112), (34, 100), (0.1, 0.66)), "leggings": ((55, 112), (30, 85), (0.08, 0.66)),
    "shorts": ((22, 62), (34, 85), (0.15, 0.72)),
    "sneakers": ((7, 40), (15, 70), (0.1, 0.75)), "boots": ((12, 60), (12, 70), (0.1, 0.75)),
    "bag": ((10, 90), (15, 60), (0.12, 0.75)), "backpack": ((25, 65), (20, 50), (0.15, 0.75)),
    "hat": ((7, 35), (15, 50), (0.1, 0.75)),
}
BORDER = 2              # pixels at the photo's edge that must stay free
LARGEST_PIECE = 0.40    # of the mask; the rest may be a second shoe


def geometry_faults(garment, category):
    """What is wrong with a draped garment. Returns list of sentences, empty when nothing is."""
    mesh = garment.mesh
    points = np.vstack([mesh.points, *[part.points for part in garment.parts]])
    if not np.isfinite(points).all():
        return ["a point is not a number"]
    faults = []
    used = np.unique(mesh.triangles)
    if len(used) < len(mesh.points):
        faults.append(f"{len(mesh.points) - len(used)} vertices belong to no triangle")
    if len(used) and garment.body is not None and (pieces := _pieces(mesh)) > 1:
        faults.append(f"the cloth falls into {pieces} pieces")
    (low, high), (narrow, wide), _ = RANGES[category]
    width, _, height = np.ptp(points, axis=0)
    if not low <= height <= high:
        faults.append(f"it is {height:.0f} cm high; a {category} has {low} to {high}")
    if not narrow <= width <= wide:
        faults.append(f"it is {width:.0f} cm wide; a {category} has {narrow} to {wide}")
    return faults


def _pieces(mesh):
    """Connected pieces of the mesh, welds included."""
    ends = np.vstack([mesh.triangles[:, [0, 1]], mesh.triangles[:, [1, 2]], mesh.welds])
    graph = coo_matrix((np.ones(len(ends)), ends.T), shape=(len(mesh.points),) * 2)
    return connected_components(graph, directed=False)[0]


def picture_faults(picture, category):
    """What is wrong with a front photo. picture: render.Picture. Returns list of sentences, empty when nothing is."""
    mask = picture.mask > 0.5
    faults = []
    least, most = RANGES[category][2]
    if not least <= mask.mean() <= most:
        faults.append(f"it covers {mask.mean():.0%} of the photo; a {category} covers {least:.0%} to {most:.0%}")
    edge = np.concatenate([mask[:BORDER].ravel(), mask[-BORDER:].ravel(), mask[:, :BORDER].ravel(), mask[:, -BORDER:].ravel()])
    if edge.any():
        faults.append("it touches the photo's edge")
    if mask.any():
        _, _, sizes, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
        if sizes[1:, cv2.CC_STAT_AREA].max() < LARGEST_PIECE * mask.sum():
            faults.append("it is in scattered pieces")
    if not np.isfinite(picture.mask).all():
        faults.append("its mask is not a number")
    return faults
