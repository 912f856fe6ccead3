"""Distributions of one number: SciPy's, at 10⁵ trials, at p = 0 and p = 1, and in tails that underflow."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from mathml.probability import Bernoulli, Binomial, ChiSquare, Discrete, Normal, Poisson, StudentT, Uniform

# Any warning (overflow, 0/0, log 0) is a failure here.
pytestmark = pytest.mark.filterwarnings("error")

CONTINUOUS = [
    (Normal(0, 1), stats.norm()),
    (Normal(-3e8, 1e-3), stats.norm(-3e8, 1e-3)),
    (Uniform(-2, 5), stats.uniform(-2, 7)),
    *[(StudentT(df), stats.t(df)) for df in (0.7, 2, 3, 9.5, 100, 1e5)],
    *[(ChiSquare(df), stats.chi2(df)) for df in (0.5, 1, 2, 3, 9.5, 100, 1e4)],
]
COUNTS = [
    (Bernoulli(0.3), stats.bernoulli(0.3)),
    *[(Binomial(n, p), stats.binom(n, p)) for n in (1, 7, 1000) for p in (0, 1e-9, 0.3, 0.5, 1 - 1e-9, 1)],
    *[(Poisson(rate), stats.poisson(rate)) for rate in (1e-9, 0.1, 2, 30, 1000)],
]
EVERY = [ours for ours, _ in CONTINUOUS + COUNTS]
Q = np.array([1e-300, 1e-100, 1e-20, 1e-5, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-5, 1 - 1e-12])


def named(pairs):
    return pytest.mark.parametrize(("ours", "scipys"), pairs, ids=[f"{ours}" for ours, _ in pairs])


def where_it_lies(ours):
    """Numbers in the body and in both tails, and beyond."""
    if isinstance(ours, StudentT):
        return np.concatenate([-np.logspace(-12, 12, 30), [0], np.logspace(-12, 12, 30)])
    deviations = np.array([-35, -10, -3, -1, -0.1, 0, 0.1, 1, 3, 10, 35])
    return np.append(ours.mean + math.sqrt(ours.variance) * deviations, [-1, 0])


def counts_of(ours):
    return np.unique(np.clip(np.round(np.append(where_it_lies(ours), [1, 2, 3])), 0, None))


def close(ours, scipys, rtol=1e-11):
    """Equal, but where a float has hardly any digits left."""
    assert_allclose(ours, scipys, rtol=rtol, atol=1e-290)


# --- SciPy ----------------------------------------------------------------------------------------


@named(CONTINUOUS)
def test_a_continuous_distribution_is_scipys(ours, scipys):
    x = where_it_lies(ours)
    x = x[x != 0] if isinstance(ours, ChiSquare) else x  # the density at 0 is a test of its own
    assert_allclose(ours.log_prob(x), scipys.logpdf(x), rtol=1e-10, atol=1e-11)
    close(ours.pdf(x), scipys.pdf(x), 1e-9)
    close(ours.cdf(x), scipys.cdf(x))
    close(ours.sf(x), scipys.sf(x))


@named(CONTINUOUS)
def test_its_quantiles_are_scipys(ours, scipys):
    q = Q[3:] if isinstance(ours, StudentT) else Q  # SciPy's own fail in the far tail of Student's t
    assert_allclose(ours.quantile(q), scipys.ppf(q), rtol=1e-9, atol=1e-290)
    assert_allclose(ours.quantile([0, 1]), scipys.ppf([0, 1]))


@named(COUNTS)
def test_a_distribution_of_counts_is_scipys(ours, scipys):
    k = counts_of(ours)
    with np.errstate(all="ignore"):
        theirs = scipys.logpmf(k), scipys.pmf(k), scipys.cdf(k), scipys.sf(k)
    assert_allclose(ours.log_prob(k), theirs[0], rtol=1e-10, atol=1e-12)
    close(ours.pmf(k), theirs[1])
    close(ours.cdf(k), theirs[2])
    close(ours.sf(k), theirs[3])


@named(COUNTS)
def test_the_quantiles_of_counts_are_scipys(ours, scipys):
    q = Q[(Q > 1e-10) & (Q < 1 - 1e-10)]
    assert_array_equal(ours.quantile(q), np.maximum(scipys.ppf(q), ours.support[0]))


@named(CONTINUOUS + COUNTS)
def test_mean_and_variance_are_scipys(ours, scipys):
    if not (isinstance(ours, StudentT) and ours.df < 1):
        assert_allclose(ours.mean, scipys.mean(), rtol=1e-14)
        assert_allclose(ours.variance, scipys.var(), rtol=1e-6)  # SciPy's own loses digits where p is almost 1


# --- laws -----------------------------------------------------------------------------------------

CONTINUOUS_ONE = st.one_of(
    st.builds(Normal, st.floats(-1e3, 1e3), st.floats(1e-3, 1e3)),
    st.builds(Uniform, st.floats(-10, 0), st.floats(1, 10)),
    st.builds(StudentT, st.floats(0.5, 1e4)),
    st.builds(ChiSquare, st.floats(0.5, 1e4)),
)
COUNTING_ONE = st.one_of(
    st.builds(Bernoulli, st.floats(0, 1)),
    st.builds(Binomial, st.integers(0, 300), st.floats(0, 1)),
    st.builds(Poisson, st.floats(0, 300)),
)


@given(CONTINUOUS_ONE, st.floats(1e-15, 1 - 1e-15))
def test_as_much_as_was_asked_lies_below_a_quantile(ours, q):
    x = ours.quantile(q)
    rounding = 1e-16 * abs(x) * ours.pdf(x)  # x is only a float
    assert_allclose(ours.cdf(x), q, rtol=1e-10, atol=rounding)
    assert_allclose(ours.sf(x), 1 - q, rtol=1e-10, atol=rounding)


@given(CONTINUOUS_ONE, st.floats(1e-300, 1e-15))
def test_a_quantile_holds_in_the_farthest_tail(ours, q):
    x = ours.quantile(q)
    if 1e-300 < abs(x) < 1e300:
        assert_allclose(ours.cdf(x), q, rtol=1e-9, atol=4e-16 * abs(x) * ours.pdf(x))


@given(CONTINUOUS_ONE, st.floats(0.001, 0.999))
def test_the_quantile_of_what_lies_below_x_is_x(ours, q):
    x = float(ours.quantile(q))
    assert_allclose(ours.quantile(ours.cdf(x)), x, rtol=1e-9, atol=1e-12)


@given(COUNTING_ONE, st.integers(0, 300))
def test_the_quantile_of_what_lies_up_to_k_is_k(ours, k):
    if ours.pmf(k) > 1e-14:  # else what lies below k and what lies up to it may be one float
        assert ours.quantile(ours.cdf(k)) == k


@given(COUNTING_ONE, st.floats(0, 1))
def test_a_quantile_is_the_least_that_reaches(ours, q):
    k = ours.quantile(q)
    if 0 < q < 1:
        assert ours.cdf(k) >= q - 1e-12
        assert ours.cdf(k - 1) < q + 1e-12


@given(st.one_of(CONTINUOUS_ONE, COUNTING_ONE), st.floats(-400, 400))
def test_what_is_up_to_x_and_what_is_above_make_up_one(ours, x):
    assert_allclose(ours.cdf(x) + ours.sf(x), 1, rtol=1e-14)


@given(COUNTING_ONE)
def test_all_probabilities_sum_to_one_and_give_mean_and_variance(ours):
    k = np.arange(700.0)
    p = ours.pmf(k)
    assert_allclose(p.sum(), 1, rtol=1e-12)
    assert_allclose(p @ k, ours.mean, rtol=1e-11, atol=1e-300)
    assert_allclose(p @ (k - ours.mean) ** 2, ours.variance, rtol=1e-9, atol=1e-12)
    assert_allclose(np.cumsum(p), ours.cdf(k), rtol=1e-11, atol=1e-300)


@given(st.floats(0, 1))
def test_one_trial_is_a_binomial_of_one(p):
    k = [-1, 0, 0.5, 1, 2]
    assert_allclose(Bernoulli(p).pmf(k), Binomial(1, p).pmf(k), rtol=1e-13)
    assert_allclose(Bernoulli(p).cdf(k), Binomial(1, p).cdf(k), rtol=1e-13)


@given(st.floats(0.5, 50), st.floats(0.01, 50))
def test_the_square_of_a_t_with_many_degrees_is_a_chi_square_and_of_a_normal_number_too(t, x):
    assert_allclose(2 * StudentT(1e12).sf(math.sqrt(x)), ChiSquare(1).sf(x), rtol=1e-8)
    assert_allclose(2 * Normal(0, 1).sf(math.sqrt(x)), ChiSquare(1).sf(x), rtol=1e-12)


@given(st.floats(0.01, 300), st.integers(0, 300))
def test_so_many_events_or_fewer_is_a_wait_that_is_longer(rate, k):
    assert_allclose(Poisson(rate).cdf(k), ChiSquare(2 * (k + 1)).sf(2 * rate), rtol=1e-11, atol=1e-300)


# --- a hundred thousand trials --------------------------------------------------------------------


@pytest.mark.parametrize("p", [1e-9, 1e-5, 0.01, 0.3, 0.5, 0.9, 1 - 1e-5])
def test_a_binomial_of_1e5_is_scipys(p):
    ours, scipys = Binomial(100_000, p), stats.binom(100_000, p)
    k = counts_of(ours)
    k = k[k <= ours.n]
    close(ours.pmf(k), scipys.pmf(k))
    close(ours.cdf(k), scipys.cdf(k))
    close(ours.sf(k), scipys.sf(k))


@pytest.mark.parametrize("k", [49_000, 49_900, 50_000])
def test_it_has_12_digits_of_the_exact_number(k):
    n = 100_000
    ways = at_most = math.comb(n, k)
    for j in range(k, k - 2000, -1):  # what is farther out is less than the last digit
        ways = ways * j // (n - j + 1)
        at_most += ways
    coin = Binomial(n, 0.5)
    assert_allclose(coin.pmf(k), math.comb(n, k) / 2**n, rtol=1e-12)
    assert_allclose([coin.cdf(k), coin.sf(k)], [at_most / 2**n, (2**n - at_most) / 2**n], rtol=1e-12)


def test_all_that_can_come_of_1e5_trials_sums_to_one():
    assert_allclose(Binomial(100_000, 0.3).pmf(np.arange(100_001)).sum(), 1, rtol=1e-12)


def test_quantiles_of_1e5():
    q = [1e-30, 0.025, 0.5, 0.975]
    for ours, scipys in [(Binomial(100_000, 0.3), stats.binom(100_000, 0.3)), (Poisson(1e5), stats.poisson(1e5))]:
        assert_array_equal(ours.quantile(q), scipys.ppf(q))


# --- edges ----------------------------------------------------------------------------------------


def test_where_the_probability_underflows_its_logarithm_does_not():
    assert_allclose(Normal(0, 1).log_prob(1e10), -5e19, rtol=1e-12)
    assert_allclose(Binomial(10_000, 1e-300).log_prob(10_000), 10_000 * math.log(1e-300), rtol=1e-12)
    assert_allclose(Binomial(10_000, 0.5).log_prob(0), -10_000 * math.log(2), rtol=1e-12)
    assert_allclose(Poisson(1e-310).log_prob(20), 20 * math.log(1e-310) - math.lgamma(21), rtol=1e-12)
    assert_allclose(Poisson(1e5).log_prob(0), -1e5)
    assert_allclose(ChiSquare(3).log_prob(1e10), stats.chi2.logpdf(1e10, 3), rtol=1e-12)
    assert_allclose(StudentT(3).log_prob(1e200), stats.t.logpdf(1e100, 3) - 4 * math.log(1e100), rtol=1e-12)
    assert Normal(0, 1).log_prob(1e200) == -np.inf


@pytest.mark.parametrize("n", [0, 1, 100_000])
def test_what_is_certain_and_what_is_impossible(n):
    never, always = Binomial(n, 0), Binomial(n, 1)
    assert never.log_prob(0) == always.log_prob(n) == 0
    assert never.cdf(0) == always.cdf(n) == 1
    assert never.sf(0) == always.sf(n) == 0
    assert_array_equal(never.quantile([0, 0.5, 1]), 0)
    assert_array_equal(always.quantile([0, 0.5, 1]), n)
    if n:
        assert never.log_prob(1) == always.log_prob(n - 1) == -np.inf
        assert (never.cdf(-1), always.cdf(n - 1)) == (0, 0)
    assert_array_equal(never.sample(0, 3), 0)
    assert_array_equal(always.sample(0, 3), n)


def test_no_events_are_expected():
    assert_array_equal(Poisson(0).pmf([0, 1, 20]), [1, 0, 0])
    assert_array_equal(Poisson(0).cdf([-1, 0, 20]), [0, 1, 1])
    assert_array_equal(Poisson(0).quantile([0, 0.5, 1]), 0)
    assert Poisson(2).quantile(1) == np.inf


@pytest.mark.parametrize("ours", [Bernoulli(0.3), Binomial(5, 0.3), Poisson(2)])
def test_between_two_counts_and_outside_there_is_nothing(ours):
    assert_array_equal(ours.pmf([-1, 0.5, 1.5, -np.inf, np.inf]), 0)
    assert_array_equal(ours.cdf([0.5, 3.9]), ours.cdf([0, 3]))
    assert_array_equal(ours.cdf([-np.inf, -0.1, np.inf]), [0, 0, 1])
    assert_array_equal(ours.sf([-np.inf, -0.1, np.inf]), [1, 1, 0])


@pytest.mark.parametrize("ours", [Normal(1, 2), StudentT(0.5), StudentT(30), ChiSquare(3), Uniform(0, 1)])
def test_at_infinity_there_is_all_or_nothing(ours):
    assert_array_equal(ours.pdf([-np.inf, np.inf]), 0)
    assert_array_equal(ours.cdf([-np.inf, np.inf]), [0, 1])
    assert_array_equal(ours.sf([-np.inf, np.inf]), [1, 0])


@pytest.mark.parametrize(("df", "density"), [(1, np.inf), (2, 0.5), (3, 0)])
def test_the_density_of_chi_square_at_0_depends_on_its_degrees(df, density):
    assert ChiSquare(df).pdf(0) == density
    assert_array_equal(ChiSquare(df).pdf([-1, -1e-300]), 0)


def test_cauchys_distribution_has_neither_mean_nor_variance():
    assert math.isnan(StudentT(1).mean)
    assert math.isnan(StudentT(1).variance)
    assert StudentT(2).variance == math.inf
    assert_allclose(StudentT(1).cdf([-1, 0, 1]), [0.25, 0.5, 0.75], rtol=1e-14)
    assert_allclose(StudentT(1).quantile(1e-200), -1 / (math.pi * 1e-200), rtol=1e-12)


def test_a_uniform_density_stands_on_both_ends():
    assert_array_equal(Uniform(2, 6).pdf([1.9, 2, 6, 6.1]), [0, 0.25, 0.25, 0])
    assert Uniform(0, 1e-300).sf(1e-300) == 0


@pytest.mark.parametrize("ours", [*EVERY, Discrete([1, 2], [0.5, 0.5])], ids=str)
def test_every_shape_comes_back(ours):
    for answer in (ours.log_prob, ours.cdf, ours.sf, ours.quantile):
        assert np.shape(answer(0.5)) == ()
        assert np.shape(answer([[0.5, 1], [0, 0.25]])) == (2, 2)


# --- samples --------------------------------------------------------------------------------------

SAMPLED = [Normal(3, 2), Uniform(-1, 4), StudentT(9), ChiSquare(4), Bernoulli(0.3), Binomial(20, 0.3), Poisson(4)]


@pytest.mark.parametrize("ours", SAMPLED, ids=str)
def test_a_sample_has_about_the_mean_and_the_variance(ours, rng):
    n = 20_000
    x = ours.sample(rng, n)
    assert x.shape == (n,)
    assert x.dtype == np.float64
    assert abs(x.mean() - ours.mean) < 5 * math.sqrt(ours.variance / n)
    assert_allclose(x.var(), ours.variance, rtol=0.1)
    # Kolmogorov's test: in one of a million samples the frequencies are farther from the distribution than this.
    values, counts = np.unique(x, return_counts=True)
    assert np.max(np.abs(np.cumsum(counts) / n - ours.cdf(values))) < 2.7 / math.sqrt(n)


@pytest.mark.parametrize("ours", SAMPLED, ids=str)
def test_a_seed_gives_the_same_sample_again(ours):
    assert_array_equal(ours.sample(7, 5), ours.sample(np.random.default_rng(7), 5))


# --- fit ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fit", "x", "nearby"),
    [
        (Normal.fit, [1, 2, 6.5], lambda f: [Normal(f.mean + 0.01, f.deviation), Normal(f.mean, f.deviation * 1.01)]),
        (Normal.fit, [1, 2, 6.5], lambda f: [Normal(f.mean - 0.01, f.deviation), Normal(f.mean, f.deviation / 1.01)]),
        (Uniform.fit, [1, 2, 6.5], lambda f: [Uniform(1, 6.6), Uniform(0.9, 6.5), Uniform(1.1, 6.5), Uniform(1, 6.4)]),
        (Bernoulli.fit, [1, 0, 1], lambda f: [Bernoulli(0.66), Bernoulli(0.67)]),
        (lambda x: Binomial.fit(x, 9), [3, 0, 4], lambda f: [Binomial(9, f.p + 0.01), Binomial(9, f.p - 0.01)]),
        (Poisson.fit, [3, 0, 5], lambda f: [Poisson(f.rate + 0.01), Poisson(f.rate - 0.01)]),
    ],
)
def test_what_was_fitted_makes_the_data_likelier_than_anything_nearby(fit, x, nearby):
    fitted = fit(x)
    best = fitted.log_prob(x).sum()
    assert np.isfinite(best)
    assert all(other.log_prob(x).sum() < best for other in nearby(fitted))


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=20).filter(lambda x: np.ptp(x) > 1e-3))
def test_a_fitted_normal_is_scipys(x):
    fitted = Normal.fit(x)
    assert_allclose([fitted.mean, fitted.deviation], stats.norm.fit(x), rtol=1e-9, atol=1e-9)


def test_a_large_offset_costs_a_fit_no_digits():
    assert Normal.fit([1e9 + 1, 1e9 + 3]) == Normal(1e9 + 2, 1)


def test_a_sample_of_failures_is_fitted_by_what_is_impossible():
    assert Bernoulli.fit([0, 0]) == Bernoulli(0)
    assert Poisson.fit([0, 0]) == Poisson(0)
    assert Binomial.fit([3, 3], 3) == Binomial(3, 1)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Normal(0, 0), "deviation must be above 0, but deviation = 0 came"),
        (lambda: Normal(np.inf, 1), "mean must be finite, but inf came"),
        (lambda: Normal.fit([2, 2]), "x must vary, but all of it is 2"),
        (lambda: Normal(0, 1).cdf([0, np.nan]), "x must not hold NaN, but x[1] is nan"),
        (lambda: Normal(0, 1).quantile([0.5, 1.5]), "q must hold probabilities from 0 to 1, but 1.5 came"),
        (lambda: Normal(0, 1).sample(0, 0), "n must be at least 1, but n = 0 came"),
        (lambda: Uniform(1, 1), "low must be below high, but low = 1 and high = 1 came"),
        (lambda: Uniform(-1e308, 1e308), "high − low must be a float, but low = -1e+308 and high = 1e+308 came"),
        (lambda: Uniform.fit([3, 3]), "x must vary, but all of it is 3"),
        (lambda: StudentT(0), "df must be above 0, but df = 0 came"),
        (lambda: ChiSquare(-1), "df must be above 0, but df = -1 came"),
        (lambda: ChiSquare(1).quantile(-0.1), "q must hold probabilities from 0 to 1, but -0.1 came"),
        (lambda: Bernoulli(1.5), "p must be a probability from 0 to 1, but p = 1.5 came"),
        (lambda: Bernoulli.fit([0, 0.5]), "x must hold outcomes 0 or 1, but 0.5 came"),
        (lambda: Binomial(-1, 0.5), "n must be at least 0, but n = -1 came"),
        (lambda: Binomial(3, -0.1), "p must be a probability from 0 to 1, but p = -0.1 came"),
        (lambda: Binomial.fit([1, 4], 3), "x must hold counts of at most n = 3, but 4 came"),
        (lambda: Poisson(-1), "rate must be at least 0, but rate = -1 came"),
        (lambda: Poisson.fit([1, 0.5]), "x must hold whole numbers from 0 on, but 0.5 came"),
    ],
)
def test_what_is_wrong_is_said(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole message is compared
        call()
    assert str(error.value) == message


def test_half_a_trial_is_none():
    with pytest.raises(TypeError, match=r"^n must be a whole number, but float 2.5 came$"):
        Binomial(2.5, 0.5)


def test_what_was_made_stays_as_it_is():
    with pytest.raises(AttributeError):
        Normal(0, 1).mean = 3
    assert Normal(0, 1) == Normal(0.0, 1.0)
    assert len({Poisson(2), Poisson(2.0)}) == 1
