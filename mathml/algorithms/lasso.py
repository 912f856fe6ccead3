"""Lasso: linear regression that chooses its features."""

from mathml.algorithms.elastic_net import ElasticNet

__all__ = ["Lasso"]


class Lasso(ElasticNet):
    """Predict a number as a weighted sum of a few features.

        ŷ = X w + b,    w, b = argmin ‖y − ŷ‖²/(2n) + α ‖w‖₁

    It is the elastic net without its L2 part. With α at least maxⱼ |xⱼ · (y − ȳ)|/n, for centred columns, no feature is
    left; with less they enter one after the other.

    Parameters
    ----------
    alpha : α, at least 0; it penalises the *mean* of the squared errors, as in scikit-learn
    fit_intercept : whether to look for b; without it the plane goes through the origin

    Attributes
    ----------
    coef_ : (d,) the weights w, with exact zeros
    intercept_ : b
    kkt_ : how far from optimal w is, `penalty_residual`: a certificate, 0 but for rounding

    Lesson 5, "Used in: lasso"; Tibshirani, Regression shrinkage and selection via the lasso (1996); the solver is
    `coordinate_descent`.

    >>> model = Lasso(alpha=0.5).fit([[0, 1], [1, 0], [2, 1]], [1, 3, 5])
    >>> model.coef_.tolist(), round(model.intercept_, 6)
    ([1.25, 0.0], 1.75)
    """

    def __init__(self, alpha: float = 1.0, *, fit_intercept: bool = True) -> None:
        super().__init__(alpha, 1.0, fit_intercept=fit_intercept)
