"""PCA: the axes along which a cloud of points is widest, the widest first."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, as_count, as_matrix, require
from mathml.matrices import covariance, eigh, svd
from mathml.vectors import center_columns

__all__ = ["PCA"]

Solver = Literal["svd", "eigh"]


class PCA:
    """Describe examples by few coordinates that keep as much of their variance as can be.

        Z = (X − mean) Wᵀ,    X ≈ Z W + mean

    The rows of W are the directions of largest variance, each at right angles to those before it. Two ways find them:

        eigh:  C = Q Λ Qᵀ              C the covariance matrix (d, d); W = Qᵀ, variances Λ
        svd:   X − mean = U Σ Vᵀ       W = Vᵀ, variances Σ² / (n − 1); without C, small ones keep their digits

    A component and its opposite are the same axis: the one whose largest entry is positive is taken.

    Parameters
    ----------
    n_components : k, how many to keep; between 0 and 1, as many as hold that part of the variance; None, all
    solver : "svd" or "eigh"

    Attributes
    ----------
    components_ : (k, d) W, one unit vector in each row
    explained_variance_ : (k,) the variance along each, the largest first
    explained_variance_ratio_ : (k,) as parts of the whole variance
    singular_values_ : (k,) √((n − 1) · variance)
    mean_ : (d,) where the cloud has its middle
    n_components_ : k

    Lesson 2, "Used in: PCA"; Jolliffe, Principal Component Analysis (2002), sections 1.1 and 3.5.

    >>> model = PCA(n_components=1).fit([[0, 0], [3, 4], [6, 8]])
    >>> model.components_.round(6).tolist(), model.explained_variance_ratio_.round(6).tolist()
    ([[0.6, 0.8]], [1.0])
    """

    def __init__(self, n_components: int | float | None = None, *, solver: Solver = "svd") -> None:
        self.n_components = n_components
        self.solver = solver

    def fit(self, X: ArrayLike) -> "PCA":
        """Find the components of the examples X, (n, d)."""
        known = " or ".join(f'"{solver}"' for solver in get_args(Solver))
        require(self.solver in get_args(Solver), f"solver must be {known}, but {self.solver!r} came")
        X = as_matrix(X, "X")
        require(len(X) >= 2, "X must have at least 2 rows for a variance, but 1 came")
        require(np.any(X[0] != X), "X must vary, but all its rows are the same")

        centred, mean = center_columns(X)
        variances, components = (_by_svd if self.solver == "svd" else _by_eigh)(centred)
        ratios = variances / variances.sum()
        k = self._count(ratios, X.shape)
        self.mean_ = mean
        self.components_ = _point_up(components[:k])
        self.explained_variance_ = variances[:k]
        self.explained_variance_ratio_ = ratios[:k]
        self.singular_values_ = np.sqrt((len(X) - 1) * variances[:k])
        self.n_components_ = k
        return self

    def _count(self, ratios: Vector, shape: tuple[int, ...]) -> int:
        """How many components were asked for."""
        wanted, most = self.n_components, len(ratios)
        if wanted is None:
            return most
        if isinstance(wanted, (float, np.floating)):
            expected = "n_components must be a whole number, or a part of the variance between 0 and 1"
            require(0 < wanted < 1, f"{expected}, but {wanted} came")
            enough = int(np.searchsorted(np.cumsum(ratios), wanted)) + 1
            return min(enough, most)  # the ratios add up to 1 but for rounding
        k = as_count(wanted, "n_components")
        require(k <= most, f"n_components must be at most {most}, for X is {shape[0]} by {shape[1]}, but {k} came")
        return k

    def transform(self, X: ArrayLike) -> Matrix:
        """The coordinates of each row along the components, (n, d) to (n, k)."""
        return (self._as_rows(X, "X", axis=1) - self.mean_) @ self.components_.T

    def fit_transform(self, X: ArrayLike) -> Matrix:
        """`fit`, then `transform` of the same examples."""
        return self.fit(X).transform(X)

    def inverse_transform(self, Z: ArrayLike) -> Matrix:
        """The points that have these coordinates, (n, k) to (n, d): as near to the examples as k components come."""
        return self._as_rows(Z, "Z", axis=0) @ self.components_ + self.mean_

    def _as_rows(self, X: ArrayLike, name: str, axis: int) -> Matrix:
        require(hasattr(self, "components_"), "PCA must be fitted before it can transform: call fit first")
        X, width = as_matrix(X, name), self.components_.shape[axis]
        meaning = "as in fit" if axis == 1 else "one for each component"
        require(X.shape[1] == width, f"{name} must have {width} columns, {meaning}, but {X.shape[1]} came")
        return X


def _by_svd(centred: Matrix) -> tuple[Vector, Matrix]:
    """Variances (r,) and components (r, d), r = min(n, d)."""
    _, s, Vt = svd(centred)
    return s**2 / (len(centred) - 1), Vt


def _by_eigh(centred: Matrix) -> tuple[Vector, Matrix]:
    """The same from the covariance matrix."""
    eigenvalues, Q = eigh(covariance(centred))  # ascending
    largest_first = slice(None, -min(centred.shape) - 1, -1)  # n centred rows vary in fewer than n directions
    return np.maximum(eigenvalues[largest_first], 0), Q.T[largest_first]


def _point_up(components: Matrix) -> Matrix:
    """Turn each row so that its largest entry is positive; of entries that tie but for rounding, the first counts."""
    sizes = np.abs(components)
    leading = np.argmax(sizes >= (1 - 1e-9) * sizes.max(axis=1, keepdims=True), axis=1)
    signs = np.sign(np.take_along_axis(components, leading[:, np.newaxis], axis=1))
    return components * signs
