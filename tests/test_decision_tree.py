"""Decision tree: scikit-learn's questions, and at each node none that tells more."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import tree

from mathml.algorithms.decision_tree import LEAF, DecisionTree
from mathml.information import entropy, information_gain
from tests.classifying import CLASSES, single_precision

IRIS, SPECIES = CLASSES["iris"]

examples = st.integers(2, 12).flatmap(
    lambda n: st.tuples(
        hnp.arrays(float, (n, 2), elements=st.integers(-3, 3).map(float)),
        st.lists(st.sampled_from("abc"), min_size=n, max_size=n).filter(lambda y: len(set(y)) > 1).map(np.array),
    )
)


def theirs(**options):
    return tree.DecisionTreeClassifier(criterion="entropy", random_state=0, **options)


def noisy(seed, n=1200, d=5, k=3):
    """Features without ties, and labels that hang on the first two of them, but not alone."""
    rng = np.random.default_rng(seed)
    X = single_precision(rng.normal(size=(n, d)))
    scores = X[:, :1] * np.arange(k) + np.sin(2 * X[:, 1:2] + np.arange(k)) + 0.5 * rng.normal(size=(n, k))
    return X, scores.argmax(axis=1)


def splits(model):
    """The questions as a set: scikit-learn numbers its nodes in another order."""
    nodes = model.tree_
    asks = nodes.feature >= 0
    return sorted(zip(nodes.feature[asks].tolist(), nodes.threshold[asks].tolist(), strict=True))


# --- scikit-learn's -------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [2, 3, 6])
def test_the_tree_is_scikit_learns_where_no_questions_tie(k):
    (X, y), (new, _), limits = noisy(k, k=k), noisy(99), {"max_depth": 3, "min_samples_leaf": 4}
    ours, reference = DecisionTree(**limits).fit(X, y), theirs(**limits).fit(X, y)
    assert_allclose(splits(ours), splits(reference), rtol=1e-6)
    assert_allclose(ours.predict_proba(new), reference.predict_proba(new), atol=1e-12)
    assert_array_equal(ours.predict(new), reference.predict(new))
    assert_allclose(ours.feature_importances_, reference.feature_importances_, atol=1e-12)


@pytest.mark.parametrize("name", CLASSES)
def test_scikit_learn_knows_no_better_question_at_any_node(name):
    X, y = single_precision(CLASSES[name][0]), CLASSES[name][1]
    reference = theirs().fit(X, y)
    nodes, came = reference.tree_, reference.decision_path(X).toarray().astype(bool)
    for node in np.flatnonzero(nodes.feature >= 0):
        rows, left, right = came[:, node], nodes.children_left[node], nodes.children_right[node]
        after = nodes.n_node_samples[[left, right]] @ nodes.impurity[[left, right]] / nodes.n_node_samples[node]
        gain = (nodes.impurity[node] - after) * math.log(2)
        assert DecisionTree(max_depth=1).fit(X[rows], y[rows]).gain_[0] == pytest.approx(gain, abs=1e-12)


@pytest.mark.parametrize("name", CLASSES)
def test_without_limits_it_knows_every_example(name):
    X, y = CLASSES[name]
    assert DecisionTree().fit(X, y).score(X, y) == 1


# --- information ----------------------------------------------------------------------------------


@given(examples)
def test_no_question_tells_more_than_the_first(sample):
    X, y = sample
    model = DecisionTree(max_depth=1).fit(X, y)
    most = max(information_gain(y, column <= threshold) for column in X.T for threshold in column)
    assert model.gain_[0] == pytest.approx(most, abs=1e-12)


@given(examples)
def test_the_gain_is_that_of_the_groups_that_the_answers_make(sample):
    X, y = sample
    model = DecisionTree(max_depth=1).fit(X, y)
    nodes = model.tree_
    if nodes.feature[0] != LEAF:
        answers = X[:, nodes.feature[0]] <= nodes.threshold[0]
        assert model.gain_[0] == pytest.approx(information_gain(y, answers), abs=1e-12)
        assert_array_equal(nodes.apply(X), np.where(answers, nodes.left[0], nodes.right[0]))


@given(examples)
def test_all_gains_together_are_the_entropy_that_the_leaves_do_not_have(sample):
    X, y = sample
    model = DecisionTree().fit(X, y)
    weights, leaf = model.tree_.size / len(y), model.tree_.feature == LEAF
    assert_allclose(weights @ model.gain_, model.impurity_[0] - weights[leaf] @ model.impurity_[leaf], atol=1e-12)
    assert model.impurity_[0] == pytest.approx(entropy(np.unique(y, return_counts=True)[1] / len(y)))


@given(examples)
def test_each_node_keeps_what_its_examples_are(sample):
    X, y = sample
    model = DecisionTree().fit(X, y)
    leaves = model.tree_.apply(X)
    for leaf in np.unique(leaves):
        assert model.tree_.size[leaf] == np.sum(leaves == leaf)
        assert_allclose(model.tree_.value[leaf], [np.mean(y[leaves == leaf] == label) for label in model.classes_])


@given(examples)
def test_units_and_other_increasing_functions_change_no_answer(sample):
    X, y = sample
    model, bent = DecisionTree().fit(X, y), DecisionTree().fit(np.exp(3 * X) - 7, y)
    assert_array_equal(model.predict(X), bent.predict(np.exp(3 * X) - 7))


@given(examples, st.integers(0, 99))
def test_the_order_of_the_examples_does_not_matter(sample, seed):
    X, y = sample
    order = np.random.default_rng(seed).permutation(len(X))
    for here, there in zip(DecisionTree().fit(X, y).tree_, DecisionTree().fit(X[order], y[order]).tree_, strict=True):
        assert_array_equal(here, there)


# --- edges ----------------------------------------------------------------------------------------


def test_a_first_question_that_tells_nothing_may_lead_to_ones_that_do():
    corners, differ = [[0, 0], [0, 1], [1, 0], [1, 1]], ["no", "yes", "yes", "no"]
    model = DecisionTree().fit(corners, differ)
    assert model.gain_[0] == 0
    assert model.predict(corners).tolist() == differ


def test_examples_that_are_the_same_share_a_leaf():
    model = DecisionTree().fit([[1, 2], [1, 2], [1, 2]], ["a", "b", "b"])
    assert model.tree_.feature.tolist() == [LEAF]
    assert_allclose(model.predict_proba([[1, 2]]), [[1 / 3, 2 / 3]])
    assert_array_equal(model.feature_importances_, [0, 0])


def test_neighbouring_floats_are_told_apart():
    X = [[1.0], [math.nextafter(1.0, 2)]]
    assert DecisionTree().fit(X, [0, 1]).predict(X).tolist() == [0, 1]


def test_the_largest_floats_are_told_apart():
    X = [[-1.7e308], [1.7e308]]
    assert DecisionTree().fit(X, [0, 1]).tree_.threshold[0] == 0


def test_a_leaf_may_be_asked_to_hold_more_than_half():
    assert len(DecisionTree(min_samples_leaf=76).fit(IRIS, SPECIES).tree_.size) == 1


def test_a_tree_may_be_as_deep_as_there_are_examples():
    X, y = np.eye(400), np.arange(400) % 2  # each question parts one from all others
    model = DecisionTree(max_features=1, rng=0).fit(X, y)
    assert model.tree_.depth.max() > 380
    assert model.score(X, y) == 1


@pytest.mark.parametrize("least", [1, 5, 20])
def test_limits_hold(least):
    X, y = CLASSES["breast_cancer"]
    model = DecisionTree(max_depth=4, min_samples_leaf=least).fit(X, y)
    assert model.tree_.size.min() >= least
    assert model.tree_.depth.max() <= 4


def test_a_few_drawn_features_make_another_tree_and_a_seed_decides_which():
    X, y = CLASSES["wine"]
    a, b, c = (DecisionTree(max_features=2, rng=seed).fit(X, y) for seed in (1, 1, 2))
    assert splits(a) == splits(b) != splits(c)
    assert a.score(X, y) == 1


def test_small_whole_numbers_are_computed_with_as_float64():
    X, y = CLASSES["digits"]
    small, wide = (DecisionTree(max_depth=4).fit(X.astype(dtype), y) for dtype in (np.int8, np.float64))
    assert splits(small) == splits(wide)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: DecisionTree(max_depth=0).fit(IRIS, SPECIES),
            ValueError,
            "max_depth must be at least 1, but max_depth = 0 came",
        ),
        (
            lambda: DecisionTree(min_samples_leaf=0).fit(IRIS, SPECIES),
            ValueError,
            "min_samples_leaf must be at least 1, but min_samples_leaf = 0 came",
        ),
        (
            lambda: DecisionTree(max_features=5).fit(IRIS, SPECIES),
            ValueError,
            "max_features must be at most 4, the columns of X, but 5 came",
        ),
        (
            lambda: DecisionTree().fit(IRIS, SPECIES[1:]),
            ValueError,
            "X and y must have the same length, but X has 150 and y has 149",
        ),
        (
            lambda: DecisionTree().fit([[1], [2]], [0, 0]),
            ValueError,
            "y must hold two classes or more, but all of it is 0",
        ),
        (lambda: DecisionTree().fit([[math.nan]], [0]), ValueError, "X must be finite, but X[0, 0] is nan"),
        (
            lambda: DecisionTree().predict(IRIS),
            ValueError,
            "DecisionTree must be fitted before it can predict: call fit first",
        ),
        (
            lambda: DecisionTree().fit(IRIS, SPECIES).predict([[1, 2]]),
            ValueError,
            "X must have 4 columns, as in fit, but 2 came",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
