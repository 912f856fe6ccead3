"""What was graded, and by what: a row for each submission, in the gradebook's database and in its transactions.

A submission whose row still says what would be graded now is not graded again.
"""

import datetime
import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Column, DateTime, MetaData, String, Table, Text, delete, insert, select

import mathml
from mathml.course.cells import Cell, grade_id, is_solution, points
from mathml.grader.pool import Walls

__all__ = ["Entry", "Key", "changed", "entries", "environment", "prepare", "tests", "write"]

_LIBRARIES = ("numpy", "matplotlib", "scikit-learn", "ipython")
_table = Table(
    "mathml_journal",
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("submission", String(64), nullable=False),
    Column("tests", Text, nullable=False),
    Column("environment", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("at", DateTime, nullable=False),
)


class Key(NamedTuple):
    """All that a verdict depends on.

    submission : a digest of the file
    tests : for each of the instructor's cells, a digest
    environment : versions and limits
    """

    submission: str
    tests: dict[str, str]
    environment: dict[str, str]


class Entry(NamedTuple):
    """A row.

    found : what came of it, as plain data: see `mathml.grader.classroom`
    """

    key: Key
    found: dict[str, Any]


def tests(cells: Iterable[Cell]) -> dict[str, str]:
    """The digest of each cell that is the instructor's, with its points."""
    kept = {}
    for number, cell in enumerate(cells):
        own = "" if is_solution(cell) else f"{cell['cell_type']}\n{points(cell)}\n{cell['source']}"
        kept[grade_id(cell) or f"cell {number}"] = hashlib.sha256(own.encode()).hexdigest()[:16]
    return kept


def environment(walls: Walls, seconds: float) -> dict[str, str]:
    """The versions and limits by which is graded."""
    versions = {name: importlib.metadata.version(name) for name in _LIBRARIES}
    limits = {"seconds": f"{seconds:g}", "memory": str(walls.memory)}
    return {"python": platform.python_version(), **versions, "mathml": _course(), **limits}


@cache
def _course() -> str:
    """A digest of the package: what lessons import, and what grades."""
    folder, digest = Path(mathml.__file__).parent, hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def changed(before: Key | None, now: Key) -> str:
    """In words, why there is something to be graded; '' if there is nothing."""
    if before is None:
        return "new"
    reasons = []
    if before.submission != now.submission:
        reasons.append("handed in again")
    if other := [name for name in {**before.tests, **now.tests} if before.tests.get(name) != now.tests.get(name)]:
        reasons.append(f"changed: {_listed(other)}")
    for what in {**before.environment, **now.environment}:
        was, is_now = before.environment.get(what), now.environment.get(what)
        if was != is_now:
            reasons.append("the package mathml changed" if what == "mathml" else f"{what} {is_now} instead of {was}")
    return "; ".join(reasons)


def _listed(names: list[str], most: int = 5) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


# --- the table ------------------------------------------------------------------------------------


def prepare(engine: Any) -> None:
    """Make the table, if there is none."""
    _table.metadata.create_all(engine)


def entries(db: Any, assignment: str) -> dict[str, Entry]:
    """What was graded of an assignment, by student."""
    rows = db.execute(select(_table).where(_table.c.assignment == assignment))
    return {
        row.student: Entry(
            Key(row.submission, json.loads(row.tests), json.loads(row.environment)), json.loads(row.found)
        )
        for row in rows
    }


def write(db: Any, assignment: str, student: str, entry: Entry) -> None:
    """Write a row, in the transaction that is open."""
    db.execute(delete(_table).where(_table.c.assignment == assignment, _table.c.student == student))
    db.execute(
        insert(_table).values(
            assignment=assignment,
            student=student,
            submission=entry.key.submission,
            tests=json.dumps(entry.key.tests),
            environment=json.dumps(entry.key.environment),
            found=json.dumps(entry.found),
            at=datetime.datetime.now(datetime.UTC).replace(tzinfo=None),
        )
    )
