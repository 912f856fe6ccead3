"""Proximal Newton: where loss and penalty balance, beside SciPy, and in how few steps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import optimize

from mathml.functions import sigmoid
from mathml.optimization import coordinate_descent, elastic_net, logistic, penalty_residual
from mathml.optimization.proximal_newton import proximal_newton

SEEDS = st.integers(0, 200)
STRENGTHS = st.sampled_from([0.0, 0.01, 0.1, 1.0])


def logistic_loss(seed, n=30, d=4):
    """A convex loss with its gradient and its Hessian."""
    rng = np.random.default_rng(seed)
    Z = rng.normal(size=(n, d)) * np.where(rng.random(n) < 0.5, 1, -1)[:, np.newaxis]

    def f(v):
        return float(np.mean(logistic(Z @ v)))

    def gradient(v):
        return -Z.T @ sigmoid(-Z @ v) / n

    def hessian(v):
        return (Z * (sigmoid(Z @ v) * sigmoid(-Z @ v))[:, np.newaxis]).T @ Z / n

    return f, gradient, hessian


@given(SEEDS, STRENGTHS, STRENGTHS)
def test_its_end_is_certified(seed, l1, l2):
    f, gradient, hessian = logistic_loss(seed)
    run = proximal_newton(f, np.zeros(4), gradient, hessian, l1=l1, l2=l2 + 1e-3)
    assert run.converged
    assert penalty_residual(gradient(run.path[-1]), run.path[-1], l1, l2 + 1e-3) <= 1e-8
    assert np.all(np.diff(run.values) <= 1e-12)
    assert run.values[-1] == pytest.approx(f(run.path[-1]) + elastic_net(run.path[-1], l1, l2 + 1e-3))


@given(SEEDS)
@settings(max_examples=6)
def test_scipy_finds_nothing_lower(seed):
    f, gradient, hessian = logistic_loss(seed)
    run = proximal_newton(f, np.ones(4), gradient, hessian, l1=0.05, l2=0.1)
    theirs = optimize.minimize(
        lambda v: f(v) + elastic_net(v, 0.05, 0.1), np.zeros(4), method="Nelder-Mead", options={"xatol": 1e-9}
    )
    assert run.values[-1] <= theirs.fun + 1e-9


def test_on_a_bowl_one_step_is_all():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(20, 5)), rng.normal(size=20)
    run = proximal_newton(
        lambda w: np.sum((X @ w - y) ** 2) / 40,
        np.zeros(5),
        lambda w: X.T @ (X @ w - y) / 20,
        lambda w: X.T @ X / 20,
        l1=0.1,
    )
    assert len(run.path) == 2
    assert_allclose(run.path[-1], coordinate_descent(X, y, 0.1), atol=1e-12)


def test_the_number_of_correct_digits_doubles():
    f, gradient, hessian = logistic_loss(3)
    run = proximal_newton(f, np.full(4, 3.0), gradient, hessian, l2=0.01, tol=1e-14)
    far = np.linalg.norm(run.path - run.path[-1], axis=1)
    near = far[(far < 0.1) & (far > 1e-7)]
    assert len(near) >= 2
    assert np.all(near[1:] < near[:-1] ** 1.5)


def test_where_heights_can_no_longer_tell_the_slopes_still_do():
    f, gradient, hessian = logistic_loss(3)
    run = proximal_newton(lambda v: 1e6 + f(v), np.zeros(4), gradient, hessian, l2=0.01, tol=1e-13)
    assert run.converged


def test_far_out_the_whole_step_would_lead_up():
    def f(v):
        return float(np.sum(np.logaddexp(v, -v)))

    run = proximal_newton(f, [3.0], np.tanh, lambda v: np.diag(1 - np.tanh(v) ** 2))
    assert np.all(np.diff(run.values) <= 0)
    assert_allclose(run.path[-1], 0, atol=1e-8)


def test_from_the_minimum_there_is_no_step():
    run = proximal_newton(lambda v: v @ v, [0.0, 0.0], lambda v: 2 * v, lambda v: 2 * np.eye(2), l1=1)
    assert (len(run.path), run.converged) == (1, True)


def test_steps_may_run_out():
    f, gradient, hessian = logistic_loss(3)
    start = np.full(4, 3.0)
    run = proximal_newton(f, start, gradient, hessian, l2=0.01, steps=1)
    assert (len(run.path), run.converged) == (2, False)
    assert "KKT's conditions are missed by" in run.message
    assert_array_equal(start, 3.0)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tol": -1}, "tol must be at least 0, but tol = -1 came"),
        ({"l1": -1}, "l1 must be finite and at least 0, but l1 = -1 came"),
        ({"l2": [1, 2, 3]}, "l2 must be a number or have the shape (2,) of the weights, but its shape is (3,)"),
        ({"hessian": lambda v: [[1, 2], [0, 1]]}, "hessian(x) must be symmetric"),
        ({"hessian": lambda v: np.zeros((2, 2))}, "A must be positive definite"),
    ],
)
def test_what_cannot_be_is_said(options, message):
    arguments = {"f": lambda v: v @ v, "start": [1, 2], "gradient": lambda v: 2 * v, "hessian": lambda v: 2 * np.eye(2)}
    with pytest.raises(ValueError) as caught:  # noqa: PT011 — how the message begins is compared
        proximal_newton(**arguments | options)
    assert str(caught.value).startswith(message)
