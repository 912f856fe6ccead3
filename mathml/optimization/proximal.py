"""Least squares and a penalty with kinks: proximal steps, and one weight at a time."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Matrix, Vector, as_matrix, as_vector, require, require_same
from mathml.matrices.orthogonal import pivoted_qr
from mathml.matrices.products import as_symmetric
from mathml.matrices.systems import back_substitute
from mathml.optimization.descent import as_learning_rate, as_step
from mathml.optimization.penalties import as_strength, elastic_net, penalty_residual

__all__ = ["ProximalDescent", "budget_minimum", "coordinate_descent", "penalised_quadratic"]

_MOST_SWEEPS = 20_000
_SWEEPS = 10  # between two looks at the signs
_ENOUGH = 1e-13  # of the sizes of what is added up
_LEVEL = 1e-14  # of a column's curvature, for each column: no more than rounding errors
_NOTHING = 1e-10  # of the column that depends on others, in parts of them


class ProximalDescent:
    """Gradient descent for a loss with a penalty: a step downhill on the loss, and then what the penalty makes of it.

        x_new = prox(x_old − η ∇f(x_old), η)

    With `lambda a, eta: prox_elastic_net(a, eta * l1, eta * l2)` it is ISTA; with a projection, projected gradient.

    Parameters
    ----------
    learning_rate : η, above 0; at most 1/L is safe
    prox : from a point (p,) and η to the point nearby, (p,), that pays least for its distance²/2η and the penalty

    Lesson 5, "L1: the lasso"; Beck and Teboulle, A fast iterative shrinkage-thresholding algorithm (2009), section 3.

    >>> from mathml.optimization import soft_threshold
    >>> ProximalDescent(0.5, soft_threshold).step([1, 2], [2, 1]).tolist()
    [0.0, 1.0]
    """

    def __init__(self, learning_rate: float, prox: Callable[[Vector, float], ArrayLike]) -> None:
        self.learning_rate = as_learning_rate(learning_rate)
        self.prox = prox

    def step(self, x: ArrayLike, gradient: ArrayLike) -> Vector:
        """The point after x, where the gradient of the loss is `gradient`, each (p,)."""
        x, gradient = as_step(x, gradient)
        new = as_vector(self.prox(x - self.learning_rate * gradient, self.learning_rate), "prox(x)")
        require_same("length", x=len(x), **{"prox(x)": len(new)})
        return new


def coordinate_descent(
    X: ArrayLike, y: ArrayLike, l1: ArrayLike = 0.0, l2: ArrayLike = 0.0, start: ArrayLike | None = None
) -> Vector:
    """Least squares with an elastic net, one weight at a time.

        min ‖y − X w‖²/(2n) + l1 ‖w‖₁ + (l2/2) ‖w‖²
        wⱼ ← S_l1( xⱼ · (y − Σ_(i≠j) xᵢ wᵢ)/n ) / (xⱼ · xⱼ/n + l2)    for j = 1, …, d, again and again

    No intercept is sought: take the means out of X and y first.

    Parameters
    ----------
    X : (n, d)
    y : (n,)
    l1, l2 : at least 0; numbers, or (d,) one for each weight
    start : (d,) where to begin, such as the solution for a penalty nearby; zeros if none is given

    Returns
    -------
    w : (d,), with exact zeros; `penalty_residual` of it is 0 but for rounding

    Lesson 5, "L1: the lasso"; Friedman, Hastie and Tibshirani, Regularization paths for generalized linear models via
    coordinate descent (2010), equations 1 and 5.

    >>> coordinate_descent([[1, 0], [0, 1], [1, 0], [0, 1]], [4, 1, 4, 1], l1=0.5).tolist()
    [3.0, 0.0]
    """
    X, y = as_matrix(X, "X"), as_vector(y, "y")
    require_same("length", X=len(X), y=len(y))
    return penalised_quadratic(X.T @ X / len(X), X.T @ y / len(X), l1, l2, start)


def penalised_quadratic(
    H: ArrayLike, c: ArrayLike, l1: ArrayLike = 0.0, l2: ArrayLike = 0.0, start: ArrayLike | None = None
) -> Vector:
    """A bowl with an elastic net, one weight at a time.

        min ½ wᵀ H w − c · w + l1 ‖w‖₁ + (l2/2) ‖w‖²

    Now and then the signs are taken as settled. Then the weights that are not 0 solve a linear system, and one that
    would get another sign on the way there stays at 0. So it ends where sweeps alone would take thousands.

    Parameters
    ----------
    H : (d, d) symmetric, positive semidefinite
    c : (d,)
    l1, l2, start : as in `coordinate_descent`

    Raises
    ------
    ValueError
        If H is not symmetric, bends down along an axis, or the weights do not settle: there is no minimum.

    Lesson 5, "L1: the lasso"; Lee et al., Efficient sparse coding algorithms (2006), algorithm 1.

    >>> penalised_quadratic([[2, 0], [0, 2]], [4, 0.5], l1=1).tolist()
    [1.5, 0.0]
    """
    H, c = as_symmetric(H, "H"), as_vector(c, "c")
    w = np.zeros(len(c)) if start is None else as_vector(start, "start").copy()
    require_same("length", H=len(H), c=len(c), start=len(w))
    l1, l2 = (np.broadcast_to(as_strength(part, name, w), w.shape) for part, name in ((l1, "l1"), (l2, "l2")))
    bends = np.diag(H) + l2
    require(np.all(bends >= 0), "H must bend up along each axis, but an entry of its diagonal is negative")
    moving = np.flatnonzero(bends > 0).tolist()
    held = (bends > 0) | (np.abs(c) <= l1)
    require(held.all(), "H and c must have a minimum, but along an axis there is only a slope")
    for sweep in range(_MOST_SWEEPS):
        if sweep % _SWEEPS == 0:
            w = _with_signs(H, c, l1, l2, w)
            if _is_settled(H, c, l1, l2, w):
                return w
        for j in moving:
            pull = c[j] - H[j] @ w + H[j, j] * w[j]
            w[j] = (pull - min(max(pull, -l1[j]), l1[j])) / bends[j]
    raise ValueError(f"H and c must have a minimum, but in {_MOST_SWEEPS} sweeps no weights settled")


def _is_settled(H: Matrix, c: Vector, l1: Array, l2: Array, w: Vector) -> bool:
    """Whether nothing but the rounding errors of H w pulls at w."""
    size = np.max(np.abs(H) @ np.abs(w) + np.abs(c))
    return penalty_residual(H @ w - c, w, l1, l2) <= _ENOUGH * float(size)


def _with_signs(H: Matrix, c: Vector, l1: Array, l2: Array, w: Vector) -> Vector:
    """From w to the best weights with its signs; one that would get another sign on the way stays at 0."""
    w = w.copy()
    while len(held := np.flatnonzero((w != 0) | (l1 == 0))):  # where there is no kink at 0, 0 is like any other place
        bowl, push = H[np.ix_(held, held)] + np.diag(l2[held]), l1[held] * np.sign(w[held])
        way, whole = _way(bowl, c[held] - bowl @ w[held] - push, push)
        falling = np.flatnonzero(way * push < 0)
        shares = -w[held[falling]] / way[falling]
        if not np.any(shares <= whole):
            w[held] += way
            break
        first = int(np.argmin(shares))
        w[held] += shares[first] * way
        w[held[falling[first]]] = 0
    return w


def _way(bowl: Matrix, pull: Vector, push: Vector) -> tuple[Vector, float]:
    """To the lowest point, and how much of the way leads there: 1.

    Where a column depends on others some way is level. Along it the penalty alone counts, and the way ends where a
    weight is 0: ∞.
    """
    scale = 1 / np.sqrt(np.where(np.diag(bowl) > 0, np.diag(bowl), 1))
    order, Q, R = pivoted_qr(scale[:, np.newaxis] * bowl * scale)
    rank = int(np.sum(np.diag(R) > _LEVEL * len(pull)))
    level = np.zeros((len(pull), len(pull) - rank))  # a way in each column
    level[order[:rank]] = -back_substitute(R[:rank, :rank], R[:rank, rank:])
    level[np.abs(level) <= _NOTHING] = 0
    level[order[rank:]] = np.eye(len(pull) - rank)
    level *= scale[:, np.newaxis]
    for way in level[:, np.any(level[push != 0] != 0, axis=0)].T:
        down = -way if push @ way > 0 else way
        return (down if np.any(down * push < 0) else -down), np.inf
    way = np.zeros(len(pull))
    way[order[:rank]] = back_substitute(R[:rank, :rank], Q.T[:rank] @ (scale * pull))
    return scale * way, 1.0


def budget_minimum(
    H: ArrayLike, a: ArrayLike, l1: ArrayLike, l2: ArrayLike, limit: float, tol: float = 1e-12
) -> tuple[Vector, float]:
    """The best weights that a budget allows, and the price of the budget: the penalty that would lead to them, too.

        min ½ (w − a)ᵀ H (w − a)    where    l1 ‖w‖₁ + (l2/2) ‖w‖² ≤ limit
        −H (w − a) ∈ λ ∂(penalty)(w),    λ ≥ 0,    λ = 0 if the budget is not used up

    λ is found from both sides, by chords: the larger it is, the less is spent.

    Parameters
    ----------
    H : (d, d) symmetric, positive definite
    a : (d,) the best weights without a budget
    l1, l2 : the penalty, as in `elastic_net`; not both 0
    limit : the budget, above 0
    tol : how much of the budget may be left or overspent, relative

    Returns
    -------
    w : (d,)
    multiplier : λ

    Lesson 5, "KKT conditions"; Boyd and Vandenberghe, Convex Optimization (2004), section 5.5.3; Dahlquist
    and Björck, Numerical Methods (1974).

    >>> w, multiplier = budget_minimum([[1, 0], [0, 1]], [3, 1], l1=1, l2=0, limit=2)
    >>> w.round(9).tolist(), round(multiplier, 9)
    ([2.0, 0.0], 1.0)
    """
    H, a = as_symmetric(H, "H"), as_vector(a, "a")
    require_same("length", H=len(H), a=len(a))
    kinks, squares = as_strength(l1, "l1", a), as_strength(l2, "l2", a)
    limit = as_learning_rate(limit, "limit")
    require(np.any(kinks + squares > 0), "l1 and l2 must not both be 0: then there is no budget to keep")
    if elastic_net(a, kinks, squares) <= limit:
        return a, 0.0
    w, c = a, H @ a

    def overspent(price: float) -> float:
        nonlocal w
        w = penalised_quadratic(H, c, price * kinks, price * squares, w)
        return elastic_net(w, kinks, squares) - limit

    low, high, over, under = 0.0, 1.0, elastic_net(a, kinks, squares) - limit, overspent(1.0)
    while under > 0:
        low, high, over, under = high, 2 * high, under, overspent(2 * high)
    price, left = high, under
    while abs(left) > tol * limit and low < (price := high - under * (high - low) / (under - over)) < high:
        # Where the chord crosses 0. An end that stays twice counts half, so that it moves, too.
        before, left = left, overspent(price)
        same = 0.5 if left * before > 0 else 1.0
        if left > 0:
            low, over, under = price, left, under * same
        else:
            high, under, over = price, left, over * same
    return w, price
