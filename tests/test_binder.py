"""What Binder and the set-up build from, as far as it can be checked without building it."""

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools import student

ROOT = Path(__file__).resolve().parents[1]
LOCKED = {"binder/requirements.txt": ["course", "grading"], "tests/requirements.txt": ["test"]}


def pins(lock: Path) -> dict[str, Requirement]:
    """The packages of a lock, by name; each is pinned, and has hashes."""
    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", lock.read_text(encoding="utf-8")).strip())
    pinned = {}
    for entry in entries:
        requirement, *hashes = (part.strip() for part in entry.split("\\\n"))
        assert re.match(r"[\w.-]+==[\w.]+( ;|$)", requirement), f"{lock}: {requirement} is not pinned"
        assert hashes, f"{lock}: {requirement} has no hash"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", part) for part in hashes)
        pin = Requirement(requirement)
        pinned[pin.name] = pin
    return pinned


def wanted(folder: Path, extras: list[str]) -> list[Requirement]:
    """What pyproject.toml asks for, with these extras and those that they name."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*map(Requirement, project["dependencies"])]
    for extra in extras:
        for requirement in map(Requirement, project["optional-dependencies"][extra]):
            own = requirement.name == project["name"]
            asked += wanted(folder, sorted(requirement.extras)) if own else [requirement]
    return asked


def check_lock(folder: Path, lock: str, extras: list[str]) -> None:
    """Everything is pinned within its bounds, and nothing says where from."""
    text = (folder / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|file:|--(extra-)?index|--find-links|^-e|\+cpu|^#.*[/\\]\w", text, re.MULTILINE)
    pinned = pins(folder / lock)
    for requirement in wanted(folder, extras):
        version = next(iter(pinned[requirement.name].specifier)).version
        assert version in requirement.specifier, f"{lock}: {requirement.name} is {version}: run `make lock`"


def check_binder(folder: Path) -> None:
    """`folder` is one that Binder can build."""
    assert (folder / "binder/runtime.txt").read_text(encoding="utf-8").strip() == "python-3.12"
    assert os.access(folder / "binder/postBuild", os.X_OK)
    subprocess.run(["bash", "-n", "binder/postBuild"], cwd=folder, check=True)
    json.loads((folder / "binder/overrides.json").read_text(encoding="utf-8"))
    check_lock(folder, "binder/requirements.txt", LOCKED["binder/requirements.txt"])


def test_binder_can_build_the_repository():
    check_binder(ROOT)


def test_binder_can_build_the_students_copy(tmp_path):
    student.build(ROOT, tmp_path / "student")
    check_binder(tmp_path / "student")


@pytest.mark.parametrize("lock", LOCKED)
def test_locks_are_in_step_with_what_is_asked_for(lock):
    check_lock(ROOT, lock, LOCKED[lock])


def test_tests_use_the_versions_that_learners_use():
    course, tests = (pins(ROOT / lock) for lock in LOCKED)
    assert {name: str(pin.specifier) for name, pin in course.items()}.items() <= {
        name: str(pin.specifier) for name, pin in tests.items()
    }.items()


def test_a_version_out_of_bounds_is_noticed(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "mathml"\ndependencies = ["numpy>=3"]\n', encoding="utf-8"
    )
    (tmp_path / "lock.txt").write_text(f"numpy==2.4 \\\n    --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"numpy is 2\.4: run `make lock`"):
        check_lock(tmp_path, "lock.txt", [])
