"""The whole corpus through the grader: what nbgrader gives to honest work, the grader gives too.

The tests of an assignment must be such that they can be judged from another process; one that cannot is found here.
"""

import pytest

from mathml.grader.pool import Grader, Unsandboxed
from tools.corpus import CORPUS, ROOT, SOURCES, Result, assignments, faults, filled_in, read_corpus, submissions
from tools.notebooks import read

SECONDS = 60.0


def notebook(folder, name):
    return read(folder / name / f"{name}.ipynb")


def of_nbgrader(cell):
    return dict(cell.metadata.get("nbgrader", {}))


@pytest.mark.parametrize("name", assignments())
def test_apart_every_answer_gets_what_it_gets_in_one_kernel(name):
    instructors = [
        {"cell_type": cell.cell_type, "source": cell.source, "metadata": {"nbgrader": of_nbgrader(cell)}}
        for cell in notebook(SOURCES, name).cells
    ]
    try:
        grader = Grader()
    except Unsandboxed as why:
        pytest.skip(f"the grader needs a sandbox, and {why}")
    found = []
    with grader:
        for answers in submissions(read_corpus(CORPUS / name)):
            cells = filled_in(notebook(ROOT / "release", name), answers).cells
            handed_in = [[cell.cell_type, cell.source, of_nbgrader(cell).get("grade_id", "")] for cell in cells]
            graded = grader.grade({"instructors": instructors, "cells": handed_in, "seconds": SECONDS})
            assert (graded["refused"], graded["notes"]) == ("", [])
            found += [result(answer, graded["steps"]) for answer in answers]
    assert faults(found) == []


def result(answer, steps):
    tests = [step for step in steps if step[0][0] == "test" and step[0][3].partition("-")[0] == answer.exercise]
    messages = [f"{out['ename']}: {out['evalue']}" for _, outputs, _ in tests for out in outputs if "ename" in out]
    return Result(answer, sum(score for *_, score in tests), sum(step[4] for step, *_ in tests), tuple(messages))
