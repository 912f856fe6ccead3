"""Scaled dot-product attention: each query meets each key, and hears a mean of the values."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Array, as_array, require, require_same
from mathml.functions import softmax

__all__ = ["attention", "attention_weights", "scores"]


def scores(Q: ArrayLike, K: ArrayLike) -> Array:
    """How well each query fits each key.

        S = Q Kᵀ / √d_k

    The entries of Q and K being independent, with mean 0 and variance 1, a dot product has the variance d_k; divided by
    √d_k it has variance 1, however wide they are.

    Parameters
    ----------
    Q : (..., n, d_k) queries
    K : (..., m, d_k) keys

    Returns
    -------
    S : (..., n, m)

    Raises
    ------
    ValueError
        If one is not a matrix or a stack of matrices, or queries and keys have different widths.

    Lesson 6, "Why √dₖ"; Vaswani et al., Attention is all you need (2017), section 3.2.1.

    >>> scores([[3, 4]], [[1, 0], [0, 1], [-1, 0], [2, 2]]).round(2).tolist()
    [[2.12, 2.83, -2.12, 9.9]]
    """
    Q, K = as_rows(Q, "Q"), as_rows(K, "K")
    require_same("width", Q=Q.shape[-1], K=K.shape[-1])
    S: Array = Q @ np.swapaxes(K, -1, -2) / np.sqrt(K.shape[-1])
    return S


def attention_weights(Q: ArrayLike, K: ArrayLike, mask: ArrayLike | None = None, temperature: float = 1.0) -> Array:
    """How each query shares its attention among the keys.

        A = softmax(S / T)    row by row, with S = Q Kᵀ / √d_k, and −∞ where the mask hides a key

    Parameters
    ----------
    Q, K : as in `scores`
    mask : True where a query may see a key, of a shape that broadcasts to (..., n, m); without it all are seen
    temperature : T, above 0: cold, the best key takes all; hot, all keys get the same

    Returns
    -------
    A : (..., n, m) each row sums to one; a query that may see nothing has a row of zeros

    Lesson 6, "Scaled dot-product attention" and "Masks"; Vaswani et al. (2017), equation 1.

    >>> attention_weights([[1.0]], [[0.0], [0.0], [0.0]], mask=[True, True, False]).tolist()
    [[0.5, 0.5, 0.0]]
    """
    S = scores(Q, K)
    if mask is None:
        return softmax(S, temperature=temperature)
    mask = as_mask(mask, S.shape)
    blind = ~np.any(mask, axis=-1, keepdims=True)  # such a row has no softmax: it is computed as if it saw all
    A: Array = np.where(mask, softmax(np.where(mask | blind, S, -np.inf), temperature=temperature), 0.0)
    return A


def attention(Q: ArrayLike, K: ArrayLike, V: ArrayLike, mask: ArrayLike | None = None) -> Array:
    """What each query hears: the mean of the values, by how well its key fits.

        Attention(Q, K, V) = softmax(Q Kᵀ / √d_k) V

    Parameters
    ----------
    Q : (..., n, d_k) queries
    K : (..., m, d_k) keys
    V : (..., m, d_v) values
    mask : as in `attention_weights`

    Returns
    -------
    answers : (..., n, d_v); zeros for a query that may see nothing

    Raises
    ------
    ValueError
        If the widths of queries and keys differ, or there is not one value for each key.

    Lesson 6, "Scaled dot-product attention"; Vaswani et al. (2017), equation 1.

    >>> attention([[0.0, 0.0]], [[1, 2], [3, 4]], [[10.0], [20.0]]).tolist()
    [[15.0]]
    """
    K, V = as_rows(K, "K"), as_rows(V, "V")
    require_same("number of rows", K=K.shape[-2], V=V.shape[-2])
    return attention_weights(Q, K, mask) @ V


# --- demands --------------------------------------------------------------------------------------


def as_rows(X: ArrayLike, name: str) -> Array:
    """`X` as a matrix or a stack of matrices (..., n, d)."""
    X = as_array(X, name)
    require(X.ndim >= 2, f"{name} must be a matrix or a stack of matrices, but its shape is {X.shape}")
    return X


def as_mask(mask: Any, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """`mask` as an array of True and False that broadcasts to this shape."""
    mask = np.asarray(mask)
    require(mask.dtype == bool, f"mask must hold True and False, but it holds {mask.dtype}")
    try:
        fits = np.broadcast_shapes(mask.shape, shape) == shape
    except ValueError:
        fits = False
    require(fits, f"mask must broadcast to {shape}, the shape of the scores, but its shape is {mask.shape}")
    checked: NDArray[np.bool_] = mask
    return checked
