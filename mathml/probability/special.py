"""Special functions that distributions are made of: factorials in logs, and the error function.

`math.lgamma`, `math.erf` and `math.erfc` are the standard library's. What is left to do is to subtract large logarithms
without losing digits: log 100000! is a million, and an error in its last digit is one in the tenth of a probability.
"""

import math
from collections.abc import Callable
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_array, require

__all__ = [
    "as_positive",
    "as_whole",
    "erf",
    "erfc",
    "log_beta",
    "log_choose",
    "log_factorial",
    "log_gamma",
    "log_poisson",
    "together",
]


# --- element by element ---------------------------------------------------------------------------


def log_gamma(x: ArrayLike) -> Array:
    """The logarithm of the gamma function, which continues the factorials: Γ(n + 1) = n!

        Γ(x) = ∫₀^∞ tˣ⁻¹ e⁻ᵗ dt

    Parameters
    ----------
    x : above 0, any shape

    Returns
    -------
    log_gamma : the shape of x

    Lesson 4, "Poisson".
    """
    return _log_gamma(as_positive(x, "x"))


def erf(x: ArrayLike) -> Array:
    """The probability that a normal number with mean 0 and variance ½ lies between −x and x.

        erf x = 2/√π ∫₀ˣ e^(−t²) dt

    Parameters
    ----------
    x : any shape

    Lesson 4, "Normal".
    """
    return _erf(as_array(x, "x"))


def erfc(x: ArrayLike) -> Array:
    """What the error function leaves, 1 − erf x, with all its digits where that is small.

    Parameters
    ----------
    x : any shape

    Lesson 4, "Normal".
    """
    return _erfc(as_array(x, "x"))


def _each(f: Callable[[float], float]) -> Callable[[Array], Array]:
    """A function of one number, for arrays."""
    of_all = np.frompyfunc(f, 1, 1)
    return lambda x: np.asarray(of_all(x), dtype=np.float64)


def _lgamma(x: float) -> float:
    return math.lgamma(x) if x < 1e305 else math.inf  # the standard library's raises an error where it overflows


_log_gamma, _erf, _erfc = _each(_lgamma), _each(math.erf), _each(math.erfc)


# --- factorials -----------------------------------------------------------------------------------


def log_factorial(n: ArrayLike) -> Array:
    """The logarithm of n!, in how many orders n things can stand: 171! is no float any more.

    Parameters
    ----------
    n : whole numbers from 0 on, any shape

    Lesson 4, "Poisson".
    """
    return _log_gamma(as_whole(n, "n") + 1)


def log_choose(n: ArrayLike, k: ArrayLike) -> Array:
    """The logarithm of the binomial coefficient: in how many ways k of n things can be chosen.

        (n choose k) = n! / (k! (n − k)!)

    Parameters
    ----------
    n, k : whole numbers from 0 on, any shapes that go together

    Returns
    -------
    log_choose : −∞ where k is above n: there is no way

    Lesson 4, "Bernoulli and binomial".
    """
    n, k = together(n=as_whole(n, "n"), k=as_whole(k, "k"))
    m = np.maximum(n - k, 0)
    return np.where(k > n, -np.inf, _log_choose(np.minimum(k, n), m))


def log_beta(a: ArrayLike, b: ArrayLike) -> Array:
    """The logarithm of the beta function, the area under t^(a − 1) (1 − t)^(b − 1).

        B(a, b) = ∫₀¹ t^(a − 1) (1 − t)^(b − 1) dt = Γ(a) Γ(b) / Γ(a + b)

    Parameters
    ----------
    a, b : above 0, any shapes that go together

    Lesson 4, "Maximum a posteriori".
    """
    a, b = together(a=as_positive(a, "a"), b=as_positive(b, "b"))
    return np.log(1 / a + 1 / b) - _log_choose(a, b)  # a b / (a + b) is the inverse of 1/a + 1/b


def _log_choose(k: Array, m: Array) -> Array:
    """log of n! / (k! m!) with n = k + m, which need not be whole: three Poisson probabilities, and nⁿ / (kᵏ mᵐ)."""
    at_top = log_poisson(k, k) + log_poisson(m, m) - log_poisson(k + m, k + m)
    return at_top + _times_log_of_sum(k, m) + _times_log_of_sum(m, k)


def _times_log_of_sum(k: Array, m: Array) -> Array:
    """k log((k + m) / k), 0 for k = 0."""
    return k * np.log1p(m / np.where(k > 0, k, 1))


# --- the one kernel -------------------------------------------------------------------------------


def log_poisson(x: ArrayLike, m: ArrayLike) -> Array:
    """The logarithm of the Poisson probability, for an x that need not be whole: what all the others are made of.

        mˣ e⁻ᵐ / Γ(x + 1) = e^(−σ(x) − D(x, m)) / √(2πx)

    The right side, for a large x, is Stirling's formula with its error σ, and the deviance D: both are small where the
    terms on the left are huge and cancel.

    Parameters
    ----------
    x : at least 0
    m : at least 0; the shapes of both go together

    Loader, Fast and accurate computation of binomial probabilities (2000), section 4.
    """
    x, m = np.broadcast_arrays(np.asarray(x, np.float64), np.asarray(m, np.float64))
    few = x < 15
    logs = np.empty(x.shape)
    logs[few] = _times_log(x[few], m[few]) - m[few] - _log_gamma(x[few] + 1)
    x, m = x[~few], m[~few]
    logs[~few] = -_stirling_error(x) - _deviance(x, m) - np.log(2 * np.pi * x) / 2
    return logs


def _times_log(x: Array, m: Array) -> Array:
    """x log m, where 0 log 0 = 0."""
    with np.errstate(divide="ignore"):
        return x * np.log(np.where(x > 0, m, 1))


_STIRLING = (1 / 156, -691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12)


def _stirling_error(x: Array) -> Array:
    """σ(x) = log Γ(x + 1) − log(√(2πx) xˣ e⁻ˣ) = 1/(12 x) − 1/(360 x³) + … : with seven terms, exact from 15 on."""
    inverse = 1 / x
    return inverse * np.polyval(_STIRLING, inverse * inverse)


_ATANH = tuple(1 / (2 * j + 1) for j in range(16, 0, -1)) + (0,)


def _deviance(x: Array, m: Array) -> Array:
    """D(x, m) = x log(x/m) + m − x, which is 0 at x = m and never negative.

    Near there, by log(x/m) = 2 artanh v = 2 (v + v³/3 + v⁵/5 + …) with v = (x − m) / (x + m).
    """
    v = (x - m) / (x + m)
    is_near = np.abs(v) < 1 / 3
    square = np.where(is_near, v, 0) ** 2
    near = v * (x - m + 2 * x * np.polyval(_ATANH, square))
    with np.errstate(divide="ignore"):
        far = x * (np.log(x / np.maximum(m, 1)) - np.log(np.minimum(m, 1))) + (m - x)  # x/m itself may overflow
    return np.where(is_near, near, far)


# --- demands --------------------------------------------------------------------------------------


def as_positive(x: ArrayLike, name: str) -> Array:
    """`x` as an array of numbers above 0."""
    x = as_array(x, name)
    require(np.all(x > 0), f"{name} must be above 0, but {np.min(x):g} came")
    return x


def as_whole(x: ArrayLike, name: str) -> Array:
    """`x` as an array of whole numbers from 0 on."""
    x = as_array(x, name)
    for other in x[(x < 0) | (x != np.floor(x)) | np.isinf(x)].flat:
        raise ValueError(f"{name} must hold whole numbers from 0 on, but {other:g} came")
    return x


def together(**arrays: Array) -> tuple[Array, ...]:
    """All in the one shape that they broadcast to."""
    try:
        return cast(tuple[Array, ...], tuple(np.broadcast_arrays(*arrays.values())))
    except ValueError:
        came = " and ".join(f"{name} has {array.shape}" for name, array in arrays.items())
        raise ValueError(f"{' and '.join(arrays)} must have shapes that go together, but {came}") from None
