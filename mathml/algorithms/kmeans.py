"""k-means: every point to its nearest centre, every centre to the mean of its points, until nothing moves."""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.algorithms.search import Places
from mathml.arrays import Array, Matrix, as_count, as_matrix, as_number, require
from mathml.vectors import pairwise_distances

__all__ = ["KMeans"]

Labels: TypeAlias = NDArray[np.intp]
History: TypeAlias = list[tuple[Matrix, Labels]]
Seed: TypeAlias = int | np.random.Generator | None

_POINTS = 1024


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

        still, blocks = tol * float(np.sqrt(X.var(axis=0).mean())), _in_blocks(X, reach=float(np.abs(X).max()))
        histories = _lloyd(blocks, _spread_out(X, blocks, k, n_init, rng), max_iter, still)
        self.history_ = min(histories, key=lambda history: _inertia(X, *history[-1]))
        self.cluster_centers_, self.labels_ = self.history_[-1]
        self.inertia_ = _inertia(X, self.cluster_centers_, self.labels_)
        self.n_iter_ = len(self.history_) - 1
        return self

    def predict(self, X: ArrayLike) -> Labels:
        """For each row of X, (n, d), the nearest centre."""
        require(hasattr(self, "cluster_centers_"), "KMeans must be fitted before it can predict: call fit first")
        X, width = as_matrix(X, "X"), self.cluster_centers_.shape[1]
        require(X.shape[1] == width, f"X must have {width} columns, as in fit, but {X.shape[1]} came")
        blocks = _in_blocks(X, reach=float(np.abs(self.cluster_centers_).max()))
        labels: Labels = _look(blocks, self.cluster_centers_[np.newaxis]).labels[0]
        return labels


# All runs go on side by side, r of them: their centres, (r, k, d), are compared with the points in one product of
# matrices. Who belongs to whom are ones among zeros, (r, k, n), so that sums over clusters are a product, too. Points
# are taken some at a time, so that all of this stays in the processor's cache.

Block: TypeAlias = tuple[Matrix, Places]  # some points, as they are and made ready for being compared


class View(NamedTuple):
    """What the centres of r runs see of the points.

    labels : (r, n) for each point its nearest centre
    sums : (r, k, d) of the points that belong to each centre
    sizes : (r, k) how many they are
    """

    labels: Labels
    sums: Array
    sizes: Matrix


def _in_blocks(X: Matrix, reach: float) -> list[Block]:
    parts = [X[first : first + _POINTS] for first in range(0, len(X), _POINTS)]
    reach = max(reach, float(np.abs(X).max()))  # for one unit in all blocks
    return [(part, Places(part, reach=reach)) for part in parts]


def _spread_out(X: Matrix, blocks: list[Block], k: int, r: int, rng: np.random.Generator) -> Array:
    """k-means++: the next centre is a point drawn with weight d², its squared distance to the nearest centre so far.

    A few points are drawn each time, and the one is kept that brings all points nearest.

    Arthur and Vassilvitskii, k-means++: the advantages of careful seeding (2007), sections 2.2 and 7.
    """
    n, draws, runs = len(X), 2 + int(np.log(k)), np.arange(r)
    chosen = rng.integers(n, size=(r, 1))
    away = _squares(X[chosen[:, 0]], blocks)  # (r, n)
    while chosen.shape[1] < k:
        away[~away.any(axis=1)] = 1  # every point is a centre already: one is as good as the other
        ends = np.cumsum(away, axis=1)
        drawn = _places_of(rng.random((r, draws)) * ends[:, -1:], ends)
        then = np.minimum(away[:, np.newaxis], _squares(X[drawn.ravel()], blocks).reshape(r, draws, n))
        best = then.sum(axis=2).argmin(axis=1)
        chosen = np.column_stack([chosen, drawn[runs, best]])
        away = then[runs, best]
    return X[chosen]


def _places_of(heights: Matrix, ends: Matrix) -> Labels:
    """In each row of rising ends, (r, n), between which of them each height of the row, (r, m), falls."""
    return np.stack([np.searchsorted(row, height, side="right") for row, height in zip(ends, heights, strict=True)])


def _squares(Q: Matrix, blocks: list[Block]) -> Matrix:
    """How far each point is from each row of Q, squared; 0 where rounding might have made all of it."""
    measured = [places.farness(Q) for _, places in blocks]
    return np.hstack([np.where(farness > slack, farness, 0) for farness, slack in measured])


def _lloyd(blocks: list[Block], centers: Array, max_iter: int, still: float) -> list[History]:
    """Of each run the centres and labels at the start and after each move, until they move no more than `still`."""
    view, moving = _look(blocks, centers), np.arange(len(centers))
    histories = [[start] for start in zip(centers, view.labels, strict=True)]
    for _ in range(max_iter):
        before, seen = centers, view
        centers = _means(blocks, before, seen)
        view = _look(blocks, centers)
        for i, run in enumerate(moving):
            histories[run].append((centers[i], view.labels[i]))
        moved = np.sqrt(np.sum((centers - before) ** 2, axis=(1, 2)))
        on = (moved > still) & np.any(view.labels != seen.labels, axis=1)
        moving, centers, view = moving[on], centers[on], View(*(part[on] for part in view))
        if not moving.size:
            break
    return histories


def _look(blocks: list[Block], centers: Array) -> View:
    """Each point goes to its nearest centre; where rounding might decide between two, they are measured again."""
    r, k, d = centers.shape
    numbers, labels = np.arange(k, dtype=float), []
    sums, sizes = np.zeros((r * k, d)), np.zeros((r, k))
    for X, places in blocks:
        farness, slack = places.farness(centers.reshape(-1, d))
        farness = farness.reshape(r, k, -1)
        belongs: Array = (farness <= farness.min(axis=1, keepdims=True) + 2 * slack).astype(float)
        undecided = belongs.sum(axis=1) > 1
        for run in np.flatnonzero(undecided.any(axis=1)):
            points = np.flatnonzero(undecided[run])
            belongs[run][:, points] = 0
            belongs[run, pairwise_distances(X[points], centers[run]).argmin(axis=1), points] = 1
        labels.append((numbers @ belongs).astype(np.intp))
        sums += belongs.reshape(r * k, -1) @ X
        sizes += belongs.sum(axis=2)
    return View(np.hstack(labels), sums.reshape(r, k, d), sizes)


def _means(blocks: list[Block], centers: Array, view: View) -> Array:
    """The mean of each cluster; an empty one starts again at the point that is farthest from every centre."""
    moved: Array = view.sums / np.maximum(view.sizes, 1)[..., np.newaxis]
    for run in np.flatnonzero((view.sizes == 0).any(axis=1)):
        X, empty = np.vstack([X for X, _ in blocks]), np.flatnonzero(view.sizes[run] == 0)
        farthest_first = np.argsort(-pairwise_distances(X, centers[run]).min(axis=1))
        moved[run, empty] = X[farthest_first[: empty.size]]
    return moved


def _inertia(X: Matrix, centers: Matrix, labels: Labels) -> float:
    apart = X - centers[labels]
    return float(np.einsum("ij,ij->", apart, apart))
