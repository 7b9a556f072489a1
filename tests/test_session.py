"""Swipes on their way from the browser to the store: each counts once, whatever Streamlit's runs do."""

import threading
import time
from types import SimpleNamespace

import numpy as np
import pytest

from fashflix.errors import StoreWriteFailed
from fashflix.index import Index
from fashflix.opinions import weights_of
from fashflix.people import People, new_token
from fashflix.preference import LEARNERS
from fashflix.recommend import Recommender
from fashflix.settings import Settings
from fashflix.store import MemoryStore
from fashflix.visit import Visit, note, record_events, take_back_edit
from tests.toys import open_toy


class SlowStore(MemoryStore):
    """Takes its time, so that two runs meet inside a swipe; refuses while `full`."""

    full = False

    def save_swipe(self, *swipe):
        time.sleep(0.01)
        if self.full:
            raise StoreWriteFailed("The disk is full. Nothing was changed.")
        super().save_swipe(*swipe)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return open_toy(tmp_path_factory.mktemp("toy"))


@pytest.fixture
def engine(catalogue):
    recommender = Recommender(catalogue, Index(catalogue.vectors), LEARNERS["ema"])
    return SimpleNamespace(catalogue=catalogue, recommender=recommender, people=People(SlowStore()), settings=Settings(),
                           embedder=SimpleNamespace(sha256="0" * 64))


@pytest.fixture
def here(engine):
    return Visit(engine.people.guest(new_token()))


def sent(here, *actions, epoch=None):
    """What the component reports: (action, product number) pairs, numbered from 1."""
    return {"epoch": epoch or here.epoch,
            "list": [{"seq": seq, "id": f"toy:{product}", "action": action} for seq, (action, product) in enumerate(actions, start=1)]}


def log(here):
    return [(swipe.product_id, swipe.liked) for swipe in here.person.swipes]


def test_two_runs_at_once_count_each_swipe_once(engine, here):
    events = sent(here, *[("like" if product % 2 else "pass", product) for product in range(10)])
    runs = [threading.Thread(target=record_events, args=(engine, here, events, "deck", "deck")) for _ in range(4)]
    [run.start() for run in runs]
    [run.join() for run in runs]
    assert log(here) == [(f"toy:{product}", product % 2 == 1) for product in range(10)]
    assert here.acknowledged["deck"] == 10


def test_a_list_that_grows_and_comes_again_adds_only_what_is_new(engine, here):
    swipes = [("like", 0), ("pass", 1), ("like", 2)]
    for count in (1, 3, 3, 2):
        record_events(engine, here, sent(here, *swipes[:count]), "deck", "deck")
    assert log(here) == [("toy:0", True), ("toy:1", False), ("toy:2", True)]


def test_a_refused_write_is_said_and_kept_for_the_next_try(engine, here):
    events = sent(here, ("like", 0), ("like", 1))
    engine.people._store.full = True
    record_events(engine, here, events, "deck", "deck")
    assert log(here) == [] and here.acknowledged["deck"] == 0 and "disk is full" in here.notice
    engine.people._store.full = False
    record_events(engine, here, events, "deck", "deck")
    assert len(log(here)) == 2 and here.notice is None


def test_undo_takes_the_last_swipe_back_and_its_card_lies_on_top(engine, here):
    record_events(engine, here, sent(here, ("like", 0), ("pass", 1), ("undo", 1)), "deck", "deck")
    assert log(here) == [("toy:0", True)] and here.deck[0] == "toy:1"
    assert here.person.preference.swipes == 1


def test_events_of_another_stretch_and_unknown_products_change_nothing(engine, here):
    record_events(engine, here, sent(here, ("like", 0), epoch="former"), "deck", "deck")
    record_events(engine, here, sent(here, ("like", 999)), "deck", "deck")
    assert log(here) == [] and here.acknowledged["deck"] == 1


def test_not_because_of_this_is_kept_in_the_log_counts_once_and_is_undone_exactly(engine, here):
    record_events(engine, here, sent(here, ("like", 0), ("pass", 1), ("like", 2)), "deck", "deck")
    before = here.person.preference.vector
    events = sent(here, ("ignore", 0))
    record_events(engine, here, events, "gallery", "for-you")
    record_events(engine, here, events, "gallery", "for-you")
    ignored = engine.catalogue.product(0).product_id
    assert log(here)[3:] == [(ignored, None)] and weights_of(here.person.swipes)[ignored] == 0
    assert not np.array_equal(here.person.preference.vector, before)
    note(engine, here, ignored, 1.0, "for-you")
    assert len(log(here)) == 3 and np.array_equal(here.person.preference.vector, before)


def test_a_lane_s_weight_outlives_the_process(engine, here):
    record_events(engine, here, sent(here, ("like", 0), ("like", 1)), "deck", "deck")
    liked = engine.catalogue.product(0).product_id
    note(engine, here, liked, 2.0, "for-you")
    again = engine.people._store.get(here.person.id)
    assert again.swipes == here.person.swipes and weights_of(again.swipes)[liked] == 2


def history_event(swipe, action, seq, here):
    return {"epoch": here.epoch, "list": [{"seq": seq, "id": swipe.product_id, "action": action, "at": swipe.time}]}


def test_changing_the_history_changes_the_taste_and_is_taken_back_exactly_any_number_of_times(engine, here):
    record_events(engine, here, sent(here, ("like", 0), ("pass", 1), ("like", 2)), "deck", "deck")
    log_before, vector = list(here.person.swipes), here.person.preference.vector
    record_events(engine, here, history_event(log_before[1], "flip", 1, here), "history", "saved")
    record_events(engine, here, history_event(log_before[0], "remove", 2, here), "history", "saved")
    assert log(here) == [("toy:1", True), ("toy:2", True)] and not np.array_equal(here.person.preference.vector, vector)
    record_events(engine, here, sent(here, ("like", 0), ("pass", 1), ("like", 2), ("like", 5)), "deck", "deck")
    take_back_edit(engine, here)
    take_back_edit(engine, here)
    take_back_edit(engine, here)
    assert here.person.swipes[:3] == log_before and log(here)[3:] == [("toy:5", True)]
    assert engine.people._store.get(here.person.id).swipes == here.person.swipes


def test_taking_a_product_out_of_saved_forgets_every_opinion_on_it(engine, here):
    record_events(engine, here, sent(here, ("pass", 0), ("like", 1), ("like", 0)), "deck", "deck")
    record_events(engine, here, sent(here, ("forget", 0)), "gallery", "saved")
    assert log(here) == [("toy:1", True)]


def test_an_event_that_means_nothing_known_changes_nothing(engine, here):
    record_events(engine, here, sent(here, ("like", 0)), "deck", "deck")
    odd = [{"seq": seq, "id": "toy:0", "action": action, "at": 1.0} for seq, action in enumerate(("flip", "remove", "explode"), start=1)]
    record_events(engine, here, {"epoch": here.epoch, "list": odd}, "history", "saved")
    assert log(here) == [("toy:0", True)] and here.acknowledged["history"] == 3
