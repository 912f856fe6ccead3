"""Huber's loss: squared near 0, straight further out, so that no single value pulls without bound."""

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Vector, as_array, as_matrix, as_vector, require_same
from mathml.matrices import identity, least_squares, qr, solve
from mathml.matrices.systems import back_substitute
from mathml.optimization.descent import as_learning_rate
from mathml.vectors import norm

__all__ = ["huber", "huber_regression", "huber_slope"]

_MOST_ROUNDS = 1000
_SHIFT = 1e-9  # of the curvature that there would be without straight pieces, for steps where all are straight
_ROUNDING = 1e-12


def huber(error: ArrayLike, delta: float = 1.0) -> Array:
    """What an error costs: half its square, and beyond δ only in proportion.

        ℓ(r) = r²/2             for |r| ≤ δ
        ℓ(r) = δ (|r| − δ/2)    beyond

    Parameters
    ----------
    error : r = ŷ − y, a number or an array of any shape
    delta : δ, above 0

    Returns
    -------
    loss : of the same shape, for each error

    Lesson 5, "Huber"; Huber, Robust estimation of a location parameter (1964), equation 1.

    >>> huber([0, 1, -3]).tolist()
    [0.0, 0.5, 2.5]
    """
    size, delta = np.abs(as_array(error, "error")), as_learning_rate(delta, "delta")
    near = np.minimum(size, delta)
    return near * (size - near / 2)  # both pieces at once


def huber_slope(error: ArrayLike, delta: float = 1.0) -> Array:
    """How hard an error pulls: as far as it is, but never harder than δ.

        ℓ′(r) = max(−δ, min(δ, r))

    Parameters
    ----------
    error, delta : as in `huber`

    Lesson 5, "Huber".

    >>> huber_slope([0.5, -3]).tolist()
    [0.5, -1.0]
    """
    delta = as_learning_rate(delta, "delta")
    return np.clip(as_array(error, "error"), -delta, delta)


def huber_regression(X: ArrayLike, y: ArrayLike, delta: float = 1.0, tol: float = 1e-10) -> Vector:
    """The weights with the least sum of Huber's losses: least squares that an outlier cannot turn.

        w = argmin Σᵢ ℓ(xᵢ · w − yᵢ)    where    Xᵀ ℓ′(Xw − y) = 0

    By Newton's method, which has the answer once each error is on the right piece of the loss, curved or straight. On
    the way there, the best part of each step is taken.

    Parameters
    ----------
    X : (n, d); for an intercept, one column of ones
    y : (n,)
    delta : δ, above 0
    tol : how long Qᵀ ℓ′ may be, in parts of δ, where Q are perpendicular axes for the columns of X

    Returns
    -------
    w : (d,)

    Raises
    ------
    ValueError
        If columns of X depend on one another.

    Lesson 5, "Huber"; Huber and Ronchetti, Robust Statistics (2009), section 7.8.

    >>> huber_regression([[1], [1], [1], [1], [1]], [1, 2, 3, 4, 40]).round(6).tolist()
    [3.0]
    """
    X, y, delta = as_matrix(X, "X"), as_vector(y, "y"), as_learning_rate(delta, "delta")
    require_same("length", X=len(X), y=len(y))
    Q, R = qr(X)  # in axes at right angles no digits are lost, however X is scaled
    v = R @ least_squares(X, y)
    for _ in range(_MOST_ROUNDS):
        error = Q @ v - y
        pull = Q.T @ huber_slope(error, delta)
        if norm(pull) <= tol * delta:
            return back_substitute(R, v)
        curved = Q[np.abs(error) <= delta]
        step = solve(curved.T @ curved + _SHIFT * identity(len(v)), -pull)
        v = v + _best_part(error, Q @ step, delta) * step
    raise ValueError(f"delta must not be so small: with {delta:g} the weights did not settle in {_MOST_ROUNDS} rounds")


def _best_part(error: Vector, change: Vector, delta: float) -> float:
    """The t for which the losses of error + t · change are least: where their slope along the way is 0."""

    def slope(t: float) -> float:
        return float(change @ huber_slope(error + t * change, delta))

    low, high = 0.0, 1.0
    while slope(high) < 0:
        low, high = high, 2 * high
    if low == 0 and slope(1.0) <= _ROUNDING * abs(slope(0.0)):
        return 1.0
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    return high
