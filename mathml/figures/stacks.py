"""Pictures of what keeps a stack of layers alive: layer normalisation, and residual connections."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from mathml import autodiff
from mathml.arrays import Matrix, Vector
from mathml.attention import Block, first_block, layer_norm, transformer_block
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, GREY, INK, ORANGE, RED, label, panels, plain, readout, scientific, signed
from mathml.vectors import norm

__all__ = ["WITHOUT", "normalised", "stack"]

# --- a row ----------------------------------------------------------------------------------------

_ROW = np.array([0.2, -1.1, 0.8, 1.9, -0.4, -1.6, 0.9, 0.3])
_HIGH = 8.0  # what there is room for on the left


@figure(size=(9.0, 4.6))
def normalised(ax: Axes, layer_norm: Maths = layer_norm) -> Callable[..., str]:
    """A row of eight numbers, made up, before and after layer normalisation.

    Parameters: the `scale` that the row is multiplied by, and the `shift` that is then added to each number.
    """
    left, right = panels(ax, (0.07, 0.12, 0.41, 0.66), (0.565, 0.12, 0.41, 0.66))
    places = np.arange(1, len(_ROW) + 1)
    for axes, high, name in ((left, _HIGH, "before"), (right, 2.6, "after")):
        axes.set(
            xlim=(0.4, len(_ROW) + 0.6), ylim=(-high, high), xticks=places, xlabel=f"column, {name}", ylabel="number"
        )
        axes.grid(True, axis="y")
        axes.axhline(0, color=GREY, linewidth=1, zorder=1)
    before = left.bar(places, 0, width=0.7, color=ORANGE, zorder=2)
    after = right.bar(places, 0, width=0.7, color=BLUE, zorder=2)
    for place in range(len(_ROW)):
        before[place].set_gid(f"before {place}")
        after[place].set_gid(f"after {place}")
    over = label(left, "", INK, 11)
    over.set_position((4.5, 0.93 * _HIGH))
    result, parts = readout(ax), readout(ax, 1)

    def update(scale: float = 1.0, shift: float = 0.0) -> str:
        row = scale * _ROW + shift
        rows: Vector = layer_norm(row)
        for one, other, x, y in zip(before, after, row, rows, strict=True):
            one.set_height(np.clip(x, -2 * _HIGH, 2 * _HIGH))
            other.set_height(y)
        outside = int(np.sum(np.abs(row) > _HIGH))
        over.set_text(f"{outside} beyond the edge" if outside else "")
        result.set_text(f"after:  mean {signed(rows.mean(), 2)}, variance {signed(rows.var(), 3)}")
        parts.set_text(f"before:  mean {scientific(row.mean(), 3)}, variance {scientific(row.var(), 3)}")
        shown = ", ".join(signed(y, 2) for y in rows)
        return (
            f"A row times {plain(scale)} plus {plain(shift)} has the mean {scientific(row.mean(), 3)} and the variance "
            f"{scientific(row.var(), 3)}. Normalised it is {shown}: mean {signed(rows.mean(), 2)}, variance "
            f"{signed(rows.var(), 3)}."
        )

    return update


# --- a stack --------------------------------------------------------------------------------------

WITHOUT = ("nothing", "residuals", "normalisation")
_COLORS = {"nothing": BLUE, "residuals": RED, "normalisation": ORANGE}
_MOST, _WIDTH, _TOKENS, _HEADS = 16, 16, 6, 2
_LEAST = 1e-17  # what is drawn in place of 0


@figure(size=(9.2, 4.7))
def stack(ax: Axes, transformer_block: Maths = transformer_block, vjp: Maths = autodiff.vjp) -> Callable[..., str]:
    """What a stack of blocks with random weights does to six words, and to a slope on its way back through it.

    Parameters: the `depth`, from 1 to 16 blocks, and what they are `without`: one of WITHOUT. On the left is how
    different the words still are: the part of their length that is not their mean. On the right is the length of what
    comes back to the input, of a slope of length 1 at the top.
    """
    left, right = panels(ax, (0.09, 0.135, 0.385, 0.635), (0.6, 0.135, 0.385, 0.635))
    for axes, ends, ticks, name in (
        (left, (_LEAST / 10, 10), range(-16, 1, 4), "how different the words are"),
        (right, (1e-3, 1e7), range(-2, 7, 2), "slope that comes back"),
    ):
        axes.set_yscale("log")
        axes.set(xlim=(0.3, _MOST + 0.7), ylim=ends, xticks=[1, *range(4, _MOST + 1, 4)])
        axes.set_yticks([10.0**power for power in ticks])
        axes.minorticks_off()
        axes.set(xlabel="blocks", ylabel=name)
        axes.grid(True)
    (differences,) = left.plot([], [], "-o", color=BLUE, markersize=7, gid="differences")
    (slopes,) = right.plot([], [], "-o", color=BLUE, markersize=7, gid="slopes")
    result, parts = readout(ax), readout(ax, 1)

    @cache
    def measured(depth: int, without: str) -> tuple[float, float]:
        X, g, blocks = _drawn()

        def stacked(X: Any) -> Any:
            for block in blocks[:depth]:
                X = transformer_block(X, block, _HEADS, without=None if without == "nothing" else without)
            return X

        Y, pull = vjp(stacked, X)
        return norm(np.ravel(Y - Y.mean(axis=0))) / norm(np.ravel(Y)), norm(np.ravel(pull(g)))

    def update(depth: int = 2, without: str = "nothing") -> str:
        found = np.array([measured(k, without) for k in range(1, depth + 1)])
        for line, values in zip((differences, slopes), found.T, strict=True):
            line.set_data(range(1, depth + 1), np.maximum(values, _LEAST))
            line.set_color(_COLORS[without])
        difference, slope = found[-1]
        blocks = "1 block" if depth == 1 else f"{depth} blocks"
        kind = "whole" if without == "nothing" else f"without {without}"
        said = "the same to the last digit" if difference < 1e-15 else f"still {scientific(difference)} apart"
        result.set_text(f"{blocks}, {kind}:  the words are {said}")
        parts.set_text(f"a slope of 1 at the top comes back as {scientific(slope)}")
        return (
            f"After {blocks}, {kind}, the six words are {said}: so much of their length is not their mean. A slope "
            f"of length 1 at the top comes back to the input with the length {scientific(slope)}."
        )

    return update


@cache
def _drawn() -> tuple[Matrix, Matrix, list[Block]]:
    """Words, a slope of length 1, and random blocks."""
    rng = np.random.default_rng(0)
    blocks = [first_block(_WIDTH, 2 * _WIDTH, rng) for _ in range(_MOST)]
    X, g = rng.normal(size=(_TOKENS, _WIDTH)), rng.normal(size=(_TOKENS, _WIDTH))
    return X, g / norm(g.ravel()), blocks
