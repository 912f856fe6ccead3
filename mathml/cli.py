"""The command `mathml`: what an instructor does with a class, and a student with an assignment.

mathml grade vectors
"""

import argparse
import dataclasses
import json
import sys
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mathml.grader.classroom import Outcome
    from mathml.grader.courses import Course, Submission

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 if all went well, 1 if something needs a look, 2 if it could not be done."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ModuleNotFoundError as error:
        print(f"mathml: this needs the package {error.name}, which is not installed", file=sys.stderr)
    except OSError as error:
        print(f"mathml: {error.filename}: {error.strerror}" if error.filename else f"mathml: {error}", file=sys.stderr)
    except (LookupError, ValueError, RuntimeError) as error:
        print(f"mathml: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nmathml: stopped; what was recorded stays, and the same command goes on from there", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mathml", description="Grade the assignments of the course.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    course = argparse.ArgumentParser(add_help=False)
    course.add_argument("--course", type=Path, default=Path(), metavar="FOLDER", help="where nbgrader_config.py is (.)")
    which = argparse.ArgumentParser(add_help=False)
    which.add_argument("assignment", metavar="ASSIGNMENT", help="such as vectors")

    grade = commands.add_parser(
        "grade",
        parents=[which, course],
        help="grade all that was handed in for an assignment",
        description="Grade submitted/*/ASSIGNMENT, each in its own sandbox, and record the scores as nbgrader does. "
        "What was graded, and has not changed since, is not graded again; so a run that was interrupted goes on.",
    )
    grade.add_argument("--student", action="append", metavar="ID", help="only this one (may be given again)")
    grade.add_argument("--workers", type=int, metavar="N", help="so many at a time (default: one for each processor)")
    grade.add_argument("--dask", metavar="ADDRESS", help="grade on the workers of this Dask scheduler")
    grade.add_argument("--timeout", type=float, default=30.0, metavar="SECONDS", help="for a cell or a test (30)")
    grade.add_argument("--memory", type=int, default=1024, metavar="MB", help="for a submission (1024)")
    grade.add_argument("--dry-run", action="store_true", help="say who would change, and why, and record nothing")
    grade.add_argument("--force", action="store_true", help="grade what has not changed, too")
    grade.add_argument("--json", action="store_true", help="print what each student got as JSON")
    grade.add_argument(
        "--allow-unsandboxed",
        action="store_true",
        help="where this system cannot wall a process in, run the students' code with your own rights",
    )
    grade.set_defaults(run=_grade)

    feedback = commands.add_parser(
        "feedback",
        parents=[which, course],
        help="write what each student gets to read",
        description="Write feedback/*/ASSIGNMENT/ASSIGNMENT.html: each answer, what became of it, and hints. There is "
        "no hidden test in it, and formulas show without a network. `nbgrader release_feedback` hands it out.",
    )
    feedback.add_argument("--student", action="append", metavar="ID", help="only this one (may be given again)")
    feedback.set_defaults(run=_feedback)

    check = commands.add_parser(
        "check",
        help="run the visible tests of a notebook",
        description="Run the visible tests of an assignment that you work on, as it will be graded. Exit status: 0 if "
        "all pass, 1 if one fails, 2 if there is nothing to check. The hidden tests are not among them.",
    )
    check.add_argument("notebook", type=Path, metavar="PATH", help="such as work/vectors/vectors.ipynb")
    check.add_argument("--timeout", type=float, default=30.0, metavar="SECONDS", help="for a cell or a test (30)")
    check.add_argument("--json", action="store_true", help="print the verdicts as JSON")
    check.set_defaults(run=_check)

    report = commands.add_parser(
        "report",
        parents=[which, course],
        help="show what the assignment was like for the class",
        description="Write reports/ASSIGNMENT/index.html, with tables as CSV beside it: how hard each exercise was and "
        "how well it separates, which mistakes were made how often, wrong answers that are the same, and time used.",
    )
    report.set_defaults(run=_report)

    roster = commands.add_parser(
        "roster",
        parents=[course],
        help="enter the class into the gradebook",
        description="Enter students from a CSV file: with the columns id, first_name, last_name, email; or Canvas' "
        "gradebook as it is exported; or Moodle's grading worksheet.",
    )
    roster.add_argument("file", type=Path, metavar="FILE")
    roster.set_defaults(run=_roster)

    marks = commands.add_parser(
        "marks",
        parents=[which, course],
        help="print the marks as CSV, or fill them into Canvas' or Moodle's table",
        description="Print the marks as CSV. With --into, print a table of a learning-management system with the marks "
        "in it, to be imported there: Canvas' gradebook as it is exported, or Moodle's grading worksheet.",
    )
    marks.add_argument("--into", type=Path, metavar="FILE", help="the system's table")
    marks.add_argument("--column", metavar="NAME", help="where the marks go, if it cannot be told from the table")
    marks.set_defaults(run=_marks)

    demo = commands.add_parser(
        "demo-class",
        parents=[course],
        help="make a class to try all this out on",
        description="Make a course in a new folder, with submissions of a class that never was: right answers and "
        "known mistakes, and a few odd ones.",
    )
    demo.add_argument("folder", type=Path, nargs="?", default=Path("demo-class"), help="to be made (demo-class)")
    demo.add_argument("--students", type=int, default=30, metavar="N", help="so many (30)")
    demo.add_argument("--assignment", default="vectors", help="which one (vectors)")
    demo.add_argument("--seed", type=int, default=0, help="another class for each number (0)")
    demo.set_defaults(run=_demo_class)
    return parser


# --- grade ----------------------------------------------------------------------------------------


def _grade(options: argparse.Namespace) -> int:
    from mathml.grader.classroom import Run, Settings
    from mathml.grader.courses import Course
    from mathml.grader.pool import Unsandboxed, Walls

    course = Course(options.course)
    assignment = course.assignment(options.assignment)
    submissions = _submissions(course, assignment.name, options.student)
    walls = Walls(not options.allow_unsandboxed, options.memory * 2**20)
    settings = Settings(options.workers, options.dask, options.timeout, walls, options.force)
    with Run(course, assignment, submissions, settings) as run:
        try:
            outcomes = list(_with_progress(run.grade(keep=not options.dry_run), len(run.due), run.settled))
        except Unsandboxed as why:
            print(f"mathml: {why}; to grade nevertheless, with no walls: --allow-unsandboxed", file=sys.stderr)
            return 2
        outcomes = sorted([*run.settled, *outcomes], key=lambda outcome: outcome.student)
        if not options.json:
            print(_changes(outcomes, options.dry_run), end="", flush=True)
        run.record_changes()
    if options.json:
        print(json.dumps([dataclasses.asdict(outcome) for outcome in outcomes], indent=2))
    else:
        print(_table(outcomes, options.dry_run))
    return 1 if any(outcome.notes for outcome in outcomes) else 0


def _submissions(course: "Course", name: str, students: Sequence[str] | None) -> list["Submission"]:
    submissions = course.submissions(name)
    unknown = set(students or ()) - {submission.student for submission in submissions}
    if unknown:
        raise LookupError(f"nothing was handed in for {name} by {', '.join(sorted(unknown))}")
    if not submissions:
        raise LookupError(f"nothing was handed in for {name}")
    return [submission for submission in submissions if not students or submission.student in students]


def _with_progress(outcomes: Iterable["Outcome"], count: int, settled: Sequence["Outcome"]) -> Iterable["Outcome"]:
    """A bar, where somebody looks."""
    from tqdm import tqdm  # type: ignore[import-untyped]

    if settled:
        print(f"{len(settled)} graded before, and not changed since", file=sys.stderr)
    bar: Iterable[Outcome] = tqdm(
        outcomes, total=count, desc="grading", unit="", disable=None, leave=False, file=sys.stderr
    )
    return bar


def _changes(outcomes: Sequence["Outcome"], dry_run: bool) -> str:
    """Whose marks change, and why."""
    changed = [outcome for outcome in outcomes if outcome.has_changed]
    if not changed:
        return ""
    rows = [
        (outcome.student, outcome.name, f"{outcome.before:g} → {outcome.score:g}", outcome.why)
        for outcome in sorted(changed, key=lambda outcome: outcome.student)
    ]
    would = "would change" if dry_run else "change"
    return "\n".join([f"marks that {would}: {len(changed)}", *_aligned(rows), "", ""])


def _table(outcomes: Sequence["Outcome"], dry_run: bool) -> str:
    rows = [
        (outcome.student, outcome.name, f"{outcome.score:6g} / {outcome.most:g}", "; ".join(outcome.notes))
        for outcome in outcomes
    ]
    mean = sum(outcome.score for outcome in outcomes) / len(outcomes)
    looks = sum(bool(outcome.notes) for outcome in outcomes)
    due = sum(bool(outcome.why) for outcome in outcomes)
    done = f"{due} would be graded" if dry_run else f"{due} graded"
    kept = f", {len(outcomes) - due} as before" if due < len(outcomes) else ""
    last = f"{done}{kept}; {mean:.1f} points on average, {looks} to be looked at"
    return "\n".join([*_aligned(rows), "", last, *(["nothing was recorded"] if dry_run else [])])


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """A line for each row, without columns that are empty."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(f"{text:{width}}" for text, width in zip(row, widths, strict=True) if width).rstrip() for row in rows
    ]


# --- check ----------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    from mathml.grader.checking import check_notebook

    path = (
        options.notebook / f"{options.notebook.resolve().name}.ipynb" if options.notebook.is_dir() else options.notebook
    )
    verdicts = check_notebook(path, options.timeout)
    if options.json:
        print(json.dumps([verdict._asdict() for verdict in verdicts], indent=2))
    for verdict in verdicts if not options.json else ():
        mark = "✓" if verdict.passed == verdict.tests else "✗"
        print(f"{mark} {verdict.exercise}: {verdict.passed} of {verdict.tests} tests pass")
        for message in verdict.messages:
            print(textwrap.indent(message, "    "))
    right = sum(verdict.passed == verdict.tests for verdict in verdicts)
    if not options.json:
        print(f"\n{right} of {len(verdicts)} exercises pass their visible tests")
    return 0 if right == len(verdicts) else 1


# --- feedback -------------------------------------------------------------------------------------


def _feedback(options: argparse.Namespace) -> int:
    from mathml.grader.courses import Course
    from mathml.grader.feedback import write_feedback

    course = Course(options.course)
    assignment = course.assignment(options.assignment)
    submissions = _submissions(course, assignment.name, options.student)
    written = set(write_feedback(course, assignment, submissions))
    print(f"pages written: {len(written)}, {course.folder('feedback', '*', assignment.name)}/{assignment.name}.html")
    missing = [submission.student for submission in submissions if submission.student not in written]
    if missing:
        print(f"not graded yet, so without a page: {', '.join(missing)}")
    return 1 if missing else 0


# --- the class ------------------------------------------------------------------------------------


def _report(options: argparse.Namespace) -> int:
    from mathml.grader.courses import Course
    from mathml.grader.record import Record, write_whole
    from mathml.grader.report import report

    course = Course(options.course)
    assignment = course.assignment(options.assignment)
    with Record(course) as record:
        graded = {student: entry.found for student, entry in record.graded(assignment).items()}
    made = report(assignment, graded)
    folder = course.root / "reports" / assignment.name
    write_whole(folder, {name: text.encode() for name, text in made.files.items()})
    print(f"submissions in the report: {len(made.scores)}, {folder / 'index.html'}")
    return 0


def _roster(options: argparse.Namespace) -> int:
    from mathml.grader.courses import Course
    from mathml.grader.office import read_roster
    from mathml.grader.record import Record

    people = read_roster(options.file)
    with Record(Course(options.course)) as record:
        print(f"students entered into the gradebook: {record.enroll(people)}")
    return 0


def _marks(options: argparse.Namespace) -> int:
    from mathml.grader.courses import Course
    from mathml.grader.office import fill_in, marks
    from mathml.grader.record import Record

    course = Course(options.course)
    assignment = course.assignment(options.assignment)
    with Record(course) as record:
        record.require(assignment)
        cards = record.cards(assignment)
    if options.into is None:
        print(marks(cards), end="")
        return 0
    table, unlisted = fill_in(options.into, assignment.name, cards, options.column)
    print(table, end="")
    if unlisted:
        print(f"mathml: not in {options.into}: {', '.join(unlisted)}", file=sys.stderr)
    return 1 if unlisted else 0


# --- demo-class -----------------------------------------------------------------------------------


def _demo_class(options: argparse.Namespace) -> int:
    from mathml.grader.demo import make_class

    make_class(options.course, options.folder, options.assignment, options.students, options.seed)
    print(f"{options.folder} is a course with {options.students} students. Go on with:\n")
    print(f"    cd {options.folder}\n    mathml grade {options.assignment}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
