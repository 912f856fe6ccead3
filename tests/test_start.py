"""Set-up: the environment, JupyterLab, and what a person reads when something is in the way."""

import ast
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mathml.course import environment, launch
from mathml.course.environment import Environment, SetupError, explanation, uv_settings

ROOT = Path(__file__).resolve().parents[1]


# --- start.py -------------------------------------------------------------------------------------


def test_start_is_written_so_that_an_old_python_can_read_it():
    source = (ROOT / "start.py").read_text(encoding="utf-8")
    assert source.isascii()
    assert not any(
        isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr | ast.FunctionDef)
        for node in ast.walk(ast.parse(source))
    )


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 13), (3, 14, 0)])
def test_a_python_that_is_too_old_or_too_new_is_told_so(monkeypatch, capsys, version):
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(str(ROOT / "start.py"))
    assert stopped.value.code == 1
    assert f"needs Python 3.11, 3.12 or 3.13, but this is {version[0]}.{version[1]}" in capsys.readouterr().err


def test_one_command_sets_up_a_fresh_folder_and_a_second_call_changes_nothing(tmp_path):
    course = tmp_path / "un cours de maths à moi"
    shutil.copytree(ROOT / "mathml", course / "mathml", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ["binder", "release"]:
        shutil.copytree(ROOT / name, course / name)
    for name in ["start.py", "pyproject.toml", "README.md", "LICENSE"]:
        shutil.copy(ROOT / name, course)

    def start() -> str:
        command = [sys.executable, str(course / "start.py"), "--setup-only"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "Installing" in start()
    assert start() == ""
    assert {path.name for path in (course / "release").iterdir()} == {
        path.name for path in (course / "work").glob("[!.]*")
    }
    code = "import jupyterlab, matplotlib, mathml, nbgrader, sklearn; print(mathml.__file__)"
    shown = subprocess.run([Environment(course).python, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert shown.stdout.strip() == str(course / "mathml" / "__init__.py")


# --- the environment ------------------------------------------------------------------------------


@pytest.fixture
def course(tmp_path):
    """A course that consists of what decides about its environment."""
    for name in [*environment.LOCKS.values(), environment.LAB_SETTINGS, "pyproject.toml"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


@pytest.fixture
def steps(monkeypatch):
    """The steps that a set-up takes; none of them is really taken."""
    taken: list[str] = []

    def make(self):
        taken.append("make")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.bin.mkdir(parents=True)
        self.python.touch()

    monkeypatch.setattr(Environment, "make", make)
    monkeypatch.setattr(Environment, "install", lambda self, what: taken.append(what))
    return taken


def test_what_is_installed_is_not_installed_again(course, steps):
    Environment(course).prepare()
    Environment(course).prepare()
    assert steps == ["make", "course"]


def test_the_tests_environment_holds_the_course(course, steps):
    Environment(course).prepare("tests")
    Environment(course).prepare("course")
    assert steps == ["make", "tests"]


def test_the_tests_are_added_to_the_environment_of_the_course(course, steps):
    Environment(course).prepare("course")
    Environment(course).prepare("tests")
    assert steps == ["make", "course", "tests"]


@pytest.mark.parametrize("changed", ["binder/requirements.txt", "pyproject.toml", "binder/overrides.json"])
def test_a_change_of_what_is_needed_is_installed_into_the_same_environment(course, steps, changed):
    Environment(course).prepare()
    (course / changed).write_text("changed", encoding="utf-8")
    Environment(course).prepare()
    assert steps == ["make", "course", "course"]


def test_a_set_up_that_was_killed_is_made_anew(course, steps, monkeypatch):
    Environment(course).prepare()
    (course / "pyproject.toml").write_text("changed", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(Environment, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Environment(course).prepare()
    Environment(course).prepare()
    assert steps == ["make", "course", "make", "course"]


def interrupted(*_):
    raise KeyboardInterrupt


def test_another_python_makes_the_environment_anew(course, steps, monkeypatch):
    Environment(course).prepare()
    monkeypatch.setattr(environment.platform, "python_version", lambda: "3.99.0")
    Environment(course).prepare()
    assert steps == ["make", "course", "make", "course"]


def test_a_course_that_was_moved_makes_its_environment_anew(course, steps):
    Environment(course).prepare()
    moved = course.rename(course.with_name("moved"))
    Environment(moved).prepare()
    assert steps == ["make", "course", "make", "course"]


@pytest.mark.parametrize("record", ["", "{", '{"course": "1"}'])
def test_a_damaged_record_counts_for_nothing(course, steps, record):
    Environment(course).prepare()
    Environment(course).record.write_text(record, encoding="utf-8")
    Environment(course).prepare()
    assert steps == ["make", "course", "make", "course"]


def test_the_environment_comes_first_on_the_path(course):
    variables = Environment(course).variables()
    assert variables["PATH"].split(os.pathsep)[0] == str(Environment(course).bin)


def test_nbgrader_finds_its_settings_from_any_folder_and_so_do_others(course, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "elsewhere")
    assert Environment(course).variables()["JUPYTER_CONFIG_PATH"] == f"{course}{os.pathsep}elsewhere"
    monkeypatch.delenv("JUPYTER_CONFIG_PATH")
    assert Environment(course).variables()["JUPYTER_CONFIG_PATH"] == str(course)


# --- a machine with settings of its own -----------------------------------------------------------

PIP_CONFIG = """\
:env:.find-links='/wheels /more-wheels'
global.extra-index-url='\\nhttps://one.example/simple\\nhttps://two.example/simple'
global.index-url='https://old.example/simple'
global.timeout='60'
install.index-url='https://mirror.example/simple'
"""


def test_what_pip_is_told_about_indexes_uv_is_told_too():
    assert uv_settings(PIP_CONFIG, {}) == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "UV_INDEX": "https://one.example/simple https://two.example/simple",
        "UV_FIND_LINKS": "/wheels,/more-wheels",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_what_uv_is_told_itself_goes_first():
    assert "UV_DEFAULT_INDEX" not in uv_settings(PIP_CONFIG, {"UV_DEFAULT_INDEX": "https://uv.example/simple"})


# --- what a person reads --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "advice"),
    [
        ("ERROR: No matching distribution found for uv", "connect to the network"),
        ("Failed to establish a new connection: Temporary failure in name resolution", "connect to the network"),
        ("error: Failed to fetch `numpy`: dns error", "connect to the network"),
        ("Error: [Errno 13] Permission denied: '/course/.venv'", "cannot be written to"),
        ("OSError: [Errno 28] No space left on device", "make about 1 GB of room"),
        ("something else", "delete the folder .venv"),
    ],
)
def test_a_failed_command_is_explained(message, advice):
    assert advice in explanation(message)


def test_a_command_that_fails_is_told_with_its_last_words():
    with pytest.raises(SetupError, match=r"(?s)The set-up stopped.*the reason$"):
        environment.run([sys.executable, "-c", "import sys; sys.exit('first\\nthe reason')"])


def test_a_python_without_venv_is_told_the_package_to_install(monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda name: None)
    with pytest.raises(SetupError, match=r"sudo apt install python3\.1[123]-venv"):
        environment.require_venv()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (SetupError("Do this."), "Do this."),
        (PermissionError(13, "Permission denied", "work"), "No permission to write work: move the course"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (KeyboardInterrupt(), "Stopped. Run start.py again to go on."),
    ],
)
def test_what_stops_the_set_up_is_a_sentence(monkeypatch, error, sentence):
    def fail(self, what):
        raise error

    monkeypatch.setattr(Environment, "prepare", fail)
    assert sentence in launch.main([])


def test_options_reach_jupyterlab(tmp_path):
    options = launch.parse(["--no-browser", "--port", "9000", "--", "--ServerApp.ip=0.0.0.0"])
    command = launch.lab_command(tmp_path, options)
    assert {"--no-browser", "--port=9000", "--ServerApp.ip=0.0.0.0", f"--ServerApp.root_dir={tmp_path}"} <= {*command}
