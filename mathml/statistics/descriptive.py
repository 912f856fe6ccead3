"""Descriptive statistics: where a sample lies, and how far it spreads."""

import math
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Vector, as_count, as_number, as_vector, require
from mathml.matrices.products import in_mid_range
from mathml.vectors import center_columns, dot, norm

__all__ = [
    "iqr",
    "mean",
    "median",
    "modes",
    "percentile",
    "quartiles",
    "standard_deviation",
    "variance",
]


# --- where the middle is --------------------------------------------------------------------------


def mean(x: ArrayLike) -> float:
    """The balance point: the deviations from it sum to zero.

        x̄ = (1/n) Σᵢ xᵢ

    Parameters
    ----------
    x : (n,)

    Lesson 4, "Mean, median, mode".

    >>> mean([1, 2, 6])
    3.0
    """
    _, middle, exponent = _deviations(as_vector(x, "x"))
    return math.ldexp(middle, exponent)


def median(x: ArrayLike) -> float:
    """The middle one in order of size, or the mean of the middle two: one wild number cannot move it far.

    Parameters
    ----------
    x : (n,)

    Lesson 4, "Mean, median, mode".

    >>> median([1, 2, 600]), median([1, 2, 3, 600])
    (2.0, 2.5)
    """
    return percentile(x, 50)


def modes(x: ArrayLike) -> Vector:
    """The numbers that come most often: one, or several that come equally often.

    Parameters
    ----------
    x : (n,)

    Returns
    -------
    modes : (m,) in order of size; where no number comes twice, all of them

    Lesson 4, "Mean, median, mode".

    >>> modes([3, 1, 3, 2, 1]).tolist()
    [1.0, 3.0]
    """
    values, counts = np.unique(as_vector(x, "x"), return_counts=True)
    most_often: Vector = values[counts == counts.max()]
    return most_often


# --- how far it spreads ---------------------------------------------------------------------------


def variance(x: ArrayLike, ddof: SupportsIndex = 1) -> float:
    """The mean square of the deviations from the mean.

        s² = Σᵢ (xᵢ − x̄)² / (n − ddof)

    The other formula, the mean of the squares less the square of the mean, subtracts two nearly equal numbers where the
    mean is large, and can come out negative.

    Parameters
    ----------
    x : (n,)
    ddof : 1 for a sample, whose own mean lies nearer to it than the true mean; 0 for the whole population

    Raises
    ------
    ValueError
        If there are not more than ddof numbers.

    Lesson 4, "Variance and standard deviation"; Chan, Golub and LeVeque, Algorithms for computing the sample variance
    (1983), the two-pass algorithm.

    >>> variance([1e8 + 1, 1e8 + 2, 1e8 + 3])
    1.0
    """
    x, n = _as_sample(x, ddof)
    z, _, exponent = _deviations(x)
    return _ldexp(dot(z, z) / n, 2 * exponent)


def standard_deviation(x: ArrayLike, ddof: SupportsIndex = 1) -> float:
    """How far the numbers typically lie from their mean, in their own unit.

        s = √(Σᵢ (xᵢ − x̄)² / (n − ddof))

    Parameters
    ----------
    x : (n,)
    ddof : as in `variance`

    Lesson 4, "Variance and standard deviation".

    >>> standard_deviation([1e200, 3e200], ddof=0) == 1e200
    True
    """
    x, n = _as_sample(x, ddof)
    z, _, exponent = _deviations(x)
    return _ldexp(norm(z) / math.sqrt(n), exponent)


# --- parts of a sample ----------------------------------------------------------------------------


def percentile(x: ArrayLike, q: float) -> float:
    """The number that q percent of the sample lie below: in order of size, a place between the first and the last.

        h = (n − 1) q / 100,    x₍ₖ₎ + (h − k) (x₍ₖ₊₁₎ − x₍ₖ₎)    with k = ⌊h⌋, counted from 0

    There are nine such definitions in use. This is the linear interpolation that NumPy takes by default, type 7 of
    Hyndman and Fan.

    Parameters
    ----------
    x : (n,)
    q : from 0, the least, to 100, the largest

    Lesson 4, "Percentiles and IQR"; Hyndman and Fan, Sample quantiles in statistical packages (1996), definition 7.

    >>> percentile([10, 20, 30, 40], 25)
    17.5
    """
    x, q = np.sort(as_vector(x, "x")), as_number(q, "q")
    require(0 <= q <= 100, f"q must be a percentage from 0 to 100, but q = {q:g} came")
    h = (len(x) - 1) * q / 100
    k = math.floor(h)
    lower, upper = float(x[k]), float(x[math.ceil(h)])
    between = 2 * (lower / 2 + (h - k) * (upper / 2 - lower / 2))  # in halves, for the difference may overflow
    return min(max(lower, between), upper)


def quartiles(x: ArrayLike) -> tuple[float, float, float]:
    """The three numbers that cut a sample into four equal parts; the second is the median.

    Parameters
    ----------
    x : (n,)

    Lesson 4, "Percentiles and IQR".

    >>> quartiles([0, 1, 2, 3, 4])
    (1.0, 2.0, 3.0)
    """
    return percentile(x, 25), percentile(x, 50), percentile(x, 75)


def iqr(x: ArrayLike) -> float:
    """The interquartile range: how wide the middle half of the sample is.

        IQR = Q₃ − Q₁

    Parameters
    ----------
    x : (n,)

    Lesson 4, "Percentiles and IQR".

    >>> iqr([0, 1, 2, 3, 400])
    2.0
    """
    return percentile(x, 75) - percentile(x, 25)


# --- how ------------------------------------------------------------------------------------------


def _deviations(x: Vector) -> tuple[Vector, float, int]:
    """z, m and e such that xᵢ = (zᵢ + m) 2ᵉ and m is the mean: in this scale no sum and no square overflows."""
    scaled, exponent = in_mid_range(x)
    z, middle = center_columns(scaled)
    return z, float(middle), exponent


def _ldexp(x: float, exponent: int) -> float:
    """x 2ᵉ; beyond the largest float it is ∞."""
    with np.errstate(over="ignore"):
        return float(np.ldexp(x, exponent))


def _as_sample(x: ArrayLike, ddof: SupportsIndex) -> tuple[Vector, int]:
    """x, and n − ddof, which its squared deviations are divided by."""
    x, ddof = as_vector(x, "x"), as_count(ddof, "ddof", least=0)
    require(len(x) > ddof, f"x must hold more than {ddof} numbers (ddof = {ddof}), but {len(x)} came")
    return x, len(x) - ddof
