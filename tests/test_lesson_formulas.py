"""Every derivative that a lesson displays: the formula stands there, and it is what SymPy and NumPy find."""

from pathlib import Path

import nbformat
import numpy as np
import pytest
import sympy
from numpy.testing import assert_allclose

from mathml import autodiff, calculus

ROOT = Path(__file__).resolve().parents[1]

x, n, a, w, b = sympy.symbols("x n a w b", positive=True)
u, v, f, g = (sympy.Function(name) for name in "uvfg")
i, N = sympy.symbols("i N", integer=True, positive=True)
xs, ys = sympy.IndexedBase("x"), sympy.IndexedBase("y")

LOSS = sympy.Sum((ys[i] - (w * xs[i] + b)) ** 2, (i, 1, N)) / N
OUT = sympy.Symbol("o")

# What the lesson displays, and the same as two expressions that SymPy holds equal.
BY_SYMPY = {
    r"\frac{d}{dx}\, x^n = n\, x^{n-1}": (sympy.diff(x**n, x), n * x ** (n - 1)),
    r"(u v)' = u' v + u v'": (sympy.diff(u(x) * v(x), x), u(x).diff(x) * v(x) + u(x) * v(x).diff(x)),
    r"\frac{d}{dx}\, f(g(x)) = f'(g(x)) \cdot g'(x)": (
        sympy.diff(f(g(x)), x),
        f(a).diff(a).subs(a, g(x)) * g(x).diff(x),
    ),
    r"(e^x)' = e^x": (sympy.diff(sympy.exp(x), x), sympy.exp(x)),
    r"(\ln x)' = 1/x": (sympy.diff(sympy.log(x), x), 1 / x),
    r"(\sin x)' = \cos x": (sympy.diff(sympy.sin(x), x), sympy.cos(x)),
    r"\frac{\partial f}{\partial x} = 2xy": (sympy.diff(x**2 * b, x), 2 * x * b),
    r"\frac{\partial f}{\partial y} = x^2": (sympy.diff(x**2 * b, b), x**2),
    r"-\frac2n \sum_i x_i \bigl(y_i - (w x_i + b)\bigr)": (
        sympy.diff(LOSS, w),
        -2 / N * sympy.Sum(xs[i] * (ys[i] - (w * xs[i] + b)), (i, 1, N)),
    ),
    r"-\frac2n \sum_i \bigl(y_i - (w x_i + b)\bigr)": (
        sympy.diff(LOSS, b),
        -2 / N * sympy.Sum(ys[i] - (w * xs[i] + b), (i, 1, N)),
    ),
    r"\partial L_1 / \partial w_1 = x": (sympy.diff(w * x, w), x),
    r"\partial L_2 / \partial L_1 = 1 - L_2^2": (sympy.diff(sympy.tanh(x), x), 1 - sympy.tanh(x) ** 2),
    r"\partial L_3 / \partial L_2 = w_2": (sympy.diff(w * x, x), w),
    r"\partial \text{out} / \partial L_3 = 1 - \text{out}^2": (sympy.diff(sympy.tanh(x), x), 1 - sympy.tanh(x) ** 2),
    r"\partial \text{Loss} / \partial \text{out} = 2\,(\text{out} - y)": (
        sympy.diff((OUT - b) ** 2, OUT),
        2 * (OUT - b),
    ),
    r"\bar a \mathrel{+}= \bar u\, b": (sympy.diff(a * b, a), b),
    r"\bar a \mathrel{+}= \bar u\,(1 - u^2)": (sympy.diff(sympy.tanh(a), a), 1 - sympy.tanh(a) ** 2),
}


@pytest.fixture(scope="module")
def displayed():
    notebook = nbformat.read(ROOT / "notebooks" / "03_calculus.ipynb", as_version=4)
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("formula", BY_SYMPY)
def test_a_derivative_that_is_displayed_is_sympys(formula, displayed):
    assert formula in displayed
    found, expected = BY_SYMPY[formula]
    assert sympy.simplify(sympy.expand((found - expected).doit().subs(N, 3).doit())) == 0


def test_the_way_back_through_a_matrix_product_is_as_displayed(displayed, rng):
    A, B, U = rng.normal(size=(4, 3)), rng.normal(size=(3, 5)), rng.normal(size=(4, 5))
    assert r"$\bar A \mathrel{+}= \bar U B^\top$, $\;\bar B \mathrel{+}= A^\top \bar U$" in displayed
    back = autodiff.grad(lambda AB: np.sum(U * (AB[0] @ AB[1])))([A, B])
    assert_allclose(back[0], U @ B.T)
    assert_allclose(back[1], A.T @ U)


def test_the_way_back_through_two_layers_is_as_displayed(displayed, rng):
    formula = (
        r"\bar S = \tfrac2n (S - Y) \qquad \bar W_2 = A^\top \bar S \qquad \bar A = \bar S\, W_2^\top \qquad "
        r"\bar Z = \bar A \odot (1 - A^2) \qquad \bar W_1 = X^\top \bar Z"
    )
    assert formula in displayed
    X, Y, W1, W2 = (rng.normal(size=shape) for shape in [(6, 4), (6, 2), (4, 3), (3, 2)])
    A = np.tanh(X @ W1)
    S_back = 2 / len(X) * (A @ W2 - Y)
    Z_back = (S_back @ W2.T) * (1 - A**2)
    found = autodiff.grad(lambda W: np.sum((np.tanh(X @ W[0]) @ W[1] - Y) ** 2) / len(X))([W1, W2])
    assert_allclose(found[0], X.T @ Z_back)
    assert_allclose(found[1], A.T @ S_back)


def test_the_directional_derivative_the_jacobian_and_the_hessian_do_what_is_displayed(displayed, rng):
    for formula in [r"D_u f = \nabla f \cdot u", r"f(x + s) \approx f(x) + J s", r"J_{f \circ g} = J_f\, J_g"]:
        assert formula in displayed
    assert r"f(x + s) \approx f(x) + \nabla f \cdot s + \tfrac12\, s^\top H s" in displayed
    A, at = rng.normal(size=(3, 3)), rng.normal(size=3)

    def first(p):
        return np.tanh(A @ p)

    def second(p):
        return np.array([p[0] * p[1], np.sin(p[2])])

    chained = calculus.jacobian(lambda p: second(first(p)), at)
    assert_allclose(chained, calculus.jacobian(second, first(at)) @ calculus.jacobian(first, at), atol=1e-8)

    def height(p):
        return np.sum(np.cos(A @ p))

    s = 1e-3 * rng.normal(size=3)
    gradient, H = calculus.gradient(height, at), calculus.hessian(height, at)
    assert_allclose(height(at + s), height(at) + gradient @ s + s @ H @ s / 2, atol=1e-7)
    assert_allclose(calculus.directional_derivative(height, at, s), gradient @ s / np.sqrt(s @ s), atol=1e-8)
