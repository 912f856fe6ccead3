"""The stored model of words: it was made as its script says, and one of its heads looks for the person."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from mathml.algorithms.transformer import Transformer
from mathml.datasets import load_word_model
from tools.frozen import word_model
from tools.frozen.word_model import END, HELD_OUT, encode, tell, where_it_looks

STORED = load_word_model()
WORDS, ROWS = encode(STORED.sentences)


@pytest.fixture(scope="module")
def model():
    return Transformer().restore(STORED.numbers, len(WORDS), max(map(len, ROWS)) - 1)


def test_the_sentences_are_those_of_the_script():
    assert STORED.sentences == tell()
    assert len(STORED.sentences) == 482


def test_each_sentence_stands_there_of_a_man_and_of_a_woman():
    told = set(map(tuple, STORED.sentences))
    assert all(tuple(word_model.exchange(list(words))) in told for words in told)


def test_where_he_or_she_comes_next_one_head_looks_at_the_person(model):
    weights, right = where_it_looks(model, WORDS, ROWS[-HELD_OUT:])
    assert weights[1, 0] > 0.7
    assert np.sort(weights.reshape(-1))[-2] < 0.2
    assert right > 0.9  # of sentences that it has not read, but of which it knows those with he and she exchanged


@pytest.mark.parametrize(
    ("person", "pronoun"),
    [
        ("father", "his"),
        ("the old woman", "her"),
        ("the small girl", "her"),
        ("uncle otto", "his"),
        ("mother", "her"),
    ],
)
def test_the_person_decides_between_his_and_her(model, person, pronoun):
    told = WORDS.encode([END, *person.split(), "took", "off"])
    assert WORDS.pieces[model.predict(told)[-1]] == pronoun
    assert model.attention_weights(told)[1, 0, -1].argmax() == len(told) - 3


def test_it_writes_sentences_that_it_could_have_read(model):
    stop = int(WORDS.encode([END])[0])
    told = [model.sample([stop], 20, temperature=0.3, stop=stop, rng=seed) for seed in range(10)]
    known = set(map(tuple, STORED.sentences))
    assert all(row[-1] == stop for row in told)
    assert sum(tuple(WORDS.decode(row[1:-1])) in known for row in told) >= 5


def test_the_loss_is_that_of_training(model):
    rows = ROWS[:-HELD_OUT]
    losses = [-np.log(probabilities(model, row)) for row in rows[::5]]
    assert_allclose(np.mean(np.concatenate(losses)), 0.465, atol=0.03)


def probabilities(model, row):
    """Of each token after the first, given those before it."""
    Z = model.predict_scores(row[:-1])
    p = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (p / p.sum(axis=1, keepdims=True))[np.arange(len(row) - 1), row[1:]]
