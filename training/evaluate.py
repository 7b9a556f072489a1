"""What the released model can do on photos it was not trained on, beside an untrained network and the pretrained CNN most people use.

    python -m training.evaluate --peers [--data FOLDER] [--model FILE] [--out training/results/released.json]

Nearest neighbours: the query is a held-out photo, the gallery all training photos of the same source; five neighbours by cosine vote.
Held out are whole senders (CC0), whole styles by name without colour words (Myntra), less those that have a near-twin among the training
photos, and DeepFashion's own validation photos. Across sources: a home photo asks for shop products of its kind. Also writes calibration.json
beside the model: thresholds of its words, and from which cosine on a match is a good one.
Writes every figure with its number of queries, classes and gallery photos.
"""

import argparse
import io
import json
import tempfile
import zlib
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from fashflix.embedder import CALIBRATION, Embedder
from fashflix.index import Index
from fashflix.photo import frame, open_photo
from training.config import TEACHER
from training.export import RELEASED, build, load_released
from training.loss import class_balanced_loss, effective_number_weights
from training.models import AttributeNet, Teacher
from training.sources import CC0_AMBIGUOUS, CC0_CATEGORY, DATA, DEEPFASHION, MYNTRA_CATEGORY, label_matrix, read
from training.twins import listed

TASKS = (("myntra_224", "article_type"), ("myntra_224", "base_colour"), ("myntra_224", "gender"), ("cc0_clothing", "label"))
SLICES = {"article_type": ("gender", "article_type"), "label": ("label", "kids")}
ADULTS = ("Women", "Men")       # "gender" is asked among these: children's clothes are another question
NEIGHBOURS = 5
FOUND = 10
FEWEST = 10         # a class is asked for when the gallery holds so many of it


def nearest_vote(queries, gallery, names):
    """The class most frequent among the five nearest, ties to the nearest. queries (q, d), gallery (n, d) unit rows, names (n,)."""
    index = Index(gallery)
    votes = []
    for query in queries:
        near = names[index.search(query, NEIGHBOURS)[0]].tolist()
        votes.append(max(near, key=lambda name: (near.count(name), -near.index(name))))
    return np.array(votes)


def classify(photos, vectors, source, field, slices=()):
    """Accuracy of the vote on one field of one source. slices: columns by whose values it is told apart too. Returns dict."""
    mine = (photos.source == source) & (photos.gender.isin(ADULTS) if field == "gender" else True)
    counts = photos[mine & ~photos.held_out][field].value_counts()
    known = mine & photos[field].isin(counts[counts >= FEWEST].index)
    asked, gallery = (known & photos.held_out & ~photos.twin).to_numpy(), (known & ~photos.held_out).to_numpy()
    names = photos[field].to_numpy()
    hits = nearest_vote(vectors[asked], vectors[gallery], names[gallery]) == names[asked]
    figures = {"accuracy": round(float(hits.mean()), 4), "n": int(asked.sum()), "classes": len(set(names[asked])), "gallery": int(gallery.sum())}
    if slices:
        figures["slices"] = {by: {str(value): {"accuracy": round(float(hits[side].mean()), 3), "n": int(side.sum())}
                                  for value in sorted(set(photos[by][asked].dropna()))
                                  if (side := (photos[by][asked] == value).to_numpy()).sum() >= FEWEST} for by in slices}
    return figures


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


def home_to_shop(photos, vectors):
    """Share of the ten shop products nearest to a home photo that are of its kind, averaged over the kinds. Returns dict.

    Of its kind is a product whose first category word is one that the photo's label may mean.
    """
    shop = np.flatnonzero((photos.source == "myntra_224") & ~photos.held_out)
    words = photos.article_type.map(lambda name: MYNTRA_CATEGORY.get(name, "").split("|")[0]).to_numpy()[shop]
    index, kinds, cosines, hits = Index(vectors[shop]), {}, [], []
    for row in np.flatnonzero((photos.source == "cc0_clothing") & photos.held_out & photos.label.isin(set(CC0_CATEGORY) - CC0_AMBIGUOUS)):
        wanted = CC0_CATEGORY[photos.label[row]].split("|")
        if np.isin(words, wanted).sum() >= FOUND:
            near, scores = index.search(vectors[row], FOUND)
            right = np.isin(words[near], wanted)
            kinds.setdefault(photos.label[row], []).append(right.mean())
            cosines += scores.tolist()
            hits += right.tolist()
    return {"precision_at_10": round(float(np.mean([np.mean(one) for one in kinds.values()])), 4), "n": sum(map(len, kinds.values())),
            "classes": len(kinds), "gallery": len(shop), "per_kind": {kind: round(float(np.mean(one)), 3) for kind, one in sorted(kinds.items())},
            "match": match_levels(np.array(cosines), np.array(hits))}


def match_levels(cosines, hits, window=300):
    """From which cosine on a found product is of the right kind in 80 % (strong) and in 50 % (fair) of the cases around it.

    cosines: float (n,). hits: bool (n,). window: pairs that are looked at together. Returns dict, or None where too few pairs are given.
    """
    if len(cosines) < 2 * window:
        return None
    order = np.argsort(-cosines)
    share = np.convolve(hits[order], np.ones(window) / window, mode="valid")
    levels = {}
    for name, least in (("strong", 0.8), ("fair", 0.5)):
        below = np.flatnonzero(share < least)
        last = below[0] if len(below) else len(share) - 1
        levels[name] = round(float(cosines[order][last + window // 2]), 3)
    return levels


def linear_probe(photos, vectors, words):
    """Macro F1 of a linear classifier with class-balanced loss on frozen vectors: DeepFashion's training photos to its validation photos.

    words: attributes to tell. The thresholds are 0.5. Returns dict.
    """
    mine = (photos.source == "deepfashion_attr").to_numpy()
    labels, held_out = torch.from_numpy(label_matrix(photos[mine], words)), photos.held_out.to_numpy()[mine]
    x = torch.from_numpy(vectors[mine]).float()
    x = (x - x[~held_out].mean(0)) / x[~held_out].std(0).clamp(min=1e-6)
    torch.manual_seed(0)
    layer, weights = torch.nn.Linear(x.shape[1], len(words)), effective_number_weights(labels[~held_out], 0.999)
    optimiser = torch.optim.AdamW(layer.parameters(), lr=2e-3, weight_decay=0.1)
    for _ in range(300):
        loss = class_balanced_loss(layer(x[~held_out]), labels[~held_out], weights)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    guess = (layer(x[held_out]) > 0).numpy()
    rows = f1_rows(labels[held_out].numpy(), guess, words)
    return {"macro_f1": round(float(np.mean([row["f1"] for row in rows.values()])), 4), "n": int(held_out.sum()), "attributes": len(rows)}


def f1_rows(labels, guess, words):
    """F1 per attribute with at least FEWEST known yes and no. labels: int8 (n, A). guess: bool (n, A). Returns dict word -> dict."""
    rows = {}
    for column, word in enumerate(words):
        known, yes = labels[:, column] != 0, labels[:, column] == 1
        if yes.sum() >= FEWEST and (known & ~yes).sum() >= FEWEST:
            hits, wrong = (yes & guess[:, column]).sum(), (known & (yes != guess[:, column])).sum()
            rows[word] = {"f1": round(float(2 * hits / max(1, 2 * hits + wrong)), 4), "support": int(yes.sum()),
                          "always_yes_f1": round(float(2 * yes.sum() / (yes.sum() + known.sum())), 4)}
    return rows


def best_thresholds(labels, scores):
    """The threshold per attribute with the best F1. labels: int8 (n, A). scores: float (n, A). Returns float (A,), 0.5 where nothing is known."""
    thresholds = np.full(labels.shape[1], 0.5)
    for column in range(labels.shape[1]):
        known = labels[:, column] != 0
        yes, score = labels[known, column] == 1, scores[known, column]
        if yes.any() and not yes.all():
            order = np.argsort(-score)
            hits, count = np.cumsum(yes[order]), np.arange(1, len(order) + 1)
            best = np.argmax(2 * hits / (count + yes.sum()))
            thresholds[column] = (score[order[best]] + score[order[min(best + 1, len(order) - 1)]]) / 2
    return thresholds


def attribute_f1(photos, scores, words):
    """F1 per attribute on held-out photos of all sources and on DeepFashion's alone, beside "always yes".

    scores: float (n, A), probabilities. words: A attributes. Thresholds are chosen on one half of the held-out photos (by id) and judged on the
    other. Returns dict.
    """
    side = (photos.held_out & ~photos.twin).to_numpy()
    half = np.array([zlib.crc32(str(one).encode()) % 2 == 0 for one in photos.id])
    labels = label_matrix(photos, words)
    thresholds = best_thresholds(labels[side & half], scores[side & half])
    results = {"thresholds": {word: round(float(one), 3) for word, one in zip(words, thresholds)}}
    for name, mine in (("all", side), ("deepfashion_attr", side & (photos.source == "deepfashion_attr").to_numpy())):
        judged = mine & ~half
        rows = f1_rows(labels[judged], scores[judged] > thresholds, words)
        plain = f1_rows(labels[judged], scores[judged] > 0.5, words)
        results[name] = {"macro_f1": _mean(rows, "f1"), "macro_f1_at_half": _mean(plain, "f1"), "always_yes_macro_f1": _mean(rows, "always_yes_f1"),
                         "n": int(judged.sum()), "attributes": len(rows), "per_attribute": rows}
    return results


def _mean(rows, key):
    return round(float(np.mean([row[key] for row in rows.values()])), 4)


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


def agreement(path, images):
    """Least cosine between what PyTorch and OpenVINO make of the same photos, both in float32. path: ONNX file."""
    net, embedder = load_released(path), Embedder.load(path, precision="f32")
    pixels = np.stack([frame(image, embedder.height, embedder.width) for image in images])
    with torch.no_grad():
        vectors = net(torch.from_numpy(pixels).permute(0, 3, 1, 2).float())[0].numpy()
    return float((vectors * embedder.embed(images)).sum(1).min())


def evaluate(data=DATA, limit=None, teacher=TEACHER, model=RELEASED, peers=True):
    """All figures as a dict. limit: rows of each source. peers: also the untrained network and ImageNet's. Raises SourceError without the photos."""
    photos = read(data, ("myntra_224", "cc0_clothing", "deepfashion_attr"), limit)
    photos["twin"] = photos.held_out & photos.id.astype(str).isin(listed()) & photos.source.str.startswith("myntra")
    images = [open_photo(data) for data in photos.image]
    embedder = Embedder.load(model)
    again = np.flatnonzero((photos.source == "myntra_224") & photos.held_out)[:1000]
    deep = [word for word in embedder.attributes if word in {word for words in DEEPFASHION.values() for word in words.values()}]
    results = {"model_sha256": embedder.sha256, "command": "python -m training.evaluate --peers", "networks": {}}
    with tempfile.TemporaryDirectory() as folder:
        networks, (ours, seen) = {"FashFlix": embedder.embed}, embedder.look(images)
        if peers:
            networks["untrained"] = untrained(folder, embedder).embed
            networks["ImageNet MobileNetV2"] = teacher_embed(teacher)
        for name, embed in networks.items():
            vectors = ours if name == "FashFlix" else embed(images)
            figures = {f"{source} {field}": classify(photos, vectors, source, field, SLICES.get(field, ()) if name == "FashFlix" else ())
                       for source, field in TASKS}
            figures["home to shop"] = home_to_shop(photos, vectors)
            figures["myntra_224 other crop"] = find_again([images[row] for row in again], vectors[again], embed)
            figures["deepfashion_attr linear probe"] = linear_probe(photos, vectors, deep)
            results["networks"][name] = figures
            print(name, json.dumps(figures), flush=True)
    results["attributes"] = attribute_f1(photos, seen, embedder.attributes)
    results["match"] = results["networks"]["FashFlix"]["home to shop"]["match"]
    results["least_cosine_torch_openvino"] = round(agreement(model, images[:32]), 6)
    return results


def main():
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--limit", type=int, help="rows of each source")
    parser.add_argument("--peers", action="store_true", help="also an untrained network and ImageNet's MobileNetV2")
    parser.add_argument("--model", type=Path, default=RELEASED)
    parser.add_argument("--out", type=Path, default=RELEASED.parents[2] / "training" / "results" / "released.json")
    given = parser.parse_args()
    results = evaluate(given.data, given.limit, model=given.model, peers=given.peers)
    given.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    calibration = {"model_sha256": results["model_sha256"], "thresholds": results["attributes"]["thresholds"], "match": results["match"]}
    given.model.with_name(CALIBRATION).write_text(json.dumps(calibration, indent=1) + "\n", encoding="utf-8")
    print(given.out)


if __name__ == "__main__":
    main()
