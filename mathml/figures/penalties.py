"""The picture of a penalty: what it does to one weight."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes

from mathml import optimization
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    BROWN,
    CARD,
    DASHED,
    GREEN,
    GREY,
    INK,
    label,
    panels,
    plain,
    readout,
    signed,
)

__all__ = ["shrink"]

_W = np.linspace(-3.2, 3.2, 257)
_PENALTIES = {"L1": 1.0, "L2": 0.0, "elastic net": 0.5}  # the share of |w|


@figure(size=(9.2, 4.8))
def shrink(
    ax: Axes, elastic_net: Maths = optimization.elastic_net, prox: Maths = optimization.prox_elastic_net
) -> Callable[..., str]:
    """One weight between a loss that wants it at a and a penalty that wants it at 0: where their sum is least.

    Parameters: `a`, where the loss ½(w − a)² is least; the `strength` of the penalty; and the `penalty`, one of "L1",
    "L2", "elastic net". On the right is what becomes of every a that is not larger than this one.
    """
    left, right = panels(ax, (0.065, 0.135, 0.5, 0.665), (0.645, 0.135, 0.34, 0.665))
    left.set(
        xlim=(-3.2, 3.2),
        ylim=(-0.25, 6.2),
        xticks=range(-3, 4),
        yticks=range(0, 7, 2),
        xlabel="weight w",
        ylabel="height",
    )
    right.set(xlim=(-3.2, 3.2), ylim=(-3.2, 3.2), xticks=range(-3, 4), yticks=range(-3, 4))
    right.set(xlabel="a: least loss alone", ylabel="ŵ: least with the penalty")
    for panel in (left, right):
        panel.grid(True)
        panel.axvline(0, color=GREY, linewidth=1, zorder=1)
        panel.axhline(0, color=GREY, linewidth=1, zorder=1)
    right.plot([-3.2, 3.2], [-3.2, 3.2], color=GREY, linewidth=1.4, linestyle=DASHED, zorder=1.5)
    (loss,) = left.plot([], [], color=BLUE, linewidth=1.8, linestyle=DASHED, zorder=2, gid="loss")
    (held,) = left.plot([], [], color=BROWN, linewidth=1.8, linestyle=DASHED, zorder=2, gid="penalty")
    (total,) = left.plot([], [], color=INK, linewidth=3, zorder=3, gid="sum")
    (alone,) = left.plot([], [], "o", color=BLUE, markersize=9, zorder=4, clip_on=False, gid="a")
    (least,) = left.plot([], [], "o", color=GREEN, markersize=12, markeredgecolor=CARD, zorder=5, gid="least")
    (drop,) = left.plot([], [], color=GREEN, linewidth=1.4, zorder=2.5, gid="drop")
    (law,) = right.plot([], [], color=GREEN, linewidth=3, zorder=3, gid="map")
    (now,) = right.plot([], [], "o", color=GREEN, markersize=12, markeredgecolor=CARD, zorder=5, gid="now")
    for place, words, color in ((0, "loss", BLUE), (0.13, "penalty", BROWN), (0.33, "their sum", INK)):
        label(left, words, color, 12, ha="left", transform=left.transAxes).set_position((place, 1.045))
    result, parts = readout(ax), readout(ax, 1)

    def update(a: float = 1.5, strength: float = 1.0, penalty: str = "L2") -> str:
        share = _PENALTIES[penalty]
        l1, l2 = strength * share, strength * (1 - share)
        best = float(prox(a, l1, l2))
        costs = np.array([elastic_net(w, l1, l2) for w in _W])
        at_best = (best - a) ** 2 / 2 + elastic_net(best, l1, l2)
        loss.set_data(_W, (_W - a) ** 2 / 2)
        held.set_data(_W, costs)
        total.set_data(_W, (_W - a) ** 2 / 2 + costs)
        alone.set_data([a], [0])
        least.set_data([best], [at_best])
        drop.set_data([best, best], [0, at_best])
        seen = np.linspace(-abs(a), abs(a), 121)
        law.set_data(seen, prox(seen, l1, l2))
        now.set_data([a], [best])
        zero = best == 0
        exactly = "ŵ is exactly 0" if zero else f"ŵ = {signed(best, 3)}"
        result.set_text(f"a = {signed(a)}:  {exactly}")
        parts.set_text(f"{penalty}, strength {plain(strength)}: the least sum is {signed(at_best)}")
        return (
            f"½(w − a)² with a = {plain(a)}, plus the {penalty} penalty with strength {plain(strength)}: the sum is "
            f"least where {exactly}, {signed(at_best, 3)} high. "
            + ("There the penalty has a kink that holds the weight. " if zero and l1 else "")
            + f"On the right the same for every a from {signed(-abs(a))} to {signed(abs(a))}."
        )

    return update
