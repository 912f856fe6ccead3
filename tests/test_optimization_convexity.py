"""Convexity: chords and curvatures find what they should, and grounds to try an optimiser on are what they say."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import optimize
from sklearn import datasets

from mathml.calculus import check_gradient
from mathml.information import binary_cross_entropy_from_logits
from mathml.optimization import ROSENBROCK, SADDLE, VALLEYS, bowl, check_chords, check_curvatures, chord_gap

SEEDS, SHARES = st.integers(0, 300), st.floats(0, 1)
SURFACES = {"bowl": bowl(1, 30), "saddle": SADDLE, "Rosenbrock": ROSENBROCK, "valleys": VALLEYS}


def symmetric(seed, d=3):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(d, d))
    return A + A.T, rng


# --- one chord ------------------------------------------------------------------------------------


@given(SEEDS, SHARES)
def test_in_a_quadratic_the_gap_is_known(seed, t):
    A, rng = symmetric(seed)
    x, y = rng.normal(size=(2, 3))
    gap = chord_gap(lambda z: z @ A @ z, x, y, t)
    assert gap == pytest.approx(t * (1 - t) * (x - y) @ A @ (x - y), abs=1e-12)


@pytest.mark.parametrize("f", [np.exp, abs, np.square, lambda x: max(0, 1 - x), lambda x: np.logaddexp(0, -x)])
@given(x=st.floats(-20, 20), y=st.floats(-20, 20), t=SHARES)
def test_below_a_convex_function_lies_no_chord(f, x, y, t):
    assert chord_gap(f, x, y, t) >= -1e-12 * max(1, f(x), f(y))


def test_between_two_valleys_lies_a_hill():
    assert chord_gap(lambda x: x**4 - 2 * x**2, -1, 1) == -1


# --- many chords ----------------------------------------------------------------------------------


@given(SEEDS)
def test_chords_and_curvatures_agree_on_quadratics(seed):
    A, rng = symmetric(seed)
    values, vectors = np.linalg.eigh(A)
    points = np.vstack([rng.normal(size=(4, 3)), vectors[:, 0], -vectors[:, 0]])
    by_chords, by_curvatures = check_chords(lambda x: x @ A @ x, points), check_curvatures(lambda x: 2 * A, points)
    assert by_chords.convex == by_curvatures.convex == (values[0] >= 0)
    assert by_curvatures.lowest == pytest.approx(2 * values[0])


@given(SEEDS)
def test_a_bowl_is_convex(seed):
    A, rng = symmetric(seed)
    points = 10 * rng.normal(size=(6, 3))
    assert check_chords(lambda x: x @ A @ A @ x, points).convex
    assert check_curvatures(lambda x: 2 * A @ A, points).convex


@given(SEEDS)
def test_a_witness_can_be_called(seed):
    points = np.random.default_rng(seed).uniform(-4, 4, size=(8, 2))
    found = check_chords(VALLEYS.f, points)
    assert chord_gap(VALLEYS.f, found.x, found.y, found.t) == pytest.approx(found.gap)
    assert found.convex == (found.gap >= 0)


@given(SEEDS)
def test_the_least_curvature_is_numpys(seed):
    points = np.random.default_rng(seed).uniform(-2, 2, size=(8, 2))
    found = check_curvatures(ROSENBROCK.hessian, points)
    least = [np.linalg.eigvalsh(ROSENBROCK.hessian(x))[0] for x in points]
    assert found.lowest == pytest.approx(min(least))
    assert found.x.tolist() == points[np.argmin(least)].tolist()
    assert found.convex == (min(least) >= 0)


def test_cross_entropy_is_convex_and_a_networks_loss_is_not(rng):
    X, y = datasets.load_breast_cancer(return_X_y=True)
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    assert check_chords(lambda w: binary_cross_entropy_from_logits(y, X @ w), rng.normal(size=(8, 30))).convex

    def network(w):  # two hidden units of one feature
        return binary_cross_entropy_from_logits(y, np.tanh(X[:, :1] @ w[np.newaxis, :2]) @ w[2:])

    swapped = [[2, -1, -3, 2], [-1, 2, 2, -3]]  # the same, with its units in the other order
    found = check_chords(network, swapped)
    assert not found.convex
    assert network(np.array(swapped[0])) == pytest.approx(network(np.array(swapped[1])))
    assert str(found).startswith("not convex: a chord lies 0.")


# --- edges ----------------------------------------------------------------------------------------


def test_a_small_dent_is_found_beside_large_heights():
    def f(x):
        return 1e12 * max(0, x[0]) if x[0] > 0 else float(1e-3 * np.cos(x[0]))

    found = check_chords(f, [[-2 * math.pi], [-math.pi / 2], [-3 * math.pi], [100], [200]])
    assert not found.convex
    assert found.gap > -1


def test_rounding_is_no_dent():
    assert check_chords(lambda x: 0.1 + 1e8 * float(np.sum(x)), np.random.default_rng(0).normal(size=(20, 3))).convex
    assert check_curvatures(lambda x: [[1e12, 1e12], [1e12, 1e12]], [[0, 0]]).convex


def test_both_print_as_a_sentence():
    assert str(check_chords(lambda x: x @ x, [[0.0], [2.0]])).startswith(
        "no chord lies below the function: the least gap"
    )
    assert str(check_curvatures(lambda x: [[3]], [[0.0]])) == "no curvature is negative: the least is 3"
    assert str(check_curvatures(lambda x: [[-3]], [[0.0]])) == "not convex: it bends down by -3"


# --- surfaces -------------------------------------------------------------------------------------


@given(st.sampled_from(sorted(SURFACES)), st.tuples(st.floats(-2, 2), st.floats(-2, 2)))
def test_each_gradient_and_hessian_is_that_of_its_surface(name, point):
    surface, x = SURFACES[name], np.array(point)
    assert check_gradient(surface.f, surface.gradient, x)
    for j in range(2):
        assert check_gradient(lambda z, j=j: surface.gradient(z)[j], lambda z, j=j: surface.hessian(z)[j], x)


@given(st.tuples(st.floats(-2, 2), st.floats(-2, 2)))
def test_rosenbrocks_ravine_is_scipys(point):
    x = np.array(point)
    assert ROSENBROCK.f(x) == pytest.approx(optimize.rosen(x))
    assert_allclose(ROSENBROCK.gradient(x), optimize.rosen_der(x), atol=1e-10)
    assert_allclose(ROSENBROCK.hessian(x), optimize.rosen_hess(x), atol=1e-10)


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_the_minima_are_minima_and_the_first_is_the_lowest(surface):
    for x in surface.minima:
        assert_allclose(surface.gradient(x), 0, atol=1e-12)
        assert np.linalg.eigvalsh(surface.hessian(x))[0] > 0
        assert surface.f(x) >= surface.lowest - 1e-12
    assert surface.f(surface.minima[0]) == pytest.approx(surface.lowest, abs=1e-12)
    theirs = optimize.minimize(surface.f, surface.start, jac=surface.gradient, tol=1e-10)
    assert np.min(np.linalg.norm(surface.minima - theirs.x, axis=1)) < 1e-4
    assert surface.f(surface.start) > surface.lowest + 0.1


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: chord_gap(abs, 0, 1, 2), ValueError, "t must lie between 0 and 1, but t = 2 came"),
        (lambda: chord_gap(abs, "a", 1), TypeError, "x must be a number, but the text 'a' came"),
        (lambda: chord_gap(np.sum, [1, 2], [1]), ValueError, "x and y must have the same length, but x has 2 and y"),
        (lambda: chord_gap(np.sum, [1, 2], 1), ValueError, "y must be a vector: one row of numbers, but an array"),
        (lambda: chord_gap(lambda x: x / 0.0 if x else math.inf, 0, 1), ValueError, "f(x) must be finite, but it is"),
        (
            lambda: check_chords(np.sum, [[1, 2]]),
            ValueError,
            "points must be two or more, for a chord has two ends, but one came",
        ),
        (lambda: check_chords(lambda x: math.nan, [[1], [2]]), ValueError, "f(points[0]) must be a number, but NaN"),
        (lambda: check_chords(lambda x: x, [[1], [2]]), TypeError, "f(points[0]) must be a number, but an array"),
        (lambda: check_curvatures(lambda x: [[1, 2], [0, 1]], [[0, 0]]), ValueError, "hessian(x) must be symmetric"),
        (lambda: check_curvatures(lambda x: np.eye(2), [1, 2]), ValueError, "points must be a matrix: rows of equal"),
        (lambda: bowl(0, 1), ValueError, "lowest and largest must be above 0, but 0 and 1 came"),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error) as raised:
        call()
    assert str(raised.value).startswith(message)
