"""The picture of a quadratic form: the shape that xᵀAx has, as level curves and as a surface."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from numpy.typing import ArrayLike

from mathml import matrices
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CARD,
    CIRCLE,
    INK,
    ORANGE,
    RED,
    Arrow,
    beside,
    label,
    panels,
    paper,
    plain,
    plane,
    polar,
    put,
    readout,
    rows_text,
    signed,
    vector_text,
)

__all__ = ["quadratic_form"]

_LEVELS = (0.5, 1.0, 2.0, 4.0, 8.0)
_DEGREES = np.arange(0.0, 361.0)  # those of CIRCLE
_FAR = 6.0  # beyond the edge of the picture
_RINGS = np.linspace(0, 1.6, 6)
_STEEP = 0.25  # of the surface


def _shades(color: str) -> list[tuple[float, ...]]:
    """A pale colour for each level, and a stronger one for the next."""
    card, full = np.array(to_rgba(CARD)), np.array(to_rgba(color))
    return [tuple(card + part * (full - card)) for part in np.linspace(0.15, 0.95, len(_LEVELS))]


_SHADES = {1: _shades(BLUE), -1: _shades(ORANGE)}
_FACES: Any = _SHADES[1] + _SHADES[-1]


@figure(size=(7.6, 4.6))
def quadratic_form(
    ax: Axes, quadratic_form: Maths = matrices.quadratic_form, multiply: Maths = matrices.multiply
) -> Callable[..., str]:
    """The signs of the eigenvalues say what shape xᵀAx has: a bowl, a dome, a saddle, a valley, a ridge.

    Parameters: the eigenvalues `first` and `second`, the `turn` of the first eigenvector in degrees, and a point `x`.
    """
    flat, solid = panels(ax, (0, 0, 0.5, 1), (0.54, 0.01, 0.45, 0.8))
    plane(flat, (-2.6, 2.6), (-2.4, 2.4)).set_position((0.04, 0.05, 0.5, 0.76))
    bands = PolyCollection([], zorder=0.6, gid="bands")
    curves = LineCollection([], colors=INK, linewidths=0.6, alpha=0.6, zorder=1.6, gid="levels")
    for collection in (bands, curves):
        flat.add_collection(collection, autolim=False)
    axis_first, axis_second = (Arrow(flat, INK, thickness=0.04, zorder=3, gid=f"q{k}") for k in (1, 2))
    names = [label(flat, "", size=11, gid=f"level {k}") for k in range(6)]
    name_first, name_second = label(flat, "q₁", size=12), label(flat, "q₂", size=12)
    (here,) = flat.plot(
        [], [], "o", color=RED, markersize=11, markeredgecolor=CARD, markeredgewidth=2, zorder=7, gid="x"
    )
    solid.set_axis_off()
    solid.set(xlim=(-1.75, 1.75), ylim=(-1.75, 1.95), aspect="equal")
    surface = PolyCollection([], linewidths=0.7, zorder=2, gid="surface")
    solid.add_collection(surface, autolim=False)
    (above,) = solid.plot(
        [], [], "o", color=RED, markersize=11, markeredgecolor=CARD, markeredgewidth=2, zorder=7, gid="x above"
    )
    result, parts = readout(ax), readout(ax, 1)

    def update(first: float = 1.5, second: float = 0.5, turn: float = 30.0, x: ArrayLike = (1.0, -1.0)) -> str:
        Q = np.array([polar(1, turn), polar(1, turn + 90)]).T
        A = multiply(multiply(Q, np.diag([first, second])), Q.T)
        A, x = (A + A.T) / 2, np.asarray(x, dtype=float)
        heights = np.array([quadratic_form(A, direction) for direction in CIRCLE[:181:2]])  # half a turn is enough
        f = np.interp(_DEGREES % 180, _DEGREES[:181:2], heights)

        bands.set_verts([_beyond(level, sign * f) for sign in (1, -1) for level in _LEVELS])
        bands.set_facecolor(_FACES)
        curves.set_segments([_level(level, sign * f) for sign in (1, -1) for level in _LEVELS])
        _surface(surface, f)
        for arrow, name, q, words in zip(
            (axis_first, axis_second), (name_first, name_second), Q.T, ("q₁", "q₂"), strict=True
        ):
            arrow.point((0, 0), q)
            put(name, beside(q, q, 0.22), words)
        _label_levels(names, f)
        value = quadratic_form(A, x)
        shape, kind = _kind(*sorted(quadratic_form(A, q) for q in Q.T))
        here.set_data([x[0]], [x[1]])
        above.set_data(*((np.array([[*x, _STEEP * value]]) @ _VIEW).T if math.hypot(*x) <= _RINGS[-1] else ([], [])))
        result.set_text(f"{shape}:  {kind}")
        parts.set_text(f"xᵀAx = {signed(value)} at x = {vector_text(x)};   A = {rows_text(A)}")
        return (
            f"xᵀAx for the eigenvalues {signed(first)} and {signed(second)}, with the first eigenvector at "
            f"{plain(turn)}°: {shape.lower()}, so A is {kind}. {parts.get_text()}."
        )

    return update


def _radii(level: float, f: Vector) -> Vector:
    """How far out the form reaches a level in each direction: r² f = level; far, where it never does."""
    return np.minimum(np.sqrt(level / np.maximum(f, level / _FAR**2)), _FAR)


def _beyond(level: float, f: Vector) -> Matrix:
    """The outline of where the form is above a level: from the level curve to far out, and back."""
    edge: Matrix = np.vstack([CIRCLE * _radii(level, f)[:, np.newaxis], _FAR * CIRCLE[::-1]])
    return edge


def _level(level: float, f: Vector) -> Matrix:
    curve = CIRCLE * _radii(level, f)[:, np.newaxis]
    return np.where((_radii(level, f) < _FAR)[:, np.newaxis], curve, np.nan)


def _label_levels(names: list[Any], f: Vector) -> None:
    """Write ±1, ±2, ±4 on their curves, in the direction in which the form rises or falls most."""
    for k, name in enumerate(names):
        sign, level = (1 if k < 3 else -1), (1.0, 2.0, 4.0)[k % 3]
        steepest = int(np.argmax(sign * f[:181]))
        place = _radii(level, sign * f)[steepest] * -CIRCLE[steepest]
        seen = sign * f[steepest] > 1e-9 and np.abs(place).max() < 2.2
        name.set_position(place)
        name.set_text(plain(sign * level) if seen else "")


def _kind(low: float, high: float) -> tuple[str, str]:
    """The shape's name, and the matrix's, by the least and the largest value of the form on the unit circle."""
    if low > 1e-9:
        return "A bowl", "positive definite"
    if high < -1e-9:
        return "A dome", "negative definite"
    if low < -1e-9 and high > 1e-9:
        return "A saddle", "indefinite"
    if high > 1e-9:
        return "A valley", "positive semidefinite, not definite"
    return ("A ridge", "negative semidefinite, not definite") if low < -1e-9 else ("Flat", "the zero matrix")


_VIEW = paper(-62, 28)


def _surface(surface: PolyCollection, f: Vector) -> None:
    """The form as a surface over a disc, seen from above: tiles, those in front drawn last."""
    spokes = slice(0, 361, 18)
    ground = _RINGS[:, np.newaxis, np.newaxis] * CIRCLE[spokes]
    height = _RINGS[:, np.newaxis] ** 2 * f[spokes]
    points = np.dstack([ground, _STEEP * height])  # (rings, spokes, 3)
    tiles = np.stack([points[:-1, :-1], points[1:, :-1], points[1:, 1:], points[:-1, 1:]], axis=2).reshape(-1, 4, 3)
    middles = tiles.mean(axis=1)
    order = np.argsort(middles[:, :2] @ -_VIEW[:2, 1], kind="stable")
    levels = np.digitize(np.abs(middles[:, 2] / _STEEP), _LEVELS)
    pale = [to_rgba(CARD)]
    shades = {sign: np.array(pale + _SHADES[sign]) for sign in (1, -1)}
    colors = np.where((middles[:, 2] >= 0)[:, np.newaxis], shades[1][levels], shades[-1][levels])
    surface.set_verts(list(tiles[order] @ _VIEW))
    surface.set_facecolor(colors[order])
    surface.set_edgecolor(colors[order] * (0.75, 0.75, 0.75, 1))
