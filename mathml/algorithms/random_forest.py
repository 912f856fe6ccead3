"""Random forest: many trees, each grown on other examples and other features, and their mean opinion."""

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.decision_tree import Limits, Rows, Tree, as_limits, entropy_cost, grow, importances
from mathml.algorithms.labels import Labels, accuracy, one_hot
from mathml.arrays import Matrix, as_count, as_matrix, require, require_same

__all__ = ["RandomForest"]

Seed: TypeAlias = int | np.random.Generator | None


class RandomForest:
    """Classify by the mean of many decision trees, which err in different ways.

        p(x) = (1/T) Σ_t p_t(x)        p_t(x) the parts of the classes in the leaf of tree t that x comes to

    One tree follows its examples into every corner: it varies much with them. The mean of T trees varies less, the more
    so the less they agree, ρ being the correlation of two:

        Var(mean) = ρ σ² + (1 − ρ) σ² / T

    So two draws keep them apart: each tree learns from n examples drawn with replacement (about 37 % are left out, and
    they test it), and each node may ask for a few features only. As in a single tree, features are only compared: no
    linear algebra.

    Parameters
    ----------
    n_estimators : T, how many trees
    max_depth, min_samples_leaf : of each tree, as in `DecisionTree`
    max_features : how many features, drawn anew at each node, are asked for; "sqrt" is √d, None all
    rng : a seed or a `numpy.random.Generator`

    Attributes
    ----------
    classes_ : (k,) the labels, sorted
    estimators_ : T trees, as `DecisionTree.tree_`
    oob_decision_function_ : (n, k) for each example the mean of the trees that did not learn from it; NaN without any
    oob_score_ : what part of the examples these trees classify rightly, an estimate that needs no test set
    feature_importances_ : (d,) the mean of the trees'

    Lesson 4, "Used in: random forest"; Breiman, Random forests (2001), sections 2 to 4; Hastie, Tibshirani and
    Friedman, The Elements of Statistical Learning (2009), equation 15.1.

    >>> X, y = [[0], [1], [2], [7], [8], [9]], ["low", "low", "low", "high", "high", "high"]
    >>> RandomForest(n_estimators=20, rng=0).fit(X, y).predict([[1.5], [7.5]]).tolist()
    ['low', 'high']
    """

    def __init__(
        self,
        n_estimators: int = 100,
        *,
        max_depth: int | None = None,
        min_samples_leaf: int = 1,
        max_features: int | Literal["sqrt"] | None = "sqrt",
        rng: Seed = None,
    ) -> None:
        self.n_estimators = n_estimators
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf
        self.max_features = max_features
        self.rng = rng

    def fit(self, X: ArrayLike, y: ArrayLike) -> "RandomForest":
        """Grow the trees on the examples X, (n, d), with the labels y, (n,).

        Raises
        ------
        ValueError
            If all labels are the same.
        """
        X, (classes, Y) = as_matrix(X, "X"), one_hot(y)
        require_same("length", X=len(X), y=len(Y))
        n_trees, limits = as_count(self.n_estimators, "n_estimators"), self._as_limits(X.shape[1])
        rng = np.random.default_rng(self.rng)

        n, cost = len(X), entropy_cost(Y)
        drawn = [rng.integers(n, size=n) for _ in range(n_trees)]
        self.estimators_ = [grow(X, rows, Y, cost, limits, rng) for rows in drawn]
        self.classes_, self.n_features_in_ = classes, X.shape[1]
        self.oob_decision_function_ = _left_out(self.estimators_, drawn, X, Y.shape)
        judged = ~np.isnan(self.oob_decision_function_[:, 0])
        right = self.oob_decision_function_[judged].argmax(axis=1) == Y[judged].argmax(axis=1)
        self.oob_score_ = float(right.mean()) if judged.any() else np.nan
        self.feature_importances_ = np.mean([importances(tree, X.shape[1]) for tree in self.estimators_], axis=0)
        return self

    def _as_limits(self, d: int) -> Limits:
        features = self.max_features
        if isinstance(features, str):
            require(features == "sqrt", f'max_features must be a number, "sqrt" or None, but {features!r} came')
            features = max(1, int(np.sqrt(d)))
        return as_limits(d, self.max_depth, self.min_samples_leaf, features)

    def predict_proba(self, X: ArrayLike) -> Matrix:
        """For each row of X, (n, d), the mean of the trees' probabilities, (n, k)."""
        require(hasattr(self, "estimators_"), "RandomForest must be fitted before it can predict: call fit first")
        X, width = as_matrix(X, "X"), self.n_features_in_
        require(X.shape[1] == width, f"X must have {width} columns, as in fit, but {X.shape[1]} came")
        opinions = sum((tree.value[tree.apply(X)] for tree in self.estimators_), np.zeros((len(X), len(self.classes_))))
        return opinions / len(self.estimators_)

    def predict(self, X: ArrayLike) -> Labels:
        """The label that the trees together hold for likeliest, for each row of X, (n, d) to (n,)."""
        likeliest = self.predict_proba(X).argmax(axis=1)
        labels: Labels = self.classes_[likeliest]
        return labels

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """What part of the rows of X, (n, d), gets its own label of y, (n,)."""
        return accuracy(y, self.predict(X))


def _left_out(trees: list[Tree], drawn: list[Rows], X: Matrix, shape: tuple[int, ...]) -> Matrix:
    """For each example the mean opinion of the trees that did not learn from it."""
    opinions, judges = np.zeros(shape), np.zeros((len(X), 1))
    for tree, rows in zip(trees, drawn, strict=True):
        out = np.bincount(rows, minlength=len(X)) == 0
        opinions[out] += tree.value[tree.apply(X[out])]
        judges[out] += 1
    with np.errstate(invalid="ignore"):  # 0 / 0 where every tree has learnt from an example
        return opinions / judges
