"""Pictures of distributions: counts, densities, and the sum of many dice."""

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from numpy.typing import NDArray

from mathml import probability
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    BROWN,
    DASHED,
    GREEN,
    GREY,
    GRID,
    INK,
    ORANGE,
    label,
    panels,
    plain,
    put,
    readout,
    signed,
)

__all__ = ["counts", "densities", "dice_sum"]

_LEFT, _RIGHT = (0.075, 0.14, 0.51, 0.65), (0.685, 0.14, 0.3, 0.65)


# --- counts ---------------------------------------------------------------------------------------

_MOST = 50
_COUNTS = np.arange(_MOST + 1)
_TALLEST = 0.42  # beyond it an arrow says that the bar goes on


@figure(size=(9.2, 4.7))
def counts(
    ax: Axes,
    Bernoulli: Maths = probability.Bernoulli,
    Binomial: Maths = probability.Binomial,
    Poisson: Maths = probability.Poisson,
) -> Callable[..., str]:
    """How many of n trials succeed, and how many events come in a while: the same, for many trials that rarely succeed.

    Parameters: the number of trials `n`, up to 50, and the probability `p` of each (one trial is Bernoulli's); the
    `rate` of a Poisson distribution; the size of a `sample` of the first of the two, from 0.
    """
    left, right = panels(ax, _LEFT, _RIGHT)
    for panel in (left, right):
        panel.set(xlim=(-0.8, _MOST + 0.8), xticks=range(0, _MOST + 1, 10), xlabel="k")
        panel.grid(True, axis="y")
    left.set(ylim=(0, _TALLEST), yticks=(0, 0.1, 0.2, 0.3, 0.4), ylabel="P(X = k)")
    right.set(ylim=(0, 1.03), yticks=(0, 0.5, 1), ylabel="P(X ≤ k)")
    drawn = _Bars(left, GREY, "sample", half=0.5, alpha=0.3, zorder=1.5)
    bars = _Bars(left, ORANGE, "binomial", half=0.28)
    (dots,) = left.plot([], [], "o-", color=BLUE, linewidth=1, markersize=4.5, zorder=3, gid="Poisson")
    (steps,) = right.plot([], [], color=ORANGE, linewidth=4, drawstyle="steps-post", zorder=2, gid="binomial cdf")
    (thin,) = right.plot([], [], color=BLUE, linewidth=1.6, drawstyle="steps-post", zorder=3, gid="Poisson cdf")
    tallest = label(left, "", BROWN, 11)
    result = readout(ax, fontsize=14, color=BROWN)
    parts = readout(ax, 1, fontsize=14, fontweight="bold", color=BLUE)

    def update(n: int = 20, p: float = 0.3, rate: float = 6.0, sample: int = 100) -> str:
        X, Y = Bernoulli(p) if n == 1 else Binomial(n, p), Poisson(rate)
        masses = X.pmf(_COUNTS)
        found = np.bincount(X.sample(0, sample).astype(int), minlength=len(_COUNTS)) if sample else 0 * _COUNTS
        drawn.show(_COUNTS, found / max(1, sample))
        bars.show(_COUNTS, masses)
        others = Y.pmf(_COUNTS)
        dots.set_data(_COUNTS[others > 5e-4], others[others > 5e-4])
        for line, variable in ((steps, X), (thin, Y)):
            line.set_data([-1, *_COUNTS], [0, *variable.cdf(_COUNTS)])
        top = int(np.argmax(masses))
        beyond = "  ↑" if masses[top] > _TALLEST else ""
        put(tallest, (top, masses[top] + 0.02), f"P({top}) = {masses[top]:.2f}{beyond}")
        name = f"Bernoulli, p = {plain(p)}" if n == 1 else f"binomial, n = {n}, p = {plain(p)}"
        said = [
            f"{words}:  mean {plain(round(variable.mean, 3))},  σ = {math.sqrt(variable.variance):.2f}"
            for words, variable in ((name, X), (f"Poisson, λ = {plain(rate)}", Y))
        ]
        result.set_text(said[0] + (f"      grey: {sample} draws" if sample else ""))
        parts.set_text(said[1])
        return (
            f"Bars: {said[0]}, highest at {top} with {masses[top]:.3f}. Dots: {said[1]}. Their probabilities differ by "
            f"at most {np.abs(masses - others).max():.3f}. "
            + (f"Behind the bars are {sample} draws, of which {found[top]} are {top}." if sample else "No sample.")
        )

    return update


# --- densities ------------------------------------------------------------------------------------

_WIDE = np.linspace(-4, 4, 801)
_BINS = np.linspace(-4, 4, 41)
_ROOM = 1.6  # how high densities are drawn


@figure(size=(9.2, 4.7))
def densities(ax: Axes, Normal: Maths = probability.Normal, Uniform: Maths = probability.Uniform) -> Callable[..., str]:
    """The probability of an interval is the area under the density, and the rise of the cumulative distribution.

    Parameters: the `shape`, "normal" or "uniform", with a `mean` and a `deviation`; the interval from `low` to `high`;
    the size of a `sample`, from 0.
    """
    left, right = panels(ax, _LEFT, _RIGHT)
    for panel in (left, right):
        panel.set(xlim=(-4, 4), xticks=range(-4, 5, 2), xlabel="x")
        panel.tick_params(axis="x", pad=6)
        panel.grid(True, axis="y")
    left.set(ylim=(0, _ROOM), yticks=(0, 0.5, 1, 1.5), ylabel="density p(x)")
    right.set(ylim=(0, 1.03), yticks=(0, 0.5, 1), ylabel="P(X ≤ x)")
    bars = _Bars(left, GREY, "sample", half=0.094, alpha=0.3, zorder=1.5)
    area = Polygon(np.zeros((1, 2)), facecolor=ORANGE, alpha=0.75, linewidth=0, zorder=2, gid="area")
    left.add_patch(area)
    (curve,) = left.plot([], [], color=BLUE, zorder=3, gid="density")
    (rise,) = right.plot([], [], color=BLUE, zorder=2, gid="cdf")
    (corner,) = right.plot([], [], color=BROWN, linewidth=1.4, linestyle=DASHED, zorder=2.5, gid="corner")
    (step,) = right.plot([], [], color=ORANGE, linewidth=7, solid_capstyle="butt", zorder=3, gid="rise")
    (ends,) = right.plot([], [], "o", color=BROWN, markersize=7, zorder=4, clip_on=False, gid="ends")
    result, parts = readout(ax, color=BROWN), readout(ax, 1)

    def update(
        shape: str = "normal",
        mean: float = 0.0,
        deviation: float = 1.0,
        low: float = -1.0,
        high: float = 1.0,
        sample: int = 200,
    ) -> str:
        reach = math.sqrt(3) * deviation  # a uniform distribution with this deviation ends there
        X = Normal(mean, deviation) if shape == "normal" else Uniform(mean - reach, mean + reach)
        a, b = min(low, high), max(low, high)
        between = np.linspace(a, b, 161)
        below = X.cdf([a, b])
        chance = float(below[1] - below[0])
        drawn = np.histogram(X.sample(0, sample), _BINS)[0] if sample else np.zeros(len(_BINS) - 1)
        bars.show((_BINS[1:] + _BINS[:-1]) / 2, drawn / max(1, sample) / (_BINS[1] - _BINS[0]))
        area.set_xy(np.array([(a, 0), *zip(between, X.pdf(between), strict=True), (b, 0)]))
        curve.set_data(_WIDE, X.pdf(_WIDE))
        rise.set_data(_WIDE, X.cdf(_WIDE))
        corner.set_data([a, -4, np.nan, b, -4], [below[0], below[0], np.nan, below[1], below[1]])
        step.set_data([-3.9, -3.9], below)
        ends.set_data([a, b], below)
        result.set_text(f"P({signed(a, 1)} ≤ X ≤ {signed(b, 1)})  =  {chance:.4f}")
        grey = f"   grey: {sample} draws" if sample else ""
        parts.set_text(f"{shape}, mean {plain(mean)}, σ = {plain(deviation)}:  highest density {X.pdf(mean):.2f}{grey}")
        return (
            f"The {shape} density with mean {plain(mean)} and standard deviation {plain(deviation)}; it is at most "
            f"{X.pdf(mean):.3f}. Between {signed(a)} and {signed(b)} lies an area of {chance:.4f}: so much the "
            f"cumulative distribution rises there, from {below[0]:.4f} to {below[1]:.4f}. "
            + (f"Behind are {sample} draws." if sample else "No sample.")
        )

    return update


# --- the sum of dice ------------------------------------------------------------------------------

_MOST_DICE = 12
_SUMS = np.arange(1, 6 * _MOST_DICE + 1)
_ALONG = np.linspace(0, 6 * _MOST_DICE + 1, 366)


@figure(size=(8.4, 4.6))
def dice_sum(
    ax: Axes, Discrete: Maths = probability.Discrete, Normal: Maths = probability.Normal
) -> Callable[..., str]:
    """The sum of n dice: its mean walks n steps of 3.5, its deviation grows with √n only, and it becomes a bell.

    Parameter: the number of `dice`, from 1 to 12.
    """
    ax.set_position((0.085, 0.135, 0.89, 0.665))
    ax.set(xlim=(0, 73), ylim=(0, 0.25), xlabel="sum of the dice", ylabel="probability")
    ax.set(xticks=range(0, 73, 6), yticks=(0, 0.1, 0.2))
    ax.grid(True, axis="y")
    sums = _sums_of_dice(Discrete)
    for X in sums:
        ax.plot(_ALONG, Normal(X.mean, math.sqrt(X.variance)).pdf(_ALONG), color=GRID, linewidth=1.4, zorder=1)
    bars = _Bars(ax, ORANGE, "bars")
    (bell,) = ax.plot([], [], color=BLUE, linewidth=2.4, zorder=4, gid="bell")
    (middle,) = ax.plot([], [], color=INK, linewidth=1.6, linestyle=DASHED, zorder=3, gid="mean")
    (spread,) = ax.plot([], [], "|-", color=GREEN, linewidth=3, markersize=12, markeredgewidth=3, zorder=5, gid="σ")
    name_mean, name_spread = label(ax, "", INK, 12), label(ax, "", GREEN, 12)
    result, parts = readout(ax), readout(ax, 1)

    def update(dice: int = 2) -> str:
        X = sums[dice - 1]
        deviation = math.sqrt(X.variance)
        normal = Normal(X.mean, deviation)
        bars.show(_SUMS, X.pmf(_SUMS))
        bell.set_data(_ALONG, normal.pdf(_ALONG))
        top = max(float(normal.pdf(X.mean)), float(X.pmf(round(X.mean))))
        middle.set_data([X.mean, X.mean], [0, top + 0.012])
        height = float(normal.pdf(X.mean + deviation))  # where the bell is steepest
        spread.set_data([X.mean - deviation, X.mean + deviation], [height, height])
        put(name_mean, (X.mean, top + 0.018), f"mean {plain(X.mean)}")
        put(name_spread, (X.mean + deviation + 4.8, height + 0.002), f"σ = {deviation:.2f}")
        thrown = "1 die" if dice == 1 else f"{dice} dice"
        result.set_text(f"{thrown}:  mean {plain(X.mean)},  σ = {deviation:.2f}")
        parts.set_text(f"mean = {dice} · 3.5,   σ = √{dice} · 1.71.   Line: the bell with this mean and this σ")
        farthest = np.abs(X.pmf(X.values) - normal.pdf(X.values)).max()
        return (
            f"The probabilities of the sum of {thrown}, from {dice} to {6 * dice}: mean {plain(X.mean)}, standard "
            f"deviation {deviation:.2f}, which is √{dice} times that of one. The bell with the same mean and deviation "
            f"is off by at most {farthest:.4f}."
        )

    return update


@cache
def _sums_of_dice(Discrete: Maths) -> list[Any]:
    """The sum of one die, of two, …"""
    die = Discrete(range(1, 7), [1 / 6] * 6)
    sums = [die]
    for _ in range(_MOST_DICE - 1):
        sums.append(sums[-1] + die)
    return sums


class _Bars(Polygon):
    """Bars that stand on the axis, all of them one outline."""

    def __init__(self, ax: Axes, color: str, gid: str, half: float = 0.42, **more: Any) -> None:
        super().__init__(np.zeros((1, 2)), facecolor=color, linewidth=0, gid=gid, **({"zorder": 2} | more))
        self.half = half
        ax.add_patch(self)

    def show(self, x: NDArray[Any], heights: Vector) -> None:
        """Draw one at each x (k,); those without a height are left out."""
        seen = heights > 0
        x, heights = np.asarray(x, dtype=float)[seen], heights[seen]
        across = x[:, np.newaxis] + self.half * np.array([-1, -1, 1, 1])
        up = heights[:, np.newaxis] * np.array([0, 1, 1, 0])
        outline: Matrix = np.dstack([across, up]).reshape(-1, 2)
        self.set_xy(outline if len(outline) else np.zeros((1, 2)))
