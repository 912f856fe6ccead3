"""The three things that a question can expect, and what is said when they are not so.

Each `faults(subject, reply)` returns lines: none if the reply is right. The subject is the call as it was written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from mathml.check.compare import Difference, NotPlainError, Plain, Tolerance, difference, plain
from mathml.check.diagnose import diagnose
from mathml.check.reply import Reply, error_words
from mathml.check.words import a, lines_of, number, show, two

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
        came = f"raised {error_words(reply.error)}" if reply.error else f"gave {show(reply.value)}"
        return [f"{subject} should raise {self.error.__name__}, but {came}"]


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
        except Exception as error:  # of the predicate, most often for the shape of the value
            return [f"{subject} gave {show(value)}, which cannot be tested: {error_words(error)}"]
        right = isinstance(verdict, (bool, np.bool_)) and bool(verdict)
        return [] if right else [f"{subject} gave {show(value)}, which is not what is asked for."]


@dataclass(frozen=True)
class Gives:
    """This value."""

    value: object
    tolerance: Tolerance

    def matches(self, value: object) -> bool:
        try:
            return difference(plain(self.value), plain(value), self.tolerance) is None
        except NotPlainError:
            return False

    def faults(self, subject: str, reply: Reply) -> list[str]:
        if no_value := _no_value(subject, reply, none_is_right=self.value is None):
            return no_value
        expected, came = plain(self.value), plain(reply.value)
        first = difference(expected, came, self.tolerance)
        if first is None:
            return []
        whole = first.arrays or (first.expected, first.came)
        remarks = [self._off_by(first), diagnose(whole[0], whole[1], self.tolerance)]
        return [*_side_by_side(subject, expected, came, first), *(f"  {remark}" for remark in remarks if remark)]

    def _off_by(self, first: Difference) -> str | None:
        """The tolerance, where it is what decides."""
        if first.arrays is None:
            return None
        e, c = (complex(v) for v in (first.expected, first.came))
        allowed = float(self.tolerance.allowed(*first.arrays).max())
        if not abs(e - c) <= 1e-2 * abs(e):
            return None
        return f"That is off by {number(abs(e - c), 2)}, and no more than {number(allowed, 2)} is allowed."


def _no_value(subject: str, reply: Reply, none_is_right: bool = False) -> list[str]:
    """What is wrong where no plain value came; nothing if one did."""
    if reply.error:
        return [f"{subject} raised {error_words(reply.error)}"]
    if reply.value is None and not none_is_right:
        return [f"{subject} returned None: is a `return` missing?"]
    try:
        plain(reply.value)
    except NotPlainError as stranger:
        return [f"{subject} gave {a(stranger.kind)}, where plain numbers, text or lists of them are expected."]
    return []


def _side_by_side(subject: str, expected: Plain, came: Plain, first: Difference) -> list[str]:
    """What was expected and what came: in a sentence where they are short, else under each other."""
    e, c = two(expected, came)
    if (not first.place and first.arrays) or isinstance(expected, str):
        return [f"{subject} should give {e}, but gave {c}."]
    lines = [f"{subject} gave a wrong answer."]
    for label, value in (("expected:", expected), ("yours:   ", came)):
        head, *rest = lines_of(value)
        lines += [f"  {label} {head}", *(f"    {line}" for line in rest)]
    if first.place:
        e, c = two(first.expected, first.came)
        count = f" ({first.differing} of {first.arrays[0].size} numbers differ)" if first.arrays else ""
        lines.append(f"  first difference at {first.place}: expected {e}, yours {c}{count}")
    return lines
