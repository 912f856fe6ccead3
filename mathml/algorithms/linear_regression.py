"""Linear regression: the plane that lies nearest to the points, measured along y."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, as_matrix, as_vector, require
from mathml.matrices import least_squares
from mathml.vectors import center_columns

__all__ = ["LinearRegression"]

Solver = Literal["qr", "svd", "normal"]


class LinearRegression:
    """Predict a number as a weighted sum of features, with the least sum of squared errors.

        ŷ = X w + b,    w, b = argmin Σᵢ (yᵢ − ŷᵢ)²

    With the means taken out of X and y, the best b is 0, and three ways lead to w:

        normal:  (XᵀX) w = Xᵀy        XᵀX = L Lᵀ by Cholesky; the condition number of X counts twice
        qr:      R w = Qᵀy            X = Q R
        svd:     w = V Σ⁺ Uᵀ y        X = U Σ Vᵀ; columns may depend on one another: the shortest w is taken

    Parameters
    ----------
    solver : "qr", "svd" or "normal"
    fit_intercept : whether to look for b; without it the plane goes through the origin

    Attributes
    ----------
    coef_ : (d,) the weights w
    intercept_ : b

    Lesson 2, "Used in: linear regression"; Golub and Van Loan, Matrix Computations (2013), sections 5.3 and 5.5.

    >>> model = LinearRegression().fit([[0], [1], [2]], [1, 3, 5])
    >>> model.coef_.round(6).tolist(), round(model.intercept_, 6)
    ([2.0], 1.0)
    """

    def __init__(self, *, solver: Solver = "qr", fit_intercept: bool = True) -> None:
        self.solver = solver
        self.fit_intercept = fit_intercept

    def fit(self, X: ArrayLike, y: ArrayLike) -> "LinearRegression":
        """Find the weights for the examples X, (n, d), with the targets y, (n,).

        Raises
        ------
        ValueError
            If columns of X depend on one another, unless the solver is "svd".
        """
        known = ", ".join(f'"{solver}"' for solver in get_args(Solver))
        require(self.solver in get_args(Solver), f"solver must be one of {known}, but {self.solver!r} came")
        X, y = _as_examples(X, y)
        x_mean, y_mean = np.zeros(X.shape[1]), np.zeros(())
        if self.fit_intercept:
            (X, x_mean), (y, y_mean) = center_columns(X), center_columns(y)

        self.coef_ = self._solve(X, y)
        self.intercept_ = float(y_mean - x_mean @ self.coef_)
        return self

    def _solve(self, X: Matrix, y: Vector) -> Vector:
        try:
            return least_squares(X, y, method=self.solver)
        except ValueError as error:
            raise ValueError(
                "X must have columns that do not depend on one another, but they do, or so nearly that "
                f'solver="{self.solver}" cannot tell: solver="svd" can, and takes the shortest of the weights that fit'
            ) from error

    def predict(self, X: ArrayLike) -> Vector:
        """The value on the plane for each row of X, (n, d) to (n,)."""
        require(hasattr(self, "coef_"), "LinearRegression must be fitted before it can predict: call fit first")
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
