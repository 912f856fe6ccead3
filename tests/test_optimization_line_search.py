"""Line search: what Armijo and Wolfe ask for holds, beside SciPy's own search."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from scipy import optimize

from mathml.optimization import ROSENBROCK, GradientDescent, LineSearch, backtrack, bowl, minimize, strong_wolfe

SEEDS = st.integers(0, 500)


def hilly(seed):
    """A function with several valleys and a floor, its gradient, a place, and a way down from it."""
    rng = np.random.default_rng(seed)
    A, x = rng.normal(size=(3, 3)), rng.normal(size=3) * 3

    def f(x):
        return float(np.sum(np.sin(A @ x)) + x @ x / 4)

    def gradient(x):
        return A.T @ np.cos(A @ x) + x / 2

    direction = -gradient(x) * rng.uniform(0.1, 2, size=3)
    return f, gradient, x, direction


# --- Armijo ---------------------------------------------------------------------------------------


@given(SEEDS, st.floats(1e-3, 1e3), st.floats(0.1, 0.9), st.floats(1e-4, 0.4))
def test_the_step_is_worth_its_length_and_the_one_before_was_not(seed, first, shrink, enough):
    f, gradient, x, d = hilly(seed)
    search = backtrack(f, x, d, gradient(x), first=first, shrink=shrink, enough=enough)

    def worth(rate):
        return f(x + rate * d) <= f(x) + enough * rate * gradient(x) @ d

    assert [worth(rate) for rate in search.tried] == [False] * (len(search.tried) - 1) + [True]
    assert search.rate == search.tried[-1] == pytest.approx(first * shrink ** (len(search.tried) - 1))


@given(st.floats(0.1, 100), st.floats(0.05, 0.45))
def test_in_a_bowl_the_longest_worthy_step_is_known(bend, enough):
    d = np.array([-bend])  # from 1: the lowest place is at the rate 1/bend
    search = backtrack(lambda x: bend * x @ x / 2, [1.0], d, -d, first=100, shrink=0.99, enough=enough)
    if search.rate < 100:  # else the first was short enough
        longest = 2 * (1 - enough) / bend
        assert 0.989 * longest <= search.rate <= longest * (1 + 1e-9) or len(search.tried) == 60


def test_a_wall_is_too_far_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        search = backtrack(lambda x: x[0] - np.log(x[0]), [2.0], [-0.5], [0.5], first=64)
    assert search.tried.tolist() == [64, 32, 16, 8, 4, 2]  # at 8 and further it is NaN, at 4 infinite


def test_where_no_step_leads_down_it_does_not_move():
    up = backtrack(lambda x: x[0], [0.0], [1.0], [-1.0])  # the gradient is a lie
    assert up.rate == 0
    assert len(up.tried) == 60


# --- strong Wolfe ---------------------------------------------------------------------------------


@given(SEEDS, st.sampled_from([1e-6, 0.01, 1.0, 30.0, 1e4]), st.sampled_from([0.1, 0.5, 0.9]))
def test_wolfes_conditions_hold(seed, first, flat):
    f, gradient, x, d = hilly(seed)
    rate, _ = strong_wolfe(f, gradient, x, d, first=first, flat=flat)
    slope = gradient(x) @ d
    assert f(x + rate * d) <= f(x) + 1e-4 * rate * slope + 1e-12
    assert abs(gradient(x + rate * d) @ d) <= flat * abs(slope)


@given(SEEDS)
def test_scipys_search_asks_for_the_same(seed):
    f, gradient, x, d = hilly(seed)
    theirs = optimize.line_search(f, gradient, x, d, c1=1e-4, c2=0.9)[0]
    if theirs is not None:
        found = strong_wolfe(f, gradient, x, d, first=theirs)
        assert found.tried.tolist() == [theirs] == [found.rate]


@given(st.floats(1e-3, 1e3), st.floats(0.01, 0.5))
def test_in_a_bowl_it_comes_as_near_to_the_bottom_as_was_asked(bend, flat):
    rate, _ = strong_wolfe(lambda x: bend * x @ x / 2, lambda x: bend * x, [1.0], [-1.0], flat=flat)
    assert abs(1 - rate) <= flat + 1e-12


def test_near_a_minimum_the_slopes_decide_for_the_heights_are_all_the_same():
    x = np.array([1e-6])
    rate, tried = strong_wolfe(lambda x: 1e6 + x @ x, lambda x: 2 * x, x, -2 * x, flat=0.1)
    assert rate == 0.5
    assert len(tried) == 2


def test_down_a_slope_without_end_it_goes_far_and_stops():
    rate, tried = strong_wolfe(lambda x: -x[0], lambda x: [-1.0], [0.0], [1.0])
    assert rate == 2.0**59
    assert len(tried) == 60


def test_a_wall_on_the_way_is_not_passed():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rate, _ = strong_wolfe(lambda x: x[0] - np.log(x[0]), lambda x: 1 - 1 / x, [3.0], [-2.0], first=10, flat=0.1)
    assert 0 < 3 - 2 * rate < 3


# --- descent that searches ------------------------------------------------------------------------


@given(SEEDS)
def test_the_height_never_rises_and_the_ground_becomes_level(seed):
    f, gradient, x, _ = hilly(seed)
    run = minimize(f, x, LineSearch(f), gradient, tol=1e-5)
    assert np.all(np.diff(run.values) <= 0)
    assert run.converged


def test_it_needs_no_rate_for_another_unit():
    for size in (1e-6, 1.0, 1e6):
        ground = bowl(size, 10 * size)
        run = minimize(ground.f, ground.start, LineSearch(ground.f), ground.gradient, tol=1e-6 * size)
        assert run.converged
        assert len(run.path) < 120


def test_on_rosenbrock_it_gets_further_than_the_best_of_the_fixed_rates():
    f, gradient, start = ROSENBROCK.f, ROSENBROCK.gradient, ROSENBROCK.start
    searched = minimize(f, start, LineSearch(f), gradient, steps=1000)
    fixed = [minimize(f, start, GradientDescent(rate), gradient, steps=1000) for rate in np.geomspace(1e-4, 1e-2, 15)]
    assert searched.values[-1] < min(run.values[-1] for run in fixed)


def test_each_run_begins_anew():
    ground = bowl(1, 10)
    optimizer = LineSearch(ground.f)
    first, second = (minimize(ground.f, ground.start, optimizer, ground.gradient) for _ in range(2))
    assert_array_equal(first.path, second.path)
    assert optimizer.search_ is None


def test_on_level_ground_it_stays():
    assert LineSearch(lambda x: 0.0).step([1, 2], [0, 0]).tolist() == [1, 2]


# --- errors ---------------------------------------------------------------------------------------


def square(x):
    return x @ x


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: backtrack(square, [1], [1], [2]),
            ValueError,
            "direction must go down, gradient · direction < 0, but that is 2",
        ),
        (
            lambda: backtrack(square, [1], [1, 2], [2]),
            ValueError,
            "x and direction and gradient must have the same length, but x has 1 and direction has 2 and gradient has",
        ),
        (lambda: backtrack(square, [1], [-1], [2], first=0), ValueError, "first must be above 0, but first = 0 came"),
        (lambda: backtrack(square, [1], [-1], [2], shrink=1), ValueError, "shrink must lie between 0 and 1, but"),
        (lambda: backtrack(lambda x: math.inf, [1], [-1], [2]), ValueError, "f(x) must be finite, but it is inf"),
        (lambda: LineSearch(square, enough=0), ValueError, "enough must lie between 0 and 1, but enough = 0 came"),
        (lambda: LineSearch(square).step([1], ["up"]), TypeError, "gradient must be a vector: one row of numbers, but"),
        (
            lambda: strong_wolfe(square, lambda x: 2 * x, [1], [-2], enough=0.5, flat=0.4),
            ValueError,
            "enough must be smaller than flat, but 0.5 and 0.4 came",
        ),
        (
            lambda: strong_wolfe(square, lambda x: 2 * x, [1], [2]),
            ValueError,
            "direction must go down, gradient · direction < 0, but that is 4",
        ),
        (
            lambda: strong_wolfe(square, lambda x: [1, 2], [1], [-2]),
            ValueError,
            "x and direction and gradient must have the same length, but x has 1 and direction has 1 and gradient has",
        ),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error) as raised:
        call()
    assert str(raised.value).startswith(message)
