"""A figure with a control of every kind; its picture and its words both say the state of each."""

import math
import textwrap
import time

import numpy as np

from mathml.figures import figure
from mathml.live import cells, entries, log_slider, nodes, order, play, point, points

CONTROLS = {
    "angle": (-180, 180),
    "rate": log_slider(0.01, 1),
    "size": [1, 2, 5, 10],
    "step": play(0, 2),
    "kind": ["raw", "rows"],
    "f": [math.sin, math.cos],
    "shown": True,
    "word": "cat",
    "A": entries(-5, 5, 1),
    "words": order(),
    "tip": point((0, 10), (0, 10), 0.5),
    "ends": points((0, 10), (0, 10), 0.5),
    "cell": cells(3, 4, on="heat"),
    "node": nodes("dots"),
}


def said(**values):
    """Each value in words."""
    plain = {name: value.tolist() if hasattr(value, "tolist") else value for name, value in values.items()}
    return "; ".join(f"{name} {getattr(value, '__name__', value)}" for name, value in plain.items())


def slow(x):
    """So slow that the hand rests before the picture comes."""
    time.sleep(0.6)
    return x


def only_later(x, seen={40}):  # noqa: B006 - kept from call to call
    """Raises at each number once, but for 40, where the picture starts."""
    if x not in seen:
        seen.add(x)
        raise ValueError(f"{x:g} is new")
    return x


@figure(size=(6, 4))
def everything(ax):
    """Every kind of control."""
    ax.set(position=(0.05, 0.35, 0.5, 0.6), xlim=(0, 10), ylim=(0, 10))
    heat = ax.figure.add_axes((0.6, 0.35, 0.35, 0.6))
    heat.set_axis_off()
    map_ = heat.imshow(np.zeros((3, 4)), vmin=0, vmax=1, aspect="auto", gid="heat")
    ax.scatter([2, 5, 8], [9, 9, 9], gid="dots")
    (between,) = ax.plot([], [], "o-")
    (dot,) = ax.plot([], [], "o", markersize=12)
    words_below = ax.figure.text(0.02, 0.27, "", va="top", fontsize=8)

    def update(
        angle=40.0,
        rate=0.1,
        size=2,
        step=0,
        kind="raw",
        f=math.sin,
        shown=True,
        word="cat",
        A=((1.0, 2.0), (3.0, 4.0)),
        words=("the", "cat", "the"),
        tip=(5.0, 5.0),
        ends=((1.0, 1.0), (9.0, 2.0)),
        cell=(0, 0),
        node=0,
    ):
        text = said(**{name: value for name, value in locals().items() if name in CONTROLS})
        dot.set_data(*zip(tip, strict=True))
        between.set_data(*np.transpose(ends))
        map_.set_data(np.arange(12).reshape(3, 4) == 4 * cell[0] + cell[1])
        words_below.set_text(textwrap.fill(f"{text}; f(angle) {f(angle):.3f}", 95))
        return text

    return update
