"""The picture of positions: waves of many lengths, one column for each, and how well two places fit."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes

from mathml.attention import sinusoidal_positions
from mathml.figures.core import Maths, figure
from mathml.figures.style import BLUE, CARD, INK, RED, panels, readout, signed

__all__ = ["positions"]

_PLACES, _COLUMNS = 64, 32


@figure(size=(9.2, 6.4))
def positions(ax: Axes, sinusoidal_positions: Maths = sinusoidal_positions) -> Callable[..., str]:
    """Sinusoidal positions of 64 places in 32 columns: all of them, one column as a wave, and one place beside all.

    Parameters: the `place` whose row is compared with all others, and the `column` whose wave is drawn.
    """
    P = sinusoidal_positions(_PLACES, _COLUMNS)
    whole, wave, fit = panels(ax, (0.09, 0.535, 0.88, 0.3), (0.09, 0.33, 0.88, 0.125), (0.09, 0.105, 0.88, 0.135))
    t = np.arange(_PLACES)
    whole.imshow(P.T, cmap="PuOr", vmin=-1, vmax=1, aspect="auto", interpolation="nearest", gid="positions")
    whole.set(xlabel="place", ylabel="column", yticks=(0, 8, 16, 24, 31), xticks=[])
    (row,) = whole.plot([], [], color=INK, linewidth=1.8, gid="column")
    (bar,) = whole.plot([], [], color=RED, linewidth=2.2, gid="place")
    wave.plot(t, np.zeros(_PLACES), color=INK, linewidth=0.8)
    (curve,) = wave.plot(t, np.zeros(_PLACES), "-o", color=INK, markersize=3.5, gid="wave")
    wave.set(
        xlim=(-0.5, _PLACES - 0.5), ylim=(-1.15, 1.15), yticks=(-1, 0, 1), xticks=[], xlabel="place", ylabel="entry"
    )
    fits = fit.bar(t, 0, width=0.75, color=BLUE, gid="fits")
    for place, one in enumerate(fits):
        one.set_gid(f"fit {place}")
    (own,) = fit.plot([], [], "o", color=RED, markersize=9, markeredgecolor=CARD, zorder=5, clip_on=False)
    fit.set(xlim=(-0.5, _PLACES - 0.5), ylim=(0, _COLUMNS / 2 + 1), yticks=(0, 8, 16), xlabel="place", ylabel="p · p")
    fit.set_xticks(range(0, _PLACES, 8))
    result, parts = readout(ax), readout(ax, 1)

    def update(place: int = 10, column: int = 2) -> str:
        dots = P @ P[place]
        row.set_data([-0.5, _PLACES - 0.5, _PLACES - 0.5, -0.5, -0.5], column + np.array([-0.5, -0.5, 0.5, 0.5, -0.5]))
        bar.set_data([place, place], [-0.5, _COLUMNS - 0.5])
        curve.set_ydata(P[:, column])
        for one, height in zip(fits, dots, strict=True):
            one.set_height(height)
        own.set_data([place], [dots[place]])
        near = place + 1 if place + 1 < _PLACES else place - 1
        length = 2 * np.pi * 10_000 ** (2 * (column // 2) / _COLUMNS)
        kind = "cosine" if column % 2 else "sine"
        result.set_text(f"place {place}:  fits itself {signed(dots[place], 1)}, place {near} {signed(dots[near], 1)}")
        parts.set_text(f"column {column}: a {kind}, one wave in {length:,.1f} places")
        return (
            f"Place {place} fits itself with {signed(dots[place])}, place {near} with {signed(dots[near])}, "
            f"place 0 with {signed(dots[0])}. Column {column} is a {kind} with one wave in {length:,.1f} places."
        )

    return update
