"""Search: what one product of matrices finds is what measuring every pair finds, ties and rounding included."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_array_equal
from sklearn import datasets

from mathml.algorithms.search import Places, nearest, within
from mathml.vectors import pairwise_distances

METRICS = ["l1", "l2", "cosine"]
DIGITS = datasets.load_digits().data[:400]

# Corners of a grid are often equally far from each other; the shifts and sizes take digits away from a product.
grids = hnp.arrays(float, st.tuples(st.integers(2, 90), st.integers(1, 4)), elements=st.integers(-3, 3).map(float))
scales = st.sampled_from([1.0, 0.1, 1e-3, 1e7, 1e-160, 1e160])
shifts = st.sampled_from([0.0, 0.7, 1e6])


def every_pair(Q, X, k, metric, without_own):
    D = pairwise_distances(Q, X, metric)
    if without_own:
        np.fill_diagonal(D, np.inf)
    indices = np.argsort(D, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(D, indices, axis=1), indices


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("without_own", [True, False])
def test_the_nearest_of_real_examples_are_those_of_every_pair(metric, without_own):
    ours, theirs = (f(DIGITS, DIGITS, 7, metric, without_own=without_own) for f in (nearest, every_pair))
    assert_array_equal(ours[1], theirs[1])
    assert_array_equal(ours[0], theirs[0])


@given(grids, scales, shifts, st.data())
def test_the_nearest_are_those_of_every_pair_wherever_they_lie(X, scale, shift, data):
    X = (X + shift) * scale
    without_own = data.draw(st.booleans())
    k = data.draw(st.integers(1, len(X) - without_own))
    ours, theirs = nearest(X, X, k, without_own=without_own), every_pair(X, X, k, "l2", without_own)
    assert_array_equal(ours[1], theirs[1])
    assert_array_equal(ours[0], theirs[0])


@given(grids, scales, st.sampled_from([1e-300, 1e-8, 1.0, 1e12, 1e200]))
def test_queries_may_be_of_another_size_than_the_rows(X, scale, far):
    Q = X * far
    with np.errstate(over="ignore"):
        expected = every_pair(Q, X * scale, 1, "l2", without_own=False)
    assert_array_equal(nearest(Q, X * scale, 1)[1], expected[1])


@pytest.mark.parametrize("metric", METRICS)
def test_the_rows_within_a_radius_are_those_of_every_pair(metric):
    D = pairwise_distances(DIGITS, metric=metric)
    radius = np.sort(D, axis=None)[len(DIGITS) * 9]  # a distance that occurs: there <= and < differ
    expected = [np.flatnonzero(row <= radius) for row in D]
    for ours, theirs in zip(within(DIGITS, radius, metric), expected, strict=True):
        assert_array_equal(ours, theirs)


@given(grids, scales, shifts, st.sampled_from([0.0, 1.0, 2.0, 2**0.5, 3.5, 1e300, np.inf]))
def test_the_rows_within_a_radius_are_those_of_every_pair_wherever_they_lie(X, scale, shift, radius):
    X, radius = (X + shift) * scale, radius * scale
    expected = [np.flatnonzero(row <= radius) for row in pairwise_distances(X)]
    for ours, theirs in zip(within(X, radius), expected, strict=True):
        assert_array_equal(ours, theirs)


@given(grids, shifts)
def test_farness_is_wrong_by_its_slack_at_most(X, shift):
    X = (X + shift) / 3
    places = Places(X)
    farness, slack = places.farness(X)
    exact = pairwise_distances(X) ** 2 / places.unit**2
    assert np.all(np.abs(farness - exact) <= slack)


def test_the_slack_is_small_beside_what_is_measured():
    farness, slack = Places(DIGITS).farness(DIGITS)
    assert slack < 1e-12 * np.median(farness)


def test_points_that_all_lie_in_one_place_are_each_others_neighbours_in_their_order():
    _, indices = nearest(np.ones((70, 2)), np.ones((70, 2)), 3, without_own=True)
    assert_array_equal(indices[0], [1, 2, 3])
    assert_array_equal(indices[69], [0, 1, 2])
