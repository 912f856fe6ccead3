"""Random variables: numbers that chance decides, given by all their values or by a density."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Vector, as_array, as_count, as_number, as_vector, require, require_same
from mathml.probability.integration import integral
from mathml.probability.interface import Seed, WithMass, as_quantiles
from mathml.vectors import dot

__all__ = ["Continuous", "Discrete"]


@dataclass(frozen=True, eq=False)
class Discrete(WithMass):
    """A random variable with finitely many values.

        E[g(X)] = Σᵢ g(xᵢ) P(X = xᵢ)

    Parameters
    ----------
    values : (k,) the numbers that X can be; of a value that comes twice, the probabilities are added
    probabilities : (k,) of each; they sum to one

    Attributes
    ----------
    values, probabilities : (m,) those with a probability above 0, in order of size, every value once

    Lesson 4, "Random variables"; Wasserman, All of Statistics (2004), sections 2.2 and 3.1.

    >>> die = Discrete([1, 2, 3, 4, 5, 6], [1 / 6] * 6)
    >>> round(die.mean, 6), round(die.variance, 6), round(float((die + die).pmf(7)), 6)
    (3.5, 2.916667, 0.166667)
    """

    values: Vector
    probabilities: Vector

    def __post_init__(self) -> None:
        x, p = as_vector(self.values, "values"), as_vector(self.probabilities, "probabilities")
        require_same("length", values=len(x), probabilities=len(p))
        require(np.all(p >= 0), f"probabilities must not be negative, but {p.min():g} came")
        require(abs(p.sum() - 1) <= 1e-8, f"probabilities must sum to 1, but their sum is {p.sum()}")
        values, place = np.unique(x[p > 0], return_inverse=True)
        for name, array in [("values", values), ("probabilities", np.bincount(place, p[p > 0]))]:
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def expectation(self, g: Callable[[Array], ArrayLike]) -> float:
        """E[g(X)] for a g that takes all values at once."""
        return dot(np.broadcast_to(as_array(g(self.values), "g(x)"), self.values.shape), self.probabilities)

    @cached_property
    def mean(self) -> float:
        """μ = Σᵢ xᵢ pᵢ."""
        return dot(self.values, self.probabilities)

    @cached_property
    def variance(self) -> float:
        """σ² = Σᵢ (xᵢ − μ)² pᵢ."""
        return self.expectation(lambda x: (x - self.mean) ** 2)

    def __add__(self, other: "Discrete") -> "Discrete":
        """The sum of two that are independent: every pair of values, with the product of their probabilities.

            P(X + Y = s) = Σₓ P(X = x) P(Y = s − x)

        So X + X is the sum of two throws, and not twice one throw.
        """
        if not isinstance(other, Discrete):
            return NotImplemented
        sums, products = np.add.outer(self.values, other.values), np.outer(self.probabilities, other.probabilities)
        return Discrete(sums.ravel(), products.ravel())

    def log_prob(self, x: ArrayLike) -> Array:
        """log P(X = x), any shape; −∞ for what is no value."""
        x = as_array(x, "x")
        place = np.minimum(np.searchsorted(self.values, x), len(self.values) - 1)
        return np.where(self.values[place] == x, np.log(self.probabilities)[place], -np.inf)

    def cdf(self, x: ArrayLike) -> Array:
        """P(X ≤ x), any shape."""
        return _sums(self.probabilities)[np.searchsorted(self.values, as_array(x, "x"), side="right")]

    def sf(self, x: ArrayLike) -> Array:
        """P(X > x), any shape."""
        return _sums(self.probabilities[::-1])[::-1][np.searchsorted(self.values, as_array(x, "x"), side="right")]

    def quantile(self, q: ArrayLike) -> Array:
        """The least value with P(X ≤ value) ≥ q, any shape."""
        return self.values[np.searchsorted(_sums(self.probabilities)[1:], as_quantiles(q))]

    def sample(self, rng: Seed, n: SupportsIndex) -> Vector:
        """n values at random, (n,)."""
        p = self.probabilities / self.probabilities.sum()
        return np.random.default_rng(rng).choice(self.values, as_count(n, "n"), p=p)

    @classmethod
    def fit(cls, x: ArrayLike) -> "Discrete":
        """The likeliest probabilities for numbers x, (m,): the part of x that each makes up."""
        x = as_vector(x, "x")
        return cls(x, np.full(len(x), 1 / len(x)))


@dataclass(frozen=True, eq=False)
class Continuous:
    """A random variable with a density.

        P(a ≤ X ≤ b) = ∫ₐᵇ p(x) dx,    E[g(X)] = ∫ g(x) p(x) dx

    Parameters
    ----------
    pdf : the density, a function of an array; never negative, and its area is one
    low, high : the interval outside which the density is zero; it may be infinite

    Raises
    ------
    ValueError
        If the area is not one.

    Lesson 4, "Random variables"; Wasserman, All of Statistics (2004), sections 2.2 and 3.1.

    >>> X = Continuous(lambda x: 2 * x, 0, 1)
    >>> round(X.mean, 6), round(X.variance, 6), round(float(X.cdf(0.5)), 6)
    (0.666667, 0.055556, 0.25)
    """

    pdf: Callable[[Array], Array]
    low: float
    high: float

    def __post_init__(self) -> None:
        low, high = as_number(self.low, "low"), as_number(self.high, "high")
        require(low < high, f"low must be below high, but low = {low:g} and high = {high:g} came")
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)
        area = integral(self._density, low, high)
        require(abs(area - 1) <= 1e-6, f"pdf must have an area of 1, but its area is {area:.6g}")

    def _density(self, x: Array) -> Array:
        heights = np.broadcast_to(as_array(self.pdf(x), "pdf(x)"), x.shape)
        for place, height in zip(x[heights < 0], heights[heights < 0], strict=True):
            raise ValueError(f"pdf must not be negative, but pdf({place:g}) = {height:g}")
        return heights

    def expectation(self, g: Callable[[Array], ArrayLike]) -> float:
        """E[g(X)] for a g that takes an array.

        Raises
        ------
        ValueError
            If there is none, for the area under |g| p is infinite: like the mean of Cauchy's distribution.
        """

        def weighted(x: Array) -> Array:
            p = self._density(x)
            with np.errstate(over="ignore"):  # far out, where it does not count
                values = as_array(g(x), "g(x)")
            return np.where(p > 0, values, 0) * p

        return integral(weighted, self.low, self.high)

    @cached_property
    def mean(self) -> float:
        """μ = ∫ x p(x) dx."""
        return self.expectation(lambda x: x)

    @cached_property
    def variance(self) -> float:
        """σ² = ∫ (x − μ)² p(x) dx."""
        return self.expectation(lambda x: (x - self.mean) ** 2)

    def cdf(self, x: ArrayLike) -> Array:
        """P(X ≤ x), any shape: the area up to x, added up from each x to the next."""
        x = np.clip(as_array(x, "x"), self.low, self.high)
        ends, place = np.unique(x, return_inverse=True)
        stretched = bool(np.any(np.isinf([self.low, self.high])))
        edges = itertools.pairwise([self.low, *ends.tolist()])
        areas = [integral(self._density, a, b, stretched) if a < b else 0.0 for a, b in edges]
        up_to: Array = np.minimum(np.cumsum(areas), 1)[place]
        return up_to.reshape(x.shape)


def _sums(p: Vector) -> Vector:
    """0, p₁, p₁ + p₂ … 1: the last exactly, for what rounding took from it would be missed in a quantile."""
    sums: Vector = np.minimum(np.append(0, np.cumsum(p)), 1)
    sums[-1] = 1
    return sums
