"""The tests of each assignment are fair: right answers pass, and each wrong one is told why."""

from collections import Counter
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from mathml.grader.corpus import Answer, read_corpus
from tools.corpus import CORPUS, SOURCES, Result, assignments, faults, grade, rates, report
from tools.notebooks import read, text


@pytest.mark.parametrize("assignment", assignments())
def test_every_exercise_has_three_right_and_five_wrong_answers_a_paste_and_none_at_all(assignment):
    notebook = read(SOURCES / assignment / f"{assignment}.ipynb")
    exercises = {c.metadata.nbgrader.grade_id for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution")}
    answers = read_corpus(CORPUS / assignment)
    count = Counter((answer.exercise, answer.kind) for answer in answers)
    assert {answer.exercise for answer in answers} == exercises
    for exercise in exercises:
        assert count[exercise, "right"] >= 3, exercise
        assert count[exercise, "wrong"] >= 5, exercise
        assert count[exercise, "paste"] >= 2, exercise
        assert any(a.title == "unanswered" for a in answers if a.exercise == exercise), exercise


@pytest.mark.parametrize("assignment", assignments())
def test_the_tests_of_an_assignment_are_fair(assignment):
    results = grade(SOURCES / assignment, read_corpus(CORPUS / assignment))
    print(report(results))
    assert not faults(results), report(results)
    assert all(kept == all_ for kept, all_ in rates(results).values())


# --- the harness notices --------------------------------------------------------------------------

RIGHT = "def double(x):\n    return 2 * x"
SQUARE = "def double(x):\n    return x**2"
TESTS = {
    "double-numbers": 'check(double, 3, gives=6, mistakes={"that is the square": 9})',
    "double-zero": "check(double, 0, gives=0)",
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> list[Result]:
    """One exercise of two tests, where a square passes the second; answers marked as they should not be, too."""
    source = tmp_path_factory.mktemp("source") / "doubles"
    source.mkdir()
    cells = [
        _cell("setup", "from mathml.check import check", locked=True),
        _cell(
            "double", "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", solution=True
        ),
        *(_cell(name, test, grade=True, locked=True, points=4) for name, test in TESTS.items()),
    ]
    notebook = new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    (source / "doubles.ipynb").write_text(text(notebook), encoding="utf-8")
    answers = [
        Answer("double", "right", "doubles", "", RIGHT),
        Answer("double", "right", "squares", "", SQUARE),
        Answer("double", "wrong", "squares, with the hint of its own", "that is the square", SQUARE),
        Answer("double", "wrong", "squares, with a hint that nothing says", "add it to itself", SQUARE),
        Answer("double", "wrong", "doubles", "that is right", RIGHT),
        Answer("double", "paste", "squares", "the square", SQUARE),
    ]
    return grade(source, answers)


def _cell(name, source, **marks):
    nbgrader = {
        "grade": False,
        "locked": False,
        "solution": False,
        "task": False,
        "schema_version": 3,
        "grade_id": name,
    }
    return new_code_cell(source, id=name, metadata={"nbgrader": nbgrader | marks})


def _faults_of(graded, kind, title):
    return faults([r for r in graded if (r.answer.kind, r.answer.title) == (kind, title)])


def test_an_answer_as_it_is_marked_has_no_fault(graded):
    assert not _faults_of(graded, "right", "doubles")
    assert not _faults_of(graded, "wrong", "squares, with the hint of its own")


def test_a_wrong_answer_marked_right_is_noticed(graded):
    (fault,) = _faults_of(graded, "right", "squares")
    assert "double, right: squares: 4 of 8 points" in fault


def test_a_right_answer_marked_wrong_is_noticed(graded):
    caught, hint = _faults_of(graded, "wrong", "doubles")
    assert "8 of 8 points" in caught
    assert "(no test failed)" in hint


def test_a_hint_that_was_not_drawn_is_noticed(graded):
    (fault,) = _faults_of(graded, "wrong", "squares, with a hint that nothing says")
    assert "no test said 'add it to itself'" in fault
    assert "that is the square" in fault  # what was said instead


def test_a_paste_at_half_marks_is_noticed(graded):
    (fault,) = _faults_of(graded, "paste", "squares")
    assert "4 of 8 points" in fault


def test_two_wrong_answers_with_one_hint_are_noticed(graded):
    own = next(r for r in graded if r.answer.title == "squares, with the hint of its own")
    other = Result(Answer("double", "wrong", "another", own.answer.hint, SQUARE), own.score, own.points, own.messages)
    (fault,) = faults([own, other])
    assert "is already the hint of 'squares, with the hint of its own'" in fault


def test_the_rates_count_what_keeps_its_promise(graded):
    assert rates(graded) == {
        "right answers at full marks": (1, 2),
        "wrong answers caught": (2, 4),
        "wrong answers that drew their own hint": (2, 4),
    }


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("# %% wrong: no hint\ndef f(): ...", 'must be followed by "# hint: …"'),
        ("# %% rihgt: a slip\n# hint: a\ndef f(): ...", "must be one of right, wrong, paste, but 'rihgt' came"),
    ],
)
def test_a_corpus_file_that_cannot_be_read_says_where(tmp_path: Path, cell, message):
    (tmp_path / "f.py").write_text(cell, encoding="utf-8")
    with pytest.raises(ValueError, match=r"f\.py") as error:
        read_corpus(tmp_path)
    assert message in str(error.value)
