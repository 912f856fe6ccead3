"""What all pictures share: colours, a light card to draw on, a coordinate plane, arrows, labels.

The colours are Okabe and Ito's (Color Universal Design, 2008), which the colour-blind can tell apart. Letters need
darker ones, to be read on the card: so vermilion and purple are darkened, and the green is Tol's (Colour Schemes,
2021). Orange and sky blue only fill areas. A test holds every pair apart, for three kinds of colour blindness.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import numpy as np
from matplotlib import patheffects, rc_context, rcParams, style
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from matplotlib.text import Text
from numpy.typing import ArrayLike

from mathml.arrays import Matrix, Vector

BLUE = "#0072B2"
RED = "#C44E00"
GREEN = "#117733"
PURPLE = "#A8477F"
ORANGE = "#E69F00"
BROWN = "#8A5A00"  # the letters that belong to orange
SKY = "#56B4E9"
INK = "#222222"
GREY = "#6B6B6B"
GRID = "#E3E3DE"
CARD = "#FCFCFA"

Span: TypeAlias = tuple[float, float]

DASHED: Any = (0, (4, 3))
DOTTED: Any = (0, (1, 2))

STYLE = {
    "figure.facecolor": CARD,
    "savefig.facecolor": CARD,
    "axes.facecolor": CARD,
    "axes.edgecolor": GREY,
    "axes.labelcolor": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "font.family": "DejaVu Sans",  # comes with Matplotlib, so a picture is the same on every machine
    "font.size": 12,
    "axes.labelsize": 12,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "text.color": INK,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "lines.linewidth": 2.2,
    "lines.solid_capstyle": "round",
}

__all__ = [
    "BLUE",
    "BROWN",
    "CARD",
    "CIRCLE",
    "DASHED",
    "DOTTED",
    "GREEN",
    "GREY",
    "GRID",
    "HIGH",
    "INK",
    "LOW",
    "ORANGE",
    "PURPLE",
    "RED",
    "SKY",
    "STYLE",
    "Arrow",
    "beside",
    "drawing",
    "label",
    "panels",
    "paper",
    "plain",
    "plane",
    "polar",
    "put",
    "put_beyond",
    "readout",
    "rows_text",
    "scientific",
    "several",
    "signed",
    "vector_text",
]


with style.context(STYLE, after_reset=True):
    # All settings, so that they need not be made anew for each frame; the backends are none of a style's business.
    _WHOLE = {name: value for name, value in rcParams.copy().items() if not name.startswith("backend")}


@contextmanager
def drawing() -> Iterator[None]:
    """Draw in the course's own style, whatever the reader has set."""
    with rc_context():
        dict.update(rcParams, _WHOLE)  # which Matplotlib has checked already
        yield


def plane(ax: Axes, x: Span, y: Span, names: tuple[str, str] = ("x₁", "x₂")) -> Axes:
    """Make `ax` a coordinate plane: a step to the right is as long as a step up, and the origin is marked.

    Above it there is room for two lines of `readout`.
    """
    ax.set_position((0.05, 0.06, 0.93, 0.94 - 0.85 * _inch(ax)))
    ax.set(xlim=x, ylim=y, aspect="equal", xlabel=names[0], ylabel=names[1])
    ax.set_xticks(np.arange(math.ceil(x[0]), math.floor(x[1]) + 1))
    ax.set_yticks(np.arange(math.ceil(y[0]), math.floor(y[1]) + 1))
    ax.grid(True)
    ax.spines[:].set_visible(False)
    ax.axhline(0, color=GREY, linewidth=1, zorder=1)
    ax.axvline(0, color=GREY, linewidth=1, zorder=1)
    # Each name stands at the end of its axis, out of the way of the numbers.
    ax.xaxis.label.set(ha="right", va="bottom")
    ax.xaxis.set_label_coords(1.0, 0.008 - y[0] / (y[1] - y[0]))
    ax.yaxis.label.set(ha="left", va="top", rotation=0)
    ax.yaxis.set_label_coords(0.008 - min(0.0, x[0]) / (x[1] - x[0]), 1.0)
    return ax


def _inch(ax: Axes) -> float:
    """An inch, as a part of the picture's height: words keep their size where a picture is drawn smaller."""
    inch: float = ax.figure.dpi / ax.figure.bbox.height
    return inch


def panels(ax: Axes, *places: tuple[float, float, float, float]) -> list[Axes]:
    """Replace `ax` by several Axes, each at its place (left, bottom, width, height) in parts of the picture."""
    ax.set_axis_off()
    return [ax.figure.add_axes(place) for place in places]


def readout(ax: Axes, line: int = 0, **more: Any) -> Text:
    """Numbers that are the point of a picture: a line of them above it, where nothing moves."""
    style: dict[str, Any] = {"fontsize": 13, "color": GREY} if line else {"fontsize": 16, "fontweight": "bold"}
    return ax.figure.text(0.04, 1 - (0.14 + 0.32 * line) * _inch(ax), "", va="top", ha="left", **(style | more))


def label(ax: Axes, text: str = "", color: str = INK, size: float = 14, **more: Any) -> Text:
    """A word on the picture, with a halo of the card's colour so that it reads on top of lines."""
    halo = [patheffects.withStroke(linewidth=4, foreground=CARD)]
    style: dict[str, Any] = {"ha": "center", "va": "center", "fontweight": "bold", "zorder": 6} | more
    return ax.text(0, 0, text, color=color, fontsize=size, path_effects=halo, **style)


def put(text: Text, place: ArrayLike, words: str | None = None) -> None:
    """Move a label to `place` (2,), but not over the edge of the picture; `words` replaces what it says."""
    if words is not None:
        text.set_text(words)
    assert text.axes is not None
    (left, right), (bottom, top) = text.axes.get_xlim(), text.axes.get_ylim()
    room = 0.011 * (right - left) * len(text.get_text()), 0.03 * (top - bottom)
    x, y = np.asarray(place, dtype=float)
    text.set_position((min(max(x, left + room[0]), right - room[0]), min(max(y, bottom + room[1]), top - room[1])))


def put_beyond(text: Text, point: ArrayLike, direction: ArrayLike, words: str) -> None:
    """Move a label so far from `point` in `direction` that its words, however long, do not cover the point."""
    assert text.axes is not None
    (left, right), (bottom, top) = text.axes.get_xlim(), text.axes.get_ylim()
    room = np.array([0.011 * (right - left) * len(words) + 0.02 * (top - bottom), 0.05 * (top - bottom)])
    way = beside((0, 0), direction, 1)
    put(text, np.asarray(point, dtype=float) + room * way, words)


class Arrow(Polygon):
    """An arrow that can be moved; its tail and tip are read from the outline that is drawn.

    Sizes are in the units of the plane, so a short arrow gets a smaller head, and no arrow at all is a point.
    """

    _TIP = 3

    def __init__(self, ax: Axes, color: str, *, thickness: float = 0.055, zorder: float = 4, **more: Any) -> None:
        super().__init__(np.zeros((7, 2)), closed=True, color=color, linewidth=0, zorder=zorder, **more)
        self.thickness = thickness
        ax.add_patch(self)

    def point(self, tail: ArrayLike, tip: ArrayLike) -> None:
        """Draw it from `tail` (2,) to `tip` (2,)."""
        start, end = np.asarray(tail, dtype=float), np.asarray(tip, dtype=float)
        way = end - start
        length = math.hypot(*way)
        along = way / length if length else np.zeros(2)
        across = np.array([-along[1], along[0]])
        head = min(5 * self.thickness, length)
        neck = end - head * along
        shaft, wing = self.thickness / 2 * across, 0.42 * head * across
        self.set_xy(np.array([start + shaft, neck + shaft, neck + wing, end, neck - wing, neck - shaft, start - shaft]))

    @property
    def tail(self) -> Vector:
        outline: Matrix = np.asarray(self.get_xy())
        middle: Vector = (outline[0] + outline[6]) / 2
        return middle

    @property
    def tip(self) -> Vector:
        outline: Matrix = np.asarray(self.get_xy())
        tip: Vector = outline[self._TIP]
        return tip


def polar(length: float, degrees: float) -> Vector:
    """The point `(2,)` at this distance and direction from the origin."""
    return length * np.array([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))])


# The unit circle: the point at each whole degree, and at 360 again.
CIRCLE: Matrix = np.array([polar(1, degrees) for degrees in range(361)])


def paper(turn: float, tilt: float) -> Matrix:
    """Where a step along each axis of space leads on paper `(3, 2)`: space seen from a direction, in degrees.

    `turn` goes round the third axis, from the first; `tilt` is how far above the ground one stands.
    """
    (ahead, aside), (level, above) = polar(1, turn), polar(1, tilt)
    return np.array([(-aside, -ahead * above), (ahead, -aside * above), (0, level)])


def beside(point: ArrayLike, direction: ArrayLike, gap: float) -> Vector:
    """The point `(2,)` that lies `gap` away from `point` in `direction`; straight up where there is no direction."""
    way = np.asarray(direction, dtype=float)
    length = math.hypot(*way)
    way = way / length if length > 1e-12 else np.array([0.0, 1.0])
    place: Vector = np.asarray(point, dtype=float) + gap * way
    return place


def signed(number: float, digits: int = 2) -> str:
    """A number for the eye: a true minus, and no minus before zero."""
    return f"{round(number, digits) + 0.0:.{digits}f}".replace("-", "−")


def plain(number: float) -> str:
    """A number for the eye with no more digits than it has: 40, 2.5, ∞."""
    return f"{number:g}".replace("-", "−").replace("inf", "∞")


HIGH = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def scientific(number: float, digits: int = 2) -> str:
    """A number for the eye, of any size, with so many digits: 0.25, 4, 3·10⁻⁵, 2.1·10¹²."""
    if number == 0 or not math.isfinite(number) or 0.01 <= abs(number) < 1000:
        return plain(float(f"{number:.{digits}g}"))
    shown, _, power = f"{number:.{digits - 1}e}".partition("e")
    return f"{plain(float(shown))}·10{str(int(power)).translate(HIGH)}"


def vector_text(x: ArrayLike) -> str:
    """A vector for the eye: (1.5, −2)."""
    return "(" + ", ".join(plain(round(float(entry), 2) + 0.0) for entry in np.asarray(x)) + ")"


def rows_text(A: ArrayLike) -> str:
    """A small matrix for the eye, in a sentence: (1, 2) over (0, 1)."""
    return " over ".join(vector_text(row) for row in np.asarray(A))


def several(number: int, noun: str) -> str:
    """1 cluster, 2 clusters."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
