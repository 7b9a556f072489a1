"""What rendered photos are good for: a small network that never saw a real photo is asked about real ones.

    python -m training.transfer BENCHMARK [--data FOLDER] [--budget SECONDS]

BENCHMARK is what `python -m catalog.studio benchmark` wrote. A ResNet-18 learns the kind of garment from its training photos alone and is
tested on people's own photos (CC0) that share those kinds. Beside it, in the same file: the same network on the benchmark's own held-out
garments, the same network taught on real CC0 photos of other people for the same time, and the most frequent kind as the answer to everything.
Writes training/results/studio_transfer.json.
"""

import argparse
import json
import platform
import time
from pathlib import Path

import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F
from torchvision.models import resnet18

from training.dataset import decode, plain_views, random_views
from training.inshop import read_inshop
from training.models import DEVIATION, MEAN
from training.sources import DATA, read

RESULT = Path(__file__).parent / "results" / "studio_transfer.json"
HEIGHT, WIDTH, BATCH = 128, 96, 96
WARM_UP = 0.05

# the kinds that both name; a kind that only one of them has is left out
STUDIO_KINDS = {
    "Tees_Tanks": "t-shirt", "Blouses_Shirts": "shirt", "Shirts_Polos": "shirt", "Sweatshirts_Hoodies": "hoodie", "Jackets_Coats": "outerwear",
    "Jackets_Vests": "outerwear", "Suiting": "blazer", "Denim": "trousers", "Pants": "trousers", "Shorts": "shorts", "Skirts": "skirt",
    "Dresses": "dress", "Shoes": "shoes", "Hats": "hat",
}
REAL_KINDS = {
    "T-Shirt": "t-shirt", "Shirt": "shirt", "Blouse": "shirt", "Hoodie": "hoodie", "Outwear": "outerwear", "Blazer": "blazer", "Pants": "trousers",
    "Shorts": "shorts", "Skirt": "skirt", "Dress": "dress", "Shoes": "shoes", "Hat": "hat",
}


def studio_photos(folder):
    """The benchmark as a table like those of training.sources: id, image, source, kind, held_out, item."""
    photos = read_inshop(folder).photos
    photos = photos[photos.category.isin(STUDIO_KINDS)].reset_index(drop=True)
    return pd.DataFrame({"id": photos.path, "source": "studio", "kind": photos.category.map(STUDIO_KINDS), "held_out": photos.status != "train",
                         "item": photos.item, "image": [(Path(folder) / path).read_bytes() for path in photos.path]})


def real_photos(folder):
    """People's own photos of adults' clothes, held out by sender."""
    photos = read(folder, ["cc0_clothing"])
    photos = photos[photos.label.isin(REAL_KINDS) & ~photos.kids.astype(bool)].reset_index(drop=True)
    return photos.assign(kind=photos.label.map(REAL_KINDS))


class Classifier(torch.nn.Module):
    """ResNet-18 over kinds (He et al. 2016), from random weights. Input: float (n, 3, H, W) in 0..255; output: logits (n, kinds)."""

    def __init__(self, kinds):
        super().__init__()
        self.net = resnet18(weights=None, num_classes=kinds)
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1))
        self.register_buffer("deviation", torch.tensor(DEVIATION).view(1, 3, 1, 1))

    def forward(self, pixels):
        return self.net((pixels - self.mean) / self.deviation)


def teach(pixels, codes, kinds, budget=np.inf, steps=np.inf, size=(HEIGHT, WIDTH), seed=0):
    """Train for a time, or for a number of steps, whichever ends first.

    pixels: uint8 (n, H, W, 4). codes: int (n,). budget: seconds. size: height and width of the views. Returns (Classifier, photos seen).
    """
    torch.manual_seed(seed)
    model = Classifier(kinds).to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.05)
    generator, rng = torch.Generator().manual_seed(seed), np.random.default_rng(seed)
    balance = torch.tensor(1 / np.sqrt(np.bincount(codes, minlength=kinds).clip(1)), dtype=torch.float32)
    balance *= kinds / balance.sum()
    began, seen, order = time.monotonic(), 0, []
    while (share := max((time.monotonic() - began) / budget, seen / BATCH / steps)) < 1:
        if len(order) < BATCH:
            order = rng.permutation(len(codes)).tolist()
        rows, order = order[:BATCH], order[BATCH:]
        optimiser.param_groups[0]["lr"] = 2e-3 * min(1, share / WARM_UP + 0.02) * 0.5 * (1 + np.cos(np.pi * share))
        views = random_views(torch.from_numpy(pixels[np.sort(rows)]), *size, generator)
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(views.contiguous(memory_format=torch.channels_last))
        loss = F.cross_entropy(logits.float(), torch.from_numpy(codes[np.sort(rows)]), balance, label_smoothing=0.05)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        seen += len(rows)
    return model.eval(), seen


@torch.no_grad()
def judge(model, pixels, codes, names, size=(HEIGHT, WIDTH)):
    """Accuracy, macro F1 and F1 per kind on photos as they are, each with n."""
    guesses = np.concatenate([model(plain_views(torch.from_numpy(np.array(pixels[start:start + 128])), *size)).argmax(1).numpy()
                              for start in range(0, len(codes), 128)])
    return figures(guesses, codes, names)


def figures(guesses, codes, names):
    """guesses, codes: int (n,). Returns dict with n, accuracy, macro_f1 and per_kind {name: {n, f1}}."""
    per_kind = {}
    for code, name in enumerate(names):
        right, wrong = np.sum((guesses == code) & (codes == code)), np.sum((guesses == code) != (codes == code))
        per_kind[name] = {"n": int(np.sum(codes == code)), "f1": round(float(2 * right / max(1, 2 * right + wrong)), 3)}
    return {"n": len(codes), "accuracy": round(float(np.mean(guesses == codes)), 3),
            "macro_f1": round(float(np.mean([one["f1"] for one in per_kind.values() if one["n"]])), 3), "per_kind": per_kind}


def run(benchmark, data, budget):
    """Both networks, each judged on real photos of people neither has seen. Returns the result as a dict."""
    studio, real = studio_photos(benchmark), real_photos(data)
    names = sorted(set(studio.kind) & set(real.kind))
    studio, real = (table[table.kind.isin(names)].reset_index(drop=True) for table in (studio, real))
    sides = {}
    for name, table in (("studio", studio), ("real", real)):
        pixels, codes = decode(table, HEIGHT, WIDTH), table.kind.map(names.index).to_numpy(np.int64)
        held = table.held_out.to_numpy(bool)
        sides[name] = (pixels[~held], codes[~held], pixels[held], codes[held])
    results = {}
    for name in ("studio", "real"):
        model, seen = teach(*sides[name][:2], len(names), budget)
        result = {"training_photos": len(sides[name][1]), "photos_seen": seen, "on_real_photos": judge(model, *sides["real"][2:], names),
                  "on_studio_photos": judge(model, *sides["studio"][2:], names)}
        if name == "studio":                    # it saw no real photo, so all of them may judge it
            result["on_all_real_photos"] = judge(model, *map(np.concatenate, zip(sides["real"][:2], sides["real"][2:])), names)
        results[f"taught on {name} photos"] = result
        print(name, {key: value if isinstance(value, int) else value["accuracy"] for key, value in result.items()}, flush=True)
    commonest = np.bincount(sides["real"][1]).argmax()
    results["always the most frequent kind"] = {
        "on_real_photos": figures(np.full(len(sides["real"][3]), commonest), sides["real"][3], names),
        "on_all_real_photos": figures(np.full(len(real), commonest), np.concatenate(sides["real"][1::2]), names)}
    return {"command": f"python -m training.transfer BENCHMARK --budget {budget:g}", "network": f"ResNet-18, {HEIGHT}x{WIDTH}, random start",
            "seconds_each": budget, "kinds": names, "chance": round(1 / len(names), 3), "machine": f"{torch.get_num_threads()} threads, {platform.machine()}",
            "results": results}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benchmark", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--budget", type=float, default=480, help="seconds for each of the two networks")
    parser.add_argument("--out", type=Path, default=RESULT)
    given = parser.parse_args()
    result = run(given.benchmark, given.data, given.budget)
    given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"Wrote {given.out}.")


if __name__ == "__main__":
    main()
