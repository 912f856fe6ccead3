"""What was graded, in nbgrader's gradebook and in its folder of graded notebooks.

Each student's scores are one transaction, with the journal's row. A score that was given by hand stays. A database that
does not answer is waited for.
"""

import contextlib
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, TypeVar

import nbformat
from nbformat import NotebookNode
from nbgrader import api, utils  # type: ignore[import-untyped]
from nbgrader.preprocessors import AssignLatePenalties  # type: ignore[import-untyped]
from sqlalchemy.exc import InterfaceError, OperationalError
from tornado.log import app_log

from mathml.course.cells import counts, grade_id
from mathml.grader import journal
from mathml.grader.courses import Assignment, Course, Submission

__all__ = ["Card", "Person", "Record", "alembic_is_found", "write_whole"]

T = TypeVar("T")
# nbgrader writes a traceback for each error of the database that it raises as well.
app_log.addFilter(lambda record: not record.getMessage().startswith("Rolling back session"))
_PATIENCE = 300.0  # seconds that a database may be away


class Person(NamedTuple):
    """A student, as the gradebook knows one."""

    id: str
    first_name: str
    last_name: str
    email: str


class Card(NamedTuple):
    """What the gradebook says of a submission.

    scores : of each test, as an instructor may have changed it
    comments : an instructor's, by cell
    score, penalty : what is left, and what being late has taken
    """

    first_name: str
    last_name: str
    stamp: str
    score: float
    most: float
    penalty: float
    scores: dict[str, float]
    comments: dict[str, str]


class Record:
    """The gradebook of a course, open for one writer.

    Parameters
    ----------
    say : what is told when the database does not answer, and is waited for; None to write it to stderr

    Raises
    ------
    ConnectionError
        Here or later, if it does not answer for minutes.
    """

    def __init__(self, course: Course, say: Callable[[str], None] | None = None, patience: float = _PATIENCE) -> None:
        self._course, self._say, self._patience = course, say or _warn, patience
        self._patiently(self._open)

    def _open(self) -> None:
        with alembic_is_found():
            self._gradebook = api.Gradebook(self._course.db_url, self._course.course_id)
        journal.prepare(self._gradebook.engine)

    def _patiently(self, work: Callable[[], T]) -> T:
        """Do it again, on a new connection, until the database answers."""
        until, pause = time.monotonic() + self._patience, 0.2
        while True:
            try:
                return work()
            except Exception as error:
                why = _not_answering(error)
                if why is None:
                    raise
                if time.monotonic() > until:
                    raise ConnectionError(f"the gradebook does not answer: {why}") from None
            self._say(f"the gradebook does not answer ({why}): waiting for it")
            time.sleep(pause)
            pause = min(2 * pause, 5.0)
            with contextlib.suppress(Exception):
                self._gradebook.close()

    def __enter__(self) -> "Record":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._gradebook.close()

    def require(self, assignment: Assignment) -> None:
        """See to it that the gradebook knows the assignment as it is now.

        Raises
        ------
        LookupError
            If it does not: the assignment was not released, or was changed since.
        """
        try:
            known = self._gradebook.find_notebook(assignment.name, assignment.name)
        except api.MissingEntry:
            raise LookupError(
                f"the gradebook does not know {assignment.name}: run `nbgrader generate_assignment {assignment.name}`"
            ) from None
        cells = {cell.name for cell in (*known.grade_cells, *known.solution_cells)}
        now = {grade_id(cell) for cell in assignment.cells if counts(cell)}
        if cells != now:
            odd = ", ".join(sorted(map(str, cells ^ now)))
            raise LookupError(
                f"the gradebook knows {assignment.name} with other cells ({odd}): run "
                f"`nbgrader generate_assignment {assignment.name} --force`"
            )

    def graded(self, assignment: Assignment) -> dict[str, journal.Entry]:
        """What the journal says, where the gradebook and the folder of graded notebooks still say the same."""
        return self._patiently(lambda: self._graded(assignment))

    def _graded(self, assignment: Assignment) -> dict[str, journal.Entry]:
        db, scores = self._gradebook.db, dict[str, dict[str, float | None]]()
        known = (
            db.query(api.Student.id, api.BaseCell.name, api.Grade.auto_score)
            .select_from(api.Grade)
            .join(api.BaseCell, api.BaseCell.id == api.Grade.cell_id)
            .join(api.SubmittedNotebook, api.SubmittedNotebook.id == api.Grade.notebook_id)
            .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
            .join(api.Student, api.Student.id == api.SubmittedAssignment.student_id)
            .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
            .filter(api.Assignment.name == assignment.name, api.Assignment.course_id == self._course.course_id)
        )
        for student, name, score in known:
            scores.setdefault(student, {})[name] = score
        return {
            student: entry
            for student, entry in journal.entries(db, assignment.name).items()
            if scores.get(student) == entry.found["recorded"]
            and (entry.found["refused"] or self._is_there(assignment, student))
        }

    def _is_there(self, assignment: Assignment, student: str) -> bool:
        folder = self._course.folder("autograded", student, assignment.name)
        return (folder / f"{assignment.name}.ipynb").is_file()

    def save(
        self, assignment: Assignment, submission: Submission, graded: dict[str, Any], entry: journal.Entry
    ) -> None:
        """Write what was graded; a submission that was refused gets no points, and no notebook."""
        self._patiently(lambda: self._save(assignment, submission, graded, entry))

    def _save(
        self, assignment: Assignment, submission: Submission, graded: dict[str, Any], entry: journal.Entry
    ) -> None:
        notebook = _notebook(assignment, graded["steps"])
        with _one_transaction(self._gradebook.db):
            recorded = self._enter(assignment, submission, graded, notebook)
            found = entry.found | {"recorded": recorded}
            journal.write(self._gradebook.db, assignment.name, submission.student, entry._replace(found=found))

    def _enter(
        self, assignment: Assignment, submission: Submission, graded: dict[str, Any], notebook: NotebookNode
    ) -> dict[str, float | None]:
        """What the gradebook holds of it from now on: the scores that were given by tests."""
        scores = {one["step"]["grade_id"]: one["score"] for one in graded["steps"] if one["step"]["role"] == "test"}
        handed_in, book = self._find(assignment, submission)
        stubs = {cell.name: cell.checksum for cell in book.notebook.source_cells}
        blank = {
            name
            for name, cell in _named(notebook).items()
            if cell.metadata.nbgrader.solution and utils.compute_checksum(cell) == stubs.get(name)
        }
        for grade in book.grades:
            grade.auto_score = 0.0 if graded["refused"] or grade.name in blank else scores.get(grade.name)
            grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        for comment in book.comments:
            comment.auto_comment = "No response." if comment.name in blank else None
        if not graded["refused"]:
            for name, cell in _named(notebook).items():
                cell.metadata.nbgrader |= {"checksum": stubs.get(name), "cell_type": cell.cell_type}
            written = nbformat.writes(notebook).encode()  # type: ignore[no-untyped-call]
            folder = self._course.folder("autograded", submission.student, assignment.name)
            write_whole(folder, {f"{assignment.name}.ipynb": written, **submission.papers()})
        self._gradebook.db.flush()
        book.late_submission_penalty = self._penalty(book, handed_in, submission)
        return {grade.name: grade.auto_score for grade in book.grades}

    def _find(self, assignment: Assignment, submission: Submission) -> tuple[Any, Any]:
        """The gradebook's submission, and its notebook; with no scores yet, if it is new."""
        self._gradebook.update_or_create_student(submission.student)
        stamp = {} if submission.timestamp is None else {"timestamp": submission.timestamp}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SQLAlchemy's, of nbgrader's order of adding things
            handed_in = self._gradebook.update_or_create_submission(assignment.name, submission.student, **stamp)
        (book,) = (book for book in handed_in.notebooks if book.name == assignment.name)
        return handed_in, book

    def cards(self, assignment: Assignment) -> dict[str, Card]:
        """What each student got whose submission the gradebook knows."""
        known = self._patiently(lambda: self._gradebook.assignment_submissions(assignment.name))
        return {handed_in.student.id: self._card(assignment, handed_in) for handed_in in known}

    def _card(self, assignment: Assignment, handed_in: Any) -> Card:
        student = handed_in.student
        (book,) = (book for book in handed_in.notebooks if book.name == assignment.name)
        penalty = book.late_submission_penalty or 0.0
        return Card(
            student.first_name or "",
            student.last_name or "",
            f"{handed_in.timestamp:%Y-%m-%d %H:%M} UTC" if handed_in.timestamp else "",
            max(book.score - penalty, 0.0),
            book.max_score,
            penalty,
            {grade.name: grade.score for grade in book.grades},
            {comment.name: comment.manual_comment for comment in book.comments if comment.manual_comment},
        )

    def names(self) -> dict[str, str]:
        """What each student is called whose name the gradebook knows."""
        known = self._patiently(
            lambda: self._gradebook.db.query(api.Student.id, api.Student.first_name, api.Student.last_name).all()
        )
        return {student: name for student, *names in known if (name := " ".join(filter(None, names)))}

    def enroll(self, people: Iterable[Person]) -> int:
        """Enter the students, or what has changed of them; how many there are."""
        people = list(people)

        def enter() -> None:
            with _one_transaction(self._gradebook.db):
                for person in people:
                    about = {name: value for name, value in person._asdict().items() if name != "id" and value}
                    self._gradebook.update_or_create_student(person.id, **about)

        self._patiently(enter)
        return len(people)

    def _penalty(self, book: Any, handed_in: Any, submission: Submission) -> float | None:
        """What nbgrader's plug-in takes for being late."""
        late = handed_in.total_seconds_late
        if late <= 0:
            return None
        rule = AssignLatePenalties(config=self._course.config)
        rule.init_plugin()
        penalty = rule.plugin_inst.late_submission_penalty(submission.student, book.score, late)
        return None if penalty is None else float(rule._check_late_penalty(book, penalty))


@contextlib.contextmanager
def alembic_is_found() -> Iterator[None]:
    """nbgrader makes its database by a command of this environment, whether it is activated or not."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, each whole or not at all; never through a link that somebody has put there."""
    if folder.is_symlink():
        folder.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("*.part"):  # by a run that was killed
        left.unlink()
    for name, content in files.items():
        handle, part = tempfile.mkstemp(dir=folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(part, 0o644)
            os.replace(part, folder / name)
        except BaseException:
            os.unlink(part)
            raise


def _warn(words: str) -> None:
    print(f"mathml: {words}", file=sys.stderr, flush=True)


def _named(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that nbgrader knows by name."""
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}


@contextlib.contextmanager
def _one_transaction(db: Any) -> Iterator[None]:
    """nbgrader commits after each of its steps; here, all of them count together, or none."""
    session = db()
    session.commit = session.flush
    try:
        yield
        del session.commit
        session.commit()
    except BaseException:
        vars(session).pop("commit", None)
        with contextlib.suppress(Exception):  # the connection may be gone, and with it the transaction
            session.rollback()
        raise


def _not_answering(error: BaseException | None) -> str | None:
    """In words, why the database does not answer; None if something else is wrong."""
    while error is not None:
        if isinstance(error, (OperationalError, InterfaceError)):
            words = str(error.orig).strip().splitlines()[0]
            if "disk" in words and "full" in words:
                raise OSError(words) from error
            return words
        error = error.__cause__ or error.__context__
    return None


def _notebook(assignment: Assignment, steps: list[dict[str, Any]]) -> NotebookNode:
    """The instructor's notebook with what the student wrote, and what came of it."""
    instructors, cells = assignment.notebook.cells, list[dict[str, Any]]()
    for graded in steps:
        step = graded["step"]
        own = {"cell_type": step["kind"], "metadata": {}, "id": f"own-{len(cells)}"}
        cell = dict(own if step["role"] == "own" else instructors[step["place"]]) | {"source": step["source"]}
        if step["kind"] == "code":
            cell |= {"outputs": graded["outputs"], "execution_count": None}
        cells.append(cell)
    notebook: NotebookNode = nbformat.from_dict(dict(assignment.notebook) | {"cells": cells})  # type: ignore[no-untyped-call]
    return notebook
