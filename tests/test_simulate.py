"""People who do not exist: their tastes, their fifty swipes, and what is made of them."""

import dataclasses
import json
import sys

import numpy as np
import pytest

from fashflix.catalogue import Catalogue
from fashflix.errors import SourceError
from fashflix.simulate import __main__ as command
from fashflix.simulate.figures import calibration_error, interval, summary
from fashflix.simulate.persona import SHARE, TURN, Persona, draw_persona
from fashflix.simulate.reach import reached
from fashflix.simulate.report import in_words, study
from fashflix.simulate.session import LOOKS, SWIPES, Chance, play
from fashflix.simulate.study import Cell, _shows, table
from fashflix.simulate.world import of_catalogue, open_world
from tests.worlds import kinds, world


@pytest.fixture(scope="module")
def shop():
    """320 products of 16 kinds that look apart; a kind is a colour and a category, women's and men's in turn."""
    vectors, facts = kinds(each=20, spread=0.8, names=("jacket",) * 16)
    colours, categories = ("navy", "red", "green", "black"), ("shirt", "dress", "boots", "bag")
    for place, fact in enumerate(facts):
        kind = place % 16
        fact |= {"category": categories[kind % 4], "colours": [colours[kind // 4]], "gender": ("women", "men")[place // 16 % 2]}
    look = np.eye(16)[[place % 16 for place in range(len(facts))]] + 0.1 * np.random.default_rng(1).normal(size=(len(facts), 16))
    return of_catalogue(world(vectors, facts), "toy", look)


class Oracle:
    """Shows what the person likes, as one who reads minds would."""

    evidence = None

    def __init__(self, world, persona):
        self.groups, self.persona = world.catalogue.groups, persona

    def next_cards(self, swipes, allowed, k, keep=(), rng=None, seen=()):
        return [*keep, *self._liked(seen, keep)][:k]

    def list_rows(self, swipes, allowed, k, rng, seen):
        return self._liked(seen)[:k]

    def _liked(self, seen, keep=()):
        return [row for row in np.argsort(~self.persona.likes_at(0), kind="stable") if self.persona.allowed[row] and row not in (*seen, *keep)]


def test_a_taste_by_words_is_every_allowed_product_that_shares_them(shop):
    someone = draw_persona(shop, "words", 1, False, "women", np.random.default_rng(3))
    liked = someone.likes_at(0)
    shared = shop.words[liked].all(axis=0)
    assert shared.any() and SHARE[0] <= liked[someone.allowed].mean() <= SHARE[1]
    assert np.array_equal(liked, shop.words[:, shared].all(axis=1) & someone.allowed)
    assert {shop.catalogue.product(row).gender for row in np.flatnonzero(liked)} == {"women"}


def test_a_taste_by_look_likes_what_another_model_finds_alike(shop):
    liked = draw_persona(shop, "look", 1, False, "men", np.random.default_rng(0)).likes_at(0)
    inside, outside = shop.look[liked] @ shop.look[liked].T, shop.look[liked] @ shop.look[~liked].T
    assert inside.mean() > outside.mean() + 0.3


def test_a_taste_by_occasion_is_of_one_occasion_and_no_more_than_a_taste_even_where_half_the_shop_is_casual(shop):
    number = np.arange(len(shop.words))
    occasions = np.where(number % 2, "Casual, Fall", np.where(number % 9, "Formal, Fall", "Sports, Summer"))
    busy = dataclasses.replace(shop, occasions=occasions)
    for seed in range(10):
        someone = draw_persona(busy, "occasion", 1, False, "women", np.random.default_rng(seed))
        assert len(set(occasions[someone.likes_at(0)])) == 1 and someone.likes_at(0)[someone.allowed].mean() <= SHARE[1]


def test_of_three_tastes_that_drift_one_turns_and_two_stay(shop):
    someone = draw_persona(shop, "words", 3, True, "women", np.random.default_rng(1))
    same = [np.array_equal(before, after) for before, after in zip(someone.tastes_at(TURN - 1), someone.tastes_at(TURN))]
    assert same == [False, True, True] and not np.array_equal(someone.likes_at(TURN - 1), someone.likes_at(TURN))


def test_a_world_without_such_a_taste_says_so(shop):
    bare = world(np.eye(512)[:8], [{"gender": "women"}] * 8)
    with pytest.raises(SourceError, match="no words"):
        draw_persona(of_catalogue(bare), "words", 1, False, "women", np.random.default_rng(0))


def test_who_reads_minds_is_always_right_even_when_little_is_left(shop):
    someone = draw_persona(shop, "words", 1, False, "women", np.random.default_rng(3))
    figures = play(shop, someone, Oracle(shop, someone), seed=0)
    few = int(someone.likes_at(0).sum())
    assert figures["precision@10 after 5"] == 1 and figures["swipes to first like"] == 1
    assert figures["likes among 30 cards"] == few and figures["dislikes shown"] == SWIPES - few
    assert np.isnan(figures["precision@10 after 50"]), "nothing is left to be right about"


def test_every_learner_meets_the_same_person_with_the_same_slips(shop):
    someone = draw_persona(shop, "words", 3, False, "men", np.random.default_rng(5))
    logs = {}

    class Spy(Chance):
        def list_rows(self, swipes, allowed, k, rng, seen):
            meant = [bool(someone.likes_at(0)[shop.ids.index(swipe.product_id)]) for swipe in swipes]
            logs.setdefault(self.name, []).append([swipe.liked != mean for swipe, mean in zip(swipes, meant)])
            return super().list_rows(swipes, allowed, k, rng, seen)

    for name in ("one", "other"):
        spy = Spy(shop.catalogue)
        spy.name = name
        play(shop, someone, spy, seed=7)
    assert logs["one"] == logs["other"] and len(logs["one"][-1]) == SWIPES and 0 < sum(logs["one"][-1]) < 10


def test_a_learner_finds_what_chance_does_not_and_shows_less_that_is_disliked(shop):
    found = {name: [play(shop, draw_persona(shop, "look", 1, False, "women", np.random.default_rng(seed)), _shows(shop, name), seed)
                    for seed in range(6)] for name in ("chance", "kernel")}
    mean = {name: {figure: np.nanmean([one[figure] for one in played]) for figure in played[0]} for name, played in found.items()}
    assert mean["kernel"]["precision@10 after 20"] > 2 * mean["chance"]["precision@10 after 20"]
    assert mean["kernel"]["dislikes shown"] < mean["chance"]["dislikes shown"]
    assert mean["kernel"]["likeness within the list after 20"] > mean["chance"]["likeness within the list after 20"]


def test_chance_never_shows_a_product_or_a_variant_twice():
    vectors, facts = kinds(each=10)
    for place, fact in enumerate(facts):
        fact["group_id"] = f"group {place // 2}"
    shop = of_catalogue(world(vectors, facts))
    everything, seen, rng = np.ones(len(facts), bool), [], np.random.default_rng(0)
    chance = Chance(shop.catalogue)
    while cards := chance.next_cards([], everything, 3, seen=seen, rng=rng):
        seen += cards
    assert len(seen) == 20 and len({row // 2 for row in seen}) == 20


def test_an_interval_holds_the_mean_and_narrows_with_more_people():
    rng = np.random.default_rng(0)
    few, many = rng.normal(0.5, 0.2, 20), rng.normal(0.5, 0.2, 2000)
    (low, high), (lower, higher) = interval(few), interval(many)
    assert low < few.mean() < high and lower < many.mean() < higher and higher - lower < 0.2 * (high - low)
    assert 0.8 < (higher - lower) / (2 * 1.96 * 0.2 / np.sqrt(2000)) < 1.2


def test_a_paired_gain_is_surer_than_the_means_it_is_made_of():
    people = np.random.default_rng(1).normal(0.5, 0.3, 200)
    one = summary(people + 0.05, people, np.arange(200) % 2 == 0)
    assert one["gain"] == one["gain_low"] == one["gain_high"] == pytest.approx(0.05) and one["high"] - one["low"] > 0.05
    assert one["mean"] == pytest.approx((one["women"] + one["men"]) / 2, abs=1e-3)


def test_what_cannot_be_told_of_a_person_is_left_out():
    one = summary([1.0, np.nan, 0.0], [0.5, 0.5, np.nan], np.array([True, False, False]))
    assert (one["mean"], one["gain"], one["women"], one["men"]) == (0.5, 0.5, 1.0, 0.0)


def test_honest_chances_are_calibrated_and_boasts_are_not():
    rng = np.random.default_rng(2)
    chances = rng.random(5000)
    happened = rng.random(5000) < chances
    assert calibration_error(chances, happened)[0] < 0.03 < 0.2 < calibration_error(np.minimum(1, chances + 0.3), happened)[0]


def test_a_study_says_the_same_twice_and_compares_everybody_with_the_baseline(shop):
    told = []
    once, twice = (study([shop], ("chance", "ema", "kernel"), people=4, say=told.append) for _ in range(2))
    assert json.dumps(once) == json.dumps(twice)
    results, weights = once
    played = {(cell["kind"], cell["tastes"], cell["drifts"]) for cell in results["cells"]}
    assert played >= {("words", 1, False), ("look", 3, False), ("words", 3, True)}
    for cell in results["cells"]:
        assert {f"precision@10 after {swipes}" for swipes in LOOKS} < set(cell["learners"]["kernel"])
        assert cell["learners"]["ema"]["precision@10 after 30"]["gain"] == 0
    assert set(weights["weights"]) == {"ema", "kernel"} and 0 <= results["confidence"]["kernel"]["error"] <= 1
    assert "precision@10 after" in told[0] and "kernel" in told[0]


def test_an_aim_is_met_when_the_figure_reaches_it():
    def cell(ours):
        figures = {f"precision@10 after {swipes}": np.array([ours] * 4) for swipes in LOOKS}
        base = {name: np.array([0.5] * 4) for name in figures}
        cards = {"dislikes shown after the first ten": np.array([ours * 10] * 4), "tastes covered after 30": np.array([ours] * 4)}
        worse = {"dislikes shown after the first ten": np.array([10.0] * 4)}
        all_ = {"kernel": figures | cards, "ema": base | cards | worse, "chance": base | cards}
        return table(Cell("toy", "words", 1, False, 0.1, np.array([True, False] * 2), all_, {}))

    met = {row["aim"]: row["met"] for row in reached([cell(0.65)], {"kernel": {"error": 0.04}})}
    assert met.pop("dislikes shown after the first ten, as a share of the baseline's, at most") is False and all(met.values())
    assert not reached([cell(0.6)], {"kernel": {"error": 0.06}})[2]["met"]


def test_a_prepared_world_is_read_and_another_file_is_refused_with_a_sentence(tmp_path):
    count = 40
    np.savez(tmp_path / "street.npz", vectors=np.eye(512)[:count], gender=np.array(["women", "men"] * 20), look=np.eye(count),
             words=np.array(["shirt|blue", "shirt|red"] * 20), occasions=np.array(["Formal, Summer"] * count))
    read = open_world(tmp_path / "street.npz", most=20)
    assert (read.name, len(read.catalogue), read.words.shape, read.kinds) == ("street", 20, (20, 3), ("words", "look", "occasion"))
    assert read.catalogue.product(0).category is None, "learners are told nothing but the vectors"
    (tmp_path / "other.npz").write_bytes(b"no archive")
    np.savez(tmp_path / "half.npz", vectors=np.eye(512)[:3])
    for name in ("other.npz", "half.npz", "absent.npz"):
        with pytest.raises(SourceError, match="python -m training.taste"):
            open_world(tmp_path / name)


def test_the_command_plays_on_the_bundled_shop_and_writes_what_it_found(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["simulate", "--people", "2", "--learners", "ema", "kernel", "--json", str(tmp_path / "out.json")])
    command.main()
    out = json.loads((tmp_path / "out.json").read_text())
    assert out["command"].startswith("python -m fashflix.simulate --people 2") and out["products"] == {"shop": len(Catalogue.open())}
    said = capsys.readouterr().out
    assert in_words(out["cells"][0]).splitlines()[0] in said and ("met" in said or "missed" in said)


def test_a_person_of_one_taste_without_drift_never_changes():
    liked = np.array([[True, False]])
    someone = Persona("women", np.ones(2, bool), liked, liked)
    assert all(np.array_equal(someone.likes_at(swipes), [True, False]) for swipes in (0, TURN, SWIPES))
