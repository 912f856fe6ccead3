"""Logistic regression: scikit-learn's weights for every penalty and any number of classes, each certified."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import optimize
from sklearn import datasets, linear_model

from mathml.algorithms.logistic_loss import as_examples
from mathml.algorithms.logistic_regression import LogisticRegression, logistic_path
from mathml.autodiff import grad
from mathml.calculus import jacobian
from mathml.optimization import logistic
from mathml.vectors import center_columns, standardize_columns

RAW, BENIGN = datasets.load_breast_cancer(return_X_y=True)
CANCER = standardize_columns(RAW)
IRIS, SPECIES = datasets.load_iris(return_X_y=True)
TWO, KINDS = IRIS[50:], SPECIES[50:]  # no plane separates these

PENALTIES = ["l2", "l1", "elastic net"]
SEEDS = st.integers(0, 200)
every_penalty = pytest.mark.parametrize("penalty", PENALTIES)


def theirs(penalty, C, X, y):
    """Scikit-learn's, as exact as its solvers come."""
    exact = {"solver": "saga", "tol": 1e-9, "max_iter": 20_000}
    options = {
        None: {"penalty": None, "tol": 1e-10, "max_iter": 10_000},
        "l2": {"solver": "lbfgs", "tol": 1e-10, "max_iter": 10_000},
        "l1": {"penalty": "l1", **exact},
        "elastic net": {"penalty": "elasticnet", "l1_ratio": 0.5, **exact},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return linear_model.LogisticRegression(C=C, **options[penalty]).fit(X, y)


def overlapping(seed, n=40, d=3, k=2):
    """Classes that no plane separates, for their labels are half noise."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    y = np.where(rng.random(n) < 0.5, np.argmax(X @ rng.normal(size=(d, k)), axis=1), rng.integers(k, size=n))
    y[:k] = range(k)
    return X, y


def cost(model, X, y, W, b):
    """The mean loss and the penalty, straight from the formula for any number of classes."""
    scores = X @ W.T + b
    if scores.ndim == 1:
        scores = np.column_stack([np.zeros(len(X)), scores])
    right = scores[np.arange(len(y)), np.searchsorted(model.classes_, y)]
    loss = np.mean(np.log(np.sum(np.exp(scores - right[:, np.newaxis]), axis=1)))
    l1, l2 = {"l1": (1, 0), "l2": (0, 1), "elastic net": (model.l1_ratio, 1 - model.l1_ratio)}[model.penalty]
    return loss + (l1 * np.sum(np.abs(W)) + l2 / 2 * np.sum(W**2)) / (len(X) * model.C)


# --- scikit-learn's -------------------------------------------------------------------------------


@pytest.mark.parametrize("C", [0.01, 1.0, 100.0])
@pytest.mark.parametrize(("X", "y"), [(CANCER, BENIGN), (TWO, KINDS), (IRIS, SPECIES)], ids=["cancer", "two", "iris"])
def test_with_l2_the_weights_are_scikit_learns(X, y, C):
    ours, reference = LogisticRegression("l2", C=C).fit(X, y), theirs("l2", C, X, y)
    assert_allclose(ours.coef_, np.squeeze(reference.coef_), atol=1e-3)
    assert_allclose(ours.predict_proba(X), reference.predict_proba(X), atol=1e-4)
    assert_array_equal(ours.predict(X), reference.predict(X))
    assert ours.score(X, y) == reference.score(X, y)


@pytest.mark.parametrize("penalty", ["l1", "elastic net"])
@pytest.mark.parametrize(
    ("X", "y", "C"),
    [(CANCER, BENIGN, 0.05), (standardize_columns(TWO), KINDS, 1.0), (standardize_columns(IRIS), SPECIES, 0.5)],
    ids=["cancer", "two", "iris"],
)
def test_with_l1_weights_and_zeros_are_scikit_learns(X, y, C, penalty):
    ours, reference = LogisticRegression(penalty, C=C).fit(X, y), theirs(penalty, C, X, y)
    assert_allclose(ours.coef_, np.squeeze(reference.coef_), atol=1e-4)
    assert_array_equal(ours.coef_ == 0, np.squeeze(reference.coef_) == 0)
    assert_allclose(ours.predict_proba(X), reference.predict_proba(X), atol=1e-4)


def test_without_a_penalty_it_is_maximum_likelihood():
    ours, reference = LogisticRegression(None).fit(TWO, KINDS), theirs(None, 1.0, TWO, KINDS)
    assert_allclose(ours.coef_, reference.coef_[0], rtol=1e-3)
    assert_allclose(ours.intercept_, reference.intercept_[0], rtol=1e-3)
    s = np.where(KINDS == 2, 1, -1)
    run = optimize.minimize(lambda v: np.sum(logistic(s * (TWO @ v[1:] + v[0]))), np.zeros(5), tol=1e-12)
    assert_allclose(np.append(ours.intercept_, ours.coef_), run.x, rtol=1e-2)


def test_three_classes_without_a_penalty():
    X, y = overlapping(0, n=200, k=3)
    ours, reference = LogisticRegression(None).fit(X, y), theirs(None, 1.0, X, y)
    assert_allclose(ours.coef_, reference.coef_, atol=1e-4)
    assert_allclose(ours.coef_.sum(axis=0), 0, atol=1e-9)
    assert_allclose(ours.intercept_.sum(), 0, atol=1e-9)


def test_raw_features_need_no_other_solver():
    ours = LogisticRegression(C=1.0).fit(RAW, BENIGN)
    assert ours.steps_ <= 15
    assert ours.score(RAW, BENIGN) == pytest.approx(0.958, abs=0.005)


# --- laws -----------------------------------------------------------------------------------------


@given(SEEDS, st.sampled_from(PENALTIES), st.sampled_from([0.02, 0.3, 10.0]), st.integers(2, 4))
def test_no_other_weights_pay_less(seed, penalty, C, k):
    (X, y), rng = overlapping(seed, k=k), np.random.default_rng(seed)
    model = LogisticRegression(penalty, C=C).fit(X, y)
    assert model.kkt_ <= 1e-8
    W, b = model.coef_, model.intercept_
    best = cost(model, X, y, W, b)
    assert model.loss_path_[-1] == pytest.approx(best)
    for size in (1e-3, 0.1, 1.0):
        other = W + size * rng.normal(size=W.shape), b + size * rng.normal(size=np.shape(b))
        assert best <= cost(model, X, y, *other) + 1e-12


@every_penalty
def test_slope_and_penalty_balance(penalty):
    model = LogisticRegression(penalty, C=0.1).fit(CANCER, BENIGN)
    p = model.predict_proba(CANCER)[:, 1]
    slopes, w, n = CANCER.T @ (BENIGN - p), model.coef_, len(BENIGN)
    l1, l2 = {"l1": (1, 0), "l2": (0, 1), "elastic net": (0.5, 0.5)}[penalty]
    assert p.mean() == pytest.approx(BENIGN.mean(), abs=1e-8)  # what the intercept sees to
    held = (w != 0) | (l1 == 0)
    assert_allclose((0.1 * slopes - l2 * w)[held], l1 * np.sign(w[held]), atol=0.1 * n * 1e-8)
    assert np.all(np.abs(0.1 * slopes[~held]) <= l1 + 0.1 * n * 1e-8)


def test_newtons_steps_never_lead_up_and_are_few():
    for penalty in PENALTIES:
        model = LogisticRegression(penalty, C=100.0).fit(CANCER, BENIGN)
        assert np.all(np.diff(model.loss_path_) <= 0)
        assert model.steps_ == len(model.loss_path_) - 1 <= 20
        assert model.loss_path_[0] == pytest.approx(math.log(2))


@given(SEEDS)
def test_two_classes_are_the_softmax_of_weights_half_as_long(seed):
    X, y = overlapping(seed)
    model = LogisticRegression(C=0.7).fit(X, y)
    W = np.stack([-model.coef_, model.coef_]) / 2
    scores = X @ W.T + np.array([-0.5, 0.5]) * model.intercept_
    softmax = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert_allclose(softmax, model.predict_proba(X), rtol=1e-9)


def test_moving_the_features_changes_no_probability():
    here, there = LogisticRegression(C=0.5).fit(TWO, KINDS), LogisticRegression(C=0.5).fit(TWO + 100, KINDS)
    assert_allclose(there.coef_, here.coef_, atol=1e-5)
    assert_allclose(there.predict_proba(TWO + 100), here.predict_proba(TWO), atol=1e-5)


def test_the_classes_names_do_not_matter():
    names = np.array(["setosa", "versicolor", "virginica"])
    named = LogisticRegression().fit(IRIS, names[SPECIES])
    assert_array_equal(named.predict(IRIS), names[LogisticRegression().fit(IRIS, SPECIES).predict(IRIS)])
    assert named.coef_.shape == (3, 4)
    assert named.intercept_.shape == (3,)
    assert_allclose(named.predict_proba(IRIS).sum(axis=1), 1)


# --- gradient and Hessian -------------------------------------------------------------------------


@pytest.mark.parametrize("k", [2, 3])
def test_gradient_is_autodiffs_and_hessian_the_gradients_jacobian(k):
    X, y = overlapping(4, k=k)
    _, loss = as_examples(X, y)
    v = np.random.default_rng(0).normal(size=np.prod(loss.shape))

    def by_formula(v):
        scores = loss.X @ v.reshape(loss.shape)
        if k == 2:
            return np.mean(np.log(1 + np.exp(scores)) - loss.Y * scores)
        return np.mean(np.log(np.sum(np.exp(scores), axis=1)) - np.sum(loss.Y * scores, axis=1))

    assert loss.value(v) == pytest.approx(by_formula(v))
    assert_allclose(loss.gradient(v), grad(by_formula)(v), atol=1e-12)
    assert_allclose(loss.hessian(v), jacobian(loss.gradient, v), atol=1e-7)


# --- stochastic descent ---------------------------------------------------------------------------


@every_penalty
def test_descent_comes_near(penalty):
    exact = LogisticRegression(penalty, C=0.1).fit(CANCER, BENIGN)
    near = LogisticRegression(penalty, C=0.1, solver="sgd", learning_rate=0.05, rng=0).fit(CANCER, BENIGN)
    assert near.loss_path_[-1] == pytest.approx(exact.loss_path_[-1], rel=0.03)
    assert near.steps_ == 100
    assert exact.kkt_ < 1e-8 < near.kkt_ < 0.05
    assert np.mean(near.predict(CANCER) == exact.predict(CANCER)) > 0.99


def test_descent_of_three_classes_comes_near():
    near = LogisticRegression(solver="sgd", learning_rate=0.3, epochs=300, rng=0).fit(center_columns(IRIS)[0], SPECIES)
    exact = LogisticRegression().fit(center_columns(IRIS)[0], SPECIES)
    assert near.loss_path_[-1] == pytest.approx(exact.loss_path_[-1], rel=0.02)


def test_small_steps_come_nearer_than_large_ones():
    far, near = (
        LogisticRegression(solver="sgd", learning_rate=rate, C=0.05, rng=0).fit(CANCER, BENIGN).kkt_
        for rate in (0.5, 0.02)
    )
    assert near < far / 2


def test_a_seed_decides_everything():
    a, b = (LogisticRegression(solver="sgd", epochs=3, rng=7).fit(CANCER, BENIGN) for _ in range(2))
    assert_array_equal(a.coef_, b.coef_)


# --- a path ---------------------------------------------------------------------------------------


def test_the_path_begins_where_the_first_feature_enters():
    path = logistic_path(CANCER, BENIGN)
    assert path.strengths[0] == pytest.approx(np.max(np.abs(CANCER.T @ (BENIGN - BENIGN.mean()))) / len(BENIGN))
    assert not np.any(np.abs(path.weights[0]) > 1e-9)
    assert np.count_nonzero(path.weights[1]) <= 3
    assert np.count_nonzero(path.weights[-1]) > 15
    assert path.residuals.max() <= 1e-8
    assert np.all(np.diff(path.strengths) < 0)


@pytest.mark.parametrize("l1_ratio", [0.0, 0.5, 1.0])
def test_every_place_of_the_path_is_what_a_cold_start_finds(l1_ratio):
    path = logistic_path(CANCER, BENIGN, [0.1, 0.01, 0.001], l1_ratio=l1_ratio)
    for strength, weights, intercept in zip(*path[:3], strict=True):
        C = 1 / (len(BENIGN) * strength)
        model = LogisticRegression("elastic net", C=C, l1_ratio=l1_ratio).fit(CANCER, BENIGN)
        assert_allclose(weights, model.coef_, atol=1e-4)
        assert intercept == pytest.approx(model.intercept_, abs=1e-4)


def test_three_classes_have_a_path_too():
    X = standardize_columns(IRIS)
    path = logistic_path(X, SPECIES)
    assert path.weights.shape == (30, 3, 4)
    assert path.intercepts.shape == (30, 3)
    assert not path.weights[0].any()
    assert_allclose(path.weights[15], theirs("l1", 1 / (150 * path.strengths[15]), X, SPECIES).coef_, atol=1e-3)


def test_strengths_may_come_in_any_order():
    a, b = logistic_path(TWO, KINDS, [0.01, 0.1]), logistic_path(TWO, KINDS, [0.1, 0.01])
    assert_array_equal(a.weights, b.weights)
    assert a.strengths.tolist() == [0.1, 0.01]


# --- edges ----------------------------------------------------------------------------------------

SEPARATED = (
    "penalty must not be None here: a plane separates the classes, so that the longer w is, the better; "
    "there is no best w"
)


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (CANCER, BENIGN),
        (IRIS[:100], SPECIES[:100]),
        (IRIS, SPECIES),  # one of the three
        ([[0], [1], [2], [2], [3], [4]], [0, 0, 0, 1, 1, 1]),  # but for two on the plane
        ([[0], [1]], [0, 1]),
    ],
    ids=["cancer", "iris, two", "iris", "quasi", "two examples"],
)
def test_classes_that_a_plane_separates_have_no_best_weights_without_a_penalty(X, y):
    with pytest.raises(ValueError, match="a plane separates the classes") as caught:
        LogisticRegression(None).fit(X, y)
    assert str(caught.value) == SEPARATED
    assert LogisticRegression("l2").fit(X, y).kkt_ <= 1e-8
    assert LogisticRegression("l1").fit(X, y).kkt_ <= 1e-8


def test_a_penalty_that_hardly_counts_still_has_a_minimum():
    assert LogisticRegression(C=1e6).fit(IRIS, SPECIES).score(IRIS, SPECIES) > 0.97
    assert LogisticRegression("l1", C=1e6).fit(CANCER, BENIGN).score(CANCER, BENIGN) == 1


def test_more_features_than_examples():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(20, 50)), np.arange(20) % 2
    for penalty in PENALTIES:
        assert LogisticRegression(penalty).fit(X, y).kkt_ <= 1e-8
    assert np.count_nonzero(LogisticRegression("l1").fit(X, y).coef_) < 20


def test_the_surest_probabilities_keep_their_digits():
    model = LogisticRegression().fit([[0], [1], [2], [3]], [0, 0, 1, 1])
    unlikely = model.predict_proba([[500.0], [-500.0]]).min(axis=1)
    assert np.all((unlikely > 0) & (unlikely < 1e-100))


def test_elastic_net_has_both_for_its_ends():
    for ratio, penalty in ((0, "l2"), (1, "l1")):
        ours = LogisticRegression("elastic net", l1_ratio=ratio, C=0.1).fit(CANCER, BENIGN)
        assert_allclose(ours.coef_, LogisticRegression(penalty, C=0.1).fit(CANCER, BENIGN).coef_, atol=1e-9)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: LogisticRegression("l3").fit(TWO, KINDS),
            'penalty must be one of "l2", "l1", "elastic net" or None, but \'l3\' came',
        ),
        (
            lambda: LogisticRegression(solver="lbfgs").fit(TWO, KINDS),
            'solver must be one of "newton", "sgd", but \'lbfgs\' came',
        ),
        (lambda: LogisticRegression(C=0).fit(TWO, KINDS), "C must be finite and above 0, but C = 0 came"),
        (lambda: LogisticRegression(tol=-1).fit(TWO, KINDS), "tol must be finite and above 0, but tol = -1 came"),
        (
            lambda: LogisticRegression(l1_ratio=2).fit(TWO, KINDS),
            "l1_ratio must be from 0 to 1, but l1_ratio = 2 came",
        ),
        (lambda: LogisticRegression().fit([[1], [2]], [3, 3]), "y must hold two classes or more, but all of it is 3"),
        (
            lambda: LogisticRegression().fit([[1], [2]], [0, 1, 0]),
            "X and y must have the same length, but X has 2 and y has 3",
        ),
        (
            lambda: LogisticRegression(None).fit(np.column_stack([TWO, TWO[:, 0]]), KINDS),
            "X must have columns that do not depend on one another, unless there is a penalty",
        ),
        (
            lambda: LogisticRegression().predict(TWO),
            "LogisticRegression must be fitted before it can predict: call fit first",
        ),
        (
            lambda: LogisticRegression().fit(TWO, KINDS).predict([[1, 2]]),
            "X must have 4 columns, as in fit, but 2 came",
        ),
        (lambda: logistic_path(TWO, KINDS, [0.1, 0]), "strengths must all be above 0, but 0 came"),
        (
            lambda: logistic_path(TWO, KINDS, l1_ratio=0),
            "l1_ratio must be above 0: without a part of L1, no strength makes a weight 0",
        ),
    ],
)
def test_what_cannot_be_is_said(call, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 — the whole message is compared
        call()
    assert str(caught.value) == message


def test_descent_that_diverges_says_what_to_change():
    with pytest.raises(ValueError, match="learning_rate must be smaller: with 100 descent"):
        LogisticRegression(solver="sgd", learning_rate=100.0, C=1e-3).fit(1e30 * TWO, KINDS)
