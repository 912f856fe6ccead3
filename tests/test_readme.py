"""The README says of the repository what is so."""

import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from tools import student
from tools.readme import binder, filled

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def course(tmp_path):
    """A course of its own, with the lessons of this one."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copytree(ROOT / "release", tmp_path / "release")
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    return tmp_path


def publish(course):
    (course / "pyproject.toml").write_text('[tool.mathml]\nstudent_repository = "ada/course"\n')


def test_the_readme_is_up_to_date():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "<!-- syllabus -->" in readme
    assert "<!-- binder -->" in readme
    assert filled(readme, ROOT) == readme


def test_filling_twice_changes_nothing_more(course):
    publish(course)
    once = filled("# A course\n\n<!-- binder -->\nold\n<!-- /binder -->\n", course)
    assert "old" not in once
    assert filled(once, course) == once


def test_what_is_not_published_has_no_badge(course):
    assert binder(course) == "Not published yet: there is nothing to open on Binder."
    assert "mybinder" not in student.readme(course)


def test_badge_and_deep_links_open_pages_of_the_published_copy(course):
    publish(course)
    links = re.findall(r"\]\((https://mybinder\.org/v2/[^)]+)\)", binder(course))
    start, *lessons = (unquote(link) for link in links)
    assert start == "https://mybinder.org/v2/gh/ada/course/HEAD?urlpath=lab/tree/notebooks/00_start_here.ipynb"
    assert lessons[0].endswith("HEAD?urlpath=lab/tree/notebooks/01_vectors.ipynb")
    for link in (start, *lessons):
        assert (course / link.partition("lab/tree/")[2]).is_file()
    assert links[0] in student.readme(course)


def test_a_part_that_does_not_end_is_refused():
    with pytest.raises(ValueError, match=r"README\.md needs both <!-- syllabus --> and <!-- /syllabus -->, or neither"):
        filled("# A course\n<!-- syllabus -->\n", ROOT)


def test_every_link_of_the_readme_and_its_pages_leads_somewhere():
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r"\]\((?!https?:)([^)#]*)(?:#[^)]*)?\)", text):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"
