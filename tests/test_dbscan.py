"""DBSCAN: the clusters of scikit-learn, from the definitions of the paper."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_array_equal
from sklearn import cluster, datasets

from mathml.algorithms.dbscan import DBSCAN, NOISE
from mathml.vectors import pairwise_distances

THEIR_NAME = {"l1": "manhattan", "l2": "euclidean", "cosine": "cosine"}

points = st.integers(1, 25).flatmap(lambda n: hnp.arrays(float, (n, 2), elements=st.integers(-4, 4).map(float)))


def assert_same_up_to_renaming(ours, theirs):
    pairs = set(zip(ours.tolist(), theirs.tolist(), strict=True))
    assert len(pairs) == len(set(ours.tolist())) == len(set(theirs.tolist()))
    assert_array_equal(ours == NOISE, theirs == NOISE)


def compare_with_scikit_learn(X, eps, min_samples, metric="l2"):
    ours = DBSCAN(eps, min_samples=min_samples, metric=metric).fit(X)
    theirs = cluster.DBSCAN(eps=eps, min_samples=min_samples, metric=THEIR_NAME[metric]).fit(X)
    assert_same_up_to_renaming(ours.labels_, theirs.labels_)
    assert_array_equal(ours.core_sample_indices_, theirs.core_sample_indices_)
    return ours


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("make", "eps"),
    [
        (lambda seed: datasets.make_moons(300, noise=0.07, random_state=seed)[0], 0.2),
        (lambda seed: datasets.make_circles(300, noise=0.04, factor=0.5, random_state=seed)[0], 0.15),
        (lambda seed: datasets.make_blobs(300, centers=4, random_state=seed)[0], 0.8),
        (lambda seed: np.random.default_rng(seed).uniform(size=(300, 2)), 0.06),
    ],
    ids=["moons", "circles", "blobs", "noise"],
)
def test_the_clusters_are_scikit_learns(make, eps, seed):
    compare_with_scikit_learn(make(seed), eps, 5)


@pytest.mark.parametrize(("metric", "eps"), [("l1", 0.9), ("l2", 0.5), ("cosine", 5e-4)])
def test_the_clusters_of_iris_are_scikit_learns_in_every_metric(metric, eps):
    found = compare_with_scikit_learn(datasets.load_iris().data, eps, 5, metric)
    assert found.labels_.max() >= 1


def test_the_clusters_of_digits_are_scikit_learns():
    found = compare_with_scikit_learn(datasets.load_digits().data, 20, 5)
    assert found.labels_.max() >= 9


@given(points, st.sampled_from([1.0, 2.0, math.sqrt(2), 5.0]), st.integers(1, 6))
def test_points_exactly_eps_apart_are_neighbours(X, eps, min_samples):
    compare_with_scikit_learn(X, eps, min_samples)


@given(points, st.integers(1, 6))
def test_noise_is_what_no_core_point_reaches(X, min_samples):
    found = DBSCAN(1.5, min_samples=min_samples).fit(X)
    near = pairwise_distances(X) <= 1.5
    core = near.sum(axis=1) >= min_samples
    assert_array_equal(found.core_sample_indices_, np.flatnonzero(core))
    assert_array_equal(found.labels_ == NOISE, ~near[:, core].any(axis=1))


@given(points, st.integers(1, 6))
def test_core_points_that_are_neighbours_share_a_cluster(X, min_samples):
    found = DBSCAN(1.5, min_samples=min_samples).fit(X)
    near, labels, core = pairwise_distances(X) <= 1.5, found.labels_, found.core_sample_indices_
    assert all(labels[i] == labels[j] for i in core for j in core if near[i, j])


@given(points, st.integers(1, 6), st.integers(0, 9))
def test_the_order_of_the_points_does_not_matter_to_core_points(X, min_samples, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    here, there = DBSCAN(1.5, min_samples=min_samples).fit(X), DBSCAN(1.5, min_samples=min_samples).fit(X[order])
    core = np.isin(np.arange(len(X)), here.core_sample_indices_)[order]
    assert_same_up_to_renaming(here.labels_[order][core], there.labels_[core])


def test_clusters_are_numbered_in_the_order_of_their_first_core_point():
    assert DBSCAN(1, min_samples=2).fit([[9], [0], [1], [5], [6]]).labels_.tolist() == [-1, 0, 0, 1, 1]


def test_a_chain_is_one_cluster_however_long():
    assert set(DBSCAN(1, min_samples=2).fit(np.arange(500)[:, np.newaxis]).labels_) == {0}


@pytest.mark.parametrize("offset", [1e8, -1e8])
def test_an_offset_changes_no_label(offset):
    X = datasets.make_moons(100, noise=0.05, random_state=0)[0].round(3)
    assert_array_equal(DBSCAN(0.2).fit(X + offset).labels_, DBSCAN(0.2).fit(X).labels_)


def test_a_single_point_is_noise_unless_it_may_be_alone():
    assert DBSCAN(1, min_samples=2).fit([[3, 4]]).labels_.tolist() == [NOISE]
    assert DBSCAN(1, min_samples=1).fit([[3, 4]]).labels_.tolist() == [0]


def test_where_nothing_is_crowded_all_is_noise():
    found = DBSCAN(0.1).fit(np.eye(10))
    assert set(found.labels_) == {NOISE}
    assert found.core_sample_indices_.size == 0


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: DBSCAN(0).fit([[1]]), ValueError, "eps must be above 0, but eps = 0 came"),
        (lambda: DBSCAN("wide").fit([[1]]), TypeError, "eps must be a number, but the text 'wide' came"),
        (
            lambda: DBSCAN(min_samples=0).fit([[1]]),
            ValueError,
            "min_samples must be at least 1, but min_samples = 0 came",
        ),
        (lambda: DBSCAN(metric="l3").fit([[1]]), ValueError, 'metric must be "l1", "l2" or "cosine", but \'l3\' came'),
        (lambda: DBSCAN(metric="cosine").fit([[0]]), ValueError, "X must have no row of zeros, but X[0] is one"),
        (lambda: DBSCAN().fit([[]]), ValueError, "X must not be empty, but its shape is (1, 0)"),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
