"""Schedules: PyTorch's plans and where momentum goes by them, and plans that arrive in spite of noise."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from mathml.optimization import (
    Adam,
    GradientDescent,
    LineSearch,
    Momentum,
    Scheduled,
    bowl,
    constant,
    cosine,
    exponential,
    inverse_time,
    minimize,
    stairs,
    warm_up,
)
from tests.torch_reference import TORCH, walk

PLANS = {
    "stairs": stairs(0.1, factor=0.5, every=20),
    "exponential": exponential(0.1, factor=0.95),
    "cosine": cosine(0.1, 60, last=0.01),
    "inverse_time": inverse_time(0.1, half=8),
    "warm_up": warm_up(constant(0.1), 10),
}
RATES, FACTORS, COUNTS = st.floats(1e-3, 10), st.floats(0.01, 1), st.integers(1, 50)


@pytest.mark.parametrize("name", PLANS)
def test_the_plan_is_pytorchs(name):
    assert_allclose([PLANS[name](t) for t in range(60)], TORCH[name], rtol=1e-12)


@pytest.mark.parametrize("name", PLANS)
def test_momentum_by_a_plan_goes_where_pytorch_does(name):
    path = walk(Scheduled(Momentum(1.0), PLANS[name]))
    assert_allclose(path, TORCH[f"momentum_{name}"], rtol=1e-12, atol=1e-12)


# --- laws -----------------------------------------------------------------------------------------


@given(RATES, FACTORS, COUNTS)
def test_plans_begin_with_their_rate_and_never_rise(rate, factor, count):
    for plan in (
        constant(rate),
        stairs(rate, factor, count),
        exponential(rate, factor),
        inverse_time(rate, count),
        cosine(rate, count, rate * factor),
    ):
        rates = [plan(t) for t in range(80)]
        assert rates[0] == pytest.approx(rate)
        assert np.all(np.diff(rates) <= 1e-15 * rate)
        assert min(rates) >= 0


@given(RATES, COUNTS, st.floats(0, 1))
def test_the_cosine_is_symmetric_and_stays_at_its_last_rate(rate, steps, part):
    plan = cosine(rate, steps, part * rate)
    for t in range(steps + 1):
        assert plan(t) + plan(steps - t) == pytest.approx(rate + part * rate)
    assert plan(steps + 7) == plan(steps) == pytest.approx(part * rate)


@given(RATES, st.floats(0.01, 0.99))
def test_an_exponential_plan_reaches_only_so_far(rate, factor):
    assert sum(exponential(rate, factor)(t) for t in range(3000)) <= rate / (1 - factor) * (1 + 1e-12)


@given(RATES, COUNTS)
def test_a_warm_up_grows_evenly_to_all_of_the_plan(rate, steps):
    plan = warm_up(constant(rate), steps)
    assert_allclose([plan(t) for t in range(steps)], rate * np.arange(1, steps + 1) / steps)
    assert plan(steps - 1) == plan(steps + 5) == rate


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=30))
def test_by_one_over_t_noisy_descent_is_the_running_mean(values):
    optimizer, x = Scheduled(GradientDescent(1), inverse_time(1.0, half=1)), np.zeros(1)
    for t, value in enumerate(values):
        x = optimizer.step(x, x - value)  # the slope of (x − value)²/2
        assert x[0] == pytest.approx(np.mean(values[: t + 1]), abs=1e-9)


def test_with_noise_a_rate_that_falls_arrives_and_one_that_stays_does_not(rng):
    noise = rng.normal(size=20_000)

    def end(plan):
        optimizer, x, ends = Scheduled(GradientDescent(1), plan), np.ones(1), []
        for error in noise:
            x = optimizer.step(x, x + error)
            ends.append(x[0] ** 2)
        return np.mean(ends[-5000:])

    assert end(constant(0.3)) == pytest.approx(0.3 / (2 - 0.3), rel=0.1)  # the mean square that it settles at
    assert end(inverse_time(0.3, half=50)) < 0.01


def test_a_constant_plan_changes_nothing():
    assert_array_equal(walk(Scheduled(Adam(1.0), constant(0.1))), walk(Adam(0.1)))


# --- edges ----------------------------------------------------------------------------------------


def test_a_run_leaves_the_plan_at_its_beginning():
    ground, inner = bowl(1, 10), Momentum(0.7)
    optimizer = Scheduled(inner, cosine(0.1, 100))
    first, second = (minimize(ground.f, ground.start, optimizer, ground.gradient, steps=100) for _ in range(2))
    assert_array_equal(first.path, second.path)
    assert optimizer.steps_ == 0
    assert inner.learning_rate == 0.7
    assert inner.velocity_ is None


def test_at_the_end_of_a_cosine_it_stands_still():
    optimizer = Scheduled(GradientDescent(1), cosine(0.5, 1))
    assert optimizer.step([1], [1]).tolist() == optimizer.step([0.5], [1]).tolist() == [0.5]


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: constant(0), ValueError, "rate must be above 0, but rate = 0 came"),
        (lambda: stairs(0.1, factor=2), ValueError, "factor must be above 0 and at most 1, but factor = 2 came"),
        (lambda: stairs(0.1, every=0), ValueError, "every must be at least 1, but every = 0 came"),
        (lambda: exponential(0.1, factor=0), ValueError, "factor must be above 0 and at most 1, but factor = 0 came"),
        (lambda: inverse_time(0.1, half=-1), ValueError, "half must be above 0, but half = -1 came"),
        (lambda: cosine(0.1, 2.5), TypeError, "steps must be a whole number, but float 2.5 came"),
        (lambda: cosine(0.1, 5, 0.2), ValueError, "last must lie between 0 and the rate, 0.1, but last = 0.2 came"),
        (lambda: warm_up(constant(0.1), 0), ValueError, "steps must be at least 1, but steps = 0 came"),
        (
            lambda: Scheduled(GradientDescent(1), lambda t: -0.5).step([1], [1]),
            ValueError,
            "schedule(0) must be finite and at least 0, but it is -0.5",
        ),
        (
            lambda: Scheduled(GradientDescent(1), lambda t: math.nan).step([1], [1]),
            ValueError,
            "schedule(0) must be a number, but NaN came",
        ),
        (
            lambda: Scheduled(LineSearch(lambda x: x @ x), constant(0.1)),
            ValueError,
            "optimizer must have a learning_rate, but a LineSearch has none",
        ),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error) as raised:
        call()
    assert str(raised.value).startswith(message)
