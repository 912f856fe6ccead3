"""Grade one submission: its cells run on the student's side, its tests on the judge's.

Where the student's side is lost, it is begun again up to that point, and the rest goes on.
"""

import socket
import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from mathml.grader.judge import Judge, Verdict
from mathml.grader.link import Ended, Gone, Link, TooSlow, within
from mathml.grader.outputs import MOST, outputs, size, stopped
from mathml.grader.rebuild import Step

__all__ = ["Graded", "Session", "refusal"]

_BEGINNINGS = 12  # after so many, what is still to be run counts as not answered
_ROOM = 10 * MOST  # characters that all cells together may put out


class Graded(NamedTuple):
    """A step and what came of it.

    score : of a test
    seconds : that it took
    hint : of a test that failed: what it said that may help
    hidden : of a test that failed: whether in a part that students do not get to see
    """

    step: Step
    outputs: list[dict[str, Any]]
    score: float = 0.0
    seconds: float = 0.0
    hint: str = ""
    hidden: bool = False


class Session:
    """One submission.

    Parameters
    ----------
    begin : makes a new student's side, and gives this side's end of the socket
    seconds : that a cell, or a test with all that it asks for, may take

    Attributes
    ----------
    lost : whether a student's side ended that was still needed
    notes : on what was stopped
    """

    def __init__(self, begin: Callable[[], socket.socket], seconds: float = 30.0) -> None:
        self._begin, self.seconds = begin, seconds
        self.judge = Judge(seconds)
        self._ran: list[Step] = []  # what the student's side has run, and survived
        self._beginnings = 0
        self.lost, self.notes = False, list[str]()
        self._room = _ROOM
        self._slow: set[str] = set()  # exercises that have taken all of their time

    def grade(self, steps: Iterable[Step]) -> list[Graded]:
        """Run all steps, in order."""
        self._start()
        return [self._graded(step) for step in steps]

    def _graded(self, step: Step) -> Graded:
        if step.kind != "code":
            return Graded(step, [])
        began = time.monotonic()
        if step.role == "test":
            verdict = self._test(step)
            took = time.monotonic() - began
            return Graded(step, verdict.outputs, verdict.score, took, verdict.hint, verdict.hidden)
        if step.role == "given":
            self.judge.prepare(step.source)
        return Graded(step, self._run(step), seconds=time.monotonic() - began)

    # --- the student's side -------------------------------------------------------------------

    def _start(self) -> None:
        """Begin the student's side, and run what it had run."""
        if self.judge.link is not None:
            self.judge.link.channel.socket.close()
        self._beginnings += 1
        self.judge.link = Link(self._begin(), "judge")
        for step in self._ran:
            self._come_of(step)

    def _again(self, step: Step, gone: Gone) -> None:
        """Begin again; a cell that ends even what it once went through is left out."""
        self.lost |= isinstance(gone, Ended)
        self.notes.append(f"{step.grade_id or 'a cell of the student’s own'}: {gone}")
        while self._beginnings < _BEGINNINGS:
            try:
                self._start()
            except Gone:
                self._ran.pop()
            else:
                return

    def _run(self, step: Step) -> list[dict[str, Any]]:
        try:
            shown, names = self._come_of(step)
        except Gone as gone:
            self._again(step, gone)
            return [stopped(f"This cell was stopped: {gone}.")]
        self._room -= sum(map(size, shown))
        self._ran.append(step)
        self.judge.cells.append(step.source)
        if step.role != "given":
            self.judge.students.update(names)
        return shown

    def _come_of(self, step: Step) -> tuple[list[dict[str, Any]], list[str]]:
        """Run a cell on the student's side: what it puts out, and the names that it defines."""
        assert self.judge.link is not None
        try:
            with within(self.seconds):
                done = self.judge.link.ask("run", step.source)
            names = [name for name in done["names"] if isinstance(name, str)]
            return outputs(done["outputs"], min(2 * MOST, self._room)), names
        except Gone:
            raise
        except BaseException:  # whatever it is, it came from a stranger, and is none of what a cell comes to
            raise Gone("what it sent was no answer") from None

    def _test(self, step: Step) -> Verdict:
        exercise = step.grade_id.partition("-")[0]
        if exercise in self._slow:
            return Verdict(0.0, [stopped("Not run: an earlier test of this exercise took too long.")])
        verdict = self.judge.test(step.source, step.grade_id, step.points)
        if verdict.gone:
            if isinstance(verdict.gone, TooSlow):
                self._slow.add(exercise)
            self._again(step, verdict.gone)
        return verdict


def refusal(why: str, lost: bool = False) -> dict[str, Any]:
    """What comes of a submission that was not graded."""
    return {"refused": why, "lost": lost, "steps": [], "notes": []}
