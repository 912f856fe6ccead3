"""A course as nbgrader lays it out: its assignments, what was handed in, and where what was graded goes."""

import contextlib
import datetime
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.coursedir import CourseDirectory  # type: ignore[import-untyped]
from nbgrader.utils import parse_utc  # type: ignore[import-untyped]
from traitlets.config.loader import Config, PyFileConfigLoader

from mathml.course.cells import heading
from mathml.grader.rebuild import LARGEST, Refused

__all__ = ["Assignment", "Course", "Submission"]

CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class Assignment:
    """The instructor's notebook of an assignment, with its solutions and hidden tests."""

    name: str
    notebook: Any

    @property
    def title(self) -> str:
        return next(filter(None, map(heading, self.notebook.cells)), self.name)

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

    def read(self) -> bytes:
        """The notebook's file.

        Raises
        ------
        Refused
            If it is no file of its own, but a link, a folder or a pipe; or if it is too large.
        OSError
            If it is not there, or cannot be read.
        """
        return _own_file(self.path)

    @property
    def timestamp(self) -> datetime.datetime | None:
        """When it was handed in, if that is known."""
        with contextlib.suppress(Refused, OSError, ValueError, OverflowError):
            stamp: datetime.datetime | None = parse_utc(
                _own_file(self.path.with_name("timestamp.txt")).decode().strip()
            )
            return stamp
        return None

    def papers(self) -> dict[str, bytes]:
        """What nbgrader lays beside a notebook that comes through its exchange, and needs to hand the feedback out."""
        found = {}
        for name in ("timestamp.txt", "submission_secret.txt"):
            with contextlib.suppress(Refused, OSError):
                found[name] = _own_file(self.path.with_name(name))
        return found


def _own_file(path: Path) -> bytes:
    """What is in a file that a stranger may have made: no link is followed, and no pipe waited for."""
    if path.parent.is_symlink() or path.is_symlink():
        raise Refused("it is no file of its own, but a link")
    if path.is_dir():
        raise Refused("it is no file of its own, but a folder")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(path, "rb", opener=lambda name, _: os.open(name, flags)) as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise Refused("it is no file of its own, but a pipe or a device")
        if about.st_size > LARGEST:
            raise Refused(f"it has {about.st_size:,} bytes, and {LARGEST:,} are the most")
        return file.read(LARGEST + 1)


class Course:
    """The course in a folder that holds an `nbgrader_config.py`.

    config : the settings, where nbgrader has read them already

    Raises
    ------
    FileNotFoundError
        If there is none.
    """

    def __init__(self, root: Path, config: Config | None = None) -> None:
        if not (root / CONFIG).is_file():
            raise FileNotFoundError(f"{root} is no course: there is no {CONFIG}")
        self.config: Config = config or PyFileConfigLoader(CONFIG, str(root)).load_config()
        self._nbgrader = CourseDirectory(config=self.config)
        if "root" not in self.config.CourseDirectory:
            self._nbgrader.root = str(root.resolve())

    @property
    def root(self) -> Path:
        return Path(self._nbgrader.root)

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
                found.append(Submission(folder.parts[student], name, folder / f"{name}.ipynb"))
        return found
