"""JupyterLab on a temporary copy of the course, and a browser that looks at it."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from mathml.course.assignments import hand_out
from mathml.course.launch import lab_command, parse
from tests.browser import chromium

ROOT = Path(__file__).resolve().parents[2]
COPIED = ["notebooks", "release", "nbgrader_config.py"]
PATIENCE = 120  # seconds, on a machine that is busy with other tests
expect.set_options(timeout=PATIENCE * 1000)


class Lab(NamedTuple):
    """A running JupyterLab, the copy of the course that it serves, and the user's settings."""

    root: Path
    settings: Path
    address: str
    token: str

    def url(self, path: str) -> str:
        """The address of a file, with a fragment if it has one, in a window of its own."""
        path, _, fragment = path.partition("#")
        window = f"{self.address}/lab/workspaces/{secrets.token_hex(4)}"
        return f"{window}/tree/{path}?token={self.token}" + (f"#{fragment}" if fragment else "")


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    root = copy_of_the_course(tmp_path_factory.mktemp("course"))
    settings = tmp_path_factory.mktemp("settings")
    lab = Lab(root, settings, f"http://127.0.0.1:{free_port()}", secrets.token_hex())
    options = parse(["--no-browser", f"--port={lab.address.rpartition(':')[2]}", "--", "--ServerApp.port_retries=0"])
    log = settings / "log.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, *lab_command(root, options)],
            cwd=root,
            env={**os.environ, **jupyter_folders(settings), "JUPYTER_TOKEN": lab.token},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(lab, process, log)
        yield lab
    finally:
        process.terminate()
        process.wait()


def copy_of_the_course(root: Path) -> Path:
    for name in COPIED:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, root / name)
    list(hand_out(root))
    return root


def jupyter_folders(settings: Path) -> dict[str, str]:
    """Nothing of what the user has set or left open is seen, or changed."""
    data = {name: str(settings / "data") for name in ["JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"]}
    return {"JUPYTER_CONFIG_DIR": str(settings), **data}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(PATIENCE * 10):
        try:
            urllib.request.urlopen(f"{lab.address}/api?token={lab.token}").close()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        (pytest.fail if chromium.IN_CI else pytest.skip)(chromium.NONE)
    arguments = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window; the test fails if anything went wrong in it that its console tells of."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not errors
