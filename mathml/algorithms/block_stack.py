"""Block stack: what transformers share, from their first weights to where their heads look."""

from typing import NamedTuple, SupportsIndex

import numpy as np
from numpy.typing import NDArray

from mathml.arrays import Array, Matrix, Vector, as_count, require
from mathml.attention import Block, attention_weights, first_block, layer_norm, split_heads, transformer_block
from mathml.optimization import Adam, Scheduled, cosine, unpack, warm_up

__all__ = ["Weights", "as_weights", "first_weights", "listed", "look", "planned_adam", "read"]

# --- weights --------------------------------------------------------------------------------------


class Weights(NamedTuple):
    """All that a transformer learns.

    embedding : E, (k, d) a row for each token; of a classifier, for each entry of what comes in a token's place
    blocks : the `mathml.attention.Block` of each block
    gain, offset : (d,) of the last layer normalisation
    W, b : (d, outputs) and (outputs,) from what it has read to the scores
    """

    embedding: Matrix
    blocks: list[Block]
    gain: Vector
    offset: Vector
    W: Matrix
    b: Vector


def first_weights(
    inputs: int,
    outputs: int,
    n_blocks: SupportsIndex,
    d: SupportsIndex,
    heads: SupportsIndex,
    hidden: SupportsIndex | None,
    rng: np.random.Generator,
) -> Weights:
    """Random weights to begin with: small scores, so that at first every answer is as likely as any other."""
    d, heads, n_blocks = as_count(d, "d"), as_count(heads, "heads"), as_count(n_blocks, "n_blocks", least=0)
    hidden = 2 * d if hidden is None else as_count(hidden, "hidden")
    require(d % heads == 0, f"d must be a multiple of heads, but d = {d} and heads = {heads} came")
    return Weights(
        rng.normal(scale=0.2, size=(inputs, d)),
        [first_block(d, hidden, rng) for _ in range(n_blocks)],
        np.ones(d),
        np.zeros(d),
        rng.normal(scale=0.1 / np.sqrt(d), size=(d, outputs)),
        np.zeros(outputs),
    )


def listed(weights: Weights) -> list[Array]:
    """All arrays of the weights, one after the other."""
    return [weights.embedding, *(array for block in weights.blocks for array in block), *weights[2:]]


def as_weights(x: Vector, like: Weights) -> Weights:
    """The weights again, from the vector of all their numbers: the inverse of `pack(listed(weights))`."""
    embedding, *inner, gain, offset, W, b = unpack(x, [array.shape for array in listed(like)])
    size = len(Block._fields)
    blocks = [Block(*inner[i : i + size]) for i in range(0, len(inner), size)]
    return Weights(embedding, blocks, gain, offset, W, b)


def planned_adam(rate: float, n: int, batch_size: SupportsIndex, epochs: SupportsIndex) -> Scheduled:
    """Adam, whose rate grows over a tenth of all steps, and then falls to 0."""
    steps = -(-n // as_count(batch_size, "batch_size")) * as_count(epochs, "epochs")
    return Scheduled(Adam(rate), warm_up(cosine(rate, steps), -(-steps // 10)))


# --- reading --------------------------------------------------------------------------------------


def read(X: Array, weights: Weights, heads: int, mask: NDArray[np.bool_] | None) -> Array:
    """What the blocks make of X, (..., n, d), normalised."""
    for block in weights.blocks:
        X = transformer_block(X, block, heads, mask)
    return layer_norm(X, weights.gain, weights.offset)


def look(X: Array, weights: Weights, heads: int, mask: NDArray[np.bool_] | None) -> Array:
    """Where the heads look while the blocks read X, (..., n, d): their weights, (L, ..., h, n, n)."""
    found = []
    for block in weights.blocks:
        Y = layer_norm(X, block.gain_1, block.offset_1)
        found.append(attention_weights(split_heads(Y @ block.W_Q, heads), split_heads(Y @ block.W_K, heads), mask))
        X = transformer_block(X, block, heads, mask)
    return np.stack(found)
