"""The picture of what a confidence interval promises: of a hundred recipes followed, how many miss."""

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from mathml import statistics
from mathml.arrays import Matrix
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, GREEN, RED, plain, readout

__all__ = ["hundred_intervals"]

_SAMPLES = 100
_REACH = 2.1
_FIRST = 8  # of its samples as many miss as are expected, of others more or fewer


@figure(size=(9.0, 4.9))
def hundred_intervals(
    ax: Axes, mean_interval: Maths = statistics.mean_interval, mean: Maths = statistics.mean
) -> Callable[..., str]:
    """A hundred samples, and from each the interval that is to hold the true mean: some miss it, as was announced.

    Parameters: the `level` of confidence, in percent; the size `n` of each sample, at least 2; and the `seed` of the
    samples. They are drawn from a normal distribution with the mean 0 and the deviation 1.
    The artist "intervals" holds both ends of each interval.
    """
    ax.set_position((0.075, 0.12, 0.905, 0.685))
    ax.set(xlim=(0, _SAMPLES + 1), ylim=(-_REACH, _REACH), xlabel="sample", ylabel="mean, in deviations")
    ax.set(xticks=(1, *range(10, _SAMPLES + 1, 10)), yticks=range(-2, 3))
    ax.grid(True, axis="y")
    ax.axhline(0, color=GREEN, linewidth=2.2, zorder=1.5)
    bars = LineCollection([], capstyle="butt", zorder=2, gid="intervals")
    ax.add_collection(bars, autolim=False)
    (dots,) = ax.plot([], [], "o", color=BLUE, markersize=3.5, markeredgewidth=0, zorder=3, gid="means")
    (wrong,) = ax.plot([], [], "o", color=RED, markersize=5.5, markeredgewidth=0, zorder=4, gid="missed")
    result, parts = readout(ax), readout(ax, 1)

    @lru_cache(maxsize=4)
    def intervals(level: float, n: int, seed: int) -> tuple[Matrix, Matrix]:
        samples = np.random.default_rng(_FIRST + seed).standard_normal((_SAMPLES, n))
        ends = np.array([mean_interval(sample, level / 100) for sample in samples])
        return ends, np.array([mean(sample) for sample in samples])

    def update(level: float = 95, n: int = 10, seed: int = 0) -> str:
        ends, means = intervals(level, n, seed)
        missed = (ends[:, 0] > 0) | (ends[:, 1] < 0)
        across = np.arange(1, _SAMPLES + 1)
        bars.set_segments(list(np.dstack([np.repeat(across[:, np.newaxis], 2, axis=1), ends])))
        bars.set(color=[RED if bad else "#8FB8D4" for bad in missed], linewidths=np.where(missed, 4.2, 3))
        dots.set_data(across[~missed], means[~missed])
        wrong.set_data(across[missed], means[missed])
        expected = f"{plain(100 - level)} {'is' if level == 99 else 'are'}"
        half = float(np.mean(ends[:, 1] - ends[:, 0]) / 2)
        result.set_text(f"{missed.sum()} of 100 intervals miss the truth;  {expected} expected")
        width = f"half width {half:.2f} on average"
        parts.set_text(
            f"level {plain(level)} %,  n = {n}:  {width},   1/√n = {1 / math.sqrt(n):.2f}.   Green: the truth"
        )
        return (
            f"A hundred samples of {n} numbers, and from each a {plain(level)} % interval for the mean. "
            f"{missed.sum()} do not hold the true mean, and {expected} expected to. Their half width is "
            f"{half:.3f} on average. These are the samples of seed {seed}."
        )

    return update
