"""Live figures, seen from Python: what the browser is told, and how it is answered."""

import io
import json
import math

import anywidget
import numpy as np
import pytest
from numpy.testing import assert_array_equal
from PIL import Image
from traitlets import TraitError

from mathml.figures import figure
from mathml.live import cells, entries, live, nodes, point, predict, slider


def double(x):
    return 2 * x


@figure(size=(3, 2))
def dot_on_a_line(ax, double=double, color="red"):
    """A dot, whose place is computed by the function that is given."""
    ax.set(xlim=(-10, 10), ylim=(-1, 1), position=(0, 0, 1, 1))
    (dot,) = ax.plot([], [], "o", color=color, gid="dot")

    def update(x=1.0, y=0.0, word="dot"):
        dot.set_data([double(x)], [y])
        return f"a {word} at {double(x):g}, {y:g}"

    return update


class Browser:
    """The other end of the wire: it says what a browser says, and keeps what comes back."""

    def __init__(self, widget, monkeypatch):
        self.widget, self.came = widget, []
        monkeypatch.setattr(widget, "send", lambda content, buffers=(): self.came.append((content, buffers)))

    def says(self, **message):
        """What comes back for a message: one answer, and its picture if it has one."""
        self.came.clear()
        self.widget._handle_msg({"content": {"data": {"method": "custom", "content": message}}, "buffers": []})
        ((answer, buffers),) = self.came
        json.dumps(answer)  # plain data
        return answer, *buffers

    def asks_for(self, ratio=1, **state):
        return self.says(key="its key", state=self.widget._state | state, ratio=ratio)

    def rests_at(self, **state):
        state = json.loads(json.dumps(self.widget._state | state))
        self.widget._handle_msg({"content": {"data": {"method": "update", "state": {"_state": state}}}})


@pytest.fixture
def browser(monkeypatch):
    return lambda widget: Browser(widget, monkeypatch)


# --- live -----------------------------------------------------------------------------------------


def test_what_the_figure_takes_goes_to_the_figure_and_the_rest_makes_controls_or_stays():
    widget = live(dot_on_a_line, double=lambda x: 3 * x, x=(0, 3), y=0.5)
    assert widget.value == {"x": 1.0}
    assert widget.figure.parameters == {"x": 1.0, "y": 0.5, "word": "dot"}
    assert repr(widget) == "a dot at 3, 0.5"


def test_a_tuple_that_the_figure_takes_is_not_a_range():
    assert live(dot_on_a_line, color=(0.5, 0.25, 0)).value == {}


def test_a_figure_may_have_no_control_at_all():
    assert repr(live(dot_on_a_line)) == "a dot at 2, 0"


def test_the_figure_is_drawn_at_the_start_of_its_controls():
    widget = live(dot_on_a_line, x=slider(0, 3, start=2), word=["cat", "dog"])
    assert repr(widget) == widget.figure.text == "a cat at 4, 0"
    assert widget._start["text"] == "a cat at 4, 0"
    assert widget._start["png"] == dot_on_a_line().update(x=2, word="cat").png()


def test_controls_are_in_the_order_in_which_they_were_given():
    assert list(live(dot_on_a_line, y=(0, 1), word="a", x=(0, 1))._controls) == ["y", "word", "x"]


def test_an_unknown_name_is_answered_with_the_known_ones():
    known = "dot_on_a_line has the parameters x, y, word, and takes double, color, but z came"
    with pytest.raises(TypeError, match=known):
        live(dot_on_a_line, z=(0, 1))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"x": (3, 0)}, r"x: a range goes from low to high, but \(3, 0\) came"),
        ({"x": (0, 3, 5)}, r"x: the step of the range \(0, 3\) must be .* but is 5"),
        ({"word": []}, "word: a choice needs at least one option, but none came"),
    ],
)
def test_what_makes_no_control_is_named(given, message):
    with pytest.raises(ValueError, match=message):
        live(dot_on_a_line, **given)


def test_maths_that_is_broken_from_the_start_says_so():
    with pytest.raises(ZeroDivisionError):
        live(dot_on_a_line, double=lambda x: 1 / 0, x=(0, 1))


# --- the value ------------------------------------------------------------------------------------


def test_the_value_can_be_set_in_part_and_the_controls_follow():
    widget = live(dot_on_a_line, x=(0, 3), y=(-1, 1), word=["cat", "dog"])
    widget.value = {"x": 2.5, "word": "dog"}
    assert widget.value == {"x": 2.5, "y": 0.0, "word": "dog"}
    assert widget._state == {"x": 250, "y": 100, "word": 1}


def test_the_value_follows_the_hand_and_can_be_observed(browser):
    widget, seen = live(dot_on_a_line, x=(0, 3), y=(-1, 1)), []
    widget.observe(lambda change: seen.append(change.new), "value")
    browser(widget).rests_at(x=300)
    assert seen == [widget.value] == [{"x": 3.0, "y": 0.0}]


def test_a_value_between_two_steps_becomes_the_nearest_one_and_is_seen_once():
    widget, seen = live(dot_on_a_line, x=(0, 3)), []
    widget.observe(lambda change: seen.append(change.new), "value")
    widget.value = {"x": 1.2345}
    assert seen == [widget.value] == [{"x": 1.23}]


def test_arrays_among_the_values_are_seen_once_as_well(browser):
    @figure(size=(2, 2))
    def matrix(ax):
        return lambda A=((1, 0), (0, 1)): f"{np.asarray(A).tolist()}"

    widget, seen = live(matrix, A=entries(-2, 2, 1)), []
    widget.observe(lambda change: seen.append(change.new["A"].tolist()), "value")
    widget.value = {"A": [[2, 0], [0, 9]]}
    browser(widget).rests_at(A=[0, 1, 2, 3])
    assert seen == [[[2, 0], [0, 2]], [[-2, -1], [0, 1]]]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"z": 1}, "there are controls for x, word, but z came"),
        ({"x": "far"}, "x: a number was expected, but 'far' came"),
        ({"word": "cow"}, "word: one of cat, dog was expected, but 'cow' came"),
    ],
)
def test_a_value_that_is_refused_changes_nothing(value, message):
    widget = live(dot_on_a_line, x=(0, 3), word=["cat", "dog"])
    before = widget.value, widget._state
    with pytest.raises((TraitError, ValueError), match=message):
        widget.value = value
    assert (widget.value, widget._state) == before
    widget.value = {"x": 2}
    assert widget.value["x"] == 2


# --- messages -------------------------------------------------------------------------------------


def test_a_state_is_answered_with_its_picture_its_words_and_its_key(browser):
    widget = live(dot_on_a_line, x=(0, 3), y=(-1, 1))
    answer, frame = browser(widget).asks_for(x=200)
    assert answer == {"key": "its key", "error": "", "text": "a dot at 4, 0", "places": {}}
    assert frame == dot_on_a_line().update(x=2.0, y=0.0).frame(1)


@pytest.mark.parametrize("ratio", [1, 1.5, 3])
def test_the_picture_has_the_pixels_of_the_screen(browser, ratio):
    _, frame = browser(live(dot_on_a_line, x=(0, 3))).asks_for(ratio=ratio, x=200)
    assert Image.open(io.BytesIO(frame)).size == (300 * ratio, 200 * ratio)


def test_asking_for_a_frame_moves_neither_the_value_nor_the_stored_picture(browser):
    widget = live(dot_on_a_line, x=(0, 3))
    stored = widget._repr_mimebundle_()
    browser(widget).asks_for(x=300)
    assert widget.value == {"x": 1.0}
    assert widget._repr_mimebundle_() == stored


def test_a_frame_depends_on_its_state_and_not_on_the_frames_before(browser, rng):
    travelled = browser(live(dot_on_a_line, x=(0, 3), word=["cat", "dog"]))
    for x, word in zip(rng.integers(0, 301, 12), rng.integers(0, 2, 12), strict=True):
        answer, frame = travelled.asks_for(x=int(x), word=int(word))
        fresh = dot_on_a_line().update(x=x / 100, word=["cat", "dog"][word])
        assert (answer["text"], frame) == (fresh.text, fresh.frame(1))


def test_the_places_of_nodes_come_with_each_frame(browser):
    @figure(size=(2, 2))
    def moving_dots(ax):
        ax.set(xlim=(0, 10), ylim=(0, 10), position=(0, 0, 1, 1))
        dots = ax.scatter([1, 2], [1, 2], gid="dots")

        def update(node=0, shift=0.0):
            dots.set_offsets([(1 + shift, 1), (2 + shift, 2)])
            return f"node {node}"

        return update

    widget = live(moving_dots, node=nodes("dots"), shift=(0, 5))
    assert widget._start["places"] == {"node": [[0.1, 0.9], [0.2, 0.8]]}
    answer, _ = browser(widget).asks_for(shift=125)
    assert answer["places"] == {"node": [[0.35, 0.9], [0.45, 0.8]]}


# --- a learner's own function ---------------------------------------------------------------------


def half_of_it(x):
    """Right below 2, and broken in its own way from there."""
    if x >= 2:
        raise ValueError("two is too much for me\nand this line says more")
    return x / 2


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        (half_of_it, "ValueError in half_of_it: two is too much for me"),
        (lambda x: 1 / 0 if x >= 2 else x, "ZeroDivisionError in <lambda>: division by zero"),
        (lambda x: None if x >= 2 else x, "TypeError in"),
        (lambda x: [x, x] if x >= 2 else x, "TypeError in"),
        (lambda x: np.zeros((2, 2)) if x >= 2 else x, "TypeError in"),
        (lambda x: "x" * 10_000 + x if x >= 2 else x, "TypeError in <lambda>: can only concatenate"),
    ],
)
def test_an_error_is_told_in_a_line_and_the_next_state_is_drawn_as_if_it_had_not_been(browser, broken, error):
    told = browser(live(dot_on_a_line, double=broken, x=slider(0, 3, start=1)))
    answer, *frames = told.asks_for(x=250)
    assert set(answer) == {"key", "error"}
    assert answer["error"].startswith(error)
    assert "\n" not in answer["error"]
    assert len(answer["error"]) <= 300
    assert frames == []
    answer, frame = told.asks_for(x=100)
    assert answer["error"] == ""
    assert frame == dot_on_a_line(double=broken).update(x=1.0).frame(1)


@pytest.mark.parametrize("broken", [lambda x: math.nan, lambda x: math.inf, lambda x: np.float64("nan")])
def test_broken_numbers_are_shown_as_they_are(browser, broken):
    answer, frame = browser(live(dot_on_a_line, double=broken, x=(0, 3))).asks_for(x=200)
    assert answer["text"] == f"a dot at {broken(2):g}, 0"
    assert frame


def test_an_error_without_words_still_has_its_name(browser):
    @figure(size=(2, 2))
    def broken(ax):
        def update(x=0):
            assert x < 2
            return f"{x}"

        return update

    answer, *_ = browser(live(broken, x=(0, 3, 1))).asks_for(x=3)
    assert answer["error"].startswith("AssertionError in update")


@pytest.mark.parametrize(
    ("state", "error"),
    [
        ({"x": 301}, "x: a state from 0 to 300 was expected, but 301 came"),
        ({"x": "1"}, "x: a state from 0 to 300 was expected, but '1' came"),
        ({"x": None}, "x: a state from 0 to 300 was expected, but None came"),
    ],
)
def test_a_state_that_does_not_exist_is_answered_with_an_error(browser, state, error):
    told = browser(live(dot_on_a_line, x=(0, 3)))
    assert error in told.asks_for(**state)[0]["error"]
    assert told.asks_for(x=3)[0]["error"] == ""


def test_a_state_without_all_controls_is_answered_with_an_error(browser):
    told = browser(live(dot_on_a_line, x=(0, 3)))
    assert "x" in told.says(key="k", state={}, ratio=1)[0]["error"]


# --- the question before --------------------------------------------------------------------------


def test_the_browser_is_told_the_question_and_not_the_answer():
    asked = live(dot_on_a_line, x=(0, 3), predict=predict("How far?", 12345, unit=" cm"))
    assert asked._question == {"text": "How far?", "unit": " cm", "options": []}
    assert "12345" not in json.dumps(
        {name: value for name, value in asked.get_state().items() if name != "_esm"}, default=str
    )


def test_a_guess_is_answered_with_a_verdict(browser):
    number = browser(live(dot_on_a_line, x=(0, 3), predict=predict("At which angle?", 90, unit="°")))
    assert number.says(guess=45) == ({"verdict": "You predicted 45°; it is 90°. That is too small by a factor of 2."},)
    assert number.says(guess=90) == ({"verdict": "Right: it is 90°."},)
    words = browser(live(dot_on_a_line, x=(0, 3), predict=predict("Which?", "longer", options=["longer", "shorter"])))
    assert words.says(guess="longer") == ({"verdict": "Right: it is “longer”."},)
    assert words.says(guess="shorter") == ({"verdict": "You chose “shorter”; it is “longer”."},)


def test_a_question_does_not_keep_frames_from_being_drawn(browser):
    asked = browser(live(dot_on_a_line, x=(0, 3), predict=predict("How far?", 2)))
    assert asked.asks_for(x=200)[0]["text"] == "a dot at 4, 0"


def test_the_answer_must_be_one_of_the_options():
    with pytest.raises(ValueError, match="the answer must be one of the options longer, shorter, but is 'long'"):
        predict("Which?", "long", options=["longer", "shorter"])


# --- in a notebook --------------------------------------------------------------------------------


def test_a_notebook_gets_the_widget_and_the_picture_with_its_words_for_where_there_is_none():
    widget = live(dot_on_a_line, x=(0, 3))
    data, metadata = widget._repr_mimebundle_()
    assert set(data) == {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"}
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == widget.model_id
    assert data["text/plain"] == repr(widget) == "a dot at 2, 0"
    assert data["image/png"] == dot_on_a_line().update(x=1.0).png()
    assert metadata["image/png"] == {"width": 300, "alt": "a dot at 2, 0"}


def test_the_words_are_not_cut_however_many_they_are():
    widget = live(dot_on_a_line, word="long " * 100)
    assert widget._repr_mimebundle_()[0]["text/plain"] == f"a {'long ' * 100} at 2, 0"


def test_what_the_browser_is_sent_is_plain_data_but_for_the_picture():
    @figure(size=(2, 2))
    def everything(ax):
        ax.imshow(np.zeros((3, 3)), gid="heat")
        ax.scatter([1, 2], [1, 2], gid="dots")

        def update(a=1.0, p=(0.0, 1.0), A=((1, 2), (3, 4)), cell=(0, 1), node=0, f=math.sin, on=True):
            return f"{a} {p} {A} {cell} {node} {f} {on}"

        return update

    controls = {"a": (0, 3), "p": point((0, 1), (0, 1)), "A": entries(0, 9), "cell": cells(3, 3, on="heat")}
    widget = live(everything, **controls, node=nodes("dots"), f=[math.sin, math.cos], on=True)
    sent = {name: value for name, value in widget.get_state().items() if name in widget.trait_names(sync=True)}
    assert sent["_start"].pop("png").startswith(b"\x89PNG")
    json.dumps({name: sent[name] for name in ("_state", "_controls", "_start", "_question")})
    assert "value" not in sent


def test_a_live_figure_is_a_widget_that_can_be_shown_twice():
    widget = live(dot_on_a_line, x=(0, 3))
    assert isinstance(widget, anywidget.AnyWidget)
    assert widget._repr_mimebundle_() == widget._repr_mimebundle_()


def test_its_artists_can_be_asked_for_after_it_moved(browser):
    widget = live(dot_on_a_line, x=(0, 3))
    browser(widget).asks_for(x=300)
    assert_array_equal(widget.figure.artist("dot").get_xdata(), [6])


def test_a_range_of_whole_numbers_moves_a_whole_parameter_by_whole_steps():
    @figure
    def counted(ax):
        return lambda index=3: f"{index}"

    assert live(counted, index=(0, 9))._controls["index"]["labels"] == tuple("0123456789")
