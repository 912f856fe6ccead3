"""The widget: a picture and its controls in the browser, and the figure that answers them in Python."""

import inspect
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import anywidget
import traitlets

from mathml.check.predict import verdict
from mathml.live.controls import Control, State, control

__all__ = ["Live", "Question", "live", "predict"]

T = TypeVar("T")


class Question(NamedTuple):
    """What is asked before anything is moved."""

    text: str
    answer: Any
    unit: str = ""
    options: Sequence[str] = ()


def predict(question: str, answer: Any, *, unit: str = "", options: Sequence[str] = ()) -> Question:
    """Ask for a guess before the picture is moved; then it is said how far off it was.

    Parameters
    ----------
    question : one sentence
    answer : a number, or one of the options
    unit : written directly behind a number: "°", " cm"
    options : what there is to choose from; without them a number is asked for
    """
    if options and answer not in options:
        raise ValueError(f"the answer must be one of the options {', '.join(options)}, but is {answer!r}")
    return Question(question, answer, unit, tuple(options))


class Live(anywidget.AnyWidget):
    """A figure that moves. Made by `live`.

    Attributes
    ----------
    value : dict of the controls' present values; can be set, in part, and observed
    figure : the figure, for its artists
    """

    _esm = Path(__file__).with_name("widget.js")
    _css = Path(__file__).with_name("widget.css")

    value = traitlets.Dict()
    _state = traitlets.Dict().tag(sync=True)
    _controls = traitlets.Dict().tag(sync=True)
    _start = traitlets.Dict().tag(sync=True)
    _question = traitlets.Dict().tag(sync=True)

    def __init__(self, figure: Any, controls: Mapping[str, Control], question: Question | None = None) -> None:
        self.figure = figure
        self._bound = dict(controls)
        self._asked = question
        first: dict[str, State] = {name: bound.first for name, bound in controls.items()}
        figure.update(**self._values(first))
        self._png = figure.png()
        super().__init__(
            value=self._values(first),
            _state=first,
            _controls={name: bound.spec(figure) for name, bound in controls.items()},
            _start={"state": first, "png": self._png, "width": figure.width, "height": figure.height} | self._told(),
            _question=_shown(question) if question else {},
        )
        self.on_msg(self._answer)

    # --- between Python and the browser -----------------------------------------------------------

    def _values(self, state: Mapping[str, State]) -> dict[str, Any]:
        return {name: _about(name, bound.value, state[name]) for name, bound in self._bound.items()}

    def _states(self, values: Mapping[str, Any]) -> dict[str, State]:
        return {name: _about(name, bound.state, values[name]) for name, bound in self._bound.items()}

    @traitlets.observe("_state")
    def _moved(self, change: Any) -> None:
        """The hand rests: Python's values follow."""
        if self._states(self.value) != change.new:
            self.value = self._values(change.new)

    @traitlets.validate("value")
    def _known(self, proposal: Any) -> dict[str, Any]:
        if unknown := proposal.value.keys() - self._bound.keys():
            raise traitlets.TraitError(f"there are controls for {', '.join(self._bound)}, but {unknown.pop()} came")
        return self._values(self._states(self.value | proposal.value))

    @traitlets.observe("value")
    def _set(self, change: Any) -> None:
        """A program moves the controls."""
        self._state = self._states(change.new)

    def _answer(self, _: Any, message: Mapping[str, Any], __: Any) -> None:
        if "guess" in message and self._asked:
            self.send({"verdict": verdict(message["guess"], self._asked.answer, self._asked.unit)})
        elif "state" in message:
            self._send_frame(message["key"], message["state"], message["ratio"])

    def _send_frame(self, key: str, state: Mapping[str, State], ratio: float) -> None:
        """Draw the figure for this state. What the figure's maths raises is said; the controls go on working."""
        try:
            self.figure.update(**self._values(state))
            self.send({"key": key, "error": ""} | self._told(), [self.figure.frame(ratio)])
        except Exception as error:  # a learner's own function may raise anything
            self.send({"key": key, "error": _short(error)})

    def _told(self) -> dict[str, Any]:
        """What is to be known of the picture as it is now."""
        places = {name: bound.places(self.figure) for name, bound in self._bound.items() if hasattr(bound, "places")}
        return {"text": self.figure.text, "places": places}

    # --- in a notebook ----------------------------------------------------------------------------

    def __repr__(self) -> str:
        return str(self._start["text"])

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The widget, and for where there is no browser or no Python behind it: the picture at its start, and words."""
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        alternative = {"image/png": self._png, "text/plain": repr(self)}
        return data | alternative, metadata | {"image/png": {"width": self.figure.width, "alt": repr(self)}}


def _about(name: str, ask: Callable[..., T], *given: Any) -> T:
    """The answer, or an error that says which control it is about."""
    try:
        return ask(*given)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: {error}") from None


def _shown(question: Question) -> dict[str, Any]:
    return {"text": question.text, "unit": question.unit, "options": list(question.options)}


def _short(error: Exception) -> str:
    """An error in one line, with the function that it came out of: the learner's own, if one is on the way."""
    calls = traceback.extract_tb(error.__traceback__)
    own = [call for call in calls if "ipykernel_" in call.filename]  # a notebook's cell
    where = f" in {[*calls, *own][-1].name}" if calls else ""
    return f"{type(error).__name__}{where}: {error}".partition("\n")[0][:300]


def live(figure: Callable[..., Any], /, *, predict: Question | None = None, **parameters: Any) -> Live:
    """Show a figure with a control for each parameter; the picture follows them.

    >>> live(figures.projection, angle=(-180, 180), length=(0.1, 3), project=my_project)  # doctest: +SKIP

    Parameters
    ----------
    figure : a function made by `@figure`
    predict : asked before anything is moved: see `mathml.live.predict`
    parameters : the figure's maths and data, as it takes them; and for each parameter that is to move, what makes its
        control: a range, a list, a control (see `mathml.live`). A value alone sets the parameter.

    Raises
    ------
    TypeError
        If the figure has no parameter of that name.
    """
    takes = inspect.signature(inspect.unwrap(figure)).parameters
    given = {name: value for name, value in parameters.items() if name in takes}
    drawn = figure(**given)
    moved = {name: value for name, value in parameters.items() if name not in takes}
    for name in moved.keys() - drawn.parameters.keys():
        known = f"the parameters {', '.join(drawn.parameters)}, and takes {', '.join([*takes][1:]) or 'nothing'}"
        raise TypeError(f"{figure.__name__} has {known}, but {name} came")
    made = {name: _about(name, control, value, drawn.parameters[name]) for name, value in moved.items()}
    drawn.update(**{name: value for name, value in moved.items() if made[name] is None})
    starts = drawn.parameters
    bound = {name: _about(name, found.starting, starts[name]) for name, found in made.items() if found is not None}
    return Live(drawn, bound, predict)
