"""One question to a student's function, and a kind answer."""

import contextlib
import copy
import dis
import io
import linecache
import textwrap
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from mathml.check.compare import NotPlain, Plain, Tolerance, difference, plain
from mathml.check.failures import CheckFailed, NotAnswered
from mathml.check.words import call, diagnose, first_difference, name_of, show, two

__all__ = ["check", "try_it"]

_NOTHING: Any = object()  # `gives=None` is a question too


def check(
    answer: object,
    /,
    *args: object,
    gives: object = _NOTHING,
    satisfies: Callable[[Any], object] | None = None,
    raises: type[Exception] | None = None,
    hint: str | None = None,
    mistakes: Mapping[str, object] | None = None,
    hidden: bool = False,
    rtol: float | None = None,
    atol: float | None = None,
    **kwargs: object,
) -> None:
    """Ask one question; say nothing if the answer is right.

    Parameters
    ----------
    answer : the student's function, called with copies of `args` and `kwargs`; or a value, without any
    gives : what is expected: shape and values are compared, type and dtype are not
    satisfies : a predicate of the result, instead
    raises : the exception that is expected, instead
    hint : shown when the answer is wrong
    mistakes : {hint: the value that this mistake gives}, or the exception type that it raises; the matching hint is shown in place of `hint`
    hidden : a failure shows the hint only
    rtol, atol : tolerances, in place of those that follow the dtype (`compare.Tolerance`)

    Raises
    ------
    CheckFailed
        If the answer is wrong.
    NotAnswered
        If there is none yet.
    TypeError
        If the question is not exactly one of `gives`, `satisfies` and `raises`.
    """
    asked = [gives is not _NOTHING, satisfies is not None, raises is not None]
    if sum(asked) != 1:
        raise TypeError(f"ask one question: gives=, satisfies= or raises=, but {sum(asked)} of them came")
    _ask(answer, args, kwargs, gives, satisfies, raises, hint, mistakes or {}, hidden, Tolerance(rtol, atol))


def try_it(answer: object, /, *args: object, **question: Any) -> None:
    """The same question in a lesson, with the keywords of `check`: the verdict is printed, nothing is raised."""
    try:
        check(answer, *args, **question)
    except NotAnswered as nothing_yet:
        print(nothing_yet)
    except CheckFailed as failure:
        print(failure)
    else:
        print("Right.")


def _ask(answer, args, kwargs, gives, satisfies, raises, hint, mistakes, hidden, tolerance) -> None:  # type: ignore
    what = call(answer, args, kwargs) if callable(answer) else ""
    if answer is ... or (answer is None and gives is not None):
        raise NotAnswered("Not answered yet: put your answer in place of the `...`.")
    if not callable(answer):
        came, error = answer, None
    else:
        given = copy.deepcopy((args, kwargs))
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            try:
                came, error = answer(*given[0], **given[1]), None
            except (Exception, SystemExit) as e:
                came, error = None, e
    name = name_of(answer) or "This"
    if isinstance(error, NotImplementedError) and raises is not NotImplementedError:
        raise NotAnswered(f"{name} is not answered yet.") from None
    if came is ... or (came is None and error is None and _is_stub(answer)):
        raise NotAnswered(f"{name} is not answered yet.") from None
    problem = _problem(what, came, error, gives, satisfies, raises, tolerance)
    if problem is None:
        return
    for text, value in mistakes.items():
        if _is_mistake(came, error, value, tolerance):
            hint = text
            break
    if hidden:
        problem = f"A hidden test of {name_of(answer) or 'this exercise'} fails."
    lines = [problem]
    if hint:
        lines.append(textwrap.fill(f"Hint: {hint}", 82, subsequent_indent="      "))
    raise CheckFailed("\n".join(lines)) from None


def _is_stub(function: object) -> bool:
    """A body of nothing: a docstring, `pass` or `...`."""
    code = getattr(function, "__code__", None)
    nothing = {"RESUME", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "NOP"}
    return code is not None and {step.opname for step in dis.get_instructions(code)} <= nothing


def _is_mistake(came, error, value, tolerance) -> bool:  # type: ignore
    if isinstance(value, type):
        return isinstance(error, value)
    try:
        return error is None and difference(plain(value), plain(came), tolerance) is None
    except NotPlain:
        return False


def _problem(what, came, error, gives, satisfies, raises, tolerance) -> str | None:  # type: ignore
    subject = what or "The answer"
    if raises is not None:
        if isinstance(error, raises):
            return None
        if error is not None:
            return f"{subject} should raise {raises.__name__}, but raised {type(error).__name__}: {error}"
        return f"{subject} should raise {raises.__name__}, but gave {show(came)}."
    if error is not None:
        return f"{subject} raised {type(error).__name__}: {error}"
    try:
        simple = plain(came)
    except NotPlain as stranger:
        return f"{subject} should give plain numbers, but gave a {stranger.kind}."
    if came is None and gives is not None:
        return f"{subject} returned None: is a `return` missing?"
    if satisfies is not None:
        verdict = satisfies(simple if np.ndim(simple) else came)
        return None if type(verdict) in (bool, np.bool_) and verdict else f"{subject} is not right: it gave {show(came)}."
    expected = plain(gives)
    d = difference(expected, simple, tolerance)
    if d is None:
        return None
    e, c = two(expected, simple)
    if not d.place:
        return f"{subject} should give {e}, but gave {c}."
    return f"{subject} is not right.\n  expected: {e}\n  yours:    {c}\n  {first_difference(d)}"
