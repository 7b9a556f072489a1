"""A vendor sends a feed again: what is known of the products stays known."""

import io

import pyarrow.parquet as parquet
import pytest
from PIL import Image

from catalog.build import build
from catalog.feeds.fields import guess
from catalog.feeds.products import read_rows
from catalog.feeds.publishing import VendorPhotos, publish
from catalog.feeds.reader import parse_feed
from fashflix.catalogue import Catalogue, verify
from fashflix.errors import PublishRefused
from tests.toys import ToyEmbedder, toy_csv


@pytest.fixture
def send(tmp_path):
    """A function that publishes a feed of {number: price} onto the last catalogue, and opens the new one."""
    build(toy_csv(tmp_path / "other", each=1), tmp_path / "0", ToyEmbedder(), progress=False)
    (tmp_path / "photos").mkdir()
    for number in range(10):
        buffer = io.BytesIO()
        Image.effect_noise((90, 120), 20 + 9 * number).convert("RGB").save(buffer, "PNG")
        (tmp_path / "photos" / f"{number}.png").write_bytes(buffer.getvalue())
    times = iter(range(99))

    def sending(prices, embedder=None, **options):
        lines = ["id,title,image,price", *(f"{number},Thing {chr(65 + number)},{number}.png,{price} EUR" for number,
                                           price in prices.items())]
        feed = parse_feed("\n".join(lines).encode(), "vee.csv")
        rows = read_rows(feed, guess(feed.columns, [cells for _, cells in feed.rows]), "vee", has_files=True)
        last = next(times)
        photos = VendorPhotos(tmp_path / "cache", tmp_path / "photos")
        publish(rows, "vee.csv", tmp_path / str(last + 1), embedder or ToyEmbedder(), photos, tmp_path / str(last), **options)
        photos.close()
        assert verify(tmp_path / str(last + 1))
        return Catalogue.open(tmp_path / str(last + 1))
    return sending


def statuses(catalogue):
    return {product.product_id: product.status for product in map(catalogue.product, range(len(catalogue))) if product.shop == "vee"}


def test_the_first_sight_stays_and_a_changed_price_gains_a_line(send):
    first = send({0: 10, 1: 20})
    second = send({0: 12, 1: 20})
    assert second.product(second.row("vee:0")).first_seen == first.product(first.row("vee:0")).first_seen
    lines = parquet.read_table(second.folder / "history.parquet").to_pylist()
    assert [(line["product_id"], line["price"], line["currency"]) for line in lines] == [("vee:0", 10, "EUR"), ("vee:1", 20, "EUR"), ("vee:0", 12, "EUR")]


def test_what_the_feed_lacks_twice_is_gone_but_kept_and_other_shops_stay_as_they_are(send):
    everything = dict.fromkeys(range(10), 10)
    others = len(send(everything)) - 10
    fewer = {number: 10 for number in range(9)}
    assert statuses(send(fewer))["vee:9"] == "active"
    last = send(fewer)
    assert statuses(last) == {f"vee:{number}": "active" for number in range(9)} | {"vee:9": "gone"}
    assert len(last) == others + 10
    assert statuses(send(everything))["vee:9"] == "active"


def test_a_feed_that_lacks_a_third_of_the_shop_is_not_published_unless_accepted(send):
    send(dict.fromkeys(range(10), 10))
    with pytest.raises(PublishRefused, match="had 10 products and now 5.*--accept-drop"):
        send(dict.fromkeys(range(5), 10))


def test_a_shop_that_really_shrank_is_published_when_somebody_says_so(send):
    send(dict.fromkeys(range(10), 10))
    assert len(statuses(send(dict.fromkeys(range(5), 10), accept_drop=True))) == 10


def test_photos_that_did_not_change_are_not_embedded_again(send):
    class Counting(ToyEmbedder):
        seen = 0

        def embed(self, images):
            Counting.seen += len(images)
            return super().embed(images)
    send({0: 10, 1: 20}, Counting())
    before = Counting.seen
    send({0: 12, 1: 20, 2: 5}, Counting())
    assert Counting.seen - before == 1
