"""A course with one small assignment, of which a class hands in answers; grading takes no time at all."""

import contextlib
import json
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from traitlets.config.loader import PyFileConfigLoader

from mathml import cli
from mathml.grader.demo import release

ROOT = Path(__file__).resolve().parent.parent
NAME = "small"
RIGHT = "def mean(x):\n    return sum(x) / len(x)"
WRONG = "def mean(x):\n    return sum(x)"
HIDDEN = (
    "### BEGIN HIDDEN TESTS\ncheck(mean, [1, 4321], gives=2161, hint='divide, too', hidden=True)\n### END HIDDEN TESTS"
)


def cell(source, name="", kind="code", **of_nbgrader):
    metadata = {"nbgrader": {"schema_version": 3, "grade_id": name, "locked": True} | of_nbgrader} if name else {}
    of_code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": name or "own", "source": source, "metadata": metadata} | of_code


def answer(name, source):
    return cell(source, name, solution=True, grade=False, locked=False)


def words(name, source):
    """An answer in words, which is graded by hand."""
    return cell(source, name, "markdown", solution=True, grade=True, points=0, locked=False)


def test(name, points, source):
    return cell(source, name, solution=False, grade=True, points=points)


test.__test__ = False


def notebook(*cells):
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)})


def assignment(second="check(mean, [7.5], gives=7.5)", more=()):
    return notebook(
        cell("from mathml.check import check", "setup", solution=False, grade=False),
        answer("mean", f"### BEGIN SOLUTION\n{RIGHT}\n### END SOLUTION"),
        test("mean-basics", 3, "check(mean, [1, 2, 3, 6], gives=3, hint='add up, and divide')"),
        test("mean-alone", 3, second),
        test("mean-hidden", 4, HIDDEN),
        *more,
    )


def make(folder, source=None, db_url=None):
    """The course's folder, with a gradebook that knows the assignment."""
    course = folder / "course"
    (course / "source" / NAME).mkdir(parents=True)
    settings = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    url = f"\nc.CourseDirectory.db_url = {db_url!r}\n" if db_url else ""
    (course / "nbgrader_config.py").write_text(settings + url, encoding="utf-8")
    correct(course, source or assignment())
    return course


def correct(course, source):
    """The instructor writes the assignment, or another version of it."""
    (course / "source" / NAME / f"{NAME}.ipynb").write_text(source, encoding="utf-8")
    release(course, NAME)


def hand_in(course, student, source=RIGHT):
    path = course / "submitted" / student / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebook(answer("mean", source)), encoding="utf-8")
    return path


def grade(course, *options):
    return cli.main(["grade", NAME, "--course", str(course), "--workers", "1", *options])


@contextlib.contextmanager
def gradebook(course):
    config = PyFileConfigLoader("nbgrader_config.py", str(course)).load_config()
    with NbGraderAPI(config=config).gradebook as book:
        yield book


def marks(course):
    """What the gradebook says that each student has."""
    with gradebook(course) as book:
        return {row["student"]: row["score"] for row in book.submission_dicts(NAME)}
