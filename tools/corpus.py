"""Are the tests of an assignment fair? Grade answers that are known to be right or wrong, and count.

    python -m tools.corpus [vectors [taste …]]

tests/corpus/<assignment>/<exercise>.py holds the answers to one exercise, in the form of `mathml.grader.corpus`.

A right answer must get full marks. A wrong one must lose marks, and a test must say its hint: a part of a message that
no other wrong answer of the exercise claims, as the student reads it in the feedback. A paste is wrong, and must stay
below half marks.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mathml.course.cells import counts, grade_id
from mathml.grader.corpus import KINDS, Answer, read_corpus, submissions
from mathml.grader.courses import Assignment
from mathml.grader.fanout import grade_all
from mathml.grader.feedback import told
from mathml.grader.pool import Unsandboxed, Walls
from tools.notebooks import read

__all__ = ["Result", "assignments", "faults", "grade", "rates", "report"]

ROOT = Path(__file__).resolve().parent.parent
SOURCES, CORPUS = ROOT / "source", ROOT / "tests" / "corpus"
SECONDS = 60.0  # for a test: a capstone may train


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


def assignments() -> list[str]:
    return sorted(folder.name for folder in SOURCES.iterdir() if folder.is_dir())


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
        graded = list(grade_all(tasks, Walls(sandbox=False)))
    results = [result for number, found in graded for result in _results(handed_in[number], found)]
    return sorted(results, key=lambda result: (result.answer.exercise, KINDS.index(result.answer.kind)))


def _task(cells: list[dict[str, Any]], answers: list[Answer]) -> dict[str, Any]:
    """What the grader needs: of the assignment, only the exercises that are answered."""
    exercises = {answer.exercise for answer in answers}
    asked = [cell for cell in cells if not counts(cell) or _of(grade_id(cell)) in exercises]
    unknown = exercises - set(map(grade_id, asked))
    if unknown:
        raise ValueError(f"there is no exercise {', '.join(sorted(unknown))}")
    handed_in = [
        {"cell_type": "code", "source": answer.source, "metadata": {"nbgrader": {"grade_id": answer.exercise}}}
        for answer in answers
    ]
    notebook = json.dumps({"nbformat": 4, "cells": handed_in}).encode()
    return {"instructors": asked, "notebook": notebook, "seconds": SECONDS}


def _results(answers: list[Answer], graded: dict[str, Any]) -> Iterator[Result]:
    if graded["refused"] or graded["notes"]:
        raise RuntimeError(f"the grader could not grade: {graded['refused']} {graded['notes']}")
    for answer in answers:
        steps = [one for one in graded["steps"] if _of(one["step"]["grade_id"]) == answer.exercise]
        tests = [one for one in steps if one["step"]["role"] == "test"]
        said = [told(one["step"]["source"], one["outputs"], one) for one in tests]
        messages = tuple(f"{message} Hint: {hint}" if hint else message for message, hint in said if message)
        most = sum(one["step"]["points"] for one in tests)
        yield Result(answer, sum(one["score"] for one in tests), most, messages)


def _of(name: str) -> str:
    """The exercise of an answer's or a test's cell."""
    return name.partition("-")[0]


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
