"""Support vector machine: the widest street between two classes, straight or, by a kernel, bent."""

import math
from collections.abc import Callable, Iterator
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.labels import Labels, accuracy, signs
from mathml.arrays import Matrix, Vector, as_count, as_matrix, as_number, as_vector, require, require_same
from mathml.matrices import is_positive_definite
from mathml.matrices.products import as_symmetric
from mathml.optimization import GradientDescent, Scheduled, hinge, hinge_slope, inverse_time, minimize_in_batches
from mathml.optimization.batches import Batch, Seed
from mathml.optimization.descent import as_learning_rate
from mathml.vectors import center_columns

__all__ = ["SVM", "smo"]

Kernel = Literal["linear", "rbf", "polynomial"]
OwnKernel = Callable[[Matrix, Matrix], ArrayLike]
Solver = Literal["smo", "subgradient"]

_ROUNDING = 1e-15  # of a multiplier and its bound
_LIFT = 1e-9  # of the largest kernel: rounding makes no eigenvalue more negative than that
_FLAT = 1e-12  # of the largest kernel: a pair of twins bends less, and moves as far as the bounds allow


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
    kernel : k, "linear", "rbf", "polynomial", or a function of X, (n, d), and Z, (m, d), that gives k for each row of X
        and each of Z, (n, m)
    C : what it costs to stand on the street, above 0
    gamma : γ, above 0, or None for 1/(d · the variance of all of X), which is scikit-learn's "scale"
    degree : of the polynomial
    solver : "smo", sequential minimal optimization of the dual: two multipliers at a time; or, for the linear kernel,
        "subgradient", stochastic descent on the primal
    tol : how far KKT's conditions may be missed, in parts of the way from the street's middle to its edge ("smo")
    max_iter : at most so many steps ("smo"); where they do not do, kkt_ is above tol
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
    steps_ : how many pairs of multipliers were moved ("smo"), or epochs were gone through ("subgradient")
    loss_path_ : (epochs + 1,) what the primal makes small, at the start and after each epoch ("subgradient")

    Lesson 5, "Used in: SVM"; Cortes and Vapnik, Support-vector networks (1995); Platt, Sequential minimal optimization
    (1998); Fan, Chen and Lin, Working set selection using second order information (2005), WSS 2; Shalev-Shwartz et
    al., Pegasos (2011); Rakhlin, Shamir and Sridharan, Making gradient descent optimal for strongly convex stochastic
    optimization (2012), section 5, for the mean over the second half of the way.

    >>> model = SVM(C=10).fit([[0, 0], [1, 0], [4, 0], [5, 0]], ["a", "a", "b", "b"])
    >>> model.support_.tolist(), model.coef_.round(3).tolist(), round(model.intercept_, 3)
    ([1, 2], [0.667, 0.0], -1.667)
    """

    def __init__(
        self,
        kernel: Kernel | OwnKernel = "linear",
        *,
        C: float = 1.0,
        gamma: float | None = None,
        degree: int = 3,
        solver: Solver = "smo",
        tol: float = 1e-6,
        max_iter: int = 100_000,
        epochs: int = 100,
        rng: Seed = None,
    ) -> None:
        self.kernel = kernel
        self.C = C
        self.gamma = gamma
        self.degree = degree
        self.solver = solver
        self.tol = tol
        self.max_iter = max_iter
        self.epochs = epochs
        self.rng = rng

    def fit(self, X: ArrayLike, y: ArrayLike) -> "SVM":
        """Find the street for the examples X, (n, d), with the labels y, (n,), of two classes.

        Raises
        ------
        ValueError
            If there are not just two classes, or a kernel of your own is not positive semidefinite: then k is no
            product of features, and the street has no width.
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
        for name, kinds, more in ("kernel", Kernel, " or a function"), ("solver", Solver, ""):
            known, came = ", ".join(f'"{kind}"' for kind in get_args(kinds)), getattr(self, name)
            fits = came in get_args(kinds) or (more and callable(came))
            require(fits, f"{name} must be one of {known}{more}, but {came!r} came")
        linear = self.kernel == "linear"
        require(linear or self.solver == "smo", 'solver must be "smo" unless kernel is "linear"')
        for name in ("C", "tol"):
            value = as_number(getattr(self, name), name)
            require(0 < value < np.inf, f"{name} must be finite and above 0, but {name} = {value:g} came")
        for name in ("degree", "max_iter", "epochs"):
            as_count(getattr(self, name), name)

    def _as_gamma(self, X: Matrix) -> float:
        if self.gamma is None:
            variance = float(np.var(X))
            return 1 / (X.shape[1] * variance) if variance > 0 else 1.0
        gamma = as_number(self.gamma, "gamma")
        require(0 < gamma < np.inf, f"gamma must be finite and above 0, but gamma = {gamma:g} came")
        return gamma

    # --- the dual, two multipliers at a time ----------------------------------------------------

    def _fit_dual(self, X: Matrix, s: Vector) -> None:
        K, C = self._similarities(X, X), float(self.C)
        if callable(self.kernel):
            K = _as_kernel(K, "kernel")
        enough = (
            (step, signed)
            for step, (signed, missed) in enumerate(_smo(K, s, C))
            if missed <= self.tol or step == self.max_iter
        )
        self.steps_, signed = next(enough)
        pull = s - K @ signed  # afresh, without the rounding errors of the steps
        above, below = _bounds_on_b(signed, pull, s, C)
        edge = (signed != 0) & (np.abs(signed) < C)
        self.kkt_ = max(above - below, 0.0)
        self.intercept_ = float(pull[edge].mean() if edge.any() else (above + below) / 2)
        self.support_ = np.flatnonzero(signed)
        self.support_vectors_, self.dual_coef_ = X[self.support_], signed[self.support_]
        if self.kernel == "linear":
            self.coef_ = self.dual_coef_ @ self.support_vectors_

    def _similarities(self, X: Matrix, Z: Matrix) -> Matrix:
        """k(x, z) for each row of X and each of Z, (n, m)."""
        if callable(self.kernel):
            own, expected = as_matrix(self.kernel(X, Z), "kernel"), (len(X), len(Z))
            require(own.shape == expected, f"kernel must give an array of shape {expected}, but {own.shape} came")
            return own
        if self.kernel == "rbf":
            squares = (X**2).sum(axis=1)[:, np.newaxis] + (Z**2).sum(axis=1) - 2 * X @ Z.T
            kept: Matrix = np.exp(-self._gamma * np.maximum(squares, 0))
            return kept
        products: Matrix = X @ Z.T
        return products if self.kernel == "linear" else np.power(self._gamma * products + 1, self.degree)

    # --- the primal, one example at a time --------------------------------------------------------

    def _fit_primal(self, X: Matrix, s: Vector) -> None:
        """With λ = 1/(n C), the primal by n C is ½ λ ‖w‖² + mean hinge. The rates fall as 1/(λ t).

        With the means taken out of X, b has less to do; it takes them in again in the end.
        """
        n, C, (centred, means) = len(X), float(self.C), center_columns(X)
        with_ones, weight = np.column_stack([centred, np.ones(n)]), 1 / (n * C)
        held = np.append(np.full(X.shape[1], weight), 0.0)  # λ, but 0 for b

        def loss(v: Vector, batch: Batch) -> float:
            return float(held * v @ v / 2 + np.mean(hinge(s[batch] * (with_ones[batch] @ v))))

        def subgradient(v: Vector, batch: Batch) -> Vector:
            Z = with_ones[batch]
            return held * v + s[batch] * hinge_slope(s[batch] * (Z @ v)) @ Z / len(batch)

        first = 1 / (weight + float(np.mean(np.sum(with_ones**2, axis=1))))
        steps = Scheduled(GradientDescent(first), inverse_time(first, half=1 / (weight * first)))
        run = minimize_in_batches(
            loss, n, np.zeros(len(held)), steps, subgradient, batch_size=1, epochs=self.epochs, rng=self.rng
        )
        found = run.path[len(run.path) // 2 :].mean(axis=0)
        self.coef_, self.intercept_ = found[:-1], float(found[-1] - found[:-1] @ means)
        self.steps_, self.loss_path_ = len(run.path) - 1, run.values * (n * C)

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
        second = self.decision_function(X) > 0
        labels: Labels = self.classes_[second.astype(int)]
        return labels

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """What part of the rows of X, (n, d), gets its own label of y, (n,)."""
        return accuracy(y, self.predict(X))


# --- sequential minimal optimization --------------------------------------------------------------


def smo(K: ArrayLike, s: ArrayLike, C: float) -> Iterator[tuple[Vector, float]]:
    """The multipliers of the dual, step by step: in each the pair that gains most is moved to its own optimum.

        max s · β − ½ βᵀ K β    where    βᵢ between 0 and C sᵢ,    Σᵢ βᵢ = 0            βᵢ = sᵢ αᵢ
        βᵢ ← βᵢ + t,    βⱼ ← βⱼ − t,    t = (gᵢ − gⱼ)/(Kᵢᵢ + Kⱼⱼ − 2 Kᵢⱼ), or as far as the bounds allow

    Here g = s − K β is what each example asks b to be. i is the example that asks for the largest b of all whose β may
    grow. j gains most beside it, (gᵢ − gⱼ)²/(Kᵢᵢ + Kⱼⱼ − 2 Kᵢⱼ), of all whose β may fall.

    Parameters
    ----------
    K : (n, n) symmetric, positive semidefinite: the kernel of each pair of examples
    s : (n,) −1 or 1, both of them
    C : above 0

    Raises
    ------
    ValueError
        If K is not positive semidefinite: the dual would have no end, or one for each start.

    Yields
    ------
    multipliers : β, (n,), at the start 0
    missed : by how much KKT's conditions are missed: the largest gᵢ − gⱼ; it ends when this is 0

    Lesson 5, "Used in: SVM"; Platt (1998); Fan, Chen and Lin (2005), WSS 2.

    >>> [multipliers.tolist() for multipliers, _ in smo([[1, 0], [0, 1]], [1, -1], C=10)]
    [[0.0, 0.0], [1.0, -1.0]]
    """
    K, s, C = _as_kernel(K, "K"), as_vector(s, "s"), as_learning_rate(C, "C")
    require_same("length", K=len(K), s=len(s))
    require(set(s) == {-1.0, 1.0}, "s must hold −1 and 1, both of them and nothing else")
    return _smo(K, s, C)


def _as_kernel(K: ArrayLike, name: str) -> Matrix:
    """The kernel of each pair, if there are vectors of which these are the products."""
    K = as_symmetric(K, name)
    lifted = K + (_LIFT * float(np.diag(K).max()) or 1.0) * np.eye(len(K))
    require(is_positive_definite(lifted), f"{name} must be positive semidefinite, but it has a negative eigenvalue")
    return K


def _smo(K: Matrix, s: Vector, C: float) -> Iterator[tuple[Vector, float]]:
    low, high, diagonal = np.minimum(C * s, 0), np.maximum(C * s, 0), np.diag(K)
    bends = diagonal + diagonal[:, np.newaxis] - 2 * K  # of each pair: how far its two examples are apart, squared
    np.maximum(bends, _FLAT * float(diagonal.max()) or 1.0, out=bends)
    beta = np.zeros(len(s))
    up, down = np.where(beta < high, s, -np.inf), np.where(beta > low, s, np.inf)  # g, of those that may move so
    lowest, highest = low.tolist(), high.tolist()  # one number of a list is at hand sooner than one of an array
    while True:
        i = int(up.argmax())
        missed = np.maximum(up[i] - down, 0)
        worst = float(missed.max())
        yield beta, worst
        if worst == 0:
            return
        bend = bends[i]
        gains = missed * missed
        gains /= bend
        j = int(gains.argmax())
        here, there = float(beta[i]), float(beta[j])
        step = min(float(missed[j] / bend[j]), highest[i] - here, there - lowest[j])
        beta = beta.copy()
        beta[i], beta[j] = _towards(highest[i], here, step), _towards(lowest[j], there, step)
        fall = K[i] - K[j]
        fall *= step
        up -= fall
        down -= fall
        for moved, asked in (i, up[i]), (j, down[j]):
            up[moved] = asked if beta[moved] < highest[moved] else -np.inf
            down[moved] = asked if beta[moved] > lowest[moved] else np.inf


def _towards(bound: float, value: float, step: float) -> float:
    """The value after the step; the bound itself, if rounding errors alone lie between."""
    left = abs(bound - value) - step
    there = left <= _ROUNDING * max(abs(value), abs(bound))
    return bound if there else value + math.copysign(step, bound - value)


def _bounds_on_b(beta: Vector, pull: Vector, s: Vector, C: float) -> tuple[float, float]:
    """What b must not be below, and not above: KKT's conditions hold if the first is not above the second."""
    may_grow, may_fall = beta < np.maximum(C * s, 0), beta > np.minimum(C * s, 0)
    return float(pull[may_grow].max()), float(pull[may_fall].min())
