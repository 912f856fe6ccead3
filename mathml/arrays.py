"""What every module shares: names for shapes, and errors that say what came.

A vector is a one-dimensional array `(d,)`; a matrix `(n, d)` holds `n` vectors, one in each row.
Whatever a caller passes (lists, integers, a small dtype) is computed with as float64.
"""

import numbers
import operator
from typing import Any, SupportsIndex, TypeAlias, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]
Vector: TypeAlias = Array
Matrix: TypeAlias = Array

__all__ = [
    "Array",
    "Matrix",
    "Vector",
    "as_array",
    "as_count",
    "as_matrix",
    "as_nonzero_rows",
    "as_number",
    "as_vector",
    "require",
    "require_same",
]


# --- demands --------------------------------------------------------------------------------------


def require(condition: object, message: str) -> None:
    """Raise `ValueError(message)` unless the condition holds."""
    if not condition:
        raise ValueError(message)


def require_same(what: str, **sizes: int) -> None:
    """Raise a `ValueError` that names every size, unless all are equal.

    >>> require_same("length", a=2, b=3)
    Traceback (most recent call last):
    ValueError: a and b must have the same length, but a has 2 and b has 3
    """
    names = " and ".join(sizes)
    came = " and ".join(f"{name} has {size}" for name, size in sizes.items())
    require(len(set(sizes.values())) == 1, f"{names} must have the same {what}, but {came}")


# --- what a caller passes, as numbers -------------------------------------------------------------


def as_vector(x: ArrayLike, name: str) -> Vector:
    """`x` as a float64 vector `(d,)` of at least one finite number: a copy of the caller's.

    An array of another kind that answers NumPy's functions itself (as one that records derivatives does) is
    returned as it is, if it has this shape and finite numbers too.

    Raises
    ------
    TypeError
        If `x` holds something that is not a real number.
    ValueError
        If the shape is wrong, nothing is in it, or a number is NaN or infinite.
    """
    return _finite(x, name, 1, "a vector: one row of numbers")


def as_matrix(X: ArrayLike, name: str) -> Matrix:
    """`X` as a float64 matrix `(n, d)` of finite numbers; copy and errors as in `as_vector`."""
    return _finite(X, name, 2, "a matrix: rows of equal length")


def as_nonzero_rows(X: ArrayLike, name: str) -> Matrix:
    """`X` as in `as_matrix`, each row with a direction: a row of zeros is a `ValueError` that says which."""
    X = as_matrix(X, name)
    for i in np.flatnonzero(~X.any(axis=1)):
        raise ValueError(f"{name} must have no row of zeros, but {name}[{i}] is one")
    return X


def as_array(x: ArrayLike, name: str) -> Array:
    """`x` as a float64 array of any shape. Infinity is allowed, for −∞ is how scores are masked; NaN is not.

    An array of another kind that answers NumPy's functions itself is returned as it is.

    Raises
    ------
    TypeError
        If `x` holds something that is not a real number.
    ValueError
        If nothing is in it, or a number is NaN.
    """
    if _answers_numpy(x):
        return cast(Array, x)
    array = _real(x, f"{name} must be an array of numbers")
    require(array.size, f"{name} must not be empty, but its shape is {array.shape}")
    _refuse(np.isnan(array), array, f"{name} must not hold NaN", name)
    return array


def as_number(x: object, name: str) -> float:
    """`x` as a float; infinity is allowed, NaN is not.

    Raises
    ------
    TypeError
        If `x` is not one real number.
    ValueError
        If `x` is NaN.
    """
    number = _real(x, f"{name} must be a number")
    if number.ndim != 0:
        raise TypeError(f"{name} must be a number, but an array of shape {number.shape} came")
    require(not np.isnan(number), f"{name} must be a number, but NaN came")
    return float(number)


def as_count(n: SupportsIndex, name: str, least: int = 1) -> int:
    """`n` as an int that is at least `least`.

    Raises
    ------
    TypeError
        If `n` is not a whole number.
    ValueError
        If `n` is too small.
    """
    try:
        count = operator.index(n)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, but {_describe(n)} came") from None
    require(count >= least, f"{name} must be at least {least}, but {name} = {count} came")
    return count


# --- how ------------------------------------------------------------------------------------------


def _finite(x: ArrayLike, name: str, dimensions: int, kind: str) -> Array:
    expected = f"{name} must be {kind}"
    array = cast(Array, x) if _answers_numpy(x) else _real(x, expected)
    require(array.ndim == dimensions, f"{expected}, but an array of shape {array.shape} came")
    require(array.size, f"{name} must not be empty, but its shape is {array.shape}")
    _refuse(~np.isfinite(array), array, f"{name} must be finite", name)
    return array


def _answers_numpy(x: object) -> bool:
    return hasattr(x, "__array_function__") and not isinstance(x, np.ndarray)


def _real(x: object, expected: str) -> Array:
    """`x` as float64, if all of it is real numbers: never text that looks like one, never half of a complex number."""
    try:
        came: NDArray[Any] = np.asarray(x)
    except ValueError:
        raise ValueError(f"{expected}, but rows of different lengths came") from None
    if came.dtype.kind not in "buif" and not (came.dtype == object and all(map(_is_number, came.flat))):
        raise TypeError(f"{expected}, but {_describe(x)} came")
    try:
        return came.astype(np.float64)
    except OverflowError:
        raise ValueError(f"{expected}, but a whole number beyond the largest float came") from None


def _refuse(bad: NDArray[np.bool_], array: Array, expected: str, name: str) -> None:
    """Raise a `ValueError` that shows the first bad entry and its place."""
    if bad.any():
        place = tuple(int(i) for i in np.argwhere(bad)[0])
        where = f"[{', '.join(map(str, place))}]" if place else ""
        raise ValueError(f"{expected}, but {name}{where} is {array[place]}")


def _describe(x: object) -> str:
    """What a person would call the thing that came instead of numbers."""
    if isinstance(x, (list, tuple, np.ndarray)):
        x = next((v for v in np.asarray(x, dtype=object).flat if not _is_number(v)), x)
    if x is None:
        return "None"
    return f"the text {x[:40]!r}" if isinstance(x, str) else f"{type(x).__name__} {x!r:.40}"


def _is_number(v: object) -> bool:
    return isinstance(v, (numbers.Real, np.bool_))
