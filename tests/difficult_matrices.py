"""Matrices on which a careless algorithm fails, and how far from right a result may be."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose

EPS = np.finfo(float).eps
SCALES = [1, 1e-200, 1e200]
ENTRY = st.floats(-1e3, 1e3, allow_subnormal=False).map(lambda x: round(x, 6))
SMALL_WHOLE = st.integers(-4, 4).map(float)  # many zeros, repeated and dependent rows


# --- of any kind, for laws ------------------------------------------------------------------------


def matrices(rows=(1, 6), columns=(1, 6), elements=None):
    shapes = st.tuples(st.integers(*rows), st.integers(*columns))
    elements = ENTRY | SMALL_WHOLE if elements is None else elements
    return shapes.flatmap(lambda shape: hnp.arrays(np.float64, shape, elements=elements))


def square(largest=6, elements=None):
    elements = ENTRY | SMALL_WHOLE if elements is None else elements
    return st.integers(1, largest).flatmap(lambda n: hnp.arrays(np.float64, (n, n), elements=elements))


def symmetric(largest=6, elements=None):
    return square(largest, elements).map(lambda A: np.triu(A) + np.triu(A, 1).T)


def positive_definite(largest=6):
    """AᵀA + I: its smallest eigenvalue is at least 1."""
    return square(largest, SMALL_WHOLE).map(lambda A: A.T @ A + np.eye(len(A)))


# --- by name --------------------------------------------------------------------------------------


def hilbert(n):
    i = np.arange(n)
    return 1 / (i[:, np.newaxis] + i + 1)


def vandermonde(n):
    return np.vander(np.linspace(-1, 1, n))


def nearly_singular(n):
    return np.ones((n, n)) + 1e-12 * np.random.default_rng(n).normal(size=(n, n))


def rank_deficient(n):
    rng = np.random.default_rng(n)
    return rng.integers(-4, 5, (n, n // 2)) @ rng.integers(-4, 5, (n // 2, n)) + 0.0


def defective(n, eigenvalue=2.0):
    """A Jordan block: one eigenvalue, n times, with one eigenvector."""
    return eigenvalue * np.eye(n) + np.eye(n, k=1)


def rotation(angle):
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def clustered(n, values=(1.0, 2.0)):
    """Symmetric, with few eigenvalues that are repeated often."""
    axes = np.linalg.qr(np.random.default_rng(n).normal(size=(n, n))).Q
    A = axes * np.resize(values, n) @ axes.T
    return A / 2 + A.T / 2


def graded(n, last=-16):
    """Symmetric and positive, with eigenvalues that fall from 1 to 10^last."""
    return clustered(n, np.logspace(0, last, n))


def growing(n):
    """The example on which partial pivoting does worst: the last column doubles with every step."""
    A = np.eye(n) - np.tril(np.ones((n, n)), -1)
    A[:, -1] = 1
    return A


def random(n, d):
    return np.random.default_rng(100 * n + d).normal(size=(n, d))


SQUARE = {
    **{f"1×1, {x:g}": np.array([[x]]) for x in (0.0, -3.0)},
    **{f"zeros {n}": np.zeros((n, n)) for n in (2, 5)},
    **{f"ones {n}": np.ones((n, n)) for n in (2, 9)},
    **{f"identity {n}": np.eye(n) for n in (2, 8)},
    **{f"Hilbert {n}": hilbert(n) for n in (3, 8, 12, 20)},
    **{f"Vandermonde {n}": vandermonde(n) for n in (4, 12, 25)},
    **{f"nearly singular {n}": nearly_singular(n) for n in (2, 3, 10, 30)},
    **{f"rank-deficient {n}": rank_deficient(n) for n in (4, 9, 30)},
    **{f"defective {n}": defective(n) for n in (2, 5, 20)},
    "nilpotent 12": defective(12, 0.0),
    "nilpotent 12, transposed": defective(12, 0.0).T,
    "a third of a turn": rotation(2 * np.pi / 3),
    "a shift round a circle": np.roll(np.eye(7), 1, axis=0),
    "exchange": np.eye(6)[::-1],
    "two eigenvalues, each 12 times": clustered(24),
    "1 and −1, each 10 times": clustered(20, (1.0, -1.0)),
    "eigenvalues from 1 to 10⁻¹⁶": graded(33),
    "eigenvalues from 1 to 10⁻³⁰⁰": graded(20, -300),
    "columns from 1 to 10⁻¹⁰⁰": random(15, 15) * np.logspace(0, -100, 15),
    "rows from 1 to 10⁻¹⁰⁰": (random(15, 15) * np.logspace(0, -100, 15)).T,
    "growing 30": growing(30),
    "triangular 20": np.triu(random(20, 20)),
    **{f"random {n}": random(n, n) for n in (2, 3, 4, 5, 10, 33, 64)},
}
OBLONG = {
    **{f"random {n}×{d}": random(n, d) for n, d in [(1, 5), (5, 1), (2, 3), (3, 2), (40, 7), (7, 40)]},
    "Hilbert 12×6": hilbert(12)[:, :6],
    "Vandermonde 9×30": vandermonde(30)[:9],
    "rank-deficient 30×8": rank_deficient(30)[:, :8],
    "rank-deficient 8×30": rank_deficient(30)[:8],
    "a column twice": np.repeat(random(6, 2), 2, axis=1),
    "zeros 3×5": np.zeros((3, 5)),
}


# --- how far from right ---------------------------------------------------------------------------


def size(A):
    """The Frobenius norm, at any scale."""
    largest = np.max(np.abs(A))
    return largest * np.sqrt(np.sum((A / largest) ** 2)) if largest else 0.0


def assert_near(B, A, multiple):
    """‖A − B‖ ≤ multiple · m ε ‖A‖ with m the longer side."""
    assert B.shape == A.shape
    assert size(A - B) <= multiple * max(A.shape) * EPS * size(A)


def assert_orthonormal_columns(Q, multiple, longer=0):
    """‖QᵀQ − I‖ ≤ multiple · m ε with m the longer side, of Q or of the matrix that Q comes from."""
    assert size(Q.T @ Q - np.eye(Q.shape[1])) <= multiple * max(*Q.shape, longer) * EPS


def close(a, b, size=1.0):
    assert_allclose(a, b, rtol=1e-9, atol=1e-12 * max(1.0, float(size)))
