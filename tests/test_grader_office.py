"""Rosters and marks, in the forms of learning-management systems; the report; the class that never was."""

import csv
import io
import os
import re
import shutil
from types import SimpleNamespace

import numpy as np
import pytest

from mathml import cli
from mathml.grader.courses import Course
from mathml.grader.demo import make_class
from mathml.grader.office import fill_in, read_roster
from mathml.grader.record import Card, Person
from mathml.grader.report import report
from mathml.grader.tables import write_csv
from tests.small_course import NAME, RIGHT, ROOT, WRONG, grade, gradebook, hand_in, make

pytestmark = pytest.mark.usefixtures("walls")


def card(score, first="Ada", last="Lovelace"):
    return Card(first, last, "", score, 10.0, 0.0, {}, {})


def written(folder, text):
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    course = make(tmp_path_factory.mktemp("graded"))
    for student, source in {"ada": RIGHT, "ben": WRONG, "cleo": f"# mine\n\n{WRONG}  # all", "dan": ""}.items():
        hand_in(course, student, source)
    assert grade(course) == 0
    return course


# --- tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(name):
    [[cell, number]] = list(csv.reader(io.StringIO(write_csv(["name", "score"], [[name, -1.5]]), newline="")))[1:]
    assert cell == f"'{name}"
    assert number == "-1.5"


def test_commas_quotes_and_lines_stay_in_their_cell():
    names = ["Lovelace, Ada", 'the "first"', "two\nlines"]
    table = write_csv(["name", "score"], [[name, 1] for name in names])
    assert [row["name"] for row in csv.DictReader(io.StringIO(table))] == names
    assert write_csv(["x"], [[float("nan")], [None]]) == 'x\r\n""\r\n""\r\n'


# --- who is in the class --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "person"),
    [
        (
            "id,first_name,last_name,email\nada,Ada,Lovelace,ada@example.org\n",
            Person("ada", "Ada", "Lovelace", "ada@example.org"),
        ),
        (
            "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Vectors (77)\nPoints Possible,,,,,10\n"
            '"Lovelace, Ada",1234,u1,ada@example.org,A,\n',
            Person("1234", "Ada", "Lovelace", "ada@example.org"),
        ),
        (
            "Identifier,Full name,Email address,Status,Grade,Maximum Grade\n"
            "Participant 1234,Ada King Lovelace,ada@example.org,Submitted,,100\n",
            Person("1234", "Ada King", "Lovelace", "ada@example.org"),
        ),
    ],
    ids=["ours", "Canvas", "Moodle"],
)
def test_a_roster_is_read(tmp_path, table, person):
    assert read_roster(written(tmp_path, table)) == [person]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("name,mail\nAda,x\n", "has the columns name, mail: expected id"),
        ("", "is empty"),
        ("id\n../../etc\n", "'../../etc' is no id"),
        ('id\n"ada\n', "is no CSV file"),
    ],
)
def test_another_table_is_refused_and_says_what_came(tmp_path, table, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        read_roster(written(tmp_path, table))


def test_the_class_is_entered_and_named(graded, tmp_path, capsys):
    course = shutil.copytree(graded, tmp_path / "course")
    roster = written(tmp_path, "id,first_name,last_name,email\nada,Ada,Lovelace,\nfay,Fay,Wu,\n")
    for _ in range(2):
        assert cli.main(["roster", str(roster), "--course", str(course)]) == 0
    with gradebook(course) as book:
        assert book.find_student("fay").last_name == "Wu"
        assert len(book.students) == 5
    capsys.readouterr()
    assert cli.main(["marks", NAME, "--course", str(course)]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "id,last_name,first_name,score,of",
        "ada,Lovelace,Ada,10,10",
        "ben,,,3,10",
    ]


def test_a_roster_begins_a_gradebook_in_an_environment_that_is_not_activated(tmp_path, monkeypatch, capsys):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    monkeypatch.setenv("PATH", os.defpath)
    roster = written(tmp_path, "id,first_name,last_name,email\nada,Ada,Lovelace,\n")
    assert cli.main(["roster", str(roster), "--course", str(tmp_path)]) == 0
    assert "students entered into the gradebook: 1" in capsys.readouterr().out


# --- who got what ---------------------------------------------------------------------------------


def test_canvas_table_is_filled_in_and_else_as_it_was(tmp_path):
    table = (
        "Student,ID,SIS Login ID,Section,Other (1),Small (77)\n"
        "    Points Possible,,,,5,20\n"
        '"Lovelace, Ada",1234,=ada,A,4,\n'
        '"Babbage, Ben",1235,ben,A,3,7\n'
    )
    made, unlisted = fill_in(written(tmp_path, table), "small", {"1234": card(7.5), "99": card(1)})
    assert made.replace("\r\n", "\n") == table.replace("=ada,A,4,", "=ada,A,4,15")
    assert unlisted == ["99"]


def test_moodles_table_is_filled_in(tmp_path):
    table = "Identifier,Full name,Grade,Maximum Grade\nParticipant 1234,Ada Lovelace,,100\nParticipant 5,Ben,,100\n"
    made, unlisted = fill_in(written(tmp_path, table), "small", {"1234": card(7.5)})
    assert made.replace("\r\n", "\n") == table.replace("Lovelace,,", "Lovelace,75,")
    assert unlisted == []


def test_a_table_without_a_place_for_marks_is_refused(tmp_path, graded, capsys):
    with pytest.raises(ValueError, match=r"has no column 'small' for the marks, but Student, ID: name it by --column"):
        fill_in(written(tmp_path, "Student,ID\n"), "small", {})
    with pytest.raises(ValueError, match=r"neither Canvas' column ID nor Moodle's Identifier, but name"):
        fill_in(written(tmp_path, "name\n"), "small", {})
    path = written(tmp_path, "Student,ID,Mark\nA,ada,\n")
    assert cli.main(["marks", NAME, "--course", str(graded), "--into", str(path), "--column", "Mark"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == ["Student,ID,Mark", "A,ada,10"]
    assert "not in" in said.err
    assert said.err.rstrip().endswith("ben, cleo, dan")


# --- the report -----------------------------------------------------------------------------------


def found(scores, hints=(), answer="x"):
    """As the journal has it: exercises a and b with one test each, of 5 points."""
    tests = {
        f"{name}-test": {
            "score": score,
            "seconds": 1.0,
            "hint": hint,
            "hidden": False,
            "error": "" if score == 5 else "CheckFailed",
        }
        for name, score, hint in zip("ab", scores, hints or ("", ""), strict=True)
    }
    return {"refused": "", "notes": [], "tests": tests, "answers": {"a": answer, "b": answer}}


SMALL = SimpleNamespace(
    name="small",
    title="small",
    cells=[
        {"cell_type": "code", "source": "", "metadata": {"nbgrader": about}}
        for name in "ab"
        for about in (
            {"grade_id": name, "solution": True},
            {"grade_id": f"{name}-test", "grade": True, "solution": False, "points": 5},
        )
    ],
)


def test_the_statistics_are_what_they_say():
    rng = np.random.default_rng(1)
    scores = rng.integers(0, 6, (40, 2)).astype(float)
    scores[:, 1] = np.clip(scores[:, 0] + rng.integers(-1, 2, 40), 0, 5)
    made = report(SMALL, {f"s{k}": found(row) for k, row in enumerate(scores)})
    a, b = made.exercises
    assert a.easiness == pytest.approx(scores[:, 0].mean() / 5)
    assert a.separates == pytest.approx(b.separates)
    assert a.separates == pytest.approx(np.corrcoef(scores.T)[0, 1])
    covariance = np.cov(scores.T)
    assert made.reliability == pytest.approx(2 * (1 - np.trace(covariance) / covariance.sum()))
    assert a.shares == pytest.approx(
        (np.mean(scores[:, 0] == 5), np.mean((scores[:, 0] > 0) & (scores[:, 0] < 5)), np.mean(scores[:, 0] == 0), 0)
    )
    assert a.seconds == (1.0, 1.0)


def test_where_nobody_differs_there_is_no_correlation():
    made = report(SMALL, {"s1": found((5, 5)), "s2": found((5, 5))})
    assert np.isnan(made.exercises[0].separates)
    assert np.isnan(made.reliability)
    assert "–" in made.files["index.html"]


def test_mistakes_are_counted_and_the_same_wrong_answers_are_found():
    made = report(
        SMALL,
        {
            "s1": found((0, 5), ("divide", ""), "p"),
            "s2": found((0, 5), ("divide", ""), "p"),
            "s3": found((0, 0), ("divide", "=1+1"), "q"),
            "s4": found((5, 5), answer="p"),
        },
    )
    assert made.mistakes == [("a", "divide", 3), ("b", "=1+1", 1)]
    assert made.identical == [("a", ["s1", "s2"])]
    assert "'=1+1" in made.files["mistakes.csv"]


def test_the_report_of_a_class_is_written(graded, capsys):
    assert cli.main(["report", NAME, "--course", str(graded)]) == 0
    folder = graded / "reports" / NAME
    assert {path.name for path in folder.iterdir()} == {
        "index.html",
        *("exercises.csv", "mistakes.csv", "identical.csv", "students.csv"),
    }
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 3
    assert "add up, and divide" in page
    assert "<script" not in page
    identical = (folder / "identical.csv").read_text(encoding="utf-8")
    assert identical.splitlines() == ["exercise,students", "mean,ben cleo"]


def test_without_submissions_there_is_no_report(tmp_path, capsys):
    course = make(tmp_path)
    assert cli.main(["report", NAME, "--course", str(course)]) == 2
    assert "no submission of small was graded: run `mathml grade small`" in capsys.readouterr().err


# --- a class to try it out on ---------------------------------------------------------------------


def test_a_class_is_made_graded_and_reported(tmp_path, capsys):
    folder = tmp_path / "demo"
    assert cli.main(["demo-class", str(folder), "--students", "6", "--course", str(ROOT)]) == 0
    assert cli.main(["grade", "vectors", "--course", str(folder), "--timeout", "3"]) == 1
    said = capsys.readouterr().out
    for words in ("came twice", "it took too long", "it ended", "it is no notebook"):
        assert words in said
    assert cli.main(["roster", str(folder / "roster.csv"), "--course", str(folder)]) == 0
    assert cli.main(["feedback", "vectors", "--course", str(folder)]) == 0
    assert cli.main(["report", "vectors", "--course", str(folder)]) == 0
    assert len(Course(folder).submissions("vectors")) == 6


def test_a_class_is_not_made_over_something_or_from_nothing(tmp_path):
    with pytest.raises(FileExistsError, match="is there already"):
        make_class(ROOT, tmp_path, "vectors", 3)
    with pytest.raises(FileNotFoundError, match="there is no assignment 'nothing'"):
        make_class(ROOT, tmp_path / "new", "nothing", 3)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(ROOT / "source" / "vectors", tmp_path / "source" / "vectors")
    with pytest.raises(FileNotFoundError, match="it is not the instructor's copy"):
        make_class(tmp_path, tmp_path / "new", "vectors", 3)
