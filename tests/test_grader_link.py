"""Two processes that use each other's functions: what is said, what is shared, and what the student may not see."""

import contextlib
import io
import os
import signal
import socket
import sys
import warnings
from contextlib import contextmanager

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from mathml.check import CheckFailed, NotAnswered, check
from mathml.grader.link import FarFunction, Gone, Link, StandIn, within

# --- the student's side: a process of its own, which holds these ----------------------------------


class Vector:
    def __init__(self, *entries):
        self.entries = list(entries)

    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self.entries, other.entries, strict=True)))

    def __rmul__(self, factor):
        return Vector(*(factor * a for a in self.entries))

    def __len__(self):
        return len(self.entries)

    def __getitem__(self, i):
        return self.entries[i]

    def __eq__(self, other):
        return True

    def __bool__(self):
        return True

    __hash__ = None

    def scale(self, factor):
        self.entries = [factor * a for a in self.entries]


class OddError(ValueError):
    pass


def norm(x):
    return float(np.sqrt(np.sum(np.square(x))))


def talkative(x):
    print("so far,", x)
    warnings.warn("rather large", stacklevel=1)
    return x


def not_yet(x):
    raise NotImplementedError("not answered yet")


def needs_another(x):
    return not_yet(x)


def empty(x):
    """Nothing."""


def odd(x):
    raise OddError(f"{x} is odd")


def spoil(x, table, names):
    x[0] = 99
    table["new"] = [1]
    names.append("Eve")


def draw(rng, n):
    return rng.normal(size=n)


def derivative(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)


def count_up(n):
    yield from range(n)


def peek(function, name):
    return getattr(function, name)


def leave(code):
    os._exit(code)


def wait():
    signal.pause()


def garbage(ends):
    os.write(ends, b"\0\0\0\0\0\0\0\1\xc1")


FUNCTIONS = {
    f.__name__: f
    for f in (
        *(norm, talkative, not_yet, needs_another, empty, odd, spoil, draw, derivative, count_up, peek, leave, wait),
        *(garbage, Vector, iter),
    )
}


@contextmanager
def student():
    mine, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        try:
            mine.close()
            Link(theirs, "student", {"look": FUNCTIONS.__getitem__, "socket": theirs.fileno}).serve()
        finally:
            os._exit(0)
    theirs.close()
    try:
        yield Link(mine, "judge")
    finally:
        mine.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


@pytest.fixture(scope="module")
def far():
    with student() as link:
        yield lambda name: link.ask("look", name)


# --- calls ----------------------------------------------------------------------------------------


def test_a_function_is_called_where_it_is(far):
    assert far("norm")(np.array([3, 4])) == 5
    assert far("norm")(x=[3, 4]) == 5
    assert far("norm") is far("norm")
    assert (far("norm").__name__, callable(far("norm"))) == ("norm", True)


def test_the_judges_functions_can_be_called_back(far):
    asked = []

    def cube(x):
        asked.append(x)
        return x**3

    assert far("derivative")(cube, 2.0) == pytest.approx(12)
    assert asked == [2.000001, 1.999999]
    assert far("derivative")(np.sin, 0.0) == pytest.approx(1)
    assert far("derivative")(far("norm"), 2.0) == pytest.approx(1)  # the student's own, there and back


def test_an_error_in_the_judges_function_passes_through(far):
    def refuse(x):
        raise ZeroDivisionError("never")

    with pytest.raises(ZeroDivisionError, match=r"^never$"):
        far("derivative")(refuse, 0.0)


def test_what_is_printed_and_warned_of_is_heard(far):
    with contextlib.redirect_stdout(io.StringIO()) as said, pytest.warns(RuntimeWarning, match="rather large"):
        assert far("talkative")(3) == 3
    assert said.getvalue() == "so far, 3\n"


def test_arguments_that_are_changed_come_back_changed(far):
    x, table, names = np.zeros(3), {"old": 0}, ["Ada"]
    view = x[:2]
    far("spoil")(x, table, names)
    assert_array_equal(x, [99, 0, 0])
    assert_array_equal(view, [99, 0])
    assert table == {"old": 0, "new": [1]}
    assert names == ["Ada", "Eve"]


def test_a_generator_of_random_numbers_goes_on(far):
    here, there = np.random.default_rng(5), np.random.default_rng(5)
    for n in (3, 4):
        assert_array_equal(far("draw")(there, n), here.normal(size=n))
    assert there.random() == here.random()


# --- objects --------------------------------------------------------------------------------------


def test_objects_are_used_through_what_stands_for_them(far):
    v = far("Vector")(1, 2.5)
    assert (len(v), v[1], v.entries) == (2, 2.5, [1, 2.5])
    assert (2 * (v + v)).entries == [4, 10.0]
    v.scale(3)
    assert v.entries == [3, 7.5]
    v.entries = [0]
    assert list(v) == [0]
    assert type(v).__name__ == "Vector"
    assert not callable(v)


def test_a_generator_yields_over_the_wire(far):
    assert list(far("count_up")(4)) == [0, 1, 2, 3]
    assert sum(far("count_up")(5)) == 10


def test_an_object_has_no_say_in_whether_it_is_right(far):
    v = far("Vector")(1)
    assert (v == 5) is False
    assert v != far("Vector")(1)
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(v)
    with pytest.raises(CheckFailed, match="Vector"):
        check(far("Vector"), 1, gives=5)


def test_the_judges_objects_may_be_calculated_with(far):
    class Counted(float):
        def __add__(self, other):
            return Counted(float(self) + float(other))

    def three(x):
        return Counted(3)

    assert far("derivative")(lambda x: Counted(x), 1.0) == pytest.approx(1)


# --- errors ---------------------------------------------------------------------------------------


def test_errors_keep_their_names_and_words(far):
    with pytest.raises(ValueError, match=r"^7 is odd$") as caught:
        far("odd")(7)
    assert type(caught.value).__name__ == "OddError"
    with pytest.raises(KeyError):
        far("nobody")


def test_the_check_knows_what_is_not_answered_yet(far):
    for name in ("not_yet", "needs_another", "empty"):
        with pytest.raises(NotAnswered, match=r"not_yet|empty"):
            check(far(name), 1, gives=1)


def test_what_is_not_data_is_said(far):
    with pytest.raises(CheckFailed, match="where numbers, text, or lists"):
        check(far("iter"), [1], gives=[1])


# --- what the student may not see -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["__globals__", "__code__", "__closure__", "__self__", "gi_frame", "f_back", "real"])
def test_a_function_of_the_judges_can_be_called_and_not_looked_into(far, name):
    secret = 42

    def test(x):
        return secret

    def going_on():
        yield secret

    for thing in (test, going_on(), sys, sys._getframe(), np.sin, [].append):
        # `__names__` are refused where they are asked for, the others where the thing is.
        with pytest.raises((AttributeError, TypeError), match=rf"^{name}$|^'get' is not to be had from here$"):
            far("peek")(thing, name)


def test_of_an_object_of_the_tests_only_what_is_public_can_be_seen_and_nothing_of_a_librarys(far):
    class Thing:
        shown, _hidden = 1, 2
        __module__ = "tests"  # as of what stands in a test cell

    class Foreign:
        shown = 1
        __module__ = "numpy"

    assert far("peek")(Thing(), "shown") == 1
    for thing, name in ((Thing(), "_hidden"), (Foreign(), "shown")):
        with pytest.raises(TypeError, match="'get' is not to be had from here"):
            far("peek")(thing, name)


# --- what is lost ---------------------------------------------------------------------------------


def test_a_side_that_ends_is_gone():
    with student() as link, pytest.raises(Gone, match="it ended"):
        link.ask("look", "leave")(0)


def test_a_side_that_takes_too_long_is_gone():
    with student() as link:
        far_wait = link.ask("look", "wait")
        with pytest.raises(Gone, match="it took too long"), within(0.2):
            far_wait()
        with pytest.raises(Gone, match="it took too long"):  # a late answer would be taken for the next
            link.ask("look", "norm")


def test_a_side_that_talks_nonsense_is_gone():
    with student() as link, pytest.raises(Gone, match="no answer"):
        link.ask("look", "garbage")(link.ask("socket"))


def test_no_test_takes_a_side_that_is_gone_for_an_error_of_the_students():
    assert not issubclass(Gone, Exception)


def test_stand_ins_are_told_apart_by_whether_they_can_be_called(far):
    assert isinstance(far("norm"), FarFunction)
    assert not isinstance(far("Vector")(1), FarFunction)
    assert isinstance(far("Vector")(1), StandIn)
