"""What was graded, in nbgrader's gradebook and in its folder of graded notebooks.

Each student's scores are one transaction. A score that was given by hand stays.
"""

import os
import tempfile
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import utils  # type: ignore[import-untyped]
from nbgrader.api import Gradebook, MissingEntry  # type: ignore[import-untyped]
from nbgrader.preprocessors import AssignLatePenalties  # type: ignore[import-untyped]

from mathml.grader.courses import Assignment, Course, Submission

__all__ = ["Record"]


class Record:
    """The gradebook of a course, open for one writer.

    Raises
    ------
    LookupError
        If the gradebook does not know an assignment: it was never released.
    """

    def __init__(self, course: Course) -> None:
        self._course = course
        self._gradebook = Gradebook(course.db_url, course.course_id)

    def __enter__(self) -> "Record":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._gradebook.close()

    def require(self, assignment: Assignment) -> None:
        """See to it that the gradebook knows the assignment as it is now."""
        try:
            known = self._gradebook.find_notebook(assignment.name, assignment.name)
        except MissingEntry:
            raise LookupError(
                f"the gradebook does not know {assignment.name}: run `nbgrader generate_assignment {assignment.name}`"
            ) from None
        cells = {cell.name for cell in (*known.grade_cells, *known.solution_cells)}
        now = {cell["metadata"]["nbgrader"].get("grade_id") for cell in assignment.cells if _counts(cell)}
        if cells != now:
            odd = ", ".join(sorted(map(str, cells ^ now)))
            raise LookupError(
                f"the gradebook knows {assignment.name} with other cells ({odd}): run "
                f"`nbgrader generate_assignment {assignment.name} --force`"
            )

    def save(self, assignment: Assignment, submission: Submission, graded: dict[str, Any]) -> None:
        """Write what was graded; a submission that was refused gets no points, and no notebook."""
        notebook = _notebook(assignment, graded["steps"])
        scores = {step[3]: score for step, _, score in graded["steps"] if step[0] == "test"}
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
            self._write(notebook, stubs, self._course.folder("autograded", submission.student, assignment.name))
        self._gradebook.db.flush()
        book.late_submission_penalty = self._penalty(book, handed_in, submission)
        self._gradebook.db.commit()

    def _find(self, assignment: Assignment, submission: Submission) -> tuple[Any, Any]:
        """The gradebook's submission, and its notebook; with no scores yet, if it is new."""
        self._gradebook.update_or_create_student(submission.student)
        stamp = {} if submission.timestamp is None else {"timestamp": submission.timestamp}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SQLAlchemy's, of nbgrader's order of adding things
            handed_in = self._gradebook.update_or_create_submission(assignment.name, submission.student, **stamp)
        (book,) = (book for book in handed_in.notebooks if book.name == assignment.name)
        return handed_in, book

    def _write(self, notebook: NotebookNode, stubs: dict[str, str], folder: Path) -> None:
        """All of it, or nothing; never through a link that somebody has put there."""
        for name, cell in _named(notebook).items():
            cell.metadata.nbgrader |= {"checksum": stubs.get(name), "cell_type": cell.cell_type}
        if folder.is_symlink():
            folder.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            nbformat.write(notebook, file)  # type: ignore[no-untyped-call]
        os.chmod(part, 0o644)
        os.replace(part, folder / f"{folder.name}.ipynb")

    def _penalty(self, book: Any, handed_in: Any, submission: Submission) -> float | None:
        """What nbgrader's plug-in takes for being late."""
        late = handed_in.total_seconds_late
        if late <= 0:
            return None
        rule = AssignLatePenalties(config=self._course.config)
        rule.init_plugin()
        penalty = rule.plugin_inst.late_submission_penalty(submission.student, book.score, late)
        return None if penalty is None else float(rule._check_late_penalty(book, penalty))


def _named(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that nbgrader knows by name."""
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}


def _counts(cell: dict[str, Any]) -> bool:
    of_nbgrader = cell["metadata"]["nbgrader"]
    return bool(of_nbgrader.get("grade") or of_nbgrader.get("solution") or of_nbgrader.get("task"))


def _notebook(assignment: Assignment, steps: list[list[Any]]) -> NotebookNode:
    """The instructor's notebook with what the student wrote, and what came of it."""
    instructors, cells = assignment.notebook.cells, list[dict[str, Any]]()
    for (role, kind, source, _, _, place), outputs, _ in steps:
        own = {"cell_type": kind, "metadata": {}, "id": f"own-{len(cells)}"}
        cell = dict(own if role == "own" else instructors[place]) | {"source": source}
        if kind == "code":
            cell |= {"outputs": outputs, "execution_count": None}
        cells.append(cell)
    notebook: NotebookNode = nbformat.from_dict(dict(assignment.notebook) | {"cells": cells})  # type: ignore[no-untyped-call]
    return notebook
