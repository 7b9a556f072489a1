import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from fashflix.index import Index


def unit(rng, n, d=8):
    vectors = rng.normal(size=(n, d)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 70), st.integers(0, 90), st.floats(0, 1))
def test_search_returns_the_best_allowed_rows_and_exactly_as_many_as_there_are(seed, n, k, share):
    rng = np.random.default_rng(seed)
    vectors, query, allowed = unit(rng, n), rng.normal(size=8), rng.random(n) < share
    rows, scores = Index(vectors).search(query, k, allowed)
    cosine = vectors @ (query / np.linalg.norm(query))
    best = np.sort(cosine[allowed])[::-1][:k]
    assert len(rows) == min(k, allowed.sum()) == len(set(rows.tolist())) and allowed[rows].all()
    np.testing.assert_allclose(scores, best, atol=1e-5)


def test_half_precision_vectors_find_the_same_neighbour():
    vectors = unit(np.random.default_rng(0), 50)
    assert Index(vectors.astype(np.float16)).search(vectors[7], 1)[0].tolist() == [7]


def test_without_a_mask_all_rows_are_allowed():
    assert len(Index(unit(np.random.default_rng(0), 5)).search(np.ones(8), 99)[0]) == 5


@pytest.mark.parametrize("query, allowed", [(np.ones(7), None), (np.full(8, np.nan), None), (np.ones(8), np.ones(4, bool)),
                                             (np.ones(8), np.ones(5))])
def test_a_query_or_mask_that_does_not_fit_is_refused(query, allowed):
    with pytest.raises(ValueError):
        Index(unit(np.random.default_rng(0), 5)).search(query, 3, allowed)
