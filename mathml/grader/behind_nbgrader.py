"""The grader behind `nbgrader autograde` and Formgrader's button: one preprocessor in place of all of nbgrader's.

    c.Autograde.sanitize_preprocessors = ["mathml.grader.behind_nbgrader.GradeApart"]
    c.Autograde.autograde_preprocessors = []

nbgrader still reads what was handed in, one after the other, and copies files that lie beside a notebook; what is run,
judged and recorded is as `mathml grade` does it.
"""

from pathlib import Path
from typing import Any

import nbformat
from nbgrader.converters.base import NbGraderException  # type: ignore[import-untyped]
from nbgrader.preprocessors import NbGraderPreprocessor  # type: ignore[import-untyped]
from traitlets import Bool, Float

from mathml.grader.classroom import Run, Settings
from mathml.grader.courses import Course
from mathml.grader.pool import Unsandboxed, Walls

__all__ = ["GradeApart"]


class GradeApart(NbGraderPreprocessor):  # type: ignore[misc]
    """Grades the notebook that nbgrader is about to convert, records it, and gives back what was graded."""

    seconds = Float(30.0, help="that a cell, or a test, may take").tag(config=True)
    allow_unsandboxed = Bool(False, help="run students' code with your own rights where there is no sandbox").tag(
        config=True
    )

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        about = resources["nbgrader"]
        course = Course(Path.cwd(), self.config)  # nbgrader works in the course's folder
        assignment = course.assignment(about["assignment"])
        submissions = [one for one in course.submissions(assignment.name) if one.student == about["student"]]
        settings = Settings(1, seconds=self.seconds, walls=Walls(not self.allow_unsandboxed), again=True)
        try:
            with Run(course, assignment, submissions, settings) as run:
                for outcome in run.grade():
                    for note in outcome.notes:
                        self.log.warning("%s: %s", outcome.student, note)
                run.record_changes()
        except Unsandboxed as why:
            raise NbGraderException(f"{why}; see `mathml grade --allow-unsandboxed`") from None
        graded = course.folder("autograded", about["student"], assignment.name) / f"{assignment.name}.ipynb"
        return nbformat.read(graded, as_version=4), resources  # type: ignore[no-untyped-call]
