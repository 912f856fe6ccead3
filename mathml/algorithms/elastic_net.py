"""Elastic net: linear regression that leaves features out, and shares among those that say the same."""

from mathml.algorithms.linear_models import LinearModel, as_penalty, as_ratio
from mathml.arrays import Matrix, Vector
from mathml.optimization import coordinate_descent, penalty_residual

__all__ = ["ElasticNet"]


class ElasticNet(LinearModel):
    """Predict a number as a weighted sum of features, with a penalty of both kinds.

        ŷ = X w + b,    w, b = argmin ‖y − ŷ‖²/(2n) + α ρ ‖w‖₁ + (α (1 − ρ)/2) ‖w‖²

    The L1 part makes weights exactly 0. The L2 part keeps the sum strictly convex: of two equal columns neither is
    preferred. The intercept b is not penalised.

    Parameters
    ----------
    alpha : α, at least 0; it penalises the *mean* of the squared errors, as in scikit-learn
    l1_ratio : ρ, from 0 to 1; with 1 it is the lasso
    fit_intercept : whether to look for b; without it the plane goes through the origin

    Attributes
    ----------
    coef_ : (d,) the weights w
    intercept_ : b
    kkt_ : how far from optimal w is, `penalty_residual`: a certificate, 0 but for rounding

    Lesson 5, "Used in: lasso", "Elastic net"; Zou and Hastie, Regularization and variable selection via the elastic
    net (2005); the solver is `coordinate_descent`.

    >>> twice = [[0, 0], [1, 1], [2, 2]]
    >>> model = ElasticNet(alpha=1, l1_ratio=0.5).fit(twice, [1, 3, 5])
    >>> model.coef_.round(6).tolist(), model.kkt_ < 1e-12
    ([0.454545, 0.454545], True)
    """

    def __init__(self, alpha: float = 1.0, l1_ratio: float = 0.5, *, fit_intercept: bool = True) -> None:
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.fit_intercept = fit_intercept

    def _solve(self, X: Matrix, y: Vector) -> Vector:
        alpha, ratio = as_penalty(self.alpha), as_ratio(self.l1_ratio)
        l1, l2 = alpha * ratio, alpha * (1 - ratio)
        w = coordinate_descent(X, y, l1, l2)
        self.kkt_ = penalty_residual(X.T @ (X @ w - y) / len(X), w, l1, l2)
        return w
