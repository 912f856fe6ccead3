"""Momentum: steps that remember a direction, and how fast they come down a bowl."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Matrix, Vector, as_array, as_number, require, require_same
from mathml.optimization.descent import as_learning_rate, as_step

__all__ = ["BestMomentum", "Momentum", "Nesterov", "best_momentum", "momentum_matrix", "momentum_radius"]


class Momentum:
    """Push a heavy ball downhill: the pushes that agree add up, and those that change sign cancel.

        v ← β v + ∇f(x)
        x ← x − η v

    A gradient that stays the same makes v = ∇f / (1 − β) in the end: with β = 0.9 the steps become ten times as long.
    This is how PyTorch writes it. Others keep η inside, v ← β v − η ∇f; with a rate that changes the two differ.

    Parameters
    ----------
    learning_rate : η, above 0
    momentum : β, from 0 (gradient descent) to below 1

    Attributes
    ----------
    velocity_ : v after the last step, (p,); None before the first

    Lesson 5, "Momentum"; Polyak, Some methods of speeding up the convergence of iteration methods (1964).

    >>> Momentum(learning_rate=0.1).step([1, 2], [10, 0]).tolist()
    [0.0, 2.0]
    """

    def __init__(self, learning_rate: float, momentum: float = 0.9) -> None:
        self.learning_rate = as_learning_rate(learning_rate)
        self.momentum = as_part(momentum, "momentum")
        self.velocity_: Vector | None = None

    def step(self, x: ArrayLike, gradient: ArrayLike) -> Vector:
        """The point after x, where the gradient is `gradient`, each (p,)."""
        x, gradient = as_step(x, gradient)
        self.velocity_ = self.momentum * remembered(self.velocity_, gradient, "velocity_") + gradient
        return x - self.learning_rate * self._push(gradient, self.velocity_)

    def _push(self, gradient: Vector, velocity: Vector) -> Vector:
        return velocity


class Nesterov(Momentum):
    """Momentum that looks ahead: the step is the one that the ball would make after this push.

        v ← β v + ∇f(x)
        x ← x − η (∇f(x) + β v)

    x is the point that looks ahead, as in PyTorch; Nesterov's own two sequences are these in other variables. In a bowl
    with the curvatures μ to L, η = 1/L and β = (√κ − 1)/(√κ + 1) are safe, κ = L/μ.

    Parameters and attributes are those of `Momentum`.

    Lesson 5, "Momentum"; Nesterov, A method of solving a convex programming problem with convergence rate O(1/k²)
    (1983); Sutskever et al., On the importance of initialization and momentum in deep learning (2013), section 2.

    >>> Nesterov(learning_rate=0.1, momentum=0.5).step([1, 2], [4, 0]).round(12).tolist()
    [0.4, 2.0]
    """

    def _push(self, gradient: Vector, velocity: Vector) -> Vector:
        return gradient + self.momentum * velocity


def as_part(value: float, name: str) -> float:
    """`value` as a number from 0 to below 1: what is kept of the past."""
    value = as_number(value, name)
    require(0 <= value < 1, f"{name} must be at least 0 and below 1, but {name} = {value:g} came")
    return value


def remembered(past: Vector | None, gradient: Vector, name: str) -> Vector:
    """What was kept of the earlier steps, zeros before the first: as many numbers as the gradient has."""
    if past is None:
        return np.zeros_like(gradient)
    require_same("length (an optimiser belongs to one run)", **{name: len(past), "gradient": len(gradient)})
    return past


# --- how fast -------------------------------------------------------------------------------------


def momentum_matrix(learning_rate: float, momentum: float, curvature: float) -> Matrix:
    """One step of momentum along an axis of a bowl, as a matrix on (x, v).

        [x]   [1 − ηλ   −ηβ] [x]
        [v] ← [  λ        β] [v]

    Parameters
    ----------
    learning_rate, momentum, curvature : η, β and λ

    Returns
    -------
    M : (2, 2); the largest of its eigenvalues in size is `momentum_radius`

    Lesson 5, "Momentum"; Goh, Why momentum really works (2017).

    >>> momentum_matrix(0.1, 0.5, 2).tolist()
    [[0.8, -0.05], [2.0, 0.5]]
    """
    eta, beta = as_number(learning_rate, "learning_rate"), as_number(momentum, "momentum")
    bend = as_number(curvature, "curvature")
    return np.array([[1 - eta * bend, -eta * beta], [bend, beta]])


def momentum_radius(learning_rate: ArrayLike, momentum: ArrayLike, curvature: ArrayLike) -> Array:
    """What is left of the distance after each step, in the long run: the spectral radius of `momentum_matrix`.

        z² − T z + β = 0,  T = 1 + β − ηλ
        ρ = √β                       if T² < 4β: it swings
        ρ = (|T| + √(T² − 4β)) / 2   otherwise

    Below 1 the ball comes to rest: for 0 ≤ β < 1 that is 0 < ηλ < 2 (1 + β). In a bowl with several curvatures the
    largest of their radii counts.

    Parameters
    ----------
    learning_rate, momentum, curvature : η, β ≥ 0 and λ, numbers or arrays of shapes that fit together

    Returns
    -------
    radius : ρ, of the shape that they have together

    Raises
    ------
    ValueError
        If a momentum is negative, or the shapes do not fit.

    Lesson 5, "Momentum".

    >>> momentum_radius(0.1, 0.0, [1, 10, 30]).round(12).tolist()
    [0.9, 0.0, 2.0]
    """
    eta, beta = as_array(learning_rate, "learning_rate"), as_array(momentum, "momentum")
    bend = as_array(curvature, "curvature")
    require(np.all(beta >= 0), "momentum must be at least 0 everywhere, but a negative one came")
    try:
        trace = np.abs(1 + beta - eta * bend)
    except ValueError as error:
        shapes = f"{eta.shape}, {beta.shape} and {bend.shape}"
        raise ValueError(
            f"learning_rate, momentum and curvature must have shapes that fit together, not {shapes}"
        ) from error
    root = np.sqrt(beta)
    # T² − 4β in two factors, which keeps its digits where it is almost 0, and does not overflow.
    apart = np.sqrt(np.maximum(trace - 2 * root, 0)) * np.sqrt(trace + 2 * root)
    radius: Array = np.where(trace < 2 * root, root, (trace + apart) / 2)
    return radius


class BestMomentum(NamedTuple):
    """The learning rate η and the momentum β that come down a bowl in the fewest steps, and the radius ρ = √β."""

    learning_rate: float
    momentum: float
    radius: float


def best_momentum(lowest: float, largest: float) -> BestMomentum:
    """The best learning rate and momentum for a bowl whose curvatures lie between two numbers.

        η = 4 / (√L + √μ)²    β = ((√κ − 1) / (√κ + 1))²    ρ = √β,    κ = L/μ

    Gradient descent at its best, η = 2/(L + μ), leaves (κ − 1)/(κ + 1) of the distance: it needs about √κ times as
    many steps.

    Parameters
    ----------
    lowest, largest : μ and L, 0 < μ ≤ L

    Raises
    ------
    ValueError
        If not 0 < lowest ≤ largest.

    Lesson 5, "Momentum"; Polyak (1964); Goh (2017).

    >>> best_momentum(1, 9)
    BestMomentum(learning_rate=0.25, momentum=0.25, radius=0.5)
    """
    mu, L = as_number(lowest, "lowest"), as_number(largest, "largest")
    require(0 < mu <= L < np.inf, f"lowest and largest must satisfy 0 < lowest ≤ largest, but {mu:g} and {L:g} came")
    wide, narrow = float(np.sqrt(L)), float(np.sqrt(mu))
    radius = (wide - narrow) / (wide + narrow)
    return BestMomentum((2 / (wide + narrow)) ** 2, radius**2, radius)
