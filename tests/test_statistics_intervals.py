"""Confidence intervals: SciPy's, and how often they hold what they should."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from mathml.statistics import (
    bootstrap_interval,
    correlation,
    mean,
    mean_interval,
    median,
    proportion_interval,
    t_test,
    variance,
)

# Any warning (overflow, 0/0) is a failure here.
pytestmark = pytest.mark.filterwarnings("error")

LEVEL = st.floats(0.01, 0.999)
SAMPLES = st.integers(2, 20).flatmap(lambda n: hnp.arrays(np.float64, n, elements=st.integers(-50, 50).map(float)))
VARYING = SAMPLES.filter(lambda x: np.ptp(x) > 0)


def holds_its_level(hits, level):
    """Whether as many hit as should, but for the four deviations of a binomial that chance allows."""
    return abs(np.mean(hits) - level) <= 4 * math.sqrt(level * (1 - level) / len(hits))


# --- the mean -------------------------------------------------------------------------------------


@given(VARYING, LEVEL)
def test_the_interval_for_the_mean_is_scipys(x, level):
    theirs = stats.t.interval(level, len(x) - 1, loc=np.mean(x), scale=stats.sem(x))
    assert_allclose(mean_interval(x, level), theirs, rtol=1e-9, atol=1e-9)


@given(VARYING, LEVEL)
def test_it_holds_the_means_that_the_test_does_not_reject(x, level):
    for end in mean_interval(x, level):
        assert_allclose(t_test(x, end).p_value, 1 - level, rtol=1e-6)


@given(VARYING, LEVEL, st.floats(-100, 100), st.sampled_from([-2.0, 0.5, 3.0]))
def test_it_moves_with_the_sample_and_grows_with_it(x, level, shift, scale):
    ends = shift + scale * np.array(mean_interval(x, level))
    assert_allclose(mean_interval(shift + scale * x, level), np.sort(ends), rtol=1e-9, atol=1e-9)


@given(VARYING, LEVEL, LEVEL)
def test_the_more_certain_the_wider(x, one, other):
    low, high = mean_interval(x, min(one, other))
    wide_low, wide_high = mean_interval(x, max(one, other))
    assert wide_low <= low <= mean(x) <= high <= wide_high


@pytest.mark.parametrize(("n", "level"), [(2, 0.95), (5, 0.8), (30, 0.95)])
def test_of_many_intervals_as_many_hold_the_mean_as_should(n, level, rng):
    intervals = [mean_interval(rng.normal(7, 3, size=n), level) for _ in range(1000)]
    assert holds_its_level([low <= 7 <= high for low, high in intervals], level)


def test_the_offset_does_not_matter():
    x = np.array([1.0, 2.0, 4.0])
    assert_allclose(np.array(mean_interval(1e8 + x)) - 1e8, mean_interval(x), atol=1e-7)


# --- a proportion ---------------------------------------------------------------------------------


@given(st.integers(1, 1000), st.data(), LEVEL)
def test_the_interval_for_a_proportion_is_scipys(n, data, level):
    successes = data.draw(st.integers(0, n))
    theirs = stats.binomtest(successes, n).proportion_ci(level, method="wilson")
    assert_allclose(proportion_interval(successes, n, level), theirs, rtol=1e-9, atol=1e-14)


@given(st.integers(1, 1000), st.data(), LEVEL)
def test_successes_and_failures_change_places(n, data, level):
    successes = data.draw(st.integers(0, n))
    low, high = proportion_interval(successes, n, level)
    assert 0 <= low <= successes / n <= high <= 1
    assert_allclose(proportion_interval(n - successes, n, level), (1 - high, 1 - low), atol=1e-14)


@pytest.mark.parametrize(("n", "p"), [(10, 0.5), (50, 0.1), (1000, 0.01)])
def test_on_average_over_what_happens_it_holds_about_its_level(n, p):
    intervals = [proportion_interval(successes, n) for successes in range(n + 1)]
    coverage = sum(stats.binom.pmf(k, n, p) for k, (low, high) in enumerate(intervals) if low <= p <= high)
    assert abs(coverage - 0.95) < 0.04


def test_none_of_many_is_not_never():
    low, high = proportion_interval(0, 100)
    assert low == 0 < high < 0.05
    assert proportion_interval(100, 100) == (1 - high, 1)


# --- the bootstrap --------------------------------------------------------------------------------


def test_the_bootstrap_is_scipys_but_for_chance(rng):
    x = rng.exponential(size=50)
    for statistic in (np.mean, np.median, np.std):
        theirs = stats.bootstrap([x], statistic, n_resamples=2000, method="percentile", rng=rng)
        error = 6 * theirs.standard_error / math.sqrt(2000) * 3  # of an end: its density there is low
        assert_allclose(bootstrap_interval(x, statistic, rng=0), theirs.confidence_interval, atol=error)


def test_for_the_mean_of_a_large_sample_the_bootstrap_is_as_the_formula(rng):
    x = rng.exponential(size=1000)
    low, high = mean_interval(x)
    assert_allclose(bootstrap_interval(x, np.mean, rng=0), (low, high), atol=0.15 * (high - low))


@given(VARYING, st.integers(0, 100))
def test_the_bootstrap_stays_within_the_sample_and_grows_with_the_level(x, seed):
    low, high = bootstrap_interval(x, np.mean, 0.5, seed, 20)
    wide_low, wide_high = bootstrap_interval(x, np.mean, 0.9, seed, 20)
    assert x.min() - 1e-9 <= wide_low <= low <= high <= wide_high <= x.max() + 1e-9


def test_of_many_bootstrap_intervals_nearly_as_many_hold_the_mean_as_should(rng):
    intervals = [bootstrap_interval(rng.normal(size=40), np.mean, 0.9, rng, 200) for _ in range(400)]
    hits = [low <= 0 <= high for low, high in intervals]
    assert holds_its_level(hits, 0.88)  # with n = 40, and the quantiles of 200, about so much of 0.9 is kept


def test_whole_rows_are_drawn(rng):
    x = rng.normal(size=100)
    pairs = np.column_stack([x, x + rng.normal(size=100)])
    low, high = bootstrap_interval(pairs, lambda sample: correlation(*sample.T), rng=0, n_resamples=500)
    fisher = np.arctanh(correlation(*pairs.T)) + np.array([-1.96, 1.96]) / math.sqrt(97)
    assert_allclose([low, high], np.tanh(fisher), atol=0.06)


def test_the_seed_decides():
    x = [1, 2, 3, 4, 100]
    assert bootstrap_interval(x, median, rng=3) == bootstrap_interval(x, median, rng=np.random.default_rng(3))


def test_every_resample_of_equal_numbers_is_the_same():
    assert_array_equal(bootstrap_interval([2, 2, 2], mean, n_resamples=10), (2, 2))


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mean_interval([1]), "x must hold at least 2 numbers, but 1 came"),
        (lambda: mean_interval([5, 5, 5]), "x must vary by more than rounding, but all of it is 5"),
        (lambda: mean_interval([1, 2], level=1), "level must be above 0 and below 1, but level = 1 came"),
        (lambda: mean_interval([1, 2], level=95), "level must be above 0 and below 1, but level = 95 came"),
        (lambda: proportion_interval(3, 2), "successes must be at most n = 2, but successes = 3 came"),
        (lambda: proportion_interval(0, 0), "n must be at least 1, but n = 0 came"),
        (lambda: bootstrap_interval([1, 2], mean, level=0), "level must be above 0 and below 1, but level = 0 came"),
        (
            lambda: bootstrap_interval([1, 2], mean, n_resamples=0),
            "n_resamples must be at least 1, but n_resamples = 0 came",
        ),
        (
            lambda: bootstrap_interval([1, 2], lambda x: math.nan),
            "statistic(resample) must be finite, but statistic(resample)[0] is nan",
        ),
        (
            lambda: bootstrap_interval([1, 2], lambda x: x),
            "statistic(resample) must be a vector: one row of numbers, but an array of shape (2000, 2) came",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 — the whole message is compared
        call()
    assert str(caught.value) == message


def test_a_deviation_is_not_a_number_of_successes():
    with pytest.raises(TypeError, match=r"^successes must be a whole number, but float 0.5 came$"):
        proportion_interval(0.5, 1)


def test_the_variance_of_a_sample_is_held_too(rng):
    low, high = bootstrap_interval(rng.normal(scale=2, size=200), variance, rng=0, n_resamples=300)
    assert low < 4 < high
