"""Penalties on weights: what L1, L2 and their mixture cost, what they make of a weight, and a certificate."""

from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_array, as_vector, require, require_same

__all__ = ["as_strength", "elastic_net", "penalty_residual", "prox_elastic_net", "soft_threshold"]


def elastic_net(w: ArrayLike, l1: ArrayLike = 0.0, l2: ArrayLike = 0.0) -> float:
    """What weights cost: L1 with l2 = 0, L2 with l1 = 0, else the elastic net.

        l1 Σⱼ |wⱼ| + (l2/2) Σⱼ wⱼ²

    Weights may be recorded by `mathml.autodiff`: then so is the cost. At the kink of |wⱼ| its slope is 0.

    Parameters
    ----------
    w : a number or (d,)
    l1, l2 : how strong each part is, at least 0; a number, or one for each weight: 0 for an intercept

    Lesson 5, "Elastic net"; Zou and Hastie, Regularization and variable selection via the elastic net (2005).

    >>> print(elastic_net([3, -4], l1=1), elastic_net([3, -4], l2=1))
    7.0 12.5
    """
    w = as_array(w, "w")
    l1, l2 = as_strength(l1, "l1", w), as_strength(l2, "l2", w)
    return cast(float, np.sum(l1 * np.abs(w)) + np.sum(l2 * w * w) / 2)


def soft_threshold(a: ArrayLike, strength: ArrayLike) -> Array:
    """Move towards 0, and stop there: what an L1 penalty makes of a weight.

        S(a) = sign(a) max(|a| − α, 0) = argmin_w ½ (w − a)² + α |w|

    Parameters
    ----------
    a : a number or an array of any shape
    strength : α, at least 0; a number, or one for each of a

    Lesson 5, "L1: the lasso"; Donoho and Johnstone, Ideal spatial adaptation by wavelet shrinkage (1994).

    >>> soft_threshold([3, 0.5, -2], 1).tolist()
    [2.0, 0.0, -1.0]
    """
    a = as_array(a, "a")
    strength = as_strength(strength, "strength", a)
    return a - np.clip(a, -strength, strength)  # exactly 0 within


def prox_elastic_net(a: ArrayLike, l1: ArrayLike = 0.0, l2: ArrayLike = 0.0) -> Array:
    """The weight that pays least for both: to be far from a, and the penalty.

        prox(a) = argmin_w ½ (w − a)² + l1 |w| + (l2/2) w² = S_l1(a) / (1 + l2)

    L1 moves by a constant, L2 divides.

    Parameters
    ----------
    a : a number or an array of any shape, each entry by itself
    l1, l2 : at least 0; for a step of length η, η times the penalty's

    Lesson 5, "Elastic net"; Parikh and Boyd, Proximal Algorithms (2014), section 6.5.

    >>> prox_elastic_net([3, 0.5, -2], l1=1, l2=1).tolist()
    [1.0, 0.0, -0.5]
    """
    a = as_array(a, "a")
    return soft_threshold(a, as_strength(l1, "l1", a)) / (1 + as_strength(l2, "l2", a))


def penalty_residual(gradient: ArrayLike, w: ArrayLike, l1: ArrayLike = 0.0, l2: ArrayLike = 0.0) -> float:
    """How far weights are from the least sum of a loss and a penalty: 0 there, a certificate for whoever found them.

        wⱼ ≠ 0:    |gⱼ + l1 sign(wⱼ) + l2 wⱼ|
        wⱼ = 0:    max(|gⱼ| − l1, 0)            the largest of all

    It is the distance from 0 to the subgradients, g + ∂(penalty). If the loss is convex, 0 is not only necessary.

    Parameters
    ----------
    gradient : g, the loss's own gradient at w, (d,)
    w : (d,)
    l1, l2 : the penalty, as in `elastic_net`

    Lesson 5, "Used in: lasso"; Hastie, Tibshirani and Wainwright, Statistical Learning with Sparsity (2015), equation
    2.6.

    >>> penalty_residual([-1, 0.3], [2, 0], l1=1)
    0.0
    """
    gradient, w = as_vector(gradient, "gradient"), as_vector(w, "w")
    require_same("length", gradient=len(gradient), w=len(w))
    l1, l2 = as_strength(l1, "l1", w), as_strength(l2, "l2", w)
    at_zero = np.maximum(np.abs(gradient) - l1, 0)
    elsewhere = np.abs(gradient + l1 * np.sign(w) + l2 * w)
    return float(np.max(np.where(w == 0, at_zero, elsewhere)))


def as_strength(strength: ArrayLike, name: str, w: Array) -> Array:
    """How strong a penalty on w is: a finite number, at least 0, or one for each weight."""
    strength = as_array(strength, name)
    fits = f"{name} must be a number or have the shape {w.shape} of the weights"
    require(strength.shape in ((), w.shape), f"{fits}, but its shape is {strength.shape}")
    for other in strength[~((strength >= 0) & np.isfinite(strength))]:
        raise ValueError(f"{name} must be finite and at least 0, but {name} = {other:g} came")
    return strength
