"""Live figures in JupyterLab, moved by mouse and by keyboard: nothing is timed, only waited for."""

import inspect
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from numpy.testing import assert_array_equal
from playwright.sync_api import expect

from mathml.live import live
from tests.browser import everything
from tests.browser.pages import open_notebook, run_all, window
from tests.browser.shown import Shown
from tools.notebooks import METADATA

CELLS = {
    "everything": """
import math
from ipywidgets import Button, HBox, Label
from everything import CONTROLS, everything, only_later, said, slow
from mathml.live import live, point, predict

shown = live(everything, **CONTROLS)
shown
""",
    "python": """
label, button = Label(said(**shown.value)), Button(description="move it")
shown.observe(lambda change: setattr(label, "value", said(**change.new)), "value")
button.on_click(lambda _: setattr(shown, "value", {"angle": -90, "word": "dog", "words": ("cat", "the", "the")}))
HBox([button, label])
""",
    "again": "shown",
    "broken": "live(everything, angle=(-180, 180), f=math.sqrt)",
    "later": "live(everything, angle=(-180, 180), f=only_later)",
    "slow": "live(everything, angle=(-180, 180), f=slow)",
    "number": 'live(everything, angle=(-180, 180), predict=predict("Which angle?", 41, unit="°"))',
    "skipped": 'live(everything, word="cat", predict=predict("Which angle?", 41, unit="°"))',
    "options": 'live(everything, tip=point((0, 10), (0, 10)), predict=predict("Up?", "up", options=["up", "down"]))',
}


@pytest.fixture(scope="module")
def notebook(browser, lab):
    """A notebook with a figure that has controls of all kinds, and some others, in an open window."""
    (lab.root / "everything.py").write_text(inspect.getsource(everything), encoding="utf-8")
    cells = [new_code_cell(source.strip()) for source in CELLS.values()]
    nbformat.write(new_notebook(metadata=METADATA, cells=cells), lab.root / "live.ipynb")
    with window(browser) as page:
        notebook = open_notebook(page, lab, "live.ipynb")
        run_all(page, notebook)
        yield notebook


@pytest.fixture
def page(notebook):
    return notebook.page


@pytest.fixture
def output(notebook):
    """What a cell shows, by the cell's name."""
    return lambda name: notebook.locator(".jp-CodeCell").nth([*CELLS].index(name)).locator(".jp-Cell-outputArea")


@pytest.fixture
def shown(output):
    """The live figure of a cell, as it was at the start, with the pixels of this screen."""

    def found(name):
        figure = Shown(output(name).locator(".mathml-live"))
        figure.reset()
        figure.touch()
        return figure

    return found


# --- by mouse -------------------------------------------------------------------------------------


def click_along(part):
    def click(control):
        box = control.bounding_box()
        control.click(position={"x": part * box["width"], "y": box["height"] / 2})

    return click


def drag(across, down):
    def drag_it(control):
        control.hover()
        box, mouse = control.bounding_box(), control.page.mouse
        mouse.down()
        mouse.move(box["x"] + box["width"] / 2 + across, box["y"] + box["height"] / 2 + down, steps=3)
        mouse.up()

    return drag_it


BY_MOUSE = {
    "angle": ("angle", click_along(0.5), "angle 0;"),
    "rate": ("rate", click_along(0.02), "rate 0.01;"),
    "size": ("size", click_along(0.98), "size 10;"),
    "step": ("step", click_along(0.5), "step 1;"),
    "play": ("play step", lambda button: button.click(), "step 2;"),
    "kind": ("kind", lambda control: control.select_option("rows"), "kind rows;"),
    "functions": ("f", lambda control: control.select_option("cos"), "f cos;"),
    "switch": ("shown", lambda control: control.click(), "shown False;"),
    "text": ("word", lambda control: control.fill("a cow"), "word a cow;"),
    "entries": ("A, row 2, column 1", lambda control: control.fill("-4"), "A [[1.0, 2.0], [-4.0, 4.0]];"),
    "order": ("cat, 2 of 3", drag(-60, 0), "words ('cat', 'the', 'the');"),
    "point": ("tip", drag(66, -48), "tip (7.0, 7.0);"),
    "points": ("ends 2", drag(-33, 0), "ends [[1.0, 1.0], [8.0, 2.0]];"),
    "cells": ("cell", click_along(0.6), "cell (1, 2);"),
    "nodes": ("node", lambda area: area.click(position={"x": 300, "y": 60}), "node 2"),
}


@pytest.mark.parametrize(("name", "hand", "expected"), BY_MOUSE.values(), ids=BY_MOUSE.keys())
def test_the_mouse_moves_the_picture_its_words_and_pythons_value(shown, output, name, hand, expected):
    figure = shown("everything")
    with figure.moves():
        hand(figure.control(name))
        expect(figure.canvas).to_have_attribute("aria-label", re.compile(re.escape(expected)))
    expect(output("python").locator(".widget-label")).to_have_text(figure.text)
    expect(figure.told).to_have_text(figure.text)


# --- by keyboard alone ----------------------------------------------------------------------------

BY_KEYBOARD = {
    "cell": ("ArrowRight", "cell (0, 1)"),
    "tip": ("ArrowUp", "tip (5.0, 5.5)"),
    "ends 1": ("ArrowRight", "ends [[1.5, 1.0], [9.0, 2.0]]"),
    "ends 2": ("Shift+ArrowLeft", "ends [[1.5, 1.0], [4.0, 2.0]]"),
    "node": ("ArrowRight", "node 1"),
    "angle": ("ArrowRight", "angle 41;"),
    "rate": ("ArrowLeft", "rate 0.0891;"),
    "size": ("End", "size 10;"),
    "play step": ("Space", "step 2;"),
    "step": ("ArrowLeft", "step 1;"),
    "kind": ("ArrowDown", "kind rows;"),
    "f": ("ArrowDown", "f cos;"),
    "shown": ("Space", "shown False;"),
    "word": ("d", "word d;"),
    "A, row 1, column 1": ("ArrowUp", "A [[2.0,"),
    "A, row 1, column 2": ("ArrowDown", "A [[2.0, 1.0]"),
    "the, 1 of 3": ("ArrowRight", "words ('cat', 'the', 'the')"),
    "start": ("Enter", "angle 40;"),
}


def focused(page):
    return page.evaluate("() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText")


def test_all_can_be_done_with_keys_and_lab_does_not_take_them(notebook, page, shown, output):
    figure = shown("everything")
    cells, active = notebook.locator(".jp-Cell"), notebook.locator(".jp-Cell.jp-mod-active")
    number = cells.count()
    figure.picture.locator("[tabindex='0']").first.focus()
    current = active.evaluate("cell => [...cell.parentElement.children].indexOf(cell)")
    left = dict(BY_KEYBOARD)
    for _ in range(40):
        name = focused(page).removeprefix("↺ ")
        if name in left:
            key, expected = left.pop(name)
            before = page.evaluate_handle("() => document.activeElement")
            with figure.moves():
                page.keyboard.press(key)
                expect(figure.canvas).to_have_attribute("aria-label", re.compile(re.escape(expected)))
            assert before.evaluate("element => element === document.activeElement"), name
        if not left:
            break
        page.keyboard.press("Tab")
    assert left == {}
    assert cells.count() == number
    assert active.evaluate("cell => [...cell.parentElement.children].indexOf(cell)") == current
    expect(output("python").locator(".widget-label")).to_have_text(figure.text)


def test_what_is_typed_stays_in_the_field_whatever_lab_does_with_such_keys(notebook, page, shown):
    figure, number = shown("everything"), notebook.locator(".jp-Cell").count()
    figure.control("word").click()
    page.keyboard.press("End")
    page.keyboard.type("ddabxzm 00")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.type("dd")
    expect(figure.canvas).to_have_attribute("aria-label", re.compile("word catddabxzm 00dd;"))
    assert notebook.locator(".jp-Cell").count() == number


def test_each_control_and_handle_says_its_name_and_its_value(shown):
    figure = shown("everything")
    for name, value in {"angle": "40", "rate": "0.1", "tip": "(5.0, 5.0)", "cell": "row 1, column 1"}.items():
        expect(figure.control(name)).to_have_attribute("aria-valuetext", value)
    expect(figure.control("node")).to_have_attribute("aria-valuetext", "1 of 3")


# --- what is shown --------------------------------------------------------------------------------


def test_the_canvas_shows_what_the_figure_draws_to_the_pixel(shown):
    figure, drawn = shown("everything"), live(everything.everything, **everything.CONTROLS).figure
    drawn.frame(1)
    assert_array_equal(figure.pixels(), drawn.canvas.pixels())
    with figure.moves():
        figure.control("angle").fill("0")
    drawn.update(angle=-180).frame(1)
    assert_array_equal(figure.pixels(), drawn.canvas.pixels())


def test_start_leads_back(shown):
    figure = shown("everything")
    text, pixels = figure.text, figure.pixels()
    figure.control("angle").fill("3")
    figure.control("word").fill("far away")
    expect(figure.canvas).to_have_attribute("aria-label", re.compile("angle -177;.*word far away;"))
    figure.reset()
    expect(figure.canvas).to_have_attribute("aria-label", text)
    assert_array_equal(figure.pixels(), pixels)
    expect(figure.control("word")).to_have_value("cat")


def test_a_program_moves_the_controls(shown, output):
    figure = shown("everything")
    # Who moves last has the say: the program waits until Python has heard of the movement back to the start.
    expect(output("python").locator(".widget-label")).to_have_text(figure.text)
    with figure.moves():
        output("python").get_by_role("button").click()
    assert figure.text.startswith("angle -90;")
    expect(figure.control("angle")).to_have_attribute("aria-valuetext", "−90")
    expect(figure.control("word")).to_have_value("dog")
    expect(figure.control("cat, 1 of 3")).to_be_visible()


def test_two_views_of_a_figure_follow_each_other(shown):
    one, other = shown("everything"), shown("again")
    for moved, follows, angle in [(one, other, "10"), (other, one, "350")]:
        moved.control("angle").fill(angle)
        expect(follows.control("angle")).to_have_value(angle)
        expect(follows.canvas).to_have_attribute("aria-label", re.compile(f"angle {int(angle) - 180};"))
        expect(moved.canvas).to_have_attribute("aria-label", follows.text)
        assert_array_equal(follows.pixels(), moved.pixels())


def test_a_view_that_is_opened_later_shows_the_present_state_and_knows_the_start(notebook, page, shown, output):
    figure = shown("everything")
    start = figure.text
    figure.control("angle").fill("7")
    expect(output("python").locator(".widget-label")).to_have_text(re.compile("angle -173;"))
    figure.picture.click(button="right", position={"x": 3, "y": 3})
    page.get_by_role("menuitem", name="Create New View for Cell Output").click()
    view = Shown(page.locator(".jp-LinkedOutputView .mathml-live"))
    expect(view.canvas).to_have_attribute("aria-label", re.compile("angle -173;"))
    view.touch()
    assert_array_equal(view.pixels(), figure.pixels())
    view.reset()
    expect(view.canvas).to_have_attribute("aria-label", start)
    page.locator(".lm-TabBar-tab", has_text="Output View").locator(".lm-TabBar-tabCloseIcon").click()


def test_words_are_said_at_rest_however_long_the_picture_takes(shown):
    figure = shown("slow")
    with figure.moves():
        figure.control("angle").fill("0")
    expect(figure.told).to_have_text(figure.text)
    expect(figure.told).to_have_attribute("role", "status")


# --- errors ---------------------------------------------------------------------------------------


def test_an_error_is_said_below_the_picture_which_stays_and_the_next_state_is_shown(shown):
    figure = shown("broken")
    text, pixels, height = figure.text, figure.pixels(), figure.height()
    figure.control("angle").fill("0")
    expect(figure.message).to_have_text(re.compile(r"^ValueError in \w+: (math domain error|expected a nonneg)"))
    expect(figure.message).to_have_attribute("role", "alert")
    assert (figure.text, figure.height()) == (text, height)
    assert_array_equal(figure.pixels(), pixels)
    with figure.moves():
        figure.control("angle").fill("360")
    expect(figure.message).to_have_text("")


def test_an_error_that_has_passed_is_gone_when_one_comes_back(shown):
    figure = shown("later")
    figure.control("angle").fill("0")
    expect(figure.message).to_have_text(re.compile("-180 is new$"))
    figure.control("angle").fill("360")
    expect(figure.message).to_have_text(re.compile(" 180 is new$"))
    with figure.moves():
        figure.control("angle").fill("0")
    expect(figure.message).to_have_text("")


# --- the question before --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["number", "skipped", "options"])
def test_nothing_can_be_moved_before_the_question_is_answered(output, name):
    rows = output(name).locator(".mathml-live-row, .mathml-live-handle").all()
    assert rows
    assert all(row.evaluate("row => row.inert") for row in rows)


def test_a_prediction_opens_the_controls_and_is_judged_when_one_asks(output, page):
    figure = Shown(output("number").locator(".mathml-live"))
    verdict, height = figure.root.locator(".mathml-live-verdict"), figure.height()
    figure.control("your prediction").fill("30")
    page.keyboard.press("Enter")
    expect(verdict).to_have_text(re.compile("30°"))
    expect(verdict).not_to_have_text(re.compile("41"))
    assert focused(page) == "angle"
    page.keyboard.press("ArrowRight")
    expect(figure.canvas).to_have_attribute("aria-label", re.compile("^angle 41;"))
    figure.root.get_by_role("button", name="How far off").click()
    expect(verdict).to_have_text("You predicted 30°; it is 41°. That is 11° too low.")
    assert figure.height() == height


def test_who_only_looks_may_and_is_not_judged(output):
    figure = Shown(output("skipped").locator(".mathml-live"))
    height = figure.height()
    figure.root.get_by_role("button", name="Just look").click()
    figure.touch()
    with figure.moves():
        figure.control("word").fill("dog")
    expect(figure.root.get_by_role("button", name="How far off")).to_be_hidden()
    assert figure.height() == height


def test_a_choice_is_predicted_with_keys_and_the_focus_goes_on_to_what_can_be_moved(output, page):
    figure = Shown(output("options").locator(".mathml-live"))
    verdict, height = figure.root.locator(".mathml-live-verdict"), figure.height()
    figure.root.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(verdict).to_have_text(re.compile("“up”"))
    assert focused(page) == "tip"
    with figure.moves():
        page.keyboard.press("ArrowUp")
    figure.root.get_by_role("button", name="How far off").press("Enter")
    expect(verdict).to_have_text("Right: it is “up”.")
    assert figure.height() == height
