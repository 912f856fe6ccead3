"""Least squares with penalties: proximal steps, one weight at a time, budgets and paths, all certified."""

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import datasets
from sklearn.linear_model import ElasticNet, lasso_path

from mathml.optimization.composite import projected_gradient, proximal_gradient
from mathml.optimization.paths import regularization_path, strongest_penalty
from mathml.optimization.penalties import elastic_net, penalty_residual, prox_elastic_net, soft_threshold
from mathml.optimization.projections import project_onto_ball
from mathml.optimization.proximal import ProximalDescent, budget_minimum, coordinate_descent, penalised_quadratic

SEEDS = st.integers(0, 99)
STRENGTHS = st.floats(0, 1)


def diabetes():
    X, y = datasets.load_diabetes(return_X_y=True)
    return X / X.std(axis=0), y - y.mean()


def examples(seed, n=30, d=6):
    """Features that go together, centred targets."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) @ rng.normal(size=(d, d))
    return X, 3 * X[:, 0] - X[:, -1] + rng.normal(size=n)


def missed(X, y, w, l1, l2):
    """The certificate, beside the largest pull at 0."""
    return penalty_residual(X.T @ (X @ w - y) / len(X), w, l1, l2) / (np.max(np.abs(X.T @ y)) / len(X))


def cost(X, y, w, l1, l2):
    return np.sum((y - X @ w) ** 2) / (2 * len(X)) + elastic_net(w, l1, l2)


# --- one weight at a time -------------------------------------------------------------------------


@pytest.mark.parametrize(("alpha", "ratio"), [(0.1, 1.0), (5.0, 1.0), (1.0, 0.5), (20.0, 0.9)])
def test_coordinate_descent_is_scikit_learns_on_diabetes(alpha, ratio):
    X, y = diabetes()
    model = ElasticNet(alpha=alpha, l1_ratio=ratio, fit_intercept=False, tol=1e-12, max_iter=1_000_000).fit(X, y)
    w = coordinate_descent(X, y, alpha * ratio, alpha * (1 - ratio))
    assert_allclose(w, model.coef_, rtol=1e-6, atol=1e-6)
    assert_array_equal(w == 0, model.coef_ == 0)


@given(SEEDS, STRENGTHS, STRENGTHS, st.sampled_from([3, 6, 30]))
def test_its_answer_is_certified(seed, l1, l2, n):
    X, y = examples(seed, n=n)
    scale = np.max(np.abs(X.T @ y)) / n
    w = coordinate_descent(X, y, max(l1, 1e-3) * scale, l2 * scale)
    assert missed(X, y, w, max(l1, 1e-3) * scale, l2 * scale) <= 1e-9


@given(SEEDS, st.integers(2, 7), st.integers(8, 30), st.floats(-6, -0.5), st.booleans())
def test_with_more_columns_than_rows_and_hardly_a_penalty_it_is_certified_too(seed, n, d, power, twins):
    draw = np.random.default_rng(seed)
    X, y = draw.normal(size=(n, d)), draw.normal(size=n)
    if twins:
        X[:, -1] = X[:, 0]
    l1 = 10**power * strongest_penalty(X, y)
    assert missed(X, y, coordinate_descent(X, y, l1), l1, 0.0) <= 1e-9


@given(SEEDS, SEEDS)
def test_the_start_does_not_matter(seed, other):
    X, y = examples(seed)
    start = 10 * np.random.default_rng(other).normal(size=6)
    kept = start.copy()
    assert_allclose(coordinate_descent(X, y, 0.1, 0.1, start), coordinate_descent(X, y, 0.1, 0.1), atol=1e-8)
    assert_array_equal(start, kept)


def test_without_a_penalty_it_is_least_squares_and_with_l2_ridge():
    X, y = examples(0)
    assert_allclose(coordinate_descent(X, y), np.linalg.lstsq(X, y)[0], rtol=1e-8)
    ridge = np.linalg.solve(X.T @ X + 0.5 * len(X) * np.eye(6), X.T @ y)
    assert_allclose(coordinate_descent(X, y, l2=0.5), ridge, rtol=1e-10)


def test_a_column_of_zeros_gets_the_weight_0_and_twins_share():
    X, y = examples(0)
    X[:, 2] = 0
    assert coordinate_descent(X, y, 0.1)[2] == 0
    twins = np.column_stack([X[:, 0], X[:, 0]])
    assert_allclose(np.diff(coordinate_descent(twins, y, 0.1, 0.1)), 0, atol=1e-10)


def test_a_weight_may_go_free():
    X, y = examples(0)
    free = coordinate_descent(X, y, [0, 1e9, 1e9, 1e9, 1e9, 1e9])
    assert_array_equal(free[1:], 0)
    assert free[0] == pytest.approx(X[:, 0] @ y / (X[:, 0] @ X[:, 0]))


def test_what_coordinate_descent_refuses():
    with pytest.raises(ValueError, match="X and y must have the same length, but X has 2 and y has 1"):
        coordinate_descent([[1], [2]], [1])
    with pytest.raises(ValueError, match="H and c must have a minimum"):
        penalised_quadratic([[0, 0], [0, 1]], [1, 1], l1=0.5)
    with pytest.raises(ValueError, match="H must bend up along each axis"):
        penalised_quadratic([[-1.0]], [1])


# --- proximal steps -------------------------------------------------------------------------------


def lasso(seed, l1=0.3):
    X, y = examples(seed)
    L = np.linalg.eigvalsh(X.T @ X / len(X))[-1]
    step = ProximalDescent(1 / L, lambda a, rate: prox_elastic_net(a, rate * l1))
    best = cost(X, y, coordinate_descent(X, y, l1), l1, 0)
    f, gradient = (lambda w: cost(X, y, w, 0, 0)), (lambda w: X.T @ (X @ w - y) / len(X))
    return X, y, L, step, best, f, gradient


@settings(max_examples=20)
@given(SEEDS, st.booleans())
def test_ista_and_fista_come_to_what_coordinate_descent_finds(seed, accelerate):
    X, y, _, step, best, f, gradient = lasso(seed)
    run = proximal_gradient(
        f,
        np.zeros(6),
        step,
        gradient,
        penalty=lambda w: elastic_net(w, 0.3),
        accelerate=accelerate,
        steps=20_000,
        tol=1e-7,
    )
    assert run.converged
    assert run.values[-1] <= best * (1 + 1e-8)
    assert missed(X, y, run.path[-1], 0.3, 0) <= 1e-6


@settings(max_examples=20)
@given(SEEDS)
def test_they_are_as_quick_as_their_theorems_say(seed):
    X, y, L, step, best, f, gradient = lasso(seed)
    far = np.sum(coordinate_descent(X, y, 0.3) ** 2)
    t = np.arange(1, 201)
    for accelerate, bound in ((False, L * far / (2 * t)), (True, 2 * L * far / (t + 1) ** 2)):
        run = proximal_gradient(
            f,
            np.zeros(6),
            step,
            gradient,
            penalty=lambda w: elastic_net(w, 0.3),
            accelerate=accelerate,
            steps=200,
            tol=0,
        )
        above = run.values[1:] - best
        assert np.all(above <= bound[: len(above)] + 1e-9)
        if not accelerate:
            assert np.all(np.diff(run.values) <= 1e-9)


def test_the_gradient_is_found_if_none_is_given():
    run = proximal_gradient(lambda w: np.sum((w - 3) ** 2) / 2, [0, 9], ProximalDescent(0.5, soft_threshold))
    assert_allclose(run.path[-1], [2, 2], atol=1e-7)


def test_a_rate_that_is_too_large_diverges_without_an_error():
    run = proximal_gradient(lambda w: 50 * w @ w, [1.0], ProximalDescent(1, soft_threshold), steps=500)
    assert run.diverged
    assert np.isfinite(run.path).all()


def test_a_start_that_is_the_minimum_is_found_at_once():
    run = proximal_gradient(lambda w: (w - 3) @ (w - 3) / 2, [2.0], ProximalDescent(1, soft_threshold))
    assert run.converged
    assert len(run.path) == 2


def test_a_proximal_step_gives_a_point_again():
    with pytest.raises(ValueError, match=r"x and prox\(x\) must have the same length"):
        ProximalDescent(1, lambda a, _: a[:1]).step([1, 2], [1, 1])
    with pytest.raises(ValueError, match="learning_rate must be above 0"):
        ProximalDescent(0, soft_threshold)
    with pytest.raises(ValueError, match="tol must be at least 0, but tol = -1 came"):
        proximal_gradient(lambda w: w @ w, [1.0], ProximalDescent(1, soft_threshold), tol=-1)


@given(SEEDS)
def test_projected_gradient_comes_to_the_lowest_point_of_a_ball(seed):
    rng = np.random.default_rng(seed)
    M, a = rng.normal(size=(6, 3)), rng.normal(size=3)
    H, aim = M.T @ M + np.eye(3), 5 * a / np.linalg.norm(a)
    rate = 1 / np.linalg.eigvalsh(H)[-1]
    run = projected_gradient(
        lambda x: (x - aim) @ H @ (x - aim) / 2, aim, rate, project_onto_ball, lambda x: H @ (x - aim)
    )
    x = run.path[-1]
    assert run.converged
    assert np.all(np.linalg.norm(run.path, axis=1) <= 1 + 1e-12)
    force = -H @ (x - aim)
    assert force @ x >= np.linalg.norm(force) * (1 - 1e-8)  # it stands on the border


# --- a budget -------------------------------------------------------------------------------------


@given(SEEDS, st.sampled_from([(1, 0), (0, 1), (0.5, 0.5), (0.01, 1)]), st.floats(1e-3, 20))
def test_a_budget_is_kept_and_its_price_is_the_penalty_that_leads_there(seed, kind, limit):
    rng = np.random.default_rng(seed)
    M, a = rng.normal(size=(6, 3)), 3 * rng.normal(size=3)
    H = M.T @ M
    w, price = budget_minimum(H, a, *kind, limit)
    spent = elastic_net(w, *kind)
    assert spent <= limit * (1 + 1e-8)
    assert price >= 0
    assert price * (limit - spent) <= 1e-6
    assert penalty_residual(H @ (w - a), w, price * kind[0], price * kind[1]) <= 1e-9 * np.max(np.abs(H @ a))


@pytest.mark.parametrize("kind", [(1, 0), (0, 1), (0.5, 0.5)])
def test_it_is_as_low_as_scipy_finds(kind):
    H, a = np.array([[1, 0.5], [0.5, 1]]), np.array([1.6, 1.2])
    w, _ = budget_minimum(H, a, *kind, 0.8)
    theirs = scipy.optimize.minimize(
        lambda v: (v[:2] - v[2:] - a) @ H @ (v[:2] - v[2:] - a) / 2,  # v holds both parts of w = v₊ − v₋
        np.full(4, 0.1),
        bounds=[(0, None)] * 4,
        constraints={
            "type": "ineq",
            "fun": lambda v: 0.8 - kind[0] * v.sum() - kind[1] / 2 * np.sum((v[:2] - v[2:]) ** 2),
        },
        tol=1e-12,
    )
    assert (w - a) @ H @ (w - a) / 2 == pytest.approx(theirs.fun, rel=1e-6)


def test_a_budget_that_is_not_needed_has_no_price():
    w, price = budget_minimum([[1, 0], [0, 1]], [0.3, -0.2], 1, 0, 0.5)
    assert_array_equal(w, [0.3, -0.2])
    assert price == 0


def test_a_corner_holds_a_whole_region_of_optima():
    H = np.array([[1, 0.5], [0.5, 1]])
    found = [budget_minimum(H, [2.5, y], 1, 0, 1)[0] for y in (-0.5, 0, 0.4)]
    assert all(w[1] == 0 and w[0] == pytest.approx(1) for w in found)


def test_a_budget_is_above_0_and_for_something():
    with pytest.raises(ValueError, match="limit must be above 0, but limit = 0 came"):
        budget_minimum([[1.0]], [1], 1, 0, 0)
    with pytest.raises(ValueError, match="l1 and l2 must not both be 0"):
        budget_minimum([[1.0]], [1], 0, 0, 1)


# --- all strengths --------------------------------------------------------------------------------


def test_the_path_is_scikit_learns_and_certified():
    X, y = diabetes()
    path = regularization_path(X, y)
    _, theirs, _ = lasso_path(X, y, alphas=path.strengths, tol=1e-12, max_iter=1_000_000)
    assert_allclose(path.weights, theirs.T, atol=1e-5)
    assert np.max(path.residuals) <= 1e-10


@given(SEEDS, st.floats(0.1, 1))
def test_the_strongest_penalty_is_where_the_first_weight_leaves_0(seed, ratio):
    X, y = examples(seed)
    strongest = strongest_penalty(X, y, ratio)
    path = regularization_path(X, y, strongest * np.array([1.0001, 0.999]), ratio)
    assert_array_equal(path.weights[0], 0)
    assert np.count_nonzero(path.weights[1]) == 1


@given(SEEDS)
def test_along_the_path_the_fit_gets_better_and_the_weights_larger(seed):
    X, y = examples(seed)
    path = regularization_path(X, y, np.geomspace(1e-3, 10, 12))
    misses = np.sum((y - path.weights @ X.T) ** 2, axis=1)
    assert np.all(np.diff(path.strengths) < 0)
    assert np.all(np.diff(misses) <= 1e-9 * misses[0])
    assert np.all(np.diff(np.abs(path.weights).sum(axis=1)) >= -1e-9)


def test_what_a_path_refuses_and_what_it_takes():
    X, y = examples(0)
    with pytest.raises(ValueError, match="l1_ratio must be above 0"):
        regularization_path(X, y, l1_ratio=0)
    with pytest.raises(ValueError, match="l1_ratio must be from 0 to 1, but l1_ratio = 2 came"):
        regularization_path(X, y, l1_ratio=2)
    with pytest.raises(ValueError, match="strengths must be finite and at least 0"):
        regularization_path(X, y, [1, -1])
    assert_array_equal(regularization_path(X, np.zeros(len(X))).weights, np.zeros((1, 6)))
    ridge = np.linalg.solve(X.T @ X / len(X) + np.eye(6), X.T @ y / len(X))
    assert_allclose(regularization_path(X, y, [1], 0).weights[0], ridge, rtol=1e-9)


@given(
    st.integers(1, 5).flatmap(lambda n: hnp.arrays(float, (n, 6), elements=st.integers(-3, 3).map(float))),
    st.sampled_from([1e-6, 0.01, 0.3, 2.0]),
    st.lists(st.booleans(), min_size=6, max_size=6),
    SEEDS,
)
def test_columns_that_depend_on_one_another_are_settled_from_any_start(X, l1, kinks, seed):
    rng = np.random.default_rng(seed)
    y, strengths = rng.integers(1, 10, size=len(X)).astype(float), l1 * np.array(kinks)
    w = coordinate_descent(X, y, strengths, start=rng.normal(size=6))
    assert penalty_residual(X.T @ (X @ w - y) / len(X), w, strengths) <= 1e-10
