"""Estimation: SciPy's fits and the closed forms, what a prior changes, and where there is nothing to maximise."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy import optimize, stats
from sklearn.linear_model import Ridge

from mathml.information import binary_cross_entropy
from mathml.probability import Bernoulli, Normal
from mathml.statistics import (
    Beta,
    log_likelihood,
    maximum_a_posteriori,
    maximum_likelihood,
    mean,
    normal_posterior,
    ridge_penalty,
)

# Any warning (overflow, log 0) is a failure here.
pytestmark = pytest.mark.filterwarnings("error")

OUTCOMES = hnp.arrays(int, st.integers(1, 30), elements=st.integers(0, 1))
NUMBERS = hnp.arrays(np.float64, st.integers(1, 20), elements=st.floats(-10, 10).map(lambda x: round(x, 3)))
SIZE = st.floats(0.1, 20)
CHANCES = np.linspace(0, 1, 21)


def of_coin(x):
    return lambda p: log_likelihood(Bernoulli(p), x)


# --- maximum likelihood ---------------------------------------------------------------------------


@given(NUMBERS, st.floats(-5, 5), SIZE)
def test_the_log_likelihood_is_scipys(x, middle, deviation):
    expected = stats.norm(middle, deviation).logpdf(x).sum()
    assert_allclose(log_likelihood(Normal(middle, deviation), x), expected, rtol=1e-10)


@given(OUTCOMES, st.floats(0.01, 0.99))
def test_the_log_likelihood_of_a_coin_is_n_times_less_the_binary_cross_entropy(x, p):
    loss = binary_cross_entropy(x, np.full(len(x), p))
    assert_allclose(log_likelihood(Bernoulli(p), x), -len(x) * loss, rtol=1e-10)


def test_what_is_impossible_has_no_likelihood():
    assert log_likelihood(Bernoulli(0), [0, 1]) == -math.inf


@given(OUTCOMES)
def test_the_likeliest_coin_is_the_part_of_heads_that_fell(x):
    assert_allclose(maximum_likelihood(of_coin(x), CHANCES), x.mean(), atol=1e-7)


@given(NUMBERS, SIZE)
def test_the_likeliest_middle_of_a_normal_is_the_mean_whatever_its_deviation(x, deviation):
    estimate = maximum_likelihood(lambda mu: log_likelihood(Normal(mu, deviation), x), np.linspace(-11, 11, 12))
    assert_allclose(estimate, mean(x), atol=1e-5)


def test_the_likeliest_shift_of_a_cauchy_is_the_highest_of_several_tops():
    x = np.array([-9.0, -8.5, 4.0, 4.5, 5.0, 12.0])

    def height(shift):
        return -np.log1p((x - shift) ** 2).sum()

    ours = maximum_likelihood(height, np.linspace(-20, 20, 81))
    theirs = optimize.minimize_scalar(lambda shift: -height(shift), bounds=(3, 6), options={"xatol": 1e-10})
    assert_allclose(ours, theirs.x, atol=1e-6)
    assert all(height(other) < height(ours) for other in np.linspace(-20, 20, 997))


@given(st.floats(-5, 5), st.floats(0.1, 10))
def test_the_top_of_a_parabola_is_found_to_eight_digits(top, steepness):
    estimate = maximum_likelihood(lambda x: -steepness * (x - top) ** 2, np.linspace(-6, 6, 7))
    assert_allclose(estimate, top, atol=1e-7)


def test_the_top_may_lie_at_an_end_or_on_the_grid():
    assert maximum_likelihood(lambda x: x, [0, 1, 2]) == 2
    assert maximum_likelihood(lambda x: -abs(x - 1), [0, 1, 2]) == 1
    assert maximum_likelihood(lambda x: -x * x, [3]) == 3


# --- maximum a posteriori -------------------------------------------------------------------------


@given(OUTCOMES, st.floats(1.5, 10), st.floats(1.5, 10))
def test_the_likeliest_coin_after_a_beta_prior_is_the_mode_of_the_posterior(x, a, b):
    prior = Beta(a, b)
    estimate = maximum_a_posteriori(of_coin(x), lambda p: float(prior.log_prob(p)), CHANCES)
    assert_allclose(estimate, prior.posterior(x).mode, atol=1e-6)


@given(OUTCOMES)
def test_a_flat_prior_changes_nothing(x):
    flat = maximum_a_posteriori(of_coin(x), lambda p: float(Beta(1, 1).log_prob(p)), CHANCES)
    assert_allclose(flat, maximum_likelihood(of_coin(x), CHANCES), atol=1e-7)


@given(NUMBERS, st.floats(-5, 5), SIZE, SIZE)
def test_the_likeliest_mean_after_a_normal_prior_is_the_posterior_mean(x, middle, spread, deviation):
    prior = Normal(middle, spread)
    estimate = maximum_a_posteriori(
        lambda mu: log_likelihood(Normal(mu, deviation), x),
        lambda mu: float(prior.log_prob(mu)),
        np.linspace(-11, 11, 9),
    )
    assert_allclose(estimate, normal_posterior(prior, x, deviation).mean, atol=1e-5)


def test_a_prior_saves_a_coin_that_fell_on_heads_three_times():
    assert maximum_likelihood(of_coin([1, 1, 1]), CHANCES) == 1
    assert_allclose(Beta(2, 2).posterior([1, 1, 1]).mode, 0.8)


# --- posteriors -----------------------------------------------------------------------------------


@given(SIZE, SIZE, hnp.arrays(np.float64, 5, elements=st.floats(0.001, 0.999)))
def test_the_beta_distribution_is_scipys(a, b, p):
    ours, theirs = Beta(a, b), stats.beta(a, b)
    assert_allclose(ours.log_prob(p), theirs.logpdf(p), rtol=1e-9, atol=1e-11)
    assert_allclose(ours.pdf(p), theirs.pdf(p), rtol=1e-9, atol=1e-300)
    assert_allclose(ours.cdf(p), theirs.cdf(p), rtol=1e-9, atol=1e-12)
    assert_allclose([ours.mean, ours.variance], theirs.stats("mv"), rtol=1e-12)


def test_samples_of_a_beta_distribution_have_its_moments(rng):
    x = Beta(2, 6).sample(rng, 10**4)
    assert_allclose([x.mean(), x.var()], [Beta(2, 6).mean, Beta(2, 6).variance], rtol=0.05)


def test_at_the_ends_the_beta_density_is_what_its_limits_are():
    assert_allclose(Beta(1, 1).pdf([-0.1, 0, 0.5, 1, 1.1]), [0, 1, 1, 1, 0], rtol=1e-14)
    assert_array_equal(Beta(2, 2).pdf([0, 1]), [0, 0])
    assert_array_equal(Beta(0.5, 1).log_prob([0]), [math.inf])
    assert_allclose(Beta(1, 2).pdf([0, 1]), [2, 0])


@given(OUTCOMES, OUTCOMES)
def test_outcomes_in_two_parts_teach_what_they_teach_at_once(x, y):
    prior = Beta(2, 3)
    assert prior.posterior(x).posterior(y) == prior.posterior(np.concatenate([x, y]))


@given(OUTCOMES, st.floats(0.05, 0.95))
def test_bayes_theorem_holds_for_the_beta_posterior(x, p):
    # posterior ∝ prior · likelihood: the logarithm of their ratio is the same at p as at one half.
    prior = Beta(2, 3)
    posterior = prior.posterior(x)
    ratios = [float(posterior.log_prob(q) - prior.log_prob(q)) - log_likelihood(Bernoulli(q), x) for q in (p, 0.5)]
    assert_allclose(ratios[0], ratios[1], rtol=1e-9, atol=1e-9)


@given(NUMBERS, st.floats(-5, 5), SIZE, SIZE, st.floats(-5, 5))
def test_bayes_theorem_holds_for_the_normal_posterior(x, middle, spread, deviation, mu):
    prior = Normal(middle, spread)
    posterior = normal_posterior(prior, x, deviation)

    def ratio(m):
        return float(posterior.log_prob(m) - prior.log_prob(m)) - log_likelihood(Normal(m, deviation), x)

    assert_allclose(ratio(mu), ratio(0.0), rtol=1e-7, atol=1e-7)


@given(NUMBERS, st.floats(-5, 5), SIZE, SIZE)
def test_the_posterior_mean_lies_between_prior_and_data_and_is_surer_than_either(x, middle, spread, deviation):
    posterior = normal_posterior(Normal(middle, spread), x, deviation)
    low, high = sorted([middle, mean(x)])
    assert low - 1e-12 <= posterior.mean <= high + 1e-12
    assert posterior.deviation <= min(spread, deviation / math.sqrt(len(x))) * (1 + 1e-12)


def test_with_many_data_the_prior_is_forgotten_and_a_sure_prior_never():
    x = np.full(10**6, 3.0)
    assert_allclose(normal_posterior(Normal(-50, 1), x, 1).mean, 3, atol=1e-4)
    sure = normal_posterior(Normal(-50, 1e-12), x, 1)
    assert_allclose([sure.mean, sure.deviation], [-50, 1e-12], rtol=1e-9)
    unsure = normal_posterior(Normal(-50, 1e9), x, 1)
    assert_allclose([unsure.mean, unsure.deviation], [3, 1e-3], rtol=1e-9)


# --- ridge ----------------------------------------------------------------------------------------


def test_scikit_learns_ridge_with_this_penalty_finds_the_likeliest_weights(rng):
    X, w = rng.normal(size=(40, 3)), rng.normal(size=3)
    noise, prior = 0.7, 0.4
    y = X @ w + noise * rng.normal(size=40)
    found = Ridge(alpha=ridge_penalty(noise, prior), fit_intercept=False, tol=1e-12).fit(X, y).coef_

    def log_posterior(weights):
        return log_likelihood(Normal(0, noise), y - X @ weights) + log_likelihood(Normal(0, prior), weights)

    for step in 1e-3 * np.eye(3):
        assert log_posterior(found) > max(log_posterior(found + step), log_posterior(found - step))
        slope = (log_posterior(found + step) - log_posterior(found - step)) / 2e-3
        assert_allclose(slope, 0, atol=1e-6)


@given(SIZE, SIZE, SIZE)
def test_only_the_ratio_of_noise_and_prior_counts(noise, prior, unit):
    assert_allclose(ridge_penalty(unit * noise, unit * prior), ridge_penalty(noise, prior), rtol=1e-12)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: maximum_likelihood(lambda p: -math.inf, [0, 1]),
            "log_likelihood must be finite somewhere on the grid, but it is −∞ everywhere",
        ),
        (
            lambda: maximum_likelihood(lambda p: math.inf, [0, 1]),
            "log_likelihood must be finite or −∞, but at 0 it is ∞",
        ),
        (
            lambda: maximum_likelihood(lambda p: math.nan, [0.5, 1]),
            "log_likelihood(0.5) must be a number, but NaN came",
        ),
        (
            lambda: maximum_likelihood(lambda p: p, [1, 0]),
            "grid must rise from each parameter to the next, but grid[1] is 0 after 1",
        ),
        (lambda: Beta(0, 1), "a must be above 0, but a = 0 came"),
        (lambda: Beta(1, math.inf), "b must be finite, but inf came"),
        (lambda: Beta(1, 1).mode, "a mode needs a and b from 1 on, and not both 1, but a = 1 and b = 1"),
        (lambda: Beta(0.5, 3).mode, "a mode needs a and b from 1 on, and not both 1, but a = 0.5 and b = 3"),
        (lambda: Beta(1, 1).posterior([0, 2]), "x must hold outcomes 0 or 1, but 2 came"),
        (lambda: normal_posterior(Normal(0, 1), [1], 0), "deviation must be above 0, but deviation = 0 came"),
        (lambda: ridge_penalty(-1, 1), "noise must be above 0, but noise = -1 came"),
        (lambda: ridge_penalty(1, 0), "prior must be above 0, but prior = 0 came"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 — the whole message is compared
        call()
    assert str(caught.value) == message
