"""What intervals and tests ask of a sample: that it varies, and that two go in pairs."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Vector, as_number, as_vector, require, require_same
from mathml.matrices.products import EPS

__all__ = ["Seed", "as_pairs", "as_part", "as_varying", "varies"]

Seed: TypeAlias = int | np.random.Generator | None


def as_pairs(x: ArrayLike, y: ArrayLike) -> tuple[Vector, Vector]:
    """Two measurements of the same examples, (n,) each."""
    x, y = as_vector(x, "x"), as_vector(y, "y")
    require_same("length", x=len(x), y=len(y))
    return x, y


def varies(x: Vector, size: float = 0.0) -> bool:
    """Whether the numbers differ by more than rounding: what should be equal often is not, in its last digit.

    size : of the numbers that x was computed from, if they were larger
    """
    rounding = EPS * max(size, float(np.max(np.abs(x))))
    return bool(np.max(x) / 2 - np.min(x) / 2 > 2 * rounding)


def as_varying(x: ArrayLike, name: str, size: float = 0.0) -> Vector:
    """`x` as a vector (n,) of at least two numbers that differ by more than rounding."""
    x = as_vector(x, name)
    require(len(x) >= 2, f"{name} must hold at least 2 numbers, but {len(x)} came")
    require(varies(x, size), f"{name} must vary by more than rounding, but all of it is {x[0]:g}")
    return x


def as_part(part: float, name: str) -> float:
    """`part` as a part of a whole: above 0 and below 1."""
    part = as_number(part, name)
    require(0 < part < 1, f"{name} must be above 0 and below 1, but {name} = {part:g} came")
    return part
