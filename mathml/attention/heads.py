"""Several heads: the width is shared among them, and each pays attention for itself."""

from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_count, require
from mathml.attention.dot_product import as_rows, attention

__all__ = ["join_heads", "multi_head_attention", "split_heads"]


def split_heads(X: ArrayLike, h: SupportsIndex) -> Array:
    """Cut the columns into h parts, one for each head.

    Parameters
    ----------
    X : (..., n, d)
    h : how many heads; d must be a multiple of it

    Returns
    -------
    parts : (..., h, n, d/h)

    Raises
    ------
    ValueError
        If d is not a multiple of h.

    Lesson 6, "Several heads".

    >>> split_heads([[1, 2, 3, 4], [5, 6, 7, 8]], 2).tolist()
    [[[1.0, 2.0], [5.0, 6.0]], [[3.0, 4.0], [7.0, 8.0]]]
    """
    X, h = as_rows(X, "X"), as_count(h, "h")
    *stack, n, d = X.shape
    require(d % h == 0, f"X must have a multiple of h = {h} columns, but {d} came")
    return np.swapaxes(X.reshape((*stack, n, h, d // h)), -3, -2)


def join_heads(parts: ArrayLike) -> Array:
    """The parts side by side again: the inverse of `split_heads`.

    Parameters
    ----------
    parts : (..., h, n, d/h)

    Returns
    -------
    X : (..., n, d)

    Lesson 6, "Several heads".

    >>> join_heads([[[1, 2], [5, 6]], [[3, 4], [7, 8]]]).tolist()
    [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]
    """
    parts = as_rows(parts, "parts")
    require(parts.ndim >= 3, f"parts must be a stack of matrices, one for each head, but its shape is {parts.shape}")
    *stack, h, n, width = parts.shape
    return np.swapaxes(parts, -3, -2).reshape((*stack, n, h * width))


def multi_head_attention(
    X: ArrayLike,
    W_Q: ArrayLike,
    W_K: ArrayLike,
    W_V: ArrayLike,
    W_O: ArrayLike,
    h: SupportsIndex,
    mask: ArrayLike | None = None,
) -> Array:
    """Attention of a sequence to itself, in several heads.

        headᵢ = Attention(X W_Qⁱ, X W_Kⁱ, X W_Vⁱ)        MultiHead(X) = [head₁, …, head_h] W_O

    The columns of W_Q that belong to head i are W_Qⁱ, and so on: each head has d/h of them.

    Parameters
    ----------
    X : (..., n, d)
    W_Q, W_K, W_V, W_O : (d, d), all heads side by side
    h : how many heads; d must be a multiple of it
    mask : (n, n) or (..., n, n), the same for all heads, as in `attention_weights`

    Returns
    -------
    answers : (..., n, d)

    Raises
    ------
    ValueError
        If a shape does not fit, or d is not a multiple of h.

    Lesson 6, "Several heads"; Vaswani et al. (2017), section 3.2.2.
    """
    X = as_rows(X, "X")
    weights = [
        _as_weights(W, name, X.shape[-1]) for name, W in zip(("W_Q", "W_K", "W_V"), (W_Q, W_K, W_V), strict=True)
    ]
    Q, K, V = (split_heads(X @ W, h) for W in weights)
    if mask is not None and np.ndim(mask) > 2:
        mask = np.expand_dims(np.asarray(mask), -3)  # the same for each head
    return join_heads(attention(Q, K, V, mask)) @ _as_weights(W_O, "W_O", X.shape[-1])


def _as_weights(W: ArrayLike, name: str, d: int) -> Array:
    W = as_rows(W, name)
    require(W.shape[-2] == d, f"{name} must have {d} rows, as X has columns, but its shape is {W.shape}")
    return W
