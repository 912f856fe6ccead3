"""What a block costs, counted beside a block that counts; and its picture."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathml.attention.costs import block_costs
from mathml.figures.costs import costs

sizes = st.integers(1, 40)


class Counting:
    """An array that counts the multiplications of its products."""

    spent = 0

    def __init__(self, *shape):
        self.shape = shape

    def __matmul__(self, other):
        (n, d), (same, k) = self.shape, other.shape
        assert d == same
        Counting.spent += n * d * k
        return Counting(n, k)


def spent(product):
    Counting.spent = 0
    product()
    return Counting.spent


@given(sizes, sizes, st.integers(1, 5), sizes)
def test_each_product_costs_as_many_multiplications_as_it_has_terms(n, width, h, hidden):
    d = width * h
    X, W, K, V = Counting(n, d), Counting(d, d), Counting(width, n), Counting(n, width)
    cost = block_costs(n, d, h, hidden)
    assert cost.maps == 4 * spent(lambda: X @ W)
    assert cost.scores == h * spent(lambda: Counting(n, width) @ K)
    assert cost.means == h * spent(lambda: Counting(n, n) @ V)
    assert cost.network == spent(lambda: X @ Counting(d, hidden) @ Counting(hidden, d))
    assert cost.softmax == 3 * h * n * n  # × 1/√d_k, e to the power, ÷ sum: in each head, for each score
    assert cost.in_products + cost.softmax + cost.normalisation == cost.total


@pytest.mark.parametrize("d", [64, 512])
def test_words_with_words_cost_more_than_weights_from_six_times_the_width_on(d):
    def table_outgrows(n):
        cost = block_costs(n, d)
        return cost.scores + cost.means > cost.maps + cost.network

    assert not table_outgrows(6 * d)
    assert table_outgrows(6 * d + 1)


def test_one_token_costs_what_its_weights_are():
    cost = block_costs(1, 8, h=2)
    assert (cost.maps, cost.scores, cost.means, cost.network) == (256, 8, 8, 512)


def test_heads_must_share_the_width_evenly():
    with pytest.raises(ValueError, match=re.escape("d must be a multiple of h, but d = 10 and h = 4 came")):
        block_costs(3, 10, h=4)


@pytest.mark.parametrize("tokens", [16, 3072, 65536])
@pytest.mark.parametrize("heads", [1, 16])
def test_the_bars_are_the_shares(tokens, heads):
    picture = costs().update(tokens=tokens, heads=heads)
    cost = block_costs(tokens, 64 * heads, heads)
    shares = np.array([picture.artist(part).get_width() for part in cost._fields])
    np.testing.assert_allclose(shares, np.array(cost) / cost.total, rtol=1e-12)
    assert shares.sum() == pytest.approx(1)
    assert f"{tokens:,} tokens" in picture.text
