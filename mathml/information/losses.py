"""Losses: the surprise of one who predicts probabilities, at what then happens.

Those from logits are made of NumPy's functions alone, so that an array that records derivatives can pass through.
"""

from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Array, as_array, require
from mathml.functions import log_sigmoid, log_softmax
from mathml.information.terms import as_probabilities, log, log_of_rest, weighted

__all__ = ["binary_cross_entropy", "binary_cross_entropy_from_logits", "cross_entropy_from_logits"]


def binary_cross_entropy(y: ArrayLike, p: ArrayLike) -> float:
    """The mean surprise at yes-or-no outcomes of one who predicted their probabilities.

        L = −(1/n) Σᵢ [yᵢ log pᵢ + (1 − yᵢ) log(1 − pᵢ)]

    Parameters
    ----------
    y : outcomes, 0 or 1, or probabilities of a 1; any shape
    p : predicted probabilities of a 1, the shape of y

    Returns
    -------
    L : infinite if what happened was predicted to be impossible

    Lesson 4, "Binary cross-entropy".

    >>> binary_cross_entropy([1, 0], [1, 0]), binary_cross_entropy([1, 0], [1, 1])
    (0.0, inf)
    """
    y, p = _between_0_and_1(y, "y"), _between_0_and_1(p, "p")
    _require_same_shape(y=y, p=p)
    return float(np.mean(weighted(y, -log(p)) + weighted(1 - y, -log_of_rest(p))))


def binary_cross_entropy_from_logits(y: ArrayLike, z: ArrayLike) -> float:
    """Binary cross-entropy of p = σ(z), which keeps its digits where σ(z) rounds to 0 or 1.

        L = −(1/n) Σᵢ [yᵢ log σ(zᵢ) + (1 − yᵢ) log σ(−zᵢ)]        ∂L/∂zᵢ = (σ(zᵢ) − yᵢ) / n

    Logits may be recorded by `mathml.autodiff`: then so is the loss.

    Parameters
    ----------
    y : outcomes, 0 or 1, or probabilities of a 1; any shape
    z : finite scores, the shape of y

    Lesson 4, "Binary cross-entropy".

    >>> float(binary_cross_entropy_from_logits([1, 0], [-800, -800]))
    400.0
    """
    y, z = _between_0_and_1(y, "y"), _as_logits(z, "z")
    _require_same_shape(y=y, z=z)
    return cast(float, np.mean(-y * log_sigmoid(z) - (1 - y) * log_sigmoid(-z)))


def cross_entropy_from_logits(y: ArrayLike, Z: ArrayLike) -> float:
    """The mean cross-entropy of predictions softmax(Z), which keeps its digits where a weight underflows to 0.

        L = −(1/n) Σᵢ Σⱼ Yᵢⱼ log softmax(Zᵢ)ⱼ                    ∂L/∂Z = (softmax(Z) − Y) / n

    Logits may be recorded by `mathml.autodiff`: then so is the loss.

    Parameters
    ----------
    y : (...) labels, whole numbers from 0 to k − 1; or Y, (..., k), rows of probabilities
    Z : (..., k) finite scores; n is the number of rows

    Raises
    ------
    ValueError
        If y has neither the shape of Z nor that of its rows, or a label is not one of the k classes.

    Lesson 4, "Cross-entropy".

    >>> float(cross_entropy_from_logits([0, 1], [[0, -800], [0, -800]]))
    400.0
    """
    Z, y = _as_logits(Z, "Z"), as_array(y, "y")
    if y.shape == Z.shape:
        return cast(float, np.mean(-np.sum(as_probabilities(y, "y") * log_softmax(Z), axis=-1)))
    labels = _as_labels(y, Z.shape).reshape(-1)
    return cast(float, np.mean(-log_softmax(Z).reshape(-1, Z.shape[-1])[np.arange(len(labels)), labels]))


# --- demands --------------------------------------------------------------------------------------


def _between_0_and_1(p: ArrayLike, name: str) -> Array:
    p = as_array(p, name)
    for outside in p[(p < 0) | (p > 1)]:
        raise ValueError(f"{name} must lie between 0 and 1, but {outside:g} came")
    return p


def _require_same_shape(**arrays: Array) -> None:
    shapes = {name: array.shape for name, array in arrays.items()}
    came = " and ".join(f"{name} has {shape}" for name, shape in shapes.items())
    require(len(set(shapes.values())) == 1, f"{' and '.join(shapes)} must have the same shape, but {came}")


def _as_logits(z: ArrayLike, name: str) -> Array:
    z = as_array(z, name)
    require(np.all(np.isfinite(z)), f"{name} must be finite, but ±∞ came")
    return z


def _as_labels(y: Array, shape: tuple[int, ...]) -> NDArray[np.intp]:
    """Labels for logits of this shape, (..., k), as whole numbers from 0 to k − 1."""
    fits = f"y must have the shape {shape} of Z, or {shape[:-1]} for labels"
    require(y.shape == shape[:-1], f"{fits}, but its shape is {y.shape}")
    k = shape[-1]
    for other in y[~np.isin(y, np.arange(k))]:
        raise ValueError(f"y must hold labels from 0 to {k - 1}, as Z has {k} columns, but {other:g} came")
    labels: NDArray[np.intp] = y.astype(np.intp)
    return labels
