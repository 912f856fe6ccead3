"""Grade one submission: its cells run on the student's side, its tests on the judge's.

Where the student's side is lost, it is begun again up to that point, and the rest goes on.
"""

import json
import socket
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from mathml.grader.judge import Judge, Verdict
from mathml.grader.link import Gone, Link
from mathml.grader.rebuild import Step

__all__ = ["Graded", "Session"]

_BEGINNINGS = 12  # after so many, what is still to be run counts as not answered

Begin = Callable[[], socket.socket]


class Graded(NamedTuple):
    """A step, what it put out, and of a test, its score."""

    step: Step
    outputs: list[dict[str, Any]]
    score: float = 0.0


class Session:
    """One submission.

    Parameters
    ----------
    begin : makes a new student's side, and gives this side's end of the socket
    seconds : that a cell, or a test with all that it asks for, may take
    """

    def __init__(self, begin: Callable[[], socket.socket], seconds: float = 30.0) -> None:
        self._begin, self.seconds = begin, seconds
        self.judge = Judge(seconds)
        self._ran: list[Step] = []  # what the student's side has run, and survived
        self._beginnings = 0
        self._slow: set[str] = set()  # exercises that have taken all of their time

    def grade(self, steps: Iterable[Step]) -> list[Graded]:
        """Run all steps, in order."""
        self._start()
        return [self._graded(step) for step in steps]

    def _graded(self, step: Step) -> Graded:
        if step.kind != "code":
            return Graded(step, [])
        if step.role == "test":
            verdict = self._test(step)
            return Graded(step, verdict.outputs, verdict.score)
        if step.role == "given":
            self.judge.prepare(step.source)
        return Graded(step, self._run(step))

    # --- the student's side -------------------------------------------------------------------

    def _start(self) -> None:
        """Begin the student's side, and run what it had run."""
        if self.judge.link is not None:
            self.judge.link.channel.socket.close()
        self._beginnings += 1
        self.judge.link = Link(self._begin(), "judge", patience=self.seconds)
        for step in self._ran:
            self.judge.link.ask("run", step.source)

    def _again(self) -> None:
        """Begin again; a cell that ends even what it once went through is left out."""
        while self._beginnings < _BEGINNINGS:
            try:
                self._start()
            except Gone:
                self._ran.pop()
            else:
                return

    def _run(self, step: Step) -> list[dict[str, Any]]:
        assert self.judge.link is not None
        try:
            done = self.judge.link.ask("run", step.source)
            outputs = _outputs(done)
        except Gone as gone:
            self._again()
            return [_stopped(f"This cell was stopped: {gone}.")]
        self._ran.append(step)
        self.judge.cells.append(step.source)
        if step.role != "given":
            self.judge.students.update(_names(done))
        return outputs

    def _test(self, step: Step) -> Verdict:
        exercise = step.grade_id.partition("-")[0]
        if exercise in self._slow:
            return Verdict(0.0, [_stopped("Not run: an earlier test of this exercise took too long.")])
        verdict = self.judge.test(step.source, step.grade_id, step.points)
        if verdict.gone:
            if "too long" in verdict.gone:
                self._slow.add(exercise)
            self._again()
        return verdict


def _outputs(done: Any) -> list[dict[str, Any]]:
    """What came as a cell's outputs, in the form that notebooks have; what has another form is left out."""
    outputs = done.get("outputs") if isinstance(done, dict) else None
    if not isinstance(outputs, list):
        raise Gone("what it sent was no answer")
    return [plain for output in outputs if isinstance(output, dict) if (plain := _output(output))]


def _output(came: dict[str, Any]) -> dict[str, Any] | None:
    kind = came.get("output_type")
    if kind == "stream":
        name = "stderr" if came.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": str(came.get("text", ""))}
    if kind == "error":
        return _error(str(came.get("ename", "")), str(came.get("evalue", "")), _strings(came.get("traceback")))
    if kind in ("display_data", "execute_result"):
        data = came.get("data")
        bundle = {
            mime: value if isinstance(value, (str, dict, list)) and _is_json(value) else str(value)
            for mime, value in (data if isinstance(data, dict) else {}).items()
            if isinstance(mime, str)
        }
        output = {"output_type": kind, "data": bundle, "metadata": {}}
        return output | {"execution_count": None} if kind == "execute_result" else output
    return None


def _is_json(value: Any) -> bool:
    try:
        json.dumps(value)
    except (TypeError, ValueError):
        return False
    return True


def _strings(came: Any) -> list[str]:
    return [str(line) for line in came] if isinstance(came, list) else []


def _error(name: str, words: str, lines: list[str]) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": words, "traceback": lines}


def _names(done: dict[str, Any]) -> list[str]:
    return [name for name in done.get("names", []) if isinstance(name, str)]


def _stopped(words: str) -> dict[str, Any]:
    return _error("Stopped", words, [words])
