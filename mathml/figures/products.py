"""Pictures of tables of numbers: a matrix product entry by entry, a transpose, inner products of lifted points."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle
from numpy.typing import ArrayLike

from mathml import matrices, vectors
from mathml.arrays import Matrix
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CARD,
    CIRCLE,
    DASHED,
    GREEN,
    GREY,
    GRID,
    INK,
    ORANGE,
    RED,
    label,
    panels,
    paper,
    plain,
    polar,
    put,
    readout,
    signed,
    vector_text,
)

__all__ = ["kernel_trick", "number_table", "product", "transpose_or_reshape"]

_DEEP = LinearSegmentedColormap.from_list("deep", [CARD, BLUE])
_PALE = LinearSegmentedColormap.from_list("pale", ["#F3CE8E", "#FCFCFA", "#A6CBE3"])  # orange is below zero


@figure(size=(5.8, 4.8))
def product(
    ax: Axes,
    multiply: Maths = matrices.multiply,
    A: ArrayLike = ((1, -2, 3), (2, 0, 1)),
    B: ArrayLike = ((2, 1, 0, -1), (1, 3, -2, 0), (1, 0, 2, 4)),
) -> Callable[..., str]:
    """Each entry of AB is a row of A times a column of B: multiply in pairs, then add.

    Parameter: `entry`, the row and column of AB, from 0. Data: A (n, d) and B (d, m), small whole numbers.
    The artist "AB" is the heat map of the product.
    """
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    C = np.asarray(multiply(A, B))
    places = _beside_and_above(len(A), len(B), B.shape[1])
    screens = dict(zip(("A", "B", "AB"), panels(ax, *places), strict=True))
    for (name, screen), table in zip(screens.items(), (A, B, C), strict=True):
        number_table(screen, table, name)
    for name in ("A", "B"):
        table = A if name == "A" else B
        for (i, j), number in np.ndenumerate(table):
            screens[name].text(j, i, plain(number), ha="center", va="center", fontsize=15)
        screens[name].set_title(f"{name}   {len(table)} × {table.shape[1]}", fontsize=12, color=GREY)
    below: dict[str, Any] = {"ha": "center", "va": "top", "fontsize": 12, "color": GREY}
    screens["AB"].text((C.shape[1] - 1) / 2, len(C) - 0.35, f"AB   {len(C)} × {C.shape[1]}", **below)
    row = Rectangle((-0.5, -0.5), A.shape[1], 1, fill=False, edgecolor=BLUE, linewidth=4, zorder=8, gid="row")
    column = Rectangle((-0.5, -0.5), 1, len(B), fill=False, edgecolor=RED, linewidth=4, zorder=8, gid="column")
    square = Rectangle((-0.5, -0.5), 1, 1, fill=False, edgecolor=GREEN, linewidth=4, zorder=8, gid="cell")
    for name, frame in zip(screens, (row, column, square), strict=True):
        frame.set_clip_on(False)
        screens[name].add_patch(frame)
    number = screens["AB"].text(
        0, 0, "", ha="center", va="center", fontsize=16, fontweight="bold", zorder=9, gid="number"
    )
    result, parts = readout(ax, color=GREEN), readout(ax, 1)

    def update(entry: tuple[int, int] = (0, 1)) -> str:
        i, j = entry
        row.set_y(i - 0.5)
        column.set_x(j - 0.5)
        square.set_xy((j - 0.5, i - 0.5))
        number.set_position((j, i))
        number.set_text(plain(C[i, j]))
        terms = "  +  ".join(f"{_factor(a)}·{_factor(b)}" for a, b in zip(A[i], B[:, j], strict=True))
        result.set_text(f"{terms}  =  {plain(C[i, j])}")
        parts.set_text(f"row {i + 1} of A times column {j + 1} of B")
        return (
            f"A is {len(A)} by {A.shape[1]}, B {len(B)} by {B.shape[1]}, and AB {len(C)} by {C.shape[1]}. "
            f"The entry of AB in row {i + 1}, column {j + 1} is {parts.get_text()}: {result.get_text()}."
        )

    return update


def _beside_and_above(n: int, d: int, m: int) -> list[tuple[float, float, float, float]]:
    """Places for A, B and AB: A to the left of AB, B above it, so that a row and a column meet in their entry."""
    left, bottom, width, height, gap = 0.05, 0.09, 0.9, 0.66, 0.8  # the gap is measured in cells
    across, up = width / (d + gap + m), height / (n + gap + d)
    a = (left, bottom, d * across, n * up)
    b = (left + (d + gap) * across, bottom + (n + gap) * up, m * across, d * up)
    return [a, b, (b[0], bottom, m * across, n * up)]


def number_table(ax: Axes, table: Matrix, name: str) -> Any:
    """A matrix as a table of pale colours, with lines between its cells."""
    ax.set_axis_off()
    ax.set(xticks=[], yticks=[])
    size = np.abs(table).max() or 1.0
    shown = ax.imshow(table, cmap=_PALE, vmin=-size, vmax=size, aspect="auto", gid=name)
    rows, columns = table.shape
    lines = [((j - 0.5, -0.5), (j - 0.5, rows - 0.5)) for j in range(1, columns)]
    lines += [((-0.5, i - 0.5), (columns - 0.5, i - 0.5)) for i in range(1, rows)]
    ax.add_collection(LineCollection(lines, colors=CARD, linewidths=3), autolim=False)
    return shown


def _factor(number: float) -> str:
    return f"({plain(number)})" if number < 0 else plain(number)


# --- transpose and reshape ------------------------------------------------------------------------

_ROWS = (BLUE, ORANGE)
_LATER = 0.7  # of an entry's way, until the next one starts


@figure(size=(5.8, 3.7))
def transpose_or_reshape(ax: Axes, transpose: Maths = matrices.transpose) -> Callable[..., str]:
    """Both make 3 × 2 of 2 × 3: a transpose makes columns of the rows, a reshape fills new rows in reading order.

    Parameters: `how`, "transpose" or "reshape", and `part`, how far the entries are on their way, from 0 to 1.
    """
    X = np.arange(1.0, 7.0).reshape(2, 3)
    ax.set_position((0.02, 0.02, 0.96, 0.76))
    ax.set_axis_off()
    ax.set(xlim=(-0.9, 7.3), ylim=(2.6, -1.3), aspect="equal")
    look: dict[str, Any] = {"boxstyle": "round,pad=0,rounding_size=0.12", "linewidth": 0}
    before = [(j, i + 0.5) for i in range(2) for j in range(3)]
    after = [(j + 5.2, float(i)) for i in range(3) for j in range(2)]
    for x, y in before + after:
        ax.add_patch(FancyBboxPatch((x - 0.45, y - 0.45), 0.9, 0.9, facecolor=GRID, alpha=0.6, **look))
    ax.text(1, -0.75, "X   2 × 3", ha="center", va="center", color=GREY)
    for (x, y), entry in zip(before, X.ravel(), strict=True):
        ax.text(x, y, plain(entry), ha="center", va="center", color=GREY, fontsize=14)
    title = ax.text(5.7, -0.95, "", ha="center", va="center", color=GREY)
    boxes = [
        FancyBboxPatch((0, 0), 0.9, 0.9, facecolor=_ROWS[k // 3], zorder=9 - k, gid=f"entry {k + 1}", **look)
        for k in range(6)
    ]
    for box in boxes:
        ax.add_patch(box)
    numbers = [
        ax.text(
            0, 0, plain(entry), ha="center", va="center", fontsize=17, fontweight="bold", zorder=9.5 - k, color=color
        )
        for k, (entry, color) in enumerate(zip(X.ravel(), [CARD] * 3 + [INK] * 3, strict=True))
    ]
    result, parts = readout(ax), readout(ax, 1)

    def update(how: str = "transpose", part: float = 1.0) -> str:
        Y = np.asarray(transpose(X)) if how == "transpose" else X.reshape(3, 2)
        places = [(before[k], after[int(np.argmax(Y.ravel() == entry))]) for k, entry in enumerate(X.ravel())]
        ways = np.clip(part * (1 + 5 * _LATER) - _LATER * np.arange(6), 0, 1)  # one starts after the other
        now = [np.array(start) + way * (np.array(end) - start) for way, (start, end) in zip(ways, places, strict=True)]
        for box, number, (x, y) in zip(boxes, numbers, now, strict=True):
            box.set_bounds(x - 0.45, y - 0.45, 0.9, 0.9)
            number.set_position((x, y))
        title.set_text(f"{_CODE[how]}   3 × 2")
        first = ", ".join(plain(entry) for entry in Y[0])
        result.set_text(f"{how.capitalize()}:  the first row is {first}")
        parts.set_text(_SAID[how])
        rows = "; ".join(", ".join(plain(entry) for entry in row) for row in Y)
        return (
            f"The rows 1, 2, 3 and 4, 5, 6, {part:.0%} of the way to {_CODE[how]}, whose rows are {rows}: {_SAID[how]}."
        )

    return update


_CODE = {"transpose": "Xᵀ", "reshape": "X.reshape(3, 2)"}
_SAID = {
    "transpose": "a row of X (one colour) becomes a column",
    "reshape": "the same reading order, new rows: examples get mixed",
}


# --- kernels --------------------------------------------------------------------------------------


def lift(X: Matrix) -> Matrix:
    """Points of the plane `(n, 2)` in space `(n, 3)`: (x₁², √2 x₁x₂, x₂²)."""
    x, y = np.asarray(X, dtype=float).T
    return np.column_stack([x**2, np.sqrt(2) * x * y, y**2])


_RING = 12  # points on each ring
_RADII = (0.9, 1.75)
_BETWEEN = 1.8  # the squared radius of the circle between the rings


@figure(size=(8.4, 4.0))
def kernel_trick(
    ax: Axes, dot: Maths = vectors.dot, multiply: Maths = matrices.multiply, lift: Maths = lift
) -> Callable[..., str]:
    """Two rings that no line parts are parted by a plane in space, whose inner products are (x · y)² in the plane.

    Parameters: the `pair` of points, as the row and column of the Gram matrix (24, 24), and `turn`, from where space
    is seen, in degrees. The rings are made up. The artist "gram" is the heat map.
    """
    X = _rings()
    Z = lift(X)
    gram, rings = np.asarray(multiply(Z, Z.T)), [lift(radius * CIRCLE[::4]) for radius in _RADII]
    left, middle, right = panels(ax, (0, 0, 1, 1), (0.31, 0.0, 0.39, 0.8), (0.72, 0.1, 0.26, 0.546))
    for screen in (left, middle):
        screen.set_axis_off()
    left.set(position=(0.01, 0.05, 0.3, 0.7), xlim=(-2.15, 2.15), ylim=(-2.15, 2.15), aspect="equal")
    middle.set(xlim=(-2.9, 2.9), ylim=(-2.2, 2.6), aspect="equal")
    colors = np.repeat([BLUE, RED], _RING)
    left.axhline(0, color=GRID, linewidth=1, zorder=0.5)
    left.axvline(0, color=GRID, linewidth=1, zorder=0.5)
    circle = np.sqrt(_BETWEEN) * CIRCLE
    left.plot(*circle.T, color=GREEN, linewidth=2, linestyle=DASHED, zorder=1)
    left.scatter(X[:, 0], X[:, 1], c=colors, s=42, linewidths=0, zorder=2)
    chosen: dict[str, Any] = {
        "markersize": 15,
        "markerfacecolor": "none",
        "markeredgecolor": INK,
        "markeredgewidth": 2.2,
    }
    (ringed,) = left.plot([], [], "o", zorder=3, gid="pair", **chosen)
    beams = LineCollection([], colors=INK, linewidths=1.4, zorder=1.5, gid="beams")
    left.add_collection(beams, autolim=False)
    axes = LineCollection([], colors=GREY, linewidths=1, zorder=1)
    middle.add_collection(axes, autolim=False)
    sheet = Polygon(np.zeros((4, 2)), facecolor=GREEN, alpha=0.22, edgecolor=GREEN, linewidth=1.5, zorder=1.5)
    middle.add_patch(sheet)
    curves = [middle.plot([], [], color=color, linewidth=1.5, alpha=0.6, zorder=1.8)[0] for color in (BLUE, RED)]
    lifted = middle.scatter(X[:, 0], X[:, 1], c=colors, s=42, linewidths=0, zorder=2, gid="lifted")
    (ringed_above,) = middle.plot([], [], "o", zorder=3, gid="lifted pair", **chosen)
    names = [label(middle, name, GREY, 11, fontweight="normal") for name in ("x₁²", "√2 x₁x₂", "x₂²")]
    right.set_axis_off()
    right.imshow(gram, cmap=_DEEP, vmin=0, gid="gram")
    right.set_title("all pairs: φ(x) · φ(y)", fontsize=12, color=GREY)
    for k, color in enumerate((BLUE, RED)):  # which ring a row and a column belong to
        first = _RING * k - 0.5
        right.add_patch(Rectangle((-1.6, first), 0.7, _RING, facecolor=color, clip_on=False))
        right.add_patch(Rectangle((first, 2 * _RING - 0.1), _RING, 0.7, facecolor=color, clip_on=False))
    square = Rectangle((0, 0), 1, 1, fill=False, edgecolor=INK, linewidth=2.5, clip_on=False, gid="cell")
    right.add_patch(square)
    result, parts = readout(ax), readout(ax, 1)

    def update(pair: tuple[int, int] = (2, 15), turn: float = -50.0) -> str:
        both, view = list(pair), paper(turn, 12)
        x, y = X[both]
        flat = (Z - _MIDDLE) @ view
        ringed.set_data(*X[both].T)
        beams.set_segments([[(0, 0), x], [(0, 0), y]])
        lifted.set_offsets(flat)
        for curve, points in zip(curves, rings, strict=True):
            curve.set_data(*((points - _MIDDLE) @ view).T)
        ringed_above.set_data(*flat[both].T)
        axes.set_segments([np.array([-_MIDDLE, end - _MIDDLE]) @ view for end in _ENDS])
        sheet.set_xy((_SHEET - _MIDDLE) @ view)
        for name, end in zip(names, _ENDS, strict=True):
            put(name, (1.12 * end - _MIDDLE) @ view)
            name.set_visible(bool(np.hypot(*(end @ view)) > 1))  # not in front of what it points at
        square.set_xy((pair[1] - 0.5, pair[0] - 0.5))
        inner, above = dot(x, y), dot(Z[pair[0]], Z[pair[1]])
        squared = f"(x · y)² = {signed(inner**2)}"
        result.set_text(f"{squared}    φ(x) · φ(y) = {signed(above)}")
        parts.set_text(f"x = {vector_text(x)},  y = {vector_text(y)},  x · y = {signed(inner)}")
        return (
            f"Two rings in the plane, and lifted into space, seen from {plain(turn)}°, where a plane parts them. "
            f"For points {pair[0] + 1} and {pair[1] + 1}, {parts.get_text()}, {squared}, and "
            f"φ(x) · φ(y) = {signed(above)}."
        )

    return update


_MIDDLE = np.array([1.2, 0.0, 1.2])  # what the view turns about
_ENDS = 3.2 * np.eye(3)
_ALONG, _ASIDE = 1.5 * np.array([1, 0, -1]) / np.sqrt(2), np.array([0, 2.1, 0])
_SHEET = np.array([_ALONG + _ASIDE, _ALONG - _ASIDE, -_ALONG - _ASIDE, -_ALONG + _ASIDE]) + (
    _BETWEEN / 2,
    0,
    _BETWEEN / 2,
)


def _rings() -> Matrix:
    """Two rings about the origin, made up: the inner points come first."""
    rng = np.random.default_rng(5)
    radii = np.repeat(_RADII, _RING) + rng.normal(scale=0.07, size=2 * _RING)
    turns = np.tile(np.arange(_RING) * 30.0, 2) + rng.normal(scale=5, size=2 * _RING)
    return np.array([polar(radius, degrees) for radius, degrees in zip(radii, turns, strict=True)])
