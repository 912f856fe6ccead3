"""Rebuild a submission: the student's answers and own cells, in the instructor's notebook.

Nothing else of what was handed in counts: no metadata, no output, no test, no order.
"""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mathml.course import cells

__all__ = ["LARGEST", "Cell", "Refused", "Step", "rebuild", "submitted_cells"]

LARGEST = 20_000_000  # bytes of a notebook that is handed in
_MOST_CELLS = 5000


class Refused(ValueError):  # noqa: N818
    """What was handed in is no notebook that can be graded; the message says why, in one line."""


class Cell(NamedTuple):
    """A cell that was handed in: its source, and the name of the answer that it claims to be."""

    kind: str
    source: str
    grade_id: str


class Step(NamedTuple):
    """A cell of what is graded.

    role : "given", the instructor's; "answer" or "own", the student's; "test", whose points can be had
    place : the number of the instructor's cell; of a student's own cell, that of the one before it
    """

    role: str
    kind: str
    source: str
    grade_id: str = ""
    points: float = 0.0
    place: int = -1


def submitted_cells(written: bytes) -> list[Cell]:
    """The cells of a notebook that a stranger wrote.

    Raises
    ------
    Refused
        If it is no notebook of format 4, or too large.
    """
    if len(written) > LARGEST:
        raise Refused(f"it has more than {LARGEST:,} bytes")
    try:
        notebook = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise Refused(f"it is no notebook: {error}") from None
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4 or not isinstance(notebook.get("cells"), list):
        raise Refused("it is no notebook of format 4")
    if len(notebook["cells"]) > _MOST_CELLS:
        raise Refused(f"it has {len(notebook['cells']):,} cells, and {_MOST_CELLS:,} are the most")
    return [_cell(cell) for cell in notebook["cells"] if isinstance(cell, dict)]


def _cell(cell: cells.Cell) -> Cell:
    kind = cell.get("cell_type")
    source = cells.source(cell).encode(errors="replace").decode()  # JSON may hold halves of characters
    return Cell(kind if kind in ("code", "markdown") else "raw", source, cells.grade_id(cell))


def rebuild(instructors: Iterable[cells.Cell], submitted: Iterable[Cell]) -> tuple[list[Step], list[str]]:
    """The steps of grading, in the instructor's order, and notes on what was not as it should be.

    Of the instructor's cells, `instructors`, those that are a solution take the source of the first submitted cell of
    the same name. A cell that the student added comes after the cell of the instructor's that it stood behind.
    """
    instructors = list(instructors)
    known = {name: k for k, cell in enumerate(instructors) if (name := cells.grade_id(cell))}
    answers, own, notes = dict[str, str](), dict[int, list[Cell]](), list[str]()
    behind = -1
    for cell in submitted:
        index = known.get(cell.grade_id)
        if index is None:
            if cell.kind == "code" and cell.source.strip() and not cell.grade_id:
                own.setdefault(behind, []).append(cell)
            continue
        behind = max(behind, index)
        if not cells.is_solution(instructors[index]):
            continue
        if cell.grade_id in answers:
            notes.append(f"the cell {cell.grade_id} came twice: the first counts")
        else:
            answers[cell.grade_id] = cell.source
    for name, index in known.items():
        if cells.is_solution(instructors[index]) and name not in answers:
            notes.append(f"the cell {name} is missing: it counts as empty")
    return list(_steps(instructors, answers, own)), list(dict.fromkeys(notes))


def _steps(instructors: list[cells.Cell], answers: dict[str, str], own: dict[int, list[Cell]]) -> Iterator[Step]:
    for added in own.get(-1, ()):
        yield Step("own", added.kind, added.source)
    for index, cell in enumerate(instructors):
        name, kind = cells.grade_id(cell), cell["cell_type"]
        if cells.is_solution(cell):
            yield Step("answer", kind, answers.get(name, ""), name, cells.points(cell), index)
        elif cells.is_test(cell):
            yield Step("test", kind, cell["source"], name, cells.points(cell), index)
        else:
            yield Step("given", kind, cell["source"], name, 0.0, index)
        for added in own.get(index, ()):
            yield Step("own", added.kind, added.source, place=index)
