"""Jacobi's rotations, a round of disjoint ones at a time: what the eigenvectors and the singular vectors share.

In a round, neighbouring rows are turned: 0 and 1, 2 and 3, …; in the next, 1 and 2, 3 and 4, …. So that every row meets
every other, neighbours also change places when they have met. After n rounds, a sweep, every pair has met once. Before
each sweep the rows are sorted by size: where eigenvalues or singular values are equal, half as many sweeps are enough.

Luk and Park, On parallel Jacobi orderings (1989).
"""

import math
from collections.abc import Callable, Iterator

import numpy as np

from mathml.arrays import Array, Matrix, Vector

__all__ = ["off_diagonal", "rounds", "sweeps_until", "turn_rows", "turns"]

MAX_SWEEPS = 60  # 10 are enough


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


def turns(alpha: Vector, beta: Vector, gamma: Vector) -> Array:
    """What makes each pair of rows, of squared lengths α and β and dot product γ, perpendicular, and exchanges the two.

        [[−sin θ, cos θ], [cos θ, sin θ]]    with    tan 2θ = 2γ / (α − β),    |θ| ≤ 45°

    On both sides, it makes the symmetric matrix [[α, γ], [γ, β]] diagonal.

    Parameters
    ----------
    alpha, beta, gamma : (k,)

    Returns
    -------
    turns : (k, 2, 2)
    """
    theta = np.arctan2(np.where(alpha < beta, -2.0, 2.0) * gamma, np.abs(alpha - beta)) / 2
    turned = np.empty((len(theta), 2, 2))
    turned[:, 0, 1] = turned[:, 1, 0] = np.cos(theta)
    turned[:, 1, 1] = s = np.sin(theta)
    turned[:, 0, 0] = -s
    return turned


def turn_rows(X: Matrix, left: slice, turns: Array) -> Matrix:
    """X with each row at a left place turned with its right neighbour."""
    first, last = left.start, left.start + 2 * len(turns)
    pairs = (len(turns), 2, X.shape[1])
    turned = np.empty(X.shape)
    turned[:first], turned[last:] = X[:first], X[last:]
    np.matmul(turns, X[first:last].reshape(pairs), out=turned[first:last].reshape(pairs))
    return turned


def off_diagonal(A: Matrix) -> float:
    """What Jacobi's rotations bring to zero.

    √(Σᵢ≠ⱼ aᵢⱼ²)
    """
    rest = A - np.diag(np.diagonal(A))
    return math.sqrt(np.einsum("ij,ij->", rest, rest))
