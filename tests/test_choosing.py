import numpy as np
import pytest

from fashflix.preference import LEARNERS
from fashflix.shortlist import Shortlist
from tests.worlds import everything, kinds, note, recommender, swipe, swipes_of, unit, world

VECTORS, FACTS = kinds()
SHOP = world(VECTORS, FACTS)


def kind_of(picks):
    return [FACTS[getattr(one, "row", one)]["kind"] for one in picks]


@pytest.mark.parametrize("learner", LEARNERS)
def test_the_parts_of_a_reason_sum_to_the_score_and_the_score_is_the_learner_s(learner):
    chooser = recommender(SHOP, learner)
    swipes = swipes_of(FACTS, range(14), {"jacket", "boots"})
    picks = chooser.for_you(swipes, everything(SHOP), 10)
    vectors = SHOP.vectors.astype(np.float32)
    scores = chooser.taste(swipes).score(vectors[[one.row for one in picks]] - vectors.mean(axis=0))
    for one, score in zip(picks, scores):
        named = [*one.likes, *([one.dislike] if one.dislike else [])]
        assert sum(part.share for part in named) + one.rest == pytest.approx(one.score, abs=1e-5) == pytest.approx(score, abs=1e-4)


def test_reasons_name_the_like_that_moved_it_most_and_the_dislike_and_what_they_share():
    picks = recommender(SHOP).for_you(swipes_of(FACTS, range(12), {"jacket"}), everything(SHOP), 4)
    assert kind_of(picks) == ["jacket"] * 4
    for one in picks:
        assert [FACTS[int(part.product_id[5:])]["kind"] for part in one.likes] == ["jacket"] * 2
        assert one.likes[0].share >= one.likes[1].share > 0
        assert one.dislike is None or (not one.dislike.liked and one.dislike.share < 0)
        assert "denim jacket" in one.words and "blue" in one.words and "floral" not in one.words


@pytest.mark.parametrize("learner", LEARNERS)
def test_not_because_of_this_gives_the_very_taste_of_a_log_without_that_swipe(learner):
    chooser, swipes = recommender(SHOP, learner), swipes_of(FACTS, range(12), {"jacket", "dress"})
    without = [one for one in swipes if one.product_id != "shop:4"]
    assert np.array_equal(chooser.taste([*swipes, note(4, 0)]).vector, chooser.taste(without).vector)
    assert np.array_equal(chooser.taste([*swipes, note(4, 0), note(4, 1)]).vector, chooser.taste(swipes).vector)
    assert np.array_equal(chooser.taste([*swipes, note(4, 0)][:-1]).vector, chooser.taste(swipes).vector)
    picks = chooser.for_you([*swipes, note(4, 0)], everything(SHOP), 10)
    assert picks and all("shop:4" not in {part.product_id for part in one.likes} and one.row != 4 for one in picks)


def test_a_new_opinion_on_a_product_that_was_left_out_counts_again():
    chooser, swipes = recommender(SHOP), swipes_of(FACTS, range(8), {"jacket"})
    again = [*swipes, note(0, 0), swipe(0, True, 8)]
    assert np.allclose(chooser.taste(again).vector, chooser.taste([*swipes[1:], swipe(0, True, 8)]).vector)


def test_two_tastes_make_two_lanes_named_in_words_with_their_shares():
    swipes = swipes_of(FACTS, range(16), {"jacket", "dress"}) + [swipe(16, True, 16), swipe(20, True, 17)]
    lanes = recommender(SHOP).lanes(swipes)
    assert [lane.name for lane in lanes] == ["Blue denim jackets", "Floral dresses"]
    assert [round(lane.share, 2) for lane in lanes] == [0.6, 0.4]
    assert {FACTS[int(one[5:])]["kind"] for one in lanes[0].likes} == {"jacket"}


def test_a_lane_s_name_reads_as_people_speak():
    facts = [one | {"attributes": ["lapels", "flap pockets", "button front"]} if one["kind"] == "jacket" else one for one in FACTS]
    shop = world(VECTORS, facts)
    names = {lane.name for lane in recommender(shop).lanes(swipes_of(facts, range(16), {"jacket", "boots"}))}
    assert names == {"Blue denim jackets", "Black boots"}, "nobody says lapels jackets"


def test_one_taste_or_none_has_no_lanes():
    assert recommender(SHOP).lanes([]) == []
    assert recommender(SHOP).lanes(swipes_of(FACTS, range(16), {"dress"})) == []


def test_each_lane_has_its_share_of_the_list():
    swipes = swipes_of(FACTS, range(16), {"jacket", "dress"})
    assert sorted(kind_of(recommender(SHOP).for_you(swipes, everything(SHOP), 8))) == ["dress"] * 4 + ["jacket"] * 4


def test_a_lane_can_be_chosen_weighed_and_removed():
    chooser, swipes = recommender(SHOP), swipes_of(FACTS, range(16), {"jacket", "dress"})
    jackets, dresses = sorted(chooser.lanes(swipes), key=lambda lane: "jacket" not in lane.name)
    assert set(kind_of(chooser.for_you(swipes, everything(SHOP), 6, lane=dresses))) == {"dress"}
    rows = [int(one[5:]) for one in jackets.likes]
    heavier = [*swipes, *(note(row, 3) for row in rows)]
    assert {lane.name: lane.share for lane in chooser.lanes(heavier)} == {jackets.name: 0.75, dresses.name: 0.25}
    assert kind_of(chooser.for_you(heavier, everything(SHOP), 8)).count("jacket") == 6
    removed = [*swipes, *(note(row, 0) for row in rows)]
    assert chooser.lanes(removed) == [] and set(kind_of(chooser.for_you(removed, everything(SHOP), 6))) == {"dress"}


def test_a_lane_weighed_down_comes_less_often_among_a_bayesian_s_draws():
    chooser, swipes = recommender(SHOP, "bayes"), swipes_of(FACTS, range(16), {"jacket", "dress"})
    weighed = [*swipes, *(note(row, 0.25) for row in range(16) if FACTS[row]["kind"] == "jacket")]

    def jackets(log):
        draws = np.mean([chooser.taste(log).draw(np.random.default_rng(seed)) for seed in range(40)], axis=0)
        return (VECTORS @ draws)[[one["kind"] == "jacket" for one in FACTS]].mean()

    assert jackets(weighed) < 0.6 * jackets(swipes)


def test_near_twins_and_colourways_are_one_card_and_variants_of_seen_ones_never_come():
    vectors, facts = VECTORS.copy(), [dict(one) for one in FACTS]
    vectors[24] = unit(vectors[20] + 0.001)                          # another shop's photo of the same jacket
    facts[28]["group_id"] = facts[32]["group_id"] = "one jacket"     # two colourways
    vectors[36] = unit(vectors[0] + 0.001)                           # looks like one that was liked
    shop = world(vectors, facts)
    picks = recommender(shop).for_you(swipes_of(facts, range(8), {"jacket"}), everything(shop), 8)
    assert kind_of(picks)[:5] == ["jacket"] * 5
    rows = [one.row for one in picks]
    folded = {one.row: set(one.also) for one in picks}
    assert 36 not in rows and len({20, 24} & set(rows)) == len({28, 32} & set(rows)) == 1
    assert {20, 24} in [{row} | also for row, also in folded.items()] and {28, 32} in [{row} | also for row, also in folded.items()]
    deck = recommender(shop).next_cards(swipes_of(facts, range(8), {"jacket"}), everything(shop), 40)
    assert 36 not in deck and len({20, 24} & set(deck)) == len({28, 32} & set(deck)) == 1 and len(deck) == 37


@pytest.mark.parametrize("diversity", (0.0, 0.1, 1.0))
@pytest.mark.parametrize("k", (1, 7, 24, 36))
def test_for_you_gives_exactly_as_many_as_asked_for_where_they_exist_best_first(k, diversity):
    swipes = swipes_of(FACTS, range(12), {"jacket", "dress"})
    picks = recommender(SHOP).for_you(swipes, everything(SHOP), k, diversity)
    assert len({one.row for one in picks}) == k
    assert [one.score for one in picks] == sorted((one.score for one in picks), reverse=True)


def test_more_than_exist_under_the_filters_gives_all_of_them():
    allowed = np.arange(len(SHOP)) < 20
    assert {one.row for one in recommender(SHOP).for_you(swipes_of(FACTS, range(12), {"boots"}), allowed, 50)} == set(range(12, 20))


def test_diversity_makes_a_list_less_alike():
    shop_vectors, facts = kinds(each=30, spread=1.2)
    shop, swipes = world(shop_vectors, facts), swipes_of(facts, range(12), {"jacket"})

    def alike(diversity):
        rows = [one.row for one in recommender(shop).for_you(swipes, everything(shop), 10, diversity)]
        return (shop_vectors[rows] @ shop_vectors[rows].T).mean()

    assert alike(0.9) < alike(0.0)


def test_the_first_cards_show_every_kind_wherever_it_stands_in_the_catalogue():
    vectors, facts = kinds(each=150)
    order = np.argsort([one["kind"] for one in facts], kind="stable")        # 150 of one kind, then 150 of the next
    shop = world(vectors[order], [facts[row] for row in order])
    cards = recommender(shop).next_cards([], everything(shop), 4)
    assert {facts[order[row]]["kind"] for row in cards} == {"jacket", "dress", "boots", "shirt"}


def test_the_cards_in_view_stay_while_the_taste_changes():
    chooser, rng = recommender(SHOP), np.random.default_rng(0)
    swipes = swipes_of(FACTS, range(16), {"jacket"})
    cards = chooser.next_cards(swipes, everything(SHOP), 6, rng=rng)
    after = chooser.next_cards([*swipes, swipe(cards[0], False, 16)], everything(SHOP), 6, keep=cards[1:4], rng=rng)
    assert after[:3] == cards[1:4] and len(set(after)) == 6


def test_cards_mix_the_best_guess_with_questions():
    swipes = swipes_of(FACTS, range(0, 40, 4), {"jacket"}) + [swipe(1, False, 10), swipe(2, False, 11)]
    kinds_shown = kind_of(recommender(SHOP).next_cards(swipes, everything(SHOP), 6, rng=np.random.default_rng(1)))
    assert "jacket" in kinds_shown and set(kinds_shown) - {"jacket"}


def test_while_guesses_please_no_card_looks_elsewhere_and_when_they_stop_pleasing_some_do():
    start = [swipe(row, FACTS[row]["kind"] == "jacket", number) for number, row in enumerate(range(0, 12))]
    pleased = start + [swipe(row, True, 12 + number) for number, row in enumerate((12, 16, 20))]
    tired = start + [swipe(row, False, 12 + number) for number, row in enumerate((12, 16, 20, 24, 28))]
    assert set(kind_of(recommender(SHOP).next_cards(pleased, everything(SHOP), 5, rng=np.random.default_rng(1)))) == {"jacket"}
    assert len(set(kind_of(recommender(SHOP).next_cards(tired, everything(SHOP), 5, rng=np.random.default_rng(1))))) > 1


def test_similar_to_a_product_leaves_it_and_its_variants_out():
    facts = [dict(one) for one in FACTS]
    facts[4]["group_id"] = facts[0]["group_id"] = "one jacket"
    shop = world(VECTORS, facts)
    found = recommender(shop).similar_to(0, 5, everything(shop))
    assert kind_of(found) == ["jacket"] * 5 and not {0, 4} & {one.row for one in found}


def test_of_a_large_catalogue_a_shortlist_holds_what_is_near_every_taste():
    vectors, facts = kinds(each=200)
    short = Shortlist(vectors, scored=700)
    rows = short.candidates(lambda: short.centred([0, 1]), np.arange(len(vectors)) != 4)
    shown = [facts[row]["kind"] for row in rows]
    assert len(rows) <= 700 < len(vectors) and 4 not in rows
    assert shown.count("boots") > 0 and min(shown.count("jacket"), shown.count("dress")) > shown.count("boots")


def test_a_large_catalogue_recommends_as_a_small_one_does():
    vectors, facts = kinds(each=300)
    shop, swipes = world(vectors, facts), swipes_of(facts, range(12), {"jacket", "dress"})
    small, large = recommender(shop), recommender(shop)
    large._shortlist = Shortlist(shop.vectors, scored=500)
    of_large, of_small = ([one.row for one in chooser.for_you(swipes, everything(shop), 10)] for chooser in (large, small))
    assert of_large == of_small
    assert len(large.for_you(swipes, everything(shop), 1100)) == 1100       # more than it scores at first
