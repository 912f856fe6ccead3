"""Every formula that lesson 4 displays: it stands there, and it is what SymPy or the package finds."""

import math
from pathlib import Path

import nbformat
import numpy as np
import pytest
import sympy
from numpy.testing import assert_allclose
from sympy import stats

from mathml import autodiff, information, probability, statistics

ROOT = Path(__file__).resolve().parents[1]

x, z = sympy.symbols("x z", real=True)
mu, guess = sympy.symbols("mu guess", real=True)
sigma, rate, total, n, tau = sympy.symbols("sigma lambda total n tau", positive=True)
k, trials = sympy.symbols("k trials", integer=True, nonnegative=True)
p, y = sympy.symbols("p y", positive=True)

NORMAL = sympy.exp(-(((x - mu) / sigma) ** 2) / 2) / (sigma * sympy.sqrt(2 * sympy.pi))
WRONG_BY = sympy.log(1 + sympy.exp(z)) - y * z  # binary cross-entropy as a function of the score

# What the lesson displays, and the same as two expressions that SymPy holds equal.
BY_SYMPY = {
    r"\frac{1}{\sigma\sqrt{2\pi}}\; e^{-\frac12 \left(\frac{x - \mu}{\sigma}\right)^2}": (
        stats.density(stats.Normal("X", mu, sigma))(x),
        NORMAL,
    ),
    r"\frac{\lambda^k e^{-\lambda}}{k!}": (
        stats.density(stats.Poisson("X", rate))(k),
        rate**k * sympy.exp(-rate) / sympy.factorial(k),
    ),
    r"\frac{\sum x_i}{\lambda} - n = 0": (
        sympy.diff(total * sympy.log(rate) - n * rate, rate),
        total / rate - n,
    ),
    r"E[(X - E[X])^2] = E[X^2] - E[X]^2": (
        stats.variance(stats.Bernoulli("X", p)),
        p - p**2,
    ),
    r"| Bernoulli | `Bernoulli(p)` | $p$ | $p(1-p)$ |": (stats.variance(stats.Bernoulli("X", p)), p * (1 - p)),
    r"| binomial | `Binomial(n, p)` | $np$ | $np(1-p)$ |": (
        stats.variance(stats.Binomial("X", 7, p)),
        7 * p * (1 - p),
    ),
    r"| Poisson | `Poisson(rate)` | $\lambda$ | $\lambda$ |": (stats.variance(stats.Poisson("X", rate)), rate),
    r"$\frac{1}{2\sigma^2}(y - \hat y)^2$ and a constant": (
        sympy.diff(-sympy.log(NORMAL.subs({x: y, mu: guess})), guess),
        sympy.diff((y - guess) ** 2 / (2 * sigma**2), guess),
    ),
    r"adds $-\frac{1}{2\tau^2}\lVert w \rVert^2$": (
        sympy.diff(sympy.log(NORMAL.subs({mu: 0, sigma: tau})), x),
        sympy.diff(-(x**2) / (2 * tau**2), x),
    ),
    r"downhill from it is $y - \hat y$ for cross-entropy: what is still missing": (
        -sympy.diff(WRONG_BY, z),
        y - 1 / (1 + sympy.exp(-z)),
    ),
}


@pytest.fixture(scope="module")
def displayed():
    notebook = nbformat.read(ROOT / "notebooks" / "04_probability.ipynb", as_version=4)
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("formula", BY_SYMPY)
def test_what_is_displayed_is_sympys(formula, displayed):
    assert formula in displayed
    found, expected = BY_SYMPY[formula]
    assert sympy.simplify(sympy.expand_log(sympy.expand(found - expected), force=True)) == 0


def test_a_binomial_and_a_multinomial_are_as_displayed(displayed):
    assert r"\binom nk p^k (1-p)^{n-k}" in displayed
    assert r"\frac{n!}{x_1! \cdots x_k!}\, p_1^{x_1} \cdots p_k^{x_k}" in displayed
    assert math.comb(9, 4) * 0.3**4 * 0.7**5 == pytest.approx(float(probability.Binomial(9, 0.3).pmf(4)))
    ways = math.factorial(6) / (math.factorial(1) * math.factorial(2) * math.factorial(3))
    expected = ways * 0.5 * 0.3**2 * 0.2**3
    assert float(probability.Multinomial(6, [0.5, 0.3, 0.2]).pmf([1, 2, 3])) == pytest.approx(expected)


def test_a_binomial_of_many_rare_successes_is_a_poisson(displayed):
    assert r"\text{the binomial with } n \to \infty,\; np = \lambda" in displayed
    counts = np.arange(12)
    many = [
        np.abs(probability.Binomial(n, 2 / n).pmf(counts) - probability.Poisson(2).pmf(counts)).max()
        for n in (50, 500, 5000)
    ]
    assert_allclose(np.divide(many[:-1], many[1:]), 10, rtol=0.1)  # ten times the trials, a tenth of the difference


def test_a_gaussian_is_as_displayed(displayed, rng):
    assert r"\frac{1}{\sqrt{(2\pi)^d \det \Sigma}}\; e^{-\frac12 (x - \mu)^\top \Sigma^{-1} (x - \mu)}" in displayed
    A, mean, at = rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=3)
    C = A @ A.T + np.eye(3)
    exponent = -(at - mean) @ np.linalg.inv(C) @ (at - mean) / 2
    expected = math.exp(exponent) / math.sqrt((2 * math.pi) ** 3 * np.linalg.det(C))
    assert float(probability.MultivariateNormal(mean, C).pdf(at)) == pytest.approx(expected)


@pytest.mark.parametrize("rho", [-0.9, 0, 0.3, 0.8])
def test_the_slice_has_the_width_that_is_displayed(rho, displayed):
    assert r"$\sqrt{1 - \rho^2}$ times the width before" in displayed
    known = probability.MultivariateNormal([0, 0], [[1, rho], [rho, 1]]).conditional([0], [1.5])
    assert math.sqrt(known.variance[0]) == pytest.approx(math.sqrt(1 - rho**2))
    assert known.mean[0] == pytest.approx(1.5 * rho)


def test_dividing_by_n_is_too_small_by_the_factor_that_is_displayed(displayed):
    assert r"by exactly the factor $\frac{n-1}{n}$" in displayed
    die, n = np.arange(6.0), 3  # every sample of three throws is equally likely
    samples = np.stack(np.meshgrid(*[die] * n), axis=-1).reshape(-1, n)
    average = np.mean([statistics.variance(sample, ddof=0) for sample in samples])
    assert average == pytest.approx((n - 1) / n * np.var(die))


def test_information_is_as_displayed(displayed, rng):
    for formula in [
        r"H(p) = -\sum_k p_k \log p_k",
        r"H(p, q) = -\sum_k p_k \log q_k",
        r"D(p \,\Vert\, q) = \sum_k p_k \log \frac{p_k}{q_k} = H(p, q) - H(p) \ge 0",
        r"\text{gain} = H(y) - \sum_g \frac{n_g}{n}\, H(y_g)",
    ]:
        assert formula in displayed
    a, b = rng.dirichlet([1, 1, 1, 1], 2)
    assert information.entropy(a) == pytest.approx(-np.sum(a * np.log(a)))
    assert information.cross_entropy(a, b) == pytest.approx(-np.sum(a * np.log(b)))
    assert information.kl_divergence(a, b) == pytest.approx(np.sum(a * np.log(a / b)))
    labels, groups = rng.integers(0, 3, 40), rng.integers(0, 2, 40)
    shares = [np.bincount(labels[groups == g], minlength=3) / np.sum(groups == g) for g in (0, 1)]
    left = sum(np.mean(groups == g) * information.entropy(shares[g]) for g in (0, 1))
    expected = information.entropy(np.bincount(labels) / 40) - left
    assert information.information_gain(labels, groups) == pytest.approx(expected)


def test_the_binary_cross_entropy_is_the_outlines(displayed, rng):
    formula = r"L = -\frac1n \sum_i \bigl[\, y_i \log \hat y_i + (1 - y_i) \log (1 - \hat y_i) \,\bigr]"
    assert formula in displayed
    labels, scores = rng.integers(0, 2, 20), rng.normal(size=20)
    predicted = 1 / (1 + np.exp(-scores))
    expected = -np.mean(labels * np.log(predicted) + (1 - labels) * np.log(1 - predicted))
    assert information.binary_cross_entropy(labels, predicted) == pytest.approx(expected)
    slope = autodiff.grad(lambda z: information.binary_cross_entropy_from_logits(labels, z))(scores)
    assert_allclose(slope, (predicted - labels) / 20)


def test_the_tests_are_as_displayed(displayed, rng):
    assert (
        r"t = \frac{\bar x - \bar y}{\sqrt{a + b}} \qquad a = \frac{s_x^2}{n_x},\quad b = \frac{s_y^2}{n_y}"
        in displayed
    )
    assert r"\nu = \frac{(a + b)^2}{a^2 / (n_x - 1) + b^2 / (n_y - 1)}" in displayed
    assert r"\chi^2 = \sum \frac{(\text{observed} - \text{expected})^2}{\text{expected}}" in displayed
    assert r"\bar x \pm t_{n-1}\, \frac{s}{\sqrt n}" in displayed
    x, y = rng.normal(size=12), rng.normal(1, 2, size=8)
    a, b = x.var(ddof=1) / 12, y.var(ddof=1) / 8
    found = statistics.t_test_two(x, y)
    assert found.statistic == pytest.approx((x.mean() - y.mean()) / math.sqrt(a + b))
    assert found.df == pytest.approx((a + b) ** 2 / (a**2 / 11 + b**2 / 7))
    observed, expected = np.array([18, 22, 20]), np.array([20, 20, 20])
    chi_square = np.sum((observed - expected) ** 2 / expected)
    assert statistics.chi_square_fit(observed, expected).statistic == pytest.approx(chi_square)
    assert r"\text{expected} = \frac{\text{sum of the row} \cdot \text{sum of the column}}{n}" in displayed
    table = np.array([[30, 10], [20, 40]])
    assert_allclose(statistics.chi_square_independence(table).expected, np.outer([40, 60], [50, 50]) / 100)
    reach = probability.StudentT(11).quantile(0.975) * x.std(ddof=1) / math.sqrt(12)
    assert_allclose(statistics.mean_interval(x), [x.mean() - reach, x.mean() + reach])


def test_three_heads_are_held_for_five_sevenths(displayed):
    assert "says $5/7$" in displayed
    assert statistics.Beta(3, 3).posterior(np.ones(3)).mode == pytest.approx(5 / 7)
