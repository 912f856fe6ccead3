"""Ridge regression: scikit-learn's weights, what shrinks and by how much, and that no intercept is punished."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import datasets, linear_model

from mathml.algorithms.linear_regression import LinearRegression
from mathml.algorithms.ridge import Ridge
from mathml.optimization import regularization_path
from mathml.statistics import ridge_penalty
from mathml.vectors import standardize_columns

DIABETES, PROGRESS = datasets.load_diabetes(return_X_y=True)
DIABETES = standardize_columns(DIABETES)
CANCER, BENIGN = datasets.load_breast_cancer(return_X_y=True)

every_alpha = pytest.mark.parametrize("alpha", [1e-6, 1.0, 50.0, 1e6])
numbers = st.integers(-9, 9).map(float)
tables = st.integers(1, 8).flatmap(lambda n: hnp.arrays(float, (n, 4), elements=numbers))
alphas = st.sampled_from([1e-3, 0.1, 1.0, 30.0])
IN_ONE = {"cancer": (CANCER, BENIGN), "diabetes": (DIABETES, PROGRESS), "wide": (DIABETES[:6], PROGRESS[:6])}


# --- the oracle -----------------------------------------------------------------------------------


@every_alpha
@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("data", IN_ONE)
def test_the_weights_are_scikit_learns(data, fit_intercept, alpha):
    X, y = IN_ONE[data]
    ours = Ridge(alpha, fit_intercept=fit_intercept).fit(X, y)
    theirs = linear_model.Ridge(alpha, fit_intercept=fit_intercept, solver="svd").fit(X, y)
    assert_allclose(ours.coef_, theirs.coef_, rtol=1e-6, atol=1e-10)
    assert_allclose(ours.intercept_, theirs.intercept_, rtol=1e-7)
    assert_allclose(ours.predict(X), theirs.predict(X), rtol=1e-6, atol=1e-7)
    assert ours.score(X, y) == pytest.approx(theirs.score(X, y))


@every_alpha
def test_the_normal_equation_holds(alpha):
    model = Ridge(alpha, fit_intercept=False).fit(DIABETES, PROGRESS)
    left = DIABETES.T @ (PROGRESS - model.predict(DIABETES))
    assert_allclose(left, alpha * model.coef_, atol=1e-8)
    assert model.kkt_ <= 1e-8


# --- laws -----------------------------------------------------------------------------------------


def test_each_direction_shrinks_by_its_own_factor():
    _, s, Vt = np.linalg.svd(DIABETES, full_matrices=False)
    free = LinearRegression(fit_intercept=False).fit(DIABETES, PROGRESS).coef_
    held = Ridge(20.0, fit_intercept=False).fit(DIABETES, PROGRESS).coef_
    assert_allclose(Vt @ held, Vt @ free * s**2 / (s**2 + 20), rtol=1e-9)


@given(tables, alphas, st.integers(0, 99))
def test_no_other_plane_pays_less(X, alpha, seed):
    rng = np.random.default_rng(seed)
    y = rng.normal(size=len(X))
    model = Ridge(alpha).fit(X, y)

    def cost(w, b):
        return np.sum((y - X @ w - b) ** 2) + alpha * w @ w

    other = rng.normal(size=4), rng.normal()
    assert cost(model.coef_, model.intercept_) <= cost(model.coef_ + other[0], model.intercept_ + other[1]) + 1e-9


@given(tables, alphas)
def test_the_certificate_is_rounding(X, alpha):
    y = X[:, 0] - 3 * X[:, 1] + np.arange(len(X))
    assert Ridge(alpha).fit(X, y).kkt_ <= 1e-9 * (1 + np.sum(np.abs(X)) * np.max(np.abs(y)))


@given(tables, alphas, st.integers(-1000, 1000))
def test_moving_the_targets_moves_the_intercept_alone(X, alpha, offset):
    y = X @ [1, 2, -1, 0] + np.arange(len(X)) % 3
    here, there = Ridge(alpha).fit(X, y), Ridge(alpha).fit(X, y + offset)
    assert_allclose(there.coef_, here.coef_, atol=1e-8)
    assert there.intercept_ == pytest.approx(here.intercept_ + offset, abs=1e-6)


def test_moving_the_features_changes_no_prediction():
    here, there = Ridge(5.0).fit(DIABETES, PROGRESS), Ridge(5.0).fit(DIABETES + 1e6, PROGRESS)
    assert_allclose(there.coef_, here.coef_, rtol=1e-6)
    assert_allclose(there.predict(DIABETES + 1e6), here.predict(DIABETES), rtol=1e-6)


def test_the_stronger_the_penalty_the_shorter_the_weights():
    lengths = [np.linalg.norm(Ridge(alpha).fit(DIABETES, PROGRESS).coef_) for alpha in (0, 1, 10, 100, 1e3, 1e4, 1e9)]
    assert np.all(np.diff(lengths) < 0)
    assert lengths[-1] < 1e-4


def test_it_is_the_likeliest_after_a_normal_prior():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40, 3))
    noise, prior = 2.0, 0.5
    y = X @ rng.normal(scale=prior, size=3) + rng.normal(scale=noise, size=40)
    model = Ridge(ridge_penalty(noise, prior), fit_intercept=False).fit(X, y)
    posterior = np.linalg.solve(X.T @ X / noise**2 + np.eye(3) / prior**2, X.T @ y / noise**2)
    assert_allclose(model.coef_, posterior, rtol=1e-10)


def test_the_regularisation_path_goes_through_it():
    y = PROGRESS - PROGRESS.mean()
    path = regularization_path(DIABETES, y, [0.01, 0.1, 1.0], l1_ratio=0)
    for strength, weights in zip(path.strengths, path.weights, strict=True):
        assert_allclose(weights, Ridge(strength * len(y)).fit(DIABETES, PROGRESS).coef_, rtol=1e-7)


def test_two_halves_of_the_patients_agree_better_with_a_penalty():
    order = np.random.default_rng(0).permutation(442)
    apart = {}
    for alpha in (0.0, 50.0):
        one, other = (Ridge(alpha).fit(DIABETES[rows], PROGRESS[rows]).coef_ for rows in (order[:221], order[221:]))
        apart[alpha] = np.linalg.norm(one - other)
    assert apart[50.0] < apart[0.0] / 3


# --- edges ----------------------------------------------------------------------------------------


def test_without_a_penalty_it_is_least_squares():
    ours, free = Ridge(0).fit(DIABETES, PROGRESS), LinearRegression().fit(DIABETES, PROGRESS)
    assert_allclose(ours.coef_, free.coef_, rtol=1e-9)


@pytest.mark.parametrize("alpha", [0.0, 1e-300])
def test_of_twins_without_a_penalty_the_shortest_weights_are_taken(alpha):
    X = np.column_stack([DIABETES, DIABETES[:, 0]])
    ours = Ridge(alpha).fit(X, PROGRESS)
    assert_allclose(ours.coef_, LinearRegression(solver="svd").fit(X, PROGRESS).coef_, rtol=1e-7)
    assert ours.coef_[0] == pytest.approx(ours.coef_[-1])


def test_twins_share():
    model = Ridge(1.0).fit(np.column_stack([DIABETES, DIABETES[:, 2]]), PROGRESS)
    assert model.coef_[2] == pytest.approx(model.coef_[-1])


def test_a_constant_column_gets_no_weight_and_one_example_is_met_by_the_intercept():
    model = Ridge(1.0).fit(np.column_stack([DIABETES, np.full(442, 1e8 + 0.1)]), PROGRESS)
    assert model.coef_[-1] == 0
    alone = Ridge(1.0).fit([[3, 4]], [7])
    assert (alone.coef_.tolist(), alone.intercept_) == ([0, 0], 7)


def test_what_came_is_not_changed():
    X, y = DIABETES.copy(), PROGRESS.copy()
    Ridge(1.0).fit(X, y)
    assert_array_equal(X, DIABETES)
    assert_array_equal(y, PROGRESS)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: Ridge(-1).fit([[1]], [1]),
            ValueError,
            "alpha must be finite and at least 0, but alpha = -1 came",
        ),
        (
            lambda: Ridge(math.inf).fit([[1]], [1]),
            ValueError,
            "alpha must be finite and at least 0, but alpha = inf came",
        ),
        (lambda: Ridge("much").fit([[1]], [1]), TypeError, "alpha must be a number, but the text 'much' came"),
        (
            lambda: Ridge().fit([[1], [2]], [1, 2, 3]),
            ValueError,
            "y must have one entry for each row of X, but y has 3 and X has 2",
        ),
        (lambda: Ridge().fit([[1], [math.nan]], [1, 2]), ValueError, "X must be finite, but X[1, 0] is nan"),
        (
            lambda: Ridge().predict([[1]]),
            ValueError,
            "Ridge must be fitted before it can predict: call fit first",
        ),
        (
            lambda: Ridge().fit([[1], [2]], [1, 2]).predict([[1, 2]]),
            ValueError,
            "X must have 1 columns, as in fit, but 2 came",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
