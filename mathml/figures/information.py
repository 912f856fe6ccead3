"""Pictures of information: surprise, the surprise that is expected, and what a wrong belief costs."""

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle
from matplotlib.tri import Triangulation
from numpy.typing import ArrayLike

from mathml import calculus, information
from mathml.figures.core import Maths, figure
from mathml.figures.style import (
    BLUE,
    CARD,
    DASHED,
    GREEN,
    INK,
    ORANGE,
    RED,
    label,
    panels,
    plain,
    put,
    readout,
    signed,
)
from mathml.figures.triangles import CORNERS, THREE, grid, inside, triangle

__all__ = ["binary_cross_entropy", "entropy_triangle"]


# --- three probabilities --------------------------------------------------------------------------

_FINE = 40  # steps along each side of the triangle that is shaded
_LEVELS = (0, 0.25, 0.5, 0.75, 1, 1.25, 1.45, 1.56, 1.6)
_MOST_SURPRISE = 8.2


@figure(size=(9.0, 4.9))
def entropy_triangle(ax: Axes, entropy: Maths = information.entropy) -> Callable[..., str]:
    """Three probabilities are a point in a triangle; their entropy is how surprised one will be, on average.

    Parameter: the `place` of the point: (0, 0) is p₁ = 1, (1, 0) is p₂ = 1, and p₃ is the height above them, so that
    (½, 1) is p₃ = 1. A place outside stands for the nearest one inside. The dragged point is the artist "p".
    """
    left, right = panels(ax, (0.045, 0.095, 0.455, 0.7), (0.615, 0.135, 0.365, 0.66))
    triangle(left)
    shares = grid(_FINE) / _FINE
    shades = LinearSegmentedColormap.from_list("bits", [CARD, "#FBE3B0", ORANGE])(
        np.linspace(0.05, 0.9, len(_LEVELS) - 1)
    )
    mesh = Triangulation(*(shares @ CORNERS).T)
    left.tricontourf(mesh, entropy(shares, 2), levels=_LEVELS, colors=shades, zorder=0.5)
    (point,) = left.plot([], [], "o", color=INK, markersize=12, zorder=4, clip_on=False, gid="p")
    point.set(markeredgecolor=CARD, markeredgewidth=1.5)

    right.set(
        xlim=(0, 1), ylim=(0, _MOST_SURPRISE), xticks=(0, 0.5, 1), xticklabels=("0", "½", "1"), yticks=range(0, 9, 2)
    )
    right.set(xlabel="probability: the width", ylabel="surprise −log₂ p, in bits")
    bars = [
        Rectangle((0, 0), 0, 0, facecolor=color, alpha=0.55, linewidth=0, gid=f"bar {k}")
        for k, color in enumerate(THREE)
    ]
    for bar in bars:
        right.add_patch(bar)
    (level,) = right.plot([], [], color=INK, linewidth=2.4, linestyle=DASHED, zorder=3, gid="entropy")
    name = label(right, "", INK, 12)
    names = [label(right, "", color, 11) for color in THREE]
    result, parts = readout(ax), readout(ax, 1)

    def update(place: ArrayLike = (0.375, 0.25)) -> str:
        p = inside(place)
        bits = float(entropy(p, 2))
        point.set_data(*(p @ CORNERS)[:, np.newaxis])
        start = 0.0
        surprises = [abs(math.log2(chance)) if chance > 0 else 0.0 for chance in p]
        for bar, words, chance, surprise in zip(bars, names, p, surprises, strict=True):
            above = bits if abs(surprise + 0.3 - bits) < 0.3 else surprise  # the dashed line is not to cross the words
            bar.set_bounds(start, 0, chance, surprise)
            put(words, (start + chance / 2, above + 0.3), f"{surprise:.1f}" if chance > 0 else "")
            start += chance
        level.set_data([0, 1], [bits, bits])
        put(name, (0.5, 7.8), f"entropy {bits:.2f}: the area of all bars")
        shown = ", ".join(f"{chance:.2f}" for chance in p)
        result.set_text(f"entropy of ({shown})  =  {bits:.3f} bits")
        parts.set_text("the dashed line: the surprise that is to be expected;   at most log₂ 3 = 1.585")
        said = [f"{s:.2f}" if chance > 0 else "none (it never comes)" for s, chance in zip(surprises, p, strict=True)]
        return (
            f"The probabilities {shown} as a point in a triangle, the entropy as its shade: {bits:.4f} bits of at most "
            f"1.585, in the middle. Beside it the surprise of each, in bits: {', '.join(said)}."
        )

    return update


# --- the loss of a classifier ---------------------------------------------------------------------

_PREDICTED = tuple(np.linspace(0.001, 0.999, 334))
_LOGITS = tuple(np.linspace(-6, 6, 121))


@figure(size=(9.0, 4.7))
def binary_cross_entropy(
    ax: Axes,
    binary_cross_entropy: Maths = information.binary_cross_entropy,
    binary_cross_entropy_from_logits: Maths = information.binary_cross_entropy_from_logits,
    derivative: Maths = calculus.derivative,
) -> Callable[..., str]:
    """To be wrong and sure of it costs without limit; as a function of the score, the slope is just how far one is off.

    Parameters: the `predicted` probability of a 1, between 0 and 1, and the `truth`, 0 or 1.
    """
    left, right = panels(ax, (0.075, 0.135, 0.41, 0.665), (0.58, 0.135, 0.405, 0.665))
    left.set(xlim=(0, 1), ylim=(0, 6.2), xticks=(0, 0.25, 0.5, 0.75, 1), yticks=range(0, 7, 2))
    left.set(xticklabels=("0", "¼", "½", "¾", "1"), xlabel="predicted probability ŷ", ylabel="loss")
    right.set(xlim=(-6, 6), ylim=(0, 6.2), xticks=range(-6, 7, 2), yticks=range(0, 7, 2))
    right.set(xlabel="score z, with ŷ = σ(z)", ylabel="loss")
    drawn = []
    for panel, side in ((left, "probability"), (right, "score")):
        panel.grid(True)
        panel.tick_params(axis="x", pad=6)
        (curve,) = panel.plot([], [], color=BLUE, zorder=2, gid=f"loss by {side}")
        (tangent,) = panel.plot([], [], color=GREEN, linewidth=2, linestyle=DASHED, zorder=3, gid=f"tangent by {side}")
        (dot,) = panel.plot([], [], "o", color=RED, markersize=10, zorder=4, clip_on=False, gid=f"dot by {side}")
        drawn.append((curve, tangent, dot, label(panel, "", GREEN, 12)))
    result, parts = readout(ax), readout(ax, 1)

    @lru_cache(maxsize=4)  # one for each curve and truth
    def losses(f: Maths, truth: int, along: tuple[float, ...]) -> list[float]:
        return [f([truth], [x]) for x in along]

    def update(predicted: float = 0.3, truth: int = 1) -> str:
        score = math.log(predicted) - math.log1p(-predicted)
        loss = binary_cross_entropy([truth], [predicted])
        sides = [
            (binary_cross_entropy, predicted, _PREDICTED, min(1e-5, predicted / 4, (1 - predicted) / 4)),
            (binary_cross_entropy_from_logits, score, _LOGITS, 1e-4),
        ]
        slopes = []
        for (curve, tangent, dot, name), (f, at, along, h) in zip(drawn, sides, strict=True):
            slope = float(derivative(lambda x, f=f: f([truth], [x]), at, h=h))
            slopes.append(slope)
            curve.set_data(along, losses(f, truth, along))
            low, high = along[0], along[-1]
            tangent.set_data([low, high], [loss + slope * (low - at), loss + slope * (high - at)])
            dot.set_data([at], [loss])
            middle = (low + high) / 2
            put(name, (middle, 5.75), f"slope {signed(slope)}")
        result.set_text(f"truth {truth}, predicted {plain(predicted)}:  loss {loss:.3f}")
        formula = "−ln ŷ" if truth else "−ln(1 − ŷ)"
        parts.set_text(f"{formula};   slope by the score: ŷ − y = {signed(predicted - truth)},   z = {signed(score)}")
        return (
            f"The truth is {truth}, the predicted probability {plain(predicted)}: the loss, {formula}, is {loss:.4f}. "
            f"Its slope by the probability is {signed(slopes[0])}, and by the score, which is {signed(score)}, it is "
            f"{signed(slopes[1], 3)}: predicted less true."
        )

    return update
