"""Taylor polynomials: all derivatives at one point, put together into the polynomial that clings to f there."""

import math
from collections.abc import Callable
from functools import reduce
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Vector, as_array, as_count, as_number, as_vector, require
from mathml.calculus.expressions import Expression
from mathml.calculus.rules import Function, differentiate, written_down

__all__ = ["polynomial", "remainder_bound", "taylor"]


def taylor(f: Function, at: float, degree: SupportsIndex) -> Vector:
    """The coefficients of the polynomial that has the same derivatives as f at a point.

        f(x) ≈ Σₖ cₖ (x − a)ᵏ,    cₖ = f⁽ᵏ⁾(a) / k!

    No difference is taken: sums, products and quotients of functions are those of their polynomials, and of everything
    else the rules give f′, whose polynomial is integrated: cₖ = c′ₖ₋₁ / k.

    Parameters
    ----------
    f : an expression of one variable, or a function as in `differentiate`
    at : a
    degree : of the polynomial, at least 0

    Returns
    -------
    coefficients : (degree + 1,) c₀, c₁, …; `polynomial(coefficients, x - at)` is near f(x)

    Raises
    ------
    ValueError
        If f or one of the derivatives is not defined at that point.

    Lesson 3, "Taylor polynomials"; Griewank and Walther, Evaluating Derivatives (2008), section 13.2.

    >>> taylor(np.exp, 0, 3).round(6).tolist()
    [1.0, 1.0, 0.5, 0.166667]
    """
    at, degree = as_number(at, "at"), as_count(degree, "degree", least=0)
    require(math.isfinite(at), f"at must be finite, but at = {at} came")
    e, x = written_down(f, None)
    return _Series(x, at).of(e, degree)


class _Series:
    """The polynomials of a formula and of its parts at one point; whatever recurs is worked out once."""

    def __init__(self, x: Expression, at: float) -> None:
        self.x, self.at = x, at
        self.known: dict[tuple[Expression, int], Vector] = {}

    def of(self, e: Expression, degree: int) -> Vector:
        if (e, degree) not in self.known:
            if e.kind in JOINED:
                self.known[e, degree] = reduce(JOINED[e.kind], [self.of(part, degree) for part in e.parts])
            else:
                self.known[e, degree] = self._integrated(e, degree)
        return self.known[e, degree]

    def _integrated(self, e: Expression, degree: int) -> Vector:
        with np.errstate(all="ignore"):
            value = e(**{self.x.content: self.at})
        require(np.isfinite(value), f"f must be defined at {self.at:g}, but {e} is {value} there")
        if degree == 0:
            return np.array([value])
        slopes = self.of(differentiate(e, self.x), degree - 1)
        return np.concatenate([[value], slopes / np.arange(1, degree + 1)])


def _times(a: Vector, b: Vector) -> Vector:
    """(a·b)ₖ = Σⱼ aⱼ bₖ₋ⱼ, up to the degree of both."""
    return np.convolve(a, b)[: len(a)]


def _over(a: Vector, b: Vector) -> Vector:
    """The c with c·b = a: cₖ = (aₖ − Σⱼ cⱼ bₖ₋ⱼ) / b₀ for the j below k."""
    require(b[0] != 0, "f must be defined, with all its derivatives, at that point, but it divides by 0 there")
    c = np.zeros_like(a)
    for k in range(len(a)):
        c[k] = (a[k] - c[:k] @ b[k:0:-1]) / b[0]
    return c


JOINED: dict[str, Callable[[Vector, Vector], Vector]] = {"sum": np.add, "product": _times, "quotient": _over}


def polynomial(coefficients: ArrayLike, x: ArrayLike) -> float | Array:
    """The value of a polynomial, by Horner's rule: a multiplication and an addition for each coefficient.

        p(x) = c₀ + c₁ x + c₂ x² + … = c₀ + x (c₁ + x (c₂ + …))

    Parameters
    ----------
    coefficients : (degree + 1,) c₀ first
    x : a number or an array of any shape; for a Taylor polynomial the distance x − a

    Returns
    -------
    p : the shape of x; a float for a number

    Lesson 3, "Taylor polynomials"; Higham, Accuracy and Stability of Numerical Algorithms (2002), section 5.1.

    >>> polynomial([1, 2, 3], 10)
    321.0
    """
    coefficients, x = as_vector(coefficients, "coefficients"), as_array(x, "x")
    value = np.zeros_like(x)
    for c in coefficients[::-1]:
        value = c + x * value
    return value if value.ndim else float(value)


def remainder_bound(largest: float, distance: float, degree: SupportsIndex) -> float:
    """How far, at most, a Taylor polynomial is from the function.

        |f(x) − p(x)| ≤ M |x − a|ᵏ⁺¹ / (k + 1)!    with |f⁽ᵏ⁺¹⁾| ≤ M between a and x

    Parameters
    ----------
    largest : M, at least 0: for sin and cos it is 1
    distance : x − a
    degree : k, of the polynomial

    Raises
    ------
    ValueError
        If M is below 0, or the degree is.

    Lesson 3, "Taylor polynomials"; Apostol, Calculus (1967), volume 1, section 7.7.
    """
    largest, distance = as_number(largest, "largest"), as_number(distance, "distance")
    degree = as_count(degree, "degree", least=0)
    require(largest >= 0, f"largest must be at least 0, but largest = {largest:g} came")
    return largest * math.prod(abs(distance) / k for k in range(1, degree + 2))
