"""Who is in the class, and who got what: to and from the tables of learning-management systems.

Students are known by the number that the system gives them, as `nbgrader zip_collect` finds it in the names of files.
"""

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from mathml.grader.record import Card, Person
from mathml.grader.tables import read_csv, write_csv

__all__ = ["fill_in", "marks", "read_roster"]

_POINTS_POSSIBLE = "Points Possible"  # Canvas' second row


def read_roster(path: Path) -> list[Person]:
    """The class, from a table with the columns id, first_name, last_name and email, from Canvas' gradebook as it is
    exported, or from Moodle's grading worksheet.

    Raises
    ------
    ValueError
        If it is none of these; the message names its columns.
    """
    headings, rows = read_csv(path)
    if "id" in headings:
        people = [
            Person(row["id"], row.get("first_name", ""), row.get("last_name", ""), row.get("email", "")) for row in rows
        ]
    elif {"Student", "ID"} <= set(headings):
        people = [_from_canvas(row) for row in rows if row["ID"].strip()]
    elif {"Identifier", "Full name"} <= set(headings):
        people = [_from_moodle(row) for row in rows]
    else:
        raise ValueError(
            f"{path} has the columns {', '.join(headings)}: expected id, first_name, last_name, email; or Canvas' "
            "Student and ID; or Moodle's Identifier and Full name"
        )
    odd = [person.id for person in people if not re.fullmatch(r"[\w.@-]+", person.id)]
    if odd:
        raise ValueError(f"{path}: {odd[0]!r} is no id: letters, digits and . _ @ - are allowed")
    return people


def _from_canvas(row: dict[str, str]) -> Person:
    last, comma, first = row["Student"].partition(",")
    if not comma:
        first, _, last = row["Student"].rpartition(" ")
    login = row.get("SIS Login ID", "")
    return Person(row["ID"].strip(), first.strip(), last.strip(), login if "@" in login else "")


def _from_moodle(row: dict[str, str]) -> Person:
    first, _, last = row["Full name"].rpartition(" ")
    return Person(_moodles_number(row), first, last, row.get("Email address", ""))


def _moodles_number(row: dict[str, str]) -> str:
    return row["Identifier"].rpartition(" ")[2]  # "Participant 1234", in the language of the site


def marks(cards: dict[str, Card]) -> str:
    """A table of its own."""
    rows = ([student, card.last_name, card.first_name, card.score, card.most] for student, card in cards.items())
    return write_csv(["id", "last_name", "first_name", "score", "of"], rows)


def fill_in(path: Path, assignment: str, cards: dict[str, Card], column: str | None = None) -> tuple[str, list[str]]:
    """The system's own table with the marks in it, all else as it was, and the ids of those that it does not list.

    column : the assignment's, where it is not the one that begins with the assignment's name (Canvas) or Grade (Moodle)

    Raises
    ------
    ValueError
        If it is no such table, or has no such column.
    """
    headings, rows = read_csv(path)
    if "Identifier" in headings:
        number, chosen = _moodles_number, column or "Grade"
    elif "ID" in headings:
        number, chosen = _canvas_number, column or _named_like(assignment, headings)
    else:
        raise ValueError(f"{path} has neither Canvas' column ID nor Moodle's Identifier, but {', '.join(headings)}")
    if chosen not in headings:
        raise ValueError(
            f"{path} has no column {chosen!r} for the marks, but {', '.join(headings)}: name it by --column"
        )
    listed = set()
    for row in rows:
        card = cards.get(number(row))
        if card is not None:
            listed.add(number(row))
            most = row.get("Maximum Grade") or _possible(rows, chosen) or card.most
            row[chosen] = f"{card.score * float(most) / card.most:.6g}"
    out = io.StringIO()
    writer = csv.DictWriter(out, headings)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue(), sorted(set(cards) - listed)


def _canvas_number(row: dict[str, str]) -> str:
    return row["ID"].strip()


def _named_like(assignment: str, headings: Iterable[str]) -> str:
    """Canvas' columns are named "Vectors (12345)"."""
    return next((name for name in headings if name.lower().startswith(assignment.lower())), assignment)


def _possible(rows: list[dict[str, str]], column: str) -> str:
    """Canvas' second row says how many points there are."""
    return next((row[column] for row in rows if row.get("Student", "").strip() == _POINTS_POSSIBLE), "").strip()
