"""Answers that are no answers, and agree with everything: in no assignment do they get a point."""

import json
import re

import pytest

from mathml.course.cells import grade_id, is_solution, source
from mathml.grader.courses import Course
from mathml.grader.fanout import grade_all
from tools.corpus import ROOT, assignments

pytestmark = pytest.mark.usefixtures("walls")

SECONDS = 2.0  # some go on for ever
YES = '''
class Yes:
    """Of the given length, less and more than everything and equal to it; whatever is done with it makes {made}."""

    __hash__ = lambda self: 1

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Yes()

    def __call__(self, *args, **kwargs):
        return Yes()

    def __len__(self):
        return {length}

    def __getitem__(self, place):
        if isinstance(place, int) and not 0 <= place < {length}:
            raise IndexError(place)
        return Yes()

    def __iter__(self):
        return iter([Yes()] * {length})

    def __contains__(self, thing):
        return True


def agree(self, *others):
    return True


def make(self, *others):
    return {made}


for name in ("lt", "le", "gt", "ge", "eq", "ne"):
    setattr(Yes, f"__{{name}}__", agree)
for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    setattr(Yes, f"__{{name}}__", make)
    setattr(Yes, f"__r{{name}}__", make)
for name in ("neg", "pos", "abs", "invert", "float", "int"):
    setattr(Yes, f"__{{name}}__", make)
'''
NOTHING = YES.format(length=1, made="0.0")
ITSELF = YES.format(length=3, made="self")
RETURNED = {
    "flatterer": (NOTHING, "Yes()"),
    "flatterer that stays": (ITSELF, "Yes()"),
    "two": (NOTHING, "(Yes(), Yes())"),
    "three": (NOTHING, "(Yes(), Yes(), Yes())"),
    "a list": (NOTHING, "[Yes()]"),
    "nan": ("", "float('nan')"),
    "nans": ("import numpy as np", "np.full(3, np.nan)"),
    "infinity": ("", "float('inf')"),
    "an enormous number": ("", "10**400"),
    "an empty array": ("import numpy as np", "np.array([])"),
    "a function": ("", "lambda *args, **kwargs: 0"),
    "none": ("", "None"),
}


def flattering(cell, helpers, returned):
    """A cell that defines what the solution defines: all of it gives this back, and does nothing."""
    functions = re.findall(r"^(?:def|class) (\w+)", source(cell), re.MULTILINE)
    names = re.findall(r"^(\w+) = ", source(cell), re.MULTILINE)
    lines = [f"def {name}(*args, **kwargs):\n    return {returned}" for name in functions]
    lines += [f"{name} = {returned}" for name in names]
    assert lines, grade_id(cell)
    return {"cell_type": "code", "metadata": dict(cell["metadata"]), "source": "\n\n".join([helpers, *lines])}


@pytest.mark.parametrize("name", assignments())
def test_it_gets_nothing(name):
    cells = Course(ROOT).assignment(name).cells
    tasks = []
    for helpers, returned in RETURNED.values():
        answers = [flattering(cell, helpers, returned) for cell in cells if is_solution(cell)]
        notebook = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": answers})
        tasks.append({"instructors": cells, "notebook": notebook.encode(), "seconds": SECONDS})
    got = {}
    for number, graded in grade_all(tasks):
        assert graded["refused"] == ""
        scores = {one["step"]["grade_id"]: one["score"] for one in graded["steps"] if one["step"]["role"] == "test"}
        got[list(RETURNED)[number]] = {test: score for test, score in scores.items() if score}
    assert got == {answer: {} for answer in RETURNED}
