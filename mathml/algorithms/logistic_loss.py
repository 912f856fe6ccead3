"""What logistic regression makes small: the cross-entropy of weighted sums, its gradient and its curvature."""

from itertools import combinations_with_replacement
from typing import NamedTuple, Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mathml.algorithms.labels import Labels, one_hot
from mathml.arrays import Array, Matrix, Vector, as_matrix, require_same
from mathml.functions import sigmoid, softmax
from mathml.information import binary_cross_entropy_from_logits, cross_entropy_from_logits
from mathml.optimization.batches import Batch

__all__ = ["LogisticLoss", "Strengths", "as_examples"]

Strengths: TypeAlias = tuple[Vector, Vector]  # l1 and l2 for each of (b, W): 0 for b


class LogisticLoss(NamedTuple):
    """The mean cross-entropy of examples, for weights and intercepts in one vector v = (b, W).

        P = σ(X V) or softmax(X V)        V, (d + 1, m), is v in rows; the first row is b

        f = −(1/n) Σᵢ ln P(class of xᵢ),    ∇f = Xᵀ (P − Y) / n,    ∇²f = Σᵢ xᵢ xᵢᵀ ⊗ (diag(pᵢ) − pᵢ pᵢᵀ) / n

    Of two classes one column says all, and diag(p) − p pᵀ is p (1 − p).

    X : (n, d + 1), the first column ones
    Y : (n, m), 1 in the column of the class, else 0: m columns for m classes, or for two of them the second's alone

    Lesson 5, "Used in: logistic regression"; Bishop, Pattern Recognition and Machine Learning (2006), equations 4.91,
    4.97, 4.109 and 4.110.

    >>> _, loss = as_examples([[-1], [1]], ["no", "yes"])
    >>> round(loss.value(np.zeros(2)), 6), loss.gradient(np.zeros(2)).round(6).tolist()
    (0.693147, [0.0, -0.5])
    >>> np.allclose(loss.hessian(np.zeros(2)), np.eye(2) / 4)
    True
    """

    X: Matrix
    Y: Matrix

    @property
    def shape(self) -> tuple[int, int]:
        """(d + 1, m), the shape of V."""
        return self.X.shape[1], self.Y.shape[1]

    def only(self, batch: Batch) -> Self:
        """The loss of these examples alone."""
        return self._replace(X=self.X[batch], Y=self.Y[batch])

    def split(self, v: Vector) -> tuple[Array, Array | float]:
        """W and b: (d,) and a number for two classes, (m, d) and (m,) for more."""
        V = v.reshape(self.shape)
        return (V[1:, 0], float(V[0, 0])) if V.shape[1] == 1 else (V[1:].T, V[0])

    def scores(self, v: Vector) -> Matrix:
        """X V, (n, m)."""
        return self.X @ v.reshape(self.shape)

    def probabilities(self, v: Vector) -> Matrix:
        """P, (n, m)."""
        return sigmoid(self.scores(v)) if self.Y.shape[1] == 1 else softmax(self.scores(v))

    def value(self, v: Vector) -> float:
        """f."""
        loss = binary_cross_entropy_from_logits if self.Y.shape[1] == 1 else cross_entropy_from_logits
        return float(loss(self.Y, self.scores(v)))

    def gradient(self, v: Vector) -> Vector:
        """∇f, in one row like v."""
        slopes: Matrix = self.X.T @ (self.probabilities(v) - self.Y) / len(self.X)
        return slopes.ravel()

    def hessian(self, v: Vector) -> Matrix:
        """∇²f, a row and a column for each entry of v."""
        P, (width, m) = self.probabilities(v), self.shape
        H = np.empty((width, m, width, m))
        for j, k in combinations_with_replacement(range(m), 2):
            spread = P[:, j] * (1 - P[:, j] if j == k else P[:, k])
            Z = self.X * np.sqrt(spread / len(self.X))[:, np.newaxis]
            H[:, j, :, k] = H[:, k, :, j] = Z.T @ Z if j == k else -Z.T @ Z
        return H.reshape(width * m, width * m)

    def strengths(self, strength: float, l1_share: float, l2_share: float) -> Strengths:
        """The penalty on each entry of v, of either kind: none on b."""
        each = np.full(self.shape, strength)
        each[0] = 0
        return l1_share * each.ravel(), l2_share * each.ravel()

    def idle(self, strengths: Strengths) -> Matrix:
        """A curvature where there is none: what is added to a weight of all classes alike changes no probability.

        Where no penalty decides, it holds the sum of the weights where it is, at 0. The minimum is the same.
        """
        width, m = self.shape
        free = np.add(*strengths).reshape(width, m)[:, 0] == 0
        if m == 1:
            return np.zeros((width, width))
        return np.kron(np.diag(free * np.mean(self.X**2, axis=0)), np.full((m, m), 1 / m))


def as_examples(X: ArrayLike, y: ArrayLike) -> tuple[Labels, LogisticLoss]:
    """The classes that the labels y, (n,), hold, and the loss of the examples X, (n, d)."""
    X, (classes, Y) = as_matrix(X, "X"), one_hot(y)
    require_same("length", X=len(X), y=len(Y))
    return classes, LogisticLoss(np.column_stack([np.ones(len(X)), X]), Y[:, 1:] if len(classes) == 2 else Y)
