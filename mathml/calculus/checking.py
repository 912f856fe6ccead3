"""Is a gradient right? Differences know it to a few digits, and a mistake shows in the first."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_array, as_number, require
from mathml.calculus.differences import METHODS, Function
from mathml.matrices.products import EPS

__all__ = ["GradientCheck", "check_gradient"]

SMALLEST = 1e-8  # an entry below this size is compared with this size, not with its own


@dataclass(frozen=True)
class GradientCheck:
    """What `check_gradient` found; true where the gradient agrees, and printed it says which entry is worst.

    Parameters
    ----------
    agrees : whether no entry is further off than the tolerance
    worst : the entry that is furthest off: its index, or (i, j, …) for an x of more dimensions
    expected : what differences give for that entry
    came : what the gradient function gives for it
    error : how far they are apart, as in `check_gradient`
    """

    agrees: bool
    worst: int | tuple[int, ...]
    expected: float
    came: float
    error: float

    def __bool__(self) -> bool:
        return self.agrees

    def __str__(self) -> str:
        verdict = "the gradient agrees with differences" if self.agrees else "the gradient is wrong"
        entry = f"{self.came:.6g} came and differences give {self.expected:.6g}"
        return f"{verdict}: at worst, in entry {self.worst}, {entry} (error {self.error:.1e})"


def check_gradient(f: Function, gradient: Function, x: ArrayLike, tol: float = 1e-6) -> GradientCheck:
    """Compare a gradient that somebody worked out with what f itself does.

        errorⱼ = (|aⱼ − bⱼ| − δⱼ) / max(|aⱼ|, |bⱼ|, 10⁻⁸)

    with a from differences, b from the gradient function, and δ what a itself may be off.

    An entry that a plain central difference confirms, itself confirmed by a narrower one, is done with. For any other
    the step goes up from the smallest, by factors of four, as long as the differences agree within what rounding does
    to them, and δ is what rounding then leaves open: so a right gradient passes where x or f are of any size, 10⁻⁸ or
    10⁸. At a corner of f, as of |x| in 0, there is no gradient to be right.

    Parameters
    ----------
    f : takes an array of the shape of x, gives a number
    gradient : takes the same, gives an array of that shape
    x : where to compare: a vector (d,), or an array of any shape
    tol : the largest error that agrees, above 0

    Returns
    -------
    check : a `GradientCheck`; a wrong gradient is no exception, NaN in it is as wrong as can be

    Raises
    ------
    ValueError
        If the gradient has not the shape of x, or f is not finite at x.

    Lesson 3, "The gradient"; for the choice of the step Lepski, A problem of adaptive estimation (1991); for the level
    of rounding Moré and Wild, Estimating computational noise (2011).

    >>> check_gradient(lambda x: np.sum(x**2), lambda x: 2 * x, [1.0, 2.0]).agrees
    True
    >>> print(check_gradient(lambda x: np.sum(x**2), lambda x: np.array([2, -2]) * x, [1.0, 2.0]))
    the gradient is wrong: at worst, in entry 1, -4 came and differences give 4 (error 2.0e+00)
    """
    x, tol = as_array(x, "x"), as_number(tol, "tol")
    require(np.all(np.isfinite(x)), "x must be finite, but infinity came")
    require(tol > 0, f"tol must be above 0, but tol = {tol:g} came")
    came = np.asarray(gradient(x.copy()), dtype=np.float64)
    require(came.shape == x.shape, f"gradient must give the shape of x, {x.shape}, but {came.shape} came")
    middle = as_number(f(x.copy()), "f(x)")
    require(math.isfinite(middle), f"f must be finite at x, but f(x) = {middle} came")

    expected, errors = np.empty(x.size), np.empty(x.size)
    for j, b in enumerate(came.flat):
        f_of_entry, at = _entry(f, x, j), float(x.flat[j])
        expected[j], errors[j] = _compared(f_of_entry, at, middle, float(b), tol)
    worst = int(np.argmax(errors))
    index = tuple(int(i) for i in np.unravel_index(worst, x.shape))
    error = float(errors[worst])
    return GradientCheck(error <= tol, index[0] if x.ndim == 1 else index, float(expected[worst]), came[index], error)


def _compared(f: Callable[[float], float], at: float, middle: float, b: float, tol: float) -> tuple[float, float]:
    """What differences give, and how far b is from it."""
    h = METHODS["central"][1] * max(abs(at), 1.0)
    a, _ = _central(f, at, h)
    narrow, rounding = _central(f, at, h / 2**16)
    error = _error(a, b, 0.0)
    if not (error <= tol and abs(a - narrow) <= 8 * rounding):
        a, uncertain = _confirmed(f, at, middle)
        error = _error(a, b, uncertain)
    return a, error


def _error(a: float, b: float, uncertain: float) -> float:
    if not (math.isfinite(a) and math.isfinite(b)):
        return math.inf
    return max(0.0, abs(a - b) - uncertain) / max(abs(a), abs(b), SMALLEST)


# --- differences that say how far they may be off -------------------------------------------------


def _entry(f: Function, x: Array, j: int) -> Callable[[float], float]:
    """f as a function of one entry of x, NaN where it has no value."""

    def value(t: float) -> float:
        point = x.copy()
        point.flat[j] = t
        try:
            with np.errstate(all="ignore"):
                return float(f(point))
        except (ValueError, ArithmeticError):
            return math.nan

    return value


def _central(f: Callable[[float], float], at: float, h: float) -> tuple[float, float]:
    """The difference for one step, and what rounding the values of f does to it at least."""
    left, right = f(at - h), f(at + h)
    width = (at + h) - (at - h)
    return (right - left) / width, EPS * max(abs(left), abs(right)) / width


def _confirmed(f: Callable[[float], float], at: float, middle: float) -> tuple[float, float]:
    """The difference for the widest step that narrower ones and the next wider one confirm, and how far it may be off.

    Each step gives an interval for f′, narrower as the step grows, for rounding counts less; where the interval leaves
    what all before it have in common, the step has begun to see the curve.
    """
    steps = _steps(at)
    pairs = [(f(at - h), f(at + h)) for h in steps]
    rounding = _rounding(middle, pairs)
    low, high, found = -math.inf, math.inf, []
    for h, (left, right) in zip(steps, pairs, strict=True):
        width = (at + h) - (at - h)
        center = (right - left) / width
        uncertain = 8 * max(rounding, EPS * max(abs(left), abs(right))) / width
        low, high = max(low, center - uncertain), min(high, center + uncertain)
        if not (math.isfinite(center) and low <= high):
            break
        found.append((center, uncertain))
    require(found, f"f must be finite on both sides of x, but close to {at:g} it is not")
    center, uncertain = found[max(len(found) - 2, 0)]
    return center, 4 * uncertain  # as far as the next narrower step would let it be off


def _rounding(middle: float, pairs: list[tuple[float, float]]) -> float:
    """How far rounding puts f off, seen in its values so close to x that it should be straight there.

    What f works with on the way may be larger than f, and its rounding then too: f is a staircase. As long as the steps
    stay on one stair nothing shows; the first that leaves it shows how high the stairs are.
    """
    size = max(abs(value) for pair in pairs for value in (middle, *pair) if math.isfinite(value))
    moved = [pair for pair in pairs if pair != (middle, middle)][:8]
    bends = [abs(left - 2 * middle + right) for left, right in moved]
    stairs = [max(abs(left - middle), abs(right - middle)) for left, right in moved[:1] if moved[0] != pairs[0]]
    return max((height for height in bends + stairs if height < math.sqrt(EPS) * size), default=0.0)


def _steps(at: float) -> list[float]:
    """From the narrowest that rounding leaves anything of to the size of x: powers of two, which change x exactly."""
    widest = 2.0 ** math.ceil(math.log2(max(abs(at), 1.0)))
    narrowest = max(abs(at) * 2.0**-46, 2.0**-66)
    count = int(math.log2(widest / narrowest)) // 2
    return [widest / 4**k for k in range(count, -1, -1)]
