"""Spectral clustering: scikit-learn's cuts, and a zero eigenvalue for each part of a graph."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy.sparse import csgraph, csr_array
from sklearn import cluster, datasets, metrics

from mathml.algorithms.kmeans import KMeans
from mathml.algorithms.spectral_clustering import SpectralClustering, normalized_laplacian
from mathml.vectors import pairwise_distances, standardize_columns

IRIS = datasets.load_iris().data
WINE = standardize_columns(datasets.load_wine().data)
BLOBS = np.array([[0, 0], [1, 0], [0, 1], [9, 9], [9, 8], [8, 9]])


def two_moons(n=60, noise=0.05, seed=0):
    """Two half circles, each of n points, that reach into each other. Made by hand."""
    t = np.linspace(0, math.pi, n)
    moons = np.vstack([np.column_stack([np.cos(t), np.sin(t)]), np.column_stack([1 - np.cos(t), 0.5 - np.sin(t)])])
    return moons + np.random.default_rng(seed).normal(scale=noise, size=(2 * n, 2)), np.repeat([0, 1], n)


def agreement(labels, truth):
    """The part of the points that two clusters put right, whichever is called 0."""
    same = np.mean(labels == truth)
    return max(same, 1 - same)


def same_up_to_renaming(a, b):
    pairs = set(zip(a.tolist(), b.tolist(), strict=True))
    return len(pairs) == len(set(a.tolist())) == len(set(b.tolist()))


@st.composite
def graphs(draw):
    n = draw(st.integers(1, 12))
    half = draw(hnp.arrays(float, (n, n), elements=st.sampled_from([0.0, 0, 0, 0, 0.01, 1, 7])))
    A = np.triu(half, 1)
    return A + A.T


# --- two moons ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_two_moons_are_parted_where_k_means_cannot(seed):
    X, truth = two_moons(seed=seed)
    assert agreement(SpectralClustering(2, gamma=20, rng=0).fit(X).labels_, truth) == 1
    assert agreement(KMeans(2, rng=0).fit(X).labels_, truth) < 0.8


def test_two_moons_are_parted_by_nearest_neighbours():
    X, truth = two_moons()
    model = SpectralClustering(2, affinity="nearest_neighbors", n_neighbors=8, rng=0).fit(X)
    assert agreement(model.labels_, truth) == 1


# --- the oracle -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("X", "k", "settings"),
    [
        (two_moons(noise=0.08)[0], 2, {"gamma": 20}),
        (datasets.make_circles(120, noise=0.04, factor=0.4, random_state=0)[0], 2, {"gamma": 20}),
        (IRIS, 2, {"gamma": 1.0}),
        (datasets.make_blobs(90, centers=4, cluster_std=0.5, random_state=0)[0], 4, {"gamma": 1.0}),
        (two_moons()[0], 2, {"affinity": "nearest_neighbors", "n_neighbors": 8}),
        (WINE, 3, {"affinity": "nearest_neighbors", "n_neighbors": 20}),
    ],
    ids=["moons", "circles", "iris", "blobs", "moons by neighbours", "wine by neighbours"],
)
@pytest.mark.filterwarnings("ignore:Graph is not fully connected")
def test_the_clusters_are_scikit_learns(X, k, settings):
    # But for a few points on a border: scikit-learn divides rows by √degree, Ng, Jordan and Weiss by their length.
    ours = SpectralClustering(k, rng=0, **settings).fit(X)
    theirs = cluster.SpectralClustering(k, random_state=0, **settings).fit(X)
    assert metrics.adjusted_rand_score(ours.labels_, theirs.labels_) > 0.9
    A = np.asarray(csr_array(theirs.affinity_matrix_).todense())
    np.fill_diagonal(A, 0)
    assert_allclose(ours.affinity_matrix_, A, rtol=1e-10, atol=1e-300)


@given(graphs())
def test_the_laplacian_is_scipys(A):
    assert_allclose(normalized_laplacian(A), csgraph.laplacian(A, normed=True), atol=1e-14)


# --- laws -----------------------------------------------------------------------------------------


@given(graphs())
def test_as_many_eigenvalues_are_zero_as_the_graph_has_parts(A):
    parts, _ = csgraph.connected_components(A, directed=False)
    eigenvalues = np.linalg.eigvalsh(normalized_laplacian(A))
    assert np.sum(eigenvalues < 1e-10) == parts
    assert eigenvalues.min() > -1e-12
    assert eigenvalues.max() < 2 + 1e-12


@given(graphs(), st.integers(0, 99))
def test_the_laplacian_weighs_differences_along_ties(A, seed):
    x, degrees = np.random.default_rng(seed).normal(size=len(A)), A.sum(axis=1)
    scaled = np.divide(x, np.sqrt(degrees), where=degrees > 0, out=np.zeros(len(A)))
    assert x @ normalized_laplacian(A) @ x == pytest.approx(np.sum(A * (scaled[:, np.newaxis] - scaled) ** 2) / 2)


@pytest.mark.parametrize("groups", [1, 2, 3, 5])
def test_groups_without_a_tie_are_counted_by_zero_eigenvalues_and_found(rng, groups):
    truth = np.repeat(np.arange(groups), 12)
    X = rng.uniform(size=(len(truth), 2)) + 1000 * truth[:, np.newaxis]
    for settings in ({"gamma": 1.0}, {"affinity": "nearest_neighbors", "n_neighbors": 12}):
        model = SpectralClustering(groups, rng=0, **settings).fit(X)
        assert np.sum(model.eigenvalues_ < 1e-10) == groups
        assert same_up_to_renaming(model.labels_, truth)


def test_the_laplacian_of_the_fit_has_the_eigenvalues_of_the_fit():
    model = SpectralClustering(3, gamma=0.5, rng=0).fit(IRIS)
    L = normalized_laplacian(model.affinity_matrix_)
    assert_allclose(model.eigenvalues_, np.linalg.eigvalsh(L), atol=1e-12)
    assert_allclose(np.linalg.norm(model.embedding_, axis=1), 1)


@pytest.mark.parametrize("move", [lambda X: X + 100, lambda X: X @ [[0.6, -0.8], [0.8, 0.6]], lambda X: X[:, ::-1]])
def test_points_that_move_together_stay_in_their_clusters(move):
    X, _ = two_moons()
    here, there = (SpectralClustering(2, gamma=20, rng=0).fit(points).labels_ for points in (X, move(X)))
    assert same_up_to_renaming(here, there)


def test_the_unit_of_measurement_matters_to_gamma_alone():
    X, _ = two_moons()
    here, there = SpectralClustering(2, gamma=20, rng=0).fit(X), SpectralClustering(2, gamma=20 / 64, rng=0).fit(8 * X)
    assert_allclose(there.affinity_matrix_, here.affinity_matrix_, rtol=1e-10)


def test_a_seed_decides_everything():
    a, b = (SpectralClustering(3, rng=rng).fit(IRIS).labels_ for rng in (3, np.random.default_rng(3)))
    assert_array_equal(a, b)


# --- edges ----------------------------------------------------------------------------------------


def test_one_point_is_one_cluster():
    model = SpectralClustering(1, rng=0).fit([[3, 4]])
    assert model.labels_.tolist() == [0]
    assert model.eigenvalues_.tolist() == [0]


def test_every_point_may_be_a_cluster():
    assert len(set(SpectralClustering(6, gamma=0.1, rng=0).fit(BLOBS).labels_.tolist())) == 6


def test_points_too_far_for_any_tie_are_parts_of_their_own():
    model = SpectralClustering(3, rng=0).fit([[0, 0], [0, 1], [1e6, 0], [1e6, 1], [-1e200, 0]])
    assert np.sum(model.eigenvalues_ < 1e-10) == 3
    assert same_up_to_renaming(model.labels_, np.array([0, 0, 1, 1, 2]))


def test_more_parts_than_clusters_are_put_together_somehow():
    model = SpectralClustering(2, rng=0).fit(1e6 * np.arange(5)[:, np.newaxis])
    assert np.sum(model.eigenvalues_ < 1e-10) == 5
    assert set(model.labels_.tolist()) == {0, 1}
    assert np.isfinite(model.embedding_).all()


def test_points_that_coincide_are_tied_most():
    model = SpectralClustering(2, rng=0).fit([[0, 0]] * 3 + [[2, 2]] * 3)
    assert same_up_to_renaming(model.labels_, np.repeat([0, 1], 3))
    assert model.affinity_matrix_[0, 1] == 1


def test_likeness_is_between_points_and_symmetric():
    model = SpectralClustering(2, affinity="nearest_neighbors", n_neighbors=3, rng=0).fit([[0], [1], [2], [3.5], [9]])
    A = model.affinity_matrix_
    assert_array_equal(A, A.T)
    assert A[4].tolist() == [0, 0, 0.5, 0.5, 0]  # 9 is near to none, but 3.5 and 2 are nearest to it
    assert_array_equal(np.diag(A), 0)
    X = two_moons()[0]
    rbf = SpectralClustering(2, gamma=3, rng=0).fit(X).affinity_matrix_
    assert_allclose(rbf, np.exp(-3 * pairwise_distances(X) ** 2) - np.eye(len(X)), rtol=1e-12)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: SpectralClustering(2, affinity="cosine").fit(BLOBS),
            ValueError,
            'affinity must be "rbf" or "nearest_neighbors", but \'cosine\' came',
        ),
        (
            lambda: SpectralClustering(0).fit(BLOBS),
            ValueError,
            "n_clusters must be at least 1, but n_clusters = 0 came",
        ),
        (
            lambda: SpectralClustering(7).fit(BLOBS),
            ValueError,
            "n_clusters must be at most 6, the number of points, but 7 came",
        ),
        (
            lambda: SpectralClustering(2, gamma=0).fit(BLOBS),
            ValueError,
            "gamma must be above 0 and finite, but gamma = 0 came",
        ),
        (
            lambda: SpectralClustering(2, affinity="nearest_neighbors", n_neighbors=1).fit(BLOBS),
            ValueError,
            "n_neighbors must be at least 2, but n_neighbors = 1 came",
        ),
        (
            lambda: SpectralClustering(2, affinity="nearest_neighbors", n_neighbors=7).fit(BLOBS),
            ValueError,
            "n_neighbors must be at most 6, the number of points, but 7 came",
        ),
        (
            lambda: SpectralClustering(1).fit([[1, math.nan]]),
            ValueError,
            "X must be finite, but X[0, 1] is nan",
        ),
        (
            lambda: normalized_laplacian([[0, 1]]),
            ValueError,
            "A must be square, but a matrix of shape (1, 2) came",
        ),
        (
            lambda: normalized_laplacian([[0, -1], [-1, 0]]),
            ValueError,
            "A must have no negative entry, but -1 came",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message


def test_a_tie_that_holds_one_way_only_is_refused():
    with pytest.raises(ValueError, match="A must be symmetric, but"):
        normalized_laplacian([[0, 1], [2, 0]])
