import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from fashflix.errors import PreferenceError
from fashflix.preference import LEARNERS, Bayes, ExponentialMovingAverage

E = np.eye(4, dtype=np.float32)


def test_the_average_follows_the_rule_step_by_step():
    vectors, liked, batches = E[[0, 1, 2, 3]], [True, False, True, True], [0, 0, 1, 2]
    expected = np.zeros(4)
    for batch in (0, 1, 2):
        change = sum((1 if like else -1) * vector for vector, like, of in zip(vectors, liked, batches) if of == batch)
        expected = 0.7 * expected + 0.3 * change
    np.testing.assert_allclose(ExponentialMovingAverage().fit(vectors, liked, batches=batches).vector, expected, atol=1e-6)


@pytest.mark.parametrize("learner", LEARNERS.values(), ids=LEARNERS)
class TestEveryLearner:
    def test_likes_draw_near_and_dislikes_push_away(self, learner):
        scores = learner.fit(E[[0, 1]], [True, False]).score(E)
        assert scores[0] > scores[2] > scores[1]

    def test_no_swipe_scores_everything_alike(self, learner):
        taste = learner.fit(np.empty((0, 4)), [])
        assert taste.vector.shape == (4,) and (taste.score(E) == 0).all() and taste.contributions(E).shape == (4, 0)

    @settings(max_examples=40, deadline=None)
    @given(seed=st.integers(0, 9999), n=st.integers(1, 30))
    def test_contributions_add_up_to_the_score(self, learner, seed, n):
        rng = np.random.default_rng(seed)
        taste = learner.fit(rng.normal(size=(n, 4)), rng.random(n) < 0.5, batches=np.sort(rng.integers(0, 5, n)))
        products = rng.normal(size=(6, 4))
        np.testing.assert_allclose(taste.contributions(products).sum(1), taste.score(products), atol=1e-4)

    def test_a_log_that_does_not_fit_together_is_refused(self, learner):
        with pytest.raises(PreferenceError, match="needs vectors"):
            learner.fit(E, [True])
        with pytest.raises(PreferenceError, match="not finite"):
            learner.fit(np.full((1, 4), np.inf), [True])


def test_bayesian_draws_lie_around_the_preference_vector_and_apart_from_each_other():
    taste = Bayes(width=1.0).fit(E[[0, 1]], [True, False])
    draws = np.array([taste.draw(np.random.default_rng(seed)) for seed in range(4000)])
    np.testing.assert_allclose(draws.mean(axis=0), taste.vector, atol=0.06)
    np.testing.assert_allclose(draws.var(axis=0), [1 / 3, 1 / 3, 1, 1], atol=0.06)      # 1 - 1 / (1 + noise) where something was swiped


def test_of_two_opposite_opinions_the_default_learner_trusts_the_later_one():
    nearly = np.array([1, 0.05, 0, 0], np.float32)
    others = [E[2], E[3]] * 10
    for liked_first in (True, False):
        log = [E[0], *others, nearly]
        taste = LEARNERS["kernel"].fit(np.array(log), [liked_first, *[False] * 20, not liked_first])
        fresh = LEARNERS["kernel"].fit(np.array([*others, E[0], nearly]), [*[False] * 20, liked_first, not liked_first])
        change = taste.score(E[:1]) - fresh.score(E[:1])
        assert (change > 0) == (not liked_first)
