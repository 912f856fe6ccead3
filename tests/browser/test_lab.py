"""The course as a learner and a student see it: in JupyterLab, in a real browser."""

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from mathml.course.launch import START_PAGE
from tests.browser.pages import cells, contrast, open_notebook, shown_notebook

LESSON = "notebooks/01_vectors.ipynb"
ASSIGNMENT = "work/vectors/vectors.ipynb"
ROOT = Path(__file__).resolve().parents[2]


def heading(notebook: Locator, text: str) -> Locator:
    return notebook.get_by_role("heading", name=text, exact=True)


def test_the_start_page_opens(page, lab):
    notebook = open_notebook(page, lab, START_PAGE)
    expect(notebook.get_by_role("heading", level=1)).to_be_in_viewport()


def test_the_start_page_leads_to_the_first_lesson(page, lab):
    start = open_notebook(page, lab, START_PAGE)
    start.get_by_role("link", name="lesson 1", exact=True).first.click()
    lesson = shown_notebook(page, lab, LESSON)
    expect(lesson.get_by_role("heading", level=1)).to_be_in_viewport()


def test_a_link_leads_to_the_place_in_a_lesson_that_it_opens(page, lab):
    start = open_notebook(page, lab, START_PAGE)
    start.get_by_role("link", name="norms", exact=True).first.click()
    expect(heading(shown_notebook(page, lab, LESSON), "Norms")).to_be_in_viewport()


def test_every_picture_of_the_lesson_is_loaded(page, lab):
    stored = [output for cell in cells(lab.root / LESSON) for output in cell.get("outputs", [])]
    pictures = open_notebook(page, lab, LESSON).locator(".jp-OutputArea img")
    expect(pictures).to_have_count(sum("image/png" in output.get("data", {}) for output in stored))
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).not_to_have_js_property("naturalWidth", 0)
        expect(picture).to_have_js_property("complete", True)


def test_text_can_be_read_in_the_dark_theme(page, lab, dark_theme):
    lesson = open_notebook(page, lab, LESSON)
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    assert contrast(lesson.get_by_role("heading", level=1), lesson.locator(".jp-Notebook")) >= 4.5  # WCAG 2.2, 1.4.3


def validate(page: Page, notebook: Locator) -> Locator:
    """Press nbgrader's button; the window that it opens."""
    notebook.get_by_role("button", name="Validate").click()
    return page.get_by_role("dialog")


def test_validate_says_that_the_untouched_assignment_fails(page, lab):
    result = validate(page, open_notebook(page, lab, ASSIGNMENT))
    expect(result).to_contain_text("The following cell failed")


def test_validate_says_that_the_solution_passes(page, lab):
    fill_in(lab.root / ASSIGNMENT, ROOT / "source/vectors/vectors.ipynb")
    result = validate(page, open_notebook(page, lab, ASSIGNMENT))
    expect(result).to_contain_text("Success! Your notebook passes all the tests.")


def fill_in(assignment: Path, solved: Path) -> None:
    """Write the instructor's solutions into the student's copy."""
    notebook = json.loads(assignment.read_text(encoding="utf-8"))
    graded = [cell for cell in cells(solved) if "nbgrader" in cell["metadata"]]
    solutions = {cell["metadata"]["nbgrader"]["grade_id"]: cell["source"] for cell in graded}
    for cell in notebook["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if marks.get("solution"):
            cell["source"] = solutions[marks["grade_id"]]
    assignment.write_text(json.dumps(notebook), encoding="utf-8")
