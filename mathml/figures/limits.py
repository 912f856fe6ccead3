"""The picture of the central limit theorem: means of many draws become a bell, whatever is drawn."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from mathml import probability
from mathml.arrays import Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, DASHED, GREEN, ORANGE, label, panels, put, readout

__all__ = ["SOURCES", "central_limit"]

_TIMES = 1000


class _Source(NamedTuple):
    """What is drawn from: its draws less its mean, in deviations; Cauchy's has neither, and is taken as it is."""

    distribution: Any
    mean: float
    deviation: float
    settles: bool = True
    step: float = 0.0  # from one value to the next, in deviations; none where they lie dense

    def draws(self, n: int) -> Any:
        """The same for each n: `_TIMES` rows of n draws."""
        drawn = self.distribution.sample(n, _TIMES * n).reshape(_TIMES, n)
        return (drawn - self.mean) / self.deviation


# What the menus of a lesson offer. The wait for something that can come at any time is exponential: χ² with 2 degrees
# of freedom is twice that.
SOURCES = {
    "uniform": _Source(probability.Uniform(0, 1), 0.5, math.sqrt(1 / 12)),
    "exponential": _Source(probability.ChiSquare(2), 2, 2),
    "coin": _Source(probability.Bernoulli(0.5), 0.5, 0.5, step=2),
    "Cauchy": _Source(probability.StudentT(1), 0, 1, settles=False),
}

_REACH = 4.2
_WIDTH = 0.2  # of a bar
_ALONG = np.linspace(-_REACH, _REACH, 211)


@figure(size=(8.2, 5.6))
def central_limit(ax: Axes, Normal: Maths = probability.Normal) -> Callable[..., str]:
    """A thousand times the mean of n draws: it scatters by σ/√n, and times √n it is a bell. Cauchy's never settles.

    Parameters: the number of draws `n` in each mean, and the `source` that they come from, one of `SOURCES`; each has
    the mean 0 and the deviation 1, but for Cauchy's, which has neither.
    """
    above, below = panels(ax, (0.085, 0.63, 0.895, 0.185), (0.085, 0.115, 0.895, 0.37))
    for panel in (above, below):
        panel.set(xlim=(-_REACH, _REACH), xticks=range(-4, 5))
        panel.grid(True, axis="x")
    above.set(ylim=(0, 1), yticks=(), xlabel="the means", ylabel=" ")
    above.spines["left"].set_visible(False)
    below.set(ylim=(0, 0.94), yticks=(0, 0.3, 0.6, 0.9), xlabel="the means, times √n", ylabel="density")
    heights = 0.04 + 0.66 * np.random.default_rng(0).random(_TIMES)  # which mean nothing but room
    (dots,) = above.plot([], [], "o", color=ORANGE, markersize=2.8, markeredgewidth=0, gid="means")
    (spread,) = above.plot([], [], "|-", color=GREEN, linewidth=3, markersize=13, markeredgewidth=3, gid="σ/√n")
    name_spread = label(above, "", GREEN, 12)
    bars = Polygon(np.zeros((1, 2)), facecolor=ORANGE, linewidth=0, zorder=2, gid="histogram")
    below.add_patch(bars)
    (bell,) = below.plot(_ALONG, Normal(0, 1).pdf(_ALONG), color=BLUE, zorder=3, gid="bell")
    name_bell = label(below, "", BLUE, 12)
    result, parts = readout(ax), readout(ax, 1)

    @lru_cache(maxsize=4)
    def means_of(source: str, n: int) -> Vector:
        means: Vector = SOURCES[source].draws(n).mean(axis=1)
        return means

    def update(n: int = 5, source: str = "uniform") -> str:
        means, settles, promised = means_of(source, n), SOURCES[source].settles, 1 / math.sqrt(n)
        outside = int(np.sum(np.abs(means) > _REACH))
        dots.set_data(means, heights)
        spread.set_data(*([-promised, promised], [0.88, 0.88]) if settles else ([], []))
        put(name_spread, (promised + 0.85, 0.88), f"σ/√{n} = {promised:.2f}" if settles else "")
        edges = _edges(SOURCES[source].step, n)
        found = np.histogram(math.sqrt(n) * means, edges)[0] / _TIMES / np.diff(edges)
        bars.set_xy(np.column_stack([np.repeat(edges, 2), [0, *np.repeat(found, 2), 0]]))
        bell.set_linestyle("-" if settles else DASHED)
        bell.set_alpha(1 if settles else 0.5)
        put(name_bell, (1.75, 0.33), "normal" if settles else "no bell is promised")
        draws = "single draws" if n == 1 else f"means of {n} draws"
        if settles:
            result.set_text(f"{draws}:  σ = {means.std():.3f},  promised {promised:.3f}")
        else:
            result.set_text(f"{draws}:  {outside} of 1000 lie outside the picture")
        within = float(np.mean(np.abs(means) <= promised))
        parts.set_text(
            f"{source}, a thousand times;   {100 * within:.1f} % within ±{promised:.2f}"
            + (",   of a normal 68.3 %" if settles else "")
        )
        return (
            f"A thousand {draws} from a source of the kind {source}. "
            + (
                f"Their standard deviation is {means.std():.4f}, and the theorem promises {promised:.4f}. "
                if settles
                else f"The source has no mean, and {outside} of them lie outside of ±{_REACH}, for any n. "
            )
            + f"{100 * within:.1f} % lie within ±{promised:.3f}"
            + (", where a normal distribution has 68.3 %." if settles else ".")
        )

    return update


def _edges(step: float, n: int) -> Vector:
    """Where one bar ends and the next begins: each holds equally many of the values that there can be."""
    if not step:
        return np.linspace(-_REACH, _REACH, round(2 * _REACH / _WIDTH) + 1)
    between = step / math.sqrt(n)
    width = between * math.ceil(_WIDTH / between - 1e-9)
    lowest = -math.sqrt(n) - between / 2
    return lowest + width * np.arange(math.ceil(-2 * lowest / width) + 1, dtype=np.float64)
