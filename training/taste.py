"""Which learner finds what people like, on the bundled shop and on real shop photos, and how sure it may be.

    python -m training.taste [--data FOLDER] [--teacher FILE] [--people N] [--worlds FOLDER]

Prepares two worlds (the bundled shop; Myntra's photos, embedded with the released model), each with the features of a model that made none of
the vectors (ImageNet MobileNetV2), lets people who do not exist swipe in them (fashflix.simulate), and writes
training/results/taste.json and taste.svg, the table in the README, and fashflix/weights/confidence.json. --worlds keeps the prepared worlds for
`python -m fashflix.simulate --world`, and takes them from there when the model is still the one they were made with.
"""

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from fashflix.catalogue import Catalogue
from fashflix.confidence import FILE
from fashflix.embedder import Embedder
from fashflix.errors import PhotoError
from fashflix.photo import frame, open_photo
from fashflix.simulate.report import PEOPLE, study
from fashflix.simulate.world import of_catalogue, open_world
from training.models import Teacher
from training.sources import DATA, read

RESULTS = Path(__file__).parent / "results"
README = Path(__file__).parents[1] / "README.md"
TEACHER = DATA.parent / "weights" / "mobilenet_v2_imagenet1001_from_tflite.pth"
MYNTRA, PRODUCTS = "myntra_224", 3000
KINDS = ("Apparel", "Footwear", "Accessories")
BATCH = 32


@torch.no_grad()
def looks(images, teacher, embedder=None):
    """Photos as both models see them. images: list of PIL images. Returns float16 (n, 1280) and float16 (n, 512), or None without embedder."""
    look, vectors = [], []
    for start in tqdm(range(0, len(images), BATCH), unit=" batches", leave=False):
        some = images[start:start + BATCH]
        pixels = np.stack([frame(image, 224, 168) for image in some])
        look.append(teacher(torch.from_numpy(pixels).permute(0, 3, 1, 2).float()).numpy().astype(np.float16))
        if embedder:
            vectors.append(embedder.embed(some).astype(np.float16))
    return np.concatenate(look), np.concatenate(vectors) if embedder else None


def shop_look(catalogue, teacher):
    """How the teacher sees each product of a catalogue. Returns float16 (n, 1280)."""
    photos = [catalogue.folder / catalogue.product(row).image_files[0] for row in range(len(catalogue))]
    return looks([open_photo(photo.read_bytes()) for photo in photos], teacher)[0]


def myntra_world(data, teacher, embedder, path):
    """Write the world of Myntra's adult clothes, shoes and accessories: about PRODUCTS of them, spread over the set."""
    photos = read(data, [MYNTRA])
    photos = photos[photos.master_category.isin(KINDS) & photos.gender.isin(["Women", "Men", "Unisex"])]
    photos = photos.iloc[np.linspace(0, len(photos) - 1, min(PRODUCTS, len(photos))).astype(int)]
    images, kept = [], []
    for place, data_ in enumerate(photos.image):
        try:
            images.append(open_photo(data_))
            kept.append(place)
        except PhotoError:
            continue                    # a damaged photo is no product
    photos = photos.iloc[kept].fillna("")
    look, vectors = looks(images, teacher, embedder)
    words = photos.article_type.str.lower() + "|all " + photos.sub_category.str.lower() + "|" + photos.base_colour.str.lower()
    np.savez(path, vectors=vectors, look=look, gender=photos.gender.str.lower().to_numpy(str), words=words.to_numpy(str),
             occasions=(photos.usage + ", " + photos.season).to_numpy(str))


def worlds(data, teacher_file, folder):
    """Both worlds. folder: where what is slow to make is kept, or taken from."""
    folder.mkdir(parents=True, exist_ok=True)
    embedder, catalogue, teacher = Embedder.load(), Catalogue.open(), None
    look, myntra = folder / f"shop-look-{len(catalogue)}.npy", folder / f"myntra-{embedder.sha256[:12]}.npz"
    if not (look.exists() and myntra.exists()):
        teacher = Teacher(teacher_file)
    if not look.exists():
        np.save(look, shop_look(catalogue, teacher))
    if not myntra.exists():
        myntra_world(data, teacher, embedder, myntra)
    return [of_catalogue(catalogue, look=np.load(look)), open_world(myntra, name="myntra")]


def plot(results, path):
    """Precision by swipes, one panel a cell, one line a learner, with its interval."""
    import matplotlib
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "taste"       # the same figures give the same file
    from matplotlib import pyplot
    cells = results["cells"]
    columns = 4
    figure, panels = pyplot.subplots(-(-len(cells) // columns), columns, figsize=(14, 3.2 * -(-len(cells) // columns)),
                                      sharex=True, sharey=True)
    for panel, cell in zip(panels.flat, cells):
        for name, figures in cell["learners"].items():
            rows = [(int(key.rsplit(" ", 1)[1]), one) for key, one in figures.items() if key.startswith("precision@10")]
            swipes, ours = [one[0] for one in rows], [one[1] for one in rows]
            line, = panel.plot(swipes, [one["mean"] for one in ours], label=name, marker="o", markersize=3,
                               linewidth=2.2 if name == "kernel" else 1.2)
            panel.fill_between(swipes, [one["low"] for one in ours], [one["high"] for one in ours], color=line.get_color(),
                               alpha=0.12, linewidth=0)
        panel.set_title(cell_title(cell), fontsize=9)
        panel.grid(alpha=0.25)
        panel.spines[["top", "right"]].set_visible(False)
    for panel in panels.flat[len(cells):]:
        panel.set_visible(False)
    figure.supxlabel("swipes")
    figure.supylabel("precision@10 of what can be reached")
    figure.legend(*panels.flat[0].get_legend_handles_labels(), loc="lower right", ncols=3, frameon=False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def in_readme(text, results):
    """The README with its table of learners renewed: what stands between its two <!-- taste --> marks."""
    rows = []
    for cell in results["cells"]:
        figures = {name: one["precision@10 after 30"] for name, one in cell["learners"].items()}
        gain = figures["kernel"]
        rows.append(f"| {cell_title(cell)} | {figures['chance']['mean']:.2f} | {figures['ema']['mean']:.2f} | {gain['mean']:.2f} | "
                    f"{gain['gain']:+.2f} ({gain['gain_low']:+.2f} to {gain['gain_high']:+.2f}) | {gain['women']:.2f} / {gain['men']:.2f} |")
    part = (f"Of the ten products at the top of For you after 30 swipes, how many of those that could please do: "
            f"{results['people of each cell']} people who do not exist for each row, 5 % of whose swipes slip (`{results['command']}`; more figures in "
            "`training/results/taste.json`). They like products by words, by how another network (MobileNetV2) sees them, or by occasion. In brackets: "
            "95 % of paired resamples.\n\n"
            "| | chance | EMA, the first rule | FashFlix | gain over EMA | women / men |\n|---|---|---|---|---|---|\n" + "\n".join(rows)
            + f"\n\nHow many of the next ten will please is guessed with an expected calibration error of "
            f"{results['confidence']['kernel']['error']:.3f}.\n\n![Precision by swipes, each learner](training/results/taste.svg)\n")
    return re.sub(r"(<!-- taste -->\n).*(<!-- taste -->)", lambda match: f"{match[1]}\n{part}\n{match[2]}", text, flags=re.S)


def cell_title(cell):
    tastes = "one taste" if cell["tastes"] == 1 else "three tastes"
    return f"{cell['world']}: {tastes} by {cell['kind']}{', drifting' if cell['drifts'] else ''}"


def main():
    parser = argparse.ArgumentParser(prog="python -m training.taste", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--teacher", type=Path, default=TEACHER)
    parser.add_argument("--people", type=int, default=PEOPLE, help="of each kind of taste")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--worlds", type=Path, help="folder that keeps the prepared worlds; default: none")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        found = worlds(given.data, given.teacher, given.worlds or Path(scratch))
        results, weights = study(found, people=given.people, seed=given.seed)
    arguments = "".join(f" --{name} {value}" for name, value in (("people", given.people), ("seed", given.seed))
                        if value != parser.get_default(name))
    results = {"command": "python -m training.taste" + arguments, "model_sha256": Embedder.load().sha256} | results
    (RESULTS / "taste.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    FILE.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    plot(results, RESULTS / "taste.svg")
    README.write_text(in_readme(README.read_text(encoding="utf-8"), results), encoding="utf-8")
    missed = [row for row in results["reach"] if not row["met"]]
    print(f"{len(results['reach']) - len(missed)} aims met, {len(missed)} missed; see {RESULTS / 'taste.json'}", file=sys.stderr)


if __name__ == "__main__":
    main()
