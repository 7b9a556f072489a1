"""A benchmark in the file layout of DeepFashion In-Shop Clothes Retrieval (Liu et al., CVPR 2016), with labels and masks that are exact.

    img/WOMEN/Dresses/id_00000001/01_1_front.jpg
    Eval/list_eval_partition.txt                image, item, train | query | gallery
    Anno/attributes/list_attr_items.txt         item and 1 / -1 / 0 (unknown) per attribute; list_attr_cloth.txt names them
    Anno/list_item_inshop.txt, Anno/list_bbox_inshop.txt, Anno/list_description_inshop.json
    Anno/segmentation/DeepFashion_segmentation_{train,query,gallery}.json       COCO-style polygons of the garment's parts

Items of one geometry are on one side of the split. Every item is draped twice with different seeds, and photographed in changing light on
changing backgrounds, cut and turned, with a colour cast. `python -m training.inshop`'s reader takes it like the original.
"""

import json
import time
from concurrent.futures import as_completed
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from catalog.studio.chance import redraped
from catalog.studio.names import name
from catalog.studio.palette import CLOTH, lab
from catalog.studio.planning import plan, write_whole
from catalog.studio.raster import freeze
from catalog.studio.recipes import RECIPES
from catalog.studio.regions import Region
from catalog.studio.render import random_background, random_camera, random_light, render
from catalog.studio.shop import cut_sound, dress_apart, look
from catalog.studio.workers import worker_pool
from fashflix.errors import StudioError
from fashflix.vocabulary import ATTRIBUTES, CATEGORIES, COLOURS, PATTERNS, facet_of

VIEWS = ("front", "side", "back", "full", "zoom")
POSES = {"front": 1, "side": 2, "back": 3, "full": 4, "zoom": 5}            # In-Shop's numbers
TRAIN, QUERIES_OF_TEST = 0.75, 2                                            # share of geometries; photos of a test item that ask
DRAPES = 2
SMALLEST_PART = 12                                                          # square pixels
ALIKE = 14                                                                  # CIELAB distance of colours nobody tells apart
QUALITY = 85                                                                # of JPEG
ITEMS, SIZE = 1600, 256                                                     # renders in about 30 minutes on 2 cores
FOLDERS = {
    "t-shirt": "Tees_Tanks", "tank top": "Tees_Tanks", "shirt": "Blouses_Shirts", "blouse": "Blouses_Shirts",
    "sweater": "Sweaters", "cardigan": "Cardigans", "hoodie": "Sweatshirts_Hoodies", "sweatshirt": "Sweatshirts_Hoodies",
    "denim jacket": "Jackets_Coats", "bomber jacket": "Jackets_Coats", "puffer jacket": "Jackets_Coats", "blazer": "Suiting",
    "coat": "Jackets_Coats", "dress": "Dresses", "skirt": "Skirts",
    "jeans": "Denim", "trousers": "Pants", "joggers": "Pants", "leggings": "Leggings", "shorts": "Shorts",
    "sneakers": "Shoes", "boots": "Shoes", "bag": "Bags", "backpack": "Bags", "hat": "Hats",
}
MENS_FOLDERS = {"shirt": "Shirts_Polos", "denim jacket": "Jackets_Vests", "bomber jacket": "Jackets_Vests",
                "puffer jacket": "Jackets_Vests", "coat": "Jackets_Vests"}
CLOTHES = {"upper": 1, "lower": 2, "full": 3}
LOWER, FULL = ("skirt", "jeans", "trousers", "joggers", "leggings", "shorts", "sneakers", "boots"), ("dress", "coat")
WORDS = (*CATEGORIES, *COLOURS, *PATTERNS, *ATTRIBUTES)


def make_benchmark(out, items=ITEMS, size=SIZE, seed=1, workers=2, recipes=RECIPES, progress=True):
    """Render the benchmark, or what is missing of it.

    out: folder. items: number of items (colourways). size: height of the photos in pixels, the width is three quarters of it.
    Returns dict of timing: items, photos, size, cpu_seconds, seconds_of_this_run, photos_per_cpu_minute; and faults: {first item of a
    geometry: sentences} of those that still fail a check after all tries.
    Raises StudioError when the folder is of other items, size or seed.
    """
    out, began = Path(out), time.monotonic()
    (out / "items").mkdir(parents=True, exist_ok=True)
    _settle(out, {"items": items, "size": size, "seed": seed})
    groups = plan(items, seed, recipes)
    numbered, number = [], 1
    for group in groups:
        numbered.append((group, number))
        number += len(group["colourways"])
    missing = [(group, first) for group, first in numbered if not _record(out, first).exists()]
    with worker_pool(workers) as pool, tqdm(total=items, unit=" items", disable=not progress) as bar:
        bar.update(items - sum(len(group["colourways"]) for group, _ in missing))
        jobs = {pool.submit(_render_group, group, first, out, size, recipes): group for group, first in missing}
        for job in as_completed(jobs):
            job.result()
            bar.update(len(jobs[job]["colourways"]))
    records = [json.loads(_record(out, first).read_text(encoding="utf-8")) for _, first in numbered]
    write_annotations(out, [item | {"test": _is_test(place, seed)} for place, record in enumerate(records) for item in record["items"]])
    photos = sum(len(item["photos"]) for record in records for item in record["items"])
    cpu_seconds = round(sum(record["cpu_seconds"] for record in records), 1)
    timing = {"items": items, "photos": photos, "size": [size * 3 // 4, size], "cpu_seconds": cpu_seconds,
              "seconds_of_this_run": round(time.monotonic() - began, 1), "photos_per_cpu_minute": round(photos / cpu_seconds * 60, 1),
              "faults": {f"id_{first:08d}": record["faults"] for (_, first), record in zip(numbered, records) if record["faults"]}}
    (out / "timing.json").write_text(json.dumps(timing, indent=1) + "\n", encoding="utf-8")
    return timing


def _settle(out, settings):
    """Write down what the folder is a benchmark of; another plan's items would pass for this one's."""
    path = out / "plan.json"
    stored = json.loads(path.read_text(encoding="utf-8")) if path.exists() else settings
    if stored != settings:
        had = " ".join(f"--{key} {value}" for key, value in stored.items())
        raise StudioError(f"{out} holds a benchmark of {had}, not of {' '.join(f'--{key} {value}' for key, value in settings.items())}. "
                          f"Give {had}, or another --out.")
    write_whole(path, lambda file: json.dump(settings, file))


def _record(out, first):
    return out / "items" / f"{first:08d}.json"


def _is_test(place, seed):
    """Which side of the split a geometry is on: by its place in the plan, never by a picture."""
    return np.random.default_rng([seed, place, 5]).random() >= TRAIN


def _render_group(group, first, out, size, recipes):
    """All photos of one geometry: draped twice, each colourway photographed from every side."""
    began, recipe = time.process_time(), recipes[group["recipe"]]
    drapes, faults = [], []
    for number in range(DRAPES):
        with redraped(number):
            garment, found = cut_sound(recipe, group["gender"], group["seed"])
        drapes.append(garment)
        faults += found
    models, taken, items = [freeze(garment) for garment in drapes], [], []
    for number, colourway in enumerate(group["colourways"], start=first):
        designs = [dress_apart(recipe, garment, colourway["seed"], taken) for garment in drapes]
        taken.append(look(designs[0]))
        items.append(_photograph(list(zip(models, designs)), number, np.random.default_rng([colourway["seed"], 3]), out, size))
    text = json.dumps({"items": items, "faults": faults, "cpu_seconds": time.process_time() - began})
    write_whole(_record(out, first), lambda file: file.write(text))


def _photograph(draped, number, rng, out, size):
    """The photos of one item. draped: (model, design) of each drape. Returns what the annotations need, as a dict."""
    truth, item = draped[0][1].truth, f"id_{number:08d}"
    folder = FOLDERS[truth.category] if truth.gender == "women" else MENS_FOLDERS.get(truth.category, FOLDERS[truth.category])
    place = f"img/{'MEN' if truth.gender == 'men' else 'WOMEN'}/{folder}/{item}"
    (out / place).mkdir(parents=True, exist_ok=True)
    photos, shape = [], (size * 3 // 4, size)
    for count, view in enumerate(VIEWS):
        model, design = draped[count * DRAPES // len(VIEWS)]
        picture = render(model, design, shape, random_camera(rng, view), random_light(rng), random_background(rng, shape),
                         seed=int(rng.integers(100_000)))
        path = f"{place}/01_{count + 1}_{view}.jpg"
        _, data = cv2.imencode(".jpg", picture.rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        (out / path).write_bytes(data.tobytes())
        photos.append({"path": path, "view": view, "parts": _polygons(picture.parts), "box": _box(picture.mask > 0.5)})
    return {"item": item, "category": truth.category, "words": [truth.category, *truth.colours, truth.pattern, *truth.attributes],
            "colour": truth.colours[0], "description": name(truth, rng), "photos": photos}


def _polygons(parts):
    """Outlines of each part: {region name: [[x, y, x, y, ...], ...]}. parts: uint8 (h, w) of Region."""
    found = {}
    for region in Region:
        outlines, _ = cv2.findContours((parts == region).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_TC89_L1)
        polygons = [outline.ravel().tolist() for outline in outlines if len(outline) > 2 and cv2.contourArea(outline) >= SMALLEST_PART]
        if polygons:
            found[region.name.lower()] = polygons
    return found


def _box(mask):
    """x1, y1, x2, y2 around the garment, in pixels; the whole photo where none is seen."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return [0, 0, mask.shape[1], mask.shape[0]]
    return [int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1]


def write_annotations(out, items):
    """All annotation files. items: dicts as _photograph returns them, with `test` (bool)."""
    for folder in ("Eval", "Anno/attributes", "Anno/segmentation"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    labelled = [(item, photo, _status(item, place)) for item in items for place, photo in enumerate(item["photos"])]
    _listing(out / "Eval/list_eval_partition.txt", "image_name item_id evaluation_status",
             [f"{photo['path']} {item['item']} {status}" for item, photo, status in labelled])
    _listing(out / "Anno/attributes/list_attr_cloth.txt", "attribute_name", WORDS)
    _listing(out / "Anno/attributes/list_attr_items.txt", "item_id attribute_labels",
             [f"{item['item']} {' '.join(map(str, labels(item['words'])))}" for item in items])
    _listing(out / "Anno/list_item_inshop.txt", "item_id", [item["item"] for item in items])
    _listing(out / "Anno/list_bbox_inshop.txt", "image_name clothes_type pose_type x_1 y_1 x_2 y_2",
             [" ".join(map(str, (photo["path"], CLOTHES[_kind(item["category"])], POSES[photo["view"]], *photo["box"])))
              for item, photo, _ in labelled])
    descriptions = [{"item": item["item"], "color": item["colour"].title(), "description": [item["description"]]} for item in items]
    (out / "Anno/list_description_inshop.json").write_text(json.dumps(descriptions), encoding="utf-8")
    for status in ("train", "query", "gallery"):
        (out / f"Anno/segmentation/DeepFashion_segmentation_{status}.json").write_text(
            json.dumps(_coco([photo for _, photo, its in labelled if its == status])), encoding="utf-8")


def _status(item, place):
    """Items of training geometries train; of the others, the first photos ask and the rest are the gallery."""
    return "train" if not item["test"] else "query" if place < QUERIES_OF_TEST else "gallery"


def _listing(path, header, rows):
    path.write_text("\n".join([str(len(rows)), header, *rows]) + "\n", encoding="utf-8")


def _kind(category):
    return "lower" if category in LOWER else "full" if category in FULL else "upper"


def labels(words):
    """1, -1 or 0 for every one of WORDS. 0, unknown: a colour that nobody could tell from one the item has. words: those that are true."""
    true = set(words)
    colours = [lab(word) for word in true if facet_of(word) == "colour" and word in CLOTH]
    return [1 if word in true else 0 if facet_of(word) == "colour" and _alike(word, colours) else -1 for word in WORDS]


def _alike(word, colours):
    return word not in CLOTH or any(np.linalg.norm(lab(word) - colour) < ALIKE for colour in colours)


def _coco(photos):
    """COCO's dict of images, annotations and categories (Lin et al. 2014)."""
    ids = {region.name.lower(): int(region) + 1 for region in Region}
    annotations = [{"id": 0, "image_id": number, "category_id": ids[part], "iscrowd": 0, "segmentation": polygons,
                    "area": float(sum(cv2.contourArea(np.array(one, np.float32).reshape(-1, 2)) for one in polygons)),
                    "bbox": _bounds(polygons)}
                   for number, photo in enumerate(photos, start=1) for part, polygons in photo["parts"].items()]
    return {"images": [{"id": number, "file_name": photo["path"]} for number, photo in enumerate(photos, start=1)],
            "annotations": [one | {"id": number} for number, one in enumerate(annotations, start=1)],
            "categories": [{"id": number, "name": part} for part, number in ids.items()]}


def _bounds(polygons):
    """x, y, width, height around polygons."""
    points = np.concatenate([np.array(one).reshape(-1, 2) for one in polygons])
    low, high = points.min(axis=0), points.max(axis=0)
    return [int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1])]
