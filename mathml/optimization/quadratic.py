"""Quadratic programs: the lowest point of a bowl on planes and behind fences."""

from typing import NamedTuple, SupportsIndex, cast

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, as_count, as_nonzero_rows, as_vector, require, require_same
from mathml.matrices import is_positive_semidefinite, solve
from mathml.matrices.products import as_symmetric
from mathml.optimization.active_set import Faces, active_set, allowed, independent
from mathml.optimization.constraints import KKT, kkt_residual
from mathml.vectors import norm

__all__ = ["QuadraticSolution", "equality_program", "quadratic_program"]


class QuadraticSolution(NamedTuple):
    """The lowest point, and what proves that it is.

    x : (p,)
    inequality_multipliers : (m,) μ, at least 0: how hard each fence pushes; 0 for those that x does not touch
    equality_multipliers : (k,) ν
    kkt : by how much KKT's conditions are missed
    path : (steps + 1, p) the points on the way, all of them allowed
    """

    x: Vector
    inequality_multipliers: Vector
    equality_multipliers: Vector
    kkt: KKT
    path: Matrix


# --- equations ------------------------------------------------------------------------------------


def equality_program(H: ArrayLike, c: ArrayLike, A: ArrayLike, b: ArrayLike) -> tuple[Vector, Vector]:
    """The lowest point of a bowl on a plane: KKT's conditions are a linear system.

        minimise  xᵀH x / 2 + c · x    where A x = b

        ( H  Aᵀ ) ( x )   ( −c )
        ( A  0  ) ( ν ) = (  b )

    Parameters
    ----------
    H : (p, p) symmetric, and a bowl along the plane
    c : (p,)
    A : (k, p) independent rows
    b : (k,)

    Returns
    -------
    x : (p,)
    multipliers : (k,) ν, with H x + c + Aᵀν = 0

    Raises
    ------
    ValueError
        If the shapes do not fit, or the system is singular: the rows of A depend on one another, or H is level along
        the plane, as it may be for `quadratic_program`.

    Lesson 5, "Lagrange multipliers"; Boyd and Vandenberghe, Convex Optimization (2004), section 10.1.1.

    >>> x, multipliers = equality_program([[1, 0], [0, 1]], [0, 0], [[1, 1]], [1])
    >>> x.tolist(), multipliers.tolist()
    ([0.5, 0.5], [-0.5])
    """
    H, c = _as_bowl(H, c)
    A, b = _as_rows(A, b, ("A", "b"), len(c))
    k = len(b)
    system = np.block([[H, A.T], [A, np.zeros((k, k))]])
    try:
        both = solve(system, np.concatenate([-c, b]))
    except ValueError as error:
        needs = "A must have independent rows and H be a bowl along A x = b"
        raise ValueError(f"{needs}, but the system of KKT's conditions is singular") from error
    return both[:-k], both[-k:]


# --- inequalities ---------------------------------------------------------------------------------


def quadratic_program(
    H: ArrayLike,
    c: ArrayLike,
    A_ub: ArrayLike | None = None,
    b_ub: ArrayLike | None = None,
    A_eq: ArrayLike | None = None,
    b_eq: ArrayLike | None = None,
    *,
    start: ArrayLike | None = None,
    steps: SupportsIndex = 10_000,
) -> QuadraticSolution:
    """The lowest point of a bowl, or of a valley with a level floor, behind fences and on planes.

        minimise  xᵀH x / 2 + c · x    where A_ub x ≤ b_ub and A_eq x = b_eq

    By a primal active-set method. It holds a few fences, and goes towards the lowest point on them. A fence in the way
    stops it, and is held from then on. At the lowest point, a fence whose multiplier is negative pulls in place of
    pushing, and is let go. When all of them push, KKT's conditions hold. Of several to choose from, it takes the one
    with the lowest index, so as not to go round in circles (Bland's rule). A start that is allowed is found by phase
    one, which is such a program itself.

    Parameters
    ----------
    H : (p, p) symmetric, positive semi-definite; zeros make it a linear program
    c : (p,)
    A_ub, b_ub : (m, p) and (m,), or None for no fences
    A_eq, b_eq : (k, p) and (k,), or None for no planes
    start : (p,) where to begin, if it is allowed
    steps : at most so many, in each phase

    Returns
    -------
    solution : the point, the multipliers, and by how much KKT's conditions are missed, as a certificate

    Raises
    ------
    ValueError
        If H is no bowl, a row of A is zeros, no point is allowed, or there is no lowest one; or the steps do not do.

    Lesson 5, "KKT conditions"; Nocedal and Wright, Numerical Optimization (2006), algorithm 16.3; Bland, New finite
    pivoting rules for the simplex method (1977).

    >>> solution = quadratic_program([[1, 0], [0, 1]], [-2, -1], A_ub=[[1, 0], [0, 1]], b_ub=[1, 3])
    >>> solution.x.tolist(), solution.inequality_multipliers.tolist()
    ([1.0, 1.0], [1.0, 0.0])
    """
    H, c = _as_bowl(H, c)
    require(is_positive_semidefinite(H), "H must be positive semi-definite: else the ground has no floor, or two")
    A, b = _as_rows(A_ub, b_ub, ("A_ub", "b_ub"), len(c))
    E, e = _as_rows(A_eq, b_eq, ("A_eq", "b_eq"), len(c))
    first = None if start is None else as_vector(start, "start")
    if first is not None:
        require_same("length", start=len(first), c=len(c))
    steps = as_count(steps, "steps", least=0)

    fences, heights = _unit_rows(A, b)
    planes, widths = _unit_rows(E, e)
    size = max(float(np.max(np.abs(H))), float(np.max(np.abs(c)))) or 1.0
    walls, kept = independent(planes)
    x = allowed(fences, walls, first, steps)
    path, pushes, ties = active_set(H / size, c / size, fences, walls, x, steps)
    mu, nu = size * pushes / heights, np.zeros(len(e))
    nu[kept] = size * ties / widths[kept]
    kkt = kkt_residual(
        lambda x: cast(float, x @ H @ x / 2 + c @ x),
        path[-1],
        inequalities=(lambda x: A @ x - b) if len(b) else None,
        inequality_multipliers=mu,
        equations=(lambda x: E @ x - e) if len(e) else None,
        equation_multipliers=nu,
    )
    return QuadraticSolution(path[-1], mu, nu, kkt, path)


# --- what came ------------------------------------------------------------------------------------


def _as_bowl(H: ArrayLike, c: ArrayLike) -> tuple[Matrix, Vector]:
    H, c = as_symmetric(H, "H"), as_vector(c, "c")
    require_same("length", H=len(H), c=len(c))
    return H, c


def _as_rows(A: ArrayLike | None, b: ArrayLike | None, names: tuple[str, str], p: int) -> tuple[Matrix, Vector]:
    """Rows of p entries, none of them zeros, and a number for each; none of both if neither is given."""
    rows, numbers = names
    require((A is None) == (b is None), f"{rows} and {numbers} belong together, but one of them is missing")
    if A is None or b is None:
        return np.zeros((0, p)), np.zeros(0)
    A, b = as_nonzero_rows(A, rows), as_vector(b, numbers)
    require(A.shape[1] == p, f"{rows} must have {p} columns, as c has entries, but {A.shape[1]} came")
    require_same("number of rows", **{rows: len(A), numbers: len(b)})
    return A, b


def _unit_rows(A: Matrix, b: Vector) -> tuple[Faces, Vector]:
    """The same faces, with rows of length 1, so that A x − b is a distance; and what the lengths were."""
    lengths = np.array([norm(row) for row in A])
    return Faces(A / lengths[:, np.newaxis], b / lengths), lengths
