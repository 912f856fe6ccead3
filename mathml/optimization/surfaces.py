"""Grounds to try an optimiser on, in two dimensions: each with its gradient, its Hessian and its lowest points."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from mathml.arrays import Matrix, Vector, as_number, require

__all__ = ["ROSENBROCK", "SADDLE", "VALLEYS", "Surface", "bowl"]


class Surface(NamedTuple):
    """A function of two variables, and what is known about it.

    f, gradient, hessian : from a point (2,) to a number, (2,) and (2, 2)
    start : (2,) where to begin
    lowest : f at its lowest
    minima : (m, 2) the points where a ball may come to rest, the lowest first
    """

    f: Callable[[Vector], float]
    gradient: Callable[[Vector], Vector]
    hessian: Callable[[Vector], Matrix]
    start: Vector
    lowest: float
    minima: Matrix


def bowl(lowest: float, largest: float, start: tuple[float, float] = (1.0, 1.0)) -> Surface:
    """A bowl with two curvatures: a ravine, if they differ much.

        f(x, y) = (μ x² + L y²) / 2

    Parameters
    ----------
    lowest, largest : μ and L, both above 0
    start : where to begin

    Lesson 5, "The learning rate".

    >>> bowl(1, 10).gradient(np.array([1.0, 1.0])).tolist()
    [1.0, 10.0]
    """
    bends = np.array([as_number(lowest, "lowest"), as_number(largest, "largest")])
    require(np.all(bends > 0), f"lowest and largest must be above 0, but {bends[0]:g} and {bends[1]:g} came")
    return Surface(
        lambda x: float(bends @ (x * x)) / 2,
        lambda x: bends * x,
        lambda x: np.diag(bends),
        np.array(start, dtype=np.float64),
        0.0,
        np.zeros((1, 2)),
    )


def _rosenbrock_gradient(x: Vector) -> Vector:
    off = x[1] - x[0] ** 2
    return np.array([-2 * (1 - x[0]) - 400 * x[0] * off, 200 * off])


def _rosenbrock_hessian(x: Vector) -> Matrix:
    across = -400 * x[0]
    return np.array([[2 - 400 * (x[1] - 3 * x[0] ** 2), across], [across, 200.0]])


# f(x, y) = (1 − x)² + 100 (y − x²)²: a ravine with a bend. Rosenbrock, An automatic method for finding the greatest or
# least value of a function (1960).
ROSENBROCK = Surface(
    lambda x: float((1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2),
    _rosenbrock_gradient,
    _rosenbrock_hessian,
    np.array([-1.2, 1.0]),
    0.0,
    np.array([[1.0, 1.0]]),
)

# f(x, y) = x²/2 − y²/2 + y⁴/4: level at 0, where it goes up along x and down along y; lowest at y = ±1.
SADDLE = Surface(
    lambda x: float(x[0] ** 2 / 2 - x[1] ** 2 / 2 + x[1] ** 4 / 4),
    lambda x: np.array([x[0], x[1] ** 3 - x[1]]),
    lambda x: np.array([[1.0, 0.0], [0.0, 3 * x[1] ** 2 - 1]]),
    np.array([-1.0, 1e-3]),
    -0.25,
    np.array([[0.0, 1.0], [0.0, -1.0]]),
)

# f(x, y) = Σ (z⁴ − 16 z² + 5 z) / 2 over z = x, y: four valleys of three depths. Each coordinate rests where
# 4 z³ − 32 z + 5 = 0 and the curvature is positive. Styblinski and Tang, Experiments in nonconvex optimization (1990).
_DEEP, _SHALLOW = -2.903534027771177, 2.7468027709908369
VALLEYS = Surface(
    lambda x: float(np.sum(x**4 - 16 * x**2 + 5 * x)) / 2,
    lambda x: 2 * x**3 - 16 * x + 2.5,
    lambda x: np.diag(6 * x**2 - 16),
    np.array([0.6, -0.5]),
    _DEEP**4 - 16 * _DEEP**2 + 5 * _DEEP,  # twice the half of it
    np.array([[_DEEP, _DEEP], [_DEEP, _SHALLOW], [_SHALLOW, _DEEP], [_SHALLOW, _SHALLOW]]),
)
