"""How well the released embedding tells a catalogue's products apart: five neighbours vote on category, pattern, main colour and women/men.

    python -m training.neighbours [CATALOGUE] [--out training/results/studio_neighbours.json]

Every product is asked for in turn; its own variants (same group_id) are not among its neighbours. Beside each figure stands the share of
the most frequent word, which a guess without looking reaches.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd

from fashflix.settings import ROOT, Settings
from training.evaluate import NEIGHBOURS

RESULT = Path(__file__).parent / "results" / "studio_neighbours.json"
FIELDS = ("category", "pattern", "colour", "gender")


def vote(vectors, groups, names):
    """The word most frequent among the nearest of other groups, ties to the nearest. vectors: float32 (n, d), unit rows. Returns list of n words."""
    likeness = vectors @ vectors.T
    likeness[groups[:, None] == groups[None, :]] = -np.inf
    nearest = np.argsort(-likeness, axis=1)[:, :NEIGHBOURS]
    votes = [[names[one] for one in row] for row in nearest]
    return [max(row, key=lambda word: (row.count(word), -row.index(word))) for row in votes]


def measure(folder):
    """Accuracy per field over the catalogue in `folder`. Returns dict field -> figures, of the fields it states."""
    products = pd.read_parquet(folder / "products.parquet", columns=["product_id", "group_id", "category", "pattern", "colours", "gender"])
    vectors = np.load(folder / "vectors.npy").astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    products["colour"] = products.colours.str[0]
    groups = products.group_id.fillna(products.product_id).factorize()[0]
    results = {}
    for field in FIELDS:
        stated = products[field].notna().to_numpy()
        names = products[field][stated].tolist()
        if not names:
            continue
        right = np.array([guess == name for guess, name in zip(vote(vectors[stated], groups[stated], names), names)])
        results[field] = {"accuracy": round(float(right.mean()), 3), "most_frequent": round(max(map(names.count, set(names))) / len(names), 3),
                          "n": len(names), "classes": len(set(names)),
                          "per_class": {name: {"n": names.count(name), "accuracy": round(float(right[np.array(names) == name].mean()), 3)}
                                        for name in sorted(set(names))}}
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalogue", nargs="?", type=Path, default=Settings().catalogue)
    parser.add_argument("--out", type=Path, default=RESULT)
    given = parser.parse_args()
    folder = given.catalogue.resolve()
    shown = folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder.name
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    result = {"command": f"python -m training.neighbours {shown}", "neighbours": NEIGHBOURS, "gallery": manifest["rows"], "model_sha256": manifest["model_sha256"],
              "fields": measure(folder)}
    given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    for field, figures in result["fields"].items():
        print(f"{field:10} {figures['accuracy']:.3f}  (most frequent word {figures['most_frequent']:.3f}, {figures['classes']} classes, n {figures['n']:,})")


if __name__ == "__main__":
    main()
