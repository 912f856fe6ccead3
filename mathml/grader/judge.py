"""The judge's side: the tests of an assignment, run where the student's code never comes.

A name that neither the test nor the assignment's own cells define is the student's: plain data, or a stand-in for what
is on the far side.
"""

import ast
import builtins
import contextlib
import io
import math
import signal
import traceback
import types
from collections.abc import Iterator
from typing import Any, NamedTuple

from mathml.check import scratch
from mathml.grader.link import Gone, Link

__all__ = ["Judge", "Verdict"]


class Verdict(NamedTuple):
    """What a test said.

    score : of the test's points
    outputs : as a notebook keeps them
    gone : why the student's side did not answer, if it did not
    """

    score: float
    outputs: list[dict[str, Any]]
    gone: str = ""


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
        self._looked.clear()
        printed = io.StringIO()
        try:
            with self._limited(), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
                value = self._run(source, f"<test {name}>")
        except Gone as gone:
            return Verdict(0.0, [*_stream(printed), _error(type(gone).__name__, _why(gone), [])], str(gone))
        except BaseException as error:
            return Verdict(0.0, [*_stream(printed), _described(error)])
        return Verdict(_score(value, points), _stream(printed))

    def _run(self, source: str, file: str) -> Any:
        """The value of the last line, if it is an expression."""
        *body, last = ast.parse(source, file).body
        if not isinstance(last, ast.Expr):
            exec(compile(ast.Module([*body, last], []), file, "exec"), self._names)
            return None
        exec(compile(ast.Module(body, []), file, "exec"), self._names)
        return eval(compile(ast.Expression(last.value), file, "eval"), self._names)

    @contextlib.contextmanager
    def _limited(self) -> Iterator[None]:
        """No test takes longer, whatever it waits for."""

        def stop(_: int, __: types.FrameType | None) -> None:
            raise Gone("it took too long")

        before = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, self.seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def _score(value: Any, points: float) -> float:
    """The points that a test's last value stands for. A number that is none is no verdict, and gives nothing."""
    if value is None:
        return points
    if type(value) not in (int, float) or not math.isfinite(value):
        return 0.0
    return min(max(float(value), 0.0), points)


def _without_magics(source: str) -> str:
    return "\n".join("" if line.startswith(("%", "!")) else line for line in source.splitlines())


def _stream(printed: io.StringIO) -> list[dict[str, Any]]:
    text = printed.getvalue()
    return [{"output_type": "stream", "name": "stdout", "text": text}] if text else []


def _why(gone: Gone) -> str:
    return f"This test got no answer from your code: {gone}."


def _described(error: BaseException) -> dict[str, Any]:
    render = getattr(error, "_render_traceback_", None)
    lines = render() if render else traceback.format_exception_only(error)
    return _error(type(error).__name__, str(error), [line.rstrip("\n") for line in lines])


def _error(name: str, words: str, lines: list[str]) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": words, "traceback": lines or [f"{name}: {words}"]}
