"""Decision tree: one question after another, each the one whose answer tells most about the label."""

from collections import deque
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.algorithms.labels import Labels, accuracy, one_hot
from mathml.arrays import Matrix, Vector, as_count, as_matrix, require, require_same
from mathml.information import entropy

__all__ = ["DecisionTree"]

Seed: TypeAlias = int | np.random.Generator | None
Rows: TypeAlias = NDArray[np.intp]
Cost: TypeAlias = Callable[[Rows], Matrix]  # of the n − 1 cuts of each of m orders: rows (m, n) to costs (m, n − 1)

LEAF = -1  # the feature that a leaf asks for


class DecisionTree:
    """Classify by questions: is this feature at most that? The answer leads to the next, or to a leaf with its label.

        IG = H(y) − (n_left / n) H(y_left) − (n_right / n) H(y_right)        H(p) = −Σ p log p, in nats

    At each node every feature is asked for, at every threshold between two examples, and the question with the largest
    information gain is kept. There is no linear algebra in it: features are only compared, so that neither their units
    nor any other increasing function of them matters.

    Parameters
    ----------
    max_depth : at most so many questions one after another; None, until every leaf is pure
    min_samples_leaf : at least so many examples in each leaf
    max_features : how many features, drawn anew at each node, are asked for; None, all
    rng : a seed or a `numpy.random.Generator`, for those draws

    Attributes
    ----------
    classes_ : (k,) the labels, sorted
    tree_ : the nodes; `tree_.value` are the parts that the classes have in each
    impurity_ : (m,) the entropy of each node
    gain_ : (m,) the information gain of the question that each node asks; 0 in a leaf
    feature_importances_ : (d,) what part of all that the questions tell is told by each feature

    Lesson 4, "Used in: random forest"; Quinlan, Induction of decision trees (1986), section 4; Breiman et al.,
    Classification and Regression Trees (1984), section 2.4.

    >>> model = DecisionTree().fit([[1], [2], [3], [4]], ["no", "no", "yes", "yes"])
    >>> model.predict([[2.4], [2.6]]).tolist(), model.tree_.threshold[0].item(), round(model.gain_[0].item(), 3)
    (['no', 'yes'], 2.5, 0.693)
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

    def fit(self, X: ArrayLike, y: ArrayLike) -> "DecisionTree":
        """Grow the tree on the examples X, (n, d), with the labels y, (n,).

        Raises
        ------
        ValueError
            If all labels are the same.
        """
        X, (classes, Y) = as_matrix(X, "X"), one_hot(y)
        require_same("length", X=len(X), y=len(Y))
        limits = as_limits(X.shape[1], self.max_depth, self.min_samples_leaf, self.max_features)
        rng = np.random.default_rng(self.rng)

        self.tree_ = grow(X, np.arange(len(X)), Y, entropy_cost(Y), limits, rng)
        self.classes_, self.n_features_in_ = classes, X.shape[1]
        self.impurity_ = entropy(self.tree_.value)
        self.gain_ = information_gains(self.tree_)
        self.feature_importances_ = importances(self.tree_, X.shape[1])
        return self

    def predict_proba(self, X: ArrayLike) -> Matrix:
        """For each row of X, (n, d), the parts that the classes have in its leaf, (n, k)."""
        require(hasattr(self, "tree_"), "DecisionTree must be fitted before it can predict: call fit first")
        X, width = as_matrix(X, "X"), self.n_features_in_
        require(X.shape[1] == width, f"X must have {width} columns, as in fit, but {X.shape[1]} came")
        return self.tree_.value[self.tree_.apply(X)]

    def predict(self, X: ArrayLike) -> Labels:
        """The most frequent label of the leaf of each row of X, (n, d) to (n,)."""
        likeliest = self.predict_proba(X).argmax(axis=1)
        labels: Labels = self.classes_[likeliest]
        return labels

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """What part of the rows of X, (n, d), gets its own label of y, (n,)."""
        return accuracy(y, self.predict(X))


# --- the tree -------------------------------------------------------------------------------------


class Tree(NamedTuple):
    """The m nodes of a tree, level by level, the root first.

    feature : (m,) which feature a node asks for, or `LEAF`
    threshold : (m,) to the left if the feature is at most this; NaN in a leaf
    left, right : (m,) the nodes that the answers lead to; a leaf leads to itself
    value : (m, k) the mean of the targets in each node
    size : (m,) how many examples are in each
    depth : (m,) how many questions lead to it
    """

    feature: NDArray[np.intp]
    threshold: Vector
    left: Rows
    right: Rows
    value: Matrix
    size: NDArray[np.intp]
    depth: NDArray[np.intp]

    def apply(self, X: Matrix) -> Rows:
        """The leaf that each row of X, (n, d), comes to, (n,)."""
        rows, node = np.arange(len(X)), np.zeros(len(X), dtype=np.intp)
        for _ in range(self.depth.max()):
            goes_left = X[rows, self.feature[node]] <= self.threshold[node]
            node = np.where(goes_left, self.left[node], self.right[node])
        return node


class Limits(NamedTuple):
    """How far a tree may grow, and how many features are asked for at each node."""

    max_depth: float
    min_samples_leaf: int
    max_features: int


def as_limits(d: int, max_depth: int | None, min_samples_leaf: int, max_features: int | None = None) -> Limits:
    """The limits for examples with d features; None is no limit."""
    depth = np.inf if max_depth is None else as_count(max_depth, "max_depth")
    features = d if max_features is None else as_count(max_features, "max_features")
    require(features <= d, f"max_features must be at most {d}, the columns of X, but {features} came")
    return Limits(depth, as_count(min_samples_leaf, "min_samples_leaf"), features)


# --- growing --------------------------------------------------------------------------------------


def grow(X: Matrix, rows: Rows, targets: Matrix, cost: Cost, limits: Limits, rng: Seed = None) -> Tree:
    """Grow a tree from the root, level by level: every node asks its best question, and parts its rows by the answer.

    Parameters
    ----------
    X : (N, d)
    rows : (n,) the rows of X to grow on; one may come several times
    targets : (N, k) of which each node keeps the mean; a node where all are the same becomes a leaf
    cost : what cuts leave open; the least is sought
    """
    columns, rng = np.ascontiguousarray(X.T), np.random.default_rng(rng)
    waiting = deque([(rows, 0)])
    nodes: list[tuple[object, ...]] = []
    while waiting:
        rows, depth = waiting.popleft()
        inside = targets[rows]
        may_ask = depth < limits.max_depth and len(rows) >= 2 * limits.min_samples_leaf
        mixed = may_ask and not (inside == inside[0]).all()
        question = _best_question(columns, rows, cost, limits, rng) if mixed else None
        here, child = len(nodes), len(nodes) + len(waiting) + 1  # those that wait are numbered before the children
        kept = inside.sum(axis=0) / len(rows), len(rows), depth
        if question is None:
            nodes.append((LEAF, np.nan, here, here, *kept))
        else:
            feature, threshold = question
            nodes.append((feature, threshold, child, child + 1, *kept))
            goes_left = columns[feature, rows] <= threshold
            waiting.extend([(rows[goes_left], depth + 1), (rows[~goes_left], depth + 1)])
    return Tree(*map(np.array, zip(*nodes, strict=True)))


def _best_question(
    columns: Matrix, rows: Rows, cost: Cost, limits: Limits, rng: np.random.Generator
) -> tuple[int, float] | None:
    """The feature and the threshold to ask for. If no drawn feature can part the rows, others are drawn."""
    d, m = len(columns), limits.max_features
    features = np.arange(d) if m == d else rng.permutation(d)
    questions = (_best_of(features[i : i + m], columns, rows, cost, limits.min_samples_leaf) for i in range(0, d, m))
    return next((question for question in questions if question is not None), None)


def _best_of(features: Rows, columns: Matrix, rows: Rows, cost: Cost, least: int) -> tuple[int, float] | None:
    """The best question for one of these features that leaves at least so many rows on each side, if there is any."""
    values = columns[features[:, np.newaxis], rows]  # (m, n)
    varies = values.min(axis=1) < values.max(axis=1)
    if not varies.any():
        return None
    features, order = features[varies], rows[values[varies].argsort(axis=1)]
    values = columns[features[:, np.newaxis], order]

    places = slice(least - 1, len(rows) - least)  # a cut at place i has i + 1 rows on its left
    low, high = values[:, :-1][:, places], values[:, 1:][:, places]
    costs = np.where(low < high, cost(order)[:, places], np.inf)  # no threshold parts equal values
    i, place = divmod(int(costs.argmin()), costs.shape[1])
    if costs[i, place] == np.inf:
        return None
    return int(features[i]), _between(float(low[i, place]), float(high[i, place]))


def _between(low: float, high: float) -> float:
    """The middle, or low itself where there is no float between."""
    middle = low / 2 + high / 2
    return middle if low <= middle < high else low


# --- information ----------------------------------------------------------------------------------


def entropy_cost(Y: Matrix) -> Cost:
    """What the labels, one-hot (N, k), leave open behind each cut of an order, in nats and over all rows together.

        n_left H(y_left) + n_right H(y_right)        with n H(c / n) = n log n − Σ_c c log c

    The counts c are whole numbers: c log c is looked up in a table.
    """
    labels, c = Y.argmax(axis=1), np.arange(1, len(Y) + 1)
    c_log_c = np.concatenate([[0], c * np.log(c)])

    def cost(rows: Rows) -> Matrix:
        n, ordered = rows.shape[1], labels[rows]
        costs: Matrix = c_log_c[1:n] + c_log_c[n - 1 : 0 : -1]
        totals = np.bincount(ordered[0])
        for label in totals.nonzero()[0]:
            both_sides = c_log_c[: totals[label] + 1] + c_log_c[totals[label] :: -1]  # with 0, 1, 2 … on the left
            costs = costs - both_sides[(ordered[:, :-1] == label).cumsum(axis=1)]
        return costs

    return cost


def information_gains(tree: Tree) -> Vector:
    """What each question tells about the label: (m,) the entropy of the node less that of its children; 0 in a leaf."""
    open_ = entropy(tree.value) * tree.size
    gains: Vector = (open_ - open_[tree.left] - open_[tree.right]) / tree.size
    return np.where(tree.feature == LEAF, 0.0, np.maximum(gains, 0.0))


def importances(tree: Tree, d: int) -> Vector:
    """The gains of all questions for each feature, weighted with the examples that they are put to, as parts of one."""
    asks = tree.feature != LEAF
    told = np.bincount(tree.feature[asks], (tree.size * information_gains(tree))[asks], minlength=d)
    return told / (told.sum() or 1.0)
