"""Pictures of lengths: unit balls, and what they do to a nearest neighbour, to weights and to data."""

import math
from collections.abc import Callable
from functools import cache, partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from numpy.typing import NDArray

from mathml import vectors
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    DASHED,
    DOTTED,
    GREEN,
    GREY,
    INK,
    RED,
    SKY,
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

__all__ = ["normalization", "regularization", "unit_balls"]


_DEGREES = np.arange(0.0, 361.0, 3.0)  # every corner of the balls is among them
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_AROUND = np.array([(0.3, -1.83), (-1.7, 0.6), (1.35, 1.35), (2.3, -0.7), (-1.5, -2.0), (-0.8, 2.35)])


@figure(size=(5.4, 5.4))
def unit_balls(
    ax: Axes, norm: Maths = vectors.norm, distance: Maths = vectors.distance, points: Matrix = _AROUND
) -> Callable[..., str]:
    """What is one step away depends on p, and so does which point is nearest to the origin.

    Parameter: `p`, from 1 to `math.inf`.
    """
    plane(ax, (-2.9, 2.9), (-2.9, 2.7))
    ball = Polygon(np.zeros((len(_DEGREES), 2)), facecolor=SKY, alpha=0.35, edgecolor="none", zorder=2, gid="inside")
    ax.add_patch(ball)
    (sphere,) = ax.plot([], [], color=BLUE, zorder=3, gid="unit ball")
    (touching,) = ax.plot([], [], color=RED, linewidth=1.6, linestyle=DASHED, zorder=3, gid="touching ball")
    ax.plot(*points.T, "o", color=INK, markersize=8, zorder=4, gid="points")
    ax.plot(0, 0, "o", color=BLUE, markersize=7, zorder=4)
    (nearest,) = ax.plot([], [], "o", color=RED, markersize=13, zorder=5, gid="nearest")
    names = [label(ax, "", size=12, gid=f"distance {i}") for i in range(len(points))]
    unit_sphere = cache(partial(_sphere, norm, _DEGREES))
    for name, point in zip(names, points, strict=True):
        put(name, point + np.sign(point) * (0.25, 0.33))
    result, parts = readout(ax), readout(ax, 1)

    def update(p: float = 2.0) -> str:
        boundary = unit_sphere(p)
        distances = np.array([distance(point, (0, 0), p) for point in points])
        winner = int(np.argmin(distances))

        sphere.set_data(*boundary.T)
        ball.set_xy(boundary)
        touching.set_data(*(distances[winner] * boundary).T)
        nearest.set_data(*points[[winner]].T)
        for i, name in enumerate(names):
            name.set_text(f"{_LETTERS[i]} {signed(distances[i])}")
            name.set_color(RED if i == winner else INK)
        best = _LETTERS[winner]
        result.set_text(f"p = {plain(p)}:  {best} is nearest")
        parts.set_text("filled: ‖x‖ ≤ 1.  Dashed: grown to touch")
        return (
            f"The unit ball for p = {plain(p)} is {_shape(p)}. "
            f"With this p, {best} is nearest to the origin, {signed(distances[winner])} away."
        )

    return update


def _shape(p: float) -> str:
    """The unit ball's shape in a word."""
    if p in (1, 2, math.inf):
        return {1: "a diamond", 2: "a circle", math.inf: "a square"}[p]
    return "between a diamond and a circle" if p < 2 else "between a circle and a square"


_LEAST = np.array([1.1, 2.3])  # the weights with the least loss, if no ball holds them back
_AXES = np.array([polar(1, 15), polar(1, 105)])  # the loss grows slowly along the first, quickly along the second
_WIDTHS = np.array([1.1, 0.8])


@figure(size=(5.6, 5.4))
def regularization(
    ax: Axes, norm: Maths = vectors.norm, pairwise_distances: Maths = vectors.pairwise_distances
) -> Callable[..., str]:
    """The least loss inside a ball: the corner of the L1 ball makes a weight zero, the round L2 ball does not.

    Parameters: `p`, at least 1, and the ball's radius `t`. The loss is made up: a squared length in slanted units.
    """
    plane(ax, (-2.7, 3.5), (-2.5, 3.5), names=("w₁", "w₂"))
    rings = np.array([polar(1, degrees) for degrees in range(361)]) * _WIDTHS @ _AXES
    for level in (1, 2, 3, 4):
        ax.plot(*(_LEAST + level * rings).T, color=RED, alpha=0.25, linewidth=1.2, zorder=1.5)
    ball = Polygon(
        np.zeros((len(_DEGREES), 2)), facecolor=SKY, alpha=0.45, edgecolor=BLUE, linewidth=2.2, zorder=2, gid="ball"
    )
    ax.add_patch(ball)
    (touching,) = ax.plot([], [], color=RED, linewidth=2, zorder=3, gid="level")
    ax.plot(*_LEAST, "o", color=RED, markersize=8, zorder=4)
    put(label(ax, "least loss", RED, 12), beside(_LEAST, (1, 0.35), 0.9))
    (best,) = ax.plot([], [], "o", color=GREEN, markersize=12, zorder=5, gid="best")
    name = label(ax, "ŵ", GREEN, 15)
    result, parts = readout(ax, color=GREEN), readout(ax, 1)
    unit_sphere = cache(partial(_sphere, norm, _DEGREES))

    def length(W: Matrix) -> Vector:
        """The root of the loss at each of these weights."""
        distances: Matrix = pairwise_distances(W @ _AXES.T / _WIDTHS, [_LEAST @ _AXES.T / _WIDTHS])
        return distances[:, 0]

    def update(p: float = 2.0, t: float = 1.3) -> str:
        held = norm(_LEAST, p) > t
        w = _least_on_ball(length, partial(_sphere, norm, p=p), t, unit_sphere(p)) if held else _LEAST
        zero = bool(np.abs(w).min() < 1e-9)
        ball.set_xy(t * unit_sphere(p))
        touching.set_data(*(_LEAST + length(w[np.newaxis]) * rings).T)
        best.set_data([w[0]], [w[1]])
        put(name, beside(w, (-1, -0.4), 0.4))
        result.set_text(f"ŵ = {vector_text(w)}" + ("   a weight is zero" if zero else ""))
        parts.set_text(f"the least loss where ‖w‖ ≤ {t:.2f},  p = {plain(p)}")
        where = "on its edge" if held else "inside it, where nothing holds it back"
        return (
            f"The ball of radius {plain(t)} for p = {plain(p)}, and level curves of a loss. The least loss in the ball "
            f"is at {vector_text(w)}, {where}{'; one weight is exactly zero' if zero else ''}."
        )

    return update


def _sphere(norm: Maths, degrees: Vector, p: float) -> Matrix:
    """The points of length one `(n, 2)` in these directions."""
    directions = np.array([polar(1, angle) for angle in degrees])
    points: Matrix = directions / np.array([norm(direction, p) for direction in directions])[:, np.newaxis]
    return points


def _least_on_ball(
    length: Callable[[Matrix], Vector], sphere: Callable[[Vector], Matrix], t: float, around: Matrix
) -> Vector:
    """Of the points of length t the one where `length` is least: a look `around`, then closer and closer looks."""
    degrees, points = _DEGREES, around
    for _ in range(4):
        best = np.argmin(length(t * points))
        degrees = degrees[best] + (degrees[1] - degrees[0]) * np.linspace(-1, 1, 11)
        points = sphere(degrees)
    nearest: Vector = t * points[np.argmin(length(t * points))]
    return nearest


@figure(size=(5.8, 5.4))
def normalization(
    ax: Axes,
    normalize_rows: Maths = vectors.normalize_rows,
    standardize_columns: Maths = vectors.standardize_columns,
) -> Callable[..., str]:
    """One cloud, three ways: as counted, each row on the unit circle, each column with mean 0 and deviation 1.

    Parameter: `kind`, one of "raw", "rows", "columns". The texts that were counted are made up.
    """
    X, topics = _texts()
    longest = [int(np.argmax((X[topics == topic] ** 2).sum(axis=1))) for topic in range(3)]
    clouds = {"raw": X, "rows": normalize_rows(X), "columns": standardize_columns(X)}
    plane(ax, (-2.6, 5.4), (-2.4, 5.0), names=("“ball”", "“vote”"))
    ax.plot(*np.array([polar(1, degrees) for degrees in range(361)]).T, color=GREY, linewidth=1, linestyle=DOTTED)
    look = (("o", BLUE), ("s", RED), ("^", GREEN))
    marks = [
        ax.plot([], [], m, color=c, markersize=8, alpha=0.7, markeredgewidth=0, gid=f"class {c}")[0] for m, c in look
    ]
    names = [label(ax, name, c) for name, (_, c) in zip(_TOPICS, look, strict=True)]
    result, parts = readout(ax), readout(ax, 1)

    def update(kind: str = "raw") -> str:
        cloud = clouds[kind]
        for topic, (mark, name) in enumerate(zip(marks, names, strict=True)):
            points = cloud[topics == topic]
            mark.set_data(*points.T)
            put(name, beside(points[longest[topic]], *_ASIDE[kind][topic]))
        said, shown = _NORMALIZATIONS[kind]
        result.set_text(said)
        parts.set_text(shown)
        middle, spread = vector_text(cloud.mean(axis=0)), vector_text(cloud.std(axis=0))
        return f"{said}: {shown}. The columns have means {middle} and standard deviations {spread}."

    return update


_TOPICS = ("sport", "both", "politics")
_NORMALIZATIONS = {
    "raw": ("Raw: counts of two words", "a long text lies far out"),
    "rows": ("Rows: every length is 1", "what a text is about is left"),
    "columns": ("Columns: mean 0, deviation 1", "each word counts alike"),
}
_OUTWARD = (((1, 0.7), 0.6), ((1, 0.8), 0.6), ((-0.5, 1), 0.5))  # from the longest text to the name of its topic
_ASIDE = {"raw": _OUTWARD, "rows": (((1, 0), 0.75), ((1, 0.7), 0.7), ((0.2, 1), 0.5)), "columns": _OUTWARD}


def _texts() -> tuple[Matrix, NDArray[np.intp]]:
    """How often two words stand in 60 texts, in tens, and the topic of each: a direction for each topic, any length."""
    rng = np.random.default_rng(2)
    topics = np.repeat(np.arange(3), 20)
    directions = np.array([16, 45, 74])[topics] + rng.normal(scale=5, size=60)
    lengths = rng.uniform(0.5, 4.4, size=60)
    return np.array([polar(length, degrees) for length, degrees in zip(lengths, directions, strict=True)]), topics
