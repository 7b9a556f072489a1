"""How likely a pick is liked: fitted on what happened, told honestly."""

import json

import numpy as np
import pytest

from fashflix.confidence import EVIDENCE, Confidence, evidence
from fashflix.errors import ModelError
from fashflix.preference import LEARNERS
from fashflix.simulate.figures import calibration_error
from tests.worlds import everything, kinds, recommender, swipes_of, world


def test_a_pick_that_stands_among_the_likes_has_more_to_speak_for_it_than_one_among_the_passes():
    seen = evidence([0.0, 0.5, 1.0], own=[1.0, 1.0, 0.0, 0.0], liked=[True, True, False, False])
    place = seen[:, EVIDENCE.index("place")]
    assert seen.shape == (3, len(EVIDENCE)) and list(place) == [0.0, 0.5, 1.0]


@pytest.mark.parametrize("liked", ([], [True], [False, False]))
def test_a_log_of_one_kind_or_none_gives_finite_evidence(liked):
    seen = evidence([0.3, -2.0], own=np.linspace(-1, 1, len(liked)), liked=liked)
    assert np.isfinite(seen).all() and (seen[:, EVIDENCE.index("place")] == 0).all()


def test_what_was_fitted_on_some_people_is_honest_about_others():
    rng = np.random.default_rng(0)
    seen = np.column_stack([np.ones(4000), rng.random((4000, len(EVIDENCE) - 1))])
    happened = rng.random(4000) < 1 / (1 + np.exp(-(seen @ [-2, 3, 1, 0, 0.5, -1])))
    sure = Confidence.fit(seen[:2000], happened[:2000])
    assert calibration_error(sure.chances(seen[2000:]), happened[2000:])[0] < 0.05
    assert calibration_error(np.full(2000, 0.95), happened[2000:])[0] > 0.2


def test_more_is_expected_of_picks_after_a_clear_taste_than_after_passes_only():
    vectors, facts = kinds()
    shop = world(vectors, facts)
    sure = Confidence(np.array([-2.0, 2.0, 0.0, 3.0, 0.0, 0.0]))
    chooser = recommender(shop, confidence=sure)
    clear, none = (swipes_of(facts, range(12), likes) for likes in ({"jacket", "dress"}, set()))
    expected = [chooser.expected_likes(log, chooser.for_you(log, everything(shop), 10)) for log in (clear, none)]
    assert 10 > expected[0] > expected[1] > 0
    assert recommender(shop).expected_likes(clear, chooser.for_you(clear, everything(shop), 10)) is None, "none was fitted"


@pytest.mark.parametrize("learner", LEARNERS)
def test_one_was_fitted_for_every_learner(learner):
    sure = Confidence.load(learner)
    assert sure.weights.shape == (len(EVIDENCE),) and np.isfinite(sure.weights).all()


def test_an_absent_file_or_learner_is_no_confidence_and_a_damaged_one_says_how_to_restore_it(tmp_path):
    assert Confidence.load("kernel", tmp_path / "absent.json") is None
    (tmp_path / "other.json").write_text(json.dumps({"evidence": list(EVIDENCE), "weights": {}}))
    assert Confidence.load("kernel", tmp_path / "other.json") is None
    (tmp_path / "damaged.json").write_text("{")
    with pytest.raises(ModelError, match="git checkout"):
        Confidence.load("kernel", tmp_path / "damaged.json")
