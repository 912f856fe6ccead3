"""Definite matrices: what Cholesky says, the eigenvalues say too; and covariance is always one of them."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from mathml.matrices import (
    cholesky,
    correlation,
    covariance,
    is_positive_definite,
    is_positive_semidefinite,
    quadratic_form,
)
from mathml.vectors import cosine_similarity, dot
from tests.difficult_matrices import (
    SCALES,
    SMALL_WHOLE,
    assert_near,
    close,
    graded,
    hilbert,
    matrices,
    positive_definite,
    random,
    square,
    symmetric,
    vandermonde,
)

DEFINITE = {
    "1×1": np.array([[4.0]]),
    "identity 5": np.eye(5),
    **{f"Hilbert {n}": hilbert(n) for n in (2, 6, 12)},
    **{f"Vandermonde {n}, squared": vandermonde(n).T @ vandermonde(n) for n in (3, 8)},
    "eigenvalues from 1 to 10⁻¹²": graded(20, -12),
    "random 40": random(60, 40).T @ random(60, 40),
    "diagonal, over the whole range": np.diag([1e100, 1.0, 1e-100]),
}
BOWL, VALLEY, SADDLE, DOME = [[2, 1], [1, 2]], [[1, 1], [1, 1]], [[1, 2], [2, 1]], [[-2, 1], [1, -2]]


# --- Cholesky -------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("A", DEFINITE.values(), ids=DEFINITE.keys())
def test_l_times_its_transpose_is_the_matrix(A, scale):
    L = cholesky(A * scale)
    assert_near(L @ L.T, A * scale, 3)
    assert_array_equal(L, np.tril(L))
    assert (np.diag(L) > 0).all()


@given(positive_definite())
def test_the_cholesky_factor_is_numpys(A):
    assert_allclose(cholesky(A), np.linalg.cholesky(A), atol=1e-9)


@given(symmetric(4, SMALL_WHOLE))
def test_cholesky_refuses_what_has_an_eigenvalue_that_is_not_positive(A):
    lowest = np.linalg.eigvalsh(A)[0]
    assume(abs(lowest) > 1e-9 or not A.any())
    if lowest > 0:
        assert_allclose(cholesky(A) @ cholesky(A).T, A, atol=1e-12)
    else:
        with pytest.raises(ValueError, match=r"^A must be positive definite, but pivot \d is "):
            cholesky(A)


@pytest.mark.parametrize(
    ("A", "place", "pivot"),
    [([[0, 0], [0, 1]], 0, "0"), (SADDLE, 1, "-3"), (VALLEY, 1, "0"), ([[0.1, 0.3], [0.3, 0.9]], 1, ".*")],
    ids=["zero", "saddle", "valley", "a valley, rounded"],
)
def test_the_pivot_that_is_not_positive_is_named(A, place, pivot):
    expected = rf"^A must be positive definite, but pivot {place} is {pivot}, not above 0 by more than rounding$"
    with pytest.raises(ValueError, match=expected):
        cholesky(A)


# --- definiteness ---------------------------------------------------------------------------------


@given(symmetric(5, SMALL_WHOLE))
def test_a_matrix_is_definite_when_all_eigenvalues_are_positive(A):
    lowest = np.linalg.eigvalsh(A)[0]
    assume(abs(lowest) > 1e-9)
    assert is_positive_definite(A) == (lowest > 0)
    assert is_positive_semidefinite(A) == (lowest > 0)


@given(matrices(elements=SMALL_WHOLE))
def test_a_gram_matrix_is_never_negative_and_definite_when_the_columns_are_independent(X):
    assert is_positive_semidefinite(X.T @ X)
    assert is_positive_definite(X.T @ X) == (np.linalg.matrix_rank(X) == X.shape[1])


@given(positive_definite(), positive_definite())
def test_the_sum_of_definite_matrices_is_definite(A, B):
    assume(A.shape == B.shape)
    assert is_positive_definite(A + B)
    assert not is_positive_semidefinite(-A)


@pytest.mark.parametrize("scale", [1e-300, *SCALES, 1e300])
@pytest.mark.parametrize(
    ("A", "definite", "semidefinite"),
    [(BOWL, True, True), (VALLEY, False, True), (SADDLE, False, False), (DOME, False, False), ([[0]], False, True)],
    ids=["bowl", "valley", "saddle", "dome", "plane"],
)
def test_bowl_valley_saddle_and_dome_are_told_apart_at_any_scale(A, definite, semidefinite, scale):
    A = np.array(A) * scale
    assert is_positive_definite(A) == definite
    assert is_positive_semidefinite(A) == semidefinite


def test_a_gram_matrix_of_dependent_columns_is_not_definite_though_each_pivot_is_above_rounding():
    X = np.array([[0, 1, 0, 0], [1, 0, 1, 1], [1, 0, 2, 0]])
    assert np.min(np.diag(cholesky(X.T @ X))) > 0
    assert not is_positive_definite(X.T @ X)
    assert is_positive_semidefinite(X.T @ X)


@pytest.mark.parametrize("size", [1e-150, 1e-20, 1e20, 1e150])
def test_the_units_of_the_features_make_nothing_definite_or_not(size):
    units = np.array([1.0, size, 1.0])
    bowl, saddle = np.eye(3) + 1, np.array([[1, 0, 2], [0, 1, 0], [2, 0, 1]])
    assert is_positive_definite(bowl * units * units[:, np.newaxis])
    assert is_positive_semidefinite(bowl * units * units[:, np.newaxis])
    assert not is_positive_definite(saddle * units * units[:, np.newaxis])
    assert not is_positive_semidefinite(saddle * units * units[:, np.newaxis])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "A",
    [[[1e300, 0], [0, -1]], [[1e300, 1e-300], [1e-300, 0]], [[1e-300, 1e300], [1e300, 1e-300]]],
    ids=["a negative entry", "beside a zero", "a negative block"],
)
def test_one_direction_that_falls_is_seen_however_small(A):
    assert not is_positive_definite(A)
    assert not is_positive_semidefinite(A)


def test_a_tolerance_says_how_negative_an_eigenvalue_may_be():
    A = np.diag([1.0, -1e-6])
    assert not is_positive_semidefinite(A)
    assert is_positive_semidefinite(A, tol=1e-5)
    with pytest.raises(ValueError, match=r"^tol must be at least 0, but tol = -1 came$"):
        is_positive_semidefinite(A, tol=-1)


# --- quadratic form -------------------------------------------------------------------------------


@given(square(elements=SMALL_WHOLE), st.data())
def test_the_quadratic_form_is_numpys(A, data):
    x = data.draw(hnp.arrays(np.float64, len(A), elements=SMALL_WHOLE))
    assert quadratic_form(A, x) == x @ A @ x == dot(x, A @ x)


@given(square(elements=SMALL_WHOLE), st.data())
def test_only_the_symmetric_part_counts(A, data):
    x = data.draw(hnp.arrays(np.float64, len(A), elements=SMALL_WHOLE))
    assert quadratic_form(A, x) == quadratic_form((A + A.T) / 2, x)


@given(square(elements=SMALL_WHOLE), st.data())
def test_many_points_have_their_heights_at_once(A, data):
    X = data.draw(hnp.arrays(np.float64, (3, len(A)), elements=SMALL_WHOLE))
    assert_array_equal(quadratic_form(A, X), [quadratic_form(A, x) for x in X])


@given(positive_definite(), st.data())
def test_over_every_point_but_zero_a_bowl_is_above_zero(A, data):
    x = data.draw(hnp.arrays(np.float64, len(A), elements=SMALL_WHOLE))
    assert (quadratic_form(A, x) > 0) == x.any()


@pytest.mark.parametrize("x", [[1, 2, 3], [[1, 2, 3]]])
def test_a_point_that_does_not_fit_is_named(x):
    with pytest.raises(ValueError, match=r"^x must have 2 entries, as A has columns, but 3 came$"):
        quadratic_form(BOWL, x)


# --- covariance and correlation -------------------------------------------------------------------


@given(matrices(rows=(2, 8)), st.integers(0, 1))
def test_the_covariance_is_numpys(X, ddof):
    close(covariance(X, ddof), np.cov(X, rowvar=False, ddof=ddof).reshape(X.shape[1], X.shape[1]), 1e6)


@given(matrices(rows=(2, 8)))
def test_a_covariance_is_symmetric_and_never_negative(X):
    C = covariance(X)
    assert_array_equal(C, C.T)
    assert is_positive_semidefinite(C)


@given(matrices(rows=(2, 6), columns=(3, 3), elements=SMALL_WHOLE), matrices((3, 3), (2, 2), SMALL_WHOLE))
def test_what_a_matrix_does_to_the_points_it_does_to_their_covariance_on_both_sides(X, A):
    assert_allclose(covariance(X @ A), A.T @ covariance(X) @ A, atol=1e-9)


@given(matrices(rows=(2, 6), elements=SMALL_WHOLE))
def test_an_offset_of_1e8_changes_no_covariance(X):
    assert_array_equal(covariance(X + 1e8), covariance(X))


def test_one_example_has_no_spread_in_the_population_and_none_that_is_known_in_a_sample():
    assert_array_equal(covariance([[1, 2]], ddof=0), np.zeros((2, 2)))
    with pytest.raises(ValueError, match=r"^X must have more than 1 rows? \(ddof = 1\), but 1 came$"):
        covariance([[1, 2]])
    with pytest.raises(ValueError, match=r"^ddof must be at least 0, but ddof = -1 came$"):
        covariance([[1, 2]], ddof=-1)


def varied(X):
    return np.ptp(X, axis=0).min() > 1e-3


@given(matrices(rows=(3, 8)).filter(varied))
def test_the_correlation_is_numpys(X):
    assert_allclose(correlation(X), np.corrcoef(X, rowvar=False).reshape(X.shape[1], X.shape[1]), atol=1e-6)


@given(matrices(rows=(3, 8), elements=SMALL_WHOLE).filter(varied))
def test_a_correlation_is_the_cosine_between_centred_features(X):
    Z = X - X.mean(axis=0)
    assert_allclose(correlation(X), [[cosine_similarity(a, b) for b in Z.T] for a in Z.T], atol=1e-12)


@given(matrices(rows=(3, 8), elements=SMALL_WHOLE).filter(varied), st.sampled_from([1e-300, 1e-200, 1e200, 1e300]))
def test_a_unit_of_measurement_changes_no_correlation(X, scale):
    units = np.resize([scale, 1.0, -1.0], X.shape[1])
    signs = np.sign(units)
    assert_allclose(correlation(X * units), correlation(X) * signs * signs[:, np.newaxis], atol=1e-13)


@given(matrices(rows=(3, 8)).filter(varied))
def test_a_correlation_lies_between_minus_one_and_one(X):
    R = correlation(X)
    assert (np.abs(R) <= 1).all()
    assert_array_equal(np.diag(R), 1)
    assert_array_equal(R, R.T)


def test_a_constant_column_is_named():
    with pytest.raises(ValueError, match=r"^X must have no constant column, but column 1 is 7 everywhere$"):
        correlation([[1, 7], [2, 7]])
