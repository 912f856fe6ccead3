"""The picture of momentum: a map of all learning rates and momenta, and the way of the ball for one of them."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from mathml import optimization, vectors
from mathml.figures.contours import Contours
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    CARD,
    DASHED,
    GREEN,
    GREY,
    INK,
    ORANGE,
    RED,
    label,
    panels,
    plain,
    readout,
    scientific,
    signed,
)

__all__ = ["momentum_map"]

_RATES, _MOMENTA = np.linspace(0, 4, 401), np.linspace(0, 1, 201)
_BANDS = (0.9, 0.95, 0.98, 0.99)  # radii; below the first nothing is told apart: the reader looks for the best place
_STEPS = 80
_LEAST, _MOST, _FAR = 1e-7, 1e2, 1e6
_LOSSES = (0.02, 0.1, 0.25, 0.5, 0.9, 1.5)


@figure(size=(9.4, 5.0))
def momentum_map(
    ax: Axes,
    Momentum: Maths = optimization.Momentum,
    radius: Maths = optimization.momentum_radius,
    minimize: Maths = optimization.minimize,
    norm: Maths = vectors.norm,
    surface: optimization.Surface = optimization.bowl(1, 100, start=(-1, 0.1)),  # noqa: B008
) -> Callable[..., str]:
    """All learning rates and momenta, and how quickly each comes down a ravine whose condition number is 100.

    Parameters: the `choice`, a point of the map (the artist "choice"): the learning rate times the largest curvature,
    above 0, and the momentum β, from 0 to below 1.
    """
    curvatures = np.diag(surface.hessian(surface.start))
    largest = float(curvatures.max())
    chart, ground, heights = panels(
        ax, (0.075, 0.13, 0.42, 0.67), (0.575, 0.585, 0.41, 0.215), (0.575, 0.13, 0.41, 0.33)
    )
    _draw_map(chart, radius, curvatures)
    (now,) = chart.plot([], [], "o", color=RED, markersize=13, markeredgecolor=CARD, zorder=5, clip_on=False)
    now.set(gid="choice", markeredgewidth=2)

    ground.set(xlim=(-1.25, 1.25), ylim=(-0.22, 0.22), xticks=(), yticks=(), xlabel="x", ylabel="y")
    ground.spines[:].set_visible(False)
    Contours(ground, _LOSSES).show(lambda points: sum(c * p**2 for c, p in zip(curvatures, points, strict=True)) / 2)
    ground.plot(0, 0, "*", color=GREEN, markersize=13, markeredgecolor=CARD, zorder=2)
    (path,) = ground.plot([], [], "o-", color=RED, linewidth=1, markersize=3, zorder=3, gid="path")
    ground.plot(*surface.start, "o", color=INK, markersize=8, zorder=5)

    heights.set(xlim=(-1, _STEPS + 1), yscale="log", ylim=(_LEAST, _MOST), xlabel="step", ylabel="distance left")
    heights.set(xticks=range(0, _STEPS + 1, 20), yticks=(1e-6, 1e-4, 1e-2, 1, 100))
    heights.minorticks_off()
    heights.grid(True)
    (law,) = heights.plot([], [], color=GREY, linewidth=1.6, linestyle=DASHED, zorder=2, gid="law")
    (fall,) = heights.plot([], [], color=RED, linewidth=1.8, zorder=3, gid="distances")
    word = label(heights, "dashed: ρᵗ", GREY, 10.5, ha="left", zorder=1.5)
    word.set(position=(0.03, 0.1), transform=heights.transAxes)
    result, parts = readout(ax), readout(ax, 1)

    def update(choice: ArrayLike = (1.0, 0.0)) -> str:
        rate, momentum = (float(number) for number in np.asarray(choice))
        each = np.asarray(radius(rate / largest, momentum, curvatures))
        kept = float(each.max())
        run = minimize(
            surface.f, surface.start, Momentum(rate / largest, momentum), surface.gradient, steps=_STEPS, tol=0
        )
        distances = np.array([norm(x) for x in run.path])
        counted = np.arange(_STEPS + 1)
        now.set_data([rate], [momentum])
        path.set_data(*np.clip(run.path, -_FAR, _FAR).T)
        fall.set_data(counted[: len(distances)], np.clip(distances, _LEAST / 10, _MOST * 10))
        law.set_data(counted, np.clip(distances[0] * kept**counted, _LEAST / 10, _MOST * 10))
        result.set_text(f"ρ = {signed(kept, 3)}:  {_how_fast(kept)}")
        result.set_color(RED if kept > 1 + 1e-9 else INK)
        parts.set_text(
            f"η = {plain(rate)}/L,   β = {plain(momentum)};   along x ρ = {signed(each[0], 3)}, "
            f"along y ρ = {signed(each[-1], 3)}"
        )
        return (
            f"Momentum in a bowl with the condition number {plain(largest / curvatures.min())}: {parts.get_text()}. "
            f"The larger one counts, {result.get_text()}. After {len(distances) - 1} steps the distance is "
            f"{scientific(distances[-1])}, of {scientific(distances[0])} at the start."
        )

    return update


def _draw_map(chart: Axes, radius: Maths, curvatures: Any) -> None:
    """Bands of the larger radius, the stronger the smaller it is, and the edge beyond which the ball never rests."""
    largest = curvatures.max()
    rates, momenta = np.maximum(_RATES, 1e-9) / largest, np.minimum(_MOMENTA, 1 - 1e-9)[:, np.newaxis]
    field = np.max([radius(rates, momenta, curvature) for curvature in curvatures], axis=0)
    chart.set(xlim=(0, 4), ylim=(0, 1), xticks=range(5), yticks=(0, 0.2, 0.4, 0.6, 0.8, 1))
    chart.set(xlabel="learning rate · L", ylabel="momentum β")
    chart.tick_params(pad=6)
    colors = LinearSegmentedColormap.from_list("speed", ["#4F9DCB", "#BFDDEF", CARD])(np.linspace(0, 1, 5))
    chart.contourf(_RATES, _MOMENTA, field, levels=[0, *_BANDS, 10], colors=colors, zorder=0.3)
    chart.contour(_RATES, _MOMENTA, field, levels=_BANDS, colors=GREY, linewidths=0.6, zorder=0.4)
    for band, place in zip(_BANDS, _NAMES, strict=True):
        chart.text(*place, f"ρ < {band:g}", fontsize=10, color=INK, ha="center", va="center", zorder=1)
    beyond = Polygon([(2, 0), (4, 0), (4, 1)], facecolor=ORANGE, alpha=0.3, linewidth=0, zorder=0.5)
    chart.add_patch(beyond)
    chart.plot(2 * (1 + _MOMENTA), _MOMENTA, color=RED, linewidth=2, zorder=2, gid="edge")
    label(chart, "diverges", RED, 12, zorder=1).set_position((3.4, 0.3))


_NAMES = ((2.5, 0.74), (2.15, 0.63), (1.72, 0.37), (1.22, 0.2))  # where each band's name stands


def _how_fast(kept: float) -> str:
    """What a spectral radius means."""
    if kept > 1 + 1e-9:
        return "it diverges"
    if kept > 1 - 1e-9:
        return "it never comes to rest"
    needed = math.ceil(math.log(10) / -math.log(kept) - 1e-9)
    return f"for each further digit it takes {needed} step" + ("s" if needed > 1 else "")
