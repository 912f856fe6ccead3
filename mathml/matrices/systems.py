"""Linear systems: elimination as a factorisation, and all that follows from its pivots."""

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Array, Matrix, Vector, as_matrix, as_vector, require
from mathml.matrices.products import EPS, as_square, identity
from mathml.vectors import normalize_rows

__all__ = ["determinant", "inverse", "log_determinant", "lu", "solve"]

Order: TypeAlias = NDArray[np.intp]


def lu(A: ArrayLike) -> tuple[Order, Matrix, Matrix]:
    """Gaussian elimination, kept: L holds the multipliers, U what is left.

        A[order] = L U

    In each column the largest entry is brought to the diagonal (partial pivoting), so that no multiplier exceeds 1.
    A pivot that is no larger than the rounding errors that may be in it, n ε Σⱼ |lₖⱼ uⱼₖ|, is set to zero.

    Accuracy: ‖A[order] − LU‖ ≤ n ε ‖|L| |U|‖, in the Frobenius norm.

    Parameters
    ----------
    A : (n, n)

    Returns
    -------
    order : (n,) row order[i] of A became row i
    L : (n, n) lower triangular, ones on the diagonal
    U : (n, n) upper triangular

    Raises
    ------
    ValueError
        If an entry of U passes the largest float.

    Lesson 2, "Inverse"; Golub and Van Loan, Matrix Computations (2013), section 3.4;
    Higham, Accuracy and Stability of Numerical Algorithms (2002), theorem 9.3.
    """
    W = as_square(A, "A")  # U, and below its diagonal L
    n, order = len(W), np.arange(len(W))
    with np.errstate(over="ignore", invalid="ignore"):
        for k in range(n):
            pivot = k + int(np.abs(W[k:, k]).argmax())
            if pivot != k:
                W[[k, pivot]], order[[k, pivot]] = W[[pivot, k]], order[[pivot, k]]
            rounding = n * EPS * (np.abs(W[k, :k]) @ np.abs(W[:k, k]))
            if abs(W[k, k]) <= rounding:
                W[k:, k] = 0
                continue
            W[k + 1 :, k] /= W[k, k]
            W[k + 1 :, k + 1 :] -= W[k + 1 :, k, np.newaxis] * W[k, k + 1 :]
    L, U = np.tril(W, -1) + identity(n), np.triu(W)
    require(np.isfinite(U).all(), "A must have smaller entries: in its elimination some pass the largest float")
    return order, L, U


def solve(A: ArrayLike, b: ArrayLike) -> Array:
    """The x that A takes to b.

        A x = b:    L y = b[order],    U x = y

    Accuracy: ‖b − A x‖ ≤ 3 n ε ‖|L| |U|‖ ‖x‖, in the Frobenius norm; `condition_number` says what that means for x.

    Parameters
    ----------
    A : (n, n)
    b : (n,), or (n, k) for k systems at once

    Returns
    -------
    x : the shape of b

    Raises
    ------
    ValueError
        If A is singular to working precision, or b does not have one entry for each row of A.

    Lesson 2, "Inverse"; Golub and Van Loan, Matrix Computations (2013), section 3.4.

    >>> solve([[2, 0], [0, 4]], [2, 2]).tolist()
    [1.0, 0.5]
    """
    A = as_square(A, "A")
    b = as_right_side(b, A)
    order, L, U = lu(A)
    for k in np.flatnonzero(np.diagonal(U) == 0):
        raise ValueError(f"A must not be singular, but its column {k} depends on those before it")
    return back_substitute(U, forward_substitute(L, b[order]))


def as_right_side(b: ArrayLike, A: Matrix) -> Array:
    """`b` as a vector or a matrix with one row for each row of A."""
    b = as_matrix(b, "b") if np.ndim(b) == 2 else as_vector(b, "b")
    require(len(b) == len(A), f"b must have one entry for each row of A, but b has {len(b)} and A has {len(A)}")
    return b


def forward_substitute(L: Matrix, b: Array) -> Array:
    """The y with L y = b, from the first unknown to the last, for a lower triangular L."""
    y = b.copy()
    for i in range(len(L)):
        y[i] = (y[i] - L[i, :i] @ y[:i]) / L[i, i]
    return y


def back_substitute(U: Matrix, y: Array) -> Array:
    """The x with U x = y, from the last unknown to the first, for an upper triangular U."""
    return forward_substitute(U[::-1, ::-1], y[::-1])[::-1]


def independent_parts(R: Matrix) -> Vector:
    """What part of each column is not in the span of all others: the sine of the angle between the two.

        1 / (‖rₖ‖ ‖row k of R⁻¹‖)

    The diagonal of R alone would not show it: it compares a column with those before it only.

    Parameters
    ----------
    R : (n, n) upper triangular, as in A = QR, whose columns have the same angles

    Returns
    -------
    parts : (n,) from 0 to 1, whatever the size and the order of the columns
    """
    if not np.diagonal(R).all():
        return np.zeros(len(R))
    with np.errstate(over="ignore", invalid="ignore"):  # of columns that depend on one another, the inverse may be ∞
        inverse = back_substitute(normalize_rows(R.T).T, identity(len(R)))
        parts: Vector = 1 / np.sqrt(np.sum(inverse**2, axis=1))
    return parts


def inverse(A: ArrayLike) -> Matrix:
    """The matrix that undoes A: each column solves one system.

        A A⁻¹ = A⁻¹ A = I

    Parameters
    ----------
    A : (n, n)

    Raises
    ------
    ValueError
        If A is singular to working precision.

    Lesson 2, "Inverse". For a system A x = b, `solve` is quicker and more accurate than A⁻¹ b.
    """
    A = as_square(A, "A")
    return solve(A, identity(len(A)))


def determinant(A: ArrayLike) -> float:
    """By how much A scales volume; negative if it mirrors; zero if it is singular.

        det A = ± Π uᵢᵢ    with U from `lu`, and − for an odd number of exchanged rows

    Parameters
    ----------
    A : (n, n)

    Returns
    -------
    det : 0 if A is singular to working precision; ±∞ or 0 where no float is as large or as small: `log_determinant`

    Lesson 2, "Determinant".
    """
    order, _, U = lu(A)
    parts, exponents = np.frexp(np.diagonal(U))  # pivot = part · 2^exponent, so that no product overflows on the way
    product, exponent = _sign(order), int(np.sum(exponents))
    for part in parts:
        product, more = math.frexp(product * part)
        exponent += more
    with np.errstate(over="ignore"):
        return float(np.ldexp(product, exponent))


def log_determinant(A: ArrayLike) -> tuple[float, float]:
    """The sign of det A, and log |det A|, which holds where the determinant itself is no float any more.

        log |det A| = Σ log |uᵢᵢ|

    Parameters
    ----------
    A : (n, n)

    Returns
    -------
    sign : 1, −1, or 0 if A is singular to working precision
    log_size : −∞ if A is singular

    Lesson 2, "Determinant".
    """
    order, _, U = lu(A)
    pivots = np.diagonal(U)
    if not pivots.all():
        return 0.0, -math.inf
    return _sign(order) * float(np.prod(np.sign(pivots))), float(np.sum(np.log(np.abs(pivots))))


def _sign(order: Order) -> float:
    """1 if an even number of exchanges makes this order, else −1: each exchange here brings one row home."""
    rows, sign = order.tolist(), 1.0
    for i in range(len(rows)):
        while rows[i] != i:
            j = rows[i]
            rows[i], rows[j] = rows[j], j
            sign = -sign
    return sign
