"""Costs: how many multiplications each part of a transformer's block takes."""

from typing import NamedTuple, SupportsIndex

from mathml.arrays import as_count, require

__all__ = ["BlockCosts", "block_costs"]


class BlockCosts(NamedTuple):
    """Multiplications and divisions of one block for one sequence of n tokens; a power of e counts as one.

    maps : queries, keys, values and the mixing of the heads, X W: grows as n d²
    scores : Q Kᵀ: grows as n² d
    means : A V: grows as n² d
    network : the two layers after attention: grows as n d · hidden
    softmax : its powers and divisions in every head, and the scaling of the scores: grows as n² h
    normalisation : of both layer norms: grows as n d
    """

    maps: int
    scores: int
    means: int
    network: int
    softmax: int
    normalisation: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self)

    @property
    def in_products(self) -> int:
        """Those that are in products of matrices."""
        return self.maps + self.scores + self.means + self.network


def block_costs(
    n: SupportsIndex, d: SupportsIndex, h: SupportsIndex = 8, hidden: SupportsIndex | None = None
) -> BlockCosts:
    """How many multiplications each part of a block takes.

        maps: 4 n d²        scores: n² d       means: n² d
        network: 2 n d · hidden    softmax: 3 n² h    normalisation: 8 n d

    Scores and means together outgrow the products with weights, if the network is 4 d wide, when n > 6 d.

    Parameters
    ----------
    n : how many tokens there are
    d : how wide each is
    h : how many heads share the width
    hidden : how wide the network after attention is inside; by default 4 d

    Raises
    ------
    ValueError
        If d is not a multiple of h.

    Lesson 6, "Matrix multiplication and softmax"; Vaswani et al., Attention is all you need (2017), table 1, for how
    they grow.

    >>> costs = block_costs(1000, 512)
    >>> f"{costs.in_products / costs.total:.1%} are in products of matrices"
    '99.3% are in products of matrices'
    """
    n, d, h = as_count(n, "n"), as_count(d, "d"), as_count(h, "h")
    require(d % h == 0, f"d must be a multiple of h, but d = {d} and h = {h} came")
    hidden = 4 * d if hidden is None else as_count(hidden, "hidden")
    # Two layer norms, each with 4 operations for a number: its square, × 1/σ, × gain, and its share in the means.
    return BlockCosts(
        maps=4 * n * d**2,
        scores=n**2 * d,
        means=n**2 * d,
        network=2 * n * d * hidden,
        softmax=3 * n**2 * h,
        normalisation=8 * n * d,
    )
