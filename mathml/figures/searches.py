"""Pictures of steps that look at the ground: a line search, and BFGS, which learns the curvature on its way."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from numpy.typing import ArrayLike

from mathml import matrices, optimization, vectors
from mathml.arrays import Matrix, Vector
from mathml.figures.contours import Contours
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CARD,
    CIRCLE,
    DASHED,
    GREEN,
    INK,
    PURPLE,
    RED,
    Arrow,
    label,
    panels,
    plain,
    plane,
    readout,
    scientific,
    several,
    vector_text,
)

__all__ = ["line_search", "quasi_newton"]

# --- a line search --------------------------------------------------------------------------------

_LONGEST, _HIGHEST = 3.2, 2.6  # of the profile, in lengths and in parts of the height at the start
_ALONG = np.linspace(0, _LONGEST, 321)
_PLACES = 101
_LEVELS = np.array([3.6, 4.5, 5.4, 6.3])  # of the logarithm of the height, above that of 0.0001


@figure(size=(9.0, 4.4))
def line_search(
    ax: Axes,
    backtrack: Maths = optimization.backtrack,
    norm: Maths = vectors.norm,
    surface: optimization.Surface = optimization.ROSENBROCK,
) -> Callable[..., str]:
    """A step that is shortened until it is worth its length: f must end below Armijo's line.

    Parameters: the `start`, a point of the map (the artist "start"); the `first` step tried, its length; what is left
    of it after each try, `shrink`; and `enough`, the part c of the slope at the start that a step must win. Steps go
    against the gradient. Green along the axis are the steps that are worth their length.
    """
    ground, profile = panels(ax, (0, 0, 0.5, 1), (0.585, 0.145, 0.4, 0.64))
    plane(ground, (-1.9, 1.9), (-0.7, 2.1)).set_position((0.04, 0.05, 0.465, 0.755))
    ground.grid(False)
    contours = Contours(ground, _LEVELS, _PLACES)
    heights = np.array([[surface.f(np.array([x, y])) for x in contours.x] for y in contours.y]) - surface.lowest
    contours.show(lambda points: np.log10(heights + 1e-4) + 4)
    ground.plot(*surface.minima[0], "*", color=GREEN, markersize=14, markeredgecolor=CARD, zorder=2)
    (ray,) = ground.plot([], [], color=INK, linewidth=1.2, linestyle=DASHED, zorder=2.5, gid="ray")
    profile.set(xlim=(-0.06, _LONGEST), ylim=(-0.12, _HIGHEST), xticks=range(4), yticks=(0, 1, 2))
    profile.set(xlabel="length of the step", ylabel="height, as part of the start's")
    profile.grid(True)
    (curve,) = profile.plot([], [], color=BLUE, zorder=2, gid="profile")
    (bound,) = profile.plot([], [], color=PURPLE, linewidth=1.8, linestyle=DASHED, zorder=2.5, gid="Armijo")
    worth = LineCollection([], colors=GREEN, linewidths=7, alpha=0.6, zorder=1.5, gid="worth")
    profile.add_collection(worth, autolim=False)
    dots: dict[str, Any] = {"markeredgecolor": CARD, "clip_on": False}
    shown = []
    for panel in (ground, profile):
        (long,) = panel.plot([], [], "X", color=RED, markersize=9, zorder=4, **dots)
        (taken,) = panel.plot([], [], "o", color=GREEN, markersize=12, zorder=4.5, **dots)
        (at,) = panel.plot([], [], "o", color=INK, markersize=10, zorder=5, **dots)
        shown.append((long, taken, at))
    shown[0][2].set_gid("start")
    shown[1][0].set_gid("too long")
    shown[1][1].set_gid("taken")
    for words, color, place in (("f", BLUE, 0.0), ("Armijo's line", PURPLE, 0.3), ("worth its length", GREEN, 1.0)):
        word = label(profile, words, color, 10.5, ha="right" if place == 1 else "left" if not place else "center")
        word.set(position=(place, 1.05), transform=profile.transAxes)
    result, parts = readout(ax), readout(ax, 1)

    def update(start: ArrayLike = (-1.2, 1.0), first: float = 2.0, shrink: float = 0.5, enough: float = 0.1) -> str:
        x = np.asarray(start, dtype=float)
        slope, height = np.asarray(surface.gradient(x)), float(surface.f(x))
        steepness = float(norm(slope))
        if not steepness > _LEVEL:
            return _show_level(x)
        direction = -slope / steepness
        search = backtrack(surface.f, x, direction, slope, first=first, shrink=shrink, enough=enough)
        rates = np.array([*search.tried[:-1], search.rate])
        along = _on(surface, x, direction, _ALONG) / height
        armijo = 1 - enough * steepness / height * _ALONG
        ray.set_data(*(x + np.outer([0, _LONGEST], direction)).T)
        curve.set_data(_ALONG, np.minimum(along, 2 * _HIGHEST))
        bound.set_data(_ALONG, armijo)
        worth.set_segments(_stretches(along <= armijo))
        over = np.minimum(_on(surface, x, direction, rates) / height, _HIGHEST)
        on_ground, on_profile = x + np.outer(rates, direction), np.column_stack([rates, over])
        for (long, taken, _), places in zip(shown, (on_ground, on_profile), strict=True):
            long.set_data(*places[:-1].T)
            taken.set_data(*places[-1:].T)
        shown[0][2].set_data(*x[:, np.newaxis])
        shown[1][2].set_data([0], [1])
        tries = "1 try" if len(rates) == 1 else f"{len(rates)} tries"
        result.set_text(f"{tries}:  a step of length {scientific(rates[-1], 3)}")
        parts.set_text(
            f"height {scientific(height, 3)} → {scientific(float(surface.f(x + rates[-1] * direction)), 3)},   "
            f"slope at the start −{scientific(steepness, 3)},   c = {plain(enough)}"
        )
        listed = [scientific(rate, 3) for rate in rates]
        if len(listed) > 8:
            listed[5:-1] = ["…"]
        return (
            f"A line search against the gradient from {vector_text(x)}. It begins with a length of {plain(first)} and "
            f"keeps {plain(shrink)} of it each time: {', '.join(listed)}. After {tries} it ends below Armijo's line: "
            f"{parts.get_text()}."
        )

    def _show_level(x: Vector) -> str:
        """At the lowest point there is no way down."""
        for artist in (ray, curve, bound, *shown[0][:2], *shown[1]):
            artist.set_data([], [])
        worth.set_segments([])
        shown[0][2].set_data(*x[:, np.newaxis])
        result.set_text("level ground: no step is needed")
        parts.set_text("")
        return f"At {vector_text(x)} the ground is level: there is no direction to search in, and no step is needed."

    return update


_LEVEL = 1e-9  # the gradient where the ground is level


def _on(surface: optimization.Surface, x: Vector, direction: Vector, lengths: Vector) -> Vector:
    """The heights at these lengths along a direction."""
    return np.array([surface.f(x + length * direction) for length in lengths])


def _stretches(inside: Any) -> list[Matrix]:
    """The parts of the axis on which something holds, as lines along the bottom of the picture."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.asarray(inside, dtype=int), [0]])))
    return [
        np.array([(_ALONG[first], -0.07), (_ALONG[last - 1], -0.07)])
        for first, last in zip(edges[::2], edges[1::2], strict=True)
        if last - first > 1
    ]


# --- BFGS -----------------------------------------------------------------------------------------

_MOST = 8  # steps
_LEAST = 1e-12  # height that there is room for
_RISE = 0.2  # of the ground, to the edge of an ellipse
_LOSSES = (0.1, 0.5, 1.3, 2.6, 4.5, 7.0)
_TILTED = ((0.975, -1.169), (-1.169, 2.325))  # the curvatures 0.3 and 3, turned by 30°


@figure(size=(9.4, 4.8))
def quasi_newton(
    ax: Axes,
    BFGS: Maths = optimization.BFGS,
    GradientDescent: Maths = optimization.GradientDescent,
    eigh: Maths = matrices.eigh,
    A: ArrayLike = _TILTED,
) -> Callable[..., str]:
    """BFGS learns the curvature of a bowl from its own steps: its ellipse grows into the true one.

    Parameters: the number of `steps`, from 0 to 8; and the `start`, a point of the map (the artist "start"). An ellipse
    shows how far one can go from the present point until the ground has bent up by 0.2: the true one, and what BFGS
    believes. The arrow ends where BFGS believes the lowest point. Pale is gradient descent at its best learning rate.
    Data: the Hessian `A` (2, 2) of the bowl f(x) = xᵀA x/2.
    """
    H = np.asarray(A, dtype=float)
    curvatures, Q = eigh(H)
    ground, heights = panels(ax, (0, 0, 0.5, 1), (0.68, 0.145, 0.305, 0.64))
    plane(ground, (-4, 4), (-2.6, 2.6), names=("x", "y")).set_position((0.04, 0.05, 0.555, 0.755))
    ground.grid(False)
    Contours(ground, _LOSSES).show(lambda points: np.einsum("i...,ij,j...->...", points, H, points) / 2)
    ground.plot(0, 0, "*", color=GREEN, markersize=14, markeredgecolor=CARD, zorder=2)
    (true,) = ground.plot([], [], color=INK, linewidth=1.8, zorder=3.5, gid="true")
    (believed,) = ground.plot([], [], color=PURPLE, linewidth=2.4, linestyle=DASHED, zorder=3.6, gid="believed")
    for words, color, place in (("true curvature", INK, 0.0), ("believed by BFGS", PURPLE, 1.0)):
        word = label(ground, words, color, 10.5, ha="right" if place else "left")
        word.set(position=(place, 1.035), transform=ground.transAxes)
    aim = Arrow(ground, PURPLE, thickness=0.05, zorder=3.8, gid="aim")
    heights.set(xlim=(-0.3, _MOST + 0.3), yscale="log", ylim=(_LEAST, 1e2), xlabel="step", ylabel="height f")
    heights.set(xticks=range(0, _MOST + 1, 2), yticks=(1e-12, 1e-9, 1e-6, 1e-3, 1))
    heights.minorticks_off()
    heights.grid(True)
    tracks = []
    for name, color, pale, place in (("gradient descent", BLUE, 0.45, 1.0), ("BFGS", RED, 1.0, 0.0)):
        (path,) = ground.plot([], [], "o-", color=color, alpha=pale, linewidth=1.6, markersize=5, zorder=3, gid=name)
        (fall,) = heights.plot([], [], "o-", color=color, alpha=pale, linewidth=1.8, zorder=3, gid=f"{name} heights")
        tracks.append((path, fall))
        word = label(heights, name, color, 10.5, ha="right" if place else "left")
        word.set(position=(place, 1.05), transform=heights.transAxes)
    (first,) = ground.plot([], [], "o", color=INK, markersize=9, zorder=4, gid="start")
    (now,) = ground.plot([], [], "o", color=RED, markersize=11, markeredgecolor=CARD, zorder=5, gid="now")
    result, parts = readout(ax), readout(ax, 1)

    def ellipse(values: Vector, directions: Matrix, middle: Vector) -> Matrix:
        """How far one can go in each direction, if the curvatures are these."""
        return np.asarray(middle + CIRCLE[::4] * np.sqrt(2 * _RISE / values) @ directions.T)

    def update(steps: int = 0, start: ArrayLike = (-3.2, -0.6)) -> str:
        x = np.asarray(start, dtype=float)
        plain_path = _walk(GradientDescent(2 / curvatures.sum()), H, x, steps)
        method = BFGS(lambda x: float(x @ H @ x) / 2, lambda x: H @ x)
        path = _walk(method, H, x, steps + 1)[: steps + 1]  # one more, for B at the present point
        at = path[-1]
        inverse = np.asarray(method.inverse_)
        lengths, directions = eigh(inverse)
        for (shown, fall), places in zip(tracks, (plain_path, path), strict=True):
            shown.set_data(*places.T)
            fall.set_data(np.arange(steps + 1), np.maximum(np.sum(places @ H * places, axis=1) / 2, _LEAST))
        first.set_data(*path[:1].T)
        now.set_data(*path[-1:].T)
        true.set_data(*ellipse(curvatures, Q, at).T)
        believed.set_data(*ellipse(1 / lengths, directions, at).T)
        aim.point(at, at - inverse @ H @ at)
        bends = " and ".join(scientific(value, 3) for value in sorted(1 / lengths))
        truth = " and ".join(scientific(value, 3) for value in curvatures)
        result.set_text(f"believed curvatures {bends},  true ones {truth}")
        low = [scientific(float(places[-1] @ H @ places[-1]) / 2) for places in (path, plain_path)]
        parts.set_text(f"after {several(steps, 'step')}:  f = {low[0]},   gradient descent {low[1]}")
        return (
            f"BFGS in a tilted bowl from {vector_text(x)}, {parts.get_text()}. It believes in the curvatures {bends}; "
            f"the true ones are {truth}. It believes the lowest point at {vector_text(at - inverse @ H @ at)}."
        )

    return update


def _walk(method: Any, H: Matrix, start: Vector, steps: int) -> Matrix:
    """The points (steps + 1, 2) of a descent in the bowl with this Hessian."""
    path = [start]
    for _ in range(steps):
        path.append(method.step(path[-1], H @ path[-1]))
    return np.array(path)
