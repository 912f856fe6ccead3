"""The course's own Python environment, `.venv`: made once, with the locked versions, and used again.

A record inside `.venv` says what was installed. It is taken away before anything changes and written when all
is done, so that an environment without one (a set-up that was killed) is made anew.
"""

import ast
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

__all__ = ["LOCKS", "Environment", "SetupError"]

UV = "uv==0.13.9"
LOCKS = {"course": "binder/requirements.txt", "tests": "tests/requirements.txt"}  # the second holds the first
# No news and no advice to update, as versions are locked; cells stay where they are, so that links to headings hit.
LAB_SETTINGS = "binder/overrides.json"

# What pip calls a setting, and uv's name for it: a machine that is told to use a mirror is obeyed by both.
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}

# What a failed command said, and what to do about it.
ADVICE = {
    r"[Pp]ermission denied|Access is denied|WinError (5|32)": (
        "The folder cannot be written to: close JupyterLab if it is open, or move the course to a folder of your own."
    ),
    r"No space left|os error 28": "The disk is full: make about 1 GB of room, then run start.py again.",
    r"(?i)connect|resol|dns|fetch|no matching distribution|timed out": (
        "The packages cannot be downloaded: connect to the network (behind a proxy, set HTTPS_PROXY), "
        "then run start.py again."
    ),
    "": "The set-up stopped: run start.py again; if that does not help, delete the folder .venv first.",
}


class SetupError(Exception):
    """The set-up cannot go on; the message says what to do."""


class Environment:
    """The environment of the course whose folder is `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.record = self.folder / "course.json"
        self.bin = self.folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.bin / ("python.exe" if os.name == "nt" else "python")

    def variables(self) -> dict[str, str]:
        """The variables of a shell in which this environment is active."""
        found = {
            "PATH": os.pathsep.join([str(self.bin), os.environ.get("PATH", "")]),
            "VIRTUAL_ENV": str(self.folder),
            # Lab's Assignment List leaves this folder, and reads nbgrader's settings again where it went.
            "JUPYTER_CONFIG_PATH": os.pathsep.join(
                filter(None, [str(self.root), os.environ.get("JUPYTER_CONFIG_PATH")])
            ),
        }
        return {**os.environ, **found}

    def prepare(self, what: str = "course") -> None:
        """Install the locked versions of `what`, "course" or "tests", unless they are there."""
        installed = self.installed()
        if installed.get(what) == self.stamp(what):
            return
        require_venv()
        self.record.unlink(missing_ok=True)
        if not installed:
            self.make()
        self.install(what)
        stamps = {name: self.stamp(name) for name in ([*LOCKS] if what == "tests" else [what])}
        self.record.write_text(json.dumps({**installed, **self.home(), **stamps}), encoding="utf-8")

    def installed(self) -> dict[str, str]:
        """What the record says; nothing if it is of another folder or another Python."""
        try:
            record: dict[str, str] = json.loads(self.record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return record if self.home().items() <= record.items() and self.python.exists() else {}

    def home(self) -> dict[str, str]:
        """What an environment cannot be moved away from."""
        return {"folder": str(self.root), "python": platform.python_version()}

    def stamp(self, what: str) -> str:
        """One number for everything that decides what is installed."""
        inputs = [self.root / LOCKS[what], self.root / "pyproject.toml", self.root / LAB_SETTINGS, Path(__file__)]
        return hashlib.sha256(b"\0".join(path.read_bytes() for path in inputs)).hexdigest()

    def make(self) -> None:
        # Not the environment's own Python, in case that is what runs here.
        python = getattr(sys, "_base_executable", sys.executable)
        with step(f"Making an environment for Python {platform.python_version()} in .venv"):
            run([python, "-m", "venv", "--clear", str(self.folder)])

    def install(self, what: str) -> None:
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check"]
        with step("Installing uv, which installs the rest"):
            run([*pip, "install", "--quiet", "--retries", "1", UV], PIP_USER="0")

        lock = self.root / LOCKS[what]
        packages = len(re.findall(r"^\S+==", lock.read_text(encoding="utf-8"), flags=re.MULTILINE))
        settings = uv_settings(run([*pip, "config", "list"]), os.environ)
        install = [str(self.python), "-m", "uv", "pip", "install", "--python", str(self.python)]
        with step(f"Installing {packages} packages"):
            run([*install, "--require-hashes", "--requirement", str(lock)], **settings)
        with step("Installing mathml"):
            run([*install, "--no-deps", "--editable", str(self.root)], **settings)
        lab_settings = self.folder / "share/jupyter/lab/settings"
        lab_settings.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.root / LAB_SETTINGS, lab_settings)


def require_venv() -> None:
    """Debian and Ubuntu ship Python without the part that makes environments."""
    if not (find_spec("venv") and find_spec("ensurepip")):
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise SetupError(
            f"This Python cannot make environments: run `sudo apt install {package}`, then start.py again."
        )


def uv_settings(pip_config: str, environment: Mapping[str, str]) -> dict[str, str]:
    """What `pip config list` says, in uv's words; what the environment tells uv itself goes first."""
    sections: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for section, name, value in re.findall(r"^([\w:]+)\.([\w-]+)=(.*)$", pip_config, flags=re.MULTILINE):
        sections.setdefault(section, {})[name] = " ".join(ast.literal_eval(value).split())
    found = {**sections["global"], **sections["install"], **sections[":env:"]}
    settings = {PIP_TO_UV[name]: value for name, value in found.items() if name in PIP_TO_UV}
    if "UV_FIND_LINKS" in settings:
        settings["UV_FIND_LINKS"] = settings["UV_FIND_LINKS"].replace(" ", ",")
    # As pip does: the best version of all indexes. The hashes in the lock keep that safe.
    settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {name: value for name, value in settings.items() if name not in environment}


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done, and then how long it took."""
    print(f"{what} …", end=" ", flush=True)
    began = time.monotonic()
    yield
    print(f"{time.monotonic() - began:.0f} s", flush=True)


def run(command: list[str], **variables: str) -> str:
    """What a command prints; if it fails, a `SetupError` with its last words."""
    done = subprocess.run(command, env={**os.environ, **variables}, capture_output=True, text=True, errors="replace")
    if done.returncode:
        last = "\n".join((done.stderr or done.stdout).strip().splitlines()[-5:])
        raise SetupError(f"{explanation(last)}\nThe last words of the command were:\n{last}")
    return done.stdout


def explanation(message: str) -> str:
    """What a person can do about a command that failed with this message."""
    return next(advice for pattern, advice in ADVICE.items() if re.search(pattern, message))
