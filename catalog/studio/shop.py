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
from catalog.studio.raster import freeze
from catalog.studio.recipes import RECIPES
from catalog.studio.render import Camera, render
from catalog.studio.workers import worker_pool
from fashflix.errors import StudioError

FRONT, SECOND = (480, 640), (300, 400)
QUALITY, EFFORT = 70, 6             # of WebP
GROUP_SIZES = (3, 4, 5, 6)          # colourways of one geometry
WOMEN = 0.55
TRIES = 6
BRAND, SHOP = "FashFlix Studio (demo)", "studio"
SHOES_AND_MORE = ("sneakers", "boots", "bag", "backpack", "hat")


def plan(items, seed=0, recipes=RECIPES):
    """Which products the shop holds.

    items: number of products. Returns a list of groups: dicts with group_id, recipe, gender, seed and colourways (dicts with product_id, seed).
    Shares of the recipes are met by groups; about WOMEN of the groups are for women.
    """
    rng = np.random.default_rng(seed)
    total = sum(recipe.share for recipe in recipes.values())
    exact = {key: items * recipe.share / total for key, recipe in recipes.items()}
    counts = {key: int(amount) for key, amount in exact.items()}
    for key in sorted(exact, key=lambda key: counts[key] - exact[key])[:items - sum(counts.values())]:
        counts[key] += 1
    only = {gender: sum(count for key, count in counts.items() if recipes[key].genders == (gender,)) for gender in ("women", "men")}
    shared = items - only["women"] - only["men"]
    share = min(1, max(0, (WOMEN * items - only["women"]) / max(shared, 1)))
    groups = []
    for key, count in counts.items():
        women_left = count if recipes[key].genders == ("women",) else 0 if "women" not in recipes[key].genders else round(count * share)
        left = count
        while left:
            size = min(left, int(pick(rng, GROUP_SIZES)))
            size += left - size if left - size < GROUP_SIZES[0] - 1 else 0
            women = women_left >= size / 2
            women_left, left = women_left - size * women, left - size
            groups.append(_group(len(groups) + 1, key, "women" if women else "men", size, rng))
    return groups


def _group(number, recipe, gender, size, rng):
    group_id = f"{SHOP}:{number:04d}"
    return {"group_id": group_id, "recipe": recipe, "gender": gender, "seed": int(rng.integers(2**31)),
            "colourways": [{"product_id": f"{group_id}-{letter}", "seed": int(rng.integers(2**31))} for letter in "abcdefgh"[:size]]}


def make_shop(out, items=1500, seed=0, workers=2, recipes=RECIPES, progress=True):
    """Render the shop, or what is missing of it. out: folder. Returns (products, faults): rows of products.csv, and {product_id: sentences}.

    Raises StudioError when the folder's plan is of another size or seed.
    """
    out = Path(out)
    for folder in ("groups", "photos", "masks", "parts"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    groups = _planned(out, items, seed, recipes)
    missing = [group for group in groups if _read_record(out, group).get("group") != group]
    with worker_pool(workers) as pool, tqdm(total=sum(len(group["colourways"]) for group in groups), unit=" products", disable=not progress) as bar:
        bar.update(bar.total - sum(len(group["colourways"]) for group in missing))
        jobs = {pool.submit(render_group, group, out, recipes): group for group in missing}
        for job in as_completed(jobs):
            job.result()
            bar.update(len(jobs[job]["colourways"]))
    rows = ranked(out, listed([_read_record(out, group) for group in groups]))
    write_whole(out / "products.csv", lambda file: write_csv(file, rows), newline="")
    return rows, {row["product_id"]: row["faults"] for row in rows if row["faults"]}


def _planned(out, items, seed, recipes):
    """The folder's plan, with new seeds for what was culled."""
    path = out / "plan.json"
    if path.exists():
        stored = json.loads(path.read_text(encoding="utf-8"))
        if (stored["items"], stored["seed"]) != (items, seed):
            raise StudioError(f"{path} plans {stored['items']} products with seed {stored['seed']}, not {items} with seed {seed}. "
                              f"Give --items {stored['items']} --seed {stored['seed']}, or another --out.")
    else:
        stored = {"items": items, "seed": seed, "culled": [], "groups": plan(items, seed, recipes)}
    _cull(out, stored)
    write_whole(path, lambda file: json.dump(stored, file, indent=1))
    (out / "cull.json").unlink(missing_ok=True)
    return stored["groups"]


def _cull(out, stored):
    """New seeds for everything cull.json names; the old ones are kept in the plan. A run killed before the file is gone does not cull twice."""
    path = out / "cull.json"
    stamp = path.stat().st_mtime_ns if path.exists() else None
    if stamp in (None, stored.get("last_cull")):
        return
    reasons, stored["last_cull"] = json.loads(path.read_text(encoding="utf-8")), stamp
    known = {one for group in stored["groups"] for one in (group["group_id"], *[colourway["product_id"] for colourway in group["colourways"]])}
    if strangers := set(reasons) - known:
        raise StudioError(f"{path} names {sorted(strangers)[0]}, which is neither a product nor a group of {out / 'plan.json'}.")
    for group in stored["groups"]:
        if reasons.keys() & {group["group_id"], *[colourway["product_id"] for colourway in group["colourways"]]}:
            _hold(group, _read_record(out, group), reasons)
        for one in (group, *group["colourways"]):
            key = one.get("product_id", group["group_id"])
            if key in reasons:
                stored["culled"].append({"id": key, "reason": reasons[key], "seed": one["seed"], "products": len(one.get("colourways", [1]))})
                one["seed"] = int(np.random.default_rng([one["seed"], 1]).integers(2**31))


def _hold(group, record, reasons):
    """Let the colourways that a person kept look as they did, whatever becomes of the culled ones beside them."""
    seen = {product["product_id"]: product["truth"] for product in record.get("products", [])}
    for colourway in group["colourways"]:
        colourway.pop("look", None)
        truth = seen.get(colourway["product_id"])
        if truth and not reasons.keys() & {group["group_id"], colourway["product_id"]}:
            colourway["look"] = [truth["pattern"], list(truth["colours"][:2])]


def culled_share(stored):
    """Share of the first renders that a person culled. stored: what plan.json holds."""
    culled = {one["id"] for one in stored["culled"]}
    first = [colourway for group in stored["groups"] for colourway in group["colourways"] if culled & {group["group_id"], colourway["product_id"]}]
    return len(first) / stored["items"]


def _record(out, group):
    return out / "groups" / f"{group['group_id'].split(':')[1]}.json"


def _read_record(out, group):
    """The facts of a finished group, or {} when there are none."""
    path = _record(out, group)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def render_group(group, out, recipes=RECIPES):
    """Cut one garment and photograph all its colourways. Files are complete or absent; the group's record comes last."""
    recipe = recipes[group["recipe"]]
    garment, faults = cut_sound(recipe, group["gender"], group["seed"])
    model, products = freeze(garment), []
    taken = [(pattern, tuple(colours)) for pattern, colours in (colourway["look"] for colourway in group["colourways"] if "look" in colourway)]
    for colourway in group["colourways"]:
        if "look" in colourway:
            design = dress_again(recipe, garment, colourway["seed"], colourway["look"])
        else:
            design = dress_apart(recipe, garment, colourway["seed"], taken)
            taken.append(look(design))
        products.append(_photograph(model, design, group, colourway, out, faults))
    write_whole(_record(out, group), lambda file: json.dump({"group": group, "products": products}, file))


def cut_sound(recipe, gender, seed):
    """A garment that passes the checks, with up to TRIES seeds. Returns (Garment, faults of the last try: a list that is empty when sound)."""
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
    files = [_keep(picture, f"{colourway['product_id'].split(':')[1]}-{number}", out) for number, picture in enumerate((front, second), start=1)]
    return {"product_id": colourway["product_id"], "shop": SHOP, "brand": BRAND, "gender": truth.gender, "category": truth.category,
            "colours": "|".join(truth.colours), "pattern": truth.pattern, "attributes": "|".join(truth.attributes), "group_id": group["group_id"],
            "photos": "|".join(files), "is_sample": "true", "truth": asdict(truth), "faults": faults + picture_faults(front, truth.category)}


def _keep(picture, stem, out):
    """Write one picture's three files. Returns the photo's name relative to the folder."""
    mask = np.round(picture.mask * 255).astype(np.uint8)
    for path, pixels, options in ((out / "masks" / f"{stem}.png", mask, {"optimize": True}), (out / "parts" / f"{stem}.png", picture.parts, {"optimize": True}),
                                  (out / "photos" / f"{stem}.webp", picture.rgb, {"quality": QUALITY, "method": EFFORT})):
        unfinished = path.with_suffix(f".{os.getpid()}.part")
        Image.fromarray(pixels).save(unfinished, path.suffix[1:].upper(), **options)
        os.replace(unfinished, path)
    return f"photos/{stem}.webp"


def write_whole(path, fill, newline=None):
    """Write a text file whole or not at all. fill: called with the open file."""
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    with open(unfinished, "w", encoding="utf-8", newline=newline) as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)
