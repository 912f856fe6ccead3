"""The pictures of lesson 2, each of the maths that it is given; here what a matrix does to the plane."""

import math
from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from mathml import matrices
from mathml.arrays import Matrix, Vector
from mathml.figures.core import Maths, figure
from mathml.figures.decompositions import compression, covariance_ellipse, principal_axis
from mathml.figures.eigen import eigen_hunt, power_iteration
from mathml.figures.forms import quadratic_form
from mathml.figures.products import kernel_trick, product, transpose_or_reshape
from mathml.figures.style import (
    BLUE,
    BROWN,
    CIRCLE,
    DASHED,
    GREEN,
    INK,
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
    rows_text,
    signed,
    vector_text,
)
from mathml.figures.systems import crossing
from mathml.figures.tables import digit_table

__all__ = [
    "compression",
    "covariance_ellipse",
    "crossing",
    "digit_table",
    "eigen_hunt",
    "kernel_trick",
    "moved_grid",
    "power_iteration",
    "principal_axis",
    "product",
    "quadratic_form",
    "svd_in_three_moves",
    "transpose_or_reshape",
]


_FAR = 9  # how much of the endless grid is moved
_STREETS = np.array(
    [[(k, -_FAR), (k, _FAR)] for k in range(-_FAR, _FAR + 1)]
    + [[(-_FAR, k), (_FAR, k)] for k in range(-_FAR, _FAR + 1)],
    dtype=float,
)
_SQUARE = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
_BARS = [(0.46, 0.45), (0.68, 0.45), (0.68, 0.59), (0.46, 0.59), (0.46, 0.74), (0.76, 0.74), (0.76, 0.88)]
_LETTER = np.array([(0.3, 0.88), (0.3, 0.14), (0.46, 0.14), *_BARS])  # an F: it differs from its mirror image


class _Scene:
    """What a matrix carries along: the grid, the unit circle, the unit square, and a letter in it."""

    def __init__(self, ax: Axes) -> None:
        widths = [2.4 if k == 0 else 1.1 for k in range(-_FAR, _FAR + 1)] * 2  # the axes, and the other lines
        self.streets = LineCollection([], colors=SKY, linewidths=widths, alpha=0.8, zorder=1.5, gid="grid")
        ax.add_collection(self.streets, autolim=False)
        self.square = Polygon(_SQUARE, facecolor=GREEN, alpha=0.4, linewidth=0, zorder=2, gid="square")
        self.letter = Polygon(_LETTER, facecolor=INK, linewidth=0, zorder=3, gid="letter")
        for shape in (self.square, self.letter):
            ax.add_patch(shape)
        (self.circle,) = ax.plot([], [], color=INK, linewidth=1.6, zorder=2.5, gid="circle")

    def move(self, multiply: Maths, M: Matrix) -> None:
        """Show where M leads everything: M times the points, which are columns."""
        whole = np.vstack([_STREETS.reshape(-1, 2), CIRCLE[::4], _LETTER, _SQUARE])
        moved = np.asarray(multiply(M, whole.T)).T
        streets, circle, letter, square = np.split(
            moved, np.cumsum([2 * len(_STREETS), len(CIRCLE[::4]), len(_LETTER)])
        )
        self.streets.set_segments(list(streets.reshape(-1, 2, 2)))
        self.circle.set_data(*circle.T)
        self.letter.set_xy(letter)
        self.square.set_xy(square)


@figure(size=(5.8, 5.6))
def moved_grid(
    ax: Axes, multiply: Maths = matrices.multiply, determinant: Maths = matrices.determinant
) -> Callable[..., str]:
    """A matrix moves the plane: e₁ and e₂ go to its columns, and the unit square's area becomes the determinant.

    Parameters: the matrix `A` (2, 2), and `part`, how far it is on the way from I (0) to A (1).
    """
    plane(ax, (-3.6, 3.6), (-2.95, 2.95))
    scene = _Scene(ax)
    first, second = Arrow(ax, BLUE, thickness=0.075, gid="e1"), Arrow(ax, RED, thickness=0.075, gid="e2")
    name_first, name_second = label(ax, "", BLUE, 13), label(ax, "", RED, 13)
    result, parts = readout(ax), readout(ax, 1)

    def update(A: ArrayLike = ((1.5, -0.5), (0.5, 1.0)), part: float = 1.0) -> str:
        M = (1 - part) * np.eye(2) + part * np.asarray(A, dtype=float)
        columns, area = np.asarray(multiply(M, np.eye(2))).T, determinant(M)
        scene.move(multiply, M)
        flat, flipped = abs(area) < 5e-3, area < 0
        scene.square.set_facecolor(ORANGE if flipped else GREEN)
        for arrow, name, column, sign in zip((first, second), (name_first, name_second), columns, (1, -1), strict=True):
            arrow.point((0, 0), column)
            aside = sign * (-1 if flipped else 1) * np.array([column[1], -column[0]])  # away from the square
            put_beyond(name, column, column + aside, vector_text(column))
        said = "no area is left" if flat else f"area {abs(area):.2f}, {'flipped' if flipped else 'not flipped'}"
        result.set_text(f"det  =  {signed(area)}:  {said}")
        result.set_color(INK if flat else BROWN if flipped else GREEN)
        way = "A" if part == 1 else f"{part:.0%} of the way from I to A"
        parts.set_text(f"e₁ → {vector_text(columns[0])},   e₂ → {vector_text(columns[1])}")
        return (
            f"The plane moved by {way}: e₁ goes to {vector_text(columns[0])} and e₂ to {vector_text(columns[1])}. "
            f"The unit square has become a parallelogram with the signed area {signed(area)}; the F in it is "
            f"{'flat' if flat else 'mirrored' if flipped else 'not mirrored'}."
        )

    return update


# --- rotate, stretch, rotate ----------------------------------------------------------------------


@figure(size=(5.8, 5.6))
def svd_in_three_moves(ax: Axes, svd: Maths = matrices.svd, multiply: Maths = matrices.multiply) -> Callable[..., str]:
    """Every matrix is three simple moves: turn by Vᵀ, stretch along the axes by Σ, turn by U.

    Parameters: `step` from 0 to 3, also in between, and the matrix `A` (2, 2).
    Of the signs that the singular vectors may have, those are taken that make V the smallest turn.
    """
    plane(ax, (-3.6, 3.6), (-2.95, 2.95))
    (goal,) = ax.plot([], [], color=GREEN, linewidth=2.4, linestyle=DASHED, zorder=2.2, gid="goal")
    scene = _Scene(ax)
    scene.square.set_facecolor(ORANGE)
    first, second = Arrow(ax, BLUE, thickness=0.075, gid="v1"), Arrow(ax, RED, thickness=0.075, gid="v2")
    name_first, name_second = label(ax, "", BLUE), label(ax, "", RED)
    name_goal = label(ax, "", GREEN, 12)
    result, parts = readout(ax), readout(ax, 1)

    def update(step: float = 0, A: ArrayLike = ((1.0, 1.5), (-0.75, 1.0))) -> str:
        A = np.asarray(A, dtype=float)
        U, s, Vt = _smallest_turn(*svd(A))
        turned, stretched, ended = np.clip([step, step - 1, step - 2], 0, 1)
        M = _on_the_way(Vt, turned)
        M = multiply(np.diag(1 + stretched * (s - 1)), M)
        M = multiply(_on_the_way(U, ended), M)
        scene.move(multiply, M)
        image = np.asarray(multiply(A, CIRCLE.T)).T
        goal.set_data(*image.T)
        put(name_goal, _quiet_place(image, [Vt, np.eye(2), np.diag(s), U.T, (U * s).T, [A.sum(axis=1)]]), "A × circle")

        done = np.asarray(multiply(M, Vt.T)).T
        names = _NAMES[math.floor(min(max(step, 0), 3))]
        for arrow, name, v, words in zip((first, second), (name_first, name_second), done, names, strict=True):
            arrow.point((0, 0), v)
            put(name, beside(v, v, 0.3), words)
        move = math.ceil(min(max(step, 0), 3))
        result.set_text(f"Move {move}:  {_MOVES[move]}" if move else "Before:  the unit circle")
        turns = [f"{signed(_degrees(Q), 0)}°" for Q in (Vt, U)]
        flip = " and flip" if _flips(U) else ""
        parts.set_text(f"Vᵀ: turn {turns[0]};   σ = {signed(s[0])}, {signed(s[1])};   U: turn {turns[1]}{flip}")
        return (
            f"A is {rows_text(A)}. At step {plain(round(step, 2))} of 3: {_MOVES[move]}. {parts.get_text()}. "
            f"The circle's image is {_shape(M)}."
        )

    return update


_MOVES = ("the unit circle", "turn by Vᵀ", "stretch by Σ", "turn by U, and that is A")
_NAMES = (("v₁", "v₂"), ("e₁", "e₂"), ("σ₁e₁", "σ₂e₂"), ("σ₁u₁", "σ₂u₂"))


def _quiet_place(ring: Matrix, busy: list[ArrayLike]) -> Vector:
    """The place just outside of a ring that is farthest from all points of `busy`, each (n, 2)."""
    places = ring[::15] + 0.35 * ring[::15] / np.maximum(np.hypot(*ring[::15].T), 1e-9)[:, np.newaxis]
    crowd = np.vstack([np.asarray(points) for points in busy])
    distances = np.hypot(*(places[:, np.newaxis] - crowd).transpose(2, 0, 1))
    quiet: Vector = places[np.argmax(distances.min(axis=1))]
    return quiet


def _smallest_turn(U: Matrix, s: Matrix, Vt: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """The same decomposition with other signs: V turns by at most 90°, and does not flip."""
    first = 1.0 if Vt[0, 0] >= 0 else -1.0
    second = -first if _flips(Vt) else first
    signs = np.array([first, second])
    return U * signs, s, signs[:, np.newaxis] * Vt


def _on_the_way(Q: Matrix, part: float) -> Matrix:
    """From I to Q: a turn, and what else Q may be (a flip) at an even pace."""
    full, here = math.radians(_degrees(Q)), math.radians(part * _degrees(Q))
    rest: Matrix = _turn(-full) @ Q
    return _turn(here) @ ((1 - part) * np.eye(2) + part * rest)


def _turn(angle: float) -> Matrix:
    return np.array([(math.cos(angle), -math.sin(angle)), (math.sin(angle), math.cos(angle))])


def _degrees(Q: Matrix) -> float:
    """How far Q turns e₁."""
    return math.degrees(math.atan2(Q[1, 0], Q[0, 0]))


def _flips(Q: Matrix) -> bool:
    return bool(Q[0, 0] * Q[1, 1] < Q[0, 1] * Q[1, 0])


def _shape(M: Matrix) -> str:
    lengths = np.hypot(*(M @ CIRCLE.T))
    if math.isclose(lengths.min(), lengths.max(), rel_tol=1e-6):
        return f"a circle of radius {signed(lengths.max())}"
    return f"an ellipse with half-axes of {signed(lengths.max())} and {signed(lengths.min())}"
