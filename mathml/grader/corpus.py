"""Answers that are known to be right or wrong, of which tests and demonstrations make submissions.

A file holds the answers to one exercise, in cells:

    # %% right: a loop
    # %% wrong: forgot the root
    # hint: take the square root
    # %% paste: mathml's norm, imported
    # hint: off limits
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

__all__ = ["KINDS", "Answer", "read_corpus", "submissions"]

KINDS = ("right", "wrong", "paste")


@dataclass(frozen=True)
class Answer:
    exercise: str
    kind: str
    title: str
    hint: str
    source: str

    def __str__(self) -> str:
        return f"{self.exercise}, {self.kind}: {self.title}"


def read_corpus(folder: Path) -> list[Answer]:
    """The answers in all files of a folder.

    Raises
    ------
    ValueError
        If a cell has another form; the message names the file and the cell.
    """
    return [answer for file in sorted(folder.glob("*.py")) for answer in _read_answers(file)]


def _read_answers(file: Path) -> Iterator[Answer]:
    for cell in file.read_text(encoding="utf-8").split("# %% ")[1:]:
        heading, _, source = cell.partition("\n")
        kind, _, title = heading.partition(": ")
        hint = ""
        if kind != "right":
            first, _, source = source.partition("\n")
            hint = first.removeprefix("# hint: ")
            if hint == first or not hint:
                raise ValueError(f'{file.name}: "{heading}" must be followed by "# hint: …", but {first!r} came')
        if kind not in KINDS:
            raise ValueError(f"{file.name}: an answer must be one of {', '.join(KINDS)}, but {kind!r} came")
        yield Answer(file.stem, kind, title, hint, source.strip() + "\n")


def submissions(answers: Iterable[Answer]) -> list[list[Answer]]:
    """Those that go into one notebook: the first of every exercise, the second of every exercise, …"""
    exercises: dict[str, list[Answer]] = {}
    for answer in answers:
        exercises.setdefault(answer.exercise, []).append(answer)
    return [[answer for answer in row if answer] for row in zip_longest(*exercises.values())]
