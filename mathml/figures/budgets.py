"""The picture of a budget for weights: where a loss is least within it, and for which losses a weight is zero there."""

import math
from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from mathml import matrices, optimization, vectors
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CARD,
    CIRCLE,
    GREEN,
    INK,
    LOW,
    ORANGE,
    RED,
    SKY,
    Arrow,
    beside,
    label,
    plain,
    plane,
    put,
    put_beyond,
    readout,
    vector_text,
)

__all__ = ["diamond_and_circle"]

# Two features that go together: the loss is (w − a)ᵀ H (w − a) / 2, with their correlation off the diagonal.
_H: Matrix = np.array([[1.0, 0.5], [0.5, 1.0]])
_SHARES = {"L1": 1.0, "L2": 0.0, "elastic net": 0.5}  # of |w₁| + |w₂|; the rest is ‖w‖²/2
_SIGNS = np.array([(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)])
_FAR = 20.0  # beyond the edge of the picture
_LEVELS = (0.25, 1.0, 2.25, 4.0, 6.25)


@figure(size=(7.2, 6.2))
def diamond_and_circle(
    ax: Axes,
    elastic_net: Maths = optimization.elastic_net,
    budget_minimum: Maths = optimization.budget_minimum,
    solve: Maths = matrices.solve,
    cholesky: Maths = matrices.cholesky,
    norm: Maths = vectors.norm,
) -> Callable[..., str]:
    """The least loss that a budget allows: at a corner of the diamond a weight is zero, and many losses lead there.

    Parameters: the `optimum` of the loss alone; the `penalty`, one of "L1", "L2", "elastic net"; its `budget`, how
    large one weight may be if the other is zero; and whether the `zeros` are shown: all optima that make a weight 0.
    """
    plane(ax, (-3.4, 3.4), (-2.7, 2.9), names=("w₁", "w₂"))
    ax.grid(False)
    zones = PolyCollection(
        [], facecolors=to_rgba(ORANGE, 0.3), edgecolors=ORANGE, linewidths=1.6, zorder=0.8, gid="zeros"
    )
    rings = LineCollection([], colors=RED, linewidths=1.2, alpha=0.35, zorder=1.2, gid="levels")
    for collection in (zones, rings):
        ax.add_collection(collection, autolim=False)
    region = Polygon(
        np.zeros((1, 2)), facecolor=to_rgba(SKY, 0.4), edgecolor=BLUE, linewidth=2.2, zorder=1.5, gid="budget"
    )
    fan = Polygon(
        np.zeros((1, 2)), facecolor=to_rgba(GREEN, 0.25), edgecolor=GREEN, linewidth=1.2, zorder=2, gid="normals"
    )
    for patch in (region, fan):
        ax.add_patch(patch)
    (touching,) = ax.plot([], [], color=RED, linewidth=2, zorder=2.5, gid="level")
    downhill = Arrow(ax, INK, thickness=0.07, zorder=4, gid="−∇f")
    (alone,) = ax.plot([], [], "o", color=RED, markersize=11, markeredgecolor=CARD, zorder=5, gid="optimum")
    (best,) = ax.plot([], [], "o", color=GREEN, markersize=13, markeredgecolor=CARD, zorder=5, gid="best")
    names = [label(ax, "", color, 13) for color in (RED, GREEN, INK)]
    result, parts = readout(ax, color=GREEN), readout(ax, 1)
    ellipse = solve(cholesky(_H).T, CIRCLE[::3].T).T  # where the loss is ½

    def update(optimum: ArrayLike = (1.6, 1.2), penalty: str = "L2", budget: float = 1.0, zeros: bool = False) -> str:
        a, share = np.asarray(optimum, dtype=float), _SHARES[penalty]
        limit = elastic_net([budget, 0], share, 1 - share)
        w, multiplier = budget_minimum(_H, a, share, 1 - share, limit)
        pull = _H @ (a - w)
        held = multiplier > _NOTHING
        region.set_xy(_boundary(share, limit))
        corners = budget * _SIGNS
        zones.set_verts([_zone(solve, corner, share) for corner in corners] if zeros else [])
        rings.set_segments([a + level * ellipse for level in _LEVELS])
        touching.set_data(*(a + math.sqrt(pull @ (a - w)) * ellipse).T)
        edges = _subgradients(w, share)
        cornered = held and len(edges) > 1 and share > 0
        fan.set_xy([w, *(w + 1.1 * edge / np.abs(edge).max() for edge in edges)] if cornered else [w])
        downhill.point(w, w + _SCALE * pull)
        alone.set_data(*a[:, np.newaxis])
        best.set_data(*w[:, np.newaxis])
        put_beyond(names[0], a, a - w if abs(a[0]) < 2.2 else (0, 1.0), "least loss" if held else "least loss = ŵ")
        put_beyond(names[1], w, w - a, "ŵ" if held else "")
        put(names[2], beside(w + _SCALE / 2 * pull, (pull[1], -pull[0]), 0.32), "−∇f" if norm(pull) > 0.6 else "")
        zero = [f"w{str(k + 1).translate(LOW)}" for k in range(2) if w[k] == 0]
        exactly = f"{' and '.join(zero)} {'is' if len(zero) == 1 else 'are'} exactly 0" if zero else "no weight is 0"
        result.set_text(f"ŵ = {vector_text(w)}:  {exactly}")
        parts.set_text(
            f"{penalty} with the budget {plain(budget)}: "
            + (f"−∇f = {multiplier:.2f} · a normal" + " of the corner" * cornered if held else "it holds nothing back")
        )
        return (
            f"A loss that is least at {vector_text(a)}, and the {penalty} budget of {plain(budget)}: the least loss "
            f"allowed is at {vector_text(w)}; {exactly}. "
            + (
                f"There −∇f = {vector_text(pull)} is {multiplier:.3f} times a subgradient of the penalty."
                if held
                else "The budget holds nothing back."
            )
            + (f" The optima that make a weight 0 {'are lines' if share == 0 else 'fill four areas'}." if zeros else "")
        )

    return update


_NOTHING = 1e-9
_SCALE = 0.5  # of the arrow


def _boundary(share: float, limit: float) -> Matrix:
    """Where the penalty is as large as the limit (n, 2): r from share · r (|c| + |s|) + (1 − share) r²/2 = limit."""
    slope = share * np.abs(CIRCLE).sum(axis=1)
    radii = 2 * limit / (slope + np.sqrt(slope**2 + 2 * (1 - share) * limit))
    outline: Matrix = CIRCLE * radii[:, np.newaxis]
    return outline


def _subgradients(w: Vector, share: float) -> Matrix:
    """The ends (k, 2) of the penalty's subgradients: one where it is smooth, two at a corner."""
    signs = np.sign(w)
    ends = [signs] if w.all() else [signs + way for way in (np.eye(2)[int(w[0] != 0)], -np.eye(2)[int(w[0] != 0)])]
    found: Matrix = share * np.array(ends) + (1 - share) * w
    return found


def _zone(solve: Maths, corner: Vector, share: float) -> Matrix:
    """The optima (3, 2) that the budget brings to this corner: H (a − w) is along a subgradient there."""
    far = [corner + _FAR * solve(_H, edge) for edge in _subgradients(corner, share)]
    return np.array([corner, *far])
