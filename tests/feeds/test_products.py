"""Rows -> products: what is stated is taken, what is not stays empty, and every row's fate is told."""

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from catalog.feeds.fields import guess
from catalog.feeds.prices import read_price
from catalog.feeds.products import read_rows
from catalog.feeds.reader import Feed, read_feed
from catalog.feeds.report import report_on

SHARED = Path(__file__).resolve().parents[3] / "shared" / "pages" / "pages.tar.xz"
GOOD = {"id": "1", "title": "Linen Dress", "image_link": "https://v.example/1.jpg"}


def read(*rows, **options):
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    feed = Feed("feed.csv", "CSV", "utf-8", columns, tuple(enumerate(rows, start=2)))
    return read_rows(feed, guess(columns, list(rows)), options.pop("shop", "vee"), **options)


def one(**cells):
    return read(GOOD | cells)[0]


@pytest.mark.parametrize(
    "text, currency, expected",
    [
        ("79.00 EUR", None, (79, None, "EUR")),
        ("EUR 79", None, (79, None, "EUR")),
        ("1.299,00 €", None, (1299, None, "EUR")),
        ("$1,299.50", None, (1299.5, None, "USD")),
        ("13.068", None, (13.068, None, None)),
        ("59,90", "EUR", (59.9, None, "EUR")),
        ("$20", "CAD", (20, None, "CAD")),
        ("US$20", "CAD", (20, None, "USD")),
        ("Rs. 1,29,900", None, (129900, None, "INR")),
        ("Original price:\n$69.95\nCurrent price:\n$34.00", None, (34, 69.95, "USD")),
        ("Was £50.00 Now £30.00", None, (30, 50, "GBP")),
        ("$24.50 Now $10.50", None, (10.5, None, "USD")),
        ("statt 80,00 € nur 60,00 €", None, (60, 80, "EUR")),
        ("$10.00 - $20.00", None, (10, None, "USD")),
        ("$50.00 $30.00", None, (None, None, None)),
        ("10 EUR 12 USD", None, (None, None, None)),
        ("abc", "EUR", (None, None, None)),
        ("0.00 EUR", None, (None, None, None)),
        ("-5 EUR", None, (None, None, None)),
        ("€ -5", None, (None, None, None)),
        ("", "EUR", (None, None, None)),
        ("call us", None, (None, None, None)),
    ],
)
def test_prices_as_feeds_write_them(text, currency, expected):
    price = read_price(text, currency)
    assert (price.amount, price.before, price.currency) == expected


def test_a_reduced_price_is_the_price_and_the_other_stays_beside_it():
    product = one(price="79.00 EUR", sale_price="59.00 EUR").product
    assert (product["price"], product["list_price"], product["currency"]) == (59, 79, "EUR")
    higher = one(price="10 EUR", sale_price="12 EUR")
    assert (higher.product["price"], higher.product["list_price"]) == (10, None) and "higher than the price" in higher.remarks[0]
    assert one(price="79", sale_price="59 EUR").product["currency"] == "EUR"
    assert one(price="98.00", compare_at_price="120.00").product["list_price"] == 120


def test_a_currency_is_never_made_up_but_a_vendor_may_say_it_once():
    silent = one(price="98.00")
    assert silent.product["currency"] is None and "no currency" in silent.remarks[0]
    assert read(GOOD | {"price": "98.00"}, currency="SEK")[0].product["currency"] == "SEK"
    assert read(GOOD | {"price": "98.00 EUR"}, currency="SEK")[0].product["currency"] == "EUR"


@pytest.mark.parametrize(
    "cells, gender",
    [
        ({"gender": "female"}, "women"),
        ({"gender": "Herren"}, "men"),
        ({"gender": "unisex"}, "unisex"),
        ({"product_type": "Apparel > Women > Dresses"}, "women"),
        ({"title": "Men's Linen Shirt"}, "men"),
        ({"title": "Linen Shirt"}, None),
        ({"gender": "w"}, None),
        ({"gender": "female", "age_group": "kids"}, None),
    ],
)
def test_women_or_men_is_what_the_feed_says(cells, gender):
    assert one(**cells).product["gender"] == gender


def test_hostile_cells_stay_empty_and_are_told():
    row = one(
        title="=cmd|' /C calc'!A0",
        link="javascript:alert(1)",
        image_link="ftp://v.example/x.jpg",
        price="abc",
        gender="w",
        availability="maybe",
        color="<b>x</b>",
    )
    assert row.left_out == "it has no photo that can be fetched" and row.product["name"] == "=cmd|' /C calc'!A0"
    assert [row.product[name] for name in ("url", "image_url", "price", "gender", "availability", "colours")] == [
        None,
        None,
        None,
        None,
        None,
        [],
    ]
    assert len(row.remarks) == 6
    assert one(link="https://user:secret@v.example/1").product["url"] is None and one(link="//v.example/1").product["url"] is None


def test_text_is_one_plain_line():
    assert (
        one(title="  Women&#39;s\n\t <script>alert(1)</script>\0 Dress\u202e ").product["name"] == "Women's <script>alert(1)</script> Dress"
    )


def test_links_of_a_shopify_list_are_made_whole_with_the_shops_address():
    row = read(GOOD | {"handle": "/products/dress"}, site="https://v.example")[0]
    assert row.product["url"] == "https://v.example/products/dress"
    assert read(GOOD | {"handle": "/products/dress"})[0].product["url"] is None


def test_an_id_is_stable_and_the_first_of_two_is_used():
    first, second, other = read(GOOD, GOOD | {"title": "Again"}, GOOD | {"id": "2"})
    assert (first.left_out, other.left_out) == (None, None) and "same as in row 2" in second.left_out
    assert first.product["product_id"] == "vee:1"
    bare = {"title": "A", "link": "https://v.example/a", "image_link": "https://v.example/a.jpg"}
    assert read(bare)[0].product["product_id"] == read(bare, bare | {"link": "https://v.example/b"})[0].product["product_id"] != "vee:None"


def test_a_placeholder_is_no_photo_and_further_photos_step_in():
    row = one(image_link="https://v.example/no-image.png", additional_image_link="https://v.example/2.jpg,https://v.example/3.jpg")
    assert row.product["image_url"] == "https://v.example/2.jpg" and row.product["image_urls"] == [
        "https://v.example/2.jpg",
        "https://v.example/3.jpg",
    ]
    assert "placeholder" in row.remarks[0]


@pytest.mark.parametrize(
    "text, known",
    [
        ("in_stock", "in stock"),
        ("out of stock", "out of stock"),
        ("https://schema.org/InStock", "in stock"),
        ("0", "out of stock"),
        ("12", "in stock"),
        ("preorder", "preorder"),
    ],
)
def test_being_in_stock_is_read_in_many_spellings(text, known):
    assert one(availability=text).product["availability"] == known


def test_ratings_of_nothing_are_no_ratings():
    product = one(rating="0", review_count="0").product
    assert product["rating"] is None and product["review_count"] is None
    assert one(rating="4,5", review_count="1,284").product["rating"] == 4.5 and one(rating="9").product["rating"] is None


def test_the_report_counts_every_row():
    rows = read(GOOD, GOOD, {"title": "", "image_link": "https://v.example/1.jpg", "id": "9"}, GOOD | {"id": "3", "price": "abc"})
    told = report_on(Feed("feed.csv", "CSV", "utf-8", (), ()), {}, rows, most=2)
    assert (told["rows"], told["usable"], told["left_out"], told["with_remarks"]) == (4, 2, 2, 1)
    assert told["reasons"] == {"its product number appears twice": 1, "it has no name": 1} and told["missing"]["price"] == 2
    assert [one["row"] for one in told["details"]] == [3, 4] and told["details_left_out"] == 1


def run(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "catalog.feeds", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).resolve().parents[2],
    )
    return done.returncode, json.loads(done.stdout)


def test_the_command_inspects_reports_and_says_what_is_wrong(tmp_path):
    path = tmp_path / "Vee & Co.csv"
    path.write_bytes("Titel;Bild;Preis\nKleid – grün;https://v.example/1.jpg;10\n".encode("cp1252"))
    code, seen = run("inspect", path)
    assert (
        code == 0
        and seen["mapping"] == {"name": "Titel", "price": "Preis", "image_url": "Bild"}
        and seen["encoding"] == "cp1252"
        and seen["first"][0]["row"] == 2
    )
    code, told = run("report", path, "--mapping", '{"price": null}', "--currency", "eur")
    assert (
        code == 0
        and told["usable"] == 1
        and told["first"][0]["name"] == "Kleid – grün"
        and "price" not in told["first"][0]
        and told["first"][0]["product_id"].startswith("vee-co:")
    )
    for arguments, says in (
        (("report", path, "--mapping", '{"price": "Kosten"}'), "Kosten"),
        (("report", path, "--currency", "shells"), "shells"),
        (("inspect", tmp_path / "no"), "cannot be read"),
    ):
        code, answer = run(*arguments)
        assert code == 1 and says in answer["error"]


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    if not SHARED.exists():
        pytest.skip("the saved vendor files are third-party copies and not part of the project")
    folder = tmp_path_factory.mktemp("feeds")
    with tarfile.open(SHARED) as archive:
        archive.extractall(folder, [entry for entry in archive.getmembers() if entry.name.split("/")[-2:-1] == ["feeds"]], filter="data")
    return next(folder.rglob("vendor_google.tsv")).parent


@pytest.mark.parametrize(
    "name", ["vendor_google.tsv", "vendor_google_bom.csv", "vendor_google_rss.xml", "vendor_facebook.csv", "vendor_title_row.xlsx"]
)
def test_one_catalogue_in_five_formats_gives_the_same_products(shared, name):
    feed = read_feed(shared / name)
    rows = read_rows(feed, guess(feed.columns, [row for _, row in feed.rows]), "vee", currency="EUR")
    products = [row.product for row in rows if row.left_out is None]
    assert [product["product_id"] for product in products] == ["vee:A1", "vee:A2", "vee:B1", "vee:C1"]
    assert [(product["price"], product["list_price"], product["currency"]) for product in products] == [
        (59, 79, "EUR"),
        (79, None, "EUR"),
        (1299, None, "EUR"),
        (15, None, "EUR"),
    ]
    assert [product["gender"] for product in products] == ["women", "women", "men", None]
    assert products[2]["name"] == "Herren Mantel, „schwarz“; Wolle" and {product["group_key"] for product in products[:2]} == {"A"}


def test_a_listing_dump_gives_prices_and_lacks_only_photos(shared):
    feed = read_feed(shared / "gap_plp_dump_1097.json")
    rows = read_rows(feed, guess(feed.columns, [row for _, row in feed.rows]), "gap")
    assert len(rows) == 1097 and {row.left_out for row in rows} == {"it has no photo that can be fetched"}
    assert (rows[0].product["price"], rows[0].product["list_price"], rows[0].product["currency"], rows[0].product["gender"]) == (
        34,
        69.95,
        "USD",
        "men",
    )
    assert all(row.product["price"] for row in rows)
    assert "No column holds photos" in report_on(feed, guess(feed.columns, [row for _, row in feed.rows]), rows)["hint"]
