"""Transformer as a classifier: examples that are rows of tokens, each a vector, read by blocks of attention."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.block_stack import Weights, as_weights, first_weights, listed, look, planned_adam, read
from mathml.algorithms.labels import Labels, accuracy, one_hot
from mathml.arrays import Array, Matrix, Vector, as_array, require, require_same
from mathml.attention import sinusoidal_positions
from mathml.information import cross_entropy_from_logits
from mathml.optimization import minimize_in_batches, pack
from mathml.optimization.batches import Batch, Seed

__all__ = ["TransformerClassifier"]

Positions = Literal["sinusoidal"]


class TransformerClassifier:
    """Classify examples of several tokens, each of which looks at all others.

        X₀ = X E + P                       each token as wide as the blocks are, and its position
        Xₗ = blockₗ(Xₗ₋₁)                  attention without a mask, then a small network at each place
        Z = mean layer_norm(X_L) W + b     the mean over the tokens
        loss = −mean log softmax(Z)_y      y is the right class

    Without P nothing tells one place from another: however the tokens of an example are ordered, Z is the same.
    `mathml.autodiff` goes back through all of it, and Adam makes the steps, with the plan of `Transformer`.

    Parameters
    ----------
    n_blocks, d, heads, hidden, learning_rate, batch_size, epochs, rng : as in `Transformer`
    positions : P, "sinusoidal", or None for none

    Attributes
    ----------
    classes_ : (k,) the labels, sorted
    weights_ : the `Weights`, where E is (entries of a token, d)
    token_shape_ : (tokens, entries of a token) of each example in fit
    loss_path_ : (epochs + 1,) the loss of all examples at the start and after each epoch

    Lesson 6, "Used in: digits"; Vaswani et al., Attention is all you need (2017), section 3.1; Lee et al., Set
    transformer (2019), for sets of tokens.

    >>> X = np.eye(3)[[[0, 1, 2], [0, 2, 1], [2, 1, 0], [2, 0, 1]]]  # tokens a, b, c in an order
    >>> y = ["a before c", "a before c", "c before a", "c before a"]
    >>> model = TransformerClassifier(1, d=8, heads=1, epochs=60, rng=0).fit(X, y)
    >>> model.predict(X[:1]).tolist()
    ['a before c']
    """

    def __init__(
        self,
        n_blocks: int = 1,
        *,
        d: int = 32,
        heads: int = 2,
        hidden: int | None = None,
        positions: Positions | None = "sinusoidal",
        learning_rate: float = 0.01,
        batch_size: int = 32,
        epochs: int = 30,
        rng: Seed = None,
    ) -> None:
        self.n_blocks = n_blocks
        self.d = d
        self.heads = heads
        self.hidden = hidden
        self.positions = positions
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.epochs = epochs
        self.rng = rng

    # --- forward ------------------------------------------------------------------------------

    def embed(self, X: Array, weights: Weights) -> Array:
        """X₀ of examples (n, tokens, entries), (n, tokens, d)."""
        inner = X @ weights.embedding
        return inner if self.positions is None else inner + sinusoidal_positions(X.shape[1], self.d)

    def forward(self, X: Array, weights: Weights) -> Matrix:
        """Z of examples (n, tokens, entries), (n, k)."""
        seen = read(self.embed(X, weights), weights, self.heads, mask=None)
        Z: Matrix = np.mean(seen, axis=1) @ weights.W + weights.b
        return Z

    def loss(self, X: Array, Y: Matrix, weights: Weights) -> float:
        """The mean loss of examples (n, tokens, entries), whose classes are the ones of Y, (n, k)."""
        return cross_entropy_from_logits(Y, self.forward(X, weights))

    # --- learning -----------------------------------------------------------------------------

    def fit(self, X: ArrayLike, y: ArrayLike) -> "TransformerClassifier":
        """Learn from examples X, (n, tokens, entries), with the labels y, (n,).

        Raises
        ------
        ValueError
            If all labels are the same, or the loss grows instead of falling.
        """
        X, (classes, Y) = _as_examples(X), one_hot(y)
        require_same("length", X=len(X), y=len(Y))
        none = self.positions is None
        require(
            none or self.positions == "sinusoidal",
            f'positions must be "sinusoidal" or None, but {self.positions!r} came',
        )
        rng = np.random.default_rng(self.rng)
        first = first_weights(X.shape[2], len(classes), self.n_blocks, self.d, self.heads, self.hidden, rng)

        def loss(x: Vector, batch: Batch) -> float:
            return self.loss(X[batch], Y[batch], as_weights(x, first))

        run = minimize_in_batches(
            loss,
            len(X),
            pack(listed(first)),
            planned_adam(self.learning_rate, len(X), self.batch_size, self.epochs),
            batch_size=self.batch_size,
            epochs=self.epochs,
            rng=rng,
        )
        require(not run.diverged, f"learning_rate must be smaller: with {self.learning_rate:g} descent {run.message}")
        self.classes_, self.token_shape_, self.loss_path_ = classes, X.shape[1:], run.values
        self.weights_ = as_weights(run.path[-1], first)
        return self

    # --- answers ------------------------------------------------------------------------------

    def predict_scores(self, X: ArrayLike) -> Matrix:
        """Z of examples (n, tokens, entries), (n, k): the class with the highest score is the likeliest."""
        return self.forward(self._as_known(X), self.weights_)

    def predict(self, X: ArrayLike) -> Labels:
        """The label with the highest score for each example, (n, tokens, entries) to (n,)."""
        likeliest = self.predict_scores(X).argmax(axis=1)
        labels: Labels = self.classes_[likeliest]
        return labels

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """What part of the examples X, (n, tokens, entries), gets its own label of y, (n,)."""
        return accuracy(y, self.predict(X))

    def attention_weights(self, X: ArrayLike) -> Array:
        """How much each token looks at which, by block and head: (L, n, h, tokens, tokens), whose rows sum to one."""
        return look(self.embed(self._as_known(X), self.weights_), self.weights_, self.heads, mask=None)

    def _as_known(self, X: ArrayLike) -> Array:
        require(hasattr(self, "weights_"), "TransformerClassifier must be fitted before it can predict: call fit first")
        X, shape = _as_examples(X), self.token_shape_
        require(X.shape[1:] == shape, f"X must hold examples of the shape {shape}, as in fit, but {X.shape[1:]} came")
        return X


def _as_examples(X: ArrayLike) -> Array:
    X = as_array(X, "X")
    require(X.ndim == 3, f"X must be examples of tokens, each a vector, but an array of shape {X.shape} came")
    require(np.all(np.isfinite(X)), "X must be finite, but ±∞ came")
    return X
