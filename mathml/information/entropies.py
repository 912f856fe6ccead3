"""Entropies: how much a distribution leaves open, and what it costs to believe another one.

In nats, and in bits on request (`base=2`). A term with p = 0 counts nothing, 0 · log 0 = 0; and where q holds for
impossible what p does not, the cost is infinite.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mathml.arrays import Array, Matrix, as_array, as_number, require, require_same
from mathml.information.terms import as_probabilities, log, log_ratio, weighted
from mathml.probability import Normal

__all__ = [
    "cross_entropy",
    "entropy",
    "information_gain",
    "kl_divergence",
    "kl_divergence_of_normals",
    "mutual_information",
]


def entropy(p: ArrayLike, base: float = math.e) -> Array:
    """How much is open before the outcome is known: the mean surprise, −log pᵢ.

        H(p) = −Σᵢ pᵢ log pᵢ

    Parameters
    ----------
    p : (..., k) probabilities; along the last axis they sum to one
    base : of the logarithm: e for nats, 2 for bits

    Returns
    -------
    H : (...) from 0, where the outcome is certain, to log k, where all are equally likely

    Raises
    ------
    ValueError
        If a probability is negative, or they do not sum to one.

    Lesson 4, "Entropy"; Cover and Thomas, Elements of Information Theory (2006), equation 2.1.

    >>> float(entropy([0.5, 0.25, 0.25], base=2))
    1.5
    """
    p = as_probabilities(p, "p")
    return _surprise(p, p) / _log_of(base)


def cross_entropy(p: ArrayLike, q: ArrayLike, base: float = math.e) -> Array:
    """The mean surprise of one who believes q, while p is true.

        H(p, q) = −Σᵢ pᵢ log qᵢ = H(p) + KL(p ‖ q)

    Parameters
    ----------
    p, q : (..., k) probabilities, of one shape; or one of them (k,), to go with every row of the other
    base : of the logarithm: e for nats, 2 for bits

    Returns
    -------
    H : (...) infinite where q holds for impossible what p does not

    Lesson 4, "Cross-entropy"; Murphy, Probabilistic Machine Learning: An Introduction (2022), section 6.1.2.

    >>> float(cross_entropy([1, 0], [0.25, 0.75], base=2))
    2.0
    """
    p, q = _as_pair(p, q)
    return _surprise(p, q) / _log_of(base)


def kl_divergence(p: ArrayLike, q: ArrayLike, base: float = math.e) -> Array:
    """What it costs to believe q while p is true, beyond what p itself leaves open. It is not symmetric.

        KL(p ‖ q) = Σᵢ pᵢ log(pᵢ / qᵢ) = H(p, q) − H(p) ≥ 0

    Parameters
    ----------
    p, q, base : as in `cross_entropy`

    Returns
    -------
    KL : (...) zero only for p = q; infinite where q holds for impossible what p does not

    Lesson 4, "KL divergence"; Cover and Thomas, Elements of Information Theory (2006), section 2.3.

    >>> float(kl_divergence([1, 0], [0.5, 0.5], base=2)), float(kl_divergence([0.5, 0.5], [1, 0], base=2))
    (1.0, inf)
    """
    p, q = _as_pair(p, q)
    divergence: Array = np.sum(weighted(p, log_ratio(p, q)), axis=-1) / _log_of(base)
    return np.maximum(divergence, 0.0)  # rounding may leave a trace below zero


def kl_divergence_of_normals(p: Normal, q: Normal, base: float = math.e) -> float:
    """What it costs to believe the normal distribution q while p is true.

        KL(p ‖ q) = ∫ p(x) log(p(x) / q(x)) dx = ½ [r² − 1 − log r² + (μ_p − μ_q)² / σ_q²]    with r = σ_p / σ_q

    Parameters
    ----------
    p, q : `mathml.probability.Normal`
    base : of the logarithm: e for nats, 2 for bits

    Returns
    -------
    KL : zero only for p = q; the narrower q is beside p, the larger

    Lesson 4, "KL divergence"; Murphy, Probabilistic Machine Learning: An Introduction (2022), section 6.2.3.

    >>> kl_divergence_of_normals(Normal(0, 1), Normal(3, 1)), kl_divergence_of_normals(Normal(0, 1), Normal(0, 1))
    (4.5, 0.0)
    """
    shift, ratio = (p.mean - q.mean) / q.deviation, p.deviation / q.deviation
    # r² − 1 first and through log1p, so that digits are left where the deviations are nearly equal.
    excess = (p.deviation - q.deviation) / q.deviation * (ratio + 1)
    far = excess - 2 * (math.log(p.deviation) - math.log(q.deviation))
    widths = excess - math.log1p(excess) if abs(excess) < 0.5 else far
    return max(0.0, (widths + shift * shift) / 2) / _log_of(base)


def mutual_information(joint: ArrayLike, base: float = math.e) -> float:
    """How much knowing one variable tells about the other: how far they are from independent.

        I(X; Y) = KL(p(x, y) ‖ p(x) p(y)) = H(X) + H(Y) − H(X, Y)

    Parameters
    ----------
    joint : (r, c) joint[i, j] is the probability that X = i and Y = j; all together they sum to one
    base : of the logarithm: e for nats, 2 for bits

    Returns
    -------
    I : zero only for independent variables

    Lesson 4, "Information gain"; Cover and Thomas, Elements of Information Theory (2006), section 2.3.

    >>> mutual_information([[0.5, 0], [0, 0.5]], base=2)
    1.0
    """
    joint = as_array(joint, "joint")
    require(joint.ndim == 2, f"joint must be a table of probabilities (r, c), but its shape is {joint.shape}")
    as_probabilities(joint.reshape(-1), "joint")
    apart = entropy(joint.sum(axis=1), base) + entropy(joint.sum(axis=0), base)
    return max(0.0, float(apart - entropy(joint.reshape(-1), base)))  # rounding may leave a trace below zero


def information_gain(y: ArrayLike, groups: ArrayLike, base: float = math.e) -> float:
    """By how much the entropy of the labels falls, on average, when each group is looked at by itself.

        IG = H(y) − Σ_g (n_g / n) H(y in group g)

    Parameters
    ----------
    y : (n,) labels, numbers or text
    groups : (n,) the group of each example, numbers, text or truth values
    base : of the logarithm: e for nats, 2 for bits

    Returns
    -------
    IG : from 0, where each group is mixed like the whole, to H(y), where each is pure

    Lesson 4, "Information gain"; Quinlan, Induction of decision trees (1986), section 4.

    >>> round(information_gain(["yes", "yes", "no", "no"], [True, True, True, False], base=2), 3)  # 1 − 3/4 · 0.918
    0.311
    """
    y, groups = _as_labels(y, "y"), _as_labels(groups, "groups")
    require_same("length", y=len(y), groups=len(groups))
    counts = _count_pairs(groups, y)
    sizes = counts.sum(axis=1)
    after = sizes / len(y) @ entropy(counts / sizes[:, np.newaxis], base)
    before = entropy(counts.sum(axis=0) / len(y), base)
    return max(0.0, float(before - after))  # rounding may leave a trace below zero


# --- how ------------------------------------------------------------------------------------------


def _surprise(p: Array, q: Array) -> Array:
    """−Σᵢ pᵢ log qᵢ along the last axis."""
    surprise: Array = np.sum(weighted(p, -log(q)), axis=-1)
    return surprise


def _log_of(base: float) -> float:
    base = as_number(base, "base")
    require(1 < base < math.inf, f"base must be above 1 and finite, but base = {base:g} came")
    return math.log(base)


def _as_pair(p: ArrayLike, q: ArrayLike) -> tuple[Array, Array]:
    p, q = as_probabilities(p, "p"), as_probabilities(q, "q")
    fit = p.shape == q.shape or (p.shape[-1] == q.shape[-1] and 1 in (p.ndim, q.ndim))
    came = f"p has the shape {p.shape} and q has {q.shape}"
    require(fit, f"p and q must have the same shape, or one be (k,) and the other (..., k), but {came}")
    return p, q


def _as_labels(y: ArrayLike, name: str) -> NDArray[Any]:
    labels = np.asarray(y)
    require(labels.ndim == 1, f"{name} must be one row of labels (n,), but its shape is {labels.shape}")
    require(labels.size, f"{name} must not be empty")
    return labels


def _count_pairs(rows: NDArray[Any], columns: NDArray[Any]) -> Matrix:
    """How often each pair of labels comes, (r, c): one row for each of the different `rows`."""
    row_labels, i = np.unique(rows, return_inverse=True)
    column_labels, j = np.unique(columns, return_inverse=True)
    r, c = len(row_labels), len(column_labels)
    return np.bincount(i * c + j, minlength=r * c).reshape(r, c).astype(np.float64)
