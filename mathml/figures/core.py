"""How a picture is made: a figure draws once on an Axes, and after that only moves its artists.

    @figure
    def projection(ax, project=vectors.project):
        shadow, = ax.plot([], [], gid="shadow")
        def update(angle=40.0):
            shadow.set_data(...)
            return "what is to be seen, in words"
        return update

`projection()` is then a `Figure`: drawn at `update`'s defaults, moved by its `update`, and shown by the notebook.
There is no pyplot here, and nothing about widgets: a canvas in memory, and a PNG of it.
"""

import inspect
import io
import math
from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, TypeAlias, overload

import numpy as np
from matplotlib import style
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as MatplotlibFigure
from matplotlib.figure import FigureBase
from PIL import Image

from mathml.figures.style import STYLE

Maths: TypeAlias = Callable[..., Any]
Draw: TypeAlias = Callable[..., Callable[..., str]]

PIXEL_RATIO = 2  # sharp on the screens that people have
WIDEST = 960  # what a notebook can show, in pixels of the page
_INCH = 100  # pixels of the page
_SHRINK = {1: 1.0, 2: 0.9, 3: 0.78}  # how much smaller a figure is drawn where so many stand side by side

__all__ = ["Draw", "Figure", "Maths", "Picture", "Row", "figure", "side_by_side"]


class Picture:
    """Something that a notebook shows: a canvas, and the words that say what is on it."""

    def __init__(self, size: tuple[float, float]) -> None:
        self.width = min(round(size[0] * _INCH), WIDEST)
        with style.context(STYLE, after_reset=True):
            self.figure = MatplotlibFigure(figsize=size, dpi=PIXEL_RATIO * self.width / size[0])
        self.canvas = FigureCanvasAgg(self.figure)

    @property
    def text(self) -> str:
        """The text alternative of what is to be seen now."""
        raise NotImplementedError

    def png(self) -> bytes:
        """The picture as it is now: few colours, so few bytes, and the same bytes every time."""
        with style.context(STYLE, after_reset=True):
            self.canvas.draw()  # type: ignore[no-untyped-call]
        pixels = np.asarray(self.canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        few = Image.fromarray(pixels).convert("RGB").quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        file = io.BytesIO()
        few.save(file, "PNG", optimize=True)
        return file.getvalue()

    def savefig(self, path: Any) -> None:
        """Write the picture to `path` (a name or an open file) as PNG."""
        if hasattr(path, "write"):
            path.write(self.png())
        else:
            with open(path, "wb") as file:
                file.write(self.png())

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        data = {"image/png": self.png(), "text/plain": self.text}
        return data, {"image/png": {"width": self.width, "alt": self.text}}


class Figure(Picture):
    """One figure, drawn once; `update` moves it.

    Parameters
    ----------
    draw : the function that `@figure` decorates
    given : what is passed to it: the maths that it shows, and its data
    size : inches; an inch is 100 pixels of the page
    on : a part of a larger picture to draw on, for `side_by_side`

    Attributes
    ----------
    parameters : the present value of each parameter
    ax : the Axes that it is drawn on
    """

    def __init__(
        self, draw: Draw, given: dict[str, Any], size: tuple[float, float], on: FigureBase | None = None
    ) -> None:
        if on is None:
            super().__init__(size)
            on = self.figure
        self._on = on
        with style.context(STYLE, after_reset=True):
            self.ax: Axes = on.add_axes((0, 0, 1, 1))
            self._move = draw(self.ax, **given)
        self.parameters: dict[str, Any] = {
            name: parameter.default for name, parameter in inspect.signature(self._move).parameters.items()
        }
        self._text = self._move(**self.parameters)

    @property
    def text(self) -> str:
        return self._text

    def update(self, **parameters: Any) -> "Figure":
        """Move the artists to new values; parameters that are not named stay. Returns the figure itself."""
        for name in parameters.keys() - self.parameters.keys():
            raise TypeError(f"this figure has the parameters {', '.join(self.parameters)}, but {name} came")
        moved = self.parameters | parameters
        self._text = self._move(**moved)
        self.parameters = moved
        return self

    def artist(self, name: str) -> Any:
        """The artist that was drawn with `gid=name`, with the numbers that it shows."""
        for found in self._on.findobj(lambda artist: artist.get_gid() == name):
            return found
        raise KeyError(f"no artist is called {name!r}; there are {', '.join(self.artists)}")

    @property
    def artists(self) -> dict[str, Artist]:
        """All artists that have a name."""
        return {str(a.get_gid()): a for a in self._on.findobj(lambda artist: artist.get_gid() is not None)}


class Row(Picture):
    """One figure at several settings: small multiples. Wide figures stand below one another."""

    def __init__(
        self, draw: Draw, given: dict[str, Any], size: tuple[float, float], settings: Sequence[dict[str, Any]]
    ) -> None:
        columns = 1 if size[0] > 6.4 else min(len(settings), 2 if len(settings) == 4 else 3)
        rows = math.ceil(len(settings) / columns)
        shrink = _SHRINK[columns]  # the words keep their size, so that they can still be read
        super().__init__((size[0] * columns * shrink, size[1] * rows * shrink))
        parts = self.figure.subfigures(rows, columns, squeeze=False, wspace=0, hspace=0).ravel()
        self.figures = [
            Figure(draw, given, size, on=part).update(**setting) for part, setting in zip(parts, settings, strict=False)
        ]

    @property
    def text(self) -> str:
        return "\n".join(figure.text for figure in self.figures)


@overload
def figure(draw: Draw) -> Callable[..., Figure]: ...
@overload
def figure(*, size: tuple[float, float]) -> Callable[[Draw], Callable[..., Figure]]: ...
def figure(draw: Draw | None = None, *, size: tuple[float, float] = (6.4, 4.4)) -> Any:
    """Make a figure of a function that draws on an Axes and returns `update`.

    The function's arguments after `ax` are the maths that it shows, with `mathml`'s as the default, and its data.
    `update` has a default for each parameter, only moves artists, and returns the text alternative.
    An artist with a `gid` can be asked for by that name.

    Parameters
    ----------
    draw : the function
    size : inches; an inch is 100 pixels of the page
    """
    if draw is None:
        return partial(figure, size=size)

    @wraps(draw)
    def drawn(**given: Any) -> Figure:
        return Figure(draw, given, size)

    drawn.size = size  # type: ignore[attr-defined]
    return drawn


def side_by_side(drawn: Callable[..., Figure], *settings: dict[str, Any], **given: Any) -> Row:
    """One figure at several settings in one picture: small multiples.

    >>> side_by_side(projection, {"angle": 20}, {"angle": 90}, project=my_project)  # doctest: +SKIP

    Parameters
    ----------
    drawn : a function made by `@figure`
    settings : for each part, the parameters that differ from the default
    given : the maths and the data, the same for all
    """
    if not settings:
        raise ValueError("side_by_side needs at least one setting, as in side_by_side(projection, {'angle': 20})")
    return Row(inspect.unwrap(drawn), given, drawn.size, settings)  # type: ignore[attr-defined]
