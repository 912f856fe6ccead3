"""Pictures of tables: a data set is a matrix, with an example in each row."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from mathml import matrices
from mathml.figures.core import Maths, figure
from mathml.figures.digits import digits
from mathml.figures.style import BLUE, GREY, INK, RED, panels, readout

__all__ = ["digit_table"]

_ROWS = 40


@figure(size=(8.4, 4.8))
def digit_table(ax: Axes, transpose: Maths = matrices.transpose) -> Callable[..., str]:
    """Forty images as forty rows of a table, the largest number of each column, and the image that a row is.

    Parameters: the `cell` to point out: its row and column in the table, from 0.
    """
    images, labels = digits()
    most = transpose(images).max(axis=1)  # of each feature
    table, strip, screen = panels(ax, (0.06, 0.26, 0.6, 0.55), (0.06, 0.11, 0.6, 0.05), (0.7, 0.26, 0.28, 0.55))
    table.imshow(images[:_ROWS], cmap="gray_r", vmin=0, vmax=16, aspect="auto", gid="table")
    strip.imshow([most], cmap="gray_r", vmin=0, vmax=16, aspect="auto", gid="largest")
    shown = screen.imshow(np.zeros((8, 8)), cmap="gray_r", vmin=0, vmax=16, gid="image")
    screen.set_axis_off()
    screen.add_patch(Rectangle((-0.5, -0.5), 8, 8, fill=False, edgecolor=GREY))
    for part in (table, strip):
        part.set(xticks=[], yticks=[])
        part.spines[:].set(visible=True, color=GREY)
    table.set(xlabel="64 pixels", ylabel="40 digits")
    strip.set(xlabel=f"the largest of each column, in all {len(images):,} rows")
    strip.set_ylabel("ink", rotation=0, ha="right", va="center")
    row_frame = Rectangle((-0.5, 0), 64, 1, fill=False, edgecolor=RED, linewidth=2, gid="row")
    column_frame = Rectangle((0, -0.5), 1, _ROWS, fill=False, edgecolor=BLUE, linewidth=2, gid="column")
    below = Rectangle((0, -0.5), 1, 1, fill=False, edgecolor=BLUE, linewidth=3, gid="column below")
    pixel = Rectangle((0, 0), 1, 1, fill=False, edgecolor=BLUE, linewidth=4, gid="pixel")
    for part, frames in [(table, (row_frame, column_frame)), (strip, (below,)), (screen, (pixel,))]:
        for frame in frames:
            part.add_patch(frame)
    result, parts = readout(ax), readout(ax, 1, color=INK)

    def update(cell: tuple[int, int] = (0, 20)) -> str:
        row, column = cell
        i, j = divmod(column, 8)
        shown.set_data(images[row].reshape(8, 8))
        row_frame.set_y(row - 0.5)
        column_frame.set_x(column - 0.5)
        below.set_x(column - 0.5)
        pixel.set_xy((j - 0.5, i - 0.5))
        entry = f"row {row + 1}, column {column + 1}  =  {images[row, column]:.0f}"
        largest = f"the largest of its column: {most[column]:.0f}"
        result.set_text(entry)
        parts.set_text(f"{largest}      the row is a {labels[row]}, the column one pixel of every digit")
        return (
            f"{_ROWS} digits as the rows of a table with 64 columns. Pointed at: {entry}; {largest}. "
            f"The row is the image of a {labels[row]}, the column its pixel in row {i + 1}, column {j + 1}."
        )

    return update
