"""The three things that a question can expect, and what is said when they are not so.

Each `faults(subject, reply)` returns lines: none if the reply is right. The subject is the call as it was written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from mathml.check.compare import Difference, NotPlainError, Tolerance, difference, plain, wide
from mathml.check.diagnose import diagnose
from mathml.check.reply import Reply, error_words
from mathml.check.words import lines_of, number, show, two, with_article

__all__ = ["Expectation", "Gives", "Raises", "Satisfies"]


class Expectation(Protocol):
    def faults(self, subject: str, reply: Reply) -> list[str]: ...


@dataclass(frozen=True)
class Raises:
    """An exception of this type."""

    error: type[Exception]

    def faults(self, subject: str, reply: Reply) -> list[str]:
        if isinstance(reply.error, self.error):
            return []
        came = f"raised {error_words(reply.error)}" if reply.error else f"gave {show(reply.value)}."
        return [f"{subject} should raise {self.error.__name__}, but it {came}"]


@dataclass(frozen=True)
class Satisfies:
    """A value for which the predicate says True. Rows of numbers reach it as arrays, whatever they came as."""

    predicate: Callable[[Any], object]

    def faults(self, subject: str, reply: Reply) -> list[str]:
        if no_value := _no_value(subject, reply):
            return no_value
        value = plain(reply.value)
        try:
            verdict = self.predicate(value[()] if isinstance(value, np.ndarray) else value)
        except Exception as error:  # most often for the shape of the value
            return [f"{subject} is {show(value)}, and the test cannot work with that ({type(error).__name__})."]
        right = isinstance(verdict, (bool, np.bool_)) and bool(verdict)
        return [] if right else [f"{subject} is {show(value)}, which is not what is asked for."]


@dataclass(frozen=True)
class Gives:
    """This value."""

    value: object
    tolerance: Tolerance

    def faults(self, subject: str, reply: Reply) -> list[str]:
        if no_value := _no_value(subject, reply, none_is_right=self.value is None):
            return no_value
        first = difference(plain(self.value), plain(reply.value), self.tolerance)
        if first is None:
            return []
        remarks = (self._near(first), diagnose(first.expected, first.came, self.tolerance))
        return [*_side_by_side(subject, first), *filter(None, remarks)]

    def _near(self, first: Difference) -> str | None:
        """The tolerance, where it is what decides."""
        if first.at is None:
            return None
        e, c = first.numbers
        with np.errstate(all="ignore"):
            off = float(np.abs(wide(e) - wide(c)))  # Python's abs of a complex NaN raises after an overflow elsewhere
        if not (np.isfinite(off) and off <= float(np.abs(wide(e))) / 100):
            return None
        allowed = float(self.tolerance.allowed(first.expected, first.came)[first.at])
        return f"That is off by {number(off, 2)}; at most {number(allowed, 2)} is allowed."


def _no_value(subject: str, reply: Reply, none_is_right: bool = False) -> list[str]:
    """What is wrong where no plain value came; nothing if one did."""
    if reply.error:
        return [f"{subject} raised {error_words(reply.error)}"]
    if reply.value is None and not none_is_right:
        return [f"{subject} returned None: is a `return` missing?"]
    try:
        plain(reply.value)
    except NotPlainError as stranger:
        kind = with_article(stranger.kind)
        return [f"{subject} is {kind}, where numbers, text, or lists or arrays of them are expected."]
    return []


def _side_by_side(subject: str, first: Difference) -> list[str]:
    """What was expected and what came: in a sentence where they are short, else under each other."""
    expected, came, part, at, differing = first
    if not part and (at == () or isinstance(expected, str)):
        e, c = two(expected, came)
        return [f"{subject} should be {e}, but it is {c}."]
    lines = [f"{subject} is not right{f', in its part {part}' if part else ''}."]
    lines += [f"  expected: {lines_of(expected)}", f"  yours:    {lines_of(came)}"]
    if at:
        e, c = two(*first.numbers)
        count = f"{differing} of {expected.size}" if differing < expected.size else f"all {differing}"
        lines.append(f"  first difference at {list(at)}: expected {e}, yours {c} ({count} differ)")
    return lines
