"""The demo shop: a plan of products, each a recipe with two seeds, and their photos, masks and facts.

    DIR/plan.json           every product's recipe, women/men and seeds; written first, changed only by a cull
    DIR/cull.json           {product_id or group_id: reason}, by a person who looked: these get new seeds at the next run
    DIR/rank.json           [product_id, ...], by a person who looked: these come first, and are the showcase
    DIR/groups/ID.json      the facts of one finished group; a group that has one of its seeds is not rendered again
    DIR/photos/, masks/, parts/     WebP photos; PNG masks and part maps of the same name
    DIR/products.csv        what `python -m catalog.build DIR/products.csv` reads
"""

import json
import os
from concurrent.futures import as_completed
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

from catalog.studio.chance import pick
from catalog.studio.checks import geometry_faults, picture_faults
from catalog.studio.listing import listed, ranked, write_csv
from catalog.studio.planning import SHOP, planned, read_record, record_path, write_whole
from catalog.studio.raster import freeze
from catalog.studio.recipes import RECIPES
from catalog.studio.render import Camera, render
from catalog.studio.workers import worker_pool

FRONT, SECOND = (480, 640), (300, 400)
QUALITY, EFFORT = 70, 6             # of WebP
TRIES = 6
BRAND = "FashFlix Studio (demo)"
SHOES_AND_MORE = ("sneakers", "boots", "bag", "backpack", "hat")


def make_shop(out, items=1500, seed=0, workers=2, recipes=RECIPES, progress=True):
    """Render the shop, or what is missing of it.

    out: folder. Returns (products, faults): rows of products.csv, and {product_id: sentences}.
    Raises StudioError when the folder's plan is of another size or seed.
    """
    out = Path(out)
    for folder in ("groups", "photos", "masks", "parts"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    groups = planned(out, items, seed, recipes)
    missing = [group for group in groups if read_record(out, group).get("group") != group]
    total = sum(len(group["colourways"]) for group in groups)
    with worker_pool(workers) as pool, tqdm(total=total, unit=" products", disable=not progress) as bar:
        bar.update(total - sum(len(group["colourways"]) for group in missing))
        jobs = {pool.submit(render_group, group, out, recipes): group for group in missing}
        for job in as_completed(jobs):
            job.result()
            bar.update(len(jobs[job]["colourways"]))
    rows = ranked(out, listed([read_record(out, group) for group in groups]))
    write_whole(out / "products.csv", lambda file: write_csv(file, rows), newline="")
    return rows, {row["product_id"]: row["faults"] for row in rows if row["faults"]}


def render_group(group, out, recipes=RECIPES):
    """Cut one garment and photograph all its colourways. Files are complete or absent; the group's record comes last."""
    recipe = recipes[group["recipe"]]
    garment, faults = cut_sound(recipe, group["gender"], group["seed"])
    model, products = freeze(garment), []
    kept = [colourway["look"] for colourway in group["colourways"] if "look" in colourway]
    taken = [(pattern, tuple(colours)) for pattern, colours in kept]
    for colourway in group["colourways"]:
        if "look" in colourway:
            design = dress_again(recipe, garment, colourway["seed"], colourway["look"])
        else:
            design = dress_apart(recipe, garment, colourway["seed"], taken)
            taken.append(look(design))
        products.append(_photograph(model, design, group, colourway, out, faults))
    write_whole(record_path(out, group), lambda file: json.dump({"group": group, "products": products}, file))


def cut_sound(recipe, gender, seed):
    """A garment that passes the checks, with up to TRIES seeds.

    Returns (Garment, faults of the last try: a list that is empty when sound).
    """
    for attempt in range(TRIES):
        garment = recipe.cut(np.random.default_rng([seed, attempt]), gender)
        faults = geometry_faults(garment, recipe.category)
        if not faults:
            break
    return garment, faults


def dress_apart(recipe, garment, seed, taken):
    """A colourway that looks unlike the ones already taken, as far as TRIES draws find one."""
    for attempt in range(TRIES):
        design = recipe.dress(garment, np.random.default_rng([seed, attempt]))
        if look(design) not in taken:
            break
    return design


def dress_again(recipe, garment, seed, seen):
    """The colourway that `dress_apart` once drew from this seed. seen: its look, as plan.json keeps it."""
    for attempt in range(TRIES):
        design = recipe.dress(garment, np.random.default_rng([seed, attempt]))
        if look(design) == (seen[0], tuple(seen[1])):
            break
    return design


def look(design):
    """What makes a colourway different from another: pattern and colours."""
    return design.truth.pattern, design.truth.colours[:2]


def second_camera(camera, category, rng):
    """The second photo's view: from behind, turned, or near. Shoes, bags and hats are turned the other way."""
    if category in SHOES_AND_MORE:
        return replace(camera, yaw=-camera.yaw if abs(camera.yaw) > 6 else camera.yaw + rng.uniform(22, 34), pitch=camera.pitch + 6)
    kind = pick(rng, ("back", "turned", "near"), (4, 3, 3))
    if kind == "back":
        return replace(camera, yaw=180.0)
    if kind == "turned":
        return replace(camera, yaw=camera.yaw + pick(rng, (-1, 1)) * rng.uniform(24, 40))
    return replace(camera, zoom=camera.zoom * rng.uniform(1.7, 2.1), shift=(rng.uniform(-3, 3), rng.uniform(6, 14)))


def _photograph(model, design, group, colourway, out, faults):
    """Photos, masks and part maps of one product, and its row."""
    rng, truth = np.random.default_rng([colourway["seed"], 77]), design.truth
    camera = design.camera or Camera()
    photo_seed = colourway["seed"] % 100_000
    front = render(model, design, FRONT, camera, seed=photo_seed)
    second = render(model, design, SECOND, second_camera(camera, truth.category, rng), seed=photo_seed)
    stem = colourway["product_id"].split(":")[1]
    files = [_keep(picture, f"{stem}-{number}", out) for number, picture in enumerate((front, second), start=1)]
    return {"product_id": colourway["product_id"], "shop": SHOP, "brand": BRAND, "gender": truth.gender, "category": truth.category,
            "colours": "|".join(truth.colours), "pattern": truth.pattern, "attributes": "|".join(truth.attributes),
            "group_id": group["group_id"],
            "photos": "|".join(files), "is_sample": "true", "truth": asdict(truth),
            "faults": faults + picture_faults(front, truth.category)}


def _keep(picture, stem, out):
    """Write one picture's three files. Returns the photo's name relative to the folder."""
    mask = np.round(picture.mask * 255).astype(np.uint8)
    for path, pixels, options in ((out / "masks" / f"{stem}.png", mask, {"optimize": True}),
                                  (out / "parts" / f"{stem}.png", picture.parts, {"optimize": True}),
                                  (out / "photos" / f"{stem}.webp", picture.rgb, {"quality": QUALITY, "method": EFFORT})):
        unfinished = path.with_suffix(f".{os.getpid()}.part")
        Image.fromarray(pixels).save(unfinished, path.suffix[1:].upper(), **options)
        os.replace(unfinished, path)
    return f"photos/{stem}.webp"


