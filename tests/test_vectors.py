"""Vectors: the laws of the lesson, the same numbers as NumPy and SciPy, and the edges where a naive formula breaks."""

import math

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial.distance import cdist
from sklearn.preprocessing import StandardScaler, normalize

from mathml.vectors import (
    angle,
    basis,
    center_columns,
    coordinates,
    cosine_similarity,
    distance,
    dot,
    gram_schmidt,
    in_span,
    is_independent,
    linear_combination,
    norm,
    normalize_rows,
    paired_distances,
    pairwise_distances,
    project,
    project_onto_span,
    standardize_columns,
    unit,
)

ENTRY = st.floats(-1e3, 1e3, allow_subnormal=False).map(lambda x: round(x, 6))
ORDERS = st.floats(1, 50) | st.sampled_from([1, 2, 3, math.inf])
METRICS = ["l1", "l2", "cosine"]


def vectors(count, elements=ENTRY, max_length=6):
    """`count` vectors of one length."""
    shapes = st.integers(1, max_length).map(lambda d: (count, d))
    return shapes.flatmap(lambda shape: hnp.arrays(np.float64, shape, elements=elements))


def matrices(max_rows=5, max_columns=5, elements=ENTRY):
    shapes = st.tuples(st.integers(1, max_rows), st.integers(1, max_columns))
    return shapes.flatmap(lambda shape: hnp.arrays(np.float64, shape, elements=elements))


SMALL_WHOLE = st.integers(-4, 4).map(float)  # many zeros, repeated and dependent rows


def close(a, b, size=1.0):
    assert_allclose(a, b, rtol=1e-9, atol=1e-12 * max(1.0, float(size)))


# --- linear combination and dot product -----------------------------------------------------------


@given(matrices(), st.data())
def test_a_linear_combination_is_numpys_product(V, data):
    c = data.draw(hnp.arrays(np.float64, len(V), elements=ENTRY))
    close(linear_combination(c, V), c @ V, 1e6)


@given(matrices(), ENTRY, st.data())
def test_a_linear_combination_is_linear_in_its_coefficients(V, s, data):
    b, c = data.draw(hnp.arrays(np.float64, (2, len(V)), elements=ENTRY))
    close(linear_combination(b + s * c, V), linear_combination(b, V) + s * linear_combination(c, V), 1e10)


def test_one_coefficient_of_one_picks_that_vector():
    assert_array_equal(linear_combination([0, 1, 0], [[1, 2], [3, 4], [5, 6]]), [3, 4])


@given(vectors(2))
def test_the_dot_product_is_numpys(ab):
    close(dot(*ab), np.dot(*ab), 1e6)


@given(vectors(3), ENTRY)
def test_the_dot_product_is_symmetric_and_linear(abc, s):
    a, b, c = abc
    assert dot(a, b) == dot(b, a)
    close(dot(a + s * b, c), dot(a, c) + s * dot(b, c), 1e10)


@given(vectors(2))
def test_cauchy_schwarz(ab):
    a, b = ab
    assert abs(dot(a, b)) <= norm(a) * norm(b) * (1 + 1e-12)


@given(vectors(2))
def test_polarisation_lengths_alone_give_the_dot_product(ab):
    a, b = ab
    close(dot(a, b), (norm(a + b) ** 2 - norm(a - b) ** 2) / 4, 1e7)


@given(vectors(2))
def test_the_parallelogram_law(ab):
    a, b = ab
    close(norm(a + b) ** 2 + norm(a - b) ** 2, 2 * norm(a) ** 2 + 2 * norm(b) ** 2, 1e7)


# --- norms ----------------------------------------------------------------------------------------


@given(vectors(1), ORDERS)
def test_the_norm_is_numpys(x, p):
    # NumPy raises the entries to the power p as they are: it is given entries of at most one.
    largest = np.abs(x).max() or 1
    close(norm(x[0], p), largest * np.linalg.norm(x[0] / largest, p))


@given(vectors(2), ORDERS)
def test_the_triangle_inequality(ab, p):
    a, b = ab
    assert norm(a + b, p) <= (norm(a, p) + norm(b, p)) * (1 + 1e-12)


@given(vectors(1), ORDERS, ENTRY)
def test_a_scaled_vector_is_as_many_times_longer(x, p, s):
    close(norm(s * x[0], p), abs(s) * norm(x[0], p))


@given(vectors(1), ORDERS, ORDERS)
def test_the_norm_falls_as_p_grows(x, p, q):
    p, q = min(p, q), max(p, q)
    assert norm(x[0], p) >= norm(x[0], q) * (1 - 1e-12)


@given(vectors(1), ORDERS)
def test_the_norm_lies_between_the_largest_entry_and_the_sum(x, p):
    assert norm(x[0], math.inf) <= norm(x[0], p) * (1 + 1e-12)
    assert norm(x[0], p) <= norm(x[0], 1) * (1 + 1e-12)


@given(vectors(1), ORDERS)
def test_only_the_zero_vector_has_length_zero(x, p):
    assert (norm(x[0], p) == 0) == (not x.any())


@given(vectors(1), ORDERS, st.integers(-1000, 1000))
@example(np.array([[3.0, 4.0]]), 2, 1000)
def test_a_power_of_two_comes_out_of_the_norm_at_any_size(x, p, exponent):
    assume(norm(x[0], 1) < 2**10)
    assume(not x.any() or np.abs(x[x != 0]).min() > 1e-6)
    assert_allclose(norm(np.ldexp(x[0], exponent), p), math.ldexp(norm(x[0], p), exponent), rtol=1e-13)


@pytest.mark.parametrize("size", [1e200, 1e-200, 1e307, 1e-300])
def test_no_square_overflows_or_underflows(size):
    x = np.array([3.0, -4.0]) * size
    for p, length in [
        (1, 7),
        (1.5, (3**1.5 + 4**1.5) ** (2 / 3)),
        (2, 5),
        (3, 91 ** (1 / 3)),
        (1000, 4),
        (math.inf, 4),
    ]:
        assert_allclose(norm(x, p), length * size, rtol=1e-14)


def test_the_smallest_numbers_there_are_have_a_length():
    tiny = 5e-324
    assert norm([3 * tiny, 4 * tiny]) == 5 * tiny
    assert norm([tiny], 7) == tiny
    assert_allclose(unit([3 * tiny, 4 * tiny]), [0.6, 0.8])


@pytest.mark.parametrize("p", [1, 1.5, 2, 3, 1e308, math.inf])
def test_the_zero_vector_has_length_zero_whatever_p(p):
    assert norm([0.0, -0.0], p) == 0


def test_whole_numbers_with_a_whole_length_come_out_exact():
    triples = [(a, b, c) for a in range(25) for b in range(25) for c in range(25)]
    lengths = {xyz: math.isqrt(sum(e * e for e in xyz)) for xyz in triples}
    exact = {xyz: n for xyz, n in lengths.items() if n * n == sum(e * e for e in xyz)}
    assert len(exact) > 400
    assert all(norm(xyz) == n for xyz, n in exact.items())


@pytest.mark.filterwarnings("error")
def test_a_length_beyond_the_largest_float_is_infinite():
    assert norm([1.7e308, 1.7e308]) == math.inf
    for p in (1, 2, 3, math.inf):
        assert distance([1.7e308], [-1.7e308], p) == math.inf


@given(vectors(3), ORDERS)
def test_distance_is_a_metric(abc, p):
    a, b, c = abc
    assert distance(a, b, p) == distance(b, a, p)
    assert (distance(a, b, p) == 0) == np.array_equal(a, b)
    assert distance(a, c, p) <= (distance(a, b, p) + distance(b, c, p)) * (1 + 1e-12)


@given(vectors(2), ORDERS)
def test_distance_is_the_length_of_the_difference(ab, p):
    assert distance(*ab, p) == norm(ab[0] - ab[1], p)


# --- directions -----------------------------------------------------------------------------------


@given(vectors(1), ORDERS)
def test_a_unit_vector_has_length_one_and_the_same_direction(x, p):
    assume(x.any())
    assert_allclose(norm(unit(x[0], p), p), 1, rtol=1e-13)
    assert_allclose(unit(x[0], p) * norm(x[0], p), x[0], rtol=1e-13)


@given(vectors(2))
def test_cosine_similarity_is_scipys(ab):
    assume(ab.any(axis=1).all())
    assert_allclose(cosine_similarity(*ab), 1 - cdist(ab[:1], ab[1:], "cosine")[0, 0], atol=1e-9)


@given(vectors(2), st.floats(0.01, 100), st.floats(0.01, 100))
def test_length_does_not_change_the_cosine(ab, s, t):
    assume(ab.any(axis=1).all())
    assert_allclose(cosine_similarity(s * ab[0], t * ab[1]), cosine_similarity(*ab), atol=1e-13)


@given(vectors(2))
def test_the_cosine_lies_between_minus_one_and_one(ab):
    assume(ab.any(axis=1).all())
    assert -1 <= cosine_similarity(*ab) <= 1
    assert_allclose(cosine_similarity(ab[0], -ab[0]), -1, rtol=1e-13)


@given(vectors(2))
def test_the_angle_has_that_cosine(ab):
    assume(ab.any(axis=1).all())
    assert 0 <= angle(*ab) <= math.pi
    assert_allclose(math.cos(angle(*ab)), cosine_similarity(*ab), atol=1e-13)


@given(vectors(2))
def test_the_dot_product_is_the_lengths_times_the_cosine(ab):
    assume(ab.any(axis=1).all())
    a, b = ab
    close(dot(a, b), norm(a) * norm(b) * math.cos(angle(a, b)), norm(a) * norm(b))


@given(st.floats(1e-12, math.pi))
def test_a_small_angle_keeps_its_digits(theta):
    # arccos of a cosine that rounds to 1 would give 0 below about 1e-8
    assert_allclose(angle([1, 0], [math.cos(theta), math.sin(theta)]), theta, rtol=1e-15 + 1e-15 / theta)


@pytest.mark.parametrize("size", [1e200, 1e-200, 5e-324])
def test_a_direction_has_no_size(size):
    assert_allclose(unit([size, size]), [math.sqrt(0.5)] * 2)
    assert_allclose(cosine_similarity([size, 0], [size, size]), math.sqrt(0.5))
    assert_allclose(angle([size, 0], [0, size]), math.pi / 2)
    assert_array_equal(project([size, size], [size, 0]), [size, 0])


@given(vectors(2))
def test_what_projection_leaves_is_perpendicular(ab):
    assume(ab[1].any())
    a, b = ab
    close(dot(a - project(a, b), unit(b)), 0, norm(a))


@given(vectors(2))
def test_the_shadow_of_a_shadow_is_itself(ab):
    assume(ab[1].any())
    shadow = project(*ab)
    close(project(shadow, ab[1]), shadow, norm(ab[0]))


@given(vectors(2))
def test_pythagoras(ab):
    assume(ab[1].any())
    a, shadow = ab[0], project(*ab)
    close(norm(a) ** 2, norm(shadow) ** 2 + norm(a - shadow) ** 2, 1e7)


@given(vectors(2), ENTRY)
def test_no_multiple_of_b_is_nearer_to_a_than_its_shadow(ab, s):
    assume(ab[1].any())
    a, b = ab
    assert distance(a, project(a, b)) <= distance(a, s * b) * (1 + 1e-9) + 1e-9


# --- many vectors at once -------------------------------------------------------------------------


@given(matrices(), ORDERS)
def test_normalised_rows_are_unit_vectors(X, p):
    assume(X.any(axis=1).all())
    assert_allclose(normalize_rows(X, p), [unit(x, p) for x in X], rtol=1e-13)


@given(matrices(), st.sampled_from([(1, "l1"), (2, "l2"), (math.inf, "max")]))
def test_normalised_rows_are_scikit_learns(X, order):
    assume(X.any(axis=1).all())
    p, name = order
    ours = normalize_rows(X, p)
    # For "max", scikit-learn divides by the largest entry's magnitude too.
    assert_allclose(ours, normalize(X, name), rtol=1e-12, atol=1e-300)


@given(matrices(max_rows=8, elements=SMALL_WHOLE))
def test_centred_columns_are_scikit_learns(X):
    Z, mean = center_columns(X)
    scaler = StandardScaler(with_std=False)
    assert_allclose(Z, scaler.fit_transform(X), atol=1e-12)
    assert_allclose(mean, scaler.mean_, atol=1e-12)


@given(matrices(max_rows=8, elements=SMALL_WHOLE), st.sampled_from([0.0, 1e8, -1e15]))
def test_an_offset_does_not_change_centred_columns(X, offset):
    Z, mean = center_columns(X + offset)
    assert_array_equal(Z, center_columns(X)[0])
    assert_allclose(mean, X.mean(axis=0) + offset, rtol=1e-12, atol=1e-12)


def test_one_feature_is_centred_as_a_column_is():
    Z, mean = center_columns([1, 2, 6])
    assert_array_equal(Z, [-2, -1, 3])
    assert mean == 3
    with pytest.raises(ValueError, match=r"^X must not be empty"):
        center_columns([])


@given(matrices(max_rows=8, elements=SMALL_WHOLE))
def test_standardised_columns_are_scikit_learns(X):
    assert_allclose(standardize_columns(X), StandardScaler().fit_transform(X), atol=1e-12)


@given(matrices(max_rows=8), st.sampled_from([1e-300, 1e-8, 1.0, 1e8, 1e200]))
def test_standardised_columns_have_mean_zero_and_deviation_one_whatever_the_unit(X, size):
    Z = standardize_columns(X * size)
    assert_allclose(Z.mean(axis=0), 0, atol=1e-7)
    assert_allclose(Z.std(axis=0), np.any(X[0] != X, axis=0), atol=1e-7)


def test_an_offset_does_not_change_standardised_columns():
    X = np.array([[1.0], [2.0], [4.0]])
    assert_allclose(standardize_columns(X + 1e8), standardize_columns(X), rtol=1e-12)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e8 + 0.1, -1e300, 1.7e308, 5e-324])
def test_a_column_that_never_changes_becomes_zeros(value):
    assert_array_equal(standardize_columns([[value], [value], [value]]), [[0], [0], [0]])


@given(matrices(), matrices(), st.sampled_from([("l1", "cityblock"), ("l2", "euclidean")]))
def test_pairwise_distances_are_scipys(X, Y, names):
    d = min(X.shape[1], Y.shape[1])
    ours, scipys = names
    assert_allclose(pairwise_distances(X[:, :d], Y[:, :d], ours), cdist(X[:, :d], Y[:, :d], scipys), rtol=1e-13)


@given(matrices())
def test_pairwise_cosine_distances_are_scipys(X):
    assume(X.any(axis=1).all())
    assert_allclose(pairwise_distances(X, metric="cosine"), cdist(X, X, "cosine"), atol=1e-9)


@given(matrices(), st.sampled_from([("l1", 1), ("l2", 2)]))
def test_each_pairwise_distance_is_the_distance_of_that_pair(X, order):
    metric, p = order
    assert_allclose(pairwise_distances(X, metric=metric), [[distance(x, y, p) for y in X] for x in X], rtol=1e-14)


@pytest.mark.parametrize("metric", METRICS)
def test_paired_distances_are_those_of_pairs_that_were_asked_for(rng, metric):
    X = rng.normal(size=(300, 200))  # several blocks
    i, j = rng.integers(300, size=(2, 1000))
    assert_array_equal(paired_distances(X[i], X[j], metric), pairwise_distances(X, metric=metric)[i, j])


@given(matrices(elements=SMALL_WHOLE), st.sampled_from(METRICS))
def test_pairwise_distances_are_symmetric_zero_on_the_diagonal_and_never_negative(X, metric):
    assume(metric != "cosine" or X.any(axis=1).all())
    D = pairwise_distances(X, metric=metric)
    assert_array_equal(D, D.T)
    assert_array_equal(np.diag(D), 0)
    assert (D >= 0).all()


@given(matrices(elements=SMALL_WHOLE), st.sampled_from(["l1", "l2"]))
def test_an_offset_of_1e8_changes_no_distance(X, metric):
    assert_array_equal(pairwise_distances(X + 1e8, metric=metric), pairwise_distances(X, metric=metric))


def test_clusters_far_apart_keep_the_distances_within_them(rng):
    cluster = rng.integers(0, 64, size=(20, 3)) / 64
    X = np.vstack([cluster, cluster + 1e10])
    D = pairwise_distances(X)
    assert_array_equal(D[:20, :20], pairwise_distances(cluster))
    assert_array_equal(D[20:, 20:], pairwise_distances(cluster))
    assert_allclose(D[:20, 20:], 1e10 * math.sqrt(3), rtol=1e-9)


def test_points_on_a_grid_are_exactly_as_far_apart_as_they_are():
    grid = np.array([[i, j] for i in range(12) for j in range(12)]) + 0.5
    assert (
        (pairwise_distances(grid) == 1).sum(axis=1) == (pairwise_distances(grid, metric="l1") == 1).sum(axis=1)
    ).all()


def test_pairwise_distances_hold_across_the_whole_range_of_floats():
    X = [[0.0, 0.0], [3e-200, 4e-200], [3e200, 4e200], [15e-324, 20e-324]]
    assert_allclose(
        pairwise_distances(X),
        [
            [0, 5e-200, 5e200, 25e-324],
            [5e-200, 0, 5e200, 5e-200],
            [5e200, 5e200, 0, 5e200],
            [25e-324, 5e-200, 5e200, 0],
        ],
        rtol=1e-14,
        atol=0,
    )


@pytest.mark.filterwarnings("error")
def test_a_pairwise_distance_beyond_the_largest_float_is_infinite():
    for metric in ("l1", "l2"):
        assert_array_equal(pairwise_distances([[1.7e308]], [[-1.7e308]], metric), [[math.inf]])


def test_a_small_cosine_distance_keeps_its_digits():
    theta = 1e-7  # 1 − cos θ = θ²/2, which rounds to 0 when it is taken from a cosine
    D = pairwise_distances([[1.0, 0.0]], [[math.cos(theta), math.sin(theta)]], "cosine")
    assert_allclose(D, theta**2 / 2, rtol=1e-8)


def test_many_rows_are_taken_in_blocks_and_none_is_lost(rng):
    X, Y = rng.normal(size=(700, 3)), rng.normal(size=(50, 3))
    assert_allclose(pairwise_distances(X, Y), cdist(X, Y), rtol=1e-13)
    assert_allclose(pairwise_distances(Y, X), cdist(Y, X), rtol=1e-13)


# --- vector spaces --------------------------------------------------------------------------------


def assert_orthonormal(Q):
    assert_allclose(Q @ Q.T, np.eye(len(Q)), atol=1e-14)


@given(matrices(elements=SMALL_WHOLE) | matrices())
def test_gram_schmidt_gives_perpendicular_unit_vectors(V):
    assert_orthonormal(gram_schmidt(V))


@given(matrices(elements=SMALL_WHOLE))
def test_gram_schmidt_spans_the_same(V):
    Q = gram_schmidt(V)
    assert all(in_span(v, Q) for v in V) if len(Q) else not V.any()
    assert all(in_span(q, V) for q in Q)


@given(matrices(elements=SMALL_WHOLE))
def test_gram_schmidt_finds_as_many_directions_as_the_rank(V):
    assert len(gram_schmidt(V)) == np.linalg.matrix_rank(V)


def test_gram_schmidt_agrees_with_numpys_qr_up_to_signs(rng):
    V = rng.normal(size=(4, 6))
    numpys = np.linalg.qr(V.T).Q.T
    assert_allclose(gram_schmidt(V), numpys * np.sign(np.sum(numpys * V, axis=1))[:, np.newaxis], atol=1e-13)


def laeuchli(epsilon, k=4):
    """Rows (1, 0, …, ε, …, 0), nearly parallel: the test that classical Gram–Schmidt fails (Läuchli, 1961)."""
    return np.hstack([np.ones((k, 1)), epsilon * np.eye(k)])


@pytest.mark.parametrize("epsilon", [1e-4, 1e-8, 1e-10, 1e-11, 3e-12])
def test_gram_schmidt_stays_perpendicular_on_nearly_parallel_vectors(epsilon):
    Q = gram_schmidt(laeuchli(epsilon))
    assert len(Q) == 4
    assert_orthonormal(Q)


@pytest.mark.parametrize("epsilon", [1e-13, 1e-15, 1e-200, 0.0])
def test_vectors_that_differ_by_less_than_the_tolerance_are_one_direction(epsilon):
    assert_array_equal(gram_schmidt(laeuchli(epsilon)).shape, (1, 5))
    assert not is_independent(laeuchli(epsilon))


@pytest.mark.parametrize("epsilon", [1e-13, 1e-15])
def test_a_finer_tolerance_tells_them_apart_and_they_stay_perpendicular(epsilon):
    Q = gram_schmidt(laeuchli(epsilon), tolerance=1e-16)
    assert len(Q) == 4
    assert_orthonormal(Q)


def test_gram_schmidt_stays_perpendicular_on_the_hilbert_matrix():
    i = np.arange(8)
    assert_orthonormal(gram_schmidt(1 / (i[:, np.newaxis] + i + 1)))


@given(matrices(elements=SMALL_WHOLE), st.sampled_from([1e-300, 1e-200, 1e200, 1e300]))
def test_the_size_of_vectors_does_not_change_what_they_span(V, size):
    assert_allclose(gram_schmidt(V * size), gram_schmidt(V), atol=1e-13)
    assert is_independent(V * size) == is_independent(V)


@given(matrices(elements=SMALL_WHOLE))
def test_vectors_are_independent_when_the_rank_is_their_number(V):
    assert is_independent(V) == (np.linalg.matrix_rank(V) == len(V))


@given(matrices(max_rows=4, elements=SMALL_WHOLE), st.data())
def test_a_combination_of_vectors_depends_on_them(V, data):
    c = data.draw(hnp.arrays(np.float64, len(V), elements=SMALL_WHOLE))
    assert not is_independent(np.vstack([V, linear_combination(c, V)]))


def test_more_vectors_than_dimensions_are_never_independent(rng):
    assert is_independent(rng.normal(size=(3, 3)))
    assert not is_independent(rng.normal(size=(4, 3)))


@given(matrices(elements=SMALL_WHOLE))
def test_a_basis_is_independent_rows_that_span_the_same(V):
    assume(V.any())
    B = basis(V)
    assert is_independent(B)
    assert len(B) == np.linalg.matrix_rank(V)
    assert all(in_span(v, B) for v in V)
    assert all((b == V).all(axis=1).any() for b in B)


def test_a_basis_keeps_the_first_of_equal_directions():
    assert_array_equal(basis([[0, 0], [2, 0], [1, 0], [1, 1]]), [[2, 0], [1, 1]])


@given(matrices(max_rows=4, elements=SMALL_WHOLE), st.data())
def test_projection_onto_a_span_is_least_squares(V, data):
    x = data.draw(hnp.arrays(np.float64, V.shape[1], elements=ENTRY))
    coefficients = np.linalg.lstsq(V.T, x, rcond=1e-10)[0]
    close(project_onto_span(x, V), coefficients @ V, 1e5)


@given(matrices(max_rows=4, elements=SMALL_WHOLE), st.data())
def test_projection_onto_a_span_is_idempotent_and_leaves_what_is_perpendicular(V, data):
    x = data.draw(hnp.arrays(np.float64, V.shape[1], elements=ENTRY))
    shadow = project_onto_span(x, V)
    close(project_onto_span(shadow, V), shadow, norm(x))
    close(V @ (x - shadow), 0, 1e2 * norm(x))
    assert in_span(shadow, V) or norm(shadow) < 1e-9 * norm(x)


@given(vectors(2))
def test_projection_onto_the_span_of_one_vector_is_projection(ab):
    assume(ab[1].any())
    close(project_onto_span(ab[0], ab[1:]), project(*ab), norm(ab[0]))


def test_the_span_of_nothing_but_zeros_is_zero():
    assert_array_equal(project_onto_span([1, 2], [[0, 0]]), [0, 0])
    assert gram_schmidt([[0, 0]]).shape == (0, 2)
    assert not is_independent([[0, 0]])
    assert in_span([0, 0], [[0, 0]])
    assert not in_span([1, 0], [[0, 0]])


@given(matrices(max_rows=4, elements=SMALL_WHOLE), st.data())
def test_every_combination_lies_in_the_span(V, data):
    c = data.draw(hnp.arrays(np.float64, len(V), elements=SMALL_WHOLE))
    assert in_span(linear_combination(c, V), V)


@pytest.mark.parametrize("size", [1e-200, 1.0, 1e200])
def test_what_sticks_out_of_the_plane_is_not_in_its_span(size):
    plane = [[1, 0, 0], [1, 1, 0]]
    assert in_span([5 * size, -size, 0], plane)
    assert not in_span([5 * size, -size, 1e-6 * size], plane)


@given(matrices(max_rows=4, elements=SMALL_WHOLE), st.data())
def test_coordinates_rebuild_the_vector(B, data):
    assume(is_independent(B))
    c = data.draw(hnp.arrays(np.float64, len(B), elements=SMALL_WHOLE))
    x = linear_combination(c, B)
    assert_allclose(coordinates(x, B), c, atol=1e-9)
    assert_allclose(linear_combination(coordinates(x, B), B), x, atol=1e-9)


def test_coordinates_agree_with_numpys_solve(rng):
    B, x = rng.normal(size=(5, 5)), rng.normal(size=5)
    assert_allclose(coordinates(x, B), np.linalg.solve(B.T, x), rtol=1e-10)


def test_coordinates_in_a_nearly_parallel_basis_rebuild_the_vector():
    B = laeuchli(1e-6)
    x = linear_combination([1, -2, 3, -4], B)
    assert_allclose(coordinates(x, B), [1, -2, 3, -4], rtol=1e-8)


# --- any number is computed with as float64 -------------------------------------------------------

OF_ONE = [norm, unit]
OF_TWO = [dot, distance, cosine_similarity, angle, project]
OF_ROWS = [
    normalize_rows,
    standardize_columns,
    pairwise_distances,
    gram_schmidt,
    is_independent,
    basis,
]
OF_VECTOR_AND_ROWS = [project_onto_span, in_span, coordinates]
CALLS = (
    [(f, ([100, -100, 27],)) for f in OF_ONE]
    + [(f, ([100, -100, 27], [99, 98, -97])) for f in OF_TWO]
    + [(f, ([[100, -100, 27], [99, 98, -97]],)) for f in OF_ROWS]
    + [(f, ([1, -2, 124], [[100, -100, 27], [99, -98, -97]])) for f in OF_VECTOR_AND_ROWS]
    + [(linear_combination, ([100, 50], [[100, -100, 27], [99, 98, -97]]))]
)


@pytest.mark.parametrize(("function", "arguments"), CALLS, ids=lambda v: getattr(v, "__name__", ""))
@pytest.mark.parametrize("dtype", [np.int8, np.float16])
def test_a_small_dtype_computes_as_float64_and_is_left_as_it_was(function, arguments, dtype):
    small = [np.array(a, dtype=dtype) for a in arguments]
    assert_array_equal(function(*small), function(*arguments))
    for after, before in zip(small, arguments, strict=True):
        assert_array_equal(after, np.array(before, dtype=dtype))


# --- errors ---------------------------------------------------------------------------------------

VECTOR, MATRIX = "a vector: one row of numbers", "a matrix: rows of equal length"
ARGUMENTS = {
    **{(f, name): i for f in OF_TWO for i, name in enumerate("ab")},
    **{(f, "x"): 0 for f in [*OF_ONE, *OF_VECTOR_AND_ROWS]},
    (linear_combination, "c"): 0,
}
ROWS = {
    **{(f, "X"): 0 for f in OF_ROWS[:3]},
    **{(f, "V"): 0 for f in OF_ROWS[3:]},
    **{(f, "V"): 1 for f in [project_onto_span, in_span, linear_combination]},
    (coordinates, "B"): 1,
    (pairwise_distances, "Y"): 1,
    (paired_distances, "X"): 0,
    (paired_distances, "Y"): 1,
}
FITTING = dict(CALLS) | dict.fromkeys([pairwise_distances, paired_distances], ([[1, 2, 3]], [[1, 2, 3]]))


def message_when(function, place, value):
    arguments = list(FITTING[function])
    arguments[place] = value
    with pytest.raises((ValueError, TypeError)) as caught:
        function(*arguments)
    return type(caught.value), str(caught.value)


@pytest.mark.parametrize(("function", "name"), ARGUMENTS, ids=lambda v: getattr(v, "__name__", v))
def test_every_vector_that_is_none_is_named(function, name):
    place = ARGUMENTS[function, name]
    assert message_when(function, place, "abc") == (TypeError, f"{name} must be {VECTOR}, but the text 'abc' came")
    assert message_when(function, place, []) == (ValueError, f"{name} must not be empty, but its shape is (0,)")
    assert message_when(function, place, [1, np.nan]) == (ValueError, f"{name} must be finite, but {name}[1] is nan")
    assert message_when(function, place, [[1]]) == (
        ValueError,
        f"{name} must be {VECTOR}, but an array of shape (1, 1) came",
    )


@pytest.mark.parametrize(("function", "name"), ROWS, ids=lambda v: getattr(v, "__name__", v))
def test_every_matrix_that_is_none_is_named(function, name):
    place = ROWS[function, name]
    assert message_when(function, place, [["a", 1]]) == (TypeError, f"{name} must be {MATRIX}, but the text 'a' came")
    assert message_when(function, place, [[]]) == (ValueError, f"{name} must not be empty, but its shape is (1, 0)")
    assert message_when(function, place, [[np.inf]]) == (ValueError, f"{name} must be finite, but {name}[0, 0] is inf")
    assert message_when(function, place, [1, 2]) == (
        ValueError,
        f"{name} must be {MATRIX}, but an array of shape (2,) came",
    )
    assert message_when(function, place, [[1], [1, 2]]) == (
        ValueError,
        f"{name} must be {MATRIX}, but rows of different lengths came",
    )


@pytest.mark.parametrize("function", OF_TWO)
def test_vectors_of_two_lengths_are_named(function):
    with pytest.raises(ValueError, match=r"^a and b must have the same length, but a has 2 and b has 3$"):
        function([1, 2], [1, 2, 3])


@pytest.mark.parametrize(("function", "name"), [(project_onto_span, "V"), (in_span, "V"), (coordinates, "B")])
@pytest.mark.parametrize("x", [[1, 2], [0, 0]])
def test_a_vector_of_another_length_than_the_rows_is_named(function, name, x):
    with pytest.raises(ValueError, match=rf"^x must be as long as the rows of {name}, but x has 2 and {name} has 3$"):
        function(x, [[1, 2, 3]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: linear_combination([1], [[1, 2], [3, 4]]),
            "c must have one entry for each row of V, but c has 1 and V has 2",
        ),
        (lambda: unit([0, 0]), "x must not be the zero vector: it has no direction"),
        (lambda: cosine_similarity([0, 0], [1, 2]), "a must not be the zero vector: it has no direction"),
        (lambda: cosine_similarity([1, 2], [0, 0]), "b must not be the zero vector: it has no direction"),
        (lambda: angle([1, 2], [0, 0]), "b must not be the zero vector: it has no direction"),
        (lambda: project([1, 2], [0, 0]), "b must not be the zero vector: it has no direction"),
        (lambda: normalize_rows([[1, 2], [0, 0]]), "X must have no row of zeros, but X[1] is one"),
        (
            lambda: pairwise_distances([[1, 2]], [[0, 0]], "cosine"),
            "Y must have no row of zeros, but Y[0] is one",
        ),
        (
            lambda: pairwise_distances([[1, 2]], [[1, 2, 3]]),
            "X and Y must have the same number of columns, but X has 2 and Y has 3",
        ),
        (
            lambda: paired_distances([[1, 2]], [[1, 2], [3, 4]]),
            "X and Y must have the same length, but X has 1 and Y has 2",
        ),
        (lambda: pairwise_distances([[1]], metric="L2"), 'metric must be "l1", "l2" or "cosine", but \'L2\' came'),
        (lambda: basis([[0, 0]]), "V must hold a vector other than zero: the zero space has no basis to show"),
        (
            lambda: coordinates([1, 2], [[1, 1], [2, 2]]),
            "B must have independent rows, but only 1 of its 2 are",
        ),
        (
            lambda: coordinates([1, 2, 3], [[1, 0, 0]]),
            "x must lie in the span of B, but part of it is perpendicular to every row",
        ),
        (
            lambda: gram_schmidt([[1, 2]], tolerance=-1),
            "tolerance must be at least 0 and below 1, but tolerance = -1 came",
        ),
    ],
)
def test_what_cannot_be_is_said(call, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the whole message is compared)
        call()
    assert str(caught.value) == message


@pytest.mark.parametrize("function", [norm, unit, lambda x, p: distance(x, x, p), lambda x, p: normalize_rows([x], p)])
@pytest.mark.parametrize(
    ("p", "error", "message"),
    [
        (0.5, ValueError, "p must be at least 1, but p = 0.5 came"),
        (0, ValueError, "p must be at least 1, but p = 0 came"),
        (-math.inf, ValueError, "p must be at least 1, but p = -inf came"),
        (math.nan, ValueError, "p must be a number, but NaN came"),
        ("2", TypeError, "p must be a number, but the text '2' came"),
        (None, TypeError, "p must be a number, but None came"),
        ([2], TypeError, "p must be a number, but an array of shape (1,) came"),
    ],
)
def test_a_p_that_makes_no_norm_is_named(function, p, error, message):
    with pytest.raises(error) as caught:
        function([1.0, 2.0], p)
    assert str(caught.value) == message


@pytest.mark.parametrize("function", [gram_schmidt, is_independent, basis, lambda V, t: in_span([1, 2], V, t)])
def test_a_tolerance_that_is_text_is_named(function):
    with pytest.raises(TypeError, match=r"^tolerance must be a number, but the text 'tight' came$"):
        function([[1, 2]], "tight")
