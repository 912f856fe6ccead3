"""Regularisation paths: the weights for all strengths of a penalty, each found from the one before."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, as_matrix, as_number, as_vector, require, require_same
from mathml.optimization.penalties import as_strength, penalty_residual
from mathml.optimization.proximal import penalised_quadratic

__all__ = ["RegularizationPath", "regularization_path", "strongest_penalty"]


class RegularizationPath(NamedTuple):
    """Weights for each strength of a penalty.

    strengths : (k,) from the strongest to the weakest
    weights : (k, d) a row for each strength
    residuals : (k,) the certificate of each: `penalty_residual`, 0 but for rounding
    """

    strengths: Vector
    weights: Matrix
    residuals: Vector


def strongest_penalty(X: ArrayLike, y: ArrayLike, l1_ratio: float = 1.0) -> float:
    """The least strength for which all weights are 0: no pull exceeds what the kink of |w| holds.

        α = maxⱼ |xⱼ · y| / (n ρ)

    Parameters
    ----------
    X : (n, d)
    y : (n,)
    l1_ratio : ρ, above 0 and at most 1

    Lesson 5, "Used in: lasso"; Friedman, Hastie and Tibshirani, Regularization paths for generalized linear models via
    coordinate descent (2010), section 2.5.

    >>> strongest_penalty([[1, 0], [0, 1]], [3, 0.5])
    1.5
    """
    ratio, (_, c) = _as_ratio(l1_ratio), _as_quadratic(X, y)
    require(ratio > 0, "l1_ratio must be above 0: without a part of L1, no strength makes a weight 0")
    return float(np.max(np.abs(c))) / ratio


def regularization_path(
    X: ArrayLike, y: ArrayLike, strengths: ArrayLike | None = None, l1_ratio: float = 1.0
) -> RegularizationPath:
    """The weights of the elastic net from the strongest penalty to the weakest, each from the one before.

        min ‖y − X w‖²/(2n) + α ρ ‖w‖₁ + (α (1 − ρ)/2) ‖w‖²

    Parameters
    ----------
    X : (n, d)
    y : (n,)
    strengths : α, (k,), each at least 0, in any order; None for 100 from `strongest_penalty` down to a thousandth of it
    l1_ratio : ρ, from 0, ridge, to 1, the lasso

    Raises
    ------
    ValueError
        If a strength is below 0, or ρ is 0 and there are no strengths.

    Lesson 5, "Used in: lasso"; Friedman, Hastie and Tibshirani (2010), section 2.5.

    >>> path = regularization_path([[1, 0], [0, 1]], [3, 0.5], [0.5, 1.5])
    >>> path.strengths.tolist(), path.weights.tolist()
    ([1.5, 0.5], [[0.0, 0.0], [2.0, 0.0]])
    """
    ratio, (H, c) = _as_ratio(l1_ratio), _as_quadratic(X, y)
    if strengths is None:
        strongest = strongest_penalty(X, y, ratio)
        strengths = np.geomspace(strongest, strongest / 1000, 100) if strongest > 0 else [0.0]
    falling = np.sort(as_vector(strengths, "strengths"))[::-1]
    as_strength(falling, "strengths", falling)
    w, weights, residuals = np.zeros(len(c)), [], []
    for strength in falling:
        l1, l2 = strength * ratio, strength * (1 - ratio)
        w = penalised_quadratic(H, c, l1, l2, w)
        weights.append(w)
        residuals.append(penalty_residual(H @ w - c, w, l1, l2))
    return RegularizationPath(falling, np.array(weights), np.array(residuals))


def _as_quadratic(X: ArrayLike, y: ArrayLike) -> tuple[Matrix, Vector]:
    """The bowl ‖y − X w‖²/(2n), but for a constant: XᵀX/n and Xᵀy/n."""
    X, y = as_matrix(X, "X"), as_vector(y, "y")
    require_same("length", X=len(X), y=len(y))
    return X.T @ X / len(X), X.T @ y / len(X)


def _as_ratio(l1_ratio: float) -> float:
    ratio = as_number(l1_ratio, "l1_ratio")
    require(0 <= ratio <= 1, f"l1_ratio must be from 0 to 1, but l1_ratio = {ratio:g} came")
    return ratio
