"""Distributions of numbers that lie dense: normal, uniform, and the two that tests need, Student's t and chi-square."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Vector, as_array, as_count, as_vector, require
from mathml.probability.incomplete import Tails, log_beta_tails, log_gamma_tails
from mathml.probability.interface import Seed, WithDensity, as_finite, as_positive_number, as_quantiles
from mathml.probability.quantiles import TINIEST, about_normal, gamma_quantile, size_with_tails
from mathml.probability.special import erf, erfc, log_beta, log_poisson
from mathml.vectors import center_columns, norm

__all__ = ["ChiSquare", "Normal", "StudentT", "Uniform"]


@dataclass(frozen=True)
class Normal(WithDensity):
    """What sums of many small independent parts look like: the bell curve.

        p(x) = exp(−z²/2) / (σ √(2π))    with z = (x − μ) / σ

    Parameters
    ----------
    mean : μ
    deviation : σ, above 0

    Lesson 4, "Normal"; Wasserman, All of Statistics (2004), section 2.4.

    >>> Normal(100, 15).cdf([85, 100, 130]).round(4).tolist()
    [0.1587, 0.5, 0.9772]
    """

    mean: float
    deviation: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "mean", as_finite(self.mean, "mean"))
        object.__setattr__(self, "deviation", as_positive_number(self.deviation, "deviation"))

    @property
    def variance(self) -> float:
        """σ²."""
        return self.deviation * self.deviation

    def log_prob(self, x: ArrayLike) -> Array:
        """log p(x), any shape."""
        with np.errstate(over="ignore"):
            return -(self._standard(x) ** 2) / 2 - math.log(self.deviation) - math.log(2 * math.pi) / 2

    def cdf(self, x: ArrayLike) -> Array:
        """P(X ≤ x) = erfc(−z/√2) / 2, any shape."""
        return erfc(-self._standard(x) / math.sqrt(2)) / 2

    def sf(self, x: ArrayLike) -> Array:
        """P(X > x) = erfc(z/√2) / 2, any shape, with all its digits where it is small."""
        return erfc(self._standard(x) / math.sqrt(2)) / 2

    def quantile(self, q: ArrayLike) -> Array:
        """The x with P(X ≤ x) = q, any shape."""
        q, within, outside = _two_sided(q)
        start = about_normal(within, outside)
        z = size_with_tails(
            within, outside, start, _log_tails_of_standard, lambda z: np.log(2 * z) + STANDARD.log_prob(z)
        )
        return self.mean + self.deviation * np.where(q < 0.5, -z, z)

    def sample(self, rng: Seed, n: SupportsIndex) -> Vector:
        """n numbers at random, (n,)."""
        return np.random.default_rng(rng).normal(self.mean, self.deviation, as_count(n, "n"))

    @classmethod
    def fit(cls, x: ArrayLike) -> "Normal":
        """The likeliest normal for numbers x, (m,): their mean, and σ̂² = Σᵢ (xᵢ − x̄)² / m.

        Raises
        ------
        ValueError
            If x does not vary: the likelihood grows without end as σ goes to 0.
        """
        z, middle = center_columns(as_vector(x, "x"))
        deviation = norm(z) / math.sqrt(len(z))
        require(deviation > 0, f"x must vary, but all of it is {middle:g}")
        return cls(float(middle), deviation)

    def _standard(self, x: ArrayLike) -> Array:
        with np.errstate(over="ignore"):
            return (as_array(x, "x") - self.mean) / self.deviation


@dataclass(frozen=True)
class Uniform(WithDensity):
    """Every number of an interval equally likely.

        p(x) = 1 / (b − a)    for a ≤ x ≤ b, else 0

    Parameters
    ----------
    low, high : a and b, a below b

    Lesson 4, "Uniform".

    >>> Uniform(2, 6).pdf([1, 3]).tolist(), Uniform(2, 6).mean
    ([0.0, 0.25], 4.0)
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        low, high = as_finite(self.low, "low"), as_finite(self.high, "high")
        require(low < high, f"low must be below high, but low = {low:g} and high = {high:g} came")
        require(math.isfinite(high - low), f"high − low must be a float, but low = {low:g} and high = {high:g} came")
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)

    @property
    def mean(self) -> float:
        """(a + b) / 2."""
        return self.low / 2 + self.high / 2

    @property
    def variance(self) -> float:
        """(b − a)² / 12."""
        return (self.high - self.low) * ((self.high - self.low) / 12)

    def log_prob(self, x: ArrayLike) -> Array:
        """log p(x), any shape; −∞ outside the interval."""
        x = as_array(x, "x")
        return np.where((self.low <= x) & (x <= self.high), -math.log(self.high - self.low), -np.inf)

    def cdf(self, x: ArrayLike) -> Array:
        """P(X ≤ x) = (x − a) / (b − a), any shape."""
        return (np.clip(as_array(x, "x"), self.low, self.high) - self.low) / (self.high - self.low)

    def sf(self, x: ArrayLike) -> Array:
        """P(X > x) = (b − x) / (b − a), any shape."""
        return (self.high - np.clip(as_array(x, "x"), self.low, self.high)) / (self.high - self.low)

    def quantile(self, q: ArrayLike) -> Array:
        """The x with P(X ≤ x) = q, any shape."""
        q = as_quantiles(q)
        return np.where(q < 0.5, self.low + q * (self.high - self.low), self.high - (1 - q) * (self.high - self.low))

    def sample(self, rng: Seed, n: SupportsIndex) -> Vector:
        """n numbers at random, (n,)."""
        return np.random.default_rng(rng).uniform(self.low, self.high, as_count(n, "n"))

    @classmethod
    def fit(cls, x: ArrayLike) -> "Uniform":
        """The likeliest interval for numbers x, (m,): the shortest that holds them all."""
        x = as_vector(x, "x")
        require(x.min() < x.max(), f"x must vary, but all of it is {x[0]:g}")
        return cls(float(x.min()), float(x.max()))


@dataclass(frozen=True)
class StudentT(WithDensity):
    """The mean of a normal sample, less the true one, in units of its own estimated error.

        p(t) = (1 + t²/ν)^(−(ν + 1)/2) / (√ν B(½, ν/2))

    With one degree of freedom it is Cauchy's, which has no mean; with many it is the standard normal.

    Parameters
    ----------
    df : ν, above 0, the degrees of freedom: n − 1 for the mean of n numbers

    Lesson 4, "t-test"; Student, The probable error of a mean (1908).

    >>> StudentT(9).quantile([0.5, 0.975]).round(3).tolist()
    [0.0, 2.262]
    """

    df: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "df", as_positive_number(self.df, "df"))

    @property
    def mean(self) -> float:
        """0; NaN where there is none, for ν of 1 and less."""
        return 0.0 if self.df > 1 else math.nan

    @property
    def variance(self) -> float:
        """ν / (ν − 2); ∞ for ν of 2 and less, NaN where there is no mean."""
        if self.df > 2:
            return self.df / (self.df - 2)
        return math.inf if self.df > 1 else math.nan

    def log_prob(self, t: ArrayLike) -> Array:
        """log p(t), any shape."""
        ratio = np.abs(as_array(t, "t")) / math.sqrt(self.df)
        # For a large ratio through its logarithm, for the square would overflow.
        growth = np.where(ratio < 1e8, np.log1p(np.minimum(ratio, 1e8) ** 2), 2 * np.log(np.maximum(ratio, 1)))
        return self._log_top - (self.df + 1) / 2 * growth

    @cached_property
    def _log_top(self) -> float:
        """log p(0)."""
        return -math.log(self.df) / 2 - float(log_beta(0.5, self.df / 2))

    def cdf(self, t: ArrayLike) -> Array:
        """P(T ≤ t), any shape."""
        return self.sf(-as_array(t, "t"))

    def sf(self, t: ArrayLike) -> Array:
        """P(T > t), any shape, with all its digits where it is small."""
        t = as_array(t, "t")
        within, outside = self._log_tails(np.abs(t))
        return np.where(t < 0, (1 + np.exp(within)) / 2, np.where(t < np.inf, np.exp(outside) / 2, 0))

    def quantile(self, q: ArrayLike) -> Array:
        """The t with P(T ≤ t) = q, any shape."""
        q, within, outside = _two_sided(q)
        z = about_normal(within, outside)
        start = z * np.exp(np.minimum((z * z + 1) / (4 * self.df), 600))  # what the tails are heavier, to first order
        t = size_with_tails(within, outside, start, self._log_tails, lambda t: np.log(2 * t) + self.log_prob(t))
        return np.where(q < 0.5, -t, t)

    def _log_tails(self, t: Array) -> Tails:
        """log P(|T| < t) and log P(|T| > t) for t ≥ 0: t² / (ν + t²) is beta distributed."""
        t = np.minimum(t, 1e300)
        cosine = 1 / np.hypot(1, t / math.sqrt(self.df))
        sine = 1 / np.hypot(1, math.sqrt(self.df) / np.maximum(t, 1e-300))
        with np.errstate(divide="ignore"):
            log_kernel = np.log(t) + self.log_prob(t)
        a, b = np.full(t.shape, 0.5), np.full(t.shape, self.df / 2)
        return log_beta_tails(a, b, sine * sine, cosine * cosine, log_kernel)

    def sample(self, rng: Seed, n: SupportsIndex) -> Vector:
        """n numbers at random, (n,)."""
        return np.random.default_rng(rng).standard_t(self.df, as_count(n, "n"))


@dataclass(frozen=True)
class ChiSquare(WithDensity):
    """The sum of the squares of ν independent standard normal numbers.

        p(x) = x^(ν/2 − 1) e^(−x/2) / (2^(ν/2) Γ(ν/2)),    x ≥ 0

    Parameters
    ----------
    df : ν, above 0, the degrees of freedom

    Lesson 4, "chi-square"; Wasserman, All of Statistics (2004), section 10.3.

    >>> ChiSquare(1).quantile([0.5, 0.95]).round(3).tolist()
    [0.455, 3.841]
    """

    df: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "df", as_positive_number(self.df, "df"))

    @property
    def mean(self) -> float:
        """ν."""
        return self.df

    @property
    def variance(self) -> float:
        """2 ν."""
        return 2 * self.df

    def log_prob(self, x: ArrayLike) -> Array:
        """log p(x), any shape; −∞ below 0, and at 0 itself ∞ for a ν below 2, log ½ for 2, −∞ above."""
        x, a = as_array(x, "x"), np.float64(self.df / 2)
        inside = np.clip(x, 1e-307, 1e300)
        at_zero = np.inf if a < 1 else math.log(0.5) if a == 1 else -np.inf
        logs = log_poisson(a, inside / 2) + np.log(a) - np.log(inside)
        return np.where((x < 0) | np.isinf(x), -np.inf, np.where(x == 0, at_zero, logs))

    def cdf(self, x: ArrayLike) -> Array:
        """P(X ≤ x), any shape."""
        return np.exp(self._log_tails(x)[0])

    def sf(self, x: ArrayLike) -> Array:
        """P(X > x), any shape, with all its digits where it is small."""
        return np.exp(self._log_tails(x)[1])

    def quantile(self, q: ArrayLike) -> Array:
        """The x with P(X ≤ x) = q, any shape."""
        q = as_quantiles(q)
        return 2 * gamma_quantile(np.full(q.shape, self.df / 2), q, 1 - q)

    def _log_tails(self, x: ArrayLike) -> Tails:
        x = np.maximum(as_array(x, "x"), 0) / 2
        return log_gamma_tails(np.full(x.shape, self.df / 2), x)

    def sample(self, rng: Seed, n: SupportsIndex) -> Vector:
        """n numbers at random, (n,)."""
        return np.random.default_rng(rng).chisquare(self.df, as_count(n, "n"))


STANDARD = Normal(0, 1)


def _log_tails_of_standard(z: Array) -> Tails:
    """log P(|Z| < z) and log P(|Z| > z) for a standard normal Z."""
    return np.log(erf(z / math.sqrt(2))), np.log(np.maximum(erfc(z / math.sqrt(2)), TINIEST))


def _two_sided(q: ArrayLike) -> tuple[Array, Array, Array]:
    """q; and how much of a distribution that is symmetric about 0 lies within ± its quantile, and how much outside."""
    q = as_quantiles(q)
    return q, np.abs(2 * q - 1), 2 * np.minimum(q, 1 - q)
