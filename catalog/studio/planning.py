"""Which products a shop holds: seeds drawn once, changed only by a person's cull, kept so that the same shop can be made again."""

import json
import os
from pathlib import Path

import numpy as np

from catalog.studio.chance import pick
from catalog.studio.recipes import RECIPES
from fashflix.errors import StudioError

GROUP_SIZES = (3, 4, 5, 6)          # colourways of one geometry
WOMEN = 0.55
DEMO = Path(__file__).parent / "demo_shop.json"         # the plan of the bundled shop
SHOP = "studio"


def plan(items, seed=0, recipes=RECIPES):
    """Which products the shop holds.

    items: number of products.
    Returns a list of groups: dicts with group_id, recipe, gender, seed and colourways (dicts with product_id, seed).
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


def begin_from(kept, out):
    """Let a folder that has no plan yet begin with a kept one, culls and rank included, so that the same shop comes of it.

    kept: file as `keep` writes it. out: folder. Returns (items, seed) of the folder's plan. Raises StudioError when the file is no plan.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    if not (out / "plan.json").exists():
        try:
            stored = json.loads(Path(kept).read_text(encoding="utf-8"))
            rank = stored.pop("rank")
        except (OSError, ValueError, KeyError) as error:
            raise StudioError(f"{kept} is not a kept plan of a shop: {error!r}. "
                              "Write one: python -m catalog.studio keep DIR FILE") from error
        write_whole(out / "rank.json", lambda file: json.dump(rank, file))
        write_whole(out / "plan.json", lambda file: json.dump(stored, file, indent=1))
    stored = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    return stored["items"], stored["seed"]


def keep(out, path):
    """Write a shop's plan and rank into one file, from which `begin_from` makes the same shop again."""
    out = Path(out)
    stored, ranked_file = json.loads((out / "plan.json").read_text(encoding="utf-8")), out / "rank.json"
    stored.pop("last_cull", None)
    stored["rank"] = json.loads(ranked_file.read_text(encoding="utf-8")) if ranked_file.exists() else []
    lines = ",\n".join(json.dumps(group) for group in stored.pop("groups"))
    write_whole(Path(path), lambda file: file.write(f'{json.dumps(stored)[:-1]}, "groups": [\n{lines}\n]}}\n'))


def planned(out, items, seed, recipes):
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
    """New seeds for everything cull.json names; the old ones are kept in the plan.

    A run killed before the file is gone does not cull twice.
    """
    path = out / "cull.json"
    stamp = path.stat().st_mtime_ns if path.exists() else None
    if stamp in (None, stored.get("last_cull")):
        return
    reasons, stored["last_cull"] = json.loads(path.read_text(encoding="utf-8")), stamp
    known = set().union(*map(_ids, stored["groups"]))
    if strangers := set(reasons) - known:
        raise StudioError(f"{path} names {sorted(strangers)[0]}, which is neither a product nor a group of {out / 'plan.json'}.")
    for group in stored["groups"]:
        if reasons.keys() & _ids(group):
            _hold(group, read_record(out, group), reasons)
        for one in (group, *group["colourways"]):
            key = one.get("product_id", group["group_id"])
            if key in reasons:
                products = len(one.get("colourways", [1]))
                stored["culled"].append({"id": key, "reason": reasons[key], "seed": one["seed"], "products": products})
                one["seed"] = int(np.random.default_rng([one["seed"], 1]).integers(2**31))


def _ids(group):
    """The group's id and those of its products."""
    return {group["group_id"], *[colourway["product_id"] for colourway in group["colourways"]]}


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
    first = [colourway for group in stored["groups"] for colourway in group["colourways"]
             if culled & {group["group_id"], colourway["product_id"]}]
    return len(first) / stored["items"]


def record_path(out, group):
    return out / "groups" / f"{group['group_id'].split(':')[1]}.json"


def read_record(out, group):
    """The facts of a finished group, or {} when there are none."""
    path = record_path(out, group)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_whole(path, fill, newline=None):
    """Write a text file whole or not at all. fill: called with the open file."""
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    with open(unfinished, "w", encoding="utf-8", newline=newline) as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)
