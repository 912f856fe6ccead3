"""Descent on a loss with a part that has no gradient: kinks, or walls."""

import math
from collections.abc import Callable
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Vector, as_count, as_number, as_vector, require
from mathml.autodiff import grad
from mathml.optimization.descent import Run, as_finite_number, ended, is_near, lost
from mathml.optimization.proximal import ProximalDescent
from mathml.vectors import norm

__all__ = ["projected_gradient", "proximal_gradient"]


def proximal_gradient(
    f: Callable[[Vector], float],
    start: ArrayLike,
    optimizer: ProximalDescent,
    gradient: Callable[[Vector], Vector] | None = None,
    *,
    penalty: Callable[[Vector], float] | None = None,
    accelerate: bool = False,
    steps: SupportsIndex = 1000,
    tol: float = 1e-8,
) -> Run:
    """Go down on the sum of a smooth loss and a penalty with kinks, until the steps are as good as none.

        xₜ₊₁ = prox(zₜ − η ∇f(zₜ), η)    until ‖xₜ₊₁ − zₜ‖ ≤ η tol

        ISTA:     zₜ = xₜ
        FISTA:    zₜ = xₜ + (kₜ − 1)/kₜ₊₁ (xₜ − xₜ₋₁),    kₜ₊₁ = (1 + √(1 + 4 kₜ²))/2,    k₁ = 1

    With η = 1/L, where L is the largest curvature of f, the height above the lowest is at most L ‖x₀ − x*‖²/2t after t
    steps of ISTA, and 2 L ‖x₀ − x*‖²/(t + 1)² after t of FISTA, which may go up on the way.

    Parameters
    ----------
    f : the smooth loss, from a point (p,) to a number
    start : (p,)
    optimizer : the proximal step
    gradient : ∇f, from a point (p,) to (p,); if none is given, `mathml.autodiff` finds it
    penalty : from a point (p,) to a number, for the values of the run; None if it is 0 on the way
    accelerate : whether to take FISTA's steps
    steps : at most so many
    tol : at least 0; in the units of the gradient

    Returns
    -------
    run : its values are those of loss and penalty together

    Lesson 5, "L1: the lasso"; Beck and Teboulle, A fast iterative shrinkage-thresholding algorithm (2009), equations
    4.1 to 4.3, theorems 3.1 and 4.4.

    >>> from mathml.optimization import ProximalDescent, soft_threshold
    >>> run = proximal_gradient(lambda w: (w - 3) @ (w - 3) / 2, [0.0, 9.0], ProximalDescent(0.5, soft_threshold))
    >>> run.path[-1].round(6).tolist(), run.converged
    ([2.0, 2.0], True)
    """
    x, steps, tol = as_vector(start, "start"), as_count(steps, "steps", least=0), as_number(tol, "tol")
    require(tol >= 0, f"tol must be at least 0, but tol = {tol:g} came")
    slope = grad(f) if gradient is None else gradient

    def height(x: Vector) -> float:
        return f(x) + (penalty(x) if penalty else 0.0)

    with np.errstate(all="ignore"):
        path, values, z, k = [x], [as_finite_number(height(x), "f(start)")], x, 1.0
        for step in range(1, steps + 1):
            there = slope(z)
            x = optimizer.step(z, there) if np.isfinite(there).all() else np.full_like(z, np.inf)
            value = height(x) if is_near(x) else np.inf
            if not np.isfinite(value):
                return lost(path, values, f"step {step}")
            path.append(x)
            values.append(value)
            if norm(x - z) <= optimizer.learning_rate * tol:
                return ended(path, values, f"step {step}", converged=True)
            later = (1 + math.sqrt(1 + 4 * k * k)) / 2
            z, k = x + (k - 1) / later * (x - path[-2]) if accelerate else x, later
    return ended(path, values, f"step {len(path) - 1}")


def projected_gradient(
    f: Callable[[Vector], float],
    start: ArrayLike,
    learning_rate: float,
    project: Callable[[Vector], ArrayLike],
    gradient: Callable[[Vector], Vector] | None = None,
    *,
    steps: SupportsIndex = 1000,
    tol: float = 1e-8,
) -> Run:
    """Go downhill, and after each step to the nearest point that is allowed.

        xₜ₊₁ = P(xₜ − η ∇f(xₜ))    until ‖xₜ₊₁ − xₜ‖ ≤ η tol

    Where it rests, −∇f stands on the border: to move on within the set gains nothing. It is the proximal step of a
    penalty that is 0 in the set and ∞ outside.

    Parameters
    ----------
    f : from a point (p,) to the height there
    start : (p,), projected first
    learning_rate : η, above 0; with 1/L or less, L the largest curvature, no step leads up
    project : P, from a point (p,) to the nearest one that is allowed, (p,), such as `project_onto_ball`
    gradient : ∇f, from a point (p,) to (p,); if none is given, `mathml.autodiff` finds it
    steps, tol : as in `proximal_gradient`

    Lesson 5, "KKT conditions"; Parikh and Boyd, Proximal Algorithms (2014), section 4.2.

    >>> run = projected_gradient(lambda x: x @ x, [3, 4], 0.25, lambda x: np.maximum(x, 1))
    >>> run.path[-1].round(6).tolist(), run.converged
    ([1.0, 1.0], True)
    """
    first = as_vector(project(as_vector(start, "start")), "project(start)")
    optimizer = ProximalDescent(learning_rate, lambda x, _: project(x))
    return proximal_gradient(f, first, optimizer, gradient, steps=steps, tol=tol)
