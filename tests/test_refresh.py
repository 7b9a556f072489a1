import json
import os
import subprocess
import sys
import time
import urllib.request
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
import pytest

from catalog import build as building
from catalog.lifecycle import Visit, lengthen, renew
from catalog.refresh import read_settings, refresh
from fashflix.catalogue import COLUMNS, Catalogue, Filter, verify
from fashflix.errors import FetchError, PublishRefused, SourceError
from tests.browser.conftest import Server
from tests.toys import ToyEmbedder
from tests.toyshop import Answer, ToyShop

ROOT = Path(__file__).resolve().parents[1]


class Counting(ToyEmbedder):
    """Counts the photos it embeds."""

    def __init__(self, version=1):
        super().__init__(version)
        self.embedded = 0

    def embed(self, images):
        self.embedded += len(images)
        return super().embed(images)


@pytest.fixture(autouse=True)
def no_waiting_between_tries(monkeypatch):
    monkeypatch.setattr("catalog.hosts.BACKOFF", 0)


@pytest.fixture
def shop():
    with ToyShop(20) as running:
        yield running


class Town:
    """A catalogue of some shops, refreshed at will."""

    def __init__(self, folder, *shops):
        self.out, self.shops, self.embedder = folder / "catalogue", shops, Counting()

    def refresh(self, **options):
        self.embedder.embedded = 0
        given = [{"url": shop.url + "/", "shop": f"shop{place}", "delay": 0, "allow_private": True}
                 for place, shop in enumerate(self.shops)]
        self.count, self.made, self.summaries = refresh(given, self.out, self.embedder, progress=False, **options)
        return Catalogue.open(self.out)

    def product(self, number, shop=0):
        catalogue = Catalogue.open(self.out)
        return catalogue.product(catalogue.row(f"shop{shop}:SKU{number}"))

    def history(self):
        return parquet.read_table(self.out / "history.parquet").to_pylist()


def test_a_shop_becomes_a_catalogue_and_a_second_visit_embeds_nothing(tmp_path, shop):
    town = Town(tmp_path, shop)
    first = np.array(town.refresh().vectors)
    assert town.count == 20 and town.embedder.embedded == 20 and verify(town.out)
    second = town.refresh()
    assert town.embedder.embedded == 0 and np.array_equal(first, second.vectors)


def test_only_a_changed_photo_is_embedded_again(tmp_path, shop):
    town = Town(tmp_path, shop)
    before = town.refresh()
    old = np.array(before.vectors[before.row("shop0:SKU7")], np.float32)
    shop.redder = {7}
    after = town.refresh()
    assert town.embedder.embedded == 1 and town.made == 1
    new = np.asarray(after.vectors[after.row("shop0:SKU7")], np.float32)
    assert new[0] > old[0] + 0.1
    same = after.row("shop0:SKU8")
    assert np.array_equal(after.vectors[same], before.vectors[before.row("shop0:SKU8")])


def test_another_model_embeds_everything_but_makes_no_thumbnail_anew(tmp_path, shop, monkeypatch):
    town = Town(tmp_path, shop)
    town.refresh()
    town.embedder = Counting(version=2)
    monkeypatch.setattr(building, "thumbnail", None)
    assert len(town.refresh()) == 20 and town.embedder.embedded == 20
    assert Catalogue.open(town.out, ToyEmbedder(2).sha256)


def test_first_seen_stays_and_last_seen_moves(tmp_path, shop):
    town = Town(tmp_path, shop)
    town.refresh()
    first = town.product(3)
    time.sleep(1.1)
    town.refresh()
    assert town.product(3).first_seen == first.first_seen and town.product(3).last_seen > first.last_seen


def test_price_history_gains_a_line_for_a_change_only_and_the_currency_travels_with_it(tmp_path, shop):
    town = Town(tmp_path, shop)
    town.refresh()
    town.refresh()
    assert len(town.history()) == 20
    shop.price[3] = 8.5
    town.refresh()
    assert town.product(3).price == 8.5
    lines = [(line["price"], line["currency"]) for line in town.history() if line["product_id"] == "shop0:SKU3"]
    assert lines == [(13.0, "EUR"), (8.5, "EUR")]
    assert len(town.history()) == 21


def test_a_change_of_currency_alone_is_a_line_of_its_own():
    row = {"product_id": "a", "price": 5.0, "list_price": None, "currency": "USD", "last_seen": datetime.now(timezone.utc)}
    history = lengthen([], [row], {"a"})
    assert len(lengthen(history, [row | {"currency": "EUR"}], {"a"})) == 2
    assert lengthen(history, [row | {"price": None}], {"a"}) == history and lengthen(history, [row | {"price": 1.0}], set()) == history


def test_a_product_is_gone_after_two_misses_is_kept_and_may_come_back(tmp_path, shop):
    town = Town(tmp_path, shop)
    town.refresh()
    shop.gone = {5}
    town.refresh()
    assert town.product(5).status == "active" and json.loads((town.out / "refresh.json").read_text())["misses"] == {"shop0:SKU5": 1}
    catalogue = town.refresh()
    assert town.product(5).status == "gone" and len(catalogue) == 20
    assert not Filter().mask(catalogue)[catalogue.row("shop0:SKU5")] and Filter().mask(catalogue).sum() == 19
    assert (town.out / town.product(5).image_files[0]).exists()
    shop.gone = set()
    first_seen = town.product(5).first_seen
    town.refresh()
    assert town.product(5).status == "active" and town.product(5).first_seen == first_seen


def test_one_visit_between_two_misses_starts_the_count_anew(tmp_path, shop):
    town = Town(tmp_path, shop)
    town.refresh()
    for gone in ({5}, set(), {5}):
        shop.gone = gone
        town.refresh()
    assert town.product(5).status == "active"


def test_a_shop_that_refuses_is_blocked_and_not_gone_and_its_products_stay_visible(tmp_path, shop):
    town = Town(tmp_path, shop)
    town.refresh()
    shop.wall = True
    for _ in range(3):
        catalogue = town.refresh()
        assert town.summaries[0]["outcome"] == "blocked"
    assert {catalogue.product(row).status for row in range(20)} == {"blocked"} and Filter().mask(catalogue).all()
    shop.wall = False
    catalogue = town.refresh()
    assert {catalogue.product(row).status for row in range(20)} == {"active"}


def test_a_page_that_fails_is_no_miss(tmp_path, shop):
    town = Town(tmp_path, shop)
    town.refresh()
    for _ in range(3):
        shop.answers["/products/thing-5"] = [Answer(200, {}, b"half", cut=True)] * 9
        town.refresh()
    assert town.product(5).status == "active" and not json.loads((town.out / "refresh.json").read_text())["misses"]


def test_a_robots_txt_that_fails_makes_nobody_gone(tmp_path, shop):
    town = Town(tmp_path, shop)
    town.refresh()
    shop.robots = 500
    for _ in range(3):
        town.refresh()
    assert town.product(5).status == "active" and town.summaries[0]["outcome"] == "partial"


def test_a_photo_that_does_not_come_keeps_the_old_one(tmp_path, shop):
    town = Town(tmp_path, shop)
    town.refresh()
    before = town.product(5).image_files
    shop.redder = {5}
    shop.answers["/photos/5r.jpg"] = [Answer(404)]
    shop.price[5] = 3.0
    town.refresh()
    assert town.product(5).image_files == before and town.product(5).price == 3.0


def test_a_drop_of_more_than_30_percent_is_not_published_unless_accepted(tmp_path, shop):
    town = Town(tmp_path, shop)
    town.refresh()
    shop.gone = set(range(7))
    before = (town.out / "manifest.json").read_bytes()
    for _ in range(2):
        with pytest.raises(PublishRefused, match="20 products and now 13, a drop of 35%.*--accept-drop"):
            town.refresh()
    assert (town.out / "manifest.json").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["catalogue", "catalogue.crawl"]
    town.refresh(accept_drop=True)
    assert town.product(3).status == "active"
    shop.gone = set(range(6))               # 30 % exactly is not more than 30 %
    Town(tmp_path / "other", shop).refresh()


def test_a_drop_in_one_shop_is_not_hidden_by_another(tmp_path, shop):
    with ToyShop(200) as large:
        town = Town(tmp_path, large, shop)
        town.refresh()
        shop.gone = set(range(10))
        with pytest.raises(PublishRefused, match="shop1 had 20"):
            town.refresh()


def test_a_photo_that_broke_keeps_the_old_one_and_is_reported(tmp_path, shop):
    town = Town(tmp_path, shop)
    town.refresh()
    before = [town.product(number).image_files for number in range(20)]
    for number in range(20):
        shop.redder.add(number)
        shop.answers[f"/photos/{number}r.jpg"] = [Answer(200, {"Content-Type": "image/jpeg"}, b"\xff\xd8\xffbroken" + bytes([number]))]
    town.refresh()
    assert [town.product(number).image_files for number in range(20)] == before and town.embedder.embedded == 0
    assert "the photo of its last visit is kept" in (town.out / "rejected.jsonl").read_text()


def test_shops_that_are_not_visited_this_time_stay_as_they_are(tmp_path, shop):
    with ToyShop(5) as other:
        town = Town(tmp_path, shop, other)
        assert len(town.refresh()) == 25
        town.shops = (shop,)
        for _ in range(3):
            assert len(town.refresh()) == 25
    assert town.product(2, shop=1).status == "active"


def test_a_product_whose_key_changed_is_known_by_its_address():
    old = dict.fromkeys(COLUMNS.names) | {"product_id": "s:A", "shop": "s", "url": "https://s.example/p/1", "status": "active",
                                         "first_seen": datetime(2024, 1, 1, tzinfo=timezone.utc),
                                         "photos": [], "brand": "B"}
    new = {"product_id": "s:B", "product_key": "B", "shop": "s", "url": "https://s.example/p/1/?utm_source=x", "name": "A", "partial": True}
    renewal = renew([old], {}, [Visit([new], Path(), {"shop": "s", "outcome": "complete", "uncertain": []})])
    record, = renewal.records
    assert record["product_id"] == "s:A" and record["first_seen"].year == 2024 and record["brand"] == "B"


def test_a_limited_crawl_counts_no_misses(tmp_path, shop):
    town = Town(tmp_path, shop)
    town.refresh()
    given = [{"url": shop.url + "/", "shop": "shop0", "delay": 0, "allow_private": True, "limit": 5}]
    for _ in range(3):
        refresh(given, town.out, town.embedder, progress=False)
    assert {Catalogue.open(town.out).product(row).status for row in range(20)} == {"active"}


def test_history_survives_a_rebuild_for_another_model(tmp_path, shop):
    town = Town(tmp_path, shop)
    town.refresh()
    building.build(town.out, town.out, ToyEmbedder(2), progress=False)
    assert len(town.history()) == 20 and (town.out / "refresh.json").exists() and verify(town.out)


def test_nothing_at_all_is_an_error_that_says_why(tmp_path, shop):
    shop.wall = True
    with pytest.raises(FetchError, match="does not go around such walls"):
        Town(tmp_path, shop).refresh()
    with pytest.raises(FetchError, match="no page|not a public|No page"):
        refresh([{"url": shop.url + "/"}], tmp_path / "b", ToyEmbedder(), progress=False)
    assert not (tmp_path / "catalogue").exists() and not (tmp_path / "b").exists()


def test_a_settings_file_names_shops_with_options_of_their_own(tmp_path):
    (tmp_path / "shops.toml").write_text('contact = "a@b.example"\ndelay = 2\n[[shop]]\nurl = "https://a.example/"\nlimit = 5\n[[shop]]\n'
                                         'url = "https://b.example/"\nname = "bee"\ndelay = 3.5\n')
    assert read_settings(tmp_path / "shops.toml") == [
        {"contact": "a@b.example", "delay": 2, "url": "https://a.example/", "limit": 5},
        {"contact": "a@b.example", "delay": 3.5, "url": "https://b.example/", "shop": "bee"}]


@pytest.mark.parametrize("text, says", [("", "names no shop"), ("[[shop]]\nlimit = 3", "names no shop"), ("[[shop", "cannot be read"),
                                        ('[[shop]]\nurl = "https://a.example"\nspeed = 9', "option 'speed'")])
def test_a_settings_file_that_does_not_fit_gets_a_sentence(tmp_path, text, says):
    (tmp_path / "shops.toml").write_text(text)
    with pytest.raises(SourceError, match=says):
        read_settings(tmp_path / "shops.toml")


def command(shop, out, *further):
    line = [sys.executable, "-m", "catalog.refresh", shop.url + "/", "--out", str(out), "--delay", "0", "--allow-private", *further]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"})


def test_the_command_publishes_and_tells_cron_how_it_went(tmp_path, shop):
    done = command(shop, tmp_path / "catalogue", "--limit", "6")
    assert done.returncode == 3 and "6 products published" in done.stdout and "limit of 6" in done.stderr, done.stderr
    done = command(shop, tmp_path / "catalogue")
    assert done.returncode == 0 and "20 products published, 14 photos new or changed" in done.stdout, done.stderr
    shop.gone = set(range(15))
    done = command(shop, tmp_path / "catalogue")
    assert done.returncode == 1 and "drop of 75%" in done.stderr and verify(tmp_path / "catalogue")


@pytest.mark.drill
def test_4200_products_from_a_shop_to_a_served_catalogue_in_one_command(tmp_path):
    with ToyShop(4200) as shop:
        began = time.monotonic()
        done = command(shop, tmp_path / "catalogue")
        seconds = time.monotonic() - began
        assert done.returncode == 0, done.stderr
        assert max(times for path, times in shop.paths().items()) == 1 and shop.most_at_once == 1
        again = time.monotonic()
        assert command(shop, tmp_path / "catalogue").returncode == 0
        again = time.monotonic() - again
    catalogue = Catalogue.open(tmp_path / "catalogue")
    assert len(catalogue) == 4200 and verify(tmp_path / "catalogue")
    server = Server(tmp_path, FASHFLIX_CATALOGUE=str(tmp_path / "catalogue")).start()
    try:
        assert urllib.request.urlopen(server.url + "/health", timeout=30).status == 200
        photo = catalogue.product(4199).image_files[0]
        assert urllib.request.urlopen(f"{server.url}/{photo}", timeout=30).read() == (tmp_path / "catalogue" / photo).read_bytes()
    finally:
        server.kill()
    print(f"\n4,200 products crawled, built, verified and served: {seconds:.0f} s; refreshed unchanged: {again:.0f} s")
