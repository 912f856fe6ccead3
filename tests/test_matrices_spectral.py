"""Eigenvectors of symmetric matrices, and the one that wins when a matrix is applied again and again."""

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from mathml.matrices import eigh, multiply, power_iteration, trace
from mathml.vectors import dot, norm
from tests.difficult_matrices import (
    ENTRY,
    EPS,
    SCALES,
    SMALL_WHOLE,
    SQUARE,
    assert_near,
    assert_orthonormal_columns,
    close,
    rotation,
    size,
    symmetric,
)

SYMMETRIC = {name: A / 2 + A.T / 2 for name, A in SQUARE.items()}


# --- eigh -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("A", SYMMETRIC.values(), ids=SYMMETRIC.keys())
def test_stretched_along_perpendicular_axes_the_matrix_is_rebuilt(A, scale):
    eigenvalues, Q = eigh(A * scale)
    assert_near(Q * eigenvalues @ Q.T, A * scale, 8)
    assert_orthonormal_columns(Q, 8)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("A", SYMMETRIC.values(), ids=SYMMETRIC.keys())
def test_the_eigenvalues_are_lapacks(A, scale):
    eigenvalues, _ = eigh(A * scale)
    lapacks = np.linalg.eigvalsh(A)
    assert np.max(np.abs(eigenvalues / scale - lapacks)) <= 8 * len(A) * EPS * size(A)
    assert (np.diff(eigenvalues) >= 0).all()


@given(symmetric())
def test_an_eigenvector_is_only_stretched(A):
    eigenvalues, Q = eigh(A)
    close(multiply(A, Q), Q * eigenvalues, 1e3)


@given(symmetric())
def test_the_trace_is_the_sum_of_the_eigenvalues(A):
    close(trace(A), np.sum(eigh(A)[0]), 1e4)


@given(symmetric(elements=SMALL_WHOLE))
def test_the_square_has_the_same_eigenvectors_and_squared_eigenvalues(A):
    eigenvalues, Q = eigh(A)
    close(multiply(A, multiply(A, Q)), Q * eigenvalues**2, 1e3)


@given(symmetric(), st.integers(-500, 500))
@example(np.array([[0.0, 1.0], [1.0, 0.0]]), 1000)
def test_a_power_of_two_comes_out_of_the_eigenvalues_at_any_size(A, exponent):
    assume(not A.any() or np.min(np.abs(A[A != 0])) >= 1e-6)
    for ours, scaled in zip(eigh(np.ldexp(A, exponent)), eigh(A), strict=True):
        assert_array_equal(ours if ours.ndim == 2 else np.ldexp(ours, -exponent), scaled)


@given(symmetric())
def test_the_largest_entry_of_each_eigenvector_is_positive(A):
    _, Q = eigh(A)
    assert (Q.max(axis=0) >= -Q.min(axis=0)).all()


@pytest.mark.filterwarnings("error")
def test_a_diagonal_over_the_whole_range_comes_back_as_it_is():
    eigenvalues, Q = eigh(np.diag([1e-200, 1e200, -1.0]))
    assert_array_equal(eigenvalues, [-1, 1e-200, 1e200])
    assert_array_equal(Q, np.eye(3)[[2, 0, 1]].T)


def test_one_number_is_its_own_eigenvalue():
    assert_array_equal(eigh([[-3]])[0], [-3])
    assert_array_equal(eigh([[-3]])[1], [[1]])


def test_of_64_features_the_eigenvalues_are_lapacks(rng):
    X = rng.normal(size=(300, 64)) * np.logspace(0, 3, 64)
    A = X.T @ X
    assert_allclose(eigh(A)[0], np.linalg.eigvalsh(A), atol=64 * EPS * size(A))


# --- power iteration ------------------------------------------------------------------------------


@given(hnp.arrays(np.float64, (4, 4), elements=ENTRY), st.sampled_from([3.0, -3.0]))
def test_the_winner_is_numpys_eigenvector_of_the_largest_eigenvalue(B, largest):
    axes, triangle = np.linalg.qr(B)
    assume(np.min(np.abs(np.diag(triangle))) > 1e-3)
    A = axes * [1.0, largest, -2.0, 0.0] @ axes.T
    eigenvalue, vector, _ = power_iteration(A)
    assert_allclose(eigenvalue, largest, rtol=1e-12)
    assert_allclose(np.abs(vector @ axes[:, 1]), 1, rtol=1e-12)


@given(hnp.arrays(np.float64, (4, 4), elements=st.floats(0.1, 1)))
def test_a_positive_matrix_has_a_positive_winner(A):
    eigenvalue, vector, _ = power_iteration(A)
    assert eigenvalue > 0
    assert (vector > 0).all()
    assert_allclose(multiply(A, vector[:, np.newaxis])[:, 0], eigenvalue * vector, atol=1e-9)


def test_a_negative_winner_turns_the_vector_round_at_each_step_and_is_found_all_the_same():
    A = [[-2, 1], [1, -2]]
    eigenvalue, vector, _ = power_iteration(A)
    assert_allclose(eigenvalue, -3, rtol=1e-14)
    assert_allclose(np.abs(vector), np.sqrt([0.5, 0.5]), rtol=1e-9)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("scale", [1e-300, *SCALES, 1e300])
def test_the_scale_of_the_matrix_changes_no_step(scale):
    A = np.array([[2.0, 1.0], [0.0, -1.0]])
    eigenvalue, vector, steps = power_iteration(A * scale, start=[0, 1])
    assert_allclose(eigenvalue / scale, 2, rtol=1e-10)
    assert_allclose(vector, [1, 0], atol=1e-9)
    assert steps == power_iteration(A, start=[0, 1])[2]


def test_each_step_brings_the_vector_nearer_by_the_ratio_of_the_two_largest():
    A = np.diag([4.0, 2.0])
    steps = [power_iteration(A, start=[1, 1], tol=tol)[2] for tol in (1e-3, 1e-6, 1e-9)]
    assert steps[1] - steps[0] == steps[2] - steps[1] == 10  # 2¹⁰ ≈ 10³


def test_who_starts_at_an_eigenvector_stays_there():
    assert power_iteration([[1, 0], [0, 5]], start=[2, 0]) == (1, pytest.approx([1, 0]), 1)


@pytest.mark.parametrize("A", [np.zeros((3, 3)), np.eye(3, k=1)], ids=["zero", "nilpotent"])
def test_a_vector_that_ends_at_zero_is_an_eigenvector_of_zero(A):
    eigenvalue, vector, _ = power_iteration(A)
    assert eigenvalue == 0
    assert norm(vector) == pytest.approx(1)
    assert_array_equal(A @ vector, 0)


@pytest.mark.parametrize(
    "A",
    [rotation(1.0), [[0, 1], [1, 0]], [[1, 1], [0, 1]], [[1, 0], [0, 0.9999999]]],
    ids=["a complex pair", "λ and −λ", "defective", "nearly equal"],
)
def test_without_a_winner_the_reason_is_said(A):
    with pytest.raises(ValueError, match=r"^A must have one eigenvalue .* after 50 steps two still compete: λ and −λ"):
        power_iteration(A, max_iter=50)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"start": [0, 0]}, "start must not be the zero vector: it has no direction"),
        ({"start": [1, 2, 3]}, "start and A must have the same length, but start has 3 and A has 2"),
        ({"tol": -1}, "tol must be at least 0, but tol = -1 came"),
        ({"max_iter": 0}, "max_iter must be at least 1, but max_iter = 0 came"),
    ],
)
def test_what_cannot_be_is_said(arguments, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the whole message is compared)
        power_iteration([[2, 0], [0, 1]], **arguments)
    assert str(caught.value) == message


def test_it_is_the_last_of_the_eigenvalues_in_size(rng):
    X = rng.normal(size=(20, 5))
    eigenvalues, Q = eigh(X.T @ X)
    eigenvalue, vector, _ = power_iteration(X.T @ X)
    assert_allclose(eigenvalue, eigenvalues[-1], rtol=1e-12)
    assert_allclose(dot(vector, Q[:, -1]), 1, rtol=1e-12)
