"""Parameters: the arrays of a model as one vector, which is what an optimiser moves."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, Vector, as_array, require

__all__ = ["pack", "unpack"]


def pack(arrays: Iterable[ArrayLike]) -> Vector:
    """All entries of some arrays, one array after the other, in one vector.

    Parameters
    ----------
    arrays : one or more, of any shapes

    Returns
    -------
    x : (p,) p is the number of all entries

    Raises
    ------
    ValueError
        If there is no array.

    Lesson 3, "Backpropagation".

    >>> pack([[[1, 2], [3, 4]], [5]]).tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0]
    """
    entries = [as_array(array, f"arrays[{i}]").reshape(-1) for i, array in enumerate(arrays)]
    require(entries, "arrays must hold at least one array, but none came")
    return np.concatenate(entries)


def unpack(x: ArrayLike, shapes: Sequence[tuple[int, ...]]) -> list[Array]:
    """The arrays again, from their vector and their shapes: the inverse of `pack`.

    If x is recorded by `mathml.autodiff`, so is what becomes of each of them.

    Parameters
    ----------
    x : (p,)
    shapes : of the arrays, in their order

    Raises
    ------
    ValueError
        If the arrays have not p entries in all.

    Lesson 3, "Backpropagation".

    >>> [array.shape for array in unpack(np.arange(5.0), [(2, 2), (1,)])]
    [(2, 2), (1,)]
    """
    x, sizes = as_array(x, "x"), [math.prod(shape) for shape in shapes]
    expected = f"x must have one entry for each of the {sum(sizes)} in arrays of the shapes {list(shapes)}"
    require(x.shape == (sum(sizes),), f"{expected}, but its shape is {x.shape}")
    ends = np.cumsum(sizes, dtype=int).tolist()
    return [x[end - size : end].reshape(shape) for size, end, shape in zip(sizes, ends, shapes, strict=True)]
