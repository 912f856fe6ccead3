"""MLP: backpropagation by hand, beside autodiff, autograd, scikit-learn and differences, and digits that it reads."""

import math
import re
import warnings

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import expit
from sklearn import datasets, neural_network
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split

from mathml.algorithms.labels import one_hot
from mathml.algorithms.mlp import LOSSES, MLP
from mathml.autodiff import grad
from mathml.functions import softmax
from mathml.optimization import Adam, GradientDescent, pack, squared_error, unpack
from mathml.vectors import center_columns

DIGITS, FIGURES = datasets.load_digits(return_X_y=True)
IRIS, SPECIES = datasets.load_iris(return_X_y=True)
IRIS = center_columns(IRIS)[0]
ACTIVATIONS = ["tanh", "relu", "sigmoid"]
THEIRS = {"tanh": anp.tanh, "relu": lambda z: anp.maximum(z, 0), "sigmoid": lambda z: 1 / (1 + anp.exp(-z))}

every_activation = pytest.mark.parametrize("activation", ACTIVATIONS)
depths = st.lists(st.integers(1, 5), max_size=3)


def network(sizes, seed=0, n=7):
    """Examples, targets, weights and biases of random numbers, and the shapes of the latter two."""
    rng = np.random.default_rng(seed)
    layers = range(1, len(sizes))
    W = {layer: rng.normal(size=(sizes[layer - 1], sizes[layer])) for layer in layers}
    b = {layer: rng.normal(size=sizes[layer]) for layer in layers}
    return rng.normal(size=(n, sizes[0])), rng.normal(size=(n, sizes[-1])), W, b


def backward(model, X, Y, W, b):
    z, a = model.forward(X, W, b)
    dW, db = model.backward(Y, z, a, W)
    return [*dW.values(), *db.values()]


def shapes_of(W, b):
    return [array.shape for array in [*W.values(), *b.values()]]


def by_layer(x, shapes):
    """The same as dictionaries, whatever kind of array x is."""
    arrays, last = unpack(x, shapes), len(shapes) // 2
    return dict(enumerate(arrays[:last], 1)), dict(enumerate(arrays[last:], 1))


# --- there ----------------------------------------------------------------------------------------


@every_activation
def test_forward_is_what_scikit_learn_computes(activation):
    theirs = neural_network.MLPRegressor(
        hidden_layer_sizes=(6, 5),
        activation={"sigmoid": "logistic"}.get(activation, activation),
        max_iter=3,
        random_state=0,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs.fit(IRIS, one_hot(SPECIES)[1])
    W, b = dict(enumerate(theirs.coefs_, 1)), dict(enumerate(theirs.intercepts_, 1))
    _, a = MLP(activation=activation).forward(IRIS, W, b)
    assert_allclose(a[3], theirs.predict(IRIS), rtol=1e-12, atol=1e-12)


def test_forward_keeps_every_layer():
    X, _, W, b = network([3, 4, 2])
    z, a = MLP(activation="sigmoid").forward(X, W, b)
    assert a.keys() == {0, 1, 2}
    assert z.keys() == {1, 2}
    assert_array_equal(a[0], X)
    assert_allclose(z[1], X @ W[1] + b[1])
    assert_allclose(a[1], expit(z[1]))
    assert_allclose(a[2], z[2])


# --- and back -------------------------------------------------------------------------------------


@every_activation
@given(depths, st.integers(0, 99))
def test_backward_by_hand_is_autodiffs(activation, hidden, seed):
    X, Y, W, b = network([4, *hidden, 3], seed)
    model, shapes = MLP(activation=activation), shapes_of(W, b)

    def loss(x):
        _, a = model.forward(X, *by_layer(x, shapes))
        return squared_error(Y, a[len(W)])

    gradient = grad(loss)(pack([*W.values(), *b.values()]))
    assert_allclose(pack(backward(model, X, Y, W, b)), gradient, rtol=1e-10, atol=1e-10)


@every_activation
@given(depths, st.integers(0, 99))
def test_backward_by_hand_is_the_autograd_packages(activation, hidden, seed):
    X, Y, W, b = network([4, *hidden, 3], seed)
    phi, layers = THEIRS[activation], len(W)

    def loss(parameters):
        a = X
        for layer in range(layers):
            z = a @ parameters[layer] + parameters[layers + layer]
            a = phi(z) if layer < layers - 1 else z
        return anp.mean((a - Y) ** 2)

    expected = autograd.grad(loss)([*W.values(), *b.values()])
    for ours, theirs in zip(backward(MLP(activation=activation), X, Y, W, b), expected, strict=True):
        assert ours.shape == theirs.shape
        assert_allclose(ours, theirs, rtol=1e-10, atol=1e-12)


@every_activation
def test_a_small_step_changes_the_loss_as_backward_says(activation, rng):
    X, Y, W, b = network([4, 5, 3])
    model = MLP(activation=activation)
    dW, db = backward(model, X, Y, W, b)[:2], backward(model, X, Y, W, b)[2:]
    V, c = {i: rng.normal(size=W[i].shape) for i in W}, {i: rng.normal(size=b[i].shape) for i in b}

    def loss(h):
        _, a = model.forward(X, {i: W[i] + h * V[i] for i in W}, {i: b[i] + h * c[i] for i in b})
        return squared_error(Y, a[2])

    expected = sum(np.sum(dW[i - 1] * V[i]) + np.sum(db[i - 1] * c[i]) for i in W)
    assert (loss(1e-6) - loss(-1e-6)) / 2e-6 == pytest.approx(expected, rel=1e-6)


@given(st.integers(0, 99))
def test_the_order_of_hidden_units_does_not_matter(seed):
    X, Y, W, b = network([4, 5, 3], seed)
    order = np.random.default_rng(seed).permutation(5)
    model = MLP()
    dW1, dW2, db1, db2 = backward(model, X, Y, W, b)
    W, b = {1: W[1][:, order], 2: W[2][order]}, {1: b[1][order], 2: b[2]}
    permuted = backward(model, X, Y, W, b)
    for came, expected in zip(permuted, [dW1[:, order], dW2[order], db1[order], db2], strict=True):
        assert_allclose(came, expected, atol=1e-12)


def test_a_unit_that_is_off_for_every_example_learns_nothing():
    X, Y, W, b = network([4, 5, 3])
    b[1][2] = -100  # relu of anything near this is 0
    dW1, dW2, db1, _ = backward(MLP(activation="relu"), X, Y, W, b)
    assert not dW1[:, 2].any()
    assert not dW2[2].any()
    assert db1[2] == 0


# --- digits ---------------------------------------------------------------------------------------


def digits():
    """Three quarters to learn from, and one to be tested with: centred, and of a size about 1."""
    return train_test_split(center_columns(DIGITS)[0] / 6, FIGURES, random_state=0, stratify=FIGURES)


@pytest.mark.parametrize(("activation", "rate", "epochs"), [("tanh", 0.2, 15), ("relu", 0.2, 15), ("sigmoid", 0.3, 20)])
def test_it_reads_more_than_95_percent_of_digits_that_it_has_not_seen(activation, rate, epochs):
    X, X_test, y, y_test = digits()
    model = MLP((64,), activation=activation, learning_rate=rate, epochs=epochs, rng=0).fit(X, y)
    assert model.score(X_test, y_test) > 0.95


def test_it_reads_as_well_as_scikit_learns_with_the_same_steps():
    X, X_test, y, y_test = digits()
    classes, Y = one_hot(y)
    theirs = neural_network.MLPRegressor(  # of plain descent and squared errors, it halves them and adds them up
        hidden_layer_sizes=(32,),
        activation="tanh",
        solver="sgd",
        alpha=0,
        momentum=0,
        batch_size=4,
        learning_rate_init=0.1 * 2 / 10,
        max_iter=8,
        random_state=0,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        theirs.fit(X, Y)
    score = np.mean(classes[theirs.predict(X_test).argmax(axis=1)] == y_test)
    assert MLP(epochs=8, rng=0).fit(X, y).score(X_test, y_test) == pytest.approx(score, abs=0.03)


def test_minus_the_likelihood_of_the_classes_is_learned_from_as_well():
    X, X_test, y, y_test = digits()
    model = MLP((64,), loss="cross-entropy", learning_rate=0.05, epochs=10, rng=0).fit(X, y)
    assert model.score(X_test, y_test) > 0.95
    assert model.loss_path_[-1] == pytest.approx(log_loss(y, softmax(model.predict_scores(X))), rel=1e-9)
    assert model.loss_path_[0] == pytest.approx(math.log(10), rel=0.2)  # it knows nothing yet


@pytest.mark.parametrize("loss", LOSSES)
@every_activation
def test_by_hand_and_by_autodiff_it_learns_the_same(activation, loss):
    hand, auto = (
        MLP((8,), activation=activation, loss=loss, epochs=3, gradient=gradient, rng=0).fit(IRIS, SPECIES)
        for gradient in ("by hand", "autodiff")
    )
    for layer in hand.weights_:
        assert_allclose(auto.weights_[layer], hand.weights_[layer], rtol=1e-10, atol=1e-10)
        assert_allclose(auto.biases_[layer], hand.biases_[layer], rtol=1e-10, atol=1e-10)
    assert_allclose(auto.loss_path_, hand.loss_path_, rtol=1e-10)


def test_any_optimiser_makes_the_steps_and_is_left_as_it_was():
    ours = MLP((8,), learning_rate=0.2, epochs=3, rng=0).fit(IRIS, SPECIES)
    same = MLP((8,), optimizer=GradientDescent(0.2), epochs=3, rng=0).fit(IRIS, SPECIES)
    assert_array_equal(same.loss_path_, ours.loss_path_)
    adam = Adam(0.01)
    model = MLP((8,), optimizer=adam, loss="cross-entropy", batch_size=16, epochs=60, rng=0).fit(IRIS, SPECIES)
    assert model.score(IRIS, SPECIES) > 0.95
    assert adam.steps_ == 0


@pytest.mark.parametrize(("optimizer", "said"), [(None, "with 1e+30"), (GradientDescent(1e20), "with 1e+20")])
def test_a_descent_that_is_lost_names_the_rate_that_lost_it(optimizer, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        MLP((8,), learning_rate=1e30, optimizer=optimizer, activation="relu", rng=0).fit(IRIS, SPECIES)


# --- the estimator --------------------------------------------------------------------------------


def test_without_hidden_layers_it_comes_to_the_least_squares():
    classes, Y = one_hot(SPECIES)
    model = MLP((), learning_rate=0.3, batch_size=150, epochs=2000, rng=0).fit(IRIS, SPECIES)
    expected = np.linalg.lstsq(np.column_stack([IRIS, np.ones(150)]), Y)[0]
    assert_allclose(model.weights_[1], expected[:-1], atol=1e-3)
    assert_allclose(model.biases_[1], expected[-1], atol=1e-3)
    assert_array_equal(classes, model.classes_)


def test_the_loss_path_begins_at_the_start_and_ends_at_the_loss_of_what_was_learned():
    model = MLP((8,), epochs=20, rng=0).fit(IRIS, SPECIES)
    assert model.loss_path_.shape == (21,)
    assert model.loss_path_[-1] < 0.5 * model.loss_path_[0]
    assert model.loss_path_[-1] == pytest.approx(squared_error(one_hot(SPECIES)[1], model.predict_scores(IRIS)))


def test_no_epochs_leave_the_first_weights_whose_outputs_are_of_the_size_of_the_inputs(rng):
    X = rng.normal(size=(200, 50))
    for activation, size in ("tanh", 1.0), ("relu", 1.0):
        model = MLP((50, 50, 50), activation=activation, epochs=0, rng=0).fit(X, X[:, 0] > 0)
        _, a = model.forward(X, model.weights_, model.biases_)
        assert 0.25 * size < np.sqrt(np.mean(a[3] ** 2)) < 2 * size
        assert not any(b.any() for b in model.biases_.values())


def test_one_seed_gives_one_network():
    first, second, other = (MLP((8,), epochs=2, rng=seed).fit(IRIS, SPECIES) for seed in (0, 0, 1))
    assert_array_equal(first.weights_[1], second.weights_[1])
    assert np.any(first.weights_[1] != other.weights_[1])


def test_labels_may_be_words_and_come_back_as_they_were():
    names = datasets.load_iris().target_names[SPECIES]
    model = MLP((8,), rng=0).fit(IRIS, names)
    assert model.classes_.tolist() == ["setosa", "versicolor", "virginica"]
    assert model.score(IRIS, names) > 0.9
    assert set(model.predict(IRIS)) <= set(names)
    assert model.predict_scores(IRIS).shape == (150, 3)


def test_a_fit_that_fails_leaves_the_one_before_as_it_was():
    model = MLP((8,), epochs=2, rng=0).fit(IRIS, SPECIES)
    before = model.predict_scores(IRIS)
    model.learning_rate = 1e6
    with pytest.raises(ValueError, match="learning_rate must be smaller"):
        model.fit(IRIS, SPECIES)
    assert_array_equal(model.predict_scores(IRIS), before)


@every_activation
@pytest.mark.parametrize("rate", [100, 1e10, 1e100])
def test_a_rate_that_is_too_large_is_said_without_a_warning(activation, rate):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ValueError, match=r"learning_rate must be smaller: with .* descent diverged at epoch 1: "):
            MLP((8, 8, 8), activation=activation, learning_rate=rate, epochs=1, rng=0).fit(IRIS, SPECIES)


@given(st.lists(st.integers(-3, 3), min_size=2, max_size=20).filter(lambda y: len(set(y)) > 1))
def test_one_hot_has_its_one_in_the_column_of_the_label(y):
    classes, Y = one_hot(y)
    assert_array_equal(Y.sum(axis=1), 1)
    assert_array_equal(classes[Y.argmax(axis=1)], y)
    assert_array_equal(classes, np.unique(y))


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: MLP(activation="step").fit(IRIS, SPECIES),
            ValueError,
            'activation must be one of "tanh", "relu", "sigmoid", but \'step\' came',
        ),
        (
            lambda: MLP(loss="regret").fit(IRIS, SPECIES),
            ValueError,
            'loss must be one of "squared error", "cross-entropy", but \'regret\' came',
        ),
        (
            lambda: MLP(gradient="magic").fit(IRIS, SPECIES),
            ValueError,
            'gradient must be one of "by hand", "autodiff", but \'magic\' came',
        ),
        (lambda: MLP((8, 0)).fit(IRIS, SPECIES), ValueError, "hidden[1] must be at least 1, but hidden[1] = 0 came"),
        (lambda: MLP(epochs=-1).fit(IRIS, SPECIES), ValueError, "epochs must be at least 0, but epochs = -1 came"),
        (
            lambda: MLP(batch_size=0).fit(IRIS, SPECIES),
            ValueError,
            "batch_size must be at least 1, but batch_size = 0 came",
        ),
        (
            lambda: MLP(learning_rate=-1).fit(IRIS, SPECIES),
            ValueError,
            "learning_rate must be above 0, but learning_rate = -1 came",
        ),
        (
            lambda: MLP().fit(IRIS, SPECIES[::9]),
            ValueError,
            "X and y must have the same length, but X has 150 and y has 17",
        ),
        (lambda: MLP().fit([[math.nan], [1]], [0, 1]), ValueError, "X must be finite, but X[0, 0] is nan"),
        (lambda: MLP().fit([[1], [2]], [3, 3]), ValueError, "y must hold two classes or more, but all of it is 3"),
        (lambda: MLP().predict([[1]]), ValueError, "MLP must be fitted before it can predict: call fit first"),
        (
            lambda: MLP(epochs=1).fit(IRIS, SPECIES).predict([[1, 2]]),
            ValueError,
            "X must have 4 columns, as in fit, but 2 came",
        ),
        (
            lambda: MLP(epochs=1).fit(IRIS, SPECIES).score(IRIS, SPECIES[::9]),
            ValueError,
            "X and y must have the same length, but X has 150 and y has 17",
        ),
        (
            lambda: one_hot([[1], [2]]),
            ValueError,
            "y must be one row of labels, but an array of shape (2, 1) came",
        ),
        (lambda: one_hot([1, math.nan]), ValueError, "y must hold labels, but y[1] is NaN"),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
