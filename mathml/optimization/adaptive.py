"""AdaGrad, RMSProp, Adam: a learning rate for each coordinate, from the gradients that it has seen."""

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Vector, as_number, require
from mathml.optimization.descent import as_learning_rate, as_step
from mathml.optimization.momentum import as_part, remembered

__all__ = ["AdaGrad", "Adam", "RMSProp"]


class AdaGrad:
    """Divide by the root of all squared gradients so far: what is seen rarely keeps a large rate.

        s ← s + g²
        x ← x − η g / (√s + ε)        entry by entry

    The rate of each coordinate only falls: by 1/√t, if its gradients keep their size.

    Parameters
    ----------
    learning_rate : η, above 0
    eps : ε, at least 0, so that nothing is divided by 0

    Attributes
    ----------
    squares_ : s after the last step, (p,); None before the first

    Lesson 5, "AdaGrad"; Duchi, Hazan and Singer, Adaptive subgradient methods (2011), with the diagonal of G;
    ε as in PyTorch, outside of the root.

    >>> AdaGrad(learning_rate=0.5).step([1, 2], [10, -0.1]).round(6).tolist()
    [0.5, 2.5]
    """

    def __init__(self, learning_rate: float, eps: float = 1e-10) -> None:
        self.learning_rate = as_learning_rate(learning_rate)
        self.eps = as_eps(eps)
        self.squares_: Vector | None = None

    def step(self, x: ArrayLike, gradient: ArrayLike) -> Vector:
        """The point after x, where the gradient is `gradient`, each (p,)."""
        x, gradient = as_step(x, gradient)
        self.squares_ = remembered(self.squares_, gradient, "squares_") + gradient**2
        return x - self.learning_rate * scaled(gradient, self.squares_, self.eps)


class RMSProp:
    """AdaGrad that forgets: a running mean of the squared gradients in place of their sum.

        s ← ρ s + (1 − ρ) g²
        x ← x − η g / (√s + ε)        entry by entry

    s begins at 0 and is too small at first: the first step is 1/√(1 − ρ) times as long as the later ones.

    Parameters
    ----------
    learning_rate : η, above 0
    decay : ρ, from 0 to below 1
    eps : ε, at least 0

    Attributes
    ----------
    squares_ : s after the last step, (p,); None before the first

    Lesson 5, "RMSProp"; Hinton, Neural networks for machine learning (2012), lecture 6e; ε as in PyTorch.

    >>> RMSProp(learning_rate=0.5, decay=0.75).step([1, 2], [10, -0.1]).round(6).tolist()
    [0.0, 3.0]
    """

    def __init__(self, learning_rate: float, decay: float = 0.99, eps: float = 1e-8) -> None:
        self.learning_rate = as_learning_rate(learning_rate)
        self.decay = as_part(decay, "decay")
        self.eps = as_eps(eps)
        self.squares_: Vector | None = None

    def step(self, x: ArrayLike, gradient: ArrayLike) -> Vector:
        """The point after x, where the gradient is `gradient`, each (p,)."""
        x, gradient = as_step(x, gradient)
        past = remembered(self.squares_, gradient, "squares_")
        self.squares_ = self.decay * past + (1 - self.decay) * gradient**2
        return x - self.learning_rate * scaled(gradient, self.squares_, self.eps)


class Adam:
    """Momentum and RMSProp together, and both means corrected for beginning at 0.

        m ← β₁ m + (1 − β₁) g      m̂ = m / (1 − β₁ᵗ)
        s ← β₂ s + (1 − β₂) g²     ŝ = s / (1 − β₂ᵗ)
        x ← x − η m̂ / (√ŝ + ε)        entry by entry, in step t = 1, 2, …

    Whatever the size of the gradients, a step is about η long in each coordinate; the first one is η, but for ε.

    Parameters
    ----------
    learning_rate : η, above 0
    beta1, beta2 : from 0 to below 1
    eps : ε, at least 0

    Attributes
    ----------
    mean_, squares_ : m and s after the last step, (p,); None before the first
    steps_ : t, how many steps were made

    Lesson 5, "Adam"; Kingma and Ba, Adam: A method for stochastic optimization (2015), algorithm 1.

    >>> Adam(learning_rate=0.5).step([1, 2], [10, -0.1]).round(6).tolist()
    [0.5, 2.5]
    """

    def __init__(
        self, learning_rate: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8
    ) -> None:
        self.learning_rate = as_learning_rate(learning_rate)
        self.beta1, self.beta2 = as_part(beta1, "beta1"), as_part(beta2, "beta2")
        self.eps = as_eps(eps)
        self.mean_: Vector | None = None
        self.squares_: Vector | None = None
        self.steps_ = 0

    def step(self, x: ArrayLike, gradient: ArrayLike) -> Vector:
        """The point after x, where the gradient is `gradient`, each (p,)."""
        x, gradient = as_step(x, gradient)
        self.steps_ += 1
        self.mean_ = self.beta1 * remembered(self.mean_, gradient, "mean_") + (1 - self.beta1) * gradient
        past = remembered(self.squares_, gradient, "squares_")
        self.squares_ = self.beta2 * past + (1 - self.beta2) * gradient**2
        mean = self.mean_ / (1 - self.beta1**self.steps_)
        squares = self.squares_ / (1 - self.beta2**self.steps_)
        return x - self.learning_rate * scaled(mean, squares, self.eps)


def as_eps(eps: float) -> float:
    """ε as a number that is at least 0."""
    eps = as_number(eps, "eps")
    require(0 <= eps < np.inf, f"eps must be finite and at least 0, but eps = {eps:g} came")
    return eps


def scaled(direction: Vector, squares: Vector, eps: float) -> Vector:
    """direction / (√squares + ε), and 0 where both are 0: a coordinate that has never been pushed stays."""
    size = np.sqrt(squares) + eps
    return np.divide(direction, size, out=np.zeros_like(direction), where=size > 0)
