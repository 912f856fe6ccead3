"""A Chromium for the tests: the system's, or Playwright's own. `python -m tests.browser.chromium` gets one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import debian
from tests.conftest import IN_CI

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
PACKAGES = ["chromium", "libatomic1"]  # the second is what Playwright itself needs
NONE = "There is no Chromium here, and none could be installed: install Chromium or Chrome for the browser tests."


def find() -> str | None:
    """Where a Chromium is, or None."""
    return systems_own() or playwrights_own()


def systems_own() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def arguments() -> list[str]:
    """How it is started: without news, and without its sandbox where that cannot be had."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    return [*quiet, "--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else quiet


def install() -> None:
    """Install one, by the system's packages where that is allowed, or else by Playwright's download."""
    debian.install(*PACKAGES)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> str | None:
    """Make sure that there is one; without one, the browser tests are skipped, except in CI."""
    if not systems_own():
        install()
    if not find():
        if IN_CI:
            return NONE
        print(NONE)
    return None


if __name__ == "__main__":
    sys.exit(main())
