"""Pictures of descents on a bowl: what the learning rate does, and what the units of a feature do."""

import math
from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from mathml import optimization
from mathml.figures.contours import Contours
from mathml.figures.core import Maths, figure
from mathml.figures.descents import how_it_goes
from mathml.figures.style import (
    BLUE,
    CARD,
    CIRCLE,
    DASHED,
    GREEN,
    GREY,
    INK,
    PURPLE,
    RED,
    label,
    panels,
    plain,
    plane,
    readout,
    scientific,
    several,
    signed,
    vector_text,
)

__all__ = ["bowl", "scaled"]

FAR = 1e6  # where what leaves the picture is cut off

# --- the learning rate ----------------------------------------------------------------------------

_STEPS = 30
_LOSSES = (0.2, 1.0, 2.5, 5.0, 9.0, 15.0, 23.0)
_LEAST, _MOST = 1e-5, 1e5  # heights that there is room for


@figure(size=(9.4, 4.7))
def bowl(
    ax: Axes,
    GradientDescent: Maths = optimization.GradientDescent,
    minimize: Maths = optimization.minimize,
    surface: optimization.Surface = optimization.bowl(1, 10),  # noqa: B008
) -> Callable[..., str]:
    """Thirty steps of gradient descent on a bowl that bends ten times as much along y as along x.

    Parameters: the learning `rate`, in parts of 1/L, where L is the largest curvature; and the `start`, a point.
    """
    curvatures = np.diag(surface.hessian(surface.start))
    largest = float(curvatures.max())
    ground, heights = panels(ax, (0, 0, 0.5, 1), (0.7, 0.145, 0.285, 0.64))
    plane(ground, (-4.6, 4.6), (-3, 3), names=("x", "y")).set_position((0.04, 0.05, 0.575, 0.76))
    ground.grid(False)
    Contours(ground, _LOSSES).show(lambda points: sum(c * p**2 for c, p in zip(curvatures, points, strict=True)) / 2)
    ground.plot(0, 0, "*", color=GREEN, markersize=15, markeredgecolor=CARD, zorder=2)
    (path,) = ground.plot([], [], "o-", color=RED, linewidth=1.4, markersize=4.5, zorder=3, gid="path")
    (first,) = ground.plot([], [], "o", color=INK, markersize=11, zorder=5, gid="start")

    heights.set(xlim=(-0.6, _STEPS + 0.6), yscale="log", ylim=(_LEAST, _MOST), xlabel="step", ylabel="height f")
    heights.set(xticks=range(0, _STEPS + 1, 10), yticks=(1e-4, 1e-2, 1, 1e2, 1e4))
    heights.minorticks_off()
    heights.grid(True)
    (fall,) = heights.plot([], [], "o-", color=RED, linewidth=1.4, markersize=4.5, zorder=3, gid="heights")
    parts_of = [
        heights.plot([], [], color=color, linewidth=4, alpha=0.4, zorder=2, gid=f"height from {name}")[0]
        for name, color in (("x", BLUE), ("y", PURPLE))
    ]
    for words, color, place in (("f", RED, 0.0), ("from x alone", BLUE, 0.36), ("from y alone", PURPLE, 1.0)):
        word = label(heights, words, color, 10.5, ha="right" if place == 1 else "left" if not place else "center")
        word.set(position=(place, 1.05), transform=heights.transAxes)
    result, parts = readout(ax), readout(ax, 1)

    def update(rate: float = 0.2, start: ArrayLike = (-4.0, 1.2)) -> str:
        run = minimize(surface.f, start, GradientDescent(rate / largest), surface.gradient, steps=_STEPS, tol=0)
        seen = np.clip(run.path, -FAR, FAR)
        counted = np.arange(len(run.values))
        path.set_data(*seen.T)
        first.set_data(*seen[:1].T)
        fall.set_data(counted, np.maximum(run.values, _LEAST / 10))
        for k, line in enumerate(parts_of):
            alone = [surface.f(x) for x in np.eye(2)[k] * run.path]
            line.set_data(counted, np.maximum(alone, _LEAST / 10))
        kind, color = how_it_goes(rate)
        result.set_text(f"η = {plain(rate)}/L:  {kind}")
        result.set_color(color)
        kept = 1 - rate / largest * curvatures
        parts.set_text(
            f"each step multiplies x by {signed(kept[0])} and y by {signed(kept[1])};   "
            f"f after {several(len(counted) - 1, 'step')}: {scientific(run.values[-1])}"
        )
        return (
            f"Gradient descent from {vector_text(start)} in a bowl with the curvatures {plain(curvatures[0])} and "
            f"L = {plain(largest)}, with the learning rate η = {plain(rate)}/L: it {kind}. Here {parts.get_text()}, "
            f"from {scientific(run.values[0])}."
        )

    return update


# --- the units of a feature -----------------------------------------------------------------------

_DRAWN = 100  # steps of the path
_GOAL = 1e-6  # of the height at the start
_RINGS = np.array([0.2, 1.0, 2.4, 4.4, 7.0])  # heights of level curves
_COUNTED = np.geomspace(0.5, 5000, 200)


@figure(size=(9.4, 4.7))
def scaled(
    ax: Axes,
    GradientDescent: Maths = optimization.GradientDescent,
    minimize: Maths = optimization.minimize,
    bowl: Maths = optimization.bowl,
    radius: Maths = optimization.momentum_radius,
) -> Callable[..., str]:
    """One of two features is measured in smaller units: the round bowl becomes a ravine, and the way down long.

    The loss of a linear model with two uncorrelated features, over its two weights. Multiplying the second feature by a
    `factor`, the only parameter, from 1 to 30, divides the best second weight by it and multiplies the curvature along
    it by the factor's square. The learning rate is the best for that bowl, η = 2/(μ + L), and weights start at zero.
    """
    ground, heights = panels(ax, (0, 0, 0.5, 1), (0.7, 0.145, 0.285, 0.64))
    plane(ground, (-3.9, 3.9), (-2.5, 2.5), names=("w₁ − best", "w₂ − best")).set_position((0.04, 0.05, 0.575, 0.76))
    ground.grid(False)
    ground.set_facecolor(_pale(0.45))
    rings = []
    for k, ring in enumerate(_RINGS[::-1]):
        shape = Polygon(CIRCLE[::3], closed=True, edgecolor=GREY, linewidth=0.5, zorder=0.3, gid=f"level {ring:g}")
        shape.set_facecolor(_pale(0.37 - 0.08 * k))
        ground.add_patch(shape)
        rings.append((ring, shape))
    (path,) = ground.plot([], [], "o-", color=RED, linewidth=1.2, markersize=4, zorder=3, gid="path")
    (first,) = ground.plot([], [], "o", color=INK, markersize=10, zorder=5, gid="start")
    ground.plot(0, 0, "*", color=GREEN, markersize=15, markeredgecolor=CARD, zorder=4)

    heights.set(xlim=(_COUNTED[0], _COUNTED[-1]), xscale="log", yscale="log", ylim=(1e-7, 2))
    heights.set(xlabel="step", ylabel="height, as part of the start's", xticks=(1, 10, 100, 1000))
    heights.set_xticklabels(("1", "10", "100", "1000"))
    heights.set_yticks((1e-6, 1e-4, 1e-2, 1))
    heights.minorticks_off()
    heights.grid(True)
    heights.axhline(_GOAL, color=GREEN, linewidth=1.6, linestyle=DASHED, zorder=2)
    (fall,) = heights.plot([], [], color=RED, zorder=3, gid="heights")
    (arrived,) = heights.plot([], [], "o", color=GREEN, markersize=11, zorder=4, clip_on=False, gid="arrived")
    result, parts = readout(ax), readout(ax, 1)

    def update(factor: float = 2.0) -> str:
        surface = bowl(1, factor**2, start=(-2.0, -2.0 / factor))
        curvatures = np.diag(surface.hessian(surface.start))
        rate = 2 / curvatures.sum()
        run = minimize(surface.f, surface.start, GradientDescent(rate), surface.gradient, steps=_DRAWN)
        for ring, shape in rings:
            shape.set_xy(CIRCLE[::3] * np.sqrt(2 * ring / curvatures))
        path.set_data(*run.path.T)
        first.set_data(*run.path[:1].T)
        kept = float(np.max(radius(rate, 0, curvatures)))
        needed = math.ceil(math.log(_GOAL) / math.log(kept) / 2 - 1e-9) if kept > 1e-9 else 1
        fall.set_data(_COUNTED, np.maximum(kept ** (2 * _COUNTED), 1e-9))
        arrived.set_data([needed], [_GOAL])
        condition = curvatures.max() / curvatures.min()
        way = f"{several(needed, 'step')} to a millionth"
        result.set_text(f"condition number κ = {_count(condition)}:  {way}")
        parts.set_text(
            f"curvatures {plain(curvatures[0])} and {_count(curvatures[1])},   η = 2/(μ + L) = {scientific(rate)},   "
            f"each step keeps {signed(kept, 3)} of the distance"
        )
        left = run.path[:, 0]
        return (
            f"The second feature is multiplied by {plain(factor)}: the condition number is {_count(condition)}. With "
            f"the best learning rate it takes {way} of the height at the start; here: {parts.get_text()}. "
            f"After {several(len(left) - 1, 'step')} w₁ is {signed(abs(left[-1]), 3)} from its best, "
            f"of {plain(abs(left[0]))} at the start."
        )

    return update


def _pale(strength: float) -> str:
    """So much of the colour of heights, and the rest of the card's."""
    red, green, blue = strength * np.array(to_rgb(BLUE)) + (1 - strength) * np.array(to_rgb(CARD))
    return to_hex((red, green, blue))


def _count(number: float) -> str:
    return plain(float(f"{number:.3g}"))
