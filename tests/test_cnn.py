"""CNN: convolutions as SciPy computes them, gradients as autograd does, and digits that it reads better than an MLP."""

import math
import warnings

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.ndimage import maximum_filter
from scipy.signal import correlate2d
from sklearn import datasets
from sklearn.model_selection import train_test_split

from mathml.algorithms.cnn import CNN, convolve, max_pool, patches
from mathml.algorithms.labels import one_hot
from mathml.autodiff import grad
from mathml.functions import relu
from mathml.optimization import pack, squared_error, unpack

DIGITS = datasets.load_digits()
FEW, LABELS = DIGITS.images[:40] / 16, DIGITS.target[:40]

sides = st.integers(1, 6)
seeds = st.integers(0, 99)


def images(height, width, channels=2, n=3, seed=0):
    return np.random.default_rng(seed).normal(size=(n, height, width, channels))


# --- patches and convolution ----------------------------------------------------------------------


@given(sides, sides, st.integers(1, 3), st.integers(1, 6), seeds)
def test_patches_are_numpys_windows(height, width, channels, size, seed):
    X, size = images(height, width, channels, seed=seed), min(size, height, width)
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), axis=(1, 2))  # (n, down, right, c, size, size)
    expected = np.moveaxis(windows, 3, -1)
    assert_array_equal(patches(X, size), expected.reshape(*expected.shape[:3], -1))


@given(sides, sides, st.integers(1, 3), st.integers(1, 6), seeds)
def test_a_convolution_is_scipys_correlation_summed_over_channels(height, width, channels, size, seed):
    X, size = images(height, width, channels, seed=seed), min(size, height, width)
    F = np.random.default_rng(seed + 1).normal(size=(size, size, channels, 2))
    maps = convolve(X, F)
    for i in range(len(X)):
        for k in range(2):
            theirs = sum(correlate2d(X[i, :, :, c], F[:, :, c, k], mode="valid") for c in range(channels))
            assert_allclose(maps[i, :, :, k], theirs, atol=1e-12)


def test_a_convolution_is_one_matrix_product(rng):
    F = rng.normal(size=(3, 3, 1, 5))
    rows = patches(FEW, 3).reshape(-1, 9)
    assert_allclose(convolve(FEW, F).reshape(-1, 5), rows @ F.reshape(9, 5))


@given(seeds, st.floats(-3, 3), st.floats(-3, 3))
def test_a_convolution_is_linear(seed, s, t):
    X, Y = images(5, 5, seed=seed), images(5, 5, seed=seed + 1)
    F = np.random.default_rng(seed).normal(size=(3, 3, 2, 4))
    assert_allclose(convolve(s * X + t * Y, F), s * convolve(X, F) + t * convolve(Y, F), atol=1e-12)


def test_where_the_image_moves_the_map_moves(rng):
    F = rng.normal(size=(3, 3, 1, 4))
    moved = np.roll(FEW, (1, 2), axis=(1, 2))
    assert_allclose(convolve(moved, F)[:, 1:, 2:], convolve(FEW, F)[:, :-1, :-2])


def test_one_pixel_as_a_filter_copies_the_image():
    F = np.zeros((3, 3, 1, 1))
    F[1, 1] = 1
    assert_array_equal(convolve(FEW, F)[..., 0], FEW[:, 1:-1, 1:-1])


# --- pooling --------------------------------------------------------------------------------------


@given(sides, sides, st.integers(1, 6), seeds)
def test_the_largest_of_each_square_is_scipys(height, width, size, seed):
    X, size = images(height, width, seed=seed), min(size, height, width)
    around = maximum_filter(X, size=(1, size, size, 1))  # at each place, of the square with its middle there
    down, right = height // size * size, width // size * size
    assert_array_equal(max_pool(X, size), around[:, size // 2 : down : size, size // 2 : right : size])


@given(seeds)
def test_within_a_square_it_does_not_matter_where(seed):
    X = images(4, 4, seed=seed)
    mirrored = X.reshape(3, 2, 2, 2, 2, 2)[:, :, ::-1, :, ::-1].reshape(X.shape)
    assert_array_equal(max_pool(mirrored, 2), max_pool(X, 2))


@given(seeds)
def test_relu_may_come_before_or_after(seed):
    X = images(6, 4, seed=seed)
    assert_array_equal(relu(max_pool(X, 2)), max_pool(relu(X), 2))


# --- the chain rule through all of it -------------------------------------------------------------


def test_autodiff_goes_back_through_it_as_autograd_does(rng):
    X, Y = images(6, 7, seed=3), rng.normal(size=(3, 4))
    shapes = [(3, 3, 2, 5), (5,), (2 * 2 * 5, 4), (4,)]
    start = pack(rng.normal(size=shape) for shape in shapes)

    def ours(x):
        F, c, W, b = unpack(x, shapes)
        M = relu(max_pool(convolve(X, F) + c, 2))
        return squared_error(Y, M.reshape(3, -1) @ W + b)

    def theirs(parameters):
        F, c, W, b = parameters
        maps = sum(anp.einsum("nrsc,ck->nrsk", X[:, i : i + 4, j : j + 5], F[i, j]) for i in range(3) for j in range(3))
        squares = (maps + c)[:, :, :4].reshape(3, 2, 2, 2, 2, 5)
        M = anp.maximum(anp.max(anp.max(squares, axis=4), axis=2), 0)
        return anp.mean((M.reshape(3, -1) @ W + b - Y) ** 2)

    expected = autograd.grad(theirs)(unpack(start, shapes))
    assert ours(start) == pytest.approx(theirs(unpack(start, shapes)), rel=1e-12)
    assert_allclose(grad(ours)(start), pack(expected), rtol=1e-10, atol=1e-12)


def test_two_convolutions_in_a_row_have_a_gradient_too(rng):
    X, F, G = images(6, 6), rng.normal(size=(3, 3, 2, 3)), rng.normal(size=(3, 3, 3, 2))

    def loss(F):
        return np.sum(convolve(np.tanh(convolve(X, F)), G) ** 2)

    V = rng.normal(size=F.shape)
    change = (loss(F + 1e-6 * V) - loss(F - 1e-6 * V)) / 2e-6
    assert np.sum(grad(loss)(F) * V) == pytest.approx(change, rel=1e-6)


# --- digits ---------------------------------------------------------------------------------------


def test_it_reads_more_than_97_percent_of_digits_that_it_has_not_seen():
    X, X_test, y, y_test = train_test_split(DIGITS.images / 16, DIGITS.target, random_state=0, stratify=DIGITS.target)
    model = CNN(epochs=16, rng=0).fit(X, y)
    assert model.score(X_test, y_test) > 0.97
    assert model.score(X, y) > 0.98
    assert_array_equal(model.predict(X_test), model.classes_[model.predict_scores(X_test).argmax(axis=1)])
    assert np.all(np.diff(model.loss_path_) < 0.005)


# --- the estimator --------------------------------------------------------------------------------


def quick(**how):
    return CNN(4, **({"epochs": 2, "rng": 0} | how))


def test_the_shapes_are_those_that_the_docstring_says():
    model = quick(size=3, pool=3).fit(FEW, LABELS)
    assert model.filters_.shape == (3, 3, 1, 4)
    assert model.offsets_.shape == (4,)
    assert model.weights_.shape == (2 * 2 * 4, 10)
    assert model.biases_.shape == (10,)
    assert model.image_shape_ == (8, 8, 1)
    assert model.loss_path_.shape == (3,)
    assert model.predict_scores(FEW).shape == (40, 10)


def test_the_loss_path_ends_at_the_loss_of_what_was_learned():
    model = quick().fit(FEW, LABELS)
    assert model.loss_path_[-1] == pytest.approx(squared_error(one_hot(LABELS)[1], model.predict_scores(FEW)))
    assert model.loss_path_[-1] < model.loss_path_[0]


def test_one_seed_gives_one_network():
    first, second, other = (quick(rng=seed).fit(FEW, LABELS) for seed in (0, 0, 1))
    assert_array_equal(first.filters_, second.filters_)
    assert np.any(first.filters_ != other.filters_)


def test_channels_are_one_more_axis_and_one_of_them_may_be_left_out():
    flat, deep = quick().fit(FEW, LABELS), quick().fit(FEW[..., np.newaxis], LABELS)
    assert_array_equal(flat.filters_, deep.filters_)
    colours = np.stack([FEW, 1 - FEW, FEW**2], axis=-1)
    assert quick().fit(colours, LABELS).filters_.shape == (5, 5, 3, 4)


def test_a_filter_of_one_pixel_and_a_pool_of_one_place_leave_the_size_of_the_image():
    assert quick(size=1, pool=1).fit(FEW, LABELS).weights_.shape == (8 * 8 * 4, 10)


def test_labels_may_be_words():
    words = np.where(LABELS % 2, "odd", "even")
    assert set(quick().fit(FEW, words).predict(FEW)) <= {"odd", "even"}


def test_a_rate_that_is_too_large_is_said_without_a_warning_and_the_fit_before_is_kept():
    model = quick().fit(FEW, LABELS)
    before = model.predict_scores(FEW)
    model.learning_rate = 1e9
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(
            ValueError, match=r"learning_rate must be smaller: with 1e\+09 descent diverged at epoch 1: "
        ):
            model.fit(FEW, LABELS)
    assert_array_equal(model.predict_scores(FEW), before)


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: patches([[1, 2]], 1),
            ValueError,
            "images must have the shape (n, height, width) or (n, height, width, channels), but (1, 2) came",
        ),
        (
            lambda: patches(FEW, 9),
            ValueError,
            "size must be at most 8, the shorter side of an image, but size = 9 came",
        ),
        (
            lambda: convolve(FEW, np.ones((3, 3, 2, 4))),
            ValueError,
            "filters must have the shape (size, size, 1, k), but (3, 3, 2, 4) came",
        ),
        (
            lambda: convolve(FEW, np.ones((3, 2, 1, 4))),
            ValueError,
            "filters must have the shape (size, size, 1, k), but (3, 2, 1, 4) came",
        ),
        (
            lambda: max_pool(FEW, 9),
            ValueError,
            "size must be at most 8, the shorter side of a map, but size = 9 came",
        ),
        (lambda: max_pool(FEW, 0), ValueError, "size must be at least 1, but size = 0 came"),
        (lambda: CNN(0).fit(FEW, LABELS), ValueError, "n_filters must be at least 1, but n_filters = 0 came"),
        (
            lambda: CNN(size=2).fit(FEW, LABELS),
            ValueError,
            "size must be odd, for a filter has a middle, but size = 2 came",
        ),
        (
            lambda: CNN(pool=9).fit(FEW, LABELS),
            ValueError,
            "pool must be at most 8, the shorter side of an image, but 9 came",
        ),
        (
            lambda: CNN().fit(FEW, LABELS[:20]),
            ValueError,
            "images and y must have the same length, but images has 40 and y has 20",
        ),
        (lambda: CNN().fit([[[math.nan]]], [1]), ValueError, "images must not hold NaN, but images[0, 0, 0] is nan"),
        (lambda: CNN().fit([[[math.inf]]], [1]), ValueError, "images must be finite, but ±∞ came"),
        (lambda: CNN().predict(FEW), ValueError, "CNN must be fitted before it can predict: call fit first"),
        (
            lambda: quick().fit(FEW, LABELS).predict(FEW[:, 1:]),
            ValueError,
            "each image must have the shape (8, 8, 1) of fit, but (7, 8, 1) came",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
