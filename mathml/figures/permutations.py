"""The picture of what permutes: tokens in any order through attention, with positions and without."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from matplotlib.axes import Axes

from mathml import attention
from mathml.arrays import Matrix
from mathml.figures.core import Maths, figure
from mathml.figures.style import GREY, INK, label, panels, readout, scientific
from mathml.vectors import norm

__all__ = ["shuffled"]

TOKENS = ("A", "B", "C", "D", "E")
_WIDTH, _HEADS = 8, 2
_ZERO = 1e-12  # what rounding leaves


@figure(size=(9.0, 4.8))
def shuffled(
    ax: Axes,
    multi_head_attention: Maths = attention.multi_head_attention,
    sinusoidal_positions: Maths = attention.sinusoidal_positions,
) -> Callable[..., str]:
    """Five tokens, made up, pass through attention with two heads; each answer is a strip of eight colours.

    Parameters: the `order` in which the tokens A to E stand, and whether `positions` are added to them. On the left is
    what goes in, on the right what comes out of attention.
    """
    X, weights = _drawn()
    left, right = panels(ax, (0.1, 0.07, 0.37, 0.63), (0.57, 0.07, 0.37, 0.63))
    pictures = []
    for axes, title, name in ((left, "the tokens", "tokens"), (right, "what they hear", "answers")):
        axes.set(xlim=(-0.5, _WIDTH - 0.5), ylim=(len(TOKENS) - 0.5, -0.5))
        axes.set_axis_off()
        axes.set(xticks=[], yticks=[])
        axes.set_title(title, fontsize=12, color=GREY)
        pictures.append(
            axes.imshow(X, cmap="PuOr", vmin=-2.5, vmax=2.5, aspect="auto", interpolation="nearest", gid=name)
        )
        for edge in range(1, len(TOKENS)):
            axes.axhline(edge - 0.5, color="white", linewidth=5)
    marks = [[label(axes, "", INK, 14) for _ in TOKENS] for axes in (left, right)]
    for column in marks:
        for place, mark in enumerate(column):
            mark.set(position=(-1.0, place), clip_on=False)
    result, parts = readout(ax), readout(ax, 1)

    def answers(order: Sequence[str], positions: bool) -> tuple[Matrix, Matrix]:
        rows = X[[TOKENS.index(token) for token in order]]
        if positions:
            rows = rows + sinusoidal_positions(len(TOKENS), _WIDTH)
        return rows, multi_head_attention(rows, *weights, _HEADS)

    def update(order: Sequence[str] = TOKENS, positions: bool = False) -> str:
        rows, heard = answers(order, positions)
        _, first = answers(TOKENS, positions)
        for picture, shown in zip(pictures, (rows, heard), strict=True):
            picture.set_data(shown)
        for column in marks:
            for mark, letter in zip(column, order, strict=True):
                mark.set_text(letter)
        moved = norm(np.ravel(heard - first[[TOKENS.index(token) for token in order]])) / norm(np.ravel(first))
        mean = norm(heard.mean(axis=0) - first.mean(axis=0)) / norm(first.mean(axis=0))
        kind = "with positions" if positions else "without positions"
        word = "".join(order)
        result.set_text(f"{word}, {kind}:  strips changed by {_share(moved)}")
        parts.set_text(f"the mean of all strips changed by {_share(mean)};   compared with {''.join(TOKENS)}")
        return (
            f"The tokens in the order {word}, {kind}. Compared with the order {''.join(TOKENS)}, each token's answer "
            f"changed by {_share(moved)} of its length, and the mean of all answers by {_share(mean)}."
        )

    return update


def _share(part: float) -> str:
    return "nothing" if part < _ZERO else f"{scientific(100 * part)}%"


@cache
def _drawn() -> tuple[Matrix, list[Matrix]]:
    """Tokens, and the weights of the heads."""
    rng = np.random.default_rng(3)
    return rng.normal(size=(len(TOKENS), _WIDTH)), [rng.normal(scale=0.5, size=(_WIDTH, _WIDTH)) for _ in range(4)]
