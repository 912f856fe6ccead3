"""Derivatives from values alone: move x a little, and see how much f moves.

The one question is how little. A large step bends away from the tangent, a small one drowns in rounding; each method
makes the sum of the two small in its own way.
"""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Literal, SupportsIndex, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Matrix, Vector, as_array, as_count, as_number, as_vector, require, require_same
from mathml.matrices.products import EPS
from mathml.vectors import unit

__all__ = ["Method", "derivative", "directional_derivative", "gradient", "hessian", "jacobian", "partial"]

Function: TypeAlias = Callable[[Any], Any]
Method = Literal["forward", "central", "richardson", "complex"]


# --- one number moves -----------------------------------------------------------------------------


def derivative(f: Function, x: ArrayLike, method: Method = "central", h: float | None = None) -> float | Array:
    """How fast f changes at x.

        f′(x) = lim (f(x + h) − f(x)) / h    as h → 0

    What each method computes, where s = max(|x|, 1) gives the step its scale:

        method        formula                              h by default      error
        forward       (f(x + h) − f(x)) / h                √ε s              ~ √ε = 10⁻⁸
        central       (f(x + h) − f(x − h)) / 2h           ∛(3ε) s           ~ ε^(2/3) = 10⁻¹¹
        richardson    central for h, h/2, h/4, h/8, put    s/16              ~ 10⁻¹³
                      together so that h², h⁴, h⁶ cancel
        complex       Im f(x + ih) / h                     2⁻¹⁰⁰ s           ~ ε: nothing is subtracted

    Each step is the distance of two floats, so that dividing by it adds no error of its own.

    Parameters
    ----------
    f : works on each entry of an array by itself, as NumPy's functions do; for a number it is given a float
    x : a number or an array of any shape
    method : "forward", "central", "richardson", or "complex", for which f must take complex numbers
    h : the step, for every entry of x

    Returns
    -------
    slopes : the shape of x; a float for a number

    Raises
    ------
    ValueError
        If f is not finite close to x, gives another shape than that of x, or h is too small to change x.
    TypeError
        If f does not give real numbers, or complex ones to the method "complex".

    Lesson 3, "Derivatives" and "How small a step"; Press et al., Numerical Recipes (2007), section 5.7; for the
    complex step Squire and Trapp, Using complex variables to estimate derivatives of real functions (1998).

    >>> round(derivative(lambda x: x**3, 2.0), 8)
    12.0
    """
    known = ", ".join(f'"{name}"' for name in get_args(Method))
    require(method in METHODS, f"method must be one of {known}, but {method!r} came")
    x = as_array(x, "x")
    require(np.all(np.isfinite(x)), "x must be finite, but infinity came")
    difference, relative_step = METHODS[method]
    numbers = "complex" if method == "complex" else "real"
    slopes = difference(_checked(f, x.shape, numbers), x, _as_step(h, relative_step, x))
    return float(slopes) if x.ndim == 0 else slopes


def _forward(f: Function, x: Array, h: Array) -> Array:
    right = x + h
    slopes: Array = (f(right) - f(x)) / _distance(x, right)
    return slopes


def _central(f: Function, x: Array, h: Array) -> Array:
    left, right = x - h, x + h
    slopes: Array = (f(right) - f(left)) / _distance(left, right)
    return slopes


def _richardson(f: Function, x: Array, h: Array) -> Array:
    slopes = [_central(f, x, h / 2**halvings) for halvings in range(4)]
    for order in (2, 4, 6):  # half the step has 1/2ᵒʳᵈᵉʳ of the error: so much of the difference is what is still wrong
        slopes = [fine + (fine - coarse) / (2**order - 1) for coarse, fine in pairwise(slopes)]
    return slopes[0]


def _complex_step(f: Function, x: Array, h: Array) -> Array:
    slopes: Array = f(x + 1j * h).imag / h
    return slopes


METHODS: dict[Method, tuple[Callable[[Function, Array, Array], Array], float]] = {
    "forward": (_forward, EPS ** (1 / 2)),
    "central": (_central, (3 * EPS) ** (1 / 3)),
    "richardson": (_richardson, 1 / 16),
    "complex": (_complex_step, 2.0**-100),
}


# --- many numbers: one moves, the others are held -------------------------------------------------


def partial(f: Function, x: ArrayLike, j: SupportsIndex) -> float:
    """How fast f changes when one entry of x moves, and all others are held still.

        ∂f/∂xⱼ = d/dt f(x₁, …, t, …, x_d)    at t = xⱼ

    By central differences, as in `derivative`.

    Parameters
    ----------
    f : takes a vector (d,), gives a number
    x : (d,)
    j : which entry moves, from 0

    Raises
    ------
    ValueError
        If x has no entry j, or f is not finite close to x.

    Lesson 3, "Partial derivatives".
    """
    x, j = as_vector(x, "x"), as_count(j, "j", least=0)
    require(j < len(x), f"j must be below {len(x)}, the number of entries of x, but j = {j} came")
    return float(derivative(_along(f, x, j), x[j]))


def gradient(f: Function, x: ArrayLike) -> Vector:
    """All partial derivatives: the direction in which f rises fastest, and how fast.

        ∇f = (∂f/∂x₁, …, ∂f/∂x_d)

    Parameters
    ----------
    f : takes a vector (d,), gives a number
    x : (d,)

    Returns
    -------
    gradient : (d,)

    Lesson 3, "The gradient".

    >>> gradient(lambda x: x[0] ** 2 + 3 * x[1], [2, 5]).round(6).tolist()
    [4.0, 3.0]
    """
    x = as_vector(x, "x")
    return np.array([partial(f, x, j) for j in range(len(x))])


def directional_derivative(f: Function, x: ArrayLike, direction: ArrayLike) -> float:
    """How fast f changes on the way from x in a direction: the shadow of the gradient on it.

        D_u f = d/dt f(x + t u) = ∇f · u = ‖∇f‖ cos θ    at t = 0, with u = direction / ‖direction‖

    Parameters
    ----------
    f : takes a vector (d,), gives a number
    x : (d,)
    direction : (d,) not zero; its length does not count

    Raises
    ------
    ValueError
        If the direction is zero, or not as long as x.

    Lesson 3, "The gradient".
    """
    x, direction = as_vector(x, "x"), as_vector(direction, "direction")
    require_same("length", x=len(x), direction=len(direction))
    require(direction.any(), "direction must not be the zero vector: it points nowhere")
    u = unit(direction)
    h = METHODS["central"][1] * max(1.0, float(np.max(np.abs(x))))
    return float(derivative(lambda t: f(x + t * u), 0.0, h=h))


def jacobian(f: Function, x: ArrayLike) -> Matrix:
    """How each output answers to each input: close to x, f is this matrix.

        Jᵢⱼ = ∂fᵢ/∂xⱼ,    f(x + v) ≈ f(x) + J v

    By central differences, a column for each entry of x.

    Parameters
    ----------
    f : takes a vector (d,), gives a vector (m,)
    x : (d,)

    Returns
    -------
    J : (m, d)

    Raises
    ------
    ValueError
        If f does not give a vector, always of the same length, of finite numbers.

    Lesson 3, "The Jacobian".
    """
    x = as_vector(x, "x")
    m = len(as_vector(f(x.copy()), "f(x)"))
    steps = _as_step(None, METHODS["central"][1], x)
    columns = [_central(_checked(_along(f, x, j), (m,)), x[j], h) for j, h in enumerate(steps)]
    return np.array(columns).T


def hessian(f: Function, x: ArrayLike) -> Matrix:
    """How the gradient turns: the curvature of f in every direction.

        Hᵢⱼ = ∂²f / ∂xᵢ∂xⱼ,    f(x + v) ≈ f(x) + ∇f · v + ½ vᵀH v

    By second differences, whose best step is ε^(1/4) max(|x|, 1), for an error of about √ε.

    Parameters
    ----------
    f : takes a vector (d,), gives a number
    x : (d,)

    Returns
    -------
    H : (d, d) exactly symmetric: the order of the two derivatives does not matter

    Lesson 3, "The Hessian"; Nocedal and Wright, Numerical Optimization (2006), section 8.1.
    """
    x = as_vector(x, "x")
    h = _as_step(None, EPS ** (1 / 4), x)
    steps = np.diag((x + h) - x)
    value = _checked(lambda step: f(x + step), ())
    H = np.zeros((len(x), len(x)))
    for i, a in enumerate(steps):
        for j, b in enumerate(steps[: i + 1]):
            H[i, j] = H[j, i] = (value(a + b) - value(a - b) - value(b - a) + value(-a - b)) / (4 * a[i] * b[j])
    return H


# --- what f is asked, and what it answers ---------------------------------------------------------


def _as_step(h: float | None, relative: float, x: Array) -> Array:
    """The step for each entry of x: what the caller wants, or in proportion to x, and to 1 for an x near 0."""
    if h is None:
        step: Array = relative * np.maximum(1, np.abs(x))
        return step
    h = as_number(h, "h")
    require(0 < h < math.inf, f"h must be above 0 and finite, but h = {h:g} came")
    return np.full(x.shape, h)


def _distance(left: Array, right: Array) -> Array:
    """From float to float: the step that was really made, for x + h is rounded."""
    step: Array = right - left
    require(np.all(step > 0), "h must be large enough to change x, but x + h is x, rounded")
    return step


def _along(f: Function, x: Vector, j: int) -> Function:
    """f as a function of entry j alone."""

    def moved(t: float) -> Any:
        point = x.copy()
        point[j] = t
        return f(point)

    return moved


def _checked(f: Function, shape: tuple[int, ...], numbers: str = "real") -> Function:
    """f, whose values are sure to be finite numbers in that shape; it is given floats, and copies of arrays."""

    def values(x: Array) -> Array:
        with np.errstate(all="ignore"):  # where f is not finite, the error below says it
            came = np.asarray(f(x.copy() if x.ndim else x.item()))
        if came.dtype.kind not in ("c" if numbers == "complex" else "buif"):
            raise TypeError(f"f must give {numbers} numbers, but {came.dtype} came")
        require(came.shape == shape, f"f must give the shape {shape}, but {came.shape} came")
        if not np.all(np.isfinite(came)):
            place, bad = np.array2string(x, precision=3, threshold=6), came[~np.isfinite(came)][0]
            raise ValueError(f"f must be finite close to x, but f gives {bad} at {place}: is h too large?")
        return came

    return values
