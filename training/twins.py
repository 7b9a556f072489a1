"""Held-out shop photos that training all but saw: near-twins, listed so that no figure counts them.

    python -m training.twins        writes training/splits/near_twins.txt

The split goes by product name without colour words, yet a shop sells the same shirt under two names, and the same wallet in two sizes. A held-out
photo is a near-twin when the pretrained peer (ImageNet MobileNetV2) puts it at a cosine of .95 or more to any photo of the same
shop that may be trained on.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from training.config import TEACHER
from training.dataset import decode, plain_views
from training.models import Teacher
from training.sources import DATA, read

LISTED = Path(__file__).parent / "splits" / "near_twins.txt"
ALIKE = 0.95
HEIGHT, WIDTH = 128, 96


def near_twins(vectors, held_out, alike=ALIKE):
    """Which held-out rows have a twin among the others. vectors: float (n, d), unit rows. held_out: bool (n,). Returns bool (n,)."""
    twins = np.zeros(len(vectors), bool)
    rows, others = np.flatnonzero(held_out), vectors[~held_out]
    for start in range(0, len(rows), 256):
        part = rows[start:start + 256]
        twins[part] = (vectors[part] @ others.T).max(axis=1) >= alike
    return twins


def listed(path=LISTED):
    """Ids of the listed photos, as a set of str."""
    return {line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")}


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser(prog="python -m training.twins", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    photos = read(parser.parse_args().data, ("myntra_224", "myntra_80"))
    pixels, net = torch.from_numpy(decode(photos, HEIGHT, WIDTH)), Teacher(TEACHER)
    vectors = np.concatenate([net(plain_views(part, HEIGHT, WIDTH)).numpy() for part in pixels.split(256)])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    twins = near_twins(vectors, photos.held_out.to_numpy())
    ids = sorted(photos.id[twins].astype(str))
    LISTED.write_text("# held-out shop photos with a near-twin among the training photos; python -m training.twins\n" + "\n".join(ids) + "\n", encoding="utf-8")
    print(f"{LISTED}: {len(ids)} of {int(photos.held_out.sum())}")


if __name__ == "__main__":
    main()
