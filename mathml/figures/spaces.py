"""Pictures of spaces: what vectors span, and perpendicular directions for it."""

import math
from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from mathml import vectors
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    BROWN,
    CARD,
    DASHED,
    DOTTED,
    GREEN,
    GREY,
    GRID,
    INK,
    ORANGE,
    RED,
    SKY,
    Arrow,
    beside,
    label,
    paper,
    plain,
    plane,
    polar,
    put,
    readout,
    several,
    signed,
    vector_text,
)

__all__ = ["gram_schmidt", "linear_combination", "span"]


@figure(size=(5.8, 5.4))
def linear_combination(
    ax: Axes,
    linear_combination: Maths = vectors.linear_combination,
    v: ArrayLike = (1.5, 0.5),
    w: ArrayLike = (-0.5, 1),
) -> Callable[..., str]:
    """c₁ steps along v, then c₂ along w: two coefficients are an address on the grid that v and w make.

    Parameters: the coefficients `c1` and `c2`.
    """
    plane(ax, (-4.4, 4.4), (-3.7, 3.7)).grid(False)
    v, w = np.asarray(v, dtype=float), np.asarray(w, dtype=float)
    steps = range(-9, 10)
    streets = [(k * v - 9 * w, k * v + 9 * w) for k in steps] + [(k * w - 9 * v, k * w + 9 * v) for k in steps]
    ax.add_collection(LineCollection(streets, colors=GRID, linewidths=1.4, zorder=0.5), autolim=False)
    walk_v, walk_w = Arrow(ax, BLUE, alpha=0.4, gid="c1 v"), Arrow(ax, RED, alpha=0.4, gid="c2 w")
    arrow_v, arrow_w = Arrow(ax, BLUE, zorder=4.5, gid="v"), Arrow(ax, RED, zorder=4.5, gid="w")
    reached = Arrow(ax, GREEN, thickness=0.085, zorder=5, gid="combination")
    arrow_v.point((0, 0), v)
    arrow_w.point((0, 0), w)
    name_v, name_w = label(ax, "v", BLUE), label(ax, "w", RED)
    times_v, times_w, name = label(ax, "", BLUE, 12), label(ax, "", RED, 12), label(ax, "", GREEN, 12)
    result, parts = readout(ax, color=GREEN), readout(ax, 1)

    def update(c1: float = 2.0, c2: float = 2.0) -> str:
        corner, tip = linear_combination([c1, 0], [v, w]), linear_combination([c1, c2], [v, w])
        walk_v.point((0, 0), corner)
        walk_w.point(corner, tip)
        reached.point((0, 0), tip)

        away_from_w, away_from_v = -(np.sign(c2) or 1) * w, (np.sign(c1) or 1) * v  # outside the walk
        put(name_v, beside(v / 2, away_from_w, 0.3))
        put(name_w, beside(w / 2, -away_from_v, 0.3))
        put(times_v, beside(corner, away_from_w, 0.7), f"{signed(c1, 1)} v" if c1 else "")
        put(times_w, beside((corner + tip) / 2, away_from_v, 0.5), f"{signed(c2, 1)} w" if c2 else "")
        put(name, beside(tip, tip, 0.35), vector_text(tip) if tip.any() else "")
        words = f"{signed(c1, 1)} v {'−' if c2 < 0 else '+'} {abs(c2):.1f} w"
        result.set_text(f"{words}  =  {vector_text(tip)}")
        parts.set_text(f"v = {vector_text(v)},   w = {vector_text(w)}")
        return f"On the grid made by v = {vector_text(v)} and w = {vector_text(w)}, {words} reaches {vector_text(tip)}."

    return update


_PAPER = paper(-62, 24)  # space seen from the front right and a little above


@figure(size=(5.8, 5.0))
def span(
    ax: Axes,
    gram_schmidt: Maths = vectors.gram_schmidt,
    linear_combination: Maths = vectors.linear_combination,
) -> Callable[..., str]:
    """Everything that two vectors of space can reach: a plane, but only a line when they are parallel.

    Parameters: the coefficients `c1` and `c2`, and `apart`, the angle between v and w in degrees.
    """
    _space(ax)
    sheet = Polygon(np.zeros((4, 2)), facecolor=SKY, alpha=0.35, edgecolor=BLUE, linewidth=3, gid="span")
    ax.add_patch(sheet)
    mesh = LineCollection([], colors=CARD, linewidths=1.2, gid="mesh")
    ax.add_collection(mesh, autolim=False)
    (walk,) = ax.plot([], [], color=INK, linewidth=1.4, linestyle=DASHED, zorder=3, gid="walk")
    reached = Arrow(ax, GREEN, thickness=0.085, zorder=3.5, gid="combination")
    arrow_v, arrow_w = Arrow(ax, BLUE, gid="v"), Arrow(ax, RED, gid="w")
    name_v, name_w, name_reached = label(ax, "v", BLUE), label(ax, "w", RED), label(ax, "", GREEN, 12)
    result, parts = readout(ax), readout(ax, 1, color=GREEN)

    def update(c1: float = 1.2, c2: float = 0.8, apart: float = 70.0) -> str:
        v, w = _pair(apart)
        Q = gram_schmidt([v, w])
        x = linear_combination([c1, c2], [v, w])
        first, second = Q[0], Q[1] if len(Q) > 1 else np.zeros(3)
        lines = [(s * first - second, s * first + second) for s in np.linspace(-1, 1, 9)]
        lines += [(s * second - first, s * second + first) for s in np.linspace(-1, 1, 9)]

        sheet.set_xy(_REACH * np.array([lines[0][0], lines[0][1], lines[8][1], lines[8][0]]) @ _PAPER)
        mesh.set_segments(
            [_REACH * np.array(line) @ _PAPER for line in (lines[1:8] + lines[10:17] if len(Q) > 1 else lines[:1])]
        )
        arrow_v.point((0, 0), v @ _PAPER)
        arrow_w.point((0, 0), w @ _PAPER)
        reached.point((0, 0), x @ _PAPER)
        walk.set_data(*(np.array([np.zeros(3), c1 * v, x]) @ _PAPER).T)
        put(name_v, v @ _PAPER + (0, -0.25))
        put(name_w, w @ _PAPER + (0, 0.25))
        put(name_reached, beside(x @ _PAPER, x @ _PAPER, 0.4), "c₁v + c₂w" if _stands_apart(x, v, w) else "")
        shape = {0: "a point", 1: "a line", 2: "a plane"}[len(Q)]
        result.set_text(f"{shape}:  {several(len(Q), 'dimension')}")
        parts.set_text(f"{signed(c1, 1)} v {'−' if c2 < 0 else '+'} {abs(c2):.1f} w  =  {vector_text(x)}")
        return (
            f"v and w in space, {plain(apart)}° apart, span {shape}. "
            f"The coefficients {signed(c1, 1)} and {signed(c2, 1)} reach {vector_text(x)}, which lies in it."
        )

    return update


def _stands_apart(x: Vector, v: Vector, w: Vector) -> bool:
    """Whether there is room for another word at x."""
    return min(math.hypot(*((x - other) @ _PAPER)) for other in (0 * x, v, w)) > 0.5


_REACH = 2.7  # how much of the endless plane is drawn


def _space(ax: Axes) -> None:
    """Three axes of space, drawn on paper."""
    ax.set_position((0.02, 0.02, 0.96, 0.82))
    ax.set(xlim=(-4, 4), ylim=(-2.9, 2.9), aspect="equal")
    ax.set_axis_off()
    for name, way in zip(["x₁", "x₂", "x₃"], _PAPER, strict=True):
        ax.plot(*zip((0, 0), 2.6 * way, strict=True), color=GREY, linewidth=1, zorder=1)
        put(label(ax, name, GREY, 12, fontweight="normal"), 2.8 * way)


def _pair(apart: float) -> tuple[Vector, Vector]:
    """v, and w at an angle of `apart` degrees to it, in a slanted plane of space."""
    first, second = vectors.gram_schmidt([(0.35, 1.0, 0.05), (-1.0, 0.3, 0.55)])
    across, ahead = polar(1.5, apart)
    return 1.3 * first, across * first + ahead * second


@figure(size=(5.8, 5.2))
def gram_schmidt(
    ax: Axes,
    gram_schmidt: Maths = vectors.gram_schmidt,
    project: Maths = vectors.project,
    dot: Maths = vectors.dot,
    norm: Maths = vectors.norm,
) -> Callable[..., str]:
    """Two slanted vectors become perpendicular ones of length one: take the shadow away, then scale.

    Parameters: `step` from 0 to 3, and `apart`, the angle between v and w in degrees.
    """
    plane(ax, (-3.2, 3.6), (-1.7, 3.2))
    around = np.array([polar(1, degrees) for degrees in range(361)])
    ax.plot(*around.T, color=GREY, linewidth=1, linestyle=DOTTED)
    (shadow,) = ax.plot([], [], color=ORANGE, linewidth=11, solid_capstyle="butt", zorder=2.5, gid="shadow")
    (drop,) = ax.plot([], [], color=GREY, linewidth=1.6, linestyle=DASHED, zorder=3, gid="drop")
    arrow_v, arrow_w = Arrow(ax, BLUE, alpha=0.55, gid="v"), Arrow(ax, RED, alpha=0.55, gid="w")
    rest = Arrow(ax, RED, zorder=4.2, gid="rest")
    first, second = (
        Arrow(ax, BLUE, thickness=0.075, zorder=5, gid="q1"),
        Arrow(ax, RED, thickness=0.075, zorder=5, gid="q2"),
    )
    name_v, name_w, name_rest = label(ax, "v", BLUE), label(ax, "w", RED), label(ax, "", RED, 12)
    name_first, name_second, name_shadow = label(ax, "", BLUE), label(ax, "", RED), label(ax, "", BROWN, 12)
    result, parts = readout(ax), readout(ax, 1)

    def update(step: int = 3, apart: float = 50.0) -> str:
        v, w = polar(2.6, _SLANT), polar(2.3, _SLANT + apart)
        Q = gram_schmidt([v, w])
        q1, q2 = Q[0], Q[1] if len(Q) > 1 else np.zeros(2)
        foot = project(w, q1) if step > 1 else np.zeros(2)
        left = w - foot if step > 1 else np.zeros(2)

        arrow_v.point((0, 0), v)
        arrow_w.point((0, 0), w)
        first.point((0, 0), q1 if step > 0 else (0, 0))
        shadow.set_data([0, foot[0]], [0, foot[1]])
        drop.set_data([foot[0], foot[0] + left[0]], [foot[1], foot[1] + left[1]])
        rest.point((0, 0), left)
        second.point((0, 0), q2 if step > 2 else (0, 0))

        across = polar(1, _SLANT + 90)
        put(name_v, beside(v, v, 0.25))
        put(name_w, beside(w, across, 0.28))
        put(name_first, beside(0.7 * q1, -across, 0.34), "q₁" if step > 0 else "")
        put(name_second, beside(0.8 * q2, -v, 0.34), "q₂" if step > 2 and len(Q) > 1 else "")
        put(
            name_rest,
            beside(left, -v, 0.5),
            "rest" if norm(left) > (0.5 if step < 3 else 1.5) and norm(w - left) > 0.5 else "",
        )
        put(name_shadow, beside(foot, -across, 0.68), "shadow" if norm(foot) > 0.3 else "")
        result.set_text(_STEPS[step])
        parts.set_text(_products(dot, norm, v, w, Q, left, step))
        return f"v and w are {plain(apart)}° apart. Step {step}: {_STEPS[step]}. Here {parts.get_text()}."

    return update


_SLANT = 18.0  # the direction of v in degrees
_STEPS = ("v and w", "q₁ = v / ‖v‖", "rest = w − its shadow on q₁", "q₂ = rest / ‖rest‖")


def _products(dot: Maths, norm: Maths, v: Vector, w: Vector, Q: Matrix, left: Vector, step: int) -> str:
    """How far from perpendicular the vectors of this step are."""
    if step < 2:
        return f"v · w = {signed(dot(v, w))}"
    if len(Q) < 2:
        return "nothing is left of w: it depends on v, and brings no direction"
    if step == 2:
        return f"q₁ · rest = {signed(dot(Q[0], left))}"
    return f"q₁ · q₂ = {signed(dot(Q[0], Q[1]))},   ‖q₁‖ = {signed(norm(Q[0]))},   ‖q₂‖ = {signed(norm(Q[1]))}"
