"""Are the tests of an assignment fair? Grade answers that are known to be right or wrong, and count.

    python -m tools.corpus [vectors [taste …]]

tests/corpus/<assignment>/<exercise>.py holds the answers to one exercise, in cells:

    # %% right: a loop
    # %% wrong: forgot the root
    # hint: take the square root
    # %% paste: mathml's norm, imported
    # hint: off limits

A right answer must get full marks. A wrong one must lose marks, and a test must say its hint: a part of a message that
no other wrong answer of the exercise claims. A paste is wrong, and must stay below half marks.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from mathml.grader.courses import Assignment
from mathml.grader.pool import Unsandboxed, grade_all
from tools.notebooks import read

__all__ = ["Answer", "Result", "assignments", "faults", "grade", "rates", "read_corpus", "report", "submissions"]

ROOT = Path(__file__).resolve().parent.parent
SOURCES, CORPUS = ROOT / "source", ROOT / "tests" / "corpus"
KINDS = ("right", "wrong", "paste")
SECONDS = 60.0  # for a test: a capstone may train


@dataclass(frozen=True)
class Answer:
    exercise: str
    kind: str
    title: str
    hint: str
    source: str

    def __str__(self) -> str:
        return f"{self.exercise}, {self.kind}: {self.title}"


@dataclass(frozen=True)
class Result:
    """What an answer got, and what the exercise's failed tests said."""

    answer: Answer
    score: float
    points: float
    messages: tuple[str, ...]

    @property
    def as_marked(self) -> bool:
        """Whether a right answer got full marks, a wrong one lost some, and a paste at least half."""
        if self.answer.kind == "right":
            return self.score == self.points
        return self.score < (self.points / 2 if self.answer.kind == "paste" else self.points)

    @property
    def hint_drawn(self) -> bool:
        """Lines are broken anywhere in a message, so spaces count as one."""
        return any(self.answer.hint in " ".join(message.split()) for message in self.messages)


# --- the answers ----------------------------------------------------------------------------------


def assignments() -> list[str]:
    return sorted(folder.name for folder in SOURCES.iterdir() if folder.is_dir())


def read_corpus(folder: Path) -> list[Answer]:
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


# --- grading --------------------------------------------------------------------------------------


def grade(source: Path, answers: Iterable[Answer]) -> list[Result]:
    """Answer k of every exercise is handed in as one submission, and the grader grades them all.

    `source` is an assignment's folder, which holds a notebook of the same name. The answers are ours: where the system
    cannot wall them in, they are graded without walls.
    """
    cells = Assignment(source.name, read(source / f"{source.name}.ipynb")).cells
    handed_in = submissions(answers)
    tasks = [_task(cells, row) for row in handed_in]
    try:
        graded = list(grade_all(tasks))
    except Unsandboxed:
        graded = list(grade_all(tasks, sandbox=False))
    results = [result for number, found in graded for result in _results(handed_in[number], found)]
    return sorted(results, key=lambda result: (result.answer.exercise, KINDS.index(result.answer.kind)))


def _task(cells: list[dict[str, Any]], answers: list[Answer]) -> dict[str, Any]:
    """What the grader needs: of the assignment, only the exercises that are answered."""
    exercises = {answer.exercise for answer in answers}
    asked = [cell for cell in cells if not _counts(cell) or _of(cell["metadata"]["nbgrader"]["grade_id"]) in exercises]
    unknown = exercises - {cell["metadata"]["nbgrader"].get("grade_id") for cell in asked}
    if unknown:
        raise ValueError(f"there is no exercise {', '.join(sorted(unknown))}")
    handed_in = [["code", answer.source, answer.exercise] for answer in answers]
    return {"instructors": asked, "cells": handed_in, "seconds": SECONDS}


def _counts(cell: dict[str, Any]) -> bool:
    of_nbgrader = cell["metadata"]["nbgrader"]
    return bool(of_nbgrader.get("grade") or of_nbgrader.get("solution"))


def _results(answers: list[Answer], graded: dict[str, Any]) -> Iterator[Result]:
    if graded["refused"] or graded["notes"]:
        raise RuntimeError(f"the grader could not grade: {graded['refused']} {graded['notes']}")
    for answer in answers:
        tests = [step for step in graded["steps"] if step[0][0] == "test" and _of(step[0][3]) == answer.exercise]
        errors = [out for _, outputs, _ in tests for out in outputs if out["output_type"] == "error"]
        messages = tuple(f"{error['ename']}: {error['evalue']}" for error in errors)
        yield Result(answer, sum(score for *_, score in tests), sum(step[4] for step, *_ in tests), messages)


def _of(name: str) -> str:
    """The exercise of an answer's or a test's cell."""
    return name.partition("-")[0]


def submissions(answers: Iterable[Answer]) -> list[list[Answer]]:
    """Those that go into one notebook: the first of every exercise, the second of every exercise, …"""
    exercises: dict[str, list[Answer]] = {}
    for answer in answers:
        exercises.setdefault(answer.exercise, []).append(answer)
    return [[answer for answer in row if answer] for row in zip_longest(*exercises.values())]


# --- the report -----------------------------------------------------------------------------------


def rates(results: Iterable[Result]) -> dict[str, tuple[int, int]]:
    """For each promise: how many answers keep it, out of how many."""
    results = list(results)
    right = [r.as_marked for r in results if r.answer.kind == "right"]
    wrong = [r for r in results if r.answer.kind != "right"]
    return {
        "right answers at full marks": (sum(right), len(right)),
        "wrong answers caught": (sum(r.as_marked for r in wrong), len(wrong)),
        "wrong answers that drew their own hint": (sum(r.hint_drawn for r in wrong), len(wrong)),
    }


def faults(results: Iterable[Result]) -> list[str]:
    """What keeps a rate below 100 %, each with what the tests said."""
    found, claimed = [], dict[tuple[str, str], str]()
    for result in results:
        answer, said = result.answer, "".join(f"\n    {m}" for m in result.messages) or "\n    (no test failed)"
        if not result.as_marked:
            found.append(f"{answer}: {result.score:g} of {result.points:g} points{said}")
        if answer.kind != "right":
            if not result.hint_drawn:
                found.append(f"{answer}: no test said {answer.hint!r}{said}")
            first = claimed.setdefault((answer.exercise, answer.hint), answer.title)
            if first != answer.title:
                found.append(f"{answer}: {answer.hint!r} is already the hint of {first!r}")
    return found


def report(results: Iterable[Result]) -> str:
    results = list(results)
    lines = [f"{'':20}{'right':>8}{'wrong':>8}{'hints':>8}"]
    for exercise in dict.fromkeys(r.answer.exercise for r in results):
        counts = rates(r for r in results if r.answer.exercise == exercise).values()
        lines.append(f"{exercise:20}" + "".join(f"{f'{kept}/{all}':>8}" for kept, all in counts))
    lines += ["", *(f"{what}: {kept}/{all} = {kept / all:.0%}" for what, (kept, all) in rates(results).items() if all)]
    return "\n".join([*lines, *(f"\n{fault}" for fault in faults(results))])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.corpus", description=__doc__.splitlines()[0])
    parser.add_argument("assignment", nargs="?", help="only this one")
    parser.add_argument("exercise", nargs="*", help="only these exercises of it")
    parser.add_argument("--said", action="store_true", help="what the tests said to each answer")
    arguments = parser.parse_args()
    found: list[str] = []
    for assignment in [arguments.assignment] if arguments.assignment else assignments():
        answers = read_corpus(CORPUS / assignment)
        chosen = [a for a in answers if a.exercise in arguments.exercise] if arguments.exercise else answers
        results = grade(SOURCES / assignment, chosen)
        if arguments.said:
            print(*map(_said, results), sep="\n\n", end="\n\n")
        print(report(results))
        found += faults(results)
    return 1 if found else 0


def _said(result: Result) -> str:
    return "\n    ".join([f"{result.answer} ({result.score:g}/{result.points:g})", *result.messages])


if __name__ == "__main__":
    sys.exit(main())
