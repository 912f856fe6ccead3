"""The student's copies of the assignments: put into `work/`, never overwritten, and corrected beside."""

import json
from pathlib import Path

import pytest

from mathml.course.assignments import carry_over, hand_out


def cell(source, grade_id=None, *, solution=False, **more):
    metadata = {"nbgrader": {"grade_id": grade_id, "solution": solution}} if grade_id else {}
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], "execution_count": None, **more}


def notebook(*cells):
    return {"cells": [*cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


TITLE = cell("# Exercise")
STUB = cell("def f(): ...", "f", solution=True)
TEST = cell("check(f, gives=1)", "f-test")
BEFORE = notebook(TITLE, STUB, TEST)


def sources(corrected):
    return ["".join(cell["source"]) for cell in corrected["cells"]]


def write(root, folder, content):
    path = root / folder / "vectors" / "vectors.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_an_assignment_is_put_into_work_once(tmp_path):
    released = write(tmp_path, "release", BEFORE)
    assert list(hand_out(tmp_path)) == ["New assignment: work/vectors"]
    assert (tmp_path / "work/vectors/vectors.ipynb").read_bytes() == released.read_bytes()
    assert list(hand_out(tmp_path)) == []


def test_what_the_student_wrote_is_never_overwritten(tmp_path):
    write(tmp_path, "release", BEFORE)
    list(hand_out(tmp_path))
    mine = write(tmp_path, "work", notebook(TITLE, {**STUB, "source": "def f(): return 1"}, TEST))
    written = mine.read_bytes()
    for tests in ["check(f, gives=2)", "check(f, gives=3)"]:
        write(tmp_path, "release", notebook(TITLE, STUB, {**TEST, "source": tests}))
        list(hand_out(tmp_path))
        assert mine.read_bytes() == written


def test_a_correction_comes_once_with_the_answers_in_it(tmp_path):
    write(tmp_path, "release", BEFORE)
    list(hand_out(tmp_path))
    write(tmp_path, "work", notebook(TITLE, {**STUB, "source": "def f(): return 1"}, TEST))
    write(tmp_path, "release", notebook(TITLE, STUB, {**TEST, "source": "check(f, gives=2)"}))
    (line,) = hand_out(tmp_path)
    assert "work/vectors/corrected is the new version with your answers" in line
    corrected = json.loads((tmp_path / "work/vectors/corrected/vectors.ipynb").read_text(encoding="utf-8"))
    assert sources(corrected) == ["# Exercise", "def f(): return 1", "check(f, gives=2)"]
    assert list(hand_out(tmp_path)) == []


def test_a_second_correction_leaves_the_first_as_it_is(tmp_path):
    for number in range(3):
        write(tmp_path, "release", notebook(TITLE, STUB, {**TEST, "source": f"check(f, gives={number})"}))
        list(hand_out(tmp_path))
    shown = [path.parent.name for path in sorted((tmp_path / "work/vectors").glob("*/vectors.ipynb"))]
    assert shown == ["corrected", "corrected-2"]


def test_a_notebook_that_cannot_be_read_is_left_alone_and_named(tmp_path):
    write(tmp_path, "release", BEFORE)
    list(hand_out(tmp_path))
    (tmp_path / "work/vectors/vectors.ipynb").write_text("<<<<", encoding="utf-8")
    write(tmp_path, "release", notebook(TITLE, TEST))
    (line,) = hand_out(tmp_path)
    assert "cannot be carried over" in line
    assert (tmp_path / "work/vectors/vectors.ipynb").read_text(encoding="utf-8") == "<<<<"
    assert not (tmp_path / "work/vectors/corrected").exists()


def interrupted(*_):
    raise KeyboardInterrupt


def test_a_copy_that_was_interrupted_is_made_again(tmp_path, monkeypatch):
    write(tmp_path, "release", BEFORE)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            list(hand_out(tmp_path))
    assert list(hand_out(tmp_path)) == ["New assignment: work/vectors"]


def test_an_added_cell_stays_after_the_cell_that_it_followed():
    mine = notebook(cell("mine, first"), TITLE, STUB, cell("mine, after f"), cell("and another"), TEST)
    new = notebook(TITLE, cell("a new hint"), STUB, TEST)
    assert sources(carry_over(new, mine, BEFORE)) == [
        "mine, first", "# Exercise", "a new hint", STUB["source"], "mine, after f", "and another", TEST["source"],
    ]  # fmt: skip


def test_an_unanswered_exercise_gets_the_new_stub():
    new = notebook(TITLE, {**STUB, "source": "def f(x): ..."}, TEST)
    assert sources(carry_over(new, BEFORE, BEFORE)) == ["# Exercise", "def f(x): ...", TEST["source"]]


def test_a_test_cell_is_the_instructors_whatever_the_student_made_of_it():
    mine = notebook(TITLE, STUB, {**TEST, "source": "pass"}, TEST)
    assert sources(carry_over(BEFORE, mine, BEFORE)) == sources(BEFORE)


def test_the_second_half_of_a_split_answer_is_kept_without_the_mark_of_the_exercise():
    mine = notebook(TITLE, {**STUB, "source": "def f():"}, {**STUB, "source": "    return 1"}, TEST)
    corrected = carry_over(BEFORE, mine, BEFORE)
    assert sources(corrected) == ["# Exercise", "def f():", "    return 1", TEST["source"]]
    assert corrected["cells"][2]["metadata"] == {}


def test_an_answer_to_an_exercise_that_is_gone_is_kept():
    mine = notebook(TITLE, {**STUB, "source": "def f(): return 1"}, TEST)
    assert sources(carry_over(notebook(TITLE), mine, BEFORE)) == ["# Exercise", "def f(): return 1"]


def test_what_was_run_before_the_correction_counts_as_not_run():
    ran = {"outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}], "execution_count": 3}
    mine = notebook(TITLE, {**STUB, "source": "def f(): return 1", **ran}, {**cell("print(f())"), **ran}, TEST)
    corrected = carry_over(BEFORE, mine, BEFORE)
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in corrected["cells"])


def test_cell_ids_stay_unique():
    mine = notebook({**TITLE, "id": "a"}, {**cell("mine"), "id": "b"})
    new = notebook({**TITLE, "id": "a"}, {**STUB, "id": "b"})
    ids = [cell["id"] for cell in carry_over(new, mine, notebook(TITLE))["cells"]]
    assert len({*ids}) == 3
