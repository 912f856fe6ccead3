"""Pictures of slopes: the secant that becomes the tangent, and the polynomial that copies a curve."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from mathml import calculus
from mathml.arrays import Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    DASHED,
    DOTTED,
    GREEN,
    GREY,
    HIGH,
    INK,
    ORANGE,
    PURPLE,
    RED,
    label,
    panels,
    plain,
    plane,
    put,
    readout,
    scientific,
    signed,
)

__all__ = ["FUNCTIONS", "secant", "taylor"]

_X = calculus.variable("x")
_SINE = np.sin(_X)

# What the menus of a lesson offer: each is an expression in x.
FUNCTIONS = {
    "sin x": _SINE,
    "x²": _X**2,
    "x³ − x": _X**3 - _X,
    "eˣ": np.exp(_X),
    "1/(1 + x²)": 1 / (1 + _X**2),
    "√(1 + x²)": np.sqrt(1 + _X**2),
}


def _of_x(f: Any) -> Callable[[Any], Any]:
    """An expression as an ordinary function of x, a number or an array."""
    return lambda x: f(x=x)


_STEPS = tuple(10.0 ** np.linspace(-15, 0, 32))
_METHODS = {"complex": PURPLE, "forward": RED, "central": BLUE}
_NAMES = {"forward": (2e-4, 0.6), "central": (2e-2, 3e-11), "complex": (3e-12, 2e-14)}
_LEAST = 1e-17  # where an error of zero is drawn


@figure(size=(8.8, 4.6))
def secant(
    ax: Axes, derivative: Maths = calculus.derivative, differentiate: Maths = calculus.differentiate
) -> Callable[..., str]:
    """A secant becomes the tangent as h shrinks; its slope gets better with it, but only down to a certain h.

    Parameters: the function `f`, an expression in x; the place `x`; and the step `h`, from 1 to 1e-15.
    """
    left, right = panels(ax, (0, 0, 0.5, 1), (0.665, 0.155, 0.32, 0.62))
    plane(left, (-2.9, 2.9), (-1.7, 3.3), names=("x", "f(x)")).set_position((0.02, 0.055, 0.555, 0.77))
    (curve,) = left.plot([], [], color=BLUE, zorder=2, gid="curve")
    (tangent,) = left.plot([], [], color=GREEN, linewidth=2, zorder=2.5, gid="tangent")
    (line,) = left.plot([], [], color=RED, linewidth=2, linestyle=DASHED, zorder=3, gid="secant")
    triangle = Polygon(np.zeros((3, 2)), facecolor=ORANGE, alpha=0.35, linewidth=0, zorder=1.8, gid="triangle")
    left.add_patch(triangle)
    (ends,) = left.plot([], [], "o", color=RED, markersize=8, zorder=4, gid="ends")
    name_line, name_tangent = label(left, "", RED, 12), label(left, "", GREEN, 12)
    name_h = label(left, "h", INK, 12)

    right.set(
        xscale="log", yscale="log", xlim=(1e-15, 2), ylim=(_LEAST / 3, 30), xlabel="h", ylabel="error of the slope"
    )
    right.set(xticks=(1e-15, 1e-10, 1e-5, 1), yticks=(1e-15, 1e-10, 1e-5, 1))
    right.minorticks_off()
    right.grid(True)
    for words, place in _NAMES.items():
        label(right, words, _METHODS[words], 11, zorder=1).set_position(place)
    valleys = {method: right.plot([], [], color=color, gid=method)[0] for method, color in _METHODS.items()}
    valleys["complex"].set(linewidth=5, alpha=0.4)  # where it goes with "central", both are seen
    (now,) = right.plot([], [], color=GREY, linewidth=1.2, linestyle=DOTTED, gid="h")
    (dots,) = right.plot([], [], "o", color=INK, markersize=7, zorder=5, clip_on=False, gid="errors")
    result, parts = readout(ax), readout(ax, 1)

    def errors(f: Any, x: float, steps: tuple[float, ...]) -> dict[str, Vector]:
        g, slope = _of_x(f), differentiate(f, _X)(x=x)
        return {
            method: np.array([abs(derivative(g, x, method=method, h=h) - slope) for h in steps]) for method in _METHODS
        }

    errors_of_all_steps = lru_cache(maxsize=1)(errors)  # which stay as they are while h moves

    def update(f: Any = _SINE, x: float = 0.5, h: float = 1.0) -> str:
        g, slope = _of_x(f), differentiate(f, _X)(x=x)
        curves, now_off = errors_of_all_steps(f, x, _STEPS), errors(f, x, (h,))
        steepness = derivative(g, x, method="forward", h=h)
        across, here, there = np.array(left.get_xlim()), float(g(x)), float(g(x + h))
        curve.set_data(_ACROSS, g(_ACROSS))
        tangent.set_data(across, here + slope * (across - x))
        line.set_data(across, here + steepness * (across - x))
        triangle.set_xy([(x, here), (x + h, here), (x + h, there)])
        ends.set_data([x, x + h], [here, there])
        below = here - math.copysign(0.2, there - here)
        put(name_h, (x + h / 2, below), "h" if h > 0.2 and abs(below - 0.8) < 2.3 else "")
        _put_on_line(name_line, "secant", (x, here), steepness, 1, above=steepness >= slope)
        _put_on_line(name_tangent, "tangent", (x, here), slope, -1, above=steepness >= slope)
        for method, valley in valleys.items():
            valley.set_data(_STEPS, np.maximum(curves[method], _LEAST))
        now.set_data([h, h], right.get_ylim())
        dots.set_data([h] * 3, [max(*now_off[method], _LEAST) for method in _METHODS])
        result.set_text(f"secant  {signed(steepness, 4)},   tangent  {signed(slope, 4)}")
        found = ",   ".join(f"{method} {scientific(now_off[method][0])}" for method in _NAMES)
        parts.set_text(f"error at h = {scientific(h)}:   {found}")
        return (
            f"f(x) = {f} at x = {plain(x)}. The secant to x + h has the slope {signed(steepness, 6)}, the tangent "
            f"{signed(slope, 6)}; the {parts.get_text()}. Forward errors fall with h, central ones with h², and both "
            f"rise again where rounding takes over."
        )

    return update


_ACROSS = np.linspace(-2.9, 2.9, 233)


def _put_on_line(name: Any, words: str, point: tuple[float, float], slope: float, way: int, above: bool) -> None:
    """Write a line's name beside it, where it is about to leave the picture to the right (1) or to the left (−1).

    Where there is no room on that side of the point, it stands on the other, not so far out; nowhere, if the point
    itself is out of the picture.
    """
    (left, right), (bottom, top) = name.axes.get_xlim(), name.axes.get_ylim()
    x, y = point
    room = {}
    for side in (1, -1):
        up = (top - y if slope * side > 0 else y - bottom) - 0.3
        room[side] = min((right - x if side > 0 else x - left) - 0.6, up / abs(slope) if slope else 9.0)
    run = way * room[way] if room[way] > 0.7 else -0.75 * way * room[-way]
    gap = 0.28 * math.hypot(1, slope) * (1 if above == (run > 0) else -1)
    put(name, (x + run, y + run * slope + gap), words if bottom < y < top else "")


# --- the polynomial that copies a curve -----------------------------------------------------------

_WIDE = np.linspace(-4, 4, 801)


@figure(size=(7.4, 5.8))
def taylor(ax: Axes, taylor: Maths = calculus.taylor, polynomial: Maths = calculus.polynomial) -> Callable[..., str]:
    """A polynomial that has f's value and first derivatives at one place: near there it is f, far away it is not.

    Parameters: the function `f`, an expression in x; the place `at`; and the polynomial's `degree`, from 0 to 12.
    """
    above, below = panels(ax, (0.095, 0.385, 0.885, 0.455), (0.095, 0.105, 0.885, 0.23))
    above.set(xlim=(-4, 4), ylim=(-2.1, 3.1), xticks=range(-4, 5), yticks=range(-2, 4), ylabel="f(x)", xlabel="x")
    above.set_xticklabels([])
    above.xaxis.label.set_visible(False)
    below.set(xlim=(-4, 4), yscale="log", ylim=(1e-9, 20), xlabel="x", ylabel="|f − p|")
    below.set(xticks=range(-4, 5), yticks=(1e-8, 1e-6, 1e-4, 1e-2, 1))
    below.minorticks_off()
    for panel in (above, below):
        panel.grid(True)
    (curve,) = above.plot([], [], color=BLUE, linewidth=5, alpha=0.4, zorder=2, gid="curve")
    (copy,) = above.plot([], [], color=RED, zorder=3, gid="polynomial")
    (here,) = above.plot([], [], "o", color=INK, markersize=9, zorder=5, gid="at")
    (gap,) = below.plot([], [], color=RED, zorder=3, gid="error")
    (good,) = below.plot([], [], color=GREEN, linewidth=9, alpha=0.5, solid_capstyle="butt", zorder=2, gid="within")
    result, parts = readout(ax), readout(ax, 1, color=RED)

    def update(f: Any = _SINE, at: float = 0, degree: int = 3) -> str:
        coefficients: Vector = np.asarray(taylor(f, at, degree), dtype=float)
        g = _of_x(f)
        values, copied = np.asarray(g(_WIDE)), np.asarray(polynomial(coefficients, _WIDE - at))
        error = np.abs(values - copied)
        curve.set_data(_WIDE, values)
        copy.set_data(_WIDE, copied)
        here.set_data([at], [g(at)])
        gap.set_data(_WIDE, np.maximum(error, 1e-10))
        near, far = _within(_WIDE, error, at)
        good.set_data([near, far], [1e-2, 1e-2])
        result.set_text(f"degree {degree}:  within 0.01 from {signed(near)} to {signed(far)}")
        parts.set_text(f"p(x) = {_terms(coefficients, at)}")
        return (
            f"f(x) = {f} and its Taylor polynomial of degree {degree} at {plain(at)}: {parts.get_text()}. "
            f"It is within 0.01 of f from x = {signed(near)} to {signed(far)}, "
            f"and off by {scientific(float(abs(g(at + 1) - polynomial(coefficients, 1.0))))} at a distance of 1."
        )

    return update


def _within(x: Vector, error: Vector, at: float) -> tuple[float, float]:
    """The interval around `at` on which the error stays below 0.01."""
    bad = x[error > 0.01]
    return max(bad[bad < at], default=x[0]), min(bad[bad > at], default=x[-1])


def _terms(coefficients: Vector, at: float, room: int = 62) -> str:
    """The polynomial as it is written, as far as there is room."""
    t = "x" if at == 0 else f"(x {'−' if at > 0 else '+'} {plain(abs(at))})"
    words = ""
    for k, c in enumerate(coefficients):
        if abs(c) < 1e-12:
            continue
        power = "" if k == 0 else t + ("" if k == 1 else str(k).translate(HIGH))
        size = "" if power and abs(abs(c) - 1) < 1e-9 else scientific(abs(c), 3)
        sign = ("−" if c < 0 else "") if not words else (" − " if c < 0 else " + ")
        term = sign + " ".join(part for part in (size, power) if part)
        if len(words) + len(term) > room:
            return words + " + …"
        words += term
    return words or "0"
