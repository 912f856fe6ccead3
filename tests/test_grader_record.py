"""What the grader records is what `nbgrader autograde` records, for honest work; and the command that does it."""

import datetime
import json
import shutil

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config.loader import PyFileConfigLoader

from mathml import cli
from mathml.grader.corpus import read_corpus, submissions
from mathml.grader.demo import release
from tools.corpus import CORPUS, ROOT, SOURCES, assignments
from tools.notebooks import read, text

pytestmark = pytest.mark.usefixtures("walls")


def nbgrader(course, stock=False):
    """nbgrader's commands, as this course sets them; or with nbgrader's own way of grading."""
    config = PyFileConfigLoader("nbgrader_config.py", str(course)).load_config()
    if stock:
        del config["Autograde"]
    return NbGraderAPI(config=config)


def released(folder, name):
    course = folder / "course"
    shutil.copytree(SOURCES / name, course / "source" / name)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    release(course, name)
    return course


def hand_in(course, name, student, answers, stamp=None):
    notebook = read(course / "release" / name / f"{name}.ipynb")
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}
    for answer in answers:
        cells[answer.exercise].source = answer.source
    path = course / "submitted" / student / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(text(notebook), encoding="utf-8")
    if stamp:
        (path.parent / "timestamp.txt").write_text(stamp)
    return path


def recorded(course, name, student):
    """All that the gradebook knows of a submission."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        book = gradebook.find_submission_notebook(name, name, student)
        return {
            "score": (book.score, book.max_score, book.needs_manual_grade, book.late_submission_penalty),
            "stamp": book.assignment.timestamp,
            "grades": {(g.name, g.auto_score, g.manual_score, g.needs_manual_grade) for g in book.grades},
            "comments": {(comment.name, comment.auto_comment) for comment in book.comments},
        }


def errors(cell):
    said = [out.evalue.splitlines() for out in cell.get("outputs", ()) if out.output_type == "error"]
    return [(lines[0], lines[-1]) for lines in said]


def verdicts(course, name, student):
    """Of the graded notebook, what each cell is, and of what its test said the question and the hint.

    The wrong number between them may be one that rounding decides, which differs between one kernel and another.
    """
    notebook = read(course / "autograded" / student / name / f"{name}.ipynb")
    return [(cell.id, cell.source, cell.metadata.get("nbgrader"), errors(cell)) for cell in notebook.cells]


def grade(course, name, *options):
    return cli.main(["grade", name, "--course", str(course), *options])


@pytest.mark.parametrize("name", assignments())
def test_it_is_what_nbgrader_records(tmp_path, name):
    course = released(tmp_path, name)
    rows = submissions(read_corpus(CORPUS / name))
    hand_in(
        course, name, "ada", rows[3][:6], "2026-11-23 10:00:00 UTC"
    )  # some right, most wrong, and some not answered
    copy = shutil.copytree(course, tmp_path / "copy")
    assert nbgrader(copy, stock=True).autograde(name, "ada")["success"]
    assert grade(course, name) == 0
    assert recorded(course, name, "ada") == recorded(copy, name, "ada")
    assert verdicts(course, name, "ada") == verdicts(copy, name, "ada")


@pytest.fixture
def course(tmp_path):
    return released(tmp_path, "vectors")


def right():
    return submissions(read_corpus(CORPUS / "vectors"))[0]


def test_a_class_is_graded_and_what_needs_a_look_is_said(course, capsys):
    hand_in(course, "vectors", "ada", right())
    hand_in(course, "vectors", "ben", right()[:3])
    hand_in(course, "vectors", "cleo", []).write_text('{"cells": ')
    assert grade(course, "vectors", "--workers", "2") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "ada      100 / 100"
    assert lines[1].startswith("ben ")
    assert lines[2].startswith("cleo       0 / 100  it is no notebook: ")
    assert lines[-1].endswith("1 to be looked at")
    assert recorded(course, "vectors", "cleo")["score"][:2] == (0, 100)
    assert not list(course.rglob("*.part"))


def test_one_student_as_json(course, capsys):
    for student in ("ada", "ben"):
        hand_in(course, "vectors", student, right())
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student("ben", first_name="Ben", last_name="Ochs")
    assert grade(course, "vectors", "--student", "ben", "--json") == 0
    assert json.loads(capsys.readouterr().out) == [
        {"student": "ben", "name": "Ben Ochs", "score": 100, "most": 100, "before": None, "why": "new", "notes": []}
    ]
    assert not (course / "autograded" / "ada").exists()


def test_a_score_that_was_given_by_hand_stays(course):
    hand_in(course, "vectors", "ada", right())
    assert grade(course, "vectors") == 0
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.find_grade("taste-basics", "vectors", "vectors", "ada").manual_score = 1
        gradebook.db.commit()
    assert grade(course, "vectors", "--force") == 0
    found = recorded(course, "vectors", "ada")
    assert ("taste-basics", 3.0, 1.0, True) in found["grades"]
    assert found["score"][0] == 98


def test_what_comes_late_says_when(course):
    hand_in(course, "vectors", "ada", right(), "2026-11-23 10:00:00 UTC")
    assert grade(course, "vectors") == 0
    assert recorded(course, "vectors", "ada")["stamp"] == datetime.datetime(2026, 11, 23, 10)


def test_a_link_to_another_students_folder_is_not_written_through(course):
    hand_in(course, "vectors", "ada", right())
    elsewhere = course / "elsewhere"
    elsewhere.mkdir()
    (course / "autograded" / "ada").mkdir(parents=True)
    (course / "autograded" / "ada" / "vectors").symlink_to(elsewhere)
    assert grade(course, "vectors") == 0
    assert not list(elsewhere.iterdir())
    assert (course / "autograded" / "ada" / "vectors" / "vectors.ipynb").is_file()


def test_what_cannot_be_graded_is_said(course, tmp_path, capsys):
    for arguments, words in [
        (["nothing", "--course", str(course)], "there is no assignment 'nothing'; there are: vectors"),
        (["vectors", "--course", str(course)], "nothing was handed in for vectors"),
        (["vectors", "--course", str(tmp_path)], f"{tmp_path} is no course: there is no nbgrader_config.py"),
    ]:
        assert cli.main(["grade", *arguments]) == 2
        assert words in capsys.readouterr().err
    hand_in(course, "vectors", "ada", right())
    assert grade(course, "vectors", "--student", "eve") == 2
    assert "nothing was handed in for vectors by eve" in capsys.readouterr().err
    (course / "gradebook.db").unlink()
    assert grade(course, "vectors") == 2
    assert "the gradebook does not know vectors: run `nbgrader generate_assignment vectors`" in capsys.readouterr().err


# --- behind nbgrader's own commands ---------------------------------------------------------------


def test_nbgraders_own_command_grades_apart(course):
    hand_in(course, "vectors", "ada", right())
    hand_in(course, "vectors", "ben", right()[:3], "2026-11-23 10:00:00 UTC")
    other = shutil.copytree(course, course.parent / "other")
    assert grade(other, "vectors") == 0
    for student in ("ada", "ben"):
        done = nbgrader(course).autograde("vectors", student)
        assert done["success"], done["error"]
        assert recorded(course, "vectors", student) == recorded(other, "vectors", student)
        assert verdicts(course, "vectors", student) == verdicts(other, "vectors", student)
    assert grade(course, "vectors") == 0  # and nothing is left to do
    done = nbgrader(course).generate_feedback("vectors", "ben")
    assert done["success"], done["error"]
    page = (course / "feedback" / "ben" / "vectors" / "vectors.html").read_text(encoding="utf-8")
    assert "not answered yet" in page
    assert "HIDDEN TESTS" not in page
    assert "<script" not in page


def test_by_nbgraders_own_command_too_a_submission_cannot_give_itself_marks(course):
    path = hand_in(course, "vectors", "eve", [])
    notebook = read(path)
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution"]
    hook = "get_ipython().input_transformers_cleanup.append(lambda lines: [])"
    notebook.cells.insert(0, nbformat.v4.new_code_cell(hook))
    path.write_text(text(notebook), encoding="utf-8")
    assert nbgrader(course).autograde("vectors", "eve")["success"]
    assert recorded(course, "vectors", "eve")["score"][0] == 0
