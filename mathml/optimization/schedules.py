"""Schedules: a learning rate for each step, planned before the start."""

import copy
from collections.abc import Callable
from typing import Protocol, SupportsIndex, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Vector, as_count, as_number, require
from mathml.optimization.descent import as_learning_rate

__all__ = ["Schedule", "Scheduled", "constant", "cosine", "exponential", "inverse_time", "stairs", "warm_up"]

Schedule: TypeAlias = Callable[[int], float]  # from the number of the step, 0 for the first, to its learning rate


class _WithRate(Protocol):
    """An optimiser whose steps have a learning rate."""

    learning_rate: float

    def step(self, x: Vector, gradient: Vector) -> Vector: ...


class Scheduled:
    """Any optimiser with a learning rate, and a plan for it.

        η = schedule(t) in step t = 0, 1, 2, …

    Parameters
    ----------
    optimizer : with an attribute `learning_rate`; it is copied, and not changed
    schedule : from the number of a step to its learning rate, such as `cosine(0.1, 1000)`

    Attributes
    ----------
    steps_ : how many steps were made

    Lesson 5, "Schedules".

    >>> from mathml.optimization import GradientDescent
    >>> optimizer = Scheduled(GradientDescent(0.1), stairs(0.5, factor=0.5, every=1))
    >>> [optimizer.step([0], [-1])[0].item() for _ in range(3)]
    [0.5, 0.25, 0.125]
    """

    def __init__(self, optimizer: _WithRate, schedule: Schedule) -> None:
        kind = type(optimizer).__name__
        require(hasattr(optimizer, "learning_rate"), f"optimizer must have a learning_rate, but a {kind} has none")
        self.optimizer = optimizer
        self.schedule = schedule
        self.steps_ = 0

    def step(self, x: ArrayLike, gradient: ArrayLike) -> Vector:
        """The point after x, where the gradient is `gradient`, each (p,)."""
        optimizer = copy.copy(self.optimizer)
        optimizer.learning_rate = _as_planned(self.schedule(self.steps_), self.steps_)
        self.optimizer, self.steps_ = optimizer, self.steps_ + 1
        return optimizer.step(np.asarray(x), np.asarray(gradient))


def _as_planned(rate: float, step: int) -> float:
    rate = as_number(rate, f"schedule({step})")
    require(0 <= rate < np.inf, f"schedule({step}) must be finite and at least 0, but it is {rate:g}")
    return rate


# --- plans ----------------------------------------------------------------------------------------


def constant(rate: float) -> Schedule:
    """The same learning rate at every step.

        η_t = η₀

    Lesson 5, "Schedules".

    >>> [constant(0.1)(t) for t in (0, 10)]
    [0.1, 0.1]
    """
    rate = as_learning_rate(rate, "rate")
    return lambda t: rate


def stairs(rate: float, factor: float = 0.1, every: SupportsIndex = 30) -> Schedule:
    """Constant for a while, then a part of it.

        η_t = η₀ γ^⌊t/τ⌋

    Parameters
    ----------
    rate : η₀, above 0
    factor : γ, above 0 and at most 1
    every : τ, how many steps each stair is long

    Lesson 5, "Schedules".

    >>> [stairs(1.0, factor=0.5, every=10)(t) for t in (0, 9, 10, 20)]
    [1.0, 1.0, 0.5, 0.25]
    """
    rate, factor, every = as_learning_rate(rate, "rate"), _as_factor(factor), as_count(every, "every")
    return lambda t: rate * factor ** (t // every)


def exponential(rate: float, factor: float = 0.99) -> Schedule:
    """A little less at every step.

        η_t = η₀ γᵗ

    All its steps together reach no further than η₀/(1 − γ): a run may freeze on its way.

    Parameters
    ----------
    rate : η₀, above 0
    factor : γ, above 0 and at most 1

    Lesson 5, "Schedules".

    >>> [exponential(1.0, factor=0.5)(t) for t in range(3)]
    [1.0, 0.5, 0.25]
    """
    rate, factor = as_learning_rate(rate, "rate"), _as_factor(factor)
    return lambda t: rate * factor**t


def inverse_time(rate: float, half: float = 1.0) -> Schedule:
    """Half after some steps, a third after twice as many.

        η_t = η₀ / (1 + t/τ)

    Its sum is infinite, the sum of its squares is not: noisy descent on a bowl arrives.

    Parameters
    ----------
    rate : η₀, above 0
    half : τ, above 0: after so many steps half of it is left

    Lesson 5, "Schedules"; Robbins and Monro, A stochastic approximation method (1951).

    >>> [inverse_time(1.0, half=10)(t) for t in (0, 10, 30)]
    [1.0, 0.5, 0.25]
    """
    rate, half = as_learning_rate(rate, "rate"), as_learning_rate(half, "half")
    return lambda t: rate / (1 + t / half)


def cosine(rate: float, steps: SupportsIndex, last: float = 0.0) -> Schedule:
    """Half a wave of the cosine, from the first rate to the last.

        η_t = η_T + (η₀ − η_T) (1 + cos(π t/T)) / 2,    and η_T from then on

    Parameters
    ----------
    rate : η₀, above 0
    steps : T, until the last rate is reached
    last : η_T, from 0 to the rate

    Lesson 5, "Schedules"; Loshchilov and Hutter, SGDR (2017), equation 5.

    >>> [round(cosine(1.0, 100)(t), 6) for t in (0, 50, 100, 200)]
    [1.0, 0.5, 0.0, 0.0]
    """
    rate, steps, last = as_learning_rate(rate, "rate"), as_count(steps, "steps"), as_number(last, "last")
    require(0 <= last <= rate, f"last must lie between 0 and the rate, {rate:g}, but last = {last:g} came")
    return lambda t: float(last + (rate - last) * (1 + np.cos(np.pi * min(t, steps) / steps)) / 2)


def warm_up(schedule: Schedule, steps: SupportsIndex) -> Schedule:
    """Begin with a part of what the plan says, and grow evenly to all of it.

        η_t = schedule(t) · min(1, (t + 1)/w)

    Parameters
    ----------
    schedule : the plan
    steps : w, in which step all of the rate is reached

    Lesson 5, "Schedules"; Goyal et al., Accurate, large minibatch SGD (2017), section 2.2.

    >>> [warm_up(constant(1.0), 4)(t) for t in range(5)]
    [0.25, 0.5, 0.75, 1.0, 1.0]
    """
    steps = as_count(steps, "steps")
    return lambda t: schedule(t) * min(1.0, (t + 1) / steps)


def _as_factor(factor: float) -> float:
    factor = as_number(factor, "factor")
    require(0 < factor <= 1, f"factor must be above 0 and at most 1, but factor = {factor:g} came")
    return factor
