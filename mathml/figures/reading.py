"""The picture of backpropagation at work: a network learns to read digits."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from mathml.algorithms.mlp import MLP
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.digits import digits
from mathml.figures.style import BLUE, CARD, ORANGE, RED, label, panels, readout, several, signed

__all__ = ["learning_to_read"]

_SEEN = 1000  # the digits that it learns from; the other 797 are new to it
_ROWS, _COLUMNS = 5, 8  # of new digits that are shown
_LAST = 12


@figure(size=(8.8, 4.9))
def learning_to_read(ax: Axes, MLP: Maths = MLP) -> Callable[..., str]:
    """Digits that a network has not seen, and what it takes them for, while it learns to read.

    Parameter: the `epoch`, from 0 to 12. It has 16 hidden units, learns from 1,000 of scikit-learn's digits, and is
    asked about the other 797.
    """
    page, curve = panels(ax, (0.02, 0.02, 0.56, 0.78), (0.68, 0.16, 0.3, 0.6))
    images, labels = digits()
    new, labels = images[_SEEN:], labels[_SEEN:]
    page.set_axis_off()
    page.set(xlim=(0, _COLUMNS), ylim=(_ROWS, 0))
    page.imshow(_tiled(new), cmap="gray_r", vmin=0, vmax=24, extent=(0, _COLUMNS, _ROWS, 0), interpolation="nearest")
    wrong = page.imshow(np.zeros((_ROWS, _COLUMNS, 4)), extent=(0, _COLUMNS, _ROWS, 0), zorder=2, gid="wrong")
    guesses = [label(page, "", RED, 12, gid=f"guess {k}") for k in range(_ROWS * _COLUMNS)]
    for k, guess in enumerate(guesses):
        guess.set_position((k % _COLUMNS + 0.84, k // _COLUMNS + 0.2))
    curve.set(xlim=(-0.4, _LAST + 0.4), ylim=(0, 0.45), xticks=range(0, _LAST + 1, 2), yticks=(0, 0.2, 0.4))
    curve.set(xlabel="epochs", ylabel="loss of what it has seen")
    curve.grid(True)
    (path,) = curve.plot([], [], "-o", color=BLUE, markersize=5, gid="loss")
    (here,) = curve.plot([], [], "o", color=RED, markersize=10, markeredgecolor=CARD, markeredgewidth=2, zorder=5)
    result, parts = readout(ax), readout(ax, 1)

    def update(epoch: int = 1) -> str:
        network = _trained(MLP, epoch)
        read, losses = network.predict(new / 16), network.loss_path_
        missed = (read != labels)[: len(guesses)]
        tint = np.array([to_rgba(ORANGE, 0.0), to_rgba(ORANGE, 0.4)])
        wrong.set_data(tint[missed.astype(int)].reshape(_ROWS, _COLUMNS, 4))
        for guess, digit, off in zip(guesses, read, missed, strict=False):
            guess.set_text(str(digit) if off else "")
        path.set_data(range(len(losses)), losses)
        here.set_data([len(losses) - 1], [losses[-1]])
        right = f"{np.mean(read == labels):.0%} of the new digits right"
        result.set_text(f"after {several(epoch, 'epoch')}:  {right}")
        parts.set_text("orange: read wrong, and as what")
        return (
            f"A network after {several(epoch, 'epoch')} reads {right}; the loss of those that it has seen is "
            f"{signed(losses[-1], 3)}. Of the {len(guesses)} that are shown, {several(int(missed.sum()), 'digit')} "
            "are read as another one."
        )

    return update


@cache
def _trained(MLP: Maths, epoch: int) -> Any:
    """The network after so many epochs: the same seed, so the same way each time."""
    images, labels = digits()
    return MLP(hidden=(16,), epochs=epoch, rng=0).fit(images[:_SEEN] / 16, labels[:_SEEN])


def _tiled(images: Matrix) -> Vector:
    """The first images `(n, 64)` on one sheet, row by row, each with a margin."""
    tiles = np.pad(images[: _ROWS * _COLUMNS].reshape(_ROWS, _COLUMNS, 8, 8), [(0, 0), (0, 0), (1, 1), (1, 1)])
    return tiles.transpose(0, 2, 1, 3).reshape(10 * _ROWS, 10 * _COLUMNS)
