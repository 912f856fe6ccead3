"""Masks: which key a query may see."""

from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import as_count, as_vector

__all__ = ["causal_mask", "padding_mask"]


def causal_mask(n: SupportsIndex, m: SupportsIndex | None = None) -> NDArray[np.bool_]:
    """Each query sees itself and what came before.

        mask[i, j] = j ≤ i + (m − n)

    If there are more keys than queries, the queries are the last of them.

    Parameters
    ----------
    n : how many queries there are
    m : how many keys; by default n

    Returns
    -------
    mask : (n, m) True where a key may be seen

    Lesson 6, "Masks".

    >>> causal_mask(2, 3).tolist()
    [[True, True, False], [True, True, True]]
    """
    n = as_count(n, "n")
    m = n if m is None else as_count(m, "m")
    return np.tri(n, m, m - n, dtype=bool)


def padding_mask(lengths: ArrayLike, m: SupportsIndex) -> NDArray[np.bool_]:
    """What fills up the shorter sequences of a batch is seen by none.

        mask[i, 0, j] = j < lengths[i]

    Parameters
    ----------
    lengths : (b,) how many tokens each sequence has, whole numbers from 0 to m
    m : how many places there are

    Returns
    -------
    mask : (b, 1, m) the same for each query

    Raises
    ------
    ValueError
        If a length is not a whole number from 0 to m.

    Lesson 6, "Masks".

    >>> padding_mask([1, 3], 3)[:, 0].tolist()
    [[True, False, False], [True, True, True]]
    """
    lengths, m = as_vector(lengths, "lengths"), as_count(m, "m")
    wrong = (lengths != np.floor(lengths)) | (lengths < 0) | (lengths > m)
    for i in np.flatnonzero(wrong):
        raise ValueError(f"lengths must be whole numbers from 0 to {m}, but lengths[{i}] is {lengths[i]:g}")
    return np.arange(m) < lengths[:, np.newaxis, np.newaxis]
