"""How far the course has come, and whether the syllabus tells the truth: `make syllabus`.

python -m tools.syllabus            print what is done and what is open
python -m tools.syllabus --check    follow every reference of what is done
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from mathml.course.syllabus import Row, Syllabus, missing, read, root


def report(syllabus: Syllabus) -> str:
    """For each section how many of its lines are done, and which are open."""
    lines = []
    for number, title in syllabus.sections.items():
        rows = [row for row in syllabus.rows if row.section == number]
        is_open = [row for row in rows if row.open]
        lines.append(f"{number} {title}: {len(rows) - len(is_open)} of {len(rows)} done")
        lines += [f"    open  {row.line}  ({row.lesson}, {row.heading!r})" for row in is_open]
    done = sum(not row.open for row in syllabus.rows)
    lines.append(f"In all: {done} of {len(syllabus.rows)} done, {len(syllabus.rows) - done} open")
    return "\n".join(lines)


def problems(course: Path, syllabus: Syllabus) -> Iterator[str]:
    """What is not as the syllabus says, a line each."""
    for row in syllabus.rows:
        if not row.open:
            yield from (f"{_name(row)}: {what}" for what in missing(row, course) or _nothing_behind(row))


def _name(row: Row) -> str:
    return f"{row.section} {row.line!r}"


def _nothing_behind(row: Row) -> list[str]:
    return [] if row.functions or row.algorithms else ["it is done, but names no function and no algorithm"]


def main() -> int:
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="follow every reference; fail if one leads nowhere")
    check = parser.parse_args().check

    course = root()
    syllabus = read(course / "notebooks" / "syllabus.toml")
    if check:
        found = list(problems(course, syllabus))
        print("\n".join(found) or "Every reference of every closed row stands.")
        return 1 if found else 0
    print(report(syllabus))
    return 0


if __name__ == "__main__":
    sys.exit(main())
