"""The way back through softmax and attention, by hand."""

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_array, require
from mathml.attention.dot_product import as_rows, attention_weights

__all__ = ["attention_backward", "softmax_backward"]


def softmax_backward(weights: ArrayLike, g: ArrayLike) -> Array:
    """From the slopes by the weights to the slopes by the scores, without the Jacobian.

        ∂L/∂zⱼ = aⱼ (gⱼ − Σₗ aₗ gₗ)    with a = softmax(z) and g = ∂L/∂a

    A score should rise if its g is above the mean of g by the weights; the slopes of a row sum to 0.

    Parameters
    ----------
    weights : a, (..., m)
    g : the shape of a

    Returns
    -------
    slopes : the shape of a

    Raises
    ------
    ValueError
        If the shapes differ.

    Lesson 6, "Backward through softmax".

    >>> softmax_backward([0.5, 0.5], [3.0, 1.0]).tolist()
    [0.5, -0.5]
    """
    a, g = as_array(weights, "weights"), as_array(g, "g")
    require(a.shape == g.shape, f"g must have the shape {a.shape} of the weights, but {g.shape} came")
    slopes: Array = a * (g - np.sum(a * g, axis=-1, keepdims=True))
    return slopes


def attention_backward(
    Q: ArrayLike, K: ArrayLike, V: ArrayLike, g: ArrayLike, mask: ArrayLike | None = None
) -> tuple[Array, Array, Array]:
    """From the slopes by the answers to those by queries, keys and values.

        V̄ = Aᵀ g    Ā = g Vᵀ    S̄ = A ⊙ (Ā − rowsum(A ⊙ Ā))    Q̄ = S̄ K / √d_k    K̄ = S̄ᵀ Q / √d_k

    Parameters
    ----------
    Q : (..., n, d_k)
    K : (..., m, d_k)
    V : (..., m, d_v)
    g : (..., n, d_v) ∂L/∂answers
    mask : as in `attention_weights`

    Returns
    -------
    slopes : Q̄, K̄ and V̄, with the shapes of Q, K and V, which must be stacks of the same shape

    Raises
    ------
    ValueError
        If g has not the shape of the answers.

    Lesson 6, "Backward through attention".
    """
    Q, K, V, g = as_rows(Q, "Q"), as_rows(K, "K"), as_rows(V, "V"), as_rows(g, "g")
    A = attention_weights(Q, K, mask)
    shape = (*A.shape[:-1], V.shape[-1])
    require(g.shape == shape, f"g must have the shape {shape} of the answers, but {g.shape} came")
    S = softmax_backward(A, g @ np.swapaxes(V, -1, -2)) / np.sqrt(K.shape[-1])
    return S @ K, np.swapaxes(S, -1, -2) @ Q, np.swapaxes(A, -1, -2) @ g
