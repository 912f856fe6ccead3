import json
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import nbjson, new_code_cell, new_markdown_cell, new_notebook, new_output

from mathml.course.cells import is_test
from tools import notebooks, release
from tools.notebooks import check, normalize, read, text

ROOT = Path(__file__).resolve().parent.parent
COMMITTED = [path for folder in ("notebooks", "source", "release") for path in sorted((ROOT / folder).rglob("*.ipynb"))]
COMMITTED = [path for path in COMMITTED if ".ipynb_checkpoints" not in path.parts]


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_committed_notebook_is_in_normal_form(path):
    assert check(path) == []


# --- laws -----------------------------------------------------------------------------------------

WORDS = st.text("ab ∂\n\"'\\", max_size=12)
IDS = st.sampled_from([None, "", "same", "same", "not valid!", "x" * 65, "good-1", "Good_2"])
NBGRADER = st.fixed_dictionaries(
    {
        "schema_version": st.just(3),
        "grade": st.booleans(),
        "solution": st.booleans(),
        "locked": st.booleans(),
        "grade_id": st.sampled_from(["norm", "norm-basics"]),
        "points": st.sampled_from([0, 2, 2.5]),
    }
)
METADATA = st.fixed_dictionaries(
    {},
    optional={
        "tags": st.lists(st.sampled_from(["hint", "raises-exception"]), unique=True),
        "collapsed": st.booleans(),
        "editable": st.booleans(),
        "jupyter": st.just({"source_hidden": True}),
        "execution": st.just({"iopub.execute_input": "2026-01-01T00:00:00Z"}),
    },
)
COUNTS = st.none() | st.integers(1, 99)
PNG = {"image/png": "iVBORw0KGgo="}
WIDGET = {"application/vnd.jupyter.widget-view+json": {"model_id": "a1", "version_major": 2, "version_minor": 1}}
OUTPUTS = st.one_of(
    st.builds(
        lambda name, words: new_output("stream", name=name, text=words), st.sampled_from(["stdout", "stderr"]), WORDS
    ),
    st.builds(lambda words: new_output("display_data", data={"text/plain": words}), WORDS),
    st.builds(
        lambda n, words: new_output("execute_result", execution_count=n, data={"text/plain": words}), COUNTS, WORDS
    ),
    st.builds(
        lambda n, words: new_output(
            "execute_result", execution_count=n, data={**WIDGET, **PNG, "text/plain": words}, metadata={"alt": words}
        ),
        COUNTS,
        WORDS,
    ),
)


@st.composite
def random_notebooks(draw, graded=None):
    """Cells as they come out of editors and runs, ids missing, broken or twice."""
    cells = []
    with_nbgrader = draw(st.booleans()) if graded is None else graded
    for _ in range(draw(st.integers(0, 6))):
        source, metadata = draw(WORDS), draw(METADATA)
        if with_nbgrader and draw(st.booleans()):
            metadata = {**metadata, "nbgrader": draw(NBGRADER)}
        if draw(st.booleans()):
            outputs = draw(st.lists(OUTPUTS, max_size=4))
            cell = new_code_cell(source, metadata=metadata, outputs=outputs, execution_count=draw(COUNTS))
        else:
            cell = new_markdown_cell(source, metadata=metadata)
        del cell["id"]
        if (id := draw(IDS)) is not None:
            cell["id"] = id
        cells.append(cell)
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"1": {"value": "a solution's output"}}}}
    metadata = {"widgets": widgets, "language_info": {"name": "python", "version": "3.12.1"}}
    # `new_notebook` would mend the ids.
    return nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells})


@given(random_notebooks())
def test_normal_form_of_a_normal_form_is_itself(notebook):
    once = text(normalize(notebook))
    assert text(normalize(nbjson.reads(once))) == once


@given(random_notebooks())
def test_normal_form_is_valid_with_unique_ids(notebook):
    normal = normalize(notebook)
    nbformat.validate(normal)
    assert len({cell.id for cell in normal.cells}) == len(normal.cells)


@given(random_notebooks())
def test_what_the_author_wrote_and_nbgrader_needs_is_kept(notebook):
    normal = normalize(notebook)
    for came, kept in zip(notebook.cells, normal.cells, strict=True):
        assert (kept.cell_type, kept.source) == (came.cell_type, came.source)
        assert kept.metadata.get("nbgrader") == came.metadata.get("nbgrader")
        assert set(kept.metadata.get("tags", [])) >= set(came.metadata.get("tags", []))


@given(random_notebooks())
def test_metadata_holds_nothing_but_what_is_named(notebook):
    normal = normalize(notebook)
    assert normal.metadata == notebooks.METADATA
    for cell in normal.cells:
        allowed = {"tags", "nbgrader", "editable", "deletable"} if "nbgrader" in cell.metadata else {"tags"}
        assert set(cell.metadata) <= allowed


@given(random_notebooks(graded=False))
def test_of_a_widget_the_picture_and_the_words_are_kept_and_not_the_place(notebook):
    for came, kept in zip(notebook.cells, normalize(notebook).cells, strict=True):
        pictures = [output for output in came.get("outputs", []) if "image/png" in output.get("data", {})]
        stored = [output for output in kept.get("outputs", []) if "image/png" in output.get("data", {})]
        assert [output.data for output in stored] == [
            {"image/png": output.data["image/png"], "text/plain": output.data["text/plain"]} for output in pictures
        ]
        assert [output.metadata for output in stored] == [output.metadata for output in pictures]


@given(random_notebooks())
def test_an_id_that_is_valid_and_its_own_is_kept(notebook):
    wanted = [cell.get("id") for cell in notebook.cells]
    for id, cell in zip(wanted, normalize(notebook).cells, strict=True):
        if id in ("good-1", "Good_2") and wanted.count(id) == 1:
            assert cell.id == id


@given(random_notebooks(graded=False))
def test_a_lesson_counts_its_executed_cells_from_one_and_merges_streams(notebook):
    normal = normalize(notebook)
    code = [cell for cell in normal.cells if cell.cell_type == "code"]
    counts = [cell.execution_count for cell in code if cell.execution_count is not None]
    assert counts == list(range(1, len(counts) + 1))
    for cell in code:
        streams = [output.get("name") for output in cell.outputs]
        assert all(a is None or a != b for a, b in pairwise(streams))
        printed = [output.text for output in cell.outputs if output.output_type == "stream"]
        came = next(c for c, n in zip(notebook.cells, normal.cells, strict=True) if n is cell)
        assert "".join(printed) == "".join(output.text for output in came.outputs if output.output_type == "stream")
        if cell.execution_count is not None:
            results = [output for output in cell.outputs if output.output_type == "execute_result"]
            assert all(result.execution_count == cell.execution_count for result in results)


@given(random_notebooks())
def test_an_assignment_has_no_outputs_and_its_tests_let_run_all_go_on(notebook):
    normal = normalize(notebook)
    for cell in normal.cells if notebooks.is_assignment(notebook) else []:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
        if is_test(cell):
            assert cell.metadata.tags.count("raises-exception") == 1


def test_nbgrader_makes_the_same_release_of_a_source_that_was_executed_and_of_its_normal_form(tmp_path):
    grading = {"schema_version": 3, "solution": False, "locked": True}
    test = {"nbgrader": {**grading, "grade": True, "grade_id": "f-test", "points": 2.5}, "tags": ["raises-exception"]}
    answer = {
        "nbgrader": {**grading, "grade": False, "solution": True, "locked": False, "grade_id": "f"},
        "collapsed": True,
    }
    cells = [
        new_code_cell("def f():\n    ### BEGIN SOLUTION\n    return 7\n    ### END SOLUTION", metadata=answer, id="f"),
        new_code_cell(
            "assert f() == 7", metadata=test, outputs=[new_output("stream", text="7")], execution_count=3, id="t"
        ),
    ]
    executed = new_notebook(cells=cells, metadata={"widgets": {"state": {"a": {"value": "7"}}}, **notebooks.METADATA})
    for name, notebook in {"executed": executed, "normal": normalize(executed)}.items():
        (tmp_path / "source" / name).mkdir(parents=True)
        (tmp_path / "source" / name / "f.ipynb").write_text(nbjson.writes(notebook))
    (tmp_path / "course").mkdir()
    made = release.generate(tmp_path / "source", tmp_path / "course")
    assert (made / "executed" / "f.ipynb").exists()
    assert release.differences(made / "executed", made / "normal") == []


# --- what the check finds -------------------------------------------------------------------------


def lesson(*outputs, execution_count=1):
    return normalize(new_notebook(cells=[new_code_cell("f()", outputs=list(outputs), execution_count=execution_count)]))


def write(path, notebook):
    path.write_text(text(notebook), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("notebook", "fault"),
    [
        (lesson(execution_count=None), "not run: cells 0"),
        (lesson(new_output("error", ename="KeyError", evalue="", traceback=[])), "cell 0: a stored error, KeyError"),
        (lesson(new_output("stream", name="stderr", text="Warning\n")), "cell 0: wrote to stderr: Warning"),
        (lesson(new_output("display_data", data=PNG)), "cell 0: a picture without a text alternative"),
        (
            lesson(new_output("display_data", data={**PNG, "text/plain": "<Figure size 1x1>"})),
            "cell 0: a picture without a text alternative",
        ),
        (normalize(new_notebook(cells=[new_markdown_cell("#") for _ in range(161)])), "161 cells, more than 160"),
        (lesson(new_output("stream", text="7" * 2_000_000)), "the file has 2,000,"),
    ],
)
def test_a_lesson_that_is_not_fit_to_be_read_is_named(tmp_path, notebook, fault):
    (found,) = check(write(tmp_path / "lesson.ipynb", notebook))
    assert found.startswith(fault)


def test_a_picture_with_a_text_alternative_is_fine(tmp_path):
    picture = new_output("display_data", data={**PNG, "text/plain": "a right angle between a and b"})
    assert check(write(tmp_path / "lesson.ipynb", lesson(picture))) == []


def test_the_place_of_a_widget_is_named(tmp_path):
    path = write(tmp_path / "lesson.ipynb", lesson(new_output("display_data", data={**PNG, "text/plain": "a circle"})))
    notebook = json.loads(path.read_text())
    notebook["cells"][0]["outputs"][0]["data"] |= WIDGET
    path.write_text(json.dumps(notebook))
    assert check(path) == ["cell 0: outputs"]


def test_the_command_names_each_notebook_and_what_is_wrong_with_it(tmp_path, capsys):
    path = write(tmp_path / "lesson.ipynb", lesson())
    notebook = json.loads(path.read_text())
    notebook["cells"][0]["metadata"] = {"collapsed": True}
    path.write_text(json.dumps(notebook))
    assert notebooks.main(["check", str(tmp_path)]) == 1
    assert capsys.readouterr().out == f"{path}: cell 0: metadata\n"
    assert notebooks.main(["normalize", str(tmp_path)]) == 0
    assert notebooks.main(["check", str(tmp_path)]) == 0
    assert capsys.readouterr().out == ""


def test_the_layout_of_the_file_is_part_of_the_normal_form(tmp_path):
    path = write(tmp_path / "lesson.ipynb", lesson())
    path.write_text(path.read_text().rstrip("\n"))
    assert check(path) == ["the layout of the file (indent, order of keys, last newline)"]


@pytest.mark.parametrize("content", ["", "[]", '{"nbformat": 3}', "{}", '{"nbformat": 4}'])
def test_what_is_not_a_notebook_is_refused_by_name(tmp_path, content):
    path = tmp_path / "broken.ipynb"
    path.write_text(content)
    with pytest.raises(ValueError, match=r"broken\.ipynb .*notebook"):
        read(path)


# --- running --------------------------------------------------------------------------------------


def test_running_writes_outputs_in_normal_form_and_leaves_a_lesson_that_fails_as_it_is(tmp_path, capsys):
    good, bad = tmp_path / "good.ipynb", tmp_path / "bad.ipynb"
    write(good, normalize(new_notebook(cells=[new_code_cell("print(1)\nprint(2)"), new_code_cell("6 * 7")])))
    before = write(bad, normalize(new_notebook(cells=[new_code_cell("1 / 0")]))).read_text()
    assert notebooks.main(["run", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert str(bad) in printed.out
    assert "ZeroDivisionError" in printed.out
    assert str(good) not in printed.out
    assert "3 cells" in printed.err
    assert bad.read_text() == before
    assert check(good) == []
    outputs = [cell.outputs[0] for cell in read(good).cells]
    assert outputs[0].text == "1\n2\n"
    assert outputs[1].data["text/plain"] == "42"


def test_running_a_live_figure_stores_its_picture_and_its_words_and_nothing_of_the_widget(tmp_path):
    imports = "from mathml.figures import vectors as figures\nfrom mathml.live import live"
    cell = new_code_cell(f"{imports}\n\nlive(figures.projection, angle=(0, 90))")
    path = write(tmp_path / "lesson.ipynb", normalize(new_notebook(cells=[cell])))
    assert notebooks.main(["run", str(path)]) == 0
    assert check(path) == []
    assert "widget" not in path.read_text()
    (output,) = read(path).cells[0].outputs
    assert set(output.data) == {"image/png", "text/plain"}
    assert output.metadata["image/png"]["alt"] == output.data["text/plain"]
    assert output.data["text/plain"].startswith("a is 2.5 long")
