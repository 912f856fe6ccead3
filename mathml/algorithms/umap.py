"""UMAP: a graph of neighbours, laid out in the plane."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.algorithms.kmeans import Seed
from mathml.algorithms.maps import Init, first_map
from mathml.algorithms.nearest_neighbors import NearestNeighbors
from mathml.arrays import Matrix, Vector, as_count, as_matrix, as_number, require
from mathml.optimization import BFGS, minimize

__all__ = ["UMAP", "Graph", "fuzzy_graph", "nearness_curve", "neighbor_strengths"]

_EVERY = 10  # epochs from one map of the history to the next
_FARTHEST_STEP = 4.0  # no force moves a point further, in units of the learning rate


class Graph(NamedTuple):
    """Ties between points, each from both sides.

    heads, tails : (e,) the two points of each tie
    weights : (e,) how strong it is, above 0 and at most 1
    """

    heads: NDArray[np.intp]
    tails: NDArray[np.intp]
    weights: Vector


class UMAP:
    """Tie each point to its nearest, and lay the graph out so that ties are short and all else is apart.

        wⱼ|ᵢ = exp(−max(0, dᵢⱼ − ρᵢ)/σᵢ)         for the k nearest j of i; ρᵢ the distance of the nearest
        wᵢⱼ  = wⱼ|ᵢ + wᵢ|ⱼ − wⱼ|ᵢ wᵢ|ⱼ            a tie that either of them would have
        vᵢⱼ  = 1 / (1 + a ‖yᵢ − yⱼ‖²ᵇ)            how near two points are on the map

        loss = −Σᵢⱼ (wᵢⱼ log vᵢⱼ + (1 − wᵢⱼ) log(1 − vᵢⱼ))

    σᵢ is such that the strengths of i add up to log₂ k. Stochastic descent draws ties, each with its weight as the
    chance, and pulls their ends together; for each it draws some points at random, and pushes them away.

    Parameters
    ----------
    n_neighbors : k, how many points are near to each, itself included
    n_components : the dimensions of the map
    min_dist : how near to each other points may come on the map
    spread : the scale of the map, at least min_dist
    n_epochs : None for 500 up to 10,000 points, and 200 beyond
    learning_rate : of the first epoch; it falls to 0
    negative_sample_rate : how many points are pushed away for each tie that pulls
    init : "pca" or "random", as in `TSNE`
    rng : a seed or a `numpy.random.Generator`

    Attributes
    ----------
    embedding_ : (n, n_components) the map; its axes mean nothing
    graph_ : the ties, a `Graph`
    a_, b_ : of the curve v
    history_ : the maps at the start and after each 10 epochs; the last is the embedding

    Lesson 1, "Used in: UMAP"; McInnes, Healy and Melville, UMAP: uniform manifold approximation and projection for
    dimension reduction (2018), algorithms 1 to 5 and appendix C.

    >>> from mathml.vectors import pairwise_distances
    >>> X = [[x, x / 2] for x in [*range(20), *range(100, 120)]]
    >>> D = pairwise_distances(UMAP(n_neighbors=5, n_epochs=100, rng=0).fit_transform(X))
    >>> bool(D[:20, 20:].min() > D[:20, :20].max())
    True
    """

    def __init__(
        self,
        n_neighbors: int = 15,
        *,
        n_components: int = 2,
        min_dist: float = 0.1,
        spread: float = 1.0,
        n_epochs: int | None = None,
        learning_rate: float = 1.0,
        negative_sample_rate: int = 5,
        init: Init = "pca",
        rng: Seed = None,
    ) -> None:
        self.n_neighbors = n_neighbors
        self.n_components = n_components
        self.min_dist = min_dist
        self.spread = spread
        self.n_epochs = n_epochs
        self.learning_rate = learning_rate
        self.negative_sample_rate = negative_sample_rate
        self.init = init
        self.rng = rng

    def fit(self, X: ArrayLike) -> "UMAP":
        """Find the map of the points X, (n, d)."""
        X = as_matrix(X, "X")
        rate, pushes = as_number(self.learning_rate, "learning_rate"), self.negative_sample_rate
        require(rate > 0, f"learning_rate must be above 0, but learning_rate = {rate:g} came")
        pushes = as_count(pushes, "negative_sample_rate", least=0)
        epochs = (500 if len(X) <= 10_000 else 200) if self.n_epochs is None else as_count(self.n_epochs, "n_epochs")
        rng = np.random.default_rng(self.rng)

        self.graph_ = fuzzy_graph(X, self.n_neighbors)
        self.a_, self.b_ = nearness_curve(self.min_dist, self.spread)
        start = first_map(X, self.n_components, self.init, rng)
        Y = 10 * start / np.abs(start).max() + rng.normal(scale=1e-4, size=start.shape)
        self.history_ = [Y]
        for t in range(epochs):
            Y = self._epoch(Y, rate * (1 - t / epochs), pushes, rng)
            if (t + 1) % _EVERY == 0 or t + 1 == epochs:
                self.history_.append(Y)
        self.embedding_: Matrix = Y
        return self

    def fit_transform(self, X: ArrayLike) -> Matrix:
        """`fit`, and the map of the same points, (n, n_components): there is no map for others."""
        return self.fit(X).embedding_

    def _epoch(self, Y: Matrix, rate: float, pushes: int, rng: np.random.Generator) -> Matrix:
        """The map after ties were drawn once, in batches in which few points are drawn twice."""
        heads, tails, weights = self.graph_
        drawn = rng.permutation(np.flatnonzero(rng.random(len(weights)) < weights / weights.max()))
        Y = Y.copy()
        for batch in np.array_split(drawn, max(1, 4 * len(drawn) // len(Y))):
            i, j = heads[batch], tails[batch]
            pull = rate * _clipped(_pull(Y[i] - Y[j], self.a_, self.b_))
            np.add.at(Y, i, pull)
            np.add.at(Y, j, -pull)
            i = np.repeat(i, pushes)
            others = rng.integers(len(Y), size=len(i))
            np.add.at(Y, i, rate * _clipped(_push(Y[i] - Y[others], self.a_, self.b_)))
        return Y


# --- the graph ------------------------------------------------------------------------------------


def neighbor_strengths(distances: ArrayLike) -> tuple[Matrix, Vector, Vector]:
    """How strongly each point is tied to each of its nearest, as it sees them.

        wⱼ|ᵢ = exp(−max(0, dᵢⱼ − ρᵢ)/σᵢ),    ρᵢ = the smallest dᵢⱼ above 0,    Σⱼ wⱼ|ᵢ = log₂ (m + 1)

    So every point is tied to its nearest with the full strength, however far that is: distances are measured in units
    of the place. σᵢ is found by bisection, and is at least a thousandth of the mean distance.

    Parameters
    ----------
    distances : (n, m) from each point to its m nearest others

    Returns
    -------
    strengths : (n, m), above 0 and at most 1
    rhos, sigmas : (n,)

    Lesson 1, "Used in: UMAP"; McInnes, Healy and Melville (2018), algorithm 3.

    >>> strengths, rhos, sigmas = neighbor_strengths([[1, 2, 3]])
    >>> strengths.round(3).tolist(), float(strengths.sum().round(6)), rhos.tolist()
    ([[1.0, 0.618, 0.382]], 2.0, [1.0])
    """
    D = as_matrix(distances, "distances")
    require(D.min() >= 0, f"distances must not be negative, but {D.min():g} came")
    rhos = np.where(D > 0, D, np.inf).min(axis=1)
    rhos[np.isinf(rhos)] = 0  # all its neighbours lie where it lies
    beyond = np.maximum(0, D - rhos[:, np.newaxis])
    wanted = np.log2(D.shape[1] + 1)
    low, high, sigmas = np.zeros(len(D)), np.full(len(D), np.inf), np.ones(len(D))
    for _ in range(64):
        too_much = np.exp(-beyond / sigmas[:, np.newaxis]).sum(axis=1) > wanted
        low, high = np.where(too_much, low, sigmas), np.where(too_much, sigmas, high)
        sigmas = np.where(np.isinf(high), 2 * sigmas, (low + high) / 2)
    means = np.where(rhos > 0, D.mean(axis=1), D.mean())
    sigmas = np.maximum(sigmas, 1e-3 * means)
    sigmas[sigmas == 0] = 1  # all points lie in one place
    return np.exp(-beyond / sigmas[:, np.newaxis]), rhos, sigmas


def fuzzy_graph(X: ArrayLike, n_neighbors: int = 15) -> Graph:
    """The ties between points X, (n, d), by their nearest neighbours: w + wᵀ − w ∘ wᵀ, by what either side sees.

    Each tie stands in it twice, once from each end.

    Parameters
    ----------
    X : (n, d)
    n_neighbors : k, at least 2 and at most n, each point itself included

    Lesson 1, "Used in: UMAP"; McInnes, Healy and Melville (2018), algorithms 1 and 2.

    >>> graph = fuzzy_graph([[0], [1], [3]], n_neighbors=2)
    >>> list(zip(graph.heads.tolist(), graph.tails.tolist(), graph.weights.round(3).tolist()))
    [(0, 1, 1.0), (1, 0, 1.0), (1, 2, 1.0), (2, 1, 1.0)]
    """
    X, k = as_matrix(X, "X"), as_count(n_neighbors, "n_neighbors", least=2)
    n = len(X)
    require(k <= n, f"n_neighbors must be at most {n}, the number of points, but {k} came")
    distances, indices = NearestNeighbors(k - 1).fit(X).kneighbors()
    strengths, _, _ = neighbor_strengths(distances)
    heads = np.repeat(np.arange(n), k - 1)
    seen, looked_at = heads * n + indices.ravel(), indices.ravel() * n + heads  # a number for each pair of points
    pairs, places = np.unique(np.concatenate([seen, looked_at]), return_inverse=True)
    w = np.bincount(places[: len(seen)], strengths.ravel(), minlength=len(pairs))
    w_t = np.bincount(places[len(seen) :], strengths.ravel(), minlength=len(pairs))
    weights = w + w_t - w * w_t
    kept = weights > 0
    return Graph(pairs[kept] // n, pairs[kept] % n, weights[kept])


# --- the map --------------------------------------------------------------------------------------


def nearness_curve(min_dist: float = 0.1, spread: float = 1.0) -> tuple[float, float]:
    """a and b with which v = 1/(1 + a x²ᵇ) is near to what is wanted of nearness on the map.

        1 for x ≤ min_dist,    exp(−(x − min_dist)/spread) beyond

    The least squares at 300 places from 0 to 3 spread, found by BFGS.

    Parameters
    ----------
    min_dist : at least 0
    spread : above 0, and at least min_dist

    Lesson 1, "Used in: UMAP"; McInnes, Healy and Melville (2018), definition 11.

    >>> a, b = nearness_curve(0.1, 1.0)
    >>> round(a, 3), round(b, 3)
    (1.577, 0.895)
    """
    min_dist, spread = as_number(min_dist, "min_dist"), as_number(spread, "spread")
    require(0 < spread < np.inf, f"spread must be above 0 and finite, but spread = {spread:g} came")
    within = 0 <= min_dist <= spread
    require(within, f"min_dist must be from 0 to spread = {spread:g}, but min_dist = {min_dist:g} came")
    x = np.linspace(0, 3, 300)[1:]  # in units of spread; at 0 both are 1
    wanted = np.exp(-np.maximum(0, x - min_dist / spread))

    def misfit(logs: Vector) -> float:
        nearness = 1 / (1 + np.exp(logs[0] + 2 * np.exp(logs[1]) * np.log(x)))
        total: float = np.sum((nearness - wanted) ** 2)
        return total

    a, b = np.exp(minimize(misfit, [0, 0], BFGS(misfit)).path[-1])
    return float(a / spread ** (2 * b)), float(b)


def _pull(apart: Matrix, a: float, b: float) -> Matrix:
    """∇ log v by the head of each tie: towards the tail."""
    squares = np.sum(apart**2, axis=1, keepdims=True)
    powers = np.where(squares > 0, squares, 1) ** (b - 1)
    force: Matrix = np.where(squares > 0, -2 * a * b * powers / (1 + a * powers * squares) * apart, 0)
    return force


def _push(apart: Matrix, a: float, b: float) -> Matrix:
    """∇ log(1 − v) by the first of each two points: away from the second; 0.001 keeps it finite."""
    squares = np.sum(apart**2, axis=1, keepdims=True)
    force: Matrix = 2 * b / ((0.001 + squares) * (1 + a * squares**b)) * apart
    return force


def _clipped(force: Matrix) -> Matrix:
    within: Matrix = np.clip(force, -_FARTHEST_STEP, _FARTHEST_STEP)
    return within
