"""Transformer: scores and gradients as PyTorch's, no look ahead, and a language that it learns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from mathml.algorithms.block_stack import as_weights, first_weights, listed, planned_adam, read
from mathml.algorithms.tokens import fill_up
from mathml.algorithms.transformer import Transformer
from mathml.attention import causal_mask
from mathml.autodiff import grad
from mathml.functions import log_softmax, softmax
from mathml.optimization import pack
from tests.torch_reference import stored
from tools.frozen import torch_transformer
from tools.frozen.torch_transformer import HEADS, HIDDEN, N_BLOCKS, PLACES, SEQUENCE, TOKENS, D

TORCH = stored("torch_transformer")
LIKE = first_weights(TOKENS, TOKENS, N_BLOCKS, D, HEADS, HIDDEN, np.random.default_rng(0))
CYCLE = [0, 1, 2, 3] * 3
TURNS = [CYCLE[i:] for i in range(4)]  # each number begins one

sequences = st.lists(st.integers(0, TOKENS - 1), min_size=1, max_size=SEQUENCE - 1)
seeds = st.integers(0, 99)


def make(**settings):
    return Transformer(N_BLOCKS, d=D, heads=HEADS, hidden=HIDDEN, **settings)


@pytest.fixture(scope="module")
def model():
    """One that has the weights of the stored one."""
    return make().restore(TORCH["language_numbers"], TOKENS, SEQUENCE - 1)


@pytest.fixture(scope="module")
def clock():
    """One that has learned to count to four."""
    return Transformer(1, d=8, heads=2, epochs=60, learning_rate=0.03, rng=0).fit(TURNS)


# --- PyTorch --------------------------------------------------------------------------------------


def test_the_stored_file_is_small_and_says_what_made_it():
    assert torch_transformer.TORCH_TRANSFORMER.stat().st_size < 50_000
    for made in TORCH["made_with"]:
        assert str(made) in torch_transformer.__doc__


def test_its_scores_are_pytorchs(model):
    for tokens, scores in zip(TORCH["language_tokens"], TORCH["language_scores"], strict=True):
        assert_allclose(model.predict_scores(tokens[:-1]), scores, rtol=1e-10, atol=1e-12)


def test_loss_and_gradient_are_pytorchs(model):
    tokens, lengths = fill_up(TORCH["language_tokens"])

    def loss(x):
        return model.loss(tokens, lengths, as_weights(x, LIKE))

    x = TORCH["language_numbers"]
    assert loss(x) == pytest.approx(float(TORCH["language_loss"]), rel=1e-12)
    assert_allclose(grad(loss)(x), TORCH["language_gradient"], rtol=1e-8, atol=1e-12)


# --- what it sees ---------------------------------------------------------------------------------


@given(sequences, sequences)
def test_the_future_changes_no_earlier_score(model, told, later):
    both = (told + later)[: SEQUENCE - 1]
    assert_allclose(model.predict_scores(both)[: len(told)], model.predict_scores(told), rtol=1e-9, atol=1e-12)


@given(sequences)
def test_each_token_shares_its_attention_among_those_before_it_and_itself(model, told):
    A, n = model.attention_weights(told), len(told)
    assert A.shape == (N_BLOCKS, HEADS, n, n)
    assert_allclose(A.sum(axis=-1), 1)
    assert np.all(A[..., ~causal_mask(n)] == 0)


@given(seeds)
def test_blocks_without_a_mask_carry_an_order_through(seed):
    rng = np.random.default_rng(seed)
    weights, X = as_weights(TORCH["language_numbers"], LIKE), rng.normal(size=(PLACES, D))
    order = rng.permutation(PLACES)
    assert_allclose(read(X[order], weights, HEADS, None), read(X, weights, HEADS, None)[order], rtol=1e-9, atol=1e-12)


def test_its_position_tells_a_token_from_the_same_one_elsewhere(model):
    scores = model.predict_scores([1, 1, 1])
    assert not np.allclose(scores[0], scores[1])


# --- the loss -------------------------------------------------------------------------------------


@given(st.lists(st.lists(st.integers(0, TOKENS - 1), min_size=2, max_size=SEQUENCE), min_size=1, max_size=4))
def test_the_loss_is_the_mean_surprise_whatever_fills_the_rows_up(model, rows):
    surprises = [-log_softmax(model.predict_scores(row[:-1]))[np.arange(len(row) - 1), row[1:]] for row in rows]
    tokens, lengths = fill_up(rows)
    expected = np.mean(np.concatenate(surprises))
    assert model.loss(tokens, lengths, model.weights_) == pytest.approx(expected, rel=1e-9)
    tokens[np.arange(tokens.shape[1]) >= lengths[:, np.newaxis]] = TOKENS - 1
    assert model.loss(tokens, lengths, model.weights_) == pytest.approx(expected, rel=1e-9)


def test_at_first_every_token_is_about_as_likely_as_any_other():
    path = Transformer(epochs=1, rng=0).fit([np.arange(50), np.arange(50)]).loss_path_
    assert path[0] == pytest.approx(np.log(50), abs=0.05)


def test_it_learns_and_the_same_seed_learns_the_same(clock):
    again = Transformer(1, d=8, heads=2, epochs=60, learning_rate=0.03, rng=0).fit(TURNS)
    assert clock.loss_path_.shape == (61,)
    assert clock.loss_path_[-1] < 0.05 * clock.loss_path_[0]
    assert_array_equal(again.loss_path_, clock.loss_path_)


def test_it_copies_what_it_has_to_look_back_for():
    """After the last token comes the one before it again: a b ? b a ? …: what is right stands two places back."""
    rng = np.random.default_rng(0)
    pairs = rng.integers(6, size=(200, 2))
    rows = np.tile(pairs, 4)
    model = Transformer(2, d=24, heads=2, epochs=30, batch_size=50, rng=0).fit(rows[:150])
    guesses = np.array([model.predict(row)[2:-1] for row in np.delete(rows[150:], -1, axis=1)])
    assert np.mean(guesses == rows[150:, 3:-1]) > 0.9


# --- writing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", [0, 1, 2, 3])
def test_it_writes_on_for_longer_than_it_reads(clock, start):
    row = clock.sample([start], 30, temperature=0.05, rng=0)
    assert clock.context_ == 11
    assert_array_equal(row, (start + np.arange(31)) % 4)


def test_a_start_may_be_longer_than_it_reads(clock):
    assert_array_equal(clock.sample(CYCLE * 2, 4, temperature=0.05, rng=0)[-4:], CYCLE[:4])


def test_it_stops_where_it_is_told(clock):
    assert clock.sample([0], 30, temperature=0.05, stop=3, rng=0).tolist() == [0, 1, 2, 3]
    assert clock.sample([0], 0, rng=0).tolist() == [0]


def test_what_it_draws_is_as_frequent_as_softmax_says(model, rng):
    drawn = [model.sample([2, 5], 1, temperature=1.5, rng=rng)[-1] for _ in range(2000)]
    p = softmax(model.predict_scores([2, 5])[-1], temperature=1.5)
    frequencies = np.bincount(drawn, minlength=TOKENS) / len(drawn)
    assert np.all(np.abs(frequencies - p) < 5 * np.sqrt(p * (1 - p) / len(drawn)) + 1e-3)


def test_the_likeliest_is_predicted(clock):
    assert clock.predict([2, 3, 0]).tolist()[1:] == [0, 1]


# --- again from its numbers -----------------------------------------------------------------------


def test_what_is_restored_scores_as_before(clock):
    numbers = pack(listed(clock.weights_))
    again = Transformer(1, d=8, heads=2).restore(numbers, 4, clock.context_)
    assert_array_equal(again.predict_scores([0, 3, 1]), clock.predict_scores([0, 3, 1]))


def test_weights_and_their_numbers_are_inverse(rng):
    numbers = rng.normal(size=len(TORCH["language_numbers"]))
    assert_array_equal(pack(listed(as_weights(numbers, LIKE))), numbers)


def test_the_rate_grows_over_a_tenth_of_the_steps_and_falls_to_nothing():
    rate = planned_adam(0.3, n=50, batch_size=10, epochs=8).schedule
    rates = np.array([rate(t) for t in range(41)])
    assert rates[0] == pytest.approx(0.3 / 4)
    assert rates.argmax() == 3
    assert np.all(np.diff(rates[3:]) < 0)
    assert rates[-1] == pytest.approx(0)


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sequences", "message"),
    [
        ([], "sequences must hold one sequence or more, but none came"),
        ([[0, 1], [2]], r"sequences\[1\] must hold 2 tokens or more, but 1 came"),
        ([[0, -1]], r"sequences\[0\] must hold whole numbers from 0, but sequences\[0\]\[1\] is -1"),
        ([[0, 1.5]], r"sequences\[0\]\[1\] is 1.5"),
        ([[[0, 1]]], r"sequences\[0\] must be a vector"),
    ],
)
def test_what_is_no_sequence_of_tokens_is_refused(sequences, message):
    with pytest.raises(ValueError, match=message):
        Transformer().fit(sequences)


def test_text_must_become_tokens_first():
    with pytest.raises(TypeError, match=r"sequences\[0\] must be a vector: one row of numbers, but the text 'the'"):
        Transformer().fit([["the", "king"]])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"d": 10, "heads": 3}, "d must be a multiple of heads, but d = 10 and heads = 3 came"),
        ({"heads": 0}, "heads must be at least 1, but heads = 0 came"),
        ({"hidden": 0}, "hidden must be at least 1"),
        ({"n_blocks": -1}, "n_blocks must be at least 0"),
        ({"learning_rate": -1}, "learning_rate must be"),
        ({"batch_size": 0}, "batch_size must be at least 1"),
        ({"epochs": 0}, "epochs must be at least 1"),
    ],
)
def test_settings_that_make_no_model_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        Transformer(**settings).fit([[0, 1]])


def test_a_rate_that_leads_away_is_named():
    with pytest.raises(ValueError, match="learning_rate must be smaller: with 1e\\+200 descent"):
        Transformer(learning_rate=1e200, rng=0).fit([CYCLE])


@pytest.mark.parametrize("ask", ["predict_scores", "predict", "attention_weights"])
def test_before_fit_it_says_what_is_missing(ask):
    with pytest.raises(ValueError, match="Transformer must be fitted before it can predict: call fit first"):
        getattr(Transformer(), ask)([0])


@pytest.mark.parametrize(
    ("tokens", "message"),
    [
        ([7], r"tokens must hold whole numbers from 0 to 6, but tokens\[0\] is 7"),
        ([0] * 9, "tokens must be at most 8, as in fit, but 9 came"),
        ([], "tokens must not be empty"),
    ],
)
def test_tokens_that_it_does_not_know_are_refused(model, tokens, message):
    with pytest.raises(ValueError, match=message):
        model.predict_scores(tokens)


def test_a_sample_needs_a_temperature_and_a_length(model):
    with pytest.raises(ValueError, match="temperature must be finite and above 0, but temperature = 0 came"):
        model.sample([0], 1, temperature=0)
    with pytest.raises(ValueError, match="length must be at least 0"):
        model.sample([0], -1)


def test_numbers_of_another_model_do_not_restore_this_one():
    with pytest.raises(ValueError, match="x must have one entry for each"):
        make().restore([1.0, 2.0], TOKENS, 8)
