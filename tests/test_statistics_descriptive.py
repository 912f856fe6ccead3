"""Descriptive statistics: NumPy's and SciPy's numbers, the laws, and the samples that break the naive formulas."""

import math
import statistics
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from sklearn.datasets import load_breast_cancer

from mathml.statistics import (
    Welford,
    correlation,
    covariance,
    iqr,
    mean,
    median,
    modes,
    percentile,
    quartiles,
    standard_deviation,
    variance,
)

# Any warning (overflow, 0/0) is a failure here.
pytestmark = pytest.mark.filterwarnings("error")

ENTRY = st.floats(-1e3, 1e3, allow_subnormal=False).map(lambda x: round(x, 6))
FEW = st.integers(-3, 3).map(float)  # many ties
PERCENT = st.floats(0, 100)


def samples(least=1, elements=ENTRY):
    return st.integers(least, 20).flatmap(lambda n: hnp.arrays(np.float64, n, elements=elements))


def pairs(least=2):
    return st.integers(least, 20).flatmap(lambda n: hnp.arrays(np.float64, (2, n), elements=ENTRY))


def exact_variance(x, ddof=1):
    x = [Fraction(v) for v in x]
    middle = sum(x) / len(x)
    return float(sum((v - middle) ** 2 for v in x) / (len(x) - ddof))


def stream_of(x):
    stream = Welford()
    for value in x:
        stream.add(value)
    return stream


# --- where the middle is --------------------------------------------------------------------------


@given(samples())
def test_mean_and_median_are_numpys(x):
    assert_allclose(mean(x), np.mean(x), rtol=1e-12, atol=1e-12)
    assert_allclose(median(x), np.median(x), rtol=1e-12, atol=1e-12)


@given(samples())
def test_deviations_from_the_mean_sum_to_zero(x):
    assert_allclose(np.sum(x - mean(x)), 0, atol=1e-10)


@given(samples(), ENTRY)
def test_the_mean_has_the_least_squared_and_the_median_the_least_absolute_distances(x, other):
    assert np.sum((x - mean(x)) ** 2) <= np.sum((x - other) ** 2) * (1 + 1e-12)
    assert np.sum(np.abs(x - median(x))) <= np.sum(np.abs(x - other)) * (1 + 1e-12)


@given(samples(2))
def test_mean_and_median_are_at_most_one_deviation_apart(x):
    assert abs(mean(x) - median(x)) <= standard_deviation(x, ddof=0) * (1 + 1e-12)


@given(samples(elements=FEW))
def test_the_modes_are_those_of_the_standard_library(x):
    assert_array_equal(modes(x), sorted(statistics.multimode(x)))


@given(samples(elements=FEW))
def test_the_first_mode_is_scipys(x):
    assert modes(x)[0] == stats.mode(x).mode


def test_where_no_number_comes_twice_all_are_modes():
    assert_array_equal(modes([3, 1, 2]), [1, 2, 3])


def test_ties_give_several_modes():
    assert_array_equal(modes([2, 1, 2, 1, 0]), [1, 2])


@pytest.mark.parametrize("value", [0.1, 1e8 + 0.1, 1.7e308, -5e-324])
def test_the_mean_of_equal_numbers_is_that_number_and_they_do_not_vary(value):
    x = [value] * 7
    assert mean(x) == median(x) == value
    assert variance(x) == standard_deviation(x) == iqr(x) == 0


def test_a_sum_beyond_the_largest_float_is_no_overflow():
    assert_allclose([mean([1.5e308, 1.7e308]), median([1.5e308, 1.7e308])], 1.6e308)
    assert mean([-1.7e308, 1.7e308]) == median([-1.7e308, 1.7e308]) == 0


# --- how far it spreads ---------------------------------------------------------------------------


@given(samples(2), st.integers(0, 1))
def test_variance_and_deviation_are_numpys(x, ddof):
    assert_allclose(variance(x, ddof), np.var(x, ddof=ddof), rtol=1e-11, atol=1e-14)
    assert_allclose(standard_deviation(x, ddof), np.std(x, ddof=ddof), rtol=1e-11, atol=1e-14)


@given(samples(2), ENTRY, ENTRY)
def test_variance_does_not_see_a_shift_and_a_scale_comes_out_squared(x, a, b):
    assert_allclose(variance(a * x + b), a**2 * variance(x), rtol=1e-8, atol=1e-14 * (1 + a**2) * 1e6)


@given(samples(1), samples(1))
def test_the_variance_of_a_whole_is_that_within_its_parts_and_between_them(x, y):
    whole = np.concatenate([x, y])
    within = (len(x) * variance(x, 0) + len(y) * variance(y, 0)) / len(whole)
    means = [mean(x)] * len(x) + [mean(y)] * len(y)
    assert_allclose(variance(whole, 0), within + variance(means, 0), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("offset", [0, 1e4, 1e8, 1e12, -1e15])
def test_a_large_offset_costs_no_digits(offset, rng):
    x = offset + rng.integers(-8, 9, size=1000) / 8
    exact = exact_variance(x)
    assert_allclose(variance(x), exact, rtol=1e-14)
    assert_allclose(standard_deviation(x), math.sqrt(exact), rtol=1e-14)
    assert_allclose(stream_of(x).variance(), exact, rtol=1e-14 + 1e-16 * abs(offset))


def test_the_naive_formula_would_have_lost_them_all(rng):
    x = 1e8 + rng.normal(size=1000)
    naive = np.mean(x**2) - np.mean(x) ** 2
    assert abs(naive - variance(x, 0)) > 0.5 > 1e-10 > abs(exact_variance(x, 0) - variance(x, 0))


@pytest.mark.parametrize("scale", [1e-300, 1e-200, 1e200, 1e300])
def test_no_square_overflows_in_the_deviation(scale):
    assert_allclose(standard_deviation(np.array([1.0, 2.0, 3.0]) * scale), scale, rtol=1e-14)


def test_a_variance_beyond_the_largest_float_is_infinite():
    assert variance([-1e200, 1e200]) == math.inf


@given(samples(2), st.integers(0, 1))
def test_the_stream_ends_where_two_passes_do(x, ddof):
    stream = stream_of(x)
    assert stream.n == len(x)
    assert_allclose(stream.mean, mean(x), rtol=1e-12, atol=1e-12)
    assert_allclose(stream.variance(ddof), variance(x, ddof), rtol=1e-10, atol=1e-13)
    assert_allclose(stream.standard_deviation(ddof), standard_deviation(x, ddof), rtol=1e-10, atol=1e-7)


def test_the_stream_knows_the_mean_of_one_number_and_no_variance():
    stream = Welford().add(3)
    assert (stream.n, stream.mean, stream.variance(ddof=0)) == (1, 3, 0)
    with pytest.raises(ValueError, match=r"^more than 1 numbers must have come \(ddof = 1\), but 1 came$"):
        stream.variance()


def test_a_number_that_is_none_is_refused_by_the_stream():
    with pytest.raises(ValueError, match=r"^x must be finite, but inf came$"):
        Welford().add(math.inf)
    with pytest.raises(TypeError, match=r"^x must be a number, but the text '3' came$"):
        Welford().add("3")


# --- two samples ----------------------------------------------------------------------------------


@given(pairs(), st.integers(0, 1))
def test_the_covariance_is_numpys(xy, ddof):
    assert_allclose(covariance(*xy, ddof), np.cov(*xy, ddof=ddof)[0, 1], rtol=1e-9, atol=1e-9)


@given(pairs())
def test_the_covariance_with_itself_is_the_variance(xy):
    x, y = xy
    assert_allclose(covariance(x, x), variance(x), rtol=1e-12)
    assert covariance(x, y) == covariance(y, x)
    assert_allclose(variance(x + y), variance(x) + variance(y) + 2 * covariance(x, y), rtol=1e-9, atol=1e-9)


def test_the_correlation_is_scipys():
    X = load_breast_cancer().data
    for j in range(1, 30):
        assert_allclose(correlation(X[:, 0], X[:, j]), stats.pearsonr(X[:, 0], X[:, j]).statistic, rtol=1e-12)


@given(pairs(), ENTRY, ENTRY)
def test_the_correlation_does_not_see_units(xy, a, b):
    x, y = xy
    assume(min(np.ptp(x), np.ptp(y)) > 1e-3 < abs(a))
    r = correlation(x, y)
    assert -1 <= r <= 1
    assert_allclose(correlation(a * x + b, y), np.sign(a) * r, atol=1e-7)


def test_points_on_a_line_are_perfectly_correlated():
    x = np.array([1e8 + 1, 1e8 + 2, 1e8 + 5])
    assert_allclose([correlation(x, x), correlation(x, -3 * x)], [1, -1], rtol=1e-14)


def test_zero_correlation_is_not_independence():
    x = np.arange(-3, 4)
    assert_allclose(correlation(x, x**2), 0, atol=1e-16)


# --- parts of a sample ----------------------------------------------------------------------------


@given(samples(), PERCENT)
def test_percentiles_are_numpys(x, q):
    assert_allclose(percentile(x, q), np.percentile(x, q), rtol=1e-12, atol=1e-12)


@given(samples(), PERCENT, PERCENT)
def test_percentiles_rise_from_the_least_to_the_largest(x, p, q):
    p, q = min(p, q), max(p, q)
    assert x.min() == percentile(x, 0) <= percentile(x, p) <= percentile(x, q) <= percentile(x, 100) == x.max()


@given(samples(), PERCENT)
def test_counted_from_the_other_end_a_percentile_is_the_rest(x, q):
    assert_allclose(percentile(-x, 100 - q), -percentile(x, q), rtol=1e-9, atol=1e-9)


@given(samples())
def test_the_iqr_is_scipys_and_the_width_of_the_middle_half(x):
    low, middle, high = quartiles(x)
    assert_allclose(iqr(x), stats.iqr(x), rtol=1e-11, atol=1e-11)
    assert low <= middle == median(x) <= high
    assert iqr(x) == high - low
    assert max(np.sum(x < low), np.sum(x > high)) <= (len(x) + 3) / 4


@pytest.mark.parametrize("q", [0, 1e-9, 50, 99.9, 100])
def test_every_percentile_of_one_number_is_that_number(q):
    assert percentile([7], q) == 7
    assert quartiles([7]) == (7, 7, 7)


def test_a_difference_beyond_the_largest_float_is_no_overflow():
    assert_allclose(percentile([-1.7e308, 1.7e308], 75), 0.85e308)


# --- errors ---------------------------------------------------------------------------------------

ONE_SAMPLE = [mean, median, modes, variance, standard_deviation, quartiles, iqr, lambda x: percentile(x, 50)]


@pytest.mark.parametrize("function", ONE_SAMPLE)
@pytest.mark.parametrize(
    ("x", "error", "message"),
    [
        ([], ValueError, "x must not be empty, but its shape is (0,)"),
        ([1, math.nan], ValueError, "x must be finite, but x[1] is nan"),
        ([[1, 2]], ValueError, "x must be a vector: one row of numbers, but an array of shape (1, 2) came"),
        (["one"], TypeError, "x must be a vector: one row of numbers, but the text 'one' came"),
    ],
)
def test_a_bad_sample_is_named(function, x, error, message):
    with pytest.raises(error) as caught:
        function(x)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: variance([1]), "x must hold more than 1 numbers (ddof = 1), but 1 came"),
        (lambda: standard_deviation([1, 2], ddof=2), "x must hold more than 2 numbers (ddof = 2), but 2 came"),
        (lambda: covariance([1], [2]), "x must hold more than 1 numbers (ddof = 1), but 1 came"),
        (lambda: covariance([1, 2], [2]), "x and y must have the same length, but x has 2 and y has 1"),
        (lambda: correlation([1, 2], [3, 3]), "y must vary, but all of it is 3"),
        (lambda: correlation([1], [2]), "x must vary, but all of it is 1"),
        (lambda: percentile([1], 101), "q must be a percentage from 0 to 100, but q = 101 came"),
        (lambda: variance([1], ddof=-1), "ddof must be at least 0, but ddof = -1 came"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 — the whole message is compared
        call()
    assert str(caught.value) == message
