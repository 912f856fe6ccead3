"""The permutation test: if the labels mean nothing, any other way to hand them out would have done as well."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Vector, as_count, as_vector
from mathml.probability.interface import as_finite
from mathml.statistics.descriptive import mean
from mathml.statistics.hypotheses import EXTREMITIES, Alternative, TestResult, as_alternative
from mathml.statistics.samples import Seed

__all__ = ["PermutationResult", "permutation_test"]


@dataclass(frozen=True, repr=False, eq=False)
class PermutationResult(TestResult):
    """What a permutation test found, as in `TestResult`, and what it compared with.

    permuted : (n_permutations,) the statistic of each permutation
    """

    permuted: Vector


def permutation_test(
    x: ArrayLike,
    y: ArrayLike,
    statistic: Callable[[Vector, Vector], float] | None = None,
    rng: Seed = None,
    n_permutations: SupportsIndex = 2000,
    alternative: Alternative = "two-sided",
) -> PermutationResult:
    """Whether two samples come from the same distribution: what shuffled labels would have shown.

        p = (1 + #{T* at least as extreme as T}) / (1 + N)

    T is the statistic of the samples as they are, T* of all n + m numbers dealt out anew, N times. The 1 that is added
    is the deal that was observed: p is never 0, and the test holds its level for any N.

    Parameters
    ----------
    x : (n,)
    y : (m,)
    statistic : from two samples to a number, by default the difference of their means; for a two-sided test it is 0
        where the samples are alike
    rng : a seed or a `numpy.random.Generator`
    n_permutations : N
    alternative : "two-sided", for |T|, or "greater" or "less", for T itself

    Lesson 4, "p-values"; Davison and Hinkley, Bootstrap Methods and their Application (1997), section 4.3.

    >>> permutation_test([1, 2, 3, 4, 5], [11, 12, 13, 14, 15], rng=0).p_value < 0.02
    True
    """
    x, y = as_vector(x, "x"), as_vector(y, "y")
    n_permutations, rng = as_count(n_permutations, "n_permutations"), np.random.default_rng(rng)
    measure, extreme = statistic or _difference_of_means, EXTREMITIES[as_alternative(alternative)]
    observed = as_finite(measure(x, y), "statistic(x, y)")
    deals = (rng.permutation(np.concatenate([x, y])) for _ in range(n_permutations))
    permuted = as_vector([measure(deal[: len(x)], deal[len(x) :]) for deal in deals], "statistic(permutation)")
    as_extreme = np.sum(extreme(permuted) >= extreme(observed) - _rounding(permuted))
    p_value = float(1 + as_extreme) / (1 + n_permutations)
    return PermutationResult("permutation test", "T", observed, None, p_value, permuted)


def _difference_of_means(x: Vector, y: Vector) -> float:
    return mean(x) - mean(y)


def _rounding(permuted: Vector) -> float:
    """By how much two statistics may differ that would be equal but for rounding: then both are equally extreme."""
    return 1e-9 * float(np.max(np.abs(permuted)))
