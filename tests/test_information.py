"""Information against SciPy and scikit-learn, the laws of Shannon, and the edges where 0 · log 0 and overflow wait."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy import integrate, stats
from sklearn import metrics
from sklearn.feature_selection import mutual_info_classif

from mathml.autodiff import grad, value_and_grad
from mathml.functions import sigmoid, softmax
from mathml.information import (
    binary_cross_entropy,
    binary_cross_entropy_from_logits,
    cross_entropy,
    cross_entropy_from_logits,
    entropy,
    information_gain,
    kl_divergence,
    kl_divergence_of_normals,
    mutual_information,
)
from mathml.probability import Normal

# Any warning (overflow, 0/0, log 0) is a failure here.
pytestmark = pytest.mark.filterwarnings("error")

WEIGHT = st.floats(1e-3, 1) | st.just(0.0)  # zeros are likely


def normalized(weights):
    weights = weights + (weights.sum(axis=-1, keepdims=True) == 0)
    return weights / weights.sum(axis=-1, keepdims=True)


def distributions(rows, weight=WEIGHT):
    shapes = st.integers(1, 6).map(lambda k: (rows, k))
    return shapes.flatmap(lambda shape: hnp.arrays(np.float64, shape, elements=weight)).map(normalized)


tables = (
    hnp.array_shapes(min_dims=2, max_dims=2, max_side=5)
    .flatmap(lambda shape: hnp.arrays(np.float64, shape, elements=WEIGHT))
    .map(lambda table: normalized(table.reshape(-1)).reshape(table.shape))
)
labels = st.integers(1, 30).flatmap(lambda n: hnp.arrays(int, (2, n), elements=st.integers(0, 3)))
logits = hnp.arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(1, 4)), elements=st.floats(-30, 30))


# --- entropy --------------------------------------------------------------------------------------


@given(distributions(3), st.sampled_from([math.e, 2, 10]))
def test_entropy_is_scipys_row_by_row(p, base):
    assert_allclose(entropy(p, base), stats.entropy(p, axis=-1, base=base), rtol=1e-12, atol=1e-15)


@given(distributions(1))
def test_entropy_lies_between_that_of_certainty_and_that_of_equal_chances(p):
    assert -1e-15 <= entropy(p[0]) <= math.log(p.shape[1]) + 1e-12


@given(distributions(2))
def test_the_entropy_of_independent_variables_adds_up(p):
    assert_allclose(entropy(np.outer(*p).reshape(-1)), entropy(p).sum(), rtol=1e-12, atol=1e-14)


@given(distributions(2), st.floats(0, 1))
def test_a_mixture_leaves_more_open_than_its_parts_on_average(p, part):
    weights = np.array([part, 1 - part])
    assert entropy(weights @ p) >= weights @ entropy(p) - 1e-12


@given(st.integers(1, 100))
def test_equal_chances_leave_log_k_open(k):
    assert_allclose(entropy(np.full(k, 1 / k)), math.log(k), rtol=1e-14)


def test_nothing_is_open_when_the_outcome_is_certain():
    H = entropy([[0, 1, 0], [1, 0, 0]])
    assert_array_equal(H, [0, 0])
    assert not np.signbit(H).any()


def test_a_fair_coin_leaves_one_bit_open():
    assert entropy([0.5, 0.5], base=2) == 1


# --- cross-entropy and KL -------------------------------------------------------------------------


@given(distributions(4), st.sampled_from([math.e, 2]))
def test_the_kl_divergence_is_scipys(pq, base):
    p, q = pq[:2], pq[2:]
    assert_allclose(kl_divergence(p, q, base), stats.entropy(p, q, axis=-1, base=base), rtol=1e-12, atol=1e-14)


@given(distributions(2, weight=st.floats(1e-3, 1)))
def test_cross_entropy_is_entropy_and_kl_divergence(pq):
    p, q = pq
    assert_allclose(cross_entropy(p, q), entropy(p) + kl_divergence(p, q), rtol=1e-12)


@given(distributions(1), st.data())
def test_the_cross_entropy_is_scikit_learns_log_loss_on_average_over_what_happens(p, data):
    p = p[0]
    q = normalized(data.draw(hnp.arrays(np.float64, len(p), elements=st.floats(1e-3, 1))))
    losses = [metrics.log_loss([i], q[np.newaxis], labels=range(len(q))) if len(q) > 1 else 0.0 for i in range(len(q))]
    assert_allclose(cross_entropy(p, q), p @ losses, rtol=1e-12, atol=1e-12)


@given(distributions(2))
def test_gibbs_no_other_belief_costs_less_than_the_truth(pq):
    p, q = pq
    assert kl_divergence(p, q) >= 0
    assert kl_divergence(p, p) == 0


def test_what_is_held_for_impossible_and_happens_costs_infinitely_much():
    p, q = [0.5, 0.5], [1.0, 0.0]
    assert cross_entropy(p, q) == kl_divergence(p, q) == math.inf


def test_what_cannot_happen_may_be_believed_at_a_finite_cost():
    assert_allclose(kl_divergence([1, 0], [0.5, 0.5]), math.log(2))
    assert cross_entropy([0, 1], [0, 1]) == kl_divergence([0, 1], [0, 1]) == 0


def test_a_ratio_beyond_the_largest_float_is_no_overflow():
    assert_allclose(kl_divergence([0, 1], [1, 5e-324]), -math.log(5e-324))


@given(distributions(3, weight=st.floats(1e-3, 1)))
def test_one_distribution_goes_with_every_row_of_the_other(p):
    for function in (cross_entropy, kl_divergence):
        assert_allclose(function(p[0], p), [function(p[0], row) for row in p], rtol=1e-12, atol=1e-15)
        assert_allclose(function(p, p[0]), [function(row, p[0]) for row in p], rtol=1e-12, atol=1e-15)


normals = st.builds(Normal, st.floats(-5, 5), st.floats(0.2, 5))


@given(normals, normals)
def test_the_kl_divergence_of_normals_is_the_integral(p, q):
    x = p.mean + p.deviation * np.linspace(-12, 12, 2001)
    expected = integrate.simpson(p.pdf(x) * (p.log_prob(x) - q.log_prob(x)), x=x)
    assert_allclose(kl_divergence_of_normals(p, q), expected, rtol=1e-9, atol=1e-12)
    assert_allclose(kl_divergence_of_normals(p, q, base=2), expected / math.log(2), rtol=1e-9, atol=1e-12)


@given(normals, normals, st.floats(-5, 5), st.floats(0.1, 10))
def test_units_do_not_change_the_kl_divergence(p, q, shift, scale):
    moved = (Normal(scale * a.mean + shift, scale * a.deviation) for a in (p, q))
    assert_allclose(kl_divergence_of_normals(*moved), kl_divergence_of_normals(p, q), rtol=1e-9, atol=1e-12)
    assert kl_divergence_of_normals(p, q) >= 0
    assert kl_divergence_of_normals(p, p) == 0


def test_normals_that_are_nearly_the_same_keep_their_digits():
    step = 2.0**-30  # with r = 1 + step, KL = step² − step³ / 3 + …
    assert_allclose(kl_divergence_of_normals(Normal(0, 1 + step), Normal(0, 1)), step**2, rtol=1e-5)
    assert_allclose(kl_divergence_of_normals(Normal(1e-9, 1), Normal(0, 1)), 5e-19, rtol=1e-12)


def test_a_narrow_belief_about_a_wide_truth_costs_more_than_the_other_way_round():
    wide, narrow = Normal(0, 10), Normal(0, 0.1)
    assert kl_divergence_of_normals(wide, narrow) > 1000 * kl_divergence_of_normals(narrow, wide)
    assert kl_divergence_of_normals(Normal(0, 1e200), Normal(0, 1e-200)) == math.inf
    assert_allclose(kl_divergence_of_normals(Normal(0, 1e-200), Normal(0, 1e200)), 400 * math.log(10) - 0.5)


# --- mutual information and gain ------------------------------------------------------------------


@given(tables)
def test_mutual_information_is_the_kl_divergence_from_independence(joint):
    independent = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    expected = kl_divergence(joint.reshape(-1), independent.reshape(-1), base=2)
    assert_allclose(mutual_information(joint, base=2), expected, atol=1e-12)


@given(tables)
def test_mutual_information_is_symmetric_and_at_most_the_entropy_of_either(joint):
    information = mutual_information(joint)
    assert_allclose(information, mutual_information(joint.T), atol=1e-12)
    assert 0 <= information <= min(entropy(joint.sum(axis=1)), entropy(joint.sum(axis=0))) + 1e-12


@given(distributions(2))
def test_independent_variables_tell_nothing_of_each_other(p):
    assert mutual_information(np.outer(*p)) < 1e-14


def test_what_hardly_ever_happens_tells_hardly_anything():
    assert mutual_information([[1, 0], [0, 1e-200]]) < 1e-190


@given(labels)
def test_the_gain_is_scikit_learns_mutual_information_of_the_labels(y_and_groups):
    gain = information_gain(*y_and_groups)
    assert gain >= 0
    assert_allclose(gain, metrics.mutual_info_score(*y_and_groups), atol=1e-12)


@given(labels)
def test_the_gain_is_the_mutual_information_of_the_counted_table(y_and_groups):
    y, groups = y_and_groups
    joint = [[np.mean((y == label) & (groups == group)) for label in range(4)] for group in range(4)]
    assert_allclose(information_gain(y, groups, base=2), mutual_information(joint, base=2), atol=1e-12)


@given(labels)
def test_a_group_for_each_label_gains_everything_and_one_group_nothing(y_and_groups):
    y, _ = y_and_groups
    counts = np.bincount(y)
    assert_allclose(information_gain(y, y), entropy(counts / counts.sum()), atol=1e-14)
    assert information_gain(y, np.zeros(len(y))) == 0


def test_the_gain_of_features_is_scikit_learns(rng):
    X, y = rng.integers(3, size=(50, 4)), rng.integers(2, size=50)
    theirs = mutual_info_classif(X, y, discrete_features=True)
    assert_allclose([information_gain(y, feature) for feature in X.T], theirs, atol=1e-12)


def test_labels_may_be_text():
    assert information_gain(["a", "b", "a", "b"], ["left", "right", "left", "right"], base=2) == 1


# --- losses ---------------------------------------------------------------------------------------


@given(logits, st.data())
def test_binary_cross_entropy_is_scikit_learns(z, data):
    y = data.draw(hnp.arrays(int, z.shape, elements=st.integers(0, 1)))
    p = np.clip(sigmoid(z), 1e-12, 1 - 1e-12)
    expected = metrics.log_loss(y.reshape(-1), p.reshape(-1), labels=[0, 1])
    assert_allclose(binary_cross_entropy(y, p), expected, rtol=1e-9, atol=1e-15)


@given(logits, st.data())
def test_from_logits_and_from_probabilities_binary_cross_entropy_is_the_same(z, data):
    y = data.draw(hnp.arrays(np.float64, z.shape, elements=st.floats(0, 1)))
    z = np.clip(z, -10, 10)
    assert_allclose(binary_cross_entropy_from_logits(y, z), binary_cross_entropy(y, sigmoid(z)), rtol=1e-10)


@given(logits, st.data())
def test_cross_entropy_from_logits_is_scikit_learns(Z, data):
    n, k = Z.shape
    y = data.draw(hnp.arrays(int, n, elements=st.integers(0, k - 1)))
    Z = np.clip(Z, -10, 10)
    expected = metrics.log_loss(y, softmax(Z), labels=range(k)) if k > 1 else 0.0
    assert_allclose(cross_entropy_from_logits(y, Z), expected, rtol=1e-9, atol=1e-15)


@given(logits, st.data())
def test_cross_entropy_from_logits_is_the_mean_of_the_rows_cross_entropies(Z, data):
    Y = normalized(data.draw(hnp.arrays(np.float64, Z.shape, elements=WEIGHT)))
    assert_allclose(cross_entropy_from_logits(Y, Z), np.mean(cross_entropy(Y, softmax(Z))), rtol=1e-9, atol=1e-15)


@given(logits, st.data())
def test_labels_are_rows_of_zeros_and_a_one(Z, data):
    y = data.draw(hnp.arrays(int, len(Z), elements=st.integers(0, Z.shape[1] - 1)))
    assert_array_equal(cross_entropy_from_logits(y, Z), cross_entropy_from_logits(np.eye(Z.shape[1])[y], Z))


@given(hnp.arrays(np.float64, 5, elements=st.floats(-800, 800)), st.data())
def test_two_classes_are_a_score_against_zero(z, data):
    y = data.draw(hnp.arrays(int, 5, elements=st.integers(0, 1)))
    Z = np.column_stack([np.zeros(5), z])
    assert_allclose(binary_cross_entropy_from_logits(y, z), cross_entropy_from_logits(y, Z), rtol=1e-12, atol=1e-15)


def test_far_out_the_loss_from_logits_is_the_score_itself():
    assert_array_equal(binary_cross_entropy_from_logits([0, 1], [800, -800]), 800)
    assert_array_equal(cross_entropy_from_logits([1], [[800, -800]]), 1600)


def test_far_out_a_right_answer_keeps_its_small_loss():
    assert_allclose(binary_cross_entropy_from_logits([1], [700]), math.exp(-700))
    assert binary_cross_entropy_from_logits([0, 1], [-800, 800]) == 0


def test_a_certain_prediction_costs_nothing_if_right_and_everything_if_wrong():
    assert binary_cross_entropy([0, 1], [0, 1]) == 0
    assert binary_cross_entropy([0, 1], [0, 0]) == math.inf


def test_a_small_probability_of_the_other_outcome_keeps_its_digits():
    assert_allclose(binary_cross_entropy([0], [1e-20]), 1e-20)


def test_labels_in_sequences_fit_logits_in_sequences(rng):
    Z, y = rng.normal(size=(2, 3, 5)), rng.integers(5, size=(2, 3))
    assert_allclose(cross_entropy_from_logits(y, Z), cross_entropy_from_logits(y.reshape(-1), Z.reshape(-1, 5)))


GRADIENTS = {
    binary_cross_entropy_from_logits: lambda y, z: (sigmoid(z) - y) / z.size,
    cross_entropy_from_logits: lambda y, z: (softmax(z) - y) / len(z),
}
every_loss = pytest.mark.parametrize("loss", GRADIENTS)


@every_loss
def test_autodiff_finds_the_gradient_of_the_docstring(loss, rng):
    z, y = rng.normal(size=(5, 3)), normalized(rng.uniform(size=(5, 3)))
    value, gradient = value_and_grad(lambda z: loss(y, z))(z)
    assert_allclose(value, loss(y, z), rtol=1e-14)
    assert_allclose(gradient, GRADIENTS[loss](y, z), rtol=1e-12)


@every_loss
def test_the_gradient_is_the_slope_of_the_loss(loss, rng):
    z, direction = rng.normal(size=(2, 5, 3))
    y = normalized(rng.uniform(size=(5, 3)))
    slope = (loss(y, z + 1e-5 * direction) - loss(y, z - 1e-5 * direction)) / 2e-5
    assert_allclose(np.sum(GRADIENTS[loss](y, z) * direction), slope, atol=1e-9)


@every_loss
def test_autodiff_finds_the_gradient_far_out_too(loss):
    z = np.array([[800.0, -800.0], [-800.0, 800.0]])
    assert_allclose(grad(lambda z: loss(np.eye(2), z))(z), GRADIENTS[loss](np.eye(2), z), atol=1e-300)
    assert_allclose(grad(lambda z: loss(np.eye(2), z))(-z), GRADIENTS[loss](np.eye(2), -z), atol=1e-300)


def test_autodiff_goes_through_the_loss_of_labels(rng):
    Z, y = rng.normal(size=(4, 3)), np.array([0, 2, 1, 2])
    gradient = grad(lambda Z: cross_entropy_from_logits(y, Z))(Z)
    assert_allclose(gradient, (softmax(Z) - np.eye(3)[y]) / 4, rtol=1e-12)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: entropy([0.5, 0.6]), ValueError, "p must sum to 1, but its sum is 1.1"),
        (lambda: entropy([[0.5, 0.5], [1, 1]]), ValueError, "p must sum to 1, but its sum is 2.0"),
        (lambda: entropy([1.5, -0.5]), ValueError, "p must not hold a negative probability, but -0.5 came"),
        (lambda: entropy(1), ValueError, "p must be probabilities (..., k) of k outcomes, but one number came, 1.0"),
        (lambda: entropy("half"), TypeError, "p must be an array of numbers, but the text 'half' came"),
        (lambda: entropy([1], base=1), ValueError, "base must be above 1 and finite, but base = 1 came"),
        (
            lambda: cross_entropy([1], [0.5, 0.5]),
            ValueError,
            "p and q must have the same shape, or one be (k,) and the other (..., k), but p has the shape (1,) and q "
            "has (2,)",
        ),
        (lambda: kl_divergence([1], [2]), ValueError, "q must sum to 1, but its sum is 2.0"),
        (
            lambda: mutual_information([0.5, 0.5]),
            ValueError,
            "joint must be a table of probabilities (r, c), but its shape is (2,)",
        ),
        (lambda: mutual_information([[1, 2]]), ValueError, "joint must sum to 1, but its sum is 3.0"),
        (
            lambda: information_gain([1, 2], [1]),
            ValueError,
            "y and groups must have the same length, but y has 2 and groups has 1",
        ),
        (lambda: information_gain([], []), ValueError, "y must not be empty"),
        (
            lambda: information_gain([[1]], [1]),
            ValueError,
            "y must be one row of labels (n,), but its shape is (1, 1)",
        ),
        (lambda: binary_cross_entropy([0, 2], [0, 1]), ValueError, "y must lie between 0 and 1, but 2 came"),
        (lambda: binary_cross_entropy([0, 1], [0, -0.1]), ValueError, "p must lie between 0 and 1, but -0.1 came"),
        (
            lambda: binary_cross_entropy([0, 1], [[0], [1]]),
            ValueError,
            "y and p must have the same shape, but y has (2,) and p has (2, 1)",
        ),
        (
            lambda: binary_cross_entropy_from_logits([0, 1], [0]),
            ValueError,
            "y and z must have the same shape, but y has (2,) and z has (1,)",
        ),
        (
            lambda: binary_cross_entropy_from_logits([0], [np.inf]),
            ValueError,
            "z must be finite, but ±∞ came",
        ),
        (
            lambda: cross_entropy_from_logits([0, 3], np.zeros((2, 3))),
            ValueError,
            "y must hold labels from 0 to 2, as Z has 3 columns, but 3 came",
        ),
        (
            lambda: cross_entropy_from_logits([0, 0.5], np.zeros((2, 3))),
            ValueError,
            "y must hold labels from 0 to 2, as Z has 3 columns, but 0.5 came",
        ),
        (
            lambda: cross_entropy_from_logits([0], np.zeros((2, 3))),
            ValueError,
            "y must have the shape (2, 3) of Z, or (2,) for labels, but its shape is (1,)",
        ),
        (
            lambda: cross_entropy_from_logits([[1, 1]], np.zeros((1, 2))),
            ValueError,
            "y must sum to 1, but its sum is 2.0",
        ),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
