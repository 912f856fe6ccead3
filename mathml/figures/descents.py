"""Pictures of descents: a line that learns from data by gradient descent, and Newton's method beside it."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from numpy.typing import ArrayLike

from mathml import calculus, matrices, optimization
from mathml.arrays import Vector
from mathml.figures.contours import Contours
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    BROWN,
    CARD,
    DASHED,
    DOTTED,
    GREEN,
    GREY,
    INK,
    RED,
    SKY,
    label,
    panels,
    plain,
    plane,
    readout,
    scientific,
    several,
    signed,
)

__all__ = ["how_it_goes", "line_descent", "newton"]

_START = (-0.5, 3.0)  # slope and height of the line before the first step
_LOSSES = (0.6, 1.0, 2.0, 4.0, 7.0, 11.0)
_FAR = 1e6  # where what leaves the picture is cut off


@figure(size=(9.0, 4.8))
def line_descent(
    ax: Axes,
    step: Maths = calculus.line_step,
    loss: Maths = calculus.line_loss,
    gradient: Maths = calculus.line_gradient,
    hessian: Maths = calculus.line_hessian,
    sharpness: Maths = calculus.sharpness,
    solve: Maths = matrices.solve,
    x: ArrayLike | None = None,
    y: ArrayLike | None = None,
) -> Callable[..., str]:
    """A line learns from data: each step goes against the gradient of its loss, η times as far.

    Parameters: the `learning_rate` η, and the number of `steps`, from 0 to 40. Data: points x, y (n,); if not given,
    every tenth patient of scikit-learn's diabetes data: x is how far the body mass index is above 20, divided by 10,
    and y how far the disease progressed, divided by 100.
    """
    X, Y = _patients() if x is None or y is None else (np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    best = solve(hessian(X), -np.asarray(gradient(0.0, 0.0, X, Y)))  # where the gradient is zero, since it is linear
    curved = float(sharpness(X))
    cloud, ground = panels(ax, (0.06, 0.145, 0.4, 0.645), (0, 0, 0.5, 1))
    cloud.set(xlim=(-0.25, 1.75), ylim=(-0.6, 4.2), xticks=(0, 0.5, 1, 1.5), yticks=range(5))
    cloud.set(xlabel="x: (body mass index − 20) / 10", ylabel="y: progression / 100")
    cloud.grid(True)
    cloud.plot(X, Y, "o", color=SKY, markersize=5, gid="data")
    misses = LineCollection([], colors=GREY, linewidths=0.8, alpha=0.7, zorder=1.9, gid="misses")
    earlier = LineCollection([], linewidths=1.6, zorder=2.1, gid="earlier")
    for collection in (misses, earlier):
        cloud.add_collection(collection, autolim=False)
    (line,) = cloud.plot([], [], color=RED, linewidth=3, zorder=3, gid="line")
    plane(ground, (-1.6, 3.2), (-1.1, 3.5), names=("w", "b")).set_position((0.53, 0.05, 0.45, 0.76))
    ground.grid(False)
    Contours(ground, _LOSSES, 49).show(
        lambda points: np.array([[loss(w, b, X, Y) for w, b in row.T] for row in points.transpose(1, 0, 2)])
    )
    label(ground, "lowest", GREEN, 12, zorder=1.5).set_position(best - (0, 0.3))
    ground.plot(*best, "*", color=GREEN, markersize=15, markeredgecolor=CARD, zorder=2, gid="lowest")
    (path,) = ground.plot([], [], "-", color=RED, linewidth=1.6, zorder=3, gid="path")
    (dots,) = ground.plot([], [], "o", color=RED, markersize=5, zorder=3.1, gid="steps")
    (here,) = ground.plot(
        [], [], "o", color=RED, markersize=11, markeredgecolor=CARD, markeredgewidth=2, zorder=5, gid="now"
    )
    result, parts = readout(ax), readout(ax, 1)

    def update(learning_rate: float = 0.55, steps: int = 8) -> str:
        walked = [_START]
        for _ in range(steps):
            walked.append(step(*walked[-1], X, Y, learning_rate))
        w, b = walked[-1]
        seen = np.clip(np.array(walked, dtype=float), -_FAR, _FAR)
        now = loss(w, b, X, Y)
        line.set_data(_EDGES, np.clip(w * _EDGES + b, -_FAR, _FAR))
        predicted = seen[-1, 0] * X + seen[-1, 1]
        misses.set_segments(list(np.stack([np.column_stack([X, Y]), np.column_stack([X, predicted])], axis=1)))
        past = seen[-1 - _SHOWN : -1]
        earlier.set_segments([np.column_stack([_EDGES, W * _EDGES + B]) for W, B in past])
        earlier.set_color([to_rgba(RED, 0.1 + 0.4 * (k + 1) / len(past)) for k in range(len(past))])
        path.set_data(*seen.T)
        dots.set_data(*seen.T)
        here.set_data(*seen[-1:].T)
        kind, color = how_it_goes(learning_rate * curved)
        result.set_text(f"η·L = {learning_rate * curved:.2f}:  {kind}")
        result.set_color(color)
        parts.set_text(
            f"after {several(steps, 'step')}:  w = {_short(w)},  b = {_short(b)},  loss {_short(now)}"
            f"   (lowest {signed(loss(*best, X, Y))})"
        )
        return (
            f"A line through {len(X)} points and its way over the loss, with the learning rate {plain(learning_rate)}: "
            f"η·L = {learning_rate * curved:.2f}, where L = {curved:.2f} is the largest curvature; it {kind}. "
            f"Here {parts.get_text()}."
        )

    return update


_EDGES = np.array([-1.0, 3.0])  # of the line, beyond those of the picture
_SHOWN = 6  # earlier lines


def how_it_goes(rate: float) -> tuple[str, str]:
    """What gradient descent does on a bowl, and its colour, by the learning rate times the largest curvature."""
    if rate <= 1:
        return "glides down", GREEN
    return ("zigzags down", BROWN) if rate < 2 else ("diverges" if rate > 2 else "swings for ever", RED)


def _short(number: float) -> str:
    return signed(number) if abs(number) < 1000 else scientific(number)


@cache
def _patients() -> tuple[Vector, Vector]:
    """Body mass index and progression of every tenth patient, in the units of the picture."""
    from sklearn.datasets import load_diabetes  # type: ignore[import-untyped]  # only real data needs scikit-learn

    data, progression = load_diabetes(return_X_y=True, scaled=False)
    return (data[::10, 2] - 20) / 10, progression[::10] / 100


# --- Newton's method ------------------------------------------------------------------------------

_X = calculus.variable("x")
_ROOT = np.sqrt(1 + _X**2)

# What the menu of a lesson offers: each is an expression in x.
VALLEYS = {
    "√(1 + x²)": _ROOT,
    "a parabola": (_X - 1) ** 2 / 2 + 1,
    "two valleys": _X**4 / 4 - _X**2 + 2,
    "x⁴": _X**4 / 4,
}
_MOST = 10  # steps that there is room for
_LEAST = 1e-17  # where a slope of zero is drawn
_ACROSS = np.linspace(-2.6, 2.6, 209)


@figure(size=(8.8, 4.6))
def newton(
    ax: Axes,
    newton: Maths = optimization.Newton,
    gradient_descent: Maths = optimization.GradientDescent,
    differentiate: Maths = calculus.differentiate,
) -> Callable[..., str]:
    """Newton's method steps to the lowest point of the parabola that has f's slope and curvature.

    Parameters: the `start`; the number of `steps`, from 0 to 10; gradient descent's `learning_rate`, for comparison;
    and the function `f`, an expression in x.
    """
    left, right = panels(ax, (0.075, 0.155, 0.48, 0.625), (0.67, 0.155, 0.31, 0.625))
    left.set(xlim=(-2.6, 2.6), ylim=(-0.3, 3.4), xticks=range(-2, 3), yticks=range(4), xlabel="x", ylabel="f(x)")
    right.set(xlim=(-0.4, _MOST + 0.4), yscale="log", ylim=(_LEAST / 4, 1e3), xlabel="step", ylabel="steepness |f′(x)|")
    right.set(xticks=range(0, _MOST + 1, 2), yticks=(1e-15, 1e-10, 1e-5, 1))
    right.minorticks_off()
    for panel in (left, right):
        panel.grid(True)
    (curve,) = left.plot([], [], color=INK, linewidth=2, zorder=2, gid="curve")
    (model,) = left.plot([], [], color=RED, linewidth=2, linestyle=DASHED, zorder=2.5, gid="parabola")
    (drop,) = left.plot([], [], color=RED, linewidth=1.2, linestyle=DOTTED, zorder=2.4, gid="next")
    (lowest,) = left.plot([], [], "o", color=CARD, markeredgecolor=RED, markeredgewidth=2, zorder=4, gid="lowest")
    label(right, "gradient descent", BLUE, 11, zorder=1).set_position((7.2, 120))
    label(right, "Newton", RED, 11, zorder=1).set_position((8.6, 1e-13))
    tracks = {}
    for name, color, size in (("gradient descent", BLUE, 7), ("newton", RED, 9)):
        (on,) = left.plot([], [], "o", color=color, alpha=0.35, markersize=size - 1, zorder=3, gid=name)
        (at,) = left.plot([], [], "o", color=color, markersize=size + 2, zorder=5, gid=f"{name} now")
        (slopes,) = right.plot([], [], "o-", color=color, linewidth=1.6, markersize=5, zorder=3, gid=f"{name} slopes")
        tracks[name] = on, at, slopes
    result, parts = readout(ax), readout(ax, 1)

    def update(start: float = 0.9, steps: int = 1, learning_rate: float = 0.5, f: Any = _ROOT) -> str:
        slope = differentiate(f, _X)
        curvature = differentiate(slope, _X)
        method = newton(lambda place: [[curvature(x=place[0])]])
        paths = {
            "gradient descent": _walk(gradient_descent(learning_rate), slope, start, steps),
            "newton": _walk(method, slope, start, steps),
        }
        for name, (on, at, slopes) in tracks.items():
            heights = f(x=paths[name])
            on.set_data(paths[name][:-1], heights[:-1])
            at.set_data(paths[name][-1:], heights[-1:])
            slopes.set_data(range(len(heights)), np.maximum(np.abs(slope(x=paths[name])), _LEAST))
        x, following = _walk(method, slope, paths["newton"][-1], 1)
        bend = curvature(x=x) + getattr(method, "shift_", 0.0)  # of the parabola whose lowest point is the next place

        def parabola(t: Any) -> Any:
            return np.clip(f(x=x) + slope(x=x) * (t - x) + bend / 2 * (t - x) ** 2, -_FAR, _FAR)

        model.set_data(_ACROSS, parabola(_ACROSS))
        curve.set_data(_ACROSS, f(x=_ACROSS))
        drop.set_data([following, following], [parabola(following), f(x=following)])
        lowest.set_data([following], [parabola(following)])
        result.set_text(f"Newton: x = {_place(x)},  next {_place(following)}")
        shifted = ",  shifted to bend up" if getattr(method, "shift_", 0.0) > 0 else ""
        parts.set_text(
            f"f′ = {scientific(slope(x=x))},   f″ = {scientific(curvature(x=x))}{shifted};"
            f"   gradient descent: x = {_place(paths['gradient descent'][-1])}"
        )
        return (
            f"f(x) = {f} from x = {plain(start)}, after {several(steps, 'step')}. {result.get_text()}; there "
            f"{parts.get_text()}, with the learning rate {plain(learning_rate)}. The steepness is "
            f"{scientific(abs(slope(x=x)))} by Newton and "
            f"{scientific(abs(slope(x=paths['gradient descent'][-1])))} by gradient descent."
        )

    return update


_GONE = 1e6  # beyond it a walk ends


def _walk(method: Any, slope: Maths, start: float, steps: int) -> Vector:
    """The places (steps + 1,) of an optimiser; it stays where it is when it is gone."""
    places = [float(start)]
    for _ in range(steps):
        x = places[-1]
        places.append(float(method.step(np.array([x]), np.array([slope(x=x)]))[0]) if abs(x) < _GONE else x)
    return np.array(places)


def _place(x: float) -> str:
    return signed(x, 4) if 1e-3 < abs(x) < 1000 else scientific(x)
