"""Eigenvalues of any square matrix, complex pairs too: Francis's algorithm, which finds the real Schur form."""

import cmath
import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Matrix, Vector
from mathml.matrices.orthogonal import reflection
from mathml.matrices.products import EPS, as_square, identity, in_mid_range

__all__ = ["eigenvalues", "schur"]

PATIENCE = 10  # steps without success, after which other shifts are tried
MAX_STEPS = 300  # for one eigenvalue; fewer than 30 are needed


def eigenvalues(A: ArrayLike) -> Vector | NDArray[np.complex128]:
    """The numbers λ for which A v = λ v has a solution v other than zero; complex ones come in pairs.

        det(A − λI) = 0

    They are read from the real Schur form.

    Accuracy: they are the eigenvalues of a matrix B with ‖B − A‖ ≤ 15 n ε ‖A‖, in the Frobenius norm. Where a k-fold
    eigenvalue has fewer than k eigenvectors, that can still move it by about ε^(1/k).

    Parameters
    ----------
    A : (n, n)

    Returns
    -------
    eigenvalues : (n,) ascending by real part, then by imaginary part; float if all are real, else complex

    Lesson 2, "Eigenvalues and eigenvectors".

    >>> eigenvalues([[0, -1], [1, 0]]).tolist()
    [-1j, 1j]
    """
    T, exponent = in_mid_range(as_square(A, "A"))
    T, _ = _schur(T)
    found = np.diagonal(T).astype(np.complex128)
    for k in np.flatnonzero(np.diagonal(T, -1)):
        half_gap, root = _half_gap_and_root(T[k : k + 2, k : k + 2])
        found[k], found[k + 1] = found[k + 1] + half_gap + root, found[k + 1] + half_gap - root
    found = np.sort(np.ldexp(found.view(np.float64), exponent).view(np.complex128))
    return found if found.imag.any() else found.real


def schur(A: ArrayLike) -> tuple[Matrix, Matrix]:
    """Perpendicular axes in which A is triangular, but for a 2×2 block for each complex pair of eigenvalues.

        A = Q T Qᵀ

    Reflections bring A to Hessenberg form (zeros below the first subdiagonal); then Francis's steps, each of them
    two steps of the QR algorithm with shifts that may be a complex pair, in real numbers, make the subdiagonal vanish.

    Accuracy: ‖A − QTQᵀ‖ ≤ 15 n ε ‖A‖ and ‖QᵀQ − I‖ ≤ 15 n ε, in the Frobenius norm.

    Parameters
    ----------
    A : (n, n)

    Returns
    -------
    Q : (n, n) orthogonal
    T : (n, n) the real Schur form

    Lesson 2, "Eigenvalues and eigenvectors"; Golub and Van Loan, Matrix Computations (2013), sections 7.4 and 7.5.
    """
    T, exponent = in_mid_range(as_square(A, "A"))
    T, Q = _schur(T)
    return Q, np.ldexp(T, exponent)


def _schur(A: Matrix) -> tuple[Matrix, Matrix]:
    T, Q = _hessenberg(A)
    high, steps = len(T) - 1, 0  # rows after `high` are done
    while high > 0:
        low = _start_of_block(T, high)
        if high - low < 2:
            if low < high:
                _split_if_real(T, Q, low)
            high, steps = low - 1, 0
        else:
            steps += 1
            if steps > MAX_STEPS:
                raise ArithmeticError(f"an eigenvalue did not settle in {MAX_STEPS} steps")
            _francis_step(T, Q, low, high, _first_column(T, low, high, steps))
    return T, Q


def _hessenberg(A: Matrix) -> tuple[Matrix, Matrix]:
    """H and Q with A = Q H Qᵀ, and zeros below the first subdiagonal of H."""
    H, n = A.copy(), len(A)
    Q = identity(n)
    for k in range(n - 2):
        mirror = reflection(H[k + 1 :, k])
        mirror.rows(H[k + 1 :, k:])
        mirror.columns(H[:, k + 1 :])
        mirror.columns(Q[:, k + 1 :])
        H[k + 2 :, k] = 0
    return H, Q


def _start_of_block(T: Matrix, high: int) -> int:
    """Where the block that ends at `high` begins: after the last negligible entry of the subdiagonal, set to zero."""
    diagonal = np.abs(np.diagonal(T)[: high + 1])
    beside = diagonal[:-1] + diagonal[1:]
    (negligible,) = np.nonzero(np.abs(np.diagonal(T, -1)[:high]) <= EPS * beside)
    T[negligible + 1, negligible] = 0
    return int(negligible[-1]) + 1 if negligible.size else 0


def _first_column(T: Matrix, low: int, high: int, steps: int) -> Vector:
    """A multiple of the first column of (T − s₁I)(T − s₂I) on the block from `low` to `high`.

    The shifts s₁ and s₂ are good guesses: the eigenvalues of the last 2×2 block. Now and then others break a tie.
    """
    top, last = T[low : low + 3, low : low + 2], T[high - 1 : high + 1, high - 2 : high + 1]
    size = max(np.abs(top).max(), np.abs(last).max())
    (first, beside), (below, second), (_, third) = (top / size).tolist()
    (before, a, b), (_, c, d) = (last / size).tolist()
    if steps % PATIENCE == 0:
        radius = abs(before) + abs(c)
        a, b, c, d = 0.75 * radius, -0.4375 * radius, radius, 0.75 * radius
    start = (a - first) * (d - first) - b * c + beside * below
    return np.array([start, below * (first + second - a - d), below * third])


def _francis_step(T: Matrix, Q: Matrix, low: int, high: int, x: Vector) -> None:
    """A reflection of x to the first axis makes a bulge below the subdiagonal; the others chase it out at the end."""
    for k in range(low, high):
        end = min(k + 3, high + 1)
        mirror = reflection(x[: end - k]).matrix()
        left = max(k - 1, low)
        T[k:end, left:] = mirror @ T[k:end, left:]
        T[: min(k + 4, high + 1), k:end] @= mirror
        Q[:, k:end] @= mirror
        if k > low:
            T[k + 1 : end, k - 1] = 0
        x = T[k + 1 : k + 4, k]


def _split_if_real(T: Matrix, Q: Matrix, k: int) -> None:
    """Make the 2×2 block at k triangular if its eigenvalues are real: an eigenvector becomes the first axis."""
    half_gap, root = _half_gap_and_root(T[k : k + 2, k : k + 2])
    if root.imag:
        return
    eigenvector = np.array([half_gap + math.copysign(root.real, half_gap), T[k + 1, k]])
    mirror = reflection(eigenvector)
    mirror.rows(T[k : k + 2, k:])
    mirror.columns(T[: k + 2, k : k + 2])
    mirror.columns(Q[:, k : k + 2])
    T[k + 1, k] = 0


def _half_gap_and_root(block: Matrix) -> tuple[float, complex]:
    """p = (a − d)/2 and √(p² + bc) of the block [[a, b], [c, d]], whose eigenvalues are d + p ± √(p² + bc)."""
    size = float(np.abs(block).max())
    (a, b), (c, d) = (block / size).tolist()
    p = (a - d) / 2
    return size * p, size * cmath.sqrt(p * p + b * c)
