"""Write the model card and the README's tables from the committed result files.

    python -m training.report
"""

import csv
import json
import re

from fashflix.settings import ROOT
from training.export import RELEASED, load_released

RESULTS = ROOT / "training" / "results"
CARD = RELEASED.parent / "MODEL_CARD.md"
TASKS = {
    "myntra_224 article_type": "shop photo: type of article",
    "myntra_224 base_colour": "shop photo: colour",
    "myntra_224 gender": "shop photo: women, men, children",
    "cc0_clothing label": "home photo: type of clothing",
    "myntra_224 other crop": "turned crop finds its own photo first",
}

TEXT = """# Model card: fashflix.onnx

A ResNet-50 with a 512-dimensional fully connected embedding and one linear layer over {attributes} clothing attributes. Input `pixels` float32
(n, 3, 224, 168), RGB 0..255; outputs `embedding` (n, 512), rows of length 1, and `attributes` (n, {attributes}), probabilities.

- sha256: `{sha256}`
- size: {megabytes:.1f} MB, weights as float16, layers unfolded; `training.export.load_released` loads it back for further training.
- trained from random weights on one GPU for {seconds} s: {photos_seen:,} photos seen in two views each, {steps:,} steps, about {epochs:.0f} epochs.
  Curve: `training/results/first_run_curve.csv`. Command: `python -m training.train --name first --height 224 --width 168 --batch 256
  --budget 390 --average 0.998`, with `--data` and `--teacher` naming a reduced copy: photos at most 200 x 224 pixels as WebP of quality 72, a random
  44 % of the CC0 and 40 % of the DeepFashion photos, no myntra_80, the teacher's weights as float16. The command alone trains on more.

## Data and terms

Research and education only: some of the photos it learnt from are licensed for that alone.

| source | photos trained on | terms |
|---|---|---|
| Myntra shop photos ("fashion product images") | about 9,500 | public data set, research and education |
| people's own clothes photos | about 2,000 | CC0 |
| DeepFashion Category & Attribute, a subset | about 2,000 | non-commercial research |

{training_photos:,} photos in all; 10 % of the Myntra styles (by name without colour words), of the CC0 senders, and DeepFashion's validation photos
were held out. A pretrained ImageNet MobileNetV2 (Apache-2.0) served as a teacher. Its photos contain no person's name; no photo can be restored
from the weights as far as we know. Rendered products of the demo catalogue were not used.

## What it can do

Five nearest neighbours among all photos of the same source that are not held out (those left out of training too), asked for held-out photos; the last row: Recall@1 among held-out photos of a 60 % crop, turned
by 15 degrees, JPEG quality 40. Made by `python -m training.evaluate`.

{table}

Attributes on {f1_n:,} held-out DeepFashion photos, {f1_attributes} attributes: macro F1 {f1:.3f}; always saying yes scores {always_yes:.3f}.

{attribute_table}

PyTorch and OpenVINO agree: least cosine {cosine:.4f} in float32.

## Known weaknesses

- A first, short run. On home photos and on women or men it does not beat the pretrained CNN.
- Street photos, several garments in one picture, and busy backgrounds were hardly seen.
- Shop photos on white, adult western and Indian clothes of one shop dominate; children and plus sizes are rare.
- Thresholds are not calibrated: 0.5 everywhere. Necklines, fabrics and fits are often wrong on photos unlike DeepFashion's.
"""


def table(results):
    """Markdown: one row a task, one column a network."""
    networks = results["networks"]
    lines = ["| | " + " | ".join(networks) + " | queries | classes | gallery |", "|---" * (len(networks) + 4) + "|"]
    for task, words in TASKS.items():
        first = networks["FashFlix"][task]
        scores = [next(iter(figures[task].values())) for figures in networks.values()]
        lines.append(f"| {words} | " + " | ".join(f"{score:.3f}" for score in scores)
                     + f" | {first['n']:,} | {first.get('classes', '')} | {first['gallery']:,} |")
    return "\n".join(lines)


def attribute_table(results):
    rows = results["deepfashion_attributes"]["per_attribute"]
    return "\n".join(["| attribute | F1 | always yes | positives |", "|---|---|---|---|"]
                     + [f"| {word} | {row['f1']:.2f} | {row['always_yes_f1']:.2f} | {row['support']} |" for word, row in rows.items()])


def model_card(results, curve):
    """The text of MODEL_CARD.md. results: of training.evaluate. curve: list of dict, the rows of the training curve."""
    last, f1 = curve[-1], results["deepfashion_attributes"]
    return TEXT.format(
        attributes=len(load_released().attributes), sha256=results["model_sha256"], megabytes=RELEASED.stat().st_size / 1e6,
        seconds=last["seconds"], photos_seen=int(last["photos_seen"]), steps=int(last["steps"]), training_photos=TRAINING_PHOTOS,
        epochs=int(last["photos_seen"]) / TRAINING_PHOTOS, table=table(results), f1_n=f1["n"], f1_attributes=f1["attributes"],
        f1=f1["macro_f1"], always_yes=f1["always_yes_macro_f1"], attribute_table=attribute_table(results),
        cosine=results["least_cosine_torch_openvino"])


TRAINING_PHOTOS = 13_482


def speed_table(benchmarks):
    """Markdown of the benchmark rows."""
    return "\n".join(["| | FashFlix | peer | ratio | |", "|---|---|---|---|---|"]
                     + [f"| {row['job']} | {row['ours']:.4g} | {row['peer']:.4g} | {row['ratio']:.2f} | {row['unit']} |"
                        for row in benchmarks["rows"]])


def studio(neighbours, transfer):
    """Markdown: what the embedding sees in the demo shop, and what rendered photos teach about real ones."""
    rows = "\n".join(f"| {field} | {one['accuracy']:.3f} | {one['most_frequent']:.3f} | {one['classes']} | {one['n']:,} |"
                     for field, one in neighbours["fields"].items())
    taught = "\n".join(f"| {name.removeprefix('taught on ')} | {one.get('training_photos', 0):,} | " + " | ".join(
        f"{one[sample][figure]:.3f}" if sample in one else "" for sample in ("on_all_real_photos", "on_real_photos") for figure in ("accuracy", "macro_f1")) + " |"
                       for name, one in transfer["results"].items())
    everyone, held_out = (transfer["results"]["taught on studio photos"][sample]["n"] for sample in ("on_all_real_photos", "on_real_photos"))
    return (f"How well the released embedding tells the demo shop's products apart: {neighbours['neighbours']} nearest products of other groups vote "
            f"(`{neighbours['command']}`).\n\n| | accuracy | most frequent word | classes | products |\n|---|---|---|---|---|\n{rows}\n\n"
            f"What rendered photos are good for: a small network ({transfer['network']}, {transfer['seconds_each']:g} s each) names one of {len(transfer['kinds'])} "
            f"kinds of garment on real photos that people took at home (`{transfer['command']}`). Rendered pictures alone do not replace real ones.\n\n"
            f"| taught on | photos | accuracy, all {everyone:,} real photos | macro F1 | accuracy, {held_out:,} held out | macro F1 |\n|---|---|---|---|---|---|\n"
            f"{taught}\n")


def readme(text, results, benchmarks, neighbours, transfer):
    """The README with its tables renewed."""
    text = re.sub(r"(<!-- studio -->\n).*(<!-- studio -->)", lambda match: f"{match[1]}\n{studio(neighbours, transfer)}\n{match[2]}", text, flags=re.S)
    feed = ", EMA on every vector for a feed step" if any(row["job"].startswith("feed") for row in benchmarks["rows"]) else ""
    part = (f"Held-out photos, five nearest neighbours; `python -m training.evaluate` made the figures, and the model card says more.\n\n{table(results)}\n\n"
            f"Speed on {benchmarks['machine']} (`{benchmarks['command'].strip()}`). Peers: a hello-world Streamlit page for the first three rows, PyTorch "
            f"float32 eager for the others{feed}.\n\n{speed_table(benchmarks)}\n")
    return re.sub(r"(<!-- results -->\n).*(<!-- results -->)", lambda match: f"{match[1]}\n{part}\n{match[2]}", text, flags=re.S)


def read_results():
    """(results, curve, benchmarks, neighbours, transfer) of the committed files."""
    with open(RESULTS / "first_run_curve.csv", newline="") as file:
        curve = list(csv.DictReader(file))
    return (json.loads((RESULTS / "first_run.json").read_text()), curve,
            json.loads((ROOT / "tests" / "benchmarks" / "results.json").read_text()),
            *(json.loads((RESULTS / f"studio_{name}.json").read_text()) for name in ("neighbours", "transfer")))


def main():
    results, curve, *others = read_results()
    CARD.write_text(model_card(results, curve), encoding="utf-8")
    path = ROOT / "README.md"
    path.write_text(readme(path.read_text(encoding="utf-8"), results, *others), encoding="utf-8")


if __name__ == "__main__":
    main()
