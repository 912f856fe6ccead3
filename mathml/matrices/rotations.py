"""Jacobi's rotations, a round of disjoint ones at a time: what the eigenvectors and the singular vectors share.

Two columns x and y side by side are one complex column x + iy, and turning them by θ is one multiplication by e⁻ⁱᶿ.
In a round, neighbours are turned: columns 0 and 1, 2 and 3, …; in the next, 1 and 2, 3 and 4, …. So that every column
meets every other, neighbours also change places when they have met, which costs nothing: it is the turn by 90° more.
After n rounds, a sweep, every pair has met once. Before each sweep the columns are sorted by size: where several
singular values or eigenvalues are equal, half as many sweeps are enough.

Luk and Park, On parallel Jacobi orderings (1989), section 3.
"""

import math
from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mathml.arrays import Matrix, Vector

__all__ = ["Turns", "off_diagonal", "rounds", "sweeps_until", "turn_columns", "turns"]

Turns: TypeAlias = NDArray[np.complex128]

MAX_SWEEPS = 60  # fewer than 15 are needed


def sweeps_until(settled: Callable[[], bool]) -> Iterator[int]:
    """The numbers of the sweeps, 0, 1, 2, …, until one would begin settled."""
    for sweep in range(MAX_SWEEPS):
        if settled():
            return
        yield sweep
    raise ArithmeticError(f"rotations did not settle in {MAX_SWEEPS} sweeps")


def rounds(n: int) -> Iterator[tuple[slice, slice]]:
    """For each round of a sweep, the places among n of the left neighbours and of the right ones."""
    for k in range(n):
        yield slice(k % 2, n - 1, 2), slice(k % 2 + 1, n, 2)


def turns(alpha: Vector, beta: Vector, gamma: Vector) -> Turns:
    """What turns two columns of squared lengths α and β and dot product γ to be perpendicular, and exchanges them.

        i e⁻ⁱᶿ    with    tan 2θ = 2γ / (α − β),    |θ| ≤ 45°

    The same turn, of columns and then of rows, makes the symmetric matrix [[α, γ], [γ, β]] diagonal.
    """
    theta = np.arctan2(np.where(alpha < beta, -2.0, 2.0) * gamma, np.abs(alpha - beta)) / 2
    turned: Turns = 1j * np.exp(-1j * theta)
    return turned


def turn_columns(X: Matrix, left: slice, turns: Turns) -> None:
    """Turn each column at a left place with its right neighbour, in place."""
    pairs = X[:, left.start : left.start + 2 * len(turns)].view(np.complex128)
    pairs *= turns


def off_diagonal(A: Matrix) -> float:
    """What Jacobi's rotations bring to zero.

    √(Σᵢ≠ⱼ aᵢⱼ²)
    """
    rest = A - np.diag(np.diagonal(A))
    return math.sqrt(np.einsum("ij,ij->", rest, rest))
