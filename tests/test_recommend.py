import copy

import numpy as np
import pytest

from fashflix.catalogue import Catalogue
from fashflix.index import Index
from fashflix.people import Swipe
from fashflix.preference import LEARNERS
from fashflix.recommend import FIRST_CARDS, Recommender
from tests.toys import COLOURS, open_toy

NO_TWINS = 2        # plain colours all look alike to the toy embedder


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return open_toy(tmp_path_factory.mktemp("toy"), each=10)


@pytest.fixture(scope="module")
def recommender(catalogue):
    return Recommender(catalogue, Index(catalogue.vectors), LEARNERS["ema"], twin=NO_TWINS)


def everything(catalogue):
    return np.ones(len(catalogue), bool)


def colour(catalogue, row):
    return catalogue.product(row).colours[0]


def swipe(catalogue, row, liked, batch=0):
    return Swipe(catalogue.product(row).product_id, liked, 1.0, batch, None, None, "deck")


def test_liking_red_items_fills_for_you_with_red_ones(catalogue, recommender):
    swipes = [swipe(catalogue, row, colour(catalogue, row) == "red") for row in range(8)]
    picks = recommender.for_you(swipes, everything(catalogue), 6)
    assert [colour(catalogue, pick.row) for pick in picks] == ["red"] * 6
    assert all(catalogue.product(catalogue.row(pick.because)).colours == ("red",) for pick in picks)


def test_nothing_swiped_is_recommended_again_and_no_swipes_recommend_nothing(catalogue, recommender):
    swipes = [swipe(catalogue, 0, True), swipe(catalogue, 1, False)]
    assert not {0, 1} & {pick.row for pick in recommender.for_you(swipes, everything(catalogue), 99)}
    assert recommender.for_you([], everything(catalogue), 5) == []


def test_dislikes_alone_steer_away(catalogue, recommender):
    swipes = [swipe(catalogue, row, False) for row in range(12) if colour(catalogue, row) == "red"]
    assert "red" not in {colour(catalogue, pick.row) for pick in recommender.for_you(swipes, everything(catalogue), 10)}


def test_the_first_cards_show_every_kind(catalogue, recommender):
    rows = recommender.next_cards([], everything(catalogue), 4)
    assert {colour(catalogue, row) for row in rows} == set(COLOURS)


def test_after_the_first_cards_most_follow_the_taste(catalogue, recommender):
    swipes = [swipe(catalogue, row, colour(catalogue, row) == "blue", row // 5) for row in range(FIRST_CARDS + 2)]
    cards = recommender.next_cards(swipes, everything(catalogue), 4)
    assert sum(colour(catalogue, row) == "blue" for row in cards) >= 3


def test_cards_on_top_stay_and_filters_hold(catalogue, recommender):
    allowed = np.array([colour(catalogue, row) != "green" for row in range(len(catalogue))])
    green = next(row for row in range(len(catalogue)) if not allowed[row])
    cards = recommender.next_cards([], allowed, 6, keep=[green, 8, 3])
    assert cards[:2] == [8, 3] and len(cards) == 6 and allowed[cards].all()


def test_the_deck_deals_every_product_once_and_then_ends(catalogue, recommender):
    swipes, dealt = [], []
    while cards := recommender.next_cards(swipes, everything(catalogue), 12):
        dealt.append(cards[0])
        swipes.append(swipe(catalogue, cards[0], len(dealt) % 3 == 0, len(dealt) // 5))
    assert sorted(dealt) == list(range(len(catalogue)))


def test_similar_finds_what_looks_alike(catalogue, recommender):
    found = recommender.similar(catalogue.vectors[5], 3, everything(catalogue))
    assert {colour(catalogue, one.row) for one in found} == {colour(catalogue, 5)} and found[0].score == pytest.approx(1, abs=1e-3)


def test_a_later_opinion_replaces_an_earlier_one_and_lost_products_are_passed_over(catalogue, recommender):
    gone = Swipe("shop:gone", True, 1.0, 0, None, None, "deck")
    changed = [swipe(catalogue, 0, True), gone, swipe(catalogue, 0, False, 1)]
    scores = recommender.taste(changed).score(np.asarray(catalogue.vectors[:1], np.float32))
    assert scores[0] < 0


def test_of_variants_one_is_shown(tmp_path):
    catalogue = open_toy(tmp_path, each=3, group_id="one")
    recommender = Recommender(catalogue, Index(catalogue.vectors), LEARNERS["ema"], twin=NO_TWINS)
    assert len(recommender.similar(catalogue.vectors[0], 5, everything(catalogue))) == 1
    assert len(recommender.next_cards([], everything(catalogue), 5)) == 1
    assert recommender.next_cards([swipe(catalogue, 4, True)], everything(catalogue), 5) == []


KINDS = ("shirt", "t-shirt", "sweater", "bag", "blazer", "jeans", "coat", "hat", "dress", "cardigan")


def test_liking_several_of_any_kind_among_many_passes_turns_the_demo_s_picks_towards_it():
    demo = Catalogue.open()
    recommender = Recommender(demo, Index(demo.vectors), LEARNERS["ema"])
    kinds = np.array([demo.product(row).category for row in range(len(demo))])
    gain = {}
    for kind in KINDS:
        shares = [_share_after(recommender, kinds == kind, np.random.default_rng(seed)) for seed in range(20)]
        gain[kind] = np.mean(shares) / np.mean(kinds == kind)
    assert min(gain.values()) > 1, gain
    assert np.median(list(gain.values())) > 2, gain


def _share_after(recommender, of_kind, rng):
    """Share of a kind in the first 8 picks, or in as many as are left of it, after each of 5 likes (fewer of a small kind) came behind 3 passes."""
    demo, groups = recommender.catalogue, recommender.catalogue.groups
    likes = rng.choice(np.flatnonzero(of_kind), min(5, len(set(groups[of_kind])) // 2), replace=False)
    passes = rng.choice(np.flatnonzero(~of_kind), 3 * len(likes), replace=False).reshape(-1, 3)
    rows = np.column_stack([passes, likes]).ravel()
    swipes = [swipe(demo, row, bool(of_kind[row]), place // 5) for place, row in enumerate(rows)]
    picks = [pick.row for pick in recommender.for_you(swipes, everything(demo), 8)]
    left = len(set(groups[of_kind & ~recommender.seen(swipes)]))
    return of_kind[picks].sum() / max(1, min(8, left))


def test_a_newcomer_sees_the_showcase_first_and_everything_later(catalogue):
    catalogue = copy.copy(catalogue)
    catalogue.showcase = np.arange(len(catalogue)) >= 20                        # the better-looking half stands at the end
    recommender = Recommender(catalogue, Index(catalogue.vectors), LEARNERS["ema"], twin=NO_TWINS)
    assert min(recommender.next_cards([], everything(catalogue), 8)) >= 20
    swipes = [swipe(catalogue, row, True) for row in range(20, 26)]
    assert min(recommender.next_cards(swipes, everything(catalogue), 8)) >= 20
    allowed = everything(catalogue) & (np.arange(len(catalogue)) < 22)          # a filter leaves two of them: the others fill up
    assert len(recommender.next_cards([], allowed, 8)) == 8
    many = [swipe(catalogue, row, row % 2 == 0) for row in range(4, 34)]
    assert any(row < 20 for row in recommender.next_cards(many, everything(catalogue), 8))
