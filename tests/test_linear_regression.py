"""Linear regression: the weights of scikit-learn by three ways, and where the shortest of them breaks."""

import contextlib
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose
from sklearn import datasets, linear_model

from mathml.algorithms.linear_regression import LinearRegression
from mathml.matrices import cholesky, condition_number, inverse

DIABETES = datasets.load_diabetes(return_X_y=True)
CANCER, BENIGN = datasets.load_breast_cancer(return_X_y=True)
SOLVERS = ["qr", "svd", "normal"]

every_solver = pytest.mark.parametrize("solver", SOLVERS)
numbers = st.integers(-9, 9).map(float)


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def with_sum(X, i=0, j=1):
    """One more column, that is the sum of two others."""
    return np.column_stack([X, X[:, i] + X[:, j]])


def rmse(errors):
    return math.sqrt(np.mean(errors**2))


# --- the oracle -----------------------------------------------------------------------------------


@every_solver
@pytest.mark.parametrize(
    ("X", "y", "fit_intercept"),
    [(*DIABETES, True), (*DIABETES, False), (CANCER, BENIGN, True)],
    ids=["diabetes", "diabetes through the origin", "cancer"],
)
def test_the_weights_are_scikit_learns(X, y, fit_intercept, solver):
    ours = LinearRegression(solver=solver, fit_intercept=fit_intercept).fit(X, y)
    theirs = linear_model.LinearRegression(fit_intercept=fit_intercept).fit(X, y)
    assert_allclose(ours.coef_, theirs.coef_, rtol=1e-7)
    assert_allclose(ours.intercept_, theirs.intercept_, rtol=1e-9)
    assert_allclose(ours.predict(X), theirs.predict(X), rtol=1e-9, atol=1e-9)
    assert_allclose(ours.score(X, y), theirs.score(X, y), rtol=1e-9)


@every_solver
def test_no_direction_is_given_up_that_rounding_leaves(solver):
    # κ(X) = 1.5·10⁶: scikit-learn, from 1.9 on, drops what is below 10⁻⁶ of the largest, LAPACK does not.
    ours = LinearRegression(solver=solver, fit_intercept=False).fit(CANCER, BENIGN).coef_
    assert_allclose(ours, np.linalg.lstsq(CANCER, BENIGN, rcond=None)[0], rtol=1e-6)


def test_diabetes_is_half_explained():
    assert LinearRegression().fit(*DIABETES).score(*DIABETES) == pytest.approx(0.5177, abs=1e-4)


# --- laws -----------------------------------------------------------------------------------------


@every_solver
def test_what_is_left_is_perpendicular_to_every_column(solver):
    X, y = DIABETES
    left = y - LinearRegression(solver=solver).fit(X, y).predict(X)
    assert_allclose(with_ones(X).T @ left, 0, atol=1e-9 * np.linalg.norm(y))


@given(
    hnp.arrays(float, (8, 3), elements=numbers),
    hnp.arrays(float, 3, elements=numbers),
    numbers,
    st.sampled_from(SOLVERS),
)
def test_weights_that_made_the_targets_are_found_again(X, w, b, solver):
    assume(np.linalg.matrix_rank(with_ones(X)) == 4)
    model = LinearRegression(solver=solver).fit(X, X @ w + b)
    assert_allclose(model.coef_, w, atol=1e-7)
    assert_allclose(model.intercept_, b, atol=1e-7)


@given(hnp.arrays(float, (6, 2), elements=numbers), hnp.arrays(float, 6, elements=numbers), st.integers(0, 99))
def test_no_other_plane_is_nearer(X, y, seed):
    model = LinearRegression(solver="svd").fit(X, y)
    step = np.random.default_rng(seed).normal(size=3)
    other = X @ (model.coef_ + step[:2]) + model.intercept_ + step[2]
    assert rmse(y - model.predict(X)) <= rmse(y - other) + 1e-9


@every_solver
def test_targets_that_are_moved_move_the_intercept_only(solver):
    X, y = DIABETES
    here, there = LinearRegression(solver=solver).fit(X, y), LinearRegression(solver=solver).fit(X, y + 1000)
    assert_allclose(there.coef_, here.coef_, rtol=1e-8)
    assert there.intercept_ == pytest.approx(here.intercept_ + 1000)


@every_solver
def test_without_an_intercept_the_plane_goes_through_the_origin(solver):
    model = LinearRegression(solver=solver, fit_intercept=False).fit(*DIABETES)
    assert model.intercept_ == 0
    assert_allclose(model.predict(np.zeros((1, 10))), 0)


# --- where the normal equation breaks -------------------------------------------------------------


def test_the_normal_equation_squares_the_condition_number():
    assert condition_number(CANCER) == pytest.approx(1.49e6, rel=0.01)
    assert condition_number(CANCER.T @ CANCER) == pytest.approx(2.2e12, rel=0.01)


@every_solver
def test_the_raw_features_of_breast_cancer_still_hold(solver):
    model = LinearRegression(solver=solver).fit(CANCER, BENIGN)
    assert rmse(BENIGN - model.predict(CANCER)) == pytest.approx(0.2297, abs=1e-4)


@pytest.mark.parametrize("solver", ["qr", "normal"])
@pytest.mark.parametrize("pair", [(0, 1), (0, 2), (3, 23), (28, 29)])
def test_a_column_that_is_the_sum_of_two_others_is_refused_with_the_way_out(pair, solver):
    X = with_sum(CANCER, *pair)
    with pytest.raises(ValueError, match='solver="svd" can') as caught:
        LinearRegression(solver=solver).fit(X, BENIGN)
    assert f'solver="{solver}" cannot tell' in str(caught.value)
    with pytest.raises(ValueError, match="must be positive definite"):
        cholesky(X.T @ X)
    model = LinearRegression(solver="svd").fit(X, BENIGN)
    assert rmse(BENIGN - model.predict(X)) == pytest.approx(0.2297, abs=1e-4)


def test_an_explicit_inverse_of_what_has_none_is_refused():
    X = with_sum(with_ones(CANCER), 1, 2)
    with pytest.raises(ValueError, match="A must not be singular"):
        inverse(X.T @ X)


def test_an_explicit_inverse_that_looks_at_no_pivot_predicts_nonsense():
    # XᵀX is singular but for rounding, so its "inverse" is made of rounding errors. How far off it is is a matter of
    # luck, of the pair of columns and of the library: 1.0 was measured for the first pair, .3 and 2 for others.
    # On some machines rounding leaves a pivot of just 0 for one pair or two, and NumPy refuses these.
    errors = []
    for j in range(2, 31):
        X = with_sum(with_ones(CANCER), 1, j)
        with contextlib.suppress(np.linalg.LinAlgError):
            errors.append(rmse(BENIGN - X @ (np.linalg.inv(X.T @ X) @ (X.T @ BENIGN))))
    assert len(errors) > 20
    assert min(errors) > 0.2296
    assert np.median(errors) > 0.25
    assert max(errors) > 0.5


def test_without_the_sum_an_explicit_inverse_is_right():
    X = with_ones(CANCER)
    w = inverse(X.T @ X) @ (X.T @ BENIGN)
    assert rmse(BENIGN - X @ w) == pytest.approx(0.2297, abs=1e-4)


def test_of_all_weights_that_fit_svd_takes_the_shortest():
    X, y = np.array([[1.0, 1, 2], [2, 0, 2], [0, 3, 3], [1, 5, 6]]), np.array([1.0, 4, 2, 5])
    w = LinearRegression(solver="svd").fit(X, y).coef_
    lost = np.array([1.0, 1, -1])  # X @ lost is 0: this part of w would be of no use
    assert w @ lost == pytest.approx(0, abs=1e-12)
    assert_allclose(w, linear_model.LinearRegression().fit(X, y).coef_, rtol=1e-10)


# --- edges ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("offset", [0.0, 0.1, 1e8 + 0.1])
def test_a_constant_column_beside_an_intercept_is_of_no_use(offset):
    X, y = DIABETES
    model = LinearRegression(solver="svd").fit(np.column_stack([X, np.full(len(X), offset)]), y)
    assert model.coef_[-1] == 0
    assert_allclose(model.coef_[:-1], LinearRegression().fit(X, y).coef_, rtol=1e-9)


@pytest.mark.parametrize("solver", ["qr", "normal"])
def test_a_constant_column_beside_an_intercept_is_refused(solver):
    X = np.column_stack([DIABETES[0], np.full(len(DIABETES[0]), 1e8 + 0.1)])
    with pytest.raises(ValueError, match="do not depend on one another"):
        LinearRegression(solver=solver).fit(X, DIABETES[1])


def test_fewer_examples_than_features_are_fitted_without_error_by_svd():
    X, y = DIABETES[0][:6], DIABETES[1][:6]
    model = LinearRegression(solver="svd").fit(X, y)
    assert_allclose(model.predict(X), y, rtol=1e-9)
    assert_allclose(model.coef_, linear_model.LinearRegression().fit(X, y).coef_, rtol=1e-7)


def test_one_example_is_met_by_the_intercept_alone():
    model = LinearRegression(solver="svd").fit([[3, 4]], [7])
    assert model.coef_.tolist() == [0, 0]
    assert model.intercept_ == 7


@every_solver
def test_a_far_away_cloud_has_the_same_weights(solver):
    X = np.array([[0.0, 1], [1, 0], [2, 2], [3, 1]])
    y = X @ [2, -1]
    assert_allclose(LinearRegression(solver=solver).fit(X + 1e8, y).coef_, [2, -1], rtol=1e-12)


def test_whole_numbers_and_lists_are_computed_with_as_float64():
    model = LinearRegression().fit([[0], [1], [2]], np.array([1, 3, 5], dtype=np.int8))
    assert_allclose(model.predict([[10]]), [21])


def test_the_mean_scores_zero_and_a_perfect_fit_one():
    X, y = [[0], [1], [2]], [1, 3, 5]
    assert LinearRegression().fit(X, y).score(X, y) == pytest.approx(1)
    assert LinearRegression().fit([[1], [2], [3], [4]], [1, -1, -1, 1]).score([[1], [2]], [3, -3]) == pytest.approx(0)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: LinearRegression(solver="lu").fit([[1]], [1]),
            ValueError,
            'solver must be one of "qr", "svd", "normal", but \'lu\' came',
        ),
        (
            lambda: LinearRegression().fit([[1], [2]], [1, 2, 3]),
            ValueError,
            "y must have one entry for each row of X, but y has 3 and X has 2",
        ),
        (
            lambda: LinearRegression().fit([[1], [2]], [[1], [2]]),
            ValueError,
            "y must be a vector: one row of numbers, but an array of shape (2, 1) came",
        ),
        (
            lambda: LinearRegression().fit([[1], [math.inf]], [1, 2]),
            ValueError,
            "X must be finite, but X[1, 0] is inf",
        ),
        (
            lambda: LinearRegression(solver="normal").fit([[1, 2], [2, 4], [3, 6]], [1, 2, 3]),
            ValueError,
            "X must have columns that do not depend on one another, but they do, or so nearly that "
            'solver="normal" cannot tell: solver="svd" can, and takes the shortest of the weights that fit',
        ),
        (
            lambda: LinearRegression().predict([[1]]),
            ValueError,
            "LinearRegression must be fitted before it can predict: call fit first",
        ),
        (
            lambda: LinearRegression().fit([[1], [2]], [1, 2]).predict([[1, 2]]),
            ValueError,
            "X must have 1 columns, as in fit, but 2 came",
        ),
        (
            lambda: LinearRegression().fit([[1], [2]], [1, 2]).score([[1], [2]], [3, 3]),
            ValueError,
            "y must vary for R² to be defined, but all of it is 3",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
