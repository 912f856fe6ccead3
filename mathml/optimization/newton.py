"""Newton's method: fit a bowl to the ground underfoot, and step to its lowest point."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector, require
from mathml.matrices import eigh, identity, is_positive_definite, solve
from mathml.matrices.products import as_symmetric
from mathml.optimization.descent import as_step

__all__ = ["Newton"]


class Newton:
    """Step to where the gradient would be zero if the Hessian were the same everywhere.

        x_new = x_old + s,    H s = −∇f(x_old)

    Near a minimum each step doubles the number of correct digits. Where H is not positive definite the ground is no
    bowl, and s may lead up, to a saddle or a top. A shift makes it a bowl:

        (H + τ I) s = −∇f,    τ = |λ| − λ    with λ the lowest eigenvalue of H

    so that the lowest curvature becomes |λ|, at least a thousandth of the largest.

    Parameters
    ----------
    hessian : from a point (p,) to the Hessian there, (p, p) symmetric
    shift : whether to shift; without it the step leads to the nearest level place, of whatever kind

    Attributes
    ----------
    shift_ : τ of the last step; 0 where H was a bowl by itself

    Raises
    ------
    ValueError
        In a step: if H is not (p, p) or not symmetric, or without a shift singular.

    Lesson 3, "The Hessian"; Lesson 5, "Newton and BFGS"; Nocedal and Wright, Numerical Optimization (2006), theorem 3.5
    and section 3.4.

    >>> Newton(lambda x: [[2, 0], [0, 8]]).step([3, 1], [6, 8]).tolist()
    [0.0, 0.0]
    """

    def __init__(self, hessian: Callable[[Vector], ArrayLike], *, shift: bool = True) -> None:
        self.hessian = hessian
        self.shift = shift

    def step(self, x: ArrayLike, gradient: ArrayLike) -> Vector:
        """The point after x, where the gradient is `gradient`, each (p,)."""
        x, gradient = as_step(x, gradient)
        H = as_symmetric(self.hessian(x), "hessian(x)")
        require(len(H) == len(x), f"hessian(x) must be {len(x)} by {len(x)}, as x has entries, but it is {H.shape}")
        self.shift_ = _to_a_bowl(H) if self.shift else 0.0
        try:
            return x + solve(H + self.shift_ * identity(len(x)), -gradient)
        except ValueError as error:
            raise ValueError(
                f"hessian(x) must not be singular for a step without a shift, but at x = {x} it is"
            ) from error


def _to_a_bowl(H: Matrix) -> float:
    """The shift τ that makes H + τ I positive definite: 0 if H is."""
    if is_positive_definite(H):
        return 0.0
    eigenvalues, _ = eigh(H)
    lowest = float(eigenvalues[0])
    wanted = max(abs(lowest), 1e-3 * float(np.max(np.abs(eigenvalues)))) or 1.0
    return wanted - lowest
