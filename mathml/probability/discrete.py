"""Distributions of counts: one trial, n trials, events in a stretch of time, trials with several outcomes."""

import math
from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Matrix, Vector, as_array, as_count, as_matrix, as_vector, require
from mathml.probability.incomplete import Tails, log_beta_tails, log_gamma_tails
from mathml.probability.interface import OfCounts, Seed, WithMass, as_finite, as_probability
from mathml.probability.special import as_whole, log_poisson

__all__ = ["Bernoulli", "Binomial", "Multinomial", "Poisson"]


@dataclass(frozen=True)
class Binomial(OfCounts):
    """How many of n independent trials succeed, each with the same probability.

        P(X = k) = (n choose k) pᵏ (1 − p)ⁿ⁻ᵏ,    k = 0, 1 … n

    Parameters
    ----------
    n : at least 0, how many trials
    p : from 0 to 1, the probability of a success

    Lesson 4, "Bernoulli and binomial"; Loader, Fast and accurate computation of binomial probabilities (2000).

    >>> Binomial(3, 0.5).pmf([0, 1, 2, 3]).round(6).tolist()
    [0.125, 0.375, 0.375, 0.125]
    """

    n: int
    p: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "n", as_count(self.n, "n", least=0))
        object.__setattr__(self, "p", as_probability(self.p, "p"))

    @property
    def mean(self) -> float:
        """n p."""
        return self.n * self.p

    @property
    def variance(self) -> float:
        """n p (1 − p)."""
        return self.n * self.p * (1 - self.p)

    @property
    def support(self) -> tuple[float, float]:
        """From 0 to n; if p is 0 or 1, only one of the two."""
        return (self.n if self.p == 1 else 0), (0 if self.p == 0 else self.n)

    def log_prob(self, x: ArrayLike) -> Array:
        """log P(X = x), any shape; −∞ for what is no whole number from 0 to n."""
        x = as_array(x, "x")
        k = np.clip(np.floor(x), 0, self.n)
        n, p = self.n, self.p
        # Successes and failures as two Poisson counts, given that they add up to n: no large factorials to cancel.
        logs = log_poisson(k, n * p) + log_poisson(n - k, n * (1 - p)) - log_poisson(n, n)
        return np.where(x == k, logs, -np.inf)

    def _log_tails(self, k: Array) -> Tails:
        """Of n numbers between 0 and 1, more than k lie below p if the one after k does, which is beta distributed."""
        p, q = np.full(k.shape, self.p), np.full(k.shape, 1 - self.p)
        upper, lower = log_beta_tails(k + 1, np.maximum(self.n - k, 1), p, q)
        return lower, upper

    def sample(self, rng: Seed, n: SupportsIndex) -> Vector:
        """n counts at random, (n,)."""
        return np.random.default_rng(rng).binomial(self.n, self.p, as_count(n, "n")).astype(np.float64)

    @classmethod
    def fit(cls, x: ArrayLike, n: SupportsIndex) -> "Binomial":
        """The likeliest p for counts x, (m,), of successes in n trials each: p̂ = x̄ / n."""
        x, n = as_whole(as_vector(x, "x"), "x"), as_count(n, "n")
        require(np.all(x <= n), f"x must hold counts of at most n = {n}, but {x.max():g} came")
        return cls(n, float(x.mean()) / n)


@dataclass(frozen=True)
class Bernoulli(OfCounts):
    """One trial: 1 if it succeeds, 0 if it fails.

        P(X = 1) = p,    P(X = 0) = 1 − p

    Parameters
    ----------
    p : from 0 to 1

    Lesson 4, "Bernoulli and binomial".

    >>> Bernoulli(0.25).pmf([0, 1]).tolist()
    [0.75, 0.25]
    """

    p: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "p", as_probability(self.p, "p"))

    @property
    def mean(self) -> float:
        """p."""
        return self.p

    @property
    def variance(self) -> float:
        """p (1 − p)."""
        return self.p * (1 - self.p)

    @property
    def support(self) -> tuple[float, float]:
        """0 and 1; if p is 0 or 1, only that one."""
        return float(self.p == 1), float(self.p > 0)

    def log_prob(self, x: ArrayLike) -> Array:
        """log P(X = x), any shape; −∞ for what is neither 0 nor 1."""
        x = as_array(x, "x")
        with np.errstate(divide="ignore"):
            success, failure = np.log(np.float64(self.p)), np.log1p(-np.float64(self.p))
        return np.where(x == 1, success, np.where(x == 0, failure, -np.inf))

    def _log_tails(self, k: Array) -> Tails:
        """Of 0 alone, for 1 is the highest."""
        with np.errstate(divide="ignore"):
            return np.full(k.shape, np.log1p(-np.float64(self.p))), np.full(k.shape, np.log(np.float64(self.p)))

    def sample(self, rng: Seed, n: SupportsIndex) -> Vector:
        """n outcomes at random, (n,)."""
        return (np.random.default_rng(rng).random(as_count(n, "n")) < self.p).astype(np.float64)

    @classmethod
    def fit(cls, x: ArrayLike) -> "Bernoulli":
        """The likeliest p for outcomes x, (m,), each 0 or 1: the part of ones, p̂ = x̄."""
        x = as_vector(x, "x")
        for other in x[(x != 0) & (x != 1)]:
            raise ValueError(f"x must hold outcomes 0 or 1, but {other:g} came")
        return cls(float(x.mean()))


@dataclass(frozen=True)
class Poisson(OfCounts):
    """How many events there are, if each comes independently of the others and so many are expected.

        P(X = k) = λᵏ e^(−λ) / k!,    k = 0, 1, 2 …

    Parameters
    ----------
    rate : λ, at least 0

    Lesson 4, "Poisson"; Wasserman, All of Statistics (2004), section 2.3.

    >>> Poisson(2).pmf([0, 1, 2]).round(4).tolist()
    [0.1353, 0.2707, 0.2707]
    """

    rate: float

    def __post_init__(self) -> None:
        rate = as_finite(self.rate, "rate")
        require(rate >= 0, f"rate must be at least 0, but rate = {rate:g} came")
        object.__setattr__(self, "rate", rate)

    @property
    def mean(self) -> float:
        """λ."""
        return self.rate

    @property
    def variance(self) -> float:
        """λ."""
        return self.rate

    @property
    def support(self) -> tuple[float, float]:
        """From 0 on; if the rate is 0, only that."""
        return 0, (math.inf if self.rate > 0 else 0)

    def log_prob(self, x: ArrayLike) -> Array:
        """log P(X = x), any shape; −∞ for what is no whole number from 0 on."""
        x = as_array(x, "x")
        k = np.clip(np.floor(x), 0, 1e300)
        return np.where(x == k, log_poisson(k, self.rate), -np.inf)

    def _log_tails(self, k: Array) -> Tails:
        """At most k come if the event after these has to be waited for longer, and that time is gamma distributed."""
        upper, lower = log_gamma_tails(np.minimum(k, 1e300) + 1, np.full(k.shape, self.rate))
        return lower, upper

    def sample(self, rng: Seed, n: SupportsIndex) -> Vector:
        """n counts at random, (n,)."""
        return np.random.default_rng(rng).poisson(self.rate, as_count(n, "n")).astype(np.float64)

    @classmethod
    def fit(cls, x: ArrayLike) -> "Poisson":
        """The likeliest rate for counts x, (m,): their mean, λ̂ = x̄."""
        return cls(float(as_whole(as_vector(x, "x"), "x").mean()))


@dataclass(frozen=True, eq=False)
class Multinomial(WithMass):
    """How often each of k outcomes comes in n independent trials.

        P(X = x) = n! / (x₁! … x_k!) p₁^x₁ … p_k^x_k,    Σᵢ xᵢ = n

    Parameters
    ----------
    n : at least 0, how many trials
    p : (k,) the probability of each outcome; they sum to one

    Lesson 4, "Multinomial"; Wasserman, All of Statistics (2004), section 14.4.

    >>> round(float(Multinomial(3, [0.5, 0.3, 0.2]).pmf([1, 1, 1])), 6)
    0.18
    """

    n: int
    p: Vector

    def __post_init__(self) -> None:
        p = as_vector(self.p, "p")
        require(np.all(p >= 0), f"p must not hold a negative probability, but {p.min():g} came")
        require(abs(p.sum() - 1) <= 1e-8, f"p must sum to 1, but its sum is {p.sum()}")
        p.flags.writeable = False
        object.__setattr__(self, "n", as_count(self.n, "n", least=0))
        object.__setattr__(self, "p", p)

    @property
    def mean(self) -> Vector:
        """(k,) n pᵢ."""
        return self.n * self.p

    @property
    def variance(self) -> Vector:
        """(k,) n pᵢ (1 − pᵢ): each count by itself is binomial."""
        return self.n * self.p * (1 - self.p)

    @property
    def covariance(self) -> Matrix:
        """(k, k) n (pᵢ δᵢⱼ − pᵢ pⱼ): where one outcome comes more often, the others come less often."""
        return self.n * (np.diag(self.p) - np.outer(self.p, self.p))

    def log_prob(self, x: ArrayLike) -> Array:
        """log P(X = x) for counts x, (..., k); −∞ where they are not whole, or do not add up to n."""
        x, n, k = as_array(x, "x"), self.n, len(self.p)
        require(x.ndim and x.shape[-1] == k, f"x must have {k} counts in a row, as p has, but its shape is {x.shape}")
        counts = np.clip(np.floor(x), 0, n)
        # As for Binomial: Poisson counts, given that they add up to n.
        logs = np.sum(log_poisson(counts, n * self.p), axis=-1) - log_poisson(n, n)
        return np.where(np.all(x == counts, axis=-1) & (np.sum(counts, axis=-1) == n), logs, -np.inf)

    def sample(self, rng: Seed, n: SupportsIndex) -> Matrix:
        """n rows of counts at random, (n, k)."""
        p = self.p / self.p.sum()
        return np.random.default_rng(rng).multinomial(self.n, p, as_count(n, "n")).astype(np.float64)

    @classmethod
    def fit(cls, X: ArrayLike) -> "Multinomial":
        """The likeliest probabilities for counts X, (k,), or (m, k) in rows of one sum: the part of each outcome."""
        X = as_whole(as_matrix(X, "X") if np.ndim(X) == 2 else as_vector(X, "X")[np.newaxis], "X")
        totals = X.sum(axis=1)
        n = totals[0]
        for i in np.flatnonzero(totals != n):
            raise ValueError(f"X must have rows of one sum, but row 0 adds up to {n:g} and row {i} to {totals[i]:g}")
        require(n > 0, "X must hold a count above 0, but all are 0")
        return cls(int(n), X.sum(axis=0) / X.sum())
