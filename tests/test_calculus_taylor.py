"""Taylor polynomials: SymPy's coefficients to the last digits, what adds and multiplies, and how far off they are."""

import math
from functools import partial

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy.interpolate import approximate_taylor_polynomial

from mathml.calculus import differentiate, polynomial, remainder_bound, taylor, variable
from mathml.functions import sigmoid

s = sympy.Symbol("x")
POINT = st.floats(-1, 1).map(lambda number: round(number, 3))
WHOLE = st.integers(-5, 5).map(float)

# f, the same in SymPy, and a point
SERIES = {
    "exp": (np.exp, sympy.exp(s), 0),
    "sin": (np.sin, sympy.sin(s), 0),
    "exp sin": (lambda x: np.exp(np.sin(x)), sympy.exp(sympy.sin(s)), 0),
    "log(1 + x)": (lambda x: np.log(1 + x), sympy.log(1 + s), 0),
    "1/(1 − x)": (lambda x: 1 / (1 - x), 1 / (1 - s), 0),
    "√(1 + x)": (lambda x: np.sqrt(1 + x), sympy.sqrt(1 + s), 0),
    "tanh": (np.tanh, sympy.tanh(s), 0),
    "tan": (np.tan, sympy.tan(s), 0),
    "sigmoid": (sigmoid, 1 / (1 + sympy.exp(-s)), 0),
    "tanh at 0.5": (np.tanh, sympy.tanh(s), 0.5),
    "log at 3": (np.log, sympy.log(s), 3),
    "a nested quotient": (
        lambda x: np.tanh(np.sin(x) / (1 + x**2)),
        sympy.tanh(sympy.sin(s) / (1 + s**2)),
        0,
    ),
}


@pytest.mark.parametrize(("f", "symbolic", "at"), SERIES.values(), ids=SERIES.keys())
def test_the_coefficients_to_degree_10_are_sympys(f, symbolic, at):
    expected = sympy.Poly(sympy.series(symbolic.subs(s, s + sympy.Rational(at)), s, 0, 11).removeO(), s)
    coefficients = [float(expected.coeff_monomial(s**k)) for k in range(11)]
    assert_allclose(taylor(f, at, 10), coefficients, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("f", "at"), [(f, at) for f, _, at in SERIES.values()], ids=SERIES.keys())
def test_each_coefficient_is_a_derivative_over_a_factorial(f, at):
    e = f(variable("x"))
    for k, c in enumerate(taylor(f, at, 5)):
        assert math.isclose(c, e(at) / math.factorial(k), rel_tol=1e-11, abs_tol=1e-13)
        e = differentiate(e)


def test_the_polynomial_is_near_scipys():
    scipys = approximate_taylor_polynomial(np.sin, 0.5, 4, 0.1, order=8)
    assert_allclose(taylor(np.sin, 0.5, 4), scipys.coef[::-1], atol=1e-5)


@pytest.mark.parametrize("degree", [0, 1, 40])
def test_any_degree_will_do(degree):
    expected = [1 / math.factorial(k) for k in range(degree + 1)]
    assert_allclose(taylor(np.exp, 0, degree), expected, rtol=1e-14)


@given(hnp.arrays(np.float64, st.integers(1, 6), elements=WHOLE), POINT)
def test_a_polynomial_is_its_own_taylor_polynomial(c, at):
    x = variable("x")
    p = sum((float(c[k]) * x**k for k in range(len(c))), 0 * x)
    if p.variables:
        assert_allclose(taylor(p, 0, len(c)), [*c, 0], atol=1e-12)
        assert_allclose(polynomial(taylor(p, at, len(c)), 1.5 - at), polynomial(c, 1.5), atol=1e-9)


@given(POINT, WHOLE)
def test_taylor_polynomials_add_and_multiply_as_their_functions_do(at, number):
    a, b = taylor(np.sin, at, 6), taylor(np.exp, at, 6)
    assert_allclose(taylor(lambda x: number * np.sin(x) + np.exp(x), at, 6), number * a + b, atol=1e-12)
    assert_allclose(taylor(lambda x: np.sin(x) * np.exp(x), at, 6), np.convolve(a, b)[:7], atol=1e-12)


@given(POINT)
def test_the_derivatives_polynomial_is_the_derivative_of_the_polynomial(at):
    c = taylor(np.tanh, at, 7)
    slope = taylor(differentiate(np.tanh), at, 6)
    assert_allclose(slope, c[1:] * np.arange(1, 8), atol=1e-11)


@given(POINT, st.floats(-2, 2), st.integers(0, 12))
def test_sine_is_never_further_off_than_the_bound(at, distance, degree):
    off = abs(polynomial(taylor(np.sin, at, degree), distance) - math.sin(at + distance))
    assert off <= remainder_bound(1, distance, degree) + 1e-14


def test_the_bound_is_reached_by_the_next_power():
    assert math.isclose(remainder_bound(24, 0.5, 3), 0.5**4)
    assert remainder_bound(1, 0.0, 0) == 0
    assert remainder_bound(1, 1, 300) == 0


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (partial(taylor, np.log, 0, 2), ValueError, r"^f must be defined at 0, but log\(x\) is -inf there$"),
        (
            partial(taylor, np.sqrt, 0, 2),
            ValueError,
            r"^f must be defined, .* at that point, but it divides by 0 there$",
        ),
        (partial(taylor, lambda x: 1 / x, 0, 2), ValueError, r"^f must be defined, .* but it divides by 0 there$"),
        (partial(taylor, np.exp, 0, -1), ValueError, r"^degree must be at least 0, but degree = -1 came$"),
        (partial(taylor, np.exp, 0, 1.5), TypeError, r"^degree must be a whole number, but float 1.5 came$"),
        (partial(taylor, np.exp, math.inf, 1), ValueError, r"^at must be finite, but at = inf came$"),
        (partial(taylor, np.abs, 0, 1), TypeError, r"^an expression is made of sums, .*, but absolute came$"),
        (partial(remainder_bound, -1, 1, 1), ValueError, r"^largest must be at least 0, but largest = -1 came$"),
        (partial(polynomial, [], 1), ValueError, r"^coefficients must not be empty, but its shape is \(0,\)$"),
        (partial(polynomial, [[1]], 1), ValueError, r"^coefficients must be a vector: "),
    ],
)
def test_what_has_no_taylor_polynomial_is_said(call, error, message):
    with pytest.raises(error, match=message):
        call()


# --- polynomials ----------------------------------------------------------------------------------


@given(hnp.arrays(np.float64, st.integers(1, 6), elements=WHOLE), hnp.arrays(np.float64, (2, 3), elements=WHOLE))
def test_a_polynomials_value_is_numpys(c, x):
    assert_array_equal(polynomial(c, x), np.polynomial.polynomial.polyval(x, c))


def test_a_number_gives_a_float_and_c0_alone_is_constant():
    assert isinstance(polynomial([1, 2], 3), float)
    assert_array_equal(polynomial([7], [1, 2]), [7, 7])
