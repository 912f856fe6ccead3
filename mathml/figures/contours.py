"""Level curves that can be moved: what the pictures of functions of two variables are drawn on."""

from itertools import pairwise
from typing import Any

import numpy as np
from contourpy import FillType, LineType, contour_generator
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths
from mathml.figures.style import BLUE, CARD, INK, ORANGE

__all__ = ["Contours", "Surface"]


class Contours:
    """The level curves of a function on a plane, and bands between them: blue above zero, orange below.

    Parameters
    ----------
    ax : whose limits are the edges
    levels : in rising order
    places : at how many places each way the function is looked at
    lines : how the curves are drawn
    """

    def __init__(self, ax: Axes, levels: ArrayLike, places: int = 81, **lines: Any) -> None:
        self.x, self.y = np.linspace(*ax.get_xlim(), places), np.linspace(*ax.get_ylim(), places)
        self.levels = np.asarray(levels, dtype=float)
        self.bands = PathCollection([], facecolors=_shades(self.levels), linewidths=0, zorder=0.3, gid="bands")
        style: dict[str, Any] = {"colors": INK, "linewidths": 0.6, "alpha": 0.4, "zorder": 0.4, "gid": "levels"}
        self.curves = LineCollection([], **(style | lines))
        ax.add_collection(self.bands, autolim=False)
        ax.add_collection(self.curves, autolim=False)
        self._shown: Any = None

    def show(self, f: Maths) -> None:
        """Draw a function of points (2, n, m), if it is another than before."""
        if f == self._shown:
            return
        self._shown = f
        heights = np.asarray(f(np.array(np.meshgrid(self.x, self.y))))
        self._known: Any = contour_generator(
            self.x, self.y, heights, line_type=LineType.Separate, fill_type=FillType.OuterCode
        )
        self.curves.set_segments([part for level in self.levels for part in self.at(level)])
        bounds = [-_HIGH, *self.levels, _HIGH]
        self.bands.set_paths([_path(*self._known.filled(*pair)) for pair in pairwise(bounds)])

    def at(self, level: float) -> list[Matrix]:
        """The curves (k, 2) on which the function has this height."""
        curves: list[Matrix] = self._known.lines(level)
        return curves


_HIGH = 1e9  # above every level


def _path(outlines: list[Matrix], codes: list[Any]) -> Path:
    """All areas of one band, with their holes, as one outline."""
    if not outlines:
        return Path(np.zeros((0, 2)))
    return Path(np.concatenate(outlines), np.concatenate(codes))


def _shades(levels: Vector) -> list[Any]:
    """A colour for each band, stronger further from zero."""
    card = np.array(to_rgba(CARD))
    steps = np.arange(len(levels) + 1) - np.searchsorted(levels, 0.0, side="right") + 0.5
    strengths = 0.55 * np.abs(steps) / np.abs(steps).max()
    return [
        tuple(card + strength * (np.array(to_rgba(BLUE if step > 0 else ORANGE)) - card))
        for step, strength in zip(steps, strengths, strict=True)
    ]


class Surface:
    """An expression in x and y as an ordinary function of a point (2,), or of many, (2, …)."""

    def __init__(self, f: Any) -> None:
        self.f = f

    def __call__(self, x: Any) -> Any:
        return self.f(x=x[0], y=x[1])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Surface) and self.f == other.f
