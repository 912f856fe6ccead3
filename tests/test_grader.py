"""Submissions that a grader has to survive, graded for real: what each gets, and that nothing of it is left.

Each file of tests/attacks is one: a notebook, or the cells of one. Its first exercise is what it attacks; its second is
answered rightly, and must get its points whatever the first does.
"""

import json
import os
import re
from pathlib import Path

import pytest

from mathml.grader.pool import Graders

FOLDER = Path(__file__).parent / "attacks"
ATTACKS = sorted(FOLDER.glob("*.py"))
# What notebooks must get that were tampered with: the points of each exercise, and what is noted or why it is refused.
NOTEBOOKS = {
    "skip_execution": ({"scale": 5}, ""),
    "duplicated_cell": ({"mean": 10, "scale": 5}, "the cell mean came twice: the first counts"),
    "deleted_tests": ({"mean": 10, "scale": 5}, ""),
    "moved_tests": ({"mean": 10, "scale": 5}, ""),
    "emptied_tests": ({"scale": 5}, ""),
    "more_points": ({"scale": 5}, ""),
    "solution_as_test": ({"scale": 5}, ""),
    "markdown_answer": ({"scale": 5}, ""),
    "own_tests": ({"scale": 5}, ""),
    "stored_outputs": ({"scale": 5}, ""),
    "odd_cells": ({"mean": 10, "scale": 5}, ""),
    "truncated": ({}, "it is no notebook"),
    "other_encoding": ({}, "it is no notebook"),
    "format_3": ({}, "it is no notebook of format 4"),
    "deep": ({}, "it is no notebook"),
}
SECONDS = 3.0
NOTHING = {"mean": 0.0, "scale": 0.0, "share": 0.0, "slope": 0.0}


def cell(source, name="", kind="code", **of_nbgrader):
    return {"cell_type": kind, "source": source, "metadata": {"nbgrader": {"grade_id": name, **of_nbgrader}}}


def test(name, points, source):
    return cell(source, name, grade=True, points=points)


test.__test__ = False

ASSIGNMENT = [
    cell("import numpy as np\n\nfrom mathml.check import check, from_scratch", "setup"),
    cell("the solution", "mean", solution=True),
    test("mean-basics", 3, "check(mean, [1, 2, 3, 6], gives=3, hint='add up, and divide')"),
    test("mean-alone", 3, "check(mean, [7.5], gives=7.5)"),
    test("mean-hidden", 4, "expected = 2.5\ncheck(mean, [1, 4], gives=expected, hint='secret hint', hidden=True)"),
    cell("the solution", "scale", solution=True),
    test("scale-basics", 5, "check(scale, np.array([1.0, 2.0]), 2, gives=[2, 4])"),
    cell("the solution", "share", solution=True),
    test("share-part", 4, "4 * share([1, 1])"),  # as many points as it ends in
    cell("the solution", "slope", solution=True),
    test(
        "slope-lent",
        2,
        "steepness = 432.1\n\n\ndef line(x):\n    return steepness * x\n\n\ncheck(slope, line, gives=steepness)",
    ),
]
SCALE = "def scale(x, s):\n    return s * x"


pytestmark = pytest.mark.usefixtures("walls")


@pytest.fixture(scope="module")
def grader(walls):
    with Graders() as grader:
        yield grader


def notebook(*cells):
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}


def attack(path):
    """The cells of an attack, and what it must get."""
    head, *parts = path.read_text(encoding="utf-8").split("# %% ")
    gets = {name: float(points) for name, points in re.findall(r"(\w+) (\d+)", head.partition("# gets:")[2])}
    says = re.search(r"# says: (.*)", head)
    cells = [cell("", "setup")]
    for part in parts:
        where, _, source = part.partition("\n")
        cells.append(cell(source, "" if where == "own" else where, solution=True))
    return [*cells, cell(SCALE, "scale", solution=True)], gets, says[1] if says else ""


def grade(grader, cells):
    return grade_bytes(grader, json.dumps(notebook(*cells)).encode())


def grade_bytes(grader, written):
    return grader.grade({"instructors": ASSIGNMENT, "notebook": written, "seconds": SECONDS})


def scores(graded):
    """The points of each exercise."""
    found = dict(NOTHING)
    for one in graded["steps"]:
        if one["step"]["role"] == "test":
            found[one["step"]["grade_id"].partition("-")[0]] += one["score"]
    return found


def said(graded, *roles):
    """All that was put out, by steps of these roles."""
    return json.dumps([one["outputs"] for one in graded["steps"] if not roles or one["step"]["role"] in roles])


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.stem)
def test_an_attack_gets_what_it_must(grader, path):
    cells, gets, says = attack(path)
    graded = grade(grader, cells)
    assert graded["refused"] == ""
    assert scores(graded) == NOTHING | gets
    assert says in said(graded)
    assert all(len(json.dumps(one["outputs"])) < 3_000_000 for one in graded["steps"])
    assert len(said(graded)) < 12_000_000
    assert not re.search("LEAKED|FOUND|WROTE|BECAME|UNSHARED|MOUNTED|TRACED|TOOK", said(graded))
    assert "secret hint" not in said(graded, "answer", "own", "given")
    others = grade(grader, attack(ATTACKS[0].with_name("honest.py"))[0])  # nothing of it is left
    assert scores(others) == NOTHING | {"mean": 10, "scale": 5}


def test_there_are_fifty_and_more():
    assert len(ATTACKS) >= 50


# --- notebooks that were tampered with ------------------------------------------------------------

RIGHT = "def mean(x):\n    return sum(x) / len(x)"
WRONG = "def mean(x):\n    return 0"


def answers(mean):
    return [cell("", "setup"), cell(mean, "mean", solution=True), cell(SCALE, "scale", solution=True)]


def test_every_notebook_of_the_folder_is_graded_here():
    assert set(NOTEBOOKS) == {path.stem for path in FOLDER.glob("*.ipynb")}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_gets_what_it_must_and_the_class_goes_on(grader, name):
    gets, says = NOTEBOOKS[name]
    graded = grade_bytes(grader, (FOLDER / f"{name}.ipynb").read_bytes())
    assert scores(graded) == NOTHING | gets
    assert says in " ".join([*graded["notes"], graded["refused"]])
    assert "\n" not in graded["refused"]
    assert bool(graded["refused"]) == (not gets)
    assert scores(grade(grader, answers(RIGHT))) == NOTHING | {"mean": 10, "scale": 5}


def test_what_is_too_large_is_refused(grader):
    assert "more than 20,000,000 bytes" in grade_bytes(grader, b" " * 20_000_001)["refused"]


# --- honest work ----------------------------------------------------------------------------------


def test_hints_are_told_and_hidden_inputs_are_not(grader):
    graded = grade(grader, answers(WRONG))
    assert "add up, and divide" in said(graded, "test")
    assert "mean([1, 2, 3, 6]) should be 3" in said(graded, "test")
    assert "secret hint" in said(graded, "test")
    assert "[1, 4]" not in said(graded, "test")


def test_the_line_of_an_error_is_told(grader):
    graded = grade(grader, answers("def mean(x):\n    total = 0\n    return total / 0"))
    assert "in line 3: return total / 0" in said(graded, "test")


def test_pictures_and_results_are_kept(grader):
    plot = "import matplotlib.pyplot as plt\n\nplt.plot([1, 2])\nplt.show()\n6 * 7"
    graded = grade(grader, [*answers(RIGHT), cell(plot)])
    [outputs] = [one["outputs"] for one in graded["steps"] if one["step"]["role"] == "own"]
    assert [output["output_type"] for output in outputs] == ["display_data", "execute_result"]
    assert "image/png" in outputs[0]["data"]
    assert outputs[1]["data"]["text/plain"] == "42"


def test_nothing_is_left_when_it_is_done(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = os.listdir("/proc/self/fd")
    with Graders() as grader:
        for name in ("left_behind.py", "detached.py", "fork_bomb.py", "endless_cell.py", "endless_swallow.py"):
            grade(grader, attack(ATTACKS[0].with_name(name))[0])
        warm = grader._process.pid
    assert os.listdir("/proc/self/fd") == before
    assert not list(tmp_path.iterdir())
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        assert int(fields[3]) != warm or fields[0] == "Z", f"{status} is of the session of {warm}"
