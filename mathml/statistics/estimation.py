"""Estimation: the parameters that make the data likeliest, and what a prior changes."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import as_number, as_vector, require
from mathml.probability import Distribution

__all__ = ["log_likelihood", "maximum_a_posteriori", "maximum_likelihood"]

GOLDEN = (math.sqrt(5) - 1) / 2  # each step of the golden section search keeps this part of the interval


def log_likelihood(distribution: Distribution, x: ArrayLike) -> float:
    """How likely a distribution makes the data: the logarithm of the product of their probabilities or densities.

        ℓ(θ) = log Πᵢ p(xᵢ | θ) = Σᵢ log p(xᵢ | θ)

    Parameters
    ----------
    distribution : with the parameters θ
    x : (n,) independent numbers; for a distribution of vectors (n, d)

    Returns
    -------
    ℓ : −∞ if something came that the distribution holds for impossible

    Lesson 4, "Maximum likelihood"; Wasserman, All of Statistics (2004), section 9.3.
    """
    return float(np.sum(distribution.log_prob(x)))


def maximum_likelihood(log_likelihood: Callable[[float], float], grid: ArrayLike) -> float:
    """The parameter that makes the data likeliest.

        θ̂ = argmax_θ ℓ(θ)

    The best of the grid is taken, and refined by golden section between its neighbours: to about 8 digits, for the top
    of a hill is flat. Of several hills the highest is found, if the grid is fine enough to meet it.

    Parameters
    ----------
    log_likelihood : from a parameter to ℓ; −∞ where the data are impossible
    grid : (m,) rising parameters to try; the estimate lies between the first and the last

    Raises
    ------
    ValueError
        If ℓ is finite nowhere on the grid, or NaN or ∞ somewhere.

    Lesson 4, "Maximum likelihood"; Press et al., Numerical Recipes (2007), section 10.2.

    >>> heads, tails = 7, 3
    >>> round(maximum_likelihood(lambda p: heads * math.log(p) + tails * math.log(1 - p), [0.1, 0.5, 0.9]), 6)
    0.7
    """
    grid = as_vector(grid, "grid")
    for i in np.flatnonzero(np.diff(grid) <= 0) + 1:
        raise ValueError(
            f"grid must rise from each parameter to the next, but grid[{i}] is {grid[i]:g} after {grid[i - 1]:g}"
        )
    values = [_as_height(log_likelihood(parameter), parameter) for parameter in grid.tolist()]
    best = int(np.argmax(values))
    require(values[best] > -math.inf, "log_likelihood must be finite somewhere on the grid, but it is −∞ everywhere")
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    refined = _golden_section(log_likelihood, float(low), float(high))
    return max(refined, float(grid[best]), key=log_likelihood)


def maximum_a_posteriori(
    log_likelihood: Callable[[float], float], log_prior: Callable[[float], float], grid: ArrayLike
) -> float:
    """The likeliest parameter, given the data and what was believed before.

        θ̂ = argmax_θ [ℓ(θ) + log p(θ)]

    A flat prior changes nothing; with more and more data, any other changes less and less.

    Parameters
    ----------
    log_likelihood, grid : as in `maximum_likelihood`
    log_prior : from a parameter to log p(θ), up to a constant; −∞ where it is held for impossible

    Lesson 4, "Maximum a posteriori"; Murphy, Probabilistic Machine Learning: An Introduction (2022), section 4.5.

    >>> heads, tails = 3, 0
    >>> def of_coin(p): return heads * math.log(p) + tails * math.log(1 - p)
    >>> def fair_rather(p): return math.log(p) + math.log(1 - p)
    >>> round(maximum_a_posteriori(of_coin, fair_rather, [0.1, 0.5, 0.9]), 6)
    0.8
    """
    return maximum_likelihood(lambda parameter: log_likelihood(parameter) + log_prior(parameter), grid)


def _golden_section(f: Callable[[float], float], low: float, high: float) -> float:
    """Where f is highest between low and high, if it has one top there."""
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = f(left), f(right)
    for _ in range(60):  # leaves 3 · 10⁻¹³ of the interval
        if at_left > at_right:
            high, right, at_right = right, left, at_left
            left = high - GOLDEN * (high - low)
            at_left = f(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + GOLDEN * (high - low)
            at_right = f(right)
    return (low + high) / 2


def _as_height(value: float, parameter: float) -> float:
    height = as_number(value, f"log_likelihood({parameter:g})")
    require(height < math.inf, f"log_likelihood must be finite or −∞, but at {parameter:g} it is ∞")
    return height
