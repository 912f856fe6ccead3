"""Attention without the matrix: keys come block by block, and the softmax is kept up to date."""

from typing import NamedTuple, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Array, as_count, require_same
from mathml.attention.dot_product import as_rows, scores

__all__ = ["RunningSoftmax", "blocked_attention"]


class RunningSoftmax(NamedTuple):
    """What is kept of the keys that have come so far, for each of n queries: their largest score, a sum and a mean.

        m′ = max(m, maxⱼ zⱼ)    ℓ′ = e^(m − m′) ℓ + Σⱼ e^(zⱼ − m′)    o′ = e^(m − m′) o + Σⱼ e^(zⱼ − m′) vⱼ

    highest : m, (..., n, 1), the largest score; −∞ before the first
    total : ℓ, (..., n, 1), the sum of the powers of e, each of a score below the largest
    weighted : o, (..., n, d_v), the values by these powers

    Lesson 6, "Attention without the matrix"; Milakov and Gimelshein, Online normalizer calculation for softmax (2018),
    algorithm 3.

    >>> kept = RunningSoftmax.of_nothing().after(np.array([[0.0, 0.0]]), np.array([[10.0], [20.0]]))
    >>> kept.answer.tolist(), kept.after(np.array([[100.0]]), np.array([[30.0]])).answer.tolist()
    ([[15.0]], [[30.0]])
    """

    highest: Array
    total: Array
    weighted: Array

    @classmethod
    def of_nothing(cls) -> "RunningSoftmax":
        """Before the first key."""
        return cls(np.full((1, 1), -np.inf), np.zeros((1, 1)), np.zeros((1, 1)))

    def after(self, z: Array, V: Array) -> "RunningSoftmax":
        """What is kept after some more keys with the scores z, (..., n, m), and the values V, (..., m, d_v)."""
        raised = np.maximum(self.highest, np.max(z, axis=-1, keepdims=True))
        shift = np.where(np.isfinite(raised), raised, 0.0)  # −∞ while a query has seen nothing
        powers, shrink = np.exp(z - shift), np.exp(self.highest - shift)
        total = shrink * self.total + np.sum(powers, axis=-1, keepdims=True)
        return RunningSoftmax(raised, total, shrink * self.weighted + powers @ V)

    @property
    def answer(self) -> Array:
        """The mean of the values so far, o/ℓ, (..., n, d_v); zeros for a query that has seen nothing."""
        return self.weighted / np.where(self.total > 0, self.total, 1.0)


def blocked_attention(
    Q: ArrayLike, K: ArrayLike, V: ArrayLike, *, block: SupportsIndex = 128, causal: bool = False
) -> Array:
    """`attention`, but never with more than a block of the scores at a time: the same numbers, in less memory.

        Attention(Q, K, V), one block of queries and keys after the other, by a `RunningSoftmax`

    Memory grows with n + m, not with n m.

    Parameters
    ----------
    Q : (..., n, d_k) queries
    K : (..., m, d_k) keys
    V : (..., m, d_v) values
    block : how many queries, and how many keys, at a time
    causal : whether each query sees only itself and what came before, as by `causal_mask(n, m)`

    Returns
    -------
    answers : (..., n, d_v)

    Lesson 6, "Attention without the matrix"; Dao et al., FlashAttention (2022), algorithm 1.
    """
    Q, K, V, block = as_rows(Q, "Q"), as_rows(K, "K"), as_rows(V, "V"), as_count(block, "block")
    require_same("number of rows", K=K.shape[-2], V=V.shape[-2])
    n, m = Q.shape[-2], K.shape[-2]
    reach = np.arange(n)[:, np.newaxis] + m - n if causal else np.full((n, 1), m - 1)  # the last key that each sees
    answers = [_answers(Q[..., i : i + block, :], K, V, reach[i : i + block], block) for i in range(0, n, block)]
    return np.concatenate(answers, axis=-2)


def _answers(Q: Array, K: Array, V: Array, reach: NDArray[np.intp], block: int) -> Array:
    """The answers to a block of queries, (..., n, d_v), each of which sees the keys up to its reach, (n, 1)."""
    kept = RunningSoftmax.of_nothing()
    for first in range(0, max(reach.max() + 1, 1), block):
        keys = np.arange(first, min(first + block, K.shape[-2]))
        here = slice(first, first + len(keys))
        kept = kept.after(np.where(keys <= reach, scores(Q, K[..., here, :]), -np.inf), V[..., here, :])
    return kept.answer
