"""A course as nbgrader lays it out: its assignments, what was handed in, and where what was graded goes."""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]
from traitlets.config.loader import Config, PyFileConfigLoader

__all__ = ["Assignment", "Course", "Submission"]

CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class Assignment:
    """The instructor's notebook of an assignment, with its solutions and hidden tests."""

    name: str
    notebook: Any

    @property
    def cells(self) -> list[dict[str, Any]]:
        """What a grader has to know of each cell, as plain data."""
        return [
            {
                "cell_type": cell.cell_type,
                "source": cell.source,
                "metadata": {"nbgrader": dict(cell.metadata.get("nbgrader", {}))},
            }
            for cell in self.notebook.cells
        ]


@dataclass(frozen=True)
class Submission:
    """What a student handed in for an assignment."""

    student: str
    assignment: str
    path: Path
    timestamp: datetime.datetime | None


class Course:
    """The course in a folder that holds an `nbgrader_config.py`.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """

    def __init__(self, root: Path) -> None:
        if not (root / CONFIG).is_file():
            raise FileNotFoundError(f"{root} is no course: there is no {CONFIG}")
        self.config: Config = PyFileConfigLoader(CONFIG, str(root)).load_config()
        self._nbgrader = CourseDirectory(config=self.config)
        if "root" not in self.config.CourseDirectory:
            self._nbgrader.root = str(root.resolve())

    @property
    def db_url(self) -> str:
        return str(self._nbgrader.db_url)

    @property
    def course_id(self) -> str:
        return str(self._nbgrader.course_id)

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """Where nbgrader keeps what is "submitted", "autograded", …"""
        directory = getattr(self._nbgrader, f"{step}_directory")
        return Path(self._nbgrader.format_path(directory, student, assignment))

    def assignment(self, name: str) -> Assignment:
        """The assignment of this name.

        Raises
        ------
        FileNotFoundError
            If there is no such assignment; the message names those that there are.
        """
        path = self.folder("source", ".", name) / f"{name}.ipynb"
        if not path.is_file():
            known = ", ".join(sorted(folder.name for folder in path.parents[1].glob("*") if folder.is_dir()))
            raise FileNotFoundError(f"there is no assignment {name!r}; there are: {known or 'none'}")
        return Assignment(name, nbformat.read(path, as_version=4))  # type: ignore[no-untyped-call]

    def submissions(self, name: str) -> list[Submission]:
        """What was handed in for an assignment, by student."""
        pattern = str(self.folder("submitted", "*", name))
        student = len(Path(pattern.partition("*")[0]).parts)  # where in a path its name stands
        found = []
        for folder in sorted(Path("/").glob(pattern.lstrip("/"))):
            if folder.is_dir() and not folder.parts[student].startswith("."):
                path = folder / f"{name}.ipynb"
                found.append(Submission(folder.parts[student], name, path, self._timestamp(folder)))
        return found

    def _timestamp(self, folder: Path) -> datetime.datetime | None:
        if (folder / "timestamp.txt").is_symlink():
            return None
        stamp: datetime.datetime | None = self._nbgrader.get_existing_timestamp(str(folder))
        return stamp
