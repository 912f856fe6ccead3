"""Penalties: what they cost, what they make of a weight, and the certificate that nothing is left to gain."""

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.linear_model import ElasticNet

from mathml.autodiff import grad
from mathml.optimization.penalties import elastic_net, penalty_residual, prox_elastic_net, soft_threshold

NUMBERS = st.floats(-100, 100, allow_subnormal=False)
WEIGHTS = hnp.arrays(float, st.integers(1, 5), elements=NUMBERS)
STRENGTHS = st.floats(0, 50, allow_subnormal=False)


@given(WEIGHTS, STRENGTHS, STRENGTHS)
def test_the_penalty_is_made_of_norms(w, l1, l2):
    expected = l1 * np.linalg.norm(w, 1) + l2 / 2 * np.linalg.norm(w) ** 2
    assert elastic_net(w, l1, l2) == pytest.approx(expected, rel=1e-12)


@given(st.data(), WEIGHTS, STRENGTHS, STRENGTHS, st.floats(0, 1))
def test_the_penalty_is_convex(data, a, l1, l2, t):
    b = data.draw(hnp.arrays(float, a.shape, elements=NUMBERS))
    chord = t * elastic_net(a, l1, l2) + (1 - t) * elastic_net(b, l1, l2)
    assert elastic_net(t * a + (1 - t) * b, l1, l2) <= chord + 1e-9 * (1 + chord)


@given(WEIGHTS, STRENGTHS, STRENGTHS)
def test_its_slope_can_be_recorded_and_is_0_at_the_kink(w, l1, l2):
    slope = grad(lambda w: elastic_net(w, l1, l2))(w)
    assert_allclose(slope, l1 * np.sign(w) + l2 * w, rtol=1e-12)
    assert penalty_residual(-slope, w, l1, l2) == pytest.approx(0, abs=1e-9)


def test_each_weight_may_have_a_strength_of_its_own():
    assert elastic_net([3, -4], l1=[0, 2], l2=[1, 0]) == 8 + 4.5
    assert_array_equal(soft_threshold([3, -4], [0, 5]), [3, 0])
    assert_array_equal(prox_elastic_net([3, -4], [0, 1], [1, 0]), [1.5, -3])


# --- what becomes of a weight ---------------------------------------------------------------------


@given(st.floats(-20, 20), st.floats(0, 10), st.floats(0, 10))
def test_the_proximal_step_is_the_least_sum_that_scipy_finds(a, l1, l2):
    def cost(w):
        return (w - a) ** 2 / 2 + elastic_net(w, l1, l2)

    found = float(prox_elastic_net(a, l1, l2))
    theirs = scipy.optimize.minimize_scalar(cost, bounds=(-21, 21), method="bounded", options={"xatol": 1e-10})
    assert cost(found) <= theirs.fun + 1e-9
    assert found == pytest.approx(theirs.x, abs=1e-4)


@given(WEIGHTS, STRENGTHS, STRENGTHS)
def test_the_proximal_step_leaves_nothing_to_gain(a, l1, l2):
    w = prox_elastic_net(a, l1, l2)
    assert penalty_residual(w - a, w, l1, l2) <= 1e-12 * (1 + np.max(np.abs(a)))


@given(st.data(), WEIGHTS, STRENGTHS, STRENGTHS)
def test_it_takes_no_two_points_further_apart(data, a, l1, l2):
    b = data.draw(hnp.arrays(float, a.shape, elements=NUMBERS))
    apart = np.linalg.norm(prox_elastic_net(a, l1, l2) - prox_elastic_net(b, l1, l2))
    assert apart <= np.linalg.norm(a - b) + 1e-12


@given(WEIGHTS, STRENGTHS)
def test_what_lies_within_the_threshold_is_exactly_0_and_the_rest_moves_by_it(a, strength):
    w = soft_threshold(a, strength)
    assert_array_equal(w[np.abs(a) <= strength], 0)
    assert not np.signbit(w[w == 0]).any()
    far = np.abs(a) > strength
    assert_allclose(np.abs(a[far]) - np.abs(w[far]), strength, rtol=1e-9, atol=1e-12)
    assert np.all(np.sign(w) * np.sign(a) >= 0)


@given(WEIGHTS)
def test_l1_moves_by_a_constant_and_l2_divides(a):
    assert_array_equal(prox_elastic_net(a, l1=2), soft_threshold(a, 2))
    assert_allclose(prox_elastic_net(a, l2=2), a / 3, rtol=1e-15)
    assert_array_equal(prox_elastic_net(a), a)


def test_a_number_stays_a_number():
    assert soft_threshold(-3, 1).shape == ()
    assert float(soft_threshold(-3, 1)) == -2
    assert elastic_net(2.0, 1, 1) == 4


# --- a certificate --------------------------------------------------------------------------------


def problem(seed, n=30, d=6):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) @ rng.normal(size=(d, d))
    return X, X[:, 0] - X[:, 1] + rng.normal(size=n)


@given(st.integers(0, 50), st.floats(0.05, 1), st.floats(0.1, 1))
def test_scikit_learns_answer_passes_and_any_other_does_not(seed, alpha, ratio):
    X, y = problem(seed)
    model = ElasticNet(alpha=alpha, l1_ratio=ratio, fit_intercept=False, tol=1e-12, max_iter=100_000).fit(X, y)
    l1, l2 = alpha * ratio, alpha * (1 - ratio)

    def missed(w):
        return penalty_residual(X.T @ (X @ w - y) / len(X), w, l1, l2)

    size = np.max(np.abs(X.T @ y)) / len(X)
    assert missed(model.coef_) <= 1e-4 * size
    assert missed(model.coef_ + 0.1) > 1e-4 * size


def test_at_zero_the_kink_holds_any_pull_up_to_its_strength():
    assert penalty_residual([0.9, -1.0], [0, 0], l1=1) == 0
    assert penalty_residual([0.9, -1.5], [0, 0], l1=1) == 0.5
    assert penalty_residual([-1, 0], [1e-300, 0], l1=1) == 0  # as soon as it is not 0, the pull must be just that
    assert penalty_residual([-0.9, 0], [1e-300, 0], l1=1) == pytest.approx(0.1)


# --- what came ------------------------------------------------------------------------------------


def test_a_strength_is_finite_and_at_least_0():
    for f in (lambda s: soft_threshold([1, 2], s), lambda s: elastic_net([1, 2], l1=s), lambda s: elastic_net(1, l2=s)):
        with pytest.raises(ValueError, match=r"must be finite and at least 0, but \w+ = -1 came"):
            f(-1)
        with pytest.raises(ValueError, match=r"must be finite and at least 0, but \w+ = inf came"):
            f(np.inf)


def test_strengths_fit_the_weights():
    with pytest.raises(ValueError, match=r"l1 must be a number or have the shape \(2,\) of the weights.*\(3,\)"):
        elastic_net([1, 2], l1=[1, 2, 3])
    with pytest.raises(ValueError, match="gradient and w must have the same length, but gradient has 1 and w has 2"):
        penalty_residual([1], [1, 2])
