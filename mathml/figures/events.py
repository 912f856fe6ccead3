"""Pictures of events: probabilities as counts, of two dice and of a thousand people."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle
from numpy.typing import NDArray

from mathml import probability
from mathml.arrays import Matrix
from mathml.figures.core import Maths, figure
from mathml.figures.style import BROWN, CARD, GREY, INK, ORANGE, RED, SKY, panels, plain, readout

__all__ = ["EVENTS", "people_grid", "two_dice"]

# What the menus of a lesson offer: each is a question that is asked of two dice.
EVENTS: dict[str, Callable[[tuple[int, int]], bool]] = {
    "a double": lambda dice: dice[0] == dice[1],
    "a six": lambda dice: 6 in dice,
    "the first is even": lambda dice: dice[0] % 2 == 0,
    "the first is a six": lambda dice: dice[0] == 6,
    "the sum is 7": lambda dice: sum(dice) == 7,
    "the sum is even": lambda dice: sum(dice) % 2 == 0,
    "the sum is at least 10": lambda dice: sum(dice) >= 10,
    "nothing": lambda dice: True,  # to be given nothing is to know what is always so
}

_DICE = [(first, second) for first in range(1, 7) for second in range(1, 7)]
_PIPS = {
    1: [(0, 0)],
    2: [(-1, 1), (1, -1)],
    3: [(-1, 1), (0, 0), (1, -1)],
    4: [(-1, 1), (1, 1), (-1, -1), (1, -1)],
    5: [(-1, 1), (1, 1), (0, 0), (-1, -1), (1, -1)],
    6: [(-1, 1), (1, 1), (-1, 0), (1, 0), (-1, -1), (1, -1)],
}
_FACE = 0.18  # half a die's side
_STRONG = {"event": ORANGE, "rest": SKY}


@figure(size=(8.2, 5.1))
def two_dice(
    ax: Axes, Space: Maths = probability.Space, independent: Maths = probability.independent
) -> Callable[..., str]:
    """All 36 outcomes of two dice: what is known makes the others pale, and what is left counts as the whole.

    Parameters: an `event`, and what is `given`, each one of `EVENTS` or a function that answers yes or no to a pair of
    numbers. The cells of the artist "outcomes" are (1, 1), (1, 2) … (6, 6).
    """
    space = Space(_DICE)
    board, bars = panels(ax, (0.075, 0.115, 0.46, 0.715), (0.635, 0.27, 0.325, 0.42))
    board.set(xlim=(0.48, 6.52), ylim=(0.48, 6.52), aspect="equal", xlabel="first die", ylabel="second die")
    board.spines[:].set_visible(False)
    cells = _tiles(board, _DICE, 0.46, gid="outcomes", linewidths=2.2)
    centers = [(first - 0.21, second) for first, second in _DICE] + [(first + 0.21, second) for first, second in _DICE]
    faces = _tiles(board, centers, _FACE, linewidths=0.8, zorder=2)
    thrown = [first for first, _ in _DICE] + [second for _, second in _DICE]
    spots = [(x + 0.1 * i, y + 0.1 * j) for (x, y), n in zip(centers, thrown, strict=True) for i, j in _PIPS[n]]
    pips = board.scatter([x for x, _ in spots], [y for _, y in spots], s=6, linewidths=0, zorder=3)
    owners = np.repeat(np.arange(72) % 36, thrown)  # the outcome that each pip belongs to

    bars.set(xlim=(0, 1), ylim=(-0.75, 1.75), xticks=(0, 0.5, 1), xticklabels=("0", "½", "1"), yticks=())
    bars.set(xlabel="probability", ylabel=" ")
    bars.spines["left"].set_visible(False)
    bars.grid(True, axis="x")
    bars.barh([1, 0], [1, 1], height=0.42, color=SKY, alpha=0.35)
    before, after = bars.barh([1, 0], [0, 0], height=0.42, color=ORANGE)
    before.set_gid("before")
    after.set_gid("after")
    captions = [bars.text(0, y + 0.3, "", fontsize=12, va="bottom") for y in (1, 0)]
    verdict = bars.text(0, -0.56, "", fontsize=12, fontweight="bold", va="center")
    result, parts = readout(ax, fontsize=13), readout(ax, 1)

    def update(event: Any = "a double", given: Any = "nothing") -> str:
        (name, A), (known, B) = _question(event), _question(given)
        left = space.given(B)
        in_A, in_B = _flags(space.event(A)), _flags(space.event(B))
        hits, count = in_A & in_B, in_B.sum()
        p, q = float(space.probability(A)), float(left.probability(A))
        colors = _cell_colors(in_A, in_B)
        cells.set(facecolor=colors, edgecolor=np.where(hits[:, np.newaxis], to_rgba(BROWN), colors))
        ink = np.where(in_B[:, np.newaxis], to_rgba(INK), to_rgba("#C9C9C4"))
        twice = np.arange(72) % 36  # both dice of each outcome
        paper = np.where(in_B[:, np.newaxis], to_rgba("white"), to_rgba(CARD))
        faces.set(facecolor=paper[twice], edgecolor=ink[twice] * (1, 1, 1, 0.6))
        pips.set(facecolor=ink[owners])
        before.set_width(p)
        after.set_width(q)
        captions[0].set_text(f"before:  {in_A.sum()} of 36  =  {100 * p:.0f} %")
        captions[1].set_text(f"now:  {hits.sum()} of {count}  =  {100 * q:.0f} %")
        separate = independent(space, A, B)
        apart = "" if known == "nothing" else "independent" if separate else "not independent"
        verdict.set_text(apart)
        condition = "" if known == "nothing" else f" | {known}"
        result.set_text(f"P({name}{condition})  =  {hits.sum()} / {count}  =  {100 * q:.1f} %")
        parts.set_text("orange: the event.   pale: what cannot be any more")
        said = f"{name} is {hits.sum()} of the {count} outcomes that are left, {100 * q:.1f} %"
        return (
            f"The 36 outcomes of two dice. Given: {known}. Of these, {said}; before, it was {in_A.sum()} of 36, "
            f"{100 * p:.1f} %. {f'The two are {apart}.' if apart else 'Nothing is known yet.'}"
        )

    return update


def _tiles(ax: Axes, centers: Any, half: float, **more: Any) -> PatchCollection:
    """A square with round corners at each place."""
    box = f"round,pad=0,rounding_size={0.3 * half:g}"
    squares = [FancyBboxPatch((x - half, y - half), 2 * half, 2 * half, boxstyle=box) for x, y in centers]
    tiles = PatchCollection(squares, **more)
    ax.add_collection(tiles, autolim=False)
    return tiles


def _question(event: Any) -> tuple[str, Callable[..., object]]:
    """An event's name, and the question that it is."""
    if callable(event):
        return event.__name__.replace("_", " ").strip("<>"), event
    if event not in EVENTS:
        raise ValueError(f"an event is a function or one of {', '.join(EVENTS)}, but {event!r} came")
    return event, EVENTS[event]


def _flags(outcomes: frozenset[tuple[int, int]]) -> NDArray[np.bool_]:
    """Which of the 36 outcomes are among these."""
    return np.array([outcome in outcomes for outcome in _DICE])


def _cell_colors(event: NDArray[np.bool_], known: NDArray[np.bool_]) -> Matrix:
    """Orange for the event, blue for what else can be, and both nearly white where it cannot be any more."""
    hue = np.where(event[:, np.newaxis], to_rgba(ORANGE), to_rgba(SKY))
    strength = np.where(known, np.where(event, 1.0, 0.4), np.where(event, 0.22, 0.06))[:, np.newaxis]
    colors: Matrix = strength * hue + (1 - strength) * np.array(to_rgba(CARD))
    return colors


# --- Bayes' theorem on a thousand people ----------------------------------------------------------

_ROWS, _COLUMNS = 20, 50
_PEOPLE = _ROWS * _COLUMNS
_MISSED, _CLEARED = "#E9A98F", "#D3E0E6"
_GROUPS = (
    ("ill, positive", RED, RED),
    ("well, positive", ORANGE, BROWN),
    ("well, negative", _CLEARED, GREY),
    ("ill, negative", _MISSED, RED),
)


@figure(size=(8.6, 4.9))
def people_grid(
    ax: Axes, bayes: Maths = probability.bayes, Screening: Maths = probability.Screening
) -> Callable[..., str]:
    """Bayes' theorem by counting: of a thousand people, how many of those who test positive are ill?

    Parameters, each in percent: the `prior`, how many are ill at all; the `sensitivity`, how many of the ill test
    positive; the `specificity`, how many of the well test negative.
    A square is a person: the area of the artist "ill, positive" is the number of those, and so on.
    """
    ax.set_position((0.04, 0.165, 0.92, 0.645))
    ax.set(xlim=(-0.15, _COLUMNS + 0.15), ylim=(_ROWS + 0.15, -0.15))
    ax.set_axis_off()
    groups = [Polygon(np.zeros((3, 2)), facecolor=color, linewidth=0, gid=group) for group, color, _ in _GROUPS]
    for area in groups:
        ax.add_patch(area)
    gaps = [[(k, 0), (k, _ROWS), (np.nan, np.nan)] for k in range(_COLUMNS + 1)]
    gaps += [[(0, k), (_COLUMNS, k), (np.nan, np.nan)] for k in range(_ROWS + 1)]
    ax.plot(*np.concatenate(gaps).T, color=CARD, linewidth=2.2, antialiased=False, zorder=2)
    (fence,) = ax.plot([], [], color=INK, linewidth=2.6, zorder=4, solid_joinstyle="miter", gid="positive")
    legend = []
    for k, (_, color, letters) in enumerate(_GROUPS):
        place = 0.043 + 0.238 * k
        ax.figure.add_artist(Rectangle((place, 0.066), 0.017, 0.03, facecolor=color, transform=ax.figure.transFigure))
        legend.append(ax.figure.text(place + 0.026, 0.08, "", va="center", fontsize=12, color=letters))
    result, parts = readout(ax), readout(ax, 1)

    def update(prior: float = 1, sensitivity: float = 90, specificity: float = 91) -> str:
        found = Screening(prior / 100, sensitivity / 100, specificity / 100, people=_PEOPLE)
        exact = [found.ill_positive, found.well_positive, found.well_negative, found.ill_negative]
        counts = _whole(exact)
        ends = [0, *np.cumsum(counts).tolist()]
        for area, (start, end) in zip(groups, pairwise(ends), strict=True):
            area.set_xy(_outline(start, end))
        positive = ends[2]
        fence.set_data(*_outline(0, positive).T)
        for words, (group, _, _), count in zip(legend, _GROUPS, counts, strict=True):
            words.set_text(f"{group}: {count}")
        if positive:
            posterior = bayes([prior / 100, 1 - prior / 100], [sensitivity / 100, 1 - specificity / 100])[0]
            result.set_text(f"{counts[0]} of the {positive} who test positive are ill:  {100 * posterior:.1f} %")
            answer = f"if positive, one is ill with {100 * posterior:.1f} %"
        else:
            result.set_text("nobody of the thousand tests positive")
            answer = "there is nobody to ask about"
        ill, well = counts[0] + counts[3], counts[1] + counts[2]
        parts.set_text(f"{ill} are ill, {well} are well.   The fence: all who test positive")
        return (
            f"A thousand people, {ill} ill and {well} well, at a prior of "
            f"{plain(prior)} %, a sensitivity of {plain(sensitivity)} % and a specificity of {plain(specificity)} %. "
            f"{counts[0]} of the ill and {counts[1]} of the well test positive: {answer}. The test misses {counts[3]} "
            "of the ill."
        )

    return update


def _whole(parts: list[float]) -> NDArray[np.int_]:
    """Whole numbers as near to these as can be, with the same sum: the largest remainders are rounded up."""
    exact = np.round(parts, 9)
    counts: NDArray[np.int_] = np.floor(exact).astype(int)
    up = np.argsort(counts - exact, kind="stable")[: _PEOPLE - counts.sum()]
    counts[up] += 1
    return counts


def _outline(start: int, end: int) -> Matrix:
    """Round the squares (n, 2) from one number up to another: column after column from the left, each from the top."""
    (left, gone), (right, rest) = divmod(start, _ROWS), divmod(end, _ROWS)
    if start == end:
        return np.zeros((1, 2))
    if left == right:
        return np.array([(left, gone), (left + 1, gone), (left + 1, rest), (left, rest), (left, gone)])
    upper = [(left, gone), (left + 1, gone), (left + 1, 0), (right, 0)]
    step = [(right + 1, 0), (right + 1, rest), (right, rest)] if rest else []
    return np.array([*upper, *step, (right, _ROWS), (left, _ROWS), (left, gone)])
