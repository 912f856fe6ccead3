"""The picture of Lagrange's multiplier: where a function is largest on a curve, its gradient stands on it."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from mathml import calculus, optimization, vectors
from mathml.arrays import Vector
from mathml.figures.contours import Contours, Surface
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CARD,
    GREEN,
    INK,
    ORANGE,
    RED,
    Arrow,
    label,
    panels,
    plain,
    plane,
    polar,
    put_beyond,
    readout,
    signed,
    vector_text,
)

__all__ = ["HEIGHTS", "constraint"]

_X, _Y = calculus.variable("x"), calculus.variable("y")

# What the menu of a lesson offers: what is to be made large on the ellipse, an expression in x and y.
HEIGHTS = {
    "x y + x/2": _X * _Y + _X / 2,
    "x + y": _X + _Y,
    "x²/2 + y²": _X**2 / 2 + _Y**2,
    "y": _Y + 0 * _X,
}
_ELLIPSE = (_X / 2) ** 2 + (_Y / 1.25) ** 2 - 1
_LEVELS = np.arange(-3.5, 4)  # none goes through a saddle
_AROUND = np.arange(0.0, 361.0, 2.0)
_NEAR = 1.3  # degrees between the gradients at which they are said to line up


@figure(size=(9.2, 4.8))
def constraint(
    ax: Axes,
    gradient: Maths = calculus.gradient,
    lagrange: Maths = optimization.lagrange,
    norm: Maths = vectors.norm,
    dot: Maths = vectors.dot,
) -> Callable[..., str]:
    """On a curve f is largest where there is nothing to gain along it: its gradient stands on the curve, as g's does.

    Parameters: how far round the ellipse, the `angle` in degrees; and the function `f`, an expression in x and y. The
    ellipse is where g = x²/4 + y²/1.5625 − 1 is zero; on the right is f on the way here.
    """
    left, right = panels(ax, (0, 0, 0.5, 1), (0.665, 0.135, 0.32, 0.665))
    plane(left, (-3.4, 3.4), (-2.7, 2.7), names=("x", "y")).set_position((0.015, 0.04, 0.575, 0.78))
    left.grid(False)
    contours = Contours(left, _LEVELS, 61)
    g = Surface(_ELLIPSE)
    round_it = np.array([_on_ellipse(degrees) for degrees in _AROUND])
    left.plot(*round_it.T, color=INK, linewidth=2.6, zorder=2, gid="g = 0")
    rise = Arrow(left, BLUE, thickness=0.08, zorder=4, gid="∇f")
    across = Arrow(left, RED, thickness=0.08, zorder=3.9, gid="∇g")
    along = Arrow(left, GREEN, thickness=0.07, zorder=4.1, gid="along")
    (here,) = left.plot([], [], "o", color=INK, markersize=11, markeredgecolor=CARD, zorder=5, gid="now")
    (star,) = left.plot([], [], "*", color=ORANGE, markersize=20, markeredgecolor=INK, zorder=4.8, gid="stationary")
    names = [label(left, "", color, 13) for color in (BLUE, RED, GREEN)]
    right.set(xlim=(-8, 368), ylim=(-2.7, 2.9), xticks=range(0, 361, 90), yticks=range(-2, 3))
    right.set(xlabel="angle, in degrees", ylabel="f on the ellipse")
    right.grid(True)
    (way,) = right.plot([], [], color=BLUE, linewidth=2.4, zorder=3, gid="way")
    (now,) = right.plot([], [], "o", color=INK, markersize=10, zorder=4, clip_on=False, gid="height")
    result, parts = readout(ax), readout(ax, 1)

    def update(angle: float = 20.0, f: Any = HEIGHTS["x y + x/2"]) -> str:
        height, p = Surface(f), _on_ellipse(angle)
        upwards, outwards = np.asarray(gradient(height, p)), np.asarray(gradient(g, p))
        tangent = np.array([-outwards[1], outwards[0]]) / norm(outwards)
        slope = dot(upwards, tangent)
        apart = math.degrees(math.atan2(abs(slope), abs(dot(upwards, outwards)) / norm(outwards)))
        contours.show(height)
        rise.point(p, p + _SCALE * upwards)
        across.point(p, p + _SCALE * outwards)
        along.point(p, p + _SCALE * slope * tangent)
        here.set_data(*p[:, np.newaxis])
        put_beyond(names[0], p + _SCALE * upwards, upwards, "∇f")
        put_beyond(names[1], p + _SCALE * outwards, outwards, "∇g" if apart > 12 else "")
        room = abs(slope) > 0.5 and apart < 55  # for a word between the arrows
        put_beyond(names[2], p + _SCALE * slope * tangent, slope * tangent, "gain" if room else "")
        done = _AROUND[angle > _AROUND]
        way.set_data([*done, angle], [float(height(_on_ellipse(degrees))) for degrees in (*done, angle)])
        now.set_data([angle], [float(height(p))])
        stands = apart < _NEAR
        found = lagrange(height, g, p) if stands else None
        star.set_data(*(found.x[:, np.newaxis] if found else ([], [])))
        result.set_text(
            f"∇f = λ ∇g,  λ = {signed(float(found.multipliers[0]))}"
            if found
            else f"∇f is {apart:.0f}° off the line of ∇g"
        )
        parts.set_text(
            f"f = {signed(float(height(p)))};   along the ellipse f "
            + ("stands still" if stands else f"changes by {signed(slope)} a step of 1")
        )
        return (
            f"The level curves of f = {f}, and the ellipse g = 0. At {plain(angle)}°, {vector_text(p)}, "
            f"∇f = {vector_text(upwards)} and ∇g = {vector_text(outwards)}: {result.get_text()}; {parts.get_text()}."
        )

    return update


_SCALE = 0.7  # of the gradients' arrows


def _on_ellipse(degrees: float) -> Vector:
    return np.array([2.0, 1.25]) * polar(1, degrees)
