"""Search: which rows are nearest to a query, or near enough, without measuring each distance with care.

‖q − x‖² = ‖q‖² + ‖x‖² − 2 q·x is one product of matrices for all pairs at once. It loses digits where two points are
close, but never more than a bound that is known beforehand. So it decides nearly all pairs, and the few that it cannot
decide are measured by their differences: what is found is what measuring every pair would find.
"""

from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mathml.arrays import Matrix, Vector
from mathml.vectors import Metric, normalize_rows, paired_distances, pairwise_distances

__all__ = ["Indices", "Likeness", "Places", "nearest", "within"]

Likeness = Literal["l1", "l2", "cosine", "dot"]
Indices = NDArray[np.intp]

_ROWS = 64  # queries are compared this many at a time, so that the pairs stay in the processor's cache
_EPS = float(np.finfo(np.float64).eps)


class Places:
    """Rows X, (n, d), made ready for being compared with many others.

    Parameters
    ----------
    X : (n, d), finite; for "cosine" without zero rows
    metric : "l1", "l2", "cosine" or "dot"
    reach : the largest entry, in absolute value, of what X will be compared with, if it is larger than those of X

    Attributes
    ----------
    unit : a power of two, so that dividing by it costs no digit, and no square overflows

    Lesson 1, "Used in: nearest neighbours".

    >>> farness, slack = Places(np.array([[0.0], [3.0]])).farness(np.array([[1.0]]))
    >>> farness.tolist(), slack < 1e-12  # 1 and 2 away, in the unit 2
    ([[0.25, 1.0]], True)
    """

    def __init__(self, X: Matrix, metric: Likeness = "l2", reach: float = 0.0) -> None:
        self.metric = metric
        if metric == "l1":
            self._X = X
            return
        X, largest = self._unscaled(X), max(float(np.abs(X).max()), reach)
        self.unit = float(np.ldexp(0.5, np.frexp(1.0 if metric == "cosine" else largest)[1]))
        Z = X / self.unit
        self._middle = np.zeros(X.shape[1]) if metric == "dot" else Z.mean(axis=0)  # what is far off loses more digits
        Z = Z - self._middle
        squares = np.einsum("ij,ij->i", Z, Z)
        self._largest_square = float(squares.max())
        self._right = Z.T if metric == "dot" else np.column_stack([Z, np.ones_like(squares), squares]).T

    def farness(self, Q: Matrix) -> tuple[Matrix, float]:
        """How far each row of X is from each row of Q, (m, d), and by how much that is wrong at most.

        "l2":      ‖q − x‖² / unit²
        "cosine":  the same of unit vectors, (2 − 2 cos θ) / unit²
        "dot":     −q·x / unit²
        "l1":      the distance itself, for which there is no product of matrices
        """
        if self.metric == "l1":
            return pairwise_distances(Q, self._X, "l1"), 0.0
        Z = self._unscaled(Q) / self.unit - self._middle
        squares = np.einsum("ij,ij->i", Z, Z)
        left = -Z if self.metric == "dot" else np.column_stack([-2 * Z, squares, np.ones_like(squares)])
        slack = 8 * (Q.shape[1] + 4) * _EPS * max(float(squares.max()), self._largest_square)
        return left @ self._right, slack

    def bound(self, radius: float) -> float:
        """The farness of what is just as far as the radius."""
        if self.metric == "l1":
            return radius
        with np.errstate(over="ignore"):
            ratio = np.float64(radius) / self.unit
            return float(2 * ratio / self.unit if self.metric == "cosine" else ratio**2)

    def _unscaled(self, X: Matrix) -> Matrix:
        return normalize_rows(X) if self.metric == "cosine" else X


def nearest(
    Q: Matrix, X: Matrix, k: int, metric: Likeness = "l2", *, without_own: bool = False
) -> tuple[Matrix, Indices]:
    """The k rows of X nearest to each row of Q, the nearest first; of rows equally near, the first comes first.

    Parameters
    ----------
    Q, X : (m, d) and (n, d), finite; for "cosine" without zero rows
    k : at most n, or n − 1 without the own row
    metric : "l1", "l2", "cosine" or "dot"
    without_own : whether row i of X is no neighbour of row i of Q

    Returns
    -------
    distances : (m, k); for "dot" the products, the largest first
    indices : (m, k) which rows of X

    Lesson 1, "Used in: nearest neighbours".
    """
    distances, indices = np.empty((len(Q), k)), np.empty((len(Q), k), dtype=np.intp)
    places = Places(X, metric, reach=float(np.abs(Q).max()))
    for rows in _blocks(len(Q)):
        farness, slack = places.farness(Q[rows])
        here = np.arange(len(farness))
        if without_own:
            farness[here, rows.start + here] = np.inf
        enough = np.partition(farness, k - 1, axis=1)[:, k - 1 : k] + 2 * slack
        i, j = np.divmod(np.flatnonzero(farness <= enough), len(X))
        exact = _exact(Q[rows][i], X[j], metric)
        order = np.lexsort((-exact if metric == "dot" else exact, i))
        best = order[np.searchsorted(i, here)[:, np.newaxis] + np.arange(k)]
        distances[rows], indices[rows] = exact[best], j[best]
    return distances, indices


def within(X: Matrix, radius: float, metric: Metric = "l2") -> list[Indices]:
    """For each row of X, (n, d), the rows at most so far from it, itself included, in ascending order.

    Lesson 1, "Used in: DBSCAN".
    """
    places, near = Places(X, metric), list[Indices]()
    bound = places.bound(radius)
    for rows in _blocks(len(X)):
        farness, slack = places.farness(X[rows])
        slack += 8 * _EPS * bound if bound < np.inf else 0.0
        pairs = np.flatnonzero(farness <= bound + slack)
        i, j = np.divmod(pairs, len(X))
        undecided = np.flatnonzero(farness.ravel()[pairs] >= bound - slack)
        far = undecided[_exact(X[rows][i[undecided]], X[j[undecided]], metric) > radius]
        i, j = np.delete(i, far), np.delete(j, far)
        near += [j[first:end] for first, end in pairwise(np.searchsorted(i, np.arange(len(farness) + 1)))]
    return near


def _blocks(n: int) -> list[slice]:
    return [slice(start, start + _ROWS) for start in range(0, n, _ROWS)]


def _exact(Q: Matrix, X: Matrix, metric: Likeness) -> Vector:
    """How far each row of X is from the row of Q at the same place; for "dot" their product."""
    if not len(Q):
        return np.empty(0)
    if metric == "dot":
        products: Vector = np.einsum("ij,ij->i", Q, X)
        return products
    return paired_distances(Q, X, metric)
