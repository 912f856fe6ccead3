"""The active-set method: from face to face of a polyhedron, down to its lowest point in a bowl.

`quadratic` is the door to it. Here rows of constraints have the length 1 and the bowl the size 1, so that distances,
slopes and multipliers can be compared with 1.
"""

import math
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mathml.arrays import Matrix, Vector, require
from mathml.matrices import eigh, least_squares, qr
from mathml.matrices.definite import definite_factor
from mathml.matrices.orthogonal import pivoted_qr
from mathml.matrices.systems import back_substitute, forward_substitute
from mathml.vectors import norm

__all__ = ["Faces", "active_set", "allowed", "independent"]

Indices: TypeAlias = NDArray[np.intp]

_NOTHING = 1e-10  # a slope, a multiplier or a distance that is rounding
_LEVEL = 1e-13  # a curvature that is
_ROUNDING = 1e-12  # a part of a way that is


class Faces(NamedTuple):
    """A x ≤ b, the fences, or A x = b, the walls; each row of A has the length 1."""

    A: Matrix
    b: Vector


# --- down, from face to face ----------------------------------------------------------------------


def active_set(
    H: Matrix, c: Vector, fences: Faces, walls: Faces, x: Vector, steps: int
) -> tuple[Matrix, Vector, Vector]:
    """The points on the way down from x, which is allowed, and the multipliers of fences and walls at the last."""
    held: list[int] = []
    path = [x]
    for _ in range(steps + 1):
        normals, along, R = _split(np.vstack([walls.A, fences.A[held]]))
        way, endless = _way_down(H, H @ x + c, along)
        share, fence = _room(fences, x, way, along, endless)
        if fence is not None:
            held.append(fence)
        require(share < math.inf, "H and c must have a lowest point that is allowed, but it goes down for ever")
        x = x + share * way
        if norm(share * way) > 0:
            path.append(x)
        if fence is None:
            multipliers = back_substitute(R, -normals.T @ (H @ x + c)) if R.size else np.zeros(0)
            ties, pushes = multipliers[: len(walls.b)], multipliers[len(walls.b) :]
            pulling = [i for i, push in zip(held, pushes, strict=True) if push < -_NOTHING]
            if not pulling:
                every = np.zeros(len(fences.b))
                every[held] = np.maximum(pushes, 0)
                return np.array(path), every, ties
            held.remove(min(pulling))
    raise ValueError(f"steps must be more: after {steps} the lowest point is not reached")


def _split(face: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Axes across a face, (p, k), and along it, (p, p − k); and R, in whose terms faceᵀ is the former."""
    k, p = face.shape
    Q, R = qr(np.hstack([face.T, np.eye(p)]))
    return Q[:, :k], Q[:, k:], R[:k, :k]


def _way_down(H: Matrix, slope: Vector, along: Matrix) -> tuple[Vector, bool]:
    """The way to the lowest point of a face; or, where it goes down on a level floor, that way, which has no end."""
    if not along.size:
        return np.zeros_like(slope), False
    bowl, pull = along.T @ H @ along, -along.T @ slope
    bowl = (bowl + bowl.T) / 2
    L = definite_factor(bowl)
    if L is not None and np.min(np.diagonal(L)) ** 2 > _LEVEL:
        return along @ back_substitute(L.T, forward_substitute(L, pull)), False
    bends, axes = eigh(bowl)
    pulls, level = axes.T @ pull, bends <= _LEVEL
    endless = norm(pulls * level) > _NOTHING
    way: Vector = along @ axes @ (pulls * level if endless else pulls / np.where(level, np.inf, bends))
    return way, endless


def _room(fences: Faces, x: Vector, way: Vector, along: Matrix, endless: bool) -> tuple[float, int | None]:
    """What part of the way is free, and the first fence in it, if there is one; of several, the lowest index."""
    nearer = fences.A @ way
    # A fence that stands across what is held already is never in the way, but for rounding.
    new = np.sqrt(np.sum((fences.A @ along) ** 2, axis=1)) > _NOTHING
    in_the_way = np.flatnonzero(new & (nearer > _ROUNDING * norm(way)))
    full = math.inf if endless else 1.0
    if not len(in_the_way):
        return full, None
    shares = np.maximum(fences.b[in_the_way] - fences.A[in_the_way] @ x, 0) / nearer[in_the_way]
    first = int(np.argmin(shares))
    return (float(shares[first]), int(in_the_way[first])) if shares[first] < full else (full, None)


# --- a start that is allowed ----------------------------------------------------------------------


def allowed(fences: Faces, walls: Faces, first: Vector | None, steps: int) -> Vector:
    """The first point, if it is allowed; else what phase one finds: the least t with A x ≤ b + t, a program itself."""
    p = fences.A.shape[1]
    if first is not None and _violation(fences, first) <= 0 and _distance(walls, first) <= _NOTHING * _far(walls):
        return first
    x = _on(walls, p)
    t = _violation(fences, x)
    if t <= 0:
        return x
    lifted = Faces(np.hstack([fences.A, -np.ones((len(fences.b), 1))]), fences.b)
    floor = Faces(np.append(np.zeros(p), -1.0)[np.newaxis], np.zeros(1))
    both = Faces(np.vstack([lifted.A, floor.A]), np.append(lifted.b, 0.0))
    walls = Faces(np.hstack([walls.A, np.zeros((len(walls.b), 1))]), walls.b)
    path, _, _ = active_set(np.zeros((p + 1, p + 1)), np.append(np.zeros(p), 1.0), both, walls, np.append(x, t), steps)
    found: Vector = path[-1][:-1]
    t = _violation(fences, found)
    nearest = f"but the x that is nearest to being allowed passes a fence by {t:.3g}"
    require(t <= _NOTHING * _far(fences), f"A_ub x ≤ b_ub (and A_eq x = b_eq) must allow some x, {nearest}")
    return found


def _violation(fences: Faces, x: Vector) -> float:
    """How far x is beyond the fence that it is furthest beyond; 0 or less if it is allowed."""
    return float(np.max(fences.A @ x - fences.b, initial=-math.inf))


def _distance(walls: Faces, x: Vector) -> float:
    return float(np.max(np.abs(walls.A @ x - walls.b), initial=0))


def _far(faces: Faces) -> float:
    """How far from the origin things are here, and at least 1."""
    return 1 + float(np.max(np.abs(faces.b), initial=0))


def _on(walls: Faces, p: int) -> Vector:
    """The point (p,) of all walls that is nearest to the origin."""
    return least_squares(walls.A, walls.b, method="svd") if len(walls.b) else np.zeros(p)


def independent(planes: Faces) -> tuple[Faces, Indices]:
    """The planes of which none follows from the others, and which these are."""
    if not len(planes.b):
        return planes, np.zeros(0, dtype=np.intp)
    apart = _distance(planes, _on(planes, planes.A.shape[1]))
    missed = f"but the nearest x misses it by {apart:.3g}"
    require(apart <= _NOTHING * _far(planes), f"A_eq x = b_eq must have a solution, {missed}")
    order, _, R = pivoted_qr(planes.A.T)
    kept = np.sort(order[: np.count_nonzero(np.diagonal(R) > _NOTHING)])
    return Faces(planes.A[kept], planes.b[kept]), kept
