"""Pictures of clusters: what a distance is good for."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection, LineCollection
from matplotlib.colors import to_rgba
from numpy.typing import ArrayLike

from mathml import vectors
from mathml.algorithms.dbscan import DBSCAN
from mathml.algorithms.kmeans import KMeans
from mathml.arrays import Matrix
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CARD,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    plain,
    plane,
    readout,
    several,
    signed,
)

__all__ = ["dbscan", "kmeans_steps"]

_COLORS = np.array([to_rgba(color) for color in (BLUE, RED, GREEN, ORANGE, PURPLE, SKY)])


@figure(size=(6.2, 5.2))
def kmeans_steps(
    ax: Axes,
    KMeans: Maths = KMeans,
    pairwise_distances: Maths = vectors.pairwise_distances,
    X: ArrayLike | None = None,
    n_clusters: int = 3,
    rng: int = 0,
) -> Callable[..., str]:
    """Every point to its nearest centre, every centre to the mean of its points, until nothing moves.

    Parameter: `step`, from 0, the start; after the last one nothing changes.
    Data: points X (n, 2), made up if not given; `n_clusters` and `rng` for the start.
    """
    X = _blobs() if X is None else np.asarray(X, dtype=float)
    history = KMeans(n_clusters=n_clusters, n_init=1, rng=rng).fit(X).history_
    colors = _COLORS[np.arange(n_clusters) % len(_COLORS)]
    _cloud_axes(ax, X)
    spokes = LineCollection([], linewidths=0.9, alpha=0.45, zorder=2, gid="spokes")
    trails = LineCollection([], colors=INK, linewidths=1.6, zorder=4, gid="trails")
    for collection in (spokes, trails):
        ax.add_collection(collection, autolim=False)
    dots = ax.scatter(X[:, 0], X[:, 1], s=34, linewidths=0, zorder=3, gid="points")
    stars = ax.scatter(
        [0] * n_clusters,
        [0] * n_clusters,
        s=330,
        marker="X",
        c=colors,
        edgecolors=CARD,
        linewidths=2,
        zorder=5,
        gid="centers",
    )
    result, parts = readout(ax), readout(ax, 1)

    def update(step: int = 0) -> str:
        now = min(step, len(history) - 1)
        centers, labels = history[now]
        dots.set_facecolor(colors[labels])
        stars.set_offsets(centers)
        spokes.set_segments(list(np.stack([X, centers[labels]], axis=1)))
        spokes.set_color(colors[labels])
        trails.set_segments(list(np.stack([past for past, _ in history[: now + 1]], axis=1)))
        inertia = np.sum(pairwise_distances(X, centers)[np.arange(len(X)), labels] ** 2)
        sizes = ", ".join(str(np.sum(labels == j)) for j in range(n_clusters))
        settled = "settled" if now == len(history) - 1 else "not settled yet"
        result.set_text(f"Step {now}:  inertia {signed(inertia, 1)}")
        parts.set_text(f"squared spokes, summed; {settled}")
        return (
            f"k-means after {several(now, 'move')}: {several(n_clusters, 'cluster')} of {sizes} points, "
            f"inertia {signed(inertia, 1)}; {settled}."
        )

    return update


@figure(size=(6.2, 5.2))
def dbscan(ax: Axes, DBSCAN: Maths = DBSCAN, X: ArrayLike | None = None) -> Callable[..., str]:
    """A cluster is what can be reached through crowded places: discs of radius eps around core points that overlap.

    Parameters: `eps` and `min_samples`. Data: points X (n, 2), made up if not given.
    """
    X = _moons() if X is None else np.asarray(X, dtype=float)
    pale = 0.3 * _COLORS + 0.7 * np.array(to_rgba(CARD))  # opaque, so that discs that overlap make one area
    _cloud_axes(ax, X)
    discs = EllipseCollection(
        [1], [1], [0], units="xy", offsets=X[:1], offset_transform=ax.transData, linewidths=0, zorder=1.5, gid="discs"
    )
    ax.add_collection(discs, autolim=False)
    core = ax.scatter([], [], s=34, linewidths=0, zorder=4, gid="core")
    border = ax.scatter([], [], s=30, facecolors=CARD, linewidths=1.8, zorder=4, gid="border")
    (noise,) = ax.plot([], [], "x", color=GREY, markersize=7, markeredgewidth=2, zorder=4, gid="noise")
    result, parts = readout(ax), readout(ax, 1)

    def update(eps: float = 0.32, min_samples: int = 5) -> str:
        model = DBSCAN(eps=eps, min_samples=min_samples).fit(X)
        labels = model.labels_
        is_core = np.isin(np.arange(len(X)), model.core_sample_indices_)
        is_border, is_noise = ~is_core & (labels >= 0), labels < 0
        shades = labels % len(_COLORS)
        discs.set_offsets(X[is_core])
        discs.set_widths(np.full(is_core.sum(), 2 * eps))
        discs.set_heights(np.full(is_core.sum(), 2 * eps))
        discs.set_angles(np.zeros(is_core.sum()))
        discs.set_facecolor(pale[shades[is_core]])
        core.set_offsets(X[is_core])
        core.set_facecolor(_COLORS[shades[is_core]])
        border.set_offsets(X[is_border])
        border.set_edgecolor(_COLORS[shades[is_border]])
        noise.set_data(*X[is_noise].T)
        clusters = int(labels.max()) + 1
        counts = f"{is_core.sum()} core points, {is_border.sum()} at a border, {is_noise.sum()} noise"
        result.set_text(f"eps = {eps:.2f}:  {several(clusters, 'cluster')}")
        parts.set_text(f"● {is_core.sum()} core   ○ {is_border.sum()} border   × {is_noise.sum()} noise")
        return (
            f"DBSCAN with eps = {plain(eps)} and min_samples = {min_samples}: {several(clusters, 'cluster')}; {counts}."
        )

    return update


def _cloud_axes(ax: Axes, X: Matrix) -> None:
    """Room for all the points, a step to the right as long as a step up."""
    low, high = X.min(axis=0), X.max(axis=0)
    room = 0.12 * (high - low).max()
    plane(ax, (low[0] - room, high[0] + room), (low[1] - room, high[1] + room))


def _blobs() -> Matrix:
    """Three groups of points, made up: they touch, so that k-means has something to do."""
    rng = np.random.default_rng(4)
    middles = np.repeat([(-1.7, -0.8), (1.6, -0.9), (0.4, 1.7)], 36, axis=0)
    return middles + rng.normal(scale=0.75, size=middles.shape)


def _moons() -> Matrix:
    """Two crescents and some strays, made up: no straight line parts them."""
    rng = np.random.default_rng(1)
    t = rng.uniform(0, np.pi, size=(2, 80))
    upper = np.column_stack([np.cos(t[0]), np.sin(t[0])])
    lower = np.column_stack([1 - np.cos(t[1]), 0.4 - np.sin(t[1])])
    crescents = np.vstack([upper, lower]) + rng.normal(scale=0.07, size=(160, 2))
    return 1.4 * np.vstack([crescents, rng.uniform((-1.3, -1.1), (2.3, 1.5), size=(14, 2))])
