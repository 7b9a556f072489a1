"""Table 1: validation F1 of the original's models, each trained from random weights under one equal budget.

    python -m training.table1 --benchmark DIR [--budget 1500] [--only ResNet-50-13 ...]

ResNet-50-13 and -36 learn the 13 and 36 most balanced attributes, ResNet-50-36* with colour jitter and random rotation, SegEmbed the 36 together with
the map of parts. (a) `studio`: rendered garments in DeepFashion In-Shop's own layout, DIR made by `python -m catalog.studio benchmark`; garments of
its query and gallery split are the validation. (b) `deepfashion`: real photos of DeepFashion's attribute subset, 13 and all 26 of its
attributes; they have no masks, so SegEmbed learns there without its decoder. Beside each: always yes and a yes by the attribute's own share
(which need no photo), and the same network untrained. F1 at threshold 0.5, macro, micro and per attribute with its support; never accuracy, which a
"no" to every rare attribute wins. Writes training/results/table1.json and table1_curves.csv, model by model.
"""

import argparse
import csv
import io
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw

from fashflix.photo import frame, open_photo
from training.config import learning_rate
from training.inshop import choose_attributes, rank_by_balance, read_inshop
from training.loss import class_balanced_loss, effective_number_weights
from training.models import AttributeNet
from training.segembed import SegEmbed
from training.sources import DATA, DEEPFASHION

RESULTS = Path(__file__).parent / "results"
HEIGHT, WIDTH, BATCH, SEED, LR, PARTS_WEIGHT = 128, 96, 48, 1, 1e-3, 0.5


@dataclass
class Photos:
    """One set: pixels uint8 (n, H, W, 3), labels int8 (n, A), names (A,), train bool (n,), parts uint8 (n, H, W) or None, part_count."""

    pixels: np.ndarray
    labels: np.ndarray
    names: list
    train: np.ndarray
    parts: np.ndarray | None = None
    part_count: int = 0

    def narrowed(self, names):
        """The same photos with these attributes alone."""
        columns = [self.names.index(name) for name in names]
        return Photos(self.pixels, self.labels[:, columns], list(names), self.train, self.parts, self.part_count)


@dataclass(frozen=True)
class Entry:
    """A row of the table: how many attributes, which network, which augmentation."""

    attributes: int
    segments: bool = False
    augmented: bool = False


MODELS = {"ResNet-50-13": Entry(13), "ResNet-50-36": Entry(36), "ResNet-50-36*": Entry(36, augmented=True), "SegEmbed": Entry(36, segments=True)}


def studio(folder, most=None):
    """The rendered set with its 36 most balanced attributes. most: photos at most. Returns Photos."""
    shop = read_inshop(folder)
    names = choose_attributes(shop, 36)
    columns, place = [shop.attributes.index(name) for name in names], {item: row for row, item in enumerate(shop.items)}
    photos = shop.photos.sample(min(most or len(shop.photos), len(shop.photos)), random_state=SEED)
    pixels, parts, count = _with_parts(Path(folder), photos.path.tolist())
    labels = shop.labels[[place[item] for item in photos.item]][:, columns]
    return Photos(pixels, labels, names, (photos.status == "train").to_numpy(), parts, count)


def _with_parts(folder, paths):
    """Pixels, part maps and the number of parts with the background."""
    drawn, count = {}, 0
    for split in ("train", "query", "gallery"):
        marked = json.loads((folder / f"Anno/segmentation/DeepFashion_segmentation_{split}.json").read_text(encoding="utf-8"))
        files = {one["id"]: one["file_name"] for one in marked["images"]}
        count = max(count, *(one["id"] for one in marked["categories"]))
        for part in marked["annotations"]:
            drawn.setdefault(files[part["image_id"]], []).append(part)
    pixels, parts = np.empty((len(paths), HEIGHT, WIDTH, 3), np.uint8), np.zeros((len(paths), HEIGHT, WIDTH), np.uint8)
    for row, path in enumerate(paths):
        photo = open_photo((folder / path).read_bytes())
        canvas = Image.new("L", photo.size)
        for part in drawn.get(path, ()):
            for polygon in part["segmentation"]:
                ImageDraw.Draw(canvas).polygon(polygon, fill=part["category_id"])
        pixels[row] = frame(photo, HEIGHT, WIDTH)
        parts[row] = np.asarray(canvas.resize((WIDTH, HEIGHT), Image.Resampling.NEAREST))
    return pixels, parts, count + 1


def deepfashion(folder=DATA, most=None):
    """DeepFashion's attribute photos with one yes or no per value of its six columns, 26 in all. Returns Photos."""
    table = parquet.read_table(Path(folder) / "deepfashion_attr.parquet").to_pandas()
    table = table.sample(min(most or len(table), len(table)), random_state=SEED)
    names = [f"{column}: {value}" for column in DEEPFASHION for value in sorted(table[column].unique())]
    labels = np.stack([np.where(table[column] == value, 1, -1) for column, value in (name.split(": ") for name in names)], axis=1).astype(np.int8)
    pixels = np.stack([frame(Image.open(io.BytesIO(data)).convert("RGB"), HEIGHT, WIDTH) for data in table.image])
    return Photos(pixels, labels, names, (table.split == "train").to_numpy())


def most_balanced(photos, count):
    """Names of the attributes nearest to one yes for every no among the training photos."""
    return [photos.names[column] for column in rank_by_balance(photos.labels[photos.train])[:count]]


def network(entry, photos):
    """The network of a row with random weights of SEED."""
    torch.manual_seed(SEED)
    if entry.segments:
        return SegEmbed(photos.names, photos.part_count)
    return AttributeNet(photos.names)


def views(pixels, generator, augmented, parts=None):
    """Mirrored at random; augmented also turned up to 20 degrees, and in other brightness, contrast and colour.

    pixels: float (n, 3, H, W) in 0..255. parts: float (n, 1, H, W) or None, moved with them. Returns (pixels, parts).
    """
    n = len(pixels)
    uniform = lambda low, high, *shape: torch.rand((n, *shape), generator=generator) * (high - low) + low
    angle = uniform(-20, 20) * np.pi / 180 * augmented
    mirror = torch.where(uniform(0, 1) < 0.5, -1.0, 1.0)
    aspect = pixels.shape[3] / pixels.shape[2]
    zero = torch.zeros(n)
    place = torch.stack([torch.stack([mirror * angle.cos(), -angle.sin() / aspect, zero], 1),
                         torch.stack([mirror * angle.sin() * aspect, angle.cos(), zero], 1)], 1)
    grid = F.affine_grid(place, pixels.shape, align_corners=False)
    pixels = F.grid_sample(pixels, grid, padding_mode="border", align_corners=False)
    if parts is not None:
        parts = F.grid_sample(parts, grid, mode="nearest", align_corners=False)
    if augmented:
        pixels = (pixels - 128) * uniform(0.8, 1.2, 1, 1, 1) + 128
        pixels = (pixels * uniform(0.8, 1.2, 1, 1, 1) * uniform(0.93, 1.07, 3, 1, 1)).clamp(0, 255)
    return pixels, parts


def _float(pixels):
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float()


def train(entry, photos, budget, note=None, steps_at_most=None):
    """Train a row's network from random weights.

    budget: seconds of training. steps_at_most: a number of steps instead, which any machine repeats. note: function of (seconds, loss,
    network), called at the start and ten times after. Returns (network, steps).
    """
    net = network(entry, photos).to(memory_format=torch.channels_last)
    weights = effective_number_weights(torch.from_numpy(photos.labels[photos.train]), 0.999)
    optimiser = torch.optim.AdamW(net.parameters(), lr=LR, weight_decay=0.05)
    generator, rng, rows = torch.Generator().manual_seed(SEED), np.random.default_rng(SEED), np.flatnonzero(photos.train)
    decode = entry.segments and photos.parts is not None
    seconds, steps, noted, progress = 0.0, 0, 0.0, 0.0
    while progress < 1:
        tick, batch = time.monotonic(), rng.choice(rows, min(BATCH, len(rows)), replace=False)
        parts = torch.from_numpy(photos.parts[batch])[:, None].float() if decode else None
        pixels, parts = views(_float(photos.pixels[batch]), generator, entry.augmented, parts)
        with torch.autocast("cpu", torch.bfloat16):
            found = net(pixels.contiguous(memory_format=torch.channels_last), **({"decode": True} if decode else {}))
        loss = class_balanced_loss(found[1].float(), torch.from_numpy(photos.labels[batch]), weights)
        if decode:
            loss = loss + PARTS_WEIGHT * F.cross_entropy(found[2].float(), parts[:, 0].long())
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(LR, progress)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        seconds, steps = seconds + time.monotonic() - tick, steps + 1
        progress = steps / steps_at_most if steps_at_most else seconds / budget
        if note and progress >= noted:
            note(seconds, float(loss.detach()), net)
            net.train()
            noted += 0.1
    return net, steps


@torch.no_grad()
def judged(net, photos):
    """F1 of a network on the validation photos at threshold 0.5."""
    net.eval()
    rows, guesses = np.flatnonzero(~photos.train), []
    for start in range(0, len(rows), 128):
        with torch.autocast("cpu", torch.bfloat16):
            guesses.append(net(_float(photos.pixels[rows[start:start + 128]]))[1].float() > 0)
    return f1(photos.labels[rows], torch.cat(guesses).numpy(), photos.names)


def f1(labels, guess, names):
    """Macro, micro and per-attribute F1 with support. labels: int8 (n, A), 0 unknown. guess: bool (n, A). An attribute without a yes counts nowhere."""
    yes, known = labels == 1, labels != 0
    hits, wrong = (yes & guess).sum(0), (known & (yes != guess)).sum(0)
    rows = {name: {"f1": round(float(2 * hits[i] / (2 * hits[i] + wrong[i])), 4), "support": int(yes[:, i].sum())}
            for i, name in enumerate(names) if yes[:, i].any()}
    asked = yes.any(0)
    return {"macro_f1": round(float(np.mean([row["f1"] for row in rows.values()])), 4),
            "micro_f1": round(float(2 * hits[asked].sum() / (2 * hits[asked].sum() + wrong[asked].sum())), 4), "per_attribute": rows}


def priors(photos):
    """What needs no photo: always yes, and a yes as often as the training photos have one (mean of 20 draws). Returns dict."""
    labels, train = photos.labels[~photos.train], photos.labels[photos.train]
    share = (train == 1).sum(0) / np.maximum(1, (train != 0).sum(0))
    rng = np.random.default_rng(SEED)
    draws = [f1(labels, rng.random(labels.shape) < share, photos.names) for _ in range(20)]
    mean = {key: round(float(np.mean([one[key] for one in draws])), 4) for key in ("macro_f1", "micro_f1")}
    always = f1(labels, np.ones(labels.shape, bool), photos.names)
    return {"always yes": {key: always[key] for key in mean}, "by its share": mean}


def table(sets, budget, only=None, done=None, write=None):
    """All rows. sets: dict name -> Photos. only: names of MODELS. done: rows of an earlier call, kept. write: called with (rows, curve) after each.

    Returns dict "set, model" -> figures.
    """
    rows = dict(done or {})
    for set_name, every in sets.items():
        for name in only or MODELS:
            entry, curve = MODELS[name], []
            photos = every.narrowed(most_balanced(every, entry.attributes))
            first = judged(network(entry, photos), photos)
            net, steps = train(entry, photos, budget, lambda seconds, loss, net: curve.append((round(seconds), round(loss, 4), judged(net, photos)["macro_f1"])))
            rows[f"{set_name}, {name}"] = {
                **judged(net, photos), "attributes": len(photos.names), "untrained": {key: first[key] for key in ("macro_f1", "micro_f1")},
                **priors(photos), "steps": steps, "photos_seen": steps * BATCH, "train": int(photos.train.sum()), "validation": int((~photos.train).sum())}
            if write:
                write(rows, [(set_name, name, *point) for point in curve])
    return rows


def main():
    parser = argparse.ArgumentParser(prog="python -m training.table1", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--benchmark", type=Path, help="folder of `python -m catalog.studio benchmark`; without it only the real photos")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--budget", type=float, default=1500, help="seconds a model")
    parser.add_argument("--only", nargs="+", choices=list(MODELS))
    given = parser.parse_args()
    sets = ({"studio": studio(given.benchmark)} if given.benchmark else {}) | {"deepfashion": deepfashion(given.data)}
    config = {"command": f"python -m training.table1 --benchmark DIR --budget {given.budget:g}", "seconds_a_model": given.budget, "seed": SEED,
              "height": HEIGHT, "width": WIDTH, "batch": BATCH, "lr": LR, "threads": torch.get_num_threads()}
    curves = RESULTS / "table1_curves.csv"
    with open(curves, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("set", "model", "seconds", "loss", "validation_macro_f1"))

        def write(rows, curve):
            writer.writerows(curve)
            file.flush()
            (RESULTS / "table1.json").write_text(json.dumps(config | {"rows": rows}, indent=1) + "\n", encoding="utf-8")
            name, row = list(rows.items())[-1]
            print(f"{name}: macro F1 {row['macro_f1']:.3f}, untrained {row['untrained']['macro_f1']:.3f}, always yes {row['always yes']['macro_f1']:.3f}", flush=True)
        table(sets, given.budget, given.only, write=write)


if __name__ == "__main__":
    main()
