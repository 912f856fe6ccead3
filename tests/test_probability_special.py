"""Factorials in logs, the error function, incomplete gamma and beta: SciPy's, from the middle to the farthest tail."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import special, stats

from mathml.probability import beta_i, erf, erfc, gamma_p, gamma_q, log_beta, log_choose, log_factorial, log_gamma

# Any warning (overflow, 0/0, log 0) is a failure here.
pytestmark = pytest.mark.filterwarnings("error")

PARAMETERS = [0.01, 0.1, 0.5, 1, 1.5, 2, 5, 14.5, 15, 50, 500, 1e4, 1e5]
PARAMETER = st.floats(0.01, 1e4)
DEVIATIONS = np.array([-30, -20, -8, -3, -1, -0.3, 0, 0.3, 1, 3, 8, 20, 30])


def assert_digits(ours, theirs):
    """12 digits in the body but for SciPy's own errors, which come to 3 · 10⁻¹², and 10 in the tails; where a float has
    hardly any digits left, it is only to be as small.
    """
    theirs = np.asarray(theirs)
    body, tail = theirs > 1e-20, (theirs <= 1e-20) & (theirs > 1e-290)
    assert_allclose(ours[body], theirs[body], rtol=4e-12)
    assert_allclose(ours[tail], theirs[tail], rtol=1e-10)
    assert (ours[theirs <= 1e-290] < 1e-289).all()


# --- gamma ----------------------------------------------------------------------------------------


def around_gamma(a):
    """Numbers in the body and in both tails of a gamma distribution, and far beyond."""
    x = np.concatenate([a + np.sqrt(a) * DEVIATIONS, a * np.array([1e-100, 1e-10, 1e-3, 0.5, 2, 10]), [0.5, 1, 700]])
    return x[x > 0]


@pytest.mark.parametrize("a", PARAMETERS)
def test_both_incomplete_gammas_are_scipys(a):
    x = around_gamma(a)
    assert_digits(gamma_p(a, x), special.gammainc(a, x))
    assert_digits(gamma_q(a, x), special.gammaincc(a, x))


@given(PARAMETER, st.floats(0, 1e4))
def test_what_is_below_and_what_is_above_make_up_one(a, x):
    assert_allclose(gamma_p(a, x) + gamma_q(a, x), 1, rtol=1e-15)


@given(PARAMETER, st.floats(1e-3, 1e3))
def test_one_step_in_a_is_one_poisson_probability(a, x):
    step = np.exp(a * math.log(x) - x - math.lgamma(a + 1))
    assert_allclose(gamma_p(a, x), gamma_p(a + 1, x) + step, rtol=1e-11, atol=1e-300)


def test_at_the_ends_there_is_all_or_nothing():
    assert_array_equal(gamma_p([0.5, 1, 100], 0), 0)
    assert_array_equal(gamma_q([0.5, 1, 100], 0), 1)
    assert_array_equal(gamma_p([0.5, 1, 100], np.inf), 1)
    assert_array_equal(gamma_q([0.5, 1, 100], np.inf), 0)


@pytest.mark.parametrize("a", [0.1, 0.5, 3, 15, 100, 1000])
def test_both_have_12_digits_of_the_exact_number(a):
    with mpmath.workdps(40):
        for x in around_gamma(a):
            below, above = mpmath.gammainc(a, 0, x, regularized=True), mpmath.gammainc(a, x, regularized=True)
            assert_allclose(gamma_p(a, x), float(below), rtol=5e-13, atol=1e-300)
            assert_allclose(gamma_q(a, x), float(above), rtol=5e-13, atol=1e-300)


def test_with_the_largest_parameter_it_is_the_normal_tail_and_a_little_for_the_skew():
    a, z = 1e9, 5
    skew = 2 / math.sqrt(a) / 6 * (z * z - 1) * stats.norm.pdf(z)
    assert_allclose(gamma_q(a, a + z * math.sqrt(a)), stats.norm.sf(z) + skew, rtol=1e-6)


def test_shapes_go_together():
    assert gamma_p(np.ones((3, 1)), np.ones(4)).shape == (3, 4)
    assert gamma_q(2, 3).shape == ()


# --- beta -----------------------------------------------------------------------------------------


def around_beta(a, b):
    """x, and 1 − x as exactly, in the body and in both tails of a beta distribution."""
    mean, deviation = a / (a + b), np.sqrt(a * b / (a + b + 1)) / (a + b)
    x = np.concatenate([mean + deviation * DEVIATIONS, mean * np.array([1e-50, 1e-3, 0.5]), [0.5, 1 - 1e-3, 1 - 1e-10]])
    return x[(x > 0) & (x < 1)]


@pytest.mark.parametrize("a", PARAMETERS)
@pytest.mark.parametrize("b", PARAMETERS)
def test_both_sides_of_the_incomplete_beta_are_scipys(a, b):
    x = around_beta(a, b)
    assert_digits(beta_i(a, b, x), special.betainc(a, b, x))
    assert_digits(beta_i(b, a, 1 - x, x), special.betaincc(a, b, x))


@given(PARAMETER, PARAMETER, st.floats(0, 1))
def test_what_is_below_x_is_above_1_minus_x_from_the_other_side(a, b, x):
    assert_allclose(beta_i(a, b, x) + beta_i(b, a, 1 - x, x), 1, rtol=1e-14)


@given(st.integers(1, 60), st.integers(1, 60), st.fractions(0, 1, max_denominator=50))
def test_for_whole_parameters_it_is_a_sum_of_binomial_probabilities(a, b, x):
    n = a + b - 1
    exact = sum(math.comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
    assert_allclose(beta_i(a, b, float(x)), float(exact), rtol=1e-12, atol=1e-300)


def test_a_rest_that_is_given_keeps_its_digits():
    tiny = 1e-30
    assert_allclose(beta_i(3, 0.5, 1, tiny), 1)
    assert_allclose(beta_i(0.5, 3, tiny, 1), special.betainc(0.5, 3, tiny), rtol=1e-12)


# --- factorials -----------------------------------------------------------------------------------


@given(st.floats(1e-300, 1e300))
def test_log_gamma_is_scipys(x):
    assert_allclose(log_gamma(x), special.gammaln(x), rtol=1e-13, atol=1e-14)


def test_log_gamma_is_infinite_where_no_float_is_as_large():
    assert log_gamma(1e308) == np.inf


@given(st.integers(0, 170))
def test_a_factorial_is_a_product(n):
    assert_allclose(np.exp(log_factorial(n)), float(math.factorial(n)), rtol=1e-12)


@given(st.integers(0, 300), st.data())
def test_so_many_ways_to_choose(n, data):
    k = data.draw(st.integers(0, n))
    assert_allclose(log_choose(n, k), math.log(math.comb(n, k)), rtol=1e-13, atol=1e-13)


def test_of_a_hundred_thousand_as_exactly():
    k = [0, 1, 2, 30_000, 99_999]
    assert_allclose(log_choose(100_000, k), [math.log(math.comb(100_000, i)) for i in k], rtol=1e-14)


def test_there_is_no_way_to_choose_more_than_there_are():
    assert log_choose(3, 4) == -np.inf


@given(PARAMETER, PARAMETER)
def test_log_beta_is_scipys(a, b):
    assert_allclose(log_beta(a, b), special.betaln(a, b), rtol=1e-11, atol=1e-11)


def test_log_beta_keeps_its_digits_where_the_factorials_cancel():
    a = 1e8  # B(a, ½) → √(π / a) (1 + 1 / (8 a))
    assert_allclose(log_beta(a, 0.5), math.log(math.pi / a) / 2 + 1 / (8 * a), rtol=1e-15)


# --- the error function ---------------------------------------------------------------------------


@given(st.floats(-30, 30))
def test_the_error_function_is_scipys(x):
    assert_allclose(erf(x), special.erf(x), rtol=1e-13)
    assert_allclose(erfc(x), special.erfc(x), rtol=1e-12)


@given(st.floats())
def test_it_is_odd(x):
    if math.isnan(x):
        with pytest.raises(ValueError, match=r"^x must not hold NaN"):
            erf(x)
    else:
        assert erf(-x) == -erf(x)
        assert_allclose(erf(x) + erfc(x), 1, rtol=1e-15)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gamma_p(0, 1), "a must be above 0, but 0 came"),
        (lambda: gamma_p(np.inf, 1), "a must be finite, but ∞ came"),
        (lambda: gamma_q(1, [1, -2]), "x must be at least 0, but -2 came"),
        (
            lambda: gamma_q([1, 2, 3], [1, 2]),
            "a and x must have shapes that go together, but a has (3,) and x has (2,)",
        ),
        (lambda: beta_i(1, -1, 0.5), "b must be above 0, but -1 came"),
        (lambda: beta_i(1, 1, [0.5, 1.5]), "x must be from 0 to 1, but 1.5 came"),
        (lambda: beta_i(1, 1, 0.5, 0.6), "rest must be 1 − x, but x + rest is 1.1"),
        (lambda: log_gamma([1, 0]), "x must be above 0, but 0 came"),
        (lambda: log_factorial(-1), "n must hold whole numbers from 0 on, but -1 came"),
        (lambda: log_choose(3, 1.5), "k must hold whole numbers from 0 on, but 1.5 came"),
        (lambda: log_beta(1, 0), "b must be above 0, but 0 came"),
        (lambda: erfc([]), "x must not be empty, but its shape is (0,)"),
    ],
)
def test_what_is_wrong_is_said(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole message is compared
        call()
    assert str(error.value) == message


def test_text_is_no_number():
    with pytest.raises(TypeError, match=r"^x must be an array of numbers, but the text '1' came$"):
        erf("1")
