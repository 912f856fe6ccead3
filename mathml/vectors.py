"""Vectors: lengths, angles and shadows, and the spaces that vectors span.

Two operations carry the whole lesson: the linear combination (scale and add) and the dot product.
Every other function here is made of these two. A set of `k` vectors is a matrix `(k, d)`, one vector in
each row.
"""

import math
from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Array, Matrix, Vector, as_matrix, as_nonzero_rows, as_number, as_vector, require, require_same

Metric = Literal["l1", "l2", "cosine"]

__all__ = [
    "Metric",
    "angle",
    "basis",
    "center_columns",
    "coordinates",
    "cosine_similarity",
    "distance",
    "dot",
    "gram_schmidt",
    "in_span",
    "is_independent",
    "linear_combination",
    "norm",
    "normalize_rows",
    "paired_distances",
    "pairwise_distances",
    "project",
    "project_onto_span",
    "standardize_columns",
    "unit",
]


# --- two operations -------------------------------------------------------------------------------


def linear_combination(c: ArrayLike, V: ArrayLike) -> Vector:
    """Scale each vector, then add them up.

        Σᵢ cᵢ vᵢ

    Parameters
    ----------
    c : (k,) coefficients
    V : (k, d) one vector in each row

    Returns
    -------
    combination : (d,)

    Raises
    ------
    ValueError
        If there is not one coefficient for each vector.

    Lesson 1, "Add, subtract, scale".
    """
    c, V = as_vector(c, "c"), as_matrix(V, "V")
    require(len(c) == len(V), f"c must have one entry for each row of V, but c has {len(c)} and V has {len(V)}")
    combination: Vector = np.sum(c[:, np.newaxis] * V, axis=0)
    return combination


def dot(a: ArrayLike, b: ArrayLike) -> float:
    """Multiply entry by entry, then add up.

        a · b = Σᵢ aᵢ bᵢ = ‖a‖ ‖b‖ cos θ

    Parameters
    ----------
    a, b : (d,)

    Raises
    ------
    ValueError
        If the lengths differ.

    Lesson 1, "The dot product".
    """
    a, b = as_vector(a, "a"), as_vector(b, "b")
    require_same("length", a=len(a), b=len(b))
    return float(np.sum(a * b))


# --- length and distance --------------------------------------------------------------------------


def norm(x: ArrayLike, p: float = 2) -> float:
    """The length of a vector.

        ‖x‖ₚ = (Σᵢ |xᵢ|ᵖ)^(1/p),    ‖x‖∞ = maxᵢ |xᵢ|

    A common scale is taken out first, so that |xᵢ|ᵖ neither overflows nor underflows.

    Parameters
    ----------
    x : (d,)
    p : at least 1; `math.inf` gives the largest entry

    Raises
    ------
    ValueError
        If p is below 1: the unit ball would not be convex, and the triangle inequality would fail.

    Lesson 1, "Norms"; Golub and Van Loan, Matrix Computations (2013), section 2.2.
    """
    x, p = as_vector(x, "x"), _as_order(p)
    if p == 2:
        scale, ratios = _scaled(x, p)
        return float(scale) * math.sqrt(dot(ratios, ratios))
    return float(_lengths(x, p))


def distance(a: ArrayLike, b: ArrayLike, p: float = 2) -> float:
    """How far it is from a to b: the length of their difference.

        d(a, b) = ‖a − b‖ₚ

    Parameters
    ----------
    a, b : (d,)
    p : at least 1, as in `norm`

    Lesson 1, "Norms".
    """
    a, b, p = as_vector(a, "a"), as_vector(b, "b"), _as_order(p)
    require_same("length", a=len(a), b=len(b))
    with np.errstate(over="ignore"):
        difference = a - b
    return norm(difference, p) if np.isfinite(difference).all() else math.inf


def unit(x: ArrayLike, p: float = 2) -> Vector:
    """The vector of length one that points the same way.

        x / ‖x‖ₚ

    Parameters
    ----------
    x : (d,)
    p : at least 1, as in `norm`

    Raises
    ------
    ValueError
        If x is zero: it points nowhere.

    Lesson 1, "Unit vectors".
    """
    return _unit(x, "x", p)


def _unit(x: ArrayLike, name: str, p: float = 2) -> Vector:
    x = as_vector(x, name)
    require(x.any(), f"{name} must not be the zero vector: it has no direction")
    ratios: Vector = x / _power_of_two(x)  # so that the length of a huge or a tiny vector is a plain number
    return ratios / norm(ratios, p)


# --- lengths without overflow ---------------------------------------------------------------------


def _as_order(p: object) -> float:
    order = as_number(p, "p")
    require(order >= 1, f"p must be at least 1, but p = {order:g} came")
    return order


def _power_of_two(X: Array) -> Array:
    """The power of two just below the largest entry of each row `(..., 1)`: dividing by it costs no digit."""
    largest = np.max(np.abs(X), axis=-1, keepdims=True)
    scale: Array = np.ldexp(0.5, np.frexp(largest)[1])
    return scale


def _scaled(X: Array, p: float) -> tuple[Array, Array]:
    """The scale of each row `(...)`, and its entries in that scale `(..., d)`: no power p of them overflows."""
    scale = _power_of_two(X)
    if p > 2:  # 2ᵖ may overflow: here the largest entry itself has to become 1
        largest = np.max(np.abs(X), axis=-1, keepdims=True)
        scale = np.where(largest > 0, largest, 1)
    return scale[..., 0], np.abs(X) / scale


def _lengths(X: Array, p: float) -> Array:
    """The norm of each row of X, `(..., d)` to `(...)`: `norm` for many vectors at once."""
    if p == math.inf:
        largest: Array = np.max(np.abs(X), axis=-1)
        return largest
    scale, ratios = _scaled(X, p)
    lengths: Array = scale * np.sum(ratios**p, axis=-1) ** (1 / p)
    return lengths


# --- direction ------------------------------------------------------------------------------------


def cosine_similarity(a: ArrayLike, b: ArrayLike) -> float:
    """The dot product of the directions: 1 the same way, 0 at right angles, −1 opposite.

        cos θ = a · b / (‖a‖ ‖b‖)

    Parameters
    ----------
    a, b : (d,) neither of them zero

    Lesson 1, "Cosine similarity".
    """
    cosine = dot(_unit(a, "a"), _unit(b, "b"))
    return min(1.0, max(-1.0, cosine))  # rounding may pass the bounds by one part in 10¹⁶


def angle(a: ArrayLike, b: ArrayLike) -> float:
    """The angle between two vectors in radians, from 0 to π.

        θ = 2 atan2(‖u − v‖, ‖u + v‖),    u = a/‖a‖,  v = b/‖b‖

    It equals arccos(u · v), and keeps its digits where arccos loses half of them: near 0 and near π.

    Parameters
    ----------
    a, b : (d,) neither of them zero

    Lesson 1, "Cosine similarity"; Kahan, How Futile are Mindless Assessments of Roundoff (2006), section 12.
    """
    u, v = _unit(a, "a"), _unit(b, "b")
    require_same("length", a=len(u), b=len(v))
    return 2 * math.atan2(norm(u - v), norm(u + v))


def project(a: ArrayLike, b: ArrayLike) -> Vector:
    """The shadow of a on the line through b; what is left of a is perpendicular to b.

        proj_b(a) = (a · b / b · b) b

    Parameters
    ----------
    a : (d,)
    b : (d,) not zero

    Lesson 1, "Projection".
    """
    a, direction = as_vector(a, "a"), _unit(b, "b")
    require_same("length", a=len(a), b=len(direction))
    return dot(a, direction) * direction


# --- many vectors at once -------------------------------------------------------------------------


def normalize_rows(X: ArrayLike, p: float = 2) -> Matrix:
    """Scale each example to length one: directions stay, lengths go.

        xᵢ / ‖xᵢ‖ₚ    for each row i

    Parameters
    ----------
    X : (n, d) without a row of zeros

    Lesson 1, "Unit vectors". The other "normalisation" is `standardize_columns`.
    """
    return _normalize_rows(X, "X", p)


def _normalize_rows(X: ArrayLike, name: str, p: float = 2) -> Matrix:
    X, p = as_nonzero_rows(X, name), _as_order(p)
    ratios: Matrix = X / _power_of_two(X)  # as in `unit`
    return ratios / _lengths(ratios, p)[:, np.newaxis]


def center_columns(X: ArrayLike) -> tuple[Array, Array]:
    """Move the mean of each feature to zero.

        Z = X − mean,    meanⱼ = (1/n) Σᵢ xᵢⱼ

    Counted from the first row, so that a large common offset costs no digits, and a constant column is exactly zero.

    Parameters
    ----------
    X : (n, d), or (n,) for one feature

    Returns
    -------
    Z : the shape of X
    mean : (d,), or () for one feature

    Lesson 1, "Unit vectors".
    """
    X = as_vector(X, "X") if np.ndim(X) == 1 else as_matrix(X, "X")
    from_first = X - X[0]
    shift: Array = from_first.mean(axis=0)
    return from_first - shift, X[0] + shift


def standardize_columns(X: ArrayLike) -> Matrix:
    """Give each feature mean 0 and standard deviation 1: units of measurement go.

        (xᵢⱼ − meanⱼ) / stdⱼ    for each column j,    std² = (1/n) Σᵢ (xᵢⱼ − meanⱼ)²

    A column that never changes becomes zeros.

    Parameters
    ----------
    X : (n, d)

    Lesson 1, "Unit vectors". The other "normalisation" is `normalize_rows`.
    """
    X = as_matrix(X, "X")
    X = X / _power_of_two(X.T).T  # the unit of measurement does not matter, and now no square overflows
    centred, _ = center_columns(X)
    spread = np.sqrt((centred**2).mean(axis=0))
    return centred / np.where(spread > 0, spread, 1)


def pairwise_distances(X: ArrayLike, Y: ArrayLike | None = None, metric: Metric = "l2") -> Matrix:
    """The distance from every row of X to every row of Y.

        l1: Σⱼ |xⱼ − yⱼ|      l2: √(Σⱼ (xⱼ − yⱼ)²)      cosine: 1 − cos θ

    Parameters
    ----------
    X : (n, d)
    Y : (m, d), or nothing for the distances within X
    metric : "l1", "l2" or "cosine"; for the last, no row may be zero

    Returns
    -------
    distances : (n, m), never negative

    Lesson 1, "Norms".
    """
    X = _as_places(X, "X", metric)
    Y = X if Y is None else _as_places(Y, "Y", metric)
    require_same("number of columns", X=X.shape[1], Y=Y.shape[1])
    rows = max(1, _BLOCK // Y.size)
    with np.errstate(over="ignore"):  # a distance beyond the largest float is ∞
        return np.vstack([_DISTANCES[metric](X[i : i + rows, np.newaxis] - Y) for i in range(0, len(X), rows)])


def paired_distances(X: ArrayLike, Y: ArrayLike, metric: Metric = "l2") -> Vector:
    """The distance from each row of X to the row of Y at the same place: of some pairs only, as `pairwise_distances`.

    Parameters
    ----------
    X, Y : (n, d)
    metric : "l1", "l2" or "cosine"; for the last, no row may be zero

    Returns
    -------
    distances : (n,), never negative

    Lesson 1, "Norms".

    >>> paired_distances([[0, 0], [1, 1]], [[3, 4], [1, 1]]).tolist()
    [5.0, 0.0]
    """
    X, Y = _as_places(X, "X", metric), _as_places(Y, "Y", metric)
    require_same("length", X=len(X), Y=len(Y))
    require_same("number of columns", X=X.shape[1], Y=Y.shape[1])
    rows = max(1, _BLOCK // X.shape[1])
    with np.errstate(over="ignore"):  # a distance beyond the largest float is ∞
        return np.concatenate([_DISTANCES[metric](X[i : i + rows] - Y[i : i + rows]) for i in range(0, len(X), rows)])


def _as_places(X: ArrayLike, name: str, metric: Metric) -> Matrix:
    """Rows whose differences the metric is a function of: for "cosine" unit vectors."""
    require(metric in _DISTANCES, f'metric must be "l1", "l2" or "cosine", but {metric!r} came')
    return _normalize_rows(X, name) if metric == "cosine" else as_matrix(X, name)


_BLOCK = 2**15  # differences `(rows, m, d)` are made this many at a time, so that they stay in the processor's cache


def _sum_of_squares(D: Array) -> Array:
    squares: Array = np.einsum("...j,...j->...", D, D)
    return squares


def _l2(D: Array) -> Array:
    """√(Σⱼ dⱼ²) for each row, in one quick pass; with care only where a square overflowed or came near underflow."""
    squares = _sum_of_squares(D)
    lengths: Array = np.sqrt(squares)
    careful = (squares < 1e-280) | (squares == math.inf)
    lengths[careful] = _lengths(D[careful], 2)
    return lengths


# Each takes differences `(..., d)` to distances `(...)`. Differences are what keeps the digits: the expansion
# ‖x‖² + ‖y‖² − 2 x·y is one matrix product, and subtracts nearly equal numbers wherever two points are close.
# For unit vectors ‖u − v‖² = 2 − 2 cos θ; rounding may pass its bound by one part in 10¹⁶.
_DISTANCES: dict[str, Callable[[Array], Array]] = {
    "l1": lambda D: np.sum(np.abs(D), axis=-1),
    "l2": _l2,
    "cosine": lambda D: np.minimum(_sum_of_squares(D) / 2, 2.0),
}


# --- vector spaces --------------------------------------------------------------------------------


def gram_schmidt(V: ArrayLike, tolerance: float = 1e-12) -> Matrix:
    """Perpendicular unit vectors that span what the rows of V span.

        wᵢ = vᵢ − Σⱼ (vᵢ · qⱼ) qⱼ,    qᵢ = wᵢ / ‖wᵢ‖

    What is subtracted is subtracted twice: rounding leaves a trace of the earlier directions that a second pass
    removes, so QQᵀ = I holds to rounding even for vectors that are nearly parallel. A vector that depends on
    those before it adds no direction and no row.

    Parameters
    ----------
    V : (k, d)
    tolerance : a vector is dependent if less than this part of its length is new

    Returns
    -------
    Q : (r, d) orthonormal rows, r ≤ k

    Lesson 1, "Gram–Schmidt"; Giraud, Langou and Rozložník, The loss of orthogonality in the Gram–Schmidt
    process (2005), "twice is enough".
    """
    Q, _ = _orthonormalize(as_matrix(V, "V"), tolerance)
    return Q


def _orthonormalize(V: Matrix, tolerance: float) -> tuple[Matrix, NDArray[np.intp]]:
    """Orthonormal rows `(r, d)`, and which rows of V brought a new direction `(r,)`."""
    tolerance = _as_tolerance(tolerance)
    Q = np.empty((0, V.shape[1]))
    independent = []
    for i, v in enumerate(V):
        if not v.any():
            continue
        w = unit(v)
        for _ in range(2):
            w = w - (Q @ w) @ Q
            length = norm(w)
            if length <= tolerance:
                break
            w = w / length
        else:
            Q = np.vstack([Q, w])
            independent.append(i)
    return Q, np.array(independent, dtype=np.intp)


def is_independent(V: ArrayLike, tolerance: float = 1e-12) -> bool:
    """Whether no row is a linear combination of the others.

        Σᵢ cᵢ vᵢ = 0  only for  c = 0

    Parameters
    ----------
    V : (k, d)
    tolerance : as in `gram_schmidt`

    Lesson 1, "Independence and basis".
    """
    V = as_matrix(V, "V")
    return len(gram_schmidt(V, tolerance)) == len(V)


def basis(V: ArrayLike, tolerance: float = 1e-12) -> Matrix:
    """The rows that bring a new direction, in their order: a basis of what all the rows span.

    Parameters
    ----------
    V : (k, d) not all zero
    tolerance : as in `gram_schmidt`

    Returns
    -------
    B : (r, d) independent rows of V; r is the dimension of the span

    Lesson 1, "Independence and basis".
    """
    V = as_matrix(V, "V")
    require(V.any(), "V must hold a vector other than zero: the zero space has no basis to show")
    _, independent = _orthonormalize(V, tolerance)
    return V[independent]


def project_onto_span(x: ArrayLike, V: ArrayLike, tolerance: float = 1e-12) -> Vector:
    """The vector nearest to x among all linear combinations of the rows of V.

        x̂ = Σᵢ (x · qᵢ) qᵢ    with the orthonormal qᵢ of `gram_schmidt`

    Parameters
    ----------
    x : (d,)
    V : (k, d)
    tolerance : as in `gram_schmidt`

    Lesson 1, "Span".
    """
    x, V = as_vector(x, "x"), as_matrix(V, "V")
    _require_width(x, V, "V")
    Q = gram_schmidt(V, tolerance)
    return (Q @ x) @ Q


def in_span(x: ArrayLike, V: ArrayLike, tolerance: float = 1e-9) -> bool:
    """Whether x is a linear combination of the rows of V.

        ‖x − x̂‖ ≤ tolerance · ‖x‖    with x̂ from `project_onto_span`

    Parameters
    ----------
    x : (d,)
    V : (k, d)
    tolerance : what part of x may lie outside

    Lesson 1, "Span".
    """
    x, V, tolerance = as_vector(x, "x"), as_matrix(V, "V"), _as_tolerance(tolerance)
    _require_width(x, V, "V")
    if not x.any():
        return True  # the combination with all coefficients zero
    direction = unit(x)
    return distance(direction, project_onto_span(direction, V)) <= tolerance


def coordinates(x: ArrayLike, B: ArrayLike) -> Vector:
    """The coefficients that build x from a basis: the same vector, described by other axes.

        Σᵢ cᵢ bᵢ = x

    Parameters
    ----------
    x : (d,) in the span of B
    B : (k, d) independent rows

    Returns
    -------
    c : (k,) the only coefficients that do it

    Raises
    ------
    ValueError
        If the rows of B depend on one another, or x does not lie in their span.

    Lesson 1, "Independence and basis".
    """
    x, B = as_vector(x, "x"), as_matrix(B, "B")
    _require_width(x, B, "B")
    Q = gram_schmidt(B)
    require(len(Q) == len(B), f"B must have independent rows, but only {len(Q)} of its {len(B)} are")
    require(in_span(x, B), "x must lie in the span of B, but part of it is perpendicular to every row")
    L = B @ Q.T  # (k, k): row i of B needs only the first i + 1 directions, so L is lower triangular
    rest = Q @ x
    c = np.zeros(len(B))
    for i in reversed(range(len(B))):
        c[i] = rest[i] / L[i, i]
        rest = rest - c[i] * L[i]
    return c


def _as_tolerance(tolerance: object) -> float:
    part = as_number(tolerance, "tolerance")
    require(0 <= part < 1, f"tolerance must be at least 0 and below 1, but tolerance = {part:g} came")
    return part


def _require_width(x: Vector, V: Matrix, name: str) -> None:
    width = V.shape[1]
    require(len(x) == width, f"x must be as long as the rows of {name}, but x has {len(x)} and {name} has {width}")
