"""The picture of a race: six optimisers come down the same ground, each at the learning rate that is best for it."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from mathml import optimization
from mathml.arrays import Matrix, Vector
from mathml.figures.contours import Contours
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    BROWN,
    CARD,
    DASHED,
    GREEN,
    INK,
    PURPLE,
    RED,
    label,
    panels,
    plain,
    polar,
    readout,
    scientific,
    several,
)

__all__ = ["BEST_RATES", "GROUNDS", "race"]


def _turned(surface: optimization.Surface, degrees: float) -> optimization.Surface:
    """The same ground, turned about the origin."""
    Q = np.column_stack([polar(1, degrees), polar(1, degrees + 90)])
    return optimization.Surface(
        lambda x: surface.f(x @ Q),
        lambda x: Q @ surface.gradient(x @ Q),
        lambda x: Q @ surface.hessian(x @ Q) @ Q.T,
        Q @ surface.start,
        surface.lowest,
        surface.minima @ Q.T,
    )


_RAVINE = optimization.bowl(1, 50, start=(-3, 0.8))

# The menu of a lesson: each ground, and the part of it that is shown: the middle, and half the width.
GROUNDS = {
    "ravine": (_RAVINE, (-1.3, 0.0), 2.6),
    "tilted ravine": (_turned(_RAVINE, 30), (-1.1, -0.6), 2.6),
    "saddle": (optimization.SADDLE, (-0.2, 0.3), 1.5),
    "Rosenbrock": (optimization.ROSENBROCK, (0.0, 0.7), 1.7),
    "valleys": (optimization.VALLEYS, (0.0, 0.0), 4.4),
}

# Of 25 rates from 0.0001 to 1 the one that ends lowest after 200 steps. What differs by less than a millionth is equal,
# and of equals the one wins that is first as low as at its end. A test searches again.
BEST_RATES: dict[str, tuple[float, ...]] = {
    "ravine": (0.03, 0.003, 0.02, 1.0, 0.02, 0.1),
    "tilted ravine": (0.03, 0.003, 0.02, 1.0, 0.02, 0.3),
    "saddle": (0.7, 0.7, 0.5, 0.7, 0.01, 0.2),
    "Rosenbrock": (0.005, 0.003, 0.0015, 1.0, 0.2, 1.0),
    "valleys": (0.03, 0.015, 0.03, 0.7, 0.015, 0.3),
}

_STEPS = 200
_LEAST = 1e-8  # lower heights are drawn here
_LOW, _HIGH = 1e-9, 1e3
_FRAME = 1.0, 0.8  # half the width and height of the map, in which each ground is drawn
_PLACES = 91
_LEVELS = np.arange(3.0, 7, 0.5)  # of the logarithm of the height, above that of 0.0001
_LOOKS: tuple[tuple[str, Any, str], ...] = (
    (BLUE, "-", "o"),
    (RED, "-", "s"),
    (PURPLE, "-", "^"),
    (GREEN, DASHED, "D"),
    (BROWN, DASHED, "v"),
    (INK, DASHED, "P"),
)
_FAR = 1e3
_GAP = 0.075  # between two names, in parts of the height


@figure(size=(9.4, 4.9))
def race(
    ax: Axes,
    GradientDescent: Maths = optimization.GradientDescent,
    Momentum: Maths = optimization.Momentum,
    Nesterov: Maths = optimization.Nesterov,
    AdaGrad: Maths = optimization.AdaGrad,
    RMSProp: Maths = optimization.RMSProp,
    Adam: Maths = optimization.Adam,
) -> Callable[..., str]:
    """Six optimisers from the same start, each at its own best learning rate: where they are, and how high.

    Parameters: the `surface`, a name in `GROUNDS`; and how many `steps` were made, from 0 to 200. The height is that
    above the lowest point of all. RMSProp's decay is 0.9; everything else is at its default.
    """
    optimizers: dict[str, Maths] = {
        "gradient descent": GradientDescent,
        "momentum": Momentum,
        "Nesterov": Nesterov,
        "AdaGrad": AdaGrad,
        "RMSProp": lambda rate: RMSProp(rate, decay=0.9),
        "Adam": Adam,
    }
    ground, heights = panels(ax, (0.02, 0.04, 0.46, 0.735), (0.56, 0.14, 0.24, 0.635))
    ground.set(xlim=(-_FRAME[0], _FRAME[0]), ylim=(-_FRAME[1], _FRAME[1]), aspect="equal")
    ground.set_axis_off()
    contours = Contours(ground, _LEVELS, _PLACES)
    style: dict[str, Any] = {"markeredgecolor": CARD, "zorder": 2}
    (minima,) = ground.plot([], [], "*", color=INK, markersize=15, gid="minima", **style)
    heights.set(xlim=(0, _STEPS), yscale="log", ylim=(_LOW, _HIGH), xlabel="step", ylabel="height above the lowest")
    heights.set(xticks=range(0, _STEPS + 1, 50), yticks=(1e-8, 1e-6, 1e-4, 1e-2, 1, 100))
    heights.minorticks_off()
    heights.grid(True)
    leads = LineCollection([], linewidths=0.8, zorder=2, clip_on=False, gid="leads")
    heights.add_collection(leads, autolim=False)
    leads.set_color([color for color, _, _ in _LOOKS])
    tracks = {}
    for name, (color, dashes, marker) in zip(optimizers, _LOOKS, strict=True):
        more: dict[str, Any] = {"color": color, "linestyle": dashes, "linewidth": 1.6, "alpha": 0.9}
        spot: dict[str, Any] = {"color": color, "markersize": 9, "markeredgecolor": CARD, "clip_on": True}
        tracks[name] = (
            ground.plot([], [], zorder=3, gid=f"{name} path", **more)[0],
            ground.plot([], [], marker, zorder=5, gid=name, **spot)[0],
            heights.plot([], [], zorder=3, gid=f"{name} heights", **more)[0],
            heights.plot([], [], marker, zorder=5, gid=f"{name} height", **(spot | {"clip_on": False}))[0],
            label(heights, name, color, 10.5, ha="left"),
        )
    result, parts = readout(ax), readout(ax, 1, fontsize=11.5)

    runs = {surface: _runs(optimizers, surface) for surface in GROUNDS}

    def update(surface: str = "ravine", steps: int = 0) -> str:
        found, middle, half = GROUNDS[surface]
        contours.show(_relief(surface))
        minima.set_data(*((found.minima - middle) / half).T)
        ends = {}
        for name, (path, over) in runs[surface].items():
            way, spot, fall, at, _ = tracks[name]
            places = np.clip((path[: steps + 1] - middle) / half, -_FAR, _FAR)
            seen = np.clip(over[: steps + 1], _LEAST, None)
            way.set_data(*places.T)
            spot.set_data(*places[-1:].T)
            fall.set_data(np.arange(steps + 1), seen)
            at.set_data([steps], seen[-1:])
            ends[name] = float(over[steps])
        _name_the_ends(leads, {name: tracks[name][-1] for name in ends}, ends, steps)
        ranked = sorted(ends, key=lambda name: ends[name])
        result.set_text(f"step {steps}:  {_who_leads(ranked, ends)}")
        rates = ",  ".join(f"{name} {plain(rate)}" for name, rate in zip(optimizers, BEST_RATES[surface], strict=True))
        parts.set_text(f"η:  {rates}")
        order = ", ".join(f"{name} {_height(ends[name])}" for name in ranked)
        return (
            f"Six optimisers on the ground “{surface}” after {several(steps, 'step')}, each at the learning rate that "
            f"is best for it here ({parts.get_text()}). Their heights above the lowest point, from the lowest: {order}."
        )

    return update


@cache
def _relief(surface: str) -> Callable[[Any], Matrix]:
    """The logarithm of the heights, on the places of the map."""
    found, middle, half = GROUNDS[surface]
    across, up = (np.linspace(-edge, edge, _PLACES) * half + at for edge, at in zip(_FRAME, middle, strict=True))
    over = np.array([[found.f(np.array([x, y])) - found.lowest for x in across] for y in up])
    field = np.log10(over + 1e-4) + 4
    return lambda _: field


def _runs(optimizers: Mapping[str, Maths], surface: str) -> dict[str, tuple[Matrix, Vector]]:
    """The path of each optimiser, and its heights above the lowest point."""
    found = GROUNDS[surface][0]
    paths = {
        name: _walk(make(rate), found)
        for (name, make), rate in zip(optimizers.items(), BEST_RATES[surface], strict=True)
    }
    return {name: (path, np.array([found.f(x) for x in path]) - found.lowest) for name, path in paths.items()}


def _walk(method: optimization.Optimizer, surface: optimization.Surface) -> Matrix:
    """The points (201, 2) of a descent."""
    path = [surface.start]
    for _ in range(_STEPS):
        path.append(method.step(path[-1], surface.gradient(path[-1])))
    return np.array(path)


def _who_leads(ranked: list[str], ends: dict[str, float]) -> str:
    """Who is lowest, and how high that is."""
    low = ends[ranked[0]]
    if np.isclose(low, ends[ranked[-1]], rtol=1e-9):
        return f"all are {_height(low)} above the lowest point"
    arrived = [name for name in ranked if ends[name] < _LEAST]
    if len(arrived) > 1:
        return f"{several(len(arrived), 'optimiser')} of {len(ranked)} are there"
    return f"{ranked[0]} is lowest, {_height(low)} above the lowest point"


def _height(height: float) -> str:
    return scientific(height) if height >= _LEAST else "less than 10⁻⁸"


def _name_the_ends(leads: LineCollection, names: dict[str, Any], ends: dict[str, float], steps: int) -> None:
    """Write each name beside the end of its curve, one above the other where ends are near, with a line to the end."""
    bottom, top = np.log10(_LOW), np.log10(_HIGH)
    places = {name: (np.log10(max(end, _LEAST)) - bottom) / (top - bottom) for name, end in ends.items()}
    order = sorted(places, key=lambda name: places[name])
    wanted = np.array([places[name] for name in order])
    spread = _apart(wanted)
    segments = {}
    for name, low, high in zip(order, wanted, spread, strict=True):
        near, far = (10 ** (bottom + part * (top - bottom)) for part in (low, high))
        names[name].set_position((steps + 16, far))
        segments[name] = [(steps + 3, near), (steps + 14, far)]
    leads.set_segments([segments[name] for name in names])


def _apart(wanted: Vector) -> Vector:
    """Rising numbers as near to the wanted ones as they can be with a gap between any two, from 0 to 1."""
    gaps = _GAP * np.arange(len(wanted))
    slack = wanted - gaps
    # The nearest rising numbers: the mean of each run that falls (pool adjacent violators).
    pools: list[list[float]] = []
    for number in slack:
        pools.append([float(number)])
        while len(pools) > 1 and np.mean(pools[-2]) > np.mean(pools[-1]):
            pools[-2].extend(pools.pop())
    found = np.concatenate([np.full(len(pool), np.mean(pool)) for pool in pools])
    spread: Vector = np.clip(found, 0, 1 - gaps[-1]) + gaps
    return spread
