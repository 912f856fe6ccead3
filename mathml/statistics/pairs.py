"""Pairs of numbers: what two measurements of the same examples have in common."""

from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from mathml import matrices
from mathml.arrays import as_count, require
from mathml.statistics.samples import as_pairs

__all__ = ["correlation", "covariance"]


def covariance(x: ArrayLike, y: ArrayLike, ddof: SupportsIndex = 1) -> float:
    """Whether x and y lie on the same side of their means together: one entry of the covariance matrix.

        cov(x, y) = Σᵢ (xᵢ − x̄) (yᵢ − ȳ) / (n − ddof)

    Parameters
    ----------
    x, y : (n,) pairs of numbers, of the same n examples
    ddof : 1 for a sample, 0 for the whole population; less than n

    Lesson 4, "Covariance and correlation".

    >>> covariance([1, 2, 3], [2, 4, 6])
    2.0
    """
    x, y = as_pairs(x, y)
    require(
        len(x) > as_count(ddof, "ddof", least=0),
        f"x must hold more than {ddof} numbers (ddof = {ddof}), but {len(x)} came",
    )
    return float(matrices.covariance(np.column_stack([x, y]), ddof)[0, 1])


def correlation(x: ArrayLike, y: ArrayLike) -> float:
    """How nearly the pairs lie on a line: covariance without units.

        r = cov(x, y) / (s_x s_y)

    Parameters
    ----------
    x, y : (n,) pairs of numbers, of the same n examples; neither may be constant

    Returns
    -------
    r : from −1, all on a falling line, to 1, all on a rising one; 0 says only that no line helps

    Raises
    ------
    ValueError
        If x or y never changes.

    Lesson 4, "Covariance and correlation".

    >>> round(correlation([1, 2, 3], [2, 4, 7]), 4)
    0.9934
    """
    x, y = as_pairs(x, y)
    for name, values in [("x", x), ("y", y)]:
        require(np.any(values != values[0]), f"{name} must vary, but all of it is {values[0]:g}")
    return float(matrices.correlation(np.column_stack([x, y]))[0, 1])
