"""Gradient boosting: small trees in a row, each fitted to what those before it left."""

from collections.abc import Iterator
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.decision_tree import Limits, Tree, as_limits, grow
from mathml.algorithms.labels import Labels, accuracy, one_hot
from mathml.algorithms.regression_tree import squared_error_cost
from mathml.arrays import Matrix, Vector, as_count, as_matrix, as_number, as_vector, require, require_same
from mathml.functions import sigmoid, softmax
from mathml.information import binary_cross_entropy_from_logits, cross_entropy_from_logits
from mathml.optimization import squared_error

__all__ = ["GradientBoosting"]

Loss = Literal["log-loss", "squared error"]


class GradientBoosting:
    """Predict by a sum of small trees, each a step down the gradient of the loss.

        F₀ = a constant,    F_t(x) = F_(t−1)(x) + η · step of the leaf of tree t that x comes to

    Gradient descent moves parameters; here the predictions themselves move, one score for each example. Tree t is a
    regression tree for the negative gradient, which for each of the losses is what is left over, the residual r:

        r = −∂L/∂F = y − p        p = F          for the squared error ½ (y − F)²
                                  p = σ(F)       for the binary cross-entropy, y being 0 or 1
                                  p = softmax(F) for the cross-entropy of k > 2 classes: k scores and k trees each time

    In each leaf the step is Newton's, h = ∂²L/∂F² being 1 for the squared error and p (1 − p) for the others:

        step = Σ_leaf r / Σ_leaf h        times (k − 1) / k for k > 2 scores, as only their differences count

    Parameters
    ----------
    loss : "log-loss" to classify, "squared error" to predict numbers
    n_estimators : how many trees in a row (with k > 2 classes: k times as many)
    learning_rate : η, what part of each step is gone
    max_depth, min_samples_leaf : of each tree, as in `DecisionTree`

    Attributes
    ----------
    classes_ : (k,) the labels, sorted; of numbers there are none
    start_ : (s,) F₀, the best constant; s = k scores, but one for two classes or for numbers
    estimators_ : for each step its s trees, whose `value` is η · step
    loss_path_ : (n_estimators + 1,) the mean loss of the examples at the start and after each step

    Lesson 4, "Used in: gradient boosting"; Friedman, Greedy function approximation: a gradient boosting machine (2001),
    algorithms 2, 5 and 6.

    >>> X, y = [[0], [1], [2], [7], [8], [9]], ["low", "low", "low", "high", "high", "high"]
    >>> model = GradientBoosting(n_estimators=10).fit(X, y)
    >>> model.predict([[1.5], [7.5]]).tolist(), bool(model.loss_path_[-1] < 0.3 * model.loss_path_[0])
    (['low', 'high'], True)
    """

    def __init__(
        self,
        loss: Loss = "log-loss",
        *,
        n_estimators: int = 100,
        learning_rate: float = 0.1,
        max_depth: int | None = 3,
        min_samples_leaf: int = 1,
    ) -> None:
        self.loss = loss
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf

    # --- learning -----------------------------------------------------------------------------

    def fit(self, X: ArrayLike, y: ArrayLike) -> "GradientBoosting":
        """Grow the trees on the examples X, (n, d), with the labels or numbers y, (n,).

        Raises
        ------
        ValueError
            If all labels are the same.
        """
        known = " or ".join(f'"{loss}"' for loss in get_args(Loss))
        require(self.loss in get_args(Loss), f"loss must be {known}, but {self.loss!r} came")
        X, (classes, Y) = as_matrix(X, "X"), self._as_targets(y)
        require_same("length", X=len(X), y=len(Y))
        n_steps, rate = as_count(self.n_estimators, "n_estimators"), as_number(self.learning_rate, "learning_rate")
        require(0 < rate < np.inf, f"learning_rate must be above 0 and finite, but learning_rate = {rate:g} came")
        limits = as_limits(X.shape[1], self.max_depth, self.min_samples_leaf)

        self.classes_, self.n_features_in_ = classes, X.shape[1]
        self.start_ = self._best_constant(Y)
        F = np.tile(self.start_, (len(X), 1))
        self.estimators_, losses = [], [self._mean_loss(Y, F)]
        for _ in range(n_steps):
            trees = self._step(X, Y, F, rate, limits)
            F = F + _sum_up(trees, X)
            self.estimators_.append(trees)
            losses.append(self._mean_loss(Y, F))
        self.loss_path_ = np.array(losses)
        return self

    def _step(self, X: Matrix, Y: Matrix, F: Matrix, rate: float, limits: Limits) -> list[Tree]:
        """One tree for each score, fitted to its residuals."""
        P = self._expected(F)
        residuals = Y - P
        curvatures = P * (1 - P) if self.loss == "log-loss" else np.ones_like(P)
        s = Y.shape[1]
        rate = rate * (s - 1) / s if s > 1 else rate
        return [_fit(X, r, h, rate, limits) for r, h in zip(residuals.T, curvatures.T, strict=True)]

    # --- the losses ---------------------------------------------------------------------------

    def _as_targets(self, y: ArrayLike) -> tuple[Labels, Matrix]:
        """The classes, and Y, (n, s): numbers, or 1 for the second of two classes, or a column for each of more."""
        if self.loss == "squared error":
            return np.array([]), as_vector(y, "y")[:, np.newaxis]
        classes, Y = one_hot(y)
        return classes, Y if len(classes) > 2 else Y[:, 1:]

    def _expected(self, F: Matrix) -> Matrix:
        """p, what the scores say that y is on average, (n, s)."""
        if self.loss == "squared error":
            return F
        return sigmoid(F) if F.shape[1] == 1 else softmax(F, axis=1)

    def _best_constant(self, Y: Matrix) -> Vector:
        """The F₀ whose p is the mean of the targets."""
        mean: Vector = Y.mean(axis=0)
        if self.loss == "squared error":
            return mean
        return np.log(mean) - (np.log(1 - mean) if len(mean) == 1 else 0.0)

    def _mean_loss(self, Y: Matrix, F: Matrix) -> float:
        if self.loss == "squared error":
            return squared_error(Y, F) / 2
        return binary_cross_entropy_from_logits(Y, F) if F.shape[1] == 1 else cross_entropy_from_logits(Y, F)

    # --- answers ------------------------------------------------------------------------------

    def staged_scores(self, X: ArrayLike) -> Iterator[Matrix]:
        """F for the rows of X, (n, d) to (n, s), at the start and after each step."""
        require(hasattr(self, "loss_path_"), "GradientBoosting must be fitted before it can predict: call fit first")
        X, width = as_matrix(X, "X"), self.n_features_in_
        require(X.shape[1] == width, f"X must have {width} columns, as in fit, but {X.shape[1]} came")
        return self._stages(X)

    def _stages(self, X: Matrix) -> Iterator[Matrix]:
        F = np.tile(self.start_, (len(X), 1))
        yield F
        for trees in self.estimators_:
            F = F + _sum_up(trees, X)
            yield F

    def predict_proba(self, X: ArrayLike) -> Matrix:
        """The probability of each class for each row of X, (n, d) to (n, k)."""
        require(self.loss == "log-loss", f'loss must be "log-loss" for probabilities, but it is "{self.loss}"')
        *_, F = self.staged_scores(X)
        P = self._expected(F)
        return P if P.shape[1] > 1 else np.hstack([1 - P, P])

    def predict(self, X: ArrayLike) -> Labels | Vector:
        """The likeliest label, or the expected number, for each row of X, (n, d) to (n,)."""
        if self.loss == "log-loss":
            likeliest = self.predict_proba(X).argmax(axis=1)
            labels: Labels = self.classes_[likeliest]
            return labels
        *_, F = self.staged_scores(X)
        return F[:, 0]

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """What part of the labels y, (n,), is predicted; of numbers, what part of their variance: R²."""
        if self.loss == "log-loss":
            return accuracy(y, self.predict(X))
        y, predicted = as_vector(y, "y"), self.predict(X)
        return 1 - squared_error(y, predicted) / squared_error(y, np.full_like(y, y.mean()))


def _fit(X: Matrix, residuals: Vector, curvatures: Vector, rate: float, limits: Limits) -> Tree:
    """A regression tree for the residuals, with rate · Σ r / Σ h in each leaf."""
    tree = grow(X, np.arange(len(X)), residuals[:, np.newaxis], squared_error_cost(residuals), limits)
    leaf, m = tree.apply(X), len(tree.size)
    top, bottom = np.bincount(leaf, residuals, m), np.bincount(leaf, curvatures, m)
    steps = np.divide(top, bottom, out=np.zeros(m), where=bottom > 1e-150)  # no curvature, no step: all is fitted
    return tree._replace(value=rate * steps[:, np.newaxis])


def _sum_up(trees: list[Tree], X: Matrix) -> Matrix:
    """What each tree adds to its score, (n, s)."""
    return np.hstack([tree.value[tree.apply(X)] for tree in trees])
