"""Positive definite matrices: bowls, their Cholesky factor, and the covariance that is always one of them."""

from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, as_count, as_matrix, as_number, as_vector, require
from mathml.matrices.products import EPS, as_square, as_symmetric
from mathml.matrices.spectral import eigh
from mathml.matrices.systems import independent_parts
from mathml.vectors import center_columns, standardize_columns

__all__ = [
    "cholesky",
    "correlation",
    "covariance",
    "is_positive_definite",
    "is_positive_semidefinite",
    "quadratic_form",
]


def cholesky(A: ArrayLike) -> Matrix:
    """The square root of a positive definite matrix that is triangular.

        A = L Lᵀ

    Accuracy: ‖A − LLᵀ‖ ≤ 3 n ε ‖A‖, in the Frobenius norm.

    Parameters
    ----------
    A : (n, n) symmetric and positive definite

    Returns
    -------
    L : (n, n) lower triangular, positive on its diagonal

    Raises
    ------
    ValueError
        If A is not symmetric, or not positive definite: a pivot is no larger than the rounding errors made in it.

    Lesson 2, "Positive definite matrices"; Golub and Van Loan, Matrix Computations (2013), section 4.2.
    """
    A = as_symmetric(A, "A")
    L = np.zeros_like(A)
    with np.errstate(over="ignore", invalid="ignore"):  # where L overflows, the next pivot is −∞
        for k in range(len(A)):
            column = A[k:, k] - L[k:, :k] @ L[k, :k]
            pivot, rounding = float(column[0]), len(A) * EPS * A[k, k]
            came = f"pivot {k} is {pivot:.3g}, not above 0 by more than rounding"
            require(pivot > rounding, f"A must be positive definite, but {came}")
            L[k:, k] = column / np.sqrt(pivot)
    return L


def is_positive_definite(A: ArrayLike) -> bool:
    """Whether xᵀA x is a bowl: positive for every x but zero.

        xᵀA x > 0  for all x ≠ 0    ⟺    all λᵢ > 0    ⟺    A = LLᵀ

    Of L, each row must have a part that the others do not have: its square is more than the rounding errors, 3 n ε.

    Parameters
    ----------
    A : (n, n) symmetric

    Raises
    ------
    ValueError
        If A is not symmetric: the question is asked of symmetric matrices only.

    Lesson 2, "Positive definite matrices".
    """
    return definite_factor(as_symmetric(A, "A")) is not None


def definite_factor(A: Matrix) -> Matrix | None:
    """Cholesky's L of a symmetric A, if that is positive definite."""
    try:
        L = cholesky(A)
    except ValueError:
        return None
    return L if np.all(independent_parts(L.T) ** 2 > 3 * len(A) * EPS) else None


def is_positive_semidefinite(A: ArrayLike, tol: float | None = None) -> bool:
    """Whether xᵀA x is never negative: a bowl, or a valley with a level floor.

        xᵀA x ≥ 0  for all x    ⟺    all λᵢ ≥ 0, here λᵢ ≥ −tol

    Parameters
    ----------
    A : (n, n) symmetric
    tol : by default 3 n ε, once the diagonal of A has been scaled to ones, which changes no sign of an eigenvalue

    Raises
    ------
    ValueError
        If A is not symmetric: the question is asked of symmetric matrices only.

    Lesson 2, "Positive definite matrices".
    """
    A = as_symmetric(A, "A")
    if tol is None:
        return _lowest_without_units(A) >= -3 * len(A) * EPS
    tol = as_number(tol, "tol")
    require(tol >= 0, f"tol must be at least 0, but tol = {tol:g} came")
    return bool(eigh(A)[0][0] >= -tol)


def _lowest_without_units(A: Matrix) -> float:
    """The smallest eigenvalue of A scaled to ones on its diagonal; −∞ where a 2×2 block shows that it is negative."""
    diagonal = np.diagonal(A)
    if np.any(diagonal < 0) or np.any(A[diagonal == 0]):
        return -np.inf
    unit = np.sqrt(np.where(diagonal > 0, diagonal, 1))
    with np.errstate(over="ignore"):
        scaled = A / unit / unit[:, np.newaxis]
    return float(eigh(scaled)[0][0]) if np.all(np.abs(scaled) < 2) else -np.inf


def quadratic_form(A: ArrayLike, x: ArrayLike) -> float | Vector:
    """The height over x of the surface that A describes: bowl, saddle or ridge.

        q(x) = xᵀA x = Σᵢⱼ aᵢⱼ xᵢ xⱼ

    Parameters
    ----------
    A : (d, d)
    x : (d,), or (n, d) for n points at once

    Returns
    -------
    q : a number, or (n,) one for each row of x

    Raises
    ------
    ValueError
        If x has not one entry for each column of A.

    Lesson 2, "Positive definite matrices".
    """
    A = as_square(A, "A")
    X = as_matrix(x, "x") if np.ndim(x) == 2 else as_vector(x, "x")[np.newaxis]
    require(X.shape[1] == len(A), f"x must have {len(A)} entries, as A has columns, but {X.shape[1]} came")
    heights: Vector = np.sum((X @ A) * X, axis=1)
    return heights if np.ndim(x) == 2 else float(heights[0])


def covariance(X: ArrayLike, ddof: SupportsIndex = 1) -> Matrix:
    """How the features vary together: variances on the diagonal.

        C = ZᵀZ / (n − ddof)    with Z = X less the mean of each column

    Parameters
    ----------
    X : (n, d) rows are examples
    ddof : 1 for a sample, 0 for the whole population; less than n

    Returns
    -------
    C : (d, d) symmetric, positive semi-definite

    Raises
    ------
    ValueError
        If there are not more than ddof examples.

    Lesson 2, "Covariance".
    """
    X, ddof = as_matrix(X, "X"), as_count(ddof, "ddof", least=0)
    require(len(X) > ddof, f"X must have more than {ddof} rows (ddof = {ddof}), but {len(X)} came")
    Z, _ = center_columns(X)
    C: Matrix = Z.T @ Z / (len(X) - ddof)
    return C


def correlation(X: ArrayLike) -> Matrix:
    """The covariance of the standardised features: units of measurement go.

        ρⱼₖ = cⱼₖ / √(cⱼⱼ cₖₖ)

    Parameters
    ----------
    X : (n, d) rows are examples; no column may be constant

    Returns
    -------
    R : (d, d) symmetric, ones on the diagonal, all entries from −1 to 1

    Raises
    ------
    ValueError
        If a column never changes: it has no direction to compare.

    Lesson 2, "Covariance".
    """
    X = as_matrix(X, "X")
    for j in np.flatnonzero(np.all(X[0] == X, axis=0)):
        raise ValueError(f"X must have no constant column, but column {j} is {X[0, j]:g} everywhere")
    Z = standardize_columns(X)
    R = np.clip(Z.T @ Z / len(Z), -1, 1)
    np.fill_diagonal(R, 1)
    return R
