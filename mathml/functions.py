"""Functions that many lessons share, each with its derivative: sigmoid, softmax, log-sum-exp, relu.

Each works on arrays of any shape, and is written so that no power of e overflows. They are made of NumPy's
elementwise functions and sums alone, so an array that records derivatives can pass through them.
"""

import numpy as np
from numpy.typing import ArrayLike

from mathml.arrays import Array, as_array, as_number, require

__all__ = [
    "log_sigmoid",
    "log_softmax",
    "log_sum_exp",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "softmax_jacobian",
]


# --- one number at a time -------------------------------------------------------------------------


def sigmoid(z: ArrayLike) -> Array:
    """Squeeze any number into the interval from 0 to 1: a score becomes a probability.

        σ(z) = 1 / (1 + e⁻ᶻ) = exp(log σ(z))

    Computed through its logarithm: e⁻ᶻ itself overflows below z = −709.

    Parameters
    ----------
    z : scores, any shape

    Returns
    -------
    probabilities : the shape of z

    Lesson 1, "Used in: logistic regression".
    """
    return np.exp(log_sigmoid(z))


def log_sigmoid(z: ArrayLike) -> Array:
    """The logarithm of the sigmoid, which keeps its digits where the sigmoid rounds to 0 or 1.

        log σ(z) = −log(1 + e⁻ᶻ) = −log(e⁰ + e⁻ᶻ)

    Parameters
    ----------
    z : scores, any shape

    Returns
    -------
    log_probabilities : the shape of z, never above 0

    Lesson 1, "Used in: word2vec".
    """
    return -np.logaddexp(0, -as_array(z, "z"))


def sigmoid_derivative(z: ArrayLike) -> Array:
    """How fast the sigmoid rises: most at 0, hardly at all far out.

        σ′(z) = σ(z) (1 − σ(z)) = σ(z) σ(−z)

    The second form keeps its digits where σ(z) rounds to 1.

    Parameters
    ----------
    z : any shape

    Returns
    -------
    slopes : the shape of z, between 0 and 1/4
    """
    z = as_array(z, "z")
    return sigmoid(z) * sigmoid(-z)


def relu(z: ArrayLike) -> Array:
    """Keep what is positive, replace the rest by zero.

        relu(z) = max(z, 0)

    Parameters
    ----------
    z : any shape

    Returns
    -------
    kept : the shape of z
    """
    return np.maximum(as_array(z, "z"), 0.0)


def relu_derivative(z: ArrayLike) -> Array:
    """The slope of `relu`: 1 where z is positive, 0 where it is negative.

        relu′(z) = 1 if z > 0 else 0

    At 0 the curve has a corner and no derivative; 0 is the custom.

    Parameters
    ----------
    z : any shape

    Returns
    -------
    slopes : the shape of z
    """
    return np.heaviside(as_array(z, "z"), 0.0)


# --- all numbers along an axis --------------------------------------------------------------------


def log_sum_exp(z: ArrayLike, axis: int = -1) -> Array:
    """A smooth maximum: the logarithm of a sum of powers of e.

        log Σᵢ e^zᵢ = m + log Σᵢ e^(zᵢ − m)    with m = maxᵢ zᵢ

    Parameters
    ----------
    z : any shape
    axis : the axis that is summed along

    Returns
    -------
    result : the shape of z without that axis
    """
    z, highest = _with_highest(z, axis)
    # Where the highest is infinite, ∞ − ∞ would give NaN: there it is taken as 0, and the sum is 0 or ∞ by itself.
    shift = np.where(np.isfinite(highest), highest, 0.0)
    with np.errstate(divide="ignore"):  # log 0 = −∞ is the right answer when every term is masked
        result: Array = np.squeeze(shift, axis) + np.log(np.sum(np.exp(z - shift), axis=axis))
    return result


def softmax(z: ArrayLike, axis: int = -1, temperature: float = 1.0) -> Array:
    """Turn scores into positive weights that sum to one.

        softmax(z/T)ᵢ = e^(zᵢ/T) / Σⱼ e^(zⱼ/T) = e^((zᵢ − m)/T) / Σⱼ e^((zⱼ − m)/T)    with m = maxᵢ zᵢ

    Parameters
    ----------
    z : scores, any shape; a score of −∞ gets the weight 0
    axis : the axis along which the weights sum to one
    temperature : T, above 0: cold, the highest score takes all; hot, all weights are equal

    Returns
    -------
    weights : the shape of z

    Raises
    ------
    ValueError
        If the largest score along the axis is infinite: all are masked, or one is +∞; or if T is not above 0.

    Lesson 1, "Used in: transformers"; Lesson 6, "Softmax with a temperature".
    """
    T = as_number(temperature, "temperature")
    require(0 < T < np.inf, f"temperature must be finite and above 0, but temperature = {T:g} came")
    with np.errstate(over="ignore"):  # far below the highest and very cold: −∞, and a weight of 0, is right
        powers = np.exp(_below_highest(z, axis) / T)
    weights: Array = powers / np.sum(powers, axis=axis, keepdims=True)
    return weights


def log_softmax(z: ArrayLike, axis: int = -1) -> Array:
    """The logarithm of softmax, which keeps its digits where a weight underflows to 0.

        log softmax(z)ᵢ = zᵢ − log Σⱼ e^zⱼ

    Parameters
    ----------
    z, axis : as in `softmax`

    Returns
    -------
    log_weights : the shape of z, never above 0
    """
    below = _below_highest(z, axis)
    log_weights: Array = below - np.log(np.sum(np.exp(below), axis=axis, keepdims=True))
    return log_weights


def softmax_jacobian(z: ArrayLike) -> Array:
    """How each weight answers to each score.

        ∂sᵢ/∂zⱼ = sᵢ (δᵢⱼ − sⱼ)    with s = softmax(z), and δᵢⱼ = 1 if i = j else 0

    Parameters
    ----------
    z : (..., d)

    Returns
    -------
    J : (..., d, d) symmetric; each row sums to zero, for the weights always sum to one
    """
    s = softmax(z)
    return s[..., :, np.newaxis] * (np.eye(s.shape[-1]) - s[..., np.newaxis, :])


def _with_highest(z: ArrayLike, axis: int) -> tuple[Array, Array]:
    z = as_array(z, "z")
    require(-z.ndim <= axis < z.ndim, f"axis must be one of the {z.ndim} axes of z, but axis = {axis} came")
    return z, np.max(z, axis=axis, keepdims=True)


def _below_highest(z: ArrayLike, axis: int) -> Array:
    """How far each score lies below the highest: no power of e overflows, and the largest power is 1."""
    z, highest = _with_highest(z, axis)
    require(np.all(np.isfinite(highest)), f"z must have a finite highest score along axis {axis}, but ±∞ came")
    return z - highest
