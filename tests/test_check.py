"""A right answer passes in silence; a wrong one is told what is wrong with it."""

import copy
import math
import re
import subprocess
import sys
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from mathml.check import CheckFailed, NotAnswered, check, predicted, try_it
from mathml.check.compare import NotPlainError, Tolerance, difference, plain

NUMBERS = st.one_of(st.booleans(), st.integers(), st.floats(), st.complex_numbers())
ARRAYS = arrays.arrays(
    st.sampled_from([np.float64, np.float32, np.int64, np.bool_, np.complex128]), arrays.array_shapes(min_dims=0)
)
DATA = st.recursive(
    st.one_of(st.none(), NUMBERS, st.text(), ARRAYS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(st.one_of(st.text(), st.integers()), inner, max_size=3),
        st.sets(st.one_of(st.text(), st.integers()), max_size=3),
    ),
    max_leaves=8,
)
EXACT = Tolerance(0, 0)


def say(answer, *args, **question):
    """What a failed check says."""
    with pytest.raises(CheckFailed) as failure:
        check(answer, *args, **question)
    return str(failure.value)


def norm(x, p=2):
    return sum(abs(v) ** p for v in x) ** (1 / p)


def unit(x):
    return np.asarray(x) / norm(x)


# --- what is the same -----------------------------------------------------------------------------


@given(DATA)
def test_plain_data_equals_a_copy_of_itself(x):
    assert difference(plain(x), plain(copy.deepcopy(x)), EXACT) is None
    check(lambda: x, gives=copy.deepcopy(x))


@given(ARRAYS.filter(lambda a: a.size and np.isfinite(a).all()), st.data())
def test_what_is_off_by_more_than_the_tolerance_fails(a, data):
    a = a.astype(np.complex128 if a.dtype.kind == "c" else np.float64)
    place = data.draw(st.integers(0, a.size - 1))
    allowed = Tolerance().allowed(a, a).flat[place]
    moved = a.copy()
    moved.flat[place] += 3 * allowed
    if np.isfinite(moved).all():
        with pytest.raises(CheckFailed):
            check(lambda: moved, gives=a)
        moved.flat[place] = a.flat[place] + 0.3 * allowed
        check(lambda: moved, gives=a)


@given(DATA, DATA)
def test_any_answer_to_any_question_is_right_or_wrong_and_nothing_else(expected, came):
    right = difference(plain(expected), plain(came), Tolerance()) is None
    with warnings.catch_warnings() if right else pytest.raises(CheckFailed):
        warnings.simplefilter("error")
        check(lambda: came, gives=expected)


@given(DATA)
def test_the_input_is_never_changed(x):
    before = copy.deepcopy(x)

    def vandal(x):
        if isinstance(x, (list, dict, set)):
            x.clear()
        elif isinstance(x, np.ndarray):
            x[...] = 0
        return 1

    with pytest.raises(CheckFailed) if _vandal_notices(x) else warnings.catch_warnings():
        check(vandal, x, gives=1)
    assert difference(plain(before), plain(x), EXACT) is None


def _vandal_notices(x):
    return bool(len(x)) if isinstance(x, (list, dict, set)) else isinstance(x, np.ndarray) and (x != 0).any()


@pytest.mark.parametrize(
    ("expected", "came"),
    [
        (5, 5.0),
        (5, np.float32(5)),
        (5, np.array(5)),
        (5, np.int8(5)),
        (5, 5 + 0j),
        (True, np.True_),
        ([1, 2], (1, 2)),
        ([1, 2], np.array([1.0, 2.0])),
        ([1, 2], range(1, 3)),
        ([[1, 2], [3, 4]], [np.array([1, 2]), (3, 4)]),
        (np.array([1, 2]), np.array([1, 2], dtype=object)),
        ((np.ones((2, 2)), np.ones(3)), [[[1, 1], [1, 1]], [1, 1, 1]]),
        (["a", "b"], np.array(["a", "b"])),
        ("a", np.str_("a")),
        ([], np.array([])),
        (np.nan, math.nan),
        ([np.nan, np.inf, -np.inf], [math.nan, math.inf, -math.inf]),
        (1 / 3, np.float32(1 / 3)),
        (1 / 3, np.float16(1 / 3)),
        (math.pi * 1e200, math.pi * 1e200 * (1 + 1e-12)),
        (0, 1e-14),
        ([1, 0], [1, 1e-14]),
        ({"a": [1, 2], 1: "x"}, {1: "x", "a": (1.0, 2.0)}),
        ({1, 2}, frozenset({1.0, 2})),
        (None, None),
        (10**400, 10**400),
    ],
)
def test_shape_and_values_count_and_types_do_not(expected, came):
    check(lambda: came, gives=expected)


@pytest.mark.parametrize(
    ("expected", "came"),
    [
        (1, 2),
        (1 / 3, 0.33333),
        (1 / 3, np.float64(np.float32(1 / 3)) + 1e-6),
        (1e-200, 0.0),
        ([1, 1e-9], [1, 0]),
        (math.inf, 1e308),
        (math.inf, -math.inf),
        (1e308, math.inf),
        (0, math.nan),
        (math.nan, 0),
        (1, 1 + 1j),
        (5, [5]),
        ([5], 5),
        ([1, 2], [1, 2, 3]),
        ([1, 2], [[1, 2]]),
        ([1, 2], {1, 2}),
        ((1, [2, 3]), (1, [2, 4])),
        ("a", "b"),
        ("1", 1),
        (["1", "2"], [1, 2]),
        (True, False),
        (True, "True"),
        (None, 0),
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, {"b": 1}),
        ({1, 2}, {1, 3}),
        (np.zeros((0, 3)), []),
    ],
)
def test_other_values_and_other_shapes_fail(expected, came):
    say(lambda: came, gives=expected)


def test_given_tolerances_take_the_place_of_the_stated_ones():
    check(lambda: 5.04, gives=5, rtol=1e-2)
    check(lambda: 0.04, gives=0, atol=0.05)
    say(lambda: 5 + 1e-9, gives=5, rtol=0, atol=0)


# --- answers that would decide themselves ---------------------------------------------------------


class AlwaysEqual:
    def __eq__(self, other):
        return True

    __hash__ = None

    def __array__(self, *args, **kwargs):
        return np.array(5.0)

    def __float__(self):
        return 5.0


class Disguised(AlwaysEqual):
    @property
    def __class__(self):
        return float


class OwnFloat(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


class OwnList(list):
    def __iter__(self):
        return iter([3, 4])

    def __eq__(self, other):
        return True

    __hash__ = None


class OwnArray(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, bool)

    def __array__(self, *args, **kwargs):
        return np.array([3.0, 4.0])

    def view(self, *args):
        return np.array([3.0, 4.0])


@pytest.mark.parametrize(
    "came",
    [AlwaysEqual(), Disguised(), OwnFloat(1), [AlwaysEqual()], {"a": AlwaysEqual()}],
    ids=["equal to all", "an array that lies", "a float that lies", "in a list", "in a dict"],
)
def test_an_object_is_no_answer_whatever_it_says_it_equals(came):
    assert "expected" in say(lambda: came, gives=5)
    say(lambda: came, satisfies=lambda v: v == 5)


@pytest.mark.parametrize("came", [OwnList([1, 2]), np.array([1.0, 2.0]).view(OwnArray)])
def test_of_a_subclass_only_the_data_count(came):
    check(lambda: came, gives=[1, 2])
    say(lambda: came, gives=[3, 4])


@pytest.mark.parametrize("came", [(v for v in [1]), map(abs, [1]), norm, object(), np.array(["2020"], "M8[Y]"), b"a"])
def test_what_is_not_plain_data_is_named(came):
    with pytest.raises(NotPlainError):
        plain(came)
    assert re.search(r"is an? \w+", say(lambda: came, gives=[1]))


# --- what a message says --------------------------------------------------------------------------


def test_a_right_answer_passes_in_silence(capsys):
    assert check(norm, [3, 4], gives=5) is None
    check(norm, [3, 4], p=1, gives=7)
    check(norm, np.array([3, 4]), satisfies=lambda v: v > 0)
    check(norm, [3, 4], p=0, raises=ZeroDivisionError)
    assert capsys.readouterr() == ("", "")


def test_the_call_what_was_expected_and_what_came_are_said():
    assert say(norm, [3, 4], p=1, gives=5) == "norm([3, 4], p=1) should be 5, but it is 7."


def test_an_array_is_shown_with_the_first_place_that_differs():
    assert say(unit, [3, 4], gives=[0.6, 0.7], hint="divide by the length").splitlines() == [
        "unit([3, 4]) is not right.",
        "  expected: [0.6, 0.7]",
        "  yours:    [0.6, 0.8]",
        "  first difference at [1]: expected 0.7, yours 0.8 (1 of 2 differ)",
        "Hint: divide by the length",
    ]


def test_the_place_is_found_in_a_matrix_and_in_a_part():
    A = np.eye(3)
    B = A.copy()
    B[1, 2] = 7
    assert "first difference at [1, 2]: expected 0, yours 7 (1 of 9 differ)" in say(lambda: B, gives=A)
    assert "in its part ['w'][1]." in say(lambda: {"w": ("a", B)}, gives={"w": ("a", A)})
    assert ":\n    [[1.00001, 0.00001, 0.00001],\n     [0.00001, 1.00001," in say(lambda: B, gives=A + 1e-5)


def test_large_arguments_are_abbreviated():
    assert say(np.sum, np.zeros((100, 64)), gives=1) == "sum(an array of shape (100, 64)) should be 1, but it is 0."
    many = say(lambda: np.zeros((100, 64)), gives=np.ones((100, 64)))
    assert len(many) < 300
    assert "(all 6400 differ)" in many


def test_numbers_that_look_alike_get_the_digits_that_tell_them_apart():
    assert "should be 1, but it is 1.000001.\nThat is off by 1e-06; at most 1e-07 is allowed." in say(
        lambda: 1.000001, gives=1.0
    )


def test_no_line_is_so_long_that_nbgrader_cuts_it():
    hint = "a well-wrapped hint " * 20 + "ends"
    message = say(norm, [3.25] * 15, gives=5, hint=hint)
    assert all(len(line) <= 82 for line in message.splitlines())
    assert hint in " ".join(message.split())


def test_no_address_is_in_a_message():
    def confused(f):
        raise ValueError(f"{confused} is not {object()}")

    for answer in (confused, lambda f: f, lambda f: object()):
        assert " 0x" not in say(answer, confused, gives=1)


@pytest.mark.parametrize(
    ("expected", "came", "words"),
    [
        (5, 25, "Yours is the square of the number expected."),
        (5, -5, "Yours has the opposite sign of the number expected."),
        ([1.5, 2], [-1.5, -2], "Yours has the opposite sign of the numbers expected."),
        (math.pi / 2, 90, "180/π times"),
        (0.25, 0.75, "is 1 minus"),
        ([1, 2.5], [3, 7.5], "Every number is 3 times the number expected."),
        ([1, 2, 5], [2, 3, 6], "Every number is 1 too large."),
        ([1, 2, 5], [5, 1, 2], "The numbers are right, but in another order."),
        (math.sqrt(2), 1.41, "Yours is rounded"),
        ([1.5, 2.9], [1, 2], "cut off: yours holds whole numbers only"),
        ([1, 2], [1, math.nan], "NaN is what 0/0"),
        ([1, 2], [1, math.inf], "∞ is what a division by 0"),
        (5, [3, 4], "It should be a number, but it is an array of shape (2,)."),
        ([3, 4], 5, "It should be an array of shape (2,), but it is a number."),
        ([3, 4], "34", "It should be an array of shape (2,), but it is text."),
        ((1, "a"), 1, "a list or tuple of 2 parts"),
        (
            [[1, 2, 3], [4, 5, 6]],
            [[1, 4], [2, 5], [3, 6]],
            "Its shape should be (2, 3), but it is (3, 2): the transpose",
        ),
        ([1, 2, 3], [[1], [2], [3]], "The numbers are right, only the shape is not."),
        ([1, 2, 3], [1, 2, 3, 9], "there is one entry too many, at the end"),
        ([1, 2, 3], [2, 3], "there is one entry too few, at the start"),
        ([[1, 2], [3, 4]], [[9, 1, 2], [9, 3, 4]], "there is one column too many, at the start"),
        ([[1, 2], [3, 4]], [[1, 2]], "there is one row too few, at the end"),
        ([1, 2], [[1, 3], [4, 2]], "Its diagonal is right"),
        ({"a": 1}, {"b": 1}, "Keys missing: 'a'; keys not expected: 'b'."),
        ({1, 2}, {1, 2, 3}, "Members not expected: 3."),
    ],
)
def test_a_wrong_answer_without_a_name_is_diagnosed(expected, came, words):
    assert words in re.sub(r"\s+", " ", say(lambda: came, gives=expected))


def test_nan_after_an_overflow_is_a_wrong_answer_like_any_other():
    def overflows():  # C keeps the error until something else clears it
        return math.nan * np.float64(10.0) ** np.float64(400)

    assert "NaN is what 0/0" in say(overflows, gives=1.5, hint="work in logarithms")


def test_what_is_infinite_has_no_tolerance():
    assert "is allowed" not in say(lambda: 344.7, gives=math.inf)


@pytest.mark.parametrize(("expected", "came"), [(2, 4), (0, 1), (3, 6), (4, -3), (1, 2), ([1, 2], [2, 1, 5])])
def test_what_may_be_chance_is_not_said(expected, came):
    message = say(lambda: came, gives=expected)
    assert "Yours" not in message
    assert "Every number" not in message


@given(
    arrays.arrays(np.float64, st.integers(2, 6), elements=st.floats(-100, 100).filter(lambda v: abs(v) > 0.1)),
    st.sampled_from([-3.0, 0.25, 7.5]),
)
def test_a_constant_factor_is_found(a, factor):
    message = say(lambda: factor * a, gives=a)
    assert f"Every number is {factor:g} times" in message or "Yours" in message or "too" in message


def test_a_named_mistake_gets_its_own_hint():
    mistakes = {"take the root": 25, "that is the L1 norm": 7, "add up the squares first": TypeError}
    wrong = {
        "take the root": lambda x: 25,
        "that is the L1 norm": lambda x: 7,
        "add up the squares first": lambda x: x + 1,
    }
    for hint, answer in wrong.items():
        message = say(answer, [3, 4], gives=5, hint="see the formula", mistakes=mistakes)
        assert message.endswith(f"Hint: {hint}")
        assert "see the formula" not in message
    assert say(lambda x: 6, [3, 4], gives=5, hint="see the formula", mistakes=mistakes).endswith("see the formula")


def test_a_named_mistake_is_known_where_a_property_is_asked_for():
    def positive(v):
        return v > 0

    assert "divide" in say(lambda: -1, satisfies=positive, mistakes={"divide": -1})
    assert "1 ≤ p" in say(norm, [3, 4], p=1, raises=ValueError, mistakes={"1 ≤ p": 7})


# --- answers that are none ------------------------------------------------------------------------


def not_implemented(x):
    raise NotImplementedError("not answered yet")


def dots(x):
    """Stub."""
    ...


def nothing(x):
    """Stub."""


def returns_dots(x):
    total = ...
    if x:
        return total
    return None


@pytest.mark.parametrize("stub", [not_implemented, dots, nothing, returns_dots])
@pytest.mark.parametrize("question", [{"gives": 1}, {"satisfies": lambda v: True}, {"raises": ValueError}])
def test_an_unsolved_exercise_is_not_answered_yet(stub, question):
    with pytest.raises(NotAnswered, match=f"^{stub.__name__} is not answered yet"):
        check(stub, 1, **question)


@pytest.mark.parametrize("value", [..., None])
def test_a_value_that_is_not_there_is_not_answered_yet(value):
    with pytest.raises(NotAnswered, match=r"^Not answered yet"):
        check(value, gives=1)


def test_a_function_that_needs_an_unsolved_one_says_which():
    with pytest.raises(NotAnswered, match=r"^needs_another needs not_implemented, which is not answered yet"):
        check(needs_another, 1, gives=1)
    with pytest.raises(NotAnswered, match=r"^not_implemented is not answered yet"):
        check(lambda: not_implemented(1), gives=1)


def needs_another(x):
    return not_implemented(x)


def test_what_is_expected_is_an_answer_even_if_it_looks_like_none():
    check(None, gives=None)
    check(nothing, 1, gives=None)
    check(not_implemented, 1, raises=NotImplementedError)


def test_a_forgotten_return_is_named():
    def forgets(x):
        total = x + 1
        print(total)

    assert say(forgets, 1, gives=2) == "forgets(1) returned None: is a `return` missing?\nIt printed: 2"


def test_a_name_that_is_no_function_is_named():
    assert say(5, [3, 4], gives=5) == "A function is expected here, but its name stands for 5."
    assert say(3, gives=5) == "The answer should be 5, but it is 3."


# --- what happens on the way ----------------------------------------------------------------------


def breaks(x):
    y = x - x
    return x // y


def test_an_error_is_told_with_its_line_and_without_a_traceback():
    line = breaks.__code__.co_firstlineno + 2
    assert say(breaks, 3, gives=1) == (
        f"breaks(3) raised ZeroDivisionError: integer division or modulo by zero\n  in line {line}: return x // y"
    )


def test_an_error_in_a_library_is_told_with_the_line_that_called_it():
    def stacks(x):
        return np.stack(x)

    assert ": return np.stack(x)" in say(stacks, [], gives=1)


def test_a_function_that_exits_only_fails():
    assert "raised SystemExit" in say(lambda: sys.exit(0), gives=1)


def test_an_expected_exception_is_told_from_another_and_from_none():
    assert say(norm, [3, 4], p=0, raises=ValueError).startswith(
        "norm([3, 4], p=0) should raise ValueError, but it raised ZeroDivisionError"
    )
    assert say(norm, [3, 4], p=1, raises=ValueError) == "norm([3, 4], p=1) should raise ValueError, but it gave 7."


def test_a_function_that_changes_its_input_fails_and_is_told():
    def largest(x):
        x.sort()
        return x[-1]

    numbers = [3, 1]
    message = say(largest, numbers, gives=3)
    assert numbers == [3, 1]
    assert re.sub(r"\s+", " ", message) == (
        "largest([3, 1]) is right, but the call changes its first argument: "
        "it was [3, 1], and is [1, 3] after the call. Work on a copy."
    )
    assert "changes its x:" in re.sub(r"\s+", " ", say(largest, x=numbers, gives=3))
    assert "also changes" in say(largest, numbers, gives=4)
    check(largest, [1, 3], gives=3)


def test_a_generator_of_random_numbers_may_be_used():
    check(lambda rng: rng.integers(1), np.random.default_rng(0), gives=0)


def test_warnings_and_prints_cost_nothing_and_help_where_something_is_wrong(capsys):
    def noisy(x):
        print("here", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        return np.array(x) / 0.0

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check(noisy, [1.0], gives=[np.inf])
        message = say(noisy, [1.0], gives=[1])
    assert capsys.readouterr() == ("", "")
    assert "Python warned: careful" in message
    assert "It printed: here" in message


def test_a_test_that_warns_costs_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check(lambda: [0.0, 1.0], satisfies=lambda v: np.isinf(1 / v).any())


def test_a_predicate_gets_arrays_and_answers_yes_or_no():
    check(lambda: [1, 2], satisfies=lambda v: np.allclose(2 * v, [2, 4]))
    check(lambda: ([1, 2], [[3]]), satisfies=lambda v: v[0].shape == (2,) and v[1].shape == (1, 1))
    assert say(lambda: -1, satisfies=lambda v: v > 0) == "The answer is -1, which is not what is asked for."
    say(lambda: [1, 2], satisfies=lambda v: v)
    say(lambda: 1, satisfies=lambda v: 1)
    assert "the test cannot work with that (ValueError)" in say(lambda: [1, 2], satisfies=lambda v: v @ np.ones(3) == 0)


@pytest.mark.parametrize(
    "question", [{"gives": 77.5}, {"satisfies": lambda v: v == 77.5}, {"raises": KeyError}, {"gives": [77.5, 77.5]}]
)
@pytest.mark.parametrize("answer", [norm, lambda x: 1 / 0, lambda x: print(x), lambda x: x.append(1), lambda x: "51.5"])
def test_a_hidden_test_says_the_hint_and_not_the_question(question, answer):
    message = say(answer, [51.5], **question, hint="think of zero", hidden=True)
    assert message.startswith("A hidden test of ")
    assert message.endswith("Hint: think of zero")
    assert not re.search(r"77|51|KeyError", message.replace("lambda x: x.append(1)", ""))


# --- the author's own mistakes --------------------------------------------------------------------


def test_a_question_is_exactly_one():
    with pytest.raises(TypeError, match=r"ask one question: gives=, satisfies= or raises=, but none came"):
        check(norm, [3, 4])
    with pytest.raises(TypeError, match="but gives= and raises= came"):
        check(norm, [3, 4], gives=5, raises=ValueError)


def test_a_mistake_that_gives_what_is_right_is_refused():
    with pytest.raises(ValueError, match="cannot be told from it: take the root"):
        check(norm, [1, 0], gives=1, mistakes={"take the root": 1})


# --- in a lesson ----------------------------------------------------------------------------------


def test_a_lesson_prints_and_never_raises(capsys):
    for answer in (norm, breaks, not_implemented, unit):
        try_it(answer, [3, 4], gives=5)
    try_it(..., gives=5)
    printed = capsys.readouterr().out
    assert printed.startswith("Right.\nbreaks([3, 4]) raised TypeError")
    assert "not_implemented is not answered yet: write it" in printed
    assert printed.endswith("Not answered yet: put your answer in place of the `...`, then run this cell again.\n")
    assert "\x1b" not in printed


def test_a_wrong_value_in_a_lesson_is_told_its_hint_and_not_the_answer(capsys):
    try_it(25, gives=5, hint="use Pythagoras", mistakes={"take the root of it": 25})
    assert capsys.readouterr().out == "Not yet. Hint: take the root of it\n"
    try_it([1, 2], gives=5, hint="use Pythagoras")
    assert capsys.readouterr().out == "Not yet. Hint: use Pythagoras\n"


@pytest.mark.parametrize(
    ("guess", "actual", "words"),
    [
        (..., 3, "No prediction recorded"),
        (2.5, 2.5, "Right: it is 2.5°."),
        (2.501, 2.5, "Right: it is 2.5°."),
        (2.6, 2.5, "You predicted 2.6°; it is 2.5°. Very close: off by 0.1°."),
        (3, 2.5, "You predicted 3°; it is 2.5°. That is 0.5° too high."),
        (2, 2.5, "You predicted 2°; it is 2.5°. That is 0.5° too low."),
        (1, 10, "That is too small by a factor of 10."),
        (10, 1, "That is too large by a factor of 10."),
        (-1, 1, "The sign is the other one."),
        (0, 4, "That is 4° too low."),
        (4, 0, "That is 4° too high."),
        (np.float64(3), np.array(2.5), "That is 0.5° too high."),
        (math.nan, 2.5, "You predicted nan°"),
        (math.inf, 2.5, "You predicted inf°"),
        (" L1", "l1", "Right: it is “l1”."),
        ("L1", "L2", "You chose “L1”; it is “L2”."),
        (True, False, "You chose True; it is False."),
        ("five", 5, "A number was asked for, but 'five' came."),
        ([1, 2], [1, 2], "Right: it is [1, 2]."),
        (object(), "L2", "You chose an object; it is “L2”."),
    ],
)
def test_a_prediction_is_told_how_far_off_it_was(guess, actual, words, capsys):
    predicted(guess, actual, "°")
    assert words in capsys.readouterr().out


def test_the_maths_is_not_loaded():
    code = "import sys, mathml.check; print([m for m in sys.modules if m.startswith('mathml') or m == 'IPython'])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"mathml\.(\w+)", loaded)) == {"check"}
    assert "IPython" not in loaded


def test_a_mistake_of_nan_is_judged_when_a_number_has_underflowed_before():
    math.exp(-800)  # leaves a trace in the C library, at which Python's abs(complex("nan")) raises OverflowError
    check(2, gives=2, mistakes={"0/0": math.nan})
