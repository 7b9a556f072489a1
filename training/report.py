"""Write the model card and the README's tables from the committed result files.

    python -m training.report
"""

import json
import re

from fashflix.embedder import Embedder
from fashflix.garments import GARMENT_FILE
from fashflix.settings import ROOT
from training.export import CLASSES, RELEASED
from training.twins import listed

RESULTS = ROOT / "training" / "results"
CARD = RELEASED.parent / "MODEL_CARD.md"
TASKS = {
    "myntra_224 article_type": "shop photo: type of article",
    "myntra_224 base_colour": "shop photo: colour",
    "myntra_224 gender": "shop photo: women or men",
    "cc0_clothing label": "home photo: type of clothing",
    "home to shop": "home photo finds shop products of its kind, precision@10",
    "myntra_224 other crop": "turned crop finds its own photo first",
    "deepfashion_attr linear probe": "attributes by a linear probe, macro F1",
}

TEXT = """# Model card: fashflix.onnx

A ResNet-50 with a 512-dimensional fully connected embedding and one linear layer over {attributes} clothing attributes. Input `pixels` float32
(n, 3, height, width), RGB 0..255, {height} x {width} here; outputs `embedding` (n, 512), rows of length 1, and `attributes` (n, {attributes}),
probabilities. Beside it garments.onnx, a head that finds garments: it takes what the network's four stages see and gives `garments`
(n, {garments}, height / 4, width / 4), probabilities of the background and of {kinds}.

- sha256: `{sha256}`
- size: {megabytes:.1f} MB, and {head_megabytes:.1f} MB for the head; weights as float16, layers unfolded; `training.export.load_released` loads it back for further training.
- trained from the weights of the release before it, which a GPU had trained from random ones in 390 s; this run on {device}: {seconds:,} s,
  {steps:,} steps of {batch} photos in two views each. Config: `training/results/released_run.json`, curve: `released_curve.csv`.
- its teacher, a MobileNetV2 that began with ImageNet's weights and learnt the same labels for {teacher_seconds:,} s: `teacher_run.json`,
  `teacher_curve.csv`. The two commands stand at the top of `training/train.py`.

## Data and terms

Research and education only: some of the photos it learnt from are licensed for that alone.

| source | photos trained on | terms |
|---|---|---|
{sources}

{photos:,} photos in all. Held out are 10 % of the Myntra styles (by name without colour words), of the CC0 senders, and DeepFashion's validation
photos. Of the held-out shop photos, {twins} that have a near-twin among the training photos count in no figure
(`training/splits/near_twins.txt`). The release before this one, from which it was trained on, had the same photos held out. The
garment head alone learnt from Clothing Co-Parsing's street photos; the embedding never saw them. The teacher's ImageNet weights are Apache-2.0.
No photo can be restored from the weights as far as we know. Rendered products of the demo catalogue taught the garment head only.

## What it can do

Five nearest neighbours among the training photos of the same source, asked for held-out photos. Recall@1 of another crop: 60 % of the
area, turned by 15 degrees, JPEG quality 40, among held-out photos. `{command}` made the figures.

{table}

Its own attribute outputs on held-out photos, thresholds chosen on one half of them and judged on the other: macro F1 {f1_all:.3f} over
{f1_attributes} attributes of all sources ({f1_n:,} photos; always yes: {f1_yes:.3f}); on DeepFashion's alone {f1_deep:.3f} over {deep_attributes} (always yes:
{deep_yes:.3f}).

| attribute | F1 | always yes | positives | threshold |
|---|---|---|---|---|
{attribute_rows}

Garments in street photos, {garment_photos} held out (`{garment_command}`): mean intersection over union {mean_iou:.3f}.

| | intersection over union | photos with it |
|---|---|---|
{garment_rows}

Where it is better and worse, by the type of article (shop) and the type of clothing (home), at least ten photos each:

| | accuracy | photos |
|---|---|---|
{slices}

PyTorch and OpenVINO agree: least cosine {cosine:.4f} in float32.

## Known weaknesses

- Street photos: it learnt them only to find garments; search by a photo of a person goes through the garment's crop.
- Shop photos on white, adult western and Indian clothes of one shop dominate; children and plus sizes are rare.
- Necklines, fabrics and fits are often wrong on photos unlike DeepFashion's. Attributes with few positives have unsure thresholds.
- No source stayed wholly untouched: of each, only the photos named above did.
"""

SOURCES = {
    "myntra_224": ('Myntra shop photos ("fashion product images"), 224 pixels', "public data set, research and education"),
    "myntra_80": ("the same shop, other photos of 60 x 80 pixels", "public data set, research and education"),
    "cc0_clothing": ("people's own clothes photos", "CC0"),
    "deepfashion_attr": ("DeepFashion Category & Attribute, a subset", "non-commercial research"),
}


def table(results):
    """Markdown: one row a task, one column a network."""
    networks = results["networks"]
    shown = lambda count: f"{count:,}" if count else ""
    lines = ["| | " + " | ".join(networks) + " | queries | classes | gallery |", "|---" * (len(networks) + 4) + "|"]
    for task, words in TASKS.items():
        first = networks["FashFlix"][task]
        scores = [next(iter(figures[task].values())) for figures in networks.values()]
        lines.append(f"| {words} | " + " | ".join(f"{score:.3f}" for score in scores)
                     + f" | {first['n']:,} | {first.get('classes', '')} | {shown(first.get('gallery'))} |")
    return "\n".join(lines)


def attribute_rows(attributes):
    """Markdown rows. attributes: the part of that name in the results of training.evaluate."""
    return "\n".join(f"| {word} | {row['f1']:.2f} | {row['always_yes_f1']:.2f} | {row['support']} | {attributes['thresholds'][word]:.2f} |"
                     for word, row in attributes["all"]["per_attribute"].items())


def slice_rows(results):
    """Markdown rows: the network's accuracy by women and men, type of article and type of clothing."""
    figures, rows = results["networks"]["FashFlix"], []
    for task, by, words in (("myntra_224 article_type", "gender", "shop, "), ("myntra_224 article_type", "article_type", "shop, "),
                            ("cc0_clothing label", "label", "home, ")):
        rows += [f"| {words}{value.lower()} | {one['accuracy']:.2f} | {one['n']} |" for value, one in figures[task]["slices"][by].items()]
    return "\n".join(rows)


def model_card(results, runs, garments):
    """The text of MODEL_CARD.md. results: of training.evaluate. runs: dict of `released` and `teacher`, of training.export. garments: of training.garments."""
    released, attributes, embedder = runs["released"], results["attributes"], Embedder.load()
    every, deep = attributes["all"], attributes["deepfashion_attr"]
    return TEXT.format(
        attributes=len(embedder.attributes), height=embedder.height, width=embedder.width, garments=len(CLASSES), kinds=", ".join(CLASSES[1:]),
        sha256=results["model_sha256"], megabytes=RELEASED.stat().st_size / 1e6, head_megabytes=RELEASED.with_name(GARMENT_FILE).stat().st_size / 1e6, device="two CPU cores" if released["device"] == "cpu" else "one GPU",
        seconds=released["seconds"], steps=released["steps"], batch=released["config"]["batch"], teacher_seconds=runs["teacher"]["seconds"],
        sources="\n".join(f"| {words} | {released['sources'][name]:,} | {terms} |" for name, (words, terms) in SOURCES.items()),
        photos=released["photos"], twins=len(listed()), command=results["command"], table=table(results), f1_all=every["macro_f1"],
        f1_attributes=every["attributes"], f1_n=every["n"], f1_yes=every["always_yes_macro_f1"], f1_deep=deep["macro_f1"],
        deep_attributes=deep["attributes"], deep_yes=deep["always_yes_macro_f1"], attribute_rows=attribute_rows(attributes),
        garment_photos=garments["held_out_photos"], garment_command=garments["command"], mean_iou=garments["mean_iou"],
        garment_rows="\n".join(f"| {name} | {one['iou']:.2f} | {one['photos']} |" for name, one in garments["per_class"].items()),
        slices=slice_rows(results), cosine=results["least_cosine_torch_openvino"])


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
    """(results, runs, garments, benchmarks, neighbours, transfer) of the committed files."""
    read = lambda path: json.loads(path.read_text(encoding="utf-8"))
    return (read(RESULTS / "released.json"), {name: read(RESULTS / f"{name}_run.json") for name in ("released", "teacher")},
            read(RESULTS / "garments.json"), read(ROOT / "tests" / "benchmarks" / "results.json"),
            *(read(RESULTS / f"studio_{name}.json") for name in ("neighbours", "transfer")))


def main():
    results, runs, garments, *others = read_results()
    CARD.write_text(model_card(results, runs, garments), encoding="utf-8")
    path = ROOT / "README.md"
    path.write_text(readme(path.read_text(encoding="utf-8"), results, *others), encoding="utf-8")


if __name__ == "__main__":
    main()
