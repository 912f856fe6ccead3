"""The gradient check: it finds what was planted, and does not cry wolf, whatever the scale."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import optimize

from mathml.calculus import check_gradient
from mathml.functions import log_sum_exp, sigmoid, softmax

X = np.random.default_rng(5).normal(size=(12, 4))
y = np.random.default_rng(6).normal(size=12)
ENTRY = st.floats(-2, 2).map(lambda x: round(x, 3))
WEIGHTS = hnp.arrays(np.float64, 4, elements=ENTRY)

pytestmark = pytest.mark.filterwarnings("error")


def ridge(w):
    return np.mean((X @ w - y) ** 2) + 0.1 * w @ w


def ridge_gradient(w):
    return 2 / len(y) * X.T @ (X @ w - y) + 0.2 * w


def logistic(w):
    return -np.sum(np.log(sigmoid(X @ w)))


def logistic_gradient(w):
    return -X.T @ sigmoid(-X @ w)


RIGHT = {
    "ridge": (ridge, ridge_gradient),
    "logistic": (logistic, logistic_gradient),
    "log-sum-exp": (log_sum_exp, softmax),
    "Rosenbrock": (optimize.rosen, optimize.rosen_der),
}


def of_one_entry(gradient, j, change):
    def wrong(w):
        slopes = gradient(w)
        slopes[j] = change(slopes[j])
        return slopes

    return wrong


PLANTED = {
    "the sign": lambda w: -ridge_gradient(w),
    "a factor of two": lambda w: 2 / len(y) * X.T @ (X @ w - y) / 2 + 0.2 * w,
    "a sum for a mean": lambda w: 2 * X.T @ (X @ w - y) + 0.2 * w,
    "the penalty forgotten": lambda w: 2 / len(y) * X.T @ (X @ w - y),
    "half of the penalty": lambda w: 2 / len(y) * X.T @ (X @ w - y) + 0.1 * w,
    "y forgotten": lambda w: 2 / len(y) * X.T @ (X @ w) + 0.2 * w,
    "one entry": of_one_entry(ridge_gradient, 2, lambda slope: slope + 0.01),
    "one entry missing": of_one_entry(ridge_gradient, 3, lambda slope: 0.0),
    "two entries exchanged": lambda w: ridge_gradient(w)[[1, 0, 2, 3]],
    "a part in a thousand": lambda w: 1.001 * ridge_gradient(w),
    "not a number": lambda w: ridge_gradient(w) * np.nan,
    "infinity": of_one_entry(ridge_gradient, 0, lambda slope: math.inf),
}


# --- what is right, and what is wrong -------------------------------------------------------------


@pytest.mark.parametrize(("f", "gradient"), RIGHT.values(), ids=RIGHT.keys())
@given(w=WEIGHTS)
def test_a_right_gradient_agrees_as_scipy_finds_too(f, gradient, w):
    assert check_gradient(f, gradient, w)
    assert optimize.check_grad(f, gradient, w) < 1e-3


@pytest.mark.parametrize("wrong", PLANTED.values(), ids=PLANTED.keys())
def test_a_mistake_that_was_planted_is_found(wrong):
    w = np.array([0.7, -0.4, 1.1, 0.3])
    found = check_gradient(ridge, wrong, w)
    assert not found
    assert not found.agrees
    assert found.error > 1e-4


@given(WEIGHTS, st.integers(0, 3), st.floats(1e-3, 1e3), st.sampled_from([-1, 1]))
def test_the_entry_that_is_wrong_is_the_one_that_is_named(w, j, size, sign):
    found = check_gradient(ridge, of_one_entry(ridge_gradient, j, lambda slope: slope + sign * size), w)
    assert not found
    assert found.worst == j
    assert math.isclose(found.came - found.expected, sign * size, rel_tol=1e-4)


def test_the_error_is_relative_to_the_larger_of_the_two():
    found = check_gradient(lambda x: np.sum(x**2), lambda x: 4 * x, [1.0, 3.0])
    assert math.isclose(found.error, 0.5, rel_tol=1e-6)
    found = check_gradient(lambda x: np.sum(x**2), lambda x: -2 * x, [1.0, 3.0])
    assert math.isclose(found.error, 2, rel_tol=1e-6)


def test_a_matrix_may_be_checked_and_a_transposed_gradient_is_found():
    W = np.random.default_rng(1).normal(size=(4, 4))
    right = 2 * X.T @ (X @ W)
    assert check_gradient(lambda W: np.sum((X @ W) ** 2), lambda W: 2 * X.T @ (X @ W), W)
    found = check_gradient(lambda W: np.sum((X @ W) ** 2), lambda W: (2 * X.T @ (X @ W)).T, W)
    assert not found
    i, j = found.worst
    assert math.isclose(found.expected, right[i, j], rel_tol=1e-6)
    assert math.isclose(found.came, right[j, i], rel_tol=1e-12)


def test_a_tolerance_says_what_agrees():
    almost = PLANTED["a part in a thousand"]
    assert check_gradient(ridge, almost, [1.0, 2.0, 3.0, 4.0], tol=0.01)
    assert not check_gradient(ridge, almost, [1.0, 2.0, 3.0, 4.0], tol=1e-4)


def test_the_report_can_be_read():
    found = check_gradient(lambda x: x @ x, lambda x: np.array([2, -2]) * x, [1.0, 3.0])
    assert str(found) == ("the gradient is wrong: at worst, in entry 1, -6 came and differences give 6 (error 2.0e+00)")
    assert str(check_gradient(lambda x: x @ x, lambda x: 2 * x, [1.0, 3.0])).startswith("the gradient agrees")


# --- badly scaled functions -----------------------------------------------------------------------

A = np.array([[1e8, 1.0], [1.0, 1e-8]])
BADLY_SCALED = {
    "a logarithm over sixteen decades": (lambda x: np.sum(np.log(x)), lambda x: 1 / x, [1e-8, 1.0, 1e8]),
    "a fast wave": (lambda x: np.sum(np.sin(1e8 * x)), lambda x: 1e8 * np.cos(1e8 * x), [1e-8, 3e-9, 0.0]),
    "a wave far out": (lambda x: np.sum(np.sin(x)), np.cos, [1e8, -3e8]),
    "a slow one": (lambda x: np.sum(np.tanh(1e-8 * x)), lambda x: 1e-8 / np.cosh(1e-8 * x) ** 2, [1e8, -2e7, 0.0]),
    "a narrow bump": (
        lambda x: np.exp(-np.sum((1e8 * x) ** 2)),
        lambda x: -2e16 * x * np.exp(-np.sum((1e8 * x) ** 2)),
        [5e-9, -3e-9],
    ),
    "a large offset": (lambda x: 1e8 + np.sum(x**2), lambda x: 2 * x, [1.0, 0.0, 3e-5, 1e-8]),
    "tiny values": (lambda x: 1e-30 * np.sum(x**4), lambda x: 4e-30 * x**3, [1e8, 1e5]),
    "huge values": (lambda x: 1e30 * np.sum(x**4), lambda x: 4e30 * x**3, [1e-8, 1e8, 1.0]),
    "a stiff quadratic": (lambda x: np.sum((A @ x) ** 2), lambda x: 2 * A.T @ (A @ x), [1e-8, 1e8]),
    "an inverse": (lambda x: np.sum(1 / x), lambda x: -1 / x**2, [1e-8, -1e-8, 1e8]),
    "a root": (lambda x: np.sum(np.sqrt(x)), lambda x: 0.5 / np.sqrt(x), [1e-8, 1e-12, 1e8]),
    "a function that refuses": (lambda x: math.log(x[0]), lambda x: 1 / x, [1e-8]),
    "a division of two that are nearly equal": (lambda x: np.sum((x + 1e6) - 1e6), np.ones_like, [1.0, 1e-3, 0.0]),
}


@pytest.mark.parametrize(("f", "gradient", "x"), BADLY_SCALED.values(), ids=BADLY_SCALED.keys())
def test_no_scale_makes_a_right_gradient_wrong(f, gradient, x):
    assert check_gradient(f, gradient, x), str(check_gradient(f, gradient, x))


@pytest.mark.parametrize("mistake", [-1, 2, 0.5, 1.01, 0])
@pytest.mark.parametrize(("f", "gradient", "x"), BADLY_SCALED.values(), ids=BADLY_SCALED.keys())
def test_no_scale_makes_a_wrong_gradient_right(f, gradient, x, mistake):
    assert not check_gradient(f, lambda x: mistake * gradient(x), x)


@given(st.floats(-8, 8).map(lambda power: 10**power), st.floats(-8, 8).map(lambda power: 10**power), WEIGHTS)
def test_the_units_of_input_and_output_make_no_gradient_wrong_nor_right(unit_in, unit_out, w):
    def f(v):
        return unit_out * logistic(v / unit_in)

    def gradient(v):
        return unit_out / unit_in * logistic_gradient(v / unit_in)

    assert check_gradient(f, gradient, unit_in * w)
    assume(np.max(np.abs(gradient(unit_in * w))) > 1e-8)  # what is smaller counts as zero
    assert not check_gradient(f, lambda v: -gradient(v), unit_in * w)


# --- what cannot be checked -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f", "gradient", "x", "tol", "message"),
    [
        (ridge, lambda w: w[:2], np.ones(4), 1e-6, r"^gradient must give the shape of x, \(4,\), but \(2,\) came$"),
        (ridge, lambda w: w[:, np.newaxis], np.ones(4), 1e-6, r"^gradient must .*, but \(4, 1\) came$"),
        (lambda w: np.inf, np.ones_like, np.ones(4), 1e-6, r"^f must be finite at x, but f\(x\) = inf came$"),
        (ridge, ridge_gradient, np.ones(4), 0, r"^tol must be above 0, but tol = 0 came$"),
        (ridge, ridge_gradient, [np.inf], 1e-6, r"^x must be finite, but infinity came$"),
        (lambda w: np.sqrt(w[0]), np.ones_like, [0.0], 1e-6, r"^f must be finite on both sides of x, but close to 0 "),
    ],
    ids=["too short", "a column", "infinite", "no tolerance", "far out", "at the edge"],
)
def test_what_cannot_be_checked_is_said(f, gradient, x, tol, message):
    with pytest.raises(ValueError, match=message):
        check_gradient(f, gradient, x, tol)


def test_f_must_give_a_number():
    with pytest.raises(TypeError, match=r"^f\(x\) must be a number, but an array of shape \(2,\) came$"):
        check_gradient(lambda x: x, lambda x: x, [1.0, 2.0])
