"""Constraints: multipliers that are prices, KKT's conditions as a certificate, and the nearest point of a set."""

import math

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from mathml.autodiff import grad
from mathml.calculus import variable
from mathml.optimization.constraints import kkt_residual, lagrange, lagrangian
from mathml.optimization.projections import (
    project_onto_ball,
    project_onto_box,
    project_onto_half_space,
    project_onto_l1_ball,
    project_onto_simplex,
)

SEEDS = st.integers(0, 999)
POINTS = hnp.arrays(float, 3, elements=st.floats(-10, 10, allow_subnormal=False))


def unit(x):
    """0 on the circle, or the sphere."""
    return x @ x - 1


# --- equations ------------------------------------------------------------------------------------


@given(SEEDS)
def test_on_the_sphere_the_stationary_points_of_a_form_are_eigenvectors(seed):
    rng = np.random.default_rng(seed)
    M = rng.normal(size=(4, 4))
    S = M + M.T
    values, axes = np.linalg.eigh(S)
    k = int(rng.integers(4))
    found = lagrange(lambda w: w @ S @ w, lambda w: w @ w - 1, axes[:, k] + 1e-3)
    assert found.converged
    assert found.residual <= 1e-8
    assert_allclose(found.multipliers, [np.dot(found.x, S @ found.x)], atol=1e-8)
    assert np.min(np.abs(values - found.multipliers)) <= 1e-8


def test_what_is_found_is_what_scipy_finds():
    def f(x):
        return (x[0] - 2) ** 4 + (x[0] - 2 * x[1]) ** 2 + np.exp(x[2])

    def g(x):
        return np.stack([x[0] ** 2 - x[1], x[0] + x[1] + x[2] - 1])

    theirs = scipy.optimize.minimize(
        f, [1.0, 1, 0], constraints={"type": "eq", "fun": g}, method="SLSQP", options={"ftol": 1e-14}
    )
    found = lagrange(f, g, [1.0, 1, 0])
    assert_allclose(found.x, theirs.x, atol=1e-6)
    assert_allclose(grad(lambda x: lagrangian(f, g, x, found.multipliers))(found.x), 0, atol=1e-8)
    assert_allclose(g(found.x), 0, atol=1e-8)


@given(st.floats(0.5, 2))
def test_a_multiplier_is_the_price_of_its_equation(level):
    def highest(level):
        return lagrange(lambda x: x[0] + 2 * x[1], lambda x: x @ x - level, [0.5, 0.9])

    found = highest(level)
    rise = (5 * (level + 1e-5)) ** 0.5 - (5 * (level - 1e-5)) ** 0.5  # the most of x + 2y on the circle is √(5 · level)
    assert found.multipliers[0] == pytest.approx(rise / 2e-5, rel=1e-6)


def test_without_rules_it_takes_differences():
    x, y = variable("x"), variable("y")
    f, g = x * y + x / 2, x**2 / 4 + y**2 / 1.5625 - 1
    found = lagrange(lambda p: f(x=p[0], y=p[1]), lambda p: g(x=p[0], y=p[1]), [1.5, 0.9])
    assert found.converged
    exact = lagrange(
        lambda p: p[0] * p[1] + p[0] / 2, lambda p: p[0] ** 2 / 4 + p[1] ** 2 / 1.5625 - 1, [1.5, 0.9], tol=1e-12
    )
    assert_allclose(found.x, exact.x, atol=1e-8)
    assert lagrange(lambda p: math.exp(p[0]) + p[1] ** 2, lambda p: p[0] + p[1], [0.0, 0.0]).converged


def test_newtons_method_is_quick():
    assert lagrange(lambda x: x[0] * x[1], lambda x: x @ x - 2, [1.5, 0.5]).steps <= 6
    assert lagrange(lambda x: x @ x, lambda x: np.sum(x) - 1, [3.0, 4.0]).steps == 1  # all is linear


@given(POINTS, st.floats(-5, 5))
def test_the_lagrangian_is_f_where_the_equations_hold_and_its_slope_by_the_price_is_minus_g(x, price):
    def f(x):
        return np.sum(x**3)

    on = x / np.max(np.abs(x)) if x.any() else np.array([1.0, 0, 0])  # so that no square underflows
    on = on / np.linalg.norm(on)
    assert lagrangian(f, unit, on, price) == pytest.approx(f(on), abs=1e-9)
    slope = lagrangian(f, unit, x, price + 1) - lagrangian(f, unit, x, price)
    assert slope == pytest.approx(-unit(x), abs=1e-6)


def test_equations_that_have_no_one_solution_say_so():
    with pytest.raises(ValueError, match=r"must have one solution near the start, but at x = \[0. 0.\]"):
        lagrange(lambda x: np.sum(x), lambda x: x @ x - 1, [0, 0])
    with pytest.raises(ValueError, match="multipliers must have one entry for each of 1 equations, but 2 came"):
        lagrangian(np.sum, unit, [1, 0], [1, 2])
    with pytest.raises(ValueError, match="tol must be at least 0"):
        lagrange(np.sum, unit, [1, 0], tol=-1)
    assert not lagrange(lambda x: x[0] * x[1], unit, [3.0, 0.5], steps=1).converged


# --- a certificate --------------------------------------------------------------------------------


def test_the_answer_passes_and_each_condition_is_missed_by_itself():
    def f(x):
        return (x - 2) @ (x - 2) / 2

    def g(x):
        return x - 1

    fits = kkt_residual(f, [1.0], g, [1.0])
    assert fits == (0, 0, 0, 0)
    assert fits.worst == 0
    assert kkt_residual(f, [1.0], g, [0.5]).stationarity == 0.5
    assert kkt_residual(f, [1.5], g, [0.5]) == (0, 0.5, 0, 0.25)
    assert kkt_residual(f, [3.0], lambda x: x - 3, [-1.0]).dual_feasibility == 1
    assert kkt_residual(f, [0.0], g, [2.0]) == (0, 0, 0, 2)
    assert kkt_residual(f, [0.0], equations=lambda x: x - 1, equation_multipliers=[2.0]) == (0, 1, 0, 0)


@given(SEEDS)
def test_scipys_answer_with_its_multipliers_passes(seed):
    rng = np.random.default_rng(seed)
    a, b = 3 * rng.normal(size=3), rng.uniform(0.1, 1, size=3)
    theirs = scipy.optimize.lsq_linear(np.eye(3), a, bounds=(-b, b))
    force = a - theirs.x
    kkt = kkt_residual(
        lambda x: (x - a) @ (x - a) / 2,
        theirs.x,
        lambda x: np.concatenate([x - b, -x - b]),
        np.concatenate([np.maximum(force, 0), np.maximum(-force, 0)]),
    )
    assert kkt.worst <= 1e-5


def test_there_is_one_finite_multiplier_for_each_constraint():
    with pytest.raises(ValueError, match="inequality_multipliers must have one entry for each of 1 constraints, but 2"):
        kkt_residual(lambda x: x @ x, [1.0], lambda x: x - 1, [1, 2])
    with pytest.raises(ValueError, match="equation_multipliers must have one entry for each of 0 constraints, but 1"):
        kkt_residual(lambda x: x @ x, [1.0], equation_multipliers=[1])
    with pytest.raises(ValueError, match="inequality_multipliers must be finite"):
        kkt_residual(lambda x: x @ x, [1.0], lambda x: x - 1, [np.inf])


def test_it_prints_what_is_missed():
    assert str(kkt_residual(lambda x: x @ x, [1.0])) == (
        "stationarity 2, feasibility 0, dual feasibility 0, complementarity 0"
    )


# --- the nearest point ----------------------------------------------------------------------------

NORMAL = np.array([1.0, -2, 0.5])
SETS = {
    "box": (lambda x: project_onto_box(x, -1, [1, 2, np.inf]), lambda x: np.all((x >= -1) & (x[0] <= 1) & (x[1] <= 2))),
    "ball": (lambda x: project_onto_ball(x, 2), lambda x: np.linalg.norm(x) <= 2 + 1e-12),
    "half-space": (lambda x: project_onto_half_space(x, NORMAL, 1), lambda x: NORMAL @ x <= 1 + 1e-12),
    "simplex": (lambda x: project_onto_simplex(x, 2), lambda x: np.all(x >= 0) and abs(x.sum() - 2) <= 1e-12),
    "L1 ball": (lambda x: project_onto_l1_ball(x, 2), lambda x: np.abs(x).sum() <= 2 + 1e-12),
}


@pytest.mark.parametrize("name", SETS)
@given(x=POINTS, y=POINTS)
def test_a_projection_is_allowed_and_no_allowed_point_is_nearer(name, x, y):
    project, allowed = SETS[name]
    nearest, other = project(x), project(y)
    assert allowed(nearest)
    assert (x - nearest) @ (other - nearest) <= 1e-9  # the angle to any other allowed point is not acute
    assert np.linalg.norm(nearest - other) <= np.linalg.norm(x - y) + 1e-9
    assert_allclose(project(nearest), nearest, atol=1e-12)


@pytest.mark.parametrize("name", SETS)
def test_what_is_projected_stays_as_it_was(name):
    x = np.array([3.0, -4, 5])
    SETS[name][0](x)
    assert_array_equal(x, [3, -4, 5])


@given(POINTS)
def test_the_simplex_is_scipys(x):
    theirs = scipy.optimize.minimize(
        lambda w: np.sum((w - x) ** 2),
        np.full(3, 1 / 3),
        bounds=[(0, None)] * 3,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        options={"ftol": 1e-14},
    )
    assert np.sum((project_onto_simplex(x) - x) ** 2) <= theirs.fun + 1e-6


@given(POINTS)
def test_outside_the_diamond_small_entries_become_0(x):
    w = project_onto_l1_ball(x, 1)
    if np.abs(x).sum() > 1:
        assert np.abs(w).sum() == pytest.approx(1)
        threshold = np.max(np.abs(x) - np.abs(w))
        assert_array_equal(w[np.abs(x) <= threshold * (1 - 1e-12)], 0)


def test_a_common_offset_costs_the_simplex_no_digits():
    assert_allclose(project_onto_simplex(np.array([1, 0.5, -2]) + 2.0**40), [0.75, 0.25, 0], atol=1e-12)


def test_one_number_is_enough():
    assert_array_equal(project_onto_simplex([7]), [1])
    assert_array_equal(project_onto_l1_ball([-7]), [-1])
    assert_array_equal(project_onto_ball([0, 0]), [0, 0])


def test_sets_that_are_none_are_refused():
    with pytest.raises(ValueError, match="lower must not be above upper"):
        project_onto_box([1], 2, 1)
    with pytest.raises(ValueError, match=r"upper must be one number or have the shape \(2,\) of x"):
        project_onto_box([1, 2], 0, [1, 2, 3])
    with pytest.raises(ValueError, match="a must not be the zero vector"):
        project_onto_half_space([1, 2], [0, 0], 1)
    for project in (project_onto_ball, project_onto_l1_ball):
        with pytest.raises(ValueError, match="radius must be above 0, but radius = 0 came"):
            project([1, 2], 0)
    with pytest.raises(ValueError, match="total must be above 0, but total = -1 came"):
        project_onto_simplex([1, 2], -1)
