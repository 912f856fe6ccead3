"""Pictures of support vector machines: the widest street between two classes, straight and bent."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from mathml import vectors
from mathml.algorithms.svm import SVM
from mathml.arrays import Matrix, Vector
from mathml.figures.contours import Contours
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    DASHED,
    GREEN,
    INK,
    ORANGE,
    plain,
    plane,
    readout,
    scientific,
    several,
    signed,
    vector_text,
)

__all__ = ["kernel_margin", "margin"]

# --- a straight street ----------------------------------------------------------------------------

# The first three of them are dragged. Made up: seven of each class.
_MOVED = ((0.4, -0.6), (-0.9, 0.9), (-1.0, -1.4))
_STILL: Matrix = np.array(
    [(2.2, 0.6), (1.6, -1.3), (2.6, -0.7), (1.2, 0.4), (0.9, -2.0), (1.9, 1.9)]
    + [(-2.1, 0.3), (-1.5, 1.9), (-2.5, 1.4), (-2.4, -0.9), (-0.4, 2.2)]
)
_SIGNS: Vector = np.array([1.0, -1.0, -1.0] + 6 * [1.0] + 5 * [-1.0])


@figure(size=(7.4, 5.8))
def margin(ax: Axes, SVM: Any = SVM, norm: Maths = vectors.norm) -> Callable[..., str]:
    """The widest street between two classes: only those who stand on its edges or in it hold it.

    Parameters: the examples `moved` (3, 2), which can be dragged, the first of the blue class and the others of the
    orange one; and the price `C` of an example that stands in the street. All are made up.
    """
    plane(ax, (-3.4, 3.4), (-2.6, 2.6))
    ax.grid(False)
    sides = {
        sign: Polygon(np.zeros((1, 2)), linewidth=0, zorder=0.3, facecolor=color, alpha=0.18, gid=name)
        for sign, color, name in ((1, BLUE, "blue side"), (-1, ORANGE, "orange side"))
    }
    street = Polygon(np.zeros((1, 2)), facecolor=GREEN, alpha=0.22, linewidth=0, zorder=0.5, gid="street")
    for patch in (*sides.values(), street):
        ax.add_patch(patch)
    (line,) = ax.plot([], [], color=INK, linewidth=2.8, zorder=2, gid="line")
    (edges,) = ax.plot([], [], color=GREEN, linewidth=1.8, linestyle=DASHED, zorder=2, gid="edges")
    rings = ax.scatter([], [], facecolors="none", edgecolors=INK, linewidths=2, zorder=2.5, gid="support")
    marks = {}
    for sign, color, marker, name in ((1, BLUE, "o", "blue"), (-1, ORANGE, "s", "orange")):
        (marks[sign],) = ax.plot(
            [], [], marker, color=color, markersize=10, markeredgecolor=INK, markeredgewidth=0.8, zorder=4, gid=name
        )
    result, parts = readout(ax), readout(ax, 1)

    def update(moved: ArrayLike = _MOVED, C: float = 1.0) -> str:
        X = np.vstack([np.asarray(moved, dtype=float), _STILL])
        machine = SVM(kernel="linear", C=C).fit(X, _SIGNS)
        w, b = np.asarray(machine.coef_).ravel(), float(np.asarray(machine.intercept_).ravel()[0])
        multipliers = np.zeros(len(X))
        multipliers[machine.support_] = np.abs(np.asarray(machine.dual_coef_)).ravel()
        length = norm(w)
        inside = _SIGNS * (X @ w + b) < 1 - _CLOSE  # in the street, or beyond it
        wrong = _SIGNS * (X @ w + b) < 0
        lines = {height: _straight(w, b - height) for height in (-1, 0, 1)}
        line.set_data(*lines[0].T)
        edges.set_data(*np.vstack([lines[-1], [(np.nan, np.nan)], lines[1]]).T)
        street.set_xy(np.vstack([lines[-1], lines[1][::-1]]))
        for sign, side in sides.items():
            side.set_xy(np.vstack([lines[0], lines[0][::-1] + sign * 2 * _FAR * w / length]))
        for sign, mark in marks.items():
            mark.set_data(*X[sign == _SIGNS].T)
        holding = multipliers > 1e-6 * C
        rings.set_offsets(X[holding])
        rings.set_sizes(180 + 520 * multipliers[holding] / multipliers.max())
        result.set_text(f"width 2/‖w‖ = {2 / length:.2f};   {several(int(holding.sum()), 'support vector')}")
        parts.set_text(f"w = {vector_text(w)}, b = {signed(b)};   in the street: {inside.sum()},  wrong: {wrong.sum()}")
        pushes = ", ".join(scientific(a) for a in sorted(multipliers[holding], reverse=True))
        return (
            f"Seven blue and seven orange examples, and a street between them for C = {plain(C)}: {result.get_text()} "
            f"with the multipliers {pushes}. {parts.get_text()}."
        )

    return update


_FAR = 10.0  # beyond the edge of the picture
_CLOSE = 1e-2  # as far as a street's edge may be missed


def _straight(w: Vector, b: float) -> Matrix:
    """Two points (2, 2) far out on the line where w·x + b is zero."""
    square = w @ w
    foot, along = -b * w / square, np.array([-w[1], w[0]]) / np.sqrt(square)
    return np.array([foot - _FAR * along, foot + _FAR * along])


# --- a bent one -----------------------------------------------------------------------------------


def _moons(n: int, rng: np.random.Generator) -> tuple[Matrix, Vector]:
    """Two half moons that reach into each other, with noise: points (n, 2) and their signs."""
    signs = np.tile([1.0, -1.0], n // 2)
    turns = rng.uniform(0, np.pi, n)
    moons = np.column_stack([signs * np.cos(turns) - signs / 2, signs * (np.sin(turns) - 0.25)])
    return 1.35 * moons + rng.normal(scale=0.33, size=(n, 2)), signs


@figure(size=(7.4, 5.8))
def kernel_margin(ax: Axes, SVM: Any = SVM) -> Callable[..., str]:
    """A street that bends: each example is heard as far as its bell reaches; short ones memorise.

    Parameters: `gamma`, the narrowness of the bell exp(−γ ‖x − z‖²); and the price `C` of an example in the street. The
    forty examples are made up, two half moons; two hundred more of the kind say how well it does on what it never saw.
    """
    rng = np.random.default_rng(3)
    (X, signs), (others, their_signs) = _moons(40, rng), _moons(200, rng)
    plane(ax, (-3.4, 3.4), (-2.6, 2.6))
    ax.grid(False)
    contours = Contours(ax, (-1.0, 0.0, 1.0), 61, linewidths=0)
    line = LineCollection([], colors=INK, linewidths=2.8, zorder=2, gid="line")
    edges = LineCollection([], colors=GREEN, linewidths=1.6, linestyles=DASHED, zorder=1.9, gid="edges")
    for collection in (line, edges):
        ax.add_collection(collection, autolim=False)
    rings = ax.scatter([], [], facecolors="none", edgecolors=INK, linewidths=2, zorder=2.5, gid="support")
    for sign, color, marker, name in ((-1, ORANGE, "s", "orange"), (1, BLUE, "o", "blue")):
        ax.plot(
            *X[signs == sign].T,
            marker,
            color=color,
            markersize=8,
            markeredgecolor=INK,
            markeredgewidth=0.8,
            zorder=4,
            gid=name,
        )
    result, parts = readout(ax), readout(ax, 1)

    @lru_cache(maxsize=64)
    def trained(gamma: float, C: float) -> Any:
        return SVM(kernel="rbf", gamma=gamma, C=C).fit(X, signs)

    def update(gamma: float = 0.5, C: float = 1.0) -> str:
        machine = trained(gamma, C)
        contours.show(partial(_heights, machine))
        line.set_segments(contours.at(0.0))
        edges.set_segments([*contours.at(-1.0), *contours.at(1.0)])
        multipliers = np.abs(np.asarray(machine.dual_coef_)).ravel()
        rings.set_offsets(X[machine.support_])
        rings.set_sizes(120 + 330 * multipliers / multipliers.max())
        seen = int(np.sum(machine.predict(X) == signs))
        new = int(np.sum(machine.predict(others) == their_signs))
        result.set_text(f"right: {seen} of {len(X)} seen,  {new} of {len(others)} new ones")
        parts.set_text(f"γ = {plain(gamma)}, C = {plain(C)}:  {several(len(multipliers), 'support vector')}")
        return (
            f"Two half moons of twenty examples each, and the bent line between them for γ = {plain(gamma)}, "
            f"C = {plain(C)}: {several(len(multipliers), 'support vector')}. {result.get_text().capitalize()}."
        )

    return update


def _heights(machine: Any, points: Any) -> Any:
    """The decision function at points (2, n, m)."""
    return np.asarray(machine.decision_function(points.reshape(2, -1).T)).reshape(points.shape[1:])
