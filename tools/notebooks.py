"""One normal form for notebooks, and lessons that are committed executed.

    python -m tools.notebooks normalize [PATHS]
    python -m tools.notebooks check [PATHS]
    python -m tools.notebooks run [PATHS]

A notebook in normal form differs from the last commit only where its author changed it. A lesson keeps its outputs; an
assignment (a notebook with nbgrader's cells) has none. PATHS are notebooks or folders: all lessons and sources, if none
is given.
"""

import argparse
import asyncio
import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbformat.validator import iter_validate

from mathml.course.cells import is_test
from mathml.course.server import WIDGET

__all__ = ["check", "is_assignment", "normalize", "read", "run", "text"]

LESSONS, SOURCES = Path("notebooks"), Path("source")
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
LARGEST = 2_000_000  # bytes: what a repository's page still shows
MOST_CELLS = 160
TIME_LIMIT = 300  # seconds for one cell


# --- the normal form ------------------------------------------------------------------------------


def normalize(notebook: NotebookNode) -> NotebookNode:
    """The notebook in normal form; the notebook that came stays as it is."""
    keep_outputs = not is_assignment(notebook)
    ids = _unique_ids(notebook.cells)
    cells = [_normal_cell(cell, id, keep_outputs) for cell, id in zip(notebook.cells, ids, strict=True)]
    _number(cells)
    normal = {"nbformat": 4, "nbformat_minor": 5, "metadata": METADATA, "cells": cells}
    return NotebookNode(nbformat.from_dict(normal))  # type: ignore[no-untyped-call]


def is_assignment(notebook: NotebookNode) -> bool:
    return any("nbgrader" in cell.metadata for cell in notebook.cells)


def _unique_ids(cells: Iterable[NotebookNode]) -> list[str]:
    """A valid id is kept by the first cell that has it; the others get one that follows from their source."""
    wanted = [str(cell.get("id", "")) for cell in cells]
    taken = {id for id in wanted if re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", id)}
    unclaimed, ids = set(taken), []
    for cell, id in zip(cells, wanted, strict=True):
        salt = 0
        while id not in unclaimed:
            id = hashlib.sha256(f"{salt} {cell.source}".encode()).hexdigest()[:8]
            salt += 1
            if id not in taken:
                taken.add(id)
                unclaimed.add(id)
        unclaimed.remove(id)
        ids.append(id)
    return ids


def _normal_cell(cell: NotebookNode, id: str, keep_outputs: bool) -> dict[str, Any]:
    normal = {"cell_type": cell.cell_type, "id": id, "metadata": _normal_metadata(cell), "source": cell.source}
    if cell.cell_type == "code":
        outputs = [_without_widget(output) for output in _merge_streams(cell.outputs)] if keep_outputs else []
        return normal | {"execution_count": cell.execution_count if keep_outputs else None, "outputs": outputs}
    return normal | ({"attachments": cell.attachments} if cell.get("attachments") else {})


def _normal_metadata(cell: NotebookNode) -> dict[str, Any]:
    """What nbgrader needs, and tags; never times, widgets, or what was folded."""
    kept = {"nbgrader", "tags"}
    if "nbgrader" in cell.metadata:
        kept |= {"deletable", "editable"}  # its locks
    metadata = {key: value for key, value in cell.metadata.items() if key in kept and value != []}
    tags = metadata.get("tags", [])
    if is_test(cell) and "raises-exception" not in tags:
        metadata["tags"] = [*tags, "raises-exception"]  # so that "Run All" goes on to the next exercise
    return metadata


def _merge_streams(outputs: Iterable[NotebookNode]) -> list[dict[str, Any]]:
    """How a stream is cut into messages depends on the clock."""
    merged: list[dict[str, Any]] = []
    for output in outputs:
        if output.output_type == "stream" and merged and merged[-1].get("name") == output.name:
            merged[-1]["text"] += output.text
        else:
            merged.append(dict(output))
    return merged


def _without_widget(output: dict[str, Any]) -> dict[str, Any]:
    """A stored picture, and not the place of a widget: behind that, there is no Python when the page is read."""
    kept = {kind: data for kind, data in output.get("data", {}).items() if kind != WIDGET}
    return output | ({"data": kept} if "data" in output else {})


def _number(cells: Iterable[dict[str, Any]]) -> None:
    """Count the cells that have run 1, 2, 3 … in their order."""
    executed = (cell for cell in cells if cell.get("execution_count") is not None)
    for count, cell in enumerate(executed, start=1):
        cell["execution_count"] = count
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result":
                output["execution_count"] = count


def read(path: Path) -> NotebookNode:
    """The notebook as it stands: `nbformat.read` would give new ids, at random, to cells without a valid one."""
    try:
        notebook = NotebookNode(nbformat.v4.reads(path.read_text(encoding="utf-8")))  # type: ignore[no-untyped-call]
        if notebook.nbformat == 4:
            return notebook
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise ValueError(f"{path} is not a notebook: {error!r}") from None
    raise ValueError(f"{path} must be of notebook format 4, but its format is {notebook.nbformat}")


def text(notebook: NotebookNode) -> str:
    """The file of a notebook: UTF-8, one space for each level, sorted keys, a newline at the end."""
    return f"{nbformat.v4.writes(notebook)}\n"  # type: ignore[no-untyped-call]


# --- the check ------------------------------------------------------------------------------------


def check(path: Path) -> list[str]:
    """What is out of normal form, or what a lesson must not hold."""
    notebook = read(path)
    normal = normalize(notebook)
    faults = list(_differences(notebook, normal))
    if not faults and path.read_bytes() != text(normal).encode():
        faults = ["the layout of the file (indent, order of keys, last newline)"]
    faults += [f"not a valid notebook: {error.message}" for error in iter_validate(normal)]  # type: ignore[no-untyped-call]
    if not is_assignment(notebook):
        faults += _lesson_faults(notebook)
        if path.stat().st_size > LARGEST:
            faults.append(f"the file has {path.stat().st_size:,} bytes, more than {LARGEST:,}")
    return faults


def _differences(came: NotebookNode, normal: NotebookNode) -> Iterator[str]:
    for key in ("metadata", "nbformat", "nbformat_minor"):
        if came[key] != normal[key]:
            yield f"the notebook's {key}"
    for i, (a, b) in enumerate(zip(came.cells, normal.cells, strict=True)):
        for key in sorted(a.keys() | b.keys()):
            if a.get(key) != b.get(key):
                yield f"cell {i}: {key}"


def _lesson_faults(notebook: NotebookNode) -> Iterator[str]:
    if len(notebook.cells) > MOST_CELLS:
        yield f"{len(notebook.cells)} cells, more than {MOST_CELLS}"
    code = [(i, cell) for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    if idle := [str(i) for i, cell in code if cell.execution_count is None]:
        yield f"not run: cells {', '.join(idle)}"
    for i, cell in code:
        yield from (f"cell {i}: {fault}" for output in cell.outputs for fault in _output_faults(output))


def _output_faults(output: NotebookNode) -> Iterator[str]:
    if output.output_type == "error":
        yield f"a stored error, {output.ename}"
    if output.get("name") == "stderr":
        yield f"wrote to stderr: {output.text.strip()[:80]}"
    data = output.get("data", {})
    # "<Figure size 640x480 with 1 Axes>" tells a blind reader nothing.
    if any(kind.startswith("image/") for kind in data) and data.get("text/plain", "<").startswith("<"):
        yield "a picture without a text alternative"


# --- running the lessons --------------------------------------------------------------------------


async def run(paths: Iterable[Path]) -> list[str]:
    """Execute notebooks side by side, and write each in normal form; returns what failed."""
    paths = list(paths)
    progress = _Progress(sum(cell.cell_type == "code" for path in paths for cell in read(path).cells))
    at_once = asyncio.Semaphore(os.cpu_count() or 1)

    async def one(path: Path) -> str | None:
        async with at_once:
            return await _execute(path, progress)

    failures = await asyncio.gather(*map(one, paths))
    progress.end()
    return [failure for failure in failures if failure]


async def _execute(path: Path, progress: "_Progress") -> str | None:
    client = NotebookClient(
        normalize(read(path)),
        kernel_name=METADATA["kernelspec"]["name"],
        timeout=TIME_LIMIT,
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],  # the kernel warns that connections on this machine are not encrypted
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_executed=progress.step,
    )
    try:
        notebook = await client.async_execute()
    except CellExecutionError as error:
        return f"{path}: {error}"
    _write(path, notebook)
    return None


class _Progress:
    def __init__(self, cells: int) -> None:
        self.cells, self.done = cells, 0

    def step(self, **_: object) -> None:
        self.done += 1
        print(f"\r{self.done}/{self.cells} cells", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        print(file=sys.stderr)


# --- the command line -----------------------------------------------------------------------------


def _write(path: Path, notebook: NotebookNode) -> None:
    path.write_text(text(normalize(notebook)), encoding="utf-8", newline="\n")


def _notebooks(paths: Iterable[Path]) -> list[Path]:
    found = {file for path in paths for file in (path.rglob("*.ipynb") if path.is_dir() else [path])}
    return sorted(file for file in found if ".ipynb_checkpoints" not in file.parts)


def main(command_line: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.notebooks", description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=["normalize", "check", "run"])
    parser.add_argument("paths", nargs="*", type=Path, help="notebooks or folders")
    arguments = parser.parse_args(command_line)
    everything = [LESSONS] if arguments.command == "run" else [LESSONS, SOURCES]
    paths = _notebooks(arguments.paths or everything)

    faults: list[str] = []
    if arguments.command == "normalize":
        for path in paths:
            _write(path, read(path))
    elif arguments.command == "run":
        faults = asyncio.run(run(paths))
    else:
        faults = [f"{path}: {fault}" for path in paths for fault in check(path)]
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
