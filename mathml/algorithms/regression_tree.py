"""Regression tree: questions as in a decision tree, and a number in each leaf."""

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.decision_tree import Cost, Rows, Seed, as_limits, grow
from mathml.arrays import Matrix, Vector, as_matrix, as_vector, require, require_same

__all__ = ["RegressionTree", "squared_error_cost"]


class RegressionTree:
    """Predict a number by questions: the mean of the examples that gave the same answers.

        cost of a question = Σ_left (yᵢ − ȳ_left)² + Σ_right (yᵢ − ȳ_right)²

    It is the decision tree with variance in the place of entropy: at each node the question is kept that leaves the
    least squared error. What it predicts is a function with steps, constant in each box that the questions cut out.

    Parameters
    ----------
    max_depth, min_samples_leaf, max_features, rng : as in `DecisionTree`

    Attributes
    ----------
    tree_ : the nodes; `tree_.value`, (m, 1), is the mean of each

    Lesson 4, "Used in: gradient boosting"; Breiman et al., Classification and Regression Trees (1984), section 8.3.

    >>> model = RegressionTree(max_depth=1).fit([[1], [2], [8], [9]], [0, 1, 5, 7])
    >>> model.predict([[0], [4], [6]]).tolist()
    [0.5, 0.5, 6.0]
    """

    def __init__(
        self,
        *,
        max_depth: int | None = None,
        min_samples_leaf: int = 1,
        max_features: int | None = None,
        rng: Seed = None,
    ) -> None:
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf
        self.max_features = max_features
        self.rng = rng

    def fit(self, X: ArrayLike, y: ArrayLike) -> "RegressionTree":
        """Grow the tree on the examples X, (n, d), with the targets y, (n,)."""
        X, y = as_matrix(X, "X"), as_vector(y, "y")
        require_same("length", X=len(X), y=len(y))
        limits = as_limits(X.shape[1], self.max_depth, self.min_samples_leaf, self.max_features)
        rng = np.random.default_rng(self.rng)
        self.tree_ = grow(X, np.arange(len(X)), y[:, np.newaxis], squared_error_cost(y), limits, rng)
        self.n_features_in_ = X.shape[1]
        return self

    def predict(self, X: ArrayLike) -> Vector:
        """The mean in the leaf of each row of X, (n, d) to (n,)."""
        require(hasattr(self, "tree_"), "RegressionTree must be fitted before it can predict: call fit first")
        X, width = as_matrix(X, "X"), self.n_features_in_
        require(X.shape[1] == width, f"X must have {width} columns, as in fit, but {X.shape[1]} came")
        means: Vector = self.tree_.value[self.tree_.apply(X), 0]
        return means


def squared_error_cost(y: Vector) -> Cost:
    """What part of the squared error each cut of an order leaves, on both sides together.

        Σ_left (yᵢ − ȳ_left)² + Σ_right (yᵢ − ȳ_right)² = Σ yᵢ² − S_left² / n_left − S_right² / n_right

    S is the sum of a side. With the mean of all taken from y first, S_right = −S_left.
    """
    y = y / (np.abs(y).max() or 1)  # parts have no unit; so no square overflows

    def cost(rows: Rows) -> Matrix:
        n, ordered = rows.shape[1], y[rows]
        ordered = ordered - ordered[0].mean()
        left = ordered.cumsum(axis=1)[:, :-1]  # (m, n − 1)
        sizes = np.arange(1, n)
        explained = left**2 * (n / (sizes * (n - sizes)))
        whole = ordered[0] @ ordered[0]
        # Rounded, so that cuts that tie but for rounding errors tie, and the first is taken.
        left_over: Matrix = 1 - np.round(explained / (whole or 1), 12)
        return left_over

    return cost
