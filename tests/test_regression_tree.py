"""Regression tree: scikit-learn's steps, and no question that leaves a smaller error."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import datasets, tree

from mathml.algorithms.regression_tree import RegressionTree
from tests.classifying import single_precision

DIABETES, PROGRESS = datasets.load_diabetes(return_X_y=True)
DIABETES = single_precision(DIABETES)

examples = st.integers(2, 12).flatmap(
    lambda n: st.tuples(
        hnp.arrays(float, (n, 2), elements=st.integers(-3, 3).map(float)),
        hnp.arrays(float, n, elements=st.integers(-9, 9).map(float)),
    )
)


def squared_error(y):
    return float(np.sum((y - y.mean()) ** 2)) if len(y) else 0.0


@pytest.mark.parametrize("limits", [{"max_depth": 3}, {"max_depth": 8, "min_samples_leaf": 5}], ids=str)
def test_the_steps_are_scikit_learns(limits):
    train, test = slice(0, 300), slice(300, None)
    ours = RegressionTree(**limits).fit(DIABETES[train], PROGRESS[train])
    theirs = tree.DecisionTreeRegressor(random_state=0, **limits).fit(DIABETES[train], PROGRESS[train])
    assert len(ours.tree_.size) == theirs.tree_.node_count
    assert_allclose(ours.predict(DIABETES[test]), theirs.predict(DIABETES[test]), rtol=1e-12)


@given(examples)
def test_no_question_leaves_a_smaller_error_than_the_first(sample):
    X, y = sample
    answers = [column <= threshold for column in X.T for threshold in column]
    least = min(squared_error(y[answer]) + squared_error(y[~answer]) for answer in answers)
    error = np.sum((y - RegressionTree(max_depth=1).fit(X, y).predict(X)) ** 2)
    assert error == pytest.approx(least, abs=1e-9 * (1 + squared_error(y)))


@given(examples)
def test_without_limits_examples_that_differ_are_known(sample):
    X, y = sample
    means = [y[(x == X).all(axis=1)].mean() for x in X]
    assert_allclose(RegressionTree().fit(X, y).predict(X), means, atol=1e-12)


@given(examples, st.sampled_from([1e-300, 1e-9, 1e250]), st.sampled_from([0.0, 1e3]))
def test_the_unit_and_the_origin_of_the_targets_change_no_question(sample, unit, offset):
    X, y = sample
    model, moved = RegressionTree().fit(X, y), RegressionTree().fit(X, (y + offset) * unit)
    assert_array_equal(model.tree_.feature, moved.tree_.feature)
    assert_array_equal(model.tree_.threshold, moved.tree_.threshold)


@given(examples, st.integers(0, 99))
def test_the_order_of_the_examples_does_not_matter(sample, seed):
    X, y = sample
    order = np.random.default_rng(seed).permutation(len(X))
    model, mixed = RegressionTree().fit(X, y), RegressionTree().fit(X[order], y[order])
    assert_array_equal(model.tree_.threshold, mixed.tree_.threshold)


def test_targets_that_are_all_the_same_need_no_question():
    model = RegressionTree().fit([[1], [2], [3]], [0.1, 0.1, 0.1])
    assert len(model.tree_.size) == 1
    assert_allclose(model.predict([[9]]), [0.1])


def test_small_whole_numbers_are_computed_with_as_float64():
    X, y = np.arange(40, dtype=np.int8)[:, np.newaxis], np.arange(40, dtype=np.int8) ** 2 % 127
    small, wide = (
        RegressionTree(max_depth=3).fit(X, y),
        RegressionTree(max_depth=3).fit(X.astype(float), y.astype(float)),
    )
    assert_array_equal(small.predict(X), wide.predict(X))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: RegressionTree(max_depth=0).fit([[1]], [1]),
            ValueError,
            "max_depth must be at least 1, but max_depth = 0 came",
        ),
        (
            lambda: RegressionTree().fit([[1], [2]], [1]),
            ValueError,
            "X and y must have the same length, but X has 2 and y has 1",
        ),
        (lambda: RegressionTree().fit([[1]], [math.nan]), ValueError, "y must be finite, but y[0] is nan"),
        (
            lambda: RegressionTree().predict([[1]]),
            ValueError,
            "RegressionTree must be fitted before it can predict: call fit first",
        ),
        (
            lambda: RegressionTree().fit([[1], [2]], [1, 2]).predict([[1, 2]]),
            ValueError,
            "X must have 1 columns, as in fit, but 2 came",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
