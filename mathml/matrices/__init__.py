"""Matrices: what they do to space, how they come apart, and what the parts tell."""

from mathml.matrices.definite import (
    cholesky,
    correlation,
    covariance,
    is_positive_definite,
    is_positive_semidefinite,
    quadratic_form,
)
from mathml.matrices.fitting import least_squares
from mathml.matrices.francis import eigenvalues, schur
from mathml.matrices.orthogonal import qr
from mathml.matrices.products import identity, multiply, trace, transpose
from mathml.matrices.singular import condition_number, low_rank, pseudo_inverse, rank, svd
from mathml.matrices.spectral import eigh, power_iteration
from mathml.matrices.systems import determinant, inverse, log_determinant, lu, solve

__all__ = [
    "cholesky",
    "condition_number",
    "correlation",
    "covariance",
    "determinant",
    "eigenvalues",
    "eigh",
    "identity",
    "inverse",
    "is_positive_definite",
    "is_positive_semidefinite",
    "least_squares",
    "log_determinant",
    "low_rank",
    "lu",
    "multiply",
    "power_iteration",
    "pseudo_inverse",
    "qr",
    "quadratic_form",
    "rank",
    "schur",
    "solve",
    "svd",
    "trace",
    "transpose",
]
