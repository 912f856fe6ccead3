"""DBSCAN: a cluster is what can be reached through crowded places; what cannot is noise."""

from typing import get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.algorithms.search import Indices, within
from mathml.arrays import as_count, as_matrix, as_nonzero_rows, as_number, require
from mathml.vectors import Metric

__all__ = ["DBSCAN", "NOISE"]

NOISE = -1


class DBSCAN:
    """Find clusters of any shape, and the points that belong to none.

        neighbours:  N(i) = {j : d(xᵢ, xⱼ) ≤ eps}, i itself included
        core point:  |N(i)| ≥ min_samples

    A cluster is a core point, its neighbours, the neighbours of those that are core points, and so on. A neighbour
    of two clusters goes to the first. All lists of neighbours are held at once, and never all n² distances.

    Parameters
    ----------
    eps : how far a neighbour may be
    min_samples : how many neighbours make a place crowded
    metric : "l1", "l2" or "cosine"

    Attributes
    ----------
    labels_ : (n,) 0, 1, 2, … for the clusters, −1 for noise
    core_sample_indices_ : the core points, in ascending order

    Lesson 1, "Used in: DBSCAN"; Ester, Kriegel, Sander and Xu, A density-based algorithm for discovering clusters in
    large spatial databases with noise (1996), definitions 1 to 6.

    >>> DBSCAN(eps=1, min_samples=2).fit([[0, 0], [0, 1], [5, 5], [5, 6], [9, 0]]).labels_.tolist()
    [0, 0, 1, 1, -1]
    """

    def __init__(self, eps: float = 0.5, *, min_samples: int = 5, metric: Metric = "l2") -> None:
        self.eps = eps
        self.min_samples = min_samples
        self.metric = metric

    def fit(self, X: ArrayLike) -> "DBSCAN":
        """Label the points X, (n, d)."""
        known = 'metric must be "l1", "l2" or "cosine"'
        require(self.metric in get_args(Metric), f"{known}, but {self.metric!r} came")
        X, eps, min_samples = as_matrix(X, "X"), as_number(self.eps, "eps"), as_count(self.min_samples, "min_samples")
        require(eps > 0, f"eps must be above 0, but eps = {eps:g} came")

        X = as_nonzero_rows(X, "X") if self.metric == "cosine" else X
        near = within(X, eps, self.metric)
        core = np.array([len(neighbors) for neighbors in near]) >= min_samples
        self.core_sample_indices_ = np.flatnonzero(core)
        self.labels_ = _grow_clusters(near, core)
        return self


def _grow_clusters(near: list[Indices], core: NDArray[np.bool_]) -> Indices:
    """From each core point that has no cluster yet, a new one grows, ring by ring, until no ring holds a new point."""
    labels = np.full(len(core), NOISE)
    cluster = 0
    for start in np.flatnonzero(core):
        if labels[start] != NOISE:
            continue
        ring = np.array([start])
        while ring.size:
            reached = np.concatenate([near[i] for i in ring])
            new = np.unique(reached[labels[reached] == NOISE])
            labels[new] = cluster
            ring = new[core[new]]
        cluster += 1
    return labels
