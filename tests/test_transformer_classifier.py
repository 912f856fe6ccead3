"""TransformerClassifier: scores and gradients as PyTorch's, order that it ignores or uses, and digits that it reads."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import datasets

from mathml.algorithms.block_stack import as_weights, first_weights
from mathml.algorithms.labels import one_hot
from mathml.algorithms.transformer_classifier import TransformerClassifier
from mathml.autodiff import grad
from tests.torch_reference import stored
from tools.frozen.torch_transformer import CLASSES, ENTRIES, HEADS, HIDDEN, N_BLOCKS, PLACES, D

TORCH = stored("torch_transformer")
LIKE = first_weights(ENTRIES, CLASSES, N_BLOCKS, D, HEADS, HIDDEN, np.random.default_rng(0))
WEIGHTS = as_weights(TORCH["classifier_numbers"], LIKE)
DIGITS = datasets.load_digits()
ROWS, LABELS = DIGITS.images / 16, DIGITS.target  # a digit is eight tokens: its rows

seeds = st.integers(0, 99)


def make(**settings):
    return TransformerClassifier(N_BLOCKS, d=D, heads=HEADS, hidden=HIDDEN, **settings)


@pytest.fixture(scope="module")
def few():
    """One that has seen forty digits."""
    return TransformerClassifier(1, d=8, heads=2, epochs=2, rng=0).fit(ROWS[:40], LABELS[:40])


# --- PyTorch --------------------------------------------------------------------------------------


def test_its_scores_are_pytorchs():
    assert_allclose(make().forward(TORCH["classifier_X"], WEIGHTS), TORCH["classifier_scores"], rtol=1e-10, atol=1e-12)


def test_loss_and_gradient_are_pytorchs():
    model, X, (_, Y) = make(), TORCH["classifier_X"], one_hot(TORCH["classifier_y"])

    def loss(x):
        return model.loss(X, Y, as_weights(x, LIKE))

    x = TORCH["classifier_numbers"]
    assert loss(x) == pytest.approx(float(TORCH["classifier_loss"]), rel=1e-12)
    assert_allclose(grad(loss)(x), TORCH["classifier_gradient"], rtol=1e-8, atol=1e-12)


# --- order ----------------------------------------------------------------------------------------


@given(seeds)
def test_without_positions_the_order_of_the_tokens_does_not_matter(seed):
    rng = np.random.default_rng(seed)
    X, order = rng.normal(size=(3, PLACES, ENTRIES)), rng.permutation(PLACES)
    model = make(positions=None)
    assert_allclose(model.forward(X[:, order], WEIGHTS), model.forward(X, WEIGHTS), rtol=1e-9, atol=1e-12)


def test_with_positions_it_does(rng):
    X = rng.normal(size=(3, PLACES, ENTRIES))
    assert not np.allclose(make().forward(X[:, ::-1], WEIGHTS), make().forward(X, WEIGHTS), atol=1e-3)


@given(seeds)
def test_an_example_is_scored_alone_as_among_others(seed):
    X = np.random.default_rng(seed).normal(size=(3, PLACES, ENTRIES))
    assert_allclose(make().forward(X[1:2], WEIGHTS)[0], make().forward(X, WEIGHTS)[1], rtol=1e-9, atol=1e-12)


def test_each_token_shares_its_attention_among_all(few):
    A = few.attention_weights(ROWS[:5])
    assert A.shape == (1, 5, 2, 8, 8)
    assert_allclose(A.sum(axis=-1), 1)
    assert np.all(A > 0)


# --- digits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("positions", "least", "most"), [("sinusoidal", 0.87, 1.0), (None, 0.65, 0.85)])
def test_digits_are_read_better_where_the_rows_have_positions(positions, least, most):
    shuffled = np.random.default_rng(0).permutation(len(ROWS))
    train, test = shuffled[:1000], shuffled[1000:]
    model = TransformerClassifier(1, d=16, heads=2, positions=positions, epochs=10, rng=0).fit(
        ROWS[train], LABELS[train]
    )
    assert least < model.score(ROWS[test], LABELS[test]) < most


def test_what_order_alone_tells_is_learned_with_positions_only():
    X = np.eye(3)[[[0, 1, 2], [0, 2, 1], [2, 1, 0], [2, 0, 1]]]
    y = ["forth", "forth", "back", "back"]
    settings = {"n_blocks": 1, "d": 8, "heads": 1, "epochs": 60, "rng": 0}
    assert TransformerClassifier(**settings).fit(X, y).score(X, y) == 1
    without = TransformerClassifier(**settings, positions=None).fit(X, y)
    assert_allclose(without.predict_scores(X), np.tile(without.predict_scores(X[:1]), (4, 1)), atol=1e-12)
    assert without.loss_path_[-1] == pytest.approx(np.log(2), abs=0.01)


def test_the_same_seed_learns_the_same(few):
    again = TransformerClassifier(1, d=8, heads=2, epochs=2, rng=0).fit(ROWS[:40], LABELS[:40])
    assert_array_equal(again.predict_scores(ROWS[:9]), few.predict_scores(ROWS[:9]))
    assert few.loss_path_.shape == (3,)
    assert few.loss_path_[0] == pytest.approx(np.log(10), abs=0.1)


def test_one_token_and_one_entry_are_enough():
    X, y = np.array([[[-1.0]], [[1.0]]]), ["minus", "plus"]
    model = TransformerClassifier(1, d=4, heads=1, epochs=40, learning_rate=0.03, rng=0).fit(X, y)
    assert model.predict(X).tolist() == y


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"positions": "learned"}, "positions must be \"sinusoidal\" or None, but 'learned' came"),
        ({"d": 9, "heads": 2}, "d must be a multiple of heads, but d = 9 and heads = 2 came"),
        ({"learning_rate": 1e200}, "learning_rate must be smaller: with 1e\\+200 descent"),
    ],
)
def test_settings_that_make_no_model_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        TransformerClassifier(**settings, rng=0).fit(ROWS[:20], LABELS[:20])


@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        (
            DIGITS.data[:4],
            LABELS[:4],
            r"X must be examples of tokens, each a vector, but an array of shape \(4, 64\) came",
        ),
        (ROWS[:4], LABELS[:3], "X and y must have the same length, but X has 4 and y has 3"),
        (ROWS[:2], [1, 1], "y must hold two classes or more, but all of it is 1"),
        (np.full((2, 3, 4), np.inf), [0, 1], "X must be finite, but ±∞ came"),
    ],
)
def test_what_is_no_labelled_example_is_refused(X, y, message):
    with pytest.raises(ValueError, match=message):
        TransformerClassifier().fit(X, y)


@pytest.mark.parametrize("ask", ["predict_scores", "predict", "attention_weights"])
def test_before_fit_it_says_what_is_missing(ask):
    with pytest.raises(ValueError, match="TransformerClassifier must be fitted before it can predict: call fit first"):
        getattr(TransformerClassifier(), ask)(ROWS[:1])


def test_examples_of_another_shape_are_refused(few):
    with pytest.raises(ValueError, match=r"X must hold examples of the shape \(8, 8\), as in fit, but \(4, 8\) came"):
        few.predict(ROWS[:2, :4])
