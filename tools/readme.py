"""What a README says of the repository itself: how far the syllabus is, and the way to Binder.

    python -m tools.readme           write both into README.md
    python -m tools.readme --check   fail if they are out of date

Each stands between two comments, `<!-- name -->` and `<!-- /name -->`.
"""

import argparse
import re
import sys
import tomllib
from pathlib import Path
from urllib.parse import quote

from mathml.course.syllabus import Progress, read, root

__all__ = ["binder", "filled", "main"]

BADGE = "https://mybinder.org/badge_logo.svg"


def filled(readme: str, course: Path) -> str:
    """The README with its parts as they are now.

    Raises
    ------
    ValueError
        If a part is begun and not ended, or the other way round.
    """
    parts = {"syllabus": table, "binder": binder}
    for name, part in parts.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        if readme.count(begin) != readme.count(end):
            raise ValueError(f"README.md needs both {begin} and {end}, or neither")
        between = re.compile(f"(?<={begin}\n).*?(?={end})", re.DOTALL)
        if begin in readme:
            now = f"\n{part(course)}\n\n"
            readme = between.sub(now.replace("\\", r"\\"), readme)
    return readme


def table(course: Path) -> str:
    """A row for each lesson: what of the outline is done."""
    return Progress(course, read(course / "notebooks" / "syllabus.toml")).markdown()


def binder(course: Path) -> str:
    """Links that open the student's copy on Binder, if pyproject.toml says where it is published."""
    project = tomllib.loads((course / "pyproject.toml").read_text(encoding="utf-8"))
    repository = project["tool"].get("mathml", {}).get("student_repository", "")
    if not repository:
        return "Not published yet: there is nothing to open on Binder."
    pages = sorted(path.name for path in (course / "notebooks").glob("*.ipynb"))
    start, *lessons = (f"https://mybinder.org/v2/gh/{repository}/HEAD?urlpath={_lab(page)}" for page in pages)
    names = [page.removesuffix(".ipynb").replace("_", ": ", 1) for page in pages[1:]]
    links = " · ".join(f"[lesson {name}]({link})" for name, link in zip(names, lessons, strict=True))
    return f"[![Open in Binder]({BADGE})]({start})\nor one lesson: {links}. Download there what you want to keep."


def _lab(page: str) -> str:
    return quote(f"lab/tree/notebooks/{page}", safe="")


def main() -> int:
    assert __doc__
    parser = argparse.ArgumentParser(prog="python -m tools.readme", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail if README.md is out of date")
    only_check = parser.parse_args().check
    readme = root() / "README.md"
    now = readme.read_text(encoding="utf-8")
    new = filled(now, root())
    if only_check and now != new:
        print("README.md is out of date: make readme")
        return 1
    if not only_check:
        readme.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
