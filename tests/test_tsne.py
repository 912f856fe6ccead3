"""t-SNE: the perplexity that was asked for, the slope of the loss, and maps as good as scikit-learn's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.datasets import load_digits, load_iris
from sklearn.manifold import TSNE as THEIRS
from sklearn.manifold import _t_sne, trustworthiness

from mathml.algorithms import tsne
from mathml.algorithms.tsne import TSNE, neighbor_probabilities
from mathml.information import entropy, kl_divergence
from mathml.vectors import pairwise_distances

DIGITS = load_digits().data[:300]
GROUPS = np.array([[0, 0], [1, 0], [0, 1], [9, 9], [9, 8], [8, 9]])


def to_others(X):
    """The distances (n, n − 1) from each point to the others."""
    return pairwise_distances(X)[~np.eye(len(X), dtype=bool)].reshape(len(X), len(X) - 1)


def joint(X, perplexity):
    P = np.zeros((len(X), len(X)))
    P[~np.eye(len(X), dtype=bool)] = neighbor_probabilities(to_others(X), perplexity)[0].ravel()
    return (P + P.T) / (2 * len(X))


# --- who is a neighbour ---------------------------------------------------------------------------


@pytest.mark.parametrize("perplexity", [2.5, 5, 30, 200])
def test_the_entropy_of_each_row_is_the_logarithm_of_the_perplexity(perplexity):
    P, sigmas = neighbor_probabilities(to_others(DIGITS), perplexity)
    assert_allclose(P.sum(axis=1), 1, rtol=1e-12)
    assert_allclose(entropy(P), np.log(perplexity), atol=1e-7)
    assert np.all(sigmas > 0)


def test_the_probabilities_are_those_of_the_formula_with_their_sigma():
    D = to_others(DIGITS[:40])
    P, sigmas = neighbor_probabilities(D, 7)
    weights = np.exp(-(D**2) / (2 * sigmas[:, np.newaxis] ** 2))
    assert_allclose(P, weights / weights.sum(axis=1, keepdims=True), rtol=1e-9, atol=1e-300)


@given(st.sampled_from([1e-150, 1e-6, 1e3, 1e150]))
def test_another_unit_gives_the_same_neighbours(unit):
    D = to_others(DIGITS[:30])
    P, sigmas = neighbor_probabilities(D, 5)
    again, scaled = neighbor_probabilities(unit * D, 5)
    assert_allclose(again, P, rtol=1e-6, atol=1e-12)
    assert_allclose(scaled, unit * sigmas, rtol=1e-6)


def test_they_are_those_of_scikit_learn():
    theirs = _t_sne._joint_probabilities((pairwise_distances(DIGITS) ** 2).astype(np.float32), 30, 0)
    ours = joint(DIGITS, 30)
    assert_allclose(theirs, ours[np.triu_indices(len(DIGITS), 1)], rtol=2e-3, atol=1e-9)


def test_a_larger_perplexity_makes_wider_sigmas():
    D = to_others(DIGITS[:100])
    widths = [neighbor_probabilities(D, perplexity)[1] for perplexity in (2, 10, 50)]
    assert np.all(widths[0] < widths[1])
    assert np.all(widths[1] < widths[2])


def test_points_that_are_equally_near_share_equally_where_the_perplexity_cannot_be_reached():
    P, _ = neighbor_probabilities([[1, 1, 1, 1], [0, 0, 0, 0], [3, 3, 3, 90]], 2)
    assert_allclose(P, [[1 / 4] * 4, [1 / 4] * 4, [1 / 3, 1 / 3, 1 / 3, 0]], atol=1e-12)


@pytest.mark.parametrize(
    ("D", "perplexity", "message"),
    [
        (-np.ones((4, 3)), 2, "distances must not be negative, but -1 came"),
        (np.ones((4, 3)), 1, "perplexity must be above 1 and below 3, the number of others, but perplexity = 1 came"),
        (np.ones((4, 3)), 3, "perplexity must be above 1 and below 3, the number of others, but perplexity = 3 came"),
        (np.full((4, 3), np.nan), 2, "distances must be finite"),
    ],
)
def test_what_makes_no_neighbours_is_refused(D, perplexity, message):
    with pytest.raises(ValueError, match=message):
        neighbor_probabilities(D, perplexity)


# --- the descent ----------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [1, 2, 3])
def test_the_forces_are_the_slope_of_the_loss(k):
    rng = np.random.default_rng(k)
    P, Y = joint(DIGITS[:20], 5), rng.normal(size=(20, k))
    pulls, pushes = tsne._forces(Y, P)
    slope = 4 * (pulls - pushes)
    for place in np.ndindex(Y.shape):
        step = np.zeros(Y.shape)
        step[place] = 1e-5
        expected = (tsne._loss(Y + step, P) - tsne._loss(Y - step, P)) / 2e-5
        assert slope[place] == pytest.approx(expected, abs=1e-8)


def test_rows_in_parts_are_all_the_rows(monkeypatch):
    P, Y = joint(DIGITS, 20), np.random.default_rng(0).normal(size=(300, 2))
    parts = tsne._forces(Y, P), tsne._loss(Y, P)
    monkeypatch.setattr(tsne, "_ROWS", 1000)
    whole = tsne._forces(Y, P), tsne._loss(Y, P)
    assert_allclose(parts[0], whole[0], atol=1e-15)
    assert parts[1] == pytest.approx(whole[1])


def test_the_loss_is_the_divergence_of_the_maps_neighbours():
    model = TSNE(perplexity=3, max_iter=300).fit(load_iris().data[::10])
    W = 1 / (1 + pairwise_distances(model.embedding_) ** 2)
    np.fill_diagonal(W, 0)
    P = joint(load_iris().data[::10], 3)
    assert model.kl_divergence_ == pytest.approx(kl_divergence(P.ravel(), (W / W.sum()).ravel()))
    assert model.path_[-1] == model.kl_divergence_


def test_the_history_begins_at_the_start_and_ends_with_the_map():
    model = TSNE(perplexity=2, max_iter=60).fit(GROUPS)
    assert len(model.history_) == len(model.path_) == 4  # 0, 25, 50, 60
    assert_array_equal(model.history_[-1], model.embedding_)
    assert model.history_[0][:, 0].std() == pytest.approx(1e-4)


def test_once_the_exaggeration_is_over_the_loss_falls():
    model = TSNE().fit(DIGITS)
    after = model.path_[11:]
    assert np.all(np.diff(after) < 1e-3)
    assert after[-1] < 0.7 * after[0]


def test_the_map_is_as_trustworthy_as_scikit_learns_and_its_loss_is_no_larger():
    ours, theirs = TSNE().fit(DIGITS), THEIRS(init="pca", random_state=0).fit(DIGITS)
    trust = trustworthiness(DIGITS, ours.embedding_, n_neighbors=10)
    assert trust > trustworthiness(DIGITS, theirs.embedding_, n_neighbors=10) - 0.01
    assert ours.kl_divergence_ < theirs.kl_divergence_ + 0.02


def test_a_random_start_repeats_with_its_seed():
    first, again, other = (TSNE(perplexity=2, max_iter=30, init="random", rng=rng).fit(GROUPS) for rng in (0, 0, 1))
    assert_array_equal(first.embedding_, again.embedding_)
    assert not np.allclose(first.embedding_, other.embedding_)


def test_the_points_in_another_order_feel_the_same_forces_in_that_order():
    order, P = np.random.default_rng(0).permutation(60), joint(DIGITS[:60], 10)
    Y = np.random.default_rng(1).normal(size=(60, 2))
    for straight, turned in zip(tsne._forces(Y, P), tsne._forces(Y[order], P[np.ix_(order, order)]), strict=True):
        assert_allclose(turned, straight[order], atol=1e-14)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"perplexity": 30}, "perplexity must be above 1 and below 5, the number of others, but perplexity = 30 came"),
        ({"n_components": 0}, "n_components must be at least 1"),
        ({"early_exaggeration": 0.5}, "early_exaggeration must be at least 1, but 0.5 came"),
        ({"learning_rate": 0}, "learning_rate must be above 0, but learning_rate = 0 came"),
        ({"max_iter": 0}, "max_iter must be at least 1"),
        ({"init": "spectral"}, 'init must be "pca" or "random", but \'spectral\' came'),
    ],
)
def test_what_makes_no_map_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        TSNE(**{"perplexity": 2, **options}).fit(GROUPS)


@pytest.mark.parametrize("X", [[[0.0, np.nan]] * 6, [1.0, 2.0, 3.0], np.ones((6, 2))])
def test_points_that_cannot_be_laid_out_are_refused(X):
    with pytest.raises(ValueError, match="X must"):
        TSNE(perplexity=2).fit(X)
