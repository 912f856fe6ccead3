"""A picture of the multinomial distribution: every way in which n throws can fall out."""

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from mathml import probability
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import BROWN, CARD, INK, ORANGE, label, panels, readout, several
from mathml.figures.triangles import CORNERS, THREE, grid, inside, triangle

__all__ = ["shares"]

_MOST = 30
_LARGEST = 520  # the area of the likeliest outcome's dot, in square points, if there are few


@figure(size=(9.0, 4.9))
def shares(
    ax: Axes, Multinomial: Maths = probability.Multinomial, Binomial: Maths = probability.Binomial
) -> Callable[..., str]:
    """Each dot is a way in which n throws can fall out, the larger the likelier; each count by itself is binomial.

    Parameters: the probabilities of the three outcomes as a `place` in the triangle, as in `entropy_triangle` (the
    dragged point is the artist "p"), the number of throws `n`, from 1 to 30, and how often they are made: the size of a
    `sample`, from 0, whose rings are as large as the dots where outcomes come as often as they should.
    """
    left, right = panels(ax, (0.045, 0.095, 0.455, 0.7), (0.6, 0.135, 0.38, 0.66))
    triangle(left)
    dots = left.scatter([0], [0], s=1, color=ORANGE, edgecolors=BROWN, linewidths=0.6, zorder=2, gid="outcomes")
    rings = left.scatter([], [], s=1, facecolors="none", edgecolors=INK, linewidths=1.1, zorder=3, gid="sample")
    (point,) = left.plot([], [], "o", color=INK, markersize=11, zorder=4, clip_on=False, gid="p")
    point.set(markeredgecolor=CARD, markeredgewidth=1.5)
    right.set(xlim=(-0.8, _MOST + 0.8), ylim=(0, 1.03), xticks=range(0, _MOST + 1, 5), yticks=(0, 0.5, 1))
    right.set(xlabel="how often an outcome comes: k", ylabel="P(Xⱼ = k)")
    right.grid(True, axis="y")
    lines = [  # the first the widest, so that of equal ones each is seen
        right.plot([], [], "o-", color=color, linewidth=4.5 - 1.5 * j, markersize=8 - 2 * j, gid=f"count {j + 1}")[0]
        for j, color in enumerate(THREE)
    ]
    names = [label(right, "", color, 12, ha="right") for color in THREE]
    for j, name in enumerate(names):
        name.set_position((_MOST, 0.92 - 0.09 * j))
    result, parts = readout(ax), readout(ax, 1)
    outcomes_of = lru_cache(grid)

    def update(place: ArrayLike = (0.35, 0.3), n: int = 6, sample: int = 0) -> str:
        p = inside(place)
        outcomes: Matrix = outcomes_of(n)
        X = Multinomial(n, p)
        masses = X.pmf(outcomes)
        best = int(np.argmax(masses))
        dots.set_offsets(outcomes / n @ CORNERS)
        scale = _LARGEST / math.sqrt(n) / masses[best]
        dots.set_sizes(scale * masses)
        dots.set_linewidth(np.minimum(0.6, np.sqrt(scale * masses) / 4))  # what never comes is not to be a speck
        seen, times = _counted(X.sample(0, sample)) if sample else (outcomes[:0], masses[:0])
        rings.set_offsets(seen / n @ CORNERS)
        rings.set_sizes(scale * times / max(1, sample))
        point.set_data(*(p @ CORNERS)[:, np.newaxis])
        k = np.arange(n + 1)
        for line, name, chance, subscript in zip(lines, names, p, "₁₂₃", strict=True):
            alone = Binomial(n, float(chance))
            line.set_data(k, alone.pmf(k))
            name.set_text(f"X{subscript}:  {alone.mean:.1f} ± {math.sqrt(alone.variance):.1f}")
        counts = ", ".join(f"{count:.0f}" for count in outcomes[best])
        chances = ", ".join(f"{chance:.2f}" for chance in p)
        means = ", ".join(f"{mean:.1f}" for mean in X.mean)
        result.set_text(f"likeliest of {len(outcomes)} outcomes: ({counts}), with {100 * masses[best]:.1f} %")
        rings_are = f"   rings: {several(sample, 'draw')}" if sample else ""
        parts.set_text(f"{several(n, 'throw')}, p = ({chances}):  mean counts ({means}){rings_are}")
        spread = ", ".join(f"{math.sqrt(variance):.2f}" for variance in X.variance)
        drawn = f" Rings: {several(sample, 'draw')}, {several(len(seen), 'outcome')} among them." if sample else ""
        return (
            f"All {len(outcomes)} ways in which {several(n, 'throw')} can fall out, with the probabilities {chances}. "
            f"The likeliest is {counts}, with {masses[best]:.4f}. The counts have the means {means} and the standard "
            f"deviations {spread}. Each by itself is binomial.{drawn}"
        )

    return update


def _counted(drawn: Matrix) -> tuple[Matrix, Vector]:
    """Each outcome (m, 3) that came, and how often."""
    outcomes, times = np.unique(drawn, axis=0, return_counts=True)
    return outcomes, times.astype(float)
