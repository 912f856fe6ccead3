"""Attention, masks, heads, positions, normalisation and blocks: beside PyTorch's answers, and by their laws."""

import math
import re
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import softmax as scipy_softmax

from mathml import attention as at
from mathml.autodiff import grad, vjp
from mathml.calculus import jacobian
from mathml.functions import softmax, softmax_jacobian
from tests.torch_reference import ATTENTION as TORCH
from tools.frozen import torch_attention

seeds = st.integers(0, 10_000)
sizes = st.integers(1, 7)
every_case = pytest.mark.parametrize("name", torch_attention.CASES)


def drawn(*shapes, seed=0, scale=1.0):
    made = np.random.default_rng(seed)
    return [made.normal(scale=scale, size=shape) for shape in shapes]


# --- beside PyTorch -------------------------------------------------------------------------------


def test_the_stored_values_say_what_they_were_made_with():
    assert torch_attention.TORCH_ATTENTION.stat().st_size < 60_000
    for made in TORCH["made_with"]:
        assert str(made) in torch_attention.__doc__


def stored(name, *keys):
    return [TORCH[f"{name}_{key}"] for key in keys]


@every_case
def test_attention_answers_as_pytorch_does(name):
    Q, K, V, mask, answers = stored(name, "Q", "K", "V", "mask", "answers")
    assert_allclose(at.attention(Q, K, V, mask), answers, rtol=1e-12, atol=1e-12)
    if mask.all():
        assert_allclose(at.attention(Q, K, V), answers, rtol=1e-12, atol=1e-12)


@every_case
def test_the_way_back_by_hand_is_pytorchs(name):
    *inputs, mask, g = stored(name, "Q", "K", "V", "mask", "g")
    for ours, letter in zip(at.attention_backward(*inputs, g, mask), "QKV", strict=True):
        assert_allclose(ours, TORCH[f"{name}_d{letter}"], rtol=1e-10, atol=1e-12)


@every_case
def test_autodiff_goes_the_same_way_back(name):
    *inputs, mask, g = stored(name, "Q", "K", "V", "mask", "g")
    _, pull = vjp(lambda parts: at.attention(*parts, mask), inputs)
    for recorded, by_hand in zip(pull(g), at.attention_backward(*inputs, g, mask), strict=True):
        assert_allclose(recorded, by_hand, rtol=1e-10, atol=1e-12)


def test_several_heads_answer_as_pytorchs_layer_does():
    X, W = TORCH["multi_X"], TORCH["multi_W"]
    ours = at.multi_head_attention(X, *W, 4, at.causal_mask(5))
    assert_allclose(ours, TORCH["multi_answers"], rtol=1e-12, atol=1e-12)


def test_layer_norm_is_pytorchs():
    X, gain, offset, rows = stored("norm", "X", "gain", "offset", "rows")
    assert_allclose(at.layer_norm(X, gain, offset), rows, rtol=1e-10, atol=1e-12)


# --- the line -------------------------------------------------------------------------------------


@given(sizes, sizes, sizes, sizes, seeds)
def test_attention_is_the_formula(n, m, d_k, d_v, seed):
    Q, K, V = drawn((n, d_k), (m, d_k), (m, d_v), seed=seed, scale=3.0)
    A = scipy_softmax(Q @ K.T / math.sqrt(d_k), axis=1)
    assert_allclose(at.attention_weights(Q, K), A, rtol=1e-12)
    assert_allclose(at.attention(Q, K, V), A @ V, rtol=1e-12, atol=1e-12)


@given(sizes, sizes, seeds)
def test_an_answer_lies_between_the_values_and_does_not_depend_on_the_keys_order(n, m, seed):
    Q, K, V = drawn((n, 3), (m, 3), (m, 2), seed=seed, scale=5.0)
    answers, other = at.attention(Q, K, V), np.random.default_rng(seed).permutation(m)
    assert np.all(answers <= V.max(axis=0) + 1e-12)
    assert np.all(answers >= V.min(axis=0) - 1e-12)
    assert_allclose(at.attention(Q, K[other], V[other]), answers, atol=1e-12)


@pytest.mark.parametrize("T", [1e-300, 0.01, 1.0, 100.0, 1e300])
def test_a_temperature_goes_from_the_best_key_to_all_of_them(T):
    Q, K = drawn((4, 3), (6, 3))
    A = at.attention_weights(Q, K, temperature=T)
    assert_allclose(A.sum(axis=1), 1)
    if T < 1e-100:
        assert_array_equal(A, np.eye(6)[at.scores(Q, K).argmax(axis=1)])
    if T > 1e100:
        assert_allclose(A, 1 / 6)


def test_a_query_that_may_see_nothing_hears_nothing_and_pulls_at_nothing():
    Q, K, V, g = drawn((3, 2), (4, 2), (4, 2), (3, 2))
    mask = np.array([[True] * 4, [False] * 4, [False, True, False, False]])
    answers, pull = vjp(lambda parts: at.attention(*parts, mask), [Q, K, V])
    assert_array_equal(answers[1], 0)
    assert_allclose(answers[2], V[1])
    assert_array_equal(pull(g)[0][1], 0)
    assert all(np.isfinite(slopes).all() for slopes in pull(g))


def test_scores_of_the_largest_numbers_give_weights():
    A = at.attention_weights([[1e150]], [[1e150], [-1e150], [0.0]])
    assert_array_equal(A, [[1, 0, 0]])


# --- masks ----------------------------------------------------------------------------------------


@given(st.integers(1, 8), st.integers(0, 5), seeds)
def test_no_future_reaches_the_past(n, more, seed):
    m = n + more
    Q, K, V, X = drawn((n, 3), (m, 3), (m, 2), (m, 3), seed=seed)
    mask = at.causal_mask(n, m)
    before = at.attention(Q, K, V, mask)
    for i in range(n):
        later = np.arange(m) > i + m - n
        K_new, V_new = np.where(later[:, None], X, K), np.where(later[:, None], 1e6, V)
        assert_array_equal(at.attention(Q, K_new, V_new, mask)[: i + 1], before[: i + 1])


def test_padding_changes_nothing():
    Q, K, V = drawn((2, 4, 3), (2, 6, 3), (2, 6, 2))
    answers = at.attention(Q, K, V, at.padding_mask([6, 2], 6))
    assert_allclose(answers[0], at.attention(Q[0], K[0], V[0]))
    assert_allclose(answers[1], at.attention(Q[1], K[1, :2], V[1, :2]))


# --- heads ----------------------------------------------------------------------------------------


@given(sizes, st.integers(1, 4), st.integers(1, 3), st.lists(st.integers(1, 3), max_size=2))
def test_joining_undoes_splitting(n, h, width, stack):
    (X,) = drawn((*stack, n, h * width))
    parts = at.split_heads(X, h)
    assert parts.shape == (*stack, h, n, width)
    assert_array_equal(at.join_heads(parts), X)


def test_one_head_is_attention_and_each_of_several_adds_its_part():
    X, *W = drawn((5, 6), *[(6, 6)] * 4)
    one = at.attention(X @ W[0], X @ W[1], X @ W[2]) @ W[3]
    assert_allclose(at.multi_head_attention(X, *W, 1), one, atol=1e-12)
    parts = []
    for i in range(3):
        own = np.s_[:, 2 * i : 2 * i + 2]
        parts.append(at.attention(X @ W[0][own], X @ W[1][own], X @ W[2][own]) @ W[3][2 * i : 2 * i + 2])
    assert_allclose(at.multi_head_attention(X, *W, 3), sum(parts), atol=1e-12)


def test_a_batch_is_as_if_one_by_one_and_each_may_have_its_mask():
    X, *W = drawn((3, 5, 6), *[(6, 6)] * 4)
    masks = np.stack([at.causal_mask(5), np.ones((5, 5), dtype=bool), np.eye(5, dtype=bool)])
    whole = at.multi_head_attention(X, *W, 2, masks)
    for rows, mask, answers in zip(X, masks, whole, strict=True):
        assert_allclose(at.multi_head_attention(rows, *W, 2, mask), answers, atol=1e-12)


@given(st.integers(2, 7), seeds)
def test_without_positions_and_mask_a_block_only_permutes(n, seed):
    (X,) = drawn((n, 8), seed=seed)
    block, order = at.first_block(8, 16, seed), np.random.default_rng(seed).permutation(n)
    plain = at.transformer_block(X, block, 2)
    assert_allclose(at.transformer_block(X[order], block, 2), plain[order], atol=1e-10)
    P = at.sinusoidal_positions(n, 8)
    placed = at.transformer_block(X + P, block, 2)
    if np.any(order != np.arange(n)):
        assert not np.allclose(at.transformer_block(X[order] + P, block, 2), placed[order], atol=1e-6)


# --- positions ------------------------------------------------------------------------------------


@given(st.integers(1, 40), st.integers(1, 9))
def test_places_fit_by_their_distance_alone(n, half):
    P = at.sinusoidal_positions(n, 2 * half)
    waves = 10_000.0 ** (-np.arange(half) / half)
    t = np.arange(n)
    expected = np.cos((t[:, None] - t)[..., None] * waves).sum(axis=-1)
    assert_allclose(P @ P.T, expected, atol=1e-9)


def test_an_odd_width_ends_with_a_sine():
    P = at.sinusoidal_positions(4, 5)
    assert_allclose(P[:, 4], np.sin(np.arange(4) * 10_000.0 ** (-4 / 5)))
    assert_array_equal(at.sinusoidal_positions(1, 3), [[0, 1, 0]])


# --- normalisation --------------------------------------------------------------------------------


@given(st.integers(2, 9), seeds, st.floats(0.1, 1e6), st.floats(-1e3, 1e3))
def test_a_row_keeps_its_shape_alone(d, seed, scale, shift):
    (x,) = drawn((3, d), seed=seed)
    x[:, 0], x[:, 1] = 1, -1  # so that no row is nearly constant
    assert_allclose(at.layer_norm(scale * x + shift, eps=1e-300), at.layer_norm(x, eps=1e-300), atol=1e-6)
    assert_allclose(at.layer_norm(x).mean(axis=-1), 0, atol=1e-12)
    assert np.all(at.layer_norm(x).var(axis=-1) <= 1)


def test_a_constant_row_becomes_the_offset():
    assert_array_equal(at.layer_norm(np.full((2, 3), 7.0), [2, 2, 2], [1, 2, 3]), [[1, 2, 3]] * 2)


# --- backward -------------------------------------------------------------------------------------


@given(st.integers(1, 6), seeds)
def test_backward_through_softmax_is_its_jacobian(m, seed):
    z, g = drawn((4, m), (4, m), seed=seed, scale=3.0)
    by_hand = at.softmax_backward(softmax(z), g)
    assert_allclose(by_hand, np.einsum("nij,ni->nj", softmax_jacobian(z), g), atol=1e-12)
    assert_allclose(by_hand.sum(axis=-1), 0, atol=1e-12)


def test_backward_through_attention_agrees_with_differences():
    Q, K, V, g = drawn((3, 2), (4, 2), (4, 3), (3, 3))
    dQ, dK, dV = at.attention_backward(Q, K, V, g)

    def slope(f, X):
        return (g.ravel() @ jacobian(lambda x: f(x.reshape(X.shape)).ravel(), X.ravel())).reshape(X.shape)

    assert_allclose(dQ, slope(lambda X: at.attention(X, K, V), Q), atol=1e-6)
    assert_allclose(dK, slope(lambda X: at.attention(Q, X, V), K), atol=1e-6)
    assert_allclose(dV, slope(lambda X: at.attention(Q, K, X), V), atol=1e-6)


def test_every_weight_of_a_block_has_a_slope_that_differences_confirm():
    X, goal = drawn((5, 4), (5, 4))
    block = at.first_block(4, 6, 0)

    def loss(block):
        return np.mean((at.transformer_block(X, block, 2, at.causal_mask(5)) - goal) ** 2)

    slopes = grad(loss)(block)
    assert isinstance(slopes, at.Block)
    for name in at.Block._fields:
        W, slope = getattr(block, name), getattr(slopes, name)
        assert np.any(slope)
        push = np.random.default_rng(1).normal(size=W.shape)
        ahead, behind = (loss(block._replace(**{name: W + h * push})) for h in (1e-5, -1e-5))
        assert np.sum(slope * push) == pytest.approx((ahead - behind) / 2e-5, rel=1e-5, abs=1e-9)


# --- without the matrix ---------------------------------------------------------------------------


@given(st.integers(1, 20), st.integers(1, 20), st.integers(1, 25), st.booleans(), seeds)
def test_blocks_give_the_same_answers(n, m, block, causal, seed):
    Q, K, V = drawn((2, n, 3), (2, m, 3), (2, m, 2), seed=seed, scale=4.0)
    whole = at.attention(Q, K, V, at.causal_mask(n, m) if causal else None)
    assert_allclose(at.blocked_attention(Q, K, V, block=block, causal=causal), whole, rtol=1e-12, atol=1e-12)


def test_blocks_take_what_attention_cannot_overflow_on():
    K = np.linspace(-1e4, 1e4, 50)[:, None]
    assert_allclose(at.blocked_attention([[1e4]], K, K, block=7), [[1e4]])


def peak(way, n):
    Q, K, V = drawn(*[(n, 16)] * 3)
    tracemalloc.start()
    way(Q, K, V)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_the_memory_of_blocks_grows_as_the_length_and_not_as_its_square():
    def in_blocks(*QKV):
        return at.blocked_attention(*QKV, block=64)

    assert peak(at.attention, 2048) > 3.5 * peak(at.attention, 1024)
    assert peak(in_blocks, 2048) < 2.2 * peak(in_blocks, 1024)
    assert peak(in_blocks, 2048) < 0.05 * peak(at.attention, 2048)


# --- errors ---------------------------------------------------------------------------------------

ROWS = np.ones((3, 4))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: at.scores(ROWS, np.ones((3, 5))), ValueError, "Q has 4 and K has 5"),
        (
            lambda: at.scores([1, 2], ROWS),
            ValueError,
            "Q must be a matrix or a stack of matrices, but its shape is (2,)",
        ),
        (lambda: at.attention(ROWS, ROWS, np.ones((2, 4))), ValueError, "K has 3 and V has 2"),
        (lambda: at.attention(ROWS, ROWS, "abc"), TypeError, "V must be an array of numbers"),
        (lambda: at.attention(ROWS, ROWS, [[math.nan]] * 3), ValueError, "V must not hold NaN, but V[0, 0] is nan"),
        (
            lambda: at.attention(ROWS, ROWS, ROWS, np.ones((3, 3))),
            ValueError,
            "mask must hold True and False, but it holds float64",
        ),
        (
            lambda: at.attention(ROWS, ROWS, ROWS, np.ones((2, 3), dtype=bool)),
            ValueError,
            "mask must broadcast to (3, 3), the shape of the scores, but its shape is (2, 3)",
        ),
        (lambda: at.attention_weights(ROWS, ROWS, temperature=0), ValueError, "temperature must be finite and above 0"),
        (lambda: at.causal_mask(0), ValueError, "n must be at least 1, but n = 0 came"),
        (
            lambda: at.padding_mask([1, 5], 4),
            ValueError,
            "whole numbers from 0 to 4, but lengths[1] is 5",
        ),
        (lambda: at.padding_mask([1.5], 4), ValueError, "lengths[0] is 1.5"),
        (lambda: at.split_heads(ROWS, 3), ValueError, "X must have a multiple of h = 3 columns, but 4 came"),
        (lambda: at.join_heads(ROWS), ValueError, "parts must be a stack of matrices, one for each head"),
        (
            lambda: at.multi_head_attention(ROWS, *[np.ones((5, 5))] * 4, 1),
            ValueError,
            "W_Q must have 4 rows, as X has columns, but its shape is (5, 5)",
        ),
        (lambda: at.sinusoidal_positions(3, 0), ValueError, "d must be at least 1, but d = 0 came"),
        (lambda: at.layer_norm(ROWS, gain=[1, 2]), ValueError, "gain must have one number for each of the 4 columns"),
        (lambda: at.layer_norm(ROWS, eps=0), ValueError, "eps must be finite and above 0, but eps = 0 came"),
        (lambda: at.layer_norm(3.0), ValueError, "X must have rows, but one number came"),
        (
            lambda: at.softmax_backward([1, 0], [1]),
            ValueError,
            "g must have the shape (2,) of the weights",
        ),
        (
            lambda: at.attention_backward(ROWS, ROWS, ROWS, np.ones((3, 3))),
            ValueError,
            "g must have the shape (3, 4) of the answers, but (3, 3) came",
        ),
        (lambda: at.blocked_attention(ROWS, ROWS, ROWS, block=0), ValueError, "block must be at least 1"),
        (lambda: at.blocked_attention(ROWS, ROWS, ROWS[:2]), ValueError, "K has 3 and V has 2"),
        (lambda: at.first_block(0, 3), ValueError, "d must be at least 1, but d = 0 came"),
        (lambda: at.transformer_block([1, 2], at.first_block(2, 3), 1), ValueError, "X must be a matrix"),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error, match=re.escape(message)):
        call()
