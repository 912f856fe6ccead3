"""word2vec: its step beside autodiff and differences, what it finds in the corpus beside gensim, and its errors."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from mathml.algorithms.word2vec import Word2Vec, _kept, _noise, _pairs, step
from mathml.autodiff import value_and_grad
from mathml.datasets import load_sentences, load_word_vectors
from mathml.functions import log_sigmoid
from mathml.vectors import normalize_rows
from tools.frozen.planted import ANALOGIES, GROUPS

SENTENCES = load_sentences()
PAIRS = [["a", "b"], ["c", "d"]] * 200


@pytest.fixture(scope="module")
def model():
    return Word2Vec(rng=0).fit(SENTENCES)


def small(**more):
    return Word2Vec(
        **({"d": 4, "window": 1, "min_count": 1, "sample": 1.0, "batch_size": 8, "epochs": 5, "rng": 0} | more)
    )


# --- a step ---------------------------------------------------------------------------------------


def loss(V, U, words, neighbours):
    """The formula, pair by pair."""
    total = 0.0
    for w, (c, *others) in zip(words, neighbours, strict=True):
        total = total - log_sigmoid(V[w] @ U[c])
        for other in others:
            total = total - log_sigmoid(-(V[w] @ U[other]))
    return total


@given(st.integers(1, 6), st.integers(1, 3), st.integers(0, 10_000))
def test_a_step_goes_against_the_gradient_that_autodiff_finds(b, k, seed):
    rng = np.random.default_rng(seed)
    V, U = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    words, neighbours = rng.integers(4, size=b), rng.integers(4, size=(b, 1 + k))
    value, (dV, dU) = value_and_grad(lambda parts: loss(*parts, words, neighbours))([V, U])
    V_new, U_new = V.copy(), U.copy()
    assert step(V_new, U_new, words, neighbours, 0.1) == pytest.approx(value)
    assert_allclose(V_new, V - 0.1 * dV, atol=1e-12)
    assert_allclose(U_new, U - 0.1 * dU, atol=1e-12)


def test_a_step_lowers_the_loss_also_of_scores_that_overflow():
    V, U = np.full((2, 2), 100.0), np.full((2, 2), 100.0)
    words, neighbours = np.array([0]), np.array([[0, 1]])
    before = step(V, U, words, neighbours, 1e-3)
    assert before == pytest.approx(20_000)
    assert step(V, U, words, neighbours, 1e-3) < before


# --- what a step is given -------------------------------------------------------------------------


def test_neighbours_are_those_within_the_window():
    rng = np.random.default_rng(0)
    found = {tuple(pair) for _ in range(50) for pair in _pairs([np.arange(6)], np.ones(6), 2, rng)}
    assert found == {(i, j) for i in range(6) for j in range(6) if 0 < abs(i - j) <= 2}


def test_near_neighbours_come_more_often():
    pairs = _pairs([np.arange(10)] * 500, np.ones(10), 5, np.random.default_rng(0))
    apart = np.abs(pairs[:, 0] - pairs[:, 1])
    seen = [np.mean(apart == distance) * (10 - 1) / (10 - distance) for distance in range(1, 6)]
    assert np.all(np.diff(seen) < 0)
    assert seen[4] / seen[0] == pytest.approx(1 / 5, rel=0.1)  # the reach is 5 in one of five draws


def test_frequent_words_are_skipped_as_the_formula_says():
    counts = np.array([900, 99, 1])
    f = counts / 1000
    assert_allclose(_kept(counts, 0.01), np.minimum(1, np.sqrt(0.01 / f) + 0.01 / f))
    assert_allclose(np.diff(_noise(counts), prepend=0), counts**0.75 / np.sum(counts**0.75))
    assert _noise(counts)[-1] == 1


# --- what it learns -------------------------------------------------------------------------------


def test_a_score_comes_to_how_much_more_often_the_pair_stands_together_than_by_chance():
    # v · u = log P(w, c)/(P(w) P(c)) − log k, where the random words come as often as the words: Levy and Goldberg
    # (2014), equation 7. Here a pair stands together four times as often as by chance, or never.
    found = small(epochs=60, d=8, negatives=5).fit(PAIRS)
    for word, near, far in (("a", "b", "d"), ("c", "d", "b"), ("b", "a", "c")):
        assert found.vector(word) @ found.context(near) == pytest.approx(math.log(4) - math.log(5), abs=0.2)
        assert found.vector(word) @ found.context(far) < -3


def test_the_words_are_those_of_gensim(model):
    stored = load_word_vectors()
    assert sorted(model.words_) == sorted(stored.words)
    assert_array_equal(model.counts_, stored.counts)
    assert model.vectors_.shape == model.contexts_.shape == stored.vectors.shape


def groups_found(words, vectors):
    """Which part of the five nearest words is of the word's own group."""
    unit, number = normalize_rows(vectors), {word: i for i, word in enumerate(words)}
    shares = []
    for group in GROUPS.values():
        own = [number[word] for word in group if word in number]
        for i in own:
            nearest = np.argsort(-(unit @ unit[i]))[1:6]
            shares.append(np.mean(np.isin(nearest, own)))
    return np.mean(shares)


def test_it_finds_groups_of_words_as_gensim_does(model):
    stored = load_word_vectors()
    ours, theirs = (groups_found(one[0], one[1]) for one in ((model.words_, model.vectors_), (stored[0], stored[2])))
    assert ours > 0.8
    assert ours > theirs - 0.05


@pytest.mark.parametrize(
    ("relation", "least"),
    [("he and she", 0.6), ("the young of", 0.8), ("the tool of", 0.9), ("the capital of", 0.9), ("more than one", 0.2)],
)
def test_it_solves_analogies(model, relation, least):
    known = [all(word in model.words_ for word in four) for four in ANALOGIES[relation]]
    asked = [four for four, knows in zip(ANALOGIES[relation], known, strict=True) if knows]
    right = [model.analogy(a, b, c)[0][0] == d for a, b, c, d in asked]
    assert np.mean(right) > least


def test_the_loss_falls_and_one_seed_gives_one_model():
    first, second, other = (small(rng=seed).fit(PAIRS) for seed in (0, 0, 1))
    assert_array_equal(first.vectors_, second.vectors_)
    assert np.any(first.vectors_ != other.vectors_)
    assert first.loss_path_.shape == (5,)
    assert first.loss_path_[-1] < first.loss_path_[0] <= 6 * math.log(2) + 0.1


def test_similar_words_come_with_their_cosines(model):
    found = model.most_similar("monday", 4)
    assert {word for word, _ in found} <= {"tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    for word, cosine in found:
        v, w = model.vector("monday"), model.vector(word)
        assert cosine == pytest.approx(v @ w / np.sqrt((v @ v) * (w @ w)))
    assert model.analogy("man", "king", "woman")[0][0] == "queen"


def test_rare_words_are_left_out_and_the_sentence_closes_over_them():
    found = small(min_count=2).fit([["a", "once", "b"], ["a", "b"]] * 1)
    assert found.words_ == ["a", "b"]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: small().vector("a"), ValueError, "Word2Vec must be fitted before it can answer: call fit first"),
        (lambda: small().fit(PAIRS).vector("z"), ValueError, "word must be one of the 4 words, but 'z' came"),
        (
            lambda: small().fit(["a sentence"]),
            TypeError,
            "sentences must be lists of words, but sentences[0] is 'a sen",
        ),
        (lambda: small().fit([["a", 3]]), TypeError, "sentences must be lists of words, but sentences[0] is ['a', 3]"),
        (
            lambda: small(min_count=9).fit([["a", "b"]]),
            ValueError,
            "of the 2 words two or more must stand in the text 9",
        ),
        (lambda: small().fit([["a"], ["b"]]), ValueError, "no pair of words stands in one sentence"),
        (lambda: small(d=0).fit(PAIRS), ValueError, "d must be at least 1, but d = 0 came"),
        (lambda: small(learning_rate=0).fit(PAIRS), ValueError, "learning_rate must be finite and above 0"),
        (
            lambda: small(batch_size=400, learning_rate=5).fit(PAIRS),
            ValueError,
            "learning_rate or batch_size must be smaller",
        ),
        (lambda: small(sample=1e-12).fit(PAIRS), ValueError, "sample must be larger"),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error, match=re.escape(message)):
        call()
