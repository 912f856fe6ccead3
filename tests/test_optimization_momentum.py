"""Momentum: PyTorch's path, the matrix of a step, and the best choice for a bowl."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from mathml.optimization import (
    GradientDescent,
    Momentum,
    Nesterov,
    best_momentum,
    bowl,
    minimize,
    momentum_matrix,
    momentum_radius,
)
from tests.torch_reference import TORCH, walk
from tools.frozen import torch_steps

RATES, PARTS, BENDS = st.floats(0.01, 2), st.floats(0, 0.99), st.floats(0.05, 4)


@pytest.mark.parametrize(("optimizer", "name"), [(Momentum(0.1), "momentum"), (Nesterov(0.1), "nesterov")])
def test_each_step_is_pytorchs(optimizer, name):
    assert_allclose(walk(optimizer), TORCH[name], rtol=1e-12, atol=1e-12)


def test_the_stored_values_are_small_and_say_what_made_them():
    assert torch_steps.TORCH_STEPS.stat().st_size < 40_000
    assert_allclose(torch_steps.make_gradients(), TORCH["gradients"], rtol=1e-15)
    for made in TORCH["made_with"]:
        assert str(made) in torch_steps.__doc__


# --- laws -----------------------------------------------------------------------------------------


@given(RATES, PARTS, BENDS, st.integers(0, 20))
def test_along_an_axis_of_a_bowl_a_step_is_a_matrix(rate, part, bend, steps):
    run = minimize(lambda x: bend * x @ x / 2, [1.0], Momentum(rate, part), lambda x: bend * x, steps=steps, tol=0)
    powers = [np.linalg.matrix_power(momentum_matrix(rate, part, bend), t) @ [1, 0] for t in range(len(run.path))]
    assert_allclose(run.path[:, 0], np.array(powers)[:, 0], rtol=1e-9, atol=1e-9)


@given(RATES, PARTS, BENDS, st.integers(1, 30))
def test_nesterovs_own_two_sequences_are_this_one(rate, part, bend, steps):
    run = minimize(lambda x: bend * x @ x / 2, [1.0], Nesterov(rate, part), lambda x: bend * x, steps=steps, tol=0)
    ahead = there = 1.0
    for came in run.path[1:, 0]:
        before, there = there, ahead - rate * bend * ahead
        ahead = there + part * (there - before)
        assert came == pytest.approx(ahead, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("kind", [Momentum, Nesterov])
def test_without_momentum_it_is_gradient_descent(kind):
    assert_array_equal(walk(kind(0.1, momentum=0)), walk(GradientDescent(0.1)))


@given(st.floats(0, 0.9), st.floats(-5, 5))
def test_a_push_that_stays_the_same_adds_up(part, push):
    optimizer, x = Momentum(1.0, part), [0.0]
    for _ in range(250):
        x = optimizer.step(x, [push])
    assert optimizer.velocity_ == pytest.approx(push / (1 - part))


def test_a_run_leaves_the_optimiser_without_a_memory():
    ground, optimizer = bowl(1, 10), Momentum(0.05)
    first, second = (minimize(ground.f, ground.start, optimizer, ground.gradient) for _ in range(2))
    assert optimizer.velocity_ is None
    assert first.converged
    assert_array_equal(first.path, second.path)


def test_what_it_remembers_is_replaced_and_never_changed():
    optimizer, gradient = Momentum(0.1), np.array([1.0, 2.0])
    optimizer.step([0, 0], gradient)
    before = optimizer.velocity_
    optimizer.step([0, 0], gradient)
    assert before.tolist() == gradient.tolist() == [1, 2]


# --- the map --------------------------------------------------------------------------------------


@given(RATES, PARTS, BENDS)
def test_the_radius_is_that_of_the_matrix(rate, part, bend):
    theirs = np.abs(np.linalg.eigvals(momentum_matrix(rate, part, bend))).max()
    assert float(momentum_radius(rate, part, bend)) == pytest.approx(theirs, abs=1e-7)  # two that meet are uncertain


@given(st.floats(-1, 6), PARTS)
def test_it_comes_to_rest_up_to_twice_one_and_the_momentum(step, part):
    border = 2 * (1 + part)
    if min(abs(step), abs(step - border)) > 1e-9:
        assert (momentum_radius(step, part, 1) < 1) == (0 < step < border)


def test_the_radius_is_what_is_left_of_the_distance_per_step():
    for rate, part in [(0.1, 0.5), (0.3, 0.9), (0.9, 0.2)]:
        run = minimize(lambda x: x @ x / 2, [1.0], Momentum(rate, part), lambda x: x, steps=400, tol=0)
        left = np.max(np.abs(run.path[-40:])) ** (1 / 361)
        assert left == pytest.approx(float(momentum_radius(rate, part, 1)), rel=0.02)


def test_a_whole_map_comes_at_once():
    rates, parts = np.linspace(0.01, 3, 40), np.linspace(0, 0.99, 30)[:, np.newaxis]
    whole = momentum_radius(rates, parts, 1.0)
    assert whole.shape == (30, 40)
    assert whole[7, 3] == momentum_radius(rates[3], parts[7, 0], 1)


def test_numbers_too_large_to_square_give_no_wrong_radius():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert momentum_radius(1e200, 0.5, 1) == pytest.approx(1e200)


# --- the best choice ------------------------------------------------------------------------------


@given(st.floats(1e-3, 1e3), st.floats(1, 1e6))
def test_at_its_best_both_ends_of_a_bowl_are_as_fast(lowest, condition):
    best = best_momentum(lowest, lowest * condition)
    at_ends = momentum_radius(best.learning_rate, best.momentum, [lowest, lowest * condition])
    assert_allclose(at_ends, best.radius, atol=1e-6)
    assert best.momentum == pytest.approx(best.radius**2)


@given(st.floats(1, 1e4), RATES, PARTS)
def test_no_other_choice_is_faster(condition, rate, part):
    best = best_momentum(1, condition)
    other = np.max(momentum_radius(rate * 2 / condition, part, np.geomspace(1, condition, 50)))
    assert other >= best.radius - 1e-9


def test_at_condition_1000_descent_needs_thousands_of_steps_and_momentum_hundreds():
    ground, best = bowl(1, 1000), best_momentum(1, 1000)

    def steps_of(optimizer):
        run = minimize(ground.f, ground.start, optimizer, ground.gradient, steps=8000, tol=0)
        distances = np.linalg.norm(run.path, axis=1)
        return np.flatnonzero(distances > 1e-6 * distances[0])[-1] + 1

    root = math.sqrt(1000)
    assert steps_of(GradientDescent(2 / 1001)) == pytest.approx(6908, abs=2)
    assert steps_of(Momentum(best.learning_rate, best.momentum)) == pytest.approx(315, abs=2)
    assert steps_of(Nesterov(1 / 1000, (root - 1) / (root + 1))) == pytest.approx(507, abs=2)


def test_a_round_bowl_needs_one_step():
    assert best_momentum(4, 4) == (0.25, 0, 0)


# --- errors ---------------------------------------------------------------------------------------


def second_run_with_another_length(optimizer):
    optimizer.step([1, 2], [1, 2])
    optimizer.step([1, 2, 3], [1, 2, 3])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: Momentum(-1), ValueError, "learning_rate must be above 0, but learning_rate = -1 came"),
        (lambda: Momentum(0.1, 1), ValueError, "momentum must be at least 0 and below 1, but momentum = 1 came"),
        (lambda: Nesterov(0.1, "much"), TypeError, "momentum must be a number, but the text 'much' came"),
        (
            lambda: Momentum(0.1).step([1], [1, 2]),
            ValueError,
            "x and gradient must have the same length, but x has 1 and gradient has 2",
        ),
        (
            lambda: second_run_with_another_length(Momentum(0.1)),
            ValueError,
            "velocity_ and gradient must have the same length (an optimiser belongs to one run), but velocity_ has 2 "
            "and gradient has 3",
        ),
        (lambda: momentum_matrix([0.1], 0.9, 1), TypeError, "learning_rate must be a number, but an array"),
        (lambda: momentum_radius(0.1, -0.1, 1), ValueError, "momentum must be at least 0 everywhere, but a negative"),
        (
            lambda: momentum_radius([1, 2], [0.1, 0.2, 0.3], 1),
            ValueError,
            "learning_rate, momentum and curvature must have shapes that fit together, not (2,), (3,) and ()",
        ),
        (
            lambda: best_momentum(2, 1),
            ValueError,
            "lowest and largest must satisfy 0 < lowest ≤ largest, but 2 and 1 came",
        ),
        (lambda: best_momentum(0, 1), ValueError, "lowest and largest must satisfy 0 < lowest ≤ largest, but 0 and 1"),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error) as raised:
        call()
    assert str(raised.value).startswith(message)
