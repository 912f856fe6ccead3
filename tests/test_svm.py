"""SVM: KKT's conditions at every example, scikit-learn's answer, and the quadratic program that it is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import datasets, svm

from mathml.algorithms.svm import SVM
from mathml.optimization import quadratic_program
from mathml.vectors import norm, standardize_columns

CANCER, BENIGN = datasets.load_breast_cancer(return_X_y=True)
CANCER = standardize_columns(CANCER)
IRIS, SPECIES = datasets.load_iris(return_X_y=True)
SEEDS = st.integers(0, 10_000)
KERNELS = ["linear", "rbf", "polynomial"]
THEIRS = {"linear": "linear", "rbf": "rbf", "polynomial": "poly"}

every_kernel = pytest.mark.parametrize("kernel", KERNELS)


def clouds(seed, n=24, apart=1.5):
    """Two clouds that overlap a little, and on which side each of their points belongs."""
    draw = np.random.default_rng(seed)
    s = np.where(np.arange(n) % 2, 1.0, -1.0)
    return draw.normal(size=(n, 2)) + apart / 2 * s[:, np.newaxis], s


def multipliers(model, n):
    alpha = np.zeros(n)
    alpha[model.support_] = np.abs(model.dual_coef_)
    return alpha


# --- the oracles ----------------------------------------------------------------------------------


@every_kernel
@pytest.mark.parametrize("C", [0.1, 1.0, 10.0])
def test_it_scores_as_scikit_learn_does(kernel, C):
    X, y = CANCER[:250], BENIGN[:250]
    ours = SVM(kernel, C=C).fit(X, y)
    theirs = svm.SVC(kernel=THEIRS[kernel], C=C, coef0=1, tol=1e-9).fit(X, y)
    assert_allclose(ours.decision_function(X), theirs.decision_function(X), atol=1e-3)
    assert_array_equal(ours.support_, np.sort(theirs.support_))
    assert_array_equal(ours.predict(X), theirs.predict(X))


@settings(max_examples=10)
@given(SEEDS, st.sampled_from([0.3, 1.0, 5.0]))
def test_it_is_the_lowest_point_of_the_primal_as_a_quadratic_program(seed, C):
    X, s = clouds(seed, n=12)
    n, d = X.shape
    H = np.diag(np.r_[np.ones(d), np.zeros(1 + n)])  # the unknowns are w, b and what each example lacks
    within = -np.c_[s[:, np.newaxis] * X, s, np.eye(n)]
    fences = np.vstack([within, np.c_[np.zeros((n, d + 1)), -np.eye(n)]])
    limits = np.r_[-np.ones(n), np.zeros(n)]
    program = quadratic_program(H, np.r_[np.zeros(d + 1), C * np.ones(n)], fences, limits)
    model = SVM(C=C, tol=1e-9).fit(X, s)
    assert_allclose(model.coef_, program.x[:d], atol=1e-5)


def test_iris_hangs_on_two_flowers():
    model = SVM(C=1000).fit(IRIS[:100, 2:], SPECIES[:100])
    assert_array_equal(model.support_, [44, 98])
    assert 2 / norm(model.coef_) == pytest.approx(1.304, abs=1e-3)


# --- laws -----------------------------------------------------------------------------------------


@every_kernel
@given(seed=SEEDS, C=st.sampled_from([0.1, 1.0, 10.0]))
def test_each_example_satisfies_kkts_conditions(kernel, seed, C):
    X, s = clouds(seed)
    model = SVM(kernel, C=C).fit(X, s)
    alpha, margin = multipliers(model, len(X)), s * model.decision_function(X)
    assert model.kkt_ <= 1e-6
    assert alpha.min() >= 0
    assert alpha.max() <= C
    assert alpha @ s == pytest.approx(0, abs=1e-9 * C)
    free = (alpha > 0) & (alpha < C)
    slack = 2e-6 if free.any() else np.inf  # without an example at the edge, b may lie anywhere between
    assert np.all(margin[alpha == 0] >= 1 - slack)
    assert_allclose(margin[free], 1, atol=2e-6)
    assert np.all(margin[alpha == C] <= 1 + slack)


@given(SEEDS)
def test_without_those_beyond_the_street_it_is_the_same(seed):
    X, s = clouds(seed)
    model = SVM(tol=1e-10).fit(X, s)
    again = SVM(tol=1e-10).fit(X[model.support_], s[model.support_])
    assert_allclose(again.coef_, model.coef_, atol=1e-5)


@settings(max_examples=10)
@given(SEEDS)
def test_the_polynomial_of_degree_two_is_linear_in_products(seed):
    X, s = clouds(seed)
    x, y = X.T
    root = np.sqrt(2)
    lifted = np.column_stack([x * x, y * y, root * x * y, root * x, root * y])
    bent = SVM("polynomial", degree=2, gamma=1.0, tol=1e-9).fit(X, s)
    straight = SVM(tol=1e-9).fit(lifted, s)
    assert_allclose(bent.decision_function(X), straight.decision_function(lifted), atol=1e-5)


def test_a_wide_street_is_cheap_and_a_narrow_one_dear():
    X, s = clouds(0)
    widths = [2 / norm(SVM(C=C).fit(X, s).coef_) for C in (0.01, 0.1, 1, 10)]
    assert_array_equal(np.argsort(widths), [3, 2, 1, 0])


def test_descent_on_the_primal_comes_near_the_dual():
    X, s = clouds(0, n=100)

    def cost(model):
        return model.coef_ @ model.coef_ / 2 + np.sum(np.maximum(1 - s * model.decision_function(X), 0))

    dual, primal = SVM().fit(X, s), SVM(solver="subgradient", rng=0).fit(X, s)
    assert cost(dual) <= cost(primal) <= 1.05 * cost(dual)
    assert np.mean(primal.predict(X) == dual.predict(X)) >= 0.95


# --- edges ----------------------------------------------------------------------------------------


def test_labels_may_be_words_and_the_input_is_left_as_it_was():
    X, y = [[0, 0], [1, 0], [4, 0], [5, 0]], ["well", "well", "ill", "ill"]
    model = SVM(C=10).fit(X, y)
    assert_array_equal(model.classes_, ["ill", "well"])
    assert_array_equal(model.predict([[0.5, 3], [4.5, -3]]), ["well", "ill"])
    assert model.score(X, y) == 1
    points, s = clouds(0)
    kept = points.copy()
    SVM("rbf").fit(points, s)
    assert_array_equal(points, kept)


def test_twins_of_different_classes_are_no_error():
    model = SVM(C=1).fit([[0], [0], [1], [1]], [0, 1, 0, 1])
    assert model.kkt_ <= 1e-6


def test_too_few_steps_are_told_by_the_certificate():
    X, s = clouds(0)
    assert SVM(max_iter=2).fit(X, s).kkt_ > 1e-6


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"kernel": "cubic"}, r'kernel must be one of "linear", "rbf", "polynomial", but \'cubic\' came'),
        ({"solver": "newton"}, r'solver must be one of "smo", "subgradient", but \'newton\' came'),
        ({"kernel": "rbf", "solver": "subgradient"}, 'solver must be "smo" for the kernel "rbf"'),
        ({"C": 0}, "C must be finite and above 0, but C = 0 came"),
        ({"tol": -1}, "tol must be finite and above 0, but tol = -1 came"),
        ({"kernel": "rbf", "gamma": 0}, "gamma must be finite and above 0, but gamma = 0 came"),
        ({"kernel": "polynomial", "degree": 0}, "degree must be at least 1"),
    ],
)
def test_bad_settings_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        SVM(**arguments).fit(*clouds(0))


def test_bad_examples_are_named():
    with pytest.raises(ValueError, match="y must hold two classes, but it holds 3"):
        SVM().fit(IRIS, SPECIES)
    with pytest.raises(ValueError, match="y must hold two classes or more, but all of it is 1"):
        SVM().fit([[1], [2]], [1, 1])
    with pytest.raises(ValueError, match="SVM must be fitted before it can predict"):
        SVM().predict([[1]])
    with pytest.raises(ValueError, match="X must have 2 columns, as in fit, but 3 came"):
        SVM().fit(*clouds(0)).predict([[1, 2, 3]])
