"""release/ is what nbgrader makes of source/, byte for byte.

python -m tools.release          make it
python -m tools.release --check  say what differs, and change nothing
"""

import argparse
import ast
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from nbformat import NotebookNode

from mathml.course.cells import BEGIN_HIDDEN, END_HIDDEN, is_test
from tools.notebooks import read

__all__ = ["differences", "generate", "main", "release_faults", "source_faults"]

ROOT = Path(__file__).resolve().parent.parent
CONFIG = "nbgrader_config.py"
BEGIN_SOLUTION, END_SOLUTION = "BEGIN SOLUTION", "END SOLUTION"  # anywhere in a line, as nbgrader reads them
MARKS = (BEGIN_SOLUTION, END_SOLUTION, BEGIN_HIDDEN, END_HIDDEN)


def generate(source: Path, course: Path) -> Path:
    """Let nbgrader release every assignment of `source` within the empty folder `course`; returns where."""
    shutil.copy(ROOT / CONFIG, course)
    shutil.copytree(source, course / "source", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "*", "--no-db", "--log-level=ERROR"]
    subprocess.run(command, cwd=course, check=True)
    return course / "release"


def differences(made: Path, committed: Path) -> list[str]:
    """The files that only one of two folders holds, or that are not the same in both."""
    mine, theirs = _files(made), _files(committed)
    return [str(file) for file in sorted(mine.keys() | theirs.keys()) if mine.get(file) != theirs.get(file)]


def _files(folder: Path) -> dict[Path, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".ipynb_checkpoints" not in path.parts)
    return {file.relative_to(folder): file.read_bytes() for file in files}


# --- what a source and a release must hold --------------------------------------------------------


def source_faults(notebook: NotebookNode) -> list[str]:
    """Each `check` in a hidden region, and no other, says `hidden=True`: then its message keeps the input to itself."""
    return [fault for cell in notebook.cells if is_test(cell) for fault in _hidden_faults(cell)]


def _hidden_faults(cell: NotebookNode) -> Iterator[str]:
    name, lines = cell.metadata.nbgrader.grade_id, _hidden_lines(cell.source)
    for call in _checks(cell.source):
        says_hidden = any(keyword.arg == "hidden" for keyword in call.keywords)
        if says_hidden != (call.lineno in lines):
            must = "must not say hidden=True" if says_hidden else "is hidden, and must say hidden=True"
            yield f"{name}, line {call.lineno}: this check {must}"


def _hidden_lines(source: str) -> set[int]:
    hidden, lines = False, set()
    for number, line in enumerate(source.splitlines(), start=1):
        hidden = BEGIN_HIDDEN in line or (hidden and END_HIDDEN not in line)
        if hidden:
            lines.add(number)
    return lines


def _checks(source: str) -> Iterator[ast.Call]:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "check")


def release_faults(notebook: NotebookNode) -> list[str]:
    """A release has no marked region and no outputs left."""
    faults = []
    for i, cell in enumerate(notebook.cells):
        faults += [f"cell {i} still says {mark}" for mark in MARKS if mark in cell.source]
        faults += [f"cell {i} has outputs"] if cell.get("outputs") else []
    return faults


# --- the command line -----------------------------------------------------------------------------


def main(command_line: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.release", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="say what differs, and change nothing")
    only_check = parser.parse_args(command_line).check
    source, release = ROOT / "source", ROOT / "release"

    with tempfile.TemporaryDirectory() as course:
        made = generate(source, Path(course))
        faults = _all_faults(source, source_faults) + _all_faults(made, release_faults)
        if only_check:
            faults += [
                f"release/{file} is not what source/ makes: `make release`" for file in differences(made, release)
            ]
        elif not faults:
            shutil.rmtree(release, ignore_errors=True)
            shutil.copytree(made, release)
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


def _all_faults(folder: Path, look: Callable[[NotebookNode], list[str]]) -> list[str]:
    return [f"{path.parent.name}: {fault}" for path in sorted(folder.rglob("*.ipynb")) for fault in look(read(path))]


if __name__ == "__main__":
    sys.exit(main())
