"""Posteriors in closed form: priors that keep their shape when data come in."""

import math
from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Vector, as_array, as_count, as_vector, require
from mathml.probability import Normal, beta_i, log_beta
from mathml.probability.interface import WithDensity, as_positive_number
from mathml.statistics.descriptive import mean
from mathml.statistics.samples import Seed

__all__ = ["Beta", "normal_posterior", "ridge_penalty"]


@dataclass(frozen=True)
class Beta(WithDensity):
    """What is believed of a probability p: as if a − 1 successes and b − 1 failures had been seen before.

        p(p) = p^(a − 1) (1 − p)^(b − 1) / B(a, b)

    Parameters
    ----------
    a, b : above 0; Beta(1, 1) holds every p for equally likely

    Lesson 4, "Maximum a posteriori"; Murphy, Probabilistic Machine Learning: An Introduction (2022), section 4.6.2.

    >>> Beta(2, 2).posterior([1, 1, 1])
    Beta(a=5.0, b=2.0)
    >>> Beta(2, 2).posterior([1, 1, 1]).mode
    0.8
    """

    a: float
    b: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "a", as_positive_number(self.a, "a"))
        object.__setattr__(self, "b", as_positive_number(self.b, "b"))

    def posterior(self, x: ArrayLike) -> "Beta":
        """What is believed after the outcomes x, (n,), each 0 or 1: a + Σᵢ xᵢ, b + n − Σᵢ xᵢ."""
        x = as_vector(x, "x")
        for other in x[(x != 0) & (x != 1)]:
            raise ValueError(f"x must hold outcomes 0 or 1, but {other:g} came")
        return Beta(self.a + x.sum(), self.b + len(x) - x.sum())

    @property
    def mean(self) -> float:
        """a / (a + b)."""
        return self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        """μ (1 − μ) / (a + b + 1)."""
        return self.mean * (1 - self.mean) / (self.a + self.b + 1)

    @property
    def mode(self) -> float:
        """(a − 1) / (a + b − 2), where the density is highest: the MAP estimate.

        Raises
        ------
        ValueError
            If a or b is below 1, or both are 1: then there is no one top.
        """
        one_top = self.a >= 1 and self.b >= 1 and self.a + self.b > 2
        require(one_top, f"a mode needs a and b from 1 on, and not both 1, but a = {self.a:g} and b = {self.b:g}")
        return (self.a - 1) / (self.a + self.b - 2)

    def log_prob(self, p: ArrayLike) -> Array:
        """The logarithm of the density at p, any shape; −∞ outside 0 and 1."""
        p = as_array(p, "p")
        inside = np.clip(p, 0, 1)
        with np.errstate(divide="ignore"):
            logs = _times(self.a - 1, np.log(inside)) + _times(self.b - 1, np.log1p(-inside))
        return np.where(inside == p, logs - log_beta(self.a, self.b), -np.inf)

    def cdf(self, p: ArrayLike) -> Array:
        """The probability of p or less, any shape."""
        return beta_i(self.a, self.b, np.clip(as_array(p, "p"), 0, 1))

    def sample(self, rng: Seed, n: SupportsIndex) -> Vector:
        """n probabilities at random, (n,). rng : a seed or a `numpy.random.Generator`."""
        return np.random.default_rng(rng).beta(self.a, self.b, as_count(n, "n"))


def _times(factor: float, logarithms: Array) -> Array:
    """factor · log, where 0 · log 0 = 0."""
    return factor * logarithms if factor else np.zeros_like(logarithms)


def normal_posterior(prior: Normal, x: ArrayLike, deviation: float) -> Normal:
    """What is believed of a mean μ, after numbers that scatter around it by a known deviation.

        1/τ_n² = 1/τ² + n/σ²,    μ_n = τ_n² (μ₀/τ² + n x̄/σ²)

    Precisions, one over variance, add up; the mean, which is also the MAP estimate, lies between prior and data.

    Parameters
    ----------
    prior : Normal(μ₀, τ), what was believed of μ before
    x : (n,)
    deviation : σ, above 0

    Lesson 4, "Maximum a posteriori"; Murphy, Probabilistic Machine Learning: An Introduction (2022), section 4.6.4.
    """
    x, deviation = as_vector(x, "x"), as_positive_number(deviation, "deviation")
    error = deviation / math.sqrt(len(x))
    # As 1/hypot, no square of the ratio can overflow: the part that the data have in the mean is n/σ² against 1/τ².
    cosine = 1 / math.hypot(1, error / prior.deviation)
    return Normal(prior.mean + cosine * cosine * (mean(x) - prior.mean), error * cosine)


def ridge_penalty(noise: float, prior: float) -> float:
    """The λ for which ridge regression gives the likeliest weights, if these were believed to be near 0.

        y = X w + ε,  εᵢ ~ N(0, σ²),  wⱼ ~ N(0, τ²):    argmax p(w | y) = argmin ‖y − X w‖² + λ ‖w‖²    with λ = σ²/τ²

    Parameters
    ----------
    noise : σ, above 0: the deviation of the targets around their plane
    prior : τ, above 0: the deviation of the weights around 0

    Lesson 4, "Used in: regularisation"; Murphy, Probabilistic Machine Learning: An Introduction (2022), section 11.3.

    >>> ridge_penalty(2, 4)
    0.25
    """
    ratio = as_positive_number(noise, "noise") / as_positive_number(prior, "prior")
    return ratio * ratio
