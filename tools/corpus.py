"""Are the tests of an assignment fair? Grade answers that are known to be right or wrong, and count.

    python -m tools.corpus vectors

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
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Gradebook  # type: ignore[import-untyped]

from tools.notebooks import read, text

__all__ = ["Answer", "Result", "faults", "grade", "rates", "read_corpus", "report"]

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "nbgrader_config.py"
SOURCES, CORPUS = ROOT / "source", ROOT / "tests" / "corpus"
KINDS = ("right", "wrong", "paste")
PROCESSES = 2


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
    """What nbgrader gave for an answer, and what the exercise's failed tests said."""

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
    """Answer k of every exercise goes into one notebook, and nbgrader grades the notebooks.

    `source` is an assignment's folder, which holds a notebook of the same name.
    """
    exercises: dict[str, list[Answer]] = {}
    for answer in answers:
        exercises.setdefault(answer.exercise, []).append(answer)
    submissions = [[answer for answer in row if answer] for row in zip_longest(*exercises.values())]
    shares = [share for i in range(PROCESSES) if (share := submissions[i::PROCESSES])]
    with ThreadPoolExecutor(PROCESSES) as pool:
        graded = pool.map(lambda share: _grade_share(source, share), shares)
        results = [result for share in graded for result in share]
    return sorted(results, key=lambda result: (result.answer.exercise, KINDS.index(result.answer.kind)))


def _grade_share(source: Path, submissions: list[list[Answer]]) -> list[Result]:
    """Grade in a course folder of its own, so that several can be graded at a time."""
    name = source.name
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        shutil.copytree(source, course / "source" / name)
        shutil.copy(CONFIG, course)
        _nbgrader(course, "generate_assignment", name)
        for k, answers in enumerate(submissions):
            submission = course / "submitted" / f"answer{k}" / name / f"{name}.ipynb"
            submission.parent.mkdir(parents=True)
            notebook = read(course / "release" / name / f"{name}.ipynb")
            submission.write_text(text(_filled_in(notebook, answers)), encoding="utf-8")
        _nbgrader(course, "autograde", name)
        return [result for k, row in enumerate(submissions) for result in _results(course, name, f"answer{k}", row)]


def _nbgrader(course: Path, *command: str) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])  # nbgrader calls alembic
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command],
        cwd=course,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    if ran.returncode:
        raise RuntimeError(f"nbgrader {' '.join(command)} failed:\n{ran.stdout}{ran.stderr}")


def _filled_in(notebook: NotebookNode, answers: Iterable[Answer]) -> NotebookNode:
    cells = _cells(notebook)
    for answer in answers:
        cells[answer.exercise].source = answer.source
    return notebook


def _results(course: Path, name: str, student: str, answers: Iterable[Answer]) -> Iterator[Result]:
    cells = _cells(read(course / "autograded" / student / name / f"{name}.ipynb"))
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grades = gradebook.find_submission_notebook(name, name, student).grades
        for answer in answers:
            of_exercise = [g for g in grades if g.name.partition("-")[0] == answer.exercise]
            messages = tuple(message for g in of_exercise for message in _messages(cells[g.name]))
            score, points = sum(g.auto_score for g in of_exercise), sum(g.max_score for g in of_exercise)
            yield Result(answer, score, points, messages)


def _cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    return {c.metadata.nbgrader.grade_id: c for c in notebook.cells if "nbgrader" in c.metadata}


def _messages(cell: NotebookNode) -> list[str]:
    return [f"{out.ename}: {out.evalue}" for out in cell.outputs if out.output_type == "error"]


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
    parser.add_argument("assignment")
    parser.add_argument("exercise", nargs="*", help="only these exercises")
    parser.add_argument("--said", action="store_true", help="what the tests said to each wrong answer")
    arguments = parser.parse_args()
    answers = read_corpus(CORPUS / arguments.assignment)
    if arguments.exercise:
        answers = [answer for answer in answers if answer.exercise in arguments.exercise]
    results = grade(SOURCES / arguments.assignment, answers)
    if arguments.said:
        for result in results:
            print(f"{result.answer} ({result.score:g}/{result.points:g})", *result.messages, sep="\n    ", end="\n\n")
    print(report(results))
    return 1 if faults(results) else 0


if __name__ == "__main__":
    sys.exit(main())
