"""Householder's reflections, and the factorisation A = QR that they bring about."""

import math
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Matrix, Vector, as_matrix
from mathml.matrices.products import in_mid_range

__all__ = ["Reflection", "pivoted_qr", "qr", "reflection"]

Order: TypeAlias = NDArray[np.intp]


class Reflection(NamedTuple):
    """The mirror that is perpendicular to v.

    H = I − vvᵀ / half,    half = ‖v‖²/2
    """

    v: Vector
    half: float

    def rows(self, A: Matrix) -> None:
        """A ← H A, in place."""
        A -= np.outer(self.v, (self.v @ A) / self.half)

    def columns(self, A: Matrix) -> None:
        """A ← A H, in place."""
        A -= np.outer((A @ self.v) / self.half, self.v)

    def matrix(self) -> Matrix:
        """H itself: for two or three rows, the product with it is quicker."""
        return np.eye(len(self.v)) - self.v[:, np.newaxis] * (self.v / self.half)


def reflection(x: Vector) -> Reflection:
    """The mirror that takes x to the first axis: to −‖x‖e₁ if x₁ ≥ 0, else to ‖x‖e₁, so that nothing cancels in v.

    v = x/‖x‖ ± e₁
    """
    length = math.hypot(*x.tolist())
    if length == 0:
        return Reflection(np.zeros_like(x), 1.0)
    v: Vector = x / length
    v[0] += math.copysign(1, v[0])
    return Reflection(v, float(v @ v) / 2)


def qr(A: ArrayLike) -> tuple[Matrix, Matrix]:
    """Perpendicular axes for the columns of A, and the columns in those axes.

        A = Q R

    One reflection for each column makes its entries below the diagonal zero.

    Accuracy: ‖A − QR‖ ≤ 5 m ε ‖A‖ and ‖QᵀQ − I‖ ≤ 5 m ε, in the Frobenius norm, with m = max(n, d).

    Parameters
    ----------
    A : (n, d); r = min(n, d)

    Returns
    -------
    Q : (n, r) orthonormal columns
    R : (r, d) upper triangular, no negative entry on its diagonal

    Lesson 2, "Used in: linear regression"; Golub and Van Loan, Matrix Computations (2013), section 5.2.
    """
    _, Q, R = _householder_qr(as_matrix(A, "A"), pivoting=False)
    return Q, R


def pivoted_qr(A: Matrix) -> tuple[Order, Matrix, Matrix]:
    """A[:, order] = Q R, where each column is the longest that is left once the earlier axes are taken out."""
    return _householder_qr(A, pivoting=True)


def _householder_qr(A: Matrix, pivoting: bool) -> tuple[Order, Matrix, Matrix]:
    R, exponent = in_mid_range(A)
    n, d = R.shape
    r, order, mirrors = min(n, d), np.arange(d), []
    for k in range(r):
        if pivoting:
            longest = k + int(np.argmax(np.einsum("ij,ij->j", R[k:, k:], R[k:, k:])))
            R[:, [k, longest]] = R[:, [longest, k]]
            order[[k, longest]] = order[[longest, k]]
        mirror = reflection(R[k:, k])
        mirror.rows(R[k:, k:])
        R[k + 1 :, k] = 0
        mirrors.append(mirror)

    Q = np.eye(n, r)
    for k in reversed(range(r)):
        mirrors[k].rows(Q[k:, k:])
    signs = np.where(np.diagonal(R) < 0, -1.0, 1.0)
    return order, Q * signs, np.ldexp(R[:r] * signs[:, np.newaxis], exponent)
