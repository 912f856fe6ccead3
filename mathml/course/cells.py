"""The cells of a notebook, as plain dictionaries, and what nbgrader's metadata say of them."""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

__all__ = [
    "BEGIN_HIDDEN",
    "END_HIDDEN",
    "Cell",
    "counts",
    "grade_id",
    "grading",
    "heading",
    "is_solution",
    "is_test",
    "points",
    "source",
]

Cell: TypeAlias = Mapping[str, Any]
BEGIN_HIDDEN, END_HIDDEN = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"


def grading(cell: Cell) -> dict[str, Any]:
    """nbgrader's part of the metadata; empty, if the cell is none of nbgrader's."""
    metadata = cell.get("metadata", {})
    found = metadata.get("nbgrader", {}) if isinstance(metadata, Mapping) else {}
    return found if isinstance(found, dict) else {}


def grade_id(cell: Cell) -> str:
    """The name by which nbgrader knows the cell, or ''."""
    found = grading(cell).get("grade_id", "")
    return found if isinstance(found, str) else ""


def is_solution(cell: Cell) -> bool:
    return bool(grading(cell).get("solution"))


def is_test(cell: Cell) -> bool:
    """Whether points are given for this cell by running it."""
    return bool(cell["cell_type"] == "code" and grading(cell).get("grade") and not is_solution(cell))


def counts(cell: Cell) -> bool:
    """Whether the gradebook knows the cell."""
    return any(grading(cell).get(what) for what in ("grade", "solution", "task"))


def heading(cell: Cell) -> str:
    """What a cell of words begins with, if that is a heading; otherwise ''."""
    found = re.match(r"#+ (.*)", source(cell)) if cell["cell_type"] == "markdown" else None
    return found[1] if found else ""


def points(cell: Cell) -> float:
    return float(grading(cell).get("points", 0))


def source(cell: Cell) -> str:
    """The source as one string; a file may hold it as a list of lines."""
    found = cell.get("source", "")
    if isinstance(found, list):
        found = "".join(part for part in found if isinstance(part, str))
    return found if isinstance(found, str) else ""
