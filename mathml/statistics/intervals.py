"""Confidence intervals: a sample's answer, with how far it can be trusted."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_count, as_matrix, as_vector, require
from mathml.probability import Normal, StudentT
from mathml.statistics.descriptive import mean, percentile, standard_deviation
from mathml.statistics.samples import Seed, as_part, as_varying

__all__ = ["Interval", "bootstrap_interval", "mean_interval", "proportion_interval"]


class Interval(NamedTuple):
    """Both ends of an interval."""

    low: float
    high: float


def mean_interval(x: ArrayLike, level: float = 0.95) -> Interval:
    """Where the mean of the population can be, as the sample tells it.

        x̄ ± t s / √n    with t the quantile (1 + level) / 2 of Student's t with n − 1 degrees of freedom

    If the population is normal, a part `level` of all samples gives an interval that holds its mean; if not, nearly
    so for large n. These are the means that `t_test` does not reject with α = 1 − level.

    Parameters
    ----------
    x : (n,) at least two numbers, not all the same
    level : above 0 and below 1

    Raises
    ------
    ValueError
        If x does not vary: nothing tells how far its mean may be off.

    Lesson 4, "Confidence intervals"; Wasserman, All of Statistics (2004), sections 6.3.2 and 10.10.2.

    >>> [round(end, 3) for end in mean_interval([4, 5, 6])]
    [2.516, 7.484]
    """
    x, level = as_varying(x, "x"), as_part(level, "level")
    t = -_quantile(StudentT(len(x) - 1), (1 - level) / 2)
    middle, margin = mean(x), t * standard_deviation(x) / math.sqrt(len(x))
    return Interval(middle - margin, middle + margin)


def proportion_interval(successes: SupportsIndex, n: SupportsIndex, level: float = 0.95) -> Interval:
    """Where the probability of a success can be, after so many in n trials.

        (p̂ + z²/2n ± z √(p̂ (1 − p̂) / n + z²/4n²)) / (1 + z²/n)    with p̂ = successes / n

    z is the quantile (1 + level) / 2 of the standard normal distribution. These are the p for which p̂ is at most z of
    *their* deviations √(p (1 − p) / n) away. At 0 and n successes it has a width too, and it never passes 0 or 1.

    Parameters
    ----------
    successes : from 0 to n
    n : at least 1
    level : above 0 and below 1

    Lesson 4, "Confidence intervals"; Wilson, Probable inference, the law of succession, and statistical inference
    (1927); Brown, Cai and DasGupta, Interval estimation for a binomial proportion (2001), section 3.1.1.

    >>> [round(end, 3) for end in proportion_interval(0, 10)]
    [0.0, 0.278]
    """
    n, successes, level = as_count(n, "n"), as_count(successes, "successes", least=0), as_part(level, "level")
    require(successes <= n, f"successes must be at most n = {n}, but successes = {successes} came")
    z = -_quantile(Normal(0, 1), (1 - level) / 2)
    return Interval(_wilson_low(successes / n, n, z), 1 - _wilson_low(1 - successes / n, n, z))


def _wilson_low(p: float, n: int, z: float) -> float:
    """The lower end; 1 less the lower end for failures is the upper one.

    The product of both ends is p̂² / (1 + z²/n): divided by the upper end, it loses no digits where p̂ is small.
    """
    upper = p + z**2 / (2 * n) + z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return p**2 / upper


def bootstrap_interval(
    x: ArrayLike,
    statistic: Callable[[Array], float],
    level: float = 0.95,
    rng: Seed = None,
    n_resamples: SupportsIndex = 2000,
) -> Interval:
    """Where a statistic of the population can be: how it varies over samples drawn from the sample.

        [θ*₍α/2₎, θ*₍1−α/2₎]    with α = 1 − level, and θ* the statistic of n examples drawn with replacement

    It asks for no formula, and takes any statistic; for a small sample it is somewhat too short.

    Parameters
    ----------
    x : (n,) numbers, or (n, d) examples, which are drawn as whole rows
    statistic : from a sample of the shape of x to a number
    level : above 0 and below 1
    rng : a seed or a `numpy.random.Generator`
    n_resamples : how many samples are drawn

    Lesson 4, "Confidence intervals"; Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 13.3.

    >>> from mathml.statistics import median
    >>> low, high = bootstrap_interval([1, 2, 3, 4, 100], median, rng=0)
    >>> low, high
    (1.0, 100.0)
    """
    x, level = as_matrix(x, "x") if np.ndim(x) == 2 else as_vector(x, "x"), as_part(level, "level")
    n_resamples, rng = as_count(n_resamples, "n_resamples"), np.random.default_rng(rng)
    n = len(x)
    resamples = (x[rng.integers(n, size=n)] for _ in range(n_resamples))
    values = as_vector([statistic(resample) for resample in resamples], "statistic(resample)")
    outside = 50 * (1 - level)
    return Interval(percentile(values, outside), percentile(values, 100 - outside))


@lru_cache
def _quantile(distribution: Normal | StudentT, part: float) -> float:
    """The quantile, kept: many intervals of one level, for samples of one size, ask for the same one."""
    return float(distribution.quantile(part))
