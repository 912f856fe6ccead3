"""Chi-square tests: whether counts are as expected, and whether two ways to sort examples are independent."""

from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_count, as_matrix, as_vector, require, require_same
from mathml.probability import ChiSquare
from mathml.statistics.hypotheses import TestResult

__all__ = ["ChiSquareResult", "chi_square_fit", "chi_square_independence"]


@dataclass(frozen=True, repr=False, eq=False)
class ChiSquareResult(TestResult):
    """What a chi-square test found, as in `TestResult`, and what it compared.

    expected : counts under the null hypothesis, the shape of what was observed
    contributions : (O − E)² / E, of which the statistic is the sum: which cells are to blame
    """

    expected: Array
    contributions: Array


def chi_square_fit(observed: ArrayLike, expected: ArrayLike, fitted: SupportsIndex = 0) -> ChiSquareResult:
    """Whether counts can come from a distribution.

        χ² = Σᵢ (Oᵢ − Eᵢ)² / Eᵢ,    with k − 1 − fitted degrees of freedom

    The distribution of χ² is a limit: every expected count should be about 5 or more.

    Parameters
    ----------
    observed : (k,) whole counts, and not parts or percentages
    expected : (k,) counts under the null hypothesis, above 0, with the same sum
    fitted : how many parameters of the expected distribution were estimated from these counts

    Raises
    ------
    ValueError
        If an expected count is 0, or the sums differ.

    Lesson 4, "chi-square"; Wasserman, All of Statistics (2004), section 10.4.

    >>> chi_square_fit([10, 20, 30], [20, 20, 20])
    chi-square test of fit: χ² = 10, df = 2, p = 0.00674
    """
    observed, expected = _as_counts(as_vector(observed, "observed"), "observed"), as_vector(expected, "expected")
    require_same("length", observed=len(observed), expected=len(expected))
    for i in np.flatnonzero(expected <= 0):
        raise ValueError(f"expected must be above 0, but expected[{i}] is {expected[i]:g}: merge it with another cell")
    sums = f"observed sums to {observed.sum():.10g} and expected to {expected.sum():.10g}"
    agree = abs(observed.sum() - expected.sum()) <= 1e-8 * observed.sum()
    require(agree, f"expected must have the same sum as observed, but {sums}")
    cells, least = len(observed), 2 + as_count(fitted, "fitted", least=0)
    require(cells >= least, f"observed must have at least {least} cells (fitted = {fitted}), but {cells} came")
    return _compare("chi-square test of fit", observed, expected, cells - least + 1)


def chi_square_independence(table: ArrayLike) -> ChiSquareResult:
    """Whether two ways to sort the same examples are independent of each other.

        χ² = Σᵢⱼ (Oᵢⱼ − Eᵢⱼ)² / Eᵢⱼ,    Eᵢⱼ = rowᵢ · columnⱼ / n,    with (r − 1)(c − 1) degrees of freedom

    No correction for continuity is made. Every expected count should be about 5 or more.

    Parameters
    ----------
    table : (r, c) whole counts, at least 2 by 2; no row and no column of zeros

    Raises
    ------
    ValueError
        If a row or a column has no counts: nothing is to be expected there.

    Lesson 4, "chi-square"; Wasserman, All of Statistics (2004), section 15.2.

    >>> result = chi_square_independence([[30, 10], [10, 30]])
    >>> result
    chi-square test of independence: χ² = 20, df = 1, p = 7.74e-06
    >>> result.expected.tolist()
    [[20.0, 20.0], [20.0, 20.0]]
    """
    table = as_matrix(table, "table")
    require(min(table.shape) >= 2, f"table must be at least 2 by 2, but its shape is {table.shape}")
    _as_counts(table, "table")
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    for side, sums in [("row", rows), ("column", columns)]:
        for i in np.flatnonzero(sums == 0):
            raise ValueError(f"table must have counts in every row and column, but {side} {i} has none")
    df = (len(rows) - 1) * (len(columns) - 1)
    return _compare("chi-square test of independence", table, np.outer(rows, columns / rows.sum()), df)


def _compare(name: str, observed: Array, expected: Array, df: int) -> ChiSquareResult:
    contributions = (observed - expected) ** 2 / expected
    statistic = float(contributions.sum())
    return ChiSquareResult(name, "χ²", statistic, df, float(ChiSquare(df).sf(statistic)), expected, contributions)


def _as_counts(counts: Array, name: str) -> Array:
    for other in counts[(counts < 0) | (counts != np.floor(counts))]:
        raise ValueError(f"{name} must hold counts, whole numbers from 0 on, but {other:g} came")
    require(counts.any(), f"{name} must hold counts, but all of them are 0")
    return counts
