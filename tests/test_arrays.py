"""What a caller passes becomes float64, or an error that says what came."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_array_equal

from mathml.arrays import as_array, as_count, as_matrix, as_nonzero_rows, as_number, as_vector, require, require_same

REAL = st.one_of(hnp.integer_dtypes(), hnp.unsigned_integer_dtypes(), hnp.floating_dtypes(sizes=(16, 32, 64)))
FINITE = {"allow_nan": False, "allow_infinity": False}


# --- what is accepted -----------------------------------------------------------------------------


@given(hnp.arrays(REAL, hnp.array_shapes(min_dims=1, max_dims=1), elements=FINITE))
def test_every_real_dtype_keeps_its_values_as_float64(x):
    assert as_vector(x, "x").dtype == np.float64
    assert_array_equal(as_vector(x, "x"), x.astype(np.float64))


@given(hnp.arrays(np.float64, hnp.array_shapes(min_dims=2, max_dims=2), elements=FINITE))
def test_a_matrix_may_come_as_rows_of_lists(X):
    assert_array_equal(as_matrix(X.tolist(), "X"), X)


def test_a_row_with_a_single_entry_has_a_direction():
    assert_array_equal(as_nonzero_rows([[0, 5e-324], [1, 2]], "X"), [[0, 5e-324], [1, 2]])


@given(hnp.arrays(np.float64, hnp.array_shapes(min_dims=1, max_dims=4), elements={"allow_nan": False}))
def test_an_array_may_have_any_shape_and_hold_infinity(x):
    assert_array_equal(as_array(x, "x"), x)


def test_what_comes_back_is_a_copy():
    x = np.ones(3)
    as_vector(x, "x")[0] = 7
    assert x[0] == 1


def test_numbers_too_large_for_an_integer_dtype_are_numbers():
    assert_array_equal(as_vector([10**200, Fraction(1, 4)], "x"), [1e200, 0.25])


@pytest.mark.parametrize("number", [2, 2.0, True, np.float32(2), np.int8(2), np.array(2), Fraction(2), np.inf])
def test_a_number_of_any_kind_is_a_number(number):
    assert as_number(number, "p") == float(number)
    assert type(as_number(number, "p")) is float


@given(st.integers(1, 10**30))
def test_a_count_stays_what_it_is(n):
    assert as_count(n, "n") == n


def test_a_count_may_be_numpys():
    assert type(as_count(np.int8(3), "n")) is int


class _RecordsDerivatives:
    def __array_function__(self, function, types, args, kwargs):
        raise NotImplementedError


def test_an_array_that_answers_numpys_functions_is_passed_on_untouched():
    x = _RecordsDerivatives()
    assert as_array(x, "x") is x


# --- what is refused, and how it is said ----------------------------------------------------------

VECTOR, MATRIX, ARRAY = "a vector: one row of numbers", "a matrix: rows of equal length", "an array of numbers"


@pytest.mark.parametrize(
    ("check", "came", "error", "message"),
    [
        (as_vector, "abc", TypeError, f"x must be {VECTOR}, but the text 'abc' came"),
        (as_vector, [1, "2"], TypeError, f"x must be {VECTOR}, but the text '2' came"),
        (as_vector, np.array(["1", "2"]), TypeError, f"x must be {VECTOR}, but the text '1' came"),
        (as_vector, None, TypeError, f"x must be {VECTOR}, but None came"),
        (as_vector, [1, None], TypeError, f"x must be {VECTOR}, but None came"),
        (as_vector, [1, 2j], TypeError, f"x must be {VECTOR}, but complex 2j came"),
        (as_vector, {"a": 1}, TypeError, f"x must be {VECTOR}, but dict {{'a': 1}} came"),
        (as_vector, [Decimal("1.5")], TypeError, f"x must be {VECTOR}, but Decimal Decimal('1.5') came"),
        (as_vector, 3, ValueError, f"x must be {VECTOR}, but an array of shape () came"),
        (as_vector, [[1, 2]], ValueError, f"x must be {VECTOR}, but an array of shape (1, 2) came"),
        (as_vector, [[1, 2], [3]], ValueError, f"x must be {VECTOR}, but rows of different lengths came"),
        (as_vector, [], ValueError, "x must not be empty, but its shape is (0,)"),
        (as_vector, [1, np.nan], ValueError, "x must be finite, but x[1] is nan"),
        (as_vector, [-np.inf, 1], ValueError, "x must be finite, but x[0] is -inf"),
        (as_vector, [10**400], ValueError, f"x must be {VECTOR}, but a whole number beyond the largest float came"),
        (as_matrix, [1, 2], ValueError, f"x must be {MATRIX}, but an array of shape (2,) came"),
        (as_matrix, [[1, 2], [3]], ValueError, f"x must be {MATRIX}, but rows of different lengths came"),
        (as_matrix, [[]], ValueError, "x must not be empty, but its shape is (1, 0)"),
        (as_matrix, [[1, 2], [3, np.nan]], ValueError, "x must be finite, but x[1, 1] is nan"),
        (as_matrix, [["a"]], TypeError, f"x must be {MATRIX}, but the text 'a' came"),
        (as_nonzero_rows, [[1, 2], [0, 0]], ValueError, "x must have no row of zeros, but x[1] is one"),
        (as_array, [[1, 2], [3]], ValueError, f"x must be {ARRAY}, but rows of different lengths came"),
        (as_array, "1", TypeError, f"x must be {ARRAY}, but the text '1' came"),
        (as_array, [], ValueError, "x must not be empty, but its shape is (0,)"),
        (as_array, [[0, np.nan]], ValueError, "x must not hold NaN, but x[0, 1] is nan"),
        (as_array, np.nan, ValueError, "x must not hold NaN, but x is nan"),
        (as_number, "2", TypeError, "x must be a number, but the text '2' came"),
        (as_number, None, TypeError, "x must be a number, but None came"),
        (as_number, [2], TypeError, "x must be a number, but an array of shape (1,) came"),
        (as_number, np.nan, ValueError, "x must be a number, but NaN came"),
        (as_count, 2.0, TypeError, "x must be a whole number, but float 2.0 came"),
        (as_count, "2", TypeError, "x must be a whole number, but the text '2' came"),
        (as_count, 0, ValueError, "x must be at least 1, but x = 0 came"),
    ],
)
def test_an_error_names_the_argument_what_was_expected_and_what_came(check, came, error, message):
    with pytest.raises(error) as caught:
        check(came, "x")
    assert str(caught.value) == message


def test_a_demand_that_holds_says_nothing():
    require(True, "never seen")
    require_same("length", a=3, b=3)


def test_a_demand_that_fails_says_what_it_was_given():
    with pytest.raises(ValueError, match=r"^as said$"):
        require([], "as said")


def test_sizes_that_differ_are_all_named():
    with pytest.raises(ValueError, match=r"^a and b must have the same length, but a has 2 and b has 3$"):
        require_same("length", a=2, b=3)
