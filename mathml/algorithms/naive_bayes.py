"""Naive Bayes: Bayes' theorem, with features that are taken to be independent within a class."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.labels import Labels, accuracy, one_hot
from mathml.arrays import Matrix, Vector, as_matrix, as_number, require, require_same
from mathml.functions import log_softmax

__all__ = ["NaiveBayes"]

Kind = Literal["gaussian", "bernoulli", "multinomial"]


class NaiveBayes:
    """Classify by the class that makes the features likeliest, weighted with how frequent it is.

        p(c | x) ∝ p(c) Πⱼ p(xⱼ | c)        in logarithms: log p(c) + Σⱼ log p(xⱼ | c), and softmax over the classes

    That is `mathml.probability.bayes`, with one piece of evidence in each feature, for all examples at once.
    "Naive" is the product: it would be right if the features were independent given the class. What one feature says of
    a class is one of three distributions:

        gaussian:     xⱼ is a number           Normal(μ_cj, σ²_cj)        μ and σ² the mean and variance in class c
        bernoulli:    xⱼ is 0 or 1             Bernoulli(p_cj)            p_cj = (N_cj + α) / (N_c + 2 α)
        multinomial:  xⱼ counts, of words say  p_cj for each of them      p_cj = (N_cj + α) / (Σⱼ N_cj + α d)

    N_c is the number of examples of class c, N_cj the sum of their feature j. With α = 0 these are the maximum
    likelihood; α > 0, as if each outcome had been seen α times before, keeps what was never seen from being impossible.

    Parameters
    ----------
    kind : "gaussian", "bernoulli" or "multinomial"
    alpha : α, above 0
    var_smoothing : this part of the largest variance of a feature is added to every σ², so that none is 0

    Attributes
    ----------
    classes_ : (k,) the labels, sorted
    class_prior_ : (k,) p(c), the parts that the classes have in the examples
    theta_, var_ : (k, d) μ and σ² (gaussian)
    feature_prob_ : (k, d) p_cj (bernoulli, multinomial)

    Lesson 4, "Used in: naive Bayes"; Hastie, Tibshirani and Friedman, The Elements of Statistical Learning (2009),
    section 6.6.3; Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008), sections 13.2 and 13.3.

    >>> model = NaiveBayes().fit([[1.0], [3.0], [7.0], [9.0]], ["small", "small", "large", "large"])
    >>> model.predict([[4.9], [5.1]]).tolist(), model.predict_proba([[5.0]]).round(6).tolist()
    (['small', 'large'], [[0.5, 0.5]])
    """

    def __init__(self, kind: Kind = "gaussian", *, alpha: float = 1.0, var_smoothing: float = 1e-9) -> None:
        self.kind = kind
        self.alpha = alpha
        self.var_smoothing = var_smoothing

    def fit(self, X: ArrayLike, y: ArrayLike) -> "NaiveBayes":
        """Count, or take means and variances, in each class of the examples X, (n, d), with the labels y, (n,).

        Raises
        ------
        ValueError
            If all labels are the same, or X holds what the kind does not allow.
        """
        known = ", ".join(f'"{kind}"' for kind in get_args(Kind))
        require(self.kind in get_args(Kind), f"kind must be one of {known}, but {self.kind!r} came")
        X, (classes, Y) = self._as_features(X), one_hot(y)
        require_same("length", X=len(X), y=len(Y))
        if self.kind == "gaussian":
            self.theta_, self.var_ = self._fit_normals(X, Y, classes)
        else:
            self.feature_prob_ = self._fit_counts(X, Y)
        self.classes_, self.class_prior_, self.n_features_in_ = classes, Y.mean(axis=0), X.shape[1]
        return self

    def _as_features(self, X: ArrayLike) -> Matrix:
        X = as_matrix(X, "X")
        if self.kind == "bernoulli":
            for other in X[(X != 0) & (X != 1)]:
                raise ValueError(f'X must be 0 or 1 for kind="bernoulli", but {other:g} came')
        if self.kind == "multinomial":
            require(X.min() >= 0, f'X must hold counts for kind="multinomial", but {X.min():g} came')
        return X

    def _fit_normals(self, X: Matrix, Y: Matrix, classes: Labels) -> tuple[Matrix, Matrix]:
        smoothing = as_number(self.var_smoothing, "var_smoothing")
        came = f"var_smoothing = {smoothing:g} came"
        require(0 <= smoothing < np.inf, f"var_smoothing must be at least 0 and finite, but {came}")
        require(np.any(X[0] != X), "X must vary, but all its rows are the same")
        sizes = Y.sum(axis=0)[:, np.newaxis]
        theta = Y.T @ X / sizes
        apart = X - theta[Y.argmax(axis=1)]
        within = Y.T @ np.square(apart, out=apart) / sizes
        parts = sizes / len(X)
        whole = np.sum(parts * (within + (theta - np.sum(parts * theta, axis=0)) ** 2), axis=0)  # of each feature
        var = within + smoothing * whole.max()
        for c, j in np.argwhere(var == 0):
            found = f"column {j} is {theta[c, j]:g} in all of class {classes.tolist()[c]!r}"
            raise ValueError(f"X must vary in each class, or var_smoothing be above 0: {found}")
        return theta, var

    def _fit_counts(self, X: Matrix, Y: Matrix) -> Matrix:
        alpha = as_number(self.alpha, "alpha")
        require(0 < alpha < np.inf, f"alpha must be above 0 and finite, but alpha = {alpha:g} came")
        seen: Matrix = Y.T @ X + alpha  # (k, d)
        outcomes: Matrix = seen.sum(axis=1, keepdims=True)
        if self.kind == "bernoulli":
            outcomes = Y.sum(axis=0)[:, np.newaxis] + 2 * alpha
        return seen / outcomes

    # --- answers ------------------------------------------------------------------------------

    def log_likelihood(self, X: ArrayLike) -> Matrix:
        """Σⱼ log p(xⱼ | c) for each row of X and each class, (n, d) to (n, k).

        For counts without the multinomial coefficient, which is the same for all classes.
        """
        require(hasattr(self, "classes_"), "NaiveBayes must be fitted before it can predict: call fit first")
        X, width = self._as_features(X), self.n_features_in_
        require(X.shape[1] == width, f"X must have {width} columns, as in fit, but {X.shape[1]} came")
        if self.kind == "gaussian":
            return np.stack([_normal(X, *of_class) for of_class in zip(self.theta_, self.var_, strict=True)], axis=1)
        p = self.feature_prob_
        if self.kind == "bernoulli":
            return X @ np.log(p).T + (1 - X) @ np.log1p(-p).T
        return X @ np.log(p).T

    def predict_log_proba(self, X: ArrayLike) -> Matrix:
        """log p(c | x) for each row of X, (n, d) to (n, k)."""
        return log_softmax(self.log_likelihood(X) + np.log(self.class_prior_))

    def predict_proba(self, X: ArrayLike) -> Matrix:
        """p(c | x) for each row of X, (n, d) to (n, k)."""
        return np.exp(self.predict_log_proba(X))

    def predict(self, X: ArrayLike) -> Labels:
        """The likeliest label for each row of X, (n, d) to (n,)."""
        likeliest = self.predict_log_proba(X).argmax(axis=1)
        labels: Labels = self.classes_[likeliest]
        return labels

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """What part of the rows of X, (n, d), gets its own label of y, (n,)."""
        return accuracy(y, self.predict(X))


def _normal(X: Matrix, mean: Vector, variance: Vector) -> Vector:
    """Σⱼ log N(xⱼ | μⱼ, σ²ⱼ) = −½ Σⱼ [(xⱼ − μⱼ)² / σ²ⱼ + log 2π σ²ⱼ] for each row, (n,)."""
    log_density: Vector = -0.5 * ((X - mean) ** 2 @ (1 / variance) + np.sum(np.log(2 * np.pi * variance)))
    return log_density
