"""The terms p · log q that entropies and losses are sums of, and what is asked of their probabilities."""

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_array, require

__all__ = ["as_probabilities", "log", "log_of_rest", "log_ratio", "weighted"]


def log(p: Array) -> Array:
    """log p, −∞ for p = 0."""
    with np.errstate(divide="ignore"):
        logarithms: Array = np.log(p)
    return logarithms


def log_ratio(p: Array, q: Array) -> Array:
    """log(p / q), NaN where both are 0: a ratio that `weighted` does not ask for."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logarithms: Array = np.log(p) - np.log(q)
    return logarithms


def log_of_rest(p: Array) -> Array:
    """log(1 − p), to the last digit for a small p too."""
    with np.errstate(divide="ignore"):
        logarithms: Array = np.log1p(-p)
    return logarithms


def weighted(p: Array, logarithms: Array) -> Array:
    """Each p · log, where what cannot happen (p = 0) counts nothing, however small the logarithm."""
    with np.errstate(invalid="ignore"):
        return np.where(p > 0, p * logarithms, 0.0)


def as_probabilities(p: ArrayLike, name: str) -> Array:
    """`p` as probabilities (..., k) that sum to one along the last axis, but for rounding."""
    p = as_array(p, name)
    require(p.ndim, f"{name} must be probabilities (..., k) of k outcomes, but one number came, {p.flat[0]}")
    require(np.all(p >= 0), f"{name} must not hold a negative probability, but {p.min():g} came")
    sums = np.sum(p, axis=-1).reshape(-1)
    worst = sums[np.argmax(np.abs(sums - 1))]
    require(abs(worst - 1) <= 1e-8, f"{name} must sum to 1, but its sum is {worst}")
    return p
