"""Names and prices over the whole shop: colourways belong together, garments can be told apart."""

from dataclasses import asdict

import pytest

pytest.importorskip("cv2", reason="the studio needs requirements-studio.txt")

from catalog.studio.listing import listed               # noqa: E402
from catalog.studio.truth import Truth                  # noqa: E402


def record(number, *truths):
    group_id = f"studio:{number:04d}"
    ids = [f"{group_id}-{letter}" for letter in "abcdefgh"[:len(truths)]]
    colourways = [{"product_id": one, "seed": 100 * number + place} for place, one in enumerate(ids)]
    return {"group": {"group_id": group_id, "seed": number, "colourways": colourways},
            "products": [{"product_id": one, "group_id": group_id, "truth": asdict(truth)} for one, truth in zip(ids, truths)]}


def tee(colour, pattern="solid"):
    return Truth("t-shirt", "women", colour, pattern, neckline="crew neck", sleeve="short sleeve", fit="loose fit", fabric="cotton")


def stem(row):
    return row["name"].rsplit(",", 1)[0]


def test_colourways_share_every_word_but_the_colour_and_the_full_price():
    for number in range(1, 20):
        rows = listed([record(number, tee("red"), tee("navy"), tee("sage"))])
        assert len({stem(row) for row in rows}) == 1 and len({row["name"] for row in rows}) == 3
        assert len({row["list_price"] or row["price"] for row in rows}) == 1


def test_a_pattern_may_cost_a_little_more_than_the_plain_one():
    plain, striped = listed([record(3, tee("red"), tee("navy", "striped"))])
    full = [row["list_price"] or row["price"] for row in (plain, striped)]
    assert full[0] <= full[1] <= full[0] * 1.1 + 1


def test_ten_garments_that_are_alike_get_ten_names():
    rows = listed([record(number, tee("red"), tee("navy")) for number in range(1, 11)])
    assert len({row["name"] for row in rows}) == 20


def test_the_same_records_give_the_same_rows_whatever_an_earlier_run_wrote_into_them():
    records = [record(number, tee("red"), tee("navy")) for number in range(1, 6)]
    rows = listed(records)
    stale = [one | {"products": [product | {"name": "Old", "price": 1.0, "rating": 1.0} for product in one["products"]]} for one in records]
    assert listed(stale) == rows and all(row["name"] != "Old" and row["price"] > 5 for row in rows)


def test_some_colourways_are_on_sale_while_others_are_not():
    rows = listed([record(number, tee("red"), tee("navy"), tee("sage"), tee("black")) for number in range(1, 150)])
    on_sale = [row for row in rows if row["list_price"]]
    assert 0.13 < len(on_sale) / len(rows) < 0.24 and all(row["price"] < row["list_price"] for row in on_sale)
    groups = {row["group_id"] for row in on_sale}
    assert any(not row["list_price"] for row in rows if row["group_id"] in groups)
