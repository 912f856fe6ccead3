"""How a message writes values and calls: short, with enough digits, and without an address."""

import types
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from mathml.check.compare import NotPlainError, Plain, plain

__all__ = ["call", "kind", "lines_of", "name_of", "number", "show", "two", "with_article"]

_WIDTH = 72
_MANY = 40  # more numbers than these are not written in one line


def name_of(function: object) -> str:
    """What a function is called; a lambda that no name stands for is called nothing."""
    name = str(getattr(function, "__name__", ""))
    if name.isidentifier():
        return name
    shared = getattr(function, "__globals__", {})
    return next((n for n, value in shared.items() if value is function and not n.startswith("_")), "")


def call(function: object, args: Iterable[object], kwargs: Mapping[str, object]) -> str:
    """The call as one would write it, with large arguments abbreviated; empty for a lambda."""
    if not name_of(function):
        return ""
    for width in (_WIDTH, 2 * _WIDTH // 3, 0):  # the longest way of writing it that fits
        arguments = [*(show(x, width) for x in args), *(f"{key}={show(x, width)}" for key, x in kwargs.items())]
        text = f"{name_of(function)}({', '.join(arguments)})"
        if len(text) <= _WIDTH:
            break
    return text


def show(x: object, width: int = _WIDTH) -> str:
    """`x` in one line; a row of numbers that is wider is described."""
    if isinstance(x, (types.FunctionType, types.BuiltinFunctionType, types.MethodType, type, np.ufunc)):
        return name_of(x) or "a function"
    try:
        simple = plain(x)
    except NotPlainError as stranger:
        return with_article(stranger.kind)
    text = _text(simple)
    if len(text) <= max(width, 12):
        return text
    return f"{text[:_WIDTH]}…" if isinstance(simple, str) else kind(simple)


def lines_of(x: Plain) -> str:
    """`x` in full: a small matrix over several lines, which are indented."""
    text = show(x)
    if text == _text(x) or not isinstance(x, np.ndarray) or x.size > _MANY:
        return text
    of_a_handy_size = bool((np.abs(x) < 1e6).all())
    rows = np.array2string(x, precision=6, suppress_small=of_a_handy_size, separator=", ", max_line_width=2 * _WIDTH)
    return "\n    ".join([f"{text}:", *rows.splitlines()])


def kind(x: Plain) -> str:
    """What a piece of plain data is."""
    match x:
        case np.ndarray(ndim=0):
            return "a number"
        case np.ndarray():
            return f"an array of shape {x.shape}"
        case list():
            return f"a list or tuple of {len(x)} parts"
        case dict():
            return "a dictionary"
        case frozenset():
            return "a set"
        case str():
            return "text"
    return "None"


def with_article(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def number(x: complex, digits: int = 6) -> str:
    """A number in at most so many digits."""
    return str(x) if isinstance(x, (bool, np.bool_, int, np.integer)) else f"{x:.{digits}g}"


def two(expected: Plain, came: Plain) -> tuple[str, str]:
    """Two values in one line each, with as many digits as it takes to tell numbers apart."""
    if not all(isinstance(v, np.ndarray) and v.ndim == 0 for v in (expected, came)):
        return show(expected), show(came)
    e, c = expected.item(), came.item()
    pairs = [(number(e, digits), number(c, digits)) for digits in (6, 10, 17)]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])


def _text(x: Any) -> str:
    match x:
        case np.ndarray(ndim=0):
            return number(x.item())
        case np.ndarray() if x.size > _MANY:
            return kind(x)
        case np.ndarray() | list() | tuple():
            return f"[{', '.join(map(_text, map(_item, x)))}]"
        case dict():
            return f"{{{', '.join(f'{_text(k)}: {_text(v)}' for k, v in x.items())}}}"
        case frozenset():
            return f"{{{', '.join(sorted(map(_text, x)))}}}" if x else "set()"
        case bool() | int() | float() | complex():
            return number(x)
    return repr(x)


def _item(x: Any) -> Any:
    """A number of an array as Python writes it: `3`, not `np.int64(3)`."""
    return x.item() if isinstance(x, np.generic) else x
