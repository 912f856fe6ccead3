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

__all__ = ["Frame", "Reply", "ask", "error_line", "error_words", "frames", "is_stub", "unanswered"]

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


class Frame(NamedTuple):
    """A line on the way to an error.

    own : whether it is of the module that `frames` was asked about
    """

    function: str
    own: bool
    line: int
    text: str


def frames(error: BaseException, module: str | None = "__main__") -> list[Frame]:
    """The lines that led to the error, the one that raised it last; of an error in another process, what that told."""
    elsewhere: list[Frame] | None = getattr(error, "frames_elsewhere", None)
    if elsewhere is not None:
        return elsewhere
    return [
        Frame(
            frame.f_code.co_name,
            frame.f_globals.get("__name__") == module,
            line,
            linecache.getline(frame.f_code.co_filename, line).strip(),
        )
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]


def unanswered(function: object, reply: Reply) -> str | None:
    """The name of the function that is not written yet: this one, or one that it calls; None if all are."""
    name = getattr(function, "__name__", "")
    if isinstance(reply.error, NotImplementedError):
        return frames(reply.error)[-1].function
    empty = reply.error is None and (reply.value is ... or (reply.value is None and is_stub(function)))
    return name if empty else None


def is_stub(function: object) -> bool:
    """A body of nothing: a docstring, `pass` or `...`. What stands for a function of another process knows it."""
    elsewhere: bool | None = getattr(function, "is_stub_elsewhere", None)
    if elsewhere is not None:
        return elsewhere
    code = getattr(function, "__code__", None)
    nothing = {"RESUME", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "NOP"}
    return code is not None and {step.opname for step in dis.get_instructions(code)} <= nothing


def error_words(error: BaseException) -> str:
    """The error as Python names it, without addresses."""
    message = re.sub(r" at 0x[0-9A-Fa-f]+", "", str(error))
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def error_line(error: BaseException, function: object) -> str | None:
    """The line of the student's own code in which the error arose."""
    own = [frame for frame in frames(error, getattr(function, "__module__", None)) if frame.own]
    return f"in line {own[-1].line}: {own[-1].text[:_WIDTH]}" if own else None
