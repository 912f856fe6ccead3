"""The singular value decomposition holds its bounds on every shape, and what is read from it is right."""

import math

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from mathml.matrices import condition_number, eigh, low_rank, multiply, pseudo_inverse, rank, svd, transpose
from mathml.vectors import is_independent, norm
from tests.difficult_matrices import (
    EPS,
    OBLONG,
    SCALES,
    SMALL_WHOLE,
    SQUARE,
    assert_near,
    assert_orthonormal_columns,
    close,
    defective,
    hilbert,
    matrices,
    random,
    size,
    square,
    vandermonde,
)

ALL = SQUARE | OBLONG


# --- the decomposition ----------------------------------------------------------------------------


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("A", ALL.values(), ids=ALL.keys())
def test_rotated_stretched_and_rotated_the_matrix_is_rebuilt(A, scale):
    U, s, Vt = svd(A * scale)
    n, d = A.shape
    assert (U.shape, s.shape, Vt.shape) == ((n, min(n, d)), (min(n, d),), (min(n, d), d))
    assert_near(U * s @ Vt, A * scale, 5)
    assert_orthonormal_columns(U, 5, longer=max(n, d))
    assert_orthonormal_columns(Vt.T, 5, longer=max(n, d))


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("A", ALL.values(), ids=ALL.keys())
def test_the_singular_values_are_lapacks(A, scale):
    _, s, _ = svd(A * scale)
    assert np.max(np.abs(s / scale - np.linalg.svd(A)[1])) <= 5 * max(A.shape) * EPS * size(A)
    assert (s >= 0).all()
    assert (np.diff(s) <= 0).all()


@given(matrices())
def test_the_singular_values_squared_are_the_eigenvalues_of_the_gram_matrix(A):
    _, s, _ = svd(A)
    squares = eigh(A.T @ A)[0][::-1][: len(s)]
    close(s**2, squares, 1e6)


@given(matrices())
def test_a_transpose_has_the_same_singular_values(A):
    close(svd(transpose(A))[1], svd(A)[1], 1e3)


@given(matrices())
def test_the_largest_entry_of_each_direction_is_positive(A):
    _, _, Vt = svd(A)
    assert (Vt.max(axis=1) >= -Vt.min(axis=1)).all()


@given(matrices(elements=SMALL_WHOLE), st.data())
def test_no_direction_is_stretched_more_than_the_first(A, data):
    x = data.draw(hnp.arrays(np.float64, A.shape[1], elements=SMALL_WHOLE))
    assert norm(A @ x) <= svd(A)[1][0] * norm(x) * (1 + 1e-12)


def test_columns_that_differ_in_size_only_leave_every_digit_of_the_small_singular_values():
    axes, _ = np.linalg.qr(random(8, 8))
    sizes = 10.0 ** np.array([0, 10, -10, 40, -40, -90, 90, 3])
    assert_allclose(svd(axes * sizes)[1], np.sort(sizes)[::-1], rtol=1e-13)
    close_to_even = random(6, 6) + 5 * np.eye(6)
    s = svd(close_to_even * np.logspace(0, -100, 6))[1]
    assert_allclose(np.sum(np.log(s)), np.linalg.slogdet(close_to_even)[1] - 300 * math.log(10), rtol=1e-14)


def test_the_smallest_of_two_is_exact_where_the_gram_matrix_has_lost_it():
    A = np.array([[1.0, 1.0], [0.0, 1e-12]])
    s = svd(A)[1]
    assert_allclose(s, [math.sqrt(2), 1e-12 / math.sqrt(2)], rtol=1e-12)
    assert not np.isclose(np.linalg.eigvalsh(A.T @ A)[0], s[1] ** 2, rtol=0.1, atol=0)


@pytest.mark.filterwarnings("error")
def test_a_diagonal_over_the_whole_range_comes_back_as_it_is():
    U, s, Vt = svd(np.diag([1e-200, -1e200, 1.0]))
    assert_array_equal(s, [1e200, 1, 1e-200])
    assert_array_equal(Vt, np.eye(3)[[1, 2, 0]])
    assert_array_equal(U, (np.eye(3)[[1, 2, 0]] * [[-1], [1], [1]]).T)


def test_nothing_has_singular_values_of_zero_and_any_directions():
    U, s, Vt = svd(np.zeros((3, 2)))
    assert_array_equal(s, [0, 0])
    assert_array_equal(U.T @ U, np.eye(2))
    assert_array_equal(Vt @ Vt.T, np.eye(2))


@given(hnp.arrays(np.float64, st.sampled_from([(2, 2), (2, 5), (3, 3)]), elements=st.floats(0, 1, width=32)))
@example(np.array([[0.46931187170476485, 0.9599725982781914], [0.6307861071406905, 0.4607360991292404]]))
@example(
    np.array(
        [
            [0.46931187170476485, 0.9599725982781914, 0.11429021978372844, 0.3271662437357349, 0.3636790487057292],
            [0.6307861071406905, 0.4607360991292404, 0.38863422496996647, 0.050800810279995834, 0.6117297720103142],
        ]
    )
)
def test_where_nothing_but_rounding_is_left_to_turn_there_is_an_end(A):
    assert_allclose(svd(A)[1], np.linalg.svd(A)[1], atol=20 * EPS)


def test_a_photograph_is_decomposed_as_by_lapack(rng):
    photograph = rng.normal(size=(107, 160)).cumsum(axis=0).cumsum(axis=1)
    assert_allclose(svd(photograph)[1], np.linalg.svd(photograph)[1], rtol=1e-9)


# --- rank -----------------------------------------------------------------------------------------


@given(matrices(elements=SMALL_WHOLE))
def test_the_rank_is_numpys(A):
    assert rank(A) == np.linalg.matrix_rank(A)


@given(matrices(elements=SMALL_WHOLE), st.sampled_from([1e-300, 1e-200, 1e200, 1e300]))
def test_the_unit_of_measurement_does_not_change_the_rank(A, scale):
    assert rank(A * scale) == rank(A)


@given(matrices(elements=SMALL_WHOLE))
def test_as_many_rows_as_columns_are_independent(A):
    assert rank(A) == rank(transpose(A))
    assert (rank(A) == len(A)) == is_independent(A)


@given(matrices(columns=(4, 4), elements=SMALL_WHOLE), matrices(rows=(4, 4), elements=SMALL_WHOLE))
def test_a_product_has_no_larger_rank_than_its_factors(A, B):
    assert rank(multiply(A, B)) <= min(rank(A), rank(B))


def test_a_tolerance_says_what_counts_as_zero():
    A = np.diag([1.0, 1e-3, 1e-6])
    assert [rank(A, tol=tol) for tol in (0, 1e-5, 1e-2, 2)] == [3, 2, 1, 0]
    assert rank(np.zeros((2, 3))) == 0
    assert rank(defective(4, 0.0)) == 3


# --- pseudo-inverse -------------------------------------------------------------------------------


@given(matrices(elements=SMALL_WHOLE))
def test_the_pseudo_inverse_is_numpys(A):
    assert_allclose(pseudo_inverse(A), np.linalg.pinv(A, rcond=1e-10), atol=1e-9)


@given(matrices(elements=SMALL_WHOLE))
def test_the_four_laws_of_penrose(A):
    P = pseudo_inverse(A)
    assert_allclose(A @ P @ A, A, atol=1e-9)
    assert_allclose(P @ A @ P, P, atol=1e-9)
    assert_allclose((A @ P).T, A @ P, atol=1e-9)
    assert_allclose((P @ A).T, P @ A, atol=1e-9)


def test_the_pseudo_inverse_of_nothing_is_nothing_of_the_other_shape():
    assert_array_equal(pseudo_inverse(np.zeros((2, 3))), np.zeros((3, 2)))


def test_what_is_below_the_tolerance_is_not_inverted():
    assert_allclose(pseudo_inverse(np.diag([2.0, 1e-6]), tol=1e-3), np.diag([0.5, 0]), atol=1e-15)


# --- condition number -----------------------------------------------------------------------------


@given(matrices())
def test_the_condition_number_is_numpys(A):
    numpys = np.linalg.cond(A)
    assume(numpys < 1e8)
    assert_allclose(condition_number(A), numpys, rtol=1e-6)


@given(square(4, SMALL_WHOLE))
def test_an_inverse_is_as_ill_conditioned_as_the_matrix(A):
    assume(abs(np.linalg.det(A)) > 0.5)
    assert_allclose(condition_number(np.linalg.inv(A)), condition_number(A), rtol=1e-6)
    assert condition_number(A) >= 1


@pytest.mark.parametrize("A", [hilbert(6), hilbert(9), vandermonde(15)], ids=["Hilbert 6", "Hilbert 9", "Vandermonde"])
def test_the_condition_number_of_an_ill_conditioned_matrix_is_lapacks(A):
    assert_allclose(condition_number(A), np.linalg.cond(A), rtol=1e-3)


@pytest.mark.parametrize("scale", [1e-300, *SCALES, 1e300])
def test_the_condition_number_has_no_unit(scale):
    assert_allclose(condition_number(np.array([[3.0, 0.0], [4.0, 5.0]]) * scale), 3, rtol=1e-14)


@pytest.mark.parametrize("A", [[[0]], [[1, 2], [2, 4]], np.arange(9).reshape(3, 3), np.zeros((2, 5))])
def test_of_a_singular_matrix_the_condition_number_is_infinite(A):
    assert condition_number(A) == math.inf


# --- approximation --------------------------------------------------------------------------------


@given(matrices(), st.data())
def test_what_low_rank_leaves_out_is_the_tail_of_the_singular_values(A, data):
    k = data.draw(st.integers(0, min(A.shape)))
    s = np.linalg.svd(A)[1]
    close(np.sum((A - low_rank(A, k)) ** 2), np.sum(s[k:] ** 2), 1e7)
    assert np.linalg.matrix_rank(low_rank(A, k), tol=1e-9 * max(1, s[0])) <= k


@given(matrices((4, 4), (3, 3)), matrices((4, 4), (1, 1)), matrices((1, 1), (3, 3)))
def test_no_matrix_of_rank_one_is_nearer(A, column, row):
    assert size(A - low_rank(A, 1)) <= size(A - column @ row) * (1 + 1e-12) + 1e-12


@given(matrices())
def test_of_full_rank_it_is_the_matrix_itself(A):
    close(low_rank(A, min(A.shape)), A, 1e3)
    assert_array_equal(low_rank(A, 0), np.zeros_like(A))


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: low_rank([[1, 2, 3], [4, 5, 6]], 3), "k must be at most 2, the smaller side of A, but k = 3 came"),
        (lambda: low_rank([[1]], -1), "k must be at least 0, but k = -1 came"),
        (lambda: rank([[1]], tol=-1), "tol must be at least 0, but tol = -1 came"),
        (lambda: pseudo_inverse([[1]], tol=-0.5), "tol must be at least 0, but tol = -0.5 came"),
    ],
)
def test_what_cannot_be_is_said(call, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the whole message is compared)
        call()
    assert str(caught.value) == message
