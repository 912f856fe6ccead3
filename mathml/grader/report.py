"""What an assignment was like for a class: how hard each exercise was, whom it separates, and what went wrong."""

import io
from collections import defaultdict
from typing import Any, NamedTuple

import numpy as np
from markupsafe import Markup
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mathml.course.cells import grade_id, is_solution, is_test, points
from mathml.grader.courses import Assignment
from mathml.grader.pages import page
from mathml.grader.tables import write_csv

__all__ = ["Exercise", "Report", "report"]

_INK = "#010203"  # replaced by the colour of the page's text
_PARTS = (("full marks", "#2b8a57"), ("some", "#8fc9a5"), ("none", "#d9836f"), ("not answered", "#9aa4b2"))


class Exercise(NamedTuple):
    """How a class did in an exercise.

    easiness : the mean score, as a part of the most
    separates : the correlation of its score with that of all other exercises; NaN if one of them never differs
    shares : of the class: full marks, some, none, not answered
    seconds : that an answer and its tests took, in the mean, and at most
    """

    name: str
    most: float
    easiness: float
    separates: float
    shares: tuple[float, float, float, float]
    seconds: tuple[float, float]


class Report(NamedTuple):
    """Of a class.

    reliability : Cronbach's α over the exercises
    mistakes : exercise, what was said, and how many it was said to
    identical : exercise, and those whose wrong answers are the same
    files : tables and a page, by name
    """

    scores: dict[str, float]
    exercises: list[Exercise]
    reliability: float
    mistakes: list[tuple[str, str, int]]
    identical: list[tuple[str, list[str]]]
    files: dict[str, str]


def report(assignment: Assignment, graded: dict[str, dict[str, Any]]) -> Report:
    """What the journal says, `graded`, of each student's submission.

    Raises
    ------
    ValueError
        If nothing was graded.
    """
    graded = {student: found for student, found in sorted(graded.items()) if not found["refused"]}
    if not graded:
        raise ValueError(f"no submission of {assignment.name} was graded: run `mathml grade {assignment.name}`")
    tests = _tests(assignment)
    table = np.array(
        [[sum(_score(found, test) for test in names) for names in tests.values()] for found in graded.values()]
    )  # (students, exercises)
    most = [sum(points(cell) for cell in assignment.cells if _exercise(cell) == name) for name in tests]
    exercises = [
        _described(name, names, most[place], table, place, list(graded.values()))
        for place, (name, names) in enumerate(tests.items())
    ]
    scores = dict(zip(graded, map(float, table.sum(axis=1)), strict=True))
    made = Report(scores, exercises, _alpha(table), _mistakes(tests, graded), _identical(tests, graded), {})
    return made._replace(files=_files(assignment, made))


def _tests(assignment: Assignment) -> dict[str, list[str]]:
    """The names of each exercise's tests."""
    return {
        grade_id(cell): [
            grade_id(test) for test in assignment.cells if is_test(test) and _exercise(test) == grade_id(cell)
        ]
        for cell in assignment.cells
        if is_solution(cell)
    }


def _exercise(cell: Any) -> str:
    return grade_id(cell).partition("-")[0]


def _score(found: dict[str, Any], test: str) -> float:
    return float(found["tests"].get(test, {}).get("score", 0.0))


# --- statistics -----------------------------------------------------------------------------------


def _described(
    name: str, tests: list[str], most: float, table: NDArray[np.float64], place: int, graded: list[dict[str, Any]]
) -> Exercise:
    own = table[:, place]
    empty = np.array([_is_unanswered(found, tests) for found in graded])
    full, none = own >= most, (own <= 0) & ~empty
    shares = tuple(float(np.mean(part)) for part in (full, ~full & (own > 0), none, empty))
    took = [sum(found["tests"].get(test, {}).get("seconds", 0.0) for test in tests) for found in graded]
    rest = table.sum(axis=1) - own
    return Exercise(
        name,
        most,
        float(np.mean(own)) / most if most else np.nan,
        _correlation(own, rest),
        shares,  # type: ignore[arg-type]  # four of them
        (float(np.mean(took)), max(took)),
    )


def _is_unanswered(found: dict[str, Any], tests: list[str]) -> bool:
    return all(found["tests"].get(test, {}).get("error") == "NotAnswered" for test in tests)


def _correlation(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return np.nan
    return float(np.corrcoef(x, y)[0, 1])


def _alpha(table: NDArray[np.float64]) -> float:
    """α = k/(k−1) (1 − Σ var(exercise) / var(total)).

    Source: Cronbach 1951, "Coefficient alpha and the internal structure of tests", eq. 2.
    """
    count, total = table.shape[1], float(np.var(table.sum(axis=1)))
    return count / (count - 1) * (1 - float(np.var(table, axis=0).sum()) / total) if count > 1 and total else np.nan


def _mistakes(tests: dict[str, list[str]], graded: dict[str, dict[str, Any]]) -> list[tuple[str, str, int]]:
    """What was said to how many, the most frequent first."""
    made: dict[tuple[str, str], int] = defaultdict(int)
    for found in graded.values():
        for exercise, names in tests.items():
            for hint in {found["tests"].get(name, {}).get("hint", "") for name in names} - {""}:
                made[exercise, hint] += 1
    ordered = sorted(made.items(), key=lambda item: (-item[1], item[0]))
    return [(exercise, hint, count) for (exercise, hint), count in ordered]


def _identical(tests: dict[str, list[str]], graded: dict[str, dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Those whose answers are the same, and lose points."""
    same: dict[tuple[str, str], list[str]] = defaultdict(list)
    for student, found in graded.items():
        for exercise, names in tests.items():
            lost = any(found["tests"].get(name, {}).get("error") for name in names)
            if lost and not _is_unanswered(found, names):
                same[exercise, found["answers"].get(exercise, "")].append(student)
    groups = [(exercise, students) for (exercise, _), students in same.items() if len(students) > 1]
    return sorted(groups, key=lambda group: (-len(group[1]), group[0]))


# --- files ----------------------------------------------------------------------------------------


def _files(assignment: Assignment, made: Report) -> dict[str, str]:
    exercises = [
        [e.name, e.most, e.easiness, e.separates, *e.shares, e.seconds[0], e.seconds[1]] for e in made.exercises
    ]
    headings = [
        "exercise",
        "points",
        "mean_share",
        "separates",
        *(name for name, _ in _PARTS),
        "seconds",
        "most_seconds",
    ]
    return {
        "index.html": page(
            "report",
            title=assignment.title,
            report=made,
            count=len(made.scores),
            values=list(made.scores.values()),
            most=sum(exercise.most for exercise in made.exercises),
            quartiles=np.percentile(list(made.scores.values()), [25, 50, 75]),
            histogram=_histogram(made),
            bars=_bars(made),
            separation=_separation(made),
        ),
        "exercises.csv": write_csv(headings, exercises),
        "mistakes.csv": write_csv(["exercise", "said", "students"], made.mistakes),
        "identical.csv": write_csv(["exercise", "students"], [(name, " ".join(who)) for name, who in made.identical]),
        "students.csv": write_csv(["student", "score"], made.scores.items()),
    }


def _svg(figure: Figure, words: str) -> Markup:
    """The drawing in the colours of the page, with words for those who cannot see it."""
    out = io.StringIO()
    figure.savefig(out, format="svg", transparent=True, metadata={"Date": None}, bbox_inches="tight")
    drawn = out.getvalue().partition("<svg")[2].replace(_INK, "currentColor")
    return Markup('<svg role="img" aria-label="{}"').format(words) + Markup(drawn)


def _axes(height: float) -> tuple[Figure, Any]:
    figure = Figure(figsize=(7, height))
    axes = figure.add_subplot()
    axes.tick_params(colors=_INK)
    for side, spine in axes.spines.items():
        spine.set(color=_INK, visible=side in ("left", "bottom"))
    return figure, axes


def _histogram(made: Report) -> Markup:
    most = sum(exercise.most for exercise in made.exercises)
    figure, axes = _axes(2.4)
    axes.hist(list(made.scores.values()), bins=np.linspace(0, most, 21), color="#4f86c6")
    axes.set_xlabel("points", color=_INK)
    axes.set_ylabel("students", color=_INK)
    axes.yaxis.get_major_locator().set_params(integer=True)
    return _svg(figure, "How many students have how many points")


def _bars(made: Report) -> Markup:
    figure, axes = _axes(0.6 + 0.32 * len(made.exercises))
    left = np.zeros(len(made.exercises))
    names = [exercise.name for exercise in made.exercises]
    for part, (label, colour) in enumerate(_PARTS):
        widths = np.array([exercise.shares[part] for exercise in made.exercises])
        axes.barh(names, widths, left=left, color=colour, label=label, height=0.7)
        left += widths
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
    axes.legend(ncols=4, loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False, labelcolor=_INK)
    return _svg(figure, "For each exercise, what part of the class got full marks, some, none, or did not answer")


def _separation(made: Report) -> Markup:
    figure, axes = _axes(3.6)
    for number, exercise in enumerate(made.exercises, start=1):
        if not np.isnan(exercise.separates):
            axes.plot(exercise.easiness, exercise.separates, "o", color="#4f86c6")
            axes.annotate(
                f"{number}", (exercise.easiness, exercise.separates), (5, 5), textcoords="offset points", color=_INK
            )
    axes.axhline(0, color=_INK, linewidth=0.6)
    axes.set(xlim=(0, 1), ylim=(-1, 1))
    axes.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
    axes.set_xlabel("mean score: hard on the left, easy on the right", color=_INK)
    axes.set_ylabel("separates", color=_INK)
    return _svg(figure, "For each exercise, how easy it was, and how well it separates")
