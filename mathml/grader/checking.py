"""The visible tests of one notebook, for the student who writes it: by the engine that will grade it."""

from pathlib import Path
from typing import Any, NamedTuple

import nbformat

from mathml.course.cells import grade_id, is_solution, is_test, source
from mathml.grader.courses import CONFIG, Assignment, Submission
from mathml.grader.fanout import grade_all
from mathml.grader.feedback import visible
from mathml.grader.pool import Unsandboxed, Walls

__all__ = ["Verdict", "check_notebook"]


class Verdict(NamedTuple):
    """What the visible tests of an exercise say.

    messages : of those that fail
    """

    exercise: str
    passed: int
    tests: int
    messages: tuple[str, ...]


def check_notebook(path: Path, seconds: float) -> list[Verdict]:
    """Run the visible tests as they were released, or as they stand in the notebook where there is no release.

    Raises
    ------
    Refused, OSError
        If there is no notebook that can be read.
    """
    written = Submission("", path.stem, path).read()
    released = next((found for folder in path.resolve().parents if (found := _release(folder, path.stem))), path)
    notebook = nbformat.read(released, as_version=4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        if is_test(cell):
            cell.source = visible(source(cell))
    task = {"instructors": Assignment(path.stem, notebook).cells, "notebook": written, "seconds": seconds}
    try:
        ((_, graded),) = grade_all([task], workers=1)
    except Unsandboxed:  # it is the student's own code, on the student's own machine
        ((_, graded),) = grade_all([task], Walls(sandbox=False), workers=1)
    if graded["refused"]:
        raise ValueError(f"{path}: {graded['refused']}")
    exercises = [grade_id(cell) for cell in notebook.cells if is_solution(cell)]
    return [_verdict(exercise, graded["steps"]) for exercise in exercises]


def _release(folder: Path, name: str) -> Path | None:
    path = folder / "release" / name / f"{name}.ipynb"
    return path if (folder / CONFIG).is_file() and path.is_file() else None


def _verdict(exercise: str, steps: list[dict[str, Any]]) -> Verdict:
    asked = [
        one
        for one in steps
        if one["step"]["role"] == "test"
        and one["step"]["source"]
        and one["step"]["grade_id"].partition("-")[0] == exercise
    ]
    failed = [one for one in asked if one["score"] < one["step"]["points"]]
    said = [output["evalue"] for one in failed for output in one["outputs"] if output["output_type"] == "error"]
    return Verdict(exercise, len(asked) - len(failed), len(asked), tuple(dict.fromkeys(said)))
