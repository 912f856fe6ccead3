"""What a student gets to read: each answer, what became of it, and why. Of hidden tests, their hints and no more."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import nbformat
from nbconvert.filters.ansi import strip_ansi

from mathml.course.cells import (
    BEGIN_HIDDEN,
    END_HIDDEN,
    grade_id,
    grading,
    heading,
    is_solution,
    is_test,
    points,
    source,
)
from mathml.grader.courses import Assignment, Course, Submission
from mathml.grader.pages import markdown, page
from mathml.grader.record import Card, Record, write_whole

__all__ = ["Told", "feedback_pages", "told", "visible", "write_feedback"]

_PICTURES = ("image/png", "image/jpeg")
_MOST = 20_000  # characters of an output


def feedback_pages(
    course: Course, assignment: Assignment, submissions: Iterable[Submission]
) -> Iterator[tuple[Submission, str]]:
    """The page, as HTML, of each submission that was graded and has not been graded otherwise since."""
    with Record(course) as record:
        entries, cards = record.graded(assignment), record.cards(assignment)
        for submission in submissions:
            if entry := entries.get(submission.student):
                folder = course.folder("autograded", submission.student, assignment.name)
                notebook = None if entry.found["refused"] else _read(folder / f"{assignment.name}.ipynb")
                yield (
                    submission,
                    _page(assignment, submission.student, cards[submission.student], entry.found, notebook),
                )


def write_feedback(course: Course, assignment: Assignment, submissions: Iterable[Submission]) -> Iterator[str]:
    """Write the pages into nbgrader's folder of feedback; yields whose."""
    for submission, html in feedback_pages(course, assignment, submissions):
        folder = course.folder("feedback", submission.student, assignment.name)
        write_whole(folder, {f"{assignment.name}.html": html.encode(), **submission.papers()})
        yield submission.student


def _read(path: Any) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def visible(tests: str) -> str:
    """The source of a test without what nbgrader's marks hide."""
    kept, hidden = [], False
    for line in tests.splitlines():
        if BEGIN_HIDDEN in line or END_HIDDEN in line:
            hidden = BEGIN_HIDDEN in line
        elif not hidden:
            kept.append(line)
    return "\n".join(kept).strip()


def _page(assignment: Assignment, student: str, card: Card, found: dict[str, Any], notebook: Any) -> str:
    cells = assignment.notebook.cells
    titles = {
        grade_id(cell): _title(cells, place, grade_id(cell)) for place, cell in enumerate(cells) if is_solution(cell)
    }
    exercises = [
        {
            "anchor": name,
            "title": title,
            "score": sum(score for test, score in card.scores.items() if test.partition("-")[0] == name),
            "most": sum(points(cell) for cell in cells if grade_id(cell).partition("-")[0] == name),
        }
        for name, title in titles.items()
    ]
    return page(
        "feedback",
        title=assignment.title,
        name=" ".join(filter(None, (card.first_name, card.last_name))) or student,
        stamp=card.stamp,
        score=card.score,
        most=card.most,
        penalty=card.penalty,
        refused=found["refused"],
        notes=found["notes"],
        exercises=exercises if notebook is not None else [],
        parts=[] if notebook is None else list(_parts(notebook, card, found, set(titles))),
    )


def _title(cells: Any, place: int, name: str) -> str:
    """The heading above an answer."""
    return next(filter(None, map(heading, reversed(cells[:place]))), name)


def _parts(notebook: Any, card: Card, found: dict[str, Any], exercises: set[str]) -> Iterator[dict[str, Any]]:
    for place, cell in enumerate(notebook.cells):
        name = grade_id(cell)
        if is_test(cell):
            yield _test(cell, card, found["tests"].get(name, {}))
        elif is_solution(cell) or (cell.cell_type == "code" and not grading(cell)):
            label = "Your answer" if is_solution(cell) else "Your own cell"
            shown = [shown for output in cell.get("outputs", ()) if (shown := _shown(output))]
            yield {
                "kind": "answer",
                "label": label,
                "source": source(cell),
                "outputs": shown,
                "comment": card.comments.get(name, ""),
            }
        elif cell.cell_type == "markdown" and place:
            following = (grade_id(other) for other in notebook.cells[place + 1 :] if is_solution(other))
            anchor = next(following, "") if heading(cell) else ""
            yield {"kind": "words", "html": markdown(_without_links(source(cell))), "anchor": anchor}


def _without_links(words: str) -> str:
    """Links to other notebooks lead nowhere from here."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\.ipynb[^)]*\)", r"\1", words)


class Told(NamedTuple):
    """What a student is told of a test: nothing, if it passed."""

    message: str
    hint: str


def told(tests: str, outputs: Iterable[Mapping[str, Any]], verdict: Mapping[str, Any]) -> Told:
    """What became of a test, by its source, its outputs, and its hint and whether it was hidden."""
    errors = [output["evalue"] for output in outputs if output["output_type"] == "error"]
    if not errors:
        return Told("", "")
    hint = verdict.get("hint", "")
    if verdict.get("hidden", BEGIN_HIDDEN in tests):
        return Told("A hidden test fails. The statement says what the hidden tests probe.", hint)
    return Told(_text(errors[0].partition("\nHint: ")[0] if hint else errors[0]), hint)


def _test(cell: Any, card: Card, verdict: dict[str, Any]) -> dict[str, Any]:
    name = grade_id(cell)
    said = told(source(cell), cell.get("outputs", ()), verdict)
    return {
        "kind": "test",
        "label": name.replace("-", ": ", 1),
        "score": card.scores.get(name, 0.0),
        "most": points(cell),
        "message": said.message,
        "hint": said.hint,
        "comment": card.comments.get(name, ""),
        "source": visible(source(cell)),
    }


def _shown(output: Any) -> dict[str, str] | None:
    """A picture or text; of what else a cell may show, its text."""
    if output.output_type == "stream":
        return {"text": _text(output.text), "image": "", "kind": ""}
    if output.output_type == "error":
        return {"text": _text("\n".join(output.traceback)), "image": "", "kind": ""}
    for kind in _PICTURES:
        if kind in output.data and (encoded := _base64(output.data[kind])):
            return {"text": "", "image": encoded, "kind": kind}
    text = output.data.get("text/plain", "")
    return {"text": _text(text), "image": "", "kind": ""} if isinstance(text, str) and text else None


def _text(came: str) -> str:
    return str(strip_ansi(came))[:_MOST]  # type: ignore[no-untyped-call]


def _base64(came: Any) -> str:
    """The same, if that is what it is."""
    try:
        return base64.b64encode(base64.b64decode("".join(str(came).split()), validate=True)).decode()
    except (binascii.Error, ValueError):
        return ""
