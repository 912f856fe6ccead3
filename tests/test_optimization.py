"""Optimization: losses and their slopes, gradient descent between 0 and 2/L, Newton's digits that double."""

import math
import warnings

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import scipy.optimize
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import datasets
from sklearn.metrics import mean_squared_error

from mathml.optimization import (
    GradientDescent,
    Newton,
    minibatches,
    minimize,
    minimize_in_batches,
    pack,
    squared_error,
    squared_error_gradient,
    unpack,
)

NUMBERS = st.floats(-100, 100, allow_subnormal=False)
SEEDS = st.integers(0, 99)


def bowl(seed=0, d=3, lowest=0.5, highest=8.0):
    """A symmetric matrix with eigenvalues between these two, both among them."""
    rng = np.random.default_rng(seed)
    Q, _ = np.linalg.qr(rng.normal(size=(d, d)))
    return Q @ np.diag(np.linspace(lowest, highest, d)) @ Q.T


def height(A):
    return lambda x: x @ A @ x / 2


def slope(A):
    return lambda x: A @ x


def rosenbrock(x):
    return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2


# --- losses ---------------------------------------------------------------------------------------


def pairs(elements=NUMBERS):
    shapes = hnp.array_shapes(min_dims=0, max_dims=3, max_side=4)
    return shapes.flatmap(lambda shape: st.tuples(*[hnp.arrays(float, shape, elements=elements)] * 2))


@given(pairs())
def test_the_squared_error_is_scikit_learns(pair):
    y, predicted = pair
    assert_allclose(squared_error(y, predicted), mean_squared_error(y.ravel(), predicted.ravel()), rtol=1e-12)


@given(pairs())
def test_its_gradient_is_autograds(pair):
    y, predicted = pair
    theirs = autograd.grad(lambda p: anp.mean((y - p) ** 2))(predicted)
    assert_allclose(squared_error_gradient(y, predicted), theirs, rtol=1e-12, atol=1e-15)
    assert squared_error_gradient(y, predicted).shape == predicted.shape


@given(pairs(), st.floats(0, 1))
def test_the_squared_error_is_convex_and_lies_above_its_tangents(pair, t):
    y, a = pair
    b = a[..., ::-1] if a.ndim else -a
    between = squared_error(y, (1 - t) * a + t * b)
    assert between <= (1 - t) * squared_error(y, a) + t * squared_error(y, b) + 1e-9
    assert squared_error(y, b) >= squared_error(y, a) + np.sum(squared_error_gradient(y, a) * (b - a)) - 1e-9


def test_the_mean_of_the_targets_has_the_least_squared_error_of_all_constants():
    y = datasets.load_diabetes().target
    assert squared_error(y, np.full_like(y, y.mean())) == pytest.approx(y.var())
    assert np.sum(squared_error_gradient(y, np.full_like(y, y.mean()))) == pytest.approx(0, abs=1e-12)


def test_a_loss_too_large_for_a_float_is_infinite_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert squared_error([0], [1e200]) == math.inf
        assert squared_error([-1.7e308], [1.7e308]) == math.inf


# --- parameters in one vector ---------------------------------------------------------------------


@given(st.lists(hnp.array_shapes(min_dims=0, max_dims=4, max_side=3), min_size=1, max_size=5), SEEDS)
def test_what_was_packed_is_unpacked(shapes, seed):
    arrays = [np.random.default_rng(seed).normal(size=shape) for shape in shapes]
    x = pack(arrays)
    assert x.shape == (sum(array.size for array in arrays),)
    for came, array in zip(unpack(x, shapes), arrays, strict=True):
        assert_array_equal(came, array)
        assert came.shape == array.shape
    assert_array_equal(pack(unpack(x, shapes)), x)


def test_entries_are_packed_as_numpy_ravels_them():
    A, B = np.arange(6).reshape(2, 3), np.arange(4).reshape(4, 1)
    assert_array_equal(pack([A, B]), np.concatenate([A.ravel(), B.ravel()]))


# --- gradient descent -----------------------------------------------------------------------------


@given(SEEDS, st.floats(0.01, 0.24), st.integers(0, 30))
def test_in_a_bowl_each_step_shrinks_each_eigendirection_by_its_own_factor(seed, rate, steps):
    A, start = bowl(seed), np.random.default_rng(seed).normal(size=3)
    run = minimize(height(A), start, GradientDescent(rate), slope(A), steps=steps, tol=0)
    assert run.path.shape == (steps + 1, 3)
    expected = np.linalg.matrix_power(np.eye(3) - rate * A, steps) @ start
    assert_allclose(run.path[-1], expected, atol=1e-12)
    assert_allclose(run.values, [height(A)(x) for x in run.path])


@given(SEEDS, st.floats(0.02, 0.98))
def test_below_two_over_the_largest_curvature_no_step_leads_up(seed, part):
    A, start = bowl(seed), np.random.default_rng(seed).normal(size=3)
    run = minimize(height(A), start, GradientDescent(part * 2 / 8), slope(A), steps=60)
    assert np.all(np.diff(run.values) <= 1e-15)
    assert not run.diverged


@pytest.mark.parametrize(
    ("part", "converged", "diverged"), [(0.5, True, False), (1.98, True, False), (2.02, False, True), (50, False, True)]
)
def test_two_over_the_largest_curvature_is_where_it_diverges(part, converged, diverged):
    run = minimize(height(bowl()), [1, 2, 3], GradientDescent(part / 8), slope(bowl()), steps=3000)
    assert (run.converged, run.diverged) == (converged, diverged)
    assert run.message.startswith("diverged at step" if diverged else "converged at step")
    assert np.isfinite(run.path).all()
    assert np.isfinite(run.values).all()


@pytest.mark.parametrize(("part", "turns"), [(0.9, False), (1.1, True)])
def test_one_over_the_largest_curvature_is_where_it_zigzags(part, turns):
    A = np.diag([1.0, 8])
    path = minimize(height(A), [1, 1], GradientDescent(part / 8), slope(A), steps=20).path
    assert np.all(path[1:, 1] * path[:-1, 1] < 0) == turns
    assert np.all(path[:, 0] > 0)


def test_the_gradient_is_autodiffs_if_none_is_given():
    by_hand = minimize(height(bowl()), [1, 2, 3], GradientDescent(0.1), slope(bowl()), steps=50)
    assert_allclose(minimize(height(bowl()), [1, 2, 3], GradientDescent(0.1), steps=50).path, by_hand.path, atol=1e-12)


def test_the_bottom_of_a_banana_is_where_scipy_finds_it():
    theirs = scipy.optimize.minimize(rosenbrock, [-1.2, 1], jac=scipy.optimize.rosen_der, tol=1e-10)
    run = minimize(rosenbrock, [-1.2, 1], GradientDescent(2e-3), scipy.optimize.rosen_der, steps=20_000, tol=1e-3)
    assert run.converged
    assert_allclose(run.path[-1], theirs.x, atol=5e-3)


def test_least_squares_by_descent_are_numpys():
    X, y = datasets.load_diabetes(return_X_y=True)
    X, y = X * np.sqrt(len(X)), y - y.mean()
    largest = np.linalg.eigvalsh(2 / len(X) * X.T @ X)[-1]
    run = minimize(
        lambda w: squared_error(y, X @ w),
        np.zeros(10),
        GradientDescent(1 / largest),
        lambda w: X.T @ squared_error_gradient(y, X @ w),
        steps=20_000,
        tol=1e-6,
    )
    assert run.converged
    assert_allclose(run.path[-1], np.linalg.lstsq(X, y)[0], rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize(
    ("f", "gradient"),
    [
        (lambda x: x @ x, lambda x: 2 * x),
        (lambda x: np.exp(x @ x), lambda x: 2 * x * np.exp(x @ x)),
        (lambda x: np.sum(x**4), lambda x: 4 * x**3),
        (lambda x: -np.sum(np.log(x)) + x @ x, lambda x: 2 * x - 1 / x),
        (lambda x: -np.sum(x), lambda x: -np.ones(2)),
    ],
    ids=["squares", "exp", "fourth powers", "a wall", "no bottom"],
)
@pytest.mark.parametrize("rate", [2.0, 1e3, 1e30, 1e300])
def test_to_diverge_is_no_error_and_no_warning(f, gradient, rate):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = minimize(f, [1.0, 2.0], GradientDescent(rate), gradient, steps=200)
    assert not run.converged
    assert np.isfinite(run.path).all()
    assert np.isfinite(run.values).all()
    assert len(run.path) == len(run.values) <= 201


def test_a_plateau_is_level_ground_and_the_run_says_that_it_is_higher_up():
    run = minimize(
        lambda x: np.sum(np.tanh(x) ** 2), [0.5], GradientDescent(100), lambda x: 2 * np.tanh(x) / np.cosh(x) ** 2
    )
    assert run.converged
    assert run.message == "converged at step 1: f went from 0.214 to 1, where the gradient's length is 1.6e-62"


def test_a_start_at_the_bottom_is_a_run_without_steps():
    run = minimize(height(bowl()), [0, 0, 0], GradientDescent(0.1), slope(bowl()))
    assert run.converged
    assert run.path.shape == (1, 3)
    assert run.message == "converged at step 0: f went from 0 to 0, where the gradient's length is 0"


def test_no_steps_leave_the_start():
    run = minimize(height(np.eye(1)), [3], GradientDescent(0.1), slope(np.eye(1)), steps=0)
    assert run.path.tolist() == [[3]]
    assert not run.converged
    assert not run.diverged
    assert run.message == "stopped at step 0: f went from 4.5 to 4.5, where the gradient's length is 3"


def test_neither_the_start_nor_the_optimiser_is_changed():
    start, optimizer = np.array([1.0, 2, 3]), GradientDescent(0.1)
    minimize(height(bowl()), start, optimizer, slope(bowl()))
    assert start.tolist() == [1, 2, 3]
    assert vars(optimizer) == {"learning_rate": 0.1}


# --- the interface, with what later lessons bring --------------------------------------------------


class Momentum:
    """Remembers a velocity."""

    def __init__(self, learning_rate, momentum):
        self.learning_rate, self.momentum, self.velocity = learning_rate, momentum, 0.0

    def step(self, x, gradient):
        self.velocity = self.momentum * self.velocity - self.learning_rate * gradient
        return x + self.velocity


class BFGS:
    """Remembers the last point and gradient, and what they tell of the curvature."""

    def __init__(self):
        self.inverse = None

    def step(self, x, gradient):
        if self.inverse is None:
            self.inverse = 0.1 * np.eye(len(x))
        else:
            s, y = x - self.x, gradient - self.gradient
            left = np.eye(len(x)) - np.outer(s, y) / (s @ y)
            self.inverse = left @ self.inverse @ left.T + np.outer(s, s) / (s @ y)
        self.x, self.gradient = x, gradient
        return x - self.inverse @ gradient


@pytest.mark.parametrize("optimizer", [Momentum(0.1, 0.5), BFGS()], ids=["momentum", "BFGS"])
def test_an_optimiser_with_a_memory_starts_each_run_without_one(optimizer):
    first, second = (minimize(height(bowl()), [1, 2, 3], optimizer, slope(bowl())) for _ in range(2))
    assert first.converged
    assert_array_equal(first.path, second.path)
    assert_allclose(first.path[-1], 0, atol=1e-7)


def test_momentum_is_quicker_than_plain_descent_where_the_bowl_is_long():
    A = bowl(lowest=0.01, highest=1)
    plain = minimize(height(A), [1, 1, 1], GradientDescent(1), slope(A), steps=5000)
    quick = minimize(height(A), [1, 1, 1], Momentum(1, 0.8), slope(A), steps=5000)
    assert plain.converged
    assert quick.converged
    assert len(quick.path) < len(plain.path) / 2


# --- Newton's method ------------------------------------------------------------------------------


@given(SEEDS, hnp.arrays(float, 3, elements=NUMBERS))
def test_newton_needs_one_step_in_a_bowl(seed, start):
    A = bowl(seed)
    optimizer = Newton(lambda x: A)
    assert_allclose(optimizer.step(start, A @ start), 0, atol=1e-12 * max(1, np.abs(start).max()))
    assert optimizer.shift_ == 0


@given(SEEDS, hnp.arrays(float, 2, elements=NUMBERS))
def test_newton_does_not_care_for_units(seed, start):
    B = np.random.default_rng(seed).normal(size=(2, 2))
    assume(abs(np.linalg.det(B)) > 0.1)
    A, start = bowl(seed, d=2), start / 100
    f_slope, f_hessian = lambda x: A @ x + x**3, lambda x: A + np.diag(3 * x**2)
    here = Newton(f_hessian).step(start, f_slope(start))
    z = np.linalg.solve(B, start)  # x = B z: other coordinates of the same point
    there = Newton(lambda z: B.T @ f_hessian(B @ z) @ B).step(z, B.T @ f_slope(B @ z))
    assert_allclose(B @ there, here, atol=1e-9)


def test_each_step_of_newton_doubles_the_digits():
    optimum = scipy.optimize.brentq(lambda x: np.exp(x) - 2 * x - 3 + x**3, 0, 2, xtol=1e-15)
    run = minimize(
        lambda x: np.exp(x[0]) - x[0] ** 2 - 3 * x[0] + x[0] ** 4 / 4,
        [2.0],
        Newton(lambda x: [[np.exp(x[0]) - 2 + 3 * x[0] ** 2]]),
        lambda x: np.exp(x) - 2 * x - 3 + x**3,
        tol=1e-13,
    )
    errors = np.abs(run.path[:, 0] - optimum)
    errors = errors[errors > 1e-9]
    assert run.converged
    assert len(run.path) < 9
    assert np.all(errors[1:] < errors[:-1] ** 2)


def test_newton_walks_through_the_banana_like_a_textbook_and_ends_where_scipy_does():
    hessian, gradient = scipy.optimize.rosen_hess, scipy.optimize.rosen_der
    run = minimize(rosenbrock, [-1.2, 1], Newton(hessian), gradient)
    x = np.array([-1.2, 1])
    for came in run.path[1:3]:
        x = x - np.linalg.solve(hessian(x), gradient(x))
        assert_allclose(came, x, rtol=1e-9)
    theirs = scipy.optimize.minimize(rosenbrock, [-1.2, 1], method="trust-exact", jac=gradient, hess=hessian, tol=1e-10)
    assert run.converged
    assert len(run.path) == 7
    assert_allclose(run.path[-1], theirs.x, atol=1e-8)


@given(SEEDS, st.floats(-9, -0.01))
def test_a_shifted_step_leads_down_and_says_that_it_was_shifted(seed, lowest):
    A, rng = bowl(seed, lowest=lowest), np.random.default_rng(seed)
    x, gradient = rng.normal(size=(2, 3))
    optimizer = Newton(lambda x: A)
    step = optimizer.step(x, gradient) - x
    assert gradient @ step < 0
    assert np.linalg.eigvalsh(A + optimizer.shift_ * np.eye(3))[0] >= 0.99e-3 * max(8, -lowest)
    assert optimizer.shift_ == pytest.approx(max(-lowest, 1e-3 * max(8, -lowest)) - lowest)


def test_without_a_shift_newton_goes_to_a_saddle_as_readily_as_to_a_bottom():
    def f(x):
        return x[0] ** 2 - x[1] ** 2 + x[1] ** 4 / 4

    def gradient(x):
        return np.array([2 * x[0], -2 * x[1] + x[1] ** 3])

    def hessian(x):
        return np.diag([2, -2 + 3 * x[1] ** 2])

    plain, shifted = (minimize(f, [1, 0.3], Newton(hessian, shift=shift), gradient) for shift in (False, True))
    assert plain.converged
    assert_allclose(plain.path[-1], [0, 0], atol=1e-9)
    assert shifted.converged
    assert_allclose(shifted.path[-1], [0, math.sqrt(2)], atol=1e-9)


@pytest.mark.parametrize("H", [np.zeros((2, 2)), np.diag([1.0, 0])], ids=["flat", "a trough"])
def test_where_the_ground_is_level_a_shifted_step_still_leads_down(H):
    x = Newton(lambda x: H).step([1, 1], [0, 1])
    assert np.isfinite(x).all()
    assert x[1] < 1


# --- batches --------------------------------------------------------------------------------------


@given(st.integers(1, 60), st.integers(1, 70), SEEDS)
def test_in_an_epoch_each_index_comes_once(n, batch_size, seed):
    batches = list(minibatches(n, batch_size, seed))
    assert sorted(np.concatenate(batches).tolist()) == list(range(n))
    assert len(batches) == math.ceil(n / batch_size)
    assert {len(batch) for batch in batches[:-1]} <= {batch_size}


def test_each_epoch_has_an_order_of_its_own(rng):
    first, second = (np.concatenate(list(minibatches(50, 10, rng))) for _ in range(2))
    assert not np.array_equal(first, second)


def line(rng, n=40):
    X = rng.normal(size=(n, 2))
    y = X @ [2, -1]

    def loss(w, batch):
        return squared_error(y[batch], X[batch] @ w)

    def gradient(w, batch):
        return X[batch].T @ squared_error_gradient(y[batch], X[batch] @ w)

    return loss, gradient, np.arange(n)


def test_with_all_examples_in_one_batch_it_is_gradient_descent(rng):
    loss, gradient, everything = line(rng)
    optimizer = GradientDescent(0.1)
    batches = minimize_in_batches(loss, 40, [0, 0], optimizer, gradient, batch_size=40, epochs=20, rng=0)
    plain = minimize(lambda w: loss(w, everything), [0, 0], optimizer, lambda w: gradient(w, everything), steps=20)
    assert_allclose(batches.path, plain.path, atol=1e-12)
    assert_allclose(batches.values, plain.values, atol=1e-12)


def test_small_batches_get_further_in_as_many_epochs(rng):
    loss, gradient, _ = line(rng)
    small, large = (
        minimize_in_batches(loss, 40, [0, 0], GradientDescent(0.1), gradient, batch_size=size, epochs=15, rng=0)
        for size in (4, 40)
    )
    assert_allclose(small.path[-1], [2, -1], atol=1e-6)
    assert small.values[-1] < 1e-6 * large.values[-1]
    assert not small.converged
    assert small.message.startswith("stopped at epoch 15: f went from ")


def test_one_seed_gives_one_run_and_autodiff_the_same(rng):
    loss, gradient, _ = line(rng)
    first, second, by_autodiff = (
        minimize_in_batches(loss, 40, [0, 0], GradientDescent(0.1), by, batch_size=8, epochs=4, rng=7)
        for by in (gradient, gradient, None)
    )
    assert_array_equal(first.path, second.path)
    assert_allclose(by_autodiff.path, first.path, atol=1e-12)


@pytest.mark.parametrize("rate", [3.0, 1e5, 1e200])
def test_batches_that_diverge_say_so_without_a_warning(rng, rate):
    loss, gradient, _ = line(rng)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = minimize_in_batches(loss, 40, [0, 0], GradientDescent(rate), gradient, batch_size=8, epochs=9, rng=0)
    assert run.diverged
    assert run.message.startswith("diverged at epoch ")
    assert np.isfinite(run.path).all()
    assert np.isfinite(run.values).all()


# --- errors ---------------------------------------------------------------------------------------


def go(f=lambda x: x @ x, start=(1, 2), gradient=lambda x: 2 * x, **how):
    return minimize(f, start, GradientDescent(0.1), gradient, **how)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: squared_error([1, 2], [[1], [2]]),
            ValueError,
            "y and predicted must have the same shape, but y has (2,) and predicted has (2, 1)",
        ),
        (lambda: squared_error_gradient([1, math.nan], [1, 2]), ValueError, "y must not hold NaN, but y[1] is nan"),
        (lambda: squared_error(["one"], [1]), TypeError, "y must be an array of numbers, but the text 'one' came"),
        (lambda: pack([]), ValueError, "arrays must hold at least one array, but none came"),
        (lambda: pack([[1], ["b"]]), TypeError, "arrays[1] must be an array of numbers, but the text 'b' came"),
        (
            lambda: unpack(np.zeros(5), [(2, 2), (2,)]),
            ValueError,
            "x must have one entry for each of the 6 in arrays of the shapes [(2, 2), (2,)], but its shape is (5,)",
        ),
        (lambda: GradientDescent(0), ValueError, "learning_rate must be above 0, but learning_rate = 0 came"),
        (lambda: GradientDescent(math.inf), ValueError, "learning_rate must be finite, but it is inf"),
        (lambda: GradientDescent("fast"), TypeError, "learning_rate must be a number, but the text 'fast' came"),
        (
            lambda: GradientDescent(0.1).step([1, 2], [1]),
            ValueError,
            "x and gradient must have the same length, but x has 2 and gradient has 1",
        ),
        (
            lambda: GradientDescent(0.1).step([1], [math.nan]),
            ValueError,
            "gradient must be finite, but gradient[0] is nan",
        ),
        (
            lambda: go(start=[[1, 2]]),
            ValueError,
            "start must be a vector: one row of numbers, but an array of shape (1, 2) came",
        ),
        (lambda: go(f=lambda x: x), TypeError, "f(start) must be a number, but an array of shape (2,) came"),
        (lambda: go(f=lambda x: math.inf), ValueError, "f(start) must be finite, but it is inf"),
        (
            lambda: go(gradient=lambda x: x[:1]),
            ValueError,
            "gradient(start) must have 2 entries, as start has, but it has 1",
        ),
        (
            lambda: go(gradient=lambda x: x / 0),
            ValueError,
            "gradient(start) must be finite, but gradient(start)[0] is inf",
        ),
        (lambda: go(steps=-1), ValueError, "steps must be at least 0, but steps = -1 came"),
        (lambda: go(tol=-1), ValueError, "tol must be at least 0, but tol = -1 came"),
        (
            lambda: Newton(lambda x: np.eye(3)).step([1, 2], [1, 2]),
            ValueError,
            "hessian(x) must be 2 by 2, as x has entries, but it is (3, 3)",
        ),
        (
            lambda: Newton(lambda x: [[1, 2], [0, 1]]).step([1, 2], [1, 2]),
            ValueError,
            "hessian(x) must be symmetric, but hessian(x)[0, 1] is 2.0 and hessian(x)[1, 0] is 0.0",
        ),
        (
            lambda: Newton(lambda x: [[1, 0], [0, 0]], shift=False).step([1, 2], [1, 2]),
            ValueError,
            "hessian(x) must not be singular for a step without a shift, but at x = [1. 2.] it is",
        ),
        (lambda: minibatches(0, 1), ValueError, "n must be at least 1, but n = 0 came"),
        (lambda: minibatches(5, 0), ValueError, "batch_size must be at least 1, but batch_size = 0 came"),
        (
            lambda: minimize_in_batches(lambda x, batch: math.nan, 3, [0], GradientDescent(1)),
            ValueError,
            "f(start) must be a number, but NaN came",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
