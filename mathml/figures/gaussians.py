"""Pictures of Gaussians: what seeing one feature says of the other, and a mixture that is found step by step."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from mathml import matrices, probability
from mathml.algorithms.gmm import GMM
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CARD,
    CIRCLE,
    DASHED,
    GREEN,
    GREY,
    INK,
    ORANGE,
    RED,
    SKY,
    Arrow,
    label,
    panels,
    plain,
    plane,
    put,
    readout,
    several,
    signed,
)
from mathml.functions import softmax

__all__ = ["em_steps", "gaussian_slice"]

_SPAN = 2.9
_UP = np.linspace(-_SPAN, _SPAN, 291)


@figure(size=(8.8, 5.2))
def gaussian_slice(
    ax: Axes,
    MultivariateNormal: Maths = probability.MultivariateNormal,
    Normal: Maths = probability.Normal,
    eigh: Maths = matrices.eigh,
) -> Callable[..., str]:
    """Two features that go together: to see the first moves what is expected of the second, and narrows it.

    Parameters: the `correlation` of the two, each with mean 0 and deviation 1; and what is `seen` of the first.
    """
    left, right = panels(ax, (0, 0, 0.5, 1), (0.665, 0.125, 0.315, 0.68))
    plane(left, (-_SPAN, _SPAN), (-_SPAN, _SPAN)).set_position((0.03, 0.125, 0.53, 0.68))
    left.grid(False)
    z = np.random.default_rng(1).standard_normal((500, 2))  # the same for every correlation
    (cloud,) = left.plot([], [], "o", color=SKY, markersize=3, markeredgewidth=0, zorder=1.5, gid="sample")
    (line,) = left.plot([], [], color=GREEN, linewidth=1.8, linestyle=DASHED, zorder=2.5, gid="means")
    rings = LineCollection([], colors=BLUE, linewidths=(2.2, 1.4), zorder=2, gid="rings")
    left.add_collection(rings, autolim=False)
    axes = [Arrow(left, GREY, thickness=0.05, zorder=3, gid=f"q{k}") for k in (1, 2)]
    (cut,) = left.plot([], [], color=ORANGE, linewidth=3, alpha=0.8, zorder=3.2, gid="seen")
    (within,) = left.plot([], [], color=RED, linewidth=6, solid_capstyle="butt", zorder=3.4, gid="within")
    (expected,) = left.plot([], [], "o", color=RED, markersize=9, zorder=5, gid="expected")

    right.set(xlim=(0, 1.32), ylim=(-_SPAN, _SPAN), xticks=(0, 0.5, 1), yticks=range(-2, 3))
    right.set(xlabel="density", ylabel="x₂")
    right.grid(True, axis="y")
    right.fill_betweenx(_UP, 0, Normal(0, 1).pdf(_UP), color=SKY, alpha=0.5, linewidth=0, zorder=1)
    before = label(right, "before", BLUE, 11)
    narrow = Polygon(np.zeros((1, 2)), facecolor=ORANGE, alpha=0.55, edgecolor=RED, linewidth=2, gid="slice")
    right.add_patch(narrow)
    (middle,) = right.plot([], [], "o", color=RED, markersize=9, zorder=5, clip_on=False, gid="middle")
    name = label(right, "", RED, 12)
    result, parts = readout(ax), readout(ax, 1)

    def update(correlation: float = 0.5, seen: float = 1.0) -> str:
        X = MultivariateNormal([0, 0], [[1, correlation], [correlation, 1]])
        known = X.conditional([0], [seen])
        mean, deviation = float(known.mean[0]), math.sqrt(known.variance[0])
        slope = float(X.conditional([0], [1]).mean[0])
        density = Normal(mean, deviation)
        values, Q = eigh(X.covariance)
        cloud.set_data(*(z @ X.factor.T).T)
        rings.set_segments([k * CIRCLE[::4] @ X.factor.T for k in (1, 2)])
        for arrow, value, q in zip(axes, values, Q.T, strict=True):
            upwards = q * (1 if q[1] > 0 else -1)
            arrow.point((0, 0), math.sqrt(max(value, 0)) * upwards)
        line.set_data([-_SPAN, _SPAN], [-slope * _SPAN, slope * _SPAN])
        cut.set_data([seen, seen], [-_SPAN, _SPAN])
        within.set_data([seen, seen], [mean - deviation, mean + deviation])
        expected.set_data([seen], [mean])
        heights = density.pdf(_UP)
        narrow.set_xy(np.array([(0, _UP[0]), *zip(heights, _UP, strict=True), (0, _UP[-1])]))
        middle.set_data([0], [mean])
        put(before, (0.17, -2.5 if mean > -0.5 else 2.5))
        above = 1.6 * deviation + 0.2  # where the bell has become narrow; below it, if there is no room above
        place = mean + above if mean + above < _SPAN - 0.15 else mean - above
        put(name, (min(float(density.pdf(mean)), 1.1) - 0.1, place), f"± {deviation:.2f}")
        factor = signed(seen, 1) if seen >= 0 else f"({signed(seen, 1)})"
        result.set_text(f"seen x₁ = {signed(seen, 1)}:  expect x₂ = {signed(mean)} ± {deviation:.2f}")
        parts.set_text(f"ρ x₁ = {signed(correlation)} · {factor},   √(1 − ρ²) = {deviation:.2f}.   Before: 0 ± 1")
        lengths = " and ".join(f"{math.sqrt(max(value, 0)):.2f}" for value in values)
        return (
            f"A cloud of two features with correlation {plain(correlation)}; its ellipse has the half axes {lengths}. "
            f"Where x₁ = {plain(seen)} is seen, x₂ is expected at {signed(mean)}, on the dashed line with slope "
            f"{signed(slope)}, with a deviation of {deviation:.3f} instead of 1."
        )

    return update


# --- a mixture, step by step ----------------------------------------------------------------------

_COLORS: Matrix = np.array([to_rgb(color) for color in (BLUE, RED, GREEN)])


@figure(size=(9.2, 5.0))
def em_steps(ax: Axes, GMM: Maths = GMM, X: ArrayLike | None = None) -> Callable[..., str]:
    """Who made each point, and what the makers are like: asked in turn, and each round makes the data likelier.

    Parameter: `step`, from 0, where the Gaussians are those of the clusters of k-means; after the last nothing changes.
    Data: points X (n, 2); if not given, the sepals' and petals' lengths of scikit-learn's irises.
    """
    X = _irises() if X is None else np.asarray(X, dtype=float)
    model = GMM(len(_COLORS), tol=1e-4, rng=0).fit(X)
    likelihoods = len(X) * np.asarray(model.path_)
    left, right = panels(ax, (0.065, 0.125, 0.52, 0.69), (0.705, 0.125, 0.28, 0.69))
    low, high = X.min(axis=0), X.max(axis=0)
    room = 0.1 * (high - low)
    left.set(xlim=(low[0] - room[0], high[0] + room[0]), ylim=(low[1] - room[1], high[1] + room[1]))
    left.set(xlabel="sepal length, cm", ylabel="petal length, cm")
    left.grid(True)
    rings = LineCollection([], zorder=2, gid="rings")
    left.add_collection(rings, autolim=False)
    dots = left.scatter(X[:, 0], X[:, 1], s=26, linewidths=0, zorder=3, gid="points")
    trails = LineCollection([], colors=INK, linewidths=1.6, zorder=4, gid="trails")
    left.add_collection(trails, autolim=False)
    style: dict[str, Any] = {"marker": "X", "edgecolors": CARD, "linewidths": 1.8}
    crosses = left.scatter([0] * 3, [0] * 3, s=210, c=_COLORS, zorder=5, gid="means", **style)
    rise = likelihoods[-1] - likelihoods[0]
    right.set(xlim=(-0.6, len(likelihoods) - 0.4), xlabel="step", ylabel="log-likelihood")
    right.set_ylim(likelihoods[0] - 0.06 * rise, likelihoods[-1] + 0.08 * rise)
    for panel in (left, right):
        panel.set(xticks=_within(panel.get_xticks(), panel.get_xlim()))
        panel.set(yticks=_within(panel.get_yticks(), panel.get_ylim()))
    right.grid(True)
    right.plot(likelihoods, color=GREY, linewidth=1.4, zorder=2, gid="path")
    (now,) = right.plot([], [], "o", color=INK, markersize=9, zorder=4, clip_on=False, gid="now")
    result, parts = readout(ax), readout(ax, 1)

    def update(step: int = 0) -> str:
        k = min(step, len(model.history_) - 1)
        weights, components = model.history_[k]
        dots.set(facecolor=_responsibilities(weights, components, X) @ _COLORS)
        rings.set_segments([c.mean + r * CIRCLE[::4] @ c.factor.T for c in components for r in (1, 2)])
        rings.set(color=np.repeat(_COLORS, 2, axis=0), linewidths=np.repeat(1 + 4 * np.asarray(weights), 2))
        crosses.set_offsets([c.mean for c in components])
        past = model.history_[: k + 1]
        trails.set_segments([[made[j].mean for _, made in past] for j in range(len(_COLORS))])
        now.set_data([k], [likelihoods[k]])
        settled = "settled" if k == len(model.history_) - 1 else "not settled yet"
        shares = ", ".join(f"{100 * weight:.0f} %" for weight in weights)
        result.set_text(f"Step {k}:  log-likelihood {signed(likelihoods[k], 1)}")
        parts.set_text(f"weights {shares};   {settled}")
        return (
            f"A mixture of three Gaussians after {several(k, 'round')} of EM: the log-likelihood is "
            f"{signed(likelihoods[k], 1)}, the weights are {shares}; {settled}. Each point has the colours of those "
            f"who may have made it."
        )

    return update


def _responsibilities(weights: Vector, components: list[Any], X: Matrix) -> Matrix:
    """Whose each point is, (n, k), by Bayes' theorem."""
    return softmax(np.log(weights) + np.column_stack([component.log_prob(X) for component in components]), axis=1)


def _within(ticks: ArrayLike, ends: tuple[float, float]) -> list[float]:
    """The ticks that are on the axis: Matplotlib places one more at either end, and words beyond the picture."""
    return [tick for tick in np.asarray(ticks, dtype=float).tolist() if ends[0] <= tick <= ends[1]]


def _irises() -> Matrix:
    from sklearn.datasets import load_iris  # type: ignore[import-untyped]  # only real data needs scikit-learn

    lengths: Matrix = load_iris().data[:, [0, 2]]
    return lengths
