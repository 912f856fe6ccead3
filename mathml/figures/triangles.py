"""Three probabilities as a point in a triangle: each corner is a certainty, and the middle is ⅓ each."""

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector
from mathml.figures.style import BLUE, GREEN, GREY, RED, label

__all__ = ["CORNERS", "THREE", "grid", "inside", "triangle"]

CORNERS: Matrix = np.array([(0.0, 0.0), (1.0, 0.0), (0.5, 1.0)])
THREE = (BLUE, RED, GREEN)


def triangle(ax: Axes) -> Axes:
    """Make `ax` a triangle with three equal sides: `p @ CORNERS` is the place (2,) of the probabilities p (3,)."""
    ax.set(xlim=(-0.08, 1.08), ylim=(-0.14, 1.14), aspect=math.sqrt(3) / 2)
    ax.set_axis_off()
    ax.add_patch(Polygon(CORNERS, fill=False, edgecolor=GREY, linewidth=1.4, zorder=1))
    for k, (color, place) in enumerate(zip(THREE, [(-0.03, -0.095), (1.03, -0.095), (0.5, 1.09)], strict=True)):
        label(ax, f"p{'₁₂₃'[k]} = 1", color, 11).set_position(place)
    return ax


def inside(place: ArrayLike) -> Vector:
    """The probabilities (3,) that belong to a place (2,) of the triangle, or to the nearest one in it."""
    x, height = np.asarray(place, dtype=float)
    p = np.array([1 - x - height / 2, x - height / 2, height])
    # The nearest point with the same sum and no negative entry: Duchi et al. (2008), figure 1.
    falling = np.sort(p)[::-1]
    excess = (np.cumsum(falling) - 1) / np.arange(1, 4)
    nearest: Vector = np.maximum(p - excess[falling > excess][-1], 0)
    return nearest


def grid(n: int) -> Matrix:
    """All ways (m, 3) to share out n among three, in whole numbers."""
    return np.array([(i, j, n - i - j) for i in range(n + 1) for j in range(n + 1 - i)], dtype=float)
