"""The examples in docstrings are true, and nothing public goes without a docstring."""

import doctest
import importlib
import inspect

import pytest

MODULES = [
    "mathml.arrays",
    "mathml.functions",
    "mathml.vectors",
    "mathml.algorithms.kmeans",
    "mathml.algorithms.dbscan",
    "mathml.algorithms.nearest_neighbors",
]


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


@pytest.mark.parametrize("name", MODULES[3:])
def test_an_algorithm_shows_an_example_and_where_it_comes_from(name):
    module = importlib.import_module(name)
    (algorithm,) = [thing for thing in vars(module).values() if inspect.isclass(thing) and thing.__module__ == name]
    assert doctest.DocTestFinder().find(algorithm)[0].examples
    assert 'Lesson 1, "Used in:' in algorithm.__doc__
