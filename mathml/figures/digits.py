"""Pictures of digits: a data point is a vector, and vectors that are alike lie near one another."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from mathml import vectors
from mathml.algorithms.nearest_neighbors import NearestNeighbors
from mathml.arrays import Matrix
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, CARD, GREEN, INK, RED, panels, readout, signed

__all__ = ["digit_vector", "digits", "retrieval"]


@figure(size=(8.4, 4.4))
def digit_vector(ax: Axes, norm: Maths = vectors.norm) -> Callable[..., str]:
    """A picture is a vector: the rows of an image, laid end to end.

    Parameters: `index` of the digit in scikit-learn's set, and the `pixel` to point out: its row and column, from 0.
    """
    images, labels = digits()
    screen, strip = panels(ax, (0.03, 0.04, 0.37, 0.75), (0.49, 0.2, 0.49, 0.55))
    screen.set_axis_off()
    screen.set(xlim=(-0.6, 7.6), ylim=(7.6, -0.6), aspect="equal")
    shown = screen.imshow(np.zeros((8, 8)), cmap="gray_r", vmin=0, vmax=16, gid="image")
    band = Rectangle((-0.5, -0.5), 8, 1, fill=False, edgecolor=RED, linewidth=3.5, gid="row")
    square = Rectangle((-0.5, -0.5), 1, 1, fill=False, edgecolor=BLUE, linewidth=5, gid="pixel")
    for frame in (band, square):
        screen.add_patch(frame)
    numbers = [
        screen.text(j, 0, "", ha="center", va="center", fontsize=12, color=RED, fontweight="bold") for j in range(8)
    ]
    strip.set(xlim=(0, 65), ylim=(0, 17), xticks=[1, *range(8, 65, 8)], yticks=(0, 8, 16))
    strip.set(xlabel="entry of the vector: row after row", ylabel="ink")
    strip.grid(True, axis="y")
    bars = LineCollection([], colors=INK, linewidths=4, gid="entries")
    chosen = LineCollection([], colors=RED, linewidths=4, zorder=3, gid="entries of the row")
    for collection in (bars, chosen):
        collection.set_capstyle("butt")
        strip.add_collection(collection, autolim=False)
    (stem,) = strip.plot([], [], color=BLUE, linewidth=6, solid_capstyle="butt", zorder=4, gid="entry of the pixel")
    (head,) = strip.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, zorder=4)
    readout(ax).set_text("8 × 8 pixels  =  64 numbers  =  one vector x")
    parts = readout(ax, 1)

    def update(index: int = 0, pixel: tuple[int, int] = (3, 2)) -> str:
        x, (row, column) = images[index], pixel
        here, entry = slice(8 * row, 8 * row + 8), 8 * row + column
        bodies = [((i + 1, 0), (i + 1, ink)) for i, ink in enumerate(x)]
        shown.set_data(x.reshape(8, 8))
        bars.set_segments(bodies)
        chosen.set_segments(bodies[here])
        stem.set_data(*zip(*bodies[entry], strict=True))
        head.set_data(*zip(bodies[entry][1], strict=True))
        band.set_y(row - 0.5)
        square.set_xy((column - 0.5, row - 0.5))
        for number, ink in zip(numbers, x[here], strict=True):
            number.set_y(row)
            number.set_text(f"{ink:.0f}")
            number.set_color(CARD if ink > 7 else INK)
        place = f"row {row + 1}, column {column + 1} is entry {entry + 1} of x: {x[entry]:.0f}"
        parts.set_text(f"{place}      ‖x‖ = {signed(norm(x), 1)}")
        return (
            f"Digit {index} of the set, a {labels[index]}, as an image and as a vector of 64 entries, "
            f"{signed(norm(x), 1)} long. Row {row + 1} of the image is entries {here.start + 1} to {here.stop}: "
            f"{', '.join(f'{ink:.0f}' for ink in x[here])}. Of them, {place}."
        )

    return update


@figure(size=(8.4, 2.7))
def retrieval(ax: Axes, NearestNeighbors: Maths = NearestNeighbors) -> Callable[..., str]:
    """A digit and the five that are most like it: by the dot product, by distance, by direction.

    Parameters: `index` of the query among the last 297 digits of scikit-learn's set, and `metric`: "dot", "l1", "l2" or
    "cosine". The first 1,500 digits are searched.
    """
    images, labels = digits()
    library, queries = images[:1500], images[1500:]
    finders = {metric: NearestNeighbors(n_neighbors=5, metric=metric).fit(library) for metric in _METRICS}
    places = [(0.03, 0.2, 0.2, 0.58)] + [(0.29 + 0.142 * k, 0.24, 0.13, 0.5) for k in range(5)]
    screens = panels(ax, *places)
    shown = []
    for k, screen in enumerate(screens):
        screen.set_axis_off()
        shown.append(screen.imshow(np.zeros((8, 8)), cmap="gray_r", vmin=0, vmax=16, gid=f"image {k}"))
    below = [
        screen.text(0.5, -0.06, "", transform=screen.transAxes, ha="center", va="top", linespacing=1.4, fontsize=12)
        for screen in screens
    ]
    result = readout(ax)

    def update(index: int = 60, metric: str = "l2") -> str:
        query, label = queries[index], labels[1500 + index]
        scores, found = finders[metric].kneighbors([query])
        shown[0].set_data(query.reshape(8, 8))
        below[0].set_text(f"the query: a {label}")
        for k, (score, i) in enumerate(zip(scores[0], found[0], strict=True), start=1):
            right = labels[i] == label
            shown[k].set_data(library[i].reshape(8, 8))
            below[k].set_text(f"{'✓' if right else '✗'} a {labels[i]}\n{_METRICS[metric][1].format(score)}")
            below[k].set_color(GREEN if right else RED)
        answers = labels[found[0]]
        hits = int(np.sum(answers == label))
        result.set_text(f"{_METRICS[metric][0]}:  {hits} of 5 are right")
        return (
            f"Query {index} is a {label}. {_METRICS[metric][0]}, the digits found are "
            f"{', '.join(map(str, answers))}: {hits} of 5 are right."
        )

    return update


_METRICS = {
    "dot": ("Largest dot product", "{:.0f}"),
    "l1": ("Smallest L1 distance", "{:.0f}"),
    "l2": ("Smallest L2 distance", "{:.1f}"),
    "cosine": ("Smallest 1 − cos θ", "{:.3f}"),
}


def digits() -> tuple[Matrix, NDArray[np.intp]]:
    """The images of scikit-learn's digits `(1797, 64)`, and which digit each is `(1797,)`."""
    from sklearn.datasets import load_digits  # type: ignore[import-untyped]  # only the figures that show digits need scikit-learn

    bunch = load_digits()
    return bunch.data, bunch.target
