"""Hypothesis tests: how surprising a sample would be, if there were nothing to find."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Array, Vector, as_vector, require
from mathml.probability import StudentT
from mathml.probability.interface import as_finite
from mathml.statistics.descriptive import mean, standard_deviation
from mathml.statistics.samples import as_pairs, as_part, as_varying, varies
from mathml.vectors import norm

__all__ = [
    "EXTREMITIES",
    "Alternative",
    "TestResult",
    "as_alternative",
    "bonferroni",
    "t_test",
    "t_test_paired",
    "t_test_two",
]

Alternative = Literal["two-sided", "greater", "less"]


@dataclass(frozen=True, repr=False, eq=False)
class TestResult:
    """What a test found.

    test : its name
    symbol : what its statistic is called
    statistic : how far the sample is from what the null hypothesis says
    df : degrees of freedom of the statistic's distribution; None, if it has no such number
    p_value : the probability, under the null hypothesis, of a statistic at least as extreme

    Lesson 4, "p-values".

    >>> TestResult("one-sample t-test", "t", 2.5, 9, 0.0339)
    one-sample t-test: t = 2.5, df = 9, p = 0.0339
    """

    test: str
    symbol: str
    statistic: float
    df: float | None
    p_value: float

    def __repr__(self) -> str:
        freedom = "" if self.df is None else f", df = {self.df:.4g}"
        return f"{self.test}: {self.symbol} = {self.statistic:.4g}{freedom}, p = {self.p_value:.3g}"


# --- t-tests --------------------------------------------------------------------------------------


def t_test(x: ArrayLike, mean_0: float, alternative: Alternative = "two-sided") -> TestResult:
    """Whether the mean of the population can be mean_0.

        t = (x̄ − μ₀) / (s / √n),    with n − 1 degrees of freedom

    Parameters
    ----------
    x : (n,) at least two numbers, not all the same
    mean_0 : μ₀, the mean under the null hypothesis
    alternative : "two-sided", or "greater" or "less" than mean_0

    Raises
    ------
    ValueError
        If x does not vary: nothing tells how far its mean may be off.

    Lesson 4, "t-test"; Student, The probable error of a mean (1908); Wasserman, All of Statistics (2004), 10.10.2.

    >>> t_test([4, 5, 6], 3)
    one-sample t-test: t = 3.464, df = 2, p = 0.0742
    """
    x, mean_0 = as_varying(x, "x"), as_finite(mean_0, "mean_0")
    return _one_sample("one-sample t-test", x, mean_0, alternative)


def t_test_paired(x: ArrayLike, y: ArrayLike, alternative: Alternative = "two-sided") -> TestResult:
    """Whether two measurements of the same examples have the same mean: a one-sample test of their differences.

        dᵢ = xᵢ − yᵢ,    t = d̄ / (s_d / √n),    with n − 1 degrees of freedom

    Parameters
    ----------
    x, y : (n,) pairs of numbers, whose differences are not all the same
    alternative : "two-sided", or "greater" or "less": of x than of y

    Raises
    ------
    ValueError
        If the differences do not vary by more than the rounding of x and y.

    Lesson 4, "t-test".

    >>> t_test_paired([4, 5, 9], [1, 3, 4])
    paired t-test: t = 3.78, df = 2, p = 0.0634
    """
    x, y = as_pairs(x, y)
    size = max(norm(x, math.inf), norm(y, math.inf))
    return _one_sample("paired t-test", as_varying(x - y, "x - y", size), 0.0, alternative)


def t_test_two(
    x: ArrayLike, y: ArrayLike, equal_variance: bool = False, alternative: Alternative = "two-sided"
) -> TestResult:
    """Whether the populations of two samples have the same mean.

        t = (x̄ − ȳ) / SE

        Welch:   SE² = s_x²/n + s_y²/m,    df = SE⁴ / [(s_x²/n)²/(n − 1) + (s_y²/m)²/(m − 1)]
        pooled:  SE² = s² (1/n + 1/m),     df = n + m − 2,    s² = [(n − 1) s_x² + (m − 1) s_y²] / df

    Parameters
    ----------
    x : (n,) at least two numbers
    y : (m,) at least two numbers
    equal_variance : whether both populations are known to have the same variance; then the pooled test is right, and if
        not, Welch's is
    alternative : "two-sided", or "greater" or "less": of x than of y

    Raises
    ------
    ValueError
        If neither sample varies.

    Lesson 4, "t-test"; Welch, The generalization of "Student's" problem when several different population variances are
    involved (1947).

    >>> t_test_two([4, 5, 6], [1, 2, 3, 4])
    Welch's t-test: t = 2.887, df = 4.959, p = 0.0346
    """
    x, y = as_vector(x, "x"), as_vector(y, "y")
    for name, values in [("x", x), ("y", y)]:
        require(len(values) >= 2, f"{name} must hold at least 2 numbers, but {len(values)} came")
    same = f"all of x is {x[0]:g} and all of y is {y[0]:g}"
    require(varies(x) or varies(y), f"x or y must vary by more than rounding, but {same}")
    error, df = (_pooled if equal_variance else _welch)(x, y)
    name = "two-sample t-test" if equal_variance else "Welch's t-test"
    return _by_student(name, (mean(x) - mean(y)) / error, df, alternative)


def _one_sample(name: str, x: Vector, mean_0: float, alternative: Alternative) -> TestResult:
    error = standard_deviation(x) / math.sqrt(len(x))
    return _by_student(name, (mean(x) - mean_0) / error, len(x) - 1, alternative)


def _welch(x: Vector, y: Vector) -> tuple[float, float]:
    """The standard error of x̄ − ȳ, and its degrees of freedom."""
    of_x, of_y = standard_deviation(x) / math.sqrt(len(x)), standard_deviation(y) / math.sqrt(len(y))
    error = math.hypot(of_x, of_y)
    part_x, part_y = (of_x / error) ** 2, (of_y / error) ** 2  # parts of SE², so that nothing is raised to the power 4
    return error, 1 / (part_x**2 / (len(x) - 1) + part_y**2 / (len(y) - 1))


def _pooled(x: Vector, y: Vector) -> tuple[float, float]:
    df = len(x) + len(y) - 2
    spreads = [math.sqrt(len(z) - 1) * standard_deviation(z) for z in (x, y)]
    return norm(spreads) * math.sqrt((1 / len(x) + 1 / len(y)) / df), df


def _by_student(name: str, t: float, df: float, alternative: Alternative) -> TestResult:
    extreme = EXTREMITIES[as_alternative(alternative)]
    sides = 2 if alternative == "two-sided" else 1
    p_value = sides * float(StudentT(df).sf(extreme(t)))
    return TestResult(name, "t", t, df, p_value)


# --- p-values -------------------------------------------------------------------------------------

# What makes a statistic the more extreme, the larger it is.
EXTREMITIES: dict[Alternative, Callable[[ArrayLike], Array]] = {
    "two-sided": np.abs,
    "greater": np.positive,
    "less": np.negative,
}


def as_alternative(alternative: Alternative) -> Alternative:
    """`alternative`, if it is one of the three."""
    known = ", ".join(f'"{name}"' for name in get_args(Alternative))
    require(alternative in EXTREMITIES, f"alternative must be one of {known}, but {alternative!r} came")
    return alternative


def bonferroni(p_values: ArrayLike, alpha: float = 0.05) -> NDArray[np.bool_]:
    """Which of m null hypotheses to reject, so that with probability 1 − α or more none is wrongly.

        reject if pᵢ ≤ α / m

    Of 20 tests with nothing to find, one comes below 0.05 on average: who looks often enough always finds something.

    Parameters
    ----------
    p_values : (m,)
    alpha : α, above 0 and below 1

    Returns
    -------
    rejected : (m,)

    Lesson 4, "p-values"; Wasserman, All of Statistics (2004), section 10.7.

    >>> bonferroni([0.01, 0.02, 0.04]).tolist()
    [True, False, False]
    """
    p_values, alpha = as_vector(p_values, "p_values"), as_part(alpha, "alpha")
    for p in p_values[(p_values < 0) | (p_values > 1)]:
        raise ValueError(f"p_values must lie between 0 and 1, but {p:g} came")
    rejected: NDArray[np.bool_] = p_values <= alpha / len(p_values)
    return rejected
