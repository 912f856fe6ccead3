"""A class that never was: submissions made of the corpus, to try everything out on."""

import csv
import datetime
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbgrader.apps import NbGraderAPI  # type: ignore[import-untyped]

from mathml.course.cells import grade_id, is_solution
from mathml.grader.corpus import Answer, read_corpus
from mathml.grader.courses import CONFIG, Course
from mathml.grader.record import alembic_is_found

__all__ = ["handed_in", "make_class", "release"]

# fmt: off
_FIRST = (
    "Ada", "Amal", "Bao", "Björn", "Carmen", "Chidi", "Dana", "Elif", "Emil", "Fatou", "Goran", "Hana",
    "Ilse", "Ines", "Jonas", "Kaya", "Leila", "Luca", "Maren", "Mio", "Nadia", "Noor", "Olga", "Pavel",
    "Rosa", "Sven", "Tariq", "Uma", "Vera", "Wen", "Yara", "Zoë",
)
_LAST = (
    "Abe", "Berg", "Costa", "Diallo", "Eriksen", "Fischer", "García", "Haddad", "Ivanova", "Jensen",
    "Kowalski", "Lindt", "Mensah", "Novak", "O’Brien", "Park", "Quist", "Rossi", "Sato", "Tanaka", "Unger",
    "Vogel", "Weiß", "Yilmaz",
)
# fmt: on
_DUE = datetime.datetime(2026, 11, 20, 18, 0)
_COPYING = 0.15  # of wrong answers are a neighbour's
_EMPTY = 0.15  # of answers that are not right are none


def make_class(origin: Path, folder: Path, name: str, students: int, seed: int = 0, odd: bool = True) -> None:
    """A course in `folder`, with one assignment of the course in `origin`, and what a class handed in for it.

    Students differ in ability, exercises in difficulty, and some mistakes are made more often than others. If `odd`,
    one submission has a cell twice, one loops for ever, one ends the process, and one is no notebook.

    Raises
    ------
    FileNotFoundError
        If there is no such assignment, or no corpus of answers to it.
    FileExistsError
        If the folder is there already.
    """
    Course(origin).assignment(name)
    answers = read_corpus(origin / "tests" / "corpus" / name)
    if not answers:
        raise FileNotFoundError(f"{origin} has no answers to {name} in tests/corpus: it is not the instructor's copy")
    if folder.exists():
        raise FileExistsError(f"{folder} is there already: name another folder, or remove it")
    shutil.copytree(origin / "source" / name, folder / "source" / name)
    shutil.copy(origin / CONFIG, folder)
    release(folder, name)
    notebook = nbformat.read(folder / "release" / name / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    rng = np.random.default_rng(seed)
    people = _people(students, rng)
    for number, (student, given) in enumerate(zip(people, _class(answers, students, rng), strict=True)):
        path = folder / "submitted" / student / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        mine = handed_in(notebook, given)
        path.write_text(nbformat.writes(_odd(mine, number) if odd else mine), encoding="utf-8")  # type: ignore[no-untyped-call]
        stamp = _DUE - datetime.timedelta(minutes=int(rng.exponential(900)))
        path.with_name("timestamp.txt").write_text(f"{stamp} UTC", encoding="utf-8")
        if odd and number == 3:
            path.write_text('{"cells": [', encoding="utf-8")
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "first_name", "last_name", "email"])
        writer.writerows([student, first, last, f"{student}@example.org"] for student, (first, last) in people.items())


def release(folder: Path, name: str) -> None:
    """What `nbgrader generate_assignment --force` does, in the course of the folder.

    Raises
    ------
    RuntimeError
        If nbgrader could not do it; the message is nbgrader's.
    """
    with alembic_is_found():
        done = NbGraderAPI(config=Course(folder).config).generate_assignment(name, force=True)
    if not done["success"]:
        raise RuntimeError(f"nbgrader could not release {name}: {done.get('log', '').strip()[-2000:]}")


def handed_in(notebook: Any, answers: Mapping[str, str]) -> Any:
    """A released notebook with answers, by the names of their cells, written into it."""
    done = nbformat.from_dict(notebook)  # type: ignore[no-untyped-call]
    for cell in done.cells:
        if is_solution(cell) and grade_id(cell) in answers:
            cell.source = answers[grade_id(cell)]
    return done


def _people(count: int, rng: np.random.Generator) -> dict[str, tuple[str, str]]:
    """First and last names, by an id that says nothing."""
    names = [(first, last) for first in _FIRST for last in _LAST]
    chosen = rng.permutation(len(names))[np.arange(count) % len(names)]
    return {f"s{1001 + number}": names[place] for number, place in enumerate(chosen)}


def _class(answers: Iterable[Answer], students: int, rng: np.random.Generator) -> Iterator[dict[str, str]]:
    """What each student answers: by how able a student is, and how hard an exercise."""
    exercises: dict[str, list[Answer]] = {}
    for answer in answers:
        exercises.setdefault(answer.exercise, []).append(answer)
    hard = dict(zip(exercises, rng.permutation(np.linspace(-2.0, 1.0, len(exercises))), strict=True))
    before: dict[str, str] = {}
    for _ in range(students):
        able, given = rng.normal(), dict[str, str]()
        for exercise, known in exercises.items():
            chance = 1 / (1 + np.exp(hard[exercise] - 1.5 * able))
            is_right = rng.random() < chance
            if not is_right and rng.random() < _EMPTY:
                continue
            if not is_right and exercise in before and rng.random() < _COPYING:
                given[exercise] = before[exercise]
                continue
            kinds = [answer for answer in known if (answer.kind == "right") == is_right]
            given[exercise] = kinds[min(int(rng.geometric(0.25)) - 1, len(kinds) - 1)].source
            if not is_right:
                before[exercise] = given[exercise]
        yield given


def _odd(notebook: Any, number: int) -> Any:
    """Of every class, some have odd things in them."""
    solutions = [cell for cell in notebook.cells if is_solution(cell)]
    if number == 0:
        notebook.cells.append(nbformat.from_dict({**solutions[0], "id": "again"}))  # type: ignore[no-untyped-call]
    if number == 1:
        solutions[-1].source = "while True:\n    pass"
    if number == 2:
        solutions[1].source = "import os\n\nos._exit(0)"
    return notebook
