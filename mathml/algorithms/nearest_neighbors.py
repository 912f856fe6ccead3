"""Nearest neighbours: the examples most like a given one, by the measure of likeness that you choose."""

from typing import get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.algorithms.search import Likeness, nearest
from mathml.arrays import Matrix, as_count, as_matrix, as_nonzero_rows, require

__all__ = ["NearestNeighbors"]


class NearestNeighbors:
    """Find the rows that lie nearest to a query.

        l1, l2, cosine:  the k smallest d(q, xᵢ)
        dot:             the k largest q · xᵢ

    The dot product is no distance: a long vector may have a larger one with q than q itself has. Of rows that are
    equally near, the first comes first.

    Parameters
    ----------
    n_neighbors : k, how many to find
    metric : "l1", "l2", "cosine" or "dot"

    Lesson 1, "Used in: nearest neighbours" and "Used in: retrieval of digits"; Cover and Hart, Nearest neighbor
    pattern classification (1967).

    >>> model = NearestNeighbors(n_neighbors=2).fit([[0, 0], [0, 3], [4, 0]])
    >>> distances, indices = model.kneighbors([[0, 1]])
    >>> distances.tolist(), indices.tolist()
    ([[1.0, 2.0]], [[0, 1]])
    """

    def __init__(self, n_neighbors: int = 5, *, metric: Likeness = "l2") -> None:
        self.n_neighbors = n_neighbors
        self.metric = metric

    def fit(self, X: ArrayLike) -> "NearestNeighbors":
        """Keep the rows X, (n, d): looking is all the work, and it is done later."""
        known = ", ".join(f'"{metric}"' for metric in get_args(Likeness))
        require(self.metric in get_args(Likeness), f"metric must be one of {known}, but {self.metric!r} came")
        self._X = self._as_rows(X, "X")
        return self

    def kneighbors(self, Q: ArrayLike | None = None) -> tuple[Matrix, NDArray[np.intp]]:
        """For each query, its k nearest rows, the nearest first.

        Parameters
        ----------
        Q : (m, d), or nothing for the neighbours of each fitted row, which is then no neighbour of itself

        Returns
        -------
        distances : (m, k), for "dot" the dot products
        indices : (m, k) which rows of X
        """
        require(hasattr(self, "_X"), "NearestNeighbors must be fitted before it can look: call fit first")
        queries = self._X if Q is None else self._as_rows(Q, "Q")
        width, candidates = self._X.shape[1], len(self._X) - (Q is None)
        k = as_count(self.n_neighbors, "n_neighbors")
        require(queries.shape[1] == width, f"Q must have {width} columns, as in fit, but {queries.shape[1]} came")
        require(k <= candidates, f"n_neighbors must be at most {candidates}, the rows to choose from, but {k} came")

        return nearest(queries, self._X, k, self.metric, without_own=Q is None)

    def _as_rows(self, X: ArrayLike, name: str) -> Matrix:
        return as_nonzero_rows(X, name) if self.metric == "cosine" else as_matrix(X, name)
