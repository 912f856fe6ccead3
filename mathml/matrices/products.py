"""Products of matrices, and what every other module here asks of a matrix: that it is square, or symmetric."""

from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, as_count, as_matrix, require

__all__ = ["EPS", "as_square", "as_symmetric", "identity", "in_mid_range", "multiply", "trace", "transpose"]

EPS = float(np.finfo(np.float64).eps)  # ε: 1 + ε is the next float after 1


# --- the product ----------------------------------------------------------------------------------


def multiply(A: ArrayLike, B: ArrayLike) -> Matrix:
    """Every row of A with every column of B: first B moves a vector, then A.

        (AB)ᵢⱼ = Σₖ aᵢₖ bₖⱼ

    Parameters
    ----------
    A : (n, d)
    B : (d, m) as many rows as A has columns

    Returns
    -------
    AB : (n, m)

    Raises
    ------
    ValueError
        If A is not as wide as B is high.

    Lesson 2, "Matrix multiplication".

    >>> multiply([[1, 2], [3, 4]], [[0, 1], [1, 0]]).tolist()
    [[2.0, 1.0], [4.0, 3.0]]
    """
    A, B = as_matrix(A, "A"), as_matrix(B, "B")
    inner = f"A {A.shape} has {A.shape[1]} columns and B {B.shape} has {B.shape[0]} rows"
    require(A.shape[1] == len(B), f"A must have as many columns as B has rows, but {inner}")
    return A @ B


def transpose(A: ArrayLike) -> Matrix:
    """Rows become columns: a reflection in the diagonal, and not a reshape.

        (Aᵀ)ᵢⱼ = aⱼᵢ

    Parameters
    ----------
    A : (n, d)

    Returns
    -------
    Aᵀ : (d, n)

    Lesson 2, "Transpose".
    """
    return as_matrix(A, "A").T.copy()


def identity(n: SupportsIndex) -> Matrix:
    """The matrix that moves nothing.

        I x = x,    I A = A I = A

    Parameters
    ----------
    n : at least 1

    Returns
    -------
    I : (n, n) ones on the diagonal, zeros elsewhere

    Lesson 2, "Identity".
    """
    return np.eye(as_count(n, "n"))


def trace(A: ArrayLike) -> float:
    """The sum of the diagonal, which is also the sum of the eigenvalues.

        tr A = Σᵢ aᵢᵢ = Σᵢ λᵢ

    Parameters
    ----------
    A : (n, n)

    Raises
    ------
    ValueError
        If A is not square.

    Lesson 2, "Eigenvalues and eigenvectors".
    """
    return float(np.sum(np.diagonal(as_square(A, "A"))))


# --- demands --------------------------------------------------------------------------------------


def as_square(A: ArrayLike, name: str) -> Matrix:
    """`A` as in `as_matrix`, with as many rows as columns."""
    A = as_matrix(A, name)
    n, d = A.shape
    require(n == d, f"{name} must be square, but a matrix of shape {A.shape} came")
    return A


def as_symmetric(A: ArrayLike, name: str) -> Matrix:
    """`A` as in `as_square`, with A = Aᵀ: what rounding upset, 10⁻¹² of the largest entry at most, is evened out."""
    A = as_square(A, name)
    if np.array_equal(A, A.T):
        return A
    apart = np.abs(A / 2 - A.T / 2)
    i, j = np.unravel_index(np.argmax(apart), A.shape)
    came = f"{name}[{i}, {j}] is {A[i, j]} and {name}[{j}, {i}] is {A[j, i]}"
    require(apart[i, j] <= 5e-13 * np.max(np.abs(A)), f"{name} must be symmetric, but {came}")
    return np.where(apart > 0, A / 2 + A.T / 2, A)


# --- scale ----------------------------------------------------------------------------------------


def in_mid_range(A: Matrix) -> tuple[Matrix, int]:
    """B and e with A = B 2ᵉ, such that no sum of squares of B overflows, and squares of small entries do not vanish.

    The largest entry of B is just below 2⁴⁰⁰: the squares of the smallest need the room on the other side.
    """
    e = int(np.frexp(np.max(np.abs(A)))[1]) - 400
    return np.ldexp(A, -e), e
