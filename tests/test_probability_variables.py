"""Random variables: what is true of every expectation, sums of independent ones, and areas that SciPy finds too."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from mathml.probability import Binomial, ChiSquare, Continuous, Discrete, Normal, StudentT, Uniform

# Any warning (overflow, 0/0, log 0) is a failure here.
pytestmark = pytest.mark.filterwarnings("error")

DIE = Discrete(range(1, 7), [1 / 6] * 6)


def as_variable(weights):
    return Discrete(list(weights), np.array(list(weights.values())) / sum(weights.values()))


VARIABLES = st.dictionaries(st.integers(-9, 9), st.integers(1, 9), min_size=1, max_size=6).map(as_variable)


# --- discrete -------------------------------------------------------------------------------------


@given(VARIABLES)
def test_it_is_scipys(X):
    theirs = stats.rv_discrete(values=(X.values.astype(int), X.probabilities))
    x = np.arange(-10, 11)
    assert_allclose(X.pmf(x), theirs.pmf(x), atol=1e-15)
    assert_allclose(X.cdf(x), theirs.cdf(x), atol=1e-14)
    assert_allclose(X.sf(x), theirs.sf(x), atol=1e-14)
    assert_allclose([X.mean, X.variance], [theirs.mean(), theirs.var()], atol=1e-12)


@given(VARIABLES)
def test_variance_is_the_mean_square_less_the_square_of_the_mean(X):
    assert_allclose(X.variance, X.expectation(np.square) - X.mean**2, atol=1e-12)


@given(VARIABLES, VARIABLES)
def test_means_of_independent_variables_add_up_and_variances_too(X, Y):
    assert_allclose([(X + Y).mean, (X + Y).variance], [X.mean + Y.mean, X.variance + Y.variance], atol=1e-12)


@given(VARIABLES)
def test_the_quantile_of_what_lies_up_to_a_value_is_the_value(X):
    assert_array_equal(X.quantile(X.cdf(X.values)), X.values)
    assert_array_equal(X.quantile([0, 1]), X.values[[0, -1]])


def test_ten_coins_are_binomial():
    coin = Discrete([0, 1], [0.7, 0.3])
    total = coin
    for _ in range(9):
        total = total + coin
    assert_array_equal(total.values, range(11))
    assert_allclose(total.probabilities, Binomial(10, 0.3).pmf(range(11)), rtol=1e-12)


def test_the_sum_of_two_throws_is_not_twice_one():
    assert_allclose((DIE + DIE).pmf([2, 3, 7, 12]), [1 / 36, 2 / 36, 6 / 36, 1 / 36])
    assert_allclose((DIE + DIE).variance, 2 * DIE.variance)


def test_values_that_come_twice_are_one_and_what_cannot_be_is_no_value():
    X = Discrete([3, 1, 3, 2], [0.25, 0.5, 0.25, 0])
    assert_array_equal(X.values, [1, 3])
    assert_array_equal(X.probabilities, [0.5, 0.5])
    assert_array_equal(X.log_prob([2, 1.5, 9, np.inf]), -np.inf)


def test_a_constant_is_a_variable_too():
    X = Discrete([4], [1])
    assert (X.mean, X.variance) == (4, 0)
    assert X.expectation(lambda x: 7) == 7


def test_a_large_offset_costs_the_variance_no_digits():
    assert_allclose(Discrete([1e8 + 1, 1e8 + 3], [0.5, 0.5]).variance, 1, rtol=1e-12)


def test_a_sample_has_its_frequencies(rng):
    x = Discrete([1, 2, 5], [0.5, 0.3, 0.2]).sample(rng, 10_000)
    fitted = Discrete.fit(x)
    assert_array_equal(fitted.values, [1, 2, 5])
    assert_allclose(fitted.probabilities, [0.5, 0.3, 0.2], atol=0.025)


def test_what_was_fitted_makes_the_data_likeliest():
    x = [1, 1, 2, 1]
    best = Discrete.fit(x).log_prob(x).sum()
    assert all(Discrete([1, 2], [p, 1 - p]).log_prob(x).sum() < best for p in (0.74, 0.76))


# --- continuous -----------------------------------------------------------------------------------

CONTINUOUS = {
    "triangle": (lambda x: 1 - np.abs(x), -1, 1, stats.triang(0.5, -1, 2)),
    "exponential": (lambda x: np.exp(-x), 0, np.inf, stats.expon()),
    "normal": (Normal(0, 1).pdf, -np.inf, np.inf, stats.norm()),
    "normal, far off and narrow": (Normal(1000, 2).pdf, -np.inf, np.inf, stats.norm(1000, 2)),
    "a pole at 0": (ChiSquare(1).pdf, 0, np.inf, stats.chi2(1)),
    "heavy tails": (StudentT(3.5).pdf, -np.inf, np.inf, stats.t(3.5)),
    "a jump": (Uniform(2, 3).pdf, 0, 10, stats.uniform(2, 1)),
}


@pytest.mark.parametrize("name", CONTINUOUS)
def test_areas_are_scipys(name):
    pdf, low, high, theirs = CONTINUOUS[name]
    X = Continuous(pdf, low, high)
    x = theirs.mean() + theirs.std() * np.array([-1e9, -3, -1, 0, 0.5, 2, 5])
    rtol = 1e-5 if name == "a jump" else 1e-10
    assert_allclose([X.mean, X.variance], [theirs.mean(), theirs.var()], rtol=rtol, atol=1e-12)
    assert_allclose(X.cdf(x), theirs.cdf(x), rtol=rtol, atol=1e-12)
    assert_allclose(X.expectation(np.abs), theirs.expect(np.abs), rtol=1e-5)


@given(st.floats(0.1, 5), st.floats(-3, 3), st.floats(-3, 3))
def test_an_expectation_is_linear(rate, a, b):
    X = Continuous(lambda x: rate * np.exp(-rate * x), 0, np.inf)
    assert_allclose(X.expectation(lambda x: a * x + b), a * X.mean + b, atol=1e-10)
    assert_allclose([X.mean, X.variance], [1 / rate, 1 / rate**2], rtol=1e-10)


def test_the_area_rises_from_0_to_1_in_any_shape():
    X = Continuous(lambda x: 2 * x, 0, 1)
    assert_allclose(X.cdf([[1, 0.5], [-3, 7]]), [[1, 0.25], [0, 1]], atol=1e-14)
    assert np.shape(X.cdf(0.5)) == ()


@pytest.mark.parametrize(("df", "moment"), [(1, "mean"), (1, "variance"), (2, "variance")])
def test_what_has_no_expectation_says_so(df, moment):
    X = Continuous(StudentT(df).pdf, -math.inf, math.inf)
    with pytest.raises(ValueError, match=r"^the area must be finite, but too much of it lies far out$"):
        getattr(X, moment)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: Discrete([1, 2], [1]),
            "values and probabilities must have the same length, but values has 2 and probabilities has 1",
        ),
        (lambda: Discrete([1, 2], [0.5, 0.6]), "probabilities must sum to 1, but their sum is 1.1"),
        (lambda: Discrete([1, 2], [1.5, -0.5]), "probabilities must not be negative, but -0.5 came"),
        (lambda: DIE.quantile(2), "q must hold probabilities from 0 to 1, but 2 came"),
        (lambda: Continuous(lambda x: x, 1, 1), "low must be below high, but low = 1 and high = 1 came"),
        (lambda: Continuous(lambda x: x, 0, 1), "pdf must have an area of 1, but its area is 0.5"),
        (lambda: Continuous(lambda x: 1 / x, 0, 1), "the area must be finite, but around 0 it is not"),
        (lambda: Continuous(lambda x: x**0, 0, np.inf), "the area must be finite, but too much of it lies far out"),
    ],
)
def test_what_is_wrong_is_said(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole message is compared
        call()
    assert str(error.value) == message


def test_a_variable_and_a_number_have_no_sum():
    with pytest.raises(TypeError):
        DIE + 1


def test_a_density_is_never_negative():
    with pytest.raises(ValueError, match=r"^pdf must not be negative, but pdf\(0\.5\d*\) = -1$"):
        Continuous(lambda x: np.where(x < 0.5, 3, -1), 0, 1)
