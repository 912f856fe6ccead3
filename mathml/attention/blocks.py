"""A transformer's block: attention, then a small network, each added to what came in."""

from typing import Literal, NamedTuple, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Matrix, Vector, as_count, require
from mathml.attention.dot_product import as_rows
from mathml.attention.heads import multi_head_attention
from mathml.attention.normalisation import layer_norm
from mathml.functions import relu

__all__ = ["Block", "first_block", "transformer_block"]


class Block(NamedTuple):
    """The weights of a block.

    W_Q, W_K, W_V, W_O : (d, d) of the heads
    gain_1, offset_1 : (d,) of the layer normalisation before attention
    W_1, b_1 : (d, hidden) and (hidden,) into the small network
    W_2, b_2 : (hidden, d) and (d,) out of it
    gain_2, offset_2 : (d,) of the layer normalisation before it
    """

    W_Q: Matrix
    W_K: Matrix
    W_V: Matrix
    W_O: Matrix
    gain_1: Vector
    offset_1: Vector
    W_1: Matrix
    b_1: Vector
    W_2: Matrix
    b_2: Vector
    gain_2: Vector
    offset_2: Vector


def transformer_block(
    X: ArrayLike,
    block: Block,
    h: SupportsIndex,
    mask: ArrayLike | None = None,
    *,
    without: Literal["residuals", "normalisation"] | None = None,
) -> Array:
    """What a block makes of a sequence: each token hears the others, and then thinks for itself.

        A = X + MultiHead(LayerNorm₁(X))        Y = A + relu(LayerNorm₂(A) W₁ + b₁) W₂ + b₂

    Each half *adds* to what came in, so that slopes find a way back past it.

    Parameters
    ----------
    X : (..., n, d)
    block : the weights
    h : how many heads; d must be a multiple of it
    mask : as in `multi_head_attention`
    without : a part to leave out, to see what it is for: "residuals" (X and A are not added) or "normalisation"

    Returns
    -------
    Y : (..., n, d)

    Raises
    ------
    ValueError
        If a shape does not fit.

    Lesson 6, "The block" and "Residuals"; Vaswani et al. (2017), section 3; Xiong et al., On layer normalization in
    the transformer architecture (2020), for where it normalises; Dong, Cordonnier and Loukas, Attention is not all you
    need (2021), for what is lost without residuals.
    """
    X = as_rows(X, "X")
    known = ("residuals", "normalisation", None)
    require(without in known, f'without must be "residuals", "normalisation" or None, but {without!r} came')
    heads = (block.W_Q, block.W_K, block.W_V, block.W_O)
    norm = _as_it_is if without == "normalisation" else layer_norm
    heard = multi_head_attention(norm(X, block.gain_1, block.offset_1), *heads, h, mask)
    A = heard if without == "residuals" else X + heard
    hidden = relu(norm(A, block.gain_2, block.offset_2) @ block.W_1 + block.b_1)
    thought: Array = hidden @ block.W_2 + block.b_2
    return thought if without == "residuals" else A + thought


def _as_it_is(X: Array, gain: Vector, offset: Vector) -> Array:
    return X


def first_block(d: SupportsIndex, hidden: SupportsIndex, rng: int | np.random.Generator | None = None) -> Block:
    """Random weights to begin with, of a size that lets the variance of a row through each matrix.

    Parameters
    ----------
    d : how wide a token is
    hidden : how wide the small network is
    rng : a seed or a `numpy.random.Generator`

    Lesson 6, "The block"; Glorot and Bengio (2010), equation 12; He et al. (2015), equation 10, before relu.

    >>> first_block(4, 8, 0).W_1.shape
    (4, 8)
    """
    d, hidden, rng = as_count(d, "d"), as_count(hidden, "hidden"), np.random.default_rng(rng)

    def drawn(inputs: int, outputs: int, variance: float) -> Matrix:
        return rng.normal(scale=np.sqrt(variance), size=(inputs, outputs))

    return Block(
        W_Q=drawn(d, d, 1 / d),
        W_K=drawn(d, d, 1 / d),
        W_V=drawn(d, d, 1 / d),
        W_O=drawn(d, d, 1 / d),
        gain_1=np.ones(d),
        offset_1=np.zeros(d),
        W_1=drawn(d, hidden, 2 / d),
        b_1=np.zeros(hidden),
        W_2=drawn(hidden, d, 1 / hidden),
        b_2=np.zeros(d),
        gain_2=np.ones(d),
        offset_2=np.zeros(d),
    )
