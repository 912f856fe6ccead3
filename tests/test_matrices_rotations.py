"""Rotations: each makes its pair perpendicular, and in a sweep every pair meets once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from mathml.matrices import eigh, rotations, svd
from mathml.matrices.rotations import off_diagonal, rounds, turn_rows, turns
from tests.difficult_matrices import SMALL_WHOLE, assert_orthonormal_columns, clustered, graded, matrices, square


@pytest.mark.parametrize("n", range(1, 12))
def test_in_one_sweep_every_pair_meets_once(n):
    at, met = list(range(n)), []
    for left, right in rounds(n):
        met += [frozenset(pair) for pair in zip(at[left], at[right], strict=True)]
        at[left], at[right] = at[right], at[left]
    assert len(met) == len(set(met)) == n * (n - 1) // 2
    assert at == list(range(n))[::-1]


def test_the_pairs_of_a_round_are_disjoint_neighbours():
    for left, right in rounds(9):
        pairs = np.arange(9)[left], np.arange(9)[right]
        assert_array_equal(pairs[1] - pairs[0], 1)
        assert len(np.unique(pairs)) == 8


@given(matrices(rows=(2, 7)), st.integers(0, 1))
def test_a_turn_makes_neighbours_perpendicular(X, k):
    left, right = list(rounds(len(X)))[k]
    products = (np.sum(X[a] * X[b], axis=1) for a, b in [(left, left), (right, right), (left, right)])
    turned = turn_rows(X, left, turns(*products))
    assert_allclose(np.sum(turned[left] * turned[right], axis=1), 0, atol=1e-13 * np.sum(X**2))
    assert_allclose(turned[left] ** 2 + turned[right] ** 2, X[left] ** 2 + X[right] ** 2, rtol=1e-9, atol=1e-9)


@given(st.tuples(SMALL_WHOLE, SMALL_WHOLE, SMALL_WHOLE))
def test_a_turn_of_rows_and_columns_makes_a_symmetric_matrix_diagonal(entries):
    alpha, beta, gamma = np.array(entries)[:, np.newaxis]
    (J,) = turns(alpha, beta, gamma)
    assert_orthonormal_columns(J, 2)
    assert_allclose((J @ [[alpha[0], gamma[0]], [gamma[0], beta[0]]] @ J.T)[0, 1], 0, atol=1e-14)


def test_rows_that_are_perpendicular_already_only_change_places():
    X, turned = np.array([[3.0, 0.0], [0.0, 1e-9]]), turns(np.array([9.0]), np.array([1e-18]), np.array([0.0]))
    assert_array_equal(turn_rows(X, slice(0, 1, 2), turned), [[0, 1e-9], [3, 0]])


def test_a_tiny_angle_keeps_its_digits():
    gamma = np.array([1e-30])
    assert_allclose(turns(np.array([2.0]), np.array([1.0]), gamma), [[[-1e-30, 1], [1, 1e-30]]], rtol=1e-15)


@given(square())
def test_what_lies_off_the_diagonal_is_all_but_the_diagonal(A):
    assert_allclose(off_diagonal(A) ** 2, np.sum(A**2) - np.sum(np.diag(A) ** 2), rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize("decompose", [eigh, svd])
@pytest.mark.parametrize(
    "A", [clustered(60), clustered(50, (1, 2, 3)), graded(64), graded(40, -8)], ids=["two", "three", "16", "8"]
)
def test_equal_or_graded_eigenvalues_take_no_more_sweeps_than_others(decompose, A, monkeypatch):
    monkeypatch.setattr(rotations, "MAX_SWEEPS", 10)
    decompose(A)


@pytest.mark.parametrize("decompose", [eigh, svd])
def test_an_end_without_success_would_be_said(decompose, monkeypatch):
    monkeypatch.setattr(rotations, "MAX_SWEEPS", 1)
    with pytest.raises(ArithmeticError, match=r"^rotations did not settle in 1 sweeps$"):
        decompose(np.arange(25).reshape(5, 5) + np.arange(25).reshape(5, 5).T)
