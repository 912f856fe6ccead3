"""The judge's side: the tests of an assignment, run where the student's code never comes.

A name that neither the test nor the assignment's own cells define is the student's: plain data, or a stand-in for what
is on the far side.
"""

import ast
import builtins
import contextlib
import math
import traceback
from typing import Any, NamedTuple

from mathml.check import scratch
from mathml.check.failures import CheckFailed
from mathml.course.cells import BEGIN_HIDDEN, END_HIDDEN
from mathml.grader.link import Gone, Link, within
from mathml.grader.outputs import Kept, error, stopped, stream

__all__ = ["Judge", "Verdict"]

_TEST = "<test>"


class Verdict(NamedTuple):
    """What a test said.

    score : of the test's points
    outputs : as a notebook keeps them
    hint : of a check that failed
    hidden : whether what failed is in a part that students do not get to see
    gone : why the student's side did not answer, if it did not
    """

    score: float
    outputs: list[dict[str, Any]]
    hint: str = ""
    hidden: bool = False
    gone: Gone | None = None


class _Names(dict[str, Any]):
    """The names of the tests: their own, then Python's, then the student's."""

    def __init__(self, judge: "Judge") -> None:
        super().__init__(__name__="tests", __builtins__=builtins.__dict__)
        self.judge = judge

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name) or name not in self.judge.students:
            raise KeyError(name)
        return self.judge.look(name)


class Judge:
    """What judges one submission.

    Attributes
    ----------
    link : to the student's side; another one, once that was begun again
    students : the names that the student's cells define
    cells : the sources of the cells that the student's functions are built from
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.link: Link | None = None
        self.students: set[str] = set()
        self.cells: list[str] = []
        self._looked: dict[str, Any] = {}
        self._names = _Names(self)
        scratch.notebook = self._notebook

    def look(self, name: str) -> Any:
        """What a name of the student's stands for, during one test."""
        assert self.link is not None
        if name not in self._looked:
            self._looked[name] = self.link.ask("look", name)
        return self._looked[name]

    def _notebook(self, function: object) -> tuple[list[str], list[str]]:
        """The names by which this test has come upon the function, and the cells."""
        return [name for name, value in self._looked.items() if value is function], self.cells

    def prepare(self, source: str) -> None:
        """Run a cell of the assignment's own, such as its imports."""
        exec(compile(_without_magics(source), "<assignment>", "exec"), self._names)

    def test(self, source: str, name: str, points: float) -> Verdict:
        """Run a test: all of its points if nothing is raised, or as many as the number in which it ends."""
        assert self.link is not None
        self._looked.clear()
        printed, value, raised = Kept(), None, None
        try:
            with within(self.seconds), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(Kept(0)):
                value = self._run(source)
        except BaseException as caught:
            raised = caught
        gone = raised if isinstance(raised, Gone) else self.link.gone  # which a library may have taken for nothing
        if gone is not None:
            words = f"This test got no answer from your code: {gone}."
            return Verdict(0.0, [*_printed(printed), stopped(words)], hidden=_is_hidden(source, gone), gone=gone)
        if raised is not None:
            hint = raised.hint if isinstance(raised, CheckFailed) else None
            return Verdict(0.0, [*_printed(printed), _described(raised)], hint or "", _is_hidden(source, raised))
        return Verdict(_score(value, points), _printed(printed))

    def _run(self, source: str) -> Any:
        """The value of the last line, if it is an expression."""
        *body, last = ast.parse(source, _TEST).body
        if not isinstance(last, ast.Expr):
            exec(compile(ast.Module([*body, last], []), _TEST, "exec"), self._names)
            return None
        exec(compile(ast.Module(body, []), _TEST, "exec"), self._names)
        return eval(compile(ast.Expression(last.value), _TEST, "eval"), self._names)


def _score(value: Any, points: float) -> float:
    """The points that a test's last value stands for. A number that is none is no verdict, and gives nothing."""
    if value is None:
        return points
    if type(value) is not int and (type(value) is not float or not math.isfinite(value)):
        return 0.0
    return float(min(max(value, 0.0), points))  # compared first: an integer may be too large for a float


def _without_magics(source: str) -> str:
    return "\n".join("" if line.startswith(("%", "!")) else line for line in source.splitlines())


def _printed(kept: Kept) -> list[dict[str, Any]]:
    text = kept.getvalue()
    return [stream("stdout", text)] if text else []


def _described(raised: BaseException) -> dict[str, Any]:
    render = getattr(raised, "_render_traceback_", None)
    lines = render() if render else traceback.format_exception_only(raised)
    return error(type(raised).__name__, str(raised), [line.rstrip("\n") for line in lines])


def _is_hidden(source: str, raised: BaseException) -> bool:
    """Whether the line of the test that raised it lies between nbgrader's marks of hidden tests."""
    lines = [line for frame, line in traceback.walk_tb(raised.__traceback__) if frame.f_code.co_filename == _TEST]
    before = source.splitlines()[: lines[0]] if lines else []
    marks = [BEGIN_HIDDEN in line for line in before if BEGIN_HIDDEN in line or END_HIDDEN in line]
    return bool(marks and marks[-1])
