"""The picture of a sample: numbers on a seesaw, whose mean is where it balances."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Rectangle
from numpy.typing import ArrayLike

from mathml import statistics
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, BROWN, GREEN, GREY, INK, ORANGE, RED, label, plain, put, readout

__all__ = ["draggable_sample"]

_SAMPLE = ((2, 0), (4, 0), (4, 1), (5, 0), (7, 0), (8, 0), (12, 0))


@figure(size=(8.4, 4.9))
def draggable_sample(
    ax: Axes,
    mean: Maths = statistics.mean,
    median: Maths = statistics.median,
    modes: Maths = statistics.modes,
    quartiles: Maths = statistics.quartiles,
    standard_deviation: Maths = statistics.standard_deviation,
) -> Callable[..., str]:
    """Numbers on a seesaw: it balances at the mean; the median only counts how many lie on either side.

    Parameter: the sample `x` as points (n, 2), of which only the first coordinate counts; their height is so that equal
    numbers can be seen.
    """
    ax.set_position((0.04, 0.115, 0.92, 0.69))
    ax.set(xlim=(-0.6, 20.6), ylim=(-3.0, 4.6), xticks=range(0, 21, 2), yticks=(), xlabel="x", ylabel=" ")
    ax.spines["left"].set_visible(False)
    ax.add_patch(Rectangle((-0.4, -0.5), 20.8, 0.12, color=GREY, linewidth=0))  # the beam
    fulcrum = Polygon(np.zeros((3, 2)), color=BLUE, linewidth=0, gid="mean")
    ax.add_patch(fulcrum)
    (spread,) = ax.plot([], [], "|-", color=BLUE, linewidth=3, markersize=12, markeredgewidth=3, gid="deviation")
    name_spread = label(ax, "", BLUE, 11)
    box = Rectangle((0, 3.05), 0, 0.75, facecolor=ORANGE, alpha=0.45, linewidth=0, gid="box")
    ax.add_patch(box)
    (whiskers,) = ax.plot([], [], color=BROWN, linewidth=1.4, zorder=1.8, gid="whiskers")
    (middle,) = ax.plot([], [], color=RED, linewidth=3.5, solid_capstyle="butt", gid="median")
    (halo,) = ax.plot([], [], "o", color=GREEN, markersize=23, alpha=0.35, markeredgewidth=0, gid="modes")
    (dots,) = ax.plot([], [], "o", color=INK, markersize=13, zorder=4, gid="sample")
    name_mean, name_middle = label(ax, "", BLUE, 12), label(ax, "", RED, 12)
    name_box = label(ax, "", BROWN, 11)
    result, parts = readout(ax), readout(ax, 1)

    def update(x: ArrayLike = _SAMPLE) -> str:
        places = np.asarray(x, dtype=float)
        sample = places[:, 0]
        balance, half, often = mean(sample), median(sample), np.asarray(modes(sample))
        low, _, high = quartiles(sample)
        deviation = standard_deviation(sample)
        dots.set_data(*places.T)
        different = len(np.unique(sample))
        frequent = places[np.isin(sample, often)] if len(often) < max(2, different) else places[:0]
        halo.set_data(*frequent.T)
        fulcrum.set_xy([(balance, -0.5), (balance + 0.45, -1.35), (balance - 0.45, -1.35)])
        spread.set_data([balance - deviation, balance + deviation], [-1.95, -1.95])
        box.set_x(low)
        box.set_width(high - low)
        whiskers.set_data([sample.min(), low, np.nan, high, sample.max()], [3.42] * 5)
        middle.set_data([half, half], [2.85, 4.0])
        put(name_mean, (balance, -2.55), f"mean {balance:.2f}")
        put(name_spread, _next_to(balance, deviation), f"± {deviation:.2f}")
        put(name_middle, (half, 4.3), f"median {plain(half)}")
        put(name_box, ((low + high) / 2, 2.6), f"IQR {plain(round(high - low, 3))}")
        result.set_text(f"mean {balance:.2f},   median {plain(half)}")
        most = "none" if not len(frequent) else " and ".join(plain(value) for value in often)
        between = f"quartiles {plain(low)} and {plain(high)}"
        parts.set_text(f"deviation {deviation:.2f}   (n − 1),   {between},   mode {most}")
        return (
            f"{len(sample)} numbers on a beam: {', '.join(plain(value) for value in np.sort(sample))}. It balances at "
            f"the mean, {balance:.3f}. The median is {plain(half)}, the {between}, the mode {most}; the standard "
            f"deviation, with n − 1, is {deviation:.3f}."
        )

    return update


def _next_to(balance: float, deviation: float) -> tuple[float, float]:
    """Where there is room for the deviation's number: right of it, or left, or above its end."""
    low, high = balance - deviation, balance + deviation
    if high < 17.5:
        return high + 1.35, -1.95
    return (low - 1.35, -1.95) if low > 1.5 else (19, -1.2)
