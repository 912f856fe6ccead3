"""Hypothesis tests: SciPy's statistics and p-values, the levels that the tests promise, and what each refuses."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy import integrate, stats
from sklearn.datasets import load_breast_cancer
from sklearn.feature_selection import SelectFwe, f_classif

from mathml.statistics import (
    bonferroni,
    chi_square_fit,
    chi_square_independence,
    mean,
    noncentral_t_pdf,
    permutation_test,
    t_test,
    t_test_paired,
    t_test_power,
    t_test_two,
)
from tests.test_statistics_intervals import VARYING, holds_its_level

# Any warning (overflow, 0/0) is a failure here.
pytestmark = pytest.mark.filterwarnings("error")

CANCER = load_breast_cancer()
ALTERNATIVES = ["two-sided", "greater", "less"]
every_alternative = pytest.mark.parametrize("alternative", ALTERNATIVES)


def agrees(ours, theirs, rtol=1e-9):
    assert_allclose(ours.statistic, theirs.statistic, rtol=rtol, atol=1e-12)
    assert_allclose(ours.p_value, theirs.pvalue, rtol=rtol)


def rejected(p_values, alpha):
    return np.array(p_values) <= alpha


# --- t-tests --------------------------------------------------------------------------------------


@every_alternative
@given(x=VARYING, mean_0=st.integers(-20, 20))
def test_the_one_sample_test_is_scipys(alternative, x, mean_0):
    ours, theirs = t_test(x, mean_0, alternative), stats.ttest_1samp(x, mean_0, alternative=alternative)
    agrees(ours, theirs)
    assert ours.df == theirs.df == len(x) - 1


@every_alternative
@pytest.mark.parametrize("equal_variance", [False, True])
@given(x=VARYING, y=VARYING)
def test_the_two_sample_test_is_scipys(equal_variance, alternative, x, y):
    theirs = stats.ttest_ind(x, y, equal_var=equal_variance, alternative=alternative)
    ours = t_test_two(x, y, equal_variance, alternative)
    agrees(ours, theirs)
    assert_allclose(ours.df, theirs.df, rtol=1e-12)


@every_alternative
def test_the_paired_test_is_scipys(alternative, rng):
    x = rng.normal(size=20)
    y = x + rng.normal(0.2, 0.5, size=20)
    agrees(t_test_paired(x, y, alternative), stats.ttest_rel(x, y, alternative=alternative))


@given(VARYING, VARYING)
def test_the_other_way_round_t_has_the_other_sign(x, y):
    for equal_variance in (False, True):
        ours, other = t_test_two(x, y, equal_variance), t_test_two(y, x, equal_variance)
        assert ours.statistic == -other.statistic
        assert_allclose([ours.df, ours.p_value], [other.df, other.p_value], rtol=1e-12)


@given(VARYING, st.integers(-20, 20))
def test_the_two_sides_together_are_everything(x, mean_0):
    two_sided, greater, less = (t_test(x, mean_0, alternative).p_value for alternative in ALTERNATIVES)
    assert_allclose(greater + less, 1, rtol=1e-12)
    assert_allclose(two_sided, 2 * min(greater, less), rtol=1e-12)


@given(VARYING, VARYING, st.sampled_from([1e-200, 1e-3, 1e200]))
def test_the_unit_does_not_matter(x, y, unit):
    ours, scaled = t_test_two(x, y), t_test_two(x * unit, y * unit)
    assert_allclose([scaled.statistic, scaled.df], [ours.statistic, ours.df], rtol=1e-9, atol=1e-12)


def test_the_offset_does_not_matter():
    x, y = np.array([1.0, 2.0, 4.0]), np.array([3.0, 3.5, 5.0])
    assert_allclose(t_test_two(1e8 + x, 1e8 + y).p_value, t_test_two(x, y).p_value, rtol=1e-7)


def test_pairs_find_what_two_samples_do_not(rng):
    before = rng.normal(100, 20, size=15)
    after = before + rng.normal(2, 1, size=15)
    assert t_test_paired(after, before).p_value < 1e-3 < 0.5 < t_test_two(after, before).p_value


def test_a_far_tail_keeps_its_digits(rng):
    x = rng.normal(100, 1, size=50)
    theirs = stats.ttest_1samp(x, 0)
    assert theirs.pvalue < 1e-90
    agrees(t_test(x, 0), theirs, rtol=1e-7)
    assert_allclose(t_test(-x, 0, "less").p_value, theirs.pvalue / 2, rtol=1e-7)


def test_where_there_is_nothing_to_find_as_many_find_something_as_the_level_says(rng):
    one = [t_test(rng.normal(5, 2, size=6), 5).p_value for _ in range(800)]
    pooled = [t_test_two(*rng.normal(size=(2, 6)), equal_variance=True).p_value for _ in range(800)]
    welch = [t_test_two(rng.normal(size=8), rng.normal(0, 4, size=25)).p_value for _ in range(800)]
    for p_values in (one, pooled, welch):
        for alpha in (0.05, 0.2):
            assert holds_its_level(rejected(p_values, alpha), alpha)


def test_with_unequal_variances_the_pooled_test_breaks_its_promise_and_welchs_does_not(rng):
    samples = [(rng.normal(0, 4, size=5), rng.normal(size=40)) for _ in range(500)]
    pooled = rejected([t_test_two(x, y, equal_variance=True).p_value for x, y in samples], 0.05)
    welch = rejected([t_test_two(x, y).p_value for x, y in samples], 0.05)
    assert pooled.mean() > 0.25
    assert holds_its_level(welch, 0.05)


def test_one_sample_may_be_constant_if_the_other_is_not():
    ours, theirs = t_test_two([1, 1, 1], [1, 2, 3, 5]), stats.ttest_1samp([1, 2, 3, 5], 1)
    assert_allclose([ours.statistic, ours.df, ours.p_value], [-theirs.statistic, theirs.df, theirs.pvalue], rtol=1e-12)


# --- many tests -----------------------------------------------------------------------------------


def test_bonferroni_selects_the_features_that_scikit_learn_does():
    X, y = CANCER.data, CANCER.target
    selected = bonferroni(f_classif(X, y)[1], 1e-10)
    assert_array_equal(selected, SelectFwe(alpha=1e-10).fit(X, y).get_support())
    assert 0 < selected.sum() < 30


def test_of_cancer_most_features_differ_and_with_shuffled_labels_none(rng):
    X, y = CANCER.data, CANCER.target
    shuffled = rng.permutation(y)
    honest = [t_test_two(feature[y == 0], feature[y == 1]).p_value for feature in X.T]
    dishonest = [t_test_two(feature[shuffled == 0], feature[shuffled == 1]).p_value for feature in X.T]
    assert bonferroni(honest).sum() >= 25
    assert not bonferroni(dishonest).any()


@given(hnp.arrays(np.float64, st.integers(1, 20), elements=st.floats(0, 1)), st.floats(0.01, 0.5))
def test_bonferroni_rejects_nothing_that_one_test_alone_would_not(p_values, alpha):
    decided = bonferroni(p_values, alpha)
    assert not (decided & (p_values > alpha)).any()
    assert_array_equal(decided, rejected(p_values * len(p_values), alpha))


def test_with_nothing_to_find_some_of_twenty_is_found_wrongly_only_as_often_as_alpha(rng):
    families = rng.uniform(size=(2000, 20))
    assert np.mean(families.min(axis=1) <= 0.05) > 0.6
    assert np.mean([bonferroni(family).any() for family in families]) <= 0.05 + 4 * math.sqrt(0.05 * 0.95 / 2000)


# --- chi-square -----------------------------------------------------------------------------------

COUNTS = hnp.arrays(int, st.integers(2, 8), elements=st.integers(0, 60)).filter(np.any)
TABLES = hnp.arrays(int, hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=4), elements=st.integers(0, 60))
FULL_TABLES = TABLES.filter(lambda table: table.sum(axis=0).all() and table.sum(axis=1).all())


@given(COUNTS, st.data())
def test_the_test_of_fit_is_scipys(observed, data):
    parts = data.draw(hnp.arrays(np.float64, len(observed), elements=st.floats(0.1, 1)))
    expected = observed.sum() * parts / parts.sum()
    agrees(chi_square_fit(observed, expected), stats.chisquare(observed, expected, sum_check=False))
    if len(observed) > 2:
        agrees(chi_square_fit(observed, expected, 1), stats.chisquare(observed, expected, ddof=1, sum_check=False))


@given(FULL_TABLES)
def test_the_test_of_independence_is_scipys(table):
    ours, theirs = chi_square_independence(table), stats.chi2_contingency(table, correction=False)
    agrees(ours, theirs)
    assert ours.df == theirs.dof
    assert_allclose(ours.expected, theirs.expected_freq)


@given(FULL_TABLES)
def test_what_is_expected_has_the_sums_of_what_was_observed(table):
    result = chi_square_independence(table)
    for axis in (0, 1):
        assert_allclose(result.expected.sum(axis=axis), table.sum(axis=axis))
    assert_allclose(result.contributions.sum(), result.statistic)
    assert_allclose(chi_square_independence(table.T).statistic, result.statistic, rtol=1e-9, atol=1e-9)


def test_a_table_whose_rows_are_alike_is_as_expected():
    result = chi_square_independence([[10, 20, 30], [1, 2, 3]])
    assert_allclose([result.statistic, result.p_value], [0, 1], atol=1e-12)


def test_a_cell_of_zero_is_a_count_like_any_other():
    agrees(chi_square_independence([[0, 10], [12, 3]]), stats.chi2_contingency([[0, 10], [12, 3]], correction=False))


def test_fair_dice_are_called_unfair_as_often_as_the_level_says(rng):
    throws = rng.multinomial(600, np.full(6, 1 / 6), size=1000)
    p_values = [chi_square_fit(throw, np.full(6, 100)).p_value for throw in throws]
    for alpha in (0.05, 0.2):
        assert holds_its_level(rejected(p_values, alpha), alpha)


def test_independent_columns_are_called_dependent_as_often_as_the_level_says(rng):
    tables = rng.multinomial(500, np.outer([0.3, 0.7], [0.2, 0.3, 0.5]).reshape(-1), size=1000).reshape(-1, 2, 3)
    assert holds_its_level(rejected([chi_square_independence(t).p_value for t in tables], 0.05), 0.05)


# --- permutations ---------------------------------------------------------------------------------


@every_alternative
def test_the_permutation_test_is_scipys_but_for_chance(alternative, rng):
    x, y = rng.normal(size=7), rng.normal(0.8, size=7)
    ours = permutation_test(x, y, rng=0, alternative=alternative)
    exact = stats.permutation_test((x, y), lambda a, b: a.mean() - b.mean(), alternative=alternative, n_resamples=10**4)
    assert_allclose(ours.statistic, exact.statistic)
    assert holds_its_level(np.arange(2001) < round(ours.p_value * 2001), exact.pvalue)


def test_for_large_samples_it_agrees_with_the_t_test(rng):
    x, y = rng.normal(size=80), rng.normal(0.25, size=60)
    expected = t_test_two(x, y).p_value
    assert abs(permutation_test(x, y, rng=0).p_value - expected) < 0.02


@given(VARYING, VARYING, st.integers(0, 9))
def test_p_is_never_zero_and_the_deals_keep_the_numbers(x, y, seed):
    result = permutation_test(x, y, rng=seed, n_permutations=19)
    assert 1 / 20 <= result.p_value <= 1
    assert len(result.permuted) == 19
    total = x.sum() + y.sum()
    sums = permutation_test(x, y, lambda a, b: a.sum() + b.sum(), rng=seed, n_permutations=19).permuted
    assert_allclose(sums, total, atol=1e-9)


def test_samples_that_are_alike_are_no_surprise():
    assert permutation_test([0.1, 0.2, 0.3], [0.3, 0.2, 0.1], rng=0, n_permutations=99).p_value == 1


def test_deals_that_are_equal_but_for_rounding_are_equally_extreme():
    # Of the 20 ways to deal, 2 are as extreme as this one: whatever the last digits of their means.
    x, y = np.array([0.1, 0.2, 0.3]), np.array([0.7, 0.8, 0.9])
    result = permutation_test(x, y, lambda a, b: a.sum() / 3 - b.sum() / 3, rng=0)
    assert holds_its_level(np.arange(2001) < round(result.p_value * 2001), 2 / 20)


def test_where_the_distributions_are_the_same_the_level_holds_whatever_they_are(rng):
    p_values = [
        permutation_test(*rng.standard_cauchy(size=(2, 6)), np_median_difference, rng, 59).p_value for _ in range(400)
    ]
    assert np.mean(rejected(p_values, 0.1)) <= 0.1 + 4 * math.sqrt(0.09 / 400)


def np_median_difference(x, y):
    return np.median(x) - np.median(y)


# --- power ----------------------------------------------------------------------------------------


@every_alternative
@pytest.mark.parametrize("n", [2, 3, 10, 30, 1000])
@pytest.mark.parametrize("effect", [-1, 0, 0.1, 0.5, 2])
@pytest.mark.parametrize("alpha", [0.001, 0.05, 0.3])
def test_the_power_is_that_of_scipys_noncentral_t(alternative, n, effect, alpha):
    sides = {"two-sided": [1, -1], "greater": [1], "less": [-1]}[alternative]
    critical = stats.t.isf(alpha / len(sides), n - 1)
    expected = sum(stats.nct.sf(critical, n - 1, side * effect * math.sqrt(n)) for side in sides)
    assert_allclose(t_test_power(effect, n, alpha, alternative), expected, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("df", [1, 2.5, 9, 100])
@pytest.mark.parametrize("shift", [-2, 0, 0.5, 4])
def test_the_density_is_scipys_noncentral_t(df, shift):
    t = np.linspace(-8, 12, 41).reshape(1, 41)
    assert_allclose(noncentral_t_pdf(t, df, shift), stats.nct.pdf(t, df, shift), rtol=1e-8, atol=1e-10)


def test_without_a_shift_the_density_is_students():
    t = np.linspace(-8, 12, 41)
    for df in (0.5, 3, 10**5):
        assert_allclose(noncentral_t_pdf(t, df, 0), stats.t.pdf(t, df), rtol=1e-11)


def test_the_power_is_the_area_under_the_density_beyond_the_critical_value():
    critical = stats.t.isf(0.05, 9)
    t = np.linspace(critical, critical + 60, 2001)
    area = integrate.simpson(noncentral_t_pdf(t, 9, 0.7 * math.sqrt(10)), x=t)
    assert_allclose(t_test_power(0.7, 10, alternative="greater"), area, atol=1e-6)


@given(st.floats(-3, 3), st.integers(2, 200), st.floats(0.001, 0.5))
def test_the_power_never_falls_below_alpha_and_grows_with_the_sample_and_the_effect(effect, n, alpha):
    power = t_test_power(effect, n, alpha)
    assert alpha - 1e-9 <= power <= 1 + 1e-12
    assert t_test_power(effect, n + 1, alpha) >= power - 1e-9
    assert t_test_power(1.1 * effect, n, alpha) >= power - 1e-9
    assert_allclose(t_test_power(-effect, n, alpha), power, rtol=1e-9)


def test_the_test_finds_an_effect_as_often_as_its_power_says(rng):
    found = rejected([t_test(rng.normal(0.6, size=15), 0).p_value for _ in range(800)], 0.05)
    assert holds_its_level(found, t_test_power(0.6, 15))


# --- how a result reads ---------------------------------------------------------------------------


def test_a_result_is_one_line():
    assert str(t_test_two([4, 5, 6], [1, 2, 3, 4])) == "Welch's t-test: t = 2.887, df = 4.959, p = 0.0346"
    assert repr(t_test([4, 5, 6], 3)) == "one-sample t-test: t = 3.464, df = 2, p = 0.0742"
    assert str(chi_square_fit([5, 5], [5, 5])) == "chi-square test of fit: χ² = 0, df = 1, p = 1"
    assert str(permutation_test([1, 1], [1, 1], rng=0)) == "permutation test: T = 0, p = 1"


def test_a_result_does_not_change():
    with pytest.raises(AttributeError):
        t_test([4, 5, 6], 3).p_value = 0


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: t_test([5], 0), "x must hold at least 2 numbers, but 1 came"),
        (lambda: t_test([5, 5, 5], 0), "x must vary by more than rounding, but all of it is 5"),
        (lambda: t_test([0.3, 0.1 + 0.2], 0), "x must vary by more than rounding, but all of it is 0.3"),
        (lambda: t_test([1, 2], math.inf), "mean_0 must be finite, but inf came"),
        (
            lambda: t_test([1, 2], 0, "both"),
            'alternative must be one of "two-sided", "greater", "less", but \'both\' came',
        ),
        (lambda: t_test_two([1], [1, 2]), "x must hold at least 2 numbers, but 1 came"),
        (lambda: t_test_two([1, 2], [1]), "y must hold at least 2 numbers, but 1 came"),
        (
            lambda: t_test_two([5, 5], [7, 7]),
            "x or y must vary by more than rounding, but all of x is 5 and all of y is 7",
        ),
        (lambda: t_test_paired([1, 2], [1]), "x and y must have the same length, but x has 2 and y has 1"),
        (
            lambda: t_test_paired([100.1, 200.1, 300.1], [100, 200, 300]),
            "x - y must vary by more than rounding, but all of it is 0.1",
        ),
        (lambda: bonferroni([0.1, 1.2]), "p_values must lie between 0 and 1, but 1.2 came"),
        (lambda: bonferroni([0.1], alpha=5), "alpha must be above 0 and below 1, but alpha = 5 came"),
        (
            lambda: chi_square_fit([1, 2], [3, 0]),
            "expected must be above 0, but expected[1] is 0: merge it with another cell",
        ),
        (
            lambda: chi_square_fit([10, 20], [10, 10]),
            "expected must have the same sum as observed, but observed sums to 30 and expected to 20",
        ),
        (
            lambda: chi_square_fit([0.5, 0.5], [0.5, 0.5]),
            "observed must hold counts, whole numbers from 0 on, but 0.5 came",
        ),
        (lambda: chi_square_fit([0, 0], [1, 1]), "observed must hold counts, but all of them are 0"),
        (
            lambda: chi_square_fit([5, 5], [5, 5], fitted=1),
            "observed must have at least 3 cells (fitted = 1), but 2 came",
        ),
        (
            lambda: chi_square_fit([1, 2], [1, 1, 1]),
            "observed and expected must have the same length, but observed has 2 and expected has 3",
        ),
        (
            lambda: chi_square_independence([[1, 0], [2, 0]]),
            "table must have counts in every row and column, but column 1 has none",
        ),
        (lambda: chi_square_independence([[1, 2]]), "table must be at least 2 by 2, but its shape is (1, 2)"),
        (
            lambda: chi_square_independence([[1, -2], [2, 1]]),
            "table must hold counts, whole numbers from 0 on, but -2 came",
        ),
        (
            lambda: permutation_test([1], [2], n_permutations=0),
            "n_permutations must be at least 1, but n_permutations = 0 came",
        ),
        (
            lambda: permutation_test([1], [2], lambda x, y: math.inf),
            "statistic(x, y) must be finite, but inf came",
        ),
        (lambda: t_test_power(0.5, 1), "n must be at least 2, but n = 1 came"),
        (lambda: t_test_power(math.inf, 5), "effect must be finite, but inf came"),
        (lambda: t_test_power(1, 5, alpha=0), "alpha must be above 0 and below 1, but alpha = 0 came"),
        (lambda: noncentral_t_pdf([0], 1, math.inf), "shift must be finite, but inf came"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 — the whole message is compared
        call()
    assert str(caught.value) == message


def test_the_default_statistic_of_the_permutation_test_is_the_difference_of_the_means():
    x, y = [1, 2, 6], [2, 2]
    assert permutation_test(x, y, rng=0, n_permutations=1).statistic == mean(x) - mean(y)
