"""t-SNE: a map on which the neighbours of a space of many dimensions are neighbours again."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.kmeans import Seed
from mathml.algorithms.maps import Init, first_map
from mathml.arrays import Matrix, Vector, as_count, as_matrix, as_number, require
from mathml.information import kl_divergence
from mathml.vectors import pairwise_distances

__all__ = ["TSNE", "neighbor_probabilities"]

_EARLY = 250  # iterations with exaggeration and little momentum
_EVERY = 25  # iterations from one map of the history to the next
_ROWS = 256  # rows of the n² similarities are made this many at a time, so that they stay in the processor's cache


class TSNE:
    """Lay points out so that those near each other in d dimensions are near each other on the map.

        pⱼ|ᵢ = exp(−‖xᵢ − xⱼ‖²/2σᵢ²) / Σₖ≠ᵢ exp(−‖xᵢ − xₖ‖²/2σᵢ²)        pᵢⱼ = (pⱼ|ᵢ + pᵢ|ⱼ) / 2n
        wᵢⱼ = 1 / (1 + ‖yᵢ − yⱼ‖²)                                      qᵢⱼ = wᵢⱼ / Σₖ≠ₗ wₖₗ

        loss = KL(P ‖ Q)        ∂loss/∂yᵢ = 4 Σⱼ (pᵢⱼ − qᵢⱼ) wᵢⱼ (yᵢ − yⱼ)

    Every σᵢ is such that point i has so many neighbours as the perplexity says. Descent with momentum moves the map,
    with a gain for each coordinate that grows while its slope keeps its sign; at first all p are exaggerated, so that
    groups find together. All n² pairs are held at once, and every iteration looks at each of them: for 2,000 points
    that is seconds, for 20,000 it is not meant.

    Parameters
    ----------
    n_components : k, the dimensions of the map
    perplexity : how many neighbours a point has, in effect: e to the entropy of its p·|ᵢ; above 1 and below n − 1
    early_exaggeration : by what all p are multiplied in the first 250 iterations
    learning_rate : None for a quarter of n / early_exaggeration, and at least 50
    max_iter : how many iterations
    init : "pca", the points' shadows on their first principal components; or "random"
    rng : a seed or a `numpy.random.Generator`, for a random start

    Attributes
    ----------
    embedding_ : (n, k) the map; its axes mean nothing
    kl_divergence_ : the loss of it, in nats
    sigmas_ : (n,) σ
    history_ : the maps at the start and after each 25 iterations; the last is the embedding
    path_ : (len(history_),) the loss of each

    Lesson 1, "Used in: t-SNE"; van der Maaten and Hinton, Visualizing data using t-SNE (2008), equations 1 to 5;
    Jacobs, Increased rates of convergence through learning rate adaptation (1988), for the gains; Belkina et al.,
    Automated optimized parameters for t-distributed stochastic neighbor embedding (2019), for the learning rate.

    >>> X = [[x, x / 2] for x in [*range(20), *range(100, 120)]]
    >>> D = pairwise_distances(TSNE(perplexity=5).fit_transform(X))
    >>> bool(D[:20, 20:].min() > D[:20, :20].max())
    True
    """

    def __init__(
        self,
        n_components: int = 2,
        *,
        perplexity: float = 30.0,
        early_exaggeration: float = 12.0,
        learning_rate: float | None = None,
        max_iter: int = 1000,
        init: Init = "pca",
        rng: Seed = None,
    ) -> None:
        self.n_components = n_components
        self.perplexity = perplexity
        self.early_exaggeration = early_exaggeration
        self.learning_rate = learning_rate
        self.max_iter = max_iter
        self.init = init
        self.rng = rng

    def fit(self, X: ArrayLike) -> "TSNE":
        """Find the map of the points X, (n, d)."""
        X, max_iter = as_matrix(X, "X"), as_count(self.max_iter, "max_iter")
        require(len(X) > 1, "X must have at least 2 rows for a neighbour, but 1 came")
        n, others = len(X), ~np.eye(len(X), dtype=bool)
        distances = pairwise_distances(X)[others].reshape(n, n - 1)
        rows, self.sigmas_ = neighbor_probabilities(distances, self.perplexity)
        P = np.zeros((n, n))
        P[others] = rows.ravel() / (2 * n)
        P = P + P.T
        start = 1e-4 * first_map(X, self.n_components, self.init, np.random.default_rng(self.rng))

        maps = enumerate(self._descend(P, start, max_iter))
        self.history_ = [Y for t, Y in maps if t % _EVERY == 0 or t == max_iter]
        self.path_ = np.array([_loss(Y, P) for Y in self.history_])
        self.embedding_, self.kl_divergence_ = self.history_[-1], float(self.path_[-1])
        return self

    def fit_transform(self, X: ArrayLike) -> Matrix:
        """`fit`, and the map of the same points, (n, k): there is no map for others."""
        return self.fit(X).embedding_

    def _descend(self, P: Matrix, Y: Matrix, max_iter: int) -> Iterator[Matrix]:
        """The map at the start and after each iteration."""
        exaggeration = as_number(self.early_exaggeration, "early_exaggeration")
        require(exaggeration >= 1, f"early_exaggeration must be at least 1, but {exaggeration:g} came")
        automatic = max(len(P) / exaggeration / 4, 50)
        rate = automatic if self.learning_rate is None else as_number(self.learning_rate, "learning_rate")
        require(rate > 0, f"learning_rate must be above 0, but learning_rate = {rate:g} came")

        velocity, gains = np.zeros_like(Y), np.ones_like(Y)
        yield Y
        for t in range(max_iter):
            exaggerated, momentum = (exaggeration, 0.5) if t < _EARLY else (1.0, 0.8)
            pulls, pushes = _forces(Y, P)
            slope = 4 * (exaggerated * pulls - pushes)
            steady = slope * velocity < 0  # still downhill
            gains = np.maximum(np.where(steady, gains + 0.2, gains * 0.8), 0.01)
            velocity = momentum * velocity - rate * gains * slope
            Y = Y + velocity
            yield Y


def neighbor_probabilities(distances: ArrayLike, perplexity: float) -> tuple[Matrix, Vector]:
    """How likely each point is to pick each of the others as its neighbour, if near ones are likelier.

        pⱼ|ᵢ = exp(−dᵢⱼ²/2σᵢ²) / Σₖ exp(−dᵢₖ²/2σᵢ²),    σᵢ such that the entropy H(p·|ᵢ) is log perplexity

    The entropy grows with σ, so that bisection finds it: to 10⁻⁸ nats, where it can be reached. It cannot where more
    others than the perplexity are equally near.

    Parameters
    ----------
    distances : (n, m) from each of n points to its m others
    perplexity : above 1 and below m

    Returns
    -------
    P : (n, m) rows add up to 1
    sigmas : (n,) in the unit of the distances

    Raises
    ------
    ValueError
        If a distance is negative, or the perplexity is out of its bounds.

    Lesson 1, "Used in: t-SNE"; van der Maaten and Hinton (2008), equation 1 and section 2.

    >>> P, sigmas = neighbor_probabilities([[1, 1, 9]], 2)
    >>> P.round(3).tolist()
    [[0.5, 0.5, 0.0]]
    """
    D, perplexity = as_matrix(distances, "distances"), as_number(perplexity, "perplexity")
    require(D.min() >= 0, f"distances must not be negative, but {D.min():g} came")
    bounds = f"perplexity must be above 1 and below {D.shape[1]}, the number of others"
    require(1 < perplexity < D.shape[1], f"{bounds}, but perplexity = {perplexity:g} came")

    unit = D.max(axis=1, keepdims=True)
    unit[unit == 0] = 1
    squares = (D / unit) ** 2
    betas, P = _bisect(squares - squares.min(axis=1, keepdims=True), np.log(perplexity))
    return P, unit[:, 0] / np.sqrt(2 * betas)


def _bisect(squares: Matrix, wanted: float) -> tuple[Vector, Matrix]:
    """β = 1/2σ² for each row of squared distances, whose smallest is 0, and the probabilities e^(−βd²)/Σ."""
    low, high = np.zeros(len(squares)), np.full(len(squares), np.inf)
    betas, P = np.ones(len(squares)), np.empty_like(squares)
    rows = np.arange(len(squares))  # those not found yet
    for _ in range(200):
        beta, d2 = betas[rows], squares[rows]
        e = np.exp(-beta[:, np.newaxis] * d2)
        total = e.sum(axis=1)
        excess = np.log(total) + beta * np.einsum("ij,ij->i", e, d2) / total - wanted
        P[rows] = e / total[:, np.newaxis]
        wide = excess > 0
        low[rows], high[rows] = np.where(wide, beta, low[rows]), np.where(wide, high[rows], beta)
        rows = rows[np.abs(excess) > 1e-8]
        if not len(rows):
            break
        middle = (low[rows] + high[rows]) / 2
        betas[rows] = np.where(np.isinf(middle), np.minimum(2 * betas[rows], 1e200), middle)
    return betas, P


def _similarities(Y: Matrix) -> Iterator[tuple[slice, Matrix]]:
    """w = 1 / (1 + ‖yᵢ − yⱼ‖²), some rows at a time; by one product of matrices, as ‖y‖² + ‖z‖² − 2 y·z + 1."""
    squares, ones = np.einsum("ij,ij->i", Y, Y), np.ones(len(Y))
    left, right = np.column_stack([-2 * Y, squares + 1, ones]), np.column_stack([Y, ones, squares]).T
    for first in range(0, len(Y), _ROWS):
        rows = slice(first, first + _ROWS)
        yield rows, 1 / (left[rows] @ right)


def _forces(Y: Matrix, P: Matrix) -> tuple[Matrix, Matrix]:
    """Σⱼ pᵢⱼ wᵢⱼ (yᵢ − yⱼ), by which neighbours pull, and Σⱼ qᵢⱼ wᵢⱼ (yᵢ − yⱼ), by which all push: each (n, k)."""
    with_ones = np.column_stack([Y, np.ones(len(Y))])
    pulls, pushes, total = np.empty_like(with_ones), np.empty_like(with_ones), -float(len(Y))  # but for wᵢᵢ = 1
    for rows, W in _similarities(Y):
        total += W.sum()
        pulls[rows] = (P[rows] * W) @ with_ones
        pushes[rows] = np.square(W, out=W) @ with_ones
    return pulls[:, -1:] * Y - pulls[:, :-1], (pushes[:, -1:] * Y - pushes[:, :-1]) / total


def _loss(Y: Matrix, P: Matrix) -> float:
    """KL(P ‖ Q) in nats."""
    W = np.vstack([W for _, W in _similarities(Y)])
    np.fill_diagonal(W, 0)
    return float(kl_divergence(P.ravel(), (W / W.sum()).ravel()))
