"""Lasso: scikit-learn's weights with its zeros, each certified."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import datasets, linear_model

from mathml.algorithms.lasso import Lasso
from mathml.algorithms.linear_regression import LinearRegression
from mathml.optimization import regularization_path, strongest_penalty
from mathml.vectors import center_columns, standardize_columns

DIABETES, PROGRESS = datasets.load_diabetes(return_X_y=True)
SMALL = DIABETES  # as it comes, each column of length 1
DIABETES = standardize_columns(DIABETES)
CANCER, BENIGN = datasets.load_breast_cancer(return_X_y=True)
CANCER = standardize_columns(CANCER)

SEEDS = st.integers(0, 99)
alphas = st.sampled_from([0.01, 0.3, 2.0])


def theirs(alpha, **options):
    return linear_model.Lasso(alpha, tol=1e-12, max_iter=1_000_000, **options)


def examples(seed):
    """Features that go together, of few examples, at times fewer than features; whole numbers."""
    rng = np.random.default_rng(seed)
    X = np.round(3 * rng.normal(size=(rng.integers(3, 30), 4)) @ rng.normal(size=(4, 4)))
    return X, X @ [2, 0, -1, 0] + rng.integers(-3, 4, size=len(X))


def slopes(model, X, y):
    """Of the fit, by each weight."""
    return X.T @ (y - model.predict(X)) / len(X)


# --- the oracle -----------------------------------------------------------------------------------


@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize(
    ("X", "y", "alpha"),
    [(DIABETES, PROGRESS, 0.1), (DIABETES, PROGRESS, 2.0), (SMALL, PROGRESS, 0.1), (CANCER, BENIGN, 0.01)],
    ids=["diabetes, weak", "diabetes", "diabetes in other units", "cancer"],
)
def test_weights_and_zeros_are_scikit_learns(X, y, alpha, fit_intercept):
    ours = Lasso(alpha, fit_intercept=fit_intercept).fit(X, y)
    reference = theirs(alpha, fit_intercept=fit_intercept).fit(X, y)
    assert_allclose(ours.coef_, reference.coef_, rtol=1e-6, atol=1e-8)
    assert_array_equal(ours.coef_ == 0, reference.coef_ == 0)
    assert ours.intercept_ == pytest.approx(reference.intercept_)
    assert_allclose(ours.predict(X), reference.predict(X), rtol=1e-6, atol=1e-7)


def test_three_features_of_diabetes_are_left():
    model = Lasso(alpha=20.0).fit(DIABETES, PROGRESS)
    assert [datasets.load_diabetes().feature_names[j] for j in np.flatnonzero(model.coef_)] == ["bmi", "bp", "s5"]
    assert model.score(DIABETES, PROGRESS) == pytest.approx(0.369, abs=0.001)


# --- the certificate ------------------------------------------------------------------------------


@pytest.mark.parametrize("alpha", [0.01, 1.0, 10.0, 44.0])
def test_slope_and_penalty_balance(alpha):
    model = Lasso(alpha).fit(DIABETES, PROGRESS)
    c, w = slopes(model, DIABETES, PROGRESS), model.coef_
    assert_allclose(c[w != 0], alpha * np.sign(w[w != 0]), rtol=1e-9)
    assert np.all(np.abs(c[w == 0]) <= alpha)
    assert model.kkt_ <= 1e-11


def test_the_certificate_knows_weights_that_are_not_the_best():
    class Wrong(Lasso):
        def _solve(self, X, y):
            w = super()._solve(X, y)
            self.kkt_ = math.nan
            return w + 0.01

    model = Wrong(2.0).fit(DIABETES, PROGRESS)
    assert np.max(np.abs(slopes(model, DIABETES, PROGRESS)) - 2.0) > 0.01


@given(SEEDS, alphas)
def test_no_other_plane_pays_less(seed, alpha):
    (X, y), rng = examples(seed), np.random.default_rng(seed)
    model = Lasso(alpha).fit(X, y)

    def cost(w, b):
        return np.sum((y - X @ w - b) ** 2) / (2 * len(X)) + alpha * np.sum(np.abs(w))

    other = model.coef_ + rng.normal(size=4), model.intercept_ + rng.normal()
    assert model.kkt_ <= 1e-9 * (1 + np.max(np.abs(X)) * np.max(np.abs(y)))
    assert cost(model.coef_, model.intercept_) <= cost(*other) + 1e-9


# --- where weights begin --------------------------------------------------------------------------


def test_from_the_strongest_penalty_on_no_feature_is_left():
    strongest = strongest_penalty(DIABETES, PROGRESS - PROGRESS.mean())
    assert strongest == pytest.approx(45.16, abs=0.01)
    nothing = Lasso(strongest * (1 + 1e-12)).fit(DIABETES, PROGRESS)
    assert not nothing.coef_.any()
    assert nothing.intercept_ == pytest.approx(PROGRESS.mean())
    assert np.count_nonzero(Lasso(strongest * 0.999).fit(DIABETES, PROGRESS).coef_) == 1


def test_the_regularisation_path_goes_through_it():
    path = regularization_path(DIABETES, PROGRESS - PROGRESS.mean(), [0.5, 2.0, 20.0])
    for strength, weights in zip(path.strengths, path.weights, strict=True):
        assert_allclose(weights, Lasso(strength).fit(DIABETES, PROGRESS).coef_, atol=1e-9)


def test_perpendicular_columns_shrink_by_the_penalty_each():
    Q, _ = np.linalg.qr(center_columns(np.random.default_rng(0).normal(size=(50, 4)))[0])
    X, y = np.sqrt(50) * Q, np.random.default_rng(1).normal(size=50)
    free = LinearRegression().fit(X, y).coef_
    assert_allclose(Lasso(0.1).fit(X, y).coef_, np.sign(free) * np.maximum(np.abs(free) - 0.1, 0), atol=1e-12)


def test_features_that_made_the_targets_are_found_among_many():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 200))
    model = Lasso(0.2).fit(X, X[:, [3, 70, 150]] @ [3, -2, 4] + 0.1 * rng.normal(size=60))
    assert set(np.flatnonzero(np.abs(model.coef_) > 0.5)) == {3, 70, 150}
    assert np.count_nonzero(model.coef_) < 20
    assert model.kkt_ < 1e-10


@given(SEEDS, alphas, st.integers(-1000, 1000))
def test_moving_the_targets_moves_the_intercept_alone(seed, alpha, offset):
    X, y = examples(seed)
    here, there = Lasso(alpha).fit(X, y), Lasso(alpha).fit(X, y + offset)
    assert_allclose(there.predict(X), here.predict(X) + offset, atol=1e-6)


# --- edges ----------------------------------------------------------------------------------------


def test_without_a_penalty_it_is_least_squares():
    assert_allclose(Lasso(0).fit(DIABETES, PROGRESS).coef_, LinearRegression().fit(DIABETES, PROGRESS).coef_, rtol=1e-7)


def test_a_constant_column_gets_no_weight():
    model = Lasso(0.5).fit(np.column_stack([DIABETES, np.full(442, 7.1)]), PROGRESS)
    assert model.coef_[-1] == 0
    assert_allclose(model.coef_[:-1], Lasso(0.5).fit(DIABETES, PROGRESS).coef_, rtol=1e-9)


def test_of_twins_as_much_weight_as_one_of_them_would_have():
    both = Lasso(1.0).fit(np.column_stack([DIABETES, DIABETES[:, 2]]), PROGRESS)
    alone = Lasso(1.0).fit(DIABETES, PROGRESS)
    assert both.coef_[2] + both.coef_[-1] == pytest.approx(alone.coef_[2])
    assert both.kkt_ <= 1e-10


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: Lasso(-0.1).fit([[1]], [1]),
            ValueError,
            "alpha must be finite and at least 0, but alpha = -0.1 came",
        ),
        (
            lambda: Lasso().fit([[1], [2]], [1, 2, 3]),
            ValueError,
            "y must have one entry for each row of X, but y has 3 and X has 2",
        ),
        (lambda: Lasso().predict([[1]]), ValueError, "Lasso must be fitted before it can predict: call fit first"),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
