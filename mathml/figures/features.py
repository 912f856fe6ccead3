"""Pictures of feature spaces: arithmetic on digits, and maps of their 64 dimensions."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from mathml import vectors
from mathml.algorithms.nearest_neighbors import NearestNeighbors
from mathml.arrays import Matrix
from mathml.datasets import load_digit_maps
from mathml.figures.core import Maths, figure
from mathml.figures.digits import digits
from mathml.figures.style import GREY, INK, ORANGE, SKY, panels, plain, readout, signed

__all__ = ["digit_map", "digit_sum", "filling"]


@figure(size=(8.4, 3.6))
def digit_sum(ax: Axes, linear_combination: Maths = vectors.linear_combination) -> Callable[..., str]:
    """Feature operations: the mean image of one digit, plus or minus another's.

    Parameters: the digits `first` and `second`, and `scale`, how much of the second is added.
    """
    images, labels = digits()
    means = np.array([images[labels == digit].mean(axis=0) for digit in range(10)])
    places = [(0.03, 0.06, 0.26, 0.62), (0.37, 0.06, 0.26, 0.62), (0.71, 0.06, 0.26, 0.62)]
    shown = []
    for k, screen in enumerate(panels(ax, *places)):
        screen.set_axis_off()
        shown.append(screen.imshow(np.zeros((8, 8)), cmap="PuOr", vmin=-16, vmax=16, gid=f"image {k}"))
    words: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 14, "fontweight": "bold"}
    ax.figure.text(0.67, 0.37, "=", **words)
    readout(ax, 1).set_text("pixel by pixel; orange is below zero")
    sign = ax.figure.text(0.33, 0.37, "", **words)
    names = [ax.figure.text(0.16 + 0.34 * k, 0.72, "", **words) for k in range(3)]
    result = readout(ax)

    def update(first: int = 8, second: int = 3, scale: float = -1.0) -> str:
        total = linear_combination([1, scale], means[[first, second]])
        for image, entries in zip(shown, (means[first], abs(scale) * means[second], total), strict=True):
            image.set_data(entries.reshape(8, 8))
        plus = "−" if scale < 0 else "+"
        scaled = f"mean {second}" if abs(scale) == 1 else f"{plain(abs(scale))} × mean {second}"
        for name, text in zip(names, (f"mean {first}", scaled, "result"), strict=True):
            name.set_text(text)
        sign.set_text(plus)
        result.set_text(f"mean {first}  {plus}  {scaled}")
        return (
            f"The mean {first} {plus} {scaled}, pixel by pixel: the entries of the result go from "
            f"{signed(total.min(), 1)} to {signed(total.max(), 1)}."
        )

    return update


@figure(size=(6.2, 5.6))
def digit_map(
    ax: Axes,
    NearestNeighbors: Maths = NearestNeighbors,
    maps: Mapping[str, ArrayLike] | None = None,
) -> Callable[..., str]:
    """A map of the digits, and on it one digit with its ten nearest in all 64 dimensions.

    `maps` are the coordinates `(n, 2)` of the digits of `load_digit_maps`, each under its name; if none are given, the
    stored ones. Parameters: the `name` of the map, at first the first one, and the `index` of the digit.
    """
    stored = load_digit_maps()
    places = {name: filling(flat) for name, flat in (maps or {"t-SNE": stored.tsne, "UMAP": stored.umap}).items()}
    images, labels = (part[stored.indices] for part in digits())
    search = NearestNeighbors(n_neighbors=10)
    _, found = search.fit(images).kneighbors()
    around = {name: search.fit(flat).kneighbors()[1] for name, flat in places.items()}
    ax.set_position((0.03, 0.03, 0.94, 0.8))
    ax.set_axis_off()
    ax.set(xlim=(-0.05, 1.05), ylim=(-0.05, 1.05))
    (near,) = ax.plot([], [], "o", color=ORANGE, markersize=13, markeredgewidth=0, zorder=1, gid="neighbours")
    (query,) = ax.plot([], [], "o", color=SKY, markersize=17, markeredgewidth=0, zorder=1, gid="query")
    look: dict[str, Any] = {"linestyle": "none", "markersize": 7, "markeredgewidth": 0}
    marks = [ax.plot([], [], marker=f"${digit}$", color=GREY, **look)[0] for digit in range(10)]
    chosen = [ax.plot([], [], marker=f"${digit}$", color=INK, **look)[0] for digit in range(10)]
    (all_of_them,) = ax.plot([], [], linestyle="none", gid="digits")  # where each is; the marks are what is seen
    (screen,) = panels(ax, (0.83, 0.83, 0.15, 0.15))
    screen.set_axis_off()
    image = screen.imshow(np.zeros((8, 8)), cmap="gray_r", vmin=0, vmax=16, gid="image")
    result, parts = readout(ax), readout(ax, 1)

    def update(name: str = next(iter(places)), index: int = 233) -> str:
        flat, group = places[name], np.append(found[index], index)
        all_of_them.set_data(*flat.T)
        for digit in range(10):
            marks[digit].set_data(*flat[labels == digit].T)
            chosen[digit].set_data(*flat[group[labels[group] == digit]].T)
        near.set_data(*flat[found[index]].T)
        query.set_data(*flat[[index]].T)
        image.set_data(images[index].reshape(8, 8))
        kept = len(np.intersect1d(found[index], around[name][index]))
        result.set_text(f"{name}:  {kept} of 10 kept")
        parts.set_text(f"a {labels[index]}, and its 10 nearest in 64-d")
        return (
            f"The digits on the {name} map. Of the ten that are nearest to a certain {labels[index]} in 64 dimensions, "
            f"{kept} are among its ten nearest on the map."
        )

    return update


def filling(flat: ArrayLike) -> Matrix:
    """A map `(n, 2)` that fills the unit square: its axes mean nothing."""
    points = np.asarray(flat, dtype=float)
    filling: Matrix = (points - points.min(axis=0)) / np.ptp(points, axis=0)
    return filling
