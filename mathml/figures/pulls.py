"""Pictures of losses: how strongly each answer pulls at the model, by its margin and by its residual."""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from numpy.typing import ArrayLike

from mathml import matrices, optimization
from mathml.arrays import Matrix
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CARD,
    DASHED,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    label,
    panels,
    plain,
    put,
    readout,
    signed,
)

__all__ = ["losses", "outlier"]

# --- by the margin --------------------------------------------------------------------------------

_MARGINS = np.sort(np.append(np.linspace(-3, 3, 241), (-1e-9, 1e-9)))  # both sides of a jump at 0
_TOP = 4.6
_MOST = 4.0  # a pull that there is room for
_COLORS = {"zero-one": INK, "logistic": BLUE, "hinge": RED, "squared": GREEN, "exponential": PURPLE}
_REACH = 0.8  # of a tangent, to either side
_LEAST = 1e-6  # a pull that is one
_ASIDE = 1e-9  # as far from a kink as its sides are looked at


@figure(size=(9.2, 4.7))
def losses(
    ax: Axes,
    hinge: Maths = optimization.hinge,
    hinge_slope: Maths = optimization.hinge_slope,
    margin_losses: Mapping[str, tuple[Maths, Maths]] = optimization.MARGIN_LOSSES,
) -> Callable[..., str]:
    """What an answer costs by its margin, and how strongly it pulls: the slope, which has two sides at a kink.

    Parameters: the `loss`, one of "zero-one", "logistic", "hinge", "squared", "exponential"; and the `margin` y·f(x),
    above 0 where the answer is right. The maths: the hinge and its slope, and both for the other names.
    """
    known = {**margin_losses, "hinge": (hinge, hinge_slope)}
    left, right = panels(ax, (0.065, 0.135, 0.5, 0.665), (0.6, 0.135, 0.385, 0.665))
    left.set(xlim=(-3, 3), ylim=(-0.12, _TOP), xticks=range(-3, 4), yticks=range(5))
    left.set(xlabel="margin y · f(x)", ylabel="loss")
    left.grid(True)
    left.axvline(0, color=GREY, linewidth=1, zorder=1)
    for place, words in ((-0.75, "wrong"), (0.7, "right")):
        label(left, words, GREY, 11, fontweight="normal").set_position((place, 4.4))
    curves = {}
    for name, (loss, _) in known.items():
        heights = np.minimum(loss(_MARGINS), 2 * _TOP)
        (curves[name],) = left.plot(_MARGINS, heights, color=_COLORS[name], zorder=2, gid=name)
    tangents = LineCollection([], colors=ORANGE, linewidths=4.5, zorder=3, gid="tangents")
    left.add_collection(tangents, autolim=False)
    (now,) = left.plot([], [], "o", color=INK, markersize=11, markeredgecolor=CARD, zorder=5, clip_on=False, gid="now")

    right.set_axis_off()
    right.set(xlim=(-_MOST - 8.2, _MOST + 2.9), ylim=(len(known) - 0.3, -1))
    right.axvline(0, 0, 0.88, color=GREY, linewidth=1, zorder=1)
    label(right, "the pull to the right: −slope", GREY, 11, fontweight="normal").set_position((0, -0.72))
    bars = LineCollection([], linewidths=15, capstyle="butt", zorder=2, gid="pulls")
    right.add_collection(bars, autolim=False)
    for row, name in enumerate(known):
        label(right, name, _COLORS[name], 12, ha="left").set_position((-_MOST - 8, row))
    numbers = [label(right, "", _COLORS[name], 12, gid=f"pull {name}") for name in known]
    result, parts = readout(ax), readout(ax, 1)

    def update(loss: str = "logistic", margin: float = -1.0) -> str:
        sides = {
            name: (float(slope(margin - _ASIDE)), float(slope(margin + _ASIDE))) for name, (_, slope) in known.items()
        }
        before, after = sides[loss]
        height = float(known[loss][0](margin))
        kink = abs(before - after) > _LEAST
        for name, curve in curves.items():
            curve.set(alpha=1 if name == loss else 0.3, linewidth=3.4 if name == loss else 1.8)
        tangents.set_segments(
            [
                [(margin - _REACH, height - _REACH * before), (margin, height)],
                [(margin, height), (margin + _REACH, height + _REACH * after)],
            ]
        )
        now.set_data([margin], [min(height, _TOP)])
        now.set_marker("o" if height <= _TOP else "^")  # beyond the top
        pulls = {name: -(one + other) / 2 for name, (one, other) in sides.items()}
        said = [_pull(one, other) for one, other in sides.values()]
        bars.set_segments([[(0, row), (np.clip(pull, -_MOST, _MOST), row)] for row, pull in enumerate(pulls.values())])
        bars.set_color([to_rgba(_COLORS[name], 1 if name == loss else 0.35) for name in pulls])
        for row, (number, pull) in enumerate(zip(numbers, pulls.values(), strict=True)):
            number.set(text=said[row], ha="left" if pull > -_LEAST else "right")
            number.set_position((np.clip(pull, -_MOST, _MOST) + (0.2 if pull > -_LEAST else -0.2), row))
        slopes = f"{signed(before)} before, {signed(after)} after" if kink else signed(after)
        result.set_text(f"{loss}:  loss {signed(height)},  slope {slopes}")
        parts.set_text(f"margin {plain(margin)}: " + _words(margin, kink))
        return (
            f"The {loss} loss at the margin {plain(margin)} ({_words(margin, kink)}) is {signed(height, 3)}, its slope "
            f"{slopes}. Pulls of all: "
            + ", ".join(f"{name} {pull}" for name, pull in zip(sides, said, strict=True))
            + "."
        )

    return update


def _pull(before: float, after: float) -> str:
    """How strongly it pulls, on either side."""
    one, other = signed(-before), signed(-after)
    return one if one == other else f"{one} or {other}"


def _words(margin: float, kink: bool) -> str:
    side = "wrong" if margin < 0 else "right" if margin > 0 else "undecided"
    return f"the answer is {side}" + (", and here is a kink: a slope on either side" if kink else "")


# --- by the residual ------------------------------------------------------------------------------

_X = np.arange(11) / 2 - 2.5
_NOISE = np.array([0.3, -0.25, 0.1, 0.35, -0.4, 0.05, -0.15, 0.4, -0.3, -0.05, 0.2])
_DATA: Matrix = np.column_stack([_X, 1 + 0.6 * _X + _NOISE])
_ENDS = np.array([-3.0, 3.0])
_FAR = 5.5


@figure(size=(9.2, 4.8))
def outlier(
    ax: Axes,
    least_squares: Maths = matrices.least_squares,
    huber_regression: Maths = optimization.huber_regression,
    huber_slope: Maths = optimization.huber_slope,
    data: ArrayLike = _DATA,
) -> Callable[..., str]:
    """A wrong value pulls at a line: by the squared error as strongly as it is far, by Huber's loss never above δ.

    Parameters: the `point`, which is dragged; and `delta`, from which on Huber's loss is straight. Data: the other
    points (n, 2), made up.
    """
    known = np.asarray(data, dtype=float)
    left, right = panels(ax, (0.06, 0.135, 0.49, 0.665), (0.645, 0.135, 0.34, 0.665))
    left.set(xlim=_ENDS, ylim=(-4, 6), xticks=range(-3, 4), yticks=range(-4, 7, 2), xlabel="x", ylabel="y")
    right.set(xlim=(-_FAR, _FAR), ylim=(-_FAR, _FAR), xticks=range(-4, 5, 2), yticks=range(-4, 5, 2))
    right.set(xlabel="residual ŷ − y", ylabel="pull: slope of the loss")
    for panel in (left, right):
        panel.grid(True)
        panel.axhline(0, color=GREY, linewidth=1, zorder=1)
    misses = LineCollection([], colors=(BLUE, RED), linewidths=1.6, linestyles=DASHED, zorder=1.8, gid="misses")
    left.add_collection(misses, autolim=False)
    left.plot(*known.T, "o", color=SKY, markersize=8, zorder=3, gid="data")
    (wrong,) = left.plot(
        [], [], "D", color=ORANGE, markersize=12, markeredgecolor=INK, zorder=5, clip_on=False, gid="outlier"
    )
    names = ("squared error", "Huber")
    lines, laws, dots, far = [], [], [], []
    for name, color, style, marker in zip(names, (BLUE, RED), (DASHED, "-"), ("o", "s"), strict=True):
        lines += left.plot([], [], color=color, linestyle=style, linewidth=2.6, zorder=4, gid=name)
        laws += right.plot([], [], color=color, linestyle=style, linewidth=2, zorder=2, gid=f"slope {name}")
        dots += right.plot([], [], marker, color=color, markersize=5, zorder=3, gid=f"pulls {name}")
        far += right.plot([], [], "D", color=color, markersize=12, markeredgecolor=INK, zorder=4, gid=f"pull {name}")
    labels = [label(right, name, color, 12) for name, color in zip(names, (BLUE, RED), strict=True)]
    result, parts = readout(ax), readout(ax, 1)
    steps = np.linspace(-_FAR, _FAR, 111)
    laws[0].set_data(steps, steps)

    def update(point: ArrayLike = (2.5, 1.5), delta: float = 1.0) -> str:
        place = np.asarray(point, dtype=float)
        x, y = np.vstack([known, place]).T
        design = np.column_stack([np.ones(len(x)), x])
        fits = np.asarray(least_squares(design, y)), np.asarray(huber_regression(design, y, delta))
        residuals = [design @ weights - y for weights in fits]
        pulls = residuals[0], np.asarray(huber_slope(residuals[1], delta))
        wrong.set_data(*place[:, np.newaxis])
        laws[1].set_data(steps, huber_slope(steps, delta))
        for k, (b, w) in enumerate(fits):
            lines[k].set_data(_ENDS, b + w * _ENDS)
            dots[k].set_data(residuals[k][:-1], pulls[k][:-1])
            far[k].set_data(residuals[k][-1:], pulls[k][-1:])
        misses.set_segments(
            [
                np.array([place, (place[0] + aside, b + w * place[0])])
                for aside, (b, w) in zip((-0.04, 0.04), fits, strict=True)
            ]
        )
        put(labels[0], (0.6, 4.6))
        put(labels[1], (4.2, min(delta, 4.6) - 0.7))
        slopes = [signed(float(w)) for _, w in fits]
        result.set_text(f"slope:  squared {slopes[0]},  Huber {slopes[1]}")
        pulled = [signed(float(pull[-1])) for pull in pulls]
        parts.set_text(f"pull of the orange point:  squared {pulled[0]},  Huber {pulled[1]} with δ = {plain(delta)}")
        return (
            f"Eleven points near a line and one at ({plain(place[0])}, {plain(place[1])}). The line with the least "
            f"squared error has the slope {slopes[0]}, that with the least Huber loss {slopes[1]}; {parts.get_text()}."
        )

    return update
