"""Controls: what can be chosen for a parameter, as numbers that a browser can count through.

A control's state is a whole number, a list of whole numbers, or a text: which of its values is chosen. So the browser
knows the neighbours of a state without knowing what the values are.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from numbers import Integral, Real
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

State: TypeAlias = int | list[int] | str

MOST_STEPS = 360  # of a slider whose step is not given

__all__ = [
    "Control",
    "Grid",
    "Options",
    "State",
    "Text",
    "choice",
    "control",
    "entries",
    "grid",
    "log_slider",
    "order",
    "play",
    "slider",
    "switch",
    "text",
]


class Control(Protocol):
    """What `live` asks of a control."""

    def starting(self, at: Any) -> "Control":
        """The same control, which starts at the figure's own value unless it has a start of its own."""

    @property
    def first(self) -> State:
        """The state at the start."""

    def value(self, state: State) -> Any:
        """The argument for the figure's `update`. Raises ValueError if the control has no such state."""

    def state(self, value: Any) -> State:
        """The state whose value is nearest to this one."""

    def spec(self, figure: Any) -> dict[str, Any]:
        """What the browser has to know, as plain data."""


# --- numbers --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Grid:
    """Numbers in rising order, as values and for the eye."""

    values: tuple[float, ...]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.values)

    def nearest(self, value: float) -> int:
        """Which of the numbers is nearest to this one."""
        if value in self.values:  # infinity has no distance to itself
            return self.values.index(value)
        return min(range(len(self)), key=lambda i: abs(self.values[i] - value))


def grid(low: float, high: float, step: float | None = None, unit: str = "") -> Grid:
    """From `low` to `high` in equal steps; without a step, the roundest one that makes at most 360 of them."""
    if not -math.inf < low < high < math.inf:
        raise ValueError(f"a range goes from low to high, but ({low}, {high}) came")
    if step is not None and not 0 < step <= (high - low) * (1 + 1e-9):
        raise ValueError(
            f"the step of the range ({low}, {high}) must be above 0 and at most {high - low:g}, but is {step}"
        )
    step = step or _round_step((high - low) / MOST_STEPS, _is_whole(low, high))
    digits = max(0, *(_digits(x) for x in (low, step)))
    number = int((high - low) / step + 1e-9) + 1
    found = (low + i * step for i in range(number))
    values = [int(value) if _is_whole(low, step) else float(round(value, digits)) + 0.0 for value in found]
    return Grid(tuple(values), tuple(_label(value, digits) + unit for value in values))


def _is_whole(*numbers: float) -> bool:
    return all(isinstance(x, Integral) for x in numbers)


def _round_step(least: float, whole: bool) -> float:
    """The smallest of …, 0.1, 0.2, 0.5, 1, 2, 5, … not below `least`; whole where the ends are and it can be."""
    power = math.floor(math.log10(least))
    step = next(m * 10.0**p for p in (power, power + 1) for m in (1, 2, 5) if m * 10.0**p >= least * (1 - 1e-9))
    return int(step) if whole and step >= 1 else step


def _digits(x: float) -> int:
    """How many digits stand behind the point."""
    return len(f"{x:.10f}".rstrip("0").partition(".")[2])


def _label(value: float, digits: int | None = None) -> str:
    """A number for the eye: a true minus, ∞."""
    words = f"{value:.{digits}f}" if digits is not None else str(value) if isinstance(value, int) else f"{value:g}"
    return words.replace("-", "−").replace("inf", "∞")


# --- one of several values ------------------------------------------------------------------------


@dataclass(frozen=True)
class Options:
    """One of several values: a slider, a play button, a list, a checkbox. Its state is the value's number."""

    kind: str
    values: tuple[Any, ...]
    labels: tuple[str, ...]
    start: Any = ...

    def starting(self, at: Any) -> "Options":
        if self.start is not ...:
            return self
        return replace(self, start=self.values[0] if self._place(at) is None else at)

    @property
    def first(self) -> int:
        return self.state(self.start)

    def value(self, state: State) -> Any:
        if not (isinstance(state, int) and 0 <= state < len(self.values)):
            raise ValueError(f"a state from 0 to {len(self.values) - 1} was expected, but {state!r} came")
        return self.values[state]

    def state(self, value: Any) -> int:
        if (found := self._place(value)) is None:
            expected = "a number" if self._counts else f"one of {', '.join(self.labels)}"
            raise ValueError(f"{expected} was expected, but {value!r} came")
        return found

    def _place(self, value: Any) -> int | None:
        """The number of this value, or of the nearest one."""
        same = (i for i, other in enumerate(self.values) if _equal(other, value))
        if (found := next(same, None)) is not None:
            return found
        return Grid(self.values, self.labels).nearest(value) if self._counts and _is_number(value) else None

    @property
    def _counts(self) -> bool:
        return self.kind in ("slider", "play")

    def spec(self, figure: Any) -> dict[str, Any]:
        return {"kind": self.kind, "labels": self.labels}


def _equal(one: Any, other: Any) -> bool:
    """Whether two values are the same: arrays and sequences by what is in them, all else by its own judgement."""
    if isinstance(one, (np.ndarray, list, tuple)) or isinstance(other, (np.ndarray, list, tuple)):
        return bool(np.array_equal(one, other))
    return one is other or bool(one == other)


def slider(low: float, high: float, step: float | None = None, *, start: Any = ..., unit: str = "") -> Options:
    """A slider from `low` to `high`.

    Parameters
    ----------
    step : the roundest one that makes at most 360 steps, if none is given
    start : where it starts, if not at the figure's own value
    unit : written behind the number: "°"
    """
    steps = grid(low, high, step, unit)
    return Options("slider", steps.values, steps.labels, start)


def log_slider(low: float, high: float, *, per_decade: int = 20, start: Any = ...) -> Options:
    """A slider on which each step multiplies: `per_decade` steps from 0.01 to 0.1. Numbers have three digits."""
    if not 0 < low < high:
        raise ValueError(f"a logarithmic range goes from above 0 to more, but ({low}, {high}) came")
    number = max(1, round(math.log10(high / low) * per_decade))
    values = {float(f"{low * (high / low) ** (i / number):.3g}"): None for i in range(number + 1)}  # each once
    return Options("slider", tuple(values), tuple(map(_label, values)), start)


def play(first: int, last: int, *, start: Any = ...) -> Options:
    """The steps of an algorithm: a slider with a button that plays them."""
    steps = grid(int(first), int(last), 1)
    return Options("play", steps.values, steps.labels, start)


def choice(options: Sequence[Any] | Mapping[str, Any], *, start: Any = ...) -> Options:
    """A list to choose from: values, or a dictionary from words to values. A function goes by its name."""
    if not options:
        raise ValueError("a choice needs at least one option, but none came")
    named = options if isinstance(options, Mapping) else {_name(option): option for option in options}
    if len(named) < len(options):
        names = ", ".join(map(_name, options))
        raise ValueError(f"each option needs a name of its own, but {names} came; a dictionary gives names")
    made = Options("choice", tuple(named.values()), tuple(named), start)
    if start is not ...:
        made.state(start)  # or it is said that there is no such option
    return made


def _name(option: Any) -> str:
    return str(getattr(option, "__name__", option))


def switch(start: Any = ...) -> Options:
    """A checkbox: True or False."""
    return Options("switch", (False, True), ("off", "on"), start)


# --- words and arrays -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """A line of text."""

    start: Any = ...

    def starting(self, at: Any) -> "Text":
        return self if self.start is not ... else Text(at)

    @property
    def first(self) -> str:
        return str(self.start)

    def value(self, state: State) -> str:
        if not isinstance(state, str):
            raise ValueError(f"a text was expected, but {state!r} came")
        return state

    def state(self, value: Any) -> str:
        return str(value)

    def spec(self, figure: Any) -> dict[str, Any]:
        return {"kind": "text"}


text = Text


@dataclass(frozen=True)
class Entries:
    """An array, each entry a number of a grid. Its state is the list of their places."""

    steps: Grid
    start: Any = ...

    def starting(self, at: Any) -> "Entries":
        return replace(self, start=np.asarray(at if self.start is ... else self.start, dtype=float))

    @property
    def first(self) -> list[int]:
        return self.state(self.start)

    def value(self, state: State) -> Any:
        places = whole_numbers(state, self.start.size, [len(self.steps)] * self.start.size)
        return np.array([self.steps.values[i] for i in places], dtype=float).reshape(self.start.shape)

    def state(self, value: ArrayLike) -> list[int]:
        return [self.steps.nearest(entry) for entry in np.asarray(value, dtype=float).ravel()]

    def spec(self, figure: Any) -> dict[str, Any]:
        shape = self.start.shape
        return {"kind": "entries", "labels": self.steps.labels, "columns": shape[-1] if shape else 1}


def entries(low: float, high: float, step: float | None = None, *, start: Any = ...) -> Entries:
    """A small vector or matrix: a field for each entry, from `low` to `high`."""
    return Entries(grid(low, high, step), start)


@dataclass(frozen=True)
class Order:
    """Things in an order. Its state is where each came from."""

    things: Any = ...

    def starting(self, at: Any) -> "Order":
        return Order(tuple(at if self.things is ... else self.things))

    @property
    def first(self) -> list[int]:
        return list(range(len(self.things)))

    def value(self, state: State) -> tuple[Any, ...]:
        places = whole_numbers(state, len(self.things), [len(self.things)] * len(self.things))
        if sorted(places) != self.first:
            raise ValueError(f"an order of {len(self.things)} things was expected, but {state!r} came")
        return tuple(self.things[i] for i in places)

    def state(self, value: Sequence[Any]) -> list[int]:
        left = dict(enumerate(self.things))
        found = []
        for thing in value:
            place = next((i for i, other in left.items() if other == thing), None)
            if place is None:
                raise ValueError(f"an order of {', '.join(map(str, self.things))} was expected, but {value!r} came")
            found.append(place)
            del left[place]
        return found

    def spec(self, figure: Any) -> dict[str, Any]:
        return {"kind": "order", "labels": [str(thing) for thing in self.things]}


def order(things: Sequence[Any] = ...) -> Order:  # type: ignore[assignment]
    """Words in a row, or other things, that can be put into another order; the figure's own if none are given."""
    return Order(things)


def whole_numbers(state: State, length: int, below: Sequence[int]) -> list[int]:
    """The state, if it is a list of `length` whole numbers, each below its limit."""
    found = [i for i in state if isinstance(i, int)] if isinstance(state, list) else []
    if len(found) != length or not all(0 <= i < limit for i, limit in zip(found, below, strict=True)):
        raise ValueError(f"{length} whole numbers below {list(below)} were expected, but {state!r} came")
    return found


# --- what stands behind a parameter's name --------------------------------------------------------


def control(given: Any, at: Any = 0.0) -> Any:
    """The control that is meant by a range, a list, a word …; None where a value alone is given.

    `at` is the figure's own value: where it is a whole number, a range of whole numbers has whole steps.
    """
    if hasattr(given, "starting"):
        return given
    if isinstance(given, tuple) and len(given) in (2, 3) and all(_is_number(x) for x in given):
        low, high, *step = given
        whole = all(isinstance(x, int) for x in (low, high, at))
        return slider(
            low, high, *(step or ([max(1, _round_step((high - low) / MOST_STEPS, whole=True))] if whole else []))
        )
    if isinstance(given, list) and len(given) > 1 and all(_is_number(x) for x in given):
        values = tuple(sorted({*given}))
        return Options("slider", values, tuple(map(_label, values)))
    if isinstance(given, (list, Mapping)):
        return choice(given)
    if isinstance(given, bool):
        return switch(given)
    return Text(given) if isinstance(given, str) else None


def _is_number(x: Any) -> bool:
    return isinstance(x, Real) and not isinstance(x, bool)
