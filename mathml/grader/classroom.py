"""Grade a class: what is due goes out to warm processes, and what comes back is recorded by one writer.

Scores that change because a test was corrected are held back until all are known, so that the list of them can be read
before anything is changed.
"""

import ast
import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, NamedTuple

from mathml.course.cells import points
from mathml.grader import journal
from mathml.grader.courses import Assignment, Course, Submission
from mathml.grader.fanout import grade_all
from mathml.grader.pool import Walls
from mathml.grader.rebuild import Refused
from mathml.grader.record import Record
from mathml.grader.session import refusal
from mathml.grader.wire import pack, unpack

__all__ = ["Due", "Outcome", "Run", "Settings"]


class Settings(NamedTuple):
    """How to grade.

    workers : how many submissions at a time; None for one on each processor
    dask : instead, the address of a Dask scheduler
    seconds : that a cell, or a test, may take
    walls : around the students' code
    again : whether to grade what was graded, and has not changed since
    """

    workers: int | None = None
    dask: str | None = None
    seconds: float = 30.0
    walls: Walls = Walls()
    again: bool = False


class Written(NamedTuple):
    """What a submission holds at a moment.

    notebook : the file; None if there is nothing to grade
    digest : of it, or of why there is none
    refused : why there is nothing to grade
    unread : whether there may be something another time
    """

    notebook: bytes | None
    digest: str
    refused: str = ""
    unread: bool = False


class Due(NamedTuple):
    """A submission that is to be graded, why, and the digest of what it held when that was decided."""

    submission: Submission
    why: str
    digest: str


@dataclass(frozen=True)
class Outcome:
    """What a student got.

    name : as the gradebook has it, or ""
    score : of the tests
    before : the score that it replaces; None if there was none
    why : it was graded: "" if nothing was to be done
    notes : what an instructor should look at
    """

    student: str
    name: str
    score: float
    most: float
    before: float | None
    why: str
    notes: tuple[str, ...]

    @property
    def has_changed(self) -> bool:
        return self.before is not None and self.before != self.score


class Run:
    """Grading an assignment once: to be entered, graded, and closed.

    Attributes
    ----------
    due : what is to be graded
    settled : what was graded before, and is not due

    Raises
    ------
    LookupError
        If the gradebook does not know the assignment.
    ConnectionError
        Here or later, if it does not answer.
    """

    def __init__(
        self, course: Course, assignment: Assignment, submissions: Iterable[Submission], settings: Settings
    ) -> None:
        self._assignment, self._settings = assignment, settings
        self._environment = journal.environment(settings.walls, settings.seconds)
        self._tests = journal.tests(assignment.cells)
        self._most = sum(map(points, assignment.cells))
        self._open = ExitStack()
        self._record = self._open.enter_context(Record(course))
        self._held: list[tuple[Submission, int]] = []
        with ExitStack() as until_complete:
            until_complete.callback(self._open.close)
            self._record.require(assignment)
            self._before = self._record.graded(assignment)
            self._names = self._record.names()
            self.due, self.settled = list[Due](), list[Outcome]()
            for submission in submissions:
                self._plan(submission)
            until_complete.pop_all()

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._open.close()

    def _plan(self, submission: Submission) -> None:
        entry, digest = self._before.get(submission.student), _written(submission).digest
        why = journal.changed(entry.key if entry else None, self._key(digest))
        if entry and not why and not self._settings.again:
            self.settled.append(self._outcome(submission.student, entry.found, ""))
        else:
            self.due.append(Due(submission, why or "asked for", digest))

    def _key(self, digest: str) -> journal.Key:
        return journal.Key(digest, self._tests, self._environment)

    # --- grading ------------------------------------------------------------------------------

    def grade(self, keep: bool = True) -> Iterator[Outcome]:
        """Grade what is due, and say what came of each.

        A first score is recorded at once, if it is to be kept; one that replaces another, by `record_changes`.
        """
        self._aside = self._open.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 (the stack closes it)
        settings, sent, aside = self._settings, list[tuple[Due, str]](), list[tuple[Due, Written]]()

        def tasks() -> Iterator[dict[str, Any]]:
            for due in self.due:
                written = _written(due.submission)
                if written.notebook is None:
                    aside.append((due, written))
                else:
                    sent.append((due, written.digest))
                    yield {
                        "instructors": self._assignment.cells,
                        "notebook": written.notebook,
                        "seconds": settings.seconds,
                    }

        for number, graded in grade_all(tasks(), settings.walls, settings.workers, settings.dask):
            due, digest = sent[number]
            if graded["refused"] and graded["lost"]:
                yield self._not_graded(due, graded["refused"])
            else:
                yield self._done(due, digest, graded, keep)
        for due, written in aside:
            if written.unread or (due.digest and written.digest != due.digest):
                yield self._not_graded(due, written.refused)
            else:
                yield self._done(due, written.digest, refusal(written.refused), keep)

    def _done(self, due: Due, digest: str, graded: dict[str, Any], keep: bool) -> Outcome:
        submission, found = due.submission, _found(graded)
        outcome = self._outcome(submission.student, found, due.why)
        if keep and outcome.has_changed:
            self._held.append((submission, self._aside.write(pack([graded, digest]))))
        elif keep:
            self._record.save(self._assignment, submission, graded, journal.Entry(self._key(digest), found))
        return outcome

    def _not_graded(self, due: Due, why: str) -> Outcome:
        """The marks stay as they were."""
        before = self._before.get(due.submission.student)
        note = f"{why}: it is not graded; run the command again"
        score = _score(before.found) if before else 0.0
        return self._about(due.submission.student, score, due.why, [note])

    def record_changes(self) -> None:
        """Record the scores that replace others."""
        if self._held:
            self._aside.seek(0)
        for submission, size in self._held:
            graded, digest = unpack(self._aside.read(size))
            self._record.save(self._assignment, submission, graded, journal.Entry(self._key(digest), _found(graded)))
        self._held.clear()

    def _outcome(self, student: str, found: dict[str, Any], why: str) -> Outcome:
        notes = [*found["notes"], *([found["refused"]] if found["refused"] else [])]
        return self._about(student, _score(found), why, notes)

    def _about(self, student: str, score: float, why: str, notes: list[str]) -> Outcome:
        before = self._before.get(student)
        was = _score(before.found) if before else None
        return Outcome(student, self._names.get(student, ""), score, self._most, was, why, tuple(notes))


def _written(submission: Submission) -> Written:
    try:
        notebook = submission.read()
    except FileNotFoundError:
        return _nothing(f"there is no {submission.path.name} in it")
    except Refused as why:
        return _nothing(str(why))
    except OSError as error:
        return _nothing(f"it cannot be read: {error.strerror}", unread=True)
    return Written(notebook, hashlib.sha256(notebook).hexdigest())


def _nothing(why: str, unread: bool = False) -> Written:
    return Written(None, hashlib.sha256(why.encode()).hexdigest(), why, unread)


def _found(graded: dict[str, Any]) -> dict[str, Any]:
    """Of what was graded, what the journal keeps."""
    tests = {
        one["step"]["grade_id"]: {name: one[name] for name in ("score", "seconds", "hint", "hidden")}
        | {"error": next((output["ename"] for output in one["outputs"] if output["output_type"] == "error"), "")}
        for one in graded["steps"]
        if one["step"]["role"] == "test"
    }
    answers = {
        one["step"]["grade_id"]: hashlib.sha256(_meaning(one["step"]["source"]).encode()).hexdigest()[:16]
        for one in graded["steps"]
        if one["step"]["role"] == "answer"
    }
    return {"refused": graded["refused"], "notes": graded["notes"], "tests": tests, "answers": answers}


def _meaning(source: str) -> str:
    """What an answer says, without its spaces and comments."""
    try:
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source


def _score(found: dict[str, Any]) -> float:
    return float(sum(test["score"] for test in found["tests"].values()))
