"""Quantiles: the number that so much of a distribution lies below, where no formula gives it."""

import math
from collections.abc import Callable

import numpy as np

from mathml.arrays import Array
from mathml.probability.incomplete import Tails, log_gamma_tails
from mathml.probability.special import log_gamma, log_poisson

__all__ = ["TINIEST", "about_normal", "gamma_quantile", "size_with_tails"]

TINIEST = 5e-324  # the float next to 0
LEAST, MOST = -744.0, 709.0  # logarithms of floats


def size_with_tails(
    lower: Array, upper: Array, start: Array, log_tails: Callable[[Array], Tails], log_density: Callable[[Array], Array]
) -> Array:
    """The x > 0 with P(X < x) = lower and P(X > x) = upper, by Newton's method for log P as a function of u = log x.

        u ← u + (log p − log P) / slope,    slope = ± x f(x) / P    with P for the tail that is the smaller one

    For gamma, normal and Student's t numbers the logarithm of the density of u is concave, and then so is log P.
    Whatever the start, each step after the first comes from the same side and does not overshoot.

    Parameters
    ----------
    lower, upper : from 0 to 1; together 1
    start : above 0, a first guess
    log_tails : from x to log P(X < x) and log P(X > x)
    log_density : from x to log x f(x), which is that of u

    Boyd and Vandenberghe, Convex Optimization (2004), section 3.5.2.
    """
    is_lower = lower <= upper
    wanted = np.log(np.maximum(np.minimum(lower, upper), TINIEST))
    u = np.log(start)
    for _ in range(100):
        x = np.exp(u)
        below, above = log_tails(x)
        tail = np.where(is_lower, below, above)
        slope = np.where(is_lower, 1, -1) * np.exp(log_density(x) - tail)
        before, u = u, np.clip(u + (wanted - tail) / slope, LEAST, MOST)
        is_done = (np.abs(u - before) < 1e-8) | (lower == 0) | (upper == 0)  # the next step is like the square of this
        if np.all(is_done):
            break
    return np.where((lower == 0) | (u == LEAST), 0, np.where((upper == 0) | (u == MOST), np.inf, np.exp(u)))


def about_normal(within: Array, outside: Array) -> Array:
    """About how large z is, if so much of the standard normal distribution lies within ± z, and so much outside.

    From the density in the middle, 1/√(2π), and from the tail, P(|Z| > z) ≈ √(2/π) e^(−z²/2) / z.
    """
    square = -2 * np.log(np.clip(outside, TINIEST, 0.5))
    far = np.sqrt(square - np.log(square * np.pi / 2))
    near = np.maximum(within, TINIEST) * math.sqrt(math.pi / 2)
    return np.where(within < outside, near, far)


def gamma_quantile(a: Array, lower: Array, upper: Array) -> Array:
    """The x with P(a, x) = lower and Q(a, x) = upper, for arrays of one shape.

    The start is where a bound of the tail has the wanted value: P(a, x) ≤ xᵃ / Γ(a + 1), and no more than e⁻ˢ lies
    below a − √(2as), nor above a + √(2as) + s.

    Boucheron, Lugosi and Massart, Concentration Inequalities (2013), section 2.4.
    """
    s = -np.log(np.maximum(np.minimum(lower, upper), TINIEST))
    reach = np.sqrt(2 * a * s)
    from_zero = np.exp(np.maximum((log_gamma(a + 1) - s) / a, LEAST))
    start = np.where(lower <= upper, np.maximum(from_zero, a - reach), a + reach + s)
    return size_with_tails(
        lower, upper, start, lambda x: log_gamma_tails(a, x), lambda x: log_poisson(a, x) + np.log(a)
    )
