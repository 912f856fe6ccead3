"""BFGS: the curvature, learned from the steps that one makes anyway."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, as_vector, require, require_same
from mathml.autodiff import grad
from mathml.matrices.products import as_symmetric
from mathml.optimization.descent import as_step
from mathml.optimization.line_search import Search, strong_wolfe
from mathml.vectors import norm

__all__ = ["BFGS", "bfgs_update"]


def bfgs_update(inverse: ArrayLike, moved: ArrayLike, changed: ArrayLike) -> Matrix:
    """The inverse Hessian as it was believed to be, corrected by what a step has shown.

        B ← (I − ρ s yᵀ) B (I − ρ y sᵀ) + ρ s sᵀ,    ρ = 1/(y · s)

    Of all symmetric matrices with B y = s it is the nearest, in a norm that weighs with the mean curvature. It is
    positive definite if B was and y · s > 0.

    Parameters
    ----------
    inverse : B, (p, p) symmetric
    moved : s, the step, (p,)
    changed : y, by how much the gradient changed on it, (p,)

    Raises
    ------
    ValueError
        If y · s is not above 0: along the step the ground does not bend up.

    Lesson 5, "Newton and BFGS"; Nocedal and Wright, Numerical Optimization (2006), equation 6.17.

    >>> bfgs_update([[1, 0], [0, 1]], moved=[1, 0], changed=[4, 0]).tolist()
    [[0.25, 0.0], [0.0, 1.0]]
    """
    B, s, y = as_symmetric(inverse, "inverse"), as_vector(moved, "moved"), as_vector(changed, "changed")
    require_same("length", inverse=len(B), moved=len(s), changed=len(y))
    bend = float(y @ s)
    require(bend > 0, f"changed · moved must be above 0, for the ground bends up in a bowl, but it is {bend:g}")
    By = B @ y
    return B + (1 + y @ By / bend) / bend * np.outer(s, s) - (np.outer(By, s) + np.outer(s, By)) / bend


class BFGS:
    """Newton's direction without second derivatives: they are learned from the gradients of the steps.

        d = −B ∇f(x),    x ← x + η d,    η by `strong_wolfe`,    then B by `bfgs_update`

    B begins as I/‖∇f‖: the first step is gradient descent's, and tries the length 1. Before its first correction B is
    given the size of the curvature just seen, I (y · s)/(y · y).

    Parameters
    ----------
    f : from a point (p,) to the height there
    gradient : from a point (p,) to ∇f there, (p,); if none is given, `mathml.autodiff` finds it

    Attributes
    ----------
    inverse_ : B, (p, p), as it served the last step; None before the first
    corrections_ : how many of the steps have corrected it
    search_ : what the last step's line search found

    Lesson 5, "Newton and BFGS"; Nocedal and Wright (2006), algorithm 6.1 and equation 6.20.

    >>> from mathml.optimization import minimize
    >>> def valley(x):
    ...     return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2
    >>> run = minimize(valley, [-1.2, 1], BFGS(valley))
    >>> run.path[-1].round(6).tolist(), len(run.path) < 50
    ([1.0, 1.0], True)
    """

    def __init__(self, f: Callable[[Vector], float], gradient: Callable[[Vector], ArrayLike] | None = None) -> None:
        self.f = f
        self.gradient = grad(f) if gradient is None else gradient
        self.inverse_: Matrix | None = None
        self.corrections_ = 0
        self.search_: Search | None = None
        self._last: tuple[Vector, Vector] | None = None  # the point of the last step, and the gradient there

    def step(self, x: ArrayLike, gradient: ArrayLike) -> Vector:
        """The point after x, where the gradient is `gradient`, each (p,)."""
        x, gradient = as_step(x, gradient)
        self.inverse_ = self._learned(x, gradient)
        self._last = x, gradient
        if not gradient.any():
            return x
        direction = -self.inverse_ @ gradient
        if not gradient @ direction < 0:  # rounding has spoilt B
            self.inverse_, self.corrections_ = _circle(gradient), 0
            direction = -self.inverse_ @ gradient
        self.search_ = strong_wolfe(self.f, self.gradient, x, direction)
        return x + self.search_.rate * direction

    def _learned(self, x: Vector, gradient: Vector) -> Matrix:
        """B, corrected by the step from the last point to x."""
        if self.inverse_ is None or self._last is None:
            return _circle(gradient)
        require_same("length (an optimiser belongs to one run)", before=len(self.inverse_), gradient=len(gradient))
        s, y = x - self._last[0], gradient - self._last[1]
        bend = float(y @ s)
        if not bend > 1e-12 * norm(s) * norm(y):  # nothing to be learned from: it has not moved, or bends down
            return self.inverse_
        believed = self.inverse_ if self.corrections_ else bend / float(y @ y) * np.eye(len(x))
        self.corrections_ += 1
        return bfgs_update(believed, s, y)


def _circle(gradient: Vector) -> Matrix:
    """What B begins with: no direction is special, and the step against the gradient has the length 1."""
    return np.eye(len(gradient)) / (norm(gradient) or 1.0)
