"""GMM: a mixture of Gaussians, found by asking in turn who made each point, and what their makers then are like."""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.algorithms.kmeans import KMeans
from mathml.arrays import Matrix, Vector, as_count, as_matrix, as_number, require
from mathml.functions import log_sum_exp, softmax
from mathml.matrices import covariance, identity
from mathml.matrices.systems import forward_substitute
from mathml.probability import MultivariateNormal

__all__ = ["GMM"]

Labels: TypeAlias = NDArray[np.intp]
Seed: TypeAlias = int | np.random.Generator | None


class Mixture(NamedTuple):
    """weights : (k,) that sum to one; components : k Gaussians."""

    weights: Vector
    components: list[MultivariateNormal]

    def log_joint(self, X: Matrix) -> Matrix:
        """log πⱼ + log N(xᵢ | μⱼ, Σⱼ), (k, n)."""
        return np.log(self.weights)[:, np.newaxis] + np.stack([component.log_prob(X) for component in self.components])

    def narrowness(self) -> float:
        """Σⱼ tr Σⱼ⁻¹: with Σ = L Lᵀ, the sum of the squared entries of L⁻¹."""
        inverses = (
            forward_substitute(component.factor, identity(len(component.mean))) for component in self.components
        )
        return float(sum(np.sum(inverse**2) for inverse in inverses))


class Run(NamedTuple):
    """What one start led to."""

    history: list[Mixture]
    path: list[float]
    resets: list[tuple[int, int]]
    converged: bool


class GMM:
    """Describe points as drawn from k Gaussians, each with a weight, a mean and a covariance of its own.

        p(x) = Σⱼ πⱼ N(x | μⱼ, Σⱼ)

    Which component made a point is not known. EM guesses it and learns from the guess, in turn:

        E:  rᵢⱼ = πⱼ N(xᵢ | μⱼ, Σⱼ) / Σₗ πₗ N(xᵢ | μₗ, Σₗ)        the responsibilities, by Bayes' theorem
        M:  Nⱼ = Σᵢ rᵢⱼ,    πⱼ = Nⱼ / n,    μⱼ = Σᵢ rᵢⱼ xᵢ / Nⱼ,    Sⱼ = Σᵢ rᵢⱼ (xᵢ − μⱼ)(xᵢ − μⱼ)ᵀ / Nⱼ
            Σⱼ = Sⱼ + λ n / (k Nⱼ) I

    The likelihood alone has no maximum: a component that shrinks onto one point makes it as large as one likes. So a
    prior holds narrow covariances for unlikely, and neither step can lower what is left:

        L = Σᵢ log p(xᵢ) − (λ n / 2k) Σⱼ tr Σⱼ⁻¹        maximum a posteriori; with k = 1, Σ = S + λ I

    A component that is left with hardly more than one point (Nⱼ < 3/2), or has no density (λ = 0), starts again at a
    point drawn at random, as wide as all the data. L may fall then: each reset is a new start, and recorded apart.

    Parameters
    ----------
    n_components : k
    reg_covar : λ, in the squared unit of the data
    n_init : how many starts, each from a run of k-means; the one with the largest L is kept
    max_iter : at most so many rounds of E and M from one start
    tol : stop when a round raises L / n by less
    rng : a seed or a `numpy.random.Generator`

    Attributes
    ----------
    weights_ : (k,) π
    means_ : (k, d) μ
    covariances_ : (k, d, d) Σ
    path_ : (n_iter_ + 1,) L / n after the start and after each round
    history_ : the (weights, components) that belong to it; the last are those above
    resets_ : (round, component) of each reset
    n_iter_ : how many rounds were made
    converged_ : whether the last of them raised L / n by less than tol

    Lesson 4, "Used in: Gaussian mixture", and Lesson 2, "Used in: Gaussian mixture"; Dempster, Laird and Rubin, Maximum
    likelihood from incomplete data via the EM algorithm (1977); Bishop, Pattern Recognition and Machine Learning
    (2006), equations 9.23 to 9.26.

    >>> model = GMM(2, rng=0).fit([[0], [2], [10], [12], [14], [16]])
    >>> order = model.weights_.argsort()
    >>> model.weights_[order].round(2).tolist(), model.means_[order].round(1).ravel().tolist()
    ([0.33, 0.67], [1.0, 13.0])
    """

    def __init__(
        self,
        n_components: int = 1,
        *,
        reg_covar: float = 1e-6,
        n_init: int = 1,
        max_iter: int = 100,
        tol: float = 1e-3,
        rng: Seed = None,
    ) -> None:
        self.n_components = n_components
        self.reg_covar = reg_covar
        self.n_init = n_init
        self.max_iter = max_iter
        self.tol = tol
        self.rng = rng

    def fit(self, X: ArrayLike) -> "GMM":
        """Find the mixture for the points X, (n, d).

        Raises
        ------
        ValueError
            If a covariance is singular to working precision: reg_covar is too small for the data.
        """
        X = as_matrix(X, "X")
        k, n_init = as_count(self.n_components, "n_components"), as_count(self.n_init, "n_init")
        max_iter = as_count(self.max_iter, "max_iter")
        reg_covar, tol = as_number(self.reg_covar, "reg_covar"), as_number(self.tol, "tol")
        require(len(X) >= 2, "X must have at least 2 rows for a covariance, but 1 came")
        require(k <= len(X), f"n_components must be at most {len(X)}, the number of points, but {k} came")
        allowed = 0 <= reg_covar < np.inf
        require(allowed, f"reg_covar must be at least 0 and finite, but reg_covar = {reg_covar:g} came")
        require(tol >= 0, f"tol must be at least 0, but tol = {tol:g} came")
        rng = np.random.default_rng(self.rng)

        runs = (_expect_and_maximize(X, k, reg_covar, max_iter, tol, rng) for _ in range(n_init))
        best = max(runs, key=lambda run: run.path[-1])
        self.history_, self.path_, self.resets_, self.converged_ = best
        self.weights_, components = self.history_[-1]
        self.means_ = np.array([component.mean for component in components])
        self.covariances_ = np.array([component.covariance for component in components])
        self.n_iter_ = len(self.history_) - 1
        return self

    def score_samples(self, X: ArrayLike) -> Vector:
        """log p(x) for each row of X, (n, d) to (n,)."""
        return log_sum_exp(self._log_joint(X), axis=0)

    def score(self, X: ArrayLike) -> float:
        """The mean of log p(x) over the rows of X, (n, d)."""
        return float(self.score_samples(X).mean())

    def predict_proba(self, X: ArrayLike) -> Matrix:
        """The responsibilities for each row of X, (n, d) to (n, k)."""
        return softmax(self._log_joint(X), axis=0).T

    def predict(self, X: ArrayLike) -> Labels:
        """For each row of X, (n, d), the component that most likely made it."""
        labels: Labels = self._log_joint(X).argmax(axis=0)
        return labels

    def bic(self, X: ArrayLike) -> float:
        """Schwarz's criterion, lower for a better k: −2 log-likelihood + log n for each free parameter.

        There are k − 1 free weights, k d means, and k d (d + 1) / 2 covariances, which are symmetric.
        """
        scores = self.score_samples(X)
        k, d = self.means_.shape
        free = k - 1 + k * d + k * d * (d + 1) // 2
        return float(-2 * scores.sum() + free * np.log(len(scores)))

    def _log_joint(self, X: ArrayLike) -> Matrix:
        require(hasattr(self, "means_"), "GMM must be fitted before it can predict: call fit first")
        X, width = as_matrix(X, "X"), self.means_.shape[1]
        require(X.shape[1] == width, f"X must have {width} columns, as in fit, but {X.shape[1]} came")
        return self.history_[-1].log_joint(X)


def _expect_and_maximize(
    X: Matrix, k: int, reg_covar: float, max_iter: int, tol: float, rng: np.random.Generator
) -> Run:
    """From the clusters of one run of k-means, round by round."""
    history, path, resets, converged = list[Mixture](), list[float](), list[tuple[int, int]](), False
    R = np.eye(k)[:, KMeans(k, n_init=1, rng=rng).fit(X).labels_]  # (k, n)
    while not converged and len(history) <= max_iter:
        mixture, reset = _maximize(X, R, reg_covar, rng)
        log_joint = mixture.log_joint(X)
        penalty = reg_covar / (2 * k) * mixture.narrowness()
        resets.extend((len(history), j) for j in reset)
        history.append(mixture)
        path.append(float(log_sum_exp(log_joint, axis=0).mean() - penalty))
        converged = len(path) > 1 and not reset and path[-1] - path[-2] < tol
        R = softmax(log_joint, axis=0)
    return Run(history, path, resets, converged)


def _maximize(X: Matrix, R: Matrix, reg_covar: float, rng: np.random.Generator) -> tuple[Mixture, list[int]]:
    """The mixture that is likeliest with these responsibilities, and which of its components had to start again."""
    k, n = R.shape
    fitted = [_fit(X, r, reg_covar * n / k) for r in R]
    reset = [j for j in range(k) if fitted[j] is None]
    weights = R.sum(axis=1) / n
    weights[reset] = 1 / k
    components = [component or _start_again(X, reg_covar, rng) for component in fitted]
    return Mixture(weights / weights.sum(), components), reset


def _fit(X: Matrix, r: Vector, prior: float) -> MultivariateNormal | None:
    """The Gaussian of the points, each counted r times; none if they are hardly more than one, or do not spread."""
    size = r.sum()
    if size < 1.5:
        return None
    mean = r @ X / size
    Z = np.sqrt(r)[:, np.newaxis] * (X - mean)
    try:
        return MultivariateNormal(mean, (Z.T @ Z + prior * np.eye(len(mean))) / size)
    except ValueError:  # not positive definite
        return None


def _start_again(X: Matrix, reg_covar: float, rng: np.random.Generator) -> MultivariateNormal:
    """A Gaussian at a point drawn at random, as wide as all the data."""
    try:
        return MultivariateNormal(X[rng.integers(len(X))], covariance(X, ddof=0) + reg_covar * np.eye(X.shape[1]))
    except ValueError as error:
        came = f"reg_covar = {reg_covar:g} came"
        raise ValueError(f"reg_covar must be larger: columns of X depend on one another, and {came}") from error
