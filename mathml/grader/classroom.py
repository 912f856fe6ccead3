"""Grade a class: submissions go out to warm processes, and what comes back is recorded by one writer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mathml.grader.courses import Assignment, Course, Submission
from mathml.grader.pool import grade_all
from mathml.grader.record import Record

__all__ = ["Outcome", "Settings", "grade_class"]


@dataclass(frozen=True)
class Settings:
    """How to grade.

    workers : how many submissions at a time; None for one on each processor
    seconds : that a cell, or a test, may take
    sandbox : whether the students' code must be walled in
    """

    workers: int | None = None
    seconds: float = 30.0
    sandbox: bool = True


@dataclass(frozen=True)
class Outcome:
    """What a student got.

    notes : what an instructor should look at
    """

    student: str
    score: float
    most: float
    notes: tuple[str, ...]


def grade_class(
    course: Course, assignment: Assignment, submissions: Iterable[Submission], settings: Settings
) -> Iterator[Outcome]:
    """Grade the submissions, record each as it is done, and say what came of it.

    Raises
    ------
    LookupError
        If the gradebook does not know the assignment.
    Unsandboxed
        If the students' code must be walled in, and cannot be.
    """
    submissions = list(submissions)
    with Record(course) as record:
        record.require(assignment)
        tasks = [
            {"instructors": assignment.cells, "path": str(submission.path), "seconds": settings.seconds}
            for submission in submissions
        ]
        for number, graded in grade_all(tasks, settings.workers, settings.sandbox):
            record.save(assignment, submissions[number], graded)
            yield _outcome(assignment, submissions[number], graded)


def _outcome(assignment: Assignment, submission: Submission, graded: dict[str, object]) -> Outcome:
    most = sum(cell["metadata"]["nbgrader"].get("points", 0) for cell in assignment.cells)
    steps, notes, refused = graded["steps"], graded["notes"], graded["refused"]
    assert isinstance(steps, list)
    assert isinstance(notes, list)
    score = sum(score for *_, score in steps)
    return Outcome(submission.student, score, most, (*map(str, notes), *([str(refused)] if refused else ())))
