"""Ridge regression: linear regression with a penalty on the squares of its weights."""

import numpy as np

from mathml.algorithms.linear_models import LinearModel, as_penalty
from mathml.arrays import Matrix, Vector
from mathml.matrices import least_squares
from mathml.optimization import penalty_residual

__all__ = ["Ridge"]


class Ridge(LinearModel):
    """Predict a number as a weighted sum of features, with small weights.

        ŷ = X w + b,    w, b = argmin Σᵢ (yᵢ − ŷᵢ)² + α Σⱼ wⱼ²

    The intercept b is not penalised: move y, and only b moves. In the directions of X's singular vectors the weights of
    least squares shrink by σ²/(σ² + α): most where the data say least. It is also what is most likely, given normal
    noise and a normal prior on w, with α = (the noise's variance) / (the prior's).

    The weights are those of least squares for some more examples, √α of one feature each and a target of 0:

        w = argmin ‖(y, 0) − (X, √α I) w‖²    so that no condition number is squared

    Where even so they are not the only ones, as with α = 0 and columns that depend on one another, the shortest are
    taken.

    Parameters
    ----------
    alpha : α, at least 0; it penalises the *sum* of the squared errors, as in scikit-learn
    fit_intercept : whether to look for b; without it the plane goes through the origin

    Attributes
    ----------
    coef_ : (d,) the weights w
    intercept_ : b
    kkt_ : the longest entry of Xᵀ(Xw − y) + α w, by which w is not optimal: a certificate, 0 but for rounding

    Lesson 5, "Used in: ridge regression"; Hoerl and Kennard, Ridge regression (1970), equation 2.1; Hastie, Tibshirani
    and Friedman, The Elements of Statistical Learning (2009), equations 3.41 and 3.47.

    >>> model = Ridge(alpha=2).fit([[0], [1], [2]], [1, 3, 5])
    >>> model.coef_.round(6).tolist(), round(model.intercept_, 6)
    ([1.0], 2.0)
    """

    def __init__(self, alpha: float = 1.0, *, fit_intercept: bool = True) -> None:
        self.alpha = alpha
        self.fit_intercept = fit_intercept

    def _solve(self, X: Matrix, y: Vector) -> Vector:
        d, alpha = X.shape[1], as_penalty(self.alpha)
        more, targets = np.vstack([X, np.sqrt(alpha) * np.eye(d)]), np.append(y, np.zeros(d))
        try:
            w = least_squares(more, targets, method="qr")
        except ValueError:  # columns depend on one another
            w = least_squares(more, targets, method="svd")
        self.kkt_ = penalty_residual(X.T @ (X @ w - y), w, l2=alpha)
        return w
