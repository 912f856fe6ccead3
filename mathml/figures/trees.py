"""The picture of a decision tree's question: two heaps, and how much entropy the answer takes away."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from mathml import information
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, GREEN, INK, ORANGE, RED, label, panels, plain, put, readout

__all__ = ["threshold"]

_COLORS = (BLUE, ORANGE, GREEN)


@figure(size=(9.4, 5.4))
def threshold(
    ax: Axes, entropy: Maths = information.entropy, information_gain: Maths = information.information_gain
) -> Callable[..., str]:
    """One question parts the irises into two heaps: it is a good one if the heaps are pure.

    Parameters: the `feature` that is asked for, by the name that scikit-learn gives it, and the `threshold`, in cm.
    """
    X, labels, features, species = _irises()
    above, below, heaps = panels(ax, (0.065, 0.43, 0.54, 0.39), (0.065, 0.115, 0.54, 0.22), (0.685, 0.115, 0.3, 0.705))
    for panel in (above, below):
        panel.set(xlim=(0, 8), xticks=range(9))
    above.set(ylim=(-0.8, 33.5), yticks=(), xlabel="cm", ylabel="flowers")
    above.xaxis.label.set_visible(False)
    below.set(ylim=(0, 1.08), yticks=(0, 0.5, 1), xlabel="threshold, in cm", ylabel="gain, bits")
    below.grid(True)
    dots = [
        above.plot([], [], "o", color=color, markersize=5.2, markeredgewidth=0, zorder=3, gid=name)[0]
        for color, name in zip(_COLORS, species, strict=True)
    ]
    walls = [
        panel.plot([], [], color=RED, linewidth=2.2, zorder=4, gid=gid)[0]
        for panel, gid in ((above, "threshold"), (below, "line"))
    ]
    (curve,) = below.plot([], [], color=INK, linewidth=1.8, zorder=3, gid="gain")
    (here,) = below.plot([], [], "o", color=RED, markersize=10, zorder=5, clip_on=False, gid="here")

    heaps.set(
        xlim=(0, 3),
        ylim=(0, 158),
        xticks=(0.5, 1.5, 2.5),
        xticklabels=("all", "below", "above"),
        yticks=(0, 50, 100, 150),
    )
    heaps.set(xlabel="heap", ylabel="flowers")
    heaps.tick_params(axis="x", labelsize=11)
    bricks = [[Rectangle((k + 0.14, 0), 0.72, 0, facecolor=c, linewidth=0) for c in _COLORS] for k in range(3)]
    for k, column in enumerate(bricks):
        for brick, name in zip(column, species, strict=True):
            brick.set_gid(f"{name} {k}")
            heaps.add_patch(brick)
    words = [label(heaps, "", INK, 11) for _ in range(3)]
    names = [label(above, name, color, 11) for name, color in zip(species, (BLUE, "#8A5A00", GREEN), strict=True)]
    result, parts = readout(ax), readout(ax, 1)

    @lru_cache(maxsize=len(features))
    def gains(feature: str) -> tuple[Vector, Vector]:
        """The gain between each two values that there are, as stairs."""
        values = X[:, features.index(feature)]
        edges = np.unique(values)
        found = [information_gain(labels, values < edge, 2) for edge in edges[1:]]
        return np.concatenate([[0], np.repeat(edges, 2), [8]]), np.concatenate([[0, 0], np.repeat(found, 2), [0, 0]])

    def update(feature: str = "petal length (cm)", threshold: float = 4.0) -> str:
        values = X[:, features.index(feature)]
        is_below = values < threshold
        gain = information_gain(labels, is_below, 2)
        heights = _heap_up(values, labels)
        for k, dot in enumerate(dots):
            of_kind = labels == k
            dot.set_data(values[of_kind], heights[of_kind])
        _name_kinds(names, values, labels)
        for panel, wall in zip((above, below), walls, strict=True):
            wall.set_data([threshold, threshold], panel.get_ylim())
        x, y = gains(feature)
        curve.set_data(x, y)
        here.set_data([threshold], [gain])
        said = []
        for k, (column, chosen) in enumerate(
            zip(bricks, (np.full(len(values), True), is_below, ~is_below), strict=True)
        ):
            counts = np.bincount(labels[chosen], minlength=3)
            bits = float(entropy(counts / counts.sum(), 2)) if counts.any() else 0.0
            _stack(column, counts)
            put(words[k], (k + 0.5, counts.sum() + 7), f"{bits:.2f} bits" if counts.any() else "nobody")
            said.append((counts, bits))
        (_, before), (left, low), (right, high) = said
        result.set_text(f"{feature.removesuffix(' (cm)')} < {plain(threshold)} cm:  gain {gain:.3f} bits")
        n = len(values)
        parts.set_text(f"{before:.2f}  −  {left.sum()}/{n} · {low:.2f}  −  {right.sum()}/{n} · {high:.2f}")
        best = x[np.argmax(y)]
        return (
            f"The question if the {feature.removesuffix(' (cm)')} is below {plain(threshold)} cm parts {n} irises: "
            f"{_kinds(left, species)} below, with an entropy of {low:.3f} bits, {_kinds(right, species)} above, with "
            f"{high:.3f}. Before it was {before:.3f}: a gain of {gain:.4f} bits. The best of this feature is "
            f"{y.max():.4f}, just beyond {plain(best)} cm."
        )

    return update


def _heap_up(values: Vector, labels: NDArray[Any]) -> Vector:
    """The height of each flower among those of the same value: one on top of the other, kind by kind."""
    order = np.lexsort((labels, values))
    ordered = values[order]
    starts = np.searchsorted(ordered, ordered)
    heights = np.empty(len(values))
    heights[order] = np.arange(len(values)) - starts
    return heights


def _name_kinds(names: list[Any], values: Vector, labels: NDArray[Any]) -> None:
    """The kinds' names in the order of their middles, as far apart as words need."""
    middles = np.array([np.median(values[labels == k]) for k in range(len(names))])
    order = np.argsort(middles, kind="stable")
    places = np.clip(middles[order], [0.7, 2.1, 3.5], [4.6, 6.0, 7.4])
    places[1:] = np.maximum(places[1:], places[:-1] + 1.4)
    places[-1] = min(places[-1], 7.4)
    places[:-1] = np.minimum(places[:-1], places[-1] - [2.8, 1.4])
    for k, place in zip(order, places, strict=True):
        names[k].set_position((place, 31.5))


def _stack(column: list[Rectangle], counts: NDArray[Any]) -> None:
    """Show how many there are of each kind, one on top of the other."""
    foot = 0
    for brick, count in zip(column, counts.tolist(), strict=True):
        brick.set_y(foot)
        brick.set_height(count)
        foot += count


def _kinds(counts: NDArray[Any], species: list[str]) -> str:
    return " and ".join(f"{count} {kind}" for count, kind in zip(counts, species, strict=True) if count) or "none"


def _irises() -> tuple[Matrix, NDArray[Any], list[str], list[str]]:
    from sklearn.datasets import load_iris  # type: ignore[import-untyped]  # only real data needs scikit-learn

    iris = load_iris()
    return iris.data, iris.target, list(iris.feature_names), [str(name) for name in iris.target_names]
