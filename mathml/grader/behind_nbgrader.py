"""The grader behind nbgrader's own commands and Formgrader's buttons.

    c.Autograde.sanitize_preprocessors = ["mathml.grader.behind_nbgrader.GradeApart"]
    c.Autograde.autograde_preprocessors = []
    c.GenerateFeedback.exporter_class = "mathml.grader.behind_nbgrader.FeedbackPage"

nbgrader still reads what was handed in, one after the other, and copies files that lie beside a notebook; what is run,
judged, recorded and told is as `mathml grade` and `mathml feedback` do it.
"""

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import Exporter
from nbgrader.converters.base import NbGraderException  # type: ignore[import-untyped]
from nbgrader.preprocessors import NbGraderPreprocessor  # type: ignore[import-untyped]
from traitlets import Bool, Float

from mathml.grader.classroom import Run, Settings
from mathml.grader.courses import Assignment, Course, Submission
from mathml.grader.feedback import feedback_pages
from mathml.grader.pool import Unsandboxed, Walls

__all__ = ["FeedbackPage", "GradeApart"]


class GradeApart(NbGraderPreprocessor):  # type: ignore[misc]
    """Grades the notebook that nbgrader is about to convert, records it, and gives back what was graded."""

    seconds = Float(30.0, help="that a cell, or a test, may take").tag(config=True)
    allow_unsandboxed = Bool(False, help="run students' code with your own rights where there is no sandbox").tag(
        config=True
    )

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        course, assignment, submission = _about(self.config, resources)
        settings = Settings(1, seconds=self.seconds, walls=Walls(not self.allow_unsandboxed), again=True)
        try:
            with Run(course, assignment, [submission], settings) as run:
                for outcome in run.grade():
                    for note in outcome.notes:
                        self.log.warning("%s: %s", outcome.student, note)
                run.record_changes()
        except Unsandboxed as why:
            raise NbGraderException(f"{why}; see `mathml grade --allow-unsandboxed`") from None
        graded = course.folder("autograded", submission.student, assignment.name) / f"{assignment.name}.ipynb"
        return nbformat.read(graded, as_version=4), resources  # type: ignore[no-untyped-call]


class FeedbackPage(Exporter):
    """Makes the page that `mathml feedback` makes, in place of one that holds the hidden tests."""

    file_extension = ".html"

    def from_filename(self, filename: str, resources: Any = None, **_: Any) -> tuple[str, Any]:  # type: ignore[override]
        course, assignment, submission = _about(self.config, resources)
        made = [html for _, html in feedback_pages(course, assignment, [submission])]
        if not made:
            raise NbGraderException(
                f"{submission.student} was graded otherwise: grade again, and then make the feedback"
            )
        return made[0], resources | {"output_extension": self.file_extension}


def _about(config: Any, resources: dict[str, Any]) -> tuple[Course, Assignment, Submission]:
    """What nbgrader is busy with; it works in the course's folder."""
    course, about = Course(Path.cwd(), config), resources["nbgrader"]
    assignment = course.assignment(about["assignment"])
    (submission,) = (one for one in course.submissions(assignment.name) if one.student == about["student"])
    return course, assignment, submission
