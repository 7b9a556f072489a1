"""The demo shop: the plan, the files, what a cull and a rank do."""

import csv
import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("cv2", reason="the studio needs requirements-studio.txt")

from PIL import Image                                                           # noqa: E402

from catalog.build import build                                                 # noqa: E402
from catalog.studio import shop                                                 # noqa: E402
from catalog.studio.checks import geometry_faults, picture_faults               # noqa: E402
from catalog.studio.recipes import RECIPES as REAL_RECIPES                     # noqa: E402
from catalog.studio.raster import freeze                                        # noqa: E402
from catalog.studio.regions import BACKGROUND, Region                           # noqa: E402
from catalog.studio.render import render                                        # noqa: E402
from catalog.studio.sheets import write_sheets                                  # noqa: E402
from catalog.studio.planning import DEMO, begin_from, culled_share, keep, plan  # noqa: E402
from catalog.studio.shop import cut_sound, make_shop                            # noqa: E402
from fashflix.catalogue import Catalogue                                        # noqa: E402
from fashflix.errors import StudioError                                         # noqa: E402
from tests.studio.toys import CROOKED, CUSHION, RECIPES                         # noqa: E402
from tests.toys import ToyEmbedder                                              # noqa: E402


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("shop")
    rows, faults = make_shop(out, 12, 3, 1, RECIPES, progress=False)
    return out, rows, faults


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_plan_holds_every_product_once_in_groups_and_mostly_for_women():
    groups = plan(400, 1, RECIPES)
    products = [colourway["product_id"] for group in groups for colourway in group["colourways"]]
    women = sum(len(group["colourways"]) for group in groups if group["gender"] == "women")
    assert len(products) == len(set(products)) == 400 and all(2 <= len(group["colourways"]) <= 8 for group in groups)
    assert women / 400 == pytest.approx(0.55, abs=0.03)
    per_recipe = Counter(group["recipe"] for group in groups for _ in group["colourways"])
    assert per_recipe == {"cushion": 300, "womens": 100}


def test_the_real_plan_has_over_three_hundred_geometries():
    groups = plan(1500)
    assert len(groups) >= 300 and sum(len(group["colourways"]) for group in groups) == 1500


def test_every_product_has_two_photos_with_mask_and_part_map_of_the_same_size(made):
    out, rows, _ = made
    for row in rows:
        photos = row["photos"].split("|")
        assert [Image.open(out / photo).size for photo in photos] == [(480, 640), (300, 400)]
        for photo in photos:
            stem = photo.removeprefix("photos/").removesuffix(".webp")
            mask, parts = (np.array(Image.open(out / kind / f"{stem}.png")) for kind in ("masks", "parts"))
            assert mask.shape == parts.shape == Image.open(out / photo).size[::-1]
            assert ((parts != BACKGROUND) == (mask > 127)).mean() > 0.99
    assert Region.POCKET in np.unique(np.array(Image.open(out / "parts" / f"{rows[0]['photos'].split('|')[0][7:-5]}.png")))


def test_colourways_of_a_group_differ_and_share_its_id(made):
    _, rows, _ = made
    for group_id in {row["group_id"] for row in rows}:
        colours = [row["colours"] for row in rows if row["group_id"] == group_id]
        assert len(colours) >= 2 and len(set(colours)) == len(colours)


def test_a_finished_shop_is_not_rendered_again(made, monkeypatch):
    out, rows, _ = made
    monkeypatch.setattr(shop, "render_group", None)
    again, _ = make_shop(out, 12, 3, 1, RECIPES, progress=False)
    assert again == rows


def test_what_is_missing_is_rendered_again_to_the_same_bytes(made):
    out, rows, _ = made
    row = rows[0]
    photo = out / row["photos"].split("|")[0]
    before = photo.read_bytes()
    photo.unlink()
    (out / "groups" / f"{row['group_id'].split(':')[1]}.json").unlink()
    make_shop(out, 12, 3, 1, RECIPES, progress=False)
    assert photo.read_bytes() == before


def test_a_plan_of_another_size_is_refused_with_the_way_on(made):
    with pytest.raises(StudioError, match="--items 12 --seed 3"):
        make_shop(made[0], 20, 3, 1, RECIPES, progress=False)


def test_a_cull_gives_new_seeds_and_is_remembered(tmp_path):
    rows, _ = make_shop(tmp_path, 8, 5, 1, RECIPES, progress=False)
    plan_before = json.loads((tmp_path / "plan.json").read_text())
    victim, group = rows[0]["product_id"], next(row["group_id"] for row in rows if row["group_id"] != rows[0]["group_id"])
    (tmp_path / "cull.json").write_text(json.dumps({victim: "dull", group: "crooked hem"}))
    make_shop(tmp_path, 8, 5, 1, RECIPES, progress=False)
    after = json.loads((tmp_path / "plan.json").read_text())
    assert {one["id"] for one in after["culled"]} == {victim, group} and not (tmp_path / "cull.json").exists()

    def seeds(stored):
        return {one.get("product_id", group["group_id"]): one["seed"]
                for group in stored["groups"] for one in (group, *group["colourways"])}

    changed = {key for key, value in seeds(after).items() if value != seeds(plan_before)[key]}
    assert changed == {victim, group}


def test_a_cull_leaves_the_photos_of_its_siblings_alone(tmp_path):
    def photos(rows):
        return {row["product_id"]: [(tmp_path / photo).read_bytes() for photo in row["photos"].split("|")] for row in rows}

    shown = photos(make_shop(tmp_path, 6, 2, 1, RECIPES, progress=False)[0])
    for victim in sorted(shown)[:2]:            # the second cull must also leave the first one's new look alone
        (tmp_path / "cull.json").write_text(json.dumps({victim: "dull"}))
        again = photos(make_shop(tmp_path, 6, 2, 1, RECIPES, progress=False)[0])
        assert [key for key in shown if again[key] != shown[key]] == [victim]
        shown = again
    assert culled_share(json.loads((tmp_path / "plan.json").read_text())) == pytest.approx(2 / 6)


def test_a_run_killed_between_culling_and_rendering_goes_on_without_culling_twice(tmp_path, monkeypatch):
    rows, _ = make_shop(tmp_path, 6, 5, 1, RECIPES, progress=False)
    victim, cull = rows[0]["product_id"], tmp_path / "cull.json"
    cull.write_text(json.dumps({victim: "dull"}))
    with monkeypatch.context() as killed:
        killed.setattr(type(cull), "unlink", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            make_shop(tmp_path, 6, 5, 1, RECIPES, progress=False)
    make_shop(tmp_path, 6, 5, 1, RECIPES, progress=False)
    stored = json.loads((tmp_path / "plan.json").read_text())
    assert [one["id"] for one in stored["culled"]] == [victim] and not cull.exists()
    for group in stored["groups"]:
        assert json.loads((tmp_path / "groups" / f"{group['group_id'].split(':')[1]}.json").read_text())["group"] == group


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs POSIX signals")
def test_a_killed_run_takes_its_workers_with_it_and_a_rerun_finishes_the_shop(tmp_path, made):
    command = [sys.executable, "-c", "from pathlib import Path; from catalog.studio.shop import make_shop; "
               "from tests.studio.toys import RECIPES; "
               f"make_shop(Path({str(tmp_path)!r}), 12, 3, 2, RECIPES, progress=False)"]
    run = subprocess.Popen(command, cwd=Path(__file__).resolve().parents[2])
    workers = _when(lambda: children(run.pid) if len(children(run.pid)) == 2 and run.poll() is None else None)
    run.kill()
    run.wait()
    _when(lambda: not any(alive(pid) for pid in workers))
    rows, _ = make_shop(tmp_path, 12, 3, 1, RECIPES, progress=False)
    for row in rows:
        assert [(tmp_path / photo).read_bytes() for photo in row["photos"].split("|")] == \
            [(made[0] / photo).read_bytes() for photo in row["photos"].split("|")]


def _when(seen, seconds=60):
    """What `seen` returns once that is true; fails when it never is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := seen():
            return found
        time.sleep(0.02)
    raise AssertionError("it never happened")


def children(pid):
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout.split("\n")
    return [int(line.split()[0]) for line in listed if line.split()[1:] == [str(pid)]]


def alive(pid):
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


def test_culling_something_unknown_is_refused(made):
    (made[0] / "cull.json").write_text('{"studio:9999": "?"}')
    with pytest.raises(StudioError, match="studio:9999"):
        make_shop(made[0], 12, 3, 1, RECIPES, progress=False)
    (made[0] / "cull.json").unlink()


def test_ranked_products_come_first_in_the_catalogue_and_are_its_showcase(made, tmp_path):
    out, rows, _ = made
    best = [rows[7]["product_id"], rows[2]["product_id"]]
    (out / "rank.json").write_text(json.dumps(best))
    make_shop(out, 12, 3, 1, RECIPES, progress=False)
    build(out / "products.csv", tmp_path / "catalogue", ToyEmbedder(), progress=False)
    catalogue = Catalogue.open(tmp_path / "catalogue")
    assert [catalogue.product(row).product_id for row in range(2)] == best
    assert list(np.flatnonzero(catalogue.showcase)) == [0, 1] and catalogue.product(0).is_sample
    assert catalogue.product(0).brand == "FashFlix Studio (demo)" and catalogue.product(0).url is None
    build(tmp_path / "catalogue", tmp_path / "again", ToyEmbedder(2), progress=False)          # after a change of model
    assert list(np.flatnonzero(Catalogue.open(tmp_path / "again").showcase)) == [0, 1]
    (out / "rank.json").unlink()


def test_the_shop_s_photos_enter_the_catalogue_byte_for_byte(made, tmp_path):
    out, rows, _ = made
    build(out / "products.csv", tmp_path / "catalogue", ToyEmbedder(), progress=False)
    catalogue = Catalogue.open(tmp_path / "catalogue")
    product = catalogue.product(0)
    photos = next(row["photos"] for row in read_csv(out / "products.csv") if row["product_id"] == product.product_id).split("|")
    kept = [(tmp_path / "catalogue" / file).read_bytes() for file in product.image_files]
    assert kept == [(out / photo).read_bytes() for photo in photos]


def test_contact_sheets_show_every_product(made, tmp_path):
    out, rows, _ = made
    paths = write_sheets(out, tmp_path, progress=False)
    assert [path.name for path in paths] == ["sheet-01.png"] and Image.open(paths[0]).size == (8 * 192, 2 * 270)
    assert [path.name for path in write_sheets(out, tmp_path, by_category=True, progress=False)] == ["t-shirt-01.png"]
    with pytest.raises(StudioError, match="studio shop"):
        write_sheets(tmp_path)


def test_a_crooked_garment_is_cut_again_until_it_passes_the_checks():
    results = [cut_sound(CROOKED, "women", seed) for seed in range(12)]
    sound = [not faults for _, faults in results]
    assert sum(sound) >= 9
    assert all(geometry_faults(garment, "t-shirt") == faults for garment, faults in results)


def test_faults_of_a_geometry_are_named():
    garment = CUSHION.cut(np.random.default_rng(0), "women")
    assert geometry_faults(garment, "t-shirt") == []
    garment.mesh.points[:, 2] *= 3
    assert "cm high" in geometry_faults(garment, "t-shirt")[0]
    garment.mesh.points[0, 0] = np.nan
    assert geometry_faults(garment, "t-shirt") == ["a point is not a number"]


def test_cloth_in_two_pieces_is_a_fault():
    garment = CUSHION.cut(np.random.default_rng(0), "women")
    garment.body = object()
    mesh = garment.mesh
    cut = (mesh.uv[mesh.triangles][:, :, 1] > 30).all(axis=1) | (mesh.uv[mesh.triangles][:, :, 1] < 30).all(axis=1)
    mesh.triangles, mesh.panel = mesh.triangles[cut], mesh.panel[cut]
    assert any("2 pieces" in fault for fault in geometry_faults(garment, "t-shirt"))


def test_faults_of_a_photo_are_named():
    garment = CUSHION.cut(np.random.default_rng(0), "women")
    picture = render(freeze(garment), CUSHION.dress(garment, np.random.default_rng(0)), (96, 128))
    covers = f"it covers {(picture.mask > 0.5).mean():.0%} of the photo; a t-shirt covers 8% to 60%"
    assert picture_faults(picture, "t-shirt") in ([], [covers])
    picture.mask[:] = 0
    picture.mask[0, :50] = 1
    assert any("edge" in fault for fault in picture_faults(picture, "t-shirt"))


def test_a_kept_plan_makes_the_same_shop_again(tmp_path):
    first, again = tmp_path / "first", tmp_path / "again"
    rows, _ = make_shop(first, 6, 9, 1, RECIPES, progress=False)
    (first / "cull.json").write_text(json.dumps({rows[0]["product_id"]: "dull"}))
    (first / "rank.json").write_text(json.dumps([rows[3]["product_id"]]))
    rows, _ = make_shop(first, 6, 9, 1, RECIPES, progress=False)
    keep(first, tmp_path / "kept.json")
    assert begin_from(tmp_path / "kept.json", again) == (6, 9)
    assert make_shop(again, 6, 9, 1, RECIPES, progress=False)[0] == rows
    assert all((again / photo).read_bytes() == (first / photo).read_bytes() for row in rows for photo in row["photos"].split("|"))
    with pytest.raises(StudioError, match="studio keep"):
        begin_from(tmp_path / "missing.json", tmp_path / "third")


def test_the_bundled_shop_s_plan_is_kept_and_its_recipes_exist():
    stored = json.loads(DEMO.read_text(encoding="utf-8"))
    products = [colourway["product_id"] for group in stored["groups"] for colourway in group["colourways"]]
    assert len(products) == stored["items"] == 1500 and set(stored["rank"]) <= set(products)
    assert {group["recipe"] for group in stored["groups"]} <= set(REAL_RECIPES) and stored["culled"]
