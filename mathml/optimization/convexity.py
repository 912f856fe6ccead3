"""Convexity: chords and curvatures that bear witness."""

from collections.abc import Callable
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Vector, as_matrix, as_number, as_vector, require, require_same
from mathml.matrices import eigh
from mathml.matrices.products import as_symmetric
from mathml.optimization.descent import as_finite_number

__all__ = ["Chords", "Curvatures", "check_chords", "check_curvatures", "chord_gap"]

# A gap this small, beside the heights that it is a difference of, is a rounding error.
_ROUNDING = 1e-10


def chord_gap(f: Callable[..., float], x: ArrayLike, y: ArrayLike, t: float = 0.5) -> float:
    """How far the chord from x to y lies above f: below 0, it is a witness that f is not convex.

        t f(x) + (1 − t) f(y) − f(t x + (1 − t) y)

    Parameters
    ----------
    f : from a point to the height there
    x, y : the ends, two numbers or two vectors (p,)
    t : the share of x, from 0 to 1

    Lesson 5, "Convex and non-convex"; Boyd and Vandenberghe, Convex Optimization (2004), equation 3.1.

    >>> chord_gap(lambda x: x * x, -1, 1), chord_gap(lambda x: -x * x, -1, 1)
    (1.0, -1.0)
    """
    t = as_number(t, "t")
    require(0 <= t <= 1, f"t must lie between 0 and 1, but t = {t:g} came")
    a: Vector | float
    b: Vector | float
    if np.ndim(x) == np.ndim(y) == 0:
        a, b = as_number(x, "x"), as_number(y, "y")
    else:
        a, b = as_vector(x, "x"), as_vector(y, "y")
        require_same("length", x=len(a), y=len(b))
    ends = t * as_finite_number(f(a), "f(x)") + (1 - t) * as_finite_number(f(b), "f(y)")
    return ends - as_finite_number(f(t * a + (1 - t) * b), "f(t x + (1 − t) y)")


class Chords(NamedTuple):
    """What chords say about a function.

    convex : whether none of them lies below it, rounding apart: a sign that it is convex, no proof
    gap : the least of all `chord_gap`s; below 0 it proves that the function is not convex
    x, y : the ends of that chord, (p,) each
    t : the share of x at that place
    """

    convex: bool
    gap: float
    x: Vector
    y: Vector
    t: float

    def __str__(self) -> str:
        if self.convex:
            return f"no chord lies below the function: the least gap is {self.gap:.3g}"
        return f"not convex: a chord lies {-self.gap:.3g} below the function"


def check_chords(f: Callable[[Vector], float], points: ArrayLike) -> Chords:
    """Stretch a chord between any two of some points, and look at a few places along each.

    Parameters
    ----------
    f : from a point (p,) to the height there
    points : (m, p), at least 2; each pair costs three calls of f, so choose a dozen rather than a thousand

    Returns
    -------
    chords : whether one lies below the function, and which one lies lowest

    Lesson 5, "Convex and non-convex".

    >>> print(check_chords(lambda x: x @ x, [[0, 0], [1, 2], [3, -1]]))
    no chord lies below the function: the least gap is 0.938
    >>> print(check_chords(lambda x: x[0] * x[1], [[0, 0], [1, 1], [1, -1]]))
    not convex: a chord lies 0.25 below the function
    """
    points = as_matrix(points, "points")
    require(len(points) >= 2, "points must be two or more, for a chord has two ends, but one came")
    heights = [as_finite_number(f(x), f"f(points[{i}])") for i, x in enumerate(points)]
    found = []
    for (x, at_x), (y, at_y) in combinations(zip(points, heights, strict=True), 2):
        for t in (0.25, 0.5, 0.75):
            gap = t * at_x + (1 - t) * at_y - as_finite_number(f(t * x + (1 - t) * y), "f between two points")
            found.append(Chords(gap >= -_ROUNDING * max(abs(at_x), abs(at_y)), gap, x, y, t))
    return min(found, key=lambda chord: (chord.convex, chord.gap))  # one that lies below, if there is one


class Curvatures(NamedTuple):
    """What Hessians say about a function.

    convex : whether none of them has a negative eigenvalue, rounding apart
    lowest : the least eigenvalue of all; below 0 it proves that the function is not convex
    x : where it was found, (p,)
    """

    convex: bool
    lowest: float
    x: Vector

    def __str__(self) -> str:
        if self.convex:
            return f"no curvature is negative: the least is {self.lowest:.3g}"
        return f"not convex: it bends down by {self.lowest:.3g}"


def check_curvatures(hessian: Callable[[Vector], ArrayLike], points: ArrayLike) -> Curvatures:
    """Look for a negative eigenvalue of the Hessian at some points.

        f is convex  ⟺  λ_min(∇²f(x)) ≥ 0 at every x

    Parameters
    ----------
    hessian : from a point (p,) to the Hessian there, (p, p) symmetric
    points : (m, p)

    Lesson 5, "Convex and non-convex"; Boyd and Vandenberghe (2004), section 3.1.4.

    >>> print(check_curvatures(lambda x: [[2, 0], [0, 6 * x[1]]], [[0, 0], [1, 1], [5, -1]]))
    not convex: it bends down by -6
    """
    points = as_matrix(points, "points")
    found = []
    for x in points:
        eigenvalues, _ = eigh(as_symmetric(hessian(x), "hessian(x)"))
        lowest, size = float(eigenvalues[0]), float(np.max(np.abs(eigenvalues)))
        found.append(Curvatures(lowest >= -_ROUNDING * size, lowest, x))
    return min(found, key=lambda one: (one.convex, one.lowest))
