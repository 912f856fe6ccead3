"""Pictures of softmax: with a temperature, with scores that grow with the width, and kept up to date by blocks."""

from collections.abc import Callable
from functools import cache

import numpy as np
from matplotlib.axes import Axes

from mathml import functions, information
from mathml.arrays import Matrix, Vector
from mathml.attention import RunningSoftmax
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, GREY, INK, ORANGE, RED, label, panels, plain, readout, signed

__all__ = ["running_softmax", "temperature", "why_scale"]

# --- a temperature --------------------------------------------------------------------------------

_WORDS = ("hat", "cloak", "boots", "hand", "mind", "moon")
_SCORES = np.array([3.0, 1.0, 0.5, 0.0, -1.0, -2.0])


@figure(size=(8.6, 4.6))
def temperature(
    ax: Axes, softmax: Maths = functions.softmax, entropy: Maths = information.entropy
) -> Callable[..., str]:
    """The probabilities of six next words, made up: "the man took off his …"; by their scores and a temperature.

    Parameter: the `temperature` that the scores are divided by.
    """
    (bars_ax,) = panels(ax, (0.2, 0.12, 0.75, 0.66))
    bars_ax.set(
        xlim=(0, 1.0),
        ylim=(len(_WORDS) - 0.4, -0.6),
        yticks=range(len(_WORDS)),
        xlabel="probability",
        ylabel="next word",
    )
    bars_ax.set_yticklabels([f"{word}  ({plain(score)})" for word, score in zip(_WORDS, _SCORES, strict=True)])
    bars_ax.grid(True, axis="x")
    bars = bars_ax.barh(range(len(_WORDS)), 0, height=0.62, color=BLUE, zorder=2)
    numbers = [label(bars_ax, "", INK, 12, ha="left") for _ in bars]
    for word, bar in zip(_WORDS, bars, strict=True):
        bar.set_gid(word)
    result, parts = readout(ax), readout(ax, 1)

    def update(temperature: float = 1.0) -> str:
        p = softmax(_SCORES, temperature=temperature)
        for row, (bar, number, share) in enumerate(zip(bars, numbers, p, strict=True)):
            bar.set_width(share)
            number.set(text=signed(share, 3), position=(min(share + 0.012, 0.9), row))
        bits = float(entropy(p, base=2))
        result.set_text(f"T = {temperature:.3g}:  {bits:.2f} bits, as open as {2**bits:.1f} equal words")
        parts.set_text(f"{_WORDS[0]} : {_WORDS[1]} = {_ratio(p[0], p[1])} : 1;   in brackets the scores")
        listed = ", ".join(f"{word} {signed(share, 3)}" for word, share in zip(_WORDS, p, strict=True))
        return (
            f"At the temperature {temperature:.3g} the probabilities of the next word are {listed}. The entropy is "
            f"{bits:.2f} bits, as open as a choice among {2**bits:.1f} equal words."
        )

    return update


def _ratio(a: float, b: float) -> str:
    return f"{a / b:,.3g}" if b > 0 and a / b < 1e6 else "more than a million"


# --- scores that grow -----------------------------------------------------------------------------

_KEYS, _DRAWS = 8, 5000
_WIDTHS = tuple(4 * 2**i for i in range(9))


@figure(size=(9.2, 4.7))
def why_scale(
    ax: Axes, softmax: Maths = functions.softmax, softmax_jacobian: Maths = functions.softmax_jacobian
) -> Callable[..., str]:
    """What becomes of softmax's weights and slopes when queries and keys get wider: means of 5,000 random draws.

    Parameters: the width `d_k`, and whether the scores are `scaled` by 1/√d_k. A query meets eight keys; all entries
    are Gaussian. On the left are the mean weights, the largest first; on the right what was measured so far, from
    d_k = 4 on: the largest weight, and the size of softmax's Jacobian, which is the root of the sum of its squares.
    """
    left, right = panels(ax, (0.07, 0.135, 0.36, 0.64), (0.53, 0.135, 0.44, 0.64))
    left.set(xlim=(0.4, _KEYS + 0.6), ylim=(0, 1), xticks=range(1, _KEYS + 1))
    left.set(xlabel="keys, the best first", ylabel="mean weight")
    left.grid(True, axis="y")
    bars = left.bar(range(1, _KEYS + 1), 0, width=0.7, color=BLUE, zorder=2)
    for place, bar in enumerate(bars, start=1):
        bar.set_gid(f"weight {place}")
    right.set_xscale("log", base=2)
    right.set(xlim=(3.4, 1250), ylim=(0, 1.03))
    right.set_xticks(_WIDTHS, [str(width) for width in _WIDTHS], minor=False)
    right.minorticks_off()
    right.set(xlabel="dₖ", ylabel="mean of the draws")
    right.grid(True)
    (tops,) = right.plot([], [], "-o", color=BLUE, markersize=6, gid="largest weight")
    (sizes,) = right.plot([], [], "-s", color=RED, markersize=6, gid="Jacobian")
    for words, color, height in (("largest weight", BLUE, 0.96), ("size of the Jacobian", RED, 0.06)):
        label(right, words, color, 12, ha="left").set_position((3.7, height))
    result, parts = readout(ax), readout(ax, 1)

    @cache
    def measured(d_k: int, scaled: bool) -> tuple[Vector, float, float]:
        z = _scores(d_k) / np.sqrt(d_k) if scaled else _scores(d_k)
        weights = -np.sort(-softmax(z), axis=-1)
        size = np.sqrt(np.sum(softmax_jacobian(z) ** 2, axis=(1, 2)))
        return weights.mean(axis=0), float(weights[:, 0].mean()), float(size.mean())

    def update(d_k: int = 4, scaled: bool = False) -> str:
        widths = [*(width for width in _WIDTHS if width < d_k), d_k]
        found = [measured(width, bool(scaled)) for width in widths]
        weights, top, size = found[-1]
        for bar, weight in zip(bars, weights, strict=True):
            bar.set_height(weight)
        tops.set_data(widths, [one[1] for one in found])
        sizes.set_data(widths, [one[2] for one in found])
        how = "divided by √dₖ" if scaled else "not scaled"
        deviation = 1.0 if scaled else np.sqrt(d_k)
        result.set_text(f"dₖ = {d_k}, {how}:  scores about {deviation:.3g} apart")
        parts.set_text(f"largest weight {top:.2f};   size of the Jacobian {size:.2f}")
        return (
            f"Queries and keys of width {d_k}, scores {how}: they deviate by about {deviation:.3g}. The largest of "
            f"eight weights is {top:.2f} on average, and the size of softmax's Jacobian {size:.2f}."
        )

    return update


@cache
def _scores(d_k: int) -> Matrix:
    """Dot products of a query with eight keys, (draws, keys). Given q, those with Gaussian keys are N(0, ‖q‖²)."""
    rng = np.random.default_rng(5)
    lengths = np.sqrt(rng.chisquare(d_k, size=(_DRAWS, 1)))
    return lengths * rng.normal(size=(_DRAWS, _KEYS))


# --- kept up to date ------------------------------------------------------------------------------

_BLOCK, _BLOCKS = 4, 5
# Made up so that a larger score comes in nearly every block, and the largest in the last one.
_Z = np.array(
    [0.5, -0.8, 1.0, 0.2, -0.5, 1.6, 0.3, -1.0, 0.9, 2.1, 0.0, 1.2, -0.4, 0.7, -1.2, 1.8, 0.1, 3.0, 0.6, -0.3]
)
_V = np.array([2.0, 1.0, 3.0, 2.5, 1.5, 4.0, 3.5, 2.0, 4.5, 3.0, 2.5, 5.0, 1.0, 4.0, 3.0, 2.0, 4.5, 5.5, 3.5, 2.0])


@figure(size=(9.0, 4.8))
def running_softmax(
    ax: Axes, of_nothing: Maths = RunningSoftmax.of_nothing, softmax: Maths = functions.softmax
) -> Callable[..., str]:
    """Twenty keys come in blocks of four; what is kept of them, and the answer so far beside the true one.

    Parameter: the `step`, how many blocks have come, from 0 to 5. Scores and values are made up. The orange heights
    are powers of e, each of a score below the largest so far: they shrink when a larger one comes.
    """
    top, bottom = panels(ax, (0.075, 0.49, 0.9, 0.3), (0.075, 0.125, 0.9, 0.26))
    for axes in (top, bottom):
        axes.set(xlim=(-0.7, len(_Z) - 0.3), xticks=[])
        axes.grid(True, axis="y")
        for edge in range(_BLOCK, len(_Z), _BLOCK):
            axes.axvline(edge - 0.5, color=GREY, linewidth=1, zorder=1)
    top.set(ylim=(-1.6, 3.5), yticks=(-1, 0, 1, 2, 3), xlabel="keys", ylabel="score z")
    bottom.set(ylim=(0, 1.1), yticks=(0, 0.5, 1), ylabel="e^(z − m)", xlabel="keys, in blocks of four")
    heads = top.scatter(range(len(_Z)), _Z, s=70, color=GREY, zorder=3, gid="scores")
    (level,) = top.plot([], [], color=RED, linewidth=2.5, zorder=2, gid="largest")
    bars = bottom.bar(range(len(_Z)), 0, width=0.6, color=ORANGE, zorder=2)
    for key, bar in enumerate(bars):
        bar.set_gid(f"power {key}")
    name = label(top, "", RED, 12, ha="right", va="bottom")
    result, parts = readout(ax), readout(ax, 1)
    stages = [of_nothing()]
    for first in range(0, len(_Z), _BLOCK):
        here = slice(first, first + _BLOCK)
        stages.append(stages[-1].after(_Z[np.newaxis, here], _V[here, np.newaxis]))
    true = float(softmax(_Z) @ _V)

    def update(step: int = 0) -> str:
        kept, seen = stages[step], _BLOCK * step
        m, total, answer = (float(np.squeeze(part)) for part in (kept.highest, kept.total, kept.answer))
        heads.set_color([BLUE if key < seen else GREY for key in range(len(_Z))])
        heads.set_alpha([1.0 if key < seen else 0.35 for key in range(len(_Z))])
        for key, bar in enumerate(bars):
            bar.set_height(np.exp(_Z[key] - m) if key < seen else 0.0)
        if not step:
            level.set_data([], [])
            name.set_text("")
            result.set_text("no key has come yet")
            parts.set_text(f"m = −∞, ℓ = 0;   the answer will be {true:.3f}")
            return f"Twenty keys wait in five blocks: the largest score is −∞, the sum 0; in the end it is {true:.3f}."
        level.set_data([-0.7, seen - 0.5], [m, m])
        name.set(text=f"m = {signed(m, 1)}", position=(seen - 0.6, m + 0.08))
        shrunk = float(np.squeeze(np.exp(stages[step - 1].highest - kept.highest)))
        result.set_text(f"after {seen} of {len(_Z)} keys:  answer {answer:.3f}, in the end {true:.3f}")
        parts.set_text(f"m = {signed(m, 1)},  ℓ = {total:.3f};   what was kept before was multiplied by {shrunk:.3f}")
        return (
            f"After {seen} of {len(_Z)} keys the largest score is {signed(m, 1)}, the sum {total:.3f}; what was kept "
            f"before was multiplied by {shrunk:.3f}. The answer so far is {answer:.3f}, the true one {true:.3f}."
        )

    return update
