"""Gradient descent, and the run that any optimiser makes: downhill step by step, until the ground is level."""

import copy
from collections.abc import Callable
from typing import NamedTuple, Protocol, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, as_count, as_number, as_vector, require, require_same
from mathml.autodiff import value_and_grad
from mathml.vectors import norm

__all__ = [
    "GradientDescent",
    "Optimizer",
    "Run",
    "as_finite_number",
    "as_learning_rate",
    "as_step",
    "ended",
    "is_near",
    "lost",
    "minimize",
]

# A point with a larger number is on its way to infinity. The bound is well below the largest float, so that f, which
# may multiply several such numbers, can still be computed at every point within it.
FAR = 1e50


class Optimizer(Protocol):
    """Whatever turns a point and the gradient there into the next point.

    What it remembers from step to step are attributes that are replaced, never changed in place: a run takes a copy,
    and leaves the optimiser that it was given as it was.
    """

    def step(self, x: Vector, gradient: Vector) -> Vector:
        """The point after x, where the gradient is `gradient`, each (p,)."""


class GradientDescent:
    """Go against the gradient, the further the steeper it is.

        x_new = x_old − η ∇f(x_old)

    In a bowl whose largest curvature is L it comes to rest if η < 2/L, and zigzags on its way if η > 1/L.

    Parameters
    ----------
    learning_rate : η, above 0

    Lesson 3, "Gradient descent, worked through"; Lesson 5, "Gradient descent"; Nocedal and Wright, Numerical
    Optimization (2006), section 2.2.

    >>> GradientDescent(learning_rate=0.1).step([1, 2], [10, 0]).tolist()
    [0.0, 2.0]
    """

    def __init__(self, learning_rate: float) -> None:
        self.learning_rate = as_learning_rate(learning_rate)

    def step(self, x: ArrayLike, gradient: ArrayLike) -> Vector:
        """The point after x, where the gradient is `gradient`, each (p,)."""
        x, gradient = as_step(x, gradient)
        return x - self.learning_rate * gradient


def as_learning_rate(rate: float, name: str = "learning_rate") -> float:
    """`rate` as a finite number above 0."""
    rate = as_finite_number(rate, name)
    require(rate > 0, f"{name} must be above 0, but {name} = {rate:g} came")
    return rate


def as_step(x: ArrayLike, gradient: ArrayLike) -> tuple[Vector, Vector]:
    """What the `step` of every optimiser is given, as two vectors of one length."""
    x, gradient = as_vector(x, "x"), as_vector(gradient, "gradient")
    require_same("length", x=len(x), gradient=len(gradient))
    return x, gradient


# --- a run ----------------------------------------------------------------------------------------


class Run(NamedTuple):
    """The way that an optimiser went. All numbers in it are finite, also where it left for infinity.

    path : (steps + 1, p) the start and the point after each step
    values : (steps + 1,) f at each
    converged : whether it came to level ground: the gradient is no longer than tol
    diverged : whether it left for infinity, or used all its steps and ended higher than it began
    message : what happened, as a sentence
    """

    path: Matrix
    values: Vector
    converged: bool
    diverged: bool
    message: str


def minimize(
    f: Callable[[Vector], float],
    start: ArrayLike,
    optimizer: Optimizer,
    gradient: Callable[[Vector], Vector] | None = None,
    *,
    steps: SupportsIndex = 1000,
    tol: float = 1e-8,
) -> Run:
    """Go downhill from the start until the ground is level, or the steps are used up.

        xₜ₊₁ = step(xₜ, ∇f(xₜ))    until ‖∇f(xₜ)‖ ≤ tol

    To diverge is no error: the run ends there, and says so.

    Parameters
    ----------
    f : from a point (p,) to the height there
    start : (p,)
    optimizer : what makes the steps; a copy of it, so that a second run begins like the first
    gradient : from a point (p,) to ∇f there, (p,); if none is given, `mathml.autodiff` finds it
    steps : at most so many
    tol : at least 0

    Raises
    ------
    ValueError
        If f or its gradient at the start is not finite, or the gradient has not one entry for each of the start.

    Lesson 3, "Gradient descent, worked through"; Lesson 5, "Gradient descent".

    >>> run = minimize(lambda x: x @ x, [3, 4], GradientDescent(learning_rate=0.25))
    >>> run.path[:3].tolist(), run.converged, bool(run.values[-1] < 1e-15)
    ([[3.0, 4.0], [1.5, 2.0], [0.75, 1.0]], True, True)
    """
    x, steps, tol = as_vector(start, "start"), as_count(steps, "steps", least=0), as_number(tol, "tol")
    require(tol >= 0, f"tol must be at least 0, but tol = {tol:g} came")
    optimizer = copy.copy(optimizer)
    look = value_and_grad(f) if gradient is None else lambda x: (f(x), gradient(x))
    with np.errstate(all="ignore"):
        value, slope = look(x)
        value, slope = _as_first(value, slope, x)
        path, values = [x], [value]
        for step in range(1, steps + 1):
            if norm(slope) <= tol:
                break
            x = optimizer.step(x, slope)
            if not is_near(x):
                return lost(path, values, f"step {step}")
            value, slope = look(x)
            if not (np.isfinite(value) and np.isfinite(slope).all()):
                return lost(path, values, f"step {step}")
            path.append(x)
            values.append(value)
    length = norm(slope)
    level = f", where the gradient's length is {length:.3g}"
    return ended(path, values, f"step {len(path) - 1}", converged=length <= tol, more=level)


def _as_first(value: float, slope: Vector, x: Vector) -> tuple[float, Vector]:
    """What was found at the start, if f and its gradient are what they should be."""
    value, slope = as_finite_number(value, "f(start)"), as_vector(slope, "gradient(start)")
    require(len(slope) == len(x), f"gradient(start) must have {len(x)} entries, as start has, but it has {len(slope)}")
    return value, slope


def as_finite_number(value: float, name: str) -> float:
    """`value` as in `as_number`, but not ±∞ either."""
    value = as_number(value, name)
    require(np.isfinite(value), f"{name} must be finite, but it is {value}")
    return value


# --- how a run ends -------------------------------------------------------------------------------


def is_near(x: Vector) -> bool:
    """Whether x is a point to go on from: finite, and not on its way to infinity."""
    return bool(np.all(np.abs(x) <= FAR))  # NaN is not


def lost(path: list[Vector], values: list[float], when: str) -> Run:
    """A run that left for infinity: the points until then."""
    message = f"diverged at {when}: a number in x, f or the gradient passed all bounds"
    return Run(np.array(path), np.array(values), converged=False, diverged=True, message=message)


def ended(path: list[Vector], values: list[float], when: str, converged: bool = False, more: str = "") -> Run:
    """A run that converged, or used all its steps."""
    first, last = values[0], values[-1]
    diverged = last > first and not converged
    outcome = "converged" if converged else "diverged" if diverged else "stopped"
    message = f"{outcome} at {when}: f went from {first:.3g} to {last:.3g}{more}"
    return Run(np.array(path), np.array(values), converged, diverged, message)
