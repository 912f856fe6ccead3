"""Controls: what stands for what, the numbers that they count through, and the laws that all of them keep."""

import json
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from mathml.calculus import variable
from mathml.figures import figure
from mathml.live import cells, choice, entries, log_slider, nodes, order, play, point, points, slider, switch, text
from mathml.live.controls import control, grid


def kind(given):
    return control(given).spec(None)["kind"]


# --- what stands behind a parameter's name --------------------------------------------------------


def square(x):
    return x * x


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((-180, 180), "slider"),
        ((0, 3, 0.5), "slider"),
        ((np.int64(0), np.float64(1)), "slider"),
        ([1, 2, 5, 10], "slider"),
        ([1.5, math.inf], "slider"),
        (["raw", "rows"], "choice"),
        ([square, math.sqrt], "choice"),
        ([1, "two"], "choice"),
        ([3], "choice"),
        ({"one": 1, "two": 2}, "choice"),
        (True, "switch"),
        (False, "switch"),
        ("a word", "text"),
        ("", "text"),
        (play(0, 8), "play"),
        (order(["a", "b"]), "order"),
    ],
)
def test_an_abbreviation_stands_for_a_control(given, expected):
    assert kind(given) == expected


@pytest.mark.parametrize(
    "given", [3, 2.5, None, np.arange(3), (1, 2, 3, 4), ("a", "b"), (1,), (), (True, False), square]
)
def test_a_plain_value_makes_no_control(given):
    assert control(given) is None


def test_a_control_that_is_given_is_taken_as_it_is():
    given = slider(0, 1)
    assert control(given) is given


# --- numbers: steps, labels -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "step"),
    [
        (-180, 180, 1),
        (0, 360, 1),
        (0, 361, 2),
        (0, 1000, 5),
        (0, 3, 0.01),
        (0, 1, 0.005),
        (0.1, 3, 0.01),
        (-1.0, 1.0, 0.01),
        (0, 100, 0.5),
        (0, 1e-3, 5e-6),
    ],
)
def test_without_a_step_the_roundest_one_makes_at_most_360(low, high, step):
    values = grid(low, high).values
    assert values[1] - values[0] == pytest.approx(step)
    assert len(values) <= 361


def test_whole_ends_and_steps_make_whole_numbers():
    assert all(type(value) is int for value in grid(-180, 180).values + grid(np.int64(0), 8, 2).values)
    assert grid(0, 8, 2).values == (0, 2, 4, 6, 8)
    assert grid(0, 8, 2).labels == ("0", "2", "4", "6", "8")


def test_numbers_are_free_of_the_dust_of_floats():
    assert grid(0, 1, 0.1).values == (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)
    assert grid(-0.3, 0.3, 0.1).values == (-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3)
    assert grid(-0.3, 0.3, 0.1).labels == ("−0.3", "−0.2", "−0.1", "0.0", "0.1", "0.2", "0.3")
    assert math.copysign(1, grid(-0.3, 0.3, 0.1).values[3]) == 1


def test_a_range_may_be_one_step_long():
    assert grid(0.1, 0.3, 0.2).values == (0.1, 0.3)


def test_a_last_step_that_would_go_beyond_the_end_is_left_out():
    assert grid(0, 1, 0.3).values == (0, 0.3, 0.6, 0.9)


def test_labels_have_a_true_minus_a_unit_and_as_many_digits_as_the_step():
    assert slider(-1, 1, 0.25, unit="°").labels[:3] == ("−1.00°", "−0.75°", "−0.50°")
    assert slider(0.125, 1.125, 0.5).labels == ("0.125", "0.625", "1.125")


def test_stops_are_in_rising_order_each_once_with_no_more_digits_than_they_have():
    stops = control([10, 1, 2.5, 1, 2000000, math.inf])
    assert stops.values == (1, 2.5, 10, 2000000, math.inf)
    assert stops.labels == ("1", "2.5", "10", "2000000", "∞")


def test_each_step_of_a_logarithmic_slider_multiplies():
    values = log_slider(0.001, 1000, per_decade=10).values
    assert (values[0], values[10], values[-1]) == (0.001, 0.01, 1000)
    ratios = np.divide(values[1:], values[:-1])
    assert ratios == pytest.approx(10**0.1, rel=0.01)
    assert log_slider(0.001, 1).labels[:2] == ("0.001", "0.00112")


def test_a_logarithmic_slider_has_at_least_its_ends_and_no_number_twice():
    assert log_slider(1, 1.05).values == (1, 1.05)
    assert len(set(log_slider(1, 2, per_decade=10_000).values)) == len(log_slider(1, 2, per_decade=10_000).values)


def test_the_steps_of_an_algorithm_are_whole():
    assert play(0, 3).values == (0, 1, 2, 3)
    assert play(np.int64(2), 3.0).labels == ("2", "3")


# --- choices --------------------------------------------------------------------------------------


def test_options_go_by_their_words_or_by_the_names_of_functions():
    assert choice({"as they are": "raw", "scaled": "rows"}).labels == ("as they are", "scaled")
    assert choice({"as they are": "raw", "scaled": "rows"}).values == ("raw", "rows")
    assert choice([square, math.sqrt]).labels == ("square", "sqrt")
    assert choice([square, math.sqrt]).value(1) is math.sqrt


def test_options_may_be_arrays():
    arrays = choice({"short": np.arange(2), "long": np.arange(3)})
    assert arrays.state(np.arange(3)) == 1


def test_an_order_knows_words_that_repeat_apart():
    words = order(["the", "cat", "the", "dog"]).starting(None)
    assert words.first == [0, 1, 2, 3]
    assert words.value([2, 1, 0, 3]) == ("the", "cat", "the", "dog")
    assert words.state(("dog", "the", "the", "cat")) == [3, 0, 2, 1]


# --- where a control starts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "own", "expected"),
    [
        ((0, 3), 1.25, 1.25),
        ((0, 3), 1.2512, 1.25),
        ((0, 3), 7, 3),
        ((0, 3), None, 0),
        (slider(0, 3, start=2), 1.25, 2),
        ([1, 2, 5], 4, 5),
        (["raw", "rows"], "rows", "rows"),
        (["raw", "rows"], "no longer there", "raw"),
        (choice(["raw", "rows"], start="rows"), "raw", "rows"),
        (log_slider(0.01, 1), 0.1, 0.1),
        (play(0, 8, start=2), 0, 2),
        (play(0, 8), 3, 3),
        (True, False, True),
        (False, True, False),
        (switch(), True, True),
        ("here", "there", "here"),
        (text(), "there", "there"),
        (order(), ("b", "a"), ("b", "a")),
        (order(["a", "b"]), ("b", "a"), ("a", "b")),
        (point((0, 1), (0, 1)), (0.5, 0.251), (0.5, 0.25)),
        (point((0, 1), (0, 1), start=(1, 0)), (0.5, 0.5), (1, 0)),
        (cells(4, 5), (1, 2), (1, 2)),
        (cells(4, 5, start=(3, 4)), (1, 2), (3, 4)),
        (cells(4, 5), (9, 9), (3, 4)),
        (nodes("dots"), 2, 2),
        (nodes("dots", start=1), 2, 1),
    ],
)
def test_it_starts_where_it_is_told_to_or_near_the_figures_own_value(given, own, expected):
    bound = control(given).starting(own)
    assert bound.value(bound.first) == expected


@pytest.mark.parametrize("given", [entries(-5, 5, 1), entries(-5, 5, 1, start=[[1, 2], [3, 4]])])
def test_entries_keep_the_shape_and_are_floats(given):
    bound = given.starting([(1, 2), (3, 4)])
    assert_array_equal(bound.value(bound.first), [[1.0, 2.0], [3.0, 4.0]], strict=True)
    assert bound.spec(None)["columns"] == 2


def test_entries_may_be_a_vector_or_a_single_number():
    assert entries(0, 5).starting([1, 2, 3]).spec(None)["columns"] == 3
    assert entries(0, 5).starting(2.0).spec(None)["columns"] == 1
    assert entries(0, 5).starting(2.0).value([2]).shape == ()


def test_points_keep_their_number():
    bound = points((0, 4), (0, 4), 1).starting([(0, 1), (2, 3), (4, 4)])
    assert_array_equal(bound.value(bound.first), [[0.0, 1.0], [2.0, 3.0], [4.0, 4.0]], strict=True)


# --- laws -----------------------------------------------------------------------------------------

NUMBERS = st.integers(-500, 500) | st.decimals(-50, 50, places=2).map(float)


@st.composite
def ranges(draw):
    low, high = sorted(draw(st.lists(NUMBERS, min_size=2, max_size=2, unique=True)))
    assume(high - low > 1e-6)
    step = draw(st.none() | st.sampled_from([0.01, 0.1, 0.25, 1, 2]))
    return (low, high) if step is None or step > high - low else (low, high, step)


@st.composite
def bound_controls(draw):
    """A control of any kind, started somewhere."""
    x, y = draw(ranges()), draw(ranges())
    words = draw(st.lists(st.text("abc", max_size=3), min_size=1, max_size=5))
    shape = draw(st.sampled_from([(), (3,), (2, 2), (1, 3)]))
    made = draw(
        st.sampled_from(
            [
                control(x).starting(draw(NUMBERS)),
                control(draw(st.lists(NUMBERS, min_size=2, unique=True))).starting(draw(NUMBERS)),
                log_slider(0.001, 10, per_decade=draw(st.integers(1, 200))).starting(1),
                play(0, draw(st.integers(1, 20))).starting(0),
                choice(sorted({*words})).starting(words[0]),
                switch().starting(draw(st.booleans())),
                text().starting(draw(st.text())),
                order().starting(words),
                entries(*x).starting(np.zeros(shape)),
                point(x[:2], y[:2]).starting((0, 0)),
                points(x[:2], y[:2]).starting([(0, 0), (1, 2)]),
                cells(draw(st.integers(2, 9)), draw(st.integers(2, 9))).starting((1, 1)),
                nodes("dots").starting(draw(st.integers(0, 9))),
            ]
        )
    )
    return made, draw(states(made))


def states(made):
    """All states that a control may have, but for its start."""
    if hasattr(made, "values"):
        return st.integers(0, len(made.values) - 1)
    if hasattr(made, "things"):
        return st.permutations(range(len(made.things))).map(list)
    if hasattr(made, "steps"):
        return st.lists(st.integers(0, len(made.steps) - 1), min_size=made.start.size, max_size=made.start.size)
    if hasattr(made, "single"):
        pair = st.tuples(st.integers(0, len(made.x) - 1), st.integers(0, len(made.y) - 1))
        number = made.start.size // 2
        return st.lists(pair, min_size=number, max_size=number).map(lambda pairs: [i for pair in pairs for i in pair])
    if hasattr(made, "rows"):
        return st.tuples(st.integers(0, made.rows - 1), st.integers(0, made.columns - 1)).map(list)
    return st.text() if made.spec(None)["kind"] == "text" else st.integers(0, 99)


@given(bound_controls())
def test_the_state_of_the_value_of_a_state_shows_the_same_value(made_and_state):
    made, state = made_and_state
    value = made.value(state)
    assert_array_equal(made.value(made.state(value)), value)
    if not hasattr(made, "things"):  # of words that repeat, it does not matter which is which
        assert made.state(value) == state


@given(bound_controls())
def test_the_first_state_is_one_that_the_control_has(made_and_state):
    made, _ = made_and_state
    assert made.state(made.value(made.first)) == made.first


@given(bound_controls())
def test_states_and_their_values_survive_the_way_to_the_browser_and_back(made_and_state):
    made, state = made_and_state
    assert_array_equal(made.value(json.loads(json.dumps(state))), made.value(state))


@given(ranges())
def test_a_grid_rises_has_a_label_for_each_value_and_each_label_says_its_value(range):
    steps = grid(*range)
    assert len(steps.values) == len(steps.labels) == len({*steps.labels})
    assert list(steps.values) == sorted({*steps.values})
    assert range[0] == pytest.approx(steps.values[0])
    assert steps.values[-1] <= range[1] + 1e-9
    assert [float(label.replace("−", "-")) for label in steps.labels] == pytest.approx(list(steps.values))


@given(ranges(), NUMBERS)
def test_the_nearest_of_a_grid_is_the_nearest(range, value):
    steps = grid(*range)
    assert abs(steps.values[steps.nearest(value)] - value) == min(abs(other - value) for other in steps.values)


@given(st.floats(1e-9, 1e9), st.integers(1, 60))
def test_a_logarithmic_slider_rises(low, per_decade):
    values = log_slider(low, 10 * low, per_decade=per_decade).values
    assert list(values) == sorted({*values})


# --- in the picture -------------------------------------------------------------------------------


@figure
def heat_and_dots(ax):
    ax.set(position=(0.1, 0.1, 0.4, 0.8), xlim=(0, 10), ylim=(0, 5))
    heat = ax.figure.add_axes((0.6, 0.1, 0.3, 0.8))
    heat.imshow(np.zeros((3, 4)), gid="heat", aspect="auto")
    ax.scatter([1, 2], [3, 4], gid="dots")
    ax.plot([5, 10], [0, 5], "o", gid="line")
    return lambda: "a heat map and dots"


def test_the_lines_of_a_point_lie_where_the_axes_say():
    spec = point((0, 10), (0, 5), 2.5).starting((0, 0)).spec(heat_and_dots())
    assert spec["across"] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5])
    assert spec["down"] == pytest.approx([0.9, 0.5, 0.1])
    assert spec["columns"] == ("0.0", "2.5", "5.0", "7.5", "10.0")


def test_cells_lie_in_the_middle_of_what_imshow_draws():
    spec = cells(3, 4, on="heat").starting((0, 0)).spec(heat_and_dots())
    assert spec["across"] == pytest.approx([0.6 + 0.3 * (i + 0.5) / 4 for i in range(4)], abs=1e-4)
    assert spec["down"] == pytest.approx([0.1 + 0.8 * (i + 0.5) / 3 for i in range(3)], abs=1e-4)


@pytest.mark.parametrize(
    ("on", "expected"), [("dots", [(0.14, 0.42), (0.18, 0.26)]), ("line", [(0.3, 0.9), (0.5, 0.1)])]
)
def test_nodes_lie_where_the_points_of_the_artist_are(on, expected):
    places = nodes(on).starting(0).places(heat_and_dots())
    assert places == [pytest.approx(place) for place in expected]


@pytest.mark.parametrize(
    "made",
    [
        slider(0, 1),
        control([1, math.inf]),
        log_slider(0.1, 1),
        play(0, 3),
        choice([square]),
        switch(),
        text(),
        entries(0, 1),
        order(),
        point((0, 1), (0, 1)),
        points((0, 1), (0, 1)),
        cells(3, 4, on="heat"),
        nodes("dots"),
    ],
)
def test_what_the_browser_has_to_know_is_plain_data(made):
    bound = made.starting([(0, 1), (1, 1)] if hasattr(made, "x") or hasattr(made, "steps") else (0, 1))
    assert json.loads(json.dumps(bound.spec(heat_and_dots())))["kind"]


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: slider(3, 0), r"a range goes from low to high, but \(3, 0\) came"),
        (lambda: slider(1, 1), r"but \(1, 1\) came"),
        (lambda: slider(0, math.inf), r"but \(0, inf\) came"),
        (lambda: slider(0, math.nan), r"but \(0, nan\) came"),
        (lambda: slider(0, 1, 2), r"the step of the range \(0, 1\) must be above 0 and at most 1, but is 2"),
        (lambda: slider(0, 1, 0), "must be above 0 and at most 1, but is 0"),
        (lambda: slider(0, 1, -0.1), r"must be above 0 and at most 1, but is -0\.1"),
        (lambda: log_slider(0, 1), r"from above 0 to more, but \(0, 1\) came"),
        (lambda: log_slider(2, 1), r"from above 0 to more, but \(2, 1\) came"),
        (lambda: choice([]), "at least one option, but none came"),
        (lambda: choice({}), "at least one option, but none came"),
        (lambda: choice([lambda x: x, lambda x: -x]), "each option needs a name of its own, but <lambda>, <lambda>"),
        (lambda: choice(["a", "b"], start="c"), "one of a, b was expected, but 'c' came"),
        (lambda: cells(1, 4), "at least 2 rows and 2 columns, but 1 and 4 came"),
        (lambda: point((0, 1), (1, 0)), r"but \(1, 0\) came"),
        (lambda: slider(0, 1).starting(0).state("a"), "a number was expected, but 'a' came"),
        (lambda: choice(["a", "b"]).starting("a").state("c"), "one of a, b was expected, but 'c' came"),
        (lambda: order(["a", "b"]).starting(()).state(["a", "c"]), "an order of a, b was expected, but"),
        (lambda: order(["a", "b"]).starting(()).state(["a", "a"]), "an order of a, b was expected, but"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_was_expected_and_what_came(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("made", "state"),
    [
        (slider(0, 1, 0.5).starting(0), 3),
        (slider(0, 1, 0.5).starting(0), -1),
        (slider(0, 1, 0.5).starting(0), 1.5),
        (slider(0, 1, 0.5).starting(0), "1"),
        (slider(0, 1, 0.5).starting(0), None),
        (choice(["a"]).starting("a"), 1),
        (text().starting(""), 1),
        (order().starting("ab"), [0, 0]),
        (order().starting("ab"), [0]),
        (order().starting("ab"), [0, 2]),
        (entries(0, 1, 1).starting([0, 1]), [0, 2]),
        (entries(0, 1, 1).starting([0, 1]), [0]),
        (entries(0, 1, 1).starting([0, 1]), 0),
        (point((0, 1), (0, 2), 1).starting((0, 0)), [2, 0]),
        (point((0, 1), (0, 2), 1).starting((0, 0)), [0, -1]),
        (cells(2, 3).starting((0, 0)), [2, 0]),
        (cells(2, 3).starting((0, 0)), ["0", 0]),
        (nodes("dots").starting(0), -1),
        (nodes("dots").starting(0), "0"),
    ],
)
def test_a_state_that_a_control_does_not_have_is_refused(made, state):
    with pytest.raises(ValueError, match=r"expected, but .* came"):
        made.value(state)


def test_a_range_of_whole_numbers_has_whole_steps_where_the_figures_own_value_is_whole():
    assert control((0, 9), 3).values == tuple(range(10))
    assert all(isinstance(value, int) for value in control((0, 1796), 3).values)
    assert control((0, 9), 3.0).values[:2] == (0, 0.05)


def test_formulas_can_be_chosen_though_numpy_cannot_compare_them():
    x = variable("x")
    made = choice({"a square": x**2, "a sine": np.sin(x)})
    assert made.starting(np.sin(x)).first == 1
    assert made.value(0) == x**2
