"""What all linear models of a number share: centring, predicting, and R²."""

from abc import ABC, abstractmethod
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, as_matrix, as_number, as_vector, require
from mathml.vectors import center_columns

__all__ = ["LinearModel", "as_penalty", "as_ratio"]


class LinearModel(ABC):
    """Predict a number as a weighted sum of features.

        ŷ = X w + b

    With the means taken out of X and y the best b is 0: so no penalty on w ever touches it. What weights are best is
    for each model to say, by `_solve`.

    Attributes
    ----------
    coef_ : (d,) the weights w
    intercept_ : b

    Lesson 2, "Used in: linear regression".

    >>> class Mean(LinearModel):
    ...     fit_intercept = True
    ...     def _solve(self, X, y):
    ...         return np.zeros(X.shape[1])
    >>> Mean().fit([[1], [2]], [3, 5]).predict([[9]]).tolist()
    [4.0]
    """

    fit_intercept: bool
    coef_: Vector
    intercept_: float

    @abstractmethod
    def _solve(self, X: Matrix, y: Vector) -> Vector:
        """The best weights, (d,), for the examples X, (n, d), with the targets y, (n,), without an intercept."""

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Find the weights for the examples X, (n, d), with the targets y, (n,)."""
        X, y = _as_examples(X, y)
        x_mean, y_mean = np.zeros(X.shape[1]), np.zeros(())
        if self.fit_intercept:
            (X, x_mean), (y, y_mean) = center_columns(X), center_columns(y)
        self.coef_ = self._solve(X, y)
        self.intercept_ = float(y_mean - x_mean @ self.coef_)
        return self

    def predict(self, X: ArrayLike) -> Vector:
        """The value for each row of X, (n, d) to (n,)."""
        name = type(self).__name__
        require(hasattr(self, "coef_"), f"{name} must be fitted before it can predict: call fit first")
        X, width = as_matrix(X, "X"), len(self.coef_)
        require(X.shape[1] == width, f"X must have {width} columns, as in fit, but {X.shape[1]} came")
        return X @ self.coef_ + self.intercept_

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """R², the part of the variance of y that is explained: 1 for no error, 0 for what the mean of y would do.

            R² = 1 − Σᵢ (yᵢ − ŷᵢ)² / Σᵢ (yᵢ − ȳ)²

        Raises
        ------
        ValueError
            If all of y is the same: there is no variance to explain.
        """
        X, y = _as_examples(X, y)
        require(np.any(y != y[0]), f"y must vary for R² to be defined, but all of it is {y[0]:g}")
        return 1 - float(np.sum((y - self.predict(X)) ** 2) / np.sum(center_columns(y)[0] ** 2))


def _as_examples(X: ArrayLike, y: ArrayLike) -> tuple[Matrix, Vector]:
    X, y = as_matrix(X, "X"), as_vector(y, "y")
    require(len(X) == len(y), f"y must have one entry for each row of X, but y has {len(y)} and X has {len(X)}")
    return X, y


def as_penalty(alpha: float, name: str = "alpha") -> float:
    """How strong a penalty is: a finite number, at least 0."""
    alpha = as_number(alpha, name)
    require(0 <= alpha < np.inf, f"{name} must be finite and at least 0, but {name} = {alpha:g} came")
    return alpha


def as_ratio(l1_ratio: float) -> float:
    """What part of an elastic net is L1: a number from 0 to 1."""
    ratio = as_number(l1_ratio, "l1_ratio")
    require(0 <= ratio <= 1, f"l1_ratio must be from 0 to 1, but l1_ratio = {ratio:g} came")
    return ratio
