"""Random forest: as accurate as scikit-learn's, and the mean of its trees."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import ensemble

from mathml.algorithms.decision_tree import DecisionTree
from mathml.algorithms.random_forest import RandomForest
from tests.classifying import CLASSES, accuracy, standard_error

IRIS, SPECIES = CLASSES["iris"]
WINE, GRAPES = CLASSES["wine"]


def theirs(n_estimators=50, **options):
    return ensemble.RandomForestClassifier(n_estimators, criterion="entropy", random_state=0, **options)


# --- scikit-learn's -------------------------------------------------------------------------------


def test_it_finds_the_features_that_scikit_learns_finds():
    ours = RandomForest(200, rng=0).fit(WINE, GRAPES).feature_importances_
    reference = theirs(200).fit(WINE, GRAPES).feature_importances_
    assert_allclose(ours, reference, atol=0.05)
    assert ours.sum() == pytest.approx(1)


def test_what_was_left_out_tells_how_accurate_it_is():
    X, y = CLASSES["breast_cancer"]
    estimate = RandomForest(100, rng=0).fit(X, y).oob_score_
    assert estimate == pytest.approx(accuracy(lambda _: theirs(), X, y), abs=standard_error(estimate, len(X)))
    assert estimate == pytest.approx(theirs(100, oob_score=True).fit(X, y).oob_score_, abs=0.01)


# --- many trees -----------------------------------------------------------------------------------


@given(st.integers(1, 8), st.integers(0, 99))
def test_it_says_what_its_trees_say_on_average(n_trees, seed):
    model = RandomForest(n_trees, max_depth=2, rng=seed).fit(IRIS[::5], SPECIES[::5])
    opinions = [tree.value[tree.apply(IRIS)] for tree in model.estimators_]
    assert_allclose(model.predict_proba(IRIS), np.mean(opinions, axis=0), atol=1e-12)
    assert_allclose(model.predict_proba(IRIS).sum(axis=1), 1)


def test_a_tree_draws_its_examples_with_replacement():
    trees = RandomForest(200, rng=0).fit(np.arange(30)[:, np.newaxis], np.arange(30)).estimators_
    seen = [np.sum(tree.feature == -1) for tree in trees]  # each example that was drawn has a leaf of its own
    assert np.mean(seen) == pytest.approx(30 * (1 - (1 - 1 / 30) ** 30), abs=0.5)
    assert {tree.size[0].item() for tree in trees} == {30}


def test_those_that_know_an_example_do_not_judge_it():
    model = RandomForest(1, rng=0).fit(IRIS, SPECIES)
    judged = ~np.isnan(model.oob_decision_function_[:, 0])
    assert judged.mean() == pytest.approx(1 / math.e, abs=0.1)
    right = model.oob_decision_function_[judged].argmax(axis=1) == SPECIES[judged]
    assert model.oob_score_ == pytest.approx(right.mean())


def test_trees_of_few_features_agree_less_and_their_mean_is_better_than_one():
    X, y = CLASSES["digits"]
    train, test = slice(0, 900), slice(900, None)
    one = DecisionTree().fit(X[train], y[train]).score(X[test], y[test])
    many = RandomForest(30, rng=0).fit(X[train], y[train]).score(X[test], y[test])
    assert many > one + 0.08


def test_a_seed_decides_everything():
    a, b = RandomForest(5, rng=3).fit(WINE, GRAPES), RandomForest(5, rng=np.random.default_rng(3)).fit(WINE, GRAPES)
    assert_array_equal(a.predict_proba(WINE), b.predict_proba(WINE))
    assert a.oob_score_ == b.oob_score_


@pytest.mark.parametrize(("max_features", "asked"), [("sqrt", 3), (2, 2), (None, 13)])
def test_features_may_be_asked_for_by_number_by_root_or_all(max_features, asked):
    a, b = (RandomForest(3, max_features=m, rng=0).fit(WINE, GRAPES) for m in (max_features, asked))
    assert_array_equal(a.predict_proba(WINE), b.predict_proba(WINE))


# --- edges ----------------------------------------------------------------------------------------


def test_labels_may_be_text():
    names = np.array(["setosa", "versicolor", "virginica"])[SPECIES]
    model = RandomForest(10, rng=0).fit(IRIS, names)
    assert model.predict(IRIS[[0, 75, 140]]).tolist() == ["setosa", "versicolor", "virginica"]
    assert model.score(IRIS, names) > 0.97


def test_a_draw_may_miss_a_class():
    model = RandomForest(5, rng=0).fit([[0], [1], [2], [3]], [0, 0, 0, 1])
    assert model.predict_proba([[3]]).shape == (1, 2)
    assert any(len(tree.size) == 1 for tree in model.estimators_)


def test_without_examples_to_judge_there_is_no_estimate():
    model = RandomForest(1, rng=2).fit([[0], [1]], [0, 1])
    judged = ~np.isnan(model.oob_decision_function_[:, 0])
    assert math.isnan(model.oob_score_) == (not judged.any())


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: RandomForest(0).fit(IRIS, SPECIES),
            ValueError,
            "n_estimators must be at least 1, but n_estimators = 0 came",
        ),
        (
            lambda: RandomForest(max_features="log2").fit(IRIS, SPECIES),
            ValueError,
            "max_features must be a number, \"sqrt\" or None, but 'log2' came",
        ),
        (
            lambda: RandomForest(max_features=9).fit(IRIS, SPECIES),
            ValueError,
            "max_features must be at most 4, the columns of X, but 9 came",
        ),
        (
            lambda: RandomForest().fit(IRIS, SPECIES[1:]),
            ValueError,
            "X and y must have the same length, but X has 150 and y has 149",
        ),
        (
            lambda: RandomForest().fit([[1], [2]], [0, 0]),
            ValueError,
            "y must hold two classes or more, but all of it is 0",
        ),
        (lambda: RandomForest().fit([[math.inf]], [0]), ValueError, "X must be finite, but X[0, 0] is inf"),
        (
            lambda: RandomForest().predict(IRIS),
            ValueError,
            "RandomForest must be fitted before it can predict: call fit first",
        ),
        (
            lambda: RandomForest(2).fit(IRIS, SPECIES).predict([[1, 2]]),
            ValueError,
            "X must have 4 columns, as in fit, but 2 came",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
