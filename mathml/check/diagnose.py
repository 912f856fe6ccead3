"""What is certainly so about a wrong answer, where it has no name of its own."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from mathml.check.compare import Array, Plain, Tolerance, difference, wide
from mathml.check.words import kind, number

__all__ = ["diagnose"]


class _Relation(NamedTuple):
    """What a wrong number is of the expected one. Among whole numbers most of these happen by chance."""

    words: str
    of: Callable[[Array], Array]
    tells: bool = False  # something even among whole numbers


_RELATIONS = (
    _Relation("has the opposite sign of {}", lambda e: -e, tells=True),
    _Relation("is the square of {}", lambda e: e**2, tells=True),
    _Relation("is the square root of {}", lambda e: np.sqrt(e), tells=True),
    _Relation("is twice {}", lambda e: 2 * e),
    _Relation("is half of {}", lambda e: e / 2),
    _Relation("is 1 divided by {}", lambda e: 1 / e),
    _Relation("is 1 minus {}", lambda e: 1 - e),
    _Relation("is the logarithm of {}", lambda e: np.log(e)),
    _Relation("is the exponential of {}", lambda e: np.exp(e)),
    _Relation("is 180/π times {}: in degrees, where radians are asked for", lambda e: np.degrees(e)),
    _Relation("is π/180 times {}: in radians, where degrees are asked for", lambda e: np.radians(e)),
)


def diagnose(expected: Plain, came: Plain, tolerance: Tolerance) -> str | None:
    """A sentence that is certainly true of the wrong answer, and helps; None if there is none."""
    if isinstance(expected, np.ndarray) and isinstance(came, np.ndarray):
        about = _shape if expected.shape != came.shape else _numbers
        return next(about(expected, came, tolerance), None)
    if isinstance(expected, dict) and isinstance(came, dict):
        return _members("keys", set(expected), set(came))
    if isinstance(expected, frozenset) and isinstance(came, frozenset):
        return _members("members", set(expected), set(came))
    if type(expected) is not type(came):
        return f"It should be {kind(expected)}, but it is {kind(came)}."
    return None


def _same(expected: Array, came: Array, tolerance: Tolerance) -> bool:
    return expected.shape == came.shape and difference(expected, came, tolerance) is None


def _members(what: str, expected: set[object], came: set[object]) -> str | None:
    """Which are missing, and which are not expected."""
    missing, extra = (", ".join(sorted(map(repr, some))) for some in (expected - came, came - expected))
    parts = [f"{what} missing: {missing}" if missing else "", f"{what} not expected: {extra}" if extra else ""]
    text = "; ".join(filter(None, parts))
    return f"{text[0].upper()}{text[1:]}." if text else None


# --- another shape --------------------------------------------------------------------------------


def _shape(expected: Array, came: Array, tolerance: Tolerance) -> Iterator[str]:
    text = f"It should be {kind(expected)}, but it is {kind(came)}"
    if expected.ndim and came.ndim:
        text = f"Its shape should be {expected.shape}, but it is {came.shape}"
    if _same(expected, came.T, tolerance):
        yield f"{text}: the transpose of what is asked for."
    if _same(expected.ravel(), came.ravel(), tolerance):
        yield f"{text}. The numbers are right, only the shape is not."
    if came.shape == (expected.size, expected.size) and _same(expected.ravel(), np.diagonal(came), tolerance):
        yield f"{text}. Its diagonal is right: a column and a row were combined, each number with each."
    for axis, part in enumerate(("entry",) if came.ndim == 1 else ("row", "column")[: came.ndim]):
        few, many = (_without_one(a, b, axis, tolerance) for a, b in ((expected, came), (came, expected)))
        if many or few:
            yield f"{text}: there is one {part} too {'many' if many else 'few'}, at the {many or few}."
    yield f"{text}."


def _without_one(long: Array, short: Array, axis: int, tolerance: Tolerance) -> str | None:
    """At which end `long` has one slice more than `short`, where it is otherwise the same."""
    if long.ndim != short.ndim or axis >= long.ndim or long.shape[axis] != short.shape[axis] + 1:
        return None
    rest = range(1, long.shape[axis]), range(long.shape[axis] - 1)
    ends = [
        end for end, kept in zip(("start", "end"), rest, strict=True) if _same(short, long.take(kept, axis), tolerance)
    ]
    return ends[0] if ends else None


# --- the same shape, other numbers ----------------------------------------------------------------


def _numbers(expected: Array, came: Array, tolerance: Tolerance) -> Iterator[str]:
    e, c = wide(expected), wide(came)
    if np.isnan(c).any() and not np.isnan(e).any():
        yield "NaN is what 0/0, ∞ − ∞ and the root or logarithm of a negative number give."
    if np.isinf(c).any() and not np.isinf(e).any():
        yield "∞ is what a division by 0 and a number that is too large give."
    if not (np.isfinite(e).all() and np.isfinite(c).all() and np.isrealobj(e) and np.isrealobj(c)):
        return
    with np.errstate(all="ignore"):
        yield from _related(e, c, tolerance)
        yield from _rounded(e, came)
        if e.size > 1:
            yield from _throughout(e, c, tolerance)


def _related(e: Array, c: Array, tolerance: Tolerance) -> Iterator[str]:
    """The one relation that holds; where two do, neither tells anything."""
    holding = [r for r in _RELATIONS if _same(np.asarray(r.of(e)), c, tolerance)]
    by_chance = np.array_equal(e, np.round(e))
    if len(holding) == 1 and (holding[0].tells or not by_chance):
        expected = "the number expected" if e.ndim == 0 else "the numbers expected"
        yield f"Yours {holding[0].words.format(expected)}."


def _throughout(e: Array, c: Array, tolerance: Tolerance) -> Iterator[str]:
    """What holds for all numbers of an array in the same way."""
    if np.count_nonzero(e) > 1:
        factor = (c[e != 0] / e[e != 0])[0]
        if factor != 0 and _same(np.asarray(factor * e), c, tolerance):
            yield f"Every number is {number(factor, 4)} times the number expected."
    offset = (c - e).flat[0]
    if len(np.unique(e)) > 1 and _same(e + offset, c, tolerance):
        yield f"Every number is {number(abs(offset), 4)} too {'large' if offset > 0 else 'small'}."
    if _same(np.sort(e, axis=None), np.sort(c, axis=None), tolerance):
        yield "The numbers are right, but in another order."


def _rounded(expected: Array, came: Array) -> Iterator[str]:
    if came.dtype.kind in "iu" and came.any() and np.array_equal(np.trunc(expected), came):
        yield "What follows the decimal point was cut off: yours holds whole numbers only."
    if any(came.dtype.kind == "f" and np.array_equal(np.round(expected, digits), came) for digits in (2, 3, 4, 5, 6)):
        yield "Yours is rounded: leave all the digits."
