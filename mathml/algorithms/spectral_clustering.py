"""Spectral clustering: cut a graph of likenesses where it hangs together least."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.kmeans import KMeans, Labels, Seed
from mathml.algorithms.nearest_neighbors import NearestNeighbors
from mathml.arrays import Matrix, Vector, as_count, as_matrix, as_number, require
from mathml.matrices import eigh
from mathml.matrices.products import as_symmetric
from mathml.vectors import pairwise_distances

__all__ = ["SpectralClustering", "normalized_laplacian"]

Affinity = Literal["rbf", "nearest_neighbors"]


class SpectralClustering:
    """Find clusters of any shape, as groups that are tied together tightly.

        rbf:                Aᵢⱼ = exp(−γ ‖xᵢ − xⱼ‖²)
        nearest_neighbors:  Aᵢⱼ = 1 if i and j are each among the other's nearest, ½ if only one is, else 0

        L = I − D^(−½) A D^(−½)        D the diagonal matrix of degrees, dᵢ = Σⱼ Aᵢⱼ

    The k eigenvectors of L with the smallest eigenvalues are nearly constant on each group. They are the columns of a
    matrix (n, k); its rows, scaled to length one, are points that k-means can part. All n² likenesses are held at once.

    Parameters
    ----------
    n_clusters : k, how many groups
    affinity : "rbf" or "nearest_neighbors"
    gamma : γ, how fast likeness fades with distance; for "rbf"
    n_neighbors : how many points are near to each, itself included; for "nearest_neighbors"
    rng : a seed or a `numpy.random.Generator`, for k-means

    Attributes
    ----------
    labels_ : (n,) 0 … k − 1
    affinity_matrix_ : (n, n) A, with zeros on the diagonal
    eigenvalues_ : (n,) of L, ascending from 0 to at most 2: as many are 0 as there are groups without a tie
    embedding_ : (n, k) the rows that k-means parted

    Lesson 2, "Used in: spectral clustering"; Ng, Jordan and Weiss, On spectral clustering: analysis and an algorithm
    (2001), section 2.

    >>> model = SpectralClustering(n_clusters=2, rng=0).fit([[0], [1], [2], [9], [10], [11]])
    >>> len(set(model.labels_[:3].tolist())), len(set(model.labels_[3:].tolist())), len(set(model.labels_.tolist()))
    (1, 1, 2)
    """

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        affinity: Affinity = "rbf",
        gamma: float = 1.0,
        n_neighbors: int = 10,
        rng: Seed = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.affinity = affinity
        self.gamma = gamma
        self.n_neighbors = n_neighbors
        self.rng = rng

    def fit(self, X: ArrayLike) -> "SpectralClustering":
        """Label the points X, (n, d)."""
        known = " or ".join(f'"{affinity}"' for affinity in get_args(Affinity))
        require(self.affinity in get_args(Affinity), f"affinity must be {known}, but {self.affinity!r} came")
        X, k = as_matrix(X, "X"), as_count(self.n_clusters, "n_clusters")
        require(k <= len(X), f"n_clusters must be at most {len(X)}, the number of points, but {k} came")

        self.affinity_matrix_ = self._rbf(X) if self.affinity == "rbf" else self._nearest(X)
        self.eigenvalues_, vectors = eigh(normalized_laplacian(self.affinity_matrix_))
        self.embedding_ = _unit_rows(vectors[:, :k])
        self.labels_: Labels = KMeans(k, rng=self.rng).fit(self.embedding_).labels_
        return self

    def _rbf(self, X: Matrix) -> Matrix:
        gamma = as_number(self.gamma, "gamma")
        require(0 < gamma < np.inf, f"gamma must be above 0 and finite, but gamma = {gamma:g} came")
        with np.errstate(over="ignore"):  # e^−∞ is the right likeness of points that far apart
            A: Matrix = np.exp(-gamma * pairwise_distances(X) ** 2)
        np.fill_diagonal(A, 0)
        return A

    def _nearest(self, X: Matrix) -> Matrix:
        others = as_count(self.n_neighbors, "n_neighbors", least=2) - 1
        require(others < len(X), f"n_neighbors must be at most {len(X)}, the number of points, but {others + 1} came")
        _, indices = NearestNeighbors(others).fit(X).kneighbors()
        near = np.zeros((len(X), len(X)))
        np.put_along_axis(near, indices, 1, axis=1)
        return (near + near.T) / 2


def normalized_laplacian(A: ArrayLike) -> Matrix:
    """What is left of a graph when each tie is weighed by the degrees of its ends.

        L = I − D^(−½) A D^(−½),    xᵀ L x = ½ Σᵢⱼ Aᵢⱼ (xᵢ/√dᵢ − xⱼ/√dⱼ)²

    A point without ties has a row of zeros, so that each group without a tie to the rest, even of one point, adds an
    eigenvalue 0.

    Parameters
    ----------
    A : (n, n) symmetric, entries at least 0: how strong the tie between i and j is

    Returns
    -------
    L : (n, n) symmetric, eigenvalues from 0 to 2

    Raises
    ------
    ValueError
        If A is not square or not symmetric, or an entry is negative.

    Lesson 2, "Used in: spectral clustering"; von Luxburg, A tutorial on spectral clustering (2007), proposition 4.
    """
    A = as_symmetric(A, "A")
    require(A.min() >= 0, f"A must have no negative entry, but {A.min():g} came")
    degrees: Vector = A.sum(axis=1)
    tied = degrees > 0
    roots = np.sqrt(np.where(tied, degrees, 1))
    L: Matrix = np.diag(tied.astype(float)) - A / (roots[:, np.newaxis] * roots)
    return L


def _unit_rows(V: Matrix) -> Matrix:
    """Rows of length one; where there are more untied groups than columns, some rows are zero, and stay so."""
    lengths = np.sqrt(np.sum(V**2, axis=1, keepdims=True))
    rows: Matrix = V / np.where(lengths > 0, lengths, 1)
    return rows
