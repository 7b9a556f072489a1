"""Which precision to serve in: float32, bfloat16 and int8 on the released weights, by what they find and how fast they are here.

    python -m training.precision

Recall@1 of a turned, cut and compressed crop among held-out shop photos, the overlap of the ten nearest with float32's, and photos per second,
one and 32 at a time, as ratios to float32 in the same run. int8 is measured where NNCF is installed (`pip install nncf`), calibrated on
training photos. Writes training/results/precision.json. The app lets OpenVINO choose between float32 and bfloat16 by the processor.
"""

import argparse
import json
import statistics
import time
from pathlib import Path

import numpy as np

from fashflix.embedder import Embedder, read_model
from fashflix.index import Index
from fashflix.photo import frame, open_photo
from training.evaluate import find_again
from training.sources import DATA, read

RESULTS = Path(__file__).parent / "results" / "precision.json"
CALIBRATE, ROUNDS, NEAREST = 300, 7, 10


def int8(images):
    """The released model quantised after training, on these photos, as an Embedder; None without NNCF."""
    try:
        import nncf
    except ImportError:
        return None
    model, _ = read_model()
    embedder = Embedder(model, "int8")
    calibration = nncf.Dataset([frame(image, embedder.height, embedder.width)[None] for image in images])
    embedder.replace_network(lambda network: nncf.quantize(network, calibration, subset_size=len(images)))
    return embedder


def pace(embedder, images):
    """Photos per second, median of ROUNDS."""
    embedder.embed(images)
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        embedder.embed(images)
        times.append(time.perf_counter() - began)
    return len(images) / statistics.median(times)


def overlap(one, other):
    """Mean share of the nearest rows that two sets of vectors agree on. one, other: (n, d), unit rows. Returns float."""
    near = [[set(index.search(row, NEAREST)[0].tolist()) for row in vectors] for vectors in (one, other) for index in [Index(vectors)]]
    return float(np.mean([len(a & b) / NEAREST for a, b in zip(*near)]))


def main():
    parser = argparse.ArgumentParser(prog="python -m training.precision", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    photos = read(parser.parse_args().data, ("myntra_224",))
    images = [open_photo(data) for data in photos.image[photos.held_out]]
    known = [open_photo(data) for data in photos.image[~photos.held_out].sample(CALIBRATE, random_state=0)]
    kinds = {"float32": Embedder.load(precision="f32"), "bfloat16": Embedder.load(precision="bf16"), "int8": int8(known)}
    rows, first = {}, None
    for name, embedder in kinds.items():
        if embedder is None:
            continue
        vectors = embedder.embed(images)
        first = vectors if first is None else first
        again = find_again(images, vectors, embedder.embed)
        rows[name] = {**again, "top_10_overlap": round(overlap(first, vectors), 4), "one_at_a_time": round(pace(embedder, images[:1]), 1),
                      "32_at_a_time": round(pace(embedder, images[:32]), 1)}
        print(name, rows[name], flush=True)
    results = {"command": "python -m training.precision", "model_sha256": kinds["float32"].sha256, "photos_per_second": rows}
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
