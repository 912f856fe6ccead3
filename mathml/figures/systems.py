"""Pictures of linear systems: each equation with two unknowns is a line, and the solution is where the lines cross."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes

from mathml import matrices
from mathml.arrays import Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    DASHED,
    GREEN,
    INK,
    RED,
    beside,
    label,
    plain,
    plane,
    polar,
    put,
    readout,
    signed,
    vector_text,
)

__all__ = ["crossing"]


@figure(size=(7.4, 4.8))
def crossing(
    ax: Axes, solve: Maths = matrices.solve, condition_number: Maths = matrices.condition_number
) -> Callable[..., str]:
    """Two lines that cross, and how far the crossing runs when one of them is shifted.

    Parameters: the `angle` between the lines in degrees, and by how much the second one is shifted: `shift`.
    """
    plane(ax, (-1.2, 5.2), (-1.1, 2.9))
    start = np.array([0.5, 1.0])
    ax.plot([-9, 9], [1, 1], color=BLUE, linewidth=2.6, gid="first")
    (before,) = ax.plot([], [], color=RED, linewidth=1.4, linestyle=DASHED, gid="second before")
    (second,) = ax.plot([], [], color=RED, linewidth=2.6, gid="second")
    (way,) = ax.plot([], [], color=GREEN, linewidth=6, alpha=0.45, solid_capstyle="butt", gid="way")
    ax.plot(*start, "o", color="white", markeredgecolor=GREEN, markeredgewidth=2, markersize=9, zorder=5)
    (solution,) = ax.plot([], [], "o", color=GREEN, markersize=11, zorder=6, gid="solution")
    name = label(ax, "", GREEN, 13)
    result, parts = readout(ax, color=GREEN), readout(ax, 1, color=INK)

    def update(angle: float = 60.0, shift: float = 0.1) -> str:
        along = polar(1, angle)
        across = np.array([along[1], -along[0]])
        A = np.array([[0.0, 1.0], across])
        x: Vector = solve(A, [1.0, across @ start + shift])
        for line, middle in [(before, start), (second, start + shift * across)]:
            line.set_data(*np.transpose([middle - 9 * along, middle + 9 * along]))
        way.set_data(*np.transpose([start, x]))
        solution.set_data([x[0]], [x[1]])
        put(name, beside(x, (0.4, 1), 0.3), vector_text(x))
        moved = signed(x[0] - start[0])
        worst = f"condition number {plain(round(float(condition_number(A)), 1))}"
        result.set_text(f"the line shifts by {shift:.2f},  the crossing by {moved}")
        parts.set_text(f"lines at {plain(angle)}°      {worst}")
        return (
            f"Two lines at an angle of {plain(angle)}°, {worst}. The second is shifted by {shift:.2f}, "
            f"and the crossing runs by {moved}, to {vector_text(x)}."
        )

    return update
