"""The live figures of the lessons, run in JupyterLab; and one of them in the dark, on a sharp screen, in Notebook 7."""

import inspect
import re
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from numpy.testing import assert_array_equal
from playwright.sync_api import expect

from mathml.live import live
from tests.browser import everything
from tests.browser.pages import ROOT, cells, contrast, open_notebook, run_all, window
from tests.browser.shown import Shown
from tools.notebooks import METADATA

LIVE = re.compile(r"^live\(", re.MULTILINE)


def number_of_live_figures(path):
    return sum(bool(LIVE.search("".join(cell["source"]))) for cell in cells(path) if cell["cell_type"] == "code")


LESSONS = [path for path in sorted((ROOT / "notebooks").glob("*.ipynb")) if number_of_live_figures(path)]


def test_there_is_a_lesson_with_live_figures():
    assert [path.stem for path in LESSONS][:1] == ["01_vectors"]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_live_figure_of_a_lesson_moves_with_each_of_its_controls(page, lab, path):
    lesson = open_notebook(page, lab, f"notebooks/{path.name}")
    run_all(page, lesson)
    roots = lesson.locator(".mathml-live")
    expect(roots).to_have_count(number_of_live_figures(path))
    for root in roots.all():
        figure = Shown(root)
        figure.touch()
        open_controls(figure)
        start = figure.text
        rows = root.locator(".mathml-live-row:not(:has(.mathml-live-hint)), .mathml-live-handle")
        for control in map(movable, rows.all()):
            figure.reset()
            figure.until("canvas.getAttribute('aria-label') === words", start)
            with figure.moves():
                move(control)
            expect(figure.message).to_have_text("")
        expect(figure.told).to_have_text(figure.text)


def open_controls(figure):
    """Leave a prediction out, if one is asked for: until then nothing can be moved."""
    height = figure.height()
    skip = figure.root.get_by_role("button", name="Just look")
    if skip.count():
        assert figure.root.locator(".mathml-live-row").first.evaluate("row => row.inert")
        skip.click()
    assert not figure.root.locator(".mathml-live-row").first.evaluate("row => row.inert")
    assert figure.height() == height


def movable(control):
    """What takes the keys in a row of the panel; a handle takes them itself."""
    inside = control.locator("input, select, button.mathml-live-word")
    return inside.last if inside.count() else control


def move(control):
    """As far as a key leads, wherever there is a way."""
    if control.evaluate("control => control.tagName") == "SELECT":
        options = control.locator("option").evaluate_all("options => options.map(option => option.value)")
        control.select_option(next(value for value in options if value != control.input_value()))
        return
    if control.get_attribute("type") == "text":  # loses its last word
        control.press("End")
        control.press("Control+Backspace")
        return
    state = "c => [c.value, c.checked, c.getAttribute('aria-valuetext'), c.getAttribute('aria-label')].join()"
    before = control.evaluate(state)
    for key in ("End", "Home", "Shift+ArrowRight", "Shift+ArrowLeft", "ArrowRight", "ArrowLeft", "ArrowUp", "Space"):
        control.press(key)
        if control.evaluate(state) != before:
            return
    raise AssertionError(f"no key moves {control.evaluate('control => control.outerHTML')}")


# --- elsewhere ------------------------------------------------------------------------------------


@pytest.fixture
def small_notebook(lab):
    """One live figure."""
    (lab.root / "everything.py").write_text(inspect.getsource(everything), encoding="utf-8")
    source = "from everything import everything\nfrom mathml.live import live\n\nlive(everything, angle=(-180, 180))"
    notebook = new_notebook(metadata=METADATA, cells=[new_code_cell(source)])
    nbformat.write(notebook, lab.root / "small.ipynb")
    return "small.ipynb"


def test_on_a_sharp_screen_and_in_the_dark_the_picture_is_sharp_and_light_and_words_can_be_read(
    browser, lab, small_notebook, dark_theme
):
    with window(browser, device_scale_factor=2) as page:
        notebook = open_notebook(page, lab, small_notebook)
        run_all(page, notebook)
        figure, drawn = Shown(notebook.locator(".mathml-live")), live(everything.everything, angle=(-180, 180)).figure
        figure.touch()
        with figure.moves():
            figure.control("angle").fill("0")
        assert figure.pixels().shape == (2 * drawn.height, 2 * drawn.width, 4)
        drawn.update(angle=-180).frame(2)
        assert_array_equal(figure.pixels(), drawn.canvas.pixels())

        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
        assert figure.pixels()[0, 0].min() > 240
        for part in (".mathml-live-name", ".mathml-live-value", ".mathml-live-again"):
            words = figure.root.locator(part).first
            assert contrast(words, notebook.locator(".jp-Notebook")) >= 4.5, part  # WCAG 2.2, 1.4.3


def test_a_live_figure_moves_in_notebook_7_as_well(page, lab, small_notebook):
    page.goto(f"{lab.address}/notebooks/{small_notebook}?token={lab.token}")
    run_all(page, page.locator(".jp-NotebookPanel"))
    figure = Shown(page.locator(".mathml-live"))
    figure.touch()
    with figure.moves():
        figure.control("angle").press("ArrowRight")
    assert figure.text.startswith("angle 41;")


def test_a_saved_page_shows_the_stored_picture_where_its_python_is_not(page, lab, small_notebook):
    notebook = open_notebook(page, lab, small_notebook)
    run_all(page, notebook)
    Shown(notebook.locator(".mathml-live"))
    page.keyboard.press("Control+s")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    shutil.copy(lab.root / small_notebook, lab.root / "copy.ipynb")
    picture = open_notebook(page, lab, "copy.ipynb").locator(".jp-OutputArea-output img")
    expect(picture).to_be_visible()
    expect(picture).not_to_have_js_property("naturalWidth", 0)
