"""CNN: small filters that slide over an image, learned by the chain rule like any other weights."""

from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.labels import Labels, accuracy, one_hot
from mathml.arrays import Array, Matrix, Vector, as_array, as_count, require, require_same
from mathml.functions import relu
from mathml.optimization import GradientDescent, minimize_in_batches, pack, squared_error, unpack
from mathml.optimization.batches import Batch, Seed

__all__ = ["CNN", "convolve", "max_pool", "patches"]


class CNN:
    """Classify images by what small filters find in them, wherever it is.

        maps:    M = relu(max_pool(images ∗ F + c))    for each filter, where it was found, and how clearly
        scores:  ŷ = M W + b                           each image's maps in one row
        loss:    L = mean (Y − ŷ)²                     Y is 1 in the column of the right class, else 0

    `mathml.autodiff` goes back through all of it to F, c, W and b. Each image gets a margin of zeros, wide enough that
    every pixel is once in the middle of a filter. Pixels should be of a size about 1.

    Parameters
    ----------
    n_filters : how many filters there are
    size : how many pixels high and wide a filter is, an odd number
    pool : how many places in either direction share a maximum
    learning_rate, batch_size, epochs : of gradient descent, as in `mathml.optimization`
    rng : a seed or a `numpy.random.Generator`, for the first weights and the batches

    Attributes
    ----------
    classes_ : (k,) the labels, sorted
    filters_ : (size, size, channels, n_filters) F
    offsets_ : (n_filters,) c
    weights_ : (entries of an image's maps, k) W
    biases_ : (k,) b
    image_shape_ : (height, width, channels)
    loss_path_ : (epochs + 1,) the loss of all images at the start and after each epoch

    Lesson 3, "Used in: CNNs"; LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document
    recognition (1998), section II.

    >>> upright, level = np.eye(3)[:, np.newaxis, :] * np.ones((3, 1)), np.eye(3)[:, :, np.newaxis] * np.ones((1, 3))
    >>> model = CNN(4, size=3, epochs=100, rng=0).fit([*upright, *level], ["upright"] * 3 + ["level"] * 3)
    >>> model.predict([upright[0], level[0]]).tolist()
    ['upright', 'level']
    """

    def __init__(
        self,
        n_filters: int = 16,
        *,
        size: int = 5,
        pool: int = 2,
        learning_rate: float = 0.1,
        batch_size: int = 4,
        epochs: int = 20,
        rng: Seed = None,
    ) -> None:
        self.n_filters = n_filters
        self.size = size
        self.pool = pool
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.epochs = epochs
        self.rng = rng

    def fit(self, images: ArrayLike, y: ArrayLike) -> "CNN":
        """Learn from the images, (n, height, width) or (n, height, width, channels), with the labels y, (n,).

        Raises
        ------
        ValueError
            If all labels are the same, or the loss grows instead of falling: the learning rate is too large.
        """
        images, (classes, Y) = _as_finite_images(images), one_hot(y)
        require_same("length", images=len(images), y=len(Y))
        shapes = self._as_shapes(images.shape[1:], len(classes))
        X, rng = self._with_margin(images), np.random.default_rng(self.rng)

        def loss(x: Vector, batch: Batch) -> float:
            return squared_error(Y[batch], self._forward(X[batch], *unpack(x, shapes)))

        run = minimize_in_batches(
            loss,
            len(X),
            pack(_first(shape, rng) for shape in shapes),
            GradientDescent(self.learning_rate),
            batch_size=self.batch_size,
            epochs=self.epochs,
            rng=rng,
        )
        require(not run.diverged, f"learning_rate must be smaller: with {self.learning_rate:g} descent {run.message}")
        self.classes_, self.image_shape_, self.loss_path_ = classes, images.shape[1:], run.values
        self.filters_, self.offsets_, self.weights_, self.biases_ = unpack(run.path[-1], shapes)
        return self

    def _as_shapes(self, image_shape: tuple[int, ...], k: int) -> list[tuple[int, ...]]:
        """The shapes of F, c, W and b."""
        n_filters, size, pool = (as_count(getattr(self, name), name) for name in ("n_filters", "size", "pool"))
        height, width, channels = image_shape
        shorter = min(height, width)
        require(size % 2 == 1, f"size must be odd, for a filter has a middle, but size = {size} came")
        require(pool <= shorter, f"pool must be at most {shorter}, the shorter side of an image, but {pool} came")
        entries = (height // pool) * (width // pool) * n_filters
        return [(size, size, channels, n_filters), (n_filters,), (entries, k), (k,)]

    def _with_margin(self, images: Array) -> Array:
        margin = (self.size // 2, self.size // 2)
        return np.pad(images, [(0, 0), margin, margin, (0, 0)])

    def _forward(self, X: Array, F: Array, c: Vector, W: Matrix, b: Vector) -> Matrix:
        """ŷ, (n, k), for images with their margins."""
        M = relu(max_pool(convolve(X, F) + c, self.pool))  # as max_pool(relu(…)), and relu has less to do
        return M.reshape(len(X), -1) @ W + b

    def predict_scores(self, images: ArrayLike) -> Matrix:
        """ŷ for each image, (n, k): near 1 for the class that it is, else near 0."""
        require(hasattr(self, "filters_"), "CNN must be fitted before it can predict: call fit first")
        images = _as_finite_images(images)
        shapes = f"the shape {self.image_shape_} of fit, but {images.shape[1:]} came"
        require(images.shape[1:] == self.image_shape_, f"each image must have {shapes}")
        return self._forward(self._with_margin(images), self.filters_, self.offsets_, self.weights_, self.biases_)

    def predict(self, images: ArrayLike) -> Labels:
        """The label with the highest score for each image, (n,)."""
        scores = self.predict_scores(images)
        labels: Labels = self.classes_[scores.argmax(axis=1)]
        return labels

    def score(self, images: ArrayLike, y: ArrayLike) -> float:
        """What part of the images gets its own label of y, (n,)."""
        return accuracy(y, self.predict(images))


# --- what a convolution is ------------------------------------------------------------------------


def patches(images: ArrayLike, size: SupportsIndex) -> Array:
    """Every square window of each image, unrolled: its pixels in one row.

    Parameters
    ----------
    images : (n, height, width, channels), or (n, height, width) for one channel
    size : how many pixels high and wide a window is

    Returns
    -------
    rows : (n, height − size + 1, width − size + 1, size · size · channels) for each place of a window's upper left
        corner, the pixels of the window from left to right, then from top to bottom

    Raises
    ------
    ValueError
        If a window is larger than an image.

    Lesson 3, "Used in: CNNs"; Chellapilla, Puri and Simard, High performance convolutional neural networks for
    document processing (2006), on unrolled convolution.

    >>> patches([[[1, 2, 3], [4, 5, 6]]], size=2).tolist()
    [[[[1.0, 2.0, 4.0, 5.0], [2.0, 3.0, 5.0, 6.0]]]]
    """
    images, size = _as_images(images, "images"), as_count(size, "size")
    _, height, width, _ = images.shape
    shorter = min(height, width)
    require(size <= shorter, f"size must be at most {shorter}, the shorter side of an image, but size = {size} came")
    down, right = height - size + 1, width - size + 1
    windows = [images[:, i : i + down, j : j + right] for i in range(size) for j in range(size)]
    return np.concatenate(windows, axis=-1)


def convolve(images: ArrayLike, filters: ArrayLike) -> Array:
    """The dot product of each filter with every window of each image, as one matrix product.

        (images ∗ F)ᵢᵣₛₖ = Σ_(u, v, c) images_(i, r + u, s + v, c) F_(u, v, c, k)

    As everywhere in neural networks the filter is not turned round first: elsewhere this is called correlation.

    Parameters
    ----------
    images : (n, height, width, channels), or (n, height, width) for one channel
    filters : F, (size, size, channels, k)

    Returns
    -------
    maps : (n, height − size + 1, width − size + 1, k)

    Raises
    ------
    ValueError
        If filters are not square, are larger than an image, or have not one channel for each of the images.

    Lesson 3, "Used in: CNNs".
    """
    images, F = _as_images(images, "images"), as_array(filters, "filters")
    expected = f"filters must have the shape (size, size, {images.shape[3]}, k)"
    fits = F.ndim == 4 and F.shape[0] == F.shape[1] and F.shape[2] == images.shape[3]
    require(fits, f"{expected}, but {F.shape} came")
    return patches(images, F.shape[0]) @ F.reshape(-1, F.shape[3])


def max_pool(maps: ArrayLike, size: SupportsIndex) -> Array:
    """The largest number in each square of a map: it was found about here, never mind where exactly.

    Parameters
    ----------
    maps : (n, height, width, k), or (n, height, width) for one map each
    size : how many places high and wide a square is; rows and columns that fill none are left out

    Returns
    -------
    pooled : (n, height // size, width // size, k)

    Raises
    ------
    ValueError
        If a square is larger than a map.

    Lesson 3, "Used in: CNNs".

    >>> max_pool([[[1, 2, 5, 0], [3, 4, 0, 0]]], size=2).tolist()
    [[[[4.0], [5.0]]]]
    """
    maps, size = _as_images(maps, "maps"), as_count(size, "size")
    n, height, width, k = maps.shape
    down, right, shorter = height // size, width // size, min(height, width)
    require(size <= shorter, f"size must be at most {shorter}, the shorter side of a map, but size = {size} came")
    squares = maps[:, : down * size, : right * size].reshape(n, down, size, right, size, k)
    pooled: Array = np.max(squares, axis=(2, 4))
    return pooled


def _as_images(images: ArrayLike, name: str) -> Array:
    """Images with an axis for channels, whatever kind of array they are."""
    images = as_array(images, name)
    expected = f"{name} must have the shape (n, height, width) or (n, height, width, channels)"
    require(images.ndim in (3, 4), f"{expected}, but {images.shape} came")
    return images if images.ndim == 4 else images.reshape(*images.shape, 1)


def _as_finite_images(images: ArrayLike) -> Array:
    images = _as_images(images, "images")
    require(np.isfinite(images).all(), "images must be finite, but ±∞ came")
    return images


def _first(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Biases of zero, and random weights of a size that lets the variance of what comes in pass through a relu."""
    if len(shape) == 1:
        return np.zeros(shape)
    inputs = np.prod(shape[:-1])
    return rng.normal(scale=np.sqrt(2 / inputs), size=shape)
