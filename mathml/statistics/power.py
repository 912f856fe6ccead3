"""The power of a t-test: how often it finds an effect that is there."""

import math
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Vector, as_array, as_count
from mathml.probability import ChiSquare, Normal, StudentT
from mathml.probability.interface import as_finite, as_positive_number
from mathml.statistics.hypotheses import Alternative, as_alternative
from mathml.statistics.samples import as_part

__all__ = ["noncentral_t_pdf", "t_test_power"]

STANDARD = Normal(0, 1)


def t_test_power(effect: float, n: SupportsIndex, alpha: float = 0.05, alternative: Alternative = "two-sided") -> float:
    """The probability that the one-sample t-test rejects, where the true mean is off by some deviations.

        power = 1 − β = P(T beyond the critical value),    T noncentral with shift δ = effect · √n

    Parameters
    ----------
    effect : (μ − μ₀) / σ
    n : at least 2, how many numbers the sample has
    alpha : α, above 0 and below 1; where there is no effect, it is the power
    alternative : as in `t_test`

    Lesson 4, "Hypothesis testing"; Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), chapter 2.

    >>> round(t_test_power(0.5, 30), 3), round(t_test_power(0, 30), 3)
    (0.754, 0.05)
    """
    n, alpha = as_count(n, "n", least=2), as_part(alpha, "alpha")
    shift = as_finite(effect, "effect") * math.sqrt(n)
    sides = _SIDES[as_alternative(alternative)]
    critical = -float(StudentT(n - 1).quantile(alpha / len(sides)))
    deviations, weights = _deviations(n - 1)
    return float(sum(weights @ STANDARD.sf(critical * deviations - side * shift) for side in sides))


def noncentral_t_pdf(t: ArrayLike, df: float, shift: float) -> Array:
    """How the statistic of a t-test is distributed where there is something to find.

        T = (Z + δ) / S,    Z standard normal, S = √(V / df), V chi-square with df degrees of freedom

        f(t) = E[S φ(t S − δ)]    with φ the standard normal density

    Without a shift it is Student's t. Accuracy: 10⁻¹³ of the highest density for |δ| up to 15; further out, digits are
    lost where df is below 2: at δ = 20 and df = 1 about 10⁻⁹ is left.

    Parameters
    ----------
    t : any shape
    df : above 0; in a one-sample test n − 1
    shift : δ, in a one-sample test √n (μ − μ₀) / σ

    Returns
    -------
    density : the shape of t

    Lesson 4, "Hypothesis testing"; Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995),
    chapter 31.
    """
    t, shift = as_array(t, "t"), as_finite(shift, "shift")
    deviations, weights = _deviations(as_positive_number(df, "df"))
    density: Array = (deviations * STANDARD.pdf(t[..., np.newaxis] * deviations - shift)) @ weights
    return density


_SIDES = {"two-sided": (1, -1), "greater": (1,), "less": (-1,)}  # of which sign a statistic has to be to be extreme


def _deviations(df: float) -> tuple[Vector, Vector]:
    """Values of S = √(V / df) and their weights: E[g(S)] = Σ weight · g(S).

    The trapezoidal rule in log V: there the integrand is smooth and falls off at both ends, and the rule's error falls
    exponentially with the number of values. Beyond `reach` there is less than 10⁻¹⁷ of V.
    """
    reach = 80 / df + math.sqrt(160 / df)
    from_middle = np.linspace(-reach, min(reach, 5), 1000)
    v = df * np.exp(from_middle)
    weights = np.exp(ChiSquare(df).log_prob(v)) * v
    return np.exp(from_middle / 2), weights / weights.sum()
