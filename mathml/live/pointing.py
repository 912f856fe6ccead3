"""Controls in the picture itself: points to drag, cells and nodes to point at. Keys move them as well.

Where they lie follows from the figure's own Axes, `on` that of an artist's name: the browser is told in parts of the
picture's width from the left, and of its height from the top.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mathml.live.controls import Grid, State, grid, whole_numbers

__all__ = ["Cells", "Nodes", "Points", "cells", "nodes", "point", "points"]


@dataclass(frozen=True)
class Points:
    """Points to drag. Its state is the place of each on the grid: x, y, x, y, …"""

    x: Grid
    y: Grid
    on: str | None
    single: bool
    start: Any = ...

    def starting(self, at: Any) -> "Points":
        return replace(self, start=np.asarray(at if self.start is ... else self.start, dtype=float))

    @property
    def first(self) -> list[int]:
        return self.state(self.start)

    def value(self, state: State) -> Any:
        places = whole_numbers(state, self.start.size, [len(self.x), len(self.y)] * (self.start.size // 2))
        found = [(self.x.values[i], self.y.values[j]) for i, j in zip(places[::2], places[1::2], strict=True)]
        return found[0] if self.single else np.array(found, dtype=float)

    def state(self, value: Any) -> list[int]:
        near = [(self.x.nearest(x), self.y.nearest(y)) for x, y in np.asarray(value, dtype=float).reshape(-1, 2)]
        return [place for pair in near for place in pair]

    def spec(self, figure: Any) -> dict[str, Any]:
        return {"kind": "points", "columns": self.x.labels, "rows": self.y.labels} | _lines(
            figure, self.x.values, self.y.values, self.on
        )


def _lines(figure: Any, x: tuple[float, ...], y: tuple[float, ...], on: str | None) -> dict[str, Any]:
    """Where the columns and rows of a grid lie in the picture."""
    across = figure.places([(value, y[0]) for value in x], on)[:, 0]
    down = figure.places([(x[0], value) for value in y], on)[:, 1]
    return {"across": across.round(5).tolist(), "down": down.round(5).tolist()}


def point(
    x: tuple[float, float],
    y: tuple[float, float],
    step: float | None = None,
    *,
    on: str | None = None,
    start: Any = ...,
) -> Points:
    """A point `(x, y)` that is dragged in the picture, or moved with the arrow keys.

    Parameters
    ----------
    x, y : the range of each coordinate
    step : of both, and of an arrow key; the roundest one that makes at most 360 steps, if none is given
    on : the name of an artist on the Axes that are meant, if not the figure's own
    start : where it starts, if not at the figure's own value
    """
    return Points(grid(*x, step), grid(*y, step), on, True, start)


def points(
    x: tuple[float, float],
    y: tuple[float, float],
    step: float | None = None,
    *,
    on: str | None = None,
    start: Any = ...,
) -> Points:
    """Points `(n, 2)`, each of which can be dragged: see `point`."""
    return replace(point(x, y, step, on=on, start=start), single=False)


@dataclass(frozen=True)
class Cells:
    """A cell of a heat map. Its state is its row and column."""

    rows: int
    columns: int
    on: str | None
    start: Any = ...

    def starting(self, at: Any) -> "Cells":
        return self if self.start is not ... else replace(self, start=at)

    @property
    def first(self) -> list[int]:
        return self.state(self.start)

    def value(self, state: State) -> tuple[int, int]:
        row, column = whole_numbers(state, 2, [self.rows, self.columns])
        return row, column

    def state(self, value: Any) -> list[int]:
        return [int(np.clip(i, 0, limit - 1)) for i, limit in zip(value, (self.rows, self.columns), strict=True)]

    def spec(self, figure: Any) -> dict[str, Any]:
        return {"kind": "cells"} | _lines(figure, tuple(range(self.columns)), tuple(range(self.rows)), self.on)


def cells(rows: int, columns: int, *, on: str | None = None, start: Any = ...) -> Cells:
    """A cell `(row, column)`, counted from 0, of a heat map drawn by `imshow`: pointed at, clicked, or found with keys.

    Parameters
    ----------
    rows, columns : of the heat map, at least two each
    on : the name of the heat map, or of an artist on the same Axes
    start : where it starts, if not at the figure's own value
    """
    if min(rows, columns) < 2:
        raise ValueError(f"cells needs at least 2 rows and 2 columns, but {rows} and {columns} came")
    return Cells(rows, columns, on, start)


@dataclass(frozen=True)
class Nodes:
    """One of several points of the picture. Its state is its number."""

    on: str
    start: Any = ...

    def starting(self, at: Any) -> "Nodes":
        return self if self.start is not ... else replace(self, start=at)

    @property
    def first(self) -> int:
        return int(self.start)

    def value(self, state: State) -> int:
        if not (isinstance(state, int) and state >= 0):
            raise ValueError(f"the number of a node was expected, but {state!r} came")
        return state

    def state(self, value: Any) -> int:
        return int(value)

    def spec(self, figure: Any) -> dict[str, Any]:
        return {"kind": "nodes"}

    def places(self, figure: Any) -> list[list[float]]:
        """Where the nodes are now: other parameters may move them."""
        artist = figure.artist(self.on)
        known = artist.get_offsets() if hasattr(artist, "get_offsets") else artist.get_xydata()
        found: list[list[float]] = figure.places(known, self.on).round(4).tolist()
        return found


def nodes(on: str, *, start: Any = ...) -> Nodes:
    """The number of the point that is pointed at, clicked, or found with keys, among those of an artist.

    Parameters
    ----------
    on : the name of a line or scatter, which holds the points
    start : where it starts, if not at the figure's own value
    """
    return Nodes(on, start)
