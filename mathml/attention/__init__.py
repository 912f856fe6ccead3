"""Attention, from one lookup to a transformer's block: Attention(Q, K, V) = softmax(Q Kᵀ / √d_k) V.

To be read in this order: `dot_product`, `masks`, `heads`, `positions`, `normalisation` and `blocks` are what a
transformer is made of; `backward` is the way back by hand, `blocked` the same in less memory, `costs` what it takes.
Softmax is in `mathml.functions`. Whatever goes forward can be recorded by `mathml.autodiff`.
"""

from mathml.attention.backward import attention_backward, softmax_backward
from mathml.attention.blocked import RunningSoftmax, blocked_attention
from mathml.attention.blocks import Block, first_block, transformer_block
from mathml.attention.costs import BlockCosts, block_costs
from mathml.attention.dot_product import attention, attention_weights, scores
from mathml.attention.heads import join_heads, multi_head_attention, split_heads
from mathml.attention.masks import causal_mask, padding_mask
from mathml.attention.normalisation import layer_norm
from mathml.attention.positions import sinusoidal_positions

__all__ = [
    "Block",
    "BlockCosts",
    "RunningSoftmax",
    "attention",
    "attention_backward",
    "attention_weights",
    "block_costs",
    "blocked_attention",
    "causal_mask",
    "first_block",
    "join_heads",
    "layer_norm",
    "multi_head_attention",
    "padding_mask",
    "scores",
    "sinusoidal_positions",
    "softmax_backward",
    "split_heads",
    "transformer_block",
]
