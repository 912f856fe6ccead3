"""Projections: the nearest point that is allowed, for sets that have a formula for it."""

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Vector, as_array, as_number, as_vector, require, require_same
from mathml.optimization.descent import as_learning_rate
from mathml.optimization.penalties import soft_threshold
from mathml.vectors import dot, norm

__all__ = [
    "project_onto_ball",
    "project_onto_box",
    "project_onto_half_space",
    "project_onto_l1_ball",
    "project_onto_simplex",
]


def project_onto_box(x: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> Vector:
    """The point nearest to x of which each entry is within its bounds: clip it.

        P(x)ᵢ = min(max(xᵢ, lᵢ), uᵢ)

    Parameters
    ----------
    x : (p,)
    lower, upper : l ≤ u, each one number or (p,); −∞ and ∞ are no bounds

    Raises
    ------
    ValueError
        If a lower bound is above the upper one, or has another shape than x.

    Lesson 5, "KKT conditions"; Parikh and Boyd, Proximal Algorithms (2014), section 6.2.

    >>> project_onto_box([-2, 0.5, 3], 0, 1).tolist()
    [0.0, 0.5, 1.0]
    """
    x, lower, upper = as_vector(x, "x"), as_array(lower, "lower"), as_array(upper, "upper")
    for name, bound in ("lower", lower), ("upper", upper):
        fits = f"{name} must be one number or have the shape {x.shape} of x"
        require(bound.shape in ((), x.shape), f"{fits}, but its shape is {bound.shape}")
    require(np.all(lower <= upper), "lower must not be above upper, but somewhere it is")
    return np.clip(x, lower, upper)


def project_onto_ball(x: ArrayLike, radius: float = 1.0) -> Vector:
    """The point nearest to x that is no longer than the radius: shorten it.

        P(x) = x min(1, r / ‖x‖)

    Parameters
    ----------
    x : (p,)
    radius : r, above 0

    Lesson 5, "KKT conditions"; Boyd and Vandenberghe, Convex Optimization (2004), section 8.1.

    >>> project_onto_ball([3, 4], 1).round(6).tolist()
    [0.6, 0.8]
    """
    x, radius = as_vector(x, "x"), as_learning_rate(radius, "radius")
    length = norm(x)
    return x.copy() if length <= radius else x / length * radius


def project_onto_half_space(x: ArrayLike, a: ArrayLike, b: float) -> Vector:
    """The point nearest to x on the right side of a plane: go straight to the plane, if x is not there.

        {x : a · x ≤ b}        P(x) = x − max(a · x − b, 0) / ‖a‖² a

    Parameters
    ----------
    x : (p,)
    a : (p,), not zero: across the plane, to the side that is not allowed
    b : a number

    Lesson 5, "KKT conditions"; Boyd and Vandenberghe, Convex Optimization (2004), section 8.1.1.

    >>> project_onto_half_space([2, 2], [1, 1], 2).round(6).tolist()
    [1.0, 1.0]
    """
    x, a, b = as_vector(x, "x"), as_vector(a, "a"), as_number(b, "b")
    require_same("length", x=len(x), a=len(a))
    length = norm(a)
    require(length > 0, "a must not be the zero vector: it has no two sides")
    return x - max(dot(a / length, x) - b / length, 0.0) * (a / length)


def project_onto_simplex(x: ArrayLike, total: float = 1.0) -> Vector:
    """The probabilities nearest to x: take the same from all, and what would fall below 0 becomes 0.

        {w : wᵢ ≥ 0, Σᵢ wᵢ = s}        P(x)ᵢ = max(xᵢ − θ, 0),    θ = (Σ of the k largest − s) / k

    k is the largest number for which the k-th largest of x is still above θ.

    Parameters
    ----------
    x : (p,)
    total : s, above 0

    Lesson 5, "KKT conditions"; Duchi et al., Efficient projections onto the l1-ball (2008), figure 1.

    >>> project_onto_simplex([1, 0.5, -2]).tolist()
    [0.75, 0.25, 0.0]
    """
    x, total = as_vector(x, "x"), as_learning_rate(total, "total")
    return np.maximum(x - _threshold(x, total), 0)


def project_onto_l1_ball(x: ArrayLike, radius: float = 1.0) -> Vector:
    """The point nearest to x in the diamond: a soft threshold, which sets small entries to exactly 0.

        {w : ‖w‖₁ ≤ r}        P(x) = S_θ(x),    θ as for the simplex, of |x| and r; 0 if x is in it

    Parameters
    ----------
    x : (p,)
    radius : r, above 0

    Lesson 5, "L1: the lasso"; Duchi et al., Efficient projections onto the l1-ball (2008), section 4.

    >>> project_onto_l1_ball([3, -0.5, 1], 2).tolist()
    [2.0, 0.0, 0.0]
    """
    x, radius = as_vector(x, "x"), as_learning_rate(radius, "radius")
    return x.copy() if norm(x, 1) <= radius else soft_threshold(x, _threshold(np.abs(x), radius))


def _threshold(x: Vector, total: float) -> float:
    """The θ for which Σᵢ max(xᵢ − θ, 0) is the total."""
    falling = np.sort(x)[::-1]
    # Counted from the largest, so that a common offset costs no digits.
    below = falling - falling[0]
    thetas = (np.cumsum(below) - total) / np.arange(1, len(x) + 1)
    kept = int(np.flatnonzero(below > thetas)[-1])
    return float(falling[0] + thetas[kept])
