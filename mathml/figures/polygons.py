"""The picture of KKT's conditions: the nearest point of a polygon, and the edges that hold it back."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from mathml import matrices, optimization, vectors
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CARD,
    CIRCLE,
    DASHED,
    GREEN,
    GREY,
    LOW,
    RED,
    SKY,
    Arrow,
    label,
    panels,
    plane,
    polar,
    readout,
    signed,
    vector_text,
)

__all__ = ["kkt"]

# A x ≤ b: a polygon, each of whose edges is a unit normal and its distance from the origin.
_NORMALS: Matrix = np.array([polar(1, degrees) for degrees in (20, 95, 160, 235, 310)])
_DISTANCES: Vector = np.array([1.5, 1.2, 1.6, 1.4, 1.7])


@figure(size=(9.2, 4.8))
def kkt(
    ax: Axes, quadratic_program: Maths = optimization.quadratic_program, norm: Maths = vectors.norm
) -> Callable[..., str]:
    """The nearest point of a polygon: only the edges that it leans on push, and their pushes hold the pull.

    Parameter: the `target`, the point that is to be reached as nearly as can be.
    """
    left, right = panels(ax, (0, 0, 0.5, 1), (0.62, 0.06, 0.365, 0.76))
    plane(left, (-3.6, 3.6), (-2.9, 2.9)).set_position((0.015, 0.04, 0.575, 0.78))
    corners = _corners()
    inside = Polygon(corners, facecolor=SKY, alpha=0.35, linewidth=0, zorder=1, gid="allowed")
    left.add_patch(inside)
    edges = LineCollection(
        [np.array(edge) for edge in zip(corners, np.roll(corners, -1, axis=0), strict=True)], zorder=2, gid="edges"
    )
    left.add_collection(edges, autolim=False)
    for k, (normal, distance) in enumerate(zip(_NORMALS, _DISTANCES, strict=True)):
        label(left, str(k + 1), GREY, 12).set_position((distance - 0.32) * normal)
    (circle,) = left.plot([], [], color=GREY, linewidth=1.4, linestyle=DASHED, zorder=1.5, gid="level")
    pull = Arrow(left, BLUE, thickness=0.07, zorder=4, gid="pull")
    pushes = [Arrow(left, RED, thickness=0.07, zorder=4.2, gid=f"push {k + 1}") for k in range(len(_NORMALS))]
    (wish,) = left.plot(
        [], [], "o", color=BLUE, markersize=16, markeredgecolor=CARD, zorder=4.9, clip_on=False, gid="target"
    )
    (best,) = left.plot([], [], "o", color=GREEN, markersize=12, markeredgecolor=CARD, zorder=5, gid="nearest")

    right.set_axis_off()
    right.set(xlim=(-4.9, 4.3), ylim=(len(_NORMALS) - 0.3, -1.1))
    right.axvline(0, 0, 0.84, color=GREY, linewidth=1, zorder=1)
    for place, words, color in ((-2.4, "room to the edge", BLUE), (2.1, "multiplier λ", RED)):
        label(right, words, color, 12).set_position((place, -0.8))
    for k in range(len(_NORMALS)):
        label(right, str(k + 1), GREY, 12).set_position((0, k))
    bars = LineCollection([], linewidths=14, capstyle="butt", zorder=2, gid="bars")
    right.add_collection(bars, autolim=False)
    numbers = [label(right, "", size=11, gid=f"number {k + 1}") for k in range(len(_NORMALS))]
    result, parts = readout(ax), readout(ax, 1)

    def update(target: ArrayLike = (2.4, 0.9)) -> str:
        wanted = np.asarray(target, dtype=float)
        solution = quadratic_program(matrices.identity(2), -wanted, A_ub=_NORMALS, b_ub=_DISTANCES)
        x, multipliers = solution.x, solution.inequality_multipliers
        room = _DISTANCES - _NORMALS @ x
        active = multipliers > _NOTHING
        edges.set(
            color=[to_rgba(RED) if held else to_rgba(GREY) for held in active],
            linewidths=[4.0 if held else 1.6 for held in active],
        )
        tail = x
        for arrow, normal, multiplier in zip(pushes, _NORMALS, multipliers, strict=True):
            tip = tail + max(multiplier, 0.0) * normal
            arrow.point(tail, tip)
            tail = tip
        pull.point(x, wanted)
        wish.set_data(*wanted[:, np.newaxis])
        best.set_data(*x[:, np.newaxis])
        circle.set_data(*(wanted + norm(x - wanted) * CIRCLE).T)
        lengths = np.where(active, multipliers, -room)
        bars.set_segments([[(0.35 * np.sign(w), k), (w + 0.35 * np.sign(w), k)] for k, w in enumerate(lengths)])
        bars.set_color([RED if held else SKY for held in active])
        for k, (number, length) in enumerate(zip(numbers, lengths, strict=True)):
            number.set(text=signed(abs(length)), color=RED if active[k] else BLUE)
            number.set_position((length + (0.35 + 0.55) * (1 if length > 0 else -1), k))
        which = " and ".join(str(k + 1) for k in np.flatnonzero(active))
        held = f"edge{'s' * int(active.sum() > 1)} {which}" if active.any() else "nothing"
        result.set_text(f"{held} hold{'s' * int(active.sum() < 2)} it back".capitalize())
        best_is = f"nearest point {vector_text(x)}"
        parts.set_text(f"{best_is};   the pull towards the target is {vector_text(wanted - x)}")
        pushing = ", ".join(f"λ{str(k + 1).translate(LOW)} = {signed(multipliers[k])}" for k in np.flatnonzero(active))
        return (
            f"A polygon with five edges and a target at {vector_text(wanted)}: the {best_is}. {result.get_text()}. The "
            f"pull {vector_text(wanted - x)} is the sum of the multipliers times the normals"
            + (f": {pushing}, the others are 0" if pushing else ": all are 0")
            + f". No edge is passed: the least room is {signed(float(room.min()))}. No multiplier is below 0, and at "
            "each edge the multiplier is 0 or the room is."
        )

    return update


_NOTHING = 1e-9


def _corners() -> Matrix:
    """Where each edge of the polygon meets the next one."""
    k = len(_NORMALS)
    found: Matrix = np.array([matrices.solve(_NORMALS[[i - 1, i]], _DISTANCES[[i - 1, i]]) for i in range(k)])
    return found
