"""The singular value decomposition, and what is read from it: rank, pseudo-inverse, condition, approximation."""

import math
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, as_count, as_matrix, as_number, require
from mathml.matrices.orthogonal import pivoted_qr, qr
from mathml.matrices.products import EPS, identity, in_mid_range
from mathml.matrices.rotations import off_diagonal, rounds, sweeps_until, turn_rows, turns
from mathml.matrices.spectral import signs_of_largest
from mathml.vectors import norm

__all__ = ["condition_number", "low_rank", "pseudo_inverse", "rank", "svd"]

TINY = 1e-290  # a squared length below this has lost digits


def svd(A: ArrayLike) -> tuple[Matrix, Vector, Matrix]:
    """Rotate, stretch, rotate: every matrix does no more than that.

        A = U diag(s) Vᵀ

    First A[:, order] = QR with the longest columns first; then the rows of R are turned against each other in pairs
    (one-sided Jacobi) until all are perpendicular: their lengths are the singular values.

    Accuracy: ‖A − U diag(s) Vᵀ‖ ≤ 5 m ε ‖A‖, ‖UᵀU − I‖ and ‖VᵀV − I‖ ≤ 5 m ε, in the Frobenius norm, with
    m = max(n, d). Where only the sizes of its columns make A ill-conditioned, small singular values keep their digits.

    Parameters
    ----------
    A : (n, d); r = min(n, d)

    Returns
    -------
    U : (n, r) orthonormal columns
    s : (r,) descending, not negative
    Vt : (r, d) orthonormal rows; the largest entry of each is positive

    Lesson 2, "Singular value decomposition"; Drmač and Veselić, New fast and accurate Jacobi SVD algorithm, I
    (2008).
    """
    A = as_matrix(A, "A")
    if A.shape[0] < A.shape[1]:
        V, s, Ut = _svd_of_tall(A.T)
        U, Vt = Ut.T, V.T
    else:
        U, s, Vt = _svd_of_tall(A)
    signs = signs_of_largest(Vt)
    return U * signs, s, Vt * signs[:, np.newaxis]


def _svd_of_tall(A: Matrix) -> tuple[Matrix, Vector, Matrix]:
    A, exponent = in_mid_range(A)
    order, Q, R = pivoted_qr(A)
    X, V = _make_rows_perpendicular(R)

    lengths = np.array([norm(x) for x in X])
    descending = np.argsort(-lengths, kind="stable")
    X, V, lengths = X[descending], V[descending], lengths[descending]
    Vt = np.empty_like(X)
    Vt[:, order] = _directions(X, lengths)
    return Q @ V.T, np.ldexp(lengths, exponent), Vt


def _make_rows_perpendicular(R: Matrix) -> tuple[Matrix, Matrix]:
    """X and V with X = V R: the rows of X are perpendicular, and V is the orthogonal matrix of all the turns."""
    X, V, d = R, identity(len(R)), len(R)

    def settled() -> bool:
        products = X @ X.T
        lengths = np.sqrt(np.where(np.diagonal(products) < TINY, math.inf, np.diagonal(products)))
        cosines = products / lengths / lengths[:, np.newaxis]
        return off_diagonal(cosines) <= 3 * d * EPS  # when no turn is left, each is at most ε, but for rounding

    for _ in sweeps_until(settled):
        descending = np.argsort(-np.einsum("ij,ij->i", X, X), kind="stable")
        X, V = X[descending], V[descending]
        for left, right in rounds(d):
            squares = np.einsum("ij,ij->i", X, X)
            alpha, beta = squares[left], squares[right]
            gamma = np.einsum("ij,ij->i", X[left], X[right])
            known = (np.minimum(alpha, beta) >= TINY) & (np.abs(gamma) > EPS * np.sqrt(alpha) * np.sqrt(beta))
            turned = turns(alpha, beta, np.where(known, gamma, 0))  # to turn mere rounding would never end
            X, V = turn_rows(X, left, turned), turn_rows(V, left, turned)
    return X, V


def _directions(X: Matrix, lengths: Vector) -> Matrix:
    """The rows of X at length one. Those of length zero, all at the end, become what completes a basis."""
    if lengths[-1] ** 2 >= TINY:
        return X / lengths[:, np.newaxis]
    zero = lengths**2 < TINY
    completed, _ = qr(np.where(zero, 0, X.T / np.where(zero, 1, lengths)))
    return completed.T


def rank(A: ArrayLike, tol: float | None = None) -> int:
    """How many independent directions there are among the rows, which is as many as among the columns.

        rank A = number of singular values above tol

    Parameters
    ----------
    A : (n, d)
    tol : by default max(n, d) ε s₁: it grows and shrinks with A, so that the unit of measurement does not matter

    Lesson 2, "Rank"; Golub and Van Loan, Matrix Computations (2013), section 5.4.1.
    """
    _, s, _ = kept_svd(as_matrix(A, "A"), tol)
    return len(s)


def kept_svd(A: Matrix, tol: float | None = None) -> tuple[Matrix, Vector, Matrix]:
    """The part of the decomposition that `rank` counts: singular values above tol, with their vectors."""
    U, s, Vt = svd(A)
    tol = max(A.shape) * EPS * s[0] if tol is None else as_number(tol, "tol")
    require(tol >= 0, f"tol must be at least 0, but tol = {tol:g} came")
    kept = s > tol
    return U[:, kept], s[kept], Vt[kept]


def pseudo_inverse(A: ArrayLike, tol: float | None = None) -> Matrix:
    """The inverse where there is one, zero where A loses a direction: A⁺b is the shortest least-squares solution.

        A⁺ = V diag(1/sᵢ, or 0 where sᵢ ≤ tol) Uᵀ

    Parameters
    ----------
    A : (n, d)
    tol : as in `rank`

    Returns
    -------
    A⁺ : (d, n)

    Lesson 2, "Singular value decomposition"; Golub and Van Loan, Matrix Computations (2013), section 5.5.
    """
    U, s, Vt = kept_svd(as_matrix(A, "A"), tol)
    return (Vt.T / s) @ U.T


def condition_number(A: ArrayLike) -> float:
    """By how much A may magnify a relative error: the longest axis of what it makes of a sphere, over the shortest.

        κ(A) = s₁ / sᵣ

    Parameters
    ----------
    A : (n, d)

    Returns
    -------
    κ : at least 1; ∞ if the smallest singular value counts as zero in `rank`

    Lesson 2, "Inverse"; Golub and Van Loan, Matrix Computations (2013), section 2.6.2.
    """
    A = as_matrix(A, "A")
    _, s, _ = kept_svd(A)
    return float(s[0] / s[-1]) if len(s) == min(A.shape) else math.inf


def low_rank(A: ArrayLike, k: SupportsIndex) -> Matrix:
    """The matrix of rank k that is nearest to A: the k largest singular values are kept.

        Aₖ = Σ_{i ≤ k} sᵢ uᵢ vᵢᵀ,    ‖A − Aₖ‖² = Σ_{i > k} sᵢ²    in the Frobenius norm

    Parameters
    ----------
    A : (n, d)
    k : from 0 to min(n, d)

    Raises
    ------
    ValueError
        If k is larger: no matrix of that shape has such a rank.

    Lesson 2, "Singular value decomposition"; Eckart and Young, The approximation of one matrix by
    another of lower rank (1936).
    """
    A, k = as_matrix(A, "A"), as_count(k, "k", least=0)
    require(k <= min(A.shape), f"k must be at most {min(A.shape)}, the smaller side of A, but k = {k} came")
    U, s, Vt = svd(A)
    return (U[:, :k] * s[:k]) @ Vt[:k]
