"""What the released model can do on photos it was not trained on, beside an untrained network and the pretrained CNN most people use.

    python -m training.evaluate [--data FOLDER] [--out training/results/first_run.json]

Nearest neighbours: the query is a held-out photo, the gallery all training photos of the same source; five neighbours by cosine vote.
Held out are whole senders (CC0), whole styles by name without colour words (Myntra) and DeepFashion's own validation photos.
Writes every figure with its number of queries, classes and gallery photos.
"""

import argparse
import io
import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from fashflix.embedder import Embedder
from fashflix.index import Index
from fashflix.photo import frame, open_photo
from training.export import RELEASED, build, load_released
from training.models import AttributeNet, Teacher
from training.sources import DATA, label_matrix, read
from training.train import TEACHER

TASKS = (("myntra_224", "article_type"), ("myntra_224", "base_colour"), ("myntra_224", "gender"), ("cc0_clothing", "label"))
NEIGHBOURS = 5
FEWEST = 10         # a class is asked for when the gallery holds so many of it


def nearest_vote(queries, gallery, names):
    """The class most frequent among the five nearest, ties to the nearest. queries (q, d), gallery (n, d) unit rows, names (n,)."""
    index = Index(gallery)
    votes = []
    for query in queries:
        near = names[index.search(query, NEIGHBOURS)[0]].tolist()
        votes.append(max(near, key=lambda name: (near.count(name), -near.index(name))))
    return np.array(votes)


def classify(photos, vectors, source, field):
    """Accuracy of the vote on one field of one source. Returns dict."""
    mine = photos.source == source
    counts = photos[mine & ~photos.held_out][field].value_counts()
    known = mine & photos[field].isin(counts[counts >= FEWEST].index)
    asked, gallery = (known & photos.held_out).to_numpy(), (known & ~photos.held_out).to_numpy()
    names = photos[field].to_numpy()
    hits = nearest_vote(vectors[asked], vectors[gallery], names[gallery]) == names[asked]
    return {"accuracy": round(float(hits.mean()), 4), "n": int(asked.sum()), "classes": len(set(names[asked])), "gallery": int(gallery.sum())}


def another_crop(photo):
    """A crop of 60 % of the area, turned by 15 degrees, as JPEG of quality 40: what a person might send of the same thing."""
    turned = photo.rotate(15, Image.Resampling.BILINEAR, fillcolor=photo.getpixel((1, 1)))
    width, height = (round(side * 0.6 ** 0.5) for side in photo.size)
    left, top = (photo.width - width) // 2, (photo.height - height) // 2
    buffer = io.BytesIO()
    turned.crop((left, top, left + width, top + height)).save(buffer, "JPEG", quality=40)
    return open_photo(buffer.getvalue())


def find_again(images, vectors, embed):
    """Share of photos whose other crop finds them first among all `images`. Returns dict."""
    index = Index(vectors)
    crops = embed([another_crop(image) for image in images])
    hits = [index.search(crop, 1)[0][0] == row for row, crop in enumerate(crops)]
    return {"recall_at_1": round(float(np.mean(hits)), 4), "n": len(images), "gallery": len(images)}


def attribute_f1(photos, images, embedder):
    """F1 per attribute at threshold 0.5 on DeepFashion's validation photos, beside "always yes". Returns dict."""
    side = ((photos.source == "deepfashion_attr") & photos.held_out).to_numpy()
    labels = label_matrix(photos[side], embedder.attributes)
    guess = embedder.read_attributes([images[row] for row in np.flatnonzero(side)]) > 0.5
    rows = {}
    for column, word in enumerate(embedder.attributes):
        known, yes = labels[:, column] != 0, labels[:, column] == 1
        if yes.sum() >= FEWEST and (known & ~yes).sum() >= FEWEST:
            hits, wrong = (yes & guess[:, column]).sum(), (known & (yes != guess[:, column])).sum()
            rows[word] = {"f1": round(float(2 * hits / max(1, 2 * hits + wrong)), 4), "support": int(yes.sum()),
                          "always_yes_f1": round(float(2 * yes.sum() / (yes.sum() + known.sum())), 4)}
    means = {key: round(float(np.mean([row[key] for row in rows.values()])), 4) for key in ("f1", "always_yes_f1")}
    return {"macro_f1": means["f1"], "always_yes_macro_f1": means["always_yes_f1"], "n": int(side.sum()), "attributes": len(rows),
            "per_attribute": rows}


def untrained(folder, like):
    """An Embedder over the same network with its first random weights. like: Embedder whose size and words it takes."""
    torch.manual_seed(0)
    path = Path(folder) / "untrained.onnx"
    path.write_bytes(build(AttributeNet(like.attributes).state_dict(), like.attributes, like.height, like.width).SerializeToString())
    return Embedder.load(path)


def teacher_embed(path, height=224, width=168):
    """The pretrained CNN as an embed function: images -> unit rows (n, 1280)."""
    net = Teacher(path)

    @torch.no_grad()
    def embed(images):
        parts = [net(torch.from_numpy(np.stack([frame(image, height, width) for image in images[start:start + 32]]))
                     .permute(0, 3, 1, 2).float()) for start in range(0, len(images), 32)]
        vectors = torch.cat(parts).numpy()
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return embed


def agreement(embedder, images):
    """Least cosine between what PyTorch and OpenVINO make of the same photos, both in float32."""
    net = load_released()
    pixels = np.stack([frame(image, embedder.height, embedder.width) for image in images])
    with torch.no_grad():
        vectors = net(torch.from_numpy(pixels).permute(0, 3, 1, 2).float())[0].numpy()
    return float((vectors * Embedder.load(precision="f32").embed(images)).sum(1).min())


def evaluate(data=DATA, limit=None, teacher=TEACHER):
    """All figures as a dict. limit: rows of each source. Raises SourceError when a photo set is missing."""
    photos = read(data, ("myntra_224", "cc0_clothing", "deepfashion_attr"), limit)
    images = [open_photo(data) for data in photos.image]
    embedder = Embedder.load()
    again = np.flatnonzero((photos.source == "myntra_224") & photos.held_out)[:1000]
    results = {"model_sha256": embedder.sha256, "command": "python -m training.evaluate", "networks": {}}
    with tempfile.TemporaryDirectory() as folder:
        networks = {"FashFlix": embedder.embed, "untrained": untrained(folder, embedder).embed}
        if Path(teacher).exists():
            networks["ImageNet MobileNetV2"] = teacher_embed(teacher)
        for name, embed in networks.items():
            vectors = embed(images)
            figures = {f"{source} {field}": classify(photos, vectors, source, field) for source, field in TASKS}
            figures["myntra_224 other crop"] = find_again([images[row] for row in again], vectors[again], embed)
            results["networks"][name] = figures
            print(name, json.dumps(figures), flush=True)
    results["deepfashion_attributes"] = attribute_f1(photos, images, embedder)
    results["least_cosine_torch_openvino"] = round(agreement(embedder, images[:32]), 6)
    return results


def main():
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--limit", type=int, help="rows of each source")
    parser.add_argument("--out", type=Path, default=RELEASED.parents[2] / "training" / "results" / "first_run.json")
    given = parser.parse_args()
    results = evaluate(given.data, given.limit)
    given.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(given.out)


if __name__ == "__main__":
    main()
