"""Does looking for one garment of a photo help? Street photos of people ask the shop for what they wear.

    python -m training.street

Queries are the garments in Clothing Co-Parsing's held-out photos, as their masks name them; the gallery is Myntra's training photos. A found product is
right when it is sold as that kind of garment. Compared are the whole photo, the crop of the garment that `fashflix.garments` finds, and
that crop on white. Also: how many garments are found at all, and how many finds are right. Writes training/results/street.json.
"""

import argparse
import io
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
from PIL import Image

from fashflix.embedder import Embedder
from fashflix.garments import GarmentFinder
from fashflix.index import Index
from fashflix.photo import open_photo
from fashflix.vocabulary import GARMENTS
from training.garments import held_out, to_ours
from training.sources import DATA, MYNTRA_CATEGORY, read

RESULTS = Path(__file__).parent / "results" / "street.json"
FOUND = 10
LEAST = 0.01        # share of the photo that a garment covers to be asked for


def precision(words, near, kind):
    """Share of the found products that are sold as `kind`. words: array of categories. near: rows."""
    return float(np.isin(words[near], GARMENTS[kind]).mean())


def street(data=DATA):
    """All figures as a dict. data: folder with ccp.parquet and myntra_224.parquet."""
    shop = read(data, ("myntra_224",))
    shop = shop[~shop.held_out]
    words = shop.article_type.map(lambda name: MYNTRA_CATEGORY.get(name, "").split("|")[0]).to_numpy()
    embedder, finder = Embedder.load(), GarmentFinder.load()
    index = Index(embedder.embed([open_photo(one) for one in shop.image]))
    table = parquet.read_table(Path(data) / "ccp.parquet", columns=["id", "image", "mask"]).to_pandas()
    scores, counts = {way: {kind: [] for kind in GARMENTS} for way in ("whole photo", "crop", "crop on white")}, Counter()
    for row in table[[held_out(number) for number in table.id]].itertuples():
        photo = open_photo(row.image)
        classes = to_ours(np.asarray(Image.open(io.BytesIO(row.mask))))
        worn = {kind for number, kind in enumerate(GARMENTS, start=1) if (classes == number).mean() >= LEAST}
        found = {one.kind: one for one in finder.find(photo)}
        counts.update({"worn": len(worn), "found": len(found), "found and worn": len(worn & set(found))})
        for kind in worn & set(found):
            ways = (photo, found[kind].crop(photo), found[kind].on_white(photo))
            for way, vector in zip(scores, embedder.embed(list(ways))):
                scores[way][kind].append(precision(words, index.search(vector, FOUND)[0], kind))
    return {"command": "python -m training.street", "model_sha256": embedder.sha256, "gallery": len(shop), **counts,
            "precision_at_10": {way: {"macro": round(float(np.mean([np.mean(one) for one in kinds.values() if one])), 4)}
                                | {kind: {"mean": round(float(np.mean(one)), 3), "n": len(one)} for kind, one in kinds.items() if one}
                                for way, kinds in scores.items()}}


def main():
    parser = argparse.ArgumentParser(prog="python -m training.street", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    results = street(given.data)
    given.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
