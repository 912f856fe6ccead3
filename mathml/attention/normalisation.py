"""Layer normalisation: each row gets mean 0 and variance 1, whatever the other rows are."""

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_array, as_number, require

__all__ = ["layer_norm"]


def layer_norm(
    X: ArrayLike, gain: ArrayLike | None = None, offset: ArrayLike | None = None, eps: float = 1e-5
) -> Array:
    """Each row with mean 0 and variance 1, then stretched and shifted column by column.

        LayerNorm(x) = γ ⊙ (x − μ) / √(σ² + ε) + β    with μ = (1/d) Σᵢ xᵢ and σ² = (1/d) Σᵢ (xᵢ − μ)²

    Parameters
    ----------
    X : (..., d); rows are along the last axis
    gain, offset : γ and β, (d,); by default 1 and 0
    eps : ε, above 0: a row of equal numbers becomes β

    Returns
    -------
    normalised : the shape of X

    Raises
    ------
    ValueError
        If gain or offset has not one number for each column.

    Lesson 6, "Layer normalisation"; Ba, Kiros and Hinton, Layer normalization (2016), equation 4; ε as in PyTorch.

    >>> layer_norm([[1.0, 3.0], [5.0, 5.0]]).round(3).tolist()
    [[-1.0, 1.0], [0.0, 0.0]]
    """
    X, eps = as_array(X, "X"), as_number(eps, "eps")
    require(X.ndim, "X must have rows, but one number came")
    require(0 < eps < np.inf, f"eps must be finite and above 0, but eps = {eps:g} came")
    error = X - np.mean(X, axis=-1, keepdims=True)
    rows: Array = error / np.sqrt(np.mean(error * error, axis=-1, keepdims=True) + eps)
    if gain is not None:
        rows = rows * _as_row(gain, "gain", X.shape[-1])
    if offset is not None:
        rows = rows + _as_row(offset, "offset", X.shape[-1])
    return rows


def _as_row(x: ArrayLike, name: str, d: int) -> Array:
    x = as_array(x, name)
    require(x.shape == (d,), f"{name} must have one number for each of the {d} columns, but its shape is {x.shape}")
    return x
