"""A small shop on this machine, crawled: politely, completely, and on from where it was stopped."""

import json
import subprocess
import sys
import time
from collections import Counter

import pytest

from catalog.build import build
from catalog.crawl import Crawl, check_delay
from catalog.fetch import Fetcher
from fashflix.catalogue import Catalogue
from fashflix.errors import AddressRefused, FetchError, RobotsDisallowed, RobotsUnreachable, ShopBlocked
from tests.toys import ToyEmbedder
from tests.toyshop import BOMB, Answer, ToyShop


def crawl(site, folder, start=None, **options):
    with Crawl(start or site.url + "/", folder, **({"allow_private": True, "delay": 0.0, "progress": False} | options)) as one:
        return one.run()


def products(folder):
    return [json.loads(line) for line in (folder / "products.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("options, start", [(dict(sitemap=True), ""), (dict(shopify=True), ""), (dict(sitemap=False), "/women?page=1")],
                         ids=["sitemap", "shopify", "listing"])
def test_every_product_is_found_once_with_its_price_and_photo(tmp_path, options, start):
    with ToyShop(products=60, **options) as shop:
        summary = crawl(shop, tmp_path, shop.url + start if start else None)
        assert summary["outcome"] == "complete" and summary["products"] == 60
        found = {product["name"]: product for product in products(tmp_path)}
        assert {name: product["price"] for name, product in found.items()} == {shop.name(n): shop.cost(n) for n in range(60)}
        assert {product["currency"] for product in found.values()} == {"EUR"} and all(product["photos"] for product in found.values())
        assert max(shop.paths("/products/thing").values(), default=1) == 1 and shop.most_at_once == 1


def test_what_robots_txt_forbids_is_not_asked_for(tmp_path):
    with ToyShop(products=6) as shop:
        shop.robots = "User-agent: *\nDisallow: /products/\n"
        summary = crawl(shop, tmp_path)
        assert summary["products"] == 0 and not shop.paths("/products/")


@pytest.mark.parametrize("status, visited", [(404, True), (503, False)])
def test_a_missing_robots_txt_allows_and_a_failing_one_stops(tmp_path, status, visited):
    with ToyShop(products=4) as shop:
        shop.robots = status
        try:
            crawl(shop, tmp_path, sleep=lambda seconds: None)
        except (RobotsUnreachable, FetchError):
            pass
        assert bool(shop.paths("/products/")) is visited


def test_the_shop_s_own_pace_is_kept(tmp_path):
    waited = []
    with ToyShop(products=4) as shop:
        shop.robots = "User-agent: *\nCrawl-delay: 3\n"
        crawl(shop, tmp_path, delay=0.5, sleep=waited.append)
    assert len(waited) >= 4 and max(waited) == pytest.approx(3, abs=0.2)


def test_a_shop_that_asks_to_wait_is_waited_for(tmp_path):
    waited = []
    with ToyShop(products=4) as shop:
        shop.answers["/sitemap.xml"] = [Answer(429, {"Retry-After": "7"})]
        assert crawl(shop, tmp_path, sleep=waited.append)["products"] == 4
    assert any(seconds == pytest.approx(7, abs=0.5) for seconds in waited)


def test_a_wall_ends_the_visit_with_a_sentence_and_keeps_what_was_found(tmp_path):
    with ToyShop(products=40) as shop:
        crawl(shop, tmp_path, limit=10)
        shop.wall = True
        shop.forget()
        summary = crawl(shop, tmp_path, fresh=True, sleep=lambda seconds: None)
        assert summary["outcome"] == "blocked" and "does not want automated visits" in summary["reason"]
        assert sum(shop.paths().values()) < 15


def test_an_entity_bomb_and_a_broken_page_end_nothing(tmp_path):
    with ToyShop(products=8) as shop:
        shop.answers["/sitemap-about.xml"] = [Answer(200, {"Content-Type": "application/xml"}, BOMB)]
        shop.answers["/products/thing-3"] = [Answer(200, {"Content-Type": "text/html"}, b"\x00\xff<html", cut=True)] * 5
        summary = crawl(shop, tmp_path, sleep=lambda seconds: None)
        assert summary["products"] == 7


def test_nothing_is_fetched_twice_and_nothing_lost_after_a_kill(tmp_path):
    with ToyShop(products=150, latency=0.01) as shop:
        command = [sys.executable, "-m", "catalog.crawl", shop.url + "/", "--out", str(tmp_path), "--delay", "0", "--allow-private"]
        for _ in range(3):
            running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            before = sum(shop.paths().values())
            while sum(shop.paths().values()) < before + 40 and running.poll() is None:
                time.sleep(0.02)
            running.kill()
            running.wait()
        assert subprocess.run(command, capture_output=True).returncode == 0
        asked = Counter({path: count for path, count in shop.paths("/products/").items()})
        assert len(products(tmp_path)) == 150 and len(asked) == 150
        assert sum(count - 1 for count in asked.values()) <= 3            # at most the page that each kill interrupted


def test_a_second_crawl_asks_only_what_changed(tmp_path):
    with ToyShop(products=20) as shop:
        crawl(shop, tmp_path)
        shop.price[7] = 5.0
        summary = crawl(shop, tmp_path)
        prices = {product["name"]: product["price"] for product in products(tmp_path)}
        assert summary["products"] == 20 and prices[shop.name(7)] in (5.0, 17.0)
        assert summary["answers"]["unchanged"] + summary["answers"]["cache"] >= 20


def test_a_crawl_becomes_a_catalogue(tmp_path):
    with ToyShop(products=24) as shop:
        crawl(shop, tmp_path / "crawl", shop="toy")
    count, _ = build(tmp_path / "crawl" / "products.jsonl", tmp_path / "catalogue", ToyEmbedder(), progress=False)
    catalogue = Catalogue.open(tmp_path / "catalogue")
    some = catalogue.product(catalogue.row("toy:SKU5"))
    assert count == 24 and (some.price, some.currency, some.gender, some.category) == (15.0, "EUR", "women", "t-shirt")
    assert some.url.endswith("/products/thing-5") and some.brand == "Toy & Sons" and not some.is_sample and some.rating is not None


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://localhost/", "http://10.0.0.8/", "http://169.254.169.254/latest", "http://[::1]/", "http://2130706433/",
                                     "http://0x7f.1/", "http://[::ffff:10.0.0.1]/", "http://192.168.1.1/", "http://0.0.0.0/"])
def test_private_addresses_are_refused_in_every_spelling(address):
    with pytest.raises((AddressRefused, FetchError)):
        Fetcher(delay=0.0).get(address, 1000)


def test_a_redirect_to_a_private_address_is_not_followed(tmp_path):
    with ToyShop(products=1) as inside, ToyShop(products=1) as shop:
        fetcher = Fetcher(delay=0.0)
        with pytest.raises((AddressRefused, FetchError)):
            fetcher.get(f"{shop.url}/go?to={inside.url}/", 1000)
        assert not inside.asked and not shop.asked


def test_other_schemes_and_hurried_visits_are_refused():
    with pytest.raises(FetchError):
        Fetcher(delay=0.0).get("file:///etc/passwd", 1000)
    with pytest.raises(FetchError, match="too fast"):
        check_delay(0.05, allow_private=False)


def test_errors_of_fetching_form_one_family():
    assert all(issubclass(kind, FetchError) for kind in (AddressRefused, RobotsDisallowed, RobotsUnreachable, ShopBlocked))
