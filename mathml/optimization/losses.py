"""Losses: how wrong a prediction is, as one number to make small, and its slope."""

from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_array, require

__all__ = ["squared_error", "squared_error_gradient"]


def squared_error(y: ArrayLike, predicted: ArrayLike) -> float:
    """The mean of the squared differences, over all entries.

        L(ŷ) = (1/n) Σᵢ (yᵢ − ŷᵢ)²

    Predictions may be recorded by `mathml.autodiff`: then so is the loss.

    Parameters
    ----------
    y : targets, any shape; n is the number of all entries
    predicted : ŷ, the shape of y

    Raises
    ------
    ValueError
        If the shapes differ: (n,) less (n, 1) would be a table of (n, n).

    Lesson 3, "Gradient descent, worked through"; Lesson 5, "Mean squared error".

    >>> print(squared_error([1, 2], [1, 4]))
    2.0
    """
    error = _error(y, predicted)
    with np.errstate(over="ignore"):
        return cast(float, np.mean(error * error))


def squared_error_gradient(y: ArrayLike, predicted: ArrayLike) -> Array:
    """How the squared error answers to each prediction.

        ∂L/∂ŷᵢ = (2/n) (ŷᵢ − yᵢ)

    Parameters
    ----------
    y, predicted : as in `squared_error`

    Returns
    -------
    gradient : the shape of predicted

    Lesson 3, "Gradient descent, worked through"; Lesson 5, "Mean squared error".
    """
    error = _error(y, predicted)
    return 2 / error.size * error


def _error(y: ArrayLike, predicted: ArrayLike) -> Array:
    """ŷ − y."""
    y, predicted = as_array(y, "y"), as_array(predicted, "predicted")
    shapes = f"y has {y.shape} and predicted has {predicted.shape}"
    require(y.shape == predicted.shape, f"y and predicted must have the same shape, but {shapes}")
    with np.errstate(over="ignore"):
        return predicted - y
