"""Linear regression: the plane that lies nearest to the points, measured along y."""

from typing import Literal, Self, get_args

from numpy.typing import ArrayLike

from mathml.algorithms.linear_models import LinearModel
from mathml.arrays import Matrix, Vector, require
from mathml.matrices import least_squares

__all__ = ["LinearRegression"]

Solver = Literal["qr", "svd", "normal"]


class LinearRegression(LinearModel):
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

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Find the weights for the examples X, (n, d), with the targets y, (n,).

        Raises
        ------
        ValueError
            If columns of X depend on one another, unless the solver is "svd".
        """
        known = ", ".join(f'"{solver}"' for solver in get_args(Solver))
        require(self.solver in get_args(Solver), f"solver must be one of {known}, but {self.solver!r} came")
        return super().fit(X, y)

    def _solve(self, X: Matrix, y: Vector) -> Vector:
        try:
            return least_squares(X, y, method=self.solver)
        except ValueError as error:
            raise ValueError(
                "X must have columns that do not depend on one another, but they do, or so nearly that "
                f'solver="{self.solver}" cannot tell: solver="svd" can, and takes the shortest of the weights that fit'
            ) from error
