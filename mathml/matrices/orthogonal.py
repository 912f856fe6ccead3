"""Householder's reflections, and the factorisation A = QR that they bring about."""

import math
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Array, Matrix, Vector, as_matrix
from mathml.matrices.products import in_mid_range

__all__ = ["Mirrored", "Reflection", "mirrored", "pivoted_qr", "qr", "reflection"]

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
    # For few entries hypot is the quicker one. Many are of a matrix in mid-range, where no square overflows.
    length = math.hypot(*x.tolist()) if len(x) < 16 else math.sqrt(x @ x)
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
    found = mirrored(as_matrix(A, "A"))
    return found.axes(), found.R


def pivoted_qr(A: Matrix) -> tuple[Order, Matrix, Matrix]:
    """A[:, order] = Q R, where each column is the longest that is left once the earlier axes are taken out."""
    found = mirrored(A, pivoting=True)
    return found.order, found.axes(), found.R


class Mirrored(NamedTuple):
    """A[:, order] = Q R, with Q kept as the reflections that it is made of: often there is no need for more.

    order : (d,) which column of A is the i-th
    mirrors : r = min(n, d) reflections, the k-th of the entries from k to n
    signs : (r,) of Q's columns, so that R's diagonal is positive
    R : (r, d) upper triangular
    """

    order: Order
    mirrors: list[Reflection]
    signs: Vector
    R: Matrix

    def axes(self) -> Matrix:
        """Q, (n, r)."""
        r, n = len(self.mirrors), len(self.mirrors[0].v)
        Q_T = np.eye(r, n)
        for k in reversed(range(r)):
            self.mirrors[k].columns(Q_T[k:, k:])
        return (Q_T * self.signs[:, np.newaxis]).T

    def turn(self, b: Array) -> Array:
        """Qᵀ b, for b (n,) or (n, m)."""
        turned: Array = np.atleast_2d(b.T).copy()  # (m, n)
        for k, mirror in enumerate(self.mirrors):
            mirror.columns(turned[:, k:])
        return (turned[:, : len(self.signs)] * self.signs).T.reshape(-1, *b.shape[1:])


def mirrored(A: Matrix, *, pivoting: bool = False) -> Mirrored:
    """One reflection for each column of A.

    They go over Aᵀ from the right: its rows lie in one piece in memory, and for many examples of few features they are
    long.
    """
    R, exponent = in_mid_range(A.T.copy())
    d, n = R.shape
    r, order, mirrors = min(n, d), np.arange(d), []
    for k in range(r):
        if pivoting:
            longest = k + int(np.argmax(np.einsum("ij,ij->i", R[k:, k:], R[k:, k:])))
            R[[k, longest]] = R[[longest, k]]
            order[[k, longest]] = order[[longest, k]]
        mirror = reflection(R[k, k:])
        mirror.columns(R[k:, k:])
        R[k, k + 1 :] = 0
        mirrors.append(mirror)
    signs = np.where(np.diagonal(R) < 0, -1.0, 1.0)
    return Mirrored(order, mirrors, signs, np.ldexp(R[:, :r] * signs, exponent).T)
