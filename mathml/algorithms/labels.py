"""Labels: the classes of examples as targets, and how many of them a model gets right."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Matrix, Vector, require, require_same

__all__ = ["Labels", "accuracy", "one_hot", "signs"]

Labels: TypeAlias = NDArray[Any]


def one_hot(y: ArrayLike) -> tuple[Labels, Matrix]:
    """Labels as targets: a column for each class, with 1 in the rows that belong to it, and 0 elsewhere.

    Parameters
    ----------
    y : (n,) labels of any kind that can be sorted

    Returns
    -------
    classes : (k,) the labels that occur, sorted
    Y : (n, k)

    Raises
    ------
    ValueError
        If y is not one row of labels, holds NaN, or holds fewer than two classes.

    Lesson 3, "Used in: neural networks".

    >>> one_hot(["b", "a", "b"])[1].tolist()
    [[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]]
    """
    y = _as_labels(y)
    classes = np.unique(y)
    require(len(classes) >= 2, f"y must hold two classes or more, but all of it is {classes[0]}")
    return classes, (y[:, np.newaxis] == classes).astype(np.float64)


def signs(y: ArrayLike) -> tuple[Labels, Vector]:
    """Labels of two classes as −1 and 1.

    Parameters
    ----------
    y : (n,) labels of any kind that can be sorted

    Returns
    -------
    classes : (2,) the labels that occur, sorted
    s : (n,) −1 for the first class and 1 for the second

    Raises
    ------
    ValueError
        If y is not one row of labels, or holds one class only, or more than two.

    Lesson 5, "Used in: SVM".

    >>> signs(["b", "a", "b"])[1].tolist()
    [1.0, -1.0, 1.0]
    """
    classes, Y = one_hot(y)
    require(len(classes) == 2, f"y must hold two classes, but it holds {len(classes)}")
    return classes, Y[:, 1] - Y[:, 0]


def accuracy(y: ArrayLike, predicted: Labels) -> float:
    """What part of the labels y, (n,), was predicted."""
    y = _as_labels(y)
    require_same("length", X=len(predicted), y=len(y))
    return float(np.mean(y == predicted))


def _as_labels(y: ArrayLike) -> Labels:
    y = np.asarray(y)
    require(y.ndim == 1 and y.size, f"y must be one row of labels, but an array of shape {y.shape} came")
    for i in np.flatnonzero(y != y):  # only NaN differs from itself
        raise ValueError(f"y must hold labels, but y[{i}] is NaN")
    return y
