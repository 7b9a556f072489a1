"""Each page through Streamlit's own test harness, on the bundled demo."""

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from fashflix.catalogue import Catalogue
from fashflix.people import Swipe
from fashflix.ui import session
from fashflix.ui.card import card, money, stars

MAIN = str(Path(session.__file__).with_name("main.py"))
PAGES = Path(__file__).resolve().parents[1] / "pages"


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setenv("FASHFLIX_PEOPLE", f"tinydb://{tmp_path / 'people.json'}")
    monkeypatch.setattr(session, "_token", lambda: "0" * 32)      # the harness has no browser, so no cookies
    session.close_engine()
    yield AppTest.from_file(MAIN, default_timeout=60)
    session.close_engine()


def go_to(app, name):
    app.switch_page(str(PAGES / f"{name}.py"))
    return app.run()


def texts(app):
    return " ".join(str(one.value) for kind in ("title", "subheader", "markdown", "caption", "text", "error") for one in getattr(app, kind))


def test_swipe_opens_with_what_to_do_and_says_that_this_is_a_demo(app):
    app.run()
    assert not app.exception and "Your taste so far" in texts(app) and "Sample product; photo, price and rating are generated" in texts(app)


@pytest.mark.parametrize("name, says", [("for_you", "swipe a few cards first"), ("photo_search", "Your photo is never stored")])
def test_an_empty_page_says_what_to_do(app, name, says):
    app.run()
    assert not go_to(app, name).exception and says in texts(app)


def test_swipes_of_the_log_show_on_every_page(app):
    app.run()
    engine, someone = session.engine(), app.session_state.visit.person
    for row in range(3):
        made = Swipe(engine.catalogue.product(row).product_id, row != 1, 1.0, 0, None, None, "deck")
        engine.people.swipe(someone, made, None)
    assert "3 swiped, 2 liked" in texts(app.run())
    go_to(app, "for_you")
    assert not app.exception and "swipe a few cards first" not in texts(app)


def test_after_ten_swipes_for_you_says_how_many_of_its_first_ten_will_probably_please(app):
    app.run()
    engine, someone = session.engine(), app.session_state.visit.person
    for row in range(10):
        assert "You will probably like" not in texts(go_to(app, "for_you"))
        made = Swipe(engine.catalogue.product(row).product_id, row % 2 == 0, 1.0, 0, None, None, "deck")
        engine.people.swipe(someone, made, None)
    go_to(app, "for_you")
    assert not app.exception and "of the first 10." in texts(app)


def test_filters_narrow_what_all_pages_draw_from(app):
    app.run()
    app.multiselect(key="filter_categories").set_value(["jeans"]).run()
    assert not app.exception and "jeans" in texts(app)
    narrowed = texts(app)
    go_to(app, "for_you")
    assert "jeans" in texts(app), "the filter was lost on the way to another page"
    next(button for button in app.button if button.label == "Reset filters").click().run()
    assert "jeans" not in texts(app) and f"{len(Catalogue.open()):,} products" in texts(app) and narrowed != texts(app)


@pytest.mark.parametrize("damage, says", [
    (lambda folder: shutil.rmtree(folder), "No catalogue in"),
    (lambda folder: (folder / "vectors.npy").write_bytes(b"x"), "does not have the"),
    (lambda folder: mismatch(folder), "python -m catalog.build"),
])
def test_a_catalogue_that_cannot_be_opened_is_a_sentence_on_the_page(app, tmp_path, monkeypatch, damage, says):
    folder = shutil.copytree(Catalogue.open().folder, tmp_path / "catalogue")
    damage(folder)
    monkeypatch.setenv("FASHFLIX_CATALOGUE", str(folder))
    app.run()
    assert not app.exception and "FashFlix cannot open" in texts(app) and says in texts(app)


def mismatch(folder):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"model_sha256": "0" * 64}))


def test_a_corrupt_people_file_is_a_sentence_on_the_page_and_stays_as_it_is(app, tmp_path):
    (tmp_path / "people.json").write_bytes(b"garbage that is no journal")
    app.run()
    assert not app.exception and "FashFlix cannot open" in texts(app) and "people.json" in texts(app)
    assert (tmp_path / "people.json").read_bytes() == b"garbage that is no journal"


def test_a_card_says_only_what_is_known():
    product = Catalogue.open().product(0)
    shown = card(product)
    assert shown["tag"] == "Sample product" and "url" not in shown and shown["photo"].startswith("photos/")
    from dataclasses import replace
    bare = card(replace(product, price=None, rating=None, list_price=50.0, url="javascript:alert(1)"))
    assert not {"price", "was", "rating", "url"} & set(bare)


def test_prices_and_ratings_are_written_as_people_write_them():
    assert (money(24.5, "USD"), money(1234, "CHF"), money(None, "USD"), money(3, None)) == ("$24.50", "1,234.00 CHF", None, "3.00")
    assert (stars(4.26, 1200), stars(4.0, None), stars(None, 3)) == ("★ 4.3 (1,200)", "★ 4.0", None)
