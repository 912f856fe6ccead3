"""The command `mathml`: what an instructor does with a class.

mathml grade vectors
"""

import argparse
import dataclasses
import json
import sys
from pathlib import Path

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 if all went well, 1 if something needs a look, 2 if it could not be done."""
    parser = argparse.ArgumentParser(prog="mathml", description="Grade the assignments of the course.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    grade = commands.add_parser(
        "grade",
        help="grade all that was handed in for an assignment",
        description="Grade submitted/*/ASSIGNMENT, each in its own sandbox, and record the scores as nbgrader does.",
    )
    grade.add_argument("assignment", metavar="ASSIGNMENT", help="such as vectors")
    grade.add_argument("--student", action="append", metavar="ID", help="only this one (may be given again)")
    grade.add_argument("--workers", type=int, metavar="N", help="so many at a time (default: one for each processor)")
    grade.add_argument("--timeout", type=float, default=30.0, metavar="SECONDS", help="for a cell or a test (30)")
    grade.add_argument("--course", type=Path, default=Path(), metavar="FOLDER", help="where nbgrader_config.py is (.)")
    grade.add_argument("--json", action="store_true", help="print what each student got as JSON")
    grade.add_argument(
        "--allow-unsandboxed",
        action="store_true",
        help="where this system cannot wall a process in, run the students' code with your own rights",
    )
    options = parser.parse_args(arguments)
    try:
        return _grade(options)
    except (FileNotFoundError, LookupError) as error:
        print(f"mathml: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nmathml: stopped; what was graded is recorded", file=sys.stderr)
    return 2


def _grade(options: argparse.Namespace) -> int:
    from mathml.grader.classroom import Outcome, Settings, grade_class
    from mathml.grader.courses import Course
    from mathml.grader.pool import Unsandboxed

    course = Course(options.course)
    assignment = course.assignment(options.assignment)
    submissions = course.submissions(assignment.name)
    if options.student:
        unknown = set(options.student) - {submission.student for submission in submissions}
        if unknown:
            raise LookupError(f"nothing was handed in for {assignment.name} by {', '.join(sorted(unknown))}")
        submissions = [submission for submission in submissions if submission.student in options.student]
    if not submissions:
        raise LookupError(f"nothing was handed in for {assignment.name}")
    settings = Settings(options.workers, options.timeout, not options.allow_unsandboxed)
    outcomes = list[Outcome]()
    try:
        for outcome in grade_class(course, assignment, submissions, settings):
            outcomes.append(outcome)
            _progress(len(outcomes), len(submissions))
    except Unsandboxed as why:
        print(f"mathml: {why}; to grade nevertheless, with no walls: --allow-unsandboxed", file=sys.stderr)
        return 2
    outcomes.sort(key=lambda outcome: outcome.student)
    if options.json:
        print(json.dumps([dataclasses.asdict(outcome) for outcome in outcomes], indent=2))
    else:
        print(_table(outcomes))
    return 1 if any(outcome.notes for outcome in outcomes) else 0


def _progress(done: int, of: int) -> None:
    """A bar, where somebody looks."""
    if sys.stderr.isatty():
        full = 30 * done // of
        end = "\n" if done == of else ""
        print(f"\r{'█' * full}{'░' * (30 - full)} {done} of {of}", end=end, file=sys.stderr, flush=True)


def _table(outcomes: list) -> str:  # type: ignore[type-arg]
    width = max(len(outcome.student) for outcome in outcomes)
    rows = [
        f"{outcome.student:{width}}  {outcome.score:6g} / {outcome.most:g}  {'; '.join(outcome.notes)}".rstrip()
        for outcome in outcomes
    ]
    mean = sum(outcome.score for outcome in outcomes) / len(outcomes)
    looks = sum(bool(outcome.notes) for outcome in outcomes)
    return "\n".join([*rows, "", f"{len(outcomes)} graded, {mean:.1f} points on average, {looks} to be looked at"])


if __name__ == "__main__":
    sys.exit(main())
