"""The line through points: the loss and its gradients as they are written, and how large a step may be."""

import math
from itertools import pairwise

import numpy as np
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy import optimize
from sklearn.metrics import mean_squared_error

from mathml.calculus import (
    check_gradient,
    gradient,
    hessian,
    line_gradient,
    line_hessian,
    line_loss,
    line_step,
    sharpness,
)
from mathml.matrices import is_positive_semidefinite

ENTRY = st.floats(-5, 5).map(lambda number: round(number, 3))
POINTS = st.integers(1, 6).flatmap(lambda n: hnp.arrays(np.float64, (2, n), elements=ENTRY))
X, Y = np.array([0.0, 1.0, 2.0, 4.0]), np.array([1.0, 3.0, 4.0, 9.0])


@given(ENTRY, ENTRY, POINTS)
def test_the_loss_is_scikit_learns_mean_squared_error(w, b, points):
    x, y = points
    assert_allclose(line_loss(w, b, x, y), mean_squared_error(y, w * x + b), rtol=1e-12)


@given(ENTRY, ENTRY, POINTS)
def test_the_gradient_agrees_with_differences(w, b, points):
    x, y = points
    assert check_gradient(lambda p: line_loss(*p, x, y), lambda p: np.array(line_gradient(*p, x, y)), [w, b])
    assert_allclose(gradient(lambda p: line_loss(*p, x, y), [w, b]), line_gradient(w, b, x, y), rtol=1e-6, atol=1e-6)


def test_loss_gradient_and_hessian_are_what_sympy_makes_of_the_formula():
    w, b = sympy.symbols("w b")
    n = len(X)
    loss = sum((yi - (w * xi + b)) ** 2 for xi, yi in zip(X, Y, strict=True)) / n
    at = {w: 0.7, b: -1.2}
    assert math.isclose(line_loss(0.7, -1.2, X, Y), loss.subs(at))
    assert_allclose(line_gradient(0.7, -1.2, X, Y), [float(sympy.diff(loss, v).subs(at)) for v in (w, b)], rtol=1e-12)
    assert_allclose(line_hessian(X), np.array(sympy.hessian(loss, (w, b)), dtype=float), rtol=1e-12)


def test_the_gradients_are_written_as_in_the_outline():
    w, b, n = 0.7, -1.2, len(X)
    dw = -(2 / n) * sum(x * (y - (w * x + b)) for x, y in zip(X, Y, strict=True))
    db = -(2 / n) * sum(y - (w * x + b) for x, y in zip(X, Y, strict=True))
    assert_allclose(line_gradient(w, b, X, Y), [dw, db], rtol=1e-13)
    assert_allclose(line_step(w, b, X, Y, 0.1), [w - 0.1 * dw, b - 0.1 * db], rtol=1e-13)


@given(POINTS)
def test_the_hessian_is_that_of_differences_and_a_bowl_or_a_valley(points):
    x, y = points
    H = line_hessian(x)
    assert_allclose(H, hessian(lambda p: line_loss(*p, x, y), [0.5, -0.5]), rtol=1e-5, atol=1e-4)
    assert_array_equal(H, H.T)
    assert is_positive_semidefinite(H)
    assert_allclose(sharpness(x), np.linalg.eigvalsh(H)[-1], rtol=1e-12)


def descend(learning_rate, steps, x=X, y=Y):
    path = [(0.0, 0.0)]
    for _ in range(steps):
        path.append(line_step(*path[-1], x, y, learning_rate))
    return np.array(path)


def test_descent_ends_where_scipy_says_the_loss_is_least():
    least = optimize.minimize(lambda p: line_loss(*p, X, Y), [0, 0], tol=1e-12).x
    assert_allclose(descend(1 / sharpness(X), 500)[-1], least, atol=1e-6)
    assert_allclose(least, np.polyfit(X, Y, 1), atol=1e-6)


@given(POINTS)
def test_below_2_over_l_every_step_goes_down_and_beyond_it_goes_up_and_away(points):
    x, y = points
    L = sharpness(x)
    near = [line_loss(w, b, x, y) for w, b in descend(1.9 / L, 20, x, y)]
    assert all(later <= earlier * (1 + 1e-9) + 1e-9 for earlier, later in pairwise(near))
    eigenvector = np.linalg.eigh(line_hessian(x))[1][:, -1]
    slope = eigenvector @ line_gradient(0, 0, x, y)
    assume(abs(slope) > 0.1)
    far = [line_loss(w, b, x, y) for w, b in descend(2.2 / L, 60, x, y)]
    assert far[-1] > far[0]


def test_beyond_1_over_l_it_zigzags_along_the_steepest_direction():
    L = sharpness(X)
    steepest = np.linalg.eigh(line_hessian(X))[1][:, -1]
    least = np.polyfit(X, Y, 1)
    for learning_rate, sides in [(0.9 / L, 1), (1.1 / L, -1), (1.9 / L, -1)]:
        along = (descend(learning_rate, 6) - least) @ steepest
        assert_array_equal(np.sign(along[1:] * along[:-1]), sides)


def test_one_point_leaves_a_valley():
    assert_allclose(np.linalg.eigvalsh(line_hessian([3.0])), [0, 20], atol=1e-12)
    assert sharpness([3.0]) == pytest.approx(20)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: line_loss(0, 0, [1, 2], [1]),
            ValueError,
            r"^x and y must have the same length, but x has 2 and y has 1$",
        ),
        (lambda: line_gradient("1", 0, [1], [1]), TypeError, r"^w must be a number, but the text '1' came$"),
        (lambda: line_gradient(0, math.nan, [1], [1]), ValueError, r"^b must be a number, but NaN came$"),
        (
            lambda: line_step(0, 0, [1], [1], 0),
            ValueError,
            r"^learning_rate must be above 0 and finite, but .* = 0 came$",
        ),
        (lambda: line_hessian([]), ValueError, r"^x must not be empty, but its shape is \(0,\)$"),
        (lambda: sharpness([[1]]), ValueError, r"^x must be a vector: "),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
