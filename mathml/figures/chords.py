"""The picture of convexity: a chord that lies below its curve is a witness that there is more than one bowl."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from mathml import calculus, optimization
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CARD,
    GREY,
    INK,
    ORANGE,
    RED,
    SKY,
    plain,
    readout,
    signed,
)

__all__ = ["CURVES", "chord"]

_X = calculus.variable("x")
_NEURON = (np.tanh(_X + 1) - 0.8) ** 2 / 2 + (np.tanh(3 - 2 * _X) - 0.6) ** 2

# What the menu of a lesson offers: each is an expression in x.
CURVES = {
    "x²/2": _X**2 / 2,
    "|x|": np.sqrt(_X**2),
    "cross-entropy": np.log(1 + np.exp(-_X)),
    "hinge": (np.sqrt((1 - _X) ** 2) + 1 - _X) / 2,
    "a neuron's loss": _NEURON,
    "sin x": np.sin(_X),
    "−x²/8": -(_X**2) / 8,
    "two valleys": _X**4 / 8 - _X**2 / 2 + _X / 4 + 1,
}
_ACROSS = np.linspace(-3, 3, 301)
_ENOUGH = 1e-9  # below it, a gap is a rounding error


@figure(size=(7.8, 4.9))
def chord(ax: Axes, chord_gap: Maths = optimization.chord_gap) -> Callable[..., str]:
    """A curve is convex if no chord lies below it anywhere: one that does is a witness against.

    Parameters: the chord's ends, `left` and `right`; the share `t` of the left end in a place between them; and the
    function `f`, an expression in x.
    """
    ax.set_position((0.08, 0.125, 0.9, 0.69))
    ax.set(xlim=(-3, 3), ylim=(-1.6, 4.9), xticks=range(-3, 4), yticks=range(-1, 5), xlabel="x", ylabel="f(x)")
    ax.grid(True)
    areas = {}
    for name, color, alpha in (("above", SKY, 0.4), ("below", ORANGE, 0.75)):
        areas[name] = Polygon(np.zeros((1, 2)), facecolor=color, alpha=alpha, linewidth=0, zorder=1.5, gid=name)
        ax.add_patch(areas[name])
    (curve,) = ax.plot([], [], color=INK, linewidth=2.4, zorder=3, gid="curve")
    (straight,) = ax.plot([], [], color=BLUE, linewidth=2.6, zorder=3.5, gid="chord")
    (drop,) = ax.plot([], [], color=GREY, linewidth=2, zorder=3.2, gid="gap")
    (ends,) = ax.plot(
        [], [], "o", color=BLUE, markersize=12, markeredgecolor=CARD, markeredgewidth=1.5, zorder=5, gid="ends"
    )
    (between,) = ax.plot([], [], "s", color=BLUE, markersize=8, zorder=5, gid="on the chord")
    (below,) = ax.plot([], [], "o", color=INK, markersize=8, zorder=5, gid="on the curve")
    result, parts = readout(ax), readout(ax, 1)

    def update(left: float = -2.0, right: float = 1.0, t: float = 0.5, f: Any = CURVES["x²/2"]) -> str:
        a, b = sorted((left, right))
        x = np.linspace(a, b, 121)
        share = (x - a) / (b - a) if b > a else np.zeros_like(x)
        gaps = np.array([chord_gap(lambda z: f(x=z), b, a, part) for part in share])
        heights = f(x=x) + np.zeros_like(x)
        place = t * left + (1 - t) * right
        height = float(f(x=place))
        gap = float(chord_gap(lambda z: f(x=z), left, right, t))
        curve.set_data(_ACROSS, f(x=_ACROSS))
        for name, sign in (("above", 1), ("below", -1)):
            part = heights + sign * np.maximum(sign * gaps, 0)
            areas[name].set_xy(np.column_stack([np.append(x, x[::-1]), np.append(heights, part[::-1])]))
        straight.set_data(x, heights + gaps)
        ends.set_data([left, right], [float(f(x=left)), float(f(x=right))])
        between.set_data([place], [height + gap])
        below.set_data([place], [height])
        drop.set_data([place, place], [height, height + gap])
        worst = float(gaps.min())
        found = worst < -_ENOUGH
        result.set_text("a witness: not convex" if found else "this chord is no witness")
        result.set_color(RED if found else INK)
        parts.set_text(
            f"at x = {signed(place)}: chord {signed(height + gap)}, curve {signed(height)};   "
            + (
                f"the chord is up to {signed(-worst)} below the curve"
                if found
                else "the chord is nowhere below the curve"
            )
        )
        return (
            f"The curve f(x) = {f} and its chord from x = {plain(left)} to x = {plain(right)}: {result.get_text()}. "
            f"With the share t = {plain(t)} of the first, {parts.get_text()}."
        )

    return update
