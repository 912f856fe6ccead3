"""Newton's method for a convex loss with a penalty that has kinks."""

from collections.abc import Callable
from functools import lru_cache
from typing import SupportsIndex, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, as_count, as_number, as_vector, require
from mathml.matrices import cholesky
from mathml.matrices.products import as_symmetric
from mathml.matrices.systems import back_substitute, forward_substitute
from mathml.optimization.descent import Run, as_finite_number, ended
from mathml.optimization.line_search import backtrack
from mathml.optimization.penalties import as_strength, elastic_net, penalty_residual
from mathml.optimization.proximal import penalised_quadratic

__all__ = ["proximal_newton"]

Found = TypeVar("Found")

_ROUNDING = 1e-13  # of the height: less cannot be seen in the difference of two heights


def proximal_newton(
    f: Callable[[Vector], float],
    start: ArrayLike,
    gradient: Callable[[Vector], ArrayLike],
    hessian: Callable[[Vector], ArrayLike],
    *,
    l1: ArrayLike = 0.0,
    l2: ArrayLike = 0.0,
    steps: SupportsIndex = 100,
    tol: float = 1e-8,
) -> Run:
    """Go to the least sum of a convex loss and an elastic net: fit a bowl to the loss, and keep the penalty as it is.

        z = argmin_z ∇f(xₜ) · (z − xₜ) + ½ (z − xₜ)ᵀ ∇²f(xₜ) (z − xₜ) + l1 ‖z‖₁ + (l2/2) ‖z‖²
        xₜ₊₁ = xₜ + η (z − xₜ)        η = 1, ½, ¼, … until the sum falls by a part of what the bowl promises

    Without L1, z is the solution of a linear system; with it, `penalised_quadratic` finds z. Near the minimum η = 1,
    and each step doubles the number of correct digits.

    Parameters
    ----------
    f : from a point (p,) to the loss there; convex
    start : (p,)
    gradient, hessian : from a point (p,) to ∇f there, (p,), and to ∇²f, (p, p)
    l1, l2 : the penalty, as in `elastic_net`
    steps : at most so many
    tol : how large `penalty_residual` may be in the end, at least 0

    Returns
    -------
    run : its values are those of loss and penalty together; it also ends where rounding hides any further fall

    Raises
    ------
    ValueError
        If a bowl has no lowest point: ∇²f is singular, and no penalty makes up for it.

    Lesson 5, "Newton and BFGS"; Lee, Sun and Saunders, Proximal Newton-type methods for minimizing composite functions
    (2014), algorithm 1; Friedman, Hastie and Tibshirani, Regularization paths for generalized linear models via
    coordinate descent (2010), section 3.

    >>> run = proximal_newton(lambda x: np.sum(np.exp(x) - 3 * x), [0, 0], lambda x: np.exp(x) - 3,
    ...                       lambda x: np.diag(np.exp(x)), l1=[1, 4])
    >>> run.path[-1].round(6).tolist(), run.converged
    ([0.693147, 0.0], True)
    """
    x, steps, tol = as_vector(start, "start"), as_count(steps, "steps", least=0), as_number(tol, "tol")
    require(tol >= 0, f"tol must be at least 0, but tol = {tol:g} came")
    l1, l2 = (np.broadcast_to(as_strength(part, name, x), x.shape) for part, name in ((l1, "l1"), (l2, "l2")))

    @_remembering
    def height(x: Vector) -> float:
        return f(x) + elastic_net(x, l1, l2)

    @_remembering
    def slope(x: Vector) -> Vector:
        return as_vector(gradient(x), "gradient(x)")

    def missed(x: Vector) -> float:
        return penalty_residual(slope(x), x, l1, l2)

    path, values = [x], [as_finite_number(height(x), "f(start)")]
    residual = missed(x)
    while residual > tol and len(path) <= steps:
        g = slope(x)
        way = _to_lowest(as_symmetric(hessian(x), "hessian(x)"), g, l1, l2, x)
        promised = elastic_net(x, l1, l2) - elastic_net(x + way, l1, l2) - float(g @ way)
        if promised > _ROUNDING * abs(values[-1]):
            rate = _worth(height, x, way, promised)
        else:  # no height can tell the two places apart, but their slopes may
            rate = float(missed(x + way) < residual)
        if rate == 0:
            break
        x = x + rate * way
        path.append(x)
        values.append(height(x))
        residual = missed(x)
    more = f", where KKT's conditions are missed by {residual:.3g}"
    return ended(path, values, f"step {len(path) - 1}", converged=residual <= tol, more=more)


def _remembering(function: Callable[[Vector], Found]) -> Callable[[Vector], Found]:
    """The function, which keeps what it found at its last places: a search comes by where it has been."""
    kept = lru_cache(maxsize=4)(lambda place: function(np.frombuffer(place)))
    return lambda x: kept(x.tobytes())


def _to_lowest(H: Matrix, g: Vector, l1: Vector, l2: Vector, x: Vector) -> Vector:
    """The way from x to the lowest point of the bowl with the penalty."""
    if l1.any():
        return penalised_quadratic(H, H @ x - g, l1, l2, x) - x
    L = cholesky(H + np.diag(l2))  # of a bowl that has a lowest point
    return back_substitute(L.T, forward_substitute(L, -g - l2 * x))


def _worth(height: Callable[[Vector], float], x: Vector, way: Vector, promised: float) -> float:
    """How much of the way is worth its length, 1, ½, ¼, …, or 0."""
    return backtrack(lambda rate: height(x + rate[0] * way), [0.0], [1.0], [-promised]).rate
