"""The picture of a regularisation path: ten weights, and what becomes of them as the penalty grows."""

from collections.abc import Callable
from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from mathml import optimization
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    DASHED,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    RED,
    label,
    panels,
    plain,
    readout,
    scientific,
    signed,
)
from mathml.optimization import paths

__all__ = ["regularization_path"]

_SHARES = {"L2": 0.0, "L1": 1.0, "elastic net": 0.5}  # of ‖w‖₁; the rest is ‖w‖²/2
_STRENGTHS = tuple(np.geomspace(100, 0.1, 61))
_COLORS = (BLUE, RED, GREEN, PURPLE, INK, BLUE, RED, GREEN, PURPLE, INK)
_LOW, _HIGH = -15.0, 30.0  # weights that there is room for


@figure(size=(9.4, 5.4))
def regularization_path(
    ax: Axes,
    path: Maths = paths.regularization_path,
    squared_error: Maths = optimization.squared_error,
) -> Callable[..., str]:
    """Ten weights as the penalty on them grows: ridge makes all smaller, the lasso lets one after the other go.

    Parameters: the `penalty`, one of "L1", "L2", "elastic net"; and its `strength` λ in ‖y − Xw‖²/2n + λ · penalty. The
    data: every tenth of scikit-learn's diabetes patients, each feature with mean 0 and deviation 1. The error is that
    on all the others, drawn for all penalties that are no weaker.
    """
    X, y, others, their_y, features = _patients()
    left, bars, right = panels(ax, (0.075, 0.115, 0.475, 0.705), (0.57, 0.4, 0.42, 0.42), (0.655, 0.115, 0.33, 0.22))
    for panel in (left, right):
        panel.set(xscale="log", xlim=(_STRENGTHS[-1] / 1.1, _STRENGTHS[0] * 1.1), xticks=(0.1, 1, 10, 100))
        panel.set(xlabel="strength λ", xticklabels=("0.1", "1", "10", "100"))
        panel.minorticks_off()
        panel.grid(True)
    left.set(ylim=(_LOW, _HIGH), yticks=range(-10, 31, 10), ylabel="weight of a feature")
    left.axhline(0, color=GREY, linewidth=1, zorder=1)
    right.set(ylim=(55, 80), yticks=(60, 70, 80), ylabel="error on others")
    curves = [
        left.plot([], [], color=color, linestyle="-" if k < 5 else DASHED, linewidth=1.8, zorder=2, gid=name)[0]
        for k, (name, color) in enumerate(zip(features, _COLORS, strict=True))
    ]
    (wall,) = left.plot([], [], color=ORANGE, linewidth=2.5, zorder=1.5, gid="strength")
    (places,) = left.plot([], [], "o", color=INK, markersize=5, zorder=3, gid="weights")
    (errors,) = right.plot([], [], color=INK, linewidth=2.2, zorder=2, gid="errors")
    (now,) = right.plot([], [], "o", color=ORANGE, markersize=10, zorder=3, clip_on=False, gid="error")
    now.set_markeredgecolor(INK)

    bars.set_axis_off()
    bars.set(xlim=(-31, 38), ylim=(len(features) - 0.4, -0.6))
    bars.axvline(0, color=GREY, linewidth=1, zorder=1)
    for k, (name, color) in enumerate(zip(features, _COLORS, strict=True)):
        label(bars, name, color, 11, ha="right").set_position((-22, k))
    values = LineCollection([], linewidths=9, capstyle="butt", zorder=2, gid="bars")
    values.set(color=_COLORS)
    bars.add_collection(values, autolim=False)
    numbers = [label(bars, "", color, 10, gid=f"number {k}") for k, color in enumerate(_COLORS)]
    result, parts = readout(ax), readout(ax, 1)

    def fitted(penalty: str, strengths: tuple[float, ...]) -> tuple[Matrix, Vector]:
        """The weights (k, d) for each strength, from the strongest, and the error (k,) on those who are held out."""
        weights = np.asarray(path(X, y - y.mean(), strengths, _SHARES[penalty]).weights)
        return weights, np.sqrt([squared_error(their_y, y.mean() + others @ w) for w in weights])

    known = {penalty: fitted(penalty, _STRENGTHS) for penalty in _SHARES}

    def update(penalty: str = "L2", strength: float = 10.0) -> str:
        weights, misses = known[penalty]
        (present,), (error,) = fitted(penalty, (strength,))
        for curve, column in zip(curves, weights.T, strict=True):
            curve.set_data(_STRENGTHS, column)
        wall.set_data([strength, strength], [_LOW, _HIGH])
        places.set_data(np.full(len(present), strength), present)
        stronger = [k for k, other in enumerate(_STRENGTHS) if other > strength]
        errors.set_data([*(_STRENGTHS[k] for k in stronger), strength], [*misses[stronger], error])
        now.set_data([strength], [error])
        values.set_segments([[(0, k), (weight, k)] for k, weight in enumerate(present)])
        for k, (number, weight) in enumerate(zip(numbers, present, strict=True)):
            number.set_text(_short(weight))
            number.set_position((weight + (4.5 if weight >= 0 else -4.5), k))
        zeros = int(np.sum(present == 0))
        result.set_text(f"{penalty}, λ = {plain(strength)}:  {zeros} of {len(present)} weights exactly 0")
        parts.set_text(f"error {error:.1f} on {len(others)} patients held out;   learned from {len(X)}")
        shown = ", ".join(f"{name} {_short(w)}" for name, w in zip(features, present, strict=True) if w != 0)
        return f"{result.get_text()}; {parts.get_text()}. " + (f"The others are {shown}." if shown else "")

    return update


def _short(weight: float) -> str:
    return signed(weight, 1) if abs(weight) >= 0.05 else scientific(weight, 1).replace("-", "−")


@cache
def _patients() -> tuple[Matrix, Vector, Matrix, Vector, tuple[str, ...]]:
    """Every tenth patient and the others: features in units of the former's deviation, progression."""
    from sklearn.datasets import load_diabetes  # type: ignore[import-untyped]  # only real data needs scikit-learn

    data = load_diabetes(scaled=False)
    X, y = data.data, data.target
    held_out = np.arange(len(y)) % 10 != 0
    mean, deviation = X[~held_out].mean(axis=0), X[~held_out].std(axis=0)
    scaled = (X - mean) / deviation
    return scaled[~held_out], y[~held_out], scaled[held_out], y[held_out], tuple(data.feature_names)
