"""Mini-batches: steps downhill that look at a few examples each."""

import copy
from collections.abc import Callable, Iterator
from typing import SupportsIndex, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Vector, as_count, as_vector
from mathml.autodiff import grad
from mathml.optimization.descent import Optimizer, Run, as_finite_number, ended, is_near, lost

__all__ = ["Batch", "minibatches", "minimize_in_batches"]

Batch: TypeAlias = NDArray[np.intp]
Seed: TypeAlias = int | np.random.Generator | None


def minibatches(n: SupportsIndex, batch_size: SupportsIndex, rng: Seed = None) -> Iterator[Batch]:
    """The numbers from 0 to n − 1 in a random order, a few at a time: each comes once.

    Parameters
    ----------
    n : how many examples there are
    batch_size : how many come at a time; the last batch may be smaller
    rng : a seed or a `numpy.random.Generator`

    Lesson 3, "Backpropagation"; Lesson 5, "Batch, stochastic, mini-batch".

    >>> [len(batch) for batch in minibatches(10, 4)]
    [4, 4, 2]
    """
    n, batch_size = as_count(n, "n"), as_count(batch_size, "batch_size")
    order = np.random.default_rng(rng).permutation(n)
    return (order[first : first + batch_size] for first in range(0, n, batch_size))


def minimize_in_batches(
    f: Callable[[Vector, Batch], float],
    n: SupportsIndex,
    start: ArrayLike,
    optimizer: Optimizer,
    gradient: Callable[[Vector, Batch], Vector] | None = None,
    *,
    batch_size: SupportsIndex = 32,
    epochs: SupportsIndex = 10,
    rng: Seed = None,
) -> Run:
    """Go downhill by the loss of a few examples at a time: many cheap steps, each right on average.

        xₜ₊₁ = step(xₜ, ∇f(xₜ, batch))

    In an epoch every example is used once. With all of them in one batch this is gradient descent as ever.

    Parameters
    ----------
    f : from parameters (p,) and indices of examples to the mean loss of these examples
    n : how many examples there are
    start, optimizer : as in `minimize`
    gradient : from the same to ∇f by the parameters, (p,); if none is given, `mathml.autodiff` finds it
    batch_size : how many examples are in a batch
    epochs : how many times to go through all examples
    rng : a seed or a `numpy.random.Generator`, for their order

    Returns
    -------
    run : with a point at the start and after each epoch, and for its values the loss of all examples; it is never said
        to have converged, for no step sees the gradient of all examples

    Lesson 3, "Backpropagation"; Lesson 5, "Batch, stochastic, mini-batch"; Bottou, Curtis and Nocedal, Optimization
    methods for large-scale machine learning (2018), section 3.
    """
    n, epochs, rng = as_count(n, "n"), as_count(epochs, "epochs", least=0), np.random.default_rng(rng)
    x, optimizer, everything = as_vector(start, "start"), copy.copy(optimizer), np.arange(n)
    slope = grad(f) if gradient is None else gradient
    with np.errstate(all="ignore"):
        path, values = [x], [as_finite_number(f(x, everything), "f(start)")]
        for epoch in range(1, epochs + 1):
            x = _epoch(x, optimizer, slope, minibatches(n, batch_size, rng))
            value = f(x, everything) if is_near(x) else np.inf
            if not np.isfinite(value):
                return lost(path, values, f"epoch {epoch}")
            path.append(x)
            values.append(value)
    return ended(path, values, f"epoch {epochs}")


def _epoch(
    x: Vector, optimizer: Optimizer, slope: Callable[[Vector, Batch], Vector], batches: Iterator[Batch]
) -> Vector:
    """Where one step for each batch leads; a point that is not near, if it leads away."""
    for batch in batches:
        gradient = slope(x, batch)
        x = optimizer.step(x, gradient) if np.isfinite(gradient).all() else np.full_like(x, np.inf)
        if not is_near(x):
            break
    return x
