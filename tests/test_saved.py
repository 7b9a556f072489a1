"""What is kept, edited, exported and shared, on a toy catalogue."""

import base64
import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fashflix import sharing
from fashflix.errors import LinkError
from fashflix.opinions import standing
from fashflix.people import Swipe
from fashflix.saved import as_csv, edited, find, flipped, history, liked, removal
from tests.toys import open_toy


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return open_toy(tmp_path_factory.mktemp("toy"))


def swipe(number, likes=True, time=None, price=None, currency=None):
    return Swipe(f"toy:{number}", likes, float(number if time is None else time), 0, price, currency)


def note(number, time, weight=0.0):
    return Swipe(f"toy:{number}", None, float(time), 0, weight=weight)


def test_liked_products_come_newest_first_and_only_while_they_are_liked(catalogue):
    log = [swipe(0), swipe(1), swipe(2, False), swipe(0, False, time=7), swipe(3, time=8), swipe(2, True, time=9)]
    kept, missing = liked(log, catalogue)
    assert [one.swipe.product_id for one in kept] == ["toy:2", "toy:3", "toy:1"] and missing == 0


def test_a_price_change_is_told_only_where_both_prices_are_known_in_one_currency(catalogue):
    log = [swipe(0, price=15.0, currency="USD"), swipe(1, price=20.0, currency="EUR"), swipe(2), swipe(3, price=40.0, currency="USD")]
    assert [one.change for one in liked(log, catalogue)[0]] == [0.0, None, None, -5.0]


def test_a_liked_product_that_left_the_catalogue_is_counted_not_shown(catalogue):
    kept, missing = liked([swipe(0), Swipe("toy:gone", True, 2.0, 0)], catalogue)
    assert len(kept) == 1 and missing == 1


def test_removing_an_opinion_takes_its_notes_along_and_is_taken_back_exactly():
    log = [swipe(0), swipe(1), note(0, 2), swipe(0, False, time=3), note(0, 4)]
    gone = removal(log, log[0])
    assert gone == [log[0], log[2]]
    shorter = edited(log, gone, [])
    assert shorter == [log[1], log[3], log[4]] and edited(shorter, [], gone) == log


def test_a_yes_becomes_a_no_in_its_place_and_back():
    log = [swipe(0), swipe(1), swipe(2)]
    other = edited(log, [log[1]], [flipped(log[1])])
    assert [one.liked for one in other] == [True, False, True]
    assert edited(other, [flipped(log[1])], [log[1]]) == log
    assert find(log, "toy:1", 1.0) is log[1] and find(log, "toy:1", 2.0) is None


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=12), st.data())
def test_any_removal_is_taken_back_exactly(opinions, data):
    log = [swipe(number, likes, time=place) for place, (number, likes) in enumerate(opinions)]
    gone = removal(log, data.draw(st.sampled_from(log)))
    assert edited(edited(log, gone, []), [], gone) == log


def test_the_table_tells_price_then_and_now_and_leaves_unknown_ones_empty(catalogue):
    rows = list(csv.DictReader(io.StringIO(as_csv([swipe(0, price=12.5, currency="USD"), swipe(1, False), note(1, 2)], catalogue))))
    assert [(row["Product"], row["Liked"], row["Price then"], row["Price now"]) for row in rows] == [
        ("green thing 1", "no", "", "20.0"), ("red thing 0", "yes", "12.5", "10.0")]
    assert rows[1]["When (UTC)"] == "1970-01-01 00:00" and rows[1]["Product id"] == "toy:0"


def test_no_cell_of_the_table_is_a_formula(tmp_path):
    for place, start in enumerate(("=", "+", "-", "@", " =", "\t=")):
        name = start + "HYPERLINK(\"https://evil.invalid\")"
        catalogue = open_toy(tmp_path / str(place), each=1, name=name)
        log = [Swipe("toy:0", True, 1.0, 0), Swipe(start + "gone", True, 2.0, 0)]
        cells = [cell for row in csv.reader(io.StringIO(as_csv(log, catalogue))) for cell in row]
        assert any("HYPERLINK" in cell for cell in cells)
        assert not [cell for cell in cells if cell.strip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_list_comes_out_of_its_link_in_order(catalogue):
    ids = [f"toy:{number}" for number in (7, 3, 11)]
    assert sharing.read_code(sharing.list_code(ids), catalogue) == sharing.Shared("list", tuple(ids))


def test_a_taste_comes_out_of_its_link_as_the_same_opinions(catalogue):
    log = [swipe(number, number % 3 > 0) for number in range(9)]
    code = sharing.taste_code(standing(log, catalogue))
    shared = sharing.read_code(code, catalogue)
    assert shared.kind == "taste"
    assert {(one.product_id, one.liked) for one in shared.swipes()} == {(one.product_id, one.liked) for one in log}


def test_a_link_is_short_however_much_is_liked_and_however_long_ids_are(catalogue):
    many = [f"shop:{'long-handle-' * 20}{number}" for number in range(5000)]
    opinions = [replace(one, product_id=many[place]) for place, one in enumerate(standing([swipe(n) for n in range(20)], catalogue) * 100)]
    assert len(sharing.list_code(many)) <= sharing.LONGEST < 500 and len(sharing.taste_code(opinions)) <= sharing.LONGEST


def test_a_link_holds_no_time_no_price_and_no_name_of_a_product(catalogue):
    first = sharing.taste_code(standing([swipe(0, price=10.0, currency="USD"), swipe(1)], catalogue))
    later = sharing.taste_code(standing([swipe(0, time=5e9), swipe(1, time=6e9)], catalogue))
    assert first == later and b"toy" not in base64.urlsafe_b64decode(first + "==")


def test_every_cut_or_changed_link_is_refused_with_what_to_do(catalogue):
    code = sharing.list_code(["toy:0", "toy:1"])
    changed = [code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1:] for place in range(len(code) - 1)]
    for broken in [*changed, *(code[:place] for place in range(len(code) - 1)), "", "é", "<script>", code * 40, code + "="]:
        with pytest.raises(LinkError, match="Ask for it again"):
            sharing.read_code(broken, catalogue)


@given(st.text(max_size=600))
def test_any_text_is_a_link_or_a_sentence(text):
    try:
        sharing.read_code(text, None)
    except LinkError as error:
        assert str(error).endswith((".",))


def test_what_left_the_catalogue_is_counted_and_a_link_to_nothing_says_so(catalogue):
    assert sharing.read_code(sharing.list_code(["toy:0", "other:1"]), catalogue).missing == 1
    with pytest.raises(LinkError, match="Nothing that this link carries"):
        sharing.read_code(sharing.list_code(["other:1"]), catalogue)


def test_history_is_newest_first_without_notes():
    log = [swipe(0), note(0, 1), swipe(1, False, time=2)]
    assert history(log) == [log[2], log[0]]
