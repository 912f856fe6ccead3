"""Elastic net: scikit-learn's weights, certified, between ridge and the lasso."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import datasets, linear_model

from mathml.algorithms.elastic_net import ElasticNet
from mathml.algorithms.lasso import Lasso
from mathml.algorithms.ridge import Ridge
from mathml.optimization import regularization_path
from mathml.vectors import standardize_columns

DIABETES, PROGRESS = datasets.load_diabetes(return_X_y=True)
DIABETES = standardize_columns(DIABETES)
CANCER, BENIGN = datasets.load_breast_cancer(return_X_y=True)
CANCER = standardize_columns(CANCER)

numbers = st.integers(-9, 9).map(float)
tables = st.integers(2, 9).flatmap(lambda n: hnp.arrays(float, (n, 4), elements=numbers))
alphas, ratios = st.sampled_from([0.01, 0.3, 2.0]), st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0])


# --- the oracle -----------------------------------------------------------------------------------


@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("l1_ratio", [0.1, 0.5, 0.95])
@pytest.mark.parametrize(
    ("X", "y", "alpha"), [(DIABETES, PROGRESS, 2.0), (CANCER, BENIGN, 0.02)], ids=["diabetes", "cancer"]
)
def test_weights_and_zeros_are_scikit_learns(X, y, alpha, l1_ratio, fit_intercept):
    ours = ElasticNet(alpha, l1_ratio, fit_intercept=fit_intercept).fit(X, y)
    theirs = linear_model.ElasticNet(
        alpha, l1_ratio=l1_ratio, fit_intercept=fit_intercept, tol=1e-12, max_iter=1_000_000
    ).fit(X, y)
    assert_allclose(ours.coef_, theirs.coef_, rtol=1e-6, atol=1e-8)
    assert_array_equal(ours.coef_ == 0, theirs.coef_ == 0)
    assert ours.intercept_ == pytest.approx(theirs.intercept_)
    assert ours.kkt_ <= 1e-11


# --- laws -----------------------------------------------------------------------------------------


@given(tables, alphas, ratios, st.integers(0, 99))
def test_no_other_plane_pays_less(X, alpha, l1_ratio, seed):
    rng = np.random.default_rng(seed)
    y = X @ [2, 0, -1, 0] + rng.normal(size=len(X))
    model = ElasticNet(alpha, l1_ratio).fit(X, y)

    def cost(w, b):
        penalty = l1_ratio * np.sum(np.abs(w)) + (1 - l1_ratio) / 2 * w @ w
        return np.sum((y - X @ w - b) ** 2) / (2 * len(X)) + alpha * penalty

    other = model.coef_ + rng.normal(size=4), model.intercept_ + rng.normal()
    assert model.kkt_ <= 1e-9 * (1 + np.max(np.abs(X)) * np.max(np.abs(y)))
    assert cost(model.coef_, model.intercept_) <= cost(*other) + 1e-9


def test_at_its_ends_it_is_ridge_and_the_lasso():
    n = len(PROGRESS)
    ends = ElasticNet(0.3, 0.0).fit(DIABETES, PROGRESS), ElasticNet(0.3, 1.0).fit(DIABETES, PROGRESS)
    assert_allclose(ends[0].coef_, Ridge(0.3 * n).fit(DIABETES, PROGRESS).coef_, rtol=1e-8)  # a sum, and a mean
    assert_allclose(ends[1].coef_, Lasso(0.3).fit(DIABETES, PROGRESS).coef_, rtol=1e-12)


@given(tables, alphas, st.sampled_from([0.1, 0.5, 0.9]))
def test_twins_share_alike(X, alpha, l1_ratio):
    y = X @ [2, 0, -1, 1] + np.arange(len(X)) % 3
    model = ElasticNet(alpha, l1_ratio).fit(np.column_stack([X, X[:, 0]]), y)
    assert model.coef_[0] == pytest.approx(model.coef_[-1], abs=1e-8)


def test_of_near_twins_the_lasso_takes_one_and_the_elastic_net_both():
    rng = np.random.default_rng(1)
    hidden = rng.normal(size=200)
    X = standardize_columns(hidden[:, np.newaxis] + 0.01 * rng.normal(size=(200, 2)))
    y = 3 * hidden + rng.normal(size=200)
    assert np.count_nonzero(Lasso(0.5).fit(X, y).coef_) == 1
    one, other = ElasticNet(0.5, 0.5).fit(X, y).coef_
    assert one == pytest.approx(other, rel=0.05)


def test_the_regularisation_path_goes_through_it():
    path = regularization_path(DIABETES, PROGRESS - PROGRESS.mean(), [0.5, 2.0, 20.0], l1_ratio=0.5)
    for strength, weights in zip(path.strengths, path.weights, strict=True):
        assert_allclose(weights, ElasticNet(strength, 0.5).fit(DIABETES, PROGRESS).coef_, atol=1e-9)


def test_moving_features_and_targets_moves_the_intercept_alone():
    here = ElasticNet(1.0).fit(DIABETES, PROGRESS)
    there = ElasticNet(1.0).fit(DIABETES + 1e5, PROGRESS - 1e5)
    assert_allclose(there.coef_, here.coef_, rtol=1e-7, atol=1e-7)
    assert_allclose(there.predict(DIABETES + 1e5), here.predict(DIABETES) - 1e5, rtol=1e-9)


# --- edges ----------------------------------------------------------------------------------------


def test_more_features_than_examples():
    rng = np.random.default_rng(3)
    X, y = rng.normal(size=(10, 30)), rng.normal(size=10)
    model = ElasticNet(0.1, 0.5).fit(X, y)
    theirs = linear_model.ElasticNet(0.1, l1_ratio=0.5, tol=1e-13, max_iter=100_000).fit(X, y)
    assert model.kkt_ < 1e-12
    assert_allclose(model.coef_, theirs.coef_, atol=1e-7)


def test_one_example_is_met_by_the_intercept():
    model = ElasticNet().fit([[3, 4]], [7])
    assert (model.coef_.tolist(), model.intercept_, model.kkt_) == ([0, 0], 7, 0)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: ElasticNet(1, 1.5).fit([[1]], [1]),
            ValueError,
            "l1_ratio must be from 0 to 1, but l1_ratio = 1.5 came",
        ),
        (
            lambda: ElasticNet(math.inf).fit([[1]], [1]),
            ValueError,
            "alpha must be finite and at least 0, but alpha = inf came",
        ),
        (
            lambda: ElasticNet().predict([[1]]),
            ValueError,
            "ElasticNet must be fitted before it can predict: call fit first",
        ),
        (
            lambda: ElasticNet().fit([[1], [2]], [1, 2]).predict([[1, 2]]),
            ValueError,
            "X must have 1 columns, as in fit, but 2 came",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
