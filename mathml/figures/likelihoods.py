"""The picture of maximum likelihood: a bell over the data, and the map of all bells."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap
from numpy.typing import ArrayLike

from mathml import probability, statistics
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CARD,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    RED,
    label,
    panels,
    plain,
    put,
    readout,
    signed,
)

__all__ = ["likelihood"]

_MEANS, _DEVIATIONS = np.linspace(-1, 7, 81), np.linspace(0.5, 4, 71)
_ALONG = np.linspace(-1, 7, 201)
_DROPS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)  # how far below the top a band ends


@figure(size=(9.4, 4.9))
def likelihood(
    ax: Axes,
    Normal: Any = probability.Normal,
    log_likelihood: Maths = statistics.log_likelihood,
    maximum_a_posteriori: Maths = statistics.maximum_a_posteriori,
    x: ArrayLike = (1.0, 2.0, 3.0, 6.0),
) -> Callable[..., str]:
    """A bell over the data, and a map of all bells: the likeliest is the top of the hill, and a prior moves the top.

    Parameters: the `bell`, its mean and its deviation, a point of the map on the right (the artist "now"); and whether
    a `prior` is held, which says that the mean is near 0, give or take 1. Data: numbers `x` (n,) between −1 and 7.
    """
    data = np.asarray(x, dtype=float)
    belief = Normal(0, 1)
    left, right = panels(ax, (0.07, 0.135, 0.44, 0.665), (0.6, 0.135, 0.385, 0.665))
    left.set(xlim=(-1, 7), ylim=(0, 0.82), xticks=range(-1, 8), yticks=(0, 0.2, 0.4, 0.6, 0.8))
    left.set(xlabel="x", ylabel="density")
    left.grid(True, axis="y")
    left.tick_params(axis="x", pad=8)  # below the dots of the data
    (held,) = left.plot([], [], color=PURPLE, linewidth=1.6, zorder=2, gid="prior")
    name_held = label(left, "", PURPLE, 11)
    (curve,) = left.plot([], [], color=BLUE, zorder=3, gid="bell")
    stems = LineCollection([], colors=ORANGE, linewidths=4, zorder=2.5, gid="stems")
    left.add_collection(stems, autolim=False)
    left.plot(data, np.zeros(len(data)), "o", color=INK, markersize=11, zorder=4, clip_on=False, gid="data")

    right.set(xlim=(_MEANS[0], _MEANS[-1]), ylim=(_DEVIATIONS[0], _DEVIATIONS[-1]), xticks=range(-1, 8))
    right.set(yticks=(1, 2, 3, 4), xlabel="mean μ", ylabel="deviation σ")
    heights = np.array([[log_likelihood(Normal(m, s), data) for m in _MEANS] for s in _DEVIATIONS])
    with_prior = heights + belief.log_prob(_MEANS)
    maps = [_bands(right, field) for field in (heights, with_prior)]
    fitted = Normal.fit(data)
    tops = [
        np.array([fitted.mean, fitted.deviation]),
        _most_probable(Normal, log_likelihood, maximum_a_posteriori, data, belief),
    ]
    style: dict[str, Any] = {"markeredgecolor": CARD, "markeredgewidth": 1.5, "zorder": 4}
    right.plot(*tops[0], "*", color=GREEN, markersize=19, gid="MLE", **style)
    (moved,) = right.plot([], [], "D", color=PURPLE, markersize=10, gid="MAP", **style)
    name_top, name_moved = label(right, "", GREEN, 11), label(right, "", PURPLE, 11)
    (now,) = right.plot([], [], "o", color=RED, markersize=12, gid="now", clip_on=False, **(style | {"zorder": 5}))
    result, parts = readout(ax), readout(ax, 1)

    def update(bell: ArrayLike = (1.0, 1.0), prior: bool = False) -> str:
        mean, deviation = (float(number) for number in np.asarray(bell))
        distribution = Normal(mean, deviation)
        found = log_likelihood(distribution, data)
        densities = distribution.pdf(data)
        curve.set_data(_ALONG, distribution.pdf(_ALONG))
        stems.set_segments([[(place, 0), (place, height)] for place, height in zip(data, densities, strict=True)])
        held.set_data(_ALONG if prior else [], belief.pdf(_ALONG) if prior else [])
        put(name_held, (0.45, 0.45), "prior of μ" if prior else "")
        for shown, bands in zip((not prior, prior), maps, strict=True):
            bands.set_visible(shown)
        now.set_data([mean], [deviation])
        moved.set_data(*(([tops[1][0]], [tops[1][1]]) if prior else ([], [])))
        put(name_top, (tops[0][0] + 1.1, tops[0][1]), "likeliest")
        put(name_moved, (tops[1][0] - 0.75, tops[1][1] + 0.12), "MAP" if prior else "")
        believed = float(belief.log_prob(mean))
        total = found + believed if prior else found
        peak = Normal(*tops[prior])
        best = log_likelihood(peak, data) + (float(belief.log_prob(peak.mean)) if prior else 0.0)
        name = "log-likelihood + log prior" if prior else "log-likelihood"
        result.set_text(
            f"{name}  {signed(total)}" + (",  the top" if best - total < 0.005 else f",  highest {signed(best)}")
        )
        each = " ".join(signed(math.log(density)) if density > 0 else "−∞" for density in densities)
        parts.set_text(
            f"the logarithms of the orange stems: {each}" + (f",   prior {signed(believed)}" if prior else "")
        )
        where = f"mean {tops[prior][0]:.2f} and deviation {tops[prior][1]:.2f}"
        return (
            f"A bell with mean {plain(mean)} and deviation {plain(deviation)} over the data "
            f"{', '.join(plain(number) for number in data)}. Its log-likelihood is {signed(found, 3)}"
            + (f", with the prior {signed(total, 3)}" if prior else "")
            + f". The top of the map, {signed(best, 3)}, is at {where}, "
            + ("the maximum a posteriori." if prior else "the maximum likelihood.")
        )

    return update


def _bands(ax: Axes, field: Matrix) -> Any:
    """The map of a hill: the paler, the farther below its top."""
    levels = [-math.inf, *(field.max() - np.array(_DROPS[:0:-1])), math.inf]
    levels[0], levels[-1] = float(field.min()) - 1, float(field.max()) + 1
    colors = LinearSegmentedColormap.from_list("hill", [CARD, "#BFE0F4", "#5AA9D6"])(np.linspace(0, 1, len(levels) - 1))
    return ax.contourf(_MEANS, _DEVIATIONS, field, levels=sorted(levels), colors=colors, zorder=0.5)


def _most_probable(Normal: Maths, ell: Maths, climb: Maths, data: Vector, belief: Any) -> Vector:
    """Mean and deviation of the top of the hill with the prior: each in turn, until both stay."""
    mean, deviation = data.mean(), data.std()
    for _ in range(12):
        mean = climb(lambda m: ell(Normal(m, deviation), data), lambda m: float(belief.log_prob(m)), _MEANS)  # noqa: B023
        deviation = climb(lambda s: ell(Normal(mean, s), data), lambda s: 0.0, _DEVIATIONS)  # noqa: B023
    return np.array([mean, deviation])
