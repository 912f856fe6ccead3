"""Support vector machine: the widest street between two classes, straight or, by a kernel, bent."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.labels import Labels, accuracy, signs
from mathml.arrays import Matrix, Vector, as_count, as_matrix, as_number, require, require_same
from mathml.optimization import GradientDescent, Scheduled, inverse_time, minimize_in_batches
from mathml.optimization.batches import Batch, Seed

__all__ = ["SVM"]

Kernel = Literal["linear", "rbf", "polynomial"]
Solver = Literal["smo", "subgradient"]

# A multiplier this near to 0 or to C, in parts of C, is there.
_EDGE = 1e-12


class SVM:
    """Tell two classes apart by the plane that stays furthest from both.

        primal:  min ½ ‖w‖² + C Σᵢ max(0, 1 − sᵢ (w · xᵢ + b))                      sᵢ = ±1
        dual:    max Σᵢ αᵢ − ½ Σᵢ Σⱼ αᵢ αⱼ sᵢ sⱼ k(xᵢ, xⱼ),    0 ≤ αᵢ ≤ C,    Σᵢ αᵢ sᵢ = 0
        score:   f(x) = Σᵢ αᵢ sᵢ k(xᵢ, x) + b,    with w = Σᵢ αᵢ sᵢ xᵢ if the kernel is linear

    The street between f = −1 and f = 1 is 2/‖w‖ wide. KKT's conditions: αᵢ = 0 beyond it, 0 < αᵢ < C at its edge, and
    αᵢ = C inside or on the wrong side. Those with αᵢ > 0 are the support vectors; the others might as well be missing.

    kernels:  linear x · z,    rbf exp(−γ ‖x − z‖²),    polynomial (γ x · z + 1)^degree

    Parameters
    ----------
    kernel : k, "linear", "rbf" or "polynomial"
    C : what it costs to stand on the street, above 0
    gamma : γ, above 0, or None for 1/(d · the variance of all of X), which is scikit-learn's "scale"
    degree : of the polynomial
    solver : "smo", sequential minimal optimization of the dual: two multipliers at a time; or, for the linear kernel,
        "subgradient", stochastic descent on the primal
    tol : how far KKT's conditions may be missed ("smo")
    epochs, rng : of descent ("subgradient")

    Attributes
    ----------
    classes_ : (2,) the labels, sorted; positive scores are the second
    support_ : (m,) the indices of the support vectors ("smo")
    support_vectors_ : (m, d) ("smo")
    dual_coef_ : (m,) αᵢ sᵢ ("smo")
    coef_ : (d,) w, if the kernel is linear
    intercept_ : b
    kkt_ : by how much KKT's conditions are missed at most, as a certificate ("smo")

    Lesson 5, "Used in: SVM"; Cortes and Vapnik, Support-vector networks (1995); Platt, Sequential minimal optimization
    (1998); Fan, Chen and Lin, Working set selection using second order information (2005), WSS 2; Shalev-Shwartz et
    al., Pegasos (2011).

    >>> model = SVM(C=10).fit([[0, 0], [1, 0], [4, 0], [5, 0]], ["a", "a", "b", "b"])
    >>> model.support_.tolist(), model.coef_.round(3).tolist(), round(model.intercept_, 3)
    ([1, 2], [0.667, 0.0], -1.667)
    """

    def __init__(
        self,
        kernel: Kernel = "linear",
        *,
        C: float = 1.0,
        gamma: float | None = None,
        degree: int = 3,
        solver: Solver = "smo",
        tol: float = 1e-6,
        epochs: int = 200,
        rng: Seed = None,
    ) -> None:
        self.kernel = kernel
        self.C = C
        self.gamma = gamma
        self.degree = degree
        self.solver = solver
        self.tol = tol
        self.epochs = epochs
        self.rng = rng

    def fit(self, X: ArrayLike, y: ArrayLike) -> "SVM":
        """Find the street for the examples X, (n, d), with the labels y, (n,), of two classes.

        Raises
        ------
        ValueError
            If there are not just two classes.
        """
        X, (classes, s) = as_matrix(X, "X"), signs(y)
        require_same("length", X=len(X), y=len(s))
        self._check()
        self._gamma = self._as_gamma(X)
        if self.solver == "smo":
            self._fit_dual(X, s)
        else:
            self._fit_primal(X, s)
        self.classes_ = classes
        return self

    def _check(self) -> None:
        for name, kinds in ("kernel", Kernel), ("solver", Solver):
            known, came = ", ".join(f'"{kind}"' for kind in get_args(kinds)), getattr(self, name)
            require(came in get_args(kinds), f"{name} must be one of {known}, but {came!r} came")
        linear = self.kernel == "linear"
        require(linear or self.solver == "smo", f'solver must be "smo" for the kernel "{self.kernel}"')
        for name in ("C", "tol"):
            value = as_number(getattr(self, name), name)
            require(0 < value < np.inf, f"{name} must be finite and above 0, but {name} = {value:g} came")
        as_count(self.degree, "degree")

    def _as_gamma(self, X: Matrix) -> float:
        if self.gamma is None:
            variance = float(np.var(X))
            return 1 / (X.shape[1] * variance) if variance > 0 else 1.0
        gamma = as_number(self.gamma, "gamma")
        require(0 < gamma < np.inf, f"gamma must be finite and above 0, but gamma = {gamma:g} came")
        return gamma

    # --- the dual, two multipliers at a time ----------------------------------------------------

    def _fit_dual(self, X: Matrix, s: Vector) -> None:
        K = self._similarities(X, X)
        alpha, slope, self.kkt_ = _smo(K, s, float(self.C), float(self.tol))
        self.support_ = np.flatnonzero(alpha > 0)
        self.support_vectors_ = X[self.support_]
        self.dual_coef_ = (alpha * s)[self.support_]
        self.intercept_ = _intercept(alpha, slope, s, float(self.C))
        if self.kernel == "linear":
            self.coef_ = self.dual_coef_ @ self.support_vectors_

    def _similarities(self, X: Matrix, Z: Matrix) -> Matrix:
        """k(x, z) for each row of X and each of Z, (n, m)."""
        if self.kernel == "rbf":
            squares = (X**2).sum(axis=1)[:, np.newaxis] + (Z**2).sum(axis=1) - 2 * X @ Z.T
            kept: Matrix = np.exp(-self._gamma * np.maximum(squares, 0))
            return kept
        products: Matrix = X @ Z.T
        return products if self.kernel == "linear" else np.power(self._gamma * products + 1, self.degree)

    # --- the primal, one example at a time --------------------------------------------------------

    def _fit_primal(self, X: Matrix, s: Vector) -> None:
        """½ λ ‖w‖² + mean hinge, with λ = 1/(n C): the primal by n C. Its rates fall as 1/(λ t)."""
        n, (rows, d) = len(X), X.shape
        weight = 1 / (n * float(self.C))
        with_ones = np.column_stack([X, np.ones(rows)])
        penalised = np.append(np.ones(d), 0.0)

        def loss(v: Vector, batch: Batch) -> float:
            slack = np.maximum(1 - s[batch] * (with_ones[batch] @ v), 0)
            return float(weight / 2 * (penalised * v) @ v + slack.mean())

        def subgradient(v: Vector, batch: Batch) -> Vector:
            inside = (s[batch] * (with_ones[batch] @ v) < 1) * s[batch]
            return weight * penalised * v - inside @ with_ones[batch] / len(batch)

        size = float(np.mean(np.sum(with_ones**2, axis=1)))
        first = 1 / (weight + size)
        steps = Scheduled(GradientDescent(first), inverse_time(first, half=1 / (weight * first)))
        run = minimize_in_batches(
            loss, n, np.zeros(d + 1), steps, subgradient, batch_size=1, epochs=self.epochs, rng=self.rng
        )
        best = run.path[int(np.argmin(run.values))]
        self.coef_, self.intercept_ = best[:-1], float(best[-1])

    # --- answers ----------------------------------------------------------------------------------

    def decision_function(self, X: ArrayLike) -> Vector:
        """f(x) for each row of X, (n, d) to (n,): ±1 at the edges of the street, 0 in its middle."""
        require(hasattr(self, "intercept_"), "SVM must be fitted before it can predict: call fit first")
        known = self.coef_[np.newaxis] if self.kernel == "linear" else self.support_vectors_
        X, width = as_matrix(X, "X"), known.shape[1]
        require(X.shape[1] == width, f"X must have {width} columns, as in fit, but {X.shape[1]} came")
        if self.kernel == "linear":
            return X @ self.coef_ + self.intercept_
        return self._similarities(X, known) @ self.dual_coef_ + self.intercept_

    def predict(self, X: ArrayLike) -> Labels:
        """The label for each row of X, (n, d) to (n,)."""
        labels: Labels = self.classes_[(self.decision_function(X) > 0).astype(int)]
        return labels

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """What part of the rows of X, (n, d), gets its own label of y, (n,)."""
        return accuracy(y, self.predict(X))


def _smo(K: Matrix, s: Vector, C: float, tol: float) -> tuple[Vector, Vector, float]:
    """The multipliers of the dual, the slope there, and by how much KKT's conditions are missed.

    With q = Σⱼ αⱼ sᵢ sⱼ K_ij − 1, the slope of what is minimised, an example can still move up if αᵢ sᵢ may grow, and
    down if it may fall. KKT's conditions hold when no −sᵢ qᵢ of the former exceeds one of the latter. The pair that
    misses them most, measured by what it gains, is moved to its own optimum.
    """
    alpha, q, diagonal = np.zeros(len(s)), -np.ones(len(s)), np.diag(K)
    for _ in range(100 * len(s) * max(len(s), 100)):
        up = np.where(s > 0, alpha < C, alpha > 0)
        down = np.where(s > 0, alpha > 0, alpha < C)
        pull = -s * q
        i = int(np.argmax(np.where(up, pull, -np.inf)))
        missed = pull[i] - pull
        gap = float(np.max(np.where(down, missed, -np.inf)))
        if gap <= tol:
            break
        bend = np.maximum(diagonal[i] + diagonal - 2 * K[i], 1e-12)
        j = int(np.argmax(np.where(down & (missed > 0), missed**2 / bend, -np.inf)))
        room_i = C - alpha[i] if s[i] > 0 else alpha[i]
        room_j = alpha[j] if s[j] > 0 else C - alpha[j]
        step = min(missed[j] / bend[j], room_i, room_j)
        for k, way in (i, step), (j, -step):
            alpha[k] = _to_edge(alpha[k] + s[k] * way, C)
        q += s * step * (K[i] - K[j])
    return alpha, q, max(gap, 0.0)


def _to_edge(value: float, C: float) -> float:
    """0 or C, if the value is there but for rounding."""
    return 0.0 if value <= _EDGE * C else C if value >= (1 - _EDGE) * C else value


def _intercept(alpha: Vector, slope: Vector, s: Vector, C: float) -> float:
    """b, from the examples at the edge of the street: there s f(x) = 1. Without one, the middle of what is allowed."""
    pull = -s * slope
    edge = (alpha > 0) & (alpha < C)
    if edge.any():
        return float(pull[edge].mean())
    up, down = np.where(s > 0, alpha < C, alpha > 0), np.where(s > 0, alpha > 0, alpha < C)
    return float((pull[up].max() + pull[down].min()) / 2)
