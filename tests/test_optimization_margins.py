"""Losses, example by example: by the margin and by the error, and their slopes at the kinks."""

import numpy as np
import pytest
import scipy.optimize
import scipy.special
import sklearn.linear_model
import sklearn.metrics
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from mathml.autodiff import grad
from mathml.information import binary_cross_entropy_from_logits
from mathml.optimization.margins import MARGIN_LOSSES, exponential_loss, hinge, hinge_slope, logistic, zero_one
from mathml.optimization.robust import huber, huber_regression, huber_slope

MARGINS = hnp.arrays(float, st.integers(1, 6), elements=st.floats(-30, 30, allow_subnormal=False))
DELTAS = st.floats(1e-3, 1e3)
SMOOTH = [name for name in MARGIN_LOSSES if name != "zero-one"]


def step(m, t, loss):
    """How much a loss rises from m on, at the rate of a small step t."""
    return (loss(m + t) - loss(m)) / t


# --- by the margin --------------------------------------------------------------------------------


@given(MARGINS)
def test_the_hinge_is_scikit_learns(margin):
    margin = np.append(margin, [0.5, 0.5])  # both classes must be there
    signs = np.resize([1, -1], len(margin))
    assert_allclose(hinge(margin).mean(), sklearn.metrics.hinge_loss(signs, signs * margin), atol=1e-12)


@given(MARGINS)
def test_the_logistic_loss_is_the_binary_cross_entropy(margin):
    assert_allclose(logistic(margin).mean(), binary_cross_entropy_from_logits(np.ones(len(margin)), margin), rtol=1e-12)
    assert_allclose(logistic(margin), -scipy.special.log_expit(margin), rtol=1e-12)


@pytest.mark.parametrize("name", SMOOTH)
@given(m=st.floats(-20, 20).filter(lambda m: abs(m - 1) > 1e-3))
def test_a_slope_is_the_derivative(name, m):
    loss, slope = MARGIN_LOSSES[name]
    assert_allclose(slope(m), grad(loss)(m), rtol=1e-12)
    assert_allclose(slope(m), (loss(m + 1e-4) - loss(m - 1e-4)) / 2e-4, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", SMOOTH)
@given(a=st.floats(-20, 20), b=st.floats(-20, 20))
def test_each_loss_but_the_zero_one_lies_above_its_tangents(name, a, b):
    loss, slope = MARGIN_LOSSES[name]
    assert loss(b) >= loss(a) + slope(a) * (b - a) - 1e-9 * (1 + abs(slope(a)) * abs(b - a))


@given(MARGINS)
def test_they_lie_above_the_zero_one_loss(margin):
    for name in ("hinge", "squared", "exponential"):
        assert np.all(MARGIN_LOSSES[name][0](margin) >= zero_one(margin))
    assert np.all(logistic(margin) / np.log(2) >= zero_one(margin) * (1 - 1e-12))


def test_at_the_kink_the_hinge_has_the_subgradient_0():
    assert hinge_slope(1) == 0 == grad(hinge)(1.0)
    assert step(1.0, -1e-6, hinge) == pytest.approx(-1)
    assert step(1.0, 1e-6, hinge) == 0


def test_the_zero_one_loss_counts_mistakes_and_has_no_slope():
    loss, slope = MARGIN_LOSSES["zero-one"]
    assert_array_equal(loss([-3, -1e-9, 0, 1e-9, 3]), [1, 1, 1, 0, 0])
    assert not slope([-3, 0, 3]).any()


@pytest.mark.filterwarnings("error")
def test_huge_margins_make_no_warning_and_no_nan():
    for loss, slope in MARGIN_LOSSES.values():
        assert not np.isnan(loss([-1e200, 1e200])).any()
        assert not np.isnan(slope([-1e200, 1e200])).any()
    assert exponential_loss(-1e3) == np.inf
    assert_array_equal(logistic([-1e200, 1e200]), [1e200, 0])


@pytest.mark.parametrize("loss", [f for pair in MARGIN_LOSSES.values() for f in pair])
def test_a_margin_is_a_number(loss):
    with pytest.raises(TypeError, match="margin must be an array of numbers, but the text 'far' came"):
        loss("far")
    with pytest.raises(ValueError, match="margin must not hold NaN"):
        loss([0, np.nan])
    assert loss(np.zeros((2, 3))).shape == (2, 3)


# --- by the error ---------------------------------------------------------------------------------


@given(MARGINS, DELTAS)
def test_hubers_loss_is_scipys(error, delta):
    assert_allclose(huber(error, delta), scipy.special.huber(delta, error), rtol=1e-12, atol=1e-15)


@given(MARGINS, DELTAS)
def test_its_slope_is_the_derivative_on_both_pieces_and_where_they_meet(error, delta):
    for r in (*error, delta, -delta):
        assert_allclose(huber_slope(r, delta), grad(lambda r, delta=delta: huber(r, delta))(r), rtol=1e-12, atol=1e-15)
    sides = [step(delta, t, lambda r: huber(r, delta)) for t in (-1e-6 * delta, 1e-6 * delta)]
    assert_allclose(sides, delta, rtol=1e-5)


@pytest.mark.filterwarnings("error")
def test_a_huge_error_does_not_overflow():
    assert huber(1e300, 2) == pytest.approx(2e300)
    assert huber_slope(-1e300, 2) == -2


def test_delta_is_above_0():
    for f in (lambda delta: huber(1, delta), lambda delta: huber_slope(1, delta)):
        with pytest.raises(ValueError, match=r"delta must be above 0, but delta = 0 came"):
            f(0)


def line(seed, n=20, d=3, wrong=5):
    rng = np.random.default_rng(seed)
    X = np.column_stack([np.ones(n), rng.normal(size=(n, d))])
    y = X @ rng.normal(size=d + 1) + rng.normal(size=n)
    y[:wrong] += 30 * rng.normal(size=wrong)
    return X, y


@given(st.integers(0, 99), st.floats(1e-4, 10))
def test_hubers_weights_are_where_the_pulls_hold_each_other(seed, delta):
    X, y = line(seed)
    w = huber_regression(X, y, delta)
    assert np.max(np.abs(X.T @ huber_slope(X @ w - y, delta))) <= 1e-8 * delta * len(X)


@pytest.mark.parametrize("delta", [0.1, 1.0, 5.0])
def test_they_are_as_low_as_scipy_finds(delta):
    X, y = line(0)
    best = scipy.optimize.minimize(lambda w: huber(X @ w - y, delta).sum(), np.zeros(4), method="BFGS", tol=1e-10)
    assert huber(X @ huber_regression(X, y, delta) - y, delta).sum() <= best.fun * (1 + 1e-9)


def test_with_a_large_delta_they_are_least_squares_and_with_a_small_one_the_least_sum_of_sizes():
    X, y = line(1)
    assert_allclose(huber_regression(X, y, 1e3), np.linalg.lstsq(X, y)[0], rtol=1e-10)
    quantile = sklearn.linear_model.QuantileRegressor(quantile=0.5, alpha=0, fit_intercept=False).fit(X, y)
    assert_allclose(huber_regression(X, y, 1e-6), quantile.coef_, atol=1e-4)


@given(st.floats(50, 1e6))
def test_a_value_that_is_far_off_pulls_no_harder_when_it_is_further(far):
    X, y = line(2, wrong=0)
    once, again = y.copy(), y.copy()
    once[0], again[0] = 50, far
    assert_allclose(huber_regression(X, once), huber_regression(X, again), atol=1e-8)


def test_the_unit_of_a_feature_does_not_matter():
    X, y = line(3)
    units = np.array([1, 1e6, 1e-6, 1])
    assert_allclose(huber_regression(X * units, y) * units, huber_regression(X, y), rtol=1e-8)


def test_columns_that_say_the_same_are_refused():
    with pytest.raises(ValueError, match="A must have independent columns"):
        huber_regression([[1, 1], [2, 2], [3, 3]], [1, 2, 3])
    with pytest.raises(ValueError, match="X and y must have the same length, but X has 3 and y has 2"):
        huber_regression([[1], [2], [3]], [1, 2])
