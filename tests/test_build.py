import csv
import io
import json
import os

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from PIL import Image

from catalog.build import build
from catalog.images import thumbnail
from fashflix.catalogue import Catalogue, verify
from fashflix.errors import SourceError
from tests.toys import ToyEmbedder, open_toy, photo, toy_catalogue, toy_csv


def build_rows(folder, *rows):
    """Build from rows of a CSV whose photos are made beside it."""
    (folder / "fine.png").write_bytes(photo())
    (folder / "text.jpg").write_bytes(b"not a photo at all")
    (folder / "cut.jpg").write_bytes(photo(kind="JPEG", size=(300, 400))[:900])
    names = list(dict.fromkeys(name for row in rows for name in row))
    with open(folder / "products.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    count, remarks = build(folder / "products.csv", folder / "out", ToyEmbedder(), progress=False)
    return Catalogue.open(folder / "out"), remarks


def test_a_csv_with_photos_becomes_a_catalogue_in_its_own_order(tmp_path):
    catalogue = Catalogue.open(toy_catalogue(tmp_path))
    assert [catalogue.product(row).product_id for row in range(3)] == ["toy:0", "toy:1", "toy:2"]
    red, green = np.asarray(catalogue.vectors[:2], np.float32)
    assert red[0] > 0.9 and green[1] > 0.9
    np.testing.assert_allclose(np.linalg.norm(catalogue.vectors.astype(np.float32), axis=1), 1, atol=2e-3)


def test_bad_rows_are_left_out_and_reported_and_the_others_stay(tmp_path):
    good = {"product_id": "a", "name": "A", "photos": "fine.png"}
    catalogue, remarks = build_rows(
        tmp_path, good, {"product_id": "b", "name": "B", "photos": "missing.png"}, {"product_id": "c", "name": "C", "photos": "text.jpg"},
        {"product_id": "d", "name": "D", "photos": "cut.jpg"}, {"product_id": "e", "name": "", "photos": "fine.png"},
        good, {"product_id": "f", "name": "F", "photos": ""}, {"product_id": "g", "name": "G", "photos": "../../etc/passwd"})
    assert len(catalogue) == 1
    assert [remark["row"] for remark in remarks] == [2, 3, 4, 5, 6, 7, 8]
    for remark, says in zip(remarks, ["No such file", "not a photo", "cut off", "no name", "twice", "no photo", "outside"]):
        assert says in remark["reason"]
    assert [json.loads(line) for line in (tmp_path / "out" / "rejected.jsonl").read_text().splitlines()] == remarks


def test_values_that_cannot_be_used_stay_empty_and_are_reported(tmp_path):
    catalogue, remarks = build_rows(tmp_path, {
        "name": "Odd", "photos": "fine.png", "price": "abc", "rating": "7", "gender": "robots", "category": "spoon",
        "url": "javascript:alert(1)", "review_count": "-3", "colours": "Navy Blue|nonsense", "pattern": "Stripes"})
    product = catalogue.product(0)
    assert (product.price, product.rating, product.gender, product.category, product.url, product.review_count) == (None,) * 6
    assert product.colours == ("navy",) and product.pattern == "striped"
    assert {remark["reason"].split()[0] for remark in remarks} == {"price", "rating", "gender", "category", "url", "review_count"}


def test_a_parquet_file_with_photos_inside_becomes_a_catalogue(tmp_path):
    table = pa.table({"id": [7, 8], "image": [photo(), b"broken"], "name": ["Puma Tee", "Bad"], "gender": ["Men", "Girls"],
                      "article_type": ["Tshirts", "Dresses"], "base_colour": ["Navy Blue", "Red"]})
    parquet.write_table(table, tmp_path / "shop.parquet")
    assert build(tmp_path / "shop.parquet", tmp_path / "out", ToyEmbedder(), progress=False)[0] == 1
    product = Catalogue.open(tmp_path / "out").product(0)
    assert (product.product_id, product.gender, product.category, product.colours) == ("shop:7", "men", "t-shirt", ("navy",))
    assert product.price is None and product.rating is None and not product.is_sample


def test_a_catalogue_rebuilt_for_another_model_changes_its_vectors_only(tmp_path):
    folder = toy_catalogue(tmp_path)
    before, old = Catalogue.open(folder), np.array(Catalogue.open(folder).vectors)
    build(folder, folder, ToyEmbedder(9), progress=False)
    after = Catalogue.open(folder, ToyEmbedder(9).sha256)
    assert [after.product(row) for row in range(len(after))] == [before.product(row) for row in range(len(before))]
    assert not np.array_equal(after.vectors, old) and verify(folder) and after.manifest["sources"] == ["products.csv"]


def test_a_build_that_breaks_leaves_the_old_catalogue_and_no_litter(tmp_path):
    folder = toy_catalogue(tmp_path)
    files = sorted(tmp_path.iterdir())

    class Broken(ToyEmbedder):
        def embed(self, images):
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        build(toy_csv(tmp_path / "source"), folder, Broken(), progress=False)
    assert verify(folder) and sorted(tmp_path.iterdir()) == files


def test_when_the_new_folder_cannot_move_in_the_old_one_comes_back(tmp_path, monkeypatch):
    folder, rename, calls = toy_catalogue(tmp_path), os.rename, []

    def fail_second(source, target):
        calls.append(target)
        if len(calls) == 2:
            raise OSError("disk full")
        rename(source, target)

    monkeypatch.setattr("catalog.publish.os.rename", fail_second)
    with pytest.raises(OSError):
        build(folder, folder, ToyEmbedder(2), progress=False)
    assert len(calls) == 3 and Catalogue.open(folder, ToyEmbedder(1).sha256)


def test_a_folder_that_is_no_catalogue_is_never_replaced(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("do not lose")
    with pytest.raises(SourceError, match="left as it is"):
        build(toy_csv(tmp_path / "source"), tmp_path / "mine", ToyEmbedder(), progress=False)
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "do not lose"


@pytest.mark.parametrize("make, says", [
    (lambda folder: folder / "nowhere.csv", "nothing at"),
    (lambda folder: folder, "not a catalogue"),
    (lambda folder: write(folder / "a.txt", b"x"), "neither"),
    (lambda folder: write(folder / "a.parquet", b"x"), "cannot be read as a parquet"),
    (lambda folder: write(folder / "a.csv", b"name,price\nA,3\n"), "no column photos"),
    (lambda folder: write(folder / "a.csv", b"name,photos\nA,nope.png\n"), "No product of .* could be used"),
    (lambda folder: write(folder / "a.csv", b"name,photos\n\xff\xfe,nope.png\n"), "UTF-8"),
])
def test_a_source_that_cannot_be_read_gets_a_sentence(tmp_path, make, says):
    with pytest.raises(SourceError, match=says):
        build(make(tmp_path), tmp_path / "out", ToyEmbedder(), progress=False)
    assert not (tmp_path / "out").exists()


def write(path, data):
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("size, becomes", [((1200, 1600), (480, 640)), ((300, 300), (300, 400)), ((60, 80), (60, 80)), ((90, 400), (300, 400))])
def test_a_thumbnail_is_three_to_four_whole_and_never_enlarged(size, becomes):
    image = Image.open(io.BytesIO(thumbnail(photo(size=size))))
    assert image.format == "WEBP" and image.size == becomes


def test_equal_photos_share_one_file(tmp_path):
    catalogue, _ = build_rows(tmp_path, {"name": "A", "photos": "fine.png"}, {"name": "B", "photos": "fine.png|fine.png"})
    assert len(list((catalogue.folder / "photos").iterdir())) <= 2 and len(catalogue.product(1).image_files) == 2


class SeeingEmbedder(ToyEmbedder):
    """A toy that also sees whether a photo is red."""

    def __init__(self):
        super().__init__()
        self.attributes = ("red",)

    def look(self, images):
        vectors = self.embed(images)
        return vectors, (vectors[:, :1] > 0.9).astype(np.float32)


def test_what_the_model_sees_travels_with_the_catalogue_and_may_be_absent(tmp_path):
    build(toy_csv(tmp_path / "source"), tmp_path / "seeing", SeeingEmbedder(), progress=False)
    seeing, blind = Catalogue.open(tmp_path / "seeing"), open_toy(tmp_path / "other")
    assert seeing.seen_words == ("red",) and seeing.seen.dtype == np.float16
    assert [bool(one) for one in seeing.seen[:, 0]] == [seeing.product(row).colours == ("red",) for row in range(len(seeing))]
    assert blind.seen_words == () and blind.seen.shape == (len(blind), 0)
