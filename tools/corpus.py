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
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat, zip_longest
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook  # type: ignore[import-untyped]
from nbgrader.apps import NbGraderAPI  # type: ignore[import-untyped]
from traitlets.config.loader import PyFileConfigLoader

from tools.notebooks import read, text

__all__ = [
    *("Answer", "Result", "assignments", "faults", "filled_in", "grade", "rates", "read_corpus", "report"),
    "submissions",
]

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "nbgrader_config.py"
SOURCES, CORPUS = ROOT / "source", ROOT / "tests" / "corpus"
KINDS = ("right", "wrong", "paste")
PROCESSES = 1 + (os.cpu_count() or 1)  # one more, because kernels that start and stop mostly wait


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
    """Answer k of every exercise goes into one notebook, and nbgrader grades the notebooks.

    `source` is an assignment's folder, which holds a notebook of the same name.
    """
    handed_in = submissions(answers)
    shares = [share for i in range(PROCESSES) if (share := handed_in[i::PROCESSES])]
    with tempfile.TemporaryDirectory() as folder, _pool() as pool:
        course = Path(folder) / "course"
        pool.submit(_release, source, course).result()
        results = [result for graded in pool.map(_grade_share, repeat(course), shares) for result in graded]
    return sorted(results, key=lambda result: (result.answer.exercise, KINDS.index(result.answer.kind)))


def submissions(answers: Iterable[Answer]) -> list[list[Answer]]:
    """Those that go into one notebook: the first of every exercise, the second of every exercise, …"""
    exercises: dict[str, list[Answer]] = {}
    for answer in answers:
        exercises.setdefault(answer.exercise, []).append(answer)
    return [[answer for answer in row if answer] for row in zip_longest(*exercises.values())]


def _pool() -> ProcessPoolExecutor:
    """Processes that import nbgrader once between them, where the system can fork."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return ProcessPoolExecutor(PROCESSES)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__spec__.name])
    return ProcessPoolExecutor(PROCESSES, mp_context=context)


def _release(source: Path, course: Path) -> None:
    shutil.copytree(source, course / "source" / source.name)
    shutil.copy(CONFIG, course)
    _succeed(_nbgrader(course).generate_assignment(source.name))


def _grade_share(released: Path, submissions: list[list[Answer]]) -> list[Result]:
    """Grade in a copy of the course, because nbgrader grades one submission of a course at a time."""
    (name,) = os.listdir(released / "release")
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as folder:
        course = shutil.copytree(released, Path(folder) / "course")
        nbgrader = _nbgrader(course)
        for k, answers in enumerate(submissions):
            student = f"answer{k}"
            submission = course / "submitted" / student / name / f"{name}.ipynb"
            submission.parent.mkdir(parents=True)
            notebook = read(course / "release" / name / f"{name}.ipynb")
            submission.write_text(text(filled_in(notebook, answers)), encoding="utf-8")
            _succeed(nbgrader.autograde(name, student))
            results += _results(course, name, student, answers)
    return results


def _nbgrader(course: Path) -> NbGraderAPI:
    """nbgrader with the project's settings, in another folder."""
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])  # for alembic
    return NbGraderAPI(config=PyFileConfigLoader(CONFIG.name, str(course)).load_config())


def _succeed(outcome: dict[str, Any]) -> None:
    if not outcome["success"]:
        raise RuntimeError(f"nbgrader failed:\n{outcome.get('error', '')}{outcome.get('log', '')}")


def filled_in(notebook: NotebookNode, answers: Iterable[Answer]) -> NotebookNode:
    """The released notebook with these answers."""
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
