"""k-means: a fixed point of its two steps, as good as scikit-learn's."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import cluster, datasets

from mathml.algorithms import kmeans
from mathml.algorithms.kmeans import KMeans
from mathml.vectors import distance, pairwise_distances

IRIS = datasets.load_iris().data
DIGITS = datasets.load_digits().data


def inertia(X, centers, labels):
    return sum(distance(x, c) ** 2 for x, c in zip(X, centers[labels], strict=True))


@pytest.mark.parametrize(
    ("X", "k"), [(IRIS, 2), (IRIS, 3), (IRIS, 8), (DIGITS, 10)], ids=lambda v: str(np.shape(v) or v)
)
def test_the_inertia_is_as_good_as_scikit_learns(X, k):
    # Starts are a matter of luck: the middle one of nine counts.
    ours = [KMeans(k, rng=seed).fit(X).inertia_ for seed in range(9)]
    theirs = [cluster.KMeans(k, n_init=10, random_state=seed).fit(X).inertia_ for seed in range(9)]
    assert np.median(ours) <= np.median(theirs) * 1.005


def test_from_the_same_centres_scikit_learn_moves_nowhere():
    ours = KMeans(3, tol=0, rng=0).fit(IRIS)
    theirs = cluster.KMeans(3, init=ours.cluster_centers_, n_init=1, tol=0).fit(IRIS)
    assert_allclose(theirs.cluster_centers_, ours.cluster_centers_, rtol=1e-12)
    assert_array_equal(theirs.labels_, ours.labels_)
    assert_allclose(theirs.inertia_, ours.inertia_, rtol=1e-12)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("X", "k"), [(IRIS, 3), (IRIS, 8), (DIGITS, 10)], ids=lambda v: str(np.shape(v) or v))
def test_at_the_end_centres_are_means_and_labels_are_nearest(X, k, seed):
    model = KMeans(k, n_init=1, tol=0, rng=seed).fit(X)
    means = [X[model.labels_ == j].mean(axis=0) for j in range(k)]
    assert_allclose(model.cluster_centers_, means, atol=1e-12)
    assert_array_equal(model.labels_, pairwise_distances(X, model.cluster_centers_).argmin(axis=1))
    assert_allclose(model.inertia_, inertia(X, model.cluster_centers_, model.labels_), rtol=1e-12)


@given(
    st.integers(1, 12).flatmap(lambda n: hnp.arrays(float, (n, 2), elements=st.integers(-3, 3).map(float))), st.data()
)
def test_no_move_raises_the_inertia(X, data):
    k = data.draw(st.integers(1, len(X)))
    model = KMeans(k, n_init=1, rng=data.draw(st.integers(0, 9))).fit(X)
    path = [inertia(X, *moment) for moment in model.history_]
    assert all(after <= before * (1 + 1e-12) + 1e-12 for before, after in itertools.pairwise(path))


def test_history_runs_from_points_to_the_result():
    model = KMeans(3, rng=1).fit(IRIS)
    start, _ = model.history_[0]
    assert all((center == IRIS).all(axis=1).any() for center in start)
    assert model.history_[-1][0] is model.cluster_centers_
    assert model.history_[-1][1] is model.labels_
    assert len(model.history_) == model.n_iter_ + 1


def test_a_seed_decides_everything():
    a, b = KMeans(8, rng=3).fit(IRIS), KMeans(8, rng=np.random.default_rng(3)).fit(IRIS)
    assert_array_equal(a.cluster_centers_, b.cluster_centers_)
    assert_array_equal(a.labels_, b.labels_)


def test_more_starts_are_never_worse():
    one, ten = (KMeans(8, n_init=n, rng=5).fit(IRIS).inertia_ for n in (1, 10))
    assert ten <= one


@pytest.mark.parametrize("offset", [0, 1e8])
def test_clusters_that_are_plain_to_see_are_found_at_any_offset(rng, offset):
    truth = np.repeat(np.arange(4), 20)
    corners = np.array([[0, 0], [9, 0], [0, 9], [9, 9]])
    X = corners[truth] + rng.uniform(size=(80, 2)) + offset
    labels = KMeans(4, rng=0).fit(X).labels_
    assert len(set(zip(truth.tolist(), labels.tolist(), strict=True))) == 4


def test_far_points_are_the_likely_next_centres(rng):
    # From 0, the points at 1 and 3 are drawn with weights 1 and 9, two draws at a time, and 3 is kept if it is drawn.
    X = np.array([[0.0], [1.0], [3.0]])
    starts = kmeans._spread_out(X, kmeans._in_blocks(X, reach=3.0), 2, 3000, rng)[:, :, 0]
    seconds = [second for first, second in starts if first == 0]
    assert np.mean(np.array(seconds) == 1) == pytest.approx(0.1**2, abs=0.01)
    assert np.mean(np.array(seconds) == 3) == pytest.approx(1 - 0.1**2, abs=0.01)


# --- edges ----------------------------------------------------------------------------------------


def test_an_empty_cluster_starts_again_at_the_farthest_point():
    X = np.array([[0.0], [1.0], [2.0], [10.0]])
    centers = np.array([[1.0], [500.0]])  # no point is nearest to 500
    blocks = kmeans._in_blocks(X, reach=500.0)
    view = kmeans._look(blocks, centers[np.newaxis])
    assert_array_equal(kmeans._means(blocks, centers[np.newaxis], view), [[[3.25], [10.0]]])


def test_no_cluster_stays_empty_where_there_are_points_enough():
    X = np.arange(6.0)[:, np.newaxis]
    centers = np.array([[[2.0], [900.0], [901.0]]])
    [history] = kmeans._lloyd(kmeans._in_blocks(X, reach=901.0), centers, max_iter=20, still=0.0)
    assert sorted(set(history[-1][1].tolist())) == [0, 1, 2]


def test_every_point_may_be_a_centre():
    model = KMeans(4, rng=0).fit([[0, 0], [1, 0], [0, 1], [1, 1]])
    assert model.inertia_ == 0
    assert len(set(model.labels_.tolist())) == 4


def test_points_that_coincide_leave_clusters_over():
    model = KMeans(3, rng=0).fit([[1, 1], [1, 1], [1, 1], [5, 5]])
    assert model.inertia_ == 0
    assert len(set(model.labels_.tolist())) == 2


def test_one_cluster_has_the_mean_as_its_centre():
    assert_allclose(KMeans(1, rng=0).fit(IRIS).cluster_centers_, [IRIS.mean(axis=0)], rtol=1e-12)


def test_max_iter_bounds_the_moves():
    assert KMeans(8, max_iter=1, n_init=1, rng=0).fit(IRIS).n_iter_ == 1


def test_small_whole_numbers_are_computed_with_as_float64():
    X = DIGITS[:200]
    small, wide = (KMeans(5, rng=0).fit(X.astype(dtype)) for dtype in (np.int8, np.float64))
    assert_array_equal(small.cluster_centers_, wide.cluster_centers_)


def test_new_points_go_to_the_nearest_centre():
    model = KMeans(2, rng=0).fit([[0, 0], [0, 2], [9, 0], [9, 2]])
    left, right = model.predict([[-1, 1], [7, 7]])
    assert left == model.labels_[0]
    assert right == model.labels_[2]


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: KMeans(0).fit(IRIS), ValueError, "n_clusters must be at least 1, but n_clusters = 0 came"),
        (
            lambda: KMeans(3).fit([[1, 2]]),
            ValueError,
            "n_clusters must be at most 1, the number of points, but 3 came",
        ),
        (lambda: KMeans(2.5).fit(IRIS), TypeError, "n_clusters must be a whole number, but float 2.5 came"),
        (lambda: KMeans(2, n_init=0).fit(IRIS), ValueError, "n_init must be at least 1, but n_init = 0 came"),
        (lambda: KMeans(2, max_iter=0).fit(IRIS), ValueError, "max_iter must be at least 1, but max_iter = 0 came"),
        (lambda: KMeans(2, tol=-1).fit(IRIS), ValueError, "tol must be at least 0, but tol = -1 came"),
        (
            lambda: KMeans(1).fit([1, 2]),
            ValueError,
            "X must be a matrix: rows of equal length, but an array of shape (2,) came",
        ),
        (lambda: KMeans(1).fit([[math.nan]]), ValueError, "X must be finite, but X[0, 0] is nan"),
        (
            lambda: KMeans(1).predict([[1]]),
            ValueError,
            "KMeans must be fitted before it can predict: call fit first",
        ),
        (
            lambda: KMeans(1).fit([[1, 2]]).predict([[1]]),
            ValueError,
            "X must have 2 columns, as in fit, but 1 came",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
