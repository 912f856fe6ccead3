"""SVM: scikit-learn's support vectors, a quadratic program's solution, and KKT's conditions as what they say."""

import math
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import datasets, svm

from mathml.algorithms.labels import signs
from mathml.algorithms.svm import SVM, smo
from mathml.optimization import quadratic_program
from mathml.vectors import standardize_columns

CANCER, BENIGN = datasets.load_breast_cancer(return_X_y=True)
CANCER = standardize_columns(CANCER)
IRIS, SPECIES = datasets.load_iris(return_X_y=True)
TWO, KINDS = IRIS[50:], SPECIES[50:]  # no plane separates these
APART, SIDES = IRIS[:100], SPECIES[:100]  # many planes separate these

KERNELS = ["linear", "rbf", "polynomial"]
SEEDS = st.integers(0, 200)
every_kernel = pytest.mark.parametrize("kernel", KERNELS)


def theirs(kernel, C, X, y, gamma="scale"):
    name = {"polynomial": "poly"}.get(kernel, kernel)
    return svm.SVC(kernel=name, C=C, gamma=gamma, coef0=1, tol=1e-9).fit(X, y)


def clouds(seed, n=24, d=2):
    """Two clouds that overlap, and their signs."""
    rng = np.random.default_rng(seed)
    s = np.where(np.arange(n) % 2, 1.0, -1.0)
    return rng.normal(size=(n, d)) + 0.8 * s[:, np.newaxis], s


def gram(model, X):
    """The kernel of each pair, from its formula."""
    if model.kernel == "rbf":
        return np.exp(-model.gamma * np.sum((X[:, np.newaxis] - X) ** 2, axis=2))
    return X @ X.T if model.kernel == "linear" else (model.gamma * X @ X.T + 1) ** model.degree


def multipliers(model, n):
    """αᵢ for each example."""
    alpha = np.zeros(n)
    alpha[model.support_] = np.abs(model.dual_coef_)
    return alpha


def primal(model, X, y, C):
    hinges = np.maximum(0, 1 - signs(y)[1] * model.decision_function(X))
    return model.coef_ @ model.coef_ / 2 + C * np.sum(hinges)


# --- scikit-learn's -------------------------------------------------------------------------------


@every_kernel
@pytest.mark.parametrize("C", [0.1, 1.0])
@pytest.mark.parametrize(("X", "y"), [(TWO, KINDS), (CANCER, BENIGN)], ids=["iris", "cancer"])
def test_support_vectors_and_scores_are_scikit_learns(X, y, C, kernel):
    ours, reference = SVM(kernel, C=C, tol=1e-9).fit(X, y), theirs(kernel, C, X, y)
    # libsvm keeps the kernels that it compares with in single precision, so that only some digits are its own.
    assert_allclose(ours.decision_function(X), reference.decision_function(X), rtol=1e-4, atol=1e-4)
    assert_array_equal(ours.predict(X), reference.predict(X))
    assert set(ours.support_) == set(reference.support_)
    assert ours.score(X, y) == reference.score(X, y)
    assert ours.kkt_ <= 1e-8
    if kernel == "linear":
        assert_allclose(ours.coef_, reference.coef_[0], atol=1e-4)
        assert ours.intercept_ == pytest.approx(reference.intercept_[0], abs=1e-4)


def test_multipliers_are_scikit_learns():
    ours, reference = SVM("rbf", C=3.0, gamma=0.5).fit(TWO, KINDS), theirs("rbf", 3.0, TWO, KINDS, gamma=0.5)
    order = np.argsort(reference.support_)
    assert_array_equal(ours.support_, reference.support_[order])
    assert_allclose(ours.dual_coef_, reference.dual_coef_[0][order], atol=1e-4)


# --- KKT's conditions -----------------------------------------------------------------------------


@given(SEEDS, st.sampled_from(KERNELS), st.sampled_from([0.1, 1.0, 20.0]))
def test_each_example_stands_where_its_multiplier_says(seed, kernel, C):
    X, s = clouds(seed)
    model = SVM(kernel, C=C, gamma=0.7, degree=2).fit(X, s)
    alpha, margin = multipliers(model, len(s)), s * model.decision_function(X)
    assert np.all((alpha >= 0) & (alpha <= C))
    assert np.sum(alpha * s) == pytest.approx(0, abs=1e-9 * C)
    assert np.all(margin[alpha == 0] >= 1 - 1e-5)
    assert np.all(margin[alpha == C] <= 1 + 1e-5)
    assert_allclose(margin[(alpha > 0) & (alpha < C)], 1, atol=1e-5)


@given(SEEDS, st.sampled_from(KERNELS), st.sampled_from([0.1, 1.0, 20.0]))
def test_primal_and_dual_meet(seed, kernel, C):
    X, s = clouds(seed)
    model = SVM(kernel, C=C, gamma=0.7, degree=2).fit(X, s)
    alpha = multipliers(model, len(s))
    length = (alpha * s) @ gram(model, X) @ (alpha * s)
    hinges = np.maximum(0, 1 - s * model.decision_function(X))
    assert length / 2 + C * np.sum(hinges) == pytest.approx(np.sum(alpha) - length / 2, rel=1e-4)


@given(SEEDS, st.sampled_from([0.1, 1.0, 20.0]))
@settings(max_examples=20)
def test_a_quadratic_program_finds_the_same_plane(seed, C):
    X, s = clouds(seed, n=10)
    model = SVM(C=C).fit(X, s)
    # The unknowns: w, b and the slack of each; slack ≥ 0 and slack ≥ 1 − s (w · x + b).
    n, d = X.shape
    edges = -s[:, np.newaxis] * np.column_stack([X, np.ones(n)])
    fences = np.block([[edges, -np.eye(n)], [np.zeros_like(edges), -np.eye(n)]])
    H = np.diag(np.append(np.ones(d), np.zeros(1 + n)))
    cost = np.append(np.zeros(d + 1), np.full(n, C))
    found = quadratic_program(H, cost, fences, np.append(-np.ones(n), np.zeros(n)))
    assert_allclose(model.coef_, found.x[:d], atol=1e-4)
    assert_allclose(multipliers(model, n), found.inequality_multipliers[:n], atol=1e-3 * max(C, 1))


def test_weights_are_the_support_vectors_with_their_multipliers():
    model = SVM(C=0.5).fit(CANCER, BENIGN)
    assert_allclose(model.coef_, model.dual_coef_ @ CANCER[model.support_])
    assert_array_equal(model.support_vectors_, CANCER[model.support_])
    assert np.sum(model.dual_coef_) == pytest.approx(0, abs=1e-12)


def test_without_the_others_the_support_vectors_hold_the_same_plane():
    model = SVM(C=1.0).fit(CANCER, BENIGN)
    alone = SVM(C=1.0).fit(CANCER[model.support_], BENIGN[model.support_])
    assert len(model.support_) < 50
    assert_allclose(alone.coef_, model.coef_, atol=1e-5)


def test_the_street_between_two_points():
    model = SVM(C=10).fit([[0, 0], [3, 4]], ["a", "b"])
    assert_allclose(model.coef_, np.array([3, 4]) * 2 / 25)
    assert 2 / np.linalg.norm(model.coef_) == pytest.approx(5)
    assert_allclose(model.decision_function([[0, 0], [3, 4], [1.5, 2]]), [-1, 1, 0], atol=1e-12)


def test_the_widest_of_all_streets():
    model = SVM(C=1e6).fit(APART, SIDES)
    margin = signs(SIDES)[1] * model.decision_function(APART)
    assert margin.min() == pytest.approx(1, abs=1e-5)
    rng, width = np.random.default_rng(0), 2 / np.linalg.norm(model.coef_)
    for _ in range(200):
        w = model.coef_ + 0.1 * rng.normal(size=4)
        scores = APART @ w
        assert scores[SIDES == 1].min() - scores[SIDES == 0].max() <= width * np.linalg.norm(w) * (1 + 1e-5)


def test_iris_hangs_on_two_flowers():
    model = SVM(C=1000).fit(IRIS[:100, 2:], SPECIES[:100])
    assert model.support_.tolist() == [44, 98]
    assert 2 / np.linalg.norm(model.coef_) == pytest.approx(1.304, abs=1e-3)


def test_the_dearer_a_place_on_the_street_the_narrower_it_is():
    widths = [2 / np.linalg.norm(SVM(C=C).fit(TWO, KINDS).coef_) for C in (0.01, 0.1, 1.0, 10.0, 100.0)]
    assert np.all(np.diff(widths) < 0)


# --- kernels --------------------------------------------------------------------------------------


def test_a_circle_in_a_ring_needs_a_bent_street():
    rng = np.random.default_rng(0)
    turns, radii = rng.uniform(0, 2 * np.pi, 80), np.repeat([1.0, 3.0], 40)
    X = radii[:, np.newaxis] * np.column_stack([np.cos(turns), np.sin(turns)]) + 0.1 * rng.normal(size=(80, 2))
    y = np.repeat(["in", "out"], 40)
    assert SVM("rbf").fit(X, y).score(X, y) == SVM("polynomial", degree=2).fit(X, y).score(X, y) == 1
    assert SVM().fit(X, y).score(X, y) < 0.8


def test_a_narrow_bell_learns_by_heart():
    X, s = clouds(0, n=60)
    model = SVM("rbf", gamma=500.0, C=10.0).fit(X, s)
    assert model.score(X, s) == 1
    assert len(model.support_) > 50


@given(SEEDS)
@settings(max_examples=10)
def test_the_polynomial_of_degree_two_is_linear_in_products(seed):
    X, s = clouds(seed)
    (x, y), root = X.T, np.sqrt(2)
    lifted = np.column_stack([x * x, y * y, root * x * y, root * x, root * y])
    bent = SVM("polynomial", degree=2, gamma=1.0, tol=1e-9).fit(X, s)
    straight = SVM(tol=1e-9).fit(lifted, s)
    assert_allclose(bent.decision_function(X), straight.decision_function(lifted), atol=1e-5)


def test_polynomials_of_degree_one_are_planes():
    bent, straight = SVM("polynomial", degree=1, gamma=1.0, C=0.5).fit(TWO, KINDS), SVM(C=0.5).fit(TWO, KINDS)
    assert_allclose(bent.decision_function(TWO), straight.decision_function(TWO), atol=1e-5)


# --- step by step ---------------------------------------------------------------------------------


@every_kernel
def test_a_function_may_be_the_kernel(kernel):
    named = SVM(kernel).fit(TWO, KINDS)
    own = SVM(named._similarities).fit(TWO, KINDS)
    assert_array_equal(own.support_, named.support_)
    assert_allclose(own.decision_function(TWO), named.decision_function(TWO), atol=1e-5)
    assert not hasattr(own, "coef_")


def test_shared_letters_are_a_kernel():
    words = ["banana", "bandana", "cabana", "kernel", "nickel", "tunnel"]
    letters = np.array([[word.count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for word in words])
    model = SVM(lambda X, Z: np.minimum(X[:, np.newaxis], Z).sum(axis=2)).fit(letters, [0, 0, 0, 1, 1, 1])
    assert model.score(letters, [0, 0, 0, 1, 1, 1]) == 1


def test_each_step_moves_two_and_raises_the_dual():
    X, s = clouds(1)
    K, values, before = X @ X.T, [], None
    for beta, missed in smo(K, s, 2.0):
        values.append(s @ beta - beta @ K @ beta / 2)
        assert beta.sum() == pytest.approx(0, abs=1e-12)
        assert np.all((s * beta >= 0) & (s * beta <= 2.0))
        assert before is None or np.count_nonzero(beta != before) <= 2
        before = beta
        if missed < 1e-9:
            break
    assert len(values) > 10
    assert np.all(np.diff(values) > -1e-12)


def test_its_end_is_what_the_model_holds():
    X, s = clouds(2)
    model = SVM(C=1.0).fit(X, s)
    last, missed = next(islice(smo(X @ X.T, s, 1.0), model.steps_, None))
    assert missed <= 1e-6
    assert_array_equal(np.flatnonzero(last), model.support_)
    assert_array_equal(last[model.support_], model.dual_coef_)


def test_steps_may_run_out_and_the_certificate_says_so():
    model = SVM(C=10.0, max_iter=5).fit(CANCER, BENIGN)
    assert model.steps_ == 5
    assert model.kkt_ > 0.1


# --- descent on the primal ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("X", "y"), [(TWO, KINDS), (TWO + 1000, KINDS), (CANCER, BENIGN)], ids=["iris", "iris, far away", "cancer"]
)
def test_descent_comes_near_the_least_primal(X, y):
    exact = SVM(C=0.1).fit(X, y)
    near = SVM(C=0.1, solver="subgradient", epochs=40, rng=0).fit(X, y)
    assert primal(near, X, y, 0.1) == pytest.approx(primal(exact, X, y, 0.1), rel=0.01)
    assert primal(near, X, y, 0.1) >= primal(exact, X, y, 0.1) * (1 - 1e-9)
    assert np.mean(near.predict(X) == exact.predict(X)) > 0.97


def test_its_path_is_of_the_primal():
    model = SVM(C=0.1, solver="subgradient", epochs=20, rng=0).fit(CANCER, BENIGN)
    assert model.steps_ == 20
    assert len(model.loss_path_) == 21
    assert model.loss_path_[0] == pytest.approx(0.1 * len(BENIGN))
    assert model.loss_path_[-1] == pytest.approx(primal(SVM(C=0.1).fit(CANCER, BENIGN), CANCER, BENIGN, 0.1), rel=0.05)


def test_a_seed_decides_everything():
    a, b = (SVM(solver="subgradient", epochs=2, rng=7).fit(TWO, KINDS) for _ in range(2))
    assert_array_equal(a.coef_, b.coef_)


# --- edges ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_units_do_not_matter(scale):
    here, there = SVM(C=1.0).fit(TWO, KINDS), SVM(C=1.0 / scale**2).fit(scale * TWO, KINDS)
    assert_allclose(there.decision_function(scale * TWO), here.decision_function(TWO), atol=1e-4)
    assert_array_equal(there.support_, here.support_)


def test_moving_all_examples_moves_the_intercept_alone():
    here, there = SVM(C=1.0).fit(TWO, KINDS), SVM(C=1.0).fit(TWO + 100, KINDS)
    assert_allclose(there.coef_, here.coef_, atol=1e-4)


def test_twins_and_opposite_twins():
    X, y = [[0, 0], [0, 0], [1, 0], [1, 0], [0, 0]], [0, 0, 1, 1, 1]
    model = SVM(C=2.0).fit(X, y)
    assert model.kkt_ <= 1e-6
    assert_allclose(model.decision_function([[0, 0], [1, 0]]), [-1, 1], atol=1e-6)


def test_where_all_examples_are_one_there_is_no_plane():
    model = SVM(C=2.0).fit([[1, 2]] * 4, [0, 0, 1, 1])
    assert not model.coef_.any()
    assert model.kkt_ <= 1e-6
    assert math.isfinite(model.intercept_)


def test_a_street_that_is_cheap_holds_everyone():
    model = SVM(C=1e-6).fit(TWO, KINDS)
    assert len(model.support_) == 100
    assert_allclose(np.abs(model.dual_coef_), 1e-6)
    assert math.isfinite(model.intercept_)


def test_labels_may_be_words():
    model = SVM().fit(TWO, np.array(["", "versicolor", "virginica"])[KINDS])
    assert model.classes_.tolist() == ["versicolor", "virginica"]
    assert set(model.predict(TWO)) == {"versicolor", "virginica"}


def test_what_came_is_not_changed():
    X, s = clouds(0)
    kept = X.copy()
    for solver in ("smo", "subgradient"):
        SVM(solver=solver, epochs=1).fit(X, s)
    assert_array_equal(X, kept)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: SVM("sigmoid").fit(TWO, KINDS),
            'kernel must be one of "linear", "rbf", "polynomial" or a function, but \'sigmoid\' came',
        ),
        (
            lambda: SVM(solver="newton").fit(TWO, KINDS),
            'solver must be one of "smo", "subgradient", but \'newton\' came',
        ),
        (
            lambda: SVM("rbf", solver="subgradient").fit(TWO, KINDS),
            'solver must be "smo" unless kernel is "linear"',
        ),
        (lambda: SVM(C=0).fit(TWO, KINDS), "C must be finite and above 0, but C = 0 came"),
        (lambda: SVM(gamma=-1).fit(TWO, KINDS), "gamma must be finite and above 0, but gamma = -1 came"),
        (lambda: SVM(degree=0).fit(TWO, KINDS), "degree must be at least 1, but degree = 0 came"),
        (lambda: SVM(max_iter=0).fit(TWO, KINDS), "max_iter must be at least 1, but max_iter = 0 came"),
        (lambda: SVM().fit(IRIS, SPECIES), "y must hold two classes, but it holds 3"),
        (lambda: SVM().fit([[1], [2]], [1, 1]), "y must hold two classes or more, but all of it is 1"),
        (lambda: SVM().fit([[1], [2]], [1, 2, 1]), "X and y must have the same length, but X has 2 and y has 3"),
        (lambda: SVM().predict(TWO), "SVM must be fitted before it can predict: call fit first"),
        (lambda: SVM().fit(TWO, KINDS).predict([[1]]), "X must have 4 columns, as in fit, but 1 came"),
        (lambda: SVM("rbf").fit(TWO, KINDS).predict([[1]]), "X must have 4 columns, as in fit, but 1 came"),
        (lambda: smo(np.eye(2), [1, 1], 1.0), "s must hold −1 and 1, both of them and nothing else"),
        (
            lambda: SVM(lambda X, Z: -X @ Z.T).fit(TWO, KINDS),
            "kernel must be positive semidefinite, but it has a negative eigenvalue",
        ),
        (
            lambda: SVM(lambda X, Z: np.tanh(X @ Z.T - 1)).fit([[0], [1]], [0, 1]),  # called a kernel, and none
            "kernel must be positive semidefinite, but it has a negative eigenvalue",
        ),
        (
            lambda: SVM(lambda X, Z: X + 0 * Z.T).fit([[1], [2]], [0, 1]),
            "kernel must be symmetric, but kernel[0, 1] is 1.0 and kernel[1, 0] is 2.0",
        ),
        (
            lambda: SVM(lambda X, Z: X @ X.T).fit([[1], [2]], [0, 1]).predict([[1], [2], [3]]),
            "kernel must give an array of shape (3, 2), but (3, 3) came",
        ),
        (
            lambda: smo([[1, 2], [2, 1]], [1, -1], 1.0),
            "K must be positive semidefinite, but it has a negative eigenvalue",
        ),
        (lambda: smo(np.eye(2), [1, -1, 1], 1.0), "K and s must have the same length, but K has 2 and s has 3"),
        (lambda: smo(np.eye(2), [1, -1], -1.0), "C must be above 0, but C = -1 came"),
    ],
)
def test_what_cannot_be_is_said(call, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 — the whole message is compared
        call()
    assert str(caught.value) == message
