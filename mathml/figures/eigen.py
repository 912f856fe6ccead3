"""Pictures of eigenvectors: the directions that a matrix leaves alone, and how to find them."""

import math
from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from numpy.typing import ArrayLike

from mathml import matrices, vectors
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CIRCLE,
    DASHED,
    GREEN,
    GREY,
    INK,
    RED,
    Arrow,
    beside,
    label,
    panels,
    plain,
    plane,
    polar,
    put,
    put_beyond,
    readout,
    rows_text,
    several,
    signed,
    vector_text,
)

__all__ = ["eigen_hunt", "power_iteration"]


@figure(size=(5.8, 5.4))
def eigen_hunt(
    ax: Axes,
    multiply: Maths = matrices.multiply,
    eigenvalues: Maths = matrices.eigenvalues,
    svd: Maths = matrices.svd,
    angle_between: Maths = vectors.angle,
) -> Callable[..., str]:
    """Turn v round the circle and see A v: where the two lie on one line, v is an eigenvector.

    Parameters: `angle` of v in degrees, the matrix `A` (2, 2), and `lines`, whether the eigenvectors' lines are shown.
    The points of the artist "circle" are the whole degrees, in order.
    """
    plane(ax, (-3.1, 3.1), (-2.5, 2.5))
    ax.plot(*CIRCLE.T, color=GREY, linewidth=1.4, zorder=1.8, gid="circle")
    (image,) = ax.plot([], [], color=RED, linewidth=1.4, alpha=0.4, zorder=1.9, gid="image")
    values = [label(ax, "", GREEN, 12) for _ in range(2)]
    found = LineCollection([], colors=GREEN, linewidths=2, linestyles=[DASHED], zorder=2, gid="lines")
    ax.add_collection(found, autolim=False)
    (hit,) = ax.plot([], [], color=GREEN, linewidth=14, alpha=0.3, zorder=2.1, gid="hit")
    (arc,) = ax.plot([], [], color=INK, linewidth=1.4, zorder=3, gid="arc")
    arrow_moved = Arrow(ax, RED, thickness=0.075, gid="Av")
    arrow_v = Arrow(ax, BLUE, thickness=0.075, zorder=4.2, gid="v")
    name_v, name_moved = label(ax, "v", BLUE), label(ax, "Av", RED)
    result, parts = readout(ax), readout(ax, 1)

    def update(angle: float = 10.0, A: ArrayLike = ((0.5, 1.5), (1.5, 0.5)), lines: bool = False) -> str:
        A, v = np.asarray(A, dtype=float), polar(1, angle)
        moved = np.asarray(multiply(A, v[:, np.newaxis]))[:, 0]
        vanished = math.hypot(*moved) < 1e-12
        apart = 0.0 if vanished else math.degrees(angle_between(v, moved))
        off = min(apart, 180 - apart)  # from lying on one line
        own = _eigenvectors(A, eigenvalues, svd)

        arrow_v.point((0, 0), v)
        arrow_moved.point((0, 0), moved)
        image.set_data(*np.asarray(multiply(A, CIRCLE[::4].T)))
        arc.set_data(*(_arc(angle, moved, 0.45) if off > 3 else ([], [])))
        hit.set_data(*(np.array([-9 * v, 9 * v]).T if off < 1 else ([], [])))
        found.set_segments([(-9 * x, 9 * x) for _, x in own] if lines else [])
        for name in values:
            name.set_text("")
        for name, (value, x) in zip(values, own if lines else [], strict=False):
            put_beyond(name, 2 * x / np.abs(x).max(), (-x[1], x[0]), f"λ = {signed(value)}")
        across = np.array([-v[1], v[0]]) * (-1 if v[0] * moved[1] >= v[1] * moved[0] else 1)
        put(name_v, beside(0.8 * v, across, 0.3))
        put(name_moved, beside(moved, moved, 0.3), "" if vanished else "Av")

        result.set_color(GREEN if off < 1 else INK)
        result.set_text(f"from v to Av:  {apart:.1f}°{_verdict(off)}")
        parts.set_text(f"Av = {signed(v @ moved)} v" if off < 0.05 else f"‖Av‖ = {math.hypot(*moved):.2f}")
        shown = f" Shown: {_lines_text(A, own)}." if lines else ""
        return (
            f"A is {rows_text(A)}, and v the unit vector at {plain(angle)}°. Av is {vector_text(moved)}, "
            f"{apart:.1f}° from v{_verdict(off)}; {parts.get_text()}.{shown}"
        )

    return update


def _verdict(off: float) -> str:
    """What it says of v that it is so many degrees off the line of Av."""
    return ", an eigenvector" if off < 0.05 else ", nearly an eigenvector" if off < 1 else ""


def _arc(start: float, towards: Vector, radius: float) -> Matrix:
    """The shorter arc `(2, 40)` from a direction in degrees to that of a vector."""
    way = (math.degrees(math.atan2(towards[1], towards[0])) - start + 180) % 360 - 180
    return np.array([polar(radius, start + part * way) for part in np.linspace(0, 1, 40)]).T


def _eigenvectors(A: Matrix, eigenvalues: Maths, svd: Maths) -> list[tuple[float, Vector]]:
    """Each real eigenvalue, and the direction that A − λI makes zero; none if it makes everything zero."""
    size = np.abs(A).max() or 1.0
    real = [value.real for value in np.asarray(eigenvalues(A)) if abs(value.imag) < 1e-6 * size]
    rests = [(value, svd(A - value * np.eye(2))) for value in real]
    return [(value, Vt[-1]) for value, (_, s, Vt) in rests if s[0] > 1e-9 * size]


def _lines_text(A: Matrix, own: list[tuple[float, Vector]]) -> str:
    if not own:
        return (
            "every direction stays, for A only scales" if A[0, 1] == A[1, 0] == 0 else "none, for every direction turns"
        )
    values = " and ".join(dict.fromkeys(signed(value) for value, _ in own))
    return f"the lines of the eigenvectors, with λ = {values}"


# --- power iteration ------------------------------------------------------------------------------

_MOST = 12  # steps that there is room for


@figure(size=(8.0, 4.6))
def power_iteration(
    ax: Axes,
    multiply: Maths = matrices.multiply,
    power_iteration: Maths = matrices.power_iteration,
    unit: Maths = vectors.unit,
    dot: Maths = vectors.dot,
) -> Callable[..., str]:
    """Multiply by A, scale to length one, again and again: v turns towards the eigenvector of the largest |λ|.

    Parameters: `step` from 0 to 12, the matrix `A` (2, 2), and the `start`, the angle of v₀ in degrees.
    """
    left, right = panels(ax, (0, 0, 0.5, 1), (0.62, 0.16, 0.36, 0.6))
    plane(left, (-1.5, 1.5), (-1.4, 1.4)).set_position((0.045, 0.06, 0.48, 0.76))
    left.plot(*CIRCLE.T, color=GREY, linewidth=1.2)
    (goal,) = left.plot([], [], color=GREEN, linewidth=2, linestyle=DASHED, zorder=2, gid="goal")
    past = LineCollection([], linewidths=3, zorder=3, gid="past")
    left.add_collection(past, autolim=False)
    (ends,) = left.plot([], [], "o", color=BLUE, markersize=5, zorder=3.5, gid="ends")
    arrow = Arrow(left, BLUE, thickness=0.045, gid="v")
    name, name_first = label(left, "", BLUE), label(left, "v₀", GREY, 12)
    right.set(xlim=(-0.5, _MOST + 0.5), ylim=(-4.2, 4.2), xticks=range(0, _MOST + 1, 3), yticks=(-4, -2, 0, 2, 4))
    right.set(xlabel="step", ylabel="Rayleigh quotient v · Av")
    right.grid(True)
    name_level = label(right, "λ", GREEN, 12)
    (level,) = right.plot([], [], color=GREEN, linewidth=2, linestyle=DASHED, zorder=2, gid="level")
    (quotients,) = right.plot([], [], "o-", color=BLUE, markersize=7, zorder=3, gid="quotients")
    result, parts = readout(ax), readout(ax, 1)
    known: dict[bytes, tuple[float, Vector] | None] = {}

    def update(step: int = 0, A: ArrayLike = ((1.0, 1.5), (1.5, 0.0)), start: float = 110.0) -> str:
        A = np.asarray(A, dtype=float)
        path = _path(A, polar(1, start), min(step, _MOST), multiply, unit)
        v, moved = path[-1], np.asarray(multiply(A, path.T)).T
        heights = [dot(x, Ax) for x, Ax in zip(path, moved, strict=True)]
        if A.tobytes() not in known:
            known[A.tobytes()] = _dominant(power_iteration, A)
        target = known[A.tobytes()]

        arrow.point((0, 0), v)
        past.set_segments([[(0, 0), x] for x in path[:-1]])
        past.set_color([to_rgba(BLUE, 0.1 + 0.5 * (k + 1) / len(path)) for k in range(len(path) - 1)])
        ends.set_data(*path[:-1].T)
        quotients.set_data(range(len(path)), heights)
        if target is None:
            goal.set_data([], [])
            level.set_data([], [])
        else:
            goal.set_data(*np.array([-9 * target[1], 9 * target[1]]).T)
            level.set_data([-1, _MOST + 1], [target[0]] * 2)
        put(name_level, (_MOST - 0.5, target[0] + 0.55) if target else (0, 0), "λ" if target else "")
        put(name, beside(v, v, 0.2), f"v{str(len(path) - 1).translate(_LOW)}")
        put(name_first, beside(path[0], path[0], 0.2), "v₀" if math.dist(path[0], v) > 0.4 else "")
        result.set_text(f"Step {step}:  v · Av = {signed(heights[-1], 3)}")
        aim = (
            "no single λ is the largest: it never settles"
            if target is None
            else f"largest |λ|: λ = {signed(target[0], 3)}"
        )
        parts.set_text(aim)
        return (
            f"Power iteration with A = {rows_text(A)}, after {several(step, 'step')} from {plain(start)}°: "
            f"v is {vector_text(v)}, and v · Av is {signed(heights[-1], 3)}; {aim}."
        )

    return update


_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def _path(A: Matrix, v: Vector, steps: int, multiply: Maths, unit: Maths) -> Matrix:
    """v, A v, A² v, … `(steps + 1, 2)`, each scaled to length one; what A makes zero stays as it is."""
    path = [v]
    for _ in range(steps):
        moved = np.asarray(multiply(A, path[-1][:, np.newaxis]))[:, 0]
        path.append(unit(moved) if moved.any() else path[-1])
    return np.array(path)


def _dominant(power_iteration: Maths, A: Matrix) -> tuple[float, Vector] | None:
    """The eigenvalue of largest size and its eigenvector, if there is only one."""
    try:
        value, vector, *_ = power_iteration(A)
    except ValueError:
        return None
    return float(value), np.asarray(vector)
