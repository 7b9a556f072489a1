"""What the embeddings of the training photos look like as a whole, for `fashflix.freshness` to compare catalogues with.

    python -m training.reference --data FOLDER [--share cc0_clothing=0.44 deepfashion_attr=0.40]

Run it after `training.export`, over the photos that were trained on; --share takes a part of a source where only a part was. Writes
reference.npz beside the weights: a mean and a covariance over thousands of photos, from which none of them can be told. Its yardsticks are
distances of photos that were held out, and of street photos (ccp.parquet) where the folder has them.
"""

import argparse
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
from tqdm import tqdm

from fashflix.embedder import Embedder
from fashflix.freshness import HELD_OUT, ONE_KIND, STREET, Reference
from fashflix.photo import open_photo
from fashflix.settings import Settings
from training.sources import DATA, read

FILES = ("myntra_224", "cc0_clothing", "deepfashion_attr")
CHUNK = 256


def reference(vectors, sources, held_out, model_sha256, shares=None, street=None):
    """Make a Reference with its yardsticks.

    vectors: (n, 512). sources: (n,) of str. held_out: bool (n,). shares: dict of source to the part that was trained on; default 1.
    street: (m, 512), embeddings of street photos, or None.
    """
    rng = np.random.default_rng(0)
    drawn = rng.random(len(vectors)) < np.array([(shares or {}).get(source, 1) for source in sources])
    made = Reference.of(vectors[drawn & ~held_out], model_sha256)
    kinds = [vectors[held_out & (sources == source)] for source in np.unique(sources)]
    yardsticks = {HELD_OUT: made.distance(vectors[drawn & held_out]), ONE_KIND: max(made.distance(some) for some in kinds if len(some) > 1)}
    if street is not None:
        yardsticks[STREET] = made.distance(street)
    return Reference(made.model_sha256, made.count, made.mean, made.factor, yardsticks)


def embed_all(photos, embedder):
    """Embeddings (n, 512) of a list of photos' bytes."""
    parts = [embedder.embed([open_photo(data, size=(480, 640)) for data in photos[start:start + CHUNK]])
             for start in tqdm(range(0, len(photos), CHUNK), unit=f" x {CHUNK} photos", disable=None)]
    return np.concatenate(parts).astype(np.float64)


def main():
    parser = argparse.ArgumentParser(prog="python -m training.reference", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--share", nargs="*", default=[], metavar="SOURCE=PART")
    parser.add_argument("--out", type=Path, default=Settings().model.with_name("reference.npz"))
    given = parser.parse_args()
    photos, embedder = read(given.data, FILES), Embedder.load()
    street = given.data / "ccp.parquet"
    made = reference(embed_all(photos.image.tolist(), embedder), photos.source.to_numpy(), photos.held_out.to_numpy(), embedder.sha256,
                     {source: float(part) for source, part in (pair.split("=") for pair in given.share)},
                     embed_all(parquet.read_table(street, columns=["image"])["image"].to_pylist(), embedder) if street.exists() else None)
    made.save(given.out)
    print(f"{given.out}: {made.count:,} photos, {given.out.stat().st_size / 1000:.0f} kB; " +
          ", ".join(f"{words} {distance:.4f}" for words, distance in made.yardsticks.items()))


if __name__ == "__main__":
    main()
