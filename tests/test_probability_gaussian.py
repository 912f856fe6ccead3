"""Distributions of vectors: the multivariate Gaussian, its shadows and slices, and the multinomial."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from sklearn.datasets import load_iris

from mathml.probability import Binomial, Multinomial, MultivariateNormal, Normal, Poisson
from tests.difficult_matrices import positive_definite

# Any warning (overflow, 0/0, log 0) is a failure here.
pytestmark = pytest.mark.filterwarnings("error")

CLOUD = MultivariateNormal([1, -2, 0.5], [[2, 0.5, 0.3], [0.5, 1, 0.2], [0.3, 0.2, 3]])
SPLITS = st.permutations(range(3)).flatmap(
    lambda order: st.integers(1, 2).map(lambda k: (order[:k], sorted(order[k:])))
)
POINTS = st.lists(st.floats(-5, 5), min_size=3, max_size=3)


# --- the Gaussian ---------------------------------------------------------------------------------


@given(positive_definite(), st.integers(0, 2**32 - 1))
def test_the_density_is_scipys(covariance, seed):
    rng = np.random.default_rng(seed)
    mean, X = rng.normal(size=len(covariance)), rng.normal(size=(4, len(covariance)))
    theirs = stats.multivariate_normal(mean, covariance).logpdf(X)
    assert_allclose(MultivariateNormal(mean, covariance).log_prob(X), np.reshape(theirs, 4), rtol=1e-7)


@given(st.floats(-3, 3), st.floats(0.1, 5), st.floats(-9, 9))
def test_in_one_dimension_it_is_the_normal(mean, deviation, x):
    ours = MultivariateNormal([mean], [[deviation**2]])
    assert_allclose(ours.log_prob([x]), Normal(mean, deviation).log_prob(x), rtol=1e-12, atol=1e-12)


@given(POINTS, SPLITS)
def test_a_shadow_times_a_slice_is_the_whole(x, split):
    known, others = split
    x = np.array(x)
    apart = CLOUD.marginal(known).log_prob(x[known]) + CLOUD.conditional(known, x[known]).log_prob(x[others])
    assert_allclose(CLOUD.log_prob(x), apart, rtol=1e-12)


@given(POINTS, SPLITS)
def test_a_slice_is_what_the_formula_with_the_inverse_says(x, split):
    known, others = split
    a, S = np.array(x)[known], CLOUD.covariance
    weights = S[np.ix_(others, known)] @ np.linalg.inv(S[np.ix_(known, known)])
    ours = CLOUD.conditional(known, a)
    assert_allclose(ours.mean, CLOUD.mean[others] + weights @ (a - CLOUD.mean[known]), rtol=1e-10)
    assert_allclose(ours.covariance, S[np.ix_(others, others)] - weights @ S[np.ix_(known, others)], rtol=1e-12)


def test_the_order_of_what_is_known_does_not_matter():
    one, other = CLOUD.conditional([0, 2], [1, 2]), CLOUD.conditional([2, 0], [2, 1])
    assert_allclose(one.mean, other.mean)
    assert_allclose(one.covariance, other.covariance)


def test_a_sample_has_about_its_mean_and_covariance(rng):
    X = CLOUD.sample(rng, 20_000)
    assert X.shape == (20_000, 3)
    assert_allclose(X.mean(axis=0), CLOUD.mean, atol=0.06)
    assert_allclose(np.cov(X.T), CLOUD.covariance, atol=0.15)
    assert_array_equal(CLOUD.sample(3, 2), CLOUD.sample(np.random.default_rng(3), 2))


def test_a_fit_is_the_likeliest(rng):
    X = load_iris().data
    fitted = MultivariateNormal.fit(X)
    assert_allclose(fitted.mean, X.mean(axis=0))
    assert_allclose(fitted.covariance, np.cov(X.T, ddof=0))
    best = fitted.log_prob(X).sum()
    for _ in range(20):
        step = 0.01 * rng.normal(size=(4, 4))
        nearby = MultivariateNormal(fitted.mean + step[0], fitted.covariance + step @ step.T)
        assert nearby.log_prob(X).sum() < best


def test_points_come_in_any_shape_and_far_out_the_logarithm_stays():
    assert CLOUD.log_prob([0, 0, 0]).shape == ()
    assert CLOUD.log_prob(np.zeros((2, 5, 3))).shape == (2, 5)
    standard = MultivariateNormal([0, 0], np.eye(2))
    assert_allclose(standard.log_prob([1e6, 0]), -5e11 - math.log(2 * math.pi))
    assert standard.pdf([1e6, 0]) == 0


def test_units_that_are_far_apart_are_no_singularity():
    units = np.array([1e-100, 1.0, 1e100])
    scaled = MultivariateNormal(CLOUD.mean * units, CLOUD.covariance * units * units[:, np.newaxis])
    assert_allclose(scaled.log_prob([0, 0, 0]), CLOUD.log_prob([0, 0, 0]), rtol=1e-12)


@pytest.mark.parametrize(
    "covariance",
    [[[1, 1], [1, 1]], [[1, 2], [2, 1]], [[1, 0], [0, 0]], [[0.1, 0.3], [0.3, 0.9]]],
    ids=["the same twice", "a saddle", "a constant", "three times the other, rounded"],
)
def test_a_singular_covariance_is_refused(covariance):
    with pytest.raises(
        ValueError, match=r"^covariance must be positive definite, but some combination of the features"
    ):
        MultivariateNormal([0, 0], covariance)


def test_too_few_points_are_no_cloud():
    with pytest.raises(ValueError, match=r"^covariance must be positive definite"):
        MultivariateNormal.fit([[1, 2], [3, 5]])


def test_what_was_made_stays_as_it_is():
    mean = np.zeros(2)
    ours = MultivariateNormal(mean, np.eye(2))
    mean[0] = 7
    assert_array_equal(ours.mean, 0)
    with pytest.raises(ValueError, match="read-only"):
        ours.covariance[0, 0] = 3


# --- the multinomial ------------------------------------------------------------------------------

WEIGHTS = st.lists(st.integers(1, 9), min_size=2, max_size=5).map(lambda w: np.array(w) / sum(w))


@given(WEIGHTS, st.integers(0, 200), st.integers(0, 2**32 - 1))
def test_the_multinomial_is_scipys(p, n, seed):
    X = np.random.default_rng(seed).multinomial(n, p, 5)
    ours, theirs = Multinomial(n, p), stats.multinomial(n, p)
    assert_allclose(ours.log_prob(X), theirs.logpmf(X), rtol=1e-10, atol=1e-10)
    assert_allclose(ours.covariance, theirs.cov(), atol=1e-12)
    assert_allclose(ours.variance, np.diag(ours.covariance), atol=1e-12)


@given(st.integers(0, 100), st.floats(0, 1), st.data())
def test_with_two_outcomes_it_is_the_binomial(n, p, data):
    k = data.draw(st.integers(0, n))
    assert_allclose(Multinomial(n, [p, 1 - p]).pmf([k, n - k]), Binomial(n, p).pmf(k), rtol=1e-12, atol=1e-300)


@given(WEIGHTS, st.integers(1, 100), st.integers(0, 2**32 - 1))
def test_it_is_poisson_counts_given_their_sum(p, n, seed):
    x = np.random.default_rng(seed).multinomial(n, p)
    counts = sum(float(Poisson(rate).log_prob(k)) for rate, k in zip(n * p, x, strict=True))
    assert_allclose(Multinomial(n, p).log_prob(x), counts - Poisson(n).log_prob(n), rtol=1e-10, atol=1e-10)


def test_of_1e5_trials_it_has_12_digits_of_the_exact_number():
    x = [30_100, 19_950, 49_950]
    exact = math.comb(100_000, x[0]) * math.comb(sum(x[1:]), x[1]) * 3 ** x[0] * 2 ** x[1] * 5 ** x[2]
    assert_allclose(Multinomial(100_000, [0.3, 0.2, 0.5]).pmf(x), exact / 10**100_000, rtol=1e-12)


def test_counts_that_do_not_add_up_or_are_not_whole_are_impossible():
    ours = Multinomial(3, [0.5, 0.5, 0])
    assert_array_equal(ours.pmf([[1, 1, 0], [1.5, 1.5, 0], [4, -1, 0], [2, 0, 1], [np.inf, 0, 0]]), 0)
    assert_allclose(ours.pmf([2, 1, 0]), 0.375)
    assert Multinomial(0, [1]).log_prob([0]) == 0


def test_a_sample_of_counts_gives_its_probabilities_back(rng):
    ours = Multinomial(50, [0.5, 0.3, 0.2])
    X = ours.sample(rng, 2000)
    assert X.shape == (2000, 3)
    assert_array_equal(X.sum(axis=1), 50)
    assert_allclose(Multinomial.fit(X).p, ours.p, atol=0.01)
    assert Multinomial.fit(X).n == 50


def test_one_row_of_counts_is_enough_for_a_fit():
    fitted = Multinomial.fit([3, 1, 0])
    assert fitted.n == 4
    assert_array_equal(fitted.p, [0.75, 0.25, 0])
    nearby = [[0.74, 0.26, 0], [0.76, 0.24, 0], [0.74, 0.25, 0.01]]
    assert all(Multinomial(4, p).log_prob([3, 1, 0]) < fitted.log_prob([3, 1, 0]) for p in nearby)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: MultivariateNormal([0], np.eye(2)),
            "mean and covariance must have the same length, but mean has 1 and covariance has 2",
        ),
        (
            lambda: MultivariateNormal([0, 0], [[1, 0], [0.5, 1]]),
            "covariance must be symmetric, but covariance[0, 1] is 0.0 and covariance[1, 0] is 0.5",
        ),
        (lambda: CLOUD.log_prob([1, 2]), "x must have 3 entries in a row, as mean has, but its shape is (2,)"),
        (lambda: CLOUD.marginal([0, 0]), "indices must be different features, but [0, 0] came"),
        (lambda: CLOUD.marginal([3]), "indices must be below 3, but 3 came"),
        (lambda: CLOUD.conditional([0], [1, 2]), "values must hold one for each of the 1 indices, but 2 came"),
        (lambda: CLOUD.conditional([0, 1, 2], [1, 2, 3]), "indices must leave a feature unknown, but all 3 are given"),
        (lambda: Multinomial(3, [0.5, 0.6]), "p must sum to 1, but its sum is 1.1"),
        (lambda: Multinomial(3, [1.5, -0.5]), "p must not hold a negative probability, but -0.5 came"),
        (lambda: Multinomial(3, [0.5, 0.5]).pmf([3]), "x must have 2 counts in a row, as p has, but its shape is (1,)"),
        (
            lambda: Multinomial.fit([[1, 2], [2, 2]]),
            "X must have rows of one sum, but row 0 adds up to 3 and row 1 to 4",
        ),
        (lambda: Multinomial.fit([0, 0]), "X must hold a count above 0, but all are 0"),
    ],
)
def test_what_is_wrong_is_said(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011  # the whole message is compared
        call()
    assert str(error.value) == message
