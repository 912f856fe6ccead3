"""What every module shares: names for shapes, and errors that say what came.

A vector is a one-dimensional array `(d,)`; a matrix `(n, d)` holds `n` vectors, one in each row.
Whatever a caller passes (lists, integers, a small dtype) is computed with as float64.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector: TypeAlias = NDArray[np.float64]
Matrix: TypeAlias = NDArray[np.float64]

__all__ = ["Matrix", "Vector", "as_matrix", "as_number", "as_vector", "require", "require_same"]

_KINDS = {1: "a vector: one row of numbers", 2: "a matrix: rows of equal length"}


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


def as_vector(x: ArrayLike, name: str) -> Vector:
    """`x` as a float64 vector `(d,)` of at least one finite number.

    Raises
    ------
    TypeError
        If `x` holds something that is not a real number.
    ValueError
        If the shape is wrong, nothing is in it, or a number is NaN or infinite.
    """
    return _as_array(x, name, dimensions=1)


def as_matrix(X: ArrayLike, name: str) -> Matrix:
    """`X` as a float64 matrix `(n, d)` of finite numbers; errors as in `as_vector`."""
    return _as_array(X, name, dimensions=2)


def as_number(x: object, name: str) -> float:
    """`x` as a float; infinity is allowed, NaN is not.

    Raises
    ------
    TypeError
        If `x` is not one real number.
    ValueError
        If `x` is NaN.
    """
    came = np.asarray(x)
    if came.ndim != 0 or came.dtype.kind not in "buif":
        raise TypeError(f"{name} must be a number, but {_describe(x)} came")
    require(not np.isnan(came), f"{name} must be a number, but NaN came")
    return float(came)


def _as_array(x: ArrayLike, name: str, dimensions: int) -> NDArray[np.float64]:
    expected = f"{name} must be {_KINDS[dimensions]}"
    try:
        came = np.asarray(x)
    except ValueError:
        raise ValueError(f"{expected}, but rows of different lengths came") from None
    if came.dtype.kind not in "buif":
        raise TypeError(f"{expected}, but {_describe(x)} came")
    require(came.ndim == dimensions, f"{expected}, but an array of shape {came.shape} came")
    require(came.size, f"{name} must not be empty, but its shape is {came.shape}")
    numbers: NDArray[np.float64] = came.astype(np.float64)
    if not np.isfinite(numbers).all():
        place = tuple(int(i) for i in np.argwhere(~np.isfinite(numbers))[0])
        where = ", ".join(map(str, place))
        raise ValueError(f"{name} must be finite, but {name}[{where}] is {numbers[place]}")
    return numbers


def _describe(x: object) -> str:
    """What a person would call the thing that came instead of numbers."""
    if isinstance(x, (list, tuple, np.ndarray)):
        x = next((v for v in np.asarray(x, dtype=object).ravel() if not _is_number(v)), x)
    return f"the text {x[:40]!r}" if isinstance(x, str) else f"{type(x).__name__} {x!r:.40}"


def _is_number(v: object) -> bool:
    return np.asarray(v).dtype.kind in "buif"
