"""What every distribution can do, and what those of one kind do in the same way.

distribution        log_prob   mean   variance   sample    every one; `fit`, where the likeliest has a formula
  of counts         pmf        cdf    sf    quantile       Bernoulli, Binomial, Poisson
  of numbers        pdf        cdf    sf    quantile       Normal, Uniform, StudentT, ChiSquare
  of several        pmf or pdf                             Multinomial, MultivariateNormal
"""

import math
from abc import ABC, abstractmethod
from typing import Protocol, SupportsIndex, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_array, as_number, require
from mathml.matrices.products import EPS
from mathml.probability.incomplete import Tails

__all__ = [
    "Distribution",
    "OfCounts",
    "WithDensity",
    "WithMass",
    "as_finite",
    "as_probability",
    "as_quantiles",
]

Seed: TypeAlias = int | np.random.Generator


class Distribution(Protocol):
    """How likely each outcome is, where they lie, and outcomes at random.

    Whatever a distribution is computed from is in logarithms, so that it holds where the probability itself underflows.

    Lesson 4, "Random variables".
    """

    @property
    def mean(self) -> float | Array:
        """μ = E[X]; of a distribution of vectors (d,)."""

    @property
    def variance(self) -> float | Array:
        """σ² = E[(X − μ)²]; of a distribution of vectors (d,), that of each entry."""

    def log_prob(self, x: ArrayLike) -> Array:
        """The logarithm of the probability of x, or of the density there: −∞ where x is impossible.

        x : any shape; of a distribution of vectors (..., d), and the answer is (...).
        """

    def sample(self, rng: Seed, n: SupportsIndex) -> Array:
        """n outcomes at random, (n,) or (n, d). rng : a seed or a `numpy.random.Generator`."""


class WithMass(ABC):
    """A distribution of outcomes that can be counted: each has a probability."""

    @abstractmethod
    def log_prob(self, x: ArrayLike) -> Array: ...

    def pmf(self, x: ArrayLike) -> Array:
        """P(X = x), any shape."""
        return np.exp(self.log_prob(x))


class WithDensity(ABC):
    """A distribution of outcomes that lie dense: an interval has a probability, the area under the density."""

    @abstractmethod
    def log_prob(self, x: ArrayLike) -> Array: ...

    def pdf(self, x: ArrayLike) -> Array:
        """The density p(x), any shape."""
        return np.exp(self.log_prob(x))


class OfCounts(WithMass):
    """A distribution of the numbers 0, 1, 2 … up to a highest, or for ever."""

    @property
    @abstractmethod
    def mean(self) -> float: ...

    @property
    @abstractmethod
    def variance(self) -> float: ...

    @property
    @abstractmethod
    def support(self) -> tuple[float, float]:
        """The lowest and the highest that has a probability above 0."""

    @abstractmethod
    def _log_tails(self, k: Array) -> Tails:
        """log P(X ≤ k) and log P(X > k) for whole k within the support, but not its highest."""

    def cdf(self, x: ArrayLike) -> Array:
        """P(X ≤ x), any shape."""
        return self._tails(as_array(x, "x"))[0]

    def sf(self, x: ArrayLike) -> Array:
        """P(X > x), any shape, with all its digits where it is small."""
        return self._tails(as_array(x, "x"))[1]

    def _tails(self, x: Array) -> Tails:
        """P(X ≤ x) and P(X > x)."""
        lowest, highest = self.support
        lower, upper = np.exp(self._log_tails(np.clip(np.floor(x), lowest, max(lowest, highest - 1))))
        below, beyond = x < lowest, x >= highest
        return np.where(below, 0, np.where(beyond, 1, lower)), np.where(below, 1, np.where(beyond, 0, upper))

    def quantile(self, q: ArrayLike) -> Array:
        """The least k with P(X ≤ k) ≥ q, but for the rounding of q and of P; at q = 0 the lowest k there is.

        q : probabilities, any shape
        """
        q = as_quantiles(q)
        lowest, highest = self.support
        low, high = self._bracket(q)
        while np.any(low < high):
            middle = np.floor((low + high) / 2)
            enough = self._reaches(middle, q)
            low, high = np.where(enough, low, middle + 1), np.where(enough, middle, high)
        return np.where(q == 0, lowest, np.where(q == 1, highest, high))

    def _bracket(self, q: Array) -> tuple[Array, Array]:
        """Numbers that the quantiles lie between, by the one-sided inequality of Chebyshev:

        μ − σ √((1 − q) / q) ≤ quantile(q) ≤ μ + σ √(q / (1 − q))
        """
        odds = np.clip(q, 1e-300, 1 - EPS / 2)
        odds = odds / (1 - odds)
        deviation = math.sqrt(self.variance)
        ends = self.mean - deviation / np.sqrt(odds) - 1, self.mean + deviation * np.sqrt(odds) + 1
        return np.clip(np.floor(ends[0]), *self.support), np.clip(np.ceil(ends[1]), *self.support)

    def _reaches(self, k: Array, q: Array) -> Array:
        """Whether P(X ≤ k) ≥ q: in the upper half, whether P(X > k) ≤ 1 − q, for there that has the digits."""
        slack = 1e-12  # more than the rounding errors of a tail: quantile(cdf(k)) is to be k
        lower, upper = self._tails(k)
        return np.where(q < 0.5, lower >= q * (1 - slack), upper <= (1 - q) * (1 + slack) + EPS)


# --- demands --------------------------------------------------------------------------------------


def as_finite(x: float, name: str) -> float:
    """`x` as a finite number."""
    x = as_number(x, name)
    require(math.isfinite(x), f"{name} must be finite, but {x} came")
    return x


def as_probability(p: float, name: str) -> float:
    """`p` as a number from 0 to 1."""
    p = as_number(p, name)
    require(0 <= p <= 1, f"{name} must be a probability from 0 to 1, but {name} = {p:g} came")
    return p


def as_quantiles(q: ArrayLike) -> Array:
    """`q` as an array of numbers from 0 to 1."""
    q = as_array(q, "q")
    for outside in q[(q < 0) | (q > 1)].flat:
        raise ValueError(f"q must hold probabilities from 0 to 1, but {outside:g} came")
    return q


def as_positive_number(x: float, name: str) -> float:
    """`x` as a finite number above 0."""
    x = as_finite(x, name)
    require(x > 0, f"{name} must be above 0, but {name} = {x:g} came")
    return x
