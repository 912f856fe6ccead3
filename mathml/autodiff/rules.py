"""The rules: for each function u = f(a, b), what comes back to its arguments.

        ā = ū ∂u/∂a    and    b̄ = ū ∂u/∂b

A rule is given ū (`g`, for gradient), u and the arguments. It is written in NumPy's functions, so that it can itself be
recorded, and gradients have gradients. What comes back may have the shape of u where a was broadcast: it is added up
to the shape of a by `unbroadcast`, for all rules alike.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mathml.autodiff.recording import COMPOSED, CONSTANT, RULES, primitive, take

LOG_2, LOG_10 = np.log(2.0), np.log(10.0)

# --- number by number -----------------------------------------------------------------------------

# fmt: off
RULES.update({
    # u = f(a)                                                 f′(a)
    np.positive:   (lambda g, u, a: g,),                       # 1
    np.negative:   (lambda g, u, a: -g,),                      # −1
    np.reciprocal: (lambda g, u, a: -g * u * u,),              # −1/a²
    np.square:     (lambda g, u, a: g * 2 * a,),               # 2a
    np.sqrt:       (lambda g, u, a: g / (2 * u),),             # 1/(2√a)
    np.exp:        (lambda g, u, a: g * u,),                   # eᵃ
    np.exp2:       (lambda g, u, a: g * u * LOG_2,),           # 2ᵃ log 2
    np.expm1:      (lambda g, u, a: g * np.exp(a),),           # eᵃ
    np.log:        (lambda g, u, a: g / a,),                   # 1/a
    np.log2:       (lambda g, u, a: g / (a * LOG_2),),         # 1/(a log 2)
    np.log10:      (lambda g, u, a: g / (a * LOG_10),),        # 1/(a log 10)
    np.log1p:      (lambda g, u, a: g / (1 + a),),             # 1/(1 + a)
    np.sin:        (lambda g, u, a: g * np.cos(a),),           # cos a
    np.cos:        (lambda g, u, a: -g * np.sin(a),),          # −sin a
    np.tan:        (lambda g, u, a: g * (1 + u * u),),         # 1 + tan² a
    np.arctan:     (lambda g, u, a: g / (1 + a * a),),         # 1/(1 + a²)
    np.sinh:       (lambda g, u, a: g * np.cosh(a),),          # cosh a
    np.cosh:       (lambda g, u, a: g * np.sinh(a),),          # sinh a
    np.tanh:       (lambda g, u, a: g * (1 - u * u),),         # 1 − tanh² a
    np.absolute:   (lambda g, u, a: g * np.sign(a),),          # ±1, and 0 at 0

    # u = f(a, b)
    np.add:        (lambda g, u, a, b: g,                      # 1
                    lambda g, u, a, b: g),                     # 1
    np.subtract:   (lambda g, u, a, b: g,                      # 1
                    lambda g, u, a, b: -g),                    # −1
    np.multiply:   (lambda g, u, a, b: g * b,                  # b
                    lambda g, u, a, b: g * a),                 # a
    np.divide:     (lambda g, u, a, b: g / b,                  # 1/b
                    lambda g, u, a, b: -g * u / b),            # −a/b²
    np.power:      (lambda g, u, a, b: g * b * a ** below(b),  # b aᵇ⁻¹
                    lambda g, u, a, b: g * u * log(a)),        # aᵇ log a
    np.logaddexp:  (lambda g, u, a, b: g * np.exp(a - u),      # eᵃ/(eᵃ + eᵇ)
                    lambda g, u, a, b: g * np.exp(b - u)),     # eᵇ/(eᵃ + eᵇ)
    np.maximum:    (lambda g, u, a, b: g * (a > b),            # 1 where it is the one; at a tie b is,
                    lambda g, u, a, b: g * (a <= b)),          # so that max(z, 0) has the slope 0 at 0
    np.minimum:    (lambda g, u, a, b: g * (a < b),
                    lambda g, u, a, b: g * (a >= b)),
    np.where:      (None,                                      # a condition has no slope
                    lambda g, u, c, a, b: np.where(c, g, 0.0), # 1 where it was chosen
                    lambda g, u, c, a, b: np.where(c, 0.0, g)),
})
# fmt: on


def below(b: Any) -> Any:
    """b − 1; and 1 where b is 0, for the slope of a⁰ is 0 · a, also at a = 0."""
    return np.where(np.equal(b, 0), 1, b - 1) if np.ndim(b) else (b - 1 if b else 1)


def log(a: Any) -> Any:
    """log a; and 0 where a is 0, for 0ᵇ is 0 whatever b is."""
    return np.log(np.where(np.equal(a, 0), 1.0, a))


# --- sums, means and maxima along axes ------------------------------------------------------------

# fmt: off
RULES.update({
    np.sum:  (lambda g, u, a, axis=None, keepdims=False: spread(g, a, axis),),                      # 1
    np.mean: (lambda g, u, a, axis=None, keepdims=False: spread(g * (u.size / a.size), a, axis),),  # 1/n
    np.max:  (lambda g, u, a, axis=None, keepdims=False: spread(g, a, axis) * share(u, a, axis),),  # 1 at the largest
    np.min:  (lambda g, u, a, axis=None, keepdims=False: spread(g, a, axis) * share(u, a, axis),),  # 1 at the smallest
})
# fmt: on


def spread(g: Any, a: Any, axis: int | tuple[int, ...] | None) -> Any:
    """What came along some axes of `a` to one number, as often as there were numbers: the transpose of a sum."""
    shape = [*a.shape]
    for i in range(a.ndim) if axis is None else np.atleast_1d(axis):
        shape[i] = 1
    return np.broadcast_to(g.reshape(tuple(shape)), a.shape)


def share(u: Any, a: Any, axis: int | tuple[int, ...] | None) -> Any:
    """The slope of a maximum: the places that reach it share it."""
    reached = a == spread(u, a, axis)
    return reached / np.sum(reached, axis=axis, keepdims=True)


# --- products -------------------------------------------------------------------------------------

RULES[np.matmul] = (lambda g, u, a, b: left(g, a, b), lambda g, u, a, b: right(g, a, b))  # ū bᵀ and aᵀ ū


def left(g: Any, a: Any, b: Any) -> Any:
    """ū bᵀ, where a vector a is a row, and a vector b is a column."""
    if b.ndim > 2:
        return (g if a.ndim > 1 else g[..., np.newaxis, :]) @ np.swapaxes(b, -1, -2)
    B = b.reshape(len(b), -1)
    return (g.reshape(-1, B.shape[1]) @ B.T).reshape(a.shape)


def right(g: Any, a: Any, b: Any) -> Any:
    """aᵀ ū, where a vector a is a row, and a vector b is a column."""
    if b.ndim > 2:
        return np.swapaxes(a, -1, -2) @ g if a.ndim > 1 else a[:, np.newaxis] * g[..., np.newaxis, :]
    A = a.reshape(-1, len(b))  # all matrices of a stack meet the same b: they are one long matrix
    return (A.T @ g.reshape(len(A), -1)).reshape(b.shape)


# --- the same entries at other places -------------------------------------------------------------

# fmt: off
RULES.update({
    np.copy:         (lambda g, u, a: g,),
    np.reshape:      (lambda g, u, a, shape=None: g.reshape(a.shape),),
    np.ravel:        (lambda g, u, a: g.reshape(a.shape),),
    np.squeeze:      (lambda g, u, a, axis=None: g.reshape(a.shape),),
    np.expand_dims:  (lambda g, u, a, axis=None: g.reshape(a.shape),),
    np.broadcast_to: (lambda g, u, a, shape=None: g,),
    np.transpose:    (lambda g, u, a, axes=None: np.transpose(g, None if axes is None else np.argsort(axes)),),
    np.swapaxes:     (lambda g, u, a, i, j: np.swapaxes(g, i, j),),
    np.moveaxis:     (lambda g, u, a, start, end: np.moveaxis(g, end, start),),
})
# fmt: on


@primitive
def scatter(g: Any, index: Any, shape: tuple[int, ...]) -> Any:
    """The transpose of a[index]: zeros, with each entry of ū added at the place that it was taken from."""
    a = np.zeros(shape)
    if all(isinstance(i, (int, slice)) for i in (index if isinstance(index, tuple) else (index,))):
        a[index] = g  # no place twice
    else:
        np.add.at(a, index, g)
    return a


@primitive
def join(*arrays: Any, axis: int = 0) -> Any:
    """np.concatenate, each array an argument of its own."""
    return np.concatenate(arrays, axis)


def part(g: Any, i: int, arrays: Sequence[Any], axis: int) -> Any:
    """The part of ū that belongs to arrays[i]."""
    end = sum(np.shape(a)[axis] for a in arrays[: i + 1])
    here = slice(end - np.shape(arrays[i])[axis], end)
    return g[(slice(None),) * (axis % g.ndim) + (here,)]


RULES[take] = (lambda g, u, a, index: scatter(g, index, a.shape),)
RULES[scatter] = (lambda g, u, a, index, shape: g[index],)
RULES[join] = lambda i: lambda g, u, *arrays, axis=0: part(g, i, arrays, axis)

# --- functions that are made of others ------------------------------------------------------------


def concatenate(arrays: Sequence[Any], axis: int | None = 0) -> Any:
    return join(*map(np.ravel, arrays), axis=0) if axis is None else join(*arrays, axis=axis)


def stack(arrays: Sequence[Any], axis: int = 0) -> Any:
    return join(*[np.expand_dims(a, axis) for a in arrays], axis=axis)


def clip(a: Any, a_min: Any = None, a_max: Any = None) -> Any:
    a = a if a_min is None else np.maximum(a, a_min)
    return a if a_max is None else np.minimum(a, a_max)


def dot(a: Any, b: Any) -> Any:
    if np.ndim(b) > 2:
        raise TypeError("mathml.autodiff has no rule for numpy.dot with a stack of matrices on the right: use @")
    return a @ b if np.ndim(a) and np.ndim(b) else a * b


def var(a: Any, axis: Any = None, *, keepdims: bool = False, ddof: float = 0) -> Any:
    error = a - np.mean(a, axis=axis, keepdims=True)
    total = np.sum(error * error, axis=axis, keepdims=keepdims)
    return total / (a.size // total.size - ddof)


def std(a: Any, axis: Any = None, *, keepdims: bool = False, ddof: float = 0) -> Any:
    return np.sqrt(var(a, axis, keepdims=keepdims, ddof=ddof))


COMPOSED.update({np.concatenate: concatenate, np.stack: stack, np.clip: clip, np.dot: dot, np.var: var, np.std: std})
COMPOSED[np.outer] = lambda a, b: np.ravel(a)[:, np.newaxis] * np.ravel(b)

# --- functions without a slope --------------------------------------------------------------------

CONSTANT |= {np.sign, np.heaviside, np.floor, np.ceil, np.rint, np.floor_divide, np.zeros_like, np.ones_like}
CONSTANT |= {np.equal, np.not_equal, np.less, np.less_equal, np.greater, np.greater_equal, np.isclose, np.allclose}
CONSTANT |= {np.isfinite, np.isinf, np.isnan, np.signbit, np.logical_and, np.logical_or, np.logical_not, np.any, np.all}
CONSTANT |= {np.argmax, np.argmin, np.argsort, np.nonzero, np.flatnonzero, np.count_nonzero, np.array_equal}
CONSTANT |= {np.shape, np.ndim, np.size}
