"""Tokens: text there and back, windows that leave nothing out, and rows filled up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from sklearn.preprocessing import LabelEncoder

from mathml.algorithms.tokens import Vocabulary, as_tokens, fill_up, windows
from mathml.datasets import load_corpus, load_sentences

rows = st.lists(st.integers(0, 20), min_size=2, max_size=30)

# --- vocabulary -----------------------------------------------------------------------------------


@given(st.text(min_size=1))
def test_what_is_encoded_and_decoded_is_the_same_text(text):
    letters = Vocabulary(text)
    assert "".join(letters.decode(letters.encode(text))) == text


def test_words_have_the_numbers_that_scikit_learn_gives_them():
    words = [word for sentence in load_sentences()[:200] for word in sentence]
    theirs = LabelEncoder().fit(words)
    ours = Vocabulary(words)
    assert ours.pieces == theirs.classes_.tolist()
    assert_array_equal(ours.encode(words), theirs.transform(words))


def test_the_corpus_has_56_characters():
    assert len(Vocabulary(load_corpus())) == 56


def test_one_piece_is_a_vocabulary():
    assert Vocabulary(["a", "a"]).encode([]).tolist() == []
    assert Vocabulary(["a", "a"]).decode([0, 0]) == ["a", "a"]


def test_what_is_not_in_it_is_named():
    words = Vocabulary(["king", "queen"])
    with pytest.raises(ValueError, match="pieces must be among the 2 of the vocabulary, but 'knave' came"):
        words.encode(["king", "knave"])
    with pytest.raises(ValueError, match=r"tokens must hold whole numbers from 0 to 1, but tokens\[1\] is 2"):
        words.decode([0, 2])
    with pytest.raises(ValueError, match="pieces must hold one piece or more, but none came"):
        Vocabulary("")


# --- windows --------------------------------------------------------------------------------------


@given(rows, st.integers(2, 30))
def test_each_token_but_the_first_comes_next_once(row, length):
    length = min(length, len(row))
    cut = windows(row, length)
    following = cut[:, 1:].reshape(-1)
    assert cut.shape == ((len(row) - 1) // (length - 1), length)
    assert_array_equal(following, row[1 : len(following) + 1])
    assert_array_equal(cut[1:, 0], cut[:-1, -1])
    assert len(row) - 1 - len(following) < length - 1


def test_a_window_may_hold_all():
    assert windows([3, 1, 2], 3).tolist() == [[3, 1, 2]]


def test_a_window_that_is_too_long_or_too_short_is_refused():
    with pytest.raises(ValueError, match="length must be at most 3, the number of tokens, but length = 4 came"):
        windows([3, 1, 2], 4)
    with pytest.raises(ValueError, match="length must be at least 2"):
        windows([3, 1, 2], 1)


# --- rows -----------------------------------------------------------------------------------------


@given(st.lists(rows, min_size=1, max_size=5))
def test_a_row_is_what_stands_before_its_length(several):
    tokens, lengths = fill_up(several)
    assert tokens.shape == (len(several), max(map(len, several)))
    for row, filled, length in zip(several, tokens, lengths, strict=True):
        assert filled[:length].tolist() == row
        assert not filled[length:].any()


def test_whole_floats_are_tokens_and_others_are_not():
    assert as_tokens([2.0, 0.0], "tokens").dtype == np.intp
    with pytest.raises(ValueError, match=r"tokens must hold whole numbers from 0, but tokens\[1\] is 0.5"):
        as_tokens([2.0, 0.5], "tokens")
    with pytest.raises(TypeError, match="tokens must be a vector: one row of numbers, but the text 'a' came"):
        as_tokens(["a"], "tokens")
