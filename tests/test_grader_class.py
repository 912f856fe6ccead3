"""Grading a class: what is due, what changes and why, and what is said of it."""

import json
import os
import shutil

import pytest

from mathml import cli
from mathml.grader.classroom import Run, Settings
from mathml.grader.courses import Course
from mathml.grader.rebuild import LARGEST, Refused
from tests.small_course import NAME, RIGHT, WRONG, assignment, correct, grade, hand_in, make, marks

pytestmark = pytest.mark.usefixtures("walls")


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    return make(tmp_path_factory.mktemp("released"))


@pytest.fixture
def course(released, tmp_path):
    course = shutil.copytree(released, tmp_path / "course")
    hand_in(course, "ada")
    hand_in(course, "ben", WRONG)
    return course


def table(capsys):
    return capsys.readouterr().out.splitlines()


def as_json(course, capsys, *options):
    code = grade(course, "--json", *options)
    return code, {row["student"]: row for row in json.loads(capsys.readouterr().out)}


# --- what is due ----------------------------------------------------------------------------------


def test_what_has_not_changed_is_not_graded_again(course, capsys):
    assert grade(course) == 0
    assert table(capsys)[-1] == "2 graded; 6.5 points on average, 0 to be looked at"
    written = (course / "autograded" / "ada" / "small" / "small.ipynb").stat().st_mtime_ns
    assert grade(course) == 0
    assert table(capsys)[-1] == "0 graded, 2 as before; 6.5 points on average, 0 to be looked at"
    assert (course / "autograded" / "ada" / "small" / "small.ipynb").stat().st_mtime_ns == written
    assert grade(course, "--force") == 0
    assert table(capsys)[-1].startswith("2 graded; ")
    assert marks(course) == {"ada": 10, "ben": 3}


def test_halves_of_characters_are_recorded_and_told(course, capsys):
    """JSON can hold them, and files and terminals cannot."""
    half = 'def mean(x):\n    print("half \ud800")\n    raise ValueError("\udfff")  # \ud800'
    hand_in(course, "ben", half)
    assert grade(course) == 0
    assert marks(course) == {"ada": 10, "ben": 0}
    assert cli.main(["feedback", NAME, "--course", str(course)]) == 0
    assert cli.main(["report", NAME, "--course", str(course)]) == 0
    page = (course / "feedback" / "ben" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "half ?" in page


def test_what_is_handed_in_again_or_later_is_graded(course, capsys):
    grade(course)
    hand_in(course, "ben")
    hand_in(course, "cleo")
    capsys.readouterr()
    assert grade(course) == 0
    assert table(capsys) == [
        "marks that change: 1",
        "ben  3 → 10  handed in again",
        "",
        "ada       10 / 10",
        "ben       10 / 10",
        "cleo      10 / 10",
        "",
        "2 graded, 1 as before; 10.0 points on average, 0 to be looked at",
    ]
    assert marks(course) == {"ada": 10, "ben": 10, "cleo": 10}


def test_another_time_limit_may_change_a_verdict(course, capsys):
    grade(course)
    capsys.readouterr()
    _, rows = as_json(course, capsys, "--timeout", "20")
    assert rows["ada"]["why"] == "seconds 20 instead of 30"


def test_a_gradebook_or_a_graded_notebook_that_was_lost_is_made_again(course, capsys):
    grade(course)
    (course / "autograded" / "ada" / "small" / "small.ipynb").unlink()
    (course / "gradebook.db").unlink()
    correct(course, assignment())
    capsys.readouterr()
    _, rows = as_json(course, capsys)
    assert {row["why"] for row in rows.values()} == {"new"}
    assert marks(course) == {"ada": 10, "ben": 3}
    (course / "autograded" / "ben" / "small" / "small.ipynb").unlink()
    _, rows = as_json(course, capsys)
    assert [rows[student]["why"] for student in ("ada", "ben")] == ["", "new"]


# --- a test that was wrong ------------------------------------------------------------------------


def test_after_a_test_was_corrected_the_changes_are_listed_before_they_are_recorded(course, capsys):
    correct(course, assignment("check(mean, [7.5], gives=8)"))
    grade(course)
    assert marks(course) == {"ada": 7, "ben": 0}
    correct(course, assignment())
    capsys.readouterr()
    course_now = Course(course)
    with Run(course_now, course_now.assignment("small"), course_now.submissions("small"), Settings(1)) as run:
        assert [outcome.has_changed for outcome in run.grade()] == [True, True]
        assert marks(course) == {"ada": 7, "ben": 0}
    assert grade(course) == 0
    assert table(capsys)[:4] == [
        "marks that change: 2",
        "ada  7 → 10  changed: mean-alone",
        "ben  0 → 3   changed: mean-alone",
        "",
    ]
    assert marks(course) == {"ada": 10, "ben": 3}


def test_a_dry_run_says_who_would_change_and_records_nothing(course, capsys):
    grade(course)
    hand_in(course, "ada", WRONG)
    capsys.readouterr()
    assert grade(course, "--dry-run") == 0
    lines = table(capsys)
    assert lines[:2] == ["marks that would change: 1", "ada  10 → 3  handed in again"]
    assert lines[-2:] == [
        "1 would be graded, 1 as before; 3.0 points on average, 0 to be looked at",
        "nothing was recorded",
    ]
    assert marks(course) == {"ada": 10, "ben": 3}


# --- what cannot be read --------------------------------------------------------------------------


def test_what_is_no_file_of_its_own_is_refused(course, tmp_path):
    path = hand_in(course, "eve")
    [eve] = [one for one in Course(course).submissions("small") if one.student == "eve"]
    for make_one, words in [
        (lambda: path.symlink_to(course / "submitted" / "ada" / "small" / "small.ipynb"), "a link"),
        (lambda: path.symlink_to("/dev/zero"), "a link"),
        (path.mkdir, "a folder"),
        (lambda: os.mkfifo(path), "a pipe"),
        (lambda: path.write_bytes(b" " * (LARGEST + 1)), "20,000,001 bytes"),
    ]:
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        make_one()
        with pytest.raises(Refused, match=words):
            eve.read()


def test_another_students_folder_is_not_followed(course, capsys):
    (course / "submitted" / "eve").mkdir()
    (course / "submitted" / "eve" / "small").symlink_to(course / "submitted" / "ada" / "small")
    code, rows = as_json(course, capsys)
    assert code == 1
    assert rows["eve"]["score"] == 0
    assert rows["eve"]["notes"] == ["it is no file of its own, but a link"]


def test_a_folder_without_the_notebook_gets_nothing_and_says_so(course, capsys):
    hand_in(course, "eve").rename(course / "submitted" / "eve" / "small" / "mine.ipynb")
    code, rows = as_json(course, capsys)
    assert code == 1
    assert rows["eve"]["notes"] == ["there is no small.ipynb in it"]
    assert marks(course)["eve"] == 0


@pytest.mark.parametrize("stamp", [b"yesterday", b"\xff", b"9" * 400, b"2026-11-24 10:00:00 Nowhere/City"])
def test_a_time_that_is_none_does_not_stop_the_class(course, stamp):
    (course / "submitted" / "ada" / "small" / "timestamp.txt").write_bytes(stamp)
    assert grade(course) == 0
    assert marks(course)["ada"] == 10


def test_a_file_that_cannot_be_read_leaves_the_marks_as_they_were(course, capsys, monkeypatch):
    grade(course)
    hand_in(course, "ada", WRONG)
    read = Course(course).submissions("small")[0].read.__func__

    def denied(submission):
        if submission.student == "ada":
            raise PermissionError(13, "Permission denied")
        return read(submission)

    with monkeypatch.context() as patch:
        patch.setattr("mathml.grader.courses.Submission.read", denied)
        capsys.readouterr()
        code, rows = as_json(course, capsys)
    assert code == 1
    assert rows["ada"]["notes"] == ["it cannot be read: Permission denied: it is not graded; run the command again"]
    assert marks(course) == {"ada": 10, "ben": 3}
    assert grade(course) == 0
    assert marks(course) == {"ada": 3, "ben": 3}


def test_a_folder_that_changes_underneath_is_graded_as_it_is_read(course, capsys, monkeypatch):
    plan, paths = Run._plan, {}

    def then_change(run, submission):
        plan(run, submission)
        paths[submission.student] = submission.path
        if submission.student == "ada":
            hand_in(course, "ada", WRONG)
        else:
            submission.path.unlink()

    with monkeypatch.context() as patch:
        patch.setattr(Run, "_plan", then_change)
        code, rows = as_json(course, capsys)
    assert code == 1
    assert "run the command again" in rows["ben"]["notes"][0]
    assert marks(course) == {"ada": 3}
    hand_in(course, "ada", RIGHT)
    hand_in(course, "ben", WRONG)
    assert grade(course) == 0
    assert marks(course) == {"ada": 10, "ben": 3}
