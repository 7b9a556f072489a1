"""The benchmark: DeepFashion In-Shop's own layout, exact labels, splits by geometry."""

import json
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("cv2", reason="the studio needs requirements-studio.txt")
pytest.importorskip("pandas")

from PIL import Image                                                           # noqa: E402

from catalog.studio.benchmark import VIEWS, WORDS, labels, make_benchmark       # noqa: E402
from catalog.studio.chance import redraped, seed                                # noqa: E402
from catalog.studio.recipes import RECIPES as REAL                              # noqa: E402
from fashflix.errors import StudioError                                         # noqa: E402
from training.inshop import read_inshop                                         # noqa: E402
from tests.studio.toys import RECIPES                                           # noqa: E402

ITEMS = 24


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("benchmark")
    return out, make_benchmark(out, ITEMS, 96, 2, 1, RECIPES, progress=False)


def test_the_reader_of_the_original_set_reads_it(made):
    out, timing = made
    shop = read_inshop(out)
    assert len(shop.items) == ITEMS and len(shop.photos) == timing["photos"] == ITEMS * len(VIEWS)
    assert shop.photos.path.str.fullmatch(r"img/(WOMEN|MEN)/Tees_Tanks/id_\d{8}/01_\d_(front|side|back|full|zoom)\.jpg").all()
    assert all(Image.open(out / path).size == (72, 96) for path in shop.photos.path)
    assert set(shop.photos.status) == {"train", "query", "gallery"}


def test_a_geometry_that_fails_the_checks_is_reported(made, tmp_path):
    assert made[1]["faults"] == {}
    misnamed = {name: replace(recipe, category="hat") for name, recipe in RECIPES.items()}
    timing = make_benchmark(tmp_path, 4, 48, 2, 1, misnamed, progress=False)
    assert "id_00000001" in timing["faults"]
    assert all("a hat has" in sentence for sentences in timing["faults"].values() for sentence in sentences)
    assert json.loads((tmp_path / "timing.json").read_text())["faults"] == timing["faults"]


def test_a_geometry_is_on_one_side_of_the_split(made):
    out, _ = made
    shop = read_inshop(out)
    side = dict(zip(shop.photos.item, shop.photos.status == "train"))
    for record in (out / "items").glob("*.json"):
        assert len({side[item["item"]] for item in json.loads(record.read_text())["items"]}) == 1
    for item, photos in shop.photos[shop.photos.status != "train"].groupby("item"):
        assert set(photos.status) == {"query", "gallery"}, item


def test_labels_say_yes_no_and_unknown():
    row = dict(zip(WORDS, labels(["t-shirt", "navy", "solid", "crew neck"])))
    assert row["t-shirt"] == row["navy"] == row["solid"] == row["crew neck"] == 1
    assert row["dress"] == row["yellow"] == row["v-neck"] == -1 and row["multicolour"] == 0


def test_segmentation_polygons_lie_where_the_box_is(made):
    out, _ = made
    boxes = {}
    for line in (out / "Anno/list_bbox_inshop.txt").read_text().splitlines()[2:]:
        path, kind, pose, *box = line.split()
        boxes[path] = np.array(box, int)
        assert kind == "1" and VIEWS[int(pose) - 1] in path
    found = defaultdict(set)
    for status in ("train", "query", "gallery"):
        coco = json.loads((out / f"Anno/segmentation/DeepFashion_segmentation_{status}.json").read_text())
        names = {one["id"]: one["name"] for one in coco["categories"]}
        paths = {one["id"]: one["file_name"] for one in coco["images"]}
        for one in coco["annotations"]:
            path, points = paths[one["image_id"]], np.concatenate([np.reshape(polygon, (-1, 2)) for polygon in one["segmentation"]])
            found[path].add(names[one["category_id"]])
            assert (points >= boxes[path][:2] - 2).all() and (points <= boxes[path][2:] + 2).all() and one["area"] > 0
    assert set(found) == set(boxes) and any("pocket" in parts for parts in found.values())


def test_a_finished_benchmark_is_not_rendered_again(made):
    out, timing = made
    photo = next((out / "img").rglob("*.jpg"))
    stamp = photo.stat().st_mtime_ns
    again = make_benchmark(out, ITEMS, 96, 2, 1, RECIPES, progress=False)
    assert photo.stat().st_mtime_ns == stamp and again["photos"] == timing["photos"] and again["cpu_seconds"] == timing["cpu_seconds"]


def test_a_benchmark_of_other_items_size_or_seed_does_not_mix_with_it(made):
    out, _ = made
    before = (out / "Eval/list_eval_partition.txt").read_text()
    for items, size, number in ((ITEMS + 8, 96, 2), (ITEMS, 128, 2), (ITEMS, 96, 3)):
        with pytest.raises(StudioError, match=f"--items {ITEMS} --size 96 --seed 2"):
            make_benchmark(out, items, size, number, 1, RECIPES, progress=False)
    assert (out / "Eval/list_eval_partition.txt").read_text() == before


def test_a_second_drape_is_the_same_garment_fallen_otherwise():
    rng = lambda: np.random.default_rng(4)
    with redraped(1):
        another = seed(rng())
    assert another != seed(rng()) and seed(rng()) == seed(rng())
    recipe = REAL["tank"]
    first = recipe.cut(rng(), "women")
    with redraped(1):
        second = recipe.cut(rng(), "women")
    assert all(first.marks[key] == second.marks[key] for key in ("neckline", "fit", "cropped"))
    assert np.ptp(first.mesh.points, axis=0) == pytest.approx(np.ptp(second.mesh.points, axis=0), rel=0.15)
    assert first.mesh.points.shape != second.mesh.points.shape or not np.allclose(first.mesh.points, second.mesh.points)
