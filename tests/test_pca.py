"""PCA: the axes of scikit-learn by two ways, and the variance that they hold."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import datasets, decomposition

from mathml.algorithms.pca import PCA
from mathml.matrices import covariance
from mathml.vectors import standardize_columns

DIGITS = datasets.load_digits().data
IRIS = datasets.load_iris().data
CANCER = datasets.load_breast_cancer().data
WIDE = DIGITS[:20]

SOLVERS = ["svd", "eigh"]

every_solver = pytest.mark.parametrize("solver", SOLVERS)
clouds = st.tuples(st.integers(2, 9), st.integers(1, 4)).flatmap(
    lambda shape: hnp.arrays(float, shape, elements=st.integers(-9, 9).map(float))
)


def assert_same_axes(ours, theirs, atol):
    """Equal up to sign."""
    assert_allclose(np.abs(np.sum(ours * theirs, axis=1)), 1, atol=atol)


# --- the oracle -----------------------------------------------------------------------------------


@every_solver
@pytest.mark.parametrize(
    ("X", "k"), [(IRIS, 4), (CANCER, 30), (DIGITS, 61), (WIDE, 19)], ids=["iris", "cancer", "digits", "wide"]
)
def test_components_and_variances_are_scikit_learns(X, k, solver):
    ours = PCA(k, solver=solver).fit(X)
    theirs = decomposition.PCA(k, svd_solver="full").fit(X)
    assert_same_axes(ours.components_, theirs.components_, atol=1e-7)
    atol = 1e-12 * theirs.explained_variance_[0]
    assert_allclose(ours.explained_variance_, theirs.explained_variance_, rtol=1e-9, atol=atol)
    assert_allclose(ours.explained_variance_ratio_, theirs.explained_variance_ratio_, rtol=1e-9, atol=1e-12)
    assert_allclose(ours.singular_values_, theirs.singular_values_, rtol=1e-6)
    assert_allclose(ours.mean_, theirs.mean_, rtol=1e-12)
    signs = np.sign(np.sum(ours.components_ * theirs.components_, axis=1))
    assert_allclose(ours.transform(X), theirs.transform(X) * signs, atol=1e-7 * np.abs(X).max())


@every_solver
@pytest.mark.parametrize(("part", "k"), [(0.90, 21), (0.95, 29), (0.99, 41)])
def test_so_many_components_hold_so_much_of_the_digits(part, k, solver):
    model = PCA(part, solver=solver).fit(DIGITS)
    assert model.n_components_ == len(model.components_) == k
    assert model.explained_variance_ratio_.sum() >= part
    assert model.explained_variance_ratio_[:-1].sum() < part
    assert decomposition.PCA(part, svd_solver="full").fit(DIGITS).n_components_ == k


def test_the_digits_vary_in_sixty_one_directions():
    variances = PCA(solver="svd").fit(DIGITS).explained_variance_
    assert np.sum(variances > 1e-12 * variances[0]) == 61


# --- laws -----------------------------------------------------------------------------------------


@given(clouds)
def test_the_two_solvers_agree(X):
    assume(np.ptp(X, axis=0).any())
    a, b = PCA(solver="svd").fit(X), PCA(solver="eigh").fit(X)
    total = a.explained_variance_.sum()
    assert_allclose(a.explained_variance_, b.explained_variance_, atol=1e-12 * total)
    gaps = np.abs(np.diff(a.explained_variance_, append=0, prepend=np.inf))
    plain = (np.minimum(gaps[:-1], gaps[1:]) > 1e-3 * total) & (a.explained_variance_ > 1e-3 * total)
    assert_allclose(a.components_[plain], b.components_[plain], atol=1e-9)


@given(clouds, st.sampled_from(SOLVERS))
def test_components_are_perpendicular_unit_vectors_whose_largest_entry_is_positive(X, solver):
    assume(np.ptp(X, axis=0).any())
    W = PCA(solver=solver).fit(X).components_
    assert_allclose(W @ W.T, np.eye(len(W)), atol=1e-12)
    assert_allclose(W.max(axis=1), np.abs(W).max(axis=1), rtol=1e-8)


@given(clouds, st.sampled_from(SOLVERS))
def test_coordinates_do_not_vary_together_and_hold_the_whole_variance(X, solver):
    assume(np.ptp(X, axis=0).any())
    model = PCA(solver=solver)
    C = covariance(model.fit_transform(X))
    size = model.explained_variance_[0]
    assert_allclose(C, np.diag(model.explained_variance_), atol=1e-12 * size)
    assert np.trace(C) == pytest.approx(np.trace(covariance(X)))
    assert model.explained_variance_ratio_.sum() == pytest.approx(1)


@given(clouds, st.integers(0, 99))
def test_no_direction_is_wider_than_the_first_component(X, seed):
    assume(np.ptp(X, axis=0).any())
    v = np.random.default_rng(seed).normal(size=X.shape[1])
    along = np.var(X @ v / np.linalg.norm(v), ddof=1)
    assert along <= PCA(1).fit(X).explained_variance_[0] * (1 + 1e-12)


@every_solver
@pytest.mark.parametrize("k", [1, 5, 20])
def test_what_the_components_leave_out_is_the_variance_of_the_others(k, solver):
    model, everything = PCA(k, solver=solver), PCA(solver=solver).fit(DIGITS)
    left = DIGITS - model.inverse_transform(model.fit_transform(DIGITS))
    assert np.sum(left**2) == pytest.approx(np.sum(everything.singular_values_[k:] ** 2))


@every_solver
@pytest.mark.parametrize("X", [IRIS, WIDE], ids=["tall", "wide"])
def test_with_all_components_nothing_is_lost(X, solver):
    model = PCA(solver=solver)
    assert_allclose(model.inverse_transform(model.fit_transform(X)), X, atol=1e-12 * np.abs(X).max())
    assert len(model.components_) == min(X.shape)


@every_solver
def test_neither_a_move_nor_the_order_of_the_rows_changes_the_components(rng, solver):
    here = PCA(solver=solver).fit(IRIS).components_
    assert_allclose(PCA(solver=solver).fit(rng.permutation(IRIS) + 1e6).components_, here, atol=1e-8)


# --- edges ----------------------------------------------------------------------------------------


def test_the_covariance_matrix_loses_digits_that_the_svd_keeps():
    # Singular values 1 and 10⁻⁹: their squares are 18 digits apart, and float64 has 16.
    X = np.array([[1.0, 1], [-1, -1], [1e-9, -1e-9], [-1e-9, 1e-9]])
    truth = [2, 2e-9]
    assert_allclose(PCA(solver="svd").fit(X).singular_values_, truth, rtol=1e-6)
    assert PCA(solver="eigh").fit(X).singular_values_[1] != pytest.approx(truth[1], rel=1e-2)


@every_solver
def test_entries_that_tie_give_one_sign_whichever_is_larger_by_rounding(rng, solver):
    # Of two standardised features the components are (1, 1)/√2 and (1, −1)/√2, whatever the data.
    for _ in range(20):
        X = standardize_columns(rng.normal(size=(50, 2)) @ [[1, 0.5], [0, 1]])
        assert_allclose(PCA(solver=solver).fit(X).components_ * math.sqrt(2), [[1, 1], [1, -1]], atol=1e-9)


@every_solver
def test_no_variance_is_negative_by_rounding(rng, solver):
    for _ in range(20):
        model = PCA(solver=solver).fit(rng.normal(size=(20, 1)) @ rng.normal(size=(1, 5)))
        assert model.explained_variance_.min() >= 0
        assert np.isfinite(model.singular_values_).all()


@every_solver
def test_more_features_than_examples_leave_as_many_components_as_examples(solver):
    model = PCA(solver=solver).fit(WIDE)
    assert model.components_.shape == (20, 64)
    assert model.explained_variance_[-1] == pytest.approx(0, abs=1e-9)  # 20 centred points vary in 19 directions
    assert model.explained_variance_.sum() == pytest.approx(np.trace(covariance(WIDE)))


@every_solver
def test_a_constant_column_has_no_part_in_any_component_that_varies(solver):
    X = np.column_stack([IRIS, np.full(len(IRIS), 1e8 + 0.1)])
    model = PCA(solver=solver).fit(X)
    assert_allclose(model.components_[:4, 4], 0, atol=1e-12)
    assert model.explained_variance_[4] == pytest.approx(0, abs=1e-20)


@every_solver
def test_two_points_have_the_line_through_them(solver):
    model = PCA(1, solver=solver).fit([[0, 0], [6, 8]])
    assert_allclose(model.components_, [[0.6, 0.8]])
    assert_allclose(model.transform([[3, 4]]), [[0]], atol=1e-12)
    assert model.explained_variance_ratio_ == pytest.approx([1])


def test_nearly_all_of_the_variance_may_take_all_components(rng):
    models = [PCA(1 - 1e-16).fit(rng.normal(size=(9, 7))) for _ in range(50)]
    assert {model.n_components_ for model in models} == {7}


def test_a_part_of_the_variance_may_have_any_precision():
    assert PCA(np.float32(0.5)).fit(IRIS).n_components_ == 1


@every_solver
def test_small_whole_numbers_are_computed_with_as_float64(solver):
    X = DIGITS[:50]
    small, wide = (PCA(3, solver=solver).fit(X.astype(dtype)) for dtype in (np.int8, np.float64))
    assert_array_equal(small.components_, wide.components_)


def test_a_fit_that_fails_leaves_the_one_before_as_it_was():
    model = PCA(2).fit(IRIS)
    before = model.transform(IRIS)
    model.n_components = 9
    with pytest.raises(ValueError, match="n_components must be at most 4"):
        model.fit(IRIS + 5)
    assert_array_equal(model.transform(IRIS), before)


# --- errors ---------------------------------------------------------------------------------------

EXPECTED = "n_components must be a whole number, or a part of the variance between 0 and 1"


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: PCA(solver="full").fit(IRIS), ValueError, 'solver must be "svd" or "eigh", but \'full\' came'),
        (lambda: PCA(0).fit(IRIS), ValueError, "n_components must be at least 1, but n_components = 0 came"),
        (
            lambda: PCA(5).fit(IRIS),
            ValueError,
            "n_components must be at most 4, for X is 150 by 4, but 5 came",
        ),
        (lambda: PCA(1.5).fit(IRIS), ValueError, f"{EXPECTED}, but 1.5 came"),
        (lambda: PCA(1.0).fit(IRIS), ValueError, f"{EXPECTED}, but 1.0 came"),
        (lambda: PCA(math.nan).fit(IRIS), ValueError, f"{EXPECTED}, but nan came"),
        (
            lambda: PCA("mle").fit(IRIS),
            TypeError,
            "n_components must be a whole number, but the text 'mle' came",
        ),
        (lambda: PCA().fit([[1, 2]]), ValueError, "X must have at least 2 rows for a variance, but 1 came"),
        (lambda: PCA().fit([[0.1, 2], [0.1, 2]]), ValueError, "X must vary, but all its rows are the same"),
        (lambda: PCA().fit([[1, math.nan]]), ValueError, "X must be finite, but X[0, 1] is nan"),
        (
            lambda: PCA().transform(IRIS),
            ValueError,
            "PCA must be fitted before it can transform: call fit first",
        ),
        (
            lambda: PCA(2).fit(IRIS).transform([[1, 2]]),
            ValueError,
            "X must have 4 columns, as in fit, but 2 came",
        ),
        (
            lambda: PCA(2).fit(IRIS).inverse_transform(IRIS),
            ValueError,
            "Z must have 2 columns, one for each component, but 4 came",
        ),
    ],
)
def test_what_cannot_be_is_said(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
