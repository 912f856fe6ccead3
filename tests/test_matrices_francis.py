"""Eigenvalues of any square matrix: the Schur form holds its bound, complex pairs and defective matrices too."""

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from mathml.matrices import determinant, eigenvalues, eigh, francis, schur, trace, transpose
from tests.difficult_matrices import (
    EPS,
    SCALES,
    SMALL_WHOLE,
    SQUARE,
    assert_near,
    assert_orthonormal_columns,
    close,
    defective,
    random,
    rotation,
    size,
    square,
    symmetric,
)


def farthest(found, expected):
    """How far the worst of the found eigenvalues is from an expected one that no other has taken."""
    rest, worst = list(expected), 0.0
    for value in found:
        nearest = min(rest, key=lambda other: abs(other - value))
        rest.remove(nearest)
        worst = max(worst, abs(nearest - value))
    return worst


# --- the Schur form -------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("A", SQUARE.values(), ids=SQUARE.keys())
def test_in_the_axes_of_q_the_matrix_is_triangular_but_for_complex_pairs(A, scale):
    Q, T = schur(A * scale)
    assert_near(Q @ T @ Q.T, A * scale, 15)
    assert_orthonormal_columns(Q, 15)
    assert_array_equal(T, np.triu(T, -1))
    blocks = np.flatnonzero(np.diag(T, -1))
    assert (np.diff(blocks) > 1).all()
    for k in blocks:
        (a, b), (c, d) = T[k : k + 2, k : k + 2] / np.max(np.abs(T[k : k + 2, k : k + 2]))
        assert (a - d) ** 2 / 4 + b * c < 0


@pytest.mark.parametrize("n", [2, 3, 10, 40])
def test_the_schur_form_has_as_many_complex_pairs_as_scipys(n):
    (_, ours), (scipys, _) = schur(random(n, n)), scipy.linalg.schur(random(n, n))
    assert np.count_nonzero(np.diag(ours, -1)) == np.count_nonzero(np.diag(scipys, -1))


@given(symmetric())
def test_the_schur_form_of_a_symmetric_matrix_is_diagonal(A):
    _, T = schur(A)
    close(T, np.diag(np.diag(T)), 1e4)


def test_a_triangular_matrix_is_its_own_schur_form():
    A = np.triu(np.arange(16.0).reshape(4, 4))
    assert_array_equal(schur(A), [np.eye(4), A])


# --- eigenvalues ----------------------------------------------------------------------------------


@given(square(elements=SMALL_WHOLE))
def test_the_eigenvalues_are_numpys_as_far_as_they_are_determined(A):
    # A change of A by ε moves an n-fold eigenvalue by as much as ε^(1/n).
    assert farthest(eigenvalues(A), np.linalg.eigvals(A)) <= 30 * EPS ** (1 / len(A)) * max(1, size(A))


@pytest.mark.parametrize("n", [2, 5, 10, 40])
def test_simple_eigenvalues_are_lapacks(n):
    A = random(n, n)
    assert farthest(eigenvalues(A), np.linalg.eigvals(A)) < 1e-12 * n


@given(square())
def test_the_trace_is_the_sum_and_the_determinant_the_product_of_the_eigenvalues(A):
    found, largest = eigenvalues(A), max(1, size(A))
    assert_allclose(np.sum(found), trace(A), atol=1e-12 * largest)
    assert_allclose(np.prod(found), determinant(A), atol=1e-11 * largest ** len(A))


@given(square(elements=SMALL_WHOLE))
def test_complex_eigenvalues_come_in_pairs(A):
    found = eigenvalues(A)
    assert_array_equal(np.sort(found), np.sort(np.conj(found)))
    assert_array_equal(found, np.sort(found))


@given(symmetric())
def test_a_symmetric_matrix_has_the_eigenvalues_of_eigh(A):
    close(eigenvalues(A), eigh(A)[0], 1e4)


@given(square(4, SMALL_WHOLE))
def test_a_transpose_has_the_same_eigenvalues(A):
    assert farthest(eigenvalues(A), eigenvalues(transpose(A))) <= 30 * EPS ** (1 / len(A)) * max(1, size(A))


@given(st.floats(0.01, 3.1))
def test_a_rotation_turns_by_its_eigenvalues(angle):
    assert_allclose(eigenvalues(rotation(angle)), np.exp([-1j * angle, 1j * angle]), rtol=1e-14)


def test_the_eigenvalues_of_a_shift_are_the_roots_of_one():
    found = eigenvalues(np.roll(np.eye(12), 1, axis=0))
    assert farthest(found, np.exp(2j * np.pi * np.arange(12) / 12)) < 1e-13


def test_the_eigenvalues_of_a_companion_matrix_are_the_roots_of_its_polynomial():
    roots = [-3.0, -1.0, 0.5, 2 - 1j, 2 + 1j]
    companion = np.vstack([-np.poly(roots)[1:], np.eye(4, 5)])
    assert farthest(eigenvalues(companion), roots) < 1e-12


def test_real_eigenvalues_are_real_numbers():
    assert eigenvalues([[1, 2], [3, 4]]).dtype == float
    assert eigenvalues([[1, -2], [3, 4]]).dtype == complex
    assert_array_equal(eigenvalues([[-3]]), [-3])


@pytest.mark.parametrize("n", [2, 4, 8])
def test_a_defective_matrix_keeps_its_eigenvalue_to_the_digits_that_it_has(n):
    mixed = random(n, n) @ defective(n) @ np.linalg.inv(random(n, n))
    assert farthest(eigenvalues(mixed), np.full(n, 2.0)) < 10 * (EPS * np.linalg.cond(random(n, n)) ** 2) ** (1 / n)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("scale", [1e-300, *SCALES, 1e300])
def test_the_scale_of_a_matrix_is_that_of_its_eigenvalues(scale):
    A = np.array([[1.0, 2.0, 0.0], [-2.0, 1.0, 5.0], [0.0, 0.0, 7.0]])
    assert_allclose(eigenvalues(A * scale) / scale, [1 - 2j, 1 + 2j, 7], rtol=1e-14)


@pytest.mark.filterwarnings("error")
def test_blocks_of_very_different_scale_keep_their_own_eigenvalues():
    A = scipy.linalg.block_diag([[3e200, 1e200], [1e200, 3e200]], [[0, 1e-200], [-1e-200, 0]])
    assert_allclose(eigenvalues(A) / [1e-200, 1e-200, 1e200, 1e200], [-1j, 1j, 2, 4], rtol=1e-14)


def test_an_end_without_success_would_be_said(monkeypatch):
    monkeypatch.setattr(francis, "MAX_STEPS", 0)
    with pytest.raises(ArithmeticError, match=r"^an eigenvalue did not settle in 0 steps$"):
        eigenvalues(random(3, 3))
