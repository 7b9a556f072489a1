"""Each page through Streamlit's own test harness, on the bundled demo."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import numpy as np
from PIL import Image
from streamlit.testing.v1 import AppTest

from fashflix import saved, sharing
from fashflix.attributes import telling_apart
from fashflix.catalogue import Catalogue
from fashflix.garments import Garment
from fashflix.opinions import standing
from fashflix.people import Swipe
from fashflix.ui import keeping, session
from fashflix.ui.card import card, detail, money, stars
from fashflix.ui.garment_picker import in_words, outlined
from fashflix.ui.match import level, strength

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


@pytest.mark.parametrize("name, says", [("for_you", "swipe a few cards first"), ("photo_search", "Your photo is never stored"),
                                        ("saved", "Like a card on the deck"), ("profile", "Swipe a few cards first"),
                                        ("shared", "This link is broken")])
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


def like(app, rows, liked=True, price=None):
    engine, someone = session.engine(), app.session_state.visit.person
    for row in rows:
        product = engine.catalogue.product(row)
        made = Swipe(product.product_id, liked, float(row), 0, price or product.price, product.currency, "deck")
        engine.people.swipe(someone, made, None)
    return [engine.catalogue.product(row) for row in rows]


def button(app, label):
    return next(one for one in app.button if one.label == label)


def fill(app, button_label, **boxes):
    for key, text in boxes.items():
        app.text_input(key=key).set_value(text)
    button(app, button_label).click()
    return app.run()


def test_signing_up_and_out_and_in_again_brings_everything_back_with_what_was_swiped_meanwhile(app):
    app.run()
    like(app, (0, 1, 2))
    go_to(app, "profile")
    fill(app, "Create account", new_name="Ada", new_passphrase="four unrelated words")
    assert not app.exception and "Ada" in texts(app) and "3 swiped, 3 liked" in texts(app)
    button(app, "Sign out").click().run()
    assert "Guest" in texts(app) and "Nothing swiped yet" in texts(app)
    like(app, (5,))
    app.session_state["door"] = "Sign in"
    app.run()
    fill(app, "Sign in", name="ada", passphrase="wrong words entirely")
    assert "do not fit together" in texts(app) and "Guest" in texts(app)
    fill(app, "Sign in", name="ada", passphrase="four unrelated words")
    assert "Ada" in texts(app) and "4 swiped, 4 liked" in texts(app)


@pytest.mark.parametrize("name, passphrase, says", [
    ("Ada", "short", "has 5 characters; give it 8 or more"), ("  ", "four unrelated words", "1 to 40 printable characters"),
])
def test_what_is_wrong_with_a_name_or_passphrase_is_a_sentence(app, name, passphrase, says):
    app.run()
    go_to(app, "profile")
    fill(app, "Create account", new_name=name, new_passphrase=passphrase)
    assert not app.exception and says in texts(app) and "Guest" in texts(app)


def test_wrong_passphrases_are_soon_no_longer_looked_at(app):
    app.run()
    go_to(app, "profile")
    app.session_state["door"] = "Sign in"
    app.run()
    for _ in range(5):
        fill(app, "Sign in", name="ada", passphrase="wrong words entirely")
        assert "do not fit together" in texts(app)
    fill(app, "Sign in", name="ada", passphrase="wrong words entirely")
    assert "Wait half a minute" in texts(app)


def test_another_learner_is_kept_and_learns_from_the_same_swipes(app):
    app.run()
    like(app, (0, 1, 2))
    go_to(app, "profile")
    app.radio(key="learner_choice").set_value("ema").run()
    someone = app.session_state.visit.person
    assert not app.exception and someone.learner == someone.preference.learner == "ema" and someone.preference.swipes == 3
    assert go_to(app, "profile").radio(key="learner_choice").value == "ema"


def test_a_lane_s_slider_lets_it_count_for_more_and_leaving_it_out_offers_a_way_back(app):
    app.run()
    catalogue = session.engine().catalogue
    kinds = {kind: [row for row in range(len(catalogue)) if catalogue.product(row).category == kind][:4] for kind in ("dress", "jeans")}
    like(app, [row for rows in kinds.values() for row in rows])
    go_to(app, "profile")
    assert len(app.select_slider) >= 2 and "of your taste" in texts(app)
    slider = app.select_slider[0]
    share = texts(app)
    slider.set_value("Much more").run()
    assert app.select_slider[0].value == "Much more" and texts(app) != share
    before = len(app.select_slider)
    button(app, "Leave out").click().run()
    assert len(app.select_slider) < before and any(one.label in ("Count it again", "Count all again") for one in app.button)


def test_a_tab_whose_person_went_on_elsewhere_draws_nothing_of_them(app):
    app.run()
    like(app, (0,))
    session.engine().people.sign_up(app.session_state.visit.person, "Ada", "four unrelated words")
    app.run()
    assert not app.exception and "in another tab" in texts(app) and "swiped" not in texts(app)


def test_a_saved_card_tells_the_price_then_against_now_and_nothing_where_it_is_not_known(app):
    app.run()
    product = session.engine().catalogue.product(0)
    row = session.engine().catalogue.row(product.product_id)

    def since(price, currency=product.currency):
        kept, _ = saved.liked([Swipe(product.product_id, True, 1.0, 0, price, currency)], session.engine().catalogue)
        assert kept[0].row == row
        return keeping.price_since(kept[0])

    assert since(product.price + 5) == {"since": f"$5.00 less: {money(product.price + 5, 'USD')} then", "cheaper": True}
    assert since(product.price - 1) == {"since": f"$1.00 more: {money(product.price - 1, 'USD')} then", "cheaper": False}
    assert since(product.price) == {"since": "Price unchanged"}
    assert since(None) == {} and since(product.price + 5, "EUR") == {}


def test_a_shared_list_and_taste_open_for_anybody(app):
    app.run()
    ids = [product.product_id for product in like(app, range(12))]
    opinions = standing(app.session_state.visit.person.swipes, session.engine().catalogue)
    for code, says in ((sharing.list_code(ids), "A list for you"), (sharing.taste_code(opinions), "It leans towards")):
        app.query_params["s"] = code
        assert not go_to(app, "shared").exception and says in texts(app)
    assert len(app.session_state.visit.person.swipes) == 12, "looking at a link swiped something"


def test_the_details_of_a_product_state_only_what_is_known_and_link_only_to_web_pages():
    product = replace(Catalogue.open().product(0), brand=None, rating=None, review_count=None, pattern=None, url="javascript:alert(1)")
    told = detail(product)
    assert "url" not in told and "stars" not in told and "reviews" not in told
    assert "Type" in dict(told["facts"]) and not {"Brand", "Pattern"} & set(dict(told["facts"]))
    assert detail(replace(product, url="https://shop.invalid/1"))["url"] == "https://shop.invalid/1"
    assert dict(detail(replace(product, shop="Vee", url="https://shop.invalid/1"))["facts"])["Sold by"] == "Vee"


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


def test_a_sample_photo_is_looked_at_said_in_words_and_finds_its_kind(app):
    app.session_state["photo_way"] = "sample"
    app.run()
    go_to(app, "photo_search")
    assert not app.exception and "It looks like:" in texts(app)
    seen = [one for one in app.pills if one.key == "garment"]
    assert seen and "Whole photo" in seen[0].options and app.session_state["garment"] == "whole photo", "a shop's photo is of one thing"


def test_matches_are_called_by_how_near_they_come(app, monkeypatch):
    app.run()
    monkeypatch.setattr(session, "engine", lambda: SimpleNamespace(embedder=SimpleNamespace(match={"strong": 0.8, "fair": 0.6})))
    assert [level(score) for score in (0.9, 0.7, 0.5)] == ["strong", "fair", "weak"]
    assert strength(SimpleNamespace(score=0.5)) == {"why": "Weak match"}
    monkeypatch.setattr(session, "engine", lambda: SimpleNamespace(embedder=SimpleNamespace(match=None)))
    assert level(0.9) is None and strength(SimpleNamespace(score=0.9)) == {}


def test_words_of_a_photo_are_those_that_pass_their_thresholds():
    words, thresholds = ("women", "men", "navy", "red", "striped", "solid", "shirt", "dress"), [0.5, 0.5, 0.3, 0.3, 0.6, 0.5, 0.5, 0.5]
    assert set(telling_apart(words, [0.9, 0.2, 0.5, 0.4, 0.7, 0.3, 0.8, 0.6], thresholds)) == {"women", "navy", "striped", "shirt"}
    assert telling_apart(words, [0.1] * 8, thresholds) == []


def test_only_what_a_garment_can_have_is_said_of_it(monkeypatch):
    words = ("women", "burgundy", "maxi", "v-neck", "sneakers", "dress")
    monkeypatch.setattr(session, "engine", lambda: SimpleNamespace(embedder=SimpleNamespace(attributes=words, thresholds=np.full(6, 0.5))))
    sure = np.full(6, 0.9)
    assert in_words(sure, "shoes") == "burgundy sneakers" and in_words(sure * [1, 1, 1, 1, 0, 0], "shoes") == "burgundy shoes"
    assert in_words(sure * [1, 1, 1, 1, 0, 1], "dress") == "women’s burgundy v-neck maxi dress" and in_words(sure * 0, "shoes") == ""


def test_garments_are_outlined_and_the_chosen_one_stands_out():
    photo = Image.new("RGB", (300, 400), "grey")
    found = {kind: Garment(kind, box, 0.9, 0.1, np.ones((8, 6), bool)) for kind, box in (("top", (60, 40, 240, 180)), ("bottom", (60, 190, 240, 390)))}
    drawn = np.asarray(outlined(photo, found, "top")).astype(int)
    scale = drawn.shape[0] / 400
    colour = lambda x, y: drawn[round(y * scale) + 2, round(x * scale)]
    assert colour(150, 40)[0] - colour(150, 40)[2] > 100 and np.ptp(colour(150, 190)) < 30 and colour(150, 190).mean() > 180


def test_a_card_says_only_what_is_known():
    product = Catalogue.open().product(0)
    shown = card(product)
    assert shown["tag"] == "Sample product" and "url" not in shown and shown["photo"].startswith("photos/")
    bare = card(replace(product, price=None, rating=None, list_price=50.0, url="javascript:alert(1)"))
    assert not {"price", "was", "rating", "url"} & set(bare)


def test_prices_and_ratings_are_written_as_people_write_them():
    assert (money(24.5, "USD"), money(1234, "CHF"), money(None, "USD"), money(3, None)) == ("$24.50", "1,234.00 CHF", None, "3.00")
    assert (stars(4.26, 1200), stars(4.0, None), stars(None, 3)) == ("★ 4.3 (1,200)", "★ 4.0", None)
