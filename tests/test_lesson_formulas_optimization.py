"""Formulas that lesson 5 displays: they stand there, and they are what SymPy or the package finds."""

from pathlib import Path

import nbformat
import numpy as np
import pytest
import sympy
from numpy.testing import assert_allclose

from mathml import optimization as op

ROOT = Path(__file__).resolve().parents[1]

m, r, mu, L, lam = sympy.symbols("m r mu L lambda", positive=True)
eta, beta, w, a, alpha = sympy.symbols("eta beta w a alpha", positive=True)

ROOT_FACTOR = (sympy.sqrt(L) - sympy.sqrt(mu)) / (sympy.sqrt(L) + sympy.sqrt(mu))

# What the lesson displays, and the same as two expressions that SymPy holds equal.
BY_SYMPY = {
    r"\ell'(m) = -\sigma(-m)": (sympy.diff(sympy.log(1 + sympy.exp(-m)), m), -1 / (1 + sympy.exp(m))),
    r"\eta_{\text{best}} = \frac{2}{L + \mu}": ((1 - eta * mu).subs(eta, 2 / (L + mu)), (L - mu) / (L + mu)),
    r"\frac{\kappa - 1}{\kappa + 1}, \quad \kappa = \frac L\mu": ((L / mu - 1) / (L / mu + 1), (L - mu) / (L + mu)),
    r"v = g\,(1 + \beta + \beta^2 + \dots) = \frac{g}{1 - \beta}": (
        sympy.series(1 / (1 - beta), beta, 0, 4).removeO(),
        1 + beta + beta**2 + beta**3,
    ),
    r"\eta = \left(\frac{2}{\sqrt L + \sqrt\mu}\right)^2": (  # there both axes are about to swing: T² = 4β
        (1 + beta - eta * mu).subs({beta: ROOT_FACTOR**2, eta: 4 / (sympy.sqrt(L) + sympy.sqrt(mu)) ** 2}),
        2 * ROOT_FACTOR,
    ),
    r"\begin{pmatrix} 1 - \eta\lambda & -\eta\beta \\ \lambda & \beta \end{pmatrix}": (
        sympy.Matrix([[1 - eta * lam, -eta * beta], [lam, beta]]).det(),
        beta,
    ),
    r"S_\alpha(a) = \operatorname{sign}(a)\, \max(|a| - \alpha, 0)": (
        sympy.solve(sympy.diff((w - (a + alpha)) ** 2 / 2 + alpha * w, w), w)[0],
        a,
    ),
}


@pytest.fixture(scope="module")
def displayed():
    cells = nbformat.read(ROOT / "notebooks" / "05_optimization.ipynb", as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("formula", BY_SYMPY)
def test_what_is_displayed_is_what_sympy_finds(formula, displayed):
    assert formula in displayed
    left, right = BY_SYMPY[formula]
    assert sympy.simplify(left - right) == 0


def test_hubers_pieces_meet_as_displayed(displayed):
    assert r"\delta \left(|r| - \frac12 \delta\right) & |r| > \delta" in displayed
    assert r"\ell'(r) = \max(-\delta, \min(\delta, r))" in displayed
    errors = np.linspace(-5, 5, 41)
    near = np.abs(errors) <= 2
    assert_allclose(op.huber(errors, 2.0), np.where(near, errors**2 / 2, 2 * (np.abs(errors) - 1)))
    assert_allclose(op.huber_slope(errors, 2.0), np.maximum(-2, np.minimum(2, errors)))


def test_momentum_is_stable_as_far_as_displayed(displayed):
    assert r"\eta < \frac{2(1 + \beta)}{L}" in displayed
    for part in (0.0, 0.5, 0.9):
        edge = 2 * (1 + part) / 10
        assert op.momentum_radius(0.999 * edge, part, 10.0) < 1 < op.momentum_radius(1.001 * edge, part, 10.0)


def test_bfgs_learns_what_it_saw(displayed):
    assert r"B \leftarrow (I - \rho\, s y^\top)\, B\, (I - \rho\, y s^\top) + \rho\, s s^\top" in displayed
    draw = np.random.default_rng(0)
    A = draw.normal(size=(3, 3))
    B, s = A @ A.T + np.eye(3), draw.normal(size=3)
    y = (A.T @ A + np.eye(3)) @ s
    rho = 1 / (y @ s)
    shift = np.eye(3) - rho * np.outer(s, y)
    assert_allclose(op.bfgs_update(B, s, y), shift @ B @ shift.T + rho * np.outer(s, s))
    assert_allclose(op.bfgs_update(B, s, y) @ y, s)


def test_adams_steps_are_as_displayed(displayed):
    assert r"x \leftarrow x - \eta\, \frac{m / (1 - \beta_1^t)}{\sqrt{s / (1 - \beta_2^t)} + \varepsilon}" in displayed
    draw, adam = np.random.default_rng(0), op.Adam(0.1)
    x = mean = squares = np.zeros(2)
    for t in range(1, 6):
        g = draw.normal(size=2)
        mean, squares = 0.9 * mean + 0.1 * g, 0.999 * squares + 0.001 * g**2
        expected = x - 0.1 * (mean / (1 - 0.9**t)) / (np.sqrt(squares / (1 - 0.999**t)) + 1e-8)
        x = adam.step(x, g)
        assert_allclose(x, expected)


def test_a_batch_has_the_variance_that_is_displayed(displayed):
    assert r"\text{Var}[g_B] = \frac{\sigma^2}{b} \cdot \frac{n - b}{n - 1}" in displayed
    town = np.array([1.0, 4.0, 6.0, 7.0, 12.0])
    pairs = [np.mean([town[i], town[j]]) for i in range(5) for j in range(5) if i != j]  # b = 2 of n = 5
    assert np.var(pairs) == pytest.approx(np.var(town) / 2 * (5 - 2) / (5 - 1))
