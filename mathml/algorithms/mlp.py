"""MLP: layers of weighted sums with a bend between them, which learn by the chain rule."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.labels import Labels, accuracy, one_hot
from mathml.arrays import Matrix, Vector, as_count, as_matrix, require, require_same
from mathml.functions import relu, relu_derivative, sigmoid, sigmoid_derivative, softmax
from mathml.information import cross_entropy_from_logits
from mathml.optimization import (
    GradientDescent,
    Optimizer,
    minimize_in_batches,
    pack,
    squared_error,
    squared_error_gradient,
    unpack,
)
from mathml.optimization.batches import Batch, Seed

__all__ = ["MLP"]

Activation = Literal["tanh", "relu", "sigmoid"]
Loss = Literal["squared error", "cross-entropy"]
Gradient = Literal["by hand", "autodiff"]
ByLayer: TypeAlias = dict[int, Matrix]  # the keys are the l of the formulas

# φ and φ′
ACTIVATIONS: dict[Activation, tuple[Callable[[Matrix], Matrix], Callable[[Matrix], Matrix]]] = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (relu, relu_derivative),
    "sigmoid": (sigmoid, sigmoid_derivative),
}

# L and ∂L/∂ŷ
LOSSES: dict[Loss, tuple[Callable[[Matrix, Matrix], float], Callable[[Matrix, Matrix], Matrix]]] = {
    "squared error": (squared_error, squared_error_gradient),
    "cross-entropy": (cross_entropy_from_logits, lambda Y, scores: (softmax(scores) - Y) / len(Y)),
}


class MLP:
    """Classify examples by a network of layers, each a matrix product and a bend.

        forward:   a₀ = X,    z_l = a_(l−1) W_l + b_l,    a_l = φ(z_l),    at the end ŷ = a_L = z_L
        loss:      L = mean (Y − ŷ)²    or    L = −mean Σ_k Y_k log softmax(ŷ)_k
                   Y is 1 in the column of the right class, else 0
        backward:  δ_L = ∂L/∂ŷ,    δ_l = (δ_(l+1) W_(l+1)ᵀ) ⊙ φ′(z_l)
                   ∂L/∂W_l = a_(l−1)ᵀ δ_l,    ∂L/∂b_l = Σ_rows δ_l

    Either loss is minus a log-likelihood: of normal noise around ŷ, or of a class with the probabilities softmax(ŷ).
    δ_l = ∂L/∂z_l is how the loss answers to a layer, and each is made from the next: the chain rule, from the loss back
    to the input. Features should be centred and of a size about 1; otherwise it learns more slowly, and only with a
    smaller learning rate.

    Parameters
    ----------
    hidden : how wide each hidden layer is
    activation : φ, "tanh", "relu" or "sigmoid"
    loss : L, "squared error" or "cross-entropy"
    learning_rate, batch_size, epochs : of gradient descent, as in `mathml.optimization`
    optimizer : what makes the steps in place of gradient descent, such as `Adam()`; then learning_rate is not used
    gradient : who goes backward, `backward` ("by hand") or `mathml.autodiff` ("autodiff")
    rng : a seed or a `numpy.random.Generator`, for the first weights and the batches

    Attributes
    ----------
    classes_ : (k,) the labels, sorted
    weights_ : {1: W₁, 2: W₂, …} by layer, from (d, hidden[0]) to (hidden[-1], k)
    biases_ : {1: b₁, 2: b₂, …}
    loss_path_ : (epochs + 1,) the loss of all examples at the start and after each epoch

    Lesson 3, "Used in: neural networks"; Lesson 4, "Used in: neural networks", for the losses; Rumelhart, Hinton and
    Williams, Learning representations by back-propagating errors (1986), equations 4 to 7; Glorot and Bengio (2010),
    equation 12, and He et al. (2015), equation 10, for the size of the first weights.

    >>> corners, differ = [[0, 0], [0, 1], [1, 0], [1, 1]], ["no", "yes", "yes", "no"]
    >>> MLP(hidden=(8,), epochs=500, rng=0).fit(corners, differ).predict(corners).tolist()
    ['no', 'yes', 'yes', 'no']
    """

    def __init__(
        self,
        hidden: Sequence[int] = (32,),
        *,
        activation: Activation = "tanh",
        loss: Loss = "squared error",
        learning_rate: float = 0.1,
        batch_size: int = 4,
        epochs: int = 30,
        optimizer: Optimizer | None = None,
        gradient: Gradient = "by hand",
        rng: Seed = None,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.loss = loss
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.epochs = epochs
        self.optimizer = optimizer
        self.gradient = gradient
        self.rng = rng

    # --- there and back -----------------------------------------------------------------------

    def forward(self, X: Matrix, W: ByLayer, b: ByLayer) -> tuple[ByLayer, ByLayer]:
        """z and a of each layer for the examples X, (n, d): a₀ = X, and the last a is ŷ, (n, k)."""
        phi, _ = ACTIVATIONS[self.activation]
        last = len(W)
        z, a = {}, {0: X}
        for layer in W:
            z[layer] = a[layer - 1] @ W[layer] + b[layer]
            a[layer] = phi(z[layer]) if layer < last else z[layer]
        return z, a

    def backward(self, Y: Matrix, z: ByLayer, a: ByLayer, W: ByLayer) -> tuple[ByLayer, ByLayer]:
        """∂L/∂W and ∂L/∂b of each layer, for the targets Y, (n, k), and what `forward` kept."""
        _, slope = ACTIVATIONS[self.activation]
        _, loss_gradient = LOSSES[self.loss]
        last = len(W)
        delta = {last: loss_gradient(Y, a[last])}
        for layer in range(last - 1, 0, -1):
            delta[layer] = (delta[layer + 1] @ W[layer + 1].T) * slope(z[layer])
        dW = {layer: a[layer - 1].T @ delta[layer] for layer in W}
        db = {layer: delta[layer].sum(axis=0) for layer in W}
        return dW, db

    # --- learning -----------------------------------------------------------------------------

    def fit(self, X: ArrayLike, y: ArrayLike) -> "MLP":
        """Learn from the examples X, (n, d), with the labels y, (n,).

        Raises
        ------
        ValueError
            If all labels are the same, or the loss grows instead of falling: the learning rate is too large.
        """
        X, (classes, Y) = as_matrix(X, "X"), one_hot(y)
        require_same("length", X=len(X), y=len(Y))
        sizes = self._as_sizes(X.shape[1], len(classes))
        rng = np.random.default_rng(self.rng)
        loss_of, _ = LOSSES[self.loss]
        shapes = [*pairwise(sizes), *((width,) for width in sizes[1:])]

        def loss(x: Vector, batch: Batch) -> float:
            W, b = _by_layer(x, shapes)
            _, a = self.forward(X[batch], W, b)
            return loss_of(Y[batch], a[len(W)])

        def by_hand(x: Vector, batch: Batch) -> Vector:
            W, b = _by_layer(x, shapes)
            z, a = self.forward(X[batch], W, b)
            dW, db = self.backward(Y[batch], z, a, W)
            return pack([*dW.values(), *db.values()])

        run = minimize_in_batches(
            loss,
            len(X),
            pack(self._first(shape, rng) for shape in shapes),
            self.optimizer or GradientDescent(self.learning_rate),
            by_hand if self.gradient == "by hand" else None,
            batch_size=self.batch_size,
            epochs=self.epochs,
            rng=rng,
        )
        rate = getattr(self.optimizer, "learning_rate", self.learning_rate)
        require(not run.diverged, f"learning_rate must be smaller: with {rate:g} descent {run.message}")
        self.classes_, self.loss_path_ = classes, run.values
        self.weights_, self.biases_ = _by_layer(run.path[-1], shapes)
        return self

    def _as_sizes(self, d: int, k: int) -> list[int]:
        """How wide each layer is, from the input to the output."""
        for name, kinds in ("activation", Activation), ("loss", Loss), ("gradient", Gradient):
            known, came = ", ".join(f'"{kind}"' for kind in get_args(kinds)), getattr(self, name)
            require(came in get_args(kinds), f"{name} must be one of {known}, but {came!r} came")
        return [d, *(as_count(width, f"hidden[{i}]") for i, width in enumerate(self.hidden)), k]

    def _first(self, shape: tuple[int, ...], rng: np.random.Generator) -> Matrix:
        """Biases of zero, and random weights of a size that lets the variance of a pass through the layer."""
        if len(shape) == 1:
            return np.zeros(shape)
        inputs, outputs = shape
        variance = 2 / inputs if self.activation == "relu" else 2 / (inputs + outputs)
        return rng.normal(scale=np.sqrt(variance), size=shape)

    # --- answers ------------------------------------------------------------------------------

    def predict_scores(self, X: ArrayLike) -> Matrix:
        """ŷ for each row of X, (n, d) to (n, k): with squared error near 1 for the class that it is, else near 0."""
        require(hasattr(self, "weights_"), "MLP must be fitted before it can predict: call fit first")
        X, width = as_matrix(X, "X"), len(self.weights_[1])
        require(X.shape[1] == width, f"X must have {width} columns, as in fit, but {X.shape[1]} came")
        _, a = self.forward(X, self.weights_, self.biases_)
        return a[len(self.weights_)]

    def predict(self, X: ArrayLike) -> Labels:
        """The label with the highest score for each row of X, (n, d) to (n,)."""
        scores = self.predict_scores(X)
        labels: Labels = self.classes_[scores.argmax(axis=1)]
        return labels

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """What part of the rows of X, (n, d), gets its own label of y, (n,)."""
        return accuracy(y, self.predict(X))


def _by_layer(x: Vector, shapes: list[tuple[int, ...]]) -> tuple[ByLayer, ByLayer]:
    """W and b by layer, from the vector that holds all weights and then all biases."""
    arrays, layers = unpack(x, shapes), len(shapes) // 2
    W = dict(enumerate(arrays[:layers], start=1))
    b = dict(enumerate(arrays[layers:], start=1))
    return W, b
