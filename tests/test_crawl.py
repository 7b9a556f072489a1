import gzip
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from catalog import frontier
from catalog.build import build
from catalog.crawl import Crawl
from catalog.ledger import Ledger
from catalog.records import merged, product_id
from fashflix.catalogue import Catalogue
from fashflix.errors import FetchError
from tests.toys import ToyEmbedder
from tests.toyshop import BOMB, Answer, ToyShop

ROOT = Path(__file__).resolve().parents[1]


def crawl(shop, folder, path="/", **options):
    """The summary of a crawl without pauses, and its products."""
    with Crawl(shop.url + path, folder, **{"delay": 0, "allow_private": True, "progress": False} | options) as one:
        summary = one.run()
    return summary, [json.loads(line) for line in (folder / "products.jsonl").read_text(encoding="utf-8").splitlines()]


# Frontiers

@pytest.mark.parametrize("path, options", [("/", {}), ("/sitemap.xml", {}), ("/sitemap-products.xml.gz", {}), ("/women", {}),
                                           ("/women", {"frontier": "listing"}), ("/", {"sitemap": False}), ("/", {"frontier": "sitemap"})])
def test_every_way_into_a_shop_finds_all_its_products_once(tmp_path, path, options):
    with ToyShop(60, sitemap=options.pop("sitemap", True)) as shop:
        summary, products = crawl(shop, tmp_path, path, **options)
        assert sorted(product["product_id"] for product in products) == sorted(f"127.0.0.1:SKU{number}" for number in range(60))
        assert summary["outcome"] == "complete" and max(shop.paths().values()) == 1 and shop.most_at_once == 1
        assert not shop.paths("/private")
    third = next(product for product in products if product["product_key"] == "SKU3")
    assert (third["name"], third["price"], third["currency"], third["gender"]) == ("Plain Coat No. 1003", 13.0, "EUR", "women")
    assert all((tmp_path / product["photos"][0]).read_bytes()[:3] == b"\xff\xd8\xff" for product in products)


def test_a_shopify_shop_is_read_from_its_own_list_with_the_currency_it_states(tmp_path):
    with ToyShop(260, shopify=True) as shop:
        summary, products = crawl(shop, tmp_path)
        assert len(shop.paths("/products.json")) == 2 and not shop.paths("/products/") and len(shop.asked) == 2 + 260 + 2
    assert summary["products"] == 260 and {product["currency"] for product in products} == {"EUR"}
    assert products[7]["price"] == 17.0 and products[7]["url"] == f"{shop.url}/products/thing-7"


def test_a_currency_that_nobody_states_stays_absent(tmp_path):
    with ToyShop(3, shopify=True) as shop:
        shop.answers["/meta.json"] = [Answer(404)]
        assert [product["currency"] for product in crawl(shop, tmp_path)[1]] == [None] * 3


MERCHANT = """<rss xmlns:g="http://base.google.com/ns/1.0"><channel>{}</channel></rss>"""


@pytest.mark.parametrize("path, kind, body", [
    ("/feed.xml", "application/xml", MERCHANT.format("".join(
        f"<item><g:id>A{n}</g:id><title>Red Dress {n}</title><g:price>{n}.50 EUR</g:price><g:image_link>URL/photos/{n}.jpg</g:image_link>"
        f"<link>URL/products/thing-{n}</link><g:gender>female</g:gender></item>" for n in range(3)))),
    ("/feed.csv", "text/csv", "id,title,price,image_link,link,gender\n" + "".join(
        f"A{n},Red Dress {n},{n}.50 EUR,URL/photos/{n}.jpg,URL/products/thing-{n},female\n" for n in range(3)))])
def test_a_product_feed_at_an_address_states_the_products_itself(tmp_path, path, kind, body):
    with ToyShop(3) as shop:
        shop.answers[path] = [Answer(200, {"Content-Type": kind}, body.replace("URL", shop.url).encode())]
        summary, products = crawl(shop, tmp_path, path)
        assert not shop.paths("/products") and len(shop.paths("/photos")) == 3
    assert summary["outcome"] == "complete"
    assert [(one["product_id"], one["name"], one["price"], one["currency"], one["gender"], len(one["photos"])) for one in products][1:] == [
        ("127.0.0.1:A1", "Red Dress 1", 1.5, "EUR", "women", 1), ("127.0.0.1:A2", "Red Dress 2", 2.5, "EUR", "women", 1)]


def test_a_single_product_page_is_a_crawl_of_one(tmp_path):
    with ToyShop(9) as shop:
        assert [product["product_key"] for product in crawl(shop, tmp_path, "/products/thing-4")[1]] == ["SKU4"]


def test_a_listing_can_be_read_without_visiting_each_product(tmp_path):
    with ToyShop(30) as shop:
        _, products = crawl(shop, tmp_path, "/women", details=False)
        assert not shop.paths("/products/") and len(products) == 30 and products[2]["price"] == 12.0
        assert all(product["partial"] and product["photos"] for product in products)


def test_a_limit_is_kept_exactly_and_the_crawl_does_not_claim_to_be_complete(tmp_path):
    with ToyShop(60) as shop:
        summary, products = crawl(shop, tmp_path, limit=7)
        assert len(products) == 7 and len(shop.paths("/photos")) == 7
    assert summary["outcome"] == "partial" and "limit of 7" in summary["reason"]


def test_a_sitemap_that_blows_up_when_read_is_refused_in_a_moment():
    began = time.monotonic()
    for body in (BOMB, gzip.compress(BOMB)):
        with pytest.raises(FetchError, match="entities"):
            frontier.read_sitemap(body, "https://shop.example/sitemap.xml")
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("body, says", [(b"<html><p>hi", "not a sitemap"), (b"", "neither XML nor"), (b"hello", "neither XML nor"),
                                        (b"<html></html>", "outermost element is <html>"), (b"\x1f\x8bbroken", "damaged")])
def test_what_is_no_sitemap_gets_a_sentence(body, says):
    with pytest.raises(FetchError, match=says):
        frontier.read_sitemap(body, "https://shop.example/sitemap.xml")


def test_a_gzip_sitemap_is_unpacked_only_up_to_the_limit(monkeypatch):
    monkeypatch.setattr(frontier, "SITEMAP_BYTES", 1000)
    with pytest.raises(FetchError, match="unpacks to more"):
        frontier.read_sitemap(gzip.compress(b"<urlset>" + b" " * 100_000), "https://shop.example/s.xml.gz")


@pytest.mark.parametrize("body", [
    b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:i='http://www.google.com/schemas/sitemap-image/1.1'>"
    b"<url><i:image><i:loc>https://cdn.example/1.jpg</i:loc></i:image><loc> https://shop.example/p/1 </loc></url></urlset>",
    b"<rss><channel><link>https://shop.example</link><item><link>https://shop.example/p/1</link></item></channel></rss>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='https://shop.example/p/1'/></entry></feed>",
    b"\xef\xbb\xbfhttps://shop.example/p/1\nnot an address\n", b"<urlset><url><loc>/p/1</loc></url></urlset>"])
def test_sitemaps_and_feeds_of_every_kind_are_read(body):
    assert frontier.read_sitemap(body, "https://shop.example/sitemap.xml") == ([], ["https://shop.example/p/1"])


def test_addresses_that_cannot_be_read_are_passed_over():
    links = (b"http://[broken", b"http://a:b/", b"https://shop.example/p/1")
    body = b"<urlset>" + b"".join(b"<url><loc>" + link + b"</loc></url>" for link in links) + b"</urlset>"
    assert frontier.read_sitemap(body, "https://shop.example/s.xml") == ([], ["https://shop.example/p/1"])
    html = b"<base href='http://[x'><a href='http://[broken'>a</a><a href='/p/1'>b</a><link rel=next href='http://a:b/'>"
    assert frontier.read_listing(html, "https://shop.example/w") == (None, ["https://shop.example/p/1"])


def test_of_an_index_the_sitemaps_of_products_are_read():
    urls = [f"https://shop.example/sitemap_{name}_1.xml" for name in ("products", "blogs", "pages")]
    body = f"<sitemapindex>{''.join(f'<sitemap><loc>{url}</loc></sitemap>' for url in urls)}</sitemapindex>".encode()
    assert frontier.read_sitemap(body, urls[0]) == (urls[:1], [])


@pytest.mark.parametrize("html, follows", [
    ("<link rel='next' href='/w?p=2'>", "/w?p=2"), ("<a class=pager href='/w?page=2'>2</a><a href='/w?page=3'>3</a>", "/w?page=2"),
    ("<a aria-label='Next page' href='/w?start=24'>&gt;</a>", "/w?start=24"), ("<a href='/w?page=1'>1</a>", None),
    ("<a rel=next href='https://evil.example/w?page=2'>Next</a>", None), ("<a href='/help'>Next</a>", None)])
def test_the_next_page_of_a_listing_is_the_one_it_names(html, follows):
    found = frontier.read_listing(html.encode(), "https://shop.example/w")[0]
    assert found == (follows and f"https://shop.example{follows}")


def test_a_listing_that_goes_on_for_ever_is_left_when_it_brings_nothing_new(tmp_path):
    with ToyShop(20) as shop:
        for page in range(2, 60):
            shop.answers[f"/women?page={page}"] = [Answer(200, {"Content-Type": "text/html"}, shop.listing(1)
                                                          + f"<a rel=next href='/women?page={page + 1}'>Next</a>".encode())]
        first = shop.listing(1) + b"<a rel=next href='/women?page=2'>Next</a>"
        shop.answers["/women"] = [Answer(200, {"Content-Type": "text/html"}, first)]
        assert crawl(shop, tmp_path, "/women")[0]["products"] == 20
        assert len(shop.paths("/women")) == 2


# Trouble

def test_broken_slow_and_forbidden_pages_cost_only_themselves(tmp_path):
    with ToyShop(30, robots="User-agent: *\nDisallow: /products/thing-4") as shop:
        shop.answers = {"/products/thing-1": [Answer(500)] * 20, "/products/thing-2": [Answer(200, {}, b"<html>half", cut=True)] * 20,
                        "/products/thing-3": [Answer(404)], "/products/thing-7": [Answer(503, {"Retry-After": "0"})],
                        "/products/thing-5": [Answer(200, {"Content-Type": "text/html"}, b"\x00\xff" * 500)],
                        "/products/thing-6": [Answer(302, {"Location": "ftp://x/"}), Answer(302, {"Location": "http://[broken"})],
                        "/photos/8.jpg": [Answer(200, {"Content-Type": "text/html"}, b"<html>no photo")] * 3}
        summary, products = crawl(shop, tmp_path, sleep=lambda seconds: None)
    assert {product["product_key"] for product in products} == {f"SKU{number}" for number in range(30) if number not in (1, 2, 3, 4, 5, 6)}
    assert [product["photos"] for product in products if product["product_key"] == "SKU8"] == [[]] and summary["without_photo"] == 1
    assert sorted(url.rpartition("-")[2] for url in summary["uncertain"]) == ["1", "2", "4", "6"]
    events = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert {"at", "url", "kind", "state", "origin", "bytes", "seconds", "products", "note"} == set(events[0])
    assert sum(event["state"] == "done" and event["kind"] == "page" for event in events) == 25


def test_a_page_that_the_extractor_cannot_stand_costs_only_itself(tmp_path):
    from catalog.shops import extract

    def touchy(body, url, content_type):
        if url.endswith("thing-2"):
            raise ZeroDivisionError("surprise")
        return extract(body, url, content_type)

    with ToyShop(5) as shop:
        summary, products = crawl(shop, tmp_path, extract=touchy)
    assert len(products) == 4 and summary["uncertain"] == [f"{shop.url}/products/thing-2"]
    assert "surprise" in (tmp_path / "log.jsonl").read_text()


def test_at_a_wall_the_crawl_stops_keeps_what_it_has_and_says_so(tmp_path):
    with ToyShop(40) as shop:
        threading.Thread(target=lambda: (_until(lambda: len(shop.paths("/products/")) >= 5), setattr(shop, "wall", True))).start()
        summary, products = crawl(shop, tmp_path, delay=0.01)
        refused = [one for one in shop.asked if one.status == 403]
    assert summary["outcome"] == "blocked" and "does not go around such walls" in summary["reason"] and len(refused) == 3
    assert 5 <= len(products) < 40


def test_a_shop_whose_robots_txt_forbids_everything_is_not_visited(tmp_path):
    with ToyShop(5, robots="User-agent: *\nDisallow: /") as shop:
        summary, products = crawl(shop, tmp_path)
        assert set(shop.paths()) == {"/robots.txt"} and products == []
    assert summary["outcome"] == "partial" and "robots.txt asks not to" in summary["reason"]


def test_photos_on_another_host_are_fetched_beside_the_pages_and_by_its_own_rules(tmp_path):
    with ToyShop(10, address="127.0.0.2", robots="User-agent: *\nDisallow: /photos/3.jpg") as photos, ToyShop(10) as shop:
        shop.photo = lambda number: f"{photos.url}/photos/{number}.jpg"
        summary, products = crawl(shop, tmp_path)
        assert not shop.paths("/photos") and len(photos.paths("/photos")) == 9 and "/photos/3.jpg" not in photos.paths()
    assert summary["without_photo"] == 1 and summary["products"] == 10


# Going on

CRAWL = ["--delay", "0.02", "--allow-private"]


def start(shop, folder, *further):
    return subprocess.Popen([sys.executable, "-m", "catalog.crawl", shop.url + "/", "--out", str(folder), *CRAWL, *further], cwd=ROOT,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _until(ready, seconds=60):
    end = time.monotonic() + seconds
    while not ready() and time.monotonic() < end:
        time.sleep(0.005)
    assert ready()


def killed_crawl(shop, folder, rounds, step):
    """Start a crawl again and again, kill -9 after `step` further pages each time, let the last one end. Returns the number of kills."""
    kills = 0
    for _ in range(rounds):
        before = len(shop.asked)
        running = start(shop, folder)
        _until(lambda: len(shop.asked) >= before + step or running.poll() is not None)
        running.kill()
        running.communicate()
        kills += running.returncode == -9
    last = start(shop, folder)
    assert last.wait(240) == 0, last.stderr.read()
    last.communicate()
    return kills


def check_nothing_lost_or_repeated(shop, folder, count, kills):
    products = [json.loads(line) for line in (folder / "products.jsonl").read_text().splitlines()]
    assert sorted(product["product_key"] for product in products) == sorted(f"SKU{number}" for number in range(count))
    assert all(len(product["photos"]) == 1 for product in products)
    repeated = {path: times for path, times in shop.paths().items() if times > 1 and path not in ("/robots.txt",)}
    # Only the one answer that was on its way when the kill came can be asked for twice.
    assert sum(times - 1 for times in repeated.values()) <= kills and len(repeated) <= kills


def test_a_crawl_that_is_killed_goes_on_without_losing_or_repeating_a_page(tmp_path):
    with ToyShop(60) as shop:
        kills = killed_crawl(shop, tmp_path, rounds=3, step=25)
        assert kills == 3
        check_nothing_lost_or_repeated(shop, tmp_path, 60, kills)


@pytest.mark.drill
def test_40_kills_of_one_crawl_lose_nothing(tmp_path):
    with ToyShop(400) as shop:
        kills = killed_crawl(shop, tmp_path, rounds=40, step=17)
        check_nothing_lost_or_repeated(shop, tmp_path, 400, kills)
        again = sum(times - 1 for path, times in shop.paths().items() if path != "/robots.txt")
        print(f"\n{kills} kills, 400 of 400 products, {again} answers that were on their way when a kill came were asked for again")


def test_a_crawl_that_ended_begins_anew_and_asks_only_for_what_changed(tmp_path):
    with ToyShop(20) as shop:
        crawl(shop, tmp_path)
        shop.forget()
        shop.price[3] = 2.5
        summary, products = crawl(shop, tmp_path)
        assert [one.path for one in shop.asked if one.status == 200 and "thing" in one.path] == ["/products/thing-3"]
    assert summary["answers"]["unchanged"] >= 39 and next(one for one in products if one["product_key"] == "SKU3")["price"] == 2.5


def test_a_second_crawl_into_the_same_folder_is_refused(tmp_path):
    first = Ledger(tmp_path / "state.sqlite")
    with pytest.raises(FetchError, match="in use by another crawl"), ToyShop(3) as shop:
        crawl(shop, tmp_path)
    first.close()


def test_a_folder_with_another_unfinished_crawl_is_not_mixed_up(tmp_path):
    with ToyShop(3) as shop:
        with Crawl(shop.url + "/women", tmp_path, delay=0, allow_private=True, progress=False) as one:
            one._begin()
        with pytest.raises(FetchError, match="has not ended.*--fresh"):
            crawl(shop, tmp_path)
        assert crawl(shop, tmp_path, fresh=True)[0]["products"] == 3


# Records

def test_a_product_keeps_its_id_whatever_link_led_to_it():
    urls = ("https://www.s.example/p/1?utm_source=x", "http://s.example/p/1/", "https://s.example/p/1#top")
    ids = {product_id({"shop": "s", "url": url}) for url in urls}
    assert len(ids) == 1 and product_id({"shop": "s", "url": "https://s.example/p/1?colour=red"}) not in ids
    assert product_id({"shop": "s", "product_key": " A 7 ", "url": "x"}) == "s:A-7"


def test_a_tile_fills_what_the_products_own_page_left_out_but_never_mixes_prices():
    both = {"shop": "s", "url": "https://s.example/p/1"}
    page = both | {"product_key": "1", "price": 20.0, "currency": None, "list_price": None, "brand": None, "name": "A"}
    tile = both | {"product_key": None, "price": 25.0, "currency": "USD", "list_price": 30.0, "brand": "B", "name": "a"}
    one, = merged([(tile, False), (page, True)])
    assert (one["name"], one["brand"], one["price"], one["currency"], one["list_price"]) == ("A", "B", 20.0, None, None)
    one, = merged([(tile | {"price": 20.0}, False), (page, True)])
    assert (one["currency"], one["list_price"]) == ("USD", 30.0)


def test_a_crawl_becomes_a_catalogue(tmp_path):
    with ToyShop(12) as shop:
        crawl(shop, tmp_path / "crawl")
    count, remarks = build(tmp_path / "crawl" / "products.jsonl", tmp_path / "catalogue", ToyEmbedder(), progress=False)
    catalogue = Catalogue.open(tmp_path / "catalogue")
    product = catalogue.product(catalogue.row("127.0.0.1:SKU1"))
    assert count == 12 and not remarks
    assert (product.name, product.price, product.currency, product.gender, product.category, product.rating, product.review_count) == (
        "Plain T-Shirt No. 1001", 11.0, "EUR", "women", "t-shirt", 3.5, 11)
    assert product.url == f"{shop.url}/products/thing-1" and product.shop == "127.0.0.1" and not product.is_sample


def test_too_short_a_delay_is_for_shops_of_ones_own(tmp_path):
    command = [sys.executable, "-m", "catalog.crawl", "https://shop.example/", "--out", str(tmp_path), "--delay", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and "too fast for a shop that is not yours" in done.stderr
