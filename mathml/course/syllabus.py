"""The course as data: what teaches each line of the outline, and how far the course has come.

The data is `notebooks/syllabus.toml`, read from the course that the working directory lies in: the repository or a
student's copy, wherever in it a notebook runs.
"""

import inspect
import json
import pkgutil
import re
import tomllib
from dataclasses import MISSING, dataclass, field, fields
from html import escape
from pathlib import Path
from typing import Any, TypeVar

__all__ = ["Lesson", "Progress", "Row", "Syllabus", "SyllabusError", "missing", "progress", "read", "root"]

SYLLABUS = Path("notebooks") / "syllabus.toml"


class SyllabusError(ValueError):
    """The syllabus cannot be read; the message names the table and the key."""


@dataclass(frozen=True)
class Lesson:
    """A notebook, and the assignment that goes with it."""

    name: str
    title: str
    teaches: str
    assignment: str


@dataclass(frozen=True)
class Row:
    """One line of the outline, and what teaches it."""

    section: str
    line: str
    lesson: str
    heading: str
    functions: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    exercises: list[str] = field(default_factory=list)
    algorithms: list[str] = field(default_factory=list)
    open: bool = False


@dataclass(frozen=True)
class Syllabus:
    """The sections of the outline by number, the lessons in order, and a row for each line."""

    sections: dict[str, str]
    lessons: list[Lesson]
    rows: list[Row]


# --- reading --------------------------------------------------------------------------------------


def root(start: Path | None = None) -> Path:
    """The folder of the course: the nearest one, from `start` upwards, that holds the syllabus."""
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / SYLLABUS).is_file():
            return folder
    raise FileNotFoundError(f"no course here: {SYLLABUS.as_posix()} is neither in {start} nor in a folder above it")


def read(path: Path | None = None) -> Syllabus:
    """The syllabus, every table of it checked.

    Raises
    ------
    SyllabusError
        If a table lacks a key, has one that is unknown, or holds a value of the wrong kind.
    """
    text = (path or root() / SYLLABUS).read_text(encoding="utf-8")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SyllabusError(f"the syllabus is not valid TOML: {error}") from None
    if data.keys() != _TABLES.keys() or any(not isinstance(data[name], kind) for name, kind in _TABLES.items()):
        raise SyllabusError(f"the syllabus must hold [sections], [[lesson]] and [[row]], but {', '.join(data)} came")
    lessons = [_table(Lesson, values, f"lesson {i}") for i, values in enumerate(data["lesson"], 1)]
    rows = [_table(Row, values, f"row {i}") for i, values in enumerate(data["row"], 1)]
    syllabus = Syllabus(data["sections"], lessons, rows)
    _require_known_names(syllabus)
    return syllabus


T = TypeVar("T", Lesson, Row)
_TABLES = {"sections": dict, "lesson": list, "row": list}
_KINDS: dict[Any, str] = {str: "a text", bool: "true or false", list[str]: "a list of texts"}


def _table(kind: type[T], values: dict[str, Any], where: str) -> T:
    """The table as a dataclass, or an error such as `row 7 ("Rank"): heading is missing`."""
    if title := values.get("line", values.get("name")):
        where += f" ({title!r})"
    keys = {key.name: key for key in fields(kind)}
    for name in sorted(values.keys() - keys.keys()):
        raise SyllabusError(f"{where}: {name} is not a key; the keys are {', '.join(keys)}")
    for name, key in keys.items():
        if name not in values:
            if key.default is MISSING and key.default_factory is MISSING:
                raise SyllabusError(f"{where}: {name} is missing")
        elif not _is(values[name], key.type):
            raise SyllabusError(f"{where}: {name} must be {_KINDS[key.type]}, but {values[name]!r} came")
    return kind(**values)


def _is(value: object, kind: Any) -> bool:
    if kind == list[str]:
        return isinstance(value, list) and all(_is(item, str) for item in value)
    return type(value) is kind and value != ""


def _require_known_names(syllabus: Syllabus) -> None:
    """Every row lies in a section and a lesson that exist, and no line is there twice."""
    lessons = {lesson.name for lesson in syllabus.lessons}
    seen = set()
    for i, row in enumerate(syllabus.rows, 1):
        where = f"row {i} ({row.line!r})"
        if row.section not in syllabus.sections:
            raise SyllabusError(f"{where}: section {row.section!r} is not among {', '.join(syllabus.sections)}")
        if row.lesson not in lessons:
            raise SyllabusError(f"{where}: lesson {row.lesson!r} is not among {', '.join(sorted(lessons))}")
        if (row.section, row.line) in seen:
            raise SyllabusError(f"{where}: line is a second time in section {row.section}")
        seen.add((row.section, row.line))


# --- following references -------------------------------------------------------------------------


def missing(row: Row, course: Path) -> list[str]:
    """What the row names and the course has not: a readable line for each, none if everything stands."""
    lesson = course / "notebooks" / f"{row.lesson}.ipynb"
    found = [] if row.heading in _headings(lesson) else [f"notebooks/{lesson.name} has no heading {row.heading!r}"]
    found += [f"{name} is not a function" for name in row.functions if not callable(_named(name))]
    found += [f"{name} is not a figure" for name in row.figures if not _is_figure(_named(name))]
    found += [f"{name} is not an algorithm" for name in row.algorithms if not callable(_named(name))]
    for exercise in row.exercises:
        assignment, _, name = exercise.partition("/")
        # The student's copy has no source/.
        for folder in filter(Path.is_dir, (course / "release", course / "source")):
            if name not in _grade_ids(folder / assignment / f"{assignment}.ipynb"):
                found.append(f"{folder.name}/{assignment}/{assignment}.ipynb has no cell with the grade_id {name!r}")
    return found


def _named(name: str) -> Any:
    """The thing of this dotted name, or None."""
    try:
        return pkgutil.resolve_name(name)
    except (ImportError, AttributeError, ValueError):
        return None


def _is_figure(thing: Any) -> bool:
    """Whether `@figure` made it: what it wraps draws on `ax`."""
    return hasattr(thing, "__wrapped__") and "ax" in inspect.signature(thing).parameters


def _headings(notebook: Path) -> set[str]:
    markdown = ("".join(cell["source"]) for cell in _cells(notebook) if cell["cell_type"] == "markdown")
    return {heading for text in markdown for heading in re.findall(r"^#+ +(.*?) *$", text, re.MULTILINE)}


def _grade_ids(notebook: Path) -> set[str]:
    return {cell["metadata"]["nbgrader"]["grade_id"] for cell in _cells(notebook) if "nbgrader" in cell["metadata"]}


def _cells(notebook: Path) -> list[dict[str, Any]]:
    if not notebook.is_file():
        return []
    cells: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return cells


# --- how far the course has come ------------------------------------------------------------------

Cell = tuple[str, str]  # what a cell of the table says, and where it leads, if anywhere


@dataclass(frozen=True)
class Progress:
    """A table with a line for each lesson: HTML on the start page, Markdown in the README."""

    course: Path
    syllabus: Syllabus

    def __repr__(self) -> str:
        lessons = enumerate(self.syllabus.lessons, 1)
        return "\n".join([*(f"{i}  {lesson.title:<28}{self._done(lesson)}" for i, lesson in lessons), self._total()])

    def _repr_html_(self) -> str:
        """Links lead from a notebook in `notebooks/`, to the learner's own copy of an assignment."""
        rows = ["".join(f"<td {_LEFT}>{_html(cell)}</td>" for cell in row) for row in self._table("", "../work/")]
        heads = "".join(f"<th {_LEFT}>{head}</th>" for head in _HEADS)
        body = "\n".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table>\n<tr>{heads}</tr>\n{body}\n</table>\n<p>{self._total()}</p>"

    def markdown(self) -> str:
        """Links lead from the root of the course, to an assignment as it was released."""
        rows = [" | ".join(map(_markdown, row)) for row in self._table("notebooks/", "release/")]
        heads = [" | ".join(_HEADS), " | ".join(["---"] * len(_HEADS))]
        return "\n".join(f"| {row} |" for row in heads + rows) + f"\n\n{self._total()}"

    def _table(self, notebooks: str, assignments: str) -> list[list[Cell]]:
        """A row for each lesson; what is not there yet is named, and leads nowhere."""
        table = []
        for i, lesson in enumerate(self.syllabus.lessons, 1):
            notebook, assignment = f"{lesson.name}.ipynb", f"{lesson.assignment}/{lesson.assignment}.ipynb"
            is_taught = (self.course / "notebooks" / notebook).is_file()
            is_released = (self.course / "release" / assignment).is_file()
            table.append(
                [
                    (f"{i}. {lesson.title}", notebooks + notebook if is_taught else ""),
                    (lesson.teaches, ""),
                    (self._done(lesson), ""),
                    (lesson.assignment, assignments + assignment) if is_released else ("to come", ""),
                ]
            )
        return table

    def _done(self, lesson: Lesson) -> str:
        rows = [row for row in self.syllabus.rows if row.lesson == lesson.name]
        done = sum(not row.open for row in rows)
        full = 10 * done // max(len(rows), 1)
        return f"{'■' * full}{'□' * (10 - full)} {done} of {len(rows)}"

    def _total(self) -> str:
        done = sum(not row.open for row in self.syllabus.rows)
        return f"{done} of the outline's {len(self.syllabus.rows)} lines are done."


_HEADS = ["Lesson", "What it teaches", "Lines of the outline done", "Assignment"]
_LEFT = 'style="text-align: left"'


def _html(cell: Cell) -> str:
    text, link = escape(cell[0]), cell[1]
    return f'<a href="{link}">{text}</a>' if link else text


def _markdown(cell: Cell) -> str:
    text, link = cell
    return f"[{text}]({link})" if link else text


def progress() -> Progress:
    """The table of the course that the working directory lies in."""
    return Progress(root(), read())
