"""How a message writes values, calls and differences."""

import types
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mathml.check.compare import Difference, NotPlain, Plain, Tolerance, difference, plain, wide

__all__ = ["call", "diagnose", "first_difference", "name_of", "number", "show"]

_WIDTH = 72


def name_of(function: object) -> str:
    """What a function is called; a lambda is called nothing."""
    name = getattr(function, "__name__", "")
    return name if name.isidentifier() else ""


def call(function: object, args: Iterable[object], kwargs: Mapping[str, object]) -> str:
    """The call as it would be written, with large arguments abbreviated; empty for a lambda."""
    name = name_of(function)
    arguments = [*map(show, args), *(f"{key}={show(value)}" for key, value in kwargs.items())]
    return f"{name}({', '.join(arguments)})" if name else ""


def show(x: object, width: int = _WIDTH) -> str:
    """`x` in at most about `width` characters, without an address."""
    if isinstance(x, (types.FunctionType, types.BuiltinFunctionType, type, np.ufunc)):
        return name_of(x) or "a function"
    try:
        text = _text(plain(x))
    except NotPlain as stranger:
        return f"a {stranger.kind}"
    if len(text) <= width:
        return text
    simple = plain(x)
    if isinstance(simple, np.ndarray):
        return f"an array of shape {simple.shape}"
    return text[: width - 1] + "…"


def number(x: complex, digits: int = 6) -> str:
    """A number in at most so many digits."""
    if isinstance(x, (bool, np.bool_, int, np.integer)):
        return str(x)
    return f"{x:.{digits}g}"


def _text(x: Plain) -> str:
    if isinstance(x, np.ndarray):
        if x.ndim == 0:
            return number(x.item())
        return f"[{', '.join(map(_text, x))}]" if x.size <= 64 else "…" * 2 * _WIDTH
    if isinstance(x, (bool, int, float, complex)):
        return number(x)
    if isinstance(x, list):
        return f"[{', '.join(map(_text, x))}]"
    if isinstance(x, dict):
        return "{" + ", ".join(f"{_text(k)}: {_text(v)}" for k, v in x.items()) + "}"
    if isinstance(x, frozenset):
        return "{" + ", ".join(sorted(map(_text, x))) + "}" if x else "set()"
    return repr(x)


def first_difference(d: Difference) -> str:
    """Where the answer first differs, with enough digits to see it."""
    e, c = two(d.expected, d.came)
    differ, size = d.count
    many = f" ({differ} of {size} numbers differ)" if size > 1 else ""
    return f"first difference at {d.place}: expected {e}, yours is {c}{many}"


def two(expected: Plain, came: Plain) -> tuple[str, str]:
    """Two values, written so that they look different if they are."""
    e, c = show(expected), show(came)
    if e == c and isinstance(expected, np.ndarray) and isinstance(came, np.ndarray) and not expected.ndim + came.ndim:
        for digits in (10, 17):
            e, c = number(expected.item(), digits), number(came.item(), digits)
            if e != c:
                break
    return e, c


def diagnose(expected: Plain, came: Plain, tolerance: Tolerance) -> str | None:
    """What is certainly so about a wrong answer, in a sentence, if anything is."""
    if not (isinstance(expected, np.ndarray) and isinstance(came, np.ndarray)):
        return None
    if expected.shape != came.shape:
        return _shapes(expected, came, tolerance)
    return None


def _shapes(expected: NDArray[Any], came: NDArray[Any], tolerance: Tolerance) -> str:
    text = f"The shape should be {expected.shape}, but it is {came.shape}"
    if came.T.shape == expected.shape and difference(expected, came.T, tolerance) is None:
        return f"{text}: yours is the transpose."
    if came.size == expected.size and difference(expected.ravel(), came.ravel(), tolerance) is None:
        return f"{text}. The numbers are right."
    return f"{text}."
