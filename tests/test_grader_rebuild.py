"""A submission is rebuilt from the student's answers alone: nothing else that was handed in counts."""

import json

import pytest

from mathml.grader.rebuild import LARGEST, Cell, Refused, Step, rebuild, submitted_cells


def cell(source, name="", kind="code", **of_nbgrader):
    return {"cell_type": kind, "source": source, "metadata": {"nbgrader": {"grade_id": name, **of_nbgrader}}}


INSTRUCTORS = [
    cell("# title", kind="markdown"),
    cell("import numpy as np", "setup"),
    cell("solution", "norm", solution=True),
    cell("the tests", "norm-basics", grade=True, points=3),
    cell("solution", "taste", solution=True),
    cell("more tests", "taste-basics", grade=True, points=2),
]
GIVEN = [Step("given", "markdown", "# title", "", 0.0, 0), Step("given", "code", "import numpy as np", "setup", 0.0, 1)]


def answer(source, name):
    return Cell("code", source, name)


def sources(steps):
    return [step.source for step in steps]


def test_answers_stand_in_the_instructors_notebook():
    steps, notes = rebuild(INSTRUCTORS, [answer("def norm", "norm"), answer("def taste", "taste")])
    assert steps == [
        *GIVEN,
        Step("answer", "code", "def norm", "norm", 0.0, 2),
        Step("test", "code", "the tests", "norm-basics", 3.0, 3),
        Step("answer", "code", "def taste", "taste", 0.0, 4),
        Step("test", "code", "more tests", "taste-basics", 2.0, 5),
    ]
    assert notes == []


def test_tests_and_the_instructors_cells_are_never_the_students():
    handed_in = [answer("np = None", "setup"), answer("pass", "norm-basics"), answer("def norm", "norm")]
    assert "the tests" in sources(rebuild(INSTRUCTORS, handed_in)[0])
    assert not {"np = None", "pass"} & set(sources(rebuild(INSTRUCTORS, handed_in)[0]))


def test_the_order_is_the_instructors():
    handed_in = [answer("def taste", "taste"), answer("pass", "norm-basics"), answer("def norm", "norm")]
    steps, _ = rebuild(INSTRUCTORS, handed_in)
    assert sources(steps)[2:] == ["def norm", "the tests", "def taste", "more tests"]


def test_own_cells_keep_their_place():
    handed_in = [
        Cell("code", "import math", ""),
        answer("", "setup"),
        Cell("code", "def helper", ""),
        answer("def norm", "norm"),
        Cell("markdown", "my notes", ""),
        Cell("code", "  ", ""),
        Cell("code", "plot", ""),
    ]
    steps, _ = rebuild(INSTRUCTORS, handed_in)
    assert sources(steps) == [
        *("import math", "# title", "import numpy as np", "def helper", "def norm", "plot"),
        *("the tests", "", "more tests"),
    ]
    assert [step.role for step in steps if step.source in ("import math", "plot")] == ["own", "own"]


def test_what_is_not_as_it_should_be_is_noted():
    _, notes = rebuild(INSTRUCTORS, [answer("first", "norm"), answer("second", "norm")])
    assert notes == ["the cell norm came twice: the first counts", "the cell taste is missing: it counts as empty"]


def test_a_cell_that_claims_another_name_is_nobodys():
    steps, _ = rebuild(INSTRUCTORS, [answer("sneaky", "norm-hidden")])
    assert "sneaky" not in sources(steps)


# --- files that strangers wrote -------------------------------------------------------------------


def written(content):
    return content if isinstance(content, bytes) else json.dumps(content).encode()


def test_a_notebook_is_read_for_its_sources():
    cells = [
        cell(["def norm(x):\n", "    return 5"], "norm", solution=True),
        {"cell_type": "markdown", "source": "words"},
        {"cell_type": "raw"},
    ]
    assert submitted_cells(written({"nbformat": 4, "cells": cells})) == [
        Cell("code", "def norm(x):\n    return 5", "norm"),
        Cell("markdown", "words", ""),
        Cell("raw", "", ""),
    ]


@pytest.mark.parametrize(
    "odd",
    [
        None,
        "text",
        {},
        {"cell_type": "code", "source": 5},
        {"cell_type": ["code"], "source": [5, None]},
        {"cell_type": "code", "source": "x", "metadata": []},
        {"cell_type": "code", "source": "x", "metadata": {"nbgrader": "norm"}},
        {"cell_type": "code", "source": "x", "metadata": {"nbgrader": {"grade_id": ["norm"]}}},
    ],
    ids=str,
)
def test_a_cell_of_another_form_is_no_answer(odd):
    cells = submitted_cells(written({"nbformat": 4, "cells": [odd]}))
    steps, _ = rebuild(INSTRUCTORS, cells)
    assert [step.source for step in steps if step.role == "answer"] == ["", ""]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"nbformat": 4, "cells": [', "no notebook"),
        (b"\xff\xfe\x00", "no notebook"),
        (b"[" * 100_000, "no notebook"),
        ([], "no notebook of format 4"),
        ({"nbformat": 3, "worksheets": []}, "no notebook of format 4"),
        ({"nbformat": 4, "cells": {}}, "no notebook of format 4"),
        ({"nbformat": 4, "cells": [None] * 6000}, "6,000 cells"),
        (b" " * (LARGEST + 1), "more than 20,000,000 bytes"),
    ],
    ids=["truncated", "encoding", "deep", "a list", "another version", "no list", "many cells", "large"],
)
def test_what_is_no_notebook_is_refused_in_one_line(content, words):
    with pytest.raises(Refused, match=words) as caught:
        submitted_cells(written(content))
    assert "\n" not in str(caught.value)
