"""Pictures of functions of two variables: their contours, the gradient across them, the bowl that fits them."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from contourpy import LineType, contour_generator
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from mathml import calculus, matrices, vectors
from mathml.arrays import Matrix, Vector
from mathml.figures.contours import Contours, Surface
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CARD,
    CIRCLE,
    DASHED,
    GREEN,
    GREY,
    INK,
    RED,
    Arrow,
    label,
    panels,
    plain,
    plane,
    polar,
    put,
    put_beyond,
    readout,
    rows_text,
    signed,
    vector_text,
)

__all__ = ["SURFACES", "curvature", "level_curves"]

_X, _Y = calculus.variable("x"), calculus.variable("y")
_VALLEY = _X**2 / 2 - _X * _Y / 2 + _Y**2

# What the menus of a lesson offer: each is an expression in x and y.
SURFACES = {
    "a valley": _VALLEY,
    "a bowl": (_X**2 + _Y**2) / 2,
    "a saddle": (_X**2 - _Y**2) / 2,
    "hills": 3 * np.sin(_X) * np.cos(_Y),
    "a slope": 2 * _X - _Y,
    "a bend": ((_Y - _X**2 / 2) ** 2 + (1 - _X) ** 2 / 4) / 2,
}


# --- the gradient and the level curve -------------------------------------------------------------

_LEVELS = np.arange(-4, 7)
_DEGREES = np.arange(0.0, 361.0, 10.0)


@figure(size=(8.6, 4.6))
def level_curves(
    ax: Axes,
    gradient: Maths = calculus.gradient,
    directional_derivative: Maths = calculus.directional_derivative,
    norm: Maths = vectors.norm,
    dot: Maths = vectors.dot,
) -> Callable[..., str]:
    """The gradient stands on the level curve; along any other direction the slope is less, by the cosine between.

    Parameters: a `point`; the `angle` of a direction u, in degrees; and the function `f`, an expression in x and y.
    """
    left, right = panels(ax, (0, 0, 0.5, 1), (0.685, 0.155, 0.29, 0.62))
    plane(left, (-2.9, 2.9), (-2.45, 2.45), names=("x", "y")).set_position((0.015, 0.055, 0.58, 0.77))
    left.grid(False)
    contours = Contours(left, _LEVELS)
    through = LineCollection([], colors=INK, linewidths=2, zorder=2, gid="level curve")
    left.add_collection(through, autolim=False)
    (corner,) = left.plot([], [], color=INK, linewidth=1.2, zorder=2.2, gid="right angle")
    steepest = Arrow(left, GREEN, thickness=0.075, gid="gradient")
    way = Arrow(left, RED, thickness=0.06, zorder=4.2, gid="direction")
    (here,) = left.plot([], [], "o", color=INK, markersize=9, zorder=5, gid="point")
    name_steepest, name_way = label(left, "", GREEN, 13), label(left, "", RED, 13)

    right.set(xlim=(0, 360), ylim=(-5.2, 5.2), xticks=range(0, 361, 90), yticks=range(-4, 5, 2))
    right.set(xlabel="angle of u, in degrees", ylabel="slope along u")
    right.grid(True)
    right.axhline(0, color=GREY, linewidth=1, zorder=1)
    name_peak = label(right, "", GREEN, 12)
    (uphill,) = right.plot([], [], color=GREEN, linewidth=1.6, linestyle=DASHED, zorder=2, gid="uphill")
    (wave,) = right.plot([], [], color=BLUE, zorder=3, gid="wave")
    (now,) = right.plot([], [], "o", color=RED, markersize=10, zorder=5, gid="slope")
    result, parts = readout(ax), readout(ax, 1)

    @lru_cache(maxsize=1)  # while only the angle moves, the wave stays
    def slopes_all_round(f: Any, x: float, y: float) -> Vector:
        return np.array([directional_derivative(Surface(f), (x, y), polar(1, degrees)) for degrees in _DEGREES])

    def update(point: ArrayLike = (1.2, 0.8), angle: float = 15.0, f: Any = _VALLEY) -> str:
        g, p, u = Surface(f), np.asarray(point, dtype=float), polar(1, angle)
        slope, rise = directional_derivative(g, p, u), np.asarray(gradient(g, p))
        length = norm(rise)
        level_place = length < 1e-6
        towards = math.degrees(math.atan2(rise[1], rise[0])) % 360
        contours.show(g)
        through.set_segments(contours.at(float(g(p))))
        steepest.point(p, p + rise)
        way.point(p, p + u)
        here.set_data([p[0]], [p[1]])
        _mark_right_angle(corner, p, np.zeros(2) if level_place else rise / length)
        put_beyond(name_steepest, p + rise, rise, "" if level_place else "∇f")
        put_beyond(name_way, p + u, u, "u" if norm(u - rise) > 0.35 else "")
        wave.set_data(_DEGREES, slopes_all_round(f, *p))
        uphill.set_data([] if level_place else [towards, towards], [] if level_place else [0, length])
        put(name_peak, (min(max(towards, 50), 310), length + 0.5), "" if level_place else "along ∇f")
        now.set_data([angle % 360], [slope])
        result.set_text(f"slope along u:  {signed(slope)}     steepest:  {signed(length)}")
        cosine = "" if level_place else f",   cos θ = {signed(dot(rise, u) / length)}"
        parts.set_text(f"f = {signed(float(g(p)))},   ∇f = {vector_text(rise)}{cosine}")
        return (
            f"The level curves of f = {f}. At {vector_text(p)}, {parts.get_text()}: the slope along u, at "
            f"{plain(angle)}°, is {signed(slope)}, and "
            + (
                "it is level in every direction."
                if level_place
                else f"the steepest, {signed(length)}, is at {towards:.0f}°, across the level curve."
            )
        )

    return update


def _mark_right_angle(corner: Any, point: Vector, along: Vector) -> None:
    """A small square between the gradient and the level curve; none where there is no gradient."""
    across = np.array([-along[1], along[0]])
    corner.set_data(*(point + 0.16 * np.array([across, across + along, along])).T if along.any() else ([], []))


# --- the Hessian ----------------------------------------------------------------------------------

_FAR = np.linspace(-1.3, 1.3, 53)  # how far along an eigenvector
_DISC = np.linspace(0, 1.3, 27)[:, np.newaxis, np.newaxis] * CIRCLE[::5]  # (27, 73, 2) around the point
_RISES = (-1.0, -0.5, 0.0, 0.5, 1.0)
_AXES = (BLUE, RED)


@figure(size=(8.2, 4.4))
def curvature(
    ax: Axes,
    gradient: Maths = calculus.gradient,
    hessian: Maths = calculus.hessian,
    eigh: Maths = matrices.eigh,
) -> Callable[..., str]:
    """The quadratic function that fits best at a point, over the real one: its eigenvalues say bowl, saddle or dome.

    Parameters: a `point`, and the function `f`, an expression in x and y.
    """
    left, right = panels(ax, (0, 0, 0.5, 1), (0.675, 0.155, 0.31, 0.62))
    plane(left, (-2.9, 2.9), (-2.45, 2.45), names=("x", "y")).set_position((0.015, 0.055, 0.58, 0.77))
    left.grid(False)
    contours = Contours(left, _LEVELS, linewidths=0)
    disc = Polygon(CIRCLE, facecolor=CARD, edgecolor=GREY, alpha=0.7, linewidth=1, zorder=1.2, gid="disc")
    left.add_patch(disc)
    real = LineCollection([], colors=INK, linewidths=3.6, alpha=0.3, zorder=2, gid="levels nearby")
    fitted = LineCollection([], colors=GREEN, linewidths=1.4, zorder=2.2, gid="fitted levels")
    for collection in (real, fitted):
        left.add_collection(collection, autolim=False)
    arrows = [Arrow(left, color, thickness=0.06, gid=f"q{k}") for k, color in enumerate(_AXES, 1)]
    names = [label(left, "", color, 12) for color in _AXES]
    (here,) = left.plot([], [], "o", color=INK, markersize=9, zorder=5, gid="point")
    right.set(xlim=(-1.3, 1.3), ylim=(-3.2, 3.2), xticks=(-1, 0, 1), yticks=range(-3, 4))
    right.set(xlabel="distance along an eigenvector", ylabel="rise of f")
    right.grid(True)
    slices = [
        (
            right.plot([], [], color=color, linewidth=5, alpha=0.35, zorder=2, gid=f"slice {k}")[0],
            right.plot([], [], color=color, linewidth=1.8, linestyle=DASHED, zorder=3, gid=f"parabola {k}")[0],
        )
        for k, color in enumerate(_AXES, 1)
    ]
    right.plot(0, 0, "o", color=INK, markersize=8, zorder=5)
    label(right, "pale: f,   dashed: fitted", GREY, 10, zorder=1).set_position((0, -2.85))
    result, parts = readout(ax), readout(ax, 1)

    def update(point: ArrayLike = (0.9, 0.7), f: Any = SURFACES["hills"]) -> str:
        g, p = Surface(f), np.asarray(point, dtype=float)
        height, slope, H = float(g(p)), np.asarray(gradient(g, p)), np.asarray(hessian(g, p))
        values, Q = eigh(H)
        Q = Q * np.where(p @ Q > 1e-9, -1, 1)  # of the two directions the one into the picture
        slopes = slope @ Q

        def parabola(k: int, distance: Any) -> Any:
            return slopes[k] * distance + values[k] / 2 * distance**2

        contours.show(g)
        disc.set_xy(p + _DISC[-1])
        here.set_data(*p[:, np.newaxis])
        real.set_segments(_nearby(p, np.asarray(g((p + _DISC).transpose(2, 0, 1))) - height))
        along = _DISC @ Q
        fitted.set_segments(_nearby(p, parabola(0, along[..., 0]) + parabola(1, along[..., 1])))
        for k, (slice_of_f, fit) in enumerate(slices):
            q = Q[:, k]
            arrows[k].point(p, p + 0.8 * q)
            put_beyond(names[k], p + 0.8 * q, q, f"λ = {signed(values[k])}")
            slice_of_f.set_data(_FAR, np.asarray(g((p + np.outer(_FAR, q)).T)) - height)
            fit.set_data(_FAR, parabola(k, _FAR))
        result.set_text(f"λ = {signed(values[1])} and {signed(values[0])}:  {_bend(*values)}")
        parts.set_text(f"H = {rows_text(H)},   ∇f = {vector_text(slope)}")
        return (
            f"f = {f} near {vector_text(p)}, and the quadratic function with the same height, gradient and Hessian. "
            f"{parts.get_text()}. The eigenvalues of H: {result.get_text()}."
        )

    return update


def _nearby(point: Vector, rises: Matrix) -> list[Matrix]:
    """The curves on which a function that is known on the disc has risen by so much."""
    x, y = (point + _DISC).transpose(2, 0, 1)
    known: Any = contour_generator(x, y, rises, line_type=LineType.Separate)
    return [curve for rise in _RISES for curve in known.lines(rise)]


def _bend(low: float, high: float) -> str:
    """What the eigenvalues say of the shape."""
    if abs(low) < 5e-3 and abs(high) < 5e-3:
        return "not bent"
    if low > -5e-3:
        return "bends up every way, a bowl" if low > 5e-3 else "bends up one way, a valley"
    if high < 5e-3:
        return "bends down every way, a dome" if high < -5e-3 else "bends down one way, a ridge"
    return "bends up and down, a saddle"
