"""Live figures: a control moves, and the picture follows the hand.

    live(figures.projection, angle=(-180, 180), length=(0, 3))

draws the figure once, shows a control for each parameter and the picture, and from then on only moves artists. What
stands behind a parameter's name makes its control:

    (low, high), (low, high, step)    a slider, from the figure's own value of the parameter
    [1, 2, 5, 10]                     a slider that stops at these numbers
    ["raw", "rows"], {"words": value} a list to choose from
    [square, cube]                    functions to choose from
    True, False                       a checkbox
    "a word"                          a line of text
    3, None, an array                 this value, and no control

and, where one wants more: `slider`, `log_slider`, `play`, `choice`, `entries`, `order`; in the picture itself `point`,
`points`, `cells` and `nodes`. `predict` asks for a guess before anything is moved.
"""

from mathml.live.controls import Control, choice, entries, log_slider, order, play, slider, switch, text
from mathml.live.pointing import cells, nodes, point, points
from mathml.live.widget import Live, Question, live, predict

__all__ = [
    "Control",
    "Live",
    "Question",
    "cells",
    "choice",
    "entries",
    "live",
    "log_slider",
    "nodes",
    "order",
    "play",
    "point",
    "points",
    "predict",
    "slider",
    "switch",
    "text",
]
