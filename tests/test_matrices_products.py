"""Products of matrices, and what is asked of a matrix before anything is done with it."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from mathml import matrices as module
from mathml.matrices import (
    cholesky,
    condition_number,
    correlation,
    covariance,
    determinant,
    eigenvalues,
    eigh,
    identity,
    inverse,
    is_positive_definite,
    is_positive_semidefinite,
    least_squares,
    log_determinant,
    low_rank,
    lu,
    multiply,
    power_iteration,
    pseudo_inverse,
    qr,
    quadratic_form,
    rank,
    schur,
    solve,
    svd,
    trace,
    transpose,
)
from mathml.matrices.products import as_symmetric, in_mid_range
from mathml.vectors import dot
from tests.difficult_matrices import ENTRY, SMALL_WHOLE, close, matrices, square

# --- the product ----------------------------------------------------------------------------------


@st.composite
def chains(draw, count, elements=ENTRY):
    """Matrices that can be multiplied in this order."""
    sides = [draw(st.integers(1, 5)) for _ in range(count + 1)]
    return [draw(hnp.arrays(np.float64, shape, elements=elements)) for shape in itertools.pairwise(sides)]


@given(chains(2))
def test_the_product_is_numpys(AB):
    close(multiply(*AB), np.matmul(*AB), 1e6)


@given(chains(2))
def test_each_entry_is_a_row_times_a_column(AB):
    A, B = AB
    close(multiply(A, B), [[dot(row, column) for column in B.T] for row in A], 1e6)


@given(chains(3, SMALL_WHOLE))
def test_the_product_is_associative(ABC):
    A, B, C = ABC
    assert_array_equal(multiply(multiply(A, B), C), multiply(A, multiply(B, C)))


@given(chains(2, SMALL_WHOLE), st.data())
def test_the_product_is_distributive(AB, data):
    A, B = AB
    C = data.draw(hnp.arrays(np.float64, B.shape, elements=SMALL_WHOLE))
    assert_array_equal(multiply(A, B + C), multiply(A, B) + multiply(A, C))


def test_the_product_is_not_commutative():
    turn, mirror = [[0, -1], [1, 0]], [[1, 0], [0, -1]]
    assert_array_equal(multiply(turn, mirror), [[0, 1], [1, 0]])
    assert_array_equal(multiply(mirror, turn), [[0, -1], [-1, 0]])


@given(chains(2, SMALL_WHOLE))
def test_the_transpose_of_a_product_is_the_product_of_transposes_in_reverse(AB):
    A, B = AB
    assert_array_equal(transpose(multiply(A, B)), multiply(transpose(B), transpose(A)))


@given(matrices())
def test_to_transpose_twice_changes_nothing(A):
    assert_array_equal(transpose(A), np.transpose(A))
    assert_array_equal(transpose(transpose(A)), A)


def test_a_transpose_is_not_a_reshape():
    A = np.arange(6).reshape(2, 3)
    assert transpose(A).shape == A.reshape(3, 2).shape
    assert_array_equal(transpose(A), [[0, 3], [1, 4], [2, 5]])


@given(matrices())
def test_the_identity_changes_nothing(A):
    n, d = A.shape
    assert_array_equal(identity(n), np.identity(n))
    assert_array_equal(multiply(identity(n), A), A)
    assert_array_equal(multiply(A, identity(d)), A)


@given(square())
def test_the_trace_is_numpys(A):
    close(trace(A), np.trace(A), 1e3)


@given(chains(1, SMALL_WHOLE), st.data())
def test_a_product_may_turn_round_under_the_trace(chain, data):
    (A,) = chain
    B = data.draw(hnp.arrays(np.float64, A.shape[::-1], elements=SMALL_WHOLE))
    assert trace(multiply(A, B)) == trace(multiply(B, A))


def test_one_number_is_a_matrix_too():
    assert_array_equal(multiply([[3]], [[4]]), [[12]])
    assert trace([[3]]) == 3
    assert_array_equal(identity(1), [[1]])


# --- symmetric, and in the middle of the range of floats ------------------------------------------


def test_what_rounding_upset_is_evened_out(rng):
    X = rng.normal(size=(5, 5))
    A = X @ np.diag(rng.normal(size=5)) @ X.T
    A[0, 1] *= 1 + 1e-15
    S = as_symmetric(A, "A")
    assert_array_equal(S, S.T)
    assert_allclose(S, A, rtol=1e-14)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("scale", [5e-324, 1e-200, 1e200, 1e308])
def test_a_symmetric_matrix_of_any_scale_is_left_as_it_is(scale):
    A = np.array([[1.0, -1.0], [-1.0, 0.0]]) * scale
    assert_array_equal(as_symmetric(A, "A"), A)


@pytest.mark.filterwarnings("error")
@given(matrices(elements=st.floats(-1e308, 1e308)))
def test_a_matrix_in_mid_range_is_the_matrix_but_for_a_power_of_two(A):
    B, exponent = in_mid_range(A)
    assert not A.any() or 2.0**399 <= np.max(np.abs(B)) < 2.0**400
    assert_allclose(np.ldexp(B, exponent), A, rtol=0, atol=1e-300 * np.max(np.abs(A)))


# --- any number is computed with as float64 -------------------------------------------------------

OF_ONE = [
    *(transpose, trace, lu, inverse, determinant, log_determinant, qr, eigh, power_iteration, eigenvalues, schur, svd),
    *(rank, pseudo_inverse, condition_number, cholesky, is_positive_definite, is_positive_semidefinite, covariance),
    correlation,
]
A, B = [[100, 27], [27, 99]], [[1, -2], [3, 4]]
CALLS = [(f, (A,)) for f in OF_ONE] + [
    (multiply, (A, B)),
    (solve, (A, B)),
    (least_squares, (A, B)),
    (low_rank, (A, 1)),
    (quadratic_form, (A, [1, -2])),
]


def test_every_public_function_is_called_here():
    public = {getattr(module, name) for name in module.__all__}
    assert {function for function, _ in CALLS} == public - {identity}


@pytest.mark.parametrize(("function", "arguments"), CALLS, ids=lambda v: getattr(v, "__name__", ""))
@pytest.mark.parametrize("dtype", [np.int8, np.float16])
def test_a_small_dtype_computes_as_float64_and_is_left_as_it_was(function, arguments, dtype):
    small = [np.array(a, dtype=np.int8 if np.ndim(a) == 0 else dtype) for a in arguments]
    ours, expected = function(*small), function(*arguments)
    for came, wanted in zip(*((v if isinstance(v, tuple) else (v,)) for v in (ours, expected)), strict=True):
        assert_array_equal(came, wanted)
    for after, before in zip(small, arguments, strict=True):
        assert_array_equal(after, np.array(before))


@pytest.mark.parametrize(("function", "arguments"), CALLS, ids=lambda v: getattr(v, "__name__", ""))
def test_a_float64_matrix_is_left_as_it_was(function, arguments):
    ours = [np.array(a, dtype=int if np.ndim(a) == 0 else float) for a in arguments]
    function(*ours)
    for after, before in zip(ours, arguments, strict=True):
        assert_array_equal(after, np.array(before))


# --- errors ---------------------------------------------------------------------------------------

SQUARE_ONLY = [
    *(trace, lu, inverse, determinant, log_determinant, eigh, power_iteration, eigenvalues, schur, cholesky),
    *(is_positive_definite, is_positive_semidefinite, lambda A: solve(A, [1, 2]), lambda A: quadratic_form(A, [1, 2])),
]
NAMES = {covariance: "X", correlation: "X"}


@pytest.mark.parametrize(("function", "arguments"), CALLS, ids=lambda v: getattr(v, "__name__", ""))
@pytest.mark.parametrize(
    ("bad", "error", "message"),
    [
        ([[]], ValueError, "{} must not be empty, but its shape is (1, 0)"),
        (np.empty((0, 0)), ValueError, "{} must not be empty, but its shape is (0, 0)"),
        ([1, 2], ValueError, "{} must be a matrix: rows of equal length, but an array of shape (2,) came"),
        ([[1, np.inf]], ValueError, "{} must be finite, but {}[0, 1] is inf"),
        ([["a", 1]], TypeError, "{} must be a matrix: rows of equal length, but the text 'a' came"),
    ],
    ids=["no column", "empty", "a vector", "infinite", "text"],
)
def test_what_is_no_matrix_is_named(function, arguments, bad, error, message):
    name = NAMES.get(function, "A")
    with pytest.raises(error) as caught:
        function(bad, *arguments[1:])
    assert str(caught.value) == message.format(name, name)


@pytest.mark.parametrize("function", SQUARE_ONLY)
def test_a_matrix_that_is_not_square_is_named(function):
    with pytest.raises(ValueError, match=r"^A must be square, but a matrix of shape \(2, 3\) came$"):
        function([[1, 2, 3], [4, 5, 6]])


@pytest.mark.parametrize("function", [eigh, cholesky, is_positive_definite, is_positive_semidefinite])
def test_an_asymmetric_matrix_is_named(function):
    with pytest.raises(ValueError, match=r"^A must be symmetric, but A\[0, 1\] is 2.0 and A\[1, 0\] is 3.0$"):
        function([[1, 2], [3, 4]])


def test_both_shapes_are_named_when_a_product_does_not_fit():
    message = "A must have as many columns as B has rows, but A (2, 3) has 3 columns and B (2, 1) has 2 rows"
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the whole message is compared)
        multiply([[1, 2, 3], [4, 5, 6]], [[1], [2]])
    assert str(caught.value) == message


def test_an_identity_without_a_side_is_named():
    with pytest.raises(ValueError, match=r"^n must be at least 1, but n = 0 came$"):
        identity(0)
