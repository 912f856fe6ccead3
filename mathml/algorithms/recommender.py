"""Recommender: a table with holes, filled by guessing that few tastes explain it."""

import numbers
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Matrix, Vector, as_count, as_matrix, as_number, require
from mathml.matrices import identity, solve, svd

__all__ = ["Recommender"]

Method = Literal["als", "svd"]
Holes: TypeAlias = NDArray[np.bool_]


class Recommender:
    """Predict the numbers that a table lacks: what people would say of things that they have not seen.

        t̂ᵢⱼ = mⱼ + pᵢ · qⱼ        mⱼ the mean of column j; pᵢ, qⱼ vectors of k numbers for row i and column j

        loss = ½ Σ_known (tᵢⱼ − t̂ᵢⱼ)² + ½ λ (Σᵢ ‖pᵢ‖² + Σⱼ ‖qⱼ‖²)

    The start is the truncated SVD of the table with each hole filled by its column's mean. From there, two ways go
    down, and neither can raise the loss:

        als:  with Q fixed, each pᵢ solves (Σ_known qⱼ qⱼᵀ + λ I) pᵢ = Σ_known (tᵢⱼ − mⱼ) qⱼ;  then Q likewise, P fixed
        svd:  fill the holes by the prediction, take the truncated SVD again, and shrink each singular value by λ

    Parameters
    ----------
    k : how many numbers describe a row, and a column
    method : "als" (alternating least squares) or "svd"
    regularization : λ; above 0 for "als", where a row may know fewer than k numbers
    max_iter : at most so many steps from the start, which 0 leaves as it is
    tol : stop when a step lowers the loss by less than this part of it

    Attributes
    ----------
    column_means_ : (d,) m, of the known entries
    row_factors_ : (n, k) P
    column_factors_ : (d, k) Q
    losses_ : the loss at the start and after each step
    n_iter_ : how many steps were made

    Lesson 2, "Used in: recommender systems"; Koren, Bell and Volinsky, Matrix factorization techniques for
    recommender systems (2009), equation 2; Mazumder, Hastie and Tibshirani, Spectral regularization algorithms for
    learning large incomplete matrices (2010), algorithm 1.

    >>> table = [[5, 4, 1], [4, 3, 1], [1, 1, 5], [5, 4, np.nan]]
    >>> bool(Recommender(k=1, regularization=0.1).fit(table).predict()[3, 2] < 2)
    True
    """

    def __init__(
        self,
        k: int,
        *,
        method: Method = "als",
        regularization: float = 1.0,
        max_iter: int = 100,
        tol: float = 1e-4,
    ) -> None:
        self.k = k
        self.method = method
        self.regularization = regularization
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, table: ArrayLike) -> "Recommender":
        """Learn from the table (n, d), where NaN is a hole.

        Raises
        ------
        ValueError
            If a column holds nothing but holes. A row may: it is predicted to be like the mean row.
        """
        T, holes = _as_table(table)
        k, strength, max_iter, tol = self._as_settings(min(T.shape))
        for j in np.flatnonzero(holes.all(axis=0)):
            raise ValueError(f"table must have a known entry in each column, but column {j} has none")

        self.column_means_: Vector = T.sum(axis=0) / (~holes).sum(axis=0)
        R = np.where(holes, 0, T - self.column_means_)  # what the means leave to explain
        P, Q = _truncated_svd(R, k)
        self.losses_ = [_loss(R, holes, P, Q, strength)]
        step = _alternate if self.method == "als" else _refill
        for _ in range(max_iter):
            P, Q = step(R, holes, P, Q, strength)
            self.losses_.append(_loss(R, holes, P, Q, strength))
            if self.losses_[-2] - self.losses_[-1] <= tol * self.losses_[-2]:
                break
        self.row_factors_, self.column_factors_ = P, Q
        self.n_iter_ = len(self.losses_) - 1
        return self

    def _as_settings(self, largest: int) -> tuple[int, float, int, float]:
        known = " or ".join(f'"{method}"' for method in get_args(Method))
        require(self.method in get_args(Method), f"method must be {known}, but {self.method!r} came")
        k, max_iter = as_count(self.k, "k"), as_count(self.max_iter, "max_iter", least=0)
        strength, tol = as_number(self.regularization, "regularization"), as_number(self.tol, "tol")
        require(k <= largest, f"k must be at most {largest}, the shorter side of the table, but {k} came")
        require(0 <= strength < np.inf, f"regularization must be at least 0 and finite, but {strength:g} came")
        require(
            strength > 0 or self.method == "svd",
            'regularization must be above 0 for method="als": a row may know fewer than k numbers, but 0 came',
        )
        require(tol >= 0, f"tol must be at least 0, but tol = {tol:g} came")
        return k, strength, max_iter, tol

    def predict(self) -> Matrix:
        """The whole table (n, d) as the factors have it, known entries too."""
        require(hasattr(self, "row_factors_"), "Recommender must be fitted before it can predict: call fit first")
        return self.column_means_ + self.row_factors_ @ self.column_factors_.T

    def rmse(self, table: ArrayLike) -> float:
        """How far the prediction is from the known entries of a table (n, d), in the root of the mean square.

        The table of `fit` gives the error of what was learned; one that is NaN except where `fit` saw a hole gives the
        error of what was guessed.
        """
        predicted, (T, holes) = self.predict(), _as_table(table)
        require(T.shape == predicted.shape, f"table must have the shape {predicted.shape} of fit, but {T.shape} came")
        require(not holes.all(), "table must have a known entry, but all are NaN")
        return float(np.sqrt(np.mean((T - predicted)[~holes] ** 2)))


def _as_table(table: ArrayLike) -> tuple[Matrix, Holes]:
    """The table with 0 in its holes, and where they are. All else that is no finite number is refused as ever."""
    entries = np.array(table, dtype=object)
    is_hole = [isinstance(v, numbers.Real) and v != v for v in entries.flat]  # only NaN differs from itself
    holes = np.array(is_hole, dtype=bool).reshape(entries.shape)
    entries[holes] = 0.0
    return as_matrix(entries, "table"), holes


def _loss(R: Matrix, holes: Holes, P: Matrix, Q: Matrix, strength: float) -> float:
    errors = np.where(holes, 0, R - P @ Q.T)
    return float(np.sum(errors**2) + strength * (np.sum(P**2) + np.sum(Q**2))) / 2


def _truncated_svd(R: Matrix, k: int, shrink: float = 0.0) -> tuple[Matrix, Matrix]:
    """P (n, k) and Q (d, k) with P Qᵀ = Σᵢ max(σᵢ − shrink, 0) uᵢ vᵢᵀ, each with the root of the singular values."""
    U, s, Vt = svd(R)
    roots = np.sqrt(np.maximum(s[:k] - shrink, 0))
    return U[:, :k] * roots, Vt[:k].T * roots


def _refill(R: Matrix, holes: Holes, P: Matrix, Q: Matrix, strength: float) -> tuple[Matrix, Matrix]:
    return _truncated_svd(np.where(holes, P @ Q.T, R), P.shape[1], strength)


def _alternate(R: Matrix, holes: Holes, P: Matrix, Q: Matrix, strength: float) -> tuple[Matrix, Matrix]:
    P = _ridge(R, holes, Q, strength)
    return P, _ridge(R.T, holes.T, P, strength)


def _ridge(R: Matrix, holes: Holes, Q: Matrix, strength: float) -> Matrix:
    """For each row of R the weights of Q that explain its known entries best, (n, k)."""
    penalty = strength * identity(Q.shape[1])
    weights = np.empty((len(R), Q.shape[1]))
    for i, known in enumerate(~holes):
        K = Q[known]
        weights[i] = solve(K.T @ K + penalty, K.T @ R[i, known])
    return weights
