"""A lesson keeps the rhythm of the course, and its links lead somewhere."""

import re
from itertools import groupby
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LESSONS = [path for path in NOTEBOOKS if not path.name.startswith("00_")]
SOURCES = sorted((ROOT / "source").glob("*/*.ipynb"))
CLOSING = {"What you build on", "Summary", "Common mistakes", "The assignment"}

a_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)


def cells(path):
    return nbformat.read(path, as_version=4).cells


def headings(path):
    text = "\n".join(cell.source for cell in cells(path) if cell.cell_type == "markdown")
    return re.findall(r"^#+ (.+)$", text, re.MULTILINE)


def anchor(heading):
    """How JupyterLab names a heading."""
    return heading.replace(" ", "-")


def units(path):
    """The cells of each unit, by its heading."""
    found = {}
    heading = None
    for cell in cells(path):
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0].removeprefix("## ")
        found.setdefault(heading, []).append(cell)
    return {heading: unit for heading, unit in found.items() if heading and heading not in CLOSING}


@a_lesson
def test_a_lesson_has_at_most_fourteen_units_of_a_dozen_cells(lesson):
    assert len(units(lesson)) <= 14
    assert {heading: len(unit) for heading, unit in units(lesson).items() if len(unit) > 12} == {}


@a_lesson
def test_no_more_than_three_code_cells_stand_in_a_row(lesson):
    runs = [list(run) for kind, run in groupby(cells(lesson), key=lambda cell: cell.cell_type) if kind == "code"]
    assert [run[0].id for run in runs if len(run) > 3] == []


@a_lesson
def test_every_picture_of_a_lesson_is_live(lesson):
    for cell in cells(lesson):
        if cell.cell_type == "code":
            drawn = re.findall(r"(\blive\(\s*)?(?<![.\w])figures\.([a-z]\w+)", cell.source)  # capital names are menus
            assert all(live for live, _ in drawn), f"{cell.id} shows {drawn}"
            assert sum("image/png" in output.get("data", {}) for output in cell.outputs) == len(drawn), cell.id


@pytest.mark.parametrize("guide", ["contributor.md", "learner.md"])
def test_the_figure_of_a_guide_can_be_made_and_moved(guide):
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    code = [
        block
        for block in re.findall(r"^```python\n(.+?)^```", text, re.MULTILINE | re.DOTALL)
        if "figures" in block or "live(" in block
    ]
    made = {}
    exec("\n".join(code).replace("\nlive(", "\nshown = live("), made)
    before = repr(made["shown"])
    assert made["shown"].figure.update(angle=90.0).text != before


@a_lesson
def test_each_unit_asks_for_a_prediction_before_its_picture_is_moved(lesson):
    for heading, unit in units(lesson).items():
        asked = any("live(" in cell.source and "predict=predict(" in cell.source for cell in unit)
        assert asked or heading.endswith("at work"), heading


@a_lesson
def test_an_idea_is_short_and_ends_in_a_question(lesson):
    ideas = [cell.source for unit in units(lesson).values() for cell in unit if "**Idea.**" in cell.source]
    assert ideas
    for idea in ideas:
        words = idea.partition("**Idea.**")[2].partition("\n\n")[0]
        assert len(words.split()) <= 80, words
        assert words.rstrip().endswith("?"), words


@a_lesson
def test_each_unit_says_how_long_it_takes_and_lets_the_learner_try(lesson):
    for heading, unit in units(lesson).items():
        assert re.search(r"^(● \*Core path · |\*)\d+ minutes\*$", unit[0].source, re.MULTILINE), heading
        tries = sum("try_it(" in cell.source for cell in unit)
        assert tries or heading.endswith("at work"), f"{heading} has no “Try it”"


def minutes(unit):
    return int(re.search(r"(\d+) minutes\*", unit[0].source)[1])


@a_lesson
def test_a_sitting_takes_at_most_45_minutes(lesson):
    sitting = 0
    for heading, unit in units(lesson).items():
        sitting += minutes(unit)
        assert sitting <= 45, f"the sitting that ends with {heading} takes {sitting} minutes"
        if any("**Stop here.**" in cell.source for cell in unit):
            sitting = 0


@a_lesson
def test_the_core_path_takes_half_the_time(lesson):
    whole = sum(minutes(unit) for unit in units(lesson).values())
    core = sum(minutes(unit) for unit in units(lesson).values() if "● *Core path" in unit[0].source)
    assert 0.4 * whole <= core <= 0.55 * whole


@a_lesson
def test_each_try_has_a_hint_and_a_worked_answer_and_runs_unanswered(lesson):
    for cell, below in zip(cells(lesson), cells(lesson)[1:], strict=False):
        if "try_it(" in cell.source:
            assert re.search(r"^my_\w+ = \.\.\.", cell.source, re.MULTILINE), cell.source
            assert re.findall(r"<summary><b>(.+?)</b></summary>", below.source) == ["Hint", "Worked answer"]


@a_lesson
def test_ten_questions_come_first_and_each_wrong_answer_leads_to_what_teaches_it(lesson):
    text = "\n\n".join(cell.source for cell in cells(lesson)[:4] if cell.cell_type == "markdown")
    questions = re.split(r"^\*\*\d+\.\*\* ", text.partition("## What you build on")[2], flags=re.MULTILINE)[1:]
    assert len(questions) == 10
    for question in questions:
        answers = re.findall(r"<details><summary>.*?</summary>(.)(.*?)</details>", question)
        assert [mark for mark, _ in answers].count("✓") == 1, question
        assert all('<a href="' in told for mark, told in answers if mark == "✗"), question


@pytest.mark.parametrize("notebook", [*NOTEBOOKS, *SOURCES], ids=lambda path: path.stem)
def test_every_link_of_a_notebook_leads_to_a_page_and_a_place(notebook):
    text = "\n".join(cell.source for cell in cells(notebook) if cell.cell_type == "markdown")
    links = re.findall(r"\]\((?!https?:)([^)\s]+)\)|href=\"(?!https?:)([^\"]+)\"", text)
    assert links
    for page, _, place in ((one or other).partition("#") for one, other in links):
        # start.py puts the student's own copy of a release into work/.
        target = notebook.parent / page.replace("../work/", "../release/") if page else notebook
        assert target.exists(), f"{notebook.name} links to {page}"
        if page and place:
            # JupyterLab 4.6 follows a link to a heading only into a notebook that is open already.
            assert place.removeprefix("cell-id=") in taught(target), f"{notebook.name} links to {page}#{place}"
        elif place:
            assert place in map(anchor, headings(target)), f"{notebook.name} links to its own {place}"


def taught(path):
    """The ids of the cells that begin something: those with a heading."""
    return {cell.id for cell in cells(path) if cell.cell_type == "markdown" and re.search(r"^#+ ", cell.source, re.M)}
