"""The student's copies of the assignments: put into `work/`, never overwritten, and corrected beside.

`release/<lesson>/` is what the instructor hands out. The first time, it is copied to `work/<lesson>/`, and to a
hidden folder that remembers what the copy was made from. When the release changes later, the correction
with the student's answers in it is put into `work/<lesson>/corrected/`.
"""

import json
import shutil
import uuid
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mathml.course.cells import Cell, grade_id, grading, is_solution, source

__all__ = ["carry_over", "hand_out"]

Notebook = dict[str, Any]
IGNORED = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")


def hand_out(root: Path) -> Iterator[str]:
    """Put every assignment of `root`/release into `root`/work; yields a line for each thing that was done."""
    for release in sorted(path for path in (root / "release").glob("*") if path.is_dir()):
        work, origin = root / "work" / release.name, root / "work" / ".made_from" / release.name
        where = work.relative_to(root).as_posix()
        if not work.exists():
            remember(release, origin)
            copy(release, work)
            yield f"New assignment: {where}"
        elif not origin.exists():
            remember(release, origin)
        elif contents(release) != contents(origin):
            try:
                corrected = correct(release, work, origin).relative_to(root).as_posix()
            except (OSError, ValueError, KeyError) as error:
                yield f"{where} was corrected by the instructor, but your answers cannot be carried over: {error!r}"
                continue
            remember(release, origin)
            yield (
                f"{where} was corrected by the instructor: {corrected} is the new version with your answers in it. "
                "Your own is as you left it; to hand in the new one, copy it over yours."
            )


def remember(release: Path, origin: Path) -> None:
    shutil.rmtree(origin, ignore_errors=True)
    copy(release, origin)


def correct(release: Path, work: Path, origin: Path) -> Path:
    """Make a corrected copy, in a folder that is not there yet."""
    names = ["corrected", *(f"corrected-{n}" for n in range(2, 100))]
    corrected = next(work / name for name in names if not (work / name).exists())
    unfinished = work / ".corrected"
    shutil.rmtree(unfinished, ignore_errors=True)
    copy(release, unfinished)
    for path in unfinished.glob("*.ipynb"):
        mine, before = read(work / path.name), read(origin / path.name)
        path.write_text(dump(carry_over(read(path), mine, before)), encoding="utf-8", newline="\n")
    return unfinished.rename(corrected)


def carry_over(release: Notebook, mine: Notebook, before: Notebook) -> Notebook:
    """The new release, with the answers and the added cells of `mine`, which was made from `before`.

    A solution cell is known by its grade id. A cell is an added one if it was neither in the release before nor is
    in the new one; it comes after the cell that it followed.
    """
    stubs = {name(cell): source(cell) for cell in before["cells"]}
    known = {name(cell): cell for cell in release["cells"]}
    answers: dict[str, Cell] = {}
    added: dict[str, list[Cell]] = defaultdict(list)
    seen: set[str] = set()
    anchor = ""
    for cell in mine["cells"]:
        key = name(cell)
        unchanged = source(cell) == stubs.get(key)
        theirs = unchanged or not (is_solution(cell) or is_free(cell))
        if key in known and key not in seen:
            seen.add(key)
            anchor = key
            if not theirs:
                answers[key] = cell
        elif not theirs and source(cell).strip():
            added[anchor].append(own(cell))

    cells = list(added[""])
    for cell in release["cells"]:
        answer = answers.get(name(cell))
        cells += [answered(cell, answer) if answer else cell, *added[name(cell)]]
    return {**release, "cells": with_unique_ids(cells)}


def name(cell: Cell) -> str:
    """What a cell is known by in every version: its grade id, or else what is in it."""
    return grade_id(cell) or source(cell)


def is_free(cell: Cell) -> bool:
    return not grading(cell)


def own(cell: Cell) -> Cell:
    """A student's cell, not run and without the mark of the exercise that it may have been split off from."""
    metadata = {key: value for key, value in cell["metadata"].items() if key != "nbgrader"}
    return unrun({**cell, "metadata": metadata})


def answered(cell: Cell, answer: Cell) -> Cell:
    """The release's cell with what the student wrote in it, pasted pictures included."""
    return unrun({**cell, **{key: answer[key] for key in ("source", "attachments") if key in answer}})


def unrun(cell: Cell) -> Cell:
    return {**cell, "outputs": [], "execution_count": None} if cell["cell_type"] == "code" else cell


def with_unique_ids(cells: list[Cell]) -> list[Cell]:
    seen: set[str] = set()
    unique = []
    for cell in cells:
        if "id" in cell and cell["id"] in seen:
            cell = {**cell, "id": uuid.uuid4().hex[:8]}
        seen.add(cell.get("id", ""))
        unique.append(cell)
    return unique


def read(path: Path) -> Notebook:
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def dump(notebook: Notebook) -> str:
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def copy(source: Path, target: Path) -> None:
    """Copy to a `target` that is not there yet; it has its own name only once it is whole."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(source, unfinished, ignore=IGNORED)
    unfinished.rename(target)


def contents(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file() and ".ipynb_checkpoints" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


if __name__ == "__main__":
    for line in hand_out(Path.cwd()):
        print(line)
