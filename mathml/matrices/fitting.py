"""Least squares: the x for which A x comes nearest to b."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Matrix, as_matrix, require
from mathml.matrices.definite import cholesky
from mathml.matrices.orthogonal import mirrored
from mathml.matrices.products import EPS, in_mid_range
from mathml.matrices.singular import kept_svd
from mathml.matrices.systems import as_right_side, back_substitute, forward_substitute, independent_parts

Method = Literal["qr", "svd", "normal"]
DEPENDENT = 'A must have independent columns for this method, but they depend on one another: use method="svd"'

__all__ = ["Method", "least_squares"]


def least_squares(A: ArrayLike, b: ArrayLike, method: Method = "qr") -> Array:
    """The x for which A x comes nearest to b.

        minimise ‖A x − b‖²

        "qr":      R x = Qᵀb
        "svd":     x = A⁺ b, which among all solutions is the shortest
        "normal":  AᵀA x = Aᵀb by Cholesky: quick, but κ(AᵀA) = κ(A)² costs twice the digits

    Parameters
    ----------
    A : (n, d); for "qr" and "normal" with independent columns
    b : (n,), or (n, k) for k right sides at once
    method : "qr", "svd" or "normal"

    Returns
    -------
    x : (d,) or (d, k)

    Raises
    ------
    ValueError
        If columns of A depend on one another, and the method is not "svd": outside the span of the others there is no
        more of one than rounding, a part m ε with m = max(n, d). For "normal", a part √(m ε) is too little already.

    Lesson 2, "Used in: linear regression"; Golub and Van Loan, Matrix Computations (2013), sections 5.3 and 5.5.
    """
    require(method in _METHODS, f'method must be "qr", "svd" or "normal", but {method!r} came')
    A = as_matrix(A, "A")
    return _METHODS[method](A, as_right_side(b, A))


def _by_qr(A: Matrix, b: Array) -> Array:
    found = mirrored(A)
    enough = len(found.R) == A.shape[1] and np.all(independent_parts(found.R) > max(A.shape) * EPS)
    require(enough, DEPENDENT)
    return back_substitute(found.R, found.turn(b))


def _by_svd(A: Matrix, b: Array) -> Array:
    U, s, Vt = kept_svd(A)
    return Vt.T @ ((U.T @ b).T / s).T


def _by_normal_equations(A: Matrix, b: Array) -> Array:
    A, a_exponent = in_mid_range(A)
    b, b_exponent = in_mid_range(b)
    try:
        L = cholesky(A.T @ A)
    except ValueError as error:
        raise ValueError(f"{DEPENDENT} (in AᵀA, {error})") from None
    require(np.all(independent_parts(L.T) ** 2 > max(A.shape) * EPS), DEPENDENT)
    x = back_substitute(L.T, forward_substitute(L, A.T @ b))
    return np.ldexp(x, b_exponent - a_exponent)


_METHODS = {"qr": _by_qr, "svd": _by_svd, "normal": _by_normal_equations}
