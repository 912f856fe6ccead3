"""BFGS: what it learns of the curvature, beside SciPy's own."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import optimize
from sklearn import datasets

from mathml.functions import sigmoid
from mathml.information import binary_cross_entropy_from_logits
from mathml.optimization import BFGS, ROSENBROCK, SADDLE, VALLEYS, GradientDescent, bfgs_update, bowl, minimize

SEEDS = st.integers(0, 300)


def curvature(seed, d=4, condition=100.0):
    rng = np.random.default_rng(seed)
    Q, _ = np.linalg.qr(rng.normal(size=(d, d)))
    return Q @ np.diag(np.geomspace(1, condition, d)) @ Q.T, rng


# --- a correction ---------------------------------------------------------------------------------


@given(SEEDS)
def test_a_correction_is_scipys(seed):
    A, rng = curvature(seed)
    theirs, ours = optimize.BFGS(init_scale=1.0), np.eye(4)
    theirs.initialize(4, "inv_hess")
    for s in rng.normal(size=(6, 4)):
        theirs.update(s, A @ s)
        ours = bfgs_update(ours, s, A @ s)
    assert_allclose(ours, theirs.get_matrix(), rtol=1e-9, atol=1e-9)


@given(SEEDS)
def test_it_has_learned_what_it_saw_and_stays_a_bowl(seed):
    A, rng = curvature(seed)
    B, s = np.linalg.inv(curvature(seed + 1)[0]), rng.normal(size=4)
    corrected = bfgs_update(B, s, A @ s)
    assert_allclose(corrected @ (A @ s), s, atol=1e-10)
    assert_array_equal(corrected, corrected.T)
    assert np.linalg.eigvalsh(corrected)[0] > 0
    rho = 1 / (s @ A @ s)
    left = np.eye(4) - rho * np.outer(s, A @ s)
    assert_allclose(corrected, left @ B @ left.T + rho * np.outer(s, s), atol=1e-10)


@given(SEEDS)
def test_by_exact_steps_it_knows_a_bowl_after_as_many_as_it_has_dimensions(seed):
    A, rng = curvature(seed)
    B, x = np.eye(4), rng.normal(size=4)
    for _ in range(4):
        d = -B @ (A @ x)
        s = -(d @ A @ x) / (d @ A @ d) * d
        B, x = bfgs_update(B, s, A @ s), x + s
    assert_allclose(B, np.linalg.inv(A), atol=1e-6)
    assert_allclose(x, 0, atol=1e-8)


# --- a run ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("d", [2, 5, 10])
def test_in_rosenbrocks_ravine_it_ends_where_scipy_does(d):
    f, gradient, start = optimize.rosen, optimize.rosen_der, np.full(d, -0.5)
    run = minimize(f, start, BFGS(f, gradient), gradient)
    theirs = optimize.minimize(f, start, jac=gradient, method="BFGS", options={"gtol": 1e-8})
    assert run.converged
    assert_allclose(run.path[-1], theirs.x, atol=1e-6)
    assert len(run.path) - 1 < 2 * theirs.nit


def test_logistic_regression_on_breast_cancer_is_scipys_and_needs_few_steps():
    X, y = datasets.load_breast_cancer(return_X_y=True)
    X = np.c_[np.ones(len(X)), (X - X.mean(axis=0)) / X.std(axis=0)]

    def f(w):
        return binary_cross_entropy_from_logits(y, X @ w) + 5e-4 * w @ w

    def gradient(w):
        return X.T @ (sigmoid(X @ w) - y) / len(y) + 1e-3 * w

    run = minimize(f, np.zeros(31), BFGS(f, gradient), gradient, tol=1e-6)
    theirs = optimize.minimize(f, np.zeros(31), jac=gradient, method="L-BFGS-B", tol=1e-12)
    assert run.converged
    assert len(run.path) < 200
    assert_allclose(run.path[-1], theirs.x, atol=1e-2)
    assert run.values[-1] <= theirs.fun + 1e-9
    plain = minimize(f, np.zeros(31), GradientDescent(0.3), gradient, steps=200)
    assert plain.values[-1] > run.values[-1] + 1e-3


@given(SEEDS, st.sampled_from([1e-12, 1.0, 1e12]))
def test_it_does_not_care_for_the_unit_of_the_height(seed, unit):
    A, rng = curvature(seed)
    start = rng.normal(size=4)
    f, gradient = lambda x: unit * x @ A @ x / 2, lambda x: unit * A @ x
    run = minimize(f, start, BFGS(f, gradient), gradient, steps=100, tol=1e-8 * unit)
    assert run.converged
    assert np.all(np.diff(run.values) <= 0)


@given(SEEDS)
def test_what_it_believes_at_each_step_is_a_bowl_also_where_the_ground_is_none(seed):
    rng = np.random.default_rng(seed)
    optimizer, x = BFGS(VALLEYS.f, VALLEYS.gradient), rng.uniform(-4, 4, size=2)
    for _ in range(30):
        x = optimizer.step(x, VALLEYS.gradient(x))
        assert np.linalg.eigvalsh(optimizer.inverse_)[0] > 0
    assert np.min(np.linalg.norm(VALLEYS.minima - x, axis=1)) < 1e-6


def test_at_the_end_it_knows_the_curvature():
    optimizer, x = BFGS(ROSENBROCK.f, ROSENBROCK.gradient), ROSENBROCK.start
    for _ in range(45):
        x = optimizer.step(x, ROSENBROCK.gradient(x))
    assert_allclose(optimizer.inverse_, np.linalg.inv(ROSENBROCK.hessian(x)), rtol=0.05)


def test_a_saddle_does_not_hold_it():
    run = minimize(SADDLE.f, SADDLE.start, BFGS(SADDLE.f, SADDLE.gradient), SADDLE.gradient)
    assert run.converged
    assert run.values[-1] == pytest.approx(SADDLE.lowest)


def test_a_large_height_that_swallows_the_differences_does_not_stop_it():
    A, _ = curvature(0, condition=1e6)
    f, gradient = lambda x: 1e6 + x @ A @ x / 2, lambda x: A @ x
    run = minimize(f, np.ones(4), BFGS(f, gradient), gradient, tol=1e-6)
    assert run.converged
    assert np.linalg.norm(run.path[-1]) < 1e-5


# --- edges ----------------------------------------------------------------------------------------


def test_each_run_begins_without_a_memory_and_autodiff_finds_the_gradient():
    def f(x):
        return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2

    optimizer = BFGS(f)
    first, second = (minimize(f, [-1.2, 1], optimizer) for _ in range(2))
    assert optimizer.inverse_ is optimizer.search_ is None
    assert optimizer.corrections_ == 0
    assert_array_equal(first.path, second.path)
    by_hand = minimize(ROSENBROCK.f, [-1.2, 1], BFGS(ROSENBROCK.f, ROSENBROCK.gradient), ROSENBROCK.gradient)
    assert_allclose(by_hand.path[-1], first.path[-1], atol=1e-8)


def test_the_first_step_is_gradient_descents_and_tries_the_length_one():
    ground = bowl(1, 100)
    optimizer = BFGS(ground.f, ground.gradient)
    slope = ground.gradient(np.ones(2))
    step = optimizer.step([1, 1], slope) - 1
    assert_allclose(optimizer.inverse_, np.eye(2) / np.linalg.norm(slope))
    assert optimizer.search_.tried[0] == 1
    assert_allclose(step / np.linalg.norm(step), -slope / np.linalg.norm(slope))


def test_on_level_ground_it_stays():
    optimizer = BFGS(lambda x: 0.0, np.zeros_like)
    assert optimizer.step([1, 2], [0, 0]).tolist() == optimizer.step([1, 2], [0, 0]).tolist() == [1, 2]


def test_where_the_ground_bends_down_nothing_is_learned():
    optimizer = BFGS(lambda x: -x @ x, lambda x: -2 * x)
    optimizer.step([1.0], [-2.0])
    optimizer.step([2.0], [-4.0])
    assert optimizer.corrections_ == 0


def test_downhill_without_end_is_a_run_that_diverged():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = minimize(
            lambda x: -(x[0] ** 3), [1.0], BFGS(lambda x: -(x[0] ** 3), lambda x: -3 * x**2), lambda x: -3 * x**2
        )
    assert run.diverged
    assert np.isfinite(run.path).all()


# --- errors ---------------------------------------------------------------------------------------


def another_length(optimizer):
    optimizer.step([1, 2], [1, 2])
    optimizer.step([1], [1])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: bfgs_update(np.eye(2), [1, 0], [-1, 0]),
            ValueError,
            "changed · moved must be above 0, for the ground bends up in a bowl, but it is -1",
        ),
        (
            lambda: bfgs_update(np.eye(2), [1, 0, 0], [1, 0]),
            ValueError,
            "inverse and moved and changed must have the same length, but inverse has 2 and moved has 3 and changed",
        ),
        (lambda: bfgs_update([[1, 2], [0, 1]], [1, 0], [1, 0]), ValueError, "inverse must be symmetric"),
        (lambda: bfgs_update(np.eye(1), ["s"], [1]), TypeError, "moved must be a vector: one row of numbers, but the"),
        (
            lambda: another_length(BFGS(lambda x: x @ x, lambda x: 2 * x)),
            ValueError,
            "before and gradient must have the same length (an optimiser belongs to one run), but before has 2",
        ),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error) as raised:
        call()
    assert str(raised.value).startswith(message)
