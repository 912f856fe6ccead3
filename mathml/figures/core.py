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
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeAlias, overload

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as MatplotlibFigure
from numpy.typing import ArrayLike
from PIL import Image

from mathml.arrays import Matrix
from mathml.figures.canvas import Canvas, png
from mathml.figures.style import drawing

Maths: TypeAlias = Callable[..., Any]
Draw: TypeAlias = Callable[..., Callable[..., str]]

PIXEL_RATIO = 2  # sharp on the screens that people have
WIDEST = 960  # what a notebook can show, in pixels of the page
_INCH = 100  # pixels of the page

__all__ = ["Draw", "Figure", "Maths", "figure"]


class Figure:
    """One figure, drawn once; `update` moves it.

    Parameters
    ----------
    draw : the function that `@figure` decorates
    given : what is passed to it: the maths that it shows, and its data
    size : inches; an inch is 100 pixels of the page

    Attributes
    ----------
    parameters : the present value of each parameter
    text : the text alternative of what is to be seen now
    ax : the Axes that it is drawn on
    width, height : pixels of the page
    """

    def __init__(self, draw: Draw, given: dict[str, Any], size: tuple[float, float]) -> None:
        self.width = min(round(size[0] * _INCH), WIDEST)
        self.height = round(size[1] / size[0] * self.width)
        with drawing():
            self.figure = MatplotlibFigure(figsize=size)
            self.canvas = Canvas(self.figure)
            self._scale(PIXEL_RATIO)
            self.ax: Axes = self.figure.add_axes((0, 0, 1, 1))
            self._move = draw(self.ax, **given)
        self.parameters: dict[str, Any] = {
            name: parameter.default for name, parameter in inspect.signature(self._move).parameters.items()
        }
        self.text = self._moved(self.parameters)

    def update(self, **parameters: Any) -> "Figure":
        """Move the artists to new values; parameters that are not named stay. Returns the figure itself."""
        for name in parameters.keys() - self.parameters.keys():
            raise TypeError(f"this figure has the parameters {', '.join(self.parameters)}, but {name} came")
        moved = self.parameters | parameters
        self.text = self._moved(moved)
        self.parameters = moved
        return self

    def _moved(self, parameters: dict[str, Any]) -> str:
        with drawing():  # a title that is set anew would take the reader's own size
            return self._move(**parameters)

    def artist(self, name: str) -> Any:
        """The artist that was drawn with `gid=name`, with the numbers that it shows."""
        for found in self.figure.findobj(lambda artist: artist.get_gid() == name):
            return found
        raise KeyError(f"no artist is called {name!r}; there are {', '.join(self.artists)}")

    @property
    def artists(self) -> dict[str, Artist]:
        """All artists that have a name."""
        return {str(a.get_gid()): a for a in self.figure.findobj(lambda artist: artist.get_gid() is not None)}

    def places(self, points: ArrayLike, on: str | None = None) -> Matrix:
        """Where points `(n, 2)` of the data lie in the picture `(n, 2)`: 0 is left and top, 1 is right and bottom.

        Parameters
        ----------
        points : coordinates on the figure's Axes
        on : the name of an artist, for the Axes that it is on
        """
        ax = self.artist(on).axes if on else self.ax
        ax.apply_aspect()
        across, up = (ax.transData.transform(np.asarray(points, dtype=float)) / self.figure.bbox.size).T
        return np.column_stack([across, 1 - up])

    def _scale(self, ratio: float) -> None:
        """Draw from now on with so many pixels of the screen for a pixel of the page."""
        dpi = ratio * self.width / self.figure.get_figwidth()
        if dpi != self.figure.dpi:
            self.figure.set_dpi(dpi)

    def frame(self, ratio: float = PIXEL_RATIO) -> bytes:
        """The picture as it is now, as PNG: quickly, for a moment. `ratio`: the screen's pixels for one of the page."""
        self._scale(ratio)
        return png(self.canvas.pixels())

    def png(self) -> bytes:
        """The picture as it is now, as PNG to be kept: few colours, so few bytes, and the same bytes every time."""
        self._scale(PIXEL_RATIO)
        pixels = Image.fromarray(self.canvas.pixels()).convert("RGB")
        file = io.BytesIO()
        pixels.quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
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
