"""What is measured about rendered photos: neighbours in the shop, and transfer to real photos."""


import numpy as np
import pytest

pytest.importorskip("torch")

from fashflix.vocabulary import CATEGORIES
from tests.test_inshop import write
from tests.toys import open_toy, photo
from training.neighbours import measure, vote
from training.transfer import REAL_KINDS, STUDIO_KINDS, figures, judge, studio_photos, teach


def test_variants_of_a_product_do_not_vote_for_it():
    vectors = np.eye(4, dtype=np.float32)[[0] * 6 + [1] * 6]
    vectors = vectors + np.random.default_rng(0).normal(0, 0.01, vectors.shape).astype(np.float32)
    names = ["red"] * 6 + ["blue"] * 6
    assert vote(vectors, np.arange(12), names) == names
    assert vote(vectors, np.array([0] * 6 + list(range(1, 7))), names)[:6] == ["blue"] * 6


def test_a_catalogue_of_plain_colours_is_told_apart_by_colour(tmp_path):
    catalogue = open_toy(tmp_path, each=8)
    results = measure(catalogue.folder)
    assert results["colour"]["accuracy"] == 1.0 and results["colour"]["classes"] == 4 and results["colour"]["most_frequent"] == 0.25
    assert results["colour"]["per_class"]["red"] == {"n": 8, "accuracy": 1.0}


def test_accuracy_and_f1_are_counted_per_kind():
    counted = figures(np.array([0, 0, 1, 1, 2]), np.array([0, 1, 1, 1, 0]), ["dress", "hat", "shoes"])
    assert counted["n"] == 5 and counted["accuracy"] == 0.6
    assert counted["per_kind"] == {"dress": {"n": 2, "f1": 0.5}, "hat": {"n": 3, "f1": 0.8}, "shoes": {"n": 0, "f1": 0.0}}
    assert counted["macro_f1"] == 0.65


def test_every_kind_of_the_transfer_is_named_on_both_sides():
    assert set(STUDIO_KINDS.values()) == set(REAL_KINDS.values())
    assert {"t-shirt", "dress", "skirt"} <= set(STUDIO_KINDS.values()) & set(CATEGORIES)


def test_the_benchmark_s_photos_carry_kind_and_side(tmp_path):
    for path in ("WOMEN/Dresses/id_00000001/01_1_front.jpg", "WOMEN/Dresses/id_00000001/01_3_back.jpg", "MEN/Denim/id_00000002/01_1_front.jpg",
                 "MEN/Denim/id_00000003/01_2_side.jpg"):
        (tmp_path / "img" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "img" / path).write_bytes(photo(kind="JPEG"))
    table = studio_photos(write(tmp_path))
    assert table.kind.tolist() == ["dress", "dress", "trousers", "trousers"] and table.held_out.tolist() == [False, False, False, True]


def test_a_small_network_learns_plain_colours():
    rng = np.random.default_rng(0)
    codes = rng.integers(0, 2, 120)
    pixels = np.full((120, 32, 24, 4), 255, np.uint8)
    pixels[..., :3] = np.where(codes[:, None, None, None] == 1, (200, 30, 30), (30, 60, 200)) + rng.integers(-20, 20, (120, 32, 24, 3))
    model, seen = teach(pixels, codes, 2, steps=30, size=(32, 24))
    assert seen == 30 * 96 and judge(model, pixels[:40], codes[:40], ["blue", "red"], (32, 24))["accuracy"] >= 0.9
