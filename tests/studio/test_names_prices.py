"""What a product is called and what it costs."""

import numpy as np
import pytest

pytest.importorskip("cv2", reason="the studio needs requirements-studio.txt")

from catalog.studio.names import name                       # noqa: E402
from catalog.studio.prices import BASE, full_price, rating, reduced         # noqa: E402
from catalog.studio.recipes import RECIPES                  # noqa: E402
from catalog.studio.truth import Truth                      # noqa: E402

TURTLENECK = Truth("sweater", "women", ("burgundy",), "solid", neckline="turtleneck", sleeve="long sleeve", fit="loose fit",
                   fabric="cable knit")


def names(truth, count=40):
    return {name(truth, np.random.default_rng(seed)) for seed in range(count)}


def test_a_name_says_fit_knit_kind_and_colour():
    assert "Relaxed Cable-Knit Turtleneck, Burgundy" in names(TURTLENECK)
    assert all("Cable-Knit" in one and one.endswith("Turtleneck, Burgundy") for one in names(TURTLENECK))


def test_two_colours_of_a_pattern_are_both_named():
    truth = Truth("shirt", "men", ("navy", "white", "red"), "striped", collar="shirt collar", sleeve="long sleeve", fit="regular fit",
                  fabric="cotton")
    assert all(one.endswith("Striped Shirt, Navy and White") for one in names(truth))


def test_nothing_is_said_twice():
    truth = Truth("jeans", "men", ("navy",), "denim wash", fit="slim fit", fabric="denim", style=("distressed",))
    assert all(len(one.split()) == len(set(one.split())) and "Denim" not in one for one in names(truth))


@pytest.mark.parametrize("style, noun", [("beanie", "Beanie"), ("cap", "Cap"), ("bucket hat", "Bucket Hat")])
def test_hats_go_by_their_own_names(style, noun):
    assert all(one == f"{noun}, Camel" for one in names(Truth("hat", "unisex", ("camel",), "solid", style=style)))


def test_an_opener_comes_first_and_only_once():
    linen = Truth("shirt", "men", ("white",), "striped", collar="shirt collar", sleeve="short sleeve", fit="regular fit", fabric="linen")
    for seed in range(40):
        assert name(linen, np.random.default_rng(seed), "Everyday") == "Everyday Striped Linen Short-Sleeve Shirt, White"
    denim = Truth("jeans", "men", ("navy",), "denim wash", fit="regular fit", fabric="denim")
    assert all(name(denim, np.random.default_rng(seed), "Classic").count("Classic") == 1 for seed in range(40))


def test_every_category_of_the_studio_has_a_price():
    assert {recipe.category for recipe in RECIPES.values()} <= set(BASE)


def test_a_tenth_is_unrated_a_fifth_on_sale_and_no_price_is_odd():
    rng = np.random.default_rng(0)
    full, ratings = [full_price(TURTLENECK, rng) for _ in range(2000)], [rating(rng) for _ in range(2000)]
    sale = [reduced(amount, rng) for amount in full]
    assert np.mean([amount is not None for amount in sale]) == pytest.approx(0.18, abs=0.03)
    assert all(cut is None or 20 < cut < amount for cut, amount in zip(sale, full)) and min(full) > 30
    assert {f"{amount % 1:.2f}" for amount in [*full, *filter(None, sale)]} == {"0.00", "0.50", "0.90"}
    assert np.mean([stars is None for stars, _ in ratings]) == pytest.approx(0.10, abs=0.03)
    assert all((stars is None) == (count is None) and (stars is None or 1 <= stars <= 5 and count >= 1) for stars, count in ratings)


def test_wool_costs_more_than_cotton():
    rng = np.random.default_rng(0)
    coats = [Truth("coat", "women", ("camel",), fabric=word) for word in ("wool", "cotton")]
    wool, cotton = (np.mean([full_price(coat, rng) for _ in range(300)]) for coat in coats)
    assert wool > cotton * 1.08
