"""Statistics: what a sample says, and how far it can be trusted."""

from mathml.statistics.bayesian import Beta, normal_posterior, ridge_penalty
from mathml.statistics.counts import ChiSquareResult, chi_square_fit, chi_square_independence
from mathml.statistics.descriptive import (
    iqr,
    mean,
    median,
    modes,
    percentile,
    quartiles,
    standard_deviation,
    variance,
)
from mathml.statistics.estimation import log_likelihood, maximum_a_posteriori, maximum_likelihood
from mathml.statistics.hypotheses import TestResult, bonferroni, t_test, t_test_paired, t_test_two
from mathml.statistics.intervals import Interval, bootstrap_interval, mean_interval, proportion_interval
from mathml.statistics.pairs import correlation, covariance
from mathml.statistics.permutations import PermutationResult, permutation_test
from mathml.statistics.power import noncentral_t_pdf, t_test_power
from mathml.statistics.running import Welford

__all__ = [
    "Beta",
    "ChiSquareResult",
    "Interval",
    "PermutationResult",
    "TestResult",
    "Welford",
    "bonferroni",
    "bootstrap_interval",
    "chi_square_fit",
    "chi_square_independence",
    "correlation",
    "covariance",
    "iqr",
    "log_likelihood",
    "maximum_a_posteriori",
    "maximum_likelihood",
    "mean",
    "mean_interval",
    "median",
    "modes",
    "noncentral_t_pdf",
    "normal_posterior",
    "percentile",
    "permutation_test",
    "proportion_interval",
    "quartiles",
    "ridge_penalty",
    "standard_deviation",
    "t_test",
    "t_test_paired",
    "t_test_power",
    "t_test_two",
    "variance",
]
