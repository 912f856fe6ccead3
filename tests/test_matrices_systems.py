"""Linear systems: elimination that holds its error bound on what is difficult, and determinants of any size."""

import itertools
import math

import numpy as np
import pytest
import scipy.linalg
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from mathml.matrices import determinant, inverse, log_determinant, lu, multiply, solve, transpose
from mathml.matrices.systems import independent_parts
from mathml.vectors import distance, norm, project_onto_span
from tests.difficult_matrices import (
    ENTRY,
    EPS,
    SCALES,
    SMALL_WHOLE,
    SQUARE,
    close,
    growing,
    hilbert,
    rank_deficient,
    size,
    square,
    vandermonde,
)


def invertible(largest=5):
    """Whole numbers, and a determinant that is one too: at least 1 in size."""
    return square(largest, SMALL_WHOLE).filter(lambda A: abs(np.linalg.det(A)) > 0.5)


# --- LU -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("A", SQUARE.values(), ids=SQUARE.keys())
def test_l_times_u_is_the_matrix_with_its_rows_in_order(A, scale):
    order, L, U = lu(A * scale)
    assert size(A[order] * scale - L @ U) <= len(A) * EPS * size(np.abs(L) @ np.abs(U))
    assert_array_equal(np.sort(order), np.arange(len(A)))
    assert_array_equal(L, np.tril(L))
    assert_array_equal(np.diag(L), 1)
    assert_array_equal(U, np.triu(U))
    assert np.max(np.abs(L)) <= 1


@given(invertible())
def test_lu_is_scipys(A):
    order, L, U = lu(A)
    P, scipys_L, scipys_U = scipy.linalg.lu(A)
    assume(np.array_equal(P.T @ A, A[order]))  # two rows may be equally good pivots
    close(L, scipys_L, 1e2)
    close(U, scipys_U, 1e2)


def test_the_largest_entry_of_a_column_becomes_the_pivot():
    order, L, U = lu([[1e-20, 1], [1, 1]])
    assert_array_equal(order, [1, 0])
    assert_array_equal(L, [[1, 0], [1e-20, 1]])
    assert_array_equal(U, [[1, 1], [0, 1]])


# --- systems --------------------------------------------------------------------------------------


@given(invertible(), st.data())
def test_the_solution_is_numpys(A, data):
    b = data.draw(hnp.arrays(np.float64, len(A), elements=ENTRY))
    assert_allclose(solve(A, b), np.linalg.solve(A, b), rtol=1e-7, atol=1e-7)


@given(invertible(), st.data())
def test_a_matrix_takes_the_solution_to_the_right_side(A, data):
    B = data.draw(hnp.arrays(np.float64, (len(A), 3), elements=SMALL_WHOLE))
    assert_allclose(multiply(A, solve(A, B)), B, atol=1e-8)


@given(invertible(), st.data())
def test_systems_solved_together_are_solved_as_one_by_one(A, data):
    B = data.draw(hnp.arrays(np.float64, (len(A), 3), elements=ENTRY))
    assert_allclose(solve(A, B), np.transpose([solve(A, b) for b in B.T]), rtol=1e-8, atol=1e-8)


ILL_CONDITIONED = {
    **{f"Hilbert {n}": hilbert(n) for n in (3, 8, 12)},
    **{f"Vandermonde {n}": vandermonde(n) for n in (5, 12, 25, 40)},
    **{f"growing {n}": growing(n) for n in (10, 40)},
    **{f"near, by {delta:g}": np.array([[1, 1], [1, 1 + delta]]) for delta in (1e-8, 1e-14)},
    "diagonal, over the whole range": np.diag([1e300, 1.0, 1e-300]),
    "triangular": np.array([[1, 1e20], [0, 1]]),
    "random 100": np.random.default_rng(0).normal(size=(100, 100)),
}


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("name", ILL_CONDITIONED)
def test_the_error_on_the_right_side_is_as_small_as_the_pivots_allow(name, scale):
    A = ILL_CONDITIONED[name] * (scale if "range" not in name else 1)
    b = A @ np.resize([1.0, -2.0, 3.0], len(A))
    x = solve(A, b)
    _, L, U = lu(A)
    assert size(b - A @ x) <= 3 * len(A) * EPS * size(np.abs(L) @ np.abs(U)) * size(x)


@pytest.mark.parametrize("n", [5, 8, 12])
def test_on_a_hilbert_matrix_the_right_side_is_met_as_well_as_by_lapack(n):
    A, b = hilbert(n), np.ones(n)
    ours, lapacks = (size(b - A @ x) for x in (solve(A, b), np.linalg.solve(A, b)))
    assert ours <= 10 * lapacks + 10 * EPS * size(b)


def test_a_zero_on_the_diagonal_is_no_obstacle():
    assert_array_equal(solve([[0, 1], [2, 0]], [3, 4]), [2, 3])


def test_one_equation_is_a_division():
    assert_array_equal(solve([[5e-324]], [1e-323]), [2])


# --- inverse --------------------------------------------------------------------------------------


@given(invertible())
def test_the_inverse_is_numpys(A):
    assert_allclose(inverse(A), np.linalg.inv(A), rtol=1e-7, atol=1e-9)


@given(invertible())
def test_a_matrix_times_its_inverse_is_the_identity_on_both_sides(A):
    assert_allclose(multiply(A, inverse(A)), np.eye(len(A)), atol=1e-9)
    assert_allclose(multiply(inverse(A), A), np.eye(len(A)), atol=1e-9)


@given(st.integers(1, 4).flatmap(lambda n: hnp.arrays(np.float64, (2, n, n), elements=SMALL_WHOLE)))
def test_the_inverse_of_a_product_is_the_product_of_inverses_in_reverse(AB):
    A, B = AB
    assume(min(abs(np.linalg.det(A)), abs(np.linalg.det(B))) > 0.5)
    assert_allclose(inverse(multiply(A, B)), multiply(inverse(B), inverse(A)), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("scale", [1e-200, 1e-300, 1e200, 1e300])
def test_the_inverse_of_a_scaled_matrix_is_scaled_the_other_way(scale):
    A = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert_allclose(inverse(A * scale) * scale, [[-2, 1], [1.5, -0.5]], rtol=1e-14)


# --- dependent columns ----------------------------------------------------------------------------


@given(invertible())
def test_the_independent_part_of_a_column_is_its_distance_from_the_span_of_the_others(A):
    R = np.triu(A) + 10 * np.eye(len(A))
    rest = [np.delete(R, k, axis=1).T for k in range(len(R))]
    distances = [distance(r, project_onto_span(r, V)) if len(V) else norm(r) for r, V in zip(R.T, rest, strict=True)]
    assert_allclose(independent_parts(R), np.array(distances) / [norm(r) for r in R.T], rtol=1e-9)


def test_the_diagonal_does_not_show_what_the_last_columns_have_in_common_with_the_first():
    R = np.eye(20) - np.triu(np.ones((20, 20)), 1)
    assert independent_parts(R)[0] < 1e-5 < 0.2 < np.min(np.diag(R) / np.sqrt(np.sum(R**2, axis=0)))


@pytest.mark.filterwarnings("error")
def test_the_size_of_a_column_changes_no_part_of_it():
    R = np.array([[1.0, 3.0], [0.0, 4.0]])
    assert_allclose(independent_parts(R), [0.8, 0.8], rtol=1e-15)
    assert_allclose(independent_parts(R * [1e-300, 1e300]), [0.8, 0.8], rtol=1e-15)
    assert_array_equal(independent_parts(np.array([[1.0, 3.0], [0.0, 0.0]])), [0, 0])


# --- determinant ----------------------------------------------------------------------------------


@given(square(elements=SMALL_WHOLE))
def test_the_determinant_is_numpys(A):
    assert_allclose(determinant(A), np.linalg.det(A), rtol=1e-10, atol=1e-8)


@given(square(5, SMALL_WHOLE))
def test_the_logarithm_is_that_of_the_determinant(A):
    sign, log_size = log_determinant(A)
    assert_allclose(sign * math.exp(log_size), determinant(A), rtol=1e-12)
    assert sign == np.sign(round(np.linalg.det(A)))


@given(st.integers(1, 4).flatmap(lambda n: hnp.arrays(np.float64, (2, n, n), elements=SMALL_WHOLE)))
def test_the_determinant_of_a_product_is_the_product_of_determinants(AB):
    A, B = AB
    assert_allclose(determinant(multiply(A, B)), determinant(A) * determinant(B), rtol=1e-10, atol=1e-6)


@given(square(elements=SMALL_WHOLE))
def test_a_transpose_has_the_same_determinant(A):
    assert_allclose(determinant(transpose(A)), determinant(A), rtol=1e-10, atol=1e-8)


def test_each_exchange_of_rows_turns_the_sign():
    for order in itertools.permutations(range(4)):
        inversions = sum(a > b for a, b in itertools.combinations(order, 2))
        assert determinant(np.eye(4)[list(order)]) == (-1) ** inversions


def test_the_determinant_of_a_random_matrix_of_500_rows_has_its_logarithm(rng):
    A = rng.normal(size=(500, 500))
    sign, log_size = log_determinant(A)
    numpys = np.linalg.slogdet(A)
    assert sign == numpys.sign
    assert_allclose(log_size, numpys.logabsdet, rtol=1e-12)
    assert determinant(A) == sign * math.inf  # about 10⁵⁶⁷


@pytest.mark.filterwarnings("error")
def test_no_product_of_pivots_overflows_on_the_way():
    A = np.diag(np.repeat([1e300, 1e-300, 2.0, -0.5], 125))
    assert_allclose(determinant(A), -1, rtol=1e-12)
    assert determinant(np.diag(np.full(500, 1e-300))) == 0
    assert_allclose(log_determinant(np.diag(np.full(500, 1e-300)))[1], -500 * 300 * math.log(10), rtol=1e-14)
    assert determinant([[5e-324]]) == 5e-324


# --- singular -------------------------------------------------------------------------------------

SINGULAR = {
    "zero": [[0]],
    "a row twice": [[1, 2], [1, 2]],
    "in tenths": [[0.1, 0.3], [0.2, 0.6]],
    "1 to 9": np.arange(1, 10).reshape(3, 3),
    "a magic square": [[16, 2, 3, 13], [5, 11, 10, 8], [9, 7, 6, 12], [4, 14, 15, 1]],
    "a column of zeros": [[1, 0, 2], [3, 0, 4], [5, 0, 7]],
    **{f"rank-deficient {n}": rank_deficient(n) for n in (4, 9, 30)},
}


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("A", SINGULAR.values(), ids=SINGULAR.keys())
def test_a_singular_matrix_is_seen_to_be_one_though_its_pivot_is_rounded(A, scale):
    A = np.array(A) * scale
    assert determinant(A) == 0
    assert log_determinant(A) == (0, -math.inf)
    with pytest.raises(ValueError, match=r"^A must not be singular, but its column \d+ depends on those before it$"):
        solve(A, np.ones(len(A)))
    with pytest.raises(ValueError, match=r"^A must not be singular, "):
        inverse(A)


@pytest.mark.parametrize("b", [[1, 2, 3], [[1], [2], [3]]])
def test_a_right_side_that_does_not_fit_is_named(b):
    with pytest.raises(ValueError, match=r"^b must have one entry for each row of A, but b has 3 and A has 2$"):
        solve([[1, 0], [0, 1]], b)


def test_a_right_side_that_is_no_vector_is_named():
    with pytest.raises(ValueError, match=r"^b must be a vector: one row of numbers, but an array of shape \(\) came$"):
        solve([[1]], 2)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("function", [lu, determinant, inverse])
def test_an_elimination_beyond_the_largest_float_is_said(function):
    with pytest.raises(
        ValueError, match=r"^A must have smaller entries: in its elimination some pass the largest float$"
    ):
        function([[1.7e308, 1.7e308], [1.7e308, -1.7e308]])
