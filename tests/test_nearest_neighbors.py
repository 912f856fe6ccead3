"""Nearest neighbours: the rows that scikit-learn finds, and the lesson that the measure decides."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import datasets, neighbors

from mathml.algorithms.nearest_neighbors import NearestNeighbors
from mathml.vectors import dot, normalize_rows

THEIR_NAME = {"l1": "manhattan", "l2": "euclidean", "cosine": "cosine"}
METRICS = [*THEIR_NAME, "dot"]


@pytest.fixture
def fitted_and_queries(rng):
    return rng.normal(size=(200, 6)), rng.normal(size=(50, 6))


def scikit_learns(X, Q, k, metric):
    return neighbors.NearestNeighbors(n_neighbors=k, metric=THEIR_NAME[metric], algorithm="brute").fit(X).kneighbors(Q)


@pytest.mark.parametrize("metric", THEIR_NAME)
@pytest.mark.parametrize("k", [1, 5, 150])
def test_the_neighbours_are_scikit_learns(fitted_and_queries, metric, k):
    X, Q = fitted_and_queries
    for queries in (Q, None):
        ours = NearestNeighbors(k, metric=metric).fit(X).kneighbors(queries)
        theirs = scikit_learns(X, queries, k, metric)
        assert_array_equal(ours[1], theirs[1])
        assert_allclose(ours[0], theirs[0], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("metric", THEIR_NAME)
def test_the_distances_to_the_neighbours_of_digits_are_scikit_learns(metric):
    # Pixels are whole numbers, so several digits may be equally near: the distances agree, the order of equals may not.
    X = datasets.load_digits().data[:600]
    ours, _ = NearestNeighbors(5, metric=metric).fit(X).kneighbors()
    theirs, _ = scikit_learns(X, None, 5, metric)
    assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


def test_by_dot_product_the_largest_comes_first(fitted_and_queries):
    X, Q = fitted_and_queries
    products, indices = NearestNeighbors(200, metric="dot").fit(X).kneighbors(Q)
    assert (np.diff(products, axis=1) <= 0).all()
    assert_array_equal(np.sort(indices, axis=1), np.tile(np.arange(200), (50, 1)))
    assert_allclose(products[7, 3], dot(Q[7], X[indices[7, 3]]), rtol=1e-12)


def test_for_unit_vectors_dot_cosine_and_l2_find_the_same(fitted_and_queries):
    X, Q = map(normalize_rows, fitted_and_queries)
    found = [NearestNeighbors(9, metric=metric).fit(X).kneighbors(Q)[1] for metric in ("dot", "cosine", "l2")]
    assert_array_equal(found[0], found[1])
    assert_array_equal(found[1], found[2])


def test_by_dot_product_a_long_vector_is_near_to_everything():
    X = [[1, 0], [0, 1], [50, 50]]
    assert NearestNeighbors(1, metric="dot").fit(X).kneighbors(X)[1].ravel().tolist() == [2, 2, 2]
    assert NearestNeighbors(1, metric="cosine").fit(X).kneighbors(X)[1].ravel().tolist() == [0, 1, 2]


def test_on_digits_the_raw_dot_product_loses_badly():
    X, y = datasets.load_digits(return_X_y=True)
    train, test = slice(0, 1200), slice(1200, None)
    right = {}
    for metric in METRICS:
        _, nearest = NearestNeighbors(1, metric=metric).fit(X[train]).kneighbors(X[test])
        right[metric] = np.mean(y[train][nearest[:, 0]] == y[test])
    assert min(right["l2"], right["cosine"]) > 0.93
    assert right["dot"] < 0.8


@given(
    st.integers(2, 12).flatmap(lambda n: hnp.arrays(float, (n, 2), elements=st.integers(1, 3).map(float))),
    st.sampled_from(METRICS),
)
def test_no_row_is_its_own_neighbour_and_equals_keep_their_order(X, metric):
    n = len(X)
    measure, indices = NearestNeighbors(n - 1, metric=metric).fit(X).kneighbors()
    for i in range(n):
        assert sorted(indices[i].tolist()) == [j for j in range(n) if j != i]
        for near, far, first, second in zip(measure[i], measure[i, 1:], indices[i], indices[i, 1:], strict=False):
            assert near >= far if metric == "dot" else near <= far
            assert near != far or first < second


def test_a_row_that_is_asked_for_finds_itself(fitted_and_queries):
    X, _ = fitted_and_queries
    distances, indices = NearestNeighbors(1).fit(X).kneighbors(X)
    assert_array_equal(indices[:, 0], np.arange(200))
    assert_array_equal(distances, 0)


def test_small_whole_numbers_are_computed_with_as_float64():
    X = np.array([[100, 100], [-100, -100], [100, -100]], dtype=np.int8)
    for metric in METRICS:
        small, wide = (NearestNeighbors(2, metric=metric).fit(A).kneighbors() for A in (X, X.astype(float)))
        assert_array_equal(small[0], wide[0])
        assert_array_equal(small[1], wide[1])


def test_what_was_fitted_is_kept_though_the_callers_array_changes():
    X = np.array([[0.0], [5.0]])
    model = NearestNeighbors(1).fit(X)
    X[:] = 99
    assert model.kneighbors([[4.0]])[1].tolist() == [[1]]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: NearestNeighbors(metric="l3").fit([[1]]),
            ValueError,
            'metric must be one of "l1", "l2", "cosine", "dot", but \'l3\' came',
        ),
        (
            lambda: NearestNeighbors().kneighbors([[1]]),
            ValueError,
            "NearestNeighbors must be fitted before it can look: call fit first",
        ),
        (
            lambda: NearestNeighbors(3).fit([[1], [2]]).kneighbors([[1]]),
            ValueError,
            "n_neighbors must be at most 2, the rows to choose from, but 3 came",
        ),
        (
            lambda: NearestNeighbors(2).fit([[1], [2]]).kneighbors(),
            ValueError,
            "n_neighbors must be at most 1, the rows to choose from, but 2 came",
        ),
        (
            lambda: NearestNeighbors(0).fit([[1], [2]]).kneighbors(),
            ValueError,
            "n_neighbors must be at least 1, but n_neighbors = 0 came",
        ),
        (
            lambda: NearestNeighbors(1).fit([[1, 2]]).kneighbors([[1]]),
            ValueError,
            "Q must have 2 columns, as in fit, but 1 came",
        ),
        (
            lambda: NearestNeighbors(1).fit([[1, 2]]).kneighbors([["a", 2]]),
            TypeError,
            "Q must be a matrix: rows of equal length, but the text 'a' came",
        ),
        (
            lambda: NearestNeighbors(1, metric="cosine").fit([[1, 2], [0, 0]]),
            ValueError,
            "X must have no row of zeros, but X[1] is one",
        ),
        (
            lambda: NearestNeighbors(1, metric="cosine").fit([[1, 2]]).kneighbors([[0, 0]]),
            ValueError,
            "Q must have no row of zeros, but Q[0] is one",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
