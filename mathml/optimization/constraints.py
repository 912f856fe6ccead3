"""Constraints: Lagrange's multipliers for equations, and KKT's conditions, which certify a least point."""

from collections.abc import Callable
from typing import Any, NamedTuple, SupportsIndex, TypeAlias, cast

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, as_array, as_count, as_number, as_vector, require
from mathml.autodiff import grad
from mathml.calculus import gradient, jacobian
from mathml.matrices import least_squares, solve
from mathml.optimization.descent import is_near

__all__ = ["KKT", "Stationary", "kkt_residual", "lagrange", "lagrangian"]

Height: TypeAlias = Callable[[Vector], float]
Constraints: TypeAlias = Callable[[Vector], Any]


# --- equations ------------------------------------------------------------------------------------


def lagrangian(f: Height, g: Constraints, x: ArrayLike, multipliers: ArrayLike) -> float:
    """A function and the equations that x must satisfy, in one: where it is level in x and in λ, f is so on g = 0.

        L(x, λ) = f(x) − λ · g(x)

    If x is recorded by `mathml.autodiff`, so is the value.

    Parameters
    ----------
    f : from a point (p,) to a number
    g : from a point to a number, or to (m,), that is to be 0
    x : (p,)
    multipliers : λ, a number, or (m,)

    Raises
    ------
    ValueError
        If there is not one multiplier for each equation.

    Lesson 5, "Lagrange multipliers"; Nocedal and Wright, Numerical Optimization (2006), equation 12.33.

    >>> print(lagrangian(lambda x: x @ x, lambda x: np.sum(x) - 1, [1, 2], 3))
    -1.0
    """
    x, prices = as_vector(x, "x"), np.reshape(as_array(multipliers, "multipliers"), -1)
    values = g(x)
    count = np.size(values)
    require(
        len(prices) == count, f"multipliers must have one entry for each of {count} equations, but {len(prices)} came"
    )
    return cast(float, f(x) - np.sum(prices * np.reshape(values, (count,))))


class Stationary(NamedTuple):
    """Where a function is level along a constraint.

    x : (p,)
    multipliers : (m,) λ, one for each equation: by how much f there changes if it is to be g = 1 in place of 0
    residual : how far the equations are missed: the largest entry of ∇f − λ · ∇g and of g
    steps : how many steps Newton's method made
    converged : whether the residual is at most tol
    """

    x: Vector
    multipliers: Vector
    residual: float
    steps: int
    converged: bool


def lagrange(
    f: Height,
    g: Constraints,
    start: ArrayLike,
    *,
    steps: SupportsIndex = 50,
    tol: float = 1e-8,
) -> Stationary:
    """Where f is level along g = 0, near the start: its gradient stands on the constraint there, as g's does.

        ∇f(x) = Σᵢ λᵢ ∇gᵢ(x)    and    g(x) = 0

    p + m equations for p + m unknowns, by Newton's method. The point may be lowest, highest, or neither. What
    `mathml.autodiff` has no rule for is differentiated by `mathml.calculus`, and the residual ends at about 10⁻¹⁰.

    Parameters
    ----------
    f : from a point (p,) to a number
    g : from a point to a number, or to (m,)
    start : (p,)
    steps : at most so many
    tol : at least 0

    Raises
    ------
    ValueError
        If on the way the equations have no one solution, as where ∇g is 0.

    Lesson 5, "Lagrange multipliers"; Nocedal and Wright, Numerical Optimization (2006), section 18.1.

    >>> found = lagrange(lambda x: x[0] * x[1], lambda x: x @ x - 2, [1.5, 0.5])
    >>> found.x.round(6).tolist(), found.multipliers.round(6).tolist()
    ([1.0, 1.0], [0.5])
    """
    x, steps, tol = as_vector(start, "start"), as_count(steps, "steps", least=0), as_number(tol, "tol")
    require(tol >= 0, f"tol must be at least 0, but tol = {tol:g} came")
    p, m = len(x), np.size(g(x))
    rise = _slope(f)
    across = [_slope(_entry(g, i)) for i in range(m)]

    def normals(x: Vector) -> Matrix:
        return np.array([slope(x) for slope in across])

    def missed(z: Vector) -> Vector:
        x, multipliers = z[:p], z[p:]
        return np.concatenate([rise(x) - multipliers @ normals(x), np.reshape(g(x), (m,))])

    z = np.concatenate([x, least_squares(normals(x).T, rise(x), method="svd")])
    residual, step = missed(z), 0
    while np.max(np.abs(residual)) > tol and step < steps:
        z = z - _solved(jacobian(missed, z), residual, z[:p])
        require(is_near(z), f"start must be nearer to a solution: in step {step + 1} Newton's method went far away")
        residual, step = missed(z), step + 1
    largest = float(np.max(np.abs(residual)))
    return Stationary(z[:p], z[p:], largest, step, largest <= tol)


def _entry(g: Constraints, i: int) -> Height:
    """One of several constraints, as a function of its own."""
    return lambda x: cast(float, np.ravel(g(x))[i])


def _slope(f: Callable[[Vector], Any]) -> Callable[[Vector], Vector]:
    """∇f by `mathml.autodiff`; by differences, where that has no rule for something that f is made of."""
    exact, recorded = grad(f), True

    def slope(x: Vector) -> Vector:
        nonlocal recorded
        if recorded:
            try:
                return cast(Vector, exact(x))
            except TypeError:
                recorded = False
        return gradient(f, x)

    return slope


def _solved(J: Matrix, residual: Vector, x: Vector) -> Vector:
    try:
        return solve(J, residual)
    except ValueError as error:
        raise ValueError(
            f"∇f = λ · ∇g and g = 0 must have one solution near the start, but at x = {x} they have none or many"
        ) from error


# --- inequalities ---------------------------------------------------------------------------------


class KKT(NamedTuple):
    """By how much each of KKT's conditions is missed at most; 0 for all proves a least point, if all is convex.

    stationarity : of the forces that are to balance, the largest entry of ∇f + μ · ∇g + ν · ∇h
    feasibility : how far a fence g ≤ 0 is passed, or a plane h = 0 is missed
    dual_feasibility : how hard a fence pulls that may only push: −μ, where μ is negative
    complementarity : the largest |μᵢ gᵢ|: a fence that is not touched does not push
    """

    stationarity: float
    feasibility: float
    dual_feasibility: float
    complementarity: float

    @property
    def worst(self) -> float:
        """The largest of the four."""
        return max(self)

    def __str__(self) -> str:
        return ", ".join(
            f"{name.replace('_', ' ')} {value:.2g}" for name, value in zip(self._fields, self, strict=True)
        )


def kkt_residual(
    f: Height,
    x: ArrayLike,
    inequalities: Constraints | None = None,
    inequality_multipliers: ArrayLike = (),
    equations: Constraints | None = None,
    equation_multipliers: ArrayLike = (),
) -> KKT:
    """By how much a point and its multipliers miss KKT's conditions: a certificate, whoever found them.

        minimise f(x) where g(x) ≤ 0 and h(x) = 0

        stationary         ∇f(x) + Σᵢ μᵢ ∇gᵢ(x) + Σⱼ νⱼ ∇hⱼ(x) = 0
        feasible           g(x) ≤ 0,    h(x) = 0
        dual feasible      μ ≥ 0
        complementary      μᵢ gᵢ(x) = 0

    ν is minus the λ of `lagrange`, for here all forces are on one side.

    Parameters
    ----------
    f : from a point (p,) to a number
    x : (p,)
    inequalities : g, from a point to (m,), or to a number; None if there are none
    inequality_multipliers : μ, (m,)
    equations : h, from a point to (k,), or to a number; None if there are none
    equation_multipliers : ν, (k,)

    Returns
    -------
    kkt : four numbers, in the units of f and of the constraints; compare them with the size of ∇f(x) and of x

    Raises
    ------
    ValueError
        If there is not one multiplier for each constraint.

    Lesson 5, "KKT conditions"; Boyd and Vandenberghe, Convex Optimization (2004), equation 5.49.

    >>> print(kkt_residual(lambda x: (x - 2) @ (x - 2) / 2, [1.0], lambda x: x - 1, [1.0]))
    stationarity 0, feasibility 0, dual feasibility 0, complementarity 0
    """
    x = as_vector(x, "x")
    g, mu = _constraints(inequalities, x, inequality_multipliers, "inequality_multipliers")
    h, nu = _constraints(equations, x, equation_multipliers, "equation_multipliers")
    fences, planes = g(x), h(x)
    forces = _slope(lambda x: f(x) + np.sum(mu * g(x)) + np.sum(nu * h(x)))(x)
    return KKT(
        stationarity=_largest(np.abs(forces)),
        feasibility=max(_largest(fences), _largest(np.abs(planes))),
        dual_feasibility=_largest(-mu),
        complementarity=_largest(np.abs(mu * fences)),
    )


def _constraints(
    g: Constraints | None, x: Vector, multipliers: ArrayLike, name: str
) -> tuple[Callable[[Vector], Vector], Vector]:
    """Constraints that always give a vector, and one finite multiplier for each."""
    count = 0 if g is None else np.size(g(x))
    prices = np.reshape(as_array(multipliers, name), -1) if np.size(multipliers) else np.zeros(0)
    require(np.isfinite(prices).all(), f"{name} must be finite, but ±∞ came")
    require(len(prices) == count, f"{name} must have one entry for each of {count} constraints, but {len(prices)} came")
    return lambda x: np.reshape(g(x), (count,)) if g else np.zeros(0), prices


def _largest(values: Vector) -> float:
    """The largest, and 0 if none is above."""
    return float(np.max(values, initial=0)) + 0.0  # + 0 makes 0 of −0
