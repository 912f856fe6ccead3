"""Logistic regression: how likely an example belongs to a class, from a weighted sum of its features."""

from typing import Literal, NamedTuple, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.labels import Labels, accuracy, signs
from mathml.arrays import Matrix, Vector, as_matrix, as_number, as_vector, require, require_same
from mathml.functions import sigmoid
from mathml.matrices import solve
from mathml.optimization import (
    GradientDescent,
    backtrack,
    elastic_net,
    logistic,
    logistic_slope,
    minimize_in_batches,
    penalised_quadratic,
    penalty_residual,
    strongest_penalty,
)
from mathml.optimization.batches import Batch, Seed
from mathml.vectors import center_columns

__all__ = ["LogisticPath", "LogisticRegression", "logistic_path"]

Penalty = Literal["l2", "l1", "elastic net"]
Solver = Literal["newton", "sgd"]
Strengths: TypeAlias = tuple[Vector, Vector]  # l1 and l2 for each of (b, w): 0 for b

_MOST_STEPS = 200


class LogisticRegression:
    """Tell two classes apart, and say how sure.

        P(second class | x) = σ(w · x + b)
        w, b = argmin (1/n) Σᵢ ln(1 + exp(−sᵢ (w · xᵢ + b))) + penalty(w)/(n C),    sᵢ = ±1

        penalty:  "l2"  ½ ‖w‖²,    "l1"  ‖w‖₁,    "elastic net"  ρ ‖w‖₁ + ((1 − ρ)/2) ‖w‖²

    It is maximum likelihood, and with a penalty maximum a posteriori. The intercept b is not penalised. Without a
    penalty there is no best w if a plane has each class on a side of its own: the longer w, the more likely the data.

    Newton: the loss is replaced by the bowl that fits it, the penalty is kept, and the lowest point of both is sought:
    by a linear system, or with an L1 part by coordinate descent. A line search sees to it that the sum falls.

    Parameters
    ----------
    penalty : "l2", "l1", "elastic net" or None
    C : how much the data weigh against the penalty, above 0, as in scikit-learn
    l1_ratio : ρ, from 0 to 1, of the elastic net
    solver : "newton", or "sgd": stochastic gradient descent, for what has no kinks
    tol : how far from optimal w may be ("newton")
    learning_rate, batch_size, epochs, rng : of descent ("sgd"); see `mathml.optimization.minimize_in_batches`

    Attributes
    ----------
    classes_ : (2,) the labels, sorted
    coef_ : (d,) the weights w
    intercept_ : b
    kkt_ : how far from optimal they are, `penalty_residual`: a certificate
    steps_ : how many steps of Newton's were made; epochs for "sgd"

    Lesson 5, "Used in: logistic regression"; Hastie, Tibshirani and Friedman, The Elements of Statistical Learning
    (2009), section 4.4.1; Friedman, Hastie and Tibshirani, Regularization paths for generalized linear models via
    coordinate descent (2010), section 3.

    >>> model = LogisticRegression().fit([[0], [1], [2], [3]], ["no", "no", "yes", "yes"])
    >>> model.predict([[0.5], [2.5]]).tolist(), model.predict_proba([[1.5]]).round(6).tolist()
    (['no', 'yes'], [[0.5, 0.5]])
    """

    def __init__(
        self,
        penalty: Penalty | None = "l2",
        *,
        C: float = 1.0,
        l1_ratio: float = 0.5,
        solver: Solver = "newton",
        tol: float = 1e-8,
        learning_rate: float = 0.1,
        batch_size: int = 32,
        epochs: int = 100,
        rng: Seed = None,
    ) -> None:
        self.penalty = penalty
        self.C = C
        self.l1_ratio = l1_ratio
        self.solver = solver
        self.tol = tol
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.epochs = epochs
        self.rng = rng

    def fit(self, X: ArrayLike, y: ArrayLike) -> "LogisticRegression":
        """Find the weights for the examples X, (n, d), with the labels y, (n,), of two classes.

        Raises
        ------
        ValueError
            If there are not just two classes; without a penalty, if a plane separates them; if Newton's steps do not
            arrive; if descent diverges.
        """
        X, (classes, s) = as_matrix(X, "X"), signs(y)
        require_same("length", X=len(X), y=len(s))
        strengths = self._strengths(*X.shape)
        with_ones = np.column_stack([np.ones(len(X)), X])
        if self.solver == "newton":
            found, self.steps_ = _newton(with_ones, s, strengths, np.zeros(X.shape[1] + 1), float(self.tol))
        else:
            found, self.steps_ = self._descend(with_ones, s, strengths), int(self.epochs)
        self.classes_, self.coef_, self.intercept_ = classes, found[1:], float(found[0])
        self.kkt_ = penalty_residual(_gradient(with_ones, s, found), found, *strengths)
        return self

    def _strengths(self, n: int, d: int) -> Strengths:
        """How strong each kind of penalty is, for the intercept and each weight."""
        for name, kinds, none in ("penalty", Penalty, True), ("solver", Solver, False):
            known, came = ", ".join(f'"{kind}"' for kind in get_args(kinds)), getattr(self, name)
            fits = came in get_args(kinds) or (none and came is None)
            require(fits, f"{name} must be one of {known}{' or None' * none}, but {came!r} came")
        for name in ("C", "tol"):
            value = as_number(getattr(self, name), name)
            require(0 < value < np.inf, f"{name} must be finite and above 0, but {name} = {value:g} came")
        ratio = as_number(self.l1_ratio, "l1_ratio")
        require(0 <= ratio <= 1, f"l1_ratio must be from 0 to 1, but l1_ratio = {ratio:g} came")
        kinks = self.penalty == "l1" or (self.penalty == "elastic net" and ratio > 0)
        require(
            self.solver == "newton" or not kinks,
            f'solver must be "newton" for the penalty "{self.penalty}", whose kinks descent steps over',
        )
        share = {None: (0.0, 0.0), "l1": (1.0, 0.0), "l2": (0.0, 1.0), "elastic net": (ratio, 1 - ratio)}[self.penalty]
        return _by_weight(d, 1 / (n * float(self.C)), *share)

    def _descend(self, X: Matrix, s: Vector, strengths: Strengths) -> Vector:
        _, l2 = strengths

        def loss(v: Vector, batch: Batch) -> float:
            return _height(X[batch], s[batch], strengths, v)

        def gradient(v: Vector, batch: Batch) -> Vector:
            return _gradient(X[batch], s[batch], v) + l2 * v

        run = minimize_in_batches(
            loss,
            len(X),
            np.zeros(X.shape[1]),
            GradientDescent(self.learning_rate),
            gradient,
            batch_size=self.batch_size,
            epochs=self.epochs,
            rng=self.rng,
        )
        require(not run.diverged, f"learning_rate must be smaller: with {self.learning_rate:g} descent {run.message}")
        found: Vector = run.path[-1]
        return found

    # --- answers ----------------------------------------------------------------------------------

    def decision_function(self, X: ArrayLike) -> Vector:
        """w · x + b for each row of X, (n, d) to (n,): the logarithm of the odds."""
        require(hasattr(self, "coef_"), "LogisticRegression must be fitted before it can predict: call fit first")
        X, width = as_matrix(X, "X"), len(self.coef_)
        require(X.shape[1] == width, f"X must have {width} columns, as in fit, but {X.shape[1]} came")
        return X @ self.coef_ + self.intercept_

    def predict_proba(self, X: ArrayLike) -> Matrix:
        """How likely each row of X, (n, d), belongs to each class, (n, 2)."""
        second = sigmoid(self.decision_function(X))
        return np.column_stack([1 - second, second])

    def predict(self, X: ArrayLike) -> Labels:
        """The more likely label for each row of X, (n, d) to (n,)."""
        labels: Labels = self.classes_[(self.decision_function(X) > 0).astype(int)]
        return labels

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """What part of the rows of X, (n, d), gets its own label of y, (n,)."""
        return accuracy(y, self.predict(X))


def _by_weight(d: int, strength: float, l1_share: float, l2_share: float) -> Strengths:
    weights = np.append(0.0, np.full(d, strength))
    return l1_share * weights, l2_share * weights


def _height(X: Matrix, s: Vector, strengths: Strengths, v: Vector) -> float:
    """The mean loss and the penalty at v = (b, w); X begins with a column of ones."""
    return float(np.mean(logistic(s * (X @ v)))) + elastic_net(v, *strengths)


def _gradient(X: Matrix, s: Vector, v: Vector) -> Vector:
    """The gradient of the mean loss at v, without the penalty."""
    gradient: Vector = X.T @ (s * logistic_slope(s * (X @ v))) / len(X)
    return gradient


def _newton(X: Matrix, s: Vector, strengths: Strengths, v: Vector, tol: float) -> tuple[Vector, int]:
    """The best v = (b, w), from where v is, and in how many steps."""
    l1, l2 = strengths
    penalised = l1.any() or l2.any()
    for step in range(_MOST_STEPS):
        margin = s * (X @ v)
        require(
            penalised or not np.all(margin > 0),
            "penalty must not be None here: a plane separates the classes, so that the longer w is, the better; "
            "there is no best w",
        )
        g = _gradient(X, s, v)
        if penalty_residual(g, v, l1, l2) <= tol:
            return v, step
        certain = sigmoid(margin)
        H = (X * (certain * (1 - certain))[:, np.newaxis]).T @ X / len(X)
        way = _lowest(H, H @ v - g, l1, l2, v) - v
        along = float(g @ way) + elastic_net(v + way, l1, l2) - elastic_net(v, l1, l2)
        rate = _worth(X, s, strengths, v, way, along)
        if rate == 0:  # rounding: it gets no lower
            return v, step
        v = v + rate * way
    raise ValueError(f"tol must be larger: Newton's method did not come so near in {_MOST_STEPS} steps")


def _lowest(H: Matrix, c: Vector, l1: Vector, l2: Vector, v: Vector) -> Vector:
    """The lowest point of the bowl ½ vᵀHv − c · v with the penalty."""
    if l1.any():
        return penalised_quadratic(H, c, l1, l2, v)
    try:
        lowest: Vector = solve(H + np.diag(l2), c)
    except ValueError as error:
        raise ValueError("X must have columns that do not depend on one another, unless there is a penalty") from error
    return lowest


def _worth(X: Matrix, s: Vector, strengths: Strengths, v: Vector, way: Vector, along: float) -> float:
    """How far to go so that the sum falls by what the slope promises, or nearly: 1, ½, ¼, …"""
    if not along < 0:
        return 0.0

    def height(rate: Vector) -> float:
        return _height(X, s, strengths, v + rate[0] * way)

    return backtrack(height, [0.0], [1.0], [along]).rate


# --- a path ---------------------------------------------------------------------------------------


class LogisticPath(NamedTuple):
    """The best weights for each of several penalties.

    strengths : (k,) from the strongest to the weakest; a strength is 1/(n C)
    weights : (k, d) a row for each
    intercepts : (k,)
    residuals : (k,) the certificate of each
    """

    strengths: Vector
    weights: Matrix
    intercepts: Vector
    residuals: Vector


def logistic_path(
    X: ArrayLike, y: ArrayLike, strengths: ArrayLike | None = None, l1_ratio: float = 1.0, tol: float = 1e-8
) -> LogisticPath:
    """The best weights for a row of penalties, each search beginning where the one before has ended.

        w, b = argmin (1/n) Σᵢ ln(1 + exp(−sᵢ (w · xᵢ + b))) + α (ρ ‖w‖₁ + ((1 − ρ)/2) ‖w‖²)

    Parameters
    ----------
    X : (n, d)
    y : (n,) labels of two classes
    strengths : the α, above 0; if none are given, 30 from the one that leaves no feature down to a thousandth of it
    l1_ratio : ρ, from 0 to 1
    tol : how far from optimal the weights may be

    Lesson 5, "Used in: logistic regression"; Friedman, Hastie and Tibshirani (2010), section 2.5.

    >>> path = logistic_path([[0], [1], [2], [3]], ["no", "no", "yes", "yes"], strengths=[0.5, 0.05])
    >>> path.strengths.tolist(), path.weights.round(2).tolist()
    ([0.5, 0.05], [[0.0], [3.13]])
    """
    X, (_, s) = as_matrix(X, "X"), signs(y)
    require_same("length", X=len(X), y=len(s))
    if strengths is None:
        highest = strongest_penalty(X, center_columns(s)[0] / 2)
        strengths = np.geomspace(highest, highest / 1000, 30)
    falling = np.sort(as_vector(strengths, "strengths"))[::-1]
    require(np.all(falling > 0), "strengths must all be above 0, but one is not")
    with_ones, v, rows, residuals = np.column_stack([np.ones(len(X)), X]), np.zeros(X.shape[1] + 1), [], []
    for strength in falling:
        penalty = _by_weight(X.shape[1], float(strength), l1_ratio, 1 - l1_ratio)
        v, _ = _newton(with_ones, s, penalty, v, tol)
        rows.append(v)
        residuals.append(penalty_residual(_gradient(with_ones, s, v), v, *penalty))
    found = np.array(rows)
    return LogisticPath(falling, found[:, 1:], found[:, 0], np.array(residuals))
