"""Naive Bayes: scikit-learn's probabilities, and Bayes' theorem itself."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from sklearn import naive_bayes
from sklearn.feature_extraction.text import CountVectorizer

from mathml.algorithms.naive_bayes import NaiveBayes
from mathml.datasets import load_documents
from mathml.probability import Normal, bayes
from tests.classifying import CLASSES, accuracy

IRIS, SPECIES = CLASSES["iris"]
DIGITS, FIGURES = CLASSES["digits"]
THEIRS = {
    "gaussian": naive_bayes.GaussianNB,
    "bernoulli": naive_bayes.BernoulliNB,
    "multinomial": naive_bayes.MultinomialNB,
}

every_kind = pytest.mark.parametrize("kind", THEIRS)
counts = st.integers(2, 10).flatmap(
    lambda n: st.tuples(
        hnp.arrays(float, (n, 3), elements=st.integers(0, 4).map(float)),
        st.lists(st.sampled_from("abc"), min_size=n, max_size=n).filter(lambda y: len(set(y)) > 1).map(np.array),
    )
)


def fitting(kind, X):
    return (X.mean(axis=0) < X).astype(float) if kind == "bernoulli" else X


# --- scikit-learn's -------------------------------------------------------------------------------


@every_kind
@pytest.mark.parametrize("name", CLASSES)
def test_probabilities_are_scikit_learns(kind, name):
    X, y = fitting(kind, CLASSES[name][0]), CLASSES[name][1]
    ours, theirs = NaiveBayes(kind).fit(X[::2], y[::2]), THEIRS[kind]().fit(X[::2], y[::2])
    assert_array_equal(ours.predict(X), theirs.predict(X))
    assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), atol=1e-6)
    assert_allclose(ours.predict_log_proba(X[:20]), theirs.predict_log_proba(X[:20]), rtol=1e-9, atol=1e-9)


@given(counts, st.sampled_from(["bernoulli", "multinomial"]), st.sampled_from([0.01, 1.0, 7.0]))
def test_smoothed_counts_are_scikit_learns(sample, kind, alpha):
    X, y = np.minimum(sample[0], 1) if kind == "bernoulli" else sample[0], sample[1]
    ours, theirs = NaiveBayes(kind, alpha=alpha).fit(X, y), THEIRS[kind](alpha=alpha).fit(X, y)
    assert_allclose(np.log(ours.feature_prob_), theirs.feature_log_prob_, atol=1e-12)
    assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), atol=1e-12)


def test_words_tell_the_topic_of_a_story():
    stories = load_documents()
    X, y = CountVectorizer().fit_transform(stories.texts).toarray(), np.array(stories.topics)
    assert accuracy(lambda _: NaiveBayes("multinomial"), X, y) > 0.9


# --- Bayes' theorem -------------------------------------------------------------------------------


def test_each_feature_is_a_piece_of_evidence():
    model = NaiveBayes().fit(IRIS, SPECIES)
    for x in IRIS[::10]:
        pdfs = [
            [Normal(mean, math.sqrt(var)).pdf(v) for v, mean, var in zip(x, *of_class, strict=True)]
            for of_class in zip(model.theta_, model.var_, strict=True)
        ]
        assert_allclose(model.predict_proba([x])[0], bayes(model.class_prior_, pdfs), rtol=1e-9)


def test_normals_are_those_of_scipy():
    model = NaiveBayes().fit(IRIS, SPECIES)
    expected = stats.norm(model.theta_, np.sqrt(model.var_)).logpdf(IRIS[:, np.newaxis]).sum(axis=2)
    assert_allclose(model.log_likelihood(IRIS), expected, rtol=1e-12)


def test_yes_or_no_is_a_bernoulli_and_words_are_a_multinomial():
    X = fitting("bernoulli", DIGITS)
    model = NaiveBayes("bernoulli").fit(X, FIGURES)
    expected = stats.bernoulli(model.feature_prob_).logpmf(X[:9, np.newaxis]).sum(axis=2)
    assert_allclose(model.log_likelihood(X[:9]), expected, rtol=1e-12)

    model = NaiveBayes("multinomial").fit(DIGITS, FIGURES)
    whole = [[stats.multinomial(x.sum(), p).logpmf(x) for p in model.feature_prob_] for x in DIGITS[:9]]
    left_out = whole - model.log_likelihood(DIGITS[:9])
    assert_allclose(left_out, np.tile(left_out[:, :1], 10), rtol=1e-9)  # the coefficient, the same for all classes


@given(counts, st.sampled_from(["gaussian", "multinomial"]))
def test_the_posterior_is_prior_times_likelihood_over_their_sum(sample, kind):
    X, y = sample
    model = NaiveBayes(kind, var_smoothing=0.1).fit(X + [0, 0, 1] * np.arange(len(X))[:, np.newaxis], y)
    joint = model.class_prior_ * np.exp(model.log_likelihood(X))
    likely = joint.sum(axis=1) > 1e-200
    posterior = joint[likely] / joint[likely].sum(axis=1, keepdims=True)
    assert_allclose(model.predict_proba(X)[likely], posterior, atol=1e-9)
    assert_allclose(model.predict_proba(X).sum(axis=1), 1)


def test_a_prior_is_how_frequent_a_class_is():
    model = NaiveBayes("bernoulli").fit([[0], [0], [1], [1]], ["a", "a", "a", "b"])
    assert model.class_prior_.tolist() == [0.75, 0.25]


def test_means_and_variances_are_those_of_each_class():
    model = NaiveBayes(var_smoothing=0).fit(IRIS, SPECIES)
    assert_allclose(model.theta_, [IRIS[c == SPECIES].mean(axis=0) for c in range(3)])
    assert_allclose(model.var_, [IRIS[c == SPECIES].var(axis=0) for c in range(3)])


# --- edges ----------------------------------------------------------------------------------------


def test_an_offset_changes_no_probability():
    here, far = NaiveBayes().fit(IRIS, SPECIES), NaiveBayes().fit(IRIS + 1e6, SPECIES)
    assert_allclose(far.predict_proba(IRIS + 1e6), here.predict_proba(IRIS), atol=1e-6)


def test_what_is_far_from_all_classes_still_belongs_to_one():
    model = NaiveBayes().fit(IRIS, SPECIES)
    assert_allclose(model.predict_proba(IRIS[:3] + 1e6).sum(axis=1), 1)


def test_a_word_that_a_class_never_had_is_no_veto():
    model = NaiveBayes("multinomial").fit([[9, 1], [9, 0]], ["a", "b"])
    assert model.predict_proba([[0, 1]])[0, 1] > 0


def test_labels_may_be_text_and_features_small_whole_numbers():
    model = NaiveBayes().fit(np.array([[100], [110], [-100], [-120]], dtype=np.int8), ["hot", "hot", "cold", "cold"])
    assert model.predict([[90], [-90]]).tolist() == ["hot", "cold"]


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: NaiveBayes("poisson").fit(IRIS, SPECIES),
            ValueError,
            'kind must be one of "gaussian", "bernoulli", "multinomial", but \'poisson\' came',
        ),
        (
            lambda: NaiveBayes("bernoulli").fit(IRIS, SPECIES),
            ValueError,
            'X must be 0 or 1 for kind="bernoulli", but 5.1 came',
        ),
        (
            lambda: NaiveBayes("multinomial").fit([[1], [-2]], [0, 1]),
            ValueError,
            'X must hold counts for kind="multinomial", but -2 came',
        ),
        (
            lambda: NaiveBayes("bernoulli", alpha=0).fit([[0], [1]], [0, 1]),
            ValueError,
            "alpha must be above 0 and finite, but alpha = 0 came",
        ),
        (
            lambda: NaiveBayes(var_smoothing=-1).fit(IRIS, SPECIES),
            ValueError,
            "var_smoothing must be at least 0 and finite, but var_smoothing = -1 came",
        ),
        (
            lambda: NaiveBayes(var_smoothing=0).fit([[1], [1], [2], [3]], ["a", "a", "b", "b"]),
            ValueError,
            "X must vary in each class, or var_smoothing be above 0: column 0 is 1 in all of class 'a'",
        ),
        (
            lambda: NaiveBayes().fit([[1], [1]], [0, 1]),
            ValueError,
            "X must vary, but all its rows are the same",
        ),
        (
            lambda: NaiveBayes().fit([[1], [2]], [0, 0]),
            ValueError,
            "y must hold two classes or more, but all of it is 0",
        ),
        (
            lambda: NaiveBayes().fit(IRIS, SPECIES[1:]),
            ValueError,
            "X and y must have the same length, but X has 150 and y has 149",
        ),
        (lambda: NaiveBayes().fit([[math.nan]], [0]), ValueError, "X must be finite, but X[0, 0] is nan"),
        (
            lambda: NaiveBayes().predict(IRIS),
            ValueError,
            "NaiveBayes must be fitted before it can predict: call fit first",
        ),
        (
            lambda: NaiveBayes().fit(IRIS, SPECIES).predict([[1, 2]]),
            ValueError,
            "X must have 4 columns, as in fit, but 2 came",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
