"""Line search: how far to go in a direction, by looking at the ground."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Vector, as_number, as_vector, require, require_same
from mathml.optimization.descent import as_finite_number, as_learning_rate, as_step

__all__ = ["LineSearch", "Search", "backtrack", "strong_wolfe"]

_MOST_TRIES = 60
_ROUNDING = 1e-15  # two heights that differ by less, beside their size, are equal


class Search(NamedTuple):
    """What a search along a direction found.

    rate : how far to go, in lengths of the direction; 0 if nothing was found that is worth its length
    tried : the rates that were tried, in their order
    """

    rate: float
    tried: Vector


def backtrack(
    f: Callable[[Vector], float],
    x: ArrayLike,
    direction: ArrayLike,
    gradient: ArrayLike,
    *,
    first: float = 1.0,
    shrink: float = 0.5,
    enough: float = 1e-4,
) -> Search:
    """Begin with a long step, and shorten it until it is worth its length: Armijo's condition.

        f(x + η d) ≤ f(x) + c η ∇f(x) · d

    Parameters
    ----------
    f : from a point (p,) to the height there; it may be infinite or NaN far away
    x, direction, gradient : x, d and ∇f(x), (p,) each; d goes down, ∇f(x) · d < 0
    first : the first η
    shrink : what is left of η after a step that was too long, between 0 and 1
    enough : c, between 0 and 1

    Raises
    ------
    ValueError
        If the direction does not go down.

    Lesson 5, "Line search"; Nocedal and Wright, Numerical Optimization (2006), algorithm 3.1.

    >>> backtrack(lambda x: x @ x, [1], [-2], [2], first=4)
    Search(rate=0.5, tried=array([4. , 2. , 1. , 0.5]))
    """
    x, direction, slope = _as_descent(x, direction, gradient)
    first, shrink = as_learning_rate(first, "first"), _as_share(shrink, "shrink")
    enough, height = _as_share(enough, "enough"), as_finite_number(f(x), "f(x)")
    tried: Vector = first * np.power(shrink, np.arange(_MOST_TRIES, dtype=np.float64))
    with np.errstate(all="ignore"):
        for k, rate in enumerate(tried):
            if f(x + rate * direction) <= height + enough * rate * slope:  # NaN is not
                return Search(float(rate), tried[: k + 1])
    return Search(0.0, tried)


class LineSearch:
    """Gradient descent that finds its own rate at every step.

        x_new = x_old − η ∇f(x_old),    η by `backtrack`, from twice the rate of the step before

    A rate may so grow again. The height never rises.

    Parameters
    ----------
    f : from a point (p,) to the height there
    first : the first η of the first step
    shrink, enough : as in `backtrack`

    Attributes
    ----------
    search_ : what the last step's search found; None before the first

    Lesson 5, "Line search".

    >>> LineSearch(lambda x: x @ x, first=4).step([1], [2]).tolist()
    [0.0]
    """

    def __init__(
        self, f: Callable[[Vector], float], first: float = 1.0, *, shrink: float = 0.5, enough: float = 1e-4
    ) -> None:
        self.f = f
        self.first = as_learning_rate(first, "first")
        self.shrink = _as_share(shrink, "shrink")
        self.enough = _as_share(enough, "enough")
        self.search_: Search | None = None

    def step(self, x: ArrayLike, gradient: ArrayLike) -> Vector:
        """The point after x, where the gradient is `gradient`, each (p,)."""
        x, gradient = as_step(x, gradient)
        if not gradient.any():
            return x
        first = 2 * self.search_.rate if self.search_ and self.search_.rate else self.first
        search = backtrack(self.f, x, -gradient, gradient, first=first, shrink=self.shrink, enough=self.enough)
        self.search_ = search
        return x - search.rate * gradient


def strong_wolfe(
    f: Callable[[Vector], float],
    gradient: Callable[[Vector], ArrayLike],
    x: ArrayLike,
    direction: ArrayLike,
    *,
    first: float = 1.0,
    enough: float = 1e-4,
    flat: float = 0.9,
) -> Search:
    """A step that is worth its length, and long enough: the strong Wolfe conditions.

        f(x + η d) ≤ f(x) + c₁ η ∇f(x) · d        it has gone down enough
        |∇f(x + η d) · d| ≤ c₂ |∇f(x) · d|        it has become flatter

    Double η until it is too long. Then halve the interval that holds a step of both kinds. Near a minimum heights round
    to the same number: there the slopes alone decide.

    Parameters
    ----------
    f, gradient : from a point (p,) to the height and to ∇f there, (p,)
    x, direction : (p,) each; the direction goes down
    first : the first η
    enough, flat : c₁ and c₂, 0 < c₁ < c₂ < 1

    Raises
    ------
    ValueError
        If the direction does not go down, or not c₁ < c₂.

    Lesson 5, "Newton and BFGS"; Nocedal and Wright (2006), equations 3.7 and algorithms 3.5 and 3.6, by bisection.

    >>> strong_wolfe(lambda x: x @ x, lambda x: 2 * x, [1], [-2], first=0.01, flat=0.5).rate
    0.32
    """
    x = as_vector(x, "x")
    x, direction, slope = _as_descent(x, direction, as_vector(gradient(x), "gradient(x)"))
    enough, flat = _as_share(enough, "enough"), _as_share(flat, "flat")
    require(enough < flat, f"enough must be smaller than flat, but {enough:g} and {flat:g} came")
    height, rate = as_finite_number(f(x), "f(x)"), as_learning_rate(first, "first")
    low, high, best, tried = 0.0, np.inf, 0.0, []
    with np.errstate(all="ignore"):
        for _ in range(_MOST_TRIES):
            tried.append(rate)
            there = x + rate * direction
            if not f(there) <= height + enough * rate * slope + _ROUNDING * abs(height):  # too long; so is NaN
                high = rate
            else:
                best, along = rate, float(np.asarray(gradient(there)) @ direction)
                if abs(along) <= -flat * slope:
                    return Search(rate, np.array(tried))
                low, high = (rate, high) if along < 0 else (low, rate)
            rate = 2 * low if high == np.inf else (low + high) / 2
    return Search(best, np.array(tried))


def _as_descent(x: ArrayLike, direction: ArrayLike, gradient: ArrayLike) -> tuple[Vector, Vector, float]:
    """x, the direction, and the slope along it, which must be negative."""
    x, direction, gradient = as_vector(x, "x"), as_vector(direction, "direction"), as_vector(gradient, "gradient")
    require_same("length", x=len(x), direction=len(direction), gradient=len(gradient))
    slope = float(gradient @ direction)
    require(slope < 0, f"direction must go down, gradient · direction < 0, but that is {slope:g}")
    return x, direction, slope


def _as_share(share: float, name: str) -> float:
    share = as_number(share, name)
    require(0 < share < 1, f"{name} must lie between 0 and 1, but {name} = {share:g} came")
    return share
