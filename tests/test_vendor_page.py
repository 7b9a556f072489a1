"""The page for vendors and the one about the catalogue, through Streamlit's test harness, with the workshop as the program of its own that it is."""

import os
import time
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from fashflix import workshop
from fashflix.catalogue import Catalogue, verify
from fashflix.errors import FeedError, SettingsError
from fashflix.settings import Settings, load_settings
from fashflix.ui import session, vendor
from tests.test_pages import MAIN, go_to, texts
from tests.toys import photo

PASSPHRASE = "four unrelated words"
FEED = (
    "Titel;Bild;Preis;Seite;Nr\nLeinenkleid <b>fett</b> **$x$**;https://v.invalid/1.jpg;79,00 €;https://v.invalid/1;1\n"
    "Mantel;https://v.invalid/2.jpg;kein Preis;javascript:alert(1);2\nSchal;;5 €;https://v.invalid/3;3\n"
).encode("cp1252")


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setenv("FASHFLIX_PEOPLE", f"tinydb://{tmp_path / 'people.json'}")
    monkeypatch.setenv("FASHFLIX_STAGING", str(tmp_path / "staging"))
    monkeypatch.setenv("FASHFLIX_VENDOR_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(session, "_token", lambda: "0" * 32)  # the harness has no browser, so no cookies
    session.close_engine()
    vendor._gate.cache_clear()
    yield AppTest.from_file(MAIN, default_timeout=120)
    session.close_engine()


def enter(app, passphrase):
    app.text_input[0].set_value(passphrase)
    return app.button[0].click().run()


def sent(app, data=FEED, name="Vee.csv"):
    """The page with a feed uploaded."""
    go_to(app.run(), "vendor")
    enter(app, PASSPHRASE)
    return app.file_uploader[0].upload(name, data, "text/csv").run()


def box(app, label):
    return next(one for one in app.selectbox if one.label == label)


def test_without_a_passphrase_there_is_no_page_for_vendors(app, monkeypatch):
    monkeypatch.delenv("FASHFLIX_VENDOR_PASSPHRASE")
    app.run()
    from fashflix.ui.places import places

    assert not session.takes_vendors() and "vendor" not in places()


def test_nothing_shows_before_the_passphrase_and_guesses_run_out(app):
    go_to(app.run(), "vendor")
    assert not app.file_uploader
    for number in range(5):
        assert "not the passphrase" in texts(enter(app, f"guess {number}"))
    assert "Too many wrong" in texts(enter(app, PASSPHRASE)) and not app.file_uploader


def test_a_feed_is_mapped_reported_and_drawn_as_plain_text(app):
    sent(app)
    assert not app.exception and box(app, "Name").value == "Titel" and box(app, "Main photo").value == "Bild"
    assert any(text.value == "Leinenkleid <b>fett</b> **$x$**" for text in app.text), "the name is not drawn as it is"
    shown = " ".join(one.value for one in (*app.markdown, *app.caption))
    assert "Leinenkleid" not in shown and "read as cp1252" in texts(app) and "it has no photo that can be fetched (1)" in texts(app)
    assert not any("Leinenkleid" in str(one.proto.body) for one in app.get("html"))


def test_a_person_may_change_the_mapping_and_the_report_follows(app):
    sent(app)
    assert "1 without price" in texts(app)
    box(app, "Price").set_value("").run()
    assert "2 without price" in texts(app) and not app.exception
    box(app, "Name").set_value("").run()
    assert "it has no name (3)" in texts(app) and app.button[0].disabled


def test_a_hostile_file_is_a_sentence_on_the_page(app):
    sent(
        app,
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><item><id>&x;</id></item></rss>',
        "feed.xml",
    )
    assert not app.exception and "DOCTYPE" in texts(app) and not app.button


def test_photos_that_cannot_be_fetched_publish_nothing(app, tmp_path):
    sent(app)
    next(one for one in app.button if one.label == "Publish into staging").click().run()
    assert not app.exception and "nothing was published. The first reason: " in texts(app) and not (tmp_path / "staging" / "vee").exists()


@pytest.fixture
def feed(tmp_path):
    """A feed that names photo files beside it, and the options for it."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "red.png").write_bytes(photo())
    rows = b"id,title,image,price,availability\n1,Red,red.png,10 EUR,in stock\n2,Gone,red.png,5 EUR,out of stock\n3,Lost,../red.png,1 EUR,in stock\n"
    return rows, {"mapping": {}, "shop": "vee", "photos": tmp_path / "photos"}


@pytest.fixture
def settings(tmp_path):
    return replace(Settings(), staging=tmp_path / "staging")


def test_publishing_makes_a_staging_catalogue_and_leaves_the_served_one_alone(feed, settings):
    before = Catalogue.open().manifest
    *steps, answer = workshop.publish(feed[0], "feed.csv", feed[1], settings, together=True)
    served, staged = Catalogue.open(), Catalogue.open(settings.staging / "vee", before["model_sha256"])
    assert steps[-1] == (len(served) + 3, len(served) + 3) and answer["products"] == len(served) + 2 and answer["photos_failed"] == 1
    assert served.manifest == before and verify(settings.staging / "vee")
    assert [(staged.product(row).product_id, staged.product(row).status) for row in range(2)] == [("vee:1", "active"), ("vee:2", "gone")]
    assert staged.product(2).product_id == served.product(0).product_id and (staged.vectors[2] == served.vectors[0]).all()
    assert (
        answer["products"]
        == list(
            workshop.publish(
                feed[0],
                "feed.csv",
                feed[1],
                replace(settings, catalogue=settings.staging / "vee", staging=settings.staging / "second"),
                together=True,
            )
        )[-1]["products"]
    )


def test_a_vendor_alone_makes_a_catalogue_of_its_own(feed, settings):
    assert list(workshop.publish(feed[0], "feed.csv", feed[1], settings, together=False))[-1]["products"] == 2


def test_only_one_feed_is_published_at_a_time_and_leaving_ends_it(feed, settings):
    first = workshop.publish(feed[0], "feed.csv", feed[1], settings, together=False)
    next(first)
    with pytest.raises(FeedError, match="Another feed"):
        next(workshop.publish(feed[0], "feed.csv", feed[1], settings, together=False))
    first.close()
    assert not (settings.staging / "vee").exists()
    assert list(workshop.publish(feed[0], "feed.csv", feed[1], settings, together=False))[-1]["products"] == 2


def test_staging_never_touches_what_is_served(settings):
    for staging in (settings.catalogue.parent, settings.catalogue):
        with pytest.raises(FeedError, match="FASHFLIX_STAGING"):
            workshop.staging_folder(
                replace(settings, staging=staging), settings.catalogue.name if staging != settings.catalogue else "photos"
            )
    assert workshop.staging_folder(settings, "../../etc").parent == settings.staging.resolve()


def test_a_reader_that_takes_too_long_or_says_too_much_is_ended(monkeypatch):
    monkeypatch.setattr(workshop, "READING", 0.01)
    began = time.monotonic()
    with pytest.raises(FeedError, match="ended early"):
        workshop.inspect(FEED, "feed.csv")
    assert time.monotonic() - began < 30
    monkeypatch.setattr(workshop, "READING", 60)
    monkeypatch.setattr(workshop, "MOST_BYTES", 100)
    with pytest.raises(FeedError, match="in parts"):
        workshop.inspect(FEED, "feed.csv")


def test_the_workshop_does_not_see_the_passphrase(monkeypatch):
    seen = {}
    monkeypatch.setenv("FASHFLIX_VENDOR_PASSPHRASE", PASSPHRASE)
    run = workshop.subprocess.Popen
    monkeypatch.setattr(workshop.subprocess, "Popen", lambda *given, **options: seen.update(options["env"]) or run(*given, **options))
    workshop.inspect(FEED, "feed.csv")
    assert PASSPHRASE not in seen.values() and os.environ["PATH"] == seen["PATH"]


def test_a_passphrase_that_is_easy_to_guess_is_refused_and_none_is_ever_printed():
    with pytest.raises(SettingsError, match="FASHFLIX_VENDOR_PASSPHRASE has 4 characters"):
        load_settings(environ={"FASHFLIX_VENDOR_PASSPHRASE": "1234"})
    settings = load_settings(environ={"FASHFLIX_VENDOR_PASSPHRASE": PASSPHRASE})
    assert settings.vendor_passphrase == PASSPHRASE and PASSPHRASE not in repr(settings)


def test_the_catalogue_page_tells_its_state_and_how_well_the_model_knows_it(app):
    go_to(app.run(), "catalogue")
    html = " ".join(one.proto.body for one in app.get("html"))
    assert not app.exception and "How well the model knows such photos" in texts(app) and "the model learnt from" in texts(app)
    assert f"<dd>{len(Catalogue.open()):,}</dd>" in html and "This catalogue" in html and "Street photos" in html
    assert any(text.value.startswith("studio: ") for text in app.text)


def test_a_catalogue_of_another_model_says_what_to_run(app, monkeypatch):
    app.run()
    monkeypatch.setattr("fashflix.freshness.Settings", lambda: replace(Settings(), model=Settings().staging / "none.onnx"))
    go_to(app, "catalogue")
    assert not app.exception and "python -m training.reference" in texts(app)
