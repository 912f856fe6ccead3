"""Eigenvalues and eigenvectors: the directions that a matrix does not turn."""

import math
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, as_count, as_number, as_vector, require, require_same
from mathml.matrices.orthogonal import qr
from mathml.matrices.products import EPS, as_square, as_symmetric, in_mid_range
from mathml.matrices.rotations import off_diagonal, rounds, sweeps_until, turn_rows, turns
from mathml.vectors import dot, norm, unit

__all__ = ["eigh", "power_iteration", "signs_of_largest"]


def eigh(A: ArrayLike) -> tuple[Vector, Matrix]:
    """The perpendicular axes along which a symmetric matrix only stretches.

        A = Q Λ Qᵀ,    A qᵢ = λᵢ qᵢ

    Jacobi's method: a rotation makes one pair of entries off the diagonal zero; each takes a little from the sum of
    their squares, and soon nothing is left.

    Accuracy: ‖A − QΛQᵀ‖ ≤ 8 n ε ‖A‖ and ‖QᵀQ − I‖ ≤ 8 n ε, in the Frobenius norm.

    Parameters
    ----------
    A : (n, n) symmetric

    Returns
    -------
    eigenvalues : (n,) ascending
    Q : (n, n) column i is the unit eigenvector of eigenvalue i; its largest entry is positive

    Raises
    ------
    ValueError
        If A is not symmetric: see `eigenvalues` and `schur`.

    Lesson 2, "Eigenvalues and eigenvectors"; Golub and Van Loan, Matrix Computations (2013), section 8.5.
    """
    D, exponent = in_mid_range(as_symmetric(A, "A"))
    n, negligible = len(D), EPS * math.sqrt(np.einsum("ij,ij->", D, D))
    Q, R = qr(D)  # one step of the QR algorithm, A = QR → RQ = QᵀAQ, brings what is large to the top
    D = R @ Q
    W = np.hstack([D / 2 + D.T / 2, Q.T])  # D and V side by side, with D = V A Vᵀ, here and after every round
    D, V = W[:, :n], W[:, n:]

    def settled() -> bool:
        return off_diagonal(D) <= negligible

    for _ in sweeps_until(settled):
        descending = np.argsort(-np.diagonal(D), kind="stable")
        W = np.hstack([D[np.ix_(descending, descending)], V[descending]])
        for left, right in rounds(n):
            diagonal, gamma = W.diagonal(), W.diagonal(1)[left]
            gamma = np.where(np.abs(gamma) > negligible / n, gamma, 0)  # to turn mere rounding would never end
            turned = turns(diagonal[left], diagonal[right], gamma)
            W = turn_rows(W, left, turned)
            W[:, :n] = turn_rows(W[:, :n].T, left, turned)  # D's columns, too
            np.fill_diagonal(W[left, right], 0)
            np.fill_diagonal(W[right, left], 0)
        D, V = W[:, :n], W[:, n:]

    eigenvalues = np.diagonal(D)
    ascending = np.argsort(eigenvalues, kind="stable")
    V = V[ascending]
    return np.ldexp(eigenvalues[ascending], exponent), V.T * signs_of_largest(V)


def signs_of_largest(V: Matrix) -> Vector:
    """For each row of V, (n, d), the sign of its largest entry: eigenvectors have no sign of their own."""
    return np.where(V[np.arange(len(V)), np.argmax(np.abs(V), axis=1)] < 0, -1.0, 1.0)


def power_iteration(
    A: ArrayLike, start: ArrayLike | None = None, tol: float = 1e-10, max_iter: SupportsIndex = 1000
) -> tuple[float, Vector, int]:
    """Apply A again and again: the direction that it stretches most wins.

        v ← A v / ‖A v‖,    λ = v · A v

    It has converged when ‖A v − λ v‖ ≤ tol ‖A v‖; with a negative λ, v changes its sign at each step.

    Parameters
    ----------
    A : (n, n)
    start : (n,) not zero; with nothing given, a vector of random numbers, the same each time
    tol : at least 0
    max_iter : at most so many products

    Returns
    -------
    eigenvalue : the one that is largest in size
    vector : (n,) of length one; its largest entry is positive
    steps : how many products it took

    Raises
    ------
    ValueError
        If it does not converge: two eigenvalues share the largest size, as λ and −λ or a complex pair do.

    Lesson 2, "Eigenvalues and eigenvectors"; Golub and Van Loan, Matrix Computations (2013), section 7.3.1.
    """
    A, exponent = in_mid_range(as_square(A, "A"))
    tol, max_iter = as_number(tol, "tol"), as_count(max_iter, "max_iter")
    require(tol >= 0, f"tol must be at least 0, but tol = {tol:g} came")
    v = np.random.default_rng(0).normal(size=len(A)) if start is None else as_vector(start, "start")
    require_same("length", start=len(v), A=len(A))
    require(v.any(), "start must not be the zero vector: it has no direction")
    v = unit(v)
    for step in range(1, max_iter + 1):
        stretched = A @ v
        eigenvalue = dot(v, stretched)
        if norm(stretched - eigenvalue * v) <= tol * norm(stretched):
            return float(np.ldexp(eigenvalue, exponent)), v * signs_of_largest(v[np.newaxis])[0], step
        v = unit(stretched)
    raise ValueError(
        f"A must have one eigenvalue that is larger in size than all others, but after {max_iter} steps "
        "two still compete: λ and −λ, a complex pair, or two that are nearly equal"
    )
