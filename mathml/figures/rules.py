"""Pictures of the rules: a product grows by two strips and a corner, a chain of functions multiplies its slopes."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon, Rectangle

from mathml import calculus
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    BROWN,
    GREEN,
    GREY,
    INK,
    ORANGE,
    RED,
    SKY,
    label,
    panels,
    plain,
    plane,
    put,
    readout,
    scientific,
    signed,
)

__all__ = ["SIDES", "chain_of_rates", "product_rule"]

_X = calculus.variable("x")
_U, _V = _X**2 / 2, _X + 1

# What the menus of a lesson offer for the sides of the rectangle: each is an expression in x that grows.
SIDES = {"x": _X, "x + 1": _V, "x²/2": _U, "√x": np.sqrt(_X), "eˣ/5": np.exp(_X) / 5}


@figure(size=(8.0, 4.8))
def product_rule(ax: Axes, differentiate: Maths = calculus.differentiate) -> Callable[..., str]:
    """A rectangle u × v grows by two strips and a corner; the corner is all that the product rule leaves out.

    Parameters: the sides `u` and `v`, expressions in x; the place `x`; and the step `dx`.
    """
    left, right = panels(ax, (0, 0, 0.5, 1), (0.81, 0.08, 0.15, 0.7))
    plane(left, (-0.35, 4.75), (-0.3, 4.05), names=("u", "v")).set_position((0.02, 0.045, 0.66, 0.78))
    still = Rectangle((0, 0), 1, 1, facecolor=SKY, alpha=0.45, linewidth=0, zorder=2, gid="u v")
    parts_of_it = {
        name: Rectangle((0, 0), 1, 1, facecolor=color, alpha=0.75, linewidth=0, zorder=2, gid=name)
        for name, color in _PARTS.items()
    }
    bars = {
        name: Rectangle((0, 0), 1, 1, facecolor=color, alpha=0.75, linewidth=0, zorder=2, gid=f"{name} rate")
        for name, color in _PARTS.items()
    }
    for rectangle in (still, *parts_of_it.values()):
        left.add_patch(rectangle)
    for bar in bars.values():
        right.add_patch(bar)
    name_area, name_u, name_v = (label(left, size=13) for _ in range(3))
    names = {name: label(left, size=11, color=color) for name, color in _LETTERS.items()}
    right.set(xlim=(0, 1), ylim=(0, 2), xticks=(), yticks=(0, 0.5, 1, 1.5, 2), xlabel="growth / dx")
    right.set(ylabel="as a part of (u v)′")
    right.grid(True)
    right.axhline(1, color=INK, linewidth=2, zorder=4, gid="rule")
    result, parts = readout(ax), readout(ax, 1)

    def update(u: Any = _U, v: Any = _V, x: float = 1.5, dx: float = 0.4) -> str:
        width, height = float(u(x=x)), float(v(x=x))
        more, taller = float(u(x=x + dx)) - width, float(v(x=x + dx)) - height
        slope_u, slope_v = float(differentiate(u, _X)(x=x)), float(differentiate(v, _X)(x=x))
        rule = slope_u * height + width * slope_v
        areas = {"v du": height * more, "u dv": width * taller, "du dv": more * taller}
        growth = sum(areas.values())

        still.set_bounds(0, 0, width, height)
        parts_of_it["v du"].set_bounds(width, 0, more, height)
        parts_of_it["u dv"].set_bounds(0, height, width, taller)
        parts_of_it["du dv"].set_bounds(width, height, more, taller)
        reached = 0.0
        for name, area in areas.items():
            share = area / dx / rule if rule else 0.0
            bars[name].set_bounds(0.2, reached, 0.6, share)
            reached += share
        put(name_area, (width / 2, height / 2), "u v" if min(width, height) > 0.5 else "")
        put(name_u, (width / 2, -0.16), "u")
        put(name_v, (-0.2, height / 2), "v")
        put(names["v du"], (width + more + 0.42, height / 2), "v du")
        put(names["u dv"], (width / 2, height + taller + 0.18), "u dv")
        put(names["du dv"], (width + more + 0.45, height + taller + 0.1), "du dv")
        result.set_text(f"(u v)′  =  u′v + u v′  =  {signed(rule, 3)}")
        share = areas["du dv"] / growth if growth else 0.0
        parts.set_text(
            f"growth / dx = {signed(growth / dx, 3)} at dx = {plain(dx)};   the corner is {_percent(share)} of it"
        )
        return (
            f"A rectangle with the sides u = {u} and v = {v} at x = {plain(x)}: {signed(width)} by {signed(height)}. "
            f"{result.get_text()}, with u′ = {signed(slope_u)} and v′ = {signed(slope_v)}; {parts.get_text()}."
        )

    return update


_PARTS = {"v du": RED, "u dv": GREEN, "du dv": ORANGE}
_LETTERS = {"v du": RED, "u dv": GREEN, "du dv": BROWN}


def _percent(part: float) -> str:
    return f"{scientific(100 * part)} %"


# --- a chain of functions -------------------------------------------------------------------------

_NAMES = "xuyz"
_SECOND, _THIRD = calculus.variable("u"), calculus.variable("y")
_CHAIN = (_X**2, np.sin(_SECOND), np.exp(_THIRD))
_ENDS = (-2.2, 4.2)
_TICKS = range(-2, 5)
_GRID = np.linspace(-2, 2, 17)


@figure(size=(8.2, 4.7))
def chain_of_rates(
    ax: Axes, derivative: Maths = calculus.derivative, functions: Sequence[Any] = _CHAIN
) -> Callable[..., str]:
    """A step on the first line is stretched on its way to the next, and again on its way to the one after.

    Parameters: the place `x`, and the step `dx`. Data: `functions`, an expression in x, one in u, and one in y.
    """
    ax.set_position((0.055, 0.02, 0.755, 0.8))
    ax.set(xlim=_ENDS, ylim=(-3.35, 0.2))
    ax.set_axis_off()
    chain = [_step_of(f, name) for f, name in zip(functions, _NAMES, strict=False)]
    heights = -np.arange(4.0)
    threads = [_GRID]
    for f in chain:
        threads.append(f(threads[-1]))
    ways = np.stack([np.array(threads), np.repeat(heights[:, np.newaxis], len(_GRID), axis=1)], axis=2)
    ax.add_collection(
        LineCollection(list(ways.transpose(1, 0, 2)), colors=GREY, linewidths=0.8, alpha=0.5, zorder=1), autolim=False
    )
    for name, height in zip(_NAMES, heights, strict=True):
        ax.plot(_ENDS, [height, height], color=INK, linewidth=1.4, zorder=2)
        ax.plot(_TICKS, [height] * len(_TICKS), "|", color=INK, markersize=8, zorder=2)
        for tick in _TICKS:
            label(ax, plain(tick), GREY, 9, fontweight="normal", zorder=1.5).set_position((tick, height - 0.17))
        ax.text(_ENDS[0] - 0.16, height, name, fontsize=15, fontweight="bold", ha="center", va="center")
    for f, height in zip(functions, heights, strict=False):
        ax.text(1.035, height - 0.36, f"{f}", transform=ax.get_yaxis_transform(), fontsize=12, color=GREY, va="center")
    band = Polygon(np.zeros((8, 2)), facecolor=ORANGE, alpha=0.45, linewidth=0, zorder=1.6, gid="band")
    ax.add_patch(band)
    steps = LineCollection([], colors=RED, linewidths=6, zorder=3, capstyle="butt", gid="steps")
    ax.add_collection(steps, autolim=False)
    (here,) = ax.plot([], [], "o", color=INK, markersize=8, zorder=4, gid="values")
    factors = [
        ax.text(
            1.035,
            height - 0.64,
            "",
            transform=ax.get_yaxis_transform(),
            fontsize=14,
            fontweight="bold",
            color=BLUE,
            va="center",
        )
        for height in heights[:3]
    ]
    result, parts = readout(ax), readout(ax, 1)

    def update(x: float = 0.8, dx: float = 0.3) -> str:
        values, moved, slopes = [x], [x + dx], []
        for f in chain:
            slopes.append(float(derivative(f, values[-1])))
            values.append(float(f(values[-1])))
            moved.append(float(f(moved[-1])))
        down = np.column_stack([values, heights])
        there = np.column_stack([moved, heights])
        here.set_data(*down.T)
        band.set_xy(np.vstack([down, there[::-1]]))
        steps.set_segments(list(np.stack([down, there], axis=1)))
        for text, slope in zip(factors, slopes, strict=True):
            text.set_text(f"× {signed(slope)}")
        product = slopes[0] * slopes[1] * slopes[2]
        result.set_text(f"dz/dx  =  {'  ×  '.join(_in_brackets(slope) for slope in slopes)}  =  {signed(product, 3)}")
        ratio = (moved[3] - values[3]) / dx
        parts.set_text(
            f"the step of {plain(dx)} became {signed(moved[3] - values[3], 4)}:   Δz/Δx = {signed(ratio, 3)}"
        )
        return (
            f"Four number lines, x, u = {functions[0]}, y = {functions[1]}, z = {functions[2]}, from x = {plain(x)}: "
            f"{result.get_text()}; {parts.get_text()}."
        )

    return update


def _step_of(f: Any, name: str) -> Callable[[Any], Any]:
    """An expression in one variable as an ordinary function."""
    return lambda value: f(**{name: value})


def _in_brackets(number: float) -> str:
    return signed(number) if round(number, 2) >= 0 else f"({signed(number)})"
