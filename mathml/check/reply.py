"""What comes of calling a student's function: a value or an error, and what happened on the way."""

import contextlib
import copy
import dis
import io
import linecache
import re
import traceback
import warnings
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from mathml.check.compare import NotPlainError, Tolerance, difference, plain
from mathml.check.words import show

__all__ = ["Reply", "ask", "error_line", "error_words", "unanswered"]

_WIDTH = 68  # of a line of code that is quoted
_ORDINALS = ("first", "second", "third", "fourth", "fifth")


class Reply(NamedTuple):
    value: Any
    error: BaseException | None = None
    changed: str | None = None  # in words, how an argument was changed
    printed: str = ""
    warned: str = ""


def ask(function: Callable[..., object], args: tuple[object, ...], kwargs: Mapping[str, object]) -> Reply:
    """Call the function with copies of the arguments; what it prints and warns of is kept aside."""
    given, named = copy.deepcopy((args, dict(kwargs)))
    value, error, out = None, None, io.StringIO()
    with (
        warnings.catch_warnings(record=True) as warned,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
    ):
        warnings.simplefilter("always")
        try:
            value = function(*given, **named)
        except (Exception, SystemExit) as e:
            error = e
    changed = _changed([*args, *kwargs.values()], [*given, *named.values()], [*_ordinals(len(args)), *kwargs])
    return Reply(value, error, changed, out.getvalue(), str(warned[0].message) if warned else "")


def _ordinals(count: int) -> list[str]:
    return [f"{_ORDINALS[i]} argument" if i < len(_ORDINALS) else f"argument {i + 1}" for i in range(count)]


def _changed(before: list[object], after: list[object], names: list[str]) -> str | None:
    """In words, the first argument that is not what it was."""
    for was, now, name in zip(before, after, names, strict=True):
        with contextlib.suppress(NotPlainError):  # a generator of random numbers is meant to change
            if difference(plain(was), plain(now), Tolerance(0, 0)):
                return f"its {name}: it was {show(was)}, and is {show(now)} after the call"
    return None


def unanswered(function: object, reply: Reply) -> str | None:
    """The name of the function that is not written yet: this one, or one that it calls; None if all are."""
    name = getattr(function, "__name__", "")
    if isinstance(reply.error, NotImplementedError):
        frames = [frame.f_code.co_name for frame, _ in traceback.walk_tb(reply.error.__traceback__)]
        return frames[-1]
    empty = reply.error is None and (reply.value is ... or (reply.value is None and _is_stub(function)))
    return name if empty else None


def _is_stub(function: object) -> bool:
    """A body of nothing: a docstring, `pass` or `...`."""
    code = getattr(function, "__code__", None)
    nothing = {"RESUME", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "NOP"}
    return code is not None and {step.opname for step in dis.get_instructions(code)} <= nothing


def error_words(error: BaseException) -> str:
    """The error as Python names it, without addresses."""
    message = re.sub(r" at 0x[0-9A-Fa-f]+", "", str(error))
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def error_line(error: BaseException, function: object) -> str | None:
    """The line of the student's own code in which the error arose."""
    module = getattr(function, "__module__", None)
    lines = [
        f"in line {line}: {linecache.getline(frame.f_code.co_filename, line).strip()[:_WIDTH]}"
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_globals.get("__name__") == module
    ]
    return lines[-1] if lines else None
