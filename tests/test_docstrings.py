"""The examples in docstrings are true, and nothing public goes without a docstring."""

import doctest
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import nbformat
import pytest

import mathml

APART = {"check", "course", "datasets", "figures", "grader", "live"}  # these are not maths
MODULES = [
    module.name
    for module in pkgutil.walk_packages(mathml.__path__, "mathml.")
    if not module.ispkg and module.name.split(".")[1] not in APART
    if module.name != "mathml.autodiff.rules"  # a table, nothing of which is public
]


def models(name):
    """What a module of algorithms has that can be fitted: nothing, if it only serves others, as that of the labels."""
    module = importlib.import_module(name)
    public = [getattr(module, thing) for thing in module.__all__]
    return [thing for thing in public if hasattr(thing, "fit") and not inspect.isabstract(thing)]


ALGORITHMS = [name for name in MODULES if name.startswith("mathml.algorithms.") and models(name)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_whatever_is_public_says_what_it_is(name):
    module = importlib.import_module(name)
    public = [getattr(module, thing) for thing in module.__all__]
    described = [thing for thing in public if inspect.isfunction(thing) or inspect.isclass(thing)]
    assert described
    assert all(thing.__doc__ for thing in described)


@pytest.mark.parametrize("name", ALGORITHMS)
def test_an_algorithm_shows_an_example_and_where_it_comes_from(name):
    (algorithm,) = models(name)
    assert doctest.DocTestFinder().find(algorithm)[0].examples
    assert re.search(r'Lesson \d, "Used in:', algorithm.__doc__)


LESSONS = {path.name[1]: path for path in (Path(__file__).resolve().parents[1] / "notebooks").glob("0[1-6]_*.ipynb")}
REFERENCE = re.compile(r'Lesson (\d), ((?:"[^"]+"(?:, | and )?)+)')


@pytest.fixture(scope="module")
def headings():
    """The headings of each lesson that is written, by its number."""
    found = {}
    for number, path in LESSONS.items():
        text = "\n".join(
            cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"
        )
        found[number] = set(re.findall(r"^#{2,3} (.+)$", text, re.MULTILINE))
    return found


@pytest.mark.parametrize("name", MODULES)
def test_a_lesson_that_is_named_has_that_heading(name, headings):
    source = inspect.getsource(importlib.import_module(name))
    named = [(number, heading) for number, quoted in REFERENCE.findall(source) for heading in quoted.split('"')[1::2]]
    assert [(number, heading) for number, heading in named if heading not in headings.get(number, {heading})] == []
