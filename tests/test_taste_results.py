"""What was found out about learners: the committed figures, and what is shown of them."""

import json

import pytest

from fashflix.confidence import Confidence
from fashflix.preference import LEARNERS
from fashflix.settings import ROOT, Settings

RESULTS = ROOT / "training" / "results"


@pytest.fixture(scope="module")
def results():
    return json.loads((RESULTS / "taste.json").read_text(encoding="utf-8"))


def test_the_readme_s_table_of_learners_comes_from_the_committed_figures(results):
    from training.taste import in_readme
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "| shop: one taste by words |" in text and in_readme(text, results) == text
    assert (RESULTS / "taste.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_every_learner_was_tried_by_two_hundred_people_on_both_worlds(results):
    assert {(cell["world"], cell["kind"]) for cell in results["cells"]} == {
        ("shop", "words"), ("shop", "look"), ("myntra", "words"), ("myntra", "look"), ("myntra", "occasion")}
    for cell in results["cells"]:
        assert cell["people"] >= 200 and set(cell["learners"]) == {"chance", *LEARNERS}


def test_the_default_learner_is_better_than_the_first_rule_wherever_nothing_drifts(results):
    default = Settings().learner
    for cell in results["cells"]:
        if not cell["drifts"]:
            for swipes in (10, 20, 30, 50):
                assert cell["learners"][default][f"precision@10 after {swipes}"]["gain"] > 0, (cell["world"], cell["kind"], swipes)


def test_the_guess_of_how_many_will_please_is_calibrated(results):
    assert results["confidence"][Settings().learner]["error"] <= 0.05
    assert Confidence.load(Settings().learner) is not None
