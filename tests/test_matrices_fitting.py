"""Least squares: three ways to the same x, and where each of them ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose
from sklearn.datasets import load_breast_cancer

from mathml.matrices import condition_number, least_squares, pseudo_inverse, solve
from mathml.vectors import norm
from tests.difficult_matrices import EPS, SCALES, SMALL_WHOLE, close, hilbert, matrices, random, size, vandermonde

METHODS = ["qr", "svd", "normal"]
INDEPENDENT = matrices(elements=SMALL_WHOLE).filter(lambda A: np.linalg.matrix_rank(A) == A.shape[1])


@given(INDEPENDENT, st.sampled_from(METHODS), st.data())
def test_every_method_finds_numpys_solution(A, method, data):
    b = data.draw(hnp.arrays(np.float64, len(A), elements=SMALL_WHOLE))
    assert_allclose(least_squares(A, b, method), np.linalg.lstsq(A, b)[0], rtol=1e-6, atol=1e-6)


@given(INDEPENDENT, st.sampled_from(METHODS), st.data())
def test_what_is_left_is_perpendicular_to_every_column(A, method, data):
    b = data.draw(hnp.arrays(np.float64, len(A), elements=SMALL_WHOLE))
    close(A.T @ (b - A @ least_squares(A, b, method)), 0, 1e5)


@given(INDEPENDENT, st.sampled_from(METHODS), st.data())
def test_no_other_x_comes_nearer(A, method, data):
    b, other = (data.draw(hnp.arrays(np.float64, k, elements=SMALL_WHOLE)) for k in A.shape)
    nearest = norm(b - A @ least_squares(A, b, method))
    assert nearest <= norm(b - A @ other) * (1 + 1e-9) + 1e-9


@given(INDEPENDENT, st.sampled_from(METHODS), st.data())
def test_right_sides_together_are_fitted_as_one_by_one(A, method, data):
    B = data.draw(hnp.arrays(np.float64, (len(A), 2), elements=SMALL_WHOLE))
    expected = np.transpose([least_squares(A, b, method) for b in B.T])
    assert_allclose(least_squares(A, B, method), expected, rtol=1e-9, atol=1e-9)


@given(matrices(elements=SMALL_WHOLE), st.data())
def test_by_svd_the_shortest_of_all_solutions_is_found_whatever_the_rank(A, data):
    b = data.draw(hnp.arrays(np.float64, len(A), elements=SMALL_WHOLE))
    x = least_squares(A, b, "svd")
    assert_allclose(x, np.linalg.lstsq(A, b, rcond=1e-10)[0], atol=1e-7)
    assert_allclose(x, pseudo_inverse(A) @ b, atol=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_as_many_equations_as_unknowns_are_solved(method):
    A, b = [[2, 1], [1, 3]], [3, 5]
    assert_allclose(least_squares(A, b, method), solve(A, b), rtol=1e-13)


ILL_CONDITIONED = {
    "Hilbert 12×8": hilbert(12)[:, :8],
    "Vandermonde 40×15": vandermonde(40)[:, -15:],
    "random 60×30": random(60, 30),
}
CASES = [*((method, A) for method in ("qr", "svd") for A in ILL_CONDITIONED.values())]
CASES += [("qr", random(20, 6) * np.logspace(0, -100, 6))]  # by "svd", the smallest columns count as zero


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(("method", "A"), CASES)
def test_the_error_is_as_small_as_the_right_side_allows(method, A, scale):
    b = A @ np.ones(A.shape[1])
    x = least_squares(A * scale, b, method)
    assert size(b - A @ (x * scale)) <= 5 * max(A.shape) * EPS * (size(A) * size(x * scale) + size(b))


def test_the_normal_equations_lose_twice_the_digits():
    A, x = hilbert(12)[:, :6], np.arange(1.0, 7)
    errors = {method: norm(least_squares(A, A @ x, method) - x) for method in METHODS}
    assert EPS * condition_number(A) ** 2 > 1e-6
    assert max(errors["qr"], errors["svd"]) < 1e-8 < errors["normal"] < 1


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_no_square_overflows_in_the_normal_equations(scale):
    A, b = np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 3.0]]), np.array([1.0, 2.0, 2.0])
    assert_allclose(least_squares(A * scale, b * scale, "normal"), [2 / 3, 1 / 2], rtol=1e-12)
    assert_allclose(least_squares(A * scale, b, "normal") * scale, [2 / 3, 1 / 2], rtol=1e-12)


@pytest.mark.parametrize("place", [0, 15, 30])
@pytest.mark.parametrize("of", [(0, 1), (4, 7), (20, 29)])
def test_a_feature_that_is_the_sum_of_two_others_is_refused_wherever_it_stands_but_by_svd(place, of):
    features, y = load_breast_cancer(return_X_y=True)
    X = np.insert(features, place, features[:, of].sum(axis=1), axis=1)
    for method in ("qr", "normal"):
        with pytest.raises(ValueError, match=r'^A must have independent columns .* use method="svd"'):
            least_squares(X, y, method)
    x = least_squares(X, y, "svd")
    assert_allclose(norm(y - X @ x), norm(y - features @ least_squares(features, y)), rtol=1e-7)


@pytest.mark.parametrize("method", ["qr", "normal"])
@pytest.mark.parametrize("A", [[[1, 2], [2, 4], [3, 6]], [[1, 2, 3], [4, 5, 6]], [[0], [0]]])
def test_dependent_columns_are_refused_and_the_way_out_is_named(A, method):
    with pytest.raises(ValueError, match=r'^A must have independent columns for this method, .* use method="svd"'):
        least_squares(A, np.ones(len(A)), method)


def test_a_method_that_is_not_there_is_named():
    with pytest.raises(ValueError, match=r'^method must be "qr", "svd" or "normal", but \'lu\' came$'):
        least_squares([[1]], [1], "lu")


def test_a_right_side_that_does_not_fit_is_named():
    with pytest.raises(ValueError, match=r"^b must have one entry for each row of A, but b has 3 and A has 2$"):
        least_squares([[1], [2]], [1, 2, 3])
