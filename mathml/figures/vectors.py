"""Pictures of lesson 1: sums, shadows, lengths and spans. Each shows the maths that it is given."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from mathml import vectors
from mathml.arrays import Matrix, Vector
from mathml.figures.core import figure, side_by_side
from mathml.figures.style import (
    BLUE,
    BROWN,
    CARD,
    GREEN,
    GREY,
    INK,
    ORANGE,
    RED,
    SKY,
    Arrow,
    beside,
    label,
    plane,
    polar,
    put,
    readout,
    signed,
    vector_text,
)

Maths = Callable[..., Any]

__all__ = ["projection", "side_by_side", "span", "unit_balls", "vector_sum"]


@figure(size=(5.8, 5.2))
def vector_sum(ax: Axes, linear_combination: Maths = vectors.linear_combination) -> Callable[..., str]:
    """Head to tail: the sum a + s·b is the diagonal of the parallelogram; s = −1 gives the difference.

    Parameters: the points `a` and `b`, and `scale`, the s.
    """
    plane(ax, (-4.8, 4.8), (-3.6, 3.6), top=0.145)
    dashed: dict[str, Any] = {"color": GREY, "linewidth": 1.3, "linestyle": (0, (4, 3)), "zorder": 2}
    (opposite,) = ax.plot([], [], gid="opposite a", **dashed)
    (extension,) = ax.plot([], [], gid="scaled b", **dashed)
    arrow_b = Arrow(ax, RED, gid="b")
    arrow_a = Arrow(ax, BLUE, gid="a")
    moved = Arrow(ax, RED, alpha=0.45, gid="moved b")
    total = Arrow(ax, GREEN, thickness=0.085, zorder=5, gid="sum")
    name_a, name_b = label(ax, "a", BLUE), label(ax, "b", RED)
    name_moved, name_total = label(ax, "", RED, 12), label(ax, "", GREEN)
    result, parts = readout(ax, color=GREEN), readout(ax, 1)

    def update(a: ArrayLike = (3.0, 0.5), b: ArrayLike = (-1.0, 2.0), scale: float = 1.0) -> str:
        a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
        tip, scaled = linear_combination([1, scale], [a, b]), linear_combination([scale], [b])
        times = _times(scale)
        name = f"a − {_times(-scale)}" if scale < 0 else f"a + {times}"

        arrow_a.point((0, 0), a)
        arrow_b.point((0, 0), b)
        moved.point(a, a + scaled)
        total.point((0, 0), tip)
        extension.set_data([0, scaled[0]], [0, scaled[1]])
        opposite.set_data([scaled[0], tip[0]], [scaled[1], tip[1]])

        turn = np.sign(a[0] * scaled[1] - a[1] * scaled[0]) or 1.0  # the side of a on which the parallelogram lies
        turn_b = np.sign(b[0] * a[1] - b[1] * a[0]) or 1.0
        put(name_a, beside(a / 2, turn * _right(a), 0.3), "a" if a.any() else "")
        put(name_b, beside(0.6 * b, turn_b * _right(b), 0.3), "b" if b.any() else "")
        put(
            name_moved,
            beside(a + scaled / 2, turn * _right(scaled), 0.42),
            times if a.any() and math.hypot(*scaled) > 0.5 else "",
        )
        put(name_total, beside(tip, (0.3 * np.sign(tip[0]), 1 if tip[1] >= 0 else -1), 0.4), name)
        result.set_text(f"{name}  =  {vector_text(tip)}")
        parts.set_text(f"a = {vector_text(a)},   {times} = {vector_text(scaled)}: entry by entry")
        return f"a is {vector_text(a)} and b is {vector_text(b)}. Head to tail, {name} ends at {vector_text(tip)}."

    return update


def _times(scale: float) -> str:
    """How one writes a multiple of b."""
    return {1.0: "b", -1.0: "−b"}.get(float(scale), f"{signed(scale, 1)} b")


def _right(x: Vector) -> Vector:
    """x turned a quarter to the right."""
    return np.array([x[1], -x[0]])


@figure(size=(5.8, 5.4))
def projection(
    ax: Axes, project: Maths = vectors.project, dot: Maths = vectors.dot, norm: Maths = vectors.norm
) -> Callable[..., str]:
    """The dot product as a shadow: a · b is the length of a's shadow on b, times the length of b.

    Parameters: `angle` from b to a in degrees, `length` of a, `b_length`.
    """
    plane(ax, (-4.2, 4.2), (-3.4, 3.4), top=0.145)
    tilt = 12.0  # b does not lie along an axis: a shadow is not just a coordinate
    ahead = polar(1, tilt)
    ax.plot(*zip(-9 * ahead, 9 * ahead, strict=True), color=GREY, linewidth=1, linestyle=(0, (1, 2)))
    (shadow,) = ax.plot([], [], color=ORANGE, linewidth=11, solid_capstyle="butt", zorder=2.5, gid="shadow")
    (rest,) = ax.plot([], [], color=GREY, linewidth=1.6, linestyle=(0, (4, 2)), zorder=3, gid="rest")
    (corner,) = ax.plot([], [], color=GREY, linewidth=1.2, zorder=3, gid="right angle")
    (arc,) = ax.plot([], [], color=INK, linewidth=1.2, zorder=3, gid="arc")
    arrow_b, arrow_a = Arrow(ax, RED, gid="b"), Arrow(ax, BLUE, zorder=5, gid="a")
    name_a, name_b, theta = label(ax, "a", BLUE), label(ax, "b", RED), label(ax, "θ", INK, 12)
    name_shadow = label(ax, "", BROWN, 12, rotation=tilt, gid="shadow length")
    result, parts = readout(ax), readout(ax, 1)

    def update(angle: float = 40.0, length: float = 2.5, b_length: float = 2.0) -> str:
        a, b = polar(length, tilt + angle), b_length * ahead
        foot, product = project(a, b), dot(a, b)
        reach = dot(foot, b) / norm(b)  # negative where the shadow falls behind
        side = -1 if math.sin(math.radians(angle)) >= -1e-9 else 1  # words stand where a is not
        below = side * polar(1, tilt + 90)

        arrow_a.point((0, 0), a)
        arrow_b.point((0, 0), b)
        shadow.set_data([0, foot[0]], [0, foot[1]])
        rest.set_data([foot[0], a[0]], [foot[1], a[1]])
        back = -math.copysign(1, reach) * ahead
        square = foot + 0.2 * np.array([-below, back - below, back])
        has_corner = min(norm(foot), norm(a - foot)) > 0.4
        corner.set_data(*(square.T if has_corner else ([], [])))
        turn = np.array([polar(0.5, tilt + part * angle) for part in np.linspace(0, 1, 60)])
        arc.set_data(*(turn.T if length > 0.6 else ([], [])))

        put(name_a, beside(a, a, 0.28), "a" if length else "")
        put(name_b, beside(b, below, 0.32))
        put(theta, polar(0.76, tilt + angle / 2), "θ" if length > 0.9 and abs(angle) > 25 else "")
        put(name_shadow, beside(foot / 2, below, 0.68), f"shadow {signed(reach)}")
        result.set_text(f"a · b  =  {signed(product)}")
        parts.set_text(f"shadow × ‖b‖ = {signed(reach)} × {norm(b):.2f}      θ = {signed(angle, 0)}°")
        return (
            f"a is {length:g} long, at {angle:g}° from b, which is {b_length:g} long. The shadow of a on b is "
            f"{signed(reach)} long, and a · b is {signed(product)}."
        )

    return update


_AROUND = np.array([(0.3, -1.83), (-1.7, 0.6), (1.35, 1.35), (2.3, -0.7), (-1.5, -2.0), (-0.8, 2.35)])


@figure(size=(5.4, 5.4))
def unit_balls(
    ax: Axes, norm: Maths = vectors.norm, distance: Maths = vectors.distance, points: Matrix = _AROUND
) -> Callable[..., str]:
    """What is one step away depends on p, and so does which point is nearest to the origin.

    Parameter: `p`, from 1 to `math.inf`.
    """
    plane(ax, (-2.9, 2.9), (-2.9, 2.7), top=0.145)
    directions = np.array([polar(1, degrees) for degrees in np.arange(0, 361, 1.5)])
    ball = Polygon(directions, facecolor=SKY, alpha=0.35, edgecolor="none", zorder=2, gid="inside")
    ax.add_patch(ball)
    (sphere,) = ax.plot([], [], color=BLUE, zorder=3, gid="unit ball")
    (touching,) = ax.plot([], [], color=RED, linewidth=1.6, linestyle=(0, (4, 2)), zorder=3, gid="touching ball")
    ax.plot(*points.T, "o", color=INK, markersize=8, zorder=4, gid="points")
    ax.plot(0, 0, "o", color=BLUE, markersize=7, zorder=4)
    (nearest,) = ax.plot([], [], "o", color=RED, markersize=13, zorder=5, gid="nearest")
    names = [label(ax, "", size=12, gid=f"distance {i}") for i in range(len(points))]
    for name, point in zip(names, points, strict=True):
        put(name, point + np.sign(point) * (0.25, 0.25))
    result, parts = readout(ax), readout(ax, 1)

    def update(p: float = 2.0) -> str:
        radius = np.array([norm(direction, p) for direction in directions])[:, np.newaxis]
        boundary = directions / radius
        distances = np.array([distance(point, (0, 0), p) for point in points])
        winner = int(np.argmin(distances))

        sphere.set_data(*boundary.T)
        ball.set_xy(boundary)
        touching.set_data(*(distances[winner] * boundary).T)
        nearest.set_data(*points[[winner]].T)
        for i, name in enumerate(names):
            name.set_text(f"{chr(ord('A') + i)} {signed(distances[i])}")
            name.set_color(RED if i == winner else INK)
        power = "∞" if p == math.inf else f"{p:.3g}"
        result.set_text(f"p = {power}:  {chr(ord('A') + winner)} is nearest")
        parts.set_text("filled: ‖x‖ ≤ 1      dashed: grown until it touches")
        return (
            f"The unit ball for p = {power} is {_ball_shape(p)}. "
            f"{chr(ord('A') + winner)} is nearest to the origin: {signed(distances[winner])} away, measured with this p."
        )

    return update


def _ball_shape(p: float) -> str:
    """The unit ball's shape in a word."""
    if p in (1, 2, math.inf):
        return {1: "a diamond", 2: "a circle", math.inf: "a square"}[p]
    return "between a diamond and a circle" if p < 2 else "between a circle and a square"


# Space seen from the front right and a little above: where a step along each axis leads on the paper (3, 2).
_TURN, _TILT = math.radians(-62), math.radians(24)
_PAPER = np.array(
    [
        (-math.sin(_TURN), -math.cos(_TURN) * math.sin(_TILT)),
        (math.cos(_TURN), -math.sin(_TURN) * math.sin(_TILT)),
        (0, math.cos(_TILT)),
    ]
)


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
    (walk,) = ax.plot([], [], color=INK, linewidth=1.4, linestyle=(0, (3, 2)), zorder=3, gid="walk")
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
        mesh.set_segments(_REACH * np.array(lines[1:8] + lines[10:17] if len(Q) > 1 else lines[:1]) @ _PAPER)
        arrow_v.point((0, 0), v @ _PAPER)
        arrow_w.point((0, 0), w @ _PAPER)
        reached.point((0, 0), x @ _PAPER)
        walk.set_data(*(np.array([np.zeros(3), c1 * v, x]) @ _PAPER).T)
        put(name_v, v @ _PAPER + (0, -0.25))
        put(name_w, w @ _PAPER + (0, 0.25))
        put(name_reached, beside(x @ _PAPER, x @ _PAPER, 0.4), "c₁v + c₂w" if x.any() else "")
        shape = {0: "a point", 1: "a line", 2: "a plane"}[len(Q)]
        result.set_text(f"span(v, w) is {shape}:  {len(Q)} dimension{'s' * (len(Q) != 1)}")
        parts.set_text(f"{signed(c1, 1)} v + {signed(c2, 1)} w = {vector_text(x)}")
        return (
            f"v and w in space, {apart:g}° apart, span {shape}. "
            f"The coefficients {signed(c1, 1)} and {signed(c2, 1)} reach {vector_text(x)}, which lies in it."
        )

    return update


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
