"""The picture of a Jacobian: close to a point, a bent map is a matrix."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from mathml import calculus, matrices
from mathml.arrays import Matrix
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    BROWN,
    CIRCLE,
    DASHED,
    GREEN,
    GREY,
    INK,
    ORANGE,
    RED,
    SKY,
    Arrow,
    label,
    panels,
    plain,
    plane,
    put_beyond,
    readout,
    rows_text,
    signed,
    vector_text,
)

__all__ = ["MAPS", "local_map"]

_X, _Y = calculus.variable("x"), calculus.variable("y")
_WAVES = (_X + np.sin(_Y) / 2, _Y + np.sin(2 * _X) / 2)

# What the menu of a lesson offers: each is two expressions in x and y.
MAPS = {
    "waves": _WAVES,
    "a square": ((_X**2 - _Y**2) / 2, _X * _Y),
    "round": (_X * np.cos(_Y), _X * np.sin(_Y)),
    "a fold": (_X, _Y**2 / 2 - _X / 2),
    "a matrix": (_X - _Y / 2, _X / 2 + _Y),
}
_ENDS = (-2.4, 2.4)
_ALONG = np.linspace(-2, 2, 33)  # the points of a street
_STREETS = np.linspace(-2, 2, 7)
_LENS = 1.6  # how much the magnifying glass shows, in sides of the square


def _square() -> Matrix:
    """The rim `(48, 2)` of a square with sides of 1 around 0, with points between its corners."""
    part, whole = np.linspace(-0.5, 0.5, 13)[:-1], np.full(12, 0.5)
    sides = [(part, -whole), (whole, part), (-part, whole), (-whole, -part)]
    return np.concatenate([np.column_stack(side) for side in sides])


_RIM = _square()


@figure(size=(9.4, 4.2))
def local_map(
    ax: Axes,
    jacobian: Maths = calculus.jacobian,
    determinant: Maths = matrices.determinant,
    multiply: Maths = matrices.multiply,
) -> Callable[..., str]:
    """A bent map sends a small square nearly where its Jacobian does; the determinant is what becomes of its area.

    Parameters: the `point` at the square's middle, its `side`, and the map `f`, two expressions in x and y.
    """
    left, right, lens = panels(ax, (0, 0, 0.3, 1), (0.3, 0, 0.3, 1), (0.695, 0.03, 0.3, 0.67))
    plane(left, _ENDS, _ENDS, names=("x", "y")).set_position((0.035, 0.04, 0.3, 0.745))
    plane(right, _ENDS, _ENDS, names=("f₁", "f₂")).set_position((0.37, 0.04, 0.3, 0.745))
    for panel in (left, right):
        panel.grid(False)
    lens.set(xlim=(-_LENS, _LENS), ylim=(-_LENS, _LENS), aspect="equal")
    lens.set_axis_off()
    lens.plot(*(0.985 * _LENS * CIRCLE).T, color=GREY, linewidth=4, zorder=8)
    streets = _grid()
    left.add_collection(LineCollection(list(streets), colors=SKY, linewidths=1, zorder=1.2), autolim=False)
    moved = LineCollection([], colors=SKY, linewidths=1, zorder=1.2, gid="grid")
    right.add_collection(moved, autolim=False)
    square, image, close = (
        Polygon(np.zeros((4, 2)), facecolor=GREEN, alpha=0.45, linewidth=0, zorder=2, gid=name)
        for name in ("square", "image", "magnified")
    )
    linear = Polygon(
        np.zeros((4, 2)), fill=False, edgecolor=INK, linewidth=1.8, linestyle=DASHED, zorder=3, gid="linear"
    )
    for on, shapes in ((left, [square]), (right, [image]), (lens, [close, linear])):
        for shape in shapes:
            on.add_patch(shape)
    steps = [Arrow(left, color, gid=name) for color, name in ((BLUE, "step 1"), (RED, "step 2"))]
    columns = [Arrow(lens, color, thickness=0.07, gid=name) for color, name in ((BLUE, "column 1"), (RED, "column 2"))]
    names = [label(lens, "", color, 12) for color in (BLUE, RED)]
    (here,) = left.plot([], [], "o", color=INK, markersize=6, zorder=5, gid="point")
    (there_dot,) = right.plot([], [], "o", color=INK, markersize=6, zorder=5, gid="image of the point")
    glass = ax.figure.text(0.845, 0.755, "", fontsize=12, color=GREY, ha="center", va="center")
    result, parts = readout(ax), readout(ax, 1)

    def update(point: ArrayLike = (0.3, 0.4), side: float = 0.8, f: Any = _WAVES) -> str:
        g, p = _of_point(f), np.asarray(point, dtype=float)
        J, there = np.asarray(jacobian(g, p)), np.asarray(g(p))
        area = determinant(J)
        curved = np.asarray(g((p + side * _RIM).T)).T
        true = _area(curved) / side**2
        moved.set_segments(list(np.asarray(g(streets.transpose(2, 0, 1))).transpose(1, 2, 0)))
        here.set_data(*p[:, np.newaxis])
        there_dot.set_data(*there[:, np.newaxis])
        square.set_xy(p + side * _RIM)
        image.set_xy(curved)
        close.set_xy((curved - there) / side)
        edges = np.asarray(multiply(J, np.eye(2))).T
        linear.set_xy(np.asarray(multiply(J, _RIM.T)).T)
        flipped, none = area < 0, abs(area) < 5e-3
        for shape in (image, close):
            shape.set_facecolor(ORANGE if flipped else GREEN)
        for arrow, way in zip(steps, np.eye(2), strict=True):
            arrow.thickness = 0.07 * side
            arrow.point(p + side * _RIM[0], p + side * (_RIM[0] + way))
        corner = linear.get_xy()[0]
        for arrow, name, column, words in zip(columns, names, edges, ("J e₁", "J e₂"), strict=True):
            arrow.point(corner, corner + column)
            middle, across = corner + column / 2, np.array([column[1], -column[0]])
            outward = across if across @ middle >= 0 else -across
            put_beyond(name, middle, outward, words if np.hypot(*column) > 0.1 else "")
        glass.set_text(f"magnified × {plain(float(f'{1 / side:.3g}'))}")
        result.set_text(
            f"det J = {signed(area)}:  areas × {abs(area):.2f}{', flipped' if flipped and not none else ''}"
        )
        result.set_color(INK if none else BROWN if flipped else GREEN)
        parts.set_text(f"J = {rows_text(J)};   this square: area × {signed(abs(true))}")
        return (
            f"The map (x, y) → ({f[0]}, {f[1]}) at {vector_text(p)}, which goes to {vector_text(there)}. "
            f"{parts.get_text()}, for its sides of {plain(side)} around the point; det J = {signed(area)}. "
            f"Magnified, the bent image lies near the dashed parallelogram that J makes of the square."
        )

    return update


def _of_point(f: Any) -> Callable[[Any], Any]:
    """Two expressions in x and y as one function of a point (2,), or of many, (2, …)."""
    return lambda x: np.array([part(x=x[0], y=x[1]) for part in f])


def _grid() -> Matrix:
    """Streets `(14, 33, 2)` both ways."""
    across = np.stack(np.broadcast_arrays(_ALONG, _STREETS[:, np.newaxis]), axis=2)
    return np.concatenate([across, across[..., ::-1]])


def _area(outline: Matrix) -> float:
    """The signed area inside an outline (n, 2), by Gauss's formula."""
    x, y = outline.T
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
