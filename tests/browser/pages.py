"""What the tests do in a browser: open a window and a notebook in it, run it, look at it."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.jupyter import PATIENCE, Lab

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS_OWN = "/static/notebook/"  # Notebook 7.6 stumbles over its own settings when it opens


@contextmanager
def window(browser: Browser, **options: Any) -> Iterator[Page]:
    """A window; the test fails if anything went wrong in it that its console tells of."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, **options)
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)) if NOTEBOOKS_OWN not in (error.stack or "") else None)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not errors, errors


def cells(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return found


def open_notebook(page: Page, lab: Lab, path: str) -> Locator:
    """Open a file of the course in a window of its own; the notebook, when all of its cells are there."""
    page.goto(lab.url(path))
    return shown_notebook(page, lab, path.partition("#")[0])


def shown_notebook(page: Page, lab: Lab, path: str) -> Locator:
    notebook = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)", has=page.locator(".jp-Notebook"))
    expect(notebook.locator(".jp-Notebook .jp-Cell")).to_have_count(len(cells(lab.root / path)))
    return notebook


def run_all(page: Page, notebook: Locator) -> None:
    """Run > Run All Cells, when Python answers, and wait for the last one."""
    page.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel")
    page.evaluate("async () => await jupyterapp.shell.currentWidget.sessionContext.session.kernel.info")
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    expect(notebook.locator(".jp-CodeCell .jp-InputPrompt").filter(has_text=re.compile(r"[ *]"))).to_have_count(0)


def contrast(ink: Locator, paper: Locator) -> float:
    """Of the colour of letters and what is behind them: from 1 to 21."""
    light, dark = sorted((lightness(ink, "color"), lightness(paper, "background-color")), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lightness(element: Locator, colour: str) -> float:
    """The relative luminance of a colour on the page, from 0 (black) to 1 (white)."""
    rgb: list[int] = element.evaluate(
        """(element, colour) => {
            const context = new OffscreenCanvas(1, 1).getContext("2d");
            context.fillStyle = getComputedStyle(element)[colour];
            context.fillRect(0, 0, 1, 1);
            return [...context.getImageData(0, 0, 1, 1).data];
        }""",
        colour,
    )
    linear = [(c / 255 / 12.92) if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb[:3]]
    return float(sum(weight * c for weight, c in zip([0.2126, 0.7152, 0.0722], linear, strict=True)))
