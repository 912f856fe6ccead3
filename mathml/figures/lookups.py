"""Pictures of a soft lookup: a query among keys whose values are hues, what it hears, and how it would learn."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import hsv_to_rgb
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from mathml import attention
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import CARD, GREEN, GREY, INK, RED, panels, readout, signed, vector_text

__all__ = ["HUES", "soft_lookup", "wanted"]

HUES = ("red", "orange", "yellow", "green", "turquoise", "blue", "violet", "pink")
_VALUES: Matrix = hsv_to_rgb(  # the light of each hue: red, green, blue
    [(0.0, 0.8, 0.85), (0.08, 0.9, 0.95), (0.15, 0.85, 0.95), (0.36, 0.75, 0.65)]
    + [(0.49, 0.75, 0.75), (0.6, 0.8, 0.8), (0.76, 0.65, 0.75), (0.91, 0.45, 0.95)]
)
_KEYS: Matrix = np.array(
    [[1.7, 0.3], [1.1, 1.35], [-0.1, 1.75], [-1.3, 1.2], [-1.75, -0.2], [-1.0, -1.4], [0.3, -1.7], [1.35, -1.1]]
)
_REACH = 2.2


def _scene(ax: Axes, words: tuple[str, str]) -> tuple[Axes, Axes, Axes]:
    """The plane of the keys, the patch of the answer, and a bar for each key."""
    left, middle, right = panels(ax, (0.03, 0.06, 0.44, 0.72), (0.5, 0.2, 0.1, 0.42), (0.73, 0.13, 0.24, 0.62))
    left.set(xlim=(-_REACH, _REACH), ylim=(-_REACH, _REACH), aspect="equal")
    left.set_axis_off()
    left.axhline(0, color=GREY, linewidth=1, zorder=1)
    left.axvline(0, color=GREY, linewidth=1, zorder=1)
    middle.set(xlim=(0, 1), ylim=(0, 1))
    middle.set_axis_off()
    right.set(ylim=(len(HUES) - 0.4, -0.6), yticks=range(len(HUES)), xlabel=words[1], ylabel="key")
    right.set_yticklabels(HUES)
    middle.set_title(words[0], fontsize=12, color=GREY)
    return left, middle, right


@figure(size=(9.0, 4.7))
def soft_lookup(
    ax: Axes,
    attention_weights: Maths = attention.attention_weights,
    data: tuple[ArrayLike, ArrayLike] = (_KEYS, _VALUES),
) -> Callable[..., str]:
    """A query among eight keys, each with a hue as its value; the patch is what it hears.

    Parameters: the `query`, a point (2,) that is dragged (the artist is called "keys"), and the `temperature`. The
    scores are q · k / √2.
    """
    K, V = (np.asarray(part, dtype=float) for part in data)
    left, middle, right = _scene(ax, ("the answer", "weight"))
    lines = [left.plot([0, 0], [0, 0], color=color, solid_capstyle="round", zorder=2)[0] for color in V]
    left.scatter(K[:, 0], K[:, 1], s=190, color=V, edgecolors=INK, linewidths=1.2, zorder=4, gid="keys")
    (cross,) = left.plot([], [], "X", color=INK, markersize=13, markeredgecolor=CARD, zorder=5, gid="query")
    patch = middle.add_patch(Rectangle((0, 0), 1, 1, edgecolor=INK, linewidth=1.2, gid="answer"))
    right.set(xlim=(0, 1), xticks=(0, 0.5, 1))
    bars = right.barh(range(len(K)), 0, height=0.68, color=V, edgecolor=INK, linewidth=0.8, zorder=2)
    for name, bar in zip(HUES, bars, strict=True):
        bar.set_gid(name)
    result, parts = readout(ax), readout(ax, 1)

    def update(query: ArrayLike = (1.2, 0.4), temperature: float = 1.0) -> str:
        q = np.asarray(query, dtype=float)
        a: Vector = attention_weights(q[np.newaxis], K, temperature=temperature)[0]
        answer = a @ V
        for line, key, weight in zip(lines, K, a, strict=True):
            line.set_data([q[0], key[0]], [q[1], key[1]])
            line.set(linewidth=14 * weight, visible=bool(weight > 0.002))
        cross.set_data([q[0]], [q[1]])
        patch.set_facecolor(tuple(np.clip(answer, 0, 1)))
        for bar, weight in zip(bars, a, strict=True):
            bar.set_width(weight)
        best = int(np.argmax(a))
        result.set_text(f"T = {temperature:.3g}:  most of {HUES[best]}, with the weight {a[best]:.2f}")
        parts.set_text(f"as if {1 / np.sum(a**2):.1f} of the 8 keys were asked")
        listed = ", ".join(f"{name} {signed(weight)}" for name, weight in zip(HUES, a, strict=True))
        return (
            f"A query at {vector_text(q)} among eight keys, at the temperature {temperature:.3g}. The weights: "
            f"{listed}. The answer is the mean of the hues by them: red, green and blue light {vector_text(answer)}."
        )

    return update


_LONGER = 5.0  # the arrow is so many times as long as minus the slope


@figure(size=(9.0, 4.7))
def wanted(
    ax: Axes,
    attention_weights: Maths = attention.attention_weights,
    softmax_backward: Maths = attention.softmax_backward,
    attention_backward: Maths = attention.attention_backward,
) -> Callable[..., str]:
    """The answer of a query should become like one hue: whose score must rise, and whose must fall?

    Parameters: the `query`, a point (2,) that is dragged (the artist is called "keys"), and the `hue` that is wanted,
    one of HUES. The loss is half the squared distance of answer and hue. Each bar is minus the slope by a score: to
    the right a score rises in a step of learning. The arrow is the way of the query.
    """
    K, V = _KEYS, _VALUES
    left, middle, right = _scene(ax, ("answer", "how its score is pulled"))
    rings = left.scatter(K[:, 0], K[:, 1], s=0, zorder=3, gid="pulls")
    left.scatter(K[:, 0], K[:, 1], s=190, color=V, edgecolors=INK, linewidths=1.2, zorder=4, gid="keys")
    (cross,) = left.plot([], [], "X", color=INK, markersize=13, markeredgecolor=CARD, zorder=6, gid="query")
    way = left.quiver([0], [0], [0], [0], color=INK, angles="xy", scale_units="xy", scale=1, width=0.012, zorder=5)
    way.set_gid("way")
    patch = middle.add_patch(Rectangle((0, 0.52), 1, 0.48, edgecolor=INK, linewidth=1.2, gid="answer"))
    goal = middle.add_patch(Rectangle((0, 0), 1, 0.48, edgecolor=INK, linewidth=1.2, gid="wanted"))
    middle.text(0.5, -0.03, "wanted", color=GREY, fontsize=12, ha="center", va="top")
    right.set(xlim=(-0.13, 0.13), xticks=(-0.1, 0, 0.1))
    right.axvline(0, color=GREY, linewidth=1, zorder=1)
    bars = right.barh(range(len(K)), 0, height=0.68, zorder=2)
    for name, bar in zip(HUES, bars, strict=True):
        bar.set_gid(name)
    result, parts = readout(ax), readout(ax, 1)

    def update(query: ArrayLike = (-0.6, -0.3), hue: str = "red") -> str:
        q, want = np.asarray(query, dtype=float)[np.newaxis], HUES.index(hue)
        a: Vector = attention_weights(q, K)[0]
        answer = a @ V
        g = answer - V[want]
        pulls = -softmax_backward(a, V @ g)
        step = -attention_backward(q, K, V, g[np.newaxis])[0][0]
        colors = [GREEN if pull > 0 else RED for pull in pulls]
        rings.set_sizes(190 + 14_000 * np.abs(pulls))
        rings.set_facecolor(colors)
        for bar, pull, color in zip(bars, pulls, colors, strict=True):
            bar.set(width=pull, color=color)
        cross.set_data(q[:, 0], q[:, 1])
        way.set_offsets(q)
        way.set_UVC(*(_LONGER * step[:, np.newaxis]))
        patch.set_facecolor(tuple(np.clip(answer, 0, 1)))
        goal.set_facecolor(tuple(V[want]))
        up, down = int(np.argmax(pulls)), int(np.argmin(pulls))
        result.set_text(f"{hue} is wanted:  {HUES[up]} is pulled up most, {HUES[down]} pushed down")
        parts.set_text(f"loss {g @ g / 2:.3f};   {hue} has the weight {a[want]:.2f};   all pulls together 0")
        listed = ", ".join(f"{name} {signed(pull, 3)}" for name, pull in zip(HUES, pulls, strict=True))
        return (
            f"The query at {vector_text(q[0])} should answer {hue}; the loss is {g @ g / 2:.3f}. The pulls at the "
            f"scores, minus the slopes: {listed}; together 0. The query is pulled by {vector_text(step)}."
        )

    return update
