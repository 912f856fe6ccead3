"""One question to a student's function, and a kind answer."""

import textwrap
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from mathml.check.compare import Tolerance
from mathml.check.expect import Expectation, Gives, Raises, Satisfies
from mathml.check.failures import CheckFailed, NotAnswered
from mathml.check.reply import Reply, ask, error_line, unanswered
from mathml.check.words import call, name_of, show

__all__ = ["check", "try_it"]

_NOT_ASKED: Any = object()  # None can be an expected value
_WIDTH = 82  # `nbgrader validate` cuts longer lines


def check(
    answer: object,
    /,
    *args: object,
    gives: object = _NOT_ASKED,
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
    answer : the student's function, which is called with copies of `args` and `kwargs`; or a value, without these
    gives : what is expected. Shape and values are compared; type and dtype are not, and NaN equals NaN
    satisfies : instead, a predicate of the result
    raises : instead, the exception that is expected
    hint : what to say to a wrong answer
    mistakes : {hint: the value that this mistake gives, or the exception type that it raises}; the hint of the mistake
        that was made is said in place of `hint`
    hidden : say the hint only, and neither the input nor what was expected
    rtol, atol : tolerances, in place of those that follow the coarser dtype (`Tolerance`)

    Raises
    ------
    CheckFailed
        If the answer is wrong.
    NotAnswered
        If there is none yet.
    TypeError, ValueError
        If the question itself is wrong: not one of `gives`, `satisfies`, `raises`; a mistake that gives what is right.
    """
    tolerance = Tolerance(rtol, atol)
    expectation = _only(
        gives=None if gives is _NOT_ASKED else Gives(gives, tolerance),
        satisfies=None if satisfies is None else Satisfies(satisfies),
        raises=None if raises is None else Raises(raises),
    )
    made = {text: _mistake(value, tolerance) for text, value in (mistakes or {}).items()}
    for text, mistake in made.items():
        if isinstance(expectation, Gives) and not mistake.faults("", Reply(gives)):
            raise ValueError(f"this mistake gives what is right, and cannot be told from it: {text}")

    reply, subject = _put(answer, args, kwargs, expectation)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader takes marks for what is written to stderr
        faults = expectation.faults(subject, reply)
        if not faults and not reply.changed:
            return
        hint = next((text for text, mistake in made.items() if faults and not mistake.faults("", reply)), hint)
    lines = _hidden(answer, reply) if hidden else [*faults, *_besides(subject, reply, answer, right=not faults)]
    raise CheckFailed("\n".join(map(_wrapped, [*lines, *([f"Hint: {hint}"] if hint else [])])), hint)


def try_it(answer: object, /, *args: object, **question: Any) -> None:
    """Ask the same question in a lesson, with the keywords of `check`: print the verdict, and raise nothing.

    A wrong value is told its hint, and not what was expected: there is a second try.
    """
    try:
        check(answer, *args, **question)
    except NotAnswered as verdict:
        print(verdict)
    except CheckFailed as verdict:
        spoils = verdict.hint and not callable(answer)
        print(_wrapped(f"Not yet. Hint: {verdict.hint}") if spoils else verdict)
    else:
        print("Right.")


def _only(**asked: Expectation | None) -> Expectation:
    """The one question that is asked."""
    questions = {name: expectation for name, expectation in asked.items() if expectation}
    if len(questions) != 1:
        came = " and ".join(f"{name}=" for name in questions) or "none"
        raise TypeError(f"ask one question: gives=, satisfies= or raises=, but {came} came")
    return next(iter(questions.values()))


def _mistake(value: object, tolerance: Tolerance) -> Expectation:
    """A mistake is expected as an answer is: by its value, or by the exception that it raises."""
    if isinstance(value, type) and issubclass(value, Exception):
        return Raises(value)
    return Gives(value, tolerance)


def _put(
    answer: object, args: tuple[object, ...], kwargs: Mapping[str, object], expectation: Expectation
) -> tuple[Reply, str]:
    """What the answer replies, and what was asked, in words.

    Raises
    ------
    NotAnswered
        If there is no answer yet, or it needs a function that is not written yet.
    CheckFailed
        If there are arguments, but no function to pass them to.
    """
    if answer is ... or (answer is None and expectation.faults("", Reply(None))):
        raise NotAnswered("Not answered yet: put your answer in place of the `...`, then run this cell again.")
    if not callable(answer):
        if args or kwargs:
            raise CheckFailed(f"A function is expected here, but its name stands for {show(answer)}.")
        return Reply(answer), "The answer"
    reply, name = ask(answer, args, kwargs), name_of(answer)
    missing = unanswered(answer, reply)
    if missing is not None and expectation.faults("", reply):
        who = f"{name} needs {missing}, which" if name and missing != name else missing
        raise NotAnswered(f"{who} is not answered yet: write it, run its cell, then run this one again.")
    return reply, call(answer, args, kwargs) or "The answer"


def _besides(subject: str, reply: Reply, answer: object, right: bool) -> list[str]:
    """What else there is to say: where the error arose; what was changed, printed and warned of."""
    lines = [] if right else _line(reply, answer)
    if reply.changed:
        verdict = f"{subject} is right, but the call changes" if right else "The call also changes"
        lines.append(f"{verdict} {reply.changed}. Work on a copy.")
    if reply.warned:
        lines.append(f"Python warned: {reply.warned}")
    if reply.printed:
        first, *more = reply.printed.splitlines()
        lines.append(f"It printed: {first[:_WIDTH]}{' …' if more or len(first) > _WIDTH else ''}")
    return lines


def _hidden(answer: object, reply: Reply) -> list[str]:
    name = name_of(answer) or "this exercise"
    lines = [f"A hidden test of {name} fails. The statement says what the hidden tests probe."]
    return [*lines, f"It raised {type(reply.error).__name__}", *_line(reply, answer)] if reply.error else lines


def _line(reply: Reply, answer: object) -> list[str]:
    line = reply.error and error_line(reply.error, answer)
    return [f"  {line}"] if line else []


def _wrapped(line: str) -> str:
    """A sentence over as many lines as it takes; what is indented is left as it is."""
    if line.startswith(" "):
        return line
    return textwrap.fill(line, _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
