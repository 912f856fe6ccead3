"""The examples in docstrings are true, and nothing public goes without a docstring."""

import doctest
import importlib
import inspect
import pkgutil
import re

import pytest

import mathml

APART = {"check", "course", "datasets", "figures", "grader", "live"}  # these are not maths
MODULES = [
    module.name
    for module in pkgutil.walk_packages(mathml.__path__, "mathml.")
    if not module.ispkg and module.name.split(".")[1] not in APART
    if module.name != "mathml.autodiff.rules"  # a table, nothing of which is public
]
ALGORITHMS = [name for name in MODULES if name.startswith("mathml.algorithms.")]


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
    module = importlib.import_module(name)
    (algorithm,) = [thing for thing in vars(module).values() if inspect.isclass(thing) and thing.__module__ == name]
    assert doctest.DocTestFinder().find(algorithm)[0].examples
    assert re.search(r'Lesson \d, "Used in:', algorithm.__doc__)
