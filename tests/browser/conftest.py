"""JupyterLab on a temporary copy of the course, and a browser that looks at it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from mathml.course.assignments import hand_out
from tests.browser import chromium
from tests.browser.jupyter import PATIENCE, Lab, serve
from tests.browser.pages import window
from tests.conftest import IN_CI

ROOT = Path(__file__).resolve().parents[2]
COPIED = ["notebooks", "release", "nbgrader_config.py"]
expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    settings = tmp_path_factory.mktemp("settings")
    with serve(copy_of_the_course(tmp_path_factory.mktemp("course")), settings) as lab:
        yield lab


def copy_of_the_course(root: Path) -> Path:
    for name in COPIED:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, root / name)
    list(hand_out(root))
    return root


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        (pytest.fail if IN_CI else pytest.skip)(chromium.NONE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.arguments())
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with window(browser) as page:
        yield page


@pytest.fixture
def dark_theme(lab: Lab) -> Iterator[None]:
    """The theme that a user has chosen, as JupyterLab keeps it."""
    folder = lab.settings / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    chosen = folder / "themes.jupyterlab-settings"
    chosen.parent.mkdir(parents=True, exist_ok=True)
    chosen.write_text('{"theme": "JupyterLab Dark"}', encoding="utf-8")
    yield
    chosen.unlink()
