"""The picture of the KL divergence: what it costs to believe one bell where another is true, both ways."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from mathml import information, probability
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, CARD, GREY, RED, label, panels, put, readout, scientific, vector_text

__all__ = ["kl_both_ways"]

_REACH = 6.0
_ALONG = np.linspace(-_REACH, _REACH, 241)
_WAYS = (("p to q", BLUE), ("q to p", RED))


@figure(size=(9.4, 5.4))
def kl_both_ways(
    ax: Axes,
    kl_divergence_of_normals: Maths = information.kl_divergence_of_normals,
    Normal: Maths = probability.Normal,
) -> Callable[..., str]:
    """What it costs to believe q while p is true, and the other way round: where the one is and the other is not.

    Parameters: `truth` and `belief`, the mean and the deviation of p and of q: points of the map on the right, where
    they are the artists "p" and "q".
    """
    bells, costs, chart = panels(ax, (0.07, 0.535, 0.51, 0.28), (0.07, 0.115, 0.51, 0.31), (0.67, 0.115, 0.315, 0.7))
    bells.set(xlim=(-_REACH, _REACH), ylim=(0, 1.13), xticks=range(-6, 7, 2), yticks=(0, 0.5, 1))
    bells.set(xlabel="x", ylabel="density")
    bells.xaxis.label.set_visible(False)
    costs.set(xlim=(-_REACH, _REACH), ylim=(-0.55, 1.25), xticks=range(-6, 7, 2), yticks=(-0.5, 0, 0.5, 1))
    costs.set(xlabel="x", ylabel="cost per step of x")
    costs.axhline(0, color=GREY, linewidth=1, zorder=2)
    chart.set(
        xlim=(-4, 4),
        ylim=(0.35, 3),
        xticks=range(-4, 5, 2),
        yticks=(1, 2, 3),
        xlabel="mean: drag p and q",
        ylabel="deviation",
    )
    for panel in (bells, costs, chart):
        panel.grid(True)
        panel.tick_params(axis="x", pad=6)
    curves, areas, dots, names, over = [], [], [], [], []
    for name, (way, color) in zip(("p", "q"), _WAYS, strict=True):
        curves.append(bells.plot([], [], color=color, zorder=3, gid=f"bell {name}")[0])
        over.append(label(bells, "", color, 13))
        area = Polygon(np.zeros((1, 2)), facecolor=color, alpha=0.45, linewidth=0, zorder=2.5, gid=way)
        areas.append(area)
        costs.add_patch(area)
        (dot,) = chart.plot([], [], "o", color=color, markersize=14, zorder=4, clip_on=False, gid=name)
        dot.set(markeredgecolor=CARD, markeredgewidth=1.5)
        dots.append(dot)
        names.append(label(chart, "", color, 13))
    result, parts = readout(ax), readout(ax, 1)

    def update(truth: ArrayLike = (-1.0, 1.0), belief: ArrayLike = (1.0, 1.5)) -> str:
        places = [np.asarray(truth, dtype=float), np.asarray(belief, dtype=float)]
        p, q = (Normal(*place) for place in places)
        both = kl_divergence_of_normals(p, q), kl_divergence_of_normals(q, p)
        for k, (one, other) in enumerate(((p, q), (q, p))):
            curves[k].set_data(_ALONG, one.pdf(_ALONG))
            areas[k].set_xy(_cost(one, other))
            dots[k].set_data(*places[k][:, np.newaxis])
            put(over[k], (one.mean + (-0.3, 0.3)[k], float(one.pdf(one.mean)) + 0.07), "pq"[k])
            put(names[k], _next_to(places[k], 2 * k - 1), "pq"[k])
        result.set_text(f"p to q:  {scientific(both[0], 3)}     q to p:  {scientific(both[1], 3)}   nats")
        parts.set_text("blue: p ln(p/q), believing q where p is true;   red: q ln(q/p)")
        longer = "the same" if math.isclose(*both, abs_tol=1e-9) else "p to q" if both[0] > both[1] else "q to p"
        return (
            f"Two bells, p with mean and deviation {vector_text(truth)}, q with {vector_text(belief)}. The divergence "
            f"from p to q is {both[0]:.4f} nats, from q to p {both[1]:.4f}; "
            + ("both are the same." if longer == "the same" else f"the longer way is {longer}.")
        )

    return update


def _next_to(place: Vector, side: int) -> Vector:
    """Where a dot's name has room: on this side of it, −1 or 1, and above it; but within the map."""
    mean, deviation = place
    across = side if abs(mean + 0.6 * side) < 4 else -side
    return np.array([mean + 0.45 * across, deviation + (0.1 if deviation < 2.8 else -0.1)])


def _cost(p: Any, q: Any) -> Matrix:
    """The outline of p ln(p/q), whose area is the divergence from p to q."""
    heights: Vector = p.pdf(_ALONG) * (p.log_prob(_ALONG) - q.log_prob(_ALONG))
    return np.array([(-_REACH, 0), *zip(_ALONG, heights, strict=True), (_REACH, 0)])
