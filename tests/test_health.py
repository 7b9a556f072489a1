import json
from datetime import datetime, timezone

from fashflix.gate import FREE_GUESSES, SECONDS_PER_GUESS, Gate
from fashflix.health import health
from tests.toys import open_toy


def test_a_catalogue_tells_what_it_holds_and_lacks(tmp_path):
    found = health(open_toy(tmp_path, is_sample="false", price="", group_id="", shop="vee"))
    assert (found.products, found.samples, found.without_price, found.without_rating, found.duplicates, found.dead_photos) == (
        20,
        0,
        20,
        4,
        0,
        0,
    )
    assert (found.women, found.men, found.unisex, found.for_nobody_stated) == (12, 8, 0, 0)
    assert [(shop.name, shop.products, shop.without_price) for shop in found.shops] == [("vee", 20, 20)]
    assert (datetime.now(timezone.utc) - found.built).days == 0


def test_dead_photos_are_counted_from_the_report_of_the_build(tmp_path):
    catalogue = open_toy(tmp_path)
    reasons = (
        "left out: its photo cannot be used: gone",
        "left out: it has no photo",
        "photo 2 cannot be used: broken",
        "left out: it has no name",
    )
    (catalogue.folder / "rejected.jsonl").write_text(
        "".join(json.dumps({"row": 1, "product_id": "a", "reason": reason}) + "\n" for reason in reasons)
    )
    assert health(catalogue).dead_photos == 2


def test_variants_count_as_duplicates_of_one(tmp_path):
    assert health(open_toy(tmp_path, group_id="toy:G")).duplicates == 19


def test_wrong_passphrases_run_out_and_come_back_slowly():
    now = [0.0]
    gate = Gate("open sesame", clock=lambda: now[0])
    assert gate.tries("open sesame") is True
    assert [gate.tries(f"guess {number}") for number in range(FREE_GUESSES)] == [False] * FREE_GUESSES
    assert gate.tries("open sesame") is None, "it was looked at although the guesses were used up"
    now[0] += SECONDS_PER_GUESS
    assert gate.tries("still wrong") is False and gate.tries("open sesame") is None
    now[0] += SECONDS_PER_GUESS
    assert gate.tries("open sesame") is True and gate.tries("open sesame") is True


def test_odd_passphrases_are_only_wrong():
    assert [Gate("open sesame").tries(odd) for odd in ("", "open sesam\ud800", "ö" * 100_000)] == [False] * 3
