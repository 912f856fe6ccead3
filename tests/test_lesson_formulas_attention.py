"""Formulas that lesson 6 displays: they stand there, and they are what SymPy or the package finds."""

from pathlib import Path

import nbformat
import numpy as np
import pytest
import sympy
from numpy.testing import assert_allclose
from sympy.stats import Normal, variance

from mathml import attention
from mathml.functions import softmax, softmax_jacobian

ROOT = Path(__file__).resolve().parents[1]

m, M, n, d, eps, t, s = sympy.symbols("m M n d epsilon t s", positive=True)
z, v, g = sympy.symbols("z:3"), sympy.symbols("v:3"), sympy.symbols("g:3")


def powers(scores, shift=0):
    return [sympy.exp(score - shift) for score in scores]


def weights(scores):
    return [power / sum(powers(scores)) for power in powers(scores)]


def answered(scores, values):
    return sum(a * value for a, value in zip(weights(scores), values, strict=True))


# What the lesson displays, and the same as two expressions that SymPy holds equal.
BY_SYMPY = {
    r"\frac{e^{(z_i - m) / T}}{\sum_j e^{(z_j - m) / T}}": (weights(z)[0], powers(z, m)[0] / sum(powers(z, m))),
    r"\frac{\partial a_i}{\partial z_j} = a_i \left(\delta_{ij} - a_j\right)": (
        sympy.diff(weights(z)[0], z[1]),
        -weights(z)[0] * weights(z)[1],
    ),
    r"\ell' = e^{m - m'} \ell + \sum_j e^{z_j - m'}": (  # ℓ of the first two scores, and then the third
        sympy.exp(m - M) * sum(powers(z[:2], m)) + sympy.exp(z[2] - M),
        sum(powers(z, M)),
    ),
    r"\text{answer} = \frac{o}{\ell}": (
        sum(power * value for power, value in zip(powers(z, M), v, strict=True)) / sum(powers(z, M)),
        answered(z, v),
    ),
    r"\frac{\partial L}{\partial z_j} = a_j \left(\bar a_j - \sum_l a_l \bar a_l\right)": (
        sympy.diff(answered(z, g), z[1]),  # ā is g, if the loss is the sum of a g
        weights(z)[1] * (g[1] - answered(z, g)),
    ),
    r"p_t \cdot p_s = \sum_i \cos\left((t - s)\, \omega_i\right)": (
        sympy.sin(t) * sympy.sin(s) + sympy.cos(t) * sympy.cos(s),
        sympy.cos(t - s),
    ),
    r"$2 n^2 d > 12 n d^2$ means $n > 6d$": ((2 * n**2 * d - 12 * n * d**2) / (2 * n * d), n - 6 * d),
}


@pytest.fixture(scope="module")
def displayed():
    cells = nbformat.read(ROOT / "notebooks" / "06_attention.ipynb", as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("formula", BY_SYMPY)
def test_what_is_displayed_is_what_sympy_finds(formula, displayed):
    assert formula in displayed
    left, right = BY_SYMPY[formula]
    assert sympy.simplify((left - right).rewrite(sympy.exp).expand()) == 0 or sympy.simplify(left - right) == 0


def test_the_variance_of_a_dot_product_is_the_number_of_its_terms(displayed):
    assert r"\text{Var}(q \cdot k) = d_k" in displayed
    one = variance(Normal("q", 0, 1) * Normal("k", 0, 1))
    assert sympy.simplify(one) == 1  # of one term; independent terms add up
    draw = np.random.default_rng(0)
    for width in (4, 64):
        products = np.sum(draw.normal(size=(20_000, width)) * draw.normal(size=(20_000, width)), axis=1)
        assert products.var() == pytest.approx(width, rel=0.05)


def test_attention_permutes_as_displayed(displayed, rng):
    assert r"\text{Attention}(PQ, PK, PV)" in displayed
    P = np.eye(5)[rng.permutation(5)]
    Q, K, V = rng.normal(size=(5, 3)), rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    assert_allclose(attention.attention(P @ Q, P @ K, P @ V), P @ attention.attention(Q, K, V), atol=1e-12)


def test_the_way_back_is_the_one_displayed(displayed, rng):
    assert r"\bar Q = \frac{\bar S K}{\sqrt{d_k}} \qquad \bar K = \frac{\bar S^\top Q}{\sqrt{d_k}}" in displayed
    Q, K, V, g = (rng.normal(size=shape) for shape in ((4, 3), (6, 3), (6, 2), (4, 2)))
    A = attention.attention_weights(Q, K)
    S = np.array([softmax_jacobian(row) @ slope for row, slope in zip(attention.scores(Q, K), g @ V.T, strict=True)])
    assert_allclose(A, softmax(attention.scores(Q, K)), atol=1e-14)
    for ours, here in zip(
        attention.attention_backward(Q, K, V, g), (S @ K / np.sqrt(3), S.T @ Q / np.sqrt(3), A.T @ g), strict=True
    ):
        assert_allclose(ours, here, atol=1e-12)


def test_a_normalised_row_has_the_mean_and_the_variance_displayed(displayed, rng):
    assert r"\text{LayerNorm}(x) = \gamma \odot \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta" in displayed
    x = rng.normal(loc=3, scale=2, size=(4, 8))
    gain, offset = rng.normal(size=8), rng.normal(size=8)
    plain = (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.var(axis=1, keepdims=True) + 1e-5)
    assert_allclose(attention.layer_norm(x, gain, offset), gain * plain + offset, atol=1e-12)
    assert_allclose(plain.var(axis=1), x.var(axis=1) / (x.var(axis=1) + 1e-5), atol=1e-12)


def test_the_block_is_the_one_displayed(displayed, rng):
    assert r"Y = A + \max(0,\, \text{LayerNorm}(A)\, W_1 + b_1)\, W_2 + b_2" in displayed
    block, X = attention.first_block(8, 16, rng), rng.normal(size=(5, 8))
    heads = (block.W_Q, block.W_K, block.W_V, block.W_O)
    A = X + attention.multi_head_attention(attention.layer_norm(X, block.gain_1, block.offset_1), *heads, 2)
    Z = attention.layer_norm(A, block.gain_2, block.offset_2)
    Y = A + np.maximum(0, Z @ block.W_1 + block.b_1) @ block.W_2 + block.b_2
    assert_allclose(attention.transformer_block(X, block, 2), Y, atol=1e-12)
