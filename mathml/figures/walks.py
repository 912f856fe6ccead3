"""The picture of partial derivatives: over a map, one walk due east and one due north."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from numpy.typing import ArrayLike

from mathml import calculus
from mathml.arrays import Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, CARD, GREY, INK, RED, panels, readout, signed, vector_text

__all__ = ["two_walks"]

_WIDE = 4.0  # of the map, from 0 in both directions
_STEPS = np.linspace(0, _WIDE, 81)
_HALF = 0.8  # of the piece of tangent that is drawn


def _example(p: Vector) -> float:
    """The function of the lesson, x² y."""
    return float(p[0] ** 2 * p[1])


@figure(size=(8.6, 4.8))
def two_walks(ax: Axes, partial: Maths = calculus.partial, f: Maths = _example) -> Callable[..., str]:
    """Hold one number still and move the other: each walk has a slope of its own.

    Parameter: the point `at`, from 0 to 4 in both directions. Data: the function f of a point (2,); if not given, x² y.
    """
    chart, east, north = panels(ax, (0.06, 0.1, 0.44, 0.7), (0.6, 0.53, 0.38, 0.27), (0.6, 0.13, 0.38, 0.27))
    height = np.array([[f(np.array([x, y])) for x in _STEPS] for y in _STEPS])
    low, high = float(height.min()), float(height.max())
    levels = np.linspace(low, high, 13)[1:-1]  # evenly spaced: where lines are close, it is steep
    chart.set(
        xlim=(0, _WIDE), ylim=(0, _WIDE), aspect="equal", xlabel="x", ylabel="y", xticks=range(5), yticks=range(5)
    )
    chart.contour(_STEPS, _STEPS, height, levels, colors=[GREY], linewidths=0.9, alpha=0.7)
    walks = []
    for name, panel, color, axis in (("east", east, BLUE, "x"), ("north", north, RED, "y")):
        room = 0.08 * (high - low)
        panel.set(xlim=(0, _WIDE), ylim=(low - room, high + room), xlabel=axis, ylabel="f", xticks=range(5))
        panel.grid(True)
        (path,) = chart.plot([], [], color=color, linewidth=2.4, zorder=3, gid=f"path {name}")
        walks.append(_Walk(panel, path, color, name))
    (here,) = chart.plot(
        [], [], "o", color=INK, markersize=11, markeredgecolor=CARD, markeredgewidth=2, zorder=5, gid="at"
    )
    result, parts = readout(ax), readout(ax, 1)

    def update(at: ArrayLike = (2.0, 1.0)) -> str:
        p = np.asarray(at, dtype=float)
        slopes = [float(partial(f, p, j)) for j in (0, 1)]
        for j, walk in enumerate(walks):
            walk.show(f, p, j, slopes[j])
        here.set_data([p[0]], [p[1]])
        result.set_text(f"∂f/∂x = {signed(slopes[0])},  ∂f/∂y = {signed(slopes[1])}")
        parts.set_text(f"at {vector_text(p)}, where f = {signed(float(f(p)))}")
        return (
            f"A map of f with level lines, and the point {vector_text(p)}, where f is {signed(float(f(p)))}. "
            f"Through it, due east f has the slope {signed(slopes[0])}, due north {signed(slopes[1])}."
        )

    return update


class _Walk:
    """One walk: its path on the map, and on a panel of its own the heights along it, with the tangent."""

    def __init__(self, panel: Axes, path: Line2D, color: str, name: str) -> None:
        self.path = path
        (self.heights,) = panel.plot([], [], color=color, linewidth=2.4, gid=f"heights {name}")
        (self.tangent,) = panel.plot([], [], color=INK, linewidth=2, zorder=4, gid=f"tangent {name}")
        (self.dot,) = panel.plot([], [], "o", color=INK, markersize=8, zorder=5)
        self.title: Text = panel.set_title("", fontsize=12, color=color, loc="left")
        self.name = name

    def show(self, f: Maths, p: Vector, j: int, slope: float) -> None:
        """Walk through p along axis j, where f has this slope."""
        way = np.tile(p, (len(_STEPS), 1))
        way[:, j] = _STEPS
        here = float(f(p))
        self.path.set_data(*way.T)
        self.heights.set_data(_STEPS, [f(point) for point in way])
        reach = np.array([-_HALF, _HALF])
        self.tangent.set_data(p[j] + reach, here + slope * reach)
        self.dot.set_data([p[j]], [here])
        self.title.set_text(f"due {self.name}: slope {signed(slope)}")
