"""Pictures of hypothesis tests: what α and β are areas of, and a table whose misfit is χ²."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Polygon, Rectangle

from mathml import probability, statistics
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    DASHED,
    GREEN,
    GREY,
    INK,
    ORANGE,
    RED,
    SKY,
    label,
    panels,
    plain,
    put,
    readout,
    scientific,
)

__all__ = ["chi_square_cells", "two_curves"]

_LOW, _HIGH = -4.2, 10.2
_ALONG = np.linspace(_LOW, _HIGH, 121)


@figure(size=(8.8, 4.7))
def two_curves(
    ax: Axes,
    StudentT: Maths = probability.StudentT,
    noncentral_t_pdf: Maths = statistics.noncentral_t_pdf,
    t_test_power: Maths = statistics.t_test_power,
) -> Callable[..., str]:
    """A threshold parts two curves: α is what lies beyond it where nothing is there, β what lies before it where it is.

    Parameters: `alpha`; the `effect` that is there, in deviations; the size `n` of the sample. It is the one-sided
    t-test of one sample.
    """
    ax.set_position((0.045, 0.125, 0.935, 0.68))
    ax.set(xlim=(_LOW, _HIGH), ylim=(0, 0.475), xticks=range(-4, 11, 2), yticks=())
    ax.set(xlabel="statistic t = x̄ √n / s", ylabel="density")
    areas = {
        name: Polygon(np.zeros((1, 2)), facecolor=color, alpha=alpha, linewidth=0, zorder=zorder, gid=name)
        for name, color, alpha, zorder in (
            ("power", GREEN, 0.3, 1.5),
            ("beta", BLUE, 0.5, 1.6),
            ("alpha", RED, 0.75, 1.7),
        )
    }
    for area in areas.values():
        ax.add_patch(area)
    (nothing,) = ax.plot([], [], color=INK, zorder=3, gid="null")
    (something,) = ax.plot([], [], color=BLUE, zorder=3, gid="alternative")
    (wall,) = ax.plot([], [], color=RED, linewidth=2, linestyle=DASHED, zorder=3.5, gid="threshold")
    names = {
        name: label(ax, "", color, 12)
        for name, color in (("null", INK), ("alternative", BLUE), ("threshold", RED), ("power", GREEN))
    }
    names["null"].set(text="nothing is there", position=(-2.75, 0.3))
    result, parts = readout(ax), readout(ax, 1)

    def update(alpha: float = 0.05, effect: float = 0.5, n: int = 20) -> str:
        T, shift = StudentT(n - 1), effect * math.sqrt(n)
        threshold = float(T.quantile(1 - alpha))
        power = t_test_power(effect, n, alpha, alternative="greater")

        t = np.sort(np.append(_ALONG, threshold))
        curves = T.pdf(t), noncentral_t_pdf(t, n - 1, shift)
        nothing.set_data(t, curves[0])
        something.set_data(t, curves[1])
        wall.set_data([threshold, threshold], [0, 0.44])
        for name, curve, part in (
            ("alpha", curves[0], t >= threshold),
            ("power", curves[1], t >= threshold),
            ("beta", curves[1], t <= threshold),
        ):
            areas[name].set_xy(_under(t[part], curve[part]))
        peak = float(t[np.argmax(curves[1])])
        right_of_it = max(peak + 1.9, 2.4)
        crossed = abs(right_of_it - threshold) < 2.4
        place = threshold + 2.4 if crossed else right_of_it
        put(names["alternative"], (place, 0.4), f"an effect of {plain(effect)} σ is there")
        put(names["threshold"], (threshold, 0.46), f"threshold {threshold:.2f}")
        put(names["power"], (max(shift, threshold + 0.8), 0.09), "power" if power > 0.3 else "")
        result.set_text(f"α = {plain(alpha)},   β = {1 - power:.3f},   power = {power:.3f}")
        parts.set_text(f"red α: a false alarm;   blue β: overlooked;   the curves are effect · √n = {shift:.2f} apart")
        return (
            f"Two curves of the t statistic for n = {n}: without an effect around 0, with an effect of {plain(effect)} "
            f"deviations around {shift:.2f}. The threshold for α = {plain(alpha)} is {threshold:.3f}. Of the "
            f"second curve β = {1 - power:.4f} lies before it, and the power, {power:.4f}, beyond."
        )

    return update


def _under(x: Vector, heights: Vector) -> Matrix:
    """The outline of the area between a curve and the axis."""
    return np.array([(x[0], 0), *zip(x, heights, strict=True), (x[-1], 0)])


# --- a table of counts ----------------------------------------------------------------------------

_MOST = 16.0
_ROWS, _COLUMNS = ("well", "still ill"), ("drug", "placebo")


@figure(size=(9.2, 4.9))
def chi_square_cells(
    ax: Axes,
    chi_square_independence: Maths = statistics.chi_square_independence,
    ChiSquare: Maths = probability.ChiSquare,
) -> Callable[..., str]:
    """Four counts as four areas: where rows and columns have nothing to do with each other, both cuts lie level.

    Parameters: the `total` of a made-up trial, half of it with the drug, of whom three in five are well in the end; and
    the `shift`, how many percent of all are moved to "well with the drug" from what is expected.
    """
    left, right = panels(ax, (0.085, 0.125, 0.44, 0.68), (0.62, 0.125, 0.36, 0.68))
    left.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), xticks=(0.25, 0.75), xticklabels=_COLUMNS, yticks=())
    left.set(xlabel="made up.   orange: more than expected,   blue: fewer", ylabel=" ")
    left.spines[:].set_visible(False)
    left.tick_params(labelsize=12, labelcolor=INK)
    tiles = [Rectangle((0, 0), 0, 0, linewidth=0, gid=f"cell {k}") for k in range(4)]
    for tile in tiles:
        left.add_patch(tile)
    (level,) = left.plot([], [], color=INK, linewidth=2, linestyle=DASHED, zorder=3, gid="expected")
    words = [left.text(0, 0, "", ha="center", va="center", fontsize=12, linespacing=1.5, zorder=4) for _ in range(4)]
    for row, y in zip(_ROWS, (0.75, 0.2), strict=True):
        left.text(-0.04, y, row, ha="right", va="center", rotation=90, fontsize=12)

    density = ChiSquare(1)
    x = np.linspace(0.02, _MOST, 321)
    right.set(xlim=(0, _MOST), ylim=(0, 0.55), xticks=range(0, 17, 4), yticks=(0, 0.2, 0.4))
    right.set(xlabel="χ², with 1 degree of freedom", ylabel="density if nothing is there")
    right.plot(x, density.pdf(x), color=BLUE, zorder=3)
    critical = float(density.quantile(0.95))
    right.plot([critical, critical], [0, 0.42], color=GREY, linewidth=1.4, linestyle=DASHED)
    label(right, f"5 % beyond {critical:.2f}", GREY, 11, ha="left").set_position((critical - 0.4, 0.45))
    tail = Polygon(np.zeros((1, 2)), facecolor=ORANGE, linewidth=0, zorder=2, gid="p")
    right.add_patch(tail)
    (mark,) = right.plot([], [], color=RED, linewidth=2.4, zorder=3.5, gid="statistic")
    name = label(right, "", RED, 12)
    result, parts = readout(ax), readout(ax, 1)

    def update(shift: float = 5.0, total: int = 100) -> str:
        table = _table(shift, total)
        found = chi_square_independence(table)
        widths = table.sum(axis=0) / total
        for k, (tile, text) in enumerate(zip(tiles, words, strict=True)):
            i, j = divmod(k, 2)
            share = table[i, j] / table[:, j].sum()
            bottom = 1 - share if i == 0 else 0.0
            x0 = 0.0 if j == 0 else widths[0]
            gap = 0.008
            tile.set_bounds(x0 + gap, bottom + gap, widths[j] - 2 * gap, max(0.0, share - 2 * gap))
            more = table[i, j] - found.expected[i, j]
            tile.set_facecolor(_shade(more, found.contributions[i, j]))
            text.set_position((x0 + widths[j] / 2, 0.91 if i == 0 else 0.09))
            seen = f"{table[i, j]}\nexpected {plain(round(found.expected[i, j], 2))}"
            text.set_text(seen if share > 0.17 else "")
        cut = found.expected[1, 0] / found.expected[:, 0].sum()
        level.set_data([0, 1], [cut, cut])
        statistic = found.statistic
        beyond = np.append(min(statistic, _MOST), x[x > statistic])
        tail.set_xy(_under(beyond, density.pdf(np.maximum(beyond, 0.02))))
        at = min(statistic, _MOST - 0.05)
        mark.set_data([at, at], [0, 0.3])
        off = f"χ² = {statistic:.2f}" + ("  →" if statistic > _MOST else "")
        put(name, (min(max(at, 3.2), 13.2), 0.33), off)
        result.set_text(f"χ² = {statistic:.2f},   p = {scientific(found.p_value, 2)}")
        each = "  +  ".join(f"{part:.2f}" for part in found.contributions.ravel())
        parts.set_text(f"(observed − expected)² / expected:   {each}")
        return (
            f"A table of {total} people, observed {_counts(table)}, expected {_counts(found.expected)}: well with the "
            f"drug, well with placebo, still ill with the drug, with placebo. χ² is {each} = {statistic:.3f}, p is "
            f"{scientific(found.p_value, 3)}; the cuts are {'level' if statistic < 0.01 else 'not level'}."
        )

    return update


def _table(shift: float, total: int) -> Any:
    """Whole counts (2, 2) with the same margins whatever is shifted; no more of it than these leave room for."""
    row, column = round(0.6 * total), round(0.5 * total)
    corner = round(row * column / total + shift / 100 * total)
    corner = min(max(corner, row + column - total, 0), row, column)
    return np.array([(corner, row - corner), (column - corner, total - row - column + corner)])


def _shade(more: float, contribution: float) -> Any:
    """Orange where there are more than expected, blue where there are fewer: the stronger, the more it contributes."""
    strength = 0.18 + 0.72 * (1 - math.exp(-contribution / 3))
    hue = ORANGE if more >= 0 else SKY
    return 1 - strength * (1 - np.array(to_rgb(hue)))


def _counts(table: Any) -> str:
    return ", ".join(plain(round(float(count), 2)) for count in np.ravel(table))
