"""Gradient boosting: scikit-learn's scores, and steps that go down the gradient."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import softmax
from sklearn import datasets, ensemble, metrics

from mathml.algorithms.gradient_boosting import GradientBoosting
from mathml.algorithms.regression_tree import RegressionTree
from mathml.calculus import gradient
from tests.classifying import CLASSES, single_precision

CANCER, MALIGN = CLASSES["breast_cancer"]
IRIS, SPECIES = CLASSES["iris"]
DIABETES, PROGRESS = datasets.load_diabetes(return_X_y=True)
DIABETES = single_precision(DIABETES)

LIMITS = {"n_estimators": 15, "max_depth": 2, "min_samples_leaf": 20}


def noisy(k, n=600):
    """Features without ties, and labels that they tell in part."""
    rng = np.random.default_rng(k)
    X = single_precision(rng.normal(size=(n, 4)))
    return X, (np.sin(X[:, :1] + np.arange(k)) + X[:, 1:2] * np.arange(k) + rng.normal(size=(n, k))).argmax(axis=1)


def last(stages):
    *_, F = stages
    return F


# --- scikit-learn's -------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [2, 3, 5])
def test_probabilities_are_scikit_learns_where_no_questions_tie(k):
    X, y = noisy(k)
    ours = GradientBoosting(learning_rate=0.3, **LIMITS).fit(X[:400], y[:400])
    theirs = ensemble.GradientBoostingClassifier(learning_rate=0.3, random_state=0, **LIMITS).fit(X[:400], y[:400])
    assert_allclose(ours.predict_proba(X[400:]), theirs.predict_proba(X[400:]), rtol=1e-9)
    assert_array_equal(ours.predict(X[400:]), theirs.predict(X[400:]))
    theirs_path = theirs.train_score_ / (
        2 if k == 2 else 1
    )  # of two classes scikit-learn keeps the deviance, twice that
    assert_allclose(ours.loss_path_[1:], theirs_path, rtol=1e-9)


def test_numbers_are_scikit_learns():
    train, test = slice(0, 300), slice(300, None)
    ours = GradientBoosting("squared error", **LIMITS).fit(DIABETES[train], PROGRESS[train])
    theirs = ensemble.GradientBoostingRegressor(random_state=0, **LIMITS).fit(DIABETES[train], PROGRESS[train])
    assert_allclose(ours.predict(DIABETES[test]), theirs.predict(DIABETES[test]), rtol=1e-9)
    assert ours.score(DIABETES[test], PROGRESS[test]) == pytest.approx(theirs.score(DIABETES[test], PROGRESS[test]))


# --- down the gradient ----------------------------------------------------------------------------


@given(st.sampled_from([2, 3, 4]), st.integers(0, 99))
def test_the_residuals_are_the_negative_gradient_of_the_loss(k, seed):
    rng = np.random.default_rng(seed)
    model = GradientBoosting()
    _, Y = model._as_targets(np.arange(6) % k)
    F = rng.normal(size=Y.shape)
    slope = gradient(lambda f: 6 * model._mean_loss(Y, f.reshape(F.shape)), F.ravel())
    assert_allclose(Y - model._expected(F), -slope.reshape(F.shape), atol=1e-6)


def test_for_the_squared_error_each_tree_is_fitted_to_what_is_left():
    model = GradientBoosting("squared error", n_estimators=3, learning_rate=0.5, max_depth=2).fit(DIABETES, PROGRESS)
    F = np.full(len(PROGRESS), PROGRESS.mean())
    for (tree,) in model.estimators_:
        left = RegressionTree(max_depth=2).fit(DIABETES, PROGRESS - F)
        assert_allclose(tree.value[tree.apply(DIABETES), 0], 0.5 * left.predict(DIABETES), atol=1e-9)
        F += tree.value[tree.apply(DIABETES), 0]
    assert_allclose(model.predict(DIABETES), F)


@pytest.mark.parametrize("data", [(IRIS, SPECIES), (CANCER, MALIGN), (DIABETES, PROGRESS)], ids=["3", "2", "numbers"])
def test_each_step_lowers_the_loss(data):
    loss = "squared error" if data[1] is PROGRESS else "log-loss"
    path = GradientBoosting(loss, n_estimators=25, max_depth=2).fit(*data).loss_path_
    assert len(path) == 26
    assert np.all(np.diff(path) < 0)


@pytest.mark.parametrize(("X", "y"), [(IRIS, SPECIES), (CANCER, MALIGN)], ids=["3", "2"])
def test_the_path_is_that_of_the_log_loss(X, y):
    model = GradientBoosting(n_estimators=5).fit(X, y)
    assert model.loss_path_[-1] == pytest.approx(metrics.log_loss(y, model.predict_proba(X)))
    shares = np.bincount(y) / len(y)
    assert model.loss_path_[0] == pytest.approx(-shares @ np.log(shares))


def test_the_start_is_the_best_constant():
    assert GradientBoosting("squared error").fit([[0], [1]], [3, 5]).start_.tolist() == [4]
    (score,) = GradientBoosting().fit(CANCER, MALIGN).start_
    assert 1 / (1 + math.exp(-score)) == pytest.approx(MALIGN.mean())
    assert_allclose(softmax(GradientBoosting(n_estimators=1).fit(IRIS, SPECIES).start_), [1 / 3, 1 / 3, 1 / 3])


def test_stages_run_from_the_start_to_the_answer():
    model = GradientBoosting(n_estimators=4).fit(IRIS, SPECIES)
    stages = list(model.staged_scores(IRIS))
    assert len(stages) == 5
    assert_allclose(stages[0], np.tile(model.start_, (150, 1)))
    assert_allclose(softmax(stages[-1], axis=1), model.predict_proba(IRIS), rtol=1e-12)


# --- edges ----------------------------------------------------------------------------------------


def test_long_after_all_is_known_it_still_stands():
    model = GradientBoosting(n_estimators=400, learning_rate=1.0).fit([[0], [1], [2], [3]], ["a", "a", "b", "b"])
    assert model.predict([[0.5], [2.5]]).tolist() == ["a", "b"]
    assert np.isfinite(last(model.staged_scores([[0.5], [2.5]]))).all()
    assert 0 <= model.loss_path_[-1] < 1e-9


def test_targets_that_are_all_the_same_are_the_answer():
    model = GradientBoosting("squared error", n_estimators=2).fit([[1], [2]], [7, 7])
    assert model.predict([[9]]).tolist() == [7]


def test_small_whole_numbers_are_computed_with_as_float64():
    X, y = CLASSES["digits"]
    small, wide = (GradientBoosting(n_estimators=1).fit(X[:200].astype(t), y[:200]) for t in (np.int8, np.float64))
    assert_array_equal(small.predict_proba(X[200:300]), wide.predict_proba(X[200:300]))


def test_a_fit_that_fails_leaves_the_one_before_as_it_was():
    model = GradientBoosting(n_estimators=3).fit(IRIS, SPECIES)
    before = model.predict(IRIS)
    model.n_estimators = 0
    with pytest.raises(ValueError, match="n_estimators must be at least 1"):
        model.fit(CANCER, MALIGN)
    assert_array_equal(model.predict(IRIS), before)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: GradientBoosting("hinge").fit(IRIS, SPECIES),
            ValueError,
            'loss must be "log-loss" or "squared error", but \'hinge\' came',
        ),
        (
            lambda: GradientBoosting(n_estimators=0).fit(IRIS, SPECIES),
            ValueError,
            "n_estimators must be at least 1, but n_estimators = 0 came",
        ),
        (
            lambda: GradientBoosting(learning_rate=0).fit(IRIS, SPECIES),
            ValueError,
            "learning_rate must be above 0 and finite, but learning_rate = 0 came",
        ),
        (
            lambda: GradientBoosting("squared error").fit([[1]], ["much"]),
            TypeError,
            "y must be a vector: one row of numbers, but the text 'much' came",
        ),
        (
            lambda: GradientBoosting().fit([[1], [2]], [0, 0]),
            ValueError,
            "y must hold two classes or more, but all of it is 0",
        ),
        (
            lambda: GradientBoosting().fit(IRIS, SPECIES[1:]),
            ValueError,
            "X and y must have the same length, but X has 150 and y has 149",
        ),
        (
            lambda: GradientBoosting().predict(IRIS),
            ValueError,
            "GradientBoosting must be fitted before it can predict: call fit first",
        ),
        (
            lambda: GradientBoosting(n_estimators=1).fit(IRIS, SPECIES).predict([[1, 2]]),
            ValueError,
            "X must have 4 columns, as in fit, but 2 came",
        ),
        (
            lambda: GradientBoosting("squared error", n_estimators=1).fit(IRIS, SPECIES).predict_proba(IRIS),
            ValueError,
            'loss must be "log-loss" for probabilities, but it is "squared error"',
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
