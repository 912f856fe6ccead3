"""The pictures of lesson 1, each of the maths that it is given; here the sums, shadows and angles."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from mathml import vectors
from mathml.arrays import Vector
from mathml.figures.clusters import dbscan, kmeans_steps
from mathml.figures.core import Maths, figure
from mathml.figures.digits import digit_vector, retrieval
from mathml.figures.features import digit_map, digit_sum
from mathml.figures.neighbors import neighborhood, unfolding
from mathml.figures.norms import normalization, regularization, unit_balls
from mathml.figures.spaces import gram_schmidt, linear_combination, span
from mathml.figures.style import (
    BLUE,
    BROWN,
    DASHED,
    DOTTED,
    GREEN,
    GREY,
    INK,
    ORANGE,
    RED,
    Arrow,
    beside,
    label,
    panels,
    plain,
    plane,
    polar,
    put,
    readout,
    signed,
    vector_text,
)

__all__ = [
    "cosine",
    "dbscan",
    "digit_map",
    "digit_sum",
    "digit_vector",
    "gram_schmidt",
    "kmeans_steps",
    "linear_combination",
    "neighborhood",
    "normalization",
    "projection",
    "regularization",
    "retrieval",
    "span",
    "unfolding",
    "unit_balls",
    "vector_sum",
]


@figure(size=(6.2, 5.4))
def vector_sum(
    ax: Axes, linear_combination: Maths = vectors.linear_combination, norm: Maths = vectors.norm
) -> Callable[..., str]:
    """Head to tail: the sum a + s·b is the diagonal of the parallelogram; s = −1 gives the difference.

    Parameters: the points `a` and `b`, and `scale`, the s.
    """
    plane(ax, (-5.6, 5.6), (-4.2, 4.2))
    dashed: dict[str, Any] = {"color": GREY, "linewidth": 1.3, "linestyle": DASHED, "zorder": 2}
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
        lengths = [signed(norm(x)) for x in (a, scaled, tip)]
        parts.set_text("a is {} long,  {} is {},  the sum {}".format(lengths[0], times, *lengths[1:]))
        return (
            f"a is {vector_text(a)} and b is {vector_text(b)}. Head to tail, {name} ends at {vector_text(tip)}. "
            f"{parts.get_text()}."
        )

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
    plane(ax, (-4.2, 4.2), (-3.4, 3.4))
    tilt = 12.0  # b does not lie along an axis: a shadow is not just a coordinate
    ahead = polar(1, tilt)
    ax.plot(*zip(-9 * ahead, 9 * ahead, strict=True), color=GREY, linewidth=1, linestyle=DOTTED)
    (shadow,) = ax.plot([], [], color=ORANGE, linewidth=11, solid_capstyle="butt", zorder=2.5, gid="shadow")
    (rest,) = ax.plot([], [], color=GREY, linewidth=1.6, linestyle=DASHED, zorder=3, gid="rest")
    (corner,) = ax.plot([], [], color=GREY, linewidth=1.2, zorder=3, gid="right angle")
    (arc,) = ax.plot([], [], color=INK, linewidth=1.2, zorder=3, gid="arc")
    arrow_b, arrow_a = Arrow(ax, RED, gid="b"), Arrow(ax, BLUE, zorder=5, gid="a")
    name_a, name_b, theta = label(ax, "a", BLUE), label(ax, "b", RED), label(ax, "θ", size=12)
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
            f"a is {plain(length)} long, at {plain(angle)}° from b, which is {plain(b_length)} long. "
            f"The shadow of a on b is {signed(reach)} long, and a · b is {signed(product)}."
        )

    return update


@figure(size=(8.0, 4.6))
def cosine(
    ax: Axes,
    cosine_similarity: Maths = vectors.cosine_similarity,
    dot: Maths = vectors.dot,
    unit: Maths = vectors.unit,
) -> Callable[..., str]:
    """Cosine similarity is the dot product of directions: on the unit circle, where lengths are gone.

    Parameters: `angle` from b to a in degrees, and the lengths `a_length` and `b_length`.
    """
    circle, curve = panels(ax, (0, 0, 0.5, 1), (0.61, 0.16, 0.36, 0.6))
    plane(circle, (-3.3, 3.3), (-3.0, 3.0)).set_position((0.03, 0.06, 0.5, 0.76))
    around = np.array([polar(1, degrees) for degrees in range(361)])
    circle.plot(*around.T, color=GREY, linewidth=1.2)
    (shadow,) = circle.plot([], [], color=ORANGE, linewidth=9, solid_capstyle="butt", zorder=2.5, gid="cosine")
    (rest,) = circle.plot([], [], color=GREY, linewidth=1.4, linestyle=DASHED, zorder=3, gid="rest")
    arrow_b, arrow_a = Arrow(circle, RED, alpha=0.35, gid="b"), Arrow(circle, BLUE, alpha=0.35, gid="a")
    unit_b, unit_a = Arrow(circle, RED, gid="unit b"), Arrow(circle, BLUE, gid="unit a")
    name_a, name_b = label(circle, "a", BLUE), label(circle, "b", RED)
    _cosine_curve(curve, cosine_similarity)
    (here,) = curve.plot([], [], "o", color=ORANGE, markersize=13, markeredgecolor=INK, zorder=5, gid="here")
    result, parts = readout(ax), readout(ax, 1)

    def update(angle: float = 50.0, a_length: float = 2.0, b_length: float = 1.5) -> str:
        a, b = polar(a_length, angle), polar(b_length, 0)
        similarity, u, v = cosine_similarity(a, b), unit(a), unit(b)
        foot = similarity * v
        arrow_a.point((0, 0), a)
        arrow_b.point((0, 0), b)
        unit_a.point((0, 0), u)
        unit_b.point((0, 0), v)
        shadow.set_data([0, foot[0]], [0, foot[1]])
        rest.set_data([foot[0], u[0]], [foot[1], u[1]])
        put(name_a, beside(max(a, u, key=lambda x: x @ x), a, 0.25))
        put(name_b, beside(max(b, v, key=lambda x: x @ x), (0, 1 if u[1] < 0 else -1), 0.3))
        here.set_data([abs((angle + 180) % 360 - 180)], [similarity])
        result.set_text(f"cos θ  =  {signed(similarity)}")
        parts.set_text(f"θ = {plain(angle)}°      a · b = {signed(dot(a, b))}")
        return (
            f"a and b are {plain(angle)}° apart, {plain(a_length)} and {plain(b_length)} long. "
            f"Their cosine similarity is {signed(similarity)}, and their dot product {signed(dot(a, b))}."
        )

    return update


def _cosine_curve(ax: Axes, cosine_similarity: Maths) -> None:
    """The similarity of two directions for all angles between them."""
    degrees = range(0, 181, 3)
    ax.plot(degrees, [cosine_similarity(polar(1, d), (1, 0)) for d in degrees], color=INK)
    ax.set(xlim=(-8, 188), ylim=(-1.2, 1.2), xticks=(0, 45, 90, 135, 180), yticks=(-1, 0, 1))
    ax.set(xlabel="angle θ between a and b, in degrees", ylabel="cos θ")
    ax.grid(True)
