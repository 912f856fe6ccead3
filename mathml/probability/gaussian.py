"""The multivariate Gaussian: a cloud with ellipses for contours, whose every slice and shadow is Gaussian again."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Matrix, Vector, as_array, as_count, as_matrix, as_vector, require
from mathml.matrices import cholesky, covariance
from mathml.matrices.definite import definite_factor
from mathml.matrices.products import as_symmetric
from mathml.matrices.systems import forward_substitute
from mathml.probability.interface import Seed, WithDensity

__all__ = ["MultivariateNormal"]


@dataclass(frozen=True, eq=False)
class MultivariateNormal(WithDensity):
    """Normal in every direction, with features that may go together.

        p(x) = exp(−‖z‖²/2) / √((2π)ᵈ det Σ)    with L z = x − μ,  Σ = L Lᵀ

    ‖z‖² = (x − μ)ᵀ Σ⁻¹ (x − μ), without the inverse; and √det Σ is the product of L's diagonal.

    Parameters
    ----------
    mean : (d,) μ
    covariance : (d, d) Σ, symmetric and positive definite

    Attributes
    ----------
    factor : (d, d) L, lower triangular

    Raises
    ------
    ValueError
        If the covariance is singular: one feature follows from the others, and there is no density.

    Lesson 4, "Multivariate Gaussian"; Bishop, Pattern Recognition and Machine Learning (2006), section 2.3.

    >>> X = MultivariateNormal([0, 0], [[1, 0.5], [0.5, 1]])
    >>> X.conditional([1], [2]).mean.round(6).tolist(), X.conditional([1], [2]).covariance.round(6).tolist()
    ([1.0], [[0.75]])
    """

    mean: Vector
    covariance: Matrix
    factor: Matrix = field(init=False, repr=False)

    def __post_init__(self) -> None:
        mean, covariance = as_vector(self.mean, "mean"), as_symmetric(self.covariance, "covariance")
        sizes = f"mean has {len(mean)} and covariance has {len(covariance)}"
        require(len(mean) == len(covariance), f"mean and covariance must have the same length, but {sizes}")
        singular = "some combination of the features does not vary, or less than not at all"
        factor = definite_factor(covariance)
        if factor is None:
            raise ValueError(f"covariance must be positive definite, but {singular}")
        for name, array in [("mean", mean), ("covariance", covariance), ("factor", factor)]:
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    @property
    def variance(self) -> Vector:
        """(d,) that of each feature: the diagonal of Σ."""
        return np.diagonal(self.covariance)

    def log_prob(self, x: ArrayLike) -> Array:
        """log p(x) for points x, (..., d)."""
        x, d = as_array(x, "x"), len(self.mean)
        require(
            x.ndim and x.shape[-1] == d, f"x must have {d} entries in a row, as mean has, but its shape is {x.shape}"
        )
        z = forward_substitute(self.factor, (x - self.mean).reshape(-1, d).T)  # (d, n)
        log_height = -d / 2 * math.log(2 * math.pi) - np.sum(np.log(np.diagonal(self.factor)))
        with np.errstate(over="ignore"):
            logs: Array = log_height - np.sum(z * z, axis=0) / 2
        return logs.reshape(x.shape[:-1])

    def marginal(self, indices: Sequence[int]) -> "MultivariateNormal":
        """The distribution of some features by themselves, whatever the others are: μ_A and Σ_AA."""
        A = self._as_indices(indices)
        return MultivariateNormal(self.mean[A], self.covariance[np.ix_(A, A)])

    def conditional(self, indices: Sequence[int], values: ArrayLike) -> "MultivariateNormal":
        """The distribution of the other features, in their order, where some are known.

            μ_B + Σ_BA Σ_AA⁻¹ (a − μ_A),    Σ_BB − Σ_BA Σ_AA⁻¹ Σ_AB

        In L of the covariance with the known features first, both stand already: L_BA L_AA⁻¹ (a − μ_A), and L_BB L_BBᵀ.

        Parameters
        ----------
        indices : A, which features are known; not all
        values : (k,) a, one for each
        """
        known, a = self._as_indices(indices), as_vector(values, "values")
        require(len(a) == len(known), f"values must hold one for each of the {len(known)} indices, but {len(a)} came")
        others = [i for i in range(len(self.mean)) if i not in known]
        require(others, f"indices must leave a feature unknown, but all {len(self.mean)} are given")
        order, k = [*known, *others], len(known)
        L = cholesky(self.covariance[np.ix_(order, order)])
        z = forward_substitute(L[:k, :k], a - self.mean[known])
        return MultivariateNormal(self.mean[others] + L[k:, :k] @ z, L[k:, k:] @ L[k:, k:].T)

    def sample(self, rng: Seed, n: SupportsIndex) -> Matrix:
        """n points at random, (n, d): μ + L z for standard normal z."""
        z = np.random.default_rng(rng).standard_normal((as_count(n, "n"), len(self.mean)))
        return self.mean + z @ self.factor.T

    @classmethod
    def fit(cls, X: ArrayLike) -> "MultivariateNormal":
        """The likeliest Gaussian for points X, (m, d): their mean, and the covariance with ddof = 0.

        Raises
        ------
        ValueError
            If the points do not spread in all directions, as d points or fewer never do.
        """
        X = as_matrix(X, "X")
        return cls(X.mean(axis=0), covariance(X, ddof=0))

    def _as_indices(self, indices: Sequence[int]) -> list[int]:
        chosen = [as_count(i, "each of indices", least=0) for i in indices]
        require(chosen and len(set(chosen)) == len(chosen), f"indices must be different features, but {chosen} came")
        require(max(chosen) < len(self.mean), f"indices must be below {len(self.mean)}, but {max(chosen)} came")
        return chosen
