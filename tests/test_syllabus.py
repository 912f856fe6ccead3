"""The syllabus and the pages made from it tell the truth: nothing is left out, and what is done is there."""

import json
import re
from itertools import groupby
from pathlib import Path

import pytest

from mathml.course import syllabus as course
from tools import syllabus as tool

COURSE = course.root(Path(__file__).parent)
SYLLABUS = course.read(COURSE / "notebooks" / "syllabus.toml")
CLOSED = [row for row in SYLLABUS.rows if not row.open]
PAIR = ", used in "


def words(row):
    return f"{row.section} {row.line}"


# --- the outline ----------------------------------------------------------------------------------


def outline():
    """Every single thing that the outline names, as (section, line)."""
    section = ""
    for text in (COURSE / "tests" / "outline.txt").read_text(encoding="utf-8").splitlines():
        mark, _, rest = text.partition(" ")
        if mark == "##":
            section = rest
        elif mark in ("-", "="):
            yield section, rest
        elif mark == "+":
            kind, colon, things = rest.rpartition(": ")
            yield from ((section, kind + colon + thing) for thing in things.split(", "))
        elif mark == ">":
            subject, things = rest.split(" → ")
            yield from ((section, f"{subject} → {thing}") for thing in things.split(", "))
        elif mark == "|":
            concept, uses = rest.split(" | ")
            yield from ((section, concept + PAIR + use) for use in uses.split(", "))


def test_every_line_of_the_outline_has_its_row_and_no_row_is_invented():
    assert [(row.section, row.line) for row in SYLLABUS.rows] == list(outline())


def test_there_are_at_least_122_rows():
    assert len(SYLLABUS.rows) >= 122


def test_the_vectors_section_has_six_concepts_and_twelve_pairs():
    of_pairs = [PAIR in row.line for row in SYLLABUS.rows if row.section == "1.1"]
    assert (of_pairs.count(False), of_pairs.count(True)) == (6, 12)


def test_every_section_has_rows_and_every_lesson_teaches_some():
    assert [section for section, _ in groupby(row.section for row in SYLLABUS.rows)] == list(SYLLABUS.sections)
    assert {row.lesson for row in SYLLABUS.rows} == {lesson.name for lesson in SYLLABUS.lessons}


# --- references -----------------------------------------------------------------------------------


@pytest.mark.parametrize("row", CLOSED, ids=words)
def test_every_reference_of_a_closed_row_leads_to_the_thing(row):
    assert course.missing(row, COURSE) == []


@pytest.mark.parametrize("row", CLOSED, ids=words)
def test_a_closed_concept_is_computed_drawn_and_practised_and_a_closed_pair_runs(row):
    if PAIR in row.line:
        assert row.functions
        assert row.algorithms
    elif row.section == "1.1":
        assert row.functions
        assert row.figures
        assert row.exercises


def test_every_row_of_a_lesson_that_exists_is_taught_under_its_heading_open_or_not():
    taught = [row for row in SYLLABUS.rows if (COURSE / "notebooks" / f"{row.lesson}.ipynb").is_file()]
    assert taught
    assert [words(row) for row in taught if any("has no heading" in what for what in course.missing(row, COURSE))] == []


def test_each_kind_of_dangling_reference_is_named():
    row = course.Row(
        section="1.1",
        line="Dot product",
        lesson="01_vectors",
        heading="The dot",
        functions=["mathml.vectors.dots", "mathml.nothing.at_all"],
        figures=["mathml.figures.vectors.shadows", "mathml.vectors.dot"],
        exercises=["vectors/no_such_exercise", "vectors/", "nonsense"],
        algorithms=["mathml.algorithms.kmeans.KMediums"],
    )
    found = course.missing(row, COURSE)
    assert "notebooks/01_vectors.ipynb has no heading 'The dot'" in found
    assert "mathml.vectors.dots is not a function" in found
    assert "mathml.nothing.at_all is not a function" in found
    assert "mathml.figures.vectors.shadows is not a figure" in found
    assert "mathml.vectors.dot is not a figure" in found
    assert "mathml.algorithms.kmeans.KMediums is not an algorithm" in found
    assert "release/vectors/vectors.ipynb has no cell with the grade_id 'no_such_exercise'" in found
    assert "source/vectors/vectors.ipynb has no cell with the grade_id 'no_such_exercise'" in found
    assert "release/vectors/vectors.ipynb has no cell with the grade_id ''" in found
    assert "release/nonsense/nonsense.ipynb has no cell with the grade_id ''" in found


# --- a malformed syllabus -------------------------------------------------------------------------

GOOD = """
[sections]
"1.1" = "Vectors"

[[lesson]]
name = "01_vectors"
title = "Vectors"
teaches = "Lengths and angles"
assignment = "vectors"

[[row]]
section = "1.1"
line = "Dot product"
lesson = "01_vectors"
heading = "The dot product"
"""


def a_course(folder, text=GOOD):
    (folder / "notebooks").mkdir()
    (folder / "notebooks" / "syllabus.toml").write_text(text, encoding="utf-8")
    return folder / "notebooks" / "syllabus.toml"


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ('heading = "The dot product"', "", "row 1 ('Dot product'): heading is missing"),
        ('line = "Dot product"', "", "row 1: line is missing"),
        ('heading = "The dot product"', "heading = 3", "row 1 ('Dot product'): heading must be a text, but 3 came"),
        ('heading = "The dot product"', 'heading = ""', "row 1 ('Dot product'): heading must be a text, but '' came"),
        ('title = "Vectors"', "title = 1", "lesson 1 ('01_vectors'): title must be a text, but 1 came"),
        ("[[row]]", '[[row]]\nopen = "yes"', "row 1 ('Dot product'): open must be true or false, but 'yes' came"),
        ("[[row]]", '[[row]]\nfigures = "a"', "row 1 ('Dot product'): figures must be a list of texts, but 'a' came"),
        ("[[row]]", "[[row]]\nfigurs = []", "row 1 ('Dot product'): figurs is not a key; the keys are section, line"),
        ('section = "1.1"', 'section = "7"', "row 1 ('Dot product'): section '7' is not among 1.1"),
        ('lesson = "01_vectors"', 'lesson = "x"', "row 1 ('Dot product'): lesson 'x' is not among 01_vectors"),
        ("[[row]]", "[[rows]]", "must hold [sections], [[lesson]] and [[row]], but sections, lesson, rows came"),
        ("[[row]]", "[row]", "must hold [sections], [[lesson]] and [[row]]"),
        ("[[row]]", "[[row", "the syllabus is not valid TOML"),
    ],
)
def test_a_malformed_table_is_refused_with_its_number_name_and_key(tmp_path, good, bad, message):
    assert good in GOOD
    path = a_course(tmp_path, GOOD.replace(good, bad))
    with pytest.raises(course.SyllabusError, match=re.escape(message)):
        course.read(path)


def test_a_line_that_is_there_twice_is_refused(tmp_path):
    path = a_course(tmp_path, GOOD + GOOD[GOOD.index("[[row]]") :])
    with pytest.raises(course.SyllabusError, match=re.escape("row 2 ('Dot product'): line is a second time")):
        course.read(path)


# --- a student's copy, and the table --------------------------------------------------------------


def test_the_course_is_found_from_any_folder_in_it_and_missed_elsewhere(tmp_path):
    a_course(tmp_path)
    deep = tmp_path / "work" / "vectors"
    deep.mkdir(parents=True)
    assert course.root(tmp_path) == course.root(tmp_path / "notebooks") == course.root(deep) == tmp_path.resolve()
    with pytest.raises(FileNotFoundError, match="no course here"):
        course.root(tmp_path.parent)


def a_notebook(path, **cell):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": [{"metadata": {}, "source": "", **cell}]}), encoding="utf-8")


def test_a_copy_without_source_is_complete(tmp_path):
    a_course(tmp_path)
    a_notebook(
        tmp_path / "notebooks" / "01_vectors.ipynb", cell_type="markdown", source=["# A\n", "## The dot product"]
    )
    a_notebook(
        tmp_path / "release" / "vectors" / "vectors.ipynb", cell_type="code", metadata={"nbgrader": {"grade_id": "dot"}}
    )
    row = course.Row("1.1", "Dot product", "01_vectors", "The dot product", exercises=["vectors/dot"])
    assert course.missing(row, tmp_path) == []
    (tmp_path / "source").mkdir()
    assert course.missing(row, tmp_path) == ["source/vectors/vectors.ipynb has no cell with the grade_id 'dot'"]


def test_the_table_links_only_to_what_is_there(tmp_path, monkeypatch):
    a_course(tmp_path)
    monkeypatch.chdir(tmp_path / "notebooks")
    assert "href" not in course.progress()._repr_html_()
    assert "](" not in course.progress().markdown()

    a_notebook(tmp_path / "notebooks" / "01_vectors.ipynb", cell_type="markdown")
    a_notebook(tmp_path / "release" / "vectors" / "vectors.ipynb", cell_type="markdown")
    links = re.findall(r'href="(.*?)"', course.progress()._repr_html_())
    assert links == ["01_vectors.ipynb", "../work/vectors/vectors.ipynb"]
    links = re.findall(r"\]\((.*?)\)", course.progress().markdown())
    assert links == ["notebooks/01_vectors.ipynb", "release/vectors/vectors.ipynb"]


def test_the_table_counts_what_is_done(tmp_path, monkeypatch):
    a_course(tmp_path, GOOD + GOOD[GOOD.index("[[row]]") :].replace("Dot product", "Norm") + "open = true\n")
    monkeypatch.chdir(tmp_path)
    assert repr(course.progress()).splitlines() == [
        "1  Vectors                     ■■■■■□□□□□ 1 of 2",
        "1 of the outline's 2 lines are done.",
    ]


def test_the_report_names_every_open_line_and_the_sums():
    report = tool.report(SYLLABUS)
    assert all(f"open  {row.line}" in report for row in SYLLABUS.rows if row.open)
    assert report.endswith(
        f"In all: {len(CLOSED)} of {len(SYLLABUS.rows)} done, {len(SYLLABUS.rows) - len(CLOSED)} open"
    )


def test_the_check_fails_on_a_closed_row_with_nothing_behind_it():
    row = course.Row("1.1", "Dot product", "01_vectors", "The dot product")
    found = list(tool.problems(COURSE, course.Syllabus(SYLLABUS.sections, SYLLABUS.lessons, [row])))
    assert found[0] == "1.1 'Dot product': it is done, but names no function and no algorithm"


# --- the start page -------------------------------------------------------------------------------

START_PAGE = [
    "".join(cell["source"])
    for cell in json.loads((COURSE / "notebooks" / "00_start_here.ipynb").read_text(encoding="utf-8"))["cells"]
    if cell["cell_type"] == "markdown"
]


def test_the_map_of_the_start_page_names_every_lesson_and_links_those_that_are_there():
    (the_map,) = (text for text in START_PAGE if text.startswith("## The lessons"))
    for number, lesson in enumerate(SYLLABUS.lessons, 1):
        title, notebook = f"{number}. {lesson.title}", f"{lesson.name}.ipynb"
        is_there = (COURSE / "notebooks" / notebook).is_file()
        assert (f"[{title}]({notebook})" if is_there else f"| {title} |") in the_map
