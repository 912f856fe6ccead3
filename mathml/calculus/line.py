"""A line through points, by gradient descent: the loss, its gradients and the update rule, as they are written."""

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, as_number, as_vector, require, require_same
from mathml.matrices import eigh

__all__ = ["line_gradient", "line_hessian", "line_loss", "line_step", "sharpness"]


def line_loss(w: float, b: float, x: ArrayLike, y: ArrayLike) -> float:
    """The mean squared error of a line.

        L(w, b) = (1/n) Σᵢ (yᵢ − (w xᵢ + b))²

    Parameters
    ----------
    w, b : slope and height over 0
    x, y : (n,) the points

    Raises
    ------
    ValueError
        If x and y differ in length.

    Lesson 3, "Gradient descent, worked through".
    """
    _, errors = _errors(w, b, x, y)
    return float(np.mean(errors**2))


def line_gradient(w: float, b: float, x: ArrayLike, y: ArrayLike) -> tuple[float, float]:
    """How the loss answers to slope and height.

        ∂L/∂w = −(2/n) Σᵢ xᵢ (yᵢ − (w xᵢ + b))
        ∂L/∂b = −(2/n) Σᵢ (yᵢ − (w xᵢ + b))

    Parameters
    ----------
    w, b, x, y : as in `line_loss`

    Returns
    -------
    dw, db : ∂L/∂w and ∂L/∂b

    Lesson 3, "Gradient descent, worked through".

    >>> line_gradient(0, 0, [1, 2], [3, 5])
    (-13.0, -8.0)
    """
    x, errors = _errors(w, b, x, y)
    return float(-2 * np.mean(x * errors)), float(-2 * np.mean(errors))


def line_step(w: float, b: float, x: ArrayLike, y: ArrayLike, learning_rate: float) -> tuple[float, float]:
    """One step downhill.

        w_new = w_old − η ∂L/∂w
        b_new = b_old − η ∂L/∂b

    Parameters
    ----------
    w, b, x, y : as in `line_loss`
    learning_rate : η, above 0; beyond 2 / `sharpness` the steps lead further and further away

    Returns
    -------
    w_new, b_new

    Lesson 3, "Gradient descent, worked through".
    """
    eta = as_number(learning_rate, "learning_rate")
    require(0 < eta < np.inf, f"learning_rate must be above 0 and finite, but learning_rate = {eta:g} came")
    dw, db = line_gradient(w, b, x, y)
    return w - eta * dw, b - eta * db


def line_hessian(x: ArrayLike) -> Matrix:
    """The curvature of the loss, the same everywhere: the loss is a bowl whose shape x alone decides.

        H = (2/n) [x 1]ᵀ [x 1]

    Parameters
    ----------
    x : (n,)

    Returns
    -------
    H : (2, 2) symmetric, in the order w, b

    Lesson 3, "The Hessian".
    """
    x = as_vector(x, "x")
    A = np.column_stack([x, np.ones_like(x)])
    H: Matrix = 2 / len(x) * (A.T @ A)
    return H


def sharpness(x: ArrayLike) -> float:
    """The curvature of the loss where it bends most, the largest eigenvalue of its Hessian.

        L = λ_max(H),    descent is stable for 0 < η < 2/L, and zigzags beyond 1/L

    Parameters
    ----------
    x : (n,)

    Lesson 3, "Gradient descent, worked through"; Nesterov, Lectures on Convex Optimization (2018), section 2.1.5.
    """
    return float(eigh(line_hessian(x))[0][-1])


def _errors(w: float, b: float, x: ArrayLike, y: ArrayLike) -> tuple[Vector, Vector]:
    """x as a vector, and what the line misses at each point."""
    w, b = as_number(w, "w"), as_number(b, "b")
    x, y = as_vector(x, "x"), as_vector(y, "y")
    require_same("length", x=len(x), y=len(y))
    return x, y - (w * x + b)
