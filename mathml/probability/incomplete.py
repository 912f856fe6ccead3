"""The incomplete gamma and beta functions: how much of a distribution lies on either side of a number.

Both tails are had in logarithms: the smaller from a continued fraction whose terms are positive there, so that nothing
cancels, and the larger as what is left of one. A fraction needs the more terms the larger its parameters, but only as
their cube root: several hundred at 10⁵.
"""

import itertools
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Array, as_array, require
from mathml.probability.special import as_positive, log_poisson, together

__all__ = ["beta_i", "gamma_p", "gamma_q", "log_beta_tails", "log_gamma_tails"]

Tails: TypeAlias = tuple[Array, Array]
Counts: TypeAlias = NDArray[np.int64]
BLOCK = 16  # how many terms of a fraction are computed at once
LARGEST = 1e300  # of an x; an infinite one would give ∞ − ∞, and beyond this nothing is left of any tail


# --- gamma ----------------------------------------------------------------------------------------


def gamma_p(a: ArrayLike, x: ArrayLike) -> Array:
    """The regularised lower incomplete gamma function: how much of a gamma distribution lies below x.

        P(a, x) = 1/Γ(a) ∫₀ˣ tᵃ⁻¹ e⁻ᵗ dt

    Accuracy: 12 digits; 3 · 10⁻¹³ was the worst seen, for a up to 10⁵ and results down to 10⁻³⁰⁰.

    Parameters
    ----------
    a : above 0 and finite
    x : at least 0; the shapes of both go together

    Returns
    -------
    P : from 0 to 1

    Lesson 4, "Poisson"; Cuyt et al., Handbook of Continued Fractions for Special Functions (2008), section 12.6.

    >>> round(float(gamma_p(1, 2)), 6)  # 1 − e⁻²
    0.864665
    """
    return np.exp(log_gamma_tails(*_as_gamma(a, x))[0])


def gamma_q(a: ArrayLike, x: ArrayLike) -> Array:
    """The regularised upper incomplete gamma function: how much of a gamma distribution lies above x.

        Q(a, x) = 1/Γ(a) ∫ₓ^∞ tᵃ⁻¹ e⁻ᵗ dt = 1 − P(a, x)

    Accuracy as that of `gamma_p`; for an a below 10⁻³, Q loses digits where x is below ½.

    Parameters
    ----------
    a, x : as in `gamma_p`

    Lesson 4, "chi-square".
    """
    return np.exp(log_gamma_tails(*_as_gamma(a, x))[1])


def log_gamma_tails(a: Array, x: Array) -> Tails:
    """log P(a, x) and log Q(a, x), for arrays of one shape."""
    x = np.minimum(x, LARGEST)
    log_kernel = log_poisson(a, x)  # xᵃ e⁻ˣ / Γ(a + 1)
    return _by_sides(x < a + 0.5, log_kernel, _gamma_below, _gamma_above, a, x)


def _gamma_below(a: Array, x: Array) -> Array:
    """P(a, x) / kernel = 1 + x / (a + 1 − x + x / (a + 2 − x + 2x / (a + 3 − x + …)))"""
    rest = continued_fraction(a + 2 - x, lambda n: (n + 1) * x, lambda n: a + (n + 2) - x)
    return 1 + x / (a + 1 - x + x / rest)


def _gamma_above(a: Array, x: Array) -> Array:
    """Q(a, x) / kernel = a / (x − a + 1 + 1 (a − 1) / (x − a + 3 + 2 (a − 2) / (x − a + 5 + …)))"""
    return a / continued_fraction(x - a + 1, lambda n: n * (a - n), lambda n: x - a + (2 * n + 1))


def _as_gamma(a: ArrayLike, x: ArrayLike) -> tuple[Array, ...]:
    a, x = _as_parameter(a, "a"), as_array(x, "x")
    require(np.all(x >= 0), f"x must be at least 0, but {np.min(x):g} came")
    return together(a=a, x=x)


# --- beta -----------------------------------------------------------------------------------------


def beta_i(a: ArrayLike, b: ArrayLike, x: ArrayLike, rest: ArrayLike | None = None) -> Array:
    """The regularised incomplete beta function: how much of a beta distribution lies below x.

        I_x(a, b) = 1/B(a, b) ∫₀ˣ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt = 1 − I_(1−x)(b, a)

    Accuracy: 12 digits; 6 · 10⁻¹³ was the worst seen, for a and b from 10⁻² to 10⁵ and results down to 10⁻²⁹⁰.
    What lies above x keeps its digits as `beta_i(b, a, rest, x)`.

    Parameters
    ----------
    a, b : above 0 and finite
    x : from 0 to 1
    rest : 1 − x, where the caller knows it better than that difference would; all shapes go together

    Returns
    -------
    I : from 0 to 1

    Lesson 4, "Bernoulli and binomial"; Didonato and Morris, Algorithm 708 (1992), equation 10.

    >>> round(float(beta_i(1, 3, 0.5)), 6)
    0.875
    """
    a, b, x = _as_parameter(a, "a"), _as_parameter(b, "b"), as_array(x, "x")
    rest = 1 - x if rest is None else as_array(rest, "rest")
    a, b, x, rest = together(a=a, b=b, x=x, rest=rest)
    for outside in x[(x < 0) | (x > 1)].flat:
        raise ValueError(f"x must be from 0 to 1, but {outside:g} came")
    for wrong in (x + rest)[np.abs(x + rest - 1) > 1e-15].flat:
        raise ValueError(f"rest must be 1 − x, but x + rest is {wrong}")
    return np.exp(log_beta_tails(a, b, x, rest)[0])


def log_beta_tails(a: Array, b: Array, x: Array, rest: Array, log_kernel: Array | None = None) -> Tails:
    """log I_x(a, b) and log(1 − I_x(a, b)), for arrays of one shape.

    log_kernel : log(xᵃ (1 − x)ᵇ / B(a, b)), where the caller has it for an x that underflows
    """
    if log_kernel is None:
        n = a + b
        log_kernel = log_poisson(a, n * x) + log_poisson(b, n * rest) - log_poisson(n, n) - np.log(1 / a + 1 / b)
    is_below = x * (b + 0.5) < rest * (a + 0.5)
    return _by_sides(is_below, log_kernel, _beta_below, _beta_above, a, b, x, rest)


def _beta_below(a: Array, b: Array, x: Array, rest: Array) -> Array:
    """I_x(a, b) / kernel = 1 / (β₀ + α₁ / (β₁ + α₂ / (β₂ + …)))"""
    from_middle = a * rest - b * x

    def numerator(n: Counts) -> Array:
        return (a + n - 1) * (a + b + n - 1) * n * (b - n) * (x / (a + 2 * n - 1)) ** 2

    def denominator(n: Counts) -> Array:
        return n + n * (b - n) * x / (a + 2 * n - 1) + (a + n) * (from_middle + 1 + n * (1 + rest)) / (a + 2 * n + 1)

    return 1 / continued_fraction(a * (from_middle + 1) / (a + 1), numerator, denominator)


def _beta_above(a: Array, b: Array, x: Array, rest: Array) -> Array:
    return _beta_below(b, a, rest, x)


def _as_parameter(a: ArrayLike, name: str) -> Array:
    a = as_positive(a, name)
    require(np.all(np.isfinite(a)), f"{name} must be finite, but ∞ came")
    return a


# --- how ------------------------------------------------------------------------------------------


def continued_fraction(
    first: Array, numerator: Callable[[Counts], Array], denominator: Callable[[Counts], Array]
) -> Array:
    """b₀ + a₁ / (b₁ + a₂ / (b₂ + …)), by the modified Lentz algorithm.

    Of the fraction cut off after n terms, Aₙ / Bₙ, only C = Aₙ / Aₙ₋₁ and D = Bₙ₋₁ / Bₙ are kept: they do not overflow,
    and their product is by what the n-th term changes it.

    Press et al., Numerical Recipes (2007), section 5.2.
    """
    value = C = first
    D = np.zeros_like(first)
    for start in itertools.count(1, BLOCK):
        n = np.arange(start, start + BLOCK)[:, np.newaxis]
        for a, b in zip(numerator(n), denominator(n), strict=True):
            C, D = b + a / C, 1 / (b + a * D)
            change = C * D
            value = value * change
        if not np.any(np.abs(change - 1) > 1e-15):
            break
    return value


def _by_sides(
    is_below: NDArray[np.bool_],
    log_kernel: Array,
    below: Callable[..., Array],
    above: Callable[..., Array],
    *arguments: Array,
) -> Tails:
    """Each tail from the function for its side, the other as the rest."""
    lower, upper = np.empty(is_below.shape), np.empty(is_below.shape)
    for side, part, near, far in [(is_below, below, lower, upper), (~is_below, above, upper, lower)]:
        if np.any(side):
            near[side] = np.minimum(log_kernel[side] + np.log(part(*(v[side] for v in arguments))), 0)
            far[side] = _log_of_rest(near[side])
    return lower, upper


def _log_of_rest(log_p: Array) -> Array:
    """log(1 − p), by whichever of two ways loses nothing."""
    with np.errstate(divide="ignore"):
        return np.where(log_p > -np.log(2), np.log(-np.expm1(log_p)), np.log1p(-np.exp(log_p)))
