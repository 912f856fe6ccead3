"""Quadratic programs: every answer is certified by KKT's conditions, and as low as SciPy finds."""

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import datasets, svm

from mathml.optimization.constraints import lagrange
from mathml.optimization.projections import project_onto_l1_ball, project_onto_simplex
from mathml.optimization.quadratic import equality_program, quadratic_program

SEEDS = st.integers(0, 10_000)


def program(seed, flat=False, allowed=True):
    """A random program with a box around it; flat: the bowl is a valley; allowed: some point of the box is inside."""
    rng = np.random.default_rng(seed)
    p = int(rng.integers(1, 6))
    M = rng.normal(size=(int(rng.integers(0, p)) if flat else p + 1, p))
    inside, A = rng.uniform(-1, 1, size=p), rng.normal(size=(int(rng.integers(0, 9)), p))
    b = A @ inside + rng.uniform(0, 1, size=len(A)) if allowed else rng.normal(size=len(A))
    E = rng.normal(size=(int(rng.integers(0, p)), p))
    if len(E) > 1:
        E[1] = 2 * E[0]  # one that follows from another
    A, b = np.vstack([A, np.eye(p), -np.eye(p)]), np.concatenate([b, np.full(2 * p, 3.0)])
    return M.T @ M, rng.normal(size=p), A, b, (E, E @ inside) if len(E) else (None, None)


# --- equations ------------------------------------------------------------------------------------


@given(SEEDS)
def test_on_planes_the_system_of_kkt_gives_what_the_active_set_gives(seed):
    rng = np.random.default_rng(seed)
    M, c, A, b = rng.normal(size=(5, 4)), rng.normal(size=4), rng.normal(size=(2, 4)), rng.normal(size=2)
    x, multipliers = equality_program(M.T @ M, c, A, b)
    assert_allclose(A @ x, b, atol=1e-9)
    solution = quadratic_program(M.T @ M, c, A_eq=A, b_eq=b)
    assert_allclose(solution.x, x, atol=1e-7)
    assert_allclose(solution.equality_multipliers, multipliers, atol=1e-6)


def test_its_multipliers_are_minus_those_of_lagrange():
    x, multipliers = equality_program([[2, 0], [0, 2]], [0, 0], [[1, 1]], [1])
    found = lagrange(lambda x: x @ x, lambda x: np.sum(x) - 1, [1, 0])
    assert_allclose(x, found.x, atol=1e-9)
    assert_allclose(multipliers, -found.multipliers, atol=1e-9)


def test_a_multiplier_is_the_price_of_its_plane():
    def height(b):
        x, _ = equality_program(H, c, A, b)
        return x @ H @ x / 2 + c @ x

    H, c, A, b = np.diag([1.0, 2, 3]), np.array([1.0, 0, -1]), np.array([[1.0, 1, 1], [1, -1, 0]]), np.array([1.0, 2])
    _, multipliers = equality_program(H, c, A, b)
    prices = [(height(b + step) - height(b - step)) / 2e-4 for step in 1e-4 * np.eye(2)]
    assert_allclose(prices, -multipliers, atol=1e-8)


def test_rows_that_depend_on_one_another_are_refused():
    with pytest.raises(ValueError, match="A must have independent rows and H be a bowl along A x = b"):
        equality_program([[1, 0], [0, 1]], [0, 0], [[1, 1], [2, 2]], [1, 2])
    with pytest.raises(ValueError, match="H and c must have the same length, but H has 2 and c has 1"):
        equality_program([[1, 0], [0, 1]], [0], [[1, 1]], [1])
    with pytest.raises(ValueError, match="A must have 2 columns, as c has entries, but 1 came"):
        equality_program([[1, 0], [0, 1]], [0, 0], [[1]], [1])


# --- inequalities ---------------------------------------------------------------------------------


@settings(max_examples=200)
@given(SEEDS, st.booleans())
def test_every_answer_is_certified(seed, flat):
    H, c, A, b, (E, e) = program(seed, flat)
    solution = quadratic_program(H, c, A, b, E, e)
    assert solution.kkt.worst <= 1e-9
    assert np.all(solution.inequality_multipliers >= 0)


@settings(max_examples=30)
@given(SEEDS)
def test_every_answer_is_as_low_as_scipys(seed):
    H, c, A, b, (E, e) = program(seed)
    x = quadratic_program(H, c, A, b, E, e).x
    constraints = [scipy.optimize.LinearConstraint(A, ub=b)]
    if E is not None:
        keep = np.r_[0, 2 : len(E)]  # SLSQP takes no plane that follows from another
        constraints.append(scipy.optimize.LinearConstraint(E[keep], e[keep], e[keep]))
    theirs = scipy.optimize.minimize(
        lambda x: x @ H @ x / 2 + c @ x,
        np.zeros(len(c)),
        jac=lambda x: H @ x + c,
        constraints=constraints,
        method="SLSQP",
        options={"ftol": 1e-12, "maxiter": 1000},
    )
    if theirs.success:
        assert x @ H @ x / 2 + c @ x <= theirs.fun + 1e-7


@settings(max_examples=60)
@given(SEEDS)
def test_without_a_bowl_it_is_linear_programming(seed):
    H, c, A, b, (E, e) = program(seed)
    solution = quadratic_program(0 * H, c, A, b, E, e)
    theirs = scipy.optimize.linprog(c, A, b, E, e, bounds=(None, None))
    assert c @ solution.x == pytest.approx(theirs.fun, abs=1e-8)


@settings(max_examples=60)
@given(SEEDS)
def test_phase_one_finds_a_point_just_where_scipy_does(seed):
    H, c, A, b, (E, e) = program(seed, allowed=False)
    theirs = scipy.optimize.linprog(0 * c, A, b, E, e, bounds=(None, None))
    if theirs.status == 0:
        assert quadratic_program(H, c, A, b, E, e).kkt.worst <= 1e-9
    else:
        with pytest.raises(ValueError, match="must allow some x"):
            quadratic_program(H, c, A, b, E, e)


@settings(max_examples=40)
@given(SEEDS)
def test_it_goes_down_and_stays_within(seed):
    H, c, A, b, (E, e) = program(seed)
    path = quadratic_program(H, c, A, b, E, e).path
    heights = [x @ H @ x / 2 + c @ x for x in path]
    assert np.all(np.diff(heights) <= 1e-9)
    assert np.max(path @ A.T - b) <= 1e-9


@settings(max_examples=40)
@given(SEEDS, st.floats(1e-6, 1e6), st.floats(1e-6, 1e6))
def test_units_do_not_matter(seed, height, length):
    H, c, A, b, _ = program(seed)
    x = quadratic_program(H, c, A, b).x
    solution = quadratic_program(height * H, height * length * c, A, length * b)
    assert_allclose(solution.x / length, x, atol=1e-6)


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=4))
def test_it_projects_onto_a_simplex_and_onto_a_diamond(x):
    x, p = np.array(x), len(x)
    simplex = quadratic_program(np.eye(p), -x, -np.eye(p), np.zeros(p), np.ones((1, p)), [1])
    assert_allclose(simplex.x, project_onto_simplex(x), atol=1e-9)
    signs = 1 - 2.0 * np.array(np.meshgrid(*[[0, 1]] * p)).reshape(p, -1).T
    diamond = quadratic_program(np.eye(p), -x, signs, np.ones(len(signs)))
    assert_allclose(diamond.x, project_onto_l1_ball(x), atol=1e-9)


def test_a_corner_where_many_fences_meet_does_not_lead_in_circles():
    turns = np.linspace(0, np.pi / 2, 9)
    A = np.column_stack([np.cos(turns), np.sin(turns)])
    solution = quadratic_program(np.eye(2), [-3, -2], A, np.zeros(9), start=[0, 0])  # all of them touch the origin
    assert_allclose(solution.x, 0, atol=1e-12)
    assert solution.kkt.worst <= 1e-12


def test_beales_linear_program_does_not_either():
    c, A = [-0.75, 150, -0.02, 6], [[0.25, -60, -0.04, 9], [0.5, -90, -0.02, 3], [0, 0, 1, 0]]
    solution = quadratic_program(np.zeros((4, 4)), c, np.vstack([A, -np.eye(4)]), [0, 0, 1, 0, 0, 0, 0])
    assert np.dot(c, solution.x) == pytest.approx(-0.05)


def test_the_street_of_a_support_vector_machine_is_such_a_program():
    X, y = datasets.load_iris(return_X_y=True)
    X, s = X[:100, 2:], np.where(y[:100] == 0, -1.0, 1.0)
    solution = quadratic_program(
        np.diag([1, 1, 0]), np.zeros(3), -s[:, np.newaxis] * np.c_[X, np.ones(100)], -np.ones(100)
    )
    model = svm.SVC(kernel="linear", C=1e8, tol=1e-10).fit(X, s)
    assert_allclose(solution.x, [*model.coef_[0], *model.intercept_], rtol=1e-5)
    alpha = solution.inequality_multipliers
    assert_array_equal(np.flatnonzero(alpha), np.sort(model.support_))
    assert_allclose(alpha * s @ X, solution.x[:2], atol=1e-9)
    assert solution.kkt.worst <= 1e-9


# --- what came ------------------------------------------------------------------------------------


def test_a_fence_that_is_not_touched_does_not_push():
    solution = quadratic_program(np.eye(2), [-1, 0], [[1, 0], [0, 1]], [2, 2])
    assert_allclose(solution.x, [1, 0])
    assert_array_equal(solution.inequality_multipliers, 0)
    assert_array_equal(quadratic_program(np.eye(2), [-1, 0]).x, [1, 0])


def test_a_start_that_is_allowed_is_taken_and_another_one_is_not():
    H, c, A, b = np.eye(2), [-2, 0], [[1, 1]], [1]
    assert_array_equal(quadratic_program(H, c, A, b, start=[0, -3]).path[0], [0, -3])
    assert_array_equal(quadratic_program(H, c, A, b, start=[5, 5]).path[0], [0, 0])


def test_what_has_no_answer_says_why():
    with pytest.raises(ValueError, match=r"must allow some x, but the x that is nearest .* passes a fence by 0\.5"):
        quadratic_program([[1.0]], [0], [[1], [-1]], [-1, 0])
    with pytest.raises(ValueError, match="A_eq x = b_eq must have a solution"):
        quadratic_program(np.eye(2), [0, 0], A_eq=[[1, 1], [2, 2]], b_eq=[1, 3])
    with pytest.raises(ValueError, match="it goes down for ever"):
        quadratic_program([[1, 0], [0, 0]], [0, 1], [[0, 1]], [3])
    with pytest.raises(ValueError, match="H must be positive semi-definite"):
        quadratic_program([[-1.0]], [0], [[1], [-1]], [1, 1])
    with pytest.raises(ValueError, match="steps must be more: after 0 the lowest point is not reached"):
        quadratic_program(np.eye(2), [-3, -3], [[1, 0]], [1], steps=0)


def test_shapes_fit():
    with pytest.raises(ValueError, match="A_ub and b_ub belong together, but one of them is missing"):
        quadratic_program([[1.0]], [0], [[1]])
    with pytest.raises(ValueError, match="A_ub must have no row of zeros"):
        quadratic_program([[1.0]], [0], [[0]], [1])
    with pytest.raises(
        ValueError, match="A_eq and b_eq must have the same number of rows, but A_eq has 1 and b_eq has 2"
    ):
        quadratic_program([[1.0]], [0], A_eq=[[1]], b_eq=[1, 2])
    with pytest.raises(ValueError, match="start and c must have the same length, but start has 2 and c has 1"):
        quadratic_program([[1.0]], [0], start=[1, 2])
