from dataclasses import replace

import numpy as np
import pytest

from fashflix.errors import ModelError
from fashflix.freshness import HELD_OUT, ONE_KIND, STREET, Reference, measure
from training.reference import reference

WORLD = np.random.default_rng(7).standard_normal((2, 12, 512)) / 4


def photos(count, seed, world=0, shift=0.0):
    """Embeddings that vary in 12 directions of a world; shift moves their middle."""
    rng = np.random.default_rng(seed)
    vectors = (
        rng.standard_normal((count, 12)) @ WORLD[world]
        + 0.3 * WORLD[world][0]
        + shift * WORLD[1][1]
        + 0.01 * rng.standard_normal((count, 512))
    )
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def known():
    sources, held = np.repeat(["a", "b"], 1500), np.random.default_rng(1).random(3000) < 0.2
    vectors = np.concatenate([photos(1500, 1), photos(1500, 2, shift=1.5)])
    return reference(vectors, sources, held, "sha", street=photos(600, 3, world=1))


def middle(count, seed):
    return np.concatenate([photos(count // 2, seed), photos(count // 2, seed + 1, shift=1.5)])


def test_the_yardsticks_lie_in_order(known):
    assert abs(known.yardsticks[HELD_OUT]) < known.yardsticks[ONE_KIND] < known.yardsticks[STREET]


def test_the_further_the_photos_the_plainer_the_words(known):
    found = [
        measure(vectors, "sha", replace(known, yardsticks=known.yardsticks | {HELD_OUT: 0.002}))
        for vectors in (middle(600, 20), photos(600, 22, shift=1.3), photos(600, 23, shift=1.9), photos(600, 24, world=1, shift=4.0))
    ]
    assert sorted(found, key=lambda one: one.distance) == found
    for one, says in zip(found, ("look like the ones", "no more than one kind", "differ clearly", "further from")):
        assert says in one.verdict


def test_photos_like_those_trained_on_are_near_nothing_whatever_their_number(known):
    for count in (60, 200, 1000):
        assert abs(np.mean([known.distance(middle(count, seed)) for seed in range(40, 52, 2)])) < 0.01
    assert 0.4 < known.told_apart(middle(600, 30)) < 0.6 and known.told_apart(photos(600, 31, shift=6.0)) > 0.99


def test_the_distance_is_that_of_all_pairs():
    """Against the definition, pair by pair."""
    mine, other = photos(70, 5), photos(90, 6, shift=2.0)
    kernel = [((left @ right.T + 1) / 2) ** 2 for left, right in ((mine, mine), (other, other), (mine, other))]
    exact = sum((part.sum() - len(part)) / (len(part) * (len(part) - 1)) for part in kernel[:2]) - 2 * kernel[2].mean()
    biased = Reference("", len(mine), mine.mean(0), (mine - mine.mean(0)) / np.sqrt(len(mine)), {})
    assert biased.distance(other) == pytest.approx(exact, abs=1e-9)


def test_a_reference_is_small_and_reads_back(known, tmp_path):
    known.save(tmp_path / "reference.npz")
    again = Reference.load(tmp_path / "reference.npz")
    assert (tmp_path / "reference.npz").stat().st_size < 200_000
    assert (again.model_sha256, again.count) == ("sha", known.count) and again.yardsticks == pytest.approx(known.yardsticks)
    assert again.distance(middle(400, 50)) == pytest.approx(known.distance(middle(400, 50)), abs=1e-3)


def test_what_cannot_be_compared_says_what_to_do(known, tmp_path):
    with pytest.raises(ModelError, match="python -m training.reference"):
        Reference.load(tmp_path / "none.npz")
    (tmp_path / "broken.npz").write_bytes(b"broken")
    with pytest.raises(ModelError, match="python -m training.reference"):
        Reference.load(tmp_path / "broken.npz")
    with pytest.raises(ModelError, match="belongs to model"):
        measure(photos(100, 1), "another", known)
    with pytest.raises(ModelError, match="from 50 on"):
        measure(photos(9, 1), "sha", known)
