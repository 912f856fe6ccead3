"""Losses of a classifier, by the margin: how far on the right side an example lies."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_array
from mathml.functions import log_sigmoid, sigmoid

__all__ = [
    "MARGIN_LOSSES",
    "exponential_loss",
    "exponential_slope",
    "hinge",
    "hinge_slope",
    "logistic",
    "logistic_slope",
    "square_margin",
    "square_margin_slope",
    "zero_one",
    "zero_one_slope",
]

ByMargin: TypeAlias = Callable[[ArrayLike], Array]


def hinge(margin: ArrayLike) -> Array:
    """What an example costs a support vector machine: nothing, once it is right by 1.

        ℓ(m) = max(0, 1 − m),    m = s f(x), s = ±1

    Parameters
    ----------
    margin : m, a number or an array of any shape

    Returns
    -------
    loss : of the same shape

    Lesson 5, "Hinge"; Cortes and Vapnik, Support-vector networks (1995).

    >>> hinge([-1, 0.5, 1, 3]).tolist()
    [2.0, 0.5, 0.0, 0.0]
    """
    return np.maximum(1 - as_array(margin, "margin"), 0)


def hinge_slope(margin: ArrayLike) -> Array:
    """The slope of `hinge`, and of its subgradients at the kink the one that is 0.

        ℓ′(m) = −1 for m < 1, 0 for m > 1;    at m = 1 anything between is a subgradient

    Parameters
    ----------
    margin : m, a number or an array of any shape

    Lesson 5, "Hinge".

    >>> hinge_slope([-1, 1, 3]).tolist()
    [-1.0, 0.0, 0.0]
    """
    return np.where(as_array(margin, "margin") < 1, -1.0, 0.0)


def logistic(margin: ArrayLike) -> Array:
    """The binary cross-entropy, by the margin: minus the logarithm of the probability of the right class.

        ℓ(m) = ln(1 + e^−m) = −ln σ(m)

    Parameters
    ----------
    margin : m, a number or an array of any shape; it does not overflow

    Lesson 5, "Cross-entropy".

    >>> logistic([-800, 0]).round(6).tolist()
    [800.0, 0.693147]
    """
    return -log_sigmoid(as_array(margin, "margin"))


def logistic_slope(margin: ArrayLike) -> Array:
    """The slope of `logistic`: minus the probability of the wrong class.

        ℓ′(m) = −σ(−m)

    Lesson 5, "Cross-entropy".

    >>> logistic_slope(0).tolist()
    -0.5
    """
    return -sigmoid(-as_array(margin, "margin"))


def square_margin(margin: ArrayLike) -> Array:
    """The squared error of a score whose target is the sign: too right costs as much as too wrong.

        ℓ(m) = (1 − m)² = (s − f(x))²

    Lesson 5, "Mean squared error".

    >>> square_margin([-1, 1, 3]).tolist()
    [4.0, 0.0, 4.0]
    """
    with np.errstate(over="ignore"):
        return (1 - as_array(margin, "margin")) ** 2


def square_margin_slope(margin: ArrayLike) -> Array:
    """The slope of `square_margin`.

        ℓ′(m) = 2 (m − 1)

    Lesson 5, "Mean squared error".

    >>> square_margin_slope([-1, 1, 3]).tolist()
    [-4.0, 0.0, 4.0]
    """
    return 2 * (as_array(margin, "margin") - 1)


def exponential_loss(margin: ArrayLike) -> Array:
    """What boosting makes small: each step further wrong costs e times as much.

        ℓ(m) = e^−m

    Lesson 5, "Hinge"; Friedman, Hastie and Tibshirani, Additive logistic regression (2000), section 4.

    >>> exponential_loss([0]).tolist()
    [1.0]
    """
    with np.errstate(over="ignore"):
        return np.exp(-as_array(margin, "margin"))


def exponential_slope(margin: ArrayLike) -> Array:
    """The slope of `exponential_loss`.

        ℓ′(m) = −e^−m

    Lesson 5, "Hinge".

    >>> exponential_slope([0]).tolist()
    [-1.0]
    """
    return -exponential_loss(margin)


def zero_one(margin: ArrayLike) -> Array:
    """A mistake costs 1, however large it is; to stand on the border is one.

        ℓ(m) = 1 for m ≤ 0, else 0

    Lesson 5, "Hinge".

    >>> zero_one([-2, 0, 0.1]).tolist()
    [1.0, 1.0, 0.0]
    """
    return np.where(as_array(margin, "margin") <= 0, 1.0, 0.0)


def zero_one_slope(margin: ArrayLike) -> Array:
    """The slope of `zero_one`: 0 wherever there is one. So no descent can use it.

    Lesson 5, "Hinge".

    >>> zero_one_slope([-2, 3]).tolist()
    [0.0, 0.0]
    """
    return np.zeros_like(as_array(margin, "margin"))


# Each with its slope, by the name that the pictures use.
MARGIN_LOSSES: Mapping[str, tuple[ByMargin, ByMargin]] = MappingProxyType(
    {
        "zero-one": (zero_one, zero_one_slope),
        "logistic": (logistic, logistic_slope),
        "hinge": (hinge, hinge_slope),
        "squared": (square_margin, square_margin_slope),
        "exponential": (exponential_loss, exponential_slope),
    }
)
