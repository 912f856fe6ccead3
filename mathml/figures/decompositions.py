"""Pictures of what decompositions are good for: a photograph from few layers, the axes of a cloud."""

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon, Rectangle
from numpy.typing import ArrayLike

from mathml import matrices, vectors
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    BROWN,
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
    beside,
    label,
    panels,
    plain,
    plane,
    polar,
    put,
    put_beyond,
    readout,
    signed,
)

__all__ = ["compression", "covariance_ellipse", "photograph", "principal_axis"]


@figure(size=(8.2, 4.4))
def compression(
    ax: Axes, svd: Maths = matrices.svd, norm: Maths = vectors.norm, X: ArrayLike | None = None
) -> Callable[..., str]:
    """A picture from its k strongest layers σᵢ uᵢ vᵢᵀ: no other picture of rank k is nearer to it.

    Parameter: `k`, the rank. Data: a picture X (n, d) in shades from 0 to 255; if not given, scikit-learn's photograph
    of a pagoda in grey, with 4 × 4 pixels averaged into one.
    """
    X = photograph() if X is None else np.asarray(X, dtype=float)
    U, s, Vt = _decomposed(svd, X.tobytes(), X.shape)
    (n, d), most = X.shape, len(s)
    ranks = np.arange(most + 1)
    tails = np.sqrt(np.append(np.cumsum(s[::-1] ** 2)[::-1], 0)) / norm(X.ravel())
    screen, curve = panels(ax, (0.01, 0.03, 0.57, 0.76), (0.66, 0.17, 0.32, 0.6))
    screen.set_axis_off()
    shown = screen.imshow(
        np.zeros_like(X), cmap=colormaps["gray"].resampled(48), vmin=0, vmax=255, interpolation="nearest", gid="image"
    )
    curve.set(xlim=(0, most), ylim=(0, 1.04), xlabel="rank k", ylabel="part of the original")
    curve.set_xticks(np.arange(5) * most // 4)
    curve.set(yticks=(0, 0.5, 1), yticklabels=("0", "½", "1"))
    curve.grid(True)
    curve.plot(ranks, tails, color=BLUE, gid="tails")
    curve.plot(ranks, ranks * (n + d + 1) / (n * d), color=ORANGE, linestyle=DASHED, gid="storage")
    put(label(curve, "error", BLUE, 12), (0.6 * most, tails[most // 2] + 0.12))
    put(label(curve, "storage", BROWN, 12), (0.72 * most, 0.8))
    (dots,) = curve.plot([], [], "o", color=INK, markersize=9, zorder=5, clip_on=False, gid="dots")
    result, parts = readout(ax), readout(ax, 1)

    def update(k: int = 8) -> str:
        k = min(k, most)
        approximation = (U[:, :k] * s[:k]) @ Vt[:k]
        error = norm((X - approximation).ravel()) / norm(X.ravel())
        stored = k * (n + d + 1) / (n * d)
        shown.set_data(approximation)
        dots.set_data([k, k], [error, stored])
        result.set_text(f"rank {k}:  error {100 * error:.1f} %,  storage {100 * stored:.1f} %")
        parts.set_text(f"{k} × ({n} + {d} + 1) = {k * (n + d + 1):,} numbers instead of {n} × {d} = {n * d:,}")
        return (
            f"A photograph of {n} by {d} pixels at rank {k} of {most}: it differs from the original by "
            f"{100 * error:.1f} % of its length, and takes {100 * stored:.1f} % of its storage, {parts.get_text()}."
        )

    return update


@cache
def _decomposed(svd: Maths, entries: bytes, shape: tuple[int, int]) -> tuple[Matrix, Vector, Matrix]:
    """The decomposition of a matrix, made once by each function."""
    U, s, Vt = svd(np.frombuffer(entries).reshape(shape))
    return U, s, Vt


@cache
def photograph() -> Matrix:
    """scikit-learn's photograph china.jpg in shades of grey from 0 to 255, 4 × 4 pixels averaged: `(106, 160)`."""
    from sklearn.datasets import load_sample_image  # type: ignore[import-untyped]  # only real data needs scikit-learn

    grey = load_sample_image("china.jpg")[:424, :640] @ np.array([0.299, 0.587, 0.114])  # ITU-R BT.601
    shades: Matrix = grey.reshape(106, 4, 160, 4).mean(axis=(1, 3))
    return shades


# --- the principal axis ---------------------------------------------------------------------------


@figure(size=(8.2, 4.8))
def principal_axis(
    ax: Axes,
    covariance: Maths = matrices.covariance,
    eigh: Maths = matrices.eigh,
    X: ArrayLike | None = None,
    names: tuple[str, str] = ("sepal length, cm", "petal width, cm"),
) -> Callable[..., str]:
    """Turn an axis through a cloud: what its shadows vary and what is left over always add up to the same.

    Parameter: the `angle` of the axis in degrees. Data: points X (n, 2), each column minus its mean, and their names;
    if not given, two lengths of fifty of scikit-learn's irises (every third one), in centimetres.
    """
    X, _ = vectors.center_columns(_irises() if X is None else X)
    most, whole = float(eigh(covariance(X))[0][-1]), float(np.trace(covariance(X)))
    cloud, bar = panels(ax, (0, 0, 0.7, 1), (0.77, 0.12, 0.13, 0.64))
    reach, height = 0.56 * (np.hypot(*X.T)[:, np.newaxis] + np.abs(X)).max(axis=0)  # as far as shadows fall
    plane(cloud, (-reach, reach), (-height, height), names=names).set_position((0.03, 0.05, 0.7, 0.76))
    (axis,) = cloud.plot([], [], color=INK, linewidth=1.8, zorder=2, gid="axis")
    drops = LineCollection([], colors=ORANGE, linewidths=1, alpha=0.8, zorder=1.7, gid="drops")
    cloud.add_collection(drops, autolim=False)
    cloud.plot(*X.T, "o", color=GREY, markersize=7, alpha=0.55, markeredgewidth=0, zorder=3, gid="points")
    (shadows,) = cloud.plot([], [], "o", color=BLUE, markersize=6.5, markeredgewidth=0, zorder=4, gid="shadows")
    arrow = Arrow(cloud, BLUE, thickness=0.02 * reach, zorder=5, gid="u")
    name = label(cloud, "u", BLUE)
    bar.set(xlim=(0, 1), ylim=(0, 1.05 * whole))
    bar.set_axis_off()
    bar.text(0.5, -0.03 * whole, "variance", ha="center", va="top", color=GREY)
    lower, upper = (
        Rectangle((0, 0), 1, 0, facecolor=BLUE, gid="along"),
        Rectangle((0, 0), 1, 0, facecolor=ORANGE, gid="left over"),
    )
    for part in (lower, upper):
        bar.add_patch(part)
    bar.plot([-0.25, 1.25], [most, most], color=GREEN, linewidth=2.4, clip_on=False, gid="most")
    bar.text(1.4, most, "λ₁", color=GREEN, fontsize=14, fontweight="bold", va="center")
    inside: dict[str, Any] = {"ha": "center", "va": "center", "fontweight": "bold", "fontsize": 12}
    name_along, name_rest = bar.text(0.5, 0, "", color=CARD, **inside), bar.text(0.5, 0, "", color=INK, **inside)
    result, parts = readout(ax), readout(ax, 1)

    def update(angle: float = -30.0) -> str:
        u = polar(1, angle)
        feet = (X @ u)[:, np.newaxis] * u
        along, rest = (float(np.trace(covariance(part))) for part in (feet, X - feet))
        axis.set_data(*np.array([-9 * reach * u, 9 * reach * u]).T)
        arrow.point((0, 0), u)
        put(name, beside(u, (-u[1], u[0]), 0.09 * reach))
        drops.set_segments(list(np.stack([X, feet], axis=1)))
        shadows.set_data(*feet.T)
        lower.set_height(along)
        upper.set_y(along)
        upper.set_height(rest)
        for word, size, foot, words in ((name_along, along, 0.0, "along"), (name_rest, rest, along, "left over")):
            word.set_y(foot + size / 2)
            word.set_text(words if size > 0.08 * whole else "")
        result.set_text(f"along the axis {signed(along)}  +  left over {signed(rest)}")
        parts.set_text(f"=  {signed(along + rest)} in all;   λ₁ = {signed(most)} is the most there is along an axis")
        return (
            f"A cloud of {len(X)} points and an axis at {plain(angle)}°. The variance of the shadows on it is "
            f"{signed(along)}, of what is left over {signed(rest)}, together {signed(along + rest)}. "
            f"The largest eigenvalue is {signed(most)}."
        )

    return update


def _irises() -> Matrix:
    from sklearn.datasets import load_iris

    lengths: Matrix = load_iris().data[::3, [0, 3]]
    return lengths


# --- the ellipse of a covariance ------------------------------------------------------------------


@figure(size=(5.8, 5.6))
def covariance_ellipse(
    ax: Axes,
    eigh: Maths = matrices.eigh,
    cholesky: Maths = matrices.cholesky,
    multiply: Maths = matrices.multiply,
) -> Callable[..., str]:
    """A covariance matrix is an ellipse: its axes are the eigenvectors, and √λ is how long they are.

    Parameters: the standard deviations `first` and `second`, and the `correlation`, between −1 and 1.
    The cloud is made up, and has exactly this covariance.
    """
    plane(ax, (-4.4, 4.4), (-3.6, 3.6))
    Z = _white(300)
    (points,) = ax.plot([], [], "o", color=GREY, markersize=4.5, alpha=0.5, markeredgewidth=0, zorder=2, gid="points")
    outer = Polygon(CIRCLE, facecolor=SKY, alpha=0.22, linewidth=0, zorder=1.5, gid="two")
    inner = Polygon(CIRCLE, facecolor=SKY, alpha=0.4, edgecolor=BLUE, linewidth=2.4, zorder=1.6, gid="one")
    for ellipse in (outer, inner):
        ax.add_patch(ellipse)
    long, short = Arrow(ax, RED, thickness=0.075, gid="long axis"), Arrow(ax, BLUE, thickness=0.075, gid="short axis")
    names = label(ax, "", RED, 13), label(ax, "", BLUE, 13)
    result, parts = readout(ax), readout(ax, 1)

    def update(first: float = 1.6, second: float = 0.9, correlation: float = 0.6) -> str:
        between = correlation * first * second
        S = np.array([(first**2, between), (between, second**2)])
        values, Q = eigh(S)
        lengths = np.sqrt(np.maximum(values, 0))
        ring = CIRCLE * lengths @ Q.T
        points.set_data(*np.asarray(multiply(Z, cholesky(S).T)).T)
        inner.set_xy(ring)
        outer.set_xy(2 * ring)
        for arrow, name, k in ((long, names[0], 1), (short, names[1], 0)):
            tip = lengths[k] * Q[:, k] * (1 if Q[1, k] >= 0 else -1)
            arrow.point((0, 0), tip)
            put_beyond(name, tip, tip, f"√λ = {lengths[k]:.2f}")
        result.set_text(f"Σ = ({signed(S[0, 0])}, {signed(between)}) over ({signed(between)}, {signed(S[1, 1])})")
        parts.set_text(f"λ = {signed(values[1])} and {signed(values[0])};   inside: xᵀΣ⁻¹x ≤ 1,  pale: ≤ 4")
        turn = math.degrees(math.atan2(*Q[::-1, 1])) % 180
        return (
            f"A made-up cloud with standard deviations {plain(first)} and {plain(second)} and correlation "
            f"{plain(correlation)}. Its ellipse has half-axes of {lengths[1]:.2f} at {turn:.0f}°, and {lengths[0]:.2f}."
        )

    return update


def _white(n: int) -> Matrix:
    """Points (n, 2), made up, with mean 0, standard deviations 1 and no correlation, exactly."""
    Z, _ = vectors.center_columns(np.random.default_rng(6).normal(size=(n, 2)))
    Z[:, 1] -= Z[:, 0] * (Z[:, 0] @ Z[:, 1]) / (Z[:, 0] @ Z[:, 0])
    white: Matrix = Z / Z.std(axis=0, ddof=1)
    return white
