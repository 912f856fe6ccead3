"""k-means: every point to its nearest centre, every centre to the mean of its points, until nothing moves."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Matrix, Vector, as_count, as_matrix, as_number, require
from mathml.vectors import distance, pairwise_distances

__all__ = ["KMeans"]

Labels: TypeAlias = NDArray[np.intp]
History: TypeAlias = list[tuple[Matrix, Labels]]
Seed: TypeAlias = int | np.random.Generator | None


class KMeans:
    """Split points into clusters, so that each point is near the centre of its own.

        inertia = Σᵢ ‖xᵢ − c_label(i)‖²

    Two steps repeat, and neither can raise the inertia:

        assign:  label(i) = argminⱼ ‖xᵢ − cⱼ‖
        move:    cⱼ = mean of the points with label j

    Parameters
    ----------
    n_clusters : how many centres
    n_init : how many starts; the one with the least inertia is kept
    max_iter : at most so many moves from one start
    tol : stop when the centres together move by less than this part of the points' spread; at 0, when no label changes
    rng : a seed or a `numpy.random.Generator`

    Attributes
    ----------
    cluster_centers_ : (n_clusters, d)
    labels_ : (n,) for each point, the row of its nearest centre
    inertia_ : the sum of squared distances from points to their centres
    n_iter_ : how many moves were made
    history_ : (centres, labels) after the start and after each move; the last are those above

    Lesson 1, "Used in: k-means"; Lloyd, Least squares quantization in PCM (1982).

    >>> model = KMeans(n_clusters=2, rng=0).fit([[0, 0], [0, 2], [9, 0], [9, 2]])
    >>> sorted(model.cluster_centers_.tolist()), model.inertia_
    ([[0.0, 1.0], [9.0, 1.0]], 4.0)
    """

    def __init__(
        self, n_clusters: int = 8, *, n_init: int = 10, max_iter: int = 300, tol: float = 1e-4, rng: Seed = None
    ) -> None:
        self.n_clusters = n_clusters
        self.n_init = n_init
        self.max_iter = max_iter
        self.tol = tol
        self.rng = rng

    def fit(self, X: ArrayLike) -> "KMeans":
        """Find the centres of the points X, (n, d)."""
        X = as_matrix(X, "X")
        k, n_init = as_count(self.n_clusters, "n_clusters"), as_count(self.n_init, "n_init")
        max_iter, tol = as_count(self.max_iter, "max_iter"), as_number(self.tol, "tol")
        require(k <= len(X), f"n_clusters must be at most {len(X)}, the number of points, but {k} came")
        require(tol >= 0, f"tol must be at least 0, but tol = {tol:g} came")
        rng = np.random.default_rng(self.rng)

        runs = (_lloyd(X, _spread_out(X, k, rng), max_iter, tol) for _ in range(n_init))
        self.history_ = min(runs, key=lambda history: _inertia(X, history[-1][0]))
        self.cluster_centers_, self.labels_ = self.history_[-1]
        self.inertia_ = _inertia(X, self.cluster_centers_)
        self.n_iter_ = len(self.history_) - 1
        return self

    def predict(self, X: ArrayLike) -> Labels:
        """For each row of X, (n, d), the nearest centre."""
        require(hasattr(self, "cluster_centers_"), "KMeans must be fitted before it can predict: call fit first")
        X, width = as_matrix(X, "X"), self.cluster_centers_.shape[1]
        require(X.shape[1] == width, f"X must have {width} columns, as in fit, but {X.shape[1]} came")
        return _assign(X, self.cluster_centers_)


def _spread_out(X: Matrix, k: int, rng: np.random.Generator) -> Matrix:
    """k-means++: the next centre is a point drawn with weight d², its squared distance to the nearest centre so far.

    A few points are drawn each time, and the one is kept that brings all points nearest.

    Arthur and Vassilvitskii, k-means++: the advantages of careful seeding (2007), sections 2.2 and 7.
    """
    chosen = [int(rng.integers(len(X)))]
    nearest = _to_nearest(X, X[chosen])
    while len(chosen) < k:
        weights = (nearest / (nearest.max() or 1)) ** 2
        chances = weights / weights.sum() if weights.any() else None  # no weight: every point is a centre already
        drawn = rng.choice(len(X), size=2 + int(np.log(k)), p=chances)
        then = np.minimum(nearest, pairwise_distances(X[drawn], X))  # (drawn, n)
        best = np.sum(then**2, axis=1).argmin()
        chosen.append(int(drawn[best]))
        nearest = then[best]
    return X[chosen]


def _lloyd(X: Matrix, centers: Matrix, max_iter: int, tol: float) -> History:
    """The centres and labels at the start, and after each move."""
    history = [(centers, _assign(X, centers))]
    still = tol * np.sqrt(X.var(axis=0).mean())
    for _ in range(max_iter):
        centers, labels = history[-1]
        moved = _means(X, centers, labels)
        history.append((moved, _assign(X, moved)))
        if distance(moved.ravel(), centers.ravel()) <= still or np.array_equal(history[-1][1], labels):
            break
    return history


def _assign(X: Matrix, centers: Matrix) -> Labels:
    labels: Labels = pairwise_distances(X, centers).argmin(axis=1)
    return labels


def _means(X: Matrix, centers: Matrix, labels: Labels) -> Matrix:
    """The mean of each cluster; an empty one starts again at the point that is farthest from every centre."""
    moved, filled = centers.copy(), np.unique(labels)
    for j in filled:
        moved[j] = X[labels == j].mean(axis=0)
    empty = np.setdiff1d(np.arange(len(centers)), filled)
    if empty.size:
        farthest_first = np.argsort(-_to_nearest(X, centers))
        moved[empty] = X[farthest_first[: empty.size]]
    return moved


def _to_nearest(X: Matrix, centers: Matrix) -> Vector:
    """How far each point is from its nearest centre, (n,)."""
    nearest: Vector = pairwise_distances(X, centers).min(axis=1)
    return nearest


def _inertia(X: Matrix, centers: Matrix) -> float:
    return float(np.sum(_to_nearest(X, centers) ** 2))
