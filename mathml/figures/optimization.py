"""The pictures of lesson 5, each of the maths that it is given; and what their menus offer."""

from mathml.figures.batches import PLANS, batch_size, schedule
from mathml.figures.bowls import bowl, scaled
from mathml.figures.budgets import diamond_and_circle
from mathml.figures.chords import CURVES, chord
from mathml.figures.constraints import HEIGHTS, constraint
from mathml.figures.margins import kernel_margin, margin
from mathml.figures.momenta import momentum_map
from mathml.figures.penalties import shrink
from mathml.figures.polygons import kkt
from mathml.figures.pulls import losses, outlier
from mathml.figures.races import GROUNDS, race
from mathml.figures.searches import line_search, quasi_newton
from mathml.figures.weights import regularization_path

__all__ = [
    "CURVES",
    "GROUNDS",
    "HEIGHTS",
    "PLANS",
    "batch_size",
    "bowl",
    "chord",
    "constraint",
    "diamond_and_circle",
    "kernel_margin",
    "kkt",
    "line_search",
    "losses",
    "margin",
    "momentum_map",
    "outlier",
    "quasi_newton",
    "race",
    "regularization_path",
    "scaled",
    "schedule",
    "shrink",
]
