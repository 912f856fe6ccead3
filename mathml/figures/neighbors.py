"""Pictures of how t-SNE makes a map: who counts as a neighbour, and the points on their way."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from mathml import vectors
from mathml.algorithms import tsne
from mathml.arrays import Matrix
from mathml.datasets import load_digit_maps
from mathml.figures.core import Maths, figure
from mathml.figures.digits import digits
from mathml.figures.features import filling
from mathml.figures.style import BLUE, BROWN, GREEN, GREY, INK, ORANGE, PURPLE, RED, SKY, plain, readout

__all__ = ["neighborhood", "unfolding"]

_HUES = (BLUE, RED, GREEN, PURPLE, ORANGE, BROWN, SKY, INK, GREY, "#0B9A8D")


@figure(size=(6.6, 4.4))
def neighborhood(ax: Axes, neighbor_probabilities: Maths = tsne.neighbor_probabilities) -> Callable[..., str]:
    """Who counts as a neighbour of one digit: the bell that t-SNE lays around it.

    Dots are 599 other digits: how far each is, and how likely it is to be picked, in parts of the likeliest.
    Parameters: the `perplexity`, and the `digit` that is asked, the first of its kind.
    """
    images, labels = (part[load_digit_maps().indices] for part in digits())
    firsts = [int(np.flatnonzero(labels == digit)[0]) for digit in range(10)]
    to_others = [np.delete(vectors.pairwise_distances(images[[i]], images)[0], i) for i in firsts]
    ax.set_position((0.11, 0.14, 0.85, 0.66))
    ax.set(xlim=(0, 70), ylim=(-0.04, 1.08), xlabel="distance in 64 dimensions", ylabel="likeness (nearest: 1)")
    (bell,) = ax.plot([], [], color=ORANGE, linewidth=2.5, zorder=1, gid="bell")
    (others,) = ax.plot([], [], "o", color=BLUE, markersize=5, alpha=0.45, markeredgewidth=0, zorder=2, gid="others")
    result, parts = readout(ax), readout(ax, 1)
    along = np.linspace(0, 70, 281)

    def update(perplexity: float = 30.0, digit: int = 5) -> str:
        d = to_others[digit]
        P, sigmas = neighbor_probabilities(d[np.newaxis], perplexity)
        p, sigma = P[0], float(sigmas[0])
        others.set_data(d, p / p.max())
        bell.set_data(along, np.exp(-(along**2 - d.min() ** 2) / (2 * sigma**2)))
        half = int(np.searchsorted(np.cumsum(np.sort(p)[::-1]), 0.5)) + 1
        result.set_text(f"perplexity {plain(perplexity)}:  σ = {sigma:.1f}")
        parts.set_text(f"half of the chance is on the {half} nearest")
        return (
            f"Around a {digit}, with the perplexity {plain(perplexity)}, σ is {sigma:.1f}. The {half} nearest "
            "of 599 other digits have half of the chance to be picked."
        )

    return update


@figure(size=(6.2, 5.6))
def unfolding(
    ax: Axes,
    pairwise_distances: Maths = vectors.pairwise_distances,
    maps: Sequence[ArrayLike] | None = None,
    labels: ArrayLike | None = None,
) -> Callable[..., str]:
    """Digits on their way from a start to a map, each in the colour of its kind, which the method was not told.

    Data: the `maps` (n, 2) of a run, and the `labels` (n,) from 0 to 9; if none are given, those of two hundred digits
    on the way of a short t-SNE. Parameter: the `step`, which of the maps is shown.
    """
    runs, kinds = _short_run() if maps is None or labels is None else (tuple(maps), np.asarray(labels))
    places = [filling(flat) for flat in runs]
    ax.set_position((0.03, 0.03, 0.94, 0.8))
    ax.set_axis_off()
    ax.set(xlim=(-0.05, 1.05), ylim=(-0.05, 1.05))
    look = {"linestyle": "none", "markersize": 8, "markeredgewidth": 0}
    marks = [
        ax.plot([], [], marker=f"${digit}$", color=hue, gid=f"digit {digit}", **look)[0]  # type: ignore[arg-type]
        for digit, hue in enumerate(_HUES)
    ]
    result, parts = readout(ax), readout(ax, 1)

    def update(step: int = 0) -> str:
        flat = places[step]
        for digit, mark in enumerate(marks):
            mark.set_data(*flat[kinds == digit].T)
        apart = pairwise_distances(flat)
        np.fill_diagonal(apart, np.inf)
        alike = np.mean(kinds[apart.argmin(axis=1)] == kinds)
        result.set_text(f"map {step} of {len(places) - 1}")
        parts.set_text(f"{alike:.0%} stand next to one of their kind")
        return f"Map {step} of {len(places) - 1}: {alike:.0%} of the digits stand next to one of their own kind."

    return update


@cache
def _short_run() -> tuple[tuple[Matrix, ...], NDArray[np.intp]]:
    images, labels = digits()
    return tuple(tsne.TSNE(perplexity=15, max_iter=500).fit(images[:200]).history_), labels[:200]
