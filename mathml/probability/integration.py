"""The area under a function."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from mathml.arrays import Array, Vector, require

__all__ = ["integral"]

Function: TypeAlias = Callable[[Array], Array]

NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)  # exact for polynomials of degree 23, on the interval from −1 to 1
PIECES = 1000  # how many to begin with: a narrow peak is not to fall between the nodes
HALVINGS = 1000
FAR = 1e40  # where an infinite interval is cut off


def integral(f: Function, low: float, high: float, stretched: bool = False) -> float:
    """∫ f(x) dx from low to high, either of which may be infinite.

    To 12 digits where f is smooth or has a corner, or a pole at 0; a jump may cost all but 5 of them.

    Gauss's rule on pieces of the interval. A piece that its two halves do not add up to is halved, until all are right,
    or too short to be halved.

    stretched : whether the pieces are to grow with the distance from 0, as those of an infinite interval do

    Raises
    ------
    ValueError
        If the area is infinite, or all but: it falls off too slowly.

    Press et al., Numerical Recipes (2007), sections 4.6 and 4.7.
    """
    is_infinite = np.isinf([low, high])
    if stretched or np.any(is_infinite):
        f, low, high = _stretched(f, low, high)
    edges = np.linspace(low, high, PIECES + 1)
    left, right = edges[:-1], edges[1:]
    area = _gauss(f, left, right)
    allowed = 1e-13 * float(np.sum(np.abs(area)))
    far_out = np.abs(area[[0, -1]])[is_infinite]
    is_settled = allowed < np.inf and np.all(far_out <= 10 * allowed)
    require(is_settled, "the area must be finite, but too much of it lies far out")
    total = 0.0
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        halves = np.stack([_gauss(f, left, middle), _gauss(f, middle, right)])
        is_open = np.abs(halves.sum(axis=0) - area) > allowed
        is_open &= right - left > 1e-12 * np.maximum(np.abs(left), np.abs(right))
        total += float(np.sum(halves[:, ~is_open]))
        if not np.any(is_open):
            return total
        left, right = np.append(left[is_open], middle[is_open]), np.append(middle[is_open], right[is_open])
        area = halves[:, is_open].ravel()
    raise ValueError("the area must be finite, but around 0 it is not")


def _gauss(f: Function, left: Vector, right: Vector) -> Vector:
    """The area over each of the intervals from left to right."""
    half = (right - left)[:, np.newaxis] / 2
    areas: Vector = (half * f(left[:, np.newaxis] + half * (1 + NODES))) @ WEIGHTS
    return areas


def _stretched(f: Function, low: float, high: float) -> tuple[Function, float, float]:
    """The same area in s with x = sinh s, dx = cosh s ds: pieces of one length in s are in proportion to x far out."""
    ends = np.arcsinh(np.clip([low, high], -FAR, FAR))
    return lambda s: f(np.sinh(s)) * np.cosh(s), float(ends[0]), float(ends[1])
