"""Pictures of noisy descents: how many examples each step looks at, and a learning rate that falls on the way."""

import math
from collections.abc import Callable
from functools import cache, lru_cache

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from mathml import calculus, matrices, optimization
from mathml.arrays import Array, Matrix, Vector
from mathml.figures.contours import Contours
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    BROWN,
    CARD,
    CIRCLE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    RED,
    label,
    panels,
    plain,
    plane,
    readout,
    scientific,
    several,
    signed,
)

__all__ = ["PLANS", "batch_size", "schedule"]

# --- mini-batches ---------------------------------------------------------------------------------

_START = (-0.5, 0.8)
_SEEN = 384  # examples, in all
_KICKS = 60  # steps that are tried from the lowest point
_LOSSES = (0.5, 0.8, 1.3, 2.0)
_LEAST = 1e-4  # the smallest height above the lowest that there is room for
_FAR = 1e6
_ROUNDING = 1e-12


@figure(size=(9.2, 4.6))
def batch_size(
    ax: Axes,
    GradientDescent: Maths = optimization.GradientDescent,
    minibatches: Maths = optimization.minibatches,
    loss: Maths = calculus.line_loss,
    gradient: Maths = calculus.line_gradient,
    hessian: Maths = calculus.line_hessian,
    solve: Maths = matrices.solve,
    x: ArrayLike | None = None,
    y: ArrayLike | None = None,
) -> Callable[..., str]:
    """A line learns from mini-batches: small ones make many noisy steps of the same examples, large ones few good ones.

    Parameters: the `size` of a batch, from 1 to all; the `rate` of learning; and the `seed` of the examples' order.
    Orange are the places where one step of one batch leads from the lowest point, and a ring at their mean distance:
    the noise that stays. Data: points x, y (n,); if not given, 128 of scikit-learn's diabetes patients: x is the body
    mass index, standardised, and y how far the disease progressed, divided by 100.
    """
    X, Y = _patients() if x is None or y is None else (np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    H = hessian(X)
    best = solve(H, -np.asarray(gradient(0.0, 0.0, X, Y)))
    lowest = loss(*best, X, Y)

    def above(points: Array) -> Array:
        """The loss at each of some points (…, 2), above the lowest: the loss is a bowl."""
        off = np.clip(points, -_FAR, _FAR) - best
        return np.asarray(np.sum(off @ H * off, axis=-1) / 2)

    ground, heights = panels(ax, (0, 0, 0.5, 1), (0.69, 0.14, 0.295, 0.645))
    plane(ground, (-0.9, 1.8), (0.4, 2.45), names=("slope w", "height b")).set_position((0.04, 0.05, 0.55, 0.76))
    ground.grid(False)
    ground.xaxis.set_label_coords(1.0, 0.01)  # for the picture ends above b = 0
    Contours(ground, _LOSSES).show(lambda points: lowest + above(np.moveaxis(points, 0, -1)))
    ground.plot(*best, "*", color=GREEN, markersize=13, markeredgecolor=CARD, zorder=2, gid="lowest")
    (kicks,) = ground.plot([], [], "o", color=ORANGE, markersize=4, zorder=3.5, gid="kicks")
    kicks.set(markeredgecolor=CARD, markeredgewidth=0.4)
    (ring,) = ground.plot([], [], color=BROWN, linewidth=1.8, zorder=3.6, gid="ring")
    (path,) = ground.plot([], [], "o-", color=RED, linewidth=1, zorder=3, gid="path")
    (now,) = ground.plot([], [], "o", color=RED, markersize=11, markeredgecolor=CARD, zorder=5, gid="now")
    ground.plot(*_START, "o", color=INK, markersize=9, zorder=5)
    heights.set(xlim=(-10, _SEEN + 10), yscale="log", ylim=(_LEAST, 10), xticks=range(0, _SEEN + 1, 128))
    heights.set(xlabel="examples seen", ylabel="loss above the lowest", yticks=(1e-4, 1e-3, 1e-2, 0.1, 1, 10))
    heights.minorticks_off()
    heights.grid(True)
    (fall,) = heights.plot([], [], "-", color=RED, linewidth=1, marker="o", zorder=3, gid="losses")
    result, parts = readout(ax), readout(ax, 1, fontsize=12)

    @lru_cache(maxsize=64)
    def walk(size: int, rate: float, seed: int) -> tuple[Matrix, Vector]:
        method, rng, place = GradientDescent(rate), np.random.default_rng(seed), np.array(_START)
        places, seen = [place], [0]
        while seen[-1] < _SEEN:
            for batch in minibatches(len(X), size, rng):
                place = method.step(place, np.array(gradient(*place, X[batch], Y[batch])))
                places.append(place)
                seen.append(seen[-1] + len(batch))
        return np.array(places), np.array(seen)

    @lru_cache(maxsize=64)
    def noise(size: int, rate: float, seed: int) -> Matrix:
        method, rng, found = GradientDescent(rate), np.random.default_rng([seed, 1]), []
        for _ in range(_KICKS):
            batch = next(iter(minibatches(len(X), size, rng)))
            found.append(method.step(best, np.array(gradient(*best, X[batch], Y[batch]))))
        return np.array(found)

    def update(size: int = 16, rate: float = 0.1, seed: int = 1) -> str:
        places, seen = walk(size, rate, seed)
        scattered = noise(size, rate, seed)
        path.set_data(*np.clip(places, -_FAR, _FAR).T)
        now.set_data(*np.clip(places[-1:], -_FAR, _FAR).T)
        kicks.set_data(*scattered.T)
        spread = math.sqrt(np.mean(np.sum((scattered - best) ** 2, axis=1)))
        ring.set_data(*(best + spread * CIRCLE[::5]).T)
        for track in (path, fall):
            track.set(marker="o" if len(places) < 100 else "", markersize=4)
        over = above(places)
        fall.set_data(seen, np.maximum(over, _LEAST / 10))
        late = float(np.mean(over[seen > _SEEN * 2 / 3]))
        what = "all examples" if size >= len(X) else several(size, "example")
        result.set_text(f"{what} a step:  {several(len(places) - 1, 'step')} for {seen[-1]} examples")
        parts.set_text(
            f"in the last third {scientific(late)} above the lowest;   orange: one step from the lowest misses it by "
            f"{scientific(spread) if spread > _ROUNDING else 0}"
        )
        return (
            f"A line learns from {len(X)} patients, with the learning rate {plain(rate)} and batches in the order of "
            f"seed {seed}. {result.get_text()}; {parts.get_text()} on average. The lowest loss is {signed(lowest)}."
        )

    return update


@cache
def _patients() -> tuple[Vector, Vector]:
    """Body mass index and progression of 128 patients, as the picture shows them."""
    from sklearn.datasets import load_diabetes  # type: ignore[import-untyped]  # only real data needs scikit-learn

    data, progression = load_diabetes(return_X_y=True, scaled=False)
    index = data[:128, 2]
    return (index - index.mean()) / index.std(), progression[:128] / 100


# --- schedules ------------------------------------------------------------------------------------

_COPIES = 40  # of the same noisy descent, to take the mean of
_LONGEST = 400
_FLOOR = 1e-4


def _plans(length: int, rate: float) -> dict[str, optimization.Schedule]:
    """What a lesson's menu offers, each stretched to this length."""
    return {
        "constant": optimization.constant(rate),
        "stairs": optimization.stairs(rate, factor=0.3, every=max(1, length // 4)),
        "exponential": optimization.exponential(rate, factor=0.01 ** (1 / length)),
        "cosine": optimization.cosine(rate, length),
        "warm-up and cosine": optimization.warm_up(optimization.cosine(rate, length), max(1, length // 10)),
        "1/t": optimization.inverse_time(rate, half=length / 20),
    }


PLANS = tuple(_plans(100, 0.1))


@figure(size=(9.4, 4.7))
def schedule(
    ax: Axes,
    GradientDescent: Maths = optimization.GradientDescent,
    Scheduled: Maths = optimization.Scheduled,
    surface: optimization.Surface = optimization.bowl(1, 10, start=(-3, 1)),  # noqa: B008
    noise: float = 2.0,
) -> Callable[..., str]:
    """A plan for the learning rate, and how near the lowest point a noisy descent comes with it.

    Parameters: the `plan`, one of `PLANS`; the `length` of the plan, in steps; and its first `rate`, in parts of 1/L.
    The descent is made up: on a bowl, with normal noise of the deviation `noise` on each gradient, forty times over.
    """
    curvatures = np.diag(surface.hessian(surface.start))
    largest = float(curvatures.max())
    rates, heights = panels(ax, (0.085, 0.145, 0.36, 0.645), (0.565, 0.145, 0.42, 0.645))
    rates.set(xlim=(-5, _LONGEST + 5), ylim=(0, 1.55), xlabel="step", ylabel="learning rate · L")
    rates.set(xticks=range(0, _LONGEST + 1, 100), yticks=(0, 0.5, 1, 1.5))
    heights.set(xlim=(-5, _LONGEST + 5), yscale="log", ylim=(3e-3, 30), xlabel="step", ylabel="height f")
    heights.set(xticks=range(0, _LONGEST + 1, 100), yticks=(0.01, 0.1, 1, 10))
    heights.minorticks_off()
    for panel in (rates, heights):
        panel.grid(True)
    (line,) = rates.plot([], [], color=BLUE, drawstyle="steps-post", zorder=3, gid="rates")
    (one,) = heights.plot([], [], color=GREY, linewidth=0.8, alpha=0.6, zorder=2, gid="one descent")
    (mean,) = heights.plot([], [], color=RED, zorder=3, gid="mean height")
    (last,) = heights.plot([], [], "o", color=RED, markersize=11, markeredgecolor=CARD, zorder=5, gid="last")
    for words, color, place in (("one descent", GREY, 0.0), ("mean of 40", RED, 1.0)):
        word = label(heights, words, color, 10.5, ha="left" if place == 0 else "right")
        word.set(position=(place, 1.05), transform=heights.transAxes)
    result, parts = readout(ax), readout(ax, 1)

    @lru_cache(maxsize=64)
    def descents(plan: str, length: int, rate: float) -> Matrix:
        """The heights (length + 1, copies) of descents that share their noise with all other settings."""
        method = Scheduled(GradientDescent(1.0), _plans(length, rate / largest)[plan])
        rng, x = np.random.default_rng(7), np.tile(surface.start, _COPIES)
        found = [x]
        for _ in range(length):
            x = method.step(x, np.tile(curvatures, _COPIES) * x + noise * rng.standard_normal(len(x)))
            found.append(x)
        return np.square(found).reshape(length + 1, _COPIES, 2) @ curvatures / 2

    def update(plan: str = "constant", length: int = 100, rate: float = 1.0) -> str:
        planned = _plans(length, rate / largest)[plan]
        line.set_data(np.arange(length + 1), [planned(min(t, length - 1)) * largest for t in range(length + 1)])
        found = descents(plan, length, rate)
        middle = found.mean(axis=1)
        steps = np.arange(length + 1)
        one.set_data(steps, np.maximum(found[:, 0], _FLOOR))
        mean.set_data(steps, np.maximum(middle, _FLOOR))
        last.set_data(steps[-1:], middle[-1:])
        ended = f"ends at f = {scientific(middle[-1])} on average"
        result.set_text(f"{plan}:  {ended}")
        parts.set_text(
            f"{several(length, 'step')}, the rate from {scientific(planned(0) * largest)}/L "
            f"to {scientific(planned(length - 1) * largest)}/L"
        )
        return (
            f"The plan “{plan}” of {parts.get_text()}: noisy descent in a bowl begins at f = "
            f"{scientific(middle[0])}, and {ended}; half-way it is {scientific(middle[length // 2])}."
        )

    return update
