"""Logistic regression: how likely an example belongs to each class, from weighted sums of its features."""

from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.labels import Labels, accuracy
from mathml.algorithms.linear_models import as_ratio
from mathml.algorithms.logistic_loss import LogisticLoss, Strengths, as_examples
from mathml.arrays import Array, Matrix, Vector, as_matrix, as_number, as_vector, require
from mathml.functions import sigmoid, softmax
from mathml.matrices import is_positive_definite
from mathml.optimization import (
    ProximalDescent,
    Run,
    elastic_net,
    minimize_in_batches,
    penalty_residual,
    prox_elastic_net,
    strongest_penalty,
)
from mathml.optimization.batches import Batch, Seed
from mathml.optimization.proximal_newton import proximal_newton
from mathml.vectors import center_columns

__all__ = ["LogisticRegression", "logistic_path"]

Penalty = Literal["l2", "l1", "elastic net"]
Solver = Literal["newton", "sgd"]

_MOST_STEPS = 200
_LEAPS = 0.5  # where there is a best w, Newton's last step changes no score by so much


class LogisticRegression:
    """Tell classes apart, and say how sure.

        two classes:   P(second | x) = σ(w · x + b)
                       w, b = argmin (1/n) Σᵢ ln(1 + exp(−sᵢ (w · xᵢ + b))) + penalty(w)/(n C),    sᵢ = ±1
        more of them:  P(class | x) = softmax(W x + b)
                       W, b = argmin −(1/n) Σᵢ ln P(class of xᵢ | xᵢ) + penalty(W)/(n C)

        penalty:  "l2"  ½ ‖w‖²,    "l1"  ‖w‖₁,    "elastic net"  ρ ‖w‖₁ + ((1 − ρ)/2) ‖w‖²

    It is maximum likelihood, and with a penalty maximum a posteriori. The intercept b is not penalised. Without a
    penalty there is no best w if a plane has each class on a side of its own: the longer w, the more likely the data.

    Newton: the loss is replaced by the bowl that fits it, and the penalty is kept; see `proximal_newton`. SGD: a step
    downhill on the loss of a few examples, and then what the penalty makes of it; see `ProximalDescent`.

    Parameters
    ----------
    penalty : "l2", "l1", "elastic net" or None
    C : how much the data weigh against the penalty, above 0, as in scikit-learn
    l1_ratio : ρ, from 0 to 1, of the elastic net
    solver : "newton", or "sgd", stochastic gradient descent, which ends near the best weights, not at them
    tol : how far from optimal w may be ("newton")
    learning_rate, batch_size, epochs, rng : of descent ("sgd"); see `mathml.optimization.minimize_in_batches`

    Attributes
    ----------
    classes_ : (k,) the labels, sorted
    coef_ : (d,) the weights w of the second of two classes; or (k, d) a row for each of more
    intercept_ : b, or (k,)
    kkt_ : how far from optimal they are, `penalty_residual`: a certificate
    steps_ : how many steps of Newton's were made; epochs for "sgd"
    loss_path_ : (steps_ + 1,) loss and penalty at the start, where all weights are 0, and after each step

    Lesson 5, "Used in: logistic regression"; Hastie, Tibshirani and Friedman, The Elements of Statistical Learning
    (2009), section 4.4; Friedman, Hastie and Tibshirani, Regularization paths for generalized linear models via
    coordinate descent (2010), sections 3 and 4.

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
        """Find the weights for the examples X, (n, d), with the labels y, (n,).

        Raises
        ------
        ValueError
            If all labels are the same; without a penalty, if a plane separates the classes, or columns of X depend on
            one another; if descent diverges.
        """
        classes, examples = as_examples(X, y)
        l1_share, l2_share = self._shares()
        strengths = examples.strengths(1 / (len(examples.Y) * float(self.C)), l1_share, l2_share)
        start = np.zeros(np.prod(examples.shape))
        if self.solver == "newton":
            run = _newton(examples, strengths, start, float(self.tol))
        else:
            run = self._descend(examples, strengths, start)
        found = run.path[-1]
        self.classes_, self.steps_, self.loss_path_ = classes, len(run.path) - 1, run.values
        self.coef_, self.intercept_ = examples.split(found)
        self.kkt_ = penalty_residual(examples.gradient(found), found, *strengths)
        return self

    def _shares(self) -> tuple[float, float]:
        """How much of the penalty is L1 and how much L2, if all that was chosen is known."""
        for name, kinds, none in ("penalty", Penalty, " or None"), ("solver", Solver, ""):
            known, came = ", ".join(f'"{kind}"' for kind in get_args(kinds)), getattr(self, name)
            fits = came in get_args(kinds) or (none and came is None)
            require(fits, f"{name} must be one of {known}{none}, but {came!r} came")
        for name in ("C", "tol"):
            value = as_number(getattr(self, name), name)
            require(0 < value < np.inf, f"{name} must be finite and above 0, but {name} = {value:g} came")
        ratio = as_ratio(self.l1_ratio)
        return {None: (0.0, 0.0), "l1": (1.0, 0.0), "l2": (0.0, 1.0), "elastic net": (ratio, 1 - ratio)}[self.penalty]

    def _descend(self, examples: "LogisticLoss", strengths: Strengths, start: Vector) -> Run:
        l1, l2 = strengths

        def loss(v: Vector, batch: Batch) -> float:
            return examples.only(batch).value(v) + elastic_net(v, l1, l2)

        def gradient(v: Vector, batch: Batch) -> Vector:
            return examples.only(batch).gradient(v)

        def prox(v: Vector, rate: float) -> Vector:
            return prox_elastic_net(v, rate * l1, rate * l2)

        run = minimize_in_batches(
            loss,
            len(examples.Y),
            start,
            ProximalDescent(self.learning_rate, prox),
            gradient,
            batch_size=self.batch_size,
            epochs=self.epochs,
            rng=self.rng,
        )
        require(not run.diverged, f"learning_rate must be smaller: with {self.learning_rate:g} descent {run.message}")
        return run

    # --- answers ----------------------------------------------------------------------------------

    def decision_function(self, X: ArrayLike) -> Array:
        """The scores of each row of X, (n, d): (n,) the logarithm of the odds, or (n, k) with more than two classes."""
        require(hasattr(self, "coef_"), "LogisticRegression must be fitted before it can predict: call fit first")
        X, width = as_matrix(X, "X"), self.coef_.shape[-1]
        require(X.shape[1] == width, f"X must have {width} columns, as in fit, but {X.shape[1]} came")
        return X @ self.coef_.T + self.intercept_

    def predict_proba(self, X: ArrayLike) -> Matrix:
        """How likely each row of X, (n, d), belongs to each class, (n, k)."""
        scores = self.decision_function(X)
        return softmax(scores) if scores.ndim == 2 else np.column_stack([sigmoid(-scores), sigmoid(scores)])

    def predict(self, X: ArrayLike) -> Labels:
        """The likeliest label for each row of X, (n, d) to (n,)."""
        likeliest = self.predict_proba(X).argmax(axis=1)
        labels: Labels = self.classes_[likeliest]
        return labels

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """What part of the rows of X, (n, d), gets its own label of y, (n,)."""
        return accuracy(y, self.predict(X))


# --- Newton -----------------------------------------------------------------------------------------


def _newton(examples: LogisticLoss, strengths: Strengths, start: Vector, tol: float) -> Run:
    """The way from the start to the best weights."""
    l1, l2 = strengths
    penalised, idle = bool(np.any(l1 + l2)), examples.idle(strengths)
    separated = (
        "penalty must not be None here: a plane separates the classes, so that the longer w is, the better; "
        "there is no best w"
    )

    def hessian(v: Vector) -> Matrix:
        return examples.hessian(v) + idle

    alone = "X must have columns that do not depend on one another, unless there is a penalty"
    require(penalised or is_positive_definite(hessian(start)), alone)
    try:
        run = proximal_newton(
            examples.value, start, examples.gradient, hessian, l1=l1, l2=l2, steps=_MOST_STEPS, tol=tol
        )
    except ValueError as error:
        raise ValueError(separated) from error  # it bends nowhere any more
    leap = np.max(np.abs(examples.scores(run.path[-1]) - examples.scores(run.path[-2:][0])))
    require(penalised or leap < _LEAPS, separated)
    return run


# --- a path ---------------------------------------------------------------------------------------


class LogisticPath(NamedTuple):
    """The best weights for each of several penalties.

    strengths : (k,) from the strongest to the weakest; a strength is 1/(n C)
    weights : (k, d), or (k, classes, d) if there are more than two
    intercepts : (k,), or (k, classes)
    residuals : (k,) the certificate of each
    """

    strengths: Vector
    weights: Array
    intercepts: Array
    residuals: Vector


def logistic_path(
    X: ArrayLike, y: ArrayLike, strengths: ArrayLike | None = None, l1_ratio: float = 1.0, tol: float = 1e-8
) -> LogisticPath:
    """The best weights for a row of penalties, each search beginning where the one before has ended.

        w, b = argmin (1/n) Σᵢ ln(1 + exp(−sᵢ (w · xᵢ + b))) + α (ρ ‖w‖₁ + ((1 − ρ)/2) ‖w‖²)

    Parameters
    ----------
    X : (n, d)
    y : (n,) labels
    strengths : α, (k,), each above 0, in any order; None for 30 from the least that leaves no feature down to a
        thousandth of it
    l1_ratio : ρ, from 0 to 1
    tol : how far from optimal the weights may be

    Raises
    ------
    ValueError
        If a strength is not above 0, or ρ is 0 and there are no strengths.

    Lesson 5, "Used in: logistic regression"; Friedman, Hastie and Tibshirani (2010), section 2.5.

    >>> path = logistic_path([[0], [1], [2], [3]], ["no", "no", "yes", "yes"], strengths=[0.5, 0.05])
    >>> path.strengths.tolist(), path.weights.round(2).tolist()
    ([0.5, 0.05], [[0.0], [3.13]])
    """
    _, examples = as_examples(X, y)
    ratio, v = as_ratio(l1_ratio), np.zeros(np.prod(examples.shape))
    if strengths is None:
        strongest = max(
            strongest_penalty(examples.X[:, 1:], column, ratio) for column in center_columns(examples.Y)[0].T
        )
        strengths = np.geomspace(strongest, strongest / 1000, 30)
    falling = np.sort(as_vector(strengths, "strengths"))[::-1]
    require(falling[-1] > 0, f"strengths must all be above 0, but {falling[-1]:g} came")
    found, residuals = [], []
    for strength in falling:
        penalty = examples.strengths(float(strength), ratio, 1 - ratio)
        v = _newton(examples, penalty, v, tol).path[-1]
        found.append(examples.split(v))
        residuals.append(penalty_residual(examples.gradient(v), v, *penalty))
    weights, intercepts = zip(*found, strict=True)
    return LogisticPath(falling, np.array(weights), np.array(intercepts), np.array(residuals))
