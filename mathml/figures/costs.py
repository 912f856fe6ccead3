"""The picture of what a transformer's block costs: which part takes most of the multiplications."""

from collections.abc import Callable

from matplotlib.axes import Axes

from mathml.attention.costs import block_costs
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, GREY, INK, ORANGE, RED, label, panels, readout, scientific

__all__ = ["costs"]

_PARTS = {  # as they are named in the picture, with their colours
    "maps": ("maps  X W", BLUE),
    "network": ("network", BLUE),
    "scores": ("scores  Q Kᵀ", ORANGE),
    "means": ("means  A V", ORANGE),
    "softmax": ("softmax", RED),
    "normalisation": ("normalisation", GREY),
}

_HEAD = 64  # columns of each head


@figure(size=(8.6, 4.6))
def costs(ax: Axes, block_costs: Maths = block_costs) -> Callable[..., str]:
    """Which part of a block takes how much of its multiplications: with weights, of words with words, and the rest.

    Parameters: how many `tokens` there are, and how many `heads`, each 64 wide: together they are the width of a token.
    The network inside is four times as wide as that.
    """
    (bars_ax,) = panels(ax, (0.19, 0.12, 0.76, 0.66))
    bars_ax.set(xlim=(0, 1.0), ylim=(len(_PARTS) - 0.4, -0.6), yticks=range(len(_PARTS)))
    bars_ax.set_yticklabels([name for name, _ in _PARTS.values()])
    bars_ax.set_xticks([0, 0.25, 0.5, 0.75, 1.0], ["0", "25%", "50%", "75%", "100%"])
    bars_ax.set(xlabel="share of all multiplications", ylabel="part of a block")
    bars_ax.grid(True, axis="x")
    bars = {
        part: bars_ax.barh(row, 0, height=0.62, color=color, zorder=2)[0]
        for row, (part, (_, color)) in enumerate(_PARTS.items())
    }
    words = {part: label(bars_ax, "", INK, 12, ha="left") for part in bars}
    for part, bar in bars.items():
        bar.set_gid(part)
    result, parts = readout(ax), readout(ax, 1)

    def update(tokens: int = 64, heads: int = 8) -> str:
        width = _HEAD * heads
        cost = block_costs(tokens, width, heads)
        for row, (part, bar) in enumerate(bars.items()):
            share = getattr(cost, part) / cost.total
            bar.set_width(share)
            words[part].set(text=_percent(share), position=(share + 0.012, row))
        table, weights = cost.scores + cost.means, cost.maps + cost.network
        result.set_text(f"{_percent(cost.in_products / cost.total)} in products of matrices")
        parts.set_text(f"{tokens:,} tokens, {width:,} wide;   orange : blue = {table / weights:.2g} : 1")
        shares = ", ".join(f"{part} {_percent(getattr(cost, part) / cost.total)}" for part in _PARTS)
        return (
            f"A block for {tokens:,} tokens of width {width:,} takes {scientific(cost.total)} multiplications, "
            f"{_percent(cost.in_products / cost.total)} of them in products of matrices: {shares}. Products of words "
            f"with words cost {table / weights:.3g} times as much as products with weights."
        )

    return update


def _percent(share: float) -> str:
    return f"{share:.1%}" if share >= 0.001 else f"{share:.2%}"
