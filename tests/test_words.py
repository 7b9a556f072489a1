import numpy as np
import pytest

from fashflix.attributes import Attributes, plural
from fashflix.words import parse, rank, untold
from tests.worlds import everything, recommender, swipe, world

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("text, words, price", [
    ("striped navy shirt under 50 for women", ("striped", "navy", "shirt", "women"), (0, 50)),
    ("Women's red dresses below $1,200.50", ("women", "red", "dress"), (0, 1200.5)),
    ("denim jackets between 20 and 80", ("denim jacket",), (20, 80)),
    ("jumper from 20 to 49,90 euros", ("sweater",), (20, 49.9)),
    ("black trainers, 30-60", ("black", "sneakers"), (30, 60)),
    ("over 100 leather bag", ("leather", "bag"), (100, float("inf"))),
    ("I am looking for a v-neck t-shirt, please", ("v-neck", "t-shirt"), None),
    ("navy blue polka dot skirts at least 15 pounds", ("navy", "polka dot", "skirt"), (15, float("inf"))),
    ("", (), None),
])
def test_words_and_prices_are_understood(text, words, price):
    query = parse(text, "CHF")
    assert (query.words, query.filter.price, query.unknown) == (words, price, ())


@pytest.mark.parametrize("text, currency", [("under 50", "CHF"), ("under $50", "USD"), ("under 50 €", "EUR"),
                                            ("under 50 pounds", "GBP"), ("red", None)])
def test_a_price_is_in_the_currency_typed_or_else_the_catalogue_s(text, currency):
    assert parse(text, "CHF").filter.currency == currency


def test_ratings_sales_and_what_is_not_wanted_are_understood():
    query = parse("floral dress without sleeveless, rated 4.5 stars, on sale under 40")
    assert query.words == ("floral", "dress") and query.without == ("sleeveless",) and query.unknown == ()
    assert (query.filter.rating, query.filter.on_sale, query.filter.price) == (4.5, True, (0, 40))


def test_unknown_words_are_named_back_with_what_they_may_have_meant():
    query = parse("stripd quixotic shirt in size 10")
    assert query.words == ("shirt",) and query.unknown == ("stripd", "quixotic", "size", "10") and query.instead == {"stripd": "striped"}
    assert parse("quixotic").is_empty and not parse("under 5").is_empty


def test_stated_words_find_what_shops_say():
    shop = world(RNG.normal(size=(4, 512)), [
        {"category": "shirt", "colours": ["navy"], "pattern": "striped", "gender": "women", "price": 40.0},
        {"category": "shirt", "colours": ["navy"], "pattern": "striped", "gender": "men", "price": 40.0},
        {"category": "shirt", "colours": ["navy"], "pattern": "striped", "gender": "women", "price": 60.0},
        {"category": "shirt", "colours": ["white"], "pattern": "solid", "gender": "unisex", "price": 30.0, "list_price": 50.0}])
    found = recommender(shop).by_words(parse("striped navy shirt under 50 for women", "USD"), 9, everything(shop))
    assert [one.row for one in found] == [0, 3] and found[0].score > 0.9 > 0.3 > found[1].score
    assert [one.row for one in recommender(shop).by_words(parse("shirts on sale"), 9, everything(shop))] == [3]


def bare(probabilities, words):
    """A shop that states nothing and names its products by number: all that is known is what the model sees."""
    vectors = np.random.default_rng(1).normal(size=(len(probabilities), 512))
    return world(vectors, [{"name": f"{row}", "price": None, "currency": None} for row in range(len(probabilities))], probabilities, words)


def test_without_names_and_labels_the_photo_decides():
    words = ("women", "men", "shirt", "dress", "navy", "red", "striped")
    shop = bare([[.9, .1, .8, .1, .7, .1, .8], [.1, .9, .8, .1, .7, .1, .8], [.9, .1, .1, .9, .7, .1, .8], [.9, .1, .8, .1, .1, .8, .8],
                 [.9, .1, .8, .1, .7, .1, .1]], words)
    best = recommender(shop).by_words(parse("striped navy shirt for women"), 5, everything(shop))
    assert best[0].row == 0 and best[0].score > best[1].score and len(best) == 5
    assert recommender(shop).by_words(parse("red shirt for women not striped"), 1, everything(shop))[0].row == 3


def test_a_word_the_model_does_not_know_is_looked_for_through_wider_ones_and_said_so():
    shop = bare([[.1, .9, .1], [.8, .1, .1], [.8, .1, .9]], ("jacket", "sweatshirt", "denim"))
    attributes = Attributes(shop)
    told = untold(parse("denim jacket or hoodie, argyle"), attributes)
    assert told == {"denim jacket": ("jacket", "denim"), "hoodie": ("sweatshirt",), "argyle": ()}
    assert recommender(shop).by_words(parse("denim jacket"), 1, everything(shop))[0].row == 2
    assert recommender(shop).by_words(parse("hoodie"), 1, everything(shop))[0].row == 0


def test_a_shop_s_word_counts_before_the_model_s_eye():
    shop = world(RNG.normal(size=(2, 512)), [{"colours": ["red"]}, {}], [[.9, .1], [.6, .1]], ("navy", "red"))
    likely, _ = rank(parse("navy"), Attributes(shop), shop)
    assert likely[1] > likely[0]


def test_a_kind_of_jacket_is_a_jacket_and_shoes_are_a_family():
    shop = world(RNG.normal(size=(3, 512)), [{"category": "denim jacket"}, {"category": "sneakers"}, {"category": "dress"}])
    likely = {word: rank(parse(word), Attributes(shop), shop)[0] for word in ("jacket", "shoes")}
    assert likely["jacket"].argmax() == 0 and likely["shoes"].argmax() == 1


def test_a_blouse_comes_nearer_to_a_shirt_than_other_tops_do():
    shop = world(RNG.normal(size=(4, 512)), [{"category": one, "colours": ["navy"]} for one in ("tank top", "t-shirt", "blouse", "shirt")])
    assert [one.row for one in recommender(shop).by_words(parse("navy shirt"), 2, everything(shop))] == [3, 2]


def test_where_shops_state_other_kinds_the_nearest_ones_come_first():
    shop = world(RNG.normal(size=(4, 512)), [{"category": one} for one in ("t-shirt", "cardigan", "sweatshirt", "hoodie")])
    found = recommender(shop).by_words(parse("hoodie"), 4, everything(shop))
    assert [one.row for one in found] == [3, 2, 1, 0]


def test_lanes_can_be_named_where_nothing_is_stated():
    words = ("shirt", "dress", "navy", "floral")
    vectors = np.eye(512)[[0, 0, 0, 1, 1, 1, 2, 2, 2, 2]] + 0.05 * np.random.default_rng(2).normal(size=(10, 512)) / 20
    seen = [[.9, .1, .8, .1]] * 3 + [[.1, .9, .1, .9]] * 3 + [[.1, .1, .1, .1]] * 4
    shop = world(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), None, seen, words)
    log = [swipe(row, row < 6, row) for row in range(8)]
    assert {lane.name for lane in recommender(shop, twin=2).lanes(log)} == {"Navy shirts", "Floral dresses"}


@pytest.mark.parametrize("word, many", [("dress", "dresses"), ("jeans", "jeans"), ("denim jacket", "denim jackets"),
                                        ("watch", "watches"), ("scarf", "scarves")])
def test_plurals(word, many):
    assert plural(word) == many
