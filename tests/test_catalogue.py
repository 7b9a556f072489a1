import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from fashflix.catalogue import Catalogue, Filter, verify
from fashflix.errors import CatalogueError, CatalogueMismatch
from tests.toys import ToyEmbedder, open_toy, toy_catalogue


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return open_toy(tmp_path_factory.mktemp("toy"), each=6)


def test_a_product_comes_back_as_it_was_stated(catalogue):
    product = catalogue.product(catalogue.row("toy:3"))
    assert (product.name, product.price, product.currency, product.colours) == ("yellow thing 3", 40.0, "USD", ("yellow",))
    assert product.url is None and product.is_sample and product.rating == 3.0
    assert (catalogue.folder / product.image_files[0]).exists()


def test_what_is_absent_stays_absent(catalogue):
    assert catalogue.product(catalogue.row("toy:4")).rating is None and catalogue.row("toy:99") is None


def test_the_catalogue_knows_its_ends(catalogue):
    assert len(catalogue) == 24 and catalogue.vectors.dtype == np.float16
    assert catalogue.currency == "USD" and catalogue.price_range == (10.0, 240.0)
    assert catalogue.categories == ["t-shirt", "dress"] and catalogue.has_samples


@settings(max_examples=100, deadline=None)
@given(gender=st.sampled_from([None, "women", "men"]), kinds=st.sampled_from([None, ("dress",), ("t-shirt", "dress"), ("hat",)]),
       price=st.one_of(st.none(), st.tuples(st.integers(0, 120), st.integers(100, 250))), rating=st.sampled_from([None, 3.5, 5.0]),
       currency=st.sampled_from([None, "USD", "EUR"]))
def test_the_mask_agrees_with_reading_each_product(catalogue, gender, kinds, price, rating, currency):
    def passes(product):
        return ((gender is None or product.gender in (gender, "unisex")) and (kinds is None or product.category in kinds)
                and (price is None or (product.price is not None and price[0] <= product.price <= price[1]
                                       and currency in (None, product.currency)))
                and (rating is None or (product.rating is not None and product.rating >= rating)))
    mask = Filter(gender=gender, categories=kinds, price=price, rating=rating, currency=currency).mask(catalogue)
    assert mask.tolist() == [passes(catalogue.product(row)) for row in range(len(catalogue))]


def test_products_without_a_price_fail_a_price_filter_and_pass_without_one(tmp_path):
    catalogue = open_toy(tmp_path, price="", gender="")
    assert catalogue.price_range == (0.0, 0.0)
    assert not Filter(price=(0, 999)).mask(catalogue).any() and not Filter(gender="women").mask(catalogue).any()
    assert Filter().mask(catalogue).all()


def test_variants_share_a_group(tmp_path):
    assert len(set(open_toy(tmp_path, group_id="one").groups)) == 1


def test_another_model_is_refused_with_the_command_that_rebuilds(tmp_path):
    folder = toy_catalogue(tmp_path)
    Catalogue.open(folder, ToyEmbedder(1).sha256)
    with pytest.raises(CatalogueMismatch, match=f"python -m catalog.build {folder} --out {folder}"):
        Catalogue.open(folder, ToyEmbedder(2).sha256)


def test_a_missing_catalogue_says_how_to_get_one(tmp_path):
    with pytest.raises(CatalogueError, match="No catalogue in .* python -m catalog.build SOURCE"):
        Catalogue.open(tmp_path / "nowhere")


@pytest.mark.parametrize("damage, says", [
    (lambda folder: (folder / "vectors.npy").unlink(), "vectors.npy is missing"),
    (lambda folder: (folder / "products.parquet").write_bytes(b"short"), "does not have the"),
    (lambda folder: (folder / "manifest.json").write_text("{}"), "not a catalogue's manifest"),
    (lambda folder: (folder / "manifest.json").write_text("not json"), "not a catalogue's manifest"),
    (lambda folder: edit(folder, schema_version=99), "schema version 99"),
    (lambda folder: edit(folder, rows=3), "does not fit together"),
])
def test_a_damaged_catalogue_is_not_opened(tmp_path, damage, says):
    folder = toy_catalogue(tmp_path)
    damage(folder)
    with pytest.raises(CatalogueError, match=says):
        Catalogue.open(folder)


def edit(folder, **changes):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_verify_finds_one_flipped_byte_in_any_file(tmp_path):
    folder = toy_catalogue(tmp_path)
    assert verify(folder) == 2 + 1 + 20
    for path in (folder / "vectors.npy", next((folder / "photos").iterdir())):
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        path.write_bytes(data)
        with pytest.raises(CatalogueError, match=path.name):
            verify(folder)
        data[-1] ^= 1
        path.write_bytes(data)


def test_the_bundled_demo_is_whole_and_fits_the_released_model():
    done = subprocess.run([sys.executable, "-m", "fashflix.catalogue", "verify"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    from fashflix.embedder import Embedder
    demo = Catalogue.open(model_sha256=Embedder.load().sha256)
    products = [demo.product(row) for row in range(len(demo))]
    assert len(demo) == 1500 and len(np.unique(demo.groups)) > 300 and all(product.is_sample and product.url is None for product in products)
    assert all("demo" in product.brand for product in products)
    assert any(product.rating is None for product in products) and len({product.name for product in products}) > 0.98 * len(products)
