"""QR: orthonormal to the last digits, whatever the matrix."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from mathml.matrices import qr
from mathml.matrices.orthogonal import pivoted_qr, reflection
from mathml.vectors import gram_schmidt, norm
from tests.difficult_matrices import (
    OBLONG,
    SCALES,
    SQUARE,
    assert_near,
    assert_orthonormal_columns,
    close,
    hilbert,
    matrices,
)

ALL = SQUARE | OBLONG
FULL_RANK = matrices().filter(lambda A: np.linalg.matrix_rank(A, 1e-6) == min(A.shape))


# --- reflections ----------------------------------------------------------------------------------


@given(matrices(columns=(1, 1)))
def test_a_reflection_takes_a_vector_to_the_first_axis(A):
    x = A[:, 0]
    H = reflection(x).matrix()
    assert_allclose(H @ x, -np.copysign(norm(x), x[0]) * np.eye(len(x))[0], atol=1e-13 * norm(x))


@given(matrices(columns=(1, 1)))
def test_to_reflect_twice_changes_nothing(A):
    H = reflection(A[:, 0]).matrix()
    assert_allclose(H, H.T, rtol=1e-15)
    assert_orthonormal_columns(H, 5)


@given(matrices())
def test_rows_and_columns_are_reflected_in_place_as_by_the_matrix(A):
    mirror = reflection(A[:, 0])
    rows, columns = A.copy(), A.T.copy()
    mirror.rows(rows)
    mirror.columns(columns)
    close(rows, mirror.matrix() @ A, 1e3)
    assert_allclose(columns, rows.T, rtol=1e-12, atol=1e-9)


@pytest.mark.parametrize("scale", [5e-324, 1e-300, 1e300])
def test_a_reflection_of_a_vector_of_any_length_is_orthogonal(scale):
    assert_orthonormal_columns(reflection(np.array([3.0, 4.0, -2.0]) * scale).matrix(), 5)


# --- QR -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("A", ALL.values(), ids=ALL.keys())
def test_q_times_r_is_the_matrix_and_q_is_orthonormal(A, scale):
    Q, R = qr(A * scale)
    n, d = A.shape
    r = min(n, d)
    assert Q.shape == (n, r)
    assert R.shape == (r, d)
    assert_near(Q @ R, A * scale, 5)
    assert_orthonormal_columns(Q, 5, longer=max(n, d))
    assert_array_equal(R, np.triu(R))
    assert (np.diag(R) >= 0).all()


@given(FULL_RANK)
def test_qr_is_numpys_up_to_signs(A):
    ours, numpys = qr(A), np.linalg.qr(A)
    signs = np.where(np.diag(numpys.R) < 0, -1, 1)
    assert_allclose(ours[0], numpys.Q * signs, atol=1e-8)
    assert_allclose(ours[1], numpys.R * signs[:, np.newaxis], atol=1e-8 * np.max(np.abs(A)))


@given(FULL_RANK.filter(lambda A: len(A) >= A.shape[1]))
def test_the_columns_of_q_are_those_of_gram_schmidt(A):
    Q, _ = qr(A)
    assert_allclose(Q.T, gram_schmidt(A.T), atol=1e-8)


@given(matrices())
def test_r_has_the_lengths_and_angles_of_the_columns(A):
    _, R = qr(A)
    close(R.T @ R, A.T @ A, 1e6)


def test_on_a_hilbert_matrix_gram_schmidt_without_a_second_pass_would_lose_all_that_q_keeps():
    A = hilbert(12)
    once = np.zeros_like(A)
    for k, a in enumerate(A.T):
        once[:, k] = a - once @ (once.T @ a)
        once[:, k] /= norm(once[:, k])
    assert np.abs(once.T @ once - np.eye(12)).max() > 0.5
    assert np.abs(qr(A)[0].T @ qr(A)[0] - np.eye(12)).max() < 1e-14


def test_a_column_of_zeros_reflects_nothing():
    Q, R = qr([[0, 3], [0, 4]])
    assert_array_equal(R[:, 0], [0, 0])
    assert_allclose(Q @ R, [[0, 3], [0, 4]], atol=1e-15)


def test_an_orthonormal_matrix_is_its_own_q():
    assert_array_equal(qr(np.eye(3)), [np.eye(3), np.eye(3)])
    assert_array_equal(qr([[-2.0]]), [[[-1]], [[2]]])


@given(matrices(), st.sampled_from(SCALES))
def test_with_pivoting_no_later_column_is_longer_than_the_diagonal(A, scale):
    order, Q, R = pivoted_qr(A * scale)
    R = R / scale
    assert_allclose(Q @ R, A[:, order], atol=1e-11)
    for k in range(len(R)):
        assert np.sqrt(np.sum(R[k:, k:] ** 2, axis=0)).max() <= R[k, k] * (1 + 1e-12) + 1e-12
