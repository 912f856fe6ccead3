"""UMAP: umap-learn's graph and curve, forces that are slopes, and maps as good as umap-learn's."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.datasets import load_digits
from sklearn.manifold import trustworthiness

from mathml import datasets
from mathml.algorithms import umap
from mathml.algorithms.umap import UMAP, fuzzy_graph, nearness_curve, neighbor_strengths

DIGITS = load_digits().data
GROUPS = np.array([[0, 0], [1, 0], [0, 1], [90, 90], [90, 89], [89, 90]])
STORED = np.load(Path(__file__).parent / "data" / "umap_graph.npz")  # by tools/frozen/umap_graph.py


# --- the graph ------------------------------------------------------------------------------------


def test_the_graph_is_that_of_umap_learn():
    graph, n = fuzzy_graph(DIGITS[:200], 15), 200
    ours, theirs = np.zeros((n, n)), np.zeros((n, n))
    ours[graph.heads, graph.tails] = graph.weights
    theirs[STORED["heads"], STORED["tails"]] = STORED["weights"]
    assert_allclose(ours, theirs, atol=2e-4)


@pytest.mark.parametrize(("curve", "a_and_b"), list(zip(STORED["curves"], STORED["a_and_b"], strict=True)))
def test_the_curve_is_that_of_umap_learn(curve, a_and_b):
    assert_allclose(nearness_curve(*curve), a_and_b, rtol=1e-4)


def test_the_curve_on_another_scale_is_the_same_curve():
    (a, b), (wide, same) = nearness_curve(0.1, 1.0), nearness_curve(100.0, 1000.0)
    assert same == pytest.approx(b)
    assert wide * 1000 ** (2 * b) == pytest.approx(a)


@given(st.integers(2, 20), st.integers(0, 1000))
def test_the_strengths_add_up_to_the_logarithm_of_the_number_of_neighbours(m, seed):
    D = np.sort(np.random.default_rng(seed).uniform(1, 5, size=(6, m)), axis=1)
    strengths, rhos, sigmas = neighbor_strengths(D)
    assert_allclose(rhos, D[:, 0])
    assert_array_equal(strengths[:, 0], 1)
    solved = sigmas > 1.001e-3 * D.mean(axis=1)  # no sum is smaller than 1, for the nearest
    assert_allclose(strengths.sum(axis=1)[solved], np.log2(m + 1), rtol=1e-6)
    assert solved.all() or m < 3


def test_points_in_one_place_are_tied_with_full_strength():
    strengths, rhos, _ = neighbor_strengths(np.zeros((3, 2)))
    assert_array_equal(strengths, 1)
    assert_array_equal(rhos, 0)


def test_a_graph_has_each_tie_from_both_ends_and_no_point_tied_to_itself():
    heads, tails, weights = fuzzy_graph(DIGITS[:100], 5)
    table = np.zeros((100, 100))
    table[heads, tails] = weights
    assert_array_equal(table, table.T)
    assert not table.diagonal().any()
    assert len(weights) == np.count_nonzero(table)
    assert np.all((weights > 0) & (weights <= 1 + 1e-12))
    assert_allclose(table.max(axis=1), 1)  # everyone is tied to the nearest


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: neighbor_strengths([[-1.0, 2.0]]), "distances must not be negative, but -1 came"),
        (lambda: fuzzy_graph(GROUPS, 1), "n_neighbors must be at least 2"),
        (lambda: fuzzy_graph(GROUPS, 7), "n_neighbors must be at most 6, the number of points, but 7 came"),
        (lambda: nearness_curve(0.1, 0), "spread must be above 0 and finite, but spread = 0 came"),
        (lambda: nearness_curve(2, 1), "min_dist must be from 0 to spread = 1, but min_dist = 2 came"),
        (lambda: nearness_curve(-1, 1), "min_dist must be from 0 to spread = 1, but min_dist = -1 came"),
    ],
)
def test_what_makes_no_graph_or_curve_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# --- the map --------------------------------------------------------------------------------------


@pytest.mark.parametrize("apart", [[0.3, -0.2], [2.0, 1.0], [-4.0, 3.0]])
def test_the_forces_are_the_slopes_of_the_logarithms(apart):
    a, b = nearness_curve(0.1, 1.0)

    def near(y):
        return 1 / (1 + a * np.sum(np.square(y)) ** b)

    steps = 1e-6 * np.eye(2)
    pull = [(np.log(near(apart + s)) - np.log(near(apart - s))) / 2e-6 for s in steps]
    push = [(np.log(1 - near(apart + s)) - np.log(1 - near(apart - s))) / 2e-6 for s in steps]
    assert_allclose(umap._pull(np.array([apart]), a, b)[0], pull, rtol=1e-6)
    softened = np.sum(np.square(apart)) / (0.001 + np.sum(np.square(apart)))  # what keeps it finite
    assert_allclose(umap._push(np.array([apart]), a, b)[0], np.multiply(push, softened), rtol=1e-6)


def test_points_on_top_of_each_other_exert_no_force():
    assert_array_equal(umap._pull(np.zeros((1, 2)), 1.5, 0.9), 0)
    assert_array_equal(umap._push(np.zeros((1, 2)), 1.5, 0.9), 0)


def test_the_map_is_as_trustworthy_as_umap_learns():
    maps = datasets.load_digit_maps()
    X = DIGITS[maps.indices]
    ours = UMAP(rng=0).fit_transform(X)
    assert trustworthiness(X, ours, n_neighbors=10) > trustworthiness(X, maps.umap, n_neighbors=10) - 0.01


def test_groups_that_are_far_apart_stay_apart():
    Y = UMAP(n_neighbors=3, n_epochs=100, rng=0).fit_transform(GROUPS)
    middle = [Y[:3].mean(axis=0), Y[3:].mean(axis=0)]
    widest = max(np.ptp(Y[:3], axis=0).max(), np.ptp(Y[3:], axis=0).max())
    assert np.linalg.norm(middle[0] - middle[1]) > 2 * widest


def test_the_same_seed_gives_the_same_map_and_the_history_leads_to_it():
    first, again, other = (UMAP(n_neighbors=3, n_epochs=25, rng=rng).fit(GROUPS) for rng in (0, 0, 1))
    assert_array_equal(first.embedding_, again.embedding_)
    assert not np.allclose(first.embedding_, other.embedding_)
    assert len(first.history_) == 4  # 0, 10, 20, 25
    assert_array_equal(first.history_[-1], first.embedding_)


def test_three_dimensions_and_a_random_start():
    Y = UMAP(n_neighbors=5, n_components=3, init="random", n_epochs=20, rng=0).fit_transform(DIGITS[:50])
    assert Y.shape == (50, 3)
    assert np.isfinite(Y).all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_neighbors": 9}, "n_neighbors must be at most 6, the number of points, but 9 came"),
        ({"n_epochs": 0}, "n_epochs must be at least 1"),
        ({"learning_rate": -1}, "learning_rate must be above 0, but learning_rate = -1 came"),
        ({"negative_sample_rate": -1}, "negative_sample_rate must be at least 0"),
        ({"init": "spectral"}, 'init must be "pca" or "random", but \'spectral\' came'),
    ],
)
def test_what_makes_no_map_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        UMAP(**{"n_neighbors": 3, **options}).fit(GROUPS)
